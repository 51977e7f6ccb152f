"""Repairs of texts that YAML reads as something else, and that stand below a bar instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import ITEM_LISTS, LISTS, NAMING, PROSE
from mentorwalk.authoring.syntax.questions import list_of
from mentorwalk.authoring.syntax.repair import (
    BEGINS,
    KEY,
    Repair,
    deeper_lines,
    indent_of,
    indented,
    line_above,
)
from mentorwalk.authoring.syntax.rewriting import CONTINUED, OWN_LINE, item_on_own_line, on_own_line
from mentorwalk.authoring.syntax.yaml_faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CUT = f"What follows ` #` is read as a comment, but this text goes on. {OWN_LINE}"
BAR_ALONE = "Nothing but `|` follows `{key}` here: the text begins on the next line."
NO_COLON = "No colon is needed at the end: take it out."
MARKS_MISSING = "A quotation mark ends this text: write one where it begins, too."
MARKS_TWICE = "One quotation mark stands at each end of a text, not two."
_SOILED = re.compile(
    r"(\s*(?:- )*)(?:([a-z_]+):|(?<=- )) *(?:[|>][-+]?\s*(?:[^\w\s{#\"'+-]+|(?://|--) ?.*)"
    r"|[^\w\s#|>]|([\"'])[|>]\3) *"
)
"""A line with the bar of a text and signs that nobody wants, or with such a sign for a bar."""
_OPEN = re.compile(r"(\s*(?:- )*)(?:([a-z_]+):|-)\s*(?:#.*)?")
"""A line with a key, or the dash of an item, whose text begins below it."""
_SIGN = re.compile(r" *([{\[*&!%@`]|([\"'])(?=.*\2\s*\w))")
"""The first character of a text, if it means something to YAML."""


def barred(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `says:` as `says: |` above a sentence with a colon, or with a sign that is misread."""
    above = _opened(lines, number)
    key = _OPEN.fullmatch(lines[above])
    between = range(above + 1, number)
    first = next((n for n in between if lines[n].strip() and not _is_comment(lines[n])), number)
    # What begins like an item with its keys is no text.
    items = first < number and re.match(rf"{KEY}:", lines[first])
    wrong = "" if items else _misread(lines, number, first)
    if key and wrong and _holds_text(lines, above, key[2]):
        bar = f"{key[1]}{key[2]}: |" if key[2] else f"{lines[above].rstrip()} |"
        column = len(key[1]) + 2
        text = {n: (indented(lines[n], column),) for n in _text_from(lines, first, column)}
        # Below a bar, a comment would be a part of the text.
        apart = {n: () for n in between if _is_comment(lines[n])}
        fix = "" if apart else f"{bar}\n{indented(lines[first], column)}"
        told = f"{wrong}: write `{bar.lstrip(' -') if key[2] else '- |'}` above it."
        fault = Fault(first, indent_of(lines[first]), told)
        yield Repair({above: (bar,), **apart, **text}, fault, fix, sure=True)


def _opened(lines: Sequence[str], number: int) -> int:
    """Return the line above that stands less deep, or as deep with nothing behind its key."""
    own = indent_of(lines[number])
    before = line_above(lines, number)
    if indent_of(lines[before]) == own and re.fullmatch(rf"{KEY}:\s*", lines[before]):
        return before
    above = (n for n in range(number - 1, -1, -1) if lines[n].strip())
    return next((n for n in above if indent_of(lines[n]) < own), number)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _holds_text(lines: Sequence[str], number: int, key: str | None) -> bool:
    """Return whether what stands below a key, or below a dash alone, is a text."""
    return key in PROSE if key else list_of(lines, number) in LISTS


def _misread(lines: Sequence[str], number: int, first: int) -> str:
    """Return why a text needs a bar; empty if it does not."""
    if sign := _SIGN.match(lines[number]):
        return f"A text that begins with `{sign[1]}` is misread here"
    if re.match(r" +\w+ [^:]*: ", lines[number]):
        return "This sentence contains a colon"
    cut = first < number and re.search(r"\S #", lines[line_above(lines, number)])
    goes_on = cut and not BEGINS.match(lines[number])
    return "What follows ` #` is read as a comment, but this text goes on" if goes_on else ""


def _text_from(lines: Sequence[str], first: int, column: int) -> Iterator[int]:
    """Return the lines of a text that are not deep enough to stand below its key."""
    for number in range(first, len(lines)):
        if lines[number].strip() and indent_of(lines[number]) >= column:
            return
        if BEGINS.match(lines[number]):
            return
        if lines[number].strip():
            yield number


def sunk_text(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Indent a sentence with a colon at the margin, right below the bar to which it belongs."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        above = line_above(lines, at)
        bar = re.fullmatch(r"(\s*(?:- )*)(?:([a-z_]+): |(?<=- ))[|>]\s*", lines[above])
        words = re.match(r"[^\W\d_]\w* .*:(?: |$)", lines[at])
        if bar and words and at > above:
            fix = indented(lines[at], len(bar[1]) + 2 * bool(bar[2]))
            yield Repair.of_line(at, 0, CONTINUED, fix)


def barred_above(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Put a text after `|` that begins behind its key, and has a colon in a line further below."""
    above = _opened(lines, number)
    key = re.match(rf"{KEY}: +(?=[^\s|>#\"'{{\[])", lines[above])
    own = key and above < number and not BEGINS.match(lines[number])
    if key and own and key[2] in PROSE and not any(map(_is_comment, lines[above + 1 : number])):
        sentence = f"This sentence contains a colon. {OWN_LINE}"
        yield from behind_bar(lines, Fault(above, key.end(), sentence))


def barred_with_braces(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Put an item after `|` that goes on behind a colon and braces, or words in marks."""
    line = lines[fault.line]
    item = re.match(r" *- \w[^:]*: +[{\[\"'].*?[}\]\"'].", line)
    if item and line[: fault.column].strip(" -") and list_of(lines, fault.line) in LISTS:
        told = Fault(fault.line, line.index(":"), f"This sentence contains a colon. {OWN_LINE}")
        fix = item_on_own_line(line)
        yield Repair({fault.line: tuple(fix.split("\n"))}, told, fix, sure=True)


def barred_item(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- Tour of the house:` above words that belong to it as one text, after `- |`."""
    first = line_above(lines, number)
    item = re.fullmatch(r"( *- )(\w+ [^|>]*:)\s*", lines[first])
    deeper = item and indent_of(lines[number]) > indent_of(lines[first])
    if item and deeper and list_of(lines, first) in LISTS and not BEGINS.match(lines[number]):
        margin = " " * len(item[1])
        fix = f"{item[1]}|\n{margin}{item[2]}\n{indented(lines[number], len(margin))}"
        sentence = f"This sentence contains a colon. {OWN_LINE}"
        fault = Fault(first, len(margin), sentence)
        text = deeper_lines(lines, first, indent_of(lines[first]))
        below = {n: (indented(lines[n], len(margin)),) for n in text}
        head = (f"{item[1]}|", f"{margin}{item[2]}")
        yield Repair({**below, first: head}, fault, fix, sure=True)


def uncolonned(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `label: Your goals:` without the colon at its end: where it is needed, it is added."""
    form = re.compile(rf"({KEY}: +(?![\s|>\"'{{\[])(?:[^:#]|:(?=\S))*[^:#\s]):\s*")
    for at in dict.fromkeys((number, line_above(lines, number))):
        named = form.fullmatch(lines[at])
        if named and named[3] in NAMING and named[3] not in ITEM_LISTS:
            fault = Fault(at, named.end(1), NO_COLON)
            yield Repair({at: (named[1],)}, fault, named[1], sure=True)


def uncut(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Put a text after `|` that ` #` cuts off, although it goes on in the next line."""
    above = line_above(lines, number)
    key = re.match(rf"{KEY}: +[^\s|>#].*?\S(?= #)", lines[above])
    deeper = key and indent_of(lines[number]) > len(key[1])
    if key and deeper and key[2] in PROSE and not BEGINS.match(lines[number]):
        yield from behind_bar(lines, Fault(above, key.end() + 1, CUT))


def behind_bar(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Put a text after `|`, with the lines below that belong to it."""
    line = lines[fault.line]
    fix = on_own_line(line)
    if not fix:
        return
    key = re.match(rf"{KEY}:", line)
    column = len(key[1]) if key else indent_of(line)
    first, indent = fix.split("\n")[0], column + 2
    rest = list(deeper_lines(lines, fault.line, column))
    below = {number: (indented(lines[number], indent),) for number in rest}
    text = not any(BEGINS.match(lines[number]) for number in rest)
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


def cleaned(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `ask: |.`, `ask: | // ours` or `ask: -` above a text as `ask: |`."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        found = _SOILED.fullmatch(lines[at])
        text = [*deeper_lines(lines, at, len(found[1]) if found else 0)]
        texts = found and _holds_text(lines, at, found[2])
        if found and texts and text and not any(BEGINS.match(lines[n]) for n in text):
            name = f"{found[2]}:" if found[2] else "-"
            fix = f"{found[1]}{name} |" if found[2] else f"{found[1]}|"
            column = len(f"{found[1]}{name} " if found[2] else found[1])
            yield Repair.of_line(at, column, BAR_ALONE.format(key=name), fix)


def requoted(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `{mentee}'s step"`, and the same in doubled quotation marks, in one pair of them."""
    text = r"(\"{0,2})([{\w][^\"\\]*[^\"\\\s])(\"{1,2}) *"
    found = re.fullmatch(rf"({KEY}: +){text}", lines[number])
    if found and found[3] in PROSE and (found[4] != found[6] or len(found[4]) > 1):
        fix = f'{found[1]}"{found[5]}"'
        sentence = MARKS_TWICE if found[4] else MARKS_MISSING
        yield Repair.of_line(number, found.start(4), sentence, fix)
