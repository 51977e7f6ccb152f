"""Nodes as they were meant, with a note of what their authors wrote instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mentorwalk.authoring.decoding.bars import without_bar
from mentorwalk.authoring.decoding.items import (
    as_item,
    has_keys,
    items_by_name,
    lifted,
    lines_of,
    own_keys_behind,
    without_dashes,
)
from mentorwalk.authoring.decoding.keys_meant import (
    with_bare_choices,
    with_choices,
    with_colons,
    with_commas,
    with_lists,
    with_lost_keys,
    with_own_lines,
    with_question,
    with_roles,
)
from mentorwalk.authoring.decoding.keys_missing import all_unknown, no_keys
from mentorwalk.authoring.decoding.phases import raised
from mentorwalk.authoring.format.id_forms import CARD_ID, FIELD_ID, reshaped
from mentorwalk.authoring.format.keys import KEYS
from mentorwalk.authoring.format.shapes import keys_of, part_kind, required_keys
from mentorwalk.authoring.syntax.nodes import (
    is_empty,
    is_soiled,
    items_of,
    key_names,
    scalar_at,
    text_of,
)
from mentorwalk.authoring.syntax.rewriting import INDENTED_LIST, NO_DASH, SUNK_DASH, TOO_MANY
from mentorwalk.authoring.syntax.sign_repairs import NO_REAL_SPACE
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.agenda import Phase
from mentorwalk.domain.errors import looks_misspelt
from mentorwalk.domain.fields import Choice, Condition
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mentorwalk.authoring.decoding.problems import Misfits
    from mentorwalk.authoring.syntax.source import Node


def as_part(misfits: Misfits, node: Node, kind: Any, name: str) -> Pairs:
    """Return the keys of a part as they were meant.

    Args:
        misfits: Where it is noted what stands there instead.
        node: What stands there.
        kind: What the part is.
        name: The key that holds the part; empty if it is an item of a list.

    Raises:
        Misfit: It has no keys, or none that is known.
    """
    keys, required = keys_of(kind), required_keys(kind)
    node = as_keys(misfits, node, name, keys) if name else node
    if not isinstance(node, Pairs):
        raise no_keys(misfits, node, keys, required)
    node = with_lists(misfits, with_colons(misfits, node), keys)
    node = with_roles(misfits, with_choices(misfits, node, keys), keys)
    node = with_lost_keys(misfits, node, keys)
    node = with_id(misfits, node, keys) if "id" in required else node
    node = with_question(misfits, node, required)
    node = with_group(misfits, node) if "group" in required else node
    node = with_own_keys(misfits, with_keys_within(misfits, node, keys), keys)
    if unknown := all_unknown(misfits, node, keys, required):
        raise unknown
    return node


def as_keys(misfits: Misfits, node: Node, name: str, known: Collection[str] | None = None) -> Node:
    """Return what stands below a name as keys, if it is a list of them, and note that it is."""
    node = without_bar(misfits, node, name, known or ())
    items = [item for item in items_of(node) if isinstance(item, Pairs)]
    given = {key for item in items for key in key_names(item)}
    if not items or len(items) < len(items_of(node)) or (known and not given <= {*known}):
        return node
    line = misfits.source.line(node.line)
    if line[node.column : node.column + 1] == "[":
        inner, _, rest = line[node.column + 1 :].rpartition("]")
        fix = f"{line[: node.column]}{{{inner}}}{rest}"
        misfits.note(node, f"What follows `{name}:` stands within braces, not brackets.", fix)
    else:
        sentence = f"`{name}` has keys below it, and no list: take the `- ` away."
        misfits.note(items[0], sentence, without_dashes(misfits.source, items))
    pairs = tuple(pair for item in items for pair in item.pairs)
    return Pairs(items[0].line, items[0].column, pairs, braces=False)


def joined(
    misfits: Misfits,
    nodes: Iterable[Node],
    required: Collection[Collection[str]],
    known: Collection[str] = KEYS,
) -> Iterator[Node]:
    """Yield the items of a list, those as one that a dash too many divides, and note these.

    Args:
        misfits: Where it is noted.
        nodes: The items.
        required: What each item has; of keys that stand together, one.
        known: The keys that an item can have.
    """
    whole: Node | None = None
    for node in nodes:
        own = {*key_names(node)} <= {*known}
        if (
            isinstance(whole, Pairs)
            and isinstance(node, Pairs)
            and own
            and _goes_on(whole, node, required)
        ):
            line, dash = misfits.source.line(node.line), node.column - 2
            fix = f"{line[:dash]} {line[dash + 1 :]}" if line[dash : dash + 1] == "-" else ""
            misfits.note(node, TOO_MANY, fix)
            whole = whole._replace(pairs=(*whole.pairs, *node.pairs))
            continue
        if isinstance(whole, Pairs) and isinstance(node, Pairs) and _doubled(whole, node):
            misfits.note(whole, "This line stands here twice: take one of the two out.")
        elif whole:
            yield whole
        whole = node
    if whole:
        yield whole


def _doubled(item: Pairs, node: Pairs) -> bool:
    """Return whether an item is nothing but the first line of the one below it."""
    if not len(item.pairs) == 1 < len(node.pairs) or item.line != node.line - 1:
        return False
    first, second = ([*map(text_of, each.pairs[0])] for each in (item, node))
    return first == second and all(first)


def _goes_on(item: Pairs, node: Pairs, required: Collection[Collection[str]]) -> bool:
    """Return whether what follows an item is a part of it: none is whole, and they share no key."""
    first, then = {*key_names(item)}, {*key_names(node)}
    if not first.isdisjoint(then) or item.braces or node.braces:
        return False
    had, given = ([not keys.isdisjoint(each) for each in required] for keys in (first, then))
    # What is put into another agenda stands before what is there.
    return item.line < node.line and not all(given) and (not all(had) or not any(given))


def named(misfits: Misfits, node: Pairs, key: str) -> Items | None:
    """Note items that are named like keys, and return them as they were meant; None if not.

    What was meant is `- id: hello` in the place of `hello:`.
    """
    if key == "checklist":
        return Items(node.line, node.column, (with_group(misfits, node),))
    items = items_by_name(node)
    for name, _ in node.pairs if items else ():
        margin = misfits.source.line(name.line)[: name.column]
        form = FIELD_ID if key in ("record", "settle") else CARD_ID
        written = reshaped(text_of(name), form) or text_of(name)
        fix = f"{margin}- id: {written}" if written else ""
        misfits.note(name, f"`{key}` must be a list: each item begins with `- id:`.", fix)
    return items


def in_their_list(misfits: Misfits, node: Items, kind: Any) -> tuple[Node, ...]:
    """Return the items of a list, and note those that belong to a list within one of them."""
    node = with_commas(misfits, node, kind) if len(node.nodes) == 1 else node
    if kind is Choice:
        node = with_own_lines(misfits, with_bare_choices(misfits, node))
    nodes, sunk = lifted(tuple(raised(misfits, node.nodes)) if kind is Phase else node.nodes, kind)
    for key, items in sunk:
        first, last = items[0].line, items[-1].line
        dash, lines = misfits.source.line(first).find("-"), range(first, last + 1)
        deeper = " " * (key.column + 2 - dash)
        short = all(isinstance(item, Scalar) and not item.style for item in items)
        fix = "\n".join(f"{deeper}{misfits.source.line(n)}" for n in lines)
        sentence = INDENTED_LIST.format(key=key.text)
        misfits.note(items[0], sentence, fix if short else "")
    return nodes


GROUPS_MISSING = (
    "A checklist has groups: write `- group:` with a name above this, `items:` below that, and "
    "what is to be ticked off below `items:`, two steps further to the right."
)


def in_groups(misfits: Misfits, node: Node) -> Node:
    """Return the groups of a checklist, and note once that things stand beside them, or alone."""
    if isinstance(node, Pairs) and {*key_names(node)} <= {*ROLES}:
        misfits.note(node, GROUPS_BY_ROLE, _with_groups(node))
        return Items(node.line, node.column, ())
    if not isinstance(node, Items):
        return node
    groups = tuple(item for item in node.nodes if not isinstance(item, Scalar) or is_empty(item))
    plain = (item for item in node.nodes if isinstance(item, Scalar) and not is_empty(item))
    first = next(plain, None)
    if first and not misfits.sign_missing(first):
        misfits.note(first, GROUPS_MISSING)
    return node._replace(nodes=groups)


GROUPS_BY_ROLE = "A checklist has groups, which both see: a group can be called like one of them."


def _with_groups(node: Pairs) -> str:
    """Return a checklist by the roles of two people as groups; empty if they have other items."""
    margin, lines = " " * node.column, list[str]()
    for key, value in node.pairs:
        items = [text_of(item) for item in items_of(value)]
        if not items or any(not item or re.search(r": |\n| #", item) for item in items):
            return ""
        lines += [f'{margin}- group: "{{{text_of(key)}}}"', f"{margin}  items:"]
        lines += [f"{margin}    - {item}" for item in items]
    return "\n".join(lines)


def with_dashes(misfits: Misfits, node: Items, usual: Collection[str]) -> Items:
    """Return choices as they were meant where lines of one are several, and note these.

    Args:
        misfits: Where it is noted.
        node: The choices.
        usual: The usual answers: one of them is such a line.
    """
    items: list[Node] = []
    for item in node.nodes:
        lines = lines_of(misfits.source, item) if usual else []
        bare = [line._replace(text=line.text.removeprefix("- ")) for line in lines]
        torn = text_of(item) not in usual and any(line.text in usual for line in bare)
        for line in lines[1:] if torn else ():
            sentence = SUNK_DASH if line.text.startswith("- ") else NO_DASH
            misfits.note(line, sentence, as_item(misfits.source, line, item))
        items += bare if torn else [item]
    return node._replace(nodes=tuple(items))


def _is_named(misfits: Misfits, key: Node) -> bool:
    return text_of(key).partition(".")[0] in misfits.ids


def with_keys_within(misfits: Misfits, node: Pairs, keys: Mapping[str, Any]) -> Pairs:
    """Return keys as they were meant where those of an empty one stand below it, beside it."""
    pairs: list[tuple[Node, Node]] = []
    begun: Node | None = None
    for key, value in node.pairs:
        above, so_far = pairs[-1] if pairs else (key, value)
        kind = part_kind(keys.get(text_of(above)))
        waits = keys.get(text_of(above)) == tuple[Condition, ...] and _is_named(misfits, key)
        theirs = keys_of(kind) if kind else [text_of(key)] if waits else ()
        free = {*theirs} - keys.keys() - {*key_names(so_far)}
        plain = (key, value)
        # What another agenda has stands below what is put into it.
        if text_of(key) in free and not node.braces and above.line < key.line:
            if is_soiled(key) and (is_empty(so_far) or begun is above):
                plain, begun = (_at_its_column(misfits, key), value), above
            elif is_empty(so_far) or (isinstance(so_far, Pairs) and begun is not above):
                sentence = f"Indent this, and what is below it: it belongs to `{text_of(above)}`."
                misfits.note(key, sentence)
                begun = above
            if begun is above:
                inner = so_far.pairs if isinstance(so_far, Pairs) else ()
                own = Pairs(key.line, key.column, (*inner, plain), braces=False)
                pairs[-1] = (above, own)
                continue
        pairs.append((key, value))
    return node._replace(pairs=tuple(pairs))


def _at_its_column(misfits: Misfits, key: Node) -> Scalar:
    """Return a key that characters indent which are no spaces as it was meant, and note it."""
    line = misfits.source.line(key.line)
    deep = " " * (len(line) - len(line.lstrip()))
    misfits.note(key, NO_REAL_SPACE, f"{deep}{line.lstrip()}")
    return scalar_at(key, text_of(key))


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
    if isinstance(name, Scalar) and isinstance(inner, Pairs) and name.text not in keys:
        return _with_name(misfits, name, inner, node)
    if not (isinstance(name, Scalar) and isinstance(inner, Scalar)):
        return node
    words = next((each for each in ("ask", "label") if each in keys), "")
    bare = words and words not in key_names(node) and inner.line == name.line
    if inner.text and not (bare and name.text not in KEYS):
        return node
    if name.text in keys or looks_misspelt(name.text, keys) or has_keys(node, ("id",)):
        return node
    line, key = misfits.source.line(name.line), name._replace(text="id")
    written = reshaped(name.text, CARD_ID if words == "ask" else FIELD_ID) or name.text
    meant = name._replace(text=written)
    fix = f"{line[: name.column]}id: {written}"
    sentence = f"`{name.text}` is the name of this one: write it behind `id:`"
    if not inner.text:
        misfits.note(name, f"{sentence}.", fix)
        return node._replace(pairs=((key, meant), *node.pairs[1:]))
    fix = f"{fix}\n{' ' * name.column}{words}: {line[inner.column :]}"
    misfits.note(name, f"{sentence}, then `{words}:`.", fix)
    asked = (name._replace(text=words), inner)
    return node._replace(pairs=((key, meant), asked, *node.pairs[1:]))


def _with_name(misfits: Misfits, name: Scalar, inner: Pairs, node: Pairs) -> Pairs:
    """Return `- hello:` with keys of a card below it as the card that was meant, and note it."""
    if {"ask", "label"}.isdisjoint(key_names(inner)) or inner.braces or "id" in key_names(inner):
        return node
    sentence = (
        f"`{name.text}` is the name of this one: write it behind `id:`, and the keys below it as "
        "deep as that."
    )
    misfits.note(name, sentence)
    named = (name._replace(text="id"), name)
    return node._replace(pairs=(named, *inner.pairs, *node.pairs[1:]))


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
