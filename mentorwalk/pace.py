"""The pace: where the clock stands against the plan. Arithmetic on seconds, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from mentorwalk.session import Session


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """The time of day, with its zone."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, whatever happens to the time of day."""
        ...


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Seconds of session: counts while it runs, and stands still in a pause."""

    counted: float
    """Seconds up to the last start or pause."""
    since: float | None = None
    """The monotonic second of the last start; None in a pause."""

    def elapsed(self, monotonic: float) -> float:
        """The seconds counted so far."""
        return self.counted + (0.0 if self.since is None else monotonic - self.since)

    def started(self, monotonic: float) -> Stopwatch:
        """Go on counting."""
        return replace(self, since=monotonic) if self.since is None else self

    def stopped(self, monotonic: float) -> Stopwatch:
        """Stand still."""
        return Stopwatch(self.elapsed(monotonic))


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the clock. All figures are seconds, but for the time of day it will end."""

    card_spent: float
    card_planned: int
    phase_spent: float
    phase_planned: int
    spent: float
    planned: int
    ends: datetime
    """When it will be over, if what is left takes the time it was given."""
    behind: float
    """How much later than wanted that is; negative where there is time to spare."""

    @property
    def card_left(self) -> float:
        """Seconds left for this card; negative past its time."""
        return self.card_planned - self.card_spent


def reading(session: Session, elapsed: float, now: datetime) -> Reading:
    """Look at the clock of a session that has lasted `elapsed` seconds."""
    planned = session.opened.plan.seconds
    spent = session.spent_until(elapsed)
    current = session.current or ""
    phase = session.agenda.phase_of.get(current)
    cards = [prompt.id for prompt in phase.prompts] if phase else []
    left = max(0.0, planned.get(current, 0) - spent.get(current, 0.0))
    left += sum(planned[prompt] for prompt in session.remaining())
    ends = now + timedelta(seconds=left)
    return Reading(
        card_spent=spent.get(current, 0.0),
        card_planned=planned.get(current, 0),
        phase_spent=sum(spent.get(card, 0.0) for card in cards),
        phase_planned=sum(planned.get(card, 0) for card in cards),
        spent=elapsed,
        planned=sum(planned.values()),
        ends=ends,
        behind=(ends - session.ends).total_seconds(),
    )
