"""The files that a report is written to: a page, a table, and the facts themselves as Parquet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.documents.report import (
    EXACT_ENDS,
    EXACT_ROW,
    HEADINGS,
    PROGRAMME_MARK,
    PROGRAMME_ROW,
    TITLE_ENDS,
    report_page,
    report_table,
)
from mentorwalk.domain.errors import InputError, shown_path
from mentorwalk.storage.fact_table import is_table
from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes, place_for, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.domain.report import Report
    from mentorwalk.storage.fact_table import FactTable


@dataclass(frozen=True)
class ReportFiles:
    """Where somebody wants the files of a report; None for each that they do not want."""

    table: Path | None = None
    page: Path | None = None
    parquet: Path | None = None
    exact: bool = False
    """Whether the report has exact numbers: then it takes the place of no other kind."""

    def check(self, programme: str | None = None) -> None:
        """Make sure that each file can go where it is wanted.

        Args:
            programme: The id of the programme; None before it is known.

        Raises:
            InputError: Something else is there, two are wanted at one place, or there is no such
                folder.
        """
        wanted = {"csv": self.table, "html": self.page, "parquet": self.parquet}
        places: dict[Path, str] = {}
        for option, path in wanted.items():
            if path is None:
                continue
            place = self._place(path, programme).resolve()
            if earlier := places.get(place):
                sentence = f"--{earlier} and --{option} name the same file: give each its own."
                raise InputError(f"{shown_path(path)}: {sentence}")
            places[place] = option

    def write(self, report: Report, facts: FactTable) -> Iterator[Path]:
        """Write the files, and yield the path of each as it was given.

        Raises:
            InputError: At one of the places is the report of another programme; nothing is written.
            StorageError: One of them cannot be written.
        """
        named = report.programme
        self.check(named)
        if self.table:
            write_private(self._place(self.table, named), report_table(report), _elsewhere("csv"))
            yield self.table
        if self.page:
            write_private(self._place(self.page, named), report_page(report), _elsewhere("html"))
            yield self.page
        if self.parquet:
            facts.write_parquet(self._place(self.parquet, named))
            yield self.parquet

    def _place(self, path: Path, programme: str | None) -> Path:
        its = "" if programme is None else " of this programme"
        if path == self.parquet:
            return place_for(
                path, lambda there: is_table(there, programme), f"a table of facts{its}"
            )
        kind = "table" if path == self.table else "page"
        read = _READ[kind]

        def is_same(there: Path) -> bool:
            """Return whether a file is an earlier one of this report; ranges replace exact ones."""
            found = read(first_bytes(there, DOCUMENT_LIMIT).decode(errors="replace"))
            return found is not None and (
                found.exact >= self.exact and programme in (None, found.programme)
            )

        exact = " with exact numbers" * self.exact
        return place_for(path, is_same, f"the {kind} of a report{its}{exact}")


class _Earlier(NamedTuple):
    """What an earlier file of a report says of itself."""

    programme: str
    exact: bool


def _page_in(text: str) -> _Earlier | None:
    """Return what the page of a report says of itself; None if a text is none."""
    title, programme = _TITLE.search(text), _PROGRAMME.search(text)
    if title and programme and title[1].endswith(TITLE_ENDS):
        exact = title[1].removesuffix(TITLE_ENDS).endswith(EXACT_ENDS)
        return _Earlier(unescape(programme[1]), exact)
    return None


def _table_in(text: str) -> _Earlier | None:
    """Return what the table of a report says of itself; None if a text is none."""
    head, *rows = text.split("\n", 3)
    if head != ",".join(HEADINGS):
        return None
    about = [row.partition(",")[0] for row in rows]
    ids = (each.removeprefix(PROGRAMME_ROW) for each in about if each.startswith(PROGRAMME_ROW))
    return _Earlier(next(ids, ""), exact=EXACT_ROW in about)


_TITLE = re.compile(r"<title>(.*?)</title>")
_PROGRAMME = re.compile(re.escape(PROGRAMME_MARK).replace(re.escape("{id}"), '([^"]*)'))
_READ = {"page": _page_in, "table": _table_in}


def _elsewhere(option: str) -> str:
    return f"Choose another place with --{option}."
