"""The checks of `when` on a card: answers that come too late, and cards that cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.conditions import IN_PRIVATE
from mentorwalk.authoring.checks.index import AgendaIndex, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Condition


def waiting_cards(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the cards that cannot wait for an answer, and the answers that come too late."""
    cards = _Cards(index)
    for place, prompt in index.prompts:
        if prompt.when and (why := cards.cannot_wait(prompt)):
            yield Finding((*place, "when"), why)
            continue
        for condition in prompt.when:
            if why := cards.never_holds(prompt, condition):
                yield Finding((*place, "when", condition.field), why)


_BEFOREHAND = "`{key}` is only asked beforehand: a card waits for what is said in the session."


@dataclass(frozen=True)
class _Cards:
    """The cards of an agenda, in their order, with the answers that they write down."""

    index: AgendaIndex

    @cached_property
    def turn(self) -> Mapping[str, int]:
        """The position of each card, by its id."""
        return {card: number for number, card in enumerate(self.index.agenda.prompts)}

    @cached_property
    def last(self) -> str:
        """The id of the last card that people walk without pulling it in."""
        walked = [p.value.id for p in self.index.prompts if not p.value.extra]
        return walked[-1] if walked else ""

    @cached_property
    def beforehand(self) -> frozenset[str]:
        """The answers that are given in a form, before the session."""
        forms = (each.value for each in self.index.fields if each.place[0] == "prepare")
        return frozenset(key for field in forms for key in field.answer_ids)

    def cannot_wait(self, prompt: Prompt) -> str:
        """Return why a card cannot wait for an answer; empty if it can."""
        if prompt.accept:
            return "Both have to see what they accept, whatever they said: take `when` out."
        if prompt.extra:
            return "Two people pull an extra card in themselves: take out `extra`, or `when`."
        if prompt.id == self.last:
            return "The last card ends the talk, whatever was said: take `when` out."
        return ""

    def never_holds(self, prompt: Prompt, condition: Condition) -> str:
        """Return why a condition cannot hold when a card is reached; empty if it can."""
        agenda, key = self.index.agenda, condition.field
        if key not in agenda.answerable:
            return _BEFOREHAND.format(key=key) if key in self.beforehand else ""
        named, card = agenda.answerable[key], agenda.prompt_of[key]
        if card == prompt:
            return f"`{prompt.id}` waits for its own answer, so nobody ever walks it."
        if named.private:
            return IN_PRIVATE.format(key=key)
        # Two cards with one id are a problem of their own.
        if card.id == prompt.id or self.turn[card.id] < self.turn[prompt.id]:
            return ""
        if circle := self._circle(prompt, card):
            ways = f"`{prompt.id}` waits for `{circle[0]}`"
            rest = "".join(f", and that for `{each}`" for each in circle[1:])
            return f"{ways}{rest}: a circle, so nobody ever walks it."
        # What was agreed in an earlier session may hold before it is asked again.
        if key in agenda.agreed:
            return ""
        waits = f"`{prompt.id}` waits for `{key}`, which is asked only later"
        return f"{waits}: move it behind `{card.id}`."

    def _circle(self, own: Prompt, named: Prompt) -> tuple[str, ...]:
        """Return the ids of the cards by which a card waits for itself, itself last; or nothing."""
        ways: list[tuple[str, ...]] = [(named.id,)]
        seen = {named.id}
        while ways:
            way = ways.pop(0)
            if way[-1] == own.id:
                return way
            fresh = [card for card in self._waited_for(way[-1]) if card not in seen]
            seen |= {*fresh}
            ways += [(*way, card) for card in fresh]
        return ()

    def _waited_for(self, card: str) -> Iterator[str]:
        """Yield the ids of the cards whose answers a card waits for."""
        agenda = self.index.agenda
        keys = (condition.field for condition in agenda.prompts[card].when)
        yield from (agenda.prompt_of[key].id for key in keys if key in agenda.prompt_of)
