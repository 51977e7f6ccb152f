"""Agendas as people mistype them: one slip in one line."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Slip = tuple[str, str]
"""A pattern that a line must match, and what is put in its place."""
SLIPS: dict[str, Slip] = {
    "a colon is left out": (r"^( {4,}(?:- )?[a-z_]+):( \S)", r"\1\2"),
    "a colon without a space": (r"^( {4,}(?:- )?[a-z_]+): (?=\S)", r"\1:"),
    "a colon of another keyboard": (r"^( {4,}(?:- )?[a-z_]+): ", "\\1\uff1a"),
    "a tab": (r"^ {8}(?=[a-z])", r"\t"),
    "a dash is left out": (r"^( +)- (id: )", r"\1  \2"),
    "a dash of a word processor": (r"^( +)- (id: )", "\\1\u2013 \\2"),
    "a dash without a space": (r"^( +)- (id: )", r"\1-\2"),
    "two dashes": (r"^( +)- (id: )", r"\1-- \2"),
    "a name in the place of an id": (r"^( +)- id: ([a-z]+)$", r"\1\2:"),
    "a line that is moved to the right": (r"^( +)([a-z_]+: \S)", r"\1 \2"),
    "a line that is moved to the left": (r"^( +)  ([a-z_]+: \S)", r"\1 \2"),
    "a key in capitals": (r"^( +)minutes:", r"\1Minutes:"),
    "a misspelt key": (r"^( +)minutes:", r"\1mintues:"),
    "a key of another tool": (r"^( +)minutes:", r"\1duration:"),
    "a comment of another language": (r"^( +)(minutes: .*)$", "\\1// so long\n\\1\\2"),
    "a comment of a web page": (r"^( +)(to: .*)$", "\\1<!-- who -->\n\\1\\2"),
    "a comment behind a value": (r"^( +minutes: \d+)$", r"\1 // about"),
    "a space that is none": (r"^( +)([a-z_]+: [a-z]+)$", "\\1\u00a0\\2"),
    "a space that is none behind the bar": (r"^( +[a-z_]+: \|)$", "\\1\u00a0"),
    "typographic quotes": (r"^( +to: )([a-z]+)$", "\\1\u201c\\2\u201d"),
    "an id with a space": (r"^( +- id: [a-z]+)$", r"\1 too"),
    "a capital in an id": (r"^( +- id: )t([a-z]+)$", r"\1T\2"),
    "an anchor": (r"^( +)- (id: )", r"\1- &here \2"),
    "a full stop for a colon": (r"^( {4,}(?:- )?[a-z_]+): (?=\S)", r"\1. "),
    "a colon behind an id": (r"^( +- id: [a-z_-]+)$", r"\1:"),
    "a key in bold": (r"^( {4,}(?:- )?)([a-z_]+):", r"\1**\2**:"),
    "a bullet that is a letter": (r"^( +)- (id: )", r"\1o \2"),
    "a number for a dash": (r"^( +)- ([A-Z])", r"\g<1>1. \2"),
    "a dash too far to the right": (r"^( +)- (id: )", r"\1  - \2"),
    "a dash too far to the left": (r"^( +)  - ([A-Z])", r"\1- \2"),
    "a colon in a sentence": (r"^( +(?:title|label): )([A-Z][a-z]+) ", r"\1\2: "),
}
"""What goes wrong, by its name."""
HARMLESS: dict[str, Slip] = {
    "a comment": (r"^( +)([a-z_]+: .*)$", "\\1# so it is\n\\1\\2"),
    "an empty line": (r"^( +- id: .*)$", r"\n\1"),
    "spaces at the end": (r"^( +[a-z_]+: .*)$", r"\1   "),
    "quotes around a word": (r"^( +to: )([a-z]+)$", r'\1"\2"'),
}
"""What is no mistake at all, by its name."""


def slipped(text: str, slip: Slip, times: int) -> Iterator[str]:
    """Yield a text with a slip in one of its lines, a few times, in other lines each."""
    pattern, other = slip
    lines = text.split("\n")
    found = [number for number, line in enumerate(lines) if re.search(pattern, line)]
    for number in Random(len(lines)).sample(found, min(times, len(found))):
        wrong = re.sub(pattern, other, lines[number], count=1)
        yield "\n".join([*lines[:number], wrong, *lines[number + 1 :]])
