"""Reading again what is private in a session: for the person at the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.asking import private_questions
from mentorwalk.domain.card import afterwards
from mentorwalk.domain.errors import InputError, Stopped, StorageError, shown_path
from mentorwalk.domain.i18n import _, set_language
from mentorwalk.domain.text import labelled
from mentorwalk.engine.frontend import Command, Interrupted
from mentorwalk.storage.files import PRIVATE
from mentorwalk.storage.reading import has_unread_words
from mentorwalk.workflows.sessions import UNREAD

if TYPE_CHECKING:
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


def private_text(found: StoredSession) -> str:
    """Return the private answers and notes of a session, one after another.

    Raises:
        InputError: There are none.
        StorageError: There are some, but their lines in the journal are lost.
    """
    session = found.session
    fields = session.agenda.answerable.items()
    given = [session.answer(key) for key, field in fields if field.private]
    answers = [labelled(each.label, each.given) for each in given if not each.empty]
    if not (answers or session.notes):
        if has_unread_words(found.folder, session.last.seq):
            raise StorageError(UNREAD.format(path=shown_path(found.folder / PRIVATE)))
        raise InputError(f"Nothing private was written down in {found.folder.name}.")
    return "\n\n".join((*answers, *session.notes))


def read_in_private(runner: SessionRunner, found: StoredSession, frontend: Frontend) -> None:
    """Show what is private once nobody else is looking; first ask what was not asked.

    Raises:
        InputError: Nothing private was written down.
        Stopped: They left before anything was shown.
    """
    set_language(found.session.agenda.language)
    open_questions = _has_open_questions(found.session)
    if not open_questions:
        private_text(found)
    ask = _("Make sure that nobody else is looking at this screen.")
    alone = afterwards(ask, _("Stop sharing it first. Then press Enter."))
    if isinstance(frontend.talk(alone, None), Command | Interrupted):
        raise Stopped(_("Stopped: nothing private was shown."))
    if open_questions:
        runner.ask_in_private(found.folder, frontend, again=False)
        found = runner.store.load(found.folder)
    private = afterwards(_("Private, for your eyes only"), read=private_text(found))
    frontend.talk(private, None)


def _has_open_questions(session: Session) -> bool:
    """Return whether a private question was not answered, as after a closed window."""
    asked = private_questions(session) if session.closed else ()
    return any(question.id not in session.answers for question in asked)
