"""Between two cards: what the two are asked before the next one is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.events import OffTheRecord
from mentorwalk.domain.i18n import _
from mentorwalk.engine.dialog import DialogLeft
from mentorwalk.engine.frontend import Talked

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.dialog import Dialog
    from mentorwalk.engine.frontend import Reply
    from mentorwalk.engine.recorder import SessionRecorder


@dataclass(frozen=True)
class BetweenCards:
    """Asks the two what their last card left open, and records what they say."""

    recorder: SessionRecorder
    dialog: Dialog

    def write_again(self, prompt: Prompt) -> Reply:
        """Ask whether to write again, on the way from a card off the record to another one.

        Returns:
            What they did instead of answering; else `Talked`.
        """
        choices = {
            _("Yes, we write again"): False,
            _only_talking(self.recorder.session, prompt): True,
        }
        asked = _("The last card was off the record. Shall we write again?")
        try:
            off = replace(self.dialog, frame=self._frame).choose("record", asked, choices)
        except DialogLeft as left:
            return left.reply
        self.recorder.record(OffTheRecord, off=off)
        return Talked()

    def _frame(self) -> Card:
        """Return the frame of a card that is not off the record yet."""
        return replace(self.dialog.frame(), off_record=False)


def _only_talking(session: Session, prompt: Prompt) -> str:
    """Return the choice to stay off the record on a card, with what that costs there."""
    keys = {key for field in prompt.fields for key in field.answer_ids}
    meeting = session.agenda.meeting
    if prompt.accept and session.agenda.accept_document:
        stays = _("Only talk: our agreement stays as it is")
        return stays if session.accepted else _("Only talk: our agreement stays a draft")
    if meeting and meeting.date in keys and session.answers.get(meeting.date) is None:
        return _("Only talk: our next meeting has no date yet")
    if prompt.clause and not session.settled(prompt):
        return _("Only talk: this part stays open in our agreement")
    if prompt.settle:
        return _("Only talk: nothing of this card is written down")
    return _("Stay off the record for this card, too")
