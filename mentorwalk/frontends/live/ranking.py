"""Choices in an order: those that are taken stand above, each with its place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Layout
from prompt_toolkit.utils import get_cwidth

from mentorwalk.domain.answer_parsing import most_chosen, parse_answer, too_many
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_
from mentorwalk.frontends.live.item_list import ItemList, Look, Row, in_rows, list_window, padded
from mentorwalk.frontends.live.prompt import Foot, Prompt
from mentorwalk.frontends.messages import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.question import Option, Question
    from mentorwalk.frontends.live.prompt import Chose
    from mentorwalk.frontends.signs import Symbols


@dataclass(frozen=True)
class Ranked:
    """Some choices in order while somebody takes them; the pointer stays with its choice."""

    choices: tuple[str, ...]
    most: int
    """How many can be taken."""
    taken: tuple[str, ...] = ()
    at: int = 0
    told: str = ""
    """Why the last key did nothing; empty if it did."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The choices as they are shown: those that are taken in their order, then the others."""
        return (*self.taken, *(each for each in self.choices if each not in self.taken))

    @property
    def item(self) -> str:
        """The choice that keys are about."""
        return self.rows[self.at]

    @property
    def is_taken(self) -> bool:
        """Whether that one is taken."""
        return self.at < len(self.taken)

    @property
    def text(self) -> str:
        """The taken ones as somebody would type them, one a line."""
        return "\n".join(self.taken)

    def moved(self, by: int) -> Ranked:
        """Return it with the pointer so many choices further down, as far as there are some."""
        return replace(self, at=min(max(self.at + by, 0), len(self.choices) - 1), told="")

    def turned(self) -> Ranked:
        """Return it with the choice taken as the last one, or let go."""
        if self.is_taken:
            return self._with([each for each in self.taken if each != self.item])
        return self.placed(len(self.taken) + 1)

    def placed(self, place: int) -> Ranked:
        """Return it with the choice at a place, counted from 1, or at the last one there is."""
        others = [each for each in self.taken if each != self.item]
        if len(others) == self.most:
            return replace(self, told=too_many(self.most))
        others.insert(place - 1, self.item)
        return self._with(others)

    def shifted(self, by: int) -> Ranked:
        """Return it with the choice so many places later, if it has one."""
        if not self.is_taken:
            return replace(self, told="")
        return self.placed(min(max(self.at + by, 0), len(self.taken) - 1) + 1)

    def _with(self, taken: Sequence[str]) -> Ranked:
        changed = replace(self, taken=tuple(taken), told="")
        return replace(changed, at=changed.rows.index(self.item))


def begun(question: Question, draft: str | None) -> Ranked:
    """Return the order that a question begins with: that of its draft, else of its answer."""
    value = question.value
    with suppress(Unreadable):
        if draft is not None:
            value = parse_answer(question.field, draft, question.today, question.names)
    taken = value if isinstance(value, tuple) else ()
    picks = tuple(dict.fromkeys((*(option.pick for option in question.options), *taken)))
    most = most_chosen(question.field)
    return Ranked(picks, min(len(picks), most or len(picks)), taken)


# --- On the screen


def ranking(question: Question, draft: str | None, symbols: Symbols) -> Prompt[list[str | Chose]]:
    """Return the page on which choices are put in order."""
    items = ItemList(begun(question, draft), drawing_of(question.options), symbols)
    keys = KeyBindings()
    window = list_window(items, keys)
    keys.add(" ", eager=True)(items.change(Ranked.turned))
    keys.add("left", eager=True)(items.change(lambda ranked: ranked.shifted(-1)))
    keys.add("right", eager=True)(items.change(lambda ranked: ranked.shifted(1)))
    for place in range(1, 10):
        keys.add(str(place), eager=True)(items.change(_placing(place)))

    @keys.add("enter", eager=True)
    def done(event: KeyPressEvent) -> None:
        """End with those that are taken."""
        event.app.exit(result=list(items.state.taken))

    return Prompt(
        Application(Layout(window)),
        keys,
        writes=True,
        box=window,
        listed=items,
        told=lambda: items.state.told,
        count=lambda: number_of(len(items.state.taken), items.state.most),
        foot=lambda: foot_of(items.state),
    )


def _placing(place: int) -> Callable[[Ranked], Ranked]:
    return lambda ranked: ranked.placed(place)


def foot_of(ranked: Ranked) -> Foot:
    """Return the keys that put choices in order."""
    space = N_("Space: let go") if ranked.is_taken else N_("Space: take")
    enter = N_("Enter: done") if ranked.taken else N_("Enter: none")
    return Foot((space, N_("← →: place"), enter))


WIDEST_PICK = {80: 22, 0: 18}
"""The most columns of a choice beside its meaning, in windows of at least so many columns."""
PLACE = 3
"""Columns of a place, and of the gap behind it."""
GAP = "  "


def drawing_of(options: Sequence[Option]) -> Callable[[Ranked, Look], Sequence[list[Row]]]:
    """Return what draws the choices of a question: each with its place, and what it means."""
    shown = {option.pick: option.word for option in options}
    meant = {option.pick: option.meaning for option in options}

    def draw(ranked: Ranked, look: Look) -> Sequence[list[Row]]:
        """Draw all choices."""
        picks = {pick: look.shown(shown.get(pick, pick)) for pick in ranked.rows}
        most = next(each for least, each in WIDEST_PICK.items() if look.columns >= least)
        columns = min(most, max(map(get_cwidth, picks.values())))
        columns = columns if any(meant.values()) else look.room - PLACE
        return [
            list(_rows(place, picks[pick], look.shown(meant.get(pick, "")), columns, look))
            for place, pick in zip(_places(ranked), ranked.rows, strict=True)
        ]

    return draw


def _places(ranked: Ranked) -> list[str]:
    taken = [f"{place}  " for place in range(1, len(ranked.taken) + 1)]
    return taken + [" " * PLACE] * (len(ranked.choices) - len(taken))


def _rows(place: str, pick: str, meaning: str, columns: int, look: Look) -> Iterator[Row]:
    """Yield the rows of a choice: its place, its words, and what it means beside them."""
    left = in_rows(pick, columns)
    beside = in_rows(meaning, max(1, look.room - PLACE - columns - len(GAP)))
    for number in range(max(len(left), len(beside))):
        before = place if not number else " " * PLACE
        words = left[number] if number < len(left) else ""
        means = beside[number] if number < len(beside) else ""
        yield [("", f"{before}{padded(words, columns)}{GAP}{means}".rstrip())]
