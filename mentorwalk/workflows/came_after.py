"""Before a next session: what came after the one that two people want to go on from."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_in_words, day_of_month
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.following import meetings_held
from mentorwalk.domain.i18n import _, ngettext, set_language, using_language
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import count
from mentorwalk.engine.dialog import Dialog
from mentorwalk.workflows.lobby import TITLE
from mentorwalk.workflows.mentorships import Members
from mentorwalk.workflows.prepare import LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mentorwalk.domain.people import People
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


def met_so_far(runner: SessionRunner, last: StoredSession) -> str:
    """Say in a sentence how often two people have met, and on which day last; empty for never."""
    members = Members.of(runner.library, last.folder)
    for place in range(len(members.closed), 0, -1):
        with suppress(StorageError, InputError):
            number = meetings_held(runner.store.load(members.closed[place - 1]).session)
            # What they did together in an exercise is no meeting, but they saw each other that day.
            day = max(members.folders[folder].day for folder in members.closed[:place])
            return _met(number, day, last.session.agenda.language) if number else ""
    return ""


def _met(number: int, day: date, language: str) -> str:
    with using_language(language):
        words = ngettext(
            "You have met once, on {day}.", "You have met {number} times, last on {day}.", number
        )
        words = _("You have met twice, last on {day}.") if number == 2 else words
        return words.format(number=count(number), day=day_in_words(day))


def left_open(runner: SessionRunner, last: StoredSession) -> StoredSession | None:
    """Return the newest session that goes on from a finished one and was left before its end.

    Raises:
        StorageError: The finished one itself cannot be read.
    """
    return _newest_after(runner, last, closed=False)


def goes_on_with(runner: SessionRunner, left: StoredSession, frontend: Frontend) -> bool:
    """Ask the person at the keyboard whether they go on with a session that was left.

    Raises:
        Stopped: They left; nothing was begun.
    """
    set_language(left.session.agenda.language)
    dialog = Dialog.outside(frontend, runner.clock, _(TITLE), _(LEFT))
    asked = _("Your meeting of {day} is not finished. What do you do now?")
    choices = {_("We go on with it"): True, _("We begin the next one"): False}
    return dialog.choose("goes on", asked.format(day=day_of_month(left.session.day)), choices)


def met_since(runner: SessionRunner, named: StoredSession) -> StoredSession | None:
    """Return the newest finished session that goes on from an older one that somebody named.

    Raises:
        StorageError: The older one itself cannot be read.
    """
    return _newest_after(runner, named, closed=True)


def _newest_after(
    runner: SessionRunner, last: StoredSession, *, closed: bool
) -> StoredSession | None:
    """Return the newest session after one that was walked to its end, or was not."""
    members = Members.of(runner.library, last.folder)
    for folder in reversed(members.following(last.folder)):
        with suppress(StorageError, InputError):
            if (folder in members.closed) == closed:
                return runner.store.load(folder)
    return None


def both_stay(since: StoredSession) -> str:
    """Say that two people met again after the session from which they go on."""
    told = _("You met again on {day}. Both meetings stay.")
    return told.format(day=day_of_month(since.session.day))


def goes_on_from(
    runner: SessionRunner, named: StoredSession, since: StoredSession, frontend: Frontend
) -> StoredSession:
    """Ask the person at the keyboard which of two sessions the next one goes on from.

    Raises:
        Stopped: They left; nothing was begun.
    """
    set_language(since.session.agenda.language)
    dialog = Dialog.outside(frontend, runner.clock, _(TITLE), _(LEFT))
    asked = _("You met again on {day}. Both meetings stay: from which do you go on?")
    sessions = {each.folder.name: each for each in (since, named)}
    shown = {name: _meeting(each) for name, each in sessions.items()}
    label = asked.format(day=day_of_month(since.session.day))
    return sessions[dialog.pick(label, shown, since.folder.name) or since.folder.name]


def is_theirs(
    dialog: Dialog, people: People, found: Sequence[StoredSession]
) -> StoredSession | None:
    """Ask the person at the keyboard which session of two people of their names is theirs.

    None if they are others.

    Raises:
        Stopped: They left; nothing was begun.
    """
    asked = _("{mentor} and {mentee} have met here before. Was that you?")
    yes = _("Yes, we go on from {meeting}")
    sessions = {each.folder.name: each for each in found}
    shown = {name: yes.format(meeting=_meeting(each)) for name, each in sessions.items()}
    shown[""] = _("No, we only have the same names: nothing of it comes along")
    label = asked.format(mentor=people.mentor, mentee=people.mentee)
    return sessions.get(dialog.pick(label, shown, next(iter(sessions))) or "")


def _meeting(found: StoredSession) -> str:
    # Translators: a meeting by its day and title, such as 2 December: Half-way check-in.
    shown, session = _("{day}: {title}"), found.session
    title = fill_in(session.agenda.title, session.names)
    return shown.format(day=day_of_month(session.day), title=title)
