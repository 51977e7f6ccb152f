"""A bound to the memory that a template can take, where the system lets a process have one."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]  # Windows has none

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 96 * 1024 * 1024
"""Bytes beyond what is in use: many times what the longest session's documents take."""
_IN_USE = Path("/proc/self/statm")
"""Where Linux says how many pages are in use (proc(5)); elsewhere there is no bound."""


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Raise MemoryError where more memory is wanted than anybody needs, before all is gone."""
    if not resource or not _IN_USE.exists():
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(_IN_USE.read_text(encoding="ascii").split()[0])
    wanted = pages * resource.getpagesize() + ROOM
    bound = min([wanted, *(each for each in before if each != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_AS, (bound, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
