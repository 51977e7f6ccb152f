"""The recorder of a walk: it keeps the session, its journal and its clock in step."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.events import (
    NOTE,
    Answered,
    Done,
    Drafted,
    Entered,
    Extended,
    Paused,
    Resumed,
    Ticked,
    erases,
)
from mentorwalk.domain.meeting import over_already
from mentorwalk.domain.text import INVISIBLE
from mentorwalk.domain.timing import Stopwatch, reading, shares
from mentorwalk.domain.values import ByItem, said_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.meeting import OverAlready
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.domain.timing import Clock, Reading
    from mentorwalk.storage.journal import Journal

TICK = 15.0
"""Seconds between two ticks in the journal: the most session time that a crash can lose."""
SET_BACK = timedelta(seconds=2)
"""A time of day that falls behind the monotonic clock by more than this was set back by hand."""
ASLEEP = timedelta(hours=1)
"""A longer gap is no part of the talk, as after a pause: the session's end moves by it.

Python's monotonic clock stands still while Linux sleeps, so that the time of day jumps ahead.
"""


@dataclass
class SessionRecorder:
    """Records what happens: first on disk, then in the session."""

    session: Session
    journal: Journal
    clock: Clock
    _stopwatch: Stopwatch = field(init=False)
    _keeping: Lock = field(default_factory=Lock, init=False)
    _set_back: timedelta = field(default=timedelta(), init=False)
    _seen: tuple[datetime, float] = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock from what has elapsed."""
        self._seen = (self.clock.now(), self.clock.monotonic())
        self._stopwatch = Stopwatch(self.session.elapsed).started(self._seen[1])

    # --- The clock

    def reading(self) -> Reading:
        """Return what the clock says now."""
        now = self._now()
        return reading(self.session, self.elapsed(), now, self._set_back)

    def elapsed(self) -> float:
        """Return the seconds of session so far, without pauses."""
        return self._stopwatch.elapsed(self.clock.monotonic())

    def pulse(self) -> None:
        """Record the time that went by, if the last event is `TICK` seconds old."""
        if self._stopwatch.since is not None and self.elapsed() - self.session.elapsed >= TICK:
            self.record(Ticked)

    def left(self) -> float:
        """Return the seconds until the two want to be done; negative past that."""
        now = self._now()
        return (self.session.ends - self._set_back - now).total_seconds()

    def left_after_card(self, left: float | None = None) -> float:
        """Return the seconds that remain for the other cards, of those left or of so many."""
        left = self.left() if left is None else left
        return left - max(0.0, min(self.reading().card_left, left))

    def pause(self) -> None:
        """Stop the clock."""
        self.record(Paused)
        self._stopwatch = self._stopwatch.stopped(self.clock.monotonic())

    def go_on(self) -> None:
        """Start the clock again; if the end went by meanwhile, move it to where the rest fits."""
        self._stopwatch = self._stopwatch.started(self.clock.monotonic())
        fits = self.left() > 0
        ends = self.session.ends - self._set_back
        self._resume(ends if fits else self.fitting_end())

    def take_up(self) -> None:
        """Go on another time."""
        self._resume(self.end_on_return())

    def end_on_return(self) -> datetime:
        """Return when it ends if they go on now: as agreed on, if half the rest fits; else later.

        Later is when all of the rest fits.
        """
        fitting, left = self.fitting_end(), self.left()
        rest = (fitting - self.clock.now()).total_seconds()
        return self.session.ends if left > 0 and left >= rest / 2 else fitting

    def _resume(self, ends: datetime) -> None:
        self.record(Resumed, ends=ends, zone=self.clock.zone())

    def fitting_end(self) -> datetime:
        """Return when the session is over if every card to come has its planned time."""
        seen = self.reading()
        return self.clock.now() + timedelta(seconds=max(0.0, self.left() + seen.behind))

    def _now(self) -> datetime:
        """Return the time of day, and follow how far it was set back since the end was fixed."""
        now, monotonic = self.clock.now(), self.clock.monotonic()
        drift = (now - self._seen[0]) - timedelta(seconds=monotonic - self._seen[1])
        if drift < -SET_BACK or drift > ASLEEP:
            self._set_back -= drift
        self._seen = (now, monotonic)
        return now

    # --- What happens

    def record(self, kind: type[Event], **payload: Any) -> None:
        """Record an event of a kind, with its payload."""
        # A frontend pulses from another thread: no two events may get one number.
        with self._keeping:
            seq, at = self.session.last.seq + 1, self._now()
            event = kind(seq=seq, at=at, elapsed=self.elapsed(), **payload)
            if erases(event):
                self.journal.redact(event)
            else:
                self.journal.append(event)
            self.session = self.session.apply(event)
        if "ends" in payload:
            # The new end was computed from the time of day as it is now.
            self._set_back = timedelta()

    def enter(self, prompt: str) -> None:
        """Record that a card is shown; the first time, with its share of the time left."""
        seconds = None
        if prompt not in self.session.spent:
            seconds = shares(self.session, self.left()).get(prompt)
        self.record(Entered, prompt=prompt, seconds=seconds)

    def extend(self, prompt: str, minutes: int) -> None:
        """Give a card more minutes."""
        self.record(Extended, prompt=prompt, seconds=minutes * 60.0)

    def answer(self, question: Question, value: Value | None) -> None:
        """Record an answer, if it is a new one; it is not half typed any more."""
        key, item, private = question.id, question.item, question.field.private
        value = None if said_nothing(value) else value
        unchanged = self.session.is_answered(key, item) and self._written(question) == value
        if not (unchanged or (value is None and question.value is None)):
            self.record(Answered, field=key, item=item, value=value, private=private)
        # The same answer again is no event, so its draft has to be ended by itself.
        elif question.key in self.session.drafts:
            self.record(Drafted, field=key, item=item, text=None, private=private)

    def _written(self, question: Question) -> Value | None:
        """Return what is written down by now about what a question asks."""
        said = self.session.answers.get(question.id)
        if question.item:
            return said.get(question.item) if isinstance(said, ByItem) else None
        return said

    def over_already(self, answers: Mapping[str, Value | None]) -> OverAlready | None:
        """Return which of these answers would set the next meeting before now, if one would."""
        return over_already(self.session, answers, self.clock.now())

    def draft(self, question: Question, text: str | None) -> None:
        """Record what is half typed, if it is new; off the record, nothing is recorded."""
        kept = self.session.drafts.get(question.key)
        # A draft is kept as it was typed; answers are cleaned as they are parsed.
        text = None if text is None else INVISIBLE.sub("", text)
        # Text that nobody changed is no draft: `resume` would say that it was left half typed.
        half = None if text == question.answer.typed else text
        private = question.field.private
        # What is private is asked after the call, when nobody is on any record any more.
        off = self.session.off_record and not private
        if half != (kept.text if kept else None) and not off:
            self.record(Drafted, field=question.id, item=question.item, text=half, private=private)

    def answer_drafts(self) -> None:
        """Record what is half typed as answers, if it can be read: the end erases drafts."""
        session = self.session
        for name, draft in session.drafts.items():
            key, _line, item = name.partition("\n")
            answer = session.effective_answer(key, item)
            with suppress(Unreadable):
                value = parse_answer(answer.field, draft.text, session.today, session.names)
                # A sentence that is half typed would take the place of those that stand.
                unfinished = draft.private or answer.field.has_sentences
                new = not unfinished and value != answer.value
                if new and not self.over_already({key: value}):
                    self.record(Answered, field=key, item=item, value=value)

    def leave_card(self) -> None:
        """Record that the current card is done if something was written down on it.

        Otherwise documents would leave out what a review of everything shows.
        """
        card = self.session.agenda.prompts.get(self.session.current or "")
        if card is None or card.id in self.session.marks:
            return
        written = [key for field in card.fields for key in field.answer_ids if not field.private]
        if any(self.session.answers.get(key) is not None for key in written):
            self.record(Done, prompt=card.id)

    def note(self, text: Value | None) -> None:
        """Record a private note; an empty one is none."""
        if text:
            self.record(Answered, field=NOTE, value=text, private=True)
