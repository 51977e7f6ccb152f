"""The checks of fields that are about earlier answers: items, choices, ratings, rankings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.index import AgendaIndex, Finding, Hints
from mentorwalk.domain.errors import looks_misspelt, shown
from mentorwalk.domain.fields import MOST_ITEMS, MOST_RANKED, WHAT_FOLLOWS, each_text
from mentorwalk.domain.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.authoring.places import Place
    from mentorwalk.domain.fields import Field

WITH_ITEMS = ("select", "checkbox", "list", "ranking", "ratings", "outline")
"""The types of fields whose answers can be chosen from, rated or asked about."""
CHOOSING = ("select", "checkbox", "ranking")
"""The types of fields with choices."""
FOR_EACH = ("text", "list", "select")
"""The types of fields that can be asked about each item."""


def sources(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what keeps a field from being asked about an earlier answer."""
    turns = _turns(index)
    for place, field in index.fields:
        yield from _of_type(field, place)
        for key, named in _named(field):
            yield from _unfit(index, turns, field, (*place, key), named)
    yield from _in_clauses(index)


def _named(field: Field) -> Iterator[tuple[str, str]]:
    """Yield the sources of a field, each with the key that names it."""
    for key, texts in (("choices_from", field.choices_from), ("items_from", field.items_from)):
        yield from ((key, name) for name in each_text(texts) if name != WHAT_FOLLOWS)
    if field.asks_items:
        yield "each_of", field.each_of


def _turns(index: AgendaIndex) -> Mapping[str, int]:
    """Return when each field is asked: private ones after the call, so after everything else."""
    fields = [located.value for located in index.fields]
    ordered = sorted(fields, key=lambda field: field.private)
    return {field.id: turn for turn, field in enumerate(ordered)}


def _unfit(
    index: AgendaIndex, turns: Mapping[str, int], field: Field, place: Place, name: str
) -> Iterator[Finding]:
    """Yield why an answer cannot be what a field is about."""
    known = {located.value.id: located.value for located in index.fields}
    source = known.get(name)
    if source is None:
        # What only an earlier session wrote down can be named, too.
        if looks_misspelt(name, known) and not index.lost:
            hint = Hints()(name, known)
            yield Finding(place, f"There is no field `{shown(name, 40)}`.{hint}")
    elif source.id == field.id:
        yield Finding(place, f"`{name}` cannot be about its own answer.")
    elif source.private and not field.private:
        yield Finding(place, f"`{name}` is private: nobody else can be asked about it.")
    elif source.type not in WITH_ITEMS or source.asks_items:
        sentence = f"`{name}` has no items: it is a `{source.type}`; a `list` or choices would do."
        yield Finding(place, sentence)
    elif turns[name] > turns[field.id]:
        yield Finding(place, f"`{name}` is asked only later: move it before this field.")


def _of_type(field: Field, place: Place) -> Iterator[Finding]:
    """Yield the keys that do nothing for the type of a field, and those that it needs."""
    if field.type == "ratings" and not (field.items or field.items_from):
        yield Finding(place, "A field of type `ratings` needs `items`, or `items_from`.")
    for key, given in (("items", field.items), ("items_from", field.items_from)):
        if given and field.type != "ratings":
            sentence = f"Only `ratings` has items; this is a `{field.type}`: take `{key}` out."
            yield Finding((*place, key), sentence)
    if field.choices_from and not (field.chooses_next or field.type in CHOOSING):
        sentence = f"A field of type `{field.type}` has no choices: take `choices_from` out."
        yield Finding((*place, "choices_from"), sentence)
    for key, words in (("low", field.low), ("high", field.high)):
        if words and field.type not in ("scale", "ratings"):
            sentence = f"`{key}` is an end of a `scale` or of `ratings`; this is a `{field.type}`."
            yield Finding((*place, key), sentence)
    if field.asks_items:
        yield from _about_each(field, place)
    if field.type in ("ratings", "ranking", "outline") and field.default:
        sentence = f"A field of type `{field.type}` has no usual answer: take `default` out."
        yield Finding((*place, "default"), sentence)
    yield from _too_many(field, place)


def _about_each(field: Field, place: Place) -> Iterator[Finding]:
    if field.type not in FOR_EACH:
        sentence = f"Each item is asked about with `text`, `list` or `select`, not `{field.type}`."
        yield Finding((*place, "each_of"), sentence)
    if field.default or field.required:
        sentence = "Nothing need be said about an item: take `default` and `required` out."
        yield Finding((*place, "each_of"), sentence)
    if "item" not in PLACEHOLDER.findall(field.label):
        sentence = "Each item is asked about by name: put `{item}` into `label`."
        yield Finding((*place, "label"), sentence)


def _too_many(field: Field, place: Place) -> Iterator[Finding]:
    if len(field.items) > MOST_ITEMS:
        sentence = f"{MOST_ITEMS} items can be rated at most; here are {len(field.items)}."
        yield Finding((*place, "items"), sentence)
    if field.type == "ranking" and (field.max or 0) > MOST_RANKED:
        sentence = f"`max` is {MOST_RANKED} at most: each place has a digit."
        yield Finding((*place, "max"), sentence)
    seen: set[str] = set()
    for number, item in enumerate(field.items):
        if item.casefold() in seen:
            sentence = f"The item `{shown(item, 40)}` appears here twice: keep one."
            yield Finding((*place, "items", number), sentence)
        seen.add(item.casefold())


def _in_clauses(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the clauses that name an answer which no sentence of an agreement can hold."""
    fields = {located.value.id: located.value for located in index.fields}
    for place, prompt in index.prompts:
        for name in PLACEHOLDER.findall(prompt.clause.says) if prompt.clause else ():
            field = fields.get(name.partition(".")[0])
            if field and (field.by_item or field.type == "outline"):
                what = "an answer for each item" if field.by_item else "lines below lines"
                sentence = f"`{name}` has {what}: no clause can name it, but a template can."
                yield Finding((*place, "clause", "says"), sentence, f"{{{name}}}")
