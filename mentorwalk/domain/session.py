"""A session: the pure fold of its events. To resume is to replay; documents are made from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING

from mentorwalk.domain.acceptances import Acceptances
from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.conditions import holds_as_usual
from mentorwalk.domain.course import Course
from mentorwalk.domain.drafts import (
    Draft,
    draft_key,
    private_only,
    with_draft,
    without_answers,
    without_card,
)
from mentorwalk.domain.events import (
    NOTE,
    Accepted,
    Answered,
    Closed,
    Done,
    Drafted,
    Entered,
    Event,
    ExerciseJoined,
    Extended,
    LetGo,
    Offered,
    OffTheRecord,
    Opened,
    PairCoded,
    Parked,
    Pulled,
    Renamed,
    Resumed,
    Shortened,
    Skipped,
    Struck,
    Worded,
)
from mentorwalk.domain.exercises import session_with
from mentorwalk.domain.following import with_titles
from mentorwalk.domain.last_look import is_last_look, seen_with
from mentorwalk.domain.open_steps import with_lines
from mentorwalk.domain.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
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
    def open(cls, agenda: Agenda, opened: Opened, ends: datetime) -> Session:
        """Return a session with nothing but a plan."""
        agenda = with_titles(agenda, opened.facts.titles)
        agenda = with_lines(agenda, len(opened.carried.steps))
        return cls(
            cards=tuple(opened.plan),
            planned=opened.plan.seconds,
            allotted=opened.plan.seconds,
            agenda=agenda,
            opened=opened,
            ends=ends,
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

    # --- Its events

    def apply_all(self, events: Iterable[Event]) -> Session:
        """Return the session after some events, in order."""
        return reduce(Session.apply, events, self)

    def apply(self, event: Event) -> Session:
        """Return the session after one more event."""
        session = replace(self, last=event, spent=self.spent_until(event.elapsed))
        match event:
            case Done(prompt=prompt):
                # A talk off the record settles no clause; what was settled before stays so.
                unseen = self.off_record and self.marks.get(prompt) != "done"
                session = session.marked("talked" if unseen else "done", prompt)
                looked = is_last_look(self.agenda, prompt)
                return replace(session, seen=self.answers if looked else self.seen)
            case Skipped() | Parked() | LetGo():
                return session._put_aside(event)
            case Shortened(ends=ends, dropped=dropped):
                return replace(session.marked("dropped", *dropped), ends=ends)
            case Pulled(prompt=prompt):
                minutes = self.agenda.prompts[prompt].minutes
                return session.pulled_in(prompt).given_time(prompt, minutes * 60)
            case ExerciseJoined():
                return session_with(session, event)
            case Entered(prompt=prompt, seconds=seconds):
                return replace(session, current=prompt).given_time(prompt, seconds)
            case Extended(prompt=prompt, seconds=seconds):
                return session.given_time(prompt, self.allotted.get(prompt, 0.0) + seconds)
            case Offered(minutes=minutes):
                return replace(session, offered=(*self.offered, minutes), offered_on=self.current)
            case Resumed(ends=ends, zone=zone):
                return replace(session, ends=ends, zone=zone or self.zone)
            case _:
                return session._apply_beside_cards(event)

    def _apply_beside_cards(self, event: Event) -> Session:
        """Return the session after an event that changes no card and no end."""
        match event:
            case Answered(value=value) if is_note(self.agenda, event):
                return replace(self, notes=(*self.notes, *typed_texts(value)))
            case Answered(field=field, value=value, item=item):
                return self._answered(field, value, item)
            case Drafted(field=field, text=text, item=item):
                draft = None if text is None else Draft(text, self.current, event.private)
                drafts = with_draft(self.drafts, draft_key(field, item), draft)
                return replace(self, drafts=drafts)
            case Struck():
                return self._redacted(event)
            case Renamed():
                return self._renamed(event)
            case OffTheRecord(off=off):
                drafts = private_only(self.drafts) if off else self.drafts
                return replace(self, off_card=(self.current or "") if off else None, drafts=drafts)
            case Worded() | PairCoded():
                return self._noted(event)
            case Accepted():
                # What is half typed is not agreed on, and may be cut from the journal.
                return self.with_acceptance(event, replace(self, agreed_in=None, drafts={}))
            case Closed():
                return replace(self, closed=event, drafts=private_only(self.drafts))
            case _:
                return self

    def _noted(self, event: Worded | PairCoded) -> Session:
        """Return the session with the accepted text, or with the code of the two once more."""
        if isinstance(event, Worded):
            return replace(self, worded=event)
        return replace(self, coded=(*self.coded, event))

    def _answered(self, key: str, value: Value | None, item: str = "") -> Session:
        value = self.saying(key, item, value) if item else value
        seen = seen_with(self, key, value)
        answers, written = {**self.answers, key: value}, {**self.written, key: self.last.at}
        drafts = with_draft(self.drafts, draft_key(key, item), None)
        session = replace(self, answers=answers, written=written, drafts=drafts, seen=seen)
        if key not in self.agenda.meets_by:
            return session
        return replace(session, arranged=self.last, meeting_zone=self.zone)

    def _renamed(self, event: Renamed) -> Session:
        session = replace(self, people=event.people, arranged=event)
        if event.people.names == self.people.names:
            return session
        return replace(session.with_all_outdated(), seen=None)

    def _redacted(self, event: Struck) -> Session:
        opened, own = self.opened.without(event), (event.field,) if event.field else ()
        session, taken = self, (*own, *event.along)
        # Of what came along, the other lines stand: nobody has taken those back.
        struck = (key for key in own if key not in opened.carried.answers or key in self.answers)
        for key in (*struck, *(each for each in event.along if each in self.answers)):
            session = session._answered(key, event.left_of(key, session.answers.get(key)))
        return replace(
            session,
            drafts=without_answers(session.drafts, taken),
            opened=opened,
            struck={**self.struck, **dict.fromkeys(taken, event.at)},
            worded=self.worded and self.worded.without(event),
            # The two may be shown again how it read then.
            agreed_in=self.agreed_in and self.agreed_in.apply(event),
        )

    # --- Its cards

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

    def _put_aside(self, event: Skipped | Parked | LetGo) -> Session:
        """Return the session after a card was left out, or kept for another day, or no longer."""
        card = event.prompt
        if isinstance(event, LetGo):
            session = self.marked("skipped", card) if self.marks.get(card) == "parked" else self
            return replace(session, let_go=self.let_go | {card})
        session = self.marked("parked" if isinstance(event, Parked) else "skipped", card)
        drafts = without_card(session.drafts, card)
        return replace(session, drafts=drafts, let_go=self.let_go - {card})

    def extras(self) -> tuple[str, ...]:
        """Return the cards that can be pulled in, those of the current phase first.

        These are the extra ones, and those for which the session is too short.
        """
        outside = (prompt for prompt in self.agenda.prompts if prompt not in self.cards)
        free = list(filter(self.walks, outside))
        here = self.agenda.phase_of.get(self.current or "")
        return tuple(sorted(free, key=lambda prompt: self.agenda.phase_of[prompt] != here))


def is_note(agenda: Agenda, event: Answered) -> bool:
    """Return whether an answer is a private note.

    Earlier versions kept notes as `note`, which can also be the id of a field.
    """
    field = agenda.answerable.get(event.field)
    earlier = event.field == "note" and event.private and not (field and field.private)
    return earlier or event.field == NOTE
