"""No English is left on the screen either: pages, prompts, menus and the clock."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from rich.text import Text
from support.building import TODAY
from support.covering import dealt, faulty
from support.foreign import COMMANDS, LANGUAGE, Foreign, english_in, marked
from support.terminals import BACKSPACE, CTRL_C, DOWN, ENTER, TAB, fed

from mentorwalk.domain.card import Card, PhaseState
from mentorwalk.domain.catalogues import add_catalogue
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.i18n import using_language
from mentorwalk.domain.people import People
from mentorwalk.domain.question import Question
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.timing import Reading
from mentorwalk.engine.frontend import Action, Command, Interrupted, Proposal, Said, Talked
from mentorwalk.frontends.drawing import Drawing
from mentorwalk.frontends.frame import clock_face
from mentorwalk.frontends.live.live import LiveFrontend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.terminals import Terminal

    from mentorwalk.frontends.clock_words import ClockStyle

add_catalogue(LANGUAGE, Foreign())


@pytest.fixture(autouse=True)
def _spoken() -> Iterator[None]:
    with using_language(LANGUAGE):
        yield


CARD = Card(
    title="Ομιλία",
    people="Άδα · Γκρέις",
    steps=(PhaseState("Κανόνες", "now"),),
    speaks="Άδα",
    ask="Τι?",
    tip="Σιγά.",
    hints=("Παύση.",),
    opens=True,
    types_through=True,
)


class Minutes:
    """A watch that always says the same."""

    def __init__(self, left: float, late: float = 0, behind: float = 0) -> None:
        ends = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
        self.told = Reading(600 - left, 600, 60, 600, 60, 3600, ends, late, behind)

    def reading(self) -> Reading:
        """What it says."""
        return self.told

    def pulse(self) -> None:
        """Nothing to be done."""


def english_on(terminal: Terminal, *allowed: str) -> list[str]:
    """The English on all pictures that were drawn, but for what is typed."""
    seen = " ".join(" ".join(picture) for picture in terminal.pictures)
    return english_in(seen, *COMMANDS, *allowed)


WATCHES = (
    *(Minutes(300), Minutes(60), Minutes(10), Minutes(-10), Minutes(-300)),
    *(Minutes(300, late=600), Minutes(300, behind=600), Minutes(300, behind=-600)),
)


def test_the_clock_says_nothing_in_english() -> None:
    styles: tuple[ClockStyle, ...] = ("calm", "exact")
    drawn = {
        (columns, watch, style): Drawing(columns).clock(clock_face(watch.reading(), style))
        for columns in (100, 40)
        for watch in WATCHES
        for style in styles
    }
    found = {case: english_in(Text.from_ansi(clock).plain) for case, clock in drawn.items()}
    assert faulty(found) == {}


def test_the_options_say_nothing_in_english_and_have_letters_of_their_own() -> None:
    pages = [
        (marked("we have talked"), TAB),
        (marked("Options"), "m"),
        (marked("More options"), TAB),
    ]
    with fed(
        *pages, (marked("we have talked"), TAB), (marked("Options"), "s"), rows=40
    ) as terminal:
        assert LiveFrontend("off").talk(replace(CARD, hints=()), None) == Command(Action.SKIP)
    assert english_on(terminal, r"\b[a-z]\)") == []
    keys = re.findall(r"\b([a-z])\)", " ".join(terminal.last))
    assert keys == ["b", "s", "p", "h", "o", "a", "m"]


def test_a_typed_word_is_answered_without_english() -> None:
    with fed("/nowhere\r", (marked("There is no"), TAB), ("", ENTER), rows=40) as terminal:
        assert LiveFrontend("off").talk(CARD, None) == Talked()
    assert english_on(terminal) == []


FIELDS = {
    "text": Field("id", "Λόγια"),
    "list": Field("id", "Λόγια", "list"),
    "select": Field("id", "Λόγια", "select", choices=(Choice("Ένα"), Choice("Δύο")), other=True),
    "checkbox": Field("id", "Λόγια", "checkbox", choices=(Choice("Ένα"),), other=True),
    "confirm": Field("id", "Λόγια", "confirm"),
    "number": Field("id", "Λόγια", "number", min=1, max=5, unit="ώρες"),
    "scale": Field("id", "Λόγια", "scale"),
    "date": Field("id", "Λόγια", "date"),
    "time": Field("id", "Λόγια", "time"),
}


@pytest.mark.parametrize(("kind", "unsure"), dealt(FIELDS, (True, False)))
def test_a_question_says_nothing_in_english(kind: str, unsure: bool) -> None:
    question = Question("id", FIELDS[kind], "Λόγια", TODAY, unsure=unsure)
    with fed((marked("Try:"), CTRL_C), columns=100, rows=40) as terminal:
        assert isinstance(LiveFrontend("off").ask(CARD, question, None), Interrupted)
    assert english_on(terminal) == []


def test_yes_is_chosen_from_a_list_where_its_letter_is_another_one() -> None:
    question = Question("id", FIELDS["confirm"], "Λόγια", TODAY)
    with fed((marked("Yes"), f"1{ENTER}")):
        assert LiveFrontend("off").ask(CARD, question, None) == Said(value=True)


def test_a_day_is_offered_so_that_it_can_be_read_again() -> None:
    question = Question("id", FIELDS["date"], "Λόγια", TODAY, value="2026-12-15")
    with fed(("2026-12-15", f"{BACKSPACE}6{ENTER}")):
        assert LiveFrontend("off").ask(CARD, question, None) == Said("2026-12-16")


def test_a_sheet_the_agreement_and_a_pause_say_nothing_in_english() -> None:
    live, day = LiveFrontend("off"), TODAY
    sheet = [Question("id", FIELDS["confirm"], "Λόγια", day, value=value) for value in (True, None)]
    people = People("Άδα", "Γκρέις", "mentor")
    with fed("9\r", (marked("is no line"), ENTER), columns=100) as first:
        live.settle(CARD, sheet, None)
    for accepted in ((), ("mentor",), ROLES):
        keys = [(marked(f"Enter: {what}"), ENTER) for what in ("read on", "go on")]
        keys += [(marked("a digit chooses"), ENTER), (marked("Nothing is chosen"), "1")]
        with fed(*keys, columns=100) as second:
            live.decide(CARD, Proposal("Ναι\n\n" * 20, people, accepted), None)
        assert (second.awaited, english_on(second, r"\b[a-z]:")) == ([], [])
    with fed((marked("Paused"), ENTER), columns=100) as third:
        live.pause(CARD)
    with fed((marked("What would"), DOWN + ENTER), columns=100) as fourth:
        assert live.interrupted(Card(ask="")) == "stop"
    assert english_on(first) + english_on(third) + english_on(fourth) == []
