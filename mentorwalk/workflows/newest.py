"""The newest session of a kind; one that cannot be read is never passed by in silence."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import InputError, StorageError, shown, shown_path
from mentorwalk.storage.files import RENDERED
from mentorwalk.storage.reading import is_begun, is_closed, letters_of, read_header, read_opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from mentorwalk.domain.events import Opened
    from mentorwalk.domain.people import People
    from mentorwalk.storage.library import Library
    from mentorwalk.storage.reading import SessionHeader
    from mentorwalk.workflows.sessions import SessionStore, StoredSession

    Wanted = Callable[[Path, SessionHeader], bool]


@dataclass(frozen=True)
class LostSession:
    """A session that was begun and cannot be read."""

    folder: Path
    opened: Opened | None
    """The event that opened it; None if not even that can be read."""

    @classmethod
    def at(cls, folder: Path) -> Iterator[LostSession]:
        """Yield the session in a folder, unless a crash kept it from being begun."""
        if is_begun(folder):
            opened = None
            with suppress(StorageError):
                opened = read_opening(folder)
            yield cls(folder, opened)

    @property
    def day(self) -> str:
        """The day of the meeting, in words."""
        return day_in_words(self.opened.day) if self.opened else day_of_folder(self.folder)

    def may_be_of(self, people: People) -> bool:
        """Return whether it can be of two people: nobody knows where not even they can be read."""
        return self.opened is None or self.opened.people.has_names_of(people)

    def told(self, library: Library) -> str:
        """Say that it cannot be read, and what to do."""
        return f"{self.day} {self._fix(library)}"

    def told_without(self, library: Library, found: StoredSession | None, command: str) -> str:
        """Say that it is the newest, and how a command goes on without it with the same people."""
        is_ = "is" if self.opened else "may be"
        told = f"{self.day} {is_} your newest meeting, and {self._fix(library)}"
        if found is None:
            return told
        if not self._may_be_with(found.session.opened):
            lists = library.command("sessions", "--names")
            return f"{told} The one before it is of other people: `{lists}` shows who met."
        return (
            f"{told} `{library.command(command, library.named(found.folder))}` goes on without it."
        )

    def _may_be_with(self, other: Opened) -> bool:
        """Return whether it can be of the same two people as another session."""
        letters = letters_of(self.folder)
        return (bool(letters) and letters == other.mentorship) or (
            self.opened.people.has_names_of(other.people) if self.opened else not letters
        )

    def _fix(self, library: Library) -> str:
        why, folder = library.command("show", library.named(self.folder)), shown_path(self.folder)
        return f"cannot be read: put back a copy of {folder}. `{why}` says why."


def day_of_folder(folder: Path) -> str:
    """Return the day that the name of a folder begins with, in words; else that name."""
    with suppress(ValueError):
        return day_in_words(date.fromisoformat(folder.name[:10]))
    return shown(folder.name, 60)


def wanting_any(_folder: Path, _header: SessionHeader) -> bool:
    """Want every session."""
    return True


@dataclass(frozen=True)
class Newest:
    """The newest session of a kind that can be read."""

    found: StoredSession | None
    lost: tuple[LostSession, ...] = ()
    """Those that may be newer, and cannot be read; the newest first."""

    @classmethod
    def of(cls, sessions: Iterable[StoredSession | LostSession]) -> Newest:
        """Return the first that can be read of some sessions, the newest first."""
        lost: list[LostSession] = []
        for each in sessions:
            if not isinstance(each, LostSession):
                return cls(each, tuple(lost))
            lost.append(each)
        return cls(None, tuple(lost))

    def for_command(self, library: Library, command: str) -> StoredSession | None:
        """Return the session with which a command goes on; None if there is none.

        Raises:
            InputError: A newer one cannot be read.
        """
        for each in self.lost:
            raise InputError(each.told_without(library, self.found, command))
        return self.found


def finished_sessions(store: SessionStore, wanted: Wanted) -> Iterator[StoredSession | LostSession]:
    """Yield the wanted sessions that were walked to their end, the newest first."""
    for folder in reversed(store.library.session_folders()):
        try:
            header = read_header(folder)
            if not wanted(folder, header):
                continue
            if header.closed:
                yield store.load(folder)
            else:
                # The line that closed it may be the one that is damaged.
                store.quiet.load(folder)
        except (StorageError, InputError):
            yield from LostSession.at(folder)


def unfinished_sessions(
    store: SessionStore, wanted: Wanted
) -> Iterator[StoredSession | LostSession]:
    """Yield the wanted sessions that were left before their end, the newest first."""
    for folder in reversed(store.library.session_folders()):
        try:
            # Of thousands nearly all are closed: a header is decoded only of the others, and
            # of these only those that are wanted are loaded, with all that happened in them.
            if os.access(f"{folder}/{RENDERED}", os.F_OK) and is_closed(folder):
                continue
            if wanted(folder, read_header(folder)) and (found := store.load(folder)).unfinished:
                yield found
        except (StorageError, InputError):
            yield from LostSession.at(folder)
