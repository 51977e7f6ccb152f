"""What goes where an agenda gives anew what the one that it extends has: a list, or its contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.inheritance.gathering import HOLDING
from mentorwalk.authoring.inheritance.merged import Gone, Note, spot_of
from mentorwalk.authoring.inheritance.parts import parts_of
from mentorwalk.authoring.syntax.nodes import (
    is_empty,
    items_of,
    key_names,
    node_at,
    text_of,
    value_of,
)
from mentorwalk.authoring.syntax.source import Pairs
from mentorwalk.domain.outcomes import Meeting
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

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
ALL_PHASES = (
    "This takes the place of all phases of `{name}`, and something else needs what was in them. "
    "A whole phase cannot be added: put its cards into one that is there, with `add`."
)
ALL = "This takes the place of {all} in `{key}` of `{of}`{needed}. {way}"
NEEDED = ", and something else needs what was there"
ONE_BY_ONE = "To change one, write its name below `change`; to add one, `to: {to}` below `add`."
UNNAMED = (
    "This takes the place of the whole `{key}` of `{of}`: `{line}` goes, and `{field}` is still "
    "asked. Write that line here, too, put `{key}` below `change`, or leave `{field}` out."
)


def note_replaced(merged: Merged, before: Node, place: Place, given: Pairs) -> None:
    """Note what goes when lists of phases, cards or fields take the place of others.

    Args:
        merged: Where it is noted; the lists that are given are in it.
        before: The agenda without these.
        place: Where the part is that has them.
        given: What is given of that part.
    """
    for key, value in given.pairs:
        if text_of(key) in _HOLDING and not is_empty(value):
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
    said = {"all": every, "key": place[-1], "of": of or PREPARE}
    needed = ALL.format(**said, needed=NEEDED, way=way)
    merged.note_gone(gone, Gone("", spot_of(key), needed))
    lost = sum(part.place[:-1] == place for part in gone)
    if lost > len(items_of(node_at(merged.node, place))):
        sentence = ALL.format(**said, needed="", way=way)
        merged.worth_a_look.append(Note(spot_of(key), sentence, REPLACED))


def unnamed(merged: Merged, base: Node, child: Pairs) -> Iterator[Note]:
    """Yield that a contact or a meeting of its own names no field any more that is still asked."""
    asked = {part.id for part in parts_of(merged.node) if part.kind == "field"}
    for key, value in child.pairs:
        whole = value_of(base, text_of(key))
        for name in _NAMING.get(text_of(key), ()) if isinstance(value, Pairs) else ():
            field = text_of(value_of(whole, name))
            if field in asked and name not in key_names(value):
                line = f"{name}: {field}"
                said = {"key": text_of(key), "of": merged.name, "line": line, "field": field}
                yield Note(spot_of(key), UNNAMED.format(**said), REPLACED)
