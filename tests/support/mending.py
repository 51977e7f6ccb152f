"""Corrections that a problem offers, followed as a person would: to the letter."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorwalk.domain.errors import Problem


def mended(text: str, problem: Problem) -> str:
    """Return a text with what a problem says to write in the place of what is like it most."""
    lines, fix = text.split("\n"), problem.fix.split("\n")
    last = problem.line - 1
    begins = (last, last - 1) if len(fix) > 1 and last else (last,)
    spans = [(at, at + n) for at, n in product(begins, range(1, len(fix) + 3)) if at + n > last]
    at, end = max(spans, key=lambda span: (_likeness(lines[slice(*span)], fix), -span[1]))
    return "\n".join([*lines[:at], *fix, *lines[end:]])


def _likeness(lines: list[str], fix: list[str]) -> float:
    """Return how alike two passages are, whatever their signs and spaces."""
    old, new = (re.sub(r"\W", "", "".join(each)) for each in (lines, fix))
    return SequenceMatcher(None, old, new, autojunk=False).ratio()
