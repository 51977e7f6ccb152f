"""Between two cards: what the two are asked before the next one is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.domain.clauses import is_settled
from mentorwalk.domain.events import Extended, Offered, OffTheRecord
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.spare import spare_time
from mentorwalk.domain.text import count, minutes_words
from mentorwalk.domain.timing import planned
from mentorwalk.engine.dialog import DialogLeft, RecordedDialog
from mentorwalk.engine.frontend import Talked

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.session import Session
    from mentorwalk.domain.spare import SpareTime
    from mentorwalk.engine.actions import Actions
    from mentorwalk.engine.frontend import Reply


@dataclass(frozen=True)
class BetweenCards(RecordedDialog):
    """Asks the two what their last card left open, and records what they say."""

    actions: Actions

    def write_again(self, prompt: Prompt) -> Reply:
        """Ask whether to write again, on the way from a card off the record to another one.

        Returns:
            What they did instead of answering; else `Talked`.
        """
        choices = {
            _("Yes, we write again"): False,
            _only_talking(self.session, prompt): True,
        }
        asked = _("The last card was off the record. Shall we write again?")
        try:
            off = self.dialog.choose("record", asked, choices)
        except DialogLeft as left:
            return left.reply
        self.recorder.record(OffTheRecord, off=off)
        return Talked()

    def next_card(self) -> str | None:
        """Return the card that comes next; where a phase ends early, they may choose another.

        Raises:
            DialogLeft: They did something else instead of choosing.
        """
        session = self.session
        spare = spare_time(session, self.recorder.left(), self.recorder.clock.now())
        if spare is None:
            return session.following()
        asked = ngettext(
            "You are {number} minute ahead. How would you like to use it?",
            "You are {number} minutes ahead. How would you like to use them?",
            spare.minutes,
        ).format(number=count(spare.minutes))
        # The clock would tell of the card that is over.
        dialog = replace(self.dialog, clock=None)
        card = dialog.choose("spare", asked, self._uses(spare), help_=self._question(spare))()
        if card is None:
            return self.next_card()
        # That they were asked is an event, so that a crash does not ask anew.
        self.recorder.record(Offered, minutes=spare.minutes)
        return card

    def _question(self, spare: SpareTime) -> str:
        """Return the question that fits, whole: a list would cut it."""
        if spare.card is None:
            return ""
        card = self.session.ask_of(spare.card)
        return _("Another card could be: {card}").format(card=card)

    def _uses(self, spare: SpareTime) -> dict[str, Callable[[], str | None]]:
        """Return what they can do with spare time: words, and what gives the card for it."""
        session, extra = self.session, spare.card
        carry_on = _("Carry on: we finish at about {time}").format(time=f"{spare.ends:%H:%M}")
        uses: dict[str, Callable[[], str | None]] = {
            carry_on: session.following,
            _("Stay with this a little longer"): partial(self._stay, spare.minutes),
        }
        if extra:
            lasts = minutes_words(planned(session, extra))
            another = _("That card, {minutes}").format(minutes=lasts)
            uses[another] = partial(self.actions.pull, extra)
        if spare.others:
            uses[_("Choose a different card")] = self.actions.extra
        return uses

    def _stay(self, minutes: int) -> str | None:
        """Give the card that is over these minutes from now on, and return it."""
        prompt, left = self.session.current, self.recorder.reading().card_left
        self.recorder.record(Extended, prompt=prompt, seconds=60 * minutes - left)
        return prompt


def _only_talking(session: Session, prompt: Prompt) -> str:
    """Return the choice to stay off the record on a card, with what that costs there."""
    keys = {*prompt.answer_ids}
    meeting = session.agenda.meeting
    if prompt.accept and session.agenda.accept_document:
        stays = _("Only talk: our agreement stays as it is")
        return stays if session.accepted else _("Only talk: our agreement stays a draft")
    if meeting and meeting.date in keys and session.answers.get(meeting.date) is None:
        return _("Only talk: our next meeting has no date yet")
    if prompt.clause and not is_settled(session, prompt):
        return _("Only talk: this part stays open in our agreement")
    if prompt.settle:
        return _("Only talk: nothing of this card is written down")
    return _("Stay off the record for this card, too")
