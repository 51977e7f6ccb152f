"""Runs: what was said each time an agenda was walked, and what is compared with the last time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from mentorwalk.domain.answers import Answer, alike, named_in
from mentorwalk.domain.earlier import EarlierAnswer
from mentorwalk.domain.exercises import is_in_exercise, run_of, was_done
from mentorwalk.domain.fields import BEFORE, field_of, personal_ids
from mentorwalk.domain.picturing import LastTime, are_same_things
from mentorwalk.domain.text import folded
from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda, Drawn
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

Way = Literal["together", "joined", "alone"]
"""How an agenda was walked: as a session of two people, within another one, or by one person."""
TOLD = ("text", "number", "scale")
"""The types of an answer that is told the next time: own words, and one number."""


@dataclass(frozen=True)
class Run:
    """An agenda as it was walked once."""

    agenda: str
    """The id of the agenda."""
    title: str
    """Its title; its id if that is all that is known."""
    day: date
    way: Way
    answers: Mapping[str, Answer]
    """What was said, by the agenda's own ids; without what is private."""
    is_exercise: bool = True
    person: Role | None = None
    """Who did it alone."""
    pictures: tuple[Drawn, ...] = ()
    """The pictures of its cards, as far as they are known."""


def runs_in(sessions: Iterable[Session]) -> tuple[Run, ...]:
    """Return every run in some sessions, the oldest first; what was struck later was never said."""
    runs: list[Run] = []
    for session in sessions:
        before = sorted(runs, key=lambda run: run.day)
        walks = [*_walks_in(session)]
        for _way, walk in walks:
            before = _without_struck(before, walk)
        alone = (_run_alone(session, prep) for prep in session.opened.prepared if prep.alone)
        runs = [*before, *(_run(way, walk) for way, walk in walks), *alone]
    return tuple(sorted(runs, key=lambda run: run.day))


def _walks_in(session: Session) -> Iterator[tuple[Way, Session]]:
    """Yield a session, and each exercise that was done in it, under the exercise's own ids."""
    yield "together", session
    for joined in session.exercises:
        if was_done(session, joined):
            yield "joined", run_of(session, joined)


def _run(way: Way, walk: Session) -> Run:
    exercise = walk.agenda.kind == "exercise"
    cards = walk.agenda.prompts.values()
    pictures = tuple(card.picture for card in cards if card.picture)
    title, day = walk.agenda.title, walk.day
    return Run(walk.agenda.id, title, day, way, walk.own_answers(), exercise, pictures=pictures)


def _without_struck(runs: list[Run], walk: Session) -> list[Run]:
    """Return earlier runs without what was struck in a later one.

    What that was stands nowhere. But the later one knew what was said the last time, so it is what
    is missing there by now.
    """
    own = [run for run in runs if run.agenda == walk.agenda.id]
    if not (own and walk.struck):
        return runs
    gone = frozenset(map(folded, _gone_from(own[-1], walk)))
    return [_without(run, walk.struck, gone) if run in own else run for run in runs]


def _gone_from(last: Run, walk: Session) -> Iterator[str]:
    """Yield what the last run names, and what is missing where a later one knew it."""
    for key in walk.struck.keys() & last.answers.keys():
        kept = walk.opened.carried.earlier.get(key)
        if _is_compared(walk.agenda, key) and (kept is None or kept.day == last.day):
            left = set(named_in(kept.value)) if kept else set()
            yield from (name for name in named_in(last.answers[key].value) if name not in left)


def _without(run: Run, keys: Container[str], gone: frozenset[str]) -> Run:
    left = {key: each.without(gone) if key in keys else each for key, each in run.answers.items()}
    return replace(run, answers={key: each for key, each in left.items() if not each.hidden})


def _run_alone(session: Session, prep: Prep) -> Run:
    answers = {
        key: Answer(field, prep.answers.get(key), session.names, field.answer_ids.get(key))
        for field in prep.fields
        for key in (*field.answer_ids, field.id)
        if key in prep.answers
    }
    kept = {key: answer for key, answer in answers.items() if not answer.hidden}
    day = prep.day or session.day
    return Run(prep.agenda, prep.agenda, day, "alone", kept, person=prep.role)


# --- What is compared with the last time


def earlier_answers(runs: Iterable[Run], agenda: Agenda) -> Mapping[str, EarlierAnswer]:
    """Return what the newest run of an agenda says of what may be compared, by its answers' ids."""
    own = [run for run in runs if run.agenda == agenda.id]
    if not own:
        return {}
    run = own[-1]
    return {
        key: EarlierAnswer(run.day, answer.value)
        for key, answer in run.answers.items()
        if answer.value is not None and _is_compared(agenda, key)
    }


def _is_compared(agenda: Agenda, key: str) -> bool:
    """Return whether an answer of the last time is asked for: by an exercise, each is."""
    field = agenda.answerable.get(key)
    if field is None or field.private:
        return False
    if agenda.kind == "exercise" or field.type == "ratings":
        return True
    cards = agenda.prompts.values()
    names = {name.partition(BEFORE)[0] for card in cards for name in card.recall if BEFORE in name}
    names |= {name for card in cards if card.picture for name in card.picture.fields}
    return not names.isdisjoint((key, field.id))


def is_about_the_same(session: Session, key: str) -> bool:
    """Return whether what an answer is about reads as it did the last time.

    That is what the card that asks for it recalls: a map is another one where something else stands
    in its middle. What was not answered then is no difference.
    """
    then, about = session.opened.carried.earlier, told_about(session, key)
    return all(alike(then[id_].value) == alike(session.answer(id_).value) for id_ in about)


def told_about(session: Session, key: str) -> tuple[str, ...]:
    """Return the ids of what an answer is about, as far as the last time says something of it.

    What is only asked later is none of it: it is shown there as it was before.
    """
    asked, cards = session.agenda.prompt_of, [*session.agenda.prompts]
    earlier = cards[: cards.index(asked[key].id)]
    ids = dict.fromkeys(i for name in asked[key].recall for i in (name, *personal_ids(name)))
    kept = session.opened.carried.earlier
    return tuple(i for i in ids if i in kept and i in asked and asked[i].id in earlier)


class Before(NamedTuple):
    """An answer of the last time, with its day."""

    answer: Answer
    day: date


def answer_before(session: Session, key: str) -> Before | None:
    """Return what was answered the last time that this agenda was walked; None if nothing was.

    What it says is about the items of that time.
    """
    kept = session.opened.carried.earlier.get(key)
    field = session.agenda.answerable.get(key)
    if kept is None or field is None:
        return None
    answer = Answer(field, kept.value, session.names_for(field), field.answer_ids[key])
    return Before(answer, kept.day)


def said_before(session: Session, key: str, field: Field, item: str = "") -> Before | None:
    """Return what was said the last time in an exercise, to be told beside the same question.

    Only own words and a number are told, and only where they are about the same. A small step is
    another one each time, and comes back as an open one.

    Args:
        session: The session.
        key: The id of the answer.
        field: The field as it is asked, about one item if the question is.
        item: The item; empty if it is about none.
    """
    card, before = session.agenda.prompt_of.get(key), answer_before(session, key)
    is_told = field.type in TOLD and not field.step
    if before is None or card is None or not (is_told and is_in_exercise(session.agenda, card)):
        return None
    answer = before.answer.about(item) if item else before.answer
    is_same = bool(item) or is_about_the_same(session, key)
    return None if answer.empty or not is_same else Before(answer, before.day)


def numbers_before(session: Session, key: str, field: Field) -> tuple[ByItem | None, date | None]:
    """Return the numbers of the last time, by the names that their items have today, and its day.

    There are none where other things were rated then.

    Args:
        session: The session.
        key: The id of the answer.
        field: The field as it is asked.
    """
    before = answer_before(session, key)
    value = before.answer.value if before else None
    if before is None or not isinstance(value, ByItem) or field.type != "ratings":
        return None, None
    if not are_same_things(field.items, (*value, *_named_before(session, field.sources))):
        return None, None
    said = {folded(item): each for item, each in value.items()}
    pairs = tuple((item, said[folded(item)]) for item in field.items if folded(item) in said)
    return ByItem(pairs) or None, before.day


def _named_before(session: Session, sources: Collection[str]) -> Iterator[str]:
    """Yield what some fields named the last time: what was left out then was there, too."""
    for key, kept in session.opened.carried.earlier.items():
        if field_of(key) in sources:
            yield from named_in(kept.value)


def last_numbers(session: Session) -> Callable[[Answer], LastTime]:
    """Return what finds the numbers of the last time for an answer of a session, for a picture."""

    def find(answer: Answer) -> LastTime:
        """Return the numbers of the last time; none if there was none."""
        own = (key for key, whose in answer.field.answer_ids.items() if whose == answer.person)
        said, day = numbers_before(session, next(own, answer.field.id), answer.field)
        return LastTime(said or {}, day)

    return find
