"""The files that a report is written to: a page, a table, and the facts themselves as Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.documents.report import HEADINGS, TITLE_ENDS, report_page, report_table
from mentorwalk.storage.fact_table import is_table
from mentorwalk.storage.files import first_bytes, place_for, write_private

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

    def check(self) -> None:
        """Make sure, before anything is read, that each can go where it is wanted.

        Raises:
            InputError: Something that is not ours is there, or there is no such folder.
        """
        for path in (self.table, self.page, self.parquet):
            if path is not None:
                self._place(path)

    def write(self, report: Report, facts: FactTable) -> Iterator[Path]:
        """Write the files, and yield the path of each as it was given.

        Raises:
            StorageError: One of them cannot be written.
        """
        if self.table:
            write_private(self._place(self.table), report_table(report), _elsewhere("csv"))
            yield self.table
        if self.page:
            write_private(self._place(self.page), report_page(report), _elsewhere("html"))
            yield self.page
        if self.parquet:
            facts.write_parquet(self._place(self.parquet))
            yield self.parquet

    def _place(self, path: Path) -> Path:
        if path == self.parquet:
            return place_for(path, is_table, "a table of facts")
        kind = "the table of a report" if path == self.table else "the page of a report"
        return place_for(path, _is_table if path == self.table else _is_page, kind)


def _is_table(path: Path) -> bool:
    return first_bytes(path).startswith(",".join(HEADINGS).encode())


def _is_page(path: Path) -> bool:
    return f"{TITLE_ENDS}</title>".encode() in first_bytes(path)


def _elsewhere(option: str) -> str:
    return f"Choose another place with --{option}."
