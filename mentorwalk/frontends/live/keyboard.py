"""The keys of a terminal: without what it reports itself, and without bursts of Enter.

What the keys of a box of text do is made once, for all pages.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from prompt_toolkit.application import application
from prompt_toolkit.filters import buffer_has_focus
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import ConditionalKeyBindings, merge_key_bindings
from prompt_toolkit.key_binding.bindings.basic import load_basic_bindings
from prompt_toolkit.key_binding.bindings.cpr import load_cpr_bindings
from prompt_toolkit.key_binding.bindings.emacs import (
    load_emacs_bindings,
    load_emacs_search_bindings,
    load_emacs_shift_selection_bindings,
)
from prompt_toolkit.key_binding.bindings.mouse import load_mouse_bindings

from mentorwalk.domain.text import NO_TEXT_SIGN, UNDECODED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindingsBase

BURST = 0.3
"""Seconds in which nobody has seen a new page: an Enter was meant for the one before."""

_KEPT = {*ANSI_SEQUENCES, "\x1b[201~"}
"""The sequences of keys, and the one that ends a paste."""
_SEQUENCE = re.compile(
    r"\x1b\[\[[A-E]|\x1b\[M.{3}|\x1b\[(?![M[])[0-?]*[ -/]*[@-~]|\x1b[]PX^_][ -~]*(?:\x07|\x1b\\)",
    re.DOTALL,
)
"""A whole sequence of ECMA-48, a function key of the Linux console, or a mouse report of X10."""
_BEGUN = re.compile(
    r"\x1b(?:\[\[?|\[M.{0,2}|\[[0-?]*[ -/]*|[]PX^_][ -~]*\x1b?)?\Z",
    re.DOTALL,
)
"""A sequence whose end has not come yet."""


@dataclass
class EnterGuard:
    """Holds the Enters that come with a new page, so that a burst of them moves on once."""

    now: Callable[[], float]
    """Returns seconds that never go back."""
    _turned: float | None = None

    def page_turned(self) -> None:
        """Hold Enters for a moment: a new page is shown."""
        self._turned = self.now()

    def let_through(self) -> None:
        """Hold no Enter until the next page: somebody is typing."""
        self._turned = None

    def holds(self) -> bool:
        """Return whether an Enter that comes now was meant for the page before."""
        return self._turned is not None and self.now() - self._turned < BURST


class QuietParser(Vt100Parser):
    """A parser that drops focus, cursor, colour and mouse reports, and keys that nobody knows.

    prompt_toolkit takes a sequence that it does not know for so many typed letters.
    """

    _begun = ""

    def feed(self, data: str) -> None:
        """Take what the terminal sent; the beginning of a sequence waits for its end."""
        whole = _SEQUENCE.sub(_key_or_nothing, self._begun + data)
        begun = _BEGUN.search(whole)
        self._begun = ""
        # It calls itself with the rest where a paste begins.
        super().feed(_shown(whole[: begun.start()] if begun else whole))
        self._begun += begun[0] if begun else ""

    def flush(self) -> None:
        """Take what has begun as it is: nothing more came for a while."""
        begun, self._begun = self._begun, ""
        super().feed(_shown(begun))
        super().flush()


def drop_reports(keyboard: Input) -> Input:
    """Return the keyboard with its parser replaced; Windows' own sends no sequences."""
    parser = getattr(keyboard, "vt100_parser", None)
    if isinstance(parser, Vt100Parser):
        setattr(keyboard, "vt100_parser", QuietParser(parser.feed_key_callback))  # noqa: B010 - not on every Input
    return keyboard


@contextmanager
def keys_made_once() -> Iterator[None]:
    """Let all pages share the keys of `_editing_keys`.

    prompt_toolkit makes 350 keys for each application, and looks through them at its first key;
    questionary makes three applications for a page. It takes longer than to draw the page.
    """
    names = vars(application)
    made_each_time = names["load_key_bindings"]
    names["load_key_bindings"] = _editing_keys
    try:
        yield
    finally:
        names["load_key_bindings"] = made_each_time


@cache
def _editing_keys() -> KeyBindingsBase:
    """Return the keys of prompt_toolkit's `load_key_bindings`, without Vi's, which nobody has."""
    keys = (
        load_basic_bindings(),
        load_emacs_bindings(),
        load_emacs_search_bindings(),
        load_emacs_shift_selection_bindings(),
    )
    in_a_box = ConditionalKeyBindings(merge_key_bindings(keys), buffer_has_focus)
    return merge_key_bindings([in_a_box, load_mouse_bindings(), load_cpr_bindings()])


def _shown(keys: str) -> str:
    """Return keys with the sign that stands for bytes that are no text, as in a paste of Latin-1.

    Left as they are, they would vanish from the answer, and nobody would see it.
    """
    return UNDECODED.sub(lambda those: NO_TEXT_SIGN * len(those[0]), keys)


def _key_or_nothing(sequence: re.Match[str]) -> str:
    return sequence[0] if sequence[0] in _KEPT else ""
