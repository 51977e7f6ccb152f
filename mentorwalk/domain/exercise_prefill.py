"""What the questions of an exercise begin with: all there is to keep, or what the last time had."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.answers import fits
from mentorwalk.domain.exercises import is_in_exercise
from mentorwalk.domain.fields import field_of
from mentorwalk.domain.runs import is_about_the_same, told_about
from mentorwalk.domain.sources import left_of

if TYPE_CHECKING:
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.session import Session


class Beginning(NamedTuple):
    """What a question begins with, before anybody has answered it."""

    value: Value | None
    since: date | None = None
    """The day of the last time, if it is as it was left then."""


def begins_with(session: Session, key: str, field: Field) -> Beginning | None:
    """Return what a question of an exercise begins with; None where its usual answer does.

    Where there is no more than may be kept, all of it is; else what lasts is as it was the last
    time, and so is an outline that is about the same as then, or a day that is still to come.
    Numbers never are: the first one that comes is the right one.

    Args:
        session: The session.
        key: The id of the answer.
        field: The field as it is asked.
    """
    card = session.agenda.prompt_of.get(key)
    if card is None or not is_in_exercise(session.agenda, card):
        return None
    if (
        field.type == "checkbox"
        and field.choices_from
        and 0 < len(field.choices) <= (field.max or 0)
    ):
        return Beginning(tuple(choice.pick for choice in field.choices))
    kept = session.opened.carried.earlier.get(key)
    if kept and field.type == "date" and str(kept.value) < session.today.isoformat():
        return None
    left = _left(field, kept.value) if kept and _lasts(session, key, field) else None
    return Beginning(left, kept.day) if kept and left else None


def _lasts(session: Session, key: str, field: Field) -> bool:
    if field.type in ("outline", "date"):
        return bool(told_about(session, key)) and is_about_the_same(session, key)
    return field.id in lasting(session.agenda)


def lasting(agenda: Agenda) -> frozenset[str]:
    """Return the ids of the fields that name what lasts: areas, values, and which of them count.

    Those are choices of the agenda's own that other fields are about, with the own words beside
    them, what chooses among them, and what decides which of them are asked. A list that stands by
    itself, such as what is going round in somebody's head, is another one each time.
    """
    fields = agenda.fields.values()
    lists = {field.id for field in fields if field.type == "list"}
    sources = {field.id: {*map(field_of, field.sources)} for field in fields}
    named = set[str]().union(*sources.values())
    found = {each.id for each in fields if each.type == "checkbox" and each.choices} & named
    for field in fields:
        if found & sources[field.id]:
            found |= lists & sources[field.id]
        if (
            field.type in ("checkbox", "ranking")
            and sources[field.id]
            and sources[field.id] <= found
        ):
            found.add(field.id)
    deciding = (on.field for each in fields if each.id in found for on in each.when)
    return frozenset((*found, *map(field_of, deciding)))


def _left(field: Field, value: Value) -> Value | None:
    """Return what is left of an answer of the last time among the choices of today."""
    if not fits(field, value):
        return None
    picks = [choice.pick for choice in field.choices]
    if isinstance(value, tuple) and picks and not field.other:
        value = tuple(each for each in value if each in picks)[: field.max]
    if isinstance(value, str) and picks and value not in picks:
        return None
    return left_of(field, value) or None
