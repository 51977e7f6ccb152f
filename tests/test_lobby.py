"""What the lobby understands before the screen is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.building import first_session
from support.small_house import Guide
from support.terminals import FakeClock

from mentorwalk.engine.frontend import Command, Said, keep_no_draft
from mentorwalk.workflows.lobby import Lobby, StartOptions

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card, Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft


class Stubborn(Guide):
    """Says one thing, and remembers what was wrong with it; then keeps what is offered."""

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command:
        """Say it, then nothing."""
        self.tips.append(question.complaint)
        return super().ask(card, question, watch, keep_draft)


def length(typed: str) -> tuple[int, list[str]]:
    """Return the minutes that are understood, and the complaints before."""
    guide = Stubborn({"minutes": [Said(typed), Said(None)]})
    lobby = Lobby(guide, first_session(), FakeClock())  # It is 15:00.
    return lobby.minutes(StartOptions()), [tip for tip in guide.tips if tip]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("50", 50),
        ("55 min", 55),
        ("75 minutes", 75),
        ("1h", 60),
        ("an hour", 60),
        ("1h15", 75),
        ("1.25 hours", 75),
        ("4pm", 60),
        ("until 4:10 pm", 70),
        ("16:20", 80),
    ],
)
def test_minutes_are_understood_with_their_unit_and_as_a_time_of_day(
    typed: str, minutes: int
) -> None:
    assert length(typed) == (minutes, [])


def test_what_is_neither_is_told_of_both() -> None:
    both = (
        "A time of day would do, such as “15:00” or “3 pm”. "
        "Minutes would do too, such as “45 min” or “1h”."
    )
    assert length("a while") == (60, [both])
