"""How many items a field can be about at the most, before anybody has answered anything."""

from __future__ import annotations

import math
from itertools import islice, product
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import most_chosen
from mentorwalk.domain.conditions import holds
from mentorwalk.domain.fields import each_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.fields import Condition, Field

MOST_CASES = 100
"""The most combinations of answers that are looked at: which of several sources are asked."""
Visited = frozenset[str]
"""The ids of the fields on the way to a source: an agenda with mistakes may have a circle."""


def most_items(agenda: Agenda, field: Field, visited: Visited = frozenset()) -> float:
    """Return how many items a field is about at the most; infinity if there is no limit.

    What only an earlier session wrote down is not counted.
    """
    named = (*each_text(field.items_from), *(each_text(field.each_of) if field.asks_items else ()))
    return len(field.items) + _most_said(agenda, field, named, visited)


def _most_choices(agenda: Agenda, field: Field, visited: Visited) -> float:
    """Return how many choices a field has at the most."""
    if field.other:
        return math.inf
    named = each_text(field.choices_from)
    return len(field.choices) + _most_said(agenda, field, named, visited)


def _most_said(agenda: Agenda, field: Field, named: Sequence[str], visited: Visited) -> float:
    """Return how many items some sources of a field have together.

    Of two that wait for different answers of one `select`, only one is asked.
    """
    visited |= {field.id}
    sources = [agenda.fields[name] for name in named if name in agenda.fields]
    most = {each.id: _most_of(agenda, each, field, visited) for each in sources}
    together = (
        sum(most[each.id] for each in sources if _is_asked(agenda, each, case))
        for case in _cases(agenda, sources)
    )
    return max(together, default=0)


def _most_of(agenda: Agenda, source: Field, field: Field, visited: Visited) -> float:
    """Return how many items a source has at the most, in both answers if each is asked."""
    people = 2 if source.by == "each" and field.by != "each" else 1
    if source.id in visited:
        return 0
    match source.type:
        case "select":
            most: float = 1
        case "ratings":
            most = most_items(agenda, source, visited)
        case "checkbox" | "ranking":
            most = min(_limit(most_chosen(source)), _most_choices(agenda, source, visited))
        case "list":
            most = _limit(source.max)
        case _:
            most = math.inf
    return people * most


def _limit(most: int | None) -> float:
    return math.inf if most is None else most


def _waits(agenda: Agenda, field: Field) -> Iterator[Condition]:
    """Yield the conditions of a field and of its card that name answers of one `select`."""
    card = agenda.prompt_of.get(next(iter(field.answer_ids)))
    for condition in (*field.when, *(card.when if card else ())):
        named = agenda.fields.get(condition.field)
        chosen = named and named.type in ("select", "confirm") and not named.each_of
        if chosen and condition.any_of:
            yield condition


def _cases(agenda: Agenda, sources: Sequence[Field]) -> Iterator[Mapping[str, str]]:
    """Yield which answers the sources may wait for, one to each question."""
    answers: dict[str, dict[str, None]] = {}
    for source in sources:
        for condition in _waits(agenda, source):
            answers.setdefault(condition.field, {}).update(dict.fromkeys(condition.any_of))
    combinations = islice(product(*answers.values()), MOST_CASES)
    yield from (dict(zip(answers, each, strict=True)) for each in combinations)


def _is_asked(agenda: Agenda, source: Field, case: Mapping[str, str]) -> bool:
    return all(holds(each, [case[each.field]]) for each in _waits(agenda, source))
