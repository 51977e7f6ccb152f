"""What a session shows: a prompt as the card that the two people see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agenda import TOPICS
from mentorwalk.domain.asking import answer_ids_of, asked_of, sheet_of
from mentorwalk.domain.card import Card, PhaseState, Recalled
from mentorwalk.domain.date_words import said_on
from mentorwalk.domain.exercises import is_of_exercise
from mentorwalk.domain.fields import BEFORE, OPEN_STEPS, TYPED, personal_ids
from mentorwalk.domain.glance import glance_of
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.open_steps import STEP_LINES
from mentorwalk.domain.picturing import picture_of
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.prep_wishes import written_beforehand
from mentorwalk.domain.recalls import left_out, recalled_instead
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.runs import answer_before, last_numbers, numbers_before
from mentorwalk.domain.topics import topics_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.domain.agenda import Phase, Prompt
    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session

MOST_TOPICS = 4
"""The most topics that a card shows."""


def card_of(session: Session, prompt: Prompt, hints: int = 0) -> Card:
    """Return a prompt as the card that the two see, with so many hints opened."""
    names = session.names
    phase = session.agenda.phase_of[prompt.id]
    asked = [] if session.off_record else asked_of(session, prompt)
    settles = any(session.asks(field) and not field.private for field in prompt.settle)
    sheet = sheet_of(session, prompt) if settles and not (asked or session.off_record) else []
    first = next(iter((*asked, *sheet)), None)
    accepts = prompt.accept and session.agenda.accept_document is not None
    return replace(
        frame_of(session, phase),
        ask=fill_in(prompt.ask, names),
        speaks=_speaks(session, prompt),
        place=_place(session, prompt, phase),
        read=fill_in(prompt.read, names),
        picture=_picture(session, prompt),
        glance=glance_of(session) if prompt.glance else None,
        tip=" ".join(filter(None, (fill_in(prompt.tip, names), *_more(session, prompt)))),
        recalled=(*_beforehand(session, prompt), *_recalled(session, prompt)),
        hints=tuple(fill_in(hint, names) for hint in stuck_lines(session, prompt)[:hints]),
        opens=not session.off_record and bool(asked or settles),
        proposes=not session.off_record and accepts,
        ends=not session.remaining(),
        types_through=first is not None and _takes_typing(prompt, first),
    )


def _takes_typing(prompt: Prompt, first: Question) -> bool:
    """Return whether what somebody types while they talk begins the first answer of a card.

    Where there is something to read first, nobody knows yet what to type.
    """
    settled = first.field in prompt.settle and not first.empty
    return first.field.type in TYPED and not (prompt.again or prompt.read or settled)


def _picture(session: Session, prompt: Prompt) -> AnyPicture | None:
    wanted = prompt.picture
    if wanted is None:
        return None
    return picture_of(session, wanted.kind, wanted.fields, last_numbers(session))


def frame_of(session: Session, phase: Phase | None = None) -> Card:
    """Return the frame of every card: the title, the two people and the line of phases."""
    names = session.names
    here = phase or session.agenda.phase_of.get(session.current or "", session.agenda.phases[0])
    return Card(
        ask="",
        title=fill_in(session.agenda.title, names),
        people=_people(session),
        steps=_steps(session, here),
        off_record=session.off_record and not session.off_before,
    )


def stuck_lines(session: Session, prompt: Prompt) -> tuple[str, ...]:
    """Return what to try when the talk stalls: the card's lines, the phase's, the agenda's."""
    phase = session.agenda.phase_of[prompt.id]
    return tuple(dict.fromkeys((*prompt.stuck, *phase.stuck, *session.agenda.stuck)))


def _people(session: Session) -> str:
    name, called = session.people.name, session.agenda.role_within
    return " · ".join(f"{name(role)} ({called(role)})" for role in ROLES)


def _steps(session: Session, now: Phase) -> tuple[PhaseState, ...]:
    expected = filter(session.expects, session.cards)
    coming = (card for card in expected if not _is_for_another_day(session, card))
    planned = {now.id, *(session.agenda.phase_of[card].id for card in coming)}
    phases = [phase for phase in session.agenda.phases if phase.id in planned]
    return tuple(PhaseState(phase.short, _state(session, phase, now)) for phase in phases)


def _is_for_another_day(session: Session, card: str) -> bool:
    """Return whether a card was left for want of time: a phase of such cards is not done."""
    mark = session.marks.get(card)
    return mark == "dropped" or (mark == "parked" and is_of_exercise(card))


def _state(session: Session, phase: Phase, now: Phase) -> Literal["done", "now", "ahead"]:
    if phase.id == now.id:
        return "now"
    expected = filter(session.expects, session.cards)
    cards = [card for card in expected if session.agenda.phase_of[card].id == phase.id]
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
    walked = [card for card in session.walked if session.marks.get(card) != "dropped"]
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
    yield from (Recalled(label, text, at_hand=True) for label, text in (*own, *moved))


def _recalled(session: Session, prompt: Prompt) -> Iterable[Recalled]:
    # What is drawn on the card, the last time's numbers too, is not told once more.
    drawn = prompt.picture.fields if prompt.picture else ()
    recalled = (name for name in prompt.recall if name.partition(BEFORE)[0] not in drawn)
    names = dict.fromkeys((*recalled, *prompt.again))
    if TOPICS in names:
        topics = topics_before(session)[:MOST_TOPICS]
        yield from (Recalled(_("Kept for another day"), topic) for topic in topics)
    if OPEN_STEPS in names:
        steps = (step for step in session.opened.carried.steps[:STEP_LINES] if step.words)
        yield from (Recalled(_("Still open"), step.in_words(session.names)) for step in steps)
    yield from _recalled_before(session, tuple(names))
    for key in answer_ids_of(session, tuple(names)):
        yield from _recalled_answer(session, prompt, key)


def _recalled_before(session: Session, names: tuple[str, ...]) -> Iterator[Recalled]:
    """Yield what was answered the last time that this agenda was walked, with its day."""
    before = [name.partition(BEFORE)[0] for name in names if BEFORE in name]
    for key in dict.fromkeys(key for name in before for key in (name, *personal_ids(name))):
        if (known := answer_before(session, key)) and _is_comparable(session, key):
            yield Recalled(said_on(known.answer.inline_label, known.day), known.answer.gist)


def _is_comparable(session: Session, key: str) -> bool:
    """Return whether the last time says something of today's items, if it was about items."""
    field = session.field(key)
    return field.type != "ratings" or numbers_before(session, key, field)[0] is not None


def _recalled_answer(session: Session, prompt: Prompt, key: str) -> Iterable[Recalled]:
    """Yield the answer known at this card: of this session, else of the last one."""
    earlier = session.opened.carried.shown.get(key)
    if earlier and (not _was_asked(session, key) or _comes_later(session, prompt, key)):
        yield Recalled(earlier.label, earlier.words)
    elif key in session.agenda.answerable and not (answer := session.answer(key)).hidden:
        yield Recalled(answer.inline_label, answer.gist)


def _was_asked(session: Session, key: str) -> bool:
    """Return whether today answers it, leaves it empty or rules it out: an earlier one is over."""
    own = session.agenda.prompt_of.get(key)
    is_done = own is not None and session.marks.get(own.id) == "done"
    is_over = is_done or (own is not None and session.is_ruled_out(session.field(key)))
    return is_over or session.answers.get(key) is not None


def _more(session: Session, prompt: Prompt) -> Iterable[str]:
    """Yield how much there is no room for: of open steps, and of what was written beforehand."""
    shows_steps = OPEN_STEPS in prompt.recall or any(f.asks_steps for f in prompt.settle)
    carried = session.opened.carried
    more = len(carried.steps[STEP_LINES:]) + carried.more_steps
    if shows_steps and more:
        told = ngettext(
            "{number} more is in `mentorwalk status`.",
            "{number} more are in `mentorwalk status`.",
            more,
        )
        yield told.format(number=more)
    if more := left_out(session, prompt):
        told = ngettext(
            "One more answer from beforehand is on a card that you left out.",
            "{number} more answers from beforehand are on cards that you left out.",
            more,
        )
        yield told.format(number=more)


def _comes_later(session: Session, prompt: Prompt, key: str) -> bool:
    """Return whether an answer is recorded on a card after this one."""
    order = list(session.agenda.prompts)
    own = session.agenda.prompt_of.get(key)
    return own is not None and order.index(own.id) > order.index(prompt.id)
