"""Everything that can happen in a session: frozen events, which the journal keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import without_items
from mentorwalk.domain.earlier import CarryOver, Facts
from mentorwalk.domain.text import folded
from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import People, Prep
    from mentorwalk.domain.planning import Plan, Slot
    from mentorwalk.domain.roles import Role

NOTE = "private note"
"""The answer id of a private note: no id of a field has a space."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened in a session."""

    seq: int
    """The number of the event in its journal, counted from 0."""
    at: datetime
    elapsed: float
    """Seconds of session so far, without pauses."""


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """The session began."""

    agenda: str
    digest: str
    """The SHA-256 of the agenda's file, as it is walked."""
    people: People
    plan: Plan
    mentorship: str = ""
    """The random letters of its mentorship; empty in a session from before there were any."""
    before: tuple[str, ...] = ()
    """The folders of the sessions that came before it, the oldest first."""
    templates: tuple[str, ...] = ()
    """Folders outside the home that templates may come from."""
    zone: str = ""
    """The IANA key of the computer's time zone; empty where it is not known."""
    carried: CarryOver = field(default_factory=CarryOver)
    prepared: tuple[Prep, ...] = ()
    """What one or both of them wrote down beforehand."""
    facts: Facts = field(default_factory=Facts)
    held: date | None = None
    """The day of a meeting that was held without the program, and is only noted here."""

    @property
    def day(self) -> date:
        """The day on which the two met: that counts, whenever it was written down."""
        return self.held or self.at.date()

    @property
    def planned_end(self) -> datetime:
        """When the two are done if they keep to their plan."""
        return self.at + timedelta(minutes=self.plan.minutes)

    def without(self, redacted: Struck) -> Opened:
        """Return the event without a struck answer, which came along or was given beforehand."""
        whole = () if redacted.place or not redacted.field else (redacted.field,)
        keys = (*whole, *redacted.beforehand)
        return replace(
            self,
            carried=self.carried.without(redacted),
            prepared=tuple(prep.without(keys) for prep in self.prepared),
            facts=self.facts.without(redacted.field, *redacted.along),
        )


@dataclass(frozen=True, kw_only=True)
class Entered(Event):
    """A card was shown."""

    prompt: str
    seconds: float | None = None
    """The seconds it is given now; None leaves them as they are."""


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    """An answer was written down, or taken back if the value is None."""

    field: str
    value: Value | None
    private: bool = False
    item: str = ""
    """The item that it is about, where each has an answer; empty for the whole answer."""


@dataclass(frozen=True, kw_only=True)
class Drafted(Event):
    """An answer is half typed."""

    field: str
    text: str | None
    """None if nothing is half typed any more."""
    private: bool = False
    item: str = ""
    """The item that it is about, where each has an answer."""


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
class LetGo(Event):
    """A card is not kept for another day any more."""

    prompt: str


@dataclass(frozen=True, kw_only=True)
class Pulled(Event):
    """A card outside the plan was pulled in: before the current one, after one that is over."""

    prompt: str


@dataclass(frozen=True, kw_only=True)
class ExerciseJoined(Event):
    """The cards of an exercise came into the session, after one of its own cards.

    Without a plan, the exercise itself was kept for another day.
    """

    agenda: str
    """The id of the exercise."""
    digest: str
    """The SHA-256 of its text."""
    file: str
    """The file of the session that keeps its text."""
    after: str
    """The card after which its cards come."""
    plan: tuple[Slot, ...] = ()
    """Its cards, under the ids that they have here, with their time."""
    dropped: tuple[str, ...] = ()
    """The cards that are left for another day instead."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The id that a field of it has here, by its own, for each whose id is taken."""
    carried: CarryOver = field(default_factory=CarryOver)
    """What its cards ask about, recall and compare of what was said before."""
    templates: tuple[str, ...] = ()
    """Folders outside the home that its templates may come from."""
    exercise: Agenda | None = None
    """The exercise as its text says; only in memory."""

    def without(self, redacted: Struck) -> ExerciseJoined:
        """Return the event without a struck answer that came along."""
        return replace(self, carried=self.carried.without(redacted))


@dataclass(frozen=True, kw_only=True)
class Shortened(Event):
    """Less time is left than planned: the end moved, and cards were dropped."""

    ends: datetime
    dropped: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Offered(Event):
    """Minutes that were saved were offered, and the two said how to use them."""

    minutes: int


@dataclass(frozen=True, kw_only=True)
class Extended(Event):
    """A card was given more time."""

    prompt: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Struck(Event):
    """An answer was struck, from every file."""

    field: str
    """The id of the answer; empty if only something was struck that was brought along."""
    beforehand: tuple[str, ...] = ()
    """The places of what was written beforehand and is struck too, as `Prep.items` names them.

    Earlier versions wrote the ids of whole answers.
    """
    item: str = ""
    """The item whose answer was struck; empty for the whole answer."""
    place: str = ""
    """Which line of the answer was struck, of how many: `0/3`; empty for the whole answer."""
    along: tuple[str, ...] = ()
    """The ids of the answers about what was struck: they say nothing about it any more."""
    words: frozenset[str] = frozenset()
    """The lines that were struck, folded; only in memory, as nothing on disk repeats them."""

    def left_of(self, key: str, value: Value | None) -> Value | None:
        """Return what is left of the value of an answer.

        Once it was struck there is nothing more to take, so a replay leaves what it finds.
        """
        if key == self.field and self.item and isinstance(value, ByItem):
            return value.saying({self.item: None}) or None
        if key == self.field and not self.place:
            return None
        return without_items(value, self.words) if key in (self.field, *self.along) else value

    def touches(self, key: str, item: str = "") -> bool:
        """Return whether it may take something of an answer, or of what was said about an item."""
        return key in self.along or (key == self.field and (not item or self.item in ("", item)))


@dataclass(frozen=True, kw_only=True)
class Renamed(Event):
    """A name was corrected."""

    people: People


@dataclass(frozen=True, kw_only=True)
class OffTheRecord(Event):
    """Writing down stopped for the current card, or goes on.

    In journals of earlier versions it stopped until it went on.
    """

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
    """Time went by; kept so that a crash loses little of it."""


@dataclass(frozen=True, kw_only=True)
class Accepted(Event):
    """One of the two accepted the agreement, or took that back."""

    role: Role
    how: str
    fingerprint: str
    """The fingerprint of the accepted text; empty when they took their acceptance back."""


@dataclass(frozen=True, kw_only=True)
class Worded(Event):
    """The agreement got the words that somebody is about to accept."""

    text: str
    """All of the document but who agrees; empty once an answer in it was struck."""
    basis: str
    """The fingerprint of all that it rests on; while that stays, so does the text."""
    answers: tuple[str, ...]
    """The ids of the answers whose words are in the text."""
    uses: Mapping[str, str] = field(default_factory=dict)
    """How the answers read that its template names itself, outside of clauses, by their ids."""

    def without(self, redacted: Struck) -> Worded:
        """Return the event without its words, if a struck answer is in it."""
        taken = (redacted.field, *redacted.along)
        kept = set(taken).isdisjoint(self.answers)
        return self if kept else replace(self, text="", uses={})


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """The talk is over."""

    next: str = ""
    """The agenda that comes next, or `none`; empty if nothing was named."""


@dataclass(frozen=True, kw_only=True)
class PairCoded(Event):
    """Facts were written for a programme, under the code by which it counts the two."""

    pair: str
    """Random letters and digits."""
    left_out: tuple[str, ...] = ()
    """The names of the facts that one of the two left out."""


def erases(event: Event) -> bool:
    """Return whether an event may take something back that the journal holds by then."""
    match event:
        case Answered(private=private):
            return private
        case OffTheRecord(off=off):
            return off
        case _:
            return isinstance(event, Struck | Closed)


def erased(event: Event, later: Event) -> Event:
    """Return an event without what a later one, for which `erases` holds, takes back.

    Striking an answer takes its values and its drafts. Going off the record, and the end, take
    every draft; a private one stays until its own answer is given.
    """
    match event, later:
        case Opened() | ExerciseJoined() | Worded(), Struck():
            return event.without(later)
        case Answered(), Struck() if later.touches(event.field, event.item):
            return _answered_without(event, later)
        case Drafted(), Struck() if later.touches(event.field, event.item):
            return replace(event, text=None, item=_unnamed(event.item, later))
        case Struck(), Struck() if later.touches(event.field):
            return replace(event, item=_unnamed(event.item, later))
        case Drafted(), Answered() if (event.field, event.item) == (later.field, later.item):
            return replace(event, text=None)
        case Drafted(private=False), OffTheRecord() | Closed():
            return replace(event, text=None)
        case _:
            return event


GONE = "…"
"""What stands in the journal for an item whose name was struck."""


def _answered_without(event: Answered, redacted: Struck) -> Answered:
    """Return an answer without what is struck of it, or all of it if it is about such an item."""
    if not event.item:
        return replace(event, value=redacted.left_of(event.field, event.value))
    item = _unnamed(event.item, redacted)
    gone = item == GONE or event.field == redacted.field
    return replace(event, item=item, value=None if gone else event.value)


def _unnamed(item: str, redacted: Struck) -> str:
    return GONE if folded(item) in redacted.words else item
