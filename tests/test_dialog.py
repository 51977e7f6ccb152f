"""Dialogs: pages and questions that belong to no agenda, outside a walk and within one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.building import agenda_of, session_of
from support.terminals import FakeClock

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.errors import InputError, Stopped
from mentorwalk.domain.fields import Field
from mentorwalk.engine.dialog import Dialog, DialogLeft
from mentorwalk.engine.frontend import (
    Action,
    Command,
    Interrupted,
    Said,
    Talked,
    keep_no_draft,
)
from mentorwalk.engine.presenter import Presenter
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.style import WalkStyle
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft

BACK, SKIP, STOP = Command(Action.BACK), Command(Action.SKIP), Command(Action.STOP)
NAME = Field("name", "Your name")
Replied = Said | Command | Interrupted


class Replies(ScriptedFrontend):
    """Gives one reply after another, and notes what was shown."""

    def __init__(self, *replies: Talked | Replied) -> None:
        super().__init__({})
        self.replies = list(replies)
        self.cards: list[Card] = []
        self.questions: list[Question] = []

    def talk(self, card: Card, _watch: ClockView | None) -> Talked | Command:
        """Reply to a page."""
        self.cards.append(card)
        reply = self.replies.pop(0)
        assert isinstance(reply, Talked | Command)
        return reply

    def ask(  # type: ignore[override]  # a person may leave, where a script never does
        self,
        card: Card,
        question: Question,
        _watch: ClockView | None,
        _keep_draft: KeepDraft = keep_no_draft,
    ) -> Replied:
        """Reply to a question."""
        self.cards.append(card)
        self.questions.append(question)
        reply = self.replies.pop(0)
        assert not isinstance(reply, Talked)
        return reply


def outside(replies: Replies, mark: str = "") -> Dialog:
    """A dialog before a walk."""
    return Dialog.outside(replies, FakeClock(), "Before", "Nothing was begun.", mark)


def within(replies: Replies, style: WalkStyle) -> Dialog:
    """A dialog of a walk."""
    session = session_of(agenda_of(Prompt("a", "A?")))
    recorder = SessionRecorder(session, MemoryJournal(), FakeClock())
    return Dialog.within(Presenter(replies, recorder, style))


def short(said: Value | None) -> str:
    """Accept a name of three letters at most."""
    if len(str(said)) > 3:
        raise InputError("Three letters at most.")
    return str(said)


def test_an_answer_that_will_not_do_is_offered_for_correction_with_the_complaint() -> None:
    replies = Replies(Said("Adah"), Said("Ada"))
    assert outside(replies).ask(NAME, short) == "Ada"
    assert [(each.complaint, each.draft) for each in replies.questions] == [
        ("", None),
        ("Three letters at most.", "Adah"),
    ]


def test_to_go_back_from_a_question_outside_a_walk_takes_what_is_offered() -> None:
    assert outside(Replies(BACK)).ask(NAME, short, "Bo") == "Bo"


@pytest.mark.parametrize("reply", [STOP, Interrupted(), Interrupted(for_good=True)])
def test_to_stop_outside_a_walk_says_goodbye(reply: Replied) -> None:
    with pytest.raises(Stopped, match=r"Nothing was begun\."):
        outside(Replies(reply)).ask(NAME, short)


@pytest.mark.parametrize("reply", [BACK, SKIP, STOP, Interrupted()])
def test_any_command_leaves_a_dialog_of_a_walk(reply: Replied) -> None:
    with pytest.raises(DialogLeft) as left:
        within(Replies(reply), WalkStyle()).ask(NAME, short)
    assert left.value.reply == reply


def test_a_page_stays_until_it_was_read_or_skipped() -> None:
    read, skipped = Replies(BACK, Talked()), Replies(BACK, SKIP)
    outside(read).page("A page")
    outside(skipped).page("A page")
    assert [len(read.cards), len(skipped.cards)] == [2, 2]


def test_what_is_chosen_by_its_words_is_what_they_stand_for() -> None:
    replies = Replies(Said(None), Said("No"))
    assert outside(replies).choose("own", "Use it?", {"Yes": 1, "No": 2}) == 2
    assert [each.complaint for each in replies.questions] == ["", "One of these, please."]
    assert replies.questions[0].value == "Yes"


def test_what_is_private_is_typed_unseen() -> None:
    replies = Replies(Said("a"))
    outside(replies).ask(Field("note", "A note", private=True), short)
    assert replies.questions[0].unseen


def test_every_page_of_a_walk_that_is_not_real_says_so() -> None:
    before, during = Replies(Talked()), Replies(Talked())
    outside(before, "Rehearsal").page("A page")
    within(during, WalkStyle(mark="Rehearsal")).page("A page")
    assert [card.mark for card in (*before.cards, *during.cards)] == ["Rehearsal", "Rehearsal"]
