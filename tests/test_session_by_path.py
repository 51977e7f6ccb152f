"""What is told of a session that was given by its path leads to that one, never to ours."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.commands import ENTERS, Ran, ran_in

if TYPE_CHECKING:
    from pathlib import Path


def held(home: Path, mentor: str, mentee: str, typed: str = "") -> Path:
    """Begin a session, walk it to its end if nothing is typed, and return its folder."""
    agenda, answers = home.parent / "talk.yaml", home.parent / "said.yaml"
    agenda.write_text(yaml_text("small"), encoding="utf-8")
    answers.write_text("accept: no\n", encoding="utf-8")
    how = ("--plain",) if typed else ("--answers", answers)
    ran_in(home, "start", agenda, "--mentor", mentor, "--mentee", mentee, *how, typed=typed)
    (folder,) = (home / "sessions").iterdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another folder, to which somebody has gone."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def namesake(elsewhere: Path, theirs: Path, name: str) -> str:
    """Copy a session to another folder under the name of one of ours, and return its path."""
    shutil.copytree(theirs, elsewhere / name)
    return f"./{name}"


def hint(told: Ran, verb: str) -> list[str]:
    """Return the sessions that are named after a command in what was printed."""
    text = " ".join((told.out + told.err).split())
    return [each.split()[0].rstrip("`.") for each in text.split(f"mentorwalk {verb} ")[1:]]


def test_a_session_from_elsewhere_that_is_stopped_goes_on_by_its_path(
    tmp_path: Path, elsewhere: Path
) -> None:
    ours = held(tmp_path / "home", "Nora", "Ines", "1\n\n/stop\n")
    path = namesake(elsewhere, held(tmp_path / "other", "Zoe", "Kim", "1\n\n/stop\n"), ours.name)
    told = ran_in(tmp_path / "home", "resume", path, "--plain", typed="1\n\n/stop\n")
    assert told.code == 130
    assert {*hint(told, "resume")} == {path}


def test_a_finished_session_from_elsewhere_is_read_by_its_path(
    tmp_path: Path, elsewhere: Path
) -> None:
    ours = held(tmp_path / "home", "Nora", "Ines")
    path = namesake(elsewhere, held(tmp_path / "other", "Zoe", "Kim"), ours.name)
    told = ran_in(tmp_path / "home", "resume", path, "--plain")
    assert (told.code, hint(told, "show")) == (1, [path])


def test_after_a_session_from_elsewhere_all_hints_name_its_path(
    tmp_path: Path, elsewhere: Path
) -> None:
    ours = held(tmp_path / "home", "Nora", "Ines")
    left = held(tmp_path / "other", "Zoe", "Kim", "1\n\n/stop\n")
    path = namesake(elsewhere, left, ours.name)
    told = ran_in(tmp_path / "home", "resume", path, "--plain", typed=ENTERS)
    assert told.code == 0
    assert {*hint(told, "show")} == {path}


def test_an_acceptance_that_was_given_twice_names_the_path_to_write_anew(
    tmp_path: Path, elsewhere: Path
) -> None:
    ours = held(tmp_path / "home", "Nora", "Ines")
    path = namesake(elsewhere, held(tmp_path / "other", "Zoe", "Kim"), ours.name)
    home, accept = tmp_path / "home", ("contract", "accept", path, "--by", "mentor", "--how", "x y")
    ran_in(home, "render", path)
    first, again = (ran_in(home, *accept) for _ in range(2))
    assert (first.code, again.code, hint(again, "render")) == (0, 1, [path])


def test_after_an_older_session_no_hint_leads_to_the_newest(tmp_path: Path) -> None:
    home = tmp_path / "home"
    older = held(home, "Nora", "Ines", "1\n\n/stop\n")
    agenda, answers = tmp_path / "talk.yaml", tmp_path / "said.yaml"
    ran_in(home, "start", agenda, "--mentor", "Tom", "--mentee", "Uma", "--answers", answers)
    told = ran_in(home, "resume", "1", "--plain", typed=ENTERS)
    assert (told.code, {*hint(told, "show")}) == (0, {older.name})


def test_the_status_of_others_than_the_newest_names_the_session_to_go_on_from(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    older = held(home, "Nora", "Ines")
    follows = tmp_path / "followed.yaml"
    text = yaml_text("small").replace("id: small", "id: followed\nnext: followed", 1)
    follows.write_text(text, encoding="utf-8")
    answers = tmp_path / "said.yaml"
    ran_in(home, "start", follows, "--mentor", "Tom", "--mentee", "Uma", "--answers", answers)
    newest = ran_in(home, "status").out
    ran_in(home, "next", older.name, "--agenda", follows, "--answers", answers)
    assert f"with `mentorwalk next --home {home}`." in newest
    named = f"{older.name[:10]}-followed"
    assert f"with `mentorwalk next {named} --home {home}`." in ran_in(home, "status", "2").out
