"""Repairs of lines that stand too deep, or not deep enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import PROSE
from mentorwalk.authoring.syntax.repair import (
    BEGINS,
    ID,
    KEY,
    Repair,
    behind_dash,
    deeper_lines,
    indent_of,
    indented,
    line_above,
    shifted,
)
from mentorwalk.authoring.syntax.rewriting import CONTINUED
from mentorwalk.authoring.syntax.yaml_faults import LIST_LINES_UP, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAB_WIDTHS = (2, 4, 8)
FEW = 8
"""The most lines with a tab that are told one by one."""


def indented_text(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent a text below its key where it goes on in the column of the next key."""
    before = line_above(lines, number)
    begins = next((n for n in range(before, -1, -1) if BEGINS.match(lines[n])), number)
    key = re.match(rf"{KEY}:(?:\s|$)", lines[begins])
    free = key is None or key[2] in PROSE
    if begins == number or not free or BEGINS.match(lines[number]):
        return
    indent = len(key[1]) + 2 if key else behind_dash(lines[begins])
    # A text of several lines goes on in the column that it already has.
    indent = indent_of(lines[before]) if before != begins else indent
    if indent <= indent_of(lines[number]):
        return
    last = number
    while lines[last + 1 : last + 2] and not BEGINS.match(lines[last + 1] or "-"):
        last += 1
    changed = {n: (indented(lines[n], indent),) for n in range(number, last + 1)}
    fault = Fault(number, indent_of(lines[number]), CONTINUED)
    yield Repair(changed, fault, changed[number][0], sure=True)


def moved_dash(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move `- id: end` to where the other keys of its card stand, deeper or less deep."""
    before, own = line_above(lines, number), indent_of(lines[number])
    first = re.match(r" *- [a-z_]+:\s", lines[before])
    deep = behind_dash(lines[before])
    if first and (own > deep or deep > own > indent_of(lines[line_above(lines, before)])):
        fix = shifted(lines[before], own - behind_dash(lines[before]))
        fault = Fault(before, indent_of(lines[before]), LIST_LINES_UP)
        yield Repair({before: (fix,)}, fault, fix, moves=True)


def sunk_dash(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move `- id: end` to the left where the other keys of its item stand as deep as its dash."""
    own, below = indent_of(lines[number]), "".join(lines[number + 1 : number + 2])
    begins = re.match(r" *- [a-z_]+:\s", lines[number])
    if begins and own > 1 and re.match(rf" {{{own}}}[a-z_]+:(?:\s|$)", below):
        fix = shifted(lines[number], -2)
        yield Repair({number: (fix,)}, Fault(number, own, LIST_LINES_UP), fix, moves=True)


def lined_up(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Move a line, alone and with what belongs to it, to the column of a line above."""
    line = lines[fault.line]
    own = indent_of(line)
    block = [fault.line, *deeper_lines(lines, fault.line, own)]
    run = [fault.line, *deeper_lines(lines, fault.line, own - 1)]
    named = re.compile(rf" *{ID}:\s*$")
    above = [line for line in lines[: fault.line] if BEGINS.match(line) or named.match(line)]
    # A key may also begin behind the dash of its list.
    columns = [at for each in reversed(above) for at in (behind_dash(each), indent_of(each))]
    nearest = sorted(dict.fromkeys(columns), key=lambda at: abs(at - own))
    for shift in (at - own for at in nearest[:6] if at != own):
        # What is below may already be where it belongs.
        for moved in ([fault.line], run, block):
            changed = {n: (shifted(lines[n], shift),) for n in moved}
            yield Repair(changed, fault, changed[fault.line][0], moves=True)


def untabbed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Put spaces for all tabs: of each usual width, then so that they line up with a key above."""
    tabbed = [n for n, line in enumerate(lines) if re.match(r" *\t", line)]
    more = f" So are {len(tabbed) - 1} more lines." if len(tabbed) > FEW else ""
    tabs = fault._replace(sentence=fault.sentence + more)
    begins = (n for n in range(fault.line - 1, -1, -1) if BEGINS.match(lines[n]))
    columns = dict.fromkeys(behind_dash(lines[n]) for n in begins)
    own = indent_of(_spaces(lines[fault.line], 1))
    widths = [{n: _spaces(lines[n], width) for n in tabbed} for width in TAB_WIDTHS]
    shifts = [{n: shifted(_spaces(lines[n], 1), at - own) for n in tabbed} for at in columns]
    for written in (*widths, *shifts):
        changed = {n: (line,) for n, line in written.items()}
        yield Repair(changed, tabs, written.get(fault.line, ""), moves=True)


def _spaces(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return indent.expandtabs(width) + line.lstrip()
