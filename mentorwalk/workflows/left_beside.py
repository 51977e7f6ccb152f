"""Templates that lie beside an agenda, and that nothing names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

LEFT_BESIDE = (
    "`{name}` lies beside this agenda, and no document uses it: to use it, write that name behind "
    "`template`."
)


def unnamed(folder: Path, used: Collection[str]) -> list[str]:
    """Return the templates in an agenda's folder that nothing names; none if it has several."""
    files = [file for file in sorted(folder.glob("*.md.j2")) if file.name not in used]
    own = [file for file in files if not (BUNDLED_TEMPLATES / file.name).exists()]
    agendas = [*folder.glob("*.yaml"), *folder.glob("*.yml")] if own else []
    if len(agendas) != 1:
        return []
    texts = [first_bytes(each, DOCUMENT_LIMIT) for each in (*agendas, *folder.glob("*.j2"))]
    return [file.name for file in own if not any(file.name.encode() in each for each in texts)]
