"""Agendas and their plans; what the bundled first session promises."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import UNHURRIED, agenda_of, first_session

from mentorwalk.domain.agenda import Agenda, Prompt
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.fields import Field
from mentorwalk.domain.placeholders import PLACEHOLDER, fill_in
from mentorwalk.domain.planning import Plan, Slot, plan
from mentorwalk.domain.roles import ROLES

pytestmark = pytest.mark.portable


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """Agendas of random minutes, in which one card at least is always planned."""
    minutes = st.integers(1, 40_000).map(lambda thousandths: thousandths / 1000)
    shortest, written, longest = sorted(draw(st.tuples(*[st.integers(1, 90)] * 3)))
    others = draw(st.lists(st.tuples(minutes, st.integers(0, 100), st.booleans()), max_size=20))
    prompts = [
        Prompt(f"card-{index}", "Talk.", minutes=length, at_least=at_least, extra=extra)
        for index, (length, at_least, extra) in enumerate([(draw(minutes), 0, False), *others])
    ]
    agenda = agenda_of(*draw(st.permutations(prompts)), minutes=written)
    return replace(agenda, shortest=shortest, longest=longest)


def every_plan(agenda: Agenda) -> list[Plan]:
    shortest, longest = agenda.lengths
    return [plan(agenda, minutes) for minutes in range(shortest, longest + 1)]


def fitting(agenda: Agenda, minutes: int) -> list[Prompt]:
    prompts = agenda.prompts.values()
    return [prompt for prompt in prompts if not prompt.extra and prompt.at_least <= minutes]


@UNHURRIED
@given(agendas())
def test_the_seconds_of_a_plan_sum_exactly_to_the_session(agenda: Agenda) -> None:
    sums = [(made.minutes, sum(slot.seconds for slot in made.slots)) for made in every_plan(agenda)]

    assert sums == [(minutes, minutes * 60) for minutes, _ in sums]


@UNHURRIED
@given(agendas())
def test_every_slot_is_less_than_a_second_from_its_exact_share(agenda: Agenda) -> None:
    for made in every_plan(agenda):
        whole = sum(Fraction(prompt.minutes) for prompt in fitting(agenda, made.minutes))
        for slot in made.slots:
            weight = Fraction(agenda.prompts[slot.prompt].minutes)
            assert abs(slot.seconds - weight * made.minutes * 60 / whole) < 1


@UNHURRIED
@given(agendas())
def test_a_plan_has_the_cards_that_fit_its_length_in_their_order(agenda: Agenda) -> None:
    for made in every_plan(agenda):
        assert list(made) == [prompt.id for prompt in fitting(agenda, made.minutes)]


def test_extra_cards_are_left_out_of_a_plan() -> None:
    agenda = agenda_of(Prompt("one", "One."), Prompt("more", "More.", extra=True), minutes=10)

    assert plan(agenda, 10) == Plan(10, (Slot("one", 600),))


def test_a_card_for_long_sessions_comes_in_at_its_length_and_not_before() -> None:
    agenda = agenda_of(Prompt("one", "One."), Prompt("long", "Long.", at_least=20), minutes=19)
    agenda = replace(agenda, longest=20)

    assert [list(plan(agenda, minutes)) for minutes in (19, 20)] == [["one"], ["one", "long"]]


def test_the_largest_remainders_get_the_seconds_left_over() -> None:
    prompts = (Prompt("a", "A.", minutes=1), Prompt("b", "B.", minutes=1.5), Prompt("c", "C."))

    assert plan(agenda_of(*prompts, minutes=1), 1).seconds == {"a": 13, "b": 20, "c": 27}


def test_cards_of_equal_weight_get_the_seconds_left_over_in_their_order() -> None:
    prompts = [Prompt(f"card-{number}", "Talk.") for number in range(7)]

    seconds = plan(agenda_of(*prompts, minutes=1), 1).seconds

    assert list(seconds.values()) == [9, 9, 9, 9, 8, 8, 8]


@pytest.mark.parametrize(
    ("minutes", "wrong"),
    [(-5, "short"), (0, "short"), (44, "short"), (91, "long"), (10_000, "long")],
)
def test_a_length_outside_the_range_is_refused_in_a_sentence(minutes: int, wrong: str) -> None:
    with pytest.raises(InputError) as caught:
        plan(first_session(), minutes)

    assert str(caught.value) == (
        f"First mentoring session takes 45 to 90 minutes; {minutes} is too {wrong}."
    )


def test_another_length_of_an_agenda_that_has_one_is_refused_in_a_sentence() -> None:
    with pytest.raises(InputError) as caught:
        plan(agenda_of(Prompt("one", "One."), minutes=30), 31)

    assert str(caught.value) == "A talk takes 30 minutes; 31 is too long."


def test_filling_replaces_each_known_name_wherever_it_stands() -> None:
    names = {"mentor": "Ada", "mentee": "Grace"}

    assert fill_in("{mentor}, hear {mentee}. {mentor}?", names) == "Ada, hear Grace. Ada?"


def test_filling_leaves_unknown_names_as_they_stand() -> None:
    assert fill_in("{purpose} { mentor } {} {MENTOR} {1}", {"mentor": "Ada"}) == (
        "{purpose} { mentor } {} {MENTOR} {1}"
    )


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill_in("{mentor}", {"mentor": "{mentee}", "mentee": "Grace"}) == "{mentee}"


def test_a_field_asked_of_each_keeps_one_answer_for_each_person() -> None:
    assert Field("takes", "Takes", by="each").answer_ids == {
        "takes.mentor": "mentor",
        "takes.mentee": "mentee",
    }


@pytest.mark.parametrize("by", ["mentor", "mentee", "both"])
def test_any_other_field_keeps_one_answer(by: Literal["mentor", "mentee", "both"]) -> None:
    assert Field("takes", "Takes", by=by).answer_ids == {"takes": None}


def test_the_answers_of_each_are_found_under_their_own_ids() -> None:
    field = Field("takes", "Takes", by="each")
    agenda = agenda_of(Prompt("one", "One.", record=(Field("word", "Word"), field)))

    assert list(agenda.answerable) == ["word", "takes.mentor", "takes.mentee"]


# The bundled first session

PROMISES = "count-on"
"""The card of wishes and promises, which nobody makes for somebody else."""
SHEETS = (
    *("rhythm", "usual", "confidence", "cases", "feedback", "between"),
    *("off-limits", "crossing-roles", "clear-lines"),
)
"""The other cards on which rules are settled: those of the plan, and those beside it."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, on one line each."""
    return list(filter(None, re.split(r"(?<=[.!?]) ", " ".join(text.split()))))


def test_an_hour_has_eighteen_to_twenty_two_cards_and_three_to_look_at() -> None:
    cards = [first_session().prompts[card] for card in plan(first_session(), 60)]
    looked_at = [card.id for card in cards if card.glance or card.review or card.accept]

    assert looked_at == ["hour", "lines", "agree"]
    assert 18 <= len(cards) - len(looked_at) <= 22


def test_the_first_session_has_extra_cards_to_pull_in() -> None:
    assert [prompt.id for prompt in first_session().prompts.values() if prompt.extra]


def test_the_first_session_can_be_planned_from_45_to_90_minutes() -> None:
    assert first_session().lengths == (45, 90)


def test_the_first_session_has_a_hello_four_phases_and_a_close() -> None:
    phases = [phase.id for phase in first_session().phases]

    assert phases == ["hello", "know", "purpose", "rules", "steps", "close"]


def test_confidentiality_is_promised_before_a_problem_is_invited() -> None:
    for made in every_plan(first_session()):
        cards = list(made)
        assert cards.index("record") < cards.index("on-your-mind")


def test_the_promise_of_confidentiality_is_read_aloud_and_never_dropped() -> None:
    cards = [first_session().prompts[card] for card in ("record", "confidence")]

    said = [next(s for s in sentences(card.read) if "What we say" in s) for card in cards]
    assert said == [
        "What we say today stays between us.",
        "What we say stays between us, even after our mentoring ends, with a few limits.",
    ]
    assert [card.keep for card in cards] == [True, True]


@pytest.mark.parametrize(
    ("card", "fields"),
    [
        pytest.param("last-session", ["purpose"], id="purpose"),
        pytest.param("offer", ["offer", "not_for"], id="what the mentor brings"),
        pytest.param("learning-too", ["mentor_gain"], id="what the mentor learns"),
        pytest.param(
            "count-on",
            ["mentee_wish", "mentor_promise", "mentor_wish", "mentee_promise"],
            id="a wish and a promise each",
        ),
        pytest.param(
            "rhythm",
            ["frequency", "length", "format", "duration", "contact_between", "response"],
            id="frequency, length, place, duration, contact",
        ),
        pytest.param(
            "usual",
            ["mentee_does", "mentor_does", "both_do"],
            id="topics, dates, notes, advice, opinions, cancelling, silence, what it is not",
        ),
        pytest.param("confidence", ["stays_here"], id="that we meet, recordings"),
        pytest.param("ending", ["contact_person"], id="somebody to turn to"),
        pytest.param(
            "cases",
            ["conf_close", "conf_manager", "conf_programme", "notes_where"],
            id="who may hear what",
        ),
        pytest.param("feedback", ["feedback"], id="when something doesn't help"),
        pytest.param("between", ["quiet", "backup"], id="quiet times, a broken call"),
        pytest.param("small-steps", ["mentee_step", "mentee_when", "mentor_step"], id="steps"),
        pytest.param("next-meeting", ["next_day", "next_time"], id="next meeting"),
        pytest.param("off-limits", ["topics", "off_limits"], id="topics"),
        pytest.param("crossing-roles", ["conflicts"], id="crossing roles"),
        pytest.param("clear-lines", ["boundaries", "online"], id="boundaries"),
        pytest.param("works-better", ["access"], id="access"),
    ],
)
def test_what_an_agreement_needs_is_written_down(card: str, fields: list[str]) -> None:
    assert [field.id for field in first_session().prompts[card].fields] == fields


def test_what_an_agreement_needs_is_planned_at_every_length() -> None:
    needed = {"last-session", "small-steps", "next-meeting", "agree"}
    needed |= {"count-on", "rhythm", "usual", "confidence", "ending"}

    left_out = [(made.minutes, needed - set(made)) for made in every_plan(first_session())]

    assert [at for at in left_out if at[1]] == []


@pytest.mark.parametrize("card", [PROMISES, *SHEETS, "works-better", "learning-too"])
def test_every_answer_about_the_rules_stands_in_the_agreement(card: str) -> None:
    prompt = first_session().prompts[card]
    says = prompt.clause.says if prompt.clause else ""

    assert [field.id for field in prompt.fields if f"{{{field.id}}}" not in says] == []


def test_whoever_both_may_turn_to_is_named_in_the_agreement() -> None:
    agenda = first_session()
    clause = agenda.prompts["confidence"].clause

    assert agenda.contact
    assert agenda.contact.named_by == "contact_person"
    assert clause
    assert "we need not ask each other before we speak to {contact}." in clause.says


@pytest.mark.parametrize("card", SHEETS)
def test_every_rule_has_a_usual_answer(card: str) -> None:
    fields = first_session().prompts[card].fields

    assert [field.id for field in fields if not field.default] == []


def test_a_promise_is_made_by_whoever_keeps_it_and_nothing_stands_there_before() -> None:
    promises = first_session().prompts[PROMISES].fields

    assert [(field.id, field.by, field.default) for field in promises] == [
        ("mentee_wish", "mentee", ""),
        ("mentor_promise", "mentor", ""),
        ("mentor_wish", "mentor", ""),
        ("mentee_promise", "mentee", ""),
    ]


def test_what_is_usual_stands_in_whole_sentences_that_are_all_kept_unless_one_is_struck() -> None:
    fields = first_session().prompts["usual"].fields

    assert [field.id for field in fields if not field.has_sentences] == []
    assert [field.default for field in fields] == [
        tuple(choice.pick for choice in field.choices) for field in fields
    ]


@pytest.mark.parametrize(
    ("card", "heading"),
    [("confidence", "What stays between us"), ("ending", "Stopping, and looking again")],
)
def test_what_is_read_aloud_stands_in_the_agreement_word_for_word(card: str, heading: str) -> None:
    prompt = first_session().prompts[card]
    clause = prompt.clause

    assert clause
    assert (clause.heading, clause.says.replace(" {stays_here}", "")) == (heading, prompt.read)


def test_what_a_clause_says_beside_answers_is_read_on_its_card() -> None:
    agenda = first_session()
    unread = {
        (prompt.id, sentence)
        for prompt in agenda.prompts.values()
        for sentence in sentences(prompt.clause.says if prompt.clause else "")
        if not set(PLACEHOLDER.findall(sentence)) & set(agenda.answerable)
        and sentence not in sentences(prompt.read)
    }

    assert unread == set()


def test_every_clause_says_what_holds_until_it_is_settled_or_what_is_open() -> None:
    silent = [
        prompt.id
        for prompt in first_session().prompts.values()
        if prompt.clause and not prompt.clause.meanwhile
        if not all(field.open for field in prompt.fields)
    ]

    assert silent == []


def test_own_words_of_the_agreement_come_with_a_sentence_to_finish() -> None:
    agenda = first_session()
    own = [agenda.fields[key] for key in agenda.agreed & set(agenda.fields)]
    selects = [field for field in own if field.other and field.type == "select"]

    without = [field for field in selects if "Own words finish “" not in field.help]
    assert [field.id for field in without if f"“{field.lead} ...”" not in field.help] == []


def test_the_limits_name_danger_harm_the_law_and_somebody_to_turn_to() -> None:
    read = first_session().prompts["confidence"].read

    assert [
        word
        for word in ("serious danger", "harmed", "law requires", "{contact}")
        if word not in read
    ] == []


def test_the_agreement_says_that_both_may_end_it_and_will_review_it() -> None:
    read = first_session().prompts["ending"].read

    assert [
        words
        for words in ("may end this at any time", "look at our agreement again when we next meet")
        if words not in read
    ] == []


def test_the_card_for_acceptance_comes_after_every_clause() -> None:
    cards = list(plan(first_session(), 60))
    clauses = [card for card in cards if first_session().prompts[card].clause]

    assert [card for card in clauses if cards.index(card) > cards.index("agree")] == []


def test_no_clause_uses_a_private_field() -> None:
    agenda = first_session()
    private = {key for key, field in agenda.answerable.items() if field.private}
    clauses = [prompt.clause.says for prompt in agenda.prompts.values() if prompt.clause]

    used = {name for says in clauses for name in PLACEHOLDER.findall(says)}

    assert private == {f"come_back.{role}" for role in ROLES}
    assert used & private == set()


def test_the_rules_stop_the_talk_eight_times_at_most() -> None:
    rules = next(phase for phase in first_session().phases if phase.id == "rules")
    planned = plan(first_session(), 60).seconds

    assert sum(stops(prompt) for prompt in rules.prompts if prompt.id in planned) <= 8


def stops(prompt: Prompt) -> int:
    """The talk, each question, and the sheet as one; some sheets are settled while they talk."""
    asked = [field for field in prompt.record if not field.private]
    questions = sum(len(field.answer_ids) for field in asked) + len(prompt.again)
    return (prompt.id not in {PROMISES, "usual"}) + questions + bool(prompt.settle)
