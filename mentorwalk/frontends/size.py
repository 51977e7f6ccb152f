"""The size of the terminal behind a stream."""

from __future__ import annotations

import os
from shutil import get_terminal_size
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def size_of(stream: TextIO) -> tuple[int, int]:
    """Return the columns and rows of a terminal; what the environment says if it has no size.

    COLUMNS and LINES may be older than the window is, or come from another one.
    """
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except OSError:
        columns = rows = 0
    return (columns, rows) if columns and rows else get_terminal_size()
