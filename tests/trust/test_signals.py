"""Whatever ends or stops the program from outside: all is saved, and the terminal is left sane."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import termios
import threading
from _thread import interrupt_main
from typing import TYPE_CHECKING, Any

import pytest
from support.small_talk import LOBBY, NAMED, TO_THE_WISH, House, walk
from support.terminals import CTRL_Z, ENTER, PATIENCE, Pty

from mentorwalk.domain.card import Card
from mentorwalk.engine.frontend import Interrupted
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.signals import waking_often

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

PIPES: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
ECHO, CANONICAL = termios.ECHO, termios.ICANON


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A new house for each test."""
    return House(tmp_path)


def half_typed(terminal: Pty) -> None:
    """Walk to the first field and leave it half typed."""
    walk(terminal, TO_THE_WISH)
    terminal.wait_for("The wish")
    terminal.send("half a wi")
    terminal.wait_for("half a wi")


def given_back(terminal: Pty) -> tuple[bool, bool, bool]:
    """Whether the terminal is as it was: its settings, its main screen, its cursor."""
    shown = terminal.raw.rfind(b"\x1b[?25h") > terminal.raw.rfind(b"\x1b[?25l")
    return terminal.modes == terminal.before, not terminal.on_second_page, shown


# --- The end


@pytest.mark.parametrize(
    "ends",
    [(signal.SIGTERM,), (signal.SIGHUP,), (signal.SIGHUP, signal.SIGTERM)],
    ids=["to end", "hung up", "both at once"],
)
def test_who_is_ended_from_outside_keeps_what_was_half_typed(
    house: House, ends: tuple[signal.Signals, ...]
) -> None:
    with house.terminal(*NAMED) as terminal:
        half_typed(terminal)
        # All wait until the program goes on: a late one would meet a program that has ended.
        for each in (signal.SIGSTOP, *ends, signal.SIGCONT):
            os.kill(terminal.pid, each)
        assert terminal.ended() == 130
        assert given_back(terminal) == (True, True, True)
        # Nothing stands in the title of the window.
        assert b"\x1b]" not in terminal.raw
        told, *rows = filter(None, terminal.lines)
    assert told == "Saved. Go on with:"
    assert "".join(rows) == f"mentorwalk resume {house.session.name} --home {house.home}"
    assert house.drafts == {"wish": "half a wi"}


def test_who_is_killed_keeps_what_was_typed_a_moment_before(house: House) -> None:
    with house.terminal(*NAMED) as terminal:
        half_typed(terminal)
        terminal.wait_until(lambda: house.drafts == {"wish": "half a wi"}, "the draft on disk")
        terminal.kill()
    with house.terminal("resume", house.session.name) as terminal:
        terminal.press("Who sits at this keyboard?", ENTER)
        terminal.press("Share your window again", ENTER)
        terminal.press("What do you wish for?", ENTER)
        terminal.wait_for("half a wi")
        terminal.send(f"sh{ENTER}")
        terminal.wait_for("Which ways are there?")
    assert (house.loaded().answers, house.drafts) == ({"wish": "half a wish"}, {})


def test_who_is_killed_while_lines_are_typed_keeps_those_before(house: House) -> None:
    ways = ("\n", "\n", "a wish\n", "\n", "first way\n", "second way\n")
    with house.terminal(*NAMED, "--plain") as terminal:
        for line in ways:
            terminal.send(line)
        kept = {"ways": "first way\nsecond way"}
        terminal.wait_for("Which ways are there?")
        terminal.wait_until(lambda: house.drafts == kept, "the draft on disk")
        terminal.kill()
    resumed = house.piped("resume", house.session.name, "--plain", typed="\n\n\n\n/stop\n")
    assert "So far: first way, second way." in resumed.stdout.decode()
    assert house.loaded().answers["ways"] == ("first way", "second way")


def test_a_window_that_is_closed_keeps_what_was_half_typed(house: House) -> None:
    log = house.folder / "log"
    shell = [f'exec "$@" 2>{log}', "sh", *house.command(*NAMED)]
    with Pty(["/bin/sh", "-c", *shell], house.environment, house.folder) as terminal:
        half_typed(terminal)
        terminal.close_window()
        assert terminal.ended() == 130
    assert house.drafts == {"wish": "half a wi"}
    line = f"mentorwalk resume {house.session.name} --home {house.home}"
    assert log.read_text(encoding="utf-8") == f"Saved. Go on with:\n{line}\n"


def test_lines_in_a_window_that_is_closed_are_kept(house: House) -> None:
    with house.terminal(*NAMED, "--plain") as terminal:
        walk(terminal, [*TO_THE_WISH, ("The wish", f"a whole wish{ENTER}")])
        terminal.wait_for("Which ways are there?")
        terminal.close_window()
        assert terminal.ended() == 130
    assert house.loaded().answers == {"wish": "a whole wish"}


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE])
def test_lines_in_a_pipe_that_end_from_outside_tell_how_to_go_on(
    house: House, end: signal.Signals
) -> None:
    command = house.command(*NAMED, "--plain")
    with subprocess.Popen(
        command, **PIPES, env=house.environment, cwd=house.folder, text=True
    ) as process:
        unheard = threading.Timer(PATIENCE, process.kill)
        unheard.start()
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write("\n\n\na wish\n")
        process.stdin.flush()
        while "Which ways" not in process.stdout.readline():
            pass
        if end is signal.SIGPIPE:
            process.stdout.close()
            process.stdin.write("\n")
            process.stdin.close()
        else:
            process.send_signal(end)
        told = process.stderr.read()
        unheard.cancel()
    line = f"mentorwalk resume {house.session.name} --home {house.home}"
    assert (process.returncode, told) == (130, f"Saved. Go on with:\n{line}\n")
    assert house.loaded().answers == {"wish": "a wish"}


def test_an_end_that_comes_in_the_instant_before_a_wait_is_heard_all_the_same() -> None:
    lines, keeps_open = os.pipe()
    # Python's own note of a signal, without what breaks off a wait: as if it came just before.
    note = threading.Timer(0.1, lambda: interrupt_main(signal.SIGTERM))
    unheard = threading.Timer(PATIENCE, lambda: os.write(keeps_open, b"\n"))
    with open(lines, encoding="utf-8") as source:  # noqa: PTH123 - a pipe
        frontend = PlainFrontend(source, io.StringIO())
        with frontend.console.hang_up.listening(), waking_often():
            note.start()
            unheard.start()
            assert frontend.talk(Card(ask="Here?"), None) == Interrupted(for_good=True)
    unheard.cancel()
    unheard.join()
    note.join()
    os.close(keeps_open)


@pytest.mark.parametrize(("error", "told"), [("KeyboardInterrupt", False), ("ValueError", True)])
def test_a_ctrl_c_in_the_instant_in_which_python_tidies_up_writes_no_traceback(
    error: str, told: bool
) -> None:
    program = (
        "from mentorwalk.frontends.signals import HangUp\n"
        f"class Thing:\n    def __del__(self):\n        raise {error}\n"
        "with HangUp().listening():\n    Thing()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ("Traceback" in ran.stderr) is told


def test_what_is_ignored_from_the_start_stays_ignored(house: House) -> None:
    nohup = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *house.command(*NAMED)]
    with Pty(nohup, house.environment, house.folder) as terminal:
        walk(terminal, LOBBY)
        terminal.wait_for("What do you wish for?")
        os.kill(terminal.pid, signal.SIGHUP)
        terminal.press("What do you wish for?", ENTER)
        terminal.wait_for("The wish")


# --- Standing still

SHELL = """
import os, signal, sys, termios
job = os.fork()
if not job:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
print("job", job, flush=True)
_, status = os.waitpid(job, os.WUNTRACED)
assert os.WIFSTOPPED(status), status
os.tcsetpgrp(0, os.getpgrp())
print("stopped", "echo" if termios.tcgetattr(0)[3] & termios.ECHO else "no echo", flush=True)
sys.stdin.readline()
os.tcsetpgrp(0, job)
os.kill(-job, signal.SIGCONT)
_, status = os.waitpid(job, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A shell that runs one job, and takes it up again at an Enter when it was stopped."""


def test_who_stands_still_gives_the_terminal_back_and_takes_it_again(house: House) -> None:
    command = [sys.executable, "-c", SHELL, *house.command(*NAMED)]
    with Pty(command, house.environment, house.folder) as terminal:
        terminal.wait_for("Who sits at this keyboard?")
        job = int(terminal.raw.split(b"job ")[1].split()[0])
        half_typed(terminal)
        os.kill(job, signal.SIGTSTP)
        terminal.wait_for("stopped echo")
        assert given_back(terminal) == (True, True, True)
        terminal.send("\n")
        terminal.wait_for("half a wi")
        assert terminal.on_second_page
        assert not terminal.modes[3] & (ECHO | CANONICAL)
        terminal.send(f"sh{ENTER}")
        terminal.wait_for("Which ways are there?")
        os.kill(job, signal.SIGTERM)
        assert terminal.ended() == 130
        assert given_back(terminal) == (True, True, True)
    assert house.loaded().answers == {"wish": "half a wish"}


def test_ctrl_z_suspends_and_types_nothing(house: House) -> None:
    command = [sys.executable, "-c", SHELL, *house.command(*NAMED)]
    with Pty(command, house.environment, house.folder) as terminal:
        half_typed(terminal)
        terminal.send(CTRL_Z)
        terminal.wait_for("stopped echo")
        assert given_back(terminal) == (True, True, True)
        terminal.send("\n")
        terminal.wait_for("half a wi")
        terminal.send(f"sh{ENTER}")
        terminal.wait_for("Which ways are there?")
    assert house.loaded().answers == {"wish": "half a wish"}


# --- Terminals


def test_a_window_that_changes_its_size_a_hundred_times_keeps_what_is_typed(house: House) -> None:
    with house.terminal(*NAMED) as terminal:
        half_typed(terminal)
        for number in range(100):
            terminal.resize(20 + number * 7 % 150, 5 + number * 3 % 60)
        terminal.resize(70, 22)
        terminal.send("sh")
        terminal.wait_for("half a wish")
        terminal.send(ENTER)
        terminal.wait_for("Which ways are there?")


def test_a_terminal_that_answers_nothing_and_has_no_size_is_asked_nothing(house: House) -> None:
    with house.terminal(*NAMED, columns=0, rows=0) as terminal:
        terminal.wait_until(lambda: b"Who sits at this keyboard?" in terminal.raw, "the green room")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.ended() == 130
        questions = [ask for ask in (b"\x1b[6n", b"\x1b[c", b"\x1b[>c") if ask in terminal.raw]
    assert questions == []


def test_keys_that_are_no_utf_8_show_as_a_sign_and_harm_nothing(house: House) -> None:
    with house.terminal(*NAMED) as terminal:
        walk(terminal, TO_THE_WISH)
        terminal.wait_for("The wish")
        os.write(terminal.keyboard, b"a\xff\xfe\xc3(b\xed\xa0\x80c")
        terminal.wait_for("a���(b���c")
        terminal.send(ENTER)
        terminal.wait_for("Which ways are there?")
        assert all(code not in terminal.raw for code in (b"\xff", b"\xed\xa0\x80"))
    assert house.loaded().answers["wish"] == "a���(b���c"


def test_a_line_that_is_no_utf_8_is_asked_for_again(house: House) -> None:
    done = house.piped(*NAMED, "--plain", typed=b"\n\n\nca\xffs\xc3\ncats\n\n")
    assert (done.returncode, b"not text in UTF-8" in done.stdout) == (130, True)
    assert house.loaded().answers == {"wish": "cats"}
