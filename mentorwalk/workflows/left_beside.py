"""Templates that lie beside an agenda, and that nothing names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes, is_hidden
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from mentorwalk.authoring.syntax.places import Places
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.outcomes import Document

LEFT_BESIDE = (
    "`{name}` lies beside this agenda, and no document uses it: to use it, write that name behind "
    "the `template` of {document}."
)


def left_beside(
    folder: Path, used: Collection[str], documents: Sequence[Document], places: Places
) -> Iterator[Problem]:
    """Yield a warning of each template in an agenda's folder that none of its documents uses."""
    stems = [document.file.split(".")[0] for document in documents]
    for name in _unnamed(folder, used):
        stem = name.split(".")[0]
        # The one that is called like the file is the one that it is for.
        at = (stems.index(stem), "template") if stem in stems else ()
        document = f"`{documents[at[0]].file}`" if at else "the document that it is for"
        sentence = LEFT_BESIDE.format(name=name, document=document)
        yield replace(places.problem(("documents", *at), sentence, name="unused"), warning=True)


def _unnamed(folder: Path, used: Collection[str]) -> list[str]:
    """Return the templates in a folder that nothing names; none if it has several agendas."""
    found = sorted(file for file in folder.glob("*.md.j2") if not is_hidden(file))
    files = [file for file in found if file.name not in used]
    own = [file for file in files if not (BUNDLED_TEMPLATES / file.name).exists()]
    said = _said_in(folder) if own else ()
    return [file.name for file in own if said and not any(file.name.encode() in t for t in said)]


def _said_in(folder: Path) -> list[bytes]:
    """Return what the agenda and the templates of a folder say; nothing if it has several."""
    agendas = [*folder.glob("*.yaml"), *folder.glob("*.yml")]
    agendas = [file for file in agendas if not is_hidden(file)]
    files = [*agendas, *folder.glob("*.j2")] if len(agendas) == 1 else []
    return [first_bytes(file, DOCUMENT_LIMIT) for file in files]
