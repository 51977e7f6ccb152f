"""Answers: what was written down for a field, and every way in which it reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date, time
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import fill_in
from mentorwalk.domain.dates import day_in_short, day_in_words, day_offered
from mentorwalk.domain.i18n import N_, _, in_english
from mentorwalk.domain.text import digits, join_words, mid_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import UnionType

    from mentorwalk.domain.agenda import Field, Role

Value = str | int | float | bool | tuple[str, ...]
"""An answer as plain data, ready for JSON: a day is `2026-12-15`, a time `15:00`."""
UNKNOWN = "?"
"""The answer “I don't know yet”, which a form offers: as it is typed, and as it is kept."""
NOT_YET = N_("I don't know yet")


@dataclass(frozen=True)
class Answer:
    """What was written down for a field, and every way in which it reads.

    Nothing else decides what an empty answer is, or how an answer is said.
    """

    field: Field
    value: Value | None
    names: Mapping[str, str] = attribute(default_factory=dict)
    """What `{mentor}` and the like stand for in the texts of the field."""
    person: Role | None = None
    """Whose answer it is; None if both are asked together."""

    @property
    def empty(self) -> bool:
        """Whether nothing is written down."""
        return self.value in (None, "", ())

    @property
    def hidden(self) -> bool:
        """Whether documents leave it out: it is empty, or private to one of the two."""
        return self.empty or self.field.private

    @property
    def items(self) -> tuple[Answer, ...]:
        """Each item of a list or a checkbox as an answer; any other answer is its only item."""
        if not isinstance(self.value, tuple):
            return (self,)
        return tuple(replace(self, value=item) for item in self.value)

    # --- Its label

    @property
    def label(self) -> str:
        """What was asked, below or above the answer: `Ada: What you will try`."""
        label = fill_in(self.field.label, self.names)
        return f"{self.names[self.person]}: {label}" if self.person else label

    @property
    def inline_label(self) -> str:
        """What was asked, on one line with the answer: `Ada, what you will try`."""
        label = fill_in(self.field.label, self.names)
        return f"{self.names[self.person]}, {mid_sentence(label)}" if self.person else label

    # --- How it reads

    @property
    def sentence(self) -> str:
        """The answer within a sentence, days in full: `at weekends and on Monday`."""
        match self.value:
            case None:
                return ""
            case bool():
                return _("yes") if self.value else _("no")
            case tuple():
                words = list(map(self._chosen_words, self.value))
                return join_words([*words[:1], *map(mid_sentence, words[1:])])
            case str():
                return day_in_words(self._day) if self._day else self._chosen_words(self.value)
            case _:
                return digits(self.value)

    @property
    def after_label(self) -> str:
        """The answer right after its label: as it was chosen, days in full, with its unit."""
        if isinstance(self.value, tuple):
            return join_words(list(map(self._shown, self.value)))
        if isinstance(self.value, str) and not self._day:
            return self._shown(self.value)
        return "" if self.empty else f"{self.sentence} {self.field.unit}".rstrip()

    def short(self, today: date) -> str:
        """Return the answer for a sheet or a list of choices: a day with its distance."""
        if isinstance(self.value, tuple):
            return _(", ").join(map(self._shown, self.value))
        return day_offered(self._day, today) if self._day else self.after_label

    @property
    def given(self) -> str:
        """The answer that one person gave before they met; items of a list may be sentences."""
        if self.empty or self.value == UNKNOWN:
            return _(NOT_YET)
        if isinstance(self.value, tuple):
            between = "; " if self.field.type == "list" else _(", ")
            return between.join(self._shown(item.rstrip(";")) for item in self.value)
        return self.after_label

    @property
    def typed(self) -> str:
        """The answer as somebody would type it, to be corrected; `read` reads it back."""
        return "\n".join(typed_texts(self.value))

    def offered(self, today: date) -> str:
        """Return the answer as it stands in a line to be corrected: a day without its distance."""
        # Days are read in English only, so that other languages are offered 2026-12-15.
        return day_in_short(self._day, today) if self._day and in_english() else self.typed

    @property
    def _day(self) -> date | None:
        is_day = self.field.type == "date" and self.value not in (None, UNKNOWN)
        return date.fromisoformat(str(self.value)) if is_day else None

    def _shown(self, text: str) -> str:
        """A chosen text as it stands in the list: names go into choices, never into own words."""
        return fill_in(text, self.names) if self.field.choice(text) else text

    def _chosen_words(self, text: str) -> str:
        choice = self.field.choice(text)
        return fill_in(choice.words, self.names) if choice else text


def typed_texts(value: Value | None) -> tuple[str, ...]:
    """Return a value as somebody would type it, item by item; conditions name it like this too."""
    match value:
        case None:
            return ()
        case tuple():
            return value
        case bool():
            return ("yes",) if value else ("no",)
        case str():
            return (value,)
        case _:
            return (digits(value),)


def fits(field: Field, value: Value | None) -> bool:
    """Return whether a value from a journal is of its field's type."""
    try:
        moment = value if field.type in ("date", "time") else None
        if moment is not None:
            (date if field.type == "date" else time).fromisoformat(str(moment))
    except ValueError:
        return False
    return value is None or isinstance(value, _TYPES.get(field.type, str))


_TYPES: Mapping[str, type | UnionType] = {
    "list": tuple,
    "checkbox": tuple,
    "confirm": bool,
    "number": int | float,
    "scale": int | float,
}
