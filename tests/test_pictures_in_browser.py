"""Pictures of a page in a real browser: they fit, can be read, and stay so on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest
from support.browsers import DESKTOP, PHONE, Form, chromium, window
from support.sample_pictures import AREAS, EACH_KIND, WHEEL, numbers

from mentorwalk.documents.html import page
from mentorwalk.documents.pictures import as_markdown
from mentorwalk.domain.pictures import Column, Columns, Part, Tree
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from mentorwalk.domain.pictures import AnyPicture

OUTSIDE = """() => [...document.querySelectorAll('svg')].flatMap((svg) => {
  const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  const outside = ({x, y, width: w, height: h}) =>
    x < -1 || y < -1 || x + w > width + 1 || y + h > height + 1;
  return [...svg.querySelectorAll('text')]
    .filter((text) => outside(text.getBBox())).map((text) => text.textContent);
})"""
"""Words that are not wholly within their drawing."""
OVERLAPPING = """() => [...document.querySelectorAll('svg')].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll('text')].map((text) => [text, text.getBBox()]);
  return boxes.flatMap(([text, a], at) => boxes.slice(at + 1).filter(([, b]) =>
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 &&
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 5
  ).map(([other]) => `${text.textContent} and ${other.textContent}`));
})"""
"""Words that lie over each other by more than the room that letters leave above and below."""
LETTERS = """() => [...document.querySelectorAll('svg text')].map((text) =>
  parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
"""The size of the letters of every drawing, in pixels."""
COLOURS = """() => ['.score', '.fill', '.before'].map((each) => {
  const {fill, stroke} = getComputedStyle(document.querySelector(`svg ${each}`));
  return each === '.score' ? fill : stroke;
})"""
HOSTILE = (
    "W" * 400,
    "الصحة والعمل " * 9,
    "健康和工作" * 20,
    "👩‍👩‍👧‍👦" * 30,
    "</title><script>1</script>",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser that all tests share."""
    with chromium() as started:
        yield started


def of(*pictures: AnyPicture) -> str:
    """Return a page with pictures, below a heading."""
    text = "\n\n".join(["# Where I stand", *map(as_markdown, pictures)])
    return page(text + "\n", "en", "page", pictures=pictures)


def all_kinds(*parts: Part) -> list[AnyPicture]:
    """Return pictures of each kind of numbers."""
    wheel = numbers("wheel", *parts, second=parts[0].label)
    return [replace(wheel, kind=kind) for kind in ("wheel", "bars", "ranking", "line")]


@pytest.mark.parametrize("name", HOSTILE, ids=count())
def test_names_of_any_length_and_script_stay_within_their_drawing(
    browser: Browser, name: str
) -> None:
    parts = [Part(name, 10, 4, 9, chosen=True), Part(name, None, 3), Part(name, 0)]
    tree = Tree((Node(name, (Node(name, (Node(name),)),)),))
    shown = [*all_kinds(*parts), tree, Columns((Column(name, (name,)), Column(name, (name,))))]
    with window(browser, viewport={"width": 390, "height": 800}) as opened:
        opened.set_content(of(*shown))
        assert opened.evaluate(OUTSIDE) == []
        assert opened.evaluate(OVERLAPPING) == []
        assert opened.evaluate("document.documentElement.scrollWidth") == 390


def test_numbers_never_lie_over_each_other(browser: Browser) -> None:
    rated = [
        some
        for parts in range(1, 11)
        for some in (
            [Part(f"Area {at}", at, chosen=at == 3) for at in range(parts)],
            [Part(f"Area {at}", 10, 10) for at in range(parts)],
            [Part(f"Area {at}", 0, 1, 2) for at in range(parts)],
        )
    ]
    with window(browser) as opened:
        opened.set_content(of(*(picture for some in rated for picture in all_kinds(*some))))
        assert opened.evaluate(OUTSIDE) == []
        assert opened.evaluate(OVERLAPPING) == []


def test_letters_can_be_read_on_the_narrowest_phone(browser: Browser) -> None:
    with window(browser, viewport={"width": 320, "height": 700}) as opened:
        opened.set_content(of(*EACH_KIND.values()))
        assert min(opened.evaluate(LETTERS)) >= 12
        assert opened.evaluate("document.documentElement.scrollWidth") == 320


def test_a_drawing_has_the_colours_of_the_page(browser: Browser) -> None:
    seen = {}
    with window(browser) as opened:
        opened.set_content(of(WHEEL))
        for scheme in ("light", "dark"):
            opened.emulate_media(color_scheme=scheme)
            seen[scheme] = opened.evaluate(COLOURS)
        opened.emulate_media(media="print")
        seen["paper"] = opened.evaluate(COLOURS)
    # The number, the edge of its sector, and the arc of the earlier number.
    assert seen == {
        "light": ["rgb(45, 39, 33)", "rgb(255, 253, 249)", "rgb(45, 39, 33)"],
        "dark": ["rgb(235, 227, 216)", "rgb(32, 28, 24)", "rgb(235, 227, 216)"],
        "paper": ["rgb(0, 0, 0)", "rgb(0, 0, 0)", "rgb(0, 0, 0)"],
    }


def test_a_wheel_of_ten_fits_one_sheet_of_paper(browser: Browser) -> None:
    wheel = numbers("wheel", *AREAS, Part("Energy", 4, 2), Part("Money", 7, 7), second="Enough")
    with window(browser) as opened:
        opened.set_content(of(wheel))
        assert len(re.findall(rb"/Type\s*/Page\b", opened.pdf(format="A4"))) == 1


def test_a_page_with_pictures_asks_for_nothing_and_is_accessible(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(of(*EACH_KIND.values()), encoding="utf-8")
    with window(browser, bypass_csp=True) as opened:
        form = Form(opened, path)
        opened.on("request", lambda request: form.asked_for.append(request.url))
        opened.on("console", lambda message: form.complaints.append(message.text))
        form.open()
        assert (form.faults(), form.asked_for, form.complaints) == ([], [path.as_uri()], [])


TEN = (
    *(Part("Skills", 7, 6, 8), Part("Workload", 3, 2, 4), Part("Recognition", 5, 4, 6)),
    *(Part("Having a say", 6, 5, 7), Part("People", 8, 7, 9), Part("Purpose", 6, 5, 7)),
    *(Part("Learning", 7, 6, 8), Part("Prospects", 4, 3, 5), Part("Friends", 9, 8, 10)),
    Part("Somewhere to be quiet", 2, 1, 3),
)
FOLLOWS = """

## To begin with: Having a say

One point more looks like this: “I say what I think, and nobody minds.”

The smallest thing that moves it: I will say one sentence on Monday.

---

Whether a number is fine is for Grace alone to say.
"""


def test_a_wheel_of_ten_and_what_follows_from_it_share_one_sheet_of_paper(browser: Browser) -> None:
    wheel = numbers("wheel", *TEN, second="Where it would be fine")
    text = f"# Grace's wheel\n\nTuesday 1 December 2026\n\n{as_markdown(wheel)}{FOLLOWS}"
    with window(browser) as shown:
        shown.set_content(page(text, "en", "wheel", pictures=[wheel]))
        printed = shown.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_no_ordinary_word_is_broken_beside_numbers_of_two_years(
    browser: Browser, size: tuple[int, int]
) -> None:
    last_year = date(2025, 12, 12)
    wheel = replace(numbers("wheel", *TEN, second="Where it would be fine"), before_day=last_year)
    with window(browser) as shown:
        shown.set_viewport_size({"width": size[0], "height": size[1]})
        shown.set_content(of(wheel))
        names = "each => each.map((name) => [name.textContent, name.getClientRects().length])"
        rows = dict(shown.eval_on_selector_all("th[scope=row] bdi", names))
        wide = shown.evaluate("document.documentElement.scrollWidth")
    broken = [name for name, lines in rows.items() if lines > 1 and " " not in name]
    assert (broken, wide) == ([], size[0])
