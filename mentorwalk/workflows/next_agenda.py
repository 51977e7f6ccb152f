"""The agenda that follows a session: which one it is, and what comes along into it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.dump import agenda_text
from mentorwalk.authoring.loading import LoadedAgenda, load_agenda
from mentorwalk.authoring.source import SIZE_LIMIT
from mentorwalk.domain.carryover import carried, join_agendas
from mentorwalk.domain.errors import InputError, StorageError, shown_path
from mentorwalk.domain.i18n import using_language
from mentorwalk.storage.library import BUNDLED_AGENDAS, file_exists

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.sessions import StoredSession


def next_agenda(
    library: Library, found: StoredSession, wanted: str | None, templates: Path | None
) -> LoadedAgenda:
    """Return the agenda that follows a finished session, with what comes along from it.

    Raises:
        InputError: The session names no next agenda and none is `wanted`.
        MentorwalkError: The agenda cannot be used.
    """
    last = found.session
    script = load_agenda(library, _next_name(library, last, wanted), templates)
    agenda = join_agendas(script.agenda, last)
    text = script.source.text if agenda == script.agenda else agenda_text(agenda)
    if len(text.encode()) > SIZE_LIMIT:
        raise InputError(
            f"{agenda.title}, with what comes along from {found.folder.name}, would be larger than "
            f"{SIZE_LIMIT // 1024} KB. `{_next_by_name(library)}` walks a shorter one."
        )
    folders = dict.fromkeys((*script.templates, *last.opened.templates))
    with using_language(agenda.language):
        along = carried(agenda, last, found.folder.name)
    return LoadedAgenda(agenda, replace(script.source, text=text), tuple(folders), along)


def following_agenda(library: Library, session: Session) -> Agenda | None:
    """Return the agenda that a session names as the next one; None if it cannot be loaded."""
    with suppress(StorageError, InputError):
        return load_agenda(library, _next_name(library, session, None), None).agenda
    return None


def _next_name(library: Library, last: Session, wanted: str | None) -> str:
    """Return the name or the path of what is wanted, or of what the last agenda names."""
    if wanted:
        return wanted
    if not last.agenda.next:
        raise InputError(
            f"{last.agenda.title} names no session to follow it. "
            f"`{_next_by_name(library)}` walks any; "
            f"`{library.command('agenda', 'list')}` shows them."
        )
    # A bundled agenda means the one of that name: a person's own, if there is one.
    folders = [Path(folder) for folder in last.opened.templates]
    files = [path / f"{last.agenda.next}.yaml" for path in folders if path != BUNDLED_AGENDAS]
    found = next((file for file in files if file_exists(file)), None)
    if found:
        return str(found)
    try:
        library.agenda(last.agenda.next)
    except InputError as error:
        where = "".join(f" {shown_path(file)} is gone:" for file in files[:1])
        command = library.command("next", "--agenda", "FILE")
        raise InputError(f"{error}{where} `{command}` takes it from another place.") from None
    return last.agenda.next


def _next_by_name(library: Library) -> str:
    return library.command("next", "--agenda", "NAME")
