"""The commands of the facilitator's workbench: parse, call, print, exit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorwalk.domain.errors import PROBLEM_LIMIT, InputError
from mentorwalk.domain.i18n import set_language

if TYPE_CHECKING:
    from mentorwalk.domain.errors import Problem
    from mentorwalk.workflows.runner import SessionRunner

agendas = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="The agendas to walk, and to write."
)
Home = Annotated[Path | None, typer.Option("--home", help="Keep everything under this folder.")]
Templates = Annotated[Path | None, typer.Option(help="Look for templates in this folder first.")]


@agendas.command("list", epilog="Example: mentorwalk agenda list")
def list_(context: typer.Context, home: Home = None) -> None:
    """List the agendas that can be walked by name."""
    for line in desk_at(home or context.obj).agendas():
        typer.echo(line)


@agendas.command(
    epilog="Examples: mentorwalk agenda check ours.yaml | mentorwalk agenda check --strict agendas/"
)
def check(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files and folders.")],
    templates: Templates = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings count as errors do.")
    ] = False,
    home: Home = None,
) -> None:
    """Tell what is wrong with agendas, and what is worth a look."""
    import gc

    from mentorwalk.workflows.agenda_check import AgendaChecker, agenda_files

    # What is loaded by now stays: looking it through for each file took a quarter of the time.
    gc.freeze()
    bench = AgendaChecker(desk_at(home or context.obj), templates)
    checked = errors = warnings = 0
    for file in agenda_files(files):
        checked += 1
        problems = bench.check(file)
        warnings += sum(problem.warning for problem in problems)
        errors += sum(not problem.warning for problem in problems)
        _tell(problems)
    if not checked:
        raise InputError("There is no agenda in what you named.")
    typer.echo(_summary(checked, errors, warnings))
    if errors or (strict and warnings):
        raise typer.Exit(InputError.exit_code)


@agendas.command(
    "show",
    epilog="Examples: mentorwalk agenda show | mentorwalk agenda show ours.yaml --minutes 45",
)
def show_(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="An agenda's name, or a path to its file.")
    ] = "first-session",
    minutes: Annotated[int | None, typer.Option(help="For a session of this length.")] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="As a page to keep or to send.")
    ] = False,
    home: Home = None,
) -> None:
    """Show a session at a glance."""
    from mentorwalk.domain.overview import overview_of
    from mentorwalk.frontends import overview_text as glance_text

    agenda = desk_at(home or context.obj).script(name, None).agenda
    set_language(agenda.language)
    overview = overview_of(agenda, agenda.minutes if minutes is None else minutes)
    if markdown:
        typer.echo(glance_text.markdown(overview), nl=False)
    elif not sys.stdout.isatty() or "utf" not in (sys.stdout.encoding or "").lower():
        for line in glance_text.plain_lines(overview):
            typer.echo(line)
    else:
        from mentorwalk.frontends.overview_rich import show

        show(overview)


@agendas.command(epilog="Example: mentorwalk agenda add acme.yaml (then: mentorwalk start acme)")
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An agenda's file.")],
    name: Annotated[
        str | None, typer.Option(help="What to call it; as the file, where nothing is said.")
    ] = None,
    templates: Templates = None,
    home: Home = None,
) -> None:
    """Keep an agenda, so that it can be walked by its name."""
    from mentorwalk.workflows.agenda_check import AgendaChecker

    called = name or file.stem
    runner = desk_at(home or context.obj)
    for path in AgendaChecker(runner, templates).add(file, called):
        typer.echo(path)
    typer.echo(f"Walk it with: {runner.library.command('start', called)}", err=True)


@agendas.command(epilog="Example: mentorwalk agenda schema > agenda.schema.json")
def schema() -> None:
    """Print the JSON Schema with which editors explain the keys."""
    from mentorwalk.storage.library import SCHEMA

    typer.echo(SCHEMA.read_text(encoding="utf-8"), nl=False)


def _tell(problems: list[Problem]) -> None:
    for problem in problems[:PROBLEM_LIMIT]:
        typer.echo(problem.pointed)
    if len(problems) > PROBLEM_LIMIT:
        typer.echo(f"... and {len(problems) - PROBLEM_LIMIT} more.")


def _summary(checked: int, errors: int, warnings: int) -> str:
    told = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    agendas = "1 agenda" if checked == 1 else f"{checked} agendas"
    return f"{agendas}: {', '.join(told) or 'no problems found'}."


def desk_at(home: Path | None) -> SessionRunner:
    """The desk of one home, with the computer's clock."""
    from mentorwalk.storage.clocks import SystemClock
    from mentorwalk.storage.library import library
    from mentorwalk.workflows.runner import SessionRunner

    return SessionRunner(library(home), SystemClock())
