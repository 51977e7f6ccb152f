"""Reading an agenda's file whole: with what it extends, if it extends another agenda."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.decoding.unknown_keys import no_key
from mentorwalk.authoring.format.keys import KEYS
from mentorwalk.authoring.format.other_words import our_word
from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.inheritance.extended import ExtendedSource
from mentorwalk.authoring.inheritance.merged import spot_of
from mentorwalk.authoring.inheritance.merging import OWN_KEYS, merge
from mentorwalk.authoring.parents import files_called, is_parent_name, parent_file
from mentorwalk.authoring.syntax.nodes import items_of, key_names, moved, text_of, value_of
from mentorwalk.authoring.syntax.recovery import compose, recover
from mentorwalk.authoring.syntax.source import Pairs, Scalar, read_source
from mentorwalk.authoring.validation import examine
from mentorwalk.domain.agenda import Agenda
from mentorwalk.domain.errors import (
    InputError,
    ProblemsFound,
    looks_misspelt,
    nearest,
    shown,
    shown_path,
    suggestion,
)
from mentorwalk.storage.decoded import is_decoded
from mentorwalk.storage.library import BUNDLED_AGENDAS, file_exists

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from mentorwalk.authoring.syntax.recovery import Recovered
    from mentorwalk.authoring.syntax.source import Node, Source
    from mentorwalk.domain.errors import Problem
    from mentorwalk.storage.library import Library

EXTENDS = "extends"
DEPTH = 4
"""The most agendas that lie below one another, each extended by the one above it."""


def with_parents(library: Library, path: Path, source: Source) -> Source:
    """Return what an agenda's file says, with the files that it extends.

    Raises:
        InputError: A file cannot be read.
        ProblemsFound: What it extends cannot be found, or has problems of its own.
    """
    return _whole(library, path, source, ())


def whole_node(source: Source) -> Node:
    """Return the node of an agenda, whole with what it extends; nothing may be wrong with it."""
    return source.merged.node if isinstance(source, ExtendedSource) else compose(source)


class _Link(NamedTuple):
    """An agenda on the way from one to what it extends."""

    path: Path
    name: str


def _whole(library: Library, path: Path, source: Source, above: tuple[_Link, ...]) -> Source:
    extends = re.search(rf"^{EXTENDS}[ \t]*:", source.text, re.MULTILINE) is not None
    try:
        recovered = recover(source, _misfits if extends else None)
    except InputError:
        # The check tells that there is nothing in it.
        return source
    if extends and recovered.node is None:
        raise ProblemsFound(recovered.problems)
    recovered = _with_own_keys(_with_extends(recovered))
    named = value_of(recovered.node, EXTENDS)
    if named is None and (alone := _without_extends(recovered)):
        raise ProblemsFound(sorted([*recovered.problems, alone]))
    node = recovered.node
    if named is None or not isinstance(node, Pairs):
        return source
    links = (*above, _Link(path.resolve(), path.stem))
    found = _parent(library, path, text_of(named), links)
    if isinstance(found, _NoParent):
        recovered = _with_problem(recovered, named, found)
        found = _parent(library, path, found.near, links) if found.near else found
    if isinstance(found, _NoParent):
        raise ProblemsFound(sorted(recovered.problems))
    return _joined(source, recovered, node, named, found)


def _with_problem(recovered: Recovered, named: Node, found: _NoParent) -> Recovered:
    """Return what was read with the problem that nothing can be extended by a name."""
    spot = spot_of(named)
    fix = recovered.source.with_words(*spot, text_of(named), found.near)
    problem = recovered.source.problem(*spot, found.why, fix)
    return recovered._replace(problems=(*recovered.problems, problem))


def _without_extends(recovered: Recovered) -> Problem | None:
    """Return the problem that a file changes another agenda and does not say which, if it does."""
    node = recovered.node
    pairs = node.pairs if isinstance(node, Pairs) and "phases" not in key_names(node) else ()
    own = next((key for key, _ in pairs if text_of(key) in OWN_KEYS), None)
    if own is None:
        return None
    sentence = (
        f"`{text_of(own)}` is about another agenda: name that above it, as in `{EXTENDS}: "
        "first-session`."
    )
    return recovered.source.problem(*spot_of(own), sentence)


def _misfits(_source: Source, node: Node) -> int:
    """Return how many keys of an agenda that extends another are not in their place."""
    changed = value_of(node, "change")
    parts = [part for _, part in changed.pairs] if isinstance(changed, Pairs) else []
    parts += items_of(value_of(node, "add"))
    within = (_foreign(part, KEYS) if isinstance(part, Pairs) else 1 for part in parts)
    return _foreign(node, {*OWN_KEYS, *keys_of(Agenda)}) + sum(within)


def _foreign(node: Node, known: Collection[str]) -> int:
    """Return how many keys of a node are unknown, or repeat another one."""
    keys = key_names(node)
    return len(keys) - len({*keys}.intersection(known))


def _with_extends(recovered: Recovered) -> Recovered:
    """Return what was read of a file, with `extends` where that was meant and is misspelt."""
    node = recovered.node
    if not isinstance(node, Pairs) or {EXTENDS, "phases"} & {*key_names(node)}:
        return recovered
    wrong = next((key for key, _ in node.pairs if looks_misspelt(text_of(key), [EXTENDS])), None)
    return _meant(recovered, node, wrong, EXTENDS) if wrong else recovered


def _with_own_keys(recovered: Recovered) -> Recovered:
    """Return what was read of a file that extends another, with its own keys as they were meant."""
    node = recovered.node
    given = key_names(node)
    for key, _ in node.pairs if isinstance(node, Pairs) and EXTENDS in given else ():
        name, known = text_of(key), {*OWN_KEYS, *keys_of(Agenda)}
        meant = "" if name in known else our_word(name, "", known - {*given})
        meant = meant or ("" if name in known else nearest(name, sorted(known)))
        if meant in OWN_KEYS and meant not in given and isinstance(recovered.node, Pairs):
            recovered = _meant(recovered, recovered.node, key, meant)
    return recovered


def _meant(recovered: Recovered, node: Pairs, wrong: Node, meant: str) -> Recovered:
    """Return what was read with another key in the place of one, and a problem that says so."""
    name, spot = text_of(wrong), spot_of(wrong)
    sentence = no_key(name, suggestion(meant))
    fix = recovered.source.with_words(*spot, name, meant)
    problem = recovered.source.problem(*spot, sentence, fix)
    new = Scalar(wrong.line, wrong.column, meant, "", wrong.line)
    pairs = tuple((new if key is wrong else key, value) for key, value in node.pairs)
    node = node._replace(pairs=pairs)
    return recovered._replace(node=node, problems=(*recovered.problems, problem))


def _joined(
    source: Source, recovered: Recovered, node: Pairs, named: Node, found: _Parent
) -> ExtendedSource:
    """Return a source with its parent, of which nothing may be wrong.

    Raises:
        ProblemsFound: Something is.
    """
    own, parent = recovered.source, found.source
    # What a bundled text says is known.
    examined = None if is_decoded(parent.digest) else examine(parent)
    if examined and (examined.problems or examined.index is None):
        raise ProblemsFound(examined.problems)
    begin = len(own.lines)
    return ExtendedSource(
        source.name,
        source.text,
        own=own,
        faults=recovered.problems,
        repaired=recovered.repaired,
        parent=parent,
        parent_file=found.file,
        beside=found.beside,
        place=spot_of(named),
        named=text_of(named),
        merged=merge(moved(whole_node(parent), begin), node, found.name, own),
    )


class _Parent(NamedTuple):
    """What an agenda extends."""

    source: Source
    file: Path
    name: str
    beside: bool


class _NoParent(NamedTuple):
    """Why an agenda cannot extend another."""

    why: str
    near: str = ""
    """The name that was meant; empty if none is near."""


def _parent(
    library: Library, path: Path, written: str, above: tuple[_Link, ...]
) -> _Parent | _NoParent:
    """Return what an agenda extends, or why it cannot.

    Raises:
        ProblemsFound: It has problems of its own.
    """
    name = re.sub(r"\.ya?ml$", "", written)
    file = _file_of(library, path, written)
    if isinstance(file, _NoParent):
        return file
    links = [link.path for link in above]
    if file.resolve() in links:
        circle = [link.name for link in above[links.index(file.resolve()) :]]
        return _NoParent(_in_a_circle(circle))
    if len(above) > DEPTH:
        return _NoParent(f"Agendas extend one another {DEPTH} deep at most.")
    try:
        source = _whole(library, file, read_source(file), above)
    except ProblemsFound:
        raise
    except InputError as error:
        why = str(error).removeprefix(f"{shown_path(file)}: ")
        return _NoParent(f"`{name}` cannot be extended. {why}")
    beside = file.parent == path.parent
    # What is bundled under the same name is another one.
    called = file.name if beside and file_exists(BUNDLED_AGENDAS / f"{name}.yaml") else name
    return _Parent(source, file, called, beside)


def _file_of(library: Library, path: Path, written: str) -> Path | _NoParent:
    """Return the file of what an agenda extends, which is never its own, or why there is none."""
    if not is_parent_name(written):
        names = dict(library.agenda_names())
        near = library.agenda_titled(written) or nearest(written, names)
        needed = "`extends` needs the name of one agenda, or of a file beside this one."
        return _NoParent(needed + suggestion(near), near)
    if found := parent_file(library, path, written):
        return found
    itself = files_called(library, path, written)
    if itself:
        return _NoParent("An agenda cannot extend itself.")
    return _unknown(library, path, written)


def _unknown(library: Library, path: Path, written: str) -> _NoParent:
    beside = [each.stem for each in path.parent.glob("*.yaml") if each != path]
    near = nearest(written, beside) or nearest(written, dict(library.agenda_names()))
    return _NoParent(no_agenda(written, near), near)


def no_agenda(name: str, near: str) -> str:
    """Return the message that no agenda has a name, with the one that may be meant, if any."""
    hint = suggestion(near) or " `mentorwalk agenda list` shows those that there are."
    return f"There is no agenda `{shown(name, 60)}` beside this one, or by that name.{hint}"


def _in_a_circle(names: list[str]) -> str:
    first, second, *rest = (*names, names[0])
    further = "".join(f", and that `{name}`" for name in rest)
    return f"`{first}` extends `{second}`{further}: a circle. One of them must stand alone."
