"""The sessions of a home: find one, read it back, list all, read its documents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.ready import ready_whole
from mentorwalk.domain.catalogues import use_words_beside
from mentorwalk.domain.errors import InputError, StorageError, shown, shown_path
from mentorwalk.domain.events import Answered, Opened
from mentorwalk.domain.prep_form import PROMISE
from mentorwalk.domain.text import clean
from mentorwalk.storage.files import (
    AGENDA,
    DOCUMENT_LIMIT,
    JOURNAL,
    PRIVATE,
    RENDERED,
    cut_pieces,
    read_text_file,
)
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.storage.reading import (
    SessionHeader,
    check_events,
    has_unread_words,
    is_begun,
    is_torn,
    read_events,
    read_header,
    replayed,
)
from mentorwalk.workflows.exercise_texts import with_exercises
from mentorwalk.workflows.newest import (
    Newest,
    finished_sessions,
    unfinished_sessions,
    wanting_any,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.people import People
    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library


_CHANGED = (
    "This agenda was changed after the session began. What its journal calls private stays private."
)
CUT = "A half-written line was cut off the journal; {path} keeps it."
TORN = "{path}: The last line is torn, as a crash leaves it, and is not read."
UNREAD = (
    "{path}: Private words are in here whose line in session.jsonl is torn or lost, so they are "
    "not shown. Put back a copy of the folder from before, if you have one."
)
PATIENCE = 5.0
"""The seconds that a short command waits for another one in the same session."""


def silent(_sentence: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class StoredSession:
    """A session as it was read from its folder."""

    folder: Path
    session: Session
    stamp: tuple[tuple[int, ...], ...]
    """What its files looked like when they were read."""
    library: Library

    @property
    def unfinished(self) -> bool:
        """Whether there is something left to do: to walk, or to write the documents."""
        return not self.session.closed or lacks_documents(self.folder, self.session)

    def current(self) -> Session:
        """Return the session as it is now; it is read again only if its files changed.

        Whoever holds the session's lock can rely on it: another window may have written between
        reading and locking.
        """
        if _stamp(self.folder) == self.stamp:
            return self.session
        return load_in(self.library, self.folder)


@dataclass(frozen=True)
class SessionStore:
    """The sessions in a library."""

    library: Library
    report: Callable[[str], None] = silent
    """Tells the person something about a session that is read; by default nobody."""
    agendas: dict[str, Agenda] = field(default_factory=dict, repr=False, compare=False)
    """The agendas that were read so far, by their digests.

    To decode one takes most of the time of reading a session, and those of a pair are alike.
    """

    @property
    def quiet(self) -> SessionStore:
        """The same store, which tells nobody anything."""
        return replace(self, report=silent)

    def load(self, folder: Path) -> StoredSession:
        """Read a session back from its folder.

        Raises:
            StorageError: The journal cannot be read.
            ProblemsFound: The copy of its agenda was damaged.
        """
        # Taken before the files are read, so that a change in between shows.
        stamp = _stamp(folder)
        session = load_in(self.library, folder, self.agendas)
        self._report_cut(folder)
        for path in filter(is_torn, (folder / JOURNAL, folder / PRIVATE)):
            self.report(TORN.format(path=shown_path(path)))
        if has_unread_words(folder, session.last.seq):
            self.report(UNREAD.format(path=shown_path(folder / PRIVATE)))
        if session.opened.digest != read_source(folder / AGENDA).digest:
            self.report(f"{shown_path(folder / AGENDA)}: {_CHANGED}")
        return StoredSession(folder, session, stamp, self.library)

    def _report_cut(self, folder: Path) -> None:
        """Tell of half lines that a crash left: one of them may be what somebody misses."""
        for path in cut_pieces(folder):
            self.report(CUT.format(path=shown_path(path)))

    def finished(self, folder: Path) -> StoredSession:
        """Read a session back that was walked to its end.

        Raises:
            InputError: It was not.
        """
        found = self.load(folder)
        if not found.session.closed:
            resumes = self.library.command("resume", self.library.named(folder))
            raise InputError(f"{folder.name} is not finished: `{resumes}` goes on with it.")
        return found

    def newest(self) -> Path:
        """Return the folder of the newest session, also if it cannot be read.

        Raises:
            InputError: There is no session yet.
        """
        if folder := self._newest_begun():
            return folder
        raise InputError(f"There is no session yet: {self._begins_one}")

    def _newest_begun(self) -> Path | None:
        return next(filter(is_begun, reversed(self.library.session_folders())), None)

    def words_for(self, folder: Path) -> tuple[str, ...]:
        """Return the words with which a command finds a session: none for the newest."""
        newest, named = self._newest_begun(), self.library.named(folder)
        return () if newest and newest.name == named else (named,)

    def folder(self, wanted: str | None) -> Path:
        """Return the folder of a session that somebody named, or else of the newest.

        Raises:
            InputError: There is none.
        """
        return self.library.session(wanted) if wanted else self.newest()

    def newest_finished(self, command: str = "next") -> StoredSession:
        """Return the newest session that was walked to its end.

        Args:
            command: The command that is to go on with it.

        Raises:
            InputError: There is none yet, or a newer one cannot be read.
        """
        newest = Newest.of(finished_sessions(self, wanting_any))
        if found := newest.for_command(self.library, command):
            return found
        raise InputError(f"There is no finished session yet: {self._begins_one}")

    def newest_unfinished(self) -> StoredSession:
        """Return the newest session that was left before its end.

        Raises:
            InputError: There is none, or a newer one cannot be read.
        """
        newest = Newest.of(unfinished_sessions(self, wanting_any))
        if found := newest.for_command(self.library, "resume"):
            return found
        lists = self.library.command("sessions")
        raise InputError(f"There is no unfinished session. `{lists}` lists all.")

    def unfinished_of(self, people: People, agenda: str) -> StoredSession | None:
        """Return the newest session of these two with an agenda that was left before its end.

        One of theirs that cannot be read is passed by, and told.
        """

        def is_theirs(_folder: Path, header: SessionHeader) -> bool:
            """Return whether it is one."""
            return header.agenda == agenda and header.people.has_names_of(people)

        newest = Newest.of(unfinished_sessions(self, is_theirs))
        for each in newest.lost:
            if each.opened and is_theirs(each.folder, SessionHeader.of(each.opened)):
                self.report(each.told(self.library))
        return newest.found

    def lines(self, *, names: bool) -> list[str]:
        """Return a line for each session, the oldest first: number, date, agenda, state."""
        lines, folders = [], self.library.session_folders()
        width = max(3, len(str(len(folders))))
        for number, folder in enumerate(folders, start=1):
            self._report_cut(folder)
            try:
                lines.append(f"{number:>{width}}  {_line(read_header(folder), names=names)}")
            except (StorageError, InputError):
                lines.append(f"{number:>{width}}  {folder.name}  cannot be read")
        return lines or [f"No session yet: {self._begins_one}"]

    def document(self, wanted: str | None, name: str | None) -> str:
        """Return the text of a document as its file holds it.

        A single word may name a document of the newest session instead of a session.

        Raises:
            InputError: There is no such session or document, or it cannot be read as text.
        """
        word = (wanted or "").removesuffix(".md")
        if word and name is None and (word == "agreement" or self._is_document(word)):
            wanted, name = None, wanted
        found = self.load(self.folder(wanted))
        documents = self.documents(found)
        if not documents:
            resumes = self.library.command("resume", self.library.named(found.folder))
            raise InputError(
                f"{found.folder.name} has no documents yet. `{resumes}` goes on with it."
            )
        path = _named(documents, found.session.agenda, name)
        return clean(read_text_file(path, DOCUMENT_LIMIT, "a document in Markdown")) + "\n"

    def _is_document(self, name: str) -> bool:
        """Return whether the newest session has a document of this name, also if it is damaged."""
        if not (folder := self._newest_begun()):
            return False
        try:
            return name in self.documents(self.quiet.load(folder))
        except (StorageError, InputError):
            written = self.library.documents_of(folder)
            return name in {path.stem for path in written.glob("*.md")}

    def documents(self, found: StoredSession) -> dict[str, Path]:
        """Return the documents of a session that were written, by name without ending."""
        # Loaded here: the fold over sessions is slow to load, and only documents need its name.
        from mentorwalk.domain.mentorship import PAGE

        written = self.library.documents_of(found.folder)
        paths = [written / each.file for each in (*found.session.agenda.documents, PAGE)]
        return {path.stem: path for path in paths if path.is_file()}

    def journal(self, folder: Path, patience: float = 0.0) -> FolderJournal:
        """Return the journal of a session; its errors name the command that goes on with it.

        Args:
            folder: The session's folder.
            patience: The seconds to wait for another process that has the session open.
        """
        return FolderJournal(
            folder, self.library.command("resume", self.library.named(folder)), patience
        )

    @property
    def _begins_one(self) -> str:
        return f"`{self.library.command('start')}` begins one."


def load_session(
    folder: Path, agendas: dict[str, Agenda] | None = None, library: Library | None = None
) -> Session:
    """Return the session that a folder holds.

    What its journal calls private is private, whatever the copy of its agenda says by now.
    An agenda that is in `agendas` by its digest is not decoded again; another one is put there.

    Raises:
        StorageError: The journal cannot be read.
        ProblemsFound: The copy of its agenda was damaged.
    """
    agenda, events = read_session(folder, agendas, library)
    check_events(folder, agenda, events)
    return replayed(agenda, events)


def read_session(
    folder: Path, agendas: dict[str, Agenda] | None = None, library: Library | None = None
) -> tuple[Agenda, list[Event]]:
    """Return the agenda with which a session was opened, and all that happened in it.

    An agenda that is in `agendas` by its digest is not decoded again; another one is put there.

    Raises:
        StorageError: The journal cannot be read, or the text of an exercise is not there.
        ProblemsFound: The copy of its agenda was damaged.
    """
    events = read_events(folder)
    opened = events[0]
    if isinstance(opened, Opened) and PROMISE in opened.plan:
        raise InputError(
            f"{folder}: This is a preparation, not a session: `mentorwalk prep --show` reads it."
        )
    agenda = _agenda_in(folder, {} if agendas is None else agendas, library).with_private(
        {event.field for event in events if isinstance(event, Answered) and event.private}
    )
    return agenda, with_exercises(folder, events)


def _agenda_in(folder: Path, known: dict[str, Agenda], library: Library | None) -> Agenda:
    source = read_source(folder / AGENDA)
    digest = source.digest
    if digest not in known:
        ready = ready_whole(library, digest) if library else None
        known[digest] = ready or agenda_from(source)
    return known[digest]


def load_in(library: Library, folder: Path, agendas: dict[str, Agenda] | None = None) -> Session:
    """Return the session that a folder holds, as `load_session` does.

    A folder from elsewhere brings no folders for templates: they could be any of this computer.
    Translations that lie in one of them count from now on.
    """
    session = load_session(folder, agendas, library)
    if folder.resolve().parent == library.sessions.resolve():
        use_words_beside(map(Path, session.opened.templates))
        return session
    return replace(session, opened=replace(session.opened, templates=()))


def lacks_documents(folder: Path, session: Session) -> bool:
    """Return whether documents were never written, as after a crash at the end of the talk."""
    return bool(session.agenda.documents) and not (folder / RENDERED).exists()


def _stamp(folder: Path) -> tuple[tuple[int, ...], ...]:
    """Return numbers that change whenever one of a session's files is written or replaced."""
    paths = (folder / name for name in (JOURNAL, PRIVATE, AGENDA))
    stats = (path.stat() for path in paths if path.exists())
    # A file that was replaced is another one, though its size and its time may be the same.
    return tuple((stat.st_ino, stat.st_size, stat.st_mtime_ns) for stat in stats)


def _named(documents: dict[str, Path], agenda: Agenda, name: str | None) -> Path:
    """Return the document that somebody named, or else the first one.

    Raises:
        InputError: None has this name.
    """
    wanted = (name or next(iter(documents))).removesuffix(".md")
    if wanted == "agreement" and agenda.accept_document:
        wanted = Path(agenda.accept_document.file).stem
    if wanted not in documents:
        known = ", ".join(documents)
        raise InputError(f"There is no document `{shown(wanted, 60)}` here; there is {known}.")
    return documents[wanted]


def _line(header: SessionHeader, *, names: bool) -> str:
    people = f"  {header.people.mentor} and {header.people.mentee}" if names else ""
    state = "finished" if header.closed else "unfinished"
    when = f"{header.at:%Y-%m-%d %H:%M}"
    if header.held:
        when = f"{header.held}      "
    return f"{when}  {header.agenda}{people}  {state}"
