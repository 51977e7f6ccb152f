"""What leaves the agreement where an agenda leaves out, or changes, clauses of another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.clauses import UNSAID
from mentorwalk.authoring.inheritance.merged import Note, spot_of
from mentorwalk.authoring.inheritance.parts import parts_of
from mentorwalk.authoring.syntax.nodes import key_names, node_at, text_of, value_of
from mentorwalk.domain.errors import shown
from mentorwalk.domain.fields import field_of
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.inheritance.merged import Merged
    from mentorwalk.authoring.syntax.source import Node

LOST_ANSWER = "unsaid"
"""What the warning is called that an answer stands nowhere in the agreement."""
CONTACT = "contact"
STILL_USED = (
    "What the two settle as `{name}` stands nowhere in the agreement: write `{{{name}}}` where it "
    "belongs."
)
"""The message about an answer that is used elsewhere, so that it cannot be left out."""
FORMERLY = " The clause that this takes the place of says “{sentence}”"
"""How an answer has read in the agreement so far."""
NO_CONTACT = (
    "The clause that this takes the place of named `{contact}`, and no clause does now: write "
    "`{contact}` where the agreement tells whom to turn to."
)


def clauses_of(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the id of each card that has a clause, with that clause."""
    for part in parts_of(node):
        clause = node_at(node, (*part.place, "clause"))
        if part.kind == "card" and clause is not None:
            yield part.id, clause


def _heading(clause: Node) -> str:
    return text_of(value_of(clause, "heading"))


def lost_clauses(merged: Merged, before: Iterable[tuple[str, Node]]) -> Iterator[Note]:
    """Yield each clause that leaves the agreement, unless an own one has the same heading."""
    now = dict(clauses_of(merged.node))
    own = {_heading(clause) for clause in now.values() if clause.line < merged.inherited}
    for card, clause in before:
        if card not in now and _heading(clause) not in own:
            gone = merged.gone_cards.get(card)
            spot = gone.spot if gone else merged.touched[card]
            heading = shown(_heading(clause), 60)
            sentence = f"With this, what `{card}` says under “{heading}” leaves the agreement."
            yield Note(spot, sentence, "agreement")


def lost_answers(merged: Merged, before: Iterable[tuple[str, Node]]) -> Iterator[Note]:
    """Yield what a changed clause has named, and no clause names now; the contact, too.

    It is told as `unsaid_answers` tells it, with how it has read so far behind that.
    """
    now = {card: value_of(clause, "says") for card, clause in clauses_of(merged.node)}
    said = {name for says in now.values() for name in _named(says)}
    asked = {part.id for part in parts_of(merged.node) if part.kind == "field"}
    used = _used_at_the_top(merged.node)
    for card, clause in before:
        says, named = now.get(card), _named(value_of(clause, "says"))
        if says is None or not says.line < merged.inherited <= clause.line:
            continue
        # A name without its braces is told as a sentence that nobody has read.
        bare = {*re.findall(r"\w+", text_of(says))} - {CONTACT}
        for name in (each for each in named if each not in said | bare):
            if name in asked:
                sentence = STILL_USED if name in used else UNSAID
                told = sentence.format(name=name) + _formerly(clause, name)
                yield Note(spot_of(says), told, LOST_ANSWER)
            elif name == CONTACT and value_of(merged.node, CONTACT):
                yield Note(spot_of(says), NO_CONTACT, LOST_ANSWER)


def _formerly(clause: Node, name: str) -> str:
    """Return in which sentence a clause names a field; empty if the field is all of it."""
    says = " ".join(text_of(value_of(clause, "says")).split())
    # What is kept as whole sentences has no full stop behind its name.
    each = sentences(re.sub(r"\} (?=[A-Z])", "}\n", says))
    said = next(said for said in each if name in map(field_of, PLACEHOLDER.findall(said)))
    return "" if PLACEHOLDER.fullmatch(said) else FORMERLY.format(sentence=shown(said, 400))


UNTIL_THEN = (
    "The clause that this takes the place of says what holds until then, under `meanwhile`: "
    "“{words}”. Write it here, too, or words of your own."
)


def lost_meanwhile(merged: Merged, before: Iterable[tuple[str, Node]]) -> Iterator[Note]:
    """Yield what held until something is decided, where own words for a clause say nothing."""
    now = dict(clauses_of(merged.node))
    for card, clause in before:
        own, held = now.get(card), _held(clause)
        if own and own.line < merged.inherited and held and not _held(own):
            yield Note(spot_of(own), UNTIL_THEN.format(words=shown(held, 400)), "replaced")


def _held(clause: Node) -> str:
    return " ".join(text_of(value_of(clause, "meanwhile")).split())


def _used_at_the_top(node: Node) -> frozenset[str]:
    """Return the fields that the meeting and the contact name."""
    meeting = value_of(node, "meeting")
    named = [value_of(meeting, key) for key in key_names(meeting)]
    return frozenset(map(text_of, [*named, node_at(node, (CONTACT, "named_by"))]))


def _named(says: Node | None) -> dict[str, None]:
    """Return the fields that a clause names, and what else it does, each once and in its order."""
    return dict.fromkeys(map(field_of, PLACEHOLDER.findall(text_of(says))))
