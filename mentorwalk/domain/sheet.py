"""The numbered lines of a card's sheet, on which answers are settled together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.answer_parsing import chosen, parse_answer, parse_items
from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        stands, own = typed_texts(self.question.value), self.sentence
        changed = tuple(each for each in stands if each != own) if self.kept else (*stands, own)
        return chosen(self.question.field, changed, self.question.names)

    def with_words(self, words: str) -> Value | None:
        """Return the answer that words say; a sentence takes the place of the line's own, if any.

        Raises:
            Unreadable: They do not fit.
        """
        asked = self.question
        if not asked.by_sentence:
            return parse_answer(asked.field, words, asked.today, asked.names)
        stands = typed_texts(asked.value)
        at = self._place_among(stands)
        others = [each for each in stands[at:] if each != self.sentence]
        return parse_items(asked.field, (*stands[:at], words, *others), asked.names)

    def _place_among(self, stands: tuple[str, ...]) -> int:
        """Return where its sentence stands, or would stand: behind those that the agenda has first.

        One more comes last.
        """
        if self.kept or not self.sentence:
            return stands.index(self.sentence) if self.kept else len(stands)
        picks = [choice.pick for choice in self.question.field.choices]
        before = picks[: picks.index(self.sentence)] if self.sentence in picks else stands
        return max((at + 1 for at, each in enumerate(stands) if each in before), default=0)


class TypedWords(NamedTuple):
    """Words that were typed at a sheet, and the line that takes them, counted from 0."""

    line: int
    words: str


_SAID_OTHERWISE = re.compile(r"(\d{1,3})(\s*[:.)])?\s*(\D\S*\s.*)")
"""A number with a sentence behind it: `2: we call first`, `2 We call first`."""
_OPENED = re.compile(r"\s*(\d{1,3})\s*:\s*")
"""A number with a colon, and nothing behind it."""
_ANSWERED = re.compile(r"(\d{1,3})\s*[:.)]\s*(\S.*)")
"""A number with an answer behind it: `1: every three weeks`."""


def typed_at(sheet: Sequence[Question], typed: str) -> TypedWords | None:
    """Return words that were typed at a sheet, with their line; None if no line takes them.

    Behind a number they answer that line. At a sheet of sentences they say that one otherwise, and
    a sentence without a number is added.

    Raises:
        Unreadable: They do not fit.
    """
    if only_sentences(sheet):
        return _typed_sentence(lines_of(sheet), typed) if " " in typed else None
    lines, said = lines_of(sheet), _ANSWERED.fullmatch(typed)
    if said is None or not 0 < int(said[1]) <= len(lines) or lines[int(said[1]) - 1].sentence:
        return None
    told = TypedWords(int(said[1]) - 1, said[2])
    lines[told.line].with_words(told.words)
    return told


def sentence_opened(sheet: Sequence[Question], typed: str) -> str:
    """Return the sentence whose number was typed with a colon, such as `2:`, behind that number.

    So it can be put otherwise without being written anew. Empty if that opens no sentence.
    """
    lines, said = lines_of(sheet), _OPENED.fullmatch(typed)
    if said is None or not only_sentences(sheet) or not 0 < int(said[1]) <= len(lines):
        return ""
    line = lines[int(said[1]) - 1]
    return f"{said[1]}: {line.words}" if line.sentence and line.question.field.other else ""


def _typed_sentence(lines: list[SheetLine], typed: str) -> TypedWords | None:
    told = TypedWords(next((n for n, line in enumerate(lines) if line.adds), -1), typed)
    said = _SAID_OTHERWISE.fullmatch(typed)
    # “2 days ahead we call” is a sentence by itself.
    if said and (said[2] or said[3][0].isupper()):
        number = int(said[1]) - 1
        own = 0 <= number < len(lines) and lines[number].question.field.other
        told = TypedWords(number, said[3]) if own else told
    if told.line < 0:
        return None
    lines[told.line].with_words(told.words)
    return told


def lines_of(sheet: Sequence[Question]) -> list[SheetLine]:
    """Return the lines of a sheet; the last of its sentences is followed by room for one more.

    Where there is nothing but sentences, one that was put otherwise stands where it stood, and what
    more there is comes last, so that no number moves.
    """
    lines, more = list[SheetLine](), list[SheetLine]()
    last = more if only_sentences(sheet) else lines
    open_to_more = [question for question in sheet if _takes_more(question)]
    for question in sheet:
        listed, rest = _sentences_of(question, takes_more=question in open_to_more[-1:])
        lines += (SheetLine(question, each) for each in listed)
        last += (SheetLine(question, each) for each in rest)
    lines += more
    if open_to_more:
        end = max(at for at, each in enumerate(lines) if _takes_more(each.question))
        lines.insert(end + 1, SheetLine(open_to_more[-1], adds=True))
    return lines


def _sentences_of(question: Question, *, takes_more: bool) -> tuple[list[str], list[str]]:
    """Return the sentences of a question in their places, and those that have none.

    One in own words has the place of a struck one that it stands for: of the first between the
    kept ones around it. Behind the last kept one it may also be one that was added, if the question
    `takes_more`. What it stands for has no place then, but can be taken back.
    """
    if not question.by_sentence or question.differs:
        return [""], []
    left = [choice.pick for choice in question.field.choices]
    stands = typed_texts(question.value)
    listed, added, replaced = list[str](), list[str](), list[str]()
    for each in stands:
        if each in left:
            at = left.index(each) + 1
            listed, left = [*listed, *left[:at]], left[at:]
        elif left and left[0] not in stands and not (takes_more and {*left}.isdisjoint(stands)):
            listed.append(each)
            replaced.append(left.pop(0))
        else:
            added.append(each)
    return [*listed, *left], [*added, *replaced]


def _takes_more(question: Question) -> bool:
    return question.by_sentence and question.field.other and not question.differs


def only_sentences(sheet: Sequence[Question]) -> bool:
    """Return whether a sheet consists of sentences only, so that it is read while they talk."""
    return bool(sheet) and all(question.by_sentence for question in sheet)
