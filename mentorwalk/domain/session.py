"""A session: its state after some events. To resume is to replay; documents are made from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from mentorwalk.domain.acceptances import Acceptances
from mentorwalk.domain.applying import applied
from mentorwalk.domain.conditions import holds_as_usual
from mentorwalk.domain.course import Course
from mentorwalk.domain.following import with_titles
from mentorwalk.domain.open_steps import with_lines
from mentorwalk.domain.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.drafts import Draft
    from mentorwalk.domain.events import Closed, Event, ExerciseJoined, Opened, PairCoded
    from mentorwalk.domain.fields import Condition


@dataclass(frozen=True, kw_only=True)
class Session(Record, Course, Acceptances):
    """The state of a session: everything follows from its agenda and its events.

    Its course says where two people are among their cards, its record what they wrote down, and
    its acceptances who said yes to which text.
    """

    last: Event
    ends: datetime
    """When the two want to be done."""
    closed: Closed | None = None
    offered: tuple[int, ...] = ()
    """The spare minutes that were offered, each time."""
    offered_on: str | None = None
    """The card after which they were offered last; None if they never were."""
    off_card: str | None = None
    """The card on which they went off the record, or stayed there; None on the record."""
    seen: Mapping[str, Value | None] | None = None
    """The answers of the last look and of the cards after it; None without one for these names."""
    written: Mapping[str, datetime] = field(default_factory=dict)
    """When each answer was written down last, or taken back, by its id."""
    struck: Mapping[str, datetime] = field(default_factory=dict)
    """When an answer was struck, by its id."""
    let_go: frozenset[str] = frozenset()
    """The cards that are not kept for another day any more."""
    notes: tuple[str, ...] = ()
    """Private notes, in the order they were made."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    """What is half typed, by answer id."""
    arranged: Event | None = None
    """The last event that changed the next meeting, or a name."""
    zone: str = ""
    """The IANA key of the computer's time zone; empty if unknown."""
    exercises: tuple[ExerciseJoined, ...] = ()
    """The exercises whose cards came into it, in that order."""
    meeting_zone: str = ""
    """The zone in which the next meeting was written down: its time is meant there."""
    coded: tuple[PairCoded, ...] = ()
    """Each time that its facts were written: under which code a programme counts the two."""

    @classmethod
    def open(cls, agenda: Agenda, opened: Opened, ends: datetime | None = None) -> Session:
        """Return a session with nothing but a plan, to whose end it lasts if no other is given."""
        agenda = with_titles(agenda, opened.facts.titles)
        agenda = with_lines(agenda, len(opened.carried.steps))
        return cls(
            cards=tuple(opened.plan),
            planned=opened.plan.seconds,
            allotted=opened.plan.seconds,
            agenda=agenda,
            opened=opened,
            ends=ends or opened.planned_end,
            last=opened,
            accepted={accepted.role: accepted for accepted in opened.carried.accepted},
            people=opened.people,
            worded=opened.carried.worded,
            zone=opened.zone,
        )

    @property
    def today(self) -> date:
        """The day of the last event: a session may go on another day than it began."""
        return self.last.at.date()

    @property
    def off_record(self) -> bool:
        """Whether nothing is written down now."""
        return self.off_card is not None

    @property
    def off_before(self) -> bool:
        """Whether they came off the record from another card, and have not said what now."""
        return self.off_card not in (None, self.current)

    @property
    def elapsed(self) -> float:
        """Seconds of session up to the last event."""
        return self.last.elapsed

    @property
    def minutes(self) -> int:
        """How long the two met: as they say themselves if it was noted afterwards."""
        if self.opened.held:
            return self.opened.plan.minutes
        return round((self.closed or self.last).elapsed / 60)

    @property
    def has_decided(self) -> bool:
        """Whether the two were asked about their agreement here, and went on."""
        prompts = self.agenda.prompts
        return any(self.marks.get(card) == "done" and prompts[card].accept for card in self.cards)

    def spent_until(self, elapsed: float) -> Mapping[str, float]:
        """Return the seconds spent on each card once the session has lasted `elapsed` seconds."""
        if self.current is None or self.closed:
            return self.spent
        so_far = self.spent.get(self.current, 0.0)
        return {**self.spent, self.current: so_far + max(0.0, elapsed - self.elapsed)}

    def expects(self, card: str) -> bool:
        """Return whether a card is walked, or will be if what is still asked is said as usual."""
        prompt = self.agenda.prompts[card]
        return self.walks(card) or (
            not self._asks_nothing(prompt)
            and all(self._hold([each], card) or self._may_hold(each) for each in prompt.when)
        )

    def _may_hold(self, condition: Condition) -> bool:
        """Return whether a condition is about a question to come, and holds with its usual answer.

        Once the question was asked, what was said counts, or that nothing was.
        """
        asked_on = {card.id for card in self.agenda.prompts_of.get(condition.field, ())}
        to_come = {self.current, *self.ahead()} - self.marks.keys()
        if condition.field in self.answers or asked_on.isdisjoint(to_come):
            return False
        return holds_as_usual(self.agenda, condition)

    def extras(self) -> tuple[str, ...]:
        """Return the cards that can be pulled in, those of the current phase first.

        These are the extra ones, and those for which the session is too short.
        """
        outside = (prompt for prompt in self.agenda.prompts if prompt not in self.cards)
        free = list(filter(self.walks, outside))
        here = self.agenda.phase_of.get(self.current or "")
        return tuple(sorted(free, key=lambda prompt: self.agenda.phase_of[prompt] != here))

    def apply(self, event: Event) -> Session:
        """Return the session after one more event."""
        return applied(self, event)

    def apply_all(self, events: Iterable[Event]) -> Session:
        """Return the session after some events, in order."""
        return reduce(applied, events, self)
