"""The two people of a session, their names, and what each of them shared beforehand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import without_items
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.i18n import _
from mentorwalk.domain.roles import PerRole
from mentorwalk.domain.text import BLANK, INVISIBLE, folded
from mentorwalk.domain.values import ByItem, Outline

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role


def other_role(role: Role) -> Role:
    """Return the role of the other person."""
    return "mentee" if role == "mentor" else "mentor"


@dataclass(frozen=True)
class People(PerRole[str]):
    """The names of the two people, and who is at the keyboard."""

    mentor: str
    mentee: str
    types: Role

    @classmethod
    def typed_by(cls, types: Role, own: str, other: str) -> People:
        """Return two people: the one at the keyboard, in the role `types`, and the other one."""
        return cls(own, other, types) if types == "mentor" else cls(other, own, types)

    @property
    def names(self) -> tuple[str, str]:
        """The mentor's and the mentee's name."""
        return self.mentor, self.mentee

    def has_names_of(self, other: People) -> bool:
        """Return whether two others are called alike, in the same roles."""
        pairs = zip(self.names, other.names, strict=True)
        return all(one.casefold() == another.casefold() for one, another in pairs)

    def name(self, role: Role) -> str:
        """Return the name of the person in a role."""
        return self.of(role)

    def other(self, role: Role) -> str:
        """Return the name of the person in the other role."""
        return self.name(other_role(role))


@dataclass(frozen=True)
class Prep:
    """What one person wrote down beforehand and chose to share."""

    agenda: str
    """The id of the agenda it was written for."""
    role: Role
    name: str
    answers: Mapping[str, Value]
    """The answers by their ids."""
    unknown: tuple[str, ...] = ()
    """The ids of the questions that were answered with “I don't know yet”."""
    day: date | None = None
    """The day on which it was written, where a later one may take its place."""
    fields: tuple[Field, ...] = ()
    """The fields of what is answered, if it is an exercise that was done alone.

    The agenda of a session that takes it need not have them.
    """

    @property
    def empty(self) -> bool:
        """Whether nothing is shared, not even that something is not known yet."""
        return not (self.answers or self.unknown)

    def __contains__(self, key: str) -> bool:
        """Return whether it says something about an answer, if only that it is not known yet."""
        return key in self.answers or key in self.unknown

    @property
    def alone(self) -> bool:
        """Whether it is an exercise that was done alone, which no card of the session asks."""
        return bool(self.fields)

    def parts(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """Return the words of each part of an answer, by its place: none of a number by itself.

        A part is an item, with what is said about it; or the whole answer. A place names the role,
        the answer and which part it is of how many, as in `mentee topics 0/3`. So it names nothing
        once a part was taken out, and taking it out again on replay changes nothing.
        """
        value = self.answers.get(key)
        match value:
            case tuple():
                parts: tuple[tuple[object, ...], ...] = tuple((item,) for item in value)
            case ByItem():
                parts = value.pairs
            case Outline():
                parts = ((value.text,),)
            case _:
                parts = ((value,),)
        return {
            f"{self.place(key)} {n}/{len(parts)}": tuple(w for w in part if isinstance(w, str))
            for n, part in enumerate(parts)
        }

    def place(self, key: str) -> str:
        """Return the place of an answer: no answer of a session has an id like it."""
        return f"{self.agenda}/{self.role} {key}" if self.alone else f"{self.role} {key}"

    def without(self, taken: Collection[str]) -> Prep:
        """Return the prep without some answers, each given by its id, or parts by their places.

        In an exercise, what was said about such an item goes with it.
        """
        gone = frozenset(self._items_at(taken)) if self.alone else frozenset()
        left = {
            key: without_items(self._left_of(key, taken), gone)
            for key in self.answers
            if key not in taken
        }
        answers = {key: value for key, value in left.items() if value is not None}
        unknown = tuple(key for key in self.unknown if key not in taken)
        fields = tuple(_about(f, answers.get(f.answer_id(self.role))) for f in self.fields)
        return replace(self, answers=answers, unknown=unknown, fields=fields)

    def _items_at(self, taken: Collection[str]) -> Iterator[str]:
        """Yield the items, or short answers, that have some places, folded."""
        for key, value in self.answers.items():
            if isinstance(value, str | tuple):
                parts = self.parts(key).items()
                yield from (folded(words[0]) for place, words in parts if place in taken)

    def _left_of(self, key: str, taken: Collection[str]) -> Value | None:
        """Return what is left of an answer without the parts that have some places."""
        value, stays = self.answers[key], [place not in taken for place in self.parts(key)]
        match value:
            case tuple():
                return tuple(compress(value, stays)) or None
            case ByItem():
                return ByItem(tuple(compress(value.pairs, stays))) or None
            case _:
                return value if all(stays) else None


def _about(field: Field, value: Value | None) -> Field:
    """Return a field that names only the items of which something is said."""
    said = value if isinstance(value, ByItem) else ByItem()
    return replace(field, items=tuple(item for item in field.items if item in said))


NAME_LIMIT = 60
"""The most characters of a name: two longer ones would not fit on a narrow screen."""


def read_name(text: str, whose: str) -> str:
    """Return a person's name as it was typed, trimmed and composed (Unicode's NFC).

    Args:
        text: The name.
        whose: What an error calls it, such as `Your name`.

    Raises:
        InputError: It is empty, too long, or has characters that cannot be shown.
    """
    name = unicodedata.normalize("NFC", text.strip())
    if "\n" in name:
        lines = _("{whose} has several lines: please write it on one.")
        raise InputError(lines.format(whose=whose))
    if not any(unicodedata.category(char)[0] in "LNPS" for char in name if char not in BLANK):
        empty = _("{whose} is empty: please give a name, any name you go by.")
        raise InputError(empty.format(whose=whose))
    if len(name) > NAME_LIMIT:
        long = _("{whose} has {number} characters: please keep it to {limit} or fewer.")
        raise InputError(long.format(whose=whose, number=len(name), limit=NAME_LIMIT))
    if INVISIBLE.search(name) or "\t" in name:
        hidden = _("{whose} holds characters that cannot be shown: please write it without them.")
        raise InputError(hidden.format(whose=whose))
    return name


def may_be_same_person(one: str, other: str) -> bool:
    """Return whether two names may be one person's, such as `Grace` and `Grace Hopper`."""
    names, others = set(one.casefold().split()), set(other.casefold().split())
    return names <= others or others <= names


def distinct_name(name: str, other: str) -> str:
    """Return a name that differs from the other person's.

    Raises:
        InputError: Both look the same.
    """
    if _as_seen(name) == _as_seen(other):
        same = _("You are both called {name}: please add an initial to one of you.")
        raise InputError(same.format(name=name))
    return name


def _as_seen(name: str) -> str:
    """Return a name without the characters that nobody sees, in small letters."""
    seen = (char for char in name if unicodedata.category(char) != "Cf" and char not in BLANK)
    return "".join(seen).casefold()
