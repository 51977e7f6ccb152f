"""The record of a walk that is going on: the session, its journal and its clock, kept in step."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from mentorwalk.domain.answers import read
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.events import (
    NOTE,
    Answered,
    Drafted,
    Entered,
    Extended,
    Paused,
    Resumed,
    Ticked,
    erases,
)
from mentorwalk.domain.text import INVISIBLE
from mentorwalk.domain.timing import Stopwatch, reading, shares

if TYPE_CHECKING:
    from datetime import datetime

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Question
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.session import Session
    from mentorwalk.domain.timing import Clock, Reading
    from mentorwalk.storage.journal import Journal

TICK = 15.0
"""Seconds between two ticks in the journal: the most of the clock that a crash can cost."""
SET_BACK = timedelta(seconds=2)
"""A time of day that falls behind by more than this was set back by hand."""
ASLEEP = timedelta(hours=1)
"""A gap longer than this was no part of the talk: the end moves with it, as after a pause."""


@dataclass
class SessionRecorder:
    """Keeps what happens: on disk first, then in mind."""

    session: Session
    journal: Journal
    clock: Clock
    _stopwatch: Stopwatch = field(init=False)
    _keeping: Lock = field(default_factory=Lock, init=False)
    _set_back: timedelta = field(default=timedelta(), init=False)
    _seen: tuple[datetime, float] = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock where the session stands."""
        self._seen = (self.clock.now(), self.clock.monotonic())
        self._stopwatch = Stopwatch(self.session.elapsed).started(self._seen[1])

    # --- The clock

    def reading(self) -> Reading:
        """Look at the clock."""
        now = self._now()
        return reading(self.session, self.elapsed(), now, self._set_back)

    def elapsed(self) -> float:
        """Seconds of session so far, pauses left out."""
        return self._stopwatch.elapsed(self.clock.monotonic())

    def pulse(self) -> None:
        """Write down every so often how far the clock has come."""
        if self._stopwatch.since is not None and self.elapsed() - self.session.elapsed >= TICK:
            self.keep(Ticked)

    def left(self) -> float:
        """Seconds until the two want to be done."""
        now = self._now()
        return (self.session.ends - self._set_back - now).total_seconds()

    def pause(self) -> None:
        """Let the clock stand still."""
        self.keep(Paused)
        self._stopwatch = self._stopwatch.stopped(self.clock.monotonic())

    def go_on(self) -> None:
        """Let the clock go on; where the end went by meanwhile, it moves to where the rest fits."""
        self._stopwatch = self._stopwatch.started(self.clock.monotonic())
        fits = self.left() > 0
        ends = self.session.ends - self._set_back
        self._resume(ends if fits else self.fitting_end())

    def take_up(self) -> None:
        """Go on another time; the end moves to where the rest fits, if half of it would not."""
        fitting, left = self.fitting_end(), self.left()
        rest = (fitting - self.clock.now()).total_seconds()
        self._resume(self.session.ends if left > 0 and left >= rest / 2 else fitting)

    def _resume(self, ends: datetime) -> None:
        self.keep(Resumed, ends=ends, zone=self.clock.zone())

    def fitting_end(self) -> datetime:
        """When it will be over, if all that is to come has its planned time."""
        seen = self.reading()
        return self.clock.now() + timedelta(seconds=max(0.0, self.left() + seen.behind))

    def _now(self) -> datetime:
        """The time of day; notes how far it was set back."""
        now, monotonic = self.clock.now(), self.clock.monotonic()
        drift = (now - self._seen[0]) - timedelta(seconds=monotonic - self._seen[1])
        if drift < -SET_BACK or drift > ASLEEP:
            self._set_back -= drift
        self._seen = (now, monotonic)
        return now

    # --- What happens

    def keep(self, kind: type[Event], **payload: Any) -> None:
        """Keep an event of a kind, with what belongs to it."""
        # A pulse may come from another thread; no number is given twice.
        with self._keeping:
            seq, at = self.session.last.seq + 1, self._now()
            event = kind(seq=seq, at=at, elapsed=self.elapsed(), **payload)
            if erases(event):
                self.journal.redact(event)
            else:
                self.journal.append(event)
            self.session = self.session.apply(event)
        if "ends" in payload:
            # The end was fixed anew, by the time of day as it is now.
            self._set_back = timedelta()

    def enter(self, prompt: str) -> None:
        """Show a card; the first time, with its share of the time that is left."""
        seconds = None
        if prompt not in self.session.spent:
            seconds = shares(self.session, self.left()).get(prompt)
        self.keep(Entered, prompt=prompt, seconds=seconds)

    def extend(self, prompt: str, minutes: int) -> None:
        """Give a card more time."""
        self.keep(Extended, prompt=prompt, seconds=minutes * 60.0)

    def answer(self, question: Question, value: Value | None) -> None:
        """Write an answer down, if it is a new one; it is not half typed any more."""
        answers, private = self.session.answers, question.field.private
        unchanged = question.id in answers and answers[question.id] == value
        if not (unchanged or (value is None and question.value is None)):
            self.keep(Answered, field=question.id, value=value, private=private)
        elif question.id in self.session.drafts:
            self.keep(Drafted, field=question.id, text=None, private=private)

    def draft(self, question: Question, text: str | None) -> None:
        """Keep what is half typed, if it says something new; off the record nothing is kept."""
        kept = self.session.drafts.get(question.id)
        text = None if text is None else INVISIBLE.sub("", text)
        half = None if text == question.answer.typed else text
        if half != (kept.text if kept else None) and not self.session.off_record:
            private = question.field.private
            self.keep(Drafted, field=question.id, text=half, private=private)

    def answer_drafts(self) -> None:
        """Write down as answers, before the end erases it, what is half typed and can be read."""
        session = self.session
        for key, draft in session.drafts.items():
            with suppress(Unreadable):
                field = session.agenda.answerable[key]
                value = read(field, draft.text, session.today, dict(session.names))
                if not draft.private and value != session.effective_answer(key).value:
                    self.keep(Answered, field=key, value=value)

    def note(self, text: Value | None) -> None:
        """Keep a private note."""
        if text:
            self.keep(Answered, field=NOTE, value=text, private=True)
