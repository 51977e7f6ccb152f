"""The list of agendas that have a name: all of them in groups, or those that speak of a word."""

from __future__ import annotations

import textwrap
from datetime import datetime
from typing import TYPE_CHECKING

from mentorwalk.authoring.finding import found
from mentorwalk.authoring.loading import readable_agenda
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import InputError, shown
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import minutes_in_full
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.storage.library import Library

WIDTH = 76
SESSIONS, SCENARIOS, EXERCISES, PROBLEMS = "Sessions", "Scenarios", "Exercises", "With problems"


def agenda_lines(library: Library, words: Sequence[str] = ()) -> list[str]:
    """Return the lines that list each agenda with a name, in groups.

    Each has its title, its length, whose it is, its language, and when to use it or what it is
    about. With `words`, only those are listed that speak of them, the best one first.

    Raises:
        InputError: None of them speaks of these words.
    """
    paths = dict(sorted(dict(library.agenda_names()).items()))
    agendas = {name: readable_agenda(library, path) for name, path in paths.items()}
    if words:
        known = {name: agenda for name, agenda in agendas.items() if agenda}
        return _found(library, words, known, paths)
    groups: dict[str, list[str]] = {
        heading: [] for heading in (SESSIONS, SCENARIOS, EXERCISES, PROBLEMS)
    }
    for name, agenda in agendas.items():
        groups[group_of(agenda)] += _lines(name, agenda, paths[name])
    return [line for each in groups.items() for line in _under(*each)][:-1]


def _found(
    library: Library, words: Sequence[str], known: Mapping[str, Agenda], paths: Mapping[str, Path]
) -> list[str]:
    lines = [
        line for name in found(words, known) for line in _lines(name, known[name], paths[name])
    ]
    if not lines:
        command = library.command("agenda", "list")
        raise InputError(
            f"Nothing here is made for “{shown(' '.join(words), 60)}”. Other words for it may find "
            f"something, and `{command}` shows all. Any meeting has room for it, too."
        )
    return lines


def group_of(agenda: Agenda | None) -> str:
    """Return the heading below which an agenda stands: a scenario is a session for a situation."""
    if agenda and agenda.kind == "exercise":
        return EXERCISES
    found = SCENARIOS if agenda and agenda.suggested_by else SESSIONS
    return found if agenda else PROBLEMS


def _under(heading: str, lines: list[str]) -> list[str]:
    return [heading, "", *lines, ""] if lines else []


def _lines(name: str, agenda: Agenda | None, path: Path) -> Iterator[str]:
    if agenda is None:
        yield f"{name}  has problems: {path}"
        return
    low, high = agenda.lengths
    length = minutes_in_full(high) if low == high else f"{low} to {minutes_in_full(high)}"
    told = ", ".join((fill_in(agenda.title, agenda.names), length, *_marks(agenda, path)))
    yield f"{name}  {told}"
    about = fill_in(agenda.when_to_use or agenda.about, agenda.names)
    yield from (f"    {line}" for line in textwrap.wrap(about, WIDTH))


def _marks(agenda: Agenda, path: Path) -> Iterator[str]:
    """Yield whose an agenda is, its language and version, and when an own one was added."""
    own = path.parent != BUNDLED_AGENDAS
    yield "your own" if own else "bundled"
    yield agenda.language
    if agenda.version:
        yield f"version {agenda.version}"
    if own:
        # Each time an agenda is added, its file is written anew.
        day = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        yield f"added {day_in_words(day.date()).partition(' ')[2]}"
