"""The walk: show a card, let them talk, write down what they want, keep it in the journal.

It knows a frontend, a clock and a journal only as protocols, and nothing about mentoring.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol, TypedDict

from mentorwalk.answers import as_typed, read
from mentorwalk.card import (
    Card,
    Question,
    again_of,
    card_of,
    private_questions,
    questions_of,
    stuck_lines,
)
from mentorwalk.errors import Unreadable
from mentorwalk.pace import Stopwatch, reading
from mentorwalk.session import (
    Accepted,
    Answered,
    Closed,
    Done,
    Entered,
    Paused,
    Resumed,
    Skipped,
    Ticked,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mentorwalk.agenda import Prompt, Role
    from mentorwalk.answers import Value
    from mentorwalk.journal import Journal
    from mentorwalk.pace import Clock, Reading
    from mentorwalk.session import Event, Session

AFTERWARDS = "After the call"
TICK = 15.0
"""Seconds between two ticks in the journal: the most of the clock that a crash can cost."""


class Action(Enum):
    """What people can ask for on any card, beside answering it."""

    BACK = "back"
    SKIP = "skip"
    HINT = "hint"
    PAUSE = "pause"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Talked:
    """They have talked; `begun` is what somebody began to type meanwhile."""

    begun: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer; None where nothing was written."""

    value: Value | None


@dataclass(frozen=True, slots=True)
class Kept:
    """The sheet is right as it stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the sheet is to be changed, counted from 0."""

    line: int


@dataclass(frozen=True, slots=True)
class Act:
    """An action, and what had been typed by then."""

    action: Action
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C, or the end of input where `for_good`."""

    for_good: bool = False
    draft: str | None = None


Reply = Talked | Said | Kept | Change | Act | Interrupted


class Watch(Protocol):
    """What a frontend may ask of the clock while it waits."""

    def reading(self) -> Reading:
        """Look at the clock."""
        ...

    def pulse(self) -> None:
        """Let a waiting session keep its time; call it every second or so."""
        ...


class Frontend(Protocol):
    """A way to show cards and to ask; each call waits for the people."""

    def talk(self, card: Card, watch: Watch | None) -> Talked | Act | Interrupted:
        """Show what to talk about."""
        ...

    def ask(self, card: Card, question: Question, watch: Watch | None) -> Said | Act | Interrupted:
        """Ask for one answer."""
        ...

    def settle(
        self, card: Card, sheet: list[Question], watch: Watch | None
    ) -> Kept | Change | Act | Interrupted:
        """Show several answers together."""
        ...

    def decide(self, card: Card, document: str, watch: Watch | None) -> Said | Act | Interrupted:
        """Show the agreement; the answer is true where both accept it now."""
        ...

    def pause(self, card: Card) -> None:
        """Wait until they go on."""
        ...

    def interrupted(self) -> Literal["go on", "stop", "close"]:
        """Ask what a Ctrl-C was meant to do."""
        ...


class Ending(Enum):
    """How a walk ended."""

    CLOSED = "closed"
    STOPPED = "stopped"


class _Stamp(TypedDict):
    seq: int
    at: datetime
    elapsed: float


class _Stop(Exception):  # noqa: N818 - a signal within the walk
    def __init__(self, ending: Ending) -> None:
        self.ending = ending


@dataclass
class Walk:
    """One walk through a session, from where it stands."""

    session: Session
    journal: Journal
    frontend: Frontend
    clock: Clock
    agreement: Callable[[Session], tuple[str, str]]
    """Gives the agreement's text as it stands, and its mark."""
    _stopwatch: Stopwatch = field(init=False)
    _hints: dict[str, int] = field(default_factory=dict, init=False)
    _drafts: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Start the clock where the session stands."""
        self._stopwatch = Stopwatch(self.session.elapsed).started(self.clock.monotonic())

    # --- The clock, as frontends see it

    def reading(self) -> Reading:
        """Look at the clock."""
        return reading(self.session, self._elapsed(), self.clock.now())

    def pulse(self) -> None:
        """Write down every so often how far the clock has come."""
        if self._stopwatch.since is not None and self._elapsed() - self.session.elapsed >= TICK:
            self._keep(Ticked(**self._stamp()))

    # --- The loop

    def run(self) -> Ending:
        """Walk from the current card to the end, or until somebody stops."""
        try:
            prompt = self.session.current or self.session.following()
            while prompt is not None:
                prompt = self._card(self.session.agenda.prompts[prompt])
            self._keep(Closed(**self._stamp()))
        except _Stop as stop:
            return stop.ending
        return Ending.CLOSED

    def resume(self) -> Ending:
        """Go on with a session that was left: its end moves to where the rest of it fits."""
        ends = self.reading().ends
        self._keep(Resumed(ends=ends, **self._stamp()))
        return self.run()

    def ask_in_private(self) -> None:
        """After the call: ask the one at the keyboard what is for them alone."""
        questions = private_questions(self.session)
        at = 0
        while at < len(questions):
            card = Card(title=AFTERWARDS, ask="Only for you: it goes into no document.")
            match self.frontend.ask(card, questions[at], None):
                case Said(value):
                    self._answer(questions[at], value)
                    at += 1
                case Act(Action.BACK):
                    at = max(0, at - 1)
                case Act(Action.SKIP):
                    at += 1
                case Act(Action.STOP) | Interrupted():
                    return

    def _card(self, prompt: Prompt) -> str | None:
        """Walk one card, and name the next."""
        self._keep(Entered(prompt=prompt.id, **self._stamp()))
        beat = 0
        while beat < len(beats := self._beats(prompt)):
            match beats[beat]():
                case Act(Action.BACK) if beat > 0:
                    beat -= 1
                case Act(Action.BACK):
                    return self.session.before() or prompt.id
                case Act(Action.SKIP):
                    self._keep(Skipped(prompt=prompt.id, **self._stamp()))
                    return self.session.following()
                case _:
                    beat += 1
        self._keep(Done(prompt=prompt.id, **self._stamp()))
        return self.session.following()

    def _beats(self, prompt: Prompt) -> list[Callable[[], Reply]]:
        """The stops of a card, as its answers stand: the talk, then what is written down."""
        fields = [field for field in prompt.record if not field.private]
        questions = questions_of(self.session, prompt, again_of(self.session, prompt) + fields)
        beats: list[Callable[[], Reply]] = [partial(self._talk, prompt, questions)]
        beats += [partial(self._ask, prompt, question) for question in questions]
        if prompt.settle:
            beats.append(partial(self._settle, prompt))
        if prompt.accept and self.session.agenda.accept_document:
            beats.append(partial(self._decide, prompt))
        return beats

    def _talk(self, prompt: Prompt, questions: list[Question]) -> Reply:
        reply = self._reply(prompt, lambda card: self.frontend.talk(card, self))
        if isinstance(reply, Talked) and reply.begun and questions:
            self._drafts[questions[0].id] = reply.begun
        return reply

    def _ask(self, prompt: Prompt, question: Question) -> Reply:
        def show(card: Card) -> Reply:
            draft = self._drafts.get(question.id)
            return self.frontend.ask(card, replace(question, draft=draft), self)

        reply = self._reply(prompt, show, question)
        if isinstance(reply, Said):
            self._answer(question, reply.value)
        return reply

    def _settle(self, prompt: Prompt) -> Reply:
        while True:
            sheet = questions_of(self.session, prompt, prompt.settle)
            match reply := self._reply(prompt, partial(self._show_sheet, sheet)):
                case Change(line):
                    self._ask(prompt, sheet[line])
                case Kept():
                    self._keep_sheet(sheet)
                    return reply
                case _:
                    return reply

    def _show_sheet(self, sheet: list[Question], card: Card) -> Reply:
        return self.frontend.settle(card, sheet, self)

    def _keep_sheet(self, sheet: list[Question]) -> None:
        """The usual answers were seen: write down those that were not changed."""
        for question in sheet:
            if question.id not in self.session.answers and question.value is not None:
                self._answer(question, question.value)

    def _decide(self, prompt: Prompt) -> Reply:
        text, mark = self.agreement(self.session)
        reply = self._reply(prompt, lambda card: self.frontend.decide(card, text, self))
        if isinstance(reply, Said) and reply.value is True:
            self._accept(mark)
        return reply

    def _accept(self, mark: str) -> None:
        """On a call there is one keyboard and two people: say how each of them accepted."""
        people = self.session.people
        typist: Role = people.types
        other: Role = "mentee" if typist == "mentor" else "mentor"
        aloud = f"said yes aloud on the call; {people.name(typist)} wrote it down"
        for role, how in ((typist, "typed yes at the keyboard"), (other, aloud)):
            self._keep(Accepted(role=role, how=how, mark=mark, **self._stamp()))

    # --- What can happen at every stop

    def _reply(
        self, prompt: Prompt, show: Callable[[Card], Reply], question: Question | None = None
    ) -> Reply:
        """Show a stop of a card until there is a reply that moves on from it."""
        while True:
            hints = self._hints.get(prompt.id, 0)
            reply = show(card_of(self.session, prompt, hints))
            self._hold_draft(question, reply)
            match reply:
                case Act(Action.HINT):
                    most = len(stuck_lines(self.session, prompt))
                    self._hints[prompt.id] = min(hints + 1, most)
                case Act(Action.PAUSE):
                    self._pause(card_of(self.session, prompt))
                case Act(Action.STOP):
                    self._stop(question)
                case Interrupted(for_good):
                    self._interrupted(question, for_good=for_good)
                case _:
                    return reply

    def _hold_draft(self, question: Question | None, reply: Reply) -> None:
        """Keep what was half typed, so that it stands there when they come back to it."""
        if question is None:
            return
        if isinstance(reply, Act | Interrupted) and reply.draft is not None:
            self._drafts[question.id] = reply.draft
        elif isinstance(reply, Said):
            self._drafts.pop(question.id, None)

    def _pause(self, card: Card) -> None:
        self._keep(Paused(**self._stamp()))
        self._stopwatch = self._stopwatch.stopped(self.clock.monotonic())
        self.frontend.pause(card)
        self._stopwatch = self._stopwatch.started(self.clock.monotonic())
        self._keep(Resumed(ends=self.session.ends, **self._stamp()))

    def _interrupted(self, question: Question | None, *, for_good: bool) -> None:
        choice = "stop" if for_good else self.frontend.interrupted()
        if choice == "stop":
            self._stop(question)
        if choice == "close":
            self._save_draft(question)
            self._keep(Closed(**self._stamp()))
            raise _Stop(Ending.CLOSED)

    def _stop(self, question: Question | None) -> None:
        self._save_draft(question)
        self._keep(Ticked(**self._stamp()))
        raise _Stop(Ending.STOPPED)

    def _save_draft(self, question: Question | None) -> None:
        """Nothing is lost: what stands half typed is kept as the answer, if it can be read."""
        draft = self._drafts.get(question.id) if question else None
        if question is None or draft is None or draft == as_typed(question.value):
            return
        try:
            value = read(question.field, draft, question.today, dict(question.names))
        except Unreadable:
            return
        if value != question.value:
            self._answer(question, value)

    # --- The record

    def _answer(self, question: Question, value: Value | None) -> None:
        answers = self.session.answers
        unchanged = question.id in answers and answers[question.id] == value
        if unchanged or (value is None and question.value is None):
            return
        private = question.field.private
        self._keep(Answered(field=question.id, value=value, private=private, **self._stamp()))

    def _keep(self, event: Event) -> None:
        """On disk first, then in mind."""
        self.journal.append(event)
        self.session = self.session.apply(event)

    def _stamp(self) -> _Stamp:
        return {
            "seq": self.session.last.seq + 1,
            "at": self.clock.now(),
            "elapsed": self._elapsed(),
        }

    def _elapsed(self) -> float:
        return self._stopwatch.elapsed(self.clock.monotonic())
