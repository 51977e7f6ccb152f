"""Shapes of JSON data: how a value is written, and read again, or refused."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from mentorwalk.domain.values import ByItem, Node, Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.answers import Value

T = TypeVar("T")


class Shape(NamedTuple):
    """One kind of value in JSON."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    """Raises KeyError, TypeError or ValueError if the data is not such a value."""


class ObjectShape(NamedTuple):
    """A frozen value in JSON: an object with these keys, in this order."""

    kind: type[Any]
    keys: Mapping[str, tuple[str, Shape | ObjectShape]]
    """By key, the attribute whose value it holds, and the shape of that value."""
    make: Callable[..., Any] | None = None
    """Makes the value from its attributes, if its class does not do so itself."""
    left_out: frozenset[str] = frozenset()
    """The keys that are left out where they hold nothing."""

    def write(self, value: Any) -> dict[str, Any]:
        """Return the data of a value."""
        each = ((key, shape.write(attrgetter(at)(value))) for key, (at, shape) in self.keys.items())
        return {key: data for key, data in each if data or key not in self.left_out}

    def read(self, data: Any) -> Any:
        """Return the value of some data; a key that is missing leaves its attribute's default.

        Raises:
            KeyError, TypeError, ValueError: The data is not such a value.
        """
        named = ((self.keys[key], each) for key, each in expect(dict, data).items())
        return (self.make or self.kind)(**{at: shape.read(each) for (at, shape), each in named})

    def sparse(self, *keys: str) -> ObjectShape:
        """Return it without what holds nothing: of these keys, or of all if none is named."""
        return self._replace(left_out=frozenset(keys or self.keys))


def object_of(
    kind: type[Any],
    make: Callable[..., Any] | None = None,
    /,
    **keys: Shape | ObjectShape | tuple[str, Shape],
) -> ObjectShape:
    """Return the shape of a frozen value, whose keys come in this order.

    A key holds the attribute of its own name, unless it is given another one beside its shape.
    """
    shapes = (Shape, ObjectShape)
    pairs = {key: (key, each) if isinstance(each, shapes) else each for key, each in keys.items()}
    return ObjectShape(kind, pairs, make)


def expect(kind: type[T], data: Any) -> T:
    """Return data if it is of the kind that is expected; a bool does not count as a number.

    Raises:
        TypeError: It is of another kind.
    """
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise TypeError(data)
    return data


def unchanged(*kinds: type) -> Shape:
    """Return the shape of a value of one of these kinds, which JSON holds as it is."""

    def read(data: Any) -> Any:
        """Return the data as it is, if it is of one of the kinds."""
        if not isinstance(data, kinds) or (isinstance(data, bool) and bool not in kinds):
            raise TypeError(data)
        return data

    return Shape(lambda value: value, read)


def _texts(data: Any) -> tuple[str, ...]:
    return tuple(expect(str, item) for item in expect(list, data))


def read_value(data: Any) -> Any:
    """Return the value of an answer from its data.

    Raises:
        TypeError: The data is not the value of an answer.
    """
    if isinstance(data, dict) and data:
        said = ((expect(str, item), read_value(each)) for item, each in data.items())
        return ByItem(tuple(said))
    if isinstance(data, list):
        return Outline(_nodes(data)) if data and isinstance(data[0], list) else _texts(data)
    if not isinstance(data, str | int | float | NoneType):
        raise TypeError(data)
    return data


def _nodes(data: Any) -> tuple[Node, ...]:
    pairs = (expect(list, each) for each in expect(list, data))
    return tuple(Node(expect(str, label), _nodes(below)) for label, below in pairs)


def written_value(value: Value | None) -> Any:
    """Return the data of an answer's value: an object by items, pairs of a line and those below."""
    match value:
        case ByItem():
            return {item: written_value(each) for item, each in value.items()}
        case Outline():
            return [_written_node(node) for node in value.nodes]
        case _:
            return value


def _written_node(node: Node) -> list[Any]:
    return [node.label, [_written_node(child) for child in node.children]]


def _values(data: Any) -> dict[str, Any]:
    return {key: read_value(value) for key, value in expect(dict, data).items()}


def _texts_by_key(data: Any) -> dict[str, str]:
    return {key: expect(str, text) for key, text in expect(dict, data).items()}


def _moment(data: Any) -> datetime:
    moment = datetime.fromisoformat(data)
    # Python compares no moment that has a zone with one that has none.
    if moment.tzinfo is None:
        raise ValueError(data)
    return moment


def list_of(record: Shape | ObjectShape) -> Shape:
    """Return the shape of several values in a list."""
    return Shape(
        lambda values: [record.write(each) for each in values],
        lambda data: tuple(record.read(each) for each in expect(list, data)),
    )


def mapping_of(record: ObjectShape) -> Shape:
    """Return the shape of several values, each under a key."""
    return Shape(
        lambda values: {key: record.write(each) for key, each in values.items()},
        lambda data: {key: record.read(each) for key, each in expect(dict, data).items()},
    )


def optional(record: ObjectShape) -> Shape:
    """Return the shape of a value that may be missing."""
    return Shape(
        lambda value: None if value is None else record.write(value),
        lambda data: None if data is None else record.read(data),
    )


TEXT = unchanged(str)
MAYBE_TEXT = unchanged(str, NoneType)
WHOLE = unchanged(int)
MAYBE_WHOLE = unchanged(int, NoneType)
FLAG = unchanged(bool)
SECONDS = Shape(lambda value: value, lambda data: float(unchanged(float, int).read(data)))
MAYBE_SECONDS = unchanged(float, int, NoneType)
ELAPSED = Shape(lambda seconds: round(seconds, 3), SECONDS.read)
MOMENT = Shape(datetime.isoformat, _moment)
DAY = Shape(date.isoformat, date.fromisoformat)
MAYBE_DAY = Shape(
    lambda day: day and day.isoformat(), lambda data: data and date.fromisoformat(data)
)
TEXT_BY_KEY = Shape(dict, _texts_by_key)
TEXTS = Shape(list, _texts)
VALUE = Shape(written_value, read_value)
"""The value of an answer."""
VALUES = Shape(lambda values: {key: written_value(each) for key, each in values.items()}, _values)
TEXTS_BY_KEY = Shape(
    lambda texts: {key: list(each) for key, each in texts.items()},
    lambda data: {key: _texts(each) for key, each in expect(dict, data).items()},
)
