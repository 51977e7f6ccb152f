"""The record of a session: what was answered, how it reads, and which fields are asked."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import UNKNOWN, Answer, condition_words
from mentorwalk.domain.conditions import holds
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.sources import as_asked, left_of, nothing_to_ask
from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Opened
    from mentorwalk.domain.fields import Condition, Field
    from mentorwalk.domain.open_steps import OpenStep
    from mentorwalk.domain.people import People


@dataclass(frozen=True, kw_only=True)
class Record:
    """What two people have written down by the fields of their agenda."""

    agenda: Agenda
    opened: Opened
    people: People
    answers: Mapping[str, Value | None] = attribute(default_factory=dict)
    """The answers by their ids; None if somebody took the answer back."""
    contact: str = ""
    """What a contact is called instead of by name; empty for the name."""

    @property
    def day(self) -> date:
        """The day on which the two met: that counts, whenever it was written down."""
        return self.opened.day

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The words for `{mentor}`, `{mentee}` and `{contact}` in the agenda's texts."""
        names = self.agenda.names_of(self.people)
        contact = self._named_contact() or names.get("contact")
        return {**names, "contact": self.contact or contact} if contact else names

    def _named_contact(self) -> str:
        """Return whom the two named themselves; empty for nobody."""
        contact = self.agenda.contact
        field = self.agenda.answerable.get(contact.named_by) if contact else None
        if field is None or not field.can_name or not self.asks(field):
            return ""
        value = self._effective_value(field.id)
        return value if isinstance(value, str) and value != UNKNOWN else ""

    def ask_of(self, prompt: str) -> str:
        """Return the question of a card, by its prompt's id, with the names in it."""
        return fill_in(self.agenda.prompts[prompt].ask, self.names)

    def saying(self, key: str, item: str, value: Value | None) -> Value | None:
        """Return an answer with something else said about an item; None for none at all."""
        said = self.answers.get(key)
        return (said if isinstance(said, ByItem) else ByItem()).saying({item: value}) or None

    def is_answered(self, key: str, item: str = "") -> bool:
        """Return whether an answer was written down here, or taken back; or one about an item."""
        said = self.answers.get(key)
        return key in self.answers and (not item or (isinstance(said, ByItem) and item in said))

    def own_answers(self) -> Mapping[str, Answer]:
        """Return this session's answers that documents may have, by their ids."""
        said = ((key, self.answer(key)) for key in self.agenda.answerable)
        return {key: answer for key, answer in said if not answer.hidden}

    def answer(self, key: str) -> Answer:
        """Return this session's answer; it is empty if its field is not asked."""
        return self._answer(key, self.answers.get(key))

    def effective_answer(self, key: str, item: str = "") -> Answer:
        """Return this session's answer, else the one that came along; empty if not asked.

        With an item, only what is said about that one.
        """
        answer = self._answer(key, self._effective_value(key))
        return answer.about(item) if item else answer

    def field(self, key: str) -> Field:
        """Return the field of an answer as it is asked: with the items that it is about by now."""
        field = self.agenda.answerable[key]
        return as_asked(self, field, field.answer_ids[key])

    def _answer(self, key: str, value: Value | None) -> Answer:
        field = self.field(key)
        asked = left_of(field, value) if self.asks(field) else None
        return Answer(field, asked, self.names_for(field), field.answer_ids[key])

    def item_of(self, field: Field) -> OpenStep | None:
        """Return the open step that a field is about; None if it is about none, or was struck."""
        step = self.opened.carried.steps[field.item - 1] if field.item else None
        return step if step and step.words and step.is_asked_by(field) else None

    def names_for(self, field: Field) -> Mapping[str, str]:
        """Return the words for `{mentor}` and the like in the texts of a field, and `{item}`."""
        step = self.item_of(field)
        return {**self.names, "item": step.in_words(self.names)} if step else self.names

    def _effective_value(self, key: str) -> Value | None:
        return self.answers[key] if key in self.answers else self.opened.carried.answers.get(key)

    def asks(self, field: Field) -> bool:
        """Return whether a field is asked, given the answers so far."""
        cards = self.agenda.prompts_of.get(next(iter(field.answer_ids)), ())
        if cards and not any(self.walks(card.id) for card in cards):
            return False
        if field.asks_steps and not self.item_of(field):
            return False
        if nothing_to_ask(as_asked(self, field)):
            return False
        return self._hold(field.when, *(card.id for card in cards))

    def is_ruled_out(self, field: Field) -> bool:
        """Return whether an answer of today decides that a field is not asked."""
        cards = self.agenda.prompts_of.get(next(iter(field.answer_ids)), ())
        conditions = chain(field.when, *(card.when for card in cards))
        is_decided = any(condition.field in self.answers for condition in conditions)
        return is_decided and not self.asks(field)

    def walks(self, card: str) -> bool:
        """Return whether a card is walked, given the answers so far."""
        prompt = self.agenda.prompts.get(card)
        return prompt is None or (self._hold(prompt.when, card) and not self._asks_nothing(prompt))

    def _asks_nothing(self, prompt: Prompt) -> bool:
        """Return whether a card only asks what came of open steps, and none is open."""
        return prompt.asks_only_steps and not any(map(self.item_of, prompt.fields))

    def _hold(self, conditions: Iterable[Condition], *cards: str) -> bool:
        """Return whether some conditions hold, on which something on these cards depends."""
        settled = self.opened.carried.settled
        return all(
            self._holds(condition, came_along=not {*cards}.isdisjoint(settled))
            for condition in conditions
        )

    def _holds(self, condition: Condition, *, came_along: bool) -> bool:
        """Return whether a condition holds; an earlier answer counts only if it is agreed on."""
        key = condition.field
        agreed = came_along or key in self.agenda.agreed
        # What was only said last month is no answer today.
        value = self._effective_value(key) if agreed else self.answers.get(key)
        return holds(condition, condition_words(value))
