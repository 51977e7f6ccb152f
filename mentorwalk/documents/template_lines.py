"""Lines of a template that a document would show otherwise than they are meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.documents.template_tags import Fault, without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RULE = frozenset("|:- \t")
"""The signs of the second line of a table."""
_OUT_OF = re.compile(r"\{\{ *answers\.(\w+) *\}\}(?P<of> (?:of|out of|from) \d+| ?/ ?\d+)")
_TAG_ALONE = re.compile(r"\s*(?:\{%[^%]*%\}\s*)+")


_LONELY = re.compile(r"\s*\{(?:% *(\w+)[^%]*%|#[^#]*#)\}\s*")
"""A line that is one tag, or one remark, and so none in the document."""
_TAGS = ("for", "endfor", "tag")
"""The kinds of such lines."""
_CUT = (
    "An empty line ends a table, and this row is shown as text: take line {line} out, which is "
    "empty."
)
_CUT_IN_LOOP = (
    "An empty line ends a table, and from its second time on this row is shown as text: take line "
    "{line} out, which is empty."
)


class _Line(NamedTuple):
    """A line of a template, counted from 1."""

    number: int
    kind: str
    """A `row` of a table, the `rule` below its names, a tag by its word, `empty`, or `text`."""


class OutOf(NamedTuple):
    """An answer that a template follows with the most that it can be, such as `of 10`."""

    place: Fault
    field: str
    words: str


def tables_without_rule(text: str) -> Iterator[Fault]:
    """Yield the first line of each table that lacks the line below its names, with the sentence."""
    both = enumerate(zip(text.split("\n"), without_tags(text).split("\n"), strict=True))
    # A line that is nothing but tags is none in the document.
    lines = [(n, words) for n, (line, words) in both if not _TAG_ALONE.fullmatch(line)]
    for number, rows in _blocks(lines):
        ruled = any("-" in row and _RULE.issuperset(row) for row in rows)
        if len(rows) > 1 and not ruled:
            rule = _rule_below(rows[0])
            sentence = f"A table needs a line below the names of its columns: write `{rule}` there."
            yield Fault(number + 1, 1, sentence)


def cut_tables(text: str) -> Iterator[Fault]:
    """Yield the place where an empty line cuts a table off from its rows, with the sentence."""
    lines = [*_lines(text)]
    ruled, empty, looped, row = False, 0, False, 0
    for at, (number, kind) in enumerate(lines):
        below = lines[at + 1].kind if at + 1 < len(lines) else ""
        if kind == "row" and ruled and empty and below != "rule":
            yield Fault(number, 1, _CUT.format(line=empty))
        elif kind == "endfor" and ruled and empty and looped and row:
            yield Fault(row, 1, _CUT_IN_LOOP.format(line=empty))
        if kind == "rule":
            ruled, looped = at > 0 and lines[at - 1].kind == "row", False
        elif kind == "text" or (kind == "row" and empty):
            ruled = False
        elif kind in ("for", "endfor"):
            looped = kind == "for"
        row = number if kind == "row" else row * (kind not in ("for", "rule"))
        empty = number if kind == "empty" else empty * (kind in _TAGS)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of a template as its document has them, each with what it is."""
    both = zip(text.split("\n"), without_tags(text).split("\n"), strict=True)
    for number, (line, words) in enumerate(both, start=1):
        tag = _LONELY.fullmatch(line)
        if words.startswith("|"):
            yield _Line(number, "rule" if "-" in words and _RULE.issuperset(words) else "row")
        elif not line.strip():
            yield _Line(number, "empty")
        elif tag is None or "-%}" in line or "{%-" in line:
            yield _Line(number, "text")
        else:
            yield _Line(number, tag[1] if tag[1] in _TAGS else "tag")


def _blocks(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that begin with a bar and follow each other, with the number of the first."""
    rows: list[str] = []
    begin = 0
    for number, line in (*lines, (0, "")):
        if line.startswith("|"):
            begin = begin if rows else number
            rows.append(line)
        elif rows:
            yield begin, rows
            rows = []


def _rule_below(names: str) -> str:
    """Return the line that goes below the names of a table's columns."""
    return f"|{'---|' * max(1, names.rstrip().strip('|').count('|') + 1)}"


def out_of(text: str) -> Iterator[OutOf]:
    """Yield each answer that is followed by how much it can be."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _OUT_OF.finditer(line):
            yield OutOf(Fault(number, found.start("of") + 2), found[1], found["of"])
