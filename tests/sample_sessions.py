"""Sessions built from events: Ada is the mentor, Grace the mentee, and the day is a Tuesday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from mentorwalk.agenda import plan
from mentorwalk.answers import usual
from mentorwalk.authoring import Source, agenda_from, load_agenda
from mentorwalk.documents import Renderer
from mentorwalk.library import BUNDLED_AGENDAS, BUNDLED_TEMPLATES
from mentorwalk.session import (
    Accepted,
    Answered,
    Closed,
    Done,
    Entered,
    Event,
    Opened,
    People,
    Session,
    Skipped,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from mentorwalk.agenda import Agenda, Prompt, Role
    from mentorwalk.answers import Value

ADA_AND_GRACE = People("Ada", "Grace", "mentor")
WARSAW = "Europe/Warsaw"
START = datetime(2026, 11, 24, 15, 0, tzinfo=timezone(timedelta(hours=1)))
FIRST_SESSION = load_agenda(BUNDLED_AGENDAS / "first-session.yaml")[0]
BUNDLED = Renderer((BUNDLED_TEMPLATES,))

USUAL: Mapping[str, Value] = {
    "purpose": "I want to lead my new team without doing everybody's work in the evening. "
    "I don't know yet whether that is about saying no.",
    "offer": "Two teams taken over from the inside, one of which went badly at first",
    "not_for": "pay talks in Grace's company",
    "mentee_step": "asks two people in her team what they would like her to decide.",
    "mentee_when": "when the Thursday stand-up ends",
    "mentor_step": "sends the name of the book on delegating",
    "next_time": "15:00",
    "takes.mentee": "that I may ask before I carry.",
    "takes.mentor": "to listen for longer",
    "come_back.mentor": 9,
}
"""What Ada and Grace write down in an ordinary first session."""

OWN_AGENDA = """\
mentorwalk: 1
id: check-in
title: Check-in
minutes: 30
phases:
  - id: look-back
    title: Look back
    short: Back
    prompts:
      - id: since-then
        ask: |
          What happened since we met?
        record:
          - id: news
            label: What is new
          - id: mood
            label: Mood
            private: yes
          - id: worries
            label: Worries
            type: list
      - id: rhythm
        ask: |
          How often do we meet?
        settle:
          - id: frequency
            label: How often
            default: every month
        clause:
          heading: How we meet
          says: |
            We meet {frequency}.
documents:
  - template: summary.md.j2
    file: summary.md
  - template: contract.md.j2
    file: contract.md
    accept: yes
"""
"""A facilitator's own agenda, with fields that no bundled template knows."""


class StoppedClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """The time at which every session here begins."""
        return START

    def monotonic(self) -> float:
        """No second goes by."""
        return 0.0

    def zone(self) -> str:
        """Where these sessions are held."""
        return WARSAW


@dataclass
class Story:
    """A session, and the events that led to it."""

    session: Session
    events: list[Event]

    def happens(self, kind: type[Event], seconds: int = 0, **details: Any) -> None:
        """Let something happen, so many seconds after what happened before."""
        elapsed = self.session.elapsed + seconds
        at = START + timedelta(seconds=elapsed)
        event = kind(seq=len(self.events), at=at, elapsed=elapsed, **details)
        self.events.append(event)
        self.session = self.session.apply(event)


def own_agenda(text: str = OWN_AGENDA) -> Agenda:
    """Read a facilitator's agenda."""
    return agenda_from(Source("own.yaml", text))


def opened(
    agenda: Agenda = FIRST_SESSION,
    *,
    minutes: int | None = None,
    people: People = ADA_AND_GRACE,
    templates: tuple[str, ...] = (),
    zone: str = WARSAW,
) -> Story:
    """Open a session."""
    event = Opened(
        seq=0,
        at=START,
        elapsed=0.0,
        agenda=agenda.id,
        digest="0" * 64,
        people=people,
        plan=plan(agenda, minutes or agenda.minutes),
        templates=templates,
        zone=zone,
    )
    return Story(Session.open(agenda, event, START), [event])


def walked(
    answers: Mapping[str, Value | None] | None = None,
    agenda: Agenda = FIRST_SESSION,
    *,
    skipped: Collection[str] = (),
    unreached: Collection[str] = (),
    minutes: int | None = None,
    people: People = ADA_AND_GRACE,
    accepted: Renderer | None = None,
    zone: str = WARSAW,
) -> Story:
    """Walk a session to its end: each card takes its time, what is usual is kept."""
    story = opened(agenda, minutes=minutes, people=people, zone=zone)
    for card in story.session.cards:
        if card not in unreached:
            _card(story, agenda.prompts[card], answers or {}, skip=card in skipped)
        if accepted and agenda.prompts[card].accept:
            accept(story, accepted)
    story.happens(Closed)
    return story


def accept(
    story: Story, renderer: Renderer, roles: Collection[Role] = ("mentor", "mentee")
) -> None:
    """Let people accept the agreement as it stands."""
    mark = renderer.agreement_mark(story.session)
    for role in roles:
        story.happens(Accepted, role=role, how="typed yes at the keyboard", mark=mark)


def rendered(story: Story, file: str, renderer: Renderer = BUNDLED) -> str:
    """Render one document of a session."""
    document = next(d for d in story.session.agenda.documents if d.file == file)
    return renderer.text(story.session, document)


def with_template(folder: Path, name: str, text: str) -> Renderer:
    """Put a template of one's own before the bundled ones."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return Renderer((folder, BUNDLED_TEMPLATES))


def _card(story: Story, prompt: Prompt, answers: Mapping[str, Value | None], *, skip: bool) -> None:
    story.happens(Entered, prompt=prompt.id)
    seconds = story.session.opened.plan.seconds[prompt.id]
    if skip:
        story.happens(Skipped, prompt=prompt.id)
        return
    for key, value, private in _said(story, prompt, answers):
        story.happens(Answered, field=key, value=value, private=private)
    story.happens(Done, seconds, prompt=prompt.id)


def _said(
    story: Story, prompt: Prompt, answers: Mapping[str, Value | None]
) -> Iterator[tuple[str, Value, bool]]:
    for field in prompt.fields:
        seen = usual(field, START.date()) if field in prompt.settle else None
        for key in field.answer_ids if story.session.asks(field) else ():
            value = answers.get(key, seen)
            if value is not None:
                yield key, value, field.private
