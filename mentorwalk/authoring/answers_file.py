"""An answers file: field ids with values, read by each field's type."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring.recovery import compose
from mentorwalk.authoring.source import Items, Pairs, Scalar
from mentorwalk.domain.answer_parsing import (
    NOBODY,
    parse_answer,
    parse_items,
    unsure,
)
from mentorwalk.domain.answers import UNKNOWN
from mentorwalk.domain.errors import (
    PROBLEM_LIMIT,
    InputError,
    Problem,
    Unreadable,
    did_you_mean,
    shown,
)
from mentorwalk.domain.prep_wishes import sharing
from mentorwalk.domain.text import clean, folded
from mentorwalk.domain.values import ByItem, outline_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mentorwalk.authoring.source import Node, Source
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.open_steps import OpenStep

ACCEPT = "accept"


@dataclass(frozen=True)
class ParsedAnswers:
    """What an answers file says."""

    values: Mapping[str, Value | None]
    """By the id of an answer; None for a key without a value, which says: no answer."""
    accept: bool = False
    unread: frozenset[str] = frozenset()
    """The ids of answers that could not be read."""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)
    """The line and the column of each answer, by its id."""

    def refused(self, source: Source, reasons: Mapping[str, str]) -> list[Problem]:
        """Return a problem for each answer that the walk did not take, by the reasons it gave."""
        return [
            source.problem(*self.places[key], reason)
            if key in self.places
            else Problem(source.name, 1, 1, f"`{key}` is not answered here. {reason}")
            for key, reason in reasons.items()
        ]


def answers_from(
    source: Source,
    agenda: Agenda,
    today: date,
    names: Mapping[str, str],
    steps: Sequence[OpenStep] = (),
) -> tuple[ParsedAnswers, list[Problem]]:
    """Return what an answers file says, also of the open steps, and every problem in it.

    Raises:
        ProblemsFound: It is not YAML.
        InputError: It does not consist of keys and values.
    """
    return _Reader(source, agenda, today, names, steps).read()


def prepared_from(
    source: Source, agenda: Agenda, today: date, names: Mapping[str, str]
) -> tuple[ParsedAnswers, list[Problem]]:
    """Return what an answers file says beforehand: there `?` stands for “I don't know yet”.

    Raises:
        ProblemsFound: It is not YAML.
        InputError: It does not consist of keys and values.
    """
    return _Reader(source, agenda, today, names, beforehand=True).read()


@dataclass
class _Reader:
    """Reads one line of an answers file after another."""

    source: Source
    agenda: Agenda
    today: date
    names: Mapping[str, str]
    steps: Sequence[OpenStep] = ()
    beforehand: bool = False
    values: dict[str, Value | None] = field(default_factory=dict, init=False)
    places: dict[str, tuple[int, int]] = field(default_factory=dict, init=False)
    problems: list[Problem] = field(default_factory=list, init=False)
    accept: bool = field(default=False, init=False)
    seen: set[str] = field(default_factory=set, init=False)

    @cached_property
    def _asked(self) -> Mapping[str, Field]:
        """What people are asked, by the ids of the answers: not the plain sentences of clauses."""
        return {k: f for k, f in self.agenda.answerable.items() if k not in self.agenda.plain}

    def read(self) -> tuple[ParsedAnswers, list[Problem]]:
        """Read the file."""
        node = compose(self.source)
        if not isinstance(node, Pairs):
            name = self.source.name
            raise InputError(f"{name}: Answers must be written as `id: value`, one per line.")
        for key, inner in node.pairs:
            self.take(key, inner)
        unread = frozenset((self.seen & self._asked.keys()) - self.values.keys())
        return ParsedAnswers(self.values, self.accept, unread, self.places), self.problems

    def take(self, key: Node, inner: Node) -> None:
        """Read one key with its value, or note what is wrong with it."""
        name = key.text if isinstance(key, Scalar) else ""
        try:
            self._take(name, inner)
        except Unreadable as error:
            known = name in self._asked or name == ACCEPT
            at = inner if known and name not in self.seen else key
            problem = self.source.problem(at.line, at.column, str(error))
            self.problems.append(self._unseen(name, problem))
        self.seen.add(name)

    def _unseen(self, name: str, problem: Problem) -> Problem:
        """Return a problem without what was written, if nobody else is to see that."""
        field = self._asked.get(name)
        if field is None or sharing(field) != "never" or name in self.seen:
            return problem
        return replace(problem, sentence=f"`{name}` does not fit its question.", excerpt="")

    def _take(self, name: str, inner: Node) -> None:
        if name in self.seen:
            raise Unreadable(f"`{shown(name, 40)}` appears here twice: keep one.")
        if name == ACCEPT:
            self.accept = self._accepts(inner)
            return
        field = self._asked.get(name)
        if name in self.agenda.fields and field is None:
            raise Unreadable(f"`{name}` is asked of each: write `{name}.mentor`, `{name}.mentee`.")
        if field is None:
            known = [*self._asked, ACCEPT]
            hint = did_you_mean(name, known) if len(self.problems) < PROBLEM_LIMIT else ""
            raise Unreadable(f"There is no field `{shown(name, 40)}` in {self.agenda.id}.{hint}")
        if field.asks_steps:
            self._take_steps(field, inner)
            return
        self.places[name] = (inner.line, inner.column)
        value = prepared_value if self.beforehand else value_of
        self.values[name] = value(field, inner, self.today, self.names)

    def _take_steps(self, field: Field, inner: Node) -> None:
        """Read what came of open steps, each under its words."""
        self.values[field.id] = None
        if not isinstance(inner, Pairs):
            if isinstance(inner, Scalar) and not inner.text:
                return
            raise Unreadable(f"`{field.id}` needs the words of each step, and what came of it.")
        for key, said in inner.pairs:
            at, words = key, key.text if isinstance(key, Scalar) else ""
            try:
                line = f"{field.id}.{self._number_of(words, field)}"
                at = said
                self.values[line] = value_of(field, said, self.today, self.names)
                self.places[line] = (said.line, said.column)
            except Unreadable as error:
                self.problems.append(self.source.problem(at.line, at.column, str(error)))

    def _number_of(self, words: str, field: Field) -> int:
        """Return which of the open steps that a field is asked for has these words.

        Raises:
            Unreadable: None has.
        """
        asked = {n: step for n, step in enumerate(self.steps, 1) if step.is_asked_by(field)}
        for number, step in asked.items():
            if folded(step.words) == folded(words):
                return number
        hint = did_you_mean(words, [step.words for step in asked.values()])
        raise Unreadable(f"No open step has these words: `{shown(words, 40)}`.{hint}")

    def _accepts(self, inner: Node) -> bool:
        words = {"yes": True, "true": True, "no": False, "false": False, "": False}
        text = inner.text.strip().lower() if isinstance(inner, Scalar) else "-"
        if text not in words:
            raise Unreadable("`accept` must be yes or no.")
        return words[text]


def prepared_value(
    field: Field, inner: Node, today: date, names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Return what a file says of a field beforehand; UNKNOWN for “I don't know yet”.

    Raises:
        Unreadable: It does not fit the field.
    """
    only = inner.nodes[0] if isinstance(inner, Items) and len(inner.nodes) == 1 else inner
    if isinstance(only, Scalar) and unsure(only.text):
        return UNKNOWN
    return value_of(field, inner, today, names)


def value_of(
    field: Field, inner: Node, today: date, names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Return what a file says of a field; None for nothing.

    Raises:
        Unreadable: It does not fit the field.
    """
    # What was said to a source may be chosen: that is known only once it is asked.
    open_ended = field.other or (bool(field.choices_from) and not field.chooses_next)
    field = replace(field, other=open_ended)
    if isinstance(inner, Scalar) and not (field.by_item and inner.text.strip()):
        return parse_answer(field, inner.text, today, names)
    if field.by_item:
        return _by_item(field, inner, today, names)
    if field.type == "outline":
        return parse_answer(field, outline_of(_lines(field, inner)).text, today)
    if not isinstance(inner, Items):
        raise Unreadable(f"`{field.id}` needs one answer, not keys and values.")
    if not all(isinstance(item, Scalar) for item in inner.nodes):
        raise Unreadable(f"`{field.id}` needs plain items, one per line.")
    texts = tuple(clean(item.text) for item in inner.nodes if isinstance(item, Scalar))
    return parse_items(field, texts, names)


def _by_item(
    field: Field, inner: Node, today: date, names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Return what a file says about each item of a field; None for nothing.

    Raises:
        Unreadable: It is no mapping, or something does not fit the field.
    """
    if not isinstance(inner, Pairs):
        example = "Craft: 7" if field.type == "ratings" else "Craft: what it means"
        raise Unreadable(f"`{field.id}` needs an answer for each item, such as `{example}`.")
    one, said = field.for_one_item, dict[str, object]()
    for key, each in inner.pairs:
        item = clean(key.text) if isinstance(key, Scalar) else ""
        if not item or item in said:
            raise Unreadable(f"`{field.id}` needs each item once, as a text before its colon.")
        said[item] = value_of(one, each, today, names)
    return ByItem().saying(said) or None


def _lines(field: Field, node: Node, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the lines of an outline that is written as nested lists, each with its level.

    A list stands below the line before it: `- Work`, then `- - Say no`. A line may also be the key
    of what stands below it; or the first item of a pair, as a journal has it.

    Raises:
        Unreadable: It is written in another way.
    """
    if isinstance(node, Scalar):
        yield from ((depth, line) for line in filter(None, [clean(node.text)]))
    elif isinstance(node, Pairs):
        for key, below in node.pairs:
            yield from _lines(field, key, depth)
            yield from _lines(field, below, depth + 1)
    else:
        follows = False
        for item in node.nodes:
            nested = isinstance(item, Items)
            pair = nested and not follows
            if pair and not (isinstance(item, Items) and len(item.nodes) == 2):
                raise Unreadable(f"`{field.id}` needs lines, with lists of lines below them.")
            if pair and isinstance(item, Items):
                label, below = item.nodes
                yield from _lines(field, label, depth)
                yield from _lines(field, below, depth + 1)
            else:
                yield from _lines(field, item, depth + nested)
            follows = follows or not nested
