"""The plain frontend: lines in, lines out, and nothing that is redrawn."""

from __future__ import annotations

import io
import os
import sys
import termios
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE
from support.questions import (
    BOXES,
    DAY,
    HOUR,
    ITEMS,
    LENGTH,
    LIKING,
    OWN,
    RHYTHM,
    SURE,
    TEXT,
    Wrist,
    kind,
    put,
)
from support.questions import CARD as QUESTIONS_CARD
from support.terminals import CTRL_C, CTRL_D, OPTIONS, Pty

from mentorwalk.domain.card import Card, Recalled
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Proposal,
    Reword,
    Said,
    Talked,
)
from mentorwalk.frontends.plain import PlainFrontend

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import Reply
    from mentorwalk.frontends.clock_words import ClockStyle

pytestmark = pytest.mark.portable

ROOT = Path(__file__).parent.parent
HALF_A_MINUTE = Wrist(lambda: 30)
"""Half a minute into a card of two."""
CARD = replace(QUESTIONS_CARD, tip="A direction is enough.")
WRITES = replace(CARD, types_through=True)
END = Interrupted(for_good=True)


@dataclass
class Heard:
    """What a frontend gave back, and what it wrote."""

    reply: Reply
    text: str
    rest: str
    """The lines that it left unread."""

    @property
    def lines(self) -> list[str]:
        """What it wrote, line by line."""
        return self.text.splitlines()


def told(
    ask: Callable[[PlainFrontend], Reply],
    typed: str,
    clock: ClockStyle = "calm",
) -> Heard:
    """What comes of asking, when these lines are typed."""
    source, target = io.StringIO(typed), io.StringIO()
    reply = ask(PlainFrontend(source, target, clock))
    return Heard(reply, target.getvalue(), source.read())


def asked(field: Field, typed: str, value: Value | None = None, draft: str | None = None) -> Heard:
    """What comes of asking for a field."""
    return told(lambda plain: plain.ask(CARD, put(field, value, draft), None), typed)


def left(
    field: Field, typed: str, draft: str | None = None
) -> tuple[Said | Command | Interrupted, list[str | None]]:
    """What comes of asking for a field, and what was half typed meanwhile, in order."""
    kept: list[str | None] = []
    plain = PlainFrontend(io.StringIO(typed), io.StringIO())
    return plain.ask(CARD, put(field, None, draft), None, kept.append), kept


def talked(card: Card, typed: str) -> Heard:
    """What comes of showing a card."""
    return told(lambda plain: plain.talk(card, None), typed)


def settled(typed: str) -> Heard:
    """What comes of a sheet of two rows."""
    sheet = [put(LENGTH, 60), put(RHYTHM)]
    return told(lambda plain: plain.settle(CARD, sheet, None), typed)


def decided(typed: str) -> Heard:
    """What comes of the agreement."""
    return told(
        lambda plain: plain.decide(
            CARD, Proposal("# Agreement\n\nWe meet.\n", ADA_AND_GRACE), None
        ),
        typed,
    )


# --- Whole transcripts


def test_what_a_sheet_says_is_told_with_it_and_its_card_once() -> None:
    target = io.StringIO()
    plain = PlainFrontend(io.StringIO("1\n\n"), target)
    for says in ("“We meet weekly.”", "“We meet monthly.”"):
        plain.settle(replace(CARD, says=says), [put(LENGTH, 60)], None)
    told = target.getvalue()
    assert (told.count(CARD.ask), told.splitlines()[-3:]) == (
        1,
        ["“We meet monthly.”", "1. How long: 60 minutes", "Enter keeps all, a number changes one."],
    )


def test_a_card_is_told_line_by_line() -> None:
    card = replace(
        CARD,
        read="One line.\n\nAnother.",
        recalled=(Recalled("Purpose", "lead"),),
        hints=("Ten slow breaths.",),
    )
    assert told(lambda plain: plain.talk(card, HALF_A_MINUTE), "\n") == Heard(
        Talked(),
        "\n"
        "Know, 2 of 5\n"
        "Grace speaks, Ada listens.\n"
        "What brings you here?\n"
        "One line.\n"
        "Another.\n"
        "Purpose: lead\n"
        "Tip: A direction is enough.\n"
        "Try: Ten slow breaths.\n"
        "about two minutes for this card; ends about 15:50, on time\n"
        "Enter: we have talked. /help for more.\n",
        "",
    )


def test_a_sheet_is_told_row_by_row() -> None:
    assert settled("3\n2\nrest") == Heard(
        EditLine(1),
        "\n"
        "Know, 2 of 5\n"
        "Grace speaks, Ada listens.\n"
        "What brings you here?\n"
        "Tip: A direction is enough.\n"
        "1. How long: 60 minutes\n"
        "2. How often: nothing yet\n"
        "Enter keeps all, a number changes one.\n"
        "A number from 1 to 2 would do, or Enter.\n",
        "rest",
    )


def test_a_question_is_told_with_its_choices_and_what_stands_there() -> None:
    field = replace(OWN, help="Take the smaller promise, {mentee}.")
    assert asked(field, "\n", value="As needed").lines[5:] == [
        "How often",
        "Take the smaller promise, Grace.",
        "1. Every week",
        "2. Every month",
        "3. As needed",
        "In your own words: just write them.",
        "Enter keeps: As needed. - takes it back.",
    ]


def test_what_is_asked_beside_the_cards_is_kept_or_chosen_anew() -> None:
    question = replace(put(RHYTHM, "As needed"), apart=True)
    heard = told(lambda plain: plain.ask(CARD, question, None), "\n")
    assert heard.lines[-1] == "Enter keeps: As needed"


def test_on_a_page_beside_the_cards_enter_goes_on() -> None:
    page = Card(ask="We end about 15:40.", title=CARD.title, steps=CARD.steps)
    assert talked(page, "\n").lines[-1] == "Enter: go on. /help for more."


def test_more_time_is_told() -> None:
    source, target = io.StringIO("/+5\n\n"), io.StringIO()
    plain = PlainFrontend(source, target)
    assert plain.talk(CARD, HALF_A_MINUTE) == Command(Action.MORE_TIME, minutes=5)
    before = len(target.getvalue())
    plain.talk(CARD, HALF_A_MINUTE)
    assert target.getvalue()[before:].splitlines() == [
        "about two minutes for this card; ends about 15:50, on time",
        "Enter: we have talked. /help for more.",
    ]


def test_the_agreement_is_told_with_what_can_become_of_it_and_enter_is_no_answer() -> None:
    told = decided("\n2\n")
    assert told.reply == Said("both")
    assert told.lines[5:] == [
        "",
        "# Agreement",
        "",
        "We meet.",
        "",
        "1. We sleep on it: a draft until we meet again",
        "2. We both say yes, aloud, now",
        "3. Only Grace says yes today",
        "4. Only Ada says yes today",
        "5. There is a sentence that we want to change",
        "A number from 1 to 5 would do.",
        "A number from 1 to 5 would do.",
    ]


def test_a_card_is_told_once_for_its_talk_and_its_questions() -> None:
    source, target = io.StringIO("\nlead\n"), io.StringIO()
    plain = PlainFrontend(source, target)
    plain.talk(CARD, None)
    plain.ask(CARD, put(TEXT), None)
    assert target.getvalue().splitlines()[5:] == [
        "Enter: we have talked. /help for more.",
        "Purpose",
        "Enter leaves it empty.",
    ]


def test_what_belongs_to_one_question_of_a_card_is_told_with_each() -> None:
    source, target = io.StringIO("\n\n"), io.StringIO()
    plain = PlainFrontend(source, target)
    for words in ("Skills 7 of 10", "Skills 9 of 10"):
        recalled = (Recalled("You wrote", words, at_hand=True),)
        plain.ask(replace(CARD, recalled=recalled), put(TEXT), None)
    assert target.getvalue().splitlines()[-3:] == [
        "You wrote: Skills 9 of 10",
        "Purpose",
        "Enter leaves it empty.",
    ]


SEVERAL = "Several at once: 1,3 for the first and the third."


@pytest.mark.parametrize(
    ("field", "value", "ways"),
    [
        (Field("a", "Topics", "list"), None, ["An empty line ends the list."]),
        (
            Field("a", "Help", "checkbox", choices=(Choice("An ear"),)),
            None,
            ["1. An ear", SEVERAL, "Enter leaves it empty."],
        ),
        (
            Field("a", "Help", "checkbox", choices=(Choice("An ear"),), other=True),
            ("An ear",),
            [
                "1. An ear",
                SEVERAL,
                "In your own words: just write them.",
                "Enter keeps: An ear. - takes it back.",
            ],
        ),
    ],
)
def test_a_question_says_which_lines_would_answer_it(
    field: Field, value: Value | None, ways: list[str]
) -> None:
    assert asked(field, "\n", value).lines[-len(ways) :] == ways


def test_each_line_of_a_help_is_a_line_of_its_own() -> None:
    field = Field("a", "Files", help="summary.md\n/here")
    assert asked(field, "\n").lines[-4:-1] == ["Files", "summary.md", "/here"]


def test_only_advice_for_a_talk_is_called_a_tip() -> None:
    said = replace(CARD, speaks="")
    assert f"Tip: {CARD.tip}" in talked(CARD, "\n").lines
    assert CARD.tip in talked(said, "\n").lines


def test_a_hint_adds_one_line_and_tells_nothing_again() -> None:
    target = io.StringIO()
    plain = PlainFrontend(io.StringIO("\n\n"), target)
    plain.talk(CARD, None)
    before = len(target.getvalue())
    plain.talk(replace(CARD, hints=("Ten slow breaths.",)), None)
    assert target.getvalue()[before:].splitlines() == [
        "Try: Ten slow breaths.",
        "Enter: we have talked. /help for more.",
    ]


@pytest.mark.parametrize(
    ("clock", "line"),
    [
        ("calm", ["about two minutes for this card; ends about 15:50, on time"]),
        ("exact", ["card 0:30 of 2:00, phase 2:10 of 10:00; ends 15:50"]),
        ("off", []),
    ],
)
def test_the_clock_is_told_as_it_was_chosen(clock: ClockStyle, line: list[str]) -> None:
    said = told(lambda plain: plain.talk(CARD, HALF_A_MINUTE), "\n", clock)
    assert said.lines[5:-1] == line


def test_no_line_has_a_colour_or_moves_the_cursor() -> None:
    texts = [talked(CARD, "\n"), settled("\n"), decided("\n"), asked(OWN, "\n")]
    assert [said.text for said in texts if "\x1b" in said.text or "\r" in said.text] == []


# --- Answers


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (TEXT, "lead a team\n", "lead a team"),
        (TEXT, "without a line's end", "without a line's end"),
        (TEXT, "one\\\ntwo\\\nthree\n", "one\ntwo\nthree"),
        (TEXT, " /back\n", "/back"),
        (ITEMS, "one\ntwo\n\n", ("one", "two")),
        (RHYTHM, "2\n", "Every month"),
        (RHYTHM, "every MONTH\n", "Every month"),
        (OWN, "at full moon\n", "at full moon"),
        (BOXES, "1, 3\n", ("Every week", "As needed")),
        (BOXES, "3,1\n", ("Every week", "As needed")),
        (BOXES, "as needed, every week\n", ("Every week", "As needed")),
        (replace(BOXES, other=True), "every week, Sundays\n", ("Every week", "Sundays")),
        (replace(BOXES, other=True), "3, Sundays, 1\n", ("Every week", "As needed", "Sundays")),
        (SURE, "yes\n", True),
        (SURE, "N\n", False),
        (LENGTH, "45\n", 45),
        (LENGTH, "45 minutes\n", 45),
        (LIKING, "0\n", 0),
        (DAY, "in 3 weeks\n", "2026-12-13"),
        (DAY, "Tuesday\n", "2026-11-24"),
        (HOUR, "3 pm\n", "15:00"),
    ],
)
def test_what_is_typed_is_read_by_its_type(field: Field, typed: str, value: Value) -> None:
    said = asked(field, typed)
    assert (said.reply, said.rest) == (Said(value), "")


EVERY = [TEXT, ITEMS, RHYTHM, OWN, BOXES, SURE, LENGTH, LIKING, DAY, HOUR]
STANDS: list[tuple[Field, Value]] = [
    (TEXT, "lead"),
    (ITEMS, ("one", "two")),
    (RHYTHM, "As needed"),
    (OWN, "at full moon"),
    (BOXES, ("As needed",)),
    (SURE, False),
    (LENGTH, 60),
    (LIKING, 0),
    (DAY, "2026-12-15"),
    (HOUR, "15:00"),
]


def replies(typed: str, fields: list[Field]) -> dict[str, object]:
    """What comes of each field when these lines are typed, by its kind."""
    return {kind(field): asked(field, typed).reply for field in fields}


def test_an_empty_line_moves_on_where_there_is_no_answer() -> None:
    assert replies("\n", EVERY) == dict.fromkeys(map(kind, EVERY), Said(None))


def test_an_empty_line_of_a_sheet_is_left_open_by_a_second_enter() -> None:
    line = replace(put(Field("promise", "Promise")), wanted=True)
    heard = told(lambda plain: plain.ask(CARD, line, None), "\n\nrest\n")
    assert (heard.reply, heard.rest) == (Said(None), "rest\n")
    assert "Nothing is written yet: Enter once more leaves it open.\n" in heard.text


def test_an_empty_line_keeps_the_current_answer_and_a_dash_takes_it_back() -> None:
    kept = {kind(field): asked(field, "\n", value).reply for field, value in STANDS}
    struck = {kind(field): asked(field, "-\n", value).reply for field, value in STANDS}
    assert kept == {kind(field): Said(value) for field, value in STANDS}
    assert struck == dict.fromkeys(kept, Said(None))


@pytest.mark.parametrize(
    ("field", "wrong", "right", "complaint"),
    [
        (LENGTH, "500", "50", "A number from 15 to 180 would do."),
        (LIKING, "11", "10", "A whole number from 0 to 10 would do."),
        (RHYTHM, "4", "1", "A number from 1 to 3 would do."),
        (RHYTHM, "0", "1", "A number from 1 to 3 would do."),
        (BOXES, "1,4", "1", "A number from 1 to 3 would do."),
        (SURE, "perhaps", "yes", "Yes or no would do."),
        (HOUR, "25:00", "15:00", "A time of day would do, such as “15:00” or “3 pm”."),
    ],
)
def test_what_cannot_be_read_is_told_and_asked_again(
    field: Field, wrong: str, right: str, complaint: str
) -> None:
    said = asked(field, f"{wrong}\n{right}\n")
    assert isinstance(said.reply, Said)
    assert complaint in said.lines
    label = [line for line in said.lines if line.startswith(field.label)]
    assert (len(label), said.rest) == (2, "")


def test_a_line_that_is_no_text_is_asked_for_again() -> None:
    heard = asked(TEXT, "Ren\udce9\nRené\n")

    assert heard.reply == Said("René")
    assert heard.lines[-1] == (
        "That line is not text in UTF-8, so nobody could read it. Please type it again."
    )


def test_a_list_that_is_too_long_is_told_and_asked_again() -> None:
    said = asked(ITEMS, "a\nb\nc\nd\n\na\n\n")
    assert said.reply == Said(("a",))
    assert "At most three, one a line; here are four." in said.lines


def test_a_number_that_is_itself_a_choice_is_that_choice() -> None:
    field = replace(RHYTHM, choices=(Choice("30"), Choice("1")))
    assert asked(field, "1\n").reply == Said("1")


def test_a_line_typed_at_the_talk_is_the_first_answer() -> None:
    source = io.StringIO("lead a team\n")
    plain = PlainFrontend(source, io.StringIO())
    assert plain.talk(WRITES, None) == Talked()
    assert plain.ask(WRITES, put(TEXT, draft="half"), None) == Said("lead a team")


def test_a_line_typed_at_the_talk_may_go_on_in_the_next() -> None:
    source = io.StringIO("one\\\ntwo\n")
    plain = PlainFrontend(source, io.StringIO())
    assert plain.talk(WRITES, None) == Talked()
    assert plain.ask(WRITES, put(TEXT), None) == Said("one\ntwo")


def test_a_line_typed_where_nothing_is_written_is_refused_and_awaited_again() -> None:
    said = talked(CARD, "hello\nthere\n\nnext")
    assert (said.reply, said.rest) == (Talked(), "next")
    refused = "Nothing is written down at this point. Enter: go on."
    assert said.lines[-2:] == [refused, refused]


# --- The sheet, the agreement, the pause


def test_an_empty_line_keeps_a_sheet() -> None:
    assert settled("\n").reply == AcceptSheet()


@pytest.mark.parametrize("typed", ["0", "3", "one", "²"])
def test_what_is_no_row_is_told(typed: str) -> None:
    said = settled(f"{typed}\n\n")
    assert said.reply == AcceptSheet()
    assert said.lines[-1] == "A number from 1 to 2 would do, or Enter."


def test_the_agreement_becomes_what_is_typed() -> None:
    replies = [*map(Said, ("draft", "both", "mentee", "mentor")), Reword()]
    assert [decided(f"{number}\n").reply for number in range(1, 6)] == replies


def test_what_is_no_ending_of_the_agreement_is_told() -> None:
    said = decided("yes\n2\n")
    assert (said.reply, said.lines[-1]) == (Said("both"), "A number from 1 to 5 would do.")


@pytest.mark.parametrize("typed", ["\n", "/go\n"])
def test_a_pause_lasts_until_a_line_is_typed(typed: str) -> None:
    source, target = io.StringIO(f"{typed}next\n"), io.StringIO()
    assert PlainFrontend(source, target).pause(CARD) is None
    assert source.read() == "next\n"
    assert target.getvalue().splitlines()[0] == "Paused. The clock stands still."


@pytest.mark.parametrize(
    ("typed", "choice"),
    [("\n", "go on"), ("1\n", "go on"), ("2\n", "stop"), ("3\n", "close"), ("", "stop")],
)
def test_what_a_ctrl_c_was_meant_to_do_is_chosen(typed: str, choice: str) -> None:
    target = io.StringIO()
    assert PlainFrontend(io.StringIO(typed), target).interrupted(Card(ask="")) == choice
    assert target.getvalue().splitlines()[:5] == [
        "",
        "What would you like to do?",
        "1. Go on",
        "2. Stop and save; no documents yet",
        "3. Close now; the documents are written",
    ]


class Breaks(io.StringIO):
    """A keyboard where somebody presses Ctrl-C."""

    def readline(self, *_: object) -> str:  # type: ignore[override]  # never called with a size
        """Break."""
        raise KeyboardInterrupt


def test_ctrl_c_interrupts() -> None:
    plain = PlainFrontend(Breaks(), io.StringIO())
    assert plain.talk(CARD, None) == Interrupted()
    assert plain.ask(CARD, put(TEXT), HALF_A_MINUTE) == Interrupted()


def test_ctrl_c_and_the_end_of_input_interrupt_a_pause() -> None:
    assert PlainFrontend(Breaks(), io.StringIO()).pause(CARD) == Interrupted()
    assert PlainFrontend(io.StringIO(), io.StringIO()).pause(CARD) == END


def test_a_second_ctrl_c_stops() -> None:
    assert PlainFrontend(Breaks(), io.StringIO()).interrupted(Card(ask="")) == "stop"


NINES = "9" * 5000


def test_a_number_longer_than_any_is_told_as_any_other() -> None:
    typed = f"{NINES}\n/+{NINES}\n1\n"
    sheet = [put(LENGTH, 60)]
    assert PlainFrontend(io.StringIO(typed), io.StringIO()).settle(CARD, sheet, None) == EditLine(0)
    assert PlainFrontend(io.StringIO(typed), io.StringIO()).ask(CARD, put(RHYTHM), None) == Said(
        "Every week"
    )
    assert (
        PlainFrontend(io.StringIO(f"{NINES}\n2\n"), io.StringIO()).interrupted(Card(ask=""))
        == "stop"
    )


class Gone(io.StringIO):
    """A window that was closed."""

    def readline(self, *_size: int) -> str:  # type: ignore[override]  # sizes are never asked for
        """Fail, as a terminal that is gone does."""
        raise OSError(5, "Input/output error")


def test_a_window_that_is_closed_in_a_pause_is_the_end_of_input() -> None:
    assert PlainFrontend(Gone(), io.StringIO()).pause(CARD) == Interrupted(for_good=True)


# --- Actions


WORDS = [(word, act) for _, word, act in OPTIONS]
"""What can be typed; the clock is nobody else's business."""


def test_there_is_a_word_for_every_action_but_the_clock() -> None:
    missing = set(Action) - {act.action for _, act in WORDS}
    assert missing == {Action.CLOCK}


@pytest.mark.parametrize(("typed", "act"), WORDS)
def test_every_action_can_be_typed_at_every_stop(typed: str, act: Command) -> None:
    line = f"{typed}\n"
    stops = {
        "card": talked(CARD, line),
        "card that begins a text": talked(WRITES, line),
        "sheet": settled(line),
        "agreement": decided(line),
        "unseen": unseen(line),
        **{kind(field): asked(field, line) for field in EVERY},
    }
    assert {stop: heard.reply for stop, heard in stops.items()} == dict.fromkeys(stops, act)


@pytest.mark.parametrize("minutes", [1, 2, 5, 30])
def test_up_to_half_an_hour_more_can_be_typed(minutes: int) -> None:
    assert talked(CARD, f"/+{minutes}\n").reply == Command(Action.MORE_TIME, minutes=minutes)


@pytest.mark.parametrize("typed", ["/+0", "/+31", "/+500"])
def test_more_time_than_half_an_hour_or_none_is_told(typed: str) -> None:
    said = talked(CARD, f"{typed}\n\n")
    assert said.reply == Talked()
    assert said.lines[-1].startswith(f"There is no {typed}. There are /back")


@pytest.mark.parametrize("word", ["/back", "/hint", "/pause"])
def test_items_typed_before_an_action_are_kept(word: str) -> None:
    action = Command(Action(word[1:]))
    assert left(ITEMS, f"one\ntwo\n{word}\n") == (action, ["one", "one\ntwo"])


def test_items_typed_before_an_action_go_on_after_it() -> None:
    said = asked(ITEMS, "three\n\n", draft="one\ntwo")
    assert said.reply == Said(("one", "two", "three"))
    assert said.lines[-1] == "So far: one, two."


def test_lines_typed_before_an_action_are_kept() -> None:
    typed = "one\\\ntwo\\\n/hint\n"
    assert left(TEXT, typed) == (Command(Action.HINT), ["one", "one\ntwo"])
    assert left(TEXT, typed, "zero") == (Command(Action.HINT), ["zero\none", "zero\none\ntwo"])


def test_a_line_that_is_sent_whole_is_never_half_typed() -> None:
    assert left(TEXT, "one\n") == (Said("one"), [])


def test_lines_typed_before_an_action_are_no_answer_before_there_is_an_end() -> None:
    plain = PlainFrontend(io.StringIO("one\\\n/hint\ntwo\n"), io.StringIO())
    assert plain.ask(CARD, put(TEXT), None) == Command(Action.HINT)
    hinted = replace(CARD, hints=("Ten slow breaths.",))
    assert plain.ask(hinted, put(TEXT, draft="one"), None) == Said("one\ntwo")


def test_an_action_leaves_the_question_of_a_ctrl_c_alone() -> None:
    assert (
        PlainFrontend(io.StringIO("/back\n1\n"), io.StringIO()).interrupted(Card(ask="")) == "go on"
    )


# --- The clock

CALM = "about two minutes for this card; ends about 15:50, on time"
EXACT = "card 0:30 of 2:00, phase 2:10 of 10:00; ends 15:50"


@pytest.mark.parametrize(
    ("clock", "line"), [("calm", CALM), ("exact", EXACT), ("off", CALM)], ids=str
)
def test_the_time_can_be_asked_for(clock: ClockStyle, line: str) -> None:
    said = told(lambda plain: plain.talk(CARD, HALF_A_MINUTE), "/time\n\n", clock)
    assert (said.reply, said.lines[-1]) == (Talked(), line)


def test_the_clock_goes_from_calm_to_exact_to_off_and_round_again() -> None:
    said = talked(CARD, "/clock\n/clock\n/CLOCK \n\n")
    told_of = ["The clock is exact.", "The clock is off.", "The clock is calm."]
    assert (said.reply, said.lines[-3:]) == (Talked(), told_of)


def test_the_next_card_shows_the_clock_as_it_was_chosen() -> None:
    target = io.StringIO()
    plain = PlainFrontend(io.StringIO("/clock\n\n\n"), target)
    plain.talk(CARD, HALF_A_MINUTE)
    plain.talk(replace(CARD, ask="And now?"), HALF_A_MINUTE)
    assert [line for line in target.getvalue().splitlines() if "ends" in line] == [CALM, EXACT]


def test_the_clock_and_the_time_are_no_answers() -> None:
    came = replies("/clock\n/time\n/help\n\n", EVERY)
    assert came == dict.fromkeys(map(kind, EVERY), Said(None))


def test_the_clock_can_be_chosen_on_a_sheet_and_on_the_agreement() -> None:
    assert settled("/clock\n/time\n\n").reply == AcceptSheet()
    assert decided("/clock\n/time\n1\n").reply == Said("draft")


# --- Off the record


def test_off_the_record_is_told_on_every_card() -> None:
    card = replace(CARD, off_record=True, opens=False)
    assert talked(card, "\n").lines[:4] == [
        "",
        "Know, 2 of 5",
        "OFF THE RECORD for this card. Nothing is written. /off: write again.",
        "Grace speaks, Ada listens.",
    ]


def test_a_card_that_goes_off_the_record_is_told_again() -> None:
    target = io.StringIO()
    plain = PlainFrontend(io.StringIO("/off\n\n"), target)
    assert plain.talk(CARD, None) == Command(Action.OFF)
    plain.talk(replace(CARD, off_record=True), None)
    told = "OFF THE RECORD for this card. Nothing is written. /off: write again."
    assert target.getvalue().splitlines().count(told) == 1


# --- Typed unseen

SECRET = "ѪѮѰ"
"""Letters that stand nowhere else."""
NOTE = Field("note", "A note", private=True)


def unseen(typed: str) -> Heard:
    """What comes of asking for what nobody shall see, where lines come from no terminal."""
    question = replace(put(NOTE), unseen=True)
    return told(lambda plain: plain.ask(CARD, question, None), typed)


def test_what_is_typed_unseen_is_never_written_out() -> None:
    said = unseen(f"{SECRET}\n")
    assert (said.reply, [letter for letter in SECRET if letter in said.text]) == (Said(SECRET), [])


def test_an_unknown_word_typed_unseen_is_not_repeated() -> None:
    assert "qxzq" not in unseen("/qxzq\n\n").text


ASKS_UNSEEN = """
import sys
from datetime import date
from mentorwalk.domain.card import Card
from mentorwalk.domain.fields import Field
from mentorwalk.domain.question import Question
from mentorwalk.frontends.plain import PlainFrontend

field = Field("note", "A note", private=True)
question = Question("note", field, field.label, date(2026, 11, 22), unseen=True)
reply = PlainFrontend(sys.stdin, sys.stdout).ask(Card(ask="Between us"), question, None)
print("Came:", reply if "Said" not in repr(reply) else ascii(reply))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        pytest.param(f"{SECRET}\n", ascii(Said(SECRET)), id="typed"),
        pytest.param("/back\n", repr(Command(Action.BACK)), id="an action"),
        pytest.param(CTRL_C, repr(Interrupted()), id="interrupted"),
        pytest.param(CTRL_D, repr(END), id="the end of input"),
    ],
)
def test_a_terminal_does_not_show_what_is_typed_unseen(keys: str, reply: str) -> None:
    command = [sys.executable, "-c", ASKS_UNSEEN]
    with Pty(command, {**os.environ, "TERM": "dumb"}, ROOT, columns=200) as terminal:
        terminal.wait_for("A note")
        terminal.wait_until(lambda: not terminal.modes[3] & termios.ECHO, "no echo")
        terminal.send(keys)
        ended = terminal.ended()
    shown = [letter for letter in SECRET if letter in terminal.raw.decode()]
    assert (ended, terminal.words.partition("Came: ")[2], shown) == (
        0,
        reply,
        [],
    )


ASKS_AGAIN = """
import sys
from datetime import date
from mentorwalk.domain.card import Card
from mentorwalk.domain.fields import Field
from mentorwalk.domain.question import Question
from mentorwalk.frontends.plain import PlainFrontend

field = Field("lead", "Lead")
plain = PlainFrontend(sys.stdin, sys.stdout)
for asked in range(int(sys.argv[1])):
    question = Question(f"lead{asked}", field, field.label, date(2026, 11, 22))
    print(f"Came {asked}:", ascii(plain.ask(Card(ask=f"Question {asked}"), question, None)))
"""
NO_TEXT_KEYS = {
    "F1": "\x1bOP",
    "F1 of Linux": "\x1b[[A",
    "F6": "\x1b[17~",
    "F11 with Shift": "\x1b[23;2~",
    "Page Up": "\x1b[5~",
    "Ctrl+Alt+X as CSI-u": "\x1b[120;7u",
    "as xterm reports other keys": "\x1b[27;6;120~",
    "a mouse": "\x1b[<35;7;12m",
    "a focus": "\x1b[O",
    "what it is": "\x1b[?64;1;2c",
    "a position": "\x1b[3;9R",
    "a mode": "\x1b[?1004;2$y",
    "a colour": "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "a colour, ended by a bell": "\x1b]4;1;rgb:aa/bb/cc\x07",
    "a setting": "\x1bP1$r2 q\x1b\\",
    "a picture": "\x1b_Gi=7;OK\x1b\\",
}


@pytest.mark.slow
def test_keys_and_replies_of_a_terminal_are_in_no_answer() -> None:
    command = [sys.executable, "-c", ASKS_AGAIN, str(len(NO_TEXT_KEYS))]
    with Pty(command, {**os.environ, "TERM": "xterm"}, ROOT, columns=200, rows=120) as terminal:
        for asked, keys in enumerate(NO_TEXT_KEYS.values()):
            terminal.press(f"Question {asked}", f"be{keys}gin\n")
        terminal.wait_for(f"Came {len(NO_TEXT_KEYS) - 1}:")
        ended, shown = terminal.ended(), terminal.words
    heard = [shown.partition(f"Came {asked}: ")[2][:60] for asked in range(len(NO_TEXT_KEYS))]
    told = {
        name: each.partition(")")[0] + ")" for name, each in zip(NO_TEXT_KEYS, heard, strict=True)
    }
    assert (ended, told) == (0, dict.fromkeys(NO_TEXT_KEYS, ascii(Said("begin"))))


@pytest.mark.parametrize("keys", NO_TEXT_KEYS.values(), ids=NO_TEXT_KEYS.keys())
def test_they_are_in_no_line_that_is_typed_unseen_or_comes_from_elsewhere(keys: str) -> None:
    assert unseen(f"be{keys}gin\n").reply == Said("begin")
    assert talked(CARD, f"{keys}/back{keys}\n").reply == Command(Action.BACK)


# --- Words that are typed


def test_an_action_can_be_typed_in_capitals_and_with_spaces_after_it() -> None:
    assert talked(CARD, "/BACK  \n").reply == Command(Action.BACK)


def test_help_tells_every_action_and_waits_on() -> None:
    said = talked(CARD, "/help\n\n")
    assert said.reply == Talked()
    assert said.lines[6:] == [
        "/back: Back: everything stays as it is",
        "/skip: Skip this card",
        "/park: Park it for another day",
        "/hint: Hint: something to try",
        "/pause: Pause: the clock waits until you are back",
        "/jump: Jump to another card",
        "/extra: Extra: a card that is not in today's plan",
        "/exercise: Tool: an exercise, after this card",
        "/note: Note: private, typed unseen",
        "/off: Off the record for this card",
        "/+2, /+5: More time for this card",
        "/shorten: Shorten the rest: less time is left",
        "/review: Review what was written, change or strike it",
        "/clock: Clock: calm, exact or off",
        "/names: Names: correct one",
        "/contact: Contact: whom else to turn to",
        "/stop: Stop and save, to go on another day",
        "/time: what the clock says",
        "- alone takes an answer back. \\ at the end of a line goes on in the next.",
    ]


def test_an_unknown_word_is_told_and_the_line_is_awaited_again() -> None:
    said = asked(TEXT, "/bcak\nlead\n")
    assert said.reply == Said("lead")
    assert said.lines[-1] == (
        "There is no /bcak. There are /back, /skip, /park, /hint, /pause, /jump, /extra, "
        "/exercise, /note, /off, /+2, /+5, /shorten, /review, /clock, /names, /contact, /stop. "
        "To write it down, begin with a space."
    )


@pytest.mark.parametrize("typed", ["/", "/ back", "/home/ada", "/!"])
def test_what_only_looks_like_an_action_is_text(typed: str) -> None:
    assert asked(TEXT, f"{typed}\n").reply == Said(typed)


# --- The end of input


def test_the_end_of_input_ends_every_stop() -> None:
    replies = [talked(CARD, ""), asked(TEXT, ""), settled(""), decided("")]
    assert [said.reply for said in replies] == [END] * 4


def test_the_end_of_input_ends_every_question() -> None:
    assert replies("", EVERY) == dict.fromkeys(map(kind, EVERY), END)


def test_the_end_of_input_in_a_list_keeps_the_items_before_it() -> None:
    assert left(ITEMS, "one\ntwo\n") == (END, ["one", "one\ntwo"])
