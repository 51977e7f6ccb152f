"""A rehearsal: the same walk with a fast clock, in memory only, with a mark on everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import plan
from mentorwalk.domain.i18n import N_
from mentorwalk.engine.presenter import WalkStyle, disclaimed
from mentorwalk.engine.walk import Ending
from mentorwalk.storage.clocks import FastClock
from mentorwalk.workflows.host import Lobby, prepared_by

if TYPE_CHECKING:
    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.host import StartOptions
    from mentorwalk.workflows.runner import RunResult, SessionRunner

REHEARSAL = WalkStyle(
    mark=N_("Rehearsal: nothing is kept"),
    disclaimer=N_("This is from a rehearsal: nobody has agreed to anything."),
)


@dataclass(frozen=True)
class RehearsalResult:
    """What came of a rehearsal."""

    session: Session
    documents: tuple[tuple[str, str], ...] = ()
    """File names and texts, each with its mark; none where it was left before its end."""


def rehearse(
    runner: SessionRunner,
    script: LoadedAgenda,
    given: StartOptions,
    frontend: Frontend,
    speed: float,
) -> RehearsalResult:
    """Walk a session from the lobby on, and leave nothing behind.

    Raises:
        Stopped: They left before it began.
    """
    lobby = Lobby(frontend, script.agenda, runner.clock, REHEARSAL.mark)
    given = lobby.introduced(given, anew=True)
    people, minutes = lobby.names(given), lobby.minutes(given)
    script = replace(script, prepared=prepared_by(runner, script, lobby, given))
    runner.check(script)
    lobby.share(people, script.prepared)
    fast = replace(runner, clock=FastClock(speed, runner.clock))
    chosen = plan(script.agenda, minutes)
    result = fast.begin_unsaved(script, people, chosen, frontend, REHEARSAL)
    return with_documents(fast, result, REHEARSAL.disclaimer)


def with_documents(runner: SessionRunner, result: RunResult, disclaimer: str) -> RehearsalResult:
    """Return a session with the documents that it would have written, if it came to its end."""
    session = result.session
    if result.ending is not Ending.CLOSED:
        return RehearsalResult(session)
    renderer = runner.renderer(session.opened.templates)
    agreement = renderer.agreement(session)
    documents = tuple(
        (document.file, disclaimed(renderer.text(session, document, agreement), disclaimer))
        for document in session.agenda.documents
    )
    return RehearsalResult(session, documents)
