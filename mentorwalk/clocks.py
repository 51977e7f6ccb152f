"""Clocks: the computer's own, and a fast one for rehearsals."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorwalk.pace import Clock


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The time of day, here."""
        return datetime.now().astimezone()

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


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

    def _passed(self) -> float:
        return (self.real.monotonic() - self._start) * self.speed
