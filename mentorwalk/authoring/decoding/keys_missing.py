"""Parts without a key that is known: what is told where keys are needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.decoding.pictures_meant import picture_meant
from mentorwalk.authoring.decoding.problems import FEW_KEYS, Misfit, kind_of
from mentorwalk.authoring.format.other_words import our_word
from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.syntax.nodes import is_empty, text_of
from mentorwalk.authoring.syntax.questions import QUESTION_NEEDS, as_entry, as_question
from mentorwalk.authoring.syntax.source import Scalar
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.errors import nearest, shown
from mentorwalk.domain.outcomes import Meeting
from mentorwalk.domain.programme import Programme

if TYPE_CHECKING:
    from collections.abc import Collection

    from mentorwalk.authoring.decoding.problems import Misfits
    from mentorwalk.authoring.syntax.source import Items, Pairs

NO_PROGRAMME = (
    "`programme` is for one that counts what pairs send it, with an `id` and what it `asks`. "
    "Without that, leave it out: its name alone is shown nowhere."
)


def no_keys(
    misfits: Misfits, node: Scalar | Items, known: Collection[str], required: Collection[str]
) -> Misfit:
    """Note that a node should have keys, and return what to raise."""
    if misfits.sign_missing(node, known):
        return Misfit()
    line = misfits.source.line(node.line)
    key = next((key for key in ("ask", "label") if key in known), "")
    if key and line.lstrip().startswith("- ") and getattr(node, "last", -1) == node.line:
        sentence = QUESTION_NEEDS.format(key=key)
        return misfits.new(node, sentence, as_question(line, key, misfits.source.lines))
    entry = as_entry(line, known, misfits.source.lines)
    if entry or (entry := picture_meant(node, line, known, misfits.ids)):
        return misfits.new(node, *entry)
    if {*known} == {*keys_of(Programme)}:
        return misfits.new(node, NO_PROGRAMME)
    told = known if len(known) <= FEW_KEYS else required
    named = ", ".join(f"`{key}`" for key in told)
    fix = _with_first_key(misfits, node, known)
    without = " Without them, take this line out." if is_empty(node) else ""
    sentence = f"Keys are needed here ({named}), not {kind_of(node)}.{without}"
    return misfits.new(node, sentence, fix)


def _with_first_key(misfits: Misfits, node: Scalar | Items, known: Collection[str]) -> str:
    """Return the lines in which a text has the key that it is meant for; empty if none is sure."""
    line, text = misfits.source.line(node.line).rstrip(), text_of(node)
    key = "who" if {*known} == {*keys_of(Contact)} else ""
    key = "date" if {*known} == {*keys_of(Meeting)} and text in misfits.ids else key
    begins = line.removesuffix(f" {text}")
    reached = _WITH_ADDRESS.fullmatch(text) if key == "who" else None
    text = f"{reached[1]}\n  how: {reached[2]}" if reached else text
    return f"{begins}\n  {key}: {text}" if key and text and begins != line else ""


_WITH_ADDRESS = re.compile(
    r"([^,;]*[^,; ])[,;] +([^\s@]+@[^\s@,;]+|(?:https?://|www\.)[^\s,;]+|\+?\d[\d ()/-]{5,})"
)
"""Whom to turn to, and an address or a number behind a comma."""


def all_unknown(
    misfits: Misfits, node: Pairs, known: Collection[str], required: Collection[str]
) -> Misfit | None:
    """Note that a part has nothing but one unknown key, and return what to raise, if so."""
    key, value = node.pairs[0] if len(node.pairs) == 1 else (node, node)
    name = text_of(key)
    text = isinstance(value, Scalar) and len(required) == 1
    if not name or name in known or not required or len(known) > FEW_KEYS or text:
        return None
    if our_word(name, "", [*known]) or nearest(name, known):
        return None
    needed = " and ".join(f"`{each}`" for each in required)
    return misfits.new(key, f"There is no key `{shown(name, 40)}` here: write {needed}.")
