"""The walk: what happens at each stop, what is kept of it, and how the clock goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import UNHURRIED, our_agreement
from support.small_walks import (
    ACCEPTED,
    AGREE,
    BACK,
    CLOSE,
    DIRECTION,
    DRAFT,
    EMPTY,
    GONE,
    HINT,
    KEPT,
    LOOK_BACK,
    PAUSE,
    REVIEW,
    RHYTHM,
    SKIP,
    STOP,
    STRIKE,
    SURE,
    TALKED,
    WELCOME,
    WHOLE,
    HalfTyped,
    Player,
    Stop,
    Wait,
    Walked,
    agenda_of,
    walked,
)
from support.terminals import FakeClock

from mentorwalk.domain.agenda import Clause, Drawn, Prompt
from mentorwalk.domain.card import Recalled
from mentorwalk.domain.events import (
    Accepted,
    Answered,
    Closed,
    Done,
    Entered,
    OffTheRecord,
    Paused,
    Resumed,
    Skipped,
    Struck,
    Ticked,
)
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Reply,
    Said,
)
from mentorwalk.engine.private import ask_in_private
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.reading import replayed

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.course import Mark
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView

OURS = "da755cfee42ea4fd9bafa920d4a524b66e3dd2d2246a654b80b76832173b0c94"
"""The fingerprint of our agreement."""


# --- A card, from the talk to what is written down


def test_the_talk_comes_first_and_what_is_written_down_after_it() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead a team"), Said("two teams"))
    assert told.player.shown == ["talk What are you here for?", "ask purpose", "ask offer"]
    assert told.answers == {"purpose": "lead a team", "offer": "two teams"}
    assert told.ending is Ending.CLOSED


def test_a_walk_is_told_event_by_event() -> None:
    told = walked(agenda_of(WELCOME, DIRECTION), TALKED, TALKED, Said("lead"), SKIP)
    assert [encoded(event) | {"at": 0} for event in told.journal.events] == [
        {"seq": 1, "event": "entered", "at": 0, "elapsed": 0.0, "prompt": "welcome"}
        | {"seconds": 240.0},
        {"seq": 2, "event": "done", "at": 0, "elapsed": 0.0, "prompt": "welcome"},
        {"seq": 3, "event": "entered", "at": 0, "elapsed": 0.0, "prompt": "direction"}
        | {"seconds": 480.0},
        {
            "seq": 4,
            "event": "answered",
            "at": 0,
            "elapsed": 0.0,
            "field": "purpose",
            "private": False,
            "value": "lead",
        },
        {"seq": 5, "event": "skipped", "at": 0, "elapsed": 0.0, "prompt": "direction"},
        {"seq": 6, "event": "closed", "at": 0, "elapsed": 0.0},
    ]


def test_a_field_that_gets_nothing_leaves_no_answer() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said(None), Said(None))
    assert told.answers == {}
    assert told.walk.session.marks == {"direction": "done"}


def test_a_field_of_each_is_asked_of_both_the_first_speaker_first() -> None:
    told = walked(agenda_of(CLOSE), TALKED, Said("courage"), Said("joy"))
    assert told.player.shown[1:] == ["ask takes.mentee", "ask takes.mentor"]
    assert told.answers == {"takes.mentee": "courage", "takes.mentor": "joy"}


def test_an_answer_given_twice_is_written_once() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead"), BACK, Said("lead"), Said(None))
    assert len(told.events(Answered)) == 1


def test_a_later_answer_takes_the_place_of_the_earlier() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead"), BACK, Said("rest"), Said(None))
    assert told.answers == {"purpose": "rest"}


# --- Back and skip


def test_back_goes_to_the_field_before_with_the_earlier_answer() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead"), BACK)
    assert told.player.shown[2:] == ["ask offer", "ask purpose"]
    assert told.player.question().value == "lead"


def test_back_from_the_first_field_goes_to_the_talk() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, BACK)
    assert told.player.shown == [
        "talk What are you here for?",
        "ask purpose",
        "talk What are you here for?",
    ]


def test_back_from_the_talk_goes_to_the_card_before_with_its_answers() -> None:
    told = walked(
        agenda_of(DIRECTION, WELCOME), TALKED, Said("lead"), Said("teams"), BACK, TALKED, Said("x")
    )
    assert told.player.shown[3:] == [
        "talk How do you arrive?",
        "talk What are you here for?",
        "ask purpose",
        "ask offer",
    ]
    assert [told.player.question(n).value for n in (-2, -1)] == ["lead", "teams"]


def test_back_on_the_first_card_stays_on_it() -> None:
    told = walked(agenda_of(WELCOME), BACK)
    assert told.player.shown == ["talk How do you arrive?"] * 2


TO_THE_END = (TALKED, TALKED, EMPTY, KEPT)
"""What leads from the first of these cards to the last."""


def test_the_way_forward_leads_over_the_cards_that_they_went_back_from() -> None:
    agenda = agenda_of(WELCOME, RHYTHM, AGREE)
    told = walked(agenda, *TO_THE_END, BACK, BACK, TALKED, TALKED, EMPTY, KEPT)
    assert told.player.shown[4:] == [
        "talk Accept it?",
        "talk What rhythm could you keep?",
        "talk How do you arrive?",
        "talk What rhythm could you keep?",
        "ask place",
        "settle frequency length place",
        "talk Accept it?",
    ]


def test_a_card_that_comes_into_the_walk_on_the_way_forward_is_not_passed_by() -> None:
    tired = Prompt("tired", "Tired?", record=(Field("tired", "Tired?", "confirm"),))
    rest = Prompt("rest", "What would help?", when=(Condition("tired", ("yes",)),))
    agenda = agenda_of(tired, rest, WELCOME, RHYTHM)
    told = walked(agenda, TALKED, Said(False), TALKED, BACK, BACK, TALKED, Said(True), TALKED)
    assert told.player.shown[3:] == [
        "talk What rhythm could you keep?",
        "talk How do you arrive?",
        "talk Tired?",
        "ask tired",
        "talk What would help?",
        "talk How do you arrive?",
    ]


def test_whoever_jumps_does_not_come_back_over_the_same_cards() -> None:
    agenda = agenda_of(WELCOME, RHYTHM, AGREE)
    jump = (Command(Action.JUMP), Said("all"), Said("rhythm"))
    told = walked(agenda, *TO_THE_END, BACK, BACK, *jump, TALKED, EMPTY, KEPT)
    assert told.player.shown[9:] == [
        "talk What rhythm could you keep?",
        "ask place",
        "settle frequency length place",
        "talk Accept it?",
    ]


def test_back_deletes_nothing() -> None:
    told = walked(agenda_of(DIRECTION, WELCOME), TALKED, Said("lead"), Said("t"), BACK, BACK)
    assert told.answers == {"purpose": "lead", "offer": "t"}
    assert told.walk.session.marks == {"direction": "done"}


def test_a_half_typed_answer_stands_there_after_back_and_on() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, HalfTyped("half", Command(Action.BACK)), TALKED)
    assert told.player.question().draft == "half"


def test_a_draft_is_gone_when_its_answer_was_given() -> None:
    told = walked(
        agenda_of(DIRECTION), TALKED, HalfTyped("half", Command(Action.HINT)), Said("whole"), BACK
    )
    assert (told.player.question().draft, told.player.question().value) == (None, "whole")


def test_skip_leaves_the_card_and_keeps_what_was_answered() -> None:
    told = walked(agenda_of(DIRECTION, WELCOME), TALKED, Said("lead"), SKIP, TALKED)
    assert told.answers == {"purpose": "lead"}
    assert told.walk.session.marks == {"direction": "skipped", "welcome": "done"}


def test_a_skipped_card_that_is_walked_after_all_is_done() -> None:
    told = walked(agenda_of(WELCOME, RHYTHM), SKIP, BACK, TALKED)
    assert told.walk.session.marks == {"welcome": "done"}


# --- Hints


def test_hints_open_one_at_a_time_the_cards_own_first_and_none_twice() -> None:
    told = walked(agenda_of(WELCOME), HINT, HINT, HINT)
    assert [stop.card.hints for stop in told.player.stops] == [
        (),
        ("One word is enough.",),
        ("One word is enough.", "Ten slow breaths."),
        ("One word is enough.", "Ten slow breaths.", "Leave it."),
    ]


def test_after_the_last_hint_there_is_no_other() -> None:
    told = walked(agenda_of(WELCOME), *[HINT] * 5)
    assert told.player.stops[-1].card.hints == told.player.stops[3].card.hints


def test_hints_stay_open_on_the_fields_of_their_card_and_close_on_the_next() -> None:
    told = walked(agenda_of(DIRECTION, WELCOME), HINT, TALKED, Said(None), Said(None))
    assert [len(stop.card.hints) for stop in told.player.stops] == [0, 1, 1, 1, 0]


def test_a_hint_keeps_what_was_half_typed() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, HalfTyped("half", Command(Action.HINT)))
    assert told.player.question().draft == "half"


# --- The clock


def test_a_pause_does_not_count() -> None:
    player = Player([], paused_for=600)
    told = walked(agenda_of(WELCOME), Wait(30), PAUSE, Wait(10), TALKED, player=player)
    assert told.walk.session.spent == {"welcome": 40.0}
    assert [type(event) for event in told.events(Paused, Resumed)] == [Paused, Resumed]


def test_a_pause_moves_the_projected_end_but_not_the_wanted_one() -> None:
    player = Player([], paused_for=600)
    told = walked(agenda_of(WELCOME), PAUSE, player=player)
    began = player.clock.began
    assert told.walk.session.ends == began + timedelta(minutes=12)
    assert told.walk.recorder.reading().ends == began + timedelta(minutes=22)
    assert told.walk.recorder.reading().behind == 600


def test_ctrl_c_in_a_pause_is_asked_about_when_the_pause_is_over() -> None:
    player = Player([], choices=["stop"], paused_for=600, after_pause=Interrupted())
    told = walked(agenda_of(WELCOME), Wait(30), PAUSE, player=player)
    assert told.ending is Ending.STOPPED
    assert [type(event) for event in told.journal.events[-3:]] == [Paused, Resumed, Ticked]
    assert told.walk.session.spent == {"welcome": 30.0}


def test_a_pause_keeps_what_was_half_typed() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, HalfTyped("half", Command(Action.PAUSE)))
    assert told.player.question().draft == "half"


def test_the_clock_ticks_at_most_every_fifteen_seconds_while_it_waits() -> None:
    told = walked(agenda_of(WELCOME), Wait(100), TALKED)
    assert [event.elapsed for event in told.events(Ticked)] == [15, 30, 45, 60, 75, 90]


def test_an_answer_counts_as_a_tick() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Wait(10), Said("lead"), Wait(14), Said(None))
    assert told.events(Ticked) == []


def test_time_on_a_card_that_is_visited_again_adds_up() -> None:
    told = walked(
        agenda_of(WELCOME, RHYTHM), Wait(20), TALKED, Wait(3), BACK, Wait(5), TALKED, Wait(4), STOP
    )
    assert told.walk.session.spent == {"welcome": 25.0, "rhythm": 7.0}


# --- Stopping


def test_stop_ends_the_walk_and_keeps_where_it_is() -> None:
    told = walked(agenda_of(WELCOME, DIRECTION), TALKED, Wait(7), STOP)
    assert told.ending is Ending.STOPPED
    assert told.walk.session.current == "direction"
    assert (type(told.journal.events[-1]), told.journal.events[-1].elapsed) == (Ticked, 7.0)


def test_stop_keeps_a_half_typed_answer_as_a_draft() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, HalfTyped("lead a te", Command(Action.STOP)))
    assert (told.drafts, told.answers) == ({"purpose": "lead a te"}, {})


def test_stop_keeps_a_half_typed_answer_that_they_went_back_from() -> None:
    told = walked(
        agenda_of(DIRECTION), TALKED, Said("lead"), HalfTyped("two te", Command(Action.BACK)), STOP
    )
    assert (told.drafts, told.answers) == ({"offer": "two te"}, {"purpose": "lead"})


def test_stop_keeps_what_was_half_typed_on_another_card() -> None:
    half = HalfTyped("lead a te", Command(Action.BACK))
    told = walked(agenda_of(WELCOME, DIRECTION), TALKED, TALKED, half, BACK, STOP)
    assert (told.walk.session.current, told.drafts) == ("welcome", {"purpose": "lead a te"})


@pytest.mark.parametrize("action", [Action.SKIP, Action.PARK])
def test_stop_leaves_out_what_was_half_typed_on_a_card_that_was_put_aside(action: Action) -> None:
    told = walked(
        agenda_of(DIRECTION, WELCOME), TALKED, HalfTyped("lead a te", Command(action)), STOP
    )
    assert (told.ending, told.drafts, told.answers) == (Ending.STOPPED, {}, {})


@pytest.mark.parametrize("action", [Action.SKIP, Action.PARK])
def test_stop_keeps_what_is_half_typed_on_a_card_that_was_put_aside_before(action: Action) -> None:
    half = HalfTyped("lead a te", Command(Action.STOP))
    told = walked(agenda_of(DIRECTION, WELCOME), Command(action), BACK, TALKED, half)
    assert (told.ending, told.drafts) == (Ending.STOPPED, {"purpose": "lead a te"})


def test_stop_keeps_what_is_half_typed_and_cannot_be_read_yet() -> None:
    told = walked(
        agenda_of(RHYTHM), TALKED, EMPTY, EditLine(1), HalfTyped("sixt", Command(Action.STOP))
    )
    assert (told.drafts, told.answers) == ({"length": "sixt"}, {})


@pytest.mark.parametrize(("typed", "answers"), [("45", {"length": 45}), ("sixt", {})])
def test_closing_writes_down_what_is_half_typed_if_it_can_be_read(
    typed: str, answers: dict[str, int]
) -> None:
    player = Player([], choices=["go on", "close"])
    half = HalfTyped(typed, Interrupted())
    told = walked(agenda_of(RHYTHM), TALKED, EMPTY, EditLine(1), half, half, player=player)
    assert (told.ending, told.drafts, told.answers) == (Ending.CLOSED, {}, answers)


def test_ctrl_c_then_go_on_shows_the_same_stop_with_what_was_half_typed() -> None:
    player = Player([], choices=["go on"])
    replies = (TALKED, HalfTyped("half", Interrupted()), Said("whole"))
    told = walked(agenda_of(DIRECTION), *replies, player=player)
    assert player.shown[1:] == ["ask purpose", "ask purpose", "ask offer"]
    assert [player.question(number).draft for number in (1, 2)] == [None, "half"]
    assert told.answers == {"purpose": "whole"}


def test_ctrl_c_then_stop_keeps_what_was_half_typed() -> None:
    player = Player([], choices=["stop"])
    told = walked(agenda_of(DIRECTION), TALKED, HalfTyped("half", Interrupted()), player=player)
    assert (told.ending, told.drafts) == (Ending.STOPPED, {"purpose": "half"})


def test_ctrl_c_then_close_keeps_what_was_half_typed_and_closes() -> None:
    player = Player([], choices=["close"])
    told = walked(
        agenda_of(DIRECTION, AGREE), TALKED, HalfTyped("half", Interrupted()), player=player
    )
    assert (told.ending, told.answers) == (Ending.CLOSED, {"purpose": "half"})
    assert isinstance(told.walk.session.closed, Closed)
    assert told.walk.session.not_reached() == ("agree",)


def test_what_was_settled_on_half_a_sheet_is_in_the_documents_of_who_closes_then() -> None:
    player = Player([], choices=["close"])
    told = walked(agenda_of(RHYTHM, AGREE), TALKED, Said("Here"), Interrupted(), player=player)
    assert (told.ending, told.answers) == (Ending.CLOSED, {"place": "Here"})
    assert told.walk.session.marks == {"rhythm": "done"}


def test_who_closes_on_a_card_on_which_nothing_is_written_has_not_reached_it() -> None:
    player = Player([], choices=["close"])
    told = walked(agenda_of(DIRECTION, AGREE), TALKED, Interrupted(), player=player)
    assert told.walk.session.not_reached() == ("direction", "agree")


def test_the_end_of_input_stops_without_asking() -> None:
    player = Player([], choices=[])
    told = walked(
        agenda_of(DIRECTION), TALKED, HalfTyped("half", Interrupted(for_good=True)), player=player
    )
    assert (told.ending, told.drafts) == (Ending.STOPPED, {"purpose": "half"})


# --- A sheet


def test_a_sheet_that_is_kept_writes_down_the_usual_answers() -> None:
    told = walked(agenda_of(RHYTHM), TALKED, EMPTY, KEPT)
    assert told.answers == {"frequency": "Every week", "length": 60}


def test_a_sheet_that_is_skipped_writes_down_nothing() -> None:
    told = walked(agenda_of(RHYTHM), TALKED, SKIP)
    assert told.answers == {}


def test_back_from_a_sheet_writes_down_nothing() -> None:
    told = walked(agenda_of(RHYTHM), TALKED, EMPTY, BACK)
    assert told.answers == {}
    assert told.player.shown[-1] == "talk What rhythm could you keep?"


def test_a_changed_row_stands_on_the_sheet_beside_the_usual_ones() -> None:
    told = walked(agenda_of(RHYTHM), TALKED, EMPTY, EditLine(1), Said(45), KEPT)
    assert told.player.shown[2:] == [
        "settle frequency length place",
        "ask length",
        "settle frequency length place",
    ]
    assert [question.value for question in told.player.stops[-1].questions] == [
        "Every week",
        45,
        None,
    ]
    assert told.answers == {"frequency": "Every week", "length": 45}


def test_a_usual_answer_that_was_taken_back_stays_empty() -> None:
    told = walked(agenda_of(RHYTHM), TALKED, EMPTY, EditLine(1), Said(None), KEPT)
    assert told.answers == {"frequency": "Every week", "length": None}


def test_back_from_a_row_leads_to_the_sheet_unchanged() -> None:
    told = walked(agenda_of(RHYTHM), TALKED, EMPTY, EditLine(1), BACK, KEPT)
    assert told.answers == {"frequency": "Every week", "length": 60}


@pytest.mark.parametrize(("action", "mark"), [(Action.SKIP, "skipped"), (Action.PARK, "parked")])
def test_skip_and_park_at_a_row_leave_the_card(action: Action, mark: Mark) -> None:
    told = walked(agenda_of(RHYTHM, WELCOME), TALKED, EMPTY, EditLine(1), Command(action), TALKED)
    assert told.player.shown[4:] == ["talk How do you arrive?"]
    assert (told.walk.session.marks, told.answers) == ({"rhythm": mark, "welcome": "done"}, {})


def test_a_sheet_is_shown_with_what_its_answers_say_in_the_agreement() -> None:
    says = "We meet {frequency}, for {length} minutes.\n\nWe meet {place}."
    card = replace(RHYTHM, clause=Clause("How we meet", says))
    told = walked(agenda_of(card), TALKED, Said("at home"), EditLine(1), Said(45), KEPT)
    assert [stop.card.says for stop in told.player.stops if stop.kind == "settle"][:2] == [
        "“We meet every week, for 60 minutes.\nWe meet at home.”",
        "“We meet every week, for 45 minutes.\nWe meet at home.”",
    ]


WHO = Field("who", "Who books?")
WHERE = Field("where", "Where", when=(Condition("who", ()),))
EMPTY_LINES = agenda_of(Prompt("next", "When?", settle=(*RHYTHM.settle[:1], WHO, WHERE)))


def test_lines_without_a_usual_answer_are_asked_before_the_sheet_stands_there() -> None:
    told = walked(EMPTY_LINES, TALKED, Said("Ada"), Said("by video"), KEPT)
    assert told.player.shown[1:4] == ["ask who", "ask where", "settle frequency who where"]
    assert told.answers == {"who": "Ada", "where": "by video", "frequency": "Every week"}


def test_what_was_said_on_one_line_is_in_sight_where_the_next_is_asked() -> None:
    told = walked(EMPTY_LINES, TALKED, Said("Ada"), EMPTY, KEPT)
    cards = [stop.card.recalled for stop in told.player.stops[1:4]]
    assert cards == [(), (Recalled("Who books?", "Ada", at_hand=True),), ()]


def test_a_line_that_was_left_empty_is_not_asked_again_on_this_visit() -> None:
    told = walked(EMPTY_LINES, TALKED, EMPTY, BACK, TALKED, KEPT, BACK, TALKED)
    assert told.player.shown[1:5] == [
        "ask who",
        "settle frequency who",
        "talk When?",
        "settle frequency who",
    ]
    assert told.answers == {"frequency": "Every week"}


def test_a_line_that_was_left_empty_is_asked_when_they_come_back_to_the_card() -> None:
    told = walked(
        agenda_of(*EMPTY_LINES.prompts.values(), AGREE), TALKED, EMPTY, KEPT, BACK, TALKED
    )
    assert told.player.shown[3:] == ["talk Accept it?", "talk When?", "ask who"]


def test_back_from_an_empty_line_leads_to_the_one_before_it_and_then_to_the_talk() -> None:
    told = walked(EMPTY_LINES, TALKED, Said("Ada"), BACK, BACK)
    assert told.player.shown[1:] == ["ask who", "ask where", "ask who", "talk When?"]
    assert told.player.question(3).value == "Ada"


def test_all_lines_that_were_written_stay_in_sight_where_the_next_is_asked() -> None:
    third = Field("when", "When")
    agenda = agenda_of(Prompt("next", "When?", settle=(WHO, WHERE, third)))
    told = walked(agenda, TALKED, Said("Ada"), Said("by video"), EMPTY)
    assert [(r.label, r.text) for r in told.player.stops[3].card.recalled] == [
        (WHO.label, "Ada"),
        (WHERE.label, "by video"),
    ]


def test_what_a_question_depends_on_stays_in_sight() -> None:
    step = Field("step", "A step")
    moment = Field("moment", "When", when=(Condition("step", ()),))
    told = walked(agenda_of(Prompt("s", "What?", record=(step, moment))), TALKED, Said("call"))
    assert [(r.label, r.text) for r in told.player.stops[2].card.recalled] == [("A step", "call")]


PROMISES = agenda_of(
    Prompt("count-on", "What can you promise?", settle=(Field("wish", "W"), Field("promise", "P")))
)


def test_lines_in_their_own_words_are_talked_about_first() -> None:
    told = walked(PROMISES, TALKED, Said("be honest"), Said("listen"))
    assert told.player.shown == ["talk What can you promise?", "ask wish", "ask promise"]


MARKS = Field("marks", "Marks", "checkbox", choices=(Choice("Calm"), Choice("Craft")))
SORTS = agenda_of(Prompt("sort", "Which matter?", record=(MARKS, Field("own", "Own"))))


def test_an_exercise_talks_about_what_it_asks_with_all_of_it_in_sight() -> None:
    told = walked(replace(SORTS, kind="exercise"), Said(("Calm",)), Said(None))
    assert told.player.shown == ["ask marks", "ask own"]
    assert [(stop.card.ask, stop.card.in_talk) for stop in told.player.stops] == [
        ("Which matter?", True),
        ("Which matter?", True),
    ]


def test_a_session_talks_first_and_so_does_a_card_that_has_something_to_look_at() -> None:
    (card,) = SORTS.prompts.values()
    pictured = replace(card, picture=Drawn("columns", ("marks",)))
    for agenda in (SORTS, replace(agenda_of(pictured), kind="exercise")):
        told = walked(agenda, TALKED, Said(("Calm",)), Said(None))
        assert told.player.shown == ["talk Which matter?", "ask marks", "ask own"]
        assert [stop.card.in_talk for stop in told.player.stops] == [False, False, False]


def test_lines_of_a_sheet_stand_there_when_they_come_back() -> None:
    agenda = agenda_of(*PROMISES.prompts.values(), AGREE)
    told = walked(agenda, TALKED, Said("be honest"), Said("listen"), BACK, TALKED)
    assert told.player.shown[3:] == [
        *("talk Accept it?", "talk What can you promise?"),
        "settle wish promise",
    ]


DAY = Field("day", "Day", type="date", default="in 3 weeks")
HOUR = Field("hour", "At what time", type="time")
MEETING = agenda_of(Prompt("next", "When?", settle=(*RHYTHM.settle[:1], DAY, HOUR)))


def test_the_usual_day_is_asked_before_its_time_if_that_has_to_be_asked() -> None:
    told = walked(MEETING, TALKED, Said("2026-12-15"), BACK, Said("2026-12-16"), Said("15:00"))
    assert told.player.shown[1:] == [
        *("ask day", "ask hour", "ask day", "ask hour"),
        "settle frequency day hour",
    ]
    assert told.player.question(3).value == "2026-12-15"


def test_a_day_that_was_written_down_is_not_asked_again_with_its_time() -> None:
    agenda = agenda_of(*MEETING.prompts.values(), AGREE)
    told = walked(agenda, TALKED, Said("2026-12-15"), EMPTY, KEPT, BACK, TALKED)
    assert told.player.shown[4:] == ["talk Accept it?", "talk When?", "ask hour"]


def test_a_field_with_a_condition_is_on_the_sheet_only_for_that_answer() -> None:
    told = walked(
        agenda_of(RHYTHM),
        *(TALKED, EMPTY, EditLine(0), Said("As needed"), EditLine(0), Said("Every week")),
    )
    assert [shown for shown in told.player.shown if shown.startswith("settle")] == [
        "settle frequency length place",
        "settle frequency signal length place",
        "settle frequency length place",
    ]


def test_a_condition_holds_for_the_usual_answer_that_the_sheet_shows() -> None:
    frequency, signal, *_ = RHYTHM.settle
    usually = Field(frequency.id, "How often", choices=frequency.choices, default="As needed")
    told = walked(agenda_of(Prompt("rhythm", "?", settle=(usually, signal))), TALKED, KEPT)
    assert told.player.shown[1:] == ["settle frequency signal"]
    assert told.answers == {"frequency": "As needed", "signal": "Grace"}


def test_a_recorded_field_with_a_condition_is_asked_only_for_that_answer() -> None:
    ready = Field("ready", "Ready?", type="confirm")
    what = Field("what", "What is missing?", when=(Condition("ready", ("no",)),))
    agenda = agenda_of(Prompt("check", "Ready?", record=(ready, what)))
    assert walked(agenda, TALKED, Said(True)).player.shown[2:] == []
    assert walked(agenda, TALKED, Said(False)).player.shown[2:] == ["ask what"]


# --- Again


def test_where_a_question_before_it_is_asked_no_more_the_one_they_were_at_is_shown_again() -> None:
    why = Field("why", "Why?", when=(Condition("tired", ("yes",)),))
    fields = (Field("tired", "Tired?"), why, Field("well", "Well?"), Field("next", "Next?"))
    told = walked(
        agenda_of(Prompt("feeling", "How was it?", record=fields)),
        *(
            TALKED,
            Said("yes"),
            Said("work"),
            Command(Action.REVIEW),
            EditLine(0),
            STRIKE,
            SURE,
        ),
    )
    assert (told.player.shown[3], told.player.shown[-1]) == ("ask well", "ask well")


def test_an_earlier_answer_is_opened_again_filled_in() -> None:
    told = walked(agenda_of(DIRECTION, LOOK_BACK), TALKED, Said("lead"), Said("t"), TALKED)
    assert told.player.shown[-1] == "ask purpose"
    assert told.player.question().value == "lead"
    assert [(r.label, r.text) for r in told.player.stops[-1].card.recalled] == [("Purpose", "lead")]


def test_what_was_never_answered_is_not_opened_again() -> None:
    told = walked(agenda_of(DIRECTION, LOOK_BACK), TALKED, Said(None), Said("t"), TALKED)
    assert told.player.shown[3:] == ["talk Is it right?"]
    assert told.ending is Ending.CLOSED


def test_an_answer_that_was_taken_back_is_opened_again() -> None:
    told = walked(
        agenda_of(DIRECTION, LOOK_BACK),
        *(TALKED, Said("lead"), BACK, Said(None), Said("t"), TALKED, Said("rest")),
    )
    assert told.player.shown[5:] == ["talk Is it right?", "ask purpose"]
    assert told.answers == {"purpose": "rest", "offer": "t"}


def test_a_no_is_an_answer_and_is_opened_again() -> None:
    asked = Prompt("asked", "Together?", record=(Field("together", "T", type="confirm"),))
    again = Prompt("again", "Still?", again=("together",))
    told = walked(agenda_of(asked, again), TALKED, Said(False), TALKED)
    assert told.player.shown[2:] == ["talk Still?", "ask together"]


def test_taking_an_opened_answer_back_leaves_out_no_other_question() -> None:
    both = Prompt("both", "Right?", again=("purpose",), record=(Field("next", "Next"),))
    told = walked(agenda_of(DIRECTION, both), TALKED, Said("lead"), Said(None), TALKED, Said(None))
    assert told.player.shown[4:] == ["ask purpose", "ask next"]


# --- The agreement


def test_accepting_says_of_both_how_they_did() -> None:
    told = walked(agenda_of(AGREE), TALKED, ACCEPTED)
    assert [
        (event.role, event.how, event.fingerprint)
        for event in told.journal.events
        if isinstance(event, Accepted)
    ] == [
        ("mentor", "said yes aloud on the call, and wrote it down", OURS),
        ("mentee", "said yes aloud on the call; Ada wrote it down", OURS),
    ]


def test_accepting_in_words_says_of_both_how_they_did() -> None:
    told = walked(agenda_of(AGREE), TALKED, Said("said yes in the answers file"))
    assert [(e.role, e.how) for e in told.journal.events if isinstance(e, Accepted)] == [
        ("mentor", "said yes in the answers file"),
        ("mentee", "said yes in the answers file"),
    ]


def test_a_draft_chosen_after_an_acceptance_is_a_draft() -> None:
    told = walked(agenda_of(AGREE, WELCOME), TALKED, ACCEPTED, BACK, TALKED, DRAFT, TALKED)
    assert told.walk.session.accepted == {}


def test_a_draft_is_accepted_by_nobody() -> None:
    told = walked(agenda_of(AGREE), TALKED, DRAFT)
    assert told.walk.session.accepted == {}
    assert told.walk.session.marks == {"agree": "done"}


# --- What is private


def test_a_private_field_is_on_no_card() -> None:
    told = walked(agenda_of(CLOSE), TALKED, Said("c"), Said("j"))
    assert told.player.shown == [
        "talk What are you taking away?",
        "ask takes.mentee",
        "ask takes.mentor",
    ]


def test_after_the_call_the_one_at_the_keyboard_is_asked_in_private() -> None:
    told = walked(agenda_of(CLOSE), TALKED, Said("c"), Said("j"))
    told.player.replies.append(Said(9))
    ask_in_private(told.walk.presenter)
    assert told.player.shown[3:] == ["ask come_back.mentor"]
    assert [
        (event.field, event.value, event.private)
        for event in told.journal.events
        if isinstance(event, Answered)
    ][-1] == ("come_back.mentor", 9, True)


def test_nothing_private_is_asked_about_a_card_that_was_not_walked() -> None:
    told = walked(agenda_of(CLOSE), SKIP)
    told.player.replies.append(Said(9))
    ask_in_private(told.walk.presenter)
    assert told.player.shown == ["talk What are you taking away?"]


FEELING = Prompt(
    "feeling",
    "How was it?",
    record=(
        Field("tired", "Tired?", type="confirm", private=True),
        Field("why", "Why?", private=True, when=(Condition("tired", ("yes",)),)),
    ),
)


def test_in_private_back_shows_what_was_said_and_an_answer_opens_what_depends_on_it() -> None:
    told = walked(agenda_of(FEELING), TALKED)
    told.player.replies += [Said(value=True), BACK]
    ask_in_private(told.walk.presenter)
    assert told.player.shown[1:] == ["ask tired", "ask why", "ask tired"]
    assert told.player.question().value is True


@pytest.mark.parametrize(
    "left", [HalfTyped("half", Command(Action.STOP)), HalfTyped("half", Interrupted())]
)
def test_in_private_whoever_leaves_keeps_what_was_half_typed(left: HalfTyped) -> None:
    told = walked(agenda_of(FEELING), TALKED)
    told.player.replies += [Said(value=True), left]
    ask_in_private(told.walk.presenter)
    assert (told.answers, told.drafts) == ({"tired": True}, {"why": "half"})


# --- Going on another day


def test_a_session_goes_on_at_the_same_card_with_its_answers_and_its_time() -> None:
    told = walked(agenda_of(WELCOME, DIRECTION), Wait(60), TALKED, TALKED, Wait(30), Said("x"))
    resumed = go_on(told, timedelta(days=2))
    resumed.run_on(TALKED)
    assert resumed.player.shown == ["talk What are you here for?", "ask purpose"]
    assert resumed.player.question().value == "x"
    assert resumed.walk.session.spent == {"welcome": 60.0, "direction": 30.0}


def test_tomorrow_is_the_day_after_the_one_on_which_a_session_goes_on() -> None:
    when = Prompt("when", "When?", record=(Field("day", "Day", type="date"),))
    resumed = go_on(walked(agenda_of(when), STOP), timedelta(days=2))
    resumed.run_on(TALKED)
    assert resumed.player.question().today == resumed.player.clock.now().date()


def test_a_session_that_goes_on_will_end_when_the_rest_of_it_fits() -> None:
    agenda = agenda_of(WELCOME, DIRECTION)
    told = walked(agenda, Wait(60), TALKED, TALKED, Wait(30), Said("x"))
    resumed = go_on(told, timedelta(days=2))
    resumed.run_on()
    left = plan(agenda, 12).seconds["direction"] - 30
    assert resumed.walk.recorder.reading().ends == resumed.player.clock.now() + timedelta(
        seconds=left
    )
    assert resumed.walk.session.ends == resumed.walk.recorder.reading().ends
    assert resumed.walk.recorder.reading().behind == 0


def test_a_session_that_goes_on_soon_ends_when_it_was_meant_to() -> None:
    told = walked(agenda_of(WELCOME, DIRECTION), Wait(60), TALKED, TALKED, Wait(30), Said("x"))
    resumed = go_on(told, timedelta(minutes=3))
    resumed.run_on()
    assert resumed.walk.session.ends == told.walk.session.ends


@dataclass
class GoingOn:
    """A session that was read back, with a walk that stands where it was left."""

    walk: Walk
    player: Player

    def run_on(self, *replies: Reply | Wait | HalfTyped) -> None:
        """Go on with these replies; then the input ends."""
        self.player.replies += replies
        self.walk.resume()


def go_on(told: Walked, since: timedelta) -> GoingOn:
    """Read a walk's events back some time after it began, by another clock."""
    clock = FakeClock()
    clock.advance(since.total_seconds())
    session = told.walk.session
    again = replayed(session.agenda, [told.opened, *told.journal.events], session.ends)
    player = Player([], clock)
    walk = Walk(again, MemoryJournal(), player, clock, our_agreement)
    return GoingOn(walk, player)


# --- Whatever they do

Choose = Callable[[st.SearchStrategy[Reply | HalfTyped]], Reply | HalfTyped]
PATIENCE = 150
"""Stops after which a frontend that only moves on must have come to the end."""
ASIDE = tuple(Command(action, minutes=5) for action in Action if action is not Action.STOP)
ANYTHING: tuple[Reply, ...] = (*ASIDE, Command(Action.SKIP), Interrupted(), STOP)
VALUES: dict[str, tuple[Value | None, ...]] = {
    "text": ("a", "b c", None),
    "number": (15, 90, None),
    "confirm": (True, False, None),
    "list": (("one", "two"), None),
}


@dataclass
class Whim(Player):
    """A frontend that replies as a draw has it, then only moves on; it keeps its own account."""

    draw: Choose = field(kw_only=True)
    whims: int = field(kw_only=True)
    patience: int = PATIENCE
    account: dict[str, Value | None] = field(default_factory=dict)
    drafts: dict[str, list[str]] = field(default_factory=dict)
    looked_at: str = ""
    """The answer whose line of the review was chosen."""

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Take the next reply, in a review as on a sheet."""
        reply = self._next(Stop("settle", card, tuple(sheet)), watch)
        assert isinstance(reply, AcceptSheet | EditLine | Command | Interrupted)
        return reply

    def pause(self, _card: Card) -> Interrupted | None:
        """Let some time go by."""
        self.clock.advance(400)
        return None

    def interrupted(self, _card: Card) -> Literal["go on", "stop", "close"]:
        """Go on, mostly."""
        choice = self.draw(st.sampled_from([TALKED, TALKED, KEPT, GONE]))
        return "close" if choice == KEPT else "stop" if choice == GONE else "go on"

    def _next(self, stop: Stop, watch: ClockView | None) -> Reply | HalfTyped:
        self.stops.append(stop)
        self.clock.advance(7)
        if watch:
            watch.pulse()
        self.whims -= 1
        if self.whims >= 0:
            reply = self.draw(st.sampled_from(self._possible(stop)))
        else:
            self.patience -= 1
            assert self.patience > 0, f"It goes on for ever: {self.shown[-9:]}"
            reply = self._onward(stop)
        self._count(stop, reply)
        return reply

    def _onward(self, stop: Stop) -> Reply:
        match stop.kind:
            case "talk":
                return TALKED
            case "ask":
                return Said(stop.questions[0].value)
            case "settle":
                return KEPT
            case "decide":
                return DRAFT

    def _possible(self, stop: Stop) -> list[Reply | HalfTyped]:
        usual = [self._onward(stop)] * 9
        match stop.kind:
            case "talk":
                return [*usual, *ANYTHING]
            case "ask":
                (question,) = stop.questions
                assert question.options or question.field.type != "select", "nothing to choose"
                picks = [Said(option.pick) for option in question.options] or [
                    Said(value) for value in VALUES[question.field.type]
                ]
                acts: tuple[Command | Interrupted, ...] = (*ASIDE, Interrupted())
                half = [HalfTyped("half", act) for act in acts]
                typed = half if question.field.type == "text" else []
                return [*usual, *picks * 3, Said(None), *ANYTHING, *typed]
            case "settle":
                return [*usual, *(EditLine(row) for row in range(len(stop.questions))), *ANYTHING]
            case "decide":
                return [*usual, ACCEPTED, *ANYTHING]

    def _count(self, stop: Stop, reply: Reply | HalfTyped) -> None:
        key = stop.questions[0].id if stop.questions else ""
        match stop.kind, reply:
            case "ask", Said(value) if key in PUBLIC.answerable:
                self.account[key] = value
            case "ask", Said(value) if value == "Yes, strike it":
                self.account[self.looked_at] = None
            case "ask", HalfTyped(draft):
                self.drafts.setdefault(key, []).append(draft)
            case "settle", EditLine(line):
                self.looked_at = stop.questions[line].id
            case "settle", AcceptSheet() if stop.card.ask != REVIEW:
                for question in stop.questions:
                    self.account.setdefault(question.id, question.value)


OF_EACH_TYPE = Prompt(
    "more",
    "What else?",
    minutes=1,
    record=(
        Field("topics", "Topics", type="list"),
        Field("together", "Together?", type="confirm"),
        Field("why_not", "Why not?", when=(Condition("together", ("no",)),)),
    ),
)
BESIDE = Prompt("beside", "Something else?", extra=True, record=(Field("else", "Else"),))
PUBLIC = agenda_of(WELCOME, DIRECTION, RHYTHM, OF_EACH_TYPE, BESIDE, LOOK_BACK, AGREE, CLOSE)


@st.composite
def whimsical_walks(draw: st.DrawFn) -> tuple[Walked, Whim]:
    """Walks on which anything may be asked for, anywhere."""
    whim = Whim([], draw=draw, whims=draw(st.integers(0, 40)))
    return walked(PUBLIC, player=whim), whim


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_whatever_they_do_no_answer_is_lost(told: tuple[Walked, Whim]) -> None:
    walk, whim = told
    possible = {
        key: [whim.account.get(key), *whim.drafts.get(key, [])]
        for key in {*whim.account, *whim.drafts, *walk.answers} & {*PUBLIC.answerable}
    }
    assert {key: walk.answers.get(key) in values for key, values in possible.items()} == (
        dict.fromkeys(possible, True)
    )


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_whatever_they_do_the_journal_tells_the_same_session(told: tuple[Walked, Whim]) -> None:
    walk, _ = told
    events = [walk.opened, *walk.journal.events]
    private = {e.seq: e.value for e in events if isinstance(e, Answered) and e.private}
    kept = [decoded(json.loads(json.dumps(encoded(event))), private) for event in events]
    ends = walk.opened.at + timedelta(minutes=12)
    assert replayed(PUBLIC, kept, ends) == walk.walk.session


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_whatever_they_do_the_numbers_of_the_events_have_no_gap(told: tuple[Walked, Whim]) -> None:
    walk, _ = told
    events = [walk.opened, *walk.journal.events]
    assert [event.seq for event in events] == list(range(len(events)))


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_whatever_they_do_every_second_is_counted_on_some_card(told: tuple[Walked, Whim]) -> None:
    walk, whim = told
    assert sum(walk.walk.session.spent.values()) == walk.walk.session.elapsed
    paused = 400 * len(walk.events(Paused))
    assert walk.walk.session.elapsed == whim.clock.seconds - paused


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_whatever_they_do_two_ticks_are_fifteen_seconds_apart(told: tuple[Walked, Whim]) -> None:
    walk, _ = told
    at = [0.0] + [event.elapsed for event in walk.journal.events]
    ticked = [isinstance(event, Ticked) for event in walk.journal.events]
    gaps = [after - before for before, after in pairwise(at)]
    waited = [gap for gap, tick in zip(gaps[:-1], ticked[:-1], strict=True) if tick]
    assert all(gap >= 15 for gap in waited)


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_a_walk_whose_people_only_move_on_in_the_end_comes_to_its_end(
    told: tuple[Walked, Whim],
) -> None:
    walk, whim = told
    left = walk.ending is Ending.STOPPED or walk.walk.session.not_reached() != ()
    if whim.whims < 0 and not left:
        assert (walk.ending, walk.walk.session.closed is None) == (Ending.CLOSED, False)
    if walk.ending is Ending.STOPPED:
        assert isinstance(walk.journal.events[-1], Ticked)


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_while_off_the_record_no_field_is_asked(told: tuple[Walked, Whim]) -> None:
    _, whim = told
    asked = [
        stop
        for stop in whim.stops
        if stop.card.off_record and any(q.id in PUBLIC.answerable for q in stop.questions)
        if not stop.card.strikes
    ]
    assert asked == []


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_while_off_the_record_nothing_is_written_down(told: tuple[Walked, Whim]) -> None:
    walk, _ = told
    off, written = False, []
    for event in walk.journal.events:
        off = event.off if isinstance(event, OffTheRecord) else off
        if off and isinstance(event, Answered | Accepted):
            written.append(event)
    assert written == []


@pytest.mark.slow
@UNHURRIED
@given(whimsical_walks())
def test_no_event_keeps_what_was_struck(told: tuple[Walked, Whim]) -> None:
    walk, _ = told
    redacted = {e.field: e.seq for e in walk.journal.events if isinstance(e, Struck)}
    kept = [
        event
        for event in walk.journal.events
        if isinstance(event, Answered) and event.seq < redacted.get(event.field, 0)
    ]
    assert [event.value for event in kept] == [None] * len(kept)


def test_the_walk_of_every_card_closes() -> None:
    told = walked(
        WHOLE,
        *(TALKED, TALKED, Said("lead"), Said("teams"), TALKED, EMPTY, KEPT),
        *(TALKED, Said("lead"), TALKED, Said("c"), Said("j"), TALKED, ACCEPTED),
    )
    assert told.ending is Ending.CLOSED
    assert [event.prompt for event in told.journal.events if isinstance(event, Entered)] == [
        "welcome",
        "direction",
        "rhythm",
        "look-back",
        "take-along",
        "agree",
    ]
    assert len(told.events(Done)) == 6
    assert told.events(Skipped) == []
