"""The hour at a glance: the phases of a session with their minutes, and when it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.planning import largest_remainder
from mentorwalk.domain.timing import local

if TYPE_CHECKING:
    from datetime import datetime

    from mentorwalk.domain.session import Session


@dataclass(frozen=True)
class PhaseTime:
    """A phase and its planned time."""

    title: str
    minutes: int


@dataclass(frozen=True)
class Glance:
    """What two people see of their session before they begin."""

    phases: tuple[PhaseTime, ...]
    """The planned phases, in order; their minutes sum to the length of the session."""
    ends: datetime
    """When the two want to be done, as the clocks will show it where they are now."""


def glance_of(session: Session) -> Glance:
    """Return a session at a glance, as it was planned."""
    chosen, phase_of = session.opened.plan, session.agenda.phase_of
    seconds: Counter[str] = Counter()
    for slot in filter(attrgetter("seconds"), chosen.slots):
        seconds[phase_of[slot.prompt].id] += slot.seconds
    titles = {phase.id: fill_in(phase.title, session.names) for phase in session.agenda.phases}
    minutes = largest_remainder(list(seconds.values()), chosen.minutes)
    phases = (PhaseTime(titles[id_], lasts) for id_, lasts in zip(seconds, minutes, strict=True))
    ends = local(session.ends, session.zone, session.last.at.tzinfo)
    return Glance(tuple(phases), ends)
