"""A card, a question of each type, and a watch for it, as a frontend is given them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.card import Card
from mentorwalk.domain.card import PhaseState as PhaseStep
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.question import Question
from mentorwalk.domain.timing import Reading
from support.terminals import (
    FakeClock,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.answers import Value


TODAY = date(2026, 11, 22)
STEPS = (PhaseStep("Hello", "done"), PhaseStep("Know", "now"), PhaseStep("Close", "ahead"))
CARD = Card(
    ask="What brings you here?",
    title="First mentoring session",
    people="Ada (mentor) · Grace (mentee)",
    steps=STEPS,
    speaks="Grace speaks, Ada listens",
    place="2 of 5",
    opens=True,
)
WRITES = replace(CARD, types_through=True)
DAYS = tuple(map(Choice, ("Every week", "Every month", "As needed")))
TEXT = Field("purpose", "Purpose")
ITEMS = Field("topics", "Topics", type="list", max=3)
RHYTHM = Field("frequency", "How often", type="select", choices=DAYS)
OWN = replace(RHYTHM, other=True)
BOXES = Field("days", "Which", type="checkbox", choices=DAYS)
SURE = Field("sure", "Sure?", type="confirm")
LENGTH = Field("length", "How long", type="number", min=15, max=180, unit="minutes")
LIKING = Field("liking", "How much", type="scale")
DAY = Field("day", "Next meeting", type="date")
HOUR = Field("hour", "At", type="time")


def kind(field: Field) -> str:
    """Return the kind of a prompt."""
    return f"{field.type} own" if field.other else field.type


@dataclass
class Wrist:
    """A watch that a test sets."""

    hands: Callable[[], int] = lambda: 1
    """The seconds that this card has lasted."""
    pulses: int = 0

    def reading(self) -> Reading:
        """Look where the hands are."""
        ends = FakeClock().began + timedelta(minutes=50)
        return Reading(self.hands(), 120, 100 + self.hands(), 600, 700, 3600, ends, 0.0, 0.0)

    def pulse(self) -> None:
        """Count."""
        self.pulses += 1


def put(field: Field, value: Value | None = None, draft: str | None = None) -> Question:
    """Return a question to Ada and Grace."""
    names = {"mentor": "Ada", "mentee": "Grace"}
    return Question(field.id, field, field.label, TODAY, names, value, draft)
