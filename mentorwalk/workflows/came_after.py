"""Before a next session: offer to go on with one that was begun after the last, and left."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mentorwalk.domain.dates import day_of_month
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.i18n import _, set_language
from mentorwalk.engine.dialog import Dialog
from mentorwalk.workflows.lobby import LEFT, TITLE
from mentorwalk.workflows.mentorships import Members

if TYPE_CHECKING:
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


def left_open(runner: SessionRunner, last: StoredSession) -> StoredSession | None:
    """Return the newest session that goes on from a finished one and was left before its end.

    Raises:
        StorageError: The finished one itself cannot be read.
    """
    members = Members.of(runner.library, last.folder)
    for folder in reversed(members.following(last.folder)):
        with suppress(StorageError, InputError):
            found = runner.store.load(folder)
            if found.session.closed is None:
                return found
    return None


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
