"""The program's own words, in the language of the agenda.

The source has them in English, and a gettext catalogue has them in another language
(https://www.gnu.org/software/gettext/manual/): one of ours, or a programme's own beside its
agenda, which counts first. What a catalogue lacks stays English.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from mentorwalk.domain.catalogues import ENGLISH, LANGUAGE, catalogue_of, is_english
from mentorwalk.domain.english_marking import Apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "ps")
) | {"rhg", "sd", "sdh", "syr", "ug", "ur", "yi"}
"""The languages that are written from right to left as a rule (Unicode CLDR, characterOrder)."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))

_in_use: ContextVar[NullTranslations | None] = ContextVar("catalogue in use", default=None)
_set_apart: ContextVar[bool] = ContextVar("set apart", default=False)
_APART = Apart()


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Return a text as it is, marked as one that is translated where it is shown."""
    return text


def NP_(context: str, text: str) -> str:  # noqa: N802
    """Return a text as it is, marked as one that `pgettext` translates where it is shown."""
    del context
    return text


def _(text: str) -> str:
    """Return a text in the current language."""
    catalogue = _in_use.get()
    return _translation_or_text(text, catalogue.gettext(text)) if catalogue and text else text


def ngettext(one: str, many: str, number: int) -> str:
    """Return a text in the current language, for so many things."""
    catalogue = _in_use.get()
    if catalogue is None:
        return one if number == 1 else many
    return _translation_or_text(many, catalogue.ngettext(one, many, number))


def pgettext(context: str, text: str) -> str:
    """Return a text in the current language, where English has one word for two."""
    catalogue = _in_use.get()
    return _translation_or_text(text, catalogue.pgettext(context, text)) if catalogue else text


def in_english() -> bool:
    """Return whether the current language is English, also for want of a catalogue."""
    return _in_use.get() in (None, _APART)


def language_of_words(language: str) -> str:
    """Return the language of our own words around those of an agenda: its own, or English."""
    return language if is_english(language) or catalogue_of(language) else ENGLISH


def english_notice(language: str) -> str:
    """Return the sentence that our words stay English around an agenda; empty if they do not."""
    if language_of_words(language) == language:
        return ""
    named = f"`{language}`" if LANGUAGE.fullmatch(language) else "this language"
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


def _catalogue_or_apart(language: str) -> NullTranslations | None:
    if found := catalogue_of(language):
        return found
    return _APART if _set_apart.get() and not is_english(language) else None


def set_language(language: str) -> None:
    """Change the current language; English, if it has no catalogue."""
    _in_use.set(_catalogue_or_apart(language))


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Change the current language for a while."""
    before = _in_use.set(_catalogue_or_apart(language))
    try:
        yield
    finally:
        _in_use.reset(before)


@contextmanager
def setting_apart() -> Iterator[None]:
    """Set the letters of our words apart for a while, in each language that has no catalogue."""
    before = _set_apart.set(True)
    try:
        yield
    finally:
        _set_apart.reset(before)


def placeholders(text: str) -> frozenset[str] | None:
    """Return the placeholders of a text, such as `name`; None if they are malformed."""
    try:
        parts = [part[1:] for part in Formatter().parse(text)]
    except ValueError:
        return None
    return frozenset(f"{name}:{spec}!{how}" for name, spec, how in parts if name is not None)


@cache
def _translation_or_text(text: str, translated: str) -> str:
    """Return the translation, or the text if the translation has a placeholder of its own."""
    ours, theirs = placeholders(text), placeholders(translated)
    return text if ours is None or theirs is None or not theirs <= ours else translated
