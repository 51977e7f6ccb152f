"""After the call: the files for the other person, a mail that holds them, and their folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mentorwalk.documents.mail import worth_sending
from mentorwalk.domain.card import AFTERWARDS
from mentorwalk.domain.errors import Stopped, StorageError
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.text import join_words
from mentorwalk.engine.dialog import Dialog
from mentorwalk.workflows.documents import with_mail
from mentorwalk.workflows.next_agenda import next_in_words
from mentorwalk.workflows.sessions import PATIENCE
from mentorwalk.workflows.suggestions import suggestions_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mentorwalk.documents import Written
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import RunResult, SessionRunner

_USES = {
    ".html": N_("For any browser, or paper"),
    ".ics": N_("For a calendar"),
    ".md": N_("As plain text"),
}
"""What files are good for, by suffix."""
Wish = Literal["mail", "folder", "done"]
"""What somebody wants to do with the files."""


def send_files(runner: SessionRunner, result: RunResult, frontend: Frontend) -> None:
    """Say where the files are, write a mail and open the folder if that is wanted.

    Enter alone ends it, and so does whoever stops.
    """
    files = result.written.files if result.written else ()
    if not files:
        return
    dialog = Dialog.outside(frontend, runner.clock, _(AFTERWARDS), "")
    other = result.session.people.other(result.session.people.types)
    label = _("Send {name} the files, and you are done.").format(name=other)
    wishes: dict[str, Wish] = {
        _("Write a mail to {name}, with the pages attached").format(name=other): "mail",
        _("Open the folder"): "folder",
        _("That is all for today"): "done",
    }
    help_ = f"{_by_use(files)}\n{files[0].parent}\n{_whose(runner, result)}"
    try:
        while (wish := dialog.choose("send", label, wishes, help_=help_, offered=2)) != "done":
            if wish == "mail":
                _write_mail(runner, result, dialog)
            elif not runner.opens(files[0].parent):
                dialog.page(_("The folder cannot be opened from here."), str(files[0].parent))
    except Stopped:
        return


def _write_mail(runner: SessionRunner, result: RunResult, dialog: Dialog) -> None:
    try:
        *files, mail = _with_mail(runner, result).files
    except StorageError as error:
        dialog.page(_("The mail could not be written."), str(error))
        return
    attached = len(worth_sending([path.name for path in files]))
    written = ngettext(
        "The mail is written, with {number} file attached.",
        "The mail is written, with {number} files attached.",
        attached,
    )
    address = _("Open it with your mail program, fill in the address, and send it.")
    dialog.page(written.format(number=attached), str(mail), address)


def _with_mail(runner: SessionRunner, result: RunResult) -> Written:
    assert result.written  # noqa: S101 - there is something to attach
    if not result.saved:
        return with_mail(result.session, result.written, None)
    with runner.store.journal(result.folder, patience=PATIENCE):
        return with_mail(result.session, result.written, result.folder)


def _read_by(runner: SessionRunner, session: Session, words: tuple[str, ...]) -> str:
    """Return which commands read the documents of a session, found by some words."""
    named = [(each.file.partition(".")[0],) for each in session.agenda.documents[1:]]
    commands = [runner.library.command("show", *words, *name) for name in ((), *named)]
    quoted = join_words([f"`{each}`" for each in commands])
    read = ngettext("{commands} reads them here.", "{commands} read them here.", len(commands))
    return read.format(commands=quoted)


def _whose(runner: SessionRunner, result: RunResult) -> str:
    theirs = _("They belong to the two of you, and to nobody else.")
    if not result.saved:
        return theirs
    words = runner.store.words_for(result.folder)
    reads = _read_by(runner, result.session, words)
    then = next_in_words(runner.library, result.session, words)
    today = runner.clock.now().date()
    helps = suggestions_in_words(runner.library, result.session, today, words)
    return " ".join(filter(None, (reads, theirs, then, helps)))


def _by_use(files: Iterable[Path]) -> str:
    """List the names of files, with a line for each use."""
    names: dict[str, list[str]] = {use: [] for use in _USES.values()}
    for path in files:
        names.setdefault(_USES.get(path.suffix, N_("And")), []).append(path.name)
    return "\n".join(f"{_(use)}: {', '.join(named)}" for use, named in names.items() if named)
