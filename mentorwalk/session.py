"""A session: the pure fold of its events. Resume is replay, and documents are made from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.agenda import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mentorwalk.agenda import Agenda, Condition, Field, Plan, Role
    from mentorwalk.answers import Value

Mark = Literal["done", "skipped"]


@dataclass(frozen=True, slots=True)
class People:
    """The two people, by the names they go by, and who sits at the keyboard."""

    mentor: str
    mentee: str
    types: Role

    def name(self, role: Role) -> str:
        """The name of the one in that role."""
        return self.mentor if role == "mentor" else self.mentee

    def other(self, role: Role) -> str:
        """The name of the one in the other role."""
        return self.mentee if role == "mentor" else self.mentor


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; what is common to all that does."""

    seq: int
    """Its place in the journal, counted from 0."""
    at: datetime
    elapsed: float
    """Seconds of session so far, pauses left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The session began."""

    agenda: str
    digest: str
    """SHA-256 of the agenda's file as it was walked."""
    people: People
    plan: Plan
    templates: tuple[str, ...] = ()
    """Folders beyond the home that templates may come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Event):
    """A card was shown."""

    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """Something was written down, or taken back where the value is None."""

    field: str
    value: Value | None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Event):
    """A card was finished."""

    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Event):
    """A card was left out."""

    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    """The clock was stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """The clock goes on."""

    ends: datetime
    """When the two want to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked(Event):
    """Time went by: so that a crash costs little of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Event):
    """One of the two accepted the agreement as it stood."""

    role: Role
    how: str
    mark: str
    """The fingerprint of the text that was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """The talk is over."""


@dataclass(frozen=True)
class Session:
    """Where a session stands: everything follows from its agenda and its events."""

    agenda: Agenda
    opened: Opened
    ends: datetime
    last: Event
    current: str | None
    marks: Mapping[str, Mark]
    answers: Mapping[str, Value | None]
    """By answer id; None where somebody took the answer back."""
    spent: Mapping[str, float]
    """Seconds on each card so far, by prompt."""
    accepted: Mapping[Role, Accepted]
    closed: Closed | None = None

    @classmethod
    def open(cls, agenda: Agenda, opened: Opened, ends: datetime) -> Session:
        """Begin with nothing but a plan."""
        return cls(agenda, opened, ends, opened, None, {}, {}, {}, {})

    @property
    def people(self) -> People:
        """The two people."""
        return self.opened.people

    @property
    def names(self) -> Mapping[str, str]:
        """What stands for `{mentor}`, `{mentee}` and `{contact}` in the agenda's texts."""
        contact = self.agenda.contact
        names = {"mentor": self.people.mentor, "mentee": self.people.mentee}
        return names | ({"contact": filled(contact.words, names)} if contact else {})

    @property
    def elapsed(self) -> float:
        """Seconds of session up to the last event."""
        return self.last.elapsed

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of the cards to walk, in order."""
        return tuple(self.opened.plan)

    def apply(self, event: Event) -> Session:
        """Fold one more event in."""
        went_by = replace(self, last=event, spent=self.spent_until(event.elapsed))
        match event:
            case Entered(prompt=prompt):
                return replace(went_by, current=prompt)
            case Answered(field=field, value=value):
                return replace(went_by, answers={**self.answers, field: value})
            case Done(prompt=prompt):
                return replace(went_by, marks={**self.marks, prompt: "done"})
            case Skipped(prompt=prompt):
                return replace(went_by, marks={**self.marks, prompt: "skipped"})
            case Resumed(ends=ends):
                return replace(went_by, ends=ends)
            case Accepted(role=role):
                return replace(went_by, accepted={**self.accepted, role: event})
            case Closed():
                return replace(went_by, closed=event)
            case _:
                return went_by

    def apply_all(self, events: Iterable[Event]) -> Session:
        """Fold events in, in order."""
        session = self
        for event in events:
            session = session.apply(event)
        return session

    def spent_until(self, elapsed: float) -> Mapping[str, float]:
        """The seconds on each card, when the session has lasted `elapsed` seconds."""
        if self.current is None or self.closed:
            return self.spent
        so_far = self.spent.get(self.current, 0.0)
        return {**self.spent, self.current: so_far + max(0.0, elapsed - self.elapsed)}

    def following(self) -> str | None:
        """The next card that is neither done nor skipped, after the one that is shown."""
        rest = self.cards[self._place() + 1 :]
        return next((prompt for prompt in rest if prompt not in self.marks), None)

    def before(self) -> str | None:
        """The card before the one that is shown."""
        place = self._place()
        return self.cards[place - 1] if place > 0 else None

    def remaining(self) -> tuple[str, ...]:
        """The cards that are still to come, the one that is shown left out."""
        rest = self.cards[self._place() + 1 :]
        return tuple(prompt for prompt in rest if prompt not in self.marks)

    def not_reached(self) -> tuple[str, ...]:
        """The planned cards that nobody finished or skipped."""
        return tuple(prompt for prompt in self.cards if prompt not in self.marks)

    def asks(self, field: Field) -> bool:
        """Tell whether a field is asked, given the answers so far."""
        return all(self._holds(condition) for condition in field.when)

    def _place(self) -> int:
        return self.cards.index(self.current) if self.current in self.cards else -1

    def _holds(self, condition: Condition) -> bool:
        value = self.answers.get(condition.field)
        return bool(set(condition.any_of) & set(plain_words(value)))


def plain_words(value: Value | None) -> tuple[str, ...]:
    """The words of a value, as a condition in an agenda names them."""
    match value:
        case None:
            return ()
        case bool():
            return ("yes",) if value else ("no",)
        case tuple():
            return value
        case _:
            return (f"{value:g}" if isinstance(value, int | float) else value,)
