"""Repairs of lines in an agenda that extends another: what is changed there, and added."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.syntax.repair import (
    ID,
    SHOWN_LINES,
    Repair,
    behind_dash,
    deeper_lines,
    indent_of,
    shifted,
)
from mentorwalk.authoring.syntax.yaml_faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACED = (
    "Where it goes is the first line of what is added: `- {key}: {name}`. Its other keys stand "
    "below that, without a dash."
)
NO_CHANGED_LIST = "`change` has ids below it, and no list: write `{name}:` for `{written}`."
_NAMED = r"- (?:(?:id|phase|card|field): +)?|(?:id|phase|card|field): +"
"""What people write before the id of a part that is changed."""


def changed_id(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write an id below `change:` with its colon."""
    name = re.fullmatch(rf" +({ID})[;=,.]?", lines[number])
    if name and is_changed(lines, number):
        fix = f"{lines[number][: name.end(1)].rstrip()}:"
        yield Repair.of_line(number, name.end(1), f"A colon is missing after `{name[1]}`.", fix)


def unlisted(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- id: rhythm` below `change:` as `rhythm:`."""
    top = next((n for n in range(number, -1, -1) if re.match(r"\S", lines[n])), number)
    block = [*deeper_lines(lines, top, 0)] if lines[top].strip() == "change:" else []
    own = min((indent_of(lines[n]) for n in block), default=0)
    form = re.compile(rf" {{{own}}}(?!- (?:after|before|to):)({_NAMED})({ID})(:.*)?")
    named = {n: form.fullmatch(lines[n]) for n in block}
    found = {n: name for n, name in named.items() if name}
    changed = {n: (f"{' ' * own}{name[2].strip()}{name[3] or ':'}",) for n, name in found.items()}
    for first, name in [*found.items()][:1]:
        written = f"{name[1]}{name[2].strip()}{':' if name[3] else ''}"
        sentence = NO_CHANGED_LIST.format(name=name[2].strip(), written=written)
        yield Repair(changed, Fault(first, own, sentence), sure=True)


def placed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `after hello:` above something that is added as `- after: hello`, with its keys."""
    found = re.fullmatch(rf"( *)(?:- )?(after|before|to) +({ID}):\s*", lines[number])
    below = [*deeper_lines(lines, number, len(found[1]))] if found else []
    if not (found and below):
        return
    own, keys = indent_of(lines[below[0]]), behind_dash(lines[below[0]])
    # Of several, only the first would go there.
    if sum(indent_of(lines[n]) == own and lines[n][own:].startswith("- ") for n in below) < 2:
        margin = len(found[1]) + 2
        block = range(number + 1, below[-1] + 1)
        changed = {n: (shifted(lines[n], margin - keys) if lines[n] else "",) for n in block}
        changed[below[0]] = (f"{' ' * margin}{lines[below[0]][keys:]}",)
        key, name = found[2], found[3].strip()
        fix = f"{found[1]}- {key}: {name}" if len(block) < SHOWN_LINES else ""
        whole = {number: (f"{found[1]}- {key}: {name}",), **changed}
        fault = Fault(number, len(found[1]), PLACED.format(key=key, name=name))
        yield Repair(whole, fault, fix, sure=True)


def is_changed(lines: Sequence[str], number: int) -> bool:
    """Return whether a line stands right below `change:`."""
    own = indent_of(lines[number])
    around = (line.strip() for line in reversed(lines[:number]) if indent_of(line) < own)
    return next(filter(None, around), "") == "change:"
