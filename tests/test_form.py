"""The preparation form: what it asks in which order, and what is shared of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_of, answered, first_session, session_of
from support.preparing_samples import HOW, filled_in, prep, talk

from mentorwalk.domain.agenda import Prepare, Prompt
from mentorwalk.domain.asking import asked_of, sheet_of
from mentorwalk.domain.fields import Condition, Field
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_form import Preparation, asked_part, form_of, prep_of
from mentorwalk.domain.prep_wishes import prep_fields, sharing
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session
AGENDA = talk()
FOR_ADA = "For {mentor} too"


def shape(form: Session) -> dict[str, list[str]]:
    """Return what each card asks, by its id."""
    return {
        prompt.id: [field.id for field in prompt.fields] for prompt in form.agenda.prompts.values()
    }


def shared(decided: bool = True, /, **answers: Value | None) -> Prep:
    """Return what is shared of a mentee's form."""
    return prep_of(AGENDA, filled_in("mentee", **answers), decided=decided)


def test_a_form_begins_with_the_promise_and_ends_with_what_is_shared() -> None:
    assert shape(filled_in("mentee")) == {
        "before.promise": [],
        "you.hope": ["hope"],
        "you.help": ["help"],
        "you.topics": ["topics"],
        "you.never_told": ["never_told", "why_hope"],
        "wishes.rhythm": ["frequency", "length", "keeper"],
        "wishes.words": ["said.mentee"],
        "ready.checklist": ["checklist.1"],
        "ready.aside": [],
        "share": [
            *("share.hope", "share.topics"),
            *("share.help", "share.why_hope", "share.wishes"),
        ],
    }


def test_the_promise_and_its_limits_come_before_anything_is_asked() -> None:
    first = form_of(AGENDA, "mentee").phases[0].prompts[0]
    assert first.read == f"It stays between us, but for {{contact}}.\n\n{HOW}"


def test_the_mentor_is_asked_the_mentors_part_and_has_no_page_without_an_aside() -> None:
    cards = shape(filled_in("mentor"))
    assert [card for card in cards if card.startswith(("you", "ready"))] == [
        *("you.hours", "you.guesses", "ready.checklist"),
    ]
    assert cards["wishes.offer"] == ["gives"]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_that_is_never_shared_is_asked_about(role: Role) -> None:
    asked = prep_fields(AGENDA, role).items()
    never = {f"share.{key}" for key, field in asked if sharing(field) == "never"}
    assert never & form_of(AGENDA, role).fields.keys() == set()


def test_a_form_takes_the_minutes_that_the_agenda_gives_it() -> None:
    form = form_of(AGENDA, "mentee")
    assert sum(plan(form, form.minutes).seconds.values()) == 12 * 60


def test_a_form_is_not_a_session_and_has_no_documents() -> None:
    form = form_of(first_session(), "mentor")
    assert (form.documents, form.meeting, form.stuck) == ((), None, ())


def test_whether_words_are_shared_is_asked_where_there_are_words() -> None:
    form = filled_in("mentee", hope="a plan")
    card = form.agenda.prompts["share"]
    assert [question.id for question in asked_of(form, card)] == ["share.hope"]
    assert [question.id for question in sheet_of(form, card)] == ["share.wishes"]


def test_a_condition_without_answers_holds_with_any() -> None:
    (field,) = [f for f in form_of(AGENDA, "mentee").fields.values() if f.id == "share.hope"]
    assert field.when == (Condition("hope", ()),)
    form = filled_in("mentee")
    assert [form.asks(field), form.apply(answered("hope", "x")).asks(field)] == [False, True]
    assert not form.apply(answered("hope", None)).asks(field)
    assert form.apply(answered("hope", "?")).asks(field)


# --- What is shared


def test_words_are_private_until_somebody_says_otherwise() -> None:
    assert shared(hope="a plan", topics=("one",)) == prep("mentee")
    assert shared(hope="a plan", share_hope=FOR_ADA) == prep("mentee", hope="a plan")
    assert shared(hope="a plan", share_hope="Only for me") == prep("mentee")


def test_marks_and_wishes_are_shared_until_somebody_says_otherwise() -> None:
    assert shared(help=("An ear",), length=30) == prep("mentee", help=("An ear",), length=30)
    kept = shared(help=("An ear",), length=30, share_help="Only for me", share_wishes="Only for me")
    assert kept == prep("mentee")


def test_a_question_that_is_called_wishes_is_not_shared_with_the_wishes() -> None:
    own = Field("wishes", "What do you wish?")
    settle = (Field("often", "How often", type="select", prepare="both"),)
    agenda = replace(
        agenda_of(Prompt("rhythm", "How often?", settle=settle)), prepare=Prepare(mentee=(own,))
    )
    form = session_of(form_of(agenda, "mentee"), people=People("Ada", "Grace", "mentee"))
    form = form.apply_all([answered("wishes", "SECRET"), answered("often", "weekly")])
    usual = {key: form.agenda.fields[f"share.{key}"].default for key in ("wishes", "all.wishes")}
    assert usual == {"wishes": "Only for me", "all.wishes": FOR_ADA}
    assert prep_of(agenda, form).answers == {"often": "weekly"}


@pytest.mark.parametrize("taken_back", ["share_help", "share_hope"])
def test_what_was_decided_and_taken_back_is_not_shared(taken_back: str) -> None:
    answers: dict[str, Value | None] = {"help": ("An ear",), "hope": "a plan"}
    answers |= {"share_hope": "Only for me", taken_back: None}
    kept = {"share_help": prep("mentee"), "share_hope": prep("mentee", help=("An ear",))}
    assert shared(**answers) == kept[taken_back]


def test_what_is_never_shared_stays_whatever_the_form_says() -> None:
    assert shared(never_told="my boss", share_never_told=FOR_ADA) == prep("mentee")


def test_without_a_decision_only_what_needs_none_is_shared() -> None:
    decided = {"hope": "a plan", "share_hope": FOR_ADA}
    assert shared(False, length=30, **decided) == prep("mentee", length=30)


def test_what_is_not_known_yet_is_shared_as_that() -> None:
    assert shared(length="?", hope="?") == prep("mentee", "length")
    assert shared(hope="?", share_hope=FOR_ADA) == prep("mentee", "hope")


def test_what_is_ticked_is_never_shared() -> None:
    assert shared(checklist_1=("Water",)) == prep("mentee")


def test_an_answer_to_a_question_that_is_not_asked_any_more_is_not_shared() -> None:
    assert shared(help=("An ear",), why_hope="because") == prep("mentee", help=("An ear",))
    both = shared(help=("A push",), why_hope="because")
    assert both == prep("mentee", help=("A push",), why_hope="because")


# --- What is read back


def test_the_other_person_sees_the_answers_with_their_questions() -> None:
    form = filled_in("mentee", hope="a plan", share_hope=FOR_ADA, length=30, keeper="{mentor}")
    preparation = Preparation(AGENDA, form)
    assert preparation.seen(preparation.prep) == (
        "Grace, A talk\n\n"
        "What do you hope for?\na plan\n\n"
        "How we meet\nHow long: 30 minutes\nWho keeps notes: Ada"
    )


def test_everything_is_read_back_to_its_writer() -> None:
    form = filled_in(
        "mentee",
        hope="a plan",
        never_told="my boss",
        length="?",
        checklist_1=("Water",),
        share_hope="Only for me",
    )
    assert Preparation(AGENDA, form).whole() == (
        "Preparing: A talk\n\n"
        "You\n- What do you hope for? a plan\n- What not yet? my boss\n\n"
        "What would suit you\n- How long: I don't know yet (shared)\n\n"
        "Ready\n- Room: Water"
    )


def test_a_wish_is_named_with_the_part_of_the_agreement_it_belongs_to() -> None:
    asked = Preparation(AGENDA, filled_in("mentee")).asked
    assert (asked["hope"], asked["length"]) == ("What do you hope for?", "How we meet: How long")


def test_the_part_of_a_form_that_asks_leaves_out_ticks_and_sharing() -> None:
    assert list(asked_part(form_of(AGENDA, "mentor")).answerable) == [
        *("hours", "guesses", "gives", "frequency", "length", "keeper", "said.mentor"),
    ]


# --- The bundled agenda


def test_the_first_session_never_shares_what_is_for_nobody_else() -> None:
    never = {
        key
        for role in ROLES
        for key, field in prep_fields(first_session(), role).items()
        if sharing(field) == "never"
    }
    assert never == {"not_yet", "worries", "assumptions", "opening_questions", "turn_to"}


def test_what_is_shared_of_the_first_session_is_recalled_on_some_card_or_stands_there() -> None:
    agenda = first_session()
    recalled = {name for prompt in agenda.prompts.values() for name in prompt.recall}
    shareable = {
        key
        for role in ROLES
        for key, field in prep_fields(agenda, role).items()
        if sharing(field) != "never" and key not in agenda.answerable
    }
    assert shareable - recalled == set()


def test_each_of_the_two_has_a_form_of_a_quarter_of_an_hour() -> None:
    agenda = first_session()
    words = {
        role: sum(field.type in ("text", "list") for field in prep_fields(agenda, role).values())
        for role in ROLES
    }
    assert (agenda.prepare.minutes, words) == (15, {"mentor": 9, "mentee": 10})


def test_the_limits_of_confidence_are_in_the_promise() -> None:
    assert "It has limits: if somebody is in serious danger, " in first_session().prepare.intro
