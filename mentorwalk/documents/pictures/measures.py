"""How much room words take, in columns of a terminal and in a drawing, and where lines break."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from wcwidth import iter_graphemes, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LETTER = 14
"""The size of letters in a drawing that is 360 wide: 12 px in the narrowest window, of 320."""
_BROAD = "MWmw@%—…"
_EM = {"Zs": 0.32, "Lu": 0.88, "Lo": 0.8}
"""The width of a space, of a capital, and of letters that have none, by Unicode's category."""


MOST_ROWS = 2
"""The most rows of an item on a card: the whole of it stands in the documents."""
ELLIPSIS = "..."
"""What stands for the rest; any terminal and any font has these."""


def cells(text: str) -> int:
    """Return the columns of a terminal that a text takes."""
    return width(text)


def padded(text: str, columns: int) -> str:
    """Return a text that takes at least so many columns."""
    return text + " " * (columns - cells(text))


def units(text: str) -> float:
    """Return the width of a text in a drawing, rather too much than too little.

    Nobody knows the font: the figures are of DejaVu Serif, the broadest that pages may meet.
    """
    return LETTER * sum(map(_em, iter_graphemes(text)))


def bold_units(text: str) -> float:
    """Return the width of a text in bold letters."""
    return 1.15 * units(text)


def _em(grapheme: str) -> float:
    """Return the width of a character, as a part of the size of its letters."""
    # A font that lacks a picture made of several draws all of them, one after another.
    first, columns = unicodedata.normalize("NFD", grapheme)[0], sum(map(cells, grapheme))
    kind = unicodedata.category(first)
    if columns > 1 or kind == "So":
        return 0.7 * max(2, columns)
    if first in _BROAD or not (first.isascii() or kind == "Lo"):
        return 1.04 * columns
    return _EM.get(kind, 0.66) * columns


def from_the_right(text: str) -> bool:
    """Return whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def begins_at_the_right(text: str) -> bool:
    """Return whether the first letter of a text is written from right to left."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((way for way in strong if way in ("L", "R", "AL")), "L") != "L"


def wrapped(text: str, room: float, measure: Callable[[str], float] = cells) -> list[str]:
    """Return a text in lines that fit; only a word that is wider than a line is broken."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= room:
            lines[-1] = longer
        else:
            lines += _broken(word, room, measure)
    return lines or [""]


def shortened(text: str, room: float) -> list[str]:
    """Return a text in `MOST_ROWS` lines at most that fit; an ellipsis stands for the rest."""
    lines = wrapped(text, room)
    if len(lines) <= MOST_ROWS:
        return lines
    last = [*iter_graphemes(lines[MOST_ROWS - 1])]
    while cells("".join((*last, ELLIPSIS))) > room:
        last.pop()
    return [*lines[: MOST_ROWS - 1], "".join(last).rstrip() + ELLIPSIS]


def _broken(word: str, room: float, measure: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for grapheme in iter_graphemes(word):
        if line and measure(line + grapheme) > room:
            yield line
            line = ""
        line += grapheme
    yield line


def hanging(first: str, lines: Iterable[str], below: str | None = None) -> Iterator[str]:
    """Yield lines, the first of them after a sign or a number, the others `below` it."""
    for number, line in enumerate(lines):
        yield f"{(below if below is not None else ' ' * cells(first)) if number else first}{line}"


def flowed(pieces: Iterable[str], room: int) -> list[str]:
    """Return pieces with two columns between them, in as few lines as hold them."""
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}  {piece}" if lines else piece
        if lines and cells(longer) <= room:
            lines[-1] = longer
        else:
            lines += [piece] if cells(piece) <= room else wrapped(piece, room)
    return lines
