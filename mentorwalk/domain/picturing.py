"""Which picture answers make: numbers by their items, words in columns, an outline as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from mentorwalk.domain.fields import each_text, personal_ids
from mentorwalk.domain.pictures import Column, Columns, Part, Picture, Tree
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import folded
from mentorwalk.domain.values import ByItem, Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from mentorwalk.domain.agenda import Agenda, Drawn
    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.fields import PictureKind
    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.domain.record import Record
    from mentorwalk.domain.values import ItemValue, Node


@dataclass(frozen=True)
class LastTime:
    """The numbers of the last time, whose items are found by their names."""

    said: Mapping[str, ItemValue] = attribute(default_factory=dict)
    day: date | None = None


class Walked(Protocol):
    """A time that an agenda was walked."""

    @property
    def day(self) -> date:
        """The day."""
        ...

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What was answered, by its ids."""
        ...


def are_same_things(now: Collection[str], then: Iterable[str]) -> bool:
    """Return whether numbers of two times can be compared: half of the items now were there then.

    Two wheels of other areas share a name by chance, and a number that moved on it means nothing.
    """
    known = {*map(folded, then)}
    return 2 * sum(folded(item) in known for item in now) >= len(now)


def no_last_time(_answer: Answer) -> LastTime:
    """Return that an answer has no numbers of a last time."""
    return LastTime()


def picture_of(
    record: Record,
    kind: PictureKind,
    fields: Sequence[str],
    before: Callable[[Answer], LastTime] = no_last_time,
) -> AnyPicture:
    """Return the picture of what was answered in a session; private answers are in none.

    Args:
        record: The session.
        kind: How it is drawn.
        fields: The ids of the fields; if two of them are numbers, those of the second are beside
            those of the first.
        before: Returns the numbers of the last time for an answer.
    """
    answerable = record.agenda.answerable
    answers = [record.answer(key) for name in fields for key in keys_of(record.agenda, name)]
    choosing = (key for key, field in answerable.items() if field.type == "select")
    chosen = chosen_among(answers, map(record.answer, choosing))
    return drawn(kind, answers, chosen, day=record.day, before=before)


def fullest(pictures: Iterable[Drawn]) -> tuple[Drawn, ...]:
    """Return the pictures, each once, without those that another one of them shows as well."""
    wanted = dict.fromkeys(pictures)
    return tuple(
        one
        for one in wanted
        if not any(
            other.kind == one.kind and set(other.fields) > set(one.fields) for other in wanted
        )
    )


def picture_again(picture: Drawn, walked: Walked, before: Walked | None = None) -> AnyPicture:
    """Return a picture of what was answered once, compared with the time before if there was one.

    Args:
        picture: The picture.
        walked: When its agenda was walked.
        before: When it was walked the time before.
    """
    keys = (key for name in picture.fields for key in (name, *personal_ids(name)))
    answers = [walked.answers[key] for key in keys if key in walked.answers]
    chosen = chosen_among(answers, walked.answers.values())

    def then(answer: Answer) -> LastTime:
        """Return what was answered there the time before."""
        ids = (key for key, person in answer.field.answer_ids.items() if person == answer.person)
        said = before.answers.get(next(ids, "")) if before else None
        rated = said.value if said else None
        if before is None or said is None or not isinstance(rated, ByItem):
            return LastTime()
        same = are_same_things(answer.field.items, (*said.field.items, *rated))
        return LastTime(rated, before.day) if same else LastTime()

    return drawn(picture.kind, answers, chosen, day=walked.day, before=then)


def keys_of(agenda: Agenda, name: str) -> tuple[str, ...]:
    """Return the ids of the answers that a picture of a field shows, or of one person's answer."""
    field = agenda.fields.get(name)
    return tuple(field.answer_ids) if field else (name,)


def drawn(
    kind: PictureKind,
    answers: Sequence[Answer],
    chosen: Collection[str] = (),
    *,
    day: date | None = None,
    before: Callable[[Answer], LastTime] = no_last_time,
) -> AnyPicture:
    """Return the picture of some answers, field by field; private ones are in none.

    Args:
        kind: How they are drawn.
        answers: The answers.
        chosen: The items that are marked.
        day: The day of the answers.
        before: Returns the numbers of the last time for an answer.
    """
    seen = [answer for answer in answers if not answer.field.private]
    if kind == "tree":
        return Tree(tuple(_nodes(seen)))
    if kind == "columns":
        return Columns(tuple(Column(each.label, _words(each)) for each in seen))
    marked = frozenset(map(folded, chosen))
    # An answer that is empty keeps its place: the second numbers are never taken for the first.
    people = dict.fromkeys(each.person for each in seen if not each.empty)
    own = ([each for each in seen if each.person == person] for person in people)
    pages = [_Numbers(kind, answers, marked, before) for answers in own]
    parts = tuple(part for page in pages for part in page.parts())
    low, high = next((each.field.ends for each in seen if each.field.type == "ratings"), (0, 10))
    compared = any(part.before is not None for part in parts)
    days = (page.earlier.day for page in pages if compared)
    second = next(filter(None, (page.second_label for page in pages)), "")
    return Picture(kind, parts, low, high, day, next(filter(None, days), None), second)


def chosen_among(answers: Iterable[Answer], said: Iterable[Answer]) -> tuple[str, ...]:
    """Return what a `select` chose, of all that was said, among the items of some answers."""
    fields = [answer.field for answer in answers]
    about = {source for field in fields for source in (field.id, *field.sources)}
    return tuple(
        each.value
        for each in said
        if about & {*each_text(each.field.choices_from)}
        if each.field.type == "select" and isinstance(each.value, str) and not each.hidden
    )


def _nodes(answers: Iterable[Answer]) -> Iterator[Node]:
    for answer in answers:
        if isinstance(answer.value, Outline):
            yield from answer.value.nodes


def _words(answer: Answer) -> tuple[str, ...]:
    """Return each item of an answer as it reads in a list."""
    return () if answer.empty else tuple(item.after_label for item in answer.items)


@dataclass(frozen=True)
class _Numbers:
    """The answers of both people, or of one of them, whose numbers a picture shows."""

    kind: PictureKind
    answers: Sequence[Answer]
    chosen: frozenset[str]
    before: Callable[[Answer], LastTime]

    def parts(self) -> Iterator[Part]:
        """Yield a part for each item, in the order in which they were asked, or chosen."""
        now, earlier, second = self._said(0), self.earlier.said, self._said(1)
        for item, label in self._items():
            yield Part(
                label,
                _number(now, item),
                _number(earlier, item),
                _number(second, item),
                chosen=folded(item) in self.chosen,
            )

    def _items(self) -> Iterator[tuple[str, str]]:
        """Yield each item by its name, and as the picture calls it."""
        for answer in self.answers[:1]:
            whose = f"{answer.names[answer.person]}: " if answer.person else ""
            if answer.field.type == "ratings":
                yield from ((item, f"{whose}{item}") for item in answer.field.items)
            else:
                for each in answer.items:
                    yield str(each.value), f"{whose}{each.after_label}"

    @property
    def second_label(self) -> str:
        """What the second numbers are; empty if there are none."""
        return next((fill_in(each.field.label, each.names) for each in self._rated[1:]), "")

    @cached_property
    def earlier(self) -> LastTime:
        """The first numbers as they were the last time."""
        return self.before(self._rated[0]) if self._rated else LastTime()

    @cached_property
    def _rated(self) -> Sequence[Answer]:
        return [answer for answer in self.answers if answer.field.type == "ratings"]

    def _said(self, place: int) -> Mapping[str, ItemValue]:
        value = self._rated[place].value if place < len(self._rated) else None
        return value if isinstance(value, ByItem) else {}


def _number(said: Mapping[str, ItemValue], item: str) -> int | None:
    """Return the number of an item, however its name was written; None if it has none."""
    numbers = (value for name, value in said.items() if folded(name) == folded(item))
    return next((round(number) for number in numbers if isinstance(number, int | float)), None)
