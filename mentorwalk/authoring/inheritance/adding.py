"""Where a card or a field goes that an agenda adds to the one that it extends."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.decoding.items import divided, item_line
from mentorwalk.authoring.decoding.lists_meant import no_list
from mentorwalk.authoring.decoding.meant import joined, named
from mentorwalk.authoring.decoding.unknown_keys import no_key
from mentorwalk.authoring.format.extension import Addition
from mentorwalk.authoring.format.keys import KEYS
from mentorwalk.authoring.format.other_words import our_word
from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.inheritance.merged import spot_of
from mentorwalk.authoring.inheritance.parts import NoPart, Part, part_called, parts_of
from mentorwalk.authoring.syntax.change_repairs import PLACED, placed
from mentorwalk.authoring.syntax.nodes import (
    is_empty,
    items_of,
    key_names,
    node_at,
    scalar_at,
    text_of,
    value_of,
    without_keys,
)
from mentorwalk.authoring.syntax.repair import ID
from mentorwalk.authoring.syntax.rewriting import NEW_ITEM
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.errors import suggestion, what_is_there
from mentorwalk.domain.fields import Field
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.authoring.inheritance.merged import Merged
    from mentorwalk.authoring.inheritance.parts import Kind
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.syntax.source import Node

ANCHORS = tuple(keys_of(Addition))
"""The keys that say where something that is added goes."""
SPEAKERS = (*ROLES, "both")
"""The values by which `to` says who speaks, on a card."""
FORMS = {f"prepare.{role}": role for role in ROLES}
"""What `to` calls the forms, for a field that is asked beforehand."""
FIELD_OR_CARD = (
    "`{name}` is a card, and a field with its `label` does not stand beside one: write "
    "`to: {name}`, or `ask` for `label` if this is a card."
)
NO_PROMPTS = "Take this line out: what is added stands below `add:`, without `prompts:`."
TWO_FORMS = "`prepare` has two forms: write `to: prepare.mentor` or `to: prepare.mentee`."
INSTEAD = (
    "To put this in the place of `{name}`, write that under `leave_out`, and `after` here, with "
    "the card before it."
)
TO_TWICE = (
    "`to` stands here twice. `to: {speaker}` says who speaks, and where this goes is said by "
    "`after` or `before` with a card: write that for the other `to`."
)
ENOUGH = "`{key}: {beside}` says where this goes, and that is in `{into}`: take this line out."
TWO_PLACES = "`{beside}` is not in `{into}`: keep one line, `{key}: {beside}` or `to: {into}`."
NO_PHASE = "A whole phase cannot be added: add its cards, each `to` a phase that is there."
_PLACE = re.compile(rf"(after|before|to) +({ID})")
"""A key that says where something goes, with the name that belongs behind it."""
_NOWHERE: dict[Kind, str] = {
    "card": "Where shall it go? Write `after` or `before` with a card, or `to` with a phase.",
    "field": "Where shall it go? Write `to` with a card, or `after` or `before` with a field.",
}


def add(merged: Merged, listed: Node | None) -> None:
    """Add cards and fields, one after another."""
    listed = _with_places(merged, _without_prompts(merged, listed))
    if isinstance(listed, Pairs):
        listed = named(merged.misfits, listed, "add") or listed
    if isinstance(listed, Scalar | Pairs) and not is_empty(listed):
        no_list(merged.misfits, listed, "add")
    items = (listed,) if isinstance(listed, Pairs) else items_of(listed)
    whole = joined(merged.misfits, items, (("id",), ANCHORS))
    for node in chain.from_iterable(_divided(merged, item) for item in whole):
        if not isinstance(node, Pairs):
            merged.note(node, "A card or a field is needed here: `id:`, and what belongs to it.")
            continue
        item = _with_anchor(merged, _with_one_anchor(merged, node))
        place: _Position | _Nowhere | None = _place_of(merged, item)
        if isinstance(place, _Nowhere):
            merged.note_missing(place.node, text_of(place.node), place.sentence)
            place = _anywhere(merged, item)
        if place:
            entry = spot_of(item)
            merged.touched[text_of(value_of(item, "id"))] = entry
            new = without_keys(item, _anchors(merged, item))
            merged.put_items(place.around, _insertion(place.number, new), entry)


def _without_prompts(merged: Merged, listed: Node | None) -> Node | None:
    """Return what is added, without `prompts:` above it or within it; note these."""
    if isinstance(listed, Pairs):
        value = value_of(listed, "prompts")
        if len(listed.pairs) != 1 or not items_of(value):
            return listed
        merged.note(listed.pairs[0][0], NO_PROMPTS)
        return value
    items = items_of(listed)
    idle = [
        (item, key)
        for item in items
        for key, value in (item.pairs if isinstance(item, Pairs) else ())
        if text_of(key) == "prompts" and is_empty(value) and len(key_names(item)) > 1
    ]
    for _, key in idle:
        merged.note(key, NO_PROMPTS)
    torn = [item for item, _ in idle]
    kept = (without_keys(each, ("prompts",)) if each in torn else each for each in items)
    return listed._replace(nodes=tuple(kept)) if idle and isinstance(listed, Items) else listed


def _with_places(merged: Merged, listed: Node | None) -> Node | None:
    """Return what is added, with `after hello:` above it as its first key; note these."""
    items = (listed,) if isinstance(listed, Pairs) else items_of(listed)
    below = [(*_placed(merged, item),) for item in items]
    if listed is None or not any(below):
        return listed
    nodes = (new or (item,) for item, new in zip(items, below, strict=True))
    return Items(listed.line, listed.column, (*chain.from_iterable(nodes),))


def _placed(merged: Merged, item: Node) -> Iterator[Node]:
    """Yield what stands below `after hello:`, which is told; nothing if all is as it should be."""
    pairs = item.pairs if isinstance(item, Pairs) else ()
    found = [_PLACE.fullmatch(text_of(key)) for key, _ in pairs]
    for (key, value), place in zip(pairs, found, strict=True) if all(found) else ():
        said = {"key": place[1], "name": place[2]} if place else {}
        repair = next(placed(merged.own.lines, key.line), None)
        merged.note(key, PLACED.format(**said), repair.whole_fix if repair else "")
        anchor = [scalar_at(key, word) for word in said.values()]
        for inner in items_of(value) or (value,):
            if isinstance(inner, Pairs):
                yield inner._replace(pairs=((anchor[0], anchor[1]), *inner.pairs))


def _divided(merged: Merged, item: Node) -> list[Node]:
    """Return something added, or each of several in a row whose dash is missing; note these."""
    if not isinstance(item, Pairs):
        return [item]
    first, *others = divided(_with_one_place(merged, item), ("id",))
    for part in others:
        merged.note(part, NEW_ITEM, item_line(merged.own, part, item))
    return [first, *others]


def _with_one_place(merged: Merged, item: Pairs) -> Pairs:
    """Return something added with `to` once, where a second one says who speaks; note that."""
    twice = [pair for pair in item.pairs if text_of(pair[0]) == "to"]
    speaks = [pair for pair in twice if text_of(pair[1]) in SPEAKERS]
    if len(twice) != 2 or len(speaks) != 1:
        return item
    merged.note(speaks[0][0], TO_TWICE.format(speaker=text_of(speaks[0][1])))
    return item._replace(pairs=tuple(pair for pair in item.pairs if pair is not speaks[0]))


def _with_one_anchor(merged: Merged, item: Pairs) -> Pairs:
    """Return something added without a second key that says where it goes; note that key."""
    key = next((key for key in ("after", "before") if key in key_names(item)), "")
    around = [pair for pair in item.pairs if _says_into(text_of(pair[0]))]
    if not key or len(around) != 1:
        return item
    beside, into = text_of(value_of(item, key)), text_of(around[0][1])
    parts = [*parts_of(merged.node)]
    holder = next((part.place for part in parts if part.id == into and part.kind != "field"), None)
    places = [part.place for part in parts if part.id == beside and part.kind != "phase"]
    if holder is None or not places:
        return item
    within = any(place[: len(holder)] == holder for place in places)
    sentence = (ENOUGH if within else TWO_PLACES).format(key=key, beside=beside, into=into)
    dash = " Its dash goes before the line below it." * (item.pairs[0] is around[0])
    merged.note(around[0][0], sentence + dash)
    return item._replace(pairs=tuple(pair for pair in item.pairs if pair is not around[0]))


def _says_into(word: str) -> bool:
    """Return whether a key says into what something goes, in our words or in others."""
    return word == "to" or (word not in KEYS and our_word(word, "", ANCHORS) == "to")


def _with_anchor(merged: Merged, item: Pairs) -> Pairs:
    """Return something added with the key that another word for it stands for, and note that."""
    if _anchors(merged, item) or "prompts" in key_names(item):
        return item
    for at, (key, value) in enumerate(item.pairs):
        if text_of(key) in ("replace", "replaces", "instead", "instead_of"):
            merged.note(key, INSTEAD.format(name=text_of(value)))
            meant = (scalar_at(key, "after"), value)
            return item._replace(pairs=(*item.pairs[:at], meant, *item.pairs[at + 1 :]))
        if is_empty(value) and any(part.id == text_of(key) for part in parts_of(merged.node)):
            sentence = f"Where it goes has a key before it: `after: {text_of(key)}`."
            merged.note(key, sentence)
            meant = (Scalar(*key[:2], "after", "", key.line), key)
            return item._replace(pairs=(*item.pairs[:at], meant, *item.pairs[at + 1 :]))
        ours = our_word(text_of(key), "", ANCHORS)
        if ours and isinstance(key, Scalar) and text_of(key) not in KEYS:
            merged.note(key, no_key(key.text, suggestion(ours)))
            meant = (key._replace(text=ours), value)
            return item._replace(pairs=(*item.pairs[:at], meant, *item.pairs[at + 1 :]))
    return item


class _Nowhere(NamedTuple):
    """Why something that is added has no position, and where that is told."""

    node: Node
    sentence: str


class _Position(NamedTuple):
    """A position in a list."""

    around: Place
    """The place of the list."""
    number: int


def _insertion(number: int, new: Node) -> Callable[[list[Node]], list[Node]]:
    return lambda nodes: [*nodes[:number], new, *nodes[number:]]


def _ids_of(merged: Merged, kind: Kind) -> list[str]:
    return [part.id for part in parts_of(merged.node) if part.kind == kind]


def _kind_of(item: Pairs) -> Kind:
    keys = {*key_names(item)}
    card = {"ask"} | (keys_of(Prompt).keys() - keys_of(Field).keys() - {*ANCHORS})
    return "field" if keys.isdisjoint(card) and keys & {"label", "type"} else "card"


def _anchors(merged: Merged, item: Pairs) -> tuple[str, ...]:
    """Return the keys of something added that say where it goes; `to` may say who speaks."""
    keys, to = key_names(item), text_of(value_of(item, "to"))
    # Without `to`, nobody has to look for the phases.
    placed = "to" in keys and not {"after", "before"}.isdisjoint(keys)
    speaks = _kind_of(item) == "card" and (
        to in SPEAKERS or (placed and to not in _ids_of(merged, "phase"))
    )
    return tuple(key for key in keys if key in ANCHORS and not (key == "to" and speaks))


def _place_of(merged: Merged, item: Pairs) -> _Position | _Nowhere:
    """Return the position at which something goes in, or why there is none."""
    kind, anchors = _kind_of(item), _anchors(merged, item)
    if "prompts" in key_names(item):
        return _Nowhere(item, NO_PHASE)
    if not anchors:
        return _Nowhere(item, _NOWHERE[kind])
    key, *others = anchors
    if others:
        sentence = f"`{key}` and `{others[0]}` both say where this goes: keep one."
        return _Nowhere(item, sentence)
    anchor = value_of(item, key) or item
    if not isinstance(anchor, Scalar):
        return _Nowhere(anchor, f"`{key}` has one id behind it, and no brackets.")
    where = _at_end(merged, kind, anchor) if key == "to" else _beside(merged, kind, key, anchor)
    return _Nowhere(anchor, where) if isinstance(where, str) else where


def _anywhere(merged: Merged, item: Pairs) -> _Position | None:
    """Return a position for a card whose own is not known, so that others can name it."""
    phases = len(items_of(value_of(merged.node, "phases")))
    if not phases or "ask" not in key_names(item) or "prompts" in key_names(item):
        return None
    return _end(merged, ("phases", phases - 1, "prompts"))


def _beside(merged: Merged, kind: Kind, key: str, anchor: Node) -> _Position | str:
    part = part_called(text_of(anchor), parts_of(merged.node), (kind,), merged.name)
    if not isinstance(part, Part):
        name = text_of(anchor)
        card = kind == "field" and any(p[:2] == ("card", name) for p in parts_of(merged.node))
        return FIELD_OR_CARD.format(name=name) if card else _or_beside(merged, kind, name, part)
    *around, number = part.place
    return _Position(tuple(around), int(number) + (key == "after"))


def _at_end(merged: Merged, kind: Kind, anchor: Node) -> _Position | str:
    """Return the end of a phase, of a card's fields, or of a form."""
    name = text_of(anchor)
    if kind == "field" and name in FORMS:
        return _end(merged, ("prepare", FORMS[name]))
    into: Kind = "phase" if kind == "card" else "card"
    if kind == "field" and name in ROLES:
        return f"The form of the {name} is called `prepare.{name}` here."
    if kind == "field" and name == "prepare":
        return TWO_FORMS
    others = SPEAKERS if kind == "card" else tuple(FORMS)
    part = part_called(name, parts_of(merged.node), (into,), merged.name, others)
    if not isinstance(part, Part):
        phases = _ids_of(merged, "phase") if into == "phase" and not part.near else []
        return _or_gone(merged, name, part) + what_is_there(phases)
    if into == "phase":
        return _end(merged, (*part.place, "prompts"))
    settles = items_of(node_at(merged.node, (*part.place, "settle")))
    return _end(merged, (*part.place, "settle" if settles else "record"))


def _or_beside(merged: Merged, kind: Kind, name: str, why: NoPart) -> str:
    """Return why nothing goes beside a part, with one that is still there if it is left out."""
    sentence = _or_gone(merged, name, why)
    left = next((part for part in merged.listed if (part.kind, part.id) == (kind, name)), None)
    if left is None or not merged.gone(name):
        return sentence
    kept = {part.id for part in parts_of(merged.node) if part.kind == kind}
    around = [
        part.id
        for part in merged.listed
        if part.id in kept | {name} and part.place[:-1] == left.place[:-1]
    ]
    at = around.index(name)
    if around[:at]:
        return f"{sentence} Write `after: {around[at - 1]}`, the {kind} before it."
    return sentence + "".join(
        f" Write `before: {after}`, the {kind} after it." for after in around[1:2]
    )


def _or_gone(merged: Merged, name: str, why: NoPart) -> str:
    """Return that something is left out here, if it is, and else why a name means nothing."""
    gone = f"`{name}` is left out, so nothing can go there."
    return gone if merged.gone(name) else why.sentence


def _end(merged: Merged, place: Place) -> _Position:
    return _Position(place, len(items_of(node_at(merged.node, place))))
