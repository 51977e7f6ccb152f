"""The arguments and options that several commands share, and what they are read as."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorwalk.domain.errors import InputError, shown, shown_path

if TYPE_CHECKING:
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import SessionStore


class RoleChoice(StrEnum):
    """The two roles."""

    mentor = "mentor"
    mentee = "mentee"


class ClockChoice(StrEnum):
    """The ways to show the clock."""

    calm = "calm"
    exact = "exact"
    off = "off"


def _home_of(context: typer.Context, home: Path | None) -> Path | None:
    """Return the home named after the command, else the one before it or in the environment."""
    return home or context.obj


Home = Annotated[
    Path | None,
    typer.Option("--home", callback=_home_of, help="Keep everything under this folder."),
]
SessionName = Annotated[
    str | None,
    typer.Argument(metavar="SESSION", help="A number, a folder's name, or its beginning."),
]
OneSession = Annotated[str, typer.Argument(metavar="SESSION", help="As `sessions` lists it.")]
AgendaName = Annotated[str, typer.Argument(help="An agenda's name, or a path to its file.")]


def whole_minutes(typed: str) -> int:
    """Return minutes as they were typed for an option.

    Raises:
        typer.BadParameter: It is not a whole number.
    """
    if re.fullmatch(r"-?\d{1,9}", typed):
        return int(typed)
    raise typer.BadParameter(f"{shown(typed, 60)} is not a whole number of minutes, such as 45.")


Minutes = Annotated[
    int | None,
    typer.Option(parser=whole_minutes, metavar="INTEGER", help="How many minutes there are."),
]
AnswersFile = Annotated[
    Path | None, typer.Option(help="Walk without asking, from a YAML file of answers.")
]
Templates = Annotated[Path | None, typer.Option(help="Look for templates in this folder first.")]
PlainFlag = Annotated[
    bool, typer.Option("--plain", help="Lines in, lines out: for screen readers and pipes.")
]
ClockOption = Annotated[
    ClockChoice, typer.Option("--clock", help="A bar and words, minutes and seconds, or none.")
]


def library_at(home: Path | None) -> Library:
    """Return the library of a home; what a killed program was deleting is gone from it."""
    from mentorwalk.storage.library import library

    found = library(home)
    if found.forgotten_folders():
        from mentorwalk.workflows.forget import finish_deleting

        finish_deleting(found)
    return found


def _report(sentence: str) -> None:
    typer.echo(sentence, err=True)


def store_at(home: Path | None) -> SessionStore:
    """Return the store of the sessions of a home."""
    from mentorwalk.workflows.sessions import SessionStore

    return SessionStore(library_at(home), _report)


def runner_at(home: Path | None) -> SessionRunner:
    """Return the runner of a home, with the computer's clock."""
    from mentorwalk.storage.clocks import SystemClock
    from mentorwalk.storage.opening import open_folder
    from mentorwalk.workflows.runner import SessionRunner

    return SessionRunner(library_at(home), SystemClock(), _report, open_folder)


def existing_folder(templates: Path | None) -> Path | None:
    """Return the folder for templates.

    Raises:
        InputError: There is no such folder.
    """
    if templates is not None and not templates.is_dir():
        raise InputError(f"{shown_path(templates)}: There is no such folder for templates.")
    return templates
