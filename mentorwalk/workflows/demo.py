"""The demo: a session that plays itself, with sample answers of two people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.engine.style import WalkStyle
from mentorwalk.workflows.rehearsal import with_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.rehearsal import RehearsalResult
    from mentorwalk.workflows.runner import SessionRunner

AGENDA, MINUTES = "first-session", 60
DEMO = WalkStyle(
    mark=N_("Demo: it plays itself, and nothing is kept"),
    disclaimer=N_("This is from a demo: nobody has agreed to anything."),
    unsaved=True,
)
TWO = People("Ada", "Grace", "mentor")
WORDS: Mapping[str, str] = {
    "purpose": "I want to lead my new team without doing everybody's work.",
    "offer": "two teams taken over, one of which went badly at first",
    "not_for": "how to get a budget in this house",
    "mentor_gain": "how people start out today",
    "mentee_wish": "listen before you advise",
    "mentor_promise": "say so when I don't know",
    "mentor_wish": "tell me when something doesn't help",
    "mentee_promise": "bring a real question",
    "frequency": "Every 2 weeks",
    "mentee_step": "asks two people in the team what they would like to decide alone",
    "mentee_when": "when the Thursday meeting ends",
    "mentor_step": "sends the list of questions that helped back then",
    "next_time": "15:00",
    "takes.mentor": "I talked less than I feared",
    "takes.mentee": "I may ask before I carry",
}
"""What is typed, by answer id; every other answer is the default."""


@dataclass
class DemoClock:
    """A clock that moves only when the player advances it."""

    began: datetime
    seconds: float = 0.0

    def now(self) -> datetime:
        """Return the time of day in the demo."""
        return self.began + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        """Return the seconds since the demo began."""
        return self.seconds

    def zone(self) -> str:
        """Return no time zone: the demo takes place nowhere."""
        return ""

    def advance(self, seconds: float) -> None:
        """Move the clock on by some seconds."""
        self.seconds += seconds


def play(
    runner: SessionRunner,
    script: LoadedAgenda,
    clock: DemoClock,
    frontend: Callable[[dict[str, Value]], Frontend],
) -> RehearsalResult:
    """Walk a session with the sample answers, and keep nothing.

    `frontend` makes a frontend that types the answers it is given.
    """
    answers = sample_answers(script.agenda, clock)
    chosen = plan(script.agenda, MINUTES)
    result = runner.begin_unsaved(script, TWO, chosen, frontend(answers), DEMO)
    return with_documents(runner, result, DEMO.disclaimer)


def sample_answers(agenda: Agenda, clock: DemoClock) -> dict[str, Value]:
    """Return the sample answers that fit an agenda, by answer id."""
    answers: dict[str, Value] = {}
    names = {"mentor": TWO.mentor, "mentee": TWO.mentee}
    for key, typed in WORDS.items():
        field = agenda.answerable.get(key)
        try:
            value = parse_answer(field, typed, clock.now().date(), names) if field else None
        except Unreadable:
            value = None
        if value is not None:
            answers[key] = value
    return answers
