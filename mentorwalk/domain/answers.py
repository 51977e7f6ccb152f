"""Answers: what somebody typed, read by the field's type, and how it reads in a sentence.

A value is plain data, ready for JSON: dates are kept as `2026-12-15`, times as `15:00`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.agenda import Choice, fill_in
from mentorwalk.domain.dates import day_in_short, day_in_words, day_offered
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _, in_english
from mentorwalk.domain.text import clean, count, digits, join_words, mid_sentence
from mentorwalk.domain.time_parsing import parse_day, parse_minutes, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import UnionType

    from mentorwalk.domain.agenda import Field, Role


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


def typed_texts(value: Value | None) -> tuple[str, ...]:
    """Return a value as somebody would type it, item by item; so conditions name it too."""
    match value:
        case None:
            return ()
        case tuple():
            return value
        case bool():
            return ("yes",) if value else ("no",)
        case str():
            return (value,)
        case _:
            return (digits(value),)


@lru_cache(maxsize=1024)
def default_of(field: Field, today: date) -> Value | None:
    """Return the value of the field's default, which the loader has checked.

    It is asked for at every card, so what was read once is kept.
    """
    if isinstance(field.default, tuple):
        return read_items(field, field.default)
    return read(field, field.default, today)


@dataclass(frozen=True)
class Answer:
    """What was written down for a field, and every way in which it reads.

    Nothing else decides what an empty answer is, or how an answer is said.
    """

    field: Field
    value: Value | None
    names: Mapping[str, str] = attribute(default_factory=dict)
    """What `{mentor}` and the like stand for in the texts of the field."""
    person: Role | None = None
    """Whose answer it is; None if both are asked together."""

    @property
    def empty(self) -> bool:
        """Whether nothing is written down."""
        return self.value in (None, "", ())

    @property
    def hidden(self) -> bool:
        """Whether documents leave it out: it is empty, or private to one of the two."""
        return self.empty or self.field.private

    @property
    def items(self) -> tuple[Answer, ...]:
        """Each item of a list or a checkbox as an answer; any other answer is its only item."""
        if not isinstance(self.value, tuple):
            return (self,)
        return tuple(replace(self, value=item) for item in self.value)

    # --- Its label

    @property
    def label(self) -> str:
        """What was asked, below or above the answer: `Ada: What you will try`."""
        label = fill_in(self.field.label, self.names)
        return f"{self.names[self.person]}: {label}" if self.person else label

    @property
    def inline_label(self) -> str:
        """What was asked, on one line with the answer: `Ada, what you will try`."""
        label = fill_in(self.field.label, self.names)
        return f"{self.names[self.person]}, {mid_sentence(label)}" if self.person else label

    # --- How it reads

    @property
    def sentence(self) -> str:
        """The answer within a sentence, days in full: `at weekends and on Monday`."""
        match self.value:
            case None:
                return ""
            case bool():
                return _("yes") if self.value else _("no")
            case tuple():
                words = list(map(self._chosen_words, self.value))
                return join_words([*words[:1], *map(mid_sentence, words[1:])])
            case str():
                return day_in_words(self._day) if self._day else self._chosen_words(self.value)
            case _:
                return digits(self.value)

    @property
    def after_label(self) -> str:
        """The answer right after its label: as it was chosen, days in full, with its unit."""
        if isinstance(self.value, tuple):
            return join_words(list(map(self._shown, self.value)))
        if isinstance(self.value, str) and not self._day:
            return self._shown(self.value)
        return "" if self.empty else f"{self.sentence} {self.field.unit}".rstrip()

    def short(self, today: date) -> str:
        """Return the answer for a sheet or a list of choices: a day with its distance."""
        if isinstance(self.value, tuple):
            return _(", ").join(map(self._shown, self.value))
        return day_offered(self._day, today) if self._day else self.after_label

    @property
    def given(self) -> str:
        """The answer that one person gave before they met; items of a list may be sentences."""
        if self.empty or self.value == UNKNOWN:
            return _(NOT_YET)
        if isinstance(self.value, tuple):
            between = "; " if self.field.type == "list" else _(", ")
            return between.join(self._shown(item.rstrip(";")) for item in self.value)
        return self.after_label

    @property
    def typed(self) -> str:
        """The answer as somebody would type it, to be corrected; `read` reads it back."""
        return "\n".join(typed_texts(self.value))

    def offered(self, today: date) -> str:
        """Return the answer as it stands in a line to be corrected: a day without its distance."""
        # Days are read in English only, so that other languages are offered 2026-12-15.
        return day_in_short(self._day, today) if self._day and in_english() else self.typed

    @property
    def _day(self) -> date | None:
        is_day = self.field.type == "date" and self.value not in (None, UNKNOWN)
        return date.fromisoformat(str(self.value)) if is_day else None

    def _shown(self, text: str) -> str:
        """A chosen text as it stands in the list: names go into choices, never into own words."""
        return fill_in(text, self.names) if _choice(self.field, text) else text

    def _chosen_words(self, text: str) -> str:
        choice = _choice(self.field, text)
        return fill_in(choice.words, self.names) if choice else text


def _choice(field: Field, pick: str) -> Choice | None:
    return next((choice for choice in field.choices if choice.pick == pick), None)


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
