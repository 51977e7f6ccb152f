"""From YAML text to nodes, up to the first fault.

Every scalar stays text. Anchors, aliases and tags are refused, and so is deep nesting: with them a
small file can make big trouble.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import yaml

from mentorwalk.authoring.syntax.source import Items, Node, Pairs, Scalar, Source
from mentorwalk.authoring.syntax.yaml_faults import (
    DEPTH_LIMIT,
    SECOND_AGENDA,
    TOO_DEEP,
    Fault,
    misread,
    place_of,
    syntax_fault,
)

# libyaml takes 2 ms for the longest bundled agenda, PyYAML's own parser 40 ms; PyYAML may be
# installed without libyaml.
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Parsed(NamedTuple):
    """A text as nodes, or the first fault in it."""

    node: Node | None
    """The outermost node; None if there is a fault, or nothing but comments."""
    fault: Fault | None = None


VERSION = "mentorwalk"
"""The key that every agenda has, with the version of its format."""
SECOND = (
    "A second document begins here: one file holds one. Keep one of the two; if they are one, "
    "take out the line `---`."
)


def parse(source: Source) -> Parsed:
    """Parse a text up to its first fault."""
    return _parsed(source.text)


# A file is read to see what it extends, and then whole: with what it extends, two texts in turn.
@lru_cache(maxsize=2)
def _parsed(text: str) -> Parsed:
    nodes: list[Node] = []
    around: list[tuple[yaml.Event, list[Node]]] = []
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if sentence := _refusal(event, len(around), documents):
                return Parsed(None, Fault(*place_of(event), sentence))
            if isinstance(event, yaml.ScalarEvent):
                if event.value == VERSION and len(around) == 1 and _is_whole(nodes):
                    return Parsed(None, Fault(*place_of(event), SECOND_AGENDA))
                nodes.append(_scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                around.append((event, nodes))
                nodes = []
            elif isinstance(event, yaml.CollectionEndEvent):
                begin, outer = around.pop()
                outer.append(_collection(begin, nodes))
                nodes = outer
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return Parsed(None, syntax_fault(Source("", text), error))
    except RecursionError:  # PyYAML's own parser does not bound its depth (yaml/pyyaml#895).
        return Parsed(None, Fault(0, 0, TOO_DEEP))
    return Parsed(nodes[0] if nodes else None)


def _is_whole(nodes: list[Node]) -> bool:
    """Return whether a key comes next, below those of a whole agenda."""
    given = {node.text for node in nodes[::2] if isinstance(node, Scalar)}
    return len(nodes) % 2 == 0 and not given.isdisjoint(("phases", "extends"))


def _refusal(event: yaml.Event, depth: int, documents: int) -> str:
    """Return why an event is refused; empty if it is not."""
    if depth >= DEPTH_LIMIT and isinstance(event, yaml.CollectionStartEvent):
        return TOO_DEEP
    if documents > 1:
        return SECOND
    if not isinstance(event, yaml.NodeEvent):
        return ""
    if isinstance(event, yaml.AliasEvent):
        return misread("*")
    if event.anchor:
        return misread("&")
    return misread("!") if getattr(event, "tag", None) else ""


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    line, column = place_of(event)
    last = event.end_mark.line if event.end_mark else line
    return Scalar(line, column, event.value, event.style or "", last)


def _collection(begin: yaml.Event, nodes: list[Node]) -> Node:
    line, column = place_of(begin)
    if isinstance(begin, yaml.SequenceStartEvent):
        return Items(line, column, tuple(nodes))
    pairs = tuple(zip(nodes[::2], nodes[1::2], strict=True))
    return Pairs(line, column, pairs, braces=bool(getattr(begin, "flow_style", False)))
