"""What is being typed wraps at its words, and the cursor stands where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.covering import dealt
from support.terminals import ALT_ENTER, CTRL_A, ENTER, LEFT, Step, Terminal, fed, folded, pasted

from mentorwalk.domain.card import Card
from mentorwalk.domain.fields import Field
from mentorwalk.domain.question import Question
from mentorwalk.engine.frontend import Said
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.live.text_box import Letter, letters_of, row_starts

SIZES = [(100, 30), (80, 24), (60, 20), (40, 20)]
EVERY_SIZE = pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]], ids=str)
SENTENCE = (
    "I want to lead my new team without doing everybody's work, and to say no to what others can "
    "do as well; last week I stayed until nine three times, and nobody had asked me to. "
)
LETTERS = st.text(
    st.sampled_from("ab-. é词🌱\u0301\u200d\ufe0f\xa0\t") | st.characters(exclude_characters="\n")
)
ROOMS = st.integers(2, 12)


def rows(line: str, room: int) -> list[str]:
    """The rows of a line."""
    return [line[start:end] for start, end in pairwise((*row_starts(line, room), len(line)))]


def columns(text: str) -> int:
    """The columns a text takes."""
    return sum(letter.columns for letter in letters_of(text))


def words(line: str) -> list[list[Letter]]:
    """The words of a line, as letters."""
    spaced = groupby(letters_of(line), lambda letter: line[letter.start] == " ")
    return [list(letters) for is_space, letters in spaced if not is_space]


# --- Where rows begin


def test_a_line_is_broken_at_its_words() -> None:
    expected: dict[str, list[str]] = {
        "": [""],
        "hello": ["hello"],
        "hello you": ["hello ", "you"],
        "hi you": ["hi ", "you"],
        "a b c": ["a b c"],
        "hello ": ["hello ", ""],
        "hello   you": ["hello ", "  you"],
        "ab abcdefgh c": ["ab ", "abcde", "fgh c"],
        "词词词词": ["词词", "词词"],
        "ab词 cd": ["ab词 ", "cd"],
        "éa\u0301 e\u0301e\u0301e\u0301": ["éa\u0301 ", "e\u0301e\u0301e\u0301"],
    }
    assert {line: rows(line, 5) for line in expected} == expected


def test_two_emoji_that_are_joined_stay_together() -> None:
    assert rows("abc👩\u200d👧d", 5) == ["abc", "👩\u200d👧d"]


def test_a_hand_keeps_its_skin_tone_and_a_flag_its_two_letters() -> None:
    assert rows("abc👍🏽d", 5) == ["abc", "👍🏽d"]
    assert rows("ab🇩🇪🇫🇷", 6) == ["ab🇩🇪", "🇫🇷"]


@given(LETTERS, ROOMS)
def test_nothing_is_lost_or_added(line: str, room: int) -> None:
    assert "".join(rows(line, room)) == line


@given(LETTERS, ROOMS)
def test_no_row_is_wider_than_its_room_but_for_the_space_that_ends_it(line: str, room: int) -> None:
    for row in rows(line, room):
        letters = list(letters_of(row))
        inside = letters[:-1] if letters and row[letters[-1].start] == " " else letters
        # One picture of many emoji has no place to be broken.
        assert len(inside) < 2 or sum(letter.columns for letter in inside) <= room


@given(LETTERS, ROOMS)
def test_a_word_is_broken_only_where_no_row_has_room_for_it(line: str, room: int) -> None:
    starts = row_starts(line, room)[1:]
    for word in words(line):
        inside = [letter.start for letter in word[1:] if letter.start in starts]
        narrow = all(letter.columns == 1 for letter in word)
        assert not inside or not narrow or len(word) > room


@given(LETTERS, ROOMS)
def test_a_mark_is_never_parted_from_its_letter(line: str, room: int) -> None:
    begin = {letter.start for letter in letters_of(line)} | {0, len(line)}
    assert set(row_starts(line, room)) <= begin


@given(LETTERS, ROOMS)
def test_every_row_takes_as_many_words_as_it_has_room_for(line: str, room: int) -> None:
    for row, following in pairwise(rows(line, room)):
        word = following.partition(" ")[0]
        fits = columns(row + word) <= room
        assert not fits or row.endswith(" " * 2) or not word or columns(row) > room


# --- On the screen


def typed(
    *script: Step, size: tuple[int, int] = SIZES[1], kind: str = "text"
) -> tuple[str, Terminal]:
    """What is written down when these keys are pressed, and the screen."""
    field = Field("purpose", "Purpose", type="list" if kind == "list" else "text")
    question = Question("purpose", field, "Purpose", date(2026, 11, 22))
    question = replace(question, unseen=kind == "unseen")
    with fed(*script, columns=size[0], rows=size[1]) as terminal:
        reply = LiveFrontend().ask(Card(ask="What brings you here?"), question, None)
    assert isinstance(reply, Said)
    return str(reply.value), terminal


def box(terminal: Terminal) -> list[str]:
    """The rows of the box on the last picture."""
    first = next(n for n, row in enumerate(terminal.last) if row.startswith("  › "))
    inside = [row for row in terminal.last[first:] if row[:4] in ("  › ", "    ")]
    return [row[4:].rstrip() for row in inside if row.strip()]


@EVERY_SIZE
def test_words_wrap_whole_while_they_are_typed(size: tuple[int, int]) -> None:
    said, terminal = typed(SENTENCE, ("asked me to.", ENTER), size=size)
    words = {word for row in box(terminal) for word in row.split()}
    assert (said, words) == (SENTENCE.strip(), set(SENTENCE.split()))


TEXTS = (SENTENCE, "词" * 90, "éa\u0301 " * 40, "x" * 200, "🌱 up " * 30)


@pytest.mark.parametrize(("text", "size"), dealt(TEXTS, SIZES) + dealt(TEXTS, SIZES[::-1]))
def test_the_cursor_follows_the_last_letter(text: str, size: tuple[int, int]) -> None:
    end = "end."
    _, terminal = typed(pasted(text + end), (end, ENTER), size=size)
    assert terminal.around_cursor == (".", " ")


@pytest.mark.parametrize(("back", "size"), dealt((1, 5, 40, 90, 150), SIZES[::-1]))
def test_the_cursor_stands_under_the_letter_it_went_back_to(
    back: int, size: tuple[int, int]
) -> None:
    text = SENTENCE.strip()
    keys: list[Step] = [("asked me to.", LEFT * back), ("asked me to.", ENTER)]
    _, terminal = typed(pasted(text), *keys, size=size)
    assert terminal.around_cursor[1] == text[-back]


@EVERY_SIZE
def test_a_space_at_the_edge_brings_the_cursor_to_the_next_row(size: tuple[int, int]) -> None:
    room = min(size[0], 92) - 5
    full = "x" * (room - 2) + " y"
    _, at_edge = typed(pasted(full), ("x y", ENTER), size=size)
    _, beyond = typed(pasted(f"{full} "), ("x y", ENTER), size=size)
    assert (at_edge.around_cursor, beyond.around_cursor) == (("y", " "), (" ", " "))


@EVERY_SIZE
def test_a_word_longer_than_the_box_is_broken(size: tuple[int, int]) -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(200))
    said, terminal = typed(pasted(word), (word[-5:], ENTER), size=size)
    assert (said, "".join(box(terminal))) == (word, word)


@EVERY_SIZE
def test_every_line_of_a_paste_is_wrapped_for_itself(size: tuple[int, int]) -> None:
    lines = [f"{n}. {SENTENCE.strip()}" for n in (1, 2)]
    said, terminal = typed(pasted("\r".join(lines)), ("2. I want", ENTER), size=size)
    assert (said, folded(" ".join(box(terminal)))) == ("\n".join(lines), " ".join(lines))
    assert [row[:2] for row in box(terminal) if row[:2] in ("1.", "2.")] == ["1.", "2."]


@EVERY_SIZE
def test_a_very_long_answer_scrolls_inside_its_box(size: tuple[int, int]) -> None:
    text = SENTENCE * 40 + "That is all."
    said, terminal = typed(pasted(text), ("That is all.", ENTER), size=size)
    assert (said, terminal.around_cursor) == (text, (".", " "))


@EVERY_SIZE
def test_the_beginning_of_a_very_long_answer_can_be_gone_back_to(size: tuple[int, int]) -> None:
    text = "First. " + SENTENCE * 40 + "That is all."
    keys: list[Step] = [pasted(text), ("That is all.", CTRL_A), ("› First.", ENTER)]
    said, terminal = typed(*keys, size=size)
    assert (said, terminal.around_cursor) == (text, (" ", "F"))


@EVERY_SIZE
def test_the_items_of_a_list_wrap_as_a_text_does(size: tuple[int, int]) -> None:
    one, two = SENTENCE.strip(), "And one more."
    said, terminal = typed(one, ENTER, two, (two, ENTER * 2), size=size, kind="list")
    assert (said, folded(" ".join(box(terminal)))) == (str((one, two)), f"{one} {two}")


@EVERY_SIZE
def test_a_new_line_begins_at_the_margin(size: tuple[int, int]) -> None:
    said, terminal = typed("one", ALT_ENTER, "two", ("two", ENTER), size=size)
    assert (said, box(terminal)) == ("one\ntwo", ["one", "two"])


@EVERY_SIZE
def test_what_is_typed_unseen_wraps_as_well(size: tuple[int, int]) -> None:
    said, terminal = typed(pasted("x" * 150), ("*", ENTER), size=size, kind="unseen")
    assert (said, "".join(box(terminal))) == ("x" * 150, "*" * 150)
