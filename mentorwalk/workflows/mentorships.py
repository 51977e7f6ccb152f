"""Mentorships: which sessions of a home belong together, found by what their first lines say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.agreement_text import wording_of
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import InputError, StorageError, TemplateProblem
from mentorwalk.domain.events import Accepted, Worded
from mentorwalk.domain.history import strikes_in
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.storage.reading import is_begun, letters_of, read_header, read_opening
from mentorwalk.workflows.newest import day_of_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mentorwalk.domain.events import Opened
    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import SessionStore, StoredSession

MISSING = "{day} cannot be read; what was said only there is missing."
UNSURE = (
    "{day} cannot be read, so nobody knows whose it is: if it is of the same two, what was said "
    "only there is missing."
)


def sessions_of_mentorship(store: SessionStore, folder: Path) -> tuple[StoredSession, ...]:
    """Return the finished sessions of the mentorship that a session is part of, the oldest first.

    Those that cannot be read are passed by, and told.

    Raises:
        StorageError: The session itself cannot be read.
    """
    return Members.of(store.library, folder).finished(store)


def sessions_before(runner: SessionRunner, folder: Path) -> Mapping[str, Session]:
    """Return the finished sessions of a mentorship that came before one, by their folders' names.

    Raises:
        StorageError: The session itself cannot be read.
    """
    if not _before(read_opening(folder)):
        return {}
    before = Members.of(runner.library, folder).before(folder)
    return mentorship_of(runner, before.finished(runner.store)).sessions


def mentorship_of(runner: SessionRunner, sessions: Iterable[StoredSession]) -> Mentorship:
    """Return what stands after some finished sessions of a mentorship, the oldest first.

    An accepted text that an earlier mentorwalk did not keep is rendered from its session.
    """
    return Mentorship({each.folder.name: _worded(runner, each.session) for each in sessions})


def accepted_since(
    runner: SessionRunner, folder: Path, session: Session
) -> list[Worded | Accepted]:
    """Return how the agreement was accepted in an earlier session while this one was open or left.

    They are numbered and timed to be the next events of its journal. What came before the two
    decided on it here is older than that.
    """
    mentorship = mentorship_of(runner, sessions_of_mentorship(runner.store, folder))
    struck, worded = {key for key, _at in strikes_in(session)}, mentorship.worded
    # No yes brings back what was struck here meanwhile.
    texts = [worded] if worded and struck.isdisjoint(worded.answers) else []
    each: list[Worded | Accepted] = [*texts, *mentorship.accepted.values()]
    since = session.last.at if session.has_decided else session.opened.at
    later = [event for event in each if event.at > since and not _is_known(event, session)]
    seq, elapsed = session.last.seq + 1, session.elapsed
    return [replace(event, seq=n, elapsed=elapsed) for n, event in enumerate(later, start=seq)]


def _is_known(event: Worded | Accepted, session: Session) -> bool:
    """Return whether a session has an acceptance or a text, or one that is newer."""
    own = session.accepted.get(event.role) if isinstance(event, Accepted) else session.worded
    return own is not None and own.at >= event.at


def _worded(runner: SessionRunner, session: Session) -> Session:
    """Return a session with the text that was accepted in it, if its mark fits."""
    if session.worded or not session.accepted_now:
        return session
    with suppress(TemplateProblem):
        agreement = runner.agreement(session)
        newest = max(session.accepted_now.values(), key=attrgetter("at"))
        event = Worded(seq=newest.seq, at=newest.at, elapsed=0.0, **wording_of(session, agreement))
        return replace(session, worded=event) if agreement.accepted else session
    return session


@dataclass(frozen=True)
class Members:
    """The sessions of one mentorship."""

    mentorship: str
    """Its letters; of one from before there were any, the name of its first session's folder."""
    folders: Mapping[Path, Opened]
    """The folders with the events that opened them, the oldest first."""
    lost: tuple[Path, ...] = ()
    """The folders of theirs of which not even the first line can be read."""
    unsure: tuple[Path, ...] = ()
    """The folders of which nobody knows whose they are, because that line cannot be read."""

    @classmethod
    def of(cls, library: Library, folder: Path) -> Members:
        """Return the sessions that belong together with one, itself among them.

        Raises:
            StorageError: The session itself cannot be read.
        """
        own = read_opening(folder)
        folder = library.sessions / folder.name if library.owns(folder) else folder
        readable = dict(_openings(library, own.mentorship))
        openings = {path: opened for path, opened in readable.items() if opened}
        openings.setdefault(folder, own)
        named = {path.name: opened for path, opened in openings.items()}
        mentorship = _mentorship(folder.name, named)
        theirs = (path for path in openings if _mentorship(path.name, named) == mentorship)
        members = cls(mentorship, {path: openings[path] for path in theirs})
        lost = dict.fromkeys((*_lost(library, members), *members._marked(readable)))
        unsure = (path for path, opened in readable.items() if not opened and path not in lost)
        return replace(members, lost=tuple(lost), unsure=tuple(unsure))

    def _marked(self, readable: Mapping[Path, Opened | None]) -> Iterator[Path]:
        """Yield the folders whose first line has the letters of this mentorship, but no more."""
        for path, opened in readable.items():
            if not opened and self.mentorship and letters_of(path) == self.mentorship:
                yield path

    def before(self, folder: Path) -> Members:
        """Return those that came before a session: as it knows them, else by when they began."""
        named = {path.name: path for path in self.folders}
        known = self.folders[named[folder.name]].before
        names = known or tuple(takewhile(lambda name: name != folder.name, named))
        earlier = [named[name] for name in names if name in named]
        lost = tuple(path for path in self.lost if path.name in names)
        return replace(
            self, folders={path: self.folders[path] for path in earlier}, lost=lost, unsure=()
        )

    def following(self, folder: Path) -> list[Path]:
        """Return those that go on from a session, directly or not, the oldest first."""
        return [path for path, opened in self.folders.items() if folder.name in _before(opened)]

    @cached_property
    def closed(self) -> tuple[Path, ...]:
        """Those that were walked to their end, the oldest first, as they look from outside."""
        return tuple(filter(_is_closed, self.folders))

    def finished(self, store: SessionStore) -> tuple[StoredSession, ...]:
        """Read those that were walked to their end; the others are passed by, and told."""
        return tuple(found for found in self.readable(store) if found.session.closed)

    def readable(self, store: SessionStore) -> Iterator[StoredSession]:
        """Yield those that can be read; the others are passed by, and told."""
        for told, folders in ((MISSING, self.lost), (UNSURE, self.unsure)):
            for folder in folders:
                store.report(told.format(day=day_of_folder(folder)))
        for folder, opened in self.folders.items():
            try:
                yield store.load(folder)
            except (StorageError, InputError):
                store.report(MISSING.format(day=day_in_words(opened.at.date())))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of their folders, and of those that came before and are gone."""
        each = ((_before(opened), path.name) for path, opened in self.folders.items())
        return tuple(dict.fromkeys(name for before, own in each for name in (*before, own)))


def _lost(library: Library, members: Members) -> Iterator[Path]:
    """Yield the folders of a mentorship that are there, and whose first line cannot be read."""
    unknown = {*members.names} - {path.name for path in members.folders}
    # Most of them were forgotten, and need no look at every session of the home.
    if any((library.sessions / name).is_dir() for name in unknown):
        yield from (path for path in library.session_folders() if path.name in unknown)


def _is_closed(folder: Path) -> bool:
    with suppress(StorageError):
        return read_header(folder).closed
    # What cannot be read may well have been: nobody goes on from before it without a word.
    return True


def _openings(library: Library, mentorship: str) -> Iterator[tuple[Path, Opened | None]]:
    """Yield the sessions that may belong to a mentorship, with the events that opened them.

    That is None where it cannot be read; a session that a crash kept from being begun is none.
    """
    for folder in library.session_folders():
        letters = letters_of(folder)
        # Of thousands of sessions, nearly all are other people's: those are not decoded.
        if letters is None or not mentorship or letters == mentorship:
            try:
                yield folder, read_opening(folder)
            except StorageError:
                if is_begun(folder):
                    yield folder, None


def _mentorship(name: str, openings: Mapping[str, Opened]) -> str:
    """Return the letters of a session's mentorship; else the name of the first one in its chain."""
    passed = set()
    while (opened := openings.get(name)) and name not in passed:
        if opened.mentorship:
            return opened.mentorship
        passed.add(name)
        name = opened.carried.session or name
    return name


def _before(opened: Opened) -> tuple[str, ...]:
    """Return the names of the folders that came before a session, as far as it knows them."""
    return opened.before or tuple(filter(None, [opened.carried.session]))
