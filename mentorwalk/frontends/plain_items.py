"""Several items at the plain frontend: a number for each, one a line; or lines below lines."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.domain.answer_parsing import LEFT_OUT, parse_answer, rated
from mentorwalk.domain.answers import Answer
from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import clean
from mentorwalk.domain.values import ByItem
from mentorwalk.frontends.messages import number_of
from mentorwalk.frontends.plain_lines import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import KeepDraft

TRIES = 3
"""How often a number is asked for before its item is left out: nobody is held."""


@dataclass(frozen=True)
class SeveralLines:
    """Asks a question that takes several lines."""

    question: Question
    say: Callable[..., None]
    line: Callable[[], str]
    """Returns the next line; whatever ends the question instead, it raises."""
    keep: KeepDraft

    # --- Ratings

    def ratings(self, draft: str | None) -> Value | None:
        """Return a number for each item that has one, asked for after those of the draft."""
        said = self._drafted(draft)
        if said:
            self.say(_("So far: {items}.").format(items=self._in_words(said)))
        for number, item in enumerate(self.question.field.items, start=1):
            if item not in said:
                place = number_of(number, len(self.question.field.items))
                said[item] = self._number(f"{place}. {self._about(item)}", item)
                self.keep(self._typed(said))
        return ByItem().saying(said).among(self.question.field.items) or None

    def _drafted(self, draft: str | None) -> dict[str, int | None]:
        """Return what was said before, item by item; None for what was left out."""
        field, said = self.question.field, dict[str, int | None]()
        for line in filter(None, (draft or "").split("\n")):
            # An item that its source has no more says nothing.
            with suppress(Unreadable):
                item, typed = rated(field, line)
                said[item] = None if typed in LEFT_OUT else self._read(typed)
        return said

    def _about(self, item: str) -> str:
        """Return an item with the number that stands, and the one of the last time."""
        question, current = self.question, self._current(item)
        words = item if current is None else f"{item}: {current}"
        if question.beside and item in question.beside:
            words = _("{item} (now {number})").format(item=words, number=question.beside[item])
        if question.earlier is None or item not in question.earlier:
            return words
        number, day = question.earlier[item], question.earlier_day
        if day is None:
            return _("{item} ({number} before)").format(item=words, number=number)
        then = _("{item} ({number} on {day})")
        return then.format(item=words, number=number, day=day_of_month(day))

    def _current(self, item: str) -> int | None:
        value = self.question.value
        number = value.get(item) if isinstance(value, ByItem) else None
        return number if isinstance(number, int) else None

    def _number(self, about: str, item: str) -> int | None:
        """Return the number of an item; the one that stands, if there is one, if none is read."""
        self.say(about)
        for _try in range(TRIES):
            typed = clean(self.line())
            if not typed:
                return self._current(item)
            if typed == NOTHING:
                return None
            try:
                return self._read(typed)
            except Unreadable as error:
                self.say(str(error))
        stands = self._current(item)
        told = _("{item} is left out.") if stands is None else _("{item} stays at {number}.")
        self.say(told.format(item=item, number=stands))
        return stands

    def _read(self, typed: str) -> int | None:
        number = parse_answer(self.question.field.for_one_item, typed, self.question.today)
        return number if isinstance(number, int) else None

    def _typed(self, said: Mapping[str, int | None]) -> str:
        """Return what was said so far as lines, to be gone on with."""
        lines = ((item, NOTHING if number is None else number) for item, number in said.items())
        return "\n".join(f"{item}: {number}" for item, number in lines)

    def _in_words(self, said: Mapping[str, int | None]) -> str:
        left_out = _("{item} left out")
        return _(", ").join(
            left_out.format(item=item) if number is None else f"{item} {number}"
            for item, number in said.items()
        )

    # --- An outline

    def outline(self, draft: str | None) -> Value | None:
        """Return lines below lines, until an empty one; each that fits is kept as it comes."""
        lines = [line for line in (draft or "").split("\n") if line.strip()]
        if lines:
            self.say(_("So far:"), *lines)
        while True:
            line = self.line()
            if not line.strip():
                return self._outline(lines) if lines else self.question.value
            if clean(line) == NOTHING and not lines:
                return None
            try:
                self._outline([*lines, line])
            except Unreadable as error:
                self.say(str(error))
                continue
            lines.append(line)
            self.keep("\n".join(lines))

    def _outline(self, lines: list[str]) -> Value | None:
        return parse_answer(self.question.field, "\n".join(lines), self.question.today)


def typed_lines(question: Question, value: Value | None) -> str:
    """Return the lines that somebody would type to give an answer in place of the current one."""
    field, same = question.field, value == question.value
    match field.type:
        case "ratings":
            said = value if isinstance(value, ByItem) else ByItem()
            left_out = "" if question.value is None else NOTHING
            return "\n".join("" if same else str(said.get(item, left_out)) for item in field.items)
        case "ranking" if isinstance(value, tuple) and not same:
            picks = [option.pick for option in question.options]
            return " ".join(str(picks.index(pick) + 1) for pick in value)
        case _:
            return "" if same else Answer(field, value).typed
