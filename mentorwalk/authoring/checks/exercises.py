"""The checks of an exercise: what it leaves to the sessions around it, and when it is offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.domain.agenda import Prepare
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex

PREPARE = "prepare"


def not_of_an_exercise(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the keys of an exercise that only a session can have."""
    agenda = index.agenda
    if agenda.kind != "exercise":
        return
    if agenda.meeting:
        yield Finding(("meeting",), _SENTENCE.format(key="meeting", what="the next meeting"))
    if agenda.next:
        yield Finding(("next",), _SENTENCE.format(key="next", what="what follows"))
    for place, prompt in index.prompts:
        for key in ("clause", "accept"):
            if getattr(prompt, key):
                sentence = _SENTENCE.format(key=key, what="what two people agree on")
                yield Finding((*place, key), sentence)
    for number, document in enumerate(agenda.documents):
        if document.accept:
            sentence = _SENTENCE.format(key="accept", what="what two people agree on")
            yield Finding(("documents", number, "accept"), sentence)


_SENTENCE = "An exercise leaves {what} to the sessions around it: take `{key}` out."


NEVER_ASKED = (
    "In an exercise, what is below `{role}` here is never asked: whoever does it alone walks its "
    "cards. Make these fields of its cards; what is for its author alone, or only brought along, "
    "stands in `intro`."
)
ITS_OWN_MINUTES = (
    "`minutes` does nothing here: an exercise takes the `minutes` at the top. Take {what} out."
)


def never_prepared(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what an exercise asks in a form of its own: whoever does it alone walks its cards."""
    prepare = index.agenda.prepare
    if index.agenda.kind != "exercise":
        return
    if (PREPARE, "minutes") in index.places.nodes:
        alone = replace(prepare, minutes=Prepare.minutes) == Prepare()
        what = f"`{PREPARE}`" if alone else "this"
        yield Finding((PREPARE, "minutes"), ITS_OWN_MINUTES.format(what=what))
    for role in ROLES:
        if prepare.of(role):
            yield Finding((PREPARE, role), NEVER_ASKED.format(role=role))


def without_a_use(index: AgendaIndex) -> Iterator[Finding]:
    """Yield a warning about an exercise that does not say when to take it."""
    if index.agenda.kind == "exercise" and not index.agenda.when_to_use:
        sentence = (
            "Exercises are offered in the middle of a talk: say in `when_to_use`, in one line, "
            "when somebody reaches for this one."
        )
        yield Finding(("kind",), sentence)
