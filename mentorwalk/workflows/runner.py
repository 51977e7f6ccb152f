"""Run sessions: begin one or take it up again, and walk it."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.events import Opened, Renamed
from mentorwalk.domain.i18n import set_language
from mentorwalk.domain.planning import without_steps
from mentorwalk.domain.session import Session
from mentorwalk.engine.style import NOTED, TOGETHER, UNASKED, UNSAVED, Ending
from mentorwalk.storage.files import AGENDA, JOURNAL, LOCK, first_bytes, remove_files, write_private
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.storage.library import ELSEWHERE
from mentorwalk.storage.opening import opens_nothing
from mentorwalk.storage.randomness import random_letters
from mentorwalk.workflows.exercise_texts import sweep
from mentorwalk.workflows.sessions import SessionStore, lacks_documents, load_session, silent
from mentorwalk.workflows.welcome_back import welcome_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.documents import Renderer, Written
    from mentorwalk.domain.agreement_text import Agreement
    from mentorwalk.domain.people import People
    from mentorwalk.domain.planning import Plan
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.engine.style import WalkStyle
    from mentorwalk.engine.walk import Walk
    from mentorwalk.storage.journal import Journal
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.sessions import StoredSession


@dataclass(frozen=True)
class RunResult:
    """What came of running a session."""

    folder: Path
    """The session's folder; if nothing is saved, the folder its documents would have."""
    session: Session
    ending: Ending
    written: Written | None = None
    saved: bool = True
    cut: tuple[Path, ...] = ()
    """The files that keep half lines, which a crash left and which were cut off the journal."""


@dataclass(frozen=True)
class SessionRunner:
    """Runs sessions that are kept in a library, by a clock."""

    library: Library
    clock: Clock
    report: Callable[[str], None] = silent
    """Tells the person something about a session that is read; by default nobody."""
    opens: Callable[[Path], bool] = opens_nothing
    """Opens a folder in a window of its own, and returns whether it could."""
    letters: Callable[[], str] = random_letters
    """Draws the letters of a new mentorship."""

    @property
    def store(self) -> SessionStore:
        """The sessions of the library."""
        return SessionStore(self.library, self.report)

    def renderer(self, templates: tuple[str, ...]) -> Renderer:
        """Return a renderer that also looks up templates in these folders."""
        from mentorwalk.documents import Renderer

        return Renderer(self.library.template_folders(templates))

    def agreement(self, session: Session) -> Agreement:
        """Return the agreement of a session as it is now.

        Raises:
            TemplateProblem: Its template has a mistake.
        """
        return self.renderer(session.opened.templates).agreement(session)

    def opened(self, script: LoadedAgenda, people: People, chosen: Plan) -> Opened:
        """Return the event that a session begins with."""
        carried = script.carried or CarryOver()
        return Opened(
            seq=0,
            at=self.clock.now(),
            elapsed=0.0,
            agenda=script.agenda.id,
            digest=script.digest,
            people=people,
            plan=chosen if carried.steps else without_steps(script.agenda, chosen),
            mentorship=script.mentorship or self.letters(),
            before=script.before,
            templates=script.templates,
            zone=self.clock.zone(),
            carried=carried,
            prepared=script.prepared,
            facts=script.facts,
            held=script.held,
        )

    def begin(
        self,
        script: LoadedAgenda,
        people: People,
        chosen: Plan,
        frontend: Frontend,
        style: WalkStyle = TOGETHER,
    ) -> RunResult:
        """Open a new session on disk and walk it.

        Raises:
            StorageError: The home cannot be written.
        """
        opened = self.opened(script, people, chosen)
        folder = self.library.new_session(script.agenda.id, opened.day)
        with ExitStack() as begun:
            begun.callback(_remove_if_empty, folder)
            # The agenda first: the first line of a journal makes a session of the folder.
            write_private(folder / AGENDA, script.source.text, ELSEWHERE)
            journal = begun.enter_context(self.store.journal(folder))
            journal.append(opened)
            session = Session.open(script.agenda, opened)
            walk = self.walk_of(session, journal, frontend, style)
            return self._walked(folder, walk, walk.run)

    def begin_from_answers(
        self, script: LoadedAgenda, people: People, chosen: Plan, frontend: Frontend
    ) -> RunResult:
        """Walk a new session without asking, with what is private at its end."""
        result = self.begin(script, people, chosen, frontend, UNASKED)
        self.ask_in_private(result.folder, frontend)
        return result

    def begin_unsaved(
        self,
        script: LoadedAgenda,
        people: People,
        chosen: Plan,
        frontend: Frontend,
        style: WalkStyle = UNSAVED,
    ) -> RunResult:
        """Walk a new session that is kept in memory only."""
        session = Session.open(script.agenda, self.opened(script, people, chosen))
        walk = self.walk_of(session, MemoryJournal(), frontend, style)
        ending = _ending(walk.run)
        folder = self.library.free_documents(script.agenda.id, session.opened.at.date())
        return RunResult(folder, walk.session, ending, saved=False)

    def close_unsaved(self, result: RunResult, frontend: Frontend) -> RunResult:
        """Close a session that was stopped and is kept in memory only, after a review."""
        walk = self.walk_of(result.session, MemoryJournal(), frontend, UNSAVED)
        ending = _ending(walk.close)
        return replace(result, session=walk.session, ending=ending)

    def resume(
        self, found: StoredSession, frontend: Frontend, types: Role | None = None
    ) -> RunResult:
        """Go on with a session that was left before its end, with who types now if that is known.

        Raises:
            InputError: It is finished.
            SessionBusy: Another process holds it.
            Stopped: They left again before it went on.
        """
        with self.store.journal(found.folder) as journal:
            session = found.current()
            sweep(found.folder, session)
            if not session.closed:
                session = self.with_acceptances(found.folder, session, journal)
                left = replace(found, session=session)
                typist = welcome_back(self, left, journal, frontend, types)
                walk = self.walk_of(session, journal, frontend)
                people = replace(session.people, types=typist)
                if people != session.people:
                    walk.recorder.record(Renamed, people=people)
                result = self._walked(found.folder, walk, walk.resume)
                return replace(result, cut=tuple(filter(Path.exists, journal.cut)))
            if not lacks_documents(found.folder, session):
                shows = self.library.command("show", self.library.named(found.folder))
                raise InputError(f"{found.folder.name} is finished: `{shows}` reads it.")
            from mentorwalk.workflows.documents import write_session

            written = write_session(self, found.folder, session)
            return RunResult(found.folder, session, Ending.CLOSED, written, cut=tuple(journal.cut))

    def ask_in_private(self, folder: Path, frontend: Frontend, *, again: bool = True) -> None:
        """Ask, after the call, what is only for the person at the keyboard.

        Without `again`, what was answered before is left out.
        """
        from mentorwalk.engine.private import ask_in_private

        with self.store.journal(folder) as journal:
            # Read again: somebody may have accepted in another window meanwhile.
            session = load_session(folder)
            ask_in_private(self.walk_of(session, journal, frontend).presenter, again=again)

    def walk_of(
        self,
        session: Session,
        journal: FolderJournal | MemoryJournal,
        frontend: Frontend,
        style: WalkStyle = TOGETHER,
    ) -> Walk:
        """Return the walk of a session, in the language of its agenda."""
        # Loaded here and below: whoever comes back, or prepares, is asked before they walk.
        from mentorwalk.engine.walk import Walk
        from mentorwalk.workflows.exercises import HomeExercises

        set_language(session.agenda.language)
        style = NOTED if session.opened.held else style
        known = HomeExercises(self)
        return Walk(session, journal, frontend, self.clock, self.agreement, style, known)

    def _walked(self, folder: Path, walk: Walk, way: Callable[[], Ending]) -> RunResult:
        from mentorwalk.workflows.documents import write_session

        ending = _ending(way)
        # What cannot be read was told before the session began; now a screen is drawn.
        quiet = replace(self, report=silent)
        if ending is not Ending.CLOSED:
            return RunResult(folder, walk.session, ending)
        session = quiet.with_acceptances(folder, walk.session, walk.journal)
        return RunResult(folder, session, ending, write_session(quiet, folder, session))

    def with_acceptances(self, folder: Path, session: Session, journal: Journal) -> Session:
        """Return a session with the acceptances that were given to an earlier one meanwhile."""
        if not session.opened.before or not session.agenda.accept_document:
            return session
        from mentorwalk.workflows.mentorships import accepted_since

        for event in accepted_since(self, folder, session):
            journal.append(event)
            session = session.apply(event)
        return session


def _remove_if_empty(folder: Path) -> None:
    """Remove a session's folder in which nothing was begun, because the system refused to."""
    if not first_bytes(folder / JOURNAL):
        remove_files([folder / JOURNAL, folder / AGENDA, folder / LOCK])
        with suppress(OSError):
            folder.rmdir()


def _ending(way: Callable[[], Ending]) -> Ending:
    try:
        return way()
    except KeyboardInterrupt:
        # It came between two prompts: everything before it is in the journal already.
        return Ending.STOPPED
