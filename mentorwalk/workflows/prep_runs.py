"""The runs of what one person prepares: each is kept with its day, and none takes another's place.

The newest run lies in the folder of the preparation. Begun anew, it moves into a folder below,
which has the name of the day on which it was written last.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import MentorwalkError
from mentorwalk.storage.files import (
    AGENDA,
    JOURNAL,
    PRIVATE,
    numbered,
    ordinary_bytes,
    remove_files,
    reporting_errors,
    sync_folder,
    write_private,
)
from mentorwalk.storage.library import make_private

if TYPE_CHECKING:
    from pathlib import Path

NAME_LENGTH = 60
"""Characters of a name within the name of a file."""
_RUN = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d+))?")
"""The name of the folder of an earlier run: its day, and a number if there are several."""


@dataclass(frozen=True, order=True)
class EarlierRun:
    """A run that is over: its day, and where it lies."""

    day: date
    number: int
    folder: Path


def earlier_runs(folder: Path) -> tuple[EarlierRun, ...]:
    """Return the earlier runs below the folder of a preparation, the newest first."""
    found = (_run_in(path) for path in run_folders(folder) if (path / JOURNAL).is_file())
    return tuple(sorted(filter(None, found), reverse=True))


def run_folders(folder: Path) -> list[Path]:
    """Return the folders of earlier runs, also those that are deleted or moved half-way."""
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in there if _run_in(path) and path.is_dir() and not path.is_symlink()]


def _run_in(folder: Path) -> EarlierRun | None:
    name = _RUN.fullmatch(folder.name)
    with suppress(ValueError):
        return name and EarlierRun(date.fromisoformat(name[1]), int(name[2] or 1), folder)
    return None


def set_aside(folder: Path, day: date, fix: str = "") -> Path:
    """Move the run that lies in a folder below it, under its day, and return its new folder.

    What belongs to it is copied before its journal moves: a crash between leaves it whole.

    Raises:
        StorageError: It could not be moved; it lies where it was.
    """
    place = next(path for path in numbered(folder / day.isoformat()) if _is_free(path))
    make_private(place)
    beside = [name for name in (AGENDA, PRIVATE) if (folder / name).is_file()]
    for name in beside:
        write_private(place / name, ordinary_bytes(folder / name, follow_links=False), fix)
    with reporting_errors(folder, fix):
        (folder / JOURNAL).replace(place / JOURNAL)
        sync_folder(place)
        sync_folder(folder)
    with suppress(MentorwalkError):
        remove_files([folder / name for name in beside])
    return place


def _is_free(path: Path) -> bool:
    """Return whether a run can move there: nothing is, or what a crash left of such a move."""
    if path.is_symlink():
        return False
    left = {each.name for each in path.iterdir()} if path.is_dir() else None
    return not path.exists() if left is None else left <= {AGENDA, PRIVATE}


def for_file(name: str) -> str:
    """Return a person's name as it fits into the name of a file, on every file system."""
    fit = ""
    for char in unicodedata.normalize("NFC", name):
        # Some scripts write vowels as marks, which are not letters; a sign's marks go with it.
        vowel = unicodedata.category(char)[0] == "M" and fit[-1:] not in ("", "-")
        fit += char if vowel or char.isalnum() or char in "_." else "-"
    # OneDrive, where documents may be kept, refuses this within a name.
    fit = re.sub("(?i)_vti_", "-vti-", fit)
    return re.sub("-+", "-", fit)[:NAME_LENGTH].strip("-.")
