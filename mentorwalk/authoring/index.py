"""An agenda taken apart: each of its parts with its place, for the checks to look at."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from mentorwalk.authoring.decoder import Decoder, Place
from mentorwalk.domain.agenda import Agenda, Field, Prompt
from mentorwalk.domain.errors import (
    PROBLEM_LIMIT,
    did_you_mean,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


T = TypeVar("T")


Finding = tuple[Place, str] | tuple[Place, str, str]
"""Where, what is wrong, and the word that is."""


class Located(NamedTuple, Generic[T]):
    """A value with its place."""

    place: Place
    value: T


@dataclass(frozen=True)
class AgendaIndex:
    """What the checks look at: an agenda's parts, each with its place."""

    agenda: Agenda
    prompts: tuple[Located[Prompt], ...]
    fields: tuple[Located[Field], ...]
    texts: tuple[Located[str], ...]
    unsound: frozenset[Place]
    lost: bool
    """Not every id is known, so that nobody can say that there is none."""

    @cached_property
    def answer_ids(self) -> list[str]:
        """Every id that an answer can be found under."""
        return [key for placed in self.fields for key in placed.value.answer_ids]

    @cached_property
    def field_ids(self) -> list[str]:
        """Every id of a field; one that is asked of each stands for both answers."""
        return [placed.value.id for placed in self.fields] + self.answer_ids

    def sound(self, *place: str | int) -> bool:
        """Whether something could be read there, so that it is worth a check."""
        return place not in self.unsound


def everything_of(agenda: Agenda, decoder: Decoder) -> AgendaIndex:
    """Find the parts of an agenda that the checks look at."""
    parts = _parts(agenda, (), [])
    return AgendaIndex(
        agenda,
        tuple(part for part in parts if isinstance(part.value, Prompt)),
        tuple(part for part in parts if isinstance(part.value, Field)),
        tuple(part for part in parts if isinstance(part.value, str)),
        frozenset(decoder.unsound),
        decoder.lost,
    )


class Hints:
    """What was meant by the first mistakes of a kind: to look for it takes time for each."""

    def __init__(self) -> None:
        self.left = PROBLEM_LIMIT

    def __call__(self, word: str, known: Iterable[str]) -> str:
        """Suggest the nearest known word, as the end of a sentence; or nothing."""
        self.left -= 1
        return did_you_mean(word, known) if self.left >= 0 else ""


def _parts(value: Any, place: Place, found: list[Located[Any]]) -> list[Located[Any]]:
    """Find every text and every part with keys inside a value, with its place."""
    if isinstance(value, str):
        found.append(Located(place, value))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _parts(item, (*place, index), found)
    elif is_dataclass(value):
        found.append(Located(place, value))
        for name in _keys(value.__class__):
            inner = getattr(value, name)
            if inner or inner == "":
                _parts(inner, (*place, name), found)
    return found


@cache
def _keys(kind: Any) -> tuple[str, ...]:
    """The keys of a dataclass; once, because looking them up takes time."""
    return tuple(field.name for field in fields(kind))
