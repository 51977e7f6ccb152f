"""The commands below `contract`."""

from typing import Annotated

import typer

from mentorwalk.cli.options import Home, OneSession, RoleChoice, runner_at
from mentorwalk.cli.terminal import print_written

commands = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="The agreement.")


@commands.command(epilog='Example: mentorwalk contract accept 3 --by mentee --how "by e-mail"')
def accept(
    session: OneSession,
    by: Annotated[RoleChoice, typer.Option(help="Who accepted.")],
    how: Annotated[str, typer.Option(help="In a few words: by e-mail.")],
    home: Home = None,
) -> None:
    """Record that somebody accepted after the call."""
    from mentorwalk.workflows.followup import accept_later

    runner = runner_at(home)
    accepted = accept_later(runner, runner.library.session(session), by.value, how)
    print_written(accepted.written, accepted.sentence)
