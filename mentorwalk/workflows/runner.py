"""One sitting: open a session on disk or take it up again, walk it, write its documents."""

from __future__ import annotations

import textwrap
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.dump import agenda_text
from mentorwalk.authoring.loading import LoadedAgenda, load_script
from mentorwalk.authoring.source import SIZE_LIMIT
from mentorwalk.domain.agenda import fill_in, plan
from mentorwalk.domain.answers import default_of
from mentorwalk.domain.carryover import carried, join_agendas
from mentorwalk.domain.errors import (
    InputError,
    Problem,
    ProblemsFound,
    StorageError,
    TemplateProblem,
    shown,
)
from mentorwalk.domain.events import CarryOver, Opened
from mentorwalk.domain.i18n import set_language, using_language
from mentorwalk.domain.people import People
from mentorwalk.domain.session import Session
from mentorwalk.domain.text import clean
from mentorwalk.engine.presenter import TOGETHER
from mentorwalk.engine.walk import Ending, Walk
from mentorwalk.storage.files import RENDERED, reason, remove_leftovers, safety_note, write_private
from mentorwalk.storage.journal import (
    AGENDA,
    FolderJournal,
    MemoryJournal,
    check_events,
    read_events,
    read_header,
    replayed,
)
from mentorwalk.storage.library import BUNDLED_AGENDAS, ELSEWHERE, file_exists, make_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mentorwalk.authoring import Source
    from mentorwalk.documents import Renderer, Written
    from mentorwalk.domain.agenda import Agenda, Plan
    from mentorwalk.domain.agreement import Agreement
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.engine.presenter import WalkStyle
    from mentorwalk.storage.journal import SessionHeader
    from mentorwalk.storage.library import Library


@dataclass(frozen=True)
class RunResult:
    """How a sitting ended."""

    folder: Path
    """The session's folder; where nothing is saved, the folder its documents would have."""
    session: Session
    ending: Ending
    written: Written | None = None
    saved: bool = True


@dataclass(frozen=True)
class SessionRunner:
    """Where sittings take place: a library and a clock."""

    library: Library
    clock: Clock

    def script(self, name: str, templates: Path | None) -> LoadedAgenda:
        """Load an agenda.

        Raises:
            MentorwalkError: With everything that is wrong.
        """
        return load_script(self.library, name, templates)

    def next_script(self, folder: Path, wanted: str | None, templates: Path | None) -> LoadedAgenda:
        """The agenda that follows a session, with what comes along from it.

        Raises:
            InputError: The session is not finished, or names no next one and none is `wanted`.
        """
        last = finished_session(folder, self.library)
        script = self.script(self._next_name(last, wanted), templates)
        agenda = join_agendas(script.agenda, last)
        text = script.source.text if agenda == script.agenda else agenda_text(agenda)
        if len(text.encode()) > SIZE_LIMIT:
            raise InputError(
                f"{agenda.title}, with what comes along from {folder.name}, would be larger than "
                f"{SIZE_LIMIT // 1024} KB. `{self._next_by_name}` walks a shorter one."
            )
        beside = dict.fromkeys((*script.templates, *last.opened.templates))
        source = replace(script.source, text=text)
        with using_language(agenda.language):
            along = carried(agenda, last, folder.name)
        return LoadedAgenda(agenda, source, tuple(beside), along)

    @property
    def _next_by_name(self) -> str:
        return self.library.command("next", "--agenda", "NAME")

    @property
    def _begins_one(self) -> str:
        return f"`{self.library.command('start')}` begins one."

    def _next_name(self, last: Session, wanted: str | None) -> str:
        """What is asked for, or what the last agenda names: beside it, or by its name."""
        if wanted:
            return wanted
        if not last.agenda.next:
            raise InputError(
                f"{last.agenda.title} names no session to follow it. "
                f"`{self._next_by_name}` walks any; "
                f"`{self.library.command('agenda', 'list')}` shows them."
            )
        # A bundled agenda means the one of that name: a person's own, if there is one.
        beside = [Path(folder) for folder in last.opened.templates]
        files = [path / f"{last.agenda.next}.yaml" for path in beside if path != BUNDLED_AGENDAS]
        return next((str(file) for file in files if file_exists(file)), last.agenda.next)

    def check(self, script: LoadedAgenda) -> None:
        """Make sure that the documents can be rendered, before a session opens.

        Raises:
            TemplateProblem: A template is missing or has a mistake.
        """
        for session in self._imagined(script):
            self.renderer(script.templates).check(session)

    def _imagined(self, script: LoadedAgenda) -> Iterator[Session]:
        """A session where nothing was said, and one where all usual answers were kept."""
        agenda, today = script.agenda, self.clock.now().date()
        people = People(agenda.roles.mentor, agenda.roles.mentee, "mentor")
        opened = self.opened(script, people, plan(agenda, agenda.minutes))
        empty = self._fresh(agenda, opened)
        kept = {key: default_of(field, today) for key, field in agenda.answerable.items()}
        yield empty
        yield replace(empty, answers=kept, marks=dict.fromkeys(empty.cards, "done"))

    def renderer(self, templates: tuple[str, ...]) -> Renderer:
        """A renderer that looks up templates where this session's may come from."""
        from mentorwalk.documents import Renderer

        return Renderer(self.library.template_folders(templates))

    def opened(self, script: LoadedAgenda, people: People, chosen: Plan) -> Opened:
        """The event that a session begins with."""
        return Opened(
            seq=0,
            at=self.clock.now(),
            elapsed=0.0,
            agenda=script.agenda.id,
            digest=script.digest,
            people=people,
            plan=chosen,
            templates=script.templates,
            zone=self.clock.zone(),
            carried=script.carried or CarryOver(),
            prepared=script.prepared,
        )

    def journal(self, folder: Path) -> FolderJournal:
        """The journal of a session, which knows how it is gone on with."""
        return FolderJournal(folder, self.library.command("resume", folder.name))

    def begin(
        self, script: LoadedAgenda, people: People, chosen: Plan, frontend: Frontend
    ) -> RunResult:
        """Open a new session on disk and walk it.

        Raises:
            StorageError: The home cannot be written.
        """
        opened = self.opened(script, people, chosen)
        folder = self.library.new_session(script.agenda.id, opened.at.date())
        write_private(folder / AGENDA, script.source.text, ELSEWHERE)
        with self.journal(folder) as journal:
            journal.append(opened)
            session = self._fresh(script.agenda, opened)
            return self._sit(folder, session, journal, frontend, Walk.run)

    def begin_unsaved(
        self,
        script: LoadedAgenda,
        people: People,
        chosen: Plan,
        frontend: Frontend,
        style: WalkStyle = TOGETHER,
    ) -> RunResult:
        """Walk a new session that is kept in memory only."""
        session = self._fresh(script.agenda, self.opened(script, people, chosen))
        walk = self._walk(session, MemoryJournal(), frontend, style)
        ending = _ending(walk, Walk.run)
        folder = self.library.free_documents(script.agenda.id, session.opened.at.date())
        return RunResult(folder, walk.session, ending, saved=False)

    def write_unsaved(self, result: RunResult) -> RunResult:
        """Write the documents of a session that was kept in memory only.

        Raises:
            StorageError: The folder cannot be written.
        """
        make_private(result.folder)
        from mentorwalk.documents import write_documents

        renderer = self.renderer(result.session.opened.templates)
        invited = self._invitation(result.session, result.folder)
        written = write_documents(result.session, renderer, result.folder, None, invited)
        return replace(result, written=written)

    def try_answers(
        self,
        script: LoadedAgenda,
        people: People,
        chosen: Plan,
        given: tuple[Source, list[Problem], frozenset[str]],
        frontend: Frontend,
    ) -> None:
        """Walk a new session without asking and without a trace, to see whether its answers do.

        Raises:
            ProblemsFound: With everything that is wrong or wanting, at once.
        """
        self.check(script)
        source, problems, named = given
        tried = self.rehearsed(script, people, chosen, frontend)
        if problems := [*problems, *missing_answers(tried, source, named)]:
            raise ProblemsFound(sorted(problems))

    def begin_from_answers(
        self, script: LoadedAgenda, people: People, chosen: Plan, frontend: Frontend
    ) -> RunResult:
        """Walk a new session without asking, what is private at its end included."""
        result = self.begin(script, people, chosen, frontend)
        self.ask_in_private(result, frontend)
        return result

    def resume(self, folder: Path, frontend: Frontend) -> RunResult:
        """Take up a session that was left.

        Raises:
            SessionBusy: Another process holds it.
        """
        with self.journal(folder) as journal:
            session = load_session(folder)
            if not session.closed:
                return self._sit(folder, session, journal, frontend, Walk.resume)
            if not self._wants_documents(folder, session):
                raise InputError(
                    f"{folder.name} is finished: "
                    f"`{self.library.command('show', folder.name)}` reads it."
                )
            return RunResult(folder, session, Ending.CLOSED, self._written(folder, session))

    def ask_in_private(self, result: RunResult, frontend: Frontend) -> None:
        """After the call: what is only for the one at the keyboard."""
        with self.journal(result.folder) as journal:
            # Read anew: somebody may have accepted in another window meanwhile.
            self._walk(load_session(result.folder), journal, frontend).ask_in_private()

    def render(self, folder: Path) -> Written:
        """Write a session's documents again.

        Raises:
            InputError: It is not finished: nobody has looked at what would be in them.
            TemplateProblem: A template has a mistake; nothing was written.
        """
        session = finished_session(folder, self.library)
        set_language(session.agenda.language)
        return self._write(folder, session)

    def rehearsed(
        self, script: LoadedAgenda, people: People, chosen: Plan, frontend: Frontend
    ) -> Session:
        """Walk a session that leaves nothing behind."""
        journal = MemoryJournal()
        session = self._fresh(script.agenda, self.opened(script, people, chosen))
        walk = self._walk(session, journal, frontend)
        walk.run()
        walk.ask_in_private()
        return walk.session

    def newest(self) -> Path:
        """The newest session.

        Raises:
            InputError: There is none yet.
        """
        folders = self.library.session_folders()
        if not folders:
            raise InputError(f"There is no session yet: {self._begins_one}")
        return folders[-1]

    def newest_finished(self) -> Path:
        """The newest session that was walked to its end.

        Raises:
            InputError: There is none yet.
        """
        for folder, _ in self._covers(lambda seen: seen.closed):
            with suppress(StorageError, InputError):
                load_session(folder)
                return folder
        raise InputError(f"There is no finished session yet: {self._begins_one}")

    def newest_unfinished(self) -> Path:
        """The newest session that was left before its end.

        Raises:
            InputError: There is none.
        """
        for folder, _ in self._left(lambda _: True):
            return folder
        lists = self.library.command("sessions")
        raise InputError(f"There is no unfinished session. `{lists}` lists all.")

    def session_lines(self, *, names: bool) -> list[str]:
        """A line for each session, the oldest first: number, date, agenda, how it stands."""
        lines = []
        for number, folder in enumerate(self.library.session_folders(), start=1):
            try:
                lines.append(f"{number:>3}  {_line(read_header(folder), names=names)}")
            except (StorageError, InputError):
                lines.append(f"{number:>3}  {folder.name}  cannot be read")
        return lines or [f"No session yet: {self._begins_one}"]

    def document(self, session: str | None, name: str | None) -> str:
        """The text of a document as it lies in the documents' folder.

        Where only one word is given, it may name the document of the newest session.

        Raises:
            InputError: There is no such session or document.
        """
        names = [*self._newest_documents(), "agreement"]
        if session and name is None and session.removesuffix(".md") in names:
            session, name = None, session
        folder = self.library.session(session) if session else self.newest()
        documents = self._documents(folder)
        if not documents:
            raise InputError(
                f"{folder.name} has no documents yet. "
                f"`{self.library.command('resume', folder.name)}` goes on with it."
            )
        wanted = (name or next(iter(documents))).removesuffix(".md")
        agreement = load_session(folder).agenda.accept_document
        if wanted == "agreement" and agreement:
            wanted = Path(agreement.file).stem
        if wanted not in documents:
            known = ", ".join(documents)
            raise InputError(f"There is no document `{shown(wanted, 60)}` here; there is {known}.")
        try:
            return clean(documents[wanted].read_text(encoding="utf-8")) + "\n"
        except (OSError, UnicodeDecodeError) as error:
            why = reason(error) if isinstance(error, OSError) else error
            raise StorageError(f"{documents[wanted]}: This file cannot be read: {why}.") from None

    def documents(self, folder: Path) -> dict[str, str]:
        """The documents of a session as they lie in its folder, by the names of their files."""
        paths = self._documents(folder).values()
        return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in paths}

    def agendas(self) -> list[str]:
        """A line for each agenda that has a name."""
        lines = []
        for name, path in sorted(dict(self.library.agenda_names()).items()):
            try:
                agenda = agenda_from(read_source(path))
            except InputError:
                lines.append(f"{name}  has problems: {path}")
            else:
                low, high = agenda.lengths
                length = f"{low} to {high}" if low != high else f"{low}"
                title, about = (
                    fill_in(text, agenda.names) for text in (agenda.title, agenda.about)
                )
                lines.append(f"{name}  {title}, {length} minutes")
                lines += [f"    {line}" for line in textwrap.wrap(about, 76)]
        return lines

    def _newest_documents(self) -> dict[str, Path]:
        folders = self.library.session_folders()
        with suppress(StorageError, InputError):
            return self._documents(folders[-1]) if folders else {}
        return {}

    def _documents(self, folder: Path) -> dict[str, Path]:
        """The documents of a session that were written, by name without ending, in order."""
        agenda = load_session(folder).agenda
        there = self.library.documents_of(folder)
        paths = [there / document.file for document in agenda.documents]
        return {path.stem: path for path in paths if path.is_file()}

    def _covers(
        self, wanted: Callable[[SessionHeader], bool]
    ) -> Iterator[tuple[Path, SessionHeader]]:
        """Sessions as they look from outside, the newest first: a damaged one is passed by."""
        for folder in reversed(self.library.session_folders()):
            with suppress(StorageError):
                if wanted(seen := read_header(folder)):
                    yield folder, seen

    def _left(self, wanted: Callable[[SessionHeader], bool]) -> Iterator[tuple[Path, Session]]:
        """Sessions that were left before their end, the newest first."""
        for folder, seen in self._covers(wanted):
            if not (seen.closed and (folder / RENDERED).exists()):
                with suppress(StorageError, InputError):
                    session = load_session(folder)
                    if self._unfinished(folder, session):
                        yield folder, session

    def unfinished(self, people: People, agenda: str) -> tuple[Path, Session] | None:
        """The newest session of these two that was left before its end."""
        same = lambda seen: (  # noqa: E731 - a question that is asked of each
            seen.opened.agenda == agenda and _names(seen.people) == _names(people)
        )
        return next(self._left(same), None)

    def _unfinished(self, folder: Path, session: Session) -> bool:
        return not session.closed or self._wants_documents(folder, session)

    def _wants_documents(self, folder: Path, session: Session) -> bool:
        """A crash came between the end of the talk and the documents."""
        return bool(session.agenda.documents) and not (folder / RENDERED).exists()

    def _fresh(self, agenda: Agenda, opened: Opened) -> Session:
        return Session.open(agenda, opened, opened.at + timedelta(minutes=opened.plan.minutes))

    def _walk(
        self,
        session: Session,
        journal: FolderJournal | MemoryJournal,
        frontend: Frontend,
        style: WalkStyle = TOGETHER,
    ) -> Walk:
        set_language(session.agenda.language)
        return Walk(session, journal, frontend, self.clock, self.agreement, style)

    def agreement(self, session: Session) -> Agreement:
        """Return the agreement of a session as it is now."""
        return self.renderer(session.opened.templates).agreement(session)

    def _sit(
        self,
        folder: Path,
        session: Session,
        journal: FolderJournal,
        frontend: Frontend,
        walked: Callable[[Walk], Ending],
    ) -> RunResult:
        walk = self._walk(session, journal, frontend)
        ending = _ending(walk, walked)
        written = self._written(folder, walk.session) if ending is Ending.CLOSED else None
        return RunResult(folder, walk.session, ending, written)

    def _written(self, folder: Path, session: Session) -> Written | None:
        """The documents; None where somebody stopped a template that did not end."""
        try:
            return self._write(folder, session)
        except KeyboardInterrupt:
            return None

    def _write(self, folder: Path, session: Session) -> Written:
        from mentorwalk.documents import write_documents

        documents = self.library.documents_of(folder)
        make_private(documents)
        remove_leftovers(documents)
        renderer = self.renderer(session.opened.templates)
        try:
            invited = self._invitation(session, folder)
            return write_documents(session, renderer, documents, folder, invited)
        except TemplateProblem as problem:
            raise TemplateProblem(
                f"{problem}\nEverything that was said is safe. "
                f"Once that is fixed: {self.library.command('render', folder.name)}"
            ) from None
        except StorageError as error:
            goes_on = "resume" if self._wants_documents(folder, session) else "render"
            told = safety_note(self.library.command(goes_on, folder.name))
            raise StorageError(f"{error} {told}") from None

    def _invitation(self, session: Session, folder: Path) -> str:
        """The invitation to the next meeting, with the agenda to be walked then, if it is there."""
        from mentorwalk.documents.calendar import invitation

        following = None
        with suppress(StorageError, InputError):
            following = self.script(self._next_name(session, None), None).agenda
        return invitation(session, folder.name, following)


def _ending(walk: Walk, walked: Callable[[Walk], Ending]) -> Ending:
    try:
        return walked(walk)
    except KeyboardInterrupt:
        # Between two prompts: everything up to here is in the journal already.
        return Ending.STOPPED


def _names(people: People) -> tuple[str, str]:
    return people.mentor.casefold(), people.mentee.casefold()


def load_session(folder: Path) -> Session:
    """Read a session back from its folder.

    Raises:
        StorageError: The journal cannot be read.
        ProblemsFound: The agenda beside it was damaged.
    """
    events = read_events(folder)
    agenda = agenda_from(read_source(folder / AGENDA))
    check_events(folder, agenda, events)
    return replayed(agenda, events, planned_end(events[0]))


def finished_session(folder: Path, library: Library) -> Session:
    """Read a session of a library back that was walked to its end.

    Raises:
        InputError: It was not.
    """
    session = load_session(folder)
    if not session.closed:
        resumes = library.command("resume", folder.name)
        raise InputError(f"{folder.name} is not finished: `{resumes}` goes on with it.")
    return session


def planned_end(opened: Event) -> datetime:
    """When a session was meant to end, as it was opened."""
    assert isinstance(opened, Opened)  # noqa: S101 - read_events has looked
    return opened.at + timedelta(minutes=opened.plan.minutes)


def _line(seen: SessionHeader, *, names: bool) -> str:
    people = f"  {seen.people.mentor} and {seen.people.mentee}" if names else ""
    state = "finished" if seen.closed else "unfinished"
    return f"{seen.opened.at:%Y-%m-%d %H:%M}  {seen.opened.agenda}{people}  {state}"


def missing_answers(session: Session, source: Source, told: frozenset[str]) -> list[Problem]:
    """What a walk from an answers file was asked, is required, and did not get.

    What the file names but nobody could read is `told` already.
    """
    asked = [
        field
        for card in session.cards
        for field in session.agenda.prompts[card].fields
        if field.required and session.asks(field)
    ]
    return [
        Problem(source.name, 1, 1, f"`{key}` is required, is asked, and has no answer here.")
        for field in asked
        for key in field.answer_ids
        if session.answer(key).empty and key not in told
    ]
