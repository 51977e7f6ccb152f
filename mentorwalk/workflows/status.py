"""Where two people stand after all their sessions: on a page, or in two lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.people import People
from mentorwalk.storage.reading import read_header
from mentorwalk.workflows.mentorships import Members, mentorship_of, sessions_of_mentorship
from mentorwalk.workflows.newest import LostSession, Newest, finished_sessions, wanting_any
from mentorwalk.workflows.next_agenda import following_agenda
from mentorwalk.workflows.suggestions import suggestions

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mentorwalk.domain.meeting import NextMeeting
    from mentorwalk.storage.reading import SessionHeader
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
    today = runner.clock.now().date()
    renderer = replace(
        runner.renderer(last.opened.templates),
        earlier=earlier,
        following=following_agenda(runner.library, last),
        suggested=suggestions(runner.library, last, today),
        today=today,
        begins=runner.library.command("next", *store.words_for(found[-1].folder)),
    )
    called = People(roles.mentor, roles.mentee, last.people.types)
    return renderer.status(last, None if names else called)


def newest_shown(store: SessionStore) -> Path:
    """Return the newest finished session that can be read; newer ones that cannot are told.

    Raises:
        InputError: There is none.
    """
    newest = Newest.of(finished_sessions(store.quiet, wanting_any))
    if newest.found is None:
        return store.newest_finished("status").folder
    members = Members.of(store.library, newest.found.folder)
    # What may be of the same two people is told with all else of their sessions.
    told = {*members.lost, *members.unsure, *members.folders}
    for lost in newest.lost:
        if lost.folder not in told:
            store.report(lost.told(store.library))
    return newest.found.folder


def in_two_lines(store: SessionStore, today: date) -> tuple[str, str] | None:
    """Say how far the newest mentorship has come, and what to type; None if there is none.

    Nobody is named. A newer session that cannot be read is told.

    Raises:
        InputError: There are sessions, and none can be read.
    """
    newest, library = _newest_readable(store), store.library
    if newest is None:
        return None
    folder, header = newest
    shows = "`mentorwalk --help` lists all commands"
    if not header.closed:
        day = day_in_words(header.at.date())
        resumes = library.command("resume")
        return f"The session of {day} is not finished.", f"`{resumes}` goes on with it; {shows}."
    found = sessions_of_mentorship(store.quiet, folder)
    mentorship = Mentorship({each.folder.name: each.session for each in found})
    begins, stands = library.command("next"), library.command("status")
    return (
        f"{_held(mentorship)} {_ahead(mentorship.ahead, today)}",
        f"`{begins}` begins the next one, `{stands}` tells where you stand; {shows}.",
    )


def _newest_readable(store: SessionStore) -> tuple[Path, SessionHeader] | None:
    """Return the newest session that can be read, as it looks from outside."""
    lost: list[LostSession] = []
    for folder in reversed(store.library.session_folders()):
        try:
            header = read_header(folder)
            store.quiet.load(folder)
        except (StorageError, InputError):
            lost += LostSession.at(folder)
        else:
            for each in lost:
                store.report(each.told(store.library))
            return folder, header
    for each in lost:
        raise InputError(each.told(store.library))
    return None


def _held(mentorship: Mentorship) -> str:
    """Say how many meetings there were, and when the last one was."""
    meetings = mentorship.meetings
    if not meetings:
        return "No meeting so far."
    return f"Meetings so far: {len(meetings)}, the last on {day_in_words(meetings[-1].day)}."


def _ahead(meeting: NextMeeting | None, today: date) -> str:
    """Say when the next meeting is, or was to be."""
    if meeting is None:
        return "No day is agreed on for the next one."
    hour = f", {meeting.start:%H:%M}" if meeting.start else ""
    verb = "is" if meeting.day >= today else "was to be"
    return f"The next one {verb} on {day_in_words(meeting.day)}{hour}."
