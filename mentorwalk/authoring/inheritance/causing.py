"""Warnings about time in an agenda that extends another, told at the entry that brought them up."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.inheritance.merged import Spot
from mentorwalk.authoring.warnings.pacing import PACING, is_warned_of
from mentorwalk.domain.text import join_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mentorwalk.authoring.inheritance.extended import ExtendedSource
    from mentorwalk.domain.agenda import Agenda, Phase, Prompt
    from mentorwalk.domain.errors import Problem

WITHOUT = " Without {names} it would be fine."
WITH = " With {names} it would be fine."


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

    @cache
    def cause_of(name: str) -> _Cause | None:
        """Return what brought all warnings of a name about; None if nothing here did."""
        theirs = extended()
        return _cause(source, agenda, theirs, name) if theirs else None

    yield from (_told(source, cause_of, problem) for problem in problems)


def _told(
    source: ExtendedSource, cause_of: Callable[[str], _Cause | None], problem: Problem
) -> Problem:
    of_the_whole = Spot(problem.line - 1, problem.column - 1) == source.place
    cause = cause_of(problem.name) if problem.name in PACING and of_the_whole else None
    if cause is None:
        return problem
    told = source.own.problem(*cause.spot, f"{problem.sentence}{cause.more}")
    return replace(told, warning=problem.warning, name=problem.name)


class _Cause(NamedTuple):
    """What brought a warning about."""

    spot: Spot
    """Where it is told."""
    more: str = ""
    """What ends its sentence, where several entries brought it about; else nothing."""


def _cause(source: ExtendedSource, agenda: Agenda, theirs: Agenda, name: str) -> _Cause | None:
    """Return the last entry without which a warning would not be there, else several of them.

    One that adds comes before one that changes, and what is left out comes last.
    """
    touched = _touched(source, agenda)
    ordered = sorted(touched, key=lambda each: each[0].id in theirs.prompts)

    def free_without(entries: Iterable[tuple[Prompt, Spot]]) -> bool:
        """Return whether the warning would not be there without some of the entries."""
        instead = {card.id: theirs.prompts.get(card.id) for card, _ in entries}
        return _is_free_of(_without(agenda, instead), name)

    for entry in ordered:
        if free_without([entry]):
            return _Cause(entry[1])
    several = (ordered[:number] for number in range(2, len(ordered) + 1))
    causes = next(filter(free_without, several), [])
    for entry in (*causes,):
        # What came first may do nothing beside those that came after it.
        fewer = [each for each in causes if each is not entry]
        causes = fewer if free_without(fewer) else causes
    gone = {each.entry: each.spot for each in source.merged.gone_cards.values()}
    names = {card.id: spot for card, spot in causes}
    return _together(names, WITHOUT) if names else _together(gone, WITH)


def _touched(source: ExtendedSource, agenda: Agenda) -> Iterator[tuple[Prompt, Spot]]:
    """Yield the cards that entries add or change, also by a field of theirs, the last one first."""
    for part, spot in reversed(source.merged.touched.items()):
        if card := agenda.prompts.get(part) or agenda.prompt_of.get(part):
            yield card, spot


def _is_free_of(agenda: Agenda, name: str) -> bool:
    """Return whether an agenda has no warning of a name, as far as that can be told."""
    # Of cards that all wait, nobody can tell how long they take.
    return not all(card.when for card in agenda.cards) and not is_warned_of(agenda, name)


def _together(entries: Mapping[str, Spot], said: str) -> _Cause | None:
    """Return several entries as one cause, which is told at the last one; None if there is none."""
    names = sorted(entries, key=lambda name: entries[name])
    more = said.format(names=join_words([f"`{name}`" for name in names]))
    return _Cause(entries[names[-1]], more if len(names) > 1 else "") if names else None


def _without(agenda: Agenda, instead: Mapping[str, Prompt | None]) -> Agenda:
    """Return an agenda with other cards in the place of some, by their ids, or none."""
    phases = (_phase_without(phase, instead) for phase in agenda.phases)
    return replace(agenda, phases=tuple(phase for phase in phases if phase.prompts))


def _phase_without(phase: Phase, instead: Mapping[str, Prompt | None]) -> Phase:
    kept = (instead.get(each.id, each) for each in phase.prompts)
    return replace(phase, prompts=tuple(each for each in kept if each))
