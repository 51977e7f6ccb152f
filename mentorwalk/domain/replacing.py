"""The agreement that another one takes the place of: when it was accepted, and what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agreement_text import fingerprint_of
from mentorwalk.domain.clauses import clause_cards, clauses_of, heading_of
from mentorwalk.domain.earlier import Replaced
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.session import Session

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from mentorwalk.domain.events import Accepted
    from mentorwalk.domain.mentorship import Mentorship

NOTHING = fingerprint_of("")
"""The fingerprint of a heading below which nothing is settled."""


def replaced_by(session: Session) -> Replaced | None:
    """Return the agreement whose place the one of a session takes; None if it takes none.

    One that reads as it came along takes no place; it goes on saying whose place it took before. So
    does each session in which nothing can be accepted.
    """
    replaced = _replaced(session)
    return replaced if replaced and replaced.changed else None


def _replaced(session: Session) -> Replaced | None:
    """Return it, also if nothing reads differently for now: it waits for another one."""
    carried = session.opened.carried
    said, day = carried.replaced, _accepted_on(carried.accepted)
    if not session.agenda.accept_document:
        return said
    begun = Session.open(session.agenda, session.opened, session.ends)
    if day and (said is None or said.day != day):
        now = _changed_since(Replaced(day, ()), begun, session)
        return now if now.changed else said
    # What came along was never accepted, so the one before it still waits to be replaced.
    return _changed_since(said, begun, session) if said else None


def left_to_replace(mentorship: Mentorship) -> Replaced | None:
    """Return the agreement whose place that of the next session may take.

    What was said differently since, where nothing can be accepted, comes along into the next one
    already: so how it read before comes along, too.
    """
    said, day = _left_by(mentorship.last), _accepted_on(mentorship.accepted.values())
    before = _said_differently(mentorship)
    if before and day and (said is None or said.day != day):
        said = Replaced(day, ())
    return said and replace(said, before={**before, **said.before})


def _said_differently(mentorship: Mentorship) -> Mapping[str, str]:
    """Return how it reads below each heading of which something was said differently since."""
    if not any(each.said_since(mentorship.said) for each in mentorship.clauses):
        return {}
    now = mentorship.named(mentorship.last.people)
    changed = {each.heading for each in now.clauses if each.said_since(now.said)}
    marks = _marked((each.heading, each.text) for each in now.clauses)
    return {heading: mark for heading, mark in marks.items() if heading in changed}


def _left_by(session: Session) -> Replaced | None:
    """Return the agreement whose place is left to be taken after a session.

    One that both accepted and then changed in this session is the newest, though it is the draft
    after it that comes along.
    """
    agreed, day = session.agreed_in, _accepted_on(session.accepted_now.values())
    if agreed and day and (since := _changed_since(Replaced(day, ()), agreed, session)).changed:
        return since
    return _replaced(session)


def _accepted_on(accepted: Collection[Accepted]) -> date | None:
    """Return when the two had accepted the same text; None if not both had."""
    roles, texts = {each.role for each in accepted}, {each.fingerprint for each in accepted}
    both = roles == {*ROLES} and len(texts) == 1
    return max(each.at for each in accepted).date() if both else None


def _changed_since(accepted: Replaced, before: Session, session: Session) -> Replaced:
    """Return an accepted agreement with all that reads differently now.

    Below the headings of which it knows nothing, it read as in the session before.
    """
    # A corrected name is no change of what was agreed on.
    now, then = _marks(session), _marks(replace(before, people=session.people))
    then = {**then, **accepted.before}
    struck = _struck_since(before, session)
    # How it read below these, nobody knows any more.
    lost = {*struck, *(key for key in accepted.changed if key not in accepted.before)}
    changed = {
        key: then.get(key, NOTHING)
        for key in dict.fromkeys((*accepted.changed, *now, *then))
        if key in lost or now.get(key, NOTHING) != then.get(key, NOTHING)
    }
    known = {key: mark for key, mark in changed.items() if key not in lost}
    return Replaced(accepted.day, tuple(changed), known)


def _struck_since(before: Session, session: Session) -> set[str]:
    """Return the headings from which something was struck that was in the accepted text."""
    if (worded := before.worded) is None:
        return set()
    moments = {key: session.struck.get(key, worded.at) for key in worded.answers}
    struck = {key for key, at in moments.items() if at > worded.at}
    return {
        heading_of(session, card)
        for card in clause_cards(session)
        if card.clause and struck & session.agenda.named_in(card.clause)
    }


def _marks(session: Session) -> Mapping[str, str]:
    """Return the fingerprint of what is settled below each heading."""
    return _marked((each.heading, each.text) for each in clauses_of(session))


def _marked(clauses: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    texts: dict[str, list[str]] = {}
    for heading, text in clauses:
        texts.setdefault(heading, []).append(text)
    return {heading: fingerprint_of("\n\n".join(each)) for heading, each in texts.items()}
