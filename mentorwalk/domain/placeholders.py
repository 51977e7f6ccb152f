"""Placeholders in the texts of agendas: `{mentor}` and the like, and the words for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.domain.text import capital, each_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?…][”’\"')]*\s+|\n\n)[“‘\"'(*_]*\Z")
"""What stands before the first word of a sentence."""
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


class StandIn(str):
    """A word for somebody without a name: unlike a name, it begins a sentence with a capital."""

    __slots__ = ()


def fill_in(text: str, words: Mapping[str, str]) -> str:
    """Replace each `{name}` that `words` knows, once: what is put in is not read again.

    A sentence gives way if it names a contact that nobody has named.
    """
    text = without_nobody(text, words)

    def word(match: re.Match[str]) -> str:
        """Return the word for a placeholder, as it stands there."""
        known = words.get(match[1], match[0])
        begins = isinstance(known, StandIn) and _SENTENCE_BEGINS.search(text[: match.start()])
        return capital(known) if begins else known

    return PLACEHOLDER.sub(word, text)


def without_nobody(text: str, words: Mapping[str, str]) -> str:
    """Return a text without the sentences that name the contact if there is nobody to name."""
    if words.get("contact") != "" or "{contact}" not in text:
        return text
    return each_sentence(text, lambda sentence: "" if "{contact}" in sentence else sentence)
