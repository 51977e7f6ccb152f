"""The journal: one event a line, on disk before anything goes on. The only source of truth.

Private answers lie apart: `private.jsonl` is written first, and the journal then holds the
event without its value. A torn last line is a lost keystroke, never a lost session.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from types import NoneType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from mentorwalk.agenda import ROLES, Plan, Slot
from mentorwalk.answers import UNKNOWN, fits
from mentorwalk.errors import SessionBusy, StorageError
from mentorwalk.people import People, Prep
from mentorwalk.session import (
    NOTE,
    Accepted,
    Answered,
    Carried,
    Closed,
    Done,
    Entered,
    Event,
    Extended,
    Hushed,
    Opened,
    Parked,
    Paused,
    Pulled,
    Renamed,
    Resumed,
    Session,
    Shortened,
    Skipped,
    Struck,
    Ticked,
    Told,
    is_note,
)
from mentorwalk.storage import (
    for_owner_only,
    mend_of,
    reason,
    safe_until,
    settle,
    sweep,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mentorwalk.agenda import Agenda
    from mentorwalk.answers import Value

T = TypeVar("T")
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
        Parked,
        Pulled,
        Shortened,
        Extended,
        Paused,
        Resumed,
        Ticked,
        Struck,
        Renamed,
        Hushed,
        Accepted,
        Closed,
    )
}


class Journal(Protocol):
    """Where events go."""

    def append(self, event: Event) -> None:
        """Keep an event for good."""
        ...

    def strike(self, event: Struck) -> None:
        """Erase every value of a field, and keep that it was struck."""
        ...


class MemoryJournal:
    """A journal that leaves nothing behind: what is tried out before anything is written."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def append(self, event: Event) -> None:
        """Keep an event while the program runs."""
        self.events.append(event)

    def strike(self, event: Struck) -> None:
        """Forget every value of a field."""
        self.events = [_without_value(kept, event) for kept in self.events]
        self.events.append(event)


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
        sweep(self.folder)
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
            self._append(PRIVATE, {"seq": event.seq, "value": event.value}, begins=True)
            event = replace(event, value=None)
        self._append(JOURNAL, encoded(event), begins=isinstance(event, Opened))

    def _append(self, name: str, record: dict[str, Any], *, begins: bool) -> None:
        append_line(self.folder / name, record, begins=begins, goes_on=self.goes_on)

    def begin_anew(self, events: Iterable[Event]) -> None:
        """Put other events in the place of all that the journal holds, in one piece.

        Raises:
            StorageError: It could not be; everything is as it was before.
        """
        self._write(JOURNAL, (_line(encoded(each)) for each in events))

    def strike(self, event: Struck) -> None:
        """Write the journal anew without the values of a field: the one thing that is rewritten.

        Raises:
            StorageError: It could not be; everything is as it was before.
        """
        events = [_without_value(kept, event) for kept in read_events(self.folder)]
        private = [e for e in events if isinstance(e, Answered) and e.private]
        lines = [_line({"seq": e.seq, "value": e.value}) for e in private]
        if (self.folder / PRIVATE).exists():
            self._write(PRIVATE, lines)
        self.begin_anew((*events, event))

    def _write(self, name: str, lines: Iterable[str]) -> None:
        write_private(self.folder / name, "".join(lines), safe_until(self.goes_on))


def _without_value(event: Event, struck: Struck) -> Event:
    if isinstance(event, Opened):
        return event.without(struck)
    if isinstance(event, Answered) and event.field == struck.field:
        return replace(event, value=None)
    return event


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
                for_owner_only(file)
            _write_whole(file, _line(record).encode(), before)
        finally:
            os.close(file)
        if not before:
            settle(path.parent)
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


def mend_torn_line(path: Path) -> None:
    """Cut off a last line that was not finished."""
    data = _bytes(path)
    if data and not data.endswith(b"\n"):
        try:
            os.truncate(path, data.rfind(b"\n") + 1)
        except OSError as error:
            raise _storage_error(path.parent, error) from None


def encoded(event: Event) -> dict[str, Any]:
    """An event as plain data: what it is first, then what belongs to it."""
    record: dict[str, Any] = {"seq": event.seq, "event": type(event).__name__.lower()}
    record |= {key: _plain(value) for key, value in asdict(event).items() if key != "seq"}
    record["elapsed"] = round(event.elapsed, 3)
    if isinstance(event, Opened):
        plan = [[slot.prompt, slot.seconds] for slot in event.plan.slots]
        record |= {"minutes": event.plan.minutes, "plan": plan}
        if event.carried.session:
            accepted = [encoded(each) for each in event.carried.accepted]
            record["carried"] |= {"accepted": accepted}
        else:
            del record["carried"]
        return {"mentorwalk": FORMAT} | record
    if isinstance(event, Answered) and event.private:
        record.pop("value")
    return record


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def decoded(record: dict[str, Any], private: dict[int, Any]) -> Event:
    """An event from plain data; the value of a private answer is found by its number.

    Raises:
        KeyError, TypeError, ValueError: The data is no event.
    """
    kind = _KINDS[record["event"]]
    for key, shape in _SHAPES.items():
        if key in record and not isinstance(record[key], shape):
            raise TypeError(key)
    payload = {key: value for key, value in record.items() if key not in ("event", "mentorwalk")}
    payload["at"] = _moment(payload["at"])
    payload |= {"seq": int(payload["seq"]), "elapsed": float(payload["elapsed"])}
    if kind is Opened:
        payload |= _opened(payload)
    if "ends" in payload:
        payload["ends"] = _moment(payload["ends"])
    if kind is Renamed:
        payload["people"] = _people(payload["people"])
    for key in ("dropped", "beforehand"):
        if key in payload:
            payload[key] = _value(payload[key])
    if kind is Answered:
        kept = private.get(payload["seq"])
        payload["value"] = _value(payload["value"]) if "value" in payload else kept
    return kind(**payload)


_SHAPES: dict[str, tuple[type, ...]] = {
    "seq": (int,),
    "elapsed": (float, int),
    "agenda": (str,),
    "digest": (str,),
    "zone": (str,),
    "prompt": (str,),
    "seconds": (float, int, NoneType),
    "field": (str,),
    "value": (str, float, int, list, NoneType),
    "private": (bool,),
    "off": (bool,),
    "dropped": (list,),
    "beforehand": (list,),
    "role": (str,),
    "how": (str,),
    "mark": (str,),
    "minutes": (int,),
}
"""What belongs to an event, as JSON has it."""


def _of(kind: type[T], plain: Any) -> T:
    """What JSON has, where it is of the kind that belongs there.

    Raises:
        TypeError: It is not.
    """
    if not isinstance(plain, kind) or (isinstance(plain, bool) and kind is not bool):
        raise TypeError(plain)
    return plain


def _texts(plain: Any) -> tuple[str, ...]:
    return tuple(_of(str, item) for item in _of(list, plain))


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return _texts(plain)
    if not isinstance(plain, str | int | float | NoneType):
        raise TypeError(plain)
    return plain


def _values(plain: Any) -> dict[str, Any]:
    return {key: _value(value) for key, value in _of(dict, plain).items()}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _people(record: dict[str, Any]) -> People:
    people = People(**record)
    if people.types not in ROLES or not all(isinstance(name, str) for name in record.values()):
        raise ValueError(record)
    return people


def _opened(payload: dict[str, Any]) -> dict[str, Any]:
    slots = tuple(Slot(_of(str, prompt), _of(int, time)) for prompt, time in payload["plan"])
    return {
        "plan": Plan(payload.pop("minutes"), slots),
        "people": _people(payload["people"]),
        "templates": _texts(payload.get("templates", [])),
        "carried": _carried(_of(dict, payload.get("carried", {}))),
        "prepared": tuple(map(_prep, payload.get("prepared", ()))),
    }


def _carried(record: dict[str, Any]) -> Carried:
    """What came along; what the last session accepted lies in it as events."""
    texts = {key: _texts(record.get(key, [])) for key in _CARRIED_TEXTS}
    told = {key: Told(**each) for key, each in _of(dict, record.get("told", {})).items()}
    for each in told.values():
        _texts([each.label, each.words])
    accepted = tuple(_of(Accepted, decoded(each, {})) for each in record.get("accepted", ()))
    answers = _values(record.get("answers", {}))
    session = _of(str, record.get("session", ""))
    known = {"session": session, "answers": answers, "told": told, "accepted": accepted}
    return Carried(**record | texts | known)


_CARRIED_TEXTS = ("clauses", "settled", "headings", "topics")


def _prep(record: dict[str, Any]) -> Prep:
    said = {"answers": _values(record["answers"]), "unknown": _texts(record["unknown"])}
    prep = Prep(**record | said)
    if prep.role not in ROLES or not isinstance(prep.name, str):
        raise ValueError(record)
    return prep


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
            yield _of(int, entry["seq"]), _value(entry["value"])
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
    """All of a file; nothing where there is none."""
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _storage_error(path.parent, error) from None
    raise StorageError(f"{path}: This is no ordinary file, so it holds no session.")


def _no_number(text: str) -> Any:
    raise ValueError(text)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


@dataclass(frozen=True)
class Cover:
    """What a session looks like from outside: told without folding all that happened in it."""

    opened: Opened
    people: People
    closed: bool


def cover(folder: Path) -> Cover:
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
    return Cover(opened, (people or [opened.people])[0], any(_CLOSED in line for line in lines))


_RENAMED, _CLOSED = b'"event":"renamed"', b'"event":"closed"'


def replayed(agenda: Agenda, events: Iterable[Event], ends: datetime) -> Session:
    """Fold events, the first of which opened the session, into where it stands."""
    opened, *rest = events
    if not isinstance(opened, Opened):
        raise TypeError(opened)
    return Session.open(agenda, opened, ends).apply_all(rest)


def see_sound(
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
        f"{mend_of(error)}{safe_until(goes_on)}"
    )
