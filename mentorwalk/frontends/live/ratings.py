"""Numbers for several items, all on one page: digits rate, and a bar grows beside each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Layout

from mentorwalk.domain.answer_parsing import LEFT_OUT, rated, whole_would_do
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.values import ByItem
from mentorwalk.frontends.live.item_list import ItemList, list_window
from mentorwalk.frontends.live.prompt import Foot, Prompt
from mentorwalk.frontends.live.rating_bars import drawing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.question import Question
    from mentorwalk.frontends.signs import Symbols

MINUS = "-"


@dataclass(frozen=True)
class Rating:
    """The numbers of several items while somebody gives them."""

    items: tuple[str, ...]
    ends: tuple[int, int]
    numbers: ByItem = field(default_factory=ByItem)
    left_out: frozenset[str] = frozenset()
    """The items that somebody left out on purpose."""
    at: int = 0
    typed: str = ""
    """What was typed for the item since the pointer came to it."""
    told: str = ""
    """Why the last key did nothing; empty if it did."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The items as they stand below each other."""
        return self.items

    @property
    def item(self) -> str:
        """The item that keys are about."""
        return self.items[self.at]

    @property
    def is_last(self) -> bool:
        """Whether there is no item below the pointer."""
        return self.at == len(self.items) - 1

    @property
    def signed(self) -> bool:
        """Whether there are numbers below zero."""
        return self.ends[0] < 0

    @property
    def text(self) -> str:
        """It as somebody would type it, a line for each item that was looked at."""
        seen = (item for item in self.items if item in self.numbers or item in self.left_out)
        return "\n".join(f"{item}: {self.numbers.get(item, MINUS)}" for item in seen)

    def moved(self, by: int) -> Rating:
        """Return it with the pointer so many items further down, as far as there are some."""
        at = min(max(self.at + by, 0), len(self.items) - 1)
        return replace(self, at=at, typed="", told="")

    def with_digit(self, digit: str) -> Rating:
        """Return it with one more digit typed: it ends a number that can have it, or begins one."""
        ways = [self.typed + digit] if self.typed == MINUS else [self.typed + digit, digit]
        for typed in ways:
            if self._takes(typed):
                return self._rated(int(typed), typed)
            if self._begins(typed):
                return replace(self, typed=typed, told="")
        return replace(self, typed="", told=whole_would_do(*self.ends))

    def turned(self) -> Rating:
        """Return it with the other sign before the number; a digit then begins one below zero."""
        number = self.numbers.get(self.item)
        if not self.signed:
            return self
        if not isinstance(number, int):
            return replace(self, typed="" if self.typed else MINUS, told="")
        if self._takes(str(-number)):
            return self._rated(-number, MINUS)
        return replace(self, told=whole_would_do(*self.ends))

    def stepped(self, by: int) -> Rating:
        """Return it with a number that is one less or one more; without any, it begins at an end.

        Where there are numbers below zero, it begins there.
        """
        low, high = self.ends
        number = self.numbers.get(self.item)
        if not isinstance(number, int):
            begin = low if by > 0 else high
            return self._rated(0 if self.signed else begin)
        return self._rated(min(max(number + by, low), high))

    def without_number(self) -> Rating:
        """Return it with the item left out."""
        numbers = self.numbers.saying({self.item: None})
        left_out = self.left_out | {self.item}
        return replace(self, numbers=numbers, left_out=left_out, typed="", told="")

    def _rated(self, number: int, typed: str = "") -> Rating:
        numbers = self.numbers.saying({self.item: number}).among(self.items)
        left_out = self.left_out - {self.item}
        return replace(self, numbers=numbers, left_out=left_out, typed=typed, told="")

    def _takes(self, typed: str) -> bool:
        """Return whether what was typed is a number of the scale, as it is written."""
        return str(int(typed)) == typed and self.ends[0] <= int(typed) <= self.ends[1]

    def _begins(self, typed: str) -> bool:
        """Return whether a number of the scale begins with what was typed."""
        low, high = self.ends
        return any(str(number).startswith(typed) for number in range(low, high + 1))


def begun(question: Question, draft: str | None) -> Rating:
    """Return the numbers that a question begins with: those of its draft, else of its answer."""
    field = question.field
    fresh = Rating(field.items, field.ends)
    value = question.value
    if draft is not None:
        begun = _of_lines(fresh, question, draft)
    elif isinstance(value, ByItem):
        left_out = frozenset(item for item in field.items if item not in value)
        begun = replace(fresh, numbers=value.among(field.items), left_out=left_out)
    else:
        return fresh
    seen = {*begun.numbers, *begun.left_out}
    first = next((at for at, item in enumerate(field.items) if item not in seen), 0)
    return replace(begun, at=first)


def _of_lines(rating: Rating, question: Question, draft: str) -> Rating:
    """Return the numbers of some lines; one that cannot be read any more says nothing."""
    for line in filter(None, draft.split("\n")):
        with suppress(Unreadable, ValueError):
            item, typed = rated(question.field, line)
            rating = replace(rating, at=rating.items.index(item))
            if typed in LEFT_OUT:
                rating = rating.without_number()
            elif rating._takes(typed):  # noqa: SLF001 - of the same module
                rating = rating._rated(int(typed))  # noqa: SLF001 - of the same module
    return replace(rating, at=0)


# --- On the screen


def ratings(question: Question, draft: str | None, symbols: Symbols) -> Prompt[ByItem]:
    """Return the page on which all items are rated."""
    items = ItemList(begun(question, draft), drawing_of(question), symbols)
    keys = KeyBindings()
    window = list_window(items, keys)

    def press(key: str, change: Callable[[Rating], Rating]) -> None:
        """Let a key make another state."""
        keys.add(key, eager=True)(items.change(change))

    for digit in "0123456789":
        press(digit, lambda rating, digit=digit: rating.with_digit(digit))  # type: ignore[misc]
    press(MINUS, Rating.turned)
    press("left", lambda rating: rating.stepped(-1))
    press("right", lambda rating: rating.stepped(1))
    press("backspace", Rating.without_number)
    press("enter", lambda rating: rating.moved(1))

    @keys.add("enter", eager=True, filter=Condition(lambda: items.state.is_last))
    def done(event: KeyPressEvent) -> None:
        """End with all numbers."""
        event.app.exit(result=items.state.numbers)

    return Prompt(
        Application(Layout(window)),
        keys,
        writes=True,
        box=window,
        listed=items,
        told=lambda: items.state.told,
        foot=lambda: foot_of(items.state),
    )


RATE, TEN = N_("0-9: rate"), N_("1 0: ten")
LEAVE_OUT = N_("Backspace: leave out")
NEXT, DONE = N_("Enter: next"), N_("Enter: done")


def foot_of(rating: Rating) -> Foot:
    """Return the keys that rate."""
    low, high = rating.ends
    enter = DONE if rating.is_last else NEXT
    if rating.signed:
        return Foot((N_("digits: rate"), N_("-: below zero"), LEAVE_OUT, enter))
    if (low, high) == (0, 10):
        return Foot((RATE, TEN, LEAVE_OUT, enter), ("0-9", LEAVE_OUT, enter))
    rate = _("{low}-{high}: rate").format(low=low, high=high)
    return Foot((rate, LEAVE_OUT, enter), (f"{low}-{high}", LEAVE_OUT, enter))
