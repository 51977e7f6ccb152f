"""Find out what a template uses of a session, by reading it: nothing is rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer

from mentorwalk.documents.context import NAMES
from mentorwalk.documents.missing_names import no_such
from mentorwalk.documents.sandbox import SPOKEN, new_environment, template_path
from mentorwalk.documents.template_answers import Printed, printed_answers
from mentorwalk.documents.template_conditions import asked_only
from mentorwalk.documents.template_lines import cut_tables, out_of, tables_without_rule
from mentorwalk.documents.template_paragraphs import joined_lines, swallowed_lines
from mentorwalk.documents.template_tags import (
    line_of,
    only_tags,
    place_in,
    syntax_fault,
    without_tags,
)
from mentorwalk.domain.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.documents.template_tags import Fault


@dataclass(frozen=True)
class Named:
    """A name in a template; line and column are counted from 1."""

    file: Path
    line: int
    column: int
    name: str
    excerpt: str
    sentence: str = ""
    """What is wrong with it; empty if nothing is."""


@dataclass(frozen=True)
class Usage:
    """What a template uses, with those that it includes."""

    fields: frozenset[str]
    """The fields that it may use, by id."""
    demanded: tuple[Named, ...] = ()
    """The places where a field must exist."""
    names: tuple[Named, ...] = ()
    """The places of names that it does not set itself."""
    faults: tuple[Named, ...] = ()
    """The places that Jinja cannot read, or reads as nobody means them."""
    braced: tuple[Named, ...] = ()
    """The places of names in single braces, which mean nothing here."""
    lines: tuple[Named, ...] = ()
    """The places of lines that a page shows otherwise than they are meant."""
    measured: tuple[Named, ...] = ()
    """The places where what follows an answer says how much it can be, such as `of 10`."""
    asked: tuple[Named, ...] = ()
    """The places where a condition asks for an answer, by its key, and for nothing else of it."""
    printed: tuple[tuple[Path, Printed], ...] = ()
    """The answers that are printed as they are, each with its file."""
    everything: bool = False
    """Whether it loops over all answers, whatever their names."""
    missing: frozenset[str] = frozenset()
    """The names of templates that no folder has."""
    files: tuple[Path, ...] = ()
    """The templates that were found."""


def usage_of(template: str, folders: tuple[Path, ...]) -> Usage:
    """Return what a template and those that it includes use.

    Args:
        template: The name of its file.
        folders: Where templates are looked up; the first that has one is taken.
    """
    usages: list[Usage] = []
    wanted, seen = [template], {template}
    missing_templates: set[str] = set()
    while wanted:
        name = wanted.pop()
        path = template_path(name, folders)
        if path is None:
            missing_templates.add(name)
            continue
        usage, included = _read(path, path.stat().st_mtime_ns)
        usages.append(usage)
        wanted += [each for each in included if each not in seen]
        seen |= set(included)
    return Usage(
        frozenset().union(*(usage.fields for usage in usages)),
        tuple(named for usage in usages for named in usage.demanded),
        tuple(named for usage in usages for named in usage.names),
        tuple(named for usage in usages for named in usage.faults),
        tuple(named for usage in usages for named in usage.braced),
        tuple(named for usage in usages for named in usage.lines),
        tuple(named for usage in usages for named in usage.measured),
        tuple(named for usage in usages for named in usage.asked),
        tuple(printed for usage in usages for printed in usage.printed),
        any(usage.everything for usage in usages),
        frozenset(missing_templates),
        tuple(path for usage in usages for path in usage.files),
    )


@cache
def _read(path: Path, _changed: int) -> tuple[Usage, tuple[str, ...]]:
    """Return what one template uses, and which it includes; read again once it has changed."""
    text = path.read_text(encoding="utf-8", errors="replace")
    environment = new_environment()
    try:
        tree = environment.parse(text)
        environment.compile(text, raw=True)
        tree = _Dashed(text, find_undeclared_variables(tree)).visit(tree)
        # Jinja calls a name undeclared that is set in one branch and used in the same.
        undeclared = find_undeclared_variables(tree) - _own_names(tree) - set(SPOKEN)
    except TemplateSyntaxError as error:
        faults = tuple(_unknown_filters(path, text, error))
        faults = faults or (_told(path, text, syntax_fault(text, error)),)
        return Usage(frozenset(), faults=faults, everything=True, files=(path,)), ()
    demanded = tuple(_named(path, text, *where) for where in _demanded(tree))
    braced = tuple(_braced(path, text))
    loose = {*_asked_for(tree), *_pictured(tree), *(named.name for named in demanded)}
    loose |= {named.name.replace("-", "_") for named in demanded}
    loose |= {*_probably_meant(tree, undeclared), *(each.name.split(".")[-1] for each in braced)}
    names, faults = _names(path, text, tree, undeclared)
    included = tuple(name for name in find_referenced_templates(tree) if name)
    everything = "phases" in undeclared or _goes_through_answers(tree)
    misread = (tables_without_rule, cut_tables, joined_lines, swallowed_lines)
    lines = tuple(_told(path, text, fault) for find in misread for fault in find(text))
    measured = tuple(
        replace(_told(path, text, each.place._replace(sentence=each.words)), name=each.field)
        for each in out_of(text)
    )
    asked = tuple(
        replace(_named(path, text, each.line, each.key, each.pattern), sentence=each.words)
        for each in asked_only(tree)
    )
    printed = tuple((path, each) for each in printed_answers(text))
    found = (demanded, names, faults, braced, lines, measured, asked, printed)
    return Usage(frozenset(loose), *found, everything, files=(path,)), included


def _names(
    path: Path, text: str, tree: nodes.Template, undeclared: set[str]
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Return the places of names that a template does not set, and of those without quotes."""
    quoted = [*_without_quotes(tree)]
    read = (n for n in tree.find_all(nodes.Name) if n.name in undeclared and n.ctx == "load")
    places = [
        (node, _named(path, text, node.lineno, node.name, rf"(?<![\w.\"']){node.name}(?!\w)"))
        for node in read
    ]
    names = tuple(
        replace(place, sentence=no_such(missing, node.name))
        for node, place in places
        if node not in quoted
    )
    faults = tuple(
        replace(place, sentence=_QUOTED.format(node.name))
        for node, place in places
        if node in quoted
    )
    return names, faults


def _unknown_filters(path: Path, text: str, error: TemplateSyntaxError) -> Iterator[Named]:
    """Yield all filters and tests that Jinja does not know, of which it tells the first."""
    if not str(error.message).startswith(("No filter named", "No test named")):
        return
    environment = new_environment()
    tree = environment.parse(text)
    for kind, known in ((nodes.Filter, environment.filters), (nodes.Test, environment.tests)):
        for node in tree.find_all(kind):
            if node.name not in known:
                what = kind.__name__.lower()
                place = _named(path, text, node.lineno, "", rf"(?<!\w){node.name}(?!\w)")
                hint = did_you_mean(node.name, known)
                yield replace(place, sentence=f"There is no {what} `{node.name}`.{hint}")


_BRACED = re.compile(r"\{ ?\{? ?([a-z][a-z0-9_.]*) ?\}? ?\}")
"""A name within braces that are no tag."""
_QUOTED = 'A name within `picture(...)` stands in quotation marks: `"{}"`.'


def _braced(path: Path, text: str) -> Iterator[Named]:
    """Yield each name in single braces among the words of a template."""
    for found in _BRACED.finditer(without_tags(text)):
        place = place_in(text, found.start())
        yield replace(_named(path, text, place.line, found[1], ""), column=place.column)


def _own_names(tree: nodes.Template) -> set[str]:
    """Return the names that a template sets itself."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}


def _demanded(tree: nodes.Template) -> list[tuple[int, str, str]]:
    """Return the line, the field and the pattern of each `answers.ID` and `answers["ID"]`."""
    attributes = [
        (node.lineno, node.attr, rf"(?<![\w.])answers\s*\.\s*{node.attr}(?!\w)")
        for node in tree.find_all(nodes.Getattr)
        if _is_answers(node.node) and node.attr not in ("get", "led")
    ]
    items = [
        (node.lineno, str(node.arg.value), _item_of_answers(str(node.arg.value)))
        for node in tree.find_all(nodes.Getitem)
        if _is_answers(node.node) and isinstance(node.arg, nodes.Const)
    ]
    return attributes + items


class _Dashed(NodeTransformer):
    """Reads `answers.lunch-time` as one name, which Jinja takes for a subtraction."""

    def __init__(self, text: str, undeclared: set[str]) -> None:
        self.text = text
        self.undeclared = undeclared.difference(NAMES)

    def visit_Sub(self, sub: nodes.Sub) -> nodes.Node:  # noqa: N802 - Jinja's own name for it
        """Return one name for an answer from which a name is subtracted that nothing has."""
        self.generic_visit(sub)
        whole, part = sub.left, sub.right
        outer: nodes.Filter | None = None
        # A filter behind it binds more closely than the dash.
        while isinstance(part, nodes.Filter) and part.node:
            outer, part = part, part.node
        if isinstance(part, nodes.Name) and part.name in self.undeclared and _is_answer(whole):
            name = f"{whole.attr}-{part.name}"
            # With spaces around the dash, it is meant as a subtraction.
            if f"answers.{name}" in self.text:
                answer = nodes.Getattr(whole.node, name, "load", lineno=whole.lineno)
                return _filtered(answer, sub.right, outer)
        return sub


def _filtered(answer: nodes.Expr, filters: nodes.Expr, inner: nodes.Filter | None) -> nodes.Expr:
    """Return an answer with the filters that stood behind a part of its name."""
    if inner is None:
        return answer
    inner.node = answer
    return filters


def _is_answer(node: nodes.Node) -> TypeGuard[nodes.Getattr]:
    return isinstance(node, nodes.Getattr) and _is_answers(node.node)


def _item_of_answers(field: str) -> str:
    return rf"(?<![\w.])answers\s*\[\s*[\"']?{re.escape(field)}(?!\w)"


def _asked_for(tree: nodes.Template) -> list[str]:
    """Return the fields of `answers.get("ID")` and `answers.led("ID")`, which may exist or not."""
    return [
        str(call.args[0].value)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Getattr)
        and _is_answers(call.node.node)
        and call.args
        and isinstance(call.args[0], nodes.Const)
    ]


def _pictured(tree: nodes.Template) -> list[str]:
    """Return the field of each `picture("KIND", "ID")`, of one person's answer as well."""
    return [
        str(field.value).partition(".")[0]
        for call in _calls_of_picture(tree)
        for field in call.args[1:]
        if isinstance(field, nodes.Const)
    ]


def _without_quotes(tree: nodes.Template) -> Iterator[nodes.Name]:
    """Yield each name in `picture(KIND, ID)` that has no quotation marks."""
    for call in _calls_of_picture(tree):
        yield from (each for each in call.args if isinstance(each, nodes.Name))


def _calls_of_picture(tree: nodes.Template) -> Iterator[nodes.Call]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "picture":
            yield call


def _probably_meant(tree: nodes.Template, undeclared: set[str]) -> Iterator[str]:
    """Yield the fields that names may mean which nothing has: `mood`, or `answer.mood`."""
    unknown = undeclared.difference(NAMES)
    yield from unknown
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name in unknown:
            yield attribute.attr
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and item.node.name in unknown:
            yield str(item.arg.value) if isinstance(item.arg, nodes.Const) else ""


def _goes_through_answers(tree: nodes.Template) -> bool:
    """Return whether answers are used in a way that names no field."""
    used = sum(_is_answers(name) for name in tree.find_all(nodes.Name))
    return used > len(_demanded(tree)) + len(_asked_for(tree))


def _is_answers(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "answers"


def _told(path: Path, text: str, fault: Fault) -> Named:
    place = _named(path, text, fault.line, "", "")
    return replace(place, column=fault.column, sentence=fault.sentence)


def _named(path: Path, text: str, line: int, name: str, pattern: str) -> Named:
    """Return a name with its place: that of a pattern in the tags of its line, if it is there."""
    found = re.search(pattern, line_of(only_tags(text), line))
    return Named(path, line, (found.start() if found else 0) + 1, name, line_of(text, line))
