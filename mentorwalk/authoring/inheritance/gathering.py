"""What belongs to `leave_out` and `change`, also where its indentation or its dashes say else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.id_forms import comma_missing, words_of
from mentorwalk.authoring.format.keys import KEYS
from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.inheritance.parts import FIELD_LISTS, KINDS, MAPS
from mentorwalk.authoring.syntax.change_repairs import NO_CHANGED_LIST
from mentorwalk.authoring.syntax.key_repairs import at_margin
from mentorwalk.authoring.syntax.nodes import (
    is_empty,
    items_of,
    key_names,
    text_of,
    value_of,
    without_keys,
)
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mentorwalk.authoring.inheritance.merged import Merged
    from mentorwalk.authoring.syntax.source import Node


BY_ITSELF = "`{name}` stands in `change` by itself, as deep as `{key}`{more}."
WITHIN = (
    "`{name}` is changed by itself: write `{name}:` in `change`, as deep as `{key}:`, and what is "
    "different below that, deeper. Then take `{holder}:` out here, with all that is below it."
)
ITS_KEYS = ", and below it, deeper, each key that is different, such as `default`"
NAME_FIRST = (
    "Write `{name}:` for `{written}: {name}`, and below it, deeper, each key that is different."
)
NO_DASH = "Each id that is left out needs `- ` before it."


def gathered(merged: Merged, child: Pairs, ids: Collection[str]) -> Pairs:
    """Return what an agenda says, with the ids put in that stand below an empty key.

    Args:
        merged: Where it is noted that they do not stand in their place.
        child: What the agenda says.
        ids: What it can leave out or change.
    """
    pairs: list[tuple[Node, Node]] = []
    for key, value in child.pairs:
        above, so_far = pairs[-1] if pairs else (key, value)
        holds = _HOLDS.get(text_of(above), _nothing)
        if text_of(key) in ids and holds(value) and _can_hold(so_far):
            merged.note(key, *_misplaced(text_of(above), text_of(key), so_far))
            pairs[-1] = (above, _with(so_far, key, value, ids))
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
        return NO_DASH, f"{margin}- {name}"
    return ("Indent this, and its own keys, by two spaces: it belongs to `change`.",)


def _with(so_far: Node, key: Node, value: Node, ids: Collection[str]) -> Node:
    if isinstance(value, Pairs):
        pairs = so_far.pairs if isinstance(so_far, Pairs) else ()
        # Where only one id is not deep enough, those below it seem to be a part of it.
        deep = tuple(pair for pair in value.pairs if text_of(pair[0]) in {*ids} - KEYS)
        own = without_keys(value, {text_of(name) for name, _ in deep})
        return Pairs(key.line, key.column, (*pairs, (key, own), *deep), braces=False)
    return Items(key.line, key.column, (*items_of(so_far), key))


TOP = "`{key}` stands at the top of the file, and not in `change`: take away the spaces before it."
TOP_KEY = "`{key}` stands at the top of the file: write it there, not in `change`."
OF_ABOVE = " If it belongs to what stands above it, indent it by two more."


def lifted(merged: Merged, child: Pairs, top: Collection[str]) -> Pairs:
    """Return what an agenda says, with the keys of the top that stand in `change`; note these.

    Args:
        merged: Where it is noted.
        child: What the agenda says.
        top: The keys of the top that are meant.
    """
    change = value_of(child, "change")
    pairs = change.pairs if isinstance(change, Pairs) else ()
    wrong = [pair for pair in pairs if text_of(pair[0]) in top]
    for key, _ in wrong:
        fix = at_margin(merged.own.lines, key.line)
        merged.note(key, (TOP if fix else TOP_KEY).format(key=text_of(key)), fix)
    if not wrong:
        return child
    own = without_keys(change, {text_of(key) for key, _ in wrong})
    kept = ((key, own if value is change else value) for key, value in child.pairs)
    free = (pair for pair in wrong if text_of(pair[0]) not in key_names(child))
    return child._replace(pairs=(*kept, *free))


ADDED = "What is added stands below `add:`, and not below `{key}:`."
NEW_PART = " If it is new, it stands below `add:`, as `- id: {name}`, with `after:` and an id."


def with_additions(merged: Merged, child: Pairs, ids: Collection[str]) -> Pairs:
    """Return what an agenda says, with a list below `change` or `phases` that is one to add.

    Args:
        merged: Where it is noted.
        child: What the agenda says.
        ids: What it can leave out or change.
    """
    pairs: list[tuple[Node, Node]] = []
    for key, value in child.pairs:
        name, items = text_of(key), items_of(value)
        added = items and name in ("change", "phases") and all(_is_new(each, ids) for each in items)
        if added and isinstance(key, Scalar) and "add" not in key_names(child):
            line = merged.own.line(key.line)
            merged.note(key, ADDED.format(key=name), line.replace(name, "add", 1))
            pairs.append((key._replace(text="add"), value))
        else:
            pairs.append((key, value))
    return child._replace(pairs=tuple(pairs))


def _is_new(item: Node, ids: Collection[str]) -> bool:
    """Return whether an item of a list is a card or a field that is added."""
    keys = {*key_names(item)}
    asks = not keys.isdisjoint(("ask", "label")) and "prompts" not in keys
    placed = not keys.isdisjoint(("after", "before"))
    return asks and (placed or text_of(value_of(item, "id")) not in ids)


def as_items(listed: Node | None, ids: Collection[str]) -> Node | None:
    """Return the known ids that stand somewhere as words as a list of them."""
    if not isinstance(listed, Scalar):
        return listed
    meant = [each for each in (w.lstrip("-–—•*") for w in words_of(listed.text)) if each in ids]
    return Items(listed.line, listed.column, tuple(listed._replace(text=each) for each in meant))


def as_id(merged: Merged, item: Node) -> Node:
    """Return an item of a list of ids that is written like a key as its id, and note that it is."""
    (key, value), *others = item.pairs if isinstance(item, Pairs) and item.pairs else [(item, item)]
    name = value if text_of(key) in ("id", *KINDS) and text_of(value) else key
    if others or name is item or not (name is value or is_empty(value)):
        return item
    line = merged.own.line(item.line)
    fix = f"{line[: item.column]}{text_of(name)}" if line[: item.column].strip() == "-" else ""
    merged.note(item, f"An id stands alone here: `{text_of(name)}`.", fix)
    return name


def by_name(merged: Merged, given: Node) -> Node:
    """Return what `change` has below it by ids, also where it is a list; note that it is."""
    items = items_of(given) or (given,)
    begun = [item.pairs[0] for item in items if isinstance(item, Pairs) and item.pairs]
    if len(begun) < len(items) or not all(_is_name(*pair) for pair in begun):
        return given
    (key, name), written = begun[0], "- " * isinstance(given, Items)
    written = f"{written}{text_of(key)}: {text_of(name)}"
    merged.note(key, NO_CHANGED_LIST.format(name=text_of(name), written=written))
    pairs = tuple(_named(*item.pairs) for item in items if isinstance(item, Pairs))
    return Pairs(given.line, given.column, pairs, braces=False)


def _is_name(key: Node, value: Node) -> bool:
    return text_of(key) in ("id", *KINDS) and bool(text_of(value))


def _named(first: tuple[Node, Node], *rest: tuple[Node, Node]) -> tuple[Node, Node]:
    """Return the name of a part, and what is different about it."""
    (_key, name) = first
    return name, Pairs(name.line, name.column, rest, braces=False)


def with_names(merged: Merged, given: Pairs, ids: Collection[str]) -> Pairs:
    """Return what `change` has below it, where `id: rhythm` stands for `rhythm:`; note these."""
    pairs: list[tuple[Node, Node]] = []
    begun = False
    for key, value in given.pairs:
        if _is_name(key, value) and text_of(value) in ids:
            sentence = NAME_FIRST.format(name=text_of(value), written=text_of(key))
            merged.note(key, sentence)
            pairs.append((value, Pairs(*value[:2], (), braces=False)))
            begun = True
        elif begun and text_of(key) in KEYS - {*ids}:
            name, so_far = pairs[-1]
            inner = so_far.pairs if isinstance(so_far, Pairs) else ()
            pairs[-1] = (name, Pairs(*name[:2], (*inner, (key, value)), braces=False))
        else:
            pairs.append((key, value))
            begun = False
    return given._replace(pairs=tuple(pairs))


def indented(merged: Merged, given: Pairs, ids: Collection[str]) -> Pairs:
    """Return what `change` has below it, with the keys that stand beside their id, and note these.

    They follow an id that has nothing behind it.
    """
    pairs: list[tuple[Node, Node]] = []
    for key, value in given.pairs:
        above, so_far = pairs[-1] if pairs else (key, value)
        begun = so_far.pairs if isinstance(so_far, Pairs) and so_far.column == key.column else ()
        theirs = keys_of(MAPS[text_of(above)]) if text_of(above) in MAPS else KEYS - {*ids}
        open_ = text_of(above) in {*ids, *MAPS} and (is_empty(so_far) or begun)
        if pairs and open_ and text_of(key) in theirs:
            if not begun:
                sentence = f"Indent this, and what is below it: it belongs to `{text_of(above)}`."
                merged.note(key, sentence)
            own = Pairs(key.line, key.column, (*begun, (key, value)), braces=False)
            pairs[-1] = (above, own)
        else:
            pairs.append((key, value))
    return given._replace(pairs=tuple(pairs))


def others_within(
    merged: Merged, key: Node, keys: Pairs, others: Collection[str]
) -> tuple[Pairs, list[tuple[Node, Node]]]:
    """Return what changes about a part, and what stands below it of other parts; note these."""
    foreign: dict[str, list[tuple[Node, Node]]] = {}
    for at, (name, value) in enumerate(keys.pairs):
        if text_of(name) in others and is_empty(value):
            # What is behind an id that stands too deep is different about that one.
            rest = Pairs(*name[:2], keys.pairs[at + 1 :], braces=False)
            foreign |= {key: [] for key in key_names(rest)} | {text_of(name): [(name, rest)]}
            break
        if text_of(name) in others and isinstance(value, Scalar):
            said = {"name": text_of(name), "key": text_of(key), "more": ITS_KEYS}
            merged.note(name, BY_ITSELF.format(**said))
            foreign[text_of(name)] = []
            continue
        inner = _partly(value) if text_of(name) in HOLDING else [(name, value)]
        if inner and all(text_of(n) in others and isinstance(v, Pairs) for n, v in inner):
            foreign[text_of(name)] = inner
    for holder, inner in foreign.items():
        sentence = WITHIN if holder in HOLDING else BY_ITSELF
        for name, _ in inner:
            said = {"name": text_of(name), "key": text_of(key), "holder": holder, "more": ""}
            merged.note(name, sentence.format(**said))
    return without_keys(keys, foreign), [pair for inner in foreign.values() for pair in inner]


LEFT_OUT = (
    "To leave `{name}` out, write its name under `leave_out`, at the top of the file, and not here."
)
_LEAVING = re.compile(
    r"(?:leave|left|take|taken)?[ _-]?out|never|no|none|off|skip(?:ped)?|removed?|deleted?",
    re.IGNORECASE,
)
"""What people write behind a part that they do not want."""


def is_left_out(value: Node | None) -> bool:
    """Return whether what stands behind a part, or behind its `when`, means that it shall go."""
    return _LEAVING.fullmatch(text_of(value)) is not None


HOLDING = ("prompts", *FIELD_LISTS)
"""The keys of a part that hold others, each of which is changed by its own id."""


def _partly(fields: Node) -> list[tuple[Node, Node]]:
    """Return the fields of a list of which only a part is said, by their ids."""
    if isinstance(fields, Pairs):
        return [*fields.pairs]
    whole = ("ask", "label")
    items = [item for item in items_of(fields) if not {*whole} & {*key_names(item)}]
    named = ((value_of(item, "id"), without_keys(item, ("id",))) for item in items)
    return [(name, rest) for name, rest in named if name]


def several(merged: Merged, node: Node, ids: Collection[str]) -> list[Node]:
    """Return an id of a list; if it is several known ones in a row, each of these, and note it."""
    words = words_of(text_of(node))
    missing = comma_missing(text_of(node), ids)
    if not missing or not isinstance(node, Scalar):
        return [node]
    if node.last > node.line:
        line = merged.own.line(node.last)
        below = Scalar(node.last, len(line) - len(line.lstrip()), line.strip(), "", node.last)
        dash = merged.own.line(node.line).find("-")
        merged.note(below, NO_DASH, f"{' ' * dash}- {below.text}")
    else:
        line = merged.own.line(node.line)
        merged.note(node, missing, line.replace(node.text, ", ".join(words), 1))
    return [node._replace(text=word) for word in words]
