"""An agenda that is ready to be walked, with the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source

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
        import hashlib

        return hashlib.sha256(self.source.text.encode()).hexdigest()


def load_script(library: Library, name: str, templates: Path | None) -> LoadedAgenda:
    """Load an agenda.

    Raises:
        MentorwalkError: With everything that is wrong.
    """
    path = library.agenda(name)
    source = read_source(path)
    beside = [str(folder.absolute()) for folder in (templates, path.parent) if folder]
    return LoadedAgenda(agenda_from(source), source, tuple(beside))
