"""The program's own words, in the language of the agenda.

The source has them in English, and a gettext catalogue has them in another language
(https://www.gnu.org/software/gettext/manual/). What a catalogue lacks stays English.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE = Path(__file__).parent.parent / "locale"
"""The folder of the catalogues: `pl/LC_MESSAGES/mentorwalk.mo`, made from `mentorwalk.pot`."""
DOMAIN = "mentorwalk"
ENGLISH = "en"
"""The language of the source, which needs no catalogue."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)

_current: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)
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
    return _current.get() is None


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
    if language == ENGLISH or not _LANGUAGE.fullmatch(language):
        return None
    tag = language.replace("-", "_")
    kinds = (tag, tag.partition("_")[0])
    return next(filter(None, (_extra.get(k) or catalogue_in(LOCALE, k) for k in kinds)), None)


@cache
def _fitting(text: str, translated: str) -> str:
    """Return the translation, or the text if the translation has a placeholder of its own."""
    ours, theirs = placeholders(text), placeholders(translated)
    return text if ours is None or theirs is None or not theirs <= ours else translated
