"""Values by item, and lines below lines."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.building import TODAY

from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.fields import Field
from mentorwalk.domain.values import OUTLINE_DEPTH, ByItem, Node, Outline, outline_of, said_nothing
from mentorwalk.storage.shapes import read_value, written_value

pytestmark = pytest.mark.portable

WORDS = st.text("abc:-# ", min_size=1, max_size=8).map(str.strip).filter(bool)
NUMBERS = st.dictionaries(WORDS, st.integers(-5, 10), max_size=5)
LINES = st.lists(st.tuples(st.integers(0, 5), WORDS), max_size=12)
OUTLINE = Outline(
    (
        Node("Work", (Node("Say no", (Node("Monday"),)), Node("Rest"))),
        Node("Home"),
    )
)


def test_a_value_by_item_is_a_mapping_in_its_order() -> None:
    said = ByItem((("Skills", 7), ("People", 0)))

    assert ({**said}, [*said], len(said)) == ({"Skills": 7, "People": 0}, ["Skills", "People"], 2)
    assert "Workload" not in said
    assert not ByItem()


def test_something_else_is_said_about_an_item_in_its_place_and_nothing_takes_it_out() -> None:
    said = ByItem((("Skills", 7), ("People", 0)))

    assert said.saying({"Skills": 3, "Rest": 1}).pairs == (
        ("Skills", 3),
        ("People", 0),
        ("Rest", 1),
    )
    assert said.saying({"Skills": None}).pairs == (("People", 0),)
    assert said.saying({"Rest": None}) == said


def test_only_what_one_item_can_have_is_said_about_it() -> None:
    with pytest.raises(TypeError):
        ByItem().saying({"Skills": ByItem()})


@given(NUMBERS, st.lists(WORDS, unique=True, max_size=5))
def test_what_is_said_about_some_items_comes_in_their_order(
    said: dict[str, int], items: list[str]
) -> None:
    among = ByItem(tuple(said.items())).among(items)

    assert among.pairs == tuple((item, said[item]) for item in items if item in said)


def test_an_outline_knows_its_first_lines_all_of_them_and_its_text() -> None:
    assert OUTLINE.items == ("Work", "Home")
    assert [*OUTLINE.lines] == [
        (0, "Work"),
        (1, "Say no"),
        (2, "Monday"),
        (1, "Rest"),
        (0, "Home"),
    ]
    assert OUTLINE.text == "Work\n  Say no\n    Monday\n  Rest\nHome"


@given(LINES)
def test_lines_make_an_outline_whatever_their_levels(lines: list[tuple[int, str]]) -> None:
    """Each is one level below the line before it at most, and every line is there."""
    made = [*outline_of(lines).lines]

    assert [label for _depth, label in made] == [label for _depth, label in lines]
    depths = [-1, *(depth for depth, _label in made)]
    assert all(after <= before + 1 for before, after in pairwise(depths))
    assert max(depths) < OUTLINE_DEPTH


@given(LINES)
def test_an_outline_of_its_own_lines_is_the_same(lines: list[tuple[int, str]]) -> None:
    outline = outline_of(lines)

    assert outline_of(outline.lines) == outline


@given(LINES)
def test_an_outline_is_read_back_as_it_is_typed(lines: list[tuple[int, str]]) -> None:
    outline = outline_of(lines)

    typed = parse_answer(Field("map", "Map", type="outline"), outline.text, TODAY)

    assert typed == (outline or None)


@given(st.one_of(NUMBERS.map(lambda said: ByItem(tuple(said.items()))), LINES.map(outline_of)))
def test_a_value_in_a_journal_is_read_back_as_the_same(value: ByItem | Outline) -> None:
    assume(not said_nothing(value))
    read = read_value(json.loads(json.dumps(written_value(value))))

    assert read == value


@pytest.mark.parametrize("data", [{}, [["a"]], [["a", [], 1]], [[1, []]], [["a", "b"]]])
def test_what_is_no_value_is_refused(data: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_value(data)
