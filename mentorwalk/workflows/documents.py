"""Write the documents of a session: at its end, again later, and with a mail around them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import StorageError, TemplateProblem
from mentorwalk.domain.i18n import set_language
from mentorwalk.storage.files import remove_leftovers, safety_note
from mentorwalk.storage.library import make_private
from mentorwalk.workflows.mentorships import sessions_before
from mentorwalk.workflows.next_agenda import following_agenda
from mentorwalk.workflows.sessions import PATIENCE, lacks_documents

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.documents import Written
    from mentorwalk.domain.session import Session
    from mentorwalk.workflows.runner import RunResult, SessionRunner


def render_again(runner: SessionRunner, folder: Path, *, mail: bool = False) -> Written:
    """Write a session's documents again, and a mail with them attached if one is wanted.

    Raises:
        InputError: It is not finished: nobody has reviewed what would be in them.
        TemplateProblem: A template has a mistake; nothing was written.
        SessionBusy: Another process has the session open.
    """
    with runner.store.journal(folder, patience=PATIENCE):
        session = runner.store.finished(folder).session
        written = write_session(runner, folder, session)
        return with_mail(session, written, folder) if mail and written.files else written


def write_session(runner: SessionRunner, folder: Path, session: Session) -> Written:
    """Write the documents of a session that is kept in a folder, and go on in its language.

    Raises:
        TemplateProblem: A template has a mistake; nothing was written.
        StorageError: The folder of the documents cannot be written.
    """
    set_language(session.agenda.language)
    documents = runner.library.documents_of(folder)
    make_private(documents)
    remove_leftovers(documents)
    try:
        return _write(runner, session, documents, folder)
    except TemplateProblem as problem:
        raise TemplateProblem(
            f"{problem}\nEverything that was said is safe. "
            f"Once that is fixed: {runner.library.command('render', runner.library.named(folder))}"
        ) from None
    except StorageError as error:
        goes_on = "resume" if lacks_documents(folder, session) else "render"
        note = safety_note(runner.library.command(goes_on, runner.library.named(folder)))
        raise StorageError(f"{error} {note}") from None


def write_unsaved(runner: SessionRunner, result: RunResult) -> RunResult:
    """Write the documents of a session that was kept in memory only.

    Raises:
        StorageError: The folder cannot be written.
    """
    make_private(result.folder)
    return replace(result, written=_write(runner, result.session, result.folder, None))


def _write(
    runner: SessionRunner, session: Session, documents: Path, working: Path | None
) -> Written:
    from mentorwalk.documents import write_documents
    from mentorwalk.documents.calendar import invitation

    following = following_agenda(runner.library, session)
    earlier = sessions_before(runner, working) if working else {}
    renderer = runner.renderer(session.opened.templates)
    renderer = replace(renderer, earlier=earlier, following=following)
    # Both folders of a session have its name, which makes the invitation's id.
    invited = invitation(session, documents.name, following)
    return write_documents(session, renderer, documents, working, invited)


def with_mail(session: Session, written: Written, working: Path | None) -> Written:
    """Write a mail to the other person, and return it with the documents that are attached to it.

    Raises:
        StorageError: It cannot be written.
    """
    from mentorwalk.documents import Written, write_mail

    mail = write_mail(session, written, working)
    return Written((*written.files, *mail.files), (*written.kept, *mail.kept))
