"""The checks of steps that stay open, and of the lines in which people say what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import AgendaIndex, Finding, Hints
from mentorwalk.authoring.decoding.answers import in_marks
from mentorwalk.domain.errors import looks_misspelt, shown, what_is_there
from mentorwalk.domain.fields import OPEN_STEPS
from mentorwalk.domain.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import Located
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Field

ITEM = "item"
"""The name, in the texts of a field with `each_of`, of the open step that it is about."""


def steps(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what keeps a field from being a step, or from being asked for each open one."""
    for place, field in index.fields:
        if field.step and (why := _no_step(field, place)):
            yield Finding((*place, "step"), why)
        if field.asks_steps:
            why = _cannot_ask(field, place)
            yield from [Finding((*place, "each_of"), why)] if why else _closing(index, field, place)
        elif field.closes and index.sound(*place, "each_of") and not _misspelt(field):
            sentence = "Nothing is open here: `closes` needs `each_of: open-steps`."
            yield Finding((*place, "closes"), sentence)
    yield from _depending(index)
    yield from _item_elsewhere(index)


def _misspelt(field: Field) -> bool:
    """Return whether a field asks about what is nearly called as the open steps are."""
    return field.each_of != "" and looks_misspelt(field.each_of, (OPEN_STEPS,))


def _no_step(field: Field, place: Place) -> str:
    """Return why a field cannot be a step; empty if it can."""
    if field.type not in ("text", "list"):
        return f"A step is a `text`, or each item of a `list`; this is a `{field.type}`."
    if field.private or place[0] == "prepare":
        return "Both know of a step: it is written down when they meet, and not in private."
    return ""


def _cannot_ask(field: Field, place: Place) -> str:
    """Return why a field cannot be asked for each open step; empty if it can."""
    if field.type != "select":
        return f"Each open step is asked with a `select`; this is a `{field.type}`."
    if "settle" not in place:
        return "Open steps stand on one sheet: move this field to `settle`."
    if field.private or field.by == "each" or field.prepare or field.when:
        return "Both say what came of it, always: no `by: each`, `private`, `prepare` or `when`."
    if field.default or field.required:
        return "No answer leaves a step open: take `default` and `required` out."
    return ""


def _closing(index: AgendaIndex, field: Field, place: Place) -> Iterator[Finding]:
    """Yield why no open step would ever be closed, or told from another one."""
    if not field.closes and index.sound(*place, "closes"):
        sentence = "No step is ever closed: name the choices that do in `closes`."
        yield Finding((*place, "each_of"), sentence)
    picks, meant = [choice.pick for choice in field.choices], Hints()
    for number, pick in enumerate(field.closes):
        if pick not in picks:
            hint = meant(pick, picks) or what_is_there(map(in_marks, picks))
            sentence = f"There is no choice `{shown(pick, 40)}`.{hint}"
            yield Finding((*place, "closes", number), sentence)
    if ITEM not in PLACEHOLDER.findall(field.label) and index.sound(*place, "label"):
        sentence = "Each open step has a line: put `{item}` into `label`, to tell them apart."
        yield Finding((*place, "label"), sentence)


def _depending(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions and the clauses that need one answer about steps of any number."""
    asked = {field.id for _place, field in index.fields if field.asks_steps}
    waiting: list[Located[Field] | Located[Prompt]] = [*index.fields, *index.prompts]
    needed = [((*place, "when", on.field), on.field) for place, f in waiting for on in f.when]
    for number, entry in enumerate(index.agenda.listed):
        for key, conditions in (("when", entry.when), ("unless", entry.unless)):
            needed += [(("next", number, key, on.field), on.field) for on in conditions]
    for place, name in needed:
        if name in asked:
            sentence = f"`{name}` has an answer for each open step: nothing can depend on it."
            yield Finding(place, sentence)
    for place, prompt in index.prompts:
        named = PLACEHOLDER.findall(prompt.clause.says) if prompt.clause else []
        for name in (name for name in named if name in asked):
            sentence = f"`{name}` has an answer for each open step: no clause can name it."
            yield Finding((*place, "clause", "says"), sentence, f"{{{name}}}")
        if prompt.clause and any(field.asks_steps for field in prompt.settle):
            sentence = "Open steps are no part of the agreement: ask about them on another card."
            yield Finding((*place, "clause"), sentence)


def _item_elsewhere(index: AgendaIndex) -> Iterator[Finding]:
    """Yield where an open step is named that nobody is asked about."""
    asked = {
        place
        for place, field in index.fields
        if field.each_of or not index.sound(*place, "each_of")
    }
    for (*owner, key), text in index.texts:
        if ITEM not in text:
            continue
        # Clauses are looked at with all their names.
        in_clause = (*owner, key)[-2:] == ("clause", "says")
        known = (key in ("label", "help") and tuple(owner) in asked) or in_clause
        if not known and ITEM in PLACEHOLDER.findall(text):
            sentence = "`{item}` is known only in `label` and `help` of a field with `each_of`."
            yield Finding((*owner, key), sentence, f"{{{ITEM}}}")
