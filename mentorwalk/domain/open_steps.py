"""Steps that stay open, from the day they are said first until an answer closes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.answers import typed_texts, without_items
from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.fields import OPEN_STEPS
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import folded, join_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

Owner = Literal["mentor", "mentee", "both"]
STEP_LINES = 8
"""The most open steps that a session asks about, the oldest first: more is no talk."""
STEP_LIMIT = 60
"""The most open steps that come along, so that forgetting an earlier session loses none."""


@dataclass(frozen=True)
class OpenStep:
    """A step that somebody wants to take."""

    owner: Owner
    words: str
    """Empty once it was struck."""
    since: date
    """The day on which it was said first."""
    folder: str
    """The session in which it was said first."""
    said: str
    """The id of that answer there, with the number of its item, counted from 1."""
    last: str = ""
    """What was answered about it last; empty if nothing was."""
    last_day: date | None = None
    """The day of that answer."""

    @property
    def identity(self) -> tuple[str, str]:
        """What is the same wherever the same step is said."""
        return self.owner, folded(self.words)

    @property
    def origin(self) -> tuple[str, str]:
        """Where it was said first, which is known of a struck one, too."""
        return self.folder, self.said

    def is_asked_by(self, field: Field) -> bool:
        """Return whether a field that is asked for each open step is asked for this one.

        A field of the mentor or the mentee is asked for that person's; the mentee's for those of
        both, too.
        """
        return field.by in ("both", "mentee" if self.owner == "both" else self.owner)

    def who(self, names: Mapping[str, str]) -> str:
        """Return whose it is, by name."""
        both = [names["mentee"], names["mentor"]]
        return join_words(both) if self.owner == "both" else names[self.owner]

    def in_words(self, names: Mapping[str, str]) -> str:
        """Return the step as a line: `Grace, since 3 October: asks two people`."""
        if not self.words:
            return ""
        line = _("{who}, since {day}: {words}")
        day, words = day_of_month(self.since), " ".join(self.words.split())
        return line.format(who=self.who(names), day=day, words=words)


# --- What stays open after several sessions


def open_steps_of(sessions: Mapping[str, Session]) -> tuple[OpenStep, ...]:
    """Return the steps that are open after some sessions, by their folders, the oldest first.

    The same words of the same person are the same step, since the first day. Only an answer that
    closes it, or a strike, ends it; said again after that, it is a new one.
    """
    still: dict[tuple[str, str], OpenStep] = {}
    known: set[tuple[str, str]] = set()
    for folder, session in sessions.items():
        for step in session.opened.carried.steps:
            if not step.words:
                # It has no words left by which it could be found.
                still = {key: each for key, each in still.items() if each.origin != step.origin}
            elif step.folder not in sessions and step.origin not in known:
                # Nobody else knows any more that it was said.
                still.setdefault(step.identity, step)
            known.add(step.origin)
        for step, answer in _answered(session):
            before = still.get(step.identity)
            if before and answer.value in answer.field.closes:
                del still[step.identity]
            elif before:
                told = replace(before, last=answer.sentence, last_day=session.day)
                still[step.identity] = told
        for step in _said(folder, session):
            still.setdefault(step.identity, step)
    return tuple(sorted(still.values(), key=attrgetter("since")))


def without_struck_steps(sessions: Mapping[str, Session]) -> Mapping[str, Session]:
    """Return the sessions without the answers whose steps were struck in a later one."""
    told: dict[str, Session] = {}
    for folder, session in sessions.items():
        struck = {step.origin for step in session.opened.carried.steps if not step.words}
        said = [step for each in told for step in _said(each, told[each])] if struck else []
        gone = {step.identity for step in said if step.origin in struck}
        told = {each: _without(gone, told[each]) for each in told} if gone else told
        told[folder] = session
    return told


def _without(gone: Collection[tuple[str, str]], session: Session) -> Session:
    """Return a session without the answers to its steps that say one of these."""
    answers = dict(session.answers)
    for field in session.agenda.fields.values():
        for key, person in field.answer_ids.items() if field.step else ():
            words = {words for owner, words in gone if owner == _owner(field, person)}
            answers[key] = without_items(answers.get(key), words)
    emptied = {key for key in answers if answers[key] is None and session.answers.get(key)}
    written = {key: at for key, at in session.written.items() if key not in emptied}
    return replace(session, answers=answers, written=written)


def _owner(field: Field, person: Role | None) -> Owner:
    return person or ("both" if field.by == "each" else field.by)


def _answered(session: Session) -> Iterator[tuple[OpenStep, Answer]]:
    """Yield each open step that came along and was answered, with its answer."""
    for field in session.agenda.fields.values():
        step, answer = session.item_of(field), session.answer(next(iter(field.answer_ids)))
        if step and not answer.hidden:
            yield step, answer


def _said(folder: str, session: Session) -> Iterator[OpenStep]:
    """Yield the steps that were said in a session."""
    for field in session.agenda.fields.values():
        for key, person in field.answer_ids.items() if field.step else ():
            answer = session.answer(key)
            owner = _owner(field, person)
            for number, words in enumerate(() if answer.hidden else typed_texts(answer.value), 1):
                yield OpenStep(owner, words, session.day, folder, f"{key} {number}")


# --- Their lines in a session


def with_lines(agenda: Agenda, number: int) -> Agenda:
    """Return an agenda whose fields for each open step are followed by a line for each of these.

    There are `STEP_LINES` at most. A line has the id of its field and its number: `came_of.2`. The
    field itself is never asked.
    """
    if not number or not any(field.asks_steps for field in agenda.fields.values()):
        return agenda
    lines = min(number, STEP_LINES)
    phases = tuple(
        replace(phase, prompts=tuple(_card_with_lines(each, lines) for each in phase.prompts))
        for phase in agenda.phases
    )
    return replace(agenda, phases=phases)


def _card_with_lines(card: Prompt, number: int) -> Prompt:
    settle = (line for field in card.settle for line in _lines_of(field, number))
    return replace(card, settle=tuple(settle))


def _lines_of(field: Field, number: int) -> Iterator[Field]:
    if not field.item:
        yield field
        numbers = range(1, number + 1) if field.asks_steps else ()
        # By their numbers: with the words of a step in an id, the line that strikes them would
        # keep them.
        yield from (replace(field, id=f"{field.id}.{item}") for item in numbers)


def uses_steps(agenda: Agenda) -> bool:
    """Return whether cards of an agenda ask about the steps that are open, or recall them."""
    recalls = any(OPEN_STEPS in card.recall for card in agenda.prompts.values())
    return recalls or any(field.asks_steps for field in agenda.fields.values())
