"""Conditions as they were meant: a sign, an answer or brackets are missing in `when`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.decoding.answers import (
    ANSWER_TO,
    WHICH_ANSWER,
    WITH_COMMA,
    answer_needed,
    answered_so,
    choices_of,
    either_answer,
    in_marks,
    rejoined,
)
from mentorwalk.authoring.format.id_forms import reshaped
from mentorwalk.authoring.format.other_words import range_meant
from mentorwalk.authoring.syntax.brace_repairs import COLON_BETWEEN
from mentorwalk.authoring.syntax.nodes import is_empty, items_of, scalar_at, text_of
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.errors import PROBLEM_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.decoding.problems import Misfit, Misfits
    from mentorwalk.authoring.syntax.source import Node

_WORDS = re.compile(
    r"([a-z]\w*(?:-[a-z]+)*(?:\.mentor|\.mentee)?)"
    r"( *(?:==?|[:;])| (?:is|contains|includes|equals)\b|)[ ,]*(\S.*)"
)
"""A field, what people write for a colon, and its answer."""


def _condition(misfits: Misfits, text: str) -> str:
    """Return the field and the answer that words such as `mood = 7` name; empty if they do not."""
    words = _WORDS.fullmatch(text)
    if not words:
        return ""
    told = words[2] or re.match(r"[\d.<>≤≥]", words[3])
    known = words[1].partition(".")[0] in misfits.ids
    if not (told or known):
        return ""
    answer = range_meant(words[3]) or either_answer(misfits.source, words[1], words[3])
    # An id with a dash has to be another one, and this goes with it.
    field = reshaped(words[1]) if known and "-" in words[1] else words[1]
    return f"{field}: {answer}"


def no_condition(misfits: Misfits, node: Node, key: str) -> Misfit:
    """Note that conditions are none, and return what to raise."""
    text, line = getattr(node, "text", ""), misfits.source.line(node.line)
    names = [text_of(item) for item in items_of(node)] or [text]
    known = misfits.ids.issuperset(names)
    if not known and (meant := _condition(misfits, text)):
        within = f"{{{meant}}}"
        sentence = f"A field and its answer stand within braces: `{key}: {within}`."
        before, behind = line[: node.column], line[node.column :]
        mark = behind[:1] if behind[:1] in ("'", '"') else ""
        fix = behind.replace(f"{mark}{text}{mark}", within if before.strip() else meant)
        return misfits.new(node, sentence, f"{before}{fix}" if text in line else "")
    if known:
        return misfits.new(node, answer_needed(misfits.source, names[0], key))
    return misfits.new(node, WHICH_ANSWER.format(key=key))


def as_conditions(misfits: Misfits, node: Pairs, key: str) -> Pairs:
    """Return conditions without those that wait for no answer, and note these."""
    kept: list[tuple[Node, Node]] = []
    for name, answer in _without_commas(misfits, node):
        text = name.text if isinstance(name, Scalar) else ""
        line = misfits.source.line(name.line)
        if is_empty(answer) and (meant := _condition(misfits, text)):
            sentence = COLON_BETWEEN.format(meant=meant)
            misfits.note(name, sentence, line.replace(text, meant, 1))
            field, _, said = meant.partition(": ")
            kept += [(scalar_at(name, field), scalar_at(name, said))]
        elif is_empty(answer) and text:
            _note_no_answer(misfits, name, key)
        elif meant := _behind_a_fold(misfits, answer):
            kept.append((name, scalar_at(answer, meant)))
        else:
            kept.append((name, answer))
    return node._replace(pairs=tuple(kept))


def _behind_a_fold(misfits: Misfits, answer: Node) -> str:
    """Return the range that `>5` stands for, which begins a text in YAML; note it, or nothing."""
    line = misfits.source.line(answer.line)
    folded = isinstance(answer, Scalar) and answer.style == ">" and not text_of(answer)
    meant = range_meant(line[answer.column :].strip()) if folded else ""
    if meant:
        fix = f"{line[: answer.column]}{meant}"
        misfits.note(answer, f"These numbers are written `{meant}`.", fix)
    return meant


def _note_no_answer(misfits: Misfits, name: Node, key: str) -> None:
    """Note that a condition is a field without its answer, or an answer without its field."""
    text, line = text_of(name), misfits.source.line(name.line)
    field = "" if text in misfits.ids else answered_so(misfits.source, text)
    if not field:
        misfits.note(name, answer_needed(misfits.source, text, key))
        return
    sentence = ANSWER_TO.format(answer=text, field=field, key=key)
    fix = line.replace(text, f"{field}: {text}", 1) if line.count(text) == 1 else ""
    misfits.note(name, sentence, fix)


def _without_commas(misfits: Misfits, node: Pairs) -> Iterator[tuple[Node, Node]]:
    """Yield conditions, `{often, weekly}` as one: its comma divides a field from its answer."""
    pairs = [*node.pairs]
    while pairs:
        name, answer = pairs.pop(0)
        text, behind = name, pairs[0] if pairs else (node, node)
        apart = isinstance(behind[0], Scalar) and is_empty(behind[1])
        if apart and isinstance(name, Scalar) and text_of(behind[0]) not in misfits.ids:
            if is_empty(answer):
                text = name._replace(text=f"{name.text}, {text_of(pairs.pop(0)[0])}")
            elif isinstance(answer, Scalar):
                answer = _several(misfits, name, answer, pairs)
        yield text, answer


def _several(
    misfits: Misfits, name: Scalar, answer: Scalar, pairs: list[tuple[Node, Node]]
) -> Items:
    """Return the answers that commas divide as a list, and note that they are one."""
    answers: list[Node] = [answer]
    while pairs and isinstance(pairs[0][0], Scalar) and is_empty(pairs[0][1]):
        answers.append(pairs.pop(0)[0])
    parts = [text_of(each) for each in answers]
    # The search takes time, and nobody is shown more problems than the limit.
    shown = len(misfits.problems) < PROBLEM_LIMIT
    picks = choices_of(misfits.source, name.text.partition(".")[0]) if shown else []
    whole = rejoined(parts, picks)
    listed, meant = ", ".join(parts), ", ".join(map(in_marks, whole or parts))
    meant = meant if len(whole) == 1 else f"[{meant}]"
    line = misfits.source.line(answer.line)
    sentence = WITH_COMMA if whole else "Several answers stand in brackets: `{meant}`."
    fix = line.replace(listed, meant) if listed in line else ""
    misfits.note(answer, sentence.format(meant=f"{name.text}: {meant}"), fix)
    joined = [scalar_at(answer, each) for each in whole] or answers
    return Items(answer.line, answer.column, tuple(joined))
