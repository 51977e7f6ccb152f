"""What goes where an agenda gives anew what the one that it extends has: a list, a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.inheritance.gathering import HOLDING
from mentorwalk.authoring.inheritance.merged import Gone, Note, spot_of
from mentorwalk.authoring.inheritance.parts import parts_of
from mentorwalk.authoring.syntax.nodes import (
    items_of,
    key_names,
    node_at,
    text_of,
    value_of,
    without_keys,
)
from mentorwalk.authoring.syntax.source import Pairs
from mentorwalk.domain.errors import shown
from mentorwalk.domain.outcomes import Meeting
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import join_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mentorwalk.authoring.inheritance.merged import Merged
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.syntax.source import Node

REPLACED = "replaced"
"""What the warnings are called."""
PHASES, PREPARE = "phases", "prepare"
_HOLDING = (*HOLDING, *ROLES, PHASES, PREPARE)
"""The keys that hold phases, cards or fields."""
_NAMING = {"contact": ("named_by",), "meeting": tuple(keys_of(Meeting))}
"""By the keys at the top that name fields, the keys below them that do."""
_OTHERS = {"contact": ("urgent",), "aside": ROLES}
"""By the keys at the top, further keys below them that nobody takes away without a word."""
ALL_PHASES = (
    "This takes the place of all phases of `{name}`, and something else needs what was in them. "
    "A whole phase cannot be added: put its cards into one that is there, with `add`."
)
ALL = "This takes the place of {all} in `{key}` of `{of}`{needed}. {way}"
NEEDED = ", and something else needs what was there"
ONE_BY_ONE = "To change one, write its name below `change`; to add one, `to: {to}` below `add`."
WHOLE = (
    "This takes the place of the whole `{key}` of `{of}`: {lost}{asked}. Put `{key}` below "
    "`change`, and what you do not write there stays."
)
STUCK = (
    "This takes the place of all {all} items of `stuck` in `{of}`. Those that shall stay stand "
    "here, too."
)
DOCUMENTS = (
    "This takes the place of all documents of `{of}`: {lost}, with all that stands only there. To "
    "keep that, add {lines} here."
)


def note_replaced(merged: Merged, before: Node, place: Place, given: Pairs) -> None:
    """Note what goes when lists of phases, cards or fields take the place of others.

    Args:
        merged: Where it is noted; the lists that are given are in it.
        before: The agenda without these.
        place: Where the part is that has them.
        given: What is given of that part.
    """
    for key, _value in given.pairs:
        if text_of(key) in _HOLDING:
            whole = (*place, text_of(key))
            # What is prepared is a list for each of the two.
            for one in [(*whole, role) for role in ROLES] if whole == (PREPARE,) else [whole]:
                _note_list(merged, before, one, key)


def _note_list(merged: Merged, before: Node, place: Place, key: Node) -> None:
    """Note what goes with a list: a problem if something needs it, else a warning if it is much."""
    left = {(part.kind, part.id) for part in parts_of(merged.node)}
    gone = [
        part
        for part in parts_of(before)
        if part.place[: len(place)] == place and (part.kind, part.id) not in left
    ]
    if not gone:
        return
    if place == (PHASES,):
        merged.note_gone(gone, Gone("", spot_of(key), ALL_PHASES.format(name=merged.name)))
        return
    had = items_of(node_at(before, place))
    of = text_of(value_of(node_at(before, place[:-1]), "id"))
    way = ONE_BY_ONE.format(to=of or ".".join(map(str, place)))
    kind = gone[0].kind
    every = f"all {len(had)} {kind}s" if len(had) > 1 else f"the one {kind}"
    every = f"both {kind}s" if len(had) == 2 else every
    said = {"all": every, "key": place[-1], "of": of or PREPARE}
    needed = ALL.format(**said, needed=NEEDED, way=way)
    merged.note_gone(gone, Gone("", spot_of(key), needed))
    lost = [part.id for part in gone if part.place[:-1] == place]
    now = items_of(node_at(merged.node, place))
    # An empty list takes all away on purpose, unless something needs it.
    if now and (len(lost) > len(now) or 0 < len(lost) < len(had)):
        going = f": {_go(lost)}" if len(lost) < len(had) else ""
        sentence = ALL.format(**said, needed=going, way=way)
        merged.worth_a_look.append(Note(spot_of(key), sentence, REPLACED))


def _go(names: Iterable[str]) -> str:
    """Return in words that something of these names goes."""
    words = [f"`{shown(name, 60)}`" for name in names]
    return f"{join_words(words)} {'go' if len(words) > 1 else 'goes'}"


def lost_at_the_top(merged: Merged, base: Node, child: Pairs) -> Iterator[Note]:
    """Yield what goes without a word where a key at the top takes the place of the other one's."""
    for key, value in child.pairs:
        before, now = (value_of(node, text_of(key)) for node in (base, merged.node))
        sentence = ""
        if isinstance(value, Pairs):
            kept = {*key_names(value), *key_names(now)}
            sentence = _lost_keys(merged, text_of(key), without_keys(before, kept))
        elif text_of(key) == "documents":
            sentence = _lost_documents(merged, items_of(before), items_of(now))
        elif text_of(key) == "stuck":
            sentence = _lost_items(merged, items_of(before), items_of(now))
        if sentence:
            yield Note(spot_of(key), sentence, REPLACED)


def _lost_keys(merged: Merged, key: str, gone: Pairs) -> str:
    """Return what goes with keys that are not given again, and what of it is still asked."""
    asked = {part.id for part in parts_of(merged.node) if part.kind == "field"}
    named = {name: text_of(value_of(gone, name)) for name in _NAMING.get(key, ())}
    fields = [field for field in named.values() if field in asked]
    lines = [f"{name}: {field}" for name, field in named.items() if field in asked]
    lines += [name for name in _OTHERS.get(key, ()) if name in key_names(gone)]
    still = f", and {_still(fields)} still asked" if fields else ""
    said = {"key": key, "of": merged.name, "lost": _go(lines), "asked": still}
    return WHOLE.format(**said) if lines else ""


def _still(fields: Iterable[str]) -> str:
    words = [f"`{field}`" for field in dict.fromkeys(fields)]
    return f"{join_words(words)} {'are' if len(words) > 1 else 'is'}"


def _lost_items(merged: Merged, before: Sequence[Node], now: Sequence[Node]) -> str:
    """Return that a list of texts takes the place of one of which much is lost, if it does."""
    texts = {" ".join(text_of(item).split()) for item in now}
    lost = [item for item in before if " ".join(text_of(item).split()) not in texts]
    much = len(lost) > len(now) > 0
    return STUCK.format(all=len(before), of=merged.name) if much else ""


def _lost_documents(merged: Merged, before: Sequence[Node], now: Sequence[Node]) -> str:
    """Return which documents go where fewer of them are given anew; empty if none does."""
    given = {text_of(value_of(each, key)) for each in now for key in ("template", "file")}
    texts = [{key: text_of(value_of(each, key)) for key in key_names(each)} for each in before]
    lost = [keys for keys in texts if given.isdisjoint((keys["template"], keys["file"]))]
    # That nothing can be accepted any more is an error of its own.
    agreement = any("accept" in keys for keys in lost)
    if agreement or not (lost and 0 < len(now) < len(before)):
        return ""
    written = (", ".join(f"{key}: {text}" for key, text in keys.items()) for keys in lost)
    lines = join_words([f"`- {{{keys}}}`" for keys in written])
    files = _go(keys["file"] for keys in lost)
    return DOCUMENTS.format(of=merged.name, lost=files, lines=lines)
