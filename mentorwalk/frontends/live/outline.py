"""Lines below lines: Tab takes a line deeper, Shift+Tab back, while it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from operator import add
from typing import TYPE_CHECKING

from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Window

from mentorwalk.domain.answer_parsing import OUTLINE_LINES, depths_of, parse_answer
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.text import capital, count, without_controls
from mentorwalk.domain.values import INDENT, OUTLINE_DEPTH
from mentorwalk.frontends.command_words import is_word
from mentorwalk.frontends.live.list_keys import rows_in_sight
from mentorwalk.frontends.live.prompt import Foot, Prompt, ending_with
from mentorwalk.frontends.live.screen import Tab
from mentorwalk.frontends.live.text_box import TextBox
from mentorwalk.frontends.messages import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.question import Question

STEP = len(INDENT)


@dataclass(frozen=True)
class Line:
    """A line of an outline: how deep it is, and its words."""

    depth: int
    words: str

    @property
    def text(self) -> str:
        """The line with its spaces."""
        return INDENT * self.depth + self.words


@dataclass(frozen=True)
class Written:
    """An outline while somebody writes it, with the cursor in one of its lines."""

    lines: tuple[Line, ...]
    at: int = 0
    """The line that the cursor is in, counted from 0."""
    before: int = 0
    """The characters of its words before the cursor; negative among its spaces."""

    @property
    def line(self) -> Line:
        """The line that the cursor is in."""
        return self.lines[self.at]

    @property
    def document(self) -> Document:
        """It as a text with a cursor."""
        texts = [line.text for line in self.lines]
        above = sum(len(text) + 1 for text in texts[: self.at])
        column = STEP * self.line.depth + self.before
        return Document("\n".join(texts), above + max(0, min(column, len(texts[self.at]))))

    @property
    def said(self) -> int:
        """How many lines have words."""
        return sum(bool(line.words.strip()) for line in self.lines)

    @property
    def at_beginning(self) -> bool:
        """Whether nothing of its line's words stands before the cursor."""
        return self.before <= 0

    def deeper(self) -> Written:
        """Return it with the line, and those below it, one level deeper, if there can be one."""
        return self._shifted(1)

    def back(self) -> Written:
        """Return it with the line, and those below it, one level back, if it is deeper at all."""
        return self._shifted(-1)

    def next_line(self) -> Written | None:
        """Return it with what stands after the cursor in a line of its own, as deep as this one.

        An empty line goes one level back instead; on the first level there is none: it is done.
        """
        if not self.line.words.strip():
            return self.back() if self.line.depth else None
        cut = max(0, self.before)
        here = replace(self.line, words=self.line.words[:cut])
        below = replace(self.line, words=self.line.words[cut:].lstrip())
        lines = (*self.lines[: self.at], here, below, *self.lines[self.at + 1 :])
        return Written(lines, self.at + 1)

    def erased(self) -> Written:
        """Return it without the words of the line that stand before the cursor."""
        left = replace(self.line, words=self.line.words[max(0, self.before) :])
        lines = (*self.lines[: self.at], left, *self.lines[self.at + 1 :])
        return Written(lines, self.at)

    def _shifted(self, by: int) -> Written:
        """Return it with a branch moved by a level; as it is if a line would get too deep."""
        branch = self._branch()
        moved = tuple(replace(line, depth=line.depth + by) for line in branch)
        lines = (*self.lines[: self.at], *moved, *self.lines[self.at + len(branch) :])
        return replace(self, lines=lines) if _is_outline(lines) else self

    @property
    def deepest(self) -> int:
        """The level of the deepest line among the line of the cursor and those that hang on it."""
        return max(line.depth for line in self._branch())

    def _branch(self) -> tuple[Line, ...]:
        """Return the line of the cursor, and those below it that hang on it."""
        rest = self.lines[self.at + 1 :]
        ends = (n for n, line in enumerate(rest) if line.depth <= self.line.depth)
        return (self.line, *rest[: next(ends, len(rest))])


def _is_outline(lines: Iterable[Line]) -> bool:
    """Return whether each line is one level below the line above it at most."""
    above = -1
    for line in lines:
        if not 0 <= line.depth <= min(above + 1, OUTLINE_DEPTH - 1):
            return False
        # An empty line is none yet: what comes after it hangs on the one before.
        above = line.depth if line.words.strip() else above
    return True


def written(document: Document) -> Written:
    """Return what is written in a text, with each line as deep as it can be.

    Spaces that make no whole level are none.
    """
    lines: list[Line] = []
    above = -1
    spaces = []
    for text in document.text.split("\n"):
        words = text.lstrip(" \t")
        spaces.append(len(text) - len(words))
        indent = len(text[: spaces[-1]].replace("\t", INDENT))
        depth = min(indent // STEP, above + 1, OUTLINE_DEPTH - 1)
        lines.append(Line(max(0, depth), words.replace("\t", " ")))
        above = lines[-1].depth if words.strip() else above
    return Written(
        tuple(lines),
        document.cursor_position_row,
        document.cursor_position_col - spaces[document.cursor_position_row],
    )


def pasted(document: Document, text: str) -> str:
    """Return lines as they are pasted into a text: they keep their levels among themselves."""
    lines = [
        line for line in without_controls(text.replace("\t", INDENT)).split("\n") if line.strip()
    ]
    here = written(document).line.depth
    levels = (INDENT * (here + depth) for depth in depths_of(lines))
    return "\n".join(map(add, levels, map(str.strip, lines))).lstrip(" ")


# --- On the screen


def outline(question: Question, prompt: Prompt[str], pointer: str) -> Prompt[str]:
    """Return a box with a text in it as one for lines below lines."""
    buffer = prompt.application.layout.current_buffer
    assert buffer  # noqa: S101 - a box has one
    desk = _Desk(question.field, buffer)
    window = Window(TextBox(buffer, f"   {pointer} ", hanging=True), dont_extend_height=True)
    return replace(
        prompt,
        keys=desk.keys(window),
        box=window,
        told=lambda: desk.told,
        count=lambda: number_of(desk.written.said, OUTLINE_LINES),
        foot=lambda: foot_of(desk.written),
    )


DEEPER = N_("Tab, Shift+Tab: deeper, back")


def foot_of(here: Written) -> Foot:
    """Return the keys of a box for lines below lines."""
    if here.line.words.strip():
        enter = N_("Enter: do it") if is_word(here.document.text) else N_("Enter: next")
    elif here.line.depth:
        enter = N_("Enter: one level out")
    else:
        enter = N_("Enter: done") if here.said else N_("Enter: none")
    return Foot((DEEPER, enter), takes_tab=True)


class _Desk:
    """Keeps what is written within the bounds of an outline, and tells what is beyond them."""

    def __init__(self, field: Field, buffer: Buffer) -> None:
        self.field = field
        self.buffer = buffer
        self.told = ""
        """Why the last key did nothing; empty if it did."""
        self._sound = written(buffer.document).document
        buffer.on_text_changed += self._check

    @property
    def written(self) -> Written:
        """What is written by now."""
        return written(self.buffer.document)

    def _check(self, buffer: Buffer) -> None:
        """Tidy what was typed; take it back if it goes beyond the bounds."""
        tidy = written(buffer.document).document
        told = _refusal(self.field, tidy.text)
        self._sound = self._sound if told else tidy
        if buffer.document != self._sound:
            buffer.document = self._sound
        self.told = told

    def keys(self, window: Window) -> KeyBindings:
        """Return the keys that lead from line to line, and from level to level."""
        keys = KeyBindings()
        # Who is used to Alt+Enter or Ctrl+J begins a line with them here, too.
        for each in (("enter",), ("escape", "enter"), ("c-j",)):
            keys.add(*each, eager=True)(lambda _event: self._enter())
        keys.add("tab", eager=True)(lambda _event: self._shift(Written.deeper))
        # Where nothing is written yet there is no level to go back to, but a card.
        begun = Condition(lambda: bool(self.written.said))
        keys.add("s-tab", eager=True, filter=begun)(lambda _event: self._shift(Written.back))
        keys.add("escape")(ending_with(Tab()))
        keys.add("c-u", eager=True)(lambda _event: self._erase())
        keys.add("<bracketed-paste>", eager=True)(self._paste)
        cut = Condition(lambda: rows_in_sight(window) > 0)
        for key, by in (("pageup", self.buffer.cursor_up), ("pagedown", self.buffer.cursor_down)):
            keys.add(key, eager=True, filter=cut)(lambda _event, by=by: by(rows_in_sight(window)))
        within = Condition(lambda: self.written.at_beginning and self.written.line.depth > 0)
        keys.add("backspace", eager=True, filter=within)(lambda _event: self._shift(Written.back))
        return keys

    def _enter(self) -> None:
        """Go on in the next line, or end."""
        next_line = self.written.next_line()
        if next_line is None or is_word(self.buffer.text):
            self.buffer.validate_and_handle()
        else:
            self.buffer.document = next_line.document

    def _erase(self) -> None:
        """Erase what stands before the cursor in its line, which keeps its level."""
        self.buffer.document = self.written.erased().document

    def _shift(self, way: Callable[[Written], Written]) -> None:
        here = self.written
        there = way(here)
        self.buffer.document = there.document
        self.told = _why_not_deeper(here) if there == here and way is Written.deeper else ""

    def _paste(self, event: KeyPressEvent) -> None:
        """Paste lines with their levels."""
        self.buffer.insert_text(pasted(self.buffer.document, event.data))


def _refusal(field: Field, text: str) -> str:
    """Return why a text is no answer to a field; empty if it is one."""
    try:
        parse_answer(field, text, date.min)
    except Unreadable as error:
        return str(error)
    return ""


def _why_not_deeper(here: Written) -> str:
    if here.deepest == OUTLINE_DEPTH - 1:
        return _("{most} levels at most.").format(most=capital(count(OUTLINE_DEPTH)))
    return _("A line can be one level below the line above it.")
