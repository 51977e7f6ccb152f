"""Commands: what people can ask for on any card, carried out before they are back at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentorwalk.domain.events import Ticked
from mentorwalk.domain.showing import card_of, frame_of, stuck_lines
from mentorwalk.engine.dialog import DialogLeft
from mentorwalk.engine.frontend import Action, Command, Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.engine.actions import Actions
    from mentorwalk.engine.exercises import Exercises
    from mentorwalk.engine.presenter import Presenter
    from mentorwalk.engine.recorder import SessionRecorder
    from mentorwalk.engine.review import Review


class WalkStopped(Exception):  # noqa: N818 - a signal within a walk
    """Somebody stopped the walk."""


class ClosedEarly(Exception):  # noqa: N818 - a signal within a walk
    """Somebody closes the session before its last card."""


class JumpedTo(Exception):  # noqa: N818 - a signal within a walk
    """Somebody left a card for another one."""

    def __init__(self, prompt: str) -> None:
        self.prompt = prompt


@dataclass
class Commands:
    """Carries out what people ask for on a card, or in the final review."""

    presenter: Presenter
    actions: Actions
    exercises: Exercises
    review: Review
    hints: dict[str, int] = field(default_factory=dict, init=False)
    """How many hints were opened, by prompt."""

    @property
    def recorder(self) -> SessionRecorder:
        """The recorder of the session."""
        return self.presenter.recorder

    def carry_out(self, reply: Command | Interrupted, prompt: Prompt | None) -> Command | None:
        """Do what was asked for on a card, and what is asked for while that is done.

        Args:
            reply: The command, or a Ctrl-C.
            prompt: The card; None in the final review.

        Returns:
            The command that skips or parks the card itself, if one was given on the way; else
            None: the card is shown again.

        Raises:
            JumpedTo: They want another card.
            ClosedEarly: They want to end here, with the documents.
            WalkStopped: They stop here.
        """
        try:
            self._follow(reply, prompt)
        except DialogLeft as left:
            if isinstance(left.reply, Command) and left.reply.action in (Action.SKIP, Action.PARK):
                return left.reply
            return self.carry_out(left.reply, prompt)
        return None

    def _follow(self, reply: Command | Interrupted, prompt: Prompt | None) -> None:
        match reply:
            case Interrupted(for_good):
                self._interrupt(for_good=for_good)
            case Command(Action.STOP):
                self._stop()
            case Command(Action.EXERCISE):
                self._jump(self.exercises.choose(over=prompt is None), prompt)
            case Command(action) if action in self._ways:
                self._jump(self._ways[action](), prompt)
            case Command(Action.PAUSE):
                self._pause(prompt)
            case Command(Action.HINT) if prompt:
                most = len(stuck_lines(self.recorder.session, prompt))
                self.hints[prompt.id] = min(self.hints.get(prompt.id, 0) + 1, most)
            case Command(Action.MORE_TIME) if prompt:
                self.recorder.extend(prompt.id, reply.minutes)
            case Command(Action.REVIEW):
                self._review(prompt)
            case Command(action) if action in self._on_the_spot:
                self._on_the_spot[action]()

    @property
    def _on_the_spot(self) -> Mapping[Action, Callable[[], None]]:
        return {
            Action.NOTE: self.actions.note,
            Action.OFF: self.actions.off_the_record,
            Action.SHORTEN: self.actions.shorten,
            Action.NAMES: self.actions.names,
            Action.CONTACT: self.actions.contact,
        }

    @property
    def _ways(self) -> Mapping[Action, Callable[[], str | None]]:
        """What leads to another card, which it returns."""
        return {Action.JUMP: self.actions.jump, Action.EXTRA: self.actions.extra}

    def _jump(self, to: str | None, here: Prompt | None) -> None:
        if to and not (here and to == here.id):
            raise JumpedTo(to)

    def _review(self, prompt: Prompt | None) -> None:
        """Review what was written down, at the yes the agreement; do what is asked for there."""
        at_yes = prompt is not None and prompt.accept
        reply = self.review.of_agreement() if at_yes else self.review.in_between()
        if isinstance(reply, Command | Interrupted):
            self.carry_out(reply, prompt)
        elif isinstance(reply, str):
            raise JumpedTo(reply)

    def _pause(self, prompt: Prompt | None) -> None:
        session = self.recorder.session
        card = card_of(session, prompt) if prompt else frame_of(session)
        self.recorder.pause()
        interrupted = self.presenter.pause(card)
        self.recorder.go_on()
        if interrupted:
            self.carry_out(interrupted, prompt)

    def _interrupt(self, *, for_good: bool) -> None:
        choice = "stop" if for_good else self.presenter.interrupted()
        if choice == "stop":
            self._stop()
        if choice == "close":
            raise ClosedEarly

    def _stop(self) -> None:
        # The time since the last event would be lost otherwise.
        self.recorder.record(Ticked)
        raise WalkStopped
