"""Spare time: the minutes that two people saved by the end of a phase, and what fits into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.exercises import is_of_exercise
from mentorwalk.domain.timing import local, planned, spare

if TYPE_CHECKING:
    from datetime import datetime

    from mentorwalk.domain.session import Session

LEAST = 3
"""Minutes that are worth an offer: a card takes about as long."""
MOST_OFFERS = 2
"""Offers in one session: more would nag."""


@dataclass(frozen=True)
class SpareTime:
    """What can be offered to two people who are ahead of their plan."""

    minutes: int
    ends: datetime
    """When the session ends if they carry on."""
    card: str | None
    """The first card outside the plan that fits, also into the talk; None if none does."""
    others: bool
    """Whether there are other cards outside the plan."""


def spare_time(session: Session, left: float, now: datetime) -> SpareTime | None:
    """Return what can be offered with `left` seconds to go; None if nothing is.

    Minutes are offered where a phase ends before another one, on the record, and only once: not
    after two phases in a row, as who walks fast would be asked at each.
    """
    seconds = spare(session, left)
    new = seconds - 60 * max(session.offered, default=0)
    if new < 60 * LEAST or len(session.offered) >= MOST_OFFERS:
        return None
    if session.off_record or not _between_phases(session) or _was_offered_just_now(session):
        return None
    outside = session.extras()
    fitting = (card for card in outside if _fits(session, card, seconds))
    ends = local(now + timedelta(seconds=left - seconds), session.zone)
    card = next(fitting, None)
    return SpareTime(round(seconds / 60), ends, card, others=bool({*outside} - {card}))


def _fits(session: Session, card: str, seconds: float) -> bool:
    """Return whether a card has time, and is about what they talked about, or come to now."""
    if card in session.opened.carried.settled or planned(session, card) > seconds:
        return False
    beside = (session.current, session.following())
    return _phase(session, card) in {_phase(session, each) for each in beside if each}


def _between_phases(session: Session) -> bool:
    """Return whether the card that follows is of a later phase than the current one.

    An exercise that was chosen a moment ago is what the time is for.
    """
    if is_of_exercise(session.following() or ""):
        return False
    ends = [_phase(session, card) for card in (session.current, session.following()) if card]
    return len(ends) == 2 and ends[0] < ends[1]


def _was_offered_just_now(session: Session) -> bool:
    """Return whether minutes were offered last in this phase, or in one beside it."""
    ends = [_phase(session, card) for card in (session.offered_on, session.current) if card]
    return len(ends) == 2 and abs(ends[0] - ends[1]) < 2


def _phase(session: Session, card: str) -> int:
    """Return the place of a card's phase among all of them."""
    return session.agenda.phases.index(session.agenda.phase_of[card])
