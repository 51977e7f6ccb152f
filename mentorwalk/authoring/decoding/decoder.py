"""From nodes to frozen dataclasses, along their annotations; what does not fit is passed over."""

from __future__ import annotations

import types
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, Literal, Union, get_origin

from mentorwalk.authoring.decoding import meant
from mentorwalk.authoring.decoding.bars import without_bar
from mentorwalk.authoring.decoding.conditions_meant import as_conditions, no_condition
from mentorwalk.authoring.decoding.items import divided, has_keys, item_line, split_sentence
from mentorwalk.authoring.decoding.keys_meant import is_both
from mentorwalk.authoring.decoding.lists_meant import no_list
from mentorwalk.authoring.decoding.problems import Misfit, Misfits
from mentorwalk.authoring.decoding.scalars import scalar_of, unwrapped
from mentorwalk.authoring.decoding.unknown_keys import values_by_key
from mentorwalk.authoring.format.other_words import note_on, our_word
from mentorwalk.authoring.format.shapes import (
    annotation,
    attribute_of,
    has_ids,
    item_kind,
    keys_of,
    required_keys,
)
from mentorwalk.authoring.syntax.nodes import items_of, key_names, text_of, value_of
from mentorwalk.authoring.syntax.places import Place, Places, last_key
from mentorwalk.authoring.syntax.questions import with_id
from mentorwalk.authoring.syntax.rewriting import (
    ID_LINE,
    NEW_ITEM,
    OWN_LINE,
    TEMPLATE_LINE,
    item_on_own_line,
)
from mentorwalk.authoring.syntax.source import Items, Node, Pairs, Scalar
from mentorwalk.domain.agenda import CheckGroup
from mentorwalk.domain.errors import nearest, shown, suggestion
from mentorwalk.domain.fields import Choice, Condition
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.authoring.syntax.source import Source


class Decoder:
    """Decodes one file, and notes where each value was and what does not fit."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places = Places(source)
        self.misfits = Misfits(source)
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

    # --- Texts

    def _text(self, node: Node, place: Place) -> str:
        if not isinstance(node, Scalar):
            raise self.misfits.no_text(node, last_key(place), in_list=isinstance(place[-1], int))
        return unwrapped(clean(node.text))

    def _scalar(self, node: Node, wanted: type, place: Place) -> Any:
        key, text = last_key(place), self._text(node, place)
        text = text if wanted is str else self.misfits.without_stray(node, text)
        try:
            return scalar_of(text, wanted, key)
        except ValueError as why:
            raise self.misfits.no_value(node, str(why), text) from None

    def _one_of(self, node: Node, options: tuple[str, ...], place: Place) -> str:
        if "both" in options and is_both(self.misfits, node, last_key(place)):
            self.unsound |= {place}
            return "both"
        text = self.misfits.without_stray(node, self._text(node, place))
        if text in options:
            return text
        key, known = last_key(place), ", ".join(options)
        if not text:
            raise self.misfits.empty(node, f"`{key}`", f"`{key}` is empty: it can be {known}.")
        beside = _telling_keys(self.places.nodes.get(place[:-1]))
        ours = our_word(text, key, options, beside) or self.misfits.role_called(text)
        near = ours or nearest(text, options)
        sentence, instead = _no_option(f"`{key}` can be {known}", text, near)
        misfit = self.misfits.no_value(node, sentence, text, instead)
        if ours not in options:
            raise misfit
        return ours

    # Only the format's own unions occur: a value or None, a text or a list of texts.
    def _union(self, node: Node, options: tuple[Any, ...], place: Place) -> Any:
        wanted = [option for option in options if option is not types.NoneType]
        several = next((option for option in wanted if get_origin(option) is tuple), None)
        # Keys are no text, and may be an item without its dash.
        listed = (Items, Pairs) if several and is_dataclass(item_kind(several)) else Items
        return self.value(
            node, several if several and isinstance(node, listed) else wanted[0], place
        )

    # --- Lists

    def _tuple(self, node: Node, wanted: Any, place: Place) -> tuple[Any, ...]:
        if wanted is Condition:
            return self._conditions(node, place)
        if isinstance(node, Scalar) and not node.text:
            return ()
        node = without_bar(self.misfits, node, last_key(place))
        if wanted is CheckGroup:
            node = meant.in_groups(self.misfits, node)
        if isinstance(node, Pairs):
            node = meant.named(self.misfits, node, last_key(place)) or node
        if not isinstance(node, Items):
            raise no_list(self.misfits, node, last_key(place))
        if wanted is Choice:
            usual = _usual(self.places.nodes.get(place[:-1]))
            node = meant.with_dashes(self.misfits, node, usual)
        return tuple(self._survivors(node, wanted, place))

    def _survivors(self, node: Items, wanted: Any, place: Place) -> list[Any]:
        survivors: list[Any] = []
        for item in self._items(node, wanted):
            try:  # A place counts the survivors, because checks know only the decoded value.
                survivors.append(self._item(item, wanted, (*place, len(survivors))))
            except Misfit:
                self.lost = self.lost or has_ids(wanted)
                self.unsound |= set() if has_ids(wanted) else {place}
        return survivors

    def _items(self, node: Items, wanted: Any) -> Iterator[Node]:
        """Yield the items of a list, also those that begin without their dash."""
        required = required_keys(wanted)
        nodes = meant.in_their_list(self.misfits, node, wanted)
        known = keys_of(wanted) if required else ()
        for item in meant.joined(self.misfits, nodes, [(key,) for key in required], known):
            if not isinstance(item, Pairs) or item.braces or wanted is str:
                yield item
                continue
            first, *others = divided(item, required)
            yield first
            for part in others:
                if "id" in required and not has_keys(part, ("id",)):
                    self.misfits.note(part, ID_LINE)
                elif "template" in required and not has_keys(part, ("template",)):
                    self.misfits.note(part, TEMPLATE_LINE)
                else:
                    self.misfits.note(part, NEW_ITEM, item_line(self.source, part, item))
                if has_keys(part, required):
                    yield part
                else:
                    self.lost = True

    def _item(self, node: Node, wanted: Any, place: Place) -> Any:
        if wanted not in (str, Choice):
            return self.value(node, wanted, place)
        if isinstance(node, Scalar) and not node.text.strip():
            sentence = f"An item of `{last_key(place)}` is empty: write something, or take it out."
            raise self.misfits.empty(node, "this item", sentence)
        text = "" if wanted is Choice and _is_meant_as_key(node) else split_sentence(node)
        around = self.places.nodes.get(place[:-1])
        if text and wanted is Choice and self.misfits.is_picked(node, text, around):
            return Choice(*self.misfits.pick_and_says(node, text))
        if text:
            fix = item_on_own_line(self.source.line(node.line))
            self.misfits.note(node, f"This sentence contains a colon. {OWN_LINE}", fix)
        elif wanted is str or not isinstance(node, Scalar):
            return self.value(node, wanted, place)
        self.places.nodes[place] = node
        text = text or self._text(node, place)
        return text if wanted is str else Choice(text)

    # --- Mappings

    def _conditions(self, node: Node, place: Place) -> tuple[Condition, ...]:
        node = meant.as_keys(self.misfits, node, last_key(place))
        if not isinstance(node, Pairs):
            raise no_condition(self.misfits, node, last_key(place))
        conditions = []
        kept = as_conditions(self.misfits, node, last_key(place))
        self.unsound |= {place} if len(kept.pairs) < len(node.pairs) else set()
        for name, inner in self._named(kept, {}, ()):
            several = isinstance(inner, Items)
            answers = self.value(inner, tuple[str, ...] if several else str, (*place, name))
            conditions.append(Condition(name, answers if several else (answers,)))
        return tuple(conditions)

    def _dataclass(self, node: Node, wanted: Any, place: Place) -> Any:
        keys, required = keys_of(wanted), required_keys(wanted)
        name = place[-1] if place and isinstance(place[-1], str) else ""
        part = self.places.nodes[place] = meant.as_part(self.misfits, node, wanted, name)
        given: dict[str, Any] = {}
        for key, inner in self._named(part, keys, required):
            try:
                value = self.value(inner, keys[key], (*place, key))
                if value == "" and key in required:
                    sentence = f"`{key}` is empty: write something."
                    raise self.misfits.empty(inner, f"`{key}`", sentence)
                given[attribute_of(key)] = value
            except Misfit:
                self.unsound |= {place, (*place, key)}
                self.lost = self.lost or key == "id" or has_ids(keys[key])
        return wanted(**self._stand_ins(part, wanted, given, place), **given)

    def _stand_ins(
        self, node: Pairs, wanted: Any, given: dict[str, Any], place: Place
    ) -> dict[str, Any]:
        """Return an empty value for each required key that is missing, to go on checking."""
        keys = keys_of(wanted)
        missing = [key for key in required_keys(wanted) if key not in given]
        for key in missing:
            noted = (*place, key) in self.unsound
            # What others name may be this one.
            self.lost = self.lost or (key == "id" and "label" in keys)
            self.unsound |= {place, (*place, key)}
            if not noted:
                fix = with_id(self.source, node) if (key, "ask" in keys) == ("id", True) else ""
                self.misfits.note(node, f"`{key}` is missing here.", fix)
        return {key: _nothing(keys[key]) for key in missing}

    def _named(
        self, node: Pairs, known: Mapping[str, Any], required: tuple[str, ...]
    ) -> Iterable[tuple[str, Node]]:
        named = values_by_key(self.misfits, node, known, required)
        self.lost = self.lost or named.lost
        return named.values.items()


def _usual(field: Node | None) -> set[str]:
    """Return the usual answers of a field, as they are written."""
    usual = value_of(field, "default")
    return {text_of(each) for each in (*items_of(usual), usual)} - {""}


def _no_option(can_be: str, text: str, near: str) -> tuple[str, str]:
    """Return what to say of a word that none of ours is, and what to write if that is all."""
    note = note_on(text, near)
    sentence = f"{can_be}; not `{shown(text, 40)}`.{suggestion(near)}{note}"
    return sentence, "" if note else near


def _is_meant_as_key(choice: Node) -> bool:
    """Return whether a choice begins with what other tools call `pick`."""
    return our_word("".join(key_names(choice)[:1]), "", ("pick",)) != ""


def _telling_keys(field: Node | None) -> list[str]:
    """Return the keys beside a type that may tell which is meant: choices of numbers do not."""
    picks = [text_of(item) for item in items_of(value_of(field, "choices"))]
    numbers = bool(picks) and all(map(str.isdigit, picks))
    return [key for key in key_names(field) if key != "choices" or not numbers]


def _nothing(wanted: Any) -> Any:
    """Return an empty value for an annotation; of several words or kinds, the first one."""
    origin, options = annotation(wanted)
    if origin is Literal:
        return options[0]
    if origin in (Union, types.UnionType):
        return _nothing(options[0])
    return (origin or wanted)()
