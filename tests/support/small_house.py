"""A home for sessions of a small talk, and people who answer by what they are asked."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Command, EditLine, Said, keep_no_draft
from support.agendas import yaml_text
from support.building import ADA_AND_GRACE
from support.homes import Home

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.card import Card
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal, Reply
    from mentorwalk.workflows.runner import RunResult


from typing import TYPE_CHECKING, Literal

from mentorwalk.engine.frontend import (
    AcceptSheet,
    Interrupted,
    Talked,
)
from support.small_walks import (
    KEPT,
    REVIEW,
    STRIKE,
    SURE,
    TALKED,
)

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.card import Card, Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft, Proposal, Reply


TEXT = yaml_text("small")
SECRET = "mösser-4711"


@dataclass
class Guide:
    """A frontend that answers by what is asked, and reviews as it is told; else it moves on."""

    answers: dict[str, list[Reply]] = field(default_factory=dict)
    """What is said to a question, the first time, the second and so on."""
    review: list[Reply] = field(default_factory=list)
    talks: dict[str, list[Reply]] = field(default_factory=dict)
    looks: list[list[str]] = field(default_factory=list)
    """The lines of each review."""
    told: list[str] = field(default_factory=list)
    """The pages that were shown, what is read on them included."""
    tips: list[str] = field(default_factory=list)
    """What stood below it on each of them."""
    decisions: list[Reply] = field(default_factory=list)
    """What becomes of the agreement; both accept it, where nothing is said."""

    def talk(self, card: Card, _watch: ClockView | None) -> Talked | Command | Interrupted:
        """Do what this page was meant for, else go on."""
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
        """Say what is known, else what stands there."""
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

    def decide(self, _card: Card, _proposal: Proposal, _watch: ClockView | None) -> Said:
        """Say what becomes of it."""
        reply = self._next({"": self.decisions}, "", Said("both"))
        assert isinstance(reply, Said)
        return reply

    def pause(self, _card: Card) -> None:
        """Go on at once."""

    def interrupted(self, _card: Card) -> Literal["close"]:
        """Close now: a Ctrl-C of theirs means nothing else."""
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
        """Every file under the home."""
        return sorted(str(path.relative_to(self.home)) for path in self._paths())

    def holding(self, text: str) -> list[str]:
        """Every file, by name, that holds these bytes in its text or its name."""
        wanted = text.encode()
        return [
            path.name
            for path in self._paths()
            if wanted in path.read_bytes() or wanted in os.fsencode(path)
        ]

    def documents(self) -> str:
        """All documents, one after another."""
        paths = [path for path in self._paths() if path.suffix == ".md"]
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))

    def _paths(self) -> list[Path]:
        return [path for path in self.home.rglob("*") if path.is_file()]


def striking(line: int = 0) -> Guide:
    """People who write down a secret, and strike a line of the review."""
    said: dict[str, list[Reply]] = {
        "purpose": [Said(f"to leave {SECRET}")],
        "topics": [Said((f"{SECRET} one", "two"))],
        "choice": [STRIKE] * 9,
        "strike": [SURE] * 9,
    }
    return Guide(said, [EditLine(line)])


@dataclass
class Pair(Guide):
    """Two people who decide on their agreement as they are told; as a draft, where nothing is."""

    decides: str = "draft"
    proposals: list[Proposal] = field(default_factory=list)

    def decide(self, _card: Card, proposal: Proposal, _watch: ClockView | None) -> Said:
        """Decide, and remember what was put to them."""
        self.proposals.append(proposal)
        return Said(self.decides)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")
