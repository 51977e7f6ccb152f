"""How hard hypothesis tries: a little at every run, a lot when asked to; and what was tried."""

from __future__ import annotations

import os
import signal
import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.figures import Figure

# The extra `test` brings no browser, the extra `dev` does.
collect_ignore = [] if find_spec("playwright") else ["test_form_in_browser.py"]

FIGURE = "figure"

# A gate says the same of the same commit twice; everywhere else, each run tries something new.
SAME_EACH_TIME = "CI" in os.environ

settings.register_profile("everyday", max_examples=100, deadline=None, derandomize=SAME_EACH_TIME)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile("everyday")

if threading.current_thread() is threading.main_thread():
    # Whoever starts the tests in the background, or with nohup, lets them ignore a Ctrl-C or the
    # end of the terminal; and what they start ignores it too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Tells a figure; the report carries it to where it is printed."""
    return lambda what, number: record_property(FIGURE, (what, number))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the tests that passed, added up."""
    told: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        for _, (what, number) in (p for p in report.user_properties if p[0] == FIGURE):
            told[what] = told.get(what, 0) + number
    if told:
        terminalreporter.section("what was tried, and how often")
    for what, number in told.items():
        terminalreporter.write_line(f"{number:>7,}  {what}")
