"""The clauses of an agreement after several sessions: how each was settled last, and before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.clauses import clause_cards, clauses_of, heading_of, is_settled
from mentorwalk.domain.fields import field_of
from mentorwalk.domain.history import is_kept, strikes_in
from mentorwalk.domain.joining import KeptCard, under_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.history import Word
    from mentorwalk.domain.session import Session

ClauseState = Literal["settled", "open", "unseen"]
"""Agreed on; talked about, or meant to be; or outside of every plan so far."""


@dataclass(frozen=True)
class Wording:
    """Words that were agreed on."""

    text: str
    since: date
    """The day on which they were."""


@dataclass(frozen=True)
class KeptClause:
    """A part of the agreement, as it stands after all sessions."""

    card: KeptCard
    state: ClauseState
    heading: str = ""
    text: str = ""
    """How it reads since it was settled; empty if it is not, or if something in it was struck."""
    since: date | None = None
    """The day on which it got this text."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """How its answers read then, by their ids."""
    earlier: tuple[Wording, ...] = ()
    """How it read before, the oldest first; without what was struck since."""

    def settled_anew(self, now: KeptClause) -> KeptClause:
        """Return it as it was settled in a later session."""
        if now.text == self.text:
            return replace(now, since=self.since, earlier=self.earlier)
        before = [Wording(self.text, self.since)] if self.text and self.since else []
        return replace(now, earlier=(*self.earlier, *before))

    def said_since(self, said: Mapping[str, tuple[Word, ...]]) -> list[Word]:
        """Return the newest words for its answers that read otherwise than when it was settled.

        Args:
            said: All that was said for each answer id, the oldest first.
        """
        newest = {key: said[key][-1] for key in self.answers if key in said}
        return [word for key, word in newest.items() if word.words != self.answers[key]]

    def without(self, struck: Collection[str]) -> KeptClause:
        """Return it without the words that may hold struck answers."""
        is_in = any(key in self.answers for key in struck)
        return replace(self, text="", earlier=()) if is_in else self


def with_clauses(before: tuple[KeptClause, ...], session: Session) -> tuple[KeptClause, ...]:
    """Return the clauses after one more session.

    One in which nothing can be accepted leaves the agreement alone. What is skipped, parked or not
    reached stands as it did.
    """
    struck = {key for key, _at in strikes_in(session)}
    clauses = [each.without(struck) for each in before]
    if not session.agenda.accept_document:
        return tuple(clauses)
    settled = [*_clauses_in(session)]
    cards = [_under_earlier_ids(now.card.prompt, session) for now in settled]
    places = counterparts(cards, [each.card.prompt for each in before])
    for number, now in enumerate(settled):
        place = places.get(number)
        if place is None:
            clauses.append(now)
        elif clauses[place].state != "settled":
            clauses[place] = clauses[place] if now.state == "unseen" else now
        elif now.state == "settled" and _counts(now, clauses[place], session):
            clauses[place] = clauses[place].settled_anew(now)
    return tuple(clauses)


def _counts(now: KeptClause, before: KeptClause, session: Session) -> bool:
    """Return whether a clause is settled as it was, or anew; else it only came along like this."""
    prompt = now.card.prompt
    came_along = prompt.id in session.opened.carried.settled
    keys = _keys_on(session, prompt)
    anew = any(key in session.written and not is_kept(session, key) for key in keys)
    # Of an answer from which a line was struck, the others stand.
    left = any(key in session.struck and key in now.answers for key in keys)
    return now.text == before.text or anew or left or not came_along


def _clauses_in(session: Session) -> Iterator[KeptClause]:
    """Yield the clauses of a session: those of its agreement in order, then the others."""
    cards = clause_cards(session)
    texts = {card.id: each.text for card, each in zip(cards, clauses_of(session), strict=True)}
    others = [each for each in session.agenda.prompts.values() if each.id not in texts]
    for prompt in (*cards, *others):
        if prompt.clause and not prompt.accept:
            card, heading = KeptCard(prompt, session.agenda), heading_of(session, prompt)
            if is_settled(session, prompt):
                text, answers = texts.get(prompt.id, ""), _answers_on(session, prompt)
                yield KeptClause(card, "settled", heading, text, session.day, answers)
            else:
                yield KeptClause(card, "open" if prompt.id in session.walked else "unseen", heading)


def _answers_on(session: Session, prompt: Prompt) -> Mapping[str, str]:
    """Return how the answers read that the clause of a card may hold."""
    answers = {key: session.effective_answer(key) for key in _keys_on(session, prompt)}
    return {key: each.sentence for key, each in answers.items() if not each.hidden}


def _keys_on(session: Session, prompt: Prompt) -> list[str]:
    """Return the ids of the answers that the clause of a card may hold."""
    named = session.agenda.named_in(prompt.clause) if prompt.clause else set()
    own = (key for each in prompt.fields for key in each.answer_ids)
    known = session.agenda.answerable
    return [key for key in dict.fromkeys((*own, *sorted(named))) if key in known]


def _under_earlier_ids(prompt: Prompt, session: Session) -> Prompt:
    """Return a card as it was before it came along into a session where its ids were taken."""
    renamed = session.opened.carried.renamed
    return under_ids(prompt, {field_of(key): field_of(old) for key, old in renamed.items()})


def counterparts(cards: Sequence[Prompt], agreed: Sequence[Prompt]) -> Mapping[int, int]:
    """Return which agreed card each card is, by their places; what is none is another clause.

    It is the one of its words, else of its fields, else of its id. No two cards are the same one.
    """
    found: dict[int, int] = {}
    for is_same in (is_worded_like, _asks_like, _has_id_of):
        for place, card in enumerate(cards):
            alike = [n for n, other in enumerate(agreed) if is_same(card, other)]
            free = [n for n in alike if card.clause and n not in found.values()]
            if free and place not in found:
                found[place] = min(free, key=lambda n: not _has_id_of(card, agreed[n]))
    return found


def _has_id_of(one: Prompt, other: Prompt) -> bool:
    return one.id == other.id


def is_worded_like(one: Prompt, other: Prompt) -> bool:
    """Return whether the clauses of two cards have the same heading and words."""
    words = [each.clause and (each.clause.heading, each.clause.says) for each in (one, other)]
    return words[0] is not None and words[0] == words[1]


def _asks_like(one: Prompt, other: Prompt) -> bool:
    """Return whether two cards have the same fields, by their ids."""
    asked = [{field.id for field in each.fields} for each in (one, other)]
    return bool(asked[0]) and asked[0] == asked[1]
