"""The form in a real browser: filled in on a phone, kept, seen whole, saved, and used."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml
from playwright.sync_api import expect
from support.browsers import DESKTOP, PHONE, Form, chromium, opened, window
from support.building import TODAY, agenda_written
from support.commands import ran
from support.hostile_texts import HOSTILE
from support.preparing_samples import TALK, WHOLE, House, prep, talk

from mentorwalk.authoring import Source, agenda_from, read_source
from mentorwalk.authoring.prep_file import prep_from
from mentorwalk.documents.prep_page import form_page
from mentorwalk.domain.agenda import Prepare
from mentorwalk.domain.answer_parsing import parse_answer, parse_items, unsure
from mentorwalk.domain.answers import Answer
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.people import People, read_name
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.prep_wishes import prep_fields
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import clean
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from support.figures import Figure

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role

    Opens = Callable[..., AbstractContextManager[Form]]

pytestmark = pytest.mark.slow

TALKED = talk()
RIVER = BUNDLED_AGENDAS.parent / "docs" / "programme" / "first-coffee.yaml"
ASKING = [
    BUNDLED_AGENDAS / f"{name}.yaml"
    for name in ("first-session", "second-session", "check-in", "reverse-mentoring")
]
NO_STORE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('not for files', 'SecurityError'); },
});"""
KINDS = """\
mentorwalk: 1
id: kinds
title: Kinds
minutes: 20
phases:
  - id: only
    title: Only
    short: Only
    prompts:
      - id: card
        ask: Well?
prepare:
  mentee:
    - {id: amount, label: How much, type: number, unit: pints, share: yes}
    - {id: bounded, label: How far, type: number, min: -5, max: 5, share: yes}
    - {id: mood, label: Mood, type: scale, min: 1, max: 5, share: yes}
    - {id: wide, label: Wide, type: scale, max: 100, share: yes}
    - {id: sure, label: Sure?, type: confirm, share: yes}
    - {id: day, label: Day, type: date, share: yes}
    - {id: hour, label: Hour, type: time, share: yes}
    - {id: why_sure, label: Why?, when: {sure: yes}, share: yes}
    - id: who
      label: Who?
      type: select
      choices: ["{mentor}", "{mentee}", {pick: Both, says: the two of us}]
      other: yes
      share: yes
    - {id: three, label: Three, type: list, min: 2, max: 3, share: yes}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests of a worker."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def one_page(browser: Browser) -> Iterator[Page]:
    """Open one window for all tests, because each takes a while to open."""
    with window(browser) as page:
        yield page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a window of its own for a test that changes how the browser works."""
    with window(browser) as new:
        yield new


@pytest.fixture
def opens(one_page: Page, tmp_path: Path, figure: Figure) -> Opens:
    """Return a function that opens the form of an agenda, on a phone by default."""

    @contextmanager
    def open_form(
        agenda: Agenda = TALKED,
        role: Role = "mentee",
        size: tuple[int, int] = PHONE,
        page: Page = one_page,
    ) -> Iterator[Form]:
        path = tmp_path / "form.html"
        path.write_text(form_page(agenda, role), encoding="utf-8")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(media="screen", color_scheme="light")
        try:
            with opened(page, path) as form:
                yield form
        finally:
            if page is one_page:
                page.evaluate("localStorage.clear()")
        figure("visits of a form in a browser that asked for nothing but itself", 1)

    return open_form


def given(path: Path, agenda: Agenda = TALKED) -> Prep:
    """Return what a saved file says, all of which fits."""
    read = prep_from(read_source(path), agenda, TODAY)
    assert read.left_out == ()
    return read.prep


def names_of(agenda: Agenda, role: Role, own: str = "Grace", other: str = "Ada") -> dict[str, str]:
    """Return the names for texts."""
    people = People(other, own, role) if role == "mentee" else People(own, other, role)
    return dict(agenda.names_of(people))


def answers_in(path: Path) -> dict[str, list[str]]:
    """Return the texts of a file by answer id, as any reader of YAML finds them."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"] or {}
    return {key: [text] if isinstance(text, str) else text for key, text in said.items()}


def answers_seen(form: Form) -> dict[str, str]:
    """Return the answers of the preview by answer id."""
    return dict(
        form.page.evaluate("""() => [...document.querySelectorAll('#preview p[id]')]
          .filter((line) => line.checkVisibility())
          .map((line) => [line.id.replace('seen-', ''), line.lastChild.textContent])""")
    )


def shown(field: Field, texts: list[str], names: dict[str, str]) -> str:
    """Return how the preview says the texts of an answer."""
    if texts == ["?"]:
        return "I don't know yet"
    picks = [choice.pick for choice in field.choices]
    words = [fill_in(text, names) if text in picks else text for text in texts]
    unit = "hour" if (field.unit, words) == ("hours", ["1"]) else field.unit
    return f"{', '.join(words)} {unit}".strip()


# --- From the first word to the session


def test_a_form_that_was_filled_in_on_a_phone_is_used_in_a_session(
    opens: Opens, tmp_path: Path
) -> None:
    agenda = agenda_from(read_source(RIVER))
    with opens(agenda) as form:
        form.name("Zoë")
        form.write("glad_if", "to know the tides: all of them\n\n- and the people")
        form.write("rather_not", "SECRETNIGHTS alone")
        form.mark("answer.good_at", "Cake")
        form.mark("answer.rhythm", "Every Saturday")
        form.open()
        assert form.page.input_value('[name="answer.rather_not"]') == "SECRETNIGHTS alone"
        form.share("glad_if")
        form.share("good_at", wanted=False)
        told, path = form.text("#preview"), form.save(tmp_path)
    with opens(agenda, "mentor") as form:
        form.name("Ada", "Zoë")
        form.mark("answer.rhythm", "Every Saturday")
        mentors = form.save(tmp_path)
    assert told == (
        "Zoë, A first coffee In a year, what would make you glad that you came? to know the tides: "
        "all of them - and the people How we meet "
        "We meet: Every Saturday"
    )
    assert path.name == "prep-Zoë.yaml"
    answers, home = tmp_path / "answers.yaml", tmp_path / "home"
    answers.write_text("wish: mend the nets\n", encoding="utf-8")
    walk = ("start", RIVER, "--prep", path, "--prep", mentors, "--answers", answers)
    ended = ran("--home", home, *walk)
    (page,) = home.rglob("our-page.md")
    journal = next(home.rglob("session.jsonl")).read_text(encoding="utf-8")
    assert (ended.code, len(ended.lines)) == (0, 1)
    assert page.read_text(encoding="utf-8").startswith("# Zoë and Ada, on the river")
    assert "We meet every Saturday, at the boat house." in page.read_text(encoding="utf-8")
    assert "to know the tides" in journal
    assert "SECRETNIGHTS" not in path.read_text("utf-8") + journal
    assert "Cake" not in journal


def test_the_same_answers_say_the_same_as_in_the_terminal(opens: Opens, tmp_path: Path) -> None:
    house = House(tmp_path / "home")
    house.home.mkdir()
    typed = house.walk(*WHOLE)
    with opens() as form:
        form.name()
        form.write("hope", "a plan")
        form.mark("answer.help", "An ear")
        form.write("topics", "one\ntwo")
        form.write("never_told", "SECRETBOSS")
        form.mark("answer.frequency", "Every week")
        form.page.click("[data-defaults]")
        form.mark("check.Room", "Water")
        form.share("hope")
        saved = form.save(tmp_path)
    assert typed is not None
    assert (saved.name, given(saved)) == (typed.name, house.prep(typed))


def test_a_file_has_the_answers_as_they_were_typed(opens: Opens, tmp_path: Path) -> None:
    with opens() as form:
        form.name()
        form.write("hope", 'to lead: my way # and "well"\n\n- in my own time')
        form.share("hope")
        form.mark("answer.help", "An ear")
        form.page.fill('[name="own.help"]', "tea, or coffee")
        form.write("length", "45")
        form.page.check('[name="unsure.frequency"]')
        saved = form.save(tmp_path)
    assert (
        saved.read_text(encoding="utf-8")
        == r"""# Made by `mentorwalk prep`. Drop it into the window of `mentorwalk start`.
mentorwalk-prep: 1
agenda: talk
role: mentee
name: "Grace"
answers:
  # What do you hope for?
  hope: "to lead: my way # and \"well\"\n\n- in my own time"
  # Help that is welcome
  help: ["An ear","tea, or coffee"]
  # How we meet: How often
  frequency: "?"
  # How we meet: How long
  length: "45"
"""
    )
    assert given(saved) == prep(
        "mentee",
        "frequency",
        hope='to lead: my way # and "well"\n\n- in my own time',
        help=("An ear", "tea, or coffee"),
        length=45,
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", [*ASKING, RIVER], ids=lambda path: path.stem)
def test_every_preview_shows_what_is_in_the_file_and_all_of_it_can_be_read(
    path: Path, role: Role, opens: Opens, tmp_path: Path
) -> None:
    agenda = agenda_from(read_source(path))
    with opens(agenda, role) as form:
        form.name()
        fill_everything(form)
        seen, saved = answers_seen(form), form.save(tmp_path)
    fields, names, answers = prep_fields(agenda, role), names_of(agenda, role), answers_in(saved)
    assert seen == {key: shown(fields[key], texts, names) for key, texts in answers.items()}
    assert given(saved, agenda).answers.keys() == answers.keys()
    assert len(answers) >= len(fields) * 0.6


def fill_everything(form: Form) -> None:
    """Write something into every field, take the defaults, and share whatever can be shared."""
    form.page.evaluate("""() => {
      const said = (control) => control.dispatchEvent(new Event('input', {bubbles: true}));
      for (const control of document.querySelectorAll('textarea')) {
        control.value = 'One: a line';
        said(control);
      }
      for (const button of document.querySelectorAll('[data-defaults]')) button.click();
      for (const part of document.querySelectorAll('.question')) {
        const marks = [...part.querySelectorAll('.choices input')];
        if (marks.length && !marks.some((mark) => mark.checked)) marks[0].click();
        const number = part.querySelector('[type=number]');
        if (number && !number.value) { number.value = number.min || '7'; said(number); }
      }
      for (const both of document.querySelectorAll('[name^="share."][value=both]')) both.click();
    }""")


# --- What somebody typed, and what an agenda says, is text


def test_every_hostile_text_is_read_from_the_file_as_it_was_typed(
    opens: Opens, figure: Figure
) -> None:
    texts = [text for text in HOSTILE if len(clean(text)) < 16_000]
    with opens() as form:
        form.name()
        for switch in ("hope", "help", "topics", "wishes", "said.mentee"):
            if form.page.query_selector(f'[name="share.{switch}"]'):
                form.share(switch)
        form.page.check('[name="answer.frequency"][value=""]')
        saved = form.save_each([hostile(text) for text in texts])
    files = [prep_from(Source("prep.yaml", text), TALKED, TODAY) for text in saved]
    assert [(file.prep, file.left_out) for file in files] == [(said(text), ()) for text in texts]
    figure("hostile texts in every field of a form in a browser", len(texts))


def hostile(text: str) -> dict[str, str]:
    """Return the same words for every control that takes words."""
    return {
        "answer.hope": text,
        "own.help": text,
        "answer.topics": text if len(clean(text).split("\n")) <= 2 else "",
        "own.frequency": text,
        "answer.said.mentee": text,
    }


def said(text: str) -> Prep:
    """Return what is read where a text is typed into every field of a terminal."""
    fields = prep_fields(TALKED, "mentee")
    answers: dict[str, Value] = {}
    for name, typed in hostile(text).items():
        # A field of one line takes no ends of lines.
        words = re.sub("[\r\n]", "", typed) if name.startswith("own.") else typed
        field = fields[key := name.partition(".")[2]]
        several = field.type == "checkbox"
        value = parse_items(field, (words,)) if several else parse_answer(field, words, TODAY)
        if value is not None:
            answers[key] = "?" if unsure(words) else value
    known = {key: answers[key] for key in fields if answers.get(key, "?") != "?"}
    return prep("mentee", *(key for key in fields if answers.get(key) == "?"), **known)


def test_every_hostile_name_is_saved_as_one_that_can_be_read_or_refused(
    opens: Opens, figure: Figure
) -> None:
    names = [text for text in HOSTILE if len(text.encode("utf-16", "surrogatepass")) < 120]
    with opens() as form:
        saved = form.save_each([{"name": text} for text in names])
    assert [name_in(text) for text in saved] == [usable(text) for text in names]
    figure("hostile names in a browser", len(names))


def name_in(file: str) -> str:
    """Return the name in a file; empty if none was saved."""
    return prep_from(Source("prep.yaml", file), TALKED, TODAY).prep.name if file else ""


def usable(typed: str) -> str:
    """Return a name without what cannot be shown; empty if nothing can be seen of it."""
    try:
        # A field of one line drops line breaks, and takes a word processor's for a space.
        return read_name(clean(re.sub("[\r\n]", "", typed)).replace("\n", " "), "Your name")
    except InputError:
        return ""


def test_hostile_words_of_an_agenda_are_only_read(opens: Opens, figure: Figure) -> None:
    texts = [text for text in dict.fromkeys(map(clean, HOSTILE)) if text]
    fields = tuple(
        Field(f"x{n}", text, "checkbox", help=text, choices=(Choice(text),), unit=text)
        for n, text in enumerate(texts)
    )
    whole = " ".join(texts)
    agenda = replace(talk(), title=whole, prepare=replace(talk().prepare, mentee=fields))
    with opens(agenda) as form:
        form.save_each([{"name": "Grace", "other": "Ada"}])
        read = form.page.evaluate("""() => ({
          labels: [...document.querySelectorAll('[data-key^=x] legend')].map((e) => e.textContent),
          helps: [...document.querySelectorAll('[data-key^=x] .help')].map((e) => e.textContent),
          picks: [...document.querySelectorAll('[data-key^=x] .choices .choice > span')].map(
            (e) => e.textContent),
          tags: [...new Set([...document.querySelectorAll('*')].map((e) => e.localName))].sort(),
          scripts: document.scripts.length,
          title: document.title,
        })""")
    shown = [fill_in(text, names_of(agenda, "mentee")) for text in texts]
    for kind in ("labels", "helps", "picks"):
        assert [said.strip() for said in read[kind]] == shown
    assert read["scripts"] == 3
    assert set(read["tags"]) <= TAGS
    figure("hostile texts of an agenda in a browser", len(texts))


TAGS = {
    *("html", "head", "meta", "title", "style", "script", "body", "main", "header", "footer"),
    *("h1", "h2", "h3", "p", "span", "b", "bdi", "div", "section", "form", "fieldset", "legend"),
    *("label", "input", "textarea", "button", "ul", "li"),
}
"""What a form is made of."""


def test_a_browser_forbids_whatever_would_come_from_outside_or_run(opens: Opens) -> None:
    with opens() as form:
        form.page.evaluate("""async () => {
          const image = new Image();
          image.src = 'http://127.0.0.1:9/a.png';
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(image, script);
          await fetch('http://127.0.0.1:9/').catch(() => {});
        }""")
        ran = form.page.evaluate("window.ran === true")
        forbidden = [said for said in form.complaints if "Content Security Policy" in said]
        form.complaints.clear()
        # The browser was asked, and sent nothing.
        form.asked_for[:] = [url for url in form.asked_for if url.startswith("file:")]
    assert (ran, len(forbidden) >= 3) == (False, True)


# --- What can be read


def test_days_hours_and_marks_are_saved_as_they_were_chosen(opens: Opens, tmp_path: Path) -> None:
    agenda = agenda_written(KINDS)
    with opens(agenda) as form:
        form.name()
        form.mark("answer.mood", "4")
        form.write("wide", "50")
        form.mark("answer.sure", "no")
        form.page.fill("#q-day", "2026-12-15")
        form.page.fill("#q-hour", "09:30")
        assert not form.seen("#q-why_sure")
        form.mark("answer.sure", "yes")
        form.write("why_sure", "because")
        form.write("three", "a\nb")
        told, saved = form.text("#preview"), form.save(tmp_path)
    assert answers_in(saved) == {
        "mood": ["4"],
        "wide": ["50"],
        "sure": ["yes"],
        "day": ["2026-12-15"],
        "hour": ["09:30"],
        "why_sure": ["because"],
        "three": ["a\nb"],
    }
    assert given(saved, agenda).answers == {
        "mood": 4,
        "wide": 50,
        "sure": True,
        "day": "2026-12-15",
        "hour": "09:30",
        "why_sure": "because",
        "three": ("a", "b"),
    }
    assert told == (
        "Grace, Kinds Mood: 4 Wide: 50 Sure? yes Day: Tuesday 15 December 2026 Hour: 09:30 "
        "Why? because Three: a b"
    )


def test_what_a_browser_refuses_is_explained_beside_its_field_and_at_the_end(
    opens: Opens, tmp_path: Path
) -> None:
    with opens(agenda_written(KINDS)) as form:
        form.write("bounded", "6")
        form.write("three", "a")
        field = form.page.locator("#q-bounded")
        assert form.text("#q-bounded-wrong") == "A number from -5 to 5 would do."
        assert field.get_attribute("aria-invalid") == "true"
        assert "q-bounded-wrong" in (field.get_attribute("aria-describedby") or "").split()
        form.page.click("#save")
        assert form.text("#faults") == (
            "Before there can be a file, please look at this again: "
            "Your name is empty: please give a name, any name you go by. "
            "How far: A number from -5 to 5 would do. Three: Two to three, one a line."
        )
        form.page.click("#faults li:has-text('How far') button")
        assert form.page.evaluate("document.activeElement.id") == "q-bounded"
        form.name()
        form.write("bounded", "5")
        assert form.text("#faults").endswith("again: Three: Two to three, one a line.")
        form.write("three", "")
        assert not form.seen("#faults")
        assert given(form.save(tmp_path), agenda_written(KINDS)).answers == {"bounded": 5}


def test_half_a_date_is_refused(opens: Opens) -> None:
    with opens(agenda_written(KINDS)) as form:
        form.page.locator("#q-day").press_sequentially("12")
        form.page.locator("#q-day").blur()
        assert form.text("#q-day-wrong") == "A day would do, such as 2026-12-15."


def test_own_words_count_only_where_they_are_chosen(opens: Opens, tmp_path: Path) -> None:
    with opens() as form:
        form.name()
        form.page.check('[name="answer.frequency"][value=""]')
        form.page.fill('[name="own.frequency"]', "?")
        form.mark("answer.frequency", "Every month")
        assert given(form.save(tmp_path)) == prep("mentee", frequency="Every month")


@pytest.mark.parametrize(
    ("typed", "read"),
    [(" GRACE ", "{mentee}"), ("{MENTOR}", "{mentor}"), ("The two  of us", "Both"), ("Eve", "Eve")],
)
def test_own_words_that_name_a_choice_are_read_as_that_choice(
    typed: str, read: str, opens: Opens, tmp_path: Path
) -> None:
    with opens(agenda_written(KINDS)) as form:
        form.name()
        form.page.check('[name="answer.who"][value=""]')
        form.page.fill('[name="own.who"]', typed)
        assert given(form.save(tmp_path), agenda_written(KINDS)).answers == {"who": read}


def test_an_answer_is_no_longer_than_a_file_can_hold(opens: Opens, tmp_path: Path) -> None:
    with opens() as form:
        form.name()
        form.share("hope")
        form.write("hope", "é" * 16_000)
        form.page.locator('[name="answer.hope"]').press_sequentially("more")
        assert len(str(given(form.save(tmp_path)).answers["hope"])) == 16_000


def test_all_of_it_is_no_longer_than_a_file_can_be(opens: Opens) -> None:
    fields = "".join(f"    - {{id: f{n}, label: F, share: yes}}\n" for n in range(6))
    agenda = agenda_written(KINDS.partition("    - {")[0] + fields)
    with opens(agenda) as form:
        form.name()
        assert form.save_each([{f"answer.f{n}": "😀" * 15_000 for n in range(6)}]) == [""]
        assert form.text("#done").startswith("All of it together is too long for one file")


# --- What is private, and what is shared


def test_what_is_private_is_in_no_file_and_not_in_the_preview(opens: Opens, tmp_path: Path) -> None:
    with opens() as form:
        form.name()
        form.write("hope", "SECRETPLAN")
        form.write("never_told", "SECRETBOSS")
        form.page.check('[name="unsure.topics"]')
        form.mark("check.Room", "Water")
        form.mark("answer.keeper", "{mentee}")
        form.share("wishes", wanted=False)
        told, path = form.text("#preview") + form.text("#nothing"), form.save(tmp_path)
    assert told == "Grace, A talkNothing but your name, so far."
    assert given(path) == prep("mentee")
    assert "SECRET" not in path.read_text("utf-8")


def test_a_wish_that_is_never_shared_stays_private_where_the_others_are_shared(
    opens: Opens, tmp_path: Path
) -> None:
    own = "            by: each\n            prepare: both\n"
    with opens(
        agenda_written(
            TALK.replace(f"{own}            share: yes", f"{own}            share: never")
        )
    ) as form:
        form.name()
        form.mark("answer.frequency", "Every week")
        form.write("said.mentee", "SECRETBOSS")
        shared = (form.text("#preview"), form.save(tmp_path).read_text(encoding="utf-8"))
    assert [("Every week" in each, "SECRETBOSS" in each) for each in shared] == [(True, False)] * 2


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-15", "Tuesday 15 December 2026"),
        ("2028-02-29", "Tuesday 29 February 2028"),
        ("2027-01-03", "Sunday 3 January 2027"),
        ("0001-01-01", "Monday 1 January 1"),
    ],
)
def test_the_preview_says_a_day_as_it_stands_everywhere_else(
    opens: Opens, tmp_path: Path, day: str, words: str
) -> None:
    agenda = agenda_written(KINDS)
    with opens(agenda) as form:
        form.name()
        form.page.fill("#q-day", day)
        seen, saved = form.text("#seen-day-answer"), form.save(tmp_path)
    answer = Answer(prep_fields(agenda, "mentee")["day"], given(saved, agenda).answers["day"])
    assert (seen, answer.given) == (words, words)


def test_what_is_switched_to_shared_is_seen_at_once_and_taken_back_at_once(opens: Opens) -> None:
    with opens() as form:
        form.name()
        form.write("hope", "a plan")
        seen = []
        for wanted in (True, False, True):
            form.share("hope", wanted=wanted)
            seen.append("a plan" in form.text("#preview"))
    assert seen == [True, False, True]


def test_what_is_not_shared_is_named_below_the_preview(opens: Opens) -> None:
    with opens() as form:
        form.name()
        named: list[bool | str] = [form.seen("#unseen")]
        form.write("hope", "a plan")
        named.append(form.text("#unseen ul"))
        form.share("hope")
        named.append(form.seen("#unseen"))
    assert named == [False, "What do you hope for?", False]


def test_not_to_know_yet_is_an_answer(opens: Opens, tmp_path: Path) -> None:
    with opens() as form:
        form.name()
        form.page.check('[name="unsure.length"]')
        form.write("hope", "I don’t know yet.")
        form.share("hope")
        told, path = form.text("#preview"), form.save(tmp_path)
    assert given(path) == prep("mentee", "hope", "length")
    assert told.endswith(
        "What do you hope for? I don’t know yet. How we meet How long: I don't know yet"
    )


def test_a_mark_can_be_taken_back(opens: Opens, tmp_path: Path) -> None:
    with opens() as form:
        form.name()
        form.mark("answer.keeper", "{mentor}")
        form.page.click('[data-clears="keeper"]')
        assert form.page.evaluate("document.activeElement.name") == "answer.keeper"
        assert given(form.save(tmp_path)) == prep("mentee")


def test_what_depends_on_an_answer_is_asked_and_shared_only_after_it(
    opens: Opens, tmp_path: Path
) -> None:
    with opens() as form:
        form.name()
        assert not form.seen("#q-why_hope")
        form.mark("answer.help", "A push")
        form.write("why_hope", "because")
        assert "because" in form.text("#preview")
        form.page.uncheck('[name="answer.help"][value="A push"]')
        assert given(form.save(tmp_path)) == prep("mentee")


def test_what_depends_on_a_range_is_asked_for_the_numbers_in_it(opens: Opens) -> None:
    long = Field("long", "How long?", "number")
    why = Field("why", "Why so long?", when=(Condition("long", ("45..", "30")),))
    with opens(replace(TALKED, prepare=Prepare(mentee=(long, why)))) as form:
        for typed, asked in (("", False), ("44.5", False), ("30", True), ("45", True)):
            form.write("long", typed)
            assert form.seen("#q-why") is asked


def test_defaults_fill_only_empty_answers(opens: Opens, tmp_path: Path) -> None:
    with opens() as form:
        form.name()
        form.write("length", "45")
        form.page.check('[name="unsure.frequency"]')
        form.page.click("[data-defaults]")
        shared = given(form.save(tmp_path))
    assert shared == prep("mentee", "frequency", length=45, keeper="{mentee}")


# --- What the browser keeps


def test_what_was_typed_is_kept_and_comes_back(opens: Opens) -> None:
    with opens() as form:
        form.name()
        form.page.locator('[name="answer.hope"]').press_sequentially("a pl")
        form.share("hope")
        form.page.check('[name="answer.frequency"][value=""]')
        form.page.fill('[name="own.frequency"]', "each Friday")
        assert form.text("#status") == "Saved, in this browser only."
        before = form.text("#preview")
        form.open()
        assert (
            form.text("#status")
            == "What was written here before is back. If it is not yours, erase it."
        )
        assert (form.text("#preview"), "a pl" in before) == (before, True)


def test_after_the_file_is_saved_it_says_that_the_answers_stay_here_too(
    opens: Opens, tmp_path: Path
) -> None:
    with opens() as form:
        form.name()
        form.save(tmp_path)
        assert (
            form.text("#status") == "Saved as a file, and still in this browser until you erase it."
        )
        form.write("hope", "a plan")
        assert form.text("#status") == "Saved, in this browser only."


def test_what_is_kept_belongs_to_the_agenda_and_the_role(opens: Opens) -> None:
    with opens() as form:
        form.name()
        assert list(form.kept()) == ["mentorwalk-prep 1 talk mentee"]


def test_everything_can_be_erased_after_a_question_in_the_page(opens: Opens) -> None:
    with opens() as form:
        form.name()
        form.write("never_told", "SECRETBOSS")
        form.page.click("#ask-erase")
        assert form.page.evaluate("document.activeElement.id") == "keep"
        form.page.click("#keep")
        assert "SECRETBOSS" in str(form.kept())
        form.write("length", "999")
        form.page.click("#save")
        form.page.click("#ask-erase")
        form.page.click("#erase")
        assert not form.seen("#faults")
        assert form.text("#q-length-wrong") == ""
        assert (form.kept(), form.page.input_value("#name")) == ({}, "")
        assert form.text("#status").startswith("Everything is erased here.")
        form.open()
        assert form.page.input_value('[name="answer.never_told"]') == ""


def test_where_nothing_can_be_kept_it_says_so_and_goes_on(
    opens: Opens, browser: Browser, tmp_path: Path
) -> None:
    with window(browser) as page:
        page.add_init_script(NO_STORE)
        where_nothing_can_be_kept(opens, page, tmp_path)


def where_nothing_can_be_kept(opens: Opens, page: Page, tmp_path: Path) -> None:
    with opens(page=page) as form:
        assert form.text("#kept") == (
            "This browser cannot keep what you type. "
            "Leave this page open until you have saved your file."
        )
        form.name()
        assert form.text("#status").startswith("This browser cannot keep what you type.")
        assert given(form.save(tmp_path)) == prep("mentee")
        assert form.text("#status") == ""


def test_after_everything_was_taken_out_nothing_comes_back(opens: Opens) -> None:
    with opens() as form:
        form.write("hope", "a plan")
        form.write("hope", "")
        form.open()
        assert form.text("#status") == ""


FULL = """() => {
  Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
}"""


def test_where_there_is_no_more_room_it_says_so_and_all_of_it_can_still_be_erased(
    opens: Opens,
) -> None:
    with opens() as form:
        form.write("never_told", "SECRETBOSS")
        form.page.evaluate(FULL)
        form.write("hope", "more than there is room for")
        assert form.text("#status").startswith("This browser cannot keep what you type.")
        form.page.click("#ask-erase")
        form.page.click("#erase")
        assert form.kept() == {}


def test_a_browser_without_room_brings_back_what_it_kept_before(opens: Opens, page: Page) -> None:
    with opens(page=page) as form:
        form.write("hope", "a plan")
        page.add_init_script(f"({FULL})()")
        form.open()
        assert page.input_value('[name="answer.hope"]') == "a plan"


def test_what_was_written_as_private_stays_so_in_a_form_that_shares_it(opens: Opens) -> None:
    mentee = [replace(field, share="yes") for field in TALKED.prepare.mentee]
    bold = replace(TALKED, prepare=replace(TALKED.prepare, mentee=tuple(mentee)))
    with opens() as form:
        form.write("never_told", "SECRETBOSS")
        form.write("hope", "SECRETPLAN")
        form.page.fill('[name="own.help"]', "An ear")
        form.path.write_text(form_page(bold, "mentee"), encoding="utf-8")
        form.open()
        assert form.page.input_value('[name="answer.never_told"]') == "SECRETBOSS"
        told = form.text("#preview")
        form.share("hope")
        form.open()
        assert (told, "SECRETPLAN" in form.text("#preview")) == (
            "…, A talk Help that is welcome: An ear",
            True,
        )


def test_what_another_edition_does_not_ask_is_kept_until_it_is_erased(opens: Opens) -> None:
    mentee = [replace(f, id="wish") if f.id == "hope" else f for f in TALKED.prepare.mentee]
    later = replace(TALKED, prepare=replace(TALKED.prepare, mentee=tuple(mentee)))
    with opens() as form:
        form.write("hope", "a plan")
        form.path.write_text(form_page(later, "mentee"), encoding="utf-8")
        form.open()
        assert "What you wrote to questions that this form does not ask" in form.text("#status")
        form.write("wish", "another")
        form.path.write_text(form_page(TALKED, "mentee"), encoding="utf-8")
        form.open()
        assert form.page.input_value('[name="answer.hope"]') == "a plan"
        form.page.click("#ask-erase")
        form.page.click("#erase")
        assert form.kept() == {}


def test_two_windows_of_a_form_show_the_same_and_are_erased_together(
    opens: Opens, page: Page
) -> None:
    with opens(page=page) as form, another(form) as second:
        form.write("never_told", "SECRETBOSS")
        said = second.page.locator('[name="answer.never_told"]')
        expect(said).to_have_value("SECRETBOSS")
        second.write("hope", "a plan")
        expect(form.page.locator('[name="answer.hope"]')).to_have_value("a plan")
        form.page.bring_to_front()
        form.page.click("#ask-erase")
        form.page.click("#erase")
        expect(said).to_have_value("")
        second.name()
        assert "SECRETBOSS" not in str(second.kept())


@contextmanager
def another(form: Form) -> Iterator[Form]:
    """Open the same form in a second window of the same browser."""
    page = form.page.context.new_page()
    with opened(page, form.path) as second:
        yield second


def test_a_page_that_a_browser_takes_out_of_its_memory_shows_what_is_kept_now(
    opens: Opens,
) -> None:
    with opens() as form:
        form.write("never_told", "SECRETBOSS")
        form.page.evaluate("""() => {
          localStorage.clear();
          window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
        }""")
        assert form.page.input_value('[name="answer.never_told"]') == ""


@pytest.mark.parametrize("kept", ["{", "null", "7", '{"name": {"a": 1}, "answer.hope": [7]}'])
def test_what_is_kept_and_makes_no_sense_is_left_alone(opens: Opens, kept: str) -> None:
    with opens() as form:
        form.page.evaluate("kept => localStorage['mentorwalk-prep 1 talk mentee'] = kept", kept)
        form.open()
        assert form.page.input_value("#name") == ""


# --- Without a script, without a mouse, without eyes


def test_without_a_script_the_questions_can_be_read_and_it_says_what_is_missing(
    opens: Opens, browser: Browser
) -> None:
    with window(browser, java_script_enabled=False) as page, opens(page=page) as form:
        seen = form.text("main")
        hidden = [form.seen(place) for place in ("#save", ".bar", ".switch", ".unsure")]
    assert hidden == [False] * 4
    for words in ("This is only a look at the form", "What do you hope for?", "your mentor"):
        assert words in seen


def test_where_the_script_cannot_do_its_work_it_says_what_is_missing(
    opens: Opens, browser: Browser
) -> None:
    with window(browser) as page:
        page.add_init_script("delete Object.hasOwn")
        with opens(page=page) as form:
            seen = [form.seen(place) for place in (".notice", "#q-hope", "#save", ".bar")]
            assert len(form.complaints) == 1
            form.complaints.clear()
    assert seen == [True, True, False, False]


def test_a_default_that_nobody_touched_is_not_kept(opens: Opens) -> None:
    with opens() as form:
        form.name()
        form.mark("answer.help", "An ear")
        form.share("hope")
        (kept,) = form.kept().values()
    assert kept == {
        "name": ["Grace"],
        "other": ["Ada"],
        "answer.help": ["An ear"],
        "share.hope": ["both"],
    }


def test_all_of_it_can_be_done_by_keyboard(opens: Opens, tmp_path: Path) -> None:
    typed = {"name": "Grace", "other": "Ada", "answer.hope": "a plan", "answer.length": "45"}
    keys = {
        "share.hope": ["ArrowRight"],
        "answer.help": ["Space"],
        "answer.frequency": ["Space", "ArrowDown"],
        "unsure.topics": ["Space"],
    }
    reached: list[str] = []
    with opens() as form:
        for _ in range(80):
            form.page.keyboard.press("Tab")
            at = form.page.evaluate(FOCUS)
            assert (at["outline"], at["covered"]) == ("solid", False), at
            if at["id"] == "save":
                break
            for key in keys.get(at["name"], []) if at["name"] not in reached else []:
                form.page.keyboard.press(key)
            form.page.keyboard.type(typed.get(at["name"], ""))
            reached.append(at["name"])
        with form.page.expect_download() as download:
            form.page.keyboard.press("Enter")
        path = tmp_path / "prep.yaml"
        download.value.save_as(path)
    assert given(path) == prep(
        "mentee", hope="a plan", help=("An ear",), frequency="Every month", length=45
    )
    wanted = [name for name in typed if name in reached]
    assert wanted == list(typed)


FOCUS = """() => {
  const at = document.activeElement;
  const bar = document.querySelector('.bar').getBoundingClientRect();
  const box = at.getBoundingClientRect();
  return {
    id: at.id, name: at.name ?? '', outline: getComputedStyle(at).outlineStyle,
    covered: !at.closest('.bar') && box.top >= bar.top,
  };
}"""


def test_axe_finds_nothing(opens: Opens) -> None:
    agenda = agenda_from(read_source(ASKING[0]))
    with opens(agenda) as form:
        form.write("length", "999")
        form.page.check('[name="unsure.talking"]')
        form.share("my_questions")
        form.page.click("#save")
        form.page.click("#ask-erase")
        assert form.faults() == []
        form.page.emulate_media(color_scheme="dark")
        form.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        assert form.faults(*LOOKS) == []


LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
"""The rules of axe-core that depend on the size of a window or on its colours."""


def test_axe_finds_planted_faults(opens: Opens) -> None:
    with opens() as form:
        form.page.evaluate("document.querySelector('label[for=name]').remove()")
        form.page.evaluate("document.querySelector('h1').style.color = '#ddd'")
        assert {fault.partition(":")[0] for fault in form.faults()} >= {"label", "color-contrast"}


def test_nothing_is_wider_than_a_small_phone(opens: Opens) -> None:
    agenda = agenda_from(read_source(ASKING[0]))
    with opens(agenda, size=(320, 600)) as form:
        form.name("G" * 60, "A" * 60)
        fill_everything(form)
        assert form.page.evaluate("document.documentElement.scrollWidth") == 320


def test_live_regions_are_there_before_their_text(opens: Opens) -> None:
    hidden = """() => [...document.querySelectorAll('[aria-live], [role=status], [role=alert]')]
      .filter((each) => !each.closest('[hidden]') && getComputedStyle(each).display === 'none')
      .map((each) => each.id)"""
    with opens() as form:
        assert form.page.evaluate(hidden) == []


def test_who_will_see_an_answer_is_read_before_it_is_typed(opens: Opens) -> None:
    with opens() as form:
        told = [
            form.page.get_by_role("group", name=label).get_by_text(who).get_attribute("id")
            for label, who in (("What not yet?", "Only for me, always"), ("How often", "For"))
        ]
        described = [
            form.page.get_attribute(f"#q-{key}-all", "aria-describedby") or ""
            for key in ("never_told", "frequency")
        ]
        assert [who in ids.split() for who, ids in zip(told, described, strict=True)] == [True] * 2


def test_the_question_before_all_is_erased_is_read_with_its_buttons(opens: Opens) -> None:
    with opens() as form:
        form.page.click("#ask-erase")
        asked = form.page.get_by_role("group", name="Erase all that you wrote on this page")
        assert asked.get_by_role("button").all_inner_texts() == ["Keep it", "Erase it"]
        form.page.keyboard.press("Escape")
        assert form.page.evaluate("document.activeElement.id") == "ask-erase"


def test_in_a_low_window_nothing_covers_what_is_read(opens: Opens) -> None:
    with opens(size=(640, 320)) as form:
        place = "getComputedStyle(document.querySelector('.bar')).position"
        low = form.page.evaluate(place)
        form.page.set_viewport_size({"width": 360, "height": 640})
        assert (low, form.page.evaluate(place)) == ("static", "fixed")


def test_words_that_run_from_right_to_left_do_so_in_their_field_and_in_the_preview(
    opens: Opens,
) -> None:
    with opens() as form:
        form.write("hope", "שלום, עולם!")
        form.share("hope")
        assert form.page.evaluate("""() => ['#q-hope', '#preview p', '#q-hope-all legend'].map(
          (place) => getComputedStyle(document.querySelector(place)).unicodeBidi)""") == (
            ["plaintext"] * 3
        )


def test_on_paper_there_is_all_that_is_asked_and_nothing_to_press(opens: Opens) -> None:
    with opens() as form:
        form.page.emulate_media(media="print")
        assert [
            form.seen(each) for each in ("#q-hope", "button", ".bar", "#preview", ".switch")
        ] == [*(True, False, False, False, False)]
        assert form.seen('[name="own.frequency"]')


def test_on_paper_an_answer_that_is_not_known_yet_says_so(opens: Opens) -> None:
    with opens() as form:
        form.page.check('[name="unsure.hope"]')
        form.page.emulate_media(media="print")
        assert form.seen('[name="unsure.hope"]')
        assert not form.seen('[name="unsure.topics"]')


def test_on_paper_a_question_that_depends_on_an_answer_says_so(opens: Opens) -> None:
    when = "Only if you answered “Help that is welcome” with “A push”."
    with opens() as form:
        form.mark("answer.help", "A push")
        on_screen = form.text("#q-why_hope-all")
        form.page.uncheck('[name="answer.help"][value="A push"]')
        form.page.emulate_media(media="print")
        assert when in form.text("#q-why_hope-all")
    assert when not in on_screen
