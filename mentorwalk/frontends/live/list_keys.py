"""Keys that move in a list: to its ends, a page on or back, to the next entry with a letter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from prompt_toolkit.filters import Condition

from mentorwalk.frontends.live.prompt import Prompt, choices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout import Window
    from questionary.prompts.common import InquirerControl


def with_list_keys(prompt: Prompt[Any], *, by_letter: bool = True) -> None:
    """Give a list of choices the keys that move in it; a letter may mean something else there."""
    listed, window = choices_of(prompt.application), _window_of(prompt)

    def move(key: str, place: Callable[[int], int], *, cut: bool = False) -> None:
        """Let a key move the pointer from one place to another; or only if the list is cut."""
        shown_whole = Condition(lambda: cut and not rows_in_sight(window))
        keys = prompt.keys.add(key, eager=True, filter=~shown_whole)
        keys(partial(_point, listed, place))

    last, words = len(listed.choices) - 1, [str(choice.title) for choice in listed.choices]
    move("home", lambda _at: 0)
    move("end", lambda _at: last)
    move("pageup", lambda at: max(0, at - rows_in_sight(window)), cut=True)
    move("pagedown", lambda at: min(last, at + rows_in_sight(window)), cut=True)
    for letter in initials(words) if by_letter else ():
        move(letter, partial(next_with, letter, words))


def _point(listed: InquirerControl, place: Callable[[int], int], _event: KeyPressEvent) -> None:
    listed.pointed_at = place(listed.pointed_at)


def _window_of(prompt: Prompt[Any]) -> Window:
    listed = choices_of(prompt.application)
    windows = prompt.application.layout.find_all_windows()
    return next(window for window in windows if window.content is listed)


def initials(entries: Sequence[str]) -> Iterator[str]:
    """Yield the letters that entries begin with, small and capital."""
    letters = {entry[0] for entry in entries if entry[:1].isalpha()}
    cases = {each for letter in letters for each in (letter.lower(), letter.upper())}
    yield from sorted(each for each in cases if len(each) == 1)


def next_with(letter: str, entries: Sequence[str], at: int) -> int:
    """Return the place of the next entry that begins with a letter, after the last the first."""
    after = [*range(at + 1, len(entries)), *range(at + 1)]
    begin = (place for place in after if entries[place][:1].lower() == letter.lower())
    return next(begin, at)


def rows_in_sight(window: Window) -> int:
    """Return how many rows are in sight if that is not all of them; else 0."""
    seen = window.render_info
    cut = seen is not None and seen.window_height < seen.content_height
    return seen.window_height if seen and cut else 0
