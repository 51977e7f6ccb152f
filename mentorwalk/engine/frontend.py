"""The protocol of walk and frontend: cards and questions go out, replies come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.changes import Change
    from mentorwalk.domain.people import People
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.timing import Reading


class Action(Enum):
    """Something that people can ask for on any card; its value is the word they type for it."""

    BACK = "back"
    SKIP = "skip"
    PARK = "park"
    HINT = "hint"
    PAUSE = "pause"
    JUMP = "jump"
    EXTRA = "extra"
    EXERCISE = "exercise"
    NOTE = "note"
    OFF = "off"
    MORE_TIME = "+5"
    SHORTEN = "shorten"
    REVIEW = "review"
    CLOCK = "clock"
    NAMES = "names"
    CONTACT = "contact"
    STOP = "stop"


@dataclass(frozen=True)
class Talked:
    """They have talked."""


@dataclass(frozen=True)
class Said:
    """An answer; None if nothing was written."""

    value: Value | None


@dataclass(frozen=True)
class Rewording:
    """How an agreement reads differently since somebody said yes to it, or since it was read."""

    accepted_by: tuple[Role, ...]
    """Who had said yes; empty if the two have only read it."""
    changes: tuple[Change, ...]
    """The sentences that changed, in Markdown."""
    returns: bool = False
    """Whether the old wording can be put back."""
    since: str = ""
    """The day of an earlier meeting on which they said yes to what it was before, in words."""


@dataclass(frozen=True)
class Proposal:
    """The current agreement, put to the two people."""

    text: str
    people: People
    accepted_by: tuple[Role, ...] = ()
    """Who has already accepted this very text."""
    until: str = ""
    """The day on which they meet again, in words; empty if that is open."""
    rewording: Rewording | None = None
    """What changed since somebody said yes, or since it was read: that alone is shown."""
    known: bool = False
    """Whether they have read this very text."""

    @property
    def unchanged(self) -> Said:
        """The answer that leaves it as it is: a draft, or accepted as before."""
        role, *other = self.accepted_by or ("draft",)
        return Said("both" if other else role)

    @property
    def yes_again(self) -> Rewording | None:
        """What changed since somebody said yes, so that they are asked for it again."""
        return self.rewording if self.rewording and self.rewording.accepted_by else None


@dataclass(frozen=True)
class Reword:
    """They want to change a sentence of the agreement."""

    read: bool = True
    """Whether they have read it to its end; else they read all of it after the change."""


@dataclass(frozen=True)
class PutBack:
    """The agreement is to read again as it was accepted."""


@dataclass(frozen=True)
class AcceptSheet:
    """Every line of the sheet is right."""


@dataclass(frozen=True)
class EditLine:
    """A line of the sheet is to be changed, struck or taken back; lines are counted from 0."""

    line: int
    whole: bool = False
    """Whether the whole answer is asked for, rather than one sentence struck or taken back."""
    words: str = ""
    """What the line shall say, as it was typed: an answer, or a sentence instead of its own."""


@dataclass(frozen=True)
class Command:
    """An action that somebody asked for."""

    action: Action
    minutes: int = 0
    """How many more, with `MORE_TIME`."""


@dataclass(frozen=True)
class Interrupted:
    """Ctrl-C; `for_good` if no more input will come."""

    for_good: bool = False


Reply = Talked | Said | Reword | PutBack | AcceptSheet | EditLine | Command | Interrupted
InterruptChoice = Literal["go on", "stop", "close"]
"""What a Ctrl-C can be meant to do."""


KeepDraft = Callable[[str | None], None]
"""Keeps half-typed text; None where nothing is half typed any more."""


def keep_no_draft(_text: str | None) -> None:
    """Keep nothing of what is half typed."""


class ClockView(Protocol):
    """What a frontend may ask of the clock while it waits."""

    def reading(self) -> Reading:
        """Return what the clock says now."""
        ...

    def pulse(self) -> None:
        """Let a waiting session record its time; call it every second or so."""
        ...


class Asker(Protocol):
    """A way to show pages and to ask single questions; each call waits for a reply."""

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show what to talk about."""
        ...

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command | Interrupted:
        """Ask for one answer, from its draft on; what is typed stays hidden if it is `unseen`.

        What is half typed goes to `keep_draft` while typing rests, and whenever the question is
        left unanswered; what is typed unseen never does.
        """
        ...


class Frontend(Asker, Protocol):
    """A way to walk a session: to show cards, and to ask."""

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show several answers together."""
        ...

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | Reword | PutBack | Command | Interrupted:
        """Show the agreement and ask who accepts it; nothing is chosen unless somebody does.

        If it was reworded since somebody said yes, show only what changed, and ask about that.

        The answer is `draft`, `both`, or a role. Any other answer means both, and says how they
        accepted. Whoever wants to change a sentence asks for the review.
        """
        ...

    def pause(self, card: Card) -> Interrupted | None:
        """Wait until they go on; return the Ctrl-C if one ends the pause."""
        ...

    def interrupted(self, card: Card) -> InterruptChoice:
        """Ask what a Ctrl-C on a card was meant to do."""
        ...
