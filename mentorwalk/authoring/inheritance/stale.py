"""What is still there of a changed field, and tells of what it was before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.inheritance.merged import Note, spot_of
from mentorwalk.authoring.syntax.nodes import items_of, key_names, text_of, value_of
from mentorwalk.domain.errors import shown
from mentorwalk.domain.text import join_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.syntax.source import Node, Pairs


def stale_default(
    field: Node | None, former: Node | None, key: Node, keys: Pairs
) -> Iterator[Note]:
    """Yield that a field with other choices still offers one of the former as its usual answer.

    It is an error already, unless own words are as good as a choice.
    """
    usual, offered = text_of(value_of(field, "default")), items_of(value_of(keys, "choices"))
    picks = {text_of(value_of(item, "pick") or item) for item in offered}
    had = {
        text_of(value_of(item, "pick") or item) for item in items_of(value_of(former, "choices"))
    }
    own_words = text_of(value_of(field, "other")) in ("yes", "true", "on")
    kept = own_words and ("default" not in key_names(keys) or usual in had)
    if usual and picks and usual not in picks and kept:
        name = shown(text_of(key), 40)
        sentence = (
            f"The usual answer to `{name}` is still “{shown(usual, 40)}”, and none of these "
            "choices: change its `default`, too."
        )
        yield Note(spot_of(key), sentence, "default")


def _picks(choices: Iterable[Node]) -> set[str]:
    return {text_of(value_of(item, "pick") or item) for item in choices}


def stale_help(field: Node | None, key: Node, keys: Pairs) -> Iterator[Note]:
    """Yield that a field with other numbers still has a `help` that tells of the former ones."""
    told = "" if "help" in key_names(keys) else text_of(value_of(field, "help"))
    former = {end: text_of(value_of(field, end)) for end in ("min", "max") if value_of(keys, end)}
    stale = [
        f"`{number}`"
        for end, number in former.items()
        if number != text_of(value_of(keys, end)) and number in re.findall(r"\d+", told)
    ]
    if stale:
        name = shown(text_of(key), 40)
        sentence = f"The `help` of `{name}` still tells of {join_words(stale)}: change it, too."
        yield Note(spot_of(key), sentence, "default")
