"""What the guides show works as they show it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from textwrap import wrap

import pytest
from support.terminals import folded

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.lint import Documents, warnings_of
from mentorwalk.authoring.validation import examine
from mentorwalk.domain import agenda
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.fields import Field

ROOT = Path(__file__).parent.parent
BROKEN = Path(__file__).parent / "broken_agendas"
GUIDE = (ROOT / "docs" / "agendas.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
FRAME = """\
mentorwalk: 1
id: frame
title: Frame
minutes: 20
"""
ONE_CARD = """\
phases:
  - id: only
    title: Only
    short: Only
    prompts:
      - id: card
        ask: Well?
"""


def completed(example: str) -> str:
    """An example as a whole agenda: cards go into a phase, keys of the top beside one."""
    if example.startswith("mentorwalk:"):
        return example
    if example.startswith("- id:"):
        cards = "".join(f"      {line}\n" for line in example.splitlines())
        return FRAME + ONE_CARD + cards
    return FRAME + example + ONE_CARD


ANSWERS = EXAMPLES[-1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FACILITATORS = (ROOT / "docs" / "facilitators.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("example", EXAMPLES[:-1], ids=lambda text: text.split("\n")[0])
def test_every_example_of_an_agenda_loads(example: str) -> None:
    assert agenda_from(Source("example.yaml", completed(example))).phases


def test_the_example_of_answers_fits_the_bundled_agenda() -> None:
    bundled = (ROOT / "agendas" / "first-session.yaml").read_text(encoding="utf-8")
    first = agenda_from(Source("first-session.yaml", bundled))
    given, problems = answers_from(Source("a.yaml", ANSWERS), first, date(2026, 11, 22), {})
    assert (problems, given.accept, given.values["frequency"]) == ([], True, "Every week")


def test_the_example_of_a_mistake_is_told_as_the_guide_tells_it() -> None:
    told = re.search(r"^```\n(ours.*?)\n```$", GUIDE, re.DOTALL | re.MULTILINE)
    smallest = EXAMPLES[0].replace("        ask: |", "        aks: |", 1)
    (problem,) = examine(Source("ours.yaml", smallest)).problems
    assert told is not None
    assert folded(told[1]) == folded(problem.pointed)


def test_the_smallest_agenda_needs_no_mending() -> None:
    examined = examine(Source("ours.yaml", EXAMPLES[0]))
    assert (examined.problems, warnings_of(examined, Documents())) == ((), [])


def test_every_warning_of_the_broken_agendas_is_explained() -> None:
    explained = re.findall(r"^\| \*(.+?)\*", GUIDE, re.MULTILINE)
    parts = [
        [part for part in re.split(r"\.\.\.|\d+|`[^`]+`", each) if part.strip()]
        for each in explained
    ]
    told = re.findall(
        r"^\S+: warning: (.*)",
        "\n".join(path.read_text(encoding="utf-8") for path in BROKEN.rglob("*.txt")),
        re.MULTILINE,
    )
    unexplained = [each for each in told if not any(all(p in each for p in some) for some in parts)]
    assert unexplained == []


def test_every_warning_has_its_name_in_the_guide() -> None:
    named = set(re.findall(r"^\| \*.*\| `([a-z-]+)` \|$", GUIDE, re.MULTILINE))
    told = "\n".join(path.read_text(encoding="utf-8") for path in BROKEN.rglob("*.txt"))
    assert set(re.findall(r"^\S+: warning: .* \[([a-z-]+)\]$", told, re.MULTILINE)) <= named


def test_every_key_of_the_format_is_explained() -> None:
    values = (agenda.Agenda, agenda.Phase, agenda.Prompt, Field, Contact)
    keys = {key for value in values for key in keys_of(value)}
    assert {key for key in keys if f"`{key}`" not in GUIDE} == set()


def test_readme_gives_the_gate_its_test_command() -> None:
    commands = re.findall(r"^```sh\n(.*?)\n```$", README, re.DOTALL | re.MULTILINE)
    assert [command.split()[-1] for command in commands[:2]] == ["start", "pytest"]


def anchors(page: Path) -> set[str]:
    """The parts of a page that a link can lead to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_picture_and_page_that_a_page_shows_is_there(page: Path) -> None:
    links = re.findall(r"\]\(((?!http)[^)]+)\)", page.read_text(encoding="utf-8"))
    lost = []
    for link in links:
        path, _, part = link.partition("#")
        there = page.parent / path if path else page
        if not there.exists() or (part and part not in anchors(there)):
            lost.append(link)
    assert lost == []


def test_the_answers_that_the_facilitators_page_shows_fit_the_bundled_agenda() -> None:
    bundled = (ROOT / "agendas" / "first-session.yaml").read_text(encoding="utf-8")
    first = agenda_from(Source("first-session.yaml", bundled))
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", FACILITATORS, re.DOTALL | re.MULTILINE)
    given, problems = answers_from(Source("answers.yaml", shown), first, date(2026, 11, 22), {})
    assert (problems, sorted(given.values)) == ([], ["next_time", "purpose", "takes.mentee"])


def test_what_a_mentee_has_to_know_fits_one_screen() -> None:
    part = README.split("## The first five minutes of a mentee\n")[1].split("\n## ")[0]
    wrapped = [wrap(line, 80) or [""] for line in part.strip().split("\n")]
    assert sum(map(len, wrapped)) <= 24


def test_every_module_on_the_map_of_the_code_is_there() -> None:
    map_of_the_code = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.py)?)`", map_of_the_code)
    folders = (ROOT, ROOT / "mentorwalk")

    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []
