"""The console of the plain frontend: lines are said, and lines are read, with their `/words`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from errno import EIO, EPIPE
from textwrap import fill
from typing import TYPE_CHECKING, TextIO

from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.text import labelled, undecoded
from mentorwalk.engine.frontend import Action
from mentorwalk.frontends.clock_words import CLOCK_STYLES, ClockStyle, clock_words, next_style
from mentorwalk.frontends.command_words import number_in, typed_command
from mentorwalk.frontends.plain_input import LineInput, NotALine
from mentorwalk.frontends.plain_lines import (
    HELP,
    TIME,
    back_line,
    card_lines,
    help_lines,
    hint_line,
    number_line,
)
from mentorwalk.frontends.signals import HangUp, HungUp
from mentorwalk.frontends.size import size_of

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.engine.frontend import ClockView

NO_TEXT = N_("That line is not text in {encoding}, so nobody could read it. Please type it again.")


@dataclass
class Console:
    """A pair of text streams, what was said on it last, and the look of its clock."""

    source: TextIO
    target: TextIO
    clock: ClockStyle
    hang_up: HangUp
    shown: Card | None = field(default=None, init=False)
    """The card that was said last."""
    ahead: list[str] = field(default_factory=list, init=False)
    """The line typed at the talk, which begins the first answer."""
    _more_time: bool = field(default=False, init=False)
    """Whether more time was asked for, so that the clock has something new to say."""

    def __post_init__(self) -> None:
        """Read lines from the source."""
        self._input = LineInput(self.source, self.target, self.hang_up)

    def say(self, *lines: str) -> None:
        """Write lines, folded where a terminal is too narrow for them.

        Raises:
            HungUp: Nobody reads on.
        """
        width = size_of(self.target)[0] if self.target.isatty() else 0
        try:
            for line in lines:
                self.target.write(f"{fill(line, width) if len(line) >= width > 0 else line}\n")
            self.target.flush()
        except OSError as error:
            if error.errno not in (EIO, EPIPE):
                raise
            # The window was closed, or the other end of the pipe.
            raise HungUp from None

    def show(self, card: Card, watch: ClockView | None) -> None:
        """Say a card once; when it comes again, only what is new about it."""
        before = self.shown
        if before and _without_what_was_typed(before, card) == card:
            # What is recalled of today was just typed; what lies at hand belongs to this question.
            new = (each for each in card.recalled if each.at_hand and each not in before.recalled)
            self.say(*(labelled(each.label, each.text) for each in new))
            self.say(*map(hint_line, card.hints[len(before.hints) :]))
            if self._more_time and self.clock != "off":
                self._tell_time(watch)
        else:
            self.say("", *card_lines(card))
            if self.clock != "off":
                self._tell_time(watch)
        if card.goes_back and not (before and before.goes_back):
            self.say(back_line())
        self.shown, self._more_time = card, False

    def _tell_time(self, watch: ClockView | None) -> None:
        if watch:
            style = "calm" if self.clock == "off" else self.clock
            self.say("; ".join(clock_words(watch.reading(), style)))

    def number(self, most: int, default: int, watch: ClockView | None) -> int:
        """Return the number that is typed, up to `most`; the default for an empty line.

        Raises:
            NotALine: A command, Ctrl-C or the end of input came instead.
        """
        while line := self.line(watch).strip():
            if number := number_in(line, most):
                return number
            self.say(number_line(most))
        return default

    def wait(self) -> None:
        """Wait for a line, whatever it says.

        Raises:
            NotALine: Ctrl-C or the end of input came instead.
        """
        self._input.next_line(None)

    def line(self, watch: ClockView | None, *, unseen: bool = False) -> str:
        """Return the next line without its newline; what is for the console itself is done first.

        Raises:
            NotALine: A command, Ctrl-C or the end of input came instead.
        """
        if self.ahead:
            return self.ahead.pop()
        while True:
            line = self._input.next_line(watch, unseen=unseen)
            if undecoded(line):
                encoding = (self.source.encoding or "utf-8").upper()
                self.say(_(NO_TEXT).format(encoding=encoding))
            elif not self._handled(line, watch, unseen=unseen):
                return line.rstrip("\n")

    def _handled(self, line: str, watch: ClockView | None, *, unseen: bool) -> bool:
        """Do what a `/word` asks for here; raise `NotALine` for a command that the walk does."""
        word = line.strip().lower()
        if word == HELP:
            self.say(*help_lines(self.shown))
        elif word == TIME:
            self._tell_time(watch)
        else:
            try:
                command = typed_command(line, self.shown, unseen=unseen)
            except Unreadable as error:
                self.say(str(error))
                return True
            if command is None:
                return False
            if command.action is not Action.CLOCK:
                self._more_time = command.action is Action.MORE_TIME
                raise NotALine(command)
            self.clock = next_style(self.clock)
            self.say(_(CLOCK_STYLES[self.clock]))
        return True


def _without_what_was_typed(before: Card, card: Card) -> Card:
    """Return a card as another one is, as far as the lines above it tell what is new there."""
    return replace(
        before,
        hints=card.hints,
        goes_back=card.goes_back,
        recalled=card.recalled,
        says=card.says,
    )
