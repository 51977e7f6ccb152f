"""A list of items on the live screen, whose state is a value: each key makes another one of it."""

from __future__ import annotations

import unicodedata
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, Self, TypeVar

from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.layout import ScrollOffsets, UIContent, UIControl, Window
from prompt_toolkit.utils import Event, get_cwidth

from mentorwalk.domain.text import clean
from mentorwalk.frontends.frame import NARROW, WIDEST
from mentorwalk.frontends.live.list_keys import initials, next_with, rows_in_sight
from mentorwalk.frontends.live.text_box import row_starts
from mentorwalk.frontends.messages import in_ascii
from mentorwalk.frontends.signs import ASCII

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from mentorwalk.frontends.signs import Symbols

FAR = 1000
"""More items than any list has."""
SIGN = "ansicyan"
"""The style of signs, which alone have a colour."""


class Listed(Protocol):
    """What stands in a list by now."""

    @property
    def at(self) -> int:
        """The place of the item that keys are about, counted from 0."""
        ...

    @property
    def rows(self) -> tuple[str, ...]:
        """The items as they stand below each other."""
        ...

    @property
    def text(self) -> str:
        """It as somebody would type it, to be kept while it is half done."""
        ...

    def moved(self, by: int) -> Self:
        """Return it with the pointer so many items further down, as far as there are some."""
        ...


State = TypeVar("State", bound=Listed)
Row = list[tuple[str, str]]
"""The words of a row, each with its style."""


class Look(NamedTuple):
    """How wide a list is, and with which signs it is drawn."""

    columns: int
    symbols: Symbols

    @property
    def margin(self) -> int:
        """The columns left free before the pointer."""
        return 3 if self.columns > NARROW else 1

    @property
    def room(self) -> int:
        """The columns for an item: one more stays free at the end."""
        return min(self.columns, WIDEST) - self.margin - len(self.pointer) - 1

    @property
    def pointer(self) -> str:
        """The sign before the item that keys are about."""
        return f"{self.symbols.pointer} "

    def shown(self, text: str) -> str:
        """Return a text as these signs can show it."""
        text = " ".join(clean(text).split())
        return in_ascii(text) if self.symbols == ASCII else text


class ItemList(UIControl, Generic[State]):
    """Shows the items of a state, and a pointer at one of them."""

    def __init__(
        self, state: State, draw: Callable[[State, Look], Sequence[list[Row]]], symbols: Symbols
    ) -> None:
        self.state = state
        self.changed: Event[ItemList[State]] = Event(self)
        """Fires when a key has changed the state."""
        self.starts: list[int] = []
        """The first row of each item, as they were drawn last."""
        self._draw = draw
        self._symbols = symbols

    def is_focusable(self) -> bool:
        """Return that it takes the keys."""
        return True

    def preferred_height(self, width: int, *_: object) -> int:
        """Return as many rows as the items take."""
        return sum(map(len, self._drawn(width)))

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the rows of all items; the row of the pointer stays in sight."""
        del height
        items = self._drawn(width)
        rows = [row for item in items for row in item]
        self.starts = [sum(map(len, items[:at])) for at in range(len(items))]
        here = Point(0, self.starts[self.state.at])
        return UIContent(lambda number: rows[number], len(rows), here, show_cursor=False)

    def change(self, change: Callable[[State], State]) -> Callable[[KeyPressEvent], None]:
        """Return what a key does that makes another state of the present one."""

        def press(_event: KeyPressEvent) -> None:
            """Make the other state."""
            self.state = change(self.state)
            self.changed()

        return press

    def _drawn(self, width: int) -> list[list[StyleAndTextTuples]]:
        look = Look(width, self._symbols)
        return [
            list(_pointed(rows, look, here=at == self.state.at))
            for at, rows in enumerate(self._draw(self.state, look))
        ]


def _pointed(rows: list[Row], look: Look, *, here: bool) -> Iterator[StyleAndTextTuples]:
    """Yield the rows of an item, with the pointer before the first of them if it is here."""
    for number, row in enumerate(rows):
        pointer = look.pointer if here and not number else " " * len(look.pointer)
        yield [("class:question", " " * look.margin + pointer), *row]


def list_window(items: ItemList[State], keys: KeyBindings) -> Window:
    """Return the window of a list, with the keys that move in it."""
    window = Window(
        items,
        dont_extend_height=True,
        always_hide_cursor=True,
        # The rest of an item of two rows is seen as well.
        scroll_offsets=ScrollOffsets(bottom=1),
    )
    cut = Condition(lambda: rows_in_sight(window) > 0)
    for key, by in (("up", -1), ("down", 1), ("home", -FAR), ("end", FAR)):
        keys.add(key, eager=True)(items.change(partial(_moved, by=by)))
    for key, way in (("pageup", -1), ("pagedown", 1)):
        keys.add(key, eager=True, filter=cut)(items.change(partial(_turned, window, way)))
    for letter in initials(items.state.rows):
        keys.add(letter, eager=True)(items.change(partial(_led, letter)))
    return window


def _moved(state: State, by: int) -> State:
    return state.moved(by)


def _turned(window: Window, way: int, state: State) -> State:
    return state.moved(way * rows_in_sight(window))


def _led(letter: str, state: State) -> State:
    return state.moved(next_with(letter, state.rows, state.at) - state.at)


def in_rows(text: str, columns: int) -> list[str]:
    """Return a text in rows of so many columns, broken between words."""
    starts = row_starts(text, columns)
    return [text[start:end].rstrip() for start, end in pairwise((*starts, len(text)))] or [""]


def padded(text: str, columns: int) -> str:
    """Return a text with spaces after it, so that it takes so many columns."""
    return text + " " * (columns - get_cwidth(text))


def from_the_right(text: str) -> bool:
    """Return whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
