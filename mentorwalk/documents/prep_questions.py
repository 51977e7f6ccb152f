"""The questions of the preparation form as a page has them: controls, constraints and defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from mentorwalk.authoring.prep_file import one_line
from mentorwalk.authoring.prep_reader import LENGTH_LIMIT
from mentorwalk.domain.answer_parsing import (
    OUTLINE_LINE_LIMIT,
    OUTLINE_LINES,
    default_of,
    most_chosen,
    parse_answer,
)
from mentorwalk.domain.answers import ITEM, NOT_YET, UNKNOWN, Answer, typed_texts
from mentorwalk.domain.conditions import range_of
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.fields import MOST_CHOICES, MOST_ITEMS
from mentorwalk.domain.i18n import _
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import capital, count, labelled, with_unit
from mentorwalk.domain.values import OUTLINE_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.fields import Condition, Field

RADIO_LIMIT = 11
"""Steps of a scale that are shown side by side; a longer scale is typed as a number."""

Kind = Literal[
    "words", "lines", "outline", "one", "several", "number", "date", "time", "ratings", "ranking",
    "each",
]  # fmt: skip
"""How an answer is given on the page: typed, chosen, picked from a calendar, or item by item."""


@dataclass(frozen=True)
class FormQuestion:
    """One question of the page. Names are not yet filled into its texts."""

    key: str
    """The id of its answer."""
    field: Field
    label: str
    """The question as the file repeats it."""
    rule: Literal["ask", "yes", "never"]
    """Whether the answer is shared by default."""
    switch: str
    """The id of the switch that shares it: its own, or the one switch for all wishes."""
    sources: tuple[str, ...] = ()
    """The ids of the answers on the page that its items or choices are."""

    @property
    def kind(self) -> Kind:
        """How it is answered."""
        low, high = self.field.ends
        if self.field.asks_items:
            return "each"
        match self.field.type:
            case "text":
                return "words"
            case "list":
                return "lines"
            case "checkbox":
                return "several"
            case "select" | "confirm":
                return "one"
            case "scale":
                return "one" if high - low < RADIO_LIMIT else "number"
            case kind:
                return kind

    @property
    def is_typed(self) -> bool:
        """Whether it has one field to type in."""
        return self.kind in ("words", "lines", "outline", "number", "date", "time")

    @property
    def is_made(self) -> bool:
        """Whether the script makes its controls: they depend on answers, or on one another."""
        by_item = self.kind in ("ratings", "ranking", "each")
        return by_item or (self.kind in ("one", "several") and bool(self.sources))

    @property
    def heading(self) -> str:
        """What is asked; of all items together, without naming one."""
        return fill_in(self.field.label, {ITEM: "…"})

    @property
    def at_most(self) -> str:
        """How many can be chosen at most, in words; empty if all can."""
        most = most_chosen(self.field) if self.kind in ("several", "ranking") else None
        return "" if most is None else _("{most} at most.").format(most=capital(count(most)))

    @property
    def scale(self) -> str:
        """What the two ends of the numbers mean; empty if there are none."""
        if self.kind != "ratings":
            return ""
        low, high = self.field.ends
        ends = ((low, self.field.low), (high, self.field.high))
        said = (labelled(str(end), words) if words else str(end) for end, words in ends)
        return " · ".join(said)

    @property
    def picks(self) -> tuple[str, ...]:
        """What can be chosen, as the file has it."""
        low, high = self.field.ends
        match self.field.type:
            case "confirm":
                return ("yes", "no")
            case "scale" if self.kind == "one":
                return tuple(str(step) for step in range(low, high + 1))
            case _:
                return tuple(choice.pick for choice in self.field.choices)

    @property
    def defaults(self) -> tuple[str, ...]:
        """The default as it is typed or chosen; none for a day, which depends on today."""
        if self.is_made:
            return ()
        return () if self.kind == "date" else typed_texts(default_of(self.field, date.min))

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The least and the greatest number, or number of lines; None for no limit."""
        field = self.field
        return field.ends if field.type == "scale" else (field.min, field.max)

    @property
    def wrong(self) -> str:
        """What to say of an answer that the browser refuses; empty if it accepts every answer."""
        match self.kind:
            case "ratings":
                return _refusal(self.field.for_one_item)
            case "outline":
                lines = _("{lines} lines at most, {levels} levels deep: two spaces for each.")
                return lines.format(lines=OUTLINE_LINES, levels=count(OUTLINE_DEPTH))
            case "date":
                return _("A day would do, such as 2026-12-15.")
            case "time":
                return _("A time of day would do, such as 15:00.")
            case "lines" if any(self.ends):
                return _lines_wanted(self.field)
            case "number":
                return _refusal(self.field)
            case _:
                return ""

    @property
    def constraints(self) -> Mapping[str, object]:
        """What a browser checks by itself: attributes of HTML, without those that are None."""
        least, most = self.ends
        wrong = self.wrong or None
        match self.kind:
            case "number":
                step = 1 if self.field.type == "scale" else "any"
                # The keys of a phone for decimals have no minus.
                keys = "decimal" if least is None or least >= 0 else None
                limits = {"min": least, "max": most, "inputmode": keys}
                return {"type": "number", "step": step, **limits, "data-wrong": wrong}
            case "date":
                years = {"min": "0001-01-01", "max": "9999-12-31"}
                return {"type": "date", **years, "data-wrong": wrong}
            case "time":
                return {"type": "time", "data-wrong": wrong}
            case "outline":
                limits = {"data-outline": f"{OUTLINE_LINES} {OUTLINE_DEPTH} {OUTLINE_LINE_LIMIT}"}
                return {"maxlength": LENGTH_LIMIT, **limits, "data-wrong": wrong}
            case _:
                lines = f"{least or 0} {most or LENGTH_LIMIT}" if wrong else None
                return {"maxlength": LENGTH_LIMIT, "data-lines": lines, "data-wrong": wrong}

    @property
    def data(self) -> Mapping[str, object]:
        """What the script has to know of it."""
        picks = self.picks if self.field.choices else ()
        choices = {pick: words_of(self.field, pick) for pick in picks}
        if self.field.type == "confirm":
            choices = {"yes": _("yes"), "no": _("no")}
        # The script counts in the plural; some units have a singular of their own.
        if (one := with_unit(1, self.field.unit)) != f"1 {self.field.unit}".rstrip():
            choices["1"] = one
        defaults = ("\n".join(self.defaults),) if self.kind == "lines" else self.defaults
        made = self._made if self.is_made else {"outline": self.kind == "outline"}
        return {
            **made,
            "key": self.key,
            "asked": one_line(self.label),
            "several": self.kind == "several",
            "sentences": self.field.has_sentences,
            "isDay": self.kind == "date",
            "says": {**choices, UNKNOWN: _(NOT_YET)},
            "unit": self.field.unit,
            "when": list(map(_condition, self.field.when)),
            "rule": self.rule,
            "switch": self.switch,
            "defaults": defaults if self.defaults else (),
            "most": most_chosen(self.field) if self.kind in ("several", "ranking") else None,
            "tooMany": too_many(self.field) if self.kind in ("several", "ranking") else "",
            "newer": self.field.by_item or self.kind == "outline",
        }

    @property
    def _made(self) -> Mapping[str, object]:
        """What the script has to know to make its controls."""
        field, (low, high) = self.field, self.field.ends
        choices = [choice.pick for choice in field.choices]
        return {
            "made": self.kind,
            "label": field.label,
            "sources": self.sources,
            "items": field.items,
            "choices": choices,
            "limit": MOST_ITEMS if field.by_item else MOST_CHOICES,
            "type": field.type,
            "own": field.other,
            "low": low,
            "high": high,
            "ofMost": low >= 0,
        }


def too_many(field: Field) -> str:
    """Return what the terminal says where one more is chosen than an answer can have."""
    most = most_chosen(field)
    many = _("{most} at most: let one go first.")
    return "" if most is None else many.format(most=capital(count(most)))


def words_of(field: Field, pick: str) -> str:
    """Return how a choice is shown: as it is written, or as the sentence that it becomes."""
    return Answer(field, pick).sentence if field.has_sentences else pick


def _condition(when: Condition) -> Mapping[str, object]:
    """Return what the script has to know of a condition."""
    ranges = [named.ends for named in map(range_of, when.any_of) if named]
    return {"key": when.field, "anyOf": when.any_of, "ranges": ranges}


@dataclass(frozen=True)
class FormSection:
    """Questions that belong together, below a sentence, which may be empty."""

    id: str
    ask: str
    questions: tuple[FormQuestion, ...]
    read: str = ""
    """Fixed words below the sentence."""
    when: tuple[Condition, ...] = ()
    """The answers on which all of it depends."""

    @property
    def conditions(self) -> list[Mapping[str, object]]:
        """What the script has to know of the answers on which all of it depends."""
        return [_condition(when) for when in self.when]


def _refusal(field: Field) -> str:
    """Return what the terminal says of a text that is not a number."""
    try:
        parse_answer(field, "x", date.min)
    except Unreadable as error:
        return str(error)
    return ""


def _lines_wanted(field: Field) -> str:
    """Return how many lines a list takes, in words; it has a limit."""
    least, most = field.min or 0, field.max
    if most is None:
        return _("At least {least}, one a line.").format(least=count(least))
    if not least:
        return _("At most {most}, one a line.").format(most=count(most))
    both = _("{least} to {most}, one a line.")
    return capital(both.format(least=count(least), most=count(most)))
