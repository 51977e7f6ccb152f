"""What the plain frontend says: cards, questions and sheets as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import most_chosen
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.sheet import STRUCK, lines_of, only_sentences
from mentorwalk.domain.text import capital, count, labelled, minutes_words, with_full_stop
from mentorwalk.engine.frontend import Action
from mentorwalk.frontends.command_words import action_words, actions_on, typed_word
from mentorwalk.frontends.expected_words import expected
from mentorwalk.frontends.messages import (
    ADD_SENTENCE,
    NOTHING_YET,
    off_record_line,
    place_among,
    stop_line,
    unsure_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.sheet import SheetLine

NOTHING = "-"
"""Typed alone, it takes an answer back."""
HELP, TIME = "/help", "/time"
GOES_ON = "\\"
"""At the end of a line of text: the text goes on in the next one."""


def card_lines(card: Card) -> Iterator[str]:
    """Yield everything that a card says."""
    if card.mark:
        yield f"{card.mark}."
    now = next((step.short for step in card.steps if step.state == "now"), card.title)
    if place := ", ".join(filter(None, [now, card.place])):
        yield place
    if card.off_record:
        yield off_record_line(typed_word(Action.OFF))
    if card.speaks:
        yield f"{card.speaks}."
    if card.ask:
        yield card.ask
    if card.for_one:
        yield _("It is not shown here: lines stay in this window, which you are about to share.")
    else:
        yield from (line for line in card.read.split("\n") if line)
    if card.picture:
        # Loaded here: most cards show no picture.
        from mentorwalk.documents.pictures import as_words  # noqa: PLC0415

        yield " ".join(as_words(card.picture))
    if card.glance:
        yield from glance_lines(card.glance)
    yield from (labelled(recalled.label, recalled.text) for recalled in card.recalled)
    if card.tip:
        # Where nobody speaks, it says what comes next: no advice for a talk.
        yield _("Tip: {tip}").format(tip=card.tip) if card.speaks else card.tip
    yield from map(hint_line, card.hints)


def glance_lines(glance: Glance) -> Iterator[str]:
    """Yield the phases of a session with their minutes, and when it ends."""
    yield from (labelled(each.title, minutes_words(60 * each.minutes)) for each in glance.phases)
    yield stop_line(glance)


def hint_line(hint: str) -> str:
    """Return something to try, as a line."""
    return _("Try: {hint}").format(hint=hint)


def back_line() -> str:
    """Return how to go back where something was asked before the walk."""
    back = _("go back to the question before")
    return f"{typed_word(Action.BACK)}: {back}"


def question_lines(question: Question) -> Iterator[str]:
    """Yield what is asked, what would do, and how to keep the current answer."""
    if question.complaint:
        yield question.complaint
    if question.unfinished:
        yield question.unfinished.with_words("")
    yield _asked(question)
    yield from filter(None, question.help.split("\n"))
    if question.adds:
        yield _("Press Enter to add nothing.")
        return
    yield from numbered_lines([option.shown for option in question.options])
    yield from _ways_to_answer(question)


def _asked(question: Question) -> str:
    """Return what is asked, what would do, and how several things are typed."""
    place, would_do = place_among(question), expected(question)
    label = f"{place}. {question.label}" if place else question.label
    label = f"{label} ({would_do})" if would_do else label
    match question.field.type:
        case "ratings" if question.answer.empty:
            rates = _("A number each; Enter: left out.")
            return f"{with_full_stop(label)} {rates}"
        case "ratings":
            keeps = _("A number each; Enter keeps what stands, {sign} leaves out.")
            return f"{with_full_stop(label)} {keeps.format(sign=NOTHING)}"
        case "ranking":
            order = " ".join(str(n) for n in (3, 1, 2) if n <= _most(question))
            return labelled(label, _("numbers, such as {order}.").format(order=order))
        case "outline":
            how = _("Two spaces for each step deeper; an empty line ends.")
            return f"{with_full_stop(label)} {how}"
        case _:
            return label


def _most(question: Question) -> int:
    """Return how many choices can be put in order."""
    choices = len(question.options)
    return min(choices, most_chosen(question.field) or choices)


def _ways_to_answer(question: Question) -> Iterator[str]:
    """Yield how several are ticked, how a list ends, and what Enter alone does."""
    if question.field.type == "checkbox":
        yield _("Several at once: 1,3 for the first and the third.")
    if question.field.type in ("checkbox", "ranking") and question.field.max is not None:
        yield _("{most} at most.").format(most=capital(count(question.field.max)))
    if question.field.type == "list":
        yield _("An empty line ends the list.")
    if question.options and question.field.other:
        yield _("In your own words: just write them.")
    if question.unsure and not question.options:
        yield unsure_key()
    if question.field.type == "ratings":
        return
    if question.current and question.value is not None:
        keeps = _("Enter keeps: {answer}. {sign} takes it back.")
        # A question outside the agenda is always answered: there is nothing to take back.
        keeps = _("Enter keeps: {answer}") if question.apart else keeps
        yield keeps.format(answer=question.current.removesuffix("."), sign=NOTHING)
    elif not question.apart and question.field.type not in ("list", "outline"):
        is_step = question.field.asks_steps
        yield _("Enter leaves it open.") if is_step else _("Enter leaves it empty.")


def sheet_lines(card: Card, sheet: Sequence[Question]) -> Iterator[str]:
    """Yield several answers together, numbered, with what they are noted with."""
    yield from filter(None, card.says.split("\n"))
    yield from numbered_lines([_sheet_line(line) for line in lines_of(sheet)])
    yield keeping_words(card, sheet)


SAYS_IT = N_("A number with words behind it, as in “2: We call first”, puts that one your way.")
"""How a sentence is put into other words at once."""


def keeping_words(card: Card, sheet: Sequence[Question]) -> str:
    """Return what Enter and a number do at a sheet."""
    undecided = (n for n, line in enumerate(lines_of(sheet), 1) if line.question.undecided)
    if first := next(undecided, 0):
        return _("Enter opens line {number}, a number changes any.").format(number=first)
    if only_sentences(sheet):
        strikes = _("A number strikes or takes back, Enter keeps them all.")
        can_be_said = any(line.adds for line in lines_of(sheet))
        return f"{strikes} {_(SAYS_IT)}" if can_be_said else strikes
    if any(question.by_sentence for question in sheet):
        return _("Enter keeps all; a number changes, strikes or takes back.")
    if card.strikes:
        return _("Enter keeps all, a number changes or strikes one.")
    return _("Enter keeps all, a number changes one.")


def _sheet_line(line: SheetLine) -> str:
    if line.adds:
        return _(ADD_SENTENCE)
    if line.sentence:
        return line.words if line.kept else _(STRUCK).format(sentence=line.words)
    question = line.question
    note = f" ({question.note})" if question.note else ""
    return labelled(question.label, question.current or _(NOTHING_YET)) + note


def numbered_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield things to choose from, with the numbers that choose them."""
    yield from (f"{number}. {line}" for number, line in enumerate(lines, start=1))


def help_lines(card: Card | None) -> Iterator[str]:
    """Yield what can be typed on a card besides an answer."""
    yield from (f"{typed_word(each)}: {action_words(each, card)}" for each in actions_on(card))
    if not (card and card.alone):
        clock = _("what the clock says")
        yield f"{TIME}: {clock}"
    signs = _("{sign} alone takes an answer back. {on} at the end of a line goes on in the next.")
    yield signs.format(sign=NOTHING, on=GOES_ON)


def number_line(most: int) -> str:
    """Return which numbers would do."""
    return _("A number from 1 to {most} would do.").format(most=most)
