"""The check of clauses: what nobody would have read when it is agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.index import Finding
from mentorwalk.domain.errors import shown
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.programme import ASKS
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.index import AgendaIndex


def unread_sentences(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the sentences of clauses that nobody reads or answers on their card."""
    # A sentence with no name but these is the agenda's own, and no answer.
    people = {*ROLES, ASKS, *(["contact"] if index.agenda.contact else [])}
    for place, prompt in index.prompts:
        read = " ".join(prompt.read.split())
        says = " ".join(prompt.clause.says.split()) if prompt.clause else ""
        for sentence in filter(None, sentences(says)):
            if sentence not in read and people.issuperset(PLACEHOLDER.findall(sentence)):
                yield Finding(
                    (*place, "clause", "says"),
                    f"Nobody has read “{shown(sentence, 60)}” when it is agreed on: put it into "
                    "the card's `read`, word for word.",
                )
