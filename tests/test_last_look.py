"""The card of the last look: every line is seen before the yes, and not once more at the end."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import ACCEPT, BACK, ON, Step, chosen, corrected, row, typed
from support.building import our_agreement
from support.small_walks import (
    ACCEPTED,
    AGREE,
    CHANGE,
    CLOSE,
    DIRECTION,
    KEPT,
    STRIKE,
    SURE,
    TALKED,
    HalfTyped,
    Player,
    agenda_of,
    opened_by,
    walked,
)
from support.small_walks import BACK as TO_BEFORE
from support.terminals import FakeClock, fed

from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.carryover import join_agendas
from mentorwalk.domain.events import Closed
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.session import Session
from mentorwalk.engine.frontend import Action, Command, EditLine, Interrupted, Said
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from mentorwalk.engine.frontend import Frontend, Reply

LINES = Prompt(
    "lines",
    "Is there a line that you would rather not keep?",
    minutes=1,
    review=True,
    tip="Strike any.",
)
ORDERED = agenda_of(DIRECTION, LINES, AGREE, CLOSE)
"""One card that writes down, the last look, the yes, and what they take away."""
TO_LINES = (TALKED, Said("lead"), Said("teams"))
TO_THE_END = (TALKED, ACCEPTED, TALKED, Said("a plan"), Said("courage"))
"""The agreement is talked about and accepted, and what they take away is written down."""


def test_the_lines_come_before_the_yes_and_not_again_at_the_end() -> None:
    told = walked(ORDERED, *TO_LINES, KEPT, *TO_THE_END)
    assert told.player.shown == [
        "talk What are you here for?",
        "ask purpose",
        "ask offer",
        "settle purpose offer",
        "talk Accept it?",
        "decide Accept it?",
        "talk What are you taking away?",
        "ask takes.mentee",
        "ask takes.mentor",
    ]
    assert (told.ending, told.player.final_review) == (Ending.CLOSED, ())


def test_the_card_asks_its_own_question_above_the_lines() -> None:
    told = walked(ORDERED, *TO_LINES)
    card = told.player.stops[-1].card
    assert (card.ask, card.tip, card.strikes) == (LINES.ask, "Strike any.", True)


def test_a_line_is_changed_or_struck_on_the_card() -> None:
    change = (EditLine(0), CHANGE, Said("lead a team"))
    strike = (EditLine(1), STRIKE, SURE)
    told = walked(ORDERED, *TO_LINES, *change, *strike, KEPT, *TO_THE_END)
    assert (told.answers["purpose"], told.answers["offer"]) == ("lead a team", None)
    assert (told.ending, told.player.final_review) == (Ending.CLOSED, ())


def test_back_leads_from_the_last_look_to_the_card_before() -> None:
    told = walked(ORDERED, *TO_LINES, TO_BEFORE)
    assert told.player.shown[-1] == "talk What are you here for?"


def test_where_nothing_is_written_the_card_says_so() -> None:
    told = walked(ORDERED, TALKED, Said(None), Said(None), TO_BEFORE, TALKED, Said(None))
    assert told.player.stops[3].card.ask == "Nothing is written down yet."


TO_DIRECTION = (Command(Action.JUMP), Said("all"), Said("direction"))
LATE: dict[str, tuple[Reply, ...]] = {
    "a jump back": (*TO_DIRECTION, TALKED, Said("follow"), Said("teams")),
    "a new name": (Command(Action.NAMES), Said("Adah"), Said("Grace")),
}
"""What makes lines differ from those of the last look, on the card of what they take away."""


@pytest.mark.parametrize("late", LATE)
def test_a_line_that_changed_after_the_last_look_is_reviewed_at_the_end(late: str) -> None:
    away = (TALKED, Said("a plan"), Said("courage"))
    told = walked(ORDERED, *TO_LINES, KEPT, TALKED, Said("draft"), *LATE[late], *away)
    lines = [question.id for question in told.player.final_review]
    assert lines == ["purpose", "offer", "takes.mentee", "takes.mentor"]


def test_a_line_that_was_changed_in_a_review_is_not_reviewed_again() -> None:
    reviewed = (Command(Action.REVIEW), EditLine(0), CHANGE, Said("follow"), KEPT)
    draft = (TALKED, Said("draft"))
    away = (TALKED, Said("a plan"), Said("courage"))
    told = walked(ORDERED, *TO_LINES, KEPT, *draft, *reviewed, *away)
    assert (told.answers["purpose"], told.ending) == ("follow", Ending.CLOSED)
    assert told.player.final_review == ()


def test_a_sentence_that_was_changed_before_the_yes_was_read_with_the_agreement() -> None:
    agreed = replace(DIRECTION, clause=Clause("What for", "Grace says: {purpose}."))
    agenda = agenda_of(agreed, LINES, AGREE, CLOSE)
    changed = (TALKED, Command(Action.REVIEW), EditLine(0), CHANGE, Said("follow"))
    away = (TALKED, Said("a plan"), Said("courage"))
    told = walked(agenda, *TO_LINES, KEPT, *changed, Said("both"), *away)
    assert (told.answers["purpose"], told.ending) == ("follow", Ending.CLOSED)
    assert told.player.final_review == ()


def test_a_skipped_last_look_comes_at_the_end() -> None:
    told = walked(ORDERED, *TO_LINES, Command(Action.SKIP), *TO_THE_END)
    lines = [question.id for question in told.player.final_review]
    assert lines == ["purpose", "offer", "takes.mentee", "takes.mentor"]


def test_closing_now_shows_every_line_and_no_agreement() -> None:
    player = Player([], choices=["close"])
    told = walked(ORDERED, TALKED, Said("lead"), Interrupted(), player=player)
    assert [question.id for question in player.final_review] == ["purpose"]
    assert (told.ending, told.player.shown[-1]) == (Ending.CLOSED, "ask offer")


def test_closing_now_after_the_last_look_shows_what_was_written_since() -> None:
    player = Player([], choices=["close"])
    agreed = (TALKED, Said("draft"))
    leaving = (TALKED, HalfTyped("a pl", Interrupted()))
    told = walked(ORDERED, *TO_LINES, KEPT, *agreed, *leaving, player=player)
    lines = [question.current for question in player.final_review]
    assert (lines, told.ending) == (["lead", "teams", "a pl"], Ending.CLOSED)


def test_closing_now_on_the_agreement_shows_no_line_that_was_just_kept() -> None:
    player = Player([], choices=["close"])
    told = walked(ORDERED, *TO_LINES, KEPT, TALKED, Interrupted(), player=player)
    assert (player.final_review, told.ending) == ((), Ending.CLOSED)


# --- What a journal tells of it


def test_the_last_look_survives_a_crash() -> None:
    told = walked(ORDERED, *TO_LINES, KEPT, TALKED, ACCEPTED, TALKED, Said("a plan"))
    again = Session.open(ORDERED, told.opened, told.opened.at + timedelta(minutes=12))
    again = again.apply_all(told.journal.events)
    player = Player([TALKED, Said("a plan"), Said("courage")])
    walk = Walk(again, MemoryJournal(), player, player.clock, our_agreement)
    assert (walk.resume(), player.final_review) == (Ending.CLOSED, ())


def joined_after_rhythm(*prompts: Prompt) -> list[str]:
    """Return the cards of an agenda that follows a session with an open part of its agreement."""
    rhythm = Prompt("rhythm", "How often?", clause=Clause("How we meet", "We meet."))
    clock = FakeClock()
    opened = opened_by(clock, agenda := agenda_of(rhythm, AGREE))
    last = Session.open(agenda, opened, opened.at).apply(Closed(seq=1, at=clock.now(), elapsed=0))
    return [*join_agendas(agenda_of(*prompts), Mentorship({"last": last})).agenda.prompts]


def test_open_clauses_of_the_last_session_come_before_the_last_look() -> None:
    assert joined_after_rhythm(DIRECTION, LINES, AGREE) == ["direction", "rhythm", "lines", "agree"]


def test_they_come_after_the_last_part_that_is_talked_about_before_it() -> None:
    ours, late = (
        Prompt(name, "What else?", clause=Clause(name, "We agree.")) for name in ("ours", "late")
    )
    cards = joined_after_rhythm(ours, DIRECTION, LINES, late, AGREE)
    assert cards == ["ours", "rhythm", "direction", "lines", "late", "agree"]


# --- On the screen


STEPS = (ON, typed("lead"), typed("teams"), ON, ON, ACCEPT, ON, typed("a plan"), typed("courage"))
CHANGED = (*STEPS[:3], row(1), chosen(2), corrected("follow"), BACK, *STEPS[:1], ON, ON, *STEPS[3:])
"""A line is changed in the last look, and the card before is looked at again."""


def shown_by(name: str, steps: tuple[Step, ...]) -> Session:
    """Return the session of a walk on a frontend, to its end."""
    if name == "plain":
        source = io.StringIO("".join(step.lines for step in steps))
        return ended(PlainFrontend(source, io.StringIO()))
    with fed(*(step.keys for step in steps)):
        return ended(LiveFrontend())


def ended(frontend: Frontend) -> Session:
    """Return a session that was walked to its end."""
    clock = FakeClock()
    opened = opened_by(clock, ORDERED)
    session = Session.open(ORDERED, opened, clock.now() + timedelta(minutes=12))
    walk = Walk(session, MemoryJournal(), frontend, clock, our_agreement)
    assert walk.run() is Ending.CLOSED
    return walk.session


@pytest.mark.parametrize("name", ["live", "plain"])
@pytest.mark.parametrize("steps", [STEPS, CHANGED], ids=["kept", "changed"])
def test_the_end_is_in_one_order_on_each_frontend(steps: tuple[Step, ...], name: str) -> None:
    session = shown_by(name, steps)
    assert session.answers == {
        "purpose": "lead" if steps is STEPS else "follow",
        "offer": "teams",
        "takes.mentee": "a plan",
        "takes.mentor": "courage",
    }
    assert set(session.accepted) == {"mentor", "mentee"}
