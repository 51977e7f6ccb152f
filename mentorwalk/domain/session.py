"""A session: the pure fold of its events. Resume is replay, and documents are made from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.answers import Answer, typed_texts
from mentorwalk.domain.events import (
    NOTE,
    Accepted,
    Answered,
    Closed,
    Done,
    Drafted,
    Entered,
    Event,
    Extended,
    OffTheRecord,
    Opened,
    Parked,
    Pulled,
    Redacted,
    Renamed,
    Resumed,
    Shortened,
    Skipped,
)
from mentorwalk.domain.people import names_in_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from mentorwalk.domain.agenda import Agenda, Condition, Field, Prompt, Role
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import People


Mark = Literal["done", "talked", "skipped", "parked", "dropped"]
"""How a card ended: finished, talked over off the record, left out, kept for another day, or
dropped because time ran short."""


@dataclass(frozen=True)
class Draft:
    """An answer that is half typed."""

    text: str
    prompt: str | None
    """The card on which it is typed."""
    private: bool


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
    people: People
    cards: tuple[str, ...]
    """The ids of the cards to walk, in order."""
    allotted: Mapping[str, float]
    """The seconds that each card is given, by prompt: as planned, shared out anew, extended."""
    notes: tuple[str, ...] = ()
    """Private notes, in the order they were made."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    """What is half typed, by answer id."""
    off_record: bool = False
    closed: Closed | None = None
    arranged: Event | None = None
    """The last event that changed the next meeting, or a name."""
    zone: str = ""
    """The IANA key of the time zone that the computer is in; empty if unknown."""
    meeting_zone: str = ""
    """The zone in which the next meeting was written down: its time is meant there."""

    @classmethod
    def open(cls, agenda: Agenda, opened: Opened, ends: datetime) -> Session:
        """Begin with nothing but a plan."""
        return cls(
            agenda=agenda,
            opened=opened,
            ends=ends,
            last=opened,
            current=None,
            marks={},
            answers={},
            spent={},
            accepted={accepted.role: accepted for accepted in opened.carried.accepted},
            people=opened.people,
            zone=opened.zone,
            cards=tuple(opened.plan),
            allotted=opened.plan.seconds,
        )

    @property
    def names(self) -> Mapping[str, str]:
        """What stands for `{mentor}`, `{mentee}` and `{contact}` in the agenda's texts."""
        return names_in_texts(self.agenda, self.people)

    @property
    def today(self) -> date:
        """The day of what happened last: a session may go on another day than it began."""
        return self.last.at.date()

    @property
    def elapsed(self) -> float:
        """Seconds of session up to the last event."""
        return self.last.elapsed

    def apply(self, event: Event) -> Session:
        """Fold one more event in."""
        went_by = replace(self, last=event, spent=self.spent_until(event.elapsed))
        match event:
            case Done(prompt=prompt):
                unseen = self.off_record and self.marks.get(prompt) != "done"
                return went_by._marked("talked" if unseen else "done", prompt)
            case Skipped(prompt=prompt):
                return went_by._marked("skipped", prompt)._put_aside(prompt)
            case Parked(prompt=prompt):
                return went_by._marked("parked", prompt)._put_aside(prompt)
            case Shortened(ends=ends, dropped=dropped):
                return replace(went_by._marked("dropped", *dropped), ends=ends)
            case Pulled(prompt=prompt):
                return went_by._with_pulled(prompt)
            case Entered(prompt=prompt, seconds=seconds):
                return replace(went_by, current=prompt)._allotted(prompt, seconds)
            case Extended(prompt=prompt, seconds=seconds):
                return went_by._allotted(prompt, self.allotted.get(prompt, 0.0) + seconds)
            case _:
                return went_by._told(event)

    def _told(self, event: Event) -> Session:
        """Fold in what changes no card."""
        match event:
            case Answered(value=value) if is_note(self.agenda, event):
                return replace(self, notes=(*self.notes, *typed_texts(value)))
            case Answered(field=field, value=value):
                return self._answered(field, value)
            case Drafted(field=field, text=text):
                draft = None if text is None else Draft(text, self.current, event.private)
                return self._drafted(field, draft)
            case Redacted(field=field):
                return replace(self._answered(field, None), opened=self.opened.without(event))
            case Renamed(people=people):
                return replace(self, people=people, arranged=event)
            case OffTheRecord(off=off):
                return replace(self._without_drafts() if off else self, off_record=off)
            case Resumed(ends=ends, zone=zone):
                return replace(self, ends=ends, zone=zone or self.zone)
            case Accepted(role=role, fingerprint=fingerprint):
                others = {key: kept for key, kept in self.accepted.items() if key != role}
                return replace(self, accepted=others | ({role: event} if fingerprint else {}))
            case Closed():
                return replace(self._without_drafts(), closed=event)
            case _:
                return self

    def apply_all(self, events: Iterable[Event]) -> Session:
        """Fold events in, in order."""
        return reduce(Session.apply, events, self)

    def _answered(self, key: str, value: Value | None) -> Session:
        session = replace(self._drafted(key, None), answers={**self.answers, key: value})
        if key not in self.agenda.meets_by:
            return session
        return replace(session, arranged=self.last, meeting_zone=self.zone)

    def _drafted(self, key: str, draft: Draft | None) -> Session:
        drafts = {kept: each for kept, each in self.drafts.items() if kept != key}
        return replace(self, drafts=drafts if draft is None else {**drafts, key: draft})

    def _without_drafts(self) -> Session:
        """Return the session with private drafts alone, which outlive the talk."""
        return replace(self, drafts={k: each for k, each in self.drafts.items() if each.private})

    def _put_aside(self, prompt: str) -> Session:
        """Return the session without what was half typed on a card that was put aside."""
        kept = {key: draft for key, draft in self.drafts.items() if draft.prompt != prompt}
        return replace(self, drafts=kept)

    def _marked(self, mark: Mark, *prompts: str) -> Session:
        return replace(self, marks={**self.marks, **dict.fromkeys(prompts, mark)})

    def _allotted(self, prompt: str, seconds: float | None) -> Session:
        if seconds is None:
            return self
        return replace(self, allotted={**self.allotted, prompt: seconds})

    def _with_pulled(self, prompt: str) -> Session:
        """The session with one more card, before the one that is shown."""
        place = max(0, self._place())
        cards = (*self.cards[:place], prompt, *self.cards[place:])
        seconds = self.agenda.prompts[prompt].minutes * 60
        return replace(self, cards=cards)._allotted(prompt, seconds)

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
        """The planned cards that nobody finished or put aside."""
        return self._with_mark(None, "dropped")

    def parked(self) -> tuple[str, ...]:
        """The cards kept for another day."""
        return self._with_mark("parked")

    def extras(self) -> tuple[str, ...]:
        """The cards that can be pulled in: those of this phase first."""
        prompts = self.agenda.prompts.values()
        free = [prompt.id for prompt in prompts if prompt.extra and prompt.id not in self.cards]
        here = self.agenda.phase_of.get(self.current or "")
        return tuple(sorted(free, key=lambda prompt: self.agenda.phase_of[prompt] != here))

    def _with_mark(self, *marks: Mark | None) -> tuple[str, ...]:
        return tuple(prompt for prompt in self.cards if self.marks.get(prompt) in marks)

    def asks(self, field: Field) -> bool:
        """Tell whether a field is asked, given the answers so far."""
        if not field.when:
            return True
        own = self.agenda.prompt_of.get(next(iter(field.answer_ids)))
        came_along = own is not None and own.id in self.opened.carried.settled
        return all(self._holds(condition, came_along=came_along) for condition in field.when)

    def in_force(self) -> tuple[Prompt, ...]:
        """The cards that have a say: those to walk, and those settled in the session before."""
        cards = {*self.cards, *self.opened.carried.settled}
        return tuple(prompt for prompt in self.agenda.prompts.values() if prompt.id in cards)

    def settled(self, prompt: Prompt) -> bool:
        """Tell whether a card's clause was agreed on: now, or in the session before."""
        return self.marks.get(prompt.id) == "done" or prompt.id in self.opened.carried.settled

    def answer(self, key: str) -> Answer:
        """Return this session's answer; it is empty where its field is not asked."""
        return self._answer(key, self.answers.get(key))

    def effective_answer(self, key: str) -> Answer:
        """Return this session's answer, else the one that came along, if its field is asked."""
        return self._answer(key, self._effective_value(key))

    def _answer(self, key: str, value: Value | None) -> Answer:
        field = self.agenda.answerable[key]
        asked = value if self.asks(field) else None
        return Answer(field, asked, self.names, field.answer_ids[key])

    def _effective_value(self, key: str) -> Value | None:
        return self.answers[key] if key in self.answers else self.opened.carried.answers.get(key)

    def _place(self) -> int:
        return self.cards.index(self.current) if self.current in self.cards else -1

    def _holds(self, condition: Condition, *, came_along: bool) -> bool:
        """Whether an answer is as wanted; an earlier one counts only where it stands agreed."""
        key = condition.field
        current = came_along or key in self.agenda.agreed
        value = self._effective_value(key) if current else self.answers.get(key)
        words = set(typed_texts(value))
        return bool(words & set(condition.any_of) if condition.any_of else words)


def is_note(agenda: Agenda, event: Answered) -> bool:
    """Whether it is a private note; once they were kept as `note`, which a field can be called."""
    field = agenda.answerable.get(event.field)
    earlier = event.field == "note" and event.private and not (field and field.private)
    return earlier or event.field == NOTE
