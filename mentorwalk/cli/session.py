"""The commands that walk a session: start, demo, resume, next."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorwalk.cli.options import (
    AgendaName,
    AnswersFile,
    ClockChoice,
    ClockOption,
    Home,
    Minutes,
    PlainFlag,
    SessionName,
    Templates,
    existing_folder,
    library_at,
    runner_at,
)
from mentorwalk.cli.terminal import (
    Look,
    draws,
    frontend_for,
    print_documents,
    print_path,
    print_written,
    tell_of_english,
)
from mentorwalk.domain.errors import Stopped, shown_path
from mentorwalk.domain.i18n import _, set_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.planning import Plan
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.demo import DemoClock
    from mentorwalk.workflows.lobby import StartOptions
    from mentorwalk.workflows.rehearsal import RehearsalResult
    from mentorwalk.workflows.runner import RunResult
    from mentorwalk.workflows.sessions import StoredSession

FASTEST = 600
"""How many times faster than a real clock that of a rehearsal can be."""

MOST_FILES = 8
"""The most preparation files of one session: each brings a page before it begins."""
PrepFilesOption = Annotated[
    list[Path] | None,
    typer.Option("--prep", help="A preparation file from one of you, or an exercise done alone."),
]
OtherAgenda = Annotated[
    str | None, typer.Option("--agenda", help="Another agenda than the one that follows.")
]
HeldOn = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Note a meeting that you held without mentorwalk."),
]

commands = typer.Typer()


@commands.command(
    epilog="Examples: mentorwalk start | mentorwalk start --mentor Ada --mentee Grace --minutes 45"
)
def start(
    agenda: AgendaName = "first-session",
    mentor: Annotated[str | None, typer.Option(help="The mentor's name.")] = None,
    mentee: Annotated[str | None, typer.Option(help="The mentee's name.")] = None,
    minutes: Minutes = None,
    prep: PrepFilesOption = None,
    answers: AnswersFile = None,
    templates: Templates = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Keep nothing on disk; documents only if you say so.")
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
    from mentorwalk.authoring.loading import load_agenda
    from mentorwalk.workflows.lobby import StartOptions

    options = StartOptions.read(mentor, mentee, minutes, _not_too_many(prep))
    if rehearsal and answers is not None:
        raise typer.BadParameter("--rehearse asks people, --answers asks nobody: use one of them.")
    if not 1 <= speed <= FASTEST:  # nan passes the option's own limits
        raise typer.BadParameter(f"--speed takes a number from 1 to {FASTEST}.")
    script = load_agenda(library_at(home), agenda, existing_folder(templates))
    if rehearsal:
        _rehearse(script, options, Look(clock, plain, unsaved=True), speed, home)
    elif answers is not None:
        tell_of_english(script.agenda.language)
        _walk_from_answers(script, options, answers, home, save=not no_save)
    else:
        _walk(script, options, Look(clock, plain, unsaved=no_save), home)


def _not_too_many(preps: list[Path] | None) -> tuple[Path, ...]:
    if preps and len(preps) > MOST_FILES:
        many = f"{MOST_FILES} at most: one from each of you, and exercises done alone."
        raise typer.BadParameter(many, param_hint="--prep")
    return tuple(preps or ())


def _rehearse(
    script: "LoadedAgenda", options: "StartOptions", look: Look, speed: float, home: Path | None
) -> None:
    from mentorwalk.workflows.rehearsal import rehearse

    _plan(script, options)
    set_language(script.agenda.language)
    with frontend_for(look) as frontend:
        rehearsed = rehearse(runner_at(home), script, options, frontend, speed)
    _finish_unsaved(rehearsed, _("That was a rehearsal: nothing was kept."))


def _walk(script: "LoadedAgenda", options: "StartOptions", look: Look, home: Path | None) -> None:
    """Walk a session with two people."""
    from mentorwalk.authoring.loading import known_exercise
    from mentorwalk.storage.clocks import SystemClock
    from mentorwalk.workflows.lobby import Lobby

    _plan(script, options)
    set_language(script.agenda.language)
    with frontend_for(look) as frontend:
        anew = look.unsaved or not library_at(home).has_sessions
        known = partial(known_exercise, library_at(home), script)
        lobby = Lobby(frontend, script.agenda, SystemClock(), exercises=known)
        # The first question is answered before the walk is loaded, so nobody waits for that.
        lobby.asker.retrace(lambda: lobby.introduced(options, anew=anew))
        from mentorwalk.workflows.host import host_session

        save = not look.unsaved
        result = host_session(runner_at(home), script, options, lobby, save=save)
    _report(result, home)


def _walk_from_answers(
    script: "LoadedAgenda",
    options: "StartOptions",
    answers: Path,
    home: Path | None,
    *,
    save: bool = True,
) -> None:
    """Walk a session that a file of answers fills in."""
    from mentorwalk.cli.answers import scripted_from
    from mentorwalk.engine.style import UNASKED
    from mentorwalk.workflows.host import take_preps
    from mentorwalk.workflows.next_agenda import as_following, newest_of_pair

    chosen = _plan(script, options)
    runner = runner_at(home)
    script, people, left_out = take_preps(runner, script, options)
    for problem in left_out:
        typer.echo(problem, err=True)
    if save and (last := newest_of_pair(runner, script, people)):
        typer.echo(f"It goes on from {last.folder.name}.", err=True)
        script = as_following(runner, last, script)
    scripted = scripted_from(runner, script, people, chosen, answers)
    # --no-save asks at the end whether to write the documents; here is nobody to ask.
    if save:
        result = runner.begin_from_answers(script, people, chosen, scripted)
    else:
        style = replace(UNASKED, unsaved=True)
        result = runner.begin_unsaved(script, people, chosen, scripted, style)
    if result.written is None:
        _report(result, home)
    print_path(result.folder)


def _plan(script: "LoadedAgenda", options: "StartOptions") -> "Plan":
    """Return the plan for the wanted length, before anybody is asked anything.

    Raises:
        InputError: The agenda cannot be planned for it.
    """
    from mentorwalk.domain.planning import length_near, plan

    usual = length_near(script.agenda, options.agreed)
    return plan(script.agenda, usual if options.minutes is None else options.minutes)


def _report(result: "RunResult", home: Path | None) -> None:
    """Print where the documents are, or how to go on."""
    if result.written is not None:
        print_written(result.written)
    elif result.saved:
        from mentorwalk.engine.dialog import saved

        library = library_at(home)
        goes_on = library.command("resume", library.named(result.folder))
        raise Stopped(saved(goes_on))
    else:
        typer.echo(_("Nothing was saved, as you wished."), err=True)
        raise typer.Exit(0 if result.session.closed else Stopped.exit_code)


@commands.command(epilog="Example: mentorwalk demo")
def demo(plain: PlainFlag = False) -> None:
    """Watch a session that plays itself, in under a minute."""
    import tempfile

    from mentorwalk.authoring.loading import load_agenda
    from mentorwalk.workflows.demo import AGENDA, DemoClock, play

    with tempfile.TemporaryDirectory() as nowhere:
        runner = runner_at(Path(nowhere))
        clock = DemoClock(runner.clock.now().replace(hour=15, minute=0, second=0, microsecond=0))
        runner = replace(runner, clock=clock)
        script = load_agenda(runner.library, AGENDA, None)
        with _player(clock, plain=plain) as player:
            played = play(runner, script, clock, player)
    _finish_unsaved(played, "That was a demo. Begin your own with: mentorwalk start")


@contextmanager
def _player(
    clock: "DemoClock", *, plain: bool
) -> "Iterator[Callable[[dict[str, Value]], Frontend]]":
    """Give what makes a frontend that types answers, on a live screen or as a transcript."""
    if plain or not draws(sys.stdout):
        from mentorwalk.frontends.transcript import TranscriptFrontend

        yield lambda answers: TranscriptFrontend(answers, sys.stdout, clock.advance)
        return
    from mentorwalk.frontends.playing import PlayingFrontend, stage

    with stage(sys.stdout) as symbols:
        yield lambda answers: PlayingFrontend(
            answers, target=sys.stdout, advance=clock.advance, symbols=symbols
        )


def _finish_unsaved(result: "RehearsalResult", ending: str) -> None:
    """Print the documents of a session that was not kept, and how it ended."""
    print_documents(result.documents)
    typer.echo(ending, err=True)
    if not result.session.closed:
        raise typer.Exit(Stopped.exit_code)


@commands.command(epilog="Examples: mentorwalk resume | mentorwalk resume 3")
def resume(
    session: SessionName = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Go on with an unfinished session, by default the newest."""
    runner = runner_at(home)
    store, named = runner.store, runner.library.session(session) if session else None
    found = store.load(named) if named else store.newest_unfinished()
    _resume(found, Look(clock, plain), home)


def _resume(found: "StoredSession", look: Look, home: Path | None) -> None:
    """Walk an unfinished session from where it was left."""
    from mentorwalk.workflows.host import after_call
    from mentorwalk.workflows.sessions import CUT

    runner = runner_at(home)
    with frontend_for(look) as frontend:
        result = after_call(runner, runner.resume(found, frontend), frontend)
    for path in result.cut:
        typer.echo(CUT.format(path=shown_path(path)), err=True)
    _report(result, home)


@commands.command(
    "next",
    epilog="Examples: mentorwalk next | mentorwalk next 3 --agenda check-in | "
    'mentorwalk next --held "3 May" --minutes 45',
)
def next_session(
    session: SessionName = None,
    agenda: OtherAgenda = None,
    held: HeldOn = None,
    minutes: Minutes = None,
    prep: PrepFilesOption = None,
    answers: AnswersFile = None,
    templates: Templates = None,
    clock: ClockOption = ClockChoice.calm,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Walk the next session of the same two people.

    It goes on from what their last one left.
    """
    from mentorwalk.workflows.going_on import going_on
    from mentorwalk.workflows.next_agenda import as_noted, next_agenda

    runner = runner_at(home)
    named = runner.library.session(session) if session else None
    last = runner.store.finished(named) if named else runner.store.newest_finished()
    look, day = Look(clock, plain), _held_on(held, agenda, runner.clock.now().date())
    if agenda or answers or day or not sys.stdin.isatty():
        _tell_what_came_after(last, named, home)
    else:
        chosen = going_on(runner, last, lambda: frontend_for(look), named=named is not None)
        if chosen.resumes:
            _resume(chosen.session, look, home)
            return
        last, agenda = chosen.session, chosen.agenda
    script = next_agenda(runner, last, "held" if day else agenda, existing_folder(templates))
    script = as_noted(script, day) if day else script
    options = replace(_options_after(last, minutes, home), preps=_not_too_many(prep))
    _walk_next(script, options, answers, look, home)


def _walk_next(
    script: "LoadedAgenda",
    options: "StartOptions",
    answers: Path | None,
    look: Look,
    home: Path | None,
) -> None:
    """Walk a session with two people, let one of them note it, or take it from a file."""
    if answers is not None:
        _walk_from_answers(script, options, answers, home)
    elif script.held:
        _note(script, options, look, home)
    else:
        _walk(script, options, look, home)


def _held_on(held: str | None, agenda: str | None, today: "date") -> "date | None":
    """Return the day of a meeting that is only noted; None if the two are about to meet."""
    from mentorwalk.domain.date_parsing import parse_past_day

    if held is not None and agenda is not None:
        raise typer.BadParameter("A meeting is noted with an agenda of its own: no --agenda here.")
    return None if held is None else parse_past_day(held, today)


def _note(script: "LoadedAgenda", options: "StartOptions", look: Look, home: Path | None) -> None:
    """Let one person note a meeting that was held."""
    from mentorwalk.workflows.host import note_meeting

    _plan(script, options)
    set_language(script.agenda.language)
    with frontend_for(look) as frontend:
        result = note_meeting(runner_at(home), script, options, frontend)
    _report(result, home)


def _options_after(last: "StoredSession", minutes: int | None, home: Path | None) -> "StartOptions":
    """Return the options of a session that goes on from another one."""
    from mentorwalk.domain.meeting import agreed_minutes
    from mentorwalk.workflows.came_after import met_so_far
    from mentorwalk.workflows.lobby import StartOptions

    two, agreed = last.session.people, agreed_minutes(last.session)
    met = met_so_far(runner_at(home), last)
    return StartOptions(two.mentor, two.mentee, minutes, agreed, met, two.types)


def _tell_what_came_after(last: "StoredSession", named: Path | None, home: Path | None) -> None:
    """Tell that two people met again after the session that was named, where nobody is asked."""
    from mentorwalk.workflows.came_after import both_stay, met_since

    if named and (since := met_since(runner_at(home), last)):
        typer.echo(both_stay(since), err=True)
