"""The pages of the live screen: what each stop of a walk shows around its prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.card import Card
from mentorwalk.domain.i18n import _
from mentorwalk.frontends.agreement_words import changed_lines, rewording_words, ways_to_accept
from mentorwalk.frontends.expected_words import expected
from mentorwalk.frontends.live import footers
from mentorwalk.frontends.live.canvas import begins_line, begins_paragraph
from mentorwalk.frontends.live.prompt import Chose, no_words
from mentorwalk.frontends.messages import (
    NOTHING_CHOSEN,
    NOTHING_WRITTEN,
    PAUSED,
    PAUSED_TIP,
    place_among,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import Proposal
    from mentorwalk.frontends.drawing import Drawing
    from mentorwalk.frontends.live.canvas import Begins
    from mentorwalk.frontends.live.footers import Footer
    from mentorwalk.frontends.live.prompt import Picked, Prompt


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
    keys: Callable[[], Footer]
    """Tells what the keys do now."""
    head: Callable[[Drawing], str] | None = None
    """What stays in sight above the body, however far that is read; None for nothing."""
    timed: bool = True
    """Whether the clock is shown; it runs either way."""
    read_first: Callable[[], bool] | None = None
    """Whether Enter reads on until the end was seen.

    Nobody says yes to what was never on the screen.
    """
    bookmark: Bookmark | None = None
    """Where to begin reading; set to where reading stopped when the page is left."""
    counted: bool = False
    """Whether the header says which page is in sight."""
    begins: Begins | None = None
    """Returns where something whole begins, with which a page of it begins where it can."""
    told: Callable[[], str] = no_words
    """Returns why the last key did nothing, told above the clock; empty if it did."""
    varies: Callable[[], str] = no_words
    """Returns what of the body can change with a key, such as how many there are by now."""


def header_of(card: Card) -> Callable[[Drawing, str], str]:
    """Return what draws the header of a card."""
    return lambda drawing, _place: drawing.header(card)


def page_of(card: Card, keys: Footer, *, read_first: Callable[[], bool] | None = None) -> Page:
    """Return a page that shows a card and nothing else."""
    return Page(
        header_of(card), lambda drawing: drawing.body(card), lambda: keys, read_first=read_first
    )


def talk_page(card: Card) -> Page:
    """Return the page for a talk, where the first answer may be typed right away."""
    return page_of(card, footers.of_talk(card), read_first=always)


def pause_page(card: Card) -> Page:
    """Return the page for a pause of the clock."""
    paused = Card(ask=_(PAUSED), tip=_(PAUSED_TIP))
    return replace(page_of(paused, footers.beside(footers.ON)), header=header_of(card))


def question_page(card: Card, question: Question, complaint: str, prompt: Prompt[Picked]) -> Page:
    """Return the page for one question, with the complaint about the last answer."""

    def count() -> str:
        """Return how many were marked or written, or about which item it is."""
        return prompt.count() or place_among(question)

    def told() -> str:
        """Return the complaint; once something is chosen or written, nobody misses it any more."""
        if complaint == _(NOTHING_CHOSEN):
            return complaint if prompt.pointed_at is Chose.UNDECIDED else ""
        return "" if complaint == _(NOTHING_WRITTEN) and prompt.text else complaint

    def draw(drawing: Drawing) -> str:
        """Return what is asked."""
        return drawing.question(card, question, told(), expected(question), count())

    return Page(
        header_of(card),
        draw,
        lambda: footers.of_question(card, question, prompt),
        read_first=always if any(each.to_share for each in card.recalled) else None,
        told=prompt.told,
        varies=lambda: f"{count()} {told()}",
    )


def sheet_page(
    card: Card,
    sheet: list[Question],
    complaint: str,
    prompt: Prompt[str],
    bookmark: Bookmark | None,
) -> Page:
    """Return the page for several answers together, with the complaint about the last entry."""
    return Page(
        header_of(card),
        lambda drawing: drawing.answers(card, sheet, complaint),
        lambda: footers.of_sheet(card, sheet, prompt),
        head=lambda drawing: drawing.above_sheet(card, sheet, complaint),
        read_first=lambda: not prompt.text,
        bookmark=bookmark,
        begins=begins_line,
    )


def reading_page(card: Card, proposal: Proposal, told: Iterable[str], bookmark: Bookmark) -> Page:
    """Return the page for reading the agreement; `told` are the keys beside Enter."""
    nameless, keys = replace(card, ask=""), footers.footer(card, footers.ON, *told)
    return Page(
        lambda drawing, place: drawing.small_header(card, place),
        lambda drawing: drawing.document(nameless, proposal.text),
        lambda: keys,
        timed=False,
        read_first=always,
        bookmark=bookmark,
        counted=True,
        begins=begins_paragraph,
    )


def yes_page(card: Card, proposal: Proposal, complaint: str, bookmark: Bookmark) -> Page:
    """Return the page for what becomes of the agreement, once it was read.

    If it was reworded since, it shows what changed.
    """
    keys = footers.of_yes(card, proposal)

    def draw(drawing: Drawing) -> str:
        """Return what stands above the choices."""
        if rewording := proposal.rewording:
            words = rewording_words(rewording, proposal.people)
            return drawing.changes(words, tuple(changed_lines(rewording)), complaint)
        return drawing.above_choices(card, len(ways_to_accept(proposal)), complaint)

    return Page(
        header_of(card),
        draw,
        lambda: keys,
        bookmark=bookmark,
    )


def command_page(card: Card, page: Page, complaints: tuple[str, ...]) -> Page:
    """Return a card's page for typing a `/word`, with the complaints about the last one."""
    return Page(
        page.header,
        lambda drawing: drawing.body(card, complaints),
        lambda: footers.beside(footers.DO, footers.TO_CARD),
    )


def always() -> bool:
    """Return that Enter reads on first, whatever is chosen."""
    return True
