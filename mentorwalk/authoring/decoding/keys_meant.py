"""Keys and their values as they were meant where a sign, a key or brackets are missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mentorwalk.authoring.decoding.items import has_keys
from mentorwalk.authoring.format.keys import TYPES
from mentorwalk.authoring.format.shapes import item_kind, required_keys
from mentorwalk.authoring.syntax.item_repairs import apart
from mentorwalk.authoring.syntax.nodes import (
    is_empty,
    items_of,
    key_names,
    scalar_at,
    text_of,
    value_of,
)
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.fields import Choice
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mentorwalk.authoring.decoding.problems import Misfits
    from mentorwalk.authoring.syntax.source import Node


NO_BRACKETS = "Brackets around one choice mean nothing: take them out."
SHORT_WORDS = 2
"""The most words of an item that is hardly a sentence."""


def with_colons(misfits: Misfits, node: Pairs) -> Pairs:
    """Return keys as they were meant where `when {ready: yes}` lacks its colon, and note it."""
    pairs: list[tuple[Node, Node]] = []
    for key, value in node.pairs:
        name, text = text_of(key), text_of(value)
        begun = re.fullmatch(r"([a-z][\w.-]*) *=? ?\{ *([\w.-]+)", name) if "{" in name else None
        if begun and isinstance(key, Scalar) and text.endswith("}"):
            line = misfits.source.line(key.line)
            fix = re.sub(rf"\b{re.escape(begun[1])} *=? *\{{", f"{begun[1]}: {{", line, count=1)
            misfits.note(key, f"A colon is missing after `{begun[1]}`.", fix)
            inner = (key._replace(text=begun[2]), scalar_at(value, text[:-1].strip()))
            held = Pairs(key.line, key.column, (inner,), braces=True)
            pairs.append((key._replace(text=begun[1]), held))
        else:
            pairs.append((key, value))
    return node._replace(pairs=tuple(pairs))


def with_lost_keys(misfits: Misfits, node: Pairs, keys: Mapping[str, Any]) -> Pairs:
    """Return keys as they were meant where the key of a list is missing, and note it.

    Its items go on with the list above: `documents` with `phases`.
    """
    listed = (items_of(value)[-1:] for _, value in node.pairs)
    if not any(isinstance(last, Pairs) for items in listed for last in items):
        return node
    given = key_names(node)
    free = {key: item_kind(keys[key]) for key in keys if key not in given}
    free = {key: kind for key, kind in free.items() if required_keys(kind)}
    pairs: list[tuple[Node, Node]] = []
    for key, value in node.pairs:
        items = items_of(value) if item_kind(keys.get(text_of(key))) else ()
        at, name = _lost(items, required_keys(item_kind(keys.get(text_of(key)))), free)
        if not name:
            pairs.append((key, value))
            continue
        line = misfits.source.line(items[at].line)
        alone = line[: items[at].column].strip() == "-"
        fix = f"{' ' * key.column}{name}:\n{line}" if alone else ""
        misfits.note(items[at], f"`{name}:` is missing above this list.", fix)
        pairs += [(key, Items(value.line, value.column, items[:at]))]
        pairs += [(scalar_at(items[at], name), Items(*items[at][:2], items[at:]))]
    return node._replace(pairs=tuple(pairs))


def _lost(items: Sequence[Node], own: Collection[str], free: Mapping[str, Any]) -> tuple[int, str]:
    """Return the first item that belongs to the list of another key, and that key; or no key."""
    for at, item in enumerate(items):
        if at and isinstance(item, Pairs) and not (own and has_keys(item, own)):
            for name, kind in free.items():
                if has_keys(item, required_keys(kind)):
                    return at, name
    return 0, ""


def with_lists(misfits: Misfits, node: Pairs, keys: Mapping[str, Any]) -> Pairs:
    """Return keys as they were meant where a list within braces has no brackets, and note it."""
    pairs: list[tuple[Node, Node]] = []
    for key, value in node.pairs:
        above, so_far = pairs[-1] if pairs else (key, value)
        beside = key.line == above.line and is_empty(value) and not is_empty(so_far)
        texts = beside and item_kind(keys.get(text_of(above))) in (str, Choice)
        if texts and text_of(key) not in keys:
            pairs[-1] = (above, Items(*so_far[:2], (*(items_of(so_far) or (so_far,)), key)))
        else:
            pairs.append((key, value))
    for key, value in pairs if len(pairs) < len(node.pairs) else ():
        if isinstance(value, Items) and (key, value) not in node.pairs:
            listed = ", ".join(map(text_of, value.nodes))
            line, name = misfits.source.line(key.line), text_of(key)
            meant = f"{name}: [{listed}]"
            sentence = f"A list within braces has brackets around it: `{meant}`."
            fix = line.replace(f"{name}: {listed}", meant, 1)
            misfits.note(key, sentence, fix if fix != line else "")
    return node._replace(pairs=tuple(pairs))


def with_commas(misfits: Misfits, node: Items, kind: Any) -> Items:
    """Return a list in brackets as it was meant where `[Now; Not now]` lacks commas; note it."""
    only, line = node.nodes[0], misfits.source.line(node.line)
    in_brackets = line[node.column : node.column + 1] == "["
    if not isinstance(only, Scalar) or only.style or not in_brackets or kind not in (str, Choice):
        return node
    parts = [part.strip() for part in re.split(r"[;|]|\s/\s", only.text)]
    # A sentence may have a semicolon.
    short = kind is Choice or all(len(part.split()) <= SHORT_WORDS for part in parts)
    if len(parts) == 1 or not all(parts) or not short:
        return node
    meant = ", ".join(parts)
    fix = line.replace(only.text, meant, 1) if only.text in line else ""
    misfits.note(only, f"Commas divide a list in brackets: `[{meant}]`.", fix)
    return node._replace(nodes=tuple(scalar_at(only, part) for part in parts))


def with_bare_choices(misfits: Misfits, node: Items) -> Items:
    """Return choices as they were meant where `- [Weekly]` has brackets of its own; note them."""
    items: list[Node] = []
    for item in node.nodes:
        line = misfits.source.line(item.line)
        form = r"(\s*- )\[([^:#\[\]]*)\]\s*"
        bare = re.fullmatch(form, line) if isinstance(item, Items) else None
        if bare:
            misfits.note(item, NO_BRACKETS, f"{bare[1]}{bare[2]}")
        items.append(scalar_at(item, bare[2].strip()) if bare else item)
    return node._replace(nodes=tuple(items))


def with_own_lines(misfits: Misfits, node: Items) -> Items:
    """Return a list as it was meant where `- Weekly - pick: Monthly` is one item; note it."""
    items: list[Node] = []
    for item in node.nodes:
        key, value = item.pairs[0] if isinstance(item, Pairs) and item.pairs else (item, item)
        first, dash, name = text_of(key).rpartition(" - ")
        repair = next(apart(misfits.source.lines, item.line), None) if dash else None
        if repair and isinstance(item, Pairs):
            misfits.note(scalar_at(key, ""), repair.fault.sentence, repair.fix)
            own = (scalar_at(key, name), value)
            items += [scalar_at(key, first), item._replace(pairs=(own, *item.pairs[1:]))]
        else:
            items.append(item)
    return node._replace(nodes=tuple(items))


def with_question(misfits: Misfits, node: Pairs, required: Collection[str]) -> Pairs:
    """Return keys as they were meant where a question goes on with the id above it; note it."""
    words = next((each for each in ("ask", "label") if each in required), "")
    for at, (key, value) in enumerate(node.pairs):
        begun = isinstance(value, Scalar) and not value.style and value.last > value.line
        if not (begun and words and text_of(key) == "id") or words in key_names(node):
            continue
        number = value.line + 1
        line, name = misfits.source.line(number), misfits.source.line(value.line)[value.column :]
        question = text_of(value).removeprefix(name.strip()).strip()
        below = Scalar(number, len(line) - len(line.lstrip()), question, "", number)
        margin = " " * key.column
        fix = f"{margin}{words}: |\n{margin}  {line.strip()}"
        misfits.note(below, f"`{words}:` is missing before this question.", fix)
        own = (key, scalar_at(value, name.strip()))
        asked = (scalar_at(below, words), below)
        return node._replace(pairs=(*node.pairs[:at], own, asked, *node.pairs[at + 1 :]))
    return node


def with_choices(misfits: Misfits, node: Pairs, keys: Collection[str]) -> Pairs:
    """Return keys as they were meant where choices stand below `items:`, and note it."""
    listed = next((pair for pair in node.pairs if text_of(pair[0]) == "items"), None)
    others = {"choices", "choices_from", "low", "high"}
    free = others.isdisjoint(key_names(node)) and "choices" in keys
    free = free and text_of(value_of(node, "type")) != "ratings"
    if not (listed and free and any("pick" in key_names(each) for each in items_of(listed[1]))):
        return node
    key, line = listed[0], misfits.source.line(listed[0].line)
    fix = f"{line[: key.column]}choices{line[key.column + len('items') :]}"
    misfits.note(key, "What people choose from stands below `choices:`, not `items:`.", fix)
    meant = (scalar_at(key, "choices"), listed[1])
    return node._replace(pairs=tuple(meant if pair is listed else pair for pair in node.pairs))


def with_roles(misfits: Misfits, node: Pairs, keys: Collection[str]) -> Pairs:
    """Return keys as they were meant where `roles:` is missing above the two, and note it."""
    open_ = any(
        is_empty(value) for key, value in node.pairs if text_of(key) in ("aside", "prepare")
    )
    if "roles" not in keys or "roles" in key_names(node) or open_:
        return node
    two = [pair for pair in node.pairs if text_of(pair[0]) in ROLES and _is_short(pair[1])]
    if not two:
        return node
    first, lines = two[0][0], [key.line for key, _ in two]
    written = [misfits.source.line(line) for line in lines]
    together = lines == [*range(first.line, first.line + len(lines))] and not first.column
    fix = "\n".join(["roles:", *(f"  {line}" for line in written)]) if together else ""
    misfits.note(first, "`roles:` is missing above this, and what is below it stands deeper.", fix)
    held = (scalar_at(first, "roles"), Pairs(first.line, first.column, tuple(two), braces=False))
    return node._replace(pairs=(*(pair for pair in node.pairs if pair not in two), held))


def _is_short(value: Node) -> bool:
    """Return whether a value is what somebody is called, rather than a sentence."""
    text = text_of(value)
    plain = isinstance(value, Scalar) and not value.style and text[-1:] not in (".", "!", "?")
    return plain and len(text.split()) in (1, 2)


def is_both(misfits: Misfits, node: Node, key: str) -> bool:
    """Return whether `[mentor, mentee]`, or `mentor, mentee`, stands for `both`; note it."""
    text = text_of(node)
    listed = [text_of(item) for item in items_of(node)] or re.split(
        r"\s*(?:[,/&+]|\band\b)\s*", text
    )
    if {*listed} != {*ROLES}:
        return False
    line, written = misfits.source.line(node.line), re.escape(text) if text else r"\[[^\]]*\]"
    begun = re.fullmatch(rf"(.*?\b{key}: *){written}(.*)", line)
    fix = f"{begun[1]}both{begun[2]}" if begun else ""
    misfits.note(node, f"`{key}` has one value: together, the two are `both`.", fix)
    return True


def _two_parts(value: Node) -> list[str]:
    """Return the two texts that a list, keys or a sign between them divide; else nothing."""
    listed = [item for _, item in value.pairs] if isinstance(value, Pairs) else items_of(value)
    texts = [text_of(item) for item in listed]
    parts = texts or re.split(r"[,;/|–]|\.\.+| to | - |(?<=\d)-", text_of(value))
    return [part.strip() for part in parts] if len(parts) == 2 and all(parts) else []


_TWO_KEYS = {
    **dict.fromkeys(("labels", "end_labels", "endlabels", "ends", "anchors"), ("low", "high")),
    **dict.fromkeys(("minmax", "min_max", "range", "from_to", "scale"), ("min", "max")),
}
"""Words for what two keys hold here."""


def _type_as_key(misfits: Misfits, key: Node, value: Node) -> Mapping[str, Node]:
    """Return the type and the list that `select:` above choices stands for, and note it."""
    name = text_of(key)
    if not items_of(value):
        misfits.note(key, f"`{name}` is a type: write `type: {name}`.")
        return {"type": scalar_at(key, name)}
    lists = "items" if name == "ratings" else "choices"
    line = misfits.source.line(key.line)
    fix = f"{line[: key.column]}type: {name}\n{' ' * key.column}{lists}:"
    fix = fix if line[key.column :].rstrip() == f"{name}:" else ""
    misfits.note(
        key, f"`{name}` is a type: write `type: {name}`, and `{lists}:` above its list.", fix
    )
    return {"type": scalar_at(key, name), lists: value}


def as_two(misfits: Misfits, key: Node, value: Node, known: Collection[str]) -> Mapping[str, Node]:
    """Return the values of the two keys that `labels: [hard, easy]` stands for, and note it."""
    name = text_of(key)
    keys = _TWO_KEYS.get(name.casefold(), ())
    numbers = name == "scale" and all(map(str.isdigit, _two_parts(value) or ("",)))
    if name in TYPES and {"type", "choices"} <= {*known} and not numbers:
        return _type_as_key(misfits, key, value)
    parts = _two_parts(value) if keys and {*keys} <= {*known} else []
    if not parts:
        return {}
    first, second = (f"{name}: {part}" for name, part in zip(keys, parts, strict=True))
    line = misfits.source.line(key.line)
    alone = not line[: key.column].strip(" -") and value.line == key.line
    fix = f"{line[: key.column]}{first}\n{' ' * key.column}{second}" if alone else ""
    sentence = f"There is no key `{text_of(key)}` here: write `{first}` and `{second}`."
    misfits.note(key, sentence, fix)
    return {name: scalar_at(value, part) for name, part in zip(keys, parts, strict=True)}
