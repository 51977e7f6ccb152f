"""An agenda that extends another as one source: its own lines, then those of what it extends.

So the line of a node tells its file, and what decodes and checks agendas knows nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.dump import agenda_text
from mentorwalk.authoring.syntax.source import SIZE_LIMIT, Parent, Source
from mentorwalk.domain.errors import ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mentorwalk.authoring.inheritance.merged import Merged, Spot
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.errors import Problem


@dataclass(frozen=True)
class ExtendedSource(Source):
    """The text of an agenda that extends another, and what became of the two."""

    own: Source
    """Its own text, repaired as far as that was possible."""
    faults: tuple[Problem, ...]
    """What is wrong with its own text as YAML."""
    repaired: frozenset[int]
    """The repaired lines of its own file, counted from 0."""
    parent: Source
    """What it extends, which may extend another one in turn."""
    parent_file: Path
    """The file of what it extends."""
    beside: bool
    """Whether that was found as a file beside this one, rather than by its name."""
    place: Spot
    """Where it says what it extends."""
    named: str
    """What it says there."""
    merged: Merged
    """The two as one."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of its own text, then those of what it extends."""
        return [*self.own.lines, *self.parent.lines]

    @property
    def own_lines(self) -> list[str]:
        """The lines of its own text."""
        return self.own.lines

    @cached_property
    def files(self) -> Mapping[str, tuple[int, str]]:
        """The files that it extends, by their names: the line at which each begins, its name."""
        begin, called = len(self.own.lines), self.merged.name
        if not isinstance(self.parent, ExtendedSource):
            return {self.parent.name: (begin, called)}
        further = {file: (begin + at, name) for file, (at, name) in self.parent.files.items()}
        return {self.parent.name: (begin, called), **further}

    @property
    def parents(self) -> Iterator[Parent]:
        """The files that it extends, the nearest first."""
        yield Parent(self.parent_file, self.parent.text, self.beside, self.named)
        for further in self.parent.parents:
            yield further._replace(beside=self.beside and further.beside)

    def whole_text(self, agenda: Agenda) -> str:
        """Return the text of the agenda that it makes with what it extends.

        Raises:
            ProblemsFound: It would be too large to be read again.
        """
        text = agenda_text(agenda)
        if len(text.encode()) > SIZE_LIMIT:
            sentence = f"With what it extends, this agenda is larger than {SIZE_LIMIT // 1024} KB."
            raise ProblemsFound([self.own.problem(*self.place, sentence)])
        return text

    def problem(self, line: int, column: int, sentence: str, fix: str = "") -> Problem:
        """Return a problem at a place of the file that the line is of."""
        begin = len(self.own.lines)
        of = self.own if line < begin else self.parent
        return of.problem(line if line < begin else line - begin, column, sentence, fix)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with its own text, and with what it leaves out, changes and adds."""
        return (*dict.fromkeys((*self.faults, *self.merged.misfits.problems)),)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is worth a look about what it leaves out, changes and adds."""
        return tuple(
            replace(self.own.problem(*at, said), warning=True, name=name)
            for at, said, name in self.merged.worth_a_look
        )
