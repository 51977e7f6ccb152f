"""What may help next: the agendas that say so themselves, of what two people said last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.domain.conditions import holds
from mentorwalk.domain.following import Outlook, decided_by
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.fields import Condition
    from mentorwalk.domain.session import Session

MOST = 3
"""The most agendas that are suggested at once: a longer list is a catalogue."""


def suggested(session: Session, agendas: Iterable[Agenda], today: date) -> tuple[Agenda, ...]:
    """Return the agendas that suit what was said in a session, the one that suits it most first.

    There are three at most. What was walked in the session, or was chosen to follow it, is not
    among them.
    """
    outlook = Outlook(session, today, (today - session.day).days)
    known = {session.agenda.id, decided_by(session), *(each.agenda for each in session.exercises)}
    fitting = [(_fits(each, outlook), each) for each in agendas if each.id not in known]
    by_fit = sorted(fitting, key=lambda each: -each[0])
    return tuple(agenda for fits, agenda in by_fit[:MOST] if fits)


def _fits(agenda: Agenda, outlook: Outlook) -> int:
    """Return how many of the conditions hold by which an agenda is suggested."""
    return sum(_holds(condition, outlook) for condition in agenda.suggested_by)


def _holds(condition: Condition, outlook: Outlook) -> bool:
    """Return whether a condition holds; for a text, whether it has one of the words in it."""
    field = outlook.session.agenda.answerable.get(condition.field)
    if field is not None and field.private:
        return False
    words = outlook.words(condition.field)
    if field is None or field.type not in ("text", "list") or not condition.any_of:
        return holds(condition, words)
    return any(_speaks_of(text, word) for text in words for word in condition.any_of)


def _speaks_of(text: str, word: str) -> bool:
    """Return whether a text has a word in it, or several in a row, whatever their case."""
    return bool(re.search(rf"(?<!\w){re.escape(folded(word))}(?!\w)", folded(text)))
