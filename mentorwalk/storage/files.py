"""Writing a file in one piece, for its owner only."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

RENDERED = "rendered.json"
"""Beside the journal: what is remembered of each document as it was last written."""
FIRST_BYTES = 4096
"""As far as is looked to see whether a file is one of ours."""


def safe_until(goes_on: str) -> str:
    """Say that nothing is lost; and which command goes on, where that is known."""
    after = f" Once that is fixed: {goes_on}" if goes_on else ""
    return f"Everything said before is safe.{after}"


_FIXES = {
    "Make room on that disk. ": (errno.ENOSPC, errno.EDQUOT),
    "Make sure that you can read and write it. ": (errno.EACCES, errno.EPERM, errno.EROFS),
}
_BEGINS, _ENDS = ".mentorwalk-", ".part"
"""What a file is called while it is written."""


def restrict_to_owner(file: int) -> None:
    """Let nobody but its owner open a file, whatever the umask says."""
    if hasattr(os, "fchmod"):
        os.fchmod(file, 0o600)


def write_private(path: Path, text: str, fix: str = "") -> None:
    """Write a file in one piece, for its owner only: it is there whole, or as it was before.

    Where it cannot be, it is told what would `mend` it, where that is known.

    Raises:
        StorageError: It cannot be written.
    """
    with told_of(path, fix):
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_BEGINS, suffix=_ENDS)
        try:
            restrict_to_owner(handle)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
            settle(path.parent)
        finally:
            Path(temporary).unlink(missing_ok=True)


@contextmanager
def told_of(path: Path, fix: str = "") -> Iterator[None]:
    """Tell in a sentence what the system refuses to do with a file, and what would `mend` it.

    Raises:
        StorageError: It refuses.
    """
    try:
        yield
    except OSError as error:
        told = f"{path}: This file cannot be written ({reason(error)}). {fix_for(error)}{fix}"
        raise StorageError(told.strip()) from None


def reason(error: OSError) -> str:
    """What the system says of it."""
    return error.strerror or str(error)


def fix_for(error: OSError) -> str:
    """What would mend it, as a sentence with a space behind it; empty where nobody knows."""
    return next((fix for fix, kinds in _FIXES.items() if error.errno in kinds), "")


def settle(folder: Path) -> None:
    """Wait until the names of a folder's files are on disk too, where a system can say so."""
    with suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def first_bytes(path: Path) -> bytes:
    """The beginning of an ordinary file; nothing of what is none, or cannot be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(FIRST_BYTES)
    except OSError:
        return b""


def half_written(folder: Path) -> list[Path]:
    """What a crash left half written in a folder."""
    return sorted(folder.glob(f"{_BEGINS}*{_ENDS}"))


def remove_leftovers(folder: Path) -> None:
    """Take away what a crash left half written: it may hold words that were struck since."""
    for path in half_written(folder):
        with suppress(OSError):
            path.unlink()
