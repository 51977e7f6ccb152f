"""A folder of facts files: read what can be counted, and say of all else why it is not."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorwalk.domain.errors import InputError, shown_path
from mentorwalk.domain.fact_rows import FactRow, WrongFacts, row_of
from mentorwalk.storage.files import NotOrdinary, ordinary_bytes, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SIZE_LIMIT = 16 * 1024
"""The most bytes of a facts file: one with every fact has less than 1,500."""
DEPTH_LIMIT = 8
"""The most folders within each other that are looked into."""
MOST_OF_A_PAIR = 200
"""The most sessions of one pair: four years of a meeting each week."""


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


class _Read(NamedTuple):
    changed: float
    path: Path
    row: FactRow


def read_facts(folder: Path, progress: Callable[[int, int], None]) -> FactsFolder:
    """Read each facts file in a folder and in those within it; no link is followed.

    Of two files about one session, the newest counts, by the day on which it was changed.

    Args:
        folder: The folder.
        progress: Is told how many files were read, and how many there are.

    Raises:
        InputError: There is no such folder, it is a file, or it cannot be read.
    """
    if folder.is_file():
        raise InputError(f"{shown_path(folder)}: This is a file; name the folder that it is in.")
    if not folder.is_dir():
        raise InputError(f"{shown_path(folder)}: There is no such folder.")
    try:
        paths = sorted(_files(folder, DEPTH_LIMIT))
    except OSError as error:
        sentence = f"This folder cannot be read ({reason(error)})."
        raise InputError(f"{shown_path(folder)}: {sentence}") from None
    read: list[_Read] = []
    refused: list[Refused] = []
    for number, path in enumerate(paths, 1):
        try:
            read.append(_read(Path(path)))
        except WrongFacts as wrong:
            refused.append(Refused(Path(path), str(wrong)))
        progress(number, len(paths))
    newest, older = _each_session_once(read)
    kept, too_many = _within_limits(newest)
    return FactsFolder(kept, tuple(sorted([*refused, *older, *too_many])))


def _files(folder: Path | str, depth: int) -> Iterator[str]:
    """Yield the paths of what may be facts: texts, because a hundred thousand paths take long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth:
                    yield from _files(entry.path, depth - 1)
            elif entry.name.lower().endswith(".json"):
                yield entry.path


def _read(path: Path) -> _Read:
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
    return _Read(changed, path, row_of(_decoded(data)))


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
    newest: dict[tuple[str | int | None, ...], _Read] = {}
    older: list[Refused] = []
    for each in sorted(read):
        if before := newest.get(each.row.session):
            older.append(Refused(before.path, _why_the_later(before, each)))
        newest[each.row.session] = each
    return list(newest.values()), older


def _why_the_later(before: _Read, later: _Read) -> str:
    """Say why the second of two files about one session counts, and not the first."""
    # One name may stand in several folders.
    named = shown_path(later.path)
    if before.row == later.row:
        return f"{named} says the same, so this one is not counted again."
    how = "newer" if before.changed < later.changed else "as new"
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
