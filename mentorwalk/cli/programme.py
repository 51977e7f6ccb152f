"""The commands for programmes: the facts of a session, and a report of many."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorwalk.cli.options import Home, PlainFlag, SessionName, library_at, runner_at
from mentorwalk.cli.terminal import Look, frontend_for, print_path
from mentorwalk.domain.errors import shown, shown_path

if TYPE_CHECKING:
    from mentorwalk.workflows.report_files import ReportFiles

NAME_NO_PROGRAMME = (
    "Sessions that name no programme, and are not counted here: {count}. In a folder of their own, "
    "their files can be counted by themselves."
)
NOT_COUNTED = "`programme report` counts only files whose names end in `.json`, unlike {name}."

FactsFolder = Annotated[
    Path | None,
    typer.Argument(
        metavar="FOLDER", help="A folder of facts files, or a Parquet file that --parquet wrote."
    ),
]
ProgrammeId = Annotated[
    str | None, typer.Option(metavar="ID", help="Count this one, where the files are of several.")
]
Title = Annotated[
    str | None, typer.Option(help="What stands above it; the programme's id by default.")
]
CsvFile = Annotated[Path | None, typer.Option(help="Write the figures as a table, too.")]
ParquetFile = Annotated[
    Path | None, typer.Option(help="Write the facts of every session as Parquet, too.")
]
HtmlFile = Annotated[Path | None, typer.Option(help="Write a page with bars, too.")]
Least = Annotated[
    int, typer.Option(help="Figures are ranges of so many pairs; keep to one number.")
]
Engine = Annotated[
    str | None,
    typer.Option(metavar="ENGINE", help="Print the queries for spark, trino or bigquery."),
]

facts_command = typer.Typer()
commands = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Many pairs together.")


@facts_command.command(epilog="Examples: mentorwalk facts | mentorwalk facts 3 --out facts.json")
def facts(
    session: SessionName = None,
    out: Annotated[Path | None, typer.Option(help="Write here, not to the documents.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: write every line that the two agreed on.")
    ] = False,
    contact_us: Annotated[
        bool, typer.Option("--contact-us", help="Say that the two would like to be contacted.")
    ] = False,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Write what a programme may count of a session.

    Every line is shown first, and either of the two can leave it out.
    """
    from mentorwalk.workflows.facts_asking import DRAFT, asked_about
    from mentorwalk.workflows.facts_contents import check_agreed, facts_contents
    from mentorwalk.workflows.facts_file import write_facts

    runner = runner_at(home)
    newest = None if session else runner.store.newest_finished("facts").folder
    folder = newest or runner.library.session(session or "")
    sheet = facts_contents(runner, folder)
    sheet = sheet.wanting_contact() if contact_us else sheet
    if yes:
        check_agreed(sheet, runner.library.command("facts", *filter(None, [session])))
        # A file that says no to contact would take back what they asked for in an earlier one.
        sheet = replace(sheet, is_asked=False)
        if sheet.is_draft:
            typer.echo(DRAFT, err=True)
    else:
        with frontend_for(Look(plain=plain)) as frontend:
            sheet = asked_about(sheet, runner, frontend, out)
    if out and out.suffix.lower() != ".json":
        typer.echo(NOT_COUNTED.format(name=shown(out.name)), err=True)
    print_path(write_facts(runner, sheet, out))


@commands.command(
    epilog="Examples: mentorwalk programme report facts/ | mentorwalk programme report facts/ "
    "--html board.html | mentorwalk programme report --sql spark"
)
def report(
    folder: FactsFolder = None,
    programme: ProgrammeId = None,
    title: Title = None,
    csv: CsvFile = None,
    parquet: ParquetFile = None,
    html: HtmlFile = None,
    least: Least = 5,
    sql: Engine = None,
    home: Home = None,
) -> None:
    """Count what many facts files say, without finding out about anybody."""
    from mentorwalk.domain.disclosure import EXACT
    from mentorwalk.workflows.report import checked_least, sql_for
    from mentorwalk.workflows.report_files import ReportFiles

    if sql is not None:
        typer.echo(sql_for(sql), nl=False)
        return
    if folder is None:
        raise typer.BadParameter("Name the folder of facts files.", param_hint="FOLDER")
    fewest = checked_least(least)
    files = ReportFiles(csv, html, parquet, exact=fewest == EXACT)
    files.check()
    ours = [path for _name, path in library_at(home).agenda_names()]
    _count(folder, programme, title, fewest, files, ours)


def _count(
    folder: Path,
    programme: str | None,
    title: str | None,
    fewest: int,
    files: "ReportFiles",
    ours: list[Path],
) -> None:
    """Print the report of a folder, and write it to the files that were asked for."""
    from mentorwalk.domain.report import title_of
    from mentorwalk.frontends.report import print_report, reading_bar
    from mentorwalk.storage.clocks import SystemClock
    from mentorwalk.workflows.report import facts_at, one_programme, report_of

    day = SystemClock().now().date()
    with reading_bar(sys.stderr) as progress, facts_at(folder, day, progress) as (table, refused):
        for each in refused:
            typer.echo(f"{shown_path(each.path)}: {each.sentence}", err=True)
        named, unnamed = one_programme(table, programme)
        if unnamed:
            typer.echo(NAME_NO_PROGRAMME.format(count=f"{unnamed:,}"), err=True)
        found = report_of(table, day, fewest, title_of(named, title), ours)
        # Before it is printed: whoever pipes it into `head` wants the page all the same.
        written = [*files.write(found, table)]
        print_report(found, sys.stdout)
        for path in written:
            print_path(path)
