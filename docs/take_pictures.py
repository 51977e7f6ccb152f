"""Take the pictures of docs/pictures from a real session in a real terminal.

Run it from the top of the repository: `python docs/take_pictures.py`.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.terminals import ENTER, PATIENCE, TAB, Pty  # noqa: E402 - beside the tests that use it

PICTURES = ROOT / "docs" / "pictures"
COLUMNS, ROWS = 80, 24
COLOURS = {"brown": "yellow", "default": "default"}


def styled(cell: Any) -> str:
    """The style of one cell of the screen, as Rich writes it."""
    weight = "bold " if cell.bold else ""
    return f"{weight}{COLOURS.get(cell.fg, cell.fg)}"


def picture(terminal: Pty, name: str) -> None:
    """Keep the screen as it is now as an SVG."""
    console = Console(
        width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True, legacy_windows=False
    )
    for row in terminal.cells:
        line = Text()
        for cell in row:
            line.append(cell.data, styled(cell))
        console.print(line, end="\n", soft_wrap=True)
    svg = console.export_svg(title="mentorwalk", unique_id=name)
    (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")


def take(terminal: Pty) -> None:
    """Walk a session, and take a picture wherever something new is to be seen."""
    terminal.press("Mentor's name", f"Ada{ENTER}")
    terminal.press("Mentee's name", f"Grace{ENTER}")
    terminal.press("Who sits at this keyboard", ENTER)
    terminal.wait_for("When do you have to stop")
    picture(terminal, "green-room")
    terminal.press("When do you have to stop", ENTER)
    terminal.press("Did Grace send you", ENTER)
    terminal.press("For your eyes only", ENTER)
    terminal.press("Share this window now", ENTER)
    for words in ("This is our hour", "as you come in", "comfortable for you", "is that all right"):
        terminal.press(words, ENTER)
    terminal.press("minutes ahead", ENTER)
    for words in ("Leave the CV", "lose track of time", "someone who helped", "talk things"):
        terminal.press(words, ENTER)
    terminal.press("what is on your mind these days", ENTER)
    terminal.wait_for("Imagine that our last meeting")
    picture(terminal, "card")
    terminal.send(TAB)
    terminal.wait_for("Skip this card")
    picture(terminal, "options")
    terminal.send(TAB)
    terminal.wait_for("A direction is enough")
    terminal.send(f"I want to lead my new team without doing everybody's work.{ENTER}")
    terminal.press("are you the wrong person to ask", ENTER)
    terminal.press(
        "What Ada brings", f"Two teams taken over, one of which went badly at first{ENTER}"
    )
    terminal.press("What Ada cannot help with", ENTER)
    terminal.press("what do you hope to learn", ENTER)
    terminal.press("What Ada hopes to learn", f"how people start out today{ENTER}")
    terminal.press("say back what you heard", ENTER)
    terminal.press("everybody's work", ENTER)
    terminal.press("minutes ahead", ENTER)
    terminal.press("What would you like to count on", ENTER)
    for words in ("Grace's wish", "Ada's promise", "Ada's wish", "Grace's promise"):
        terminal.press(words, f"1{ENTER}")
    terminal.press("What rhythm could you both keep", ENTER)
    terminal.wait_for("For how long altogether")
    picture(terminal, "sheet")
    terminal.send(f"{TAB}mr")
    terminal.wait_for("what goes into the documents")
    picture(terminal, "review")


def where_it_is_three() -> str:
    """A time zone in which it is the afternoon now, whenever the pictures are taken."""
    return f"There{datetime.now(UTC).hour - 15:+d}"


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TERM": "xterm-256color", "MENTORWALK_HOME": home}
        environment["TZ"] = where_it_is_three()
        environment.pop("NO_COLOR", None)
        command = [sys.executable, "-m", "mentorwalk", "start"]
        with Pty(command, environment, ROOT, COLUMNS, ROWS) as terminal:
            take(terminal)
    print(f"Taken within {PATIENCE:g} s a page:", *sorted(p.name for p in PICTURES.glob("*.svg")))


if __name__ == "__main__":
    main()
