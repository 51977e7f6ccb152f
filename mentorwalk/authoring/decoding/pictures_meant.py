"""Pictures that are named in words, such as `wheel of now and enough`, where keys are needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.syntax.source import Scalar
from mentorwalk.domain.agenda import Drawn
from mentorwalk.domain.fields import DRAWS

if TYPE_CHECKING:
    from collections.abc import Collection

    from mentorwalk.authoring.syntax.source import Node

PICTURE_KEYS = "A picture has its keys within braces: write `picture: {written}`"
_JOINED = ("of", "and", "the", "with", "from")
"""The words that stand between the ids of what is drawn."""


def picture_meant(
    node: Node, line: str, known: Collection[str], ids: Collection[str]
) -> tuple[str, str] | None:
    """Return what to say of a picture in words, and its line with keys; None if it is none.

    Args:
        node: The words.
        line: The line that they stand in.
        known: The keys that are needed there.
        ids: The ids in the file.
    """
    text = node.text if isinstance(node, Scalar) and {*known} == {*keys_of(Drawn)} else ""
    kind, *rest = re.findall(r"[\w@-]+", text.lower()) or [""]
    if kind not in DRAWS:
        return None
    drawn = [word for word in rest if word not in _JOINED]
    if not drawn or not {*ids}.issuperset(drawn):
        sentence = PICTURE_KEYS.format(written=f"{{kind: {kind}, of: ID}}")
        return f"{sentence}, with the id of the field that it draws.", ""
    of = drawn[0] if len(drawn) == 1 else f"[{', '.join(drawn)}]"
    written = f"{{kind: {kind}, of: {of}}}"
    return f"{PICTURE_KEYS.format(written=written)}.", line.replace(text, written, 1)
