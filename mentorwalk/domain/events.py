"""Everything that can happen in a session: frozen events, which the journal keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import without_items
from mentorwalk.domain.text import folded
from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.open_steps import OpenStep
    from mentorwalk.domain.people import People, Prep
    from mentorwalk.domain.planning import Plan
    from mentorwalk.domain.roles import Role

NOTE = "private note"
"""The answer id of a private note: no id of a field has a space."""


@dataclass(frozen=True)
class ShownAnswer:
    """An answer of an earlier session, as it reads."""

    label: str
    words: str


@dataclass(frozen=True)
class Replaced:
    """An agreement that both had accepted, and whose place another one takes."""

    day: date
    """The day on which it was accepted."""
    changed: tuple[str, ...]
    """The headings of what changed since."""
    before: Mapping[str, str] = field(default_factory=dict)
    """The fingerprints of how it read below them, as far as that is known."""


@dataclass(frozen=True)
class CarryOver:
    """What two people take along from their last session."""

    session: str = ""
    """The folder of the last session; empty if this is the first one."""
    answers: Mapping[str, Value] = field(default_factory=dict)
    """The answers, by their ids: those in the agreement are offered again."""
    shown: Mapping[str, ShownAnswer] = field(default_factory=dict)
    """The answers as they read, also those for which this agenda has no field."""
    clauses: tuple[str, ...] = ()
    """The cards whose clauses have the same words as before, in the order of the agreement."""
    settled: tuple[str, ...] = ()
    """Those of them whose clauses were settled."""
    headings: tuple[str, ...] = ()
    """The headings of the agreement, in order."""
    topics: tuple[str, ...] = ()
    """The topics kept for another day."""
    accepted: tuple[Accepted, ...] = ()
    """Who had accepted the agreement, and which text of it."""
    replaced: Replaced | None = None
    """The agreement whose place the last one took, as the last one says it."""
    worded: Worded | None = None
    """The text that was accepted, whole."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The id that an answer had before, for each whose id means something else here."""
    steps: tuple[OpenStep, ...] = ()
    """The steps that were open, the oldest first; a struck one keeps its place."""
    more_steps: int = 0
    """How many more were open, and did not come along."""
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What was said before and is chosen from or asked about here, by the answer's id there."""

    def without(self, redacted: Redacted) -> CarryOver:
        """Return it without a struck answer, or without the step that one was about."""
        key = redacted.field
        # What is answered about a step has its number in its id.
        numbered = {step: key.endswith(f".{n}") for n, step in enumerate(self.steps, 1)}
        if any(numbered.values()):
            gone = {folded(step.words) for step, is_struck in numbered.items() if is_struck}
            steps = tuple(
                replace(step, words="", last="") if is_struck else step
                for step, is_struck in numbered.items()
            )
            return self._without_words(gone - {""}, steps)
        answers = {kept: value for kept, value in self.answers.items() if kept != key}
        said = self.answers.get(key)
        if redacted.item and isinstance(said, ByItem):
            answers[key] = said.saying({redacted.item: None})
        return replace(
            self,
            answers=answers,
            shown={kept: answer for kept, answer in self.shown.items() if kept != key},
            sources={kept: items for kept, items in self.sources.items() if kept != key},
            worded=self.worded and self.worded.without(redacted),
        )

    def _without_words(self, gone: set[str], steps: tuple[OpenStep, ...]) -> CarryOver:
        """Return it with these steps, and without the answers by which others came along, too."""
        left = {key: without_items(value, gone) for key, value in self.answers.items()}
        return replace(
            self,
            steps=steps,
            answers={key: value for key, value in left.items() if value is not None},
            shown={
                key: each
                for key, each in self.shown.items()
                if not any(words in folded(each.words) for words in gone)
            },
        )


@dataclass(frozen=True)
class Facts:
    """What the earlier sessions of two people say about what follows, and what may follow."""

    root: str = ""
    """What their first session is known by; empty in a first session."""
    began: date | None = None
    """The day of their first meeting; None if this is the first one."""
    meetings: int = 0
    """How often they have met."""
    events: int = 0
    """How many events their journals have."""
    agendas: tuple[str, ...] = ()
    """The ids of the agendas they have walked, in order."""
    answers: Mapping[str, Value] = field(default_factory=dict)
    """Their newest answers, by id, as far as what follows may depend on them."""
    lasts: str = ""
    """The id of the answer that says for how long they meet in all."""
    until: date | None = None
    """The day on which that time is over, if it is known."""
    decided: str = ""
    """The agenda that was decided on last."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The titles of the agendas that may follow, by name, if people choose among them."""

    def without(self, key: str) -> Facts:
        """Return them without an answer."""
        answers = {kept: value for kept, value in self.answers.items() if kept != key}
        return replace(self, answers=answers, until=None if key == self.lasts else self.until)


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
    carried: CarryOver = CarryOver()
    prepared: tuple[Prep, ...] = ()
    """What one or both of them wrote down beforehand."""
    facts: Facts = Facts()
    held: date | None = None
    """The day of a meeting that was held without the program, and is only noted here."""

    @property
    def day(self) -> date:
        """The day on which the two met: that counts, whenever it was written down."""
        return self.held or self.at.date()

    def without(self, redacted: Redacted) -> Opened:
        """Return the event without a struck answer, which came along or was given beforehand."""
        keys = (redacted.field, *redacted.beforehand)
        return replace(
            self,
            carried=self.carried.without(redacted),
            prepared=tuple(prep.without(keys) for prep in self.prepared),
            facts=self.facts.without(redacted.field),
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
class Pulled(Event):
    """A card outside the plan was pulled in: before the current one, after one that is over."""

    prompt: str


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
class Redacted(Event):
    """An answer was struck, from every file."""

    field: str
    beforehand: tuple[str, ...] = ()
    """The places of what was written beforehand and is struck too, as `Prep.items` names them.

    Earlier versions wrote the ids of whole answers.
    """
    item: str = ""
    """The item whose answer was struck; empty for the whole answer."""

    def takes(self, field: str, item: str) -> bool:
        """Return whether it takes an answer, or what was said about an item."""
        return field == self.field and self.item in ("", item)


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

    def without(self, redacted: Redacted) -> Worded:
        """Return the event without its words, if a struck answer is in it."""
        return replace(self, text="", uses={}) if redacted.field in self.answers else self


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """The talk is over."""

    next: str = ""
    """The agenda that comes next, or `none`; empty if nothing was named."""


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
        case Worded(), Redacted():
            return event.without(later)
        case Answered(), Redacted() if later.takes(event.field, event.item):
            return replace(event, value=None)
        case Drafted(), Redacted() if later.takes(event.field, event.item):
            return replace(event, text=None)
        case Drafted(), Answered() if (event.field, event.item) == (later.field, later.item):
            return replace(event, text=None)
        case Drafted(private=False), OffTheRecord() | Closed():
            return replace(event, text=None)
        case _:
            return event
