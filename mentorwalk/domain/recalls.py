"""Where a session shows what was shared beforehand, whichever of its cards are walked."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from mentorwalk.domain.fields import field_of
from mentorwalk.domain.prep_wishes import answers_of, own_answers
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.session import Session


MOST_MOVED = 3
"""The most answers that a card shows in place of cards that nobody sees."""


def recalled_instead(session: Session, prompt: Prompt) -> tuple[str, ...]:
    """Return the ids of the fields that a card recalls in place of cards that nobody sees.

    What no other card shows is shown by the first cards to talk about after the one it belongs to,
    a few answers on each, or else by the last one before it: what somebody shared must not depend
    on how long the session is. What belongs to no card at all is shown by the first ones.
    """
    return _moved_to(session, prompt)[:MOST_MOVED]


def left_out(session: Session, prompt: Prompt) -> int:
    """Return how many answers a card has no room for, where no later one can take them over."""
    return len(_moved_to(session, prompt)[MOST_MOVED:])


def _moved_to(session: Session, prompt: Prompt) -> tuple[str, ...]:
    """Return the fields that are recalled by a card instead of their own; all that is left last."""
    if not session.opened.prepared:
        return ()
    seen, prompts = _seen(session), session.agenda.prompts.values()
    shown = {name for each in prompts if each.id in seen for name in _named(each)}
    told = [name for name in _answered(session) if name not in shown]
    homes: dict[str, str] = {}
    belonging = {name for each in prompts for name in _named(each)}
    waiting, last = [name for name in told if name in _own(session) - belonging], ""
    for each in prompts:
        if each.id not in seen:
            waiting += [name for name in _named(each) if name in told and name not in homes]
            waiting = [*dict.fromkeys(waiting)]
        elif each.is_topic:
            homes |= dict.fromkeys(waiting[:MOST_MOVED], each.id)
            waiting, last = waiting[MOST_MOVED:], each.id
    homes |= dict.fromkeys(waiting, last)
    return tuple(name for name, home in homes.items() if home == prompt.id)


def recalled_at_first(prep: Prep, agenda: Agenda, names: Mapping[str, str]) -> tuple[Answer, ...]:
    """Return what the cards of the first phase recall of a preparation: good to know beforehand.

    That is where an agenda shows what somebody is called, and needs to be comfortable.
    """
    recalled = {name for prompt in agenda.phases[0].prompts for name in prompt.recall}
    answers = answers_of(prep, agenda, names).values()
    return tuple(each for each in answers if each.field.id in recalled and not each.empty)


def _seen(session: Session) -> AbstractSet[str]:
    """Return the cards that were shown or are still to come.

    A card that was jumped over is neither, until somebody goes back to before it.
    """
    shown = {card for card, mark in session.marks.items() if mark != "dropped"}
    return {*shown, *session.spent, *session.remaining(), session.current or ""}


def _own(session: Session) -> AbstractSet[str]:
    """Return what was asked beforehand for this session, and not in an exercise done alone."""
    own = (prep.answers for prep in session.opened.prepared if not prep.fields)
    return {field_of(key) for answers in own for key in answers}


def _answered(session: Session) -> dict[str, None]:
    """Return the fields that one person alone was asked beforehand and answered, in order."""
    answers = [own_answers(session, prep).values() for prep in session.opened.prepared]
    return dict.fromkeys(each.field.id for each in chain(*answers) if not each.empty)


def _named(prompt: Prompt) -> Iterator[str]:
    """Yield the fields that a card recalls, and those it asks that one person has prepared."""
    yield from prompt.recall
    yield from (field.id for field in prompt.fields if field.prepare in ROLES)
