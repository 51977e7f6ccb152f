"""A home for sessions of a small talk, and frontends that answer by question."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Command,
    EditLine,
    Interrupted,
    Said,
    Talked,
    keep_no_draft,
)
from support.agendas import yaml_text
from support.building import ADA_AND_GRACE
from support.homes import Home
from support.small_walks import KEPT, REVIEW, STRIKE, SURE, TALKED

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal, Reply
    from mentorwalk.workflows.runner import RunResult

TEXT = yaml_text("small")
SECRET = "mösser-4711"


@dataclass
class Guide:
    """A frontend that answers by question id and reviews by plan; otherwise it moves on."""

    answers: dict[str, list[Reply]] = field(default_factory=dict)
    """The replies to each question, in order."""
    review: list[Reply] = field(default_factory=list)
    talks: dict[str, list[Reply]] = field(default_factory=dict)
    looks: list[list[str]] = field(default_factory=list)
    """The lines of each review."""
    told: list[str] = field(default_factory=list)
    """The pages that were shown, with the text to read aloud."""
    tips: list[str] = field(default_factory=list)
    """The tip on each of these pages."""
    asked: dict[str, Question] = field(default_factory=dict)
    """The questions, by id."""
    decisions: list[Reply] = field(default_factory=list)
    """The decisions on the agreement; both accept it when none is left."""

    proposals: list[Proposal] = field(default_factory=list)
    """The agreements that were put to the two."""

    def talk(self, card: Card, _watch: ClockView | None) -> Talked | Command | Interrupted:
        """Reply as planned for this page, else go on."""
        self.told.append(f"{card.ask}\n{card.read}")
        self.tips.append(card.tip)
        reply = self._next(self.talks, card.ask, TALKED)
        assert isinstance(reply, Talked | Command | Interrupted)
        return reply

    def ask(
        self,
        _card: Card,
        question: Question,
        _watch: ClockView | None,
        _keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command:
        """Give the planned answer, else keep the current one."""
        self.asked[question.id] = question
        reply = self._next(self.answers, question.id, Said(question.value))
        assert isinstance(reply, Said | Command)
        return reply

    def settle(
        self, card: Card, sheet: list[Question], _watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Keep a sheet; in a review, do what comes next."""
        if card.ask != REVIEW:
            return KEPT
        self.looks.append([f"{question.id}: {question.current}" for question in sheet])
        reply = self.review.pop(0) if self.review else KEPT
        assert isinstance(reply, AcceptSheet | EditLine | Command)
        return reply

    def decide(self, _card: Card, proposal: Proposal, _watch: ClockView | None) -> Said:
        """Decide as planned."""
        self.proposals.append(proposal)
        reply = self._next({"": self.decisions}, "", Said("both"))
        assert isinstance(reply, Said)
        return reply

    def pause(self, _card: Card) -> None:
        """Go on at once."""

    def interrupted(self, _card: Card) -> Literal["close"]:
        """Close now, whatever the Ctrl-C interrupted."""
        return "close"

    def _next(self, known: dict[str, list[Reply]], key: str, otherwise: Reply) -> Reply:
        left = known.get(key, [])
        return left.pop(0) if left else otherwise


@dataclass(frozen=True)
class House(Home):
    """A home, and the runner of its sessions."""

    text: str = TEXT

    def sit(self, guide: Guide) -> RunResult:
        """Walk a session that is saved."""
        script = self.script
        return self.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 12), guide)

    def files(self) -> list[str]:
        """Return every file under the home."""
        return sorted(str(path.relative_to(self.home)) for path in self._paths())

    def holding(self, text: str) -> list[str]:
        """Return the name of every file that has this text in its content or path."""
        wanted = text.encode()
        return [
            path.name
            for path in self._paths()
            if wanted in path.read_bytes() or wanted in os.fsencode(path)
        ]

    def documents(self) -> str:
        """Return all documents, one after another."""
        paths = [path for path in self._paths() if path.suffix == ".md"]
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))

    def _paths(self) -> list[Path]:
        return [path for path in self.home.rglob("*") if path.is_file()]


def striking(line: int = 0) -> Guide:
    """Return a guide who writes down a secret, and strikes a line of the review."""
    said: dict[str, list[Reply]] = {
        "purpose": [Said(f"to leave {SECRET}")],
        "topics": [Said((f"{SECRET} one", "two"))],
        "choice": [STRIKE] * 9,
        "strike": [SURE] * 9,
    }
    return Guide(said, [EditLine(line)])


@dataclass
class Pair(Guide):
    """A guide with one decision on every agreement: a draft, unless another is given."""

    decides: str = "draft"
    proposals: list[Proposal] = field(default_factory=list)

    def decide(self, _card: Card, proposal: Proposal, _watch: ClockView | None) -> Said:
        """Decide, and remember the proposal."""
        self.proposals.append(proposal)
        return Said(self.decides)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")
