"""Answers: what somebody typed, read by the field's type, and how it reads in a sentence.

A value is plain data, ready for JSON: dates are kept as `2026-12-15`, times as `15:00`.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.agenda import Choice, fill_in
from mentorwalk.domain.dates import day_in_words, day_offered
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.text import clean, count, digits, join_words, mid_sentence
from mentorwalk.domain.time_parsing import parse_day, parse_minutes, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import UnionType

    from mentorwalk.domain.agenda import Field


Value = str | int | float | bool | tuple[str, ...]
NOBODY: Mapping[str, str] = {}
"""No names to put into texts."""

UNKNOWN = "?"
"""An answer of its own, beforehand: I don't know yet. So it is typed, and so it is kept."""
NOT_YET = N_("I don't know yet")
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")


def unsure(text: str) -> bool:
    """Tell whether somebody wrote that they don't know yet, in English or as it is spoken."""
    return _bare(text) in (UNKNOWN, _bare(NOT_YET), _bare(_(NOT_YET)))


def _bare(text: str) -> str:
    return clean(text).replace("’", "'").rstrip(".").casefold()


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


def default_of(field: Field, today: date) -> Value | None:
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
            return join_words([*words[:1], *map(mid_sentence, words[1:])])
        case str() if field.type == "date":
            return day_in_words(date.fromisoformat(value))
        case str():
            return _chosen_words(field, value, names)
        case _:
            return digits(value)


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
        return join_words([shown_pick(field, item, names) for item in value])
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


def shown_pick(field: Field, value: str, names: Mapping[str, str]) -> str:
    """A chosen text as it stands in the list: names are put into choices, never into own words."""
    return fill_in(value, names) if _choice(field, value) else value


def _choice(field: Field, value: str) -> Choice | None:
    return next((choice for choice in field.choices if choice.pick == value), None)


def _chosen_words(field: Field, value: str, names: Mapping[str, str]) -> str:
    choice = _choice(field, value)
    return fill_in(choice.words, names) if choice else value


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
        known = (choice.pick, fill_in(choice.pick, names), fill_in(choice.words, names))
        if _alike(text) in map(_alike, known):
            return choice.pick
    if field.other:
        return text
    picks = _(", ").join(fill_in(choice.pick, names) for choice in field.choices)
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
    bare = _without_unit(field, text)
    if re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", bare):
        number = float(bare) if "." in bare else int(bare)
        least = number if field.min is None else field.min
        most = number if field.max is None else field.max
        if least <= number <= most:
            return number
    raise Unreadable(_would_do(field).format(least=field.min, most=field.max))


def _without_unit(field: Field, text: str) -> str:
    """Return the number that was typed; a length of time in its field's unit: “1 h” is 60."""
    length, minutes = parse_minutes(text), _MINUTES_OF.get(field.unit.casefold())
    if length is not None and minutes:
        return digits(length / minutes)
    return text.casefold().removesuffix(field.unit.casefold()).strip().replace(",", ".")


_MINUTES_OF = {"minutes": 1, "hours": 60}
"""The minutes of one of a field's units."""


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


_READERS: Mapping[str, Callable[[Field, str, date], Value]] = {
    "text": _text,
    "list": _list,
    "confirm": _confirm,
    "number": _number,
    "scale": _scale,
    "date": lambda _, text, today: parse_day(text, today).isoformat(),
    "time": lambda _, text, _today: parse_time(text).isoformat("minutes"),
}
