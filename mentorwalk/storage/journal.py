"""The journal: one event a line, on disk before anything goes on. The only source of truth.

Private answers lie apart: `private.jsonl` is written first, and the journal then holds the
event without its value. A torn last line is a lost keystroke, never a lost session.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

from mentorwalk.domain.agenda import ROLES
from mentorwalk.domain.answers import UNKNOWN, fits
from mentorwalk.domain.errors import SessionBusy, StorageError
from mentorwalk.domain.events import (
    NOTE,
    Answered,
    Drafted,
    Event,
    Opened,
    Redacted,
    Renamed,
    erased,
)
from mentorwalk.domain.session import Session, is_note
from mentorwalk.storage.codec import FORMAT, decoded, encoded, expect, read_value
from mentorwalk.storage.files import (
    fix_for,
    ordinary_bytes,
    reason,
    remove_leftovers,
    restrict_to_owner,
    safety_note,
    sync_folder,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import People

JOURNAL, PRIVATE, AGENDA, LOCK = "session.jsonl", "private.jsonl", "agenda.yaml", ".lock"


class Journal(Protocol):
    """Where events go."""

    def append(self, event: Event) -> None:
        """Keep an event for good."""
        ...

    def redact(self, event: Event) -> None:
        """Keep an event, and erase what it takes back."""
        ...


class MemoryJournal:
    """A journal that leaves nothing behind: what is tried out before anything is written."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def append(self, event: Event) -> None:
        """Keep an event while the program runs."""
        self.events.append(event)

    def redact(self, event: Event) -> None:
        """Keep an event, and forget what it takes back."""
        self.events = [*(erased(each, event) for each in self.events), event]


class FolderJournal:
    """The journal of one session's folder, held by one process at a time."""

    def __init__(self, folder: Path, goes_on: str = "") -> None:
        self.folder = folder
        self.goes_on = goes_on
        """The command that goes on, once what is in the way was mended; empty if there is none."""
        from filelock import FileLock

        self._lock = FileLock(folder / LOCK, timeout=0, mode=0o600)

    def __enter__(self) -> Self:
        """Take the session's lock, and mend a line that a crash tore.

        Raises:
            SessionBusy: Another process holds it.
        """
        from filelock import Timeout

        try:
            self._lock.acquire()
        except Timeout:
            name = self.folder.name
            raise SessionBusy(
                f"The session {name} is open in another window: go on there, or close it first."
            ) from None
        except OSError as error:
            raise _storage_error(self.folder, error, self.goes_on) from None
        remove_leftovers(self.folder)
        repair_torn_line(self.folder / JOURNAL)
        repair_torn_line(self.folder / PRIVATE)
        return self

    def __exit__(self, *exception: object) -> None:
        """Let the lock go."""
        self._lock.release()

    def append(self, event: Event) -> None:
        """Keep an event for good; what is private of it goes to its own file, first.

        Raises:
            StorageError: It could not be written; nothing before it is lost.
        """
        for record in _private_part(event):
            self._append(PRIVATE, record, begins=True)
        self._append(JOURNAL, encoded(event), begins=isinstance(event, Opened))

    def _append(self, name: str, record: dict[str, Any], *, begins: bool) -> None:
        append_line(self.folder / name, record, begins=begins, goes_on=self.goes_on)

    def rewrite(self, events: Iterable[Event]) -> None:
        """Put other events in the place of all that the journal holds, in one piece.

        Raises:
            StorageError: It could not be; everything is as it was before.
        """
        self._write(JOURNAL, (_line(encoded(each)) for each in events))

    def redact(self, event: Event) -> None:
        """Keep an event; where it takes something back, write the journal anew without it.

        Raises:
            StorageError: It could not be; everything is as it was before.
        """
        before = read_events(self.folder)
        events = [erased(each, event) for each in before]
        if events == before and not isinstance(event, Redacted):
            self.append(event)
            return
        events.append(event)
        if (self.folder / PRIVATE).exists():
            self._write(PRIVATE, (_line(e) for each in events for e in _private_part(each)))
        self.rewrite(events)

    def _write(self, name: str, lines: Iterable[str]) -> None:
        write_private(self.folder / name, "".join(lines), safety_note(self.goes_on))


def _private_part(event: Event) -> Iterator[dict[str, Any]]:
    """Yield the line that holds what is private of an event, if anything is."""
    if isinstance(event, Answered | Drafted) and event.private:
        typed = event.value if isinstance(event, Answered) else event.text
        yield {"seq": event.seq, "value": typed}


def _line(record: dict[str, Any]) -> str:
    line = json.dumps(record, ensure_ascii=False, separators=_TIGHT) + "\n"
    # A folder's name may hold bytes that are no text: they go into the journal as escapes.
    return line if _encodable(line) else json.dumps(record, separators=_TIGHT) + "\n"


_TIGHT = (",", ":")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def append_line(
    path: Path, record: dict[str, Any], *, begins: bool = True, goes_on: str = ""
) -> None:
    """Write one JSON line and wait until it is on disk; only one that `begins` makes the file.

    Raises:
        StorageError: It could not be; a half-written line is taken back where that is possible.
    """
    try:
        made = os.O_CREAT if begins else 0
        file = os.open(path, os.O_WRONLY | os.O_APPEND | made, 0o600)
        try:
            before = os.fstat(file).st_size
            if not before:
                restrict_to_owner(file)
            _write_whole(file, _line(record).encode(), before)
        finally:
            os.close(file)
        if not before:
            sync_folder(path.parent)
    except OSError as error:
        raise _storage_error(path.parent, error, goes_on) from None


def _write_whole(file: int, data: bytes, before: int) -> None:
    try:
        while data:
            data = data[os.write(file, data) :]
        os.fsync(file)
    except OSError:
        os.ftruncate(file, before)
        raise


def repair_torn_line(path: Path) -> None:
    """Cut off a last line that was not finished."""
    data = _bytes(path)
    if data and not data.endswith(b"\n"):
        try:
            os.truncate(path, data.rfind(b"\n") + 1)
        except OSError as error:
            raise _storage_error(path.parent, error) from None


def read_events(folder: Path) -> list[Event]:
    """Read a session's events back.

    Raises:
        StorageError: The journal is missing, damaged before its last line, or of a newer format.
    """
    private = dict(_private(folder / PRIVATE))
    events = _events(folder, _bytes(folder / JOURNAL).split(b"\n")[:-1], private)
    _opening(folder, events)
    return events


def _opening(folder: Path, events: list[Event]) -> Opened:
    if not events or not isinstance(events[0], Opened):
        raise StorageError(f"{folder}: This folder holds no session.")
    return events[0]


def _events(folder: Path, lines: list[bytes], private: dict[int, Any] | None = None) -> list[Event]:
    """The events of some lines of the journal."""
    events: list[Event] = []
    for number, record in _records(folder / JOURNAL, lines):
        if record.get("mentorwalk", FORMAT) != FORMAT:
            raise StorageError(f"{folder.name} was written by a newer mentorwalk: use that one.")
        try:
            event = decoded(record, private or {})
        except (KeyError, TypeError, ValueError, OverflowError):
            raise damaged(folder, number) from None
        if events and event.seq <= events[-1].seq:
            raise damaged(folder, number)
        events.append(event)
    return events


def _private(path: Path) -> Iterator[tuple[int, Any]]:
    for number, entry in _records(path, _bytes(path).split(b"\n")[:-1]):
        try:
            yield expect(int, entry["seq"]), read_value(entry["value"])
        except (KeyError, TypeError):
            raise damaged(path.parent, number, PRIVATE) from None


def _records(path: Path, lines: list[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of some lines, with the lines' numbers."""
    for number, line in enumerate(lines, start=1):
        try:
            record = _DECODER.decode(line.decode())
        except (ValueError, RecursionError):
            raise damaged(path.parent, number, path.name) from None
        if not isinstance(record, dict):
            raise damaged(path.parent, number, path.name)
        yield number, record


def _bytes(path: Path) -> bytes:
    """Return all of a file; nothing if it is missing."""
    try:
        return ordinary_bytes(path)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _storage_error(path.parent, error) from None


def _no_number(text: str) -> Any:
    raise ValueError(text)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


@dataclass(frozen=True)
class SessionHeader:
    """What a session looks like from outside: told without folding all that happened in it."""

    opened: Opened
    people: People
    closed: bool


def read_header(folder: Path) -> SessionHeader:
    """Look at a session from outside, in a fraction of the time that reading it takes.

    Raises:
        StorageError: It is no session, or damaged where that can be seen from outside.
    """
    lines = _bytes(folder / JOURNAL).split(b"\n")[:-1]
    for number, line in enumerate(lines, start=1):
        if not (line.startswith(b"{") and line.endswith(b"}")):
            raise damaged(folder, number)
    # What people type is quoted in a line: it never reads as an event.
    renamed = [line for line in lines if _RENAMED in line][-1:]
    opened = _opening(folder, _events(folder, lines[:1]))
    people = [e.people for e in _events(folder, renamed) if isinstance(e, Renamed)]
    return SessionHeader(
        opened, (people or [opened.people])[0], any(_CLOSED in line for line in lines)
    )


_RENAMED, _CLOSED = b'"event":"renamed"', b'"event":"closed"'


def replayed(agenda: Agenda, events: Iterable[Event], ends: datetime) -> Session:
    """Fold events, the first of which opened the session, into where it stands."""
    opened, *rest = events
    if not isinstance(opened, Opened):
        raise TypeError(opened)
    return Session.open(agenda, opened, ends).apply_all(rest)


def check_events(
    folder: Path, agenda: Agenda, events: Iterable[Event], *, unsure: bool = False
) -> None:
    """Make sure that nothing in a journal speaks of what cannot be; somebody may be `unsure`.

    Raises:
        StorageError: Something does; with its line.
    """
    for number, event in enumerate(events, start=1):
        value = event.value if isinstance(event, Answered) else None
        if _strange(agenda, event, None if unsure and value == UNKNOWN else value):
            raise damaged(folder, number)


def _strange(agenda: Agenda, event: Event, value: Value | None) -> bool:
    """Whether an event speaks of a card, a field, a person or a value that cannot be."""
    cards = [slot.prompt for slot in event.plan.slots] if isinstance(event, Opened) else []
    cards += getattr(event, "dropped", ())
    cards += [event.prompt] if hasattr(event, "prompt") else []
    key = getattr(event, "field", NOTE)
    if isinstance(event, Answered) and is_note(agenda, event):
        key = NOTE
    field = agenda.answerable.get(key)
    return (
        not agenda.prompts.keys() >= set(cards)
        or (field is None and key != NOTE)
        or (field is not None and not fits(field, value))
        or getattr(event, "role", "mentor") not in ROLES
    )


def damaged(folder: Path, number: int, name: str = JOURNAL) -> StorageError:
    """What to say of a line that nobody can read, counted from 1."""
    return StorageError(
        f"{folder / name}:{number}:1: This line of the journal is damaged. Nothing was changed. "
        "Put back a copy of the folder from before; without one, take this line out to go on "
        "with the rest."
    )


def _storage_error(folder: Path, error: OSError, goes_on: str = "") -> StorageError:
    return StorageError(
        f"{folder}: This folder cannot be used ({reason(error)}). "
        f"{fix_for(error)}{safety_note(goes_on)}"
    )
