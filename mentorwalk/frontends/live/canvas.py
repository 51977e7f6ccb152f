"""The parts of a page that stay the same while somebody types, put on the screen cell by cell.

A window of prompt_toolkit measures and copies its text again for every key. Here that is done once
for each text, so a key costs little however full the page is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text import ANSI, to_formatted_text
from prompt_toolkit.layout import Container, Dimension
from prompt_toolkit.layout.screen import Char

if TYPE_CHECKING:
    from prompt_toolkit.layout.mouse_handlers import MouseHandlers
    from prompt_toolkit.layout.screen import Screen, WritePosition

Row = dict[int, Char]
"""The cells of one row by column."""
Begins = Callable[[Sequence[Row], int], bool]
"""Returns whether something whole begins in one of the rows: a paragraph, a line of a sheet."""


class Space(Container):
    """Rows that stay empty."""

    def __init__(self, height: Dimension) -> None:
        self.height = height

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def preferred_width(self, max_available_width: int) -> Dimension:
        """Return that any width will do."""
        del max_available_width
        return Dimension()

    def preferred_height(self, width: int, max_available_height: int) -> Dimension:
        """Return the height that was asked for."""
        del width, max_available_height
        return self.height

    def write_to_screen(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,
        write_position: WritePosition,
        parent_style: str,
        erase_bg: bool,
        z_index: int | None,
    ) -> None:
        """Leave the screen as it is."""
        del screen, mouse_handlers, write_position, parent_style, erase_bg, z_index

    def get_children(self) -> list[Container]:
        """Return no children."""
        return []


class Canvas(Space):
    """A text with ANSI colours, from the left edge; what has no room can be scrolled to."""

    def __init__(
        self, text: Callable[[], str], *, shrinks: bool = False, begins: Begins | None = None
    ) -> None:
        super().__init__(Dimension())
        self.text = text
        self.shrinks = shrinks
        """Whether it may be shown in part."""
        self.begins = begins
        """Returns where something whole begins, which no page ends in the middle of if it can."""
        self.scrolled = 0
        """The rows above the upper edge."""
        self.seen: int | None = None
        """The rows shown last; None before the first time."""
        self.seen_to_end = False
        """Whether its last row has been on the screen."""
        self._drawn = ""
        self._rows: list[Row] = []

    @property
    def hidden(self) -> int:
        """Return the number of rows for which there was no room."""
        return 0 if self.seen is None else len(self._rows) - self.seen

    @property
    def unread(self) -> bool:
        """Return whether there are rows that nobody can have seen yet."""
        return self.hidden > 0 and not self.seen_to_end

    @property
    def page(self) -> tuple[int, int]:
        """Return which page is in sight, counted from 1, and how many there are."""
        tops = self._tops()
        return bisect_right(tops, self.scrolled), len(tops)

    def scroll(self, pages: int) -> None:
        """Go down, or up if negative, by so many pages."""
        tops = self._tops()
        down = bisect_right(tops, self.scrolled) - 1
        here = down if pages > 0 else bisect_left(tops, self.scrolled)
        self.scrolled = tops[max(0, min(here + pages, len(tops) - 1))]

    def _tops(self) -> list[int]:
        """Return the rows that pages begin with; the last page is as long as what is left."""
        tops = [0]
        while tops[-1] < self.hidden:
            tops.append(self._below(tops[-1]))
        return tops

    def _below(self, top: int) -> int:
        """Return where the next page begins: with something whole, so that this one ends so, too.

        Where that would leave more than a third of a page empty, it begins with the last words of
        this one, so that nobody loses the place.
        """
        room = self.seen or 0
        least, end = top + room - room // 3, top + room
        # An empty row between two paragraphs need not be on either page.
        last = end if _says(self._rows[end]) else end + 1
        whole = (row for row in range(last, least - 1, -1) if self._may_begin(row))
        said = (row for row in range(end - 1, top, -1) if _says(self._rows[row]))
        return next(whole, next(said, top + 1))

    def _may_begin(self, row: int) -> bool:
        return self.begins is not None and row < len(self._rows) and self.begins(self._rows, row)

    def preferred_height(self, width: int, max_available_height: int) -> Dimension:
        """Return as many rows as the text has; fewer will do if it shrinks."""
        del width, max_available_height
        self._draw()
        rows = len(self._rows)
        return Dimension(min=0 if self.shrinks else rows, max=rows, preferred=rows)

    def write_to_screen(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,
        write_position: WritePosition,
        parent_style: str,
        erase_bg: bool,
        z_index: int | None,
    ) -> None:
        """Put the rows on the screen for which there is room."""
        del mouse_handlers, parent_style, erase_bg, z_index
        was_at_end = self.seen is not None and 0 < self.scrolled >= self.hidden
        self._draw()
        top, self.seen = write_position.ypos, min(write_position.height, len(self._rows))
        self.scrolled = min(self.scrolled, self._tops()[-1])
        # At the end one stays at the end, even if the keys below take one row more now.
        self.scrolled = max(self.scrolled, self.hidden) if was_at_end else self.scrolled
        self.seen_to_end = self.seen_to_end or self.scrolled >= self.hidden
        for number, row in enumerate(self._rows[self.scrolled : self._end()]):
            screen.data_buffer[top + number].update(row)
        screen.height = max(screen.height, top + write_position.height)

    def _end(self) -> int:
        """Return the row that ends the page in sight: nothing of the next page is shown there."""
        end = self.scrolled + (self.seen or 0)
        below = next((top for top in self._tops() if top > self.scrolled), end)
        return below if below < end and self._may_begin(below) else end

    def _draw(self) -> None:
        text = self.text()
        if text != self._drawn:
            self._drawn, self._rows = text, rows_of(text)


def begins_paragraph(rows: Sequence[Row], row: int) -> bool:
    """Return whether a paragraph begins in a row, and no heading stands alone above it."""
    if not _says(rows[row]) or _says(rows[row - 1]):
        return False
    above = next(filter(_says, reversed(rows[:row])), None)
    return above is None or not _is_heading(above)


def begins_line(rows: Sequence[Row], row: int) -> bool:
    """Return whether a line of a sheet begins in a row: its number stands left of all words."""
    lefts = [_left(each) for each in rows if _says(each)]
    # Below a number of two digits, one of one digit stands a column further right.
    return _says(rows[row]) and _left(rows[row]) <= min(lefts) + 1


def _left(row: Row) -> int:
    return min(column for column, cell in row.items() if cell.char.strip())


def _says(row: Row) -> bool:
    return any(cell.char.strip() for cell in row.values())


def _is_heading(row: Row) -> bool:
    """Return whether all words of a row are marked as a heading, or as a question."""
    styles = [cell.style for cell in row.values() if cell.char.strip()]
    return all("bold" in style or "underline" in style for style in styles)


def rows_of(text: str) -> list[Row]:
    """Return the rows of a text with ANSI colours, cell by cell; none if it is empty."""
    rows: list[Row] = [{}] if text else []
    column, last = 0, -1
    for style, letter, *_ in to_formatted_text(ANSI(text)):
        cell = Char(letter, style)
        if letter == "\n":
            rows.append({})
            column, last = 0, -1
        elif cell.width:
            rows[-1] |= {column: cell} | {column + n: Char("", "") for n in range(1, cell.width)}
            column, last = column + cell.width, column
        elif last >= 0:
            # A combining mark shares the cell of its letter.
            rows[-1][last] = Char(rows[-1][last].char + letter, rows[-1][last].style)
    return rows
