"""The time of a session against its plan: arithmetic on seconds, without a clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from mentorwalk.domain.session import Session


ENOUGH = 0.6
"""The share of its planned time from which a card is still worth opening."""


class Clock(Protocol):
    """A source of time."""

    def now(self) -> datetime:
        """Return the time of day, with its zone."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, whatever happens to the time of day."""
        ...

    def zone(self) -> str:
        """Return the IANA key of the time zone, such as `Europe/Warsaw`; empty if unknown."""
        ...


def zone_of(key: str) -> ZoneInfo | None:
    """Return the time zone of an IANA key, if this computer knows it."""
    try:
        return ZoneInfo(key)
    # A key from a journal may be the name of a folder of zones, or of nothing.
    except (KeyError, ValueError, OSError):
        return None


def local(moment: datetime, key: str, otherwise: tzinfo | None = None) -> datetime:
    """Return a moment as clocks in a zone show it then; if that is unknown, in another or as it is.

    The offset of now need not be that of a moment to come: the clocks may change in between.
    """
    return moment.astimezone(zone_of(key) or otherwise or moment.tzinfo)


@dataclass(frozen=True)
class Stopwatch:
    """Seconds of session, counted while the watch runs."""

    counted: float
    """Seconds up to the last start or pause."""
    since: float | None = None
    """The monotonic second of the last start; None during a pause."""

    def elapsed(self, monotonic: float) -> float:
        """Return the seconds counted so far."""
        return self.counted + (0.0 if self.since is None else monotonic - self.since)

    def started(self, monotonic: float) -> Stopwatch:
        """Return the watch, running."""
        return replace(self, since=monotonic) if self.since is None else self

    def stopped(self, monotonic: float) -> Stopwatch:
        """Return the watch, stopped."""
        return Stopwatch(self.elapsed(monotonic))


@dataclass(frozen=True)
class Reading:
    """A look at the clock. All figures are seconds, except for the time of day."""

    card_spent: float
    card_planned: float
    phase_spent: float
    phase_planned: float
    spent: float
    planned: int
    ends: datetime
    """The time of day when it will be over, if the rest is shared among the cards to come."""
    late: float
    """How much later than wanted that is; over 0 only if the cards that must stay do not fit."""
    behind: float
    """How much the cards to come lack of their planned time; negative if there is time to spare."""

    @property
    def card_left(self) -> float:
        """Seconds left for the current card; negative past its time."""
        return self.card_planned - self.card_spent


def reading(
    session: Session, elapsed: float, now: datetime, set_back: timedelta = timedelta()
) -> Reading:
    """Return the clock's figures for a session that has lasted `elapsed` seconds.

    `set_back` is how far the time of day was set back since the session's end was fixed.
    """
    spent = session.spent_until(elapsed)
    current = session.current or ""
    phase = session.agenda.phase_of.get(current)
    cards = [prompt.id for prompt in phase.prompts] if phase else []
    here = max(0.0, session.allotted.get(current, 0.0) - spent.get(current, 0.0))
    wanted = session.ends - set_back
    # `here` are the seconds that this card still has, `after` those for the cards behind it.
    after = (wanted - now).total_seconds() - here
    ends = now + timedelta(seconds=here + sum(shares(session, after).values()))
    return Reading(
        card_spent=spent.get(current, 0.0),
        card_planned=session.allotted.get(current, 0.0),
        phase_spent=sum(spent.get(card, 0.0) for card in cards),
        phase_planned=sum(session.allotted.get(card, 0.0) for card in cards),
        spent=elapsed,
        planned=sum(session.opened.plan.seconds.values()),
        ends=local(ends, session.zone),
        late=(ends - wanted).total_seconds(),
        behind=-spare(session, after),
    )


def spare(session: Session, left: float) -> float:
    """Return what is left beyond the planned time of the cards to come; negative if they lack."""
    return left - sum(_missing(session, card) for card in _coming(session))


def _coming(session: Session) -> tuple[str, ...]:
    """Return the cards that time is kept for: those to come, as far as can be told by now."""
    return tuple(filter(session.expects, session.ahead()))


def planned(session: Session, card: str) -> float:
    """Return the planned seconds of a card; those of its minutes if it is in no plan."""
    return session.planned.get(card) or session.agenda.prompts[card].minutes * 60


def kept_seconds(session: Session) -> float:
    """Return the planned seconds of the cards to come that must be kept."""
    kept = (card for card in _coming(session) if session.agenda.prompts[card].keep)
    return sum(_missing(session, card) for card in kept)


def _missing(session: Session, card: str) -> float:
    """Return the planned seconds of a card to come, less what it had before it was left."""
    return max(0.0, planned(session, card) - session.spent.get(card, 0.0))


def shares(session: Session, left: float) -> Mapping[str, float]:
    """Return how the seconds that are left are shared among the cards to come.

    If they are enough, each card has its planned time. Otherwise the cards that must be kept have
    theirs, and the others share the rest in proportion.
    """
    cards = {card: _missing(session, card) for card in _coming(session)}
    kept = {card for card in cards if session.agenda.prompts[card].keep}
    free = max(0.0, left - sum(cards[card] for card in kept))
    wanted = sum(seconds for card, seconds in cards.items() if card not in kept)
    scale = min(1.0, free / wanted) if wanted else 1.0
    return {card: s if card in kept else s * scale for card, s in cards.items()}


def droppable(session: Session, left: float) -> tuple[str, ...]:
    """Return the cards to drop for the rest to fit into the seconds that are left.

    Cards that must be kept stay. The others go one by one, the last first, those that record
    nothing before those that do, until the rest has at least `ENOUGH` of its planned time.
    """
    cards = {card: planned(session, card) for card in _coming(session)}
    prompts = session.agenda.prompts
    free = [card for card in reversed(cards) if not prompts[card].keep]
    free.sort(key=lambda card: bool(prompts[card].fields or prompts[card].clause))
    dropped: list[str] = []
    need = sum(s if prompts[card].keep else s * ENOUGH for card, s in cards.items())
    for card in free:
        if need <= left:
            break
        dropped.append(card)
        need -= cards[card] * ENOUGH
    return tuple(card for card in cards if card in dropped)
