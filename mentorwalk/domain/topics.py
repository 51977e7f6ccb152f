"""The topics of two people: the cards that they keep for another day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.domain.joining import KeptCard
from mentorwalk.domain.placeholders import fill_in

if TYPE_CHECKING:
    from datetime import date

    from mentorwalk.domain.session import Session

TOPIC_LIMIT = 20
"""The most topics that are kept: the newest."""


@dataclass(frozen=True)
class Topic:
    """A card that was kept for another day."""

    card: KeptCard
    day: date
    """When it was kept first."""

    @property
    def ask(self) -> str:
        """Its question, without the names in it: those may be corrected."""
        return self.card.prompt.ask


def with_topics(before: tuple[Topic, ...], session: Session) -> tuple[Topic, ...]:
    """Return the topics after one more session, the newest first.

    A card that is done or let go is no topic any more, nor one that was pulled in only to be left
    out.
    """
    prompts, days = session.agenda.prompts, {topic.ask: topic.day for topic in before}
    over = _over(session)
    # The cards by which a meeting was noted afterwards are nothing to talk about.
    own = () if session.opened.held else (*session.parked(), *session.not_reached())
    waiting = (card for card in _waiting(session) if prompts[card].ask not in days)
    kept = [prompts[card] for card in (*own, *waiting)]
    new = {
        prompt.ask: Topic(KeptCard(prompt, session.agenda), days.get(prompt.ask, session.day))
        for prompt in kept
        if prompt.is_topic
    }
    still = (topic for topic in before if topic.ask not in over | new.keys())
    return (*new.values(), *still)


def _over(session: Session) -> set[str]:
    """Return the questions that are no topics any more after what was done in a session."""
    prompts = session.agenda.prompts
    over = {
        prompts[card].ask
        for card, mark in session.marks.items()
        if mark in ("done", "talked") or (mark == "skipped" and prompts[card].extra)
    }
    return over | {prompts[card].ask for card in session.let_go}


def topics_before(session: Session) -> tuple[str, ...]:
    """Return the topics that came along into a session, as far as they are topics still."""
    then = session.agenda.names_of(session.opened.people)
    over = {fill_in(ask, then) for ask in _over(session)}
    return tuple(topic for topic in session.opened.carried.topics if topic not in over)


def kept_topics(session: Session) -> tuple[str, ...]:
    """Return the cards that a session keeps for another day, or that came along and still wait."""
    cards = (*session.parked(), *_waiting(session))
    return tuple(card for card in cards if session.agenda.prompts[card].is_topic)


def _waiting(session: Session) -> list[str]:
    """Return the cards that came along as topics and still wait outside the plan."""
    then = session.agenda.names_of(session.opened.people)
    # They came along with the names of then, and one may have been corrected since.
    waiting, prompts = session.opened.carried.topics, session.agenda.prompts
    outside = (card for card in session.extras() if card not in session.let_go)
    return [card for card in outside if fill_in(prompts[card].ask, then) in waiting]
