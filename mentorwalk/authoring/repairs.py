"""Repairs for lines that are not YAML: proposals, the likeliest first, each still to be tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.faults import (
    COLON_MISSING,
    KEYS_LINE_UP,
    LIST_LINES_UP,
    TAB,
    TEXT_BELOW,
    Fault,
)
from mentorwalk.authoring.keys import FIRST_KEYS, KEYS, LISTS, PROSE, SENTENCES
from mentorwalk.authoring.rewriting import NEW_ITEM, on_own_line, rejoined, unwrapped, with_dash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LIST_MISREAD = (
    "Something in this list in brackets is misread: write each item on its own line, after `- |`."
)
PICK_MISSING = "A choice with `says` below it begins with `pick:`."
NO_REAL_SPACE = "This looks like a space but is another character: type spaces instead."
FENCE = "Lines with ``` do not belong here: take out this one and the other."
QUOTED = "Every line begins with `>`, as an e-mail quotes: take it away from all of them."
OPEN_LIST = "A list begins here with `[`, but its `]` is missing."
CONTINUED = "This line continues the text above: indent it two spaces deeper than its key."
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters of no width, which text copied from a web page brings along."""
TAB_WIDTHS = (2, 4, 8)
_BEGINS = re.compile(r"\s*(?:-$|- |[a-z_]+:(?:\s|$))")
"""A line that begins something: a key, or an item of a list."""
_KEY = r"(\s*(?:- )*)([a-z_]+)"


class Repair(NamedTuple):
    """A proposal to write some lines differently."""

    changed: Mapping[int, tuple[str, ...]]
    """By the number of a line, the lines to put in its place."""
    fault: Fault
    """What was wrong, if this repairs it."""
    fix: str = ""
    """The repaired line, as it is shown."""
    sure: bool = False
    """Whether nothing else in the file can change its meaning."""
    moves: bool = False
    """Whether lines move: they must then fit what is above and below them."""


def repairs_for(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Propose repairs for a fault, the likeliest first."""
    if fault.line >= len(lines):  # A YAML line may end where no line of a file does.
        return
    yield from _unquoted(lines)
    yield from _with_spaces(lines, fault.line)
    yield from _with_dashes(lines, fault.line)
    if fault.sentence == COLON_MISSING:
        yield from _spaced(lines, fault.line)
        yield from _with_colon(lines, fault.line)
        yield from _indented_text(lines, fault.line)
    elif fault.sentence in (KEYS_LINE_UP, LIST_LINES_UP):
        # PyYAML notices a key without its colon only on the line below it.
        yield from _spaced(lines, _above(lines, fault.line))
        yield from _first_key_with_colon(lines, _above(lines, fault.line))
        yield from _picked(lines, fault.line)
        yield from _indented_text(lines, fault.line)
        yield from _dashed(lines, fault.line)
        yield from _lined_up(lines, fault)
    elif fault.sentence == TAB:
        yield from _untabbed(lines, fault)
    elif fault.own_line or fault.sentence == TEXT_BELOW:
        yield from _unfenced(lines, fault)
        yield from _closed_list(lines, fault)
        yield from _listed(lines, fault)
        yield from _on_own_line(lines, fault)


# --- Signs that are missing, or are not what they look like


def _unquoted(lines: Sequence[str]) -> Iterator[Repair]:
    """Take away the `> ` that a mail program put before every line."""
    written = [line for line in lines if line.strip()]
    if written and all(line.lstrip().startswith(">") for line in written):
        plain = {n: (re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line),) for n, line in enumerate(lines)}
        first = next((n for n, (line,) in plain.items() if line.strip()), 0)
        yield Repair(plain, Fault(first, 0, QUOTED), *plain[first], sure=True)


def _with_spaces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Put spaces for what only looks like them in an indentation, or after a dash or a colon."""
    for at in dict.fromkeys((number, _above(lines, number))):
        begins = re.match(rf"[\s{UNSEEN}]*(?:-[\s{UNSEEN}]+)*(?:[a-z_]+:[\s{UNSEEN}]*)?", lines[at])
        wrong = re.search(rf"[^\S \t]|[{UNSEEN}]", begins[0]) if begins else None
        if begins and wrong:
            plain = re.sub(r"[^\S\t]", " ", re.sub(rf"[{UNSEEN}]", "", begins[0]))
            fix = f"{plain}{lines[at][begins.end() :]}"
            yield Repair({at: (fix,)}, Fault(at, wrong.start(), NO_REAL_SPACE), fix, sure=True)


def _with_dashes(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `-id: end` or `• id: end` as `- id: end`, and such items right above it."""
    last = next((n for n in (number, _above(lines, number)) if with_dash(lines[n])), -1)
    first = last
    while first > 0 and with_dash(lines[first - 1]):
        first -= 1
    if last >= 0:
        found = {n: with_dash(lines[n]) or ("", "") for n in range(first, last + 1)}
        sentence, fix = found[first]
        fault = Fault(first, _indent(lines[first]), sentence)
        yield Repair({n: (new,) for n, (_, new) in found.items()}, fault, fix, sure=True)


def _spaced(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `minutes:5` as `minutes: 5`."""
    match = re.fullmatch(rf"{_KEY}:([^\s:/].*)", lines[number])
    if match and match[2] in KEYS:
        fix = f"{match[1]}{match[2]}: {match[3]}"
        sentence = f"A space is missing after `{match[2]}:`."
        fault = Fault(number, match.end(2) + 1, sentence)
        yield Repair({number: (fix,)}, fault, fix, sure=True)


def _with_colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `minutes 5` or `minutes = 5` as `minutes: 5`, and a bare `record` as `record:`."""
    match = re.fullmatch(rf"{_KEY}(?: *[=;](?= ))?((?: .*)?)", lines[number])
    if match and match[2] in KEYS:
        fix = f"{match[1]}{match[2]}:{match[3]}"
        fault = Fault(number, match.end(2), f"A colon is missing after `{match[2]}`.")
        yield Repair({number: (fix,)}, fault, fix, sure=not match[3].rstrip().endswith(":"))


def _first_key_with_colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- id = end` as `- id: end`; PyYAML misses the colon only on the line below."""
    if re.match(r"\s*- ", lines[number]):
        yield from _with_colon(lines, number)


def _picked(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- Every week` above its `says:` as `- pick: Every week`."""
    above = _above(lines, number)
    choice = re.match(r"( *- )(?=\w)", lines[above])
    if choice and re.match(r" *says:", lines[number]) and len(choice[1]) == _indent(lines[number]):
        fix = f"{choice[1]}pick: {lines[above][choice.end() :]}"
        fault = Fault(above, choice.end(), PICK_MISSING)
        yield Repair({above: (fix,)}, fault, fix, sure=True)


def _dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `id: end` as `- id: end` if an item above has its dash in this column."""
    line = lines[number]
    margin = " " * _indent(line)
    beside = any(above.startswith(f"{margin}- ") for above in lines[:number])
    if beside and line.split(":")[0].strip() in FIRST_KEYS:
        fix = f"{margin}- {line.lstrip()}"
        fault = Fault(number, len(margin), NEW_ITEM)
        yield Repair({number: (fix,)}, fault, fix, sure=True, moves=True)


# --- Texts and lists that YAML misreads


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
    column = len(key[1]) if key else _indent(line)
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
    above = _above(lines, number)
    begins = next((n for n in range(above, -1, -1) if _BEGINS.match(lines[n])), number)
    key = re.match(rf"{_KEY}:(?:\s|$)", lines[begins])
    free = key is None or key[2] in PROSE
    if begins == number or not free or _BEGINS.match(lines[number]):
        return
    indent = len(key[1]) + 2 if key else _behind_dash(lines[begins])
    # A text of several lines goes on in the column that it already has.
    indent = _indent(lines[above]) if above != begins else indent
    if indent <= _indent(lines[number]):
        return
    last = number
    while lines[last + 1 : last + 2] and not _BEGINS.match(lines[last + 1] or "-"):
        last += 1
    changed = {n: (_indented(lines[n], indent),) for n in range(number, last + 1)}
    fault = Fault(number, _indent(lines[number]), CONTINUED)
    yield Repair(changed, fault, changed[number][0], sure=True)


def _lined_up(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Move a line, alone and with what belongs to it, to the column of a line above."""
    line = lines[fault.line]
    own = _indent(line)
    block = [fault.line, *_deeper(lines, fault.line, own)]
    above = [lines[n] for n in range(fault.line) if _BEGINS.match(lines[n])]
    # A key may also begin behind the dash of its list.
    columns = [at for each in reversed(above) for at in (_behind_dash(each), _indent(each))]
    nearest = sorted(dict.fromkeys(columns), key=lambda at: abs(at - own))
    for shift in (at - own for at in nearest[:6] if at != own):
        # What is below may already be where it belongs.
        for moved in ([fault.line], block):
            changed = {n: (_shifted(lines[n], shift),) for n in moved}
            yield Repair(changed, fault, changed[fault.line][0], moves=True)


def _untabbed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Put spaces for all tabs: of each usual width, then so that they line up with a line above."""
    tabbed = [n for n, line in enumerate(lines) if re.match(r" *\t", line)]
    more = f" So are {len(tabbed) - 1} more lines." if len(tabbed) > 2 else ""
    more = " So is one more line." if len(tabbed) == 2 else more
    tabs = fault._replace(sentence=fault.sentence + more)
    for width in TAB_WIDTHS:
        yield Repair({n: (_spaces(lines[n], width),) for n in tabbed}, tabs, moves=True)
    first = _spaces(lines[fault.line], 1)
    for indent in dict.fromkeys(_indent(lines[n]) for n in range(fault.line - 1, -1, -1)):
        shift = indent - _indent(first)
        changed = {n: (_shifted(_spaces(lines[n], 1), shift),) for n in tabbed}
        yield Repair(changed, tabs, moves=True)


def _above(lines: Sequence[str], number: int) -> int:
    """Return the nearest line above that is not blank; the line itself if there is none."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), number)


def _deeper(lines: Sequence[str], number: int, column: int) -> Iterator[int]:
    """Yield the lines below that are indented deeper than a column: they belong to the line."""
    for below in range(number + 1, len(lines)):
        if lines[below].strip() and _indent(lines[below]) <= column:
            return
        if lines[below].strip():
            yield below


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _behind_dash(line: str) -> int:
    dash = re.match(r"\s*(?:- )+", line)
    return dash.end() if dash else _indent(line)


def _indented(line: str, least: int) -> str:
    return " " * max(least, _indent(line)) + line.lstrip(" ")


def _shifted(line: str, by: int) -> str:
    return " " * max(0, _indent(line) + by) + line.lstrip(" ")


def _spaces(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return indent.expandtabs(width) + line.lstrip()
