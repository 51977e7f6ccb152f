"""The texts of exercises that joined a session, which lie beside its journal."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.events import Answered, ExerciseJoined
from mentorwalk.domain.joining import renamed_key
from mentorwalk.storage.files import exercise_texts, remove_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from mentorwalk.domain.events import Event
    from mentorwalk.domain.session import Session


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
