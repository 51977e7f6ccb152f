"""The Markdown of documents as a page reads it, and which of its words a page shows."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
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
    for token in tokens:
        # The text around emphasis may be one word: `wo*rd*`.
        if token.children is not None:
            yield "".join(each.content or " " * (each.tag == "br") for each in token.children)
            yield from (str(each.attrs.get("href", "")) for each in token.children)
        elif token.type == "fence":
            # What stands behind its first signs is for programs, and no page shows it.
            yield token.content
        else:
            yield f"{token.content} {token.info}"
