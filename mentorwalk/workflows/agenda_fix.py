"""Write the corrections of an agenda into its file, those that are seen to mend it.

A correction is written if its problem is gone with it, and nothing is wrong with what it says
instead. What the file held is kept beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.fixes import with_fixes
from mentorwalk.authoring.syntax.source import Source, read_source
from mentorwalk.domain.errors import InputError
from mentorwalk.storage.added_files import keep_copy
from mentorwalk.workflows.agenda_new import rewrite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mentorwalk.domain.errors import Problem
    from mentorwalk.workflows.agenda_check import AgendaChecker


ROUNDS = 5
"""How often the corrections of what comes to light are written: a mistake seldom hides more."""


class Mended(NamedTuple):
    """What was mended in a file."""

    problems: Sequence[Problem]
    """The problems whose corrections were written, in the order of the file."""
    copy: Path
    """Where that lies which the file held before."""


def mend_agenda(checker: AgendaChecker, path: Path, *, warnings: bool = False) -> Mended | None:
    """Write into an agenda's file what is sure; return None if nothing is, or it cannot be read.

    Args:
        checker: What tells the problems of a text.
        path: The file.
        warnings: Whether the corrections of warnings are written, too.

    Raises:
        InputError: The file cannot be written.
        StorageError: The copy of what it held cannot be.
    """
    try:
        source = read_source(path)
    except InputError:
        # The check says why.
        return None
    mender = _Mender(checker, path, source.name)
    draft = mender.mended(mender.draft(source.text), warnings=False)
    draft = mender.mended(draft, warnings=True) if warnings else draft
    if not draft.mended:
        return None
    copy = keep_copy(path, path.with_name(f"{path.name}.bak"))
    rewrite(path, draft.text)
    return Mended(sorted(draft.mended), copy)


class _Draft(NamedTuple):
    """A text, what is still wrong with it, and what was mended in it."""

    text: str
    problems: Sequence[Problem]
    mended: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Mender:
    """Tries corrections in memory."""

    checker: AgendaChecker
    path: Path
    name: str
    """The file's name, as problems have it."""

    def draft(self, text: str, mended: tuple[Problem, ...] = ()) -> _Draft:
        """Return a text with what is wrong with it."""
        return _Draft(text, self.checker.check(self.path, Source(self.name, text)), mended)

    def mended(self, draft: _Draft, *, warnings: bool) -> _Draft:
        """Return a draft with the corrections of its errors, or of its warnings, that mend it."""
        for _ in range(ROUNDS):
            offered = (p for p in draft.problems if p.fix and p.file == self.name)
            wanted = (p for p in offered if p.warning == warnings)
            further = self._tried(draft, sorted(wanted, reverse=True))
            if further is draft:
                break
            draft = further
        return draft

    def _tried(self, draft: _Draft, wanted: Sequence[Problem]) -> _Draft:
        """Return a draft with all of some corrections, or else with those halves that mend it.

        The last lines come first: so the lines above them stay where they were found.
        """
        if not wanted:
            return draft
        further = self.draft(with_fixes(draft.text, wanted), (*draft.mended, *wanted))
        if _mends(draft, further, wanted):
            return further
        half = len(wanted) // 2
        return self._tried(self._tried(draft, wanted[:half]), wanted[half:]) if half else draft


def _mends(draft: _Draft, further: _Draft, wanted: Sequence[Problem]) -> bool:
    """Return whether some problems are gone, and what was written for them can stay.

    It cannot if something is wrong with it that has no correction. Elsewhere a mistake may come to
    light that another one hid. If all are gone and more came, the file was not read to its end
    before.
    """
    before, after = (
        [p for p in problems if p.warning == wanted[0].warning]
        for problems in (draft.problems, further.problems)
    )
    told, left = _told(after), _told(before) - _told(wanted)
    written = {line for problem in wanted for line in problem.fix.split("\n")}
    wrong = any(p.excerpt in written and not p.fix for p in after if _sentence(p) not in left)
    gone = all(told[each] <= left[each] for each in _told(wanted))
    if len(after) > len(before):
        return gone and len(wanted) == len(before)
    return gone and not wrong


def _told(problems: Iterable[Problem]) -> Counter[str]:
    """Return what is told, and how often."""
    return Counter(map(_sentence, problems))


def _sentence(problem: Problem) -> str:
    """Return what is told without its numbers, for lines move."""
    return re.sub(r"\d+", "0", problem.sentence)
