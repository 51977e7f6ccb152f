"""From nodes to frozen dataclasses, along their annotations; a misfit is told and passed by."""

from __future__ import annotations

import re
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from mentorwalk.authoring.keys import PROSE
from mentorwalk.authoring.rewriting import NEW_ITEM, OWN_LINE, on_own_line, with_dash
from mentorwalk.authoring.source import Items, Node, Pairs, Scalar
from mentorwalk.domain.agenda import Agenda, Choice, Condition, Field, Phase, Prompt
from mentorwalk.domain.errors import PROBLEM_LIMIT, did_you_mean, shown
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.source import Source
    from mentorwalk.domain.errors import Problem

Place = tuple[str | int, ...]
"""Where a value stands: keys and positions from the top, such as `("phases", 0, "title")`."""
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_JOINED = re.compile(r"(?<=\S)[ ]*\n(?=[^\s\-*•])")


def nothing_left(what: str) -> str:
    """What is told where everything that was written is a comment."""
    return f"What follows `#` is read as a comment: nothing is left of {what}."


class Misfit(Exception):  # noqa: N818 - inner signal, always caught here
    """A node that cannot become what is wanted; its problem is already noted."""


@cache
def _hints(wanted: Any) -> dict[str, Any]:
    """The annotations of a dataclass of an agenda, by key."""
    return {field.name: field.type for field in fields(wanted)}


@cache
def _form(wanted: Any) -> tuple[Any, tuple[Any, ...]]:
    """What an annotation is made of: `tuple[str, ...]` of tuple and str."""
    return get_origin(wanted), get_args(wanted)


def folded(text: str) -> str:
    """Join the lines of a paragraph; blank lines and list lines keep their breaks."""
    return _JOINED.sub(" ", text.strip()) if "\n" in text else text.strip()


class Decoder:
    """Decodes one file, and remembers where each value stood and what was wrong."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.nodes: dict[Place, Node] = {}
        self.unsound: set[Place] = set()
        """Where something did not decode, so that no second problem is made of the first."""
        self.lost = False
        """Something with an id could not be read: nobody knows which ids there are."""

    def note(self, node: Node, sentence: str, fix: str = "") -> None:
        """Note a problem at a node."""
        self.problems.append(self.source.problem(node.line, node.column, sentence, fix))

    def note_word(self, node: Node, word: str, sentence: str) -> None:
        """Note a problem at a word of a node's text, on the line where it stands."""
        self.problems.append(self.source.problem(*self.place_of(node, word), sentence))

    def place_of(self, node: Node, word: str) -> tuple[int, int]:
        """The line and the column of a word of a node's text, or of the node."""
        last = min(len(self.source.lines), node.line + 200) if word else node.line
        for line in range(node.line, last):
            column = self.source.line(line).find(word)
            if column >= 0:
                return line, column
        return node.line, node.column

    def problem_at(self, place: Place, sentence: str) -> Problem:
        """A problem at a place."""
        node = self.at(place)
        return self.source.problem(node.line, node.column, sentence)

    def misfit(self, node: Node, sentence: str, fix: str = "") -> Misfit:
        """Note a problem and give what to raise."""
        self.note(node, sentence, fix)
        return Misfit()

    def at(self, place: Place) -> Node:
        """The node at a place, or the nearest one around it."""
        while place and place not in self.nodes:
            place = place[:-1]
        return self.nodes[place]

    def value(self, node: Node, wanted: Any, place: Place) -> Any:
        """Decode a node as what an annotation wants.

        Raises:
            Misfit: It cannot be; the problem is noted.
        """
        self.nodes[place] = node
        origin, options = _form(wanted)
        if origin is Literal:
            return self._one_of(node, options, place)
        if origin in (Union, types.UnionType):
            return self._union(node, options, place)
        if origin is tuple:
            return self._tuple(node, options[0], place)
        if is_dataclass(wanted):
            return self._dataclass(node, wanted, place)
        return self._scalar(node, wanted, place)

    def text(self, node: Node, place: Place) -> str:
        """Decode a node as text."""
        if isinstance(node, Scalar):
            return clean(folded(node.text))
        if isinstance(node, Pairs) and node.braces:
            raise self.misfit(node, f"A text that begins with `{{` is misread here. {OWN_LINE}")
        key, line = _key(place), self.source.line(node.line)
        above = self.source.line(node.line - 1).rstrip()
        words, colon, _ = _split_sentence(node).partition(":")
        if colon and colon in line and " " in words and above.endswith(f"{key}:"):
            sentence = f"This sentence contains a colon: write `{key}: |` above it."
            raise self.misfit(node, sentence, f"{above} |\n{line}")
        raise self.misfit(node, f"`{key}` must be one text, not {_kind(node)}.")

    def _scalar(self, node: Node, wanted: type, place: Place) -> Any:
        text = self.text(node, place)
        if wanted is str:
            return text
        if wanted is bool:
            if text.lower() not in _YES_NO:
                raise self.misfit(node, f"`{_key(place)}` must be yes or no.")
            return _YES_NO[text.lower()]
        whole = wanted is int
        if not re.fullmatch(r"-?\d{1,9}" if whole else r"\d{1,6}(\.\d{1,3})?", text):
            wanted_here = "a whole number, such as 60" if whole else "a number, such as 5 or 1.5"
            raise self.misfit(node, f"`{_key(place)}` must be {wanted_here}.")
        return wanted(text)

    def _one_of(self, node: Node, options: tuple[str, ...], place: Place) -> str:
        text = self.text(node, place)
        if text in options:
            return text
        known = ", ".join(options)
        hint = did_you_mean(text, options)
        raise self.misfit(node, f"`{_key(place)}` can be {known}; not `{shown(text, 40)}`.{hint}")

    def _union(self, node: Node, options: tuple[Any, ...], place: Place) -> Any:
        wanted = [option for option in options if option is not types.NoneType]
        several = next((option for option in wanted if get_origin(option) is tuple), None)
        if several and isinstance(node, Items):
            return self.value(node, several, place)
        return self.value(node, wanted[0], place)

    def _tuple(self, node: Node, wanted: Any, place: Place) -> tuple[Any, ...]:
        if wanted is Condition:
            return self._conditions(node, place)
        if isinstance(node, Scalar) and not node.text:
            return ()
        if not isinstance(node, Items):
            raise self._no_list(node, place)
        return tuple(self._survivors(node, wanted, place))

    def _no_list(self, node: Node, place: Place) -> Misfit:
        sentence = f"`{_key(place)}` must be a list: each item on its own line, after `- `."
        line = self.source.line(node.line)
        if isinstance(node, Scalar) and not node.style and (dashed := with_dash(line)):
            return self.misfit(node, *dashed)
        begun = isinstance(node, Pairs) and not node.braces
        above = self.source.line(node.line - 1)
        # Two columns to the left, where there is room, so that the keys below line up with it.
        room = len(above) - len(above.lstrip()) <= node.column - 2
        dash = node.column - 2 if room else node.column
        fix = f"{line[:dash]}- {line[node.column :]}" if begun else ""
        return self.misfit(node, sentence, fix)

    def _survivors(self, node: Items, wanted: Any, place: Place) -> list[Any]:
        survivors: list[Any] = []
        for item in self._items(node, wanted):
            # A place counts the survivors, so that checks find each by its position in the value.
            try:
                survivors.append(self._item(item, wanted, (*place, len(survivors))))
            except Misfit:
                self.lost = self.lost or (is_dataclass(wanted) and wanted is not Choice)
        return survivors

    def _items(self, node: Items, wanted: Any) -> Iterator[Node]:
        """The items of a list, also those that begin without their dash."""
        for item in node.nodes:
            if isinstance(item, Pairs) and not item.braces and wanted is not str:
                yield from self._divided(item, _required(wanted))
            else:
                yield item

    def _divided(self, node: Pairs, required: tuple[str, ...]) -> Iterator[Pairs]:
        first, *others = _parts(node, required)
        yield first
        for part in others:
            self.note(part, NEW_ITEM, self._with_dash(part, node))
            if _has(part, required):
                yield part
            else:
                self.lost = True

    def _with_dash(self, part: Pairs, whole: Pairs) -> str:
        """The line where a part begins, with a dash below the one of the whole."""
        dash = self.source.line(whole.line)[: whole.column].rfind("-")
        dash = dash if dash >= 0 else part.column - 2
        return f"{'-':>{dash + 1}}{self.source.line(part.line)[dash + 1 :]}"

    def _item(self, node: Node, wanted: Any, place: Place) -> Any:
        if wanted in (str, Choice) and isinstance(node, Scalar) and not node.text.strip():
            sentence = f"An item of `{_key(place)}` is empty: write something, or take it out."
            raise self._empty(node, "this item", sentence)
        if wanted is Choice and isinstance(node, Scalar):
            self.nodes[place] = node
            return Choice(self.text(node, place))
        if wanted in (str, Choice) and (text := _split_sentence(node)):
            self.note(node, f"This sentence contains a colon. {OWN_LINE}")
            self.nodes[place] = node
            return text if wanted is str else Choice(text)
        return self.value(node, wanted, place)

    def _empty(self, node: Node, what: str, sentence: str) -> Misfit:
        """Note that nothing is written, or that it was taken for a comment."""
        line = self.source.line(node.line)
        comment = re.match(r"\s*(?=#)", line[node.column :])
        if not comment:
            return self.misfit(node, sentence)
        place = (node.line, node.column + comment.end())
        fix = on_own_line(line) if what.strip("`") in {*PROSE, "this item"} else ""
        self.problems.append(self.source.problem(*place, nothing_left(what), fix))
        return Misfit()

    def _conditions(self, node: Node, place: Place) -> tuple[Condition, ...]:
        if not isinstance(node, Pairs):
            raise self.misfit(node, f"`{_key(place)}` needs a field and its answer: `id: answer`.")
        conditions = []
        for name, inner in self._named(node):
            self.nodes[(*place, name)] = inner
            several = isinstance(inner, Items)
            wanted = tuple[str, ...] if several else str
            answers = self.value(inner, wanted, (*place, name))
            conditions.append(Condition(name, answers if several else (answers,)))
        return tuple(conditions)

    def _dataclass(self, node: Node, wanted: Any, place: Place) -> Any:
        if not isinstance(node, Pairs):
            known = ", ".join(f"`{field.name}`" for field in fields(wanted))
            if isinstance(node, Scalar) and re.match(r"[a-z_]+:\S", node.text):
                raise self.misfit(node, "A space is missing after the colon.")
            raise self.misfit(node, f"Keys are needed here ({known}), not {_kind(node)}.")
        hints = _hints(wanted)
        given: dict[str, Any] = {}
        required = _required(wanted)
        for key, inner in self._named(node, tuple(hints)):
            try:
                given[key] = self.value(inner, hints[key], (*place, key))
                if given[key] == "" and key in required:
                    raise self._empty(inner, f"`{key}`", f"`{key}` is empty: write something.")
            except Misfit:
                given.pop(key, None)
                self.unsound |= {place, (*place, key)}
                self.lost = self.lost or key == "id" or _holds_ids(hints[key])
        return wanted(**self._stand_ins(node, wanted, given, place), **given)

    def _stand_ins(
        self, node: Pairs, wanted: Any, given: dict[str, Any], place: Place
    ) -> dict[str, Any]:
        """Something empty for each required key that is missing, so that the rest is checked."""
        hints = _hints(wanted)
        missing = [name for name in _required(wanted) if name not in given]
        for name in missing:
            told = (*place, name) in self.unsound
            self.unsound |= {place, (*place, name)}
            if not told:
                self.note(node, f"`{name}` is missing here.")
        return {name: (get_origin(hints[name]) or hints[name])() for name in missing}

    def _named(self, node: Pairs, known: tuple[str, ...] = ()) -> list[tuple[str, Node]]:
        given = {key.text for key, _ in node.pairs if isinstance(key, Scalar)}
        seen: dict[str, Node] = {}
        for key, inner in node.pairs:
            name = key.text if isinstance(key, Scalar) else ""
            if not name:
                self.note(key, "A key is needed here: one word before the colon.")
            elif name in seen:
                self.note(key, f"`{shown(name, 40)}` appears here twice: keep one.")
            elif known and name not in known:
                hint = did_you_mean(name, known) if len(self.problems) < PROBLEM_LIMIT else ""
                self.note(key, f"There is no key `{shown(name, 40)}` here.{hint or _belongs(name)}")
                # What was meant is read all the same, so that what is in it is known.
                meant = hint.split("`")[1] if hint else ""
                if meant and meant not in given | seen.keys():
                    seen[meant] = inner
                self.lost = self.lost or not (meant or isinstance(inner, Scalar))
            else:
                seen[name] = inner
        return list(seen.items())


def _parts(node: Pairs, required: tuple[str, ...]) -> list[Pairs]:
    """A mapping; divided where its first key comes again, with more than that below it."""
    keys = [key.text if isinstance(key, Scalar) else "" for key, _ in node.pairs]
    begins = [number for number, key in enumerate(keys) if key and key == keys[0]]
    ends = [*begins[1:], len(keys)]
    pairs = [node.pairs[begin:end] for begin, end in zip(begins, ends, strict=False)]
    parts = [Pairs(part[0][0].line, part[0][0].column, part, braces=False) for part in pairs]
    sound = all(_has(part, required) or len(part.pairs) > 1 for part in parts)
    return parts if sound and len(parts) > 1 else [node]


def _has(node: Pairs, required: tuple[str, ...]) -> bool:
    """Whether every key that has to be there is."""
    return {*required} <= {key.text for key, _ in node.pairs if isinstance(key, Scalar)}


def _split_sentence(node: Node) -> str:
    """A sentence in a list that YAML took for a key with its value, because of a colon."""
    if not isinstance(node, Pairs) or node.braces or len(node.pairs) != 1:
        return ""
    key, inner = node.pairs[0]
    if not isinstance(key, Scalar) or key.text in ("pick", "says"):
        return ""
    return f"{key.text}: {inner.text}" if isinstance(inner, Scalar) else ""


@cache
def _belongs(name: str) -> str:
    """Where a key of the format belongs, as the end of a sentence; or nothing."""
    owners = [
        words for part, words in _PARTS.items() if name in {field.name for field in fields(part)}
    ]
    return f" It belongs to {' or '.join(owners)}." if owners else ""


_PARTS: dict[Any, str] = {
    Agenda: "the top of the file",
    Phase: "a phase",
    Prompt: "a card",
    Field: "a field",
}


def _holds_ids(wanted: Any) -> bool:
    """Whether what an annotation wants has parts with ids in it."""
    options = (wanted, *get_args(wanted))
    return any(is_dataclass(option) and option is not Choice for option in options)


@cache
def _required(wanted: Any) -> tuple[str, ...]:
    """The keys that have to be there."""
    return tuple(
        field.name
        for field in fields(wanted)
        if field.default is MISSING and field.default_factory is MISSING
    )


def _key(place: Place) -> str:
    return next((str(step) for step in reversed(place) if isinstance(step, str)), "this")


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a text" if node.text else "nothing"
    return "a list" if isinstance(node, Items) else "keys and values"
