"""Repairs of lists: dashes and keys that are missing, and items that stand elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.id_forms import CARD_ID, FIELD_ID, reshaped
from mentorwalk.authoring.format.keys import FIRST_KEYS, ID_LISTS, KEYS, LISTS, PROSE, SENTENCES
from mentorwalk.authoring.syntax.questions import (
    AGENDA_MISSING,
    DOCUMENT_NEEDS,
    QUESTION_KEYS,
    QUESTION_NEEDS,
    as_document,
    as_question,
    list_of,
)
from mentorwalk.authoring.syntax.repair import (
    ID,
    KEY,
    Repair,
    deeper_lines,
    indent_of,
    indented,
    line_above,
    shifted,
)
from mentorwalk.authoring.syntax.rewriting import (
    CONTINUED,
    ID_LINE,
    INDENTED_LIST,
    NEW_ITEM,
    ONE_DASH,
    SUNK_DASH,
    TOO_MANY,
)
from mentorwalk.authoring.syntax.yaml_faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ITEMS_MISSING = "`items:` is missing above this list."
PICK_MISSING = "A choice with other keys below it begins with `pick:`."
ID_NEEDED = "An item of this list begins with `- id:`."
_OPEN_KEY = re.compile(r"\s*([a-z_]+):\s*(?:#.*)?$")
"""A line with a key, and nothing behind it but a comment."""
_ITEMS = (
    (ID_LISTS, ID),
    (SENTENCES, r"\w[^:#]*[.?!…] *"),
    (LISTS | {"default"}, r"\w[^:#]* *"),
)
"""By lists, what a line has that can only be an item of them."""
_BEGUN = ("[A-Z]", rf"{ID}$")
"""What begins an item without its dash: in a list of texts, and in one of ids."""


def picked(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- Every week` above its `says:` as `- pick: Every week`; others likewise."""
    before, own = line_above(lines, number), indent_of(lines[number])
    item = re.match(r"( *- )(?=[^:]+$)", lines[before])
    if not item or len(item[1]) != own:
        return
    key, sentence = ("agenda", AGENDA_MISSING) if list_of(lines, before) == "next" else ("", "")
    if re.match(r" *(?:says|days|means|counts_as):", lines[number]) and not key:
        key, sentence = "pick", PICK_MISSING
    if list_of(lines, before) == "documents":
        yield from _with_template(lines, before)
    elif key:
        words, at = lines[before][item.end() :], item.end()
        if words.startswith(f"{key} "):
            words, at = words.removeprefix(key).lstrip(), at + len(key)
            sentence = f"A colon is missing after `{key}`."
        fix = f"{item[1]}{key}: {words}"
        yield Repair.of_line(before, at, sentence, fix)


def _with_template(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- contract.md` above its other keys with its `template` and its `file`."""
    dash = indent_of(lines[number])
    if fix := as_document(lines[number], lines):
        keys = {n: (lines[n],) for n in deeper_lines(lines, number, dash)}
        fault = Fault(number, dash + 2, DOCUMENT_NEEDS)
        yield Repair({number: tuple(fix.split("\n")), **keys}, fault, fix, sure=True)


def asked(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- What do you hope for?` above another key as `- id: hope`, with its `ask`."""
    before = line_above(lines, number)
    dash, words = re.match(r" *- (?=\w)", lines[before]), lines[before].lstrip(" -")
    key = QUESTION_KEYS.get(list_of(lines, before))
    own = indent_of(lines[number])
    if dash and key and len(dash[0]) == own:
        fix, sentence = as_question(lines[before], key, lines), QUESTION_NEEDS.format(key=key)
        beside = (lines[n] for n in deeper_lines(lines, before, own - 1))
        name = re.fullmatch(ID, lines[before][own:])
        if name and any(line.startswith(f"{' ' * own}{key}:") for line in beside):
            fix, sentence = f"{dash[0]}id: {name[0]}", ID_NEEDED
        elif lines[number].startswith(f"{' ' * own}id:"):
            fix, sentence = f"{dash[0]}{key}: {words}", f"`{key}:` is missing before this question."
        changed = {before: tuple(fix.split("\n"))}
        yield Repair(changed, Fault(before, dash.end(), sentence), fix, sure=True)


def named_phase(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- close` above the keys of a phase as `- id: close`."""
    before, own = line_above(lines, number), indent_of(lines[number])
    name = re.fullmatch(rf"( *- )({ID})", lines[before])
    if name and len(name[1]) == own and list_of(lines, before) == "phases":
        yield Repair.of_line(before, own, ID_NEEDED, f"{name[1]}id: {name[2]}")


def with_question(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `ask: |` above the words of a question right below its id, `title:` before a title."""
    above = line_above(lines, number)
    item = re.match(r" *- (?=(?:id|after|before|to): )", lines[above])
    item = item or re.match(r" +(?=id: )", lines[above])
    begins = (n for n in range(above, -1, -1) if lines[n].lstrip().startswith("- "))
    known = {**QUESTION_KEYS, "phases": "title"}
    key = known.get(list_of(lines, next(begins, above))) if item else None
    words = re.fullmatch(r" *([^\W\d_][^:#|]* [^:#|]*)", lines[number])
    if item and key and words and words[1][0].isupper():
        margin = " " * len(item[0])
        bar = f"{margin}{key}: |" if key == "ask" else f"{margin}{key}:"
        fix = f"{bar}\n{margin}  {words[1]}" if key == "ask" else f"{bar} {words[1]}"
        sentence = f"`{key}:` is missing before this question."
        yield Repair.of_line(number, words.start(1), sentence, fix)


def dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `id: end` as `- id: end` if an item above has its dash in this column."""
    line = lines[number]
    margin = " " * indent_of(line)
    beside = any(above.startswith(f"{margin}- ") for above in lines[:number])
    if beside and line.split(":")[0].strip() in FIRST_KEYS:
        fix = f"{margin}- {line.lstrip()}"
        fault = Fault(number, len(margin), NEW_ITEM)
        yield Repair({number: (fix,)}, fault, fix, sure=True, moves=True)


def alone_dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `id: end` right below `record:` as `- id: end`, if its other keys stand deeper."""
    first = line_above(lines, number)
    own, dash = indent_of(lines[first]), indent_of(lines[number]) - 2
    key = re.fullmatch(rf"{KEY}:\s*", lines[line_above(lines, first)])
    begins = lines[first].split(":")[0].strip() in FIRST_KEYS
    if key and begins and len(key[1]) <= dash >= own:
        fix = f"{' ' * dash}- {lines[first].lstrip()}"
        yield Repair.of_line(first, own, NEW_ITEM, fix)


def one_dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- - id: end` as `- id: end` where the keys below line up with that."""
    above = line_above(lines, number)
    twice = re.match(r"( *- )- ([a-z_]+:.*)", lines[above])
    if twice and indent_of(lines[number]) == len(twice[1]):
        yield Repair.of_line(above, len(twice[1]), ONE_DASH, f"{twice[1]}{twice[2]}")


def first_dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the first item of a list with its dash, if the next one has its own."""
    margin = " " * indent_of(lines[number])
    above = (n for n in range(number - 1, -1, -1) if lines[n].strip())
    holds = next((n for n in above if indent_of(lines[n]) < len(margin)), -1)
    keys = [n for n in range(holds + 1, number) if indent_of(lines[n]) - len(margin) in (0, 1, 2)]
    first = [n for n in keys if _OPEN_KEY.match(lines[line_above(lines, n)])]
    at = next((n for n in reversed(first) if _begins_item(lines, n)), -1)
    words = (n for n in reversed(first) if lines[n].split(":")[0].strip() in ("ask", "label"))
    asks = next(words, -1)
    if lines[number].startswith(f"{margin}- ") and at < 0 <= asks:
        # Any id will do until its author has written one.
        line = f"{margin}- id: {'first-one' if 'ask' in lines[asks] else 'first_one'}"
        fault = Fault(asks, indent_of(lines[asks]), ID_LINE)
        yield Repair({asks: (line, lines[asks])}, fault, sure=True)
    if lines[number].startswith(f"{margin}- ") and at >= 0:
        fix = f"{margin}- {lines[at].lstrip()}"
        deeper = len(margin) + 2 - indent_of(lines[at])
        below = {n: (shifted(lines[n], deeper),) for n in range(at + 1, number) if deeper}
        holder = _OPEN_KEY.match(lines[line_above(lines, at)])
        texts = holder is not None and holder[1] in LISTS and holder[1]
        sentence = f"Each item of `{texts}` needs `- ` before it." if texts else NEW_ITEM
        fault = Fault(at, indent_of(lines[at]), sentence)
        yield Repair({at: (fix,), **below}, fault, fix, sure=True)


def _begins_item(lines: Sequence[str], number: int) -> bool:
    """Return whether a line right below the key of a list begins an item, but for its dash."""
    words = lines[number].split(":")[0].strip()
    if words in FIRST_KEYS or lines[number].lstrip().startswith("- "):
        return words in FIRST_KEYS
    holder = _OPEN_KEY.match(lines[line_above(lines, number)])
    texts = holder is not None and holder[1] in LISTS
    return texts and (" " in words or words in ("|", ">"))


def with_id(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `hello:` above the keys of a card as `- id: hello`, if other items have their dash."""
    margin = " " * indent_of(lines[number])
    last = number - lines[number].lstrip().startswith("- ")
    begins = (n for n in range(last, -1, -1) if re.match(rf"{margin}[\w-]", lines[n]))
    at = next(begins, number)
    name = re.fullmatch(r"\s*(\w[\w -]*):\s*", lines[at])
    beside = any(line.startswith(f"{margin}- ") for line in (*lines[:at], lines[number]))
    deeper = [lines[n] for n in deeper_lines(lines, at, len(margin))]
    inner = (line for line in deeper if indent_of(line) == indent_of(deeper[0]))
    keys = {line.split(":")[0].strip() for line in inner}
    own = name is not None and (name[1] not in KEYS or not keys.isdisjoint(("ask", "label")))
    form = FIELD_ID if "label" in keys else CARD_ID
    if name and own and beside and (meant := reshaped(name[1], form)):
        fix = f"{margin}- id: {meant}"
        yield Repair.of_line(at, len(margin), ID_NEEDED, fix)


def listed_lines(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the ids below `leave_out:`, or sentences below `stuck:`, as items where it has none."""
    above = line_above(lines, number)
    passed = re.compile(r"\s*| *- [^:#]*")
    begins = next((n for n in range(above, -1, -1) if not passed.fullmatch(lines[n])), above)
    key = re.fullmatch(rf"{KEY}:\s*", lines[begins])
    item = next((form for keys, form in _ITEMS if key and key[2] in keys), "")
    # What stands below a bar is its text.
    if key is None or not item or lines[above].rstrip().endswith("|"):
        return
    margin, last = " " * len(key[1]), number
    dash = indent_of(lines[above]) if begins < above else len(margin) + 2
    # As deep as the dashes, a capital begins an item, and so does an id; else one above goes on.
    if begins < above and re.match(rf" {{{dash}}}{_BEGUN[key[2] in ID_LISTS]}", lines[number]):
        margin = " " * dash
    while re.fullmatch(rf"{margin}{item}", "".join(lines[last : last + 1])):
        last += 1
    changed = {n: (f"{' ' * dash}- {lines[n].strip()}",) for n in range(number, last)}
    if changed:
        sentence = f"Each item of `{key[2]}` needs `- ` before it."
        yield Repair(changed, Fault(number, len(margin), sentence), *changed[number], sure=True)


def listed_texts(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write sentences below `stuck:` as items where none has its dash, and one has a colon."""
    own = indent_of(lines[number])
    same = re.compile(rf" {{{own}}}(?!- |\w+:\s*$)[^\s|>#].*")
    first = last = number
    while same.fullmatch("".join(lines[first - 1 : first])):
        first -= 1
    while same.fullmatch("".join(lines[last + 1 : last + 2])):
        last += 1
    key = re.fullmatch(rf"{KEY}:\s*", lines[first - 1]) if first else None
    texts = [lines[n].strip() for n in range(first, last + 1)]
    begun = all(text[0].isupper() or not text[0].isalpha() for text in texts)
    if key and key[2] in LISTS and own > len(key[1]) and len(texts) > 1 and begun:
        margin = " " * own
        items = [f"{margin}- |\n{margin}  {t}" if ": " in t else f"{margin}- {t}" for t in texts]
        changed = {n: tuple(item.split("\n")) for n, item in enumerate(items, first)}
        fault = Fault(first, own, f"Each item of `{key[2]}` needs `- ` before it.")
        yield Repair(changed, fault, items[0], sure=True)


def behind_key(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the ids behind `leave_out:` as items, where more of them stand below it."""
    other = re.compile(rf" *(?:- {ID}|#.*)?")
    before = next((n for n in range(number - 1, -1, -1) if not other.fullmatch(lines[n])), number)
    key = re.fullmatch(rf"{KEY}: +([^#|>\[{{]+?) *(?:#.*)?", lines[before])
    ids = [each.strip() for each in re.split(r"[,;]", key[3])] if key else []
    if key and key[2] in ID_LISTS and all(re.fullmatch(ID, each) for each in ids):
        margin = lines[number].partition("-")[0]
        fix = "\n".join([f"{key[1]}{key[2]}:", *(f"{margin}- {each}" for each in ids)])
        sentence = f"Each item of `{key[2]}` needs `- ` before it."
        yield Repair.of_line(before, key.start(3), sentence, fix)


def bulleted(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent the bullets of a text that stand as deep as its key."""
    own, before = indent_of(lines[number]), line_above(lines, number)
    above = (n for n in range(before, -1, -1) if lines[n].strip() and indent_of(lines[n]) <= own)
    key = re.fullmatch(rf"{KEY}: *[|>]?\s*", lines[next(above, number)])
    last = number
    while re.match(rf" {{{own}}}- (?!\w+:(?: |$)|[|>]\s*$)", "".join(lines[last : last + 1])):
        last += 1
    if key and key[2] in PROSE and len(key[1]) == own < indent_of(lines[before]):
        deeper = indent_of(lines[before])
        changed = {n: (indented(lines[n], deeper),) for n in range(number, last)}
        if changed:
            yield Repair(changed, Fault(number, own, CONTINUED), *changed[number], sure=True)


def undashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- ask: |` as deep as the keys of its card without its dash."""
    found = re.fullmatch(r"( *)- ([a-z_]+)(:(?: .*)?)", lines[number])
    placed = re.match(r" *- (?:after|before|to):", lines[line_above(lines, number)])
    if found and found[2] in (KEYS if placed else KEYS - FIRST_KEYS):
        fix = f"{found[1]}{found[2]}{found[3]}"
        fault = Fault(number, len(found[1]), TOO_MANY)
        deeper = deeper_lines(lines, number, len(found[1])) if placed else ()
        below = {n: (shifted(lines[n], -2),) for n in deeper}
        yield Repair({number: (fix,), **below}, fault, fix, sure=True)


def with_items(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `items:` between a `- group:` and its list."""
    group = re.match(r"( *- )group:", lines[line_above(lines, number)])
    if group and indent_of(lines[number]) >= len(group[1]):
        fix = f"{' ' * len(group[1])}items:\n{lines[number]}"
        yield Repair.of_line(number, indent_of(lines[number]), ITEMS_MISSING, fix)


def sunk_item(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move `- Silence is fine: count to ten` to the left, below the dash of the item above it."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        first, own = line_above(lines, at), indent_of(lines[at])
        item = re.fullmatch(r"( *)- \w[^:|>]*", lines[first])
        words = re.fullmatch(r" *- (\w.*|[|>])", lines[at])
        if item and words and own > len(item[1]) and list_of(lines, first) in LISTS:
            by, dash = len(item[1]) - own, f"{item[1]}- "
            barred = ": " in words[1] and f"{dash}|\n{item[1]}  {words[1]}"
            fix = barred or f"{dash}{words[1]}"
            below = {n: (shifted(lines[n], by),) for n in deeper_lines(lines, at, own)}
            changed = {at: tuple(fix.split("\n")), **below}
            yield Repair(changed, Fault(at, own, SUNK_DASH), fix, sure=True)


def sunk_list(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent items down to a line that stand less deep than the key of their list above them."""
    dash, first = indent_of(lines[number]), number
    while first and re.match(rf" {{{dash}}}- [^:]*$", lines[first]):
        first -= 1
    key = re.fullmatch(rf"{KEY}:\s*", lines[first])
    if key and first < number and key[2] in LISTS and len(key[1]) > dash:
        items = range(first + 1, number + 1)
        changed = {n: (shifted(lines[n], len(key[1]) + 2 - dash),) for n in items}
        sentence = INDENTED_LIST.format(key=key[2])
        fault = Fault(first + 1, dash, sentence)
        yield Repair(changed, fault, *changed[first + 1], sure=True)


def sunk_id(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent an id below `change:` that stands less deep than the one after it."""
    own = indent_of(lines[number])
    above = (n for n in range(number - 1, 0, -1) if lines[n].strip())
    at = next((n for n in above if indent_of(lines[n]) < own), 0)
    top = next((n for n in range(at - 1, -1, -1) if re.match(r"[^\s#]", lines[n])), at)
    name = re.fullmatch(rf" *({ID}): *", lines[at])
    known = name and name[1] in KEYS and top != line_above(lines, at)
    if name and lines[top].strip() == "change:" and not known:
        fix = indented(lines[at], own)
        yield Repair.of_line(at, indent_of(lines[at]), "Indent this: it belongs to `change`.", fix)
