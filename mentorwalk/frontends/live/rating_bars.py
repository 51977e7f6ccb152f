"""Bars on the live screen: how far each item of a page of ratings is, drawn while one rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.domain.i18n import _
from mentorwalk.domain.values import ByItem
from mentorwalk.frontends.live.item_list import SIGN, from_the_right, in_rows, padded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mentorwalk.domain.question import Question
    from mentorwalk.frontends.live.item_list import Look, Row
    from mentorwalk.frontends.live.ratings import Rating

UNRATED = "-"
"""What stands where a number will."""
LAYOUTS = {100: (36, 20), 80: (22, 20), 60: (18, 10), 0: (0, 10)}
"""The columns of labels and of bars in windows of at least so many columns.

Without any for labels, bars stand below them.
"""
GAP = "  "


def drawing_of(question: Question) -> Callable[[Rating, Look], Sequence[list[Row]]]:
    """Return what draws the numbers of a question: each item with its bar and its number."""
    shown = {item: question.shown_as.get(item, item) for item in question.field.items}

    def draw(rating: Rating, look: Look) -> Sequence[list[Row]]:
        """Draw all items."""
        earlier, beside = (known or ByItem() for known in (question.earlier, question.beside))
        return list(_Board(rating, look, shown, earlier, beside).items())

    return draw


@dataclass(frozen=True)
class _Board:
    """Draws numbers for one width."""

    rating: Rating
    look: Look
    labels: Mapping[str, str]
    earlier: ByItem
    beside: ByItem

    @property
    def _columns(self) -> tuple[int, int]:
        label, bar = next(each for least, each in LAYOUTS.items() if self.look.columns >= least)
        # Where zero is in the middle, both sides are as long: it needs a column of its own.
        return label, bar + self.rating.signed

    def items(self) -> Iterator[list[Row]]:
        """Yield the rows of each item."""
        labels = {item: self.look.shown(self.labels[item]) for item in self.rating.items}
        turned = any(map(from_the_right, labels.values()))
        for item, label in labels.items():
            if not self._columns[0]:
                yield [*_plain(in_rows(label, self.look.room)), [("", GAP), *self._value(item)]]
            elif turned:
                yield self._turned(item, label)
            else:
                yield self._beside(item, label)

    def _beside(self, item: str, label: str) -> list[Row]:
        """Return the rows of an item whose number stands after its label."""
        columns = self._columns[0]
        first, *rest = in_rows(label, columns)
        row = [("", padded(first, columns) + GAP), *self._value(item)]
        return [row, *_plain(rest)]

    def _turned(self, item: str, label: str) -> list[Row]:
        """Return the rows of an item whose number comes first: letters from the right turn all."""
        bar, number, note = self._parts(item)
        width = self._columns[1]
        first, *rest = in_rows(label, self._columns[0])
        before = [("", number + GAP), *bar, ("", " " * (width - _columns_of(bar)) + GAP)]
        notes = [("", GAP * 2 + note)] if note else []
        gap = " " * (len(number) + len(GAP) * 2 + width)
        return [[*before, ("", first), *notes], *_plain([gap + each for each in rest])]

    def _value(self, item: str) -> Row:
        bar, number, note = self._parts(item)
        # What is left out has no number to stand below the others.
        left_out = item in self.rating.left_out
        beside = [] if left_out else [("", GAP + number)]
        return [*bar, *beside, *([("", f"   {note}")] if note else [])]

    def _parts(self, item: str) -> tuple[Row, str, str]:
        """Return the bar of an item, its number, and what else is known of it."""
        rating, note = self.rating, self._note(item)
        digits = max(2, *(len(str(end)) for end in rating.ends))
        number = rating.numbers.get(item)
        if item in rating.left_out:
            return [("", self.look.shown(_("left out")))], " " * digits, note
        said = UNRATED if number is None else _written(rating, number)
        return self._bar(number), said.rjust(digits), note

    def _note(self, item: str) -> str:
        """Return the other number that an item has by now, and what it was the last time."""
        known = ((_("now {number}"), self.beside), (_("was {number}"), self.earlier))
        notes = (
            words.format(number=_written(self.rating, said[item]))
            for words, said in known
            if item in said
        )
        return self.look.shown(" · ".join(notes))

    def _bar(self, number: object) -> Row:
        """Return a bar as long as a number, from zero on."""
        width, signs = self._columns[1], self.look.symbols
        value = number if isinstance(number, int) else None
        filled, zero = filled_columns(value, self.rating.ends, width)
        row = [signs.full if at in filled else signs.free for at in range(width)]
        if zero is not None:
            row[zero] = signs.earlier
        return [(SIGN, "".join(row))]


def filled_columns(
    number: int | None, ends: tuple[int, int], width: int
) -> tuple[range, int | None]:
    """Return which columns of a bar a number fills, and where zero is if that is no end of it."""
    low, high = ends
    if low >= 0:
        return range(0 if number is None else _rounded(number * width / max(high, 1))), None
    zero = min(width - 1, int(-low / (high - low) * width))
    if not number:
        return range(0), zero
    if number < 0:
        return range(zero - _rounded(zero * number / low), zero), zero
    return range(zero + 1, zero + 1 + _rounded((width - 1 - zero) * number / high)), zero


def _rounded(number: float) -> int:
    return int(number + 0.5)


def _written(rating: Rating, number: object) -> str:
    """Return a number in digits, with its sign where others are below zero."""
    return f"{number:+}" if rating.signed and isinstance(number, int) and number else str(number)


def _plain(rows: Iterable[str]) -> Iterator[Row]:
    return ([("", row)] for row in rows)


def _columns_of(fragments: Row) -> int:
    return sum(len(fragment[1]) for fragment in fragments)
