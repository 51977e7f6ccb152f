"""What every bundled agenda promises: its time, its stops, its words, and pages that read well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support.building import session_planned
from support.sample_sessions import BUNDLED, StoppedClock, rendered, walked

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.agenda import PLACEHOLDER, ROLES
from mentorwalk.domain.planning import plan
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda, Field
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.planning import Plan

AGENDAS = {
    path.stem: agenda_from(read_source(path)) for path in sorted(BUNDLED_AGENDAS.glob("*.yaml"))
}
each_agenda = pytest.mark.parametrize("agenda", AGENDAS.values(), ids=AGENDAS)
LEAST = 30
"""Seconds in which somebody can read a card and say something."""
NOTHING = "Nothing was written down."


def every_plan(agenda: Agenda) -> list[Plan]:
    shortest, longest = agenda.lengths
    return [plan(agenda, minutes) for minutes in range(shortest, longest + 1)]


def stops(agenda: Agenda) -> int:
    """How often two people are asked for something, up to the last look, if all is as usual."""
    frontend = ScriptedFrontend({})
    session = session_planned(agenda, plan(agenda, agenda.minutes))
    Walk(session, MemoryJournal(), frontend, StoppedClock(), BUNDLED.agreement).run()
    return frontend.stops


def written(agenda: Agenda) -> list[str]:
    """What people can write in their own words on a card of the plan, but for private answers."""
    return [
        key
        for key, field in agenda.answerable.items()
        if field.type in ("text", "list") and not field.private and not agenda.prompt_of[key].extra
    ]


def answered(agenda: Agenda, key: str) -> dict[str, Value]:
    """One answer, and what has to be answered so that it is asked at all."""
    field = agenda.answerable[key]
    needed = {condition.field: condition.any_of[0] for condition in field.when}
    return {**needed, key: told(field)}


def told(field: Field) -> Value:
    return ("Honolulu",) if field.type == "list" else "Honolulu"


def documents(agenda: Agenda, answers: dict[str, Value] | None = None, **story: object) -> str:
    """Every document of a session, one after another."""
    walk = walked(answers, agenda, **story)  # type: ignore[arg-type]  # names a keyword of walked
    return "\n".join(rendered(walk, document.file) for document in agenda.documents)


# Time


@each_agenda
def test_the_minutes_in_the_file_are_the_minutes_of_the_session(agenda: Agenda) -> None:
    planned = [agenda.prompts[card] for card in plan(agenda, agenda.minutes)]

    assert sum(prompt.minutes for prompt in planned) == agenda.minutes


@each_agenda
def test_no_card_has_less_than_half_a_minute_at_any_length(agenda: Agenda) -> None:
    short = [
        (made.minutes, slot.prompt)
        for made in every_plan(agenda)
        for slot in made.slots
        if slot.seconds < LEAST
    ]

    assert short == []


@each_agenda
def test_there_are_at_most_22_cards_an_hour(agenda: Agenda) -> None:
    assert len(plan(agenda, agenda.minutes).slots) <= 22 * agenda.minutes / 60


@each_agenda
def test_an_hour_stops_the_talk_fewer_than_fifty_times(agenda: Agenda) -> None:
    assert stops(agenda) < 50 * agenda.minutes / 60


@each_agenda
def test_nobody_alone_speaks_for_45_percent_of_the_time(agenda: Agenda) -> None:
    alone = {
        role: [prompt.id for prompt in agenda.prompts.values() if prompt.to == role]
        for role in ROLES
    }
    shares = {
        (role, made.minutes): sum(made.seconds.get(card, 0) for card in cards) / (made.minutes * 60)
        for role, cards in alone.items()
        for made in every_plan(agenda)
    }

    assert {at: share for at, share in shares.items() if share >= 0.45} == {}


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
    without = {prompt.id for prompt in agenda.prompts.values() if not prompt.stuck}

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


@each_agenda
def test_where_all_was_skipped_the_summary_says_so(agenda: Agenda) -> None:
    skipped = plan(agenda, agenda.minutes)

    assert NOTHING in documents(agenda, skipped=list(skipped))


@each_agenda
def test_a_page_of_usual_answers_has_no_empty_part_and_no_raw_name(agenda: Agenda) -> None:
    page = documents(agenda)

    assert re.findall(r"^#+ .*\n\n(?:#|---)|[{}]|\.\.|“”|: \.|  +\S", page, re.MULTILINE) == []


@each_agenda
def test_what_was_written_down_stands_in_a_document_even_alone(agenda: Agenda) -> None:
    pages = {key: documents(agenda, answered(agenda, key)) for key in written(agenda)}

    assert [key for key, page in pages.items() if "Honolulu" not in page] == []


@each_agenda
def test_where_something_was_written_down_nobody_says_that_nothing_was(agenda: Agenda) -> None:
    others = {
        key: [card for card in plan(agenda, agenda.minutes) if card != agenda.prompt_of[key].id]
        for key in written(agenda)
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


# How they follow each other


def test_each_session_names_the_one_that_follows() -> None:
    assert {name: agenda.next for name, agenda in AGENDAS.items() if agenda.next} == {
        "first-session": "second-session",
        "reverse-mentoring": "second-session",
        "second-session": "check-in",
        "check-in": "closing-session",
        "closing-session": "none",
        "early-ending": "none",
    }


LATER = ["second-session", "check-in"]
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
