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


def found(wanted: Iterable[str], agendas: Mapping[str, Agenda]) -> list[str]:
    """Return the names of the agendas that speak of some words, the best one first.

    The rarer a word is among them, the more it counts: a sentence can be typed as it is said. In
    the title, in `when_to_use` and in `suggested_by` it counts twice. What has less than half of
    what the best one has is left out.
    """
    asked = _words(" ".join(wanted))
    heads = {name: _spoken(asked, _head(name, each)) for name, each in agendas.items()}
    whole = {name: heads[name] | _spoken(asked, each.about) for name, each in agendas.items()}
    common = Counter(word for spoken in whole.values() for word in spoken)

    def weight(spoken: AbstractSet[str]) -> float:
        """Return how much the rare words among these count."""
        return sum(1 / common[word] for word in spoken)

    scores = {name: weight(heads[name]) + weight(whole[name]) for name in agendas}
    enough = max(scores.values(), default=0) / 2
    by_score = sorted(agendas, key=lambda name: -scores[name])
    return [name for name in by_score if 0 < scores[name] >= enough]


def _head(name: str, agenda: Agenda) -> str:
    """Return the words that say most of what an agenda is for."""
    said = (word for condition in agenda.suggested_by for word in condition.any_of)
    return " ".join((name, agenda.title, agenda.when_to_use, *said))


def _spoken(asked: AbstractSet[str], text: str) -> set[str]:
    """Return the words, of some that are asked for, that a text has in any form."""
    words = _words(text)
    return {each for each in asked if any(_alike(each, word) for word in words)}


def _words(text: str) -> set[str]:
    whole = re.sub(r"\bcan['’]t\b", "cannot", folded(text))
    return set(re.findall(r"[^\W_]+", re.sub(r"['’]", "", whole)))


def _alike(one: str, other: str) -> bool:
    """Return whether two words are one, whatever their ends."""
    needed = max(SHARED, min(len(one), len(other)) - ENDING)
    return one[:needed] == other[:needed]
