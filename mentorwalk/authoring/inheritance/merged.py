"""What becomes of an agenda while another one is merged into it, and what is noted on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.syntax.nodes import changed_at, node_at
from mentorwalk.authoring.syntax.source import Items, Scalar
from mentorwalk.domain.errors import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mentorwalk.authoring.decoding.problems import Misfits
    from mentorwalk.authoring.inheritance.parts import Part
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.syntax.source import Node, Source


class Spot(NamedTuple):
    """A line and a column, both counted from 0."""

    line: int
    column: int


class Note(NamedTuple):
    """What is worth a look at a spot."""

    spot: Spot
    sentence: str
    name: str = ""
    """What a warning is called in the comment that accepts it; empty if none can."""


class Gone(NamedTuple):
    """What made a part go."""

    entry: str
    """The id that was left out: its own, or that of what it was in."""
    spot: Spot
    """Where that is said."""
    replaced: str = ""
    """What is said if something needs it, where its whole list was replaced; else empty."""


@dataclass
class Merged:
    """An agenda merged with the one that it extends, as far as that has come."""

    node: Node
    """The agenda."""
    name: str
    """What it calls the one that it extends."""
    own: Source
    """Its own text."""
    misfits: Misfits
    """What could not be done."""
    worth_a_look: list[Note] = field(default_factory=list)
    """What could be done, and may not be meant."""
    entries: dict[Spot, Spot] = field(default_factory=dict)
    """By the spot of each part or list that was changed, the entry that changed it."""
    touched: dict[str, Spot] = field(default_factory=dict)
    """By the id of each part that was changed or added, the entry that did it."""
    gone_fields: dict[str, Gone] = field(default_factory=dict)
    """What made each field go that is not there any more, by its id."""
    gone_cards: dict[str, Gone] = field(default_factory=dict)
    """What made each card go that is not there any more, by its id."""
    gone_phases: dict[str, Gone] = field(default_factory=dict)
    """The same for each phase."""
    listed: tuple[Part, ...] = ()
    """The parts of the one that it extends, before any of them was left out."""
    gone_yes: str = ""
    """The id of the card that asked for the yes, if it is not there any more."""

    @property
    def inherited(self) -> int:
        """The line from which on a node is of the one that it extends."""
        return len(self.own.lines)

    def note(self, node: Node, sentence: str, fix: str = "") -> None:
        """Note what is wrong at a node."""
        self.misfits.note(node, sentence, fix)

    def note_missing(self, node: Node, name: str, sentence: str, near: str = "") -> None:
        """Note that a name means nothing; where a replaced list is why, there and once."""
        gone = self.gone_fields.get(name) or self.gone_cards.get(name)
        if gone and gone.replaced:
            node, sentence = _at(gone.spot), gone.replaced
        named = sentence.endswith(suggestion(near))
        fix = self.own.with_words(*spot_of(node), name, near) if named else ""
        self.note(node, sentence, fix)

    def note_gone(self, parts: Iterable[Part], why: Gone) -> None:
        """Keep which parts are not there any more, and what made them go."""
        gone = {"field": self.gone_fields, "card": self.gone_cards, "phase": self.gone_phases}
        for part in parts:
            gone[part.kind].setdefault(part.id, why)
            if part.kind == "card" and node_at(self.node, (*part.place, "accept")):
                self.gone_yes = part.id

    def gone(self, name: str) -> bool:
        """Return whether a part of this name was there and is left out."""
        return any(name in each for each in (self.gone_fields, self.gone_cards, self.gone_phases))

    def put(self, place: Place, change: Callable[[Node | None], Node], entry: Spot) -> None:
        """Change the part at a place, for an entry: problems with the part are told there."""
        self.node = changed_at(self.node, place, change)
        if changed := node_at(self.node, place):
            self.entries[spot_of(changed)] = entry

    def put_items(
        self, place: Place, change: Callable[[list[Node]], list[Node]], entry: Spot
    ) -> None:
        """Change the items of a list, for an entry; a list that is not there begins empty."""

        def changed(items: Node | None) -> Node:
            """Return the list with its items changed."""
            nodes = [*items.nodes] if isinstance(items, Items) else []
            return Items(*entry, tuple(change(nodes)))

        self.put(place, changed, entry)


def _at(spot: Spot) -> Scalar:
    return Scalar(*spot, "", "", spot.line)


def spot_of(node: Node) -> Spot:
    """Return where a node begins."""
    return Spot(node.line, node.column)
