"""The clauses of an agreement: how answers read in it, and what is still open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agenda import PLACEHOLDER, fill_in
from mentorwalk.domain.prep_wishes import two_wishes
from mentorwalk.domain.text import (
    capital,
    clean,
    labelled,
    mid_sentence,
    stopped,
    unquoted,
    without_repeat,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mentorwalk.domain.agenda import Field, Prompt
    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.session import Session

_SENTENCE_END = re.compile(r"(?<=[.!?…])([”’\"')]*)\s+")

State = Literal["settled", "open"]


@dataclass(frozen=True)
class AgreementClause:
    """A part of the agreement, and how it stands."""

    heading: str
    text: str
    """Paragraphs with an empty line between; empty where nothing is settled."""
    state: State
    missing: tuple[str, ...] = ()
    """What is still open about it, in the words of the agenda."""
    meanwhile: str = ""
    """What holds until it is settled; empty where the agenda says nothing."""
    first: str = field(default="", compare=False)
    """Its first sentence."""
    told: frozenset[str] = field(default=frozenset(), compare=False)
    """The names and answers that its text holds, by placeholder."""


def clauses_of(session: Session) -> tuple[AgreementClause, ...]:
    """Every clause of the cards that were planned or walked, or that came along, in order."""
    return tuple(_clause(session, prompt) for prompt in clause_cards(session))


def clause_cards(session: Session) -> list[Prompt]:
    """The cards that the agreement is made of: in its order so far, and then what is new."""
    carried = session.opened.carried
    headings = {heading: place for place, heading in enumerate(carried.headings)}
    cards = {card: place for place, card in enumerate(carried.clauses)}

    def place(prompt: Prompt) -> tuple[int, int]:
        """By its heading first, since clauses of one heading stand together."""
        heading = fill_in(prompt.clause.heading if prompt.clause else "", session.names)
        return headings.get(heading, len(headings)), cards.get(prompt.id, len(cards))

    return sorted((prompt for prompt in session.in_force() if prompt.clause), key=place)


def _clause(session: Session, prompt: Prompt) -> AgreementClause:
    assert prompt.clause  # noqa: S101 - clauses_of has looked
    heading = fill_in(prompt.clause.heading, session.names)
    meanwhile = fill_in(prompt.clause.meanwhile, session.names)
    if not session.settled(prompt):
        labels = _labels(session, prompt.fields)
        return AgreementClause(heading, "", "open", labels, meanwhile)
    answers = _answers(session)
    words = _Words(session.names, {key: answer.sentence for key, answer in answers.items()})
    wanted, told = words.wanted(prompt.clause.says), words.told(prompt.clause.says)
    missing = [session.agenda.answerable[key] for key in wanted if key not in answers]
    unsaid = [key for key in wanted if key in answers and key not in words.wanted(told)]
    noted = [_noted(answers[key]) for key in unsaid]
    text = "\n\n".join(filter(None, [words.fill_in(told), " ".join(noted)]))
    first = words.fill_in(_sentences(told)[0]) or next(iter(noted), "")
    state: State = "settled" if text else "open"
    names = frozenset((*PLACEHOLDER.findall(told), *unsaid))
    labels = _labels(session, missing, seen=True)
    return AgreementClause(heading, text, state, labels, meanwhile, first, names)


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.sub(r"\1\n", text).split("\n")


def _answers(session: Session) -> Mapping[str, Answer]:
    """Answers by the placeholder they stand for; what is not answered has no word."""
    answers = {key: session.effective_answer(key) for key in session.agenda.answerable}
    return {key: answer for key, answer in answers.items() if not answer.empty}


def _noted(answer: Answer) -> str:
    """An answer that stands in no sentence, because it lacks another one: after its label."""
    return stopped(labelled(answer.inline_label, answer.after_label))


@dataclass(frozen=True)
class _Words:
    """What stands for the placeholders of a clause, and how the clause reads with it."""

    names: Mapping[str, str]
    answers: Mapping[str, str]

    def wanted(self, text: str) -> list[str]:
        """The answers that a text asks for, each once."""
        return [key for key in dict.fromkeys(PLACEHOLDER.findall(text)) if key not in self.names]

    def told(self, says: str) -> str:
        """What a clause says, line by line, without what lacks an answer."""
        paragraphs = (
            "\n".join(filter(None, map(self._told_line, paragraph.split("\n"))))
            for paragraph in says.split("\n\n")
        )
        return "\n\n".join(filter(None, paragraphs))

    def _told_line(self, line: str) -> str:
        return " ".join(filter(None, map(self._answered_parts, _sentences(line))))

    def _answered_parts(self, sentence: str) -> str:
        """A sentence without the parts between commas that lack an answer.

        Where its first part lacks one, or no part that is left has one, nothing of it is left.
        """
        first, *others = sentence.split(", ")
        if not self._answered(first):
            return ""
        told = ", ".join([first, *filter(self._answered, others)])
        if self.wanted(sentence) and not self.wanted(told):
            return ""
        end = sentence[-1:]
        return told if told.endswith(end) or end not in ".!?…" else told + end

    def _answered(self, part: str) -> bool:
        return set(self.wanted(part)) <= set(self.answers)

    def fill_in(self, text: str) -> str:
        """Put answers in: each begins, and ends, as its place in the sentence wants it."""
        return re.sub(PLACEHOLDER.pattern + r"(\.?)", self._put, text)

    def _put(self, match: re.Match[str]) -> str:
        """One answer, or name, and the full stop after it."""
        key, stop = match[1], match[2]
        after = match.string[match.end() :][:1]
        word = re.sub(r"\s*\n\s*", "\n", clean({**self.answers, **self.names}[key]))
        if key not in self.names:
            word = self._fitting(word, match.string[: match.start()].rstrip(" "))
        if stop:
            return stopped(word)
        goes_on = after not in ("", "\n", *"”’\"')") and not word.endswith("..")
        return word.removesuffix(".") if goes_on else word

    def _fitting(self, word: str, before: str) -> str:
        """An answer as it goes on after what stands before it."""
        last = before[-1:]
        if last == "“":
            return unquoted(word)
        if last.isalnum() or last in (",", ";", "}"):
            return mid_sentence(without_repeat(fill_in(before, self.names), word))
        begins = last in ("", "\n", ".", "!", "?", "…")
        # A name is written as its owner writes it.
        return capital(word) if begins and not word.startswith(tuple(self.names.values())) else word


def _labels(session: Session, fields: Iterable[Field], *, seen: bool = False) -> tuple[str, ...]:
    """What is open; where both have seen it, also that they would like it differently."""
    asked = [each for each in fields if not each.private and session.asks(each)]
    wishes = (two_wishes(session, each) if seen else "" for each in asked)
    labels = (fill_in(each.label, session.names) for each in asked)
    pairs = zip(labels, wishes, strict=True)
    return tuple(dict.fromkeys(f"{label} ({two})" if two else label for label, two in pairs))
