"""A folder of facts files: read what can be counted, and say of all else why it is not."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorwalk.domain.errors import InputError, shown_path
from mentorwalk.domain.fact_rows import FactRow, WrongFacts, row_of
from mentorwalk.storage.files import NotOrdinary, ordinary_bytes, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

SIZE_LIMIT = 16 * 1024
"""The most bytes of a facts file: one with every fact has less than 1,500."""
DEPTH_LIMIT = 8
"""The most folders within each other that are looked into."""
MOST_OF_A_PAIR = 200
"""The most sessions of one pair: four years of a meeting each week."""


UNREADABLE = "This folder cannot be read ({reason})."
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".xz", ".bz2")
"""How the name of a file ends that has others packed in it."""

_PLACES = {"meeting", "held_on"}
"""What says which session a file is about: the agenda alone does not."""
_Said = tuple[tuple[str, str | int], ...]
"""What a file says of which session it is about, as names and values."""


class Refused(NamedTuple):
    """A file that is not counted."""

    path: Path
    sentence: str
    """Why not."""


@dataclass(frozen=True)
class FactsFolder:
    """What was read in a folder."""

    rows: tuple[FactRow, ...]
    """The facts of each session, once."""
    refused: tuple[Refused, ...]
    """The files that are not counted, by name."""

    @property
    def has_facts(self) -> bool:
        """Whether any file is in it that could be one of facts, by its name."""
        return bool(self.rows) or any(_is_named(each.path.name) for each in self.refused)


class _Read(NamedTuple):
    edition: int
    changed: float
    path: Path
    row: FactRow


def read_facts(folder: Path, today: date, progress: Callable[[int, int], None]) -> FactsFolder:
    """Read each facts file in a folder and in those within it; no link is followed.

    Of two files about one session, the newest counts: by its number, else by the day on which it
    was changed.

    Args:
        folder: The folder.
        today: The day of the report: what a file says of a later one cannot be.
        progress: Is told how many files were read, and how many there are.

    Raises:
        InputError: There is no such folder, it is a file, or it cannot be read.
    """
    refused: list[Refused] = []
    paths = _all_files(folder, refused)
    read: list[_Read] = []
    for number, path in enumerate(paths, 1):
        try:
            read.append(_read(Path(path), today))
        except WrongFacts as wrong:
            refused.append(Refused(Path(path), str(wrong)))
        progress(number, len(paths))
    newest, older = _each_session_once(read)
    kept, too_many = _within_limits(newest)
    return FactsFolder(kept, tuple(sorted([*refused, *older, *too_many])))


def _all_files(folder: Path, refused: list[Refused]) -> list[str]:
    try:
        if folder.is_dir():
            return sorted(_files(folder, DEPTH_LIMIT, refused))
    except OSError as error:
        sentence = UNREADABLE.format(reason=reason(error))
        raise InputError(f"{shown_path(folder)}: {sentence}") from None
    sentence = "There is no such folder."
    if folder.is_file():
        archive = folder.suffix.lower() in ARCHIVES
        fix = "an archive: unpack it first" if archive else "a file; name the folder that it is in"
        sentence = f"This is {fix}."
    elif folder.exists():
        sentence = "This is neither a folder nor an ordinary file."
    raise InputError(f"{shown_path(folder)}: {sentence}")


def _files(folder: Path | str, depth: int, refused: list[Refused]) -> Iterator[str]:
    """Yield the paths of what may be facts: texts, because a hundred thousand paths take long.

    What else lies there is `refused`, but for what is hidden.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files_within(entry.path, depth - 1, refused)
            elif _is_named(entry.name):
                yield entry.path
            else:
                refused.append(Refused(Path(entry.path), _why_not_looked_at(entry)))


def _is_named(name: str) -> bool:
    return name.lower().endswith(".json")


def _files_within(folder: str, depth: int, refused: list[Refused]) -> Iterator[str]:
    if depth < 0:
        sentence = f"This folder is too deep: {DEPTH_LIMIT} within each other are looked into."
        refused.append(Refused(Path(folder), sentence))
        return
    try:
        yield from _files(folder, depth, refused)
    except OSError as error:
        sentence = UNREADABLE.format(reason=reason(error))
        refused.append(Refused(Path(folder), sentence))


def _why_not_looked_at(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "This is a link, and none is followed."
    if Path(entry.name).suffix.lower() in ARCHIVES:
        return "This was not looked into: unpack it first."
    return "This was not looked at: its name does not end in `.json`."


def _read(path: Path, today: date) -> _Read:
    """Return the facts of a file.

    Raises:
        WrongFacts: It is no facts file.
    """
    try:
        changed = path.stat(follow_symlinks=False).st_mtime
        data = ordinary_bytes(path, SIZE_LIMIT + 1, follow_links=False)
    except NotOrdinary:
        raise WrongFacts("This is a link, or no ordinary file.") from None
    except (OSError, ValueError) as error:
        raise WrongFacts(f"This file cannot be read ({reason(error)}).") from None
    if len(data) > SIZE_LIMIT:
        raise WrongFacts(f"This is too large for facts: {SIZE_LIMIT // 1024} KB at most.")
    row = row_of(_decoded(data))
    _check_days(row, today)
    return _Read(row.edition or 1, changed, path, row)


def _check_days(row: FactRow, today: date) -> None:
    """Refuse a day to come, but for tomorrow: somewhere it is that day already."""
    for key, said in (("held_on", row.held_on), ("agreement_on", row.agreement_on)):
        if said and said > (today + timedelta(1)).isoformat():
            raise WrongFacts(f"`{key}` is a day to come: {said}.")


def _decoded(data: bytes) -> object:
    try:
        return json.loads(data, object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except WrongFacts:
        raise
    except (ValueError, RecursionError):
        raise WrongFacts("This is not JSON, or too deep.") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise WrongFacts("A key appears twice.")
    return found


def _no_number(_text: str) -> object:
    raise WrongFacts("This is not JSON.")


def _each_session_once(read: Iterable[_Read]) -> tuple[list[_Read], list[Refused]]:
    """Return the newest file about each session, and why the others do not count."""
    known: dict[tuple[str | None, str], _Sessions] = {}
    newest: list[_Read] = []
    older: list[Refused] = []
    for each in sorted(read, key=lambda each: each[:3], reverse=True):
        sessions = known.setdefault((each.row.programme, each.row.pair), _Sessions())
        if later := sessions.same_as(each.row):
            older.append(Refused(each.path, _why_the_later(each, later)))
        else:
            sessions.add(each)
            newest.append(each)
    return newest[::-1], older


@dataclass(frozen=True)
class _Sessions:
    """The sessions of one pair that have a file already.

    Two files are about one session if they say the same wherever both say something, the meeting
    or the day among it. Files that say neither are all different, but for copies.
    """

    by_part: dict[tuple[_Said, tuple[str, ...]], _Read] = field(default_factory=dict)
    """The files by each part of what they say, and by the names of all that they say."""
    spoken: dict[tuple[str, ...], None] = field(default_factory=dict)
    """Of which things some file says something, in order: there are no more than seven ways."""
    unplaced: dict[FactRow, _Read] = field(default_factory=dict)
    """The files that say neither the meeting nor the day."""

    def same_as(self, row: FactRow) -> _Read | None:
        """Return the file that is about the same session; None without one."""
        said = row.session
        if not _PLACES & said.keys():
            return self.unplaced.get(row)
        for names in self.spoken:
            common = tuple((name, said[name]) for name in names if name in said)
            if _PLACES & dict(common).keys() and (found := self.by_part.get((common, names))):
                return found
        return None

    def add(self, read: _Read) -> None:
        """Keep a file."""
        said = read.row.session
        if not _PLACES & said.keys():
            self.unplaced[read.row] = read
            return
        self.spoken[names := tuple(said)] = None
        parts = (part for size in range(1, 4) for part in combinations(said.items(), size))
        self.by_part.update(((part, names), read) for part in parts)


def _why_the_later(before: _Read, later: _Read) -> str:
    """Say why the second of two files about one session counts, and not the first."""
    # One name may stand in several folders.
    named = shown_path(later.path)
    if before.row == later.row:
        return f"{named} says the same, so this one is not counted again."
    how = "newer" if before[:2] < later[:2] else "as new"
    return f"{named} is {how}, and about the same session: that one counts."


def _within_limits(read: Iterable[_Read]) -> tuple[tuple[FactRow, ...], list[Refused]]:
    """Return the rows to count, and the files of pairs of which there are too many."""
    of_pair: dict[tuple[str | None, str], list[_Read]] = {}
    for each in read:
        of_pair.setdefault((each.row.programme, each.row.pair), []).append(each)
    why = f"There are more than {MOST_OF_A_PAIR} sessions of this pair, so none of them counts."
    over = [each for found in of_pair.values() if len(found) > MOST_OF_A_PAIR for each in found]
    kept = (each for found in of_pair.values() if len(found) <= MOST_OF_A_PAIR for each in found)
    return tuple(each.row for each in kept), [Refused(each.path, why) for each in over]
