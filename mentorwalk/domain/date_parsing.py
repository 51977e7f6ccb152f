"""Days, times of day and lengths of time, parsed as people type them in English."""

from __future__ import annotations

import re
from calendar import day_name, month_name, monthrange
from contextlib import suppress
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_of_month, weekday_name
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

LAST_SMALL_HOUR = 6
"""A bare hour up to here may well be meant after noon."""
NEAR_YEARS = 20
"""The years, back or ahead, within which two digits stand for one year only."""
_NUMBER_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_MONTHS = "|".join(f"{month_name[n].lower()}|{month_name[n][:3].lower()}" for n in range(1, 13))
_MONTH = rf"({_MONTHS}|sept)\.?"
_WEEKDAYS = "|".join(f"{day.lower()}|{day[:3].lower()}" for day in day_name)
_WEEKDAY = rf"({_WEEKDAYS}|tues|weds|thur|thurs)\.?"
_DAY = r"(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?"
_ORDINAL = r"(?:the )?(\d{1,2})(?:st|nd|rd|th)"
_YEAR = r"(?: (\d{4}))?"
_WHICH = ("first", "second", "third", "fourth", "last")
"""Which weekday of a month is meant: there are four of each, or five."""
_NUMBER = rf"(\d{{1,3}}|an?|{'|'.join(_NUMBER_WORDS)})"


# --- Days


def parse_day(text: str, today: date) -> date:
    """Return the day that somebody typed; without a year, the next such day.

    Raises:
        Unreadable: It is no day, or could be one of two, such as 3/4.
    """
    typed = " ".join(text.casefold().replace(",", " ").replace("’", "'").split())
    if found := _day_of(typed, today):
        return found
    if day := _before_time(typed, today):
        raise Unreadable(_("Only the day here, such as “{day}”, without a time.").format(day=day))
    # Translators: only English words and 2026-12-15 are read.
    raise Unreadable(_("A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."))


def _day_of(typed: str, today: date) -> date | None:
    """Return the day that a tidy text names; None if it names none."""
    for form, day_of in _DAY_FORMS:
        if match := re.fullmatch(rf"(?:on )?{form}", typed):
            with suppress(ValueError, OverflowError):
                return day_of(match, today)
            break
    return None


def parse_last_day(text: str, began: date, today: date) -> date:
    """Return the last day of a stretch of time that somebody typed: `6 months`, `until 15 May`.

    A length counts from the day on which it began, any other day from today.

    Raises:
        Unreadable: It is neither.
    """
    typed = " ".join(text.casefold().split()).rstrip(".")
    typed = re.sub(r"^(?:for|about|around|until|till|to|by) | (?:in all|in total)$", "", typed)
    length = re.fullmatch(rf"{_NUMBER} (day|week|fortnight|month|year)s?", typed)
    if typed == "half a year":
        return _ahead("6", "month", began)
    return _ahead(length[1], length[2], began) if length else parse_day(typed, today)


def parse_past_day(text: str, today: date) -> date:
    """Return the day that somebody typed; without a year, the last such day up to today.

    Raises:
        Unreadable: It is no day, or one that is still to come.
    """
    typed = " ".join(text.casefold().split()).removeprefix("last ")
    if typed in ("today", "yesterday"):
        return today - timedelta(days=typed == "yesterday")
    # A weekday is at most a week ago, a day of the month a month, any other day a year.
    for days in (7, 31, 366) if re.search(_NAMED_DAY, typed) else ():
        with suppress(Unreadable):
            day = parse_day(typed, today - timedelta(days=days))
            if day <= today:
                return day
    raise Unreadable(_("A day that has been would do, such as “3 May”, “Tuesday” or “yesterday”."))


_NAMED_DAY = rf"^(?:on )?(?:{_WEEKDAY}$|{_ORDINAL}$|.*\b{_MONTH}|[\d./-]+$)"
"""A day by its name or number, rather than by how far away it is."""


def _month(text: str) -> int:
    return next(n for n in range(1, 13) if month_name[n].lower().startswith(text[:3]))


def _year(text: str | None, today: date) -> int | None:
    """Return a year; one of two digits as one of this century.

    Raises:
        Unreadable: Two digits may stand for another century, too.
    """
    year = int(text) + (2000 if len(text) == 2 else 0) if text else None
    if year and text and len(text) == 2 and abs(year - today.year) > NEAR_YEARS:
        which = _("Which year is “{year}”? Please write it with four digits.")
        raise Unreadable(which.format(year=text))
    return year


def _next_such(day: int, month: int, typed: str | None, today: date) -> date:
    """Return that day of the year that was typed; without one, the next that the calendar has."""
    if year := _year(typed, today):
        return date(year, month, day)
    for candidate in range(today.year, today.year + 9):  # 29 February can be 8 years away
        if day <= monthrange(candidate, month)[1] and date(candidate, month, day) >= today:
            return date(candidate, month, day)
    raise ValueError(day)


def _ordinal(day: int, today: date) -> date:
    """Return the next day of a month with that number: "the 15th"."""
    for month in range(today.month - 1, today.month + 12):
        first = date(today.year + month // 12, month % 12 + 1, 1)
        if day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= today:
            return first.replace(day=day)
    raise ValueError(day)


def _in_figures(first: str, second: str, year: str | None, today: date) -> date:
    """Return the day of 12/15 or 15/12, whichever way round makes one.

    Raises:
        Unreadable: Both ways do, as in 3/4: Europe and America would mean different days.
    """
    ways = {(int(first), int(second)), (int(second), int(first))}
    days = sorted(_next_such(d, m, year, today) for d, m in ways if 1 <= m <= 12)
    if not days:
        raise ValueError(first)
    if len(days) == 1:
        return days[0]
    # Translators: a day was typed in figures, such as 3/4, and could be either of two.
    which = _("{one} or {other}? Please write the month as a word.")
    raise Unreadable(which.format(one=day_of_month(days[0]), other=day_of_month(days[1])))


def _nth_weekday(which: str, weekday: str, month: int, typed: str | None, today: date) -> date:
    """Return the first, second, third, fourth or last such weekday of a month."""
    year = _year(typed, today)
    years = [year] if year else [today.year, today.year + 1]
    for candidate in years:
        days = range(1, monthrange(candidate, month)[1] + 1)
        every = [date(candidate, month, day) for day in days]
        such = [day for day in every if day_name[day.weekday()].lower().startswith(weekday[:3])]
        found = such[-1] if which == _WHICH[-1] else such[_WHICH.index(which)]
        if year or found >= today:
            return found
    raise ValueError(which)


def _on_weekday(weekday: str | None, day: date) -> date:
    """Return the day, if the weekday that was typed with it is its own.

    Raises:
        Unreadable: It is another one's.
    """
    if weekday and not day_name[day.weekday()].lower().startswith(weekday[:3]):
        # Translators: such as “15 December 2026 is a Tuesday: which day?”
        other = _("{day} {year} is a {weekday}: which day?")
        name = weekday_name(day)
        raise Unreadable(other.format(day=day_of_month(day), year=day.year, weekday=name))
    return day


def _ahead(number: str, unit: str, today: date) -> date:
    if unit == "fortnight":
        return today + timedelta(weeks=2 * _number(number))
    if unit in ("day", "week"):
        return today + timedelta(days=_number(number) * (7 if unit == "week" else 1))
    months = int(_number(number)) * (12 if unit == "year" else 1)
    years, month = divmod(today.month - 1 + months, 12)
    last = monthrange(today.year + years, month + 1)[1]
    return date(today.year + years, month + 1, min(today.day, last))


def _weekday(text: str, today: date) -> date:
    wanted = next(n for n in range(7) if day_name[n].lower().startswith(text[:3]))
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _number(word: str) -> float:
    if word in ("a", "an"):
        return 1
    if word == "half an":
        return 0.5
    return _NUMBER_WORDS.index(word) + 1 if word in _NUMBER_WORDS else float(word)


_DAY_FORMS: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", lambda m, _: date(int(m[1]), int(m[2]), int(m[3]))),
    # With full stops the day comes first everywhere: 15.12., 15.12, 15.12.2026.
    (
        r"(\d{1,2})\. ?(\d{1,2})\.?(?: ?(\d{4}|\d{2}))?",
        lambda m, today: _next_such(int(m[1]), int(m[2]), m[3], today),
    ),
    (
        r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?",
        lambda m, today: _in_figures(m[1], m[2], m[3], today),
    ),
    (
        rf"(?:{_WEEKDAY} )?{_DAY}(?: of)? {_MONTH}{_YEAR}",
        lambda m, today: _on_weekday(m[1], _next_such(int(m[2]), _month(m[3]), m[4], today)),
    ),
    (
        rf"(?:{_WEEKDAY} )?{_MONTH} {_DAY}{_YEAR}",
        lambda m, today: _on_weekday(m[1], _next_such(int(m[3]), _month(m[2]), m[4], today)),
    ),
    (
        rf"(?:the )?({'|'.join(_WHICH)}) {_WEEKDAY} (?:in|of) {_MONTH}{_YEAR}",
        lambda m, today: _nth_weekday(m[1], m[2], _month(m[3]), m[4], today),
    ),
    (
        rf"(?:{_WEEKDAY} )?{_ORDINAL}",
        lambda m, today: _on_weekday(m[1], _ordinal(int(m[2]), today)),
    ),
    (
        rf"(?:in )?{_NUMBER} (day|week|month|fortnight)s?(?:'? time)?(?: from now)?",
        lambda m, today: _ahead(m[1], m[2], today),
    ),
    (r"today", lambda _, today: today),
    (r"tomorrow", lambda _, today: today + timedelta(days=1)),
    (r"(?:the )?day after tomorrow", lambda _, today: today + timedelta(days=2)),
    (r"(?:a week today|today week)", lambda _, today: today + timedelta(days=7)),
    (r"(?:a week tomorrow|tomorrow week)", lambda _, today: today + timedelta(days=8)),
    (r"next (week|month)", lambda m, today: _ahead("a", m[1], today)),
    (rf"(?:next |this |coming )?{_WEEKDAY}", lambda m, today: _weekday(m[1], today)),
    (
        rf"(?:a week on {_WEEKDAY}|{_WEEKDAY} week)",
        lambda m, today: _weekday(m[1] or m[2], today) + timedelta(days=7),
    ),
)


# --- Times of day


def _before_time(typed: str, today: date) -> str:
    """Return the day in a text that names a time of day behind it; empty if it does not."""
    words = typed.split()
    for end in range(len(words) - 1, len(words) - 4, -1):
        day = " ".join(words[: max(0, end)])
        with suppress(Unreadable):
            if _day_of(day, today) and parse_time(" ".join(words[end:])):
                return day
    return ""


def parse_time(text: str) -> time:
    """Return the time of day that somebody typed.

    Raises:
        Unreadable: It is none, or a small hour that may be meant in the morning or after noon.
    """
    typed = " ".join(text.casefold().replace("’", "'").split())
    typed = re.sub(r"^(?:at|until|till|by) ", "", typed)
    for form, minutes_of in _TIME_FORMS:
        match = re.fullmatch(form, typed)
        minutes = minutes_of(match) if match else None
        if minutes is not None and 0 <= minutes < 24 * 60:
            return time(*divmod(minutes, 60))
    raise Unreadable(_("A time of day would do, such as “15:00” or “3 pm”."))


def _clock(hour: int, minute: int, half: str | None) -> int | None:
    """Return the minute of the day; None where no clock shows it."""
    if minute > 59 or (half and not 1 <= hour <= 12):
        return None
    return (hour % 12 + 12 * (half == "p") if half else hour) * 60 + minute


def _bare(hour: int, minute: int, half: str | None) -> int | None:
    """Return the minute of the day of an hour that was typed without minutes, or in words.

    Raises:
        Unreadable: It is a small one: nobody means three in the morning, and some may.
    """
    if 1 <= hour <= LAST_SMALL_HOUR and not half:
        past = f":{minute:02}" if minute else ""
        which = _("{time} am or {time} pm? “{time} pm” or “{later}” would do.")
        raise Unreadable(which.format(time=f"{hour}{past}", later=f"{hour + 12}:{minute:02}"))
    return _clock(hour, minute, half)


def _beside(hour: int, minutes: int, half: str | None) -> int | None:
    """Return the minute of the day so many minutes past an hour; below zero, before it.

    The half of the day is that of the time itself: a quarter to twelve in the morning is 11:45.

    Raises:
        Unreadable: It is a small hour.
    """
    if abs(minutes) > 59:
        return None
    before, minute = divmod(minutes, 60)
    clock_hour = hour + before
    if clock_hour <= 0 and minutes < 0:  # Before one comes twelve, before midnight comes 23.
        clock_hour = 12 if hour else 23
    return _bare(clock_hour, minute, half)


def _hour(word: str) -> int:
    return int(_number(word))


def _step(word: str) -> int:
    return _STEPS[word] if word in _STEPS else int(word)


_HALF = r"(?: ?([ap])\.? ?m\.?| in the (?:(morning)|(?:afternoon|evening)))?"
_HOUR = rf"(\d{{1,2}}|{'|'.join(_NUMBER_WORDS)})"
_OCLOCK = r"(?: ?o'?clock)?"
_STEPS = {"quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "twenty five": 25}
_STEP = rf"({'|'.join(_STEPS)}|\d{{1,2}})"
"""Minutes before or after an hour."""


def _half(match: re.Match[str]) -> str | None:
    """Return `a` or `p`, from “pm” or “in the afternoon”; None where neither is typed."""
    short, morning = match.groups()[-2:]
    return short or ("a" if morning else "p" if " in the " in match[0] else None)


_TIME_FORMS: tuple[tuple[str, Callable[[re.Match[str]], int | None]], ...] = (
    (
        rf"(\d{{1,2}})(?:[:.h]| uhr )(\d{{2}})(?: ?uhr)?{_HALF}",
        lambda m: _clock(int(m[1]), int(m[2]), _half(m)),
    ),
    (rf"(\d{{1,2}})(\d{{2}}){_HALF}", lambda m: _clock(int(m[1]), int(m[2]), _half(m))),
    (r"(\d{1,2}) ?(?:h|hrs?|hours|uhr)", lambda m: _bare(int(m[1]), 0, None)),
    (rf"{_HOUR}{_OCLOCK}{_HALF}", lambda m: _bare(_hour(m[1]), 0, _half(m))),
    # In British English; whoever means 8:30 by it, as in German, sees 09:30 and can change it.
    (rf"half (?:past )?{_HOUR}{_OCLOCK}{_HALF}", lambda m: _beside(_hour(m[1]), 30, _half(m))),
    (
        rf"(?:a )?{_STEP}(?: minutes)? (?:past|after) {_HOUR}{_OCLOCK}{_HALF}",
        lambda m: _beside(_hour(m[2]), _step(m[1]), _half(m)),
    ),
    # “Ten to eleven” may be from one to the other.
    (
        rf"(?:a )?(quarter|twenty(?:[- ]five)?|{_STEP} minutes) to {_HOUR}{_OCLOCK}{_HALF}",
        lambda m: _beside(_hour(m[3]), -_step(m[2] or m[1]), _half(m)),
    ),
    (r"(?:12 )?(?:noon|midday)", lambda _: 12 * 60),
    (r"(?:12 )?midnight", lambda _: 0),
)


# --- Lengths of time


def parse_minutes(text: str) -> float | None:
    """Return the minutes of a length of time with its unit, such as “45 min”; None if it is none.

    A bare number has no unit, so it is none either: its field knows what it counts.
    """
    typed = " ".join(text.casefold().replace(",", ".").replace("½", ".5").split()).rstrip(".")
    typed = re.sub(r"^(?:about|around|for) ", "", typed)
    for form, minutes_of in _LENGTH_FORMS:
        if match := re.fullmatch(form, typed):
            return minutes_of(match)
    return None


_AMOUNT = rf"(\d{{1,3}}(?:\.\d{{1,2}})?|\.\d|half an|an?|{'|'.join(_NUMBER_WORDS)})"
_HOURS, _MINUTES = r"(?:h|hr|hrs|hour|hours|std)\.?", r"(?:m|min|mins|minute|minutes|')\.?"
_LENGTH_FORMS: tuple[tuple[str, Callable[[re.Match[str]], float | None]], ...] = (
    (rf"{_AMOUNT} ?{_MINUTES}", lambda m: _number(m[1])),
    (rf"{_AMOUNT} ?{_HOURS}", lambda m: 60 * _number(m[1])),
    (
        rf"(\d{{1,2}}|an?) ?{_HOURS}(?: and)? ?(\d{{1,2}})(?: ?{_MINUTES})?",
        lambda m: 60 * _number(m[1]) + int(m[2]) if int(m[2]) < 60 else None,
    ),
    (rf"{_NUMBER}(?: {_HOURS})? and a half(?: {_HOURS})?", lambda m: 60 * _number(m[1]) + 30),
    (r"(?:a )?quarter of an hour", lambda _: 15),
    (r"three quarters of an hour", lambda _: 45),
)
