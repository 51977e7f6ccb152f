"""The form as a page: one file that needs nothing from outside, written where it may be."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from support.building import TODAY, first_session
from support.colours import contrast
from support.commands import ran
from support.preparing_samples import talk

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.documents.html import style
from mentorwalk.documents.prep_page import form_page
from mentorwalk.documents.prep_questions import FormQuestion
from mentorwalk.domain.agenda import Prepare
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.question import Question
from mentorwalk.domain.roles import ROLES
from mentorwalk.frontends.expected_words import expected
from mentorwalk.storage.library import BUNDLED_AGENDAS, BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.portable

PAGE, TALK_PAGE = form_page(first_session(), "mentee"), form_page(talk(), "mentee")
HOSTILE = "</script><script>alert(1)</script> ]]> --> \"'`{{ 7 * 7 }} \u2028 & {mentor}"


def between(page: str, begin: str, end: str) -> list[str]:
    """Return each text between two marks."""
    return re.findall(rf"{begin}(.*?){end}", page, re.DOTALL)


def data(page: str) -> Any:
    """Return the data of the script."""
    (found,) = between(page, '<script type="application/json" id="data">', "</script>")
    return json.loads(found)


def digest(text: str) -> str:
    """Return a text as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def asked(**field: Any) -> FormQuestion:
    """Return a question about some kind of field."""
    given = {"id": "a", "label": "A?", **field}
    return FormQuestion("a", Field(**given), "A?", "yes", "a")


def refused(*args: object) -> str:
    """Return what `prep` says instead of writing anything."""
    ended = ran("prep", *args)
    assert ended.code == 1
    return ended.err.rstrip("\n")


def test_what_own_words_finish_stands_where_they_are_written_and_not_in_the_help() -> None:
    page = form_page(first_session(), "mentor")
    (help_line,) = between(page, 'id="q-not_for-help">', "</p>")
    (answer,) = between(page, 'id="q-not_for-help">', "</textarea>")
    begins = re.sub("<[^>]*>", " ", answer.partition("</p>")[2]).split()
    assert help_line == "A subject, such as “salary talks”."
    assert " ".join(begins) == "Mentor cannot help with ..."
    assert 'aria-describedby="q-not_for-help q-not_for-lead"' in answer


# --- What it is made of


def test_a_browser_runs_this_one_script_and_style_and_nothing_else() -> None:
    (policy,) = between(PAGE, 'Content-Security-Policy" content="', '">')
    (script,), (css,) = between(PAGE, "<script>", "</script>"), between(PAGE, "<style>", "</style>")
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; script-src {digest(script)}; style-src {digest(css)}; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("role", ROLES)
def test_nothing_in_it_comes_from_outside(role: str) -> None:
    page = form_page(first_session(), "mentor" if role == "mentor" else "mentee")
    looked_up = r"\b(?:src|href|action|srcset)=|@import|url\(|https?:|//[a-z]+\."
    assert re.findall(looked_up, page.replace("// ", "")) == []
    assert re.findall(r"\bstyle=|\bon[a-z]+=|fetch\(|XMLHttp|eval\(|innerHTML", page) == []


def test_hostile_words_of_an_agenda_stay_within_their_place() -> None:
    hostile = Field("hope", HOSTILE, "select", help=HOSTILE, choices=(Choice(HOSTILE),))
    prepare = replace(talk().prepare, intro=HOSTILE, mentee=(hostile,))
    page = form_page(replace(talk(), title=HOSTILE, prepare=prepare), "mentee", HOSTILE)
    assert (page.count("<script"), page.count("</script>")) == (3, 3)
    assert data(page)["questions"][0]["says"][HOSTILE] == HOSTILE


def test_the_promise_comes_before_any_question() -> None:
    words = ["in serious\ndanger", "What is your name?", "What shall", "This is exactly what"]
    places = [PAGE.replace("serious danger", "serious\ndanger").index(each) for each in words]
    assert places == sorted(places)


def test_what_is_never_shared_has_no_switch() -> None:
    switches = set(re.findall(r'name="share\.([^"]+)"', PAGE))
    assert switches & {"not_yet", "worries"} == set()
    assert {"why_now", "about_me", "wishes"} <= switches


def test_what_the_mentor_is_asked_is_on_the_page_of_the_mentor_only() -> None:
    page = form_page(first_session(), "mentor")
    assert ("Hours" in page, 'name="answer.hours"' in page) == (False, True)
    assert ('name="answer.hours"' in PAGE, data(page)["role"]) == (False, "mentor")


@pytest.mark.parametrize(
    ("field", "kind", "picks"),
    [
        ({"type": "text"}, "words", ()),
        ({"type": "list"}, "lines", ()),
        ({"type": "confirm"}, "one", ("yes", "no")),
        ({"type": "select", "choices": (Choice("b", "says b"),)}, "one", ("b",)),
        ({"type": "checkbox", "choices": (Choice("b"),)}, "several", ("b",)),
        ({"type": "scale", "min": 1, "max": 3}, "one", ("1", "2", "3")),
        ({"type": "scale", "max": 100}, "number", ()),
        ({"type": "number"}, "number", ()),
        ({"type": "date"}, "date", ()),
        ({"type": "time"}, "time", ()),
    ],
)
def test_every_type_of_field_has_its_way_to_answer(
    field: dict[str, Any], kind: str, picks: tuple[str, ...]
) -> None:
    assert (asked(**field).kind, asked(**field).picks) == (kind, picks)


@pytest.mark.parametrize(
    ("field", "defaults"),
    [
        ({"default": "a walk"}, ("a walk",)),
        ({"type": "list", "default": ("a", "b")}, ("a", "b")),
        ({"type": "number", "default": "60"}, ("60",)),
        ({"type": "confirm", "default": "no"}, ("no",)),
        ({"type": "time", "default": "3 pm"}, ("15:00",)),
        ({"type": "date", "default": "in 3 weeks"}, ()),
        ({}, ()),
    ],
)
def test_a_default_is_offered_as_it_is_typed(
    field: dict[str, Any], defaults: tuple[str, ...]
) -> None:
    assert asked(**field).defaults == defaults


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ({"type": "number", "min": 1, "max": 40}, "A number from 1 to 40 would do."),
        ({"type": "scale", "max": 100}, "A whole number from 0 to 100 would do."),
        ({"type": "list", "min": 2}, "At least two, one a line."),
        ({"type": "list", "max": 3}, "At most three, one a line."),
        ({"type": "list", "min": 2, "max": 3}, "Two to three, one a line."),
        ({"type": "date"}, "A day would do, such as 2026-12-15."),
        ({"type": "time"}, "A time of day would do, such as 15:00."),
        ({"type": "list"}, ""),
        ({"type": "text"}, ""),
    ],
)
def test_what_a_browser_refuses_is_explained(field: dict[str, Any], wrong: str) -> None:
    assert asked(**field).wrong == wrong


def test_a_browser_checks_what_is_typed_by_the_limits_of_each_field() -> None:
    fields = (
        Field("a", "A", "number", min=-5, max=5),
        Field("b", "B", "scale", max=100),
        Field("c", "C", "list", min=2),
        Field("d", "D", "date"),
        Field("e", "E", "time"),
        Field("f", "F"),
    )
    page = form_page(replace(talk(), prepare=Prepare(mentee=fields)), "mentee")
    typed = re.findall(
        r' id="q-[a-f]"[^>]*? aria-describedby="[^"]*" ([^>]*?)(?: data-wrong[^>]*)?>', page
    )
    assert typed == [
        'type="number" step="any" min="-5" max="5"',
        'type="number" step="1" min="0" max="100" inputmode="decimal"',
        'maxlength="16000" data-lines="2 16000"',
        'type="date" min="0001-01-01" max="9999-12-31"',
        'type="time"',
        'maxlength="16000"',
    ]


def test_whether_an_answer_is_shared_is_a_rule_of_its_field() -> None:
    rules = {each["key"]: (each["rule"], each["switch"]) for each in data(TALK_PAGE)["questions"]}
    assert rules == {
        "hope": ("ask", "hope"),
        "help": ("yes", "help"),
        "topics": ("ask", "topics"),
        "never_told": ("never", "never_told"),
        "why_hope": ("yes", "why_hope"),
        "frequency": ("yes", "wishes"),
        "length": ("yes", "wishes"),
        "keeper": ("yes", "wishes"),
        "said.mentee": ("yes", "wishes"),
    }


def test_a_form_made_for_one_person_keeps_its_answers_apart_from_another_form() -> None:
    kept = [data(form_page(talk(), "mentee", name))["kept"] for name in ("", "Grace", "Zoë")]
    assert kept == [f"mentorwalk-prep 1 talk mentee{name}" for name in ("", " Grace", " Zoë")]


def test_a_browser_checks_no_spelling_because_some_send_words_away_for_it() -> None:
    assert '<form id="form" autocomplete="off" spellcheck="false" novalidate>' in PAGE


def test_without_a_script_a_question_says_on_which_answer_it_depends() -> None:
    conditions = (Condition("hope", ()), Condition("help", ("An ear", "{mentor}")))
    long = Condition("length", ("45..60",))
    why = Field("why", "Why?", when=(*conditions, long))
    mentee = (*talk().prepare.mentee, why)
    page = form_page(replace(talk(), prepare=replace(talk().prepare, mentee=mentee)), "mentee")
    assert re.findall(r'<p class="when">(.*?)</p>', re.sub("</?span[^>]*>", "", page)) == [
        "Only if you answered “Help that is welcome” with “A push”.",
        "Only if you answered “What do you hope for?”.",
        "Only if you answered “Help that is welcome” with one of these: “An ear”, “Your mentor”.",
        "Only if you answered “How long” with “45 to 60”.",
    ]


def test_words_of_an_agenda_in_another_language_are_read_aloud_in_it() -> None:
    page = form_page(replace(talk(), language="pl"), "mentee")
    assert '<html lang="en">' in page
    assert '<html lang="en-GB">' in form_page(replace(talk(), language="en-GB"), "mentee")
    assert '<span lang="pl">What do you hope for?</span>' in page
    assert '<div id="preview" lang="pl">' in page


def test_what_depends_on_what_nobody_is_asked_beforehand_is_not_asked() -> None:
    why = Field("why", "Why?", when=(Condition("purpose", ()),))
    page = form_page(replace(talk(), prepare=Prepare(mentee=(why,))), "mentee")
    assert ("Why?" in page, "How often" in page) == (False, True)


def test_a_negative_number_can_be_typed_on_a_phone() -> None:
    fields = (
        Field("a", "A", "number", min=-5),
        Field("b", "B", "number"),
        Field("c", "C", "scale"),
    )
    page = form_page(replace(talk(), prepare=Prepare(mentee=fields)), "mentee")
    typed = re.findall(r'<input id="q-([abc])"[^>]* inputmode="decimal"', page)
    assert typed == ["b"]


def test_it_names_the_same_range_of_numbers_as_the_terminal() -> None:
    fields = (
        Field("a", "A", "number", min=15, max=90, unit="minutes"),
        Field("b", "B", "number", min=1, unit="pints"),
        Field("c", "C", "scale", max=100),
    )
    page = form_page(replace(talk(), prepare=Prepare(mentee=fields)), "mentee")
    told = dict(re.findall(r'<span id="q-([abc])-range">(.*?)</span>', page))
    questions = (Question(field.id, field, field.label, TODAY) for field in fields)
    assert {question.id: expected(question) for question in questions} == {
        key: words.strip() for key, words in told.items()
    }


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(1, "about a minute."), (12, "about 12 minutes."), (2.5, "about 2.5 minutes.")],
)
def test_it_says_how_long_it_takes(minutes: float, told: str) -> None:
    agenda = replace(talk(), prepare=replace(talk().prepare, minutes=minutes))
    assert f"It takes {told}" in form_page(agenda, "mentee")


# --- Its looks

STYLE = style() + (BUNDLED_TEMPLATES / "prep.css").read_text(encoding="utf-8")
ROOTS = re.findall(r":root {([^}]+)}", STYLE)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_and_edges_have_enough_contrast(scheme: int) -> None:
    both = ROOTS[scheme] + ROOTS[scheme + 3]
    colours = dict(re.findall(r"--(\w+): (#\w+);", both))
    for words in ("ink", "soft", "accent", "wrong"):
        assert contrast(colours[words], colours["sheet"]) >= 4.5
        assert contrast(colours[words], colours["tint"]) >= 4.5
    assert contrast(colours["edge"], colours["sheet"]) >= 3


# --- The command


def test_the_command_writes_a_page_and_says_where(tmp_path: Path) -> None:
    page = tmp_path / "form.html"
    home = ("--home", tmp_path / "home")
    ended = ran(*home, "prep", "--html", page)
    assert (ended.code, ended.lines) == (
        0,
        [str(page), "Send this form to the mentee: a browser opens it."],
    )
    assert page.read_text(encoding="utf-8") == PAGE
    assert not (tmp_path / "home").exists()


def test_an_earlier_page_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    page, notes = tmp_path / "form.html", tmp_path / "notes.html"
    notes.write_text("<p>mine</p>", encoding="utf-8")
    mentors = ("--role", "mentor", "--name", "Ada")
    assert [ran("prep", "--html", page, *mentors).code for _time in range(2)] == [0, 0]
    assert 'value="Ada"' in page.read_text(encoding="utf-8")
    nowhere = tmp_path / "no" / "a.html"
    stays = "There is a file already, and it is not a form of this agenda, role and name"
    assert [refused("--html", path) for path in (page, notes, tmp_path, nowhere)] == [
        f"{page}: {stays}: it is left alone. A free name is form-2.html.",
        f"{notes}: {stays}: it is left alone. A free name is notes-2.html.",
        f"{tmp_path}: This is a folder; name the file in it.",
        f"{nowhere}: There is no such folder.",
    ]
    assert notes.read_text(encoding="utf-8") == "<p>mine</p>"


@pytest.mark.parametrize("name", ["held", "early-ending"])
def test_an_agenda_that_asks_nothing_beforehand_has_no_form(name: str, tmp_path: Path) -> None:
    told = refused("--html", tmp_path / "form.html", name)
    assert told.endswith(" asks the mentee nothing beforehand.")


def test_an_exercise_for_the_mentor_alone_is_theirs_without_saying_so(tmp_path: Path) -> None:
    path = tmp_path / "form.html"
    assert ran("prep", "rehearse-listening", "--html", path).code == 0
    assert "An exercise for you as the mentor:" in path.read_text(encoding="utf-8")


def test_usual_answers_are_offered_where_they_are_not_ticked_already() -> None:
    """An exercise is opened with its usual choices: to offer them once more changes nothing."""
    takes = "Take the usual answers for the rest"
    wheel = agenda_from(read_source(BUNDLED_AGENDAS / "wheel-of-life.yaml"))
    page = form_page(wheel, "mentee")
    assert (page.count(takes), 'value="Work" checked>' in page) == (0, True)
    assert (PAGE.count(takes) > 0, 'value="Work" checked>' in PAGE) == (True, False)


def test_a_choice_is_shown_with_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "form.html"
    assert ran("prep", "values", "--html", path).code == 0
    assert "<span>Calm: to have peace in and around me</span>" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("beside", [["--show"], ["--answers", "a.yaml"], ["--out", "p.yaml"]])
def test_a_page_asks_for_itself(tmp_path: Path, beside: list[str]) -> None:
    ended = ran("prep", "--html", tmp_path / "form.html", *beside)
    assert (ended.code, "--html goes with --role and --name only." in ended.lines[-1]) == (2, True)
