"""What `agenda check` says to write is followed to the letter, and makes nothing worse."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.mistyping import HARMLESS, SLIPS, slipped
from support.terminals import FakeClock

from mentorwalk.authoring import Source
from mentorwalk.authoring.fixes import with_fixes
from mentorwalk.authoring.lint import Documents, warnings_of
from mentorwalk.authoring.validation import examine
from mentorwalk.storage.library import BUNDLED_AGENDAS, library
from mentorwalk.workflows.agenda_check import AgendaChecker
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from mentorwalk.domain.errors import Problem

BROKEN = Path(__file__).parent / "broken_agendas"
CORRECTION = " like this:\n"
"""What stands above lines to write."""
TOLD_LATER = {
    "quoted_by_a_mail_program": "only the first line is shown: the others are like it",
    "quoted_with_tabs": "the same",
    "id_that_was_renamed": "before, nobody knows that the clause does not mean this field",
    "questions_as_plain_items": "before it has an id, no card could recall it",
    "error_that_cannot_be_accepted": "what a comment accepts is looked for where nothing is wrong",
    "dash_missing_before_a_card_that_is_not_complete": "before, it is no card of its own",
}
"""Agendas where something else shows only after a correction, and why."""
AGENDAS = ("meeting", "one-goal", "grow", "goal-session")
"""Bundled agendas of the middle length, a session and an exercise of each shape."""
TIMES = 2
"""How often each slip is made in each of them."""


def sentences(problems: list[Problem]) -> Counter[str]:
    return Counter(problem.sentence for problem in problems)


@pytest.mark.slow
@pytest.mark.parametrize("topic", sorted(path.name for path in BROKEN.iterdir()))
def test_every_correction_of_the_broken_agendas_mends_its_problem_and_no_more(
    topic: str, tmp_path: Path
) -> None:
    checker = AgendaChecker(SessionRunner(library(tmp_path / "no-home"), FakeClock()))
    base = (BROKEN / "extending" / "base.yaml").read_text(encoding="utf-8")
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    unlike = {}
    for path in sorted((BROKEN / topic).glob("*.yaml")):
        expected = path.with_suffix(".txt").read_text(encoding="utf-8")
        if path.stem in TOLD_LATER or CORRECTION not in expected:
            continue
        before = checker.check(path)
        file = tmp_path / path.name
        file.write_text(with_fixes(path.read_text(encoding="utf-8"), before), encoding="utf-8")
        left = sentences([problem for problem in before if not problem.fix])
        if (after := sentences(checker.check(file))) != left:
            unlike[path.stem] = (after - left, left - after)
    assert unlike == {}


def told(text: str) -> list[Problem]:
    examined = examine(Source("agenda.yaml", text))
    return [*examined.problems, *warnings_of(examined, Documents())]


def bundled(name: str) -> str:
    return (BUNDLED_AGENDAS / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_and_its_correction_leads_back(slip: str) -> None:
    unlike = {}
    for name in AGENDAS:
        for text in slipped(bundled(name), SLIPS[slip], TIMES):
            before = told(text)
            after = told(with_fixes(text, before))
            worse = sentences(after) - sentences([each for each in before if not each.fix])
            if worse or not before:
                (line,) = {*text.split("\n")} - {*bundled(name).split("\n")} or {"gone"}
                unlike[name, line] = [*worse]
    assert unlike == {}


@pytest.mark.slow
@pytest.mark.parametrize("change", HARMLESS)
def test_what_is_no_mistake_is_told_nothing_of(change: str) -> None:
    changed = [t for name in AGENDAS for t in slipped(bundled(name), HARMLESS[change], TIMES)]
    assert [problem.sentence for text in changed for problem in told(text)] == []
