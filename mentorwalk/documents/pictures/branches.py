"""A tree and columns of words as shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.measures import LETTER, bold_units, units, wrapped
from mentorwalk.documents.pictures.shapes import LINE, WIDTH, Drawing, decimals, lines_of, shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.domain.pictures import Column, Columns, Tree
    from mentorwalk.domain.values import Node

CURVE = 24
"""The room for the lines that lead from words to those that hang on them."""
APART = 12
"""The room below words of a tree."""
BESIDE = 3
"""The most columns beside each other; more would be too narrow for words."""
GAP = 16
"""The room between columns, and between their items."""


@dataclass(frozen=True)
class _Branch:
    """Words of a tree in lines, with the height that they and all that hangs on them take."""

    lines: tuple[str, ...]
    children: tuple[_Branch, ...]

    @property
    def own(self) -> float:
        """The height of its own words."""
        return LINE * len(self.lines) + APART

    @property
    def height(self) -> float:
        """The height of all of it."""
        return max(self.own, sum(child.height for child in self.children))

    @property
    def stem(self) -> float:
        """How far below its top the line runs that its words stand on."""
        return (self.height + self.own - APART) / 2


def tree(picture: Tree) -> Drawing:
    """Draw a tree that grows to the right; words stand on its branches."""
    column = WIDTH / max(map(_depth, picture.roots))
    shapes: list[str] = []
    top = 0.0
    for root in picture.roots:
        branch = _measured(root, column - CURVE, bold_units)
        shapes += _grown(branch, 0, top, column)
        top += branch.height
    return Drawing(tuple(shapes), top)


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.children), default=0)


def _measured(node: Node, room: float, measure: Callable[[str], float] = units) -> _Branch:
    children = tuple(_measured(child, room) for child in node.children)
    return _Branch(tuple(wrapped(node.label, room, measure)), children)


def _grown(branch: _Branch, left: float, top: float, column: float) -> Iterator[str]:
    """Yield a branch: its words, the line below them, and what it leads to."""
    end, y = left + column - CURVE, top + branch.stem + 2
    first = y - 7 - LINE * (len(branch.lines) - 1)
    yield from lines_of(branch.lines, left, first, "strong" if not left else "")
    yield shape("line", "branch", x1=left, y1=y, x2=end, y2=y)
    below = top + (branch.height - sum(child.height for child in branch.children)) / 2
    for child in branch.children:
        yield shape("path", "branch", d=_curve(end, y, below + child.stem + 2))
        yield from _grown(child, left + column, below, column)
        below += child.height


def _curve(x: float, start: float, end: float) -> str:
    middle, right = decimals(x + CURVE / 2), decimals(x + CURVE)
    y1, y2 = decimals(start), decimals(end)
    return f"M{decimals(x)} {y1}C{middle} {y1} {middle} {y2} {right} {y2}"


def columns(picture: Columns) -> Drawing:
    """Draw words in columns, or below each other where they are many."""
    if len(picture.columns) > BESIDE:
        return _stacked(picture)
    room = (WIDTH - GAP * (len(picture.columns) - 1)) / len(picture.columns)
    drawn = [
        _column(column, (room + GAP) * at, 0, room) for at, column in enumerate(picture.columns)
    ]
    height = max(each.height for each in drawn)
    between = ((room + GAP) * at - GAP / 2 for at in range(1, len(drawn)))
    lines = (shape("line", "ring", x1=x, y1=0, x2=x, y2=height) for x in between)
    return Drawing((*(each for column in drawn for each in column.shapes), *lines), height)


def _stacked(picture: Columns) -> Drawing:
    shapes: list[str] = []
    top = 0.0
    for column in picture.columns:
        drawn = _column(column, 0, top, WIDTH)
        shapes += drawn.shapes
        top += drawn.height + GAP
    return Drawing(tuple(shapes), top - GAP)


def _column(column: Column, left: float, top: float, room: float) -> Drawing:
    title = wrapped(column.title, room, bold_units)
    shapes = lines_of(title, left, top + LETTER, "strong")
    y = top + LINE * len(title)
    shapes.append(shape("line", "branch", x1=left, y1=y, x2=left + room, y2=y))
    for item in column.items:
        lines = wrapped(item, room, units)
        shapes += lines_of(lines, left, y + LINE + 2)
        y += LINE * len(lines) + 5
    return Drawing(tuple(shapes), y - top + 8)
