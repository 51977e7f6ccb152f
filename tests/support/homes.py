"""A home for sessions of one agenda, on a clock that a test moves."""

from __future__ import annotations

import json
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


def as_format_1(folder: Path) -> None:
    """Make a session one that the first mentorwalk wrote: no mentorship, no accepted text."""
    journal = folder / "session.jsonl"
    first, *rest = map(json.loads, journal.read_text(encoding="utf-8").splitlines())
    opened = {key: each for key, each in first.items() if key not in ("mentorship", "before")}
    opened["mentorwalk"] = 1
    opened.get("carried", {}).pop("worded", None)
    lines = [opened, *(each for each in rest if each["event"] != "worded")]
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)
    journal.write_text(text, encoding="utf-8")
