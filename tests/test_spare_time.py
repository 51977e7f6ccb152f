"""Spare time: minutes that were saved by the end of a phase are offered to the two people."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import BACK, OFF, ON, PAUSE, SKIP, STOP, Step, chosen
from support.building import ADA_AND_GRACE, agenda_in_phases, our_agreement
from support.commands import ran_in
from support.terminals import FakeClock, fed

from mentorwalk.domain.agenda import Phase, Prompt
from mentorwalk.domain.events import Entered, Opened
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.engine.style import TOGETHER, UNASKED
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.engine.style import WalkStyle

GOLDEN = Path(__file__).parent / "golden" / "format-1-offered"
HELLO = Phase(
    "hello",
    "Hello",
    "Hello",
    (
        Prompt("welcome", "How are you?", minutes=5),
        Prompt("comfort", "Is all well?", minutes=3),
        Prompt("pet", "Do you have a pet?", minutes=9, extra=True),
    ),
)
KNOW = Phase(
    "know",
    "Know",
    "Know",
    (
        Prompt("detour", "Which detour?", minutes=10),
        Prompt("beginner", "What are you a beginner at?", minutes=3, extra=True),
        Prompt("values", "What do you care about?", minutes=4, at_least=60),
    ),
)
PURPOSE = Phase("purpose", "Purpose", "Purpose", (Prompt("why", "Why now?", minutes=6),))
CLOSE = Phase("close", "Close", "Close", (Prompt("end", "What stays?", minutes=6),))
TALK = replace(agenda_in_phases(HELLO, KNOW, PURPOSE, CLOSE, minutes=30), longest=60)
QUESTION = "You are eight minutes ahead. How would you like to use them?"
CARRY_ON, STAY, ANOTHER, CHOOSE = (chosen(number) for number in (1, 2, 3, 4))


@dataclass
class Held:
    """A session that two people walk, on a clock that stands still."""

    journal: MemoryJournal = field(default_factory=MemoryJournal)
    clock: FakeClock = field(default_factory=FakeClock)
    style: WalkStyle = TOGETHER
    said: str = ""
    """Everything that plain mode said."""

    @property
    def session(self) -> Session:
        """The session as its journal tells it."""
        opened = Opened(
            seq=0,
            at=FakeClock().now(),
            elapsed=0.0,
            agenda=TALK.id,
            digest="",
            people=ADA_AND_GRACE,
            plan=plan(TALK, 30),
        )
        session = Session.open(TALK, opened, opened.at + timedelta(minutes=30))
        return session.apply_all(self.journal.events)

    def live(self, *steps: Step) -> Held:
        """Go on with the session on the live screen."""
        with fed(*(step.keys for step in steps)):
            self._walk(LiveFrontend()).run()
        return self

    def plain(self, *steps: Step) -> Held:
        """Go on with the session line by line."""
        target = io.StringIO()
        lines = io.StringIO("".join(step.lines for step in steps))
        self._walk(PlainFrontend(lines, target)).run()
        self.said = target.getvalue()
        return self

    def after(self, minutes: float) -> Held:
        """Let time go by."""
        self.clock.advance(60 * minutes)
        return self

    @property
    def entered(self) -> list[str]:
        """The cards that were shown, in order."""
        return [event.prompt for event in self.journal.events if isinstance(event, Entered)]

    def _walk(self, frontend: LiveFrontend | PlainFrontend) -> Walk:
        return Walk(self.session, self.journal, frontend, self.clock, our_agreement, self.style)


WAYS: dict[str, Callable[..., Held]] = {"live": Held.live, "plain": Held.plain}
everywhere = pytest.mark.parametrize("walk", WAYS.values(), ids=WAYS)
FIRST_PHASE = ["welcome", "comfort"]


def test_at_the_end_of_a_phase_the_saved_minutes_are_offered() -> None:
    said = Held().plain(ON, ON).said.splitlines()
    assert said[said.index(QUESTION) :][:6] == [
        QUESTION,
        "Another card could be: What are you a beginner at?",
        "1. Carry on: we finish at about 15:22",
        "2. Stay with this a little longer",
        "3. That card, 3 min",
        "4. Choose a different card",
    ]


@everywhere
def test_usually_they_carry_on_with_the_next_phase(walk: Callable[..., Held]) -> None:
    held = walk(Held(), ON, ON, ON)
    assert (held.entered, held.session.offered) == ([*FIRST_PHASE, "detour"], (8,))


@everywhere
def test_they_may_stay_with_the_card_which_has_the_minutes_then(walk: Callable[..., Held]) -> None:
    held = walk(Held().after(1), ON, ON, STAY)
    assert held.entered == [*FIRST_PHASE, "comfort"]
    assert held.session.allotted["comfort"] == 7 * 60


@everywhere
def test_they_may_take_the_first_card_that_fits(walk: Callable[..., Held]) -> None:
    held = walk(Held(), ON, ON, ANOTHER, ON)
    assert held.entered == [*FIRST_PHASE, "beginner", "detour"]
    assert held.session.cards == ("welcome", "comfort", "beginner", "detour", "why", "end")


@everywhere
def test_they_may_choose_any_card_that_is_not_in_the_plan(walk: Callable[..., Held]) -> None:
    held = walk(Held(), ON, ON, CHOOSE, chosen(3), ON)
    assert held.entered == [*FIRST_PHASE, "values", "detour"]


@everywhere
def test_who_goes_back_from_the_offer_is_at_the_card_again_and_offered_it_later(
    walk: Callable[..., Held],
) -> None:
    held = walk(Held(), ON, ON, BACK, ON, ON)
    assert held.entered == [*FIRST_PHASE, "comfort", "detour"]
    assert held.session.offered == (8,)


def test_a_card_of_a_phase_far_from_here_is_only_among_the_others() -> None:
    said = Held().plain(ON, ON, ON, ON, ON).said.splitlines()
    again = len(said) - said[::-1].index(
        "You are 24 minutes ahead. How would you like to use them?"
    )
    assert said[again : again + 3] == [
        "1. Carry on: we finish at about 15:06",
        "2. Stay with this a little longer",
        "3. Choose a different card",
    ]


def test_who_skips_the_offer_carries_on() -> None:
    assert Held().plain(ON, ON, SKIP).entered == [*FIRST_PHASE, "detour"]


def test_an_option_at_the_offer_is_followed_and_then_it_comes_again() -> None:
    held = Held().plain(ON, ON, PAUSE, ON)
    assert held.said.count(QUESTION) == 2


def test_less_than_three_minutes_are_not_offered() -> None:
    held = Held()
    assert held.plain(ON).after(5.5).plain(ON, ON).session.offered == ()
    assert held.entered == [*FIRST_PHASE, "comfort", "detour"]


def test_off_the_record_nothing_is_offered() -> None:
    assert QUESTION not in Held().plain(ON, OFF, ON).said


def test_within_a_phase_and_at_the_end_nothing_is_offered() -> None:
    held = Held().after(22).plain(ON, ON, ON, ON, ON)
    assert (held.session.offered, held.session.closed is None) == ((), False)


def test_minutes_that_were_offered_are_not_offered_again() -> None:
    held = Held().plain(ON, ON, ON).after(8).plain(ON).after(6).plain(ON)
    assert (held.session.offered, held.entered[-1]) == ((8,), "end")


def test_more_minutes_are_offered_once_more_but_not_after_the_very_next_phase() -> None:
    held = Held().plain(ON, ON, ON, ON)
    assert (held.session.offered, held.entered[-1]) == ((8,), "why")
    assert held.plain(ON, ON).session.offered == (8, 24)


def test_a_crash_before_they_have_chosen_offers_them_once_more_and_after_it_not() -> None:
    held = Held().plain(ON, ON)
    assert held.plain(ON, ON).session.offered == (8,)
    assert held.entered == [*FIRST_PHASE, "comfort", "detour"]
    assert held.plain(STOP).said.count(QUESTION) == 0


def test_where_nobody_is_asked_nothing_is_offered() -> None:
    held = Held()
    held.style = UNASKED
    assert held.plain(ON, ON, ON).entered == [*FIRST_PHASE, "detour", "why"]


def test_a_file_of_answers_is_offered_nothing(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("{}\n", encoding="utf-8")
    agenda = next((GOLDEN / "sessions").glob("*/agenda.yaml"))
    ran_in(tmp_path, "start", agenda, "--answers", tmp_path / "answers.yaml")
    (folder,) = (tmp_path / "sessions").iterdir()
    assert load_session(folder).closed
    assert load_session(folder).offered == ()


def test_a_golden_session_is_not_offered_the_same_minutes_again(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "home")
    (folder,) = (tmp_path / "home" / "sessions").iterdir()
    assert load_session(folder).offered == (8,)
