"""What the lobby understands before the screen is shared."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from support.building import first_session
from support.small_house import Guide
from support.terminals import FakeClock

from mentorwalk.engine.frontend import Command, Said, keep_no_draft
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.workflows.lobby import Lobby, StartOptions

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft


class Stubborn(Guide):
    """Says one thing, and remembers how it was asked; then keeps what is offered."""

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command:
        """Say it, then nothing."""
        self.told.append(question.help)
        self.tips.append(question.complaint)
        return super().ask(card, question, watch, keep_draft)


class ClockAt(FakeClock):
    """A clock in Berlin that stands still at a moment."""

    def __init__(self, moment: str) -> None:
        super().__init__()
        self.began = datetime.fromisoformat(moment)

    def zone(self) -> str:
        """Return the time zone."""
        return "Europe/Berlin"


def length(typed: str, clock: FakeClock | None = None) -> tuple[int, list[str]]:
    """Return the minutes that are understood, and the complaints before."""
    guide = Stubborn({"minutes": [Said(typed), Said(None)]})
    lobby = Lobby(guide, first_session(), clock or FakeClock())  # It is 15:00.
    return lobby.minutes(StartOptions()), [tip for tip in guide.tips if tip]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("50", 50),
        ("55 min", 55),
        ("75 minutes", 75),
        ("1h", 60),
        ("an hour", 60),
        ("1h15", 75),
        ("1.25 hours", 75),
        ("4pm", 60),
        ("until 4:10 pm", 70),
        ("16:20", 80),
        ("16h", 60),
        ("16 hrs", 60),
        ("16h25", 85),
        ("1h25", 85),
    ],
)
def test_minutes_are_understood_with_their_unit_and_as_a_time_of_day(
    typed: str, minutes: int
) -> None:
    assert length(typed) == (minutes, [])


@pytest.mark.parametrize(
    ("now", "typed", "minutes"),
    [
        ("2027-03-28T01:40+01:00", "03:40", 60),
        ("2026-10-25T01:50+02:00", "02:50", 60),
        ("2026-10-25T02:50+02:00", "02:40", 50),
        ("2026-10-25T02:50+01:00", "03:50", 60),
        ("2026-11-24T23:30+01:00", "00:30", 60),
    ],
)
def test_until_a_time_of_day_are_the_minutes_that_go_by(now: str, typed: str, minutes: int) -> None:
    assert length(typed, ClockAt(now)) == (minutes, [])


@pytest.mark.parametrize(
    ("typed", "minutes"), [("2h", 120), ("17 h", 120), ("9h", 540), ("300 min", 300)]
)
def test_what_fits_neither_as_a_length_nor_as_an_hour_is_told_by_the_shorter_one(
    typed: str, minutes: int
) -> None:
    assert length(typed) == (60, [f"That would be {minutes} minutes; 45 to 90 would do."])


def test_an_end_is_told_as_the_clocks_will_show_it() -> None:
    guide = Stubborn()
    Lobby(guide, first_session(), ClockAt("2027-03-28T01:40+01:00")).minutes(StartOptions())

    assert guide.told[-1].startswith("Press Enter for 60 minutes, until 03:40.")


@pytest.mark.parametrize(
    ("agreed", "minutes", "told"),
    [
        (None, 60, "Press Enter for 60 minutes, until 16:00."),
        (50, 50, "You agreed on 50 minutes. Press Enter for 50 minutes, until 15:50."),
        (30, 45, "You agreed on 30 minutes. Press Enter for 45 minutes, until 15:45."),
        (120, 90, "You agreed on 120 minutes. Press Enter for 90 minutes, until 16:30."),
    ],
)
def test_the_length_that_is_offered_is_the_nearest_to_the_one_agreed_on(
    agreed: int | None, minutes: int, told: str
) -> None:
    said = io.StringIO()
    lobby = Lobby(PlainFrontend(io.StringIO("\n"), said), first_session(), FakeClock())

    assert lobby.minutes(StartOptions(agreed=agreed)) == minutes
    assert f"{told} Or type minutes, from 45 to 90, or a time of day.\n" in said.getvalue()


def test_whose_meeting_it_is_can_be_seen_before_the_window_is_shared() -> None:
    said, met = io.StringIO(), "You have met 4 times, last on Sunday 26 July 2026."
    lobby = Lobby(PlainFrontend(io.StringIO("1\n"), said), first_session(), FakeClock())

    lobby.names(StartOptions("Ada", "Grace", met=met))
    assert f"{met} Whoever types keeps to the other person's words.\n" in said.getvalue()


def test_what_is_neither_is_told_of_both() -> None:
    both = (
        "A time of day would do, such as “15:00” or “3 pm”. "
        "Minutes would do too, such as “45 min” or “1h”."
    )
    assert length("a while") == (60, [both])


def test_one_minute_is_told_in_the_singular() -> None:
    assert length("1 min") == (60, ["That would be 1 minute; 45 to 90 would do."])
