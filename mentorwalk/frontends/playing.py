"""The frontend of `demo`: the pages of the live screen, with answers that type themselves."""

from __future__ import annotations

import io
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from mentorwalk.domain.answers import Answer
from mentorwalk.domain.text import clean
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Said,
    Talked,
    keep_no_draft,
)
from mentorwalk.frontends.drawing import Drawing
from mentorwalk.frontends.expected_words import expected
from mentorwalk.frontends.frame import clock_face
from mentorwalk.frontends.scripted import TALKED, ScriptedFrontend, asking, settling
from mentorwalk.frontends.signs import ASCII, Symbols
from mentorwalk.frontends.size import size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal

FRAMES = 10
"""Pictures of the moving clock while two people talk."""
TALK, READ, GLANCE = 0.7, 1.0, 0.5
"""Seconds that the viewer has for a talk, for something to read, and for a glance."""
LETTER = 0.012
"""Seconds between two typed letters."""
HINT_AT = 5
"""The card on which the talk stalls, so that a hint is seen."""
KEYS = ("it plays itself", "Ctrl-C: leave")


@dataclass
class PlayingFrontend(ScriptedFrontend):
    """Draws one page after another, and types sample answers letter by letter."""

    target: TextIO = field(default_factory=io.StringIO)
    advance: Callable[[float], None] = lambda _seconds: None
    """Moves the session's clock on by some seconds."""
    wait: Callable[[float], None] = time.sleep
    """Waits some seconds, for the viewer."""
    size: Callable[[TextIO], tuple[int, int]] = size_of
    """Returns the columns and rows of the target."""
    symbols: Symbols = field(default_factory=Symbols)
    talks: int = 0
    """The talks played so far."""

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command:
        """Let the clock move through a card's time; once, ask for a hint."""
        self.talks += 1
        drawing = self._drawing()
        stalls = self.talks == HINT_AT and not card.hints
        planned = watch.reading().card_left if watch else 0.0
        for _frame in range(FRAMES):
            self._page(card, drawing.body(card), watch)
            self.wait(TALK / FRAMES)
            self.advance(planned * (0.4 if stalls else TALKED) / FRAMES)
        if stalls:
            return Command(Action.HINT)
        self.wait(READ if card.hints or card.read else 0)
        return super().talk(card, watch)

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        _keep_draft: KeepDraft = keep_no_draft,
    ) -> Said:
        """Type an answer letter by letter."""
        said = super().ask(card, question, watch)
        typed = Answer(question.field, said.value).typed
        drawing = self._drawing()
        asked = drawing.question(card, question, question.complaint, expected(question))
        for length in range(0, len(typed) + 1, 2):
            self._page(card, f"{asked}\n{_typed(drawing, question, typed[:length])}", watch)
            self.wait(2 * LETTER)
        self._page(card, f"{asked}\n{_typed(drawing, question, typed)}", watch)
        self.wait(GLANCE)
        self.advance(asking(card, question, watch))
        return said

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine:
        """Show a sheet for as long as it takes to read."""
        drawing = self._drawing()
        self._page(card, drawing.sheet(card, sheet, ""), watch)
        self.wait(READ)
        self.advance(settling(sheet, watch))
        return super().settle(card, sheet, watch)

    def decide(self, card: Card, proposal: Proposal, watch: ClockView | None) -> Said:
        """Show the agreement."""
        self._page(card, self._drawing().document(card, proposal.text), watch)
        self.wait(2 * READ)
        return super().decide(card, proposal, watch)

    def _drawing(self) -> Drawing:
        columns, rows = self.size(self.target)
        return Drawing(columns, self.symbols, rows)

    def _page(self, card: Card, body: str, watch: ClockView | None) -> None:
        """Draw a whole screen over the one before it."""
        drawing, rows = self._drawing(), self.size(self.target)[1]
        above = [*drawing.header(card).split("\n"), ""]
        clock = drawing.clock(clock_face(watch.reading(), "calm")) if watch else ""
        below = [*(clock.split("\n") if clock else []), *drawing.keys(*KEYS).split("\n")]
        room = max(1, rows - len(above) - len(below))
        middle = body.split("\n")[:room]
        lines = [*above, *middle, *[""] * (room - len(middle)), *below][:rows]
        self.target.write("\x1b[H" + "\r\n".join(f"{line}\x1b[0m\x1b[K" for line in lines))
        self.target.write("\x1b[J")
        self.target.flush()


@contextmanager
def stage(target: TextIO) -> Iterator[Symbols]:
    """Take the whole screen, and give it back as it was; give the symbols that it can show."""
    target.write("\x1b[?1049h\x1b[?25l\x1b[2J")
    try:
        yield Symbols() if "utf" in (target.encoding or "").lower() else ASCII
    finally:
        target.write("\x1b[?25h\x1b[?1049l")
        target.flush()


def _typed(drawing: Drawing, question: Question, text: str) -> str:
    """Return a line that is being typed, with its cursor, and the sentence that it finishes."""
    pointer, cursor = drawing.symbols.pointer, drawing.symbols.cursor
    line = Text(f"{pointer} ", "cyan").append(clean(text), "bold").append(cursor, "cyan")
    typed = drawing.ansi(Padding(line, (1, 0, 0, drawing.margin)))
    if question.unfinished is None or question.options:
        return typed
    return f"{typed}\n{drawing.sentence(question.unfinished.with_words(text))}"
