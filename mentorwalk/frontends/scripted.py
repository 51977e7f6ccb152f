"""The scripted frontend: walks without asking, with answers given in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from mentorwalk.domain.agreement_text import YES_IN_FILE
from mentorwalk.domain.answer_parsing import none_of_these, read_anew
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.sheet import lines_of, only_sentences
from mentorwalk.domain.text import folded
from mentorwalk.domain.values import ByItem
from mentorwalk.engine.frontend import AcceptSheet, Command, EditLine, Said, Talked, keep_no_draft

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal

TALKED = 0.85
"""The part of a card's time that two people in a demo need."""
WRITING = 25.0
"""Seconds that go by in the session while an answer is written down."""


def asking(card: Card, question: Question, watch: ClockView | None) -> float:
    """Return the seconds that an answer takes: with a talk before it, if they talk meanwhile."""
    talks = watch and card.in_talk and question.place[0] == 1
    return WRITING + (TALKED * watch.reading().card_left if watch and talks else 0)


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
    refused: dict[str, Refusal] = field(default_factory=dict)
    """Why the walk did not take an answer, by its id; such answers are left empty."""
    asked_about: dict[str, dict[str, None]] = field(default_factory=dict)
    """The items that were asked about one by one, by the id of the answer."""

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
            self.refused[question.id] = Refusal(question.complaint, question.item)
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
        if question.item:
            self.asked_about.setdefault(question.id, {})[question.item] = None
        if question.id in self.refused or question.id not in self.values:
            return None if question.id in self.refused else question.unasked
        said = self.values[question.id]
        if question.item:
            return named_as(said, (question.item,)).get(question.item)
        if isinstance(said, ByItem):
            if refusal := not_among(said, question.field.items):
                self.refused[question.id] = refusal
                return None
            return named_as(said, question.field.items)
        try:
            return taken(question, said)
        except Unreadable as error:
            self.refused[question.id] = Refusal(str(error))
            return None

    @property
    def not_taken(self) -> Mapping[str, Refusal]:
        """Why the walk did not take an answer, or what the file says of an item, by its id."""
        unknown = {
            key: refusal
            for key, items in self.asked_about.items()
            if (refusal := not_among(self.values.get(key), items))
        }
        return {**unknown, **self.refused}


class Refusal(NamedTuple):
    """Why an answer was not taken."""

    reason: str
    item: str = ""
    """The item that it is about, if it is about one of several."""


def named_as(said: Value | None, items: Collection[str]) -> ByItem:
    """Return what a file says about some items, in their order; case does not matter there."""
    by_name = (
        {folded(item): each for item, each in said.items()} if isinstance(said, ByItem) else {}
    )
    return ByItem().saying({item: by_name.get(folded(item)) for item in items})


def not_among(said: Value | None, items: Collection[str]) -> Refusal | None:
    """Return why a file cannot say something about an item: it is not asked about; else None."""
    known = {*map(folded, items)}
    unknown = (
        [item for item in said if folded(item) not in known] if isinstance(said, ByItem) else []
    )
    if not unknown:
        return None
    return Refusal(none_of_these(unknown[0], items), unknown[0])


def taken(question: Question, value: Value | None) -> Value | None:
    """Return an answer of a file as the question takes it, whose choices are known by now.

    Raises:
        Unreadable: It does not fit them.
    """
    field = question.field
    return read_anew(field, value, question.today, question.names) if field.sources else value
