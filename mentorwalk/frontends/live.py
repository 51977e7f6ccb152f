"""The live frontend: one calm card on the whole screen, and a clock that moves beside typing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from prompt_toolkit.key_binding import KeyBindings

from mentorwalk.answers import read, read_items
from mentorwalk.card import Card
from mentorwalk.errors import Unreadable
from mentorwalk.frontends.drawing import ASCII, Symbols
from mentorwalk.frontends.prompts import (
    Chose,
    Prompt,
    as_offered,
    line,
    menu,
    own_words,
    prompt_for,
    select,
)
from mentorwalk.frontends.screen import READ_ON, Page, Screen, Tab, whole_screen
from mentorwalk.frontends.wording import (
    ACCEPT,
    ACTIONS,
    DRAFT,
    INTERRUPTED,
    INTERRUPTED_CHOICES,
    PAUSED,
    PAUSED_TIP,
    ClockStyle,
    action_of,
    unknown_word,
    wanted,
)
from mentorwalk.walk import Act, Action, Change, Interrupted, Kept, Said, Talked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.card import Question
    from mentorwalk.walk import Watch

OPTIONS = "Tab: options"
ON = ("Enter: go on",)
LETTERS = {Action.STOP: "x"}
"""The letters of the menu, where it is not the action's first."""


@dataclass
class Live:
    """Asks on a terminal."""

    clock: ClockStyle = "calm"
    symbols: Symbols = field(default_factory=Symbols)

    def __post_init__(self) -> None:
        """Take a screen of these looks."""
        self.screen = Screen(self.clock, self.symbols)

    # --- What the walk asks for

    def talk(self, card: Card, watch: Watch | None) -> Talked | Act | Interrupted:
        """Show a card and wait for Enter, or for the first letter of an answer."""
        enter = "Enter: we have talked" if card.opens else "Enter: on we go"
        typing = ("or just type",) if card.types_through else ()
        page = _page(card, (enter, *typing, OPTIONS) if card.steps else ON)
        while True:
            result = self._shown(card, page, watch, _talk_keys(card))
            if result == "/":
                result = self._typed_word(page, watch)
            if isinstance(result, Talked | Act | Interrupted):
                return result

    def ask(self, card: Card, question: Question, watch: Watch | None) -> Said | Act | Interrupted:
        """Ask one question with the prompt that fits its type."""
        draft, complaint = question.draft, question.complaint
        while True:
            page = _question_page(card, question, complaint)
            prompt = prompt_for(question, draft, self._pointer)
            result = self._shown(card, page, watch, prompt.keys, prompt)
            if result is Chose.OWN_WORDS:
                prompt = own_words(question, self._pointer)
                result = self._shown(card, page, watch, prompt.keys, prompt)
                result = Tab() if result == "" else result
            if isinstance(result, Act | Interrupted):
                return result
            if isinstance(result, Tab):
                draft = draft if result.draft is None else result.draft
                continue
            try:
                return _understood(question, result)
            except Unreadable as error:
                draft, complaint = result if isinstance(result, str) else draft, str(error)

    def settle(
        self, card: Card, sheet: list[Question], watch: Watch | None
    ) -> Kept | Change | Act | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        complaint = ""
        while True:
            page = _sheet_page(card, sheet, complaint)
            prompt = line("", self._pointer)
            result = self._shown(card, page, watch, prompt.keys, prompt)
            if isinstance(result, Act | Interrupted):
                return result
            reply = "" if isinstance(result, Tab) else _sheet_reply(result, len(sheet))
            if not isinstance(reply, str):
                return reply
            complaint = reply

    def decide(self, card: Card, document: str, watch: Watch | None) -> Said | Act | Interrupted:
        """Show the agreement, and ask how it shall stand."""
        page = Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.document(card, document),
            ("Enter: choose", READ_ON, OPTIONS),
        )
        while True:
            prompt = select([(False, DRAFT), (True, ACCEPT)], self._pointer, default=False)
            result = self._shown(card, page, watch, prompt.keys, prompt)
            if isinstance(result, Act | Interrupted):
                return result
            if isinstance(result, bool):
                return Said(result)

    def pause(self, card: Card) -> None:
        """Wait for Enter."""
        page = Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.body(Card(ask=PAUSED, tip=PAUSED_TIP)),
            ON,
        )
        while not isinstance(self.screen.run(page, None, _talk_keys(Card(ask=""))), Talked):
            pass

    def interrupted(self) -> Literal["go on", "stop", "close"]:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        page = _page(Card(ask=INTERRUPTED), ("Enter: choose", "Ctrl-C again: stop and save"))
        prompt = select(list(INTERRUPTED_CHOICES.items()), self._pointer, default="go on")
        result = self.screen.run(page, None, prompt.keys, prompt)
        if isinstance(result, Interrupted):
            return "stop"
        return next((choice for choice in INTERRUPTED_CHOICES if choice == result), "go on")

    # --- One stop, and the options beside it

    def _shown(
        self,
        card: Card,
        page: Page,
        watch: Watch | None,
        keys: KeyBindings,
        prompt: Prompt | None = None,
    ) -> Any:
        """What came of a page; a Tab that comes back means: show it again."""
        result = self.screen.run(page, watch, keys, prompt)
        if isinstance(result, Tab) and card.steps:
            return self._options(card, result.draft, watch)
        return result

    def _options(self, card: Card, draft: str | None, watch: Watch | None) -> Act | Tab:
        """What can be done beside answering."""
        keys = ("Enter: choose", "a letter chooses too", "Tab: back to the card")
        page = Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.body(Card(ask="Options")),
            keys,
        )
        letters = {act: (LETTERS.get(act, act.value[0]), words) for act, words in ACTIONS.items()}
        prompt = menu(letters, self._pointer)
        result = self.screen.run(page, watch, prompt.keys, prompt)
        return Act(result, draft) if isinstance(result, Action) else Tab(draft)

    def _typed_word(self, page: Page, watch: Watch | None) -> Any:
        """A `/word` on a card where nothing is being written down."""
        prompt = line("/", self._pointer)
        typed = self.screen.run(page, watch, prompt.keys, prompt)
        if not isinstance(typed, str):
            return typed
        try:
            action = action_of(typed)
        except KeyError:
            action = None
        return Act(action) if action else Tab()

    @property
    def _pointer(self) -> str:
        return ">" if self.symbols == ASCII else "›"


@contextmanager
def live_screen(clock: ClockStyle) -> Iterator[Live]:
    """Ask on this terminal for as long as a session lasts."""
    with whole_screen(clock) as screen:
        yield Live(clock, screen.symbols)


def _page(card: Card, keys: tuple[str, ...]) -> Page:
    return Page(lambda drawing: drawing.header(card), lambda drawing: drawing.body(card), keys)


def _question_page(card: Card, question: Question, complaint: str) -> Page:
    return Page(
        lambda drawing: drawing.header(card),
        lambda drawing: drawing.question(card, question, complaint, wanted(question)),
        (*_keys_for(question), OPTIONS) if card.steps else ON,
    )


def _sheet_page(card: Card, sheet: list[Question], complaint: str) -> Page:
    return Page(
        lambda drawing: drawing.header(card),
        lambda drawing: drawing.sheet(card, sheet, complaint),
        ("Enter: keep all", "a number changes one", OPTIONS),
    )


def _keys_for(question: Question) -> tuple[str, ...]:
    match question.field.type:
        case "text":
            return ("Enter: write it down", "Alt+Enter: new line")
        case "list":
            return ("Enter: next item", "Enter on an empty line: done")
        case "checkbox":
            return ("Space: mark", "Enter: keep")
        case "confirm":
            return ("y or n",)
        case _:
            return ("Enter: keep",)


def _talk_keys(card: Card) -> KeyBindings:
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


def _understood(question: Question, typed: Any) -> Said | Act:
    """Read what a prompt gave; a typed `/word` is an action.

    Raises:
        Unreadable: It does not fit the field.
    """
    if typed is Chose.NOTHING:
        return Said(None)
    if isinstance(typed, bool):
        return Said(typed)
    names = dict(question.names)
    if isinstance(typed, list):
        return Said(read_items(question.field, tuple(typed), names))
    action = _action(typed)
    if action:
        return Act(action)
    if question.value is not None and typed == as_offered(question):
        return Said(question.value)
    return Said(read(question.field, typed, question.today, names))


def _action(typed: str) -> Action | None:
    try:
        return action_of(typed)
    except KeyError:
        raise Unreadable(unknown_word(typed.strip())) from None


def _sheet_reply(typed: str, lines: int) -> Kept | Change | Act | str:
    text = typed.strip()
    if not text:
        return Kept()
    try:
        action = _action(text)
    except Unreadable as error:
        return str(error)
    if action:
        return Act(action)
    if text.isdecimal() and 0 < int(text) <= lines:
        return Change(int(text) - 1)
    return f"A number from 1 to {lines} would do, or Enter."
