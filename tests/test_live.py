"""The live frontend: what keys do at every prompt, and what stands on the screen."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.layout.mouse_handlers import MouseHandlers
from prompt_toolkit.layout.screen import Screen as Cells
from prompt_toolkit.layout.screen import WritePosition
from support.building import ADA_AND_GRACE
from support.covering import dealt, faulty
from support.questions import (
    BOXES,
    CARD,
    DAY,
    HOUR,
    ITEMS,
    LENGTH,
    LIKING,
    OWN,
    RHYTHM,
    STEPS,
    SURE,
    TEXT,
    WRITES,
    Wrist,
    kind,
    put,
)
from support.terminals import (
    ALT_ENTER,
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    CTRL_J,
    CTRL_U,
    DOWN,
    ENTER,
    ESCAPE,
    OPTIONS,
    PAGE_DOWN,
    PAGE_UP,
    SHIFT_TAB,
    TAB,
    UP,
    FakeClock,
    Pty,
    Step,
    Terminal,
    fed,
    folded,
    pasted,
)
from wcwidth import wcswidth

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.asking import questions_of, sheet_of
from mentorwalk.domain.card import Card, Recalled
from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.events import Answered, Entered, Opened
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.domain.showing import card_of, stuck_lines
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Proposal,
    PutBack,
    Reword,
    Said,
    Talked,
)
from mentorwalk.frontends.drawing import Drawing
from mentorwalk.frontends.expected_words import expected
from mentorwalk.frontends.frame import ClockFace, clock_face
from mentorwalk.frontends.live.canvas import Begins, Canvas, begins_line, begins_paragraph, rows_of
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.signs import ASCII
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.frontend import Reply
    from mentorwalk.frontends.clock_words import ClockStyle

pytestmark = pytest.mark.portable

ROOT = Path(__file__).parent.parent
READ_FIRST, READ_ON = "Enter: read on", "PgDn, PgUp: read on"
DRAFT = "We sleep on it: a draft until we meet again"
ACCEPT = "We both say yes, aloud, now"
OFF_RECORD = "OFF THE RECORD for this card. Nothing is written. Tab, Enter: write again."
PAUSED = "Paused. The clock stands still."
"""Words that stand on the screen."""
SIZES = [(100, 30), (80, 24), (60, 20), (40, 20)]
EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=str)
HINT = f"{TAB}h"


def case(value: object) -> str | None:
    """The name of a test: its keys, or the kind of its prompt."""
    match value:
        case Field():
            return kind(value)
        case (str(keys), Command()):
            return keys
        case _:
            return value if isinstance(value, str) else None


def asked(
    field: Field, *script: Step, value: Value | None = None, draft: str | None = None
) -> Said | Command | Interrupted:
    """What comes of asking for a field, when these keys are pressed."""
    with fed(*script):
        return LiveFrontend().ask(CARD, put(field, value, draft), None)


def left(
    field: Field, *script: Step, value: Value | None = None, draft: str | None = None
) -> tuple[Said | Command | Interrupted, str | None]:
    """What comes of asking for a field, and the text that is half typed when it is left."""
    kept = [draft]
    with fed(*script):
        reply = LiveFrontend().ask(CARD, put(field, value, draft), None, kept.append)
    return reply, kept[-1]


def talked(card: Card, *script: Step) -> Talked | Command | Interrupted:
    """What comes of showing a card, when these keys are pressed."""
    with fed(*script):
        return LiveFrontend().talk(card, None)


def settled(
    *script: Step,
) -> AcceptSheet | EditLine | Command | Interrupted:
    """What comes of a sheet of two rows, when these keys are pressed."""
    with fed(*script):
        return LiveFrontend().settle(CARD, [put(LENGTH, 60), put(RHYTHM, "As needed")], None)


def decided(*script: Step) -> Said | Reword | PutBack | Command | Interrupted:
    """What comes of the agreement, when these keys are pressed."""
    with fed(*script):
        return LiveFrontend().decide(CARD, Proposal("# Agreement\n\nWe meet.", ADA_AND_GRACE), None)


LONG = Proposal("\n\n".join(f"Paragraph {number}." for number in range(1, 31)), ADA_AND_GRACE)
PAGES: list[Step] = [
    *((f"page {number} of 3", ENTER) for number in (1, 2)),
    ("Enter: go on", ENTER),
]
"""What reads it to its end."""


# --- Text


def test_enter_writes_a_text_down() -> None:
    assert asked(TEXT, f"lead a team{ENTER}") == Said("lead a team")


def test_alt_enter_makes_a_new_line() -> None:
    assert asked(TEXT, f"one{ALT_ENTER}two{ENTER}") == Said("one\ntwo")


def test_ctrl_j_makes_a_new_line() -> None:
    assert asked(TEXT, f"one{CTRL_J}two{ENTER}") == Said("one\ntwo")


def test_an_empty_text_is_no_answer() -> None:
    assert asked(TEXT, ENTER) == Said(None)


def test_what_stands_there_is_kept_by_enter_and_can_be_corrected() -> None:
    assert asked(TEXT, ENTER, value="lead") == Said("lead")
    assert asked(TEXT, f" two{ENTER}", value="lead") == Said("lead two")
    assert asked(TEXT, f"{CTRL_U}{ENTER}", value="lead") == Said(None)


def test_what_was_half_typed_goes_before_what_stands_there() -> None:
    assert asked(TEXT, f"alf{ENTER}", value="whole", draft="h") == Said("half")


def test_a_paste_of_many_lines_is_one_answer() -> None:
    kept: list[str | None] = []
    with fed(pasted("a\nb\r\nc\n"), f"!{ENTER}", f"next{ENTER}"):
        live = LiveFrontend()
        assert live.ask(CARD, put(TEXT), None) == Said("a\nb\nc\n!")
        assert live.ask(CARD, put(LENGTH), None, kept.append) == Interrupted(for_good=True)
    assert kept == ["next"]


def test_a_pasted_tab_opens_no_options() -> None:
    assert asked(TEXT, pasted("a\tb"), ENTER) == Said("a b")


def test_a_paste_on_the_card_itself_begins_the_answer_and_gives_it_not() -> None:
    with fed(pasted("a\r\nb\rc"), ("Purpose", ENTER)):
        live = LiveFrontend()
        assert live.talk(WRITES, None) == Talked()
        assert live.ask(WRITES, put(TEXT), None) == Said("a\nb\nc")


def test_control_characters_in_a_text_are_taken_out() -> None:
    assert asked(TEXT, pasted("a\x1b[31mb\x00c"), ENTER) == Said("abc")


IDEAS = Field("wish", "Wish", ideas=("be honest", "ask {mentee}"))


def test_an_idea_is_taken_over_and_can_be_changed() -> None:
    assert asked(IDEAS, f"{DOWN} with me{ENTER}") == Said("be honest with me")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (f"{DOWN}{DOWN}", "ask Grace"),
        (UP, "ask Grace"),
        (f"{DOWN}{UP}", None),
        (f"listen{DOWN}", "listen"),
    ],
    ids=["down twice", "up", "down and up", "own words stay"],
)
def test_arrows_go_through_the_ideas_while_nothing_else_is_written(
    keys: str, said: str | None
) -> None:
    assert asked(IDEAS, f"{keys}{ENTER}") == Said(said)


PROMISE = replace(put(Field("promise", "Promise")), wanted=True)


def test_enter_on_an_empty_line_of_a_sheet_says_once_that_it_stays_open() -> None:
    with fed(ENTER, ("Nothing is written yet: Enter once more leaves it open.", ENTER)):
        assert LiveFrontend().ask(CARD, PROMISE, None) == Said(None)


def test_what_was_missing_is_not_told_any_more_once_something_is_written() -> None:
    with fed(ENTER, ("Nothing is written yet", "hm"), ("› hm", ENTER)) as terminal:
        assert LiveFrontend().ask(CARD, PROMISE, None) == Said("hm")
    written = [picture for picture in terminal.pictures if any("› hm" in row for row in picture)]
    assert [row for row in written[-1] if "Nothing is written" in row] == []


# --- Lists


def test_enter_begins_the_next_item_and_an_empty_line_ends_the_list() -> None:
    assert asked(ITEMS, f"one{ENTER}two{ENTER}{ENTER}") == Said(("one", "two"))


def test_an_empty_list_is_no_answer() -> None:
    assert asked(ITEMS, ENTER) == Said(None)


def test_a_list_that_stands_there_can_grow() -> None:
    assert asked(ITEMS, f"{ENTER}two{ENTER}{ENTER}", value=("one",)) == Said(("one", "two"))


def test_a_list_that_is_too_long_is_told_and_stays() -> None:
    with fed(
        f"a{ENTER}b{ENTER}c{ENTER}d{ENTER}{ENTER}",
        ("At most three, one a line; here are four.", f"{BACKSPACE}{BACKSPACE}{ENTER}{ENTER}"),
    ):
        assert LiveFrontend().ask(CARD, put(ITEMS), None) == Said(("a", "b", "c"))


# --- Choices


def test_arrows_and_enter_choose() -> None:
    assert asked(RHYTHM, f"{DOWN}{DOWN}{DOWN}{UP}{ENTER}") == Said("Every month")


def test_a_digit_goes_to_a_choice() -> None:
    assert asked(RHYTHM, f"3{ENTER}") == Said("As needed")


def test_enter_keeps_the_choice_that_stands_there() -> None:
    assert asked(RHYTHM, ENTER, value="Every month") == Said("Every month")


def test_no_choice_stays_lit_when_the_pointer_has_gone_on() -> None:
    with fed(("› 1) Every week", DOWN), ("› 2) Every month", ENTER)) as screen:
        assert LiveFrontend().ask(CARD, put(RHYTHM, "Every week"), None) == Said("Every month")
    assert re.findall(r"\x1b\[(?:\d+;)*7m", "".join(screen.raw)) == []


def test_own_words_are_a_choice_where_they_are_allowed() -> None:
    assert asked(OWN, f"4{ENTER}", f"at full moon{ENTER}") == Said("at full moon")


def test_own_words_that_stand_there_can_be_corrected() -> None:
    assert asked(OWN, f"{ENTER}", f"s{ENTER}", value="at full moon") == Said("at full moons")


def test_own_words_that_are_a_choice_are_that_choice() -> None:
    assert asked(OWN, f"4{ENTER}", f"every MONTH{ENTER}") == Said("Every month")


def test_no_own_words_lead_back_to_the_choices() -> None:
    assert asked(OWN, f"4{ENTER}", ENTER, f"1{ENTER}") == Said("Every week")


def test_choices_are_shown_with_names_and_kept_without() -> None:
    field = replace(RHYTHM, choices=(Choice("{mentee} asks"), Choice("Nobody")))
    with fed(("Grace asks", f"{DOWN}{ENTER}")):
        assert LiveFrontend().ask(CARD, put(field), None) == Said("{mentee} asks")


def test_enter_alone_invents_no_answer() -> None:
    assert asked(RHYTHM, ENTER) == Said(None)


@pytest.mark.parametrize(
    ("keys", "said"),
    [("1\r", "Every week"), (DOWN + ENTER, "Every week"), (UP + ENTER, None), (BACKSPACE, None)],
)
def test_on_a_sheet_the_pointer_is_at_no_choice_until_it_is_moved_to_one(
    keys: str, said: Value | None
) -> None:
    line = replace(put(RHYTHM), wanted=True)
    with fed(("then Enter: choose", ENTER), ("Nothing is chosen yet", keys)):
        assert LiveFrontend().ask(CARD, line, None) == Said(said)


def test_once_something_is_chosen_nothing_says_that_nothing_is() -> None:
    line, missed = replace(put(RHYTHM), wanted=True), "Nothing is chosen yet"
    steps = [("then Enter: choose", ENTER), (missed, "1"), ("› 1) Every week", CTRL_C)]
    with fed(*steps) as screen:
        LiveFrontend().ask(CARD, line, None)
    assert (screen.awaited, missed in screen.words) == ([], False)


def test_space_marks_boxes_and_enter_keeps_them() -> None:
    assert asked(BOXES, f" {DOWN}{DOWN} {ENTER}") == Said(("Every week", "As needed"))


MANY = replace(RHYTHM, choices=tuple(Choice(f"Choice {number}") for number in range(12)))


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (MANY, ["4 more below", "2 more above, 2 more below", "4 more above"]),
        (
            replace(MANY, type="checkbox"),
            ["3 more below", "1 more above, 2 more below", "3 more above"],
        ),
    ],
    ids=case,
)
def test_a_list_tells_how_many_more_there_are_than_it_shows(field: Field, told: list[str]) -> None:
    steps: list[Step] = list(zip(told, (DOWN * 9, UP * 10, CTRL_C), strict=True))
    with fed(*steps, columns=60, rows=18) as screen:
        LiveFrontend().ask(CARD, put(field, "Choice 0" if field is MANY else None), None)
    assert screen.awaited == []


def test_a_list_that_stands_whole_tells_of_no_more() -> None:
    with fed(("Choice 11", CTRL_C), columns=60, rows=30) as screen:
        LiveFrontend().ask(CARD, put(MANY), None)
    assert "more" not in screen.words


def test_boxes_that_stand_there_are_marked() -> None:
    assert asked(BOXES, f" {ENTER}", value=("As needed",)) == Said(("Every week", "As needed"))


def test_a_digit_marks_its_box_and_takes_the_mark_away() -> None:
    assert asked(BOXES, f"132{ENTER}") == Said(("Every week", "Every month", "As needed"))
    assert asked(BOXES, f"131{ENTER}") == Said(("As needed",))
    assert asked(BOXES, f"9{ENTER}") == Said(None)


def test_a_digit_marks_no_box_beyond_the_limit() -> None:
    assert asked(replace(BOXES, max=1), f"12{ENTER}") == Said(("Every week",))


def test_no_boxes_are_no_answer() -> None:
    assert asked(BOXES, ENTER) == Said(None)


def test_own_words_beside_boxes_are_offered_where_they_are_allowed() -> None:
    with fed(ENTER) as terminal:
        LiveFrontend().ask(CARD, put(replace(BOXES, other=True)), None)
    assert terminal.seen("In your own words")


@pytest.mark.parametrize("field", [RHYTHM, OWN, SURE], ids=kind)
def test_backspace_leaves_a_choice_empty(field: Field) -> None:
    current: Value = True if field.type == "confirm" else "Every month"
    assert (asked(field, BACKSPACE), asked(field, BACKSPACE, value=current)) == (
        Said(None),
        Said(None),
    )


def test_a_word_that_is_typed_among_boxes_marks_none() -> None:
    assert asked(BOXES, f"ali{ENTER}") == Said(None)


BOXES_OWN = replace(BOXES, other=True)


def test_own_words_join_the_boxes_that_are_marked() -> None:
    script = (f" {UP} {ENTER}", f"at full moon{ENTER}")
    assert asked(BOXES_OWN, *script) == Said(("Every week", "at full moon"))


def test_own_words_beside_boxes_that_stand_there_are_marked() -> None:
    current = ("Every week", "at full moon")
    assert asked(BOXES_OWN, ENTER, value=current) == Said(current)


def test_no_own_words_lead_back_to_the_boxes() -> None:
    script: list[Step] = [f"{UP} {ENTER}", ENTER, ("Space: mark", CTRL_C)]
    assert asked(BOXES_OWN, *script) == Interrupted()


def test_the_boxes_marked_are_still_marked_when_no_own_words_come() -> None:
    script: list[Step] = [f" {UP} {ENTER}", ENTER, ("Space: mark", ENTER)]
    assert asked(BOXES_OWN, *script) == Said(("Every week",))


# --- Yes or no, numbers, days


@pytest.mark.parametrize(("key", "said"), [("y", True), ("n", False), ("Y", True), ("N", False)])
def test_one_letter_says_yes_or_no(key: str, said: bool) -> None:
    assert asked(SURE, key) == Said(said)


def test_enter_says_neither_yes_nor_no_where_nothing_stands() -> None:
    assert asked(SURE, ENTER) == Said(None)


@pytest.mark.parametrize("current", [True, False])
def test_enter_keeps_the_yes_or_no_that_stands_there(current: bool) -> None:
    assert asked(SURE, ENTER, value=current) == Said(current)


def test_a_line_is_read_by_its_type() -> None:
    expected: dict[tuple[Field, str], Value | None] = {
        (LENGTH, "45"): 45,
        (LENGTH, "45 minutes"): 45,
        (LENGTH, ""): None,
        (LIKING, "0"): 0,
        (DAY, "15 Dec"): "2026-12-15",
        (DAY, "in 3 weeks"): "2026-12-13",
        (DAY, "Tuesday"): "2026-11-24",
        (HOUR, "3 pm"): "15:00",
        (HOUR, "12:30"): "12:30",
    }
    found = {(field, typed): asked(field, f"{typed}{ENTER}") for field, typed in expected}
    assert found == {key: Said(value) for key, value in expected.items()}


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (LENGTH, "500", "A number from 15 to 180 would do."),
        (LIKING, "11", "A whole number from 0 to 10 would do."),
        (DAY, "soon", "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."),
        (HOUR, "25:00", "A time of day would do, such as “15:00” or “3 pm”."),
    ],
)
def test_what_cannot_be_read_is_told_and_stays(field: Field, typed: str, told: str) -> None:
    assert left(field, f"{typed}{ENTER}", (told, CTRL_C)) == (Interrupted(), typed)


def test_a_day_that_stands_there_is_offered_in_words() -> None:
    with fed(("› Tue 15 Dec", ENTER)):
        assert LiveFrontend().ask(CARD, put(DAY, "2026-12-15"), None) == Said("2026-12-15")


def test_a_day_of_next_year_that_stands_there_is_kept_by_enter() -> None:
    assert asked(DAY, ENTER, value="2027-12-14") == Said("2027-12-14")


# --- The talk and the sheet


def test_enter_says_that_they_have_talked() -> None:
    assert talked(CARD, ENTER) == Talked()


def test_the_first_letter_opens_a_text_and_stands_in_it() -> None:
    with fed(("What brings you here?", "l"), ("Purpose", f"ead{ENTER}")):
        live = LiveFrontend()
        assert live.talk(WRITES, None) == Talked()
        assert live.ask(WRITES, put(TEXT), None) == Said("lead")


def test_the_first_letter_takes_the_place_of_what_was_half_typed_before() -> None:
    with fed("l", ("Purpose", f"ead{CTRL_C}"), ("Purpose", f"s{ENTER}")):
        live, kept = LiveFrontend(), ["old"]
        live.talk(WRITES, None)
        live.ask(WRITES, put(TEXT, draft="old"), None, lambda text: kept.append(str(text)))
        assert live.ask(WRITES, put(TEXT, draft=kept[-1]), None) == Said("leads")


def test_an_answer_that_begins_with_a_slash_is_sent_once() -> None:
    with fed(f"/usr/bin is full{ENTER}"):
        live = LiveFrontend()
        assert live.talk(WRITES, None) == Talked()
        assert live.ask(WRITES, put(TEXT, draft="old"), None) == Said("/usr/bin is full")


def test_where_nothing_is_written_a_line_with_a_slash_is_told_so() -> None:
    with fed(f"/usr/bin is full{ENTER}", ("Nothing is written down here", CTRL_C)) as terminal:
        assert LiveFrontend().talk(CARD, None) == Interrupted()
    assert terminal.seen("Nothing is written down here. Tab leads back to the card.")


def test_keys_typed_ahead_of_the_screen_are_not_lost() -> None:
    with fed(f"lead a team{ENTER}"):
        live = LiveFrontend()
        assert live.talk(WRITES, None) == Talked()
        assert live.ask(WRITES, put(TEXT), None) == Said("lead a team")


def test_letters_do_nothing_on_a_card_that_begins_with_no_text() -> None:
    assert talked(CARD, f"xyz{ENTER}") == Talked()


def test_enter_keeps_a_sheet() -> None:
    assert settled(ENTER) == AcceptSheet()


def test_a_number_changes_a_row() -> None:
    assert settled(f"2{ENTER}") == EditLine(1)


NO_ROW = "Type a number from 1 to 2 to change a line, or press Enter."


@pytest.mark.parametrize("typed", ["3", "0", "-1", "one", "²"])
def test_what_is_no_row_is_told_and_the_line_is_empty_again(typed: str) -> None:
    told = f"“{typed}” is no line here. {NO_ROW}"
    assert settled(f"{typed}{ENTER}", (told, f"1{ENTER}")) == EditLine(0)


def test_what_is_no_row_can_be_corrected() -> None:
    assert settled(f"3{ENTER}", (NO_ROW, f"2{ENTER}")) == EditLine(1)


def test_a_digit_keeps_the_agreement_a_draft() -> None:
    assert decided(("Enter: go on", ENTER), (DRAFT, "1")) == Said("draft")


def test_the_agreement_is_accepted_by_choosing_so() -> None:
    assert decided(("Enter: go on", ENTER), (ACCEPT, f"{DOWN}{DOWN}{ENTER}")) == Said("both")


def test_a_long_agreement_can_be_read_to_its_end() -> None:
    with fed(*PAGES, (DRAFT, "1")) as terminal:
        assert LiveFrontend().decide(CARD, LONG, None) == Said("draft")
    numbers = range(1, 31)
    assert [number for number in numbers if not terminal.seen(f"Paragraph {number}.")] == []


def test_nobody_accepts_a_long_agreement_before_its_last_line_was_shown() -> None:
    with fed(*PAGES, (ACCEPT, "2")) as terminal:
        assert LiveFrontend().decide(CARD, LONG, None) == Said("both")
    assert terminal.awaited == []


@EVERY_SIZE
def test_the_agreement_has_all_rows_but_a_few_until_it_was_read(size: tuple[int, int]) -> None:
    columns, rows = size
    with fed((READ_FIRST, CTRL_C), columns=columns, rows=rows) as terminal:
        LiveFrontend().decide(CARD, LONG, Wrist())
    said = [row for row in terminal.last if "Paragraph" in row]
    assert len(said) >= (rows - 4) // 2


@pytest.mark.parametrize(
    ("by", "key", "kept"),
    [((), "d", "draft"), (("mentor",), "s", "mentor"), (("mentor", "mentee"), "s", "both")],
)
def test_what_changes_nothing_needs_no_reading(by: tuple[Role, ...], key: str, kept: str) -> None:
    with fed((READ_FIRST, key)):
        assert LiveFrontend().decide(CARD, replace(LONG, accepted_by=by), None) == Said(kept)


def test_a_sentence_is_changed_from_the_page_that_has_it_before_the_rest_is_read() -> None:
    with fed(PAGES[0], ("c: change a sentence", ""), ("page 2 of 3", "c")):
        assert LiveFrontend().decide(CARD, LONG, None) == Reword(read=False)


def test_page_up_goes_back_in_a_long_agreement() -> None:
    script: tuple[Step, ...] = (("page 1 of 3", PAGE_DOWN), ("page 2 of 3", PAGE_UP))
    with fed(*script, ("page 1 of 3", CTRL_C)) as terminal:
        LiveFrontend().decide(CARD, LONG, None)
    assert terminal.awaited == []


def test_enter_typed_ahead_of_the_screen_leaves_no_page_of_the_agreement_out() -> None:
    with fed(f"2{ENTER}", ("page 2 of 3", CTRL_C)) as terminal:
        assert LiveFrontend().decide(CARD, LONG, None) == Interrupted()
    assert terminal.awaited == []


def test_the_agreement_goes_on_where_it_was_left_for_the_options() -> None:
    with fed(PAGES[0], ("page 2 of 3", TAB), ("Options", TAB), ("page 2 of 3", CTRL_C)) as terminal:
        LiveFrontend().decide(CARD, LONG, None)
    assert terminal.awaited == []


def pages(text: str, room: int, begins: Begins = begins_paragraph) -> list[list[str]]:
    """The pages of a text, as rows, when each has room for so many of them."""
    canvas, shown = Canvas(lambda: text, begins=begins), []
    while not canvas.seen_to_end:
        cells = Cells()
        at = WritePosition(0, 0, 80, room)
        canvas.write_to_screen(cells, MouseHandlers(), at, "", erase_bg=False, z_index=None)
        rows = (cells.data_buffer[row] for row in range(room))
        shown.append(["".join(row[column].char for column in row) for row in rows])
        canvas.scroll(1)
    return shown


@given(st.lists(st.booleans(), min_size=1), st.integers(3, 12))
def test_a_page_repeats_one_line_of_the_page_before_and_all_is_read(
    says: list[bool], room: int
) -> None:
    lines = [f"Line {number}" if each else "" for number, each in enumerate([*says, True])]
    read = [[line for line in page if line] for page in pages("\n".join(lines), room)]
    common = [len({*one} & {*other}) for one, other in pairwise(read)]
    assert [number for number in common if number > 1] == []
    assert list(dict.fromkeys(line for page in read for line in page)) == list(filter(None, lines))


def test_a_page_ends_with_a_paragraph_where_that_leaves_a_third_of_it_empty_at_most() -> None:
    short = "One.\nTwo.\n\nThree.\nFour.\n\nFive.\nSix."
    assert pages(short, 7) == [
        ["One.", "Two.", "", "Three.", "Four.", "", ""],
        ["Five.", "Six.", "", "", "", "", ""],
    ]
    long = "One.\n\n" + "\n".join("Two.") + "\n\nThree."
    assert pages(long, 5)[:2] == [["One.", "", "T", "w", "o"], ["o", ".", "", "Three.", ""]]


def test_a_page_of_a_sheet_ends_with_a_whole_line_of_it() -> None:
    sheet = " 9  One\n    two\n10  Three\n    four\n11  Five"
    assert pages(sheet, 3, begins_line) == [
        [" 9  One", "    two", ""],
        ["10  Three", "    four", "11  Five"],
    ]


def test_no_page_ends_with_a_heading() -> None:
    text = "One.\nTwo.\nThree.\n\n\x1b[1mFour\x1b[0m\n\nFive.\nSix."
    assert pages(text, 6) == [
        ["One.", "Two.", "Three.", "", "", ""],
        ["Four", "", "Five.", "Six.", "", ""],
    ]


def test_a_heading_at_the_foot_of_a_page_stands_on_the_next_one_too() -> None:
    body = "\n\n".join(f"## Part {number}\n\nBegins {number}." for number in range(1, 13))
    for rows in range(12, 20):
        script: list[Step] = [(READ_FIRST, ENTER), ("page 2", ENTER), ("page 3", CTRL_C)]
        with fed(*script, rows=rows) as terminal:
            LiveFrontend().decide(CARD, replace(LONG, text=body), None)
        assert [n for n in range(1, 6) if not terminal.seen(f"Part {n} Begins {n}.")] == []


# --- Options

ASKED = [TEXT, ITEMS, RHYTHM, OWN, BOXES, SURE, LENGTH, LIKING, DAY, HOUR]
WRITTEN = [TEXT, ITEMS, LENGTH, LIKING, DAY, HOUR]
MENU = [(keys, act) for keys, _, act in OPTIONS]
"""The letters after Tab, and what is asked for; the clock is nobody else's business."""


STOPS: dict[str, Callable[..., Reply]] = {
    "card": partial(talked, CARD),
    "sheet": settled,
    "agreement": decided,
    "unseen": lambda *script: unseen(*script)[0],
    **{kind(field): partial(asked, field) for field in ASKED},
}
"""Everything that waits for keys: shows it, and returns what comes of the keys."""
FIRST_MENU, MORE_MENU = MENU[:6], MENU[6:]


def test_the_menus_have_every_action_but_the_clock() -> None:
    assert [action for action in Action if action not in {act.action for _, act in MENU}] == [
        Action.CLOCK
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stop", "option"), dealt(STOPS, FIRST_MENU) + dealt(STOPS, MORE_MENU), ids=case
)
def test_every_option_can_be_chosen_and_both_menus_open_everywhere(
    stop: str, option: tuple[str, Command]
) -> None:
    keys, act = option
    assert STOPS[stop](f"{TAB}{keys}") == act


@pytest.mark.parametrize("downs", range(6))
def test_the_first_options_can_be_chosen_with_arrows(downs: int) -> None:
    script: list[Step] = [TAB, ("Options", f"{DOWN * downs}{ENTER}")]
    assert talked(CARD, *script) == MENU[downs][1]


@pytest.mark.parametrize(("downs", "act"), [(0, MENU[6][1]), (5, MENU[11][1]), (12, MENU[17][1])])
def test_more_options_can_be_chosen_with_arrows(downs: int, act: Command) -> None:
    more: Step = ("Options", f"{DOWN * 6}{ENTER}")
    assert talked(CARD, TAB, more, ("More options", f"{DOWN * downs}{ENTER}")) == act


@EVERY_SIZE
def test_every_option_stands_in_a_menu(size: tuple[int, int]) -> None:
    columns, rows = size
    with fed(
        TAB, ("Tab: back to", "m"), ("Tab: back to", TAB), ENTER, columns=columns, rows=rows
    ) as it:
        LiveFrontend().talk(CARD, None)
    begins = [
        *("Back: everything", "Skip this card", "Park it for another", "Hint: something to"),
        *("Pause: the clock", "More ...", "Jump to another card", "Extra: a card that"),
        *("Note: private, typed", "Off the record for", "Two minutes more", "Five minutes more"),
        *("Shorten the rest:", "Review what was", "Clock: calm, exact", "Names: correct one"),
        *("Contact: whom else", "Stop and save, to go"),
    ]
    assert [words for words in begins if not it.seen(words)] == []


HALF_ACCEPTED = Proposal("We meet.", People("Bernard", "Margaret", "mentor"), ("mentor",))


def cut(terminal: Terminal) -> set[str]:
    """The choices that stood on the screen without their end."""
    rows = {row.rstrip() for picture in terminal.pictures for row in picture}
    return {row for row in rows if row.endswith(" ...") and not row.endswith("More ...")}


@pytest.mark.parametrize("alone", [False, True])
def test_no_option_is_cut_at_sixty_columns(alone: bool) -> None:
    script: list[Step] = [TAB, ("Tab: back to", "m"), ("Tab: back to", TAB), ENTER]
    with fed(*script, columns=60, rows=24) as terminal:
        LiveFrontend().talk(replace(CARD, alone=alone), None)
    assert (terminal.seen("Skip this card"), cut(terminal)) == (True, set())


def test_no_way_to_accept_or_to_stop_is_cut_at_sixty_columns() -> None:
    with fed(ENTER, ("Margaret not yet", "1"), ENTER, columns=60, rows=24) as terminal:
        LiveFrontend().decide(CARD, HALF_ACCEPTED, None)
        LiveFrontend().interrupted(Card(ask=""))
    assert (terminal.seen("Margaret not yet"), cut(terminal)) == (True, set())


def test_the_options_ask_what_a_ctrl_c_means_and_keep_what_was_typed() -> None:
    assert left(TEXT, f"half{TAB}{CTRL_C}") == (Interrupted(), "half")
    assert left(TEXT, f"half{TAB}m{CTRL_C}") == (Interrupted(), "half")


@pytest.mark.parametrize("closing", [TAB, ESCAPE])
def test_tab_or_escape_closes_the_options(closing: str) -> None:
    script: list[Step] = [("Enter: we have talked", TAB), ("Options", closing)]
    assert talked(CARD, *script, ("Enter: we have talked", ENTER)) == Talked()


@pytest.mark.parametrize("closing", [TAB, ESCAPE])
def test_tab_or_escape_closes_more_options(closing: str) -> None:
    script: list[Step] = [f"{TAB}m", ("More options", closing)]
    assert talked(CARD, *script, ("Enter: we have talked", ENTER)) == Talked()


@pytest.mark.parametrize("field", WRITTEN, ids=kind)
def test_an_option_keeps_what_was_half_typed(field: Field) -> None:
    assert left(field, f"half{HINT}") == (Command(Action.HINT), "half")


@pytest.mark.parametrize("field", WRITTEN, ids=kind)
def test_what_was_half_typed_is_there_after_an_option(field: Field) -> None:
    assert left(field, f"!{CTRL_C}", draft="half") == (Interrupted(), "half!")


@pytest.mark.parametrize("field", WRITTEN, ids=kind)
def test_where_no_key_changes_what_is_offered_nothing_is_half_typed(field: Field) -> None:
    value: dict[str, Value] = {"date": "2026-12-15", "list": ("one",), "number": 60, "scale": 5}
    current = value.get(field.type, "15:00")
    assert left(field, f"{HINT}", value=current) == (Command(Action.HINT), None)


@pytest.mark.parametrize("field", WRITTEN, ids=kind)
def test_what_was_half_typed_is_there_when_the_options_are_closed(field: Field) -> None:
    script: list[Step] = [f"1{TAB}", ("Options", TAB), (f"{field.label}", f"2{CTRL_C}")]
    assert left(field, *script) == (Interrupted(), "12")


def test_tab_opens_the_options_while_own_words_are_typed() -> None:
    assert left(OWN, f"4{ENTER}", f"at full{HINT}") == (Command(Action.HINT), "at full")


def test_own_words_that_were_taken_back_are_not_half_typed_any_more() -> None:
    script: list[Step] = [f"{CTRL_U}{ENTER}", ("Every month", CTRL_C)]
    assert left(OWN, *script, draft="at full") == (Interrupted(), None)


def test_a_word_that_was_an_action_is_not_half_typed() -> None:
    script: list[Step] = [f"{CTRL_U}/hi{TAB}", ("Options", TAB), ("/hi", f"nt{ENTER}")]
    assert left(TEXT, *script, draft="half") == (Command(Action.HINT), "half")


def test_own_words_half_typed_are_there_when_the_options_are_closed() -> None:
    script: list[Step] = [f"4{ENTER}at full{TAB}", ("Options", TAB), ("at full", f" moon{ENTER}")]
    assert asked(OWN, *script) == Said("at full moon")


@pytest.mark.parametrize("typed", ["45", "\x1b[200~ 45\n\x1b[201~"])
def test_the_first_letter_takes_the_place_of_what_is_offered(typed: str) -> None:
    assert asked(LENGTH, f"{typed}{ENTER}", value=60) == Said(45)


@pytest.mark.parametrize("keys", [f"{BACKSPACE}5", f"\x1b[D{BACKSPACE}\x1b[C5{BACKSPACE * 2}65"])
def test_what_is_offered_can_be_corrected(keys: str) -> None:
    assert asked(LENGTH, f"{keys}{ENTER}", value=60) == Said(65)


def test_what_was_half_typed_is_gone_on_with() -> None:
    assert asked(LENGTH, f"5{ENTER}", draft="4", value=60) == Said(45)


def test_own_words_half_typed_are_there_after_an_option() -> None:
    assert asked(OWN, f" moon{ENTER}", draft="at full") == Said("at full moon")


def test_boxes_marked_are_still_marked_when_the_options_are_closed() -> None:
    script: list[Step] = [f" {TAB}", ("Options", TAB), ("Every week", ENTER)]
    assert asked(BOXES, *script) == Said(("Every week",))


def test_a_row_number_half_typed_is_there_when_the_options_are_closed() -> None:
    assert settled(f"2{TAB}", ("Options", TAB), ("How often", ENTER)) == EditLine(1)


def test_there_are_no_options_before_the_session() -> None:
    with fed(TAB, ENTER) as terminal:
        assert LiveFrontend().talk(Card(ask="Share this window now."), None) == Talked()
    assert not terminal.seen("Options")


# --- Typed actions


TYPED = [(word, act) for _, word, act in OPTIONS]
LIMITS = [
    ("/+1", Command(Action.MORE_TIME, minutes=1)),
    ("/+30", Command(Action.MORE_TIME, minutes=30)),
]


LINES: dict[str, Callable[..., Reply]] = {
    "card that begins a text": partial(talked, WRITES),
    **{stop: STOPS[stop] for stop in ("card", "sheet", "unseen", *map(kind, WRITTEN))},
}
"""Every stop where a line can be typed."""


@pytest.mark.parametrize(("action", "stop"), dealt([*TYPED, *LIMITS], LINES), ids=case)
def test_every_action_can_be_typed_and_every_line_takes_actions(
    action: tuple[str, Command], stop: str
) -> None:
    typed, act = action
    assert LINES[stop](f"{typed}{ENTER}") == act


def test_a_number_longer_than_any_line_is_told() -> None:
    nines = "9" * 5000
    assert settled(pasted(nines), ENTER, ("is no line here", f"1{ENTER}")) == EditLine(0)


@pytest.mark.parametrize("typed", ["/+0", "/+31", "/+500", "/+99999"])
def test_more_time_than_half_an_hour_or_none_is_told(typed: str) -> None:
    script: list[Step] = [f"{typed}{ENTER}", (f"There is no {typed}.", CTRL_C)]
    assert left(TEXT, *script) == (Interrupted(), typed)


def test_an_action_can_be_typed_in_capitals_and_with_spaces_after_it() -> None:
    assert asked(TEXT, f"/BACK  {ENTER}") == Command(Action.BACK)


def test_an_action_can_be_typed_as_own_words_of_a_choice() -> None:
    assert asked(OWN, f"4{ENTER}", f"/back{ENTER}") == Command(Action.BACK)


def test_an_action_can_be_typed_as_own_words_beside_boxes() -> None:
    field = replace(BOXES, other=True)
    assert asked(field, f"{UP} {ENTER}", f"/back{ENTER}") == Command(Action.BACK)


def test_tab_leaves_a_word_that_is_being_typed_on_a_card() -> None:
    script: list[Step] = ["/ba", ("Enter: do it", TAB), ("Enter: we have talked", ENTER)]
    assert talked(CARD, *script) == Talked()


def test_what_only_looks_like_an_action_begins_an_answer_on_a_card() -> None:
    with fed(f"/home/ada{ENTER}", ("Purpose", ENTER)):
        live = LiveFrontend()
        assert live.talk(WRITES, None) == Talked()
        assert live.ask(WRITES, put(TEXT), None) == Said("/home/ada")


NO_WORD = (
    "There is no /bcak. There are /back, /skip, /park, /hint, /pause, /jump, /extra, /exercise, "
    "/note, /off, /+2, /+5, /shorten, /review, /clock, /names, /contact, /stop. "
    "To write it down, begin with a space."
)


def test_an_unknown_word_at_a_question_is_told_and_stays() -> None:
    with fed(f"/bcak{ENTER}", ("There is no /bcak.", CTRL_C)) as terminal:
        assert LiveFrontend().ask(CARD, put(TEXT), None) == Interrupted()
    assert NO_WORD in terminal.words


def test_an_unknown_word_on_a_sheet_is_told_and_the_line_is_empty_again() -> None:
    assert settled(f"/bcak{ENTER}", (NO_WORD, f"1{ENTER}")) == EditLine(0)


def test_an_unknown_word_on_a_card_is_told_and_can_be_corrected() -> None:
    script: list[Step] = [f"/bcak{ENTER}", (NO_WORD, f"{CTRL_U}/back{ENTER}")]
    assert talked(CARD, *script) == Command(Action.BACK)


def test_an_action_after_a_space_is_text() -> None:
    assert asked(TEXT, f" /back{ENTER}") == Said("/back")


# --- The clock, shown otherwise

CLOCK = f"{TAB}mc"


def test_the_clock_goes_from_calm_to_exact_to_off_and_round_again() -> None:
    styles = []
    for turns in range(4):
        with fed(CLOCK * turns, ENTER):
            live = LiveFrontend()
            live.talk(CARD, None)
        styles.append(live.screen.clock)
    assert styles == ["calm", "exact", "off", "calm"]


def test_the_clock_is_drawn_as_it_was_chosen() -> None:
    calm, exact = "about two minutes for this card", "card 0:01 of 2:00"
    with fed((calm, CLOCK), (exact, CLOCK), ENTER) as terminal:
        assert LiveFrontend().talk(CARD, Wrist()) == Talked()
    assert terminal.awaited == []
    assert "ends" not in terminal.words


def test_the_clock_is_shown_otherwise_at_every_question() -> None:
    replies = {}
    for field in ASKED:
        with fed(CLOCK, ("card 0:01 of 2:00", CTRL_C)):
            replies[kind(field)] = LiveFrontend().ask(CARD, put(field), Wrist())
    assert replies == dict.fromkeys(map(kind, ASKED), Interrupted())


@pytest.mark.parametrize("field", WRITTEN, ids=kind)
def test_the_clock_can_be_typed_where_text_is(field: Field) -> None:
    with fed(f"/clock{ENTER}", ("card 0:01 of 2:00", CTRL_C)):
        reply = LiveFrontend().ask(CARD, put(field), Wrist())
    assert isinstance(reply, Interrupted)


def test_the_clock_can_be_typed_on_a_sheet() -> None:
    with fed(f"/clock{ENTER}", ("card 0:01 of 2:00", CTRL_C)):
        reply = LiveFrontend().settle(CARD, [put(LENGTH, 60)], Wrist())
    assert isinstance(reply, Interrupted)


def test_the_clock_can_be_typed_on_a_card() -> None:
    with fed(f"/clock{ENTER}", ("card 0:01 of 2:00", ENTER)):
        assert LiveFrontend().talk(CARD, Wrist()) == Talked()


def test_the_clock_is_shown_otherwise_on_the_agreement_and_on_the_sheet() -> None:
    with fed(CLOCK, ENTER, ("card 0:01 of 2:00", "1"), CLOCK, CLOCK, CLOCK, ENTER):
        live = LiveFrontend()
        assert live.decide(CARD, Proposal("# Agreement", ADA_AND_GRACE), Wrist()) == Said("draft")
        assert live.settle(CARD, [put(LENGTH, 60)], Wrist()) == AcceptSheet()
        assert live.screen.clock == "exact"


def test_what_was_half_typed_stays_when_the_clock_is_shown_otherwise() -> None:
    with fed(f"half{CLOCK}", ("card 0:01 of 2:00", ENTER)):
        assert LiveFrontend().ask(CARD, put(TEXT), Wrist()) == Said("half")


# --- Typed unseen

SECRET = "ѪѮѰ"
"""Letters that stand nowhere else."""
UNSEEN = replace(put(replace(TEXT, private=True)), unseen=True)


def unseen(*script: Step) -> tuple[Said | Command | Interrupted, str]:
    """What comes of asking for what nobody shall see, and all that was drawn."""
    with fed(*script) as terminal:
        reply = LiveFrontend().ask(CARD, UNSEEN, None)
    return reply, "".join(terminal.raw)


UNSEEN_KEYS = [
    pytest.param((f"{SECRET}{ENTER}",), Said(SECRET), id="typed"),
    pytest.param((pasted(SECRET), ENTER), Said(SECRET), id="pasted"),
    pytest.param((f"{SECRET}{CTRL_C}",), Interrupted(), id="interrupted"),
    pytest.param((f"{SECRET}{HINT}",), Command(Action.HINT), id="a hint"),
    pytest.param(
        (f"{SECRET}{TAB}", ("Options", TAB), ("Purpose", CTRL_C)), Interrupted(), id="tab"
    ),
    pytest.param((f"{SECRET}{CLOCK}", ("Purpose", CTRL_C)), Interrupted(), id="the clock"),
]


@pytest.mark.parametrize(("script", "reply"), UNSEEN_KEYS)
def test_what_is_typed_unseen_never_stands_on_the_screen(
    script: tuple[Step, ...], reply: Said | Command | Interrupted
) -> None:
    came, drawn = unseen(*script)
    assert (came, [letter for letter in SECRET if letter in drawn]) == (reply, [])


def test_an_unknown_word_typed_unseen_is_not_repeated() -> None:
    assert "qxzq" not in unseen(f"/qxzq{ENTER}", ("Purpose", CTRL_C))[1]


def test_bytes_that_are_no_text_typed_unseen_are_told_and_asked_for_again() -> None:
    again = "That line is not text in UTF-8, so nobody could read it. Please type it again."
    reply, _ = unseen(f"Ren�{ENTER}", (again, f"René{ENTER}"))
    assert reply == Said("René")


def test_nothing_typed_unseen_is_no_answer() -> None:
    assert unseen(ENTER)[0] == Said(None)


# --- Ctrl-C, Ctrl-D, and what they ask


def test_ctrl_c_interrupts_every_kind_of_prompt() -> None:
    replies = {kind(field): asked(field, CTRL_C) for field in ASKED}
    assert replies == dict.fromkeys(map(kind, ASKED), Interrupted())


def test_what_is_half_typed_is_kept_while_no_key_is_pressed() -> None:
    kept: list[str | None] = []
    with fed("half", ("card 0:02 of 2:00", " done"), ("card 0:03 of 2:00", ENTER)):
        wrist = Wrist(lambda: 1 + len(kept))
        reply = LiveFrontend("exact").ask(CARD, put(TEXT), wrist, kept.append)
    assert (reply, kept) == (Said("half done"), ["half", "half done"])


def test_the_first_letter_of_an_answer_is_kept_too() -> None:
    kept: list[str | None] = []
    with fed("l", ("card 0:02 of 2:00", CTRL_C)):
        live, wrist = LiveFrontend("exact"), Wrist(lambda: 1 + len(kept))
        live.talk(WRITES, None)
        assert live.ask(WRITES, put(TEXT), wrist, kept.append) == Interrupted()
    assert kept == ["l"]


def test_a_disk_that_refuses_what_is_half_typed_ends_the_question() -> None:
    def refuse(_text: str | None) -> None:
        """Refuse it, as a full disk does."""
        raise StorageError("full")

    with fed("half"), pytest.raises(StorageError, match="full"):
        LiveFrontend().ask(CARD, put(TEXT), None, refuse)


def test_what_is_typed_unseen_is_never_kept() -> None:
    kept: list[str | None] = []
    with fed(f"{SECRET}{HINT}"):
        assert LiveFrontend().ask(CARD, UNSEEN, None, kept.append) == Command(Action.HINT)
    assert kept == []


def test_ctrl_c_keeps_what_was_half_typed() -> None:
    assert left(TEXT, f"half{CTRL_C}") == (Interrupted(), "half")


def test_ctrl_c_interrupts_own_words_and_keeps_them() -> None:
    assert left(OWN, f"4{ENTER}at full{CTRL_C}") == (Interrupted(), "at full")


def test_ctrl_c_interrupts_the_talk_the_sheet_and_the_agreement() -> None:
    assert talked(CARD, CTRL_C) == Interrupted()
    assert settled(CTRL_C) == Interrupted()
    assert decided(CTRL_C) == Interrupted()


def test_ctrl_d_where_nothing_is_typed_is_the_end_of_input() -> None:
    assert asked(TEXT, CTRL_D) == Interrupted(for_good=True)
    assert talked(CARD, CTRL_D) == Interrupted(for_good=True)


def test_ctrl_d_does_not_throw_away_what_was_typed() -> None:
    assert asked(TEXT, f"half{CTRL_D}{ENTER}") == Said("half")


@pytest.mark.parametrize(
    ("words", "keys", "choice"),
    [
        ("› 1) Go on", ENTER, "go on"),
        ("2) Stop and save; no documents yet", f"{DOWN}{ENTER}", "stop"),
        ("3) Close now; the documents are written", f"{DOWN * 2}{ENTER}", "close"),
    ],
)
def test_what_a_ctrl_c_was_meant_to_do_is_chosen(words: str, keys: str, choice: str) -> None:
    with fed((words, keys)) as screen:
        assert LiveFrontend().interrupted(Card(ask="")) == choice
    assert screen.seen("What would you like to do?")


def test_escape_goes_on_whatever_was_about_to_be_chosen() -> None:
    with fed(("Esc: go on", f"{DOWN}{ESCAPE}"), ("what never stands there", ENTER)):
        assert LiveFrontend().interrupted(Card(ask="")) == "go on"


def test_a_second_ctrl_c_stops() -> None:
    with fed(CTRL_C):
        assert LiveFrontend().interrupted(Card(ask="")) == "stop"


def paused(*script: Step) -> tuple[Interrupted | None, list[Step]]:
    """What comes of a pause, and which keys nobody waited for any more."""
    with fed(*script) as terminal:
        return LiveFrontend().pause(CARD), terminal.awaited


def test_a_pause_lasts_until_enter() -> None:
    assert paused((PAUSED, f"x/{TAB}{ENTER}")) == (None, [])


def test_ctrl_c_interrupts_a_pause() -> None:
    assert paused((PAUSED, CTRL_C)) == (Interrupted(), [])


def test_the_end_of_input_ends_a_pause_for_good() -> None:
    assert paused((PAUSED, CTRL_D)) == (Interrupted(for_good=True), [])


# --- What stands on the screen

AGENDA = agenda_from(read_source(BUNDLED_AGENDAS / "first-session.yaml"))


def session_at(card: str, **answers: Value) -> Session:
    """A session of Ada and Grace that stands at a card."""
    now = FakeClock().now()
    opened = Opened(
        seq=0,
        at=now,
        elapsed=0.0,
        agenda=AGENDA.id,
        digest="",
        people=People("Ada", "Grace", "mentor"),
        plan=plan(AGENDA, 90),
    )
    session = Session.open(AGENDA, opened, now + timedelta(minutes=90))
    session = session.apply_all(
        Answered(seq=1, at=now, elapsed=0.0, field=key, value=value)
        for key, value in answers.items()
    )
    return session.apply(Entered(seq=2, at=now, elapsed=0.0, prompt=card))


def shown(size: tuple[int, int], card: Card, clock: ClockStyle = "calm") -> Terminal:
    """The talk of a card, on a screen of some size."""
    columns, rows = size
    steps: list[Step] = [(card.place, PAGE_DOWN * 4), (enter_of(card), ENTER)]
    with fed(*steps, columns=columns, rows=rows) as screen:
        LiveFrontend(clock).talk(card, Wrist())
    return screen


def enter_of(card: Card) -> str:
    """What Enter means on a card that was read to its end."""
    if card.proposes:
        return "Enter: read it"
    if card.ends and not card.opens:
        return "Enter: we are done"
    return "Enter: we have talked" if card.opens else "Enter: next card"


def folded_in(parts: list[str], terminal: Terminal) -> list[str]:
    """The parts that do not stand on the screen as a whole."""
    return [part for part in parts if folded(part) not in terminal.words]


WALKED = [prompt for prompt in AGENDA.prompts.values() if not prompt.extra]
CLOCK_WORDS = ["about two minutes", "ends about 15:50, on time"]
Each = TypeVar("Each")


def looked_at(columns: int, all_of_them: Sequence[Each]) -> Sequence[Each]:
    """What is looked at in a window: all in the usual and the narrowest one, else some."""
    return all_of_them if columns in (80, 40) else all_of_them[::4]


@pytest.mark.slow
@EVERY_SIZE
def test_every_card_is_shown_whole(size: tuple[int, int]) -> None:
    missing = {}
    for prompt in looked_at(size[0], WALKED):
        card = card_of(session_at(prompt.id, purpose="lead a team"), prompt)
        screen = shown(size, card)
        parts = [card.ask, card.speaks, card.place, enter_of(card), "Tab: options", *CLOCK_WORDS]
        frame = [card.title, "Ada (mentor)", "Grace (mentee)"] if size[0] > 56 else []
        missing[prompt.id] = [part for part in parts + frame if not screen.seen(folded(part))]
    assert faulty(missing) == {}


def test_a_narrow_card_begins_with_its_phases() -> None:
    card = card_of(session_at("offer", purpose="x"), AGENDA.prompts["offer"])
    assert [row.rstrip() for row in shown((40, 20), card).last] == [
        " ○ ○ ● Purpose ○ ○ ○",
        " " + "─" * 38,
        " Ada speaks, Grace listens       4 of 6",
        "",
        " Ada, what from your experience may",
        " help here, and what are you the wrong",
        " person to ask about?",
        "",
        " Tip: Two minutes, no life story.",
        " Saying what you cannot offer makes the",
        " rest believable.",
        *[""] * 5,
        " ░░░░░░░░░░ about two minutes",
        " ends about 15:50, on time",
        " Enter: we have talked · or just type",
        " Tab: options · Shift+Tab: back",
    ]


@pytest.mark.parametrize(("columns", "framed"), [(56, False), (57, True)])
def test_the_frame_needs_fifty_seven_columns(columns: int, framed: bool) -> None:
    screen = shown((columns, 24), CARD)
    with fed(("Purpose", CTRL_C), columns=columns) as asking:
        LiveFrontend().ask(CARD, put(TEXT), Wrist())
    rule = " " + "─" * (columns - 2)
    assert (
        screen.seen(CARD.title),
        screen.seen("Ada (mentor)"),
        asking.seen(CARD.ask),
        [row.rstrip() for row in screen.last].count(rule),
    ) == (framed, framed, framed, 2 if framed else 1)


@EVERY_SIZE
def test_lines_to_be_read_aloud_can_be_read_to_their_end(size: tuple[int, int]) -> None:
    card = card_of(session_at("confidence"), AGENDA.prompts["confidence"])
    columns, rows = size
    pages: list[Step] = [(card.place, PAGE_DOWN)] * 6
    with fed(*pages, (card.place, ENTER), columns=columns, rows=rows) as screen:
        LiveFrontend().talk(card, Wrist())
    assert [word for word in card.read.split() if not screen.seen(word)] == []
    assert "Enter: we have talked" in screen.words


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_nothing_more_is_told_where_all_is_seen(size: tuple[int, int]) -> None:
    card = card_of(session_at("confidence"), AGENDA.prompts["confidence"])
    keys = ["Enter: we have talked", "Tab: options", READ_ON]
    assert folded_in(keys, shown(size, card)) == [READ_ON]


@pytest.mark.parametrize("size", SIZES[2:], ids=str)
def test_the_keys_are_told_whole_where_there_is_more_to_read(size: tuple[int, int]) -> None:
    columns, rows = size
    card = card_of(session_at("confidence"), AGENDA.prompts["confidence"])
    with fed((READ_FIRST, PAGE_DOWN * 4), (READ_ON, ENTER), columns=columns, rows=rows) as screen:
        LiveFrontend().talk(card, Wrist())
    keys = ["Enter: we have talked", "Tab: options", READ_ON]
    assert folded_in([*keys, "ends about 15:50, on time"], screen) == []


def test_enter_reads_lines_to_their_end_before_it_goes_on() -> None:
    card = card_of(session_at("confidence"), AGENDA.prompts["confidence"])
    with fed((READ_FIRST, ENTER), (READ_ON, ENTER), columns=60, rows=20) as screen:
        assert LiveFrontend().talk(card, Wrist()) == Talked()
    assert [word for word in card.read.split() if not screen.seen(word)] == []


def test_enter_shares_no_line_that_nobody_has_seen() -> None:
    words = [f"word-{number}" for number in range(150)]
    wrote = Recalled("You wrote", " ".join(words), at_hand=True, to_share=True)
    card = Card(ask="", alone=True, recalled=(wrote,))
    asking = replace(put(RHYTHM), never_empty=True)
    read: list[Step] = [(READ_FIRST, ENTER)] * 3
    with fed(*read, ("How often", ENTER), columns=60, rows=16) as screen:
        assert LiveFrontend().ask(card, asking, None) == Said("Every week")
    assert [each for each in words if not screen.seen(each)] == []


def test_enter_keeps_no_line_of_a_sheet_that_nobody_has_seen() -> None:
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(9)]
    with fed((READ_FIRST, ENTER), ("8 Line 7", ENTER), columns=60, rows=16) as screen:
        assert LiveFrontend().settle(CARD, sheet, Wrist()) == AcceptSheet()
    assert screen.seen("9 Line 8")


def test_the_last_line_of_a_sheet_stands_there_when_enter_keeps_all() -> None:
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(9)]
    with fed((READ_FIRST, ENTER), (READ_ON, ENTER), columns=60, rows=16) as screen:
        assert LiveFrontend().settle(CARD, sheet, Wrist()) == AcceptSheet()
    assert folded_in(["9 Line 8", "Enter: keep all"], screen) == []


def test_a_number_changes_a_line_before_all_are_seen() -> None:
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(9)]
    with fed((READ_FIRST, f"2{ENTER}"), columns=60, rows=16):
        assert LiveFrontend().settle(CARD, sheet, Wrist()) == EditLine(1)


@EVERY_SIZE
def test_every_row_of_the_longest_sheet_can_be_read(size: tuple[int, int]) -> None:
    session, prompt = session_at("usual"), AGENDA.prompts["usual"]
    card, sheet = card_of(session, prompt), sheet_of(session, prompt)
    columns, rows = size
    pages: list[Step] = [(card.place, PAGE_DOWN)] * 6
    with fed(*pages, (card.place, ENTER), columns=columns, rows=rows) as screen:
        assert LiveFrontend().settle(card, sheet, Wrist()) == AcceptSheet()
    begins = [*(f"{n} {words[:14]}" for n, words in enumerate(SENTENCES, start=1)), ADDS]
    ends = [words[-12:] for words in SENTENCES]
    assert [part for part in begins + ends if not screen.seen(part)] == []
    assert folded_in(["Enter: keep all", "a number strikes", "ends about 15:50"], screen) == []


SENTENCES = [
    "Grace arranges our dates, and sends a topic two days ahead.",
    "Ada comes prepared, and asks before giving advice.",
    "Ada has no say in Grace's pay or promotion; if that changes, Ada says so.",
    "If one of us can't come, we say so a day ahead; if one is late, the other waits 15 minutes.",
    "If a message goes unanswered for a week, it is fine to ask again.",
    "At the end of each meeting we say what helped.",
    "Whoever has our notes deletes them a month after we finish.",
    "This is mentoring, not an appraisal, a job interview or therapy.",
]
ADDS = "9 Add a sentence of your own"
"""What most pairs agree on, as it stands on its sheet."""


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_what_most_pairs_agree_on_is_shown_whole_below_its_question(size: tuple[int, int]) -> None:
    session, prompt = session_at("usual"), AGENDA.prompts["usual"]
    card, (columns, rows) = replace(card_of(session, prompt), in_talk=True), size
    with fed(("Enter: keep all", ENTER), columns=columns, rows=rows) as screen:
        LiveFrontend().settle(card, sheet_of(session, prompt), Wrist())
    lines = [f"{n} {words}" for n, words in enumerate(SENTENCES, start=1)]
    asked = [card.ask, f"Tip: {card.tip}", *lines, ADDS, "a number strikes a line", READ_ON]
    assert folded_in(asked, screen) == [READ_ON]


def test_where_a_sentence_is_struck_enter_does_not_say_that_all_are_kept() -> None:
    session, prompt = session_at("usual"), AGENDA.prompts["usual"]
    struck, *others = sheet_of(session, prompt)
    sheet = [replace(struck, value=()), *others]
    with fed(("Enter: keep it so", ENTER)):
        assert LiveFrontend().settle(card_of(session, prompt), sheet, None) == AcceptSheet()


def test_in_a_small_window_the_question_stays_above_the_sentences() -> None:
    session, prompt = session_at("usual"), AGENDA.prompts["usual"]
    card = replace(card_of(session, prompt), in_talk=True)
    asked = "Read these in turn, a line each."
    script: tuple[Step, ...] = ((READ_FIRST, ENTER), (READ_FIRST, ENTER), ("keep all", ENTER))
    with fed(*script, columns=60, rows=20) as screen:
        LiveFrontend().settle(card, sheet_of(session, prompt), Wrist())
    numbered = [picture for picture in screen.pictures if any("  4  " in row for row in picture)]
    assert screen.awaited == []
    assert [picture for picture in numbered if not any(asked in row for row in picture)] == []


SHEETS = [
    prompt
    for prompt in AGENDA.prompts.values()
    if prompt.settle and not all(field.has_sentences for field in prompt.settle)
]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES[:3], ids=str)
def test_every_sheet_is_shown_whole(size: tuple[int, int]) -> None:
    columns, rows = size
    missing, paged = {}, []
    for prompt in SHEETS:
        session = session_at(prompt.id)
        card, sheet = card_of(session, prompt), sheet_of(session, prompt)
        with fed(("Enter: keep all", ENTER), columns=columns, rows=rows) as screen:
            LiveFrontend().settle(card, sheet, Wrist())
        lines = [f"{n} {q.label} {q.current or 'nothing yet'}" for n, q in enumerate(sheet, 1)]
        # Side by side in two columns, a long label and its answer have rows of their own.
        narrow = [word for line in lines for word in line.split()] if columns < 80 else lines
        missing[prompt.id] = folded_in([*narrow, "Enter: keep all", "ends about 15:50"], screen)
        paged += [prompt.id] if READ_ON in screen.words else []
    assert (faulty(missing), paged) == ({}, [])


@pytest.mark.parametrize(("rows", "asked"), [(17, True), (18, False), (19, False), (20, True)])
def test_the_question_stands_above_a_sheet_where_there_is_room(rows: int, asked: bool) -> None:
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(8)]
    drawn = Drawing(80, rows=rows).sheet(CARD, sheet, "")
    assert ("What brings you here?" in drawn, "Line 7" in drawn) == (asked, True)


def test_in_a_narrow_window_a_long_answer_goes_on_right_behind_its_label() -> None:
    said = "I want to know where I stand, and to keep the way open."
    short = replace(put(replace(TEXT, label="What should come of it")), value="to be heard")
    long = replace(put(replace(TEXT, label="Plan B")), value=said)
    drawn = [
        plain_text(Drawing(columns).lines(sheet)).split("\n")
        for columns, sheet in ((60, [short]), (60, [short, long]), (80, [short, long]))
    ]
    assert [[row.rstrip() for row in rows] for rows in drawn] == [
        ["   1  What should come of it  to be heard"],
        [
            "   1  What should come of it: to be heard",
            "   2  Plan B: I want to know where I stand, and to keep the",
            "      way open.",
        ],
        [
            "   1  What should come of it  to be heard",
            "   2  Plan B                  I want to know where I stand, and to keep the way",
            "                              open.",
        ],
    ]


@pytest.mark.parametrize(("rows", "told"), [(16, False), (17, True)])
def test_who_writes_alone_is_told_more_as_there_is_no_clock(rows: int, told: bool) -> None:
    card = replace(CARD, alone=True, speaks="", tip="Nothing is settled before you talk.")
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(6)]
    drawn = Drawing(80, rows=rows).sheet(card, sheet, "")
    assert (card.tip in drawn, "Line 5" in drawn) == (told, True)


@pytest.mark.parametrize(("rows", "asked"), [(17, False), (20, False), (21, True)])
def test_the_question_stands_above_choices_where_there_is_room(rows: int, asked: bool) -> None:
    field = replace(OWN, choices=tuple(Choice(str(number)) for number in range(5)))
    drawn = Drawing(80, rows=rows).question(CARD, put(field), "", "")
    assert ("What brings you here?" in drawn, "How often" in drawn) == (asked, True)


@pytest.mark.parametrize("rows", [20, 24, 40])
def test_the_question_stays_above_a_list_that_is_gone_through(rows: int) -> None:
    words = [f"Word {number}" for number in range(1, 10)]
    field = Field(
        "words", "What matters", "checkbox", choices=tuple(Choice(word) for word in words)
    )
    with fed(("What matters", CTRL_C), columns=60, rows=rows) as screen:
        LiveFrontend().ask(CARD, put(field), Wrist())
    seen = [word for word in words if word in screen.words]
    asked = "What brings you here?" in screen.words
    assert (asked, seen) == (True, words[:6] if rows == 20 else words)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES[2:], ids=str)
def test_every_question_is_shown_whole(size: tuple[int, int]) -> None:
    missing = {}
    for prompt in looked_at(size[0], WALKED):
        session = session_at(prompt.id)
        # Sentences are kept or struck on their sheet.
        fields = [field for field in prompt.fields if not field.has_sentences]
        for question in questions_of(session, prompt, fields):
            with fed((question.label, CTRL_C), columns=size[0], rows=size[1]) as screen:
                LiveFrontend().ask(card_of(session, prompt), question, Wrist())
            parts = [question.label, "Tab: options", *CLOCK_WORDS]
            if size[0] > 40:
                parts += [question.help, *(option.shown for option in question.options)]
            missing[question.id] = folded_in(parts, screen)
    assert faulty(missing) == {}


# --- Nothing is wider than the screen, whatever the letters


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (100, ["███░░░░░░░ about two minutes for this card · ends about 15:50, on time"]),
        (80, ["███░░░░░░░ about two minutes for this card · ends about 15:50, on time"]),
        (60, ["███░░░░░░░ about two minutes for this card", "ends about 15:50, on time"]),
        (40, ["███░░░░░░░ about two minutes", "ends about 15:50, on time"]),
    ],
)
def test_the_clock_stands_on_one_line_where_it_is_wide(columns: int, lines: list[str]) -> None:
    card = "about two minutes for this card"
    face = ClockFace(card, "ends about 15:50, on time", 3, over=False, brief="about two minutes")
    assert clock_lines(columns, face) == lines


def test_a_clock_that_says_much_says_it_in_brief_on_the_same_line() -> None:
    rest = "ends about 15:38, twelve minutes to spare"
    card = "about two minutes for this card"
    face = ClockFace(card, rest, 3, over=False, brief="about two minutes")
    assert clock_lines(80, face) == [f"███░░░░░░░ about two minutes · {rest}"]


def test_a_narrow_clock_has_two_lines_however_little_it_says() -> None:
    face = ClockFace("a little over", "ends about 15:50, on time", 10, over=True)
    assert clock_lines(60, face) == ["██████████ a little over", "ends about 15:50, on time"]


def clock_lines(columns: int, face: ClockFace) -> list[str]:
    """The lines of a clock, without the rule above it."""
    lines = plain_text(Drawing(columns).clock(face)).split("\n")
    return [line.strip() for line in lines if "─" not in line]


WIDTHS = [columns for columns, _ in SIZES]
STYLES: tuple[ClockStyle, ...] = ("calm", "exact", "off")


def drawn(drawing: Drawing, card: Card, sheet: list[Question], document: str) -> dict[str, str]:
    """Everything that can be drawn of a card, without its codes."""
    faces = {style: clock_face(Wrist().reading(), style) for style in STYLES}
    parts = {
        "header": drawing.header(card),
        "body": drawing.body(card, ("A complaint.",)),
        "sheet": drawing.sheet(card, sheet, "A complaint."),
        "document": drawing.document(card, document),
        "keys": drawing.keys("Enter: we have talked", "or just type", "Tab: options", READ_ON),
        **{f"clock {style}": drawing.clock(face) for style, face in faces.items()},
        **{q.id: drawing.question(card, q, "A complaint.", expected(q)) for q in sheet},
    }
    return {part: plain_text(text) for part, text in parts.items()}


def plain_text(text: str) -> str:
    """A text without its codes."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def too_wide(parts: dict[str, str], columns: int) -> dict[str, list[str]]:
    """The lines that do not fit."""
    return faulty(
        {
            part: [line for line in text.split("\n") if not 0 <= wcswidth(line) <= columns]
            for part, text in parts.items()
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_of_any_card_is_wider_than_the_screen(columns: int) -> None:
    session = session_at(WALKED[0].id, purpose="lead a team")
    wide = {}
    for prompt in looked_at(columns, [*AGENDA.prompts.values()]):
        hints = stuck_lines(session, prompt)
        card = replace(card_of(session, prompt), hints=hints, off_record=True)
        sheet = questions_of(session, prompt, prompt.fields)
        wide[prompt.id] = too_wide(drawn(Drawing(columns), card, sheet, card.read), columns)
    assert faulty(wide) == {}


@pytest.mark.parametrize("columns", [93, 200])
def test_a_wide_screen_is_not_filled(columns: int) -> None:
    parts = drawn(Drawing(columns), replace(CARD, ask="word " * 90), [], "word " * 90)
    assert too_wide(parts, 92) == {}


SCRIPTS = {
    "Chinese": "你今天想谈些什么呢格蕾丝说她想带领一个团队而不至于筋疲力尽",
    "Korean": "오늘 무엇에 대해 이야기하고 싶으신가요 그레이스",
    "combined": "Zoe\u0308 cre\u0300me bru\u0302le\u0301e na\u0308ive cafe\u0301",
    "emoji": "🌱🚀🎉 grow 🌱🚀🎉 fly 🌱🚀🎉",
    "joined": "👩‍👩‍👧‍👦 family 👍🏽 yes 🇩🇪 flag ❤️ heart",
    "Thai": "สวัสดีค่ะ วันนี้อยากคุยเรื่องอะไร",
    "long": "x" * 150,
}


@pytest.mark.slow
@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_in_any_script_is_wider_than_the_screen(columns: int) -> None:
    wide = {}
    for script, text in SCRIPTS.items():
        long = f"{text} {text} {text}"
        card = replace(
            CARD,
            ask=long,
            read=long,
            title=text[:20],
            people=f"{text[:12]} (mentor) · {text[:12]} (mentee)",
            speaks=f"{text[:12]} speaks",
            tip=long,
            recalled=(Recalled(text, long),),
            hints=(long,),
        )
        question = replace(put(TEXT, long), label=long)
        wide[script] = too_wide(drawn(Drawing(columns), card, [question], long), columns)
    assert faulty(wide) == {}


FAMILY = "👩\u200d👩\u200d👧\u200d👦"
"""A picture that terminals show in two columns, or in eight."""


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(
    "text", [f"{FAMILY} and 👍🏽 and 🇩🇪, " * 9 + "end", "שלום לכולם " * 12 + "סוף"]
)
def test_no_row_of_pictures_or_from_right_to_left_is_cut(text: str, columns: int) -> None:
    card = replace(CARD, ask=text, people=f"{FAMILY} (mentor) · {FAMILY} (mentee)", tip=text)
    card = replace(card, recalled=(Recalled(FAMILY, text),), hints=(text,))
    sheet, drawing = [put(replace(TEXT, label=FAMILY), text)], Drawing(columns)
    pages = drawing.header(card), drawing.body(card), drawing.sheet(card, sheet, "")
    for page in (*pages, drawing.document(card, text)):
        cells = [cell for row in rows_of(page) for cell in row.items()]
        assert max(column + cell.width for column, cell in cells) <= columns
        assert not {cell.char for _, cell in cells} & {"\ufdd0"}


@pytest.mark.parametrize("text", ["词" * 20, "词" * 60, "🌱 " * 30, "x" * 20, "x" * 60])
def test_a_choice_that_is_too_long_shows_how_it_begins(text: str) -> None:
    field = replace(RHYTHM, choices=(Choice("one"), Choice(text)))
    with fed(CTRL_C, columns=40, rows=20) as terminal:
        LiveFrontend().ask(CARD, put(field), None)
    assert terminal.seen(text[:3])


# --- Without colours, and without any letters but plain ones

COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


@pytest.mark.parametrize(("wish", "coloured"), [("", True), ("1", False)])
def test_a_page_has_colours_unless_none_are_wanted(
    wish: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", wish)
    card, drawing = replace(CARD, hints=("Ten breaths.",)), Drawing(80)
    pages = drawing.header(card) + drawing.body(card) + drawing.sheet(card, [put(TEXT)], "No.")
    assert bool(COLOUR.search(pages)) is coloured


ASKS_EACH = """
from datetime import date
from mentorwalk.domain.card import Card, PhaseState
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.question import Question
from mentorwalk.frontends.live.live import live_screen

card = Card(ask="What?", steps=(PhaseState("Hello", "now"),), speaks="Ada speaks")
with live_screen("calm") as live:
    live.talk(card, None)
    for kind in ("text", "confirm", "select", "checkbox"):
        field = Field("id", f"A {kind}", type=kind, choices=(Choice("one"), Choice("two")))
        live.ask(card, Question("id", field, field.label, date(2026, 11, 22)), None)
"""


@pytest.mark.slow
def test_no_prompt_has_a_colour_where_none_is_wanted() -> None:
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "xterm-256color"}
    with Pty([sys.executable, "-c", ASKS_EACH], environment, ROOT) as terminal:
        terminal.press("Enter: next card", ENTER)
        for each in ("text", "confirm", "select", "checkbox"):
            terminal.press(f"A {each}", ENTER)
        assert terminal.ended() == 0
    assert COLOUR.findall(terminal.raw.decode()) == []


@pytest.mark.slow
def test_a_terminal_of_sixteen_colours_gets_no_other() -> None:
    environment = {**os.environ, "TERM": "xterm-16color"}
    environment.pop("NO_COLOR", None)
    with Pty([sys.executable, "-c", ASKS_EACH], environment, ROOT) as terminal:
        terminal.press("Enter: next card", ENTER)
        for each in ("text", "confirm", "select", "checkbox"):
            terminal.press(f"A {each}", ENTER)
        assert terminal.ended() == 0
    assert re.findall(rb"\x1b\[[\d;]*[34]8;[25];[\d;]*m", terminal.raw) == []


def test_on_a_sheet_and_at_a_question_what_is_asked_now_alone_is_bold() -> None:
    asked, drawing = [put(LENGTH, 60), put(RHYTHM)], Drawing(80)
    pages = drawing.sheet(CARD, asked, "No."), drawing.question(CARD, asked[0], "", "")
    bold = [re.findall(r"\x1b\[1m([^\x1b]*)", page) for page in pages]
    assert bold == [["What brings you here?"], ["How long"]]


def test_a_count_that_does_not_fit_beside_what_is_asked_has_a_row_of_its_own() -> None:
    would_do = "such as 15 Dec, Tuesday, in 3 weeks"
    asked, drawing = replace(put(LENGTH, 60), label="Next meeting"), Drawing(60)
    rows = plain_text(drawing.question(Card(ask=""), asked, "", would_do, "1 of 2")).split("\n")
    assert [row.strip() for row in rows[:2]] == [f"Next meeting ({would_do})", "1 of 2"]


PLAIN_CARD = Card(
    ask="What brings you here?",
    title="A talk",
    people="Ada (mentor) - Grace (mentee)",
    steps=STEPS,
    speaks="Grace speaks, Ada listens",
    place="2 of 5",
    read="Read this.",
    tip="A direction is enough.",
    hints=("Ten slow breaths.",),
    opens=True,
    off_record=True,
)


def not_plain(text: str) -> list[str]:
    """The letters that an ASCII screen does not have."""
    return sorted({letter for letter in text if not letter.isascii()})


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_plain_screen_draws_plain_letters_only(columns: int) -> None:
    sheet = [put(LENGTH, 60), put(RHYTHM), put(DAY, "2026-12-15"), put(HOUR)]
    parts = drawn(Drawing(columns, ASCII), PLAIN_CARD, sheet, "We meet every week.")
    assert not_plain("".join(parts.values())) == []


def test_a_plain_screen_quotes_earlier_answers_in_plain_letters() -> None:
    card = replace(PLAIN_CARD, recalled=(Recalled("Purpose", "lead a team"),))
    assert not_plain(Drawing(80, ASCII).body(card)) == []


def test_a_plain_screen_shows_the_agreement_in_plain_letters() -> None:
    document = "# Agreement\n\n## How we meet\n\n- Every week\n\n> Said aloud\n\n---\n\nEnd."
    assert not_plain(Drawing(80, ASCII).document(PLAIN_CARD, document)) == []


def test_a_plain_screen_names_the_two_people_in_plain_letters() -> None:
    card = card_of(session_at("offer"), AGENDA.prompts["offer"])
    assert not_plain(Drawing(80, ASCII).header(card)) == []


def test_every_prompt_on_a_plain_screen_has_plain_letters_only() -> None:
    others = {}
    for asks in ASKED:
        with fed(CTRL_C) as terminal:
            LiveFrontend(symbols=ASCII).ask(PLAIN_CARD, put(asks), Wrist())
        others[kind(asks)] = not_plain("".join(terminal.raw))
    assert faulty(others) == {}


@pytest.mark.parametrize(("asks", "typed"), [(LENGTH, "x"), (DAY, "soon"), (HOUR, "x")], ids=case)
def test_complaints_on_a_plain_screen_have_plain_letters_only(asks: Field, typed: str) -> None:
    with fed(f"{typed}{ENTER}", ("would do", CTRL_C)) as terminal:
        LiveFrontend(symbols=ASCII).ask(PLAIN_CARD, put(asks), Wrist())
    assert not_plain("".join(terminal.raw)) == []


def test_the_options_on_a_plain_screen_have_plain_letters_only() -> None:
    with fed(TAB, ("Options", "m"), ("More options", TAB), ENTER) as terminal:
        LiveFrontend(symbols=ASCII).talk(PLAIN_CARD, Wrist())
    assert not_plain("".join(terminal.raw)) == []


# --- The card as a whole


def test_the_eighty_column_card_as_a_whole() -> None:
    card = card_of(session_at("offer", purpose="x"), AGENDA.prompts["offer"])
    assert [row.rstrip() for row in shown((80, 24), card).last] == [
        " First mentoring session                          Ada (mentor) · Grace (mentee)",
        " ○ Hello  ○ Know  ● Purpose  ○ Rules  ○ Steps  ○ Close",
        " " + "─" * 78,
        " Ada speaks, Grace listens                                               4 of 6",
        "",
        "   Ada, what from your experience may help here, and what are you the wrong",
        "   person to ask about?",
        "",
        "   Tip: Two minutes, no life story. Saying what you cannot offer makes the rest",
        "   believable.",
        *[""] * 11,
        " " + "─" * 78,
        " ░░░░░░░░░░ about two minutes for this card · ends about 15:50, on time",
        " Enter: we have talked · or just type · Tab: options · Shift+Tab: back",
    ]


@pytest.mark.slow
def test_the_clock_moves_by_itself_while_half_typed_text_stays() -> None:
    with fed("half", ("card 0:02 of 2:00", ENTER)) as terminal:
        wrist = Wrist(lambda: 2 if terminal.seen("› half") else 1)
        assert LiveFrontend("exact").ask(CARD, put(TEXT), wrist) == Said("half")
    both = [
        picture
        for picture in terminal.pictures
        if "› half" in "".join(picture) and "card 0:02 of 2:00" in "".join(picture)
    ]
    assert both


def test_the_session_keeps_its_time_whenever_the_clock_is_drawn() -> None:
    wrist = Wrist()
    with fed(("What brings", ENTER)):
        LiveFrontend("off").talk(CARD, wrist)
    assert wrist.pulses > 0


def test_the_clock_can_be_off() -> None:
    screen = shown((80, 24), CARD, "off")
    assert not screen.seen("ends about")
    assert not screen.seen("of 2:00")


def test_an_exact_clock_counts_seconds() -> None:
    assert shown((80, 24), CARD, "exact").seen("phase 1:41 of 10:00")


def test_a_hint_stands_on_the_card_and_beside_the_question() -> None:
    card = replace(CARD, hints=("Ten slow breaths.",))
    assert shown((80, 24), card).seen("Try: Ten slow breaths.")
    with fed(CTRL_C) as terminal:
        LiveFrontend().ask(card, put(TEXT), None)
    assert terminal.seen("Try: Ten slow breaths.")


HINTS = tuple(f"Hint {number}, which takes up a row or two of the screen." for number in range(4))


@pytest.mark.parametrize("size", SIZES[1:3], ids=str)
def test_a_hint_is_seen_as_soon_as_it_was_asked_for(size: tuple[int, int]) -> None:
    card = card_of(session_at("confidence"), AGENDA.prompts["confidence"])
    columns, rows = size
    with fed(("Hint 3", CTRL_C), columns=columns, rows=rows) as screen:
        LiveFrontend().talk(replace(card, hints=HINTS), Wrist())
    assert screen.awaited == []


def test_hints_leave_room_for_the_question_that_is_asked() -> None:
    with fed(("Hint 3", ENTER), columns=60, rows=20) as screen:
        LiveFrontend().ask(
            replace(CARD, hints=HINTS), put(replace(TEXT, help="In a line.")), Wrist()
        )
    assert folded_in(["What brings you here?", "Purpose In a line. ›"], screen) == []


REVIEW = replace(
    CARD,
    ask="This is what goes into the documents. Is every line all right?",
    tip="Either of you may strike any line, without a reason.",
    speaks="",
    place="",
    reviews=True,
)


@EVERY_SIZE
def test_a_review_keeps_its_question_and_its_reminder_on_every_page(size: tuple[int, int]) -> None:
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(30)]
    columns, rows = size
    script: list[Step] = [PAGE_DOWN * 9, ("Line 29", CTRL_C)]
    with fed(*script, columns=columns, rows=rows) as screen:
        LiveFrontend().settle(REVIEW, sheet, Wrist())
    assert folded_in([REVIEW.ask, REVIEW.tip, "30 Line 29", "› "], screen) == []


@pytest.mark.parametrize(("rows", "there"), [(24, True), (14, False)])
def test_what_a_sheet_says_is_above_it_if_there_is_room(rows: int, there: bool) -> None:
    with fed(("› ", CTRL_C), rows=rows) as screen:
        LiveFrontend().settle(replace(CARD, says="“We meet monthly.”"), [put(LENGTH, 60)], None)
    assert ("“We meet monthly.” 1 How long 60 minutes ›" in screen.words) is there


def test_a_review_stays_on_its_page_for_a_change_and_begins_at_its_top_another_time() -> None:
    sheet = [put(replace(TEXT, id=f"line{n}", label=f"Line {n}")) for n in range(60)]
    review, live = replace(REVIEW, strikes=True), LiveFrontend()
    with fed(PAGE_DOWN, ("Line 16", f"17{ENTER}")):
        assert live.settle(review, sheet, None) == EditLine(16)
    with fed(("Line 16", PAGE_DOWN * 9), ("Line 59", ENTER)) as screen:
        assert live.settle(review, sheet, None) == AcceptSheet()
    assert screen.awaited == []
    with fed(("Line 1", CTRL_C)) as screen:
        live.settle(review, sheet, None)
    assert folded_in(["1 Line 0"], screen) == []


def test_what_is_no_line_is_told_wherever_the_review_is_read() -> None:
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(30)]
    with fed(f"99{ENTER}", ("is no line here", CTRL_C), columns=60, rows=20) as screen:
        LiveFrontend().settle(REVIEW, sheet, Wrist())
    assert screen.awaited == []


def test_escape_leads_back_from_the_review() -> None:
    with fed(("Esc: back to the card", ESCAPE), ("what never stands there", ENTER)):
        assert LiveFrontend().settle(REVIEW, [put(TEXT, "x")], None) == Command(Action.BACK)


@pytest.mark.parametrize("alone", [False, True])
def test_the_options_of_a_review_are_about_no_card(alone: bool) -> None:
    script: list[Step] = [TAB, ("Tab: back to", "m"), ("Tab: back to", TAB), CTRL_C]
    with fed(*script, columns=60, rows=24) as screen:
        LiveFrontend().settle(replace(REVIEW, alone=alone), [put(TEXT, "x")], None)
    not_here = ["Skip", "Park", "Hint:", "more for this card", "Review what"]
    assert (screen.seen("Back: every"), [each for each in not_here if screen.seen(each)]) == (
        True,
        [],
    )


def test_each_kind_of_words_on_a_card_has_its_own_place_and_sign() -> None:
    card = replace(
        CARD,
        read="Read these lines aloud.",
        recalled=(Recalled("Grace wrote beforehand", "to lead my new team, and not to do it all"),),
        tip="Two minutes, no life story.",
        hints=("Begin with the last thing that went well, however small it is.",),
    )
    drawn = Drawing(50).body(card, ("There is no /bcak.",))
    assert [row.rstrip() for row in plain_text(drawn).split("\n")] == [
        " What brings you here?",
        "",
        " Read these lines aloud.",
        "",
        " │ Grace wrote beforehand: “to lead my new team,",
        " │ and not to do it all”",
        "",
        " Tip: Two minutes, no life story.",
        "",
        " → Try: Begin with the last thing that went well,",
        "   however small it is.",
        "",
        " ! There is no /bcak.",
    ]


def test_the_question_alone_is_bold_and_no_word_of_a_card_has_a_colour() -> None:
    card = replace(CARD, tip="Tip.", recalled=(Recalled("Purpose", "lead"),), hints=("Wait.",))
    spans = re.findall(r"\x1b\[([0-9;]*)m([^\x1b]*)", Drawing(80).body(card, ("No.",)))
    styles = {words.strip(): style for style, words in spans if style != "0" and words.strip()}
    assert styles == {
        "What brings you here?": "1",
        "│": "32",
        "Tip: Tip.": "2",
        "→": "35",
        "!": "1;35",
    }


def test_an_unknown_word_is_told_where_the_card_is_full() -> None:
    card = replace(CARD, tip="So that it is full. " * 30)
    with fed(f"/bcak{ENTER}", (NO_WORD, f"{CTRL_U}/back{ENTER}"), columns=60, rows=20):
        assert LiveFrontend().talk(card, Wrist()) == Command(Action.BACK)


def test_the_label_of_a_question_says_what_would_do() -> None:
    with fed(CTRL_C) as terminal:
        LiveFrontend().ask(CARD, put(LENGTH), None)
    assert terminal.seen("How long (15 to 180 minutes)")


# --- Off the record


@EVERY_SIZE
def test_off_the_record_is_told_on_the_talk(size: tuple[int, int]) -> None:
    screen = shown(size, replace(CARD, off_record=True, opens=False))
    assert folded_in([OFF_RECORD, CARD.ask], screen) == []


def test_off_the_record_is_told_in_the_options() -> None:
    with fed(TAB, ("Options", CTRL_C)) as screen:
        LiveFrontend().talk(replace(CARD, off_record=True), None)
    assert folded_in([OFF_RECORD], screen) == []


def test_off_the_record_the_options_begin_with_the_way_back() -> None:
    with fed(TAB, ("› o) Write again: on the record", ENTER)):
        reply = LiveFrontend().talk(replace(CARD, off_record=True), None)
    assert reply == Command(Action.OFF)


def test_on_the_record_nothing_is_told() -> None:
    assert folded_in([OFF_RECORD], shown((80, 24), CARD)) == [OFF_RECORD]


# --- What a text from a person may do: nothing

NASTY = ["[red]x[/]", "**bold**", "格蕾丝", "Zoë 🌱", "<b>&amp;", "{mentor}", "\\[x]"]


@pytest.mark.parametrize("text", NASTY)
def test_texts_appear_on_the_screen_as_they_are(text: str) -> None:
    card = replace(CARD, ask=f"{text} asks", people=f"{text} (mentor)", speaks=f"{text} speaks")
    question = replace(put(TEXT, draft=f"{text} drafts"), label=f"{text} labels")
    choices = replace(RHYTHM, choices=(Choice("one"), Choice(f"{text} chosen")))
    keys = [("2 of 5", ENTER), ("labels", CTRL_C), ("keep all", ENTER), ("How often", f"2{ENTER}")]
    with fed(*keys) as terminal:
        live = LiveFrontend()
        live.talk(card, None)
        live.ask(card, question, None)
        live.settle(CARD, [put(TEXT, f"{text} written")], None)
        assert live.ask(CARD, put(choices), None) == Said(f"{text} chosen")
    parts = ["asks", "(mentor)", "speaks", "labels", "drafts", "written"]
    shown = [*(f"{text} {part}" for part in parts), f"{text.replace('{mentor}', 'Ada')} chosen"]
    assert [part for part in shown if not terminal.seen(part)] == []


def beside(card: Card, field: Field, value: Value | None = None) -> str:
    """The line of keys where something beside the agenda is asked."""
    question = replace(put(replace(field, label="Label"), value), apart=True)
    with fed(("Label", CTRL_C)) as screen:
        LiveFrontend().ask(card, question, None)
    return next(picture[-1].strip() for picture in screen.pictures if picture[-1].strip())


def test_beside_the_walk_one_line_is_asked_for() -> None:
    assert beside(Card(title="Before you share your screen", ask=""), TEXT) == "Enter: go on"


@pytest.mark.parametrize("field", [TEXT, RHYTHM, LENGTH], ids=kind)
def test_escape_leads_back_to_the_card_from_what_is_asked_beside_it(field: Field) -> None:
    question = replace(put(replace(field, label="Label")), apart=True)
    with fed(("Label", ESCAPE), ("what never stands there", ENTER)):
        assert LiveFrontend().ask(replace(CARD, ask=""), question, None) == Command(Action.BACK)


def test_escape_leaves_no_question_of_the_agenda() -> None:
    assert asked(TEXT, f"wh{ESCAPE}", f"ole{ENTER}") == Said("whole")


def test_whoever_jumps_nowhere_leaves_no_answer_empty() -> None:
    keys = "Enter: choose · Up, Down, digit: move · Esc: back to the card · Tab: options"
    assert beside(replace(CARD, ask=""), RHYTHM, "Every week") == keys


FOOTERS: list[tuple[Field, Value | None, str, str]] = [
    (TEXT, None, "", "Enter: leave it empty"),
    (TEXT, "lead", "", "Enter: keep"),
    (TEXT, "lead", "x", "Enter: write it down"),
    (TEXT, None, "/hint", "Enter: do it"),
    (ITEMS, None, "", "Enter: leave it empty"),
    (ITEMS, None, "one", "Enter: next item; twice: done"),
    (ITEMS, None, f"one{ENTER}", "Enter: done"),
    (RHYTHM, None, "", "Enter: leave it empty"),
    (RHYTHM, None, "1", "Enter: choose"),
    (RHYTHM, "Every week", "", "Enter: keep"),
    (RHYTHM, "Every week", DOWN, "Enter: choose"),
    (OWN, None, "4", "Enter: write"),
    (OWN, None, f"4{ENTER}", "Enter: back to the list"),
    (OWN, None, f"4{ENTER}x", "Enter: write it down"),
    (BOXES, None, "", "Enter: none"),
    (BOXES, None, " ", "Enter: keep"),
    (replace(BOXES, other=True), None, f"{UP} ", "Enter: write"),
    (SURE, None, "", "Enter: leave it empty"),
    (SURE, True, "", "Enter: keep"),
    (HOUR, None, "", "Enter: leave it empty"),
    (HOUR, None, "1", "Enter: write it down"),
    (HOUR, "15:00", "", "Enter: keep"),
]


@pytest.mark.parametrize(("field", "value", "keys", "enter"), FOOTERS)
def test_the_footer_tells_what_enter_does_now(
    field: Field, value: Value | None, keys: str, enter: str
) -> None:
    with fed(keys, (enter, CTRL_C)) as screen:
        LiveFrontend().ask(CARD, put(field, value), None)
    footer = screen.words[screen.words.rindex("Enter:") :]
    assert (screen.awaited, footer.partition(" ·")[0]) == ([], enter)


@pytest.mark.parametrize(
    ("typed", "enter"),
    [
        ("", "Enter: keep all · a number changes one · Tab: options"),
        ("2", "Enter: open line 2 · Tab: options"),
        ("/hint", "Enter: do it · Tab: options"),
        ("3", "a number changes one · Tab: options"),
    ],
)
def test_the_footer_of_a_sheet_tells_what_enter_does_now(typed: str, enter: str) -> None:
    with fed(typed, (folded(f"› {typed} {enter} · Shift+Tab: back"), CTRL_C)) as screen:
        LiveFrontend().settle(CARD, [put(LENGTH, 60), put(RHYTHM, "As needed")], None)
    assert screen.awaited == []
    # The last picture may be the one that the prompt leaves behind.
    footers = [picture[-1].strip() for picture in screen.pictures]
    assert f"{enter} · Shift+Tab: back" in footers


def test_a_number_typed_before_all_is_read_opens_its_line() -> None:
    sheet = [put(replace(TEXT, label=f"Line {number}")) for number in range(30)]
    with fed((READ_FIRST, "2"), ("Enter: open line 2", CTRL_C), columns=60, rows=20) as screen:
        LiveFrontend().settle(REVIEW, sheet, None)
    assert folded_in([READ_FIRST], screen) == [READ_FIRST]


def test_what_always_counts_cannot_be_emptied() -> None:
    question = replace(put(RHYTHM, "Every week"), never_empty=True)
    with fed(BACKSPACE, ("Enter: keep", ENTER)) as screen:
        assert LiveFrontend().ask(CARD, question, None) == Said("Every week")
    assert not screen.seen("Backspace")


@pytest.mark.parametrize("stop", STOPS)
def test_shift_tab_leads_back_everywhere(stop: str) -> None:
    assert STOPS[stop](SHIFT_TAB) == Command(Action.BACK)


def test_shift_tab_keeps_what_was_half_typed() -> None:
    assert left(TEXT, f"half{SHIFT_TAB}") == (Command(Action.BACK), "half")


def test_shift_tab_closes_the_options_and_leads_nowhere_before_the_session() -> None:
    closing: list[Step] = [TAB, ("Options", SHIFT_TAB), ("Enter: we have talked", ENTER)]
    assert talked(CARD, *closing) == Talked()
    assert talked(Card(ask="Share this window now."), SHIFT_TAB, ENTER) == Talked()


def test_the_keys_of_boxes_say_how_to_reach_the_next_one() -> None:
    keys = "Enter: go on · Up, Down: move · Space, digit: mark"
    assert beside(Card(title="", ask=""), BOXES) == keys


def test_on_a_page_beside_the_cards_enter_goes_on() -> None:
    page = Card(ask="We end about 15:40.", title=CARD.title, steps=STEPS)
    with fed(("Enter: go on · Tab: options", ENTER)) as screen:
        assert LiveFrontend().talk(page, Wrist()) == Talked()
    assert screen.awaited == []


def test_what_was_said_to_a_question_follows_it_without_a_colon() -> None:
    card = replace(PLAIN_CARD, recalled=(Recalled("What for?", "a plan"),))
    assert "What for? “a plan”" in plain_text(Drawing(60).body(card))


def test_no_key_is_broken_where_a_line_ends() -> None:
    told = Drawing(40).keys(
        "Up, Down or a digit", "Enter: keep", "Backspace: leave it empty", "Tab"
    )
    assert [line.strip() for line in plain_text(told).split("\n")] == [
        "Up, Down or a digit · Enter: keep",
        "Backspace: leave it empty · Tab",
    ]


def test_no_digit_is_told_where_there_are_too_many_choices() -> None:
    many = replace(RHYTHM, choices=tuple(Choice(f"Choice {n}") for n in range(10)))
    assert (
        beside(Card(title="Before", ask=""), many, "Choice 0") == "Enter: choose · Up, Down: move"
    )


@pytest.mark.parametrize("code", ["\x1b[2J", "\x1b[31m", "\x1b]0;title\x07", "\x9b2J"])
def test_escape_codes_change_nothing_on_the_screen(code: str) -> None:
    text = f"a{code}b"
    card = replace(CARD, ask=text, people=text, speaks=text, tip=text, hints=(text,))
    question = replace(put(TEXT, draft="plain"), label=f"label {text}", complaint=text)
    harmless = shown((80, 24), replace(CARD, ask="x", people="x", speaks="x"))
    screen = shown((80, 24), card)
    assert screen.last[1:3] == harmless.last[1:3]
    assert screen.last[-1] == harmless.last[-1]
    with fed(CTRL_C) as asking:
        LiveFrontend().ask(card, question, None)
    assert "Enter: write it down" in asking.words
    assert "label a" in asking.words
    assert str(question.draft) in asking.words
