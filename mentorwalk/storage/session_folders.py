"""The folders of sessions and of their documents: in which order, under which names."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import InputError, shown
from mentorwalk.domain.text import for_terminal
from mentorwalk.storage.files import (
    AGENDA,
    DOCUMENT_LIMIT,
    JOURNAL,
    LOCK,
    PRIVATE,
    RENDERED,
    first_bytes,
    is_hidden,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

FORGOTTEN = ".forgotten-"
"""The beginning of the name of a folder that is being deleted: every start finishes that."""
NAMED = 9
"""The most sessions that a message names."""
TYPED_LIMIT = 255
"""Characters of a session's path that somebody types; no name of a file may be longer."""


@dataclass(frozen=True)
class SessionFolders:
    """Finds the sessions of one person, and names the folders of new ones and of documents."""

    home: Path
    documents: Path
    """The folder of finished documents. It may be synced, so journals are never kept here."""

    @property
    def sessions(self) -> Path:
        """The folder of all sessions."""
        return self.home / "sessions"

    def command(self, *words: str) -> str:
        """Return a command to type, with `--home` if it was given there and not by the shell."""
        known = os.environ.get("MENTORWALK_HOME")
        by_shell = known is not None and Path(known).absolute() == self.home
        given = self.documents == self.home / "documents" and not by_shell
        typed = ("mentorwalk", *words, *(("--home", str(self.home)) if given else ()))
        return for_terminal(shlex.join(typed))

    def session_folders(self) -> list[Path]:
        """Return every folder that holds a session, or a file of one; the oldest first."""
        dated = sorted(filter(None, map(_dated, self._visible())))
        return [self.sessions / name for *_when, name in dated]

    @property
    def has_sessions(self) -> bool:
        """Whether there is a session, or a file of one."""
        return any(map(_holds_any, self._visible()))

    def _visible(self) -> list[os.DirEntry[str]]:
        """Return what is in the folder of sessions; a path of each would take as long again."""
        if not self.sessions.is_dir():
            return []
        with os.scandir(self.sessions) as entries:
            return [entry for entry in entries if not is_hidden(entry)]

    def owns(self, session: Path) -> bool:
        """Return whether a session's folder is one of this home."""
        own = self.sessions / session.name
        return own.is_dir() and own.samefile(session)

    def named(self, session: Path) -> str:
        """Return how a command finds a session: by its name here, or from elsewhere by its path."""
        if session.parent == self.sessions or self.owns(session):
            return session.name
        with suppress(OSError):  # the folder that one is in may be gone
            if session.parent == Path.cwd():
                return f".{os.sep}{session.name}"
        return str(session)

    def session(self, wanted: str) -> Path:
        """Return a session, found by its number, the beginning of its folder's name, or a path.

        Raises:
            InputError: No session fits, or several do.
        """
        folders = self.session_folders()
        if re.fullmatch(r"[0-9]{1,9}", wanted) and 0 < int(wanted) <= len(folders):
            return folders[int(wanted) - 1]
        exact = [folder for folder in folders if folder.name == wanted]
        found = exact or [folder for folder in folders if wanted and folder.name.startswith(wanted)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            names = ", ".join(folder.name for folder in found[:NAMED])
            more = f", and {len(found) - NAMED} more" if len(found) > NAMED else ""
            raise InputError(f"`{shown(wanted, 60)}` could be any of: {names}{more}.")
        if wanted and len(wanted) <= TYPED_LIMIT and os.path.lexists(Path(wanted) / JOURNAL):
            return Path(wanted).resolve()
        raise InputError(
            f"There is no session `{shown(wanted, 60)}`. `{self.command('sessions')}` lists them."
        )

    def free_documents(self, agenda: str, day: date) -> Path:
        """Return a folder for the documents of a session that is not kept."""
        return self.documents / next(self._free_names(agenda, day))

    def _free_names(self, agenda: str, day: date) -> Iterator[str]:
        """Yield names that neither a session has nor documents, whose session may not be kept."""
        stem = f"{day.isoformat()}-{agenda}"
        for number in count(1):
            name = stem if number == 1 else f"{stem}-{number}"
            taken = (self.sessions / name, self.sessions / f"{FORGOTTEN}{name}")
            if not any(map(os.path.lexists, (*taken, self.documents / name))):
                yield name

    def documents_of(self, session: Path) -> Path:
        """Return the folder of a session's documents; one from elsewhere gets none of ours."""
        documents = self.documents / session.name
        if self.owns(session) or not (
            os.path.lexists(self.sessions / session.name)
            or (documents.is_dir() and not _wrote(session, documents))
        ):
            return documents
        place = hashlib.sha256(os.fsencode(session.resolve())).hexdigest()[:8]
        return self.documents / f"{session.name}-{place}"


def _holds_any(folder: os.DirEntry[str]) -> bool:
    """Return whether any file of a session is in a folder."""
    # The journal first: of thousands of sessions nearly all have one.
    return any(os.path.lexists(f"{folder.path}/{name}") for name in (JOURNAL, *_OTHER_FILES))


def _wrote(session: Path, documents: Path) -> bool:
    """Return whether a session remembers a file among some documents as its own."""
    remembered = first_bytes(session / RENDERED)
    digests = (hashlib.sha256(first_bytes(path, DOCUMENT_LIMIT)) for path in documents.iterdir())
    return any(digest.hexdigest().encode() in remembered for digest in digests)


_OTHER_FILES = (PRIVATE, AGENDA, RENDERED, LOCK)


def _dated(folder: os.DirEntry[str]) -> tuple[float, int, str] | None:
    """Return what sorts a session, with its name at the end; None if a folder holds none.

    That is when its journal began, or else the end of the day in the folder's name: a session of
    which nobody knows the hour may be the newest of that day. The instant counts, not the time of
    day: whoever travels west begins a later session earlier.
    """
    journal, name = first_bytes(f"{folder.path}/{JOURNAL}"), folder.name
    if not (journal or _holds_any(folder)):
        return None
    began = _BEGAN.match(journal)
    number = _NUMBER.search(name, 10)
    moment = _instant(began[1].decode(errors="replace")) if began else None
    end = _end_of_day(name[:10]) if moment is None else moment
    return end, int(number[1]) if number else 1, name


_BEGAN = re.compile(rb'[^\n]*?"at": ?"([^"\n]+)"')
_NUMBER = re.compile(r"-(\d+)$")


def _end_of_day(text: str) -> float:
    """Return the last second of a day here, as the seconds since 1970; 0 if it is no day."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromisoformat(f"{text}T23:59:59").timestamp()
    return 0.0


def _instant(text: str) -> float | None:
    """Return a moment as the seconds since 1970; None if it is none."""
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None
