"""Prints, after the tests, how often each promise was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from figures import Figure

NAME = "figure"


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Tells a figure; the report carries it to where it is printed."""
    return lambda what, number: record_property(NAME, (what, number))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the tests that passed, added up."""
    told: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        for _, (what, number) in (p for p in report.user_properties if p[0] == NAME):
            told[what] = told.get(what, 0) + number
    if told:
        terminalreporter.section("what was tried, and how often")
    for what, number in told.items():
        terminalreporter.write_line(f"{number:>7,}  {what}")
