"""The checks of `when`: answers that are never given, and questions that are never asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.index import AgendaIndex, Finding, Hints
from mentorwalk.domain.answer_parsing import possible_answers
from mentorwalk.domain.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.domain.agenda import Field


def unmet_conditions(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions on an answer that cannot be given."""
    meant = Hints()
    possible = {located.value.id: possible_answers(located.value) for located in index.fields}
    for place, field in index.fields:
        for condition in field.when:
            asked = possible.get(condition.field)
            for answer in condition.any_of if asked else ():
                if asked and not asked.includes(answer):
                    hint = meant(asked.spelled.get(answer.casefold(), answer), asked.picks)
                    never = f"`{condition.field}` is never answered `{shown(answer, 40)}`."
                    yield Finding((*place, "when", condition.field), f"{never}{hint}")


def never_asked(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions on the field itself, in a circle, or on what is asked later."""
    fields = {key: located.value for located in index.fields for key in located.value.answer_ids}
    # Private fields are asked after the call, so after everything else.
    ordered = sorted((located.value for located in index.fields), key=lambda field: field.private)
    order = {field.id: number for number, field in enumerate(ordered)}
    for place, field in index.fields:
        for condition in field.when:
            named = fields.get(condition.field)
            if named is None or order[named.id] < order[field.id]:
                continue
            circle = _circle(field.id, named, fields)
            # What was agreed in an earlier session may hold before it is asked again.
            if circle or not set(named.answer_ids) & index.agenda.agreed:
                sentence = _never_met(field.id, named.id, circle)
                yield Finding((*place, "when", condition.field), sentence)


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
