"""Exercises that somebody did alone, and brings along to a session of another agenda."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.building import ADA_AND_GRACE, TODAY, agenda_written, at, our_agreement
from support.small_walks import KEPT, STRIKE, SURE, TALKED, Player
from support.terminals import FakeClock

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.loading import LoadedAgenda, known_exercise
from mentorwalk.authoring.prep_file import prep_text
from mentorwalk.domain.alone import as_run
from mentorwalk.domain.asking import asked_of, brought_of
from mentorwalk.domain.events import Answered, Opened, Struck
from mentorwalk.domain.people import Prep
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_wishes import own_answers, struck_beforehand
from mentorwalk.domain.session import Session
from mentorwalk.domain.showing import card_of
from mentorwalk.domain.values import ByItem, Node, Outline
from mentorwalk.engine.dialog import Dialog
from mentorwalk.engine.frontend import EditLine, Said
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.library import Library
from mentorwalk.storage.reading import check_events
from mentorwalk.workflows.export import _prepared
from mentorwalk.workflows.host import take_preps
from mentorwalk.workflows.lobby import Lobby, StartOptions
from mentorwalk.workflows.prep_intake import PrepIntake, ReceivedPreps
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value

WHEEL = agenda_written(yaml_text("alone"))
MEETING = """\
mentorwalk: 1
id: meeting
title: Meeting
minutes: 20
phases:
  - id: all
    title: All
    short: All
    prompts:
      - id: look
        ask: What came of it?
        recall: [area, now]
        record:
          - {id: topic, label: Our topic, type: list}
prepare:
  mentee:
    - {id: wish, label: Your wish, share: yes}
"""
TALK = agenda_written(MEETING)
SHARED: dict[str, Value] = {
    "own": ("Sleep", "Rest"),
    "now": ByItem((("Skills", 7), ("Sleep", 3))),
    "area": "Sleep",
    "map": Outline((Node("Work", (Node("Say no"),)),)),
}
FILE = Prep("wheel", "mentee", "Grace", SHARED, ("step.mentee",), date(2026, 10, 3))
RUN = as_run(FILE, WHEEL)
WISH = Prep("meeting", "mentee", "Grace", {"wish": "a quiet hour"})


def session(*preps: Prep) -> Session:
    """Return a meeting that begins with what was brought along."""
    chosen = plan(TALK, 20)
    opened = Opened(
        **at(0),
        agenda="meeting",
        digest="0" * 64,
        people=ADA_AND_GRACE,
        plan=chosen,
        prepared=preps,
    )
    return Session.open(TALK, opened, opened.at)


@dataclass(frozen=True)
class Table:
    """A home with files that somebody sent."""

    home: Path

    def file(self, prep: Prep, name: str) -> Path:
        """Put a file there."""
        path = self.home / name
        asked = dict.fromkeys((*prep.answers, *prep.unknown), "?")
        path.write_text(prep_text(prep, asked), encoding="utf-8")
        return path

    @property
    def script(self) -> LoadedAgenda:
        """The agenda of the meeting."""
        source = Source("meeting.yaml", MEETING)
        return LoadedAgenda(agenda_from(source), source, (str(self.home),))

    @property
    def runner(self) -> SessionRunner:
        """The runner of the home."""
        return SessionRunner(Library(self.home / "home", self.home / "documents"), FakeClock())

    def settled(
        self, *lines: str, given: tuple[Path, ...] = (), met: date | None = None
    ) -> tuple[tuple[Prep, ...], str]:
        """Return what is used after lines were typed, and everything that was shown."""
        told, typed = io.StringIO(), io.StringIO("".join(f"{line}\n" for line in lines))
        received = ReceivedPreps(TALK, TODAY, lambda name: WHEEL if name == "wheel" else None)
        received.take_all(given)
        dialog = Dialog.outside(PlainFrontend(typed, told), FakeClock(), "Before", "Left.")
        preps = PrepIntake(dialog, received, None, met).settle(ADA_AND_GRACE)
        assert typed.read() == "", told.getvalue()
        return preps, told.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Return a home with the exercise beside the agenda."""
    (tmp_path / "wheel.yaml").write_text(yaml_text("alone"), encoding="utf-8")
    return Table(tmp_path)


def test_a_session_takes_one_of_its_own_and_one_of_each_exercise(table: Table) -> None:
    files = (table.file(FILE, "a.yaml"), table.file(WISH, "b.yaml"))
    given = StartOptions("Ada", "Grace", 20, preps=files)
    script, _people, left_out = take_preps(table.runner, table.script, given)
    assert (script.prepared, left_out) == ((WISH, RUN), ())


def test_a_second_one_of_an_exercise_is_left_out(table: Table) -> None:
    files = (table.file(FILE, "a.yaml"), table.file(FILE, "b.yaml"), table.file(WISH, "c.yaml"))
    preps, told = table.settled("", given=files)
    assert preps == (WISH, RUN)
    assert "b.yaml: There is one from the mentee already, by Grace." in told


def test_an_exercise_can_be_dropped_and_the_file_for_the_session_is_still_asked_for(
    table: Table,
) -> None:
    files = [str(table.file(FILE, "a.yaml")), str(table.file(WISH, "b.yaml"))]
    preps, told = table.settled(*files)
    assert preps == (WISH, RUN)
    assert "That is an exercise, and it is used too." in told


@pytest.mark.parametrize(("answer", "used"), [("", ()), ("2", (RUN,))])
def test_what_is_older_than_the_last_meeting_is_told_and_used_if_they_say_so(
    table: Table, answer: str, used: tuple[Prep, ...]
) -> None:
    given = (table.file(FILE, "a.yaml"),)
    preps, told = table.settled(answer, "", given=given, met=date(2026, 11, 1))
    assert preps == used
    asked = "Grace wrote this on Saturday 3 October 2026, before you last met. Use it?"
    assert asked in told


def test_an_exercise_is_found_beside_the_agenda_or_in_the_home_by_its_id_alone(
    table: Table,
) -> None:
    library, script = table.runner.library, table.script
    assert known_exercise(library, script, "wheel") == WHEEL
    (table.home / "wheel.yaml").rename(table.home / "elsewhere.yaml")
    assert known_exercise(library, script, "wheel") is None
    assert known_exercise(library, script, "elsewhere") is None
    assert known_exercise(library, script, "../wheel") is None
    assert known_exercise(library, script, "first-session") is None
    library.install("wheel", {"wheel.yaml": yaml_text("alone")})
    assert known_exercise(library, script, "wheel") == WHEEL


def test_the_journal_keeps_it_with_its_day_and_the_fields_by_which_it_reads() -> None:
    opened = session(WISH, RUN).opened
    assert decoded(json.loads(json.dumps(encoded(opened)))) == opened
    assert [*encoded(opened)["prepared"][0]] == ["agenda", "role", "name", "answers", "unknown"]


def test_a_card_that_recalls_the_same_fields_shows_it() -> None:
    talk = session(RUN)
    card = card_of(talk, TALK.prompts["look"])
    assert [(each.label, each.text) for each in card.recalled] == [
        ("Grace wrote beforehand on “Which one?”", "Sleep"),
        ("Grace wrote beforehand on “Now”", "Skills 7 of 10, Sleep 3 of 10"),
    ]


def test_it_is_no_wish_for_anything_that_the_session_asks() -> None:
    asked = agenda_written(MEETING.replace("{id: topic, label: Our topic", "{id: own, label: Own"))
    talk = session(RUN)
    talk = Session.open(asked, talk.opened, talk.opened.at)
    card = asked.prompts["look"]
    assert [question.value for question in asked_of(talk, card)] == [None]


def test_striking_a_line_strikes_what_repeats_it_and_what_was_said_about_it() -> None:
    talk = session(RUN).apply(Answered(**at(1), field="topic", value=("Sleep",)))
    struck = struck_beforehand(talk, "topic", ("Sleep",))
    assert [*struck] == ["wheel/mentee own 0/2", "wheel/mentee now 1/2", "wheel/mentee area 0/1"]
    event = Struck(**at(2), field="topic", beforehand=tuple(struck))
    (left,) = talk.apply(event).opened.prepared
    skills = ByItem((("Skills", 7),))
    assert left.answers == {"own": ("Rest",), "now": skills, "map": SHARED["map"]}


def test_striking_an_item_strikes_its_number_where_their_list_was_not_shared() -> None:
    alone = replace(RUN, answers={"now": SHARED["now"]})
    talk = session(alone).apply(Answered(**at(1), field="topic", value=("sleep", "Rest")))
    struck = struck_beforehand(talk, "topic", ("sleep",))
    (left,) = talk.apply(
        Struck(**at(2), field="topic", place="0/2", beforehand=tuple(struck))
    ).opened.prepared
    assert left.answers == {"now": ByItem((("Skills", 7),))}
    assert "Sleep" not in repr(left)


def test_what_was_brought_along_has_lines_in_the_review_and_can_be_struck_there() -> None:
    talk = session(RUN)
    assert [(line.label, line.current) for line in brought_of(talk)] == [
        ("Grace wrote beforehand on “Areas of your own”", "Sleep, Rest"),
        ("Grace wrote beforehand on “Now”", "Skills 7 of 10, Sleep 3 of 10"),
        ("Grace wrote beforehand on “Which one?”", "Sleep"),
        ("Grace wrote beforehand on “The map”", "Work: Say no"),
    ]


@pytest.mark.parametrize(
    ("line", "which", "asked", "left"),
    [
        (
            0,
            ["Sleep"],
            "“Sleep”, with its number",
            {"own": ("Rest",), "now": ByItem((("Skills", 7),)), "map": SHARED["map"]},
        ),
        (1, ["All of it"], "“Skills 7 of 10, Sleep 3 of 10”", {**SHARED, "now": None}),
        (3, [], "“Work: Say no”", {**SHARED, "map": None}),
    ],
    ids=str,
)
def test_a_line_of_it_is_struck_with_all_that_it_says_of_that(
    line: int, which: list[str], asked: str, left: dict[str, Value | None]
) -> None:
    said = [Said(each) for each in which]
    player = Player([TALKED, Said(("a",)), EditLine(line + 1), STRIKE, *said, SURE, KEPT])
    journal = MemoryJournal()
    walk = Walk(session(RUN), journal, player, player.clock, our_agreement)
    walk.run()
    (prep,) = walk.session.opened.prepared
    assert prep.answers == {key: value for key, value in left.items() if value is not None}
    question = next(q.label for stop in player.stops for q in stop.questions if q.id == "strike")
    assert question == f"Strike it? It is erased: {asked}"
    events = [decoded(json.loads(json.dumps(encoded(event)))) for event in journal.events]
    assert session(RUN).apply_all(events).opened.prepared == (prep,)
    check_events(Path("talk"), TALK, [walk.opened.opened, *events])


def test_an_export_tells_whose_exercise_it_is_and_of_which_day() -> None:
    talk = session(WISH, RUN)
    (alone,) = _prepared(talk)["alone"]
    assert (alone["by"], alone["exercise"], alone["day"]) == ("mentee", "wheel", "2026-10-03")
    assert alone["answers"]["area"]["words"] == "Sleep"
    assert [*own_answers(talk, RUN)] == [*SHARED, "step.mentee"]


def test_before_the_screen_is_shared_it_is_read_whole() -> None:
    told = io.StringIO()
    lobby = Lobby(
        PlainFrontend(io.StringIO("\n\n\n"), told),
        TALK,
        FakeClock(),
        exercises=lambda _name: WHEEL,
    )
    lobby.share(ADA_AND_GRACE, (RUN,))
    assert "Grace did an exercise alone, on Saturday 3 October 2026: Wheel." in told.getvalue()
    assert "Now: Skills 7 of 10, Sleep 3 of 10" in told.getvalue()
