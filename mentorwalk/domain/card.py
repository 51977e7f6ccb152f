"""What the screen shows: one prompt as the two people see it, and the questions it opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agenda import OPEN_STEPS, TOPICS
from mentorwalk.domain.answer_parsing import default_of
from mentorwalk.domain.answers import NOT_YET, UNKNOWN, Answer, typed_texts
from mentorwalk.domain.clauses import Unfinished, prompts_in_force, unfinished_of
from mentorwalk.domain.fields import personal_ids
from mentorwalk.domain.following import usual_title
from mentorwalk.domain.glance import glance_of
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.prep_wishes import PrepStatus, beforehand, shown_choices, written_beforehand
from mentorwalk.domain.recalls import recalled_instead
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Phase, Prompt
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session


AFTERWARDS = N_("After the call")
"""The title of the cards that only one person sees."""
MOST_TOPICS = 4
"""The most topics that a card shows."""


@dataclass(frozen=True)
class Step:
    """A phase in the line of phases."""

    short: str
    state: Literal["done", "now", "ahead"]


@dataclass(frozen=True)
class Recalled:
    """An earlier answer, shown again."""

    label: str
    text: str
    beforehand: bool = False
    """Whether it was written beforehand: then it is shown while something is written down, too."""


@dataclass(frozen=True)
class Card:
    """A page of the screen: of a session if it has steps, of a talk if somebody speaks."""

    ask: str
    title: str = ""
    people: str = ""
    steps: tuple[Step, ...] = ()
    speaks: str = ""
    place: str = ""
    read: str = ""
    glance: Glance | None = None
    """The session at a glance, where the card shows it."""
    tip: str = ""
    recalled: tuple[Recalled, ...] = ()
    hints: tuple[str, ...] = ()
    opens: bool = False
    """Whether something is written down after the talk."""
    types_through: bool = False
    """Whether the first field opens as soon as somebody types."""
    strikes: bool = False
    """Whether the lines below it can be struck, as in a review."""
    off_record: bool = False
    """Whether nothing is written down."""
    for_one: bool = False
    """Whether what it reads is for one person, and must not stay in a window that is shared."""
    goes_back: bool = False
    """Whether one can go back to what was asked before."""
    alone: bool = False
    """Whether one person is alone, without a talk and a clock."""
    reviews: bool = False
    """Whether it shows what was written down, and is itself no card of the agenda."""
    unsaved: bool = False
    """Whether nothing of the session is saved while it lasts."""
    quiet: bool = False
    """Whether nothing else is on the screen, not even a clock."""
    mark: str = ""
    """What kind of session it is, such as a demo; empty for an ordinary one."""


@dataclass(frozen=True)
class Option:
    """A choice: its value, and how it is shown."""

    pick: str
    shown: str


@dataclass(frozen=True)
class Question:
    """A field, put to two people by name."""

    id: str
    field: Field
    label: str
    today: date
    names: Mapping[str, str] = attribute(default_factory=dict)
    value: Value | None = None
    """The current answer: an earlier one, else the default."""
    draft: str | None = None
    """The answer as it was half typed before; None if it was not."""
    complaint: str = ""
    """What was wrong with the last answer."""
    shown_as: Mapping[str, str] = attribute(default_factory=dict)
    """How choices are shown that are not shown as they are written."""
    unseen: bool = False
    """Whether it is typed without appearing on the screen."""
    beforehand: PrepStatus | None = None
    """What the two said before they met; None once an answer is written down."""
    weighed: bool = False
    """Whether the two were asked about their different wishes already."""
    wanted: bool = False
    """Whether it is a line of a sheet, which Enter alone does not leave empty."""
    unsure: bool = False
    """Whether “I don't know yet” is an answer."""
    never_empty: bool = False
    """Whether one of its choices always counts, such as who may see another answer."""
    unfinished: Unfinished | None = None
    """The sentence that own words finish, if there is one."""
    by_sentence: bool = False
    """Whether each of its sentences has a line of its own on a sheet."""
    adds: bool = False
    """Whether one sentence is asked for, to be added to its answer."""
    apart: bool = False
    """Whether it is asked apart from the agenda: a name, a card to jump to."""

    @property
    def answer(self) -> Answer:
        """The current answer."""
        return Answer(self.field, self.value, self.names)

    @property
    def help(self) -> str:
        """A line that helps to answer."""
        text = fill_in(self.field.help, self.names)
        if not self.differs:
            return text
        # Translators: {wishes} are two answers, {help} is a sentence of the agenda, or nothing.
        told = _("Your two wishes: {wishes}. Say whose is whose, if you like. {help}")
        if self.field.type == "select":
            told = _("The first two are your wishes: say whose is whose, if you like. {help}")
        return told.format(wishes=self.current, help=text).strip()

    @property
    def differs(self) -> bool:
        """Whether the two wish for different answers, and have not decided yet."""
        return self.beforehand is not None and self.beforehand.differ

    @property
    def undecided(self) -> bool:
        """Whether the two are asked about their wishes before a sheet is kept."""
        return self.differs and not self.weighed

    @property
    def offer(self) -> Value | None:
        """The answer to begin with: the current one, or the first of two wishes."""
        return self.beforehand.said[0].value if self.beforehand and self.differs else self.value

    @property
    def empty(self) -> bool:
        """Whether there is no answer, no default and no wish to choose from.

        What is not answered about an open step leaves it open.
        """
        waits = not (self.field.default or self.field.each_of or self.differs)
        return waits and self.answer.empty

    @property
    def unasked(self) -> Value | None:
        """The value that counts if nobody is asked."""
        return self.beforehand.unasked if self.beforehand else self.value

    @property
    def note(self) -> str:
        """Where the current answer comes from, in a few words; empty for the default."""
        return self.beforehand.words if self.beforehand else ""

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices; two wishes come first, also if they are nobody's usual ones."""
        wishes = self.beforehand.said if self.beforehand and self.differs else ()
        wished = [pick for wish in wishes for pick in typed_texts(wish.value)]
        usual = [choice.pick for choice in self.field.choices]
        picks = [*dict.fromkeys((*wished, *usual))] if usual else []
        options = tuple(
            Option(pick, self._shown(replace(self.answer, value=pick))) for pick in picks
        )
        return (*options, Option(UNKNOWN, _(NOT_YET))) if options and self.unsure else options

    @property
    def current(self) -> str:
        """The current answer, or both wishes, as a sheet shows them; empty if there is none."""
        if self.differs and self.beforehand:
            return " / ".join(each.short(self.today) for each in self.beforehand.said)
        if self.field.each_of and self.answer.empty:
            return _("stays open")
        return self._shown(self.answer)

    @property
    def offered(self) -> str:
        """The current answer, as it is put into a line to be corrected."""
        return replace(self.answer, value=self.offer).offered(self.today)

    def _shown(self, answer: Answer) -> str:
        if self.unsure and answer.value == UNKNOWN:
            return _(NOT_YET)
        shown = self.shown_as.get(answer.value) if isinstance(answer.value, str) else None
        return shown or answer.short(self.today)


def card_of(session: Session, prompt: Prompt, hints: int = 0) -> Card:
    """Return a prompt as the card that the two see, with so many hints opened."""
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
        glance=glance_of(session) if prompt.glance else None,
        tip=" ".join(filter(None, (fill_in(prompt.tip, names), _more_steps(session, prompt)))),
        recalled=(*_beforehand(session, prompt), *_recalled(session, prompt)),
        hints=tuple(fill_in(hint, names) for hint in stuck_lines(session, prompt)[:hints]),
        opens=not session.off_record and bool(asked or settles or accepts),
        types_through=bool(asked) and asked[0].field.type == "text" and not prompt.again,
    )


def asked_of(session: Session, prompt: Prompt) -> list[Question]:
    """Return what a card asks one by one: earlier answers to be corrected, then its own fields."""
    fields = [field for field in prompt.record if not field.private]
    return questions_of(session, prompt, dict.fromkeys((*again_of(session, prompt), *fields)))


def frame_of(session: Session, phase: Phase | None = None) -> Card:
    """Return the frame of every card: the title, the two people and the line of phases."""
    names = session.names
    here = phase or session.agenda.phase_of.get(session.current or "", session.agenda.phases[0])
    return Card(
        ask="",
        title=fill_in(session.agenda.title, names),
        people=_people(session),
        steps=_steps(session, here),
        off_record=session.off_record,
    )


def review_of(session: Session) -> list[Question]:
    """Return a question for each answer that documents will have, in the order of the cards."""
    return [
        question
        for prompt in prompts_in_force(session)
        for question in questions_of(session, prompt, prompt.fields)
        if _is_in_documents(session, prompt, question.id) and not question.field.private
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


def _is_in_documents(session: Session, prompt: Prompt, key: str) -> bool:
    """Return whether documents will have an answer: given now, or agreed on before.

    They have an open step, whatever is answered about it.
    """
    if session.item_of(session.agenda.answerable[key]):
        return True
    if key in session.answers:
        return session.answers[key] is not None
    came_along = prompt.id in session.opened.carried.settled and key in session.agenda.agreed
    return came_along and not session.effective_answer(key).empty


def stuck_lines(session: Session, prompt: Prompt) -> tuple[str, ...]:
    """Return what to try when the talk stalls: the card's lines, the phase's, the agenda's."""
    phase = session.agenda.phase_of[prompt.id]
    return tuple(dict.fromkeys((*prompt.stuck, *phase.stuck, *session.agenda.stuck)))


def questions_of(session: Session, prompt: Prompt, fields: Iterable[Field]) -> list[Question]:
    """Return a question for each field that is asked, or one for each person, who begins first."""
    again = frozenset(_named(session, prompt.again))
    return [
        question
        for field in fields
        if session.asks(field)
        for question in _questions(session, field, prompt.first or "mentor", again)
    ]


def again_of(session: Session, prompt: Prompt) -> list[Field]:
    """Return the earlier fields that a card opens again: those that were answered."""
    known, fields = {**session.opened.carried.answers, **session.answers}, session.agenda.answerable
    named = [key for key in _named(session, prompt.again) if key in known]
    return list(dict.fromkeys(fields[key] for key in named if key in fields))


def private_questions(session: Session) -> list[Question]:
    """Return what is asked after the call, of the person at the keyboard only."""
    typist = session.people.types
    questions = []
    for prompt_id in session.cards:
        prompt = session.agenda.prompts[prompt_id]
        if session.marks.get(prompt_id) == "done":
            fields = [f for f in prompt.fields if f.private and f.by in (typist, "both", "each")]
            asked = questions_of(session, prompt, fields)
            questions += [each for each in asked if each.id == each.field.answer_id(typist)]
    # There is one person left: their name above each question says nothing.
    return [replace(each, label=fill_in(each.field.label, session.names)) for each in questions]


def _questions(
    session: Session, field: Field, first: Role, again: frozenset[str]
) -> list[Question]:
    ids = list(field.answer_ids)
    return [_question(session, key, again) for key in (ids if first == "mentor" else ids[::-1])]


def _question(session: Session, key: str, again: frozenset[str]) -> Question:
    answer, today = session.effective_answer(key), session.today
    came_along = key in session.opened.carried.answers
    current, prior = answer.value, None
    if key not in session.answers and not (came_along and key in session.agenda.agreed | again):
        current = default_of(answer.field, today)
        current = usual_title(session) if answer.field.choices_from else current
    if key not in session.answers and (prior := beforehand(session, answer.field, key, current)):
        current = prior.offered
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
    )


def _people(session: Session) -> str:
    roles = session.agenda.roles
    return " · ".join(f"{session.people.name(role)} ({roles.of(role).lower()})" for role in ROLES)


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
    instead = recalled_instead(session, prompt)
    own = written_beforehand(session, prompt.recall)
    # Away from its own card, an answer needs its question.
    moved = written_beforehand(session, instead, with_question=True)
    yield from (Recalled(label, text, beforehand=True) for label, text in (*own, *moved))


def _recalled(session: Session, prompt: Prompt) -> Iterable[Recalled]:
    names = dict.fromkeys((*prompt.recall, *prompt.again))
    if TOPICS in names:
        topics = session.opened.carried.topics[:MOST_TOPICS]
        yield from (Recalled(_("Kept from last time"), topic) for topic in topics)
    if OPEN_STEPS in names:
        steps = (step for step in session.opened.carried.steps if step.words)
        yield from (Recalled(_("Still open"), step.in_words(session.names)) for step in steps)
    for key in _named(session, tuple(names)):
        yield from _recalled_answer(session, prompt, key)


def _recalled_answer(session: Session, prompt: Prompt, key: str) -> Iterable[Recalled]:
    """Yield the answer known at this card: of this session, else of the last one."""
    earlier = session.opened.carried.shown.get(key)
    if earlier and (session.answers.get(key) is None or _comes_later(session, prompt, key)):
        yield Recalled(earlier.label, earlier.words)
    elif key in session.agenda.answerable and not (answer := session.answer(key)).hidden:
        yield Recalled(answer.label, answer.sentence)


def _more_steps(session: Session, prompt: Prompt) -> str:
    """Return how many open steps there is no room for on a card that shows open ones."""
    more = session.opened.carried.more_steps
    if not more or not (OPEN_STEPS in prompt.recall or any(f.each_of for f in prompt.settle)):
        return ""
    told = ngettext(
        "{number} more is in `mentorwalk status`.",
        "{number} more are in `mentorwalk status`.",
        more,
    )
    return told.format(number=more)


def _comes_later(session: Session, prompt: Prompt, key: str) -> bool:
    """Return whether an answer is recorded on a card after this one."""
    order = list(session.agenda.prompts)
    own = session.agenda.prompt_of.get(key)
    return own is not None and order.index(own.id) > order.index(prompt.id)


def _named(session: Session, ids: tuple[str, ...]) -> Iterable[str]:
    """Yield the ids of the answers to some fields; there are two if each person is asked."""
    known = {*session.agenda.answerable, *session.opened.carried.shown}
    for name in dict.fromkeys(ids):
        yield from (key for key in (name, *personal_ids(name)) if key in known)
