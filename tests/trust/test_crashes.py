"""What a crash can cost: at any moment of a talk, on a bad disk, with a damaged journal."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_of, session_of
from support.commands import ENTERS
from support.crashing import held, homes_harmed, plain, resumed, runner
from support.small_talk import House
from support.terminals import fed

from mentorwalk.documents import Renderer
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.card import Card
from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.events import Entered, Struck
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.journal import append_line
from mentorwalk.storage.library import BUNDLED_TEMPLATES, make_private
from mentorwalk.storage.reading import read_events
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from support.figures import Figure

    from mentorwalk.domain.session import Session
    from mentorwalk.domain.timing import Reading

pytestmark = pytest.mark.slow

STRUCK = b"a wish"
"""What the two strike half-way."""
FLIPS = 31
"""Every so many bits of a journal one is flipped; a byte has eight."""


@dataclass(frozen=True)
class Home:
    """A home where something went wrong."""

    folder: Path

    @property
    def sessions(self) -> list[Path]:
        """The sessions that were begun there."""
        folders = runner(self.folder).library.session_folders()
        return [folder for folder in folders if (folder / "session.jsonl").exists()]

    @property
    def documents(self) -> dict[str, bytes]:
        """The documents of the only session; none where there is no folder for them."""
        there = self.folder / "documents" / self.sessions[0].name
        paths = sorted(there.iterdir()) if there.is_dir() else []
        return {path.name: path.read_bytes() for path in paths}

    @property
    def told(self) -> str:
        """What was said about it."""
        return (self.folder / "told").read_text(encoding="utf-8")


def harmed(folder: Path, harm: str, step: int) -> tuple[list[Home], Home]:
    """The homes of talks that came to harm, and that of one that did not."""
    broken, whole = homes_harmed(folder, harm, step)
    return [Home(home) for home in broken], Home(whole)


def given(session: Session) -> dict[str, object]:
    """What was written down and not struck."""
    return {key: value for key, value in session.answers.items() if value is not None}


def open_to_others(home: Path) -> list[Path]:
    """What of a home others than its owner can enter or read."""
    kept = (path for part in ("sessions", "documents") for path in (home / part).rglob("*"))
    return [path for path in kept if path.lstat().st_mode & 0o077]


def see_that_nothing_is_lost(home: Home, whole: Home) -> None:
    """Take a talk up again: all that was said is there still, and every document is whole."""
    assert open_to_others(home.folder) == []
    if not home.sessions:
        assert plain(home.folder).session.closed
        return
    (folder,) = home.sessions
    before = load_session(folder)
    if not (folder / "rendered.json").exists():
        resumed(home.folder)
    after = load_session(folder)
    assert given(before).items() <= given(after).items()
    assert (after.closed is not None, set(home.documents)) == (True, set(whole.documents))
    assert all(text.endswith(b"\n") for text in home.documents.values())
    if any(isinstance(event, Struck) for event in read_events(folder)):
        files = [path for path in home.folder.rglob("*") if path.is_file()]
        assert [path for path in files if STRUCK in path.read_bytes()] == []


# --- Killed, and a full disk


@pytest.mark.parametrize(("walk", "step", "at_least"), [("plain", 1, 30), ("live", 3, 8)])
def test_a_talk_that_is_killed_at_any_moment_goes_on_with_all_that_was_said(
    tmp_path: Path, walk: str, step: int, at_least: int, figure: Figure
) -> None:
    killed, whole = harmed(tmp_path, walk, step)
    figure(f"moments of a {walk} talk at which it was killed", len(killed))
    assert len(killed) >= at_least
    for home in killed:
        see_that_nothing_is_lost(home, whole)


def test_a_disk_that_is_full_is_told_and_costs_nothing_said_before(
    tmp_path: Path, figure: Figure
) -> None:
    full, whole = harmed(tmp_path, "full", 240)
    figure("sizes at which a disk was full", len(full))
    assert len(full) >= 10
    after = "Everything said before is safe. Once that is fixed: "
    for home in full:
        told = home.told.partition("(File too large). ")[2]
        assert (
            told.startswith(after) or told == "Choose another place with --home or MENTORWALK_HOME."
        )
        see_that_nothing_is_lost(home, whole)


# --- A damaged journal


@cache
def whole_journal() -> tuple[bytes, bytes, bytes]:
    """A journal of a whole talk, what is private, and the agenda."""
    with TemporaryDirectory() as folder:
        session = plain(Path(folder)).folder
        journal, private, agenda = (
            session / name for name in ("session.jsonl", "private.jsonl", "agenda.yaml")
        )
        return journal.read_bytes(), private.read_bytes(), agenda.read_bytes()


def session_with(folder: Path, journal: bytes) -> Path:
    """A session's folder with this journal in it."""
    _, private, agenda = whole_journal()
    for name, data in (
        ("session.jsonl", journal),
        ("private.jsonl", private),
        ("agenda.yaml", agenda),
    ):
        (folder / name).write_bytes(data)
    return folder


def read_or_told(folder: Path, journal: bytes) -> Session | str:
    """What comes of a journal: the session, which can be rendered, or a sentence."""
    (folder / "session.jsonl").write_bytes(journal)
    try:
        session = load_session(folder)
    except StorageError as error:
        return str(error)
    BUNDLED.text(session, session.agenda.documents[0], BUNDLED.agreement(session))
    return session


BUNDLED = Renderer((BUNDLED_TEMPLATES,))


def test_a_journal_that_ends_at_any_byte_of_its_last_three_lines_is_read_up_to_there(
    tmp_path: Path, figure: Figure
) -> None:
    journal, *_ = whole_journal()
    session_with(tmp_path, journal)
    events = read_events(tmp_path)
    starts = [place + 1 for place, byte in enumerate(journal[:-1]) if byte == ord("\n")][-3:]
    ends = range(starts[0], len(journal) + 1)
    for end in ends:
        (tmp_path / "session.jsonl").write_bytes(journal[:end])
        assert read_events(tmp_path) == events[: journal[:end].count(b"\n")]
    figure("bytes at which a journal was torn", len(ends))


def test_a_journal_with_a_bit_flipped_is_read_or_told_and_no_answer_goes_missing(
    tmp_path: Path, figure: Figure
) -> None:
    journal, *_ = whole_journal()
    session_with(tmp_path, journal)
    whole = load_session(tmp_path)
    # Without its last line break, the last line cannot be told from one that a crash tore.
    flips = range(0, 8 * (len(journal) - 1), FLIPS)
    for bit in flips:
        damaged = bytearray(journal)
        damaged[bit // 8] ^= 1 << bit % 8
        read = read_or_told(tmp_path, bytes(damaged))
        if isinstance(read, str):
            assert read.startswith(f"{tmp_path / 'session.jsonl'}:") or "newer mentorwalk" in read
        else:
            assert (read.answers.keys(), read.marks) == (whole.answers.keys(), whole.marks)
    figure("bits of a journal that were flipped", len(flips))


def test_a_journal_with_lines_swapped_or_doubled_is_told(tmp_path: Path, figure: Figure) -> None:
    journal, *_ = whole_journal()
    session_with(tmp_path, journal)
    lines = journal.splitlines(keepends=True)
    swapped = [
        [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]] for at in range(len(lines) - 1)
    ]
    doubled = [[*lines[: at + 1], *lines[at:]] for at in range(len(lines))]
    for damaged in swapped + doubled:
        assert isinstance(read_or_told(tmp_path, b"".join(damaged)), str)
    figure("lines of a journal that were swapped or doubled", len(swapped) + len(doubled))


def test_what_is_read_without_a_damaged_line_goes_on(tmp_path: Path) -> None:
    journal, *_ = whole_journal()
    lines = journal.splitlines(keepends=True)
    session_with(tmp_path, b"".join([*lines[:3], *lines[4:]]))
    assert load_session(tmp_path).closed


FIRST_FORMAT = """\
{"mentorwalk":1,"seq":0,"event":"opened","at":"2026-11-22T15:00:00+01:00","elapsed":0.0,\
"agenda":"small-talk","digest":"","people":{"mentor":"Ada","mentee":"Grace","types":"mentor"},\
"minutes":20,"plan":[["wish",300],["ways",300],["rhythm",300],["agree",300]]}
{"seq":1,"event":"entered","at":"2026-11-22T15:00:00+01:00","elapsed":0.0,"prompt":"wish"}
{"seq":2,"event":"answered","at":"2026-11-22T15:01:00+01:00","elapsed":60.0,"field":"wish",\
"value":"a wish"}
"""
"""A journal as the first mentorwalk wrote it: without what came later."""


def test_a_session_from_an_older_mentorwalk_goes_on(tmp_path: Path) -> None:
    home = Home(tmp_path)
    folder = tmp_path / "sessions" / "2026-11-22-small-talk"
    folder.mkdir(parents=True)
    session_with(folder, FIRST_FORMAT.encode())
    assert resumed(home.folder).session.answers["wish"] == "a wish"


@pytest.mark.parametrize("version", ["3", "99", '"2"', "1.5"])
def test_a_session_from_a_newer_mentorwalk_is_refused_and_left_alone(
    tmp_path: Path, version: str
) -> None:
    newer = FIRST_FORMAT.replace('"mentorwalk":1', f'"mentorwalk":{version}').encode()
    session_with(tmp_path, newer)
    with pytest.raises(StorageError, match="was written by a newer mentorwalk: use that one"):
        load_session(tmp_path)
    assert (tmp_path / "session.jsonl").read_bytes() == newer


# --- A home that cannot be written, or goes away


class Lines(io.StringIO):
    """Lines to be typed; something happens before one of them."""

    def __init__(self, text: str, before: int, happens: object) -> None:
        super().__init__(text)
        self._left, self._happens = before, happens

    def readline(self, *size: int) -> str:  # type: ignore[override]  # sizes are never asked for
        """The next line."""
        self._left -= 1
        if self._left == 0:
            self._happens()  # type: ignore[operator]  # what a test hands in
        return super().readline(*size)


@pytest.mark.parametrize("gone", ["home", "sessions", "session", "journal"])
def test_a_home_that_disappears_is_told_and_nothing_is_begun_anew(
    tmp_path: Path, gone: str
) -> None:
    home = tmp_path / "home"

    def goes() -> None:
        (session,) = (home / "sessions").iterdir()
        path = {
            "home": home,
            "sessions": home / "sessions",
            "session": session,
            "journal": session / "session.jsonl",
        }[gone]
        path.unlink() if path.is_file() else shutil.rmtree(path)

    with pytest.raises(StorageError, match="Once that is fixed: mentorwalk resume"):
        held(home, PlainFrontend(Lines("\n\na wish\n" + "\n" * 40, 5, goes), io.StringIO()))
    assert not list(home.rglob("session.jsonl"))


def test_documents_whose_folder_disappears_are_told_and_written_by_resume(tmp_path: Path) -> None:
    def goes() -> None:
        (tmp_path / "documents").write_text("in the way", encoding="utf-8")

    with pytest.raises(StorageError, match="cannot be written"):
        held(tmp_path, PlainFrontend(Lines(ENTERS, 5, goes), io.StringIO()))
    (tmp_path / "documents").unlink()
    assert resumed(tmp_path).written
    assert len(Home(tmp_path).documents) == 5


WITHOUT_ALL_MIGHT = """
import ctypes, os, sys
for might in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: what lets root write anywhere
    ctypes.CDLL(None).prctl(24, might, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets root give up its might so")
@pytest.mark.parametrize("locked", [".", "home/sessions"])
def test_a_home_that_may_not_be_written_is_told(tmp_path: Path, locked: str) -> None:
    house = House(tmp_path)
    (tmp_path / "home" / "sessions").mkdir(parents=True) if locked != "." else None
    (tmp_path / locked).chmod(0o500)
    command = house.command("start", "talk.yaml", "--mentor", "Ada", "--mentee", "Grace")
    done = subprocess.run(
        [sys.executable, "-S", "-c", WITHOUT_ALL_MIGHT, *command],
        input="\n\n\n",
        env=house.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    (tmp_path / locked).chmod(0o700)
    assert done.returncode == 1
    assert "This folder cannot be written to" in done.stderr
    assert done.stderr.endswith("Choose another place with --home or MENTORWALK_HOME.\n")


# --- A disk that does not answer


def test_an_answer_that_cannot_be_made_safe_is_taken_back_and_told(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    append_line(path, {"seq": 0})
    before = path.read_bytes()

    def refuses(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.MonkeyPatch.context() as only:
        only.setattr(os, "fsync", refuses)
        with pytest.raises(StorageError) as told:
            append_line(path, {"seq": 1})
    assert path.read_bytes() == before
    assert str(told.value) == (
        f"{tmp_path}: This folder cannot be used (Input/output error). "
        "Everything said before is safe."
    )


@pytest.mark.parametrize(
    ("number", "fix"),
    [
        (errno.ENOSPC, "Make room on that disk. "),
        (errno.EDQUOT, "Make room on that disk. "),
        (errno.EROFS, "Make sure that you can read and write it. "),
        (errno.EACCES, "Make sure that you can read and write it. "),
        (errno.EIO, ""),
    ],
)
def test_what_was_in_the_way_is_told_with_its_mend_and_the_way_back_to_this_home(
    tmp_path: Path, number: int, fix: str
) -> None:
    folder = tmp_path / "sessions" / "2026-11-22-talk"
    make_private(folder)
    opened = session_of(agenda_of(Prompt("a", "A?"))).opened

    def refuses(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.MonkeyPatch.context() as only, runner(tmp_path).store.journal(folder) as journal:
        journal.append(opened)
        only.setattr(os, "fsync", refuses)
        with pytest.raises(StorageError) as told:
            journal.append(Entered(seq=1, at=opened.at, elapsed=0.0, prompt="a"))
    assert str(told.value) == (
        f"{folder}: This folder cannot be used ({os.strerror(number)}). {fix}"
        "Everything said before is safe. "
        f"Once that is fixed: mentorwalk resume 2026-11-22-talk --home {tmp_path}"
    )


def test_a_session_that_cannot_even_begin_names_no_command_that_goes_on(tmp_path: Path) -> None:
    def refuses(_: int) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    with pytest.MonkeyPatch.context() as only:
        only.setattr(os, "fsync", refuses)
        with pytest.raises(StorageError) as told:
            plain(tmp_path)
    assert str(told.value).endswith(
        "(Operation not supported). Choose another place with --home or MENTORWALK_HOME."
    )
    assert list((tmp_path / "sessions").iterdir()) == []


class FullDisk:
    """A clock whose ticks cannot be written down, after the first."""

    looks = 0

    def pulse(self) -> None:
        """Refuse."""
        self.looks += 1
        if self.looks > 1:
            raise StorageError("The disk is full.")

    def reading(self) -> Reading:
        """Never asked for."""
        raise AssertionError


def test_a_tick_that_cannot_be_written_ends_the_live_screen_with_a_sentence() -> None:
    with fed(("This never comes.", "")), pytest.raises(StorageError, match="The disk is full"):
        LiveFrontend("off").talk(Card(ask="A card"), FullDisk())
