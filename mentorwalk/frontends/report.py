"""A programme's report on a terminal: a table, and a bar while many files are read."""

from __future__ import annotations

from contextlib import contextmanager
from textwrap import fill, wrap
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from mentorwalk.frontends.frame import WIDEST
from mentorwalk.frontends.size import size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mentorwalk.domain.report import PublishedFigure, Report

IN_A_PIPE = 80
"""Columns of a report that is printed into a file, or to another program."""
LABELS, NUMBERS = 40, 18
"""Columns for the words of a share, and those that its number needs at most."""
SILENT = 40
"""The most pairs that are named because they have not met for long: those that did for longest."""
MANY = 2_000
"""The files from which on a bar shows how far the reading is: they take half a second."""


def print_report(report: Report, out: TextIO) -> None:
    """Print a report: a table, how it is to be read, and the codes of pairs to look after."""
    width = min(WIDEST, size_of(out)[0]) if out.isatty() else IN_A_PIPE
    parts = (report.title, *(_table(report, each, width) for each in report.told))
    out.writelines(f"{part}\n\n" for part in parts)
    sentences = filter(None, (report.left_out, *report.notes, *_to_look_after(report)))
    # Rich takes minutes to wrap the codes of a hundred thousand pairs.
    out.writelines(f"{fill(sentence, width)}\n" for sentence in sentences)


def _table(report: Report, each: PublishedFigure, width: int) -> str:
    """Return a figure as lines, in which the numbers of all figures stand below each other."""
    room = min(LABELS, width - NUMBERS)
    rows = ((report.words(each.figure, share.label), share.words) for share in each.shares)
    lines = (line for label, words in rows for line in _row(label, words, room))
    remark = [fill(each.remark, width)] if each.remark else []
    return "\n".join((each.figure.title, *lines, *remark))


def _row(label: str, words: str, room: int) -> Iterator[str]:
    first, *more = wrap(label, room) or [""]
    yield f" {first}{' ' * (room - cell_len(first))}  {words}"
    yield from (f" {line}" for line in more)


def _to_look_after(report: Report) -> Iterator[str]:
    if report.asked:
        yield f"Asked to be contacted: {', '.join(report.asked)}."
    if report.silent:
        yield f"Have not met for more than 60 days, and did not end: {_codes(report.silent)}."
    if report.perhaps_ended:
        perhaps = "Have not met for more than 60 days; whether they ended, nobody said"
        yield f"{perhaps}: {_codes(report.perhaps_ended)}."
    if report.asked or report.silent or report.perhaps_ended:
        yield "These codes are for you alone: they are in no page and no table that you pass on."


def _codes(silent: Sequence[tuple[str, int]]) -> str:
    """Return the codes of pairs with their days, of many only the first."""
    each = ", ".join(f"{code} ({days} days)" for code, days in silent[:SILENT])
    more = len(silent) - SILENT
    return f"{each}, and {more:,} more, whom --parquet has" if more > 0 else each


@contextmanager
def reading_bar(out: TextIO) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how many files were read; on a terminal, many of them get a bar."""
    console = Console(file=out)
    columns = (TextColumn("Reading facts"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not out.isatty()) as bar:
        tasks: list[TaskID] = []

        def told(number: int, of: int) -> None:
            """Show how many were read."""
            if of >= MANY and (number % 100 == 0 or number == of):
                tasks.extend([] if tasks else [bar.add_task("", total=of)])
                bar.update(tasks[0], completed=number)

        yield told
