"""Repairs for lines that are not YAML: proposals, the likeliest first, each still to be tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.faults import (
    COLON_MISSING,
    KEYS_LINE_UP,
    LIST_LINES_UP,
    TAB,
    TEXT_BELOW,
    Fault,
)
from mentorwalk.authoring.keys import FIRST_KEYS, ID_LISTS, KEYS, LISTS, PROSE, SENTENCES
from mentorwalk.authoring.questions import QUESTION_KEYS, as_question, list_of
from mentorwalk.authoring.repair import Repair, indent_of, line_above
from mentorwalk.authoring.rewriting import INDENTED_LIST, NEW_ITEM, on_own_line, rejoined, unwrapped
from mentorwalk.authoring.sign_repairs import (
    commented,
    spaced,
    unquoted,
    with_colon,
    with_dashes,
    with_narrow_colon,
    with_spaces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIST_MISREAD = (
    "Something in this list in brackets is misread: write each item on its own line, after `- |`."
)
PICK_MISSING = "A choice with `says` below it begins with `pick:`."
ID_NEEDED = "An item of this list begins with `- id:`."
FENCE = "Lines with ``` do not belong here: take out this one and the other."
OPEN_LIST = "A list begins here with `[`, but its `]` is missing."
CONTINUED = "This line continues the text above: indent it two spaces deeper than its key."
TAB_WIDTHS = (2, 4, 8)
FEW = 8
"""The most lines with a tab that are told one by one."""
_BEGINS = re.compile(r"\s*(?:-$|- |[a-z_]+:(?:\s|$))")
"""A line that begins something: a key, or an item of a list."""
_ID = r"[a-z][\w.-]* *"
_KEY = r"(\s*(?:- )*)([a-z_]+)"


def repairs_for(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Propose repairs for a fault, the likeliest first."""
    if fault.line >= len(lines):  # A YAML line may end where no line of a file does.
        return
    yield from unquoted(lines)
    yield from commented(lines, fault.line)
    yield from with_narrow_colon(lines, fault.line)
    yield from with_spaces(lines, fault.line)
    yield from with_dashes(lines, fault.line)
    if fault.sentence == COLON_MISSING:
        yield from _listed_ids(lines, fault.line)
        yield from _changed_id(lines, fault.line)
        yield from spaced(lines, fault.line)
        yield from with_colon(lines, fault.line)
        yield from _indented_text(lines, fault.line)
    elif fault.sentence in (KEYS_LINE_UP, LIST_LINES_UP):
        yield from _with_id(lines, fault.line)
        # PyYAML notices a key without its colon only on the line below it.
        yield from spaced(lines, line_above(lines, fault.line))
        yield from with_colon(lines, line_above(lines, fault.line))
        yield from _changed_id(lines, line_above(lines, fault.line))
        yield from _sunk_list(lines, line_above(lines, fault.line))
        yield from _picked(lines, fault.line)
        yield from _asked(lines, fault.line)
        yield from _indented_text(lines, fault.line)
        yield from _dashed(lines, fault.line)
        yield from _first_dashed(lines, fault.line)
        yield from _deeper_dash(lines, fault.line)
        yield from _lined_up(lines, fault)
    elif fault.sentence == TAB:
        yield from _untabbed(lines, fault)
    elif fault.own_line or fault.sentence == TEXT_BELOW:
        yield from _unfenced(lines, fault)
        yield from _without_anchor(lines, fault)
        yield from _closed_list(lines, fault)
        yield from _listed(lines, fault)
        yield from _on_own_line(lines, fault)


# --- Items of lists


def _picked(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- Every week` above its `says:` as `- pick: Every week`."""
    before, own = line_above(lines, number), indent_of(lines[number])
    choice = re.match(r"( *- )(?=\w)", lines[before])
    if choice and re.match(r" *says:", lines[number]) and len(choice[1]) == own:
        fix = f"{choice[1]}pick: {lines[before][choice.end() :]}"
        fault = Fault(before, choice.end(), PICK_MISSING)
        yield Repair({before: (fix,)}, fault, fix, sure=True)


def _asked(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- What do you hope for?` above another key as `- id: hope`, with its `ask`."""
    before = line_above(lines, number)
    dash = re.match(r" *- (?=\w)", lines[before])
    key = QUESTION_KEYS.get(list_of(lines, before))
    if dash and key and len(dash[0]) == indent_of(lines[number]):
        fix = as_question(lines[before], key, lines)
        sentence = f"A question needs an `id`, and its words behind `{key}:`."
        changed = {before: tuple(fix.split("\n"))}
        yield Repair(changed, Fault(before, dash.end(), sentence), fix, sure=True)


def _dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `id: end` as `- id: end` if an item above has its dash in this column."""
    line = lines[number]
    margin = " " * indent_of(line)
    beside = any(above.startswith(f"{margin}- ") for above in lines[:number])
    if beside and line.split(":")[0].strip() in FIRST_KEYS:
        fix = f"{margin}- {line.lstrip()}"
        fault = Fault(number, len(margin), NEW_ITEM)
        yield Repair({number: (fix,)}, fault, fix, sure=True, moves=True)


def _first_dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the first item of a list with its dash, if the next one has its own."""
    margin = " " * indent_of(lines[number])
    keys = [n for n in range(number) if indent_of(lines[n]) == len(margin) + 2]
    first = [n for n in keys if re.match(r"\s*[a-z_]+:\s*$", lines[line_above(lines, n)])]
    at = next((n for n in reversed(first) if lines[n].split(":")[0].strip() in FIRST_KEYS), -1)
    if lines[number].startswith(f"{margin}- ") and at >= 0:
        fix = f"{margin}- {lines[at].lstrip()}"
        yield Repair({at: (fix,)}, Fault(at, indent_of(lines[at]), NEW_ITEM), fix, sure=True)


def _with_id(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `hello:` above the keys of a card as `- id: hello`, if other items have their dash."""
    margin = " " * indent_of(lines[number])
    last = number - lines[number].lstrip().startswith("- ")
    begins = (n for n in range(last, -1, -1) if re.match(rf"{margin}[\w-]", lines[n]))
    at = next(begins, number)
    name = re.fullmatch(r"\s*([a-z][\w-]*):\s*", lines[at])
    beside = any(line.startswith(f"{margin}- ") for line in (*lines[:at], lines[number]))
    deeper = [lines[n] for n in _deeper(lines, at, len(margin))]
    inner = (line for line in deeper if indent_of(line) == indent_of(deeper[0]))
    keys = {line.split(":")[0].strip() for line in inner}
    own = name is not None and (name[1] not in KEYS or not keys.isdisjoint(("ask", "label")))
    if name and own and beside:
        fix = f"{margin}- id: {name[1]}"
        yield Repair({at: (fix,)}, Fault(at, len(margin), ID_NEEDED), fix, sure=True)


def _listed_ids(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the ids below `leave_out:`, as deep as it is, as its items."""
    key = re.fullmatch(rf"{_KEY}:\s*", lines[line_above(lines, number)])
    if key is None or key[2] not in ID_LISTS:
        return
    margin, last = " " * len(key[1]), number
    while re.fullmatch(rf"{margin}{_ID}", "".join(lines[last : last + 1])):
        last += 1
    changed = {n: (f"{margin}  - {lines[n].strip()}",) for n in range(number, last)}
    if changed:
        sentence = f"Each id that belongs to `{key[2]}` needs `- ` before it."
        yield Repair(changed, Fault(number, len(margin), sentence), *changed[number], sure=True)


def _sunk_list(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent items down to a line that stand less deep than the key of their list above them."""
    dash, first = indent_of(lines[number]), number
    while first and re.match(rf" {{{dash}}}- [^:]*$", lines[first]):
        first -= 1
    key = re.fullmatch(rf"{_KEY}:\s*", lines[first])
    if key and first < number and key[2] in LISTS and len(key[1]) > dash:
        items = range(first + 1, number + 1)
        changed = {n: (_shifted(lines[n], len(key[1]) + 2 - dash),) for n in items}
        sentence = INDENTED_LIST.format(key=key[2])
        fault = Fault(first + 1, dash, sentence)
        yield Repair(changed, fault, *changed[first + 1], sure=True)


def _changed_id(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write an id below `change:` with its colon."""
    name, own = re.fullmatch(rf" +({_ID})", lines[number]), indent_of(lines[number])
    around = (line.strip() for line in reversed(lines[:number]) if indent_of(line) < own)
    if name and next(filter(None, around), "") == "change:":
        fix = f"{lines[number].rstrip()}:"
        fault = Fault(number, name.end(1), f"A colon is missing after `{name[1]}`.")
        yield Repair({number: (fix,)}, fault, fix, sure=True)


# --- Texts and lists that YAML misreads


def _without_anchor(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Leave out an anchor or a tag that stands before keys, and not in a sentence."""
    line = lines[fault.line]
    found = re.fullmatch(r"(\s*(?:- )*(?:[a-z_]+:)?) *([&!][\w!-]+)((?: [a-z_]+:.*)?) *", line)
    in_text = re.match(rf"{_KEY}:", line)
    if found and not (in_text and in_text[2] in PROSE):
        fix = f"{found[1].rstrip()}{found[3]}"
        sentence = f"`{found[2]}` means something to YAML that is not used here: take it out."
        fault = Fault(fault.line, found.start(2), sentence)
        yield Repair({fault.line: (fix,)}, fault, fix, sure=True)


def _unfenced(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Leave out the fences around an agenda that was copied from a page or a chat."""
    fences = [n for n, line in enumerate(lines) if re.fullmatch(r"```\w*\s*", line)]
    if fault.line in fences and len(fences) < len(lines):
        yield Repair(dict.fromkeys(fences, ()), Fault(fault.line, 0, FENCE), sure=True)


def _closed_list(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `recall: [one, two` with its bracket."""
    line = lines[fault.line]
    if re.fullmatch(r"\s*(?:- )*[a-z_]+:\s+\[[^\]]*", line):
        fix = f"{line.rstrip().rstrip(',')}]"
        column = line.index("[")
        yield Repair({fault.line: (fix,)}, Fault(fault.line, column, OPEN_LIST), fix, sure=True)


def _listed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `stuck: [one, two]` as items on their own lines."""
    match = re.fullmatch(r"(\s*(?:- )*)([a-z_]+):\s+\[(.*)\]\s*", lines[fault.line])
    if match and match[2] in LISTS:
        margin = " " * (len(match[1]) + 2)
        texts = rejoined(match[3].split(", "))
        items = [f"{margin}- |\n{margin}  {unwrapped(text)}" for text in texts]
        fix = "\n".join([f"{match[1]}{match[2]}:", *items])
        misread = Fault(fault.line, match.end(2) + 2, LIST_MISREAD)
        changed = {fault.line: tuple(fix.split("\n"))}
        yield Repair(changed, misread, fix, sure=match[2] in SENTENCES)


def _on_own_line(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Put a text after `|`, with the lines below that belong to it."""
    line = lines[fault.line]
    fix = on_own_line(line)
    if not fix:
        return
    key = re.match(rf"{_KEY}:", line)
    column = len(key[1]) if key else indent_of(line)
    first, indent = fix.split("\n")[0], column + 2
    rest = list(_deeper(lines, fault.line, column))
    below = {number: (_indented(lines[number], indent),) for number in rest}
    text = not any(_BEGINS.match(lines[number]) for number in rest)
    if text and rest and _closes(line, fix, lines[rest[-1]]):
        # The mark at the end belongs to the one that is left out at the beginning.
        below[rest[-1]] = (below[rest[-1]][0].rstrip()[:-1],)
        fix = "\n".join([fix, *(new for (new,) in below.values())])
    sure = text and (key is None or key[2] in PROSE)
    yield Repair({fault.line: (first, fix.split("\n")[1]), **below}, fault, fix, sure)


def _closes(line: str, fix: str, last: str) -> bool:
    """Return whether a text's last line ends with the quotation mark that its fix leaves out."""
    text = fix.split("\n")[1].strip()
    mark = line.rstrip().removesuffix(text)[-1:]
    return mark in ("'", '"') and last.rstrip().endswith(mark)


# --- Indentation


def _indented_text(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent a text below its key where it goes on in the column of the next key."""
    before = line_above(lines, number)
    begins = next((n for n in range(before, -1, -1) if _BEGINS.match(lines[n])), number)
    key = re.match(rf"{_KEY}:(?:\s|$)", lines[begins])
    free = key is None or key[2] in PROSE
    if begins == number or not free or _BEGINS.match(lines[number]):
        return
    indent = len(key[1]) + 2 if key else _behind_dash(lines[begins])
    # A text of several lines goes on in the column that it already has.
    indent = indent_of(lines[before]) if before != begins else indent
    if indent <= indent_of(lines[number]):
        return
    last = number
    while lines[last + 1 : last + 2] and not _BEGINS.match(lines[last + 1] or "-"):
        last += 1
    changed = {n: (_indented(lines[n], indent),) for n in range(number, last + 1)}
    fault = Fault(number, indent_of(lines[number]), CONTINUED)
    yield Repair(changed, fault, changed[number][0], sure=True)


def _deeper_dash(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Move `- id: end` to the right where the keys of its card stand deeper than the dash."""
    before, own = line_above(lines, number), indent_of(lines[number])
    if re.match(r" *- [a-z_]+:\s", lines[before]) and own > _behind_dash(lines[before]):
        fix = _shifted(lines[before], own - _behind_dash(lines[before]))
        fault = Fault(before, indent_of(lines[before]), LIST_LINES_UP)
        yield Repair({before: (fix,)}, fault, fix, moves=True)


def _lined_up(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Move a line, alone and with what belongs to it, to the column of a line above."""
    line = lines[fault.line]
    own = indent_of(line)
    block = [fault.line, *_deeper(lines, fault.line, own)]
    above = [lines[n] for n in range(fault.line) if _BEGINS.match(lines[n])]
    # A key may also begin behind the dash of its list.
    columns = [at for each in reversed(above) for at in (_behind_dash(each), indent_of(each))]
    nearest = sorted(dict.fromkeys(columns), key=lambda at: abs(at - own))
    for shift in (at - own for at in nearest[:6] if at != own):
        # What is below may already be where it belongs.
        for moved in ([fault.line], block):
            changed = {n: (_shifted(lines[n], shift),) for n in moved}
            yield Repair(changed, fault, changed[fault.line][0], moves=True)


def _untabbed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Put spaces for all tabs: of each usual width, then so that they line up with a key above."""
    tabbed = [n for n, line in enumerate(lines) if re.match(r" *\t", line)]
    more = f" So are {len(tabbed) - 1} more lines." if len(tabbed) > FEW else ""
    tabs = fault._replace(sentence=fault.sentence + more)
    begins = (n for n in range(fault.line - 1, -1, -1) if _BEGINS.match(lines[n]))
    columns = dict.fromkeys(_behind_dash(lines[n]) for n in begins)
    own = indent_of(_spaces(lines[fault.line], 1))
    widths = [{n: _spaces(lines[n], width) for n in tabbed} for width in TAB_WIDTHS]
    shifts = [{n: _shifted(_spaces(lines[n], 1), at - own) for n in tabbed} for at in columns]
    for written in (*widths, *shifts):
        changed = {n: (line,) for n, line in written.items()}
        yield Repair(changed, tabs, written.get(fault.line, ""), moves=True)


def _deeper(lines: Sequence[str], number: int, column: int) -> Iterator[int]:
    """Yield the lines below that are indented deeper than a column: they belong to the line."""
    for below in range(number + 1, len(lines)):
        if lines[below].strip() and indent_of(lines[below]) <= column:
            return
        if lines[below].strip():
            yield below


def _behind_dash(line: str) -> int:
    dash = re.match(r"\s*(?:- )+", line)
    return dash.end() if dash else indent_of(line)


def _indented(line: str, least: int) -> str:
    return " " * max(least, indent_of(line)) + line.lstrip(" ")


def _shifted(line: str, by: int) -> str:
    return " " * max(0, indent_of(line) + by) + line.lstrip(" ")


def _spaces(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return indent.expandtabs(width) + line.lstrip()
