"""Where two people stand after all their sessions: on a page, or in two lines."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.dates import day_in_words
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.meeting import next_meeting
from mentorwalk.domain.people import People
from mentorwalk.storage.reading import read_header
from mentorwalk.workflows.mentorships import Members, mentorship_of, sessions_of_mentorship
from mentorwalk.workflows.next_agenda import following_agenda

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import SessionStore


def status_of(runner: SessionRunner, folder: Path, *, names: bool) -> str:
    """Return where the two people of a session stand, as Markdown; roles stand for their names.

    Args:
        runner: Reads the sessions of their mentorship.
        folder: One of these sessions.
        names: Whether their names stand there instead.

    Raises:
        InputError: None of their sessions was finished and can be read.
        TemplateProblem: The template has a mistake.
    """
    store = runner.store
    found = sessions_of_mentorship(store, folder) or (store.finished(folder),)
    mentorship = mentorship_of(runner, found)
    last, roles = mentorship.last, mentorship.roles
    earlier = {name: each for name, each in mentorship.sessions.items() if each is not last}
    renderer = replace(
        runner.renderer(last.opened.templates),
        earlier=earlier,
        following=following_agenda(runner.library, last),
    )
    people = last.people if names else People(roles.mentor, roles.mentee, last.people.types)
    return renderer.status(last, people)


def in_two_lines(store: SessionStore, today: date) -> tuple[str, str] | None:
    """Say how far the newest mentorship has come, and what to type; None if there is none.

    Nobody is named, and nothing is told of what cannot be read.
    """
    newest, library = store.newest_header(), store.library
    if newest is None:
        return None
    folder, header = newest
    shows = "`mentorwalk --help` lists all commands"
    if not header.closed:
        day = day_in_words(header.opened.at.date())
        resumes = library.command("resume")
        return f"The session of {day} is not finished.", f"`{resumes}` goes on with it; {shows}."
    with suppress(StorageError, InputError):
        session = store.load(folder).session
        held = f"Meetings so far: {_held(library, folder)}, the last on {day_in_words(session.day)}"
        begins, stands = library.command("next"), library.command("status")
        return (
            f"{held}. {_ahead(session, today)}",
            f"`{begins}` begins the next one, `{stands}` tells where you stand; {shows}.",
        )
    return None


def _held(library: Library, folder: Path) -> int:
    """Return how many finished sessions belong to the mentorship of one."""
    number = 0
    for each in Members.of(library, folder).folders:
        with suppress(StorageError):
            number += read_header(each).closed
    return number


def _ahead(session: Session, today: date) -> str:
    """Say when the next meeting is, or was to be."""
    meeting = next_meeting(session)
    if meeting is None:
        return "No day is agreed on for the next one."
    hour = f", {meeting.start:%H:%M}" if meeting.start else ""
    verb = "is" if meeting.day >= today else "was to be"
    return f"The next one {verb} on {day_in_words(meeting.day)}{hour}."
