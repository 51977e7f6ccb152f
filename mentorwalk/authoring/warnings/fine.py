"""Comments that accept a warning: `# fine: NAME`, on the line it is told at or the line above."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.authoring.syntax.source import Scalar
from mentorwalk.domain.errors import did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.syntax.places import Places
    from mentorwalk.domain.errors import Problem

WITHIN = "This is part of the text here, and would be shown: put it above the key."
_NAME = r"[a-z][a-z-]*"
_FINE = re.compile(rf"(?:^|\s)#\s*fine:\s*({_NAME}(?:\s*,\s*{_NAME})*)", re.IGNORECASE)


@dataclass(frozen=True)
class _Comment:
    """One name in a comment; line and column are counted from 0."""

    line: int
    column: int
    name: str
    lines: frozenset[int]
    """The lines whose warning of this name is accepted."""


def without_accepted(problems: Iterable[Problem], places: Places) -> list[Problem]:
    """Return the problems that no comment accepts, and a warning for each that accepts none."""
    problems = list(problems)
    comments = [c for c in _comments(places.source.own_lines) if not _text_at(places, c.line)]
    accepted = {
        (comment, problem)
        for problem in problems
        for comment in comments
        if problem.warning and _accepts(comment, problem, places)
    }
    left = [problem for problem in problems if problem not in {told for _, told in accepted}]
    # Where something else is wrong, not every warning is told.
    if all(problem.warning and problem.name != "swallowed" for problem in problems):
        idle = [comment for comment in comments if comment not in {by for by, _ in accepted}]
        left += [_idle(comment, problems, places) for comment in idle]
    return sorted([*left, *_in_texts(places)])


def _comments(lines: list[str]) -> Iterator[_Comment]:
    for number, line in enumerate(lines):
        # Most lines have no comment, and looking for the sign alone is quicker.
        if "#" in line and (found := _FINE.search(line)):
            below = _below(lines, number) if line.lstrip().startswith("#") else number + 1
            for name in re.finditer(_NAME, found[1], re.IGNORECASE):
                at = found.start(1) + name.start()
                yield _Comment(number, at, name[0].lower(), frozenset((number, below)))


def _below(lines: list[str], number: int) -> int:
    """Return the line that a comment of its own line is about: the first that is none."""
    rest = range(number + 1, len(lines))
    return next((n for n in rest if lines[n].strip() and lines[n].lstrip()[0] != "#"), number)


def _accepts(comment: _Comment, problem: Problem, places: Places) -> bool:
    # No comment can stand in a text, so that one above its first line is about all of it.
    begins = _text_at(places, problem.line - 1)
    lines = {problem.line - 1, begins.line if begins else problem.line - 1}
    if comment.name != problem.name:
        return False
    # A repair may have put lines in above it, which the file has not.
    there = {places.source.problem(number, 0, "").line - 1 for number in comment.lines}
    return not lines.isdisjoint(there)


def _text_at(places: Places, line: int) -> Scalar | None:
    """Return the text of several lines that a line is a part of, if it is one."""
    for node in places.nodes.values():
        if isinstance(node, Scalar) and node.line < line <= node.last:
            written = places.source.line(line).strip()
            if written and written in node.text:
                return node
    return None


def _idle(comment: _Comment, problems: list[Problem], places: Places) -> Problem:
    near = {p.name for p in problems if p.name and p.line - 1 in comment.lines}
    told = next((p.line for p in problems if p.name == comment.name and p.warning), 0)
    if told:
        where = (
            f"This accepts nothing here: `{comment.name}` is told on line {told}. Move it there."
        )
        return replace(places.source.problem(comment.line, comment.column, where), warning=True)
    hint = did_you_mean(comment.name, sorted(near))
    sentence = (
        f"This accepts nothing: no warning `{shown(comment.name, 40)}` is told here or on the line "
        f"below.{hint or ' Take it out.'}"
    )
    problem = places.source.problem(comment.line, comment.column, sentence)
    return replace(problem, warning=True)


def _in_texts(places: Places) -> Iterator[Problem]:
    """Yield the comments that are part of a text, and would be shown with it."""
    for comment in _comments(places.source.own_lines):
        if _text_at(places, comment.line):
            problem = places.source.problem(comment.line, comment.column, WITHIN)
            yield replace(problem, warning=True)
