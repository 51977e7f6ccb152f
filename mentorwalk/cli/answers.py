"""A file of answers in place of two people: read, and tried before anything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.authoring.reading import read_answers
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.workflows.trial import check_answers, check_documents, rehearsed

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.people import People
    from mentorwalk.domain.planning import Plan
    from mentorwalk.workflows.runner import SessionRunner


def scripted_from(
    runner: SessionRunner,
    script: LoadedAgenda,
    people: People,
    chosen: Plan,
    answers: Path,
) -> ScriptedFrontend:
    """Return a file of answers as somebody who gives them, after it was tried from end to end.

    Raises:
        ProblemsFound: With every answer that the walk did not take.
    """
    source, today = read_answers(answers), runner.clock.now().date()
    names = {"mentor": people.mentor, "mentee": people.mentee}
    answered, problems = answers_from(source, script.answerable, today, names, steps=script.steps)
    scripted = ScriptedFrontend(answered.values, answered.accept)
    check_documents(runner, script)
    tried = rehearsed(runner, script, people, chosen, scripted)
    problems += answered.refused(source, scripted.not_taken)
    check_answers(tried, source, problems, answered.unread | scripted.not_taken.keys())
    return scripted
