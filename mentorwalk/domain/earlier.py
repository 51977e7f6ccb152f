"""What a session knows of those that came before: answers, the agreement, steps and facts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import without_items
from mentorwalk.domain.fields import BEFORE
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Accepted, Struck, Worded
    from mentorwalk.domain.open_steps import OpenStep


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
class EarlierAnswer:
    """What was answered when this agenda was walked the last time."""

    day: date
    value: Value


@dataclass(frozen=True)
class Arrangement:
    """An answer about how two people meet: for how long, where, or how often."""

    key: str
    """The id of the answer."""
    value: Value
    """The answer as it was picked, such as `Video call`."""
    words: str
    """How it reads in a sentence, such as `by video`."""
    days: int | None = None
    """The days from one meeting to the next, where it says how often."""


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
    earlier: Mapping[str, EarlierAnswer] = field(default_factory=dict)
    """What was answered when this agenda was walked the last time, by the answers' ids."""

    def with_more(self, more: CarryOver) -> CarryOver:
        """Return it with what else of the same mentorship is asked about, recalled or compared."""
        return replace(
            self,
            answers={**more.answers, **self.answers},
            shown={**more.shown, **self.shown},
            sources={**more.sources, **self.sources},
            earlier={**self.earlier, **more.earlier},
        )

    def without(self, redacted: Struck) -> CarryOver:
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
        taken = (key, *redacted.along)
        answers = {kept: redacted.left_of(kept, said) for kept, said in self.answers.items()}
        sources = {kept: redacted.left_of(kept, said) for kept, said in self.sources.items()}
        before = {
            kept: (each.day, redacted.left_of(kept, each.value))
            for kept, each in self.earlier.items()
        }
        return replace(
            self,
            answers={kept: value for kept, value in answers.items() if value is not None},
            shown={kept: answer for kept, answer in self.shown.items() if kept not in taken},
            sources={kept: items for kept, items in sources.items() if isinstance(items, tuple)},
            earlier={
                kept: EarlierAnswer(day, value)
                for kept, (day, value) in before.items()
                if value is not None
            },
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
    arranged: Mapping[str, Arrangement] = field(default_factory=dict)
    """How they meet: `minutes` and `where`, as an agenda's `meeting` names them, and `every`."""

    def without(self, *keys: str) -> Facts:
        """Return them without some answers."""
        answers = {kept: value for kept, value in self.answers.items() if kept not in keys}
        arranged = {kept: each for kept, each in self.arranged.items() if each.key not in keys}
        until = None if self.lasts in keys else self.until
        return replace(self, answers=answers, until=until, arranged=arranged)


def looks_back(agenda: Agenda) -> bool:
    """Return whether cards show or ask about what only an earlier session can have written down."""
    prepared = {field.id for field in (*agenda.prepare.mentee, *agenda.prepare.mentor)}
    known = prepared | agenda.fields.keys() | agenda.answerable.keys()
    recalled = (name.removesuffix(BEFORE) for each in agenda.cards for name in each.recall)
    asked = any(field.asks_steps for field in agenda.fields.values())
    return asked or any(name not in known for name in recalled)
