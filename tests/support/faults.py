"""The problems of a file, in few words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mentorwalk.domain.errors import Problem


def sentences(problems: Iterable[Problem]) -> list[tuple[str, int, int, str]]:
    """Return what is said of each, with the names of files without folders."""
    return [(Path(p.file).name, p.line, p.column, p.sentence) for p in problems]
