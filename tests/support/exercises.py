"""A small exercise, and sessions that it joins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import Phase, Prompt
from mentorwalk.domain.carryover import carried_into
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.events import ExerciseJoined
from mentorwalk.domain.exercises import Exercise, renamed_in, slots_of, within
from mentorwalk.domain.fields import Field
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.values import ByItem
from support.agendas import yaml_text
from support.building import agenda_in_phases, agenda_written
from support.chains import then

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.session import Session

TEXT = yaml_text("wheel")
WHEEL = agenda_written(TEXT)
STEP = Field("mentee_step", "{mentee}'s small step", by="mentee", step=True)
TOPIC_FIELD = Field("topic", "Topic", "list")
TOPIC = Prompt("topic", "What is it today?", minutes=10, record=(TOPIC_FIELD,))
MEETING = replace(
    agenda_in_phases(
        Phase("talk", "Talk", "Talk", (TOPIC, Prompt("more", "What else?", minutes=20))),
        Phase("end", "End", "End", (Prompt("step", "Your step?", minutes=30, record=(STEP,)),)),
    ),
    documents=(Document("summary.md.j2", "summary.md"),),
)
"""A session with a field that the exercise asks as well, and one whose id means something else."""
SAID: Mapping[str, Value | None] = {
    "own": ("Skills", "Rest"),
    "now": ByItem((("Skills", 7), ("Rest", 2))),
    "ready": "Yes",
    "area": "Rest",
    "topic": "The evenings",
    "mentee_step": "leave at six",
}
"""What is said in the exercise, by its own ids."""


@dataclass(frozen=True)
class Known:
    """A place where some exercises are known."""

    exercises: tuple[Exercise, ...] = (Exercise(WHEEL, TEXT, "0" * 64),)
    before: Mentorship | None = None

    def all(self) -> Sequence[Exercise]:
        """Return them."""
        return self.exercises

    def mentorship(self, _session: Session) -> Mentorship | None:
        """Return what came before."""
        return self.before


def with_wheel(
    session: Session,
    before: Mentorship | None = None,
    dropped: tuple[str, ...] = (),
    exercise: Agenda = WHEEL,
) -> Session:
    """Return a session that the exercise joins, after its current card."""
    renamed = renamed_in(WHEEL, session.agenda.fields, before.fields if before else {})
    return then(
        session,
        ExerciseJoined,
        agenda="wheel",
        digest="0" * 64,
        file="exercise-1.yaml",
        after=session.current or session.cards[0],
        plan=slots_of(WHEEL, 20),
        dropped=dropped,
        renamed=renamed,
        carried=carried_into(within(WHEEL), renamed, before) if before else CarryOver(),
        exercise=exercise,
    )
