"""Before a session goes on: who types, where they are, until when, and to share the window."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from support.building import ADA_AND_GRACE
from support.homes import Home
from support.terminals import CTRL_C, ENTER, FakeClock, fed, folded

from mentorwalk.domain.errors import Stopped
from mentorwalk.domain.events import Resumed
from mentorwalk.domain.planning import plan
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.reading import read_events
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.frontend import ClockView, Command, Interrupted, Talked

AGENDA = """\
mentorwalk: 1
id: talk
title: A talk with {mentee}
minutes: 30
phases:
  - id: hello
    title: Hello {mentee}
    short: Hello
    prompts:
      - id: welcome
        ask: How are you?
        record:
          - {id: mood, label: What is on your mind}
"""
TYPIST = [
    "A talk with Grace",
    "Who sits at this keyboard?",
    "Whoever types keeps to the other person's words.",
    "1. Ada",
    "2. Grace",
    "Enter keeps: Ada",
    "",
]
WELCOME = [
    "A talk with Grace",
    "Ada and Grace, you go on where you left off.",
    "You were at “Hello Grace”.",
    "About 30 minutes are left, until about 15:30.",
]
SHARE = [
    "Share your window again, then press Enter.",
    "The clock goes on then.",
    "/back: go back to the question before",
    "Enter: go on. /help for more.",
]


@dataclass(frozen=True)
class Left(Home):
    """A home with a session that was left."""

    text: str = AGENDA

    def left(self, *typed: str) -> Path:
        """Begin a session line by line, and leave it at the end of input; return its folder."""
        lines = PlainFrontend(io.StringIO("".join(typed)), io.StringIO())
        agenda = self.script.agenda
        return self.runner.begin(self.script, ADA_AND_GRACE, plan(agenda, 30), lines).folder

    def resumed(self, folder: Path, typed: str) -> list[str]:
        """Go on with a session line by line, and return what was said."""
        target = io.StringIO()
        lines = PlainFrontend(io.StringIO(typed), target)
        self.runner.resume(self.runner.store.load(folder), lines)
        return target.getvalue().splitlines()[1:]


class Slow(PlainFrontend):
    """Two people who take two minutes to share their window, and then hang up."""

    def __init__(self, typed: str, clock_to_move: FakeClock) -> None:
        super().__init__(io.StringIO(typed), io.StringIO())
        self.clock_to_move = clock_to_move

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Let time go by, then read the next line."""
        self.clock_to_move.advance(120 if watch is None else 0)
        return super().talk(card, watch)


@pytest.fixture
def home(tmp_path: Path) -> Left:
    """A home where nobody has met yet."""
    return Left(tmp_path)


def test_plain_says_who_where_until_when_and_to_share_the_window(home: Left) -> None:
    said = home.resumed(home.left(), "\n\n")
    assert said[:16] == [*TYPIST, *WELCOME, *SHARE, ""]
    assert said[16] == "Hello, 1 of 1"


class InToronto(FakeClock):
    """The same moments, on the clocks of another place."""

    def now(self) -> datetime:
        """Return the time of day there."""
        return super().now().astimezone(ZoneInfo(self.zone()))

    def zone(self) -> str:
        """Return its zone."""
        return "America/Toronto"


def test_who_goes_on_elsewhere_is_told_the_end_by_the_clocks_there(home: Left) -> None:
    runner, folder = replace(home.runner, clock=InToronto()), home.left()
    target = io.StringIO()
    runner.resume(runner.store.load(folder), PlainFrontend(io.StringIO("\n\n"), target))
    assert "About 30 minutes are left, until about 09:30." in target.getvalue()


@pytest.mark.parametrize(("typed", "typist"), [("\n\n", "mentor"), ("Grace\n\n", "mentee")])
def test_who_types_is_asked_and_who_typed_last_is_offered(
    home: Left, typed: str, typist: Role
) -> None:
    folder = home.left()
    home.resumed(folder, typed)
    assert load_session(folder).people == replace(ADA_AND_GRACE, types=typist)


def test_from_sharing_the_window_a_way_leads_back_to_who_types(home: Left) -> None:
    folder = home.left()
    home.resumed(folder, "\n/back\nGrace\n\n")
    assert load_session(folder).people.types == "mentee"


def test_the_live_screen_shows_the_same_before_the_card(home: Left) -> None:
    folder = home.left()
    with fed(
        ("Who sits", ENTER), ("Share your window again", ENTER), ("How are you?", CTRL_C)
    ) as screen:
        home.runner.resume(home.runner.store.load(folder), LiveFrontend())
    assert any(folded(" ".join(WELCOME)) in folded(words_of(rows)) for rows in screen.pictures)


def words_of(rows: tuple[str, ...]) -> str:
    """The rows of a picture without its lines."""
    return " ".join(rows).replace("─", " ")


def test_what_is_half_typed_and_what_was_cut_off_is_told_there(home: Left) -> None:
    folder = home.left("\n", "my new \\\n")
    with (folder / "session.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"seq":')
    assert home.resumed(folder, "\n\n")[11:13] == [
        "Half typed, and waiting at its question: What is on your mind.",
        f"A half-written line was cut off the journal; {folder / 'session.jsonl.cut'} keeps it.",
    ]


def test_who_was_off_the_record_is_told_so(home: Left) -> None:
    assert "You were off the record." in home.resumed(home.left("/off\n"), "\n\n")


@pytest.mark.parametrize("typed", ["", "/stop\n", "Grace\n/stop\n"])
def test_who_leaves_again_changes_nothing(home: Left, typed: str) -> None:
    folder = home.left()
    before = read_events(folder)
    with pytest.raises(Stopped, match="Go on with"):
        home.resumed(folder, typed)
    assert read_events(folder) == before


def test_the_clock_stands_still_until_the_window_is_shared(home: Left) -> None:
    folder, clock = home.left(), FakeClock()
    runner = replace(home.runner, clock=clock)
    last = read_events(folder)[-1]
    runner.resume(runner.store.load(folder), Slow("\n\n", clock))
    (again,) = (event for event in read_events(folder) if isinstance(event, Resumed))
    assert (again.elapsed, again.at) == (last.elapsed, clock.now())
