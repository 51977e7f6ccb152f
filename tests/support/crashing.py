"""Walks the small talk again and again, each time in a child that is killed at another moment.

    cd tests; python -m support.crashing FOLDER plain|live|prep|forget|unprepare|full STEP

The moments are the changes to files, one after another: every STEP-th of them. Each child has a
home of its own in FOLDER, named after its moment; the last one, `whole`, was not killed.
Nothing but the program itself keeps others out: the umask lets everybody in.
With `full`, nobody is killed, but no file can grow beyond so many bytes, in steps of STEP; what
was said about that lies in `told` in the home.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.cli.options import runner_at
from mentorwalk.domain.errors import StorageError
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.library import library
from mentorwalk.workflows.documents import render_again
from mentorwalk.workflows.followup import accept_later
from mentorwalk.workflows.forget import delete, session_remains
from mentorwalk.workflows.host import after_call, host_session
from mentorwalk.workflows.lobby import Lobby, StartOptions
from mentorwalk.workflows.prepare import PrepRunner
from mentorwalk.workflows.runner import RunResult, SessionRunner
from support.commands import ENTERS
from support.small_talk import AGENDA
from support.terminals import ENTER, FakeClock, fed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.engine.frontend import Frontend

LINES = (
    *("", "", "", "a wish", "/note", "quiet", "", "one way", "two ways", "", ""),
    *("", "1", "1", ""),
    *("/review", "1", "3", "2", "", "", "2", "", "a doubt", "", ""),
)
"""The talk line by line: answers, a private note, minutes to spare, one line struck, accepted."""
KEYS = (
    *(ENTER, ENTER, ENTER, f"a wish{ENTER}", "/note\r", f"quiet{ENTER}", ENTER),
    *(f"one way{ENTER}", f"two ways{ENTER}", ENTER, ENTER),
    *(ENTER, f"1{ENTER}", f"1{ENTER}", ENTER),
    *("/review\r", f"1{ENTER}", f"3{ENTER}", f"2{ENTER}", ENTER, ENTER, f"{ENTER}2", ENTER),
    *(f"a doubt{ENTER}", ENTER, ENTER),
)
"""The same on the live screen."""
CHANGES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod")
AGENDA_TO_PREPARE = """\
mentorwalk: 1
id: prepared
title: A talk that is prepared
minutes: 20
phases:
  - id: hello
    title: Hello
    short: Hello
    prompts:
      - id: arrival
        ask: |
          How are you?
prepare:
  minutes: 5
  mentee:
    - id: hope
      label: What do you hope for?
    - id: place
      label: Where could we meet?
      share: yes
"""
_WRITES = os.O_WRONLY | os.O_RDWR


def runner(home: Path) -> SessionRunner:
    """A runner in a home with an agenda, and a clock that a test moves."""
    home.mkdir(exist_ok=True, parents=True)
    if not (home / "talk.yaml").exists():
        (home / "talk.yaml").write_text(AGENDA, encoding="utf-8")
    return SessionRunner(library(home), FakeClock())


def held(home: Path, frontend: Frontend) -> RunResult:
    """Hold the whole talk."""
    at = runner(home)
    script = load_agenda(at.library, str(home / "talk.yaml"), None)
    lobby = Lobby(frontend, script.agenda, at.clock)
    return host_session(at, script, StartOptions("Ada", "Grace", 20), lobby)


def plain(home: Path) -> RunResult:
    """Hold it line by line."""
    lines = "".join(f"{line}\n" for line in LINES)
    return held(home, PlainFrontend(io.StringIO(lines), io.StringIO()))


def live(home: Path) -> RunResult:
    """Hold it on a live screen."""
    with fed(*KEYS):
        return held(home, LiveFrontend())


def resumed(home: Path) -> RunResult:
    """Resume the only session, and keep every current answer."""
    at = runner(home)
    frontend = PlainFrontend(io.StringIO(ENTERS), io.StringIO())
    return after_call(at, at.resume(at.store.newest_unfinished(), frontend), frontend)


@dataclass
class Killer:
    """An audit hook that kills this process at one of its changes to files."""

    home: Path
    moment: int
    changes: int = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count a change, and kill at the last one."""
        if event in CHANGES and self._is_ours(event, arguments):
            if self.changes == self.moment:
                os.kill(os.getpid(), signal.SIGKILL)
            self.changes += 1

    def _is_ours(self, event: str, arguments: tuple[Any, ...]) -> bool:
        path = arguments[0]
        inside = isinstance(path, str | os.PathLike) and Path(path).is_relative_to(self.home)
        return inside and (event != "open" or bool(arguments[2] & _WRITES))


def forget(home: Path) -> None:
    """Forget the only session, as the command does."""
    at = runner_at(home)
    delete(session_remains(at.library, at.library.session("1")))


def preparing(home: Path, agenda: str = "prepared.yaml") -> PrepRunner:
    """Return the runner of a preparation in a home."""
    at = runner_at(home)
    return PrepRunner(at, load_agenda(at.library, str(home / agenda), None), "mentee")


def prepared(home: Path) -> None:
    """Prepare from a file of answers; a later edition of the agenda has another question."""
    runner(home)
    later = AGENDA_TO_PREPARE.replace("id: hope", "id: wish")
    for name, text in (
        ("prepared.yaml", AGENDA_TO_PREPARE),
        ("later.yaml", later),
        ("first-answers.yaml", "hope: MY HOPE\nplace: there\n"),
        ("later-answers.yaml", "place: here\n"),
    ):
        (home / name).write_text(text, encoding="utf-8")
    preparing(home).from_answers("Grace", home / "first-answers.yaml")


def prep(home: Path) -> None:
    """Take up a preparation with the later edition."""
    preparing(home, "later.yaml").from_answers(None, home / "later-answers.yaml")


def unprepare(home: Path) -> None:
    """Forget what was prepared, as the command does."""
    delete(preparing(home).files.remains())


def drafted(home: Path) -> None:
    """Hold the talk, and leave the agreement a draft."""
    plain(home)
    (journal,) = home.glob("sessions/*/session.jsonl")
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if '"event":"accepted"' not in line)
    journal.write_text("".join(kept), encoding="utf-8")
    render(home)


def render(home: Path) -> None:
    """Write the documents of the only session again."""
    at = runner_at(home)
    render_again(at, at.library.session("1"))


def accept(home: Path) -> None:
    """Accept the agreement of the only session after the call."""
    at = runner_at(home)
    accept_later(at, at.library.session("1"), "mentee", "by e-mail")


WALKS: Mapping[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "plain": (runner, plain),
    "live": (runner, live),
    "forget": (plain, forget),
    "accept": (drafted, accept),
    "render": (drafted, render),
    "prep": (prepared, prep),
    "unprepare": (prepared, unprepare),
}
"""What is done before, and then what is killed."""


def killed(home: Path, walk: str, moment: int) -> bool:
    """Walk in a child that is killed at one moment; tells whether it came to that."""
    before, at = WALKS[walk]
    before(home)
    child = os.fork()
    if not child:
        sys.addaudithook(Killer(home, moment))
        at(home)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), code
    return code != 0


def fill_in(home: Path, _walk: str, size: int) -> bool:
    """Walk in a child whose files cannot grow beyond a size; tells whether that was too small."""
    runner(home)
    (home / "told").touch()
    child = os.fork()
    if not child:
        told = os.open(home / "told", os.O_WRONLY)
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            plain(home)
        except StorageError as error:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            os.write(told, str(error).encode())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status), status
    return os.waitstatus_to_exitcode(status) != 0


APART = int(os.environ.get("MOMENTS_APART", "2"))
"""How many changes of a file lie between two kills; 1 tries each, and takes twice as long."""


def homes_harmed(
    folder: Path, walk: str, step: int = 1, apart: int = APART
) -> tuple[list[Path], Path]:
    """Return the homes that came to harm, each a change of a file later, and the whole one."""
    command = [sys.executable, "-m", "support.crashing", str(folder), walk, str(step * apart)]
    tests = Path(__file__).parents[1]
    # Its children are killed before they could say which lines they ran: measuring them only slows.
    unmeasured = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, cwd=tests, env=unmeasured)
    # The last one before it came to its end, too.
    *broken, _, whole = sorted(folder.iterdir())
    assert broken
    assert whole.name == "whole"
    return broken, whole


def main() -> None:
    """Harm one child after another, until one comes to its end."""
    folder, walk, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    os.umask(0)
    before, at = WALKS["plain" if walk == "full" else walk]
    before(folder / "whole")
    at(folder / "whole")
    harmed = fill_in if walk == "full" else killed
    moment = 0
    while harmed(folder / f"{moment:06}", walk, moment):
        moment += step


if __name__ == "__main__":
    main()
