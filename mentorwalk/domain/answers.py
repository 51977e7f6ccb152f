"""Answers: what somebody typed, read by the field's type, and how it reads in a sentence.

A value is plain data, ready for JSON: dates are kept as `2026-12-15`, times as `15:00`.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import day_name, month_name, monthrange
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.agenda import Choice, filled
from mentorwalk.domain.errors import InputError, Unreadable
from mentorwalk.domain.i18n import N_, NP_, _, in_english, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from types import UnionType

    from mentorwalk.domain.agenda import Field

Value = str | int | float | bool | tuple[str, ...]
NOBODY: Mapping[str, str] = {}
"""No names to put into texts."""
NAME_LIMIT = 60
"""Characters in a person's name: more would not fit beside another one on a narrow screen."""

UNKNOWN = "?"
"""An answer of its own, beforehand: I don't know yet. So it is typed, and so it is kept."""
LAST_SMALL_HOUR = 6
"""A bare hour up to here may well be meant after noon."""
NOT_YET = N_("I don't know yet")

INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
"""What cannot be shown, or turns the direction in which a line is read."""
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""What Unicode calls letters and signs, and nobody sees."""
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")


def clean(text: str) -> str:
    """Take out control characters and overrides of direction; keep words and line breaks."""
    if text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return INVISIBLE.sub("", lines).strip()


def unshowable(text: str) -> bool:
    """Tell whether a text holds control characters or overrides of direction."""
    return bool(INVISIBLE.search(text))


def unsure(text: str) -> bool:
    """Tell whether somebody wrote that they don't know yet, in English or as it is spoken."""
    return _bare(text) in (UNKNOWN, _bare(NOT_YET), _bare(_(NOT_YET)))


def _bare(text: str) -> str:
    return clean(text).replace("’", "'").rstrip(".").casefold()


def read_name(text: str, whose: str) -> str:
    """Read a person's name.

    Raises:
        InputError: It is empty, too long, or holds characters that cannot be shown.
    """
    name = unicodedata.normalize("NFC", text.strip())
    if not any(unicodedata.category(char)[0] in "LNPS" for char in name if char not in BLANK):
        empty = _("{whose} is empty: please give a name, any name you go by.")
        raise InputError(empty.format(whose=whose))
    if len(name) > NAME_LIMIT:
        long = _("{whose} has {number} characters: please keep it to {limit} or fewer.")
        raise InputError(long.format(whose=whose, number=len(name), limit=NAME_LIMIT))
    if INVISIBLE.search(name) or "\n" in name or "\t" in name:
        hidden = _("{whose} holds characters that cannot be shown: please write it without them.")
        raise InputError(hidden.format(whose=whose))
    return name


def alike(one: str, other: str) -> bool:
    """Whether two names may well be one person's: `Grace` and `Grace Hopper`."""
    names, others = set(one.casefold().split()), set(other.casefold().split())
    return names <= others or others <= names


def another_name(name: str, other: str) -> str:
    """A name that is not the other one's.

    Raises:
        InputError: Both are called the same.
    """
    if _as_seen(name) == _as_seen(other):
        same = _("You are both called {name}: please add an initial to one of you.")
        raise InputError(same.format(name=name))
    return name


def _as_seen(name: str) -> str:
    """A name without what nobody sees in it."""
    seen = (char for char in name if unicodedata.category(char) != "Cf" and char not in BLANK)
    return "".join(seen).casefold()


def read(field: Field, typed: str, today: date, names: Mapping[str, str] = NOBODY) -> Value | None:
    """Read what was typed as the field's type has it; nothing typed is None.

    A choice may be given as it is written in the agenda or as it is shown, with `names` in it.

    Raises:
        Unreadable: With a sentence that says what would do.
    """
    text = clean(typed)
    if not text:
        return None
    if field.type == "select":
        return _one(field, text, names)
    if field.type == "checkbox":
        return _picked(field, _separated(field, text), names)
    return _READERS[field.type](field, text, today)


def read_items(
    field: Field, typed: tuple[str, ...], names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Read several items, for a list or a checkbox, as `read` does.

    Raises:
        Unreadable: The field takes one answer, or does not take these.
    """
    if field.type not in ("list", "checkbox"):
        raise Unreadable(_("One answer is wanted here, not several."))
    items = tuple(item for item in map(clean, typed) if item)
    if not items:
        return None
    return _counted(field, items) if field.type == "list" else _picked(field, items, names)


def fits(field: Field, value: Value | None) -> bool:
    """Tell whether a value that was kept is one of its field's type."""
    try:
        moment = value if field.type in ("date", "time") else None
        if moment is not None:
            (date if field.type == "date" else time).fromisoformat(str(moment))
    except ValueError:
        return False
    return value is None or isinstance(value, _SHAPES.get(field.type, str))


_SHAPES: Mapping[str, type | UnionType] = {
    "list": tuple,
    "checkbox": tuple,
    "confirm": bool,
    "number": int | float,
    "scale": int | float,
}


class PossibleAnswers(NamedTuple):
    """The answers that a field can have, as far as they are known beforehand."""

    picks: dict[str, None]
    """Those that can be chosen; none where anything can be written."""
    spelled: dict[str, str]
    """Each of them by its words in small letters: own words like these are kept as that one."""
    other: bool

    def includes(self, answer: str) -> bool:
        """Whether this can be an answer."""
        own = self.other and answer.casefold() not in self.spelled
        return not self.picks or own or answer in self.picks


def possible_answers(field: Field) -> PossibleAnswers:
    """The answers that a condition can name."""
    choices = (Choice("yes"), Choice("no")) if field.type == "confirm" else field.choices
    spelled = {words.casefold(): each.pick for each in choices for words in (each.words, each.pick)}
    return PossibleAnswers(dict.fromkeys(each.pick for each in choices), spelled, field.other)


def usual(field: Field, today: date) -> Value | None:
    """Read the field's default, which the loader has checked."""
    if isinstance(field.default, tuple):
        return read_items(field, field.default)
    return read(field, field.default, today)


def in_words(field: Field, value: Value, names: Mapping[str, str] = NOBODY) -> str:
    """Say a value as it reads in a sentence."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case tuple():
            words = [_chosen_words(field, item, names) for item in value]
            return listed([*words[:1], *map(within, words[1:])])
        case str() if field.type == "date":
            return day_in_words(date.fromisoformat(value))
        case str():
            return _chosen_words(field, value, names)
        case _:
            return digits(value)


def digits(value: float) -> str:
    """A number without needless decimals."""
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")


def on_sheet(field: Field, value: Value, today: date, names: Mapping[str, str] = NOBODY) -> str:
    """Say a value as it stands on a sheet or in a list of choices: short, with its unit."""
    if field.type == "date" and isinstance(value, str):
        return day_offered(date.fromisoformat(value), today)
    if isinstance(value, tuple):
        return _(", ").join(shown_pick(field, item, names) for item in value)
    return after_label(field, value, names)


def after_label(field: Field, value: Value, names: Mapping[str, str] = NOBODY) -> str:
    """Say a value as it reads after its label: as it was chosen, days in full, with its unit."""
    if isinstance(value, tuple):
        return listed([shown_pick(field, item, names) for item in value])
    if isinstance(value, str) and field.type != "date":
        return shown_pick(field, value, names)
    return f"{in_words(field, value)} {field.unit}".rstrip()


def as_typed(value: Value | None) -> str:
    """Write a value as somebody would type it, so that it can be corrected."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "\n".join(value)
        case str():
            return value
        case _:
            return digits(value)


def labelled(label: str, words: str) -> str:
    """Words behind what they answer; a question needs no colon."""
    return f"{label} {words}" if label.endswith(("?", ":", "...")) else f"{label}: {words}"


_SMALL_WORDS = re.compile(
    "(A|After|All|Always|An|Another|Any|Anything|As|At|Because|Before|Both|By|Daily|During|Each"
    "|Either|Every|Everything|For|From|Half|How|If|In|It|Later|Less|Monthly|More|Mostly|Never|Next"
    "|No|Not|Nothing|Now|Often|On|Once|One|Only|Or|Our|Some|Something|Sometimes|Soon|That|The|Then"
    "|These|They|This|Three|To|Today|Tomorrow|Twice|Two|Until|We|Weekly|What|Whatever|When|Whenever"
    r"|Where|While|With|Within|Without|You|Your)\b"
)
"""English words that open a sentence with a capital, and are no name."""


def within(text: str) -> str:
    """Own words as they read within a sentence: “Every other day” loses its capital, “Zoom” not.

    Only English is known well enough for that.
    """
    small = in_english() and _SMALL_WORDS.match(text)
    return text[0].lower() + text[1:] if small else text


def capital(text: str) -> str:
    """A text that begins like a sentence."""
    return str(text)[:1].upper() + str(text)[1:]


_IN_QUOTATION_MARKS = re.compile(r'(?:“([^“”]+)”|"([^"]+)"|„([^„“”]+)[“”]|«([^«»]+)»)\.?')


def unquoted(text: str) -> str:
    """A text without the quotation marks around all of it, so that it can stand between ours."""
    wrapped = _IN_QUOTATION_MARKS.fullmatch(text.strip())
    return next(filter(None, wrapped.groups())) if wrapped else text


def going_on(before: str, text: str) -> str:
    """Own words without those right before them: after “best by”, “by phone” is “phone”."""
    said, typed = before.casefold().split(), text.casefold().split()
    most = min(len(said), len(typed) - 1)
    twice = (n for n in range(most, 0, -1) if said[-n:] == typed[:n])
    return text.split(maxsplit=number)[number] if (number := next(twice, 0)) else text


def listed(words: list[str]) -> str:
    """Join words as a sentence does: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    # Translators: the end of a list; {some} may be several, with ", " between them.
    return _("{some} and {last}").format(some=_(", ").join(words[:-1]), last=words[-1])


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
# Translators: numbers up to twelve stand before a noun; digits will do where they would bend.
_COUNTED = (
    *(NP_("number", "no"), NP_("number", "one"), NP_("number", "two")),
    *(NP_("number", "three"), NP_("number", "four"), NP_("number", "five")),
    *(NP_("number", "six"), NP_("number", "seven"), NP_("number", "eight")),
    *(NP_("number", "nine"), NP_("number", "ten"), NP_("number", "eleven")),
    NP_("number", "twelve"),
)


def count(number: int) -> str:
    """Write a small whole number as a word, a larger one in digits."""
    return pgettext("number", _COUNTED[number]) if 0 <= number < len(_COUNTED) else str(number)


def shown_pick(field: Field, value: str, names: Mapping[str, str]) -> str:
    """A chosen text as it stands in the list: names are put into choices, never into own words."""
    return filled(value, names) if _choice(field, value) else value


def _choice(field: Field, value: str) -> Choice | None:
    return next((choice for choice in field.choices if choice.pick == value), None)


def _chosen_words(field: Field, value: str, names: Mapping[str, str]) -> str:
    choice = _choice(field, value)
    return filled(choice.words, names) if choice else value


def _text(_field: Field, text: str, _today: date) -> Value:
    return text


def _list(field: Field, text: str, _today: date) -> Value:
    return _counted(field, tuple(filter(None, (line.strip() for line in text.split("\n")))))


def _counted(field: Field, items: tuple[str, ...]) -> Value:
    least, most = field.min or 0, field.max
    if len(items) < least:
        few = _("At least {number} would do, one a line.")
        raise Unreadable(few.format(number=count(least)))
    if most is not None and len(items) > most:
        many = _("At most {most}, one a line; here are {number}.")
        raise Unreadable(many.format(most=count(most), number=count(len(items))))
    return items


def _one(field: Field, text: str, names: Mapping[str, str]) -> str:
    for choice in field.choices:
        known = (choice.pick, filled(choice.pick, names), filled(choice.words, names))
        if _alike(text) in map(_alike, known):
            return choice.pick
    if field.other:
        return text
    picks = _(", ").join(filled(choice.pick, names) for choice in field.choices)
    other = _("“{text}” is not among the choices: {choices}.")
    raise Unreadable(other.format(text=text, choices=picks))


def _alike(text: str) -> str:
    """What two texts have in common that differ in case or white space only."""
    return " ".join(text.split()).casefold()


def _separated(field: Field, text: str) -> tuple[str, ...]:
    """Several lines are several items; on one line, commas part them, but not within a choice."""
    if "\n" in text:
        return tuple(text.split("\n"))
    whole = _alike(text) in (_alike(choice.pick) for choice in field.choices)
    return (text,) if whole else tuple(text.split(","))


def _picked(field: Field, items: tuple[str, ...], names: Mapping[str, str]) -> Value | None:
    chosen = [_one(field, item.strip(), names) for item in items if item.strip()]
    if not chosen:
        return None
    own = dict.fromkeys(item for item in chosen if not _choice(field, item))
    return tuple(c.pick for c in field.choices if c.pick in chosen) + tuple(own)


def _confirm(_field: Field, text: str, _today: date) -> Value:
    said, yes, no = text.casefold(), _("yes").casefold(), _("no").casefold()
    if said in (yes, no):
        return said == yes
    if said in _YES + _NO:
        return said in _YES
    raise Unreadable(_("Yes or no would do."))


def _number(field: Field, text: str, _today: date) -> Value:
    bare = text.casefold().removesuffix(field.unit.casefold()).strip().replace(",", ".")
    if re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", bare):
        number = float(bare) if "." in bare else int(bare)
        least = number if field.min is None else field.min
        most = number if field.max is None else field.max
        if least <= number <= most:
            return number
    raise Unreadable(_would_do(field).format(least=field.min, most=field.max))


def _would_do(field: Field) -> str:
    if field.min is not None and field.max is not None:
        return _("A number from {least} to {most} would do.")
    if field.min is not None:
        return _("A number of {least} or more would do.")
    return _("A number would do.") if field.max is None else _("A number up to {most} would do.")


def scale_of(field: Field) -> tuple[int, int]:
    """The two ends of a scale: 0 to 10, unless the field says otherwise."""
    return (0 if field.min is None else field.min, 10 if field.max is None else field.max)


def _scale(field: Field, text: str, _today: date) -> Value:
    low, high = scale_of(field)
    if not re.fullmatch(r"-?\d{1,4}", text) or not low <= int(text) <= high:
        whole = _("A whole number from {least} to {most} would do.")
        raise Unreadable(whole.format(least=low, most=high))
    return int(text)


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


_READERS: Mapping[str, Callable[[Field, str, date], Value]] = {
    "text": _text,
    "list": _list,
    "confirm": _confirm,
    "number": _number,
    "scale": _scale,
    "date": _date,
    "time": _time,
}
