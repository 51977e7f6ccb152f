"""Delete a session, or what somebody prepared, for good.

A folder of this home is hidden first, so that a deletion that was cut short can be finished by the
next start, and leaves nothing behind that looks like a session.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import InputError, MentorwalkError, StorageError
from mentorwalk.domain.events import PairCoded
from mentorwalk.domain.mentorship import PAGE, Mentorship
from mentorwalk.domain.people import People
from mentorwalk.domain.text import as_topic, join_words
from mentorwalk.storage.files import (
    AGENDA,
    FACTS_FILE,
    JOURNAL,
    LOCK,
    PRIVATE,
    RENDERED,
    cut_pieces,
    exercise_texts,
    fix_for,
    half_written,
    is_entry,
    only_locked,
    reason,
)
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.storage.library import PREP
from mentorwalk.storage.reading import check_opening, read_events, read_opening
from mentorwalk.storage.session_folders import FORGOTTEN
from mentorwalk.workflows.mentorships import Members, mentorship_of
from mentorwalk.workflows.prep_runs import run_folders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.runner import SessionRunner

_ASIDE = re.compile(r"\.(?:edited|accepted)(?:-\d+)?(?=\.[^.]*$)")
"""What the name of a document has more when an earlier copy of it was set aside."""


@dataclass(frozen=True)
class Remains:
    """What this computer has of a session, or of a preparation."""

    folder: Path
    """The folder of the journal."""
    documents: Path | None = None
    """The folder of a session's documents."""
    sent: tuple[Path, ...] = ()
    """The files of a preparation that lie among the documents."""
    hidden_by: str = ""
    """What is put before the folder's name while it is deleted; empty outside of the home."""

    @property
    def places(self) -> list[Path]:
        """The folders and files that are shown before anybody says yes."""
        return [self.folder, *([self.documents] if self.documents else []), *self.sent]

    @property
    def runs(self) -> list[Path]:
        """The folders of the earlier runs of a preparation."""
        is_prep = self.hidden_by and self.folder.parent.name == PREP
        return run_folders(self.folder) if is_prep else []

    @property
    def files(self) -> list[Path]:
        """The files of ours, in the order in which they are deleted: the most private first.

        What names the documents comes after them, and what shows that this is a session of
        somebody else's folder comes last: a deletion that was cut short can be taken up again.
        """
        words = [PRIVATE, *([JOURNAL] if self.hidden_by else [])]
        runs = [run / name for name in (PRIVATE, JOURNAL, AGENDA) for run in self.runs]
        texts = exercise_texts(self.folder)
        rest = [*texts, RENDERED, AGENDA, *([] if self.hidden_by else [JOURNAL])]
        left = [*cut_pieces(self.folder), *half_written(self.folder)]
        named = [*self._in_folder(words), *runs, *left, *self._documents(), *self._in_folder(rest)]
        return [*self.sent, *filter(is_entry, named)]

    @property
    def foreign(self) -> list[Path]:
        """What else is in the folders; it stays."""
        ours = {*self.files, *self.runs, self.folder / LOCK}
        folders = [self.folder, *self.runs, *([self.documents] if self.documents else [])]
        there = chain.from_iterable(sorted(folder.iterdir()) for folder in folders)
        return [path for path in there if path not in ours]

    def _in_folder(self, names: list[str]) -> list[Path]:
        return [self.folder / name for name in names]

    def _documents(self) -> Iterator[Path]:
        if self.documents is None:
            return
        names = _document_names(self.folder)
        for path in sorted(self.documents.iterdir()):
            if _ASIDE.sub("", path.name) in names or FACTS_FILE.fullmatch(path.name):
                yield path
        yield from half_written(self.documents)


def session_remains(library: Library, folder: Path) -> Remains:
    """Return what there is of a session.

    Raises:
        InputError: The folder lies elsewhere, and holds no session of ours.
    """
    documents = library.documents_of(folder)
    written = documents if documents.is_dir() else None
    if library.owns(folder):
        return Remains(library.sessions / folder.name, written, hidden_by=FORGOTTEN)
    try:
        check_opening(folder)
    except StorageError as error:
        raise InputError(f"{error} Delete it by hand if you want that.") from None
    return Remains(folder, written)


def has_facts(found: Remains) -> bool:
    """Return whether facts of a session were written; False if nobody can tell."""
    with suppress(MentorwalkError):
        return any(isinstance(event, PairCoded) for event in read_events(found.folder))
    return False


def followers(library: Library, folder: Path) -> list[str]:
    """Return the names of the sessions that took something along from this one, directly or not."""
    names = [folder.name]
    for each in library.session_folders():
        with suppress(StorageError):
            opened = read_opening(each)
            if folder.name in opened.before or opened.carried.session in names:
                names.append(each.name)
    return names[1:]


def falls_out(runner: SessionRunner, folder: Path) -> tuple[str, ...]:
    """Return the labels of what stands in a mentorship only because of one session, without names.

    Empty for a session that was never finished, or that cannot be read.
    """
    with suppress(StorageError):
        members = Members.of(runner.library, folder)
        sessions = mentorship_of(runner, members.finished(runner.store)).sessions
        left = {name: each for name, each in sessions.items() if name != folder.name}
        if 0 < len(left) < len(sessions):
            return _only_in(Mentorship(sessions), Mentorship(left))
    return ()


def _only_in(whole: Mentorship, left: Mentorship) -> tuple[str, ...]:
    """Return the labels of what stands otherwise, or not at all, in what is left of it."""
    called = People(whole.roles.mentor, whole.roles.mentee, whole.last.people.types)
    whole, left = whole.named(called), left.named(called)
    words = {key: word for key in whole.said if (word := whole.word(key))}
    stays = {key: word.words for key in words if (word := left.word(key))}
    gone = (word for key, word in words.items() if stays.get(key) != word.words)
    return tuple(dict.fromkeys(as_topic(word.label) for word in gone))


def what_is_lost(later: list[str], labels: tuple[str, ...]) -> str:
    """Say what nobody knows any more once a session is forgotten, and who keeps what of it.

    Args:
        later: The names of the sessions that took something along from it.
        labels: The labels of what stands only because of it.
    """
    what = f": {join_words([*labels])}" if labels else ""
    lost = f"What was said only there is known to no later session any more{what}."
    keeps = "One later session keeps what it took along, until you forget it, too"
    if len(later) > 1:
        keeps = f"{len(later)} later sessions keep what they took along, until you forget them, too"
    return f"{lost}\n{keeps}: {join_words(later)}."


def mentorship_remains(library: Library, folder: Path) -> list[Remains]:
    """Return what there is of each session of a mentorship, finished or not, the newest first.

    Raises:
        StorageError: The session that is named cannot be read, so nobody knows the others.
    """
    members = Members.of(library, folder)
    folders = (*members.lost, *members.folders)
    return [session_remains(library, each) for each in reversed(folders)]


def remains_of_nobody(library: Library, folder: Path) -> tuple[Path, ...]:
    """Return the sessions that may be of the same mentorship, but nobody knows: they stay."""
    return Members.of(library, folder).unsure


@contextmanager
def telling_gone(folder: Path) -> Iterator[None]:
    """Tell in a sentence that another command deleted a folder while this one looked at it.

    Raises:
        InputError: It is gone.
    """
    try:
        yield
    except FileNotFoundError:
        if os.path.lexists(folder):
            raise
        raise _gone(folder) from None


def _gone(folder: Path) -> InputError:
    return InputError(f"{folder}: This is gone already.")


def delete(found: Remains, patience: float = 0.0) -> list[Path]:
    """Delete what there is, and return the files that are gone; foreign files stay.

    Args:
        found: What there is.
        patience: The seconds to wait for another process that has the session open.

    Raises:
        InputError: It was deleted meanwhile.
        SessionBusy: Another process has the session open.
        StorageError: Something could not be deleted.
    """
    journal = FolderJournal(found.folder, patience=patience)
    if not os.path.lexists(found.folder):
        raise _gone(found.folder)
    # Where the system locks nothing, nobody else can have the session open.
    with suppress(StorageError):
        journal.lock()
    try:
        return _delete_all(found)
    finally:
        journal.unlock()


def finish_deleting(library: Library) -> None:
    """Finish what was being deleted when the program was killed, as far as the system lets us."""
    for folder in library.forgotten_folders():
        name = folder.name.removeprefix(FORGOTTEN)
        documents = library.documents / name
        # The name may have been made up, or be another session's by now.
        is_its = name not in ("", ".", "..") and not os.path.lexists(library.sessions / name)
        is_its = is_its and folder.parent == library.sessions and documents.is_dir()
        found = Remains(folder, documents if is_its else None, hidden_by=FORGOTTEN)
        with suppress(MentorwalkError, OSError):
            delete(found)


def _delete_all(found: Remains) -> list[Path]:
    files, runs = found.files, [run.relative_to(found.folder) for run in found.runs]
    _remove(*found.sent)
    folder = _hidden(found)
    try:
        for path in files[len(found.sent) :]:
            inside = path.is_relative_to(found.folder)
            _remove(folder / path.relative_to(found.folder) if inside else path)
        for run in runs:
            _remove_folder(folder / run)
        if found.documents:
            _remove_folder(found.documents)
        _remove(*filter(is_entry, [folder / LOCK]))
        _remove_folder(folder)
    finally:
        # What is left of it, such as a file of somebody else's, is found where it was.
        shown = folder.with_name(folder.name.removeprefix(found.hidden_by))
        if os.path.lexists(folder) and not os.path.lexists(shown) and not only_locked(folder):
            folder.rename(shown)
    return files


def _hidden(found: Remains) -> Path:
    """Hide a folder by its name, and return it; one that was hidden by a killed program is so."""
    if not found.hidden_by or found.folder.name.startswith(found.hidden_by):
        return found.folder
    hidden = found.folder.with_name(f"{found.hidden_by}{found.folder.name}")
    with suppress(OSError):  # Windows renames no folder in which a file is open.
        return found.folder.rename(hidden)
    return found.folder


def _remove(*paths: Path) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            message = f"{path}: This could not be deleted ({reason(error)}). {fix_for(error)}"
            raise StorageError(message.strip()) from None


def _remove_folder(folder: Path) -> None:
    """Remove a folder if nothing is left in it, or a link to one."""
    with suppress(OSError):
        if folder.is_symlink():
            folder.unlink()
        else:
            folder.rmdir()


def _document_names(folder: Path) -> set[str]:
    """Return the names of the files that were or would be written for a session."""
    from mentorwalk.authoring import agenda_from, read_source
    from mentorwalk.documents.mail import MAIL
    from mentorwalk.documents.writing import INVITATION, remembered

    names = {INVITATION, MAIL, PAGE.file, *remembered(folder)}
    with suppress(InputError):
        documents = agenda_from(read_source(folder / AGENDA)).documents
        names |= {document.file for document in documents}
    return names | {re.sub(r"\.[^.]*$", ".html", name) for name in names}
