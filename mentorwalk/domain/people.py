"""The two people of a session, their names, and what each of them shared beforehand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import InputError
from mentorwalk.domain.i18n import _
from mentorwalk.domain.roles import PerRole
from mentorwalk.domain.text import BLANK, INVISIBLE
from mentorwalk.domain.values import ByItem, Outline

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
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

    def items(self, key: str) -> Mapping[str, str]:
        """Return what was written for an answer, by its places; empty if it is no text.

        A place names the role, the answer and which item it is of how many, as in
        `mentee topics 0/3`. So it names nothing once an item was taken out, and taking it out
        again on replay changes nothing.
        """
        value = self.answers.get(key)
        match value:
            case tuple():
                items: tuple[object, ...] = value
            case ByItem():
                items = tuple(value.values())
            case Outline():
                items = (value.text,)
            case _:
                items = (value,)
        whose = f"{self.agenda}/{self.role}" if self.alone else self.role
        return {
            f"{whose} {key} {index}/{len(items)}": item
            for index, item in enumerate(items)
            if isinstance(item, str)
        }

    def without(self, taken: Collection[str]) -> Prep:
        """Return the prep without some answers, each given by its id, or items by their places.

        In an exercise, what was said about such an item goes with it.
        """
        places = {place: item for key in self.answers for place, item in self.items(key).items()}
        gone = {item for place, item in places.items() if place in taken} if self.alone else set()
        answers = {}
        for key, value in self.answers.items():
            items = self.items(key)
            left = tuple(item for place, item in items.items() if place not in taken)
            if key not in taken and (left or not items):
                answers[key] = _left(value, left, gone)
        answers = {key: value for key, value in answers.items() if value not in (ByItem(), ())}
        unknown = tuple(key for key in self.unknown if key not in taken)
        return replace(self, answers=answers, unknown=unknown)


def _left(value: Value, texts: tuple[str, ...], gone: Collection[str]) -> Value:
    """Return a value with only these of its texts, and nothing about the items that are gone."""
    match value:
        case tuple():
            return tuple(text for text in texts if text not in gone)
        case ByItem(pairs):
            kept = (pair for pair in pairs if pair[0] not in gone)
            return ByItem(tuple(p for p in kept if not isinstance(p[1], str) or p[1] in texts))
        case _:
            return value


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
