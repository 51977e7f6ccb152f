"""The pages of the live screen: what each stop of a walk shows around its prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.domain.card import Card
from mentorwalk.domain.i18n import N_, _
from mentorwalk.frontends.live.prompts import SHORTCUTS, by_y_or_n
from mentorwalk.frontends.messages import PAUSED, PAUSED_TIP, expected, unsure_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.card import Question
    from mentorwalk.engine.frontend import Proposal
    from mentorwalk.frontends.drawing import Drawing

OPTIONS = N_("Tab: options")
EMPTY = N_("Backspace: leave it empty")
LEAVE = N_("Esc: back to the card")
GO_ON = N_("Esc: go on")
WRITE = N_("Enter: write it down")
ON = N_("Enter: go on")
CHOOSE = N_("Enter: choose")
KEEP = N_("Enter: keep")
TO_CARD = N_("Tab: back to the card")
READ_ON = N_("PgDn, PgUp: read on")
READ_AGAIN = N_("Esc: read it again")


@dataclass
class Bookmark:
    """How far somebody has read a text that is shown more than once."""

    row: int = 0
    to_end: bool = False


@dataclass(frozen=True)
class Page:
    """What surrounds a prompt; drawn again whenever the size or the clock changes."""

    header: Callable[[Drawing, str], str]
    """Takes the words for which page is in sight; empty if there is one, or `counted` is off."""
    body: Callable[[Drawing], str]
    keys: tuple[str, ...]
    head: Callable[[Drawing], str] | None = None
    """What stays in sight above the body, however far that is read; None for nothing."""
    timed: bool = True
    """Whether the clock is shown; it runs either way."""
    read_first: Callable[[], bool] | None = None
    """Whether Enter, the first of the keys, reads on until the end was seen.

    Nobody says yes to what was never on the screen.
    """
    bookmark: Bookmark | None = None
    """Where to begin reading; set to where reading stopped when the page is left."""
    counted: bool = False
    """Whether the header says which page is in sight."""


def header_of(card: Card) -> Callable[[Drawing, str], str]:
    """Return what draws the header of a card."""
    return lambda drawing, _place: drawing.header(card)


def keys_shown(*keys: str) -> tuple[str, ...]:
    """Return the keys in the language of the session."""
    return tuple(map(_, keys))


def page_of(
    card: Card, keys: tuple[str, ...], *, read_first: Callable[[], bool] | None = None
) -> Page:
    """Return a page that shows a card and nothing else."""
    return Page(
        header_of(card),
        lambda drawing: drawing.body(card),
        keys_shown(*keys),
        read_first=read_first,
    )


def talk_page(card: Card) -> Page:
    """Return the page for a talk, where the first answer may be typed right away."""
    typing = (N_("or just type"),) if card.types_through else ()
    keys = (_enter_at(card), *typing, *((OPTIONS,) if card.steps else ()))
    return page_of(card, keys, read_first=always)


def pause_page(card: Card) -> Page:
    """Return the page for a pause of the clock."""
    paused = Card(ask=_(PAUSED), tip=_(PAUSED_TIP))
    return replace(page_of(paused, (ON,)), header=header_of(card))


def question_page(card: Card, question: Question, complaint: str) -> Page:
    """Return the page for one question, with the complaint about the last answer."""
    return Page(
        header_of(card),
        lambda drawing: drawing.question(card, question, complaint, expected(question)),
        (
            *keys_shown(*_keys_for(card, question)),
            *_unsure_key(question),
            *keys_shown(*((OPTIONS,) if card.steps else ())),
        ),
    )


def sheet_page(card: Card, sheet: list[Question], complaint: str) -> Page:
    """Return the page for several answers together, with the complaint about the last entry."""
    number = N_("a number: change or strike") if card.strikes else N_("a number changes one")
    return Page(
        header_of(card),
        lambda drawing: drawing.lines(sheet),
        keys_shown(N_("Enter: keep all"), number, *((LEAVE,) if card.reviews else ()), OPTIONS),
        head=lambda drawing: drawing.above_sheet(card, sheet, complaint),
        read_first=always,
    )


def reading_page(card: Card, proposal: Proposal, unchanged: str, bookmark: Bookmark) -> Page:
    """Return the page for reading the agreement; `unchanged` is the key to change nothing."""
    nameless = replace(card, ask="")
    return Page(
        lambda drawing, place: drawing.small_header(card, place),
        lambda drawing: drawing.document(nameless, proposal.text),
        (_(ON), unchanged, _(OPTIONS)),
        timed=False,
        read_first=always,
        bookmark=bookmark,
        counted=True,
    )


def yes_page(card: Card, choices: int, complaint: str) -> Page:
    """Return the page for what becomes of the agreement, once it was read."""
    return Page(
        header_of(card),
        lambda drawing: drawing.above_choices(card, choices, complaint),
        keys_shown(N_("a digit chooses"), N_("or Up, Down and Enter"), READ_AGAIN, OPTIONS),
    )


def command_page(card: Card, page: Page, complaints: tuple[str, ...]) -> Page:
    """Return a card's page for typing a `/word`, with the complaints about the last one."""
    body = partial(_body_with, card, complaints)
    return Page(page.header, body, keys_shown(N_("Enter: do it"), TO_CARD))


def _body_with(card: Card, complaints: tuple[str, ...], drawing: Drawing) -> str:
    return drawing.body(card, complaints)


def always() -> bool:
    """Return that Enter reads on first, whatever is chosen."""
    return True


def _enter_at(card: Card) -> str:
    """Return what Enter does at a talk; a page outside the walk has neither speaker nor place."""
    if not (card.speaks or card.place):
        return ON
    return N_("Enter: we have talked") if card.opens else N_("Enter: on we go")


def _unsure_key(question: Question) -> tuple[str, ...]:
    """Return how to say that one does not know yet; among choices that is one of them."""
    is_choice = question.field.type in ("select", "checkbox", "confirm")
    return (unsure_key(),) if question.unsure and not is_choice else ()


def _keys_for(card: Card, question: Question) -> tuple[str, ...]:
    match question.field.type:
        case "text" if question.apart:
            return (WRITE, LEAVE) if card.steps else (ON,)
        case "text":
            return (WRITE, N_("Alt+Enter or Ctrl+J: new line"))
        case "list":
            return (N_("Enter: next item"), N_("Enter on an empty line: done"))
        case "checkbox":
            return (N_("Up, Down"), N_("Space: mark"), KEEP)
        case "confirm" if by_y_or_n(question):
            return (N_("y or n"), EMPTY)
        case "select" if question.apart:
            return (_pointing(question), CHOOSE, *((LEAVE,) if card.steps else ()))
        case "select" | "confirm":
            return (_pointing(question), CHOOSE if question.value is None else KEEP, EMPTY)
        case "number" | "scale" | "date" | "time":
            enter = WRITE if question.value is None else KEEP
            return (enter, LEAVE) if question.apart and card.steps else (enter,)


def _pointing(question: Question) -> str:
    """Return what moves the pointer: the first nine choices alone have digits."""
    choices = len(question.options) + question.field.other
    return N_("Up, Down or a digit") if choices <= SHORTCUTS else N_("Up, Down")
