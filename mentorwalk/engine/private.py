"""After the call: what is asked of the person at the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.card import AFTERWARDS, Card, private_questions
from mentorwalk.domain.i18n import _
from mentorwalk.engine.frontend import Action, Command, Interrupted

if TYPE_CHECKING:
    from mentorwalk.engine.presenter import Presenter


def ask_in_private(presenter: Presenter) -> None:
    """Ask the private questions one after another, until the last or until they stop."""
    card = Card(title=_(AFTERWARDS), ask=_("Only for you: it goes into no document."))
    at = 0
    while at < len(questions := private_questions(presenter.session)):
        match presenter.ask(card, questions[at], timed=False):
            case Command(Action.BACK):
                at = max(0, at - 1)
            case Command(Action.STOP) | Interrupted():
                return
            case _:
                at += 1
