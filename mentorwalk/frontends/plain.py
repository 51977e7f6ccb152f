"""The plain frontend: lines in, lines out. Nothing is redrawn, and no box or colour is needed."""

from __future__ import annotations

import getpass
import re
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Literal, TextIO

from mentorwalk.domain.answers import UNKNOWN, read, read_items, unsure
from mentorwalk.domain.errors import StorageError, Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.text import clean, labelled
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Said,
    Talked,
)
from mentorwalk.frontends.messages import (
    ACTIONS,
    CLOCK_STYLES,
    INTERRUPTED,
    INTERRUPTED_CHOICES,
    NOTHING_YET,
    OFF_RECORD,
    PAUSED,
    PAUSED_TIP,
    ClockStyle,
    act_of,
    clock_words,
    next_style,
    numbered,
    offered,
    typed_word,
    unknown_word,
    unsure_key,
    wanted,
    ways_to_accept,
)
from mentorwalk.frontends.signals import HangUp, HungUp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card, Question
    from mentorwalk.engine.frontend import ClockView, Proposal

NOTHING = "-"
"""Typed alone, it takes an answer back."""
HELP, TIME = "/help", "/time"
GOES_ON = "\\"
"""At the end of a line of text: it goes on in the next one."""
NOT_HERE = N_("Nothing is written down at this point. Enter: go on.")
_BEAT = 1.0
"""Seconds between two pulses while a line is awaited."""


class _Left(Exception):  # noqa: N818 - a signal within this frontend
    """Instead of a line there came an action, Ctrl-C or the end of input."""

    def __init__(self, reply: Command | Interrupted) -> None:
        self.reply = reply


@dataclass
class PlainFrontend:
    """Asks on a pair of text streams."""

    source: TextIO
    target: TextIO
    clock: ClockStyle = "calm"
    hang_up: HangUp = field(default_factory=HangUp)
    _shown: Card | None = field(default=None, init=False)
    _begun: str = field(default="", init=False)
    """What was typed at the talk: a whole answer, where a draft is only half of one."""
    _later: bool = field(default=False, init=False)
    """More time was asked for, so that the clock has something new to say."""

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show a card and wait for Enter; a line typed here is the first answer already."""
        self._show(card, watch)
        enter = _("Enter: go on. {help} for more.")
        enter = _("Enter: we have talked. {help} for more.") if card.speaks else enter
        self._say(enter.format(help=HELP))
        try:
            while (line := self._line(watch)).strip() and not card.types_through:
                self._say(_(NOT_HERE))
            lines = self._continued([line], watch)
        except _Left as left:
            return left.reply
        self._begun = "\n".join(lines)
        return Talked(self._begun)

    def ask(
        self, card: Card, question: Question, watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Ask one question."""
        self._show(card, watch)
        typed = None if question.complaint else question.draft
        whole = bool(typed) and typed == self._begun
        self._begun = ""
        while True:
            try:
                if whole:
                    return Said(self._read(question, typed or ""))
                self._put(question)
                return Said(self._read(question, self._typed(question, typed, watch)))
            except Unreadable as error:
                self._say(str(error))
                typed, whole = None, False
            except _Left as left:
                return left.reply

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        self._show(card, watch)
        for number, question in enumerate(sheet, start=1):
            note = f" ({question.note})" if question.note else ""
            line = labelled(question.label, question.current or _(NOTHING_YET))
            self._say(f"{number}. {line}{note}")
        self._say(_("Enter keeps all, a number changes one."))
        while True:
            try:
                line = self._line(watch).strip()
            except _Left as left:
                return left.reply
            if not line:
                return AcceptSheet()
            if number := numbered(line, len(sheet)):
                return EditLine(number - 1)
            told = _("A number from 1 to {most} would do, or Enter.")
            self._say(told.format(most=len(sheet)))

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Show the agreement, and ask how it shall stand."""
        self._show(card, watch)
        ways = ways_to_accept(proposal)
        self._say("", *proposal.text.rstrip().split("\n"), "")
        self._say(*(f"{number}. {words}" for number, (_way, words) in enumerate(ways, start=1)))
        self._say(_("A number would do; Enter: 1."))
        try:
            return Said(ways[self._number(len(ways), 1, watch) - 1][0])
        except _Left as left:
            return left.reply

    def pause(self, card: Card) -> Interrupted | None:
        """Wait for Enter, or `/go`; a Ctrl-C here asks as anywhere else."""
        self._say(_(PAUSED), _(PAUSED_TIP), _("Enter, or {go}: go on.").format(go="/go"))
        self._shown = card
        try:
            line = "" if self.hang_up.came else self.source.readline()
        except KeyboardInterrupt:
            return Interrupted(for_good=self.hang_up.came)
        except OSError:
            line = ""
        return None if line else Interrupted(for_good=True)

    def interrupted(self) -> Literal["go on", "stop", "close"]:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        self._say("", _(INTERRUPTED))
        for number, words in enumerate(INTERRUPTED_CHOICES.values(), start=1):
            self._say(f"{number}. {_(words)}")
        while True:
            try:
                chosen = self._number(len(INTERRUPTED_CHOICES), 1, None)
                return list(INTERRUPTED_CHOICES)[chosen - 1]
            except _Left as left:
                if isinstance(left.reply, Interrupted):
                    return "stop"
                self._say(_number_to(len(INTERRUPTED_CHOICES)))

    # --- Showing

    def _say(self, *lines: str) -> None:
        width = get_terminal_size().columns if self.target.isatty() else 0
        try:
            for line in lines:
                self.target.write(f"{fill(line, width) if len(line) >= width > 0 else line}\n")
            self.target.flush()
        except OSError:
            # Nobody reads on: the window was closed, or the other end of the pipe.
            raise HungUp from None

    def _show(self, card: Card, watch: ClockView | None) -> None:
        """Say a card once; when it comes again, only what is new about it."""
        before = self._shown
        if before and replace(before, hints=card.hints) == card:
            self._say(*map(_tried, card.hints[len(before.hints) :]))
            if self._later and self.clock != "off":
                self._tell_time(watch)
        else:
            self._say("", *_lines(card))
            if self.clock != "off":
                self._tell_time(watch)
        self._shown, self._later = card, False

    def _tell_time(self, watch: ClockView | None) -> None:
        if watch:
            style = "calm" if self.clock == "off" else self.clock
            self._say("; ".join(clock_words(watch.reading(), style)))

    def _put(self, question: Question) -> None:
        if question.complaint:
            self._say(question.complaint)
        would_do = wanted(question)
        self._say(question.label + (f" ({would_do})" if would_do else ""))
        if question.help:
            self._say(question.help)
        for number, option in enumerate(question.options, start=1):
            self._say(f"{number}. {option.shown}")
        if question.options and question.field.other:
            self._say(_("In your own words: just write them."))
        if question.unsure and not question.options:
            self._say(unsure_key())
        if question.current and question.value is not None:
            keeps = _("Enter keeps: {answer}. {sign} takes it back.")
            # What is asked beside the cards is kept or chosen anew: there is nothing to take back.
            keeps = _("Enter keeps: {answer}") if question.beside else keeps
            self._say(keeps.format(answer=question.current.removesuffix("."), sign=NOTHING))

    # --- Reading

    def _typed(self, question: Question, begun: str | None, watch: ClockView | None) -> str:
        """What is typed for a question: one line, or more where the type takes more."""
        if question.field.type == "list":
            return self._items(begun, watch)
        if begun and question.field.type == "text":
            self._say(_("So far: {text}").format(text=begun))
            return "\n".join(self._continued([begun, self._line(watch)], watch))
        lines = [self._line(watch, unseen=question.unseen)]
        if question.field.type == "text" and not question.unseen:
            lines = self._continued(lines, watch)
        return "\n".join(lines)

    def _continued(self, lines: list[str], watch: ClockView | None) -> list[str]:
        """A line that ends in a backslash goes on in the next; who leaves finds it again."""
        while lines[-1].endswith(GOES_ON):
            lines[-1] = lines[-1][:-1]
            try:
                lines.append(self._line(watch))
            except _Left as left:
                raise _Left(replace(left.reply, draft="\n".join(lines))) from None
        return lines

    def _items(self, begun: str | None, watch: ClockView | None) -> str:
        """Items, one a line, until an empty one; whoever leaves half-way finds them again."""
        lines = begun.split("\n") if begun else []
        if lines:
            self._say(_("So far: {items}.").format(items=_(", ").join(lines)))
        while True:
            try:
                line = self._line(watch)
            except _Left as left:
                draft = "\n".join(lines) if lines else None
                raise _Left(replace(left.reply, draft=draft)) from None
            if not line or (line == NOTHING and not lines):
                return "\n".join(lines) or line
            lines.append(line)

    def _read(self, question: Question, typed: str) -> Value | None:
        text = clean(typed)
        if not text:
            return question.value
        if text == NOTHING:
            return None
        if question.unsure and unsure(text):
            return UNKNOWN
        names = dict(question.names)
        if question.options and (picks := self._picks(question, text)):
            if question.unsure and UNKNOWN in picks:
                return UNKNOWN
            if question.field.type == "checkbox":
                return read_items(question.field, picks, names)
            text = picks[0] if len(picks) == 1 else text
        return read(question.field, text, question.today, names)

    def _picks(self, question: Question, text: str) -> tuple[str, ...]:
        """What numbers mean; where several things can be chosen, words may stand among them."""
        items = [item.strip() for item in text.split(",")]
        numbers = [item for item in items if re.fullmatch(r"\d{1,4}", item)]
        if not numbers or (question.field.type != "checkbox" and numbers != items):
            return ()
        return tuple(self._pick(question, int(i)) if i in numbers else i for i in items)

    def _pick(self, question: Question, number: int) -> str:
        """The choice of that number, unless the number itself is a choice."""
        if str(number) in (option.pick for option in question.options):
            return str(number)
        if not 0 < number <= len(question.options):
            raise Unreadable(_number_to(len(question.options)))
        return question.options[number - 1].pick

    def _number(self, most: int, usual: int, watch: ClockView | None) -> int:
        while line := self._line(watch).strip():
            if number := numbered(line, most):
                return number
            self._say(_number_to(most))
        return usual

    def _line(self, watch: ClockView | None, *, unseen: bool = False) -> str:
        """The next line, or what came instead of it."""
        while True:
            if self.hang_up.came:
                raise _Left(Interrupted(for_good=True))
            try:
                with _pulsing(watch):
                    line = self._unseen() if unseen else self.source.readline()
            except KeyboardInterrupt:
                raise _Left(Interrupted(for_good=self.hang_up.came)) from None
            except (EOFError, OSError):
                line = ""
            if not line:
                raise _Left(Interrupted(for_good=True))
            if not self._told(line, watch, unseen=unseen):
                return line.rstrip("\n")

    def _told(self, line: str, watch: ClockView | None, *, unseen: bool) -> bool:
        """Do what a `/word` asks for here; the walk's own actions leave instead."""
        word = line.strip().lower()
        if word == HELP:
            self._help()
        elif word == TIME:
            self._tell_time(watch)
        else:
            try:
                act = act_of(line, self._shown)
            except KeyError:
                self._say(unknown_word("" if unseen else word, self._shown))
                return True
            if act and act.action is not Action.CLOCK:
                self._later = act.action is Action.MORE_TIME
                raise _Left(act)
            if act is None:
                return False
            self.clock = next_style(self.clock)
            self._say(_(CLOCK_STYLES[self.clock]))
        return True

    def _unseen(self) -> str:
        """A line that does not appear, where there is a terminal that would show it."""
        if self.source is sys.stdin and self.source.isatty():
            return f"{getpass.getpass('', self.target)}\n"
        return self.source.readline()

    def _help(self) -> None:
        self._say(*(f"{typed_word(each)}: {_(ACTIONS[each])}" for each in offered(self._shown)))
        if not (self._shown and self._shown.alone):
            clock = _("what the clock says")
            self._say(f"{TIME}: {clock}")
        told = _(
            "{sign} alone takes an answer back. {on} at the end of a line goes on in the next."
        )
        self._say(told.format(sign=NOTHING, on=GOES_ON))


@contextmanager
def _pulsing(watch: ClockView | None) -> Iterator[None]:
    """Let the session keep its time while a line is awaited."""
    if watch is None:
        yield
        return
    over = threading.Event()

    def beat() -> None:
        """Pulse until the line has come."""
        # What a full disk refuses here, the next answer tells, where somebody can act on it.
        with suppress(StorageError):
            while not over.wait(_BEAT):
                watch.pulse()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _number_to(most: int) -> str:
    return _("A number from 1 to {most} would do.").format(most=most)


def _tried(hint: str) -> str:
    return _("Try: {hint}").format(hint=hint)


def _lines(card: Card) -> Iterator[str]:
    if card.mark:
        yield f"{card.mark}."
    now = next((step.short for step in card.steps if step.state == "now"), card.title)
    yield ", ".join(filter(None, [now, card.place]))
    if card.off_record:
        yield _(OFF_RECORD)
    if card.speaks:
        yield f"{card.speaks}."
    if card.ask:
        yield card.ask
    yield from (line for line in card.read.split("\n") if line)
    yield from (labelled(recalled.label, recalled.text) for recalled in card.recalled)
    if card.tip:
        yield _("Tip: {tip}").format(tip=card.tip)
    yield from map(_tried, card.hints)
