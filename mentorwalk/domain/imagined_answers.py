"""Answers that nobody gave: one to every field of an agenda, to try what is made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import default_of, most_chosen
from mentorwalk.domain.people import Prep
from mentorwalk.domain.prep_wishes import prep_fields
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.values import ByItem, Node, Outline

if TYPE_CHECKING:
    from datetime import date

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session
    from mentorwalk.domain.values import ItemValue

AHEAD = timedelta(days=14)
"""How far ahead a day is that nobody named."""


def all_answered(session: Session) -> Session:
    """Return a session in which every field is asked and has an answer: its default, if any.

    A field about what is said in others is about what is imagined there. Without its conditions
    an agenda asks more than one session would, and what is made of any answer can be tried. What
    can be prepared, both have prepared.
    """
    agenda = session.agenda.with_fields(lambda field: replace(field, when=()))
    phases = (
        replace(phase, prompts=tuple(replace(prompt, when=()) for prompt in phase.prompts))
        for phase in agenda.phases
    )
    agenda = replace(agenda, phases=tuple(phases))
    opened = replace(session.opened, prepared=tuple(_prepared(session, role) for role in ROLES))
    bare = replace(session, agenda=agenda, opened=opened, answers={})
    return reduce(_with_answer, (key for key in agenda.answerable if key not in agenda.plain), bare)


def _prepared(session: Session, role: Role) -> Prep:
    fields = prep_fields(session.agenda, role)
    said = {key: answer_to(field, session.day) for key, field in fields.items()}
    answers = {key: value for key, value in said.items() if value is not None}
    return Prep(session.agenda.id, role, session.people.name(role), answers)


def _with_answer(session: Session, key: str) -> Session:
    value = answer_to(session.field(key), session.day)
    return replace(session, answers={**session.answers, key: value})


def answer_to(field: Field, today: date) -> Value | None:
    """Return an answer that suits a field as it is asked; None where there is nothing to answer."""
    if field.by_item:
        said = {item: _about_one(field.for_one_item, today) for item in field.items}
        return ByItem().saying(said) or None
    default = default_of(field, today)
    return _by_type(field, today) if default is None else default


def _about_one(field: Field, today: date) -> ItemValue:
    value = answer_to(field, today)
    assert isinstance(value, str | int | float | tuple)  # noqa: S101 - what one item takes
    return value


def _by_type(field: Field, today: date) -> Value | None:
    match field.type:
        case "select" | "checkbox" | "ranking":
            return _chosen(field)
        case "list":
            most = max(1, 3 if field.max is None else field.max, field.min or 0)
            return tuple(f"{_words(field)} {number}" for number in range(1, most + 1))
        case "confirm":
            return True
        case "number":
            return next((end for end in (field.max, field.min) if end is not None), 1)
        case "scale":
            return field.ends[1]
        case "date":
            return (today + AHEAD).isoformat()
        case "time":
            return "15:00"
        case "outline":
            return Outline((Node(_words(field), (Node(_words(field)),)),))
        case _:
            return _words(field)


def _chosen(field: Field) -> Value | None:
    """Return the first choice, or all that may be chosen together; own words where there is none.

    Where a field has only what other answers make its choices, there may be nothing to choose.
    """
    picks = tuple(choice.pick for choice in field.choices)
    if not picks and field.choices_from and not field.other:
        return None
    picks = picks or (_words(field),)
    return picks[0] if field.type == "select" else picks[: most_chosen(field)]


def _words(field: Field) -> str:
    """Return words of somebody's own."""
    return f"What was said about {field.id.replace('_', ' ')}"
