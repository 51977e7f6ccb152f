"""Cards that wait for an answer: `when` on a prompt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import (
    agenda_in_phases,
    answered,
    done,
    entered,
    session_of,
)
from support.small_walks import CHANGE, KEPT, TALKED, walked

from mentorwalk.domain.agenda import Clause, Phase, Prompt
from mentorwalk.domain.asking import review_of
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.planning import plan
from mentorwalk.domain.showing import card_of
from mentorwalk.domain.timing import shares
from mentorwalk.engine.frontend import EditLine, Said
from mentorwalk.engine.solo import time_left

if TYPE_CHECKING:
    from mentorwalk.domain.session import Session

READY = Prompt(
    "ready",
    "Are you ready?",
    minutes=4,
    record=(Field("ready", "Ready", "select", choices=(Choice("Yes"), Choice("Not now"))),),
)
GOAL = Prompt(
    "goal",
    "Which goal?",
    minutes=6,
    when=(Condition("ready", ("Yes",)),),
    record=(Field("goal", "Goal"),),
    clause=Clause("The goal", "The goal is {goal}."),
)
END = Prompt("end", "How was it?", minutes=2, review=True)
AGENDA = agenda_in_phases(Phase("only", "Only", "Only", (READY, GOAL, END)), minutes=12)


def said(word: str | None) -> Session:
    """Return a session in which the first card is done, with this answer."""
    session = session_of(AGENDA).apply(entered("ready"))
    return session.apply_all([answered("ready", word), done("ready")])


def test_a_card_is_walked_only_after_the_answer_it_waits_for() -> None:
    assert (said("Yes").following(), said("Not now").following()) == ("goal", "end")


def test_a_card_that_waits_has_no_time_in_the_plan_and_takes_its_own_once_it_is_walked() -> None:
    assert plan(AGENDA, 12).seconds == {"ready": 480, "goal": 0, "end": 240}
    assert shares(said("Yes"), 600) == {"goal": 360, "end": 240}
    assert shares(said("Not now"), 600) == {"end": 240}


def test_the_place_of_a_card_counts_the_cards_that_are_walked_now() -> None:
    end = AGENDA.prompts["end"]
    assert [card_of(said(word), end).place for word in ("Yes", "Not now")] == ["3 of 3", "2 of 2"]


def test_a_card_that_is_not_walked_is_no_topic_no_clause_and_was_not_missed() -> None:
    session = said("Not now").apply(done("end"))
    assert (session.not_reached(), clauses_of(session)) == ((), ())


def test_what_was_answered_on_a_card_that_is_not_walked_any_more_stays_unread() -> None:
    session = said("Yes").apply_all([answered("goal", "Say no"), done("goal")])
    changed = session.apply(answered("ready", "Not now"))
    assert session.answer("goal").value == "Say no"
    assert changed.answer("goal").empty
    assert [question.id for question in review_of(changed)] == ["ready"]
    assert changed.apply(answered("ready", "Yes")).answer("goal").value == "Say no"


def test_going_back_passes_by_what_is_not_walked() -> None:
    assert said("Not now").apply(entered("end")).before() == "ready"


def test_a_card_made_true_behind_the_last_look_is_named_there_and_walked_before_the_end() -> None:
    no, yes, goal = Said("Not now"), Said("Yes"), Said("Say no")
    over = walked(AGENDA, TALKED, no, EditLine(0), CHANGE, yes, KEPT, TALKED, goal, KEPT)
    tips = [stop.card.tip for stop in over.player.stops if stop.kind == "settle"]
    assert tips == ["", "One more card: “Which goal?” Enter leads there.", ""]
    assert over.answers == {"ready": "Yes", "goal": "Say no"}
    assert over.walk.session.marks == {"ready": "done", "goal": "done", "end": "done"}


USUAL = replace(READY, record=(replace(READY.record[0], default="Yes"),))
IN_PHASES = agenda_in_phases(
    Phase("first", "First", "First", (USUAL,)),
    Phase("then", "Then", "Then", (GOAL,)),
    Phase("last", "Last", "Last", (END,)),
    minutes=12,
)


def steps(session: Session) -> dict[str, str]:
    """Return the phases in the line above the card of a session, each with its state."""
    card = card_of(session, session.agenda.prompts["ready"])
    return {phase.short: phase.state for phase in card.steps}


def test_a_card_that_the_usual_answer_brings_has_its_time_and_place_before_that_is_given() -> None:
    asked = session_of(IN_PHASES).apply(entered("ready"))
    assert shares(asked, 600) == {"goal": 360, "end": 120}
    assert steps(asked) == {"First": "now", "Then": "ahead", "Last": "ahead"}
    assert time_left(asked, 0) == "about 12 minutes left"


@pytest.mark.parametrize("said", ["Not now", None])
def test_it_has_neither_once_something_else_was_said_or_nothing(said: str | None) -> None:
    asked = session_of(IN_PHASES).apply(entered("ready"))
    over = asked.apply_all([*([answered("ready", said)] if said else []), done("ready")])
    assert shares(over, 600) == {"end": 120}
    assert steps(over) == {"First": "now", "Last": "ahead"}
