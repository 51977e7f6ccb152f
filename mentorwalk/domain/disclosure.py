"""What may be published of counts of pairs, so that nothing is found out about a few of them.

Each count is published as a range that begins at a multiple of the least number and is that wide,
so what two reports or two counts differ by is a multiple, too. All shares of the same pairs (how
many have an agreement, how many have none) add up to one sum, so somebody could narrow a range
down by subtracting others from it. A count is found out only where the fewest that some ranges
leave are the most that others leave. The fewest are always a multiple; the most, of one share or
of several, are a multiple less the number of these shares. So a table has fewer shares than the
least number: then the two are never equal, in one report or in all of a year.

The order tells as much as a number: where it followed the exact ones, one more pair that moved a
name up would be seen. So which names are told, and in which order, follows from the ranges alone.
`tests/trust/test_disclosure.py` attacks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REST = "all others"
"""The name of what is told together, because each of it concerns too few."""
EXACT = 1
"""The least number with which nothing is kept back."""
FEWEST = 3
"""The smallest least number that keeps something back and leaves two shares to tell."""


@dataclass(frozen=True)
class Share:
    """How many pairs something is true of, as it is published."""

    label: str
    low: int
    """The fewest pairs that it can be."""
    high: int
    """The most."""

    @property
    def words(self) -> str:
        """How many they are: `fewer than 5`, `10 to 14`; exact where nothing is kept back."""
        if self.low == self.high:
            return str(self.low)
        return f"{self.low} to {self.high}" if self.low else f"fewer than {self.high + 1}"


def share(label: str, number: int, least: int) -> Share:
    """Return a count as a range that is `least` wide."""
    low = number - number % least
    return Share(label, low, low + least - 1)


def shares(counts: Mapping[str, int], least: int) -> tuple[Share, ...]:
    """Return the shares of all pairs, of which each is in exactly one.

    The last ones are put together until there are fewer than the least number.
    """
    parts = list(counts.items())
    while EXACT < least <= len(parts):
        (first, one), (second, other) = parts[-2:]
        parts[-2:] = [(f"{first} or {second}", one + other)]
    return tuple(share(label, number, least) for label, number in parts)


def named_shares(counts: Mapping[str, int], least: int) -> tuple[Share, ...]:
    """Return the shares of all pairs by names that the files have, the largest range first.

    A name that concerns too few is not told: it goes with all the others.
    """
    most = len(counts) if least == EXACT else least - 2
    largest = _largest_first(counts, least)[:most]
    told = {name: number for name, number in largest if number >= least}
    rest = sum(counts.values()) - sum(told.values())
    others = {} if least == EXACT else {REST: rest}
    return tuple(share(label, n, least) for label, n in {**told, **others}.items())


def counted_names(counts: Mapping[str, int], least: int) -> tuple[Share, ...]:
    """Return how many pairs each of several things is true of, the largest range first.

    They are no shares of one sum, as a pair can be among several. What concerns too few is left
    out, with its name.
    """
    return tuple(share(name, n, least) for name, n in _largest_first(counts, least) if n >= least)


def middle(published: Sequence[Share]) -> str:
    """Return in which of some shares in order the pair in the middle is; empty if nobody can say.

    Only what is published is looked at, so that this tells nothing more.
    """
    for at, each in enumerate(published):
        before, after = published[:at], published[at + 1 :]
        if _are_fewer(before, (each, *after)) and _are_fewer(after, (each, *before)):
            return each.label
    return ""


def _are_fewer(some: Sequence[Share], others: Sequence[Share]) -> bool:
    """Return whether some shares are fewer pairs than others, whatever the numbers are."""
    return sum(each.high for each in some) < sum(each.low for each in others)


def _largest_first(counts: Mapping[str, int], least: int) -> list[tuple[str, int]]:
    """Return counts by their range, and by name within one."""
    return sorted(counts.items(), key=lambda each: (-share(each[0], each[1], least).low, each[0]))
