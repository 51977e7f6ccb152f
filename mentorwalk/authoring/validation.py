"""From an agenda's file to the agenda, or to every problem in it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.findings import findings
from mentorwalk.authoring.checks.index import AgendaIndex, index_of
from mentorwalk.authoring.decoding.decoder import Decoder
from mentorwalk.authoring.decoding.problems import Misfit
from mentorwalk.authoring.inheritance.extended import ExtendedSource
from mentorwalk.authoring.inheritance.inheriting import still_named, told_to_author
from mentorwalk.authoring.syntax.recovery import Recovered, recover
from mentorwalk.domain.agenda import Agenda
from mentorwalk.domain.errors import ProblemsFound
from mentorwalk.domain.meeting import with_least_minutes

if TYPE_CHECKING:
    from mentorwalk.authoring.syntax.places import Places
    from mentorwalk.authoring.syntax.source import Node, Source
    from mentorwalk.domain.errors import Problem


def checked_agenda(source: Source) -> Agenda:
    """Return the agenda that a text describes, decoded and checked.

    Raises:
        InputError: The text has nothing in it.
        ProblemsFound: With every problem of the text, in its order.
    """
    examined = examine(source)
    if examined.index is None or examined.problems:
        raise ProblemsFound(examined.problems)
    return examined.index.agenda


@dataclass(frozen=True)
class Examined:
    """What an agenda's text describes, and what is wrong with it."""

    index: AgendaIndex | None
    """What could be decoded; None if it is too little to be checked."""
    places: Places
    problems: tuple[Problem, ...]
    """All problems, in the order of the text."""


def examine(source: Source) -> Examined:
    """Decode and check an agenda's text, past its problems.

    Raises:
        InputError: The text has nothing in it.
    """
    recovered = _recovered(source)
    decoder = Decoder(recovered.source)
    if recovered.node is None:
        return Examined(None, decoder.places, recovered.problems)
    index = None
    with suppress(Misfit):
        agenda = with_least_minutes(decoder.value(recovered.node, Agenda, ()))
        index = index_of(agenda, decoder)
    wrong = findings(index) if index else ()
    found = [*decoder.misfits.problems, *(decoder.places.problem(*finding) for finding in wrong)]
    found = told_to_author(source, [*found, *(still_named(source, index) if index else ())])
    # What else seems wrong in a line with a repair may come from the repair.
    kept = [problem for problem in found if problem.line - 1 not in recovered.repaired]
    problems = dict.fromkeys([*recovered.problems, *kept])
    return Examined(index, decoder.places, tuple(sorted(problems)))


def _recovered(source: Source) -> Recovered:
    """Return what could be read of a source; of one that extends another, what was merged."""
    if isinstance(source, ExtendedSource):
        return Recovered(source, source.merged.node, source.problems, source.repaired)
    return recover(source, _misfits)


def _misfits(source: Source, node: Node) -> int:
    """Return how much in the nodes of a text does not fit an agenda."""
    decoder = Decoder(source)
    with suppress(Misfit):
        decoder.value(node, Agenda, ())
    return len(decoder.misfits.problems)
