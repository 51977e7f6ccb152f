"""The checks of a field's keys against its type: those that it needs, and those that do nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.authoring.format.keys import told_type
from mentorwalk.domain.errors import shown
from mentorwalk.domain.fact_rows import COUNTED
from mentorwalk.domain.fields import MOST_ITEMS, MOST_RANKED
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.fields import Field

CHOOSING = ("select", "checkbox", "ranking")
"""The types of fields with choices."""
FOR_EACH = ("text", "list", "select")
"""The types of fields that can be asked about each item."""
WITHOUT_DEFAULT = ("ratings", "ranking", "outline")
"""The types of fields whose answer is never a usual one."""


NO_CHOICES = (
    "A field of type `{type}` has no choices: give it `type: select`, or `type: checkbox` where "
    "several can be chosen, or take them out."
)
"""The message about choices that nobody is shown."""
NO_STEP = "A step is no choice, but a `text`, or each item of a `list`: take `{key}` out."
"""The message about choices of a step."""
NO_ITEMS = "Only `ratings` has items: let this `{type}` be one, or take `{key}` out."
"""The message about items that nobody rates."""
NUMBERS = (
    "A `scale` has numbers from `min` to `max`, and no choices: write `min: {low}` and "
    "`max: {high}` in their place."
)
"""The message about numbers to choose from."""
BEHIND_NUMBER = "These words are shown behind their number: write them alone."
NUMBERS_AS_WORDS = (
    "`low` does nothing here but name {ends[0]} “{low}”, and `high` name {ends[1]} “{high}”: for "
    "numbers from {low} to {high}, write `min: {low}` and `max: {high}`."
)
"""The message about numbers where words belong."""
NOT_PREPARED = (
    "`share` does nothing here: nobody prepares this. To keep an answer from the other one, write "
    "`private: yes`; to ask for it beforehand, `prepare: mentee`."
)
"""The message about an answer that is given on a card only."""
NOT_RECALLED = (
    "No card has `{name}` in its `recall`, so what somebody shares of it stands on the first card. "
    "Put it where it belongs, or write `share: never`, where it is for its author alone."
)
"""The message about a question beforehand that belongs to no card."""
RECALLED_THERE = (
    " Where a card of the agenda that this one extends shall show it, write what that recalls "
    "already as well, below `change`."
)
"""What is added where cards come from another agenda."""
NEVER_SHARED = "`{name}` has `share: never`, so no card can show it: take it out here."
IN_A_FORM = (
    "In a form, what nobody else may see has `share: never`: write that in the place of `private`."
)
"""The message about a private answer that is asked for beforehand."""
NO_DAYS = (
    "`days_from` does nothing here: no choice of `{named}` says its `days`, as in `{{pick: Every "
    "week, days: 7}}`. Let them do so, or take it out."
)
"""The message about a day that is proposed from an answer without days."""
NO_DAYS_HERE = (
    "`days_from` of `{own}` does nothing here any more: no choice says its `days`, as in `{{pick: "
    "Every week, days: 7}}`. Let them do so, or write `{own}: {{days_from: }}` below `change`."
)
"""The same at new choices, where another agenda proposes the day."""
LISTS = ("items", "items_from", "choices", "choices_from")
"""The keys of lists that one type of field has, and another has not."""
EFFECT = {
    "unit": ("number", "scale"),
    "min": ("list", "number", "scale", "ratings", "ranking"),
    "max": ("list", "number", "scale", "ratings", "ranking", "checkbox"),
    "other": CHOOSING,
    "days_from": ("date",),
}
"""By key, the types of fields on which it does something, or is an error already."""


def untyped(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the fields that have what belongs to another type, each once."""
    for place, field in index.untyped:
        key, kind = told_type(field)
        sentence = f"`{key}` needs another type: give this field {kind}, or take it out."
        yield Finding((*place, key), sentence)


def without_effect(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the keys of fields that do nothing for their type."""
    for place, field in index.fields:
        yield from _numbers_as_words(field, place) if index.sound(*place) else ()
        for key, types in EFFECT.items() if index.sound(*place, "type") else ():
            # That a field with choices needs another type is an error already.
            told = key in ("other", "max") and field.choices
            given = getattr(field, key) not in (None, "", False) and not told
            if given and field.type not in types:
                suited = " or ".join(f"`{each}`" for each in types[:3])
                sentence = (
                    f"`{key}` does nothing here: this is a `{field.type}`. Take it out, or let "
                    f"`type` be {suited}."
                )
                yield Finding((*place, key), sentence)


def without_form(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what says how an answer is shared that nobody prepares, or hides it from its author."""
    alone = index.agenda.kind == "exercise"
    for place, field in index.fields:
        beforehand = place[0] == "prepare"
        if field.share and not (beforehand or field.prepare or alone):
            yield Finding((*place, "share"), NOT_PREPARED)
        if field.private and beforehand:
            yield Finding((*place, "private"), IN_A_FORM)


def never_recalled(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what is shared beforehand and shown on no card, and what a card could never show."""
    # In an exercise nobody is asked any of it, which is told where it stands.
    if index.agenda.kind == "exercise":
        return
    recalled = {name for _, prompt in index.prompts for name in prompt.recall}
    forms = [each for each in index.fields if each.place[0] == "prepare"]
    for place, field in forms:
        own = not (field.share == "never" or field.private) and not index.inherited((*place, "id"))
        if own and recalled.isdisjoint((field.id, *field.answer_ids)):
            theirs = any(index.inherited(prompt.place) for prompt in index.prompts)
            sentence = NOT_RECALLED.format(name=field.id) + RECALLED_THERE * theirs
            yield Finding((*place, "id"), sentence)
    unseen = {field.id for _, field in forms if field.share == "never"}
    for place, prompt in index.prompts:
        for number, name in enumerate(prompt.recall):
            if name in unseen:
                yield Finding((*place, "recall", number), NEVER_SHARED.format(name=name))


def _numbers_as_words(field: Field, place: Place) -> Iterator[Finding]:
    """Yield `low: 1` and `high: 5` where these are not the numbers that people choose from."""
    given, ends = (field.low, field.high), tuple(map(str, field.ends))
    for key, words, end in zip(("low", "high"), given, ends, strict=True):
        number = re.match(rf"\+?{re.escape(end)} *[=:–-] *(?=\S)", words)
        if field.type in ("scale", "ratings") and number:
            yield Finding((*place, key), BEHIND_NUMBER, words, words[number.end() :])
    if field.type in ("scale", "ratings") and all(map(str.isdecimal, given)) and given != ends:
        sentence = NUMBERS_AS_WORDS.format(low=field.low, high=field.high, ends=ends)
        yield Finding((*place, "low"), sentence)


def without_days(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each `days_from` that names a field of this agenda whose answers stand for no days.

    Where another agenda has it, that is told at the choices of this one.
    """
    fields = {each.value.id: each for each in index.fields if index.sound(*each.place)}
    for place, field in index.fields:
        located = fields.get(field.days_from) if index.sound(*place, "type") else None
        if located is None or _says_days(located.value):
            continue
        choices = (*located.place, "choices")
        if not index.inherited((*place, "days_from")):
            yield Finding((*place, "days_from"), NO_DAYS.format(named=located.value.id))
        elif located.value.choices and not index.inherited(choices):
            yield Finding(choices, NO_DAYS_HERE.format(own=field.id))


def _says_days(field: Field) -> bool:
    return bool(field.choices_from) or any(choice.days for choice in field.choices)


def fields_of_a_kind(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the keys of each field that do not suit its type."""
    for place, field in index.fields:
        if index.sound(*place, "type"):
            # Where something in it could not be read, it is not missing.
            if all(each[: len(place)] != place for each in index.unsound):
                yield from _lists_nothing(field, place)
            if index.sound(*place, "label"):
                yield from _without_item(field, place)
            for check in _CHECKS:
                yield from check(field, place)


def _lists_nothing(field: Field, place: Place) -> Iterator[Finding]:
    """Yield that the list is missing that a type needs."""
    needed = {"ratings": "`items`, or `items_from`", **dict.fromkeys(CHOOSING, "`choices`")}
    if field.type in needed and not any(getattr(field, key) for key in LISTS):
        sentence = f"A field of type `{field.type}` needs {needed[field.type]}."
        yield Finding(place, sentence)


def _lists(field: Field, place: Place) -> Iterator[Finding]:
    """Yield the lists that a type does not have, or has by another name."""
    own = "items" if field.type == "ratings" else "choices" if field.type in CHOOSING else ""
    lacks = own and not (getattr(field, own) or getattr(field, f"{own}_from"))
    for key in LISTS:
        kind, _, source = key.partition("_")
        if kind == own or not getattr(field, key) or field.chooses_next:
            continue
        sentence = NO_ITEMS if kind == "items" else NO_CHOICES
        picks = [choice.pick for choice in field.choices]
        if lacks:
            sentence = (
                f"A field of type `{{type}}` has `{own}{'_from' * bool(source)}`: write that word "
                "instead of `{key}`."
            )
        elif field.step and kind == "choices":
            sentence = NO_STEP
        elif field.type == "scale" and picks and all(map(str.isdigit, picks)):
            sentence = NUMBERS.format(low=picks[0], high=picks[-1])
        yield Finding((*place, key), sentence.format(type=field.type, key=key))


def _items(field: Field, place: Place) -> Iterator[Finding]:
    if len(field.items) > MOST_ITEMS:
        sentence = f"{MOST_ITEMS} items can be rated at most; here are {len(field.items)}."
        yield Finding((*place, "items"), sentence)
    seen: set[str] = set()
    for number, item in enumerate(field.items):
        if folded(item) in seen:
            sentence = f"The item `{shown(item, 40)}` appears here twice: keep one."
            yield Finding((*place, "items", number), sentence)
        seen.add(folded(item))


def _counted(field: Field, place: Place) -> Iterator[Finding]:
    for number, choice in enumerate(field.choices):
        if choice.counts_as and not re.fullmatch(COUNTED, choice.counts_as):
            sentence = "This has small letters, digits and `-`, 40 at most: files of facts have it."
            yield Finding((*place, "choices", number, "counts_as"), sentence)


def _ends(field: Field, place: Place) -> Iterator[Finding]:
    for key, words in (("low", field.low), ("high", field.high)):
        if words and field.type not in ("scale", "ratings"):
            sentence = f"`{key}` is an end of a `scale` or of `ratings`; this is a `{field.type}`."
            yield Finding((*place, key), sentence)
    if field.type == "ratings" and field.ends[0] == field.ends[1]:
        sentence = f"All numbers would be {field.ends[0]}: let `max` be more than `min`."
        yield Finding((*place, "max" if field.max is not None else "min"), sentence)


def _most(field: Field, place: Place) -> Iterator[Finding]:
    if field.type in ("checkbox", "ranking") and field.max is not None and field.max < 1:
        sentence = "`max` is the most that can be chosen: 1 at least, or take it out."
        yield Finding((*place, "max"), sentence)
    if field.type == "ranking" and (field.max or 0) > MOST_RANKED:
        sentence = f"`max` is {MOST_RANKED} at most: each place has a digit."
        yield Finding((*place, "max"), sentence)
    if field.type == "ranking" and field.min is not None:
        sentence = "Nobody has to put anything in order: take `min` out."
        yield Finding((*place, "min"), sentence)


def _default(field: Field, place: Place) -> Iterator[Finding]:
    sentence = ""
    if field.type in WITHOUT_DEFAULT:
        sentence = f"A field of type `{field.type}` has no usual answer: take `default` out."
    elif field.chooses_next:
        sentence = "The usual answer is the first entry of `next` that fits: take `default` out."
    elif field.choices_from and not (field.choices or field.other):
        sentence = "Nobody knows yet what there will be to choose from: take `default` out."
    if field.default and sentence:
        yield Finding((*place, "default"), sentence)


def _each(field: Field, place: Place) -> Iterator[Finding]:
    """Yield what keeps a field from being asked about each item."""
    if not field.asks_items:
        return
    if field.type not in FOR_EACH:
        sentence = f"Each item is asked about with `text`, `list` or `select`, not `{field.type}`."
        yield Finding((*place, "each_of"), sentence)
    if field.default or field.required:
        sentence = "Nothing need be said about an item: take `default` and `required` out."
        yield Finding((*place, "each_of"), sentence)
    if field.step:
        sentence = "A step is asked for once, and not about each item: take `step` out."
        yield Finding((*place, "step"), sentence)


def _without_item(field: Field, place: Place) -> Iterator[Finding]:
    """Yield that nothing tells which item a field is asked about."""
    if field.asks_items and "item" not in PLACEHOLDER.findall(field.label):
        sentence = "Each item is asked about by name: put `{item}` into `label`."
        yield Finding((*place, "label"), sentence)


_CHECKS: tuple[Callable[[Field, Place], Iterator[Finding]], ...] = (
    _lists,
    _items,
    _counted,
    _ends,
    _most,
    _default,
    _each,
)
