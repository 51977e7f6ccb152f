"""The two roles of a session, and what belongs to each of them."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Role = Literal["mentor", "mentee"]
ROLES: tuple[Role, Role] = ("mentor", "mentee")


class PerRole(Generic[T]):
    """Two things of a kind: the mentor's and the mentee's."""

    mentor: T
    mentee: T

    def of(self, role: Role) -> T:
        """Return what belongs to a role."""
        return self.mentor if role == "mentor" else self.mentee
