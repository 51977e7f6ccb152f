"""Settings of hypothesis, signals that tests rely on, and the figures that tests report."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.figures import Figure

# The extra `test` brings no browser, the extra `dev` does.
collect_ignore_glob = [] if find_spec("playwright") else ["*_in_browser.py"]

FIGURE = "figure"

# The gate must say the same of a commit each time; everywhere else, each run tries something new.
SAME_EACH_TIME = "CI" in os.environ

# As they are the same, more of them find something once, and cost their time for ever.
EXAMPLES = 25 if SAME_EACH_TIME else 100

settings.register_profile(
    "everyday", max_examples=EXAMPLES, deadline=None, derandomize=SAME_EACH_TIME
)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile("everyday")

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that must be free where temporary files are kept in memory; a run writes a tenth of it."""

if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    # Every event is flushed to the disk, and a disk that others use takes its time for it.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

if threading.current_thread() is threading.main_thread():
    # Started in the background or with nohup, the tests would ignore a Ctrl-C or a hang-up, and so
    # would every command that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Return a function that adds a figure to the report."""
    return lambda what, number: record_property(FIGURE, (what, number))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the tests that passed, added up."""
    figures: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        for _, (what, number) in (p for p in report.user_properties if p[0] == FIGURE):
            figures[what] = figures.get(what, 0) + number
    if figures:
        terminalreporter.section("what was tried, and how often")
    for what, number in figures.items():
        terminalreporter.write_line(f"{number:>7,}  {what}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each worker begin with its share of the slow tests: none is then left alone at the end.

    A worker is given a run of tests, and takes over from others when it has none any more.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    items[:] = [
        item
        for number in range(workers)
        for part in (slow, quick)
        for item in part[len(part) * number // workers : len(part) * (number + 1) // workers]
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run a test; a slow one is not measured, since it walks the same lines many times over."""
    with _unmeasured() if item.get_closest_marker("slow") else nullcontext():
        return (yield)


@contextmanager
def _unmeasured() -> Iterator[None]:
    """Measure no coverage, neither here nor in processes that are started."""
    settings_file = os.environ.pop("COVERAGE_PROCESS_START", None)
    coverage = sys.modules.get("coverage")
    running = coverage.Coverage.current() if coverage and settings_file else None
    if running:
        running.stop()
    try:
        yield
    finally:
        if running:
            running.start()
        if settings_file:
            os.environ["COVERAGE_PROCESS_START"] = settings_file
