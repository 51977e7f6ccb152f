"""Keys that move in a list: to its ends, a page on or back, to the entry that letters begin."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from prompt_toolkit.filters import Condition

from mentorwalk.frontends.live.prompt import Chose, Prompt, Result, choices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout import Window
    from questionary.prompts.common import InquirerControl


def with_list_keys(
    prompt: Prompt[Result], *, by_letter: bool = True, own_words: bool = False
) -> Prompt[Result]:
    """Return a list of choices with the keys that move in it; a letter may mean something else.

    Where `own_words` can be said, letters that begin no entry begin these.
    """
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
    if not by_letter:
        return prompt
    typed = _TypedAtList(listed, words, own_words=own_words)
    prompt.keys.add("<any>")(typed)
    # questionary marks all boxes on `a` and inverts them on `i`, and cannot be told not to:
    # somebody who begins to type a word means neither.
    for key in ("a", "i"):
        prompt.keys.add(key, eager=True)(typed)
    prompt.keys.add(" ", eager=True, filter=Condition(lambda: typed.is_astray))(typed)
    return replace(prompt, begun=lambda: typed.begun)


def _point(listed: InquirerControl, place: Callable[[int], int], _event: KeyPressEvent) -> None:
    listed.pointed_at = place(listed.pointed_at)


class _TypedAtList:
    """Leads to the entry that begins with what is typed, or back if none does.

    A sentence that somebody begins to type must not end at an entry by its letters.
    """

    def __init__(
        self, listed: InquirerControl, words: Sequence[str], *, own_words: bool = False
    ) -> None:
        self._listed, self._words, self._own_words = listed, words, own_words
        self._typed = ""
        """What was typed since the pointer was moved by another key."""
        self._at = self._origin = listed.pointed_at
        self.is_astray = False
        """Whether no entry begins with it, so that a space is one of its letters and no key."""
        self.begun = ""
        """The own words that it began."""

    def __call__(self, event: KeyPressEvent) -> None:
        """Take a letter, and move the pointer; or end with own words."""
        if not (event.data.isalpha() or (self._typed and event.data.isprintable())):
            return
        if not self._typed or self._listed.pointed_at != self._at:
            self._typed, self._origin = "", self._listed.pointed_at
        self._typed += event.data
        place = self._place()
        self.is_astray = place is None and len(self._typed) > 1
        if self.is_astray and self._own_words:
            self.begun = self._typed
            event.app.exit(result=Chose.OWN_WORDS)
            return
        self._at = self._listed.pointed_at = self._origin if place is None else place

    def _place(self) -> int | None:
        """Return the place of the entry that is meant; one letter goes from one to the next."""
        typed, words = self._typed.lower(), [each.lower() for each in self._words]
        begins = typed[0] if typed == typed[0] * len(typed) else typed
        found = [place for place, each in enumerate(words) if each.startswith(begins)]
        if len(begins) > 1 or not found:
            return next(iter(found), None)
        return next_with(begins, self._words, self._listed.pointed_at)


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
