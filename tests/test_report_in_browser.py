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


@pytest.mark.parametrize("width", [1000, 400, 320])
def test_the_words_beside_a_bar_are_in_one_line_and_nothing_sticks_out(
    browser: Browser, width: int
) -> None:
    with window(browser, viewport={"width": width, "height": 800}) as shown:
        shown.set_content(PAGE)
        rows = shown.locator(".ranges tr")
        words = [rows.nth(at).locator("td").last for at in range(len(SHARES))]
        heights = {each.evaluate("e => e.getClientRects().length") for each in words}

        assert [each.inner_text() for each in words] == ["10 to 14", "45 to 49", "fewer than 5"]
        assert heights == {1}
        assert shown.evaluate("document.documentElement.scrollWidth") == width


def test_who_listens_hears_a_label_and_its_range(browser: Browser) -> None:
    with window(browser) as shown:
        shown.set_content(PAGE)
        heard = shown.locator(".ranges").first.aria_snapshot()

    assert 'rowheader "not said"' in heard
    assert 'cell "fewer than 5"' in heard
    assert '"0' not in heard


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_a_bar_is_below_its_label_and_as_wide_as_the_page(
    browser: Browser, width: int
) -> None:
    with window(browser, viewport={"width": width, "height": 800}) as shown:
        shown.set_content(PAGE)
        row = shown.locator(".ranges tr").first
        label, bar = (row.locator(part).bounding_box() for part in ("th bdi", "svg"))
        assert label is not None
        assert bar is not None

        assert bar["width"] > width - 60
        assert bar["y"] >= label["y"] + label["height"]
