"""The answers that a field can have, as conditions name them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.answer_parsing import form_of
from mentorwalk.domain.answers import UNKNOWN
from mentorwalk.domain.conditions import Range, range_of
from mentorwalk.domain.fields import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.fields import Field


class PossibleAnswers(NamedTuple):
    """The answers that a condition can name."""

    picks: dict[str, None]
    """The choices; empty if anything can be written."""
    spelled: dict[str, str]
    """The choices by the form of their words: words of such a form are kept as that choice."""
    form: Callable[[str], str]
    """Returns the form in which words are compared with the choices."""
    other: bool
    """Whether words of one's own are allowed too."""
    numbers: Range | None = None
    """The numbers of a field that takes one, or one for each item."""
    words: bool = True
    """Whether anything but such a number can be written at all."""

    def kept_as(self, words: str) -> str:
        """Return the choice as which words are kept; empty if they are none."""
        return self.spelled.get(self.form(words), "")

    def includes(self, answer: str) -> bool:
        """Return whether the field can be answered with this, or with a number of this range."""
        wanted = range_of(answer) if self.numbers else None
        if wanted and self.numbers:
            return wanted.meets(self.numbers)
        if self.numbers and not self.words:
            return self.numbers.includes(answer)
        own = self.other and not self.kept_as(answer)
        return not self.picks or own or answer in self.picks


def possible_answers(field: Field) -> PossibleAnswers:
    """Return the answers to a field that a condition can name."""
    choices, form = _PICKS.get(field.type, field.choices), form_of(field)
    spelled = {form(words): each.pick for each in choices for words in (each.words, each.pick)}
    picks = dict.fromkeys(each.pick for each in choices)
    # What can be chosen is only known once its sources are answered.
    other = field.other or bool(field.choices_from)
    return PossibleAnswers(picks, spelled, form, other, _numbers_of(field), field.type != "ratings")


_PICKS = {"confirm": (Choice("yes"), Choice("no")), "outline": (Choice("yes"),)}
"""What conditions name of the answers to some types: of an outline, that there is one."""


def _numbers_of(field: Field) -> Range | None:
    """Return the numbers that a field takes; None for a field of another type."""
    if field.type in ("scale", "ratings"):
        return Range(*field.ends)
    least = -math.inf if field.min is None else field.min
    most = math.inf if field.max is None else field.max
    return Range(least, most) if field.type == "number" else None


def is_kept_like(field: Field, answer: str) -> bool:
    """Return whether an answer that a condition names could be kept like this by its field's type.

    A range is looked at elsewhere, and “I don't know yet” is of no type.
    """
    if answer == UNKNOWN or range_of(answer):
        return True
    match field.type:
        case "number" | "scale":
            number = re.fullmatch(_SCALE if field.type == "scale" else _DECIMAL, answer)
            numbers = _numbers_of(field)
            return bool(number and numbers and numbers.includes(answer))
        case "date":
            return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", answer))
        case "time":
            return bool(re.fullmatch(r"\d\d:\d\d", answer))
        case _:
            return True


_SCALE = r"-?(?:0|[1-9]\d*)"
_DECIMAL = rf"{_SCALE}(?:\.\d*[1-9])?"
"""How the answers of scales and numbers are kept: without needless decimals."""
