"""What a condition can wait for, by the field that it names."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.other_words import listed
from mentorwalk.authoring.syntax.nodes import items_of, text_of, value_of
from mentorwalk.authoring.syntax.parser import parse
from mentorwalk.authoring.syntax.repair import behind_dash, deeper_lines, indent_of
from mentorwalk.authoring.syntax.source import Source
from mentorwalk.domain.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mentorwalk.authoring.syntax.source import Node


def answer_needed(source: Source, field: str, key: str) -> str:
    """Return the message that a condition lacks its answer, with one that its field can have."""
    name = shown(field, 40)
    items = [*_items_called(source.lines, field)]
    if items and not any(value_of(item, "label") for item in items):
        return NO_FIELD.format(name=name, key=key)
    fields = (item for item in items if value_of(item, "label"))
    if answer := _answer_of(next(fields, None)):
        meant = f"`{key}: {{{name}: {answer}}}`"
        return f"`{name}` needs its answer, such as {meant}. Where any will do, it is `[]`."
    return f"`{name}` needs its answer. Where any will do, it is `{key}: {{{name}: []}}`."


NO_FIELD = (
    "`{name}` is no field: `{key}` waits for the answer to one, by its id, as in "
    "`{key}: {{id: answer}}`."
)
"""The message about a condition on a card or a phase."""
WHICH_ANSWER = (
    "`{key}` names a field by its id, and the answer that it waits for: `{key}: {{id: answer}}`. "
    "A note of your own begins with `#`."
)
"""The message about a condition that is a sentence."""
WITH_COMMA = "A choice with a comma stands in quotation marks here: `{meant}`."
"""The message about choices that the commas of a list divide."""
ANSWER_TO = "`{answer}` is an answer to `{field}`: write `{key}: {{{field}: {answer}}}`."


def answered_so(source: Source, answer: str) -> str:
    """Return the only field that has an answer among its choices; empty if none or several have."""
    form = re.compile(rf"(?:- |pick: *|[\[,] *){re.escape(answer)}\s*(?:$|[,\]}}#])")
    above = {_id_above(source.lines, n) for n, line in enumerate(source.lines) if form.search(line)}
    found = [
        name
        for name in above - {""}
        for item in _items_called(source.lines, name)
        if answer in _picks_of(item)
    ]
    return found[0] if len({*found}) == 1 else ""


def either_answer(source: Source, field: str, answer: str) -> str:
    """Return an answer to a field, or several that an `or` joins, as the list that they are."""
    return listed(answer, choices_of(source, field)) or answer


def choices_of(source: Source, field: str) -> list[str]:
    """Return the choices of a field, as far as they can be read in its file."""
    return [pick for item in _items_called(source.lines, field) for pick in _picks_of(item)]


def rejoined(parts: Sequence[str], picks: Iterable[str]) -> list[str]:
    """Return the choices that a list means whose commas divide some of them; empty if it is none.

    Args:
        parts: What the commas leave.
        picks: The choices that there are.
    """
    known = {*picks}
    # As long as no choice has a comma, no list can have divided one.
    most = max((pick.count(", ") for pick in known), default=0) + 1
    if most == 1 or known.issuperset(parts):
        return []
    left, whole = [*parts], list[str]()
    while left:
        ends = range(min(most, len(left)), 0, -1)
        end = next((n for n in ends if ", ".join(left[:n]) in known), 1)
        whole.append(", ".join(left[:end]))
        left = left[end:]
    return whole if len(whole) < len(parts) and known.issuperset(whole) else []


def in_marks(choice: str) -> str:
    """Return a choice as it stands within brackets, in quotation marks if it is misread there."""
    return json.dumps(choice, ensure_ascii=False) if _SIGNS.search(choice) else as_item(choice)


def as_item(choice: str) -> str:
    """Return a choice as it stands behind a dash, in quotation marks if it is misread there."""
    return json.dumps(choice, ensure_ascii=False) if _MISREAD.search(choice) else choice


_SIGNS = re.compile(r"[,:#{}\[\]]")
_MISREAD = re.compile(r"^[\s!&*|>'\"%@`{}\[\],#?-]|:(?:\s|$)|\s#")


def _id_above(lines: Sequence[str], number: int) -> str:
    """Return the nearest id in a line or above it; empty if there is none."""
    found = (re.match(r"\s*(?:- )*id: *(\S+)", lines[n]) for n in range(number, -1, -1))
    return next((each[1] for each in found if each), "")


def _picks_of(field: Node) -> list[str]:
    choices = items_of(value_of(field, "choices"))
    return [text_of(value_of(item, "pick") or item) for item in choices]


def _items_called(lines: Sequence[str], name: str) -> Iterator[Node]:
    """Yield the items of lists that have an id, as far as they can be read."""
    form = re.compile(rf"\s*(?:- )*id: *{re.escape(name)}\s*(?:#.*)?")
    for number, line in enumerate(lines):
        if form.fullmatch(line):
            column, begin = behind_dash(line), number
            while begin and indent_of(lines[begin]) >= column:
                begin -= 1
            below = deeper_lines(lines, begin, indent_of(lines[begin]))
            written = "\n".join(lines[n] for n in (begin, *below))
            yield from items_of(parse(Source("", written)).node)


def _answer_of(field: Node | None) -> str:
    """Return an answer that a field can have, not its usual one; empty if nobody can tell."""
    kind, usual = text_of(value_of(field, "type")), text_of(value_of(field, "default"))
    if kind == "confirm":
        return "yes"
    if kind in ("number", "scale"):
        return f"{usual or text_of(value_of(field, 'min')) or 5}.."
    told = next(
        (pick for pick in (_picks_of(field) if field else ()) if pick and pick != usual), ""
    )
    return in_marks(told)
