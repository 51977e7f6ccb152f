"""What is typed at the plain frontend: lines that are awaited, and the answers they give."""

from __future__ import annotations

import getpass
import re
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TextIO

from mentorwalk.domain.answer_parsing import parse_answer, parse_items, unsure
from mentorwalk.domain.answers import UNKNOWN, typed_texts
from mentorwalk.domain.errors import StorageError, Unreadable
from mentorwalk.domain.text import clean, without_escapes
from mentorwalk.engine.frontend import Interrupted
from mentorwalk.frontends.messages import not_missed
from mentorwalk.frontends.plain_lines import NOTHING, number_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, Command
    from mentorwalk.frontends.signals import HangUp

_BEAT = 1.0
"""Seconds between two pulses while a line is awaited."""


_UNKNOWN_KEYS = (
    # By itself, readline reads a sequence up to where it knows none, and takes the rest as typed.
    r'"\e[": skip-csi-sequence',
    r'"\e[[": skip-csi-sequence',
    # No function of it skips a string, as terminals reply with: the line keeps it whole, to be
    # taken out. Its end is one of two keys that would do something else.
    *(rf'"\e{begin}": "\C-v\e{begin}"' for begin in r"]PX^_"),
    r'"\e\\": "\C-v\e\\"',
    r'"\C-g": "\C-v\C-g"',
)
"""What readline does with keys that it does not know: nothing comes of them."""


class NotALine(Exception):  # noqa: N818 - a signal within the plain frontend
    """A command, Ctrl-C or the end of input came instead of a line."""

    def __init__(self, reply: Command | Interrupted) -> None:
        self.reply = reply


@dataclass(frozen=True)
class LineInput:
    """The stream that lines are read from."""

    source: TextIO
    target: TextIO
    hang_up: HangUp

    def next_line(self, watch: ClockView | None, *, unseen: bool = False) -> str:
        """Return the next line with its newline, while the session keeps its time.

        Raises:
            NotALine: It was interrupted, or the input ended.
        """
        if self.hang_up.came:
            raise NotALine(Interrupted(for_good=True))
        try:
            with _pulsing(watch):
                line = self._unseen() if unseen else self._edited()
        except KeyboardInterrupt:
            raise NotALine(Interrupted(for_good=self.hang_up.came)) from None
        except (EOFError, OSError):
            line = ""
        if not line:
            raise NotALine(Interrupted(for_good=True))
        return without_escapes(line)

    def _edited(self) -> str:
        """Return a line, which the arrow keys edit where a terminal is at both ends."""
        ends = (self.source, self.target)
        if ends == (sys.stdin, sys.stdout) and all(end.isatty() for end in ends) and _has_editor():
            return f"{input()}\n"
        return self.source.readline()

    def _unseen(self) -> str:
        """Return a line that is not echoed, where a terminal would echo it."""
        if self.source is sys.stdin and self.source.isatty():
            try:
                return f"{getpass.getpass('', self.target)}\n"
            except UnicodeDecodeError as error:
                # getpass opens the terminal anew, and decodes strictly.
                return f"{error.object.decode('ascii', 'surrogateescape')}\n"
        return self.source.readline()


@cache
def _has_editor() -> bool:
    """Set up readline, which `input` then uses; return whether there is one: Windows has none."""
    try:
        import readline  # noqa: PLC0415 - it may write to the terminal as it is imported
    except ImportError:
        return False
    readline.set_auto_history(False)
    # A paste of many lines stays many lines, as from a pipe.
    readline.parse_and_bind("set enable-bracketed-paste off")
    for binding in _UNKNOWN_KEYS:
        readline.parse_and_bind(binding)
    return True


@contextmanager
def _pulsing(watch: ClockView | None) -> Iterator[None]:
    """Let the session keep its time while a line is awaited."""
    if watch is None:
        yield
        return
    over = threading.Event()

    def beat() -> None:
        """Pulse until the line has come."""
        # The next answer meets the same full disk, and reports it where somebody can act on it.
        with suppress(StorageError):
            while not over.wait(_BEAT):
                watch.pulse()

    # A thread, because readline() cannot return after a second without a line.
    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def read_typed(question: Question, typed: str) -> Value | None:
    """Return what was answered; the current value for an empty line, None for a `-`.

    Raises:
        Unreadable: It does not fit the field.
    """
    text = clean(typed)
    if not text:
        not_missed(question)
        return question.value
    if question.adds:
        return parse_items(question.field, (*typed_texts(question.value), text), question.names)
    if text == NOTHING:
        return None
    if question.unsure and unsure(text):
        return UNKNOWN
    if question.options and (picks := _picks(question, text)):
        if question.unsure and UNKNOWN in picks:
            return UNKNOWN
        if question.field.type in ("checkbox", "ranking"):
            return parse_items(question.field, picks, question.names)
        text = picks[0] if len(picks) == 1 else text
    return parse_answer(question.field, text, question.today, question.names)


def _picks(question: Question, text: str) -> tuple[str, ...]:
    """Return the choices that numbers stand for; among boxes, words may stand between them."""
    in_order = question.field.type == "ranking" and re.fullmatch(r"[\d\s,]+", text)
    items = text.replace(",", " ").split() if in_order else [i.strip() for i in text.split(",")]
    numbers = [item for item in items if re.fullmatch(r"\d{1,4}", item)]
    if not numbers or (question.field.type not in ("checkbox", "ranking") and numbers != items):
        return ()
    return tuple(_pick(question, int(item)) if item in numbers else item for item in items)


def _pick(question: Question, number: int) -> str:
    """Return the choice of that number, unless the number itself is a choice."""
    if str(number) in (option.pick for option in question.options):
        return str(number)
    if not 0 < number <= len(question.options):
        raise Unreadable(number_line(len(question.options)))
    return question.options[number - 1].pick
