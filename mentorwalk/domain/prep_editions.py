"""A preparation after its agenda has changed: nothing that somebody wrote is dropped.

What still fits stays an answer. Everything else is kept apart, with its question's words, and comes
back if its question does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import read_anew
from mentorwalk.domain.answers import UNKNOWN, Answer, fits, typed_texts
from mentorwalk.domain.earlier import CarryOver, ShownAnswer
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.prep_form import ONLY_ME
from mentorwalk.domain.prep_wishes import SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.session import Session

UNASKED = "unasked"
"""The beginning of the id of an answer whose question is not asked: no agenda has such ids."""


@dataclass(frozen=True)
class Edition:
    """What somebody wrote, as another edition of the agenda asks for it."""

    answers: Mapping[str, Value]
    drafts: Mapping[str, str]
    """What is half typed, by answer id."""
    unasked: CarryOver
    """What has no question: the values, and their questions in the words of then."""
    returned: frozenset[str]
    """The answers whose question had gone, and is back."""


def next_edition(form: Session, then: Agenda | None, today: date) -> Edition:
    """Return what was written into a form, for the agenda that it has now.

    Args:
        form: The form with all that was written, made from the agenda as it is now.
        then: The form's agenda as it was; None if it cannot be read any more.
        today: The day on which answers are read.
    """
    fields, kept = form.agenda.answerable, form.opened.carried
    written = {key: value for key, value in form.answers.items() if value is not None}
    answers = {key: each for key, each in written.items() if _fits(fields.get(key), each, today)}
    back = _returned(form, today)
    left = {name: value for name, value in kept.answers.items() if name not in back.values()}
    drafts = {key: draft.text for key, draft in form.drafts.items() if draft.text}
    gone = {key: each for key, each in written.items() if key not in answers}
    half = {key: text for key, text in drafts.items() if key not in fields}
    named = [*_named(gone, left), *_named(half, {**left, **dict(_named(gone, left))})]
    shown = {name: each for name, each in kept.shown.items() if name in left}
    for name, key in named:
        if not key.startswith(SHARE):
            shown[name] = _shown(key, gone.get(key, half.get(key, "")), form, then)
    values = left | {name: gone.get(key, half.get(key, "")) for name, key in named}
    return Edition(
        answers | {key: kept.answers[name] for key, name in back.items()},
        {key: text for key, text in drafts.items() if key in fields},
        _brought(form, values, shown),
        frozenset(back),
    )


def _brought(
    form: Session, values: Mapping[str, Value], shown: Mapping[str, ShownAnswer]
) -> CarryOver:
    """Return what comes along: what has no question any more, and what was said the last time."""
    earlier = form.opened.carried.earlier
    if not (values or earlier):
        return CarryOver()
    return CarryOver(session=form.agenda.id, answers=values, shown=shown, earlier=earlier)


def _returned(form: Session, today: date) -> Mapping[str, str]:
    """Return the answers whose question is back, each with the id it was kept under."""
    fields, kept = form.agenda.answerable, form.opened.carried.answers
    back: dict[str, str] = {}
    for name, value in kept.items():
        key = _asked_by(name)
        if key not in form.answers and _fits(fields.get(key), value, today):
            back[key] = name
    # A decision to share comes back with its own answer only: it was not made for other words.
    return {
        key: name
        for key, name in back.items()
        if not key.startswith(SHARE) or kept[name] == ONLY_ME or key.removeprefix(SHARE) in back
    }


def _named(gone: Mapping[str, Value], kept: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Yield each answer that has no question, under an id that nothing else has."""
    for key in gone:
        ids = (f"{UNASKED}{number if number > 1 else ''}.{key}" for number in count(1))
        yield next(id_ for id_ in ids if id_ not in kept), key


def _asked_by(name: str) -> str:
    """Return the id of the question that an answer was given to."""
    return name.partition(".")[2]


def _shown(key: str, value: Value, form: Session, then: Agenda | None) -> ShownAnswer:
    """Return an answer in the words of the question that it was given to, if they are known."""
    field = then.answerable.get(key) if then else None
    if field is None or not (value == UNKNOWN or fits(field, value)):
        return ShownAnswer(field.label if field else key, ", ".join(typed_texts(value)))
    answer = Answer(field, value, form.names, field.answer_ids[key])
    return ShownAnswer(answer.label, answer.given)


def _fits(field: Field | None, value: Value, today: date) -> bool:
    """Return whether a field would take a value."""
    if field is None:
        return False
    try:
        return value == UNKNOWN or read_anew(field, value, today) == value
    except Unreadable:
        return False
