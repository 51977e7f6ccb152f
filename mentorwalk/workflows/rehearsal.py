"""A rehearsal: the same walk with a fast clock, in memory only, with a mark on everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import plan
from mentorwalk.domain.i18n import N_, _
from mentorwalk.engine.walk import Ending
from mentorwalk.storage.clocks import FastClock
from mentorwalk.workflows.host import Lobby, prepared_by

if TYPE_CHECKING:
    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.card import Card, Question
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import (
        AcceptSheet,
        Choice,
        ClockView,
        Command,
        EditLine,
        Frontend,
        Interrupted,
        Proposal,
        Said,
        Talked,
    )
    from mentorwalk.workflows.host import StartOptions
    from mentorwalk.workflows.runner import SessionRunner

MARK = N_("Rehearsal: nothing is kept")
"""Stands on every card."""
SAID = N_("This is from a rehearsal: nobody has agreed to anything.")
"""Stands above every document."""


@dataclass(frozen=True)
class RehearsalResult:
    """What came of a rehearsal."""

    session: Session
    documents: tuple[tuple[str, str], ...] = ()
    """File names and texts, each with its mark; none where it was left before its end."""


@dataclass
class LabelledFrontend:
    """A frontend whose every card says that it is a rehearsal."""

    frontend: Frontend
    mark: str = MARK

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show what to talk about."""
        return self.frontend.talk(self._marked(card), watch)

    def ask(
        self, card: Card, question: Question, watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Ask for one answer."""
        return self.frontend.ask(self._marked(card), question, watch)

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show several answers together."""
        return self.frontend.settle(self._marked(card), sheet, watch)

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Show the agreement, marked as well."""
        marked = replace(proposal, text=marked_document(proposal.text))
        return self.frontend.decide(self._marked(card), marked, watch)

    def pause(self, card: Card) -> Interrupted | None:
        """Wait until they go on."""
        return self.frontend.pause(self._marked(card))

    def interrupted(self) -> Choice:
        """Ask what a Ctrl-C was meant to do."""
        return self.frontend.interrupted()

    def _marked(self, card: Card) -> Card:
        return replace(card, mark=_(self.mark))


def rehearse(
    runner: SessionRunner,
    script: LoadedAgenda,
    given: StartOptions,
    frontend: Frontend,
    speed: float,
) -> RehearsalResult:
    """Walk a session from the green room on, and leave nothing behind.

    Raises:
        Stopped: They left before it began.
    """
    marked = LabelledFrontend(frontend)
    dialog = Lobby(marked, script.agenda, runner.clock)
    given = dialog.introduced(given, anew=True)
    people, minutes = dialog.names(given), dialog.minutes(given)
    script = replace(script, prepared=prepared_by(runner, script, dialog, given))
    runner.check(script)
    dialog.share(people, script.prepared)
    fast = replace(runner, clock=FastClock(speed, runner.clock))
    result = fast.begin_unsaved(script, people, plan(script.agenda, minutes), marked)
    if result.ending is not Ending.CLOSED:
        return RehearsalResult(result.session)
    return RehearsalResult(result.session, documents_of(fast, result.session))


def documents_of(
    runner: SessionRunner, session: Session, said: str = SAID
) -> tuple[tuple[str, str], ...]:
    """The documents that a session would have written, each with a mark on top."""
    renderer = runner.renderer(session.opened.templates)
    agreement = renderer.agreement(session)
    return tuple(
        (document.file, marked_document(renderer.text(session, document, agreement), said))
        for document in session.agenda.documents
    )


def marked_document(text: str, said: str = SAID) -> str:
    """A document that says first what it is."""
    return f"*{_(said)}*\n\n{text}"
