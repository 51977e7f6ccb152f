"""A picture as lines of text, for a card in the terminal and for Markdown."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.bars import ASCII, LAYOUTS, UNICODE, Rows
from mentorwalk.documents.pictures.measures import (
    from_the_right,
    hanging,
    padded,
    shortened,
    wrapped,
)
from mentorwalk.documents.pictures.words import nothing_yet
from mentorwalk.domain.pictures import Columns, Tree, tidied
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.documents.pictures.bars import Fit, Signs
    from mentorwalk.domain.pictures import AnyPicture, Column
    from mentorwalk.domain.values import Node

MARGIN = 3
"""Columns that a card keeps free at its left, so that a picture has fewer than the window."""
WIDEST = 93
"""Columns of a window beyond which a card does not grow; the last one stays free."""
LEAST_COLUMN = 15
"""Columns that words need beside others; where there are fewer, they stand one after another."""


def as_text(
    picture: AnyPicture,
    width: int,
    *,
    in_ascii: bool = False,
    short: bool = False,
    numbered: bool = False,
) -> list[str]:
    """Return a picture as lines that fit a window of so many columns, beside a card's margin.

    In a `short` one, items that take many lines are cut. In a `numbered` one, the place of each
    part stands before it.
    """
    tidy, signs = tidied(picture), ASCII if in_ascii else UNICODE
    columns = min(width, WIDEST) - 1
    room, fit = columns - MARGIN, shortened if short else wrapped
    if tidy.empty:
        return wrapped(nothing_yet(tidy), room)
    if isinstance(tidy, Tree):
        lines = _forest(tidy.roots, room, signs, fit)
    elif isinstance(tidy, Columns):
        lines = _columns(tidy.columns, columns, signs, fit)
    else:
        layout = next(each for least, each in LAYOUTS.items() if width >= least)
        lines = Rows(tidy, layout, room, signs, fit, numbered=numbered).lines()
    return [line.rstrip() for line in lines]


def _columns(columns: Sequence[Column], width: int, signs: Signs, fit: Fit) -> Iterator[str]:
    # The last one may end where the others have their line.
    pitch = (width + 1) // len(columns)
    room = pitch - MARGIN
    words = (words for column in columns for words in (column.title, *column.items))
    # Beside each other, words from right to left would change places.
    if width < 59 or room < LEAST_COLUMN or any(map(from_the_right, words)):
        yield from _one_after_another(columns, width - MARGIN, fit)
        return
    rooms = [room] * (len(columns) - 1) + [room - 1]
    lines = (
        [*wrapped(each.title, room), *_listed(each.items, room, fit)]
        for each, room in zip(columns, rooms, strict=True)
    )
    for row in zip_longest(*lines, fillvalue=""):
        yield f"{signs.before} ".join(padded(cell, room + 1) for cell in row)


def _one_after_another(columns: Sequence[Column], room: int, fit: Fit) -> Iterator[str]:
    for number, column in enumerate(columns):
        yield from [""] * (number > 0)
        yield from wrapped(column.title, room)
        yield from (f"  {line}" for line in _listed(column.items, room - 2, fit))


def _listed(items: Sequence[str], room: int, fit: Fit) -> Iterator[str]:
    """Yield items, each with its further lines set in, so that each begins visibly."""
    for item in items:
        first, *rest = fit(item, room - 2)
        yield from (first, *(f"  {line}" for line in rest))


def _forest(roots: Sequence[Node], room: int, signs: Signs, fit: Fit) -> Iterator[str]:
    for root in roots:
        yield from fit(root.label, room)
        yield from _branches(root.children, "", room, signs, fit)


def _branches(
    nodes: Sequence[Node], before: str, room: int, signs: Signs, fit: Fit
) -> Iterator[str]:
    for left, node in zip(range(len(nodes) - 1, -1, -1), nodes, strict=True):
        first = before + (signs.branch if left else signs.last)
        below = before + (signs.along if left else " " * len(signs.along))
        yield from hanging(first, fit(node.label, room - len(first)), below)
        yield from _branches(node.children, below, room, signs, fit)
