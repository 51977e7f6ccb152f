"""The form of an exercise in a real browser: numbers, an order, words for each, an outline."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.browsers import PHONE, Form, chromium, opened, window
from support.building import TODAY, agenda_written

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.prep_file import prep_from
from mentorwalk.documents.prep_page import form_page
from mentorwalk.domain.values import ByItem, Node, Outline
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from support.figures import Figure

    from mentorwalk.domain.people import Prep

pytestmark = pytest.mark.slow

WHEEL = agenda_written(yaml_text("alone"))
FOCUSED = "document.activeElement.getAttribute('aria-label')"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    with chromium() as started:
        yield started


@pytest.fixture
def form(browser: Browser, tmp_path: Path, figure: Figure) -> Iterator[Form]:
    """Open the form of an exercise on a phone, and tick and write what is asked about."""
    path = tmp_path / "form.html"
    path.write_text(form_page(WHEEL, "mentee"), encoding="utf-8")
    with window(browser) as page, opened(page, path) as form:
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        form.name()
        form.write("own", "Sleep")
        form.mark("answer.areas", "Skills")
        form.mark("answer.areas", "People")
        yield form
    figure("visits of a form in a browser that asked for nothing but itself", 1)


def fill(form: Form, key: str, item: str, text: str) -> None:
    """Type something about an item, and leave its field."""
    control = form.page.locator(f'#q-{key}-made [data-item="{item}"]')
    control.fill(text)
    control.blur()


def press(form: Form, label: str) -> None:
    """Press a button of the ranking."""
    form.page.click(f'#q-order-made [aria-label="{label}"]')


def saved(form: Form, folder: Path, *keys: str) -> Prep:
    """Share some answers, save the file, and return what it says, all of which fits."""
    for key in keys:
        form.share(key)
    path = form.save(folder)
    read = prep_from(read_source(path), WHEEL, TODAY)
    assert read.left_out == ()
    return read.prep


def test_every_answer_reaches_the_file_as_what_it_is(form: Form, tmp_path: Path) -> None:
    fill(form, "now", "Skills", "7")
    fill(form, "now", "Sleep", "3")
    fill(form, "means", "People", 'to be: "liked"\nand seen')
    press(form, "Take: Skills")
    press(form, "Take: People")
    press(form, "Up: People")
    form.page.check('#q-area-made [value="Sleep"]')
    form.write("map", "Work\n  Say no\nHome")
    prep = saved(form, tmp_path, "now", "means", "order", "area", "map")
    assert dict(prep.answers) == {
        "now": ByItem((("Skills", 7), ("Sleep", 3))),
        "means": ByItem((("People", 'to be: "liked"\nand seen'),)),
        "order": ("People", "Skills"),
        "area": "Sleep",
        "map": Outline((Node("Work", (Node("Say no"),)), Node("Home"))),
    }
    assert prep.day is not None


def test_nothing_is_shared_until_somebody_says_so(form: Form, tmp_path: Path) -> None:
    fill(form, "now", "Skills", "7")
    assert form.text("#preview") == "Grace, Wheel"
    assert saved(form, tmp_path).empty


def test_an_item_that_comes_back_has_its_number_and_its_words_again(form: Form) -> None:
    fill(form, "now", "Skills", "7")
    fill(form, "means", "Skills", "craft")
    form.share("now")
    form.page.uncheck('[name="answer.areas"][value="Skills"]')
    assert not form.seen('#q-now-made [data-item="Skills"]')
    assert "Skills" not in form.text("#preview")
    form.mark("answer.areas", "Skills")
    assert "Skills 7 of 10" in form.text("#preview")
    assert form.page.input_value('#q-means-made [data-item="Skills"]') == "craft"


def test_all_of_it_is_back_when_the_page_is_opened_again(form: Form) -> None:
    fill(form, "now", "Sleep", "3")
    press(form, "Take: People")
    form.page.check('#q-area-made [value="Sleep"]')
    kept = form.kept()
    form.open()
    assert form.kept() == kept
    assert form.page.input_value('#q-now-made [data-item="Sleep"]') == "3"
    assert form.page.is_checked('#q-area-made [value="Sleep"]')
    assert form.text("#q-order-made .taken .what") == "People"
    form.page.click("#ask-erase")
    form.page.click("#erase")
    assert form.page.inner_text("#q-now-made") == ""


def test_what_has_nothing_to_be_asked_about_is_not_asked(form: Form) -> None:
    form.write("own", "")
    for area in ("Skills", "People"):
        form.page.uncheck(f'[name="answer.areas"][value="{area}"]')
    hidden = [key for key in ("now", "means", "order", "area") if not form.seen(f"#q-{key}-all")]
    assert hidden == ["now", "means", "order"]


def test_a_number_out_of_range_is_told_and_saves_no_file(form: Form) -> None:
    fill(form, "now", "Skills", "11")
    form.share("now")
    told = "Skills: A whole number from 0 to 10 would do."
    assert form.text("#q-now-wrong") == told
    assert "11" not in form.text("#preview")
    form.page.click("#save")
    form.page.click(f'button:has-text("Now: {told}")')
    assert form.page.evaluate("document.activeElement.dataset.item") == "Skills"


def test_an_outline_that_is_too_deep_is_told(form: Form) -> None:
    form.write("map", "a\n b\n  c\n   d")
    assert form.text("#q-map-wrong").startswith("50 lines at most, three levels deep")


def test_one_more_than_there_may_be_is_let_go(form: Form) -> None:
    form.page.click('[name="answer.areas"][value="Money"]')
    assert form.text("#q-areas-said") == "Two at most: let one go first."
    assert not form.page.is_checked('[name="answer.areas"][value="Money"]')


def test_an_order_is_made_by_keyboard_and_its_places_are_told(form: Form) -> None:
    form.page.focus('#q-order-made [aria-label="Take: Skills"]')
    form.page.keyboard.press("Enter")
    assert form.text("#q-order-said") == "Skills: 1 of 1."
    assert form.page.evaluate(FOCUSED) == "Let go: Skills"
    form.page.focus('#q-order-made [aria-label="Take: People"]')
    form.page.keyboard.press("Space")
    assert form.page.evaluate(FOCUSED) == "Up: People"
    form.page.keyboard.press("Enter")
    assert (form.text("#q-order-said"), form.page.evaluate(FOCUSED)) == (
        "People: 1 of 2.",
        "Down: People",
    )
    press(form, "Let go: People")
    assert form.text("#q-order-said") == "People is let go."
    assert form.page.evaluate(FOCUSED) == "Take: People"


def test_an_outline_is_written_by_keyboard(form: Form) -> None:
    form.page.focus('[name="answer.map"]')
    form.page.keyboard.type("Work")
    form.page.keyboard.press("Enter")
    form.page.keyboard.type("Say no")
    form.page.click("text=This line deeper")
    form.page.keyboard.press("Enter")
    form.page.keyboard.type("Monday")
    assert form.page.input_value('[name="answer.map"]') == "Work\n  Say no\n  Monday"
    form.page.keyboard.press("Tab")
    assert form.page.evaluate("document.activeElement.dataset.by") == "1"


def test_axe_finds_nothing_and_a_thumb_finds_every_button(form: Form) -> None:
    fill(form, "now", "Skills", "11")
    press(form, "Take: Skills")
    form.share("now")
    form.page.click("#save")
    assert form.faults() == []
    form.page.emulate_media(color_scheme="dark")
    assert form.faults("color-contrast", "target-size") == []
    heights = form.page.eval_on_selector_all(
        "#q-order-made button", "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    assert form.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_a_hostile_item_stays_text(form: Form, tmp_path: Path) -> None:
    hostile = '<img src=x onerror=alert(1)>{{ 7*7 }}"]'
    form.write("own", hostile)
    fill(form, "now", hostile.replace('"', '\\"'), "4")
    prep = saved(form, tmp_path, "now")
    assert prep.answers == {"now": ByItem(((hostile, 4),))}
    assert f"{hostile} 4 of 10" in form.text("#preview")


@contextmanager
def form_of(browser: Browser, folder: Path, name: str) -> Iterator[Form]:
    """Open the form of a bundled exercise."""
    exercise = agenda_from(read_source(BUNDLED_AGENDAS / f"{name}.yaml"))
    path = folder / "form.html"
    path.write_text(form_page(exercise, "mentee"), encoding="utf-8")
    with window(browser) as page, opened(page, path) as form:
        yield form


def marked(form: Form, within: str) -> object:
    """What is marked among some controls."""
    script = f"[...document.querySelectorAll('{within}:checked')].map(each => each.value)"
    return form.page.evaluate(script)


def test_what_is_usual_is_marked_to_begin_with(browser: Browser, tmp_path: Path) -> None:
    with form_of(browser, tmp_path, "wheel-of-life") as form:
        assert marked(form, '[name="answer.wheel"]') == ["Work"]
        form.page.uncheck('[name="answer.areas_work"][value="Skills"]')
        assert not form.seen('#q-now-made [data-item="Skills"]')
        assert form.seen('#q-now-made [data-item="Prospects"]')


def test_all_is_marked_where_there_is_no_more_than_may_be_kept(
    browser: Browser, tmp_path: Path
) -> None:
    with form_of(browser, tmp_path, "values") as form:
        form.mark("answer.values_one", "Calm")
        form.mark("answer.values_one", "Care")
        assert marked(form, "#q-ten-made input") == ["Calm", "Care"]
        form.page.uncheck('#q-ten-made [value="Calm"]')
        form.page.uncheck('#q-ten-made [value="Care"]')
        form.mark("answer.values_two", "Fun")
        assert marked(form, "#q-ten-made input") == []


def test_a_card_that_waits_is_shown_after_its_answer_alone(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "form.html"
    rehearsal = agenda_from(read_source(BUNDLED_AGENDAS / "rehearse-listening.yaml"))
    path.write_text(form_page(rehearsal, "mentor"), encoding="utf-8")
    with window(browser) as page, opened(page, path) as form:
        shown = [page.locator("[data-when] h3:visible").all_inner_texts()]
        for reply in ("Wait", "Offer an answer"):
            form.mark("answer.reply_to_silence", reply)
            shown.append(page.locator("[data-when] h3:visible").all_inner_texts())

    assert shown == [[], ["You waited."], ["You offered an answer."]]


def test_on_a_phone_what_is_tapped_is_44_px_high_and_nothing_covers_what_to_do_now(
    form: Form, tmp_path: Path
) -> None:
    small = form.page.evaluate("""
        [...document.querySelectorAll('.made input[type=number], .choice, .unsure, button')]
        .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44)
        .map(each => each.className)
    """)
    assert small == []
    saved(form, tmp_path)
    done, bar = (form.page.locator(each).bounding_box() for each in ("#done", ".bar"))
    assert done
    assert bar
    assert done["y"] + done["height"] <= bar["y"]


def test_what_is_rated_and_shared_is_seen_as_bars_too(form: Form) -> None:
    bars = "[...document.querySelectorAll('#bars-now progress')].map((bar) => [bar.value, bar.max])"
    fill(form, "now", "Skills", "7")
    fill(form, "now", "Sleep", "3")
    assert form.page.evaluate(bars) == []
    form.share("now")
    assert form.page.evaluate(bars) == [[7, 10], [3, 10]]
    assert form.text("#preview").endswith("Now: Skills 7 of 10, Sleep 3 of 10")
