"""Pictures as values: numbers of several parts, columns of words, a tree; drawn in `documents`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.text import clean
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from datetime import date

NumbersKind = Literal["bars", "wheel", "ranking", "line"]
"""How numbers are drawn: the largest first, round a centre, by place, or along a line."""


@dataclass(frozen=True)
class Part:
    """One of several things that are rated or put in order."""

    label: str
    value: int | None = None
    """Its number now; None if it was left out."""
    before: int | None = None
    """Its number the last time; None if it had none."""
    second: int | None = None
    """A second number beside the first one, such as where it would be enough."""
    chosen: bool = False

    @property
    def moved(self) -> bool:
        """Whether its number was another one the last time."""
        return self.before is not None and self.before != self.value

    @property
    def fell(self) -> bool:
        """Whether its number was larger the last time."""
        return self.before is not None and self.value is not None and self.before > self.value


@dataclass(frozen=True)
class Picture:
    """Numbers of several parts."""

    kind: NumbersKind
    parts: tuple[Part, ...]
    low: int = 0
    """The least number that a part can have."""
    high: int = 10
    """The greatest."""
    day: date | None = None
    """The day of the numbers; None if they are of now."""
    before_day: date | None = None
    """The day of the earlier numbers."""
    second: str = ""
    """What the second numbers are."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.parts if self.kind == "ranking" else not self.rated

    @property
    def rated(self) -> bool:
        """Whether any part has a number."""
        return any(part.value is not None for part in self.parts)

    @property
    def signed(self) -> bool:
        """Whether there are numbers below zero, so that zero is the middle of the picture."""
        return self.low < 0

    @property
    def ordered(self) -> tuple[Part, ...]:
        """The parts as they are drawn: bars by size, those left out last; others as they come."""
        if self.kind != "bars":
            return self.parts
        return tuple(sorted(self.parts, key=_size, reverse=True))

    def written(self, number: int) -> str:
        """Return a number in digits, with its sign where others are below zero."""
        return f"{number:+}" if self.signed and number else str(number)

    def share(self, number: int) -> float:
        """Return how much of the whole a number is, from 0 to 1."""
        least = min(self.low, 0)
        return min(1, max(0, (number - least) / (self.high - least)))


def _size(part: Part) -> float:
    return float("-inf") if part.value is None else part.value


@dataclass(frozen=True)
class Column:
    """A column of words below its title."""

    title: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Words in columns beside each other."""

    columns: tuple[Column, ...]
    kind: Literal["columns"] = "columns"

    @property
    def empty(self) -> bool:
        """Whether no column has a word."""
        return not any(column.items for column in self.columns)


@dataclass(frozen=True)
class Tree:
    """Words that branch."""

    roots: tuple[Node, ...]
    kind: Literal["tree"] = "tree"

    @property
    def empty(self) -> bool:
        """Whether there is no word in it."""
        return not self.roots


AnyPicture = Picture | Columns | Tree


def tidied(picture: AnyPicture) -> AnyPicture:
    """Return a picture with all its words cleaned, and in one line each."""
    if isinstance(picture, Tree):
        return replace(picture, roots=tuple(map(_tidied_node, picture.roots)))
    if isinstance(picture, Columns):
        return replace(picture, columns=tuple(map(_tidied_column, picture.columns)))
    parts = tuple(replace(part, label=_one_line(part.label)) for part in picture.parts)
    return replace(picture, parts=parts, second=_one_line(picture.second))


def _tidied_node(node: Node) -> Node:
    return Node(_one_line(node.label), tuple(map(_tidied_node, node.children)))


def _tidied_column(column: Column) -> Column:
    return Column(_one_line(column.title), tuple(map(_one_line, column.items)))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
