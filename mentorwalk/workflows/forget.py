"""Delete a session, or what somebody prepared, for good."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import StorageError
from mentorwalk.storage.files import fix_for, reason
from mentorwalk.storage.journal import LOCK, FolderJournal
from mentorwalk.storage.reading import read_header

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mentorwalk.storage.library import Library


def session_paths(library: Library, folder: Path) -> list[Path]:
    """Return the folders that hold a session: its own, and that of its documents."""
    own, documents = library.sessions / folder.name, library.documents_of(folder)
    # A session outside the home may have the name of one in it, whose documents stay.
    is_own = own.is_dir() and own.samefile(folder)
    return [folder, documents] if is_own and documents.is_dir() else [folder]


def followers(library: Library, folder: Path) -> list[str]:
    """Return the names of the sessions that took something along from this one, directly or not."""
    names = [folder.name]
    for each in library.session_folders():
        with suppress(StorageError):
            if read_header(each).opened.carried.session in names:
                names.append(each.name)
    return names[1:]


def delete(paths: Sequence[Path]) -> list[Path]:
    """Delete a journal's folder and what belongs to it; return the files that are gone.

    Args:
        paths: The folder of the journal, then other files and folders.

    Raises:
        SessionBusy: Another process holds the journal.
        StorageError: Something could not be deleted.
    """
    with FolderJournal(paths[0]):
        files = [path for each in paths for path in _files_of(each)]
        # The journal goes last: without it, nothing could find the rest again.
        for each in reversed(paths):
            _delete(each)
    return [path for path in files if path.name != LOCK]


def _files_of(path: Path) -> list[Path]:
    return [each for each in sorted(path.rglob("*")) if each.is_file()] if path.is_dir() else [path]


def _delete(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError as error:
        message = f"{path}: This could not be deleted, at least not all of it ({reason(error)})."
        raise StorageError(f"{message} {fix_for(error)}".strip()) from None
