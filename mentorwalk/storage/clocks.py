"""Clocks: the computer's own, and a fast one for rehearsals."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorwalk.domain.timing import Clock


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the time of day, in the local time zone; in UTC if that is set to nonsense."""
        try:
            return datetime.now().astimezone()
        except ValueError:  # TZ may name an offset of a day or more.
            return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back, from an arbitrary start."""
        return time.monotonic()

    def zone(self) -> str:
        """Return the IANA key of the computer's time zone; empty if none fits the time of day."""
        # Loaded here: most commands do not need it.
        import logging
        from zoneinfo import ZoneInfo

        from tzlocal import get_localzone_name

        # Its warnings would appear on the shared screen.
        logging.getLogger("tzlocal").disabled = True
        try:
            key = get_localzone_name() or ""
            there = datetime.now(ZoneInfo(key)).utcoffset()
        except (KeyError, ValueError, OSError):
            return ""
        return key if there == self.now().utcoffset() else ""


@dataclass
class FastClock:
    """A clock that starts now and runs faster than another."""

    speed: float
    """How many seconds pass in one second of the real clock."""
    real: Clock = field(default_factory=SystemClock)

    def __post_init__(self) -> None:
        """Start the clock."""
        self._began, self._start = self.real.now(), self.real.monotonic()

    def now(self) -> datetime:
        """Return the time of day on this clock."""
        return self._began + timedelta(seconds=self._passed())

    def monotonic(self) -> float:
        """Return seconds that never go back, from an arbitrary start."""
        return self._start + self._passed()

    def zone(self) -> str:
        """Return the IANA key of the real clock's time zone."""
        return self.real.zone()

    def _passed(self) -> float:
        return (self.real.monotonic() - self._start) * self.speed
