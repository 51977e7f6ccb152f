"""Ways to mend lines that are no YAML, each to be tried before it is believed."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.source import OWN_LINE, on_own_line, unwrapped
from mentorwalk.domain import agenda

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

COLON_MISSING = "A colon is missing: after a key, or somewhere just above."
KEYS_LINE_UP = "This line does not line up with the keys above it: fix its indentation."
STRAY_LIST = (
    "A list begins here that belongs to no key: is one missing above it, such as `prompts:`?"
)
LIST_LINES_UP = "This line does not line up with the list above it: fix its indentation."
TAB = "This line is indented with a tab: use spaces."
TEXT_BELOW = "Nothing but a line break may follow `|`: the text begins on the next line."
LIST_MISREAD = (
    "Something in this list in brackets is misread: write each item on its own line, after `- |`."
)
NEW_ITEM = "A new item seems to begin here: a `- ` is missing before its first key."
PICK_MISSING = "A choice with `says` below it begins with `pick:`."
NO_REAL_SPACE = "This looks like a space but is another character: type spaces instead."
NO_SPACE = "A space is missing after the `-` of an item."
FENCE = "Lines with ``` do not belong in an agenda: take out this one and the other."
OPEN_LIST = "A list begins here with `[`, but its `]` is missing."

PARTS = (
    *(agenda.Agenda, agenda.Phase, agenda.Prompt, agenda.Field, agenda.Choice, agenda.Clause),
    *(agenda.Roles, agenda.Contact, agenda.Aside, agenda.Prepare, agenda.CheckGroup),
    *(agenda.Meeting, agenda.Document),
)
KEYS = frozenset(field.name for part in PARTS for field in fields(part))
"""Every key of the format."""
PROSE = frozenset(
    [
        "about",
        "aim",
        "ask",
        "default",
        "group",
        "heading",
        "help",
        "how",
        "intro",
        "label",
        "meanwhile",
        "pick",
        "read",
        "says",
        "short",
        "tip",
        "title",
        "unit",
        "urgent",
        "who",
        "mentor",
        "mentee",
    ]
)
"""Keys whose value is free text: mended as a text, they can break nothing else."""
FIRST_KEYS = frozenset({"id", "pick", "group", "template"})
"""Keys with which items of lists begin."""
SENTENCES = frozenset({"stuck", "items"})
"""Lists of sentences."""
LISTS = SENTENCES | {"choices"}
"""Lists of texts; those of `choices` may well be single words."""
ENDS = (".", "?", "!", "…", ":", "”", '"')
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without any width, which copying from a page on the web brings along."""
TAB_WIDTHS = (2, 4, 8)
_BEGINS = re.compile(r"\s*(?:-$|- |[a-z_]+:(?:\s|$))")
"""A line that begins something: a key, or an item of a list."""
_KEY = r"(\s*(?:- )*)([a-z_]+)"


class Fault(NamedTuple):
    """Where reading stopped; line and column are counted from 0."""

    line: int
    column: int
    sentence: str


class Repair(NamedTuple):
    """A way to write some lines otherwise."""

    changed: Mapping[int, tuple[str, ...]]
    fault: Fault
    """What is wrong, now that it is known what would mend it."""
    fix: str = ""
    """The mended line, as it is shown."""
    sure: bool = False
    """Nothing else of the file can mean something else because of it."""
    moves: bool = False
    """It moves lines: to be believed only where they then fit to what is above and below."""


def repairs_for(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """What may mend a fault, the likeliest first."""
    if fault.line >= len(lines):  # YAML knows ends of lines that no file brings here.
        return
    yield from _with_spaces(lines, fault.line)
    yield from _with_dashes(lines, fault.line)
    if fault.sentence == COLON_MISSING:
        yield from _spaced(lines, fault.line)
        yield from _with_colon(lines, fault.line)
        yield from _indented_text(lines, fault.line)
    elif fault.sentence in (KEYS_LINE_UP, LIST_LINES_UP):
        yield from _spaced(lines, _above(lines, fault.line))
        yield from _first_key_with_colon(lines, _above(lines, fault.line))
        yield from _picked(lines, fault.line)
        yield from _indented_text(lines, fault.line)
        yield from _dashed(lines, fault.line)
        yield from _lined_up(lines, fault)
    elif fault.sentence == TAB:
        yield from _untabbed(lines, fault)
    elif OWN_LINE in fault.sentence or fault.sentence == TEXT_BELOW:
        yield from _unfenced(lines, fault)
        yield from _closed_list(lines, fault)
        yield from _listed(lines, fault)
        yield from _on_own_line(lines, fault)


def _on_own_line(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
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
        # The mark at the end was meant for the one that is left out at the beginning.
        below[rest[-1]] = (below[rest[-1]][0].rstrip()[:-1],)
        fix = "\n".join([fix, *(new for (new,) in below.values())])
    sure = text and (key is None or key[2] in PROSE)
    yield Repair({fault.line: (first, fix.split("\n")[1]), **below}, fault, fix, sure)


def _closes(line: str, fix: str, last: str) -> bool:
    """Whether the last line of a text ends with the quotation mark that its mend leaves out."""
    text = fix.split("\n")[1].strip()
    mark = line.rstrip().removesuffix(text)[-1:]
    return mark in ("'", '"') and last.rstrip().endswith(mark)


def _spaced(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`minutes:5` as `minutes: 5`."""
    match = re.fullmatch(rf"{_KEY}:([^\s:/].*)", lines[number])
    if match and match[2] in KEYS:
        fix = f"{match[1]}{match[2]}: {match[3]}"
        sentence = f"A space is missing after `{match[2]}:`."
        fault = Fault(number, match.end(2) + 1, sentence)
        yield Repair({number: (fix,)}, fault, fix, sure=True)


def _with_colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`minutes 5` or `minutes = 5` as `minutes: 5`, and a bare `record` as `record:`."""
    match = re.fullmatch(rf"{_KEY}(?: *[=;](?= ))?((?: .*)?)", lines[number])
    if match and match[2] in KEYS:
        fix = f"{match[1]}{match[2]}:{match[3]}"
        fault = Fault(number, match.end(2), f"A colon is missing after `{match[2]}`.")
        yield Repair({number: (fix,)}, fault, fix, sure=not match[3].rstrip().endswith(":"))


def _first_key_with_colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`- id = end` as `- id: end`, which is missed only on the line below."""
    if re.match(r"\s*- ", lines[number]):
        yield from _with_colon(lines, number)


def _picked(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`- Every week` above its `says:` as `- pick: Every week`."""
    above = _above(lines, number)
    choice = re.match(r"( *- )(?=\w)", lines[above])
    if choice and re.match(r" *says:", lines[number]) and len(choice[1]) == _indent(lines[number]):
        fix = f"{choice[1]}pick: {lines[above][choice.end() :]}"
        fault = Fault(above, choice.end(), PICK_MISSING)
        yield Repair({above: (fix,)}, fault, fix, sure=True)


def _indented_text(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A text that goes on where the next key should begin, indented below its own key."""
    above = _above(lines, number)
    begins = next((n for n in range(above, -1, -1) if _BEGINS.match(lines[n])), number)
    key = re.match(rf"{_KEY}:(?:\s|$)", lines[begins])
    free = key is None or key[2] in PROSE
    if begins == number or not free or _BEGINS.match(lines[number]):
        return
    indent = len(key[1]) + 2 if key else _behind_dash(lines[begins])
    indent = _indent(lines[above]) if above != begins else indent
    if indent <= _indent(lines[number]):
        return
    last = number
    while lines[last + 1 : last + 2] and not _BEGINS.match(lines[last + 1] or "-"):
        last += 1
    changed = {n: (_indented(lines[n], indent),) for n in range(number, last + 1)}
    sentence = "This line continues the text above: indent it two spaces deeper than its key."
    fault = Fault(number, _indent(lines[number]), sentence)
    yield Repair(changed, fault, changed[number][0], sure=True)


def _dashed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`id: end` as `- id: end`, right below the dash of an item above."""
    line = lines[number]
    margin = " " * _indent(line)
    beside = any(above.startswith(f"{margin}- ") for above in lines[:number])
    if beside and line.split(":")[0].strip() in FIRST_KEYS:
        fix = f"{margin}- {line.lstrip()}"
        yield Repair(
            {number: (fix,)}, Fault(number, len(margin), NEW_ITEM), fix, sure=True, moves=True
        )


def _with_spaces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A line whose indentation, or what follows its dash or colon, only looks like spaces."""
    for at in dict.fromkeys((number, _above(lines, number))):
        begins = re.match(rf"[\s{UNSEEN}]*(?:-[\s{UNSEEN}]+)*(?:[a-z_]+:[\s{UNSEEN}]*)?", lines[at])
        wrong = re.search(rf"[^\S \t]|[{UNSEEN}]", begins[0]) if begins else None
        if begins and wrong:
            plain = re.sub(r"[^\S\t]", " ", re.sub(rf"[{UNSEEN}]", "", begins[0]))
            fix = f"{plain}{lines[at][begins.end() :]}"
            yield Repair({at: (fix,)}, Fault(at, wrong.start(), NO_REAL_SPACE), fix, sure=True)


def _with_dashes(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`-id: end` or `• id: end` as `- id: end`, with such items right above it."""
    last = next((n for n in (number, _above(lines, number)) if with_dash(lines[n])), -1)
    first = last
    while first > 0 and with_dash(lines[first - 1]):
        first -= 1
    if last >= 0:
        found = {n: with_dash(lines[n]) or ("", "") for n in range(first, last + 1)}
        sentence, fix = found[first]
        fault = Fault(first, _indent(lines[first]), sentence)
        yield Repair({n: (new,) for n, (_, new) in found.items()}, fault, fix, sure=True)


def with_dash(line: str) -> tuple[str, str] | None:
    """What is wrong with the sign that begins an item, and the line with a dash instead."""
    match = re.match(r"( *)(-(?=[^\s-])|[–—•·]|\*(?=\s))\s*(?=\S)", line)
    if not match:
        return None
    other = f"An item of a list begins with `- `, not with `{match[2]}`."
    sentence = NO_SPACE if match[2] == "-" else other
    return sentence, f"{match[1]}- {line[match.end() :]}"


def _lined_up(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """A line with what belongs to it, moved to the indentation of a line above."""
    line = lines[fault.line]
    own = _indent(line)
    block = [fault.line, *_deeper(lines, fault.line, own)]
    above = [lines[n] for n in range(fault.line) if _BEGINS.match(lines[n])]
    # A key may also begin behind the dash of its list.
    columns = [at for each in reversed(above) for at in (_behind_dash(each), _indent(each))]
    nearest = sorted(dict.fromkeys(columns), key=lambda at: abs(at - own))
    for shift in (at - own for at in nearest[:6] if at != own):
        for moved in ([fault.line], block):
            changed = {n: (_shifted(lines[n], shift),) for n in moved}
            yield Repair(changed, fault, changed[fault.line][0], moves=True)


def _untabbed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    tabbed = [n for n, line in enumerate(lines) if re.match(r" *\t", line)]
    more = f" So are {len(tabbed) - 1} more lines." if len(tabbed) > 2 else ""
    more = " So is one more line." if len(tabbed) == 2 else more
    told = Fault(fault.line, fault.column, fault.sentence + more)
    for width in TAB_WIDTHS:
        yield Repair({n: (_spaces(lines[n], width),) for n in tabbed}, told, moves=True)
    first = _spaces(lines[fault.line], 1)
    for indent in dict.fromkeys(_indent(lines[n]) for n in range(fault.line - 1, -1, -1)):
        shift = indent - _indent(first)
        changed = {n: (_shifted(_spaces(lines[n], 1), shift),) for n in tabbed}
        yield Repair(changed, told, moves=True)


def _unfenced(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """What was copied out of a page or a chat, without the lines that stood around it there."""
    fences = [n for n, line in enumerate(lines) if re.fullmatch(r"```\w*\s*", line)]
    if fault.line in fences and len(fences) < len(lines):
        told = Fault(fault.line, 0, FENCE)
        yield Repair(dict.fromkeys(fences, ()), told, sure=True)


def _closed_list(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    line = lines[fault.line]
    if re.fullmatch(r"\s*(?:- )*[a-z_]+:\s+\[[^\]]*", line):
        fix = f"{line.rstrip().rstrip(',')}]"
        column = line.index("[")
        yield Repair({fault.line: (fix,)}, Fault(fault.line, column, OPEN_LIST), fix, sure=True)


def _listed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """`stuck: [one, two]` as items on lines of their own, where something in it is misread."""
    match = re.fullmatch(r"(\s*(?:- )*)([a-z_]+):\s+\[(.*)\]\s*", lines[fault.line])
    if match and match[2] in LISTS:
        margin = " " * (len(match[1]) + 2)
        items = [
            f"{margin}- |\n{margin}  {unwrapped(item)}" for item in rejoined(match[3].split(", "))
        ]
        fix = "\n".join([f"{match[1]}{match[2]}:", *items])
        told = Fault(fault.line, match.end(2) + 2, LIST_MISREAD)
        yield Repair({fault.line: tuple(fix.split("\n"))}, told, fix, sure=match[2] in SENTENCES)


def rejoined(texts: Iterable[str]) -> list[str]:
    """Items with those that go on in small letters put back to the item before them."""
    whole: list[str] = []
    for text in texts:
        begun = bool(whole) and whole[-1][:1].isupper() and whole[-1][-1:] not in ENDS
        if begun and text[:1].islower():
            whole[-1] = f"{whole[-1]}, {text}"
        else:
            whole.append(text)
    return whole


def _above(lines: Sequence[str], number: int) -> int:
    """The nearest line above that holds something, or the line itself."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), number)


def _deeper(lines: Sequence[str], number: int, column: int) -> Iterator[int]:
    """The lines below that are indented deeper than a column: they belong to the line."""
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
