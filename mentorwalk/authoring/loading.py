"""Load an agenda by its name, with the titles of others and the exercises that it may name."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.reading import agenda_from, read_agenda
from mentorwalk.authoring.ready import ReadyAgenda, ready_agenda
from mentorwalk.authoring.syntax.source import PREP_VERSION, Source
from mentorwalk.domain.agenda import NO_NEXT
from mentorwalk.domain.catalogues import use_words_beside
from mentorwalk.domain.earlier import Facts
from mentorwalk.domain.errors import InputError, shown_path
from mentorwalk.domain.i18n import _, using_language
from mentorwalk.storage.library import BUNDLED_AGENDAS, file_exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.earlier import CarryOver
    from mentorwalk.domain.open_steps import OpenStep
    from mentorwalk.domain.people import Prep
    from mentorwalk.storage.library import Library


@dataclass(frozen=True)
class LoadedAgenda:
    """An agenda with its text, its templates and what two people bring to it."""

    agenda: Agenda
    source: Source
    templates: tuple[str, ...] = ()
    """The folders searched for templates before the home's and the bundled ones."""
    carried: CarryOver | None = None
    """What comes along from the last session of the two, if there was one."""
    mentorship: str = ""
    """The letters of the mentorship that it belongs to; empty if it begins one."""
    before: tuple[str, ...] = ()
    """The folders of the sessions that came before it, the oldest first."""
    prepared: tuple[Prep, ...] = ()
    """What the two prepared and chose to share."""
    facts: Facts = field(default_factory=Facts)
    held: date | None = None
    """The day of a meeting that was held without the program."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the agenda's text, in hexadecimal."""
        return self.source.digest

    @property
    def answerable(self) -> Agenda:
        """The agenda as its questions can be answered, with the titles of what may follow."""
        # Loaded here and below: what follows brings the events of sessions along.
        from mentorwalk.domain.following import with_titles

        return with_titles(self.agenda, self.facts.titles)

    @property
    def steps(self) -> tuple[OpenStep, ...]:
        """The open steps that are asked about."""
        from mentorwalk.domain.open_steps import STEP_LINES

        return self.carried.steps[:STEP_LINES] if self.carried else ()


def load_agenda(library: Library, name: str, templates: Path | None) -> LoadedAgenda:
    """Return an agenda found by its name or path, with its folder and another for templates.

    Translations that lie beside it count from now on.

    Raises:
        InputError: There is no such agenda, or its file cannot be read.
        ProblemsFound: With every problem of the file.
    """
    path = library.agenda(name)
    source, agenda = ready_agenda(library, path) or _read(library, path)
    beside = tuple(str(folder.absolute()) for folder in folders_of(source, path, templates))
    use_words_beside([path.absolute().parent])
    titles = dict(_titles(library, agenda, beside)) if agenda.choosing else {}
    whole = Source(source.name, source.whole_text(agenda))
    return LoadedAgenda(agenda, whole, beside, facts=Facts(titles=titles))


def folders_of(source: Source, path: Path, templates: Path | None) -> tuple[Path, ...]:
    """Return the folders searched first for what an agenda names.

    They are a folder that was given, its own, and those of the agendas that it extends.
    """
    parents = (parent.file.parent for parent in source.parents)
    extended = (folder for folder in parents if folder != BUNDLED_AGENDAS)
    return tuple(dict.fromkeys(filter(None, (templates, path.parent, *extended))))


def path_of_next(name: str, folders: Iterable[str]) -> str:
    """Return the file that `next` names in the folders beside its agenda, else the name itself.

    A bundled agenda means the one of that name: a person's own, if there is one.
    """
    beside = [Path(folder) for folder in folders]
    files = [folder / f"{name}.yaml" for folder in beside if folder != BUNDLED_AGENDAS]
    return next((str(file) for file in files if file_exists(file)), name)


def known_exercise(library: Library, script: LoadedAgenda, name: str) -> Agenda | None:
    """Return the exercise of an id: beside an agenda, kept in the home, or bundled; None if none.

    The id may come from a stranger's file.
    """
    if not re.fullmatch(r"[a-z0-9_-]{1,60}", name):
        return None
    beside = path_of_next(name, script.templates)
    path = Path(beside) if beside != name else library.kept_agenda(name)
    with suppress(InputError):
        agenda = agenda_from(read_agenda(library, path)) if path else None
        if agenda and agenda.kind == "exercise" and agenda.id == name:
            return agenda
    return None


def readable_agenda(library: Library, path: Path) -> Agenda | None:
    """Return the agenda of a file; None if it has problems."""
    try:
        return agenda_from(read_agenda(library, path))
    except InputError:
        return None


def _titles(
    library: Library, agenda: Agenda, folders: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield the name and the title of each agenda that may come next and can be loaded.

    Nobody plans for a break, so what is meant for one is not among them.
    """
    from mentorwalk.domain.following import is_for_break

    entries = (entry for entry in agenda.listed if not is_for_break(entry))
    for name in dict.fromkeys(entry.agenda for entry in entries):
        if name == NO_NEXT:
            with using_language(agenda.language):
                yield name, _("No more meetings")
        else:
            with suppress(InputError):
                source = read_agenda(library, library.agenda(path_of_next(name, folders)))
                yield name, agenda_from(source).title


def _read(library: Library, path: Path) -> ReadyAgenda:
    source = read_agenda_file(library, path)
    return ReadyAgenda(source, agenda_from(source))


def read_agenda_file(library: Library, path: Path, draft: Source | None = None) -> Source:
    """Read the file of an agenda, or a draft in its place, with what it extends.

    Raises:
        InputError: It cannot be read, or is a preparation.
        ProblemsFound: With the problems of what it extends.
    """
    source = read_agenda(library, path, draft)
    if f"\n{PREP_VERSION}:" not in f"\n{source.text}":
        return source
    start = library.command("start", "--prep", shown_path(path))
    show = library.command("prep", "--show", shown_path(path))
    raise InputError(
        f"{source.name}: This is a preparation file, not an agenda. "
        f"`{start}` uses it, `{show}` reads it."
    )
