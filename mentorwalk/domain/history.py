"""What two people said for each answer id, session after session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import read_anew
from mentorwalk.domain.answers import Answer
from mentorwalk.domain.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.session import Session

ANY_DAY = date(2000, 1, 1)
"""A day to read kept days on: they have a year, so it does not matter which."""


@dataclass(frozen=True)
class Word:
    """What was said for an answer id, as it reads in the language that is set."""

    label: str
    words: str
    """Empty if it was taken back."""
    day: date
    """The day since when it reads like this."""
    answer: Answer | None = None
    """The answer; None if only its words are known."""
    until: bool = False
    """Whether it was said on that day or before: the session that it comes from is gone."""

    def read_by(self, field: Field) -> Value | None:
        """Return the answer as a field of a later agenda reads it; None if it does not fit."""
        if field.private or self.answer is None:
            return None
        try:
            return read_anew(field, self.answer.value, ANY_DAY)
        except Unreadable:
            return None

    def is_kept_by(self, later: Word) -> bool:
        """Return whether a later word says the same, as its own field reads it."""
        answer = later.answer
        same = answer is not None and self.read_by(answer.field) == answer.value
        return same or self.words == later.words


@dataclass(frozen=True)
class _Spoken:
    """A word, or a strike, at its moment."""

    at: datetime
    key: str
    word: Word | None
    """None if all that was said before is struck."""
    kept: bool = False
    """Whether it came along into its session, and was kept there."""


def history_of(sessions: Iterable[Session]) -> Mapping[str, tuple[Word, ...]]:
    """Return all that was said for each answer id, the oldest first: the last one stands.

    Of two sessions, the one in which it was written later has the last word. Who says the same
    again says nothing new, and who keeps what came along says nothing against another session. What
    is private, empty or not asked says nothing; what was struck was never said.
    """
    said: dict[str, tuple[Word, ...]] = {}
    spoken = [each for session in sessions for each in _spoken(session)]
    for each in sorted(spoken, key=attrgetter("at")):
        before = said.get(each.key, ())
        if each.word is None:
            said[each.key] = ()
        elif each.key not in said or _counts(each.word, before, kept=each.kept):
            said[each.key] = _followed(before, each.word)
    return {key: words for key, words in said.items() if words}


def _counts(word: Word, before: tuple[Word, ...], *, kept: bool) -> bool:
    """Return whether a word is said after others, and is no copy of one that is gone by then."""
    return not word.until and (not kept or any(each.is_kept_by(word) for each in before[-1:]))


def _followed(before: tuple[Word, ...], word: Word) -> tuple[Word, ...]:
    if before and before[-1].words == word.words:
        return (*before[:-1], replace(word, day=before[-1].day, until=before[-1].until))
    return (*before, word) if before or word.words else ()


def _spoken(session: Session) -> Iterator[_Spoken]:
    yield from _brought(session)
    yield from (_Spoken(at, key, None) for key, at in strikes_in(session))
    for key, at in session.written.items():
        answer, taken_back = session.answer(key), session.answers[key] is None
        if answer.field.asks_steps:
            # What is said about a step belongs to that step.
            continue
        if taken_back and session.struck.get(key) != at and not answer.field.private:
            yield _Spoken(at, key, Word(answer.label, "", session.day))
        elif not answer.hidden:
            word = Word(answer.label, answer.sentence, session.day, answer)
            yield _Spoken(at, key, word, kept=is_kept(session, key))


def is_kept(session: Session, key: str) -> bool:
    """Return whether an answer is the one that came along into a session."""
    copy = session.opened.carried.answers.get(key)
    return copy is not None and session.answers.get(key, copy) == copy


def strikes_in(session: Session) -> Iterator[tuple[str, datetime]]:
    """Yield the id of each answer that was struck, and the one it had before, with the moment."""
    renamed = session.opened.carried.renamed
    for key, at in session.struck.items():
        yield from ((each, at) for each in dict.fromkeys((key, renamed.get(key, key))))


def _brought(session: Session) -> Iterator[_Spoken]:
    """Yield what came along into a session: it counts where nobody knows any more who said it."""
    at, carried = session.opened.at, session.opened.carried
    for key, shown in carried.shown.items():
        if key not in carried.answers:
            yield _Spoken(at, key, Word(shown.label, shown.words, session.day, until=True))
    for key, value in carried.answers.items():
        field = session.agenda.answerable.get(key)
        if field and not field.private:
            answer = Answer(field, value, session.names, field.answer_ids[key])
            word = Word(answer.label, answer.sentence, session.day, answer, until=True)
            yield _Spoken(at, key, word)
