"""The program's own words, in the language of the agenda.

The source has them in English, and a gettext catalogue has them in another language
(https://www.gnu.org/software/gettext/manual/): one of ours, or a programme's own beside its
agenda, which counts first. What a catalogue lacks stays English.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from mentorwalk.domain.own_words import Apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCALE = Path(__file__).parent.parent / "locale"
"""The folder of the catalogues: `pl/LC_MESSAGES/mentorwalk.mo`, made from `mentorwalk.pot`."""
DOMAIN = "mentorwalk"
ENGLISH = "en"
"""The language of the source, which needs no catalogue."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)

WORDS = "words"
"""The folder beside an agenda that holds a programme's own translations: `words/pl.po`."""
RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "ps")
) | {"rhg", "sd", "sdh", "syr", "ug", "ur", "yi"}
"""The languages that are written from right to left as a rule (Unicode CLDR, characterOrder)."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))

_current: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)
_folders: ContextVar[tuple[Path, ...]] = ContextVar("folders", default=())
_set_apart: ContextVar[bool] = ContextVar("set apart", default=False)
_APART = Apart()
_extra: dict[str, NullTranslations] = {}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Return a text as it is, marked as one that is translated where it is shown."""
    return text


def NP_(context: str, text: str) -> str:  # noqa: N802
    """Return a text as it is, marked as one that `pgettext` translates where it is shown."""
    del context
    return text


def _(text: str) -> str:
    """Return a text in the current language."""
    catalogue = _current.get()
    return _fitting(text, catalogue.gettext(text)) if catalogue and text else text


def ngettext(one: str, many: str, number: int) -> str:
    """Return a text in the current language, for so many things."""
    catalogue = _current.get()
    if catalogue is None:
        return one if number == 1 else many
    return _fitting(many, catalogue.ngettext(one, many, number))


def pgettext(context: str, text: str) -> str:
    """Return a text in the current language, where English has one word for two."""
    catalogue = _current.get()
    return _fitting(text, catalogue.pgettext(context, text)) if catalogue else text


def in_english() -> bool:
    """Return whether the current language is English, also for want of a catalogue."""
    return _current.get() in (None, _APART)


def spoken(language: str) -> str:
    """Return the language of our own words around those of an agenda: its own, or English."""
    known = _is_english(language) or _catalogue(language) not in (None, _APART)
    return language if known else ENGLISH


def stays_english(language: str) -> str:
    """Return the sentence that our words stay English around an agenda; empty if they do not."""
    if spoken(language) == language:
        return ""
    named = f"`{language}`" if _LANGUAGE.fullmatch(language) else "this language"
    return (
        f"mentorwalk has no words in {named} yet: keys, clock, dates and bundled documents around "
        "yours stay English."
    )


def direction(language: str) -> str:
    """Return how a language is written, as pages have it: `ltr`, or `rtl` for right to left."""
    first, *others = re.split("[-_]", language.lower())
    script = next((each for each in others if len(each) == 4 and each.isalpha()), "")
    leftward = script in _RIGHT_TO_LEFT_SCRIPTS if script else first in RIGHT_TO_LEFT
    return "rtl" if leftward else "ltr"


def set_language(language: str) -> None:
    """Change the current language; English, if it has no catalogue."""
    _current.set(_catalogue(language))


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Change the current language for a while."""
    before = _current.set(_catalogue(language))
    try:
        yield
    finally:
        _current.reset(before)


def add_catalogue(language: str, catalogue: NullTranslations) -> None:
    """Use a catalogue that is not in a file."""
    _extra[language] = catalogue


@contextmanager
def setting_apart() -> Iterator[None]:
    """Set the letters of our words apart for a while, in each language that has no catalogue."""
    before = _set_apart.set(True)
    try:
        yield
    finally:
        _set_apart.reset(before)


def use_words_beside(agendas: Iterable[Path]) -> None:
    """Look for own translations in the folders of some agendas, the first one first.

    Those that were named before come after them.
    """
    own = dict.fromkeys(folder / WORDS for folder in agendas if (folder / WORDS).is_dir())
    _folders.set(tuple(dict.fromkeys((*own, *_folders.get()))))


def forget_words() -> None:
    """Look for own translations nowhere, until folders are named again."""
    _folders.set(())


def own_words(folder: Path, language: str) -> list[Path]:
    """Return the files of own translations beside an agenda for its language, the nearest first."""
    paths = (folder / WORDS / f"{kind}.po" for kind in _kinds(language))
    return [path for path in paths if path.is_file()]


def misnamed_words(folder: Path, language: str) -> list[tuple[Path, str]]:
    """Return the files beside an agenda that differ in capitals from its words, with that name."""
    wanted = {f"{WORDS}/{kind}.po".casefold(): f"{WORDS}/{kind}.po" for kind in _kinds(language)}
    files = _words_in(folder, folder.stat().st_mtime_ns) if wanted and folder.is_dir() else ()
    named = [(file, f"{file.parent.name}/{file.name}") for file in files]
    return [
        (file, wanted[name.casefold()])
        for file, name in named
        if name not in wanted.values() and name.casefold() in wanted
    ]


@lru_cache(16)
def _words_in(folder: Path, _changed: int) -> tuple[Path, ...]:
    """Return the files of words beside agendas: looked for once for a folder of thousands."""
    return tuple(sorted(folder.glob("[wW][oO][rR][dD][sS]/*.[pP][oO]")))


def placeholders(text: str) -> frozenset[str] | None:
    """Return the placeholders of a text, such as `name`; None if they are malformed."""
    try:
        parts = [part[1:] for part in Formatter().parse(text)]
    except ValueError:
        return None
    return frozenset(f"{name}:{spec}!{how}" for name, spec, how in parts if name is not None)


@cache
def catalogue_in(folder: Path, language: str) -> NullTranslations | None:
    """Return a language's catalogue from a folder; None if there is none."""
    try:
        with (folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
            return GNUTranslations(file)
    except OSError:
        return None


def _catalogue(language: str) -> NullTranslations | None:
    """Return the catalogue of a language, or of its parent: `pt_BR`, else `pt`."""
    if _is_english(language):
        return None
    kinds = _kinds(language)
    own = (_own_catalogue(folder, kind) for kind in kinds for folder in _folders.get())
    ours = (_extra.get(kind) or catalogue_in(LOCALE, kind) for kind in kinds)
    found, fallback = next(filter(None, own), None), next(filter(None, ours), None)
    if found and fallback:
        # A copy: what was read once is used again, and may be given no second fallback.
        found = copy(found)
        found.add_fallback(fallback)
    return found or fallback or (_APART if _set_apart.get() else None)


def _kinds(language: str) -> tuple[str, ...]:
    """Return the names of a language's files: `pt_BR`, `pt-BR`, then `pt`; none if it is none."""
    if not _LANGUAGE.fullmatch(language):
        return ()
    tag = language.replace("-", "_")
    return tuple(dict.fromkeys((tag, language, tag.partition("_")[0])))


def _is_english(language: str) -> bool:
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


@cache
def _fitting(text: str, translated: str) -> str:
    """Return the translation, or the text if the translation has a placeholder of its own."""
    ours, theirs = placeholders(text), placeholders(translated)
    return text if ours is None or theirs is None or not theirs <= ours else translated
