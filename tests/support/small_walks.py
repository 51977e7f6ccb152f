"""A small agenda, a frontend that plays replies to it, and the result of the walk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agenda import Agenda, Phase, Prompt
from mentorwalk.domain.events import (
    Event,
    Opened,
)
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    PutBack,
    Reply,
    Said,
    Talked,
    keep_no_draft,
)
from mentorwalk.engine.walk import Walk
from mentorwalk.storage.journal import MemoryJournal
from support.building import our_agreement
from support.terminals import FakeClock

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal
    from mentorwalk.engine.style import Ending


BACK, SKIP, HINT = Command(Action.BACK), Command(Action.SKIP), Command(Action.HINT)
PAUSE, STOP = Command(Action.PAUSE), Command(Action.STOP)
TALKED, KEPT, GONE = Talked(), AcceptSheet(), Interrupted(for_good=True)
EMPTY = Said(None)
LEAVE, CHANGE = Said("Leave it"), Said("Change it")
STRIKE = Said("Strike it: it is erased")
SURE = Said("Yes, strike it")
DRAFT, ACCEPTED = Said("draft"), Said("both")
REVIEW = "This is what goes into the documents. Is every line all right?"
WELCOME = Prompt("welcome", "How do you arrive?", minutes=2, stuck=("One word is enough.",))
DIRECTION = Prompt(
    "direction",
    "What are you here for?",
    minutes=4,
    record=(Field("purpose", "Purpose"), Field("offer", "Offer", by="mentor")),
)
RHYTHM = Prompt(
    "rhythm",
    "What rhythm could you keep?",
    minutes=3,
    settle=(
        Field(
            "frequency",
            "How often",
            type="select",
            choices=(Choice("Every week"), Choice("As needed")),
            default="Every week",
        ),
        Field(
            "signal", "Who asks", when=(Condition("frequency", ("As needed",)),), default="Grace"
        ),
        Field("length", "How long", type="number", min=15, max=90, default="60"),
        Field("place", "Where"),
    ),
)
LOOK_BACK = Prompt("look-back", "Is it right?", minutes=1, again=("purpose",))
CLOSE = Prompt(
    "take-along",
    "What are you taking away?",
    minutes=1,
    first="mentee",
    record=(
        Field("takes", "What you take along", by="each"),
        Field("come_back", "Come back?", type="scale", by="each", private=True),
    ),
)
AGREE = Prompt("agree", "Accept it?", minutes=1, accept=True)


def agenda_of(*prompts: Prompt) -> Agenda:
    """Return an agenda of one phase."""
    phase = Phase("all", "All", "All", prompts, stuck=("Ten slow breaths.",))
    return Agenda(
        mentorwalk=1,
        id="small",
        title="Small",
        minutes=12,
        phases=(phase,),
        stuck=("Leave it.", "Ten slow breaths."),
        documents=(Document("contract.md.j2", "contract.md", accept=True),),
    )


WHOLE = agenda_of(WELCOME, DIRECTION, RHYTHM, LOOK_BACK, CLOSE, AGREE)


@dataclass(frozen=True)
class Wait:
    """Seconds that go by, one at a time, while the people talk or type."""

    seconds: int


@dataclass(frozen=True)
class HalfTyped:
    """A text that is half typed when a question is left."""

    text: str
    reply: Command | Interrupted


@dataclass(frozen=True)
class Stop:
    """One call of the walk to its frontend."""

    kind: Literal["talk", "ask", "settle", "decide"]
    card: Card
    questions: tuple[Question, ...] = ()


@dataclass
class Player:
    """A frontend that plays replies, and remembers what it was shown; then it hangs up."""

    replies: list[Reply | Wait | HalfTyped]
    clock: FakeClock = field(default_factory=FakeClock)
    choices: list[Literal["go on", "stop", "close"]] = field(default_factory=list)
    """The meaning of each Ctrl-C."""
    paused_for: float = 0.0
    after_pause: Interrupted | None = None
    stops: list[Stop] = field(default_factory=list)
    final_review: tuple[Question, ...] = ()
    """The review before the end, if no replies are left for it: every line is kept."""

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Take the next reply."""
        reply = self._next(Stop("talk", card), watch)
        assert isinstance(reply, Talked | Command | Interrupted), (reply, card)
        return reply

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command | Interrupted:
        """Take the next reply."""
        reply = self._next(Stop("ask", card, (question,)), watch)
        if isinstance(reply, HalfTyped):
            keep_draft(reply.text)
            reply = reply.reply
        assert isinstance(reply, Said | Command | Interrupted), (reply, question)
        return reply

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Take the next reply; keep a review if none is left."""
        if card.ask == REVIEW and not self.replies:
            self.final_review = tuple(sheet)
            return KEPT
        reply = self._next(Stop("settle", card, tuple(sheet)), watch)
        assert isinstance(reply, AcceptSheet | EditLine | Command | Interrupted), (reply, sheet)
        return reply

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | PutBack | Command | Interrupted:
        """Take the next reply."""
        assert proposal.text == "Our agreement"
        reply = self._next(Stop("decide", card), watch)
        assert isinstance(reply, Said | PutBack | Command | Interrupted), (reply, card)
        return reply

    def pause(self, _card: Card) -> Interrupted | None:
        """Let the pause go by."""
        self.clock.advance(self.paused_for)
        return self.after_pause

    def interrupted(self, _card: Card) -> Literal["go on", "stop", "close"]:
        """Take the next choice."""
        return self.choices.pop(0)

    def _next(self, stop: Stop, watch: ClockView | None) -> Reply | HalfTyped:
        self.stops.append(stop)
        while self.replies and isinstance(wait := self.replies[0], Wait):
            self.replies.pop(0)
            for _ in range(wait.seconds):
                self.clock.advance(1)
                if watch:
                    watch.pulse()
        reply = self.replies.pop(0) if self.replies else GONE
        assert not isinstance(reply, Wait)
        return reply

    @property
    def shown(self) -> list[str]:
        """The stops in short: the card's question, or the questions' ids."""
        return [
            f"{stop.kind} {' '.join(q.id for q in stop.questions) or stop.card.ask}"
            for stop in self.stops
        ]

    def question(self, number: int = -1) -> Question:
        """Return the only question of a stop."""
        (question,) = self.stops[number].questions
        return question


@dataclass
class Walked:
    """A walk that came to an end."""

    walk: Walk
    player: Player
    journal: MemoryJournal
    opened: Opened
    ending: Ending

    @property
    def answers(self) -> dict[str, Value | None]:
        """Every answer."""
        return dict(self.walk.session.answers)

    @property
    def drafts(self) -> dict[str, str]:
        """Every half-typed text, by answer id."""
        return {key: draft.text for key, draft in self.walk.session.drafts.items()}

    def events(self, *kinds: type[Event]) -> list[Event]:
        """Return the events of some kinds."""
        return [event for event in self.journal.events if isinstance(event, kinds)]


def opened_by(clock: FakeClock, agenda: Agenda) -> Opened:
    """Return the first event of a session of twelve minutes."""
    people = People("Ada", "Grace", "mentor")
    return Opened(
        seq=0,
        at=clock.now(),
        elapsed=0.0,
        agenda=agenda.id,
        digest="d",
        people=people,
        plan=plan(agenda, 12),
    )


def walked(
    agenda: Agenda, *replies: Reply | Wait | HalfTyped, player: Player | None = None
) -> Walked:
    """Walk an agenda from its beginning with these replies; then the input ends."""
    player = player or Player([])
    player.replies += replies
    journal = MemoryJournal()
    opened = opened_by(player.clock, agenda)
    session = Session.open(agenda, opened, opened.at + timedelta(minutes=12))
    walk = Walk(session, journal, player, player.clock, our_agreement)
    return Walked(walk, player, journal, opened, walk.run())
