"""A prompt of the live screen: an application of questionary's, with keys of ours.

questionary builds an application around each prompt, and ends it with the answer. The screen puts
that application's layout into a page. What questionary has no public way to ask for is read from
its `InquirerControl`, the list of choices: `selected_options` and `_get_choice_tokens`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from questionary.prompts.common import InquirerControl

from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.frontends.live.item_list import ItemList

SHORTCUTS = 9
"""Choices that a single digit can name."""


class Chose(Enum):
    """A choice that is not itself an answer."""

    OWN_WORDS = "own words"
    NOTHING = "nothing"
    UNDECIDED = "undecided"
    MORE = "more"
    VIEW = "view"
    COMMAND = "command"


Picked = str | bool | list[str | Chose] | Chose | ByItem
"""What a prompt for a question ends with: text, a choice, the marked boxes, or numbers."""
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


def _nothing_to_draw() -> Application[Any]:
    """Return an application that draws nothing and only reads keys."""
    nothing = FormattedTextControl(focusable=True, show_cursor=False)
    return Application(Layout(Window(nothing, height=0)))


@dataclass(frozen=True)
class Foot:
    """The keys of a prompt that has some of its own."""

    keys: tuple[str, ...]
    brief: tuple[str, ...] = ()
    """The same in fewer words, for where they take more than one row."""
    takes_tab: bool = False
    """Whether Tab is one of them, so that Escape opens the options."""


def no_words() -> str:
    """Return that there is nothing to tell."""
    return ""


@dataclass(frozen=True)
class Prompt(Generic[Result_co]):
    """A prompt that ends with a result of one type, and its keys beyond questionary's.

    Without an application of questionary's, only the keys can end it.
    """

    application: Application[Any] = field(default_factory=_nothing_to_draw)
    keys: KeyBindings = field(default_factory=KeyBindings)
    writes: bool = False
    """Whether the text in it is worth keeping when somebody leaves it half-typed."""
    box: Window | None = None
    """Where text is typed; shown in place of questionary's own layout."""
    grows: Callable[[str], str] | None = None
    """Returns the sentence that the text finishes, shown below the box."""
    listed: ItemList[Any] | None = None
    """The items in the box, where keys change what stands beside them."""
    told: Callable[[], str] = no_words
    """Returns why the last key did nothing; empty if it did."""
    count: Callable[[], str] = no_words
    """Returns how many there are by now, of how many."""
    begun: Callable[[], str] = no_words
    """Returns the own words that somebody began to type at a list; empty if they did not."""
    foot: Callable[[], Foot] | None = None
    """Returns its own keys, if it has some."""

    @property
    def text(self) -> str:
        """Return what stands in the box; empty if there is none."""
        if self.listed:
            return str(self.listed.state.text)
        buffer = self.application.layout.current_buffer
        return buffer.text if buffer else ""

    @property
    def line(self) -> str:
        """Return the line of the box that the cursor is on."""
        buffer = self.application.layout.current_buffer
        return buffer.document.current_line if buffer else ""

    @property
    def numbered(self) -> bool:
        """Return whether a digit goes to a choice."""
        return len(choices_of(self.application).choices) <= SHORTCUTS

    @property
    def pointed_at(self) -> object:
        """Return the value of the choice under the pointer."""
        choices = choices_of(self.application)
        return choices.get_pointed_at().value if choices.pointed_at >= 0 else Chose.UNDECIDED

    @property
    def chosen(self) -> tuple[object, ...]:
        """Return the values of the boxes that are marked now."""
        return tuple(choices_of(self.application).selected_options)

    @property
    def marked(self) -> tuple[str, ...]:
        """Return the choices and own words among them."""
        return tuple(value for value in self.chosen if isinstance(value, str))


def choices_of(application: Application[Any]) -> InquirerControl:
    """Return the list of choices in an application of questionary's."""
    controls = application.layout.find_all_controls()
    return next(control for control in controls if isinstance(control, InquirerControl))


def ending_with(value: object) -> Callable[[KeyPressEvent], None]:
    """Return what a key does that ends the prompt with a value."""
    return lambda event: event.app.exit(result=value)
