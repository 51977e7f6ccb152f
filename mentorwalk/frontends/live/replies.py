"""From what was typed or chosen at a prompt to the reply that the walk understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import parse_answer, parse_items, unsure
from mentorwalk.domain.answers import UNKNOWN
from mentorwalk.domain.errors import Unreadable, shown
from mentorwalk.domain.i18n import _
from mentorwalk.domain.sheet import lines_of, only_sentences, typed_at
from mentorwalk.domain.text import NO_TEXT_SIGN
from mentorwalk.domain.values import ByItem
from mentorwalk.engine.frontend import AcceptSheet, EditLine, Said
from mentorwalk.frontends.command_words import number_in, typed_command
from mentorwalk.frontends.live.prompt import Chose
from mentorwalk.frontends.messages import NO_TEXT, NOTHING_CHOSEN, not_missed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import Command
    from mentorwalk.frontends.live.prompt import Picked


def reply_to(card: Card, question: Question, picked: Picked) -> Said | Command:
    """Return the answer to a question, or the command that was typed instead.

    Raises:
        Unreadable: It does not fit the field.
    """
    if isinstance(picked, bool):
        return Said(picked)
    if picked is Chose.UNDECIDED:
        raise Unreadable(_(NOTHING_CHOSEN))
    if isinstance(picked, Chose):
        return Said(None)
    if picked == "":
        not_missed(question)
    if isinstance(picked, ByItem):
        return Said(picked or None)
    if question.unsure and _says_unsure(picked):
        return Said(UNKNOWN)
    if isinstance(picked, list):
        items = tuple(item for item in picked if isinstance(item, str))
        return Said(parse_items(question.field, items, question.names))
    if question.unseen and NO_TEXT_SIGN in picked:
        # Anywhere else they see the sign, and can write what it stands for.
        raise Unreadable(_(NO_TEXT).format(encoding="UTF-8"))
    command = typed_command(picked, card, unseen=question.unseen)
    return command or Said(_typed_value(question, picked))


def reply_to_sheet(
    card: Card, typed: str, sheet: Sequence[Question]
) -> AcceptSheet | EditLine | Command:
    """Return what was typed at a sheet: nothing, a number, a sentence to add, or a command.

    Raises:
        Unreadable: It is none of these.
    """
    text = typed.strip()
    if not text:
        return AcceptSheet()
    if command := typed_command(text, card):
        return command
    lines = len(lines_of(sheet))
    if number := number_in(text, lines):
        return EditLine(number - 1)
    if not card.strikes and (said := typed_at(sheet, text)):
        return EditLine(said.line, words=said.words)
    other = _(
        "“{text}” is no line here. Type a number from 1 to {most} to change a line, or press Enter."
    )
    if only_sentences(sheet):
        other = _(
            "“{text}” is no line here. A number from 1 to {most} strikes a line or takes it back."
        )
    raise Unreadable(other.format(text=shown(text, 60), most=lines))


def _typed_value(question: Question, typed: str) -> Value | None:
    """Read a line; an offered answer that was left as it is stays the same value."""
    if question.offer is not None and typed == question.offered:
        return question.offer
    return parse_answer(question.field, typed, question.today, question.names)


def _says_unsure(picked: str | list[str | Chose]) -> bool:
    return UNKNOWN in picked if isinstance(picked, list) else unsure(picked)
