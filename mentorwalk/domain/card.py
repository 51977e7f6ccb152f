"""A card: a page of the screen, with all that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.i18n import N_, _

if TYPE_CHECKING:
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.pictures import AnyPicture

AFTERWARDS = N_("After the call")
"""The title of the cards that only one person sees."""


@dataclass(frozen=True)
class PhaseState:
    """A phase in the line of phases."""

    short: str
    state: Literal["done", "now", "ahead"]


@dataclass(frozen=True)
class Recalled:
    """An earlier answer, shown again."""

    label: str
    text: str
    at_hand: bool = False
    """Whether it is shown while something is written down, too."""
    to_share: bool = False
    """Whether it is asked who may see it: nobody says yes to words that were not on the screen."""


@dataclass(frozen=True)
class Card:
    """A page of the screen: of a session if it has steps, of a talk if somebody speaks."""

    ask: str
    title: str = ""
    people: str = ""
    steps: tuple[PhaseState, ...] = ()
    speaks: str = ""
    place: str = ""
    read: str = ""
    picture: AnyPicture | None = None
    """What is drawn below the question."""
    glance: Glance | None = None
    """The session at a glance, where the card shows it."""
    tip: str = ""
    recalled: tuple[Recalled, ...] = ()
    hints: tuple[str, ...] = ()
    opens: bool = False
    """Whether something is written down after the talk."""
    proposes: bool = False
    """Whether a document to accept is read after it."""
    ends: bool = False
    """Whether no other card comes after it."""
    types_through: bool = False
    """Whether the first field opens as soon as somebody types."""
    in_talk: bool = False
    """Whether they talk about it while something is written down: no talk came before."""
    says: str = ""
    """What the lines below it say together, in whole sentences."""
    strikes: bool = False
    """Whether the lines below it can be struck, as in a review."""
    off_record: bool = False
    """Whether nothing is written down."""
    for_one: bool = False
    """Whether what it reads is for one person, and must not stay in a window that is shared."""
    goes_back: bool = False
    """Whether one can go back to what was asked before."""
    alone: bool = False
    """Whether one person is alone, without a talk and a clock."""
    reviews: bool = False
    """Whether it shows what was written down, and is itself no card of the agenda."""
    unsaved: bool = False
    """Whether nothing of the session is saved while it lasts."""
    quiet: bool = False
    """Whether nothing else is on the screen, not even a clock."""
    mark: str = ""
    """What kind of session it is, such as a demo; empty for an ordinary one."""


def afterwards(ask: str, tip: str = "", read: str = "") -> Card:
    """Return a page after the call, for the person at the keyboard alone."""
    return Card(title=_(AFTERWARDS), ask=ask, tip=tip, read=read)
