"""docs/templates.md shows what its templates really give, and leaves out no name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.sample_sessions import USUAL, rendered, walked, with_template

from mentorwalk.documents.context import NAMES, context_of
from mentorwalk.documents.sandbox import FILTERS

GUIDE = (Path(__file__).parent.parent / "docs" / "templates.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^```jinja\n(.*?)^```\n\n```markdown\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE
)


def test_every_template_of_the_guide_is_shown_with_what_it_gives() -> None:
    assert len(EXAMPLES) == GUIDE.count("```jinja")


@pytest.mark.parametrize(("template", "shown"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_gives_what_the_guide_shows(template: str, shown: str, tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", template)
    assert rendered(walked(USUAL), "summary.md", renderer) == shown


def test_the_guide_lists_every_name() -> None:
    join_words = re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE)
    assert set(join_words) == {*NAMES, *FILTERS}


def test_a_template_sees_the_names_that_are_listed() -> None:
    assert {*context_of(walked(USUAL).session, ()), "agreement", "mentorship"} == set(NAMES)
