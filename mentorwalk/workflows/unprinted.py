"""What two people settle and read aloud, and no document of their agenda has."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.agenda import NAMES
from mentorwalk.domain.errors import TemplateProblem, shown
from mentorwalk.domain.fields import field_of
from mentorwalk.domain.text import join_words, sentences
from mentorwalk.workflows.trial import all_settled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.clauses import AgreementClause
    from mentorwalk.workflows.runner import SessionRunner

UNPRINTED = (
    "What is agreed under {headings} stands in no document as it was read, such as “{sentence}” "
    "Print its `text` there, in the place of other words for it: `{{% for clause in clauses if "
    "clause.heading in [{named}] %}}`, below that `{{{{ clause.text }}}}`, an empty line, and "
    "`{{% endfor %}}`."
)


class _Lost(NamedTuple):
    """A clause of which no document has all."""

    heading: str
    sentence: str
    """The first sentence that none has."""


def unprinted(runner: SessionRunner, script: LoadedAgenda, used: Collection[str]) -> str:
    """Return what to say of clauses of which no document has all; empty if there are none.

    Args:
        runner: What makes the documents.
        script: The agenda.
        used: The fields whose answers own templates print by themselves, in other words.
    """
    session, renderer = all_settled(runner, script), runner.renderer(script.templates)
    try:
        agreement = renderer.agreement(session)
        documents = session.agenda.documents
        printed = "".join(_letters(renderer.text(session, each, agreement)) for each in documents)
    except TemplateProblem:
        # It is told as a problem of its template.
        return ""
    lost = [*_lost(agreement.clauses, printed, {*used})]
    headings = join_words([f"“{shown(each.heading, 60)}”" for each in lost])
    sentence = shown(lost[0].sentence, 80) if lost else ""
    named = ", ".join(json.dumps(each.heading, ensure_ascii=False) for each in lost)
    return UNPRINTED.format(headings=headings, sentence=sentence, named=named) if lost else ""


def _lost(clauses: tuple[AgreementClause, ...], printed: str, used: set[str]) -> Iterator[_Lost]:
    for clause in clauses:
        said = filter(_letters, sentences(" ".join(clause.text.split())))
        gone = next((each for each in said if _letters(each) not in printed), "")
        named = {field_of(key) for key in clause.placeholders} - {*NAMES}
        if gone and not (named and named <= used):
            yield _Lost(clause.heading, gone)


def _letters(text: str) -> str:
    """Return the letters of a text, whatever signs and spaces it is printed with."""
    return re.sub(r"[\W_]+", "", text).casefold()
