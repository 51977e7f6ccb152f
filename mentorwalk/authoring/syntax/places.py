"""The places of values in a file, for problems that are found after it was decoded."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.authoring.syntax.rewriting import on_own_line
from mentorwalk.authoring.syntax.source import Scalar

if TYPE_CHECKING:
    from mentorwalk.authoring.syntax.source import Node, Source
    from mentorwalk.domain.errors import Problem

Place = tuple[str | int, ...]
"""The keys and positions that lead to a value from the top: `("phases", 0, "title")`."""
WORD_LINES = 200
"""The most lines of a text that are searched for a word."""


class Places:
    """The nodes of a file, by the places of the values that were decoded from them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.nodes: dict[Place, Node] = {}

    def at(self, place: Place) -> Node:
        """Return the node at a place, or the nearest one around it."""
        while place and place not in self.nodes:
            place = place[:-1]
        return self.nodes[place]

    def of_word(self, node: Node, word: str) -> tuple[int, int]:
        """Return the line and the column of a word in a node's text, or else of the node."""
        last = min(len(self.source.lines), node.line + WORD_LINES) if word else node.line
        for line in range(node.line, last):
            begin = node.column if line == node.line else 0
            column = self.source.line(line).find(word, begin)
            if column >= 0:
                return line, column
        return node.line, node.column

    def problem(
        self, place: Place, sentence: str, word: str = "", instead: str = "", name: str = ""
    ) -> Problem:
        """Return a problem at a place, or at a word of the text there and what to write for it."""
        node = self.at(place)
        line, column = self.of_word(node, word)
        fix = self.source.with_words(line, column, word, instead)
        if instead.startswith("{") and (line, column) == (node.line, node.column):
            fix = _on_own_line(node, fix, fix[:column])
        problem = self.source.problem(line, column, sentence, fix)
        # Lines below a key may say again what the line above it says: that one stays.
        listed = bool(fix) and instead.startswith("\n")
        own = (line + 1, line + 1) if listed else problem.replaced
        return replace(problem, replaced=own, name=name)


def _on_own_line(node: Node, line: str, before: str) -> str:
    """Return a line with its text on its own line, where it would be read as keys; or nothing."""
    whole = isinstance(node, Scalar) and node.last == node.line
    return on_own_line(line) if whole and re.fullmatch(r"[ -]*(?:[a-z_]+: +)?", before) else ""


def last_key(place: Place) -> str:
    """Return the key that a place belongs to; empty at the top."""
    for step in reversed(place):
        if isinstance(step, str):
            return step
    return ""
