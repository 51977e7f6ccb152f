"""Days, times and lengths of time, as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from support.building import TODAY

from mentorwalk.domain.date_parsing import parse_day, parse_minutes, parse_time
from mentorwalk.domain.errors import Unreadable

pytestmark = pytest.mark.portable


def test_a_day_is_parsed_as_people_type_it() -> None:
    expected: dict[str, date] = {
        "2026-12-15": date(2026, 12, 15),
        "15.12.": date(2026, 12, 15),
        "15.12": date(2026, 12, 15),
        "15. 12. 2027": date(2027, 12, 15),
        "15.12.26": date(2026, 12, 15),
        "1.2.": date(2027, 2, 1),
        "12/15": date(2026, 12, 15),
        "15/12/2026": date(2026, 12, 15),
        "15-12": date(2026, 12, 15),
        "5/5": date(2027, 5, 5),
        "the 15th": date(2026, 12, 15),
        "on the 30th": date(2026, 11, 30),
        "31st": date(2026, 12, 31),
        "Tues 15th": date(2026, 12, 15),
        "Tuesday, the 15th of December": date(2026, 12, 15),
        "Dec. 15th, 2026": date(2026, 12, 15),
        "15 Dec": date(2026, 12, 15),
        "29 Feb": date(2028, 2, 29),
        "in a fortnight": date(2026, 12, 8),
        "a fortnight": date(2026, 12, 8),
        "in two weeks’ time": date(2026, 12, 8),
        "two weeks from now": date(2026, 12, 8),
        "in 3 months": date(2027, 2, 24),
        "tomorrow week": date(2026, 12, 2),
        "a week today": date(2026, 12, 1),
        "the day after tomorrow": date(2026, 11, 26),
        "Thursday week": date(2026, 12, 3),
        "a week on Thursday": date(2026, 12, 3),
        "next week": date(2026, 12, 1),
        "next month": date(2026, 12, 24),
        "first Tuesday in January": date(2027, 1, 5),
        "the third Thursday of November": date(2027, 11, 18),
        "last Friday of November": date(2026, 11, 27),
        "the second Monday in May 2026": date(2026, 5, 11),
        "this Friday": date(2026, 11, 27),
        "Tuesday": date(2026, 12, 1),
    }
    assert {typed: parse_day(typed, TODAY) for typed in expected} == expected


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3/4", "4 March or 3 April? Please write the month as a word."),
        ("4-3-2027", "4 March or 3 April? Please write the month as a word."),
        ("Monday 15 December 2026", "15 December 2026 is a Tuesday: which day?"),
        ("Fri 15th", "15 December 2026 is a Tuesday: which day?"),
        ("31/11", "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."),
        ("13/13", "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."),
        ("some day", "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."),
        ("17 Dec 14:00", "Only the day here, such as “17 dec”, without a time."),
        ("Tuesday at 3 pm", "Only the day here, such as “tuesday”, without a time."),
        ("14:00", "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."),
        ("in 0 weeks on", "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."),
    ],
)
def test_what_is_no_day_or_could_be_two_is_asked_back(typed: str, says: str) -> None:
    with pytest.raises(Unreadable) as problem:
        parse_day(typed, TODAY)
    assert str(problem.value) == says


def test_a_time_of_day_is_parsed_as_people_type_it() -> None:
    expected: dict[str, time] = {
        "15:00": time(15),
        "15.30": time(15, 30),
        "15h": time(15),
        "15h30": time(15, 30),
        "15 Uhr": time(15),
        "15:20 Uhr": time(15, 20),
        "15.20 Uhr": time(15, 20),
        "15 Uhr 20": time(15, 20),
        "1500": time(15),
        "930": time(9, 30),
        "at 15:20": time(15, 20),
        "until 3pm": time(15),
        "3 p.m.": time(15),
        "3:15 pm": time(15, 15),
        "3 in the afternoon": time(15),
        "3 o'clock in the afternoon": time(15),
        "9 in the morning": time(9),
        "nine o’clock": time(9),
        "half past nine": time(9, 30),
        "half past three pm": time(15, 30),
        "half nine": time(9, 30),
        "half nine pm": time(21, 30),
        "ten past eight": time(8, 10),
        "ten past two in the afternoon": time(14, 10),
        "twenty-five to 10 o'clock": time(9, 35),
        "5 minutes to three pm": time(14, 55),
        "quarter to ten": time(9, 45),
        "twenty to ten": time(9, 40),
        "quarter to one": time(12, 45),
        "quarter to twelve in the morning": time(11, 45),
        "a quarter past 11": time(11, 15),
        "noon": time(12),
        "midnight": time(0),
        "12 am": time(0),
        "9": time(9),
    }
    assert {typed: parse_time(typed) for typed in expected} == expected


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3", "3 am or 3 pm? “3 pm” or “15:00” would do."),
        ("3 o'clock", "3 am or 3 pm? “3 pm” or “15:00” would do."),
        ("half past three", "3:30 am or 3:30 pm? “3:30 pm” or “15:30” would do."),
        ("half three", "3:30 am or 3:30 pm? “3:30 pm” or “15:30” would do."),
        ("quarter to seven", "6:45 am or 6:45 pm? “6:45 pm” or “18:45” would do."),
        ("3 Uhr", "3 am or 3 pm? “3 pm” or “15:00” would do."),
        ("70 past nine", "A time of day would do, such as “15:00” or “3 pm”."),
        ("10 to 11", "A time of day would do, such as “15:00” or “3 pm”."),
        ("ten to eleven", "A time of day would do, such as “15:00” or “3 pm”."),
        ("ten past", "A time of day would do, such as “15:00” or “3 pm”."),
        ("25:00", "A time of day would do, such as “15:00” or “3 pm”."),
        ("15:60", "A time of day would do, such as “15:00” or “3 pm”."),
        ("13 pm", "A time of day would do, such as “15:00” or “3 pm”."),
        ("2400", "A time of day would do, such as “15:00” or “3 pm”."),
        ("soon", "A time of day would do, such as “15:00” or “3 pm”."),
        ("", "A time of day would do, such as “15:00” or “3 pm”."),
    ],
)
def test_what_is_no_time_or_could_be_two_is_asked_back(typed: str, says: str) -> None:
    with pytest.raises(Unreadable) as problem:
        parse_time(typed)
    assert str(problem.value) == says


@pytest.mark.parametrize("typed", ["3.4.97", "1.2.04", "24/12/68", "12-24-88"])
def test_a_year_of_two_digits_that_is_far_away_is_asked_back(typed: str) -> None:
    with pytest.raises(Unreadable) as problem:
        parse_day(typed, TODAY)
    year = typed[-2:]
    assert str(problem.value) == f"Which year is “{year}”? Please write it with four digits."


def test_a_year_that_is_near_or_written_out_is_taken() -> None:
    expected = {
        "3.4.31": date(2031, 4, 3),
        "3.4.2097": date(2097, 4, 3),
        "24/12/09": date(2009, 12, 24),
    }
    assert {typed: parse_day(typed, TODAY) for typed in expected} == expected


def test_a_length_of_time_is_parsed_with_its_unit() -> None:
    expected: dict[str, float] = {
        "45 min": 45,
        "45min.": 45,
        "75 minutes": 75,
        "90'": 90,
        "1h": 60,
        "1 hr": 60,
        "an hour": 60,
        "about an hour": 60,
        "half an hour": 30,
        "1.5 hours": 90,
        "1,5 h": 90,
        "1½ hours": 90,
        "½ hour": 30,
        "1h30": 90,
        "1 h 15 min": 75,
        "an hour and 15 minutes": 75,
        "an hour and a half": 90,
        "one and a half hours": 90,
        "two hours": 120,
        "three quarters of an hour": 45,
        "a quarter of an hour": 15,
    }
    assert {typed: parse_minutes(typed) for typed in expected} == expected


@pytest.mark.parametrize(
    "typed", ["60", "min", "", "1:30", "half", "15 parsecs", "1h 75", "1 h and 60 min"]
)
def test_what_has_no_unit_is_no_length_of_time(typed: str) -> None:
    assert parse_minutes(typed) is None
