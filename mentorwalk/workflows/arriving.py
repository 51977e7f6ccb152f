"""Arriving: all that two people settle before the window is shared."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.planning import plan
from mentorwalk.workflows.lobby import KeptWords
from mentorwalk.workflows.prep_intake import PrepIntake

if TYPE_CHECKING:
    from datetime import date

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.people import People
    from mentorwalk.domain.planning import Plan
    from mentorwalk.workflows.lobby import Lobby, StartOptions
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


@dataclass(frozen=True)
class Arrived:
    """What was settled before the window is shared."""

    people: People
    script: LoadedAgenda
    """The agenda, with the preparations that are used."""
    plan: Plan
    left: StoredSession | None = None
    """The unfinished session that the two go on with instead."""


def arrive(
    runner: SessionRunner, script: LoadedAgenda, lobby: Lobby, options: StartOptions, *, save: bool
) -> Arrived:
    """Settle all that a session needs before the window is shared, and wait until it is.

    Raises:
        Stopped: They left; nothing was begun.
    """
    return lobby.asker.retrace(lambda: _arrive(runner, script, lobby, options, save=save))


def _arrive(
    runner: SessionRunner, script: LoadedAgenda, lobby: Lobby, options: StartOptions, *, save: bool
) -> Arrived:
    # Loaded here: they bring the session, which the first question does not wait for.
    from mentorwalk.workflows.came_after import is_theirs
    from mentorwalk.workflows.next_agenda import as_following, newest_of_namesakes
    from mentorwalk.workflows.trial import check_documents

    options = lobby.introduced(options, anew=not save)
    people = lobby.names(options)
    left = runner.store.unfinished_of(people, script.agenda.id) if save else None
    if left and lobby.goes_on(left.session.people, left.session.last.at):
        return Arrived(people, script, left.session.opened.plan, left)
    minutes = lobby.minutes(options)
    found = [*newest_of_namesakes(runner, script, people)] if save else []
    last = is_theirs(lobby.dialog, people, found) if found else None
    script = as_following(runner, last, script) if last else script
    script, kept = _prepared(runner, script, lobby, options)
    # A mistake in a template shows now, and not at the end of the talk.
    check_documents(runner, script)
    lobby.share(people, script.prepared, kept, last.session.day if last else None)
    return Arrived(people, script, plan(script.agenda, minutes))


def last_met(runner: SessionRunner, script: LoadedAgenda) -> date | None:
    """Return the day on which two people met last; None if they never did, or nobody can tell."""
    from mentorwalk.storage.reading import read_opening

    for name in reversed(script.before):
        with suppress(StorageError):
            opened = read_opening(runner.library.sessions / name)
            return opened.held or opened.at.date()
    return None


def _prepared(
    runner: SessionRunner, script: LoadedAgenda, lobby: Lobby, options: StartOptions
) -> tuple[LoadedAgenda, KeptWords | None]:
    """Ask which preparations are used; return the agenda with them, and what is for one person."""
    # Loaded here: it brings the session, which the first question does not wait for.
    from mentorwalk.workflows.prep_store import own_preparation

    assert options.received  # noqa: S101 - they were introduced
    people = lobby.names(options)
    own = own_preparation(runner, script, people)
    offered = own.prep if own and not own.prep.empty else None
    met = last_met(runner, script)
    prepared = PrepIntake(lobby.dialog, options.received, offered, met).settle(people)
    used = offered is None or any(prep.role == people.types for prep in prepared)
    kept = own.kept() if own and used else ""
    reads = runner.library.command("prep", script.agenda.id, "--role", people.types, "--show")
    return replace(script, prepared=prepared), KeptWords(kept, reads) if kept else None
