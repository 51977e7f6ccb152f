"""What cards ask of two people: stops at the keyboard, lines to settle, words to read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.domain.conditions import is_usual
from mentorwalk.domain.exercises import asks_in_the_talk
from mentorwalk.domain.fields import MOST_ITEMS
from mentorwalk.domain.item_counts import most_items
from mentorwalk.domain.placeholders import fill_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.fields import Field


@dataclass(frozen=True)
class Demands:
    """What some cards ask for, if all is answered as usual."""

    stops: int = 0
    """How often people at a keyboard are asked for something."""
    lines: int = 0
    """How many answers are settled on sheets; sentences that are kept together are one."""
    aloud: int = 0
    """How many fixed words are read aloud."""


def demands_of(agenda: Agenda, cards: Iterable[str]) -> Demands:
    """Return what some cards of an agenda ask for together, by their ids."""
    prompts = [agenda.prompts[card] for card in cards]
    prompts = [prompt for prompt in prompts if is_usual(agenda, prompt)]
    return Demands(
        sum(stops_of(agenda, prompt) for prompt in prompts),
        sum(_line_count(agenda, prompt) for prompt in prompts),
        sum(len(fill_in(prompt.read, agenda.names).split()) for prompt in prompts),
    )


def _line_count(agenda: Agenda, prompt: Prompt) -> int:
    settled = [field for field in prompt.settle if not field.private]
    alone = [field for field in settled if not field.has_sentences]
    return sum(_times(agenda, field) for field in alone) + (alone != settled)


def _times(agenda: Agenda, field: Field) -> int:
    """Return how often a field is asked of one person: once, or for each item."""
    return int(min(most_items(agenda, field), MOST_ITEMS)) if field.asks_items else 1


def stops_of(agenda: Agenda, prompt: Prompt) -> int:
    """Return how often people at a keyboard are asked for something on a card.

    The talk is one stop, unless what is asked is talked about; each recorded answer is one (one for
    each item, where it is asked so), a sheet one, the agreement one, and so are the words that
    follow it. A question that depends on an answer counts if the usual answer asks it.
    """
    again = (agenda.fields[key] for key in prompt.again if key in agenda.fields)
    fields = dict.fromkeys((*again, *prompt.record))
    asked = [field for field in fields if not field.private and is_usual(agenda, field)]
    settled = [field for field in prompt.settle if not field.private]
    decides = prompt.accept and agenda.accept_document is not None
    moment = decides and bool(prompt.agreed or prompt.still_draft)
    if asked:
        talk = not asks_in_the_talk(agenda, prompt, asked)
    else:
        talk = not settled or not all(field.has_sentences for field in settled)
    answers = sum(len(field.answer_ids) * _times(agenda, field) for field in asked)
    return talk + answers + bool(settled) + decides + moment
