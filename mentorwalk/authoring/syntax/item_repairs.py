"""Repairs of items that stand on the line of their key, or of another item."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import FIRST_KEYS, ITEM_LISTS, KEYS, LISTS, PROSE, TYPES
from mentorwalk.authoring.syntax.questions import as_document, as_entry, list_of
from mentorwalk.authoring.syntax.repair import (
    BEGINS,
    KEY,
    Repair,
    behind_dash,
    deeper_lines,
    indent_of,
    indented,
    line_above,
    shifted,
)
from mentorwalk.authoring.syntax.rewriting import NO_DASH
from mentorwalk.authoring.syntax.yaml_faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ON_NEXT_LINE = "The first item of a list begins on the next line."
DASH_FIRST = "The dash of an item stands before its first key: `- {key}:`."
NO_DASH_NEEDED = "`{key}` has one value, and no list: take the `- ` away."
ITEMS_APART = "Two items stand on this line: write each on a line of its own."
NO_TEXT = "{what} below `{key}:`, and no text: take the `{bar}` away."
KEYS_APART = "Each of these keys stands on a line of its own."
VALUE_BEHIND = "What follows `{key}:` stands on the same line."
VALUE_ABOVE_LIST = "A list stands below `{key}:`, so nothing stands behind it: take `{text}` out."


def item_below(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `choices: - Weekly` with its item on the next line."""
    found = re.fullmatch(rf"{KEY}: +(- \S.*)", lines[number])
    below = [*deeper_lines(lines, number, len(found[1]))] if found else []
    if found and found[2] in ITEM_LISTS - PROSE:
        dashes = (at for at, n in enumerate(below) if lines[n].lstrip().startswith("- "))
        below = below[: next(dashes, len(below)) or 1]
        listed = bool(below) and lines[below[0]].lstrip().startswith("- ")
        column = indent_of(lines[below[0]]) if listed else len(found[1]) + 2
        own = [] if listed else [n for n in below if BEGINS.match(lines[n])]
        item = _item(found[2], f"{' ' * column}{found[3]}", lines, above_keys=own != [])
        fix = f"{found[1]}{found[2]}:\n{item}"
        by = column + 2 - indent_of(lines[own[0]]) if own else 0
        several = by or "\n" in item
        changed = {n: (shifted(lines[n], by),) for n in below if several and own}
        fault = Fault(number, found.start(3), ON_NEXT_LINE)
        yield Repair({number: tuple(fix.split("\n")), **changed}, fault, fix, sure=True)


def _item(key: str, item: str, lines: Sequence[str], *, above_keys: bool) -> str:
    """Return the lines of an item of a list; one of words has its key, if others stand below it."""
    if key == "documents" and (document := as_document(item, lines)):
        entry = as_entry(item, ("template",), lines)
        return document if above_keys or entry is None else entry[1]
    first = {"next": "agenda", "choices": "pick"}.get(key, "")
    margin, words = " " * indent_of(item), item.lstrip(" -")
    bare = above_keys and first and not re.match(r"[a-z_]+: ", words)
    return f"{margin}- {first}: {words}" if bare else item


def dash_first(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `id: - hello` as `- id: hello` above the keys of its item, else without its dash."""
    found = re.fullmatch(r"( *(?:- )?)([a-z_]+): +- +(\S.*)", lines[number])
    if found is None or found[2] not in (KEYS - ITEM_LISTS - PROSE) | FIRST_KEYS:
        return
    below = indent_of("".join(lines[number + 1 : number + 2]))
    begins = found[2] in FIRST_KEYS and "-" not in found[1] and below > 0
    column = below - 2 if begins and below == len(found[1]) else len(found[1])
    dash = "- " if begins else ""
    fix = f"{found[1][:column]}{dash}{found[2]}: {found[3]}"
    sentence = (DASH_FIRST if begins else NO_DASH_NEEDED).format(key=found[2])
    yield Repair.of_line(number, found.end(2) + 2, sentence, fix)


def apart(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- Weekly - pick: Monthly` as two items, `type: time - id: kind` as two lines."""
    ends = re.fullmatch(
        r"( +)  ([a-z_]+: [^\s|>].*?) +(- (?:id|pick|template|agenda): .*)", lines[number]
    )
    if ends:
        fix = f"{ends[1]}  {ends[2]}\n{ends[1]}{ends[3]}"
        yield Repair.of_line(number, ends.start(3), ITEMS_APART, fix)
    found = re.fullmatch(r"( *- )(\S.*?) +- +([a-z_]+): (.*)", lines[number])
    if found and found[3] in FIRST_KEYS:
        fix = f"{found[1]}{found[2]}\n{found[1]}{found[3]}: {found[4]}"
        yield Repair.of_line(number, found.end(2) + 1, ITEMS_APART, fix)


def bar_dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `|` on a line of its own in a list of texts as `- |`."""
    own, margin = indent_of(lines[number]), " " * indent_of(lines[number])
    if lines[number].strip() in ("|", ">") and list_of(lines, number) in LISTS:
        text = deeper_lines(lines, number, own - 1)
        text = takewhile(lambda n: not lines[n].startswith(f"{margin}- "), text)
        changed = {n: (indented(lines[n], own + 2),) for n in text}
        fix = f"{margin}- {lines[number].strip()}"
        fault = Fault(number, own, NO_DASH)
        yield Repair({number: (fix,), **changed}, fault, fix, sure=True)


def joined_value(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `minutes:` above `2` as `minutes: 2` where both stand equally deep."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        above = line_above(lines, at)
        key = re.fullmatch(rf"{KEY}:\s*", lines[above])
        value = re.fullmatch(r" *([\w.-]+)\s*", lines[at])
        beside = key and indent_of(lines[at]) == behind_dash(lines[above])
        if key and value and beside and key[2] in KEYS - PROSE - ITEM_LISTS - {value[1]}:
            fix = f"{key[1]}{key[2]}: {value[1]}"
            fault = Fault(above, key.end(2), VALUE_BEHIND.format(key=key[2]))
            yield Repair({above: (fix,), at: ()}, fault, fix, sure=True)


def keys_apart(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `minutes: 7 keep: yes` as two lines."""
    found = re.fullmatch(r"( *(?:- )*)([a-z_]+: \S.*)", lines[number].rstrip())
    parts = re.split(r" +(?=[a-z_]+: )", found[2]) if found else []
    keys = [part.partition(":")[0] for part in parts]
    # A sentence may have a colon behind a word.
    plain = KEYS.issuperset(keys) and (PROSE.isdisjoint(keys[:-1]) or keys == ["pick", "says"])
    whole = all(re.fullmatch(r"[a-z_]+: +\S.*(?<![,;-])", part) for part in parts[:-1])
    if found and len(parts) > 1 and plain and whole:
        margin = " " * len(found[1])
        fix = found[1] + f"\n{margin}".join(parts)
        yield Repair.of_line(number, len(found[1]) + len(parts[0]) + 1, KEYS_APART, fix)


def valued(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `record: notes` or `record: |` above the items of its list as `record:`."""
    dash = indent_of(lines[number])
    passed = re.compile(rf"\s*(?:#.*)?| {{{dash}}}- [^:]*")
    above = next((n for n in range(number - 1, -1, -1) if not passed.fullmatch(lines[n])), number)
    key = re.fullmatch(rf"{KEY}: +([|>][-+\d]*|[^\s#|>\[{{][^#]*?)(\s*#.*)?", lines[above])
    listed = lines[number].lstrip().startswith("- ")
    if key and listed and key[2] in ITEM_LISTS - PROSE and dash >= len(key[1]):
        fix = f"{key[1]}{key[2]}:{key[4] or ''}"
        sentence = VALUE_ABOVE_LIST.format(key=key[2], text=key[3])
        if key[3][0] in "|>":
            sentence = NO_TEXT.format(what="A list stands", key=key[2], bar=key[3][0])
        elif key[2] in LISTS and key[3] not in TYPES and _is_item(key[2], key[3]):
            fix, sentence = f"{fix}\n{' ' * dash}- {key[3]}", ON_NEXT_LINE
        yield Repair.of_line(above, key.start(3), sentence, fix)


def _is_item(key: str, text: str) -> bool:
    """Return whether a text can be an item of a list: one of `stuck` is a sentence."""
    return key != "stuck" or re.search(r"[\s.?!…]", text) is not None


def listed_first(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `Every week` right below `choices:` as an item where the next one has its dash."""
    dash = re.match(r" *- ", lines[number])
    begins = next((n for n in range(number - 1, -1, -1) if BEGINS.match(lines[n])), number)
    key = re.fullmatch(rf"{KEY}:\s*(?:#.*)?", lines[begins])
    between = (n for n in range(begins + 1, number) if lines[n].strip())
    own = [n for n in between if not lines[n].lstrip().startswith("#")]
    if dash and own and key and key[2] in LISTS:
        column = indent_of(lines[own[0]])
        begun = [n for n in own if n == own[0] or _begins_words(lines[n], column)]
        changed = {
            n: (f"{dash[0] if n in begun else ' ' * len(dash[0])}{lines[n].strip()}",) for n in own
        }
        sentence = f"Each item of `{key[2]}` needs `- ` before it."
        fault = Fault(own[0], column, sentence)
        yield Repair(changed, fault, *changed[own[0]], sure=True)


def _begins_words(line: str, column: int) -> bool:
    """Return whether a line begins as deep as another with a capital or a digit."""
    return indent_of(line) == column and not line.lstrip()[0].islower()
