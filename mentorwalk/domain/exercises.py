"""An exercise within a session: its cards, under ids of their own, and the session with them.

What names a field, in the exercise and in the session around it, stays one thing or becomes two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from mentorwalk.domain.agenda import Phase, Prompt
from mentorwalk.domain.joining import asks_the_same, is_same, renamed_key, under_ids
from mentorwalk.domain.open_steps import with_lines
from mentorwalk.domain.planning import Slot, plan
from mentorwalk.domain.sources import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.events import ExerciseJoined
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.outcomes import Document
    from mentorwalk.domain.session import Session

Kept = TypeVar("Kept")
SHORT = 12
"""The most characters of a phase's title in the line of phases."""
LATER = "another-day"
"""The card of an exercise that is kept for another day."""


@dataclass(frozen=True)
class Exercise:
    """An exercise that is known here, with its text."""

    agenda: Agenda
    text: str
    digest: str
    """The SHA-256 of the text."""
    templates: tuple[str, ...] = ()
    """Folders outside the home that its templates may come from."""


def joined_id(exercise: str, card: str) -> str:
    """Return the id that a card of an exercise has in a session: no agenda has one with a dot."""
    return f"{exercise}.{card}"


def is_of_exercise(id_: str) -> bool:
    """Return whether a card, or a phase, of a session came with an exercise."""
    return "." in id_


def is_in_exercise(agenda: Agenda, card: Prompt) -> bool:
    """Return whether a card is one of an exercise, which is the agenda or joined the session."""
    return agenda.kind == "exercise" or is_of_exercise(card.id)


def asks_in_the_talk(agenda: Agenda, card: Prompt, asked: Iterable[Field]) -> bool:
    """Return whether a card of an exercise is talked about with what it asks first in sight.

    Its question is about these things, so that without them there is nothing to talk about. What is
    drawn or read on a card is seen before anything is asked.
    """
    shows = card.picture or card.read or card.glance
    return (
        is_in_exercise(agenda, card) and not shows and any(field.lays_out for field in [*asked][:1])
    )


def within(exercise: Agenda) -> Agenda:
    """Return an exercise as it is walked within a session, which has its own end and agreement."""
    cards = {each.id: tuple(filter(_belongs_within, each.prompts)) for each in exercise.phases}
    left = (replace(each, prompts=cards[each.id]) for each in exercise.phases if cards[each.id])
    return replace(exercise, phases=tuple(left))


def _belongs_within(card: Prompt) -> bool:
    return not (card.accept or card.review or card.glance)


def slots_of(exercise: Agenda, minutes: int) -> tuple[Slot, ...]:
    """Return the cards of an exercise of this length, under the ids that they have in a session."""
    chosen = plan(within(exercise), minutes)
    return tuple(Slot(joined_id(exercise.id, each.prompt), each.seconds) for each in chosen.slots)


def renamed_in(
    exercise: Agenda, own: Mapping[str, Field], before: Mapping[str, Field]
) -> Mapping[str, str]:
    """Return the ids that fields of an exercise get because theirs mean something else.

    Args:
        exercise: The exercise.
        own: The fields of the session that it joins, by id.
        before: The fields that were answered in the sessions before that one.
    """
    taken = [
        id_
        for id_, field in exercise.fields.items()
        if not (id_ not in own or is_same(field, own[id_]))
        or not (id_ not in before or asks_the_same(field, before[id_]))
    ]
    prefixes = (f"{exercise.id.replace('-', '_')}{'_' * n}" for n in count())
    named = ({id_: f"{prefix}.{id_}" for id_ in taken} for prefix in prefixes)
    return next(ids for ids in named if _are_free(ids, exercise, own, before))


def _are_free(
    ids: Mapping[str, str],
    exercise: Agenda,
    own: Mapping[str, Field],
    before: Mapping[str, Field],
) -> bool:
    """Return whether fields can have these ids: two exercises may be called nearly the same."""
    return own.keys().isdisjoint(ids.values()) and all(
        asks_the_same(exercise.fields[key], before[id_])
        for key, id_ in ids.items()
        if id_ in before
    )


# --- The session with an exercise in it


def agenda_with(agenda: Agenda, joined: ExerciseJoined, steps: int = 0) -> Agenda:
    """Return an agenda with the cards of an exercise, in a phase after that of the card before.

    Args:
        agenda: The agenda.
        joined: The exercise.
        steps: How many open steps came along into the session.
    """
    phases = [*agenda.phases]
    phases.insert(phases.index(agenda.phase_of[joined.after]) + 1, phase_with(joined))
    later = joined_id(joined.agenda, LATER)
    if joined.after != later:
        # What was put off, and is done now, is nothing for another day any more.
        phases = [each for each in phases if each.id != later or not joined.plan]
    documents = (*agenda.documents, *documents_of(joined))
    return with_lines(replace(agenda, phases=tuple(phases), documents=documents), steps)


def _with_free_files(exercise: Agenda, session: Session) -> Agenda:
    """Return an exercise whose documents take no file of the session's.

    A page that the session has in the same words, such as its summary, has a section for it.
    """
    own = {each for each in session.agenda.documents if joined_by(session, each) is None}
    files = {each.file for each in session.agenda.documents}
    documents = tuple(
        replace(each, file=f"{exercise.id}-{each.file}") if each.file in files else each
        for each in exercise.documents
        if each not in own
    )
    return replace(exercise, documents=documents)


def documents_of(joined: ExerciseJoined) -> tuple[Document, ...]:
    """Return the documents of an exercise; nothing is accepted in it."""
    if joined.exercise is None or not joined.plan:
        return ()
    return tuple(each for each in joined.exercise.documents if not each.accept)


def phase_with(joined: ExerciseJoined) -> Phase:
    """Return the phase with the cards of an exercise, under the ids that they have here."""
    assert joined.exercise  # noqa: S101 - whoever reads a journal adds it
    exercise = within(joined.exercise)
    cards = tuple(
        _card_of(exercise, phase, card, joined.renamed)
        for phase in exercise.phases
        for card in phase.prompts
    )
    id_ = joined_id(exercise.id, exercise.phases[0].id)
    if not joined.plan:
        id_ = joined_id(exercise.id, LATER)
        cards = (Prompt(id_, ask=exercise.title, tip=exercise.when_to_use),)
    return Phase(id_, exercise.title, _short(exercise.title), cards)


def _card_of(exercise: Agenda, phase: Phase, card: Prompt, ids: Mapping[str, str]) -> Prompt:
    card = replace(
        under_ids(card, ids),
        id=joined_id(exercise.id, card.id),
        stuck=(*card.stuck, *phase.stuck, *exercise.stuck),
        clause=None,
    )
    # What comes next is for the session itself to ask.
    record, settle = (
        tuple(field for field in fields if not field.chooses_next)
        for fields in (card.record, card.settle)
    )
    return replace(card, record=record, settle=settle)


def _short(title: str) -> str:
    """Return a title for the line of phases: up to its first word that says something."""
    begin = re.match(r"(?:\S{1,2}\s+)*\S+", title)
    return title if len(title) <= SHORT or not begin else begin[0][:SHORT].strip(" ,;:")


def session_with(session: Session, joined: ExerciseJoined) -> Session:
    """Return a session with an exercise after one of its cards; some of its own are left."""
    opened = session.opened
    assert joined.exercise  # noqa: S101 - whoever reads a journal adds it
    joined = replace(joined, exercise=_with_free_files(joined.exercise, session))
    agenda = agenda_with(session.agenda, joined, len(opened.carried.steps))
    cards = [slot.prompt for slot in joined.plan] or [joined_id(joined.agenda, LATER)]
    own = tuple(card for card in session.cards if card in agenda.prompts)
    place = own.index(joined.after) + 1 if joined.after in own else 0
    seconds = {slot.prompt: float(slot.seconds) for slot in joined.plan}
    session = replace(
        session.marked("dropped", *joined.dropped),
        agenda=agenda,
        cards=(*own[:place], *cards, *own[place:]),
        planned={**session.planned, **seconds},
        allotted={**dict.fromkeys(cards, 0.0), **session.allotted, **seconds},
        exercises=(*session.exercises, joined),
        opened=replace(
            opened,
            carried=opened.carried.with_more(joined.carried),
            templates=tuple(dict.fromkeys((*opened.templates, *joined.templates))),
        ),
    )
    return session if joined.plan else session.marked("parked", *cards)


# --- The exercise as it was walked


def run_of(session: Session, joined: ExerciseJoined) -> Session:
    """Return the part of a session that is an exercise, under the exercise's own ids."""
    assert joined.exercise  # noqa: S101 - as above
    exercise = within(joined.exercise)
    here = {card: joined_id(exercise.id, card) for card in exercise.prompts}
    here_keys = {key: renamed_key(key, joined.renamed) for key in exercise.answerable}
    # What the session asks, too, was only said in the exercise if it came to that card there.
    keys = {
        key: name
        for key, name in here_keys.items()
        if not _is_skipped(session, exercise, key) or not asked_beside(session, name)
    }
    carried = session.opened.carried
    return replace(
        session,
        agenda=with_lines(replace(exercise, roles=session.agenda.roles), len(carried.steps)),
        cards=tuple(own for own, card in here.items() if card in session.cards),
        current=None,
        marks=_under(session.marks, here),
        planned=_under(session.planned, here),
        allotted=_under(session.allotted, here),
        spent=_under(session.spent, here),
        answers=_under(session.answers, keys),
        written=_under(session.written, keys),
        struck=_under(session.struck, keys),
        exercises=(),
        opened=replace(
            session.opened,
            agenda=exercise.id,
            carried=replace(
                carried,
                answers=_under(carried.answers, keys),
                earlier=_under(carried.earlier, keys),
                sources={**carried.sources, **_lent(session, exercise)},
                clauses=(),
                settled=(),
            ),
        ),
    )


def was_done(session: Session, joined: ExerciseJoined) -> bool:
    """Return whether two people did something in an exercise, and did not pass all of it over."""
    run = run_of(session, joined) if joined.plan else None
    talked = {"done", "talked"} & {*run.marks.values()} if run else ()
    return run is not None and bool(talked or run.own_answers())


def _is_skipped(session: Session, exercise: Agenda, key: str) -> bool:
    """Return whether no card of an exercise that asks something was come to in a session."""
    cards = (joined_id(exercise.id, card.id) for card in exercise.prompts_of.get(key, ()))
    come_to = ("done", "talked")
    return not any(session.marks.get(c) in come_to or c == session.current for c in cards)


def asked_beside(session: Session, key: str) -> bool:
    """Return whether cards of the session itself ask what an exercise in it asks, too."""
    cards = session.agenda.prompts_of.get(key, ())
    return any(not is_of_exercise(card.id) for card in cards if card.id in session.walked)


def _under(kept: Mapping[str, Kept], keys: Mapping[str, str]) -> dict[str, Kept]:
    """Return what is kept under other keys, each given with the one that it has."""
    return {own: kept[here] for own, here in keys.items() if here in kept}


def _lent(session: Session, exercise: Agenda) -> Mapping[str, tuple[str, ...]]:
    """Return what an exercise chooses from, or asks about, that the session around it asks."""
    named = {name for field in exercise.fields.values() for name in field.sources}
    fields = session.agenda.fields
    return {
        key: items_of(session.effective_answer(key))
        for name in sorted(named & fields.keys() - exercise.fields.keys())
        for key in fields[name].answer_ids
    }


def joined_by(session: Session, document: Document) -> ExerciseJoined | None:
    """Return the exercise that a document of a session belongs to; None for the session's own."""
    return next((each for each in session.exercises if document in documents_of(each)), None)
