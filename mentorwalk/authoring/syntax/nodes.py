"""Nodes of a file taken apart and put together anew: what is where, and the same with a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.syntax.source import Node


def text_of(node: Node | None) -> str:
    """Return the text of a node without the space around it; empty if it is no text."""
    return node.text.strip() if isinstance(node, Scalar) else ""


def scalar_at(node: Node, text: str) -> Scalar:
    """Return a text as if it stood where a node does."""
    return Scalar(node.line, node.column, text, "", node.line)


def is_empty(node: Node) -> bool:
    """Return whether nothing is written there, not even quotation marks."""
    return isinstance(node, Scalar) and not (node.text or node.style)


def is_soiled(node: Node) -> bool:
    """Return whether characters that only look like spaces stand around a text."""
    return isinstance(node, Scalar) and not node.style and node.text != node.text.strip()


def value_of(node: Node | None, key: str) -> Node | None:
    """Return the value of a key; None if it is not there."""
    for name, value in node.pairs if isinstance(node, Pairs) else ():
        if text_of(name) == key:
            return value
    return None


def key_names(node: Node | None) -> tuple[str, ...]:
    """Return the keys of a node, in order; none if it has none."""
    return tuple(text_of(key) for key, _ in node.pairs) if isinstance(node, Pairs) else ()


def items_of(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list; none if it is no list."""
    return node.nodes if isinstance(node, Items) else ()


def node_at(node: Node | None, place: Place) -> Node | None:
    """Return the node at a place; None if nothing is there."""
    for step in place:
        if isinstance(step, str):
            node = value_of(node, step)
        else:
            items = items_of(node)
            node = items[step] if step < len(items) else None
    return node


def changed_at(node: Node | None, place: Place, change: Callable[[Node | None], Node]) -> Node:
    """Return a node with the part at a place changed; a key that is not there is put in."""
    if not place:
        return change(node)
    step, rest = place[0], place[1:]
    if isinstance(node, Items) and isinstance(step, int):
        inner = changed_at(node.nodes[step], rest, change)
        return node._replace(nodes=(*node.nodes[:step], inner, *node.nodes[step + 1 :]))
    return _with_value(node, str(step), changed_at(value_of(node, str(step)), rest, change))


def _with_value(node: Node | None, key: str, value: Node) -> Pairs:
    """Return keys with another value of one of them, at the end if it was not among them."""
    pairs = node.pairs if isinstance(node, Pairs) else ()
    if key not in map(text_of, dict(pairs)):
        pairs = (*pairs, (Scalar(value.line, value.column, key, "", value.line), value))
    changed = tuple((name, value if text_of(name) == key else old) for name, old in pairs)
    if isinstance(node, Pairs):
        return node._replace(pairs=changed)
    return Pairs(value.line, value.column, changed, braces=False)


def without_keys(node: Node | None, keys: Collection[str]) -> Pairs:
    """Return a node without some of its keys; no keys at all if it has none."""
    if not isinstance(node, Pairs):
        return Pairs(0, 0, (), braces=False)
    kept = tuple(pair for pair in node.pairs if text_of(pair[0]) not in keys)
    return node._replace(pairs=kept)


def moved(node: Node, lines: int) -> Node:
    """Return a node as it stands so many lines further down."""
    if isinstance(node, Scalar):
        return node._replace(line=node.line + lines, last=node.last + lines)
    if isinstance(node, Items):
        inner = tuple(moved(item, lines) for item in node.nodes)
        return node._replace(line=node.line + lines, nodes=inner)
    pairs = tuple((moved(key, lines), moved(value, lines)) for key, value in node.pairs)
    return node._replace(line=node.line + lines, pairs=pairs)


def each_node(node: Node, place: Place = ()) -> Iterator[tuple[Place, Node]]:
    """Yield every node with its place, a key with the place of its value, outer ones first."""
    yield place, node
    if isinstance(node, Items):
        for number, item in enumerate(node.nodes):
            yield from each_node(item, (*place, number))
    elif isinstance(node, Pairs):
        for key, value in node.pairs:
            yield (*place, text_of(key)), key
            yield from each_node(value, (*place, text_of(key)))
