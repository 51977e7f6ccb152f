"""What the next session of two people takes along from their last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import PLACEHOLDER, TOPICS, fill_in
from mentorwalk.domain.answer_parsing import parse_answer, parse_items, possible_answers
from mentorwalk.domain.clauses import clause_cards, heading_of
from mentorwalk.domain.conditions import unmet_conditions
from mentorwalk.domain.errors import Unreadable, looks_misspelt
from mentorwalk.domain.events import CarryOver, ShownAnswer
from mentorwalk.domain.replacing import replaced_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from mentorwalk.domain.agenda import Agenda, Field, Phase, Prompt
    from mentorwalk.domain.answers import Answer, Value
    from mentorwalk.domain.outcomes import Meeting
    from mentorwalk.domain.session import Session

ANY_DAY = date(2000, 1, 1)
"""A day to read kept days on: they have a year, so it does not matter which."""
NAMES = frozenset(("mentor", "mentee", "contact"))


def join_agendas(agenda: Agenda, last: Session) -> Agenda:
    """Return the agenda of the next session, with the cards that come along from the last one.

    If the new agenda has a document to accept, the cards of the agreement come along: open ones to
    be walked before the card that accepts, settled ones to be pulled in. So do the cards that were
    kept for another day. The roles, the contact and the agreed words stay: a card that has a
    counterpart in the last agenda gets its fields and its clause.
    """
    contact = last.agenda.contact or agenda.contact
    agenda = replace(agenda, roles=last.agenda.roles, contact=contact)
    agenda = _in_agreed_words(agenda, last.agenda) if agenda.accept_document else agenda
    clauses = _clause_cards(last) if agenda.accept_document else []
    topics = [_as_extra(prompt) for prompt in _topics(last) if not prompt.clause]
    joined = _with_cards(agenda, _fitting(agenda, [*clauses, *topics]), last.agenda)
    came = {prompt.id for prompt in (*clauses, *topics)} - {*agenda.prompts}
    return _with_known_contact(_without_unmet(joined, came), last)


def carried(agenda: Agenda, last: Session, folder: str) -> CarryOver:
    """Return what comes along from the last session, in `folder`, into a session of `agenda`."""
    answers, before = dict(_lasting_answers(last)), last.opened.carried.shown
    shown = {key: ShownAnswer(each.label, each.sentence) for key, each in answers.items()}
    earlier = {key: each for key, each in before.items() if key not in last.agenda.answerable}
    same = {card: last.settled(before) for card, before in _same_clauses(agenda, last)}
    values = {key: _parsed_again(agenda, key, answer) for key, answer in answers.items()}
    return CarryOver(
        session=folder,
        answers={key: value for key, value in values.items() if value is not None},
        shown={**earlier, **shown},
        clauses=tuple(same),
        settled=tuple(card for card, settled in same.items() if settled),
        headings=tuple(dict.fromkeys(heading_of(last, card) for card in clause_cards(last))),
        topics=tuple(last.ask_of(prompt.id) for prompt in _topics(last)),
        accepted=tuple(each for each in last.accepted.values() if each not in last.outdated),
        replaced=replaced_by(last),
    )


def _with_known_contact(agenda: Agenda, last: Session) -> Agenda:
    """Return the agenda with the contact by name if nothing asks for it here any more."""
    contact = agenda.contact
    field = agenda.answerable.get(contact.named_by) if contact else None
    if contact is None or not contact.named_by or (field and field.can_name):
        return agenda
    known = replace(contact, named_by="")
    if last.names["contact"] != fill_in(contact.words, last.names):
        known = replace(known, who=last.names["contact"], how="")
    return replace(agenda, contact=known)


# --- Cards that come along


def _in_agreed_words(agenda: Agenda, origin: Agenda) -> Agenda:
    """Return the agenda with the fields and clauses of the last agreement, card by card.

    A card stays as it is if the agenda needs its own fields somewhere else.
    """
    for prompt in agenda.prompts.values():
        changed = _with_card(agenda, _agreed_card(prompt, agenda, origin))
        agenda = changed if _is_consistent(changed) else agenda
    return agenda


def _without_unmet(agenda: Agenda, cards: AbstractSet[str]) -> Agenda:
    """Return the agenda with its fields on some cards asked always if they were never asked.

    A card that comes along may get before another one whose answer it waited for.
    """
    unmet = {(each.field, each.key) for each in unmet_conditions(agenda)}
    for prompt in agenda.prompts.values() if unmet else ():
        if prompt.id in cards:
            record, settle = (
                tuple(
                    replace(f, when=tuple(c for c in f.when if (f.id, c.field) not in unmet))
                    for f in fields
                )
                for fields in (prompt.record, prompt.settle)
            )
            agenda = _with_card(agenda, replace(prompt, record=record, settle=settle))
    return agenda


def _with_card(agenda: Agenda, card: Prompt) -> Agenda:
    """Return the agenda with a card in place of the one with its id."""
    phases = tuple(
        replace(phase, prompts=tuple(card if p.id == card.id else p for p in phase.prompts))
        for phase in agenda.phases
    )
    return replace(agenda, phases=phases)


def _is_consistent(agenda: Agenda) -> bool:
    """Return whether ids are unique and references resolve, so that the agenda loads again."""
    cards, known = agenda.prompts.values(), agenda.answerable
    prepared = [*agenda.prepare.mentor, *agenda.prepare.mentee]
    fields = [*(field for card in cards for field in card.fields), *prepared]
    ids = [field.id for field in fields]
    by_key = {key: field for field in fields for key in field.answer_ids}
    names = {*ids, *by_key}
    recalled = {name for card in cards for name in card.recall} - {TOPICS, *names}
    return (
        len(ids) == len(set(ids))
        and all(_is_complete(card, known) and names.issuperset(card.again) for card in cards)
        and all(_can_be_met(field, by_key) for field in prepared)
        and not any(looks_misspelt(name, names) for name in recalled)
        and _has_fields_of(agenda.meeting, known)
        and not any(unmet_conditions(agenda))
    )


def _has_fields_of(meeting: Meeting | None, known: Mapping[str, Field]) -> bool:
    """Return whether the fields of the next meeting are known, with the types it needs."""
    if meeting is None:
        return True
    types = {meeting.date: "date", meeting.time: "time", meeting.minutes: "number"}
    named = {meeting.where, meeting.lasts} - {""}
    fit = all(key in known and known[key].type == types[key] for key in types if key)
    return fit and named <= known.keys()


def _agreed_card(prompt: Prompt, agenda: Agenda, origin: Agenda) -> Prompt:
    asked = {field.id for field in prompt.fields}
    for before in origin.prompts.values():
        theirs = {field.id for field in before.fields}
        counterpart = before.id == prompt.id or (asked and asked == theirs)
        if before.clause and counterpart and not (theirs - asked) & set(agenda.fields):
            # New words that are read aloud would not be those that stand in the agreement.
            reworded = prompt.clause is not None and prompt.clause != before.clause
            return replace(
                prompt,
                read=before.read if reworded else prompt.read,
                record=before.record,
                settle=before.settle,
                clause=before.clause,
            )
    return prompt


def _clause_cards(last: Session) -> list[Prompt]:
    """Return the cards of the agreement: open ones to be walked, the rest to be pulled in."""
    return [
        replace(prompt, extra=False, at_least=0)
        if prompt.id in last.cards and not last.settled(prompt)
        else _as_extra(prompt)
        for prompt in last.agenda.prompts.values()
        if prompt.clause and not prompt.accept
    ]


def _as_extra(prompt: Prompt) -> Prompt:
    return replace(prompt, extra=True, keep=False)


def _topics(last: Session) -> list[Prompt]:
    """Return the cards kept for another day: parked, not reached, or still waiting from before."""
    prompts, waiting = last.agenda.prompts, last.opened.carried.topics
    then = last.agenda.names_of(last.opened.people)
    left = [card for card in last.extras() if fill_in(prompts[card].ask, then) in waiting]
    # The cards by which a meeting was noted afterwards are nothing to talk about.
    own = () if last.opened.held else (*last.parked(), *last.not_reached())
    kept = [prompts[card] for card in (*own, *left)]
    return [prompt for prompt in kept if prompt.is_topic]


def _fitting(agenda: Agenda, cards: Sequence[Prompt]) -> list[Prompt]:
    """Return the cards whose ids are free and whose references resolve, also without the others."""
    taken = {*agenda.prompts, *(phase.id for phase in agenda.phases)}
    prepared = (*agenda.prepare.mentor, *agenda.prepare.mentee)
    fields = {*agenda.fields, *(field.id for field in prepared)}
    free = [
        card for card in cards if card.id not in taken and not fields & {f.id for f in card.fields}
    ]
    # A card that is left out may have had a field that another one refers to.
    while True:
        own = [field for card in free for field in card.fields]
        known = {key: f for f in (*agenda.fields.values(), *own) for key in f.answer_ids}
        complete = [card for card in free if _is_complete(card, known)]
        if complete == free:
            names = {*known, *(field.id for field in known.values())}
            spelled = [*names, *(key for f in prepared for key in (f.id, *f.answer_ids))]
            return [_recalling(card, names, spelled) for card in free]
        free = complete


def _is_complete(card: Prompt, known: Mapping[str, Field]) -> bool:
    """Return whether every field that a card needs is known and can take the required answer."""
    says = card.clause.says if card.clause else ""
    named = set(PLACEHOLDER.findall(says)) - NAMES
    return all(name in known and not known[name].private for name in named) and all(
        _can_be_met(field, known) for field in card.fields
    )


def _can_be_met(field: Field, known: Mapping[str, Field]) -> bool:
    """Return whether each condition of a field names an answer that can be given."""
    return all(
        condition.field in known
        and all(map(possible_answers(known[condition.field]).includes, condition.any_of))
        for condition in field.when
    )


def _recalling(card: Prompt, known: AbstractSet[str], spelled: list[str]) -> Prompt:
    """Return a card that opens known fields only; it may recall those of an earlier agenda.

    A name that looks like a misspelling of one in `spelled` would not load, so it goes.
    """
    again = tuple(name for name in card.again if name in known)
    recall = tuple(
        name
        for name in card.recall
        if name == TOPICS or name in known or not looks_misspelt(name, spelled)
    )
    return replace(card, recall=recall, again=again)


def _with_cards(agenda: Agenda, cards: Iterable[Prompt], origin: Agenda) -> Agenda:
    """Return the agenda with more cards: before the last look or the yes, or in their own phase."""
    last_look = next((p.id for p in agenda.prompts.values() if p.review or p.accept), None)
    homes: dict[str, list[Prompt]] = {phase.id: [] for phase in agenda.phases}
    for card in cards:
        home = origin.phase_of[card.id].id
        if card.clause and last_look:
            home = agenda.phase_of[last_look].id
        homes.get(home, homes[agenda.phases[0].id]).append(card)
    phases = tuple(_with_more(phase, homes[phase.id], last_look) for phase in agenda.phases)
    return replace(agenda, phases=phases)


def _with_more(phase: Phase, cards: list[Prompt], before: str | None) -> Phase:
    ids = [prompt.id for prompt in phase.prompts]
    place = ids.index(before) if before in ids else len(ids)
    prompts = (*phase.prompts[:place], *cards, *phase.prompts[place:])
    return replace(phase, prompts=prompts)


# --- Answers that come along


def _lasting_answers(last: Session) -> Iterator[tuple[str, Answer]]:
    """Yield what outlasts the last session: its own answers, agreed ones, those opened again."""
    again = {name for prompt in last.agenda.prompts.values() for name in prompt.again}
    lasting = _agreed(last) | again
    for key, field in last.agenda.answerable.items():
        answer = last.effective_answer(key) if lasting & {key, field.id} else last.answer(key)
        if not answer.hidden:
            yield key, answer


def _agreed(last: Session) -> frozenset[str]:
    """Return the ids that settled clauses name, and those of their conditions."""
    named = {
        name
        for prompt in last.in_force()
        if prompt.clause and last.settled(prompt)
        for name in last.agenda.named_in(prompt.clause)
    }
    return last.agenda.with_conditions(named)


def _parsed_again(agenda: Agenda, key: str, answer: Answer) -> Value | None:
    """Return an earlier answer as the new agenda's field parses it; None if it does not fit."""
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
    """Yield the cards with a clause in the words of the last agreement, in its order."""
    cards = {
        (prompt.clause.heading, prompt.clause.says): prompt.id
        for prompt in agenda.prompts.values()
        if prompt.clause
    }
    for before in clause_cards(last):
        words = (before.clause.heading, before.clause.says) if before.clause else ("", "")
        if words in cards:
            yield cards.pop(words), before
