"""A chain of meetings on disk: what is decided at the end of one is what the next command walks."""

from __future__ import annotations

import io
import json
import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from support.agendas import yaml_text
from support.building import ADA_AND_GRACE
from support.small_house import Guide
from support.terminals import FakeClock, fed

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.domain.date_parsing import parse_past_day
from mentorwalk.domain.errors import InputError, Unreadable
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Action, Command, Said
from mentorwalk.engine.style import Ending
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.library import Library
from mentorwalk.workflows.after_break import long_break
from mentorwalk.workflows.came_after import (
    goes_on_from,
    goes_on_with,
    left_open,
    met_since,
    met_so_far,
)
from mentorwalk.workflows.going_on import GoingOn, going_on
from mentorwalk.workflows.host import after_call, note_meeting
from mentorwalk.workflows.lobby import StartOptions
from mentorwalk.workflows.next_agenda import as_noted, next_agenda
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.workflows.runner import RunResult
    from mentorwalk.workflows.sessions import StoredSession

DAY = 24 * 60 * 60
MEETING = yaml_text("meeting")
UNASKED = "".join(re.split(r"      - id: kind\n(?:  .*\n)+", MEETING))
"""The same without the question what kind of meeting comes next."""
SECOND = yaml_text("second")
LAST = SECOND.replace("The second", "The last")
PREPARED = """\
prepare:
  mentee:
    - id: topic
      label: Your topic
phases:
"""


@dataclass
class Pairing:
    """Two people who meet again and again, with agendas of a facilitator."""

    home: Path
    ours: Path
    clock: FakeClock = field(default_factory=FakeClock)
    guide: Guide = field(default_factory=Guide)
    """The frontend of the last session."""

    @property
    def runner(self) -> SessionRunner:
        """The runner of their home."""
        return SessionRunner(Library(self.home, self.home / "documents"), self.clock)

    def write(self, name: str, text: str) -> Path:
        """Write an agenda."""
        self.ours.mkdir(exist_ok=True)
        path = self.ours / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def meets(self, agenda: str, **answers: Value) -> RunResult:
        """Begin with an agenda."""
        return self.walk(load_agenda(self.runner.library, str(self.ours / agenda), None), answers)

    def meets_again(self, last: RunResult, days: int = 0, **answers: Value) -> RunResult:
        """Walk what comes next, so many days later."""
        self.clock.advance(days * DAY)
        return self.walk(self.script(last), answers)

    def script(self, last: RunResult, wanted: str | None = None) -> LoadedAgenda:
        """Return what comes next."""
        found = self.runner.store.finished(last.folder)
        return next_agenda(self.runner, found, wanted, None)

    def walk(self, script: LoadedAgenda, answers: dict[str, Value]) -> RunResult:
        """Walk an agenda to its end, and on to the page after the call."""
        self.guide = Guide({key: [Said(value)] for key, value in answers.items()})
        chosen = plan(script.agenda, script.agenda.minutes)
        result = self.runner.begin(script, ADA_AND_GRACE, chosen, self.guide)
        return after_call(self.runner, result, self.guide)

    def refused(self, last: RunResult) -> str:
        """Return what is said instead of walking on."""
        with pytest.raises(InputError) as told:
            self.script(last)
        return str(told.value)


@pytest.fixture
def pair(tmp_path: Path) -> Pairing:
    made = Pairing(tmp_path / "home", tmp_path / "ours")
    made.write("meeting", MEETING)
    made.write("half-way", SECOND.replace("The second", "Half-way"))
    made.write(
        "closing",
        SECOND.replace("The second", "The last").replace("\nphases", "\nnext: none\nphases"),
    )
    return made


def invitation(met: RunResult) -> list[Any]:
    """The entries of the invitation to the next meeting."""
    assert met.written is not None
    (path,) = [path for path in met.written.files if path.suffix == ".ics"]
    return icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def closing(met: RunResult) -> dict[str, object]:
    """The last line of a session's journal."""
    line = (met.folder / "session.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    closed: dict[str, object] = json.loads(line)
    return closed


def test_what_the_two_choose_is_kept_and_everything_else_reads_it(pair: Pairing) -> None:
    met = pair.meets("meeting.yaml", day="2026-12-06", kind="Half-way")
    assert (closing(met)["event"], closing(met)["next"]) == ("closed", "half-way")
    assert str(invitation(met)[0]["description"]).startswith("Half-way, 20 minutes\n")
    then = f"Next time: Half-way, with `mentorwalk next --home {pair.home}`."
    assert then in pair.guide.asked["send"].help
    assert pair.meets_again(met).session.agenda.title == "Half-way"


def test_what_is_meant_for_a_break_is_no_choice_when_the_two_plan(pair: Pairing) -> None:
    pair.write("fresh-start", SECOND)
    titles = load_agenda(pair.runner.library, str(pair.ours / "meeting.yaml"), None).facts.titles
    assert list(titles) == ["closing", "half-way", "meeting"]


def test_the_choice_is_read_by_its_title_in_documents(pair: Pairing) -> None:
    met = pair.meets("meeting.yaml", kind="Half-way")
    assert met.written is not None
    assert "Next time: Half-way." in met.written.files[0].read_text(encoding="utf-8")


def test_a_list_decides_by_itself_as_the_agreed_time_goes_by(pair: Pairing) -> None:
    pair.write(
        "meeting",
        MEETING.partition("      - id: kind\n")[0] + MEETING[MEETING.index("meeting:\n  date") :],
    )
    met = pair.meets("meeting.yaml", lasting="6 months", day="2026-12-06")
    walked = [met]
    for _ in range(4):
        walked.append(pair.meets_again(walked[-1], 40))
    assert [(each.session.agenda.id, closing(each)["next"]) for each in walked] == [
        ("meeting", "meeting"),
        ("meeting", "meeting"),
        ("meeting", "half-way"),
        ("second", "half-way"),
        ("second", "half-way"),
    ]


def test_a_session_that_names_nothing_leaves_what_was_decided(pair: Pairing) -> None:
    pair.write("wheel", SECOND.replace("The second", "A wheel"))
    met = pair.meets("meeting.yaml", kind="Half-way")
    wheel = pair.walk(pair.script(met, str(pair.ours / "wheel.yaml")), {})
    assert closing(wheel)["next"] == "half-way"
    assert pair.meets_again(wheel).session.agenda.title == "Half-way"


def test_after_the_last_meeting_the_day_is_told_and_how_to_open_another(pair: Pairing) -> None:
    met = pair.meets("closing.yaml")
    assert "Next time" not in pair.guide.asked["send"].help
    assert pair.refused(met) == (
        f"You closed on 22 November. `mentorwalk next --agenda NAME --home {pair.home}` opens "
        f"another meeting; `mentorwalk agenda list --home {pair.home}` shows which there are."
    )


def test_an_agenda_that_is_not_there_is_told_and_the_invitation_says_the_day_alone(
    pair: Pairing,
) -> None:
    (pair.ours / "closing.yaml").unlink()
    pair.write("meeting", UNASKED)
    met = pair.meets("meeting.yaml", day="2026-12-06", go_on="We begin to close")
    assert "description" not in invitation(met)[0]
    assert pair.guide.asked["send"].help.endswith(
        "There is no agenda `closing` here, so the invitation says only when you meet."
    )


def test_a_journal_from_before_decisions_were_kept_goes_by_its_agenda(pair: Pairing) -> None:
    met = pair.meets("closing.yaml")
    journal = met.folder / "session.jsonl"
    journal.write_text(
        journal.read_text(encoding="utf-8").replace(',"next":"none"', ""), encoding="utf-8"
    )
    assert load_session(met.folder).closed != met.session.closed
    assert pair.refused(met).startswith("You closed on 22 November.")


def test_what_may_follow_and_what_came_before_is_read_back_with_the_session(pair: Pairing) -> None:
    first = pair.meets("meeting.yaml", lasting="6 months", kind="An ordinary meeting")
    second = pair.meets_again(first, 30)
    assert load_session(second.folder) == second.session
    assert second.session.opened.facts.meetings == 1
    assert second.session.agenda.fields["kind"].choices


# --- After a long break


def test_after_a_long_break_what_the_agenda_names_for_it_is_offered_first(pair: Pairing) -> None:
    pair.write("fresh-start", SECOND.replace("The second", "After a break"))
    first = pair.meets("meeting.yaml", kind="An ordinary meeting")
    met = pair.meets_again(first, 30)
    pair.clock.advance(122 * DAY)
    found = long_break(pair.runner, pair.runner.store.finished(met.folder))
    assert found == long_break(pair.runner, pair.runner.store.finished(first.folder))
    assert found is not None
    keys, lines = ("\r", "2\r"), ("\n", "2\n")
    chosen, shown = [], io.StringIO()
    for key, line in zip(keys, lines, strict=True):
        with fed(key):
            chosen.append(Path(found.asked(pair.runner, LiveFrontend())).stem)
        chosen.append(Path(found.asked(pair.runner, PlainFrontend(io.StringIO(line), shown))).stem)
    assert chosen == ["fresh-start", "fresh-start", "meeting", "meeting"]
    assert "Four months have gone by. What do you begin with?" in shown.getvalue()
    assert "After a break, 20 minutes" in shown.getvalue()


@pytest.mark.parametrize("days", [0, 89])
def test_after_no_long_break_nobody_is_asked(days: int, pair: Pairing) -> None:
    pair.write("fresh-start", SECOND)
    met = pair.meets_again(pair.meets("meeting.yaml", kind="An ordinary meeting"), 30)
    pair.clock.advance(days * DAY)
    assert long_break(pair.runner, pair.runner.store.finished(met.folder)) is None


def test_what_is_meant_for_a_break_and_is_not_there_is_not_offered(pair: Pairing) -> None:
    met = pair.meets_again(pair.meets("meeting.yaml", kind="An ordinary meeting"), 30)
    pair.clock.advance(122 * DAY)
    assert long_break(pair.runner, pair.runner.store.finished(met.folder)) is None


# --- A session that was left before its end


def test_before_the_next_session_one_that_was_left_is_offered(pair: Pairing) -> None:
    met = pair.meets("meeting.yaml", kind="Half-way")
    pair.guide = Guide(talks={"How did it go?": [Command(Action.STOP)]})
    pair.clock.advance(DAY)
    script = pair.script(met)
    left = pair.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 20), pair.guide)
    found = left_open(pair.runner, pair.runner.store.finished(met.folder))
    assert (left.ending, found and found.folder) == (Ending.STOPPED, left.folder)
    assert found is not None
    shown = io.StringIO()
    chosen = [goes_on_with(pair.runner, found, PlainFrontend(io.StringIO("1\n"), shown))]
    with fed("2\r"):
        chosen.append(goes_on_with(pair.runner, found, LiveFrontend()))
    assert chosen == [True, False]
    assert "Your meeting of 23 November is not finished." in shown.getvalue()
    done = pair.runner.resume(found, Guide())
    assert left_open(pair.runner, pair.runner.store.finished(met.folder)) is None
    assert done.ending is Ending.CLOSED


# --- An older session that they go on from


def test_the_meetings_are_counted_and_the_last_one_has_its_day(pair: Pairing) -> None:
    met = pair.meets("meeting.yaml", kind="Half-way")
    found = pair.runner.store.finished(met.folder)
    assert met_so_far(pair.runner, found) == "You have met once, on Sunday 22 November 2026."
    again = pair.meets_again(met, 10)
    for each in (found, pair.runner.store.finished(again.folder)):
        told = "You have met twice, last on Wednesday 2 December 2026."
        assert met_so_far(pair.runner, each) == told


def test_who_names_an_older_session_is_asked_from_which_they_go_on(pair: Pairing) -> None:
    met = pair.meets("meeting.yaml", kind="Half-way")
    again = pair.meets_again(met, 10)
    named = pair.runner.store.finished(met.folder)
    since = met_since(pair.runner, named)
    assert since is not None
    assert since.folder == again.folder
    assert met_since(pair.runner, since) is None
    shown, chosen = io.StringIO(), []
    for key, line in (("\r", "\n"), ("2\r", "2\n")):
        with fed(key):
            chosen.append(goes_on_from(pair.runner, named, since, LiveFrontend()))
        plain = PlainFrontend(io.StringIO(line), shown)
        chosen.append(goes_on_from(pair.runner, named, since, plain))
    assert chosen == [since, since, named, named]
    asked = "You met again on 2 December. Both meetings stay: from which do you go on?"
    assert asked in shown.getvalue()
    assert "1. 2 December: Half-way\n" in shown.getvalue()


def test_before_the_next_session_all_that_is_open_is_asked_one_after_another(
    pair: Pairing,
) -> None:
    pair.write("fresh-start", SECOND.replace("The second", "After a break"))
    first = pair.meets("meeting.yaml", kind="An ordinary meeting")
    met = pair.meets_again(first, 30)
    named = pair.runner.store.finished(first.folder)
    assert asked(pair, named, "1\n") == GoingOn(pair.runner.store.finished(met.folder))
    pair.clock.advance(122 * DAY)
    chosen = asked(pair, named, "2\n", "1\n")
    assert (chosen.session, Path(chosen.agenda or "").stem) == (named, "fresh-start")
    pair.guide = Guide(talks={"How are things?": [Command(Action.STOP)]})
    script = pair.script(met)
    left = pair.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 20), pair.guide)
    resumed = asked(pair, named, "1\n")
    assert (resumed.session.folder, resumed.resumes) == (left.folder, True)


def asked(pair: Pairing, named: StoredSession, *lines: str) -> GoingOn:
    """What two people go on from and with who answer line by line, a screen for each question."""
    screens = [nullcontext(PlainFrontend(io.StringIO(line), io.StringIO())) for line in lines]
    return going_on(pair.runner, named, lambda: screens.pop(0), named=True)


# --- Meetings that were held without the program


def noted(pair: Pairing, last: RunResult, *lines: str, said: str = "day") -> RunResult:
    """Note that the two met three days ago, line by line."""
    held = pair.clock.now().date() - timedelta(days=3)
    script = as_noted(pair.script(last, "held"), held)
    options = StartOptions("Ada", "Grace", 45)
    source = io.StringIO("\n".join(("1", *lines, "", "")) + "\n")
    shown = io.StringIO()
    result = note_meeting(pair.runner, script, options, PlainFrontend(source, shown))
    assert said in shown.getvalue()
    return result


def test_a_meeting_without_the_program_is_noted_in_a_line_or_two(pair: Pairing) -> None:
    met = pair.meets("meeting.yaml", kind="Half-way")
    pair.clock.advance(20 * DAY)
    held = noted(pair, met, "the handover", "20 Dec", "", said="What was it about?")
    assert held.folder.name == "2026-12-09-held"
    written = load_session(held.folder).answers
    assert written == {"topic": "the handover", "next_day": "2026-12-20"}
    assert held.written is not None
    summary = held.written.files[0].read_text(encoding="utf-8")
    assert "Wednesday 9 December 2026, 45 minutes" in summary
    assert "## What we talked about\n\n“the handover”\n" in summary
    assert invitation(held)[0].start == date(2026, 12, 20)


def test_a_noted_meeting_counts_on_its_day_and_decides_nothing(pair: Pairing) -> None:
    met = pair.meets("meeting.yaml", kind="Half-way")
    pair.clock.advance(20 * DAY)
    held = noted(pair, met, "the handover", "", "")
    after = pair.meets_again(held)
    assert after.session.agenda.title == "Half-way"
    facts = after.session.opened.facts
    assert (facts.meetings, facts.agendas) == (2, ("meeting", "held"))
    assert after.session.opened.carried.topics == ()


def test_a_day_before_they_first_met_is_no_day_of_a_meeting_and_the_sentence_says_the_year(
    pair: Pairing,
) -> None:
    met = pair.meets("meeting.yaml", kind="Half-way")
    script = pair.script(met, "held")
    first = met.session.day
    assert as_noted(script, first).held == first
    with pytest.raises(InputError) as caught:
        as_noted(script, parse_past_day("31 Dec", date(2026, 12, 19)))
    assert str(caught.value) == (
        "Wednesday 31 December 2025 is before your first meeting, on Sunday 22 November 2026. "
        "What can be noted is a meeting that you held since then: is the year right?"
    )


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("3 May", date(2026, 5, 3)),
        ("Tuesday", date(2026, 11, 17)),
        ("last Sunday", date(2026, 11, 22)),
        ("the 23rd", date(2026, 10, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("today", date(2026, 11, 22)),
    ],
)
def test_the_day_of_a_meeting_that_was_held_is_read_backwards(said: str, day: date) -> None:
    assert parse_past_day(said, date(2026, 11, 22)) == day


@pytest.mark.parametrize("said", ["2026-11-23", "in 3 weeks", "3 May 2027", "tomorrow", "soon"])
def test_a_day_that_is_still_to_come_is_no_day_of_a_meeting_that_was_held(said: str) -> None:
    with pytest.raises(Unreadable, match="A day that has been would do"):
        parse_past_day(said, date(2026, 11, 22))
