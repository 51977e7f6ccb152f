"""The preparation files that somebody wrote to send: their names and places, and earlier ones."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from mentorwalk.authoring import read_source
from mentorwalk.authoring.prep_file import prep_from, prep_text
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.events import Opened, Renamed
from mentorwalk.domain.prep_form import Preparation, prep_of
from mentorwalk.storage.files import (
    free_place,
    half_written,
    numbered,
    place_for,
    remove_leftovers,
    write_private,
)
from mentorwalk.storage.library import make_private
from mentorwalk.storage.reading import read_events
from mentorwalk.storage.session_folders import FORGOTTEN
from mentorwalk.workflows.forget import Remains
from mentorwalk.workflows.prep_runs import for_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.session import Session
    from mentorwalk.workflows.prep_store import PrepStore

SAFE = "What you wrote is safe; choose another place for the file with --out."


@dataclass(frozen=True)
class PrepFiles:
    """The files that one preparation was written to."""

    store: PrepStore
    out: Path | None = None
    """Where the file goes; None for the folder of documents."""

    def write(self, form: Session, *, decided: bool = True) -> Path:
        """Write what is shared of a form, and return the file's path.

        Where nobody was asked (not `decided`), only what needs no asking is shared.

        Raises:
            InputError: Something else is at that place.
            StorageError: The file cannot be written.
        """
        prep = prep_of(self.store.agenda, form, decided=decided)
        path = self.place(prep.name)
        if self.out is None:
            make_private(path.parent)
            remove_leftovers(path.parent)
        asked = Preparation(self.store.agenda, form).asked
        write_private(path, prep_text(prep, asked), SAFE)
        return path.absolute()

    def place(self, name: str) -> Path:
        """Return the path of the file under somebody's name.

        Raises:
            InputError: Something else is there, or there is no such folder.
        """
        wanted = self.out or self.store.runner.library.documents

        def is_same(path: Path) -> bool:
            """Return whether a file is an earlier one of this preparation."""
            prep = self._prep_in(path)
            return prep is not None and (not name or prep.name in (name, *self._names()))

        if self.out and not self.out.is_dir():
            kind = "a preparation file of this agenda, role and name"
            return place_for(self.out, is_same, kind)
        return free_place(wanted / self._file_name(name), is_same)

    def _file_name(self, name: str) -> str:
        agenda = self.store.agenda
        return file_name(name, agenda.id if agenda.kind == "exercise" else "")

    def _names(self) -> list[str]:
        """Return all names that this person went by; none if nothing was prepared yet."""
        if not self.store.begun:
            return []
        named = [e for e in read_events(self.store.folder) if isinstance(e, Opened | Renamed)]
        return list(dict.fromkeys(event.people.name(self.store.role) for event in named))

    def _prep_in(self, path: Path) -> Prep | None:
        """Return what a file shares; None if it is not for this agenda and role."""
        with suppress(InputError):
            prep = prep_from(read_source(path), self.store.agenda, self.store.today).prep
            if (prep.agenda, prep.role) == (self.store.agenda.id, self.store.role):
                return prep
        return None

    def earlier(self) -> Mapping[Path, Prep]:
        """Return the files that are still there, under any name that this person went by.

        Raises:
            StorageError: The journal, which knows the names, cannot be read.
        """
        wanted = self.out or self.store.runner.library.documents
        earlier, names = {}, self._names()
        for name in names:
            place = wanted / self._file_name(name) if wanted.is_dir() else wanted
            for path in takewhile(os.path.lexists, numbered(place)):
                prep = self._prep_in(path)
                if prep and prep.name in names:
                    earlier[path] = prep
        return earlier

    def remains(self) -> Remains:
        """Return all that this computer keeps of a preparation: its folder, and its files.

        Raises:
            InputError: Nothing is kept.
        """
        if not self.store.folder.is_dir():
            raise self.store.nothing_yet()
        sent = list(half_written(self.store.runner.library.documents))
        with suppress(InputError, StorageError):
            sent = [*self.earlier(), *sent]
        return Remains(self.store.folder, sent=tuple(sent), hidden_by=FORGOTTEN)


def file_name(name: str, exercise: str = "") -> str:
    """Return the name of somebody's preparation file, fit for every file system."""
    words = filter(None, (for_file(name) or "mine", exercise))
    return f"prep-{'-'.join(words)}.yaml"
