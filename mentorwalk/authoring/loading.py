"""Load an agenda that is ready to be walked, and list those that can be."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.agenda import fill_in
from mentorwalk.domain.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.authoring import Source
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.events import CarryOver
    from mentorwalk.domain.people import Prep
    from mentorwalk.storage.library import Library


@dataclass(frozen=True)
class LoadedAgenda:
    """An agenda that is ready to be walked, with the text it was read from."""

    agenda: Agenda
    source: Source
    templates: tuple[str, ...] = ()
    """Folders that templates may come from, beyond the home's and the bundled ones."""
    carried: CarryOver | None = None
    """What comes along from the last session of the two, where there was one."""
    prepared: tuple[Prep, ...] = ()
    """What the two shared beforehand."""

    @property
    def digest(self) -> str:
        """SHA-256 of the agenda's text."""
        return self.source.digest


def load_script(library: Library, name: str, templates: Path | None) -> LoadedAgenda:
    """Load an agenda.

    Raises:
        MentorwalkError: With everything that is wrong.
    """
    path = library.agenda(name)
    source = read_source(path)
    beside = [str(folder.absolute()) for folder in (templates, path.parent) if folder]
    return LoadedAgenda(agenda_from(source), source, tuple(beside))


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
