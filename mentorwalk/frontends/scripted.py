"""The scripted frontend: walks without asking, with answers given in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agreement import YES_IN_FILE
from mentorwalk.domain.answer_parsing import read_anew
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import _
from mentorwalk.domain.sheet import lines_of, only_sentences
from mentorwalk.domain.values import ByItem
from mentorwalk.engine.frontend import AcceptSheet, Command, EditLine, Said, Talked, keep_no_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal

TALKED = 0.85
"""The part of a card's time that two people in a demo need."""
WRITING = 25.0
"""Seconds that go by in the session while an answer is written down."""


def settling(sheet: Sequence[Question], watch: ClockView | None) -> float:
    """Return the seconds that a sheet takes: a talk, if it is read while they talk."""
    return TALKED * watch.reading().card_left if watch and only_sentences(sheet) else WRITING


@dataclass
class ScriptedFrontend:
    """Gives the answers of a file, and defaults for all others."""

    values: Mapping[str, Value | None]
    accept: bool = False
    stops: int = 0
    """How often somebody at a keyboard would have been asked."""
    refused: dict[str, str] = field(default_factory=dict)
    """Why the walk did not take an answer, by its id; such answers are left empty."""

    def talk(self, _card: Card, _watch: ClockView | None) -> Talked | Command:
        """Move on."""
        self.stops += 1
        return Talked()

    def ask(
        self,
        _card: Card,
        question: Question,
        _watch: ClockView | None,
        _keep_draft: KeepDraft = keep_no_draft,
    ) -> Said:
        """Give the answer; nobody can give another if it is not taken."""
        self.stops += 1
        if question.complaint:
            self.refused[question.id] = question.complaint
        return Said(self._answer(question))

    def settle(
        self, _card: Card, sheet: list[Question], _watch: ClockView | None
    ) -> AcceptSheet | EditLine:
        """Change the lines whose answers differ, one after another, then accept the sheet."""
        self.stops += 1
        different = (
            EditLine(number, whole=bool(line.sentence))
            for number, line in enumerate(lines_of(sheet))
            if self._answer(line.question) != line.question.value
        )
        return next(different, AcceptSheet())

    def decide(self, _card: Card, proposal: Proposal, _watch: ClockView | None) -> Said:
        """Accept if the file does, else change nothing."""
        self.stops += 1
        return Said(YES_IN_FILE) if self.accept else proposal.unchanged

    def pause(self, _card: Card) -> None:
        """Go on: nobody asks for a pause."""

    def interrupted(self, _card: Card) -> Literal["stop"]:
        """Stop, as there is nobody to ask."""
        return "stop"

    def _answer(self, question: Question) -> Value | None:
        if question.id in self.refused or question.id not in self.values:
            return None if question.id in self.refused else question.unasked
        said = self.values[question.id]
        if question.item:
            return said.get(question.item) if isinstance(said, ByItem) else None
        try:
            return taken(question, said)
        except Unreadable as error:
            self.refused[question.id] = str(error)
            return None


def taken(question: Question, value: Value | None) -> Value | None:
    """Return an answer of a file as the question takes it, whose items are known by now.

    Raises:
        Unreadable: It is about something that is not asked about.
    """
    field = question.field
    if isinstance(value, ByItem):
        for item in value:
            if item not in field.items:
                known = _(", ").join(field.items)
                other = _("“{text}” is none of these: {choices}.")
                raise Unreadable(other.format(text=item, choices=known))
        return value.among(field.items)
    return read_anew(field, value, question.today, question.names) if field.sources else value
