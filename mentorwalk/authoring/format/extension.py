"""The keys that only an agenda has that extends another: the parts of the format beyond its own.

Their docstrings explain the keys in agendas/agenda.schema.json.
"""

# Annotations are values here, not texts: the schema is made of them.
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Addition:
    """Where a card or a field goes that is added."""

    after: str = ""
    """The id of the card, or of the field, that it comes after."""
    before: str = ""
    """The id of the card, or of the field, that it comes before."""
    to: str = ""
    """The id of the phase, or of the card, at whose end it goes; or `prepare.mentee`."""


@dataclass(frozen=True)
class Extension:
    """What an agenda says of the one that it extends."""

    extends: str
    """The agenda whose cards and texts it has: a name, or a file beside this one."""
    leave_out: tuple[str, ...] = ()
    """The ids of phases, cards and fields that are left out."""
    change: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By the id of a phase, a card or a field, the keys that are different."""
    add: tuple[Addition, ...] = ()
    """Cards and fields that are added, each with its place: `after`, `before` or `to`."""
    as_of: Mapping[str, str] = field(default_factory=dict)
    """Marks of what is left out or changed, written by `mentorwalk agenda check --seen`."""
