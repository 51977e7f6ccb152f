"""Phases as they were meant where they stand among the cards of the phase above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.syntax.nodes import items_of, key_names, text_of, value_of
from mentorwalk.authoring.syntax.repair import SHOWN_LINES, deeper_lines, move_of, shifted
from mentorwalk.authoring.syntax.source import Items, Pairs
from mentorwalk.domain.agenda import Phase

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mentorwalk.authoring.decoding.problems import Misfits
    from mentorwalk.authoring.syntax.source import Node

NO_CARD = "This is a phase, and stands among the cards of the one above: {move}."


def raised(misfits: Misfits, phases: Iterable[Node]) -> Iterator[Node]:
    """Yield phases, also those that stand as deep as the cards of one above them; note these."""
    for phase in phases:
        within = [card for card in _cards(phase) if "prompts" in key_names(card)]
        begun = _begun(phase)
        if not isinstance(phase, Pairs):
            yield phase
        elif within:
            yield _without(phase, within)
            for card in within:
                below = deeper_lines(misfits.source.lines, card.line, card.column - 1)
                _note(misfits, card, [*below][-1:], phase)
            yield from within
        elif begun:
            at = key_names(phase).index("prompts") + 1
            whole, rest = _without(phase, [begun]), phase.pairs[at:]
            yield whole._replace(pairs=whole.pairs[:at])
            _note(misfits, begun, [rest[0][0].line - 1], phase)
            yield begun._replace(pairs=(*begun.pairs, *rest))
        else:
            yield phase


def _cards(phase: Node) -> tuple[Node, ...]:
    return items_of(value_of(phase, "prompts"))


def _begun(phase: Node) -> Pairs | None:
    """Return the first keys of a phase that stand as deep as the cards of the one above it."""
    last, names = _cards(phase)[-1:], key_names(phase)
    for card in last if names.count("prompts") > 1 else ():
        if isinstance(card, Pairs) and {*key_names(card)} <= keys_of(Phase).keys():
            return card
    return None


def _without(phase: Pairs, cards: Container[Node]) -> Pairs:
    """Return a phase without some of its cards."""
    kept = [card for card in _cards(phase) if card not in cards]
    pairs = (
        (key, Items(value.line, value.column, tuple(kept)))
        if text_of(key) == "prompts" and isinstance(value, Items) and _cards(phase) == value.nodes
        else (key, value)
        for key, value in phase.pairs
    )
    return phase._replace(pairs=tuple(pairs))


def _note(misfits: Misfits, card: Node, last: list[int], phase: Pairs) -> None:
    """Note that a phase stands too deep, from its first line on."""
    lines, by = range(card.line, max([card.line, *last]) + 1), phase.column - card.column
    fix = "\n".join(shifted(misfits.source.line(n), by) for n in lines)
    sentence = NO_CARD.format(move=move_of(lines, by))
    misfits.note(card, sentence, fix if len(lines) <= SHOWN_LINES else "")
