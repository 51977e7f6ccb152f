"""The exercises that are known here, and what two people bring to one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.exercises import Exercise
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.workflows.mentorships import mentorship_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
