"""Writing documents: all are rendered first, each is written in one piece, no edit is lost."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mentorwalk.agreement import accepted_by_both, body_of, fingerprint
from mentorwalk.storage import RENDERED, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mentorwalk.documents.rendering import Renderer
    from mentorwalk.session import Session


@dataclass(frozen=True)
class Written:
    """What became of the documents."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    """Earlier copies that were set aside, because a person had edited or both had accepted them."""


def write_documents(
    session: Session, renderer: Renderer, folder: Path, working: Path | None
) -> Written:
    """Render all documents, and only then write them, each in one piece.

    What was written is remembered in the `working` folder, if there is one, to notice edits.

    Raises:
        TemplateProblem: A template has a mistake; nothing was written.
        StorageError: The folder cannot be written.
    """
    texts = {d.file: renderer.text(session, d) for d in session.agenda.documents}
    before = _remembered(working) if working else {}
    kept, now = [], {}
    for document in session.agenda.documents:
        name, text = document.file, texts[document.file]
        aside = _set_aside(folder / name, text, before.get(name, {}))
        kept += [aside] if aside else []
        write_private(folder / name, text)
        mark = fingerprint(body_of(text)) if document.accept else ""
        accepted = bool(mark) and accepted_by_both(session, mark)
        now[name] = {"digest": _digest(text), "accepted": accepted, "mark": mark}
    if working:
        write_private(working / RENDERED, json.dumps(before | now, indent=1) + "\n")
    return Written(tuple(folder / name for name in texts), tuple(kept))


def _set_aside(path: Path, text: str, remembered: Mapping[str, Any]) -> Path | None:
    """Move an earlier copy aside where a person edited it, or both accepted it as it was."""
    try:
        earlier = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        earlier = ""
    edited = _digest(earlier) != remembered.get("digest")
    superseded = remembered.get("accepted") and body_of(earlier) != body_of(text)
    if earlier == text or not (edited or superseded):
        return None
    aside = next(_free_names(path, "edited" if edited else "accepted"))
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


def _remembered(working: Path) -> dict[str, dict[str, Any]]:
    """What was written last: each document's digest, its mark, and whether both accepted it."""
    try:
        remembered = json.loads((working / RENDERED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
