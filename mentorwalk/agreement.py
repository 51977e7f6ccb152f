"""The agreement: its clauses and how each stands, the mark of its wording, and who accepted it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mentorwalk.agenda import PLACEHOLDER, ROLES, filled
from mentorwalk.answers import clean, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mentorwalk.agenda import Field, Prompt
    from mentorwalk.session import Session

MARKER = "<!-- mentorwalk: who agrees -->"
"""The line between the agreement, which its mark covers, and who accepted it."""
_MARKER_LINE = re.compile(r"\n" + r"\s+".join(MARKER.split()) + r"[^\S\n]*(?=\n|\Z)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])([”’\"')]*)\s+")

State = Literal["settled", "open"]


@dataclass(frozen=True)
class Clause:
    """A part of the agreement, and how it stands."""

    heading: str
    text: str
    """Paragraphs with an empty line between; empty where nothing is settled."""
    state: State
    missing: tuple[str, ...] = ()
    """What is still open about it, in the words of the agenda."""
    meanwhile: str = ""
    """What holds until it is settled; empty where the agenda says nothing."""
    told: frozenset[str] = field(default=frozenset(), compare=False)
    """The names and answers that its text holds, by placeholder."""


def clauses_of(session: Session) -> tuple[Clause, ...]:
    """Every clause of the cards that were planned or walked, or that came along, in order."""
    return tuple(_clause(session, prompt) for prompt in clause_cards(session))


def clause_cards(session: Session) -> list[Prompt]:
    """The cards that the agreement is made of: in its order so far, and then what is new."""
    carried = session.opened.carried
    headings = {heading: place for place, heading in enumerate(carried.headings)}
    cards = {card: place for place, card in enumerate(carried.clauses)}

    def place(prompt: Prompt) -> tuple[int, int]:
        """By its heading first, since clauses of one heading stand together."""
        heading = filled(prompt.clause.heading if prompt.clause else "", session.names)
        return headings.get(heading, len(headings)), cards.get(prompt.id, len(cards))

    return sorted((prompt for prompt in session.in_force() if prompt.clause), key=place)


def _clause(session: Session, prompt: Prompt) -> Clause:
    assert prompt.clause  # noqa: S101 - clauses_of has looked
    heading = filled(prompt.clause.heading, session.names)
    meanwhile = filled(prompt.clause.meanwhile, session.names)
    if not session.settled(prompt):
        labels = _labels(session, prompt.fields)
        return Clause(heading, "", "open", labels, meanwhile)
    words = _words(session)
    wanted = [name for name in PLACEHOLDER.findall(prompt.clause.says) if name not in session.names]
    missing = [name for name in dict.fromkeys(wanted) if name not in words]
    labels = _labels(session, [session.agenda.answerable[name] for name in missing])
    told = _told(prompt.clause.says, words)
    text = "\n".join(_filled(line, words) for line in told.split("\n"))
    state: State = "settled" if text else "open"
    return Clause(heading, text, state, labels, meanwhile, frozenset(PLACEHOLDER.findall(told)))


def _words(session: Session) -> Mapping[str, str]:
    """Names and answers by the placeholder they stand for; what is not answered has no word."""
    answers = {
        key: in_words(asked, value, session.names)
        for key, asked in session.agenda.answerable.items()
        if (value := session.standing(key)) not in (None, "", ()) and session.asks(asked)
    }
    return {**answers, **session.names}


def _told(says: str, words: Mapping[str, str]) -> str:
    """What a clause says, line by line, without what lacks an answer."""
    paragraphs = (
        "\n".join(filter(None, (_told_line(line, words) for line in paragraph.split("\n"))))
        for paragraph in says.split("\n\n")
    )
    return "\n\n".join(filter(None, paragraphs))


def _told_line(line: str, words: Mapping[str, str]) -> str:
    sentences = _SENTENCE_END.sub(r"\1\n", line).split("\n")
    return " ".join(filter(None, (_answered_parts(each, words) for each in sentences)))


def _answered_parts(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence without the parts between commas that lack an answer.

    Where its first part lacks one, nothing of it is left.
    """
    first, *others = sentence.split(", ")
    if not _has_words(first, words):
        return ""
    told = ", ".join([first, *(part for part in others if _has_words(part, words))])
    end = sentence[-1:]
    return told if told.endswith(end) or end not in ".!?…" else told + end


def _has_words(part: str, words: Mapping[str, str]) -> bool:
    return set(PLACEHOLDER.findall(part)) <= set(words)


def _filled(line: str, words: Mapping[str, str]) -> str:
    """Put answers in; none brings a full stop of its own into the middle or to the end."""

    def put(match: re.Match[str]) -> str:
        """One answer, or name, and the full stop after it."""
        word, stop = re.sub(r"\s*\n\s*", "\n", clean(words[match[1]])), match[2]
        if stop:
            return word if word.endswith((".", "!", "?", "…")) else word + stop
        after = line[match.end() : match.end() + 1]
        goes_on = after and after not in "”’\"')" and not word.endswith("..")
        return word.removesuffix(".") if goes_on else word

    return re.sub(PLACEHOLDER.pattern + r"(\.?)", put, line)


def _labels(session: Session, fields: Iterable[Field]) -> tuple[str, ...]:
    asked = [each for each in fields if not each.private and session.asks(each)]
    return tuple(dict.fromkeys(filled(each.label, session.names) for each in asked))


def fingerprint(text: str) -> str:
    """The mark of a wording: SHA-256 with white space folded, so re-wrapping changes nothing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def parted(document: str) -> tuple[str, str | None]:
    """An agreement's two parts: what its mark covers, and who agrees; None without a marker line.

    A byte order mark and trailing blanks, which editors leave, are nothing.
    """
    text = document.removeprefix("\ufeff").replace("\r\n", "\n")
    *_, last = (None, *_MARKER_LINE.finditer(text))
    return (text[: last.start()], text[last.end() :]) if last else (text, None)


def body_of(document: str) -> str:
    """The part of an agreement that its mark covers: all above the marker line."""
    return parted(document)[0]


def mark_in_words(mark: str) -> str:
    """The first 12 characters of a mark, in groups that can be read aloud."""
    return " ".join((mark[:4], mark[4:8], mark[8:12]))


def accepted_by_both(session: Session, mark: str) -> bool:
    """Whether both have accepted this very wording."""
    return all(role in session.accepted and session.accepted[role].mark == mark for role in ROLES)
