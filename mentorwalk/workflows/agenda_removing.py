"""Take an agenda away that was added: what goes, and which other agendas would miss it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from mentorwalk.authoring.loading import readable_agenda
from mentorwalk.authoring.ready import ready_file
from mentorwalk.domain.errors import InputError, shown, shown_path
from mentorwalk.storage.added_files import ADDED
from mentorwalk.storage.files import reporting_errors, text_of
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.agenda_check import AgendaChecker


def files_kept(checker: AgendaChecker, name: str) -> tuple[Path, ...]:
    """Return the files that are kept of one's own agenda, which lies first.

    Raises:
        InputError: There is none of this name, it is bundled, or a link.
    """
    library = checker.runner.library
    path = dict(library.agenda_names()).get(name) or library.agenda(name)
    if path.parent == BUNDLED_AGENDAS:
        raise InputError(
            f"`{shown(name, 60)}` is bundled: it comes with mentorwalk, and stays with it."
        )
    if path.stem != name or library.agendas not in path.parents:
        lists = library.command("agenda", "list")
        raise InputError(
            f"{shown_path(path)} was not added: name one that `{lists}` calls your own."
        )
    if path.parent == library.agendas:
        return (path,)
    folder = library.place_of_agenda(name)
    return (path, *sorted(file for file in checker.files_beside(name) if folder in file.parents))


def leading_to(library: Library, name: str) -> list[str]:
    """Return the names of one's own agendas that need another one: by `next`, or as their parent.

    An agenda that cannot be read leads nowhere.
    """
    extends = re.compile(rf"^extends:[ \t]*([\"']?){re.escape(name)}\1[ \t]*(?:#|$)", re.MULTILINE)
    own = [
        (other, path) for other, path in library.agenda_names() if path.parent != BUNDLED_AGENDAS
    ]
    return [
        other
        for other, path in own
        if other != name and (_is_next(library, path, name) or extends.search(text_of(path) or ""))
    ]


def remove_agenda(library: Library, files: tuple[Path, ...]) -> None:
    """Delete the files of an agenda, which lies first, and its folder if nothing else is in it.

    Raises:
        StorageError: The system refuses.
    """
    own = files[0].parent.name == files[0].stem
    added = [files[0].with_name(ADDED)] if own else []
    for path in (ready_file(library, files[0].stem), *added, *reversed(files)):
        with reporting_errors(path):
            path.unlink(missing_ok=True)
    if own:
        for folder in sorted({path.parent for path in files}, reverse=True):
            with suppress(OSError):
                folder.rmdir()


def _is_next(library: Library, path: Path, name: str) -> bool:
    agenda = readable_agenda(library, path)
    return agenda is not None and any(entry.agenda == name for entry in agenda.listed)
