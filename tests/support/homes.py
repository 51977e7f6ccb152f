"""A home for sessions of one agenda, on a clock that a test moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.loading import LoadedAgenda
from mentorwalk.storage.library import Library
from mentorwalk.workflows.lobby import Lobby
from mentorwalk.workflows.runner import SessionRunner
from support.terminals import FakeClock

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.engine.frontend import Frontend


@dataclass(frozen=True)
class Home:
    """A home, the runner of its sessions, and the agenda that is walked there."""

    home: Path
    text: str

    @property
    def runner(self) -> SessionRunner:
        """The runner of this home."""
        return SessionRunner(Library(self.home, self.home / "documents"), FakeClock())

    def lobby(self, frontend: Frontend) -> Lobby:
        """Return the lobby of the agenda, which asks at a frontend."""
        return Lobby(frontend, self.script.agenda, self.runner.clock)

    @property
    def script(self) -> LoadedAgenda:
        """The agenda, as it is loaded from its file."""
        source = Source("talk.yaml", self.text)
        return LoadedAgenda(agenda_from(source), source)
