"""Conditions of a template that ask whether an answer is there, and nothing else of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from mentorwalk.documents.template_faults import spelled
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator


class Asked(NamedTuple):
    """An answer that a condition asks for: `{% if answers.ID %}`."""

    line: int
    key: str
    """The id of its field; of one person's answer, with the role: `takes.mentor`."""
    words: str
    """How the template spells it."""

    @property
    def pattern(self) -> str:
        """The pattern of its place in its line."""
        parts = r"[\s.\[\]\"']+".join(map(re.escape, self.key.split(".")))
        return rf"(?<![\w.])answers\s*(?:\.\s*get\s*\(|\.|\[)\s*[\"']?{parts}(?!\w)"


def asked_only(node: nodes.Node) -> Iterator[Asked]:
    """Yield each answer that a condition asks for, where what depends on it says nothing of it.

    Whoever prints or compares the answer there knows what it may be.
    """
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.If | nodes.CondExpr):
            yield from _asked_within(child)
        else:
            yield from asked_only(child)


def _asked_within(condition: nodes.If | nodes.CondExpr) -> Iterator[Asked]:
    """Yield the answers that a condition, or one in it, asks for, and that nothing in it uses."""
    tests = [condition.test, *(one.test for one in condition.find_all(nodes.If))]
    tests += [one.test for one in condition.find_all(nodes.CondExpr)]
    asked = [each for test in tests for each in _parts(test) if _key(each)]
    uses = Counter(map(_key, condition.find_all((nodes.Getattr, nodes.Getitem, nodes.Call))))
    only = Counter(map(_key, asked))
    for each in asked:
        if uses[_key(each)] == only[_key(each)]:
            yield Asked(each.lineno, _key(each), spelled(each))


def _parts(test: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what a condition is made of with `and` and `or`."""
    if isinstance(test, nodes.And | nodes.Or):
        yield from _parts(test.left)
        yield from _parts(test.right)
    else:
        yield test


def _key(node: nodes.Node) -> str:
    """Return the key of the answer that an expression is; empty if it is none."""
    match node:
        case nodes.Call(node=nodes.Getattr(node=nodes.Name(name="answers"), attr="get")):
            return _constant(node.args[0]) if node.args else ""
        case nodes.Getattr(node=nodes.Name(name="answers"), attr=name) if name != "get":
            return name
        case nodes.Getitem(node=nodes.Name(name="answers"), arg=arg):
            return _constant(arg)
        case nodes.Getattr(node=inner, attr=role) if role in ROLES and _key(inner):
            return f"{_key(inner)}.{role}"
        case _:
            return ""


def _constant(node: nodes.Node) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else ""
