"""Finding agendas by words: those that speak of what somebody types, the best ones first."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from mentorwalk.domain.agenda import Agenda

SHARED = 4
"""The fewest letters that two words begin with alike, if they differ at their ends."""
ENDING = 2
"""The most letters of the shorter of two such words that differ: `decide`, `decision`."""
ADDED = 5
"""The most letters that one has more: `present`, `presentation`; not `over`, `overwhelmed`."""
ENOUGH = 0.6
"""The share of what the best agenda has that another one needs: found on 100 sentences."""
TELLING = 3
"""The fewest letters of a word that tells what somebody is after: not `he`, `I`, `do`."""


def found(wanted: Iterable[str], agendas: Mapping[str, Agenda]) -> list[str]:
    """Return the names of the agendas that speak of some words, the best one first.

    The rarer a word is in all that they say, on their cards as well, the more it counts: a sentence
    can be typed as it is said. In the title, in `when_to_use` and in `suggested_by` it counts
    twice. What has much less than the best one is left out.
    """
    typed = _words(" ".join(wanted))
    asked = {word for word in typed if len(word) >= TELLING}
    heads = {name: _spoken(asked, _head(name, each, typed)) for name, each in agendas.items()}
    whole = {name: heads[name] | _spoken(asked, each.about) for name, each in agendas.items()}
    cards = {name: _spoken(asked, _on_cards(each)) for name, each in agendas.items()}
    common = Counter(word for name in agendas for word in whole[name] | cards[name])

    def weight(spoken: AbstractSet[str]) -> float:
        """Return how much the rare words among these count."""
        return sum(1 / common[word] for word in spoken)

    scores = {name: weight(heads[name]) + weight(whole[name]) for name in agendas}
    enough = max(scores.values(), default=0) * ENOUGH
    by_score = sorted(agendas, key=lambda name: -scores[name])
    return [name for name in by_score if 0 < scores[name] >= enough]


def _head(name: str, agenda: Agenda, typed: AbstractSet[str]) -> str:
    """Return the words that say most of what an agenda is for.

    Several words in a row that suggest it, such as `tell him`, are among them if all were typed.
    """
    said = (words for condition in agenda.suggested_by for words in condition.any_of)
    meant = (words for words in said if all(_any_alike(word, typed) for word in _words(words)))
    return " ".join((name, agenda.title, agenda.when_to_use, *meant))


def _on_cards(agenda: Agenda) -> str:
    """Return the words on the cards of an agenda: they tell which words are everywhere."""
    cards = agenda.prompts.values()
    return " ".join(text for card in cards for text in (card.ask, card.tip, *card.stuck))


def _spoken(asked: AbstractSet[str], text: str) -> set[str]:
    """Return the words, of some that are asked for, that a text has in any form."""
    words = _words(text)
    return {each for each in asked if _any_alike(each, words)}


def _words(text: str) -> set[str]:
    whole = re.sub(r"\bcan['’]t\b", "cannot", folded(text))
    return set(re.findall(r"[^\W_]+", re.sub(r"['’]", "", whole)))


def _any_alike(word: str, words: AbstractSet[str]) -> bool:
    return any(_alike(word, each) for each in words)


def _alike(one: str, other: str) -> bool:
    """Return whether two words are one, whatever their ends."""
    shorter, longer = sorted((len(one), len(other)))
    needed = max(SHARED, shorter - ENDING) if longer <= shorter + ADDED else longer
    return one[:needed] == other[:needed]
