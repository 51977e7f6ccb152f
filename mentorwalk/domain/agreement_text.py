"""The agreement: its text in one state of a session, the text's fingerprint, who accepted it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

from mentorwalk.domain.i18n import _
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.clauses import AgreementClause
    from mentorwalk.domain.events import Accepted, Worded
    from mentorwalk.domain.people import People
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session


TYPED_YES = "typed yes at the keyboard"
"""What older programs say of the one at the keyboard."""
SAID_AND_WROTE = "said yes aloud on the call, and wrote it down"
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
    uses: frozenset[str] = frozenset()
    """The ids of the answers that its template names itself, outside of clauses."""

    @classmethod
    def of(
        cls,
        session: Session,
        text: str,
        clauses: tuple[AgreementClause, ...] = (),
        uses: frozenset[str] = frozenset(),
    ) -> Self:
        """Return the agreement that reads like `text`, with those who accepted it so far."""
        current = fingerprint_of(text)
        accepted = {
            role: event
            for role in ROLES
            if (event := session.accepted_now.get(role)) and event.fingerprint == current
        }
        return cls(text, clauses, accepted, uses)

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


def basis_of(session: Session, clauses: Iterable[AgreementClause]) -> str:
    """Return the fingerprint of what an accepted text rests on: names, contact, settled clauses.

    In which order clauses stand, and what is still open, an accepted text has said already.
    """
    settled = sorted({(each.heading, each.text) for each in clauses if each.text})
    return fingerprint_of(json.dumps([sorted(session.names.items()), settled]))


def accepted_text(session: Session, clauses: Iterable[AgreementClause]) -> str:
    """Return the text that somebody accepted, if it still stands; else nothing.

    One from an earlier session stands until a clause, a name, the contact or an answer that its
    template names changes, whatever a template would make of it now. One from this session gives
    way to any answer that came later.
    """
    worded = session.worded
    if worded is None or not worded.text or worded.basis != basis_of(session, clauses):
        return ""
    if any(reading_of(session.answer(k)) != words for k, words in _used_here(session, worded)):
        return ""
    if worded != session.opened.carried.worded and _written_since(session, worded.at):
        return ""
    fingerprint = fingerprint_of(worded.text)
    accepted = {each.fingerprint for each in session.accepted_now.values()}
    return worded.text if fingerprint in accepted else ""


def _used_here(session: Session, worded: Worded) -> Iterator[tuple[str, str]]:
    """Yield the answers of a session that an accepted text uses, and how they read in it."""
    here = {before: key for key, before in session.opened.carried.renamed.items()}
    for before, words in worded.uses.items():
        if (key := here.get(before, before)) in session.written:
            yield key, words


def reading_of(answer: Answer) -> str:
    """Return how an answer reads where a template names it; empty if documents leave it out."""
    return "" if answer.hidden else answer.sentence


def _written_since(session: Session, moment: datetime) -> bool:
    """Return whether an answer that documents could have was written down after a moment."""
    private = {key for key, field in session.agenda.answerable.items() if field.private}
    return any(at > moment for key, at in session.written.items() if key not in private)


def lacks_wording(session: Session, agreement: Agreement) -> bool:
    """Return whether the text has to be kept before somebody accepts it.

    A session from before there were mentorships stays in its format: its text is rendered anew.
    """
    kept = accepted_text(session, agreement.clauses)
    return bool(session.opened.mentorship) and kept != agreement.text


def wording_of(session: Session, agreement: Agreement) -> dict[str, Any]:
    """Return what is kept of an agreement that somebody is about to accept: a `Worded` payload."""
    said = {key: session.effective_answer(key) for key in session.agenda.answerable}
    named = {key for clause in agreement.clauses for key in clause.placeholders} | agreement.uses
    text = _bare(agreement.text)
    # A template may put any answer anywhere, so each is looked for in the text itself.
    answers = (
        key
        for key, answer in said.items()
        if key in named or (not answer.hidden and any(map(text.__contains__, _readings(answer))))
    )
    return {
        "text": agreement.text,
        "basis": basis_of(session, agreement.clauses),
        "answers": tuple(answers),
        "uses": {key: reading_of(said[key]) for key in sorted(agreement.uses)},
    }


def _readings(answer: Answer) -> Iterator[str]:
    """Yield each way in which an answer, or an item of it, may stand in a text."""
    for item in answer.items:
        yield from filter(None, map(_bare, (item.typed, item.sentence, item.after_label)))


def _bare(text: str) -> str:
    """Return the letters and digits of a text: how it is escaped or wrapped does not matter."""
    return "".join(filter(str.isalnum, text.casefold()))


def fingerprint_of(text: str) -> str:
    """Return the SHA-256 of a text with white space folded, so that re-wrapping changes nothing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def fingerprint_in_words(fingerprint: str) -> str:
    """Return its first 12 characters, in groups that can be read aloud."""
    return " ".join((fingerprint[:4], fingerprint[4:8], fingerprint[8:12]))
