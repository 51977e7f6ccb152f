"""A room beside the walk: pages to read and questions to answer, with no card and no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from mentorwalk.domain.agenda import Choice, Field
from mentorwalk.domain.answers import as_typed
from mentorwalk.domain.card import Card, Question
from mentorwalk.domain.errors import InputError, Stopped
from mentorwalk.domain.i18n import _
from mentorwalk.engine.frontend import Action, Command, Interrupted, Said, Talked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Frontend

T = TypeVar("T")
SKIP = Command(Action.SKIP)


@dataclass(frozen=True)
class Dialog:
    """Where somebody sits before or after a walk."""

    frontend: Frontend
    clock: Clock
    title: str
    left: str
    """What is said to whoever leaves."""

    def page(self, ask: str, read: str = "", tip: str = "") -> None:
        """Show a page, and wait until it was read.

        Raises:
            Stopped: They left.
        """
        card = Card(title=self.title, ask=ask, read=read, tip=tip)
        while not isinstance(reply := self.frontend.talk(card, None), Talked) and reply != SKIP:
            self._leave_if_asked(reply)

    def asked(
        self,
        field: Field,
        accepted: Callable[[Value | None], T],
        value: Value | None = None,
        complaint: str = "",
    ) -> T:
        """Ask until the answer will do.

        Raises:
            Stopped: They left.
        """
        today = self.clock.now().date()
        question = Question(
            field.id, field, field.label, today, value=value, complaint=complaint, beside=True
        )
        while True:
            reply = self.frontend.ask(Card(title=self.title, ask=""), question, None)
            self._leave_if_asked(reply)
            said = reply.value if isinstance(reply, Said) else question.value
            try:
                return accepted(said)
            except InputError as error:
                question = replace(question, complaint=str(error), draft=as_typed(said))

    def chosen(self, key: str, label: str, choices: Mapping[str, T]) -> T:
        """Let somebody choose; the first choice is offered.

        Raises:
            Stopped: They left.
        """
        picks = list(choices)
        field = Field(key, label, "select", choices=tuple(map(Choice, picks)))

        def meant(pick: Value | None) -> T:
            """The meaning of a choice; leaving it empty is none."""
            if pick is None:
                raise InputError(_("One of these, please."))
            return choices[str(pick)]

        return self.asked(field, meant, picks[0])

    def _leave_if_asked(self, reply: object) -> None:
        if isinstance(reply, Interrupted) or reply == Command(Action.STOP):
            raise Stopped(self.left)
