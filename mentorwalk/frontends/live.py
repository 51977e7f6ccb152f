"""The live frontend: one calm card on the whole screen, with a clock that moves while people type.

Rich draws the card; questionary asks; prompt_toolkit ticks. Each stop is an application of its
own whose layout holds the card, the prompt of questionary and the clock.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import questionary
from prompt_toolkit.application import Application, create_app_session, get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output.vt100 import Vt100_Output

from mentorwalk.answers import as_typed, read, read_items
from mentorwalk.card import Card
from mentorwalk.errors import Unreadable
from mentorwalk.frontends.drawing import ASCII, Drawing, Symbols
from mentorwalk.frontends.wording import (
    ACCEPT,
    ACTIONS,
    DRAFT,
    INTERRUPTED,
    INTERRUPTED_CHOICES,
    OWN_WORDS,
    PAUSED,
    PAUSED_TIP,
    ClockStyle,
    action_of,
    unknown_word,
    wanted,
)
from mentorwalk.walk import Act, Action, Change, Interrupted, Kept, Said, Talked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout.containers import AnyContainer

    from mentorwalk.card import Question
    from mentorwalk.walk import Watch

_POINTER, _ASCII_POINTER = "›", ">"
_OWN = object()
"""The choice that stands for own words."""
_NOTHING = object()
"""What Enter gives where nothing was chosen."""
_REFRESH = 1.0
"""Seconds between two looks at the clock."""


@dataclass(frozen=True)
class _Options:
    """Somebody pressed Tab."""

    draft: str | None


@dataclass(frozen=True)
class _Page:
    """What surrounds a prompt: drawn anew whenever the width or the clock asks for it."""

    header: Callable[[Drawing], str]
    body: Callable[[Drawing], str]
    keys: tuple[str, ...]


@dataclass
class Live:
    """Asks on a terminal."""

    clock: ClockStyle = "calm"
    symbols: Symbols = field(default_factory=Symbols)
    _scrolled: int = field(default=0, init=False)

    # --- What the walk asks for

    def talk(self, card: Card, watch: Watch | None) -> Talked | Act | Interrupted:
        """Show a card and wait for Enter, or for the first letter of an answer."""
        keys = ("Enter: we have talked" if card.opens else "Enter: on we go", "Tab: options")
        page = _Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.body(card),
            keys if card.steps else ("Enter: go on",),
        )
        while True:
            result = self._run(page, watch, self._talk_keys(card))
            if result == "/":
                result = self._typed_word(page, watch)
            if isinstance(result, _Options):
                result = self._menu(card, None) if card.steps else None
            if isinstance(result, Talked | Act | Interrupted):
                return result

    def ask(self, card: Card, question: Question, watch: Watch | None) -> Said | Act | Interrupted:
        """Ask one question with the prompt that fits its type."""
        draft, complaint = question.draft, question.complaint
        while True:
            result = self._asked(card, question, watch, draft, complaint)
            if isinstance(result, _Options):
                draft = result.draft if result.draft is not None else draft
                result = self._menu(card, draft) if card.steps else None
            if isinstance(result, Act | Interrupted):
                return result
            if result is None:
                continue
            typed, complaint = result, ""
            try:
                reply = self._understood(question, typed)
            except Unreadable as error:
                draft, complaint = typed if isinstance(typed, str) else draft, str(error)
            else:
                return reply

    def settle(
        self, card: Card, sheet: list[Question], watch: Watch | None
    ) -> Kept | Change | Act | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        complaint = ""
        while True:
            page = _Page(
                lambda drawing: drawing.header(card),
                lambda drawing, said=complaint: drawing.sheet(card, sheet, said),  # type: ignore[misc]  # the default binds this turn's words
                ("Enter: keep all", "a number changes one", "Tab: options"),
            )
            result = self._run(page, watch, KeyBindings(), _line_prompt(self._pointer, ""))
            if isinstance(result, _Options):
                result = self._menu(card, None)
            if isinstance(result, Act | Interrupted):
                return result
            reply = _sheet_reply(result, len(sheet)) if result is not None else ""
            if not isinstance(reply, str):
                return reply
            complaint = reply

    def decide(self, card: Card, document: str, watch: Watch | None) -> Said | Act | Interrupted:
        """Show the agreement, and ask how it shall stand."""
        page = _Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.document(card, document),
            ("Enter: choose", "PgDn, PgUp: read on", "Tab: options"),
        )
        while True:
            prompt = self._select([(False, DRAFT), (True, ACCEPT)], default=False)
            result = self._run(page, watch, KeyBindings(), prompt)
            if isinstance(result, _Options):
                result = self._menu(card, None)
            if isinstance(result, Act | Interrupted):
                return result
            if result is not None:
                return Said(bool(result))

    def pause(self, card: Card) -> None:
        """Wait for Enter."""
        page = _Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.body(Card(ask=PAUSED, tip=PAUSED_TIP)),
            ("Enter: go on",),
        )
        while not isinstance(self._run(page, None, self._talk_keys(Card(ask=""))), Talked):
            pass

    def interrupted(self) -> Literal["go on", "stop", "close"]:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        page = _Page(
            lambda drawing: drawing.header(Card(ask="")),
            lambda drawing: drawing.body(Card(ask=INTERRUPTED)),
            ("Enter: choose", "Ctrl-C again: stop and save"),
        )
        prompt = self._select(list(INTERRUPTED_CHOICES.items()), default="go on")
        result = self._run(page, None, KeyBindings(), prompt)
        if isinstance(result, Interrupted):
            return "stop"
        return next((choice for choice in INTERRUPTED_CHOICES if choice == result), "go on")

    # --- The prompts

    def _asked(
        self,
        card: Card,
        question: Question,
        watch: Watch | None,
        draft: str | None,
        complaint: str,
    ) -> Any:
        page = _Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.question(card, question, complaint, wanted(question)),
            _keys_for(question) if card.steps else ("Enter: go on",),
        )
        prompt, keys = self._prompt(question, draft)
        result = self._run(page, watch, keys, prompt)
        if question.field.type in ("select", "checkbox", "confirm"):
            result = _without_draft(result)
        if result is not _OWN:
            return result
        typed = self._run(page, watch, KeyBindings(), _line_prompt(self._pointer, draft or ""))
        return None if isinstance(typed, _Options) or typed == "" else typed

    def _prompt(
        self, question: Question, draft: str | None
    ) -> tuple[questionary.Question, KeyBindings]:
        kind, value = question.field.type, question.value
        if kind == "select":
            return self._choices(question), KeyBindings()
        if kind == "checkbox":
            return self._boxes(question), KeyBindings()
        if kind == "confirm":
            keys = KeyBindings()
            if value is None:
                keys.add("enter", eager=True)(lambda event: event.app.exit(result=_NOTHING))
            return questionary.confirm("", qmark="  ", default=bool(value)), keys
        text = as_typed(value) if draft is None else draft
        if kind in ("text", "list"):
            keys = _writing_keys(items=kind == "list")
            return _line_prompt(self._pointer, text, multiline=True), keys
        shown = _as_offered(question) if draft is None else text
        return _line_prompt(self._pointer, shown), KeyBindings()

    def _choices(self, question: Question) -> questionary.Question:
        options: list[tuple[Any, str]] = [(o.pick, o.shown) for o in question.options]
        if question.field.other:
            own = question.value if question.value not in [pick for pick, _ in options] else None
            options.append((_OWN, f"{OWN_WORDS} ..." + (f" ({own})" if own else "")))
            if own:
                return self._select(options, default=_OWN)
        return self._select(options, default=question.value)

    def _select(self, options: list[tuple[Any, str]], default: Any) -> questionary.Question:
        choices = [questionary.Choice(shown, value=value) for value, shown in options]
        chosen = next((choice for choice in choices if choice.value == default), None)
        return questionary.select(
            "",
            choices=choices,
            default=chosen,
            qmark="",
            pointer=f"  {self._pointer}",
            instruction=" ",
            use_shortcuts=len(choices) < 10,
            use_jk_keys=False,
        )

    def _boxes(self, question: Question) -> questionary.Question:
        chosen = question.value if isinstance(question.value, tuple) else ()
        choices = [
            questionary.Choice(option.shown, value=option.pick, checked=option.pick in chosen)
            for option in question.options
        ]
        own = [item for item in chosen if item not in [o.pick for o in question.options]]
        choices += [questionary.Choice(item, value=item, checked=True) for item in own]
        return questionary.checkbox(
            "", choices=choices, qmark="", pointer=f"  {self._pointer}", instruction=" "
        )

    def _understood(self, question: Question, typed: Any) -> Said | Act:
        """Read what a prompt gave; a typed `/word` is an action."""
        if typed is _NOTHING:
            return Said(None)
        if isinstance(typed, bool):
            return Said(typed)
        names = dict(question.names)
        if isinstance(typed, list):
            return Said(read_items(question.field, tuple(typed), names))
        try:
            action = action_of(typed)
        except KeyError:
            raise Unreadable(unknown_word(typed.strip())) from None
        if action:
            return Act(action)
        if question.value is not None and typed == _as_offered(question):
            return Said(question.value)
        return Said(read(question.field, typed, question.today, names))

    def _menu(self, card: Card, draft: str | None) -> Act | Interrupted | None:
        """The options: what can be done beside answering."""
        page = _Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.body(Card(ask="Options")),
            ("Enter: choose", "a letter chooses too", "Tab: back to the card"),
        )
        choices = [
            questionary.Choice(words, value=action, shortcut_key=action.value[0])
            for action, words in ACTIONS.items()
            if action is not Action.STOP
        ]
        stop = ACTIONS[Action.STOP]
        choices.append(questionary.Choice(stop, value=Action.STOP, shortcut_key="x"))
        prompt = questionary.select(
            "",
            choices=choices,
            qmark="",
            pointer=f"  {self._pointer}",
            instruction=" ",
            use_shortcuts=True,
            use_jk_keys=False,
        )
        result = self._run(page, None, _letter_keys(choices), prompt)
        if isinstance(result, Action):
            return Act(result, draft)
        return Interrupted(draft=draft) if isinstance(result, Interrupted) else None

    def _typed_word(self, page: _Page, watch: Watch | None) -> Act | Interrupted | _Options | None:
        """A `/word` on a card where nothing is written down."""
        typed = self._run(page, watch, KeyBindings(), _line_prompt(self._pointer, "/"))
        if isinstance(typed, Interrupted | _Options):
            return typed
        try:
            action = action_of(str(typed))
        except KeyError:
            return _Options(None)
        return Act(action) if action else None

    # --- One application

    @property
    def _pointer(self) -> str:
        return _ASCII_POINTER if self.symbols == ASCII else _POINTER

    def _run(
        self,
        page: _Page,
        watch: Watch | None,
        keys: KeyBindings,
        prompt: questionary.Question | None = None,
    ) -> Any:
        """Show a page, with a prompt of questionary in it or none, until something comes of it."""
        self._scrolled = 0
        inner = prompt.application if prompt else None
        application = _Stop(
            layout=self._layout(page, watch, inner),
            key_bindings=merge_key_bindings(
                [
                    *([inner.key_bindings] if inner and inner.key_bindings else []),
                    self._common_keys(inner),
                    keys,
                ]
            ),
            style=inner.style if inner else None,
            full_screen=True,
            erase_when_done=True,
            refresh_interval=_REFRESH if watch else None,
        )
        application.ttimeoutlen = 0.05
        try:
            return application.run()
        except EOFError:
            return Interrupted(for_good=True, draft=_text_in(inner))
        except KeyboardInterrupt:
            return Interrupted(draft=_text_in(inner))

    def _layout(self, page: _Page, watch: Watch | None, inner: Application[Any] | None) -> Layout:
        body = _window(lambda: page.body(self._drawing()), shrinks=True)
        body.get_vertical_scroll = lambda _: self._scrolled
        self._body = body
        middle: AnyContainer = inner.layout.container if inner else Window(height=0)
        focus = Window(FormattedTextControl(focusable=True, show_cursor=False), height=0)
        clock = lambda: self._clock_line(watch)  # noqa: E731 - named for the line below
        rows: list[AnyContainer] = [
            _window(lambda: page.header(self._drawing())),
            Window(height=Dimension(min=0, preferred=1, max=1)),
            body,
            middle,
            focus,
            Window(),
            _window(clock),
            _window(lambda: self._drawing().keys(*self._keys(page))),
        ]
        focused = inner.layout.current_window if inner else focus
        return Layout(HSplit(rows), focused_element=focused)

    def _clock_line(self, watch: Watch | None) -> str:
        if watch is None:
            return ""
        watch.pulse()
        return "" if self.clock == "off" else self._drawing().clock(watch.reading(), self.clock)

    def _keys(self, page: _Page) -> tuple[str, ...]:
        info = self._body.render_info
        hidden = info is not None and info.content_height > info.window_height
        more = "PgDn, PgUp: read on"
        return (*page.keys, more) if hidden and more not in page.keys else page.keys

    def _drawing(self) -> Drawing:
        return Drawing(get_app().output.get_size().columns, self.symbols)

    def _talk_keys(self, card: Card) -> KeyBindings:
        keys = KeyBindings()
        keys.add("enter")(lambda event: event.app.exit(result=Talked()))

        @keys.add("<any>")
        def _(event: KeyPressEvent) -> None:
            if event.data == "/" and card.steps:
                event.app.exit(result="/")
            elif card.types_through and event.data.isprintable():
                event.app.exit(result=Talked(event.data))

        @keys.add("<bracketed-paste>")
        def _(event: KeyPressEvent) -> None:
            if card.types_through:
                event.app.exit(result=Talked(event.data.replace("\r\n", "\n").replace("\r", "\n")))

        return keys

    def _common_keys(self, inner: Application[Any] | None) -> KeyBindings:
        keys = KeyBindings()
        empty = Condition(lambda: not _text_in(inner))
        keys.add("tab", eager=True)(lambda e: e.app.exit(result=_Options(_text_in(inner))))
        keys.add("c-c", eager=True)(lambda e: e.app.exit(result=Interrupted(draft=_text_in(inner))))
        keys.add("c-d", eager=True, filter=empty)(
            lambda e: e.app.exit(result=Interrupted(for_good=True, draft=_text_in(inner)))
        )
        keys.add("pagedown", eager=True)(lambda _: self._scroll(1))
        keys.add("pageup", eager=True)(lambda _: self._scroll(-1))
        return keys

    def _scroll(self, pages: int) -> None:
        info = self._body.render_info
        if info is not None:
            step = max(1, info.window_height - 1)
            last = max(0, info.content_height - info.window_height)
            self._scrolled = min(last, max(0, self._scrolled + pages * step))


@contextmanager
def live_screen(clock: ClockStyle) -> Iterator[Live]:
    """Take the whole screen for as long as the session lasts, and give it back as it was.

    Nothing of the talk stays in the terminal's history.
    """
    encoding = (sys.stdout.encoding or "ascii").lower()
    live = Live(clock, Symbols() if "utf" in encoding else ASCII)
    output = _WholeScreen.from_pty(sys.stdout, term=os.environ.get("TERM"))
    with create_app_session(output=output):
        output.write_raw("\x1b[?1049h\x1b[2J\x1b[H")
        output.flush()
        try:
            yield live
        finally:
            output.write_raw("\x1b[?1049l")
            output.show_cursor()
            output.flush()


class _Stop(Application[Any]):
    """One stop; when it is over, its picture stays until the next one is drawn over it."""

    def exit(self, *args: Any, **options: Any) -> None:
        """End, and leave the picture."""
        if isinstance(self.output, _WholeScreen):
            self.output.holds = True
        super().exit(*args, **options)


class _WholeScreen(Vt100_Output):
    """An output whose alternate screen outlives each prompt, so that nothing flickers between."""

    holds = False

    @property
    def responds_to_cpr(self) -> bool:
        """Nobody need ask where the cursor is: a whole screen begins in its corner."""
        return False

    def enter_alternate_screen(self) -> None:
        """Only go to its corner: the screen is taken for the whole session."""
        self.holds = False
        self.write_raw("\x1b[H")

    def quit_alternate_screen(self) -> None:
        """Stay."""

    def erase_down(self) -> None:
        """Erase, but not between two pages."""
        if not self.holds:
            super().erase_down()


def _window(text: Callable[[], str], *, shrinks: bool = False) -> Window:
    control = FormattedTextControl(lambda: ANSI(text()), show_cursor=False)
    height = None if shrinks else (lambda: Dimension.exact(_lines(text())))
    return Window(control, height=height, dont_extend_height=True, always_hide_cursor=shrinks)


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def _line_prompt(pointer: str, text: str, *, multiline: bool = False) -> questionary.Question:
    return questionary.text(
        pointer,
        default=text,
        qmark=" ",
        instruction="",
        multiline=multiline,
        prompt_continuation="    ",
    )


def _writing_keys(*, items: bool) -> KeyBindings:
    """Enter sends, Alt+Enter makes a new line; in a list, Enter goes on until a line is empty."""
    keys = KeyBindings()

    @keys.add("enter", eager=True)
    def _(event: KeyPressEvent) -> None:
        document = event.current_buffer.document
        if items and document.current_line.strip() and not document.text.startswith("/"):
            event.current_buffer.insert_text("\n")
        else:
            event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


def _letter_keys(choices: list[questionary.Choice]) -> KeyBindings:
    """Let a letter choose at once, and Tab or Escape close the menu."""
    keys = KeyBindings()
    for choice in choices:

        def chosen(event: KeyPressEvent, value: Any = choice.value) -> None:
            event.app.exit(result=value)

        keys.add(str(choice.shortcut_key), eager=True)(chosen)
    keys.add("escape")(lambda event: event.app.exit(result=None))
    return keys


def _keys_for(question: Question) -> tuple[str, ...]:
    match question.field.type:
        case "text":
            return ("Enter: write it down", "Alt+Enter: new line", "Tab: options")
        case "list":
            return ("Enter: next item", "Enter on an empty line: done", "Tab: options")
        case "checkbox":
            return ("Space: mark", "Enter: keep", "Tab: options")
        case "confirm":
            return ("y or n", "Tab: options")
        case _:
            return ("Enter: keep", "Tab: options")


def _as_offered(question: Question) -> str:
    """An answer that stands there already, as it is offered for correction."""
    if question.value is None:
        return ""
    if question.field.type == "date":
        return question.stands.partition(",")[0]
    return as_typed(question.value)


def _sheet_reply(typed: str, lines: int) -> Kept | Change | Act | str:
    text = typed.strip()
    if not text:
        return Kept()
    try:
        action = action_of(text)
    except KeyError:
        return unknown_word(text)
    if action:
        return Act(action)
    if text.isdecimal() and 0 < int(text) <= lines:
        return Change(int(text) - 1)
    return f"A number from 1 to {lines} would do, or Enter."


def _text_in(inner: Application[Any] | None) -> str | None:
    """What stands in a prompt for text; None in other prompts."""
    buffer = inner.layout.current_buffer if inner else None
    return buffer.text if buffer else None


def _without_draft(result: Any) -> Any:
    """What somebody chose from a list has no half-typed text."""
    if isinstance(result, Interrupted):
        return Interrupted(for_good=result.for_good)
    return _Options(None) if isinstance(result, _Options) else result
