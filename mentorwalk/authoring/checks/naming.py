"""Where an agenda names its fields: in cards, clauses, conditions, pictures, `meeting`, `next`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.sources import named_sources
from mentorwalk.domain.fields import each_text
from mentorwalk.domain.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Condition

_BEGUN = re.compile(r"[{%$«<\[] ?([a-z][a-z0-9_]*)")
"""A name behind a sign that may begin it."""


def named_fields(index: AgendaIndex) -> Iterator[tuple[Place, str]]:
    """Yield each name of a field or an answer, with the place where it stands."""
    agenda = index.agenda
    for key, name in vars(agenda.meeting).items() if agenda.meeting else ():
        yield ("meeting", key), name
    if agenda.contact and agenda.contact.named_by:
        yield ("contact", "named_by"), agenda.contact.named_by
    if isinstance(agenda.next, tuple):
        for number, entry in enumerate(agenda.next):
            yield from _conditions(("next", number, "when"), entry.when)
            yield from _conditions(("next", number, "unless"), entry.unless)
    for place, prompt in index.prompts:
        yield from _on_card(place, prompt)
    for located in index.fields:
        yield from _conditions((*located.place, "when"), located.value.when)
        if located.value.days_from:
            yield (*located.place, "days_from"), located.value.days_from
        yield from named_sources(located)


def everything_named(index: AgendaIndex) -> frozenset[str]:
    """Return every field that a clause, another card or field, or the meeting names.

    A name whose braces lack something, or are other signs, is told where it stands.
    """
    choosing = index.agenda.choosing
    clauses = (prompt.clause for prompt in index.agenda.cards if prompt.clause)
    begun = (name for clause in clauses for name in _BEGUN.findall(clause.says))
    named = (name for place, name in named_fields(index) if not _asks(index, place, name))
    return frozenset((*named, *begun, *([choosing.id] if choosing else [])))


def _asks(index: AgendaIndex, place: Place, name: str) -> bool:
    """Return whether a card recalls what it asks itself: later, nobody reads that there again."""
    card = index.cards_at.get(place[:-2]) if place[-2] == "recall" else None
    return card is not None and any(name in field.answer_ids for field in card.fields)


def _on_card(place: Place, prompt: Prompt) -> Iterator[tuple[Place, str]]:
    for key, names in (("recall", prompt.recall), ("again", prompt.again)):
        yield from (((*place, key, number), name) for number, name in enumerate(names))
    yield from _conditions((*place, "when"), prompt.when)
    if prompt.picture:
        yield from (((*place, "picture", "of"), name) for name in each_text(prompt.picture.of))
    if prompt.clause:
        said = PLACEHOLDER.findall(prompt.clause.says)
        yield from (((*place, "clause", "says"), name) for name in said)


def _conditions(place: Place, conditions: Iterable[Condition]) -> Iterator[tuple[Place, str]]:
    yield from (((*place, condition.field), condition.field) for condition in conditions)
