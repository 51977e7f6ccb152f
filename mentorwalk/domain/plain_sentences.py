"""The plain sentences of an agreement: the agenda's words, until the two reword or strike them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import LEFT_OUT
from mentorwalk.domain.clauses import heading_of, is_settled, prompts_in_force
from mentorwalk.domain.i18n import _
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.question import Question
from mentorwalk.domain.sheet import STRUCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.session import Session


def with_plain_sentences(
    session: Session, lines: Sequence[Question], *, whole: bool
) -> list[Question]:
    """Return the lines of a review with the plain sentences of the agreement, card by card.

    Those that stand as the agenda has them are among them only if the `whole` is reviewed.
    """
    if session.agenda.accept_document is None:
        return [*lines]
    reviewed: list[Question] = []
    for prompt in prompts_in_force(session):
        reviewed += [line for line in lines if line.id in prompt.answer_ids]
        if is_settled(session, prompt):
            plain = _plain_lines(session, prompt)
            reviewed += [line for line in plain if whole or is_changed(session, line.id)]
    # Of what stays open nobody spoke: it comes last here, too.
    return sorted(reviewed, key=attrgetter("stays_open"))


def lines_by_heading(session: Session, lines: Sequence[Question]) -> dict[str, list[Question]]:
    """Return the lines of a review by the heading of their clause; by "" what is in none."""
    agenda = session.agenda
    parts: dict[str, list[Question]] = {}
    for line in lines:
        in_clause = line.id in agenda.agreed
        heading = heading_of(session, agenda.prompt_of[line.id]) if in_clause else ""
        parts.setdefault(heading, []).append(line)
    # What is no part of the agreement comes last.
    return dict(sorted(parts.items(), key=lambda part: not part[0]))


def is_changed(session: Session, sentence: str) -> bool:
    """Return whether a plain sentence was reworded or struck."""
    return not session.effective_answer(sentence).empty


def _plain_lines(session: Session, prompt: Prompt) -> Iterator[Question]:
    """Yield a line for each plain sentence of a card; one about nobody gives way."""
    for field in prompt.plain:
        if words := fill_in(field.id, session.names):
            yield _line_of(session, field, words)


def _line_of(session: Session, field: Field, words: str) -> Question:
    answer = session.effective_answer(field.id)
    return Question(
        field.id,
        field,
        answer.label,
        session.today,
        answer.names,
        words if answer.empty else answer.value,
        shown_as={LEFT_OUT: _(STRUCK).format(sentence=words)},
    )
