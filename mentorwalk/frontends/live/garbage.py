"""When Python looks for garbage during a session: where nobody feels it."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WHILE_TYPING = (3000, 10, 10)
"""New objects after which the young ones are looked through, which takes less than a millisecond.

A key makes 300 of them, and a page 3,000.
"""


@contextmanager
def short_collections() -> Iterator[None]:
    """Look through what is made from now on, and leave alone what was loaded by now.

    Looking through all of it would hold up a key for 70 ms.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*WHILE_TYPING)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def collect() -> None:
    """Let go of the pages that were shown by now: prompt_toolkit's hold on to each other."""
    gc.collect()
