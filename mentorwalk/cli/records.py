"""The commands for what sessions left: sessions, show, status, render, verify, export, forget."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorwalk.cli.options import Home, OneSession, SessionName, library_at, runner_at, store_at
from mentorwalk.cli.terminal import (
    Look,
    ask_yes,
    frontend_for,
    print_document,
    print_path,
    print_written,
)
from mentorwalk.domain.errors import InputError, shown, shown_path

if TYPE_CHECKING:
    from mentorwalk.workflows.forget import Remains

FACTS_STAY = (
    "Facts for a programme were written here. A file that you sent, or put into another folder, "
    "stays, and whoever has it goes on counting it."
)

commands = typer.Typer()


@commands.command(epilog="Examples: mentorwalk sessions | mentorwalk sessions --names")
def sessions(
    names: Annotated[
        bool, typer.Option("--names", help="Show who met; leave it out on a shared screen.")
    ] = False,
    home: Home = None,
) -> None:
    """List sessions by number, date and agenda."""
    for line in store_at(home).lines(names=names):
        typer.echo(line)


@commands.command(
    epilog="Examples: mentorwalk show | mentorwalk show 3 contract | mentorwalk show --private"
)
def show(
    session: SessionName = None,
    document: Annotated[
        str | None, typer.Argument(help="summary or contract, or another document's name.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Read your private answers and notes again.")
    ] = False,
    home: Home = None,
) -> None:
    """Read a document in the terminal."""
    if not private:
        print_document(store_at(home).document(session, document))
    elif document is not None:
        raise typer.BadParameter("--private reads no document: leave out its name.")
    else:
        _show_private(session, home)


def _show_private(session: str | None, home: Path | None) -> None:
    """Show what is private once somebody said that nobody else looks; print it into a pipe."""
    from mentorwalk.workflows.private_reading import private_text, read_in_private

    runner = runner_at(home)
    folder = runner.store.folder(session)
    found = runner.store.load(folder)
    if sys.stdin.isatty() and sys.stdout.isatty():
        with frontend_for(Look()) as frontend:
            read_in_private(runner, found, frontend)
    else:
        typer.echo("This is for your eyes only: nobody else should be looking.", err=True)
        typer.echo(private_text(found))


@commands.command(epilog="Examples: mentorwalk status | mentorwalk status 3 --names")
def status(
    session: SessionName = None,
    names: Annotated[
        bool, typer.Option("--names", help="Name the two; leave it out on a shared screen.")
    ] = False,
    home: Home = None,
) -> None:
    """Show where the two stand after all their sessions."""
    from mentorwalk.workflows.status import newest_shown, status_of

    runner = runner_at(home)
    named = runner.library.session(session) if session else newest_shown(runner.store)
    print_document(status_of(runner, named, names=names))


@commands.command(epilog="Examples: mentorwalk render | mentorwalk render 3 --mail")
def render(
    session: SessionName = None,
    mail: Annotated[
        bool, typer.Option("--mail", help="Write a mail, too, with all of them attached.")
    ] = False,
    home: Home = None,
) -> None:
    """Write a session's documents again.

    Use it after a template has changed, or to write a mail to the other person.
    """
    from mentorwalk.workflows.documents import render_again

    runner = runner_at(home)
    folder = runner.store.folder(session)
    print_written(render_again(runner, folder, mail=mail))


@commands.command(epilog="Example: mentorwalk verify contract.md")
def verify(
    file: Annotated[Path, typer.Argument(help="An agreement, as mentorwalk wrote it.")],
    home: Home = None,
) -> None:
    """Check that an agreement still says what both accepted.

    The exit code is 0 only if it does.
    """
    from mentorwalk.workflows.followup import SIZE_LIMIT, verify_file, written_for

    runner = runner_at(home)
    report = verify_file(runner, file)
    for line in report.difference or ():
        typer.echo(shown(line, SIZE_LIMIT))
    sentence = report.in_words(runner.library.command("render", written_for(runner.library, file)))
    if report.status.verdict != "accepted":
        raise InputError(f"{shown_path(file)}: {sentence}")
    typer.echo(sentence)


@commands.command(epilog="Examples: mentorwalk export 3 | mentorwalk export 3 --all --out us.json")
def export(
    session: OneSession,
    every: Annotated[
        bool, typer.Option("--all", help="Write all sessions of the same mentorship.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Write to this file, for you only.")] = None,
    home: Home = None,
) -> None:
    """Write the pair's own data as one JSON file.

    What is private to one of them is left out.
    """
    from mentorwalk.storage.files import place_for, write_private
    from mentorwalk.workflows.export import export_mentorship, export_session, is_same_export

    runner = runner_at(home)
    export_of = export_mentorship if every else export_session
    data = export_of(runner, runner.library.session(session))
    if out is None:
        typer.echo(data, nl=False)
    else:
        kind = "an export of this mentorship" if every else "an export of this session"
        place = place_for(out, lambda path: is_same_export(path, data), kind)
        write_private(place, data, "Choose another place with --out.")
        print_path(out)


@commands.command(epilog="Examples: mentorwalk forget 3 | mentorwalk forget 3 --all")
def forget(
    session: OneSession,
    every: Annotated[
        bool, typer.Option("--all", help="Delete all sessions of the same mentorship.")
    ] = False,
    home: Home = None,
) -> None:
    """Delete a session for good, after asking."""
    from mentorwalk.workflows.forget import (
        falls_out,
        followers,
        mentorship_remains,
        remains_of_nobody,
        session_remains,
        telling_gone,
        what_is_lost,
    )

    library = library_at(home)
    folder = library.session(session)
    with telling_gone(folder):
        if every:
            for path in remains_of_nobody(library, folder):
                shown_as = shown_path(path)
                typer.echo(f"{shown_as} cannot be read, so nobody knows whose it is: it stays.")
            delete_after_asking(*mentorship_remains(library, folder))
            return
        found = session_remains(library, folder)
        if later := followers(library, folder):
            typer.echo(what_is_lost(later, falls_out(runner_at(home), folder)))
        delete_after_asking(found)


def delete_after_asking(*found: "Remains") -> None:
    """Delete what there is of sessions or a preparation, if the answer is yes.

    Raises:
        Stopped: Nobody answers.
        InputError: The answer is not yes.
    """
    from mentorwalk.workflows.forget import delete, has_facts
    from mentorwalk.workflows.sessions import PATIENCE

    foreign = [path for each in found for path in each.foreign]
    for path in (path for each in found for path in each.places):
        target = f" (a link to {shown_path(path.readlink())})" if path.is_symlink() else ""
        typer.echo(f"{shown_path(path)}{target}")
    for path in foreign:
        typer.echo(f"{shown_path(path)} is not a file of mentorwalk: it stays.")
    if any(map(has_facts, found)):
        typer.echo(FACTS_STAY)
    what = "with all else that is in it" if foreign else "with all that is in it"
    ask_yes(f"Delete this for good, {what}?", "Nothing was deleted.")
    for path in (path for each in found for path in delete(each, PATIENCE)):
        typer.echo(f"deleted {shown_path(path)}")
