"""A picture in Markdown: its text in a fenced block, or a tree as a list in a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.documents.markdown import Markdown, escaped
from mentorwalk.documents.pictures.text import as_text
from mentorwalk.domain.pictures import Tree, tidied
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.domain.values import Node

WIDTH = 60
"""The columns of a picture in Markdown."""


def as_markdown(picture: AnyPicture) -> Markdown:
    """Return a picture as lines of Markdown, which stand by themselves in a document."""
    tidy = tidied(picture)
    if tidy.empty:
        return Markdown(escaped(" ".join(as_text(tidy, WIDTH))))
    if isinstance(tidy, Tree):
        return Markdown("\n".join(_items(tidy.roots)))
    # Above who agrees stands a line that begins like this, and no word may be taken for it.
    text = re.sub("(?m)^<!--", " <!--", "\n".join(as_text(tidy, WIDTH)))
    # Longer than any run within it, so that words cannot close it.
    fence = "`" * max(3, *(1 + len(run) for run in re.findall("`*", text)))
    return Markdown(f"{fence}{tidy.kind}\n{text}\n{fence}")


def _items(nodes: Sequence[Node], indent: str = "") -> Iterator[str]:
    for node in nodes:
        yield f"{indent}- {escaped(node.label)}"
        yield from _items(node.children, f"{indent}  ")
