"""Sessions built from events: Ada is the mentor, Grace the mentee, and the day is a Tuesday."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from mentorwalk.authoring import Source, agenda_from, read_source
from mentorwalk.documents import Renderer
from mentorwalk.domain.answer_parsing import default_of
from mentorwalk.domain.events import (
    Accepted,
    Answered,
    Closed,
    Done,
    Entered,
    Event,
    Opened,
    Pulled,
    Skipped,
)
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.engine.frontend import keep_no_draft
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.library import BUNDLED_AGENDAS, BUNDLED_TEMPLATES
from support.agendas import yaml_text
from support.building import ADA_AND_GRACE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.frontend import ClockView, Command, Frontend, KeepDraft, Said, Talked

WARSAW = "Europe/Warsaw"
START = datetime(2026, 11, 24, 15, 0, tzinfo=timezone(timedelta(hours=1)))
FIRST_SESSION = agenda_from(read_source(BUNDLED_AGENDAS / "first-session.yaml"))
BUNDLED = Renderer((BUNDLED_TEMPLATES,))

USUAL: Mapping[str, Value] = {
    "purpose": "I want to lead my new team without doing everybody's work in the evening. "
    "I don't know yet whether that is about saying no.",
    "offer": "Two teams taken over from the inside, one of which went badly at first",
    "not_for": "pay talks in Grace's company",
    "mentor_gain": "how people start out as leaders today",
    "mentee_wish": "tell me what went wrong for you, too",
    "mentor_promise": "say so when I don't know",
    "mentor_wish": "stop me when I talk too much",
    "mentee_promise": "bring a real question",
    "contact_person": "our mentoring team (mentoring@example.org)",
    "mentee_step": "ask two people in her team what they would like her to decide.",
    "mentee_when": "when the Thursday stand-up ends",
    "mentor_step": "send the name of the book on delegating",
    "next_time": "15:00",
    "takes.mentee": "that I may ask before I carry.",
    "takes.mentor": "to listen for longer",
    "come_back.mentor": 9,
}
"""What Ada and Grace write down in an ordinary first session."""
LINES = [
    key
    for card in plan(FIRST_SESSION, FIRST_SESSION.minutes)
    for line in FIRST_SESSION.prompts[card].fields
    for key in line.answer_ids
]
"""Everything that can be written down in an hour, by answer id, in its order."""
HALF: Mapping[str, Value | None] = {**USUAL, **dict.fromkeys(LINES[1::2])}
"""The same, but with every second line empty, or its default removed."""
AWKWARD: Mapping[str, Value] = {
    "purpose": "# Big plans\n- lead *without* burning out\n1. say <b>no</b>\n\n"
    "and [sleep](https://example.org) | rest",
    "offer": "> I managed 2 * 3 teams & wrote my_first_plan.txt",
    "not_for": "```\npay talks\n```",
    "mentor_gain": "Whether #1 is ~~never~~ late.\n- And why",
    "mentee_wish": "say “no”.",
    "mentor_promise": "answer.\nEven late!",
    "mentor_wish": '"{mentee}, wait | stop & think..."',
    "mentee_promise": "say “no” before I am tired, " * 9 + "and bring the topic",
    "frequency": "Every *other* Tuesday.",
    "length": 90,
    "format": "In the café | room 3",
    "duration": "until the end of May, or for longer if it goes well, which we both hope.",
    "contact_between": "writes to <carrier@pigeon.example>, or\n# by post.",
    "response": "When the child sleeps: mostly after 21:00",
    "mentee_does": (
        "{mentee} arranges our dates, and sends a topic two days ahead",
        "We swap on Fridays; at night, too!",
        "1. No homework, *ever*",
    ),
    "mentor_does": ("# No title, please",),
    "both_do": (
        "Before we part, we say what helped",
        "[x] who is late brings [cake](https://example.org) | and {{ coffee }}.",
        "- “Not now” is enough",
    ),
    "contact_person": "<b>Hedy</b> & the\n# team | hedy@example.org.",
    "mentee_step": "ask {mentor} & two people\n===",
    "mentee_when": "When ~~soon~~ is over | or at 8:00.",
    "mentor_step": "![a](b) sends {mentee} the {{ link }} {% x %}",
    "next_day": "2026-12-15",
    "next_time": "23:30",
    "takes.mentee": "多谢！ شكرا 🎉\nand # no heading",
    "takes.mentor": "---",
}
"""Answers that mean something in Markdown or in a template, are long, or have several lines."""
AWKWARD_PEOPLE = People("[red]Ada[/]", "Gräce *O'Neil*", "mentor")

OWN_AGENDA = yaml_text("check-in")
"""A facilitator's own agenda, with fields that no bundled template knows."""


class StoppedClock:
    """A clock that never moves."""

    def now(self) -> datetime:
        """Return the time at which every session here begins."""
        return START

    def monotonic(self) -> float:
        """Return 0: no second goes by."""
        return 0.0

    def zone(self) -> str:
        """Return the time zone of these sessions."""
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
    pulled: Collection[str] = (),
    minutes: int | None = None,
    people: People = ADA_AND_GRACE,
    accepted: Renderer | None = None,
    zone: str = WARSAW,
) -> Story:
    """Walk a session to its end: each card takes its time, and defaults are kept."""
    story = opened(agenda, minutes=minutes, people=people, zone=zone)
    for card in pulled:
        story.happens(Pulled, prompt=card)
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
    """Let people accept the current agreement."""
    fingerprint = renderer.agreement(story.session).fingerprint
    for role in roles:
        story.happens(Accepted, role=role, how="typed yes at the keyboard", fingerprint=fingerprint)


def rendered(story: Story, file: str, renderer: Renderer = BUNDLED) -> str:
    """Render one document of a session."""
    document = next(d for d in story.session.agenda.documents if d.file == file)
    return renderer.text(story.session, document, renderer.agreement(story.session))


def with_template(folder: Path, name: str, text: str) -> Renderer:
    """Return a renderer with a template of one's own before the bundled ones."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return Renderer((folder, BUNDLED_TEMPLATES))


def _card(story: Story, prompt: Prompt, answers: Mapping[str, Value | None], *, skip: bool) -> None:
    story.happens(Entered, prompt=prompt.id)
    seconds = round(story.session.allotted[prompt.id])
    if skip:
        story.happens(Skipped, prompt=prompt.id)
        return
    for key, value, private in _said(story, prompt, answers):
        story.happens(Answered, field=key, value=value, private=private)
    story.happens(Done, seconds, prompt=prompt.id)


def _said(
    story: Story, prompt: Prompt, answers: Mapping[str, Value | None]
) -> Iterator[tuple[str, Value, bool]]:
    for line in prompt.fields:
        for key in line.answer_ids if story.session.asks(line) else ():
            value = answers.get(key, default_of(line, START.date()))
            if value is not None:
                yield key, value, line.private


# --- Walked by the program itself


@dataclass
class TalkClock(StoppedClock):
    """A clock that runs only while people talk."""

    seconds: float = 0.0

    def now(self) -> datetime:
        """Return the time of day."""
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        """Return the seconds that were talked."""
        return self.seconds


@dataclass
class Talkers(ScriptedFrontend):
    """Two people who talk for as long as was planned, and write down the given answers."""

    clock: TalkClock = field(default_factory=TalkClock)

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command:
        """Talk for as long as was planned."""
        self._take_time(watch)
        return super().talk(card, watch)

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said:
        """Answer; where that is done while they talk, the first answer takes the card's time."""
        if card.in_talk and question.place[0] == 1:
            self._take_time(watch)
        return super().ask(card, question, watch, keep_draft)

    def _take_time(self, watch: ClockView | None) -> None:
        self.clock.seconds += watch.reading().card_planned if watch else 0


def really_walked(values: Mapping[str, Value | None], people: People = ADA_AND_GRACE) -> Session:
    """Walk the first session as the program does, in an hour."""
    talkers = Talkers(values)
    return _walk(talkers, talkers.clock, people)


def really_skipped() -> Session:
    """Skip every card of the first session, as it is typed."""
    skips = io.StringIO("/skip\n" * len(opened().session.cards))
    return _walk(PlainFrontend(skips, io.StringIO()), StoppedClock(), ADA_AND_GRACE)


def _walk(frontend: Frontend, clock: StoppedClock, people: People) -> Session:
    event = opened(people=people).session.opened
    session = Session.open(FIRST_SESSION, event, START + timedelta(hours=1))
    walk = Walk(session, MemoryJournal(), frontend, clock, BUNDLED.agreement)
    assert walk.run() is Ending.CLOSED
    return walk.session
