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
from mentorwalk.cli.terminal import (
    Look,
    ask_yes,
    frontend_for,
    hint_on_words,
    print_document,
    print_path,
    say_last,
    tell_of_english,
)
from mentorwalk.domain.catalogues import DOMAIN, LOCALE, own_translations
from mentorwalk.domain.errors import PROBLEM_LIMIT, InputError, StorageError, shown_path
from mentorwalk.domain.i18n import set_language
from mentorwalk.domain.text import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.errors import Problem
    from mentorwalk.workflows.agenda_check import AgendaChecker

FixFlag = Annotated[
    bool,
    typer.Option("--fix", help="Write what is sure to mend them; with --strict, all of it."),
]
SeenFlag = Annotated[
    bool, typer.Option("--seen", help="Note that you have seen what changed in what they extend.")
]

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
    fix: FixFlag = False,
    seen: SeenFlag = False,
    agendas_only: Annotated[
        bool, typer.Option("--agendas-only", help="Pass over files that are no agendas.")
    ] = False,
    home: Home = None,
) -> None:
    """Report what is wrong in agendas or worth a look."""
    from mentorwalk.workflows.agenda_check import AgendaChecker, agenda_files

    checker, checked = AgendaChecker(runner_at(home), templates), 0
    told: list[Problem] = []
    foreign: set[str] = set()
    sure = False
    for file in agenda_files(files, agendas_only=agendas_only):
        checked += 1
        if fix:
            _mend(checker, file, warnings=strict)
        if seen:
            _note_as_seen(checker, file)
        problems = checker.check(file)
        told += problems
        _print(problems)
        sure = sure or (not fix and _can_be_written(file, problems))
        foreign |= checker.without_words(file)
    for language in sorted(foreign):
        tell_of_english(language, hint_on_words(language))
    if not checked and not agendas_only:
        raise InputError("No agenda was found in what you named.")
    what = "file" if any(file.suffix in (".po", ".j2") for file in files) else "agenda"
    for line in _closing(told, checked, what, sure=sure):
        typer.echo(line)
    if any(strict or not problem.warning for problem in told):
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
    yaml: Annotated[
        bool, typer.Option("--yaml", help="Print the agenda whole, with what it extends.")
    ] = False,
    home: Home = None,
) -> None:
    """Show a session at a glance."""
    from mentorwalk.authoring.format.dump import agenda_text
    from mentorwalk.authoring.loading import load_agenda
    from mentorwalk.documents.leaflet import leaflet_page
    from mentorwalk.documents.overview import overview_page
    from mentorwalk.domain.overview import overview_of

    agenda = load_agenda(library_at(home), name, None).agenda
    if yaml:
        typer.echo(agenda_text(agenda), nl=False)
        return
    set_language(agenda.language)
    overview = overview_of(agenda, agenda.minutes if minutes is None else minutes)
    if markdown:
        typer.echo(leaflet_page(overview), nl=False)
    else:
        print_document(overview_page(overview))


@commands.command(
    epilog="Examples: mentorwalk agenda add acme.yaml (then: mentorwalk start acme) | "
    "mentorwalk agenda add our-programme/"
)
def add(
    file: Annotated[Path, typer.Argument(help="An agenda's file, or a folder with several.")],
    name: Annotated[
        str | None, typer.Option(help="What to call it; by default as the file is called.")
    ] = None,
    templates: Templates = None,
    home: Home = None,
) -> None:
    """Keep an agenda, or all of a folder, to walk it by its name."""
    from mentorwalk.workflows.agenda_check import AgendaChecker
    from mentorwalk.workflows.agenda_keeping import AgendaKeeper, of_one_id, passed_over

    if name is not None and file.is_dir():
        raise typer.BadParameter("--name is for one agenda, and this is a folder.")
    runner = runner_at(home)
    keeper = AgendaKeeper(AgendaChecker(runner, templates))
    whole = file.is_dir()
    agendas = keeper.all_of(file) if whole else (keeper.one(file, name or file.stem),)
    for agenda in agendas:
        typer.echo(for_terminal(agenda.change), err=True)
        kept = keeper.keep(agenda)
        for path in kept.paths:
            print_path(path)
        for path in kept.edited:
            typer.echo(f"What was changed by hand is kept as {shown_path(path)}.", err=True)
    for told in filter(None, (passed_over(file, agendas) if whole else "", of_one_id(agendas))):
        typer.echo(told, err=True)
    for agenda in agendas:
        typer.echo(f"Walk it with: {runner.library.command('start', agenda.name)}", err=True)


@commands.command(
    epilog="Examples: mentorwalk agenda remove acme | mentorwalk agenda remove acme --yes"
)
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `agenda list` shows it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
) -> None:
    """Take away an agenda that you added, after asking."""
    from mentorwalk.workflows.agenda_check import AgendaChecker
    from mentorwalk.workflows.agenda_removing import files_kept, leading_to, remove_agenda

    runner = runner_at(home)
    files = files_kept(AgendaChecker(runner), name)
    for path in files:
        print_path(path)
    if others := leading_to(runner.library, name):
        leads = "leads" if len(others) == 1 else "lead"
        typer.echo(f"{', '.join(others)} {leads} to it, and would find nothing there any more.")
    if len(files) > 1:
        typer.echo("Documents stay as they are; without its templates they cannot be written anew.")
    if not yes:
        ask_yes("Remove this? Sessions that were begun with it can go on.", "Nothing was removed.")
    remove_agenda(runner.library, files)
    typer.echo(f"removed {name}")


@commands.command(epilog="Example: mentorwalk agenda schema > agenda.schema.json")
def schema() -> None:
    """Print a JSON Schema, with which editors explain keys."""
    from mentorwalk.storage.library import SCHEMA

    typer.echo(SCHEMA.read_text(encoding="utf-8"), nl=False)


@commands.command(epilog="Example: mentorwalk agenda words > words/pl.po")
def words() -> None:
    """Print the words around an agenda, to be translated.

    Put the file into a folder `words` beside your agendas, under the name of the language.
    """
    typer.echo((LOCALE / f"{DOMAIN}.pot").read_text(encoding="utf-8"), nl=False)


@commands.command(
    epilog="Examples: mentorwalk agenda new ours.yaml | "
    "mentorwalk agenda new ours.yaml --extends first-session",
)
def new(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
    from_: Annotated[
        str | None, typer.Option("--from", help="Copy this agenda instead of asking.")
    ] = None,
    extends: Annotated[
        str | None, typer.Option("--extends", help="Follow this agenda, with a few changes.")
    ] = None,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Begin an agenda of your own."""
    from mentorwalk.authoring import read_source
    from mentorwalk.authoring.loading import readable_agenda
    from mentorwalk.authoring.starter import copied, id_from, starter
    from mentorwalk.workflows.agenda_new import ask_for_agenda, begin_agenda, extending

    runner, path = runner_at(home), file if file.suffix else file.with_suffix(".yaml")
    if path.exists():
        raise InputError(f"{shown_path(path)} already exists: nothing was written.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"{shown_path(path.parent)}: There is no such folder. Nothing was asked.")
    if from_ and extends:
        raise InputError("--from copies an agenda, --extends follows one: choose one of them.")
    if from_:
        text = copied(read_source(runner.library.agenda(from_)).text, id_from(path.stem))
    elif extends:
        text = extending(runner.library, path, extends)
    else:
        with frontend_for(Look(plain=plain)) as frontend:
            text = starter(ask_for_agenda(frontend, runner.clock))
    begin_agenda(path, text)
    print_path(path)
    agenda = readable_agenda(runner.library, path)
    if agenda and not own_translations(path.parent, agenda.language):
        tell_of_english(agenda.language, hint_on_words(agenda.language))
    _say_what_next(path)


@commands.command(
    "import",
    epilog="Examples: mentorwalk agenda import notes.md | "
    "mentorwalk agenda import notes.md --out ours.yaml",
)
def import_(
    notes: Annotated[Path, typer.Argument(help="A text: # before headings, - before questions.")],
    out: Annotated[
        Path | None, typer.Option(help="The file to write; by default beside the notes.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace an agenda of that id without asking.")
    ] = False,
) -> None:
    """Make an agenda of notes in prose.

    Headings become phases, the lines below them cards, and (5 min) their time.
    """
    from mentorwalk.authoring.importing import agenda_of, notes_summary, read_notes_file
    from mentorwalk.authoring.starter import id_from
    from mentorwalk.workflows.agenda_new import begin_agenda, place_for_agenda

    read = read_notes_file(notes)
    path = out or notes.with_suffix(".yaml")
    path = path if path.suffix else path.with_suffix(".yaml")
    if path.absolute() == notes.absolute():
        raise InputError(f"{shown_path(path)}: These are the notes. Name another file with --out.")
    made = agenda_of(read, path.stem)
    place = place_for_agenda(path, id_from(path.stem))
    there = place.is_file()
    if there and not yes:
        ask_yes(f"{shown_path(path)} is there already. Replace it?", "Nothing was written.")
    begin_agenda(place, made.text, replace=there)
    print_path(path)
    typer.echo(notes_summary(made), err=True)
    _say_what_next(path)


def _say_what_next(path: Path) -> None:
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


def _mend(checker: "AgendaChecker", file: Path, *, warnings: bool) -> None:
    """Write the corrections that are sure into an agenda's file, and tell which they are."""
    from mentorwalk.workflows.agenda_fix import mend_agenda

    try:
        mended = mend_agenda(checker, file, warnings=warnings)
    except StorageError as error:
        # What is wrong with it is told all the same, and with the files behind it.
        say_last(f"{error}\n")
        return
    if mended:
        for problem in mended.problems:
            typer.echo(problem.mended)
        corrections = _how_many(len(mended.problems), "correction")
        typer.echo(f"{corrections} written. What was there before is in {shown_path(mended.copy)}.")


def _can_be_written(file: Path, problems: "list[Problem]") -> bool:
    """Return whether a correction of an error is sure, so that `--fix` may write it."""
    if not any(problem.fix and not problem.warning for problem in problems):
        return False
    from mentorwalk.authoring import read_source
    from mentorwalk.workflows.agenda_fix import sure_of

    return any(not problem.warning for problem in sure_of(read_source(file), problems))


def _note_as_seen(checker: "AgendaChecker", file: Path) -> None:
    """Note what an agenda extends as seen, unless something is wrong with it."""
    if all(problem.warning for problem in checker.check(file)):
        checker.note_as_seen(file)


def _closing(told: "list[Problem]", checked: int, what: str, *, sure: bool) -> "Iterator[str]":
    """Yield what can be done about the problems that were told, and how many they are."""
    errors = [problem for problem in told if not problem.warning]
    names = [problem.name for problem in told if problem.warning and problem.name]
    if names and not errors:
        yield f"A warning that is meant can stay: write `# fine: {names[0]}` above its line."
    if sure:
        yield "`agenda check --fix` writes what is sure of this for you, and keeps a copy."
    if any(problem.excerpt for problem in errors):
        yield "More may follow once these are mended: some mistakes can only be seen then."
    yield _summary(checked, len(errors), len(told) - len(errors), what)


def _summary(checked: int, errors: int, warnings: int, what: str) -> str:
    counts = ((errors, "error"), (warnings, "warning"))
    told = ", ".join(_how_many(number, word) for number, word in counts if number)
    return f"{_how_many(checked, what)}: {told or 'no problems found'}."


def _how_many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
