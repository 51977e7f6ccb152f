"""Pictures of a page in a real browser: they fit, can be read, and stay so on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from support.browsers import Form, chromium, window
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


@pytest.mark.parametrize("parts", range(1, 11))
def test_numbers_never_lie_over_each_other(browser: Browser, parts: int) -> None:
    rated = (
        [Part(f"Area {at}", at, chosen=at == 3) for at in range(parts)],
        [Part(f"Area {at}", 10, 10) for at in range(parts)],
        [Part(f"Area {at}", 0, 1, 2) for at in range(parts)],
    )
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
