"""Trials before a session opens: of its documents' templates, and of a file of answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import default_of
from mentorwalk.domain.errors import Problem, ProblemsFound
from mentorwalk.domain.imagined_answers import all_answered
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.engine.private import ask_in_private
from mentorwalk.engine.style import UNASKED
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mentorwalk.authoring import Source
    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.errors import TemplateProblem
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.planning import Plan
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner


def check_documents(runner: SessionRunner, script: LoadedAgenda) -> None:
    """Make sure that the documents of an agenda can be rendered, before a session opens.

    Raises:
        TemplateProblem: A template is missing or has a mistake.
    """
    for problem in documents_tried(runner, script):
        raise problem


def documents_tried(runner: SessionRunner, script: LoadedAgenda) -> Iterator[TemplateProblem]:
    """Yield what goes wrong when the documents of an agenda are made of sessions that might be."""
    renderer = runner.renderer(script.templates)
    for session in _imagined(runner, script):
        yield from renderer.tried(session)


def _imagined(runner: SessionRunner, script: LoadedAgenda) -> Iterator[Session]:
    """Yield sessions that differ in what was said: nothing, the defaults, everything, some of it.

    In one of them everything was settled but the day of the next meeting.
    """
    agenda, today = script.agenda, runner.clock.now().date()
    empty = _unsaid(runner, script)
    yield empty
    done = replace(empty, marks=dict.fromkeys(empty.cards, "done"))
    defaults = {key: default_of(field, today) for key, field in agenda.answerable.items()}
    yield replace(done, answers=defaults)
    full = all_answered(done)
    yield full
    if agenda.meeting:
        yield _answered(full, full.answers.keys() - {agenda.meeting.date})
    yield _answered(full, list(full.answers)[::2])


def all_settled(runner: SessionRunner, script: LoadedAgenda) -> Session:
    """Return a session in which every card was done, and everything answered, not as usual."""
    empty = _unsaid(runner, script)
    full = all_answered(replace(empty, marks=dict.fromkeys(empty.cards, "done")))
    # Words that are always the same in a document may be those of the usual answers.
    unusual = {key: _unusual(script.agenda.answerable[key]) for key in full.answers}
    return replace(full, answers={**full.answers, **{k: v for k, v in unusual.items() if v}})


def _unusual(field: Field) -> str:
    """Return a choice of a field that is not the usual one; empty if it has no other."""
    picks = [choice.pick for choice in field.choices if field.type == "select"]
    return next((pick for pick in reversed(picks) if pick != field.default), "")


def _unsaid(runner: SessionRunner, script: LoadedAgenda) -> Session:
    """Return a session of two people called as their roles are, in which nothing was said."""
    agenda = script.agenda
    people = People(agenda.roles.mentor, agenda.roles.mentee, "mentor")
    return Session.open(agenda, runner.opened(script, people, plan(agenda, agenda.minutes)))


def _answered(session: Session, keys: Collection[str]) -> Session:
    """Return a session with only some of its answers."""
    return replace(session, answers={key: session.answers[key] for key in keys})


def rehearsed(
    runner: SessionRunner, script: LoadedAgenda, people: People, chosen: Plan, frontend: Frontend
) -> Session:
    """Walk a session to its end without a trace."""
    session = Session.open(script.agenda, runner.opened(script, people, chosen))
    walk = runner.walk_of(session, MemoryJournal(), frontend, UNASKED)
    walk.run()
    ask_in_private(walk.presenter)
    return walk.session


def check_answers(
    session: Session, source: Source, problems: list[Problem], unread: frozenset[str]
) -> None:
    """Make sure that a file of answers gave a session everything that it requires.

    Args:
        session: The session with the answers in it.
        source: The file.
        problems: What is wrong in the file itself.
        unread: The answers that it names but nobody could read: each has its problem already.

    Raises:
        ProblemsFound: With everything that is wrong or missing, at once.
    """
    problems = [*problems, *_missing(session, source, unread)]
    if problems:
        raise ProblemsFound(sorted(problems))


def _missing(session: Session, source: Source, unread: frozenset[str]) -> list[Problem]:
    """Return a problem for each required answer that was asked and not given."""
    asked = [
        field
        for card in session.cards
        for field in session.agenda.prompts[card].fields
        if field.required and session.asks(field)
    ]
    return [
        Problem(source.name, 1, 1, f"`{key}` is required, is asked, and has no answer here.")
        for field in asked
        for key in field.answer_ids
        if session.answer(key).empty and key not in unread
    ]
