"""The command line: all commands together, and the one place that prints errors and exits."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mentorwalk import __version__
from mentorwalk.cli import agenda, contract, prep, programme, records, session, terminal
from mentorwalk.cli.options import library_at
from mentorwalk.domain.errors import InputError, MentorwalkError, Stopped, shown_path
from mentorwalk.domain.i18n import forget_words

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    help="A calm guide through a first mentoring session, on the terminal you share on the call.",
    epilog="Begin with: mentorwalk start",
)
for commands in (session.commands, prep.commands, records.commands, programme.facts_command):
    app.add_typer(commands)
app.add_typer(agenda.commands, name="agenda")
app.add_typer(contract.commands, name="contract")
app.add_typer(programme.commands, name="programme")


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
    from mentorwalk.workflows.sessions import SessionStore
    from mentorwalk.workflows.status import in_two_lines

    lines = in_two_lines(SessionStore(library_at(home)), SystemClock().now().date())
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
        app()
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
