"""Measure what long use costs, and that it grows no faster than what there is: long_life.py.

Run it from the top of the repository: `python benchmarks/long_life.py`. Each line is measured for
some and for ten times as much; the growth is the ratio of the two, so that 10 is linear.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from page import put

ROOT = Path(__file__).parent.parent
TIMES = 5
WRITTEN = (
    "Written by `python benchmarks/long_life.py`. Seconds on a processor, for some and for ten "
    f"times as much, each the least of {TIMES}; a growth of 10 is linear. On a shared machine of"
)
sys.path.insert(0, str(ROOT / "tests"))

from support.building import ADA_AND_GRACE, agenda_of, our_agreement, session_of  # noqa: E402 - beside the tests
from support.crashing import plain, runner  # noqa: E402
from support.terminals import FakeClock  # noqa: E402

from mentorwalk.domain.agenda import Prompt  # noqa: E402
from mentorwalk.domain.fields import Field  # noqa: E402
from mentorwalk.engine.recorder import TICK, SessionRecorder  # noqa: E402
from mentorwalk.engine.walk import Walk  # noqa: E402
from mentorwalk.frontends.scripted import ScriptedFrontend  # noqa: E402
from mentorwalk.storage.journal import FolderJournal, MemoryJournal  # noqa: E402
from mentorwalk.storage.reading import read_events, replayed  # noqa: E402
from mentorwalk.workflows.mentorships import mentorship_of, sessions_of_mentorship  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.events import Event
    from mentorwalk.domain.session import Session
    from mentorwalk.workflows.runner import SessionRunner


def seconds(do: Callable[[], object]) -> float:
    """The seconds of processor time that something takes: the least of some, as others disturb."""
    return min(_once(do) for _ in range(TIMES))


def _once(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def homes(folder: Path) -> list[tuple[str, float, float]]:
    """Look for sessions in a home of 500 and of 5,000."""
    session = plain(folder).folder
    at, times = runner(folder), []
    for many in (500, 5000):
        for number in range(len(at.library.session_folders()), many):
            shutil.copytree(session, session.with_name(f"2025-10-{number % 28 + 1:02}-{number}"))
        times.append(
            [
                seconds(lambda: at.store.lines(names=True)),
                seconds(lambda: at.store.unfinished_of(ADA_AND_GRACE, "small-talk")),
                seconds(lambda: at.library.session("5")),
            ]
        )
    told = ("`sessions`", "what `start` looks for", "what `resume 5` looks for")
    return [
        (f"{what}, in a home of 500 and 5,000 sessions", *pair)
        for what, *pair in zip(told, *times, strict=True)
    ]


def mentorships(folder: Path) -> list[tuple[str, float, float]]:
    """Read what `next` goes on from, in a mentorship of 20 sessions and of 200."""
    session = plain(folder).folder
    at, times = runner(folder), []
    for many in (20, 200):
        for number in range(len(at.library.session_folders()), many):
            shutil.copytree(session, session.with_name(f"2025-10-{number % 28 + 1:02}-{number}"))
        times.append(seconds(lambda: stands(at, session)))
    return [("what `next` reads, in a mentorship of 20 and 200 sessions", *times)]


def stands(at: SessionRunner, session: Path) -> list[object]:
    """Work out what stands in the mentorship of a session."""
    found = mentorship_of(at, sessions_of_mentorship(at.store, session))
    return [found.said, found.clauses, found.topics, found.accepted, found.worded]


class NoJournal(MemoryJournal):
    """A journal that keeps nothing, so that only the session is measured."""

    def append(self, event: Event) -> None:
        """Let it go."""


def walked(cards: int, journal: MemoryJournal | FolderJournal) -> Session:
    """Walk a session of so many cards, with an answer on each."""
    prompts = (Prompt(f"p{n}", "Why?", record=(Field(f"f{n}", "Why"),)) for n in range(cards))
    session = replace(session_of(agenda_of(*prompts)))
    journal.append(session.opened)
    walk = Walk(
        session,
        journal,
        ScriptedFrontend({f"f{n}": "so" for n in range(cards)}),
        FakeClock(),
        our_agreement,
    )
    walk.run()
    return walk.session


def sessions(folder: Path) -> list[tuple[str, float, float]]:
    """Walk and resume a session of 200 and of 2,000 cards."""
    walks, resumes = [], []
    for cards in (200, 2000):
        walks.append(seconds(lambda cards=cards: walked(cards, NoJournal())))
        here = folder / str(cards)
        here.mkdir()
        with FolderJournal(here) as journal:
            session = walked(cards, journal)
        resumes.append(
            seconds(lambda here=here, s=session: replayed(s.agenda, read_events(here), s.ends))
        )
    return [
        ("one card of a walk of 200 and of 2,000", walks[0] / 200, walks[1] / 2000),
        ("taking it up again", resumes[0], resumes[1]),
    ]


def ticks() -> list[tuple[str, float, float]]:
    """Let a clock tick for 48 minutes, and for eight hours."""
    return [
        (
            "the ticks of 48 minutes and of 8 hours",
            seconds(lambda: ticked(192)),
            seconds(lambda: ticked(1920)),
        )
    ]


def ticked(times: int) -> SessionRecorder:
    """Let a clock tick so often at a card."""
    clock = FakeClock()
    recorder = SessionRecorder(session_of(agenda_of(Prompt("a", "A?"))), NoJournal(), clock)
    for _ in range(times):
        clock.advance(TICK)
        recorder.pulse()
        recorder.reading()
    return recorder


def kilobytes() -> float:
    """How much more memory is in use after 10,000 ticks than after 100."""
    tracemalloc.start()
    ticked(100)
    before = tracemalloc.get_traced_memory()[0]
    kept = ticked(10_000)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert kept.session.elapsed > TICK  # noqa: S101 - it is in use until here
    return grown / 1024


def main() -> None:
    """Measure, and put the table into the page."""
    with tempfile.TemporaryDirectory() as folder:
        home, pair = Path(folder) / "home", Path(folder) / "pair"
        rows = [*homes(home), *mentorships(pair), *sessions(Path(folder)), *ticks()]
    put(
        "long_life",
        "## A long life",
        "",
        f"{WRITTEN} {os.cpu_count()} cores.",
        "",
        f"Memory after 10,000 ticks: {kilobytes():.0f} KB more than after 100.",
        "",
        "| what | some | ten times as much | growth |",
        "|---|---|---|---|",
        *(
            f"| {what} | {few:.4f} s | {many:.4f} s | {many / few:.1f} |"
            for what, few, many in rows
        ),
    )


if __name__ == "__main__":
    main()
