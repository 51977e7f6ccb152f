"""Clocks: the computer's own, and a fast one for rehearsals."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorwalk.domain.timing import Clock


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The time of day, here."""
        return datetime.now().astimezone()

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def zone(self) -> str:
        """The IANA key of the computer's time zone; empty where none fits the time of day."""
        # Loaded here, because most commands do not ask for it.
        import logging
        from zoneinfo import ZoneInfo

        from tzlocal import get_localzone_name

        # What it would warn of would land on the shared screen.
        logging.getLogger("tzlocal").disabled = True
        try:
            key = get_localzone_name() or ""
            there = datetime.now(ZoneInfo(key)).utcoffset()
        except (KeyError, ValueError, OSError):
            return ""
        return key if there == self.now().utcoffset() else ""


@dataclass
class FastClock:
    """A clock that runs faster than another, from now on."""

    speed: float
    """Seconds that go by in one."""
    real: Clock = field(default_factory=SystemClock)

    def __post_init__(self) -> None:
        """Begin now."""
        self._began, self._start = self.real.now(), self.real.monotonic()

    def now(self) -> datetime:
        """The time of day, had so much time gone by."""
        return self._began + timedelta(seconds=self._passed())

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return self._start + self._passed()

    def zone(self) -> str:
        """The IANA key of the time zone."""
        return self.real.zone()

    def _passed(self) -> float:
        return (self.real.monotonic() - self._start) * self.speed
