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
