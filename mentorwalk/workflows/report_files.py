"""The files that a report is written to: a page, a table, and the facts themselves as Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.documents.report import (
    EXACT_ENDS,
    EXACT_ROW,
    HEADINGS,
    TITLE_ENDS,
    report_page,
    report_table,
)
from mentorwalk.domain.errors import InputError, shown_path
from mentorwalk.storage.fact_table import is_table
from mentorwalk.storage.files import first_bytes, place_for, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.domain.report import Report
    from mentorwalk.storage.fact_table import FactTable

_HEAD = ",".join(HEADINGS)
"""The first line of a table."""


@dataclass(frozen=True)
class ReportFiles:
    """Where somebody wants the files of a report; None for each that they do not want."""

    table: Path | None = None
    page: Path | None = None
    parquet: Path | None = None
    exact: bool = False
    """Whether the report has exact numbers: then it takes the place of no other kind."""

    def check(self) -> None:
        """Make sure, before anything is read, that each can go where it is wanted.

        Raises:
            InputError: Something that is not ours is there, two are wanted at one place, or there
                is no such folder.
        """
        wanted = {"csv": self.table, "html": self.page, "parquet": self.parquet}
        places: dict[Path, str] = {}
        for option, path in wanted.items():
            if path is None:
                continue
            place = self._place(path).resolve()
            if earlier := places.get(place):
                sentence = f"--{earlier} and --{option} name the same file: give each its own."
                raise InputError(f"{shown_path(path)}: {sentence}")
            places[place] = option

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
        kind = "table" if path == self.table else "page"
        begins = _BEGINS[kind]
        if self.exact:
            return place_for(path, begins.is_exact, f"the {kind} of a report with exact numbers")
        return place_for(path, begins.is_ours, f"the {kind} of a report")


class _Begins(NamedTuple):
    """What stands at the beginning of a file of ours."""

    ours: bytes
    exact: bytes

    def is_ours(self, path: Path) -> bool:
        """Return whether a file is one of these."""
        return self.ours in first_bytes(path)

    def is_exact(self, path: Path) -> bool:
        """Return whether it is one with exact numbers."""
        return self.exact in first_bytes(path)


_BEGINS = {
    "page": _Begins(f"{TITLE_ENDS}</title>".encode(), f"{EXACT_ENDS}{TITLE_ENDS}</title>".encode()),
    "table": _Begins(f"{_HEAD}\n".encode(), f"{_HEAD}\n{EXACT_ROW},".encode()),
}


def _elsewhere(option: str) -> str:
    return f"Choose another place with --{option}."
