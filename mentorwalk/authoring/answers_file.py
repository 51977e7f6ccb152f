"""An answers file: field ids with values, read by each field's type."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mentorwalk.authoring.recovery import compose
from mentorwalk.authoring.source import Items, Pairs, Scalar
from mentorwalk.domain.answer_parsing import NOBODY, parse_answer, parse_items, unsure
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
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorwalk.authoring.source import Node, Source
    from mentorwalk.domain.agenda import Agenda, Field
    from mentorwalk.domain.answers import Value

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
    *,
    beforehand: bool = False,
) -> tuple[ParsedAnswers, list[Problem]]:
    """Return what an answers file says, and every problem in it.

    If it is for a preparation, `beforehand`, `?` stands for “I don't know yet”.

    Raises:
        ProblemsFound: It is not YAML.
        InputError: It does not consist of keys and values.
    """
    node = compose(source)
    if not isinstance(node, Pairs):
        raise InputError(f"{source.name}: Answers must be written as `id: value`, one per line.")
    reader = _Reader(source, agenda, today, names, beforehand=beforehand)
    for key, inner in node.pairs:
        reader.take(key, inner)
    unread = frozenset((reader.seen & agenda.answerable.keys()) - reader.values.keys())
    return ParsedAnswers(reader.values, reader.accept, unread, reader.places), reader.problems


class _Reader:
    """Reads one line of an answers file after another."""

    def __init__(
        self,
        source: Source,
        agenda: Agenda,
        today: date,
        names: Mapping[str, str],
        *,
        beforehand: bool,
    ) -> None:
        self.beforehand = beforehand
        self.source, self.agenda, self.today, self.names = source, agenda, today, names
        self.values: dict[str, Value | None] = {}
        self.places: dict[str, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.accept = False
        self.seen: set[str] = set()

    def take(self, key: Node, inner: Node) -> None:
        """Read one key with its value, or note what is wrong with it."""
        name = key.text if isinstance(key, Scalar) else ""
        try:
            self._take(name, inner)
        except Unreadable as error:
            known = name in self.agenda.answerable or name == ACCEPT
            at = inner if known and name not in self.seen else key
            problem = self.source.problem(at.line, at.column, str(error))
            self.problems.append(self._unseen(name, problem))
        self.seen.add(name)

    def _unseen(self, name: str, problem: Problem) -> Problem:
        """Return a problem without what was written, if nobody else is to see that."""
        field = self.agenda.answerable.get(name)
        if field is None or sharing(field) != "never" or name in self.seen:
            return problem
        return replace(problem, sentence=f"`{name}` does not fit its question.", excerpt="")

    def _take(self, name: str, inner: Node) -> None:
        if name in self.seen:
            raise Unreadable(f"`{shown(name, 40)}` appears here twice: keep one.")
        if name == ACCEPT:
            self.accept = self._accepts(inner)
            return
        field = self.agenda.answerable.get(name)
        if name in self.agenda.fields and field is None:
            raise Unreadable(f"`{name}` is asked of each: write `{name}.mentor`, `{name}.mentee`.")
        if field is None:
            known = [*self.agenda.answerable, ACCEPT]
            hint = did_you_mean(name, known) if len(self.problems) < PROBLEM_LIMIT else ""
            raise Unreadable(f"There is no field `{shown(name, 40)}` in {self.agenda.id}.{hint}")
        self.places[name] = (inner.line, inner.column)
        value = prepared_value if self.beforehand else value_of
        self.values[name] = value(field, inner, self.today, self.names)

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
    if isinstance(inner, Scalar):
        return parse_answer(field, inner.text, today, names)
    if not isinstance(inner, Items):
        raise Unreadable(f"`{field.id}` needs one answer, not keys and values.")
    if not all(isinstance(item, Scalar) for item in inner.nodes):
        raise Unreadable(f"`{field.id}` needs plain items, one per line.")
    texts = tuple(clean(item.text) for item in inner.nodes if isinstance(item, Scalar))
    return parse_items(field, texts, names)
