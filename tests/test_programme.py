"""The folder of a programme that docs/programme shows: it checks clean, is added, and is walked."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.commands import Ran, ran

ROOT = Path(__file__).parent.parent
PROGRAMME = ROOT / "docs" / "programme"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def test_the_example_needs_no_mending() -> None:
    ended = ran("agenda", "check", "--strict", PROGRAMME)
    assert ended == Ran(0, "1 agenda: no problems found.\n", "")


def test_the_example_is_added_and_walked_by_its_name(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("wish: mend the nets\nrhythm: after each storm\n", encoding="utf-8")
    home = ("--home", tmp_path / "home")
    ran(*home, "agenda", "add", PROGRAMME)
    walk = ("start", "first-coffee", "--answers", answers, "--mentor", "Ada", "--mentee", "Grace")
    assert ran(*home, *walk).code == 0
    (page,) = (tmp_path / "home" / "documents").rglob("our-page.md")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Grace and Ada, on the river\n\nGrace would like to: mend the nets.")
    assert "We meet after each storm, at the boat house." in text
    assert "Mira from the volunteers' desk (desk@river.example" in text
    assert "The volunteers' desk may hear how often we have met, which agenda" in text
    facts = json.loads(Path(ran(*home, "facts", "--yes").out.strip()).read_text(encoding="utf-8"))
    assert [*facts] == [
        *("mentorwalk-facts", "programme", "pair"),
        *("meeting", "agenda", "held_on", "next_meeting"),
    ]


@pytest.mark.parametrize("command", ["agenda show", "agenda check"])
def test_what_its_guide_says_to_type_works(command: str) -> None:
    guide = (PROGRAMME / "README.md").read_text(encoding="utf-8")
    (typed,) = [line for line in guide.split("\n") if line.startswith(f"mentorwalk {command}")]
    words = [str(ROOT / word) if word.startswith("docs/") else word for word in shlex.split(typed)]
    assert ran(*words[1:]).code == 0


@pytest.mark.slow
def test_the_first_session_with_a_programme_passes_the_strictest_check(tmp_path: Path) -> None:
    guide = (PROGRAMME / "README.md").read_text(encoding="utf-8")
    ours = guide.split("This is the first session with your clause in it")[1].split("```")[1]
    (tmp_path / "ours.yaml").write_text(ours.removeprefix("yaml\n"), encoding="utf-8")

    checked = ran("agenda", "check", "--strict", tmp_path / "ours.yaml")

    assert checked == Ran(0, "1 agenda: no problems found.\n", "")
    assert "Whoever runs the programme" not in ran("agenda", "show", tmp_path / "ours.yaml").out


def test_the_script_that_makes_up_facts_needs_nothing_beside_it(tmp_path: Path) -> None:
    copy = tmp_path / "copied.py"
    copy.write_bytes((PROGRAMME / "make_up_facts.py").read_bytes())

    made = subprocess.run(
        [sys.executable, "-S", copy, tmp_path / "facts"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert made.stdout == f"{len([*(tmp_path / 'facts').iterdir()])} files in {tmp_path}/facts\n"


def test_the_hook_checks_the_files_that_it_is_given(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    program, *command = shlex.split(hook["entry"])
    (tmp_path / "bad.yaml").write_text("mentorwalk: 1\n", encoding="utf-8")
    (tmp_path / "answers.yaml").write_text("wish: mend the nets\n", encoding="utf-8")
    assert program == "mentorwalk"
    assert ran(*command, PROGRAMME / "first-coffee.yaml").code == 0
    assert ran(*command, tmp_path / "answers.yaml") == Ran(0, "0 agendas: no problems found.\n", "")
    assert ran(*command, tmp_path / "bad.yaml").code == 1
