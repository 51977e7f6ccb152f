"""The Markdown of documents as a page reads it, and which of its words a page shows."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import count
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

# Raw HTML stays text; an image would have to come from outside.
PARSER = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
PARSER.enable(["table", "strikethrough"]).disable("image")


def hidden_words(text: str) -> list[str]:
    """Return the words of a text that its page would not show, such as those of a definition.

    The target of a link counts as shown: whoever follows the link sees it.
    """
    shown = Counter(_words(" ".join(_texts(PARSER.parse(text)))))
    return list((Counter(_words(unescape(text))) - shown).elements())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _texts(tokens: Iterable[Token]) -> Iterator[str]:
    # Of each list that is open, the number that its next item gets; None where it has signs.
    numbers: list[count[int] | None] = []
    for token in tokens:
        if token.type.endswith("_list_open"):
            ordered = token.type == "ordered_list_open"
            numbers.append(count(int(token.attrs.get("start", 1))) if ordered else None)
        elif token.type.endswith("_list_close"):
            numbers.pop()
        # The text around emphasis may be one word: `wo*rd*`.
        if token.children is not None:
            yield "".join(each.content or " " * (each.tag == "br") for each in token.children)
            yield from (str(each.attrs.get("href", "")) for each in token.children)
        elif token.type == "list_item_open":
            # A page counts on from the first number, whatever numbers stand before the others.
            yield str(next(numbers[-1])) if numbers[-1] else ""
        else:
            # What stands behind the first signs of a block of code, no page shows.
            yield token.content
