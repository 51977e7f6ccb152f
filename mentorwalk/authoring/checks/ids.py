"""The checks of ids: their form, those that come twice, and what still names a misshapen one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding, Located
from mentorwalk.authoring.format.id_forms import (
    CARD_ID,
    FIELD_ID,
    NAME_LIMIT,
    NOT_SYNCED,
    REFUSED,
    RESERVED,
    TOO_LONG,
    reshaped,
)
from mentorwalk.authoring.syntax.places import last_key
from mentorwalk.authoring.syntax.rewriting import NO_QUOTES, without_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Field

CARD = 4
"""The steps of a place that lead to a card: `phases`, 0, `prompts`, 0."""
SHARED = "phases and cards share their ids"
_NAMING = ("again", "recall", "named_by", "choices_from", "items_from", "each_of", "of")
"""Keys whose values name fields; those of `meeting` do, too."""


def ids(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the ids that have another form, come twice or are too long, and what names them."""
    cards = [Located(("phases", i), phase.id) for i, phase in enumerate(index.agenda.phases)]
    cards += [Located(prompt.place, prompt.value.id) for prompt in index.prompts]
    fields = [Located(field.place, field.value.id) for field in index.fields]
    for each in (cards, fields, [Located[str]((), index.agenda.id)]):
        yield from _misshapen(index, each, FIELD_ID if each is fields else CARD_ID)
    yield from _twice(index, cards, SHARED)
    yield from _twice(index, fields, "each field has one of its own")
    yield from _still_named(index, fields)
    if len(index.agenda.id) > NAME_LIMIT:
        yield Finding(("id",), TOO_LONG)
    if REFUSED in index.agenda.id:
        yield Finding(("id",), NOT_SYNCED)
    for field in fields:
        if field.value in RESERVED:
            sentence = f"`{field.value}` has a special meaning: choose another id."
            yield Finding((*field.place, "id"), sentence)


def unsure_cards(index: AgendaIndex) -> frozenset[Place]:
    """Return the places of the cards on which the id of a field is misshapen, or comes twice.

    A name there that no field has may be that of this field.
    """
    seen: set[str] = set()
    unsure = set()
    for place, field in index.fields:
        if field.id in seen or not re.fullmatch(FIELD_ID, field.id):
            unsure.add(place[:CARD])
        seen.add(field.id)
    return frozenset(unsure)


def _misshapen(index: AgendaIndex, located: list[Located[str]], form: str) -> Iterator[Finding]:
    taken = {each.value for each in located}
    for place, name in located:
        if name and not re.fullmatch(form, name):
            allowed = "letters from a to z, digits and `_`" + (" or `-`" if "-]" in form else "")
            sentence = f"An id has small {allowed}, and begins with a letter."
            if without_quotes(name):
                sentence = NO_QUOTES.format(mark=name[0])
            fixed = _meant(index, name) if form == FIELD_ID else reshaped(name, form)
            unique = fixed and fixed not in taken | {*RESERVED}
            yield Finding((*place, "id"), sentence, name, fixed if unique else "")


def _meant(index: AgendaIndex, name: str) -> str:
    """Return the id that a misshapen one stands for: what others call it, or itself, reshaped.

    `goals too` is `goals` where `goals` is named elsewhere, and nothing is called so.
    """
    words = reshaped(name).split("_")
    shorter = ["_".join(words[:end]) for end in range(len(words) - 1, 0, -1)]
    named = {each for _place, each in _references(index, shorter)} if shorter else set()
    known = (each for each in shorter if each in named and each not in index.field_ids)
    return next(known, "_".join(words))


def _twice(index: AgendaIndex, located: list[Located[str]], why: str) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    taken = {each.value for each in located}
    # What is added can be renamed, and not what is there.
    for place, name in sorted(located, key=lambda each: not index.inherited((*each.place, "id"))):
        if name in first:
            where = index.where((*first[name], "id"), (*place, "id"))
            sentence = f"The id `{name}` is taken already, {where}: {why}."
            other = f"{name}-{'card' if len(place) == CARD else 'phase'}"
            # Of two cards, one may be pasted twice.
            free = len(place) != len(first[name]) and other not in taken
            yield Finding((*place, "id"), sentence, name, other if free else "")
        elif name:
            first[name] = place


def _still_named(index: AgendaIndex, fields: list[Located[str]]) -> Iterator[Finding]:
    """Yield where a misshapen id is named, so that all can be changed in one go."""
    named = [name for _, name in fields if not re.fullmatch(FIELD_ID, name)]
    fixes = {name: _meant(index, name) for name in named if named.count(name) == 1}
    fixes = {name: new for name, new in fixes.items() if new and new not in index.field_ids}
    for place, name in _references(index, [*fixes]) if fixes else ():
        if new := fixes.get(name):
            yield Finding(place, f"This is `{new}` then, too.", name, new)


def _references(index: AgendaIndex, names: list[str]) -> Iterator[Located[str]]:
    for place, text in index.texts:
        if last_key(place) in _NAMING or place[0] == "meeting":
            yield Located(place, text)
        elif place[-2:] == ("clause", "says"):
            yield from (Located(place, name) for name in names if f"{{{name}}}" in text)
    waits: list[Located[Field] | Located[Prompt]] = [*index.fields, *index.prompts]
    for place, waiting in waits:
        yield from (Located((*place, "when", on.field), on.field) for on in waiting.when)
