"""Agendas that `agenda add` keeps, decoded beforehand: their YAML need not be read at the start.

What is decoded counts while its text, those of the agendas that it extends and the bundled ones are
what they were. It can be deleted at any time, and nothing from elsewhere is ever taken for it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorwalk import __version__
from mentorwalk.authoring.parents import parent_file
from mentorwalk.authoring.reading import agenda_from, read_agenda
from mentorwalk.authoring.syntax.source import Parent, Source, digest_of, read_source
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.storage.decoded import DECODED, agenda_data, agenda_of
from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes, text_of, write_private
from mentorwalk.storage.library import make_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.storage.library import Library


class ReadyAgenda(NamedTuple):
    """An agenda with its text."""

    source: Source
    agenda: Agenda


@dataclass(frozen=True)
class KeptSource(Source):
    """The text of an agenda that was read whole before, with what it extends."""

    whole: str
    extended: tuple[Parent, ...]

    @property
    def parents(self) -> Iterator[Parent]:
        """The files that it extends, the nearest first."""
        yield from self.extended

    def whole_text(self, agenda: Agenda) -> str:
        """Return the text of the agenda that it makes with what it extends."""
        del agenda
        return self.whole


def ready_file(library: Library, name: str) -> Path:
    """Return the file that keeps an agenda of a person's own ready, found by its name."""
    return library.cache / f"{name}.json"


def keep_ready(library: Library, path: Path) -> None:
    """Decode an agenda that is kept, so that it is ready; without that it is read from its text."""
    with suppress(InputError, StorageError):
        source = read_agenda(library, path)
        make_private(library.cache)
        write_private(ready_file(library, path.stem), _text(source, agenda_from(source)))


def ready_agenda(library: Library, path: Path) -> ReadyAgenda | None:
    """Return the agenda of a file as it was decoded when it was kept; None if it is to be read."""
    if library.agendas not in path.parents:
        return None
    kept = _kept(ready_file(library, path.stem))
    with suppress(InputError):
        if kept and (source := _source(library, path, kept)):
            return ReadyAgenda(source, agenda_of(kept["agenda"]))
    return None


def ready_whole(library: Library, digest: str) -> Agenda | None:
    """Return the agenda of a whole text, found by its digest, if it is kept; None if it is not."""
    begins = f'\n{{"whole":"{digest}"'.encode()
    files = (path for path in library.cache.glob("*.json") if begins in first_bytes(path))
    kept = next(filter(None, map(_kept, files)), None)
    return agenda_of(kept["agenda"]) if kept else None


def _text(source: Source, agenda: Agenda) -> str:
    """Return a line that seals the one below it, which holds an agenda."""
    whole = source.whole_text(agenda)
    kept = {
        "whole": digest_of(whole),
        "own": source.digest,
        "extends": [(parent.named, digest_of(parent.text)) for parent in source.parents],
        "agenda": agenda_data(agenda),
        "text": whole if whole != source.text else "",
    }
    line = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return f"{_seal(line)}\n{line}"


def _kept(path: Path) -> Any:
    """Return what a file keeps ready; None if it is not as this program wrote it."""
    seal, _, line = (text_of(path) or "").partition("\n")
    # Whoever writes here could change the agenda as well: the seal finds what was damaged.
    return json.loads(line) if line and seal == _seal(line) else None


def _source(library: Library, path: Path, kept: Any) -> Source | None:
    """Return the text that an agenda was decoded from; None if a file has another one by now."""
    source, parents = read_source(path), _parents(library, path, kept["extends"])
    if source.digest != kept["own"] or parents is None:
        return None
    return KeptSource(source.name, source.text, kept["text"] or source.text, parents)


def _parents(
    library: Library, path: Path, extended: Iterable[tuple[str, str]]
) -> tuple[Parent, ...] | None:
    """Return the files that an agenda extends; None if any is another than its digest says."""
    parents: list[Parent] = []
    beside = True
    for named, digest in extended:
        # A file that is gone leaves the one that names it, whose digest is another.
        file = parent_file(library, path, named) or path
        beside = beside and file.parent == path.parent
        source = read_source(file)
        if source.digest != digest:
            return None
        parents.append(Parent(file, source.text, beside, named))
        path = file
    return tuple(parents)


def _seal(line: str) -> str:
    """Return the digest of a line, of what decodes it and of what is bundled."""
    parts = (__version__.encode(), first_bytes(DECODED, DOCUMENT_LIMIT), line.encode())
    return sha256(b"\n".join(parts)).hexdigest()
