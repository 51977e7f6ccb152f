"""The commands: parse, call, print, exit. No rules live here."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, TypeGuard

import typer

from mentorwalk.errors import InputError, MentorwalkError, Stopped, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.agenda import Plan
    from mentorwalk.asking import Frontend
    from mentorwalk.documents import Written
    from mentorwalk.frontends.signals import HangUp
    from mentorwalk.rooms import Given
    from mentorwalk.session import People
    from mentorwalk.sitting import Desk, Sat, Script

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="A calm guide through a first mentoring session, on the terminal you share on the call.",
    epilog="Begin with: mentorwalk start",
)
agendas = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="The agendas to walk.")
app.add_typer(agendas, name="agenda")


contracts = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="The agreement.")
app.add_typer(contracts, name="contract")


class RoleChoice(StrEnum):
    """The two roles."""

    mentor = "mentor"
    mentee = "mentee"


class ClockChoice(StrEnum):
    """How the clock is shown."""

    calm = "calm"
    exact = "exact"
    off = "off"


Home = Annotated[Path | None, typer.Option("--home", help="Keep everything under this folder.")]
SessionName = Annotated[
    str | None,
    typer.Argument(metavar="SESSION", help="A number, a folder's name, or its beginning."),
]
PlainFlag = Annotated[
    bool, typer.Option("--plain", help="Lines in, lines out: for screen readers and pipes.")
]
ClockOption = Annotated[
    ClockChoice, typer.Option("--clock", help="A bar and words, minutes and seconds, or none.")
]


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The time of day, here."""
        return datetime.now().astimezone()

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def zone(self) -> str:
        """The IANA key of the computer's time zone; empty where none fits the time of day."""
        import logging
        from zoneinfo import ZoneInfo

        from tzlocal import get_localzone_name

        # What it would warn of would land on the shared screen.
        logging.getLogger("tzlocal").disabled = True
        try:
            key = get_localzone_name() or ""
            there = datetime.now(ZoneInfo(key)).utcoffset()
        except (KeyError, ValueError, OSError):
            return ""
        return key if there == self.now().utcoffset() else ""


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"mentorwalk {version('mentorwalk')}")
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


@app.command(
    epilog="Examples: mentorwalk start | mentorwalk start --mentor Ada --mentee Grace --minutes 45"
)
def start(
    context: typer.Context,
    agenda: Annotated[
        str, typer.Argument(help="An agenda's name, or a path to its file.")
    ] = "first-session",
    mentor: Annotated[str | None, typer.Option(help="The mentor's name.")] = None,
    mentee: Annotated[str | None, typer.Option(help="The mentee's name.")] = None,
    minutes: Annotated[int | None, typer.Option(help="How long there is.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Walk without asking, from a YAML file of answers.")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="Look for templates in this folder first.")
    ] = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Keep nothing on disk but documents, if you say so.")
    ] = False,
    home: Home = None,
) -> None:
    """Walk a session together."""
    from mentorwalk.rooms import Given

    desk = _desk(home or context.obj)
    given = Given.read(mentor, mentee, minutes)
    script = desk.script(agenda, _folder(templates))
    _walk(desk, script, given, answers, (clock, plain, not no_save), home or context.obj)


def _walk(
    desk: Desk,
    script: Script,
    given: Given,
    answers: Path | None,
    looks: tuple[ClockChoice, bool, bool],
    home: Path | None,
) -> None:
    """Walk a session with two people, or from a file of answers."""
    from mentorwalk.agenda import plan
    from mentorwalk.rooms import hold

    clock, plain, save = looks
    length = script.agenda.minutes if given.minutes is None else given.minutes
    chosen = plan(script.agenda, length)
    if answers is not None:
        sat = _walked_from(answers, desk, script, given.people(script.agenda.roles), chosen)
        if sat.written is None:
            _tell(sat, home)
        typer.echo(sat.folder)
        return
    with _frontend(clock, plain) as frontend:
        sat = hold(desk, script, given, frontend, save=save)
    _tell(sat, home)


@app.command(epilog="Examples: mentorwalk resume | mentorwalk resume 3")
def resume(
    context: typer.Context,
    session: SessionName = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Go on with an unfinished session, the newest by default."""
    from mentorwalk.rooms import after_call

    desk = _desk(home or context.obj)
    folder = desk.library.session(session) if session else desk.newest_unfinished()
    with _frontend(clock, plain) as frontend:
        sat = after_call(desk, desk.resume(folder, frontend), frontend)
    _tell(sat, home or context.obj)


@app.command("next", epilog="Examples: mentorwalk next | mentorwalk next 3 --agenda check-in")
def next_session(
    context: typer.Context,
    session: SessionName = None,
    agenda: Annotated[
        str | None, typer.Option(help="Another agenda than the one that would follow.")
    ] = None,
    minutes: Annotated[int | None, typer.Option(help="How long there is.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Walk without asking, from a YAML file of answers.")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="Look for templates in this folder first.")
    ] = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Walk the next session of the same two people, from what their last one left."""
    from mentorwalk.rooms import Given
    from mentorwalk.sitting import load_session

    desk = _desk(home or context.obj)
    folder = desk.library.session(session) if session else desk.newest_finished()
    script = desk.next_script(folder, agenda, _folder(templates))
    given = Given(minutes=minutes, known=load_session(folder).people)
    _walk(desk, script, given, answers, (clock, plain, True), home or context.obj)


@app.command(epilog="Examples: mentorwalk sessions | mentorwalk sessions --names")
def sessions(
    context: typer.Context,
    names: Annotated[
        bool, typer.Option("--names", help="Show who met; leave it out on a shared screen.")
    ] = False,
    home: Home = None,
) -> None:
    """List sessions by number, date and agenda."""
    desk = _desk(home or context.obj)
    for line in desk.listed(names=names):
        typer.echo(line)


@app.command(epilog="Examples: mentorwalk show | mentorwalk show 3 contract")
def show(
    context: typer.Context,
    session: SessionName = None,
    document: Annotated[
        str | None, typer.Argument(help="summary or contract, or another document's name.")
    ] = None,
    home: Home = None,
) -> None:
    """Read a document in the terminal."""
    text = _desk(home or context.obj).document(session, document)
    if not sys.stdout.isatty():
        typer.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(92, Console().width)).print(Markdown(text, hyperlinks=False))


@app.command(epilog="Examples: mentorwalk render | mentorwalk render 3")
def render(context: typer.Context, session: SessionName = None, home: Home = None) -> None:
    """Write the documents of a session again, after a template changed."""
    desk = _desk(home or context.obj)
    written = desk.render(desk.library.session(session) if session else desk.newest())
    _tell_kept(written)
    for path in written.files:
        typer.echo(path)


@contracts.command(
    "accept", epilog='Example: mentorwalk contract accept 3 --by mentee --how "by e-mail"'
)
def contract_accept(
    context: typer.Context,
    session: Annotated[str, typer.Argument(metavar="SESSION", help="As `sessions` lists it.")],
    by: Annotated[RoleChoice, typer.Option(help="Who accepted.")],
    how: Annotated[str, typer.Option(help="In a few words: by e-mail.")],
    home: Home = None,
) -> None:
    """Note that somebody accepted the agreement after the call."""
    from mentorwalk.afterwards import accept_later

    desk = _desk(home or context.obj)
    written = accept_later(desk, desk.library.session(session), by.value, how)
    _tell_kept(written)
    for path in written.files:
        typer.echo(path)


@app.command(epilog="Example: mentorwalk verify contract.md")
def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An agreement, as mentorwalk wrote it.")],
    home: Home = None,
) -> None:
    """Tell whether an agreement still says what both accepted; exit 0 only then."""
    from mentorwalk.afterwards import look_at

    looked = look_at(_desk(home or context.obj), file)
    for line in looked.difference or ():
        typer.echo(shown(line, 2000))
    sentence = looked.in_words()
    if looked.verified.verdict != "accepted":
        raise InputError(f"{shown(str(file), 4096)}: {sentence}")
    typer.echo(sentence)


@app.command(epilog="Examples: mentorwalk export 3 | mentorwalk export 3 --out ours.json")
def export(
    context: typer.Context,
    session: Annotated[str, typer.Argument(metavar="SESSION", help="As `sessions` lists it.")],
    out: Annotated[Path | None, typer.Option(help="Write to this file, for you only.")] = None,
    home: Home = None,
) -> None:
    """Give the pair's own data as one JSON file, without what is private to one of them."""
    from mentorwalk.afterwards import exported
    from mentorwalk.storage import write_private

    desk = _desk(home or context.obj)
    data = exported(desk, desk.library.session(session))
    if out is None:
        typer.echo(data, nl=False)
    else:
        write_private(out, data)
        typer.echo(out)


@app.command(epilog="Example: mentorwalk forget 3")
def forget(
    context: typer.Context,
    session: Annotated[str, typer.Argument(metavar="SESSION", help="As `sessions` lists it.")],
    home: Home = None,
) -> None:
    """Delete a session for good, after asking."""
    from mentorwalk import afterwards

    desk = _desk(home or context.obj)
    folder = desk.library.session(session)
    for path in afterwards.to_forget(desk, folder):
        typer.echo(path)
    typer.echo("Delete these folders for good, with all that is in them? [y/N] ", nl=False)
    answer = sys.stdin.readline()
    if not answer:
        raise Stopped("Nothing was deleted.")
    if answer.strip().lower() not in ("y", "yes"):
        raise InputError("Nothing was deleted.")
    for path in afterwards.forget(desk, folder):
        typer.echo(f"deleted {path}")


@agendas.command("list", epilog="Example: mentorwalk agenda list")
def agenda_list(context: typer.Context, home: Home = None) -> None:
    """List the agendas that can be walked by name."""
    for line in _desk(home or context.obj).agendas():
        typer.echo(line)


def _walked_from(path: Path, desk: Desk, script: Script, people: People, chosen: Plan) -> Sat:
    from mentorwalk.authoring import answers_from, read_source
    from mentorwalk.frontends.scripted import Scripted

    source, today = read_source(path), desk.clock.now().date()
    names = {"mentor": people.mentor, "mentee": people.mentee}
    said, problems = answers_from(source, script.agenda, today, names)
    scripted = Scripted(said.values, said.accept)
    given = (source, problems, said.unread)
    return desk.begin_from_answers(script, people, chosen, given, scripted)


def _desk(home: Path | None) -> Desk:
    from mentorwalk.library import library
    from mentorwalk.sitting import Desk

    return Desk(library(home), SystemClock())


def _folder(templates: Path | None) -> Path | None:
    if templates is not None and not templates.is_dir():
        raise InputError(f"{templates}: There is no such folder for templates.")
    return templates


@contextmanager
def _frontend(clock: ClockChoice, plain: bool) -> Iterator[Frontend]:
    """The live screen where there is one to take; else lines in, lines out."""
    from mentorwalk.frontends.signals import HangUp

    hang_up = HangUp()
    with hang_up.listening(), _front(clock, plain, hang_up) as frontend:
        try:
            yield frontend
        except KeyboardInterrupt:
            raise Stopped("Stopped. What was written down by then is saved.") from None


@contextmanager
def _front(clock: ClockChoice, plain: bool, hang_up: HangUp) -> Iterator[Frontend]:
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if plain or not terminal or os.environ.get("TERM", "") in ("", "dumb"):
        from mentorwalk.frontends.plain import Plain

        yield Plain(sys.stdin, sys.stdout, clock.value, hang_up)
        return
    from mentorwalk.frontends.live import live_screen

    with live_screen(clock.value, hang_up) as live:
        yield live


def _tell(sat: Sat, home: Path | None) -> None:
    """Say where the documents are, or how to go on."""
    if sat.written is None and not sat.saved:
        typer.echo("Nothing was saved, as you wished.", err=True)
        raise typer.Exit(0 if sat.session.closed else Stopped.exit_code)
    if sat.written is None:
        import shlex

        elsewhere = home and str(home) != os.environ.get("MENTORWALK_HOME")
        where = f" --home {shlex.quote(str(home))}" if elsewhere else ""
        raise Stopped(f"Saved. Go on with:\nmentorwalk resume {sat.folder.name}{where}")
    _tell_kept(sat.written)
    for path in sat.written.files:
        typer.echo(path)


def _tell_kept(written: Written) -> None:
    for path in written.kept:
        typer.echo(f"An earlier copy was kept as {path}.", err=True)


def _is_file(stream: TextIO | None) -> TypeGuard[io.TextIOWrapper]:
    return isinstance(stream, io.TextIOWrapper)


def main() -> None:
    """Run a command; tell an error as a sentence, and exit with its code."""
    if sys.stdin is None:
        # Started with its input closed: that is the end of input.
        sys.stdin = io.StringIO()
    for stream in filter(_is_file, (sys.stdin, sys.stdout)):
        # A legacy code page must not stop a talk: what it lacks is shown as a question mark.
        stream.reconfigure(errors="replace")
    try:
        app()
    except MentorwalkError as error:
        _say_last(f"{error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say_last("Stopped.\n")
        sys.exit(Stopped.exit_code)
    finally:
        _flush()


def _say_last(words: str) -> None:
    """Tell how it ended, where somebody can still read it."""
    with suppress(OSError):  # the window was closed
        sys.stderr.write(words)


def _flush() -> None:
    """Let go of what nobody reads any more, so that it changes no exit code."""
    for stream in filter(_is_file, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
