"""Numbers as rows of text: a label, its bar, its number, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.measures import (
    cells,
    flowed,
    from_the_right,
    hanging,
    padded,
    wrapped,
)
from mentorwalk.documents.pictures.words import day_before
from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.domain.pictures import Part, Picture


Fit = Callable[[str, float], list[str]]
"""Puts words into lines of so many columns: whole, or shortened."""


@dataclass(frozen=True)
class Signs:
    """The signs that pictures of text are made of."""

    full: str
    empty: str
    before: str
    second: str
    chosen: str
    branch: str
    last: str
    along: str


UNICODE = Signs("█", "·", "│", "┃", "←", "├─ ", "└─ ", "│  ")
ASCII = Signs("#", ".", "|", "!", "<-", "+- ", "+- ", "|  ")


@dataclass(frozen=True)
class Layout:
    """The columns of labels and bars; without any, labels have lines of their own."""

    label: int
    bar: int


LAYOUTS = {100: Layout(36, 20), 80: Layout(22, 20), 52: Layout(18, 10), 0: Layout(0, 10)}
"""The layout for windows of at least so many columns, the widest first.

Beside a wheel, a window of 80 has 53.
"""


@dataclass(frozen=True)
class Rows:
    """Draws the numbers of a picture, whose words are tidy."""

    picture: Picture
    layout: Layout
    room: int
    """The columns that a line can have."""
    signs: Signs
    fit: Fit = wrapped
    """Puts a label into lines."""
    numbered: bool = False
    """Whether the place of each part stands before it, as it does in a ranking."""

    def lines(self) -> Iterator[str]:
        """Yield a row for each part, and then what the marks mean."""
        parts = self.picture.ordered
        for place, part in zip(self._places(len(parts)), parts, strict=True):
            yield from hanging(place, self._row(part))
        yield from self._legend()

    def _places(self, parts: int) -> list[str]:
        if self.picture.kind != "ranking" and not self.numbered:
            return [""] * parts
        digits = len(str(parts))
        return [f"{place:>{digits}}  " for place in range(1, parts + 1)]

    def _row(self, part: Part) -> Iterator[str]:
        value = self._value(part)
        if not self.layout.label:
            yield from self.fit(part.label, self.room - self._place_columns)
            yield from (f"  {line}" for line in value)
        elif self._turned:
            yield from _beside(value, self.fit(part.label, self._label), self._value_columns)
        else:
            yield from _beside(self.fit(part.label, self._label), value, self._label)

    def _value(self, part: Part) -> list[str]:
        """Return what stands beside a label, in as many lines as it takes."""
        if part.value is not None:
            number = self.picture.written(part.value).rjust(self._digits)
            # Where zero is in the middle, both sides are as long: it needs a column of its own.
            columns = self.layout.bar + self.picture.signed
            shown = [_bar(self.picture, part, part.value, columns, self.signs), number]
            pieces = ["  ".join(reversed(shown) if self._turned else shown)]
        else:
            pieces = [] if self.picture.kind == "ranking" else [_("left out")]
        around = self._place_columns + self._label + 2
        return flowed([*pieces, *self._notes(part)], self.room - around)

    def _notes(self, part: Part) -> Iterator[str]:
        if part.before is not None and part.moved:
            # A fall has no number of its own: nobody need count it.
            if part.value is None or part.fell or self.picture.signed:
                yield _("was {number}").format(number=self.picture.written(part.before))
            else:
                yield f"+{part.value - part.before}"
        if part.second is not None:
            yield f"{self.signs.second} {self.picture.written(part.second)}"
        if part.chosen:
            chosen = _("chosen")
            yield f"{self.signs.chosen} {chosen}"

    def _legend(self) -> Iterator[str]:
        picture, signs = self.picture, self.signs
        day, moved = day_before(picture), [each for each in picture.parts if each.moved]
        if not picture.signed and any(each.fell for each in moved):
            where = _("where it was on {day}").format(day=day) if day else _("where it was before")
            yield from hanging(f"{signs.before} ", wrapped(where, self.room - 2))
        elif day and moved:
            yield from wrapped(_("Compared with {day}").format(day=day), self.room)
        if picture.second and any(part.second is not None for part in picture.parts):
            yield from hanging(f"{signs.second} ", wrapped(picture.second, self.room - 2))

    @cached_property
    def _turned(self) -> bool:
        """Whether labels come last, as letters from the right turn what follows them."""
        return any(from_the_right(part.label) for part in self.picture.parts)

    @cached_property
    def _label(self) -> int:
        """The columns of labels; events along a line have short ones."""
        if self.picture.kind != "line":
            return self.layout.label
        return min(self.layout.label, max(cells(part.label) for part in self.picture.parts))

    @cached_property
    def _place_columns(self) -> int:
        return max(map(cells, self._places(len(self.picture.parts))))

    @cached_property
    def _value_columns(self) -> int:
        return max(cells(line) for part in self.picture.parts for line in [*self._value(part), ""])

    @cached_property
    def _digits(self) -> int:
        numbers = (self.picture.written(part.value or 0) for part in self.picture.parts)
        return max(2, *map(len, numbers))


def _beside(left: Sequence[str], right: Sequence[str], columns: int) -> Iterator[str]:
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{padded(one, columns)}  {other}"


def _bar(picture: Picture, part: Part, value: int, columns: int, signs: Signs) -> str:
    """Return a bar from zero, with marks where the number was and for the second one."""
    filled = _filled(picture, value, columns)
    bar = [signs.full if at in filled else signs.empty for at in range(columns)]
    if picture.signed:
        bar[_zero(picture, columns)] = signs.before
    # A rise is told beside the bar: a mark within it would look like its end.
    elif part.fell:
        bar[_end(picture, part.before or 0, columns)] = signs.before
    if part.second not in (None, value):
        bar[_end(picture, part.second or 0, columns)] = signs.second
    return "".join(bar)


def _filled(picture: Picture, number: int, columns: int) -> range:
    """Return the columns that a number fills."""
    if not picture.signed:
        return range(_rounded(picture.share(number) * columns))
    zero = _zero(picture, columns)
    if number < 0:
        return range(zero - _rounded(zero * number / picture.low), zero)
    right = columns - 1 - zero
    return range(zero + 1, zero + 1 + _rounded(right * number / max(1, picture.high)))


def _zero(picture: Picture, columns: int) -> int:
    return min(columns - 1, int(picture.share(0) * columns))


def _end(picture: Picture, number: int, columns: int) -> int:
    """Return the column just beyond those that a number fills, or the last one."""
    filled = _filled(picture, number, columns)
    return max(0, filled.start - 1) if number < 0 else min(columns - 1, filled.stop)


def _rounded(number: float) -> int:
    return int(number + 0.5)
