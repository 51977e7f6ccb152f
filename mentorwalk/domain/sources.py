"""Fields whose items or choices are what was said before: how they are asked, and what stands.

An item is found by its words. What was said about one that its source has no more stays in the
journal, and counts again if the item comes back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from mentorwalk.domain.answers import UNKNOWN, named_in, typed_texts
from mentorwalk.domain.fields import MOST_CHOICES, MOST_ITEMS, Choice, each_text, field_of
from mentorwalk.domain.i18n import _
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import folded
from mentorwalk.domain.values import ByItem, Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Answer, Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.record import Record
    from mentorwalk.domain.roles import Role

Named = TypeVar("Named")


def as_asked(record: Record, field: Field, person: Role | None = None) -> Field:
    """Return a field with the items and the choices that its sources have by now.

    Args:
        record: What was written down in the session in which it is asked.
        field: The field.
        person: Whose answer it is; None if the field does not ask each.
    """
    if not field.sources:
        return field
    beforehand = _said_beforehand(record, field, person)
    chosen = () if field.chooses_next else _choices(record, each_text(field.choices_from), person)
    said = map(Choice, beforehand if field.choices_from and not field.other else ())
    choices = _each_once((*field.choices, *chosen, *said), key=lambda choice: choice.pick)
    about = each_text(field.items_from) + (each_text(field.each_of) if field.asks_items else ())
    named = (*field.items, *(each.pick for each in _choices(record, about, person)))
    items = _each_once((*named, *(beforehand if about else ())), key=str)
    return replace(
        field,
        choices=choices[:MOST_CHOICES],
        items=items[:MOST_ITEMS],
        help=_with_rest(field, len(choices), len(items)),
    )


def _said_beforehand(record: Record, field: Field, person: Role | None) -> tuple[str, ...]:
    """Return what somebody chose or rated beforehand, also where its source is not shared."""
    said = (
        named_in(prep.answers.get(field.answer_id(prep.role)))
        for prep in record.opened.prepared
        if not prep.alone and person in (prep.role, None)
    )
    return tuple(text for names in said for text in names if text != UNKNOWN)


def _with_rest(field: Field, choices: int, items: int) -> str:
    """Return the help of a field, which says so if it asks only about the first of many."""
    first = _("These are the first {most} of {number}.")
    told = [
        first.format(most=most, number=number)
        for number, most in ((choices, MOST_CHOICES), (items, MOST_ITEMS))
        if number > most
    ]
    return " ".join(filter(None, (field.help, *told)))


def _each_once(named: Iterable[Named], key: Callable[[Named], str]) -> tuple[Named, ...]:
    """Return what is named, without what differs from something before it in capitals only."""
    known: dict[str, Named] = {}
    for each in named:
        known.setdefault(folded(key(each)), each)
    return tuple(known.values())


def nothing_to_ask(field: Field) -> bool:
    """Return whether a field, as it is asked, has neither items nor choices to ask about."""
    if field.by_item:
        return not field.items
    return bool(field.choices_from) and not (field.choices or field.other)


def left_of(field: Field, value: Value | None) -> Value | None:
    """Return what is left of a value where its sources have other items by now; None for nothing.

    Args:
        field: The field as it is asked.
        value: What was written down.
    """
    if isinstance(value, ByItem):
        return value.among(field.items) or None
    if field.other or not field.choices_from:
        return value
    picks = [choice.pick for choice in field.choices]
    if isinstance(value, tuple):
        return tuple(item for item in value if item in picks) or None
    return value if value in picks else None


def astray(field: Field, value: Value | None) -> str | None:
    """Return the first thing that a value is about, or chooses, and that is not asked about.

    Args:
        field: The field as it is asked.
        value: What was said.
    """
    if isinstance(value, ByItem):
        return next((item for item in value if item not in field.items), None)
    if field.other or not field.choices_from or value == UNKNOWN:
        return None
    picks = [choice.pick for choice in field.choices]
    return next((text for text in typed_texts(value) if text not in picks), None)


def items_of(answer: Answer) -> tuple[str, ...]:
    """Return what another field can be asked about: the items, or the first lines of an outline."""
    if answer.field.type == "ratings":
        return answer.field.items
    value = answer.value
    return value.items if isinstance(value, Outline) else typed_texts(value)


def hanging_on(agenda: Agenda, key: str) -> tuple[str, ...]:
    """Return the ids of the answers about what an answer names, or about what those name.

    Where each person is asked, only this person's answers hang on it.
    """
    found: dict[str, None] = {}
    more = [key]
    while more:
        source = more.pop()
        for field in agenda.fields.values():
            if field_of(source) in field.sources:
                person = agenda.answerable[source].answer_ids[source]
                own = [id_ for id_, whose in field.answer_ids.items() if whose in (person, None)]
                new = [id_ for id_ in (own or field.answer_ids) if id_ not in found]
                found |= dict.fromkeys(new)
                more += new
    return tuple(found)


def _choices(record: Record, sources: Iterable[str], person: Role | None) -> Iterator[Choice]:
    """Yield what was said in some fields, by one person where each was asked, as choices."""
    for name in sources:
        for key in _keys(record, name, person):
            if key in record.agenda.answerable:
                # What this agenda asks itself is said anew each time, but for what was agreed.
                agreed = key in record.agenda.agreed
                answer = record.effective_answer(key) if agreed else record.answer(key)
                known = answer.field.choice
                yield from (known(item) or Choice(item) for item in items_of(answer))
            else:
                yield from map(Choice, record.opened.carried.sources.get(key, ()))


def _keys(record: Record, name: str, person: Role | None) -> Iterator[str]:
    """Yield the ids of the answers to a source: this person's, or those of both."""
    known = {*record.agenda.answerable, *record.opened.carried.sources}
    own = (f"{name}.{role}" for role in ROLES if person in (role, None))
    yield from (key for key in (name, *own) if key in known)
