"""What two people said for each answer id, session after session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import read_anew
from mentorwalk.domain.answers import Answer, named_in
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.text import folded

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


Words = tuple[Word, ...]
"""What was said for one answer id, the oldest first."""


@dataclass(frozen=True)
class _Spoken:
    """A word at its moment."""

    at: datetime
    key: str
    word: Word
    kept: bool = False
    """Whether it came along into its session, and was kept there."""

    def after(self, before: Words | None) -> Words:
        """Return the words for this id once it is spoken; before it there may be none at all."""
        counts = before is None or self._counts(before)
        return _followed(before or (), self.word) if counts else before or ()

    def _counts(self, before: Words) -> bool:
        """Return whether it is said after others, and is no copy of one that is gone by then."""
        stands = not self.kept or any(each.is_kept_by(self.word) for each in before[-1:])
        return stands and not self.word.until


@dataclass(frozen=True)
class _Strike:
    """A strike at its moment."""

    at: datetime
    key: str
    since: datetime
    """When its session was opened: what stood then is what was struck."""
    left: Value | None
    """What is left of that; None if nothing is."""

    def known(self, spoken: Iterable[_Spoken]) -> Value | None:
        """Return what its session knew, of all that was spoken in order."""
        said = [each for each in spoken if each.key == self.key and each.at < self.since]
        answer = said[-1].word.answer if said else None
        return answer.value if answer else None

    def after(self, before: Words, known: Value | None) -> Words:
        """Return the words for this id without what was struck."""
        if self.left is None:
            return ()
        left = frozenset(map(folded, named_in(self.left)))
        gone = frozenset(map(folded, named_in(known))) - left
        kept: Words = ()
        for word in before:
            left_of_it = _without(word, gone) if word.words else word
            kept = _followed(kept, left_of_it) if left_of_it else kept
        return kept


def history_of(sessions: Iterable[Session]) -> Mapping[str, tuple[Word, ...]]:
    """Return all that was said for each answer id, the oldest first: the last one stands.

    Of two sessions, the one in which it was written later has the last word. Who says the same
    again says nothing new, and who keeps what came along says nothing against another session. What
    is private, empty or not asked says nothing; what was struck was never said.
    """
    said: dict[str, Words] = {}
    sessions = [*sessions]
    spoken = sorted((w for each in sessions for w in _spoken(each)), key=attrgetter("at"))
    strikes = [strike for each in sessions for strike in _strikes(each)]
    # What is written at the moment of a strike is what the strike has left of it.
    all_of_it: list[_Strike | _Spoken] = [*strikes, *spoken]
    for each in sorted(all_of_it, key=attrgetter("at")):
        before = said.get(each.key)
        if isinstance(each, _Strike):
            said[each.key] = each.after(before or (), each.known(spoken))
        else:
            said[each.key] = each.after(before)
    return {key: words for key, words in said.items() if words}


def _without(word: Word, gone: frozenset[str]) -> Word | None:
    """Return a word without some items; None if nothing is left of it, or it may name one."""
    if word.answer is None:
        return None if any(item in folded(word.words) for item in gone) else word
    answer = word.answer.without(gone)
    return None if answer.hidden else replace(word, answer=answer, words=answer.sentence)


def _followed(before: Words, word: Word) -> Words:
    if before and before[-1].words == word.words:
        return (*before[:-1], replace(word, day=before[-1].day, until=before[-1].until))
    return (*before, word) if before or word.words else ()


def _spoken(session: Session) -> Iterator[_Spoken]:
    yield from _brought(session)
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


def _strikes(session: Session) -> Iterator[_Strike]:
    opened = session.opened
    for key, at in session.struck.items():
        for each in dict.fromkeys((key, opened.carried.renamed.get(key, key))):
            yield _Strike(at, each, opened.at, _left_of(session, key, at))


def _left_of(session: Session, key: str, at: datetime) -> Value | None:
    """Return what a strike has left of an answer that a session knew; None if nothing."""
    # What was said there instead may have more items than the one that was known and struck.
    others = session.written.get(key) == at and session.answers[key] is not None
    return session.opened.carried.answers.get(key, () if others else None)


def strikes_in(session: Session) -> Iterator[tuple[str, datetime]]:
    """Yield the id of each answer that was struck, and the one it had before, with the moment."""
    yield from ((strike.key, strike.at) for strike in _strikes(session))


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
