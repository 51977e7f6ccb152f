"""What forgetting leaves: nothing of ours, whenever it is cut short, and all that is not ours."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.commands import Ran, ran_in
from support.crashing import homes_harmed, plain

from mentorwalk.domain.errors import InputError
from mentorwalk.storage.library import library
from mentorwalk.workflows.forget import delete, session_remains, telling_gone

if TYPE_CHECKING:
    from pathlib import Path

    from support.figures import Figure

pytestmark = pytest.mark.slow


def files(home: Path) -> list[str]:
    """Return the files that are left of sessions, preparations and documents."""
    parts = (home / part for part in ("sessions", "prep", "documents"))
    paths = (path for part in parts for path in part.rglob("*"))
    return sorted(path.name for path in paths if path.is_file() or path.is_symlink())


def forget(home: Path, *session: object) -> Ran:
    """Run the command, and say yes."""
    return ran_in(home, "forget", *(session or "1"), typed="y\n")


@pytest.mark.portable
def test_a_session_whose_deletion_was_killed_is_there_or_gone_at_the_next_start(
    tmp_path: Path, figure: Figure
) -> None:
    homes, _ = homes_harmed(tmp_path, "forget", apart=1)
    gone = 0
    for home in homes:
        listed = ran_in(home, "sessions").out
        if listed.startswith("No session yet"):
            gone += 1
        else:
            assert {"private.jsonl", "session.jsonl", "contract.md"} <= set(files(home))
            assert forget(home).code == 0
        assert (files(home), list((home / "sessions").iterdir())) == ([], [])
    assert gone >= 9
    figure("moments at which a deletion was killed", len(homes))


@pytest.mark.portable
def test_a_preparation_whose_deletion_was_killed_leaves_no_file(
    tmp_path: Path, figure: Figure
) -> None:
    homes, _ = homes_harmed(tmp_path, "unprepare", apart=1)
    for home in homes:
        ran_in(home, "sessions")
        ran_in(home, "prep", home / "prepared.yaml", "--forget", typed="y\n")
        assert (files(home), list((home / "prep").iterdir())) == ([], [])
    figure("moments at which the deletion of a preparation was killed", len(homes))


@pytest.mark.portable
def test_a_preparation_taken_up_with_another_edition_loses_nothing_when_it_is_killed(
    tmp_path: Path, figure: Figure
) -> None:
    homes, _ = homes_harmed(tmp_path, "prep", apart=1)
    for home in homes:
        for agenda in ("later.yaml", "prepared.yaml", "later.yaml"):
            ran = ran_in(home, "prep", home / agenda, "--show")
            assert (ran.code, "- What do you hope for? MY HOPE" in ran.out) == (0, True)
            again = ("--answers", home / "later-answers.yaml")
            assert ran_in(home, "prep", home / agenda, *again).code == 0
    figure("moments at which a preparation was killed", len(homes))


@pytest.mark.parametrize("alone", ["private.jsonl", "agenda.yaml", "rendered.json", ".lock"])
def test_a_folder_with_any_file_of_a_session_is_listed_and_forgotten(
    tmp_path: Path, alone: str
) -> None:
    folder = plain(tmp_path).folder
    for path in folder.iterdir():
        if path.name != alone:
            path.unlink()
    assert ran_in(tmp_path, "sessions").out == f"  1  {folder.name}  cannot be read\n"
    assert forget(tmp_path).code == 0
    assert not folder.exists()


def test_a_folder_in_the_place_of_the_lock_stays_where_it_was(tmp_path: Path) -> None:
    folder = plain(tmp_path).folder
    (folder / ".lock").unlink(missing_ok=True)
    (folder / ".lock").mkdir()
    (folder / ".lock" / "mine.txt").write_text("mine", encoding="utf-8")
    assert forget(tmp_path).code == 0
    assert [path.name for path in folder.rglob("*")] == [".lock", "mine.txt"]


def test_files_of_somebody_else_are_named_and_stay(tmp_path: Path) -> None:
    folder = plain(tmp_path).folder
    documents = tmp_path / "documents" / folder.name
    mine = [folder / "scan.pdf", documents / "letter.md"]
    for path in mine:
        path.write_text("mine", encoding="utf-8")
    ran = forget(tmp_path)
    assert [line for line in ran.lines if "stays" in line] == [
        f"{path} is not a file of mentorwalk: it stays." for path in mine
    ]
    assert (ran.code, files(tmp_path)) == (0, ["letter.md", "scan.pdf"])
    assert [path.read_text(encoding="utf-8") for path in mine] == ["mine", "mine"]
    assert ran_in(tmp_path, "sessions").out.startswith("No session yet")


def test_a_session_that_lies_elsewhere_is_forgotten_with_the_documents_it_wrote(
    tmp_path: Path,
) -> None:
    folder = plain(tmp_path).folder.rename(tmp_path / "gift")
    shutil.rmtree(tmp_path / "documents")
    ran_in(tmp_path, "render", folder)
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["gift"]
    assert forget(tmp_path, folder).code == 0
    assert (files(tmp_path), folder.exists()) == ([], False)


def test_a_folder_that_is_a_link_is_named_with_its_target_and_emptied_of_ours(
    tmp_path: Path,
) -> None:
    folder = plain(tmp_path).folder
    documents = tmp_path / "documents" / folder.name
    disk = tmp_path / "disk"
    disk.mkdir()
    for link in (folder, documents):
        target = link.rename(disk / link.parent.name)
        link.symlink_to(target)
    (disk / "documents" / "mine.txt").write_text("mine", encoding="utf-8")
    ran = forget(tmp_path)
    assert ran.lines[:2] == [
        f"{folder} (a link to {disk / 'sessions'})",
        f"{documents} (a link to {disk / 'documents'})",
    ]
    assert (ran.code, files(tmp_path)) == (0, [])
    assert [path.name for path in disk.rglob("*") if path.is_file()] == ["mine.txt"]


def test_a_folder_elsewhere_that_is_no_session_is_not_forgotten(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "session.jsonl").write_text("mine\n", encoding="utf-8")
    ran = forget(tmp_path / "home", project)
    assert (ran.code, "Delete it by hand if you want that." in ran.err) == (1, True)
    assert (project / "session.jsonl").read_text(encoding="utf-8") == "mine\n"


def test_a_hidden_folder_that_somebody_made_up_takes_no_documents_along(tmp_path: Path) -> None:
    folder = plain(tmp_path).folder
    before = [name for name in files(tmp_path) if name != ".lock"]
    made_up = folder.with_name(f".forgotten-{folder.name}")
    made_up.mkdir()
    for name in ("session.jsonl", "agenda.yaml", "rendered.json"):
        (made_up / name).write_bytes((folder / name).read_bytes())
    assert ran_in(tmp_path, "sessions").code == 0
    assert [name for name in files(tmp_path) if name != ".lock"] == before


def test_whoever_forgets_what_another_command_just_forgot_hears_that_it_is_gone(
    tmp_path: Path,
) -> None:
    plain(tmp_path)
    (folder,) = (tmp_path / "sessions").iterdir()
    remains = session_remains(library(tmp_path), folder)
    delete(remains)
    with pytest.raises(InputError, match=f"^{folder}: This is gone already\\.$"):
        delete(remains)


def test_a_folder_that_goes_away_while_it_is_looked_at_is_told_to_be_gone(tmp_path: Path) -> None:
    plain(tmp_path)
    (folder,) = (tmp_path / "sessions").iterdir()
    remains = session_remains(library(tmp_path), folder)
    delete(remains)
    with pytest.raises(InputError, match="This is gone already"), telling_gone(folder):
        assert remains.foreign
