"""The screen of the live frontend: a page with a prompt of questionary in it, and a moving clock.

Each page is one application of prompt_toolkit. Its layout has the card above, the container of
questionary's own prompt, and the clock below, which is looked at every second.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import HSplit, Layout
from prompt_toolkit.layout.mouse_handlers import MouseHandlers
from prompt_toolkit.layout.screen import Screen as Cells
from prompt_toolkit.layout.screen import WritePosition
from prompt_toolkit.styles import default_ui_style, merge_styles
from questionary.constants import DEFAULT_STYLE

from mentorwalk.domain.errors import MentorwalkError
from mentorwalk.engine.frontend import Interrupted, keep_no_draft
from mentorwalk.frontends.card_pictures import view_of
from mentorwalk.frontends.frame import clock_face
from mentorwalk.frontends.live.canvas import Canvas
from mentorwalk.frontends.live.choice_list import ChoiceList, count_hidden_choices
from mentorwalk.frontends.live.terminal import soon
from mentorwalk.frontends.live.view import View
from mentorwalk.frontends.signals import HangUp, suspend_group

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.application import Application
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.key_binding.key_processor import KeyProcessor
    from prompt_toolkit.styles import BaseStyle

    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.engine.frontend import ClockView, KeepDraft
    from mentorwalk.frontends.card_pictures import PictureView
    from mentorwalk.frontends.clock_words import ClockStyle
    from mentorwalk.frontends.live.item_list import ItemList
    from mentorwalk.frontends.live.keyboard import EnterGuard
    from mentorwalk.frontends.live.pages import Page
    from mentorwalk.frontends.live.prompt import Prompt, Result
    from mentorwalk.frontends.signs import Symbols

REFRESH = 1.0
"""Seconds between two looks at the clock."""
REST = 1.0
"""Seconds without a key after which half-typed text is kept: a disk is too slow for each key."""
RESTS = 2
"""Looks at the clock without a key between them, after which nobody is typing."""
ESCAPE_WAIT = 0.2
"""Seconds after which an Escape is one, and not the beginning of another key."""


@dataclass(frozen=True)
class Tab:
    """Tab was pressed, or the options were closed again."""

    back: bool = False
    """Whether it was Shift+Tab, which leads back."""


@dataclass
class Typing:
    """The half-typed text of a question, which outlives each prompt that it is typed in."""

    text: str | None = None
    """None where nothing was typed: the prompt shows what it offers."""
    kept: str | None = None
    """The text that was kept last."""
    keep: KeepDraft = keep_no_draft

    def rest(self) -> None:
        """Keep the text, unless it is kept already."""
        if self.text != self.kept:
            self.keep(self.text)
            self.kept = self.text


@dataclass
class Screen:
    """Shows pages, one after another, on the whole terminal."""

    clock: ClockStyle
    symbols: Symbols
    hang_up: HangUp
    guard: EnterGuard | None = None
    """Holds bursts of Enter; None where every key is meant, as in a script."""
    at_rest: Callable[[], None] | None = None
    """Does what would hold up a key, once on a page and after keys; None if there is nothing."""
    pictures: PictureView | None = None
    """How the two want to look at pictures; None as long as they did not say."""

    def turn(self, picture: AnyPicture) -> None:
        """Show a picture as bars if it is a wheel now, and as a wheel if it is bars."""
        size = get_app_session().output.get_size()
        now = view_of(picture, size.columns, size.rows, self.pictures)
        self.pictures = "bars" if now == "wheel" else "wheel"

    def run(
        self,
        page: Page,
        watch: ClockView | None,
        prompt: Prompt[Result],
        typing: Typing | None = None,
    ) -> Result | Tab | Interrupted:
        """Show a page until its prompt ends, Tab is pressed, or it is interrupted.

        Text that was not sent with Enter stays in `typing`.
        """
        if self.hang_up.came:
            return Interrupted(for_good=True)
        showing = _Showing(self, page, watch, prompt, typing or Typing())
        try:
            # The application may end with anything; its prompt and our keys end it with these.
            result: Result | Tab | Interrupted = showing.prepare().run(pre_run=showing.begin)
        except (EOFError, OSError):
            # The window is gone: nothing can be read from it, or drawn on it.
            result = Interrupted(for_good=True)
        except KeyboardInterrupt:
            result = Interrupted(for_good=self.hang_up.came)
        finally:
            self.hang_up.wake = None
            showing.view.mark_place()
        if not isinstance(result, str):
            showing.rest()
        return result


@cache
def _style() -> BaseStyle:
    """Return the style of questionary's prompts; the library would make it anew for each page."""
    return merge_styles([default_ui_style(), DEFAULT_STYLE])


@dataclass
class _Showing:
    """One page while it is shown."""

    screen: Screen
    page: Page
    watch: ClockView | None
    prompt: Prompt[object]
    typing: Typing

    def __post_init__(self) -> None:
        self.view = View(self.page, self.screen.symbols, self.screen.pictures)
        self.application = self.prompt.application
        self.resting: asyncio.TimerHandle | None = None
        self.held = False
        """Whether the last key was an Enter that was meant for the page before."""
        self.idle = 0
        """How often the clock was looked at since the last key."""
        self.offered = self._text
        self._look()

    # --- Half-typed text

    @property
    def _text(self) -> str | None:
        """The text in the box; None where nothing is typed that may be kept."""
        return self.prompt.text if self.prompt.writes else None

    def rest(self) -> None:
        """Keep what is half typed, if any key changed what was offered."""
        if self._text != self.offered:
            self.typing.text = self.offered = self._text
        self.typing.rest()

    def _wait_for_rest(self, _buffer: Buffer | None = None) -> None:
        """Keep what is half typed as soon as no key was pressed for a moment."""
        if self.resting:
            self.resting.cancel()
        self.resting = asyncio.get_running_loop().call_later(REST, self._rested)

    def _rested(self, _items: ItemList[Any] | None = None) -> None:
        try:
            self.rest()
        except MentorwalkError as error:
            self._fail(error)

    # --- The application

    def prepare(self) -> Application[Any]:
        """Put questionary's prompt into the page, and its application on the whole screen."""
        application = self.application
        own = [application.key_bindings] if application.key_bindings else []
        application.layout = self._layout()
        keys = [*own, self._keys(), self.prompt.keys, self._reading_keys(), self._held_enters()]
        application.key_bindings = merge_key_bindings(keys)
        # Too late for parameters: questionary has made the application and its renderer.
        application.full_screen = application.renderer.full_screen = True
        application.renderer.style = _style()
        application.erase_when_done = True
        application.ttimeoutlen = application.timeoutlen = ESCAPE_WAIT
        application.after_render += self._draw_again_if_outdated
        return application

    def begin(self) -> None:
        """Look at the clock while the page is shown, and end it when the window is closed."""
        loop = asyncio.get_running_loop()
        self.screen.hang_up.wake = lambda: soon(loop, self._hung_up)
        self.application.create_background_task(self._ticking())
        self.application.key_processor.after_key_press += self._pressed
        self._guard_enter()
        if (buffer := self.application.layout.current_buffer) and self.prompt.writes:
            buffer.on_text_changed += self._wait_for_rest
            self._wait_for_rest()
        if self.prompt.listed:
            # A digit is an answer: it waits for no other key.
            self.prompt.listed.changed += self._rested
        if self.page.bookmark:
            self._lay_out()

    def _guard_enter(self) -> None:
        """Hold Enter for a moment, unless the page goes on with what somebody is typing."""
        guard = self.screen.guard
        if guard and self.typing.text == self.typing.kept:
            guard.page_turned()
            self.application.key_processor.after_key_press += self._let_through

    def _let_through(self, _processor: KeyProcessor) -> None:
        """Hold no Enter after any other key: somebody has seen the page."""
        if self.screen.guard and not self.held:
            self.screen.guard.let_through()
        self.held = False

    def _lay_out(self) -> None:
        """Find out what there is room for before a key is read that was typed ahead."""
        size = self.application.output.get_size()
        whole = WritePosition(0, 0, size.columns, size.rows)
        rows = self.application.layout.container
        rows.write_to_screen(Cells(), MouseHandlers(), whole, "", erase_bg=False, z_index=None)

    def _layout(self) -> Layout:
        inner = self.application.layout
        middle, focused = inner.container, inner.current_window
        if self.prompt.box:
            middle = focused = self.prompt.box
            if self.prompt.listed:
                middle = ChoiceList(self.prompt.box)
            if grows := self.prompt.grows:
                finished = Canvas(lambda: self.view.sentence(grows(self._text or "")))
                middle = HSplit([self.prompt.box, finished])
        else:
            count_hidden_choices(middle)
        return Layout(HSplit(self.view.around(middle)), focused_element=focused)

    def _draw_again_if_outdated(self, application: Application[Any]) -> None:
        if self.view.is_outdated():
            application.invalidate()

    def _hung_up(self) -> None:
        if not self.application.is_done:
            self.application.exit(result=Interrupted(for_good=True))

    def _fail(self, error: MentorwalkError) -> None:
        if not self.application.is_done:
            self.application.exit(exception=error)

    # --- The clock

    async def _ticking(self) -> None:
        while True:
            await asyncio.sleep(REFRESH)
            try:
                moved = self._look()
            except MentorwalkError as error:
                self._fail(error)
                return
            if moved:
                self.application.invalidate()
            self._rest_keys()

    def _pressed(self, _processor: KeyProcessor) -> None:
        self.idle = 0

    def _rest_keys(self) -> None:
        """Do what waits for a moment without keys."""
        self.idle += 1
        if self.idle == RESTS and self.screen.at_rest:
            self.screen.at_rest()

    def _look(self) -> bool:
        """Look at the clock; return whether it shows something new."""
        if self.watch is None:
            return False
        self.watch.pulse()
        before = self.view.face
        if self.screen.clock != "off" and self.page.timed:
            self.view.face = clock_face(self.watch.reading(), self.screen.clock)
        return self.view.face != before

    # --- The keys of every page

    def _held_enters(self) -> KeyBindings:
        keys, guard = KeyBindings(), self.screen.guard
        holds = Condition(lambda: guard is not None and guard.holds())

        @keys.add("enter", eager=True, filter=holds)
        def hold(_event: KeyPressEvent) -> None:
            """Do nothing: the page has just come."""
            self.held = True

        return keys

    def _keys(self) -> KeyBindings:
        keys, body = KeyBindings(), self.view.body
        empty = Condition(lambda: not self._text)

        def ends(result: Tab | Interrupted) -> Callable[[KeyPressEvent], None]:
            """Return what a key does that ends the page."""
            return lambda event: event.app.exit(result=result)

        keys.add("tab", eager=True)(ends(Tab()))
        keys.add("s-tab", eager=True)(ends(Tab(back=True)))
        keys.add("c-c", eager=True)(ends(Interrupted()))
        keys.add("c-z", eager=True)(lambda _event: suspend_group())
        keys.add("c-d", eager=True, filter=empty)(ends(Interrupted(for_good=True)))
        reads_on = Condition(self.view.reads_on)
        keys.add("enter", eager=True, filter=empty & reads_on)(lambda _event: body.scroll(1))
        return keys

    def _reading_keys(self) -> KeyBindings:
        """Return the keys that turn the pages of the body; if it has only one, a list has them."""
        keys, body = KeyBindings(), self.view.body
        hidden = Condition(lambda: body.hidden > 0)
        keys.add("pagedown", eager=True, filter=hidden)(lambda _event: body.scroll(1))
        keys.add("pageup", eager=True, filter=hidden)(lambda _event: body.scroll(-1))
        return keys
