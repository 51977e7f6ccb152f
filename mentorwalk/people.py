"""The two people of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorwalk.agenda import Role


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
        return self.mentee if role == "mentor" else self.mentor
