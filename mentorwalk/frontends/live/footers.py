"""The keys at the foot of a page: what each of them does now, by the state of its prompt.

Their words are short, so that what Enter does can change without a row more or less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.sheet import lines_of, only_sentences, sentence_opened, typed_at
from mentorwalk.frontends.command_words import is_word, number_in
from mentorwalk.frontends.live.choosing import by_y_or_n
from mentorwalk.frontends.live.prompt import Chose
from mentorwalk.frontends.messages import unsure_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.sheet import SheetLine
    from mentorwalk.engine.frontend import Proposal
    from mentorwalk.frontends.live.prompt import Foot, Picked, Prompt

OPTIONS, ESCAPE_OPTIONS = N_("Tab: options"), N_("Esc: options")
BACK = N_("Shift+Tab: back")
EMPTY = N_("Backspace: empty")
LEAVE = N_("Esc: back to the card")
GO_ON = N_("Esc: go on")
AT_ONCE = N_("“2: ...” answers it at once")
WRITE = N_("Enter: write it down")
ON = N_("Enter: go on")
CHOOSE = N_("Enter: choose")
KEEP = N_("Enter: keep")
NOTHING = N_("Enter: leave it empty")
LEAVE_OPEN = N_("Enter: leave it open")
OWN = N_("Enter: write")
DO = N_("Enter: do it")
TO_CARD = N_("Tab: back to the card")
READ_FIRST = N_("Enter: read on")
READ_ON = N_("PgDn, PgUp: read on")
READ_AGAIN = N_("Esc: read it again")
CHANGES = N_("a number changes one")
STRIKES = N_("a number: change or strike")


@dataclass(frozen=True)
class Footer:
    """The keys that do something now."""

    keys: tuple[str, ...]
    """What Enter does comes first."""
    spare: tuple[str, ...] = ()
    """Keys that are told only where they take no row of their own."""
    brief: tuple[str, ...] = ()
    """The keys in fewer words, for where they take more than one row."""


def footer(card: Card, *keys: str) -> Footer:
    """Return some keys, in the language of the session, with those of every card of a walk."""
    if not card.steps:
        back = (BACK,) if card.goes_back else ()
        return Footer(tuple(map(_, (*keys, *back))))
    return Footer((*map(_, keys), _(OPTIONS)), (_(BACK),))


def beside(*keys: str) -> Footer:
    """Return the keys of a page that lies over a card: they lead nowhere but to it."""
    return Footer(tuple(map(_, keys)))


def of_talk(card: Card) -> Footer:
    """Return the keys of a talk; a page outside the walk has neither speaker nor place."""
    if card.quiet:
        return beside(N_("Enter: when you are ready"))
    enter = N_("Enter: we are done") if card.ends else N_("Enter: next card")
    enter = N_("Enter: we have talked") if card.opens else enter
    enter = N_("Enter: read it") if card.proposes else enter
    enter = ON if card.alone or not (card.speaks or card.place) else enter
    return footer(card, enter, *((N_("or just type"),) if card.types_through else ()))


def of_question(card: Card, question: Question, prompt: Prompt[Picked]) -> Footer:
    """Return the keys of a question, as what is typed, marked or pointed at stands now."""
    if prompt.foot:
        return of_own_keys(card, prompt.foot())
    leave = (LEAVE,) if question.apart and card.steps else ()
    match question.field.type:
        case _ if question.adds:
            keys: tuple[str, ...] = (WRITE,)
        case "text" if question.apart:
            keys = (WRITE if card.steps else ON,)
        case "text":
            second = _taking_over(question, prompt) or N_("Alt+Enter or Ctrl+J: new line")
            keys = (_enter_at_line(question, prompt), second)
        case "list":
            keys = _keys_of_list(prompt)
        case "checkbox":
            keys = _keys_of_boxes(question, prompt)
        case "confirm" if by_y_or_n(question):
            set_ = question.value is not None
            keys = (N_("y or n"), *((KEEP, EMPTY) if set_ else (NOTHING,)))
        case "select" | "confirm" if not prompt.box:
            keys = _keys_of_choices(question, prompt)
        case _:
            second = _taking_over(question, prompt)
            keys = (_enter_at_line(question, prompt), *filter(None, (second,)))
    told = footer(card, *keys, *leave)
    if question.unsure and prompt.box and not prompt.text:
        return Footer((*told.keys[: len(keys)], unsure_key(), *told.keys[len(keys) :]), told.spare)
    return told


def of_own_keys(card: Card, foot: Foot) -> Footer:
    """Return the keys of a prompt that has some of its own."""
    if foot.takes_tab:
        options = (ESCAPE_OPTIONS,) if card.steps else ()
        return beside(*foot.keys, *options)
    brief = footer(card, *foot.brief).keys if foot.brief else ()
    return replace(footer(card, *foot.keys), brief=brief)


def of_own_words(card: Card, prompt: Prompt[str]) -> Footer:
    """Return the keys of a line for own words."""
    enter = DO if is_word(prompt.text) else WRITE
    return footer(card, enter if prompt.text else N_("Enter: back to the list"))


def of_sheet(card: Card, sheet: Sequence[Question], prompt: Prompt[str]) -> Footer:
    """Return the keys of a sheet: Enter opens the line that was typed, or takes all as they are."""
    typed, lines = prompt.text.strip(), lines_of(sheet)
    number = number_in(typed, len(lines))
    changes = _changes_of(card, sheet)
    first = next((n for n, line in enumerate(lines, start=1) if line.question.undecided), 0)
    opens = _("Enter: open line {number}").format(number=number or first)
    struck = any(line.sentence and not line.kept for line in lines)
    keeps = N_("Enter: keep it so") if struck else N_("Enter: keep all")
    keys: tuple[str, ...] = (opens if first else keeps, *changes)
    if number:
        keys = (_enter_at_sentence(lines[number - 1]) or opens,)
    elif typed:
        keys = (DO,) if is_word(typed) else (_enter_at_words(sheet, typed) or changes[0],)
    told = footer(card, *keys)
    if changes == (CHANGES,) and not typed:
        told = replace(told, spare=(_(AT_ONCE), *told.spare))
    return replace(told, spare=(_(LEAVE), *told.spare)) if card.reviews else told


def _changes_of(card: Card, sheet: Sequence[Question]) -> tuple[str, ...]:
    """Return what a number does at a sheet, and what one does with words behind it."""
    if only_sentences(sheet):
        lines = lines_of(sheet)
        struck = any(line.sentence and not line.kept for line in lines)
        strikes = N_("a number strikes or takes back") if struck else N_("a number strikes a line")
        can_be_said = any(line.adds for line in lines)
        return (strikes, N_("“1:” and Enter rewords line 1")) if can_be_said else (strikes,)
    if any(question.by_sentence for question in sheet):
        return (N_("a number changes, strikes or takes back"),)
    return (STRIKES if card.strikes else CHANGES,)


def _enter_at_words(sheet: Sequence[Question], typed: str) -> str:
    """Return what Enter does with words that were typed at a sheet; empty if it takes none."""
    try:
        said = typed_at(sheet, typed)
    except Unreadable:
        return ""
    if said is None and sentence_opened(sheet, typed):
        return N_("Enter: put it in your words")
    if said is None:
        return N_("go on with your words, then Enter") if re.fullmatch(r"\d+ *[:.)]", typed) else ""
    adds = lines_of(sheet)[said.line].adds
    return N_("Enter: add it") if adds else N_("Enter: say it so")


def _enter_at_sentence(line: SheetLine) -> str:
    """Return what Enter does with a sentence whose number was typed; empty for other lines."""
    if not line.sentence:
        return ""
    return N_("Enter: strike it") if line.kept else N_("Enter: take it back")


def of_yes(card: Card, proposal: Proposal) -> Footer:
    """Return the keys of the question what becomes of the agreement, where nothing is marked."""
    back = N_("Esc: back") if proposal.yes_again else READ_AGAIN
    return footer(card, N_("a digit chooses"), N_("or Up, Down and Enter"), back)


def _taking_over(question: Question, prompt: Prompt[Picked]) -> str:
    """Return the keys that take over what is at hand; empty while something else is written."""
    if not question.at_hand or prompt.text not in ("", *question.at_hand):
        return ""
    before = question.at_hand[0] not in question.ideas
    return N_("Up, Down: words from before") if before else N_("Up, Down: an idea")


def _enter_at_line(question: Question, prompt: Prompt[Picked]) -> str:
    """Return what Enter does with the text in a box."""
    if is_word(prompt.text):
        return DO
    if not prompt.text:
        return LEAVE_OPEN if question.wanted else NOTHING
    current = question.answer.typed if question.field.type == "text" else question.offered
    return KEEP if question.value is not None and prompt.text == current else WRITE


def _keys_of_list(prompt: Prompt[Picked]) -> tuple[str, ...]:
    if is_word(prompt.text):
        return (DO,)
    if prompt.line.strip():
        return (N_("Enter: next item; twice: done"),)
    return (N_("Enter: done") if prompt.text.strip() else NOTHING,)


def _keys_of_boxes(question: Question, prompt: Prompt[Picked]) -> tuple[str, ...]:
    """Return the keys of boxes; within a walk there is no room to say that digits mark, too."""
    move = N_("Up, Down: move")
    if Chose.OWN_WORDS in prompt.chosen:
        return (OWN, move, N_("Space: mark"))
    if question.apart:
        return (ON, move, N_("Space, digit: mark"))
    return (KEEP if prompt.chosen else N_("Enter: none"), move, N_("Space: mark"))


def _keys_of_choices(question: Question, prompt: Prompt[Picked]) -> tuple[str, ...]:
    """Return the keys of a list: a digit only moves the pointer, and Enter chooses."""
    move = N_("Up, Down, digit: move") if prompt.numbered else N_("Up, Down: move")
    empty = () if question.apart or question.never_empty else (EMPTY,)
    match prompt.pointed_at:
        case Chose.UNDECIDED:
            return (move, N_("then Enter: choose"), *empty)
        case Chose.OWN_WORDS:
            return (OWN, move, *empty)
        case Chose.NOTHING:
            return (LEAVE_OPEN if question.field.asks_steps else NOTHING, move)
        case value if value == question.value and not question.apart:
            return (KEEP, move, *empty)
        case _:
            return (CHOOSE, move, *empty)
