"""A prompt as the two people see it, and the questions it opens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest
from support.building import (
    THREE_O_CLOCK,
    TODAY,
    agenda_in_phases,
    agenda_of,
    answered,
    at,
    done,
    entered,
    first_session,
    session_answered,
    session_of,
    skipped,
)

from mentorwalk.domain.agenda import Agenda, Phase, Prompt
from mentorwalk.domain.asking import again_of, private_questions, questions_of
from mentorwalk.domain.card import Card, PhaseState, Recalled
from mentorwalk.domain.events import Shortened
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.people import People
from mentorwalk.domain.question import Option, Question
from mentorwalk.domain.showing import card_of

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

ROUND_THE_TABLE = agenda_in_phases(
    Phase("hello", "Hello", "Hi", (Prompt("a", "A."), Prompt("b", "B."))),
    Phase("rest", "All the rest", "Rest", (Prompt("c", "C."), Prompt("x", "X.", extra=True))),
    Phase("never", "Never planned", "Never", (Prompt("y", "Y.", extra=True),)),
)
NAMES = {"mentor": "Ada", "mentee": "Grace"}


def shown(session: Session, card: str, hints: int = 0) -> Card:
    return card_of(session, session.agenda.prompts[card], hints)


def asked(session: Session, card: str) -> list[Question]:
    prompt = session.agenda.prompts[card]
    return questions_of(session, prompt, prompt.fields)


# The card


def test_a_card_shows_the_names_in_all_its_texts() -> None:
    prompt = Prompt("a", "{mentor}?", read="{mentee}!", tip="{mentor}.", stuck=("{mentee}...",))
    agenda = replace(agenda_of(prompt), title="{mentor} meets {mentee}")

    assert card_of(session_of(agenda), prompt, 1) == Card(
        ask="Ada?",
        title="Ada meets Grace",
        people="Ada (mentor) · Grace (mentee)",
        steps=(PhaseState("Only", "now"),),
        speaks="Both speak",
        place="1 of 1",
        read="Grace!",
        tip="Ada.",
        hints=("Grace...",),
    )


def test_a_name_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    people = People("{mentee}", "[red]x[/]", "mentor")
    session = session_of(agenda_of(Prompt("a", "{mentor} and {mentee}")), people=people)

    assert shown(session, "a").ask == "{mentee} and [red]x[/]"


@pytest.mark.parametrize(
    ("events", "states"),
    [
        ([entered("a")], ["now", "ahead"]),
        ([entered("a"), done("a"), entered("b")], ["now", "ahead"]),
        ([done("a"), skipped("b"), entered("c")], ["done", "now"]),
        ([done("a"), entered("c")], ["ahead", "now"]),
        ([done("c"), entered("a")], ["now", "done"]),
    ],
)
def test_the_steps_show_which_phases_are_behind(events: list[Event], states: list[str]) -> None:
    session = session_of(ROUND_THE_TABLE).apply_all(events)

    steps = shown(session, session.current or "").steps

    assert [(step.short, step.state) for step in steps] == list(
        zip(["Hi", "Rest"], states, strict=True)
    )


@pytest.mark.parametrize(
    ("to", "first", "speaks"),
    [
        ("both", None, "Both speak"),
        ("both", "mentor", "Both speak, Ada first"),
        ("both", "mentee", "Both speak, Grace first"),
        ("mentor", None, "Ada speaks, Grace listens"),
        ("mentee", None, "Grace speaks, Ada listens"),
    ],
)
def test_a_card_says_who_speaks(
    to: Literal["mentor", "mentee", "both"], first: Role | None, speaks: str
) -> None:
    session = session_of(agenda_of(Prompt("a", "A.", to=to, first=first)))

    assert shown(session, "a").speaks == speaks


def test_a_card_has_its_place_among_the_planned_cards_of_its_phase() -> None:
    expected: dict[str, str] = {
        "a": "1 of 2",
        "b": "2 of 2",
        "c": "1 of 1",
        "x": "",
    }
    assert {card: shown(session_of(ROUND_THE_TABLE), card).place for card in expected} == expected


def test_a_card_that_was_dropped_has_no_place_among_the_others() -> None:
    dropped = Shortened(**at(0), ends=THREE_O_CLOCK, dropped=("a",))

    assert shown(session_of(ROUND_THE_TABLE).apply(dropped), "b").place == "1 of 1"


@pytest.mark.parametrize(
    ("opened", "hints"),
    [
        (0, ()),
        (1, ("card",)),
        (3, ("card", "both", "phase")),
        (9, ("card", "both", "phase", "agenda")),
    ],
)
def test_hints_come_from_the_card_then_the_phase_then_the_agenda_and_none_twice(
    opened: int, hints: tuple[str, ...]
) -> None:
    prompt = Prompt("a", "A.", stuck=("card", "both"))
    phase = Phase("p", "P", "P", (prompt,), stuck=("both", "phase"))
    agenda = replace(agenda_in_phases(phase), stuck=("phase", "agenda", "card"))

    assert card_of(session_of(agenda), prompt, opened).hints == hints


# What is recalled


def recalling(*ids: str, field: Field, again: tuple[str, ...] = ()) -> Agenda:
    first = Prompt("first", "First.", record=(field,))
    return agenda_of(first, Prompt("then", "Then.", recall=ids, again=again))


PURPOSE = Field("purpose", "What {mentee} is here for")


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (PURPOSE, "lead a {mentor}", "lead a {mentor}"),
        (replace(PURPOSE, type="date"), "2026-12-15", "Tuesday 15 December 2026"),
        (replace(PURPOSE, type="list"), ("one", "two"), "one and two"),
        (replace(PURPOSE, type="confirm"), True, "yes"),
        (replace(PURPOSE, type="confirm"), False, "no"),
        (replace(PURPOSE, type="scale"), 0, "0"),
    ],
)
def test_an_earlier_answer_is_recalled_in_words(field: Field, value: Value, text: str) -> None:
    session = session_of(recalling("purpose", field=field)).apply(answered("purpose", value))

    assert shown(session, "then").recalled == (Recalled("What Grace is here for", text),)


def test_an_answer_recalled_and_opened_again_is_shown_once() -> None:
    agenda = recalling("purpose", field=PURPOSE, again=("purpose",))
    session = session_of(agenda).apply(answered("purpose", "lead"))

    assert shown(session, "then").recalled == (Recalled("What Grace is here for", "lead"),)


@pytest.mark.parametrize("events", [[], [answered("purpose", None)]])
def test_what_was_not_answered_is_not_recalled(events: list[Event]) -> None:
    session = session_of(recalling("purpose", field=PURPOSE)).apply_all(events)

    assert shown(session, "then").recalled == ()


def test_a_private_answer_is_never_recalled() -> None:
    agenda = recalling("purpose", field=replace(PURPOSE, private=True))
    session = session_of(agenda).apply(answered("purpose", "secret"))

    assert shown(session, "then").recalled == ()


@pytest.mark.parametrize("value", ["lead a team", False, 0])
def test_an_answered_field_is_opened_again(value: Value) -> None:
    agenda = recalling(field=PURPOSE, again=("purpose",))
    session = session_of(agenda).apply(answered("purpose", value))

    assert again_of(session, agenda.prompts["then"]) == [PURPOSE]


def test_a_field_without_an_answer_is_not_opened_again() -> None:
    agenda = recalling(field=PURPOSE, again=("purpose",))

    assert again_of(session_of(agenda), agenda.prompts["then"]) == []


# What a card opens


@pytest.mark.parametrize(
    ("prompt", "opens", "types_through"),
    [
        (Prompt("a", "A."), False, False),
        (Prompt("a", "A.", record=(Field("x", "X"),)), True, True),
        (Prompt("a", "A.", record=(Field("x", "X", "date"),)), True, True),
        (Prompt("a", "A.", record=(Field("x", "X", "list"),)), True, False),
        (Prompt("a", "A.", settle=(Field("x", "X"),)), True, True),
        (Prompt("a", "A.", settle=(Field("x", "X", default="words"),)), True, False),
        (Prompt("a", "A.", read="B.", record=(Field("x", "X"),)), True, False),
        (Prompt("a", "A.", accept=True), False, False),
        (Prompt("a", "A.", record=(Field("x", "X", private=True),)), False, False),
        (
            Prompt("a", "A.", record=(Field("x", "X", private=True), Field("y", "Y"))),
            True,
            True,
        ),
        (Prompt("a", "A.", settle=(Field("x", "X", private=True),)), False, False),
        (
            Prompt("a", "A.", record=(Field("x", "X", when=(Condition("z", ("yes",)),)),)),
            False,
            False,
        ),
    ],
    ids=[
        *(
            "nothing",
            "a text",
            "a day",
            "a list",
            "a sheet",
            "a usual answer",
            "words to read",
            "acceptance of no document",
            "private",
        ),
        *("private then open", "a private sheet", "hidden"),
    ],
)
def test_a_card_tells_whether_something_is_written_down_after_the_talk(
    prompt: Prompt, opens: bool, types_through: bool
) -> None:
    card = shown(session_of(agenda_of(prompt)), "a")

    assert (card.opens, card.types_through) == (opens, types_through)


def test_typing_does_not_open_a_card_that_first_opens_an_earlier_answer() -> None:
    first = Prompt("first", "First.", record=(PURPOSE,))
    then = Prompt("then", "Then.", record=(Field("x", "X"),), again=("purpose",))
    session = session_of(agenda_of(first, then)).apply(answered("purpose", "lead"))

    assert shown(session, "then").types_through is False


# Questions


def test_what_others_say_is_told_below_what_helps() -> None:
    field = Field("wish", "A wish", help="One line.", ideas=("ask {mentee}", "listen"))
    [question] = asked(session_of(agenda_of(Prompt("a", "A.", record=(field,)))), "a")

    assert question.help == "One line. Such as “ask Grace”, “listen”."


def test_a_question_has_the_names_in_its_label_and_help() -> None:
    field = Field("offer", "What {mentor} brings", help="Not {mentee}.")
    [question] = asked(session_of(agenda_of(Prompt("a", "A.", record=(field,)))), "a")

    assert question == Question("offer", field, "What Ada brings", TODAY, NAMES)
    assert question.help == "Not Grace."


def test_a_question_offers_its_choices_with_names_in_them() -> None:
    choices = (Choice("{mentee}", "{mentee} keeps notes"), Choice("Nobody"))
    field = Field("keeper", "Who", "select", choices=choices)
    [question] = asked(session_of(agenda_of(Prompt("a", "A.", settle=(field,)))), "a")

    assert question.options == (Option("{mentee}", "Grace"), Option("Nobody", "Nobody"))


@pytest.mark.parametrize(
    ("events", "value", "current"),
    [
        ([], 60, "60 minutes"),
        ([answered("length", 90)], 90, "90 minutes"),
        ([answered("length", 0)], 0, "0 minutes"),
        ([answered("length", None)], None, ""),
    ],
    ids=["nothing yet", "an answer", "nought", "taken back"],
)
def test_the_earlier_answer_stands_there_or_else_the_usual_one(
    events: list[Event], value: Value | None, current: str
) -> None:
    field = Field("length", "How long", "number", unit="minutes", default="60")
    session = session_of(agenda_of(Prompt("a", "A.", settle=(field,)))).apply_all(events)
    [question] = asked(session, "a")

    assert (question.value, question.current) == (value, current)


def test_a_usual_day_is_counted_from_the_day_of_the_session() -> None:
    field = Field("next_day", "Next meeting", "date", default="in 3 weeks")
    [question] = asked(session_of(agenda_of(Prompt("a", "A.", settle=(field,)))), "a")

    assert question.current == "Tue 15 Dec, in three weeks"


@pytest.mark.parametrize(
    ("first", "labels"),
    [
        (None, ["Ada: What you take", "Grace: What you take"]),
        ("mentor", ["Ada: What you take", "Grace: What you take"]),
        ("mentee", ["Grace: What you take", "Ada: What you take"]),
    ],
)
def test_what_each_is_asked_comes_to_the_first_speaker_first(
    first: Role | None, labels: list[str]
) -> None:
    field = Field("takes", "What you take", by="each")
    session = session_of(agenda_of(Prompt("a", "A.", first=first, record=(field,))))

    assert [question.label for question in asked(session, "a")] == labels


def test_what_each_is_asked_keeps_the_answer_of_each() -> None:
    field = Field("takes", "What you take", by="each")
    session = session_of(agenda_of(Prompt("a", "A.", record=(field,))))
    session = session.apply(answered("takes.mentee", "hope"))

    assert [(question.id, question.value) for question in asked(session, "a")] == [
        ("takes.mentor", None),
        ("takes.mentee", "hope"),
    ]


@pytest.mark.parametrize(("often", "ids"), [("As needed", ["often", "why"]), ("Weekly", ["often"])])
def test_a_question_appears_only_for_the_answer_it_waits_for(often: str, ids: list[str]) -> None:
    why = Field("why", "Why", when=(Condition("often", ("As needed",)),))
    agenda = agenda_of(Prompt("a", "A.", record=(Field("often", "How often"), why)))
    session = session_of(agenda).apply(answered("often", often))

    assert [question.id for question in asked(session, "a")] == ids


# After the call


@pytest.mark.parametrize("types", ["mentor", "mentee"])
def test_private_questions_are_for_the_person_at_the_keyboard_only(types: Role) -> None:
    agenda = agenda_of(
        Prompt(
            "a",
            "A.",
            record=(
                Field("open", "Open"),
                Field("mine", "Mine", private=True, by="mentor"),
                Field("yours", "Yours", private=True, by="mentee"),
                Field("ours", "Ours", private=True),
                Field("back", "Back", private=True, by="each"),
            ),
        )
    )
    session = session_of(agenda, people=People("Ada", "Grace", types)).apply(done("a"))
    own = {"mentor": "mine", "mentee": "yours"}[types]

    assert [(question.id, question.label) for question in private_questions(session)] == [
        (own, own.capitalize()),
        ("ours", "Ours"),
        (f"back.{types}", "Back"),
    ]


@pytest.mark.parametrize("events", [[], [skipped("a")]])
def test_a_card_that_was_not_done_asks_nothing_private(events: list[Event]) -> None:
    field = Field("mine", "Mine", private=True)
    session = session_of(agenda_of(Prompt("a", "A.", record=(field,)))).apply_all(events)

    assert private_questions(session) == []


def test_the_first_session_asks_the_typist_whether_to_come_back() -> None:
    questions = private_questions(session_answered(first_session(), {}))

    assert [(question.id, question.label) for question in questions] == [
        ("come_back.mentor", "Would you like to come back for another hour?")
    ]
