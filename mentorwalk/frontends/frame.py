"""The frame of a page of the live screen: header above, clock and keys below, drawn by Rich."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mentorwalk.domain.i18n import _
from mentorwalk.frontends.clock_words import ClockStyle, clock_words
from mentorwalk.frontends.messages import in_ascii, off_record_line
from mentorwalk.frontends.signs import (
    ASCII,
    KEPT_FREE,
    UNICODE,
    Marked,
    Symbols,
    drawable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.timing import Reading

WIDEST = 92
"""Columns used at most, however wide the window is: longer lines are hard to read."""
NARROW = 56
"""Columns below which margins shrink and the phases lose their names."""
ONE_CLOCK_LINE = 72
"""Columns from which the clock may take one line; below, it takes two, so that nothing jumps."""
BAR = 10
"""Columns of the clock's bar."""
AROUND = 5
"""Rows around the body: an empty one above it, those of the clock and the keys below."""
UNLIMITED = 10_000
"""Rows of a page without limit."""
CLOCK = 3
"""Rows of the clock among them, which who writes alone has not."""


@dataclass(frozen=True)
class ClockFace:
    """What the clock shows; the screen is drawn again only when it changes."""

    card: str
    rest: str
    full: int
    """The full columns of the bar."""
    over: bool
    brief: str = ""
    """What it says of the card if there is little room."""


def clock_face(reading: Reading, style: ClockStyle) -> ClockFace:
    """Return what the clock shows at a reading."""
    share = min(1.0, reading.card_spent / max(1, reading.card_planned))
    card, rest = clock_words(reading, style)
    brief = clock_words(reading, style, brief=True)[0]
    return ClockFace(card, rest, round(share * BAR), reading.card_left <= 0, brief)


@dataclass(frozen=True)
class Frame:
    """Draws for one size of the terminal what stands around the body of a page."""

    width: int
    symbols: Symbols = UNICODE
    rows: int = 0
    """Rows of the terminal; 0 if there is no limit."""

    @property
    def tight(self) -> bool:
        """Return whether there is room only for what is needed now."""
        return self.inner < NARROW

    @property
    def inner(self) -> int:
        """Return the columns that are used."""
        return min(self.width - 1, WIDEST)

    @property
    def margin(self) -> int:
        """Return the columns left free on the left of the body."""
        return 3 if self.inner >= NARROW else 1

    def ansi(self, *parts: RenderableType) -> str:
        """Return text with ANSI colours; Rich honours NO_COLOR."""
        buffer = io.StringIO()
        console = Console(
            file=buffer,
            width=self.inner,
            force_terminal=True,
            color_system="standard",
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        console.print(Group(*parts), end="")
        drawn = buffer.getvalue().replace(KEPT_FREE, "").rstrip()
        return in_ascii(drawn) if self.symbols == ASCII else drawn

    def header(self, card: Card) -> str:
        """Draw the title, the two people, the line of phases and who speaks."""
        lines: list[RenderableType] = []
        if card.mark:
            lines.append(Padding(Text(drawable(card.mark), "black on yellow"), (0, 0, 0, 1)))
        if card.title and not (self.tight and card.steps):
            lines.append(self.sides(card.title, card.people, "", "dim"))
        if card.steps:
            lines.append(self._steps(card))
        lines += [] if card.quiet else [self._rule()]
        if card.off_record:
            lines.append(self._off_record())
        if card.speaks or card.place:
            lines.append(self.sides(card.speaks, card.place, "", "dim"))
        return self.ansi(*lines)

    def small_header(self, card: Card, place: str) -> str:
        """Draw how far one has read, and the title if there is room for both."""
        lines: list[RenderableType] = []
        if card.mark:
            lines.append(Padding(Text(drawable(card.mark), "black on yellow"), (0, 0, 0, 1)))
        if card.off_record:
            lines.append(self._off_record())
        fits = cell_len(card.title) + cell_len(place) < self.inner - 2
        lines.append(self.sides(card.title if fits else "", place, "", "dim"))
        return self.ansi(*lines)

    def clock(self, face: ClockFace) -> str:
        """Draw the clock: a bar and words, or minutes and seconds; on two lines if it is narrow."""
        rest = f" {self.symbols.dot} {face.rest}"
        ways = [[self._with_bar(face, card).append(rest)] for card in (face.card, face.brief)]
        card = face.card if self.inner >= NARROW else face.brief
        two = [self._with_bar(face, card), Text(face.rest)]
        wide = ways if self.inner >= ONE_CLOCK_LINE else []
        lines = next((way for way in wide if way[0].cell_len < self.inner), two)
        rule = () if self.tight else (self._rule(),)
        return self.ansi(*rule, *(Padding(each, (0, 0, 0, 1)) for each in lines))

    def _with_bar(self, face: ClockFace, words: str) -> Text:
        bar = self.symbols.full * face.full + self.symbols.empty * (BAR - face.full)
        return Text.assemble((bar, "magenta" if face.over else "cyan"), f" {words}")

    def keys(self, *keys: str, spare: Sequence[str] = (), brief: Sequence[str] = ()) -> str:
        """Draw the keys that do something here; none is broken at the end of a line.

        Spare ones are left out where they would take one more line, and `brief` ones, if there are
        some, take the place of those that take more than one.
        """
        lines = self._lines_of(keys)
        if brief and len(lines) > 1:
            keys, lines = tuple(brief), self._lines_of(brief)
        for key in spare:
            longer = self._lines_of([*keys, key])
            if len(longer) == len(lines):
                keys, lines = (*keys, key), longer
        return self.ansi(*(Padding(Text(line, "dim"), (0, 0, 0, 1)) for line in lines))

    def _lines_of(self, keys: Sequence[str]) -> list[str]:
        lines = [""]
        for key in keys:
            longer = f"{lines[-1]} {self.symbols.dot} {key}" if lines[-1] else key
            if lines[-1] and cell_len(longer) >= self.inner:
                lines.append(key)
            else:
                lines[-1] = longer
        return lines

    def room(self, card: Card) -> int:
        """Return the rows between the header of a card and the clock."""
        around = AROUND - CLOCK if card.alone else AROUND
        return self.rows - rows_of(self.header(card)) - around if self.rows else UNLIMITED

    def marked(
        self, sign: str, colour: str, text: str, below: int = 1, *, along: bool = False
    ) -> Padding:
        """Return a text with a sign in its margin: beside its first row, or along every one."""
        return Padding(Marked(sign, colour, drawable(text), along), (0, 0, below, self.margin))

    def text(self, text: str, style: str, below: int = 1, *, above: int = 0) -> Padding:
        """Return a text in the body, with empty rows around it."""
        return Padding(Text(drawable(text), style=style), (above, 0, below, self.margin))

    def _rule(self) -> Text:
        return Text(" " + self.symbols.line * (self.inner - 1), style="dim")

    def sides(
        self, left: str, right: str, left_style: str, right_style: str, margin: int = 1
    ) -> RenderableType:
        """Return two texts at both ends of a row; below each other if there is no room for that."""
        left, right = drawable(left), drawable(right)
        free = self.inner - margin - cell_len(left) - cell_len(right)
        name, other = Text(left, style=left_style), Text(right, style=right_style)
        sides = [name, other] if free < 2 else [Text.assemble(name, " " * free, other)]
        return Group(*(Padding(side, (0, 0, 0, margin)) for side in sides))

    def _off_record(self) -> Padding:
        # Off the record, the options begin with the way back.
        line = off_record_line(_("Tab, Enter"))
        return Padding(Text(line, "bold magenta"), (0, 0, 0, 1))

    def _steps(self, card: Card) -> Text:
        styles = {"done": ("green", ""), "now": ("cyan", "bold"), "ahead": ("dim", "dim")}
        line = Text(" ")
        for step in card.steps:
            named = self.inner >= NARROW or step.state == "now"
            colour, style = styles[step.state]
            line.append(getattr(self.symbols, step.state), style=colour)
            line.append(f" {step.short}" if named else "", style=style)
            line.append("  " if self.inner >= NARROW else " ")
        line.rstrip()
        return line


def rows_of(text: str) -> int:
    """Return the rows that a text takes."""
    return text.count("\n") + 1
