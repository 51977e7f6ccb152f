"""Corrections: those of one line put together, and written into the text that they are for."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import chain, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mentorwalk.domain.errors import Problem

BYTE_ORDER_MARK = "\ufeff"
"""The sign that some editors write at the beginning of a file."""
MOST = 20
"""The most corrections of one line that are put together."""


class _Edit(NamedTuple):
    """What is written in the place of a part of a line."""

    begin: int
    end: int
    words: str


def put_together(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems, those of the same line with what to write for all of them together."""
    problems = list(problems)
    beside: dict[tuple[str, int, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.fix and "\n" not in problem.fix:
            beside[problem.file, problem.line, problem.excerpt].append(problem)
    whole = {line: _whole(line[2], found) for line, found in beside.items()}
    return [
        replace(each, fix=whole[each.file, each.line, each.excerpt] or each.fix)
        if each.fix and "\n" not in each.fix
        else each
        for each in problems
    ]


def with_fixes(text: str, problems: Iterable[Problem]) -> str:
    """Return a text with the corrections of some of its problems, in the place of their lines.

    All else stays to the last sign: the ends of lines, and the mark at the beginning of a file.
    """
    mark = text[: text.startswith(BYTE_ORDER_MARK)]
    parts = re.split(r"(\r\n|\r|\n)", text[len(mark) :])
    lines, ends = parts[::2], [*parts[1::2], ""]
    for (first, last), fix in sorted({(p.taken, p.fix) for p in problems if p.fix}, reverse=True):
        written = fix.split("\n")
        between = ends[first - 1] or ends[0] or "\n"
        lines[first - 1 : last] = written
        ends[first - 1 : last] = [between] * (len(written) - 1) + [ends[last - 1]]
    return mark + "".join(chain.from_iterable(zip(lines, ends, strict=True)))


def apart(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems whose corrections can be written together: no two of them in one line.

    Those of which each says the same of the same lines can.
    """
    chosen: list[Problem] = []
    for problem in problems:
        first, last = problem.taken
        near = [each for each in chosen if each.taken[0] <= last and first <= each.taken[1]]
        if all((each.taken, each.fix) == (problem.taken, problem.fix) for each in near):
            chosen.append(problem)
    return chosen


def _whole(line: str, problems: Sequence[Problem]) -> str:
    """Return a line with all its corrections; empty if there is but one, or two overlap."""
    edits = sorted({_edit(line, problem.fix) for problem in problems[:MOST]})
    apart = all(one.end <= other.begin for one, other in pairwise(edits))
    if len(edits) < 2 or not apart:
        return ""
    ends = [0, *(edit.end for edit in edits)]
    kept = (line[end : edit.begin] + edit.words for end, edit in zip(ends, edits, strict=False))
    return "".join(kept) + line[ends[-1] :]


def _edit(line: str, fixed: str) -> _Edit:
    """Return the part of a line that is another one in its correction."""
    begin = _alike(line, fixed)
    same = _alike(line[begin:][::-1], fixed[begin:][::-1])
    return _Edit(begin, len(line) - same, fixed[begin : len(fixed) - same])


def _alike(line: str, other: str) -> int:
    """Return with how many same characters two texts begin."""
    pairs = zip(line, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
