"""The questions of the preparation form as a page has them: controls, constraints and defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from mentorwalk.authoring.prep_file import LENGTH_LIMIT, one_line
from mentorwalk.domain.answer_parsing import default_of, parse_answer
from mentorwalk.domain.answers import NOT_YET, UNKNOWN, Answer, typed_texts
from mentorwalk.domain.conditions import range_of
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import capital, count, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.fields import Condition, Field

RADIO_LIMIT = 11
"""Steps of a scale that are shown side by side; a longer scale is typed as a number."""

Kind = Literal["words", "lines", "one", "several", "number", "date", "time"]
"""How an answer is given on the page: typed, chosen, or picked from a calendar or a clock."""


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

    @property
    def kind(self) -> Kind:
        """How it is answered."""
        low, high = self.field.ends
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
            case "number" | "date" | "time" as kind:
                return kind
            case "ratings" | "ranking" | "outline":
                return "lines"

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
        if (one := with_unit(1, self.field.unit)) != f"1 {self.field.unit}".rstrip():
            choices["1"] = one
        defaults = ("\n".join(self.defaults),) if self.kind == "lines" else self.defaults
        return {
            "key": self.key,
            "asked": one_line(self.label),
            "several": self.kind == "several",
            "sentences": self.field.has_sentences,
            "says": {**choices, UNKNOWN: _(NOT_YET)},
            "unit": self.field.unit,
            "when": list(map(_condition, self.field.when)),
            "rule": self.rule,
            "switch": self.switch,
            "defaults": defaults if self.defaults else (),
        }


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

    ask: str
    questions: tuple[FormQuestion, ...]

    @property
    def has_defaults(self) -> bool:
        """Whether any of its questions has a default."""
        return any(question.defaults for question in self.questions)


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
