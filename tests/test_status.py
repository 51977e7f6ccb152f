"""Where two people stand: what `mentorwalk status` prints, and what `mentorwalk` says alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE
from support.commands import Ran, ran, ran_in
from support.small_house import SECRET, Pair, text_of
from support.terminals import FakeClock

from mentorwalk.authoring.loading import LoadedAgenda, load_agenda
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Reply, Said
from mentorwalk.storage.library import Library
from mentorwalk.workflows.documents import render_again
from mentorwalk.workflows.next_agenda import next_agenda
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.status import in_two_lines, status_of

if TYPE_CHECKING:
    from pathlib import Path

DAY = 24 * 60 * 60
AGENDA = """\
mentorwalk: 1
id: talk
title: A talk
minutes: 12
next: talk
phases:
  - id: all
    title: All of it
    short: All
    prompts:
      - id: why
        ask: |
          Why are we here, {mentee}?
        record:
          - id: purpose
            label: What {mentee} is here for
          - id: worry
            label: Your worry
            private: yes
      - id: again
        ask: |
          When do we meet?
        record:
          - id: day
            label: Next meeting
            type: date
meeting:
  date: day
documents:
  - template: summary.md.j2
    file: summary.md
"""


@dataclass
class House:
    """A home in which Ada and Grace meet every three weeks."""

    home: Path
    clock: FakeClock = field(default_factory=FakeClock)

    @property
    def runner(self) -> SessionRunner:
        """The runner of this home."""
        return SessionRunner(Library(self.home, self.home / "documents"), self.clock)

    def meet(self, purpose: str = "", day: str | None = None, *, held: date | None = None) -> Path:
        """Hold the next session, or note it as one held before, and return its folder."""
        script = replace(self._script(), held=held)
        said: dict[str, list[Reply]] = {
            "purpose": [Said(purpose or None)],
            "worry": [Said(SECRET)],
            "day": [Said(day)],
        }
        chosen = plan(script.agenda, 12)
        folder = self.runner.begin(script, ADA_AND_GRACE, chosen, Pair(said)).folder
        self.clock.advance(21 * DAY)
        return folder

    def _script(self) -> LoadedAgenda:
        agenda = self.home / "agendas" / "talk.yaml"
        if not agenda.exists():
            agenda.parent.mkdir(parents=True)
            agenda.write_text(AGENDA, encoding="utf-8")
            return load_agenda(self.runner.library, "talk", None)
        return next_agenda(self.runner, self.runner.store.newest_finished(), None, None)

    def lines(self, today: date) -> tuple[str, str] | None:
        """What `mentorwalk` says alone, on a day."""
        return in_two_lines(self.runner.store, today)

    def holding(self, text: str) -> set[str]:
        """The names of the documents that have a text."""
        files = (self.home / "documents").rglob("*")
        return {path.name for path in files if path.is_file() and text in text_of(path)}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A home with three sessions, for tests that only read."""
    house = House(tmp_path_factory.mktemp("held"))
    house.meet("to lead")
    house.meet()
    house.meet("to decide", "2127-01-24")
    return house


STANDS = """\
# Where we stand

3 meetings since Sunday 22 November 2026.

**Next meeting:** Friday 24 January 2127

What suits next: A talk, with `mentorwalk next`.

## Purpose

> to decide

Since Sunday 3 January 2027.

## Meetings

- Sunday 22 November 2026: A talk
- Sunday 13 December 2026: A talk
- Sunday 3 January 2027: A talk
"""


@pytest.mark.parametrize("session", [(), ("1",), ("2",)], ids=["newest", "first", "second"])
def test_the_status_tells_of_the_whole_mentorship_whichever_session_is_named(
    session: tuple[str, ...], held: House
) -> None:
    stands = STANDS.replace("`mentorwalk next`", f"`mentorwalk next --home {held.home}`")
    assert ran_in(held.home, "status", *session) == Ran(0, stands, "")


def test_a_day_that_has_gone_by_is_no_next_meeting(house: House) -> None:
    session = house.meet("to lead", "2026-12-10")
    assert "The next meeting was to be on Thursday 10 December 2026.\n" in status_of(
        house.runner, session, names=False
    )


def test_names_stand_in_a_status_only_if_they_are_asked_for(house: House) -> None:
    house.runner.library.templates.mkdir(parents=True)
    template = "{{ people.mentee }}: {{ mentorship.clauses }}{{ phases[0].prompts[0].ask }}"
    (house.runner.library.templates / "status.md.j2").write_text(template, encoding="utf-8")
    house.meet("to lead")
    assert ran_in(house.home, "status").out == "Mentee: Why are we here, Mentee?\n"
    assert ran_in(house.home, "status", "--names").out == "Grace: Why are we here, Grace?\n"


def test_where_nobody_has_finished_a_session_the_status_says_so(house: House) -> None:
    sentence = f"There is no finished session yet: `mentorwalk start --home {house.home}` begins"
    assert ran_in(house.home, "status") == Ran(1, "", f"{sentence} one.\n")


def test_a_session_that_cannot_be_read_is_passed_by_and_told(house: House) -> None:
    house.meet("to lead")
    lost = house.meet("to decide")
    house.meet()
    (lost / "agenda.yaml").write_text("{", encoding="utf-8")
    shown = ran_in(house.home, "status")
    missing = "Sunday 13 December 2026 cannot be read; what was said only there is missing.\n"
    assert (shown.code, shown.err) == (0, missing)
    assert "2 meetings since Sunday 22 November 2026." in shown.out


# --- The page beside the documents


def test_the_page_can_be_read_written_again_and_forgotten(house: House) -> None:
    house.meet("to lead")
    second = house.meet("to decide")
    page = house.runner.library.documents_of(second) / "mentorship.md"
    text = text_of(page)
    assert ran_in(house.home, "show", "2", "mentorship").out == text
    page.write_text(f"{text}Our own words.\n", encoding="utf-8")
    again = ran_in(house.home, "render", "2")
    assert f"An earlier copy was kept as {page.with_name('mentorship.edited.md')}." in again.err
    assert text_of(page) == text
    ran_in(house.home, "forget", "2", typed="y\n")
    assert not page.parent.exists()


def test_a_page_that_is_written_again_still_tells_what_stood_then(held: House) -> None:
    second = held.runner.library.session("2")
    page = held.runner.library.documents_of(second) / "mentorship.md"
    before = text_of(page)
    render_again(held.runner, second)
    assert (text_of(page), "to decide" in before) == (before, False)


def test_what_is_private_is_on_no_page(held: House) -> None:
    assert held.holding("to decide") == {
        *("mentorship.html", "mentorship.md", "summary.html", "summary.md"),
    }
    assert held.holding(SECRET) == set()
    assert SECRET not in ran_in(held.home, "status", "--names").out


# --- Its export


def test_the_export_of_a_mentorship_holds_that_of_each_of_its_sessions(house: House) -> None:
    first, second = house.meet("to lead"), house.meet("to decide")
    exported = ran_in(house.home, "export", "1", "--all")
    sessions = [json.loads(ran_in(house.home, "export", str(n)).out) for n in (1, 2)]
    letters = json.loads(text_of(second / "session.jsonl").splitlines()[0])["mentorship"]
    whole = {"mentorwalk-export": 1, "mentorship": letters, "sessions": sessions}
    assert (json.loads(exported.out), SECRET in exported.out) == (whole, False)
    assert [each["session"] for each in sessions] == [first.name, second.name]
    assert [[*each["documents"]] for each in sessions] == [["summary.md"], ["summary.md"]]


def test_the_export_of_a_mentorship_passes_by_what_cannot_be_read_and_tells_it(
    house: House,
) -> None:
    lost, kept = house.meet("to lead"), house.meet("to decide")
    (lost / "agenda.yaml").write_text("{", encoding="utf-8")
    exported = ran_in(house.home, "export", "2", "--all")
    assert [each["session"] for each in json.loads(exported.out)["sessions"]] == [kept.name]
    assert exported.err.startswith("Sunday 22 November 2026 cannot be read")


def test_the_export_of_a_mentorship_replaces_its_own_earlier_one_alone(house: House) -> None:
    house.meet("to lead")
    ours, one = house.home / "ours.json", house.home / "one.json"
    assert ran_in(house.home, "export", "1", "--out", one).code == 0
    assert ran_in(house.home, "export", "1", "--all", "--out", ours).code == 0
    house.meet("to decide")
    assert ran_in(house.home, "export", "2", "--all", "--out", ours).code == 0
    assert [len(json.loads(text_of(ours))["sessions"])] == [2]
    refused = ran_in(house.home, "export", "1", "--all", "--out", one)
    assert "it is not an export of this mentorship: it is left alone" in refused.err
    assert (
        "is not an export of this session" in ran_in(house.home, "export", "1", "--out", ours).err
    )


# --- In two lines


def test_alone_the_command_says_where_they_stand_and_what_to_type(held: House) -> None:
    home = f"--home {held.home}"
    meetings = "Meetings so far: 3, the last on Sunday 3 January 2027."
    types = (
        f"`mentorwalk next {home}` begins the next one, `mentorwalk status {home}` tells where "
        "you stand; `mentorwalk --help` lists all commands."
    )
    day = "on Friday 24 January 2127."
    ahead, past = date(2127, 1, 24), date(2127, 1, 25)
    assert held.lines(ahead) == (f"{meetings} The next one is {day}", types)
    assert held.lines(past) == (f"{meetings} The next one was to be {day}", types)


def test_a_meeting_that_is_noted_later_changes_neither_the_last_nor_the_next(
    house: House,
) -> None:
    house.meet("to lead", "2126-12-10")
    house.meet(held=date(2026, 10, 1))
    lines = house.lines(date(2026, 11, 30))
    assert lines
    assert lines[0] == (
        "Meetings so far: 2, the last on Sunday 22 November 2026. "
        "The next one is on Tuesday 10 December 2126."
    )
    stands = ran_in(house.home, "status").out
    assert "2 meetings since Thursday 1 October 2026." in stands
    assert "**Next meeting:** Tuesday 10 December 2126\n" in stands


def test_an_unfinished_session_comes_first(house: House) -> None:
    house.meet("to lead")
    journal = house.meet() / "session.jsonl"
    journal.write_text("".join(text_of(journal).splitlines(keepends=True)[:2]), encoding="utf-8")
    resumes = f"mentorwalk resume --home {house.home}"
    assert house.lines(date(2027, 1, 1)) == (
        "The session of Sunday 13 December 2026 is not finished.",
        f"`{resumes}` goes on with it; `mentorwalk --help` lists all commands.",
    )


def test_where_there_is_nothing_to_tell_the_help_is_shown(house: House, held: House) -> None:
    shown = ran(env={"MENTORWALK_HOME": str(house.home)})
    assert (shown.code, shown.out, "Usage: " in shown.err) == (2, "", True)
    told = ran(env={"MENTORWALK_HOME": str(held.home)})
    assert (told.code, told.err, len(told.lines)) == (0, "", 2)


def test_a_damaged_session_is_no_reason_to_say_nothing(house: House) -> None:
    house.meet("to lead")
    (house.meet() / "session.jsonl").write_text("{", encoding="utf-8")
    lines = house.lines(date(2027, 1, 1))
    assert lines
    assert lines[0].startswith("Meetings so far: 1, the last on Sunday 22 November 2026.")
