"""The clauses of an agreement: how answers read in it, and what is still open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.answers import LEFT_OUT
from mentorwalk.domain.placeholders import PLACEHOLDER, fill_in, without_nobody
from mentorwalk.domain.prep_wishes import two_wishes
from mentorwalk.domain.sheet import only_sentences
from mentorwalk.domain.text import (
    CLOSING_MARKS,
    after_lead,
    begun,
    clean,
    each_sentence,
    labelled,
    mid_sentence,
    sentences,
    unquoted,
    with_full_stop,
    without_full_stop,
    without_repeat,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session

State = Literal["settled", "open"]


@dataclass(frozen=True)
class AgreementClause:
    """A part of the agreement, with its state."""

    heading: str
    text: str
    """Paragraphs with an empty line between; empty if nothing is settled."""
    state: State
    missing: tuple[str, ...] = ()
    """The labels of what is still open, if the agenda has no sentence for it."""
    meanwhile: str = ""
    """What applies until it is settled; empty if the agenda does not say."""
    open: tuple[str, ...] = ()
    """The sentences of what is still open."""
    first: str = field(default="", compare=False)
    """Its first sentence."""
    placeholders: frozenset[str] = field(default=frozenset(), compare=False)
    """The ids of the names and answers in its text."""


def prompts_in_force(session: Session) -> tuple[Prompt, ...]:
    """Return the prompts that count: those to walk, and those settled in the last session."""
    cards = {*session.walked, *session.opened.carried.settled}
    return tuple(prompt for prompt in session.agenda.prompts.values() if prompt.id in cards)


def is_settled(session: Session, prompt: Prompt) -> bool:
    """Return whether a prompt's clause was agreed on, now or in the last session."""
    return session.marks.get(prompt.id) == "done" or prompt.id in session.opened.carried.settled


def clauses_of(session: Session) -> tuple[AgreementClause, ...]:
    """Return the clauses of all cards that were planned, walked or came along, in order."""
    answers, wording = _answers(session), _wording_of(session)
    return tuple(_clause(session, prompt, answers, wording) for prompt in clause_cards(session))


def open_cards(session: Session) -> dict[str, str]:
    """Return the cards to walk for the parts of the agreement that are open, by their headings."""
    found: dict[str, str] = {}
    for card, clause in zip(clause_cards(session), clauses_of(session), strict=True):
        is_open = clause.state == "open" or clause.missing or clause.open
        if card.id in session.walked and is_open:
            found.setdefault(clause.heading, card.id)
    return found


def clause_cards(session: Session) -> list[Prompt]:
    """Return the cards of the agreement: those of the last one in its order, then new ones."""
    carried = session.opened.carried
    headings = {heading: place for place, heading in enumerate(carried.headings)}
    cards = {card: place for place, card in enumerate(carried.clauses)}

    def place(prompt: Prompt) -> tuple[int, int]:
        """Return a key to sort by: first the heading, since clauses are put together by it."""
        heading = heading_of(session, prompt)
        return headings.get(heading, len(headings)), cards.get(prompt.id, len(cards))

    return sorted((prompt for prompt in prompts_in_force(session) if prompt.clause), key=place)


def heading_of(session: Session, prompt: Prompt) -> str:
    """Return the heading of a card's clause; empty if it has none."""
    return fill_in(prompt.clause.heading, session.names) if prompt.clause else ""


def _clause(
    session: Session, prompt: Prompt, answers: Mapping[str, Answer], wording: _Wording
) -> AgreementClause:
    assert prompt.clause  # noqa: S101 - clause_cards has looked
    heading = heading_of(session, prompt)
    meanwhile = fill_in(prompt.clause.meanwhile, session.names)
    ids, says = wording.ids(prompt.clause.says), wording.answered(prompt.clause.says)
    if not is_settled(session, prompt):
        # What a card only records besides is no part of the agreement.
        record = (field for field in prompt.record if {*field.answer_ids} & {*ids})
        labels, open_ = _open_parts(session, (*record, *prompt.settle))
        return AgreementClause(heading, "", "open", labels, meanwhile, open_)
    unanswered = [session.agenda.answerable[key] for key in ids if key not in answers]
    # Sentences that were all struck are decided: nothing is open about them.
    missing = [each for each in unanswered if not each.has_sentences]
    unsaid = [key for key in ids if key in answers and key not in wording.ids(says)]
    noted = [_noted(answers[key]) for key in unsaid]
    labels, open_ = _open_parts(session, missing, wishes=True)
    text = "\n\n".join(filter(None, [wording.fill_in(says), " ".join(noted)]))
    return AgreementClause(
        heading,
        text,
        "open" if (labels or open_) and not text else "settled",
        labels,
        meanwhile,
        open_,
        first=wording.fill_in(sentences(says)[0]) or next(iter(noted), ""),
        placeholders=frozenset((*wording.named(says), *unsaid)),
    )


def _answers(session: Session) -> Mapping[str, Answer]:
    """Return the answers that can be read, by the placeholders that refer to them."""
    answers = {key: session.effective_answer(key) for key in session.agenda.answerable}
    return {key: answer for key, answer in answers.items() if not answer.hidden}


def _wording_of(session: Session) -> _Wording:
    answers, fields = _answers(session), session.agenda.answerable
    own = {key: f"says..{n}" for n, key in enumerate(answers) if key in session.agenda.plain}
    units = {key: each.field.unit for key, each in answers.items() if each.field.unit}
    reads = {
        key: each.after_label if key in units else each.sentence for key, each in answers.items()
    }
    words = {own.get(key, key): each for key, each in reads.items()}
    words |= {f"{key}{BARE}": answers[key].sentence for key in units}
    return _Wording(
        session.names,
        words,
        frozenset(key for key in fields if fields[key].open),
        frozenset((*own.values(), *(key for key in fields if fields[key].has_sentences))),
        {
            sentence: "" if answers[sentence].value == LEFT_OUT else f"{{{key}}}"
            for sentence, key in own.items()
        },
        units,
    )


def _noted(answer: Answer) -> str:
    """Return an answer after its label, if its sentence is left out for want of another."""
    return with_full_stop(labelled(answer.inline_label, answer.after_label))


def _open_parts(
    session: Session, fields: Iterable[Field], *, wishes: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels and the sentences of what is open, if asked for with the two wishes."""
    labels: dict[str, None] = {}
    sentences: dict[str, None] = {}
    for each in fields:
        if not each.private and session.asks(each):
            two = two_wishes(session, each) if wishes else ""
            words = without_full_stop(fill_in(each.open or each.label, session.names))
            words = f"{words} ({two})" if two else words
            (sentences if each.open else labels)[with_full_stop(words) if each.open else words] = (
                None
            )
    return tuple(labels), tuple(sentences)


BLANK = "..."
"""What stands for an answer that is not there yet."""


@dataclass(frozen=True)
class Unfinished:
    """A sentence that grows while somebody types the answer in it."""

    says: str
    key: str
    """The id of the answer."""
    session: Session
    lead: str = ""
    """The words that the answer finishes, whatever the clause says; empty if there are none."""

    def with_words(self, typed: str) -> str:
        """Return the sentence as it will read, in quotation marks unless it has its own."""
        words = " ".join(typed.split()) or BLANK
        if self.lead:
            names = self.session.names.values()
            return _quoted(with_full_stop(after_lead(self.lead, words, names)))
        wording = self._wording
        wording = replace(wording, answers={**wording.answers, self.key: words})
        says = wording.answered(self.says)
        if not says:
            blanks = dict.fromkeys(wording.ids(self.says), BLANK)
            says, wording = self.says, replace(wording, answers=blanks | {**wording.answers})
        return _quoted(wording.fill_in(says))

    @cached_property
    def _wording(self) -> _Wording:
        # It needs every answer: too slow to have ready for each question of a session.
        return _wording_of(self.session)


def _quoted(text: str) -> str:
    """Return what will be said in quotation marks, unless it has its own."""
    return text if "“" in text or not text else f"“{text}”"


def clause_so_far(session: Session, prompt: Prompt) -> str:
    """Return how a card's clause reads with the answers that there are; empty if it has none.

    Its paragraphs follow each other closely, since there is little room beside its answers.
    """
    if prompt.clause is None:
        return ""
    wording = _wording_of(session)
    text = wording.fill_in(wording.answered(prompt.clause.says))
    return _quoted(text.replace("\n\n", "\n"))


def said_by(sheet: Sequence[Question], session: Session, prompt: Prompt) -> str:
    """Return how the answers of a sheet read in their clause; sentences already read like it."""
    if only_sentences(sheet):
        return ""
    answers = {question.id: question.value for question in sheet}
    return clause_so_far(replace(session, answers={**session.answers, **answers}), prompt)


def unfinished_of(session: Session, key: str) -> Unfinished | None:
    """Return the sentence that own words finish: after its lead, else that of its clause.

    What is chosen, counted or dated finishes none.
    """
    field, prompt = session.agenda.answerable[key], session.agenda.prompt_of.get(key)
    if field.type not in ("text", "select") or (field.type == "select" and not field.other):
        return None
    clause = prompt.clause.says if prompt and prompt.clause else ""
    each = (sentence for line in clause.split("\n") for sentence in sentences(line))
    says = next((sentence for sentence in each if f"{{{key}}}" in sentence), "")
    lead = fill_in(field.lead, session.names)
    return Unfinished(says, key, session, lead) if says or lead else None


UNIT_WITHIN = 2
"""The most words between a number and its unit in a clause, as in “60 quiet minutes”."""
BARE = "..bare"
"""Stands behind the id of a number whose unit follows later in its clause: no id has it."""


@dataclass(frozen=True)
class _Wording:
    """Puts names and answers into the words of a clause."""

    names: Mapping[str, str]
    answers: Mapping[str, str]
    open: frozenset[str] = frozenset()
    """The ids of the answers that have a sentence of their own while they are open."""
    whole: frozenset[str] = frozenset()
    """The ids of the answers that are whole sentences."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """What stands for the plain sentences that were reworded: a placeholder; nothing if struck.

    As what people type is put in last, like any answer, it is not read again.
    """
    units: Mapping[str, str] = field(default_factory=dict)
    """The units that answers bring along; one that is written behind its answer is the same."""

    def named(self, text: str) -> Iterable[str]:
        """Return the ids of the names and answers in a text that is not filled in yet."""
        reworded = {words.strip("{}"): sentence for sentence, words in self.instead.items()}
        return (reworded.get(key, key) for key in PLACEHOLDER.findall(text))

    def ids(self, text: str) -> list[str]:
        """Return the ids of the answers that a text refers to, each once."""
        return [key for key in dict.fromkeys(PLACEHOLDER.findall(text)) if key not in self.names]

    def answered(self, text: str) -> str:
        """Return a text without the parts that lack an answer."""
        text = each_sentence(text, lambda sentence: self.instead.get(sentence, sentence))
        return each_sentence(without_nobody(text, self.names), self._answered_sentence)

    def _answered_sentence(self, sentence: str) -> str:
        """Return a sentence without the parts between commas that lack an answer.

        Nothing of it is left if its first part lacks one, or if no other part has one; but where
        only the end of the first part is open, the rest goes on without it.
        """
        first, *others = sentence.split(", ")
        kept = [part for part in others if self._has_answers(part)]
        if len(kept) < len(others) and not self.ids(first):
            # What the “and” joined it to is gone.
            kept[:1] = [part.removeprefix("and ") for part in kept[:1]]
        if not self._has_answers(first):
            first = self._begin_of(first)
            kept = [f"{first} {kept[0]}", *kept[1:]] if first and kept else []
        else:
            kept = [first, *kept]
        text = ", ".join(kept)
        if self.ids(sentence) and not self.ids(text):
            return ""
        end = sentence[-1:]
        return text if text.endswith(end) or end not in ".!?…" else text + end

    def _begin_of(self, part: str) -> str:
        """Return a part without the answer at its end, if that is open and says so by itself."""
        words, _, last = part.rpartition(" ")
        named = PLACEHOLDER.fullmatch(last)
        return words if named and named[1] in self.open and self._has_answers(words) else ""

    def _has_answers(self, part: str) -> bool:
        return set(self.ids(part)) <= set(self.answers)

    def fill_in(self, text: str) -> str:
        """Return a text with its answers, each begun and ended as its place requires."""
        for key, unit in self.units.items():
            number = rf"\{{{re.escape(key)}\}}"
            text = re.sub(rf"{number} {re.escape(unit)}\b", f"{{{key}}}", text)
            words = rf"[- ](?:[\w{{}}.]+ ){{0,{UNIT_WITHIN}}}"
            follows = rf"(?={words}{re.escape(unit.removesuffix('s'))})"
            text = re.sub(f"{number}{follows}", f"{{{key}{BARE}}}", text)
        return re.sub(PLACEHOLDER.pattern + r"(\.?)", self._fitted, text)

    def _fitted(self, match: re.Match[str]) -> str:
        """Return what replaces a placeholder and the full stop after it."""
        key, stop = match[1], match[2]
        after = match.string[match.end() :][:1]
        words = re.sub(r"\s*\n\s*", "\n", clean({**self.answers, **self.names}[key]))
        if key in self.whole:
            return words
        if key not in self.names:
            words = self._begun(words, match.string[: match.start()].rstrip(" "))
        if stop:
            return with_full_stop(words)
        # Three dots are no full stop that could be taken away.
        goes_on = after not in ("", "\n", *CLOSING_MARKS) and not words.endswith("..")
        return words.removesuffix(".") if goes_on else words

    def _begun(self, words: str, before: str) -> str:
        """Return an answer as it begins after the text before it."""
        last = before[-1:]
        if before.count("“") > before.count("”"):
            # The sentence has quotation marks of its own around it.
            words = unquoted(words)
        if last == "“":
            return words
        if last.isalnum() or last in (",", ";", "}"):
            words = without_repeat(fill_in(before, self.names), words)
            named = words.startswith(tuple(filter(None, self.names.values())))
            return words if named else mid_sentence(words, before)
        begins = last in ("", "\n", ".", "!", "?", "…")
        return begun(words, self.names.values()) if begins else words
