"""The commands for programmes: the facts of a session, and a report of many."""

from pathlib import Path
from typing import Annotated

import typer

from mentorwalk.cli.options import Home, PlainFlag, SessionName, runner_at
from mentorwalk.cli.terminal import Look, frontend_for, print_path

facts_command = typer.Typer()


@facts_command.command(epilog="Examples: mentorwalk facts | mentorwalk facts 3 --out facts.json")
def facts(
    session: SessionName = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: write every line that would be shown.")
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
    from mentorwalk.workflows.facts import asked_about, facts_sheet, write_facts

    runner = runner_at(home)
    folder = runner.library.session(session) if session else runner.store.newest_finished().folder
    sheet = facts_sheet(runner, folder)
    sheet = sheet.wanting_contact() if contact_us else sheet
    if not yes:
        with frontend_for(Look(plain=plain)) as frontend:
            sheet = asked_about(sheet, runner, frontend)
    print_path(write_facts(runner, sheet, out))
