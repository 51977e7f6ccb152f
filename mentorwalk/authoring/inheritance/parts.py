"""The parts of an agenda that an agenda which extends it can name: phases, cards and fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from mentorwalk.authoring.decoding.problems import cards_named
from mentorwalk.authoring.format.other_words import our_word
from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.syntax.nodes import items_of, text_of, value_of
from mentorwalk.domain.agenda import Aside, Phase, Prepare, Prompt, Roles
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.errors import nearest, shown, suggestion
from mentorwalk.domain.fields import Field
from mentorwalk.domain.outcomes import Meeting
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.syntax.source import Node

Kind = Literal["phase", "card", "field"]
CLASSES: Mapping[Kind, type] = {"phase": Phase, "card": Prompt, "field": Field}
"""What each kind of part is."""
KINDS: tuple[Kind, ...] = tuple(CLASSES)
FIELD_LISTS = ("record", "settle")
"""The keys of a card that hold fields."""
MAPS: Mapping[str, type] = {
    "contact": Contact,
    "roles": Roles,
    "aside": Aside,
    "meeting": Meeting,
    "prepare": Prepare,
}
"""The keys at the top whose values `change` reaches by their names, key by key."""

NOTHING = "nothing called"
TELLING = 4
"""The words of a question, in a row, that tell which one it is."""
_WORDS = ("title", "ask", "label")


class Part(NamedTuple):
    """A phase, a card or a field, with its place."""

    kind: Kind
    id: str
    place: Place
    node: Node
    """What is written there."""

    @property
    def words(self) -> str:
        """What people read of it: its title, question or label, in small letters."""
        read = (text_of(value_of(self.node, key)) for key in _WORDS)
        return folded(next(filter(None, read), ""))


def parts_of(agenda: Node) -> Iterator[Part]:
    """Yield the phases, cards and fields of an agenda that have an id, in its order."""
    for i, phase in enumerate(items_of(value_of(agenda, "phases"))):
        yield from _named("phase", phase, ("phases", i))
        for j, card in enumerate(items_of(value_of(phase, "prompts"))):
            place = ("phases", i, "prompts", j)
            yield from _named("card", card, place)
            for key in FIELD_LISTS:
                yield from _fields(value_of(card, key), (*place, key))
    for role in ROLES:
        yield from _fields(value_of(value_of(agenda, "prepare"), role), ("prepare", role))


def _fields(node: Node | None, place: Place) -> Iterator[Part]:
    for number, field in enumerate(items_of(node)):
        yield from _named("field", field, (*place, number))


def _named(kind: Kind, node: Node, place: Place) -> Iterator[Part]:
    name = text_of(value_of(node, "id"))
    if name:
        yield Part(kind, name, place, node)


class NoPart(NamedTuple):
    """Why a name means no part."""

    sentence: str
    near: str = ""
    """The id that may be meant; empty if none is near."""


def part_called(
    name: str,
    parts: Iterable[Part],
    kinds: Collection[Kind],
    parent: str,
    also: Collection[str] = (),
) -> Part | NoPart:
    """Return the part that a name means, or why it means none, or more than one.

    Args:
        name: An id, or one with its kind before it: `field.offer`.
        parts: The parts that there are.
        kinds: Which kinds of parts can be meant.
        parent: What the agenda is called that has these parts.
        also: Other words that can stand there, and may be meant.
    """
    known = list(parts)
    kind, dot, rest = name.partition(".")
    said = [each for each in KINDS if each == kind and dot]
    wanted = rest if said else name
    alike = [part for part in known if part.id == wanted and part.kind in (said or KINDS)]
    found = [part for part in alike if part.kind in kinds]
    # Of two that have the same id, one was added: that is told where it was.
    if len(found) == 1 or (found and len({part.kind for part in found}) == 1):
        return found[0]
    if found:
        return _several(wanted, found)
    if alike:
        needed = " or a ".join(kinds)
        within = cards_named(*(part.id for part in _within(alike[0], known, kinds)))
        return NoPart(f"`{wanted}` is a {alike[0].kind}; a {needed} is needed here.{within}")
    if not wanted:
        return NoPart(f"This is empty: write the id of a {' or a '.join(kinds)}.")
    known = [part for part in known if part.kind in kinds]
    called = _called(name, known)
    near = called or nearest(name, [*also, *(part.id for part in known)])
    what = f"no {' or '.join(kinds)}" if len(kinds) < len(KINDS) else NOTHING
    ways = _ways(near, [part for part in known if part.id == near])
    meant = f" Did you mean {ways}?" if ways else suggestion(near)
    return NoPart(f"{nothing_called(parent, wanted, what)}{meant}", near)


def _within(phase: Part, parts: Iterable[Part], kinds: Collection[Kind]) -> Iterator[Part]:
    """Yield the cards of a phase, where one of them is needed."""
    for part in parts if phase.kind == "phase" and "card" in kinds else ():
        if part.kind == "card" and part.place[: len(phase.place)] == phase.place:
            yield part


def _called(words: str, parts: Iterable[Part]) -> str:
    """Return the id of the part that has these words, or the only one that has many of them."""
    said = folded(words).rstrip("?!. ")
    alike = [part for part in parts if said and said in part.words]
    whole = next((part.id for part in alike if part.words.rstrip("?!. ") == said), "")
    told = len(alike) == 1 and len(said.split()) >= TELLING
    return whole or (alike[0].id if told else "")


def nothing_called(parent: str, name: str, what: str = NOTHING) -> str:
    """Return the sentence that an agenda has no part of this name."""
    return f"`{parent}` has {what} `{shown(name, 40)}`."


def map_meant(name: str, given: Collection[str]) -> str:
    """Return the key of the top that a name such as `Contacts` means; empty if its keys differ."""
    words = re.split(r"[\s_-]+", name.casefold())
    fitting = [key for key, kind in MAPS.items() if given and {*given} <= {*keys_of(kind)}]
    plain = (name.casefold(), name.casefold().removesuffix("s"), words[0])
    alike = next((each for each in plain if each in fitting), "")
    return alike or our_word(name, "", fitting) or nearest(name, fitting)


def _several(name: str, found: list[Part]) -> NoPart:
    kinds = " and ".join(f"a {part.kind}" for part in found)
    return NoPart(f"`{name}` is {kinds}: write {_ways(name, found)}.")


def _ways(name: str, found: list[Part]) -> str:
    """Return how each of several parts of one name is called; empty if there is but one."""
    kinds = dict.fromkeys(part.kind for part in found)
    return " or ".join(f"`{kind}.{name}`" for kind in kinds) if len(kinds) > 1 else ""
