"""A wheel of braille dots, which stands at the left of its rows where the window is wide enough."""

from __future__ import annotations

from itertools import zip_longest
from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.text import WIDEST, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.pictures import Picture

COLUMNS, ROWS = 24, 12
"""The size of a wheel."""
BESIDE = COLUMNS + 3
"""The columns that a wheel takes beside its rows."""
_DOTS = 2 * COLUMNS
"""The dots of the wheel across, two for each column, and as many down, four for each row."""
_CENTRE = (_DOTS - 1) / 2
_RIM = _CENTRE - 1
_FULL = _RIM - 1.5
"""How far a sector of the largest number reaches."""
_GAP = 0.8
"""How far a sector stays away from its neighbours."""
_DASHES = 48
TURN = 2 * pi
_CELL = {
    (0, 0): 0x01,
    (0, 1): 0x02,
    (0, 2): 0x04,
    (0, 3): 0x40,
    (1, 0): 0x08,
    (1, 1): 0x10,
    (1, 2): 0x20,
    (1, 3): 0x80,
}
"""The bit of each dot of a cell, which is two wide and four high (Unicode, braille patterns)."""


def with_wheel(picture: Picture, width: int) -> list[str]:
    """Return a wheel with its rows beside it: the numbers on its rim are those before the rows."""
    room = min(width, WIDEST) - BESIDE
    rows, wheel = as_text(picture, room, short=True, numbered=True), _numbered(picture)
    blank = " " * COLUMNS
    return [
        f"{dots or blank}   {row}".rstrip() for dots, row in zip_longest(wheel, rows, fillvalue="")
    ]


def _numbered(picture: Picture) -> list[str]:
    """Return a wheel of dots with the number of each part on the rim, in the middle of its sector.

    Names have no room there.
    """
    wheel, parts = list(map(list, wheel_of_dots(picture))), len(picture.parts)
    for at in range(parts if wheel else 0):
        turn, number = TURN * (at + 0.5) / parts, str(at + 1)
        across, down = _CENTRE + _RIM * sin(turn), _CENTRE - _RIM * cos(turn)
        column = min(int(across / 2), COLUMNS - len(number))
        wheel[int(down / 4)][column : column + len(number)] = number
    return list(map("".join, wheel))


def wheel_of_dots(picture: Picture) -> list[str]:
    """Return a wheel as lines: a sector for each part, clockwise from the top; none of nothing."""
    return [] if picture.empty else ["".join(_line(picture, row)) for row in range(ROWS)]


def _line(picture: Picture, row: int) -> Iterator[str]:
    for column in range(COLUMNS):
        dots = (
            bit
            for (across, down), bit in _CELL.items()
            if _lit(picture, 2 * column + across - _CENTRE, 4 * row + down - _CENTRE)
        )
        yield chr(0x2800 + sum(dots))


def _lit(picture: Picture, across: float, down: float) -> bool:
    """Return whether there is a dot so far from the centre: within a sector, or on the rim."""
    parts, radius = len(picture.parts), hypot(across, down)
    turn = atan2(across, -down) % TURN / TURN * parts
    value, along = picture.parts[int(turn) % parts].value, turn % 1
    if radius > _RIM:
        return radius <= _RIM + 1 and (value is not None or _dash(along / parts))
    to_edge = radius * sin(TURN / parts * min(along, 1 - along)) if parts > 1 else _GAP
    return value is not None and to_edge >= _GAP and radius < _FULL * picture.share(value)


def _dash(turn: float) -> bool:
    """Return whether a dashed rim has a dot after so much of a turn."""
    return int(_DASHES * turn) % 2 == 0
