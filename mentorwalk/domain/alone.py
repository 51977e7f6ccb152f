"""An exercise that one person does alone: its own cards, as far as they are theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import condition_words
from mentorwalk.domain.conditions import holds
from mentorwalk.domain.fields import TYPED, Field, each_text
from mentorwalk.domain.people import other_role
from mentorwalk.domain.text import each_sentence
from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.domain.agenda import Agenda, Phase, Prompt
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role

LISTS = ("checkbox", "list", "ranking")
"""The types of a field that other fields name several things from."""


def fields_alone(agenda: Agenda, role: Role) -> Mapping[str, Field]:
    """Return what one person is asked in an exercise that they do alone, by answer id."""
    return {
        field.answer_id(role): _kept(prompt, field)
        for prompt in _cards(agenda.prompts.values(), role)
        for field in prompt.fields
        if field.by in (role, "both", "each") and not field.asks_steps
    }


def _kept(prompt: Prompt, field: Field) -> Field:
    """Return a field as it is asked of somebody who is alone: shared only if they say so."""
    never = field.private or field.share == "never"
    field = _as_idea(field) if field.type in TYPED else field
    return replace(
        field,
        private=False,
        required=False,
        when=(*prompt.when, *field.when),
        share="never" if never else "ask",
    )


def _as_idea(field: Field) -> Field:
    """Return a field whose usual answer is only an idea: it starts a talk, and here is none.

    A key too many must not write down what nobody said.
    """
    return replace(field, default="", ideas=(*field.ideas, *each_text(field.default)))


def with_sources(prep: Prep, exercise: Agenda) -> Prep:
    """Return what somebody shared of an exercise, with the lists that its numbers name things from.

    Who shares how content they are with each area has told the areas, too. So they are asked about
    these, and not about others beside them.
    """
    asked = fields_alone(exercise, prep.role)
    answers = dict(prep.answers)
    for key, field in asked.items():
        value = prep.answers.get(key)
        sources = [each for each in asked.values() if each.id in field.sources]
        known = any(each.answer_id(prep.role) in answers for each in sources)
        if isinstance(value, ByItem) and not known:
            answers |= _named_in_sources(sources, tuple(value), prep)
    return replace(prep, answers=answers)


def _named_in_sources(sources: list[Field], names: tuple[str, ...], prep: Prep) -> dict[str, Value]:
    """Return the answers to some lists from which these names come, and what the lists wait for."""
    found: dict[str, Value] = {}

    def picked(field: Field) -> tuple[str, ...]:
        """Return the names that a list has among its choices; one of own words has them all."""
        picks = [choice.pick for choice in field.choices]
        some = tuple(name for name in names if name in picks or not picks)
        return some if (field.min or 0) <= len(some) <= (field.max or len(some)) else ()

    # The list with the most of them comes first; one of own words has the rest.
    for field in sorted(sources, key=lambda each: (not each.choices, -len(picked(each)))):
        said, chosen = {**found, **prep.answers}, picked(field)
        fits = all(
            each.field not in said or holds(each, condition_words(said[each.field]))
            for each in field.when
        )
        if chosen and fits and field.type in LISTS:
            waits = (each for each in field.when if each.any_of and each.field not in said)
            found |= {each.field: each.any_of[0] for each in waits}
            found[field.answer_id(prep.role)] = chosen
            names = tuple(name for name in names if name not in chosen)
    return found


def as_run(prep: Prep, exercise: Agenda) -> Prep:
    """Return what somebody shared of an exercise, with the fields by which it reads.

    So a session can keep it that does not have the exercise. Of a field with other sources than
    this prep has, the items are those that it says something about.
    """
    asked = {key: field for key, field in _fields_of(exercise, prep.role) if key in prep}
    return replace(
        prep, fields=tuple(_for_reading(f, prep.answers.get(key)) for key, f in asked.items())
    )


def _fields_of(exercise: Agenda, role: Role) -> Iterator[tuple[str, Field]]:
    alone = fields_alone(exercise, role)
    return ((key, field) for key, field in alone.items() if field.share != "never")


def _for_reading(field: Field, value: Value | None) -> Field:
    """Return a field without what only matters while it is asked."""
    return Field(
        field.id,
        field.label,
        field.type,
        by=field.by,
        choices=field.choices,
        as_=field.as_,
        items=tuple(value) if isinstance(value, ByItem) and field.type == "ratings" else (),
        each_of=field.each_of,
        min=field.min,
        max=field.max,
        low=field.low,
        high=field.high,
        unit=field.unit,
        step=field.step,
    )


def phases_alone(agenda: Agenda, role: Role) -> tuple[Phase, ...]:
    """Return the phases that one person walks alone, with the cards and the fields for them."""
    asked = {field.id: (key, field) for key, field in fields_alone(agenda, role).items()}

    keys = {id_: key for id_, (key, _) in asked.items()}

    def own(field: Field) -> Field:
        """Return a field under the id of this person's answer."""
        key, kept = asked[field.id]
        return replace(kept, id=key, by="both")

    phases = (
        replace(
            phase,
            prompts=tuple(
                _without_talk(_only(prompt, keys), other_role(role)).with_fields(own)
                for prompt in _cards(phase.prompts, role)
            ),
        )
        for phase in agenda.phases
    )
    return tuple(phase for phase in phases if phase.prompts)


def _cards(prompts: Iterable[Prompt], role: Role) -> Iterator[Prompt]:
    """Yield the cards at which this person speaks; two people alone look at time and agreement."""
    for prompt in prompts:
        shows = prompt.glance or prompt.review or prompt.accept
        if prompt.to in (role, "both") and not shows:
            yield prompt


def _only(prompt: Prompt, keys: Mapping[str, str]) -> Prompt:
    """Return a card with only the fields that have these ids, drawn under the ids of answers."""
    asked = [field for field in prompt.fields if field.id in keys]
    # A line without its usual answer is no line of a sheet: it is asked by itself.
    settle = tuple(f for f in asked if f in prompt.settle and f.type not in TYPED)
    record = tuple(field for field in asked if field not in settle)
    named = prompt.picture.fields if prompt.picture else ()
    drawn = tuple(keys[name] for name in named if name in keys)
    picture = replace(prompt.picture, of=drawn) if prompt.picture and drawn else None
    return replace(prompt, record=record, settle=settle, picture=picture)


def _without_talk(prompt: Prompt, other: Role) -> Prompt:
    """Return a card without what its tip and hints say of the other person, who is not there."""
    named = f"{{{other}}}"
    tip = each_sentence(prompt.tip, lambda sentence: "" if named in sentence else sentence)
    return replace(prompt, tip=tip, stuck=tuple(each for each in prompt.stuck if named not in each))
