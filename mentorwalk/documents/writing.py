"""Write documents: all are rendered first, each is written in one piece, no edit is lost."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mentorwalk.documents.context import page_of
from mentorwalk.documents.html import page
from mentorwalk.documents.mail import MAIL, mail_draft, worth_sending
from mentorwalk.domain.errors import StorageError
from mentorwalk.storage.files import (
    DOCUMENT_LIMIT,
    RENDERED,
    numbered,
    ordinary_bytes,
    reason,
    reporting_errors,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mentorwalk.documents.rendering import Renderer
    from mentorwalk.domain.outcomes import Document
    from mentorwalk.domain.session import Session

INVITATION = "next-meeting.ics"
"""The name of the invitation's file."""
RENDERED_LIMIT = 1024 * 1024
"""The most bytes that are read of what was written last."""


@dataclass(frozen=True)
class Written:
    """The files that were written, and the copies that were set aside."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    """Earlier copies that a person had edited or both had accepted, under their new names."""


@dataclass(frozen=True)
class _File:
    """A file to write."""

    name: str
    text: str
    accepted: bool
    """Whether it holds an agreement that both have accepted."""
    fingerprint: str = ""
    """The fingerprint of an agreement's text; empty for every other document."""


def write_documents(
    session: Session, renderer: Renderer, folder: Path, working: Path | None, invitation: str = ""
) -> Written:
    """Render all documents, and only then write them, each in one piece, with its page.

    Args:
        session: The session, walked to its end.
        renderer: Finds their templates.
        folder: Where they go.
        working: The session's own folder, which remembers what was written, to notice edits;
            None if the session is not kept.
        invitation: The text of the invitation to the next meeting; empty without one.

    Raises:
        TemplateProblem: A template has a mistake; nothing was written.
        StorageError: The folder cannot be written.
    """
    own = (name for each in session.agenda.documents for name in (each.file, page_of(each)))
    outdated = (INVITATION, MAIL, *own)
    return _written(_files(session, renderer, invitation), folder, working, outdated)


def write_mail(session: Session, written: Written, working: Path | None) -> Written:
    """Write a draft of a mail beside some documents, with them attached as they are now.

    It is gone once the documents are written again, unless a person edited it.

    Args:
        session: The session.
        written: Its documents.
        working: As for the documents.

    Raises:
        StorageError: A document cannot be read, or the folder cannot be written.
    """
    paths = {path.name: path for path in written.files}
    sent = {name: _bytes_of(paths[name]) for name in worth_sending(paths)}
    draft = _File(MAIL, mail_draft(session, sent), accepted=False)
    return _written([draft], written.files[0].parent, working)


def _bytes_of(path: Path) -> bytes:
    try:
        return ordinary_bytes(path, DOCUMENT_LIMIT, follow_links=False)
    except OSError as error:
        why = reason(error)
        raise StorageError(f"{path}: This file cannot be read: {why}.") from None


def _written(
    files: list[_File], folder: Path, working: Path | None, outdated: tuple[str, ...] = ()
) -> Written:
    """Write files, each in one piece, and remember them; delete those that are `outdated`."""
    before = remembered(working) if working else {}
    kept, now = [], {}
    for file in files:
        aside = _set_aside(folder / file.name, file, before.get(file.name, {}))
        kept += [aside] if aside else []
        write_private(folder / file.name, file.text)
        now[file.name] = {
            "digest": _digest(file.text),
            "accepted": file.accepted,
            "mark": file.fingerprint,
        }
    for name in outdated:
        if name in before and name not in now:
            _withdraw(folder / name, before.pop(name))
    # Last of all: a session without it counts as one whose documents were never written.
    if working:
        write_private(working / RENDERED, json.dumps(before | now, indent=1) + "\n")
    return Written(tuple(folder / file.name for file in files), tuple(kept))


def _files(session: Session, renderer: Renderer, invitation: str) -> list[_File]:
    """Return each document and its page, then the invitation."""
    files = []
    agreement = renderer.agreement(session)
    for document in renderer.documents(session):
        text = renderer.text(session, document, agreement)
        fingerprint = agreement.fingerprint if document.accept else ""
        accepted = document.accept and agreement.state == "accepted"
        files.append(_File(document.file, text, accepted, fingerprint))
        drawn = renderer.page_text(session, document, agreement)
        name, language = page_of(document), session.agenda.language
        names, title = session.names.values(), name.removesuffix(".html")
        html = page(drawn.text, language, title, names, drawn.pictures)
        files.append(_File(name, html, accepted, fingerprint))
    if invitation:
        files.append(_File(INVITATION, invitation, accepted=False))
    return files


def _withdraw(path: Path, remembered: Mapping[str, Any]) -> None:
    """Delete a file that is not right any more, unless a person edited it."""
    if _digest(_earlier(path) or "") == remembered.get("digest"):
        with reporting_errors(path):
            path.unlink()


def _earlier(path: Path) -> str | None:
    """Return the text of a file; None if there is none, empty if it is not a file of ours."""
    try:
        # As bytes: reading text would replace the line ends of an invitation, which are CRLF.
        return ordinary_bytes(path, DOCUMENT_LIMIT, follow_links=False).decode()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return ""


def _set_aside(path: Path, file: _File, remembered: Mapping[str, Any]) -> Path | None:
    """Rename an earlier copy that a person edited, or that both accepted before it changed.

    Returns:
        Its new path; None if the file can be replaced.
    """
    earlier = _earlier(path)
    if earlier is None:
        return None
    edited = _digest(earlier) != remembered.get("digest")
    superseded = remembered.get("accepted") and remembered.get("mark") != file.fingerprint
    if earlier == file.text or not (edited or superseded):
        return None
    with reporting_errors(path):
        why = "edited" if edited else "accepted"
        names = numbered(path.with_name(f"{path.stem}.{why}{path.suffix}"))
        aside = next(each for each in names if not os.path.lexists(each))
        path.rename(aside)
    return aside


def last_fingerprint(working: Path, document: Document) -> str:
    """Return the fingerprint of an agreement as it was last written; empty if it never was."""
    return str(remembered(working).get(document.file, {}).get("mark", ""))


def as_last_written(working: Path, path: Path) -> bool:
    """Return whether a document is as it was last written, and so all that was written with it.

    What is remembered of documents is written after the last of them.
    """
    return _digest(_earlier(path) or "") == remembered(working).get(path.name, {}).get("digest")


def remembered(working: Path) -> dict[str, dict[str, Any]]:
    """Return what was written last, by name: digest, mark, and whether both accepted it."""
    try:
        entries = json.loads(ordinary_bytes(working / RENDERED, RENDERED_LIMIT, follow_links=False))
    except (OSError, ValueError, RecursionError):
        return {}
    files = entries.items() if isinstance(entries, dict) else ()
    return {name: entry for name, entry in files if isinstance(entry, dict)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
