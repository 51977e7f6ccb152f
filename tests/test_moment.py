"""The moment after a decision: the agenda's words alone on the screen, once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import our_agreement
from support.small_walks import (
    ACCEPTED,
    AGREE,
    BACK,
    DRAFT,
    SKIP,
    TALKED,
    WELCOME,
    Player,
    agenda_of,
    walked,
)
from support.terminals import ENTER, TAB, fed

from mentorwalk.domain.card import Card
from mentorwalk.domain.session import Session
from mentorwalk.engine.frontend import Interrupted, Said, Talked
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from mentorwalk.engine.frontend import Reply

YES = replace(
    AGREE,
    agreed="You both said yes.\n\nIt is yours, {mentee} and {mentor}.",
    still_draft="It is a draft, and that is fine.",
)
SMALL = agenda_of(YES, WELCOME)
AGREED = Card(ask="You both said yes.", read="It is yours, Grace and Ada.", quiet=True)
HALF = Card(ask="Grace has said yes.", read="It is a draft, and that is fine.", quiet=True)
ASLEEP = Card(ask="It is a draft, and that is fine.", quiet=True)


def moments(*replies: Reply, close: bool = False) -> list[Card]:
    """Return the cards that stood alone on the screen."""
    player = Player([], choices=["close"] if close else [])
    told = walked(SMALL, *replies, player=player)
    return [stop.card for stop in told.player.stops if stop.card.quiet]


@pytest.mark.parametrize(
    ("decision", "shown"),
    [(ACCEPTED, AGREED), (DRAFT, ASLEEP), (Said("mentee"), HALF)],
    ids=["both", "nobody", "one"],
)
def test_what_was_decided_stands_alone_on_the_screen(decision: Said, shown: Card) -> None:
    assert moments(TALKED, decision, TALKED, TALKED) == [shown]


def test_the_next_card_follows_it() -> None:
    told = walked(SMALL, TALKED, ACCEPTED, TALKED, TALKED)
    assert told.player.shown[-1] == "talk How do you arrive?"
    assert told.ending is Ending.CLOSED


def test_it_is_not_shown_again_where_the_decision_stays() -> None:
    twice = (TALKED, ACCEPTED, TALKED, BACK, TALKED, ACCEPTED, TALKED)
    assert moments(*twice) == [AGREED]


def test_another_decision_has_its_own() -> None:
    twice = (TALKED, DRAFT, TALKED, BACK, TALKED, ACCEPTED, TALKED, TALKED)
    assert moments(*twice) == [ASLEEP, AGREED]


def test_whoever_skips_it_has_not_skipped_the_agreement() -> None:
    told = walked(SMALL, TALKED, ACCEPTED, SKIP, TALKED)
    assert told.walk.session.marks["agree"] == "done"


def test_a_session_can_be_closed_from_it() -> None:
    assert moments(TALKED, ACCEPTED, Interrupted(), close=True) == [AGREED]


def test_it_is_not_shown_again_after_a_crash() -> None:
    told = walked(SMALL, TALKED, ACCEPTED)
    again = Session.open(SMALL, told.opened, told.opened.at + timedelta(minutes=12))
    player = Player([TALKED, ACCEPTED, TALKED])
    events = again.apply_all(told.journal.events)
    walk = Walk(events, MemoryJournal(), player, player.clock, our_agreement)
    assert walk.resume() is Ending.CLOSED
    assert [stop.card for stop in player.stops if stop.card.quiet] == []


def test_an_agenda_without_such_words_shows_nothing() -> None:
    told = walked(agenda_of(AGREE, WELCOME), TALKED, ACCEPTED, TALKED)
    assert told.player.shown[-1] == "talk How do you arrive?"


# --- On the screen


def test_the_screen_shows_nothing_else() -> None:
    with fed(TAB, ("Enter: when you are ready", ENTER), columns=60, rows=20) as terminal:
        assert LiveFrontend().talk(AGREED, None) == Talked()
    assert [row.strip() for row in terminal.last if row.strip()] == [
        "You both said yes.",
        "It is yours, Grace and Ada.",
        "Enter: when you are ready",
    ]


def test_a_rehearsal_says_even_there_that_it_is_one() -> None:
    with fed(("Rehearsal", ENTER)) as terminal:
        LiveFrontend().talk(replace(AGREED, mark="Rehearsal: nothing is kept"), None)
    assert terminal.seen("Rehearsal: nothing is kept")


def test_lines_say_nothing_else() -> None:
    target = io.StringIO()
    assert PlainFrontend(io.StringIO("\n"), target).talk(AGREED, None) == Talked()
    assert target.getvalue().splitlines() == [
        "",
        "You both said yes.",
        "It is yours, Grace and Ada.",
        "Enter: when you are ready.",
    ]
