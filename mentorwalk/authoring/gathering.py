"""What belongs to `leave_out` and `change`, also where its indentation or its dashes say else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.ids import comma_missing, words_of
from mentorwalk.authoring.nodes import is_empty, items_of, text_of, without_keys
from mentorwalk.authoring.source import Items, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mentorwalk.authoring.merged import Merged
    from mentorwalk.authoring.source import Node


def gathered(found: Merged, child: Pairs, ids: Collection[str]) -> Pairs:
    """Return what an agenda says, with the ids put in that stand below an empty key.

    Args:
        found: Where it is noted that they do not stand in their place.
        child: What the agenda says.
        ids: What it can leave out or change.
    """
    pairs: list[tuple[Node, Node]] = []
    for key, value in child.pairs:
        above, so_far = pairs[-1] if pairs else (key, value)
        holds = _HOLDS.get(text_of(above), _nothing)
        if text_of(key) in ids and holds(value) and _can_hold(so_far):
            found.note(key, *_misplaced(text_of(above), text_of(key), so_far))
            pairs[-1] = (above, _with(so_far, key, value))
        else:
            pairs.append((key, value))
    return child._replace(pairs=tuple(pairs))


def _is_keys(value: Node) -> bool:
    return isinstance(value, Pairs)


def _nothing(_value: Node) -> bool:
    return False


_HOLDS: Mapping[str, Callable[[Node], bool]] = {"leave_out": is_empty, "change": _is_keys}
"""Returns whether something can stand behind an id that belongs to a key."""


def _can_hold(value: Node) -> bool:
    return isinstance(value, Items | Pairs) or is_empty(value)


def _misplaced(above: str, name: str, so_far: Node) -> tuple[str, ...]:
    if above == "leave_out":
        beside = [item.column - 2 for item in items_of(so_far) if item.column]
        margin = " " * (beside[0] if beside else 2)
        return "Each id that is left out needs `- ` before it.", f"{margin}- {name}"
    return ("Indent this, and what is below it, by two spaces: it belongs to `change`.",)


def _with(so_far: Node, key: Node, value: Node) -> Node:
    if isinstance(value, Pairs):
        pairs = so_far.pairs if isinstance(so_far, Pairs) else ()
        return Pairs(key.line, key.column, (*pairs, (key, value)), braces=False)
    return Items(key.line, key.column, (*items_of(so_far), key))


def as_items(listed: Node | None, ids: Collection[str]) -> Node | None:
    """Return the known ids that stand somewhere as words as a list of them."""
    if not isinstance(listed, Scalar):
        return listed
    words = [word.lstrip("-–—•*") for word in words_of(listed.text)]
    meant = [word for word in words if word in ids]
    return Items(listed.line, listed.column, tuple(listed._replace(text=each) for each in meant))


def as_keys(found: Merged, given: Node, name: str) -> Node:
    """Return what stands below a name as keys, if it is a list of them, and note that it is."""
    items = items_of(given)
    if not items or not all(isinstance(item, Pairs) for item in items):
        return given
    found.note(items[0], f"`{name}` has keys below it, and no list: take the `- ` away.")
    pairs = tuple(pair for item in items if isinstance(item, Pairs) for pair in item.pairs)
    return Pairs(items[0].line, items[0].column, pairs, braces=False)


def without_others(found: Merged, key: Node, keys: Pairs, others: Collection[str]) -> Pairs:
    """Return what changes about a part, without other parts below it, and note these."""
    inner = [name for name, value in keys.pairs if isinstance(value, Pairs)]
    foreign = [name for name in inner if text_of(name) in others]
    for name in foreign:
        sentence = f"`{text_of(name)}` stands in `change` by itself, as deep as `{text_of(key)}`."
        found.note(name, sentence)
    return without_keys(keys, {text_of(name) for name in foreign})


def several(found: Merged, node: Node, ids: Collection[str]) -> list[Node]:
    """Return an id of a list; if it is several known ones in a row, each of these, and note it."""
    words = words_of(text_of(node))
    missing = comma_missing(text_of(node), ids)
    if not missing or not isinstance(node, Scalar):
        return [node]
    found.note(node, missing)
    return [node._replace(text=word) for word in words]
