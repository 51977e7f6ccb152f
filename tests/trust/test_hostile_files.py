"""What somebody may be sent: it is refused with a sentence, soon, and takes no memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.commands import ENTERS
from support.hostile_files import HARMLESS
from support.small_talk import NAMED, House

if TYPE_CHECKING:
    from support.figures import Figure

pytestmark = [pytest.mark.slow, pytest.mark.portable]

TESTS = Path(__file__).parents[1]
MEGABYTES = 150
"""What one file may take. One that never ends is killed, which is no exit code of 0."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of each file, as each thing that it could be."""
    folder = tmp_path_factory.mktemp("hostile")
    command = [sys.executable, "-m", "support.hostile_files", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=TESTS)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_hostile_file_is_refused_with_a_sentence(
    tried: list[dict[str, Any]], figure: Figure
) -> None:
    figure("hostile files and templates", len(tried))
    told = {(one["kind"], one["name"]): (one["exit"], one["told"][:1] != "") for one in tried}
    harmless = {("template", name) for name in HARMLESS}
    assert {key: said for key, said in told.items() if key not in harmless} == dict.fromkeys(
        told.keys() - harmless, (0, True)
    )


def test_no_hostile_file_takes_much_memory(tried: list[dict[str, Any]], figure: Figure) -> None:
    figure(
        "milliseconds of the slowest of them", round(1000 * max(one["seconds"] for one in tried))
    )
    figure("megabytes of the largest of them", max(one["megabytes"] for one in tried))
    assert [one for one in tried if one["megabytes"] > MEGABYTES] == []


def test_nothing_of_another_file_is_told(tried: list[dict[str, Any]]) -> None:
    assert [one for one in tried if "root:" in one["told"] or "uid=" in one["told"]] == []


ENDLESS = (
    "{% if answers.get('wish') == 'a wish' %}{% for a in range(99999) %}{% for b in range(99999) %}"
    "{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}{% endif %}Done"
)
"""A template that never ends once that is said: no check before the talk can see that."""


def test_a_template_that_never_ends_is_refused_after_the_talk_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    house = House(tmp_path)
    (tmp_path / "summary.md.j2").write_text(ENDLESS, encoding="utf-8")
    done = house.piped(*NAMED, "--plain", typed=f"\n\n\na wish\n{ENTERS}")
    name = house.session.name
    told = (
        "summary.md.j2:1:1: This template makes too much text, or takes too many steps.\n"
        "Everything that was said is safe. "
        f"Once that is fixed: mentorwalk render {name} --home {house.home}\n"
    )
    assert (done.returncode, done.stderr.decode()) == (1, told)
    (tmp_path / "summary.md.j2").unlink()
    assert house.piped("render").returncode == 0
    assert "a wish" in house.documents["summary.md"]
