"""The agreement: its clauses and how each stands, the mark of its wording, and who accepted it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import ROLES

if TYPE_CHECKING:
    from mentorwalk.domain.session import Session


MARKER = "<!-- mentorwalk: who agrees -->"
"""The line between the agreement, which its mark covers, and who accepted it."""
_MARKER_LINE = re.compile(r"\n" + r"\s+".join(MARKER.split()) + r"[^\S\n]*(?=\n|\Z)")


def fingerprint(text: str) -> str:
    """The mark of a wording: SHA-256 with white space folded, so re-wrapping changes nothing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def parted(document: str) -> tuple[str, str | None]:
    """An agreement's two parts: what its mark covers, and who agrees; None without a marker line.

    A byte order mark and trailing blanks, which editors leave, are nothing.
    """
    text = document.removeprefix("\ufeff").replace("\r\n", "\n")
    *_, last = (None, *_MARKER_LINE.finditer(text))
    return (text[: last.start()], text[last.end() :]) if last else (text, None)


def body_of(document: str) -> str:
    """The part of an agreement that its mark covers: all above the marker line."""
    return parted(document)[0]


def mark_in_words(mark: str) -> str:
    """The first 12 characters of a mark, in groups that can be read aloud."""
    return " ".join((mark[:4], mark[4:8], mark[8:12]))


def accepted_by_both(session: Session, mark: str) -> bool:
    """Whether both have accepted this very wording."""
    return all(role in session.accepted and session.accepted[role].mark == mark for role in ROLES)
