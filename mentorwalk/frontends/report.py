"""A programme's report on a terminal: a table, and a bar while many files are read."""

from __future__ import annotations

from contextlib import contextmanager
from textwrap import fill
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from mentorwalk.frontends.frame import WIDEST
from mentorwalk.frontends.size import size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.domain.report import Report

SILENT = 40
"""The most pairs that are named because they have not met for long: those that did for longest."""
MANY = 2_000
"""The files from which on a bar shows how far the reading is: they take half a second."""


def print_report(report: Report, out: TextIO) -> None:
    """Print a report: a table, how it is to be read, and the codes of pairs to look after."""
    width = min(WIDEST, size_of(out)[0]) if out.isatty() else WIDEST
    console = Console(file=out, width=width, highlight=False)
    console.print(Text(report.title), end="\n\n")
    for each in report.figures:
        if each.shares or each.remark:
            console.print(_table(each.figure.title, {s.label: s.words for s in each.shares}))
            console.print(Text(each.remark), end="\n\n" if each.remark else "\n")
    sentences = filter(None, (report.note, *_to_look_after(report)))
    # Rich takes minutes to wrap the codes of a hundred thousand pairs.
    out.writelines(f"{fill(sentence, width)}\n" for sentence in sentences)


def _table(title: str, rows: dict[str, str]) -> Table:
    # Labels come from files: they are texts, and no markup.
    table = Table(title=Text(title), title_justify="left", box=None, show_header=False)
    table.add_column(width=40)
    table.add_column()
    for label, words in rows.items():
        table.add_row(Text(label), Text(words))
    return table


def _to_look_after(report: Report) -> Iterator[str]:
    if report.asked:
        yield f"Asked to be contacted: {', '.join(report.asked)}."
    if report.silent:
        each = ", ".join(f"{code} ({days} days)" for code, days in report.silent[:SILENT])
        more = len(report.silent) - SILENT
        others = f", and {more:,} more, whom --parquet has" if more > 0 else ""
        yield f"Have not met for more than 60 days, and did not end: {each}{others}."
    if report.asked or report.silent:
        yield "These codes are for you alone: they are in no page and no table that you pass on."


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
