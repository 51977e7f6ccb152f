"""Keep what people typed as text in Markdown: it is escaped only where it would mean more."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from mentorwalk.domain.text import clean, join_words


class Markdown(str):
    """Text that is Markdown already, and goes into a document as it is."""

    __slots__ = ()


class Whole:
    """A value that has parts of its own, and words for all of it."""

    words = ""
    """What it reads like in a sentence."""

    def __str__(self) -> str:
        """Return the words for all of it."""
        return self.words

    def in_markdown(self) -> str:
        """Return what stands in a document where all of it is put there."""
        return escaped(self.words)


_INLINE = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)    # a backslash that would escape something, or break the line
    | `
    | (?<!\s)\*|\*(?!\s)         # a star that touches a word
    | (?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])   # an underscore at the edge of a word
    | (?<=\])[(\[]               # what makes a link of [words]
    | !(?=\[)
    | <(?=[A-Za-z/!?]|[\w.!\#$%&'*+/=?^`{|}~-]+@)   # a tag, a comment, an address
    | ~(?=~)|(?<=~)~
    | \|                         # a table's column
    | (?<=\s)\#(?=\#*$)          # what closes a heading
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(\#?\w+;)")
_LINE_START = re.compile(
    r"""
      \#{1,6}(?=\s|$) | > | [-+*](?=\s|$) | [-=_*:](?=[-=_*:|\s]*$)
    | \[(?=[^\]]*(?:\]:|$))
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Return a text that means only itself in Markdown; ordinary prose stays as it is."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return "  \n".join(_escaped_line(line) for line in lines if line)


def _escaped_line(line: str) -> str:
    numbered = _NUMBERED.match(line)
    if numbered:
        return f"{numbered[1]}\\{_inline(line[numbered.end(1) :])}"
    start = _LINE_START.match(line)
    rest = _inline(line[1:] if start else line)
    return f"\\{line[0]}{rest}" if start else rest


def _inline(text: str) -> str:
    return _ENTITY.sub(_not_an_entity, _INLINE.sub(_backslashed, text))


def _not_an_entity(match: re.Match[str]) -> str:
    meant = match[1].startswith("#") or match[1] in html5
    return f"\\{match[0]}" if meant else match[0]


def _backslashed(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def finalized(value: Any) -> str:
    """Return what an expression puts into a document: text is escaped, Markdown is not.

    Raises:
        TypeError: It is nothing that has words, such as a list that Jinja has yet to make.
    """
    if isinstance(value, Markdown):
        return value
    if isinstance(value, Whole):
        return value.in_markdown()
    if not _has_words(value):
        raise TypeError(
            "This is no text: name what is in it, or list what it gives with `| list | listed`"
        )
    return escaped(in_words(value))


def in_words(value: Any) -> str:
    """Return a value as a sentence has it: items are listed, and Markdown stays Markdown."""
    if isinstance(value, str):
        return value
    listed = isinstance(value, tuple) and not isinstance(value, Whole)
    return join_words(list(value)) if listed else str(value)


def _has_words(value: Any) -> bool:
    """Return whether an expression gave more than the name of a type and where it is in memory."""
    own = any("__str__" in vars(kind) for kind in type(value).__mro__[:-1])
    return own or isinstance(value, int | float | tuple | list | dict | None)


def quote(text: str) -> Markdown:
    """Return a text as a block quote, line by line."""
    return Markdown("\n".join(f"> {line}" for line in escaped(text).split("\n")))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return text.split("\n\n")
