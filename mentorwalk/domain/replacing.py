"""The agreement that another one takes the place of: when it was accepted, and what changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import ROLES
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.events import Replaced
from mentorwalk.domain.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def replaced_by(session: Session) -> Replaced | None:
    """Return the agreement whose place the one of a session takes; None if it takes none.

    One that reads as it came along takes no place; it goes on saying whose place it took before. So
    does each session in which nothing can be accepted.
    """
    said, day = session.opened.carried.replaced, _accepted_on(session)
    may_change = session.agenda.accept_document and (said or day)
    if not may_change or not (changed := _changed_headings(session)):
        return said
    if said and day in (None, said.day):
        # What came along was never accepted, so the one before it still waits to be replaced.
        return Replaced(said.day, tuple(dict.fromkeys((*said.changed, *changed))))
    return Replaced(day, changed) if day else None


def _accepted_on(session: Session) -> date | None:
    """Return when the two had accepted what came along; None if not both had."""
    accepted = session.opened.carried.accepted
    roles, texts = {each.role for each in accepted}, {each.fingerprint for each in accepted}
    both = roles == {*ROLES} and len(texts) == 1
    return max(each.at for each in accepted).date() if both else None


def _changed_headings(session: Session) -> tuple[str, ...]:
    """Return the headings below which the agreement reads differently than it came along."""
    begun = Session.open(session.agenda, session.opened, session.ends)
    # A corrected name is no change of what was agreed on.
    before, now = _texts(replace(begun, people=session.people)), _texts(session)
    return tuple(key for key in dict.fromkeys((*now, *before)) if now[key] != before[key])


def _texts(session: Session) -> Mapping[str, list[str]]:
    """Return what is settled below each heading, an empty list below any other."""
    texts: Mapping[str, list[str]] = defaultdict(list)
    for clause in clauses_of(session):
        texts[clause.heading] += [clause.text] if clause.text else []
    return texts
