"""After the call: what is asked of the person at the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.asking import private_questions
from mentorwalk.domain.card import afterwards
from mentorwalk.domain.i18n import _
from mentorwalk.engine.frontend import Action, Command, Interrupted

if TYPE_CHECKING:
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.presenter import Presenter


def ask_in_private(presenter: Presenter, *, again: bool = True) -> None:
    """Ask the private questions one after another, until the last or until they stop.

    Without `again`, those that were answered before are left out.
    """
    session = presenter.session
    before = () if again else private_questions(session)
    answered = frozenset(each.key for each in before if session.is_answered(each.id, each.item))
    card = afterwards(_("Only for you: it goes into no document."))
    at = 0
    while at < len(questions := _asked(presenter.session, answered)):
        match presenter.ask(card, questions[at], timed=False):
            case Command(Action.BACK):
                at = max(0, at - 1)
            case Command(Action.STOP) | Interrupted():
                return
            case _:
                at += 1


def _asked(session: Session, left_out: frozenset[str]) -> list[Question]:
    return [question for question in private_questions(session) if question.key not in left_out]
