"""Lists and keys that a bar above them makes a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import LISTS
from mentorwalk.authoring.syntax.item_repairs import NO_TEXT
from mentorwalk.authoring.syntax.nodes import key_names
from mentorwalk.authoring.syntax.parser import parse
from mentorwalk.authoring.syntax.repair import behind_dash, deeper_lines
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar, Source

if TYPE_CHECKING:
    from collections.abc import Collection

    from mentorwalk.authoring.decoding.problems import Misfits
    from mentorwalk.authoring.syntax.source import Node


def without_bar(misfits: Misfits, node: Node, key: str, known: Collection[str] = ()) -> Node:
    """Return the list or the keys that `settle: |` makes a text, and note it; else the node.

    Args:
        misfits: Where it is noted.
        node: What stands behind the key.
        key: The key.
        known: The keys that can stand below it; empty where any can.
    """
    if not isinstance(node, Scalar) or node.style not in ("|", ">"):
        return node
    line = misfits.source.line(node.line)
    meant = _below(misfits.source, node) if line[: node.column].strip() else None
    names = key_names(meant)
    # A sentence may have a colon.
    told = names and (key in LISTS or (known and {*names}.isdisjoint(known)))
    if isinstance(meant, Scalar | None) or told:
        return node
    fix = f"{line[: node.column].rstrip()}{re.sub('^[|>][-+0-9]*', '', line[node.column :])}"
    what = "A list stands" if isinstance(meant, Items) else "Keys stand"
    misfits.note(node, NO_TEXT.format(what=what, key=key, bar=node.style), fix)
    return meant


def _below(source: Source, node: Scalar) -> Items | Pairs | Scalar | None:
    """Return what the lines below a bar would be without it; None if they are not YAML."""
    text = [*deeper_lines(source.lines, node.line, behind_dash(source.line(node.line)))]
    if not text:
        return None
    # The lines above are left empty, so that every node keeps its place.
    lines = [""] * text[0] + source.lines[text[0] : text[-1] + 1]
    return parse(Source("", "\n".join(lines))).node
