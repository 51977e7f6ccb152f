"""Who can see what was said: the owner of the account, and nobody else, on no network."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.crashing import plain, runner
from support.small_talk import NAMED, House

from mentorwalk.storage.files import JOURNAL
from mentorwalk.workflows.forget import delete, session_remains

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]


@pytest.fixture
def with_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """A umask for one test."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.parametrize("with_umask", [0o000, 0o022, 0o077, 0o777], indirect=True, ids=oct)
@pytest.mark.usefixtures("with_umask")
def test_whatever_the_umask_only_the_owner_can_enter_and_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    umask = os.umask(0o077)
    runner(home)
    os.umask(umask)
    plain(home)
    kept = [path for part in ("sessions", "documents") for path in (home / part).rglob("*")]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in kept}
    assert modes == {(True, 0o700), (False, 0o600)}
    assert len(kept) >= 10


@pytest.mark.parametrize("command", ["export", "prep"])
def test_a_file_that_is_asked_for_is_for_its_owner_only(tmp_path: Path, command: str) -> None:
    house = House(tmp_path)
    (tmp_path / "answers.yaml").write_text("wish: a wish\n", encoding="utf-8")
    (tmp_path / "prep.yaml").write_text("why_now: to lead\n", encoding="utf-8")
    house.piped(*NAMED, "--answers", "answers.yaml")
    arguments = {
        "export": ("export", "1", "--out", "out"),
        "prep": ("prep", "--name", "Grace", "--answers", "prep.yaml", "--out", "out"),
    }[command]
    done = house.piped(*arguments, umask=0)
    assert (done.returncode, done.stderr) == (0, b"")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600


@pytest.mark.parametrize("readable", [True, False], ids=["readable", "damaged"])
def test_what_is_forgotten_leaves_no_file_and_no_word(tmp_path: Path, *, readable: bool) -> None:
    session = plain(tmp_path).folder
    documents = tmp_path / "documents" / session.name
    for folder in (session, documents):
        (folder / ".mentorwalk-left.part").write_text("two ways", encoding="utf-8")
    (documents / "summary.edited.md").write_text("two ways", encoding="utf-8")
    if not readable:
        (session / JOURNAL).write_text("no journal\n", encoding="utf-8")
    delete(session_remains(runner(tmp_path).library, session))
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left == [tmp_path / "talk.yaml"]
    assert [folder for folder in (session, documents) if folder.exists()] == []


WITHOUT_NETWORK = """
import socket, sys
from pathlib import Path
def refuse(event, arguments):
    reaches = event.startswith(("socket.connect", "socket.bind", "socket.get", "socket.send"))
    if reaches or (event == "socket.__new__" and arguments[1] != socket.AF_UNIX):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
try:
    socket.socket()
except RuntimeError:
    print("refuses")
from support.crashing import live, plain
folder = Path(sys.argv[1])
print(plain(folder / "plain").session.closed is not None)
print(live(folder / "live").session.closed is not None)
print(len(list(folder.rglob("next-meeting.ics"))))
"""
"""Walks two sessions where nobody can be reached; the loop of a screen talks to itself only."""


def test_a_session_needs_no_network(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("refuses\nTrue\nTrue\n2\n", "")
