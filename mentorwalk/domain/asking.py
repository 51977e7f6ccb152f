"""What a session asks: the questions of a card, of a review, and after the call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import TOPICS
from mentorwalk.domain.answer_parsing import default_of
from mentorwalk.domain.clauses import prompts_in_force, unfinished_of
from mentorwalk.domain.exercise_prefill import Beginning, begins_with
from mentorwalk.domain.fields import Field, personal_ids
from mentorwalk.domain.following import usual_title
from mentorwalk.domain.i18n import _
from mentorwalk.domain.meeting import EVERY
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.prep_wishes import beforehand, brought_along, prepared_lines, shown_choices
from mentorwalk.domain.question import Question
from mentorwalk.domain.recalls import recalled_instead
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.runs import numbers_before, said_before
from mentorwalk.domain.sources import nothing_to_ask
from mentorwalk.domain.topics import kept_topics
from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session


def asked_of(session: Session, prompt: Prompt) -> list[Question]:
    """Return what a card asks one by one: earlier answers to be corrected, then its own fields."""
    fields = [field for field in prompt.record if not field.private]
    return questions_of(session, prompt, dict.fromkeys((*again_of(session, prompt), *fields)))


def questions_of(session: Session, prompt: Prompt, fields: Iterable[Field]) -> list[Question]:
    """Return a question for each field that is asked, or one for each person, who begins first."""
    again = frozenset(answer_ids_of(session, prompt.again))
    return [
        replace(question, prepared=_prepared(session, prompt, question))
        for field in fields
        if session.asks(field)
        for question in _questions(session, field, prompt.first or "mentor", again)
        if not nothing_to_ask(question.field)
    ]


def _prepared(session: Session, prompt: Prompt, question: Question) -> tuple[str, ...]:
    """Return the lines that a card shows of the person who is asked for own words."""
    field, shown = question.field, (*prompt.recall, *recalled_instead(session, prompt))
    asked = [r for r in ROLES if field.by in (r, "each") and field.answer_id(r) == question.id]
    lines = (prepared_lines(session, shown, role) for role in asked if field.type == "text")
    return tuple(dict.fromkeys(chain(*lines)))


def sheet_of(session: Session, prompt: Prompt) -> list[Question]:
    """Return what a card settles on one sheet; its defaults decide which other lines are asked."""
    sheet: list[Question] = []
    with_defaults = session
    for field in prompt.settle:
        questions = [] if field.private else questions_of(with_defaults, prompt, [field])
        sheet += (replace(each, by_sentence=field.has_sentences) for each in questions)
        defaults = {each.id: each.value for each in questions if not each.item}
        with_defaults = replace(with_defaults, answers={**defaults, **with_defaults.answers})
    # What somebody types is read in its sentence, with the other lines as they stand now.
    return [replace(q, unfinished=unfinished_of(with_defaults, q.id)) for q in sheet]


def again_of(session: Session, prompt: Prompt) -> list[Field]:
    """Return the earlier fields that a card opens again: those that were answered."""
    known, fields = {**session.opened.carried.answers, **session.answers}, session.agenda.answerable
    named = [key for key in answer_ids_of(session, prompt.again) if key in known]
    return list(dict.fromkeys(fields[key] for key in named if key in fields))


def private_questions(session: Session) -> list[Question]:
    """Return what is asked after the call, of the person at the keyboard only."""
    typist = session.people.types
    questions = []
    for prompt_id in session.walked:
        prompt = session.agenda.prompts[prompt_id]
        if session.marks.get(prompt_id) == "done":
            fields = [f for f in prompt.fields if f.private and f.by in (typist, "both", "each")]
            asked = questions_of(session, prompt, fields)
            questions += [each for each in asked if each.id == each.field.answer_id(typist)]
    # There is one person left: their name above each question says nothing.
    return [replace(each, label=fill_in(each.field.label, each.names)) for each in questions]


def review_of(session: Session) -> list[Question]:
    """Return a question for each answer that documents will have, in the order of the cards.

    What two cards ask is one line. Steps of which nobody spoke come last.
    """
    lines: dict[str, Question] = {}
    for prompt in prompts_in_force(session):
        for question in questions_of(session, prompt, prompt.fields):
            if _is_in_documents(session, prompt, question) and not question.field.private:
                lines.setdefault(question.key, question)
    return sorted(lines.values(), key=attrgetter("stays_open"))


def topics_of(session: Session) -> list[Question]:
    """Return a line of a review for each card that is kept for another day."""
    label = _("For another day")
    return [
        Question(
            # No answer has this id.
            f"{TOPICS}.{card}",
            Field(TOPICS, label),
            label,
            session.today,
            value=session.ask_of(card),
            topic=card,
        )
        for card in kept_topics(session)
    ]


def brought_of(session: Session) -> list[Question]:
    """Return a line of a review for each answer of an exercise that was done alone."""
    return [
        Question(
            place, each.field, label, session.today, each.names, value=each.value, brought=True
        )
        for place, label, each in brought_along(session)
    ]


def last_look_of(session: Session) -> list[Question]:
    """Return the lines of the last look before the yes.

    What was settled on sheets is left to the agreement, which the two read next, unless there is
    nothing else.
    """
    stated = session.agenda.agreed if session.agenda.accept_document else frozenset()
    sheets = {field.id for prompt in prompts_in_force(session) for field in prompt.settle}
    lines = review_of(session)
    return [each for each in lines if each.field.id not in sheets & stated] or lines


def _is_in_documents(session: Session, prompt: Prompt, question: Question) -> bool:
    """Return whether documents will have an answer: given now, or agreed on before.

    They have an open step, whatever is answered about it.
    """
    key = question.id
    if session.item_of(question.field):
        return True
    if question.item:
        return session.is_answered(key, question.item)
    if key in session.answers:
        return session.answers[key] is not None
    came_along = prompt.id in session.opened.carried.settled and key in session.agenda.agreed
    return came_along and not session.effective_answer(key).empty


def _questions(
    session: Session, field: Field, first: Role, again: frozenset[str]
) -> list[Question]:
    ids = list(field.answer_ids)
    return [
        _question(session, key, again, item)
        for key in (ids if first == "mentor" else ids[::-1])
        for item in (session.field(key).items if field.asks_items else ("",))
    ]


def _question(session: Session, key: str, again: frozenset[str], item: str) -> Question:
    answer, today = session.effective_answer(key, item), session.today
    came_along = key in session.opened.carried.answers
    answered = session.is_answered(key, item)
    # What was said today counts first, then what they agreed on before, then what one of them
    # prepared; a default is nobody's word, and gives way to all three.
    current, prior, since = answer.value, None, None
    if not answered and not (came_along and key in session.agenda.agreed | again):
        begun = begins_with(session, key, answer.field) or Beginning(_usual(session, answer.field))
        current, since = begun
    if not answered and (prior := beforehand(session, answer.field, key, current, item)):
        current = prior.offered
    earlier, earlier_day = numbers_before(session, key, answer.field)
    last_time = None if answered else said_before(session, key, answer.field, item)
    return Question(
        key,
        answer.field,
        answer.label,
        today,
        answer.names,
        current,
        shown_as=shown_choices(answer.field, session.names),
        unfinished=unfinished_of(session, key),
        beforehand=prior,
        since=since,
        item=item,
        earlier=earlier,
        earlier_day=earlier_day,
        last_time=last_time,
        beside=_numbers_beside(session, answer.field),
    )


def _numbers_beside(session: Session, field: Field) -> ByItem | None:
    """Return the numbers that the same items were given before: how it is, for how it would be."""
    fields = [*session.agenda.fields.values()]
    here = next((at for at, each in enumerate(fields) if each.id == field.id), 0)
    same = (
        each
        for each in fields[:here]
        if each.type == field.type == "ratings" and not (each.private or each.by == "each")
        if field.sources in ((each.id,), each.sources)
    )
    rated = next(same, None)
    value = session.answer(rated.id).value if rated else None
    return value if isinstance(value, ByItem) else None


def _usual(session: Session, field: Field) -> Value | None:
    """Return what most people answer: the field's default, or what follows from other answers."""
    if field.chooses_next:
        return usual_title(session)
    if field.days_from in session.agenda.answerable:
        rhythm = session.effective_answer(field.days_from)
        choice = rhythm.field.choice(str(rhythm.value))
        days = choice.days if choice else None
    else:
        every = session.opened.facts.arranged.get(EVERY) if field.days_from else None
        days = every.days if every else None
    if days:
        return (session.today + timedelta(days=days)).isoformat()
    return default_of(field, session.today)


def answer_ids_of(session: Session, fields: Iterable[str]) -> Iterable[str]:
    """Yield the ids of the answers to some fields; there are two if each person is asked."""
    known = {*session.agenda.answerable, *session.opened.carried.shown}
    for name in dict.fromkeys(fields):
        yield from (key for key in (name, *personal_ids(name)) if key in known)
