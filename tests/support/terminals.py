"""Terminals and clocks for tests: keys in and pictures out, in this process or in a real pty."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Self

import pyte
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from mentorwalk.engine.frontend import Action, Command
from mentorwalk.frontends.live.keyboard import keys_made_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from prompt_toolkit.input import PipeInput

UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
HOME, END = "\x1b[H", "\x1b[F"
ENTER, ALT_ENTER, TAB, ESCAPE, BACKSPACE = "\r", "\x1b\r", "\t", "\x1b", "\x7f"
SHIFT_TAB = "\x1b[Z"
CTRL_A, CTRL_C, CTRL_D, CTRL_J = "\x01", "\x03", "\x04", "\n"
CTRL_U, CTRL_Z, SHIFT_TAB = "\x15", "\x1a", "\x1b[Z"
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
PATIENCE = 60.0
"""Seconds to wait for anything; what takes longer will not come, however busy the machine is."""
GLANCE = 1 / 3
"""Seconds after which an Enter on a new page counts."""

OPTIONS = [
    ("b", "/back", Command(Action.BACK)),
    ("s", "/skip", Command(Action.SKIP)),
    ("p", "/park", Command(Action.PARK)),
    ("h", "/hint", Command(Action.HINT)),
    ("o", "/off", Command(Action.OFF)),
    ("z", "/pause", Command(Action.PAUSE)),
    ("mj", "/jump", Command(Action.JUMP)),
    ("me", "/extra", Command(Action.EXTRA)),
    ("mt", "/exercise", Command(Action.EXERCISE)),
    ("mn", "/note", Command(Action.NOTE)),
    ("mo", "/off", Command(Action.OFF)),
    ("m2", "/+2", Command(Action.MORE_TIME, minutes=2)),
    ("m5", "/+5", Command(Action.MORE_TIME, minutes=5)),
    ("ml", "/shorten", Command(Action.SHORTEN)),
    ("mr", "/review", Command(Action.REVIEW)),
    ("ma", "/names", Command(Action.NAMES)),
    ("mw", "/contact", Command(Action.CONTACT)),
    ("mx", "/stop", Command(Action.STOP)),
]
"""The commands at every stop: the letters after Tab, the typed word, and the reply."""

_ALTERNATE = 1049
_TAKES_TERMINAL = (
    "import fcntl, os, sys, termios; "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


def pasted(text: str) -> str:
    """Return text as a terminal sends it when it is pasted."""
    return f"\x1b[200~{text}\x1b[201~"


def folded(text: str) -> str:
    """Return text with every run of white space as one space, so wrapping changes nothing."""
    return " ".join(text.split())


class FakeClock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.began = datetime(2026, 11, 22, 15, 0, tzinfo=timezone(timedelta(hours=1)))
        self.seconds = 0.0

    def now(self) -> datetime:
        """Return the time of day."""
        return self.began + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        """Return the seconds since an odd beginning, as real clocks do."""
        return 1000.0 + self.seconds

    def zone(self) -> str:
        """Return a time zone that has this time of day."""
        return "Europe/Warsaw"

    def advance(self, seconds: float) -> None:
        """Let time go by."""
        self.seconds += seconds


# --- In this process

Step = str | tuple[str, str]
"""Keys; or a text, and the keys to press when it appears on the screen."""


class Terminal(io.StringIO):
    """The output of prompt_toolkit: presses the next keys when the awaited text appears."""

    def __init__(self, pipe: PipeInput, script: tuple[Step, ...], size: Size) -> None:
        super().__init__()
        self.pictures: list[tuple[str, ...]] = []
        """Every picture drawn, as rows, without empty ones."""
        self.raw: list[str] = []
        """Everything written, with its codes."""
        self.around_cursor: tuple[str, str] = ("", "")
        """The letters before the cursor and under it, when the last picture was drawn."""
        self._screen = pyte.Screen(size.columns, size.rows)
        self._stream = pyte.Stream(self._screen)
        self._rows = list(self._screen.display)
        self._pipe = pipe
        self._script = list(script)
        self._press()

    @property
    def last(self) -> tuple[str, ...]:
        """The last picture."""
        return self.pictures[-1]

    @property
    def words(self) -> str:
        """The last picture as one line of words."""
        return folded(" ".join(self.last))

    @property
    def awaited(self) -> list[Step]:
        """The rest of the script, which was never reached."""
        return self._script

    def write(self, text: str) -> int:
        """Draw, look, press."""
        self.raw.append(text)
        self._stream.feed(text)
        # A picture differs in a few rows from the one before, and reading a row takes long.
        for row in self._screen.dirty:
            cells = self._screen.buffer[row]
            self._rows[row] = "".join(cells[x].data for x in range(self._screen.columns))
        self._screen.dirty.clear()
        picture = tuple(self._rows)
        if any(row.strip() for row in picture):
            self.pictures.append(picture)
            self.around_cursor = self._around(self._screen.cursor)
            if self._script and self._script[0][0] in folded(" ".join(picture)):
                self._pipe.send_text(self._script.pop(0)[1])
                self._press()
        return len(text)

    def seen(self, text: str) -> bool:
        """Return whether a text appeared on any picture."""
        return any(text in folded(" ".join(picture)) for picture in self.pictures)

    def _around(self, cursor: Any) -> tuple[str, str]:
        row = self._screen.buffer[cursor.y]
        before = row[cursor.x - 1].data or row[cursor.x - 2].data if cursor.x else ""
        return before, row[cursor.x].data

    def _press(self) -> None:
        while self._script and isinstance(keys := self._script[0], str):
            self._pipe.send_text(keys)
            self._script.pop(0)
        if not self._script:
            self._pipe.close()


@contextmanager
def fed(*script: Step, columns: int = 80, rows: int = 24) -> Iterator[Terminal]:
    """Feed keys to every prompt inside; then end the input, so nothing waits for ever."""
    size = Size(rows, columns)
    with create_pipe_input() as pipe:
        terminal = Terminal(pipe, script, size)
        output = Vt100_Output(terminal, lambda: size, term="xterm", enable_cpr=False)
        watchdog = threading.Timer(PATIENCE, pipe.close)
        watchdog.start()
        try:
            with keys_made_once(), create_app_session(input=pipe, output=output):
                yield terminal
        finally:
            watchdog.cancel()
            watchdog.join()


# --- In a real pty


class _Screen(pyte.Screen):
    """A screen that answers queries, and restores the first page after the second."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], None]) -> None:
        super().__init__(columns, rows)
        self._answer = answer
        self._first_page: Any = None

    @property
    def on_second_page(self) -> bool:
        return self._first_page is not None

    def write_process_input(self, data: str) -> None:
        self._answer(data)

    def set_mode(self, *modes: int, **options: Any) -> None:
        if _ALTERNATE in modes and options.get("private") and self._first_page is None:
            self._first_page = (deepcopy(self.buffer), deepcopy(self.cursor))
            self.erase_in_display(2)
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes: int, **options: Any) -> None:
        super().reset_mode(*modes, **options)
        if _ALTERNATE in modes and options.get("private") and self._first_page is not None:
            self.buffer, self.cursor = self._first_page
            self._first_page = None


@dataclass
class Pty:
    """A command in a terminal of its own; it ends with the block."""

    command: list[str]
    environment: Mapping[str, str]
    folder: Path
    columns: int = 80
    rows: int = 24
    raw: bytearray = field(default_factory=bytearray)
    """Every byte that the command wrote."""
    read_at: float = 0.0
    """When the last of them arrived, by `time.perf_counter`."""

    def __enter__(self) -> Self:
        """Start the command as the leader of a session with this terminal."""
        self._ours, self._theirs = pty.openpty()
        self._set_size()
        self.before: list[Any] = termios.tcgetattr(self._theirs)
        self._screen = _Screen(self.columns, self.rows, self.send)
        self._stream = pyte.ByteStream(self._screen)
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", _TAKES_TERMINAL, *self.command],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env=dict(self.environment),
            cwd=self.folder,
            start_new_session=True,
        )
        return self

    def __exit__(self, *exception: object) -> None:
        """End the command if it still runs, and close the terminal."""
        if self._process.poll() is None:
            self.kill()
        os.close(self._ours)
        os.close(self._theirs)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen as they are now."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def cells(self) -> list[list[Any]]:
        """The screen cell by cell, with colours."""
        rows, columns = range(self.rows), range(self.columns)
        return [[self._screen.buffer[row][column] for column in columns] for row in rows]

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def words(self) -> str:
        """The screen as one line of words."""
        return folded(" ".join(self._screen.display))

    @property
    def on_second_page(self) -> bool:
        """Whether the command has taken the whole screen."""
        return bool(self._screen.on_second_page)

    @property
    def modes(self) -> list[Any]:
        """The attributes of the terminal, such as echo, as `termios` has them."""
        return termios.tcgetattr(self._theirs)

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        self._set_size()

    def wait_for(self, text: str) -> None:
        """Read until a text appears on the screen.

        Raises:
            AssertionError: It never came; with the screen as it is.
        """
        self.wait_until(lambda: text in self.words, text)

    def wait_until(self, holds: Callable[[], bool], wanted: str) -> None:
        """Read until a condition is met.

        Raises:
            AssertionError: It never was; with the screen as it is.
        """
        deadline = time.monotonic() + PATIENCE
        while not holds():
            left = deadline - time.monotonic()
            ended = self._process.poll() is not None
            if not self.read(0.0 if ended else left) and (ended or left <= 0):
                shown = "\n".join(self.lines)
                raise AssertionError(f"Waited for {wanted!r}; there was:\n{shown}")

    def press(self, text: str, keys: str) -> None:
        """Press keys when a text appears on the screen; Enter once somebody can have seen it."""
        self.wait_for(text)
        seen = time.monotonic() + GLANCE
        while keys.startswith(ENTER) and self.on_second_page and time.monotonic() < seen:
            self.read(seen - time.monotonic())
        self.send(keys)

    def kill(self) -> None:
        """End the command at once, as a crash would."""
        self._process.kill()
        self._process.wait(PATIENCE)
        self._read_all()

    @property
    def keyboard(self) -> int:
        """The file that takes what is typed."""
        return self._ours

    def close_window(self) -> None:
        """Close the terminal, as when its window is closed."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self._ours)
        os.close(nowhere)

    def ended(self) -> int:
        """Wait for the command to end, read the rest of its output, and return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._process.poll() is None:
            assert time.monotonic() < deadline, f"It goes on:\n{self.words}"
            self.read(0.05)
        self._read_all()
        return self._process.returncode

    def _read_all(self) -> None:
        while self.read(0.0):
            pass

    def read(self, seconds: float) -> bool:
        """Read what there is, waiting at most that many seconds; return whether anything came."""
        ready, _, _ = select.select([self._ours], [], [], max(0.0, min(seconds, 0.5)))
        if not ready:
            return False
        data = os.read(self._ours, 65536)
        if not data:
            time.sleep(min(seconds, 0.05))
            return False
        self.read_at = time.perf_counter()
        self.raw += data
        self._stream.feed(data)
        return True

    def _set_size(self) -> None:
        size = struct.pack("HHHH", self.rows, self.columns, 0, 0)
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, size)
