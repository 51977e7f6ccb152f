"""The live frontend: one calm card on the whole screen, and a clock that moves during typing."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from prompt_toolkit.key_binding import KeyBindings

from mentorwalk.domain.card import Card
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.sheet import lines_of, sentence_opened
from mentorwalk.engine.frontend import (
    Command,
    EditLine,
    Interrupted,
    PutBack,
    Reword,
    Said,
    Talked,
    keep_no_draft,
)
from mentorwalk.frontends.command_words import typed_command
from mentorwalk.frontends.frame import UNLIMITED
from mentorwalk.frontends.live import footers
from mentorwalk.frontends.live.choosing import select
from mentorwalk.frontends.live.garbage import collect, short_collections
from mentorwalk.frontends.live.keyboard import EnterGuard
from mentorwalk.frontends.live.pager import Pager, leave
from mentorwalk.frontends.live.pages import (
    Bookmark,
    page_of,
    pause_page,
    question_page,
    sheet_page,
    talk_page,
)
from mentorwalk.frontends.live.prompt import Chose, Prompt, ending_with
from mentorwalk.frontends.live.prompts import line, own_words, prompt_for
from mentorwalk.frontends.live.replies import reply_to, reply_to_sheet
from mentorwalk.frontends.live.screen import Screen, Tab, Typing
from mentorwalk.frontends.live.terminal import whole_screen
from mentorwalk.frontends.messages import INTERRUPTED, interrupted_choices
from mentorwalk.frontends.signals import HangUp
from mentorwalk.frontends.signs import Symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import (
        AcceptSheet,
        ClockView,
        InterruptChoice,
        KeepDraft,
        Proposal,
    )
    from mentorwalk.frontends.clock_words import ClockStyle
    from mentorwalk.frontends.live.pages import Page
    from mentorwalk.frontends.live.prompt import Picked


class LiveFrontend:
    """Asks on a terminal."""

    def __init__(
        self,
        clock: ClockStyle = "calm",
        symbols: Symbols | None = None,
        hang_up: HangUp | None = None,
        guard: EnterGuard | None = None,
    ) -> None:
        """Make a screen with this look, which a hang-up ends; a guard holds bursts of Enter."""
        self.screen = Screen(clock, symbols or Symbols(), hang_up or HangUp(), guard)
        self._pager = Pager(self.screen)
        self._ahead: str | None = None
        """The text that was begun at the talk, or already sent there."""
        self._sent = False
        self._sheet: tuple[tuple[str, ...], Bookmark] = ((), Bookmark())

    # --- What the walk asks for

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show a card and wait for Enter, or for the first letter of an answer."""
        page = talk_page(card)
        while True:
            reply = self._pager.shown(card, page, watch, _talk_prompt(card))
            if reply is Chose.COMMAND:
                reply = self._pager.typed(card, page, watch)
                self._sent = isinstance(reply, str)
            if isinstance(reply, str):
                # The first question is asked next, and begins with it.
                self._ahead, reply = reply, Talked()
            if isinstance(reply, Talked | Command | Interrupted):
                return reply

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command | Interrupted:
        """Ask one question with the prompt that fits its type."""
        draft = question.draft if self._ahead is None else self._ahead
        typing, self._ahead = Typing(draft, question.draft, keep_draft), None
        complaint = question.complaint
        in_own_words = bool(draft) and question.field.type in ("select", "checkbox")
        while True:
            prompt = prompt_for(question, typing.text, self.screen.symbols)
            page = question_page(card, question, complaint, prompt)
            if question.apart and card.steps:
                prompt.keys.add("escape")(leave)
            result: Picked | Tab | Command | Interrupted = Chose.OWN_WORDS
            # Enter was pressed at the talk: nobody has to press it twice.
            if self._sent:
                result, self._sent = typing.text or "", False
            elif not (in_own_words or question.adds):
                result = self._pager.shown(card, page, watch, prompt, typing)
                question = _as_marked(question, prompt)
                typing.text = prompt.begun() or typing.text
            if _wants_own_words(result):
                result = self._own_words(card, page, watch, question, typing)
                in_own_words = False
            try:
                reply = self._reply(card, replace(question, complaint=complaint), result)
            except Unreadable as error:
                typing.text = result if isinstance(result, str) else typing.text
                complaint = str(error)
                continue
            if isinstance(result, str) and isinstance(reply, Command):
                # The typed `/word` is no draft: keep the one before it.
                typing.text = question.draft
                typing.rest()
            if not isinstance(reply, Tab):
                return reply

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        complaint, typing, opened = "", Typing(), ""
        while True:
            prompt = line(typing.text or "", self._pager.pointer, kept=opened)
            page = sheet_page(card, sheet, complaint, prompt, self._bookmark_of(card, sheet))
            if card.reviews:
                prompt.keys.add("escape")(leave)
            result = self._pager.shown(card, page, watch, prompt, typing)
            complaint = ""
            if isinstance(result, Tab):
                continue
            typing.text = ""
            if isinstance(result, Command | Interrupted):
                self._turn_page(card, sheet, result)
                return result
            if opened := sentence_opened(sheet, result).partition(" ")[0]:
                typing.text, opened = sentence_opened(sheet, result), f"{opened} "
                continue
            try:
                reply = self._pager.on_the_spot(reply_to_sheet(card, result, sheet))
            except Unreadable as error:
                # The line is empty again, so that the next number is not added to this text.
                complaint = str(error)
                continue
            if not isinstance(reply, Tab):
                self._turn_page(card, sheet, reply)
                return reply

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | Reword | PutBack | Command | Interrupted:
        """Show the agreement on the whole screen, and then ask what becomes of it.

        If it was reworded since a yes, ask about what changed.
        """
        # Loaded here: it is the end of a talk.
        from mentorwalk.frontends.live.agreement_pages import AgreementPages  # noqa: PLC0415

        return AgreementPages(self._pager, card, proposal, watch).decided()

    def pause(self, card: Card) -> Interrupted | None:
        """Wait for Enter; a Ctrl-C here asks as anywhere else."""
        while True:
            result = self.screen.run(pause_page(card), None, _talk_prompt(Card(ask="")))
            if isinstance(result, Interrupted):
                return result
            if isinstance(result, Talked):
                return None

    def interrupted(self, card: Card) -> InterruptChoice:
        """Ask what a Ctrl-C was meant to do; Escape goes on, a second one stops."""
        keys = footers.beside(footers.CHOOSE, footers.GO_ON, N_("Ctrl-C again: stop"))
        page = page_of(Card(ask=_(INTERRUPTED)), keys)
        choices = list(interrupted_choices(card).items())
        prompt = select(choices, self._pager.pointer, default="go on")
        prompt.keys.add("escape")(ending_with("go on"))
        result = self.screen.run(page, None, prompt)
        if isinstance(result, Interrupted):
            return "stop"
        return "go on" if isinstance(result, Tab | Chose) else result

    # --- The parts of a question

    def _reply(
        self, card: Card, question: Question, result: Picked | Tab | Command | Interrupted
    ) -> Said | Command | Interrupted | Tab:
        if isinstance(result, Tab | Command | Interrupted):
            return result
        return self._pager.on_the_spot(reply_to(card, question, result))

    def _own_words(
        self, card: Card, page: Page, watch: ClockView | None, question: Question, typing: Typing
    ) -> str | list[str | Chose] | Tab | Command | Interrupted:
        """Show a line for own words; an empty one leads back to the choices."""
        while True:
            prompt = own_words(question, typing.text, self._pager.pointer)
            page = replace(page, keys=partial(footers.of_own_words, card, prompt))
            result = self._pager.shown(card, page, watch, prompt, typing)
            if isinstance(result, Tab):
                continue
            marked = question.value if isinstance(question.value, tuple) else ()
            if result == "":
                typing.text = None
                typing.rest()
                return [*marked] if question.adds else Tab()
            if isinstance(result, str) and question.field.type == "checkbox":
                return result if typed_command(result, card) else [*marked, result]
            return result

    def _bookmark_of(self, card: Card, sheet: list[Question]) -> Bookmark | None:
        """Return how far sentences, or the lines of a review, were read: a change turns no page."""
        if not (card.strikes or any(question.by_sentence for question in sheet)):
            return None
        asked = (card.ask, *(question.id for question in sheet if not card.strikes))
        if asked != self._sheet[0]:
            self._sheet = (asked, Bookmark())
        return self._sheet[1]

    def _turn_page(self, card: Card, sheet: list[Question], reply: object) -> None:
        """Turn to a sentence that is added; begin a review at its top after it was left."""
        if isinstance(reply, EditLine) and lines_of(sheet)[reply.line].adds:
            self._sheet[1].row, self._sheet[1].to_end = UNLIMITED, False
        elif card.strikes and not isinstance(reply, EditLine):
            self._sheet = ((), Bookmark())


@contextmanager
def live_screen(clock: ClockStyle, hang_up: HangUp | None = None) -> Iterator[LiveFrontend]:
    """Ask on this terminal for as long as a session lasts."""
    with whole_screen() as symbols, short_collections():
        live = LiveFrontend(clock, symbols, hang_up, EnterGuard(time.monotonic))
        live.screen.at_rest = collect
        yield live


def _talk_prompt(card: Card) -> Prompt[Talked | str | Literal[Chose.COMMAND]]:
    """Return the keys of a talk: Enter, `/`, and where an answer may begin, any letter or paste."""
    keys = KeyBindings()
    keys.add("enter")(ending_with(Talked()))

    @keys.add("<any>")
    def begin_typing(event: KeyPressEvent) -> None:
        """Begin a `/word` or the answer."""
        if event.data == "/" and card.steps:
            event.app.exit(result=Chose.COMMAND)
        elif card.types_through and event.data.isprintable():
            event.app.exit(result=event.data)

    @keys.add("<bracketed-paste>")
    def paste(event: KeyPressEvent) -> None:
        """Begin the answer with what was pasted."""
        if card.types_through:
            event.app.exit(result=event.data.replace("\r\n", "\n").replace("\r", "\n"))

    return Prompt(keys=keys)


def _wants_own_words(result: Picked | Tab | Command | Interrupted) -> bool:
    return result is Chose.OWN_WORDS or (isinstance(result, list) and Chose.OWN_WORDS in result)


def _as_marked(question: Question, prompt: Prompt[Picked]) -> Question:
    """Return the question with the boxes that are marked now as its value."""
    if question.field.type != "checkbox" or question.unseen:
        return question
    return replace(question, value=prompt.marked)
