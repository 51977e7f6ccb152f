"""A repair: a proposal to write some lines differently, still to be tried."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.syntax.yaml_faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BEGINS = re.compile(r"\s*(?:-$|- |[a-z_]+:(?:\s|$))")
"""A line that begins something: a key, or an item of a list."""
ID = r"[a-z][\w.-]* *"
"""A line, or the end of one, that is an id."""
KEY = r"(\s*(?:- )*)([a-z_]+)"
"""The beginning of a line with a key: what stands before it, and the key."""
SHOWN_LINES = 12
"""The most lines that are shown as they should be."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


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

    @classmethod
    def of_line(cls, number: int, column: int, sentence: str, fix: str) -> Repair:
        """Return what to write for one line, of which nothing else can change the meaning."""
        fault = Fault(number, column, sentence)
        return cls({number: tuple(fix.split("\n"))}, fault, fix, sure=True)

    @property
    def whole_fix(self) -> str:
        """The lines to write instead, all of them where they follow each other."""
        lines = sorted(self.changed)
        together = lines == [*range(self.fault.line, self.fault.line + len(lines))]
        if not self.fix or not together or len(lines) > SHOWN_LINES:
            return self.fix
        return "\n".join(new for line in lines for new in self.changed[line])


def line_above(lines: Sequence[str], number: int) -> int:
    """Return the nearest line above that is not blank; the line itself if there is none."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), number)


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def deeper_lines(lines: Sequence[str], number: int, column: int) -> Iterator[int]:
    """Return the lines below that are indented deeper than a column: they belong to the line."""
    below = (each for each in range(number + 1, len(lines)) if lines[each].strip())
    return takewhile(lambda each: indent_of(lines[each]) > column, below)


def behind_dash(line: str) -> int:
    """Return the column at which a line begins behind its dashes."""
    dash = re.match(r"\s*(?:- )+", line)
    return dash.end() if dash else indent_of(line)


def indented(line: str, least: int) -> str:
    """Return a line with so many spaces before it at least."""
    return " " * max(least, indent_of(line)) + line.lstrip(" ")


def shifted(line: str, by: int) -> str:
    """Return a line moved to the right, or to the left."""
    return " " * max(0, indent_of(line) + by) + line.lstrip(" ")


def move_of(lines: Sequence[int], by: int) -> str:
    """Return in words how far to the right, or to the left, lines move."""
    what = "move this line" if len(lines) == 1 else f"move lines {lines[0] + 1} to {lines[-1] + 1}"
    number = _NUMBERS[abs(by)] if abs(by) < len(_NUMBERS) else abs(by)
    far = f"{number} space{'s' * (abs(by) != 1)}"
    return f"{what} {far} to the {'right' if by > 0 else 'left'}"
