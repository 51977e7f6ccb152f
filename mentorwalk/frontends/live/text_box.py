"""The box that somebody types in, which wraps between words.

prompt_toolkit wraps in the middle of words
(https://github.com/prompt-toolkit/python-prompt-toolkit/issues/1648).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout import BufferControl, UIContent
from prompt_toolkit.layout.processors import HighlightSelectionProcessor, PasswordProcessor
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.lexers import SimpleLexer

from mentorwalk.frontends.frame import WIDEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.formatted_text import StyleAndTextTuples

JOINER = "\u200d"
"""The character that joins two emoji into one picture."""
SKIN_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""The letters of a country: two of them are its flag (Unicode's UTS #51)."""
LINES_KEPT = 256
"""Lines whose rows are cached: a key changes only one of them."""


class Letter(NamedTuple):
    """One place on the screen: a character, with its combining marks."""

    start: int
    end: int
    columns: int


def letters_of(line: str) -> Iterator[Letter]:
    """Yield the letters of a line, as wide as prompt_toolkit shows them."""
    start, columns = 0, 0
    for at, character in enumerate(line):
        width = Char(character).width
        if width and at and not _joined(line, start, at):
            yield Letter(start, at, columns)
            start, columns = at, 0
        columns += width
    if line:
        yield Letter(start, len(line), columns)


def _joined(line: str, start: int, at: int) -> bool:
    """Return whether a character belongs to the picture before it: joined, a skin tone, a flag."""
    flag = at == start + 1 and line[start] in FLAGS and line[at] in FLAGS
    return flag or line[at - 1] == JOINER or (line[at] in SKIN_TONES and line[at - 1] != " ")


@lru_cache(LINES_KEPT)
def row_starts(line: str, room: int) -> tuple[int, ...]:
    """Return where the rows of a wrapped line begin, in characters.

    A row takes `room` columns, and one more for the space that ends it, or for the cursor. A word
    longer than a row is broken; wide letters, as of Chinese, are words of their own.
    """
    starts, used, word, in_word, before = [0], 0, 0, 0, Letter(0, 0, 0)
    for letter in letters_of(line):
        is_space = line[letter.start] == " "
        if line[before.start] == " " or letter.columns > 1 or before.columns > 1:
            word, in_word = letter.start, 0
        if used + letter.columns > room and not is_space and letter.start > starts[-1]:
            if word == starts[-1]:
                word, in_word = letter.start, 0
            starts.append(word)
            used = in_word
        used, in_word, before = used + letter.columns, in_word + letter.columns, letter
        if used > room and is_space:
            starts.append(letter.end)
            used = 0
    return tuple(starts)


class _Row(NamedTuple):
    """The part of a line that is on one row."""

    line: int
    start: int
    end: int
    hangs: int = 0
    """The columns left free before it, below the first row of its line."""


class TextBox(BufferControl):
    """Shows what is being typed after a pointer, row by row; the text itself is not changed."""

    def __init__(
        self, buffer: Buffer, pointer: str, *, unseen: bool = False, hanging: bool = False
    ) -> None:
        hidden = [PasswordProcessor()] if unseen else []
        super().__init__(
            buffer,
            input_processors=[HighlightSelectionProcessor(), *hidden],
            include_default_input_processors=False,
            # questionary's own colour for answers is hard to read on a light background.
            lexer=SimpleLexer(),
        )
        self.pointer = pointer
        self.hanging = hanging
        """Whether the rows of a line are all as far in as its first word."""

    def preferred_height(self, width: int, *_: object) -> int:
        """Return as many rows as the text takes."""
        return self.create_content(width, 1).line_count

    def create_content(self, width: int, height: int, preview_search: bool = False) -> UIContent:
        """Return the text with a line for each of its rows, and the cursor on its row."""
        whole = super().create_content(width, height, preview_search)
        lines = [explode_text_fragments(whole.get_line(n)) for n in range(whole.line_count)]
        room = max(1, min(width, WIDEST) - len(self.pointer) - 1)
        rows = [
            row
            for number, line in enumerate(lines)
            for row in self._rows(number, _text(line[:-1]), room)
        ]
        at = whole.cursor_position
        row = max(n for n, r in enumerate(rows) if r.line == at.y and r.start <= at.x)
        return UIContent(
            lambda n: self._shown(lines[rows[n].line], rows[n]),
            len(rows),
            Point(len(self.pointer) + rows[row].hangs + at.x - rows[row].start, row),
        )

    def _rows(self, number: int, line: str, room: int) -> Iterator[_Row]:
        """Yield the rows of a line, the last of them with a place for the cursor."""
        hangs = len(line) - len(line.lstrip(" ")) if self.hanging else 0
        first, *starts = row_starts(line[hangs:], max(1, room - hangs))
        ends = [start + hangs for start in starts]
        yield _Row(number, first, (*ends, len(line) + 1)[0])
        for start, end in pairwise((*ends, len(line) + 1)):
            yield _Row(number, start, end, hangs)

    def _shown(self, line: StyleAndTextTuples, row: _Row) -> StyleAndTextTuples:
        first = (row.line, row.start) == (0, 0)
        margin = self.pointer if first else " " * len(self.pointer)
        margin += " " * row.hangs
        return [("class:question", margin), *line[row.start : row.end]]


def _text(line: StyleAndTextTuples) -> str:
    return "".join(fragment[1] for fragment in line)
