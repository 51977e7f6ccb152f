"""Many cases in few tests: pairs dealt instead of multiplied, and the faults of any case."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sized

A = TypeVar("A")
B = TypeVar("B")
Case = TypeVar("Case")
Faults = TypeVar("Faults", bound="Sized")


def dealt(rows: Iterable[A], others: Iterable[B]) -> list[tuple[A, B]]:
    """Return pairs with every row and every other in them: the shorter of the two goes round."""
    left, right = list(rows), list(others)
    longest = max(len(left), len(right))
    return list(islice(zip(cycle(left), cycle(right), strict=False), longest))


def faulty(found: Mapping[Case, Faults]) -> dict[Case, Faults]:
    """Return the cases in which something wrong was found; a test wants none of them."""
    return {case: faults for case, faults in found.items() if faults}
