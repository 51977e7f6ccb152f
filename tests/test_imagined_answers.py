"""Answers that nobody gave: there is one for every field, and it is one that could be given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from support.any_agenda import agendas
from support.building import UNHURRIED, agenda_of, examples, session_of

from mentorwalk.domain.agenda import Agenda, Prompt
from mentorwalk.domain.answer_parsing import read_anew
from mentorwalk.domain.answers import Value, fits
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.imagined_answers import all_answered, answer_to
from mentorwalk.domain.values import ByItem, Node, Outline

TODAY = date(2026, 11, 24)
CHOICES = (Choice("by phone"), Choice("by video"))
SAID = "What was said about first step"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field("first_step", ""), SAID),
        (Field("first_step", "", "list"), (f"{SAID} 1", f"{SAID} 2", f"{SAID} 3")),
        (Field("first_step", "", "list", max=1), (f"{SAID} 1",)),
        (Field("how", "", "select", choices=CHOICES), "by phone"),
        (Field("first_step", "", "select", other=True), SAID),
        (Field("what", "", "select", choices_from="list"), None),
        (Field("how", "", "checkbox", choices=CHOICES), ("by phone", "by video")),
        (Field("how", "", "checkbox", choices=CHOICES, max=1), ("by phone",)),
        (Field("how", "", "ranking", choices=CHOICES), ("by phone", "by video")),
        (Field("sure", "", "confirm"), True),
        (Field("length", "", "number"), 1),
        (Field("length", "", "number", min=15, max=90), 90),
        (Field("length", "", "number", default="60"), 60),
        (Field("mood", "", "scale", max=5), 5),
        (Field("now", "", "ratings", items=("Craft",)), ByItem((("Craft", 10),))),
        (Field("day", "", "date"), "2026-12-08"),
        (Field("time", "", "time"), "15:00"),
        (Field("first_step", "", "outline"), Outline((Node(SAID, (Node(SAID),)),))),
        (
            Field("first_step", "", each_of="list", items=("Calm",)),
            ByItem((("Calm", SAID),)),
        ),
    ],
    ids=lambda given: given.type if isinstance(given, Field) else "",
)
def test_an_imagined_answer_suits_its_type(field: Field, value: Value | None) -> None:
    assert answer_to(field, TODAY) == value


@pytest.mark.slow
@settings(UNHURRIED, max_examples=examples(1))
@given(agendas())
def test_every_field_of_any_agenda_has_an_answer_that_could_be_given(agenda: Agenda) -> None:
    session = all_answered(session_of(agenda))

    for key in agenda.answerable.keys() - agenda.plain.keys():
        field, value = session.field(key), session.answers[key]
        assert fits(field, value)
        assert read_anew(field, value, session.day) == value


def test_what_waits_for_another_answer_is_answered_all_the_same() -> None:
    never = (Condition("sure", ("no",)),)
    card = Prompt("a", "A?", record=(Field("sure", "", "confirm"), Field("why", "", when=never)))
    late = Prompt("b", "B?", record=(Field("when", "", "time"),), when=never)

    session = all_answered(session_of(agenda_of(card, late)))

    assert [session.answer(key).value for key in ("sure", "why", "when")] == [
        *(True, "What was said about why", "15:00"),
    ]


def test_a_field_about_what_another_one_says_is_about_what_is_imagined_there() -> None:
    about = Field("now", "", "ratings", items=("Rest",), items_from="areas", max=5)
    card = Prompt("a", "A?", record=(Field("areas", "", "list", max=1), about))

    session = all_answered(session_of(agenda_of(card)))

    said = ByItem((("Rest", 5), ("What was said about areas 1", 5)))
    assert session.answer("now").value == said
