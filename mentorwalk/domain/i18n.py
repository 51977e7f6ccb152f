"""The words of the interface, in the language of the agenda.

English stands in the source and names each message; a catalogue of gettext's says it in another
language (https://www.gnu.org/software/gettext/manual/). What a catalogue lacks stays English.
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
"""Where the catalogues lie: `pl/LC_MESSAGES/mentorwalk.mo`, made from `mentorwalk.pot`."""
DOMAIN = "mentorwalk"
ENGLISH = "en"
"""The language of the source: whoever speaks it needs no catalogue."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)

_spoken: ContextVar[NullTranslations | None] = ContextVar("spoken", default=None)
_learned: dict[str, NullTranslations] = {}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a text that is translated where it is shown."""
    return text


def NP_(context: str, text: str) -> str:  # noqa: N802
    """Mark a text that is translated where it is shown, by `pgettext`."""
    del context
    return text


def _(text: str) -> str:
    """A text in the language that is spoken."""
    spoken = _spoken.get()
    return _fitting(text, spoken.gettext(text)) if spoken and text else text


def ngettext(one: str, many: str, number: int) -> str:
    """A text in the language that is spoken, for so many things."""
    spoken = _spoken.get()
    if spoken is None:
        return one if number == 1 else many
    return _fitting(many, spoken.ngettext(one, many, number))


def pgettext(context: str, text: str) -> str:
    """A text in the language that is spoken, where English has one word for two."""
    spoken = _spoken.get()
    return _fitting(text, spoken.pgettext(context, text)) if spoken else text


def in_english() -> bool:
    """Whether English is spoken: the agenda's own language, or for want of a catalogue."""
    return _spoken.get() is None


def set_language(language: str) -> None:
    """Speak a language from now on; English, where there is no catalogue of it."""
    _spoken.set(_catalogue(language))


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _spoken.set(_catalogue(language))
    try:
        yield
    finally:
        _spoken.reset(before)


def learn(language: str, catalogue: NullTranslations) -> None:
    """Take a catalogue from elsewhere than its file."""
    _learned[language] = catalogue


def placeholders(text: str) -> frozenset[str] | None:
    """What a text leaves to be filled in, such as `name`; None where it cannot be filled in."""
    try:
        parts = [part[1:] for part in Formatter().parse(text)]
    except ValueError:
        return None
    return frozenset(f"{name}:{spec}!{how}" for name, spec, how in parts if name is not None)


@cache
def catalogue_in(folder: Path, language: str) -> NullTranslations | None:
    """The catalogue of a language as it lies in a folder; None where there is none."""
    try:
        with (folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
            return GNUTranslations(file)
    except OSError:
        return None


def _catalogue(language: str) -> NullTranslations | None:
    """The catalogue of a language, or of the one it is a kind of: `pt_BR`, else `pt`."""
    if language == ENGLISH or not _LANGUAGE.fullmatch(language):
        return None
    tag = language.replace("-", "_")
    kinds = (tag, tag.partition("_")[0])
    return next(filter(None, (_learned.get(k) or catalogue_in(LOCALE, k) for k in kinds)), None)


@cache
def _fitting(text: str, translated: str) -> str:
    """A translation; the text itself, where a name in the translation is none of its own."""
    ours, theirs = placeholders(text), placeholders(translated)
    return text if ours is None or theirs is None or not theirs <= ours else translated
