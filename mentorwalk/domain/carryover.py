"""Going on: what the next session of two people takes along from their last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import PLACEHOLDER, TOPICS, fill_in
from mentorwalk.domain.answer_parsing import parse_answer, parse_items, possible_answers
from mentorwalk.domain.clauses import clause_cards, clauses_of
from mentorwalk.domain.errors import Unreadable, looks_misspelt
from mentorwalk.domain.events import CarryOver, ShownAnswer
from mentorwalk.domain.people import names_in_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from mentorwalk.domain.agenda import Agenda, Condition, Field, Meeting, Phase, Prompt
    from mentorwalk.domain.answers import Answer, Value
    from mentorwalk.domain.session import Session

ANY_DAY = date(2000, 1, 1)
"""Days are kept in full, so that none is read relative to this one."""
NAMES = frozenset(("mentor", "mentee", "contact"))


def join_agendas(agenda: Agenda, last: Session) -> Agenda:
    """The agenda of the next session, with the cards that come along from the last one.

    Where the new agenda asks for acceptance, what the agreement was made of comes along: clauses
    that are open as cards to walk, before the card that accepts; settled ones as cards to pull in.
    So do the cards that were kept for another day. The two keep their roles and whom to contact,
    and the words they agreed on: a card that has a counterpart in the last agenda writes down the
    same, in the same words.
    """
    contact = last.agenda.contact or agenda.contact
    agenda = replace(agenda, roles=last.agenda.roles, contact=contact)
    agenda = _in_agreed_words(agenda, last.agenda) if agenda.accept_document else agenda
    clauses = _clause_cards(last) if agenda.accept_document else []
    topics = [_beside(prompt) for prompt in _topics(last) if not prompt.clause]
    return _with_cards(agenda, _fitting(agenda, [*clauses, *topics]), last.agenda)


def carried(agenda: Agenda, last: Session, folder: str) -> CarryOver:
    """What comes along from the last session, whose folder is named, into one of `agenda`."""
    answers, before = dict(_lasting_answers(last)), last.opened.carried.told
    told = {key: ShownAnswer(each.label, each.sentence) for key, each in answers.items()}
    earlier = {key: words for key, words in before.items() if key not in last.agenda.answerable}
    same = {card: last.settled(before) for card, before in _same_clauses(agenda, last)}
    read_anew = {key: _read_anew(agenda, key, answer) for key, answer in answers.items()}
    return CarryOver(
        session=folder,
        answers={key: value for key, value in read_anew.items() if value is not None},
        told={**earlier, **told},
        clauses=tuple(same),
        settled=tuple(card for card, settled in same.items() if settled),
        headings=tuple(dict.fromkeys(clause.heading for clause in clauses_of(last))),
        topics=tuple(fill_in(prompt.ask, last.names) for prompt in _topics(last)),
        accepted=tuple(last.accepted.values()),
    )


# --- Cards that come along


def _in_agreed_words(agenda: Agenda, origin: Agenda) -> Agenda:
    """The agenda with the fields and the clause of each card as the last agreement has them.

    A card stays as it is where something else of the agenda could not do without its own fields.
    """
    for prompt in agenda.prompts.values():
        ours = _with_card(agenda, _agreed_card(prompt, agenda, origin))
        agenda = ours if _holds_together(ours) else agenda
    return agenda


def _with_card(agenda: Agenda, card: Prompt) -> Agenda:
    """The agenda with a card in the place of the one that has its id."""
    phases = tuple(
        replace(phase, prompts=tuple(card if p.id == card.id else p for p in phase.prompts))
        for phase in agenda.phases
    )
    return replace(agenda, phases=phases)


def _holds_together(agenda: Agenda) -> bool:
    """Whether each id stands for one thing, and all that is named is there: it will load again."""
    cards, there = agenda.prompts.values(), agenda.answerable
    fields = [field for card in cards for field in card.fields]
    fields += [*agenda.prepare.mentor, *agenda.prepare.mentee]
    ids = [field.id for field in fields]
    names = {*ids, *(key for field in fields for key in field.answer_ids)}
    recalled = {name for card in cards for name in card.recall} - {TOPICS, *names}
    return (
        len(ids) == len(set(ids))
        and all(_is_whole(card, there) and names.issuperset(card.again) for card in cards)
        and not any(looks_misspelt(name, names) for name in recalled)
        and _says_when(agenda.meeting, there)
    )


def _says_when(meeting: Meeting | None, there: Mapping[str, Field]) -> bool:
    """Whether the fields that make the next meeting are there, and of their types."""
    if meeting is None:
        return True
    named = {meeting.date: "date", meeting.time: "time", meeting.minutes: "number"}
    placed = not meeting.where or meeting.where in there
    return placed and all(key in there and there[key].type == named[key] for key in named if key)


def _agreed_card(prompt: Prompt, agenda: Agenda, origin: Agenda) -> Prompt:
    asked = {field.id for field in prompt.fields}
    for before in origin.prompts.values():
        theirs = {field.id for field in before.fields}
        counterpart = before.id == prompt.id or (asked and asked == theirs)
        if before.clause and counterpart and not (theirs - asked) & set(agenda.fields):
            return replace(prompt, record=before.record, settle=before.settle, clause=before.clause)
    return prompt


def _clause_cards(last: Session) -> list[Prompt]:
    """The cards of the agreement: those that are open to be walked, the rest to be pulled in."""
    return [
        replace(prompt, extra=False, at_least=0)
        if prompt.id in last.cards and not last.settled(prompt)
        else _beside(prompt)
        for prompt in last.agenda.prompts.values()
        if prompt.clause and not prompt.accept
    ]


def _beside(prompt: Prompt) -> Prompt:
    return replace(prompt, extra=True, keep=False)


def _topics(last: Session) -> list[Prompt]:
    """What was kept for another day: parked, not reached, or kept before and still not taken up."""
    prompts, waiting = last.agenda.prompts, last.opened.carried.topics
    then = names_in_texts(last.agenda, last.opened.people)
    left = [card for card in last.extras() if fill_in(prompts[card].ask, then) in waiting]
    kept = [prompts[card] for card in (*last.parked(), *last.not_reached(), *left)]
    return [prompt for prompt in kept if not prompt.read and not prompt.accept]


def _fitting(agenda: Agenda, cards: Sequence[Prompt]) -> list[Prompt]:
    """The cards that neither take an id that is taken, nor name what is not there."""
    taken = {*agenda.prompts, *(phase.id for phase in agenda.phases)}
    prepared = (*agenda.prepare.mentor, *agenda.prepare.mentee)
    fields = {*agenda.fields, *(field.id for field in prepared)}
    free = [
        card for card in cards if card.id not in taken and not fields & {f.id for f in card.fields}
    ]
    while True:
        own = [field for card in free for field in card.fields]
        there = {key: f for f in (*agenda.fields.values(), *own) for key in f.answer_ids}
        whole = [card for card in free if _is_whole(card, there)]
        if whole == free:
            names = {*there, *(field.id for field in there.values())}
            known = [*names, *(key for f in prepared for key in (f.id, *f.answer_ids))]
            return [_recalling(card, names, known) for card in free]
        free = whole


def _is_whole(card: Prompt, there: Mapping[str, Field]) -> bool:
    """Whether all that a card cannot do without is there, and can be answered so."""
    says = card.clause.says if card.clause else ""
    told = set(PLACEHOLDER.findall(says)) - NAMES
    conditions = [condition for field in card.fields for condition in field.when]
    return all(name in there and not there[name].private for name in told) and all(
        condition.field in there and _possible(condition, there[condition.field])
        for condition in conditions
    )


def _possible(condition: Condition, field: Field) -> bool:
    return all(map(possible_answers(field).includes, condition.any_of))


def _recalling(card: Prompt, there: AbstractSet[str], known: list[str]) -> Prompt:
    """A card that opens only what is there; it may recall what only an earlier agenda had."""
    again = tuple(name for name in card.again if name in there)
    recall = tuple(
        name
        for name in card.recall
        if name == TOPICS or name in there or not looks_misspelt(name, known)
    )
    return replace(card, recall=recall, again=again)


def _with_cards(agenda: Agenda, cards: Iterable[Prompt], origin: Agenda) -> Agenda:
    """The agenda with cards in it: before the one that accepts, or in their own phase."""
    accepting = next((p.id for p in agenda.prompts.values() if p.accept), None)
    homes: dict[str, list[Prompt]] = {phase.id: [] for phase in agenda.phases}
    for card in cards:
        home = origin.phase_of[card.id].id
        if card.clause and accepting:
            home = agenda.phase_of[accepting].id
        homes.get(home, homes[agenda.phases[0].id]).append(card)
    phases = tuple(_with_more(phase, homes[phase.id], accepting) for phase in agenda.phases)
    return replace(agenda, phases=phases)


def _with_more(phase: Phase, cards: list[Prompt], before: str | None) -> Phase:
    ids = [prompt.id for prompt in phase.prompts]
    place = ids.index(before) if before in ids else len(ids)
    prompts = (*phase.prompts[:place], *cards, *phase.prompts[place:])
    return replace(phase, prompts=prompts)


# --- Answers that come along


def _lasting_answers(last: Session) -> Iterator[tuple[str, Answer]]:
    """The answers that outlast the last session: its own, agreed ones, those offered again."""
    again = {name for prompt in last.agenda.prompts.values() for name in prompt.again}
    lasting = _agreed(last) | again
    for key, field in last.agenda.answerable.items():
        answer = last.effective_answer(key) if lasting & {key, field.id} else last.answer(key)
        if not answer.hidden:
            yield key, answer


def _agreed(last: Session) -> set[str]:
    """The answers that settled clauses name, and those on which it depends whether they count."""
    agreed: set[str] = set()
    more = {
        name
        for prompt in last.in_force()
        if prompt.clause and last.settled(prompt)
        for name in PLACEHOLDER.findall(prompt.clause.says)
    }
    while more:
        agreed |= more
        fields = [last.agenda.answerable[key] for key in more if key in last.agenda.answerable]
        more = {condition.field for field in fields for condition in field.when} - agreed
    return agreed


def _read_anew(agenda: Agenda, key: str, answer: Answer) -> Value | None:
    """An earlier answer as the new agenda's field of that id reads it; None where it cannot."""
    field = agenda.answerable.get(key)
    if field is None or field.private:
        return None
    try:
        if isinstance(answer.value, tuple):
            return parse_items(field, answer.value)
        return parse_answer(field, answer.typed, ANY_DAY)
    except Unreadable:
        return None


def _same_clauses(agenda: Agenda, last: Session) -> Iterator[tuple[str, Prompt]]:
    """The cards with a clause in the very same words as one of the last agreement, in its order."""
    cards = {
        (prompt.clause.heading, prompt.clause.says): prompt.id
        for prompt in agenda.prompts.values()
        if prompt.clause
    }
    for before in clause_cards(last):
        words = (before.clause.heading, before.clause.says) if before.clause else ("", "")
        if words in cards:
            yield cards.pop(words), before
