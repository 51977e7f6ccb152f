"""Accept the agreement of a finished session, and verify a file that says it is one."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring.syntax.kinds import not_markdown
from mentorwalk.authoring.syntax.source import MADE_BY
from mentorwalk.documents.signoff import VerifyReport, body_of, read_signoff, signoff_block
from mentorwalk.documents.writing import as_last_written, last_fingerprint
from mentorwalk.domain.agreement_history import newer_wording
from mentorwalk.domain.agreement_text import (
    CONFIRMED,
    HOW_LIMIT,
    SAID_YES,
    TYPED_YES,
    YES_IN_FILE,
    Agreement,
    fingerprint_of,
    lacks_wording,
    wording_of,
)
from mentorwalk.domain.changes import difference
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import InputError, MentorwalkError, shown, shown_path
from mentorwalk.domain.events import Accepted, Worded
from mentorwalk.domain.i18n import _, using_language
from mentorwalk.domain.text import mid_sentence
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.files import JOURNAL, RENDERED, read_text_file, remove_leftovers
from mentorwalk.storage.reading import replayed
from mentorwalk.workflows.documents import write_session
from mentorwalk.workflows.mentorships import mentorship_of, sessions_of_mentorship
from mentorwalk.workflows.sessions import PATIENCE, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.documents import Written
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.runner import SessionRunner

SIZE_LIMIT = 1024 * 1024
"""The most bytes of an agreement's file."""
_CONFIRMED = re.compile(r"^confirmed( |$)", re.IGNORECASE)
"""A word that is put before theirs, and that some people type themselves."""
_LIKE_A_LINE = re.compile(
    rf"{TYPED_YES}|{SAID_YES.partition(';')[0]}|{YES_IN_FILE}|\bconfirmed\b|\b\d{{4}}, \d\d:\d\d",
    re.IGNORECASE,
)
"""The words of another acceptance, or its day and hour."""


@dataclass(frozen=True)
class AcceptedLater:
    """What came of one of the two accepting after the call."""

    sentence: str
    """Who accepted, and whether both have now."""
    written: Written


def accept_later(runner: SessionRunner, folder: Path, role: Role, how: str) -> AcceptedLater:
    """Record that one of the two accepted the agreement after the call; write the documents again.

    Raises:
        InputError: There is no agreement to accept, or its file has another text.
    """
    with runner.store.journal(folder, patience=PATIENCE) as journal:
        session = runner.store.finished(folder).session
        remove_leftovers(runner.library.documents_of(folder))
        agreement = _acceptable(runner, folder, session)
        if role in agreement.accepted:
            return _completed(runner, folder, session, agreement, role)
        confirmed, fingerprint = CONFIRMED.format(how=_how(how)), agreement.fingerprint
        recorder = SessionRecorder(session, journal, runner.clock)
        # The text first: after a crash it is there, or nobody has accepted it.
        if lacks_wording(session, agreement):
            recorder.record(Worded, **wording_of(session, agreement))
        recorder.record(Accepted, role=role, how=confirmed, fingerprint=fingerprint)
        return _written(runner, folder, recorder.session, role)


def _completed(
    runner: SessionRunner, folder: Path, session: Session, agreement: Agreement, role: Role
) -> AcceptedLater:
    """Write what an acceptance that was cut short left unwritten.

    Raises:
        InputError: Nothing is left to do.
    """
    path = _agreement_path(runner, folder, session)
    signed = read_signoff(agreement.text + signoff_block(session, agreement)).people
    said = path.is_file() and read_signoff(_text_of(path)).people == signed
    if said and as_last_written(folder, path):
        renders = _renders(runner, folder)
        raise InputError(
            f"{session.people.name(role)} has accepted this wording already. "
            f"`{renders}` writes the documents again."
        )
    return _written(runner, folder, session, role)


def _written(runner: SessionRunner, folder: Path, session: Session, role: Role) -> AcceptedLater:
    with using_language(session.agenda.language):
        sentence = runner.agreement(session).acceptance_in_words(session.people, role)
        newer = _newer_in_words(runner, folder, session, role)
    said = f"{sentence} {newer}" if newer else sentence
    return AcceptedLater(said, write_session(runner, folder, session))


def _newer_in_words(runner: SessionRunner, folder: Path, session: Session, role: Role) -> str:
    """Say that a later session has a newer wording, and how to accept that; empty if none has."""
    mentorship = mentorship_of(runner, sessions_of_mentorship(runner.store, folder))
    newer = newer_wording(mentorship, folder.name)
    if newer is None:
        return ""
    told = _("There is a newer wording, of {day}.").format(day=day_in_words(newer.day))
    if role in runner.agreement(newer).accepted:
        return told
    name = next(name for name, each in mentorship.sessions.items() if each is newer)
    how = _CONFIRMED.sub("", session.accepted[role].how)
    command = runner.library.command("contract", "accept", name, "--by", role, "--how", how)
    return f"{told} " + _("To say yes to that, type `{command}`.").format(command=command)


def _how(how: str) -> str:
    """Return how somebody confirmed, in a few words that cannot be read as a line of their own.

    Raises:
        InputError: They can, or are none.
    """
    words = mid_sentence(_CONFIRMED.sub("", " ".join(how.split()).rstrip(".")))
    if not words or len(words) > HOW_LIMIT or not words.isprintable() or _LIKE_A_LINE.search(words):
        typed = shown(how, 60)
        instead = f" Not: {typed}" if typed.strip() else ""
        raise InputError(f"--how needs a few words, such as: by e-mail.{instead}")
    return words


def _acceptable(runner: SessionRunner, folder: Path, session: Session) -> Agreement:
    """Return the agreement if its file says the same: nobody accepts what they cannot read."""
    document = session.agenda.accept_document
    if document is None:
        raise InputError(f"{session.agenda.title} has no document that wants acceptance.")
    path = _agreement_path(runner, folder, session)
    agreement, renders = runner.agreement(session), _renders(runner, folder)
    if path.is_file() and fingerprint_of(body_of(_text_of(path))) != agreement.fingerprint:
        raise InputError(
            f"{path}: This is not the wording that would be accepted: it was changed by hand, or "
            f"the template was. `{renders}` writes it again; read that first."
        )
    if not path.is_file() and last_fingerprint(folder, document) != agreement.fingerprint:
        raise InputError(
            f"{path}: This file is gone, and it would read differently now. `{renders}` writes it "
            "again; read that first."
        )
    return agreement


def _renders(runner: SessionRunner, folder: Path) -> str:
    return runner.library.command("render", runner.library.named(folder))


def _agreement_path(runner: SessionRunner, folder: Path, session: Session) -> Path:
    document = session.agenda.accept_document
    return runner.library.documents_of(folder) / (document.file if document else "")


def written_for(library: Library, path: Path) -> str:
    """Return the name of the session whose documents have a file; `SESSION` if nobody knows."""
    folder = path.resolve().parent
    theirs = library.sessions / folder.name
    of_ours = theirs.is_dir() and library.documents_of(theirs).resolve() == folder
    return folder.name if of_ours else "SESSION"


def verify_file(runner: SessionRunner, path: Path) -> VerifyReport:
    """Return whether an agreement's file still says what was accepted, and what changed in it.

    Raises:
        InputError: The file cannot be read, or is a page, which has no fingerprint of its own.
    """
    text, today = _text_of(path), runner.clock.now().date()
    if what := not_markdown(text):
        raise InputError(_no_agreement(path, text, what))
    status = read_signoff(text)
    if status.verdict != "changed":
        return VerifyReport(status, (), today)
    before = _accepted_text(runner, status.fingerprint)
    changes = None if before is None else difference(before, body_of(text))
    return VerifyReport(status, changes, today)


def _no_agreement(path: Path, text: str, what: str) -> str:
    """Return what a file of ours is that can be no agreement, and which file can."""
    markdown = path.with_suffix(".md")
    if path.suffix == ".html" and markdown.is_file() and read_signoff(_text_of(markdown)).people:
        return f"A page is for reading. The mark is that of the Markdown: {shown_path(markdown)}"
    what = "a form for preparing" if MADE_BY in text else what
    return f"{shown_path(path)}: This is {what}. An agreement in Markdown is needed here."


def _text_of(path: Path) -> str:
    return read_text_file(path, SIZE_LIMIT, "an agreement in Markdown")


def _accepted_text(runner: SessionRunner, fingerprint: str) -> str | None:
    """Return the text of a fingerprint, or None if no session on this computer has it."""
    for folder in reversed(runner.library.session_folders()):
        # The verdict does not depend on sessions that cannot be read or rendered any more.
        with suppress(MentorwalkError, OSError):
            # Searching bytes spares reading each session that never had it.
            named = [folder / name for name in (JOURNAL, RENDERED) if (folder / name).is_file()]
            if any(f'"{fingerprint}'.encode() in path.read_bytes() for path in named):
                text = _text_in(runner, folder, fingerprint)
                if text is not None:
                    return text
    return None


def _text_in(runner: SessionRunner, folder: Path, fingerprint: str) -> str | None:
    """Return the text of a fingerprint as it was accepted, or else as it is now."""
    agenda, events = read_session(folder)
    for text in (each.text for each in events if isinstance(each, Worded)):
        if fingerprint_of(text).startswith(fingerprint):
            return text
    accepted = (
        place
        for place, event in enumerate(events)
        if isinstance(event, Accepted) and event.fingerprint.startswith(fingerprint)
    )
    for place in (next(accepted, len(events)), len(events)):
        session = replayed(agenda, events[:place])
        agreement = runner.agreement(session)
        if agreement.fingerprint.startswith(fingerprint):
            return agreement.text
    return None
