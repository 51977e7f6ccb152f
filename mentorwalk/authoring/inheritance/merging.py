"""An agenda that extends another, merged with it as nodes: keys, `leave_out`, `change`, `add`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.following import CHOICES_OF_NEXT
from mentorwalk.authoring.decoding.bars import without_bar
from mentorwalk.authoring.decoding.keys_meant import with_colons
from mentorwalk.authoring.decoding.lists_meant import no_list
from mentorwalk.authoring.decoding.meant import as_keys, with_keys_within
from mentorwalk.authoring.decoding.problems import Misfits
from mentorwalk.authoring.format.extension import Extension
from mentorwalk.authoring.format.other_words import language_called
from mentorwalk.authoring.format.shapes import keys_of, required_keys
from mentorwalk.authoring.inheritance.adding import add
from mentorwalk.authoring.inheritance.clauses import (
    clauses_of,
    lost_answers,
    lost_clauses,
    lost_meanwhile,
)
from mentorwalk.authoring.inheritance.gathering import (
    LEFT_OUT,
    NEW_PART,
    OF_ABOVE,
    TOP_KEY,
    as_id,
    as_items,
    by_name,
    gathered,
    indented,
    is_left_out,
    lifted,
    others_within,
    several,
    with_additions,
    with_names,
)
from mentorwalk.authoring.inheritance.marks import AS_OF, outdated, seen
from mentorwalk.authoring.inheritance.merged import Gone, Merged, Note, spot_of
from mentorwalk.authoring.inheritance.parts import (
    CLASSES,
    KINDS,
    MAPS,
    NoPart,
    Part,
    map_meant,
    nothing_called,
    part_called,
    parts_of,
)
from mentorwalk.authoring.inheritance.recalls import lost_recalls
from mentorwalk.authoring.inheritance.replacing import lost_at_the_top, note_replaced
from mentorwalk.authoring.inheritance.stale import stale_default, stale_help
from mentorwalk.authoring.syntax.nodes import (
    changed_at,
    is_empty,
    items_of,
    key_names,
    node_at,
    text_of,
    value_of,
    without_keys,
)
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.agenda import Agenda, Prompt
from mentorwalk.domain.errors import shown, suggestion
from mentorwalk.domain.fields import BEFORE, WHAT_FOLLOWS, Field, field_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.syntax.source import Node, Source

OWN_KEYS = tuple(keys_of(Extension))
"""The keys that only an agenda has that extends another."""
_HOLD = ("leave_out", "change", "add")
"""Those of them that hold a list, or keys."""
MARKS_NEEDED = "`as_of` holds marks by id. Take it out, then run `{command}`: it writes them."
DASHES_LINE_UP = "Two ids are read as one here: write each dash below the one above it."
NO_PART = "`{key}` is no card, phase or field, and stays: say what is different, below `change`."
BY_NAME = (
    "Below `change`, each phase, card and field stands by its own name, as in `hello:`, and below "
    "it what is different: take this line out."
)
ON_CARD = "`ask` belongs to a card: the one that asks for `{name}` is `{card}`."
AN_ID_ABOVE = "The id stands above already: take this line out."
AN_ID_STAYS = "An id stays. Leave it out, and add one."


def merge(parent: Node, child: Pairs, name: str, own: Source) -> Merged:
    """Merge an agenda with the one that it extends.

    Args:
        parent: What it extends, whole and without problems.
        child: What it says itself.
        name: What it calls the one that it extends.
        own: Its own text; from its last line on, a node is of the one that it extends.
    """
    base = without_keys(parent, ("id", "mentorwalk"))
    found = Merged(base, name, own, Misfits(own))
    ids = {part.id for part in parts_of(base)} - keys_of(Agenda).keys()
    child = _without_bars(found, child)
    child = with_additions(found, child, ids)
    child = lifted(found, child, {"leave_out", "add"} - ids)
    child = with_keys_within(found.misfits, gathered(found, child, ids), keys_of(Agenda))
    found.node = _overlaid(base, without_keys(child, OWN_KEYS), Agenda)
    note_replaced(found, base, (), child)
    for key in _repeated(child.pairs, OWN_KEYS):
        found.note(key, f"`{text_of(key)}` appears here twice: keep one.")
    before = [*clauses_of(found.node)]
    _leave_out(found, value_of(child, "leave_out"))
    _change(found, value_of(child, "change"))
    add(found, value_of(child, "add"))
    found.worth_a_look += [*lost_at_the_top(found, base, child), *lost_clauses(found, before)]
    found.worth_a_look += [*lost_answers(found, before), *lost_meanwhile(found, before)]
    found.worth_a_look += lost_recalls(found, base)
    marks = value_of(child, AS_OF)
    if marks and not isinstance(marks, Pairs) and not is_empty(marks):
        found.note(marks, MARKS_NEEDED.format(command=seen(own)))
    found.worth_a_look += _same_id(found, parent, child)
    found.worth_a_look += _other_language(found, base, child)
    found.worth_a_look += outdated(parent, child, name, own)
    return found


def _without_bars(merged: Merged, child: Pairs) -> Pairs:
    """Return what an agenda says, with what a bar makes a text in its own keys as it was meant."""
    pairs = (
        (key, without_bar(merged.misfits, value, text_of(key)) if text_of(key) in _HOLD else value)
        for key, value in child.pairs
    )
    return child._replace(pairs=tuple(pairs))


def _repeated(
    pairs: Iterable[tuple[Node, Node]], among: Collection[str] | None = None
) -> Iterator[Node]:
    """Yield the keys that came before."""
    seen: set[str] = set()
    for key, _ in pairs:
        name = text_of(key)
        if name in seen and (among is None or name in among):
            yield key
        seen.add(name)


def _overlaid(part: Node | None, given: Pairs, kind: type) -> Pairs:
    """Return a part with the keys that are given; an empty one is taken away, if it may be."""
    optional = {*keys_of(kind)} - {*required_keys(kind)}
    kept = without_keys(part, key_names(given)).pairs if isinstance(part, Pairs) else ()
    new = [
        (key, value)
        for key, value in given.pairs
        if not (is_empty(value) and text_of(key) in optional)
    ]
    braces = part.braces if isinstance(part, Pairs) else given.braces
    return Pairs(given.line, given.column, (*kept, *new), braces)


# --- Leaving out


def _leave_out(merged: Merged, listed: Node | None) -> None:
    """Leave out what is listed, with what it holds, and what cards recall of it."""
    if isinstance(listed, Scalar | Pairs) and not is_empty(listed):
        no_list(merged.misfits, listed, "leave_out")
    parts = merged.listed = (*parts_of(merged.node),)
    cut: dict[Place, Node] = {}
    ids = {part.id for part in parts}
    listed = as_items(listed, ids)
    items = (as_id(merged, item) for item in items_of(listed))
    for item in (each for node in items for each in several(merged, node, ids)):
        if re.search(r"\s-\s", text_of(item)):
            merged.note(item, DASHES_LINE_UP)
            continue
        part = part_called(text_of(item), parts, KINDS, merged.name)
        if isinstance(part, NoPart) and text_of(item) in MAPS:
            merged.note(item, NO_PART.format(key=text_of(item)))
        elif isinstance(part, NoPart):
            merged.note_missing(item, text_of(item), part.sentence, part.near)
            # What was meant is left out all the same, so that all that needs it is told.
            part = part_called(part.near, parts, KINDS, merged.name)
        if isinstance(part, Part):
            cut[part.place] = item
            within = (other for other in parts if other.place[: len(part.place)] == part.place)
            merged.note_gone(within, Gone(part.id, spot_of(item)))
    # From the end, so that the places of the others stay as they are.
    for place in sorted(cut, key=_order, reverse=True):
        _cut(merged, place, cut[place])
    _forget_recalled(merged)


def _order(place: Place) -> tuple[tuple[str, int], ...]:
    """Return what sorts places: keys by name, items by number, what holds others before these."""
    return tuple((step, 0) if isinstance(step, str) else ("", step) for step in place)


def _cut(merged: Merged, place: Place, item: Node) -> None:
    *around, number = place
    left = [
        node for n, node in enumerate(items_of(node_at(merged.node, tuple(around)))) if n != number
    ]
    merged.put_items(tuple(around), lambda _: left, spot_of(item))


def _forget_recalled(merged: Merged) -> None:
    """Take away what cards of the other agenda recall of fields that were left out."""
    for part in parts_of(merged.node):
        recall = node_at(merged.node, (*part.place, "recall"))
        if isinstance(recall, Items) and recall.line >= merged.inherited and merged.gone_fields:
            kept = tuple(item for item in recall.nodes if _recalled(item) not in merged.gone_fields)
            shorter = partial(_instead, recall._replace(nodes=kept))
            merged.node = changed_at(merged.node, (*part.place, "recall"), shorter)


def _instead(new: Node, _old: Node | None) -> Node:
    return new


def _recalled(item: Node) -> str:
    return field_of(text_of(item).removesuffix(BEFORE))


# --- Changing


def _change(merged: Merged, given: Node | None) -> None:
    """Change parts by their ids, key by key."""
    given = as_keys(merged.misfits, by_name(merged, given), "change") if given else None
    if not isinstance(given, Pairs):
        if given and not is_empty(given):
            merged.note(
                given, "`change` needs ids, each with what is different: `rhythm: {minutes: 4}`."
            )
        return
    ids = {part.id for part in parts_of(merged.node)}
    given = with_names(merged, with_colons(merged.misfits, given), ids)
    given = indented(merged, given, ids)
    repeated = [*_repeated(given.pairs)]
    for key, part in given.pairs:
        wanted, target = shown(text_of(key), 40), _target(merged, text_of(key))
        keys = part if isinstance(target, NoPart) else as_keys(merged.misfits, part, wanted)
        if key in repeated:
            merged.note(key, f"`{wanted}` appears here twice: keep one.")
        elif isinstance(keys, Pairs) and _has_only_choices_of_next(merged, target, keys):
            out = f"take `{wanted}` out here, with all that stands below it."
            merged.note(key, f"{CHOICES_OF_NEXT}: {out}")
        elif isinstance(keys, Pairs):
            _change_part(merged, key, keys)
        elif isinstance(target, NoPart):
            merged.note_missing(key, text_of(key), target.sentence, target.near)
        elif is_left_out(keys) and text_of(key) not in MAPS:
            merged.note(key, LEFT_OUT.format(name=wanted))
        elif not merged.misfits.sign_missing(keys):
            sentence = f"Keys are needed here: what is different about `{wanted}`?"
            asks = text_of(keys).count(" ") > 1 and target[1] is Prompt
            more = " Its question stands below `ask: |`." * asks
            more += " If nothing is, take this line out." * is_empty(keys)
            merged.note(key, sentence + more)


def _has_only_choices_of_next(
    merged: Merged, target: tuple[Place, type] | NoPart, keys: Pairs
) -> bool:
    """Return whether nothing is given but choices, for a field that offers what `next` lists."""
    former = None if isinstance(target, NoPart) else node_at(merged.node, target[0])
    offered = text_of(value_of(former, "choices_from")) == WHAT_FOLLOWS
    return offered and {"choices", "other"}.issuperset(key_names(keys))


def _change_part(merged: Merged, key: Node, keys: Pairs) -> None:
    name = text_of(key)
    target = _target(merged, name)
    if isinstance(target, NoPart):
        target = _of_the_top(merged, name, keys) or target
    if "ask" in key_names(keys) and (isinstance(target, NoPart) or target[1] is Field):
        target = _asked_on(merged, name) or target
    if isinstance(target, NoPart):
        known = target.near or merged.gone(name) or name in keys_of(Agenda)
        new = not known and not {"ask", "label"}.isdisjoint(key_names(keys))
        told = target.sentence + NEW_PART.format(name=name) * new
        merged.note_missing(key, name, told, target.near)
        # What was meant is changed all the same, so that nothing else seems to lack it.
        name = target.near or name
        target = _target(merged, name)
    if isinstance(target, NoPart):
        return
    place, changed = target
    others = {part.id for part in parts_of(merged.node)} - keys_of(changed).keys()
    keys, foreign = others_within(merged, key, keys, others)
    for other, inner in foreign:
        if isinstance(inner, Pairs):
            _change_part(merged, other, inner)
    merged.touched[name.rpartition(".")[2]] = spot_of(key)
    if "id" in key_names(keys):
        inner = next(inner for inner, _ in keys.pairs if text_of(inner) == "id")
        same = text_of(value_of(keys, "id")) == name.rpartition(".")[2]
        merged.note(inner, AN_ID_ABOVE if same else AN_ID_STAYS)
        keys = without_keys(keys, ("id",))
    if is_left_out(value_of(keys, "when")):
        merged.note(key, LEFT_OUT.format(name=shown(name, 40)))
        keys = without_keys(keys, ("when",))
    keys = _with_heading(merged, place, keys)
    before = merged.node
    merged.put(place, lambda part: _overlaid(part, keys, changed), spot_of(key))
    note_replaced(merged, before, place, keys)
    former = node_at(before, place)
    merged.worth_a_look += stale_default(node_at(merged.node, place), former, key, keys)
    merged.worth_a_look += stale_help(former, key, keys)


def _asked_on(merged: Merged, name: str) -> NoPart | None:
    """Return that a question belongs to the card of a field, if only that has a name."""
    parts = [part for part in parts_of(merged.node) if part.id == name.rpartition(".")[2]]
    field = next((part for part in parts if part.kind == "field"), None)
    if field is None or field.place[0] == "prepare" or "card" in {part.kind for part in parts}:
        return None
    card = text_of(node_at(merged.node, (*field.place[:4], "id")))
    return NoPart(ON_CARD.format(name=field.id, card=card), card)


def _of_the_top(merged: Merged, name: str, keys: Pairs) -> NoPart | None:
    """Return what a name such as `Contacts` means that is no part, by the keys below it."""
    above, near = map_meant(name, key_names(keys)), _target(merged, name)
    part = _target(merged, near.near) if isinstance(near, NoPart) and near.near else near
    fits = not isinstance(part, NoPart) and {*key_names(keys)} <= {*keys_of(part[1])}
    if not above or fits:
        return None
    return NoPart(f"{nothing_called(merged.name, name)}{suggestion(above)}", above)


def _with_heading(merged: Merged, place: Place, keys: Pairs) -> Pairs:
    """Return keys with the heading that a changed clause has had; note that it lacks it."""
    clause = value_of(keys, "clause")
    heading = node_at(merged.node, (*place, "clause", "heading"))
    if not isinstance(clause, Pairs) or heading is None or "heading" in key_names(clause):
        return keys
    sentence = f"A clause changes as a whole. Write this, too: `heading: {text_of(heading)}`."
    merged.note(clause, sentence)
    name = Scalar(clause.line, clause.column, "heading", "", clause.line)
    whole = clause._replace(pairs=((name, heading), *clause.pairs))
    pairs = ((key, whole if value is clause else value) for key, value in keys.pairs)
    return keys._replace(pairs=tuple(pairs))


def _target(merged: Merged, wanted: str) -> tuple[Place, type] | NoPart:
    """Return the place and the class of what shall change, or why it cannot."""
    if wanted in MAPS:
        return (wanted,), MAPS[wanted]
    part = part_called(wanted, parts_of(merged.node), KINDS, merged.name)
    if isinstance(part, Part):
        return part.place, CLASSES[part.kind]
    if merged.gone(wanted):
        return NoPart(f"`{wanted}` is left out, so nothing about it can change.")
    if wanted in ("phases", "prompts"):
        return NoPart(BY_NAME)
    if wanted in {*keys_of(Agenda), *OWN_KEYS}:
        return NoPart(TOP_KEY.format(key=wanted) + OF_ABOVE * (wanted in keys_of(Prompt)))
    return part


def _same_id(merged: Merged, parent: Node, child: Node) -> Iterator[Note]:
    """Yield that an agenda has the id of the one that it extends."""
    own = value_of(child, "id")
    if own and text_of(own) and text_of(own) == text_of(value_of(parent, "id")):
        sentence = (
            f"`{merged.name}`, which this agenda extends, has the id `{shown(text_of(own), 40)}`, "
            "too: what was walked with one counts as walked with the other. Give this one an id "
            "of its own."
        )
        yield Note(spot_of(own), sentence, "two-meanings")


def _other_language(merged: Merged, base: Node, child: Node) -> Iterator[Note]:
    """Yield that questions of the other agenda are said to be in a language that they are not."""
    spoken = text_of(value_of(base, "language")) or Agenda.language
    now = value_of(child, "language")
    asked = [node_at(merged.node, (*part.place, "ask")) for part in parts_of(merged.node)]
    theirs = any(ask is not None and ask.line >= merged.inherited for ask in asked)
    own = language_called(text_of(now)) or text_of(now)
    if now and theirs and own and own.split("-")[0] != spoken.split("-")[0]:
        sentence = (
            f"What `{merged.name}` asks is still in its own language, `{spoken}`: translate it "
            "under `change`, or take `language` out."
        )
        yield Note(spot_of(now), sentence, "translated")
