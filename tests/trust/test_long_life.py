"""Long use costs no more than there is: many cards, many hours, many sessions."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_of, session_of
from support.crashing import plain, runner
from support.terminals import FakeClock

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.fields import Field
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.storage.reading import read_events, replayed

if TYPE_CHECKING:
    from pathlib import Path

    from support.figures import Figure

    from mentorwalk.domain.events import Event

TICK = 15.0
"""Seconds between two ticks."""

pytestmark = pytest.mark.slow

HOUR = 3600.0


class NoJournal(MemoryJournal):
    """A journal that keeps nothing, so that only the session is seen."""

    def append(self, event: Event) -> None:
        """Let it go."""


def ticked(recorder: SessionRecorder, clock: FakeClock, times: int) -> None:
    """Let the clock tick so often at one card."""
    for _ in range(times):
        clock.advance(TICK)
        recorder.pulse()
        recorder.reading()


def test_ten_thousand_ticks_take_no_memory(figure: Figure) -> None:
    clock = FakeClock()
    recorder = SessionRecorder(session_of(agenda_of(Prompt("a", "A?"))), NoJournal(), clock)
    ticked(recorder, clock, 100)
    tracemalloc.start()
    ticked(recorder, clock, 100)
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    ticked(recorder, clock, 10_000)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    figure("bytes that 10,000 ticks left in memory", max(0, grown))
    # Any object that were kept for each tick would take 16 bytes and more; what else the process
    # does meanwhile takes some thousands.
    assert grown < 100_000


def test_a_session_of_eight_hours_is_folded_back_to_the_second(tmp_path: Path) -> None:
    clock, session = FakeClock(), session_of(agenda_of(Prompt("a", "A?")))
    with FolderJournal(tmp_path) as journal:
        journal.append(session.opened)
        recorder = SessionRecorder(session, journal, clock)
        # Every tenth tick is enough to see: each waits for the disk.
        for _ in range(192):
            clock.advance(10 * TICK)
            recorder.pulse()
    again = replayed(session.agenda, read_events(tmp_path), session.ends)
    assert (again, again.elapsed) == (recorder.session, 8 * HOUR)


def test_a_session_of_a_thousand_cards_is_walked_and_folded_back(figure: Figure) -> None:
    cards = [Prompt(f"p{n}", "Why?", record=(Field(f"f{n}", "Why"),)) for n in range(1000)]
    session, journal = session_of(agenda_of(*cards)), MemoryJournal()
    said = {f"f{number}": f"so {number}" for number in range(1000)}
    walk = Walk(session, journal, ScriptedFrontend(said), FakeClock(), lambda _: Agreement(""))
    assert walk.run() is Ending.CLOSED
    again = replayed(session.agenda, [session.opened, *journal.events], session.ends)
    assert (again.answers, again.not_reached()) == (said, ())
    figure("cards of the longest session", len(cards))


def test_a_session_that_was_paused_overnight_has_its_time_left_in_the_morning() -> None:
    clock = FakeClock()
    recorder = SessionRecorder(session_of(agenda_of(Prompt("a", "A?"))), MemoryJournal(), clock)
    clock.advance(600)
    recorder.pause()
    clock.advance(14 * HOUR)
    recorder.go_on()
    assert recorder.elapsed() == 600
    assert recorder.session.ends >= clock.now() + timedelta(minutes=49)


def test_many_sessions_are_looked_through_without_reading_what_happened_in_them(
    tmp_path: Path,
) -> None:
    folder = plain(tmp_path).folder
    (folder / "agenda.yaml").unlink()
    (line,) = runner(tmp_path).store.lines(names=True)
    assert line.endswith("small-talk  Ada and Grace  finished")
