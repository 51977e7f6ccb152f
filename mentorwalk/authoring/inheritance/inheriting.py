"""Problems in what an agenda inherits, told to its author: at the entry that brought them up."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.document_files import NONE_ACCEPTED
from mentorwalk.authoring.checks.naming import named_fields
from mentorwalk.authoring.inheritance.extended import ExtendedSource
from mentorwalk.authoring.inheritance.merged import Gone, Spot, spot_of
from mentorwalk.authoring.inheritance.parts import parts_of
from mentorwalk.authoring.syntax.nodes import each_node, node_at, text_of, value_of
from mentorwalk.authoring.syntax.source import Pairs
from mentorwalk.authoring.warnings.pacing import PACING
from mentorwalk.domain.fields import BEFORE, field_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.syntax.source import Node, Source
    from mentorwalk.domain.errors import Problem

NO_YES = "no-yes"
"""What the warning is called that nobody is asked for a yes."""
UNUSED = "unused"
"""What the warning is called that nobody reads an answer again."""
LENGTHS = ("minutes", "shortest", "longest")
"""The keys that say how long a session can be."""
_NAME = re.compile(r"`\{?([a-z][a-z0-9_.-]*)\}?`")
"""A name in a sentence, as messages write it."""


def told_to_author(source: Source, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems, each once, and each where the author of a source can mend it."""
    if not isinstance(source, ExtendedSource):
        return [*problems]
    told = (each for each in problems if not _is_told_already(source, each))
    return [*dict.fromkeys(_with_length(source, _told(source, problem)) for problem in told)]


def _with_length(source: ExtendedSource, problem: Problem) -> Problem:
    """Return a problem that says whose length it is about, if that is an inherited one."""
    numbers = re.findall(r"\b(\d+) minutes\b", problem.sentence) if problem.name in PACING else ()
    lengths = {key: value_of(source.merged.node, key) for key in ("shortest", "longest")}
    for key, node in lengths.items():
        if node and node.line >= source.merged.inherited and text_of(node) in numbers:
            begun = [each for each in source.files.values() if each[0] <= node.line]
            own = f"Those {text_of(node)} minutes are the `{key}` of `{max(begun)[1]}`"
            sentence = f"{problem.sentence} {own}: to have another, write `{key}` at the top."
            return replace(problem, sentence=sentence)
    return problem


def _documents_of(source: ExtendedSource) -> Spot | None:
    """Return where a source gives its own documents; None if they are those that it extends."""
    pairs = source.merged.node.pairs if isinstance(source.merged.node, Pairs) else ()
    spots = (spot_of(key) for key, _ in pairs if text_of(key) == "documents")
    return next((spot for spot in spots if spot.line < source.merged.inherited), None)


def _is_told_already(source: ExtendedSource, problem: Problem) -> bool:
    """Return whether a note tells the same with more words, or tells what brought it about."""
    said = (note.sentence for note in source.merged.worth_a_look)
    longer = any(each.startswith(problem.sentence + " ") for each in said)
    return longer or _of_a_lost_document(source, problem)


def _of_a_lost_document(source: ExtendedSource, problem: Problem) -> bool:
    """Return whether an inherited answer is used nowhere where a document is told to be lost."""
    unused = problem.name == UNUSED and problem.file in source.files
    told = {note.spot for note in source.merged.worth_a_look}
    return unused and _documents_of(source) in told


def still_named(source: Source, index: AgendaIndex) -> Iterator[Problem]:
    """Yield a problem for each place that names a field which the source leaves out."""
    if not isinstance(source, ExtendedSource):
        return
    known = {*index.field_ids}
    for place, name in named_fields(index):
        key = field_of(name.removesuffix(BEFORE))
        node = node_at(source.merged.node, place)
        inherited = node is not None and node.line >= source.merged.inherited
        if inherited and key in source.merged.gone_fields and key not in known:
            yield _missing(source, key, needed_by(source.merged.node, place))


def told_of_template(source: Source, folder: Path, problem: Problem) -> Problem:
    """Return a problem in a template, told at `leave_out` if that took away what it needs.

    Args:
        source: The agenda that uses the template.
        folder: The agenda's own folder: its author can mend the templates there.
        problem: What was found in the template.
    """
    template = Path(problem.file)
    if not isinstance(source, ExtendedSource) or template.parent == folder:
        return problem
    names = _NAME.findall(problem.sentence)
    gone = next((name for name in names if name in source.merged.gone_fields), "")
    if not gone:
        return problem
    told = _missing(source, gone, f"the template `{template.name}`")
    return replace(told, warning=problem.warning)


def _told(source: ExtendedSource, problem: Problem) -> Problem:
    if problem.file not in source.files:
        return _of_what_is_replaced(source, problem)
    if accepting := _of_acceptance(source, problem):
        return accepting
    begin, called = source.files[problem.file]
    place = _place_of(source, Spot(begin + problem.line - 1, problem.column - 1), begin)
    where = needed_by(source.merged.node, place)
    names = [field_of(name) for name in _NAME.findall(problem.sentence)]
    gone = next((name for name in names if name in source.merged.gone_fields), "")
    if gone:
        told = _missing(source, gone, where)
    else:
        of_the_whole = len(place) <= 1
        sentence = (
            problem.sentence if of_the_whole else f"In `{called}`, {where}: {problem.sentence}"
        )
        entry = _length(source, problem) or _entry(source, names, place)
        entry = (_documents_of(source) if problem.name == UNUSED else None) or entry
        told = source.own.problem(*entry, sentence)
    return replace(told, warning=problem.warning, name=problem.name)


def _of_acceptance(source: ExtendedSource, problem: Problem) -> Problem | None:
    """Return the problem that nobody is asked for the yes, or to no document, at its cause."""
    merged, documents = source.merged, value_of(source.merged.node, "documents")
    gone = merged.gone_cards.get(merged.gone_yes) if problem.name == NO_YES else None
    if gone and not gone.replaced:
        sentence = f"{_goes(merged.gone_yes, gone)}. {problem.sentence}"
        told = source.own.problem(*gone.spot, sentence)
        return replace(told, warning=problem.warning, name=problem.name)
    if documents and documents.line < merged.inherited and problem.sentence == NONE_ACCEPTED:
        return source.own.problem(*spot_of(documents), problem.sentence)
    return None


def _goes(name: str, gone: Gone) -> str:
    """Return in words what made a card or a field go."""
    return f"`{name}` is left out" if gone.entry == name else f"`{name}` goes with `{gone.entry}`"


def _of_what_is_replaced(source: ExtendedSource, problem: Problem) -> Problem:
    """Return a problem in its own lines; where a replaced list made what it names go, that."""
    gone = source.merged.gone_fields
    named = (field_of(name) for name in _NAME.findall(problem.sentence))
    lost = next((name for name in named if name in gone and gone[name].replaced), "")
    if problem.warning or not lost or any(p.id == lost for p in parts_of(source.merged.node)):
        return problem
    return source.own.problem(*gone[lost].spot, gone[lost].replaced)


def _missing(source: ExtendedSource, field: str, where: str) -> Problem:
    """Return the problem that something needs a field which is left out."""
    gone = source.merged.gone_fields[field]
    if gone.replaced:
        return source.own.problem(*gone.spot, gone.replaced)
    what = "that clause" if where.startswith("the clause") else "that"
    mend = f"Change {what} too."
    if where.startswith("the template"):
        mend = "Put a template of your own beside this agenda."
    return source.own.problem(*gone.spot, f"{_goes(field, gone)}; {where} needs it. {mend}")


def _entry(source: ExtendedSource, names: Iterable[str], place: Place) -> Spot:
    """Return the entry that a problem comes from: by a name, by its place, or `extends`."""
    merged = source.merged
    for name in names:
        if name in merged.touched:
            return merged.touched[name]
    around = [node_at(merged.node, place[:depth]) for depth in range(len(place), 0, -1)]
    # What is wrong with the whole comes from no single entry.
    parts = around[:-1]
    within = [inner for node in parts if node for _, inner in each_node(node)]
    nearest = (merged.entries.get(spot_of(node)) for node in (*around, *within) if node)
    return next(filter(None, nearest), source.place)


def _length(source: ExtendedSource, problem: Problem) -> Spot | None:
    """Return the own length that a warning about time comes from, if the source has one."""
    lengths = (value_of(source.merged.node, key) for key in LENGTHS)
    own = [node for node in lengths if node and node.line < source.merged.inherited]
    of_lengths = {*LENGTHS}.intersection(_NAME.findall(problem.sentence)) and problem.name == ""
    if not own or not (problem.name in PACING or of_lengths):
        return None
    numbers = re.findall(r"\d+", problem.sentence)
    return spot_of(next((node for node in own if text_of(node) in numbers), own[0]))


def _place_of(source: ExtendedSource, spot: Spot, begin: int) -> Place:
    """Return the place of the last node that begins at a spot of an inherited file, or before."""
    found = [
        (spot_of(node), len(place), place)
        for place, node in each_node(source.merged.node)
        if Spot(begin, 0) <= spot_of(node) <= spot
    ]
    return max(found, key=lambda each: each[:2])[2] if found else ()


def needed_by(agenda: Node, place: Place) -> str:
    """Return in words what a place belongs to: the clause of `rhythm`, `date` of `meeting`."""
    for depth in range(len(place), 0, -1):
        name = text_of(value_of(node_at(agenda, place[:depth]), "id"))
        if name:
            key = next((step for step in place[depth:] if isinstance(step, str)), "id")
            if key == "id":
                return f"`{name}`"
            return f"the clause of `{name}`" if key == "clause" else f"`{key}` of `{name}`"
    first, *rest = place or ("the whole",)
    return f"`{rest[0]}` of `{first}`" if rest and isinstance(rest[0], str) else f"`{first}`"
