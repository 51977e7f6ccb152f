"""The checks of pictures: of fields that cannot be drawn so, and of nothing at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding, Hints
from mentorwalk.domain.errors import shown
from mentorwalk.domain.fields import BEFORE, DRAWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Agenda, Drawn, Prompt
    from mentorwalk.domain.fields import Condition, Field

MOST_NUMBERS: Mapping[str, int] = {"bars": 2, "wheel": 2, "ranking": 2, "line": 1}
"""The most `ratings` in a picture of each kind: a second one is beside the first."""


def pictures(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the fields that a picture cannot show."""
    for place, prompt in index.prompts:
        if prompt.picture and index.sound(*place, "picture"):
            yield from _undrawable(index, (*place, "picture"), prompt.picture)


def _undrawable(index: AgendaIndex, place: Place, picture: Drawn) -> Iterator[Finding]:
    if not picture.fields:
        yield Finding((*place, "of"), "A picture needs something to draw: name a field in `of`.")
    fields = index.agenda.fields
    named = dict(zip(_places(place, picture), picture.fields, strict=True))
    wrong = {at: why for at, name in named.items() if (why := _wrong(index, picture.kind, name))}
    yield from (Finding(at, why) for at, why in wrong.items())
    # A field that another mistake hides is neither right nor wrong.
    if wrong or not named or not fields.keys() >= set(named.values()):
        return
    types = [fields[name].type for name in named.values()]
    if picture.kind == "ranking" and types[0] != "ranking":
        yield Finding(next(iter(named)), "A `ranking` comes first; numbers stand beside it.")
    numbers = [at for at, name in named.items() if fields[name].type == "ratings"]
    most = MOST_NUMBERS.get(picture.kind, 0)
    for at in numbers[most:]:
        many = f"draws {'one' if most == 1 else 'two'} `ratings` at most: leave this one out."
        yield Finding(at, f"A picture of kind `{picture.kind}` {many}")


def _places(place: Place, picture: Drawn) -> list[Place]:
    """Return where each field of a picture is named."""
    if not isinstance(picture.of, tuple):
        return [(*place, "of")] * len(picture.fields)
    return [(*place, "of", number) for number in range(len(picture.of))]


def _wrong(index: AgendaIndex, kind: str, name: str) -> str:
    """Return why a picture of some kind cannot show an answer; empty if it can."""
    field = index.agenda.fields.get(name)
    if field is None:
        return "" if index.lost else _unknown(index, name)
    if field.private:
        return f"`{name}` is private: it is in no picture."
    # Beside a ranking stand numbers.
    types = next(types for each, types in DRAWS.items() if each == kind)
    types = (*types, "ratings") if kind == "ranking" else types
    if name in index.types_unknown:
        return ""
    if field.type not in types or field.each_of:
        wanted = " or ".join(f"`{each}`" for each in types)
        given = "has an answer for each item" if field.each_of else f"is a `{field.type}`"
        return f"A picture of kind `{kind}` draws {wanted}; `{name}` {given}."
    return ""


def _unknown(index: AgendaIndex, name: str) -> str:
    field = name.partition(".")[0].removesuffix(BEFORE)
    if name.endswith(BEFORE) and field in index.agenda.fields:
        return f"A picture shows the last time by itself: write `{field}`."
    if field in index.agenda.fields:
        return f"A picture shows what both said: name the field, `{field}`."
    if name in index.field_ids:
        return f"`{name}` is only asked beforehand: a picture shows what is said in the session."
    several = [part for part in re.split(r"\s*(?:,|;|&|\band\b)\s*", name) if part]
    if len(several) > 1 and index.agenda.fields.keys() >= {*several}:
        return f"Several fields stand in brackets: `[{', '.join(several)}]`."
    hint = index.field_labelled(name) or Hints()(name, index.agenda.fields)
    return f"There is no field `{shown(name, 40)}`.{hint}"


# --- Warnings


def empty_pictures(index: AgendaIndex) -> Iterator[Finding]:
    """Yield a warning about each picture of which perhaps nothing was said when it is shown."""
    for place, prompt in index.prompts:
        if prompt.picture and prompt.picture.fields:
            named = [index.agenda.fields[name] for name in prompt.picture.fields]
            if not any(_is_sure(index.agenda, prompt, field) for field in named):
                yield Finding((*place, "picture"), _nothing(index.agenda, prompt, named))


def other_ends(index: AgendaIndex) -> Iterator[Finding]:
    """Yield a warning about each picture of numbers from different scales."""
    for place, prompt in index.prompts:
        named = prompt.picture.fields if prompt.picture else ()
        fields = (index.agenda.fields[name] for name in named)
        rated = [field for field in fields if field.type == "ratings"]
        for field in rated[1:]:
            if field.ends != rated[0].ends:
                (low, high), (least, most) = field.ends, rated[0].ends
                sentence = (
                    f"`{field.id}` goes from {low} to {high}, `{rated[0].id}` from {least} to "
                    f"{most}: in one picture they look alike, and are not. Give both the same ends."
                )
                yield Finding((*place, "picture"), sentence)


def _nothing(agenda: Agenda, prompt: Prompt, named: list[Field]) -> str:
    if not any(_is_earlier(agenda, prompt, field) for field in named):
        rest = "is asked only here or later: put the picture on a card after that."
    else:
        rest = "may not be asked before: let this card wait for the same answer, with `when`."
    fields = " and ".join(f"`{field.id}`" for field in named)
    rest = rest if len(named) == 1 else rest.replace("is asked", "are asked")
    return f"This may be a picture of nothing: {fields} {rest}"


def _is_earlier(agenda: Agenda, prompt: Prompt, field: Field) -> bool:
    """Return whether a field is asked on a card before another one."""
    cards = [*agenda.prompts]
    card = agenda.prompt_of[next(iter(field.answer_ids))]
    return cards.index(card.id) < cards.index(prompt.id)


def _is_sure(agenda: Agenda, prompt: Prompt, field: Field) -> bool:
    """Return whether a field is asked before a card wherever two people come to that card."""
    card = agenda.prompt_of[next(iter(field.answer_ids))]
    planned = not card.extra and card.at_least <= max(prompt.at_least, agenda.lengths[0])
    waits = all(_implied(each, prompt.when) for each in (*card.when, *field.when))
    return _is_earlier(agenda, prompt, field) and (planned or prompt.extra) and waits


def _implied(condition: Condition, known: tuple[Condition, ...]) -> bool:
    """Return whether a condition holds wherever some others do."""
    wider = {*condition.any_of}
    return any(
        each.field == condition.field and (not wider or (each.any_of and wider >= {*each.any_of}))
        for each in known
    )
