"""Warn of what a card recalls and no agenda that is known here writes down."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import TOPICS
from mentorwalk.domain.fields import BEFORE, OPEN_STEPS
from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.authoring import Examined
    from mentorwalk.domain.errors import Problem
    from mentorwalk.storage.library import Library


def recalled_from_nowhere(
    examined: Examined, library: Library, folders: tuple[Path, ...]
) -> Iterator[Problem]:
    """Yield a warning for each field in `recall` that no agenda here or beside this one has."""
    index = examined.index
    if index is None or index.lost:
        return
    own = {*index.field_ids, OPEN_STEPS, TOPICS}
    for place, prompt in index.prompts:
        for number, name in enumerate(prompt.recall):
            told = {problem.line for problem in examined.problems}
            problem = examined.places.problem((*place, "recall", number), _sentence(name), name)
            foreign = name not in own and not name.endswith(BEFORE)
            if foreign and problem.line not in told and not _is_asked(name, library, folders):
                yield replace(problem, warning=True, name="recall")


def _sentence(name: str) -> str:
    return (
        f"No agenda that is known here writes down `{name}`, so this shows nothing. If another one "
        "does, keep it beside this one while you check."
    )


def _is_asked(name: str, library: Library, folders: tuple[Path, ...]) -> bool:
    """Return whether some agenda has a field of this id; the files are searched, not read."""
    line = rb"(?:^[ -]*|[{,] *)id:[ \t]*%s(?:[ \t,]|\r?$)" % re.escape(name).encode()
    beside = (file for folder in folders for file in sorted(folder.glob("*.y*ml")))
    says = re.compile(line, re.MULTILINE)
    return bool(library.agendas_with(line)) or any(
        says.search(first_bytes(file, DOCUMENT_LIMIT)) for file in beside if file.is_file()
    )
