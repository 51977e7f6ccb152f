"""An answers file: field ids with values, read by each field's type."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.reading import nodes_of, nodes_unseen
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.answer_parsing import (
    NOBODY,
    parse_answer,
    parse_items,
    unsure,
)
from mentorwalk.domain.answers import UNKNOWN
from mentorwalk.domain.drafts import draft_key
from mentorwalk.domain.errors import (
    PROBLEM_LIMIT,
    InputError,
    Problem,
    Unreadable,
    did_you_mean,
    shown,
)
from mentorwalk.domain.prep_wishes import sharing
from mentorwalk.domain.text import capital, clean, count, folded
from mentorwalk.domain.values import OUTLINE_DEPTH, ByItem, outline_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mentorwalk.authoring.syntax.source import Node, Source
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.open_steps import OpenStep

ACCEPT = "accept"


class Misplaced(Unreadable):
    """A part of an answer cannot be read."""

    def __init__(self, sentence: str, node: Node, unquoted: str = "") -> None:
        super().__init__(sentence, unquoted)
        self.node = node


@dataclass(frozen=True)
class ParsedAnswers:
    """What an answers file says."""

    values: Mapping[str, Value | None]
    """By the id of an answer; None for a key without a value, which says: no answer."""
    accept: bool = False
    unread: frozenset[str] = frozenset()
    """The ids of answers that could not be read."""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)
    """The line and the column of each answer, and of what is said of an item, by its key."""
    unseen: frozenset[str] = field(default=frozenset(), compare=False)
    """The answers that nobody else sees, of which no message has a word."""

    def refused(self, source: Source, reasons: Mapping[str, tuple[str, str]]) -> list[Problem]:
        """Return a problem for each answer that the walk did not take.

        Args:
            source: The file.
            reasons: Why each was not taken, and the item that it is about, by the answer's id.
        """
        return [self._refusal(source, key, *why) for key, why in reasons.items()]

    def _refusal(self, source: Source, key: str, reason: str, item: str) -> Problem:
        if key not in self.places:
            return Problem(source.name, 1, 1, f"`{key}` is not answered here. {reason}")
        if key in self.unseen:
            return unseen_in(source, key, self.places[key])
        return source.problem(*self.places.get(draft_key(key, item), self.places[key]), reason)


def unseen_in(source: Source, key: str, place: tuple[int, int]) -> Problem:
    """Return that an answer cannot be taken which nobody else is to see."""
    return source.problem(*place, f"`{key}` does not fit its question.").unseen


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

    @cached_property
    def _unseen(self) -> frozenset[str]:
        """The answers that nobody else sees, in whichever line of the file they stand."""
        return frozenset(key for key, f in self._asked.items() if sharing(f) == "never")

    def read(self) -> tuple[ParsedAnswers, list[Problem]]:
        """Read the file."""
        node = nodes_unseen(self.source) if self._unseen else nodes_of(self.source)
        if not isinstance(node, Pairs):
            name = self.source.name
            raise InputError(f"{name}: Answers must be written as `id: value`, one per line.")
        for key, inner in node.pairs:
            self.take(key, inner)
        unread = frozenset((self.seen & self._asked.keys()) - self.values.keys())
        answers = ParsedAnswers(self.values, self.accept, unread, self.places, self._unseen)
        return answers, self.problems

    def take(self, key: Node, inner: Node) -> None:
        """Read one key with its value, or note what is wrong with it."""
        name = key.text if isinstance(key, Scalar) else ""
        try:
            self._take(name, inner)
        except Unreadable as error:
            known = name in self._asked or name == ACCEPT
            at = inner if known and name not in self.seen else key
            at = error.node if isinstance(error, Misplaced) else at
            problem = self.source.problem(at.line, at.column, str(error))
            self.problems.append(self._told(name, problem))
        self.seen.add(name)

    def _told(self, name: str, problem: Problem) -> Problem:
        """Return a problem without what was written, if nobody else is to see that."""
        if name in self._unseen and name not in self.seen:
            return unseen_in(self.source, name, (problem.line - 1, problem.column - 1))
        others = self._asked.keys() - self._unseen
        line = self.source.line(problem.line - 1).partition(":")[0]
        return problem if not self._unseen or line in others else problem.unseen

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
        if field.by_item and isinstance(inner, Pairs):
            for key, _said in inner.pairs:
                if isinstance(key, Scalar):
                    self.places[draft_key(name, clean(key.text))] = (key.line, key.column)
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
        return _outline(field, inner, today)
    if not isinstance(inner, Items):
        several = field.type in ("list", "checkbox", "ranking")
        needed = "items, each on its own line after `- `" if several else "one answer"
        raise Unreadable(f"`{field.id}` needs {needed}, not keys and values.")
    if not all(isinstance(item, Scalar) for item in inner.nodes):
        raise Unreadable(f"`{field.id}` needs plain items, one per line.")
    return _items(field, inner, names)


def _items(field: Field, inner: Items, names: Mapping[str, str]) -> Value | None:
    """Return what a file says as a list of texts.

    Raises:
        Unreadable: It does not fit the field; as Misplaced, if one item is none of its choices.
    """
    texts = [(each, clean(each.text)) for each in inner.nodes if isinstance(each, Scalar)]
    one = replace(field, min=None, max=None)
    for node, text in texts if field.type in ("checkbox", "ranking") else ():
        try:
            parse_items(one, (text,), names)
        except Unreadable as error:
            raise Misplaced(str(error), node, error.unquoted) from None
    return parse_items(field, tuple(text for _node, text in texts), names)


def _by_item(
    field: Field, inner: Node, today: date, names: Mapping[str, str] = NOBODY
) -> Value | None:
    """Return what a file says about each item of a field; None for nothing.

    Raises:
        Unreadable: It is no mapping, or something does not fit the field.
    """
    if not isinstance(inner, Pairs):
        example = "Craft: 7" if field.type == "ratings" else "Craft: what it means"
        items = inner.nodes if isinstance(inner, Items) else []
        dashed = bool(items) and all(isinstance(each, Pairs) for each in items)
        fix = " Take the dashes out." if dashed else ""
        sentence = f"`{field.id}` needs an answer for each item, such as `{example}`.{fix}"
        raise Unreadable(sentence)
    one, said = field.for_one_item, dict[str, object]()
    for key, each in inner.pairs:
        item = _item_of(field, key)
        if any(folded(item) == folded(known) for known in said):
            sentence = f"`{shown(item, 40)}` appears here twice: keep one."
            raise Misplaced(sentence, key, "An item appears here twice: keep one.")
        try:
            said[item] = value_of(one, each, today, names)
        except Misplaced:
            raise
        except Unreadable as error:
            raise Misplaced(str(error), each, error.unquoted) from None
    return ByItem().saying(said) or None


def _item_of(field: Field, key: Node) -> str:
    """Return the item that a key names, as the field has it; case does not matter.

    Raises:
        Misplaced: It names none, as far as they are known.
    """
    item = clean(key.text) if isinstance(key, Scalar) else ""
    known = {folded(each): each for each in field.items}
    if not item:
        raise Misplaced(f"`{field.id}` needs an item before each colon: one text.", key)
    if not field.sources and folded(item) not in known:
        hint = did_you_mean(item, field.items)
        sentence = f"`{shown(item, 40)}` is no item of `{field.id}`.{hint}"
        raise Misplaced(sentence, key, f"This is no item of `{field.id}`.{hint}")
    return known.get(folded(item), item)


class _Line(NamedTuple):
    """A line of an outline as a file has it."""

    depth: int
    label: str
    node: Node


def _outline(field: Field, inner: Node, today: date) -> Value | None:
    """Return an outline that a file has as nested lists; None for an empty one.

    Raises:
        Unreadable: It is written in another way, or it is too large.
    """
    lines = [line for line in _lines(field, inner, 0) if line.label]
    for line in lines:
        if line.depth >= OUTLINE_DEPTH:
            levels = f"{capital(count(OUTLINE_DEPTH))} levels at most"
            sentence = f"{levels}: “{shown(line.label, 40)}” is deeper."
            raise Misplaced(sentence, line.node, f"{levels}.")
    return parse_answer(field, outline_of((line.depth, line.label) for line in lines).text, today)


def _lines(field: Field, node: Node, depth: int) -> Iterator[_Line]:
    """Yield the lines of an outline that is written as nested lists, each with its level.

    A list stands below the line before it: `- Work`, then `- - Say no`. A line may also be the key
    of what stands below it; or the first item of a pair, as a journal has it.

    Raises:
        Misplaced: It is written in another way.
    """
    if isinstance(node, Scalar):
        yield _Line(depth, " ".join(clean(node.text).split()), node)
    elif isinstance(node, Pairs):
        for key, below in node.pairs:
            yield from _lines(field, key, depth)
            yield from _lines(field, below, depth + 1)
    else:
        yield from _listed(field, node, depth)


def _listed(field: Field, node: Items, depth: int) -> Iterator[_Line]:
    """Yield the lines of a list: a list within it stands below the line before it."""
    follows = False
    for item in node.nodes:
        if not isinstance(item, Items):
            yield from _lines(field, item, depth)
            follows = True
        elif follows:
            yield from _lines(field, item, depth + 1)
        elif len(item.nodes) == 2:
            label, below = item.nodes
            yield from _lines(field, label, depth)
            yield from _lines(field, below, depth + 1)
        else:
            sentence = f"`{field.id}` needs a line before each list of lines below it."
            raise Misplaced(sentence, item)
