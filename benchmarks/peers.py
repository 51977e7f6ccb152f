"""Measure how soon other terminal programs ask, and what they take while they wait.

Run it from the top of the repository, on Linux, when nothing else runs, with a Python that has
copier, cookiecutter, termdown, textual and questionary: `python benchmarks/peers.py PYTHON`. Each
is measured in turn with the others, so that a busy moment meets all of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from page import put
from run import (
    BARE,
    NAMED,
    PREP,
    ROOT,
    ROUNDS,
    WAIT,
    environment,
    middle,
    on_processor,
    seconds_until,
    session,
    talked_to_a_card,
)
from support.terminals import Pty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TEXTUAL = """\
from textual.app import App
from textual.widgets import Input

class Asks(App):
    def compose(self):
        yield Input(placeholder="Well?")

Asks().run()
"""
"""A Textual application with one line to type in."""
VERSIONS = """\
from importlib.metadata import version
names = ("copier", "cookiecutter", "termdown", "textual", "questionary")
print(", ".join(f"{name} {version(name)}" for name in names))
"""


def templates(folder: Path) -> Mapping[str, Path]:
    """Write a template for each program that copies one, and return their folders."""
    copied, baked = folder / "copied", folder / "baked"
    copied.mkdir()
    (copied / "copier.yml").write_text("name:\n  type: str\n  help: Well?\n", encoding="utf-8")
    (baked / "{{cookiecutter.name}}").mkdir(parents=True)
    (baked / "cookiecutter.json").write_text('{"name": "Well?"}', encoding="utf-8")
    return {"copier": copied, "cookiecutter": baked}


def asking(python: str, folder: Path) -> Mapping[str, tuple[list[str], bytes]]:
    """The commands that ask something, by name, with what each shows when it does."""
    of = {name: str(path) for name, path in templates(folder).items()}
    out = str(folder / "out")
    return {
        "a bare prompt of questionary": (BARE, b"Well?"),
        "**mentorwalk start**": (NAMED, b"Who sits at this keyboard?"),
        "**mentorwalk prep**": (PREP, b"Before you begin"),
        "input()": ([sys.executable, "-c", "input('Well?')"], b"Well?"),
        "a Textual Input": ([python, "-c", TEXTUAL], b"Well?"),
        "cookiecutter": (
            [python, "-m", "cookiecutter", of["cookiecutter"], "-o", out],
            b"Well?",
        ),
        "copier": ([python, "-m", "copier", "copy", of["copier"], out], b"Well?"),
    }


def first_questions(python: str) -> Iterator[str]:
    """Yield a row for each program: how soon it asks, beside a bare prompt."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        commands = asking(python, Path(folder))
        rounds = [
            [seconds_until(command, home, text) for command, text in commands.values()]
            for _ in range(ROUNDS + 1)
        ][1:]
    bare, *_others = taken = list(zip(*rounds, strict=True))
    for name, seconds in zip(commands, taken, strict=True):
        yield _row(name, seconds, bare)


def _row(name: str, seconds: Sequence[float], bare: Sequence[float]) -> str:
    ratios = [ours / other for ours, other in zip(seconds, bare, strict=True)]
    return f"| {name} | {median(ratios):.2f} | {middle(ratios)} | {median(seconds) * 1000:.0f} ms |"


def waiting(python: str) -> Iterator[str]:
    """Yield a row for each program: its share of a core while it waits, all at the same time."""
    commands = {
        "a bare prompt of questionary": BARE,
        "a Textual Input": [python, "-c", TEXTUAL],
        "termdown": [str(Path(python).parent / "termdown"), "600"],
    }
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory())
        ours = stack.enter_context(session(home))
        talked_to_a_card(ours)
        others = {
            name: stack.enter_context(Pty(command, environment(home), ROOT))
            for name, command in commands.items()
        }
        all_of_them = {"**mentorwalk at a card**": ours, **others}
        _read_for(3.0, all_of_them)
        before = {name: on_processor(each) for name, each in all_of_them.items()}
        _read_for(WAIT, all_of_them)
        for name, each in all_of_them.items():
            share = (on_processor(each) - before[name]) / WAIT
            yield f"| {name} | {share * 100:.2f} % of a core |"


def _read_for(seconds: float, terminals: Mapping[str, Pty]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for each in terminals.values():
            each.read(0.1)


def main(python: str) -> None:
    """Measure all of them, and write the part of the page."""
    told = subprocess.run([python, "-c", VERSIONS], capture_output=True, text=True, check=True)
    asked, waited = list(first_questions(python)), list(waiting(python))
    put(
        "peers",
        "## Beside others",
        "",
        f"Written by `python benchmarks/peers.py PYTHON`: {told.stdout.strip()}. {ROUNDS} rounds, "
        "in each of which all are started in turn; a spread is where the middle half lies.",
        "",
        "| first question | to a bare prompt | spread | median |",
        "|---|---|---|---|",
        *asked,
        "",
        f"Waiting for {WAIT:g} s, all at the same time and with all their threads counted:",
        "",
        "| waiting | on a processor |",
        "|---|---|",
        *waited,
    )


if __name__ == "__main__":
    main(sys.argv[1])
