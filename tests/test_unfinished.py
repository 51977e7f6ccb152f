"""The sentence that grows while somebody types the answer in it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_of, session_answered, session_of
from support.terminals import ENTER, fed

from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.asking import sheet_of
from mentorwalk.domain.card import Card
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.engine.frontend import Said
from mentorwalk.frontends.drawing import Drawing
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend

if TYPE_CHECKING:
    from mentorwalk.domain.question import Question

SAYS = "We meet {often}, for {length} minutes, {where}. {mentee} says: “{wish}.”"
OFTEN = Field(
    "often", "How often", "select", choices=(Choice("Weekly"),), other=True, default="Weekly"
)
LENGTH, WHERE = Field("length", "How long", "number"), Field("where", "Where")
WISH = Field("wish", "Wish", lead="I would like to count on you to")


def asked(key: str, *fields: Field, says: str = SAYS) -> Question:
    """One line of a sheet."""
    card = Prompt("rhythm", "What rhythm?", settle=fields, clause=Clause("How we meet", says))
    sheet = sheet_of(session_of(agenda_of(card)), card)
    return next(question for question in sheet if question.id == key)


def grown(question: Question, typed: str) -> str:
    assert question.unfinished
    return question.unfinished.with_words(typed)


def test_a_sentence_grows_within_its_clause_with_what_else_stands_on_the_sheet() -> None:
    where = asked("where", OFTEN, LENGTH, WHERE)
    assert grown(where, "In a café ") == "“We meet weekly, in a café.”"
    assert grown(where, "") == "“We meet weekly, ...”"


def test_an_answer_that_was_given_stands_in_the_sentence_of_the_next() -> None:
    card = Prompt("rhythm", "?", settle=(OFTEN, WHERE), clause=Clause("How", SAYS))
    session = session_answered(agenda_of(card), {"often": "on Fridays"})
    assert grown(sheet_of(session, card)[1], "outside") == "“We meet on Fridays, outside.”"


def test_what_is_missing_at_the_beginning_of_a_sentence_is_left_blank() -> None:
    where = asked("where", replace(OFTEN, default=""), WHERE, says="We meet {often}, {where}.")
    assert grown(where, "by phone") == "“We meet ..., by phone.”"


def test_a_lead_begins_the_sentence_whatever_the_clause_says() -> None:
    assert grown(asked("wish", WISH), "tell me.") == "“I would like to count on you to tell me.”"


def test_a_sentence_of_their_own_needs_no_lead_while_it_is_typed_either() -> None:
    wish = asked("wish", WISH)
    assert grown(wish, "I hope you tell me") == "“I hope you tell me.”"
    assert grown(wish, "I") == "“I.”"


def test_a_sentence_with_quotation_marks_of_its_own_gets_no_others() -> None:
    wish = asked("wish", replace(WISH, lead=""))
    assert grown(wish, "I want to lead. Well") == "Grace says: “I want to lead. Well.”"


@pytest.mark.parametrize("field", [LENGTH, replace(OFTEN, other=False), Field("mood", "Mood")])
def test_what_finishes_no_sentence_has_none(field: Field) -> None:
    assert asked(field.id, field).unfinished is None


def test_the_plain_frontend_says_the_lead_before_the_question() -> None:
    said = io.StringIO()
    PlainFrontend(io.StringIO("tell me\n"), said).ask(Card(ask="?"), asked("wish", WISH), None)
    assert "“I would like to count on you to ...”\nWish\n" in said.getvalue()


def test_the_live_screen_shows_the_sentence_as_one_types() -> None:
    words = ("“I would like to count on you to ...”", "tell me")
    with fed(words, ("“I would like to count on you to tell me.”", ENTER)):
        said = LiveFrontend().ask(Card(ask="?"), asked("wish", WISH), None)
    assert said == Said("tell me")


def test_the_live_screen_shows_the_sentence_to_which_own_words_belong() -> None:
    often = asked("often", OFTEN, WHERE)
    with fed(("In your own words", f"2{ENTER}"), ("“We meet ...”", "on Fridays"), ENTER):
        assert LiveFrontend().ask(Card(ask="?"), often, None) == Said("on Fridays")


def test_a_long_sentence_is_cut_so_that_the_line_stays_in_sight() -> None:
    rows = Drawing(60).sentence(grown(asked("wish", WISH), "say so " * 60)).split("\n")
    assert (len(rows), rows[-1].strip()) == (5, "...")
