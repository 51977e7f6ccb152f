"""The end of a walk: a last review before anything is written, and what is asked once more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentorwalk.domain.last_look import passed_by, unseen_answers
from mentorwalk.engine.commands import ClosedEarly, JumpedTo
from mentorwalk.engine.dialog import DialogLeft
from mentorwalk.engine.frontend import AcceptSheet, Action, Command

if TYPE_CHECKING:
    from mentorwalk.engine.commands import Commands
    from mentorwalk.engine.decision import Decision
    from mentorwalk.engine.frontend import Interrupted
    from mentorwalk.engine.recorder import SessionRecorder
    from mentorwalk.engine.review import Review


@dataclass
class Closing:
    """Leads a walk to its end, or back to a card that is to be walked before."""

    recorder: SessionRecorder
    review: Review
    decision: Decision
    commands: Commands
    early: bool = field(default=False, init=False)
    """Whether somebody closes the session, so that every line is shown before it ends."""
    _ends_next: bool = field(default=False, init=False)
    """Whether the session ends after the card that comes: it is only asked about again."""

    def enter(self) -> bool:
        """Begin a card anew, and return whether the session ends after it."""
        last, self._ends_next, self.early = self._ends_next, False, False
        return last

    def leave_card(self) -> None:
        """Leave a card for good, with what was written down on it so far."""
        self.recorder.answer_drafts()
        self.recorder.leave_card()

    def close(self) -> str | None:
        """Close at once, after a review; return a card if they want back to one."""
        self.early = True
        self.review.begin_anew()
        return self.final_review()

    def final_review(self) -> str | None:
        """Review before anything is written; return a card if they want back to one.

        Lines that were kept and have not changed since are not shown again. Neither are those of
        the last look and of the cards after it, unless somebody closes early. A card that was
        passed by, and is to be walked by now, comes before the end.
        """
        while self._passed_by or not self._all_seen:
            try:
                reply = self._review()
                if isinstance(reply, Command) and reply.action is Action.BACK:
                    return self.recorder.session.current
                if not isinstance(reply, AcceptSheet):
                    self.commands.carry_out(reply, None)
                elif card := self._passed_by:
                    return card
            except ClosedEarly:
                continue
            except JumpedTo as jump:
                return jump.prompt
        card = self.decision.to_ask_again()
        self._ends_next = card is not None
        return card

    @property
    def _passed_by(self) -> str | None:
        """The first card that was passed by and is to be walked by now; None for who closes."""
        return None if self.early else next(iter(passed_by(self.recorder.session)), None)

    @property
    def _all_seen(self) -> bool:
        """Whether the two have seen every line that documents will have."""
        session = self.recorder.session
        looked = session.seen is not None and not self.early
        return self.review.is_current or (looked and self.review.has_kept(unseen_answers(session)))

    def _review(self) -> AcceptSheet | Command | Interrupted:
        try:
            return self.review.run()
        except DialogLeft as left:
            return left.reply
