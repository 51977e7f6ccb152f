"""The journal: one event a line, on disk before anything goes on. The only source of truth.

Private answers lie apart: `private.jsonl` is written first, and the journal then holds the
event without its value. A torn last line is a lost keystroke, never a lost session.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, Self

from filelock import FileLock, Timeout

from mentorwalk.agenda import Plan, Slot
from mentorwalk.errors import SessionBusy, StorageError
from mentorwalk.session import (
    Accepted,
    Answered,
    Closed,
    Done,
    Entered,
    Event,
    Opened,
    Paused,
    People,
    Resumed,
    Session,
    Skipped,
    Ticked,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mentorwalk.agenda import Agenda

FORMAT = 1
JOURNAL, PRIVATE, AGENDA, LOCK = "session.jsonl", "private.jsonl", "agenda.yaml", ".lock"
_KINDS: dict[str, type[Event]] = {
    kind.__name__.lower(): kind
    for kind in (
        Opened,
        Entered,
        Answered,
        Done,
        Skipped,
        Paused,
        Resumed,
        Ticked,
        Accepted,
        Closed,
    )
}


class Journal(Protocol):
    """Where events go."""

    def append(self, event: Event) -> None:
        """Keep an event for good."""
        ...


class MemoryJournal:
    """A journal that leaves nothing behind: what is tried out before anything is written."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def append(self, event: Event) -> None:
        """Keep an event while the program runs."""
        self.events.append(event)


class FolderJournal:
    """The journal of one session's folder, held by one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = FileLock(folder / LOCK, timeout=0, mode=0o600)

    def __enter__(self) -> Self:
        """Take the session's lock, and mend a line that a crash tore.

        Raises:
            SessionBusy: Another process holds it.
        """
        try:
            self._lock.acquire()
        except Timeout:
            name = self.folder.name
            raise SessionBusy(
                f"The session {name} is open in another window: go on there, or close it first."
            ) from None
        except OSError as error:
            raise _storage_error(self.folder, error) from None
        mend_torn_line(self.folder / JOURNAL)
        mend_torn_line(self.folder / PRIVATE)
        return self

    def __exit__(self, *exception: object) -> None:
        """Let the lock go."""
        self._lock.release()

    def append(self, event: Event) -> None:
        """Keep an event for good; the value of a private answer goes to its own file, first.

        Raises:
            StorageError: It could not be written; nothing before it is lost.
        """
        if isinstance(event, Answered) and event.private:
            append_line(self.folder / PRIVATE, {"seq": event.seq, "value": event.value})
            event = replace(event, value=None)
        append_line(self.folder / JOURNAL, encoded(event))


def append_line(path: Path, record: dict[str, Any]) -> None:
    """Write one JSON line and wait until it is on disk.

    Raises:
        StorageError: It could not be; a half-written line is taken back where that is possible.
    """
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            before = os.fstat(file).st_size
            _write_whole(file, line.encode(), before)
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise _storage_error(path.parent, error) from None


def _write_whole(file: int, data: bytes, before: int) -> None:
    try:
        while data:
            data = data[os.write(file, data) :]
    except OSError:
        os.ftruncate(file, before)
        raise


def mend_torn_line(path: Path) -> None:
    """Cut off a last line that was not finished."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise _storage_error(path.parent, error) from None
    if data and not data.endswith(b"\n"):
        try:
            os.truncate(path, data.rfind(b"\n") + 1)
        except OSError as error:
            raise _storage_error(path.parent, error) from None


def encoded(event: Event) -> dict[str, Any]:
    """An event as plain data: what it is first, then what belongs to it."""
    record = {"seq": event.seq, "event": type(event).__name__.lower()}
    record |= {key: _plain(value) for key, value in asdict(event).items() if key != "seq"}
    if isinstance(event, Opened):
        plan = [[slot.prompt, slot.seconds] for slot in event.plan.slots]
        return {"mentorwalk": FORMAT} | record | {"minutes": event.plan.minutes, "plan": plan}
    if isinstance(event, Answered) and event.private:
        record.pop("value")
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return round(value, 3) if isinstance(value, float) else value


def decoded(record: dict[str, Any], private: dict[int, Any]) -> Event:
    """An event from plain data; the value of a private answer is found by its number.

    Raises:
        KeyError, TypeError, ValueError: The data is no event.
    """
    kind = _KINDS[record["event"]]
    payload = {key: value for key, value in record.items() if key not in ("event", "mentorwalk")}
    payload["at"] = datetime.fromisoformat(payload["at"])
    if kind is Opened:
        slots = tuple(Slot(prompt, seconds) for prompt, seconds in payload["plan"])
        payload["plan"] = Plan(payload.pop("minutes"), slots)
        payload["people"] = People(**payload["people"])
        payload["templates"] = tuple(payload.get("templates", ()))
    if kind is Resumed:
        payload["ends"] = datetime.fromisoformat(payload["ends"])
    if kind is Answered:
        value = payload["value"] if "value" in payload else private.get(payload["seq"])
        payload["value"] = tuple(value) if isinstance(value, list) else value
    return kind(**payload)


def read_events(folder: Path) -> list[Event]:
    """Read a session's events back.

    Raises:
        StorageError: The journal is missing, damaged before its last line, or of a newer format.
    """
    private = {entry["seq"]: entry["value"] for _, entry in _lines(folder / PRIVATE)}
    events = []
    for number, record in _lines(folder / JOURNAL):
        if record.get("mentorwalk", FORMAT) != FORMAT:
            raise StorageError(f"{folder.name} was written by a newer mentorwalk: use that one.")
        try:
            events.append(decoded(record, private))
        except (KeyError, TypeError, ValueError):
            raise _damaged(folder / JOURNAL, number) from None
    if not events or not isinstance(events[0], Opened):
        raise StorageError(f"{folder}: This folder holds no session.")
    return events


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a file with their line numbers; an unfinished last line is left out."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise _storage_error(path.parent, error) from None
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        try:
            record = json.loads(line)
        except ValueError:
            raise _damaged(path, number) from None
        if not isinstance(record, dict):
            raise _damaged(path, number)
        yield number, record


def replayed(agenda: Agenda, events: Iterable[Event], ends: datetime) -> Session:
    """Fold events, the first of which opened the session, into where it stands."""
    opened, *rest = events
    if not isinstance(opened, Opened):
        raise TypeError(opened)
    return Session.open(agenda, opened, ends).apply_all(rest)


def _damaged(path: Path, number: int) -> StorageError:
    return StorageError(
        f"{path}:{number}:1: This line of the journal is damaged. Nothing was changed; "
        "a copy of the folder from before would help."
    )


def _storage_error(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{folder}: This folder cannot be used ({error.strerror or error}). "
        "What was saved before is safe; choose another place with --home."
    )
