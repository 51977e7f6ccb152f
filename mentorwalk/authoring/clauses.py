"""The checks of clauses: what nobody would have seen when it is agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.index import Finding
from mentorwalk.domain.errors import shown
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.index import AgendaIndex


def unseen_clauses(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the clauses of cards on which nothing is read and nothing asked."""
    for place, prompt in index.prompts if index.agenda.kind == "session" else ():
        if prompt.clause and not (prompt.fields or prompt.read) and index.sound(*place):
            unseen = "Nobody would see this before it is agreed on: put it into the card's `read`."
            yield Finding((*place, "clause"), unseen)


def unread_sentences(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the sentences of clauses that nobody reads or answers on their card."""
    # A sentence with no name but these is the agenda's own, and no answer.
    people = {*ROLES, *(["contact"] if index.agenda.contact else [])}
    for place, prompt in index.prompts:
        if prompt.clause is None or not (prompt.fields or prompt.read):
            continue
        read = " ".join(prompt.read.split())
        for sentence in sentences(" ".join(prompt.clause.says.split())):
            if sentence not in read and people.issuperset(PLACEHOLDER.findall(sentence)):
                yield Finding(
                    (*place, "clause", "says"),
                    f"Nobody has read “{shown(sentence, 60)}” when it is agreed on: put it into "
                    "the card's `read`, word for word.",
                )
