"""The page of a report in a real browser: light, dark, on paper, and read aloud."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from support.browsers import AXE, chromium, window

from mentorwalk.documents.report import report_page
from mentorwalk.domain.disclosure import Share
from mentorwalk.domain.report import FIGURES, PublishedFigure, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

SHARES = (Share("the first", 10, 14), Share("the second", 45, 49), Share("not said", 0, 4))
PAGE = report_page(
    Report(date(2026, 12, 1), 5, tuple(PublishedFigure(each, SHARES) for each in FIGURES))
)
VIOLATIONS = "() => axe.run().then((all) => all.violations.map((each) => each.id))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_and_the_page_asks_for_nothing(browser: Browser, colours: str) -> None:
    asked: list[str] = []
    with window(browser, color_scheme=colours) as shown:
        shown.on("request", lambda request: asked.append(request.url))
        shown.set_content(PAGE)
        shown.evaluate(AXE)

        assert shown.evaluate(VIOLATIONS) == []
        assert asked == []


def test_each_picture_has_a_table_beside_it(browser: Browser) -> None:
    with window(browser) as shown:
        shown.set_content(PAGE)
        counts = [shown.locator(each).count() for each in ("figure svg", "figure table")]

    assert counts == [len(FIGURES), len(FIGURES)]
