"""Checks of `when`: answers that cannot be, and questions that nobody is ever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.index import AgendaIndex, Finding, Hints
from mentorwalk.domain.answer_parsing import possible_answers
from mentorwalk.domain.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.domain.agenda import Field


def unmet_conditions(every: AgendaIndex) -> Iterator[Finding]:
    """Find conditions that name an answer which cannot be given."""
    meant = Hints()
    possible = {placed.value.id: possible_answers(placed.value) for placed in every.fields}
    for placed in every.fields:
        for condition in placed.value.when:
            asked = possible.get(condition.field)
            for answer in condition.any_of if asked else ():
                if asked and not asked.includes(answer):
                    hint = meant(asked.spelled.get(answer.casefold(), answer), asked.picks)
                    yield (
                        (*placed.place, "when", condition.field),
                        f"`{condition.field}` is never answered `{shown(answer, 40)}`.{hint}",
                    )


def never_asked(every: AgendaIndex) -> Iterator[Finding]:
    """Find conditions that nobody can ever meet: on itself, in a circle, on what is asked later."""
    fields = {key: placed.value for placed in every.fields for key in placed.value.answer_ids}
    # What is private is asked after the call, so after everything else.
    ordered = sorted((placed.value for placed in every.fields), key=lambda field: field.private)
    order = {field.id: number for number, field in enumerate(ordered)}
    for placed in every.fields:
        own = placed.value.id
        for condition in placed.value.when:
            named = fields.get(condition.field)
            if named is None or order[named.id] < order[own]:
                continue
            circle = _circle(own, named, fields)
            # What was agreed in an earlier session may hold before it is asked again.
            if circle or not set(named.answer_ids) & every.agenda.agreed:
                yield (*placed.place, "when", condition.field), _never_met(own, named.id, circle)


def _circle(own: str, named: Field, fields: Mapping[str, Field]) -> tuple[str, ...]:
    """Return the ids by which a field waits for itself, itself last; empty if it does not."""
    ways: list[tuple[Field, ...]] = [(named,)]
    seen = {named.id}
    while ways:
        way = ways.pop(0)
        if way[-1].id == own:
            return tuple(field.id for field in way)
        following = (fields.get(condition.field) for condition in way[-1].when)
        fresh = [field for field in following if field and field.id not in seen]
        seen |= {field.id for field in fresh}
        ways += [(*way, field) for field in fresh]
    return ()


def _never_met(own: str, named: str, circle: tuple[str, ...]) -> str:
    if circle == (own,):
        return f"`{own}` waits for its own answer, so nobody is ever asked."
    if circle:
        rest = "".join(f", and that for `{each}`" for each in circle[1:])
        return f"`{own}` waits for `{circle[0]}`{rest}: a circle, so nobody is ever asked."
    return f"`{own}` waits for `{named}`, which is asked only later: move it behind that field."
