"""Where agendas, sessions and documents live, and how they are found by name."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.storage.library import (
    BUNDLED_AGENDAS,
    BUNDLED_TEMPLATES,
    Library,
    library,
    make_private,
)
from mentorwalk.workflows.sessions import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 22)


@pytest.fixture
def shelves(tmp_path: Path) -> Library:
    return library(tmp_path / "home")


def session(shelves: Library, agenda: str = "first-session", day: date = DAY) -> Path:
    """Make a session's folder with a journal in it."""
    folder = shelves.new_session(agenda, day)
    (folder / "session.jsonl").write_text("", encoding="utf-8")
    return folder


def own_agenda(shelves: Library, name: str) -> Path:
    """Add an agenda to the person's own."""
    shelves.agendas.mkdir(parents=True, exist_ok=True)
    path = shelves.agendas / name
    path.write_text("", encoding="utf-8")
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- Agendas


def test_a_bundled_agenda_is_found_by_its_name(shelves: Library) -> None:
    assert shelves.agenda("first-session") == BUNDLED_AGENDAS / "first-session.yaml"


def test_an_agenda_of_ones_own_is_found_by_its_name(shelves: Library) -> None:
    path = own_agenda(shelves, "check-in.yaml")

    assert shelves.agenda("check-in") == path


def test_an_agenda_of_ones_own_wins_over_a_bundled_one(shelves: Library) -> None:
    path = own_agenda(shelves, "first-session.yaml")

    assert shelves.agenda("first-session") == path


@pytest.mark.parametrize(
    "name", ["./own.yaml", "folder/own", "own.yaml", "own.yml", "/there/own.yaml", "../own.yaml"]
)
def test_what_looks_like_a_path_is_a_path(name: str, shelves: Library) -> None:
    assert shelves.agenda(name) == Path(name)


def test_a_command_names_the_home_unless_the_shell_does(shelves: Library) -> None:
    with pytest.MonkeyPatch.context() as only:
        only.delenv("MENTORWALK_HOME", raising=False)
        named = shelves.command("resume", "1")
        only.setenv("MENTORWALK_HOME", str(shelves.home))
        assert (named, shelves.command("resume", "1")) == (
            f"mentorwalk resume 1 --home {shelves.home}",
            "mentorwalk resume 1",
        )


def test_a_misspelt_agenda_is_told_with_the_nearest_name(shelves: Library) -> None:
    with pytest.raises(InputError) as told:
        shelves.agenda("frist-session")

    assert str(told.value) == (
        "There is no agenda called `frist-session`. Did you mean `first-session`? "
        f"`mentorwalk agenda list --home {shelves.home}` shows all; "
        "a path needs a `/` or `.yaml`."
    )


def test_the_nearest_name_may_be_one_of_ones_own(shelves: Library) -> None:
    own_agenda(shelves, "wheel-of-life.yaml")

    with pytest.raises(InputError, match=r"Did you mean `wheel-of-life`\?"):
        shelves.agenda("wheel-of-live")


def test_an_agenda_that_is_like_no_other_is_told_without_a_guess(shelves: Library) -> None:
    with pytest.raises(InputError) as told:
        shelves.agenda("xyzzy")

    assert str(told.value) == (
        "There is no agenda called `xyzzy`. "
        f"`mentorwalk agenda list --home {shelves.home}` shows all; "
        "a path needs a `/` or `.yaml`."
    )


@pytest.mark.parametrize("name", ["", "\x1b[31m", "x" * 5000, "[red]x", "..", "."])
def test_an_agenda_of_any_other_name_is_told_in_one_line(name: str, shelves: Library) -> None:
    with pytest.raises(InputError) as told:
        shelves.agenda(name)

    told_line = str(told.value)
    assert (told_line.isprintable(), len(told_line) < 250) == (True, True)


def test_every_agenda_has_a_name_and_ones_own_come_last(shelves: Library) -> None:
    own = own_agenda(shelves, "check-in.yaml")
    own_agenda(shelves, "notes.txt")
    own_agenda(shelves, "._check-in.yaml")

    names = list(shelves.agenda_names())

    bundled = [(path.stem, path) for path in sorted(BUNDLED_AGENDAS.glob("*.yaml"))]
    assert names == [*bundled, ("check-in", own)]


def test_templates_are_looked_up_where_they_were_given_then_at_home_then_bundled(
    shelves: Library,
) -> None:
    assert shelves.template_folders(("/given", "/beside")) == (
        Path("/given"),
        Path("/beside"),
        shelves.home / "templates",
        BUNDLED_TEMPLATES,
    )


# --- New sessions


def test_a_sessions_folder_is_called_by_its_day_and_agenda(shelves: Library) -> None:
    assert shelves.new_session("first-session", DAY) == (
        shelves.home / "sessions" / "2026-11-22-first-session"
    )


def test_more_sessions_of_one_day_are_numbered(shelves: Library) -> None:
    names = [shelves.new_session("first-session", DAY).name for _ in range(3)]

    assert names == [
        "2026-11-22-first-session",
        "2026-11-22-first-session-2",
        "2026-11-22-first-session-3",
    ]


def test_of_two_sessions_the_one_that_began_later_is_the_newer_one(shelves: Library) -> None:
    tokyo = began(session(shelves, day=date(2026, 11, 29)), "2026-11-29T04:33:00+09:00")
    new_york = began(session(shelves, "second-session"), "2026-11-28T14:40:00-05:00")
    unknown = session(shelves, "check-in", date(2026, 11, 29))
    assert shelves.session_folders() == [tokyo, new_york, unknown]


def began(folder: Path, moment: str) -> Path:
    """Say in a journal when its session began."""
    (folder / "session.jsonl").write_text(f'{{"at":"{moment}"}}\n', encoding="utf-8")
    return folder


def test_a_session_does_not_share_a_folder_with_documents_of_one_that_was_not_saved(
    shelves: Library,
) -> None:
    unsaved = shelves.free_documents("first-session", DAY)
    unsaved.mkdir(parents=True)
    folder = shelves.new_session("first-session", DAY)
    assert folder.name == "2026-11-22-first-session-2"
    assert shelves.free_documents("first-session", DAY).name == "2026-11-22-first-session-3"


def test_sessions_of_one_day_with_other_agendas_are_not_numbered(shelves: Library) -> None:
    session(shelves, "first-session")

    assert shelves.new_session("check-in", DAY).name == "2026-11-22-check-in"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_every_folder_that_is_made_is_for_its_owner_only(umask: int, shelves: Library) -> None:
    before = os.umask(umask)
    folder = shelves.new_session("first-session", DAY)
    os.umask(before)

    made = (shelves.home, shelves.sessions, folder)
    assert [mode(path) for path in made] == [0o700, 0o700, 0o700]


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    make_private(tmp_path / "documents" / "one")

    assert [
        mode(p) for p in (tmp_path, tmp_path / "documents", tmp_path / "documents" / "one")
    ] == [
        0o755,
        0o700,
        0o700,
    ]


@pytest.mark.parametrize("stands", ["file", "pipe", "link"])
def test_a_home_that_is_no_folder_is_told(stands: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    makes: dict[str, Callable[[], object]] = {
        "file": home.touch,
        "pipe": lambda: os.mkfifo(home),
        "link": lambda: home.symlink_to("nowhere"),
    }
    makes[stands]()
    with pytest.raises(InputError) as told:
        library(home)
    assert str(told.value) == (
        f"{home}: This is not a folder. Choose another place with --home or MENTORWALK_HOME."
    )


def test_a_home_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StorageError, match=r"This folder cannot be written to \(Not a directory\)"):
        library(tmp_path / "file" / "home").new_session("first-session", DAY)


def test_a_file_in_the_place_of_the_sessions_is_told(shelves: Library) -> None:
    shelves.home.mkdir()
    shelves.sessions.write_text("", encoding="utf-8")

    with pytest.raises(StorageError, match="This folder cannot be written to"):
        shelves.new_session("first-session", DAY)


# --- Finding sessions


def test_a_home_that_does_not_exist_holds_no_sessions(shelves: Library) -> None:
    assert shelves.session_folders() == []


def test_looking_for_sessions_makes_no_folder(shelves: Library) -> None:
    shelves.session_folders()

    assert not shelves.home.exists()


def test_sessions_are_listed_by_day_the_oldest_first(shelves: Library) -> None:
    third = session(shelves, day=date(2026, 12, 1))
    first = session(shelves, day=date(2025, 12, 31))
    second = session(shelves, day=date(2026, 1, 2))

    assert shelves.session_folders() == [first, second, third]


def test_the_tenth_session_of_a_day_comes_after_the_second(shelves: Library) -> None:
    made = [session(shelves) for _ in range(11)]

    assert shelves.session_folders() == made


def test_a_folder_without_a_journal_is_no_session(shelves: Library) -> None:
    shelves.new_session("first-session", DAY)
    (shelves.sessions / "notes.txt").write_text("", encoding="utf-8")

    assert (shelves.session_folders(), shelves.has_sessions) == ([], False)


def test_a_home_with_any_file_of_a_session_has_one(shelves: Library) -> None:
    before = shelves.has_sessions
    folder = shelves.new_session("first-session", DAY)
    (folder / "private.jsonl").write_text("", encoding="utf-8")

    assert (before, shelves.has_sessions) == (False, True)


@pytest.fixture
def three(shelves: Library) -> list[Path]:
    """Two sessions of one day, and one of the next."""
    return [session(shelves), session(shelves), session(shelves, day=date(2026, 11, 23))]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("1", 0),
        ("2", 1),
        ("3", 2),
        ("03", 2),
        ("2026-11-22-first-session", 0),
        ("2026-11-22-first-session-2", 1),
        ("2026-11-22-first-session-", 1),
        ("2026-11-23", 2),
        ("2026-11-23-f", 2),
    ],
)
def test_a_session_is_found_by_number_name_or_beginning(
    wanted: str, found: int, three: list[Path], shelves: Library
) -> None:
    assert shelves.session(wanted) == three[found]


def test_a_session_is_found_by_its_path(three: list[Path], shelves: Library) -> None:
    assert shelves.session(str(three[1])) == three[1]


def test_a_session_of_another_home_is_found_by_its_path(tmp_path: Path, shelves: Library) -> None:
    elsewhere = session(library(tmp_path / "elsewhere"))

    assert shelves.session(str(elsewhere)) == elsewhere


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("wanted", ["2026", "2026-11-22", "2026-11-22-first"])
def test_a_beginning_of_several_sessions_is_told_with_all_of_them(
    wanted: str, shelves: Library
) -> None:
    with pytest.raises(
        InputError, match=f"^`{wanted}` could be any of: 2026-11-22-first-session, "
    ):
        shelves.session(wanted)


@pytest.mark.usefixtures("three")
def test_an_ambiguous_beginning_names_what_it_could_be(shelves: Library) -> None:
    with pytest.raises(InputError) as told:
        shelves.session("2026-11-22")

    assert str(told.value) == (
        "`2026-11-22` could be any of: 2026-11-22-first-session, 2026-11-22-first-session-2."
    )


def test_of_many_sessions_a_few_are_named_and_their_numbers_stand_below_each_other(
    shelves: Library,
) -> None:
    for number in range(1001):
        folder = shelves.sessions / f"2026-11-22-talk-{number}"
        folder.mkdir(parents=True)
        (folder / "rendered.json").touch()
    with pytest.raises(InputError, match=r"talk-8, and 992 more\.$"):
        shelves.session("2026")
    first, *_, last = SessionStore(shelves).lines(names=False)
    assert (first[:6], last[:6]) == ("   1  ", "1001  ")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("wanted", ["0", "4", "9999", "-1", "nope", "..", "/", "2025", "²"])
def test_a_session_that_is_not_there_is_told(wanted: str, shelves: Library) -> None:
    with pytest.raises(InputError) as told:
        shelves.session(wanted)

    lists = f"`mentorwalk sessions --home {shelves.home}` lists them."
    assert str(told.value) == f"There is no session `{wanted}`. {lists}"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("wanted", ["", "\x1b[31m", "x" * 5000, "a\0b"])
def test_a_session_of_any_other_name_is_told_in_one_line(wanted: str, shelves: Library) -> None:
    with pytest.raises(InputError) as told:
        shelves.session(wanted)

    told_line = str(told.value)
    assert (told_line.isprintable(), len(told_line) < 250) == (True, True)


# --- Documents and homes


def test_documents_lie_in_a_folder_called_as_the_session(shelves: Library) -> None:
    assert shelves.documents_of(session(shelves)) == (
        shelves.home / "documents" / "2026-11-22-first-session"
    )


def test_documents_of_a_session_found_from_within_its_folder_lie_where_they_should(
    shelves: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(session(shelves))

    assert shelves.documents_of(shelves.session(".")) == (
        shelves.home / "documents" / "2026-11-22-first-session"
    )


def test_a_session_from_elsewhere_writes_into_no_documents_of_ours(
    tmp_path: Path, shelves: Library
) -> None:
    own = shelves.new_session("talk", date(2026, 11, 22))
    gift = tmp_path / "gift" / own.name
    unsaved = tmp_path / "gift" / "2026-11-23-talk"
    for folder in (gift, unsaved, shelves.documents / unsaved.name):
        folder.mkdir(parents=True)
    (shelves.documents / unsaved.name / "summary.md").write_text("ours", encoding="utf-8")
    places = [shelves.documents_of(folder) for folder in (gift, unsaved, gift)]
    assert shelves.documents_of(own) == shelves.documents / own.name
    assert places[0] == places[2]
    assert [place.name[: len(own.name) + 1] for place in places] == [
        f"{own.name}-",
        f"{unsaved.name}-",
        f"{own.name}-",
    ]


def test_with_a_home_everything_lies_under_it(tmp_path: Path) -> None:
    assert library(tmp_path) == Library(tmp_path, tmp_path / "documents")


def test_a_home_is_found_from_where_it_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert library(Path("here")) == Library(tmp_path / "here", tmp_path / "here" / "documents")


def test_a_tilde_in_a_home_is_the_persons_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert library(Path("~/here")).home == tmp_path / "here"


def test_a_home_of_a_person_who_is_not_there_is_told() -> None:
    with pytest.raises((InputError, StorageError), match="~nobody-of-that-name"):
        library(Path("~nobody-of-that-name/here"))


HOMELESS = """
import os
from mentorwalk.domain.errors import InputError
from mentorwalk.storage.library import library
library(None)
for name in ("HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR"):
    os.environ.pop(name, None)
os.setuid(54321)
try:
    library(None)
except InputError as error:
    print(error)
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes somebody else"
)
def test_who_has_no_home_is_told_the_way_out() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOMELESS], check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == (
        "Your home folder is not known here. Choose another place with --home or MENTORWALK_HOME.\n"
    )


def test_without_a_home_journals_do_not_lie_among_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "papers"))

    shelves = library(None)

    assert not shelves.sessions.is_relative_to(shelves.documents.parent)
