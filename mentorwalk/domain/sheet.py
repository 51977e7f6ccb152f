"""The numbered lines of a card's sheet, on which answers are settled together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.answer_parsing import chosen, parse_items
from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.question import Question


STRUCK = N_("struck: {sentence}")
"""How a sentence that was struck stands in a list in which it can be taken back."""


@dataclass(frozen=True)
class SheetLine:
    """A numbered line: an answer; or one sentence of it, or room for one more."""

    question: Question
    sentence: str = ""
    """The sentence that the line is about, as the answer names it."""
    adds: bool = False
    """Whether its number adds a sentence."""

    @property
    def kept(self) -> bool:
        """Whether its sentence stands."""
        return self.sentence in typed_texts(self.question.value)

    @property
    def words(self) -> str:
        """Its sentence, whole."""
        return replace(self.question.answer, value=self.sentence).sentence

    @property
    def turned(self) -> Value | None:
        """The answer once its sentence is struck, or taken back; None if no sentence is left."""
        stands = typed_texts(self.question.value)
        changed = (*stands, self.sentence)
        if self.kept:
            changed = tuple(each for each in stands if each != self.sentence)
        return chosen(self.question.field, changed, self.question.names)

    def with_sentence(self, sentence: str) -> Value | None:
        """Return the answer with one more sentence, which takes the place of the line's own.

        Raises:
            Unreadable: It does not fit.
        """
        stands = (each for each in typed_texts(self.question.value) if each != self.sentence)
        return parse_items(self.question.field, (*stands, sentence), self.question.names)


class TypedSentence(NamedTuple):
    """A sentence that was typed at a sheet, and the line that takes it, counted from 0."""

    line: int
    sentence: str


_SAID_OTHERWISE = re.compile(r"(\d{1,3})(\s*[:.)])?\s*(\D\S*\s.*)")
"""A number with a sentence behind it: `2: we call first`, `2 We call first`."""


def typed_sentence(sheet: Sequence[Question], typed: str) -> TypedSentence | None:
    """Return a sentence that was typed at a sheet of sentences; None if it is none.

    After the number of a sentence it says that one otherwise; by itself it is added.

    Raises:
        Unreadable: It does not fit.
    """
    lines = lines_of(sheet) if only_sentences(sheet) and " " in typed else []
    told = TypedSentence(next((n for n, line in enumerate(lines) if line.adds), -1), typed)
    said = _SAID_OTHERWISE.fullmatch(typed)
    # “2 days ahead we call” is a sentence by itself.
    if said and (said[2] or said[3][0].isupper()):
        number = int(said[1]) - 1
        own = 0 <= number < len(lines) and lines[number].question.field.other
        told = TypedSentence(number, said[3]) if own else told
    if not lines or told.line < 0:
        return None
    lines[told.line].with_sentence(told.sentence)
    return told


def lines_of(sheet: Sequence[Question]) -> list[SheetLine]:
    """Return the lines of a sheet; the last of its sentences is followed by room for one more."""
    lines = [line for question in sheet for line in _lines(question)]
    open_to_more = [at for at, each in enumerate(lines) if each.sentence and _takes_more(each)]
    for at in open_to_more[-1:]:
        lines.insert(at + 1, SheetLine(lines[at].question, adds=True))
    return lines


def _lines(question: Question) -> Iterator[SheetLine]:
    if not question.by_sentence or question.differs:
        yield SheetLine(question)
        return
    choices = [choice.pick for choice in question.field.choices]
    for sentence in dict.fromkeys((*choices, *typed_texts(question.value))):
        yield SheetLine(question, sentence)


def _takes_more(line: SheetLine) -> bool:
    return line.question.field.other


def only_sentences(sheet: Sequence[Question]) -> bool:
    """Return whether a sheet consists of sentences only, so that it is read while they talk."""
    return bool(sheet) and all(question.by_sentence for question in sheet)
