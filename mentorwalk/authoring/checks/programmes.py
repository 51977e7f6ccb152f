"""The checks of `programme`: an id that files can have, and a clause that tells of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.domain.programme import ASKS, SHORT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex


def programme_id(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the id of a programme that cannot stand in a facts file."""
    programme = index.agenda.programme
    if programme and programme.id and not re.fullmatch(SHORT_NAME, programme.id):
        sentence = "The id of a programme has small letters, digits, `-` and `_`, 60 at most."
        yield Finding(("programme", "id"), sentence)


def untold_programme(index: AgendaIndex) -> Iterator[Finding]:
    """Yield a programme that asks for facts of which no clause of the agreement tells."""
    agenda, asks = index.agenda, f"{{{ASKS}}}"
    says = (each.value.clause.says for each in index.prompts if each.value.clause)
    if agenda.programme and agenda.accept_document and not any(asks in text for text in says):
        yield Finding(
            ("programme",),
            "No clause says what the programme asks for, so the two cannot agree on it: write "
            f"into the `read` and the `clause` of a card “Our programme may hear {asks}.”",
        )
