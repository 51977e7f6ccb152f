"""The agenda that follows a session: which one it is, and what comes along into it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.loading import LoadedAgenda, load_agenda, path_of_next
from mentorwalk.authoring.syntax.source import SIZE_LIMIT
from mentorwalk.domain.agenda import NO_NEXT
from mentorwalk.domain.carryover import carried, join_agendas
from mentorwalk.domain.date_words import day_in_words, day_of_month
from mentorwalk.domain.earlier import looks_back
from mentorwalk.domain.errors import InputError, StorageError, shown, shown_path
from mentorwalk.domain.following import decided_by, facts_of
from mentorwalk.domain.i18n import _, using_language
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.topics import TOPIC_LIMIT
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.workflows.mentorships import Members, mentorship_of
from mentorwalk.workflows.newest import LostSession, finished_sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.people import People
    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library
    from mentorwalk.storage.reading import SessionHeader
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


def next_agenda(
    runner: SessionRunner, found: StoredSession, wanted: str | None, templates: Path | None
) -> LoadedAgenda:
    """Return the agenda that follows a finished session, with what comes along from it.

    Raises:
        InputError: The session names no next agenda and none is `wanted`.
        MentorwalkError: The agenda cannot be used.
    """
    name = _next_name(runner.library, found.session, wanted)
    return as_following(runner, found, load_agenda(runner.library, name, templates))


def newest_of_pair(
    runner: SessionRunner, script: LoadedAgenda, people: People
) -> StoredSession | None:
    """Return what an exercise or a scenario goes on from: the newest that these two finished.

    Another agenda begins a mentorship of its own, and so do people who are new.
    """
    namesakes = newest_of_namesakes(runner, script, people)
    return next(namesakes, None) if _is_for_known_pairs(script.agenda) else None


def newest_of_namesakes(
    runner: SessionRunner, script: LoadedAgenda, people: People
) -> Iterator[StoredSession]:
    """Yield what an agenda may go on from: the newest of each mentorship of two such names.

    A session that cannot be read, and may be theirs, is passed by, and told.
    """
    agenda, passed = script.agenda, set[str]()

    def wanted(folder: Path, header: SessionHeader) -> bool:
        """Return whether a session is theirs, and of a mentorship that was not met yet."""
        return folder.name not in passed and header.people.has_names_of(people)

    if script.mentorship or not (_is_for_known_pairs(agenda) or looks_back(agenda)):
        return
    for found in finished_sessions(runner.store, wanted):
        if not isinstance(found, LostSession):
            yield found
            passed.update(Members.of(runner.library, found.folder).names)
        elif found.may_be_of(people) and found.folder.name not in passed:
            runner.report(found.told(runner.library))


def _is_for_known_pairs(agenda: Agenda) -> bool:
    """Return whether it is an exercise or a scenario, which two people need not begin with."""
    return agenda.kind == "exercise" or bool(agenda.suggested_by)


def as_following(runner: SessionRunner, found: StoredSession, script: LoadedAgenda) -> LoadedAgenda:
    """Return an agenda as it follows a finished session, with what comes along from it.

    Raises:
        InputError: It would be too large.
    """
    library, last = runner.library, found.session
    members = Members.of(library, found.folder)
    mentorship = mentorship_of(runner, members.finished(runner.store))
    into = join_agendas(script.agenda, mentorship)
    agenda, text = into.agenda, _text_of(library, script, into.agenda, mentorship.folder)
    for topic in mentorship.topics_let_go:
        asked = fill_in(topic.ask, last.names)
        runner.report(f"{TOPIC_LIMIT} newer topics are kept, so this one stays behind: {asked}")
    folders = dict.fromkeys((*script.templates, *last.opened.templates))
    with using_language(agenda.language):
        along = carried(into, mentorship)
    facts = replace(facts_of(mentorship.sessions, agenda), titles=script.facts.titles)
    return LoadedAgenda(
        agenda,
        replace(script.source, text=text),
        tuple(folders),
        along,
        mentorship=members.mentorship,
        before=members.names,
        prepared=script.prepared,
        facts=facts,
    )


def as_noted(script: LoadedAgenda, day: date) -> LoadedAgenda:
    """Return an agenda with which a meeting is noted that two people held on a day.

    Raises:
        InputError: They had not met by then: a year that nobody typed may be another one.
    """
    began = script.facts.began
    if began and day < began:
        raise InputError(
            f"{day_in_words(day)} is before your first meeting, on {day_in_words(began)}. "
            "What can be noted is a meeting that you held since then: is the year right?"
        )
    return replace(script, held=day)


def _text_of(library: Library, script: LoadedAgenda, agenda: Agenda, last: str) -> str:
    """Return the text of an agenda with what comes along into it.

    Raises:
        InputError: It would be too large to be read again.
    """
    text = script.source.text
    if agenda != script.agenda:
        # Loaded here: writing YAML brings its parser along.
        from mentorwalk.authoring.format.dump import agenda_text

        text = agenda_text(agenda)
    if len(text.encode()) > SIZE_LIMIT:
        raise InputError(
            f"{agenda.title}, with what comes along from {last}, would be larger than "
            f"{SIZE_LIMIT // 1024} KB. `{_next_by_name(library)}` walks a shorter one."
        )
    return text


def following_agenda(library: Library, session: Session) -> Agenda | None:
    """Return the agenda that comes after a session; None if there is none, or none here."""
    with suppress(StorageError, InputError):
        return load_agenda(library, _next_name(library, session, None), None).agenda
    return None


def next_in_words(library: Library, session: Session, words: tuple[str, ...] = ()) -> str:
    """Say in a sentence what comes after a session, and how to begin it; empty if nothing does.

    A command finds that session by some words.
    """
    name = decided_by(session)
    if name in ("", NO_NEXT):
        return ""
    following = following_agenda(library, session)
    if following is None:
        missing = _("There is no agenda `{name}` here, so the invitation says only when you meet.")
        return missing.format(name=shown(name, 60))
    title, command = fill_in(following.title, session.names), library.command("next", *words)
    return _("Next time: {title}, with `{command}`.").format(title=title, command=command)


def _next_name(library: Library, last: Session, wanted: str | None) -> str:
    """Return the name or the path of what is wanted, or of what the last agenda names."""
    if wanted:
        return wanted
    name = decided_by(last)
    if name == NO_NEXT:
        day = day_of_month((last.closed or last.last).at.date())
        raise InputError(
            f"You closed on {day}. `{_next_by_name(library)}` opens another meeting; "
            f"`{library.command('agenda', 'list')}` shows which there are."
        )
    if not name:
        raise InputError(
            f"{last.agenda.title} names no session to follow it. "
            f"`{_next_by_name(library)}` walks any; "
            f"`{library.command('agenda', 'list')}` shows them."
        )
    path = path_of_next(name, last.opened.templates)
    if path == name:
        _look_for(library, last, name)
    return path


def _look_for(library: Library, last: Session, name: str) -> None:
    """Look for the agenda that a session names.

    Raises:
        InputError: It is not beside that session's agenda any more, nor anywhere else.
    """
    try:
        library.agenda(name)
    except InputError as error:
        beside = (Path(each) for each in last.opened.templates if Path(each) != BUNDLED_AGENDAS)
        gone = next((f" {shown_path(each / f'{name}.yaml')} is gone:" for each in beside), "")
        command = library.command("next", "--agenda", "FILE")
        raise InputError(f"{error}{gone} `{command}` takes it from another place.") from None


def _next_by_name(library: Library) -> str:
    return library.command("next", "--agenda", "NAME")
