"""The course of a session: its cards in order, what became of each, and the time it has."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

Mark = Literal["done", "talked", "skipped", "parked", "dropped"]
"""How a card ended: finished, talked over off the record, left out, kept for another day, or
dropped because time ran short."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where two people are among the cards of their session. Cards go by their prompts' ids."""

    cards: tuple[str, ...]
    """The cards to walk, in order; some of them only after a certain answer."""
    current: str | None = None
    """The card that is shown."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """How each card ended that was left so far."""
    planned: Mapping[str, float] = field(default_factory=dict)
    """The seconds that each card has in the plan; none if it waits for an answer."""
    allotted: Mapping[str, float]
    """The seconds that each card is given: as planned, shared out anew, or extended."""
    spent: Mapping[str, float] = field(default_factory=dict)
    """The seconds spent on each card up to the last event."""

    def walks(self, card: str) -> bool:
        """Return whether a card is walked as things are now; without an agenda each one is."""
        del card
        return True

    @property
    def walked(self) -> tuple[str, ...]:
        """The cards that are walked as things are now, in order."""
        return tuple(filter(self.walks, self.cards))

    def following(self) -> str | None:
        """Return the next card that has no mark, after the current one."""
        return next(iter(self.remaining()), None)

    def before(self) -> str | None:
        """Return the card before the current one."""
        return next(filter(self.walks, reversed(self.behind())), None)

    def behind(self) -> tuple[str, ...]:
        """Return the cards before the current one."""
        return self.cards[: max(0, self._place())]

    def remaining(self) -> tuple[str, ...]:
        """Return the cards still to come, without the current one."""
        return tuple(filter(self.walks, self.ahead()))

    def ahead(self) -> tuple[str, ...]:
        """Return the cards after the current one that have no mark, whatever they wait for."""
        rest = self.cards[self._place() + 1 :]
        return tuple(card for card in rest if card not in self.marks)

    def not_reached(self) -> tuple[str, ...]:
        """Return the planned cards that nobody finished or put aside."""
        return self._with_mark(None, "dropped")

    def parked(self) -> tuple[str, ...]:
        """Return the cards kept for another day."""
        return self._with_mark("parked")

    def marked(self, mark: Mark, *prompts: str) -> Self:
        """Return the course with cards marked."""
        return replace(self, marks={**self.marks, **dict.fromkeys(prompts, mark)})

    def given_time(self, prompt: str, seconds: float | None) -> Self:
        """Return the course with a card given so many seconds; None leaves them as they are."""
        if seconds is None:
            return self
        return replace(self, allotted={**self.allotted, prompt: seconds})

    def pulled_in(self, prompt: str) -> Self:
        """Return the course with one more card: before the current one, after one that is over."""
        place = max(0, self._place() + (self.current in self.marks))
        return replace(self, cards=(*self.cards[:place], prompt, *self.cards[place:]))

    def _with_mark(self, *marks: Mark | None) -> tuple[str, ...]:
        return tuple(card for card in self.walked if self.marks.get(card) in marks)

    def _place(self) -> int:
        return self.cards.index(self.current) if self.current in self.cards else -1
