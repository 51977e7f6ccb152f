"""Everything that can happen in a session: frozen events, which the journal keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mentorwalk.domain.agenda import Role
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import People, Prep
    from mentorwalk.domain.planning import Plan

NOTE = "private note"
"""What a private note is kept under: no id of a field has a space."""


@dataclass(frozen=True)
class ShownAnswer:
    """An answer of an earlier session, as it reads."""

    label: str
    words: str


@dataclass(frozen=True)
class CarryOver:
    """What came along from the last session of these two."""

    session: str = ""
    """The folder of the last session; empty where this one follows none."""
    answers: Mapping[str, Value] = field(default_factory=dict)
    """What stood there, by answer id: offered again where it stands in the agreement."""
    told: Mapping[str, ShownAnswer] = field(default_factory=dict)
    """The same, and what this agenda has no field for, as it reads."""
    clauses: tuple[str, ...] = ()
    """The cards of the agreement that are the very same as before, in its order."""
    settled: tuple[str, ...] = ()
    """Those of them whose part of the agreement was settled."""
    headings: tuple[str, ...] = ()
    """The headings of the agreement, in its order."""
    topics: tuple[str, ...] = ()
    """What was kept for another day."""
    accepted: tuple[Accepted, ...] = ()
    """Who had accepted the agreement, and in which wording."""

    def without(self, key: str) -> CarryOver:
        """The same without an answer."""
        answers = {kept: value for kept, value in self.answers.items() if kept != key}
        told = {kept: words for kept, words in self.told.items() if kept != key}
        return replace(self, answers=answers, told=told)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened; what is common to all that does."""

    seq: int
    """Its place in the journal, counted from 0."""
    at: datetime
    elapsed: float
    """Seconds of session so far, pauses left out."""


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """The session began."""

    agenda: str
    digest: str
    """SHA-256 of the agenda's file as it was walked."""
    people: People
    plan: Plan
    templates: tuple[str, ...] = ()
    """Folders beyond the home that templates may come from."""
    zone: str = ""
    """The IANA key of the computer's time zone; empty where it is not known."""
    carried: CarryOver = CarryOver()
    prepared: tuple[Prep, ...] = ()
    """What they wrote down beforehand, one of them or both."""

    def without(self, redacted: Redacted) -> Opened:
        """The same, but an answer that came along or was given beforehand is struck."""
        keys = (redacted.field, *redacted.beforehand)
        prepared = tuple(prep.without(keys) for prep in self.prepared)
        return replace(self, carried=self.carried.without(redacted.field), prepared=prepared)


@dataclass(frozen=True, kw_only=True)
class Entered(Event):
    """A card was shown."""

    prompt: str
    seconds: float | None = None
    """The time it is given now; as planned, where nothing is said."""


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    """Something was written down, or taken back where the value is None."""

    field: str
    value: Value | None
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class Drafted(Event):
    """An answer is half typed."""

    field: str
    text: str | None
    """None where nothing is half typed any more."""
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class Done(Event):
    """A card was finished."""

    prompt: str


@dataclass(frozen=True, kw_only=True)
class Skipped(Event):
    """A card was left out."""

    prompt: str


@dataclass(frozen=True, kw_only=True)
class Parked(Event):
    """A card was kept for another day."""

    prompt: str


@dataclass(frozen=True, kw_only=True)
class Pulled(Event):
    """A card from beside the plan was pulled in, before the one that is shown."""

    prompt: str


@dataclass(frozen=True, kw_only=True)
class Shortened(Event):
    """Less time is left than planned: the end moved, and some cards were dropped."""

    ends: datetime
    dropped: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Extended(Event):
    """A card was given more time."""

    prompt: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Redacted(Event):
    """An answer was struck: it is in no file any more."""

    field: str
    beforehand: tuple[str, ...] = ()
    """What was written beforehand in the same words, by answer id: struck along with it."""


@dataclass(frozen=True, kw_only=True)
class Renamed(Event):
    """A name was corrected."""

    people: People


@dataclass(frozen=True, kw_only=True)
class OffTheRecord(Event):
    """From here on nothing is written down, or again something is."""

    off: bool


@dataclass(frozen=True, kw_only=True)
class Paused(Event):
    """The clock was stopped."""


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    """The clock goes on."""

    ends: datetime
    """When the two want to be done."""
    zone: str = ""
    """The IANA key of the time zone then: a computer may have travelled. Empty if unknown."""


@dataclass(frozen=True, kw_only=True)
class Ticked(Event):
    """Time went by: so that a crash costs little of it."""


@dataclass(frozen=True, kw_only=True)
class Accepted(Event):
    """One of the two accepted the agreement as it stood."""

    role: Role
    how: str
    fingerprint: str
    """The fingerprint of the accepted text; empty when they took their acceptance back."""


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """The talk is over."""


def erases(event: Event) -> bool:
    """Return whether an event may take something back that the journal holds by then."""
    match event:
        case Answered(private=private):
            return private
        case OffTheRecord(off=off):
            return off
        case _:
            return isinstance(event, Redacted | Closed)


def erased(event: Event, later: Event) -> Event:
    """Return an event without what a later one, for which `erases` holds, takes back.

    Striking an answer takes its values and its drafts. Going off the record, and the end, take
    every draft; a private one stays until its own answer is given.
    """
    match event, later:
        case Opened(), Redacted():
            return event.without(later)
        case Answered(), Redacted():
            return replace(event, value=None) if event.field == later.field else event
        case Drafted(), Redacted() | Answered():
            return replace(event, text=None) if event.field == later.field else event
        case Drafted(private=False), OffTheRecord() | Closed():
            return replace(event, text=None)
        case _:
            return event
