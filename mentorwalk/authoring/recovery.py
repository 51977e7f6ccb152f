"""Reading past faults: repairs are tried in memory, so that all faults are reported at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.faults import COLON_MISSING, TOO_DEEP, Fault
from mentorwalk.authoring.keys import KEYS, PROSE
from mentorwalk.authoring.parser import Parsed, parse
from mentorwalk.authoring.repair import Repair
from mentorwalk.authoring.repairs import repairs_for
from mentorwalk.authoring.source import Node, Source
from mentorwalk.domain.errors import InputError, Problem, ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FAULTS = 40
"""The most faults reported at once."""
EFFORT = 2_000_000
"""The most characters parsed again to find repairs: a few seconds."""


@dataclass(frozen=True)
class RepairedSource(Source):
    """A text repaired in memory; its problems are placed in the file."""

    file: Source
    origins: tuple[int, ...]
    """For each line, the line of the file that it stands for."""

    def problem(self, line: int, column: int, sentence: str, fix: str = "") -> Problem:
        """Return a problem with its place in the file."""
        return self.file.problem(self.origin(line), column, sentence, fix)

    def origin(self, line: int) -> int:
        """Return the line of the file that a line stands for."""
        return self.origins[min(line, len(self.origins) - 1)]

    def with_lines(self, changed: Mapping[int, tuple[str, ...]]) -> RepairedSource:
        """Return the same text with other lines in the place of some."""
        lines = [
            (line, self.origins[number])
            for number, old in enumerate(self.lines)
            for line in changed.get(number, (old,))
        ]
        text = "\n".join(line for line, _ in lines)
        return RepairedSource(self.name, text, self.file, tuple(origin for _, origin in lines))


class Recovered(NamedTuple):
    """What could be read of a file."""

    source: Source
    """The text that the nodes were read from, with all repairs."""
    node: Node | None
    """The outermost node; None if reading on would be guessing."""
    problems: tuple[Problem, ...] = ()
    repaired: frozenset[int] = frozenset()
    """The repaired lines of the file, counted from 0: further problems there may be made up."""


def compose(source: Source) -> Node:
    """Parse a file into nodes.

    Raises:
        InputError: It has nothing in it.
        ProblemsFound: It is not YAML, or uses what is refused here.
    """
    recovered = recover(source)
    if recovered.problems or recovered.node is None:
        raise ProblemsFound(recovered.problems)
    return recovered.node


def recover(source: Source) -> Recovered:
    """Parse a file into nodes, past each fault that a repair leads beyond.

    Raises:
        InputError: It has nothing in it.
    """
    current = RepairedSource(source.name, source.text, source, tuple(range(len(source.lines))))
    parsed = parse(current)
    problems: list[Problem] = []
    repaired: frozenset[int] = frozenset()
    sure = True
    # All faults share the attempts: a hundred small faults may not take a hundred times as long.
    attempts = iter(range(1 + EFFORT // (1 + len(source.text))))
    while parsed.fault and len(problems) < FAULTS:
        repair, beyond = _beyond(current, parsed.fault, repaired, attempts)
        problems.append(_problem(current, repair))
        sure = sure and repair.sure
        if beyond is None:
            break
        repaired |= {current.origin(line) for line in repair.changed}
        current, parsed = beyond
    # YAML takes a text of comments for a document without a node, not for a fault.
    if not problems and parsed.node is None:
        raise InputError(f"{source.name}: This file contains nothing but comments.")
    return Recovered(current, parsed.node if sure else None, tuple(problems), repaired)


def _beyond(
    current: RepairedSource, fault: Fault, repaired: frozenset[int], attempts: Iterator[int]
) -> tuple[Repair, tuple[RepairedSource, Parsed] | None]:
    """Return the first repair that leads beyond a fault, and how far; else an empty repair."""
    if fault.sentence == TOO_DEEP:  # Each attempt would read on to that depth again.
        return Repair({}, fault), None
    for repair, _ in zip(repairs_for(current.lines, fault), attempts, strict=False):
        tried = current.with_lines(repair.changed)
        parsed = parse(tried)
        if parsed.fault is None:
            return repair, (tried, parsed)
        line = tried.origin(parsed.fault.line)
        touched = repaired | {current.origin(line) for line in repair.changed}
        further = line > current.origin(fault.line) and line not in touched
        if further and _independent(parsed.fault, repair):
            return repair, (tried, parsed)
    return Repair({}, fault), None


def _independent(fault: Fault, repair: Repair) -> bool:
    """Return whether a fault further on cannot come from a repair: moved lines may cause one."""
    return not repair.moves or fault.own_line or fault.sentence == COLON_MISSING


def _problem(current: RepairedSource, repair: Repair) -> Problem:
    """Return a fault as a problem of the file; texts go on their own line, numbers do not."""
    line, column, sentence = repair.fault
    key = re.match(r"\s*(?:- )*([a-z_]+):\s", current.line(line))
    if repair.fault.own_line and key and key[1] in KEYS - PROSE:
        sign = current.line(line)[column : column + 1]
        special = f"`{sign}` has a special meaning in YAML: it cannot be used in `{key[1]}`."
        return current.problem(line, column, special)
    return current.problem(line, column, sentence, repair.fix)
