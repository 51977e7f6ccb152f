"""Marks of what an agenda changes or leaves out, by which a later change of it is noticed."""

from __future__ import annotations

import hashlib
import shlex
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.inheritance.merged import Note, spot_of
from mentorwalk.authoring.inheritance.parts import KINDS, MAPS, Part, part_called, parts_of
from mentorwalk.authoring.syntax.nodes import items_of, key_names, node_at, text_of, value_of
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.authoring.inheritance.merged import Spot
    from mentorwalk.authoring.syntax.source import Node, Source

AS_OF = "as_of"
"""The key that holds the marks."""
MARK_LENGTH = 6
"""Hexadecimal digits of a mark: two texts have the same one once in 16 million times."""
_WORDS = ("ask", "label", "title")
"""The keys by which people know a card, a field and a phase."""
_HEAD = f"{AS_OF}:  # what these were when you last looked; `agenda check --seen` writes it"


class Inherited(NamedTuple):
    """A part of another agenda that is left out here, or changed."""

    name: str
    """What it is called here."""
    entry: Spot
    """Where that is said."""
    node: Node
    """What it is there."""
    keys: tuple[str, ...]
    """The keys that are changed; none if it is left out."""

    @property
    def mark(self) -> str:
        """The mark of what it is there now."""
        plain = repr(_plain(self.node, of_its_own=bool(self.keys)))
        return hashlib.sha256(plain.encode()).hexdigest()[:MARK_LENGTH]

    @property
    def words(self) -> str:
        """What it says there now, where it is changed here; else by what people know it."""
        texts = {key: text_of(value_of(self.node, key)).split() for key in self.keys or _WORDS}
        said = {key: shown(" ".join(words), 100) for key, words in texts.items() if words}
        return ", ".join(f"`{key}: {text}`" for key, text in said.items())


def inherited_parts(parent: Node, child: Node) -> Iterator[Inherited]:
    """Yield the parts of an agenda that one which extends it leaves out or changes."""
    parts, changed = [*parts_of(parent)], value_of(child, "change")
    entries: list[tuple[Node, tuple[str, ...]]] = [
        (item, ()) for item in items_of(value_of(child, "leave_out"))
    ]
    if isinstance(changed, Pairs):
        entries += [(key, key_names(value)) for key, value in changed.pairs]
    for entry, keys in entries:
        name = text_of(entry)
        part = None if name in MAPS else part_called(name, parts, KINDS, "")
        node = node_at(parent, part.place if isinstance(part, Part) else (name,))
        if node is not None:
            yield Inherited(name, spot_of(entry), node, keys)


def seen(own: Source) -> str:
    """Return the command that writes the marks of an agenda."""
    return shlex.join(("mentorwalk", "agenda", "check", "--seen", own.name))


def outdated(parent: Node, child: Node, called: str, own: Source) -> Iterator[Note]:
    """Yield a note for each part that is marked, and is another one there now."""
    marks = value_of(child, AS_OF)
    for part in inherited_parts(parent, child):
        mark = text_of(value_of(marks, part.name))
        if mark and mark != part.mark:
            now = f" There it is now {part.words}." if part.words else ""
            sentence = (
                f"`{part.name}` has changed in `{called}` since you last looked.{now} Where yours "
                f"still fits, `{seen(own)}` notes that you have seen it."
            )
            yield Note(part.entry, sentence)


def with_marks(text: str, parent: Node, child: Node) -> str:
    """Return the text of an agenda with new marks, in the place of the ones that it had."""
    marks = {part.name: part.mark for part in inherited_parts(parent, child)}
    lines, block = text.rstrip("\n").split("\n"), _block(marks)
    begin = next((n for n, line in enumerate(lines) if line.startswith(f"{AS_OF}:")), None)
    if begin is None:
        return "\n".join([*lines, *([""] if block else []), *block, ""])
    end = begin + 1
    while end < len(lines) and lines[end].startswith((" ", "}")):
        end += 1
    return "\n".join([*lines[:begin], *block, *lines[end:], ""])


def _block(marks: Mapping[str, str]) -> list[str]:
    return [_HEAD, *(f"  {name}: {mark}" for name, mark in marks.items())] if marks else []


def _plain(node: Node, *, of_its_own: bool = False) -> object:
    """Return what a node says, however it is written; of its own, without parts with ids."""
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Items):
        return [_plain(item) for item in node.nodes]
    return [
        (text_of(key), _plain(value))
        for key, value in node.pairs
        if not (of_its_own and _has_parts(value))
    ]


def _has_parts(node: Node) -> bool:
    return any(text_of(value_of(item, "id")) for item in items_of(node))
