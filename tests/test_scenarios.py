"""One scenario, three frontends: whatever they ask with, the journal says the same."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import (
    ACCEPT,
    BACK,
    CLOCK,
    CONTACT,
    EXERCISE,
    EXTRA,
    HINT,
    JUMP,
    MORE_TIME,
    NAMES,
    NOTE,
    OFF,
    ON,
    PARK,
    PAUSE,
    REVIEW,
    SHORTEN,
    SKIP,
    STOP,
    Step,
    chosen,
    corrected,
    in_words,
    own_words,
    row,
    typed,
)
from support.building import our_agreement, session_of
from support.covering import dealt
from support.exercises import MEETING, WHEEL, Known
from support.terminals import (
    ALT_ENTER,
    BACKSPACE,
    CTRL_U,
    DOWN,
    ENTER,
    RIGHT,
    SHIFT_TAB,
    TAB,
    UP,
    FakeClock,
    fed,
)

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.agenda import Agenda, Phase, Prompt
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.events import Answered, Done, Drafted, Event, Opened
from mentorwalk.domain.exercises import Exercise
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.outcomes import Meeting
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.domain.values import ByItem, Node, Outline
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.course import Mark
    from mentorwalk.engine.frontend import Frontend

pytestmark = pytest.mark.slow

AGENDA = agenda_from(read_source(BUNDLED_AGENDAS / "first-session.yaml"))


HELLO = [ON, ON, HINT, HINT, ON, ON]
"""The hour; welcome; comfortable, with two hints; the lines about what is written down."""
KNOW = [ON, PAUSE, ON, ON, SKIP, ON]
"""Turning point; a pause; lost track of time; helped is skipped; talking things through."""
PURPOSE = [
    *(ON, ON, typed("lead a team"), ON),
    *(typed("two teams"), BACK, corrected("three teams"), typed("salaries")),
    *(ON, typed("how people start out"), ON, corrected("lead a small team")),
]
"""On your mind; last session; offer, with a correction; learning, too; say back, with one."""
RULES = [
    *(ON, typed("be honest with me"), typed("answer on Sundays")),
    *(typed("ask, even if it seems small"), typed("bring a question")),
    *(BACK, ON, row(4), corrected("try things out, or say why not"), ON),
    *(ON, typed("2: 45"), row(3), own_words(6, "in the park"), row(1), chosen(2), ON),
    *(row(2), row(9), typed("We laugh"), row(4), row(4), ON),
    *(ON, ON, typed("Katherine")),
]
"""Count on, and back to change a promise; rhythm, with three rows, one of them at once; what is
usual, with a sentence struck, one added, and one struck and taken back; what stays between them;
stopping, and whom to turn to."""
STEPS = [
    *(ON, typed("ask two people"), ON, typed("send a link")),
    *(ON, typed("15 Dec"), typed("3 pm")),
]
"""Small steps, one line left empty; the next meeting, its day and then its time."""
CLOSE = [ON, ON, ACCEPT, ON, ON, typed("courage"), typed("a plan"), ON]
"""The last look, in which all is kept; the agreement, accepted; its moment; what they take away;
the last word."""
SCENARIO = (*HELLO, *KNOW, *PURPOSE, *RULES, *STEPS, *CLOSE)

WRITTEN: dict[str, Value] = {
    "purpose": "lead a small team",
    "offer": "three teams",
    "not_for": "salaries",
    "mentor_gain": "how people start out",
    "mentee_wish": "be honest with me",
    "mentor_promise": "answer on Sundays",
    "mentor_wish": "ask, even if it seems small",
    "mentee_promise": "try things out, or say why not",
    "frequency": "Every 2 weeks",
    "length": 45,
    "format": "in the park",
    "mentor_does": (
        "{mentor} has no say in {mentee}'s pay or promotion; if that changes, {mentor} says so",
    ),
    "both_do": (
        (
            "If one of us can't come, we say so a day ahead; "
            "if one is late, the other waits 15 minutes"
        ),
        "If a message goes unanswered for a week, it is fine to ask again",
        "At the end of each meeting we say what helped",
        "Whoever has our notes deletes them a month after we finish",
        "This is mentoring, not an appraisal, a job interview or therapy",
        "We laugh",
    ),
    "contact_person": "Katherine",
    "mentee_step": "ask two people",
    "mentor_step": "send a link",
    "next_day": "2026-12-15",
    "next_time": "15:00",
    "takes.mentor": "courage",
    "takes.mentee": "a plan",
}
"""What the scenario writes down, beside the usual answers."""
USUAL: dict[str, Value] = {
    "duration": "6 months",
    "contact_between": "Short e-mails",
    "response": "Within 3 working days",
    "mentee_does": ("{mentee} arranges our dates, and sends a topic two days ahead",),
    "stays_here": (
        "Either of us may say that we meet",
        "Whoever would like to tell more asks first",
        "We make no recordings and no transcripts",
    ),
}


@dataclass
class Counted(MemoryJournal):
    """A journal that notes how many stops each card took."""

    frontend: ScriptedFrontend
    stops: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def append(self, event: Event) -> None:
        """Keep an event, and count."""
        super().append(event)
        if isinstance(event, Done):
            self.stops[event.prompt] = self.frontend.stops - sum(self.stops.values())


@dataclass(frozen=True)
class Outcome:
    """What is left of a walk."""

    ending: Ending
    answers: Mapping[str, Value | None]
    marks: Mapping[str, Mark]
    accepted: tuple[str, ...]
    told: tuple[Event, ...]
    """Everything that happened, in order; only what is half typed comes line by line in one."""
    session: Session


def walked(
    frontend: Frontend, journal: MemoryJournal, agenda: Agenda = AGENDA, late: int = 0
) -> Outcome:
    """Walk an agenda of an hour with Ada and Grace, so many seconds after it was opened."""
    clock = FakeClock()
    opened = Opened(
        seq=0,
        at=clock.now(),
        elapsed=0.0,
        agenda=agenda.id,
        digest="",
        people=People("Ada", "Grace", "mentor"),
        plan=plan(agenda, 60),
    )
    session = Session.open(agenda, opened, clock.now() + timedelta(minutes=60))
    clock.advance(late)
    walk = Walk(session, journal, frontend, clock, lambda now: Agreement.of(now, "We meet."))
    ending = walk.run()
    happened = (event for event in journal.events if not isinstance(event, Drafted))
    told = tuple(replace(event, seq=seq) for seq, event in enumerate(happened, start=1))
    end = session.apply_all(told)
    return Outcome(ending, end.answers, end.marks, tuple(end.accepted), told, end)


Kinds = tuple[str, ...]
"""Types of fields, in the order of their cards; none for the bundled agenda."""


@cache
def walked_live(
    steps: tuple[Step, ...], kinds: Kinds = (), late: int = 0, agenda: Agenda = AGENDA
) -> Outcome:
    """Walk on the live screen, with room for all that most people agree on."""
    agenda = agenda_with(kinds) if kinds else agenda
    with fed(*(step.keys for step in steps), rows=30):
        return walked(LiveFrontend(), MemoryJournal(), agenda, late)


@cache
def walked_plain(
    steps: tuple[Step, ...], kinds: Kinds = (), late: int = 0, agenda: Agenda = AGENDA
) -> Outcome:
    """Walk line by line."""
    agenda = agenda_with(kinds) if kinds else agenda
    source = io.StringIO("".join(step.lines for step in steps))
    return walked(PlainFrontend(source, io.StringIO()), MemoryJournal(), agenda, late)


WALKS = {"live": walked_live, "plain": walked_plain}


@pytest.mark.parametrize("name", WALKS)
def test_the_scenario_closes_with_everything_that_was_written_or_kept(name: str) -> None:
    outcome = WALKS[name](SCENARIO)
    assert (outcome.ending, outcome.accepted) == (Ending.CLOSED, ("mentor", "mentee"))
    assert outcome.answers == WRITTEN | USUAL


@pytest.mark.parametrize("name", WALKS)
def test_the_scenario_marks_every_card(name: str) -> None:
    cards = dict.fromkeys(plan(AGENDA, 60), "done")
    assert WALKS[name](SCENARIO).marks == cards | {"helped": "skipped"}


def test_live_and_plain_tell_the_same_story() -> None:
    assert walked_live(SCENARIO) == walked_plain(SCENARIO)


def test_the_scripted_walk_writes_down_the_same_answers() -> None:
    frontend = ScriptedFrontend(WRITTEN, accept=True)
    outcome = walked(frontend, MemoryJournal())
    assert outcome.answers == WRITTEN | USUAL
    assert (outcome.ending, outcome.accepted) == (Ending.CLOSED, ("mentor", "mentee"))


@pytest.mark.parametrize("at", [3, 14, 18, 24])
def test_stopping_half_way_leaves_the_same_behind(at: int) -> None:
    steps = (*SCENARIO[:at], STOP)
    live = walked_live(steps)
    assert live.ending is Ending.STOPPED
    assert live == walked_plain(steps)


WHEN = Prompt(
    "when",
    "When do we meet?",
    minutes=60,
    settle=(
        Field("day", "Day", type="date", default="in 3 weeks"),
        Field("hour", "Hour", type="time", default="09:00"),
    ),
)
MEETS = Agenda(
    *(1, "meets", "Meets", 60),
    phases=(Phase("all", "All", "All", (WHEN,)),),
    meeting=Meeting("day", "hour"),
)


@pytest.mark.parametrize("name", WALKS)
def test_a_meeting_that_is_over_already_is_asked_for_again(name: str) -> None:
    passed = corrected("20 Nov 2026")
    over_by_now = (ON, corrected("3 pm"), corrected("23:00"))
    steps = (ON, row(1), passed, corrected("today"), *over_by_now, ON, ON)

    outcome = WALKS[name](steps, agenda=MEETS, late=60)

    answers = [(e.field, e.value) for e in outcome.told if isinstance(e, Answered)]
    assert answers == [("day", "2026-11-22"), ("hour", "23:00")]
    assert outcome.ending is Ending.CLOSED


@pytest.mark.parametrize("at", [0, 15])
def test_the_end_of_input_half_way_leaves_the_same_behind(at: int) -> None:
    assert walked_live(SCENARIO[:at]) == walked_plain(SCENARIO[:at])


# --- Every option, on every type of field

OPENING = Prompt("opening", "How are you?", minutes=2, stuck=("Breathe.", "Wait."))
ENDING = Prompt("ending", "What stays?", minutes=2, keep=True)
COLOURS = ("Red", "Blue", "Green")
TYPED: dict[str, tuple[Field, Step, Value]] = {
    "text": (Field("t_text", "Text"), typed("a b"), "a b"),
    "list": (
        Field("t_list", "List", type="list"),
        Step(f"one{ENTER}two{ENTER}{ENTER}", "one\ntwo\n\n"),
        ("one", "two"),
    ),
    "select": (
        Field("t_select", "Select", type="select", choices=(Choice("Red"), Choice("Blue"))),
        chosen(2),
        "Blue",
    ),
    "checkbox": (
        Field("t_checkbox", "Boxes", type="checkbox", choices=(Choice("Red"), Choice("Blue"))),
        Step(f" {ENTER}", "1\n"),
        ("Red",),
    ),
    "confirm": (Field("t_confirm", "Sure?", type="confirm"), Step("y", "yes\n"), True),
    "number": (Field("t_number", "Number", type="number", min=1, max=90), typed("45"), 45),
    "scale": (Field("t_scale", "Scale", type="scale"), typed("7"), 7),
    "date": (Field("t_date", "Day", type="date"), typed("15 Dec"), "2026-12-15"),
    "time": (Field("t_time", "Time", type="time"), typed("3 pm"), "15:00"),
    "ratings": (
        Field("t_ratings", "Numbers", type="ratings", items=("Skills", "Rest", "Friends")),
        Step(f"7{ENTER}{ENTER}10{ENTER}", "7\n\n10\n"),
        ByItem((("Skills", 7), ("Friends", 10))),
    ),
    "ranking": (
        Field("t_ranking", "In order", type="ranking", choices=tuple(map(Choice, COLOURS))),
        Step(f"{DOWN} {DOWN}{DOWN} {ENTER}", "2 3\n"),
        ("Blue", "Green"),
    ),
    "outline": (
        Field("t_outline", "Map", type="outline"),
        Step(
            f"Work{ENTER}{TAB}Say no{ENTER}{SHIFT_TAB}Home{ENTER}{ENTER}",
            "Work\n  Say no\nHome\n\n",
        ),
        Outline((Node("Work", (Node("Say no"),)), Node("Home"))),
    ),
}
SHEET = Prompt(
    "sheet",
    "What holds?",
    minutes=4,
    settle=(
        Field("s_how", "How", type="select", choices=(Choice("A"), Choice("B")), default="A"),
        Field("s_long", "How long", type="number", default="60"),
    ),
)
BESIDE = Prompt("beside", "What else?", minutes=2, extra=True)


@cache
def agenda_with(kinds: Kinds) -> Agenda:
    """An agenda with a card for each of some types, and a sheet."""
    cards = [Prompt(f"p-{kind}", f"About {kind}?", record=(TYPED[kind][0],)) for kind in kinds]
    phase = Phase("all", "All", "All", (OPENING, *cards, SHEET, ENDING, BESIDE))
    contact = Contact("the programme", "help@example.org")
    return Agenda(1, "every-type", "Every type", 60, (phase,), contact=contact)


DETOURS: dict[str, tuple[Step, ...]] = {
    "back": (BACK, ON),
    "hint": (HINT,),
    "pause": (PAUSE, ON),
    "jump": (JUMP, ON, ON),
    "a jump that is left": (JUMP, BACK),
    "extra, and none wanted": (EXTRA, BACK),
    "note": (NOTE, typed("a note")),
    "off and on": (OFF, OFF, ON),
    "more time": (MORE_TIME,),
    "shorten": (SHORTEN, corrected("200"), ON),
    "clock": (CLOCK,),
    "names": (NAMES, corrected("Adah"), ON),
    "contact": (CONTACT, ON),
}
"""What leads back to the question it was asked for at."""
KEPT_SHEET: dict[str, Value] = {"s_how": "A", "s_long": 60}
LATE = 2 * 60 * 60
"""Seconds after which an hour is over for good."""
EVERY: Kinds = tuple(TYPED)
THIRDS: tuple[Kinds, ...] = (EVERY[:4], EVERY[4:8], EVERY[8:])


def at_kind(kind: str, detour: tuple[Step, ...]) -> tuple[Step, ...]:
    """A detour as it begins at a question: in an outline Tab is a key of its own."""
    return (
        tuple(in_words(step) for step in detour[:1]) + detour[1:] if kind == "outline" else detour
    )


def at_the_questions(kinds: Kinds, *detours: tuple[Step, ...]) -> tuple[Step, ...]:
    """A walk with a detour from each question, before it is answered, and from the sheet."""
    *before, at_sheet = detours or [()] * (len(kinds) + 1)
    cards = [
        (ON, *at_kind(kind, detour), TYPED[kind][1])
        for kind, detour in zip(kinds, before, strict=True)
    ]
    return (ON, *(step for card in cards for step in card), ON, *at_sheet, ON, ON, ON)


STOPS = len(EVERY) + 1
"""Every type of field, and the sheet."""
DEALT = [[*DETOURS, *DETOURS][begin : begin + STOPS] for begin in (0, 3, 6, 9, 12)]
"""Each detour at three kinds of stop at least, which the others are dealt to in turn."""


def test_every_detour_is_dealt_to_three_stops() -> None:
    times = Counter(chain.from_iterable(DEALT))
    assert {detour for detour in DETOURS if times[detour] < 3} == set()


@pytest.mark.parametrize("detours", DEALT, ids=lambda detours: f"{detours[0]} first")
def test_detours_at_every_type_of_field_leave_the_same_sessions(detours: list[str]) -> None:
    steps = at_the_questions(EVERY, *(DETOURS[detour] for detour in detours))
    live = walked_live(steps, EVERY)
    assert live == walked_plain(steps, EVERY)
    said = {f"t_{kind}": TYPED[kind][2] for kind in EVERY}
    assert (live.ending, live.answers) == (Ending.CLOSED, said | KEPT_SHEET)
    assert set(live.marks.values()) == {"done"}


@pytest.mark.parametrize(("way", "mark"), [(SKIP, "skipped"), (PARK, "parked")])
def test_leaving_every_card_at_its_question_leaves_the_same_sessions(way: Step, mark: Mark) -> None:
    steps = (ON, *(step for kind in (*EVERY, "sheet") for step in (ON, *at_kind(kind, (way,)))), ON)
    # What is kept for another day is looked at once more.
    steps = (*steps, ON) if mark == "parked" else steps
    live = walked_live(steps, EVERY)
    assert live == walked_plain(steps, EVERY)
    assert (live.ending, live.answers) == (Ending.CLOSED, {})
    left = dict.fromkeys([*(f"p-{kind}" for kind in EVERY), "sheet"], mark)
    assert live.marks == {"opening": "done", **left, "ending": "done"}


@pytest.mark.parametrize("kind", ["text", "list", "checkbox", "confirm", "date", "ratings"])
def test_stopping_at_a_question_leaves_the_same_sessions(kind: str) -> None:
    steps = (ON, ON, STOP)
    live = walked_live(steps, (kind,))
    assert (live, live.ending) == (walked_plain(steps, (kind,)), Ending.STOPPED)
    assert (live.session.current, live.answers) == (f"p-{kind}", {})


EDGES: dict[str, tuple[Step, ...]] = {
    "back": (BACK,),
    "skip": (SKIP,),
    "park": (PARK,),
    "hint": (HINT, HINT, HINT),
    "pause": (PAUSE, ON),
    "jump": (JUMP, ON, Step(f"{DOWN}{ENTER}", "2\n")),
    "extra": (EXTRA, chosen(1), ON),
    "note": (NOTE, typed("a note")),
    "off": (OFF,),
    "more time": (MORE_TIME,),
    "shorten": (SHORTEN, corrected("1"), ON),
    "review": (REVIEW,),
    "clock": (CLOCK,),
    "names": (NAMES, corrected("Adah"), corrected("Gracia")),
    "contact": (CONTACT, ON),
    "stop": (STOP,),
    "exercise": (EXERCISE, ON),
}
"""What can be asked for on a card without a question."""


TEXT: Kinds = ("text",)


STAY = chosen(2)
"""They stay off the record for the next card, too."""
FIRST, LAST, UNRECORDED = "the first card", "the last card, over time", "off the record"


@pytest.mark.parametrize(("option_", "where"), dealt(EDGES, (FIRST, LAST, UNRECORDED)))
def test_an_option_at_an_edge_of_a_session_leaves_the_same_sessions(
    option_: str, where: str
) -> None:
    option_steps, late = EDGES[option_], 0
    match where:
        case "the first card":
            steps = (*option_steps, ON, ON, STOP)
        case "the last card, over time":
            there = {"jump": (JUMP, ON, Step(f"{UP}{ENTER}", "3\n"))}.get(option_, option_steps)
            steps, late = (SKIP, SKIP, SKIP, *there, ON, ON, STOP), LATE
        case _:
            steps = (OFF, *option_steps, *[ON] * 6)
    assert walked_live(steps, TEXT, late) == walked_plain(steps, TEXT, late)


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_off_the_record_ends_with_the_card_if_they_say_so_and_lasts_for_one_more(
    walk: Callable[..., Outcome],
) -> None:
    kinds = ("text", "number")
    steps = (ON, OFF, ON, STAY, ON, ON, ON, ON, ON, ON)
    end = walk(steps, kinds)
    assert (end.ending, end.answers) == (Ending.CLOSED, KEPT_SHEET)
    assert end.marks == {
        "opening": "done",
        "p-text": "talked",
        "p-number": "talked",
        "sheet": "done",
        "ending": "done",
    }


def test_off_the_record_no_option_writes_anything_down() -> None:
    edges = EDGES | {"extra": (EXTRA, chosen(1), STAY, ON)}
    options = [option_ for option_ in EDGES if option_ not in ("off", "note")]
    ends = {each: walked_plain((OFF, *edges[each], *[STAY, ON] * 6), TEXT) for each in options}
    assert {each: (end.answers, "done" in end.marks.values()) for each, end in ends.items()} == {
        each: ({}, False) for each in options
    }


CHANGED: dict[str, Step] = {
    **{kind: corrected("9") for kind in ("number", "scale")},
    "text": corrected("c"),
    "list": Step(f"{BACKSPACE * 7}c{ENTER}{ENTER}", "c\n\n"),
    "select": chosen(1),
    "checkbox": Step(f"{DOWN} {ENTER}", "1, 2\n"),
    "confirm": Step("n", "no\n"),
    "date": corrected("16 Dec"),
    "time": corrected("4 pm"),
    "ratings": Step(f"3{DOWN}{DOWN}{BACKSPACE}{ENTER}", "3\n\n-\n"),
    "ranking": Step(f"{RIGHT}{ENTER}", "3 2\n"),
    "outline": Step(f"{CTRL_U}c{ENTER}{ENTER}", "Work\n  Say no\nc\n\n"),
}
"""Each type's answer, changed where it stands."""
NOW: dict[str, Value] = {
    "t_text": "c",
    "t_list": ("c",),
    "t_select": "Red",
    "t_checkbox": ("Red", "Blue"),
    "t_confirm": False,
    "t_number": 9,
    "t_scale": 9,
    "t_date": "2026-12-16",
    "t_time": "16:00",
    "t_ratings": ByItem((("Skills", 3),)),
    "t_ranking": ("Green", "Blue"),
    "t_outline": Outline((Node("Work", (Node("Say no"),)), Node("c"))),
}


@pytest.mark.parametrize("kinds", THIRDS, ids=", ".join)
def test_every_answer_changed_in_the_review_leaves_the_same_sessions(kinds: Kinds) -> None:
    lines = [(row(number), ON, CHANGED[kind]) for number, kind in enumerate(kinds, 1)]
    steps = (*at_the_questions(kinds)[:-1], *(step for line in lines for step in line), ON)
    live = walked_live(steps, kinds)
    assert live == walked_plain(steps, kinds)
    now = {f"t_{kind}": NOW[f"t_{kind}"] for kind in kinds}
    assert (live.ending, live.answers) == (Ending.CLOSED, now | KEPT_SHEET)


@pytest.mark.parametrize("kinds", THIRDS, ids=", ".join)
def test_every_line_struck_in_the_review_leaves_the_same_sessions(kinds: Kinds) -> None:
    several = ("list", "ratings", "ranking", "outline")
    strikes = [
        step
        for kind in (*kinds, *KEPT_SHEET)
        for step in (row(1), chosen(3), *[chosen(1)] * (kind in several), chosen(2))
    ]
    steps = (*at_the_questions(kinds)[:-1], *strikes)
    live = walked_live(steps, kinds)
    assert live == walked_plain(steps, kinds)
    redacted = dict.fromkeys((*(f"t_{kind}" for kind in kinds), *KEPT_SHEET))
    assert (live.ending, live.answers) == (Ending.CLOSED, redacted)


ABOUT_EACH = Prompt(
    "each",
    "What matters?",
    minutes=60,
    record=(
        Field("values", "Values", type="list"),
        Field("meaning", "What does {item} mean?", each_of="values"),
        Field("order", "In order", type="ranking", choices_from="values"),
        Field("now", "Now", type="ratings", items_from="values"),
    ),
)


@pytest.mark.parametrize("name", WALKS)
def test_each_item_of_an_answer_is_asked_about_and_rated(name: str) -> None:
    agenda = Agenda(1, "each", "Each", 60, phases=(Phase("all", "All", "All", (ABOUT_EACH,)),))
    named = Step(f"Calm{ENTER}Craft{ENTER}{ENTER}", "Calm\nCraft\n\n")
    order, numbers = Step(f"{DOWN}1{ENTER}", "2\n"), Step(f"8{ENTER}2{ENTER}", "8\n2\n")

    outcome = WALKS[name]((ON, named, typed("peace"), ON, order, numbers, ON), agenda=agenda)

    assert (outcome.ending, outcome.answers) == (
        Ending.CLOSED,
        {
            "values": ("Calm", "Craft"),
            "meaning": ByItem((("Calm", "peace"),)),
            "order": ("Craft",),
            "now": ByItem((("Calm", 8), ("Craft", 2))),
        },
    )


def test_a_note_leaves_the_same_note() -> None:
    steps = (NOTE, typed("slow down"), STOP)
    assert (walked_live(steps).session.notes, walked_plain(steps).session.notes) == (
        ("slow down",),
        ("slow down",),
    )


def test_what_was_half_typed_of_a_longer_answer_waits_for_the_rest_of_it() -> None:
    half, rest = Step(f"one{ALT_ENTER}", "one\\\n"), Step(f"two{ENTER}", "two\n")
    steps = (ON, ON, half, HINT, rest, STOP)
    live, plain = walked_live(steps, TEXT).answers, walked_plain(steps, TEXT).answers
    assert (live, plain) == ({"t_text": "one\ntwo"}, {"t_text": "one\ntwo"})


def test_choosing_no_phase_to_jump_to_leads_back_to_the_card_on_the_live_screen() -> None:
    nowhere = Step(f"{JUMP.keys}{BACKSPACE}", f"{JUMP.lines}-\n")
    steps = (nowhere, ON, STOP)
    assert walked_live(steps, TEXT) == walked_plain(steps, TEXT)


# --- How much an hour asks of two people


@cache
def stops_by_phase(**values: Value | None) -> dict[str, int]:
    """How many stops each phase takes."""
    frontend = ScriptedFrontend(values)
    journal = Counted(frontend)
    walked(frontend, journal)
    return {
        phase.id: sum(journal.stops.get(prompt.id, 0) for prompt in phase.prompts)
        for phase in AGENDA.phases
    }


def test_the_rules_take_seven_stops_in_thirteen_minutes_and_four_for_wishes_and_promises() -> None:
    seconds = plan(AGENDA, 60).seconds
    rules = next(phase for phase in AGENDA.phases if phase.id == "rules")
    planned = sum(seconds.get(prompt.id, 0) for prompt in rules.prompts)
    assert (stops_by_phase()["rules"], planned) == (7 + 4, 13 * 60)


def test_the_whole_hour_takes_45_stops_at_most() -> None:
    stops = stops_by_phase()
    assert 20 < sum(stops.values()) <= 45
    assert min(stops.values()) > 0


def test_a_step_that_stays_empty_needs_no_moment() -> None:
    written = {key: WRITTEN[key] for key in ("mentee_step", "mentor_step", "next_time")}
    assert (stops_by_phase(**written)["steps"], stops_by_phase()["steps"]) == (7, 6)


def test_a_row_that_is_changed_takes_two_more_stops() -> None:
    assert stops_by_phase(length=45)["rules"] == stops_by_phase()["rules"] + 2


def test_the_whole_hour_has_about_twenty_cards_to_talk_about() -> None:
    cards = [AGENDA.prompts[card] for card in plan(AGENDA, 60)]
    talks = [card for card in cards if not (card.glance or card.review or card.accept)]
    assert 18 <= len(talks) <= 22


# --- An exercise on the way


CHOOSING = replace(
    WHEEL,
    phases=(replace(WHEEL.phases[1], prompts=WHEEL.phases[1].prompts[:1]),),
    documents=(),
)
"""An exercise with one card, where something is chosen."""


@cache
def joined_on(name: str, *steps: Step) -> Session:
    """Return a meeting that an exercise joined, on one of the frontends."""
    clock, known = FakeClock(), Known((Exercise(CHOOSING, "", ""),))
    opened = replace(session_of(MEETING).opened, at=clock.now())
    session = Session.open(MEETING, opened, clock.now() + timedelta(minutes=60))

    def walk(frontend: Frontend) -> Session:
        """Walk it to where the steps end."""
        walk = Walk(session, MemoryJournal(), frontend, clock, our_agreement, known=known)
        walk.run()
        return walk.session

    if name == "plain":
        source = io.StringIO("".join(step.lines for step in steps))
        return walk(PlainFrontend(source, io.StringIO()))
    with fed(*(step.keys for step in steps), rows=30):
        return walk(LiveFrontend())


def test_an_exercise_joins_on_the_live_screen_as_line_by_line() -> None:
    steps = (EXERCISE, chosen(1), chosen(1), typed("Work"), Step(ENTER, "\n"), ON, chosen(2), STOP)
    live, plain = (joined_on(name, *steps) for name in ("live", "plain"))
    assert (live.answers, live.marks, live.exercises) == (
        plain.answers,
        plain.marks,
        plain.exercises,
    )
    assert live.answers == {"topic": ("Work",), "ready": "Not now"}
    assert live.marks == {"topic": "done", "wheel.ready": "done"}
