"""Warnings about words that are almost those of another place, and were meant to be the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.domain.errors import looks_misspelt, shown
from mentorwalk.domain.fields import each_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex

FEWEST, MOST = 4, 40
"""The words of a sentence that can be almost another one."""
HEADINGS = 20
"""The most headings that one is compared with: the search takes time for each."""


def almost_choices(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each usual answer that differs from a choice by a word, and would stand beside it."""
    for place, field in index.fields:
        picks = {choice.pick for choice in field.choices}
        usual = [text for text in each_text(field.default or ()) if text not in picks]
        near = {form: pick for pick in picks for form in _forms(pick)} if usual else {}
        for text in usual if field.other else ():
            if pick := next((near[form] for form in _forms(text) if form in near), ""):
                sentence = (
                    f"“{shown(text, 60)}” is almost the choice “{shown(pick, 60)}”, and would be "
                    "offered beside it: write both alike."
                )
                yield Finding((*place, "default"), sentence, text, pick)


def _forms(text: str) -> set[tuple[str, ...]]:
    """Return the words of a sentence, and the same without one of them; none if it is no sentence.

    Two sentences that differ by one word have such a form in common.
    """
    words = tuple(re.findall(r"\w+", text.casefold()))
    if not FEWEST <= len(words) <= MOST:
        return set()
    return {words, *((*words[:at], *words[at + 1 :]) for at in range(len(words)))}


def almost_headings(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each heading of a clause that is another one but for a misspelt word."""
    beside: dict[tuple[str, ...], dict[str, str]] = {}
    # What another agenda says comes first: its headings are the ones to keep to.
    for place, prompt in sorted(index.prompts, key=lambda each: not index.inherited(each.place)):
        heading = prompt.clause.heading if prompt.clause else ""
        words = heading.casefold().split()
        for at, word in enumerate(words) if 1 < len(words) <= MOST else ():
            others = beside.setdefault((*words[:at], "", *words[at + 1 :]), {})
            if not index.inherited(place) and (near := _misspelt(word, others)):
                sentence = (
                    f"“{shown(heading, 60)}” is almost the heading “{shown(others[near], 60)}”: "
                    "what has the same heading stands together in the agreement."
                )
                yield Finding((*place, "clause", "heading"), sentence)
            others[word] = heading


def _misspelt(word: str, others: Iterable[str]) -> str:
    """Return the other word that one looks like a misspelling of; empty if it is none."""
    alike = [each for each in others if each[0] == word[0] and each != word]
    return next((each for each in alike[:HEADINGS] if looks_misspelt(word, [each])), "")
