"""Asking beside the cards of an agenda: pages to read, and questions that are no part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from mentorwalk.domain.answers import Answer
from mentorwalk.domain.card import Card
from mentorwalk.domain.errors import InputError, Stopped
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.i18n import _
from mentorwalk.domain.question import Question
from mentorwalk.engine.frontend import Action, Command, Interrupted, Said, Talked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Asker, ClockView
    from mentorwalk.engine.presenter import Presenter
    from mentorwalk.engine.recorder import SessionRecorder

T = TypeVar("T")
SKIP, STOP = Command(Action.SKIP), Command(Action.STOP)


def saved(command: str) -> str:
    """Return the farewell to people who stop, and who go on with a command another time."""
    return _("Saved. Go on with:\n{command}").format(command=command)


class DialogLeft(Exception):  # noqa: N818 - a signal within a walk
    """Somebody answered a dialog with a command or a Ctrl-C, which the walk has to follow."""

    def __init__(self, reply: Command | Interrupted) -> None:
        self.reply = reply


@dataclass(frozen=True)
class Dialog:
    """Shows pages and asks questions on a frame of their own."""

    frontend: Asker
    frame: Callable[[], Card]
    """Gives the card to write pages and questions on."""
    today: Callable[[], date]
    leave: Callable[[Command | Interrupted], None]
    """Gets each reply that is no answer, and raises if that reply leaves the dialog."""
    clock: ClockView | None = None

    @classmethod
    def outside(
        cls, frontend: Asker, clock: Clock, title: str, farewell: str, mark: str = ""
    ) -> Dialog:
        """Return a dialog before or after a walk, with a title but no clock.

        A stop or Ctrl-C raises `Stopped` with the farewell; other commands do not leave it.
        """

        def leave(reply: Command | Interrupted) -> None:
            """Raise the end if they asked for it."""
            if isinstance(reply, Interrupted) or reply == STOP:
                raise Stopped(farewell)

        frame = Card(ask="", title=title, mark=mark)
        return cls(frontend, lambda: frame, lambda: clock.now().date(), leave)

    @classmethod
    def within(cls, presenter: Presenter) -> Dialog:
        """Return a dialog of a walk, which any command leaves with `DialogLeft`."""
        today = lambda: presenter.session.today  # noqa: E731 - it changes during the walk
        return cls(presenter.frontend, presenter.frame, today, _always_leave, presenter.clock)

    def page(self, ask: str, read: str = "", tip: str = "", *, for_one: bool = False) -> None:
        """Show a page, and wait until it was read.

        What it reads can be `for_one` person, in whose window it must not stay.

        Raises:
            Stopped, DialogLeft: They left instead.
        """
        card = replace(self.frame(), ask=ask, read=read, tip=tip, for_one=for_one)
        while not isinstance(reply := self.frontend.talk(card, self.clock), Talked):
            self.leave(reply)
            if reply == SKIP:
                return

    def ask(
        self,
        field: Field,
        accept: Callable[[Value | None], T],
        value: Value | None = None,
        *,
        complaint: str = "",
        shown_as: Mapping[str, str] | None = None,
    ) -> T:
        """Ask until an answer is accepted, and return what `accept` makes of it.

        Args:
            field: What to ask for; a private one is typed unseen, a required one never empty.
            accept: Reads the answer; an `InputError` of it is the complaint to ask again with.
            value: The answer to offer.
            complaint: What to say about an answer given elsewhere.
            shown_as: The words that stand for the choices of the field.

        Raises:
            Stopped, DialogLeft: They left instead.
        """
        question = Question(
            field.id,
            field,
            field.label,
            self.today(),
            value=value,
            complaint=complaint,
            shown_as=shown_as or {},
            unseen=field.private,
            apart=True,
            wanted=field.required,
            never_empty=field.required,
        )
        while True:
            said = self._said(question)
            try:
                return accept(said)
            except InputError as error:
                question = replace(question, complaint=str(error), draft=Answer(field, said).typed)

    def _said(self, question: Question) -> Value | None:
        reply = self.frontend.ask(self.frame(), question, self.clock)
        if isinstance(reply, Said):
            return reply.value
        self.leave(reply)
        return question.value

    def choose(
        self,
        key: str,
        label: str,
        choices: Mapping[str, T],
        *,
        help_: str = "",
        offered: int | None = 0,
    ) -> T:
        """Let somebody choose by words, and return what they stand for.

        One is offered; with None, none is, so that an Enter too many chooses nothing.

        Raises:
            Stopped, DialogLeft: They left instead.
        """
        picks = list(choices)
        listed = tuple(map(Choice, picks))
        field = Field(key, label, "select", help_, choices=listed, required=offered is None)

        def meaning(pick: Value | None) -> T:
            """Return what was chosen."""
            if pick is None:
                raise InputError(_("One of these, please."))
            return choices[str(pick)]

        return self.ask(field, meaning, None if offered is None else picks[offered])

    def pick(self, label: str, shown: Mapping[str, str], current: str | None) -> str | None:
        """Let somebody choose an id by its words, and return it; None if nothing was chosen.

        Two that read alike can be told apart by their order.

        Raises:
            Stopped, DialogLeft: They left instead.
        """
        field = Field("choice", label, type="select", choices=tuple(map(Choice, shown)))
        return self.ask(
            field, lambda said: said if isinstance(said, str) else None, current, shown_as=shown
        )


def _always_leave(reply: Command | Interrupted) -> None:
    raise DialogLeft(reply)


@dataclass(frozen=True)
class RecordedDialog:
    """Asks something beside the cards of a session, and records what comes of it."""

    recorder: SessionRecorder
    dialog: Dialog

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self.recorder.session
