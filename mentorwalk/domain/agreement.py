"""The agreement: its text in one state of a session, the text's fingerprint, who accepted it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from mentorwalk.domain.agenda import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.agenda import Role
    from mentorwalk.domain.clauses import Clause
    from mentorwalk.domain.events import Accepted
    from mentorwalk.domain.session import Session


MARKER = "<!-- mentorwalk: who agrees -->"
"""The line between the agreement, which its fingerprint covers, and who accepted it."""
_MARKER_LINE = re.compile(r"\n" + r"\s+".join(MARKER.split()) + r"[^\S\n]*(?=\n|\Z)")


@dataclass(frozen=True)
class Agreement:
    """The agreement in one state of a session: made once for that state, then handed on."""

    text: str
    """All of the document but who agrees; empty if the agenda has no agreement."""
    clauses: tuple[Clause, ...] = ()
    accepted: Mapping[Role, Accepted] = field(default_factory=dict)
    """Who accepted this very text, and how; an acceptance of an earlier text does not count."""

    @classmethod
    def of(cls, session: Session, text: str, clauses: tuple[Clause, ...] = ()) -> Self:
        """Return the agreement that reads like `text`, with those who accepted it so far."""
        current = fingerprint_of(text)
        accepted = {
            role: session.accepted[role]
            for role in ROLES
            if role in session.accepted and session.accepted[role].fingerprint == current
        }
        return cls(text, clauses, accepted)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the text; empty if there is no agreement."""
        return fingerprint_of(self.text) if self.text else ""

    @property
    def state(self) -> Literal["draft", "accepted"]:
        """Whether both have accepted the text."""
        return "accepted" if len(self.accepted) == len(ROLES) else "draft"


def fingerprint_of(text: str) -> str:
    """Return the SHA-256 of a text with white space folded, so that re-wrapping changes nothing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def parted(document: str) -> tuple[str, str | None]:
    """Return what an agreement's fingerprint covers, and who agrees (None without a marker line).

    A byte order mark and trailing blanks, which editors leave, are nothing.
    """
    text = document.removeprefix("\ufeff").replace("\r\n", "\n")
    *_, last = (None, *_MARKER_LINE.finditer(text))
    return (text[: last.start()], text[last.end() :]) if last else (text, None)


def body_of(document: str) -> str:
    """The part of an agreement that its fingerprint covers: all above the marker line."""
    return parted(document)[0]


def fingerprint_in_words(fingerprint: str) -> str:
    """Return its first 12 characters, in groups that can be read aloud."""
    return " ".join((fingerprint[:4], fingerprint[4:8], fingerprint[8:12]))
