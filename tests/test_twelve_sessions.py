"""A whole mentorship with the bundled agendas: twelve sessions, from the first to the closing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import icalendar
import pytest
from support.building import ADA_AND_GRACE
from support.small_house import Guide
from support.terminals import CTRL_U, ENTER, FakeClock, fed

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.documents.signoff import read_signoff
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import EditLine, Said, keep_no_draft
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.storage.library import Library
from mentorwalk.workflows.after_break import long_break
from mentorwalk.workflows.host import after_call
from mentorwalk.workflows.next_agenda import next_agenda
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.status import status_of

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import (
        AcceptSheet,
        ClockView,
        Command,
        Interrupted,
        KeepDraft,
        Proposal,
        Reply,
        Talked,
    )
    from mentorwalk.workflows.runner import RunResult

pytestmark = pytest.mark.slow

DAY = 24 * 60 * 60
TALL = 60
"""Rows in which an agreement is read at one look."""
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


@dataclass
class Settling(Guide):
    """A guide who also opens the lines of a sheet that have a planned answer."""

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Open the next planned line, else keep the sheet."""
        planned = (number for number, line in enumerate(sheet) if self.answers.get(line.id))
        return next(map(EditLine, planned), None) or super().settle(card, sheet, watch)


@dataclass
class AtTheKeyboard(Settling):
    """The same guide at the live screen: each reply is pressed there, key by key."""

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Press Enter when they have talked."""
        with fed(ENTER, rows=TALL):
            return pressed(super().talk(card, watch), LiveFrontend().talk(card, watch))

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command:
        """Type the answer, or choose it by its digit; Enter alone keeps what stands."""
        planned = super().ask(card, question, watch)
        value = planned.value if isinstance(planned, Said) else None
        keys = ""
        if value != question.value and question.options:
            keys = f"{[each.pick for each in question.options].index(str(value)) + 1}"
        elif value != question.value:
            keys = f"{CTRL_U}{value}"
        with fed(f"{keys}{ENTER}", rows=TALL):
            return pressed(planned, LiveFrontend().ask(card, question, watch, keep_draft))

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Type the number of a line, or keep all."""
        planned = super().settle(card, sheet, watch)
        keys = f"{planned.line + 1}" if isinstance(planned, EditLine) else ""
        with fed(f"{keys}{ENTER}", rows=TALL):
            return pressed(planned, LiveFrontend().settle(card, sheet, watch))

    def decide(self, card: Card, proposal: Proposal, watch: ClockView | None) -> Said:
        """Read the agreement, and decide by a digit: the first leaves it as it is."""
        planned = super().decide(card, proposal, watch)
        with fed(f"{ENTER}{1 if planned == proposal.unchanged else 2}", rows=TALL):
            return pressed(planned, LiveFrontend().decide(card, proposal, watch))


T = TypeVar("T")


def pressed(planned: T, reply: object) -> T:
    """Return a planned reply, once the keys for it have given it on the live screen."""
    assert reply == planned
    return planned


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
        self, wanted: str | None = None, decides: str = "both", *, live: bool = False, **said: Value
    ) -> RunResult:
        """Walk what follows, or another agenda, ten days after the meeting before."""
        if self.walked:
            self.clock.advance(10 * DAY)
            last = self.runner.store.finished(self.walked[-1].folder)
            script = next_agenda(self.runner, last, wanted, None)
        else:
            script = load_agenda(self.runner.library, "first-session", None)
        answers: dict[str, list[Reply]] = {key: [Said(value)] for key, value in said.items()}
        guide = AtTheKeyboard if live else Settling
        self.guide = guide(answers, decisions=[Said(decides)] * 3)
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
        mentee_step="ask two people",
    )
    return made


def test_an_agreement_lasts_through_twelve_sessions_until_they_change_it(pair: Mentorship) -> None:
    """Every second session is walked at the live screen."""
    kept = pair.agreement
    assert kept[0] == "accepted"
    for number in range(5):
        invited = pair.invited_to
        assert pair.meets(live=number % 2 == 0).session.agenda.title == invited
    assert pair.titles == ["first-session", "second-session", *["meeting"] * 4]
    pair.meets(pair.write("wheel.yaml", TOOL), flat="sleep")
    pair.meets("check-in", live=True, go_on="We go on as we are")
    assert pair.agreement == kept
    assert pair.runner.agreement(pair.walked[-1].session).state == "accepted"

    pair.meets("after-a-break", "draft", live=True, frequency="Once a month")
    (proposal,) = pair.guide.proposals
    assert "We meet once a month" in proposal.text
    changed = pair.agreement
    assert (changed[0], changed[1] != kept[1]) == ("draft", True)
    pair.meets()
    pair.meets("after-a-break", live=True)
    assert pair.agreement == ("accepted", changed[1])
    pair.meets("closing-session")
    assert len(pair.walked) == 12
    status = status_of(pair.runner, pair.walked[-1].folder, names=True)
    assert "Accepted by both of us on" in status
    assert "> to lead a team one day" in status
    assert "ask two people" in status
    assert "Next meeting" not in status


def test_who_comes_back_after_four_months_begins_smaller_and_finds_each_step(
    pair: Mentorship,
) -> None:
    kept = pair.agreement
    pair.clock.advance(112 * DAY)
    found = long_break(pair.runner, pair.runner.store.finished(pair.walked[-1].folder))
    assert found is not None
    offered = [(agenda.title, agenda.minutes) for agenda in found.agendas.values()]
    assert offered == [("After a break", 30), ("Second mentoring session", 60)]
    session = pair.meets("after-a-break").session
    (step,) = (session.item_of(each) for each in session.agenda.fields.values() if each.item)
    assert step
    assert step.in_words(session.names) == "Grace, since 22 November: ask two people"
    assert (pair.agreement, pair.invited_to) == (kept, "Second mentoring session")
    status = status_of(pair.runner, pair.walked[-1].folder, names=True)
    assert "- Grace: ask two people (since Sunday 22 November 2026)\n" in status


def test_after_a_break_a_smaller_rhythm_is_agreed_on_at_once(pair: Mentorship) -> None:
    kept = pair.agreement
    pair.meets("after-a-break", frequency="Once a month")
    (proposal,) = pair.guide.proposals
    assert "What changed: how we meet." in proposal.text
    assert (pair.agreement[0], pair.agreement[1] != kept[1]) == ("accepted", True)


def test_after_a_break_two_people_can_say_that_it_ends(pair: Mentorship) -> None:
    pair.meets("after-a-break", go_on="We bring it to a good end")
    assert pair.invited_to == "A good early end"
