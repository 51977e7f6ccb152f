"""The last look before the yes: what the two have seen there or after it, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session


def is_last_look(agenda: Agenda, card: str) -> bool:
    """Return whether a card is the last look; a form's journal may name cards that are gone."""
    prompt = agenda.prompts.get(card)
    return prompt is not None and prompt.review


def seen_with(session: Session, key: str, value: Value | None) -> Mapping[str, Value | None] | None:
    """Return what the two have seen once an answer is given or taken back.

    Before the last look that is nothing yet. After it, they see an answer on its own card.
    """
    if session.seen is None:
        return None
    # No document has what is taken back, so there is nothing left to look at.
    is_seen = value is None or _comes_after_last_look(session, key)
    return {**session.seen, key: value} if is_seen else session.seen


def unseen_answers(session: Session) -> Mapping[str, Value | None]:
    """Return the answers that were not seen in the last look, nor on a card after it.

    Whoever accepted the agreement has read it, so what it says was seen as well.
    """
    agreed = session.agreed_in.answers if session.agreed_in else {}
    read = {key: agreed[key] for key in session.agenda.agreed & agreed.keys()}
    seen = {**(session.seen or {}), **read}
    return {
        key: value
        for key, value in session.answers.items()
        if key not in seen or seen[key] != value
    }


def passed_by(session: Session) -> tuple[str, ...]:
    """Return the cards behind the current one that wait for an answer, and have it by now."""
    return tuple(
        card
        for card in session.behind()
        if session.agenda.prompts[card].when and card not in session.marks and session.walks(card)
    )


def _comes_after_last_look(session: Session, key: str) -> bool:
    """Return whether an answer belongs to a card after the last look."""
    cards = iter(session.cards)
    looks = any(is_last_look(session.agenda, card) for card in cards)
    # The cards that are left come after it.
    return looks and session.agenda.prompt_of[key].id in cards
