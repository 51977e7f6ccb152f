"""Answers as people type them, read by the type of their field."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import NOT_YET, UNKNOWN, typed_texts
from mentorwalk.domain.date_parsing import parse_day, parse_minutes, parse_time
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.fields import MOST_RANKED
from mentorwalk.domain.i18n import _
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import (
    capital,
    clean,
    count,
    digits,
    folded,
    without_controls,
    without_full_stop,
)
from mentorwalk.domain.values import (
    INDENT,
    OUTLINE_DEPTH,
    ByItem,
    Outline,
    outline_of,
    said_nothing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field

NOBODY: Mapping[str, str] = {}
"""No names to put into choices."""
OUTLINE_LINES = 50
"""The most lines of an outline: a map that is larger shows nothing any more."""
OUTLINE_LINE_LIMIT = 200
"""Characters of one line of an outline."""
ANSWER_LIMIT = 100_000
"""Characters of one answer: forty pages, which no talk needs and documents can still hold."""
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")


def unsure(text: str) -> bool:
    """Return whether a text says “I don't know yet”, in English or in the current language."""
    return _plain(text) in (UNKNOWN, _plain(NOT_YET), _plain(_(NOT_YET)))


def _plain(text: str) -> str:
    return clean(text).replace("’", "'").rstrip(".").casefold()


def parse_answer(
    field: Field, typed: str, today: date, names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Return the value of what was typed; None if nothing was.

    A choice may be typed as the agenda has it or as it is shown, with `names` in it.

    Raises:
        Unreadable: It does not fit the field; the message says what would.
    """
    text = _cleaned(field, typed)
    if not text.strip():
        return None
    _check_length(text)
    if field.type == "select":
        return _one(field, text, names)
    if field.type in ("checkbox", "ranking"):
        return chosen(field, _separated(field, text), names)
    value = _PARSERS[field.type](field, text, today)
    return None if said_nothing(value) else value


def _cleaned(field: Field, typed: str) -> str:
    """Return what was typed as a clean text; in an outline, a tab is one level."""
    if field.type != "outline":
        return clean(typed)
    return without_controls(typed.replace("\t", INDENT)).strip("\n")


def parse_items(
    field: Field, typed: tuple[str, ...], names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Return the value of several items, for a list, a checkbox or a ranking; None for none.

    Raises:
        Unreadable: The field takes one answer, or not these.
    """
    if field.type not in ("list", "checkbox", "ranking"):
        raise Unreadable(_("One answer is needed here, not several."))
    items = tuple(item for item in map(clean, typed) if item)
    if not items:
        return None
    _check_length(*items)
    return _counted(field, items) if field.type == "list" else chosen(field, items, names)


def read_anew(
    field: Field, value: Value | None, today: date, names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Return a value as a field reads it that may not be the one it was written down for.

    Raises:
        Unreadable: It does not fit the field.
    """
    match value:
        case None:
            return None
        case ByItem() if field.by_item:
            one = field.for_one_item
            said = {item: read_anew(one, each, today, names) for item, each in value.items()}
            return ByItem().saying(said) or None
        case ByItem():
            raise Unreadable(_("One answer is needed here, not one for each of several."))
        case Outline():
            return parse_answer(field, value.text, today, names)
        case tuple():
            return parse_items(field, value, names)
        case _:
            return parse_answer(field, typed_texts(value)[0], today, names)


def _check_length(*texts: str) -> None:
    """Raise `Unreadable` if texts are too long for one answer."""
    if sum(map(len, texts)) > ANSWER_LIMIT:
        long = _("That is too long: an answer of {most} characters or fewer would do.")
        raise Unreadable(long.format(most=ANSWER_LIMIT))


@lru_cache(maxsize=1024)
def default_of(field: Field, today: date) -> Value | None:
    """Return a field's default as a value; None if it has none.

    Every card asks for it, so each default is parsed once (757 times in one session before).

    Raises:
        Unreadable: It does not fit the field, and the agenda was not checked.
    """
    if isinstance(field.default, tuple):
        return parse_items(field, field.default)
    return parse_answer(field, field.default, today)


# --- The parser of each type


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
    alike = form_of(field)
    picks = [(choice.pick, choice.pick) for choice in field.choices]
    named = [(fill_in(choice.pick, names), choice.pick) for choice in field.choices]
    spoken = [(fill_in(choice.words, names), choice.pick) for choice in field.choices]
    # How a choice reads in a sentence may be how another one reads in the list: the list is first.
    for known, pick in picks + named + spoken:
        if alike(text) == alike(known):
            return pick
    # Until it is known what was said before, any words may be one of its choices.
    if field.other or (field.sources and not field.choices):
        return text
    listed = _(", ").join(known for known, _pick in named)
    other = _("“{text}” is not among the choices: {choices}.")
    raise Unreadable(other.format(text=text, choices=listed), one_of_these(listed))


def one_of_these(listed: str) -> str:
    """Return which answers would do, without what was typed."""
    return _("One of these would do: {choices}.").format(choices=listed)


def form_of(field: Field) -> Callable[[str], str]:
    """Return what gives words the form in which they are compared with a field's choices."""
    return _alike_sentences if field.has_sentences else folded


def _alike_sentences(text: str) -> str:
    """Return a sentence to be compared: with or without its full stop, it is the same."""
    return folded(without_full_stop(text))


def _separated(field: Field, text: str) -> tuple[str, ...]:
    """Return the items of a text: its lines, or what commas separate outside of choices."""
    if "\n" in text or field.has_sentences:
        return tuple(text.split("\n"))
    whole = folded(text) in (folded(choice.pick) for choice in field.choices)
    return (text,) if whole else tuple(text.split(","))


def chosen(field: Field, items: tuple[str, ...], names: Mapping[str, str]) -> Value | None:
    """Return the choices among items in the order of the agenda, then words of one's own.

    A sentence of one's own stays behind the one that it follows. A ranking keeps the order in which
    they were named.

    Raises:
        Unreadable: The field takes no words of one's own, or fewer choices.
    """
    picks = [_one(field, item.strip(), names) for item in items if item.strip()]
    if not picks:
        return None
    picks = list(dict.fromkeys(picks))
    if field.type == "checkbox":
        own = [item for item in picks if not field.choice(item)]
        ordered = [choice.pick for choice in field.choices if choice.pick in picks]
        picks = _behind_their_own(picks, ordered) if field.has_sentences else ordered + own
    most = most_chosen(field)
    if most is not None and len(picks) > most:
        raise Unreadable(too_many(most))
    return tuple(picks)


def _behind_their_own(picks: list[str], ordered: list[str]) -> list[str]:
    """Return items in an order, each that is not in it behind the one it followed before."""
    follow: dict[str, list[str]] = {"": []}
    last = ""
    for item in picks:
        if item in ordered:
            last = item
            follow[last] = []
        else:
            follow[last].append(item)
    return [each for item in ("", *ordered) for each in (item, *follow[item]) if each]


def too_many(most: int) -> str:
    """Return that no more than so many can be chosen."""
    return _("{most} at most: let one go first.").format(most=capital(count(most)))


def most_chosen(field: Field) -> int | None:
    """Return how many choices an answer can have at most; None for any number."""
    if field.type == "ranking":
        return MOST_RANKED if field.max is None else min(field.max, MOST_RANKED)
    return field.max


def _confirm(_field: Field, text: str, _today: date) -> Value:
    word, yes, no = text.casefold(), _("yes").casefold(), _("no").casefold()
    if word in (yes, no):
        return word == yes
    if word in _YES + _NO:
        return word in _YES
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
    length, unit = parse_minutes(text), field.unit.casefold()
    minutes = 1 if unit == _("minutes").casefold() else _MINUTES_OF.get(unit)
    if length is not None and minutes:
        return digits(length / minutes)
    bare = text.casefold().removesuffix(unit).removesuffix(unit.removesuffix("s")).strip()
    in_words = {count(number).casefold(): str(number) for number in range(13)}
    return in_words.get(bare, bare.replace(",", "."))


_MINUTES_OF = {"minutes": 1, "hours": 60}
"""The units of a field that are lengths of time, in minutes."""


def _would_do(field: Field) -> str:
    if field.min is not None and field.max is not None:
        return _("A number from {least} to {most} would do.")
    if field.min is not None:
        return _("A number of {least} or more would do.")
    return _("A number would do.") if field.max is None else _("A number up to {most} would do.")


def _scale(field: Field, text: str, _today: date) -> Value:
    low, high = field.ends
    if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
        raise Unreadable(whole_would_do(low, high))
    return int(text)


def whole_would_do(low: int, high: int) -> str:
    """Return which numbers a scale takes."""
    return _("A whole number from {least} to {most} would do.").format(least=low, most=high)


def _ratings(field: Field, text: str, today: date) -> Value:
    """Return the numbers of some lines such as `Skills: 7`, in the order of the items."""
    lines = filter(None, map(str.strip, text.split("\n")))
    said = dict(rated(field, line) for line in lines)
    numbers = {
        item: _scale(field, text, today) for item, text in said.items() if text not in LEFT_OUT
    }
    return ByItem().saying(numbers).among(field.items)


LEFT_OUT = ("", "-")
"""What is typed for an item that is left out."""


def rated(field: Field, line: str) -> tuple[str, str]:
    """Return the item that a line of ratings begins with, and what stands after it.

    Raises:
        Unreadable: It begins with none of them.
    """
    for item in sorted(field.items, key=len, reverse=True):
        if folded(line).startswith(folded(item)):
            return item, line[len(item) :].strip(" :\t")
    sentence = none_of_these(line, field.items)
    raise Unreadable(sentence, one_of_these(_(", ").join(field.items)))


def none_of_these(text: str, choices: Iterable[str]) -> str:
    """Return why a text cannot be taken where one of some choices, or none at all, is asked for."""
    listed = _(", ").join(choices)
    other = _("“{text}” is none of these: {choices}.")
    if not listed:
        other = _("“{text}” was not named before, and nothing else was.")
    return other.format(text=text, choices=listed)


def _outline(_field: Field, text: str, _today: date) -> Value:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > OUTLINE_LINES:
        many = _("At most {most} lines; here are {number}.")
        raise Unreadable(many.format(most=OUTLINE_LINES, number=len(lines)))
    if any(len(line.strip()) > OUTLINE_LINE_LIMIT for line in lines):
        long = _("A line has {most} characters at most.")
        raise Unreadable(long.format(most=OUTLINE_LINE_LIMIT))
    depths = list(depths_of(lines))
    if max(depths) >= OUTLINE_DEPTH:
        deep = _("{most} levels at most: “{line}” is deeper.")
        line = lines[depths.index(max(depths))].strip()
        most = capital(count(OUTLINE_DEPTH))
        bare = _("{most} levels at most.").format(most=most)
        raise Unreadable(deep.format(most=most, line=line), bare)
    return outline_of(zip(depths, map(str.strip, lines), strict=True))


def depths_of(lines: Iterable[str]) -> Iterator[int]:
    """Yield the level of each line: one that is further in is below the line before it."""
    above: list[int] = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        while above and above[-1] >= indent:
            above.pop()
        yield len(above)
        above.append(indent)


_PARSERS: Mapping[str, Callable[[Field, str, date], Value]] = {
    "text": _text,
    "list": _list,
    "confirm": _confirm,
    "number": _number,
    "scale": _scale,
    "date": lambda _, text, today: parse_day(text, today).isoformat(),
    "time": lambda _, text, _today: parse_time(text).isoformat("minutes"),
    "ratings": _ratings,
    "outline": _outline,
}
