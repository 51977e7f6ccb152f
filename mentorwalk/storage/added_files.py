"""The files of an agenda as they were added: which of them somebody changed by hand since."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes, numbered, write_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ADDED = ".added.json"
"""The file beside a kept agenda that remembers the digest of each of its files as it was added."""


def remember_added(folder: Path, paths: Iterable[Path]) -> None:
    """Remember what some files of a kept agenda hold.

    Raises:
        StorageError: It cannot be written.
    """
    digests = {path.relative_to(folder).as_posix(): _digest(path) for path in paths}
    write_private(folder / ADDED, json.dumps(digests, indent=1) + "\n")


def is_edited(folder: Path, path: Path) -> bool:
    """Return whether a file is not as it was added; True where nobody remembers that."""
    try:
        added = json.loads(first_bytes(folder / ADDED, DOCUMENT_LIMIT) or b"{}")
    except (ValueError, RecursionError):
        added = {}
    name = path.relative_to(folder).as_posix()
    return not isinstance(added, dict) or added.get(name) != _digest(path)


def copy_of_edited(path: Path) -> Path:
    """Keep a copy of a file beside it, and return its path: `acme.edited.yaml`.

    Raises:
        StorageError: It cannot be written.
    """
    return keep_copy(path, path.with_name(f"{path.stem}.edited{path.suffix}"))


def keep_copy(path: Path, name: Path) -> Path:
    """Keep a copy of a file under a name, or with a number behind it, and return its path.

    Raises:
        StorageError: It cannot be written.
    """
    data = first_bytes(path, DOCUMENT_LIMIT)
    for aside in numbered(name):
        if not os.path.lexists(aside):
            write_private(aside, data)
            return aside
        if first_bytes(aside, DOCUMENT_LIMIT) == data:
            return aside
    raise AssertionError  # the numbers never end


def _digest(path: Path) -> str:
    return hashlib.sha256(first_bytes(path, DOCUMENT_LIMIT)).hexdigest()
