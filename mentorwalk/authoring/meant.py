"""Nodes as they were meant, with a note of what their authors wrote instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mentorwalk.authoring.items import has_keys, items_by_name, lifted, own_keys_behind
from mentorwalk.authoring.keys import KEYS
from mentorwalk.authoring.nodes import is_empty
from mentorwalk.authoring.rewriting import INDENTED_LIST
from mentorwalk.authoring.source import Items, Pairs, Scalar
from mentorwalk.domain.errors import looks_misspelt, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mentorwalk.authoring.problems import Misfits
    from mentorwalk.authoring.source import Node


def as_conditions(misfits: Misfits, node: Pairs, key: str) -> Pairs:
    """Return conditions without those that wait for no answer, and note these."""
    kept = []
    for name, answer in node.pairs:
        text = name.text if isinstance(name, Scalar) else ""
        glued = re.fullmatch(r"([a-z][\w.]*)(?: *:| *==?| +is) *(\S.*)", text)
        line = misfits.source.line(name.line)
        if is_empty(answer) and glued:
            meant = f"{glued[1]}: {glued[2]}"
            sentence = f"A colon and a space stand between a field and its answer: `{meant}`."
            misfits.note(name, sentence, line.replace(text, meant, 1))
        elif is_empty(answer) and text:
            field = shown(text, 40)
            sentence = (
                f"`{field}` needs its answer: `{key}: {{{field}: yes}}`. Where any will do, it is "
                "`[]`."
            )
            misfits.note(name, sentence)
        else:
            kept.append((name, answer))
    return node._replace(pairs=tuple(kept))


def named(misfits: Misfits, node: Pairs, key: str) -> Items | None:
    """Note items that are named like keys, and return them as they were meant; None if not.

    What was meant is `- id: hello` in the place of `hello:`.
    """
    if key == "checklist":
        return Items(node.line, node.column, (with_group(misfits, node),))
    items = items_by_name(node)
    for name, _ in node.pairs if items else ():
        margin = misfits.source.line(name.line)[: name.column]
        fix = f"{margin}- id: {name.text}" if isinstance(name, Scalar) else ""
        misfits.note(name, f"`{key}` must be a list: each item begins with `- id:`.", fix)
    return items


def in_their_list(misfits: Misfits, node: Items, kind: Any) -> tuple[Node, ...]:
    """Return the items of a list, and note those that belong to a list within one of them."""
    nodes, sunk = lifted(node.nodes, kind)
    for key, items in sunk:
        first, last = items[0].line, items[-1].line
        dash, lines = misfits.source.line(first).find("-"), range(first, last + 1)
        deeper = " " * (key.column + 2 - dash)
        short = all(isinstance(item, Scalar) and not item.style for item in items)
        fix = "\n".join(f"{deeper}{misfits.source.line(n)}" for n in lines)
        sentence = INDENTED_LIST.format(key=key.text)
        misfits.note(items[0], sentence, fix if short else "")
    return nodes


def with_own_keys(misfits: Misfits, node: Pairs, keys: Mapping[str, Any]) -> Pairs:
    """Return keys as they were meant where some belong to an item above, and note these."""
    meant, first = own_keys_behind(node, keys)
    if first:
        sentence = (
            f"Indent this, and what is below it: `{first.text}` belongs to the item above, and "
            "stands below its first key."
        )
        misfits.note(first, sentence)
    return meant


def with_id(misfits: Misfits, node: Pairs, keys: Collection[str]) -> Pairs:
    """Return keys as they were meant where `- hello:` stands for `- id: hello`, and note it."""
    name, inner = node.pairs[0] if node.pairs else (node, node)
    if not (isinstance(name, Scalar) and isinstance(inner, Scalar)):
        return node
    words = next((each for each in ("ask", "label") if each in keys), "")
    alone = words and len(node.pairs) == 1 and inner.line == name.line and name.text not in KEYS
    if inner.text and not alone:
        return node
    if name.text in keys or looks_misspelt(name.text, keys) or has_keys(node, ("id",)):
        return node
    line, key = misfits.source.line(name.line), name._replace(text="id")
    fix = f"{line[: name.column]}id: {name.text}"
    sentence = f"`{name.text}` is the name of this one: write it behind `id:`"
    if not inner.text:
        misfits.note(name, f"{sentence}.", fix)
        return node._replace(pairs=((key, name), *node.pairs[1:]))
    fix = f"{fix}\n{' ' * name.column}{words}: {line[inner.column :]}"
    misfits.note(name, f"{sentence}, then `{words}:`.", fix)
    return node._replace(pairs=((key, name), (name._replace(text=words), inner)))


def with_group(misfits: Misfits, node: Pairs) -> Pairs:
    """Return `The place:` with a list below it as it was meant, a `group:` with its `items`."""
    name, items = node.pairs[0] if len(node.pairs) == 1 else (node, node)
    if not isinstance(name, Scalar) or not isinstance(items, Items) or name.text == "items":
        return node
    line = misfits.source.line(name.line)
    dash = line.rfind("-", 0, name.column)
    column = (dash if dash >= 0 else name.column) + 2
    margin = " " * column
    fix = f"{' ' * (column - 2)}- group: {name.text}\n{margin}items:"
    sentence = "A group of things to tick off has its name behind `group:`, and then `items:`."
    misfits.note(name, sentence, fix if items.column >= column else "")
    group, held = name._replace(text="group"), name._replace(text="items")
    return node._replace(pairs=((group, name), (held, items)))
