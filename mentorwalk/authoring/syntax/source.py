"""A YAML file as text, and the nodes that its text is parsed into, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.syntax.kinds import not_yaml
from mentorwalk.authoring.syntax.rewriting import OWN_LINE, lines_replaced, on_own_line
from mentorwalk.domain.errors import InputError, Problem, shown_path
from mentorwalk.storage.files import read_text_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda

SIZE_LIMIT = 256 * 1024
"""The most bytes of a file: five times the longest bundled agenda."""


class Parent(NamedTuple):
    """An agenda's file that another one extends."""

    file: Path
    text: str
    beside: bool
    """Whether it and all before it were found beside the first one, rather than by their names."""
    named: str
    """The name that the other one gives."""


@dataclass(frozen=True)
class Source:
    """A file's name, as people know it, and its text."""

    name: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return digest_of(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    @property
    def own_lines(self) -> list[str]:
        """The lines of the file itself, which come first."""
        return self.lines

    @property
    def parents(self) -> Iterator[Parent]:
        """The files that it extends, the nearest first."""
        yield from ()

    def whole_text(self, agenda: Agenda) -> str:
        """Return the text of its agenda as it is kept: its own, or what it makes with others.

        Raises:
            ProblemsFound: It would be too large to be read again.
        """
        del agenda
        return self.text

    def line(self, number: int) -> str:
        """Return a line, counted from 0; empty beyond the last."""
        return self.lines[number] if number < len(self.lines) else ""

    def with_words(self, line: int, column: int, words: str, instead: str) -> str:
        """Return a line with others in the place of some words; empty if these are not there.

        No space stays before words that begin a line of their own.
        """
        whole = self.line(line)
        if not (words and instead and whole.startswith(words, column)):
            return ""
        before = whole[:column].rstrip() if instead.startswith("\n") else whole[:column]
        return f"{before}{instead}{whole[column + len(words) :]}"

    def problem(self, line: int, column: int, sentence: str, fix: str = "") -> Problem:
        """Return a problem at a place; line and column are counted from 0, as PyYAML does.

        A sentence that says to put a text on its own line brings the lines to write instead.
        """
        excerpt = self.line(line)
        if OWN_LINE in sentence:
            fix = fix or on_own_line(excerpt)
        # PyYAML may end a block beyond a line that is shorter than those above it.
        column = min(column, len(excerpt))
        replaced = lines_replaced(self.lines, line, fix) if fix else None
        return Problem(self.name, line + 1, column + 1, sentence, excerpt, fix, replaced)


class Scalar(NamedTuple):
    """A text; line and column are counted from 0, here and below."""

    line: int
    column: int
    text: str
    style: str
    """How it is written: `|`, `>`, a quotation mark, or nothing for a plain text."""
    last: int
    """The line in which it ends."""


class Items(NamedTuple):
    """A list."""

    line: int
    column: int
    nodes: tuple[Node, ...]


class Pairs(NamedTuple):
    """Keys with their values, in order."""

    line: int
    column: int
    pairs: tuple[tuple[Node, Node], ...]
    braces: bool
    """Whether it is written as `{...}`: it may be a sentence that begins with a placeholder."""


Node = Scalar | Items | Pairs
"""A part of a file."""


PREP_VERSION = "mentorwalk-prep"
"""The key that a preparation file begins with."""
MADE_BY = '<meta name="generator" content="mentorwalk prep">'
"""A marker in every form for a browser: only such a page may be replaced, and none is YAML."""


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


AN_AGENDA = "An agenda is needed here: `mentorwalk agenda new` begins one."


def read_source(path: Path, needed: str = AN_AGENDA) -> Source:
    """Read a YAML file.

    Args:
        path: The file.
        needed: A sentence that says what is needed, for whoever gives another file of ours.

    Raises:
        InputError: It is missing, unreadable, not an ordinary file, empty, too large or not text,
            or it is a file of ours that is no YAML.
    """
    text = _OTHER_BREAKS.sub(" ", read_text_file(path, SIZE_LIMIT, "a YAML file"))
    name = shown_path(path)
    if not text.strip():
        raise InputError(f"{name}: This file is empty.")
    if MADE_BY in text:
        raise InputError(
            f"{name}: This is the form itself. Open it in a browser: "
            "`Save ...` at its end makes the file to send."
        )
    if what := not_yaml(text):
        raise InputError(f"{name}: This is {what}. {needed}")
    return Source(name, text)


_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
"""The characters that end a line in YAML 1.1, but in no editor: pasted text brings them along."""
