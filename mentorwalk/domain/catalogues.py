"""Catalogues of our words: those that come with the program, and those beside a programme's agenda.

This is the one module of the domain that reads files, because any sentence may be said in any
language. A catalogue is read once, and again when its file has changed.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from copy import copy
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCALE = Path(__file__).parent.parent / "locale"
"""The folder of the catalogues: `pl/LC_MESSAGES/mentorwalk.mo`, made from `mentorwalk.pot`."""
DOMAIN = "mentorwalk"
ENGLISH = "en"
"""The language of the source, which needs no catalogue."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
"""What a language is called: `pl`, `pt-BR`."""
WORDS = "words"
"""The folder beside an agenda that holds a programme's own translations: `words/pl.po`."""
_folders: ContextVar[tuple[Path, ...]] = ContextVar("folders", default=())
_extra: dict[str, NullTranslations] = {}
"""By their languages, catalogues that are in no file."""


def add_catalogue(language: str, catalogue: NullTranslations) -> None:
    """Use a catalogue that is in no file, as tests do."""
    _extra[language] = catalogue


def use_words_beside(agendas: Iterable[Path]) -> None:
    """Look for own translations in the folders of some agendas, the first one first.

    Those that were named before come after them.
    """
    own = dict.fromkeys(folder / WORDS for folder in agendas if (folder / WORDS).is_dir())
    _folders.set(tuple(dict.fromkeys((*own, *_folders.get()))))


def forget_words() -> None:
    """Look for own translations nowhere, until folders are named again."""
    _folders.set(())


def own_translations(folder: Path, language: str) -> list[Path]:
    """Return the files of own translations beside an agenda for its language, the nearest first."""
    paths = (folder / WORDS / f"{kind}.po" for kind in _file_stems(language))
    return [path for path in paths if path.is_file()]


def misnamed_translations(folder: Path, language: str) -> list[tuple[Path, str]]:
    """Return the files beside an agenda that differ in capitals from its words, with that name."""
    wanted = {
        f"{WORDS}/{kind}.po".casefold(): f"{WORDS}/{kind}.po" for kind in _file_stems(language)
    }
    files = _words_in(folder, folder.stat().st_mtime_ns) if wanted and folder.is_dir() else ()
    named = [(file, f"{file.parent.name}/{file.name}") for file in files]
    return [
        (file, wanted[name.casefold()])
        for file, name in named
        if name not in wanted.values() and name.casefold() in wanted
    ]


@lru_cache(16)
def _words_in(folder: Path, _mtime: int) -> tuple[Path, ...]:
    """Return the files of words beside agendas: looked for once for a folder of thousands.

    Another time of change is another call, so that new files are seen.
    """
    return tuple(sorted(folder.glob("[wW][oO][rR][dD][sS]/*.[pP][oO]")))


@cache
def catalogue_in(folder: Path, language: str) -> NullTranslations | None:
    """Return a language's catalogue from a folder; None if there is none."""
    try:
        with (folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
            return GNUTranslations(file)
    except OSError:
        return None


def catalogue_of(language: str) -> NullTranslations | None:
    """Return the catalogue of a language, or of its parent: `pt_BR`, else `pt`; None without one.

    English, the language of the source, has none.
    """
    if is_english(language):
        return None
    kinds = _file_stems(language)
    own = (_own_catalogue(folder, kind) for kind in kinds for folder in _folders.get())
    ours = (_extra.get(kind) or catalogue_in(LOCALE, kind) for kind in kinds)
    found, fallback = next(filter(None, own), None), next(filter(None, ours), None)
    if found and fallback:
        # A copy: what was read once is used again, and may be given no second fallback.
        found = copy(found)
        found.add_fallback(fallback)
    return found or fallback


def _file_stems(language: str) -> tuple[str, ...]:
    """Return the names of a language's files: `pt_BR`, `pt-BR`, then `pt`; none if it is none."""
    if not LANGUAGE.fullmatch(language):
        return ()
    tag = language.replace("-", "_")
    return tuple(dict.fromkeys((tag, language, tag.partition("_")[0])))


def is_english(language: str) -> bool:
    """Return whether a language is that of the source, in whatever country."""
    return re.split("[-_]", language.lower())[0] == ENGLISH


def _own_catalogue(folder: Path, kind: str) -> NullTranslations | None:
    """Return a programme's own translation; None if there is none, or it cannot be read."""
    path = folder / f"{kind}.po"
    try:
        state = path.stat()
    except OSError:
        return None
    return _read_words(path, (state.st_mtime_ns, state.st_size))


@cache
def _read_words(path: Path, state: tuple[int, int]) -> NullTranslations | None:
    """Return the translation of a file, read once for each state that it had."""
    # Loaded here: few agendas have a translation of their own.
    from mentorwalk.domain.po_file import SIZE_LIMIT, read_po  # noqa: PLC0415

    # A device would be read without end.
    if state[1] > SIZE_LIMIT or not path.is_file():
        return None
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
    return read_po(text.replace("\r\n", "\n")).catalogue()
