"""What people are asked beforehand, and belongs to no card since one was left out or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.inheritance.merged import Note, spot_of
from mentorwalk.authoring.inheritance.parts import parts_of
from mentorwalk.authoring.syntax.nodes import items_of, node_at, text_of
from mentorwalk.domain.errors import shown
from mentorwalk.domain.fields import field_of
from mentorwalk.domain.text import join_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.inheritance.merged import Merged, Spot
    from mentorwalk.authoring.inheritance.parts import Part
    from mentorwalk.authoring.syntax.source import Node

RECALL = "recall"
"""The key, and what the warning is called."""
GONE = (
    "People are still asked for {names} beforehand, and no card has that in its `recall` any more, "
    "so it would stand on the first ones. Put it into the `recall` of another card, or leave it "
    "out here, too."
)
ANEW = (
    "A `recall` that is given anew takes the place of the other one, and no card has {names} in it "
    "any more. Write that here, too, unless it shall go."
)


def lost_recalls(merged: Merged, base: Node) -> Iterator[Note]:
    """Yield what was recalled by one card of the agenda that is extended, and is by none now."""
    asked = {part.id for part in parts_of(merged.node) if part.place[0] == "prepare"}
    cards = _cards(merged.node)
    # Of two cards that have one id by mistake, the first counts.
    now = {card.id: card for card in reversed(cards)}
    seen = {name for card in cards for name in _recalled(merged.node, card)}
    # What is asked no more has nothing to show.
    seen |= _fields(base) - _fields(merged.node)
    told: dict[tuple[Spot, str], list[str]] = {}
    for card in _cards(base):
        key = _told(merged, now.get(card.id, card))
        # What a card that is gone has recalled of earlier answers goes with it.
        lost = (name for name in _recalled(base, card) if name in asked or (key and key[1] == ANEW))
        names = [name for name in lost if name not in seen]
        if names and key:
            told.setdefault(key, []).extend(names)
        seen |= {*names}
    for (spot, sentence), names in told.items():
        words = join_words([f"`{shown(name, 60)}`" for name in names])
        yield Note(spot, sentence.format(names=words), RECALL)


def _told(merged: Merged, card: Part) -> tuple[Spot, str] | None:
    """Return where that is told of a card as it is now, and how; None if that is told already."""
    if gone := merged.gone_cards.get(card.id):
        return None if gone.replaced else (gone.spot, GONE)
    given = node_at(merged.node, (*card.place, RECALL))
    return (spot_of(given), ANEW) if given and given.line < merged.inherited else None


def _cards(agenda: Node | None) -> list[Part]:
    return [part for part in parts_of(agenda) if part.kind == "card"] if agenda else []


def _fields(agenda: Node | None) -> set[str]:
    return {part.id for part in parts_of(agenda) if part.kind == "field"} if agenda else set()


def _recalled(agenda: Node | None, card: Part) -> dict[str, None]:
    """Return the fields that a card recalls, each once and in its order."""
    recalled = node_at(agenda, (*card.place, RECALL)) if agenda else None
    return dict.fromkeys(field_of(text_of(item)) for item in items_of(recalled))
