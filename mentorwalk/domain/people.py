"""The two people of a session, and what each of them shared beforehand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import filled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mentorwalk.domain.agenda import Agenda, Role
    from mentorwalk.domain.answers import Value


def other_role(role: Role) -> Role:
    """The role of the other one."""
    return "mentee" if role == "mentor" else "mentor"


@dataclass(frozen=True)
class People:
    """The two people, by the names they go by, and who sits at the keyboard."""

    mentor: str
    mentee: str
    types: Role

    def name(self, role: Role) -> str:
        """The name of the one in that role."""
        return self.mentor if role == "mentor" else self.mentee

    def other(self, role: Role) -> str:
        """The name of the one in the other role."""
        return self.name(other_role(role))


@dataclass(frozen=True)
class Prep:
    """What one of the two wrote down beforehand and chose to share."""

    agenda: str
    """The id of the agenda it was written for."""
    role: Role
    name: str
    answers: Mapping[str, Value]
    """By answer id."""
    unknown: tuple[str, ...] = ()
    """The ids of the answers that are not known yet."""

    def without(self, fields: Collection[str]) -> Prep:
        """The same, but for some answers."""
        kept = {key: value for key, value in self.answers.items() if key not in fields}
        unknown = tuple(key for key in self.unknown if key not in fields)
        return replace(self, answers=kept, unknown=unknown)


def names_in_texts(agenda: Agenda, people: People) -> Mapping[str, str]:
    """What stands for `{mentor}`, `{mentee}` and `{contact}` in an agenda's texts."""
    names = {"mentor": people.mentor, "mentee": people.mentee}
    contact = agenda.contact
    return names | ({"contact": filled(contact.words, names)} if contact else {})
