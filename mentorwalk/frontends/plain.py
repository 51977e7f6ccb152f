"""The plain frontend: lines in, lines out. Nothing is redrawn; no box or colour is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.sheet import lines_of, typed_at
from mentorwalk.domain.text import clean, labelled
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Command,
    EditLine,
    Interrupted,
    PutBack,
    Reword,
    Said,
    Talked,
    keep_no_draft,
)
from mentorwalk.frontends.agreement_words import changed_lines, rewording_words, ways_to_accept
from mentorwalk.frontends.command_words import number_in
from mentorwalk.frontends.messages import INTERRUPTED, PAUSED, PAUSED_TIP, interrupted_choices
from mentorwalk.frontends.plain_console import Console
from mentorwalk.frontends.plain_input import NotALine, read_typed
from mentorwalk.frontends.plain_items import SeveralLines
from mentorwalk.frontends.plain_lines import (
    GOES_ON,
    HELP,
    NOTHING,
    number_line,
    numbered_lines,
    question_lines,
    sheet_lines,
)
from mentorwalk.frontends.signals import HangUp

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, InterruptChoice, KeepDraft, Proposal
    from mentorwalk.frontends.clock_words import ClockStyle

NOT_HERE = N_("Nothing is written down at this point. Enter: go on.")


class PlainFrontend:
    """Asks on a pair of text streams."""

    def __init__(
        self,
        source: TextIO,
        target: TextIO,
        clock: ClockStyle = "calm",
        hang_up: HangUp | None = None,
    ) -> None:
        """Ask with lines in the target, and read lines of the source; a hang-up ends it."""
        self.console = Console(source, target, clock, hang_up or HangUp())

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show a card and wait for Enter; a line typed here is the first answer already."""
        self.console.show(card, watch)
        enter = _("Enter: go on. {help} for more.")
        enter = _("Enter: we have talked. {help} for more.") if card.speaks else enter
        enter = _("Enter: read it. {help} for more.") if card.proposes else enter
        enter = _("Enter: when you are ready.") if card.quiet else enter
        self.console.say(enter.format(help=HELP))
        try:
            while (line := self.console.line(watch)).strip() and not card.types_through:
                self.console.say(_(NOT_HERE))
        except NotALine as instead:
            return instead.reply
        self.console.ahead = [line] if line.strip() else []
        return Talked()

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command | Interrupted:
        """Ask one question; each line of a longer answer is kept as it comes."""
        self.console.show(card, watch)
        draft = None if question.complaint or self.console.ahead else question.draft
        while True:
            try:
                if not self.console.ahead:
                    self.console.say(*question_lines(question))
                return Said(self._answer(question, draft, watch, keep_draft))
            except Unreadable as error:
                question, draft = replace(question, complaint=str(error)), None
            except NotALine as instead:
                return instead.reply

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        self.console.show(card, watch)
        self.console.say(*sheet_lines(card, sheet))
        most = len(lines_of(sheet))
        while True:
            try:
                line = self.console.line(watch).strip()
            except NotALine as instead:
                return instead.reply
            if not line:
                return AcceptSheet()
            if number := number_in(line, most):
                return EditLine(number - 1)
            try:
                if not card.strikes and (said := typed_at(sheet, clean(line))):
                    return EditLine(said.line, words=said.words)
            except Unreadable as error:
                self.console.say(str(error))
                continue
            numbers = _("A number from 1 to {most} would do, or Enter.")
            self.console.say(numbers.format(most=most))

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | Reword | PutBack | Command | Interrupted:
        """Show the agreement, or what changed in it, and ask what becomes of it."""
        if rewording := proposal.rewording:
            words = rewording_words(rewording, proposal.people)
            self.console.show(replace(card, ask=words, tip=""), watch)
            self.console.say(*(labelled(*line) for line in changed_lines(rewording)))
        else:
            self.console.show(card, watch)
        if not (proposal.rewording or proposal.known):
            self.console.say("", *proposal.text.rstrip().split("\n"), "")
        ways = ways_to_accept(proposal)
        self.console.say(*numbered_lines([words for _way, words in ways]), number_line(len(ways)))
        try:
            # An empty line is not a yes, so it asks again.
            while not (number := self.console.number(len(ways), 0, watch)):
                self.console.say(number_line(len(ways)))
            return ways[number - 1][0]
        except NotALine as instead:
            return instead.reply

    def pause(self, card: Card) -> Interrupted | None:
        """Wait for Enter, or `/go`; a Ctrl-C here asks as anywhere else."""
        self.console.say(_(PAUSED), _(PAUSED_TIP), _("Enter, or {go}: go on.").format(go="/go"))
        self.console.shown = card
        try:
            self.console.wait()
        except NotALine as instead:
            return instead.reply if isinstance(instead.reply, Interrupted) else None
        return None

    def interrupted(self, card: Card) -> InterruptChoice:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        choices = interrupted_choices(card)
        self.console.say("", _(INTERRUPTED))
        self.console.say(*numbered_lines(list(choices.values())))
        while True:
            try:
                return list(choices)[self.console.number(len(choices), 1, None) - 1]
            except NotALine as instead:
                if isinstance(instead.reply, Interrupted):
                    return "stop"
                self.console.say(number_line(len(choices)))

    def _answer(
        self,
        question: Question,
        draft: str | None,
        watch: ClockView | None,
        keep_draft: KeepDraft,
    ) -> Value | None:
        """Return what is answered; raise `Unreadable` for what does not fit."""
        console = self.console
        several = SeveralLines(question, console.say, lambda: console.line(watch), keep_draft)
        match question.field.type:
            case "ratings":
                return several.ratings(draft)
            case "outline":
                return several.outline(draft)
            case _:
                return read_typed(question, self._typed(question, draft, watch, keep_draft))

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
            return self.console.line(watch, unseen=question.unseen)
        lines = [draft] if draft else []
        if draft:
            self.console.say(_("So far: {text}").format(text=draft))
        while True:
            lines.append(self.console.line(watch))
            if not lines[-1].endswith(GOES_ON):
                return "\n".join(lines)
            lines[-1] = lines[-1].removesuffix(GOES_ON)
            keep_draft("\n".join(lines))

    def _items(self, draft: str | None, watch: ClockView | None, keep_draft: KeepDraft) -> str:
        """Return items, one a line, until an empty one."""
        lines = draft.split("\n") if draft else []
        if lines:
            self.console.say(_("So far: {items}.").format(items=_(", ").join(lines)))
        while True:
            line = self.console.line(watch)
            if not line or (line == NOTHING and not lines):
                return "\n".join(lines) or line
            lines.append(line)
            keep_draft("\n".join(lines))
