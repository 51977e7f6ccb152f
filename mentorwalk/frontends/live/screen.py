"""The screen of the live frontend: a page with a prompt of questionary in it, and a moving clock.

Each stop is one application of prompt_toolkit. Its layout holds the card above, the container of
questionary's own prompt, and the clock below, which is drawn anew every second.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any

try:
    import termios
except ImportError:
    termios = None  # type: ignore[assignment]  # Windows has none, and echoes nothing here

from prompt_toolkit.application import (
    create_app_session,
    get_app,
    get_app_or_none,
    run_in_terminal,
)
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import HSplit, Layout
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.mouse_handlers import MouseHandlers
from prompt_toolkit.layout.screen import Screen as Cells
from prompt_toolkit.layout.screen import WritePosition
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from mentorwalk.domain.errors import MentorwalkError
from mentorwalk.domain.i18n import N_, _
from mentorwalk.engine.frontend import Interrupted, keep_no_draft
from mentorwalk.frontends.drawing import ASCII, ClockFace, Drawing, Symbols, clock_face
from mentorwalk.frontends.live.canvas import Canvas, Space
from mentorwalk.frontends.live.choice_list import tell_of_more
from mentorwalk.frontends.live.pages import READ_ON
from mentorwalk.frontends.signals import HangUp, stand_still, standing_still

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.application import Application
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.layout.containers import AnyContainer

    from mentorwalk.engine.frontend import ClockView, KeepDraft
    from mentorwalk.frontends.live.pages import Page
    from mentorwalk.frontends.live.prompts import Prompt, Result
    from mentorwalk.frontends.messages import ClockStyle

REFRESH = 1.0
"""Seconds between two looks at the clock."""
REST = 1.0
"""Seconds without a key after which half-typed text is kept: a disk is too slow for each key."""
ESCAPE_WAIT = 0.2
"""Seconds after which an Escape is one, and not the beginning of another key."""
READ_FIRST = N_("Enter: read on")
PAGE_OF = N_("page {number} of {most}")


@dataclass(frozen=True)
class Tab:
    """Tab was pressed, or the options were closed again."""


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

    clock: ClockStyle = "calm"
    symbols: Symbols = field(default_factory=Symbols)
    hang_up: HangUp = field(default_factory=HangUp)

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
            showing.leave()
        if not isinstance(result, str):
            showing.rest()
        return result

    def drawing(self) -> Drawing:
        """A drawing for the terminal as large as it is now."""
        size = get_app().output.get_size()
        return Drawing(size.columns, self.symbols, size.rows)


@dataclass
class _Showing:
    """One page while it is shown."""

    screen: Screen
    page: Page
    watch: ClockView | None
    prompt: Prompt[object]
    typing: Typing
    told: tuple[str, ...] = ()
    """How far one has read, and the keys, as the last picture shows them."""
    face: ClockFace | None = None
    drawn: dict[tuple[Any, ...], str] = field(default_factory=dict)
    """What was drawn already, by what it shows and the size."""

    def __post_init__(self) -> None:
        self.body = Canvas(lambda: self._once(self.page.body), shrinks=True)
        self.application = self.prompt.application
        if self.page.bookmark:
            self.body.scrolled, self.body.seen_to_end = astuple(self.page.bookmark)
        self.told = self._told()
        self.resting: asyncio.TimerHandle | None = None
        self.offered = self._text
        self._look()

    @property
    def _text(self) -> str | None:
        """The text in the box; None where nothing is typed that may be kept."""
        buffer = self.application.layout.current_buffer
        return buffer.text if buffer and self.prompt.writes else None

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

    def _rested(self) -> None:
        try:
            self.rest()
        except MentorwalkError as error:
            self._fail(error)

    def _fail(self, error: MentorwalkError) -> None:
        if not self.application.is_done:
            self.application.exit(exception=error)

    def prepare(self) -> Application[Any]:
        """Put questionary's prompt into the page, and its application on the whole screen."""
        application = self.application
        own = [application.key_bindings] if application.key_bindings else []
        application.layout = self._layout()
        application.key_bindings = merge_key_bindings([*own, self._keys(), self.prompt.keys])
        application.full_screen = application.renderer.full_screen = True
        application.erase_when_done = True
        application.ttimeoutlen = application.timeoutlen = ESCAPE_WAIT
        application.after_render += self._laid_out
        return application

    def begin(self) -> None:
        """Look at the clock for as long as the page is shown, and end when all shall end."""
        loop = asyncio.get_running_loop()
        self.screen.hang_up.wake = lambda: _soon(loop, self._hung_up)
        self.application.create_background_task(self._ticking())
        if (buffer := self.application.layout.current_buffer) and self.prompt.writes:
            buffer.on_text_changed += self._wait_for_rest
            self._wait_for_rest()
        if self.page.bookmark:
            self._lay_out()

    def _lay_out(self) -> None:
        """Find out what there is room for before a key is read that was typed ahead."""
        size = self.application.output.get_size()
        whole = WritePosition(0, 0, size.columns, size.rows)
        rows = self.application.layout.container
        rows.write_to_screen(Cells(), MouseHandlers(), whole, "", erase_bg=False, z_index=None)

    def leave(self) -> None:
        """Keep how far somebody has read."""
        if self.page.bookmark:
            self.page.bookmark.row = self.body.scrolled
            self.page.bookmark.to_end = self.body.seen_to_end

    def _hung_up(self) -> None:
        if not self.application.is_done:
            self.application.exit(result=Interrupted(for_good=True))

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

    def _look(self) -> bool:
        """Look at the clock, and tell whether it shows something new."""
        if self.watch is None:
            return False
        self.watch.pulse()
        before = self.face
        if self.screen.clock != "off" and self.page.timed:
            self.face = clock_face(self.watch.reading(), self.screen.clock)
        return self.face != before

    def _once(self, draw: Callable[..., str], *shown: Any) -> str:
        """Draw something for this size, if it was not drawn before."""
        drawing = self.screen.drawing()
        key = (draw, drawing.width, drawing.rows, *shown)
        if key not in self.drawn:
            self.drawn[key] = draw(drawing, *shown)
        return self.drawn[key]

    def _layout(self) -> Layout:
        inner = self.application.layout
        middle, focused = inner.container, inner.current_window
        if self.prompt.box:
            middle = focused = self.prompt.box
        else:
            tell_of_more(middle)
        rows: list[AnyContainer] = [
            Canvas(self._header),
            Space(Dimension(min=0, preferred=1, max=1)),
            self.body,
            middle,
            Space(Dimension()),
            Canvas(self._clock),
            Canvas(self._key_line),
        ]
        return Layout(HSplit(rows), focused_element=focused)

    def _clock(self) -> str:
        return self._once(Drawing.clock, self.face) if self.face else ""

    def _laid_out(self, application: Application[Any]) -> None:
        """Only after drawing is it known whether there is more to read: say so at once."""
        if self.told != (told := self._told()):
            self.told = told
            application.invalidate()

    def _told(self) -> tuple[str, ...]:
        return (self._place(), *self._told_keys())

    def _place(self) -> str:
        """Which page is in sight, where there are several."""
        number, most = self.body.page
        return _(PAGE_OF).format(number=number, most=most) if most > 1 else ""

    def _header(self) -> str:
        place = (self._place(),) if self.page.counted else ()
        return self._once(self.page.header, *place)

    def _key_line(self) -> str:
        # What is added last there is to scroll, which Enter does as well.
        brief = self.page.counted and self.body.hidden
        draw = Drawing.fewer_keys if brief else Drawing.keys
        return self._once(draw, *self._told_keys())

    def _told_keys(self) -> tuple[str, ...]:
        keys, reads_on, read_on = self.page.keys, self._reads_on(), _(READ_ON)
        if reads_on:
            keys = (_(READ_FIRST), *keys[1:])
        scrolls = self.body.hidden and (self.page.counted or not reads_on)
        return (*keys, read_on) if scrolls and read_on not in keys else keys

    def _reads_on(self) -> bool:
        """Whether Enter reads on."""
        wanted = self.page.read_first
        return wanted is not None and self.body.unread and wanted()

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        empty = Condition(lambda: not self._text)

        def ends(result: Tab | Interrupted) -> Callable[[Any], None]:
            """What a key does that ends the stop."""
            return lambda event: event.app.exit(result=result)

        keys.add("tab", eager=True)(ends(Tab()))
        keys.add("c-c", eager=True)(ends(Interrupted()))
        keys.add("c-d", eager=True, filter=empty)(ends(Interrupted(for_good=True)))
        reads_on = Condition(self._reads_on)
        keys.add("enter", eager=True, filter=empty & reads_on)(lambda _event: self.body.scroll(1))
        keys.add("pagedown", eager=True)(lambda _event: self.body.scroll(1))
        keys.add("pageup", eager=True)(lambda _event: self.body.scroll(-1))
        return keys


class _WholeScreen(Vt100_Output):
    """An output whose alternate screen outlives each prompt, so that nothing flickers between."""

    @property
    def responds_to_cpr(self) -> bool:
        """Nobody need ask where the cursor is: a whole screen begins in its corner."""
        return False

    def enter_alternate_screen(self) -> None:
        """Only go to its corner: the screen is taken for the whole session."""
        self.write_raw("\x1b[H")

    def quit_alternate_screen(self) -> None:
        """Stay."""

    def erase_down(self) -> None:
        """Erase; but when a stop is over, its picture stays until the next is drawn over it."""
        if not get_app().is_done:
            super().erase_down()


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], Any]) -> None:
    """Do something between two steps of a loop, never in the midst of one."""
    with suppress(RuntimeError):  # the loop is over, and so is the stop
        loop.call_soon_threadsafe(call)


@dataclass
class _Terminal:
    """The terminal: taken for as long as a session lasts, and given back as it was.

    Keys that are pressed between two stops wait for the next one, and are not echoed.
    """

    output: Vt100_Output
    modes: Any = None

    def take(self) -> None:
        """Take the whole screen, and silence the keys."""
        if termios:
            self.modes = termios.tcgetattr(sys.stdin)
            silent = termios.tcgetattr(sys.stdin)
            silent[0] &= ~termios.ICRNL
            silent[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
        self.output.write_raw("\x1b[?1049h\x1b[2J\x1b[H")
        self.output.flush()

    def give_back(self) -> None:
        """Give back what stood there before; nothing of the talk stays in the history."""
        with suppress(OSError):  # a window that was closed takes nothing back
            self.output.write_raw("\x1b[?1049l")
            self.output.show_cursor()
            self.output.flush()
        if termios:
            with suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSANOW, self.modes)

    def stand_still(self) -> None:
        """Give the terminal back while the program stands still, and take it again."""
        application = get_app_or_none()
        if application and application.loop:
            _soon(application.loop, lambda: run_in_terminal(self._stand_still))
        else:
            self._stand_still()

    def _stand_still(self) -> None:
        self.give_back()
        stand_still()
        self.take()


@contextmanager
def whole_screen(clock: ClockStyle, hang_up: HangUp | None = None) -> Iterator[Screen]:
    """Take the terminal for as long as a session lasts, and give it back as it was."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    term = os.environ.get("TERM", "")
    depth = ColorDepth.from_env() or (ColorDepth.DEPTH_4_BIT if "16color" in term else None)
    output = _WholeScreen.from_pty(sys.stdout, term=term, default_color_depth=depth)
    terminal = _Terminal(output)
    with create_app_session(output=output), standing_still(terminal.stand_still):
        terminal.take()
        try:
            yield Screen(clock, Symbols() if "utf" in encoding else ASCII, hang_up or HangUp())
        finally:
            terminal.give_back()
