"""Writing documents: all are rendered first, each is written in one piece, no edit is lost."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.agreement import accepted_by_both, fingerprint
from mentorwalk.documents.rendering import Renderer, body_of
from mentorwalk.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.session import Session

RENDERED = "rendered.json"
"""Beside the journal: a digest of each document as it was last written."""


@dataclass(frozen=True)
class Written:
    """What became of the documents."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    """Earlier copies that were set aside, because a person had edited or both had accepted them."""


def write_documents(session: Session, renderer: Renderer, folder: Path, working: Path) -> Written:
    """Render all documents, and only then write them, each in one piece.

    Raises:
        TemplateProblem: A template has a mistake; nothing was written.
        StorageError: The folder cannot be written.
    """
    texts = {d.file: renderer.text(session, d) for d in session.agenda.documents}
    digests = _digests(working)
    kept = []
    for name, text in texts.items():
        path = folder / name
        aside = _set_aside(session, path, text, digests.get(name))
        kept += [aside] if aside else []
        write_private(path, text)
    new = {name: _digest(text) for name, text in texts.items()}
    write_private(working / RENDERED, json.dumps(digests | new, indent=1) + "\n")
    return Written(tuple(folder / name for name in texts), tuple(kept))


def _set_aside(session: Session, path: Path, text: str, digest: str | None) -> Path | None:
    """Move an earlier copy aside where a person edited it, or both accepted it as it was."""
    try:
        earlier = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        earlier = ""
    accepted = accepted_by_both(session, fingerprint(body_of(earlier)))
    if earlier == text or (_digest(earlier) == digest and not accepted):
        return None
    if accepted and body_of(earlier) == body_of(text):
        return None
    aside = next(_free_names(path, "accepted" if accepted else "edited"))
    path.rename(aside)
    return aside


def _free_names(path: Path, why: str) -> Iterator[Path]:
    number = 1
    while True:
        tail = why if number == 1 else f"{why}-{number}"
        candidate = path.with_name(f"{path.stem}.{tail}{path.suffix}")
        if not candidate.exists():
            yield candidate
        number += 1


def _digests(working: Path) -> dict[str, str]:
    try:
        digests = json.loads((working / RENDERED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return digests if isinstance(digests, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write_private(path: Path, text: str) -> None:
    """Write a file in one piece, for its owner only: it is there whole, or as it was before.

    Raises:
        StorageError: It cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError(
            f"{path}: This file cannot be written ({error.strerror or error}). "
            "What was said is safe; `mentorwalk render` writes the documents again."
        ) from None
