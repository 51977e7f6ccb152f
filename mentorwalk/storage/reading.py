"""Reading a session's folder: its events, or just what it looks like from outside."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorwalk.domain.answers import UNKNOWN, fits
from mentorwalk.domain.applying import is_note
from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.events import (
    NOTE,
    Answered,
    Drafted,
    Event,
    ExerciseJoined,
    Opened,
    Renamed,
    Struck,
)
from mentorwalk.domain.exercises import agenda_with, phase_with
from mentorwalk.domain.open_steps import with_lines
from mentorwalk.domain.session import Session
from mentorwalk.storage.codec import (
    FIRST_FORMAT,
    FORMAT,
    NOTHING,
    MissingWords,
    decoded,
    seen_of_opening,
)
from mentorwalk.storage.files import (
    JOURNAL,
    JOURNAL_LIMIT,
    NOTHING_LOST,
    PRIVATE,
    RENDERED,
    NotOrdinary,
    first_bytes,
    fix_for,
    ordinary_bytes,
    reason,
)
from mentorwalk.storage.shapes import expect, read_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import People


def read_events(folder: Path) -> list[Event]:
    """Return a session's events.

    Raises:
        StorageError: The journal is missing, damaged before its last line, or of a newer format.
    """
    private = dict(_private(folder / PRIVATE))
    events = _events(folder, _whole_lines(folder / JOURNAL), private)
    _opening(folder, events)
    return events


def check_opening(folder: Path) -> None:
    """Check, without following links, that a journal is of a format that is written here.

    A folder without a journal may be written to: its session is about to begin.

    Raises:
        StorageError: The first line does not open a session, or one of a newer mentorwalk.
    """
    if os.path.lexists(folder / JOURNAL):
        read_opening(folder)


def is_begun(folder: Path) -> bool:
    """Return whether a session was begun in a folder, also if it cannot be read any more.

    A crash at its very beginning leaves no whole line, and none of the files that come later.
    """
    journal = folder / JOURNAL
    torn = not os.path.lexists(journal) or (
        journal.is_file()
        and not journal.is_symlink()
        and b"\n" not in first_bytes(journal, JOURNAL_LIMIT)
    )
    return not torn or any(os.path.lexists(folder / name) for name in (PRIVATE, RENDERED))


def read_opening(folder: Path) -> Opened:
    """Return the event that opened a session, without reading the others.

    Raises:
        StorageError: The first line does not open a session, or one of a newer mentorwalk.
    """
    return _opening(folder, _events(folder, _whole_lines(folder / JOURNAL)[:1]))


def letters_of(folder: Path) -> str | None:
    """Return the letters of a session's mentorship, also where its first line is damaged."""
    named = _MENTORSHIP.search(first_bytes(folder / JOURNAL).partition(b"\n")[0])
    return named[1].decode(errors="replace") if named else None


_MENTORSHIP = re.compile(rb'"mentorship":"([^"]*)"')


class SessionHeader(NamedTuple):
    """What a list of sessions says of one."""

    at: datetime
    """When it began."""
    held: date | None
    """The day of a meeting that was held without the program."""
    agenda: str
    people: People
    """The names, as they were given last."""
    closed: bool

    @classmethod
    def of(cls, opened: Opened) -> SessionHeader:
        """Return the header of a session that was just opened."""
        return cls(opened.at, opened.held, opened.agenda, opened.people, closed=False)


def read_header(folder: Path) -> SessionHeader:
    """Return what a session looks like from outside, without reading every event.

    Raises:
        StorageError: It is not a session, or a line of it is clearly damaged.
    """
    # A path, too, would be felt where thousands are listed, and so below.
    text = all_bytes(f"{folder}/{JOURNAL}")
    lines = text[: max(0, text.rfind(b"\n"))]
    _check_shape(folder, lines)
    opened = _seen_of_opening(lines.partition(b"\n")[0]) or read_opening(folder)
    people, last = opened.people, _last_with(_RENAMED, lines)
    for event in _events(folder, [last] if last else []):
        people = event.people if isinstance(event, Renamed) else people
    closed = lines.rfind(_CLOSED) >= 0
    return SessionHeader(opened.at, opened.held, opened.agenda, people, closed)


def _check_shape(folder: Path, lines: bytes) -> None:
    """Check that each line begins and ends as an object does.

    Raises:
        StorageError: One does not; with its number.
    """
    # To look at each line takes three times as long, which is felt in a home of thousands.
    between = lines.count(b"\n") == lines.count(b"}\n{")
    if not (between and lines.startswith(b"{") and lines.endswith(b"}")):
        for number, line in enumerate(lines.split(b"\n") if lines else [], start=1):
            if not (line.startswith(b"{") and line.endswith(b"}")):
                raise damaged(folder, number)


def _seen_of_opening(line: bytes) -> SessionHeader | None:
    """Return what a list says of a session by its first line; None if all of that must be read.

    Where each key is one that is known, only those that a list shows are decoded: that takes a
    quarter of the time.
    """
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        record = _DECODER.decode(line.decode())
        if record["event"] == "opened" and record["mentorwalk"] in (FIRST_FORMAT, FORMAT):
            return SessionHeader(*seen_of_opening(record), closed=False)
    return None


def is_closed(folder: Path) -> bool:
    """Return whether a session was walked to its end, without looking at anything else of it.

    Raises:
        StorageError: Its journal cannot be read.
    """
    text = all_bytes(f"{folder}/{JOURNAL}")
    # A line that a crash cut short says nothing. From the end, near which it stands.
    return text.rfind(_CLOSED, 0, max(0, text.rfind(b"\n"))) >= 0


def _last_with(words: bytes, lines: bytes) -> bytes:
    """Return the last line that has some words; empty if none has."""
    place = lines.rfind(words)
    begin = lines.rfind(b"\n", 0, max(place, 0)) + 1
    return lines[begin:].partition(b"\n")[0] if place >= 0 else b""


# Quotation marks that people typed are escaped in JSON, so no answer can look like these.
_RENAMED, _CLOSED = b'"event":"renamed"', b'"event":"closed"'


def replayed(agenda: Agenda, events: Iterable[Event], ends: datetime | None = None) -> Session:
    """Return the session that events, the first of which opened it, lead to.

    It was meant to last until then; as planned, if no end is given.
    """
    opened, *rest = events
    if not isinstance(opened, Opened):
        raise TypeError(opened)
    return Session.open(agenda, opened, ends).apply_all(rest)


def check_events(
    folder: Path, agenda: Agenda, events: Iterable[Event], *, unsure: bool = False
) -> None:
    """Check that a journal fits its agenda; answers may be "I don't know yet" if `unsure`.

    Raises:
        StorageError: An event does not fit; with its line.
    """
    steps = 0
    for number, event in enumerate(events, start=1):
        if isinstance(event, Opened):
            steps = len(event.carried.steps)
            agenda = with_lines(agenda, steps)
        if isinstance(event, ExerciseJoined):
            if not _joins(agenda, event):
                raise damaged(folder, number)
            agenda = agenda_with(agenda, event, steps)
        value = event.value if isinstance(event, Answered) else None
        if not _fits(agenda, event, None if unsure and value == UNKNOWN else value):
            raise damaged(folder, number)


def _joins(agenda: Agenda, event: ExerciseJoined) -> bool:
    """Return whether an exercise can come where an event says: once, after a card that is there."""
    there = {phase.id for phase in agenda.phases}
    phases = {phase_with(event).id} if event.exercise else there
    return event.after in agenda.prompts and there.isdisjoint(phases)


def _fits(agenda: Agenda, event: Event, value: Value | None) -> bool:
    """Return whether an agenda has the cards, the field and the value that an event names."""
    cards = [slot.prompt for slot in event.plan.slots] if isinstance(event, Opened) else []
    cards += [slot.prompt for slot in event.plan] if isinstance(event, ExerciseJoined) else []
    cards += getattr(event, "dropped", ())
    cards += [event.prompt] if hasattr(event, "prompt") else []
    key = getattr(event, "field", NOTE)
    if isinstance(event, Answered) and is_note(agenda, event):
        key = NOTE
    if isinstance(event, Struck) and not key:
        # It says by their places what was brought along, by fields that no agenda need have.
        key = NOTE
    field = agenda.answerable.get(key)
    if field and isinstance(event, Answered | Drafted) and event.item:
        field = field.for_one_item if field.asks_items else None
    return agenda.prompts.keys() >= set(cards) and (fits(field, value) if field else key == NOTE)


def _opening(folder: Path, events: list[Event]) -> Opened:
    if not events:
        raise StorageError(f"{folder}: This folder holds no session.")
    if not isinstance(events[0], Opened):
        raise StorageError(
            f"{folder / JOURNAL}: The first line, which says whose session it is, is missing. "
            f"{_COPY}."
        )
    return events[0]


def _events(folder: Path, lines: list[bytes], private: Mapping[int, Any] = NOTHING) -> list[Event]:
    """Return the events of some lines of the journal."""
    events: list[Event] = []
    for number, record in _records(folder / JOURNAL, lines):
        if record.get("mentorwalk", FORMAT) not in (FIRST_FORMAT, FORMAT):
            raise StorageError(f"{folder.name} was written by a newer mentorwalk: use that one.")
        try:
            event = decoded(record, private)
        except MissingWords:
            raise _without_words(folder, number) from None
        except (KeyError, TypeError, ValueError, OverflowError):
            raise damaged(folder, number) from None
        if events and event.seq <= events[-1].seq:
            raise damaged(folder, number)
        events.append(event)
    return events


def is_torn(path: Path) -> bool:
    """Return whether the last line of a file was torn by a crash: it is not read.

    Raises:
        StorageError: The file cannot be read.
    """
    data = all_bytes(path)
    return bool(data) and not data.endswith(b"\n")


def has_unread_words(folder: Path, last: int) -> bool:
    """Return whether private words belong to an event after the last one that can be read.

    Raises:
        StorageError: They cannot be read.
    """
    return any(number > last for number, _words in _private(folder / PRIVATE))


def _private(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield what is kept privately, each with the number of its event."""
    for number, entry in _records(path, _whole_lines(path)):
        try:
            yield expect(int, entry["seq"]), read_value(entry["value"])
        except (KeyError, TypeError):
            raise damaged(path.parent, number, PRIVATE) from None


def _records(path: Path, lines: list[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the records of some lines, with the lines' numbers."""
    for number, line in enumerate(lines, start=1):
        try:
            record = _DECODER.decode(line.decode())
        except (ValueError, RecursionError):
            raise damaged(path.parent, number, path.name) from None
        if not isinstance(record, dict):
            raise damaged(path.parent, number, path.name)
        yield number, record


def _not_a_number(text: str) -> Any:
    raise ValueError(text)


# By default Python also reads NaN and Infinity, which are not JSON.
_DECODER = json.JSONDecoder(parse_constant=_not_a_number)


def _whole_lines(path: Path) -> list[bytes]:
    """Return a file's lines; what follows the last line break was torn by a crash."""
    return all_bytes(path).split(b"\n")[:-1]


def all_bytes(path: Path | str) -> bytes:
    """Return all of a file, which is no link; nothing if it is missing.

    Raises:
        StorageError: It cannot be read, or is too large for a journal.
    """
    try:
        data = ordinary_bytes(path, JOURNAL_LIMIT + 1, follow_links=False)
    except FileNotFoundError:
        return b""
    except NotOrdinary:
        raise StorageError(f"{path}: This is not an ordinary file. Nothing was changed.") from None
    except OSError as error:
        raise unusable(Path(path).parent, error) from None
    if len(data) > JOURNAL_LIMIT:
        largest = JOURNAL_LIMIT // 1024**2
        raise StorageError(
            f"{path}: This is too large for a journal, which has {largest} MB at most. "
            "Nothing was changed."
        )
    return data


_COPY = "Nothing was changed. Put back a copy of the folder from before"


def damaged(folder: Path, number: int, name: str = JOURNAL) -> StorageError:
    """Return the error about a line that cannot be read, counted from 1."""
    place = f"{folder / name}:{number}:1: This line of the journal is damaged."
    if name == JOURNAL and number == 1:
        # Whoever took this line out would have no session any more.
        return StorageError(f"{place} {_COPY}: without this line, nothing of it can be read.")
    return StorageError(f"{place} {_COPY}; without one, take this line out to go on with the rest.")


def _without_words(folder: Path, number: int) -> StorageError:
    """Return the error about an event, counted from 1, whose private words are missing."""
    return StorageError(
        f"{folder / JOURNAL}:{number}:1: The private words that belong to this line are missing in "
        f"{PRIVATE}. {_COPY}; without one, take this line out to go on without those words."
    )


def unusable(folder: Path, error: OSError, note: str = NOTHING_LOST) -> StorageError:
    """Return the error about a folder that the system refuses, with what to know then."""
    return StorageError(
        f"{folder}: This folder cannot be used ({reason(error)}). {fix_for(error)}{note}"
    )
