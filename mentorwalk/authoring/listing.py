"""The list of agendas that have a name: sessions, then exercises, then those with problems."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from mentorwalk.authoring.source import read_source
from mentorwalk.authoring.validation import agenda_from
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import minutes_in_full
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.storage.library import Library

WIDTH = 76
HEADINGS = {"session": "Sessions", "exercise": "Exercises", "": "With problems"}
"""The headings of the groups, by the kind of agenda; one that cannot be read has none."""


def agenda_lines(library: Library) -> list[str]:
    """Return the lines that list each agenda with a name, in groups.

    Each has its title, its length, whose it is, and when to use it or what it is about.
    """
    groups: dict[str, list[str]] = {kind: [] for kind in HEADINGS}
    for name, path in sorted(dict(library.agenda_names()).items()):
        try:
            agenda = agenda_from(read_source(path))
        except InputError:
            groups[""].append(f"{name}  has problems: {path}")
        else:
            groups[agenda.kind] += _lines(name, agenda, path)
    return [line for kind, lines in groups.items() for line in _group(HEADINGS[kind], lines)][:-1]


def _group(heading: str, lines: list[str]) -> list[str]:
    return [heading, "", *lines, ""] if lines else []


def _lines(name: str, agenda: Agenda, path: Path) -> Iterator[str]:
    low, high = agenda.lengths
    length = minutes_in_full(high) if low == high else f"{low} to {minutes_in_full(high)}"
    own = "" if path.parent == BUNDLED_AGENDAS else ", your own"
    yield f"{name}  {fill_in(agenda.title, agenda.names)}, {length}{own}"
    about = fill_in(agenda.when_to_use or agenda.about, agenda.names)
    yield from (f"    {line}" for line in textwrap.wrap(about, WIDTH))
