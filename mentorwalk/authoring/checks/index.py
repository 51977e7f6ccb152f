"""An agenda's parts with their places in the file, for the checks."""

from __future__ import annotations

import re
from dataclasses import dataclass, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from mentorwalk.authoring.format.keys import told_type
from mentorwalk.authoring.format.other_words import role_meant
from mentorwalk.authoring.format.shapes import attribute_of, keys_of
from mentorwalk.domain.agenda import Agenda, Prompt
from mentorwalk.domain.errors import PROBLEM_LIMIT, nearest, suggestion
from mentorwalk.domain.fields import Field
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mentorwalk.authoring.decoding.decoder import Decoder
    from mentorwalk.authoring.syntax.places import Place, Places

T = TypeVar("T")


class Located(NamedTuple, Generic[T]):
    """A value with its place."""

    place: Place
    value: T


class Finding(NamedTuple):
    """What is wrong, or worth a look, at a place."""

    place: Place
    sentence: str
    word: str = ""
    """The word that is wrong, if it is one."""
    instead: str = ""
    """What to write in the place of the word, if it is known."""
    name: str = ""
    """What a warning is called in the comment that accepts it."""

    def called(self, name: str) -> Finding:
        """Return the same as a warning of this name."""
        return self._replace(name=name)


SPACE_THERE = " It is there, with a character that only looks like a space: type a space there."
"""What is said of a word that is known, but for such a character."""


class Hints:
    """The nearest words for the first mistakes of a kind only: each takes a search."""

    def __init__(self) -> None:
        self.left = PROBLEM_LIMIT

    def __call__(self, word: str, known: Iterable[str]) -> str:
        """Return a suggestion of the nearest known word, to end a sentence with; or nothing."""
        return self.said_of(word, self.nearest(word, known))

    def said_of(self, word: str, near: str) -> str:
        """Return a suggestion of a word for another, to end a sentence with; or nothing."""
        bare = near.strip('"')
        alike = bare != word and _spaced(bare) == _spaced(word)
        return SPACE_THERE if alike else suggestion(near)

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """Return the nearest known word; empty if none is near, or enough were looked for."""
        self.left -= 1
        return nearest(word, known) if self.left >= 0 else ""


def _spaced(words: str) -> str:
    """Return words with a plain space for each character that only looks like one."""
    return re.sub(r"\s", " ", words)


@dataclass(frozen=True)
class AgendaIndex:
    """The parts of an agenda, and what is known of those that could not be decoded."""

    agenda: Agenda
    prompts: tuple[Located[Prompt], ...]
    fields: tuple[Located[Field], ...]
    texts: tuple[Located[str], ...]
    unsound: frozenset[Place]
    """Places of what could not be decoded, or was not what is meant."""
    untyped: tuple[Located[Field], ...]
    """The fields that have what belongs to another type than theirs."""
    places: Places
    lost: bool
    """Whether some ids could not be decoded: references are then not checked."""

    @cached_property
    def answer_ids(self) -> list[str]:
        """The id of every answer."""
        return [key for located in self.fields for key in located.value.answer_ids]

    @cached_property
    def field_ids(self) -> list[str]:
        """The id of every field and answer; a field asked of each has one, its answers two."""
        return [located.value.id for located in self.fields] + self.answer_ids

    @cached_property
    def cards_at(self) -> dict[Place, Prompt]:
        """The cards, by their places."""
        return {located.place: located.value for located in self.prompts}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The id of each field, by its label in small letters."""
        return {folded(located.value.label): located.value.id for located in self.fields}

    def field_labelled(self, words: str) -> str:
        """Return a suggestion of the field that has these words for its label; or nothing."""
        return suggestion(self.labels.get(folded(words), ""))

    @cached_property
    def types_unknown(self) -> frozenset[str]:
        """The ids of the fields whose type could not be decoded."""
        fields = (each for each in self.fields if not self.sound(*each.place, "type"))
        return frozenset(each.value.id for each in fields)

    def sound(self, *place: str | int) -> bool:
        """Return whether the value at a place was decoded, so that a check makes sense."""
        return place not in self.unsound

    def where(self, place: Place, seen_from: Place) -> str:
        """Return where a value stands: on which line, counted from 1, or in which other file."""
        there, here = (self.places.problem(each, "") for each in (place, seen_from))
        if there.file == here.file:
            return f"on line {there.line}"
        return f"in `{Path(there.file).stem}`"

    def inherited(self, place: Place) -> bool:
        """Return whether a value is of another agenda, which this one extends."""
        return self.places.at(place).line >= len(self.places.source.own_lines)

    def role_called(self, name: str) -> str:
        """Return the role that this agenda, or else others, call by a name; empty if none."""
        words = {self.agenda.roles.of(role).casefold(): role for role in ROLES}
        return words.get(name.casefold()) or role_meant(name)


def index_of(agenda: Agenda, decoder: Decoder) -> AgendaIndex:
    """Return the index of an agenda that was just decoded."""
    parts = _parts(agenda, (), [])
    fields = tuple(part for part in parts if isinstance(part.value, Field))
    untyped = tuple(
        each
        for each in fields
        if told_type(each.value)[0] and (*each.place, "type") not in decoder.unsound
    )
    return AgendaIndex(
        agenda,
        tuple(part for part in parts if isinstance(part.value, Prompt)),
        fields,
        tuple(part for part in parts if isinstance(part.value, str)),
        frozenset({*decoder.unsound, *((*each.place, "type") for each in untyped)}),
        untyped,
        decoder.places,
        decoder.lost,
    )


def _parts(value: Any, place: Place, found: list[Located[Any]]) -> list[Located[Any]]:
    """Add every text and every part with keys in a value to those found, and return all."""
    if isinstance(value, str):
        found.append(Located(place, value))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _parts(item, (*place, index), found)
    elif is_dataclass(value):
        found.append(Located(place, value))
        for key in keys_of(value.__class__):
            # An empty text may still be misread in the file; other empty values have no parts.
            inner = getattr(value, attribute_of(key))
            if inner or inner == "":
                _parts(inner, (*place, key), found)
    return found
