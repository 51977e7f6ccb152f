"""A programme's report for others to read: as a page with pictures, and as a table for a sheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mentorwalk.documents.html import page
from mentorwalk.documents.markdown import escaped
from mentorwalk.documents.pictures import as_markdown
from mentorwalk.domain.dates import day_in_words
from mentorwalk.domain.pictures import Part, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.disclosure import Share
    from mentorwalk.domain.report import PublishedFigure, Report

TITLE = "Our mentoring programme"
"""The title of every page, by which one is known that may be replaced."""
HEADINGS = ("figure", "label", "pairs", "fewest", "most")
"""The columns of the table for a sheet."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula in a spreadsheet (OWASP, "CSV Injection")."""


def report_table(report: Report) -> str:
    """Return a report as CSV, in which nothing is a formula."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(HEADINGS)
    for each in report.figures:
        for share in each.shares:
            texts = (each.figure.title, share.label, share.words)
            rows.writerow((*map(_harmless, texts), share.low, share.high))
    return written.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text


def report_page(report: Report) -> str:
    """Return a report as one page, with a picture for each figure, that loads nothing.

    It names no pair: the codes are for whoever holds the files.
    """
    told = [each for each in report.figures if each.shares or each.remark]
    most = max((share.low for each in told for share in each.shares), default=0)
    pictures = {each: _picture(each, max(1, most)) for each in told if _counts_anything(each)}
    blocks = [f"# {TITLE}", f"{day_in_words(report.day)}.", escaped(report.note)]
    for each in told:
        blocks += [f"## {escaped(each.figure.title)}", *_figure(each, pictures.get(each))]
    text = "\n\n".join(filter(None, blocks)) + "\n"
    return page(text, "en", TITLE, pictures=tuple(pictures.values()))


def _figure(each: PublishedFigure, picture: Picture | None) -> Iterator[str]:
    if len(each.shares) == 1:
        yield f"**{escaped(each.shares[0].words)}**"
        return
    yield escaped(each.remark)
    if picture:
        yield as_markdown(picture)
    else:
        yield "\n".join(f"- {escaped(_label(share))}" for share in each.shares)


def _counts_anything(each: PublishedFigure) -> bool:
    return len(each.shares) > 1 and any(share.low for share in each.shares)


def _picture(each: PublishedFigure, most: int) -> Picture:
    """Return bars, or a line where there is an order; each shows the fewest that it can be."""
    parts = tuple(Part(_label(share), share.low) for share in each.shares)
    return Picture("line" if each.figure.in_middle else "bars", parts, high=most)


def _label(share: Share) -> str:
    """Return what a share is, and how many, unless that is the very number at its bar."""
    return share.label if share.low == share.high else f"{share.label}: {share.words}"
