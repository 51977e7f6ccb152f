"""Going back to what was asked before: everything is asked anew, and what is known is replayed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from mentorwalk.engine.frontend import Action, Command, Interrupted, Said, Talked, keep_no_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import Asker, ClockView, KeepDraft

T = TypeVar("T")
Replied = TypeVar("Replied", bound=Talked | Said | Command | Interrupted)


class _WentBack(Exception):  # noqa: N818 - a signal within a frontend that retraces
    """Somebody wants back to what was asked before."""


@dataclass
class RetracingFrontend:
    """Shows pages and asks on another frontend, and remembers the replies.

    Whoever goes back is asked everything anew, with the earlier replies given from memory: the code
    that asks need not know of it, as long as the same replies lead it to the same questions.
    """

    frontend: Asker
    _replies: list[tuple[str, Talked | Said | Command | Interrupted]] = field(
        default_factory=list, init=False
    )
    """What was asked, by the id of the question or the words of the page, and the reply."""
    _at: int = field(default=0, init=False)
    """How many of the replies were given from memory this time."""
    _before: dict[str, Value | None] = field(default_factory=dict, init=False)
    """The answers that somebody went back to, by question id."""

    def retrace(self, ask: Callable[[], T]) -> T:
        """Return what comes of asking, however often somebody goes back meanwhile.

        What was asked in an earlier call is remembered, too.
        """
        while True:
            self._at = 0
            with suppress(_WentBack):
                return ask()

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show a page, unless it was read."""
        shown = replace(card, goes_back=self._start_of(card.ask, self._at) > 0)
        return self._replied(card.ask, lambda: self.frontend.talk(shown, watch))

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command | Interrupted:
        """Ask a question, unless it was answered; one that has to be is offered its answer."""
        shown = replace(card, goes_back=self._start_of(question.id, self._at) > 0)
        if question.field.required and question.id in self._before:
            question = replace(question, value=self._before[question.id])
        return self._replied(
            question.id, lambda: self.frontend.ask(shown, question, watch, keep_draft)
        )

    def _replied(self, asked: str, live: Callable[[], Replied]) -> Replied:
        if self._replies[self._at : self._at + 1] and self._replies[self._at][0] == asked:
            self._at += 1
            return self._replies[self._at - 1][1]  # type: ignore[return-value]  # same question, same kind of reply
        del self._replies[self._at :]
        reply = live()
        while reply == Command(Action.BACK):
            self._go_back_from(asked)
            reply = live()
        self._replies.append((asked, reply))
        self._at += 1
        return reply

    def _go_back_from(self, asked: str) -> None:
        """Forget the reply before the ones to this question; do nothing if there is none."""
        end = self._start_of(asked, self._at)
        if end == 0:
            return
        start = self._start_of(self._replies[end - 1][0], end)
        forgotten = self._replies[start:end]
        self._before |= {key: each.value for key, each in forgotten if isinstance(each, Said)}
        del self._replies[start:]
        raise _WentBack

    def _start_of(self, asked: str, end: int) -> int:
        """Return where the replies to a question begin, of those before `end`.

        There are several if the first ones could not be used.
        """
        while end and self._replies[end - 1][0] == asked:
            end -= 1
        return end
