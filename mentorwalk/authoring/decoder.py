"""From nodes to frozen dataclasses, along their annotations; what does not fit is passed over."""

from __future__ import annotations

import re
import types
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, Literal, Union, get_origin

from mentorwalk.authoring.items import (
    divided,
    first_item_line,
    has_keys,
    item_line,
    split_sentence,
)
from mentorwalk.authoring.keys import PROSE
from mentorwalk.authoring.places import Place, Places, last_key
from mentorwalk.authoring.rewriting import (
    NEW_ITEM,
    OWN_LINE,
    nothing_left,
    on_own_line,
    with_dash,
)
from mentorwalk.authoring.shapes import (
    annotation,
    attribute_of,
    belongs_to,
    has_ids,
    keys_of,
    required_keys,
)
from mentorwalk.authoring.source import Items, Node, Pairs, Scalar
from mentorwalk.domain.errors import PROBLEM_LIMIT, did_you_mean, shown
from mentorwalk.domain.fields import Choice, Condition
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.source import Source
    from mentorwalk.domain.errors import Problem

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_JOINED = re.compile(r"(?<=\S)[ ]*\n(?=[^\s\-*•])")


class Misfit(Exception):  # noqa: N818 - a signal, always caught
    """A node cannot become what its annotation wants; the problem is already noted."""


def folded(text: str) -> str:
    """Return a text with the lines of each paragraph joined; blank lines and lists stay."""
    return _JOINED.sub(" ", text.strip()) if "\n" in text else text.strip()


class Decoder:
    """Decodes one file, and notes where each value was and what is wrong."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places = Places(source)
        self.problems: list[Problem] = []
        self.unsound: set[Place] = set()
        """Places of what could not be decoded: other problems there would follow from it."""
        self.lost = False
        """Whether something with an id could not be decoded, so that some ids are unknown."""

    def value(self, node: Node, wanted: Any, place: Place) -> Any:
        """Return a node as the value that an annotation wants.

        Raises:
            Misfit: It cannot be; the problem is noted.
        """
        self.places.nodes[place] = node
        origin, options = annotation(wanted)
        if origin is Literal:
            return self._one_of(node, options, place)
        if origin in (Union, types.UnionType):
            return self._union(node, options, place)
        if origin is tuple:
            return self._tuple(node, options[0], place)
        if is_dataclass(wanted):
            return self._dataclass(node, wanted, place)
        return self._scalar(node, wanted, place)

    def _note(self, node: Node, sentence: str, fix: str = "") -> None:
        self.problems.append(self.source.problem(node.line, node.column, sentence, fix))

    def _misfit(self, node: Node, sentence: str, fix: str = "") -> Misfit:
        """Note a problem, and return what to raise."""
        self._note(node, sentence, fix)
        return Misfit()

    # --- Texts

    def _text(self, node: Node, place: Place) -> str:
        if not isinstance(node, Scalar):
            raise self._misfit(node, *_not_a_text(self.source, node, last_key(place)))
        return clean(folded(node.text))

    def _scalar(self, node: Node, wanted: type, place: Place) -> Any:
        text = self._text(node, place)
        if wanted is str:
            return text
        if wanted is bool and text.lower() in _YES_NO:
            return _YES_NO[text.lower()]
        form, words = _FORMS[wanted]
        if re.fullmatch(form, text):
            return wanted(text)
        if place == ("mentorwalk",):
            sentence = "`mentorwalk` is the version of this format: write `mentorwalk: 1`."
            raise self._misfit(node, sentence)
        if wanted is not bool and re.fullmatch(r"-?\d{7,}(\.\d+)?", text):
            raise self._misfit(node, f"`{last_key(place)}` is far too large a number.")
        raise self._misfit(node, f"`{last_key(place)}` must be {words}.")

    def _one_of(self, node: Node, options: tuple[str, ...], place: Place) -> str:
        text = self._text(node, place)
        if text in options:
            return text
        sentence = f"`{last_key(place)}` can be {', '.join(options)}; not `{shown(text, 40)}`."
        raise self._misfit(node, f"{sentence}{did_you_mean(text, options)}")

    # Only the format's own unions occur: a value or None, a text or a list of texts.
    def _union(self, node: Node, options: tuple[Any, ...], place: Place) -> Any:
        wanted = [option for option in options if option is not types.NoneType]
        several = next((option for option in wanted if get_origin(option) is tuple), None)
        return self.value(
            node, several if several and isinstance(node, Items) else wanted[0], place
        )

    # --- Lists

    def _tuple(self, node: Node, wanted: Any, place: Place) -> tuple[Any, ...]:
        if wanted is Condition:
            return self._conditions(node, place)
        if isinstance(node, Scalar) and not node.text:
            return ()
        if not isinstance(node, Items):
            raise self._misfit(node, *_not_a_list(self.source, node, last_key(place)))
        return tuple(self._survivors(node, wanted, place))

    def _survivors(self, node: Items, wanted: Any, place: Place) -> list[Any]:
        survivors: list[Any] = []
        for item in self._items(node, wanted):
            # A place counts the survivors, because checks know only the decoded value.
            try:
                survivors.append(self._item(item, wanted, (*place, len(survivors))))
            except Misfit:
                self.lost = self.lost or has_ids(wanted)
        return survivors

    def _items(self, node: Items, wanted: Any) -> Iterator[Node]:
        """Yield the items of a list, also those that begin without their dash."""
        for item in node.nodes:
            if not isinstance(item, Pairs) or item.braces or wanted is str:
                yield item
                continue
            required = required_keys(wanted)
            first, *others = divided(item, required)
            yield first
            for part in others:
                self._note(part, NEW_ITEM, item_line(self.source, part, item))
                if has_keys(part, required):
                    yield part
                else:
                    self.lost = True

    def _item(self, node: Node, wanted: Any, place: Place) -> Any:
        if wanted not in (str, Choice):
            return self.value(node, wanted, place)
        if isinstance(node, Scalar) and not node.text.strip():
            sentence = f"An item of `{last_key(place)}` is empty: write something, or take it out."
            raise self._empty(node, "this item", sentence)
        text = split_sentence(node)
        if text:
            self._note(node, f"This sentence contains a colon. {OWN_LINE}")
        elif wanted is str or not isinstance(node, Scalar):
            return self.value(node, wanted, place)
        self.places.nodes[place] = node
        text = text or self._text(node, place)
        return text if wanted is str else Choice(text)

    def _empty(self, node: Node, what: str, sentence: str) -> Misfit:
        """Note that nothing is written, or that it was read as a comment."""
        line = self.source.line(node.line)
        comment = re.match(r"\s*(?=#)", line[node.column :])
        if not comment:
            return self._misfit(node, sentence)
        begin = Scalar(node.line, node.column + comment.end(), "", "", node.line)
        fix = on_own_line(line) if what.strip("`") in {*PROSE, "this item"} else ""
        return self._misfit(begin, nothing_left(what), fix)

    # --- Mappings

    def _conditions(self, node: Node, place: Place) -> tuple[Condition, ...]:
        if not isinstance(node, Pairs):
            sentence = f"`{last_key(place)}` needs a field and its answer: `id: answer`."
            raise self._misfit(node, sentence)
        conditions = []
        for name, inner in self._named(node):
            several = isinstance(inner, Items)
            answers = self.value(inner, tuple[str, ...] if several else str, (*place, name))
            conditions.append(Condition(name, answers if several else (answers,)))
        return tuple(conditions)

    def _dataclass(self, node: Node, wanted: Any, place: Place) -> Any:
        keys, required = keys_of(wanted), required_keys(wanted)
        if not isinstance(node, Pairs):
            if isinstance(node, Scalar) and re.match(r"[a-z_]+:\S", node.text):
                raise self._misfit(node, "A space is missing after the colon.")
            known = ", ".join(f"`{key}`" for key in keys)
            raise self._misfit(node, f"Keys are needed here ({known}), not {_kind(node)}.")
        given: dict[str, Any] = {}
        for key, inner in self._named(node, tuple(keys)):
            try:
                value = self.value(inner, keys[key], (*place, key))
                if value == "" and key in required:
                    raise self._empty(inner, f"`{key}`", f"`{key}` is empty: write something.")
                given[attribute_of(key)] = value
            except Misfit:
                self.unsound |= {place, (*place, key)}
                self.lost = self.lost or key == "id" or has_ids(keys[key])
        return wanted(**self._stand_ins(node, wanted, given, place), **given)

    def _stand_ins(
        self, node: Pairs, wanted: Any, given: dict[str, Any], place: Place
    ) -> dict[str, Any]:
        """Return an empty value for each required key that is missing, to go on checking."""
        keys = keys_of(wanted)
        missing = [key for key in required_keys(wanted) if key not in given]
        for key in missing:
            noted = (*place, key) in self.unsound
            self.unsound |= {place, (*place, key)}
            if not noted:
                self._note(node, f"`{key}` is missing here.")
        return {key: (get_origin(keys[key]) or keys[key])() for key in missing}

    def _named(self, node: Pairs, known: tuple[str, ...] = ()) -> list[tuple[str, Node]]:
        """Return the values of a mapping by their keys, those of misspelt keys too."""
        given = {key.text for key, _ in node.pairs if isinstance(key, Scalar)}
        seen: dict[str, Node] = {}
        for key, inner in node.pairs:
            name = key.text if isinstance(key, Scalar) else ""
            if not name:
                self._note(key, "A key is needed here: one word before the colon.")
            elif name in seen:
                self._note(key, f"`{shown(name, 40)}` appears here twice: keep one.")
            elif known and name not in known:
                meant = self._meant(key, name, known)
                # What was meant is decoded all the same, so that references to it are known.
                if meant and meant not in given | seen.keys():
                    seen[meant] = inner
                self.lost = self.lost or not (meant or isinstance(inner, Scalar))
            else:
                seen[name] = inner
        return list(seen.items())

    def _meant(self, key: Node, name: str, known: tuple[str, ...]) -> str:
        """Note an unknown key, and return the key that was probably meant, if any."""
        # The search takes time, and nobody is shown more problems than the limit.
        hint = did_you_mean(name, known) if len(self.problems) < PROBLEM_LIMIT else ""
        self._note(key, f"There is no key `{shown(name, 40)}` here.{hint or belongs_to(name)}")
        return hint.split("`")[1] if hint else ""


_FORMS: dict[type, tuple[str, str]] = {
    bool: ("(?!)", "yes or no"),
    int: (r"-?\d{1,9}", "a whole number, such as 60"),
    float: (r"\d{1,6}(\.\d{1,3})?", "a number, such as 5 or 1.5"),
}
"""By type, the pattern of its texts and how a message names them."""


def _not_a_text(source: Source, node: Items | Pairs, key: str) -> tuple[str, str]:
    """Return the message and the fix for a node that should be a text."""
    if isinstance(node, Pairs) and node.braces:
        return f"A text that begins with `{{` is misread here. {OWN_LINE}", ""
    line, above = source.line(node.line), source.line(node.line - 1).rstrip()
    words, colon, _ = split_sentence(node).partition(":")
    if colon and colon in line and " " in words and above.endswith(f"{key}:"):
        return f"This sentence contains a colon: write `{key}: |` above it.", f"{above} |\n{line}"
    return f"`{key}` must be one text, not {_kind(node)}.", ""


def _not_a_list(source: Source, node: Scalar | Pairs, key: str) -> tuple[str, str]:
    """Return the message and the fix for a node that should be a list."""
    dashed = with_dash(source.line(node.line))
    if isinstance(node, Scalar) and not node.style and dashed:
        return dashed
    begun = isinstance(node, Pairs) and not node.braces
    fix = first_item_line(source, node) if begun else ""
    return f"`{key}` must be a list: each item on its own line, after `- `.", fix


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a text" if node.text else "nothing"
    return "a list" if isinstance(node, Items) else "keys and values"
