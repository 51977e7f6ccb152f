"""Tell our English words in a document from those of people, where their language has no catalogue.

A document is made twice, the second time with the letters of our words taken from a plane of
Unicode for private use: there they can be told from all others, and everything else about them
(spaces, full stops, digits) stays as it was.
"""

from __future__ import annotations

import re
from gettext import NullTranslations

_PLANE = 0xF0000
"""The first code point of Supplementary Private Use Area-A."""
APART = re.compile("[\U000f0041-\U000f007a]")
"""A letter of ours that is set apart."""
_WORDS = re.compile(r"\{[^{}]*\}|[A-Za-z]+")


def apart(text: str) -> str:
    """Return a text with its letters set apart; what stands in braces is still filled in."""
    return _WORDS.sub(lambda found: found[0] if found[0][0] == "{" else _shifted(found[0]), text)


def together(text: str) -> str:
    """Return a text with all letters as they are written."""
    return APART.sub(lambda letter: chr(ord(letter[0]) - _PLANE), text)


def marked(text: str, again: str) -> str:
    """Return a text with the letters set apart that are so in the same text, made again.

    Only capitals may differ: which words of ours lose theirs within a sentence is a matter of
    letters. If anything else does, nobody knows which words are whose, and none are set apart.
    """
    if len(again) != len(text) or together(again).casefold() != text.casefold():
        return text
    pairs = zip(text, again, strict=True)
    return "".join(_shifted(one) if APART.match(other) else one for one, other in pairs)


def _shifted(letters: str) -> str:
    return "".join(chr(ord(letter) + _PLANE) for letter in letters)


class Apart(NullTranslations):
    """English, with the letters of each message set apart."""

    def gettext(self, message: str) -> str:
        """Return a message."""
        return apart(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return a message for so many things."""
        return apart(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return a message that English has one word for two for."""
        del context
        return apart(message)
