"""An agenda at a glance, drawn for a terminal by Rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorwalk.domain.i18n import _
from mentorwalk.domain.overview import clock
from mentorwalk.domain.text import clean, join_words
from mentorwalk.frontends.drawing import WIDEST
from mentorwalk.frontends.overview_text import (
    BEFOREHAND,
    SPEAKS,
    WRITTEN,
    beside,
    eyes_only,
    length_words,
    minutes_words,
    preparation_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from mentorwalk.domain.overview import CardLine, Overview, PhaseLine

MARGINS = 28
"""Columns of the timeline that are not its bar."""
COLOURS = ("cyan", "green", "yellow", "magenta", "blue", "red")


def show(overview: Overview, file: TextIO | None = None, columns: int | None = None) -> None:
    """Draw everything, as wide as is good to read."""
    console = Console(file=file, width=columns)
    width = min(console.width, WIDEST)
    console.print(Group(*_parts(overview, width)), width=width, highlight=False, markup=False)


def _parts(overview: Overview, width: int) -> Iterator[RenderableType]:
    yield Text(clean(overview.title), "bold")
    yield Text(length_words(overview), "dim")
    if overview.about:
        yield Padding(Text(clean(overview.about)), (1, 0, 0, 0))
    yield Padding(_timeline(overview, max(10, width - MARGINS)), (1, 0, 0, 0))
    yield Padding(_balance(overview, max(10, width - MARGINS)), (1, 0, 0, 0))
    for number, phase in enumerate(overview.phases):
        yield from _phase(phase, COLOURS[number % len(COLOURS)])
    for heading, cards in beside(overview):
        yield Padding(Text(heading, "bold"), (1, 0, 0, 0))
        yield _cards(cards)
    if overview.prepared:
        yield _note(_(BEFOREHAND), preparation_words(overview))
    if overview.files:
        yield _note(_(WRITTEN), ", ".join(overview.files))
    for whose, text in overview.asides:
        yield _note(eyes_only(whose), text)


def _timeline(overview: Overview, width: int) -> Table:
    """A bar for each phase, where it lies in the session."""
    rows = Table.grid(padding=(0, 1, 0, 0))
    rows.add_column(justify="right", style="dim", width=5)
    rows.add_column(width=12, no_wrap=True)
    rows.add_column(no_wrap=True)
    rows.add_column(justify="right", style="dim", no_wrap=True)
    total = overview.minutes * 60
    for number, phase in enumerate(overview.phases):
        begins = round(phase.begins / total * width)
        ends = max(begins + 1, round((phase.begins + phase.seconds) / total * width))
        bar = Text(" " * begins + "█" * (ends - begins), COLOURS[number % len(COLOURS)])
        bar.append("░" * (width - ends), "dim")
        took = minutes_words(phase.seconds)
        rows.add_row(clock(phase.begins), clean(phase.short), bar, took)
    return rows


def _balance(overview: Overview, width: int) -> Table:
    """A bar that both share."""
    (one, share), (other, _rest) = overview.shares
    rows = Table.grid(padding=(0, 1, 0, 0))
    rows.add_column(width=18, no_wrap=True)
    rows.add_column(no_wrap=True)
    mine = round(share / 100 * width)
    bar = Text("█" * mine, "cyan")
    bar.append("█" * (width - mine), "green")
    rows.add_row(_(SPEAKS), bar)
    told = Text(clean(f"{one} {share} %"), "cyan")
    right = clean(f"{other} {100 - share} %")
    told.append(" " * max(1, width - len(told) - len(right)))
    rows.add_row("", told.append(right, "green"))
    return rows


def _phase(phase: PhaseLine, colour: str) -> Iterator[RenderableType]:
    heading = Text("█ ", colour).append(clean(phase.title), "bold")
    yield Padding(heading.append(f"  {minutes_words(phase.seconds)}", "dim"), (1, 0, 0, 0))
    if phase.aim:
        yield Padding(Text(clean(phase.aim), "dim"), (0, 0, 0, 2))
    yield _cards(phase.cards)


def _cards(cards: tuple[CardLine, ...]) -> Table:
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(justify="right", style="cyan", width=7)
    rows.add_column()
    for card in cards:
        time = minutes_words(card.seconds) if card.seconds else ""
        said = [Text(clean(card.ask)), Text(clean("; ".join([card.who, *card.marks])), "dim")]
        if card.written:
            written = _("writes down {labels}").format(labels=join_words(list(card.written)))
            said.append(Text(clean(written), "green"))
        rows.add_row(time, Group(*said))
    return rows


def _note(heading: str, text: str) -> RenderableType:
    return Padding(Group(Text(clean(heading), "bold"), Text(clean(text))), (1, 0, 0, 0))
