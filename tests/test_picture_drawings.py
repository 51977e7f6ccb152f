"""Pictures as drawings in a page: what they are made of, and what people's words do in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.sample_pictures import (
    BARS,
    BEFORE,
    COLUMNS,
    EACH_KIND,
    LINE,
    RANKING,
    TREE,
    WHEEL,
    numbers,
)

from mentorwalk.documents.html import page
from mentorwalk.documents.pictures import as_markdown, as_svg
from mentorwalk.domain.pictures import Column, Columns, Part, Picture, Tree
from mentorwalk.domain.text import clean
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.pictures import AnyPicture, NumbersKind

pytestmark = pytest.mark.portable

SHAPES = {"svg", "g", "path", "rect", "line", "circle", "text", "title", "desc"}
BESIDE = {
    *("figure", "figcaption", "br", "div", "ul", "li", "bdi", "em"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
WORDS_OF_OURS = re.compile(r"[a-z]+(?: [a-z]+)*|pic\d+-[td](?: pic\d+-d)?|[MLACZ\d .-]+")
"""What an attribute may be: names of classes, ids of the picture, numbers and paths."""
NAMES = (
    "</title><script>alert(1)</script>",
    "]]>",
    "x" * 400,
    "W" * 400,
    "````",
    "{{ 7*7 }}",
    "\u202eeno rehto eht",
    "😀👩‍👩‍👧‍👦🇵🇱",
    "الصحة والعمل",
    "健康和工作",
    '" onload="alert(1)',
    "&lt;b&gt;",
    "<!-- mentorwalk: who agrees -->",
    "```wheel",
    "</svg>",
    "- a\n- b",
    "# loud",
)
"""Names that mean something to a browser, to Markdown or to a template, and those of any script."""


def parsed(picture: AnyPicture) -> ET.Element:
    """The figure of a picture, read as XML."""
    return ET.fromstring(as_svg(picture, 1))


def words(picture: AnyPicture, tag: str) -> list[str]:
    """The words of each element of a kind, in order."""
    return ["".join(each.itertext()) for each in parsed(picture).iter(tag)]


def rows(picture: AnyPicture) -> list[list[str]]:
    """The cells of the table beside a picture, row by row."""
    return [["".join(cell.itertext()) for cell in row] for row in parsed(picture).iter("tr")]


def named(name: str) -> Iterator[AnyPicture]:
    """A picture of each kind, in which people wrote this everywhere."""
    rated = (Part(name, 7, 4, 9), Part(name, None, 3), Part(name, 2, chosen=True))
    for kind in ("bars", "wheel", "ranking", "line"):
        yield replace(numbers("bars", *rated, second=name), kind=kind)
    yield numbers("ranking", Part(name), Part(name))
    yield Columns((Column(name, (name, name)), Column(name)))
    yield Tree((Node(name, (Node(name, (Node(name),)), Node(name))),))


def tidy(name: str) -> str:
    """A name as it stands in one line."""
    return " ".join(clean(name).split())


# --- What they are made of


@pytest.mark.parametrize("picture", EACH_KIND.values(), ids=EACH_KIND)
def test_a_drawing_has_a_title_and_words_about_it(picture: AnyPicture) -> None:
    figure = ET.fromstring(as_svg(picture, 3))
    svg = next(figure.iter("svg"))

    assert svg.attrib.pop("viewBox").split()[:3] == ["0", "0", "360"]
    assert svg.attrib == {"role": "img", "aria-labelledby": "pic3-t pic3-d"}
    assert [each.get("id") for each in figure.iter() if each.get("id")] == ["pic3-t", "pic3-d"]


def test_a_sector_is_as_long_as_its_number_and_begins_at_the_top() -> None:
    paths = [each.get("d") for each in parsed(numbers("wheel", *[Part("A", 5)] * 4)).iter("path")]

    # A quarter of a wheel with its centre at 180, 172, half as long as the rim: in two halves.
    assert "M180 102A70 70 0 0 1 229.5 122.5A70 70 0 0 1 250 172L180 172Z" in paths


def test_what_was_left_out_has_a_dashed_rim_and_no_sector() -> None:
    drawn = parsed(numbers("wheel", Part("Work", 5), Part("Rest"), Part("Home", 0)))
    classes = [[path.get("class") for path in part.iter("path")] for part in drawn.iter("g")]

    assert classes == [["room", "fill", "rim"], ["room", "rim out"], ["room", "rim"]]


def test_the_earlier_number_is_an_arc_and_the_second_one_an_outline() -> None:
    drawn = parsed(numbers("wheel", Part("Work", 5, 7, 9), Part("Rest", 5)))
    classes = [[path.get("class") for path in part.iter("path")] for part in drawn.iter("g")]

    assert classes == [["room", "fill", "rim", "second", "before"], ["room", "fill", "rim"]]


@pytest.mark.parametrize("count", range(1, 11))
def test_a_wheel_has_the_places_of_its_parts_and_their_numbers(count: int) -> None:
    picture = numbers("wheel", *(Part(f"Area {at}", at) for at in range(count)))

    assert sorted(words(picture, "text")) == sorted(
        [*(str(at + 1) for at in range(count)), *(str(at) for at in range(count))]
    )


def test_names_of_a_wheel_stand_in_the_table() -> None:
    assert rows(WHEEL) == [
        ["", "", "1 December", "3 October"],
        ["1", "Skills", "7", "5"],
        ["2", "Workload ← chosen", "3", "6"],
        ["3", "Say in things", "9", "8"],
        ["4", "Recognition", "left out", "6"],
        ["5", "People", "10", ""],
        ["6", "Purpose", "6", "6"],
        ["7", "Learning", "5", ""],
        ["8", "Prospects", "8", "9"],
    ]


def test_bars_have_their_names_in_the_drawing_and_a_table_for_screen_readers() -> None:
    assert words(BARS, "text") == [
        *("Learning", "9", "Close people", "8", "Rest and play", "← chosen", "3"),
        *("Health", "2", "Friends", "left out"),
    ]
    assert rows(BARS)[:2] == [
        ["", "1 December", "3 October", "Where it would be fine"],
        ["Learning", "9", "8", "9"],
    ]
    assert '<div class="unseen">\n<table>' in as_svg(BARS, 1)


def test_a_part_says_what_it_is() -> None:
    assert [title for title in words(WHEEL, "title") if "Prospects" in title] == [
        "Prospects 8, one less than on 3 October."
    ]


def test_a_line_is_broken_where_something_was_left_out() -> None:
    whole = numbers("line", *(Part("Year", value) for value in (1, 2, 3, 4)))
    broken = numbers("line", *(Part("Year", value) for value in (1, 2, None, 3, 4)))
    joined = [
        [each.get("class") for each in parsed(picture).iter("path")] for picture in (whole, broken)
    ]

    assert joined == [["joined"], ["joined", "joined"]]


def test_numbers_below_zero_have_their_sign_and_zero_its_line() -> None:
    assert words(LINE, "text")[:3] == ["-5", "0", "+5"]
    assert [row[2] for row in rows(LINE)[1:]] == ["+1", "+4", "-3", "+5", "-5", "+2"]


def test_a_ranking_without_numbers_has_words_in_their_order() -> None:
    assert rows(RANKING) == [
        ["", ""],
        *(
            [str(place), word]
            for place, word in enumerate(
                ("Craft", "Calm", "Fairness", "Curiosity", "Time with my own"), 1
            )
        ),
    ]


@pytest.mark.parametrize(("picture", "words_in_it"), [(TREE, 8), (COLUMNS, 8)])
def test_words_stand_in_a_list_for_screen_readers(picture: AnyPicture, words_in_it: int) -> None:
    drawn = " ".join(words(picture, "text")).split()

    assert len(words(picture, "bdi")) == words_in_it
    assert sorted(drawn) == sorted(" ".join(words(picture, "bdi")).split())


@pytest.mark.parametrize("picture", EACH_KIND.values(), ids=EACH_KIND)
def test_numbers_have_two_decimals_at_most(picture: AnyPicture) -> None:
    assert re.findall(r"\d\.\d{3}|\de-?\d|-0\b", as_svg(picture, 1)) == []


def test_where_nothing_is_rated_there_is_no_drawing() -> None:
    assert as_svg(numbers("wheel", Part("Work")), 1) == "<p>Nothing rated yet</p>\n"


# --- Words of people


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_whatever_it_says(name: str) -> None:
    for picture in named(name):
        figure = parsed(picture)

        assert {each.tag for each in figure.iter()} <= SHAPES | BESIDE
        assert {each.tag for each in next(figure.iter("svg")).iter()} <= SHAPES
        assert tidy(name) in words(picture, "bdi")
        for each in figure.iter():
            assert {*each.attrib} & {"style", "href", "onload", "onclick", "src"} == set()
            assert [v for v in each.attrib.values() if not WORDS_OF_OURS.fullmatch(v)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_drawn_whole(name: str) -> None:
    for picture in (numbers("bars", Part(name, 7)), Tree((Node(name),))):
        drawn = [text for text in words(picture, "text") if text != "7"]
        assert "".join("".join(drawn).split()) == "".join(tidy(name).split())


@given(
    st.lists(
        st.builds(
            Part,
            st.text(),
            st.none() | st.integers(0, 10),
            st.none() | st.integers(0, 10),
            st.none() | st.integers(0, 10),
            st.booleans(),
        ),
        min_size=1,
        max_size=10,
    ).map(tuple),
    st.sampled_from(["bars", "wheel", "line", "ranking"]),
    st.sampled_from([0, 1, -5]),
    st.text(),
)
@example((Part("Rest", 3, 4, 5),), "wheel", 0, "\x00")
def test_every_name_and_number_is_in_the_figure(
    parts: tuple[Part, ...], kind: NumbersKind, low: int, second: str
) -> None:
    picture = Picture(kind, parts, low, before_day=BEFORE, second=second)
    if picture.empty:
        return

    beside = " ".join(" ".join(row) for row in rows(picture))
    for part in parts:
        assert tidy(part.label) in beside
        shown = (part.value, part.before, part.second)
        assert {picture.written(each) for each in shown if each is not None} <= {*beside.split()}


# --- In a page


def in_a_page(text: str, *pictures: AnyPicture) -> str:
    """What a page has between its outermost tags."""
    return (
        page(text, "en", "page", pictures=pictures).partition("<main>\n")[2].partition("</main>")[0]
    )


@pytest.mark.parametrize("picture", EACH_KIND.values(), ids=EACH_KIND)
def test_a_page_draws_the_pictures_that_it_is_given(picture: AnyPicture) -> None:
    text = f"# Areas\n\n{as_markdown(picture)}\n\n## Next\n\n- a step\n"

    assert in_a_page(text, picture) == (
        f"<header>\n<h1>Areas</h1>\n{as_svg(picture, 1)}</header>\n"
        "<section>\n<h2>Next</h2>\n<ul>\n<li>a step</li>\n</ul>\n</section>\n"
    )


def test_pictures_are_counted_as_they_come() -> None:
    text = f"{as_markdown(TREE)}\n\n{as_markdown(WHEEL)}\n\n{as_markdown(TREE)}\n"

    assert in_a_page(text, WHEEL, TREE) == (
        f"<header>\n{as_svg(TREE, 1)}{as_svg(WHEEL, 2)}{as_svg(TREE, 3)}</header>\n"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Skills", "Skill"),
        lambda text: text.replace("```wheel", "```bars"),
        lambda text: text.replace("   7", "   8"),
        lambda text: f"> {text}".replace("\n", "\n> "),
        lambda text: text.removesuffix("\n```"),
    ],
)
def test_what_is_not_a_picture_to_the_letter_stays_text(change: object) -> None:
    assert callable(change)
    shown = in_a_page(f"{change(as_markdown(WHEEL))}\n", WHEEL)

    assert ("<svg" in shown, "<pre><code" in shown) == (False, True)


def test_a_page_that_is_given_no_picture_draws_none() -> None:
    assert "<svg" not in in_a_page(f"{as_markdown(WHEEL)}\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_draws_a_picture_whatever_its_names(name: str) -> None:
    for picture in named(name):
        assert in_a_page(f"a\n\n{as_markdown(picture)}\n\nb\n", picture) == (
            f"<header>\n<p>a</p>\n{as_svg(picture, 1)}<p>b</p>\n</header>\n"
        )
