"""The hour at a glance: the phases of a session with their minutes, and when it ends."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import THREE_O_CLOCK, agenda_in_phases, session_of
from support.terminals import ENTER, fed

from mentorwalk.domain.agenda import Phase, Prompt
from mentorwalk.domain.events import Resumed
from mentorwalk.domain.glance import Glance, PhaseTime, glance_of
from mentorwalk.domain.session import Session
from mentorwalk.domain.showing import card_of
from mentorwalk.domain.timing import reading
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card

HOUR = Prompt("hour", "Does the order suit you both?", minutes=0.5, glance=True, tip="Skip any.")
TALK = agenda_in_phases(
    Phase("hello", "Hello {mentee}", "Hi", (HOUR, Prompt("you", "You?", minutes=3))),
    Phase("rest", "All the rest", "Rest", (Prompt("rules", "Rules?", minutes=13),)),
    Phase("never", "Never planned", "Never", (Prompt("more", "More?", extra=True),)),
    minutes=20,
)
GLANCE = Glance(
    (PhaseTime("Hello Grace", 4), PhaseTime("All the rest", 16)),
    THREE_O_CLOCK + timedelta(minutes=20),
)


def card() -> Card:
    """The card that shows it, at the beginning of the session."""
    return card_of(session_of(TALK), HOUR)


def seen_at(columns: int, rows: int) -> list[str]:
    """The rows of the live screen with the card, without the empty ones."""
    with fed(ENTER, columns=columns, rows=rows) as screen:
        LiveFrontend().talk(card(), None)
    return [row.strip() for row in screen.last if row.strip()]


def test_the_planned_phases_have_whole_minutes_that_sum_to_the_length() -> None:
    assert glance_of(session_of(TALK)) == GLANCE


@pytest.mark.parametrize(
    ("begun", "zone", "ends"),
    [
        ("2027-03-28T01:45+01:00", "Europe/Vienna", "03:05"),
        ("2027-10-31T02:50+02:00", "Europe/Vienna", "02:10"),
        ("2027-03-14T01:50-05:00", "America/Toronto", "03:10"),
        ("2027-03-28T01:45+01:00", "", "02:05"),
    ],
)
def test_the_end_is_told_as_the_clocks_will_show_it_then(begun: str, zone: str, ends: str) -> None:
    opened = replace(session_of(TALK).opened, at=datetime.fromisoformat(begun), zone=zone)
    session = Session.open(TALK, opened)
    assert f"{glance_of(session).ends:%H:%M}" == ends


@pytest.mark.parametrize(
    ("zone", "now", "ends"),
    [
        ("America/Toronto", "2026-11-24T10:05-05:00", "10:20"),
        ("", "2026-11-24T20:50+05:45", "21:05"),
        ("", "2026-11-24T16:05+01:00", "16:20"),
    ],
)
def test_whoever_goes_on_in_another_zone_stops_as_its_clocks_show(
    zone: str, now: str, ends: str
) -> None:
    begun = Session.open(TALK, replace(session_of(TALK).opened, zone="Europe/Vienna"))
    gone_on = Resumed(seq=2, at=datetime.fromisoformat(now), elapsed=0, ends=begun.ends, zone=zone)
    session = begun.apply(gone_on)
    assert f"{glance_of(session).ends:%H:%M}" == ends
    assert f"{reading(session, 0, gone_on.at).ends:%H:%M}" == ends


def test_only_the_card_that_asks_for_it_shows_the_hour_at_a_glance() -> None:
    session = session_of(TALK)
    shown = [card_of(session, session.agenda.prompts[prompt]).glance for prompt in session.cards]
    assert shown == [GLANCE, None, None]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_the_screen_shows_it_between_the_question_and_the_tip(size: tuple[int, int]) -> None:
    rows = seen_at(*size)
    assert rows[rows.index("Does the order suit you both?") :][:5] == [
        "Does the order suit you both?",
        "4 min  Hello Grace",
        "16 min  All the rest",
        "We stop at 15:20.",
        "Tip: Skip any.",
    ]


def test_plain_reads_it_line_by_line() -> None:
    target = io.StringIO()
    PlainFrontend(io.StringIO("\n"), target).talk(card(), None)
    assert target.getvalue().splitlines()[-6:-1] == [
        "Does the order suit you both?",
        "Hello Grace: 4 min",
        "All the rest: 16 min",
        "We stop at 15:20.",
        "Tip: Skip any.",
    ]
