"""The commands below `agenda`: what somebody who writes agendas needs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorwalk.cli.options import (
    AgendaName,
    Home,
    PlainFlag,
    Templates,
    library_at,
    runner_at,
    whole_minutes,
)
from mentorwalk.cli.terminal import Look, frontend_for, print_document, print_path
from mentorwalk.domain.errors import PROBLEM_LIMIT, InputError, shown_path
from mentorwalk.domain.i18n import set_language
from mentorwalk.domain.text import for_terminal

if TYPE_CHECKING:
    from mentorwalk.domain.errors import Problem

commands = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="The agendas to walk, and to write."
)


@commands.command(
    "list", epilog="Examples: mentorwalk agenda list | mentorwalk agenda list two offers"
)
def list_(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="Only those that speak of this.")
    ] = None,
    home: Home = None,
) -> None:
    """List the agendas that can be walked by name, or find one."""
    from mentorwalk.authoring.listing import agenda_lines

    for line in agenda_lines(library_at(home), words or ()):
        typer.echo(line)


@commands.command(
    epilog="Examples: mentorwalk agenda check ours.yaml | mentorwalk agenda check --strict agendas/"
)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files and folders.")],
    templates: Templates = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    home: Home = None,
) -> None:
    """Report what is wrong in agendas or worth a look."""
    from mentorwalk.workflows.agenda_check import AgendaChecker, agenda_files

    checker = AgendaChecker(runner_at(home), templates)
    checked = errors = warnings = 0
    names: list[str] = []
    partly = False
    for file in agenda_files(files):
        checked += 1
        problems = checker.check(file)
        warnings += sum(problem.warning for problem in problems)
        errors += sum(not problem.warning for problem in problems)
        partly = partly or any(each.excerpt and not each.warning for each in problems)
        names += [problem.name for problem in problems if problem.warning and problem.name]
        _print(problems)
    if not checked:
        raise InputError("No agenda was found in what you named.")
    if names and not errors:
        typer.echo(f"A warning that is meant can stay: write `# fine: {names[0]}` above its line.")
    if partly:
        typer.echo("More may follow once the errors are mended: times and templates come last.")
    typer.echo(_summary(checked, errors, warnings))
    if errors or (strict and warnings):
        raise typer.Exit(InputError.exit_code)


@commands.command(
    "show",
    epilog="Examples: mentorwalk agenda show | mentorwalk agenda show ours.yaml --minutes 45",
)
def show_(
    name: AgendaName = "first-session",
    minutes: Annotated[
        int | None,
        typer.Option(parser=whole_minutes, metavar="INTEGER", help="For a session of this length."),
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print a leaflet for the mentor, as Markdown.")
    ] = False,
    home: Home = None,
) -> None:
    """Show a session at a glance."""
    from mentorwalk.authoring.loading import load_agenda
    from mentorwalk.documents.leaflet import leaflet_page
    from mentorwalk.documents.overview import overview_page
    from mentorwalk.domain.overview import overview_of

    agenda = load_agenda(library_at(home), name, None).agenda
    set_language(agenda.language)
    overview = overview_of(agenda, agenda.minutes if minutes is None else minutes)
    if markdown:
        typer.echo(leaflet_page(overview), nl=False)
    else:
        print_document(overview_page(overview))


@commands.command(epilog="Example: mentorwalk agenda add acme.yaml (then: mentorwalk start acme)")
def add(
    file: Annotated[Path, typer.Argument(help="An agenda's file.")],
    name: Annotated[
        str | None, typer.Option(help="What to call it; by default as the file is called.")
    ] = None,
    templates: Templates = None,
    home: Home = None,
) -> None:
    """Keep an agenda, to walk it by its name."""
    from mentorwalk.workflows.agenda_check import AgendaChecker

    name = name or file.stem
    runner = runner_at(home)
    for path in AgendaChecker(runner, templates).add(file, name):
        print_path(path)
    typer.echo(f"Walk it with: {runner.library.command('start', name)}", err=True)


@commands.command(epilog="Example: mentorwalk agenda schema > agenda.schema.json")
def schema() -> None:
    """Print a JSON Schema, with which editors explain keys."""
    from mentorwalk.storage.library import SCHEMA

    typer.echo(SCHEMA.read_text(encoding="utf-8"), nl=False)


@commands.command(
    epilog="Examples: mentorwalk agenda new ours.yaml | "
    "mentorwalk agenda new ours.yaml --from first-session",
)
def new(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
    from_: Annotated[
        str | None, typer.Option("--from", help="Copy this agenda instead of asking.")
    ] = None,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Begin an agenda of your own."""
    from mentorwalk.authoring import read_source
    from mentorwalk.authoring.starter import copied, id_from, starter
    from mentorwalk.workflows.agenda_new import ask_for_agenda, begin_agenda

    runner, path = runner_at(home), file if file.suffix else file.with_suffix(".yaml")
    if path.exists():
        raise InputError(f"{shown_path(path)} already exists: nothing was written.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"{shown_path(path.parent)}: There is no such folder. Nothing was asked.")
    if from_:
        text = copied(read_source(runner.library.agenda(from_)).text, id_from(path.stem))
    else:
        with frontend_for(Look(plain=plain)) as frontend:
            text = starter(ask_for_agenda(frontend, runner.clock))
    begin_agenda(path, text)
    print_path(path)
    for command in ("agenda check", "agenda show", "start --rehearse"):
        typer.echo(f"mentorwalk {command} {_as_argument(path)}", err=True)


def _as_argument(path: Path) -> str:
    """Return a path as it can be typed after a command, never as the name of an agenda."""
    import shlex

    name = str(path) if "/" in str(path) or os.sep in str(path) else f"./{path}"
    return for_terminal(shlex.quote(name))


def _print(problems: "list[Problem]") -> None:
    for problem in problems[:PROBLEM_LIMIT]:
        typer.echo(problem.pointed)
    if len(problems) > PROBLEM_LIMIT:
        typer.echo(f"... and {len(problems) - PROBLEM_LIMIT} more.")


def _summary(checked: int, errors: int, warnings: int) -> str:
    counts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    agendas = "1 agenda" if checked == 1 else f"{checked} agendas"
    return f"{agendas}: {', '.join(counts) or 'no problems found'}."
