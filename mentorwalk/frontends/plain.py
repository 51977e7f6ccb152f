"""The plain frontend: lines in, lines out. Nothing is redrawn; no box or colour is needed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from errno import EIO, EPIPE
from textwrap import fill
from typing import TYPE_CHECKING, TextIO

from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.sheet import line_for, lines_of
from mentorwalk.domain.text import clean, labelled, undecoded
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    PutBack,
    Said,
    Talked,
    keep_no_draft,
)
from mentorwalk.frontends.messages import (
    CLOCK_STYLES,
    INTERRUPTED,
    PAUSED,
    PAUSED_TIP,
    ClockStyle,
    changed_lines,
    clock_words,
    interrupted_choices,
    next_style,
    number_in,
    rewording_words,
    typed_command,
    ways_to_accept,
)
from mentorwalk.frontends.plain_input import LineInput, NotALine, read_typed
from mentorwalk.frontends.plain_lines import (
    GOES_ON,
    HELP,
    NOTHING,
    TIME,
    back_line,
    card_lines,
    help_lines,
    hint_line,
    number_line,
    numbered_lines,
    question_lines,
    sheet_lines,
)
from mentorwalk.frontends.signals import HangUp, HungUp
from mentorwalk.frontends.size import size_of

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, InterruptChoice, KeepDraft, Proposal

NO_TEXT = N_("That line is not text in {encoding}, so nobody could read it. Please type it again.")
NOT_HERE = N_("Nothing is written down at this point. Enter: go on.")


@dataclass
class PlainFrontend:
    """Asks on a pair of text streams."""

    source: TextIO
    target: TextIO
    clock: ClockStyle = "calm"
    hang_up: HangUp = field(default_factory=HangUp)
    _shown: Card | None = field(default=None, init=False)
    _ahead: list[str] = field(default_factory=list, init=False)
    """The line typed at the talk, which begins the first answer."""
    _more_time: bool = field(default=False, init=False)
    """Whether more time was asked for, so that the clock has something new to say."""

    def __post_init__(self) -> None:
        """Read lines from the source."""
        self._input = LineInput(self.source, self.target, self.hang_up)

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show a card and wait for Enter; a line typed here is the first answer already."""
        self._show(card, watch)
        enter = _("Enter: go on. {help} for more.")
        enter = _("Enter: we have talked. {help} for more.") if card.speaks else enter
        enter = _("Enter: when you are ready.") if card.quiet else enter
        self._say(enter.format(help=HELP))
        try:
            while (line := self._line(watch)).strip() and not card.types_through:
                self._say(_(NOT_HERE))
        except NotALine as instead:
            return instead.reply
        self._ahead = [line] if line.strip() else []
        return Talked()

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command | Interrupted:
        """Ask one question; each line of a longer answer is kept as it comes."""
        self._show(card, watch)
        draft = None if question.complaint or self._ahead else question.draft
        while True:
            try:
                if not self._ahead:
                    self._say(*question_lines(question))
                typed = self._typed(question, draft, watch, keep_draft)
                return Said(read_typed(question, typed))
            except Unreadable as error:
                self._say(str(error))
                draft = None
            except NotALine as instead:
                return instead.reply

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        self._show(card, watch)
        self._say(*sheet_lines(card, sheet))
        most = len(lines_of(sheet))
        while True:
            try:
                line = self._line(watch).strip()
            except NotALine as instead:
                return instead.reply
            if not line:
                return AcceptSheet()
            if number := number_in(line, most):
                return EditLine(number - 1)
            try:
                if (adds := line_for(sheet, clean(line))) is not None:
                    return EditLine(adds, sentence=clean(line))
            except Unreadable as error:
                self._say(str(error))
                continue
            numbers = _("A number from 1 to {most} would do, or Enter.")
            self._say(numbers.format(most=most))

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | PutBack | Command | Interrupted:
        """Show the agreement, or what changed in it, and ask what becomes of it."""
        if rewording := proposal.rewording:
            words = rewording_words(rewording, proposal.people)
            self._show(replace(card, ask=words, tip=""), watch)
            self._say(*(labelled(*line) for line in changed_lines(rewording)))
        else:
            self._show(card, watch)
            self._say("", *proposal.text.rstrip().split("\n"), "")
        ways = ways_to_accept(proposal)
        self._say(*numbered_lines([words for _way, words in ways]), number_line(len(ways)))
        try:
            # An empty line is not a yes, so it asks again.
            while not (number := self._number(len(ways), 0, watch)):
                self._say(number_line(len(ways)))
            return ways[number - 1][0]
        except NotALine as instead:
            return instead.reply

    def pause(self, card: Card) -> Interrupted | None:
        """Wait for Enter, or `/go`; a Ctrl-C here asks as anywhere else."""
        self._say(_(PAUSED), _(PAUSED_TIP), _("Enter, or {go}: go on.").format(go="/go"))
        self._shown = card
        try:
            self._input.next_line(None)
        except NotALine as instead:
            return instead.reply if isinstance(instead.reply, Interrupted) else None
        return None

    def interrupted(self, card: Card) -> InterruptChoice:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        choices = interrupted_choices(card)
        self._say("", _(INTERRUPTED))
        self._say(*numbered_lines(list(choices.values())))
        while True:
            try:
                return list(choices)[self._number(len(choices), 1, None) - 1]
            except NotALine as instead:
                if isinstance(instead.reply, Interrupted):
                    return "stop"
                self._say(number_line(len(choices)))

    # --- Showing

    def _say(self, *lines: str) -> None:
        width = size_of(self.target)[0] if self.target.isatty() else 0
        try:
            for line in lines:
                self.target.write(f"{fill(line, width) if len(line) >= width > 0 else line}\n")
            self.target.flush()
        except OSError as error:
            if error.errno not in (EIO, EPIPE):
                raise
            # Nobody reads on: the window was closed, or the other end of the pipe.
            raise HungUp from None

    def _show(self, card: Card, watch: ClockView | None) -> None:
        """Say a card once; when it comes again, only what is new about it."""
        before = self._shown
        if before and replace(before, hints=card.hints, goes_back=card.goes_back) == card:
            self._say(*map(hint_line, card.hints[len(before.hints) :]))
            if self._more_time and self.clock != "off":
                self._tell_time(watch)
        else:
            self._say("", *card_lines(card))
            if self.clock != "off":
                self._tell_time(watch)
        if card.goes_back and not (before and before.goes_back):
            self._say(back_line())
        self._shown, self._more_time = card, False

    def _tell_time(self, watch: ClockView | None) -> None:
        if watch:
            style = "calm" if self.clock == "off" else self.clock
            self._say("; ".join(clock_words(watch.reading(), style)))

    # --- Reading

    def _typed(
        self,
        question: Question,
        draft: str | None,
        watch: ClockView | None,
        keep_draft: KeepDraft,
    ) -> str:
        """Return what is typed for a question: one line, or more if its type takes more."""
        if question.field.type == "list":
            return self._items(draft, watch, keep_draft)
        if question.field.type != "text" or question.unseen:
            return self._line(watch, unseen=question.unseen)
        lines = [draft] if draft else []
        if draft:
            self._say(_("So far: {text}").format(text=draft))
        while True:
            lines.append(self._line(watch))
            if not lines[-1].endswith(GOES_ON):
                return "\n".join(lines)
            lines[-1] = lines[-1].removesuffix(GOES_ON)
            keep_draft("\n".join(lines))

    def _items(self, draft: str | None, watch: ClockView | None, keep_draft: KeepDraft) -> str:
        """Return items, one a line, until an empty one."""
        lines = draft.split("\n") if draft else []
        if lines:
            self._say(_("So far: {items}.").format(items=_(", ").join(lines)))
        while True:
            line = self._line(watch)
            if not line or (line == NOTHING and not lines):
                return "\n".join(lines) or line
            lines.append(line)
            keep_draft("\n".join(lines))

    def _number(self, most: int, default: int, watch: ClockView | None) -> int:
        while line := self._line(watch).strip():
            if number := number_in(line, most):
                return number
            self._say(number_line(most))
        return default

    def _line(self, watch: ClockView | None, *, unseen: bool = False) -> str:
        """Return the next line that no command was typed in; raise `NotALine` for what ends it."""
        if self._ahead:
            return self._ahead.pop()
        while True:
            line = self._input.next_line(watch, unseen=unseen)
            if undecoded(line):
                encoding = (self.source.encoding or "utf-8").upper()
                self._say(_(NO_TEXT).format(encoding=encoding))
            elif not self._handled(line, watch, unseen=unseen):
                return line.rstrip("\n")

    def _handled(self, line: str, watch: ClockView | None, *, unseen: bool) -> bool:
        """Do what a `/word` asks for here; raise `NotALine` for a command that the walk does."""
        word = line.strip().lower()
        if word == HELP:
            self._say(*help_lines(self._shown))
        elif word == TIME:
            self._tell_time(watch)
        else:
            try:
                command = typed_command(line, self._shown, unseen=unseen)
            except Unreadable as error:
                self._say(str(error))
                return True
            if command is None:
                return False
            if command.action is not Action.CLOCK:
                self._more_time = command.action is Action.MORE_TIME
                raise NotALine(command)
            self.clock = next_style(self.clock)
            self._say(_(CLOCK_STYLES[self.clock]))
        return True
