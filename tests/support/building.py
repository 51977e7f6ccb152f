"""Small agendas and sessions, to keep tests short."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypedDict

from hypothesis import settings
from hypothesis import strategies as st

from mentorwalk.authoring import Source, agenda_from, read_source
from mentorwalk.domain.agenda import Agenda, Phase, Prompt
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.events import (
    Accepted,
    Answered,
    Closed,
    Done,
    Entered,
    Opened,
    Paused,
    Resumed,
    Skipped,
    Ticked,
)
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import Plan, plan
from mentorwalk.domain.session import Session
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role

ADA_AND_GRACE = People("Ada", "Grace", "mentor")
TODAY = date(2026, 11, 24)
"""A Tuesday."""
THREE_O_CLOCK = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
UNHURRIED = settings(deadline=None)
"""For hypothesis: a slow moment of the machine is no failure."""


def examples(share: float) -> int:
    """Return how many examples a law takes, as a share of the profile's: 50 in CI, 100 elsewhere.

    A law over whole agendas costs much, and takes a few; one over a line of text takes many.
    """
    return round(share * settings().max_examples)


@cache
def first_session() -> Agenda:
    """Return the bundled agenda."""
    return agenda_from(read_source(BUNDLED_AGENDAS / "first-session.yaml"))


def first_session_text() -> str:
    """Return the text of the bundled agenda."""
    return (BUNDLED_AGENDAS / "first-session.yaml").read_text(encoding="utf-8")


def agenda_written(text: str) -> Agenda:
    """Return an agenda from YAML."""
    return agenda_from(Source("agenda.yaml", text))


def agenda_of(*prompts: Prompt, minutes: int = 60) -> Agenda:
    """Return an agenda of one phase."""
    return agenda_in_phases(Phase("only", "The only one", "Only", prompts), minutes=minutes)


def agenda_in_phases(*phases: Phase, minutes: int = 60) -> Agenda:
    """Return an agenda of several phases."""
    return Agenda(mentorwalk=1, id="talk", title="A talk", minutes=minutes, phases=phases)


def session_of(agenda: Agenda, minutes: int = 0, people: People = ADA_AND_GRACE) -> Session:
    """Return a session that has just been opened, at three o'clock."""
    return session_planned(agenda, plan(agenda, minutes or agenda.minutes), people)


def session_planned(agenda: Agenda, chosen: Plan, people: People = ADA_AND_GRACE) -> Session:
    """Return a session with a given plan."""
    opened = Opened(**at(0), agenda=agenda.id, digest="0" * 64, people=people, plan=chosen)
    ends = THREE_O_CLOCK + timedelta(minutes=chosen.minutes)
    return Session.open(agenda, opened, ends)


def session_answered(agenda: Agenda, answers: dict[str, Value | None]) -> Session:
    """Return a session with every planned card done, and these answers."""
    session = session_of(agenda)
    session = session.apply_all(answered(field, value) for field, value in answers.items())
    return session.apply_all(done(card) for card in session.cards)


class Stamp(TypedDict):
    """The fields that every event has."""

    seq: int
    at: datetime
    elapsed: float


def at(elapsed: float) -> Stamp:
    """Return the time so many seconds after three o'clock, without a pause."""
    return {"seq": 0, "at": THREE_O_CLOCK + timedelta(seconds=elapsed), "elapsed": elapsed}


def entered(prompt: str, elapsed: float = 0) -> Entered:
    """Return the event of a card that was shown."""
    return Entered(**at(elapsed), prompt=prompt)


def answered(field: str, value: Value | None, elapsed: float = 0) -> Answered:
    """Return the event of an answer."""
    return Answered(**at(elapsed), field=field, value=value)


def done(prompt: str, elapsed: float = 0) -> Done:
    """Return the event of a card that was finished."""
    return Done(**at(elapsed), prompt=prompt)


def skipped(prompt: str, elapsed: float = 0) -> Skipped:
    """Return the event of a card that was skipped."""
    return Skipped(**at(elapsed), prompt=prompt)


def paused(elapsed: float = 0) -> Paused:
    """Return the event of a pause that began."""
    return Paused(**at(elapsed))


def resumed(ends: datetime, elapsed: float = 0) -> Resumed:
    """Return the event of a pause that ended."""
    return Resumed(**at(elapsed), ends=ends)


def ticked(elapsed: float = 0) -> Ticked:
    """Return the event of a tick of the clock."""
    return Ticked(**at(elapsed))


def our_agreement(session: Session) -> Agreement:
    """Return an agreement whose words do not matter."""
    return Agreement.of(session, "Our agreement")


def accepted(role: Role, fingerprint: str, elapsed: float = 0) -> Accepted:
    """Return the event of an acceptance."""
    return Accepted(**at(elapsed), role=role, how="said aloud", fingerprint=fingerprint)


def closed(elapsed: float = 0) -> Closed:
    """Return the event of the end."""
    return Closed(**at(elapsed))


@st.composite
def mutilated(draw: st.DrawFn, text: str) -> str:
    """Draw the text with some characters or lines deleted, doubled or put in."""
    strange = st.text(max_size=5) | st.text(":{}[]&*!|>'\"%@`#-?\\\n\t 0", min_size=1, max_size=5)
    for _ in range(draw(st.integers(1, 4))):
        units = text.splitlines(keepends=True) if draw(st.booleans()) else list(text)
        begin = draw(st.integers(0, len(units)))
        end = min(begin + draw(st.integers(0, 12)), len(units))
        middle = draw(st.sampled_from([[], units[begin:end] * 2]) | st.lists(strange, max_size=1))
        text = "".join([*units[:begin], *middle, *units[end:]])
    return text
