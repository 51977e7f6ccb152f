"""Keep what people typed as text in Markdown: it is escaped only where it would mean more."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from mentorwalk.documents.refusal import Refusal
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
        Refusal: It is nothing that has words, such as a list that Jinja has yet to make.
    """
    if isinstance(value, Markdown):
        return value
    if isinstance(value, Whole):
        return value.in_markdown()
    return escaped(in_words(value))


def in_words(value: Any) -> str:
    """Return a value as a sentence has it: items are listed, and Markdown stays Markdown.

    Raises:
        Refusal: It has parts with names, or no words at all.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Whole):
        return str(value)
    if isinstance(value, dict):
        raise Refusal(_with_parts(value))
    if isinstance(value, list | tuple):
        if any(isinstance(each, dict | list | tuple) for each in value):
            raise Refusal(
                "This is a list of things that have parts: go through it, as in "
                "`{% for each in clauses %}`, and name what you want of each."
            )
        return join_words([in_words(each) for each in value])
    if not _has_words(value):
        raise Refusal(
            "This is no text: name what is in it, or list what it gives with `| list | listed`."
        )
    return "" if value is None else str(value)


def _with_parts(value: dict[Any, Any]) -> str:
    *some, last = (f"`{part}`" for part in value) if value else ("parts",)
    parts = f"{', '.join(some)} and {last}" if some else last
    return f"This is no text but holds {parts}: put a dot behind it, and the one that you want."


def _has_words(value: Any) -> bool:
    """Return whether an expression gave more than the name of a type and where it is in memory."""
    own = any("__str__" in vars(kind) for kind in type(value).__mro__[:-1])
    return own or value is None or isinstance(value, int | float)


def quote(text: str) -> Markdown:
    """Return a text as a block quote, line by line."""
    return Markdown("\n".join(f"> {line}" for line in escaped(text).split("\n")))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return text.split("\n\n")
