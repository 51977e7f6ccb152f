"""A repair: a proposal to write some lines differently, still to be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentorwalk.authoring.faults import Fault


class Repair(NamedTuple):
    """A proposal to write some lines differently."""

    changed: Mapping[int, tuple[str, ...]]
    """By the number of a line, the lines to put in its place."""
    fault: Fault
    """What was wrong, if this repairs it."""
    fix: str = ""
    """The repaired line, as it is shown."""
    sure: bool = False
    """Whether nothing else in the file can change its meaning."""
    moves: bool = False
    """Whether lines move: they must then fit what is above and below them."""


def line_above(lines: Sequence[str], number: int) -> int:
    """Return the nearest line above that is not blank; the line itself if there is none."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), number)


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))
