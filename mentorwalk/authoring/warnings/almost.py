"""Warnings about words that are almost those of another place, and were meant to be the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.conditions import (
    conditions_of_cards,
    conditions_on_what_follows,
)
from mentorwalk.authoring.checks.index import Finding, Located
from mentorwalk.domain.errors import PROBLEM_LIMIT, looks_misspelt, shown
from mentorwalk.domain.fields import by_answer_id, each_text
from mentorwalk.domain.possible_answers import possible_answers
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.possible_answers import PossibleAnswers

FEWEST, MOST = 4, 40
"""The words of a sentence that can be almost another one."""
HEADINGS = CHOICES = 20
"""The most headings or choices that one is compared with: the search takes time for each."""
_NEEDS_QUOTES = re.compile(r"[^\w '’()?!.-]")
"""Signs that may mean something else in a list or between braces."""


AS_IT_READS = (
    "“{text}” is almost the choice “{pick}”, as that reads in the agreement, and would be offered "
    "beside it: write what stands behind `pick`."
)


def almost(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the words that are almost those of a choice or a heading."""
    yield from _usual_answers(index)
    yield from _awaited_answers(index)
    yield from _headings(index)


def _usual_answers(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each usual answer that is almost a choice, and would stand beside it."""
    asked = ((place, _Choices(field)) for place, field in index.fields if field.other)
    usual = (
        (place, choices, text)
        for place, choices in asked
        for text in each_text(choices.field.default or ())
        if text not in choices.picks
    )
    for place, choices, text in islice(usual, PROBLEM_LIMIT):
        reads = [c.pick for c in choices.field.choices if c.says and folded(c.says) == folded(text)]
        if reads:
            sentence = AS_IT_READS.format(text=shown(text, 60), pick=shown(reads[0], 60))
            yield Finding((*place, "default"), sentence, text, _plain(reads[0]))
            continue
        if pick := choices.almost(text):
            sentence = (
                f"“{shown(text, 60)}” is almost the choice “{shown(pick, 60)}”, and would be "
                "offered beside it: write both alike."
            )
            yield Finding((*place, "default"), sentence, text, _plain(pick))


def _awaited_answers(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each condition on own words that are almost a choice, which does not meet it."""
    fields = by_answer_id(field for _, field in index.fields if field.other)
    choices = {key: _Choices(field) for key, field in fields.items() if not field.choices_from}
    for place, answer in islice(_own_words(index, choices), PROBLEM_LIMIT):
        if pick := choices[str(place[-1])].almost(answer):
            sentence = (
                f"“{shown(answer, 60)}” is almost the choice “{shown(pick, 60)}”, but choosing "
                "that one does not meet it: write both alike."
            )
            yield Finding(place, sentence, answer, _plain(pick))


def _own_words(index: AgendaIndex, choices: Mapping[str, _Choices]) -> Iterator[Located[str]]:
    """Yield the answers that conditions name and that are no choices, with their places."""
    conditions = chain(conditions_of_cards(index), conditions_on_what_follows(index.agenda))
    for place, condition in conditions:
        known = choices.get(condition.field)
        for answer in condition.any_of if known else ():
            if known and answer not in known.picks:
                yield Located(place, answer)


def _plain(pick: str) -> str:
    """Return a choice if it can be written without quotation marks anywhere; empty if not."""
    return "" if _NEEDS_QUOTES.search(pick) else pick


@dataclass(frozen=True)
class _Choices:
    """The choices of a field, with which words of one's own are compared."""

    field: Field

    @cached_property
    def possible(self) -> PossibleAnswers:
        """The answers that a condition can name."""
        return possible_answers(self.field)

    @cached_property
    def picks(self) -> Mapping[str, tuple[str, ...]]:
        """The words of each choice, by how it reads in the list."""
        return {choice.pick: _words(choice.pick) for choice in self.field.choices}

    @cached_property
    def forms(self) -> Mapping[tuple[str, ...], str]:
        """The choices by their forms that have one word less."""
        return {form: pick for pick, words in self.picks.items() for form in _forms(words)}

    def almost(self, text: str) -> str:
        """Return the choice that words almost are; empty if they are one, or none is near."""
        if self.possible.kept_as(text):
            return ""
        words = _words(text)
        near = [self.forms[form] for form in _forms(words) if form in self.forms]
        alike = islice(self.picks.items(), CHOICES)
        near += [pick for pick, others in alike if _same_words(words, others)]
        begun = [pick for pick, others in self.picks.items() if others[: len(words)] == words]
        near += begun if words and len(begun) == 1 else []
        # Every two weeks is another answer than every three weeks.
        return next((pick for pick in near if _numbers(pick) == _numbers(text)), "")


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _same_words(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether words are the same but for their spaces, or for those that are misspelt."""
    if not words or "".join(words) == "".join(others):
        return bool(words)
    pairs = [(one, other) for one, other in zip(words, others, strict=False) if one != other]
    return len(words) == len(others) and all(_misspells(one, other) for one, other in pairs)


def _misspells(word: str, other: str) -> bool:
    """Return whether a word looks like another one misspelt, or with two letters swapped."""
    if word[0] != other[0] or not (word + other).isalpha():
        return False
    return sorted(word) == sorted(other) or looks_misspelt(word, [other])


def _forms(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the words of a sentence, and the same without one of them; none if it is no sentence.

    Two sentences that differ by one word have such a form in common.
    """
    if not FEWEST <= len(words) <= MOST:
        return set()
    return {words, *((*words[:at], *words[at + 1 :]) for at in range(len(words)))}


def _headings(index: AgendaIndex) -> Iterator[Finding]:
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
