"""A page in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.browsers import chromium, window

from mentorwalk.documents.html import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

LAST_SIGN_LIES = """(selector) => {
  const words = document.querySelector(selector).lastChild;
  const left = (at) => {
    const range = document.createRange();
    range.setStart(words, at);
    range.setEnd(words, at + 1);
    return range.getBoundingClientRect().left;
  };
  return left(words.length - 1) > left(0) ? 'right of the first' : 'left of the first';
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def shown(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    with window(browser) as opened:
        yield opened


def test_words_that_are_read_from_right_to_left_end_at_the_left(shown: Page) -> None:
    text = page("# Notes\n\nFrom the left!\n\n> שלום, ולהתראות!\n", "en", "notes")
    shown.set_content(text)
    ends = [shown.evaluate(LAST_SIGN_LIES, selector) for selector in ("main p", "blockquote p")]
    assert ends == ["right of the first", "left of the first"]


def test_a_name_that_is_read_from_right_to_left_turns_no_words_of_ours(shown: Page) -> None:
    text = page("# אדה and Grace: a talk.\n\nאדה comes prepared.\n", "en", "talk", ["אדה", "Grace"])
    shown.set_content(text)
    ends = [shown.evaluate(LAST_SIGN_LIES, selector) for selector in ("h1", "main p")]
    assert ends == ["right of the first", "right of the first"]


def test_on_paper_a_long_part_may_break_and_a_short_one_stays_whole(shown: Page) -> None:
    days = "".join(f"- day {number}\n" for number in range(12))
    times = "".join(f"**Wheel**, {day} May\n\n- one\n- two\n\n" for day in (3, 4, 5))
    parts = f"## Our meetings\n\n{days}\n## Our exercises\n\n{times}## Goals\n\n- one\n"
    text = page(f"# Notes\n\n{parts}", "en", "notes")
    breaks = "each => getComputedStyle(each).breakInside"
    shown.set_content(text)
    shown.emulate_media(media="print")
    kept = [shown.eval_on_selector(f"section:nth-of-type({n})", breaks) for n in (1, 2, 3)]
    assert kept == ["auto", "auto", "avoid"]
