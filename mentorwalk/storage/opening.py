"""Opening a folder in the file manager of the system."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PATIENCE = 3.0
"""Seconds after which a file manager that has not failed is taken to be open."""


def opens_nothing(_folder: Path) -> bool:
    """Open nothing, and say so."""
    return False


def open_folder(folder: Path) -> bool:
    """Open a folder in a window of its own, and return whether the system could."""
    if sys.platform == "win32":
        try:
            os.startfile(folder)  # noqa: S606 - a folder is shown, nothing is run
        except OSError:
            return False
        return True
    command = opener(sys.platform, os.environ)
    return bool(command) and opened_by(command, folder)


def opener(platform: str, environment: Mapping[str, str]) -> str:
    """Return the command of a system that opens folders; empty without a display.

    There xdg-open would start a browser in the terminal.
    """
    if platform == "darwin":
        return "open"
    return "xdg-open" if {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys() else ""


def opened_by(command: str, folder: Path) -> bool:
    """Open a folder with a command, and return whether it could."""
    nothing = subprocess.DEVNULL
    try:
        opening = subprocess.Popen(  # noqa: S603 - no shell reads the name of the folder
            [command, folder], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
        return opening.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        # Some file managers run for as long as their window is open.
        return True
    except OSError:
        return False
