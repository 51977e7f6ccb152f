"""Answers: what was written down for a field, and every way in which it reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date, time
from functools import reduce
from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_in_short, day_in_words, day_offered
from mentorwalk.domain.i18n import N_, _, in_english
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import (
    after_lead,
    begun,
    digits,
    folded,
    join_words,
    listed,
    mid_sentence,
    says_i,
    with_full_stop,
    with_unit,
    without_full_stop,
)
from mentorwalk.domain.values import ByItem, Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from types import UnionType

    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.values import Node

Value = str | int | float | bool | tuple[str, ...] | ByItem | Outline
"""An answer as plain data: a day is `2026-12-15`, a time `15:00`."""
UNKNOWN = "?"
"""The answer “I don't know yet”, which a form offers: as it is typed, and as it is kept."""
NOT_YET = N_("I don't know yet")
ITEM = "item"
"""The name, in the texts of a field with `each_of`, of what it is asked about."""
LEFT_OUT = "-"
"""Stands for a plain sentence of a clause that was struck."""


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
        # A no and a 0 are answers.
        return self.value in (None, "", (), ByItem(), Outline())

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

    @property
    def by_item(self) -> Mapping[str, Answer]:
        """What was said about each item, as an answer; empty if it is not about items."""
        items = self.value if isinstance(self.value, ByItem) else ()
        return {item: self.about(item) for item in items}

    def about(self, item: str) -> Answer:
        """Return what was said about an item, as an answer; it is empty if nothing was."""
        said = self.value.get(item) if isinstance(self.value, ByItem) else None
        names = {**self.names, ITEM: item}
        # A number of several says “of 10” whether or not its ends have words.
        field = self.field if self.field.type == "ratings" else self.field.for_one_item
        return replace(self, value=said, names=names, field=field)

    def without(self, folded_words: Collection[str]) -> Answer:
        """Return it without these items: nobody said anything of them, nor left them out."""
        items = tuple(item for item in self.field.items if folded(item) not in folded_words)
        left = without_items(self.value, folded_words)
        return replace(self, value=left, field=replace(self.field, items=items))

    # --- Its label

    @property
    def label(self) -> str:
        """The label above an answer, with the person's name: `Ada: What you will try`."""
        return f"{self.names[self.person]}: {self._asked}" if self.person else self._asked

    @property
    def inline_label(self) -> str:
        """The label before an answer, to be followed by a colon: `Ada, what you will try`."""
        asked = self._asked
        return f"{self.names[self.person]}, {mid_sentence(asked)}" if self.person else asked

    @property
    def _asked(self) -> str:
        """What is asked; of all items together, without naming one."""
        return fill_in(self.field.label, {ITEM: "…", **self.names})

    # --- How it reads

    @property
    def sentence(self) -> str:
        """The answer within a sentence, days in full: `at weekends and on Monday`."""
        match self.value:
            case None:
                return ""
            case bool():
                return _("yes") if self.value else _("no")
            case ByItem() | Outline():
                return self._gathered(lambda item: item.sentence)
            case tuple() if self.field.has_sentences:
                return " ".join(item.sentence for item in self.items)
            case tuple() if self.field.type == "ranking":
                return _ranked([item.sentence for item in self.items])
            case tuple():
                words = [item.sentence for item in self.items]
                return join_words([*words[:1], *map(mid_sentence, words[1:])])
            case str() if self._day:
                return day_in_words(self._day)
            case str():
                choice = self.field.choice(self.value)
                said = (
                    fill_in(choice.words, self.names) if choice else _quoted(self.field, self.value)
                )
                return self._whole(said) if self.field.has_sentences else said
            case _:
                return _on_scale(self.field, self.value)

    @property
    def gist(self) -> str:
        """The answer where it only reminds of what is written elsewhere: an outline in short.

        Wherever somebody says yes to what is written, it reads whole.
        """
        if not isinstance(self.value, Outline):
            return self.sentence
        return "; ".join(_branch(node.in_short) for node in self.value.nodes)

    def _gathered(self, reads: Callable[[Answer], str]) -> str:
        """Return what was said about each item, or every line of an outline."""
        if isinstance(self.value, Outline):
            return "; ".join(map(_branch, self.value.nodes))
        said = self.by_item
        if self.field.type != "ratings":
            pairs = ((item, reads(answer).rstrip(";")) for item, answer in said.items())
            return "; ".join(f"{item}: {words}" for item, words in pairs)
        # Translators: one of several things, which somebody gave no number.
        left_out = _("{item} left out")
        items = dict.fromkeys((*self.field.items, *said))
        return listed(
            [
                f"{item} {reads(said[item])}" if item in said else left_out.format(item=item)
                for item in items
            ]
        )

    def _whole(self, words: str) -> str:
        return with_full_stop(begun(words, self.names.values()))

    @property
    def after_label(self) -> str:
        """The answer after its label: as it was chosen, days in full, numbers with their unit."""
        if self.field.has_sentences:
            return self.sentence
        match self.value:
            case ByItem() | Outline():
                return self._gathered(lambda item: item.after_label)
            case tuple() if self.field.type == "ranking":
                return _ranked([item.after_label for item in self.items])
            case tuple():
                return join_words([item.after_label for item in self.items])
            case str() if not self._day:
                # Names go into choices, never into somebody's own words.
                chosen = self.field.choice(self.value) is not None
                return fill_in(self.value, self.names) if chosen else self.value
            case int() | float() if self.field.unit and not isinstance(self.value, bool):
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
        """The items one after another; sentences end with their full stops instead."""
        if self.field.has_sentences or self.field.type == "ranking":
            return self.sentence if self.field.has_sentences else self.after_label
        return listed([item.after_label for item in self.items])

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
        if isinstance(self.value, Outline):
            return self.value.text
        said = self.by_item
        if said:
            return "\n".join(f"{item}: {answer.typed}" for item, answer in said.items())
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
    """Return a value as somebody would type it, item by item."""
    match value:
        case None:
            return ()
        case tuple():
            return value
        case ByItem():
            return tuple(text for each in value.values() for text in typed_texts(each))
        case Outline():
            return tuple(label for _depth, label in value.lines)
        case bool():
            return ("yes",) if value else ("no",)
        case str():
            return (value,)
        case _:
            return (digits(value),)


def alike(value: Value | None) -> Value | None:
    """Return a value without differences of case or white space, to compare it."""
    if isinstance(value, tuple):
        return tuple(map(folded, value))
    return folded(value) if isinstance(value, str) else value


def led(answer: Answer) -> str:
    """Return an answer after the words that it finishes: `I will ask two people`."""
    lead = fill_in(answer.field.lead, answer.names)
    return after_lead(lead, answer.sentence, answer.names.values())


def named_in(value: Value | None) -> tuple[str, ...]:
    """Return what a value names: its items, the first lines of an outline, or its texts."""
    match value:
        case ByItem():
            return tuple(value)
        case Outline():
            return value.items
        case _:
            return typed_texts(value)


def condition_words(value: Value | None) -> tuple[str, ...]:
    """Return how conditions name a value: as it is typed; of an outline, that there is one."""
    return ("yes",) if isinstance(value, Outline) and value else typed_texts(value)


def without_items(value: Value | None, folded_words: Collection[str]) -> Value | None:
    """Return a value without the items, or the text, of these folded words; None if none is left.

    What is said about such an item goes with it, and what stands below such a line. A value that
    is no text stays.
    """
    match value:
        case ByItem():
            return value.among(item for item in value if folded(item) not in folded_words) or None
        case Outline():
            nodes = (node for node in value.nodes if folded(node.label) not in folded_words)
            return Outline(tuple(nodes)) or None
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
    kind = _TYPES.get(field.type, str)
    if isinstance(value, ByItem) and field.by_item:
        return all(isinstance(each, kind) for each in value.values())
    return value is None or isinstance(value, ByItem if field.by_item else kind)


_TYPES: Mapping[str, type | UnionType] = {
    "list": tuple,
    "checkbox": tuple,
    "confirm": bool,
    "number": int | float,
    "scale": int | float,
    "ratings": int | float,
    "ranking": tuple,
    "outline": Outline,
}
"""The kinds of values by type; of each item, where there are several."""


def _ranked(words: list[str]) -> str:
    # Translators: two or more things, the most important one first.
    then = _("{first}, then {second}")
    return reduce(lambda first, second: then.format(first=first, second=second), words)


def _on_scale(field: Field, number: float) -> str:
    """Return a number as documents say it: `7 of 10` if the ends of its scale mean something."""
    low, high = field.ends
    if low < 0 and field.type == "ratings":
        return f"{number:+g}" if number else "0"
    if field.type == "ratings" or (field.type == "scale" and field.high):
        return _("{number} of {most}").format(number=digits(number), most=high)
    return digits(number)


def _quoted(field: Field, words: str) -> str:
    """Return own words as they stand, in quotation marks where two people would speak in one.

    “Ada hopes to learn how I can help” has Ada as its subject, and somebody else as its “I”.
    """
    names_somebody = any(f"{{{role}}}" in field.lead for role in ROLES)
    return f"“{without_full_stop(words)}”" if names_somebody and says_i(words) else words


def _branch(node: Node) -> str:
    """Return a line of an outline with those below it; in brackets, those below them."""
    if not node.children:
        return node.label
    return f"{node.label}: {_(', ').join(map(_twig, node.children))}"


def _twig(node: Node) -> str:
    below = _(", ").join(_twig(child) for child in node.children)
    return f"{node.label} ({below})" if below else node.label
