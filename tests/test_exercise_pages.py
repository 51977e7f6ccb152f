"""What is left of the bundled exercises: pages that somebody would keep, read whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.building import session_answered
from support.sample_sessions import BUNDLED

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.documents.context import fields_of
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.earlier import CarryOver, EarlierAnswer
from mentorwalk.domain.values import ByItem, Node, Outline
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

APPROVED = Path(__file__).parent / "approved"
WORK = ("Skills", "Workload", "People", "Learning")
GOAL: Mapping[str, Value | None] = {
    "wish": "get better at presenting to the board",
    "ready": "A goal",
    "seen": "She speaks for ten minutes without reading from her slides.",
    "start": 3,
    "who": "my colleague Tom",
    "by_day": "2027-01-10",
    "look_day": "2026-12-20",
    "obstacle": "I say yes to every request",
    "if_then": "If somebody asks me for one more slide, then I will say that I have a talk to give",
    "goals": ("Give the March talk without notes",),
    "mentee_step": "ask Tom to listen for ten minutes",
}
VALUES: Mapping[str, Value | None] = {
    "values_one": ("Autonomy", "Calm", "Clarity", "Craft"),
    "values_two": ("Curiosity", "Family", "Fun"),
    "values_own": ("Music",),
    "ten": ("Calm", "Craft", "Curiosity", "Family", "Fun", "Music"),
    "five": ("Family", "Craft", "Calm"),
    "meaning": ByItem((("Family", "being home before they sleep"), ("Craft", "I would sign it"))),
    "lived": ByItem((("Family", 4), ("Craft", 7), ("Calm", 3))),
    "wished": ByItem((("Family", 8), ("Craft", 7), ("Calm", 6))),
    "gap_value": "Family",
    "mentee_step": "leave at five on Tuesday",
}
PAGES: Mapping[str, tuple[str, Mapping[str, Value | None]]] = {
    "goal": ("one-goal", GOAL),
    "goal-not-now": (
        "one-goal",
        {
            "wish": "I'd like to write a book some day.",
            "ready": "Not now",
            "again_day": "2027-02-28",
            "mentee_step": "put the folder with the notes away",
        },
    ),
    "goal-direction": (
        "one-goal",
        {
            "wish": "to move closer to design",
            "ready": "A direction is enough",
            "again_day": "2027-03-01",
        },
    ),
    "goal-nothing": ("one-goal", {}),
    "values": ("values", VALUES),
    "values-nothing": ("values", {}),
    "map": (
        "mind-map",
        {
            "centre": "the new team",
            "map": Outline(
                (
                    Node("meetings", (Node("Monday, too long"), Node("nobody writes minutes"))),
                    Node("people who wait for me"),
                )
            ),
            "energy": ("meetings",),
            "unknown": ("people who wait for me",),
            "links": ("minutes and people who wait",),
            "branch": "meetings",
            "mentee_step": "write the minutes once myself",
        },
    ),
    "map-nothing": ("mind-map", {}),
    "wheel": (
        "wheel-of-life",
        {
            "wheel": "Work",
            "areas_work": WORK,
            "now": ByItem((("Skills", 7), ("Workload", 3), ("People", 8))),
            "enough": ByItem((("Workload", 6),)),
            "area": "Workload",
            "one_point": "I leave at five and nobody minds",
            "mentee_step": "say no to one meeting",
        },
    ),
    "wheel-nothing": ("wheel-of-life", {}),
}


@cache
def exercise(name: str) -> Agenda:
    """Return a bundled exercise."""
    return agenda_from(read_source(BUNDLED_AGENDAS / f"{name}.yaml"))


def page(session: Session) -> str:
    """Return the page that is left of an exercise."""
    return BUNDLED.text(session, session.agenda.documents[0], Agreement(""))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_an_exercise_reads_as_it_was_approved(name: str) -> None:
    agenda, answers = PAGES[name]
    session = session_answered(exercise(agenda), {**answers})
    assert page(session) == (APPROVED / f"exercise-{name}.md").read_text(encoding="utf-8")


def test_a_second_wheel_says_since_when_each_area_moved() -> None:
    agenda, answers = PAGES["wheel"]
    then = EarlierAnswer(date(2026, 10, 3), ByItem((("Skills", 5), ("Workload", 4))))
    areas = EarlierAnswer(then.day, WORK)
    session = session_answered(exercise(agenda), {**answers})
    carried = CarryOver(earlier={"now": then, "areas_work": areas})
    again = replace(session, opened=replace(session.opened, carried=carried))
    assert page(again) == (APPROVED / "exercise-wheel-again.md").read_text(encoding="utf-8")


def told(agenda: str, answers: Mapping[str, Value | None]) -> list[str]:
    """Return what the page of a mentorship lists of an exercise."""
    session = session_answered(exercise(agenda), {**answers})
    lines = fields_of(session.own_answers())
    return [f"{line['label']}: {line['answer']}" for line in lines]


def test_each_line_about_a_goal_can_be_read_aloud() -> None:
    assert told("one-goal", GOAL) == [
        "The wish: get better at presenting to the board",
        "Grace's decision: A goal",
        "How it would show: She speaks for ten minutes without reading from her slides.",
        "Where it stands today: 3 of 10",
        "Who can help: my colleague Tom",
        "By when: Sunday 10 January 2027",
        "The first look: Sunday 20 December 2026",
        "What may get in the way: I say yes to every request",
        f"A plan for that moment: {GOAL['if_then']}",
        "Grace's goals: Give the March talk without notes",
        "Grace's small step: ask Tom to listen for ten minutes",
    ]


def test_what_was_narrowed_down_is_told_by_what_is_left() -> None:
    assert told("values", VALUES)[:2] == [
        "The ten that stay: Calm, Craft, Curiosity, Family, Fun and Music",
        "Five of them, in order: Family, then Craft, then Calm",
    ]
    assert told("values", {"values_own": ("Music",)}) == ["Words of Grace's own: Music"]
