"""List items as they were meant: without their dash, or torn apart by a colon."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import is_dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from mentorwalk.authoring.format.id_forms import CARD_ID, FIELD_ID, reshaped
from mentorwalk.authoring.format.keys import KEYS
from mentorwalk.authoring.format.shapes import item_kind, keys_of, required_keys
from mentorwalk.authoring.syntax.nodes import is_empty, items_of, key_names, text_of
from mentorwalk.authoring.syntax.questions import named_by
from mentorwalk.authoring.syntax.repair import SHOWN_LINES, behind_dash, deeper_lines, shifted
from mentorwalk.authoring.syntax.rewriting import ENDS
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.fields import Choice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mentorwalk.authoring.syntax.source import Node, Source


def divided(node: Pairs, required: Collection[str]) -> list[Pairs]:
    """Return the items in a mapping whose first key comes again; else the mapping itself.

    Each further item lacks the dash before its first key. A part of one line that is not a whole
    item is a repeated key instead.
    """
    keys = [key.text if isinstance(key, Scalar) else "" for key, _ in node.pairs]
    if _is_twice(keys, required):
        return [node]
    begins = [number for number, key in enumerate(keys) if key and key == keys[0]]
    begins += _without_id(keys, required) if len(begins) == 1 else []
    ends = [*begins[1:], len(keys)]
    pairs = [node.pairs[begin:end] for begin, end in zip(begins, ends, strict=False)]
    parts = [Pairs(part[0][0].line, part[0][0].column, part, braces=False) for part in pairs]
    sound = all(has_keys(part, required) or len(part.pairs) > 1 for part in parts)
    return parts if sound and len(parts) > 1 else [node]


def _is_twice(keys: list[str], required: Collection[str]) -> bool:
    """Return whether a single key comes again, the words of an item that has one id."""
    if "id" not in required or len({*keys}) == len(keys):
        return False
    again = [key for key, count in Counter(keys).items() if count > 1]
    return again in (["ask"], ["label"]) and keys.count("id") == 1


def _without_id(keys: list[str], required: Collection[str]) -> list[int]:
    """Return where the keys of a whole item come again, all but its first; else nothing."""
    again = next((at for at, key in enumerate(keys) if key in keys[:at]), len(keys))
    first = keys[0] if keys[0] == "template" else "id"
    whole = first in required and {*required} - {first} <= {*keys[again:]}
    return [again] if whole and len(keys) > again + 1 else []


def has_keys(node: Pairs, required: Collection[str]) -> bool:
    """Return whether a mapping has every required key."""
    return {*required} <= {key.text for key, _ in node.pairs if isinstance(key, Scalar)}


def items_by_name(node: Pairs) -> Items | None:
    """Return the items that are written as keys, `hello:` for `- id: hello`; None if none are."""
    parts = [inner for _, inner in node.pairs if isinstance(inner, Pairs) and not inner.braces]
    asking = all(has_keys(part, ("ask",)) or has_keys(part, ("label",)) for part in parts)
    named = [key for key, _ in node.pairs if isinstance(key, Scalar)]
    names = [key for key in named if asking or key.text not in KEYS]
    if not (node.pairs and len(names) == len(parts) == len(node.pairs)):
        return None
    form = CARD_ID if all(has_keys(part, ("ask",)) for part in parts) else FIELD_ID
    ids = [name._replace(text=reshaped(name.text, form) or name.text) for name in names]
    pairs = [((n._replace(text="id"), n), *p.pairs) for n, p in zip(ids, parts, strict=True)]
    items = (Pairs(n.line, n.column, p, braces=False) for n, p in zip(names, pairs, strict=True))
    return Items(node.line, node.column, tuple(items))


def lifted(
    nodes: Sequence[Node], kind: Any
) -> tuple[tuple[Node, ...], list[tuple[Scalar, list[Node]]]]:
    """Return the items of a list, each with those that belong into it, and these by their key.

    They follow an item whose last key is a list, and are no items beside it.
    """
    has_id = isinstance(kind, type) and is_dataclass(kind) and "id" in keys_of(kind)
    whole: list[Node] = []
    sunk: list[tuple[Scalar, list[Node]]] = []
    for item in nodes:
        key = _open_key(whole[-1]) if whole and has_id else None
        if key and _belongs(item, keys_of(kind).get(key.text), kind):
            if not sunk or sunk[-1][0] != key:
                sunk.append((key, []))
            sunk[-1][1].append(item)
            whole[-1] = _ending_in(whole[-1], sunk[-1][1])
        else:
            whole.append(item)
    return tuple(whole), sunk


def own_keys_behind(node: Pairs, known: Mapping[str, Any]) -> tuple[Pairs, Scalar | None]:
    """Return keys as they were meant where those of a list's last item stand beside its key.

    The first of these keys comes with them; None if all stand where they belong.
    """
    for at, (key, value) in enumerate(node.pairs):
        kind = item_kind(known.get(key.text)) if isinstance(key, Scalar) else None
        last = value.nodes[-1] if isinstance(value, Items) and value.nodes else None
        if not isinstance(last, Pairs) or not isinstance(kind, type) or not is_dataclass(kind):
            continue
        theirs = keys_of(kind)
        names = takewhile(theirs.__contains__, key_names(node)[at + 1 :])
        behind = node.pairs[at + 1 :][: len([*names])]
        missing = {*required_keys(kind)} - {*key_names(last)}
        if missing and missing <= {text_of(name) for name, _ in behind}:
            item = last._replace(pairs=(*last.pairs, *behind))
            within = Items(value.line, value.column, (*items_of(value)[:-1], item))
            first, rest = behind[0][0], node.pairs[at + 1 + len(behind) :]
            node = node._replace(pairs=(*node.pairs[:at], (key, within), *rest))
            return node, first if isinstance(first, Scalar) else None
    return node, None


def _open_key(item: Node) -> Scalar | None:
    """Return the last key of an item if nothing stands behind it, or a list."""
    if not isinstance(item, Pairs) or not item.pairs:
        return None
    key, value = item.pairs[-1]
    return key if isinstance(key, Scalar) and (items_of(value) or is_empty(value)) else None


def _belongs(item: Node, wanted: Any, beside: Any) -> bool:
    """Return whether an item belongs to a list that is wanted, rather than to the one around."""
    kind = item_kind(wanted)
    if isinstance(item, Scalar):
        return kind in (str, Choice)
    if not isinstance(item, Pairs) or has_keys(item, required_keys(beside)):
        return False
    return isinstance(kind, type) and is_dataclass(kind) and has_keys(item, required_keys(kind))


def _ending_in(item: Node, items: Sequence[Node]) -> Node:
    """Return an item with a list behind its last key."""
    if not isinstance(item, Pairs):
        return item
    *pairs, (key, value) = item.pairs
    own = [node for node in items_of(value) if node not in items]
    held = Items(key.line, key.column, (*own, *items))
    return item._replace(pairs=(*pairs, (key, held)))


def lines_of(source: Source, item: Node) -> list[Scalar]:
    """Return the lines of a text in a list that has no marks, each as a text; none of another."""
    if not isinstance(item, Scalar) or item.style:
        return []
    numbers = range(item.line, item.last + 1)
    lines = [source.line(n)[item.column if n == item.line else 0 :] for n in numbers]
    columns = [item.column, *(len(line) - len(line.lstrip()) for line in lines[1:])]
    each = zip(numbers, columns, lines, strict=True)
    return [Scalar(n, at, line.strip(), "", n) for n, at, line in each if line.strip()]


def as_item(source: Source, below: Node, item: Node) -> str:
    """Return the line that a text begins in, with a dash below the one of an item above it."""
    dash = source.line(item.line).rfind("-", 0, item.column)
    words = source.line(below.line).strip().removeprefix("- ")
    return f"{' ' * dash}- {words}" if dash >= 0 else ""


def item_line(source: Source, part: Pairs, whole: Pairs) -> str:
    """Return the line that a part begins in, with a dash below the one of the whole."""
    dash = source.line(whole.line)[: whole.column].rfind("-")
    dash = dash if dash >= 0 else part.column - 2
    return f"{'-':>{dash + 1}}{source.line(part.line)[dash + 1 :]}"


def first_item_line(source: Source, node: Node) -> str:
    """Return the line that a node begins in, as the first item of a list."""
    line, above = source.line(node.line), source.line(node.line - 1)
    # Two columns to the left if there is room, so that the keys below line up with the first.
    room = len(above) - len(above.lstrip()) <= node.column - 2
    dash, first = f"{line[: node.column - 2 * room]}- ", line[node.column :]
    key = next((each for each in ("ask", "label") if first.startswith(f"{each}: ")), "")
    if key and isinstance(node, Pairs) and "id" not in key_names(node):
        words = text_of(node.pairs[0][1])
        return f"{dash}id: {named_by(words, key, source.lines)}\n{' ' * len(dash)}{first}"
    return f"{dash}{first}"


def without_dashes(source: Source, items: Sequence[Node]) -> str:
    """Return the lines of a list's items as keys of what holds them; empty if they are too many."""
    first = items[0]
    dash = source.line(first.line).rfind("-", 0, first.column)
    last = [items[-1].line, *deeper_lines(source.lines, items[-1].line, dash)][-1]
    if dash < 0 or last - first.line >= SHOWN_LINES:
        return ""
    # As deep as the key above, only the dash says that they belong to it.
    by = 2 if dash > behind_dash(source.line(first.line - 1)) else 0
    lines = [source.line(n) for n in range(first.line, last + 1)]
    begin = rf"^( {{{dash}}})-(?= )"
    bare = (re.sub(begin, r"\1 ", line) for line in lines)
    return "\n".join(shifted(line, -by) if line.strip() else line for line in bare)


def reads_so(sentence: str) -> bool:
    """Return whether a choice is followed by how it reads in a sentence: `SMS: by text message`."""
    pick, _, says = sentence.partition(": ")
    return says[:1].islower() and len(pick.split()) < 4 and says[-1:] not in ENDS


def split_sentence(node: Node) -> str:
    """Return the sentence of an item that a colon made a key with its value; else nothing."""
    if not isinstance(node, Pairs) or node.braces or len(node.pairs) != 1:
        return ""
    key, inner = node.pairs[0]
    if not isinstance(key, Scalar) or key.text in ("pick", "says", "days", "means"):
        return ""
    if not isinstance(inner, Scalar) or inner.style in ("|", ">"):
        return ""
    return f"{key.text}: {inner.text}"
