"""Measure what people feel, as ratios where a ratio says more, and write docs/benchmarks.md.

Run it from the top of the repository, on Linux, when nothing else runs: `python benchmarks/run.py`.
What is compared is measured in turn, so that a busy moment meets both; a median stands for each.
"""

from __future__ import annotations

import fcntl
import os
import platform
import pty
import re
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.terminals import ENTER, Pty  # noqa: E402 - beside the tests that use it

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BARE = [sys.executable, "-c", "import questionary; questionary.text('Well?').ask()"]
OURS = [sys.executable, "-m", "mentorwalk", "start"]
ROUNDS = 41
KEYS = 1000
LETTERS = "QWXYZ "
"""What is typed: letters that neither the clock nor an escape code is written with, and spaces."""
TEXT = 200
"""Keys after which the box is emptied: about three rows."""
EMPTY = "\x15"
"""Ctrl-U."""
BETWEEN_KEYS = 0.02
"""Seconds; faster than anybody types."""
ANSWERS = 60
WAIT = 20.0
"""Seconds of waiting at a card."""
SIZE = struct.pack("HHHH", 24, 80, 0, 0)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    figure: str
    spread: str
    target: str


def environment(home: str) -> Mapping[str, str]:
    """The environment of a measured process: Python as it is when nobody has set it up."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**own, "TERM": "xterm-256color", "MENTORWALK_HOME": home}


def seconds_until(command: list[str], home: str, text: bytes) -> float:
    """Seconds from the start of a process until a text has come to its terminal."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, SIZE)
        os.chdir(ROOT)
        os.execve(command[0], command, environment(home))
    drawn = b""
    while text not in re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", drawn):
        drawn += os.read(terminal, 65536)
    taken = time.perf_counter() - began
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    return taken


def first_question() -> Iterator[Row]:
    """Time to the first question, beside a bare questionary script, in turn."""
    named = [*OURS, "--mentor", "Ada", "--mentee", "Grace"]
    with tempfile.TemporaryDirectory() as home:
        seconds_until(OURS, home, b"Mentor's name")
        rounds = [
            (
                seconds_until(OURS, home, b"Mentor's name"),
                seconds_until(BARE, home, b"Well?"),
                seconds_until(named, home, b"Who sits at this keyboard?"),
            )
            for _ in range(ROUNDS)
        ]
    bare = [bare for _, bare, _ in rounds]
    what = "time to the first question, to a bare prompt"
    yield ratio(what, [ours for ours, _, _ in rounds], bare)
    yield ratio(f"{what}, with the names given", [ours for _, _, ours in rounds], bare)


def ratio(what: str, ours: list[float], bare: list[float]) -> Row:
    """A row for the median of ratios, pair by pair."""
    ratios = [our / other for our, other in zip(ours, bare, strict=True)]
    figures = f"{statistics.median(ours) * 1000:.0f} ms to {statistics.median(bare) * 1000:.0f} ms"
    median = f"{statistics.median(ratios):.2f} ({figures})"
    return Row(what, median, f"{middle(ratios)}; {len(ratios)} pairs", "2.0 or less")


def middle(figures: list[float]) -> str:
    """Between which figures the middle half lies."""
    low, _, high = statistics.quantiles(figures, n=4)
    return f"{low:.2f} to {high:.2f}"


def session(home: str) -> Pty:
    """A session that is about to start; names are known."""
    return Pty([*OURS, "--mentor", "Ada", "--mentee", "Grace"], environment(home), ROOT)


def talked_to_a_card(terminal: Pty) -> None:
    """Walk to the card where the purpose is written down."""
    for words in (
        "Who sits at this",
        "When do you have to stop",
        "preparation file",
        "For your eyes only",
    ):
        terminal.press(words, ENTER)
    terminal.press("Share this window now", ENTER)
    for words in ("do you arrive", "comfortable for you", "is that all right", "Leave the CV"):
        terminal.press(words, ENTER)
    for words in ("lose track of time", "someone who helped", "talk things through"):
        terminal.press(words, ENTER)
    terminal.press("on your mind these days", ENTER)
    terminal.wait_for("Picture our last session")


def on_processor(terminal: Pty) -> float:
    """Seconds that a process has been on a processor."""
    nanoseconds = Path(f"/proc/{terminal.pid}/schedstat").read_text(encoding="ascii").split()[0]
    return int(nanoseconds) / 1e9


def waited(ours: Pty, bare: Pty) -> tuple[float, float]:
    """Seconds on a processor while two processes wait at a prompt, at the same time."""
    before, until = (on_processor(ours), on_processor(bare)), time.monotonic() + WAIT
    while time.monotonic() < until:
        ours.read(0.5)
        bare.read(0.0)
    return on_processor(ours) - before[0], on_processor(bare) - before[1]


def waiting() -> Iterator[Row]:
    """What waiting at a card costs, beside a prompt without a clock; and memory."""
    with (
        tempfile.TemporaryDirectory() as home,
        session(home) as terminal,
        Pty(BARE, environment(home), ROOT) as prompt,
    ):
        talked_to_a_card(terminal)
        prompt.wait_for("Well?")
        ours, bare = waited(terminal, prompt)
        status = Path(f"/proc/{terminal.pid}/status").read_text(encoding="ascii")
    times = f"{ours / bare:.0f} times" if bare else "no figure: the bare prompt took none"
    what = f"processor time waiting {WAIT:g} s at a card"
    yield Row(what, f"{ours / WAIT * 100:.2f} % of a core", "one run", "below 0.5 %")
    yield Row(f"{what}, to a bare prompt", times, "one run", "told, not aimed at")
    resident = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    yield Row("memory at a card", f"{int(resident) / 1024:.0f} MB", "one run", "below 100 MB")


def echoed(terminal: Pty, key: str) -> float:
    """Milliseconds from a key until its letter has come to the terminal."""
    before, began = len(terminal.raw), time.perf_counter()
    terminal.send(key)
    while len(terminal.raw) == before or key.strip().encode() not in terminal.raw[before:]:
        terminal.read(1.0)
    return (terminal.read_at - began) * 1000


def echoes() -> Row:
    """From a key to its letter on the screen."""
    taken = []
    with tempfile.TemporaryDirectory() as home, session(home) as terminal:
        talked_to_a_card(terminal)
        terminal.send("I")
        terminal.wait_for("just as Grace says them")
        for number in range(KEYS):
            if number % TEXT == 0:
                terminal.send(EMPTY)
                terminal.wait_until(lambda: "Q" not in terminal.words, "an empty box")
            taken.append(echoed(terminal, LETTERS[number % len(LETTERS)]))
            time.sleep(BETWEEN_KEYS)
    taken.sort()
    late = taken[int(len(taken) * 0.99)]
    spread = f"{statistics.median(taken):.1f} ms at the median, {taken[-1]:.1f} at most"
    return Row(f"key to echo, 99th percentile of {KEYS}", f"{late:.1f} ms", spread, "16 ms or less")


def synced(folder: Path) -> float:
    """Milliseconds that one line takes to be on disk here, whoever writes it."""
    file = os.open(folder / "line", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(file, b"x" * 150 + b"\n")
    began = time.perf_counter()
    os.fsync(file)
    taken = (time.perf_counter() - began) * 1000
    os.close(file)
    return taken


def on_disk() -> Row:
    """From Enter to the answer in its file, where fsync takes it to the disk."""
    taken, disk = [], []
    with tempfile.TemporaryDirectory() as home, session(home) as terminal:
        talked_to_a_card(terminal)
        (journal,) = Path(home).glob("sessions/*/session.jsonl")
        for number in range(ANSWERS):
            terminal.send("x" if number == 0 else f"{ENTER}{number}")
            terminal.wait_for("just as Grace says them")
            disk.append(synced(Path(home)))
            wanted = answers_in(journal) + 1
            began = time.perf_counter()
            terminal.send(ENTER)
            while answers_in(journal) < wanted:
                pass
            taken.append((time.perf_counter() - began) * 1000)
            terminal.press("of yours may help here, and on what", "/back" + ENTER)
            terminal.wait_for("or just type")
            terminal.wait_for("differently by then")
    return Row(
        f"Enter to answer on disk, beyond fsync, {ANSWERS} times",
        f"{statistics.median(taken):.1f} ms",
        f"{middle(taken)} ms; fsync {statistics.median(disk):.1f} ms",
        "5 ms or less",
    )


def answers_in(journal: Path) -> int:
    """The answers in a journal."""
    return journal.read_bytes().count(b'"event":"answered"')


def table(rows: list[Row], load: float) -> str:
    """The figures as a page."""
    machine = f"{os.cpu_count()} cores, {load:.1f} of them busy before it"
    python = f"Python {platform.python_version()}"
    lines = [f"| {row.what} | {row.figure} | {row.spread} | {row.target} |" for row in rows]
    written = f"Written by `python benchmarks/run.py`. One run, {machine}, {python}"
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"{written}: quote the ratios. A spread is where the middle half lies.",
            "",
            "| what | median | spread | target |",
            "|---|---|---|---|",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Measure everything, print the table and write the page."""
    load = os.getloadavg()[0]
    page = table([*first_question(), *waiting(), echoes(), on_disk()], load)
    path = ROOT / "docs" / "benchmarks.md"
    # What the other scripts measured stays below.
    _, marker, others = path.read_text(encoding="utf-8").partition("<!-- ")
    path.write_text(f"{page}\n{marker}{others}", encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
