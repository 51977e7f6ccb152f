"""Repairs of keys that are missing above what they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import FIELD_KEYS, KEYED, KEYS, PROSE
from mentorwalk.authoring.syntax.change_repairs import is_changed
from mentorwalk.authoring.syntax.item_repairs import item_below
from mentorwalk.authoring.syntax.questions import FORM_KEYS, OF_BOTH_FORMS
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
from mentorwalk.authoring.syntax.sign_repairs import with_colon
from mentorwalk.authoring.syntax.yaml_faults import KEYS_LINE_UP, Fault

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
_AT_THE_TOP = ("add", "leave_out", "phases", "documents", "next")
CHANGE_MISSING = "`change:` is missing above this."
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
    alone = own <= len("- ") and re.fullmatch(rf" *- {ID}", lines[number])
    holder = "leave_out" if alone and _may_have("leave_out", lines) else holder
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


def for_both(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move `minutes:` out of the form of one of the two, where its questions follow."""
    own = indent_of(lines[number])
    above = (n for n in range(number - 1, -1, -1) if re.match(r" +(?:mentee|mentor): *$", lines[n]))
    holder = next(above, number)
    depth, block = indent_of(lines[holder]), range(holder + 1, number)
    deep = min((indent_of(lines[n]) for n in block if lines[n].strip()), default=0)
    names = {n: lines[n].split(":")[0].strip() for n in block if indent_of(lines[n]) == deep}
    item = depth < deep <= own and lines[number].lstrip().startswith("- ")
    if item and names and {*names.values()} <= {*FORM_KEYS}:
        first = next(iter(names))
        told = OF_BOTH_FORMS.format(key=names[first], role=lines[holder].strip(" :"))
        moved = (shifted(lines[n], depth - deep) for n in block)
        changed = {holder: (*moved, lines[holder]), **dict.fromkeys(block, ())}
        yield Repair(changed, Fault(first, deep, told), sure=True)


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
    fits = part not in keys and (own > 2 if part == "clause" else own == 2)
    if part and fits and not any(line.lstrip().startswith(f"{part}:") for line in begun):
        fix = f"{' ' * (own - 2)}{part}:\n{lines[number]}"
        fault = Fault(number, own, f"`{part}:` is missing above this.")
        yield Repair(_with_next(lines, number, fix), fault, fix, sure=True)


def _may_have(key: str, lines: Sequence[str]) -> bool:
    """Return whether an agenda extends another, and lacks a key that only such a one has."""
    begins = {line.partition(":")[0] for line in lines}
    return "extends" in begins and key not in begins


def begins_list(lines: Sequence[str], number: int) -> bool:
    """Return whether no item stands above in the column of one, but a key with its value."""
    if re.match(r" *- (?:after|before):", lines[number]) and _may_have("add", lines):
        return True
    own = indent_of(lines[number])
    above = (line for line in reversed(lines[:number]) if line.strip())
    near = next((line for line in above if indent_of(line) <= own), "")
    return bool(
        re.match(r" *- [a-z_]+:", lines[number]) and re.match(r" *[a-z_]+: +[^\s|>#]", near)
    )


_LISTED = re.compile(r"(?:leave_out|stuck|next|documents):")
"""A key at the top that holds a list."""


def with_change(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `change:` above ids that stand below another key with its value, or its list."""
    name = re.match(rf" +({ID}):", lines[number])
    above = [line for line in lines[:number] if line.strip() and line.lstrip()[0] != "#"]
    top = next((line for line in reversed(above) if re.match(r"\w", line)), "")
    ends = above[-1:] == [top] and re.match(r"\w+: *\S", top)
    if name and (ends or _LISTED.match(top)) and name[1] not in KEYS and _may_have("change", lines):
        fix = f"change:\n{lines[number]}"
        yield Repair.of_line(number, indent_of(lines[number]), CHANGE_MISSING, fix)


_HELD = KEYED | {"aside", "clause", "prepare"}
"""Keys that hold keys."""
_FIRST_WORDS = {
    "contact": "who",
    "clause": "heading",
    "meeting": "date",
}
"""By a key that holds others, the first of these."""


def with_first_key(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write bare words right below `clause:` as its `heading`; `heading - Ours` has a key."""
    above = line_above(lines, number)
    words = re.fullmatch(r"( +)(\w[^:#]*)", lines[above])
    held = re.match(rf"{KEY}:\s*(?:#.*)?$", lines[line_above(lines, above)])
    key = _FIRST_WORDS.get(held[2], "") if held else ""
    if words and key and indent_of(lines[number]) == len(words[1]):
        yield from with_colon(lines, above)
        fix = f"{words[1]}{key}: {words[2]}"
        yield Repair.of_line(above, len(words[1]), f"A key is missing before this: `{key}:`.", fix)


def worded(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `clause: How we meet` above other keys with its words behind a key of their own."""
    above = line_above(lines, number)
    found = re.fullmatch(rf"(\s*(?:- )*)({ID}): +([^\s#|>\[{{][^#]*?)(\s*#.*)?", lines[above])
    own = indent_of(lines[number])
    if not (found and own > len(found[1]) and BEGINS.match(lines[number])):
        return
    key, begin = found[2], f"{found[1]}{found[2]}:{found[4] or ''}"
    first, fault = _FIRST_WORDS.get(key, ""), Fault(above, found.start(3), "")
    beside = (lines[n] for n in (number, *deeper_lines(lines, number, own - 1)))
    if first and not any(line.startswith(f"{' ' * own}{first}:") for line in beside):
        fix = f"{begin}\n{' ' * own}{first}: {found[3]}"
        wrong = fault._replace(sentence=f"A key is missing before this: `{first}:`.")
        yield Repair({above: tuple(fix.split("\n"))}, wrong, fix, sure=True)
    elif key in _HELD | {"change"} or is_changed(lines, above):
        sentence = f"Keys stand below `{key}:`, so nothing stands behind it: take `{found[3]}` out."
        yield Repair({above: (begin,)}, fault._replace(sentence=sentence), begin, sure=True)
    elif key in ("documents", "next", "choices"):
        dashed = f"{found[1]}{key}: - {found[3]}"
        yield from item_below([*lines[:above], dashed, *lines[above + 1 :]], above)


def sunk_keys(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move keys of a field to the right that stand as deep as those of its card."""
    own, at = behind_dash(lines[number]), number
    while at and not (re.match(rf"{KEY}:", lines[at - 1]) and behind_dash(lines[at - 1]) == own):
        at -= 1
    run = [n for n in range(at, number) if lines[n].strip()]
    column = indent_of(lines[at])
    keys = [re.match(rf" {{{column}}}([a-z_]+):", lines[n]) for n in run]
    beside = next((line for line in reversed(lines[:at]) if behind_dash(line) <= column), "")
    placed = re.match(rf"{KEY}:", beside)
    # Below the choices of a field, its keys are already where they belong.
    fit = placed and placed[2] in FIELD_KEYS and behind_dash(beside) == column
    if at and run and run[0] == at and 0 < column < own and _of_fields(keys) and not fit:
        # A list below them may already be where it belongs.
        by = {n: own - column if indent_of(lines[n]) <= own else 0 for n in run}
        changed = {n: (shifted(lines[n], by[n]),) for n in run}
        yield Repair(changed, Fault(at, column, KEYS_LINE_UP), changed[at][0], sure=True)


def _of_fields(keys: Sequence[re.Match[str] | None]) -> bool:
    """Return whether lines that begin with keys, or go on below one, are of a field alone."""
    names = [key[1] for key in keys if key]
    return keys[0] is not None and FIELD_KEYS.issuperset(names)


def sunk_below(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move a key to the left that stands deeper than a key above it with its value."""
    for at in (number, number + 1):
        line = "".join(lines[at : at + 1])
        above = lines[line_above(lines, min(at, len(lines) - 1))]
        column, own = behind_dash(above), indent_of(line)
        whole = re.match(rf"{KEY}: +[^\s|>#\"']", above)
        key = re.match(r" *([a-z_]+):(?:\s|$)", line)
        if whole and key and key[1] in KEYS and whole[2] in KEYS - PROSE and own > column:
            block = [at, *deeper_lines(lines, at, own - 1)]
            changed = {n: (shifted(lines[n], column - own),) for n in block}
            yield Repair(changed, Fault(at, own, KEYS_LINE_UP), changed[at][0], moves=True)


def sunk_between(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move a key to the right that stands less deep than the keys around it, if its text fits."""
    own = indent_of(lines[number])
    less = (n for n in range(number - 1, 0, -1) if lines[n].strip() and indent_of(lines[n]) < own)
    at = next(less, 0)
    beside = behind_dash(lines[line_above(lines, at)]) == own or _ends_below(lines, at, own)
    key = re.match(r" *([a-z_]+):(?:\s|$)", lines[at])
    deep = all(indent_of(lines[n]) > own for n in range(at + 1, number) if lines[n].strip())
    if at and key and key[1] in KEYS and beside and deep and BEGINS.match(lines[number]):
        fix = indented(lines[at], own)
        fault = Fault(at, indent_of(lines[at]), KEYS_LINE_UP)
        yield Repair({at: (fix,)}, fault, fix, moves=True)


def _ends_below(lines: Sequence[str], number: int, column: int) -> bool:
    """Return whether the text or the list right above a line belongs to a key in a column."""
    above = (line for line in reversed(lines[:number]) if line.strip())
    near = next((line for line in above if behind_dash(line) <= column), "")
    return behind_dash(near) == column and BEGINS.match(near) is not None


def sunk_first(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent the first key below `contact:` that stands as deep as that, and less than the next."""
    first = line_above(lines, number)
    column = indent_of(lines[first])
    held = re.fullmatch(rf" {{{column}}}([a-z_]+):\s*", lines[line_above(lines, first)])
    key = re.match(rf" {{{column}}}([a-z_]+): ", lines[first])
    if held and key and held[1] in _HELD and key[1] in KEYS and column < indent_of(lines[number]):
        fix = shifted(lines[first], indent_of(lines[number]) - column)
        yield Repair.of_line(first, column, f"Indent this: it belongs to `{held[1]}`.", fix)


def at_margin(lines: Sequence[str], number: int) -> str:
    """Return a line with a key as it stands at the top; empty if other keys stand below it."""
    own = indent_of(lines[number])
    below = (n for n in range(number + 1, len(lines)) if lines[n].strip())
    theirs = (n for n in below if indent_of(lines[n]) <= own and lines[n].lstrip()[0] != "#")
    after = next((n for n in theirs if not lines[n].startswith(f"{' ' * own}- ")), None)
    alone = re.match(rf" +{ID}:", lines[number]) and (after is None or not indent_of(lines[after]))
    return lines[number].lstrip() if alone else ""
