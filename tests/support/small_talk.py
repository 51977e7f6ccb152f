"""A short talk of four cards with every kind of stop, and a folder to walk it in."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mentorwalk
from support.agendas import yaml_text
from support.terminals import ENTER, PATIENCE, Pty

if TYPE_CHECKING:
    from mentorwalk.domain.session import Session

TREE = Path(mentorwalk.__file__).parents[1]
"""The folder of the code under test, which the command runs too."""
MENTORWALK = [sys.executable, "-m", "mentorwalk"]
NAMED = ["start", "talk.yaml", "--mentor", "Ada", "--mentee", "Grace"]
AGENDA = yaml_text("small-talk")
LOBBY = [("Who sits at this keyboard?", ENTER), ("Share this window now.", ENTER)]
TO_THE_WISH = [*LOBBY, ("What do you wish for?", ENTER)]
"""The keys that lead to the first field."""


def surroundings(folder: Path) -> dict[str, str]:
    """Return the environment of a command whose owner has only this folder."""
    return {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(TREE),
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
    }


@dataclass(frozen=True)
class House:
    """A folder with the small talk in it, and no session yet."""

    folder: Path

    def __post_init__(self) -> None:
        """Put the agenda there."""
        (self.folder / "talk.yaml").write_text(AGENDA, encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the command."""
        return surroundings(self.folder)

    @property
    def home(self) -> Path:
        """The home of the sessions."""
        return self.folder / "home"

    @property
    def session(self) -> Path:
        """The folder of the only session."""
        (folder,) = (self.home / "sessions").iterdir()
        return folder

    @property
    def documents(self) -> dict[str, str]:
        """The texts of the documents, by file name."""
        there = self.home / "documents" / self.session.name
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(there.iterdir())}

    def loaded(self) -> Session:
        """Return the only session, read from its folder."""
        from mentorwalk.workflows.sessions import load_session  # noqa: PLC0415 - not for who only draws

        return load_session(self.session)

    @property
    def drafts(self) -> dict[str, str]:
        """The half-typed texts of the only session, by answer id."""
        return {key: draft.text for key, draft in self.loaded().drafts.items()}

    def command(self, *arguments: str) -> list[str]:
        """Return the command line."""
        return [*MENTORWALK, *arguments, "--home", "home"]

    def terminal(self, *arguments: str, columns: int = 80, rows: int = 24) -> Pty:
        """Run the command in a terminal."""
        return Pty(self.command(*arguments), self.environment, self.folder, columns, rows)

    def piped(
        self, *arguments: str, typed: str | bytes = "", **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the command without a terminal."""
        data = typed.encode() if isinstance(typed, str) else typed
        return subprocess.run(
            self.command(*arguments),
            input=data,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            **options,
        )


def walk(terminal: Pty, steps: list[tuple[str, str]]) -> None:
    """Press keys as each text appears."""
    for text, keys in steps:
        terminal.press(text, keys)
