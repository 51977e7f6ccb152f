"""What comes from outside: the window was closed, the program shall end, or stand still."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
"""What says that it is over; Windows has no SIGHUP."""
STANDS_STILL = getattr(signal, "SIGTSTP", None)
LOOK_UP = 0.5
"""Seconds after which a wait for a line looks up."""


class HungUp(KeyboardInterrupt):
    """The window was closed, or the system ends the program."""


@dataclass
class HangUp:
    """Notes that it is over, and wakes whoever waits for a key."""

    came: bool = False
    wake: Callable[[], None] | None = None
    """What ends a wait; where there is none, the wait is broken off by an exception."""

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for as long as somebody is asked; what was ignored before stays so."""
        heard = [each for each in ENDS if signal.getsignal(each) is not signal.SIG_IGN]
        before = {each: signal.signal(each, self._heard) for each in heard}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _heard(self, *_: object) -> None:
        """Only the first one counts: a closed window tells it more than once."""
        if self.came:
            return
        self.came = True
        if self.wake is None:
            raise HungUp
        self.wake()


@contextmanager
def looking_up() -> Iterator[None]:
    """Break off each wait for a line now and then, and wait on.

    What comes in the instant before a wait begins would be heard only when it is over.
    """
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, LOOK_UP, LOOK_UP)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def standing_still(when_told: Callable[[], None]) -> Iterator[None]:
    """Let something be done instead of just standing still, for a terminal that is taken."""
    if STANDS_STILL is None:
        yield
        return
    before = signal.signal(STANDS_STILL, lambda *_: when_told())
    try:
        yield
    finally:
        signal.signal(STANDS_STILL, before)


def stand_still() -> None:
    """Stand still until the shell says to go on."""
    if STANDS_STILL is not None:
        before = signal.signal(STANDS_STILL, signal.SIG_DFL)
        os.kill(os.getpid(), STANDS_STILL)
        signal.signal(STANDS_STILL, before)
