"""What every bundled agenda promises: its time, its stops, its words, and pages that read well."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest
from support.building import session_planned
from support.sample_sessions import BUNDLED, StoppedClock, rendered, walked

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.agenda import Following
from mentorwalk.domain.conditions import is_usual
from mentorwalk.domain.demands import Demands, demands_of, stops_of
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.events import Done, Event
from mentorwalk.domain.fields import Condition
from mentorwalk.domain.item_counts import most_items
from mentorwalk.domain.open_steps import OpenStep
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_form import form_of
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.session import Session
from mentorwalk.domain.values import Node, Outline
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Collection

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.planning import Plan
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.frontend import AcceptSheet, EditLine, Said

AGENDAS = {
    path.stem: agenda_from(read_source(path)) for path in sorted(BUNDLED_AGENDAS.glob("*.yaml"))
}
each_agenda = pytest.mark.parametrize("agenda", AGENDAS.values(), ids=AGENDAS)
SESSIONS = {name: agenda for name, agenda in AGENDAS.items() if agenda.kind == "session"}
EXERCISES = {name: agenda for name, agenda in AGENDAS.items() if agenda.kind == "exercise"}
STEPPING = {name: agenda for name, agenda in EXERCISES.items() if "mentee_step" in agenda.fields}
each_session = pytest.mark.parametrize("agenda", SESSIONS.values(), ids=SESSIONS)
each_exercise = pytest.mark.parametrize("agenda", EXERCISES.values(), ids=EXERCISES)
LENGTHS = [
    pytest.param(agenda, minutes, id=f"{name} in {minutes} minutes")
    for name, agenda in AGENDAS.items()
    for minutes in ([45, 60, 90] if name == "first-session" else [agenda.lengths[1]])
]
"""Each agenda in its longest time, which has the most cards; one in other lengths, too."""
each_length = pytest.mark.parametrize(("agenda", "minutes"), LENGTHS)
FIRST_HOUR = AGENDAS["first-session"]
LEAST = 30
"""Seconds in which somebody can read a card and say something."""
NOTHING = "Nothing was written down."
PURPOSE = "I want to lead my new team without doing everybody's work in the evening."
TOLD: dict[str, Value] = {
    "text": "Honolulu",
    "list": ("Honolulu",),
    "number": 1,
    "scale": 7,
    "date": "2026-12-15",
    "time": "15:00",
    "outline": Outline((Node("Honolulu"),)),
}
"""An answer of each type that has no choices."""


OPEN_STEPS = (
    OpenStep("mentee", "ask two people", date(2026, 10, 3), "before", "mentee_step 1"),
    OpenStep("mentor", "sends a book", date(2026, 10, 3), "before", "mentor_step 1"),
)


def every_plan(agenda: Agenda) -> list[Plan]:
    shortest, longest = agenda.lengths
    return [plan(agenda, minutes) for minutes in range(shortest, longest + 1)]


@dataclass
class Counting(ScriptedFrontend):
    """Counts a sheet as one stop, with the empty lines that are asked about one after another."""

    settled: Collection[str] = ()
    """The answers that stand on sheets."""

    sheets: set[str] = field(default_factory=set)
    """The cards whose sheet was counted, by what they ask."""

    def ask(self, card: Card, question: Question, *rest: Any) -> Said:
        """Give the answer."""
        said = super().ask(card, question, *rest)
        if question.id in self.settled:
            self.count_once(card)
        return said

    def settle(self, card: Card, *rest: Any) -> AcceptSheet | EditLine:
        """Keep the sheet."""
        reply = super().settle(card, *rest)
        self.count_once(card)
        return reply

    def count_once(self, card: Card) -> None:
        """Take a stop back if the card's sheet was counted before."""
        self.stops -= card.ask in self.sheets
        self.sheets.add(card.ask)


@dataclass
class StopsOfCards(MemoryJournal):
    """A journal that notes how many stops each card took."""

    frontend: ScriptedFrontend
    stops: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def append(self, event: Event) -> None:
        """Keep an event, and count."""
        super().append(event)
        if isinstance(event, Done):
            self.stops[event.prompt] = self.frontend.stops - sum(self.stops.values())


def stops_walked(agenda: Agenda, minutes: int) -> dict[str, int]:
    """How often each card ask two people for something who answer all, and as usual.

    A step of each is open since an earlier session.
    """
    settled = {line.id for prompt in agenda.prompts.values() for line in prompt.settle}
    frontend = Counting(everything(agenda), settled=settled)
    journal = StopsOfCards(frontend)
    opened = session_planned(agenda, plan(agenda, minutes)).opened
    opened = replace(opened, carried=CarryOver(steps=OPEN_STEPS))
    session = Session.open(agenda, opened, opened.at + timedelta(minutes=minutes))
    Walk(session, journal, frontend, StoppedClock(), BUNDLED.agreement).run()
    return journal.stops


def everything(agenda: Agenda) -> dict[str, Value]:
    """An answer wherever none is usual, the first one where there is a choice."""
    return {
        key: line.choices[0].pick if line.choices else as_many(line)
        for key, line in agenda.answerable.items()
        if not (line.default or line.choices_from or line.sources)
    }


def as_many(field: Field) -> Value:
    """An answer of its type, and as many items as it may have."""
    items = range(1, int(field.max or 1) + 1)
    return tuple(f"Place {n}" for n in items) if field.type == "list" else TOLD[field.type]


def usual(agenda: Agenda, made: Plan) -> list[str]:
    """The cards of a plan that are walked if all is answered as usual."""
    return [card for card in made if is_usual(agenda, agenda.prompts[card])]


def demands(agenda: Agenda, minutes: int, phase: str = "") -> Demands:
    """What the cards of a plan ask for, or those of one of its phases."""
    cards = plan(agenda, minutes)
    return demands_of(agenda, [c for c in cards if phase in ("", agenda.phase_of[c].id)])


def agreement(agenda: Agenda, answers: dict[str, Value]) -> str:
    """The agreement of a session, without who agrees."""
    return BUNDLED.agreement(walked(answers, agenda).session).text


def written(agenda: Agenda) -> list[str]:
    """What people can write in their own words on a card of the plan, for a document.

    Private answers are for none; what is asked about or chosen from is there as far as it is.
    """
    sources = {source for field in agenda.fields.values() for source in field.sources}
    return [
        key
        for key, field in agenda.answerable.items()
        if field.type in ("text", "list") and not (field.private or field.asks_items)
        if field.id not in sources and key not in agenda.plain and not agenda.prompt_of[key].extra
    ]


def answered(agenda: Agenda, key: str) -> dict[str, Value]:
    """One answer, and what has to be answered so that it is asked at all."""
    field = agenda.answerable[key]
    needed = {
        each.field: each.any_of[0] if each.any_of else told(agenda.answerable[each.field])
        for each in (*field.when, *agenda.prompt_of[key].when)
    }
    return {**needed, key: told(field)}


def told(field: Field) -> Value:
    return TOLD[field.type]


def documents(agenda: Agenda, answers: dict[str, Value] | None = None, **story: object) -> str:
    """Every document of a session, one after another."""
    walk = walked(answers, agenda, **story)  # type: ignore[arg-type]  # names a keyword of walked
    return "\n".join(rendered(walk, document.file) for document in agenda.documents)


# Time


@each_agenda
def test_the_minutes_in_the_file_are_the_minutes_of_the_session(agenda: Agenda) -> None:
    planned = [agenda.prompts[card] for card in usual(agenda, plan(agenda, agenda.minutes))]

    assert sum(prompt.minutes for prompt in planned) == agenda.minutes


@each_agenda
def test_no_card_has_less_than_half_a_minute_at_any_length(agenda: Agenda) -> None:
    short = [
        (made.minutes, slot.prompt)
        for made in every_plan(agenda)
        for slot in made.slots
        if slot.seconds < LEAST and not agenda.prompts[slot.prompt].when
    ]

    assert short == []


@each_agenda
def test_at_most_22_cards_an_hour_are_talked_about(agenda: Agenda) -> None:
    """The glance, the last look and the agreement are looked at; they are not talked about."""
    shown = {p.id for p in agenda.prompts.values() if p.glance or p.review or p.accept}
    talked = {made.minutes: len({*usual(agenda, made)} - shown) for made in every_plan(agenda)}

    assert {m: cards for m, cards in talked.items() if cards > ceil(22 * m / 60)} == {}


@each_agenda
def test_an_hour_stops_the_talk_45_times_at_most(agenda: Agenda) -> None:
    stops = {made.minutes: demands_of(agenda, made).stops for made in every_plan(agenda)}

    assert {m: asked for m, asked in stops.items() if asked > ceil(45 * m / 60)} == {}


@pytest.mark.slow
@each_length
def test_a_walk_stops_as_often_as_was_counted_on_every_card(agenda: Agenda, minutes: int) -> None:
    counted = {card: stops_of(agenda, agenda.prompts[card]) for card in plan(agenda, minutes)}
    walked = stops_walked(agenda, minutes)

    if agenda.kind == "session":
        assert walked == counted
    # How many items there are is known only once they are named: the most are counted.
    assert {card: stops for card, stops in walked.items() if stops > counted[card]} == {}


@each_agenda
def test_at_most_200_fixed_words_are_read_aloud(agenda: Agenda) -> None:
    aloud = {made.minutes: demands_of(agenda, made).aloud for made in every_plan(agenda)}

    assert {minutes: words for minutes, words in aloud.items() if words > 200} == {}


@pytest.mark.parametrize(
    ("minutes", "asked"),
    [
        (45, Demands(stops=8, lines=12, aloud=116)),
        (60, Demands(stops=8, lines=12, aloud=116)),
        (90, Demands(stops=13, lines=17, aloud=116)),
    ],
)
def test_the_rules_of_a_first_hour_are_a_talk(minutes: int, asked: Demands) -> None:
    """At most 14 lines and 8 stops in an hour; the longest session has twice the minutes."""
    assert demands(FIRST_HOUR, minutes, "rules") == asked


def test_an_agreement_of_usual_answers_has_400_words_at_most() -> None:
    answers = everything(FIRST_HOUR) | {"purpose": PURPOSE}
    answers.pop("contact_person")

    assert len(agreement(FIRST_HOUR, answers).split()) <= 400


@pytest.mark.parametrize("name", ["first-session", "reverse-mentoring"])
def test_confidentiality_is_read_aloud_twice_and_its_limits_once(name: str) -> None:
    reads = {prompt.id: prompt.read for prompt in AGENDAS[name].prompts.values()}
    heard = {
        words: [card for card, read in reads.items() if re.search(words, read)]
        for words in ("What we say( today)? stays", "serious danger")
    }

    assert list(heard.values()) == [["record", "confidence"], ["confidence"]]


@each_agenda
def test_nobody_alone_speaks_for_most_of_the_time(agenda: Agenda) -> None:
    """45 % at most, and 85 % in an exercise, which is for one of the two."""
    alone = {
        role: [prompt.id for prompt in agenda.prompts.values() if prompt.to == role]
        for role in ROLES
    }
    shares = {
        (role, made.minutes): sum(made.seconds.get(card, 0) for card in cards) / (made.minutes * 60)
        for role, cards in alone.items()
        for made in every_plan(agenda)
    }

    most = {"session": 0.45, "exercise": 0.85}[agenda.kind]
    assert {at: share for at, share in shares.items() if share >= most} == {}


@each_agenda
def test_the_last_card_of_every_length_is_never_dropped(agenda: Agenda) -> None:
    last = {list(made)[-1] for made in every_plan(agenda)}

    assert {card for card in last if not agenda.prompts[card].keep} == set()


@each_agenda
def test_every_phase_has_a_card_at_every_length(agenda: Agenda) -> None:
    phases = {phase.id for phase in agenda.phases}

    assert [
        made.minutes
        for made in every_plan(agenda)
        if {agenda.phase_of[card].id for card in made} != phases
    ] == []


# Words


@each_agenda
def test_every_card_asks_one_question_at_most(agenda: Agenda) -> None:
    asks = [prompt.ask for prompt in agenda.prompts.values()]

    assert [ask for ask in asks if ask.count("?") > 1] == []


@each_agenda
def test_every_card_asks_in_at_most_25_words(agenda: Agenda) -> None:
    asks = [prompt.ask for prompt in agenda.prompts.values()]

    assert [ask for ask in asks if len(ask.split()) > 25] == []


@each_agenda
def test_every_card_but_a_break_has_its_own_way_out_of_silence(agenda: Agenda) -> None:
    without = {
        prompt.id
        for prompt in agenda.prompts.values()
        if not (prompt.stuck or agenda.phase_of[prompt.id].stuck)
    }

    assert without - {"break"} == set()


@each_agenda
def test_no_hint_is_the_question_once_more(agenda: Agenda) -> None:
    assert [prompt.id for prompt in agenda.prompts.values() if prompt.ask in prompt.stuck] == []


@each_agenda
def test_the_words_name_the_two_instead_of_their_roles(agenda: Agenda) -> None:
    words = [
        text
        for prompt in agenda.prompts.values()
        for text in (prompt.ask, prompt.tip, prompt.read, *prompt.stuck)
    ]

    assert [text for text in words if re.search(r"\b(the|your|a) ment(or|ee)\b", text)] == []


@each_agenda
def test_a_clause_states_nothing_by_itself_that_was_not_read(agenda: Agenda) -> None:
    unread = [
        sentence
        for prompt in agenda.prompts.values()
        if prompt.clause
        for sentence in re.split(r"(?<=\.)\s+", prompt.clause.says)
        if not {*PLACEHOLDER.findall(sentence)} & {*agenda.answerable}
        and sentence not in " ".join(prompt.read.split())
    ]

    assert unread == []


@each_agenda
def test_what_is_still_open_in_the_agreement_is_not_named_like_its_part(agenda: Agenda) -> None:
    clauses = [prompt for prompt in agenda.prompts.values() if prompt.clause]
    same = [
        field.label
        for prompt in clauses
        for field in prompt.fields
        if prompt.clause and field.label == prompt.clause.heading
    ]

    assert same == [] or agenda.accept_document is None


# Pages


@each_session
def test_where_all_was_skipped_the_summary_says_so(agenda: Agenda) -> None:
    skipped = plan(agenda, agenda.minutes)

    assert NOTHING in documents(agenda, skipped=list(skipped))


@pytest.mark.parametrize(
    "agenda", [each for each in EXERCISES.values() if "mentee_step" in each.fields]
)
def test_a_small_step_stands_on_the_page_of_an_exercise_as_a_sentence(agenda: Agenda) -> None:
    text = documents(agenda, {"mentee_step": "ask two people"})
    assert text.count("I will ask two people.") == 1


@each_agenda
def test_a_page_of_usual_answers_has_no_empty_part_and_no_raw_name(agenda: Agenda) -> None:
    page = documents(agenda)

    assert re.findall(r"^#+ .*\n\n(?:#|---)|[{}]|\.\.|“”|: \.|  +\S", page, re.MULTILINE) == []


@pytest.mark.slow
@each_agenda
def test_what_was_written_down_stands_in_a_document_even_alone(agenda: Agenda) -> None:
    pages = {key: documents(agenda, answered(agenda, key)) for key in written(agenda)}

    # Where it finishes a sentence, it begins with a small letter.
    assert [key for key, page in pages.items() if "honolulu" not in page.lower()] == []


@pytest.mark.slow
@each_agenda
def test_where_something_was_written_down_nobody_says_that_nothing_was(agenda: Agenda) -> None:
    needed = {
        key: {agenda.prompt_of[name].id for name in answered(agenda, key)}
        for key in written(agenda)
    }
    others = {
        key: [card for card in plan(agenda, agenda.minutes) if card not in cards]
        for key, cards in needed.items()
    }
    pages = {
        key: documents(agenda, answered(agenda, key), skipped=skipped)
        for key, skipped in others.items()
    }

    assert [key for key, page in pages.items() if NOTHING in page] == []


@each_agenda
def test_private_answers_are_in_no_document(agenda: Agenda) -> None:
    private = {key: 7 for key, field in agenda.answerable.items() if field.private}
    labels = {field.label for field in agenda.answerable.values() if field.private}
    page = documents(agenda, {**private})

    assert [label for label in labels if label in page] == []


# Exercises


@each_exercise
def test_an_exercise_says_when_to_use_it_in_one_line(agenda: Agenda) -> None:
    assert 0 < len(agenda.when_to_use) <= 76
    assert (agenda.next, agenda.meeting, agenda.accept_document) == ("", None, None)


@pytest.mark.parametrize("agenda", STEPPING.values(), ids=STEPPING)
@pytest.mark.parametrize("typed", ["Ask Tom.", "I will ask Tom"])
def test_a_small_step_of_an_exercise_reads_as_a_sentence(agenda: Agenda, typed: str) -> None:
    page = documents(agenda, answered(agenda, "mentee_step") | {"mentee_step": typed})

    assert ": I will ask Tom." in page


@each_exercise
def test_nothing_in_an_exercise_is_about_more_items_than_one_can_take_in(agenda: Agenda) -> None:
    rated = {key: most_items(agenda, field) for key, field in agenda.fields.items()}

    assert {key: most for key, most in rated.items() if most > 10} == {}


@each_exercise
@pytest.mark.parametrize("role", ROLES)
def test_a_picture_alone_draws_only_what_this_person_is_asked(agenda: Agenda, role: Role) -> None:
    form = form_of(agenda, role)
    drawn = [name for card in form.prompts.values() if card.picture for name in card.picture.fields]

    assert {*drawn} - form.fields.keys() == set()


# How they follow each other


A_LONG_BREAK = Following("after-a-break", (Condition("days-since", ("60..",)),))


CLOSING = Following("closing-session", (Condition("time-gone", ("85..",)),))
HALF_WAY = Following(
    "check-in",
    (Condition("time-gone", ("40..",)),),
    (Condition("agendas-walked", ("check-in",)),),
)
SECOND = Following(
    "second-session",
    (Condition("agendas-walked", ("first-session", "reverse-mentoring")),),
    (Condition("agendas-walked", ("second-session",)),),
)
GOOD_END = Condition("go_on", ("We bring it to a good end",))
BEGIN_TO_CLOSE = Condition("go_on", ("We begin to close",))
FOR_ONE_SITUATION = (A_LONG_BREAK, CLOSING, HALF_WAY, SECOND, Following("meeting"))


def test_each_session_names_the_one_that_follows() -> None:
    assert {name: agenda.next for name, agenda in AGENDAS.items() if agenda.next} == {
        "first-session": (A_LONG_BREAK, Following("second-session")),
        "reverse-mentoring": (A_LONG_BREAK, Following("second-session")),
        "second-session": (A_LONG_BREAK, Following("meeting")),
        "meeting": (A_LONG_BREAK, CLOSING, HALF_WAY, Following("meeting")),
        "goal-session": FOR_ONE_SITUATION,
        "hard-talk": FOR_ONE_SITUATION,
        "crossroads-session": FOR_ONE_SITUATION,
        "feedback-practice": FOR_ONE_SITUATION,
        "practice-run": FOR_ONE_SITUATION,
        "shadowing": (A_LONG_BREAK, Following("shadowing-after")),
        "shadowing-after": FOR_ONE_SITUATION,
        "still-strange": (
            Following("early-ending", (GOOD_END,)),
            replace(A_LONG_BREAK, unless=(GOOD_END,)),
            *FOR_ONE_SITUATION[1:],
        ),
        "check-in": (
            replace(A_LONG_BREAK, unless=(BEGIN_TO_CLOSE,)),
            Following("closing-session", (BEGIN_TO_CLOSE,)),
            Following("meeting"),
        ),
        "after-a-break": (
            replace(A_LONG_BREAK, unless=(GOOD_END,)),
            Following("early-ending", (GOOD_END,)),
            replace(SECOND, when=()),
            Following("meeting"),
        ),
        "closing-session": "none",
        "early-ending": "none",
    }


LATER = ["second-session", "check-in", "meeting", "after-a-break"]
FIRST = ["first-session", "reverse-mentoring"]


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("first", FIRST)
def test_no_part_of_the_agreement_gets_lost_on_the_way(first: str, later: str) -> None:
    """A card that comes along gives way to one that asks the same: its clause must be there too."""
    fields = AGENDAS[later].fields.keys()
    clauses = [prompt.clause for prompt in AGENDAS[later].prompts.values()]
    gives_way = [
        prompt
        for prompt in AGENDAS[first].prompts.values()
        if prompt.clause and fields & {field.id for field in prompt.fields}
    ]

    assert [prompt.id for prompt in gives_way if prompt.clause not in clauses] == []


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("first", FIRST)
def test_what_is_settled_again_can_be_answered_as_before(first: str, later: str) -> None:
    before, now = AGENDAS[first].fields, AGENDAS[later].fields
    choices = {
        key: ([choice.pick for choice in before[key].choices], now[key].choices)
        for key in before.keys() & now.keys() & AGENDAS[later].agreed
    }

    assert {
        key for key, (picks, later) in choices.items() if picks != [c.pick for c in later]
    } == set()
