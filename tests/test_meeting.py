"""The next meeting as values, and the time zone in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import (
    THREE_O_CLOCK,
    agenda_written,
    answered,
    session_answered,
    session_of,
)
from support.sample_sessions import FIRST_SESSION, walked

from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.asking import questions_of
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.errors import ProblemsFound, Unreadable
from mentorwalk.domain.meeting import (
    NextMeeting,
    agreed_minutes,
    next_meeting,
    over_already,
    zone_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.answers import Value

pytestmark = pytest.mark.portable

DAY = date(2026, 12, 15)
BY_VIDEO = ("Video call", "by video")
IN_WARSAW = ("Europe/Warsaw", timedelta(hours=1))
CAFE = "the café, room 3"
MEETING = """\
mentorwalk: 1
id: small
title: Small
minutes: 10
phases:
  - id: only
    title: Only
    short: Only
    prompts:
      - id: when
        ask: |
          When?
        record:
          - id: day
            label: Day
            type: date
          - id: hour
            label: Time
            type: time
          - id: long
            label: Long
            type: number
            unit: minutes
          - id: place
            label: Place
            type: checkbox
            choices:
              - "{mentor}'s office"
              - pick: Video call
                says: by video
            other: yes
meeting:
  date: day
  time: hour
  minutes: long
  where: place
"""


@pytest.mark.parametrize(
    ("answers", "meeting"),
    [
        ({}, NextMeeting(DAY, None, 60, *BY_VIDEO, *IN_WARSAW)),
        ({"next_time": "09:05"}, NextMeeting(DAY, time(9, 5), 60, *BY_VIDEO, *IN_WARSAW)),
        (
            {"next_day": "2027-04-01", "length": 45, "format": CAFE},
            NextMeeting(date(2027, 4, 1), None, 45, CAFE, CAFE, *IN_WARSAW),
        ),
    ],
)
def test_the_next_meeting_is_what_was_answered(
    answers: Mapping[str, Value], meeting: NextMeeting
) -> None:
    assert next_meeting(walked(answers).session) == meeting


def test_without_a_day_there_is_no_next_meeting() -> None:
    assert next_meeting(walked(skipped=["next-meeting"]).session) is None


def test_an_agenda_that_asks_for_no_meeting_has_none() -> None:
    agenda = agenda_written(MEETING.partition("meeting:")[0])

    assert next_meeting(session_answered(agenda, {"day": "2026-12-15"})) is None


@pytest.mark.parametrize(
    ("answers", "meeting"),
    [
        ({}, NextMeeting(DAY)),
        ({"long": 0}, NextMeeting(DAY)),
        ({"long": -30}, NextMeeting(DAY)),
        ({"long": 0.5}, NextMeeting(DAY)),
        ({"long": 7.5}, NextMeeting(DAY, minutes=7.5)),
        ({"hour": None, "long": None, "place": None}, NextMeeting(DAY)),
        (
            {"place": ("{mentor}'s office", "Video call", "{mentor}'s dog")},
            NextMeeting(
                DAY,
                where="Ada's office, Video call, {mentor}'s dog",
                where_in_words="Ada's office, by video and {mentor}'s dog",
            ),
        ),
    ],
)
def test_what_nobody_answered_is_left_open_and_places_are_told_as_picked(
    answers: dict[str, Value | None], meeting: NextMeeting
) -> None:
    session = session_answered(agenda_written(MEETING), {"day": "2026-12-15", **answers})

    assert next_meeting(session) == meeting


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"day": "2026-11-23"}, "day"),
        ({"day": "2026-11-23", "hour": "23:59"}, "day"),
        ({"day": "2026-11-24"}, None),
        ({"day": "2026-11-24", "hour": "14:59"}, "hour"),
        ({"day": "2026-11-24", "hour": "15:00"}, None),
        ({"hour": "09:00"}, None),
        ({"long": 30}, None),
    ],
)
def test_a_meeting_is_over_already_on_an_earlier_day_or_at_an_earlier_hour(
    answers: dict[str, Value | None], field: str | None
) -> None:
    over = over_already(session_of(agenda_written(MEETING)), answers, THREE_O_CLOCK)

    assert (over and over.field) == field


def test_a_private_place_is_not_told() -> None:
    text = MEETING.replace("label: Place\n", "label: Place\n            private: yes\n")
    session = session_answered(agenda_written(text), {"day": "2026-12-15", "place": ("home",)})

    assert next_meeting(session) == NextMeeting(DAY)


def test_length_and_place_stand_from_the_meeting_before_but_not_its_day_and_time() -> None:
    session = session_of(agenda_written(MEETING))
    before: dict[str, Value] = {"long": 45, "place": ("home",), "day": "2026-11-24", "hour": "9:00"}
    opened = replace(session.opened, carried=CarryOver(answers=before))
    session = replace(session, opened=opened)

    assert next_meeting(session) is None
    assert next_meeting(session.apply(answered("day", "2026-12-15"))) == NextMeeting(
        DAY, None, 45, "home", "home"
    )


def test_the_length_agreed_on_does_not_depend_on_a_day() -> None:
    agenda = agenda_written(MEETING)

    assert agreed_minutes(session_answered(agenda, {"long": 45})) == 45
    assert agreed_minutes(session_of(agenda)) is None
    assert agreed_minutes(session_of(agenda_written(MEETING.partition("meeting:")[0]))) is None


def test_the_bundled_agenda_asks_for_all_of_it() -> None:
    named = FIRST_SESSION.meeting
    assert named
    asked = [FIRST_SESSION.answerable[key] for key in (named.date, named.time, named.minutes)]
    assert [field.type for field in asked] == ["date", "time", "number"]


def test_a_time_zone_is_told_as_people_say_it() -> None:
    expected: dict[str, str] = {
        "Europe/Warsaw": "Warsaw time",
        "America/New_York": "New York time",
        "America/Argentina/Buenos_Aires": "Buenos Aires time",
        "America/Port-au-Prince": "Port-au-Prince time",
        "Japan": "Japan time",
        "UTC": "UTC",
        "Etc/UTC": "UTC",
        "GMT": "GMT",
        "Etc/GMT+5": "",
        "Etc/GMT0": "",
        "": "",
    }
    assert {key: zone_in_words(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (timedelta(hours=3, minutes=30), "UTC+03:30"),
        (timedelta(hours=-5), "UTC-05:00"),
        (timedelta(0), "UTC"),
    ],
)
def test_a_zone_without_a_name_is_told_by_its_offset(offset: timedelta, words: str) -> None:
    assert [zone_in_words(key, offset) for key in ("", "Etc/GMT+5")] == [words, words]


# --- The day that is offered


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("Every week", "2026-12-01"),
        ("Every 2 weeks", "2026-12-08"),
        ("Once a month", "2026-12-22"),
        ("As needed", "2026-12-15"),
        ("every other Friday", "2026-12-15"),
        (None, "2026-12-15"),
    ],
)
def test_the_day_that_is_offered_follows_the_rhythm_that_they_agreed_on(
    said: str | None, offered: str
) -> None:
    session = session_of(FIRST_SESSION).apply(answered("frequency", said))
    card = FIRST_SESSION.prompts["next-meeting"]
    day, _hour = questions_of(session, card, card.settle)
    assert day.value == offered


# --- How long it can be


@pytest.mark.parametrize("typed", ["-45", "0", "0.25", "4", "4 min"])
def test_a_meeting_of_no_time_is_asked_back(typed: str) -> None:
    field = agenda_written(MEETING).fields["long"]
    with pytest.raises(Unreadable, match=r"A number of 5 or more would do\."):
        parse_answer(field, typed, DAY)


@pytest.mark.parametrize(
    ("bounds", "typed", "told"),
    [
        ("min: -20", "2", "A number of 5 or more would do."),
        ("min: 30", "20", "A number of 30 or more would do."),
        ("max: 90", "1", "A number from 5 to 90 would do."),
    ],
)
def test_what_an_agenda_says_of_it_holds_from_five_minutes_on(
    bounds: str, typed: str, told: str
) -> None:
    text = MEETING.replace("unit: minutes", f"unit: minutes\n            {bounds}")
    field = agenda_written(text).fields["long"]
    with pytest.raises(Unreadable) as problem:
        parse_answer(field, typed, DAY)
    assert str(problem.value) == told


def test_a_number_that_is_no_length_of_a_meeting_has_no_such_bound() -> None:
    field = agenda_written(MEETING.replace("  minutes: long\n", "")).fields["long"]
    assert parse_answer(field, "-3", DAY) == -3


def test_a_usual_length_that_is_too_short_is_a_problem_of_the_agenda() -> None:
    text = MEETING.replace("unit: minutes", "unit: minutes\n            default: 2")
    with pytest.raises(ProblemsFound, match=r"A number of 5 or more would do\."):
        agenda_written(text)
