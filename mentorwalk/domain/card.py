"""What is on the screen: one prompt as the two people see it, and the questions it opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agenda import ROLES, TOPICS, fill_in
from mentorwalk.domain.answers import NOT_YET, UNKNOWN, default_of, in_words, on_sheet, shown_pick
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.prep_wishes import PrepStatus, beforehand, shown_choices, written_beforehand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mentorwalk.domain.agenda import Field, Phase, Prompt, Role
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session


AFTERWARDS = N_("After the call")
"""What stands over the cards that nobody else sees any more."""
MOST_TOPICS = 4
"""As many as a card can show."""


@dataclass(frozen=True)
class Step:
    """One phase in the line of phases."""

    short: str
    state: Literal["done", "now", "ahead"]


@dataclass(frozen=True)
class Recalled:
    """An earlier answer, shown again."""

    label: str
    text: str
    beforehand: bool = False
    """It was written beforehand: worth seeing while something is written down now."""


@dataclass(frozen=True)
class Card:
    """A page of the screen; one of a session where it has steps, a card where somebody speaks."""

    ask: str
    title: str = ""
    people: str = ""
    steps: tuple[Step, ...] = ()
    speaks: str = ""
    place: str = ""
    read: str = ""
    tip: str = ""
    recalled: tuple[Recalled, ...] = ()
    hints: tuple[str, ...] = ()
    opens: bool = False
    """Something is written down after the talk."""
    types_through: bool = False
    """Beginning to type opens the first field."""
    off_record: bool = False
    """Nothing is written down."""
    alone: bool = False
    """One person sits here, in no hurry and without a talk."""
    mark: str = ""
    """What kind of session this is, where it is no real one."""


@dataclass(frozen=True)
class Option:
    """One choice: the value it stands for, and how it is shown."""

    pick: str
    shown: str


@dataclass(frozen=True)
class Question:
    """One field, put to the people in their own names."""

    id: str
    field: Field
    label: str
    today: date
    names: tuple[tuple[str, str], ...] = ()
    value: Value | None = None
    """What stands there already: the earlier answer, or else the usual one."""
    draft: str | None = None
    """What somebody had begun to type."""
    complaint: str = ""
    """What was wrong with the answer before."""
    shown_as: tuple[tuple[str, str], ...] = ()
    """How choices are shown, where it is not how they are written."""
    unseen: bool = False
    """What is typed does not appear on the screen."""
    beforehand: PrepStatus | None = None
    """What the two said about it before they met, as long as nothing is written down here."""
    unsure: bool = False
    """“I don't know yet” is an answer here."""
    beside: bool = False
    """It is no field of the agenda: a name, a place to jump to."""

    @property
    def help(self) -> str:
        """A line that says what would do."""
        told = fill_in(self.field.help, dict(self.names))
        if not self.differs:
            return told
        # Translators: {wishes} are two answers, {help} a sentence of the agenda, or nothing.
        both = _("{wishes}: what would suit you both? {help}")
        return both.format(wishes=self.current, help=told).strip()

    @property
    def differs(self) -> bool:
        """Whether the two would like it differently, and have not decided yet."""
        return self.beforehand is not None and self.beforehand.differ

    @property
    def unasked(self) -> Value | None:
        """What holds where nobody is asked."""
        return self.beforehand.unasked if self.beforehand else self.value

    @property
    def note(self) -> str:
        """How what stands there came about, in a few words; empty where it is only usual."""
        return self.beforehand.words if self.beforehand else ""

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen."""
        shown = dict(self.shown_as)
        picks = [choice.pick for choice in self.field.choices]
        options = tuple(Option(pick, shown.get(pick) or self.shown(pick)) for pick in picks)
        return (*options, Option(UNKNOWN, _(NOT_YET))) if options and self.unsure else options

    @property
    def current(self) -> str:
        """What stands there already, as a sheet shows it; empty where nothing does."""
        if self.differs and self.beforehand:
            return " / ".join(self._on_sheet(value) for value in self.beforehand.said)
        return "" if self.value is None else self._on_sheet(self.value)

    def _on_sheet(self, value: Value) -> str:
        if self.unsure and value == UNKNOWN:
            return _(NOT_YET)
        shown = dict(self.shown_as).get(value) if isinstance(value, str) else None
        return shown or on_sheet(self.field, value, self.today, dict(self.names))

    def shown(self, pick: str) -> str:
        """A choice with names in it."""
        return shown_pick(self.field, pick, dict(self.names))


def card_of(session: Session, prompt: Prompt, hints: int = 0) -> Card:
    """Lay a prompt out as the card that the two see, with so many hints opened."""
    names = session.names
    phase = session.agenda.phase_of[prompt.id]
    asked = [] if session.off_record else asked_of(session, prompt)
    settles = any(session.asks(field) and not field.private for field in prompt.settle)
    accepts = prompt.accept and session.agenda.accept_document is not None
    return replace(
        frame_of(session, phase),
        ask=fill_in(prompt.ask, names),
        speaks=_speaks(session, prompt),
        place=_place(session, prompt, phase),
        read=fill_in(prompt.read, names),
        tip=fill_in(prompt.tip, names),
        recalled=(*_beforehand(session, prompt), *_recalled(session, prompt)),
        hints=tuple(fill_in(hint, names) for hint in stuck_lines(session, prompt)[:hints]),
        opens=not session.off_record and bool(asked or settles or accepts),
        types_through=bool(asked) and asked[0].field.type == "text" and not prompt.again,
    )


def asked_of(session: Session, prompt: Prompt) -> list[Question]:
    """What a card asks one after another: earlier answers to be corrected, then its own fields."""
    fields = [field for field in prompt.record if not field.private]
    return questions_of(session, prompt, dict.fromkeys((*again_of(session, prompt), *fields)))


def frame_of(session: Session, phase: Phase | None = None) -> Card:
    """The frame of every card: the title, the two people and the line of phases."""
    names = session.names
    here = phase or session.agenda.phase_of.get(session.current or "", session.agenda.phases[0])
    return Card(
        ask="",
        title=fill_in(session.agenda.title, names),
        people=_people(session),
        steps=_steps(session, here),
        off_record=session.off_record,
    )


def sheet_of(session: Session, prompt: Prompt) -> list[Question]:
    """What a card settles; a usual answer that stands there opens what depends on it."""
    sheet: list[Question] = []
    as_shown = session
    for field in prompt.settle:
        questions = [] if field.private else questions_of(as_shown, prompt, [field])
        sheet += questions
        shown = {question.id: question.value for question in questions}
        as_shown = replace(as_shown, answers={**shown, **as_shown.answers})
    return sheet


def review_of(session: Session) -> list[Question]:
    """Every answer that will stand in a document, in the order of the cards."""
    return [
        question
        for prompt in session.in_force()
        for question in questions_of(session, prompt, prompt.fields)
        if _stands(session, prompt, question.id) and not question.field.private
    ]


def _stands(session: Session, prompt: Prompt, key: str) -> bool:
    """Whether an answer will be read in a document: given now, or still agreed from before."""
    if key in session.answers:
        return session.answers[key] is not None
    came_along = prompt.id in session.opened.carried.settled and key in session.agenda.agreed
    return came_along and session.effective_answer(key) is not None


def stuck_lines(session: Session, prompt: Prompt) -> tuple[str, ...]:
    """What to try when the talk stalls: the card's lines, the phase's, the agenda's; none twice."""
    phase = session.agenda.phase_of[prompt.id]
    return tuple(dict.fromkeys((*prompt.stuck, *phase.stuck, *session.agenda.stuck)))


def questions_of(session: Session, prompt: Prompt, fields: Iterable[Field]) -> list[Question]:
    """Put fields to the people: each once, or once to each of them, the first speaker first."""
    again = frozenset(_named(session, prompt.again))
    return [
        question
        for field in fields
        if session.asks(field)
        for question in _questions(session, field, prompt.first or "mentor", again)
    ]


def again_of(session: Session, prompt: Prompt) -> list[Field]:
    """The earlier fields that a card opens once more: those that were answered."""
    known, fields = {**session.opened.carried.answers, **session.answers}, session.agenda.answerable
    named = [key for key in _named(session, prompt.again) if key in known]
    return list(dict.fromkeys(fields[key] for key in named if key in fields))


def private_questions(session: Session) -> list[Question]:
    """What is asked after the call, of the person at the keyboard only."""
    typist = session.people.types
    questions = []
    for prompt_id in session.cards:
        prompt = session.agenda.prompts[prompt_id]
        if session.marks.get(prompt_id) == "done":
            fields = [f for f in prompt.fields if f.private and f.by in (typist, "both", "each")]
            asked = questions_of(session, prompt, fields)
            questions += [q for q in asked if q.id in (q.field.id, f"{q.field.id}.{typist}")]
    return [replace(question, label=_label(session, question.field)) for question in questions]


def _questions(
    session: Session, field: Field, first: Role, again: frozenset[str]
) -> list[Question]:
    if field.by != "each":
        return [_question(session, field, field.id, _label(session, field), again)]
    order = ROLES if first == "mentor" else ROLES[::-1]
    return [
        _question(
            session,
            field,
            f"{field.id}.{role}",
            f"{session.people.name(role)}: {_label(session, field)}",
            again,
        )
        for role in order
    ]


def _question(
    session: Session, field: Field, answer_id: str, label: str, again: frozenset[str]
) -> Question:
    today = session.today
    value, prior = default_of(field, today), None
    came_along = answer_id in session.opened.carried.answers
    if answer_id in session.answers or (came_along and answer_id in session.agenda.agreed | again):
        value = session.effective_answer(answer_id)
    if answer_id not in session.answers and (prior := beforehand(session, field, answer_id, value)):
        value = prior.offered
    names = tuple(session.names.items())
    shown = shown_choices(field, session.names)
    return Question(answer_id, field, label, today, names, value, shown_as=shown, beforehand=prior)


def _label(session: Session, field: Field) -> str:
    return fill_in(field.label, session.names)


def _people(session: Session) -> str:
    roles = session.agenda.roles
    return " · ".join(
        f"{session.people.name(role)} ({getattr(roles, role).lower()})" for role in ROLES
    )


def _steps(session: Session, now: Phase) -> tuple[Step, ...]:
    planned = {session.agenda.phase_of[card].id for card in session.cards}
    phases = [phase for phase in session.agenda.phases if phase.id in planned]
    return tuple(Step(phase.short, _state(session, phase, now)) for phase in phases)


def _state(session: Session, phase: Phase, now: Phase) -> Literal["done", "now", "ahead"]:
    if phase.id == now.id:
        return "now"
    cards = [card for card in session.cards if session.agenda.phase_of[card].id == phase.id]
    return "done" if all(card in session.marks for card in cards) else "ahead"


def _speaks(session: Session, prompt: Prompt) -> str:
    people = session.people
    if prompt.to == "both":
        first = people.name(prompt.first) if prompt.first else ""
        both = _("Both speak, {name} first") if first else _("Both speak")
        return both.format(name=first)
    one = _("{name} speaks, {other} listens")
    return one.format(name=people.name(prompt.to), other=people.other(prompt.to))


def _place(session: Session, prompt: Prompt, phase: Phase) -> str:
    walked = [card for card in session.cards if session.marks.get(card) != "dropped"]
    cards = [card for card in walked if session.agenda.phase_of[card].id == phase.id]
    if prompt.id not in cards:
        return ""
    # Translators: which card of a phase it is, such as 2 of 5.
    return _("{number} of {cards}").format(number=cards.index(prompt.id) + 1, cards=len(cards))


def _beforehand(session: Session, prompt: Prompt) -> Iterable[Recalled]:
    for label, text in written_beforehand(session, prompt.recall):
        yield Recalled(label, text, beforehand=True)


def _recalled(session: Session, prompt: Prompt) -> Iterable[Recalled]:
    names = dict.fromkeys((*prompt.recall, *prompt.again))
    if TOPICS in names:
        topics = session.opened.carried.topics[:MOST_TOPICS]
        yield from (Recalled(_("Kept from last time"), topic) for topic in topics)
    for key in _named(session, tuple(names)):
        yield from _recalled_answer(session, prompt, key)


def _recalled_answer(session: Session, prompt: Prompt, key: str) -> Iterable[Recalled]:
    """What was said by that point of the talk: in this session, else in the one before."""
    told = session.opened.carried.told.get(key)
    field, value = session.agenda.answerable.get(key), session.answers.get(key)
    if told and (value is None or _comes_later(session, prompt, key)):
        yield Recalled(told.label, told.words)
    elif field and value not in (None, "", ()) and not field.private and session.asks(field):
        role = key.removeprefix(f"{field.id}.")
        who = f"{session.names[role]}: " if role in ROLES else ""
        yield Recalled(f"{who}{_label(session, field)}", in_words(field, value, session.names))


def _comes_later(session: Session, prompt: Prompt, key: str) -> bool:
    """Whether a field stands on a card after this one."""
    order = list(session.agenda.prompts)
    own = session.agenda.prompt_of.get(key)
    return own is not None and order.index(own.id) > order.index(prompt.id)


def _named(session: Session, ids: tuple[str, ...]) -> Iterable[str]:
    """The ids of the answers that are meant; a field that is asked of each has two."""
    known = {*session.agenda.answerable, *session.opened.carried.told}
    for name in dict.fromkeys(ids):
        keys = (name, *(f"{name}.{role}" for role in ROLES))
        yield from (key for key in keys if key in known)
