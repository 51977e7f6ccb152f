"""The agreement: its clauses and how each stands, the mark of its wording, and who accepted it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.agenda import PLACEHOLDER, ROLES, filled
from mentorwalk.answers import clean, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.agenda import Prompt
    from mentorwalk.session import Session

MARKER = "<!-- mentorwalk: who agrees -->"
"""The line between the agreement, which its mark covers, and who accepted it."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])([”’\"')]*)\s+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the agreement, and how it stands."""

    heading: str
    text: str
    """Paragraphs with an empty line between; empty where nothing is settled."""
    state: Literal["settled", "open"]
    missing: tuple[str, ...] = ()
    """What is still open about it, in the words of the agenda."""


def clauses_of(session: Session) -> tuple[Clause, ...]:
    """Every clause of the cards that were planned or walked, in order."""
    walked = [session.agenda.prompts[card] for card in session.cards]
    return tuple(_clause(session, prompt) for prompt in walked if prompt.clause)


def _clause(session: Session, prompt: Prompt) -> Clause:
    assert prompt.clause  # noqa: S101 - clauses_of has looked
    heading = filled(prompt.clause.heading, session.names)
    if session.marks.get(prompt.id) != "done":
        return Clause(heading, "", "open", _labels(session, prompt))
    words = _words(session)
    paragraphs = (_told(text, words) for text in prompt.clause.says.split("\n\n"))
    text = "\n\n".join(filter(None, paragraphs))
    missing = _labels(session, prompt, set(PLACEHOLDER.findall(prompt.clause.says)) - set(words))
    return Clause(heading, text, "settled" if text else "open", missing)


def _words(session: Session) -> Mapping[str, str]:
    """Names and answers by the placeholder they stand for; what is not answered has no word."""
    answers = {
        key: in_words(field, value, session.names)
        for key, field in session.agenda.answerable.items()
        if (value := session.answers.get(key)) not in (None, "", ()) and session.asks(field)
    }
    return {**answers, **session.names}


def _told(paragraph: str, words: Mapping[str, str]) -> str:
    """A paragraph without the sentences that lack an answer."""
    ended = _SENTENCE_END.sub(r"\1\n", paragraph).split("\n")
    whole = [sentence for sentence in ended if set(PLACEHOLDER.findall(sentence)) <= set(words)]
    return " ".join(_sentence(sentence, words) for sentence in whole)


def _sentence(sentence: str, words: Mapping[str, str]) -> str:
    """Fill a sentence; an answer that ends like a sentence gets no second full stop."""

    def put(match: re.Match[str]) -> str:
        word, stop = re.sub(r"\s*\n\s*", "\n", clean(words[match[1]])), match[2]
        return word if word.endswith((".", "!", "?", "…")) else word + stop

    return re.sub(PLACEHOLDER.pattern + r"(\.?)", put, sentence)


def _labels(session: Session, prompt: Prompt, wanted: set[str] | None = None) -> tuple[str, ...]:
    fields = [f for f in prompt.fields if not f.private and session.asks(f)]
    if wanted is not None:
        fields = [field for field in fields if wanted & set(field.answer_ids)]
    return tuple(filled(field.label, session.names) for field in fields)


def fingerprint(text: str) -> str:
    """The mark of a wording: SHA-256 with white space folded, so re-wrapping changes nothing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def mark_in_words(mark: str) -> str:
    """The first 12 characters of a mark, in groups that can be read aloud."""
    return " ".join((mark[:4], mark[4:8], mark[8:12]))


def accepted_by_both(session: Session, mark: str) -> bool:
    """Whether both have accepted this very wording."""
    return all(role in session.accepted and session.accepted[role].mark == mark for role in ROLES)
