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
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.crashing import plain  # noqa: E402 - beside the tests that use it
from support.terminals import ENTER, SHIFT_TAB, Pty  # noqa: E402

from mentorwalk.storage.files import AGENDA, JOURNAL, RENDERED  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BARE = [sys.executable, "-c", "import questionary; questionary.text('Well?').ask()"]
NEXT = [
    sys.executable,
    "-c",
    """import questionary
while True:
    questionary.text('Well?').ask()
    questionary.select('Which?', ['one', 'two', 'three']).ask()
""",
]
"""A script that asks one bare question after another."""
OURS = [sys.executable, "-m", "mentorwalk", "start"]
NAMED = [*OURS, "--mentor", "Ada", "--mentee", "Grace"]
PREP = [sys.executable, "-m", "mentorwalk", "prep"]
ADD = [sys.executable, "-m", "mentorwalk", "agenda", "add"]
OWN = "mentorwalk: 1\nid: ours\nextends: first-session\ntitle: Ours\n"
"""An agenda that a programme may have, following the one that is bundled."""
VERSION = [sys.executable, "-m", "mentorwalk", "--version"]
NOTHING = [sys.executable, "-c", "pass"]
SESSION_LIST = [sys.executable, "-m", "mentorwalk", "sessions"]
RESUME = [sys.executable, "-m", "mentorwalk", "resume"]
ROUNDS = 21
SESSIONS, CROWDED = 10_000, 5
"""How many sessions a home has, and how often it is measured beside an empty one."""
PAGES = 40
"""Pages that follow one another by Enter alone: a whole session."""
STOPS = 100
"""The pages of about an hour."""
PAUSE, BETWEEN_PAUSES = 3.0, 10
"""Seconds without a key, and the pages after which they come: people talk longer than that."""
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
CARD = "Imagine that our final session"
"""The card where the purpose is written down."""
QUIET = 0.35
"""Seconds in which nothing comes once a page is whole; pages hold an Enter for a little less."""
NOTES = """\
What is not met, and why:

- **The first question.** Of the 70 ms that `start` takes beyond the bare prompt, 25 go into \
frozen dataclasses, which Python makes anew in each process (80 of them, 0.3 ms each), 13 into \
Rich, 13 into Typer, and the rest into modules of ours. `prep` and `resume` know a session's \
events by then, and `resume` holds its lock. What the first page does without is loaded after \
it; the next step would be to write these classes by hand. An agenda that was added is decoded \
then, and starts as a bundled one does; before, one that extends took 250 ms. To draw \
a page before the program is loaded, so that it is seen at once, would need a second way to draw \
it, which would have to follow language, size and the words of each question: that was left.
- **10,000 sessions.** `sessions` looks at the whole of each journal, so that a damaged line is \
told wherever it is. That costs 0.05 ms a session; an index would cost less, and would be one more \
file with names in it.
- **The slowest Enter** is the last one before the window is shared. The documents are tried with \
imagined sessions there, so that a mistake in a template shows before the talk and not at its \
end. It brings Jinja and the templates along, so that the agreement, the review and the documents \
come without that wait. To prepare it in a pause would hold up the key that ends the \
pause by 40 ms: that is what loading Jinja takes at once.

Memory is measured with a pause at every tenth page, in which Python looks for garbage. Pages that \
follow one another without any, faster than anybody reads, took it from 47 MB to 57 in 800 of them.
"""
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
    firsts = {
        "`start`": (OURS, b"Mentor's name", "1.6 or less"),
        "`start` with the names": (NAMED, b"Who sits at this keyboard?", "1.6 or less"),
        "`prep`": (PREP, b"Before you begin", "1.6 or less"),
        "`start ours`, an agenda that was added": ([*OURS, "ours"], b"Mentor's name", "told"),
        "`resume`": (RESUME, b"Who sits at this keyboard?", "1.9 or less"),
    }
    with tempfile.TemporaryDirectory() as home:
        added(home)
        with session(home) as terminal:
            talked_to_a_card(terminal)
        commands = [(BARE, b"Well?"), *((command, text) for command, text, _ in firsts.values())]
        rounds = [
            [seconds_until(command, home, text) for command, text in commands]
            for _ in range(ROUNDS + 1)
        ][1:]
    bare, *ours = zip(*rounds, strict=True)
    for (name, (_, _, target)), taken in zip(firsts.items(), ours, strict=True):
        yield ratio(f"{name}: time to the first question, to a bare prompt", taken, bare, target)


def added(home: str) -> None:
    """Add an agenda that extends the bundled one."""
    path = Path(home) / "ours.yaml"
    path.write_text(OWN, encoding="utf-8")
    whole([*ADD, str(path)], home)


def whole(command: list[str], home: str) -> float:
    """Seconds from the start of a process to its end."""
    began = time.perf_counter()
    subprocess.run(command, env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - began


def version() -> Iterator[Row]:
    """What `--version` takes, beside Python that does nothing."""
    with tempfile.TemporaryDirectory() as home:
        rounds = [(whole(VERSION, home), whole(NOTHING, home)) for _ in range(ROUNDS + 1)][1:]
    ours, bare = zip(*rounds, strict=True)
    yield ratio("`--version`, to a Python that does nothing", ours, bare, "2 or less")


def ratio(what: str, ours: Sequence[float], bare: Sequence[float], target: str) -> Row:
    """A row for the median of ratios, pair by pair."""
    ratios = [our / other for our, other in zip(ours, bare, strict=True)]
    figures = f"{statistics.median(ours) * 1000:.0f} ms to {statistics.median(bare) * 1000:.0f} ms"
    median = f"{statistics.median(ratios):.2f} ({figures})"
    return Row(what, median, f"{middle(ratios)}; {len(ratios)} pairs", target)


def middle(figures: list[float]) -> str:
    """Between which figures the middle half lies."""
    low, _, high = statistics.quantiles(figures, n=4)
    return f"{low:.2f} to {high:.2f}"


def session(home: str) -> Pty:
    """A session that is about to start; names are known."""
    return Pty(NAMED, environment(home), ROOT)


def talked_to_a_card(terminal: Pty) -> None:
    """Walk to the card where the purpose is written down, by Enter alone."""
    terminal.wait_for("Who sits at this")
    while CARD not in terminal.words:
        entered(terminal)


def entered(terminal: Pty, key: str = ENTER) -> tuple[float, float]:
    """Press a key; return the seconds until the next page began, and until it was whole.

    It is whole when nothing more comes for a while; an Enter that comes sooner would be held.
    """
    while terminal.read(QUIET):
        pass
    before, began = len(terminal.raw), time.perf_counter()
    terminal.send(key)
    terminal.wait_until(lambda: len(terminal.raw) > before, "the next page")
    first = terminal.read_at
    while terminal.read(QUIET):
        pass
    return first - began, terminal.read_at - began


def next_page() -> Iterator[Row]:
    """From Enter to the whole next page, beside the next prompt of a bare script; and memory."""
    with (
        tempfile.TemporaryDirectory() as home,
        session(home) as terminal,
        Pty(NEXT, environment(home), ROOT) as prompt,
    ):
        terminal.wait_for("Who sits at this")
        prompt.wait_for("Well?")
        pairs = [(entered(terminal), entered(prompt)) for _ in range(PAGES)]
        at_first = memory(terminal)
        for number, key in enumerate((SHIFT_TAB, ENTER) * (STOPS // 2), start=1):
            entered(terminal, key)
            if number % BETWEEN_PAUSES == 0:
                paused(terminal)
        after = memory(terminal)
    (first, whole), (_, bare) = (zip(*each, strict=True) for each in zip(*pairs, strict=True))
    what = "Enter to the whole next page, to the next bare prompt"
    yield ratio(what, whole, bare, "1.2 or less")
    late, late_bare = (1000 * statistics.quantiles(each, n=100)[98] for each in (whole, bare))
    spread = f"{late_bare:.0f} ms for the bare prompt"
    yield Row(f"the same, 99th percentile of {PAGES}", f"{late:.0f} ms", spread, "told")
    row = f"{1000 * statistics.median(first):.1f} ms"
    yield Row("Enter to the first row of the next page", row, f"{PAGES} times", "told")
    more = f"{after - at_first:+.1f} MB"
    yield Row(f"memory after {STOPS} more pages", more, f"{after:.0f} MB then", "flat")


def paused(terminal: Pty) -> None:
    """Press no key for a while."""
    until = time.monotonic() + PAUSE
    while time.monotonic() < until:
        terminal.read(0.5)


def crowded() -> Iterator[Row]:
    """What a home of thousands of sessions costs more than one without any, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home, empty = Path(folder) / "home", Path(folder) / "empty"
        empty.mkdir()
        copied(plain(home).folder)
        for name, taken in (("`sessions`", listed), ("`start`, to its second question", begun)):
            pairs = [(taken(str(home)), taken(str(empty))) for _ in range(CROWDED)]
            more = statistics.median(full - none for full, none in pairs)
            what = f"{name}, in a home of {SESSIONS:,} sessions, beyond an empty one"
            yield Row(what, f"{more:.2f} s", f"{CROWDED} pairs", "0.3 s or less")


def copied(session: Path) -> None:
    """Make thousands of sessions of one; its words that are kept apart are left out."""
    files = {name: (session / name).read_bytes() for name in (JOURNAL, AGENDA, RENDERED)}
    for number in range(SESSIONS):
        copy = session.with_name(f"2025-10-{number % 28 + 1:02}-{number}")
        copy.mkdir()
        for name, data in files.items():
            (copy / name).write_bytes(data)


def listed(home: str) -> float:
    """Seconds in which all sessions of a home are listed."""
    began = time.perf_counter()
    subprocess.run(SESSION_LIST, env=environment(home), cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def begun(home: str) -> float:
    """Seconds until a session is about to begin in a home: it was looked for one to go on with."""
    began = time.perf_counter()
    with session(home) as terminal:
        terminal.wait_for("Who sits at this")
        entered(terminal)
        terminal.wait_for("When do you have to stop")
        return time.perf_counter() - began


def memory(terminal: Pty) -> float:
    """Megabytes of a process, what it shares with others counted in part."""
    kept = Path(f"/proc/{terminal.pid}/smaps_rollup").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in kept.splitlines() if line[:4] == "Pss:")) / 1024


def on_processor(terminal: Pty) -> float:
    """Seconds that all threads of a process have been on a processor, to a hundredth."""
    figures = Path(f"/proc/{terminal.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
    user, system = figures.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


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
        kept = memory(terminal)
    times = f"{ours / bare:.0f} times" if bare else "no figure: the bare prompt took none"
    what = f"processor time waiting {WAIT:g} s at a card"
    yield Row(what, f"{ours / WAIT * 100:.2f} % of a core", "one run", "below 0.5 %")
    yield Row(f"{what}, to a bare prompt", times, "one run", "told, not aimed at")
    yield Row("memory at a card", f"{kept:.0f} MB", "one run", "below 100 MB")


def echoed(terminal: Pty, key: str) -> float:
    """Milliseconds from a key until its letter has come to the terminal."""
    before, began = len(terminal.raw), time.perf_counter()
    terminal.send(key)
    while len(terminal.raw) == before or key.strip().encode() not in terminal.raw[before:]:
        terminal.read(1.0)
    return (terminal.read_at - began) * 1000


def echoes() -> Iterator[Row]:
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
    spread = f"{statistics.median(taken):.1f} ms at the median, {taken[-2]:.1f} the second slowest"
    yield Row(f"key to echo, 99th percentile of {KEYS}", f"{late:.1f} ms", spread, "16 ms or less")
    yield Row(f"the slowest of {KEYS} keys", f"{taken[-1]:.1f} ms", "one run", "16 ms or less")


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
            terminal.press("from your experience may help", "/back" + ENTER)
            terminal.wait_for("or just type")
            terminal.wait_for("seeing differently")
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
            NOTES,
        ]
    )


def main() -> None:
    """Measure everything, print the table and write the page."""
    load = os.getloadavg()[0]
    page = table(
        [*first_question(), *version(), *crowded(), *next_page(), *waiting(), *echoes(), on_disk()],
        load,
    )
    path = ROOT / "docs" / "benchmarks.md"
    # What the other scripts measured stays below.
    _, marker, others = path.read_text(encoding="utf-8").partition("<!-- ")
    path.write_text(f"{page}\n{marker}{others}", encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
