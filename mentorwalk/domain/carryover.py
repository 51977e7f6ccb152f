"""What the next session of two people takes along from their mentorship."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.clauses import heading_of
from mentorwalk.domain.date_words import said_on
from mentorwalk.domain.earlier import CarryOver, ShownAnswer
from mentorwalk.domain.fields import personal_ids
from mentorwalk.domain.joining import (
    Joined,
    is_consistent,
    joined,
    renamed_key,
    under_ids,
    with_card,
)
from mentorwalk.domain.kept_clauses import counterparts, is_worded_like
from mentorwalk.domain.open_steps import STEP_LIMIT, uses_steps
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.replacing import left_to_replace
from mentorwalk.domain.runs import earlier_answers
from mentorwalk.domain.sources import items_of
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.events import Worded
    from mentorwalk.domain.history import Word
    from mentorwalk.domain.joining import KeptCard
    from mentorwalk.domain.kept_clauses import KeptClause
    from mentorwalk.domain.mentorship import Mentorship


def join_agendas(agenda: Agenda, mentorship: Mentorship) -> Joined:
    """Return the agenda of the next session, with the cards that come along into it.

    If it has a document to accept, the cards of the agreement come along: open ones to be walked
    after its own last part of it, settled ones to be pulled in. So do the cards that were kept for
    another day. The roles, the contact and the agreed words stay: a card that has a counterpart in
    the agreement gets its fields and its clause. So does the programme, unless it names one itself.
    """
    contact = mentorship.contact or agenda.contact
    programme = agenda.programme or mentorship.programme
    agenda = replace(agenda, roles=mentorship.roles, contact=contact, programme=programme)
    clauses = mentorship.clauses if agenda.accept_document else ()
    agenda = _in_agreed_words(agenda, [clause.card.prompt for clause in clauses])
    lacking = [clause for clause in clauses if _own_card(clause, agenda) is None]
    agreed = joined(agenda, map(_agreed_card, lacking))
    asked = {prompt.ask for prompt in agenda.prompts.values()}
    topics = [topic.card for topic in mentorship.topics if topic.ask not in asked]
    later = joined(agreed.agenda, (_as_extra(card) for card in topics if not card.prompt.clause))
    return Joined(
        _with_known_contact(later.agenda, mentorship),
        agreed.cards,
        {**agreed.answers, **later.answers},
    )


def carried(into: Joined, mentorship: Mentorship) -> CarryOver:
    """Return what comes along into the agenda of the next session: only what it can use."""
    agenda, last = into.agenda, mentorship.last
    recalled = _recalled(agenda)
    keys = dict.fromkeys((*agenda.answerable, *recalled))
    words = {key: word for key in keys if (word := mentorship.word(into.answers.get(key, key)))}
    shown = {key: w for key, w in words.items() if key in recalled and not is_past(mentorship, w)}
    fields = agenda.answerable
    values = {key: word.read_by(fields[key]) for key, word in words.items() if key in fields}
    clauses = {
        card: clause
        for clause in mentorship.clauses
        if clause.state != "unseen" and (card := _card_of(clause, into))
    }
    steps = mentorship.steps if uses_steps(agenda) else ()
    headings = (heading_of(last, clause.card.prompt) for clause in clauses.values())
    return CarryOver(
        session=mentorship.folder,
        answers={key: value for key, value in values.items() if value is not None},
        shown={key: _shown(word, last.day) for key, word in shown.items()},
        clauses=tuple(clauses),
        settled=tuple(card for card, clause in clauses.items() if clause.state == "settled"),
        headings=tuple(dict.fromkeys(headings)),
        topics=tuple(fill_in(topic.ask, last.names) for topic in mentorship.topics),
        accepted=tuple(mentorship.accepted.values()),
        replaced=left_to_replace(mentorship),
        worded=_worded(mentorship, into),
        renamed=into.answers,
        steps=steps[:STEP_LIMIT],
        more_steps=len(steps[STEP_LIMIT:]),
        sources=_sources(agenda, mentorship),
        earlier=earlier_answers(mentorship.runs, agenda),
    )


def is_past(mentorship: Mentorship, word: Word) -> bool:
    """Return whether what was said is a step that is done, or let go: nobody is asked about it."""
    if word.answer is None or not word.answer.field.step:
        return False
    open_ = {folded(step.words) for step in mentorship.steps}
    return open_.isdisjoint(map(folded, typed_texts(word.answer.value)))


def carried_into(exercise: Agenda, ids: Mapping[str, str], mentorship: Mentorship) -> CarryOver:
    """Return what an exercise that joins a session asks about, recalls and compares.

    Args:
        exercise: The exercise.
        ids: The id that a field of it has in the session, by its own, where that is another one.
        mentorship: What came before the session.
    """
    cards = (under_ids(card, ids) for card in exercise.prompts.values())
    phases = (replace(exercise.phases[0], prompts=tuple(cards)),)
    all_ = carried(Joined(replace(exercise, phases=phases)), mentorship)
    earlier = earlier_answers(mentorship.runs, exercise)
    return CarryOver(
        answers=all_.answers,
        shown=all_.shown,
        sources=all_.sources,
        earlier={renamed_key(key, ids): each for key, each in earlier.items()},
    )


def _sources(agenda: Agenda, mentorship: Mentorship) -> Mapping[str, tuple[str, ...]]:
    """Return what was said before and is chosen from, or asked about, in an agenda.

    What the agenda asks itself has to be said anew.
    """
    names = {name for field in agenda.fields.values() for name in field.sources}
    foreign = sorted(names - agenda.fields.keys())
    keys = (key for name in foreign for key in (name, *personal_ids(name)))
    words = {key: mentorship.word(key) for key in keys}
    said = {key: word.answer for key, word in words.items() if word and word.answer}
    return {key: items for key, answer in said.items() if (items := items_of(answer))}


def _worded(mentorship: Mentorship, into: Joined) -> Worded | None:
    """Return the accepted text, which also knows its answers by the ids that they have here.

    None if an answer that its template names reads otherwise by now.
    """
    worded = mentorship.worded
    if worded is None or any(
        words != (word.words if (word := mentorship.word(key)) else "")
        for key, words in worded.uses.items()
    ):
        return None
    if not into.answers:
        return worded
    here = (key for key, before in into.answers.items() if before in worded.answers)
    return replace(worded, answers=(*worded.answers, *here))


def _with_known_contact(agenda: Agenda, mentorship: Mentorship) -> Agenda:
    """Return the agenda with the contact by name if nothing asks for it here any more.

    Where a field of the same id asks for something else, that line can be struck, and the name
    with it: an agenda is out of a strike's reach.
    """
    contact = agenda.contact
    field = agenda.answerable.get(contact.named_by) if contact else None
    if contact is None or not contact.named_by or (field and field.can_name):
        return agenda
    named = None if field else mentorship.word(contact.named_by)
    known = replace(contact, named_by="")
    if named:
        known = replace(known, who=named.answer.typed if named.answer else named.words, how="")
    return replace(agenda, contact=known)


# --- Cards of the agreement


def _in_agreed_words(agenda: Agenda, agreed: list[Prompt]) -> Agenda:
    """Return the agenda with the fields and clauses of the agreement, card by card.

    A card stays as it is if the agenda needs its own fields somewhere else.
    """
    own = list(agenda.prompts.values())
    for card, theirs in counterparts(own, agreed).items():
        changed = with_card(agenda, _in_words_of(own[card], agreed[theirs], agenda))
        agenda = changed if is_consistent(changed) else agenda
    return agenda


def _in_words_of(prompt: Prompt, before: Prompt, agenda: Agenda) -> Prompt:
    asked, theirs = ({field.id for field in each.fields} for each in (prompt, before))
    # Another card that has the agreed words already may ask for them in its own way.
    asks_otherwise = prompt.id != before.id and asked != theirs
    if asks_otherwise or (theirs - asked) & set(agenda.fields):
        return prompt
    reworded = prompt.clause != before.clause
    return replace(
        prompt,
        # New words that are read aloud would not be those that stand in the agreement.
        read=before.read if reworded else prompt.read,
        record=before.record,
        settle=before.settle,
        clause=before.clause,
    )


def _own_card(clause: KeptClause, agenda: Agenda) -> str | None:
    """Return the agenda's own card with the words of a clause; None if it has none."""
    own = (each for each in agenda.prompts.values() if is_worded_like(each, clause.card.prompt))
    return next((each.id for each in own if not each.accept), None)


def _card_of(clause: KeptClause, into: Joined) -> str | None:
    """Return the card of a clause in an agenda: the one that came along, or the agenda's own."""
    return into.cards.get(clause.card.prompt.id) or _own_card(clause, into.agenda)


def _agreed_card(clause: KeptClause) -> KeptCard:
    """Return the card of a clause: to be walked if it is open, else to be pulled in."""
    if clause.state != "open":
        return _as_extra(clause.card)
    return replace(clause.card, prompt=replace(clause.card.prompt, extra=False, at_least=0))


def _as_extra(card: KeptCard) -> KeptCard:
    return replace(card, prompt=replace(card.prompt, extra=True, keep=False))


# --- Answers that come along


def _recalled(agenda: Agenda) -> set[str]:
    """Return the ids of the answers that cards may recall, or open again."""
    prompts = agenda.prompts.values()
    names = {name for prompt in prompts for name in (*prompt.recall, *prompt.again)}
    return {key for name in names for key in (name, *personal_ids(name))}


def _shown(word: Word, last: date) -> ShownAnswer:
    """Return an earlier answer as cards show it, after its label.

    It has its day unless it was said in the last session: nobody takes it for newer than it is.
    """
    label = word.answer.inline_label if word.answer else word.label
    # What is known only from a session that it came along into has its day in the label already.
    if word.day < last and not word.until:
        label = said_on(label, word.day)
    return ShownAnswer(label, word.words)
