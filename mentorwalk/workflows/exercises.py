"""Exercises: those that are known here, and the texts of those that a session keeps."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.loading import load_agenda
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.events import Answered, ExerciseJoined
from mentorwalk.domain.exercises import Exercise
from mentorwalk.domain.joining import renamed_key
from mentorwalk.storage.files import exercise_texts, remove_files
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.workflows.mentorships import mentorship_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from mentorwalk.domain.events import Event
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.session import Session
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


IS_EXERCISE = rb"^(?:kind:[ \t]*[\"']?exercise|extends:)"
"""What a line of an exercise's file begins with: its kind, or what it may have that from."""


@dataclass(frozen=True)
class HomeExercises:
    """The exercises of a home, and the mentorships in it."""

    runner: SessionRunner

    def all(self) -> Sequence[Exercise]:
        """Return the exercises that are bundled or kept here; one with a problem is left out."""
        return self._all

    @cached_property
    def _all(self) -> Sequence[Exercise]:
        return [*self._readable()]

    def _readable(self) -> Iterator[Exercise]:
        for path in self.runner.library.agendas_with(IS_EXERCISE):
            with suppress(InputError):
                found = load_agenda(self.runner.library, str(path), None)
                own = path.parent != BUNDLED_AGENDAS
                if found.agenda.kind == "exercise":
                    beside = found.templates if own else ()
                    yield Exercise(found.agenda, found.source.text, found.digest, beside)

    def mentorship(self, session: Session) -> Mentorship | None:
        """Return what stands between the two from before a session; None if nothing does."""
        before = mentorship_of(self.runner, self._sessions(session.opened.before))
        return before if before.sessions else None

    def _sessions(self, folders: Iterable[str]) -> Iterator[StoredSession]:
        """Yield the finished sessions of these folders that can be read."""
        for name in folders:
            with suppress(InputError, StorageError):
                found = self.runner.store.load(self.runner.library.sessions / name)
                if found.session.closed:
                    yield found


# --- The texts beside a journal


def with_exercises(folder: Path, events: Iterable[Event]) -> list[Event]:
    """Return a session's events, those by which an exercise joined it with the exercise itself.

    What its journal calls private is private, whatever the text says.

    Raises:
        StorageError: The text is missing, or is another one.
        ProblemsFound: It is no agenda that can be read.
    """
    told = [*events]
    private = frozenset(e.field for e in told if isinstance(e, Answered) and e.private)
    return [
        _with_exercise(folder, event, private) if isinstance(event, ExerciseJoined) else event
        for event in told
    ]


def _with_exercise(
    folder: Path, event: ExerciseJoined, private: AbstractSet[str]
) -> ExerciseJoined:
    source = None
    if event.file in exercise_texts(folder):
        with suppress(InputError):
            source = read_source(folder / event.file)
    if source is None or source.digest != event.digest:
        raise StorageError(
            f"{folder / event.file}: The text of an exercise that was walked in this session is "
            "missing, or was changed. Nothing was changed now. Put back a copy of it from before."
        )
    agenda = agenda_from(source)
    own = {key for key in agenda.answerable if renamed_key(key, event.renamed) in private}
    return replace(event, exercise=agenda.with_private(own))


def sweep(folder: Path, session: Session) -> None:
    """Remove the texts of exercises that a crash left behind before any event spoke of them."""
    spoken = {joined.file for joined in session.exercises}
    remove_files([folder / name for name in exercise_texts(folder) if name not in spoken])
