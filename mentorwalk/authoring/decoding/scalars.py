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


_ABOUT = r"(?:~|≈|=|ca\.?|about|approx\.?|circa|etwa|max\.?)? *"
_MEANT = {
    "": (rf"{_ABOUT}(\d{{1,5}}(?:[.,]\d{{1,2}})?) *(?:m|min\w*\.?|['’′\"”;])?", 1),
    "minutes": (r"(\d{1,2}(?:[.,]\d{1,2})?|an?) *(?:h|hrs?|hours?|std\.?|stunden?)", 60),
    "clock": (r"0{1,2}:(\d\d)(?::00)?", 1),
    "counted": (r"(?:top|up to|at most|\+)? *(\d{1,5})(?: [a-z]+)?", 1),
    "days": (r"(\d{1,3}|an?) *(?:w|weeks?|wochen?|semaines?|semanas?)", 7),
    "each day": (r"(\d{1,3}) *(?:d|days?|tage?n?|jours?|d[ií]as?|dni)", 1),
}
"""By what a key holds, how people write it with a unit, and how much that unit is."""
_WORDS = ("an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ROUND = {"twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_IN_WORDS = {word: number for number, word in enumerate(_WORDS)} | {"a": 1, "an": 1, **_ROUND}
_HOLDS = {
    **dict.fromkeys(("minutes", "shortest", "longest", "at_least"), ("", "minutes", "clock")),
    "days": ("", "days", "each day"),
    **dict.fromkeys(("min", "max"), ("", "counted")),
}


def number_meant(text: str, key: str, *, whole: bool) -> str:
    """Return the number that `5 min`, `~5`, `5,5`, `1 hour` or `2 weeks` stands for; or nothing."""
    plain = text.strip().casefold()
    amount, each = str(_IN_WORDS.get(plain, "")), 1
    for form, unit in (_MEANT[held] for held in _HOLDS.get(key, ("",))):
        if found := re.fullmatch(form, plain):
            amount, each = found[1].replace(",", "."), unit
    amount = str(_IN_WORDS.get(amount, amount))
    number = f"{float(amount) * each:g}" if amount else ""
    return "" if whole and "." in number else number


def unwrapped(text: str) -> str:
    """Return a text with the lines of each paragraph joined; blank lines and lists stay."""
    return _JOINED.sub(" ", text.strip()) if "\n" in text else text.strip()
