"""The facts file of a session: written under one code, as the newest one about this session."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.events import PairCoded
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.files import (
    DOCUMENT_LIMIT,
    FACTS_FILE,
    first_bytes,
    free_place,
    place_for,
    remove_files,
    write_private,
)
from mentorwalk.storage.library import make_private
from mentorwalk.workflows.mentorships import Members
from mentorwalk.workflows.sessions import PATIENCE, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mentorwalk.storage.journal import FolderJournal
    from mentorwalk.workflows.facts_contents import FactsContents
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession

ELSEWHERE = "Choose another place with --out."


def write_facts(
    runner: SessionRunner, sheet: FactsContents, out: Path | None, patience: float = PATIENCE
) -> Path:
    """Write the facts of a session, and keep the code of the two in its journal.

    The file takes the place of an earlier one about this session.

    Args:
        runner: Writes into the journal of the session.
        sheet: What the file says.
        out: Where it goes; None for the session's documents.
        patience: The seconds to wait for another command.

    Raises:
        InputError: Something else is at that place, and stays.
        StorageError: It cannot be written.
        SessionBusy: Another process has the session open.
    """
    _place(runner, sheet, out)
    with _sessions_locked(runner, sheet.folder, patience) as (journal, sessions):
        # Another command may have given the two their code, or written a file, since it was shown.
        sheet = sheet.coded_by(sessions)
        place = _place(runner, sheet, out)
        (own,) = (each.session for each in sessions if each.folder.name == sheet.folder.name)
        recorder = SessionRecorder(own, journal, runner.clock)
        recorder.record(PairCoded, pair=sheet.pair, left_out=tuple(sorted(sheet.left_out)))
        write_private(place, sheet.text, ELSEWHERE)
        if out is None:
            remove_files(each for each in _earlier(place.parent, sheet) if each != place)
    return place


@contextmanager
def _sessions_locked(
    runner: SessionRunner, folder: Path, patience: float
) -> Iterator[tuple[FolderJournal, tuple[StoredSession, ...]]]:
    """Give the journal of a session and all finished ones of the two, while no other is coded.

    Whoever gives a mentorship its code holds its oldest finished session: so two commands at once
    never make two codes, whichever sessions they are about.
    """
    # What cannot be read was told when the facts were shown.
    store = replace(runner.store, report=silent)
    oldest = Members.of(runner.library, folder).finished(store)[0].folder
    with ExitStack() as locks:
        if oldest.name != folder.name:
            first = store.journal(oldest, patience)
            first.lock()
            locks.callback(first.unlock)
        journal = locks.enter_context(store.journal(folder, patience))
        yield journal, Members.of(runner.library, folder).finished(store)


def _place(runner: SessionRunner, sheet: FactsContents, out: Path | None) -> Path:
    if out is not None:
        return place_for(out, _is_about(sheet), "the facts of this session")
    documents = runner.library.documents_of(sheet.folder)
    make_private(documents)
    return free_place(documents / sheet.file, _is_about(sheet))


def _earlier(documents: Path, sheet: FactsContents) -> Iterator[Path]:
    """Yield the facts files beside the documents that are about the same session."""
    named = (path for path in sorted(documents.iterdir()) if FACTS_FILE.fullmatch(path.name))
    ordinary = (path for path in named if path.is_file() and not path.is_symlink())
    yield from filter(_is_about(sheet), ordinary)


def _is_about(sheet: FactsContents) -> Callable[[Path], bool]:
    """Return what tells whether a file has facts of the same session."""

    def is_same(path: Path) -> bool:
        """Return whether this one has."""
        with suppress(ValueError, RecursionError):
            return sheet.is_about_same(json.loads(first_bytes(path, DOCUMENT_LIMIT)))
        return False

    return is_same
