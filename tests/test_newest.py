"""Whatever begins with the newest session says so where that one cannot be read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.commands import Ran, ran, ran_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

SAID = "mood: only between us\n"


@dataclass(frozen=True)
class Desk:
    """A home in which people meet, with an agenda beside it."""

    folder: Path

    def meet(self, mentor: str, mentee: str) -> Path:
        """Walk a session from answers, and return its folder."""
        agenda, answers = self.folder / "talk.yaml", self.folder / "said.yaml"
        agenda.write_text(yaml_text("small"), encoding="utf-8")
        answers.write_text(SAID, encoding="utf-8")
        before = self.sessions()
        walked = self.run(
            *("start", agenda, "--mentor", mentor, "--mentee", mentee, "--answers", answers)
        )
        assert walked.code == 0, walked.err
        (folder,) = self.sessions() - before
        return folder

    def sessions(self) -> set[Path]:
        """Return the folders of all sessions."""
        return {*(self.folder / "home" / "sessions").glob("*")}

    def run(self, *args: object) -> Ran:
        """Run a command in this home."""
        return ran_in(self.folder / "home", *args)

    def greeting(self) -> Ran:
        """Run the program without a command."""
        return ran(env={"MENTORWALK_HOME": str(self.folder / "home")})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def without_private_words(folder: Path) -> None:
    (folder / "private.jsonl").unlink()


def without_a_line(number: int) -> Callable[[Path], None]:
    """Return what makes a line of a journal unreadable."""

    def harm(folder: Path) -> None:
        journal = folder / "session.jsonl"
        lines = journal.read_text(encoding="utf-8").splitlines()
        lines[number - 1] = f"?{lines[number - 1][1:]}"
        journal.write_text("\n".join([*lines, ""]), encoding="utf-8")

    return harm


def as_a_pipe(folder: Path) -> None:
    (folder / "session.jsonl").unlink()
    os.mkfifo(folder / "session.jsonl")


def without_a_journal(folder: Path) -> None:
    (folder / "session.jsonl").unlink()


def without_an_end(folder: Path) -> None:
    """Leave a journal in which nobody finds any more that the session was closed."""
    journal = folder / "session.jsonl"
    text = journal.read_text(encoding="utf-8").replace('"event":"closed"', '"event":"clsoed"')
    journal.write_text(text, encoding="utf-8")


HARMS = {
    "without private words": without_private_words,
    "first line": without_a_line(1),
    "second line": without_a_line(2),
    "no end": without_an_end,
    "a pipe": as_a_pipe,
    "no journal": without_a_journal,
}


@pytest.fixture(params=HARMS)
def harm(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    return HARMS[request.param]


@pytest.mark.parametrize("command", [("next", "--plain"), ("facts", "--yes"), ("status",), ()])
def test_the_only_session_is_not_denied_where_it_cannot_be_read(
    desk: Desk, harm: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    folder = desk.meet("Nora", "Ines")
    harm(folder)
    told = desk.run(*command) if command else desk.greeting()
    assert (told.code, told.out) == (1, "")
    assert (
        f"cannot be read: put back a copy of {folder}. `mentorwalk show {folder.name}" in told.err
    )


@pytest.mark.parametrize("command", [("next", "--plain"), ("facts", "--yes")])
def test_nobody_goes_on_from_another_pair_where_the_newest_cannot_be_read(
    desk: Desk, harm: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    desk.meet("Tom", "Uma")
    newest = desk.meet("Nora", "Ines")
    harm(newest)
    told = desk.run(*command)
    assert (told.code, told.out) == (1, "")
    assert f"put back a copy of {newest}." in told.err


@pytest.mark.parametrize("harm", [without_private_words, without_a_line(1)])
def test_where_the_one_before_is_of_other_people_no_hint_leads_to_them(
    desk: Desk, harm: Callable[[Path], None]
) -> None:
    others = desk.meet("Tom", "Uma")
    newest = desk.meet("Nora", "Ines")
    harm(newest)
    told = desk.run("next", "--plain").err
    assert "The one before it is of other people: `mentorwalk sessions --names" in told
    assert f"next {others.name} " not in told


def test_the_status_of_an_earlier_session_tells_which_newer_one_is_passed_by(
    desk: Desk, harm: Callable[[Path], None]
) -> None:
    desk.meet("Tom", "Uma")
    newest = desk.meet("Nora", "Ines")
    harm(newest)
    shown = desk.run("status", "--names")
    assert (shown.code, "cannot be read" in shown.err) == (0, True)


def test_the_greeting_tells_which_newer_session_is_passed_by(
    desk: Desk, harm: Callable[[Path], None]
) -> None:
    desk.meet("Tom", "Uma")
    newest = desk.meet("Nora", "Ines")
    harm(newest)
    greeted = desk.greeting()
    assert (greeted.code, len(greeted.out.splitlines())) == (0, 2)
    assert f"cannot be read: put back a copy of {newest}." in greeted.err


@pytest.mark.parametrize("number", [1, 3])
def test_an_unfinished_session_that_cannot_be_read_is_not_denied(desk: Desk, number: int) -> None:
    earlier, newest = (left_half_way(desk.meet("Nora", "Ines")) for _ in range(2))
    without_a_line(number)(newest)
    told = desk.run("resume", "--plain")
    assert told.code == 1
    assert f"put back a copy of {newest}." in told.err
    # Without its first line, nobody knows whether the one before it is theirs.
    assert (f"`mentorwalk resume {earlier.name}" in told.err) == (number > 1)
    without_a_line(number)(earlier)
    assert f"put back a copy of {newest}." in desk.run("resume", "--plain").err


def left_half_way(folder: Path) -> Path:
    """Leave a session as it was before its last cards, and return its folder."""
    journal = folder / "session.jsonl"
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:4]), encoding="utf-8")
    for name in ("rendered.json", "private.jsonl"):
        (folder / name).unlink(missing_ok=True)
    return folder


def test_a_session_of_which_the_first_line_is_gone_is_told_with_its_mentorship(
    desk: Desk,
) -> None:
    first = desk.meet("Nora", "Ines")
    answers = desk.folder / "said.yaml"
    second = desk.run("next", "--agenda", desk.folder / "talk.yaml", "--answers", answers)
    (newest,) = desk.sessions() - {first}
    assert second.code == 0, second.err
    without_a_line(1)(newest)
    for command in (("status", "1"), ("export", "1", "--all")):
        told = desk.run(*command)
        assert (told.code, told.err.count("cannot be read; what was said only")) == (0, 1)


def test_where_no_session_of_a_mentorship_can_be_read_there_is_no_export(desk: Desk) -> None:
    folder = desk.meet("Nora", "Ines")
    without_private_words(folder)
    told = desk.run("export", "1", "--all")
    assert (told.code, told.out) == (1, "")
    assert f"None of these sessions can be read. `mentorwalk export {folder.name}" in told.err


def test_a_document_of_a_session_that_cannot_be_read_is_not_taken_for_a_session(
    desk: Desk,
) -> None:
    newest = desk.meet("Nora", "Ines")
    without_a_line(2)(newest)
    told = desk.run("show", "summary")
    assert told.err.startswith(f"{newest / 'session.jsonl'}:2:1: This line of the journal is")


def test_an_exercise_tells_which_session_of_the_two_it_does_not_go_on_from(desk: Desk) -> None:
    newest = desk.meet("Nora", "Ines")
    without_private_words(newest)
    answers = desk.folder / "nothing.yaml"
    answers.write_text("", encoding="utf-8")
    names = ("--mentor", "nora", "--mentee", "Ines", "--answers", answers)
    started = desk.run("start", "strengths", *names)
    assert f"cannot be read: put back a copy of {newest}." in started.err


def test_what_is_of_nobody_known_stays_where_a_mentorship_is_forgotten_and_is_told(
    desk: Desk,
) -> None:
    desk.meet("Nora", "Ines")
    nobody = desk.meet("Tom", "Uma")
    as_a_pipe(nobody)
    told = desk.run("forget", "1", "--all").out
    assert f"{nobody} cannot be read, so nobody knows whose it is: it stays." in told
