"""The signs of the live screen, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, split_graphemes
from rich.text import Text

from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

KEPT_FREE = "\ufdd0"
"""Stands for a column that must stay free; Unicode keeps this character out of every text."""


@dataclass(frozen=True)
class Symbols:
    """The signs that show a state together with its colour and its word."""

    done: str = "✓"
    now: str = "●"
    ahead: str = "○"
    line: str = "─"
    dot: str = "·"
    """Divides things on one line."""
    full: str = "█"
    empty: str = "░"
    pointer: str = "›"
    earlier: str = "│"
    hint: str = "→"
    wrong: str = "!"
    cursor: str = "▌"
    free: str = "·"
    """A place on which nothing is drawn."""


UNICODE = Symbols()
ASCII = Symbols(
    done="x",
    now=">",
    ahead="-",
    line="-",
    dot="-",
    full="#",
    empty=".",
    pointer=">",
    earlier="|",
    hint="->",
    wrong="!",
    cursor="_",
    free=".",
)


@dataclass(frozen=True)
class Marked:
    """A text with a sign in its margin: beside its first row, or along every one."""

    sign: str
    colour: str
    text: str
    along: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the sign, and the text beside it."""
        margin = cell_len(self.sign) + 1
        for number, row in enumerate(Text(self.text).wrap(console, options.max_width - margin)):
            sign = self.sign if self.along or not number else ""
            yield Text.assemble((sign.ljust(margin), self.colour), row)


def drawable(text: str) -> str:
    """Return a text as it is drawn: cleaned, with room for emoji made of several characters.

    Some terminals show such a one in two columns, others show all its parts, one after another.
    """
    text = clean(text)
    if text.isascii():
        return text
    # Loaded here: the demo draws without it.
    from prompt_toolkit.utils import get_cwidth  # noqa: PLC0415

    spans, _columns = split_graphemes(text)
    signs = ((text[start:end], columns) for start, end, columns in spans)
    return "".join(each + KEPT_FREE * (get_cwidth(each) - columns) for each, columns in signs)
