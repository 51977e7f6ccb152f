"""The agreement: its text in one state of a session, the text's fingerprint, who accepted it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from mentorwalk.domain.agenda import ROLES
from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.agenda import Role
    from mentorwalk.domain.clauses import AgreementClause
    from mentorwalk.domain.events import Accepted
    from mentorwalk.domain.people import People
    from mentorwalk.domain.session import Session


TYPED_YES = "typed yes at the keyboard"
SAID_YES = "said yes aloud on the call; {other} wrote it down"
YES_IN_FILE = "said yes in the answers file"
CONFIRMED = "confirmed {how}"
"""How somebody accepts, as the agreement and the journal say it: always in English."""
HOW_LIMIT = 100
"""The most characters of how somebody confirmed."""


@dataclass(frozen=True)
class Agreement:
    """The agreement in one state of a session: made once for that state, then handed on."""

    text: str
    """All of the document but who agrees; empty if the agenda has no agreement."""
    clauses: tuple[AgreementClause, ...] = ()
    accepted: Mapping[Role, Accepted] = field(default_factory=dict)
    """Who accepted this very text, by their names of now, and how they did."""

    @classmethod
    def of(cls, session: Session, text: str, clauses: tuple[AgreementClause, ...] = ()) -> Self:
        """Return the agreement that reads like `text`, with those who accepted it so far."""
        current = fingerprint_of(text)
        accepted = {
            role: event
            for role in ROLES
            if (event := session.accepted.get(role)) and event not in session.outdated
            if event.fingerprint == current
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

    def acceptance_in_words(self, people: People, role: Role) -> str:
        """Say that one of the two has accepted it, and whether both have now."""
        names = {"name": people.name(role), "other": people.other(role)}
        if self.state == "accepted":
            return _("{name} has accepted the agreement: now both of you have.").format(**names)
        waits = _("{name} has accepted the agreement. {other} has not yet, so it is still a draft.")
        return waits.format(**names)


def fingerprint_of(text: str) -> str:
    """Return the SHA-256 of a text with white space folded, so that re-wrapping changes nothing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def fingerprint_in_words(fingerprint: str) -> str:
    """Return its first 12 characters, in groups that can be read aloud."""
    return " ".join((fingerprint[:4], fingerprint[4:8], fingerprint[8:12]))
