"""Signals from outside: the window was closed, or the program is to end or to be suspended."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
"""The signals that end a session; Windows has no SIGHUP."""
SUSPENDS = getattr(signal, "SIGTSTP", None)
"""The signal that suspends the program; Windows has none."""
WAKE_UP = 0.5
"""Seconds after which a wait for a line is broken off, to look for a signal."""


class HungUp(KeyboardInterrupt):
    """The window was closed, or the system ends the program."""


@dataclass
class HangUp:
    """Records a hang-up or SIGTERM, and wakes the prompt that waits."""

    came: bool = False
    wake: Callable[[], None] | None = None
    """Ends the wait for a key; if None, an exception breaks the wait off."""

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen while people are asked; a signal that is ignored, as by nohup, stays ignored."""
        heard = [each for each in ENDS if signal.getsignal(each) is not signal.SIG_IGN]
        before = {each: signal.signal(each, self._heard) for each in heard}
        told, sys.unraisablehook = sys.unraisablehook, _telling_no_interrupt(sys.unraisablehook)
        try:
            yield
        finally:
            sys.unraisablehook = told
            for each, handler in before.items():
                signal.signal(each, handler)

    def _heard(self, *_: object) -> None:
        """Record the first signal; a closed window can send several."""
        if self.came:
            return
        self.came = True
        if self.wake is None:
            raise HungUp
        self.wake()


def _telling_no_interrupt(
    tells: Callable[[sys.UnraisableHookArgs], object],
) -> Callable[[sys.UnraisableHookArgs], object]:
    """Return what tells of an error that Python cannot raise, but for a Ctrl-C.

    In the instant in which an object is thrown away, it cannot be raised. Its traceback would be
    written into the page that is shown; whoever pressed it presses it again.
    """

    def told(error: sys.UnraisableHookArgs) -> None:
        """Tell of an error that is no Ctrl-C."""
        if not issubclass(error.exc_type, KeyboardInterrupt):
            tells(error)

    return told


@contextmanager
def waking_often() -> Iterator[None]:
    """Break off each wait for a line twice a second, and wait on.

    Python runs a signal's handler between two of its own steps. A signal that arrives in the
    instant before readline() blocks would be handled only after the next line.
    """
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, WAKE_UP, WAKE_UP)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def suspending(suspend: Callable[[], None]) -> Iterator[None]:
    """Call something instead of suspending: a terminal must be given back first."""
    if SUSPENDS is None:
        yield
        return
    before = signal.signal(SUSPENDS, lambda *_: suspend())
    try:
        yield
    finally:
        signal.signal(SUSPENDS, before)


def suspend_group() -> None:
    """Send what the terminal sends at Ctrl+Z, to us and to what started us in the same job."""
    if SUSPENDS is not None:
        os.kill(0, SUSPENDS)


def wait_suspended() -> None:
    """Suspend the program until the shell lets it go on."""
    if SUSPENDS is not None:
        before = signal.signal(SUSPENDS, signal.SIG_DFL)
        os.kill(os.getpid(), SUSPENDS)
        signal.signal(SUSPENDS, before)
