"""Writing a file in one piece, for its owner only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mentorwalk.errors import StorageError

RENDERED = "rendered.json"
"""Beside the journal: what is remembered of each document as it was last written."""
MEND = "What was said is safe; `mentorwalk render` writes the documents again."


def for_owner_only(file: int) -> None:
    """Let nobody but its owner open a file, whatever the umask says."""
    if hasattr(os, "fchmod"):
        os.fchmod(file, 0o600)


def write_private(path: Path, text: str, mend: str = MEND) -> None:
    """Write a file in one piece, for its owner only: it is there whole, or as it was before.

    Raises:
        StorageError: It cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            for_owner_only(handle)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"{path}: This file cannot be written ({error.strerror or error}). {mend}"
        ) from None
