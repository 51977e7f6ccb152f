"""Agendas that are ready to be walked: one, or a list of all that have a name."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.source import PREP_VERSION
from mentorwalk.domain.agenda import fill_in
from mentorwalk.domain.errors import InputError, shown_path

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.authoring import Source
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.events import CarryOver
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
    prepared: tuple[Prep, ...] = ()
    """What the two prepared and chose to share."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the agenda's text, in hexadecimal."""
        return self.source.digest


def load_agenda(library: Library, name: str, templates: Path | None) -> LoadedAgenda:
    """Return an agenda found by its name or path, with its folder and another for templates.

    Raises:
        InputError: There is no such agenda, or its file cannot be read.
        ProblemsFound: With every problem of the file.
    """
    path = library.agenda(name)
    source = read_agenda_file(library, path)
    beside = [str(folder.absolute()) for folder in (templates, path.parent) if folder]
    return LoadedAgenda(agenda_from(source), source, tuple(beside))


def read_agenda_file(library: Library, path: Path) -> Source:
    """Read the file of an agenda.

    Raises:
        InputError: It cannot be read, or is a preparation.
    """
    source = read_source(path)
    if f"\n{PREP_VERSION}:" not in f"\n{source.text}":
        return source
    start = library.command("start", "--prep", shown_path(path))
    show = library.command("prep", "--show", shown_path(path))
    raise InputError(
        f"{source.name}: This is a preparation file, not an agenda. "
        f"`{start}` uses it, `{show}` reads it."
    )


def agenda_lines(library: Library) -> list[str]:
    """Return the lines that list each agenda with a name: its title, its length, what it is for."""
    lines = []
    for name, path in sorted(dict(library.agenda_names()).items()):
        try:
            agenda = agenda_from(read_source(path))
        except InputError:
            lines.append(f"{name}  has problems: {path}")
        else:
            low, high = agenda.lengths
            length = f"{low} to {high}" if low != high else f"{low}"
            title, about = (fill_in(text, agenda.names) for text in (agenda.title, agenda.about))
            lines.append(f"{name}  {title}, {length} minutes")
            lines += [f"    {line}" for line in textwrap.wrap(about, 76)]
    return lines
