"""Scalars: what a single text in an agenda's file becomes, by the annotation of its attribute."""

from __future__ import annotations

import re
from typing import Any

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_FORMS: dict[type, tuple[str, str]] = {
    bool: ("(?!)", "yes or no"),
    int: (r"-?\d{1,9}", "a whole number, such as 60"),
    float: (r"\d{1,6}(\.\d{1,3})?", "a number, such as 5 or 1.5"),
}
"""By type, the pattern of its texts and how a message names them."""
_TOO_LARGE = r"-?\d{7,}(\.\d+)?"
_JOINED = re.compile(r"(?<=\S)[ ]*\n(?=[^\s\-*•])")


def scalar_of(text: str, wanted: type, key: str) -> Any:
    """Return a text as what an annotation wants: itself, yes or no, or a number.

    Raises:
        ValueError: It is none; its message is a sentence for the author.
    """
    if wanted is str:
        return text
    if wanted is bool and text.lower() in _YES_NO:
        return _YES_NO[text.lower()]
    form, words = _FORMS[wanted]
    if re.fullmatch(form, text):
        return wanted(text)
    if key == "mentorwalk":
        raise ValueError("`mentorwalk` is the version of this format: write `mentorwalk: 1`.")
    if wanted is not bool and re.fullmatch(_TOO_LARGE, text):
        raise ValueError(f"`{key}` is far too large a number.")
    raise ValueError(f"`{key}` must be {words}.")


def unwrapped(text: str) -> str:
    """Return a text with the lines of each paragraph joined; blank lines and lists stay."""
    return _JOINED.sub(" ", text.strip()) if "\n" in text else text.strip()
