"""A file of answers about items: what it may say, and in which line it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.building import TODAY
from support.commands import ran
from support.items import EXERCISE

from mentorwalk.authoring import Source
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.authoring.format.dump import agenda_text
from mentorwalk.domain.values import ByItem, Node, Outline

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value

pytestmark = pytest.mark.portable

OUTLINE = Outline((Node("Work", (Node("Say no", (Node("Monday"),)), Node("Rest"))), Node("Home")))


def read(text: str) -> tuple[dict[str, Value | None], list[tuple[int, int, str]]]:
    """What a file says, and what is wrong with it."""
    answers, problems = answers_from(Source("answers.yaml", text), EXERCISE, TODAY, {})
    return {**answers.values}, [(p.line, p.column, p.sentence) for p in problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("now: {Craft: 7, Review: }", ByItem((("Craft", 7),))),
        ("now: {Craft: }", None),
        ("now:", None),
        ("meaning: {Calm: quiet}", ByItem((("Calm", "quiet"),))),
        ("set: {skills: 3}", ByItem((("Skills", 3),))),
        ("order: [Craft, Calm]", ("Craft", "Calm")),
        ("order: Craft", ("Craft",)),
        ("map: [Work, [Say no, [Monday], Rest], Home]", OUTLINE),
        ("map:\n- Work\n- - Say no\n  - - Monday\n  - Rest\n- Home", OUTLINE),
        ("map:\n- Work: [Say no: [Monday], Rest]\n- Home", OUTLINE),
        ('map: [["Work", [["Say no", [["Monday", []]]], ["Rest", []]]], ["Home", []]]', OUTLINE),
        ("map: |\n  Work\n    Say no\n      Monday\n    Rest\n  Home", OUTLINE),
        ("map: []", None),
    ],
)
def test_it_may_be_written_in_several_ways(text: str, value: Value | None) -> None:
    values, problems = read(text)

    assert (values[text.partition(":")[0]], problems) == (value, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("now: 7", (1, 6, "`now` needs an answer for each item, such as `Craft: 7`.")),
        (
            "now:\n  - Craft: 7",
            (2, 3, "`now` needs an answer for each item, such as `Craft: 7`. Take the dashes out."),
        ),
        ("now:\n  Craft: 7\n  Calm: 11", (3, 9, "A whole number from 0 to 10 would do.")),
        ("now:\n  Craft: 7\n  Craft: 8", (3, 3, "`Craft` appears here twice: keep one.")),
        ("now:\n  Craft: 7\n  craft: 8", (3, 3, "`craft` appears here twice: keep one.")),
        ("now:\n  Craft: {a: b}", (2, 10, "`now` needs one answer, not keys and values.")),
        ("now: {[a]: 7}", (1, 7, "`now` needs an item before each colon: one text.")),
        ("set: {Skils: 3}", (1, 7, "`Skils` is no item of `set`. Did you mean `Skills`?")),
        (
            "meaning: words",
            (1, 10, "`meaning` needs an answer for each item, such as `Craft: what it means`."),
        ),
        (
            "order: {Craft: 1}",
            (1, 8, "`order` needs items, each on its own line after `- `, not keys and values."),
        ),
        ("first: [a, b]", (1, 8, "One answer is needed here, not several.")),
        (
            "map:\n- a\n- - b\n  - - c\n    - - d",
            (5, 9, "Three levels at most: “d” is deeper."),
        ),
        ("map: [[a, b, c]]", (1, 7, "`map` needs a line before each list of lines below it.")),
    ],
)
def test_what_is_wrong_is_told_in_its_line(text: str, problem: tuple[int, int, str]) -> None:
    assert read(text)[1] == [problem]


WRONG = """\
areas: [skills, People]
now:
  Skills: 7
  Slep: 3
meaning:
  People: to be liked
  Craft: to do it well
order: [People, Workload]
"""
TOLD = """\
answers.yaml:4:3: “Slep” is none of these: Skills, People.
      Slep: 3
answers.yaml:7:3: “Craft” is none of these: Skills, People.
      Craft: to do it well
answers.yaml:8:8: “Workload” is not among the choices: Skills, People.
    order: [People, Workload]
"""


def test_what_is_about_no_item_that_is_there_is_told_before_anything_is_kept(
    tmp_path: Path,
) -> None:
    agenda, answers = tmp_path / "ours.yaml", tmp_path / "answers.yaml"
    agenda.write_text(agenda_text(EXERCISE), encoding="utf-8")
    answers.write_text(WRONG, encoding="utf-8")

    walked = ran("start", agenda, "--answers", answers, "--home", tmp_path / "home")

    assert walked.code == 1
    assert walked.err.replace(f"{tmp_path}/", "") == TOLD
    assert not (tmp_path / "home" / "sessions").exists()


def test_what_is_said_about_an_item_where_there_is_none_is_told_as_well(tmp_path: Path) -> None:
    agenda, answers = tmp_path / "ours.yaml", tmp_path / "answers.yaml"
    agenda.write_text(yaml_text("alone"), encoding="utf-8")
    answers.write_text("now: {Skills: 7}\n", encoding="utf-8")

    prepared = ran("prep", agenda, "--answers", answers, "--home", tmp_path / "home")

    told = "answers.yaml:1:7: “Skills” was not named before, and nothing else was.\n"
    assert prepared.err.replace(f"{tmp_path}/", "").startswith(told)


def test_an_item_may_be_written_in_any_case(tmp_path: Path) -> None:
    agenda, answers = tmp_path / "ours.yaml", tmp_path / "answers.yaml"
    agenda.write_text(agenda_text(EXERCISE), encoding="utf-8")
    said = "areas: [People]\nnow: {people: 3}\nmeaning: {PEOPLE: to be liked}\n"
    answers.write_text(said, encoding="utf-8")

    walked = ran("start", agenda, "--answers", answers, "--home", tmp_path / "home")
    (journal,) = (tmp_path / "home" / "sessions").rglob("session.jsonl")

    assert walked.code == 0
    assert '"value":{"People":3}' in journal.read_text(encoding="utf-8")
    assert '"item":"People","value":"to be liked"' in journal.read_text(encoding="utf-8")
