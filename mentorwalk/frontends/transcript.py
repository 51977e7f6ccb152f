"""The frontend of `demo --plain`: what the plain frontend says, with the answers after a `>`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from mentorwalk.domain.sheet import only_sentences
from mentorwalk.engine.frontend import AcceptSheet, Command, EditLine, Said, Talked, keep_no_draft
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.plain_items import typed_lines
from mentorwalk.frontends.scripted import TALKED, ScriptedFrontend, asking, settling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal


class TranscriptFrontend(ScriptedFrontend):
    """Types sample answers into a plain frontend, and shows them."""

    def __init__(
        self, values: Mapping[str, Value | None], target: TextIO, advance: Callable[[float], None]
    ) -> None:
        super().__init__(values)
        self.target, self.advance = target, advance
        self.keyboard = io.StringIO()
        self.plain = PlainFrontend(self.keyboard, target)

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command:
        """Say a card, and press Enter."""
        self._typing("", lambda: self.plain.talk(card, watch))
        self.advance(TALKED * watch.reading().card_left if watch else 0)
        return super().talk(card, watch)

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        _keep_draft: KeepDraft = keep_no_draft,
    ) -> Said:
        """Ask a question, and type the answer."""
        said = super().ask(card, question, watch)
        typed = typed_lines(question, said.value)
        self._typing(typed, lambda: self.plain.ask(card, question, watch))
        self.advance(asking(card, question, watch))
        return said

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine:
        """Say a sheet, and type the number of the line that is changed, if any."""
        reply = super().settle(card, sheet, watch)
        typed = str(reply.line + 1) if isinstance(reply, EditLine) else ""
        self._typing(typed, lambda: self.plain.settle(card, sheet, watch))
        self.advance(settling(sheet, watch) if only_sentences(sheet) else 0)
        return reply

    def decide(self, card: Card, proposal: Proposal, watch: ClockView | None) -> Said:
        """Say the agreement, and keep it as a draft."""
        self._typing("", lambda: self.plain.decide(card, proposal, watch))
        return super().decide(card, proposal, watch)

    def _typing(self, line: str, say: Callable[[], object]) -> None:
        """Let the plain frontend say something and read a line, and show that line."""
        self.keyboard.seek(0)
        self.keyboard.truncate()
        self.keyboard.write(f"{line}\n")
        self.keyboard.seek(0)
        say()
        self.target.write(f"> {line}".rstrip() + "\n")
