"""The checks of `next`: entries that are never reached, and conditions that never hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.conditions import (
    conditions_on_what_follows,
    never_given,
    numbers_written,
)
from mentorwalk.authoring.checks.index import AgendaIndex, Finding, Hints
from mentorwalk.authoring.checks.unknown_names import asked_of_each
from mentorwalk.authoring.format.other_words import range_meant
from mentorwalk.domain.conditions import range_of
from mentorwalk.domain.errors import looks_misspelt, shown
from mentorwalk.domain.following import NUMBERS, OFFERED
from mentorwalk.domain.possible_answers import possible_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.fields import Condition, Field


def never_next(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the entries behind one that always fits; people may still choose them."""
    always = ""
    for number, entry in enumerate(index.agenda.listed):
        if always and not index.agenda.choosing:
            yield Finding(
                ("next", number, "agenda"),
                f"`{shown(entry.agenda, 40)}` never comes next: `{shown(always, 40)}` above it has "
                "no `when`, so it always fits.",
            )
        sure = index.sound("next", number, "when") and index.sound("next", number, "unless")
        always = always or ("" if entry.conditions or not sure else entry.agenda)


def conditions_of_next(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions in `next` on what nobody knows, or on an answer that cannot be given."""
    meant = Hints()
    for place, condition in conditions_on_what_follows(index.agenda):
        field = index.agenda.answerable.get(condition.field)
        if field:
            yield from never_given(place, condition, possible_answers(field), meant)
        elif condition.field in NUMBERS:
            yield from _no_number(place, condition)
        elif not index.lost:
            yield from _unknown(index, place, condition.field, meant)


def conditions_of_suggestions(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions in `suggested_by` on what nobody knows; a field may be any agenda's."""
    meant = Hints()
    for condition in index.agenda.suggested_by:
        place = ("suggested_by", condition.field)
        if condition.field in NUMBERS:
            yield from _no_number(place, condition)
        elif "-" in condition.field and condition.field not in OFFERED:
            named = shown(condition.field, 40)
            yield Finding(place, f"There is no field `{named}`.{meant(condition.field, OFFERED)}")


def awaited_at_once(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each text in `suggested_by` that reads like a list, and is one answer."""
    for condition in index.agenda.suggested_by:
        for answer in condition.any_of:
            if len(re.split(r"[,;] ", answer)) > 2:
                listed = f"{condition.field}: [{answer.replace(';', ',')}]"
                yield Finding(
                    ("suggested_by", condition.field),
                    "This is one answer, with all its commas. Several answers stand in brackets: "
                    f"`{shown(listed, 60)}`.",
                )


def _no_number(place: Place, condition: Condition) -> Iterator[Finding]:
    """Yield the answers that are neither a number nor a range of numbers."""
    for answer in condition.any_of:
        if not range_of(answer) and not re.fullmatch(r"\d{1,9}", answer):
            sentence = f"`{condition.field}` is a number: write `4`, `40..`, `..6` or `3..5`."
            sentence += f" Not: `{shown(answer, 40)}`.{numbers_written(answer)}"
            yield Finding(place, sentence, answer, range_meant(answer))


def _unknown(index: AgendaIndex, place: Place, name: str, meant: Hints) -> Iterator[Finding]:
    """Yield a name that is misspelt; any other may be a field of an earlier session."""
    if f"{name}.mentor" in index.answer_ids:
        yield Finding(place, asked_of_each(name))
    elif name not in OFFERED:
        known = [*index.answer_ids, *OFFERED]
        if "-" in name or looks_misspelt(name, known):
            yield Finding(place, f"There is no field `{shown(name, 40)}`.{meant(name, known)}")


def choosing(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what keeps a field from letting two people choose what comes next."""
    found = [located for located in index.fields if located.value.chooses_next]
    for place, field in found:
        own = ("choices", "other") if field.type == "select" else ()
        key = next((key for key in own if getattr(field, key)), "choices_from")
        why = _cannot_choose(field, place)
        if not why and not isinstance(index.agenda.next, tuple) and index.sound("next"):
            why = "`next` is no list, so there is nothing to choose from."
        if not why and place != found[0].place:
            why = "The two choose what comes next once: keep one of these fields."
        if why:
            yield Finding((*place, key), why)


CHOICES_OF_NEXT = "The choices are the titles of what `next` lists"
"""What is said of choices beside those that `next` makes, before what to take out."""


def _cannot_choose(field: Field, place: Place) -> str:
    """Return why a field cannot have the entries of `next` as its choices; empty if it can."""
    if field.type != "select":
        return "Only a field of type `select` can have `choices_from`."
    if field.choices or field.other:
        own = ["`choices` with its list"] * bool(field.choices) + ["`other`"] * field.other
        return f"{CHOICES_OF_NEXT}: take out {', and '.join(own)}."
    if field.private or field.by == "each" or field.prepare or place[0] == "prepare":
        return "The two choose together, when they meet: it is neither private, nor asked of each."
    return ""
