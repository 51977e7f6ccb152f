"""Where agendas, templates, sessions and documents live."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path, user_documents_path

from mentorwalk.domain.errors import InputError, StorageError, did_you_mean, shown
from mentorwalk.storage.files import reason, sync_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_PACKAGE = Path(__file__).parent.parent
# In a wheel they lie in the package; in a checkout, which an editable install runs, beside it.
_ROOT = _PACKAGE if (_PACKAGE / "agendas").is_dir() else _PACKAGE.parent
BUNDLED_AGENDAS = _ROOT / "agendas"
BUNDLED_TEMPLATES = _ROOT / "templates"
SCHEMA = BUNDLED_AGENDAS / "agenda.schema.json"
"""The JSON Schema of agendas, for editors; written by tests/agenda_schema.py."""


FIRST_LINE = 4096
"""Characters of a journal's first line that hold the moment it began."""
ELSEWHERE = "Choose another place with --home or MENTORWALK_HOME."
PATH_LIMIT = 255
"""Characters of a path that somebody types; more is no path on any system."""


@dataclass(frozen=True)
class Library:
    """The folders of one person: what is private or at work, and what is finished."""

    home: Path
    documents: Path
    """Finished documents; a folder that may well be synced, so journals never lie here."""

    @property
    def sessions(self) -> Path:
        """The folder of the sessions."""
        return self.home / "sessions"

    @property
    def agendas(self) -> Path:
        """The folder of the agendas that this person added."""
        return self.home / "agendas"

    @property
    def templates(self) -> Path:
        """The folder of the templates that this person added."""
        return self.home / "templates"

    def command(self, *words: str) -> str:
        """A command as it is typed, with the home where one was given, and not by the shell."""
        known = os.environ.get("MENTORWALK_HOME")
        by_shell = known is not None and Path(known).absolute() == self.home
        given = self.documents == self.home / "documents" and not by_shell
        return shlex.join(("mentorwalk", *words, *(("--home", str(self.home)) if given else ())))

    def prep(self, agenda: str, role: str) -> Path:
        """The folder of what this person prepared for an agenda, in a role."""
        return self.home / "prep" / f"{agenda}-{role}"

    def agenda(self, name: str) -> Path:
        """Find an agenda's file by its name, or by a path.

        Raises:
            InputError: Nothing is called so.
        """
        if os.sep in name or "/" in name or name.endswith((".yaml", ".yml")):
            return Path(name)
        known = dict(self.agenda_names())
        if name not in known:
            hint = did_you_mean(name, known)
            raise InputError(
                f"There is no agenda called `{shown(name, 60)}`.{hint} "
                f"`{self.command('agenda', 'list')}` shows all; a path needs a `/` or `.yaml`."
            )
        return known[name]

    def agenda_names(self) -> Iterator[tuple[str, Path]]:
        """Every agenda by name: the bundled ones, then the person's own, which win."""
        for folder in (BUNDLED_AGENDAS, self.agendas):
            for path in sorted(folder.glob("*.yaml")):
                yield path.stem, path
        for path in sorted(self.agendas.glob("*/*.yaml")):
            if path.stem == path.parent.name:
                yield path.stem, path

    def install(self, name: str, files: Mapping[str, str]) -> list[Path]:
        """Keep an agenda and its templates in a folder of their own; an earlier one is replaced.

        Raises:
            StorageError: The home cannot be written.
        """
        folder, new = self.agendas / name, self.agendas / f".{name}.new"
        try:
            shutil.rmtree(new, ignore_errors=True)
            make_private(new)
            for file, text in files.items():
                write_private(new / file, text, ELSEWHERE)
            shutil.rmtree(folder, ignore_errors=True)
            new.rename(folder)
        except OSError as error:
            raise _unwritable(folder, error) from None
        return [folder / file for file in files]

    def template_folders(self, beyond: tuple[str, ...]) -> tuple[Path, ...]:
        """Where templates are looked up, in order."""
        return (*map(Path, beyond), self.templates, BUNDLED_TEMPLATES)

    def session_folders(self) -> list[Path]:
        """Every session's folder, the oldest first."""
        if not self.sessions.is_dir():
            return []
        folders = [path for path in self.sessions.iterdir() if (path / "session.jsonl").is_file()]
        return sorted(folders, key=_by_date)

    def session(self, wanted: str) -> Path:
        """Find a session by its number, its folder's name or a beginning of it, or a path.

        Raises:
            InputError: None is meant, or more than one.
        """
        folders = self.session_folders()
        if re.fullmatch(r"\d{1,4}", wanted) and 0 < int(wanted) <= len(folders):
            return folders[int(wanted) - 1]
        exact = [folder for folder in folders if folder.name == wanted]
        found = exact or [folder for folder in folders if wanted and folder.name.startswith(wanted)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            names = ", ".join(folder.name for folder in found)
            raise InputError(f"`{shown(wanted, 60)}` could be any of: {names}.")
        if len(wanted) <= PATH_LIMIT and (Path(wanted) / "session.jsonl").is_file():
            return Path(wanted).resolve()
        raise InputError(
            f"There is no session `{shown(wanted, 60)}`. `{self.command('sessions')}` lists them."
        )

    def new_session(self, agenda: str, day: date) -> Path:
        """Make the folder of a new session: `2026-11-22-first-session`, then `...-2`.

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
                # Another window was quicker.
                continue
            except OSError as error:
                raise _unwritable(folder, error) from None
            folder.chmod(0o700)
            sync_folder(self.sessions)
            return folder

    def free_documents(self, agenda: str, day: date) -> Path:
        """A folder for documents that no session has."""
        return self.documents / next(self._free_names(agenda, day))

    def _free_names(self, agenda: str, day: date) -> Iterator[str]:
        """Names that no session has, and no documents: those may be of one that was not saved."""
        stem, taken = f"{day.isoformat()}-{agenda}", (self.sessions, self.documents)
        for number in count(1):
            name = stem if number == 1 else f"{stem}-{number}"
            if not any(os.path.lexists(folder / name) for folder in taken):
                yield name

    def documents_of(self, session: Path) -> Path:
        """The folder of a session's documents."""
        return self.documents / session.name


def library(home: Path | None) -> Library:
    """Everything under one folder where one is given, else in the platform's own places."""
    if home is not None:
        try:
            absolute = home.expanduser().absolute()
        except RuntimeError as error:
            raise InputError(f"{home}: {error}") from None
        return Library(absolute, absolute / "documents")
    return Library(
        user_data_path("mentorwalk", appauthor=False), user_documents_path() / "mentorwalk"
    )


def file_exists(path: Path) -> bool:
    """Whether there is such a file, also where no system takes its name."""
    try:
        return path.is_file()
    except OSError:
        return False


def make_private(folder: Path) -> None:
    """Make a folder, and those above it, that only its owner can enter.

    Raises:
        StorageError: It cannot be made.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700, exist_ok=True)
            path.chmod(0o700)
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "it is not a folder that you can write to")
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{folder}: This folder cannot be written to ({reason(error)}). {ELSEWHERE}"
    )


def _by_date(folder: Path) -> tuple[str, str, int, str]:
    """The day a session's folder is named after, then the moment its journal began."""
    try:
        with (folder / "session.jsonl").open(encoding="utf-8", errors="replace") as journal:
            began = re.search(r'"at":"([^"]+)"', journal.readline(FIRST_LINE))
    except OSError:
        began = None
    number = re.search(r"-(\d+)$", folder.name[10:])
    return folder.name[:10], began[1] if began else "", int(number[1]) if number else 1, folder.name
