"""Measure what people feel, as ratios where a ratio says more, and write docs/benchmarks.md.

Run it from the top of the repository, on Linux: `python benchmarks/run.py`.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from terminals import ENTER, Pty  # noqa: E402 - beside the tests that use it

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BARE = [sys.executable, "-c", "import questionary; questionary.text('Well?').ask()"]
ROUNDS = 9
KEYS = 300
ANSWERS = 15
WAIT = 20.0
"""Seconds of waiting at a card."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    figure: str
    spread: str
    target: str


def environment(home: str) -> Mapping[str, str]:
    """The environment of a measured session."""
    return {**os.environ, "TERM": "xterm-256color", "MENTORWALK_HOME": home}


def started(home: str) -> Pty:
    """A session that is about to start; names and length are known."""
    command = [sys.executable, "-m", "mentorwalk", "start"]
    return Pty([*command, "--mentor", "Ada", "--mentee", "Grace"], environment(home), ROOT)


def seconds_until(terminal: Pty, text: str) -> float:
    """Seconds from the start of a process until a text stands on its screen."""
    began = time.perf_counter()
    with terminal:
        terminal.wait_for(text)
        return time.perf_counter() - began


def first_question() -> Row:
    """Time to the first question, beside a bare questionary script, in turn."""
    with tempfile.TemporaryDirectory() as home:
        pairs = [
            (
                seconds_until(started(home), "When do you have to stop"),
                seconds_until(Pty(BARE, environment(home), ROOT), "Well?"),
            )
            for _ in range(ROUNDS)
        ]
    ours = statistics.median(pair[0] for pair in pairs) * 1000
    return ratio("time to the first question, to a bare prompt", pairs, f"({ours:.0f} ms)", "2.0")


def ratio(what: str, pairs: list[tuple[float, float]], note: str, target: str) -> Row:
    """A row for the median of ratios, pair by pair."""
    ratios = sorted(ours / bare for ours, bare in pairs)
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    return Row(what, f"{statistics.median(ratios):.2f} {note}", spread, f"{target} or less")


def talked_to_a_card(terminal: Pty) -> None:
    """Walk to the card where the purpose is written down."""
    for words in ("When do you have to stop", "For your eyes only", "Share this window now"):
        terminal.press(words, ENTER)
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


def waited(terminal: Pty) -> float:
    """Seconds on a processor while a process waits at a prompt."""
    before, until = on_processor(terminal), time.monotonic() + WAIT
    while time.monotonic() < until:
        terminal.read(0.5)
    return on_processor(terminal) - before


def waiting() -> Iterator[Row]:
    """What waiting at a card costs, beside a prompt without a clock; and memory."""
    with tempfile.TemporaryDirectory() as home:
        with started(home) as terminal:
            talked_to_a_card(terminal)
            ours = waited(terminal)
            status = Path(f"/proc/{terminal.pid}/status").read_text(encoding="ascii")
        with Pty(BARE, environment(home), ROOT) as terminal:
            terminal.wait_for("Well?")
            bare = waited(terminal)
    share = ours / WAIT * 100
    times = f"{ours / bare:.0f} times" if bare else "no figure: the bare prompt took none"
    what = f"processor time waiting {WAIT:g} s at a card"
    yield Row(what, f"{share:.2f} % of a core", "one run", "below 0.5 %")
    yield Row(f"{what}, to a bare prompt", times, "one run", "told, not aimed at")
    resident = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    yield Row("memory at a card", f"{int(resident) / 1024:.0f} MB", "one run", "below 100 MB")


def echoes() -> Row:
    """From a key to its letter on the screen."""
    taken = []
    with tempfile.TemporaryDirectory() as home, started(home) as terminal:
        talked_to_a_card(terminal)
        terminal.send("I")
        terminal.wait_for("just as Grace says them")
        for number in range(KEYS):
            before, began = len(terminal.raw), time.perf_counter()
            terminal.send("abcdefghij"[number % 10] if number % 50 else " ")
            while len(terminal.raw) == before:
                terminal.read(1.0)
            taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    late = taken[int(len(taken) * 0.99)]
    spread = f"{statistics.median(taken):.1f} ms at the median, {taken[-1]:.1f} at most"
    return Row(f"key to echo, 99th percentile of {KEYS}", f"{late:.1f} ms", spread, "16 ms or less")


def synced(folder: Path) -> float:
    """Milliseconds that one line takes to be on disk here, whoever writes it."""
    file = os.open(folder / "line", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    began = time.perf_counter()
    os.write(file, b"x" * 150 + b"\n")
    os.fsync(file)
    taken = (time.perf_counter() - began) * 1000
    os.close(file)
    return taken


def on_disk() -> Row:
    """From Enter to the answer on disk, beyond what the disk itself takes."""
    taken = []
    with tempfile.TemporaryDirectory() as home, started(home) as terminal:
        talked_to_a_card(terminal)
        (journal,) = Path(home).glob("sessions/*/session.jsonl")
        disk = statistics.median(synced(Path(home)) for _ in range(ANSWERS))
        for number in range(ANSWERS):
            terminal.send("x" if number == 0 else f"{ENTER}{number}")
            terminal.wait_for("just as Grace says them")
            wanted = count(journal) + 1
            began = time.perf_counter()
            terminal.send(ENTER)
            while count(journal) < wanted:
                pass
            taken.append((time.perf_counter() - began) * 1000 - disk)
            terminal.press("of yours may help here, and on what", "/back" + ENTER)
            terminal.wait_for("or just type")
            terminal.wait_for("differently by then")
    spread = f"{min(taken):.1f} to {max(taken):.1f} ms; the disk itself {disk:.1f} ms"
    median = statistics.median(taken)
    return Row(
        f"Enter to answer on disk, {ANSWERS} times", f"{median:.1f} ms", spread, "5 ms or less"
    )


def count(journal: Path) -> int:
    """The answers in a journal."""
    lines = journal.read_bytes().split(b"\n")[:-1]
    return sum(json.loads(line)["event"] == "answered" for line in lines)


def table(rows: list[Row]) -> str:
    """The figures as a page."""
    cores, version = os.cpu_count(), sys.version.split()[0]
    machine = f"One run, a shared machine of {cores} cores, Python {version}: quote the ratios."
    lines = [f"| {row.what} | {row.figure} | {row.spread} | {row.target} |" for row in rows]
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Written by `python benchmarks/run.py`. {machine}",
            "",
            "| what | median | spread | target |",
            "|---|---|---|---|",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Measure everything, print the table and write the page."""
    page = table([first_question(), *waiting(), echoes(), on_disk()])
    (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
