"""Where the agenda lies that another one extends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.storage.library import BUNDLED_AGENDAS, file_exists

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.storage.library import Library

_FILE_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
"""A name of an agenda, or of a file without its folder: a stranger's file names no other place."""


def is_parent_name(written: str) -> bool:
    """Return whether `extends` can say this."""
    return re.fullmatch(_FILE_NAME, written) is not None


def parent_file(library: Library, path: Path, written: str) -> Path | None:
    """Return the file that `extends` means in a file, which is never that one; None if none is."""
    files = files_called(library, path, written)
    return next((file for file in files if file.resolve() != path.resolve()), None)


def files_called(library: Library, path: Path, written: str) -> tuple[Path, ...]:
    """Return the files that a name may mean in a file, the likeliest first.

    That is one beside it, one that is kept, and one that is bundled; the file itself may be one.
    """
    by_file = written.endswith((".yaml", ".yml"))
    files = [written] if by_file else [f"{written}.yaml", f"{written}.yml"]
    kept = None if by_file else library.kept_agenda(written)
    known = [path.parent / file for file in files]
    known += [] if by_file else [kept or known[0], BUNDLED_AGENDAS / files[0]]
    return tuple(filter(file_exists, known))
