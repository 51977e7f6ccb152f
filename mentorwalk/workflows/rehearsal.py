"""A rehearsal: a walk with a fast clock that is kept in memory and marked everywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.authoring.loading import known_exercise
from mentorwalk.domain.i18n import N_
from mentorwalk.engine.presenter import disclaimed
from mentorwalk.engine.style import Ending, WalkStyle
from mentorwalk.storage.clocks import FastClock
from mentorwalk.workflows.arriving import arrive
from mentorwalk.workflows.host import show_unkept_notes
from mentorwalk.workflows.lobby import Lobby

if TYPE_CHECKING:
    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.lobby import StartOptions
    from mentorwalk.workflows.runner import RunResult, SessionRunner

REHEARSAL = WalkStyle(
    mark=N_("Rehearsal: nothing is kept"),
    disclaimer=N_("This is from a rehearsal: nobody has agreed to anything."),
    gives_back=True,
    unsaved=True,
)


@dataclass(frozen=True)
class RehearsalResult:
    """A session that was walked without keeping it, and its documents."""

    session: Session
    documents: tuple[tuple[str, str], ...] = ()
    """File names and texts, each with a disclaimer; empty if it was left before its end."""


def rehearse(
    runner: SessionRunner,
    script: LoadedAgenda,
    options: StartOptions,
    frontend: Frontend,
    speed: float,
) -> RehearsalResult:
    """Walk a session from the lobby on with a clock `speed` times as fast, and keep nothing.

    Raises:
        Stopped: They left before it began.
    """
    known = partial(known_exercise, runner.library, script)
    lobby = Lobby(frontend, script.agenda, runner.clock, REHEARSAL.mark, known)
    arrived = arrive(runner, script, lobby, options, save=False)
    fast = replace(runner, clock=FastClock(speed, runner.clock))
    result = fast.begin_unsaved(arrived.script, arrived.people, arrived.plan, frontend, REHEARSAL)
    show_unkept_notes(result.session, frontend)
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
