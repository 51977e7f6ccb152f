"""Days and times: read as people type them, said as people say them."""

from __future__ import annotations

import re
from calendar import day_name, month_name, monthrange
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, NP_, _, ngettext, pgettext
from mentorwalk.domain.text import _COUNTED, count

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mentorwalk.domain.agenda import Field
    from mentorwalk.domain.answers import Value

LAST_SMALL_HOUR = 6
"""A bare hour up to here may well be meant after noon."""


def day_in_words(day: date) -> str:
    """Say a day in full: `Tuesday 15 December 2026`."""
    # Translators: a day in full, such as Tuesday 15 December 2026.
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(_WEEKDAY_NAMES[day.weekday()]),
        day=day.day,
        month=_(_MONTH_NAMES[day.month - 1]),
        year=day.year,
    )


def day_of_month(day: date) -> str:
    """Say a day without its year: `15 December`."""
    # Translators: a day of this year, such as 15 December.
    return _("{day} {month}").format(day=day.day, month=_(_MONTH_NAMES[day.month - 1]))


def weekday_and_time(moment: datetime) -> str:
    """Say when it was, in these days: `Tuesday 15:00`."""
    # Translators: a moment of the last days, such as Tuesday 15:00.
    told = _("{weekday} {time}")
    return told.format(weekday=_(_WEEKDAY_NAMES[moment.weekday()]), time=f"{moment:%H:%M}")


def day_offered(day: date, today: date) -> str:
    """Say a day briefly, with its distance: `Tue 15 Dec, three weeks on`."""
    # Translators: a day and how far it is, such as Tue 15 Dec, three weeks on.
    told = _("{day}, {distance}")
    return told.format(day=day_in_short(day, today), distance=_distance((day - today).days))


def day_in_short(day: date, today: date) -> str:
    """Say a day as briefly as can be, with its year where that is another one: `Tue 15 Dec`."""
    # Translators: a day in short, such as Tue 15 Dec.
    this_year = pgettext("short", "{weekday} {day} {month}")
    # Translators: a day in short, and not of this year, such as Tue 15 Dec 2026.
    another = pgettext("short", "{weekday} {day} {month} {year}")
    return (this_year if day.year == today.year else another).format(
        weekday=pgettext("short", _SHORT_WEEKDAYS[day.weekday()]),
        day=day.day,
        month=pgettext("short", _SHORT_MONTHS[day.month - 1]),
        year=day.year,
    )


def _distance(days: int) -> str:
    near = {0: N_("today"), 1: N_("tomorrow"), 7: N_("a week on")}
    if days in near:
        return _(near[days])
    if days < 0:
        return _("already past")
    weeks = days // 7
    if days % 7 == 0:
        return ngettext("{number} week on", "{number} weeks on", weeks).format(number=count(weeks))
    return ngettext("in {number} day", "in {number} days", days).format(number=count(days))


_WEEKDAY_NAMES = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)
_MONTH_NAMES = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_SHORT_WEEKDAYS = (
    *(NP_("short", "Mon"), NP_("short", "Tue"), NP_("short", "Wed"), NP_("short", "Thu")),
    *(NP_("short", "Fri"), NP_("short", "Sat"), NP_("short", "Sun")),
)
_SHORT_MONTHS = (
    *(NP_("short", "Jan"), NP_("short", "Feb"), NP_("short", "Mar"), NP_("short", "Apr")),
    *(NP_("short", "May"), NP_("short", "Jun"), NP_("short", "Jul"), NP_("short", "Aug")),
    *(NP_("short", "Sep"), NP_("short", "Oct"), NP_("short", "Nov"), NP_("short", "Dec")),
)


def _date(_field: Field, text: str, today: date) -> Value:
    wanted = " ".join(text.casefold().replace(",", " ").split())
    for form, day_of in _DAYS:
        if match := re.fullmatch(form, wanted):
            try:
                return day_of(match, today).isoformat()
            except (ValueError, OverflowError):
                break
    # Translators: only English words and 2026-12-15 are read.
    raise Unreadable(_("A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."))


def _month(text: str) -> int:
    return next(n for n in range(1, 13) if month_name[n].lower().startswith(text[:3]))


def _soonest(day: int, month: int, year: str | None, today: date) -> date:
    """That day in that year; without one, the next time it comes, within a leap year's cycle."""
    if year:
        return date(int(year), month, day)
    for candidate in range(today.year, today.year + 9):
        if day <= monthrange(candidate, month)[1] and date(candidate, month, day) >= today:
            return date(candidate, month, day)
    raise ValueError(day)


def _on_weekday(weekday: str | None, day: date) -> date:
    """A day whose weekday was named with it, if it is that one."""
    if weekday and not day_name[day.weekday()].lower().startswith(weekday[:3]):
        # Translators: such as “15 December 2026 is a Tuesday: which day?”
        other = _("{day} {month} {year} is a {weekday}: which day?")
        names = {
            "weekday": _(_WEEKDAY_NAMES[day.weekday()]),
            "month": _(_MONTH_NAMES[day.month - 1]),
        }
        raise Unreadable(other.format(day=day.day, year=day.year, **names))
    return day


def _ahead(number: str, unit: str, today: date) -> date:
    if unit != "month":
        return today + timedelta(days=_number_of(number) * (7 if unit == "week" else 1))
    years, month = divmod(today.month - 1 + _number_of(number), 12)
    last = monthrange(today.year + years, month + 1)[1]
    return date(today.year + years, month + 1, min(today.day, last))


def _weekday(text: str, today: date) -> date:
    wanted = next(n for n in range(7) if day_name[n].lower().startswith(text[:3]))
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _number_of(word: str) -> int:
    if word in ("a", "an"):
        return 1
    return _COUNTED.index(word) if word in _COUNTED else int(word)


_MONTHS = "|".join(f"{month_name[n].lower()}|{month_name[n][:3].lower()}" for n in range(1, 13))
_MONTHS = f"({_MONTHS}|sept)"
_WEEKDAYS = "|".join(f"{day.lower()}|{day[:3].lower()}" for day in day_name)
_WEEKDAYS = f"({_WEEKDAYS}|tues|weds|thur|thurs)"
_YEAR = r"(?: (\d{4}))?"
_NUMBERS = rf"(\d{{1,3}}|an?|{'|'.join(_COUNTED[1:])})"
_DAYS: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", lambda m, _: date(int(m[1]), int(m[2]), int(m[3]))),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", lambda m, _: date(int(m[3]), int(m[2]), int(m[1]))),
    (
        rf"(?:{_WEEKDAYS} )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? {_MONTHS}{_YEAR}",
        lambda m, today: _on_weekday(m[1], _soonest(int(m[2]), _month(m[3]), m[4], today)),
    ),
    (
        rf"(?:{_WEEKDAYS} )?{_MONTHS} (\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}",
        lambda m, today: _on_weekday(m[1], _soonest(int(m[3]), _month(m[2]), m[4], today)),
    ),
    (rf"in {_NUMBERS} (day|week|month)s?", lambda m, today: _ahead(m[1], m[2], today)),
    (r"today", lambda _, today: today),
    (r"tomorrow", lambda _, today: today + timedelta(days=1)),
    (r"next week", lambda _, today: today + timedelta(days=7)),
    (rf"(?:next |on )?{_WEEKDAYS}", lambda m, today: _weekday(m[1], today)),
)


def _time(_field: Field, text: str, _today: date) -> Value:
    match = re.fullmatch(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", text.casefold())
    if match:
        hour, minute = int(match[1]), int(match[2] or 0)
        if 1 <= hour <= LAST_SMALL_HOUR and not (match[2] or match[3]):
            told = _("In the morning, or after noon? “{hour} pm” or “{later}:00” would do.")
            raise Unreadable(told.format(hour=hour, later=hour + 12))
        if match[3]:
            hour = hour % 12 + (12 if match[3] == "pm" else 0) if 1 <= hour <= 12 else 24
        if hour < 24 and minute < 60:
            return time(hour, minute).isoformat("minutes")
    raise Unreadable(_("A time of day would do, such as “15:00” or “3 pm”."))
