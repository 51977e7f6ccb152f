"""The folders that agendas, templates, sessions and documents are kept in."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import InputError, StorageError, did_you_mean, shown, shown_path
from mentorwalk.storage.files import (
    DOCUMENT_LIMIT,
    first_bytes,
    is_hidden,
    reason,
    remove_files,
    sync_folder,
    write_private,
)
from mentorwalk.storage.session_folders import FORGOTTEN, SessionFolders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

_PACKAGE = Path(__file__).parent.parent
# A wheel has them in the package; a checkout, which an editable install runs, has them beside it.
_ROOT = _PACKAGE if (_PACKAGE / "agendas").is_dir() else _PACKAGE.parent
BUNDLED_AGENDAS = _ROOT / "agendas"
BUNDLED_TEMPLATES = _ROOT / "templates"
SCHEMA = BUNDLED_AGENDAS / "agenda.schema.json"
"""The JSON Schema of agendas, for editors; written by tests/agenda_schema.py."""
ELSEWHERE = "Choose another place with --home or MENTORWALK_HOME."
PREP = "prep"
"""The folder of what was prepared."""


@dataclass(frozen=True)
class Library(SessionFolders):
    """The folders of one person: one for work in progress, which is private, one for documents."""

    @property
    def agendas(self) -> Path:
        """The folder of the agendas that the person added."""
        return self.home / "agendas"

    @property
    def cache(self) -> Path:
        """The folder of agendas as they are decoded; what is in it can be made anew."""
        return self.home / "cache"

    @property
    def templates(self) -> Path:
        """The folder of the templates that the person added."""
        return self.home / "templates"

    def prep(self, agenda: str, role: str, partner: str = "") -> Path:
        """Return the folder of what the person prepared for an agenda, in a role.

        Args:
            agenda: The id of the agenda.
            role: The role of the person.
            partner: The other person's name as it stands in the folder's; empty for anybody.
        """
        folder = self.home / PREP
        wanted = "-".join(filter(None, (agenda, role, partner)))
        known = sorted(folder.iterdir()) if partner and folder.is_dir() else []
        alike = (path for path in known if path.name.casefold() == wanted.casefold())
        return next(alike, folder / wanted)

    def agenda(self, name: str) -> Path:
        """Return an agenda's file, found by its name or by a path.

        Raises:
            InputError: There is no agenda of this name.
        """
        if os.sep in name or "/" in name or name.endswith((".yaml", ".yml")):
            return Path(name)
        if found := self.kept_agenda(name):
            return found
        hint = did_you_mean(name, dict(self.agenda_names()))
        raise InputError(
            f"There is no agenda called `{shown(name, 60)}`.{hint} "
            f"`{self.command('agenda', 'list')}` shows all; a path needs a `/` or `.yaml`."
        )

    def kept_agenda(self, name: str) -> Path | None:
        """Return the file of the agenda that is kept under a name, or else has it as its id."""
        known = dict(self.agenda_names())
        has_id = re.compile(line_saying("id", name), re.MULTILINE)
        by_id = (path for path in reversed(known.values()) if has_id.search(first_bytes(path)))
        return known.get(name) or next(by_id, None)

    def agenda_names(self) -> Iterator[tuple[str, Path]]:
        """Yield every agenda by name: the bundled ones, then the person's own, which win."""
        for folder in (BUNDLED_AGENDAS, self.agendas):
            for path in sorted(folder.glob("*.yaml")):
                if not is_hidden(path):
                    yield path.stem, path
        for path in sorted(self.agendas.glob("*/*.yaml")):
            if path.stem == path.parent.name:
                yield path.stem, path

    def agendas_with(self, line: bytes) -> list[Path]:
        """Return the files of agendas in which a line matches; a person's own take a name first."""
        says = re.compile(line, re.MULTILINE)
        paths = dict(sorted(self.agenda_names())).values()
        return [path for path in paths if says.search(first_bytes(path, DOCUMENT_LIMIT))]

    def agenda_titled(self, title: str) -> str:
        """Return the name of the agenda that has a title; empty if none has."""
        return next((path.stem for path in self.agendas_with(line_saying("title", title))), "")

    def place_of_agenda(self, name: str) -> Path:
        """Return the folder that an agenda of a person's own is kept in.

        Raises:
            InputError: The folder is a link: what it leads to is somebody's own.
        """
        folder = self.agendas / name
        if folder.is_symlink():
            raise InputError(
                f"{folder}: This is a link, so it is left alone: choose another name with --name."
            )
        return folder

    def install(
        self, name: str, files: Mapping[str, str], earlier: Iterable[Path] = ()
    ) -> list[Path]:
        """Keep an agenda with its templates in its own folder, and return the files.

        Args:
            name: The name to find it by.
            files: What its files shall hold, by name: the agenda first, which is written last.
            earlier: The files of an earlier agenda of this name, which go; others in there stay.

        Raises:
            InputError: The folder is a link: what it leads to is somebody's own.
            StorageError: The home cannot be written.
        """
        folder = self.place_of_agenda(name)
        make_private(folder)
        kept = {folder / file: text for file, text in files.items()}
        for path, text in reversed(kept.items()):
            make_private(path.parent)
            write_private(path, text, ELSEWHERE)
        remove_files(path for path in earlier if folder in path.parents and path not in kept)
        return [*kept]

    def template_folders(self, beyond: tuple[str, ...]) -> tuple[Path, ...]:
        """Return the folders that templates are looked up in, in order."""
        return (*map(Path, beyond), self.templates, BUNDLED_TEMPLATES)

    def forgotten_folders(self) -> list[Path]:
        """Return the folders that a crash kept from being deleted."""
        parents = (self.sessions, self.home / PREP)
        return [path for parent in parents for path in parent.glob(f"{FORGOTTEN}*")]

    def new_session(self, agenda: str, day: date) -> Path:
        """Make and return the folder of a new session: `2026-11-22-first-session`, then `...-2`.

        Raises:
            StorageError: The home cannot be written.
        """
        make_private(self.sessions)
        names = self._free_names(agenda, day)
        while True:
            folder = self.sessions / next(names)
            try:
                folder.mkdir(mode=0o700)
            except FileExistsError:
                # Another process took the name since it was found free.
                continue
            except OSError as error:
                raise _unwritable(folder, error) from None
            folder.chmod(0o700)
            sync_folder(self.sessions)
            return folder


def line_saying(key: str, value: str) -> bytes:
    """Return a pattern of the line at the margin of an agenda that gives a key its value."""
    said = re.escape(value.encode(errors="replace"))
    return rb"^%s:[ \t]*([\"']?)%s\1[ \t]*(?:#|\r?$)" % (key.encode(), said)


def library(home: Path | None) -> Library:
    """Return the library below a home, or else in the platform's own places.

    Raises:
        InputError: The home is no folder, or begins with a `~user` that does not exist; nobody
            knows the person's own home; or the folder that the program runs in is gone.
    """
    try:
        if home is not None:
            absolute = home.expanduser().absolute()
            if os.path.lexists(absolute) and not absolute.is_dir():
                raise InputError(f"{shown_path(absolute)}: This is not a folder. {ELSEWHERE}")
            return Library(absolute, absolute / "documents")
        # Loaded here: a home that is named needs no other place.
        from platformdirs import user_data_path, user_documents_path

        data = user_data_path("mentorwalk", appauthor=False)
        return Library(data, user_documents_path() / "mentorwalk")
    except FileNotFoundError:
        raise InputError(
            f"The folder that you are in does not exist any more. {ELSEWHERE}"
        ) from None
    except RuntimeError as error:
        wrong = f"{home}: {error}." if home else "Your home folder is not known here."
        raise InputError(f"{wrong} {ELSEWHERE}") from None


def file_exists(path: Path) -> bool:
    """Return whether a file exists; False if its name is too long for any file."""
    try:
        return path.is_file()
    except OSError:
        return False


def make_private(folder: Path) -> None:
    """Make a folder, and any missing above it, that only its owner can enter.

    Raises:
        StorageError: It cannot be made, or not be written to.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700, exist_ok=True)
            # The mode of mkdir is cut by the umask, which may lock out even the owner.
            path.chmod(0o700)
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "it is not a folder that you can write to")
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{folder}: This folder cannot be written to ({reason(error)}). {ELSEWHERE}"
    )
