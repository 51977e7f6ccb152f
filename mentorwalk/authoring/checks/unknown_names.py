"""What is said of a name that no field or person has: what it may mean instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.ids import CARD
from mentorwalk.authoring.checks.index import Finding, Hints
from mentorwalk.authoring.decoding.problems import NAMED_BY
from mentorwalk.authoring.format.id_forms import comma_missing, reshaped, words_of
from mentorwalk.authoring.format.other_words import THE_TWO, somebody
from mentorwalk.domain.errors import shown, suggestion
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex, Located
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Agenda

ONLY_IN_CLAUSES = (
    "`{name}` is an answer, which only a clause can name. A card shows it with `recall: [{name}]`."
)

EITHER = (
    " To wait for either of them, make a card for each: these cards, and their fields, have ids of "
    "their own."
)
"""What is said of a card that waits for one answer of two."""
NOT_YET = (
    "`{name}` is asked on this card, so nobody has answered it yet when this is read. Only the "
    "card's clause can name it."
)
"""The message about an answer that the words of its own card name."""


def unknown(
    index: AgendaIndex,
    named: list[Located[str]],
    known: list[str],
    unsure: Collection[Place] = (),
) -> Iterator[Finding]:
    """Yield the ids that no field has; on a card that is unsure, only those that look misspelt."""
    among, meant = set(known), Hints()
    for place, name in named:
        if name and name not in among:
            if missing := comma_missing(name, known):
                yield Finding(place, missing, name, ", ".join(words_of(name)))
            elif f"{name}.mentor" in among:
                either = EITHER * (place[CARD:] == ("when", name))
                yield Finding(place, f"{asked_of_each(name)}{either}")
            elif usable(near := meant.nearest(name, known)) and (
                near or place[:CARD] not in unsure
            ):
                hint = _called(index, name) or suggestion(near)
                yield Finding(place, f"There is no field `{shown(name, 40)}`.{hint}")


def _called(index: AgendaIndex, name: str) -> str:
    """Return which field is called by another name: its label, its card, its person; or nothing."""
    if name in index.answer_ids:
        return " It is only asked beforehand."
    bare = re.sub(r"^(?:mentor|mentee|answers|people)\.|\.(?:mentor|mentee)$", "", name)
    spelled = next((each for each in (bare, reshaped(bare)) if each in index.answer_ids), "")
    near = spelled or index.labels.get(folded(name), "")
    if near:
        return suggestion(near)
    if both := of_each_person(name, index.answer_ids):
        return both
    return asked_on(index.agenda, name)


def of_each_person(name: str, ids: Collection[str]) -> str:
    """Return that two fields have the id with a role, to end a sentence with; or nothing."""
    for form in ("{role}_{name}", "{name}_{role}"):
        both = [form.format(role=role, name=name) for role in ROLES]
        if {*both} <= {*ids}:
            return (
                f" Here that is `{both[0]}` and `{both[1]}`: name the one that is meant, or both."
            )
    return ""


def asked_on(agenda: Agenda, card: str) -> str:
    """Return which fields a card asks for, to end a sentence about its name with; or nothing."""
    fields = agenda.prompts[card].fields if card in agenda.prompts else ()
    asked = ", ".join(f"`{field.id}`" for field in fields if not field.private)
    return f" It is a card, which asks for {asked}." if asked else ""


def asked_of_each(name: str) -> str:
    """Return the message about a field with two answers that is taken for one."""
    return f"`{name}` is asked of each: write `{name}.mentor` or `{name}.mentee`, or both."


def usable(near: str) -> bool:
    """Return whether the word that may be meant is no misshapen id, which is a problem already."""
    return not near or re.fullmatch(r"[a-z][a-z0-9_.]*", near) is not None


def no_name(index: AgendaIndex, named: Located[str], near: str) -> str:
    """Return the message about braces around something that has no words there."""
    place, name = named
    in_clause = place[-2:] == ("clause", "says")
    if place == ("contact", "who") and name in index.answer_ids:
        return NAMED_BY.format(name=name)
    card = index.cards_at.get(place[:CARD])
    if not in_clause and name in index.answer_ids:
        here = any(name in field.answer_ids for field in card.fields) if card else False
        return (NOT_YET if here else ONLY_IN_CLAUSES).format(name=name)
    meant = suggestion(f"{{{near}}}" if near else "")
    called = _called(index, name) if in_clause else ""
    asked = [f"`{{{key}}}`" for field in card.fields for key in field.answer_ids] if card else []
    own = f" This card asks for {', '.join(asked)}." if len(asked) in (1, 2, 3) else ""
    hint = called or meant or ((somebody(name) or own) if in_clause else THE_TWO)
    return f"Nothing is called `{{{shown(name, 40)}}}` here.{hint}"
