"""Placeholders in the texts of agendas: `{mentor}` and the like, and the words for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.domain.text import each_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


def fill_in(text: str, words: Mapping[str, str]) -> str:
    """Replace each `{name}` that `words` knows, once: what is put in is not read again.

    A sentence gives way if it names a contact that nobody has named.
    """
    text = without_nobody(text, words)
    return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)


def without_nobody(text: str, words: Mapping[str, str]) -> str:
    """Return a text without the sentences that name the contact if there is nobody to name."""
    if words.get("contact") != "" or "{contact}" not in text:
        return text
    return each_sentence(text, lambda sentence: "" if "{contact}" in sentence else sentence)
