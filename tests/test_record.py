"""The record: session, journal and clock in step, whatever the clocks of the computer do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import agenda_of
from support.small_walks import opened_by
from support.terminals import FakeClock

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.events import (
    Accepted,
    Answered,
    Closed,
    Done,
    Entered,
    Event,
    LetGo,
    Offered,
    OffTheRecord,
    PairCoded,
    Parked,
    Pulled,
    Renamed,
    Resumed,
    Shortened,
    Skipped,
    Struck,
    Ticked,
    Worded,
)
from mentorwalk.domain.fields import Field
from mentorwalk.domain.people import People
from mentorwalk.domain.question import Question
from mentorwalk.domain.session import Session
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.storage.reading import read_events, replayed

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mentorwalk.storage.journal import Journal

FOUR = agenda_of(
    Prompt("a", "A.", minutes=3, record=(Field("purpose", "Purpose"),)),
    Prompt("b", "B.", minutes=3),
    Prompt("k", "K.", minutes=3, keep=True),
    Prompt("d", "D.", minutes=3),
    Prompt("x", "X.", minutes=3, extra=True),
    minutes=12,
)
PURPOSE = FOUR.fields["purpose"]
PRIVATE = Field("mood", "Mood", private=True)
MINUTE = timedelta(minutes=1)
NIGHT = timedelta(hours=16)


@dataclass
class TwoClocks(FakeClock):
    """A clock whose time of day can move alone: set by hand, or gone on while it slept."""

    moved: timedelta = field(default=timedelta())

    def __post_init__(self) -> None:
        """Begin at three o'clock."""
        super().__init__()

    def now(self) -> datetime:
        """The time of day, as it was set."""
        return super().now() + self.moved


@dataclass
class Sitting:
    """A record of a session of twelve minutes, on its first card."""

    journal: Journal = field(default_factory=MemoryJournal)
    clock: TwoClocks = field(default_factory=TwoClocks)

    def __post_init__(self) -> None:
        """Open it, and show the first card."""
        opened = opened_by(self.clock, FOUR)
        self.journal.append(opened)
        session = Session.open(FOUR, opened, self.clock.now() + 12 * MINUTE)
        self.recorder = SessionRecorder(session, self.journal, self.clock)
        self.recorder.enter("a")

    @property
    def pace(self) -> tuple[float, float, float, timedelta]:
        """What the clock says: seconds on the card, late, behind, and how long it still takes."""
        seen = self.recorder.reading()
        return seen.card_spent, seen.late, seen.behind, seen.ends - self.clock.now()


def question(field_: Field, value: str | None = None) -> Question:
    """A question as a card puts it."""
    return Question(field_.id, field_, field_.label, FakeClock().now().date(), value=value)


# --- The time of day


def test_a_clock_set_back_by_hand_leaves_the_pace_as_it_was() -> None:
    sitting = Sitting()
    sitting.clock.advance(60)
    sitting.clock.moved -= timedelta(hours=1)
    assert sitting.pace == (60, 0, 0, 11 * MINUTE)
    assert sitting.recorder.left() == 660


def test_a_clock_set_back_again_and_again_leaves_the_pace_as_it_was() -> None:
    sitting = Sitting()
    for _ in range(3):
        sitting.clock.advance(60)
        sitting.clock.moved -= timedelta(minutes=20)
        sitting.recorder.pulse()
    assert sitting.pace == (180, 0, 0, 9 * MINUTE)


def test_a_pause_after_the_clock_was_set_back_leaves_the_pace_as_it_was() -> None:
    sitting = Sitting()
    sitting.clock.moved -= timedelta(minutes=30)
    sitting.recorder.pause()
    sitting.recorder.go_on()
    assert sitting.pace == (0, 0, 0, 12 * MINUTE)


def test_a_laptop_that_slept_a_while_costs_the_cards_to_come_and_not_this_one() -> None:
    sitting = Sitting()
    sitting.clock.advance(60)
    sitting.clock.moved += 3 * MINUTE
    assert sitting.pace == (60, 0, 180, 8 * MINUTE)


@pytest.mark.parametrize(("minutes", "behind"), [(59, 59 * 60), (60, 60 * 60), (61, 0), (119, 0)])
def test_a_laptop_that_slept_for_more_than_an_hour_costs_no_card_anything(
    minutes: int, behind: int
) -> None:
    sitting = Sitting()
    sitting.clock.advance(60)
    sitting.clock.moved += minutes * MINUTE
    assert sitting.recorder.reading().behind == behind


def test_a_laptop_that_slept_leaves_less_to_the_next_card_that_is_not_kept() -> None:
    sitting = Sitting()
    sitting.clock.advance(180)
    sitting.clock.moved += 3 * MINUTE
    sitting.recorder.enter("b")
    sitting.recorder.enter("k")
    assert sitting.recorder.session.allotted == {"a": 180, "b": 90, "k": 180, "d": 180}


def test_no_second_is_lost_or_won_when_the_time_of_day_jumps() -> None:
    sitting = Sitting()
    for jump in (NIGHT, -NIGHT, timedelta(days=-400)):
        sitting.clock.advance(10)
        sitting.clock.moved += jump
        sitting.recorder.record(Ticked)
    assert (sitting.recorder.session.spent, sitting.recorder.elapsed()) == ({"a": 30}, 30)


# --- Pauses


def test_a_short_pause_leaves_the_end_where_it_is() -> None:
    sitting = Sitting()
    sitting.recorder.pause()
    sitting.clock.advance(180)
    sitting.recorder.go_on()
    assert sitting.pace == (0, 0, 180, 9 * MINUTE)


def test_a_pause_overnight_moves_the_end_to_where_the_rest_fits() -> None:
    sitting = Sitting()
    sitting.clock.advance(60)
    sitting.recorder.pause()
    sitting.clock.advance(NIGHT.total_seconds())
    sitting.recorder.go_on()
    assert sitting.pace == (60, 0, 0, 11 * MINUTE)
    assert sitting.recorder.session.ends == sitting.clock.now() + 11 * MINUTE


def test_a_pause_overnight_in_which_the_laptop_slept_moves_the_end_too() -> None:
    sitting = Sitting()
    sitting.clock.advance(60)
    sitting.recorder.pause()
    sitting.clock.moved += NIGHT
    sitting.recorder.go_on()
    assert sitting.pace == (60, 0, 0, 11 * MINUTE)


def test_nothing_ticks_in_a_pause() -> None:
    sitting = Sitting()
    sitting.recorder.pause()
    before = sitting.recorder.session
    sitting.clock.advance(600)
    sitting.recorder.pulse()
    assert sitting.recorder.session == before


@given(st.lists(st.tuples(st.integers(0, 900), st.booleans(), st.integers(-9000, 9000))))
def test_whatever_the_clocks_do_the_time_on_cards_is_the_time_that_was_not_paused(
    moves: list[tuple[int, bool, int]],
) -> None:
    sitting, went_by = Sitting(), 0
    for seconds, paused, jump in moves:
        if paused:
            sitting.recorder.pause()
        sitting.clock.advance(seconds)
        sitting.clock.moved += timedelta(seconds=jump)
        sitting.recorder.pulse()
        if paused:
            sitting.recorder.go_on()
        went_by += 0 if paused else seconds
    sitting.recorder.record(Closed)
    session = sitting.recorder.session
    assert (session.elapsed, sum(session.spent.values())) == (went_by, went_by)
    assert sitting.recorder.reading().ends >= sitting.clock.now()


# --- After a crash


def read_back(folder: Path) -> Session:
    """The session as its folder tells it."""
    events = read_events(folder)
    return replayed(FOUR, events, events[0].at + 12 * MINUTE)


def test_a_crash_costs_at_most_a_tick_and_what_follows_it_is_a_pause(tmp_path: Path) -> None:
    with FolderJournal(tmp_path) as journal:
        sitting = Sitting(journal)
        for _ in range(40):
            sitting.clock.advance(1)
            sitting.recorder.pulse()
    later = TwoClocks()
    later.moved = NIGHT
    recorder = SessionRecorder(read_back(tmp_path), MemoryJournal(), later)
    later.advance(5)
    assert (recorder.reading().card_spent, recorder.session.elapsed) == (35, 30)
    recorder.record(Resumed, ends=recorder.fitting_end())
    assert (recorder.reading().late, recorder.reading().behind) == (0, 0)
    assert recorder.session.ends - later.now() == timedelta(seconds=720 - 35)


def test_a_session_read_back_after_a_crash_in_a_pause_has_not_counted_it(tmp_path: Path) -> None:
    with FolderJournal(tmp_path) as journal:
        sitting = Sitting(journal)
        sitting.clock.advance(60)
        sitting.recorder.pause()
        sitting.clock.advance(600)
    assert read_back(tmp_path) == sitting.recorder.session
    assert read_back(tmp_path).spent == {"a": 60}


# --- What is kept


def test_an_answer_is_in_the_journal_before_it_is_in_mind() -> None:
    sitting = Sitting()
    sitting.recorder.answer(question(PURPOSE), "lead a team")
    assert isinstance(sitting.journal, MemoryJournal)
    assert sitting.journal.events[-1] == Answered(
        seq=2, at=sitting.clock.now(), elapsed=0, field="purpose", value="lead a team"
    )
    assert sitting.recorder.session.answers == {"purpose": "lead a team"}


@pytest.mark.parametrize("value", ["lead", None])
def test_an_answer_that_changes_nothing_is_not_written(value: str | None) -> None:
    sitting = Sitting()
    if value:
        sitting.recorder.answer(question(PURPOSE), value)
    before = sitting.recorder.session
    sitting.recorder.answer(question(PURPOSE, value), value)
    assert sitting.recorder.session is before


def test_a_usual_answer_that_is_taken_back_is_written_down_as_nothing() -> None:
    sitting = Sitting()
    sitting.recorder.answer(question(PURPOSE, "the usual"), None)
    assert sitting.recorder.session.answers == {"purpose": None}


@pytest.mark.parametrize("text", [None, ""])
def test_an_empty_note_is_no_note(text: str | None) -> None:
    sitting = Sitting()
    sitting.recorder.note(text)
    assert sitting.recorder.session.notes == ()


def test_a_card_is_given_its_share_the_first_time_only() -> None:
    sitting = Sitting()
    sitting.clock.advance(360)
    for card in ("b", "k", "b"):
        sitting.recorder.enter(card)
        sitting.clock.advance(60)
    assert isinstance(sitting.journal, MemoryJournal)
    entered = [e for e in sitting.journal.events if isinstance(e, Entered)]
    assert [(event.prompt, event.seconds) for event in entered] == [
        ("a", 180),
        ("b", 90),
        ("k", 180),
        ("b", None),
    ]


# --- The journal of all of it


def everything(sitting: Sitting) -> None:
    """Let each kind of event happen."""
    recorder, later = sitting.recorder, sitting.clock.now() + 30 * MINUTE
    recorder.answer(question(PURPOSE), "one")
    recorder.answer(question(PURPOSE, "one"), "two")
    recorder.answer(question(PRIVATE), "tired")
    recorder.note("slow down")
    recorder.draft(question(PURPOSE, "two"), "three")
    recorder.draft(question(PRIVATE, "tired"), "tire")
    recorder.extend("a", 2)
    recorder.record(Pulled, prompt="x")
    recorder.record(OffTheRecord, off=True)
    recorder.record(Done, prompt="a")
    recorder.record(OffTheRecord, off=False)
    recorder.record(Offered, minutes=4)
    recorder.record(Parked, prompt="b")
    recorder.record(LetGo, prompt="b")
    recorder.record(Skipped, prompt="k")
    recorder.record(Renamed, people=People("Adah", "Grace", "mentee"))
    recorder.record(Shortened, ends=later, dropped=("d",))
    recorder.pause()
    recorder.go_on()
    recorder.record(Struck, field="purpose")
    recorder.record(Ticked)
    recorder.record(Worded, text="Our agreement", basis="ba", answers=("purpose",))
    recorder.record(Accepted, role="mentor", how="aloud", fingerprint="fingerprint")
    recorder.record(Closed)
    recorder.record(PairCoded, pair="k7m2q9ab")


def test_a_session_in_which_everything_happened_is_read_back_as_it_was(tmp_path: Path) -> None:
    with FolderJournal(tmp_path) as journal:
        sitting = Sitting(journal)
        everything(sitting)
    assert read_back(tmp_path) == sitting.recorder.session


def test_a_journal_in_memory_holds_what_one_on_disk_holds(tmp_path: Path) -> None:
    in_memory = Sitting()
    everything(in_memory)
    with FolderJournal(tmp_path) as journal:
        everything(Sitting(journal))
    assert isinstance(in_memory.journal, MemoryJournal)
    assert in_memory.journal.events == read_events(tmp_path)


def test_every_kind_of_event_was_told() -> None:
    sitting = Sitting()
    everything(sitting)
    assert isinstance(sitting.journal, MemoryJournal)
    told = {type(event).__name__ for event in sitting.journal.events}
    # An exercise joins with a text of its own: tests/test_kept_exercises.py.
    assert {*told, "ExerciseJoined"} == {kind.__name__ for kind in Event.__subclasses__()}
