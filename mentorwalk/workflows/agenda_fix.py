"""Write the corrections of an agenda into its file, those that are sure and seen to mend it.

A correction is written if it changes a slip and loses no word, its problem is gone with it, and
nothing is wrong with what it says instead. What the file held is kept beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.fixes import apart, with_fixes
from mentorwalk.authoring.sure_fixes import is_sure
from mentorwalk.authoring.syntax.source import SIZE_LIMIT, Source, read_source
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.storage.added_files import keep_copy
from mentorwalk.storage.files import ordinary_bytes, write_anew

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from mentorwalk.domain.errors import Problem
    from mentorwalk.workflows.agenda_check import AgendaChecker


SWALLOWED = "swallowed"
"""What the warning is called that a key has become part of a text."""
NEAR = 3
"""Within how many lines of one that was written a new problem comes of it."""
TRIES = 60
"""How often a file is checked to find out which of its corrections mend it."""


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
        StorageError: The file, or the copy of what it held, cannot be written.
    """
    try:
        source = read_source(path)
    except InputError:
        # The check says why.
        return None
    problems = _Mender(checker, path, source, warnings).mended()
    if not problems:
        return None
    # What was read has other ends of lines, and not the mark that a file may begin with.
    data = ordinary_bytes(path, SIZE_LIMIT).decode()
    copy = keep_copy(path, path.with_name(f"{path.name}.bak"))
    try:
        write_anew(path, with_fixes(data, problems).encode())
    except StorageError:
        copy.unlink()
        raise
    return Mended(sorted(problems), copy)


def sure_of(source: Source, problems: Iterable[Problem]) -> list[Problem]:
    """Return those problems in an agenda's own text whose corrections are sure."""
    own = (each for each in problems if each.fix and each.file == source.name)
    return [each for each in own if is_sure(source.lines, each)]


@dataclass(frozen=True)
class _Mender:
    """Tries corrections in memory."""

    checker: AgendaChecker
    path: Path
    source: Source
    warnings: bool
    """Whether warnings count."""

    def mended(self) -> list[Problem]:
        """Return the problems whose corrections mend the file together."""
        before = self._wrong_in(self.source)
        wanted = (each for each in before if self.warnings or not each.warning)
        return self._chosen([], apart(sure_of(self.source, wanted)), before, iter(range(TRIES)))

    def _wrong_in(self, source: Source) -> list[Problem]:
        """Return what is wrong with a text."""
        problems = self.checker.check(self.path, source)
        return [p for p in problems if self.warnings or not p.warning or p.name == SWALLOWED]

    def _chosen(
        self,
        chosen: list[Problem],
        wanted: list[Problem],
        before: Sequence[Problem],
        tries: Iterator[int],
    ) -> list[Problem]:
        """Return the chosen problems with all of some others, or with those halves that mend it."""
        if not wanted or next(tries, None) is None:
            return chosen
        further = [*chosen, *wanted]
        text = Source(self.source.name, with_fixes(self.source.text, further))
        after = self._wrong_in(text)
        if _mends(before, after, further) and not _written_wrong(text, before, after, further):
            return further
        half = len(wanted) // 2
        if not half:
            return chosen
        first = self._chosen(chosen, wanted[:half], before, tries)
        return self._chosen(first, wanted[half:], before, tries)


def _mends(before: Sequence[Problem], after: Sequence[Problem], written: Sequence[Problem]) -> bool:
    """Return whether problems are gone with their corrections.

    A mistake may come to light that others hid: only once all of these are gone, there may be more.
    """
    told, left = _told(after), _told(before) - _told(written)
    gone = all(told[each] <= left[each] for each in _told(written))
    return gone and (len(after) < len(before) or len(written) == len(before))


def _written_wrong(
    text: Source,
    before: Sequence[Problem],
    after: Sequence[Problem],
    written: Sequence[Problem],
) -> bool:
    """Return whether something new is wrong near what was written, and no correction is sure."""
    left = _told(before) - _told(written)
    lines = {line for problem in written for line in problem.fix.split("\n")}
    places = [number for number, line in enumerate(text.lines, 1) if line in lines]
    new = [
        each
        for each in after
        if _sentence(each) not in left and any(abs(each.line - place) <= NEAR for place in places)
    ]
    return len(sure_of(text, new)) < len(new) or any(each.name == SWALLOWED for each in new)


def _told(problems: Iterable[Problem]) -> Counter[str]:
    """Return what is told, and how often."""
    return Counter(map(_sentence, problems))


def _sentence(problem: Problem) -> str:
    """Return what is told without the numbers of its lines, for they move."""
    return re.sub(r"\b(lines?) \d+(?: (?:and|to) \d+)?", r"\1", problem.sentence)
