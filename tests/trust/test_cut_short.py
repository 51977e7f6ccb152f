"""Commands that write after the call: cut short at any moment, and two of them at once."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import pytest
from support.commands import ran_in
from support.crashing import drafted, homes_harmed

from mentorwalk.documents.signoff import read_signoff

if TYPE_CHECKING:
    from pathlib import Path

    from support.figures import Figure

pytestmark = pytest.mark.slow

ACCEPT = ("contract", "accept", "1", "--by", "mentee", "--how", "by e-mail")
ROLES = {"accept": '"role":"mentee"', "accept too": '"role":"mentor"'}
TIMES = int(os.environ.get("TIMES_AT_ONCE", "1"))
"""How often two commands are started at once; more often by hand."""
COMMANDS = {
    "render": ("render", "1"),
    "accept": ACCEPT,
    "accept too": ("contract", "accept", "1", "--by", "mentor", "--how", "by letter"),
    "forget": ("forget", "1"),
    "prepare": ("prep", "talk.yaml", "--name", "Grace", "--answers", "none.yaml"),
}


def signed(home: Path) -> str:
    """Return what the agreement of the only session says of itself."""
    (contract,) = home.glob("documents/*/contract.md")
    return read_signoff(contract.read_text(encoding="utf-8")).verdict


def page(home: Path) -> str:
    """Return the agreement's page."""
    (path,) = home.glob("documents/*/contract.html")
    return path.read_text(encoding="utf-8")


def leftovers(home: Path) -> list[str]:
    """Return the files that are neither a session's nor a document."""
    return [path.name for path in home.rglob("*") if path.is_file() and ".part" in path.name]


def test_an_acceptance_that_is_killed_at_any_moment_is_completed_the_next_time(
    tmp_path: Path, figure: Figure
) -> None:
    homes, _ = homes_harmed(tmp_path, "accept")
    for home in homes:
        again = ran_in(home, *ACCEPT)
        # Where all was written before it was killed, the same command says so.
        assert again.code == 0 or "has accepted this wording already" in again.err
        assert (signed(home), leftovers(home)) == ("accepted by one", [])
        assert "Grace confirmed by e-mail" in page(home)
    figure("moments at which an acceptance was killed", len(homes))


def test_documents_that_are_written_again_survive_a_kill_at_any_moment(
    tmp_path: Path, figure: Figure
) -> None:
    homes, _ = homes_harmed(tmp_path, "render")
    for home in homes:
        assert signed(home) == "draft"
        assert (ran_in(home, "render", "1").code, signed(home)) == (0, "draft")
        assert leftovers(home) == []
    figure("moments at which documents were killed", len(homes))


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param(pair, marks=[pytest.mark.portable] * (pair == ("render", "accept")))
        for pair in combinations_with_replacement(COMMANDS, 2)
    ],
    ids=" and ".join,
)
def test_two_commands_at_once_lose_nothing(pair: tuple[str, str], tmp_path: Path) -> None:
    for number in range(TIMES):
        home = tmp_path / str(number)
        drafted(home)
        (home / "none.yaml").write_text("{}\n", encoding="utf-8")
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "mentorwalk", *COMMANDS[name], "--home", str(home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=home,
            )
            for name in pair
        ]
        for process in started:
            assert process.stdin
            process.stdin.write(b"y\n")
            process.stdin.flush()
        said = [b"".join(process.communicate(timeout=60)) for process in started]
        assert [each for each in said if b"Traceback" in each] == []
        if set(pair) == {"forget"}:
            assert [each for each in said if b"This cannot be used" in each] == []
        done = {name for name, process in zip(pair, started, strict=True) if not process.returncode}
        there = list((home / "sessions").iterdir())
        assert leftovers(home) == []
        assert bool(there) == ("forget" not in done)
        if there:
            journal = (there[0] / "session.jsonl").read_text(encoding="utf-8")
            accepted = done & set(ROLES)
            assert {name for name in ROLES if ROLES[name] in journal} == accepted
            assert signed(home) == ("draft", "accepted by one", "accepted")[len(accepted)]
