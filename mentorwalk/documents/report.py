"""A programme's report for others to read: as a page with bars, and as a table for a sheet."""

from __future__ import annotations

import csv
import io
import re
from html import escape
from itertools import repeat
from typing import TYPE_CHECKING

from mentorwalk.documents.html import whole_page
from mentorwalk.domain.catalogues import ENGLISH
from mentorwalk.domain.date_words import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.disclosure import Share
    from mentorwalk.domain.report import PublishedFigure, Report

TITLE_ENDS = " \u00b7 programme report"
"""How the title of every page ends, by which one is known that may be replaced."""
EXACT_ENDS = " \u00b7 exact numbers"
"""What stands before that in the title of a page that is nothing to pass on."""
HEADINGS = ("figure", "label", "pairs", "fewest", "most")
"""The columns of the table for a sheet."""
EXACT_ROW = "Exact numbers: not to be passed on"
"""What stands in the first row of a table that is nothing to pass on."""
PROGRAMME_ROW = "Programme: "
"""What stands in a row of a table, before the id of the programme that it is about."""
PROGRAMME_MARK = '<header data-programme="{id}">'
"""How the body of a page begins: with the id of the programme that it is about."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula in a spreadsheet (OWASP, "CSV Injection")."""
_DATES = re.compile(r"\d+([-/.]\d+)+")
"""What a spreadsheet takes for a day: `1-2`."""


def report_table(report: Report) -> str:
    """Return a report as CSV, in which nothing is a formula, and no choice becomes a day."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(HEADINGS)
    if report.is_exact:
        rows.writerow(_alone(EXACT_ROW))
    if report.programme:
        rows.writerow(_alone(f"{PROGRAMME_ROW}{report.programme}"))
    for each in report.figures:
        for share in each.shares:
            texts = (each.figure.title, share.label, share.words)
            rows.writerow((*map(_harmless, texts), share.low, share.high))
    return written.getvalue()


def _alone(text: str) -> tuple[str, ...]:
    """Return a row that is no figure."""
    return (text, *[""] * (len(HEADINGS) - 1))


def _harmless(text: str) -> str:
    misread = text.startswith(FORMULAS) or _DATES.fullmatch(text)
    return f"'{text}" if misread else text


def report_page(report: Report) -> str:
    """Return a report as one page, with bars for each figure, that loads nothing.

    It names no pair: the codes are for whoever holds the files.
    """
    most = max((share.high for each in report.told for share in each.shares), default=0)
    sections = (_section(report, each, max(1, most)) for each in report.told)
    left_out = _paragraph(report.left_out) if report.left_out else ""
    body = (*_header(report), *sections, left_out)
    exact = EXACT_ENDS if report.is_exact else ""
    return whole_page("".join(body), ENGLISH, f"{report.title}{exact}{TITLE_ENDS}")


def _header(report: Report) -> Iterator[str]:
    bars = "The strong part of a bar is certain, the faint one possible."
    *period, reading = report.notes
    ranges = report.told and not report.is_exact
    texts = (
        " ".join((f"{day_in_words(report.day)}.", *period)),
        f"{reading} {bars}" if ranges else reading,
    )
    yield PROGRAMME_MARK.format(id=escape(report.programme))
    yield f"\n<h1><bdi>{escape(report.title)}</bdi></h1>\n"
    yield from map(_paragraph, texts)
    yield "</header>\n"


def _section(report: Report, each: PublishedFigure, most: int) -> str:
    remark = _paragraph(each.remark) if each.remark else ""
    return (
        f"<section>\n<h2>{escape(each.figure.title)}</h2>\n"
        f"{_shares(report, each, most)}{remark}</section>\n"
    )


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>\n"


def _shares(report: Report, each: PublishedFigure, most: int) -> str:
    """Return a row for each share; a number alone if there never is another."""
    if len(each.figure.labels) == 1:
        return f"<p><strong>{escape(each.shares[0].words)}</strong></p>\n"
    labels = (report.words(each.figure, share.label) for share in each.shares)
    rows = "".join(map(_row, labels, each.shares, repeat(most)))
    return f'<table class="ranges">\n<tbody>\n{rows}</tbody>\n</table>\n' if rows else ""


def _row(label: str, share: Share, most: int) -> str:
    return (
        f'<tr><th scope="row"><bdi>{escape(label)}</bdi></th>'
        f"<td>{_bar(share, most)}</td><td>{escape(share.words)}</td></tr>\n"
    )


def _bar(share: Share, most: int) -> str:
    """Return a bar from none to the fewest that it can be, and from there to the most."""
    certain, possible = (round(100 * number / most, 1) for number in (share.low, share.high))
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="room" width="100" height="10"/>'
        f'<rect class="possible" width="{possible}" height="10"/>'
        f'<rect class="certain" width="{certain}" height="10"/></svg>'
    )
