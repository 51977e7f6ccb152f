"""Show the stops of a walk in its style, and record what was typed before anything else happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import Answer
from mentorwalk.domain.card import Card
from mentorwalk.domain.i18n import _
from mentorwalk.domain.showing import frame_of
from mentorwalk.engine.frontend import Said
from mentorwalk.engine.style import UNASKED

if TYPE_CHECKING:
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import (
        AcceptSheet,
        ClockView,
        Command,
        EditLine,
        Frontend,
        InterruptChoice,
        Interrupted,
        Proposal,
        PutBack,
        Reword,
        Talked,
    )
    from mentorwalk.engine.recorder import SessionRecorder
    from mentorwalk.engine.style import WalkStyle


@dataclass(frozen=True)
class Presenter:
    """Shows the cards of a session on a frontend, in the style of its walk."""

    frontend: Frontend
    recorder: SessionRecorder
    style: WalkStyle = UNASKED

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self.recorder.session

    @property
    def clock(self) -> ClockView | None:
        """The clock that the frontend shows while it waits; None for no clock."""
        return self.recorder

    def present(self, card: Card) -> Card:
        """Return a card as it is shown in this style."""
        return replace(card, mark=_(self.style.mark), unsaved=self.style.unsaved)

    def frame(self) -> Card:
        """Return the frame of every card, for what is shown beside the agenda's own."""
        return self.present(frame_of(self.session))

    def talk(self, card: Card) -> Talked | Command | Interrupted:
        """Show what to talk about."""
        return self.frontend.talk(self.present(card), self.clock)

    def ask(
        self, card: Card, question: Question, *, timed: bool = True
    ) -> Said | Command | Interrupted:
        """Ask for one answer from where it was left half typed, and record what comes of it.

        A meeting that is over already is asked for again.
        """
        half = self.session.drafts.get(question.key)
        question = replace(question, draft=half.text if half else None)
        clock = self.clock if timed else None
        keep_draft = partial(self.recorder.draft, question)
        while isinstance(
            reply := self.frontend.ask(self.present(card), question, clock, keep_draft), Said
        ):
            over = self.recorder.over_already({question.id: reply.value})
            if over is None:
                self.recorder.answer(question, reply.value)
                break
            typed = Answer(question.field, reply.value).typed
            question = replace(question, complaint=over.sentence, draft=typed)
        return reply

    def settle(
        self, card: Card, sheet: list[Question]
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show several answers together."""
        return self.frontend.settle(self.present(card), sheet, self.clock)

    def decide(
        self, card: Card, proposal: Proposal
    ) -> Said | Reword | PutBack | Command | Interrupted:
        """Put the agreement to the two people."""
        proposal = replace(proposal, text=disclaimed(proposal.text, self.style.disclaimer))
        return self.frontend.decide(self.present(card), proposal, self.clock)

    def moment(self, words: str) -> Talked | Command | Interrupted:
        """Show words with nothing around them, for as long as people like."""
        first, _blank, rest = words.partition("\n\n")
        return self.frontend.talk(self.present(Card(first, read=rest, quiet=True)), None)

    def pause(self, card: Card) -> Interrupted | None:
        """Wait until they go on."""
        return self.frontend.pause(self.present(card))

    def interrupted(self) -> InterruptChoice:
        """Ask what a Ctrl-C was meant to do."""
        return self.frontend.interrupted(self.frame())


def disclaimed(text: str, disclaimer: str) -> str:
    """Return a document with its disclaimer on top; unchanged if there is none."""
    return f"*{_(disclaimer)}*\n\n{text}" if disclaimer else text
