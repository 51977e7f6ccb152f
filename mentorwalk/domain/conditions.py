"""Conditions: when one holds, and which can never be met."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.answer_parsing import default_of
from mentorwalk.domain.answers import condition_words
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.fields import SEVERAL, by_answer_id
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.fields import Condition, Field

ANY_DAY = date(2000, 1, 1)
"""A day to read usual answers on: that of a choice is the same on each."""
_NUMBER = r"-?\d{1,9}(?:\.\d{1,6})?"


class Range(NamedTuple):
    """Numbers from one to another, both included."""

    low: float
    high: float

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """Both ends; None where there is none."""
        low, high = (end if math.isfinite(end) else None for end in self)
        return low, high

    @property
    def words(self) -> str:
        """How it reads: `3 to 5`, `40 or more`, `6 or less`."""
        low, high = self.ends
        if low is not None and high is not None:
            return _("{low} to {high}").format(low=digits(low), high=digits(high))
        if low is not None:
            return _("{low} or more").format(low=digits(low))
        return _("{high} or less").format(high=digits(high or 0))

    def includes(self, word: str) -> bool:
        """Return whether a text is a number in this range."""
        return bool(re.fullmatch(_NUMBER, word)) and self.low <= float(word) <= self.high

    def meets(self, other: Range) -> bool:
        """Return whether some number is in both ranges."""
        return max(self.low, other.low) <= min(self.high, other.high)


def range_of(text: str) -> Range | None:
    """Return the range that a text names, such as `40..`, `..6` or `3..5`; None if it is none."""
    ends = re.fullmatch(rf"({_NUMBER})?\.\.({_NUMBER})?", text)
    if ends is None or not any(ends.groups()):
        return None
    return Range(float(ends[1] or -math.inf), float(ends[2] or math.inf))


def in_words(answer: str) -> str:
    """Return an answer that a condition names, a range of numbers in words."""
    named = range_of(answer)
    return named.words if named else answer


def holds(condition: Condition, words: Iterable[str]) -> bool:
    """Return whether a condition holds for an answer, whose texts are given; none is no answer."""
    given = set(words)
    if not condition.any_of or given & set(condition.any_of):
        return bool(given)
    ranges = [named for named in map(range_of, condition.any_of) if named]
    return any(named.includes(word) for named in ranges for word in given)


# --- Conditions that nobody can meet: on the field itself, in a circle, on a later question


class Unmet(NamedTuple):
    """A condition that nobody can ever meet."""

    field: str
    """The id of the field that waits."""
    key: str
    """The answer that it waits for."""
    named: str
    """The id of the field with that answer."""
    circle: tuple[str, ...]
    """The ids by which the field waits for itself, itself last; empty if it does not."""


def with_conditions(agenda: Agenda, keys: AbstractSet[str]) -> frozenset[str]:
    """Return the ids of some answers, and of those on which it depends what they are asked."""
    found: set[str] = set()
    more = set(keys)
    while more:
        found |= more
        fields = [agenda.answerable[key] for key in more if key in agenda.answerable]
        more = {key for field in fields for key in _waited_for(agenda, field)} - found
    return frozenset(found)


def _waited_for(agenda: Agenda, field: Field) -> Iterator[str]:
    """Yield the ids of the answers on which it depends if, and about what, a field asks."""
    yield from (condition.field for condition in field.when)
    sources = (agenda.fields[name] for name in field.sources if name in agenda.fields)
    yield from (key for source in sources for key in source.answer_ids)


def unmet_conditions(agenda: Agenda) -> Iterator[Unmet]:
    """Yield every condition of an agenda that nobody can ever meet."""
    fields = [*agenda.fields.values(), *agenda.prepare.mentee, *agenda.prepare.mentor]
    by_key = by_answer_id(fields)
    # Private fields are asked after the call, so after everything else.
    ordered = sorted(fields, key=lambda field: field.private)
    turn = {field.id: number for number, field in enumerate(ordered)}
    for field in fields:
        for condition in field.when:
            named = by_key.get(condition.field)
            if named is None or turn[named.id] < turn[field.id]:
                continue
            circle = _circle(field.id, named, by_key)
            # What was agreed in an earlier session may hold before it is asked again.
            if circle or not set(named.answer_ids) & agenda.agreed:
                yield Unmet(field.id, condition.field, named.id, circle)


def _circle(own: str, named: Field, by_key: Mapping[str, Field]) -> tuple[str, ...]:
    """Return the ids by which a field waits for itself, itself last; empty if it does not."""
    ways: list[tuple[Field, ...]] = [(named,)]
    seen = {named.id}
    while ways:
        way = ways.pop(0)
        if way[-1].id == own:
            return tuple(field.id for field in way)
        following = (by_key.get(condition.field) for condition in way[-1].when)
        fresh = [field for field in following if field and field.id not in seen]
        seen |= {field.id for field in fresh}
        ways += [(*way, field) for field in fresh]
    return ()


def contradictions(agenda: Agenda) -> Iterator[tuple[str, str]]:
    """Yield each field that waits for one answer to be two at once, with the id of that answer.

    A field that waits for such a one is left out: the first of them explains it.
    """
    fields = [*agenda.fields.values(), *agenda.prepare.mentee, *agenda.prepare.mentor]
    by_key = by_answer_id(fields)
    torn = {field.id: key for field in fields if (key := _torn(field, by_key))}
    for field in fields:
        named = {by_key[each.field].id for each in field.when if each.field in by_key}
        if field.id in torn and named.isdisjoint(torn.keys() - {field.id}):
            yield field.id, torn[field.id]


def _torn(field: Field, by_key: Mapping[str, Field]) -> str:
    """Return the answer that a field needs in two ways at once; empty if there is none."""
    needed: dict[str, list[Condition]] = {}
    for condition in _needed_by(field, by_key):
        named = by_key.get(condition.field)
        if named and condition.any_of and not _says_several(named):
            others = needed.setdefault(condition.field, [])
            if not all(_agree(condition, other) for other in others):
                return condition.field
            others.append(condition)
    return ""


def _says_several(field: Field) -> bool:
    return field.by_item or field.type in ("checkbox", "list", *SEVERAL)


def _needed_by(field: Field, by_key: Mapping[str, Field]) -> Iterator[Condition]:
    """Yield the conditions of a field, and of each that it waits for, and so on."""
    waiting, seen = [field], {field.id}
    while waiting:
        for condition in waiting.pop(0).when:
            yield condition
            named = by_key.get(condition.field)
            if named and named.id not in seen:
                seen.add(named.id)
                waiting.append(named)


def _agree(one: Condition, other: Condition) -> bool:
    """Return whether one answer can meet two conditions."""
    pairs = [(mine, theirs) for mine in one.any_of for theirs in other.any_of]
    return any(_meet(mine, theirs) for mine, theirs in pairs)


def _meet(one: str, other: str) -> bool:
    """Return whether two texts, each an answer or a range, name an answer that is in both."""
    mine, theirs = range_of(one), range_of(other)
    if mine and theirs:
        return mine.meets(theirs)
    return one == other or any(
        named is not None and named.includes(word) for named, word in ((mine, other), (theirs, one))
    )


def is_usual(agenda: Agenda, asked: Prompt | Field) -> bool:
    """Return whether a card or a question comes where all it depends on is answered as usual."""
    return all(holds_as_usual(agenda, condition) for condition in asked.when)


def holds_as_usual(agenda: Agenda, condition: Condition) -> bool:
    """Return whether a condition holds for the usual answer; to be answered at all is usual."""
    return not condition.any_of or holds(condition, _usual_words(agenda, condition.field))


def _usual_words(agenda: Agenda, key: str) -> tuple[str, ...]:
    field = agenda.answerable.get(key)
    default = field.default if field else ""
    if field and field.choices and isinstance(default, str):
        # A usual answer may say a choice in short, as people do.
        with suppress(Unreadable):
            return condition_words(default_of(field, ANY_DAY))
    return default if isinstance(default, tuple) else tuple(filter(None, [default]))
