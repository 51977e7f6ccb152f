"""The values of answers that are more than one text or number: by item, and lines below lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

ItemValue = str | int | float | tuple[str, ...]
"""What can be said about one item."""
OUTLINE_DEPTH = 3
"""The most levels of an outline: a deeper one is no longer seen at a glance."""
INDENT = "  "
"""What stands before a line for each level that it is below the first."""


@dataclass(frozen=True)
class ByItem(Mapping[str, ItemValue]):
    """What was said about each of several items, in their order: a number, or words.

    An item about which nothing was said is not in it.
    """

    pairs: tuple[tuple[str, ItemValue], ...] = ()

    @cached_property
    def _found(self) -> Mapping[str, ItemValue]:
        return dict(self.pairs)

    def __getitem__(self, item: str) -> ItemValue:
        """Return what was said about an item."""
        return self._found[item]

    def __iter__(self) -> Iterator[str]:
        """Yield the items about which something was said."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return about how many items something was said."""
        return len(self.pairs)

    def saying(self, said: Mapping[str, object]) -> ByItem:
        """Return it with something else said about some items; None says nothing.

        Raises:
            TypeError: Something cannot be said about one item.
        """
        pairs = {**self._found, **{item: _about_one(value) for item, value in said.items()}}
        return ByItem(tuple((item, value) for item, value in pairs.items() if value is not None))

    def among(self, items: Iterable[str]) -> ByItem:
        """Return what was said about these items, in their order."""
        return ByItem(tuple((item, self[item]) for item in items if item in self))


def _about_one(value: object) -> ItemValue | None:
    """Return a value if it can be said about one item.

    Raises:
        TypeError: It cannot.
    """
    if value is None or isinstance(value, str | int | float | tuple):
        return value
    raise TypeError(value)


def said_nothing(value: object) -> bool:
    """Return whether a value is one by item, or an outline, that says nothing: no answer at all."""
    return isinstance(value, ByItem | Outline) and not value


@dataclass(frozen=True)
class Node:
    """A line of an outline, with those below it."""

    label: str
    children: tuple[Node, ...] = ()

    @property
    def in_short(self) -> Node:
        """The line with those right below it, and nothing below them."""
        return Node(self.label, tuple(Node(each.label) for each in self.children))

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """The line and those below it, each with how many levels it is below this one."""
        yield 0, self.label
        yield from ((depth + 1, label) for child in self.children for depth, label in child.lines)


@dataclass(frozen=True)
class Outline:
    """Lines with lines below them, `OUTLINE_DEPTH` levels at most."""

    nodes: tuple[Node, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is a line."""
        return bool(self.nodes)

    @property
    def items(self) -> tuple[str, ...]:
        """The lines of the first level."""
        return tuple(node.label for node in self.nodes)

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line, with how many levels it is below the first."""
        return (line for node in self.nodes for line in node.lines)

    @property
    def text(self) -> str:
        """The outline as somebody would type it: two spaces for each level."""
        return "\n".join(f"{INDENT * depth}{label}" for depth, label in self.lines)


def outline_of(lines: Iterable[tuple[int, str]]) -> Outline:
    """Return the outline of some lines, each with its level.

    A line is at most one level below the one before it, and never deeper than there are levels.
    """
    levels: list[list[Node]] = [[]]
    for wanted, label in lines:
        depth = min(wanted, len(levels) - 1, OUTLINE_DEPTH - 1)
        _close(levels, depth)
        levels[depth].append(Node(label))
        levels.append([])
    _close(levels, 0)
    return Outline(tuple(levels[0]))


def _close(levels: list[list[Node]], depth: int) -> None:
    """Put every level below a depth under the last line above it."""
    while len(levels) > depth + 1:
        children = tuple(levels.pop())
        if children:
            levels[-1][-1] = Node(levels[-1][-1].label, children)
