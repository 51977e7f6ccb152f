"""The command line: all commands together, and the one place that prints errors and exits."""

import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_group

from mentorwalk import __version__
from mentorwalk.cli import prep, session, terminal
from mentorwalk.cli.options import store_at
from mentorwalk.domain.catalogues import forget_words
from mentorwalk.domain.errors import InputError, MentorwalkError, Stopped, shown_path

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from typer._click import Command, Context


class Commands(TyperGroup):
    """All commands, of which those that begin with a question are made without the others.

    To load and make all of them takes a tenth of the time to the first question.
    """

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Return the command of a name; None if there is none."""
        return _first_commands().get(cmd_name) or super().get_command(ctx, cmd_name)

    @property
    def commands(self) -> "MutableMapping[str, Command]":
        """All commands, by name, in the order of the help."""
        return _all_commands()

    @commands.setter
    def commands(self, made: "MutableMapping[str, Command]") -> None:
        """Let Typer set those that it made beforehand: there are none."""


@cache
def _first_commands() -> "MutableMapping[str, Command]":
    return _made(session.commands, prep.commands)


@cache
def _all_commands() -> "MutableMapping[str, Command]":
    from mentorwalk.cli import agenda, contract, programme, records

    return _made(
        session.commands,
        prep.commands,
        records.commands,
        programme.facts_command,
        agenda=agenda.commands,
        contract=contract.commands,
        programme=programme.commands,
    )


def _made(*commands: typer.Typer, **groups: typer.Typer) -> "MutableMapping[str, Command]":
    together = typer.Typer(rich_markup_mode=None)
    for each in commands:
        together.add_typer(each)
    for name, group in groups.items():
        together.add_typer(group, name=name)
    return get_group(together).commands


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    help="A calm guide through a first mentoring session, on the terminal you share on the call.",
    epilog="Begin with: mentorwalk start",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mentorwalk {__version__}")
        raise typer.Exit


@app.callback()
def _everywhere(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="MENTORWALK_HOME", help="Keep everything under this folder."),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    context.obj = home
    forget_words()
    if context.invoked_subcommand is None:
        _greet(context, home)


def _greet(context: typer.Context, home: Path | None) -> None:
    """Print where the newest mentorship stands; where there is none, print the help.

    Raises:
        typer.Exit: There is none: a command is missing.
    """
    from mentorwalk.storage.clocks import SystemClock
    from mentorwalk.workflows.status import in_two_lines

    lines = in_two_lines(store_at(home), SystemClock().now().date())
    for line in lines or ():
        typer.echo(line)
    if lines is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


def main() -> None:
    """Run a command; print an error as its sentence, and exit with its code.

    Any other exception is a bug, and keeps its traceback.
    """
    terminal.prepare_streams()
    try:
        _run()
    except MentorwalkError as error:
        terminal.say_last(f"{error}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        known = error.errno in terminal.OUTPUT_REFUSED or _is_folder_gone(error)
        if error.filename is None and not known:
            raise
        terminal.say_last(f"{_refused(error)}\n")
        sys.exit(InputError.exit_code)
    except KeyboardInterrupt:
        terminal.say_last("Stopped.\n")
        sys.exit(Stopped.exit_code)
    finally:
        terminal.flush()


def _run() -> None:
    """Run a command, and write out all that it printed before it counts as done.

    Raises:
        OSError: The output is closed or full.
    """
    try:
        app()
    except SystemExit:
        # Whoever reads no further, such as `head`, misses nothing.
        with suppress(BrokenPipeError):
            sys.stdout.flush()
        raise


def _is_folder_gone(error: OSError) -> bool:
    """Return whether an error says that the folder that the program runs in was deleted."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return isinstance(error, FileNotFoundError)
    return False


def _refused(error: OSError) -> str:
    """Return what to say about a file, a folder or an output that the system refuses."""
    from mentorwalk.storage.files import fix_for, reason

    if error.filename is None:
        if _is_folder_gone(error):
            return "The folder that you are in does not exist any more: go to another one."
        return f"The output could not be written ({reason(error)})."
    path = shown_path(Path(str(error.filename)))
    return f"{path}: This cannot be used ({reason(error)}). {fix_for(error)}".strip()
