"""Reading past faults: repairs are tried in memory, so that all faults are reported at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.format.keys import KEYS, PROSE
from mentorwalk.authoring.syntax.parser import Parsed, parse
from mentorwalk.authoring.syntax.repair import SHOWN_LINES, Repair, indent_of, move_of
from mentorwalk.authoring.syntax.repairs import repairs_for
from mentorwalk.authoring.syntax.source import Node, Source
from mentorwalk.authoring.syntax.yaml_faults import COLON_MISSING, TAB, TOO_DEEP, Fault
from mentorwalk.domain.errors import InputError, Problem, ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FAULTS = 40
"""The most faults reported at once."""
EFFORT = 2_000_000
"""The most characters parsed again to find repairs: a few seconds."""


Misfits = Callable[[Source, Node], int]
"""Returns how much in the nodes of a text does not fit what is read from it."""


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


def compose_unseen(source: Source) -> Node:
    """Parse a file whose words nobody else should see: its first fault is told without them.

    Which field a line belongs to is not known then, and a repair would quote it.

    Raises:
        InputError: It has nothing in it.
        ProblemsFound: It is not YAML, or uses what is refused here.
    """
    node, fault = parse(source)
    if fault:
        raise ProblemsFound([source.problem(*fault.unquoted).unseen])
    if node is None:
        raise _nothing_in(source)
    return node


def _nothing_in(source: Source) -> InputError:
    return InputError(f"{source.name}: This file contains nothing but comments.")


def recover(source: Source, misfits: Misfits | None = None) -> Recovered:
    """Parse a file into nodes, past each fault that a repair leads beyond.

    Where lines could move to several columns, `misfits` counts what would not fit then.

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
        beyond = _beyond(current, parsed.fault, repaired, attempts, misfits)
        repair = beyond.repair if beyond else Repair({}, parsed.fault)
        problems += _problems(current, repair)
        sure = sure and repair.sure
        if beyond is None:
            break
        repaired |= {current.origin(line) for line in repair.changed}
        current, parsed = beyond.source, beyond.parsed
    # YAML takes a text of comments for a document without a node, not for a fault.
    if not problems and parsed.node is None:
        raise _nothing_in(source)
    return Recovered(current, parsed.node if sure else None, tuple(problems), repaired)


class _Attempt(NamedTuple):
    """A repair, and how far reading gets with it."""

    repair: Repair
    source: RepairedSource
    parsed: Parsed


def _beyond(
    current: RepairedSource,
    fault: Fault,
    repaired: frozenset[int],
    tries: Iterator[int],
    misfits: Misfits | None,
) -> _Attempt | None:
    """Return the first repair that leads beyond a fault; of those that move lines, the best."""
    if fault.sentence == TOO_DEEP:  # Each attempt would read on to that depth again.
        return None
    moved: list[tuple[bool, int, _Attempt]] = []
    for repair, _ in zip(repairs_for(current.lines, fault), tries, strict=False):
        tried = current.with_lines(repair.changed)
        attempt = _Attempt(repair, tried, parse(tried))
        beyond, whole = _leads_on(current, fault, repaired, attempt), attempt.parsed.fault is None
        if repair.moves and misfits and (beyond or whole):
            if node := _read_so_far(attempt):
                wrong = misfits(tried, node)
                fits = _moves_surely(current, repair, fits=whole and not wrong)
                sure = repair._replace(sure=whole or repair.sure, fix=repair.fix if fits else "")
                moved.append((not whole, wrong, attempt._replace(repair=sure)))
        elif whole or (not moved and beyond):
            return attempt
    return min(moved, key=lambda each: each[:2])[2] if moved else None


def _moves_surely(current: RepairedSource, repair: Repair, *, fits: bool) -> bool:
    """Return whether lines may be told to move: of many, one alone may be wrong."""
    by = indent_of(repair.fix) - indent_of(current.line(repair.fault.line))
    return len(repair.changed) <= SHOWN_LINES or (fits and by <= 1)


def _read_so_far(attempt: _Attempt) -> Node | None:
    """Return the nodes above the next fault, or all of them if there is none."""
    fault = attempt.parsed.fault
    if fault is None:
        return attempt.parsed.node
    return parse(Source(attempt.source.name, "\n".join(attempt.source.lines[: fault.line]))).node


def _leads_on(
    current: RepairedSource, fault: Fault, repaired: frozenset[int], attempt: _Attempt
) -> bool:
    """Return whether the fault that is found after a repair is another one, further on."""
    repair, tried, (_, found) = attempt
    line = tried.origin(found.line) if found else 0
    touched = repaired | {current.origin(line) for line in repair.changed}
    further = line > current.origin(fault.line) and line not in touched
    return found is not None and further and _independent(found, repair)


def _independent(fault: Fault, repair: Repair) -> bool:
    """Return whether a fault further on cannot come from a repair: moved lines may cause one."""
    return not repair.moves or fault.own_line or fault.sentence == COLON_MISSING


def _problems(current: RepairedSource, repair: Repair) -> list[Problem]:
    """Return a fault as problems of the file: one, or one for each of a few lines with a tab."""
    if repair.fault.sentence == TAB and repair.changed:
        changed = repair.changed.items()
        return [
            current.problem(line, current.line(line).index("\t"), TAB, "\n".join(new))
            for line, new in changed
        ]
    return [_problem(current, repair)]


def _problem(current: RepairedSource, repair: Repair) -> Problem:
    """Return a fault as a problem of the file; texts go on their own line, numbers do not."""
    line, column, sentence = repair.fault
    key = re.match(r"\s*(?:- )*([a-z_]+):\s", current.line(line))
    if repair.fault.own_line and key and key[1] in KEYS - PROSE:
        sign = current.line(line)[column : column + 1]
        special = f"`{sign}` has a special meaning in YAML: it cannot be used in `{key[1]}`."
        return current.problem(line, column, special)
    lines = sorted(repair.changed)
    if repair.moves and repair.fix and len(lines) > SHOWN_LINES:
        by = indent_of(repair.fix) - indent_of(current.line(line))
        move = move_of([current.origin(n) for n in lines], by)
        return current.problem(line, column, sentence.replace("fix its indentation", move))
    return current.problem(line, column, sentence, repair.whole_fix)
