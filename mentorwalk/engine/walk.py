"""The walk: show a card, let them talk, write down what they want, keep it in the journal.

It knows a frontend, a clock and a journal only as protocols, and nothing about mentoring.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import ROLES
from mentorwalk.domain.card import (
    AFTERWARDS,
    Card,
    asked_of,
    card_of,
    frame_of,
    private_questions,
    sheet_of,
    stuck_lines,
)
from mentorwalk.domain.events import Accepted, Closed, Done, Parked, Skipped, Ticked
from mentorwalk.domain.i18n import _
from mentorwalk.engine.actions import Actions, Left
from mentorwalk.engine.frontend import (
    TOGETHER,
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Proposal,
    Said,
    Talked,
)
from mentorwalk.engine.recorder import SessionRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.agenda import Prompt, Role
    from mentorwalk.domain.agreement import Agreement
    from mentorwalk.domain.card import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Frontend, Reply, WalkStyle
    from mentorwalk.storage.journal import Journal


class Ending(Enum):
    """How a walk ended."""

    CLOSED = "closed"
    STOPPED = "stopped"


class _Stop(Exception):  # noqa: N818 - a signal within the walk
    def __init__(self, ending: Ending) -> None:
        self.ending = ending


class _Again:
    """The card changed under the question: lay it out anew."""


class _Jump(Exception):  # noqa: N818 - a signal within the walk
    def __init__(self, prompt: str) -> None:
        self.prompt = prompt


@dataclass
class Walk:
    """One walk through a session, from where it stands."""

    opened: Session
    journal: Journal
    frontend: Frontend
    clock: Clock
    agreement: Callable[[Session], Agreement]
    """Makes the agreement of a session as it is now."""
    walk_style: WalkStyle = TOGETHER
    _hints: dict[str, int] = field(default_factory=dict, init=False)
    _weighed: set[str] = field(default_factory=set, init=False)
    """The answers on which the two differed, and which they were asked about."""
    _asked_anew: object = field(default=None, init=False)
    """What stood there when they were asked once more to accept the agreement."""

    def __post_init__(self) -> None:
        """Start the clock where the session stands."""
        self.record = SessionRecorder(self.opened, self.journal, self.clock)
        self.actions = Actions(self.record, self.frontend, self.walk_style)

    @property
    def session(self) -> Session:
        """Where the session stands now."""
        return self.record.session

    # --- The loop

    def run(self) -> Ending:
        """Walk from the current card to the end, or until somebody stops.

        What was walked to its end before begins with the last look.
        """
        try:
            here = self.session.current or self.session.following()
            prompt = self._reviewed() if self.session.closed else here
            while prompt is not None:
                prompt = self._card(self.session.agenda.prompts[prompt])
                prompt = prompt or self._reviewed()
            self.record.keep(Closed)
        except _Stop as key:
            return key.ending
        return Ending.CLOSED

    def resume(self) -> Ending:
        """Go on with a session that was left, until the end that was agreed on, if that can be."""
        self.record.take_up()
        return self.run()

    def ask_in_private(self) -> None:
        """After the call: ask the one at the keyboard what is for them alone."""
        card = Card(title=_(AFTERWARDS), ask=_("Only for you: it goes into no document."))
        at = 0
        while at < len(questions := private_questions(self.session)):
            match self.actions.ask(card, questions[at], None):
                case Command(Action.BACK):
                    at = max(0, at - 1)
                case Command(Action.STOP) | Interrupted():
                    return
                case _:
                    at += 1

    def _card(self, prompt: Prompt) -> str | None:
        """Walk one card, and name the next."""
        self.record.enter(prompt.id)
        beat = 0
        try:
            while beat < len(stops := self._stops(prompt)):
                key = list(stops)[beat]
                match stops[key]():
                    case _Again():
                        now = list(self._stops(prompt))
                        beat = now.index(key) if key in now else min(beat, len(now) - 1)
                    case Command(Action.BACK) if beat > 0:
                        beat -= 1
                    case Command(Action.BACK):
                        return self.session.before() or prompt.id
                    case Command(Action.SKIP):
                        self.record.keep(Skipped, prompt=prompt.id)
                        return self.session.following()
                    case Command(Action.PARK):
                        self.record.keep(Parked, prompt=prompt.id)
                        return self.session.following()
                    case _:
                        beat += 1
        except _Jump as jump:
            return jump.prompt
        self.record.keep(Done, prompt=prompt.id)
        return self.session.following()

    def _stops(self, prompt: Prompt) -> dict[str, Callable[[], Reply | _Again]]:
        """The stops of a card, as its answers stand: the talk, then what is written down.

        A question has the id of its answer, in which there is no space.
        """
        questions = asked_of(self.session, prompt)
        talk: dict[str, Callable[[], Reply | _Again]]
        talk = {"the talk": partial(self._talk, prompt, questions)}
        if self.session.off_record:
            return talk
        stops: dict[str, Callable[[], Reply | _Again]]
        stops = {question.id: partial(self._ask, prompt, question) for question in questions}
        if sheet_of(self.session, prompt):
            stops["the sheet"] = partial(self._settle, prompt)
        stops = stops if stops and not self.walk_style.talks else talk | stops
        if prompt.accept and self.session.agenda.accept_document:
            stops["the decision"] = partial(self._decide, prompt)
        return stops

    def _talk(self, prompt: Prompt, questions: list[Question]) -> Reply | _Again:
        reply = self._reply(prompt, lambda card: self.frontend.talk(card, self.record))
        if isinstance(reply, Talked) and reply.begun and questions:
            self.record.draft(questions[0], reply.begun)
        return reply

    def _ask(self, prompt: Prompt, question: Question) -> Reply | _Again:
        return self._reply(prompt, lambda card: self.actions.ask(card, question, self.record))

    def _settle(self, prompt: Prompt) -> Reply | _Again:
        while True:
            sheet = sheet_of(self.session, prompt)
            match reply := self._reply(prompt, partial(self._show_sheet, sheet)):
                case EditLine(line):
                    changed = self._change(prompt, [sheet[line]])
                case AcceptSheet() if differing := self._undecided(sheet):
                    changed = self._change(prompt, differing)
                case AcceptSheet():
                    self._keep_sheet(sheet)
                    return reply
                case _:
                    return reply
            if isinstance(changed, _Again | Command) and changed != Command(Action.BACK):
                return changed

    def _undecided(self, sheet: list[Question]) -> list[Question]:
        """The lines on which the two differ, and which they were not asked about yet."""
        return [each for each in sheet if each.differs and each.id not in self._weighed]

    def _change(self, prompt: Prompt, lines: list[Question]) -> Reply | _Again | None:
        """Ask about lines of a sheet, one by one; who goes back is at the sheet again."""
        for question in lines:
            reply = self._ask(prompt, question)
            if not isinstance(reply, Said):
                return reply
            self._weighed.add(question.id)
        return None

    def _show_sheet(self, sheet: list[Question], card: Card) -> Reply:
        return self.frontend.settle(card, sheet, self.record)

    def _keep_sheet(self, sheet: list[Question]) -> None:
        """The usual answers were seen: write down those that were not changed."""
        for question in sheet:
            if question.id not in self.session.answers and question.value is not None:
                self.record.answer(question, question.value)

    def _decide(self, prompt: Prompt) -> Reply | _Again:
        agreement = self.agreement(self.session)
        proposal = Proposal(agreement.text, self.session.people, tuple(agreement.accepted))
        show = lambda card: self.frontend.decide(card, proposal, self.record)  # noqa: E731
        reply = self._reply(prompt, show)
        if isinstance(reply, Said):
            self._decided(agreement, str(reply.value))
        return reply

    def _decided(self, agreement: Agreement, said: str) -> None:
        """Record who accepts and how, and withdraw an earlier acceptance of whoever does not."""
        accepting = {"draft": (), "mentor": ("mentor",), "mentee": ("mentee",)}.get(said, ROLES)
        for role in ROLES:
            if role not in accepting and role in self.session.accepted:
                self.record.keep(Accepted, role=role, how="took it back", fingerprint="")
            elif role in accepting and role not in agreement.accepted:
                how = self._way(role) if said in ("both", *ROLES) else said
                text = agreement.fingerprint
                self.record.keep(Accepted, role=role, how=how, fingerprint=text)

    def _way(self, role: Role) -> str:
        """On a call there is one keyboard and two people: say how one of them accepted."""
        people = self.session.people
        if role == people.types:
            return "typed yes at the keyboard"
        return f"said yes aloud on the call; {people.name(people.types)} wrote it down"

    def _reviewed(self) -> str | None:
        """The last look before anything is written; names a card where they want back to one."""
        while True:
            try:
                reply = self._last_look()
                if isinstance(reply, AcceptSheet):
                    return self._to_accept_anew()
                if isinstance(reply, Command) and reply.action is Action.BACK:
                    return self.session.current
                self._act(None, reply)
            except _Jump as jump:
                return jump.prompt

    def _to_accept_anew(self) -> str | None:
        """The card of the agreement, if it changed after it was accepted in this session.

        It is asked once for each change.
        """
        session, prompts = self.session, self.session.agenda.prompts
        card = next((card for card in session.cards if prompts[card].accept), None)
        before = session.opened.carried.accepted
        texts = {each.fingerprint for each in session.accepted.values() if each not in before}
        current = (session.answers, session.people)
        if card is None or not texts or current == self._asked_anew:
            return None
        if texts == {self.agreement(session).fingerprint}:
            return None
        self._asked_anew = current
        with suppress(Left):
            self.actions.tell_of_new_wording()
        return card

    def _last_look(self) -> AcceptSheet | Command | Interrupted:
        try:
            return self.actions.review()
        except Left as left:
            return left.reply

    # --- What can happen at every stop

    def _reply(self, prompt: Prompt, show: Callable[[Card], Reply]) -> Reply | _Again:
        """Show a stop of a card until there is a reply that moves on from it."""
        while True:
            before = (self.session.off_record, self.session.people, self.session.answers)
            reply = show(card_of(self.session, prompt, self._hints.get(prompt.id, 0)))
            match reply:
                case Command(Action.BACK | Action.SKIP | Action.PARK):
                    return reply
                case Command() | Interrupted():
                    if aside := self._act(prompt, reply):
                        return aside
                case _:
                    return reply
            if before != (self.session.off_record, self.session.people, self.session.answers):
                return _Again()

    def _act(self, prompt: Prompt | None, reply: Command | Interrupted) -> Command | None:
        """Do what was asked for, on a detour too; whoever leaves one is back at the card.

        What puts the card itself aside is given back.
        """
        try:
            self._follow(prompt, reply)
        except Left as left:
            if isinstance(left.reply, Command) and left.reply.action in (Action.SKIP, Action.PARK):
                return left.reply
            return self._act(prompt, left.reply)
        return None

    def _follow(self, prompt: Prompt | None, reply: Command | Interrupted) -> None:
        match reply:
            case Interrupted(for_good):
                self._interrupted(prompt, for_good=for_good)
            case Command(Action.STOP):
                self._stop()
            case Command(Action.JUMP):
                self._go(self.actions.jump(), prompt)
            case Command(Action.EXTRA):
                self._go(self.actions.extra(), prompt)
            case Command(Action.PAUSE):
                self._pause(prompt)
            case Command(Action.HINT) if prompt:
                most = len(stuck_lines(self.session, prompt))
                self._hints[prompt.id] = min(self._hints.get(prompt.id, 0) + 1, most)
            case Command(Action.MORE_TIME) if prompt:
                self.record.extend(prompt.id, reply.minutes)
            case Command(Action.REVIEW):
                self._look_again(prompt)
            case Command(action) if action in self._beside:
                self._beside[action]()

    @property
    def _beside(self) -> Mapping[Action, Callable[[], None]]:
        return {
            Action.NOTE: self.actions.note,
            Action.OFF: self.actions.off_the_record,
            Action.SHORTEN: self.actions.shorten,
            Action.NAMES: self.actions.names,
            Action.CONTACT: self.actions.contact,
        }

    def _go(self, to: str | None, here: Prompt | None) -> None:
        if to and not (here and to == here.id):
            raise _Jump(to)

    def _look_again(self, prompt: Prompt | None) -> None:
        """A review in between; what is asked for there is done, and then the card is back."""
        self._act_on(prompt, self.actions.look_again())

    def _act_on(self, prompt: Prompt | None, reply: AcceptSheet | Command | Interrupted) -> None:
        """Do what was asked for in a review, if anything was."""
        if isinstance(reply, Command | Interrupted):
            self._act(prompt, reply)

    def _pause(self, prompt: Prompt | None) -> None:
        self.record.pause()
        card = card_of(self.session, prompt) if prompt else frame_of(self.session)
        interrupted = self.frontend.pause(card)
        self.record.go_on()
        if interrupted:
            self._act(prompt, interrupted)

    def _interrupted(self, prompt: Prompt | None, *, for_good: bool) -> None:
        choice = "stop" if for_good else self.frontend.interrupted()
        if choice == "stop":
            self._stop()
        if choice == "close":
            self.record.answer_drafts()
            self._close(prompt)

    def _close(self, prompt: Prompt | None) -> None:
        """Close before the last card; what will be written is looked at first all the same."""
        reply = self.actions.review()
        if isinstance(reply, AcceptSheet):
            if card := self._to_accept_anew():
                raise _Jump(card)
            self.record.keep(Closed)
            raise _Stop(Ending.CLOSED)
        self._act_on(prompt, reply)

    def _stop(self) -> None:
        self.record.keep(Ticked)
        raise _Stop(Ending.STOPPED)
