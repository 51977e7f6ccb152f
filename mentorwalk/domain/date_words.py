"""Days and moments as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.i18n import N_, NP_, _, ngettext, pgettext
from mentorwalk.domain.text import count

if TYPE_CHECKING:
    from datetime import date, datetime


class DayWords(NamedTuple):
    """The words of a day in full, for whoever puts them together: the script of a page, too."""

    form: str
    """How they stand together, with `{weekday}`, `{day}`, `{month}` and `{year}`."""
    weekdays: tuple[str, ...]
    """From Monday to Sunday."""
    months: tuple[str, ...]


def day_words() -> DayWords:
    """Return the words of a day in full, in the language that is spoken."""
    # Translators: a day in full, such as Tuesday 15 December 2026.
    form = _("{weekday} {day} {month} {year}")
    return DayWords(form, tuple(map(_, _WEEKDAY_NAMES)), tuple(map(_, _MONTH_NAMES)))


def day_in_words(day: date) -> str:
    """Return a day in full: `Tuesday 15 December 2026`."""
    words = day_words()
    weekday, month = words.weekdays[day.weekday()], words.months[day.month - 1]
    return words.form.format(weekday=weekday, day=day.day, month=month, year=day.year)


def month_in_words(day: date) -> str:
    """Return the month of a day, with its year: `December 2026`."""
    # Translators: a month, such as December 2026.
    return _("{month} {year}").format(month=_(_MONTH_NAMES[day.month - 1]), year=day.year)


def day_of_month(day: date) -> str:
    """Return a day without its year: `15 December`."""
    # Translators: a day of this year, such as 15 December.
    return _("{day} {month}").format(day=day.day, month=_(_MONTH_NAMES[day.month - 1]))


def said_on(label: str, day: date) -> str:
    """Return the label of an answer with the day on which it was given: `Goal, on 15 December`."""
    # Translators: the label of an answer, and the day on which it was given.
    return _("{label}, on {day}").format(label=label, day=day_of_month(day))


def weekday_name(day: date) -> str:
    """Return the day of the week: `Tuesday`."""
    return _(_WEEKDAY_NAMES[day.weekday()])


def weekday_and_time(moment: datetime) -> str:
    """Return a moment of the last days: `Tuesday 15:00`."""
    # Translators: a moment of the last days, such as Tuesday 15:00.
    shown = _("{weekday} {time}")
    return shown.format(weekday=_(_WEEKDAY_NAMES[moment.weekday()]), time=f"{moment:%H:%M}")


def day_offered(day: date, today: date) -> str:
    """Return a day in short, with its distance: `Tue 15 Dec, in three weeks`."""
    # Translators: a day and how far it is, such as Tue 15 Dec, in three weeks.
    shown = _("{day}, {distance}")
    return shown.format(day=day_in_short(day, today), distance=_distance((day - today).days))


def day_in_short(day: date, today: date) -> str:
    """Return a day in short, with its year unless it is this year: `Tue 15 Dec`."""
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
    near = {0: N_("today"), 1: N_("tomorrow"), 7: N_("in a week")}
    if days in near:
        return _(near[days])
    if days < 0:
        return _("already past")
    weeks = days // 7
    if days % 7 == 0:
        return ngettext("in {number} week", "in {number} weeks", weeks).format(number=count(weeks))
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
