"""Pictures as text: rows and bars, columns, a tree, a wheel of dots, sentences, Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.hostile_texts import HOSTILE
from support.sample_pictures import BARS, BEFORE, COLUMNS, DAY, LINE, TREE, numbers
from wcwidth import width

from mentorwalk.documents.commonmark import PARSER
from mentorwalk.documents.pictures import (
    as_markdown,
    as_text,
    as_words,
    wheel_of_dots,
    with_wheel,
)
from mentorwalk.documents.signoff import parted
from mentorwalk.domain.pictures import Column, Columns, Part, Picture, Tree
from mentorwalk.domain.text import clean
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from mentorwalk.domain.pictures import AnyPicture, NumbersKind

pytestmark = pytest.mark.portable

MOVED = (
    Part("Learning", 9, 8),
    Part("Close people", 8),
    Part("Health", 0, 4),
    Part("Rest, play", 3, 2, chosen=True),
    Part("Friends"),
)
MIXED = (Part("الصحة", 7, 6), Part("Learning", 9), Part("משפחה וחברים קרובים", 3), Part("Work"))
WIDTHS = (40, 60, 80, 100)

labels = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80))
figures = st.none() | st.integers(0, 10)
parts = st.lists(
    st.builds(Part, labels, figures, figures, figures, st.booleans()), max_size=10
).map(tuple)
pictures: st.SearchStrategy[AnyPicture] = st.one_of(
    st.builds(
        Picture,
        st.sampled_from(["bars", "wheel", "ranking", "line"]),
        parts,
        low=st.sampled_from([-5, 0, 1]),
        before_day=st.none() | st.just(BEFORE),
        second=labels,
    ),
    st.builds(
        Columns,
        st.lists(
            st.builds(Column, labels, st.lists(labels, max_size=4).map(tuple)), max_size=5
        ).map(tuple),
    ),
    st.builds(
        Tree,
        st.lists(
            st.recursive(
                st.builds(Node, labels),
                lambda nodes: st.builds(Node, labels, st.lists(nodes, max_size=3).map(tuple)),
                max_leaves=6,
            ),
            max_size=3,
        ).map(tuple),
    ),
)


def shown(picture: AnyPicture, columns: int, *, in_ascii: bool = False) -> str:
    """A picture as text, and a line break at its end."""
    return "".join(f"{line}\n" for line in as_text(picture, columns, in_ascii=in_ascii))


# --- Rows


def test_a_row_has_its_bar_its_number_and_what_changed() -> None:
    assert (
        shown(numbers("wheel", *MOVED), 60)
        == """\
Learning            █████████·   9  +1
Close people        ████████··   8
Health              ····│·····   0  was 4
Rest, play          ███·······   3  +1  ← chosen
Friends             left out
│ where it was on 3 October
"""
    )


def test_bars_begin_with_the_largest_and_end_with_what_was_left_out() -> None:
    assert [line.split("  ")[0] for line in as_text(numbers("bars", *reversed(MOVED)), 60)] == [
        *("Learning", "Close people", "Rest, play", "Health", "Friends"),
        "│ where it was on 3 October",
    ]


def test_a_wide_window_has_longer_labels_and_bars() -> None:
    picture = numbers("wheel", Part("Friends and community", 7), Part("Rest", 10))

    assert {columns: shown(picture, columns) for columns in WIDTHS} == {
        40: """\
Friends and community
  ███████···   7
Rest
  ██████████  10
""",
        60: """\
Friends and         ███████···   7
community
Rest                ██████████  10
""",
        80: """\
Friends and community   ██████████████······   7
Rest                    ████████████████████  10
""",
        100: """\
Friends and community                 ██████████████······   7
Rest                                  ████████████████████  10
""",
    }


def test_a_second_number_is_a_mark_with_its_number_and_its_name() -> None:
    assert (
        shown(BARS, 60)
        == """\
Learning            █████████·   9  +1  ┃ 9
Close people        ████████··   8  ┃ 8
Rest and play       ███···┃···   3  +1  ┃ 6  ← chosen
Health              ██··│··┃··   2  was 4  ┃ 7
Friends             left out
│ where it was on 3 October
┃ Where it would be fine
"""
    )


def test_without_unicode_signs_are_of_ascii() -> None:
    assert (
        shown(BARS, 60, in_ascii=True)
        == """\
Learning            #########.   9  +1  ! 9
Close people        ########..   8  ! 8
Rest and play       ###...!...   3  +1  ! 6  <- chosen
Health              ##..|..!..   2  was 4  ! 7
Friends             left out
| where it was on 3 October
! Where it would be fine
"""
    )


def test_letters_from_the_right_come_last_in_every_row() -> None:
    assert (
        shown(numbers("wheel", *MIXED), 60)
        == """\
 7  ███████···  +1  الصحة
 9  █████████·      Learning
 3  ███·······      משפחה וחברים
                    קרובים
left out            Work
Compared with 3 October
"""
    )


def test_columns_are_counted_as_the_terminal_has_them() -> None:
    picture = numbers("wheel", Part("健康", 7), Part("👩‍👩‍👧‍👦", 5), Part("Cafe\u0301", 3))

    assert (
        shown(picture, 60)
        == """\
健康                ███████···   7
👩‍👩‍👧‍👦                  █████·····   5
Cafe\u0301                ███·······   3
"""
    )


def test_a_line_begins_at_zero() -> None:
    events = (Part("Start", 0), Part("Berlin", 2), Part("Thesis", -2, -3))

    assert (
        shown(Picture("line", events, -5, 5, DAY, BEFORE), 60)
        == """\
Start   ·····│·····   0
Berlin  ·····│██···  +2
Thesis  ···██│·····  -2  was -3
Compared with 3 October
"""
    )


def test_a_ranking_has_places_and_bars_where_there_are_numbers() -> None:
    assert (
        shown(numbers("ranking", Part("Craft"), Part("Calm, in me and around me")), 60)
        == """\
1  Craft
2  Calm, in me and
   around me
"""
    )
    assert (
        shown(numbers("ranking", Part("Craft", 5, None, 9), Part("Calm", 8), second="Wished"), 60)
        == """\
1  Craft               █████····┃   5  ┃ 9
2  Calm                ████████··   8
┃ Wished
"""
    )


@pytest.mark.parametrize("kind", ["bars", "wheel", "line"])
@pytest.mark.parametrize("left_out", [(), (Part("Work"), Part("Rest", None, 4))])
def test_where_nothing_is_rated_there_is_no_frame(
    kind: NumbersKind, left_out: tuple[Part, ...]
) -> None:
    picture = replace(numbers("bars", *left_out), kind=kind)

    assert as_text(picture, 60) == ["Nothing rated yet"]
    assert as_words(picture) == ["Nothing rated yet."]
    assert as_markdown(picture) == "Nothing rated yet"
    assert wheel_of_dots(picture) == []


def test_all_ten_and_nothing_fill_and_empty_a_bar() -> None:
    picture = numbers("wheel", Part("All", 10, 10, 10), Part("None", 0, 0, 0))

    assert as_text(picture, 60) == [
        "All                 ██████████  10  ┃ 10",
        "None                ··········   0  ┃ 0",
    ]


def test_the_day_of_another_year_has_its_year() -> None:
    picture = replace(numbers("bars", Part("Rest", 3, 5)), before_day=date(2025, 10, 3))

    assert as_text(picture, 60)[-1] == "│ where it was on Friday 3 October 2025"


# --- Columns and trees


def test_columns_stand_beside_each_other_where_they_fit() -> None:
    assert (
        shown(COLUMNS, 60)
        == """\
In my hands       │ I can influence   │ Not mine
the handover      │ who reviews       │ the budget
my calendar       │ when we meet as   │
                  │   a team          │
"""
    )


def test_columns_stand_one_after_another_in_a_narrow_window() -> None:
    assert (
        shown(COLUMNS, 40)
        == """\
In my hands
  the handover
  my calendar

I can influence
  who reviews
  when we meet as a team

Not mine
  the budget
"""
    )


def test_columns_of_letters_from_the_right_do_not_change_places() -> None:
    picture = Columns((Column("שלי", ("היומן",)), Column("לא שלי")))

    assert as_text(picture, 80) == ["שלי", "  היומן", "", "לא שלי"]


def test_a_tree_has_its_branches_at_its_left() -> None:
    assert (
        shown(TREE, 60)
        == """\
the new team
├─ meetings
│  ├─ Monday, too long
│  └─ who has to be there?
├─ people who wait for me
│  ├─ Ola
│  └─ the reviewers
└─ what I can leave
"""
    )
    assert shown(TREE, 60, in_ascii=True).startswith("the new team\n+- meetings\n|  +- Monday")


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (numbers("ranking"), "Nothing chosen yet"),
        (Columns((Column("Mine"), Column("Not mine"))), "Nothing written yet"),
        (Tree(()), "Nothing written yet"),
    ],
)
def test_nothing_says_what_is_missing(picture: AnyPicture, words: str) -> None:
    assert as_text(picture, 60) == [words]


# --- Dots


def test_a_wheel_of_dots_has_a_sector_for_each_part() -> None:
    values = (7, 3, 9, None, 10, 0, 5, 8)
    picture = numbers("wheel", *(Part(str(value), value) for value in values))

    assert (
        "\n".join(wheel_of_dots(picture))
        == """\
⠀⠀⠀⠀⠀⠀⢀⡠⠔⠒⠒⠒⠒⠒⠒⠢⢄⡀⠀⠀⠀⠀⠀⠀
⠀⠀⠀⢀⡤⠊⠁⠀⠀⠀⢀⡀⠀⠀⠀⠀⠀⠈⠑⢤⡀⠀⠀⠀
⠀⠀⡠⠋⠀⠀⢀⣤⣶⣿⣿⡇⢰⣤⣤⣀⠀⠀⠀⠀⠙⢄⠀⠀
⠀⡰⠁⠀⠀⠀⠀⠙⢿⣿⣿⡇⢸⣿⣿⡿⠃⠀⠀⠀⠀⠈⢆⠀
⢰⠁⠀⠀⠀⠀⠀⢠⣄⠙⢿⡇⢸⡿⠋⠀⠀⠀⠀⠀⠀⠀⠈⡆
⢸⠀⠀⠀⠀⠀⠀⠿⠿⠷⠄⠁⠈⠠⠶⠀⠀⠀⠀⠀⠀⠀⠀⡇
⢸⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⡀⠀⠐⢶⣶⣶⣶⣶⣶⣶⡆⠀⡇
⠸⡀⠀⠀⠀⠀⠀⠀⠀⣠⣾⡇⠀⠀⠀⠙⢿⣿⣿⣿⡿⠀⢀⠇
⠀⠱⡀⠀⠀⠀⠀⣠⣾⣿⣿⡇⠀⠀⠀⠀⠀⠙⢿⡿⠁⢀⠎⠀
⠀⠀⠑⣄⠀⣠⣾⣿⣿⣿⣿⡇⠀⠀⠀⠀⠀⠀⠀⠀⣠⠊⠀⠀
⠀⠀⠀⠈⠓⢌⡛⠿⣿⣿⣿⡇⠀⠀⠀⠀⠀⠀⠀⠚⠁⠀⠀⠀
⠀⠀⠀⠀⠀⠀⠈⠑⠢⠬⠭⠥⠀⠠⠤⠀⠈⠁⠀⠀⠀⠀⠀⠀"""
    )


@pytest.mark.parametrize("count", range(1, 11))
def test_a_wheel_of_dots_is_full_where_all_are_ten_and_hollow_where_all_are_nothing(
    count: int,
) -> None:
    full, hollow = (
        sum(
            (ord(cell) - 0x2800).bit_count()
            for line in wheel_of_dots(numbers("wheel", *[Part("Area", value)] * count))
            for cell in line
        )
        for value in (10, 0)
    )
    assert full > 3 * hollow > 0


def test_a_wheel_has_its_rows_beside_it_and_their_numbers_on_its_rim() -> None:
    values = (7, 3, 9, None, 10, 0, 5, 8, 1, 2)
    parts = (Part(f"Area {name}", value) for name, value in zip("ABCDEFGHIJ", values, strict=True))

    assert (
        "\n".join(with_wheel(numbers("wheel", *parts), 100))
        == """\
⠀⠀⠀⠀⠀⠀⢀⡠10⠒⠒⠒⠒⠒1⢄⡀⠀⠀⠀⠀⠀⠀    1  Area A              ███████···   7
⠀⠀⠀⢀⡤⠊⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠈⠑⢤⡀⠀⠀⠀    2  Area B              ███·······   3
⠀⠀9⠋⠀⠀⠀⠀⠀⠀⠀⠀⢰⣤⣤⣀⠀⠀⠀⠀2⢄⠀⠀    3  Area C              █████████·   9
⠀⡰⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⢸⣿⡿⠃⠀⠀⠀⠀⠀⠈⢆⠀    4  Area D              left out
⢰⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢸⠟⠀⠀⠀⠀⠀⠀⣀⠀⠈⡆    5  Area E              ██████████  10
8⠀⠀⢰⣿⣷⣶⣤⣄⣀⠀⠁⠈⠐⣃⣠⣤⣶⣾⣿⣿⡇⠀3    6  Area F              ··········   0
⢸⠀⠀⠸⣿⡿⠿⠛⣋⣩⠄⠀⢀⠀⠉⠙⠛⠿⢿⣿⣿⡇⠀⡇    7  Area G              █████·····   5
⠸⡀⠀⠀⠀⠀⠀⠘⢿⠋⠀⠀⢸⣦⠀⠀⠀⠀⠀⠀⠉⠀⢀⠇    8  Area H              ████████··   8
⠀⠱⡀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢸⣿⣷⡄⠀⠀⠀⠀⠀⠀⠊⠀    9  Area I              █·········   1
⠀⠀7⣄⠀⠀⠀⠀⠀⠀⠀⠀⢸⣿⣿⣿⣦⠀⠀⠀4⠂⠀⠀   10  Area J              ██········   2
⠀⠀⠀⠈⠓⢄⡀⠀⠀⠀⠀⠀⢸⣿⣿⣿⠿⢓⡠⠒⠀⠀⠀⠀
⠀⠀⠀⠀⠀⠀⠈⠑6⠤⠤⠤⠬⠭⠥5⠊⠁⠀⠀⠀⠀⠀⠀"""
    )


def test_of_ten_sectors_each_has_its_number() -> None:
    for count in range(1, 11):
        lines = with_wheel(numbers("wheel", *[Part("Area", 10)] * count), 100)
        rim = re.findall(r"\d+", " ".join(line[:24] for line in lines))
        assert sorted(map(int, rim)) == [*range(1, count + 1)]


# --- Sentences


@pytest.mark.parametrize(
    ("picture", "sentences"),
    [
        (
            numbers("wheel", Part("Learning", 9, 8), Part("Health", 0, 4), Part("Friends")),
            "Learning 9, one more than on 3 October. Health 0, four less. Friends left out.",
        ),
        (
            numbers("wheel", Part("Work", 5, 5), Part("Rest", 3, 5, chosen=True), Part("Home", 4)),
            "Work 5, as before. Rest 3, two less than on 3 October. Home 4. Chosen: Rest.",
        ),
        (
            numbers("wheel", Part("Work", None, 5), Part("Rest", 3, None, 7), second="Enough"),
            "Work left out, 5 on 3 October. Rest 3. Enough: 7.",
        ),
        (
            Picture("bars", (Part("Work", 9, 5), Part("Rest", 3, 4), Part("Home", None, 2))),
            "Work 9, four more. Rest 3, one less. Home left out, 2 before.",
        ),
        (LINE, "First job +1. Berlin +4. The year of the thesis -3."),
        (numbers("ranking", Part("Craft"), Part("Calm", 4)), "1. Craft. 2. Calm 4."),
        (
            COLUMNS,
            "In my hands: the handover and my calendar. I can influence: who reviews and when",
        ),
        (
            Columns((Column("Mine", ("a",)), Column("Not mine"))),
            "Mine: a. Not mine: nothing yet.",
        ),
        (
            TREE,
            "the new team: meetings, people who wait for me and what I can leave. meetings:",
        ),
    ],
)
def test_a_picture_can_be_read_aloud(picture: AnyPicture, sentences: str) -> None:
    assert " ".join(as_words(picture)).startswith(sentences)


# --- Markdown


def test_in_markdown_a_picture_is_a_fenced_block_of_its_kind() -> None:
    assert (
        as_markdown(numbers("wheel", *MOVED[:2]))
        == """\
```wheel
Learning            █████████·   9  +1
Close people        ████████··   8
Compared with 3 October
```"""
    )


def test_in_markdown_a_tree_is_a_list() -> None:
    tree = Tree((Node("# the new team", (Node("meetings", (Node("1. Monday"),)), Node("Ola"))),))

    assert (
        as_markdown(tree)
        == """\
- \\# the new team
  - meetings
    - 1\\. Monday
  - Ola"""
    )


# --- Laws


@given(pictures, st.integers(40, 120), st.booleans())
@example(numbers("bars", Part("a" * 400, 1)), 60, False)
def test_no_line_is_wider_than_the_window(
    picture: AnyPicture, columns: int, in_ascii: bool
) -> None:
    lines, room = as_text(picture, columns, in_ascii=in_ascii), min(columns, 93) - 4

    assert [line for line in lines if width(line) > room or line != line.rstrip()] == []


@given(labels, st.sampled_from(WIDTHS))
@example("a" * 400, 60)
def test_no_label_is_cut(label: str, columns: int) -> None:
    lines = as_text(numbers("ranking", Part(label)), columns)

    assert "".join("".join(lines).removeprefix("1").split()) == "".join(clean(label).split())


@given(st.integers(0, 10), figures, figures, st.sampled_from(WIDTHS))
def test_every_number_is_in_the_text(
    value: int, before: int | None, second: int | None, columns: int
) -> None:
    text = shown(numbers("wheel", Part("Area", value, before, second)), columns)

    row = re.split("│ where|Compared", text)[0]
    fell = [before] if before is not None and before > value else []
    rose = [value - before] if before is not None and before < value else []
    marks = [] if second is None else [second]
    assert [int(each) for each in re.findall(r"\d+", row)] == [value, *fell, *rose, *marks]


@given(pictures)
@example(numbers("bars", Part("````", 3)))
@example(Columns((Column("<!-- mentorwalk: who agrees -->", ("a",)),)))
@example(numbers("ranking", Part("x" * 18 + " <!-- mentorwalk: who agrees -->")))
def test_whatever_its_words_a_picture_is_one_block_of_markdown(picture: AnyPicture) -> None:
    markdown = as_markdown(picture)
    blocks = [token for token in PARSER.parse(markdown) if token.level == 0 and token.nesting >= 0]

    assert len(blocks) <= 1
    assert parted(f"\n{markdown}\n")[1] is None
    if blocks and blocks[0].type == "fence":
        lines = [line.lstrip() for line in blocks[0].content.split("\n")]
        assert blocks[0].info == picture.kind
        assert lines == [line.lstrip() for line in [*as_text(picture, 60), ""]]


def test_on_a_card_a_long_item_takes_two_rows_and_a_document_has_it_whole() -> None:
    long = " ".join(["a long strength"] * 12)
    listed = Columns((Column("Strengths", (long, "short")), Column("Gaps", ())))
    rated, grown = numbers("bars", Part(long, 7)), Tree((Node(long),))
    on_card = [as_text(each, 60, short=True) for each in (listed, rated, grown)]
    assert [len(lines) for lines in on_card] == [4, 2, 2]
    assert all("..." in "".join(lines) for lines in on_card)
    assert "..." not in "".join(as_text(listed, 60))
    for columns in (20, 36, 60, 80, 100):
        lines = as_text(listed, columns, short=True)
        assert max(map(len, lines)) <= columns
