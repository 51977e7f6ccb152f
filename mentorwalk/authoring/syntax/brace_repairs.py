"""Repairs of keys within braces on one line: signs that are missing, and texts that need marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.format.keys import FIRST_KEYS, KEYED, KEYS, PROSE
from mentorwalk.authoring.syntax.change_repairs import is_changed
from mentorwalk.authoring.syntax.repair import ID, Repair, deeper_lines, indent_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEVERAL_KEYS = "Several keys on one line stand within braces."
OPEN_BRACES = "Braces begin here with `{`, but their `}` is missing."
OPEN_LIST = "A list begins here with `[`, but its `]` is missing."
COMMA_MISSING = "Within braces, a comma stands before each key but the first."
COLON_BETWEEN = "A colon and a space stand between a field and its answer: `{meant}`."
IN_MARKS = "Within braces, a text such as this one stands in quotation marks."
_LINE = re.compile(rf"(\s*(?:- )?)(?:({ID}): +)?([{{(]?)\s*([a-z_]+: [^#]*[^#\s])( +#.*)? *")
_BETWEEN = re.compile(r"\s*[,;]\s*(?=([a-z_]+): )|\s+(?=([a-z_]+): )")
_PLAIN = re.compile(r"[^\s{}\[\],\"'*&!%@`#|>?-](?:[^{}\[\],:#]|[:#](?=\S))*")
_WHOLE = re.compile(r"""\"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\[\]{}]*\]|\{[^{}]*: [^{}]*\}""")


class _Pair(NamedTuple):
    """A key and what follows it, with the column where each begins."""

    key: str
    text: str
    column: int
    divided: bool
    """Whether a comma stands before it."""


def braced(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write the keys of an item, or of a changed part, within braces as they have to stand."""
    line = lines[number]
    found = _LINE.fullmatch(line)
    if not found or any(deeper_lines(lines, number, indent_of(line))):
        return
    inner, closed = _without_end(found[4], found[3])
    pairs = _pairs(inner, found.start(4))
    named = is_changed(lines, number) if found[2] else found[1].endswith("- ")
    first = not found[2] and pairs[0].key not in FIRST_KEYS
    if not named or first or not (found[3] or closed) or not _are_pairs(pairs):
        return
    around = f"What follows `{found[2]}:` on its line stands within braces."
    wrong = [(found.start(3), around if found[2] else SEVERAL_KEYS)] if found[3] != "{" else []
    wrong += [(found.start(3), OPEN_BRACES)] if not closed else []
    wrong += _wrong(pairs)
    if wrong:
        name = f"{found[2]}: " if found[2] else ""
        keys = ", ".join(f"{pair.key}: {_marked(pair.text)}" for pair in pairs)
        fix = f"{found[1]}{name}{{{keys}}}{found[5] or ''}"
        yield Repair.of_line(number, *wrong[0], fix)


def _without_end(text: str, opened: str) -> tuple[str, bool]:
    """Return what stands within braces, and whether they are closed."""
    begin, end = ("(", ")") if opened == "(" else ("{", "}")
    closed = text.endswith(end) and text.count(end) > text.count(begin)
    return (text[:-1].rstrip() if closed else text), closed


def _pairs(text: str, column: int) -> list[_Pair]:
    """Return the keys on a line with their texts: a comma within a text is no end of it."""
    begins, divided = [0], [True]
    for found in _BETWEEN.finditer(text):
        before = text[begins[-1] :].partition(":")[0]
        key = found[1] or found[2]
        if key in KEYS and (found[1] or before not in PROSE or (before, key) == ("pick", "says")):
            begins.append(found.end())
            divided.append("," in found[0])
    ends = [*begins[1:], len(text)]
    parts = [text[begin:end].strip().rstrip(",;") for begin, end in zip(begins, ends, strict=True)]
    return [
        _Pair(key, words.strip(), column + begin, comma)
        for part, begin, comma in zip(parts, begins, divided, strict=True)
        for key, _, words in (part.partition(":"),)
    ]


def _are_pairs(pairs: Sequence[_Pair]) -> bool:
    """Return whether all keys are known, and all texts have words and whole marks."""
    keys = [pair.key for pair in pairs]
    whole = all(re.search(r"\w", pair.text) and KEYS.issuperset(keys) for pair in pairs)
    divided = [pair.text for pair in pairs if pair.text.count('"') % 2]
    return whole and len({*keys}) == len(keys) and len(divided) < 2


def _wrong(pairs: Sequence[_Pair]) -> Iterator[tuple[int, str]]:
    """Return what is wrong with some keys, the first first: a column and a sentence."""
    for pair in pairs:
        if not pair.divided:
            yield pair.column, COMMA_MISSING
        if _marked(pair.text) != pair.text:
            yield pair.column + len(pair.key) + 2, IN_MARKS


def _marked(text: str) -> str:
    """Return a text as it stands within braces, in quotation marks if it needs them."""
    if _PLAIN.fullmatch(text) or _WHOLE.fullmatch(text):
        return text
    words = text[1:] if text[0] in "\"'" and text.count(text[0]) == 1 else text
    return '"{}"'.format(words.replace("\\", "\\\\").replace('"', '\\"'))


def with_colon_in_braces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `when: {prepared [One]}` and `when: {prepared:[One]}` with a colon and a space."""
    found = re.fullmatch(
        r"(\s*(?:- )*([a-z_]+): +\{) *([\w.-]+)(?::| *=+>? *| +is +| +)(\[[^\[\]{}:]*\] *\}.*)",
        lines[number],
    )
    if found and found[2] in KEYED:
        meant = f"{found[3]}: {found[4]}"
        sentence = COLON_BETWEEN.format(meant=meant[: meant.index("]") + 1])
        yield Repair.of_line(number, found.end(3), sentence, f"{found[1]}{meant}")


def listed_in_braces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `when: {prepared: [One, Two}` with the bracket that is missing."""
    found = re.fullmatch(r"(\s*(?:- )*([a-z_]+): +\{[^\[\]{}]*)(\[[^\[\]{}:]*)\}\s*", lines[number])
    if found and found[2] in KEYED:
        fix = f"{found[1]}{found[3].rstrip()}]}}"
        yield Repair.of_line(number, found.start(3), OPEN_LIST, fix)
