"""Conditions that nobody can ever meet: on the field itself, in a circle, on a later question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.domain.agenda import Agenda, Field


class Unmet(NamedTuple):
    """A condition that nobody can ever meet."""

    field: str
    """The id of the field that waits."""
    key: str
    """The answer that it waits for."""
    named: str
    """The id of the field with that answer."""
    circle: tuple[str, ...]
    """The ids by which the field waits for itself, itself last; empty if it does not."""


def unmet_conditions(agenda: Agenda) -> Iterator[Unmet]:
    """Yield every condition of an agenda that nobody can ever meet."""
    fields = [*agenda.fields.values(), *agenda.prepare.mentee, *agenda.prepare.mentor]
    by_key = {key: field for field in fields for key in field.answer_ids}
    # Private fields are asked after the call, so after everything else.
    ordered = sorted(fields, key=lambda field: field.private)
    turn = {field.id: number for number, field in enumerate(ordered)}
    for field in fields:
        for condition in field.when:
            named = by_key.get(condition.field)
            if named is None or turn[named.id] < turn[field.id]:
                continue
            circle = _circle(field.id, named, by_key)
            # What was agreed in an earlier session may hold before it is asked again.
            if circle or not set(named.answer_ids) & agenda.agreed:
                yield Unmet(field.id, condition.field, named.id, circle)


def _circle(own: str, named: Field, by_key: Mapping[str, Field]) -> tuple[str, ...]:
    """Return the ids by which a field waits for itself, itself last; empty if it does not."""
    ways: list[tuple[Field, ...]] = [(named,)]
    seen = {named.id}
    while ways:
        way = ways.pop(0)
        if way[-1].id == own:
            return tuple(field.id for field in way)
        following = (by_key.get(condition.field) for condition in way[-1].when)
        fresh = [field for field in following if field and field.id not in seen]
        seen |= {field.id for field in fresh}
        ways += [(*way, field) for field in fresh]
    return ()
