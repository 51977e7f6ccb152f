"""Repairs of keys that are missing above what they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import KEYS
from mentorwalk.authoring.syntax.repair import (
    ID,
    KEY,
    Repair,
    behind_dash,
    deeper_lines,
    indent_of,
    line_above,
    shifted,
)
from mentorwalk.authoring.syntax.yaml_faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOLDERS = (
    ({"after", "before"}, "add"),
    ({"prompts"}, "phases"),
    ({"ask"}, "prompts"),
    ({"template"}, "documents"),
    ({"agenda"}, "next"),
    ({"label"}, "record"),
    ({"pick"}, "choices"),
)
"""By a key that an item of a list has, the key that holds the list."""
_AT_THE_TOP = ("add", "phases", "documents", "next")
_FIELDS_MISS = "`record:` or `settle:` is missing above this list."


def with_holder(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the key that is missing above a list, such as `prompts:` above cards."""
    own = indent_of(lines[number])
    block = (number, *deeper_lines(lines, number, own))
    keys = {each[2] for n in block if (each := re.match(rf"{KEY}:", lines[n]))}
    top = next((n for n in range(number, -1, -1) if re.match(r"\w", lines[n])), number)
    holder = next((key for given, key in _HOLDERS if given & keys), "")
    holder = "mentee" if holder == "record" and lines[top].startswith("prepare:") else holder
    holder = "stuck" if re.fullmatch(r" *- [|>]\s*", lines[number]) else holder
    above = (n for n in range(number - 1, -1, -1) if re.match(rf"{KEY}:", lines[n]))
    at_the_top = holder in _AT_THE_TOP or (holder == "stuck" and own == 2)
    columns = (behind_dash(lines[n]) for n in above if not at_the_top)
    column = next((at for at in columns if at <= own), 0)
    if holder and lines[number].lstrip().startswith("- "):
        # The dash may be too far left for the other keys of its item.
        deeper = indent_of(lines[block[1]]) - behind_dash(lines[number]) if block[1:] else 0
        fix = f"{' ' * column}{holder}:\n{shifted(lines[number], max(deeper, 0))}"
        sentence = f"`{holder}:` is missing above this list."
        fault = Fault(number, own, _FIELDS_MISS if holder == "record" else sentence)
        yield Repair(_with_next(lines, number, fix), fault, fix, sure=True)


def _with_next(lines: Sequence[str], number: int, fix: str) -> dict[int, tuple[str, ...]]:
    """Return what a line becomes, with the line below it as it is: one of few words says little."""
    few = len(lines[number].split()) < 3 and number + 1 < len(lines)
    below = {number + 1: (lines[number + 1],)} if few else {}
    return {number: tuple(fix.split("\n")), **below}


_WITHIN = (
    ({"heading", "says"}, "clause"),
    ({"date"}, "meeting"),
    ({"intro"}, "prepare"),
    ({"who"}, "contact"),
)
"""By keys of a part, the key that holds the part."""


def with_part(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the key that is missing above the keys of a part: `clause:` above its `heading`."""
    own = indent_of(lines[number])
    block = (number, *deeper_lines(lines, number, own - 1))
    keys = {line.split(":")[0].strip() for n in block if indent_of(line := lines[n]) == own}
    part = next((key for needed, key in _WITHIN if needed <= keys), "")
    beside = [line for line in lines[:number] if line.strip() and indent_of(line) == own - 2]
    begun = beside[-1:] if part == "clause" else beside
    fits = own > 2 if part == "clause" else own == 2
    if part and fits and not any(line.lstrip().startswith(f"{part}:") for line in begun):
        fix = f"{' ' * (own - 2)}{part}:\n{lines[number]}"
        fault = Fault(number, own, f"`{part}:` is missing above this.")
        yield Repair(_with_next(lines, number, fix), fault, fix, sure=True)


def begins_list(lines: Sequence[str], number: int) -> bool:
    """Return whether no item stands above in the column of one, but a key with its value."""
    own = indent_of(lines[number])
    above = (line for line in reversed(lines[:number]) if line.strip())
    near = next((line for line in above if indent_of(line) <= own), "")
    return bool(
        re.match(r" *- [a-z_]+:", lines[number]) and re.match(r" *[a-z_]+: +[^\s|>#]", near)
    )


def with_change(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `change:` above ids that stand below another key with its value."""
    name = re.match(rf" +({ID}):", lines[number])
    top = re.match(r"(\w+): *\S", lines[line_above(lines, number)])
    extends = any(line.startswith("extends:") for line in lines)
    if name and top and extends and name[1] not in KEYS:
        fix = f"change:\n{lines[number]}"
        fault = Fault(number, indent_of(lines[number]), "`change:` is missing above this.")
        yield Repair({number: tuple(fix.split("\n"))}, fault, fix, sure=True)


_FIRST_WORDS = {
    "contact": "who",
    "clause": "heading",
    "meeting": "date",
}
"""By a key that holds others, the first of these."""


def with_first_key(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write bare words right below `clause:` as its `heading`."""
    above = line_above(lines, number)
    words = re.fullmatch(r"( +)(\w[^:#]*)", lines[above])
    held = re.match(rf"{KEY}:\s*(?:#.*)?$", lines[line_above(lines, above)])
    key = _FIRST_WORDS.get(held[2], "") if held else ""
    if words and key and indent_of(lines[number]) == len(words[1]):
        fix = f"{words[1]}{key}: {words[2]}"
        fault = Fault(above, len(words[1]), f"A key is missing before this: `{key}:`.")
        yield Repair({above: (fix,)}, fault, fix, sure=True)
