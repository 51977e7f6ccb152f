"""The terminal of a live session: the whole screen, taken once and given back as it was."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

try:
    import termios
except ImportError:
    termios = None  # type: ignore[assignment]  # Windows has none, and echoes nothing here

from prompt_toolkit.application import create_app_session, get_app, get_app_or_none, run_in_terminal
from prompt_toolkit.input import create_input
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from mentorwalk.frontends.live.keyboard import drop_reports, keys_made_once
from mentorwalk.frontends.signals import suspending, wait_suspended
from mentorwalk.frontends.signs import ASCII, Symbols

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator

REPORTS_OFF = "\x1b[?1000;1002;1003;1004;1006;1015l\x1b[=0;1u\x1b[>4m\x1b[m"
"""Mouse and focus reports, and the other codes for keys, which a program that crashed left on.

The last one undoes what a terminal takes the one before it for.
"""


class _WholeScreen(Vt100_Output):
    """An output whose alternate screen outlives each prompt, so that nothing flickers between."""

    @property
    def responds_to_cpr(self) -> bool:
        """Return False: the page begins in the corner, so nobody asks where the cursor is.

        A terminal that never answers would delay the first picture, and get a warning printed.
        """
        return False

    def enter_alternate_screen(self) -> None:
        """Go to the corner only: the screen is taken for the whole session."""
        self.write_raw("\x1b[H")

    def quit_alternate_screen(self) -> None:
        """Stay on it until the session ends."""

    def erase_down(self) -> None:
        """Erase, but keep the last picture of a page until the next is drawn over it."""
        if not get_app().is_done:
            super().erase_down()


@dataclass
class _Terminal:
    """The terminal; keys pressed between two pages wait for the next one, and are not echoed."""

    output: Vt100_Output
    modes: list[int | list[bytes | int]] = field(default_factory=list)
    """How it was set before."""

    def take(self) -> None:
        """Take the whole screen, and silence the keys."""
        if termios:
            self.modes = termios.tcgetattr(sys.stdin)
            silent = termios.tcgetattr(sys.stdin)
            # Without ICRNL, an Enter pressed between two pages stays the key that the next awaits.
            silent[0] &= ~termios.ICRNL
            silent[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
        self.output.write_raw(f"\x1b[?1049h{REPORTS_OFF}\x1b[2J\x1b[H")
        self.output.flush()

    def give_back(self) -> None:
        """Restore what was there before; nothing of the talk stays in the history."""
        with suppress(OSError):  # a window that was closed takes nothing back
            self.output.write_raw("\x1b[?1049l")
            self.output.show_cursor()
            self.output.flush()
        if termios:
            with suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSANOW, self.modes)

    def suspend(self) -> None:
        """Give the terminal back while the program is suspended, and take it again."""
        application = get_app_or_none()
        if application and application.loop:
            soon(application.loop, lambda: run_in_terminal(self._suspend))
        else:
            self._suspend()

    def _suspend(self) -> None:
        self.give_back()
        wait_suspended()
        self.take()


def soon(loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> None:
    """Call something between two steps of a loop; a signal comes in the middle of one."""
    with suppress(RuntimeError):  # the loop is closed, and so is its page
        loop.call_soon_threadsafe(call)


@contextmanager
def whole_screen() -> Iterator[Symbols]:
    """Take the terminal until the session ends; give the symbols that it can show."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    term = os.environ.get("TERM", "")
    depth = ColorDepth.from_env() or (ColorDepth.DEPTH_4_BIT if "16color" in term else None)
    output = _WholeScreen.from_pty(sys.stdout, term=term, default_color_depth=depth)
    terminal = _Terminal(output)
    keyboard = drop_reports(create_input())
    with (
        keys_made_once(),
        create_app_session(keyboard, output),
        suspending(terminal.suspend),
    ):
        terminal.take()
        try:
            yield Symbols() if "utf" in encoding else ASCII
        finally:
            terminal.give_back()
