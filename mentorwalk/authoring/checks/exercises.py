"""The checks of an exercise: what it leaves to the sessions around it, and when it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex


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


def without_a_use(index: AgendaIndex) -> Iterator[Finding]:
    """Yield a warning about an exercise that does not say when to take it."""
    if index.agenda.kind == "exercise" and not index.agenda.when_to_use:
        sentence = (
            "Exercises are offered in the middle of a talk: say in `when_to_use`, in one line, "
            "when somebody reaches for this one."
        )
        yield Finding(("kind",), sentence)
