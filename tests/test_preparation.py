"""Preparation: what two people said beforehand, and what the session makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import (
    THREE_O_CLOCK,
    answered,
    at,
    done,
    entered,
    first_session,
    session_of,
    skipped,
)
from support.preparing_samples import prep, prepared, talk

from mentorwalk.documents.context import context_of
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.asking import asked_of, sheet_of
from mentorwalk.domain.card import Recalled
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.events import Done, Shortened, Struck
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.people import Prep
from mentorwalk.domain.prep_wishes import prep_fields, sharing
from mentorwalk.domain.showing import card_of

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

AGENDA = talk()
RHYTHM, DREAM = (AGENDA.prompts[card] for card in ("rhythm", "dream"))


def sheet(*preps: Prep) -> dict[str, tuple[object, str, str]]:
    """The lines of the rhythm: what stands there, how it reads, and what is noted."""
    lines = sheet_of(prepared(*preps), RHYTHM)
    return {line.id: (line.value, line.current, line.note) for line in lines}


def line(*preps: Prep, field: str = "frequency") -> Question:
    """A line of that sheet."""
    return next(each for each in sheet_of(prepared(*preps), RHYTHM) if each.id == field)


def test_what_was_not_prepared_stands_as_usual() -> None:
    assert sheet() == {
        "frequency": ("Every month", "Every month", ""),
        "length": (60, "60 minutes", ""),
        "keeper": ("{mentee}", "Grace", ""),
    }


def test_what_both_said_stands_and_is_marked() -> None:
    both = prep("mentor", length=45), prep("mentee", length=45)
    assert sheet(*both)["length"] == (45, "45 minutes", "you both said")


def test_names_in_a_choice_are_filled_in() -> None:
    both = prep("mentor", keeper="{mentor}"), prep("mentee", keeper="{mentor}")
    assert sheet(*both)["keeper"] == ("{mentor}", "Ada", "you both said")


def test_what_one_said_is_offered() -> None:
    assert sheet(prep("mentee", length=45))["length"] == (45, "45 minutes", "one of you said")


def test_a_wish_for_what_is_usual_needs_no_word_as_it_may_have_been_passed_by() -> None:
    one, other = prep("mentee", length=60), prep("mentor", length=60)
    assert (line(one, field="length").note, line(one, other, field="length").note) == ("", "")
    unsure = prep("mentor", "length")
    assert line(one, unsure, field="length").note == "one of you does not know yet"


def test_two_wishes_both_stand_there_and_neither_is_offered() -> None:
    differ = prep("mentor", frequency="Every month"), prep("mentee", frequency="Every week")
    assert sheet(*differ)["frequency"] == (None, "Every week / Every month", "two wishes")


@given(st.permutations(["Every week", "Once a year", "when it rains"]))
def test_the_order_of_two_wishes_tells_nobody_whose_they_are(wishes: list[str]) -> None:
    one, other, _ = wishes
    there = line(prep("mentor", frequency=one), prep("mentee", frequency=other))
    back = line(prep("mentor", frequency=other), prep("mentee", frequency=one))
    assert (there.current, there.help) == (back.current, back.help)


def test_a_wish_in_other_letters_is_the_same_wish() -> None:
    both = prep("mentor", frequency="When it Rains"), prep("mentee", frequency="when it  rains")
    assert line(*both).note == "you both said"


@pytest.mark.parametrize("wishes", [("When it Rains", "when it rains"), ("rain", "RAIN")])
def test_a_wish_in_other_letters_is_written_as_the_first_file_has_it(
    wishes: tuple[str, str],
) -> None:
    both = prep("mentor", frequency=wishes[0]), prep("mentee", frequency=wishes[1])
    assert line(*both).value == wishes[0]


def test_two_wishes_are_asked_about_with_both_in_view() -> None:
    differ = prep("mentor", length=30), prep("mentee", length=60)
    asked = line(*differ, field="length")
    said = "Your two wishes: 30 minutes / 60 minutes. Say whose is whose, if you like."
    assert (asked.help, asked.value, asked.offered) == (said, None, "30")


def test_two_wishes_come_first_among_the_choices_also_in_own_words() -> None:
    differ = prep("mentor", frequency="Once a year"), prep("mentee", frequency="when it rains")
    asked = line(*differ)
    assert [each.pick for each in asked.options][:3] == [
        "Once a year",
        "when it rains",
        "Every week",
    ]
    assert asked.help.startswith("The first two are your wishes: say whose is whose, if you like.")


@pytest.mark.parametrize(
    ("preps", "current", "note"),
    [
        ([prep("mentor", "length")], "60 minutes", "not known yet"),
        ([prep("mentor", "length"), prep("mentee")], "60 minutes", "not known yet"),
        (
            [prep("mentor", "length"), prep("mentee", "length")],
            "60 minutes",
            "neither of you knows yet",
        ),
        (
            [prep("mentor", "length"), prep("mentee", length=30)],
            "30 minutes",
            "one of you said, one does not know yet",
        ),
    ],
)
def test_what_is_not_known_yet_is_named_kindly(preps: list[Prep], current: str, note: str) -> None:
    assert sheet(*preps)["length"][1:] == (current, note)


def test_what_only_one_is_asked_is_prefilled_and_not_disputed() -> None:
    session = prepared(prep("mentor", gives="an ear"), prep("mentee", gives="nothing"))
    (asked,) = [each for each in questions(session, "offer") if each.id == "gives"]
    assert (asked.value, asked.note) == ("an ear", "said beforehand")


def questions(session: Session, card: str) -> list[Question]:
    """What a card asks."""
    return asked_of(session, session.agenda.prompts[card])


def test_what_each_is_asked_is_prefilled_for_the_one_who_wrote_it() -> None:
    session = prepared(prep("mentor", said="hello"), prep("mentee", said="hi"))
    lines = sheet_of(session, AGENDA.prompts["words"])
    assert {each.id: each.value for each in lines} == {"said.mentor": "hello", "said.mentee": "hi"}


def test_nobody_can_answer_beforehand_for_the_other_one() -> None:
    stranger = replace(prep("mentee"), answers={"said.mentor": "I give up"})
    lines = sheet_of(prepared(stranger), AGENDA.prompts["words"])
    assert [each.value for each in lines] == [None, None]


def test_an_answer_of_the_session_takes_the_place_of_what_was_prepared() -> None:
    both = prepared(prep("mentor", length=45), prep("mentee", length=30))
    lines = sheet_of(both.apply(answered("length", 50)), RHYTHM)
    assert [(each.value, each.note) for each in lines if each.id == "length"] == [(50, "")]


@pytest.mark.parametrize(
    ("preps", "value"),
    [
        ([prep("mentor", length=45), prep("mentee", length=45)], 45),
        ([prep("mentor", length=45), prep("mentee", length=30)], 60),
        ([prep("mentor", length=45)], 60),
        ([prep("mentor", "length"), prep("mentee", "length")], 60),
        ([], 60),
    ],
)
def test_where_nobody_is_asked_only_what_both_said_comes_before_what_is_usual(
    preps: list[Prep], value: int
) -> None:
    assert line(*preps, field="length").unasked == value


def test_where_a_choice_is_marked_it_is_told_who_said_so_beforehand() -> None:
    both = [prep("mentor", frequency="Every week"), prep("mentee", frequency="Every week")]
    told = [line(*preps, field="frequency").help for preps in (both, both[:1], [])]
    assert [each.rpartition(". ")[2] for each in told] == ["You both said.", "One of you said.", ""]


# --- What is shown on cards


def recalled(*preps: Prep) -> tuple[Recalled, ...]:
    """What the first card recalls."""
    return card_of(prepared(*preps), DREAM).recalled


def test_words_are_shown_with_the_name_of_who_wrote_them() -> None:
    assert recalled(prep("mentee", hope="a plan")) == (
        Recalled("Grace wrote beforehand", "a plan", at_hand=True),
    )


def test_what_is_no_sentence_is_shown_with_what_was_asked() -> None:
    shown = recalled(prep("mentee", help=("An ear", "tea")), prep("mentor", hours=2))
    assert [(each.label, each.text) for each in shown] == [
        ("Grace wrote beforehand on “Help that is welcome”", "An ear, tea"),
        ("Ada wrote beforehand on “Hours in a bad month”", "2 hours"),
    ]


def test_who_wrote_about_several_things_is_shown_with_what_was_asked() -> None:
    shown = recalled(prep("mentee", hope="a plan", help=("An ear",)), prep("mentor", hours=2))
    assert [each.label for each in shown] == [
        "Grace wrote beforehand on “What do you hope for?”",
        "Grace wrote beforehand on “Help that is welcome”",
        "Ada wrote beforehand on “Hours in a bad month”",
    ]


def test_a_name_that_is_on_the_screen_anyway_is_not_told_once_more() -> None:
    assert recalled(prep("mentee", hope="grace")) == ()


def test_what_is_not_known_yet_is_left_out_of_its_card() -> None:
    assert recalled(prep("mentee", "hope")) == ()


def test_a_name_in_what_was_written_is_not_filled_in() -> None:
    assert recalled(prep("mentee", hope="{mentor} rules"))[0].text == "{mentor} rules"


def test_what_both_were_asked_is_recalled_under_no_name() -> None:
    card = replace(DREAM, recall=("frequency",))
    session = prepared(prep("mentor", frequency="Every week"))
    assert card_of(session, card).recalled == ()


def test_what_the_session_has_an_answer_to_is_not_recalled_from_before() -> None:
    card = replace(DREAM, recall=("gives",))
    session = prepared(prep("mentor", gives="an ear"))
    assert [each.text for each in card_of(session, card).recalled] == ["an ear"]
    later = session.apply(answered("gives", "two ears"))
    assert [each.text for each in card_of(later, card).recalled] == ["two ears"]


# --- What is shown although its own card is not walked

PLAN = Prompt("plan", "Plan?", recall=("topics", "help"))
HOPE = "Grace wrote beforehand on “What do you hope for?”"


def on_cards(
    *events: Event, left_out: tuple[str, ...] = (), role: Role = "mentee", **shared: Value
) -> dict[str, str]:
    """What is shown of what one of them shared, by the card that shows it, after some events.

    The cards are dream, offer, rhythm, words and plan; those left out are not in the plan.
    """
    know, rules = AGENDA.phases
    phases = know, replace(rules, prompts=(*rules.prompts, PLAN))
    agenda = replace(AGENDA, phases=phases)
    cards = tuple(card for card in agenda.prompts if card not in left_out)
    session = replace(prepared(prep(role, **shared)), agenda=agenda, cards=cards)
    session = session.apply_all(events)
    shown = {card: card_of(session, agenda.prompts[card]).recalled for card in cards}
    return {card: each[0].text for card, each in shown.items() if each}


def test_what_a_card_outside_the_plan_would_have_shown_is_on_the_next_one() -> None:
    assert on_cards(left_out=("dream",), hope="a plan") == {"offer": "a plan"}
    assert on_cards(left_out=("dream", "offer"), hope="a plan") == {"rhythm": "a plan"}


def test_away_from_its_card_an_answer_is_shown_with_its_question() -> None:
    session = prepared(prep("mentee", hope="a plan"))
    session = replace(session, cards=("offer", "rhythm", "words"))
    (shown,) = card_of(session, AGENDA.prompts["offer"]).recalled
    assert shown == Recalled(HOPE, "a plan", at_hand=True)


def test_what_the_last_card_would_have_shown_is_on_the_last_before_it() -> None:
    assert on_cards(left_out=("plan",), topics=("pay",)) == {"words": "pay"}
    assert on_cards(left_out=("plan", "words"), topics=("pay",)) == {"rhythm": "pay"}


def test_what_belongs_to_no_card_is_on_the_first_one() -> None:
    know, rules = AGENDA.phases
    forgetful = tuple(replace(card, recall=()) for card in know.prompts)
    agenda = replace(AGENDA, phases=(replace(know, prompts=forgetful), rules))
    session = replace(prepared(prep("mentee", hope="a plan")), agenda=agenda)
    (shown,) = card_of(session, agenda.prompts["dream"]).recalled
    assert (session.cards[0], shown) == ("dream", Recalled(HOPE, "a plan", at_hand=True))


def test_what_another_card_shows_anyway_stays_there() -> None:
    assert on_cards(left_out=("dream",), help=("An ear",)) == {"plan": "An ear"}


def test_what_two_cards_outside_the_plan_would_have_shown_is_shown_once() -> None:
    assert on_cards(left_out=("dream", "plan"), help=("An ear",)) == {"offer": "An ear"}


def test_what_was_prepared_for_a_question_outside_the_plan_is_shown_too() -> None:
    assert on_cards(left_out=("offer",), role="mentor", gives="an ear") == {"rhythm": "an ear"}


@pytest.mark.parametrize(
    ("events", "also_on"),
    [
        ([entered("dream"), done("dream"), entered("words")], set()),
        ([entered("dream"), skipped("dream"), entered("offer")], set()),
        ([entered("offer")], {"offer"}),  # They jumped over it.
        ([entered("offer"), entered("dream")], set()),  # They went back to it.
        ([Shortened(**at(0), ends=THREE_O_CLOCK, dropped=("dream",))], {"offer"}),
    ],
)
def test_what_nobody_saw_on_its_own_card_is_on_the_next_one(
    events: list[Event], also_on: set[str]
) -> None:
    assert set(on_cards(*events, hope="a plan")) == {"dream"} | also_on


WROTE = dict.fromkeys(("about_me", "why_now", "challenge", "six_months"), "A line")
"""What belongs to four cards of a first session; those jumped over show none of it."""


def after_a_jump(to: str) -> dict[str, tuple[int, str]]:
    """How much the cards show of that, and what their tips end with, from the jump on."""
    session = session_of(first_session()).apply_all([entered("hour"), entered(to)])
    opened = replace(session.opened, prepared=(Prep("first", "mentee", "Grace", WROTE),))
    session = replace(session, opened=opened)
    prompts = session.agenda.prompts
    cards = {card: card_of(session, prompts[card]) for card in (to, *session.remaining())}
    return {
        card: (len(shown.recalled), shown.tip[len(prompts[card].tip) :].strip())
        for card, shown in cards.items()
        if shown.recalled
    }


def test_after_a_jump_a_card_shows_three_answers_and_the_next_ones_the_others() -> None:
    assert after_a_jump("count-on") == {"count-on": (3, ""), "rhythm": (1, "")}


def test_what_the_last_card_has_no_room_for_is_counted_in_its_tip() -> None:
    told = "One more answer from beforehand is on a card that you left out."
    assert after_a_jump("last-word") == {"last-word": (3, told)}


def test_nothing_is_shown_in_the_last_look_in_place_of_another_card() -> None:
    assert "lines" not in after_a_jump("lines")


def test_what_both_were_asked_is_shown_by_no_other_card_either() -> None:
    assert on_cards(left_out=("rhythm",), length=45) == {}


# --- What is struck, open, and seen by templates


def test_striking_an_answer_takes_back_what_was_prepared_for_it() -> None:
    session = prepared(prep("mentor", length=45, hours=2), prep("mentee", length=45))
    redacted = session.apply(Struck(**at(0), field="length"))
    assert redacted.opened.prepared == (prep("mentor", hours=2), prep("mentee"))


DIFFER = prep("mentor", frequency="Every week"), prep("mentee", frequency="Once a year")


def test_a_clause_that_both_saw_says_that_there_are_two_wishes() -> None:
    seen = prepared(*DIFFER).apply(Done(**at(0), prompt="rhythm"))
    (clause,) = clauses_of(seen)
    told = "How often (one of us would say “Every week”, the other “Once a year”)"
    assert clause.missing == (told, "How long", "Who keeps notes")


def test_a_clause_that_nobody_saw_says_nothing_of_wishes() -> None:
    (clause,) = clauses_of(prepared(*DIFFER))
    assert clause.missing == ("How often", "How long", "Who keeps notes")


OWN = {"exercise": "", "day": ""}
"""What a template sees of a preparation for the session itself."""


def test_templates_see_what_each_shared_and_nothing_that_both_were_asked() -> None:
    session = prepared(prep("mentor", hours=2, length=45), prep("mentee", "hope", "length"))
    hours = {"id": "hours", "label": "Hours in a bad month", "answer": "2 hours"}
    assert context_of(session, ())["prepared"] == [
        {"name": "Ada", "role": "mentor", "answers": [hours], "unknown": []} | OWN,
        {"name": "Grace", "role": "mentee", "answers": [], "unknown": ["What do you hope for?"]}
        | OWN,
    ]


# --- What is asked, and what is shared


def test_each_is_asked_the_form_and_what_the_session_lets_them_prepare() -> None:
    assert list(prep_fields(AGENDA, "mentee")) == [
        *("hope", "help", "topics", "never_told", "why_hope"),
        *("frequency", "length", "keeper", "said.mentee"),
    ]
    assert list(prep_fields(AGENDA, "mentor")) == [
        *("hours", "guesses"),
        *("gives", "frequency", "length", "keeper", "said.mentor"),
    ]


def test_words_are_asked_about_and_the_rest_is_shared_unless_the_agenda_says_otherwise() -> None:
    expected: dict[Field, str] = {
        Field("a", "A"): "ask",
        Field("a", "A", type="list"): "ask",
        Field("a", "A", type="number"): "yes",
        Field("a", "A", type="select", choices=(Choice("x"),)): "yes",
        Field("a", "A", share="yes"): "yes",
        Field("a", "A", type="number", share="never"): "never",
        Field("a", "A", private=True, share="yes"): "never",
    }
    assert {field: sharing(field) for field in expected} == expected
