"""Answers: what was written down for a field, and every way in which it reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date, time
from typing import TYPE_CHECKING

from mentorwalk.domain.dates import day_in_short, day_in_words, day_offered
from mentorwalk.domain.i18n import N_, _, in_english
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import (
    begun,
    digits,
    folded,
    join_words,
    mid_sentence,
    stopped,
    with_unit,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from types import UnionType

    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role

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
    """The words for `{mentor}` and the like in the texts of the field."""
    person: Role | None = None
    """The role of the person whose answer it is; None if the field does not ask each."""

    @property
    def empty(self) -> bool:
        """Whether nothing is written down."""
        return self.value in (None, "", ())

    @property
    def hidden(self) -> bool:
        """Whether documents leave it out, because it is empty or private."""
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
        """The label above an answer, with the person's name: `Ada: What you will try`."""
        label = fill_in(self.field.label, self.names)
        return f"{self.names[self.person]}: {label}" if self.person else label

    @property
    def inline_label(self) -> str:
        """The label before an answer, to be followed by a colon: `Ada, what you will try`."""
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
            case tuple() if self.field.has_sentences:
                return " ".join(item.sentence for item in self.items)
            case tuple():
                words = [item.sentence for item in self.items]
                return join_words([*words[:1], *map(mid_sentence, words[1:])])
            case str() if self._day:
                return day_in_words(self._day)
            case str():
                choice = self.field.choice(self.value)
                said = fill_in(choice.words, self.names) if choice else self.value
                return self._whole(said) if self.field.has_sentences else said
            case _:
                return digits(self.value)

    def _whole(self, words: str) -> str:
        return stopped(begun(words, self.names.values()))

    @property
    def after_label(self) -> str:
        """The answer after its label: as it was chosen, days in full, numbers with their unit."""
        if self.field.has_sentences:
            return self.sentence
        match self.value:
            case tuple():
                return join_words([item.after_label for item in self.items])
            case str() if not self._day:
                # Names go into choices, never into somebody's own words.
                chosen = self.field.choice(self.value) is not None
                return fill_in(self.value, self.names) if chosen else self.value
            case int() | float() if not isinstance(self.value, bool):
                return with_unit(self.value, self.field.unit)
            case _:
                return self.sentence

    def short(self, today: date) -> str:
        """Return the answer for a sheet or a list of choices: a day with its distance."""
        if self._day:
            return day_offered(self._day, today)
        return self._listed

    @property
    def _listed(self) -> str:
        """The items with commas between them; sentences end with their full stops instead."""
        if self.field.has_sentences:
            return self.sentence
        return _(", ").join(item.after_label for item in self.items)

    @property
    def given(self) -> str:
        """The answer as one person gave it beforehand; items of a list may be sentences."""
        if self.empty or self.value == UNKNOWN:
            return _(NOT_YET)
        if self.field.type == "list":
            return "; ".join(item.after_label.rstrip(";") for item in self.items)
        return self._listed

    @property
    def typed(self) -> str:
        """The answer as somebody would type it, to be corrected; `parse_answer` reads it back."""
        return "\n".join(typed_texts(self.value))

    def offered(self, today: date) -> str:
        """Return the answer for a line to be corrected: a day without its distance."""
        # Days are read in English only: other languages get 2026-12-15.
        return day_in_short(self._day, today) if self._day and in_english() else self.typed

    @property
    def _day(self) -> date | None:
        is_day = self.field.type == "date" and self.value not in (None, UNKNOWN)
        return date.fromisoformat(str(self.value)) if is_day else None


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


def without_items(value: Value | None, folded_words: Collection[str]) -> Value | None:
    """Return a value without the items, or the text, of these folded words; None if none is left.

    A value that is no text stays.
    """
    match value:
        case str():
            return None if folded(value) in folded_words else value
        case tuple():
            return tuple(each for each in value if folded(each) not in folded_words) or None
        case _:
            return value


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
