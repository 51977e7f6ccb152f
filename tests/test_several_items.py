"""Questions about several items: numbers, an order, lines below lines; what each key makes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.document import Document
from support.questions import CARD, Wrist, put
from support.terminals import (
    BACKSPACE,
    CTRL_C,
    CTRL_U,
    DOWN,
    END,
    ENTER,
    ESCAPE,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    SHIFT_TAB,
    TAB,
    UP,
    Step,
    Terminal,
    fed,
    folded,
    pasted,
)

from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.card import Recalled
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.values import ByItem, Node, Outline
from mentorwalk.engine.frontend import Action, Command, EditLine, Interrupted, Said
from mentorwalk.frontends.live import outline, ranking, ratings
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.live.ranking import Ranked
from mentorwalk.frontends.live.rating_bars import filled_columns
from mentorwalk.frontends.live.ratings import Rating
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.signs import ASCII, UNICODE

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.question import Question

pytestmark = pytest.mark.portable

NOW = Field(
    "now",
    "Now",
    type="ratings",
    items=("Skills", "Workload", "Say in things", "Rules nobody wrote down", "Learning"),
    low="not at all",
    high="as good as I wish",
)
LINE = Field("line", "The line", type="ratings", items=("Start", "Berlin"), min=-5, max=5)
VALUES = (
    Choice("Craft", means="to do things really well"),
    Choice("Calm", means="to have peace in and around me"),
    Choice("Fairness", means="that the same holds for all"),
    Choice("Learning", means="to be a beginner again"),
)
FIVE = Field("five", "Three of them, in order", type="ranking", choices=VALUES, max=3)
MAP = Field("map", "The map, in Grace's words", type="outline")
TEN = Field("ten", "Which", type="checkbox", choices=VALUES, max=2)
OCTOBER = date(2026, 10, 3)


def asked(
    question: Question, *script: Step, columns: int = 80, rows: int = 24, ascii_only: bool = False
) -> tuple[Said | Command | Interrupted, Terminal, list[str | None]]:
    """What comes of asking on the live screen, what was seen, and what was kept half done."""
    kept: list[str | None] = []
    with fed(*script, columns=columns, rows=rows) as terminal:
        frontend = LiveFrontend(symbols=ASCII if ascii_only else UNICODE)
        reply = frontend.ask(CARD, question, None, kept.append)
    return reply, terminal, kept


def shown(
    question: Question, keys: str, until: str, columns: int = 80, *, ascii_only: bool = False
) -> Terminal:
    """The screen after some keys, once a text stands on it."""
    return asked(question, keys, (until, CTRL_C), columns=columns, ascii_only=ascii_only)[1]


def said(field: Field, *script: Step, value: Value | None = None) -> Value | None:
    """The answer that is given with some keys."""
    reply, _terminal, _kept = asked(put(field, value), *script)
    assert isinstance(reply, Said)
    return reply.value


def told(question: Question, *lines: str) -> tuple[Said | Command | Interrupted, list[str]]:
    """What comes of asking line by line, and what was said."""
    target = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    reply = PlainFrontend(source, target).ask(replace(CARD, ask=""), question, None)
    return reply, target.getvalue().splitlines()


# --- The laws of each state

RATES: dict[str, Callable[[Rating], Rating]] = {
    **{digit: (lambda rating, digit=digit: rating.with_digit(digit)) for digit in "0123456789"},  # type: ignore[misc]
    "-": Rating.turned,
    "left": lambda rating: rating.stepped(-1),
    "right": lambda rating: rating.stepped(1),
    "backspace": Rating.without_number,
    "up": lambda rating: rating.moved(-1),
    "down": lambda rating: rating.moved(1),
    "end": lambda rating: rating.moved(1000),
}
ORDERS: dict[str, Callable[[Ranked], Ranked]] = {
    "space": Ranked.turned,
    "left": lambda ranked: ranked.shifted(-1),
    "right": lambda ranked: ranked.shifted(1),
    "up": lambda ranked: ranked.moved(-1),
    "down": lambda ranked: ranked.moved(1),
    "2": lambda ranked: ranked.placed(2),
    "9": lambda ranked: ranked.placed(9),
}
ENDS = st.tuples(st.integers(-12, 3), st.integers(4, 120))


@given(ENDS, st.lists(st.sampled_from(sorted(RATES))))
def test_no_keys_lead_to_a_number_beyond_the_ends(ends: tuple[int, int], keys: list[str]) -> None:
    rating = Rating(NOW.items, ends)
    for key in keys:
        rating = RATES[key](rating)
    assert 0 <= rating.at < len(NOW.items)
    assert all(ends[0] <= int(str(number)) <= ends[1] for number in rating.numbers.values())
    assert not rating.left_out & set(rating.numbers)
    assert list(rating.numbers) == [item for item in NOW.items if item in rating.numbers]


@given(ENDS, st.lists(st.sampled_from(sorted(RATES))))
def test_numbers_half_given_read_back_the_same(ends: tuple[int, int], keys: list[str]) -> None:
    rating = Rating(NOW.items, ends)
    for key in keys:
        rating = RATES[key](rating)
    field = replace(NOW, min=ends[0], max=ends[1])
    again = ratings.begun(put(field), rating.text)
    assert (again.numbers, again.left_out) == (rating.numbers, rating.left_out)
    assert (parse_answer(field, rating.text, OCTOBER) or ByItem()) == rating.numbers


@given(st.integers(0, 10), st.integers(0, 10))
def test_any_number_can_be_typed_over_any_other(before: int, after: int) -> None:
    rating = Rating(NOW.items, (0, 10))
    for digit in f"{before}{after}":
        rating = rating.with_digit(digit)
    wanted = 10 if (before, after) == (1, 0) else after
    assert rating.numbers == ByItem((("Skills", wanted),))


@given(st.lists(st.sampled_from(sorted(ORDERS))))
def test_no_keys_take_more_than_may_be_taken_or_one_twice(keys: list[str]) -> None:
    ranked = ranking.begun(put(FIVE), None)
    for key in keys:
        before, ranked = ranked, ORDERS[key](ranked)
        assert key in ("up", "down") or ranked.item == before.item
    assert len(ranked.taken) == len(set(ranked.taken)) <= 3
    assert sorted(ranked.rows) == sorted(choice.pick for choice in VALUES)
    assert ranking.begun(put(FIVE), ranked.text).taken == ranked.taken


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A text with a cursor, as keys and pastes can leave it."""
    text = draw(st.text(st.sampled_from("ab \t\n"), max_size=60))
    return Document(text, draw(st.integers(0, len(text))))


@given(documents(), st.lists(st.sampled_from(["deeper", "back", "next_line"])))
def test_an_outline_stays_one_whatever_is_pressed(document: Document, keys: list[str]) -> None:
    here = outline.written(document)
    for key in keys:
        here = getattr(here, key)() or here
        assert outline.written(here.document).document == here.document
    levels = [line for line in here.lines if line.words.strip()]
    value = parse_answer(MAP, here.document.text, OCTOBER)
    lines = value.lines if isinstance(value, Outline) else ()
    assert list(lines) == [(line.depth, line.words.strip()) for line in levels]


@given(st.integers(-20, 20), st.integers(-20, 0), st.integers(1, 20), st.integers(1, 30))
def test_a_bar_never_leaves_its_columns(number: int, low: int, high: int, width: int) -> None:
    number = min(max(number, low), high)
    filled, zero = filled_columns(number, (low, high), width)
    assert set(filled) <= set(range(width))
    assert (zero is None) == (low == 0)
    assert zero not in filled


# --- Ratings on the live screen


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        (f"7{ENTER}3{ENTER}{ENTER}{ENTER}10{ENTER}", {"Skills": 7, "Workload": 3, "Learning": 10}),
        (f"15{END}{ENTER}", {"Skills": 5}),
        (f"{END}4{UP}{HOME}{RIGHT}{RIGHT}{END}{ENTER}", {"Skills": 1, "Learning": 4}),
        (f"{LEFT}{LEFT}{DOWN}2{BACKSPACE}{END}{ENTER}", {"Skills": 9}),
        (f"1{DOWN}{UP}0{END}{ENTER}", {"Skills": 0}),
        (f"/x7{END}{ENTER}", {"Skills": 7}),
    ],
)
def test_keys_rate_items(keys: str, numbers: dict[str, int]) -> None:
    assert said(NOW, keys) == ByItem(tuple(numbers.items()))


def test_nothing_rated_is_no_answer() -> None:
    assert said(NOW, f"{END}{ENTER}") is None


@pytest.mark.parametrize("before", [-2, 2])
def test_a_number_below_zero_is_typed_over_another_one(before: int) -> None:
    rated = ByItem((("Start", before),))
    assert said(LINE, f"-4{END}{ENTER}", value=rated) == ByItem((("Start", -4),))


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("columns", [(10 + 1), (20 + 1)])
def test_a_bar_is_as_long_to_the_left_as_to_the_right(number: int, columns: int) -> None:
    left, right = (len(filled_columns(each, (-5, 5), columns)[0]) for each in (-number, number))
    assert (left, left) == (right, number * (columns // 2) // 5)


def test_the_sign_can_be_typed_before_or_after_a_number() -> None:
    assert said(LINE, f"-3{ENTER}4-{ENTER}") == ByItem((("Start", -3), ("Berlin", -4)))


def test_a_number_that_stands_is_kept_changed_or_left_out() -> None:
    value = ByItem((("Skills", 7), ("Workload", 2), ("Learning", 5)))
    keys = f"{ENTER}9{ENTER}{END}{BACKSPACE}{ENTER}"
    assert said(NOW, keys, value=value) == ByItem((("Skills", 7), ("Workload", 9)))


ENDED = f"{END}{ENTER}"
PAGE = """\
   Now (0: not at all, 10: as good as I wish)
     Skills                  ██████████████······   7   was 6
   › Workload                ██████··············   3
     Say in things           ····················   -
     Rules nobody wrote      left out
     down
     Learning                ████████████████████  10"""
NARROW = """\
   Now (0: not at all, 10: as good as I wish)
     Skills              ███████···   7   was 6
   › Workload            ███·······   3
     Say in things       ··········   -
     Rules nobody wrote  left out
     down
     Learning            ██████████  10"""
BARE = """\
   Now (0: not at all, 10: as good as I wish)
     Skills                  ##############......   7   was 6
   > Workload                ######..............   3
     Say in things           ....................   -
     Rules nobody wrote      left out
     down
     Learning                ####################  10"""
EARLIER = replace(put(NOW), earlier=ByItem((("Skills", 6),)), earlier_day=OCTOBER)
RATED = f"7{END}10{UP}{BACKSPACE}{HOME}{DOWN}3"


def body(terminal: Terminal, first: str) -> str:
    """The screen from the row with a text on, up to the next empty row."""
    # As a page ends, it is drawn once more without its empty rows.
    whole = next(picture for picture in reversed(terminal.pictures) if picture[-1].strip())
    rows = [row.rstrip() for row in whole]
    start = next(at for at, row in enumerate(rows) if first in row)
    end = next(at for at, row in enumerate(rows[start:], start) if not row or "──" in row)
    return "\n".join(rows[start:end])


def foot(terminal: Terminal) -> str:
    """The last row of the screen."""
    rows = (picture[-1].strip() for picture in reversed(terminal.pictures))
    return next(row for row in rows if row)


@pytest.mark.parametrize(
    ("columns", "ascii_only", "page"), [(80, False, PAGE), (60, False, NARROW), (80, True, BARE)]
)
def test_ratings_are_drawn_with_bars_and_the_number_of_the_last_time(
    columns: int, ascii_only: bool, page: str
) -> None:
    terminal = shown(EARLIER, RATED, "3 Say in", columns, ascii_only=ascii_only)
    assert body(terminal, "Now (0") == page


def test_the_numbers_that_the_items_have_by_now_stand_beside_what_is_rated() -> None:
    beside = replace(EARLIER, beside=ByItem((("Skills", 3), ("Learning", 8))))
    page = body(shown(beside, "5", "5 now 3", 60), "Now (0").split("\n")
    assert page[1] == "   “was”: “Now” on 3 October."
    assert (page[2][-20:], page[-1][-8:]) == ("   5   now 3 · was 6", "   now 8")
    lines = told(beside, "", "", "", "", "")[1]
    assert [line for line in lines if "(now" in line] == [
        "1 of 5. Skills (now 3) (6 on 3 October)",
        "5 of 5. Learning (now 8)",
    ]


def test_the_question_of_the_talk_stands_above_the_items_however_small_the_screen() -> None:
    many = replace(NOW, items=tuple(f"Area {number}" for number in range(1, 11)))
    card = replace(CARD, in_talk=True, tip="The first number.", recalled=(Recalled("So", "far"),))
    with fed(("Area 4", CTRL_C), columns=60, rows=20) as terminal:
        LiveFrontend().ask(card, put(many), Wrist())
    assert terminal.seen("What brings you here?")
    assert not terminal.seen("The first number.")


@pytest.mark.parametrize(
    ("columns", "keys"),
    [
        (80, "0-9: rate · 1 0: ten · Backspace: leave out · Enter: next · Tab: options"),
        (60, "0-9 · Backspace: leave out · Enter: next · Tab: options"),
    ],
)
def test_the_foot_tells_how_to_rate(columns: int, keys: str) -> None:
    terminal = shown(put(NOW), "7", "7 Workload", columns)
    assert foot(terminal) == keys


def test_on_the_last_item_enter_is_done() -> None:
    assert "Enter: next" not in shown(put(NOW), END, "Enter: done").words


def test_a_number_that_would_not_do_is_told_above_the_clock_and_changes_nothing() -> None:
    field = replace(NOW, min=1, max=5)
    reply, terminal, _kept = asked(
        put(field), f"3{DOWN}7", ("A whole number from 1 to 5", END + ENTER)
    )
    assert reply == Said(ByItem((("Skills", 3),)))
    assert terminal.seen("! A whole number from 1 to 5 would do.")


def test_every_digit_is_kept_at_once() -> None:
    reply, _terminal, kept = asked(put(NOW), f"7{DOWN}{BACKSPACE}{DOWN}1", CTRL_C)
    assert (reply, kept) == (
        Interrupted(),
        [
            "Skills: 7",
            "Skills: 7\nWorkload: -",
            "Skills: 7\nWorkload: -\nSay in things: 1",
        ],
    )


def test_numbers_half_given_are_gone_on_with_at_the_first_item_that_is_open() -> None:
    draft = "Skills: 7\nWorkload: -\nGone by now: 3"
    reply, terminal, _kept = asked(put(NOW, draft=draft), f"4{END}{ENTER}")
    assert reply == Said(ByItem((("Skills", 7), ("Say in things", 4))))
    assert terminal.seen("Workload left out")


def test_the_options_leave_the_numbers_as_they_are() -> None:
    reply, _terminal, _kept = asked(put(NOW), f"7{TAB}{TAB}{END}{ENTER}")
    assert reply == Said(ByItem((("Skills", 7),)))
    assert asked(put(NOW), f"7{TAB}h")[0] == Command(Action.HINT)


TWELVE = replace(NOW, items=tuple(f"Item {number}" for number in range(1, 13)))


def test_of_more_items_than_rows_the_pages_can_be_turned() -> None:
    reply, _terminal, _kept = asked(
        put(TWELVE),
        ("4 more below", f"1{PAGE_DOWN}2"),
        ("2 more above, 2 more below", f"{PAGE_UP}{END}3"),
        ("4 more above", ENTER),
        columns=60,
        rows=16,
    )
    assert isinstance(reply, Said)
    assert isinstance(reply.value, ByItem)
    first, second, last = reply.value.items()
    assert (first, last) == (("Item 1", 1), ("Item 12", 3))
    assert second == ("Item 9", 2)


def test_a_label_from_the_right_comes_after_its_number_in_every_row() -> None:
    field = replace(NOW, items=("Skills", "العمل"))
    terminal = shown(put(field), f"7{DOWN}{BACKSPACE}", "left out")
    assert body(terminal, "Now (0").splitlines()[1:] == [
        "      7  ██████████████······  Skills",
        "   ›     left out              العمل",
    ]


# --- A ranking on the live screen


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        (f" {DOWN}{DOWN} {ENTER}", ("Craft", "Fairness")),
        (f" {DOWN} {LEFT}{ENTER}", ("Calm", "Craft")),
        (f" {DOWN} {UP}{RIGHT}{RIGHT}{ENTER}", ("Calm", "Craft")),
        (f" {DOWN} {DOWN} {DOWN}1{ENTER}", ("Craft", "Calm", "Fairness")),
        (f" {DOWN} {DOWN}1{ENTER}", ("Fairness", "Craft", "Calm")),
        (f" {DOWN} 9 {ENTER}", ("Craft",)),
        (f"{END} {LEFT}{ENTER}", ("Learning",)),
    ],
)
def test_keys_put_choices_in_order(keys: str, order: tuple[str, ...]) -> None:
    assert said(FIVE, keys) == order


def test_nothing_taken_is_no_answer() -> None:
    assert said(FIVE, ENTER) is None


def test_one_more_than_may_be_taken_is_told_and_not_taken() -> None:
    reply, terminal, _kept = asked(
        put(FIVE), f" {DOWN} {DOWN} {DOWN} ", ("let one go first", ENTER)
    )
    assert reply == Said(("Craft", "Calm", "Fairness"))
    assert terminal.seen("! Three at most: let one go first.")


ORDER = """\
   Three of them, in order                           3 of 3
     1  Craft     to do things really well
     2  Calm      to have peace in and around me
   › 3  Fairness  that the same holds for all
        Learning  to be a beginner again"""


def test_a_ranking_shows_the_taken_ones_first_with_what_each_means() -> None:
    terminal = shown(put(FIVE), f" {DOWN} {DOWN} ", "3 of 3", 60)
    assert body(terminal, "Three of them") == ORDER
    assert foot(terminal) == "Space: let go · ← →: place · Enter: done · Tab: options"


def test_a_ranking_in_ascii_has_arrows_of_ascii() -> None:
    terminal = shown(put(FIVE), DOWN, "> Calm", 60, ascii_only=True)
    assert foot(terminal) == "Space: take - <- ->: place - Enter: none - Tab: options"


def test_an_order_is_kept_while_it_is_made_and_gone_on_with() -> None:
    _reply, _terminal, kept = asked(put(FIVE), f" {DOWN}1", CTRL_C)
    assert kept == ["Craft", "Calm\nCraft"]
    reply, _terminal, _kept = asked(put(FIVE, draft="Calm\nCraft"), ENTER)
    assert reply == Said(("Calm", "Craft"))


# --- An outline on the live screen

TREE = Outline((Node("the new team", (Node("meetings", (Node("Monday"),)),)), Node("rest")))


THREE = f"the new team{ENTER}{TAB}meetings{ENTER}{TAB}Monday{ENTER}"


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (
            f"{THREE}{SHIFT_TAB}{SHIFT_TAB}rest{ENTER}{ENTER}",
            TREE,
        ),
        (f"{THREE}{ENTER}{BACKSPACE}rest{ENTER}{ENTER}", TREE),
        (pasted("the new team\r\n\tmeetings\r\n\t\tMonday\r\nrest") + ENTER + ENTER, TREE),
        (f"{ENTER}", None),
        (f"a{ENTER}{TAB}{TAB}{TAB}b{ENTER}{ENTER}{ENTER}", Outline((Node("a", (Node("b"),)),))),
        (f"{TAB}a{ENTER}   b{ENTER}{ENTER}", Outline((Node("a"), Node("b")))),
    ],
)
def test_keys_write_lines_below_lines(keys: str, value: Value | None) -> None:
    assert said(MAP, keys) == value


def test_a_branch_moves_with_the_line_that_it_hangs_on() -> None:
    keys = f"{UP}{UP}{SHIFT_TAB}{DOWN}{DOWN}{END}{ENTER}{ENTER}"
    moved = Outline((Node("the new team"), Node("meetings", (Node("Monday"),)), Node("rest")))
    assert said(MAP, keys, value=TREE) == moved


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (f"a{ENTER}{TAB}b{ENTER}{TAB}c{TAB}", "Three levels at most."),
        (f"a{ENTER}{TAB}b{TAB}", "A line can be one level below the line above it."),
        (TAB, "A line can be one level below the line above it."),
        (pasted("x" * 201), "A line has 200 characters at most."),
        (pasted("\n".join("abc" * 17)), "At most 50 lines; here are 51."),
    ],
)
def test_what_goes_beyond_an_outline_is_told_above_the_clock(keys: str, why: str) -> None:
    assert f"! {why}" in shown(put(MAP), keys, why).words


DRAWN = """\
   The map, in Grace's words                        4 of 50
   › the new team
       meetings
         Monday, which is too long and has too many people
         in it
       people who wait for me"""


def test_an_outline_hangs_each_line_below_its_own() -> None:
    draft = (
        "the new team\n  meetings\n    Monday, which is too long and has too many people in it\n"
        "  people who wait for me"
    )
    terminal = shown(put(MAP, draft=draft), LEFT, "Enter: next", 60)
    assert body(terminal, "The map") == DRAWN
    keys = "Tab, Shift+Tab: deeper, back · Enter: next · Esc: options"
    assert foot(terminal) == keys


def test_of_more_lines_than_rows_the_pages_can_be_turned() -> None:
    draft = "\n".join(f"line {number}" for number in range(1, 31))
    script = ("line 30", PAGE_UP * 4), ("› line 1", f"{END}!{ENTER}x"), ("line 1!", CTRL_C)
    _reply, _terminal, kept = asked(put(MAP, draft=draft), *script, columns=60, rows=16)
    assert kept[-1] == draft.replace("line 1\n", "line 1!\nx\n")


def test_escape_opens_the_options_where_tab_is_a_key_of_the_outline() -> None:
    reply, _terminal, kept = asked(put(MAP), f"a{ESCAPE}", ("Options", "h"))
    assert (reply, kept) == (Command(Action.HINT), ["a"])


def test_ctrl_u_erases_the_words_of_a_line_and_joins_it_to_no_other() -> None:
    keys = f"Work{ENTER}{TAB}Say yes{CTRL_U}{CTRL_U}Say no{ENTER}{ENTER}{ENTER}"
    assert said(MAP, keys) == Outline((Node("Work", (Node("Say no"),)),))


def test_shift_tab_leads_back_where_nothing_of_an_outline_is_written_yet() -> None:
    assert asked(put(MAP), SHIFT_TAB)[0] == Command(Action.BACK)


def test_a_word_on_the_first_line_of_an_outline_is_an_action() -> None:
    assert asked(put(MAP), f"/skip{ENTER}")[0] == Command(Action.SKIP)


# --- Boxes with a limit, and one item of several


def test_no_more_boxes_than_may_be_marked_are_marked_and_that_is_told() -> None:
    reply, terminal, _kept = asked(
        put(TEN),
        f" {DOWN} {DOWN} ",
        ("! Two at most: let one go first.", f"{UP} "),
        ("Which 1 of 2", f"{DOWN} {ENTER}"),
    )
    assert reply == Said(("Craft", "Fairness"))
    assert "let one go" not in terminal.words


def test_the_tip_stays_above_boxes_that_leave_room_for_it() -> None:
    card = replace(CARD, in_talk=True, tip="Two of each.")
    for rows, has_room in ((20, True), (19, False)):
        with fed(("Fairness", CTRL_C), rows=rows) as terminal:
            LiveFrontend().ask(card, put(TEN), Wrist())
        assert terminal.seen("Two of each.") is has_room


def test_one_question_of_several_says_which_it_is() -> None:
    field = Field("meaning", "What does {item} mean?", items=("Calm", "Craft"))
    question = replace(put(field), label="What does Craft mean?", item="Craft")
    assert asked(question, "x")[1].seen("What does Craft mean? 2 of 2")
    assert told(question, "x")[1][-2:] == [
        "2 of 2. What does Craft mean?",
        "Enter leaves it empty.",
    ]


# --- On a sheet

SHEET = [
    put(replace(NOW, high=""), ByItem((("Skills", 7),))),
    put(LINE, ByItem((("Start", -3), ("Berlin", 4)))),
    put(FIVE, ("Calm", "Craft")),
    put(MAP, TREE),
]


def test_a_sheet_shows_each_whole_and_a_number_opens_its_page() -> None:
    with fed(("meetings (Monday); rest", f"1{ENTER}"), columns=80, rows=30) as terminal:
        assert LiveFrontend().settle(CARD, SHEET, None) == EditLine(0)
    for said in ("Skills 7 of 10", "Learning left", "Berlin +4", "Calm, then Craft"):
        assert terminal.seen(said)


def test_a_sheet_in_lines_says_each_whole() -> None:
    target = io.StringIO()
    PlainFrontend(io.StringIO("\n"), target).settle(CARD, SHEET, None)
    lines = target.getvalue().splitlines()
    assert [line for line in lines if line[:2] in ("1.", "2.", "3.", "4.")] == [
        f"1. Now: Skills 7 of 10, {', '.join(f'{item} left out' for item in NOW.items[1:])}",
        "2. The line: Start -3, Berlin +4",
        "3. Three of them, in order: Calm, then Craft",
        "4. The map, in Grace's words: the new team: meetings (Monday); rest",
    ]


# --- Line by line


def test_ratings_are_asked_one_item_a_line() -> None:
    reply, lines = told(EARLIER, "7", "", "2", "-", "10")
    assert reply == Said(ByItem((("Skills", 7), ("Say in things", 2), ("Learning", 10))))
    assert lines[-6:] == [
        "Now (0: not at all, 10: as good as I wish). A number each; Enter: left out.",
        "1 of 5. Skills (6 on 3 October)",
        "2 of 5. Workload",
        "3 of 5. Say in things",
        "4 of 5. Rules nobody wrote down",
        "5 of 5. Learning",
    ]


def test_after_three_numbers_that_would_not_do_an_item_is_left_out() -> None:
    reply, lines = told(put(replace(NOW, items=("Skills", "Rest"))), "11", "x", "-1", "4")
    assert reply == Said(ByItem((("Rest", 4),)))
    assert lines[-3:] == [
        "A whole number from 0 to 10 would do.",
        "Skills is left out.",
        "2 of 2. Rest",
    ]


def test_a_number_that_stands_is_kept_by_enter_and_left_out_by_a_dash() -> None:
    value = ByItem((("Skills", 7), ("Rest", 2), ("Money", 3)))
    question = put(replace(NOW, items=("Skills", "Rest", "Money")), value)
    reply, lines = told(question, "", "-", "x", "x", "x")
    assert reply == Said(ByItem((("Skills", 7), ("Money", 3))))
    assert "1 of 3. Skills: 7" in lines
    assert lines[-1] == "Money stays at 3."


def test_numbers_half_given_line_by_line_are_gone_on_with() -> None:
    reply, lines = told(put(NOW, draft="Skills: 7\nWorkload: -"), "", "", "3")
    assert reply == Said(ByItem((("Skills", 7), ("Learning", 3))))
    assert "So far: Skills 7, Workload left out." in lines


@pytest.mark.parametrize("typed", ["3 1 2", "3,1,2", "Fairness, Craft, Calm", "3 1, 2"])
def test_a_ranking_is_typed_as_numbers_or_words(typed: str) -> None:
    reply, lines = told(put(FIVE), typed)
    assert reply == Said(("Fairness", "Craft", "Calm"))
    assert lines[-7:] == [
        "Three of them, in order: numbers, such as 3 1 2.",
        "1. Craft: to do things really well",
        "2. Calm: to have peace in and around me",
        "3. Fairness: that the same holds for all",
        "4. Learning: to be a beginner again",
        "Three at most.",
        "Enter leaves it empty.",
    ]


def test_more_than_may_be_taken_is_told_and_asked_again() -> None:
    reply, lines = told(put(FIVE), "1 2 3 4", "4")
    assert reply == Said(("Learning",))
    assert "Three at most: let one go first." in lines


def test_an_outline_is_typed_with_two_spaces_for_each_step() -> None:
    reply, lines = told(
        put(MAP), "the new team", "  meetings", "    Monday", "      too deep", "rest", ""
    )
    assert reply == Said(TREE)
    how = "The map, in Grace's words. Two spaces for each step deeper; an empty line ends."
    assert how in lines
    assert lines[-1] == "Three levels at most: “too deep” is deeper."


def test_an_outline_that_stands_is_kept_by_enter_and_taken_back_by_a_dash() -> None:
    assert told(put(MAP, TREE), "")[0] == Said(TREE)
    assert told(put(MAP, TREE), "-")[0] == Said(None)
    reply, lines = told(put(MAP, draft="Work\n  Say no"), "Home", "")
    assert reply == Said(Outline((Node("Work", (Node("Say no"),)), Node("Home"))))
    assert folded(" ".join(lines)).endswith("So far: Work Say no")
