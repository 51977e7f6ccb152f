"""Warnings about time in an agenda that extends another, told at the entry that brought them up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.authoring.inheritance.merged import Spot
from mentorwalk.authoring.warnings.pacing import PACING, is_warned_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mentorwalk.authoring.inheritance.extended import ExtendedSource
    from mentorwalk.domain.agenda import Agenda, Phase, Prompt
    from mentorwalk.domain.errors import Problem


def told_at_causes(
    source: ExtendedSource,
    agenda: Agenda,
    extended: Callable[[], Agenda | None],
    problems: Iterable[Problem],
) -> Iterator[Problem]:
    """Yield problems, a warning about the time of the whole at the entry that brought it about.

    Args:
        source: The agenda's text.
        agenda: What it makes with the one that it extends.
        extended: Returns that one; it is asked only if there is such a warning.
        problems: What is to be told of the text.
    """
    for problem in problems:
        at = Spot(problem.line - 1, problem.column - 1)
        whole = problem.name in PACING and at == source.place
        theirs = extended() if whole else None
        cause = _cause(source, agenda, theirs, problem.name) if theirs else None
        told = source.own.problem(*cause, problem.sentence) if cause else problem
        yield replace(told, warning=problem.warning, name=problem.name)


def _cause(source: ExtendedSource, agenda: Agenda, theirs: Agenda, name: str) -> Spot | None:
    """Return the last entry without which a warning would not be there; one that adds first."""
    changed: Spot | None = None
    for part, spot in reversed(source.merged.touched.items()):
        card = agenda.prompts.get(part) or agenda.prompt_of.get(part)
        rest = _without(agenda, card, theirs.prompts.get(card.id)) if card else agenda
        # Of cards that all wait, nobody can tell how long they take.
        if all(each.when for each in rest.cards) or is_warned_of(rest, name):
            continue
        if card and card.id not in theirs.prompts:
            return spot
        changed = changed or spot
    return changed


def _without(agenda: Agenda, card: Prompt, instead: Prompt | None) -> Agenda:
    """Return an agenda with another card in the place of one, or none."""
    phases = (_phase_without(phase, card, instead) for phase in agenda.phases)
    return replace(agenda, phases=tuple(phase for phase in phases if phase.prompts))


def _phase_without(phase: Phase, card: Prompt, instead: Prompt | None) -> Phase:
    kept = (instead if each.id == card.id else each for each in phase.prompts)
    return replace(phase, prompts=tuple(each for each in kept if each))
