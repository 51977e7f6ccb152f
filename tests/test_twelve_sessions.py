"""A whole mentorship with the bundled agendas: twelve sessions, from the first to the closing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import icalendar
import pytest
from support.building import ADA_AND_GRACE
from support.small_house import Guide
from support.terminals import FakeClock

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.documents.signoff import read_signoff
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Said
from mentorwalk.storage.library import Library
from mentorwalk.workflows.host import after_call
from mentorwalk.workflows.next_agenda import next_agenda
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.status import status_of

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import Reply
    from mentorwalk.workflows.runner import RunResult

DAY = 24 * 60 * 60
TOOL = """\
mentorwalk: 1
id: wheel
title: A wheel of our own
minutes: 20
phases:
  - id: all
    title: All of it
    short: All
    prompts:
      - id: wheel
        ask: Which part is round, and which is flat?
        record:
          - id: flat
            label: What is flat
documents:
  - template: summary.md.j2
    file: summary.md
"""
RENEWED = """\
mentorwalk: 1
id: renewed
title: What we change
minutes: 20
phases:
  - id: all
    title: All of it
    short: All
    prompts:
      - id: rhythm-again
        ask: How often do you meet from now on?
        record:
          - id: frequency
            label: How often
            type: select
            choices:
              - pick: Every week
                says: every week
              - pick: Every 2 weeks
                says: every two weeks
              - pick: Every 3-4 weeks
                says: every three to four weeks
              - pick: Once a month
                says: once a month
              - pick: As needed
                says: whenever one of us asks
            other: yes
      - id: agree
        ask: Does it read right to both of you?
        accept: yes
documents:
  - template: contract.md.j2
    file: contract.md
    accept: yes
"""


@dataclass
class Mentorship:
    """Two people over half a year, and what they found of their agreement after each meeting."""

    home: Path
    clock: FakeClock = field(default_factory=FakeClock)
    walked: list[RunResult] = field(default_factory=list)
    guide: Guide = field(default_factory=Guide)

    @property
    def runner(self) -> SessionRunner:
        """The runner of their home."""
        return SessionRunner(Library(self.home, self.home / "documents"), self.clock)

    def meets(
        self, wanted: str | None = None, decides: str = "both", **answers: Value
    ) -> RunResult:
        """Walk what follows, or another agenda, ten days after the meeting before."""
        if self.walked:
            self.clock.advance(10 * DAY)
            last = self.runner.store.finished(self.walked[-1].folder)
            script = next_agenda(self.runner, last, wanted, None)
        else:
            script = load_agenda(self.runner.library, "first-session", None)
        said: dict[str, list[Reply]] = {key: [Said(value)] for key, value in answers.items()}
        self.guide = Guide(said, decisions=[Said(decides)] * 3)
        chosen = plan(script.agenda, script.agenda.minutes)
        result = self.runner.begin(script, ADA_AND_GRACE, chosen, self.guide)
        self.walked.append(after_call(self.runner, result, self.guide))
        return self.walked[-1]

    def write(self, name: str, text: str) -> str:
        """Write an agenda of theirs, and return its path."""
        path = self.home.parent / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    @property
    def titles(self) -> list[str]:
        """The ids of the agendas that were walked."""
        return [each.session.agenda.id for each in self.walked]

    def document(self, name: str) -> str:
        """Return a document of the newest session."""
        folder = self.runner.library.documents_of(self.walked[-1].folder)
        return (folder / name).read_text(encoding="utf-8")

    @property
    def agreement(self) -> tuple[str, str]:
        """How the newest agreement stands, and its fingerprint."""
        signoff = read_signoff(self.document("contract.md"))
        return signoff.verdict, self.runner.agreement(self.walked[-1].session).fingerprint

    @property
    def invited_to(self) -> str:
        """The line with which the newest invitation begins."""
        (path,) = self.runner.library.documents_of(self.walked[-1].folder).glob("*.ics")
        (first, *_rest) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        return str(first["description"]).splitlines()[0].rpartition(",")[0]


@pytest.fixture
def pair(tmp_path: Path) -> Mentorship:
    """A pair whose first session is over, with an agreement that both accepted."""
    made = Mentorship(tmp_path / "home")
    made.meets(
        purpose="to lead a team one day",
        mentee_step="asks two people",
    )
    return made


def test_an_agreement_lasts_through_twelve_sessions_until_they_change_it(pair: Mentorship) -> None:
    kept = pair.agreement
    assert kept[0] == "accepted"
    for _ in range(5):
        invited = pair.invited_to
        assert pair.meets().session.agenda.title == invited
    assert pair.titles == ["first-session", "second-session", *["meeting"] * 4]
    pair.meets(pair.write("wheel.yaml", TOOL), flat="sleep")
    pair.meets("check-in", go_on="We go on as we are")
    assert pair.agreement == kept
    assert pair.runner.agreement(pair.walked[-1].session).state == "accepted"

    pair.meets(pair.write("renewed.yaml", RENEWED), "draft", frequency="Once a month")
    (proposal,) = pair.guide.proposals
    assert "We meet once a month" in proposal.text
    changed = pair.agreement
    assert (changed[0], changed[1] != kept[1]) == ("draft", True)
    pair.meets()
    pair.meets(pair.write("renewed.yaml", RENEWED))
    assert pair.agreement == ("accepted", changed[1])
    pair.meets("closing-session")
    assert len(pair.walked) == 12
    status = status_of(pair.runner, pair.walked[-1].folder, names=True)
    assert "Accepted by both of us on" in status
    assert "> to lead a team one day" in status
    assert "asks two people" in status
    assert "Next meeting" not in status


def test_who_comes_back_after_four_months_finds_each_step_with_its_day(pair: Mentorship) -> None:
    pair.clock.advance(120 * DAY)
    pair.meets("meeting")
    status = status_of(pair.runner, pair.walked[-1].folder, names=True)
    assert "- Grace: asks two people (since Sunday 22 November 2026)\n" in status
