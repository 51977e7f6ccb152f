"""The commands: parse, call, print, exit. No rules live here."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, TypeGuard

import typer

from mentorwalk.cli.agenda import Home, Templates, agendas
from mentorwalk.cli.agenda import desk_at as _desk
from mentorwalk.domain.errors import InputError, MentorwalkError, Stopped, shown, shown_path
from mentorwalk.domain.i18n import _, set_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.models import CommandInfo

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.documents import Written
    from mentorwalk.domain.agenda import Plan
    from mentorwalk.domain.people import People
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.frontends.signals import HangUp
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.lobby import StartOptions
    from mentorwalk.workflows.prepare import PrepRunner
    from mentorwalk.workflows.runner import RunResult, SessionRunner

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="A calm guide through a first mentoring session, on the terminal you share on the call.",
    epilog="Begin with: mentorwalk start",
)
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


SessionName = Annotated[
    str | None,
    typer.Argument(metavar="SESSION", help="A number, a folder's name, or its beginning."),
]
OneSession = Annotated[str, typer.Argument(metavar="SESSION", help="As `sessions` lists it.")]
AgendaName = Annotated[str, typer.Argument(help="An agenda's name, or a path to its file.")]
Minutes = Annotated[int | None, typer.Option(help="How long there is.")]
AnswersFile = Annotated[
    Path | None, typer.Option(help="Walk without asking, from a YAML file of answers.")
]
PlainFlag = Annotated[
    bool, typer.Option("--plain", help="Lines in, lines out: for screen readers and pipes.")
]
ClockOption = Annotated[
    ClockChoice, typer.Option("--clock", help="A bar and words, minutes and seconds, or none.")
]

PrepAnswers = Annotated[Path | None, typer.Option(help="Ask nothing: take a YAML file of answers.")]
PrepFile = Annotated[
    Path | None, typer.Option(help="Write your preparation file here.", show_default=False)
]
PrepForm = Annotated[
    Path | None,
    typer.Option(help="Ask nothing: write a form for somebody's browser.", show_default=False),
]
ShowFlag = Annotated[
    bool, typer.Option("--show", help="Read back everything you wrote; ask nothing.")
]
ForgetFlag = Annotated[
    bool, typer.Option("--forget", help="Delete everything you wrote for good, after asking.")
]
PrepOption = Annotated[
    list[Path] | None,
    typer.Option("--prep", help="A preparation file, one from each of you at most."),
]


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"mentorwalk {version('mentorwalk')}")
        raise typer.Exit


FASTEST = 600
"""How much faster than a real clock that of a rehearsal can be."""


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
    agenda: AgendaName = "first-session",
    mentor: Annotated[str | None, typer.Option(help="The mentor's name.")] = None,
    mentee: Annotated[str | None, typer.Option(help="The mentee's name.")] = None,
    minutes: Minutes = None,
    prep: PrepOption = None,
    answers: AnswersFile = None,
    templates: Templates = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Keep nothing on disk but documents, if you say so.")
    ] = False,
    rehearsal: Annotated[
        bool, typer.Option("--rehearse", help="Try it with a fast clock; nothing is kept.")
    ] = False,
    speed: Annotated[
        float, typer.Option(min=1, max=FASTEST, help="How much faster a rehearsal's clock runs.")
    ] = 60,
    home: Home = None,
) -> None:
    """Walk a session together."""
    from mentorwalk.authoring.loading import load_script
    from mentorwalk.workflows.lobby import StartOptions

    given = StartOptions.read(mentor, mentee, minutes, _one_from_each(prep))
    if rehearsal and answers is not None:
        raise typer.BadParameter("--rehearse asks people, --answers asks nobody: use one of them.")
    if not 1 <= speed <= FASTEST:  # what is no number, such as nan, passes the option itself
        raise typer.BadParameter(f"--speed wants a number from 1 to {FASTEST}.")
    script = load_script(_library(home or context.obj), agenda, _folder(templates))
    if rehearsal:
        _rehearse(_desk(home or context.obj), script, given, (clock, plain), speed)
        return
    _walk(script, given, answers, (clock, plain, not no_save), home or context.obj)


def _rehearse(
    runner: SessionRunner,
    script: LoadedAgenda,
    given: StartOptions,
    looks: tuple[ClockChoice, bool],
    speed: float,
) -> None:
    from mentorwalk.domain.agenda import plan
    from mentorwalk.workflows.rehearsal import rehearse

    plan(script.agenda, script.agenda.minutes if given.minutes is None else given.minutes)
    set_language(script.agenda.language)
    with _frontend(*looks) as frontend:
        rehearsed = rehearse(runner, script, given, frontend, speed)
    _show_documents(rehearsed.documents)
    typer.echo(_("That was a rehearsal: nothing was kept."), err=True)
    if not rehearsed.session.closed:
        raise typer.Exit(Stopped.exit_code)


@app.command(epilog="Example: mentorwalk demo")
def demo(plain: PlainFlag = False) -> None:
    """Watch a session that plays itself, in under a minute."""
    import tempfile

    from mentorwalk.workflows.demo import AGENDA, DemoClock, play

    with tempfile.TemporaryDirectory() as nowhere:
        runner = _desk(Path(nowhere))
        clock = DemoClock(runner.clock.now().replace(hour=15, minute=0, second=0, microsecond=0))
        runner = replace(runner, clock=clock)
        script = runner.script(AGENDA, None)
        if plain or not sys.stdout.isatty() or os.environ.get("TERM", "") in ("", "dumb"):
            from mentorwalk.frontends.transcript import TranscriptFrontend

            played = play(
                runner,
                script,
                clock,
                lambda said: TranscriptFrontend(said, sys.stdout, clock.advance),
            )
        else:
            from mentorwalk.frontends.playing import PlayingFrontend, stage

            with stage(sys.stdout) as symbols:
                played = play(
                    runner,
                    script,
                    clock,
                    lambda said: PlayingFrontend(
                        said, target=sys.stdout, advance=clock.advance, symbols=symbols
                    ),
                )
    _show_documents(played.documents)
    typer.echo("That was a demo. Begin your own with: mentorwalk start", err=True)
    if not played.session.closed:
        raise typer.Exit(Stopped.exit_code)


def _show_document(text: str) -> None:
    """A document as it reads, or as it is written where nobody reads it here."""
    if not sys.stdout.isatty():
        typer.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(92, Console().width)).print(Markdown(text, hyperlinks=False))


def _show_documents(documents: tuple[tuple[str, str], ...]) -> None:
    """Documents that no file holds, one after another."""
    for name, text in documents:
        typer.echo(f"\n--- {name} ---\n")
        _show_document(text)


def _walk(
    script: LoadedAgenda,
    given: StartOptions,
    answers: Path | None,
    looks: tuple[ClockChoice, bool, bool],
    home: Path | None,
) -> None:
    """Walk a session with two people, or from a file of answers."""
    from mentorwalk.domain.agenda import plan
    from mentorwalk.storage.clocks import SystemClock
    from mentorwalk.workflows.host import host_session, taken
    from mentorwalk.workflows.lobby import Lobby

    clock, plain, save = looks
    length = script.agenda.minutes if given.minutes is None else given.minutes
    chosen = plan(script.agenda, length)
    if answers is not None:
        runner = _desk(home)
        script, people, left_out = taken(runner, script, given)
        for problem in left_out:
            typer.echo(problem, err=True)
        result = _walked_from(answers, runner, script, people, chosen, save=save)
        if result.written is None:
            _tell(result, home)
        typer.echo(result.folder)
        return
    set_language(script.agenda.language)
    with _frontend(clock, plain) as frontend:
        anew = not (save and _library(home).session_folders())
        dialog = Lobby(frontend, script.agenda, SystemClock())
        given = dialog.introduced(given, anew=anew)
        # The first question is answered: only now the walk is loaded.
        result = host_session(_desk(home), script, given, frontend, save=save)
    _tell(result, home)


@app.command(epilog="Examples: mentorwalk resume | mentorwalk resume 3")
def resume(
    context: typer.Context,
    session: SessionName = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Go on with an unfinished session, the newest by default."""
    from mentorwalk.workflows.host import after_call

    runner = _desk(home or context.obj)
    folder = runner.library.session(session) if session else runner.newest_unfinished()
    with _frontend(clock, plain) as frontend:
        result = after_call(runner, runner.resume(folder, frontend), frontend)
    _tell(result, home or context.obj)


@app.command("next", epilog="Examples: mentorwalk next | mentorwalk next 3 --agenda check-in")
def next_session(
    context: typer.Context,
    session: SessionName = None,
    agenda: Annotated[
        str | None, typer.Option(help="Another agenda than the one that would follow.")
    ] = None,
    minutes: Minutes = None,
    answers: AnswersFile = None,
    templates: Templates = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Walk the next session of the same two people, from what their last one left."""
    from mentorwalk.workflows.lobby import StartOptions
    from mentorwalk.workflows.runner import load_session

    runner = _desk(home or context.obj)
    folder = runner.library.session(session) if session else runner.newest_finished()
    script = runner.next_script(folder, agenda, _folder(templates))
    given = StartOptions(minutes=minutes, known=load_session(folder).people)
    _walk(script, given, answers, (clock, plain, True), home or context.obj)


@app.command(
    epilog="Examples: mentorwalk prep | mentorwalk prep --role mentor --name Ada | "
    "mentorwalk prep --html form.html"
)
def prep(
    context: typer.Context,
    agenda: AgendaName = "first-session",
    role: Annotated[RoleChoice, typer.Option(help="Who prepares.")] = RoleChoice.mentee,
    name: Annotated[str | None, typer.Option(help="Your name.")] = None,
    answers: PrepAnswers = None,
    out: PrepFile = None,
    html: PrepForm = None,
    show: ShowFlag = False,
    forgotten: ForgetFlag = False,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Prepare for a session, in your own time."""
    from mentorwalk.domain.people import read_name
    from mentorwalk.workflows.prepare import PrepRunner

    own = None if name is None else read_name(name, "Your name")
    if html is not None and (answers is not None or out is not None or show or forgotten):
        raise typer.BadParameter("--html goes with --role and --name only.", param_hint="--html")
    home = home or context.obj
    runner = _desk(home)
    script = runner.script(agenda, None)
    set_language(script.agenda.language)
    goes_on = runner.library.command("prep", agenda, "--role", role.value)
    preparing = PrepRunner(runner, script, role.value, out, goes_on)
    if show:
        typer.echo(preparing.store.load().whole())
    elif forgotten:
        _forget(preparing.files.all_paths())
    elif html is not None:
        _write_form(html, preparing, own or "")
    elif path := _prepared(preparing, own, answers, plain):
        typer.echo(path)


def _write_form(path: Path, preparing: PrepRunner, name: str) -> None:
    from mentorwalk.documents.prep_page import write_form_page

    typer.echo(write_form_page(path, preparing.agenda, preparing.role, name))
    told = _("Send this form to the {role}: a browser opens it.")
    typer.echo(told.format(role=preparing.role), err=True)


def _prepared(
    preparing: PrepRunner, name: str | None, answers: Path | None, plain: bool
) -> Path | None:
    """Fill in the form: alone at a frontend, or from a file of answers."""
    if answers is not None:
        return preparing.from_answers(name, answers)
    with _frontend(ClockChoice.off, plain) as frontend:
        return preparing.walk(name, frontend)


@app.command(epilog="Examples: mentorwalk sessions | mentorwalk sessions --names")
def sessions(
    context: typer.Context,
    names: Annotated[
        bool, typer.Option("--names", help="Show who met; leave it out on a shared screen.")
    ] = False,
    home: Home = None,
) -> None:
    """List sessions by number, date and agenda."""
    runner = _desk(home or context.obj)
    for line in runner.session_lines(names=names):
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
    _show_document(text)


@app.command(epilog="Examples: mentorwalk render | mentorwalk render 3")
def render(context: typer.Context, session: SessionName = None, home: Home = None) -> None:
    """Write the documents of a session again, after a template changed."""
    runner = _desk(home or context.obj)
    written = runner.render(runner.library.session(session) if session else runner.newest())
    _tell_kept(written)
    for path in written.files:
        typer.echo(path)


@contracts.command(
    "accept", epilog='Example: mentorwalk contract accept 3 --by mentee --how "by e-mail"'
)
def contract_accept(
    context: typer.Context,
    session: OneSession,
    by: Annotated[RoleChoice, typer.Option(help="Who accepted.")],
    how: Annotated[str, typer.Option(help="In a few words: by e-mail.")],
    home: Home = None,
) -> None:
    """Note that somebody accepted the agreement after the call."""
    from mentorwalk.workflows.followup import accept_later

    runner = _desk(home or context.obj)
    accepted = accept_later(runner, runner.library.session(session), by.value, how)
    _tell_kept(accepted.written)
    typer.echo(accepted.sentence, err=True)
    for path in accepted.written.files:
        typer.echo(path)


@app.command(epilog="Example: mentorwalk verify contract.md")
def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An agreement, as mentorwalk wrote it.")],
    home: Home = None,
) -> None:
    """Tell whether an agreement still says what both accepted; exit 0 only then."""
    from mentorwalk.workflows.followup import SIZE_LIMIT, verify_file

    runner = _desk(home or context.obj)
    looked = verify_file(runner, file)
    for line in looked.difference or ():
        typer.echo(shown(line, SIZE_LIMIT))
    sentence = looked.in_words(runner.library.command("render"))
    if looked.status.verdict != "accepted":
        raise InputError(f"{shown_path(file)}: {sentence}")
    typer.echo(sentence)


@app.command(epilog="Examples: mentorwalk export 3 | mentorwalk export 3 --out ours.json")
def export(
    context: typer.Context,
    session: OneSession,
    out: Annotated[Path | None, typer.Option(help="Write to this file, for you only.")] = None,
    home: Home = None,
) -> None:
    """Give the pair's own data as one JSON file, without what is private to one of them."""
    from mentorwalk.storage.files import write_private
    from mentorwalk.workflows.followup import export_session

    runner = _desk(home or context.obj)
    data = export_session(runner, runner.library.session(session))
    if out is None:
        typer.echo(data, nl=False)
    else:
        write_private(out, data, "Choose another place with --out.")
        typer.echo(out)


@app.command(epilog="Example: mentorwalk forget 3")
def forget(
    context: typer.Context,
    session: OneSession,
    home: Home = None,
) -> None:
    """Delete a session for good, after asking."""
    from mentorwalk.workflows import followup as afterwards

    runner = _desk(home or context.obj)
    folder = runner.library.session(session)
    for name in afterwards.followers(runner, folder):
        typer.echo(f"What {name} took along from it stays there until you forget that one, too.")
    _forget(afterwards.session_paths(runner, folder))


def _forget(paths: list[Path]) -> None:
    """Delete a journal's folder, and what belongs to it, on a yes."""
    from mentorwalk.workflows.followup import delete

    for path in paths:
        typer.echo(path)
    typer.echo("Delete this for good, with all that is in it? [y/N] ", nl=False)
    answer = sys.stdin.readline()
    if not answer:
        raise Stopped("Nothing was deleted.")
    if answer.strip().lower() not in ("y", "yes"):
        raise InputError("Nothing was deleted.")
    for path in delete(paths):
        typer.echo(f"deleted {path}")


@agendas.command(
    "new",
    epilog="Examples: mentorwalk agenda new ours.yaml | "
    "mentorwalk agenda new ours.yaml --from first-session",
)
def agenda_new(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to begin; none is overwritten.")],
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

    runner, path = _desk(home or context.obj), file if file.suffix else file.with_suffix(".yaml")
    if path.exists():
        raise InputError(f"{shown_path(path)} is there already: nothing was written.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"{shown_path(path.parent)}: There is no such folder. Nothing was asked.")
    if from_:
        text = copied(read_source(runner.library.agenda(from_)).text, id_from(path.stem))
    else:
        with _frontend(ClockChoice.off, plain) as frontend:
            text = starter(ask_for_agenda(frontend, runner.clock))
    begin_agenda(path, text)
    typer.echo(path)
    for command in ("agenda check", "agenda show", "start --rehearse"):
        typer.echo(f"mentorwalk {command} {_typed(path)}", err=True)


def _typed(path: Path) -> str:
    """A path as it can be typed after a command."""
    import shlex

    return shlex.quote(str(path) if "/" in str(path) or os.sep in str(path) else f"./{path}")


def _walked_from(
    path: Path,
    runner: SessionRunner,
    script: LoadedAgenda,
    people: People,
    chosen: Plan,
    *,
    save: bool,
) -> RunResult:
    from mentorwalk.authoring import read_source
    from mentorwalk.authoring.answers_file import answers_from
    from mentorwalk.frontends.scripted import ScriptedFrontend

    source, today = read_source(path), runner.clock.now().date()
    names = {"mentor": people.mentor, "mentee": people.mentee}
    said, problems = answers_from(source, script.agenda, today, names)
    scripted = ScriptedFrontend(said.values, said.accept)
    runner.try_answers(script, people, chosen, (source, problems, said.unread), scripted)
    # Where nothing is saved, nobody is there to want the documents.
    begin = runner.begin_from_answers if save else runner.begin_unsaved
    return begin(script, people, chosen, scripted)


def _library(home: Path | None) -> Library:
    from mentorwalk.storage.library import library

    return library(home)


def _one_from_each(preps: list[Path] | None) -> tuple[Path, ...]:
    if preps and len(preps) > 2:
        raise typer.BadParameter("Two at most: one from each of you.", param_hint="--prep")
    return tuple(preps or ())


def _folder(templates: Path | None) -> Path | None:
    if templates is not None and not templates.is_dir():
        raise InputError(f"{shown_path(templates)}: There is no such folder for templates.")
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
            raise Stopped(_("Stopped. What was written down by then is saved.")) from None


@contextmanager
def _front(clock: ClockChoice, plain: bool, hang_up: HangUp) -> Iterator[Frontend]:
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if plain or not terminal or os.environ.get("TERM", "") in ("", "dumb"):
        from mentorwalk.frontends.plain import PlainFrontend
        from mentorwalk.frontends.signals import looking_up

        with looking_up():
            yield PlainFrontend(sys.stdin, sys.stdout, clock.value, hang_up)
        return
    from mentorwalk.frontends.live.live import live_screen

    with live_screen(clock.value, hang_up) as live:
        yield live


def _tell(result: RunResult, home: Path | None) -> None:
    """Say where the documents are, or how to go on."""
    if result.written is None and not result.saved:
        typer.echo(_("Nothing was saved, as you wished."), err=True)
        raise typer.Exit(0 if result.session.closed else Stopped.exit_code)
    if result.written is None:
        goes_on = _library(home).command("resume", result.folder.name)
        raise Stopped(_("Saved. Go on with:\n{command}").format(command=goes_on))
    _tell_kept(result.written)
    for path in result.written.files:
        typer.echo(path)


def _tell_kept(written: Written) -> None:
    for path in written.kept:
        typer.echo(_("An earlier copy was kept as {path}.").format(path=path), err=True)


def _is_file(stream: TextIO | None) -> TypeGuard[io.TextIOWrapper]:
    return isinstance(stream, io.TextIOWrapper)


def main() -> None:
    """Run a command; tell an error as a sentence, and exit with its code."""
    # Next to nothing that is loaded is ever let go: looking for it every 700 objects, as Python
    # does by itself, takes a fourteenth of the time to the first question.
    gc.set_threshold(50_000)
    if sys.stdin is None:
        # Started with its input closed: that is the end of input.
        sys.stdin = io.StringIO()
    for stream in filter(_is_file, (sys.stdin, sys.stdout)):
        # A legacy code page must not stop a talk: what it lacks is shown as a question mark.
        stream.reconfigure(errors="replace")
    try:
        _called(sys.argv[1:2])()
    except MentorwalkError as error:
        _say_last(f"{error}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is None:
            raise
        _say_last(f"{_refused(error)}\n")
        sys.exit(InputError.exit_code)
    except KeyboardInterrupt:
        _say_last("Stopped.\n")
        sys.exit(Stopped.exit_code)
    finally:
        _flush()


def _called(first: list[str]) -> typer.Typer:
    """The application with the one command that is called; with all, where none is named first.

    Typer makes every command ready before it looks which one it is, and all of them take as long
    as reading an agenda.
    """
    called = [each for each in app.registered_commands if _names(each) == first]
    if not called:
        return app
    only = copy(app)
    only.registered_commands, only.registered_groups = called, []
    return only


def _names(command: CommandInfo) -> list[str]:
    return [command.name or command.callback.__name__] if command.callback else []


def _refused(error: OSError) -> str:
    """What to say of a file or folder that the system does not let anybody look at."""
    from mentorwalk.storage.files import fix_for, reason

    told = f"{shown(str(error.filename))}: This cannot be used ({reason(error)}). {fix_for(error)}"
    return told.strip()


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
