"""The journal: one event a line, on disk before anything goes on; the only source of truth.

Private words are kept in `private.jsonl`, which is written first; the journal then holds the event
without them. A torn last line is a lost keystroke, never a lost session.
"""

from __future__ import annotations

import json
import os
import warnings
from contextlib import ExitStack, suppress
from errno import ENOSYS
from itertools import count
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Protocol, Self

from mentorwalk.domain.errors import InputError, MentorwalkError, SessionBusy, StorageError
from mentorwalk.domain.events import Answered, Drafted, Event, Opened, Struck, erased
from mentorwalk.storage.codec import encoded
from mentorwalk.storage.files import (
    JOURNAL,
    LOCK,
    NOTHING_LOST,
    PRIVATE,
    NotOrdinary,
    cut_pieces,
    only_locked,
    ordinary_bytes,
    reason,
    remove_files,
    remove_leftovers,
    restrict_to_owner,
    safety_note,
    sync_folder,
    write_private,
)
from mentorwalk.storage.library import ELSEWHERE
from mentorwalk.storage.reading import all_bytes, check_opening, read_events, unusable
from mentorwalk.storage.shapes import written_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Journal(Protocol):
    """A place that keeps events."""

    def append(self, event: Event) -> None:
        """Keep an event for good."""
        ...

    def redact(self, event: Event) -> None:
        """Keep an event, and erase what it takes back."""
        ...

    def keep(self, name: str, text: str) -> None:
        """Keep a text of which an event will speak, under the name of a file."""
        ...


class MemoryJournal:
    """A journal in memory, for a session that shall leave no trace, or none yet."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def append(self, event: Event) -> None:
        """Keep an event while the program runs."""
        self.events.append(event)

    def redact(self, event: Event) -> None:
        """Keep an event, and forget what it takes back."""
        self.events = [*(erased(each, event) for each in self.events), event]

    def keep(self, name: str, text: str) -> None:
        """Keep nothing: the event itself has all that it speaks of while the program runs."""


class FolderJournal:
    """The journal in one session's folder, open in one process at a time."""

    def __init__(self, folder: Path, command: str = "", patience: float = 0.0) -> None:
        """Prepare the lock.

        Args:
            folder: The session's folder.
            command: The command that goes on after an error; empty if there is none.
            patience: The seconds to wait for another process.
        """
        self.folder = folder
        self.command = command
        self.cut: list[Path] = []
        from filelock import FileLock

        self._lock = FileLock(folder / LOCK, timeout=patience, mode=0o600)

    def __enter__(self) -> Self:
        """Take the session's lock, and remove what a crash left half written.

        Raises:
            SessionBusy: Another process has it.
            StorageError: The folder cannot be used, or holds no session of a format of ours.
        """
        check_opening(self.folder)
        self.lock()
        with ExitStack() as unless_opened:
            unless_opened.callback(self.unlock)
            remove_leftovers(self.folder)
            for name in (JOURNAL, PRIVATE):
                self.cut += cut_torn_line(self.folder / name)
            unless_opened.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Release the lock."""
        self.unlock()

    def lock(self) -> None:
        """Take the session's lock, and change nothing else.

        Raises:
            SessionBusy: Another process has it.
            InputError: The session was deleted meanwhile.
            StorageError: The system refuses it.
        """
        had_nothing, had_lock = only_locked(self.folder), os.path.lexists(self.folder / LOCK)
        try:
            with warnings.catch_warnings():
                # Where flock is missing, filelock warns and locks with the file itself.
                warnings.simplefilter("ignore")
                self._lock.acquire()
        except OSError as error:
            refusal = lock_refusal(self.folder)
            if refusal and not had_lock:
                self._leave_nothing()
            raise self._not_locked(error, refusal) from None
        if only_locked(self.folder) and not had_nothing:
            self._leave_nothing()
            raise InputError(f"{self.folder}: This is gone already.")

    def _not_locked(self, error: OSError, refusal: OSError | None) -> MentorwalkError:
        """Return the error about a lock that the system did not give."""
        from filelock import Timeout

        if refusal:
            return StorageError(
                f"{self.folder}: No file can be locked here ({reason(refusal)}), so two windows "
                f"could write at once. Nothing was written. {ELSEWHERE}"
            )
        if isinstance(error, Timeout):
            name = self.folder.name
            return SessionBusy(
                f"The session {name} is open in another window: go on there, or close it first."
            )
        if os.path.lexists(self.folder / LOCK):
            return StorageError(
                f"{self.folder / LOCK}: This lock may not be opened ({reason(error)}). Nothing is "
                "in it: if no other window has the session open, delete it, then try again."
            )
        begun = os.path.lexists(self.folder / JOURNAL)
        return unusable(self.folder, error, safety_note(self.command) if begun else ELSEWHERE)

    def _leave_nothing(self) -> None:
        """Delete a lock that filelock made, and the folder if nothing else was in it."""
        remove_files([self.folder / LOCK])
        self.unlock()
        with suppress(OSError):
            self.folder.rmdir()

    def unlock(self) -> None:
        """Release the lock."""
        self._lock.release()

    def append(self, event: Event) -> None:
        """Keep an event for good; what is private of it goes to its own file, first.

        After a crash between the two, the private line belongs to no event, and is not read.

        Raises:
            StorageError: It could not be written; nothing before it is lost.
        """
        begins = isinstance(event, Opened)
        # A session that could not be begun cannot be resumed either.
        note = ELSEWHERE if begins else safety_note(self.command)
        for record in _private_part(event):
            append_line(self.folder / PRIVATE, record, note=note)
        # Only the first event makes the file: in a folder that was deleted meanwhile, no words
        # come to life again.
        append_line(self.folder / JOURNAL, encoded(event), create=begins, note=note)

    def rewrite(self, events: Iterable[Event]) -> None:
        """Replace everything in the journal with other events, in one piece.

        Raises:
            StorageError: It could not be written; everything is as it was before.
        """
        self._write(JOURNAL, (_line(encoded(each)) for each in events))

    def redact(self, event: Event) -> None:
        """Keep an event; if it takes something back, write the journal anew without it.

        Raises:
            StorageError: It could not be written; all that it does not take back is still there.
        """
        before = read_events(self.folder)
        kept = [erased(each, event) for each in before]
        takes_nothing = kept == before and not isinstance(event, Struck)
        if takes_nothing or isinstance(event, Answered):
            # An answer is there before its half-typed words go: one of the two always is.
            self.append(event)
        if takes_nothing:
            return
        events = [*kept, event]
        remove_files(cut_pieces(self.folder))
        if (self.folder / PRIVATE).exists():
            self._write(PRIVATE, (_line(e) for each in events for e in _private_part(each)))
        self.rewrite(events)

    def keep(self, name: str, text: str) -> None:
        """Write a text into the session's folder, in one piece.

        Raises:
            StorageError: It could not be written.
        """
        write_private(self.folder / name, text, safety_note(self.command))

    def _write(self, name: str, lines: Iterable[str]) -> None:
        write_private(self.folder / name, "".join(lines), safety_note(self.command))


def _private_part(event: Event) -> Iterator[dict[str, Any]]:
    """Yield the record of what is private of an event, if anything is."""
    if isinstance(event, Answered | Drafted) and event.private:
        typed = event.value if isinstance(event, Answered) else event.text
        yield {"seq": event.seq, "value": written_value(typed)}


def append_line(
    path: Path, record: dict[str, Any], *, create: bool = True, note: str = NOTHING_LOST
) -> None:
    """Write a record as one line, and wait until it is on disk.

    Args:
        path: The file.
        record: The record.
        create: Whether to make the file if it is missing.
        note: The sentences that follow an error.

    Raises:
        StorageError: It could not be written; half a line is taken back if that is possible.
    """
    try:
        flags = os.O_WRONLY | os.O_APPEND | (os.O_CREAT if create else 0)
        file = os.open(path, flags | _NO_OTHER_FILE, 0o600)
        try:
            size = os.fstat(file).st_size
            if not size:
                restrict_to_owner(file)
            _write_whole(file, _line(record).encode(), size)
        finally:
            os.close(file)
        if not size:
            sync_folder(path.parent)
    except OSError as error:
        raise unusable(path.parent, error, note) from None


def _write_whole(file: int, data: bytes, size: int) -> None:
    """Write all of some data, or set the file back to its size before."""
    try:
        while data:  # On a disk that is nearly full, os.write writes what fits.
            data = data[os.write(file, data) :]
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise


def lock_refusal(folder: Path) -> OSError | None:
    """Return why the system locks no file in a folder; None if it does, or nobody can tell.

    What it says when a lock is asked for does not tell: a network disk without locks and some
    guards of programs answer as if another process had it.
    """
    with suppress(ImportError, OSError), TemporaryFile(dir=folder) as file:
        from fcntl import LOCK_EX, LOCK_NB, flock  # Windows has no such module.

        try:
            flock(file, LOCK_EX | LOCK_NB)
        except OSError as error:
            # Without flock, filelock locks with the file itself.
            return None if error.errno == ENOSYS else error
    return None


def _line(record: dict[str, Any]) -> str:
    line = json.dumps(record, ensure_ascii=False, separators=_TIGHT) + "\n"
    # The name of a folder may hold bytes that are not UTF-8: they are written as escapes.
    return line if _encodable(line) else json.dumps(record, separators=_TIGHT) + "\n"


_TIGHT = (",", ":")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def cut_torn_line(path: Path) -> list[Path]:
    """Cut off a last line that a crash left unfinished, and keep it in a file beside.

    Returns:
        The file that the piece is kept in, if anything was cut.

    Raises:
        StorageError: The file cannot be used.
    """
    data = all_bytes(path)
    whole = data.rfind(b"\n") + 1
    if len(data) == whole:
        return []
    aside = _kept_aside(path, data[whole:])
    try:
        file = os.open(path, os.O_WRONLY | _NO_OTHER_FILE)
        try:
            os.ftruncate(file, whole)
        finally:
            os.close(file)
    except OSError as error:
        raise unusable(path.parent, error) from None
    return [aside]


def _kept_aside(path: Path, piece: bytes) -> Path:
    """Keep a torn piece of a file in a file beside it, once, and return its path."""
    numbers = (f"-{number}" if number > 1 else "" for number in count(1))
    for aside in (path.with_name(f"{path.name}.cut{number}") for number in numbers):
        with suppress(FileNotFoundError, NotOrdinary, IsADirectoryError):
            if ordinary_bytes(aside, len(piece) + 1, follow_links=False) == piece:
                return aside
        if not os.path.lexists(aside):
            write_private(aside, piece)
            return aside
    raise AssertionError  # the numbers never end


_NO_OTHER_FILE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags for opening a file of ours: no link is followed, and no pipe is waited for."""
