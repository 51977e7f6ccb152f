"""The walk: show a card, let them talk, write down what they want, keep it in the journal.

It knows a frontend, a clock and a journal only as protocols, and nothing about mentoring.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentorwalk.domain.events import Closed, Done, Parked, Skipped
from mentorwalk.domain.following import what_follows
from mentorwalk.engine.actions import Actions
from mentorwalk.engine.between_cards import BetweenCards
from mentorwalk.engine.closing import Closing
from mentorwalk.engine.commands import ClosedEarly, Commands, JumpedTo, WalkStopped
from mentorwalk.engine.decision import Decision
from mentorwalk.engine.dialog import Dialog, DialogLeft
from mentorwalk.engine.exercises import Exercises, NoExercises
from mentorwalk.engine.frontend import Action, Command
from mentorwalk.engine.presenter import Presenter
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.review import Review
from mentorwalk.engine.sheets import CardChanged, Sheets
from mentorwalk.engine.solo import SoloPresenter
from mentorwalk.engine.stops import Stops
from mentorwalk.engine.style import UNASKED, Ending

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.agreement_text import Agreement
    from mentorwalk.domain.session import Session
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.exercises import KnownExercises
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.engine.style import WalkStyle
    from mentorwalk.storage.journal import Journal


@dataclass
class Walk:
    """One walk through a session, from where the two left it."""

    opened: Session
    journal: Journal
    frontend: Frontend
    clock: Clock
    agreement: Callable[[Session], Agreement]
    """Makes the agreement of a session as it is now."""
    style: WalkStyle = UNASKED
    known: KnownExercises = field(default_factory=NoExercises)
    """Where exercises are looked for."""
    _stepped_back: list[str] = field(default_factory=list, init=False)
    """The cards that they went back from, the last one at the end: the way forward leads there."""

    def __post_init__(self) -> None:
        """Start the clock, and put the parts of the walk together."""
        self.recorder = SessionRecorder(self.opened, self.journal, self.clock)
        present = Presenter if self.style.talks else SoloPresenter
        self.presenter = present(self.frontend, self.recorder, self.style)
        dialog = Dialog.within(self.presenter)
        actions = Actions(self.recorder, dialog)
        self.review = Review(self.presenter, dialog)
        self.decision = Decision(self.recorder, dialog, self.agreement)
        self.between = BetweenCards(self.recorder, dialog, actions)
        exercises = Exercises(self.recorder, dialog, self.known)
        self.commands = Commands(self.presenter, actions, exercises, self.review)
        self.closing = Closing(self.recorder, self.review, self.decision, self.commands)
        self.stops = Stops(
            self.presenter,
            self.review,
            Sheets(self.presenter),
            self.decision,
            self.between,
            self.commands,
        )

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self.recorder.session

    # --- From card to card

    def run(self) -> Ending:
        """Walk from the current card to the end, or until somebody stops.

        A session that was walked to its end before begins with the final review.
        """
        if self.session.closed is None:
            return self._walked_from(self._first_card)
        return self._walked_from(self.closing.close)

    def resume(self) -> Ending:
        """Go on with a session that was left, to the end that was agreed on if that is possible."""
        self.recorder.take_up()
        return self.run()

    def close(self) -> Ending:
        """Close a session that was stopped, after a review of what will be written."""
        self.closing.leave_card()
        return self._walked_from(self.closing.close)

    def _first_card(self) -> str | None:
        return self.session.current or self.session.following()

    def _walked_from(self, begin: Callable[[], str | None]) -> Ending:
        """Walk from the card that `begin` returns to the end; None leads there at once."""
        try:
            prompt = begin()
            while prompt is not None:
                card = self.session.agenda.prompts[prompt]
                prompt = self._card(card) or self.closing.final_review()
            # It is decided once, here: the invitation, the last page and `next` read it in the
            # journal.
            self.recorder.record(Closed, next=what_follows(self.session))
        except WalkStopped:
            return Ending.STOPPED
        return Ending.CLOSED

    def _card(self, prompt: Prompt) -> str | None:
        """Walk the stops of one card, and return the next card; None leads to the end."""
        last = self.closing.enter()
        self.recorder.enter(prompt.id)
        self.stops.sheets.enter()
        at = 0
        try:
            while at < len(stops := self.stops.of(prompt)):
                stop = list(stops)[at]
                match stops[stop]():
                    case CardChanged():
                        # The answer changed which stops there are: go on from the same one, by
                        # its name.
                        at = self.stops.place_of(stop, prompt, at)
                    case Command(Action.BACK) if at > 0:
                        at -= 1
                    case Command(Action.BACK):
                        return self._step_back(prompt)
                    case Command(Action.SKIP):
                        self.recorder.record(Skipped, prompt=prompt.id)
                        break
                    case Command(Action.PARK):
                        self.recorder.record(Parked, prompt=prompt.id)
                        break
                    case _:
                        at = self.stops.place_of(stop, prompt, at) + 1
            else:
                self.recorder.record(Done, prompt=prompt.id)
            return None if last else self._next(prompt)
        except JumpedTo as jump:
            self._stepped_back.clear()
            return jump.prompt
        except ClosedEarly:
            self.closing.leave_card()
            self.closing.early = True
            return None

    def _next(self, prompt: Prompt) -> str | None:
        """Return the card after one that is over, or the one for which they use spare time."""
        while self.style.gives_back and not self._stepped_back:
            try:
                return self.between.next_card()
            except DialogLeft as left:
                match left.reply:
                    case Command(Action.BACK):
                        return prompt.id
                    case Command(Action.SKIP | Action.PARK):
                        break
                    case reply:
                        self.commands.carry_out(reply, prompt)
        return self._forward()

    def _step_back(self, prompt: Prompt) -> str:
        """Return the card before this one; the first card stays where it is."""
        if (card := self.session.before()) is None:
            return prompt.id
        self._stepped_back.append(prompt.id)
        return card

    def _forward(self) -> str | None:
        """Return the next card that is to come, or the one that they went back from before it.

        What they answer behind may make its questions others, so it is shown again.
        """
        coming, walked = self.session.following(), self.session.walked
        left = [card for card in self._stepped_back if card in walked]
        if not left or (coming in walked and walked.index(coming) < walked.index(left[-1])):
            return coming
        self._stepped_back = left[:-1]
        return left[-1]
