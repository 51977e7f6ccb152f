"""Host a session, from the lobby to the page after the call; or note one that was held."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.authoring.loading import known_exercise
from mentorwalk.domain.card import afterwards
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import may_be_same_person
from mentorwalk.engine.frontend import Interrupted
from mentorwalk.workflows.arriving import arrive, last_met
from mentorwalk.workflows.prep_intake import ReceivedPreps

if TYPE_CHECKING:
    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.people import People
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend, Reply
    from mentorwalk.workflows.lobby import Lobby, StartOptions
    from mentorwalk.workflows.runner import RunResult, SessionRunner


UNKEPT = N_("Nothing keeps them: you see them this once.")


def host_session(
    runner: SessionRunner,
    script: LoadedAgenda,
    options: StartOptions,
    lobby: Lobby,
    *,
    save: bool = True,
) -> RunResult:
    """Host a session from the lobby to the page after the call, and return how it ended.

    What was answered in the lobby before is not asked again. Without `save`, the session is kept in
    memory, and documents are written only if they are wanted.

    Raises:
        Stopped: They left before it began.
    """
    frontend, arrived = lobby.frontend, arrive(runner, script, lobby, options, save=save)
    if arrived.left:
        result = runner.resume(arrived.left, frontend, arrived.people.types)
        return after_call(runner, result, frontend)
    script, people, chosen = arrived.script, arrived.people, arrived.plan
    if save:
        return after_call(runner, runner.begin(script, people, chosen, frontend), frontend)
    result = runner.begin_unsaved(script, people, chosen, frontend)
    while lobby.wants_documents():
        if not result.session.closed:
            result = runner.close_unsaved(result, frontend)
        if result.session.closed:
            from mentorwalk.workflows.documents import write_unsaved

            return after_call(runner, write_unsaved(runner, result), frontend)
    show_unkept_notes(result.session, frontend)
    return result


def note_meeting(
    runner: SessionRunner, script: LoadedAgenda, options: StartOptions, frontend: Frontend
) -> RunResult:
    """Let one person note a meeting that was held without the program; return how it ended.

    Raises:
        Stopped: They left before it began.
    """
    from mentorwalk.domain.planning import plan
    from mentorwalk.workflows.lobby import Lobby
    from mentorwalk.workflows.trial import check_documents

    lobby = Lobby(frontend, script.agenda, runner.clock)
    people = lobby.asker.retrace(lambda: lobby.names(lobby.introduced(options, anew=False)))
    check_documents(runner, script)
    chosen = plan(script.agenda, options.minutes or script.agenda.minutes)
    return hand_over(runner, runner.begin(script, people, chosen, frontend), frontend)


def take_preps(
    runner: SessionRunner, script: LoadedAgenda, options: StartOptions
) -> tuple[LoadedAgenda, People, tuple[Problem, ...]]:
    """Take the preparation files of a session in which nobody is asked anything.

    Returns:
        The agenda with the preparations, the two people, and what does not fit the agenda.

    Raises:
        InputError: A file cannot be used, or is from somebody else.
    """
    known = partial(known_exercise, runner.library, script)
    received = ReceivedPreps(script.agenda, runner.clock.now().date(), known, options.given)
    for path in options.preps:
        received.take(path)
    if received.refused:
        raise InputError("\n".join(received.refused))
    people = options.with_names_of(received).people(script.agenda.roles)
    for prep in received.in_order:
        if not may_be_same_person(prep.name, people.name(prep.role)):
            other = _(
                "A preparation is from {theirs}, and the {role} is {name}: "
                "leave it out, or give that name."
            )
            name = people.name(prep.role)
            raise InputError(other.format(theirs=prep.name, role=prep.role, name=name))
    told = (*received.older(last_met(runner, script)), *received.left_out)
    return replace(script, prepared=received.in_order), people, told


def after_call(runner: SessionRunner, result: RunResult, frontend: Frontend) -> RunResult:
    """Lead the person at the keyboard from the end of the talk to their files.

    They stop sharing, answer what is for them alone, and see their private notes and where the
    documents are, which they can have put into a mail. Without documents there is nothing to do.
    """
    if result.written is None:
        return result
    # Any reply leads on, here and below, because all is saved by now.
    _stop_sharing(frontend)
    if result.saved:
        runner.ask_in_private(result.folder, frontend)
    command = runner.library.command("show", runner.library.named(result.folder), "--private")
    again = _("`{command}` reads them again.").format(command=command)
    _show_notes(result.session, frontend, again if result.saved else _(UNKEPT))
    return hand_over(runner, result, frontend)


def show_unkept_notes(session: Session, frontend: Frontend) -> None:
    """Show private notes that nothing keeps, once nobody else can see them.

    Whose window is closed does not see them any more: it may be shared still.
    """
    if session.notes:
        reply = _stop_sharing(frontend)
        if not (isinstance(reply, Interrupted) and reply.for_good):
            _show_notes(session, frontend, _(UNKEPT))


def _stop_sharing(frontend: Frontend) -> Reply:
    ask = _("Say goodbye, and stop sharing your window.")
    return frontend.talk(afterwards(ask, _("Press Enter once it is no longer shared.")), None)


def _show_notes(session: Session, frontend: Frontend, tip: str) -> None:
    if session.notes:
        notes = "\n\n".join(session.notes)
        frontend.talk(afterwards(_("Your private notes"), tip, notes), None)


def hand_over(runner: SessionRunner, result: RunResult, frontend: Frontend) -> RunResult:
    """Show where the files are, and what comes next; without files there is nothing to show."""
    # Loaded here: it brings the session, which the first question does not wait for.
    from mentorwalk.workflows.sending import send_files

    send_files(runner, result, frontend)
    return result
