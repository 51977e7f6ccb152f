"""Conditions on numbers: a range holds what lies between its ends."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import agenda_of

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.conditions import Range, contradictions, holds, range_of
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.possible_answers import is_kept_like, possible_answers

pytestmark = pytest.mark.portable


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("40..", Range(40, math.inf)),
        ("..6", Range(-math.inf, 6)),
        ("3..5", Range(3, 5)),
        ("-2..0.5", Range(-2, 0.5)),
        *[(text, None) for text in ("..", "40", "40...", "a..b", "3 .. 5", "")],
    ],
)
def test_a_range_has_two_dots_and_an_end(text: str, meant: Range | None) -> None:
    assert range_of(text) == meant


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(-99, 99))
def test_a_range_holds_its_ends_and_what_lies_between(low: int, high: int, number: int) -> None:
    condition = Condition("many", (f"{low}..{high}",))

    assert holds(condition, [str(number)]) is (low <= number <= high)


def test_a_range_holds_no_words_and_words_may_look_like_a_range() -> None:
    assert not holds(Condition("many", ("3..5",)), ["four"])
    assert holds(Condition("many", ("3..5",)), ["3..5"])
    assert not holds(Condition("many", ("3..5",)), [])


@pytest.mark.parametrize(
    ("field", "kept", "never"),
    [
        (Field("n", "N", "number", min=2), ("2", "2.5", "?", "3.."), ("1", "02", "2.50", "few")),
        (Field("s", "S", "scale"), ("0", "10"), ("11", "2.5", "-1")),
        (Field("d", "D", "date"), ("2026-12-15",), ("tomorrow", "15 Dec")),
        (Field("t", "T", "time"), ("15:00",), ("3 pm", "15")),
        (Field("x", "X"), ("anything", "3"), ()),
    ],
)
def test_a_condition_names_an_answer_as_it_is_kept(
    field: Field, kept: tuple[str, ...], never: tuple[str, ...]
) -> None:
    found = {answer: is_kept_like(field, answer) for answer in (*kept, *never)}
    assert found == {**dict.fromkeys(kept, True), **dict.fromkeys(never, False)}


@pytest.mark.parametrize(
    ("one", "other", "torn"),
    [
        (("3",), ("4", "5"), True),
        (("3..5",), ("4",), False),
        (("3..5",), ("6",), True),
        (("..5",), ("6..",), True),
        ((), ("6",), False),
    ],
)
def test_what_needs_one_answer_to_be_two_is_never_asked(
    one: tuple[str, ...], other: tuple[str, ...], torn: bool
) -> None:
    first = Field("n", "N", "number")
    second = Field("b", "B", "confirm", when=(Condition("n", one),))
    third = Field("c", "C", when=(Condition("n", other), Condition("b", ("yes",))))
    fourth = Field("d", "D", when=(Condition("c", ()),))
    agenda = agenda_of(Prompt("all", "All?", record=(first, second, third, fourth)))
    assert list(contradictions(agenda)) == ([("c", "n")] if torn else [])


@pytest.mark.parametrize(
    ("text", "words"), [("40..", "40 or more"), ("..6.5", "6.5 or less"), ("3..5", "3 to 5")]
)
def test_a_range_is_told_in_words(text: str, words: str) -> None:
    named = range_of(text)
    assert named is not None
    assert named.words == words


@pytest.mark.parametrize(
    ("field", "text", "possible"),
    [
        (Field("sure", "Sure", type="scale"), "8..", True),
        (Field("sure", "Sure", type="scale"), "11..", False),
        (Field("many", "Many", type="number", min=3), "..3", True),
        (Field("many", "Many", type="number", min=3), "..2.5", False),
        (Field("many", "Many", type="number"), "9..", True),
        (Field("many", "Many", type="number"), "9..1", False),
        (Field("now", "Now", type="ratings", items=("A",)), "..3", True),
        (Field("now", "Now", type="ratings", items=("A",)), "7", True),
        (Field("now", "Now", type="ratings", items=("A",)), "11", False),
        (Field("now", "Now", type="ratings", items=("A",)), "low", False),
        (Field("map", "Map", type="outline"), "yes", True),
        (Field("map", "Map", type="outline"), "Work", False),
        (Field("order", "Order", type="ranking", choices=(Choice("A"),)), "B", False),
        (Field("order", "Order", type="ranking", choices_from="areas"), "B", True),
        (Field("means", "What {item} means", each_of="areas"), "quiet", True),
    ],
)
def test_a_field_can_only_be_answered_with_what_it_takes(
    field: Field, text: str, possible: bool
) -> None:
    assert possible_answers(field).includes(text) is possible
