"""The plain frontend: lines in, lines out. Nothing is redrawn, and no box or colour is needed."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TextIO

from mentorwalk.answers import clean, read, read_items
from mentorwalk.errors import StorageError, Unreadable
from mentorwalk.frontends.wording import (
    ACCEPT,
    ACTIONS,
    DRAFT,
    INTERRUPTED,
    INTERRUPTED_CHOICES,
    NOTHING_YET,
    OWN_WORDS,
    PAUSED,
    PAUSED_TIP,
    ClockStyle,
    action_of,
    clock_words,
    unknown_word,
    wanted,
)
from mentorwalk.walk import Act, Change, Interrupted, Kept, Said, Talked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.answers import Value
    from mentorwalk.card import Card, Question
    from mentorwalk.walk import Watch

NOTHING = "-"
"""Typed alone, it takes an answer back."""
HELP = "/help"
_BEAT = 1.0
"""Seconds between two pulses while a line is awaited."""


class _Left(Exception):  # noqa: N818 - a signal within this frontend
    """Instead of a line there came an action, Ctrl-C or the end of input."""

    def __init__(self, reply: Act | Interrupted) -> None:
        self.reply = reply


@dataclass
class Plain:
    """Asks on a pair of text streams."""

    source: TextIO
    target: TextIO
    clock: ClockStyle = "calm"
    _shown: Card | None = field(default=None, init=False)

    def talk(self, card: Card, watch: Watch | None) -> Talked | Act | Interrupted:
        """Show a card and wait for Enter; a line typed here is the first answer already."""
        self._show(card, watch)
        self._say(f"Enter: {'we have talked' if card.steps else 'go on'}. {HELP} for more.")
        try:
            line = self._line(watch)
        except _Left as left:
            return left.reply
        return Talked(line if card.types_through else "")

    def ask(self, card: Card, question: Question, watch: Watch | None) -> Said | Act | Interrupted:
        """Ask one question."""
        self._show(card, watch)
        typed, question = question.draft, replace(question, draft=None)
        try:
            if typed is None or question.complaint:
                self._put(question)
                typed = self._typed(question, watch)
            return Said(self._read(question, typed))
        except Unreadable as error:
            self._say(str(error))
            return self.ask(card, question, watch)
        except _Left as left:
            return left.reply

    def settle(
        self, card: Card, sheet: list[Question], watch: Watch | None
    ) -> Kept | Change | Act | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        self._show(card, watch)
        for number, question in enumerate(sheet, start=1):
            self._say(f"{number}. {question.label}: {question.stands or NOTHING_YET}")
        self._say("Enter keeps all, a number changes one.")
        while True:
            try:
                line = self._line(watch).strip()
            except _Left as left:
                return left.reply
            if not line:
                return Kept()
            if line.isdecimal() and 0 < int(line) <= len(sheet):
                return Change(int(line) - 1)
            self._say(f"A number from 1 to {len(sheet)} would do, or Enter.")

    def decide(self, card: Card, document: str, watch: Watch | None) -> Said | Act | Interrupted:
        """Show the agreement, and ask how it shall stand."""
        self._show(card, watch)
        self._say("", *document.rstrip().split("\n"), "", f"1. {DRAFT}", f"2. {ACCEPT}")
        self._say("A number would do; Enter: 1.")
        try:
            return Said(self._number(2, 1, watch) == 2)
        except _Left as left:
            return left.reply

    def pause(self, card: Card) -> None:
        """Wait for Enter, or `/go`."""
        self._say(PAUSED, PAUSED_TIP, "Enter, or /go: go on.")
        self.source.readline()
        self._shown = replace(card, hints=())

    def interrupted(self) -> Literal["go on", "stop", "close"]:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        self._say("", INTERRUPTED)
        for number, words in enumerate(INTERRUPTED_CHOICES.values(), start=1):
            self._say(f"{number}. {words}")
        try:
            chosen = self._number(len(INTERRUPTED_CHOICES), 1, None)
        except _Left:
            return "stop"
        return list(INTERRUPTED_CHOICES)[chosen - 1]

    # --- Showing

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.target.write(f"{line}\n")
        self.target.flush()

    def _show(self, card: Card, watch: Watch | None) -> None:
        """Say a card once; when it comes again, only what is new about it."""
        before = self._shown
        if before and replace(before, hints=card.hints) == card:
            self._say(*(f"Try: {hint}" for hint in card.hints[len(before.hints) :]))
        else:
            self._say("", *_lines(card))
            if watch and self.clock != "off":
                self._say("; ".join(clock_words(watch.reading(), self.clock)))
        self._shown = card

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
            self._say(f"{OWN_WORDS}: just write them.")
        if question.stands:
            self._say(f"Enter keeps: {question.stands}. {NOTHING} takes it back.")

    # --- Reading

    def _typed(self, question: Question, watch: Watch | None) -> str:
        """What is typed for a question: one line, or more where the type takes more."""
        lines = [self._line(watch)]
        if question.field.type == "list":
            while lines[-1] not in ("", NOTHING):
                lines.append(self._line(watch))
        elif question.field.type == "text":
            while lines[-1].endswith("\\"):
                lines[-1] = lines[-1][:-1]
                lines.append(self._line(watch))
        return "\n".join(lines)

    def _read(self, question: Question, typed: str) -> Value | None:
        text = clean(typed)
        if not text:
            return question.value
        if text == NOTHING:
            return None
        names = dict(question.names)
        if question.options and re.fullmatch(r"\d+(\s*,\s*\d+)*", text):
            picks = [self._pick(question, int(number)) for number in re.findall(r"\d+", text)]
            if question.field.type == "checkbox":
                return read_items(question.field, tuple(picks), names)
            text = picks[0] if len(picks) == 1 else text
        return read(question.field, text, question.today, names)

    def _pick(self, question: Question, number: int) -> str:
        """The choice of that number, unless the number itself is a choice."""
        if str(number) in (option.pick for option in question.options):
            return str(number)
        if not 0 < number <= len(question.options):
            raise Unreadable(f"A number from 1 to {len(question.options)} would do.")
        return question.options[number - 1].pick

    def _number(self, most: int, usual: int, watch: Watch | None) -> int:
        while line := self._line(watch).strip():
            if line.isdecimal() and 0 < int(line) <= most:
                return int(line)
            self._say(f"A number from 1 to {most} would do.")
        return usual

    def _line(self, watch: Watch | None) -> str:
        """The next line, or what came instead of it."""
        while True:
            try:
                with _pulsing(watch):
                    line = self.source.readline()
            except KeyboardInterrupt:
                raise _Left(Interrupted()) from None
            if not line:
                raise _Left(Interrupted(for_good=True))
            if line.strip() == HELP:
                self._help()
                continue
            try:
                action = action_of(line)
            except KeyError:
                self._say(unknown_word(line.strip()))
                continue
            if action:
                raise _Left(Act(action))
            return line.rstrip("\n")

    def _help(self) -> None:
        self._say(*(f"/{action.value}: {words}" for action, words in ACTIONS.items()))
        self._say(
            f"{NOTHING} alone takes an answer back. \\ at the end of a line goes on in the next."
        )


@contextmanager
def _pulsing(watch: Watch | None) -> Iterator[None]:
    """Let the session keep its time while a line is awaited."""
    if watch is None:
        yield
        return
    over = threading.Event()

    def beat() -> None:
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


def _lines(card: Card) -> Iterator[str]:
    now = next((step.short for step in card.steps if step.state == "now"), card.title)
    yield ", ".join(filter(None, [now, card.place]))
    if card.speaks:
        yield f"{card.speaks}."
    if card.ask:
        yield card.ask
    yield from (line for line in card.read.split("\n") if line)
    yield from (f"{recalled.label}: {recalled.text}" for recalled in card.recalled)
    if card.tip:
        yield f"Tip: {card.tip}"
    yield from (f"Try: {hint}" for hint in card.hints)
