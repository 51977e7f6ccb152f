"""Warnings about what YAML reads without a complaint, but differently from what people mean."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mentorwalk.authoring.decoding.items import as_item, lines_of
from mentorwalk.authoring.format.id_forms import NAMES
from mentorwalk.authoring.format.keys import FIRST_KEYS, KEYS, LISTS, PROSE
from mentorwalk.authoring.format.other_words import somebody
from mentorwalk.authoring.format.shapes import attribute_of, item_kind, keys_of, required_keys
from mentorwalk.authoring.syntax.places import last_key
from mentorwalk.authoring.syntax.repair import deeper_lines
from mentorwalk.authoring.syntax.rewriting import (
    ENDS,
    NEED_NO_BREAK,
    NO_DASH,
    SUNK_DASH,
    in_pairs,
    nothing_left,
    on_own_line,
    rejoined,
    with_clauses,
)
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.errors import Problem, nearest, shown, suggestion
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place, Places
    from mentorwalk.authoring.syntax.source import Source

SENTENCE_WORDS = 4
"""The number of words from which on a choice reads as a sentence."""
NO_KEY_ABOVE = "This list is read as part of `{key}`: its key is missing above it."
LIKE_A_BAR = ("I", "l", "1", "/", "\\", "¦", "ǀ", "“", "„", "«")
"""Signs that people find on their keyboard for the bar above a text."""
_LIKE_A_NAME = re.compile(
    r"\{+\s*([A-Za-z][\w.]*(?:[- ][\w.'’]+){0,3})\s*\}+"
    r"|\{+\s*([A-Za-z][\w.]*(?:-[\w.]+)*)(?:['’]s)?\s*(?:\}+|(?=[\s.,;:?!]|$))"
)
_HALF_A_NAME = re.compile(r"\{(mentor|mentee)[)\]]|(?<![\w{.])[(\[]?(mentor|mentee)\}")
"""The name of a person with a brace on one side, and on the other none or another bracket."""
_BRACE_TOO_MANY = re.compile(
    r"\{[a-z][a-z0-9_.]*\}[ .,;:!?”\"]{1,3}\}|\{ \{[a-z][a-z0-9_.]*\}(?! \})"
)


def misread_texts(index: AgendaIndex, places: Places) -> Iterator[Problem]:
    """Yield every text and list that YAML reads differently from a person."""
    for located in index.texts:
        place = _place_in_file(places, located.place)
        node = places.nodes.get(place)
        if isinstance(node, Scalar) and _is_prose(place):
            yield from _called("comment", _cut_off(places.source, node, last_key(place)))
            yield from _called("quotation-mark", _run_on(places.source, node))
            yield from _called("swallowed", _no_bar(places.source, node))
            yield from _called("swallowed", _list_below(places.source, node, place))
            yield from _called("no-name", _stray_name(places, node, located.value, index))
    for place, node in places.nodes.items():
        if isinstance(node, Items) and last_key(place) in LISTS:
            yield from _called("commas", _split(places.source, node, place))
            yield from _called("joined", _joined(places.source, node))
        if isinstance(node, Items) and last_key(place) == "choices":
            yield from _called("dash", _without_dash(places.source, node))


def _called(name: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (replace(problem, name=name) for problem in problems)


def swallowed_keys(index: AgendaIndex, places: Places) -> Iterator[Problem]:
    """Yield the keys that are indented so deep that they belong to the text above them."""
    for located in index.texts:
        node = places.nodes.get(located.place)
        if not isinstance(node, Scalar) or node.style not in BLOCKS:
            continue
        around = located.place[: -2 if isinstance(located.place[-1], int) else -1]
        owner = places.nodes.get(around)
        if isinstance(owner, Pairs) and not index.inherited(located.place):
            free = _keys_not_given(reduce(_part, around, index.agenda), owner, places.source)
            key = last_key(located.place)
            yield from _called("swallowed", _swallowed(places.source, node, key, owner, free))


def _part(value: Any, step: str | int) -> Any:
    return value[step] if isinstance(step, int) else getattr(value, attribute_of(step))


BLOCKS = ("|", ">")
"""How texts of several lines begin."""


def _keys_not_given(part: Any, owner: Pairs, source: Source) -> Mapping[str, Any]:
    """Return the keys of a part that its file does not give, whatever it inherits."""
    keys = (key for key, _ in owner.pairs if isinstance(key, Scalar))
    given = {key.text for key in keys if key.line < len(source.own_lines)}
    return {key: kind for key, kind in keys_of(part.__class__).items() if key not in given}


def _swallowed(
    source: Source, node: Scalar, own: str, owner: Pairs, free: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield lines such as `minutes: 5` below a `|`; with more words, it is a sentence."""
    held: Collection[int] = ()
    for number in range(node.line + 1, node.last + 1):
        line = source.line(number)
        if number in held:
            continue
        deeper = line[: owner.column + 1].isspace()
        holder = _holder(line, free) if deeper else ""
        # Below a misspelt `stuck:`, what seems to lack it is its next item.
        if holder and holder != own:
            sentence = f"This list is read as part of `{own}`: `{holder}:` is missing above it."
            fix = f"{' ' * owner.column}{holder}:\n{line}"
            yield source.problem(number, line.index("-"), sentence, fix)
            return
        # A comment may follow, as `agenda import` writes them.
        key = re.fullmatch(r"( *)([a-z_]+):(?: +(.*))?", line.partition(" #")[0].rstrip())
        if key is None or len(key[1]) <= owner.column or key[2] not in free:
            continue
        # `minutes: 5` was meant as a key, `minutes: as many as you like` as a part of the text.
        if key[2] in PROSE or len((key[3] or "").split()) <= 1:
            sentence = (
                f"`{key[2]}:` is read as part of `{own}` here: indent it no deeper than the key "
                f"`{own}`."
            )
            fix = f"{' ' * owner.column}{line.strip()}"
            yield source.problem(number, len(key[1]), sentence, fix)
            # What stands below a key without a value is its own.
            begun = len(key[1]) - (item_kind(free[key[2]]) is not None)
            held = () if key[3] else [*deeper_lines(source.lines, number, begun)]


def _holder(line: str, free: Mapping[str, Any]) -> str:
    """Return the key that holds a list which begins in a line of a text; empty if none does."""
    item = re.fullmatch(r" *- (?:([a-z]+): +[\w.-]+|[|>])\s*", line)
    if item is None:
        return ""
    if not item[1]:
        return "stuck" if "stuck" in free else ""
    kinds = ((key, item_kind(kind)) for key, kind in free.items() if item[1] in FIRST_KEYS)
    held = (key for key, kind in kinds if required_keys(kind) and item[1] in keys_of(kind))
    return next(held, "")


def _place_in_file(places: Places, place: Place) -> Place:
    """Return where a text is written: a choice without keys is what its `pick` would be."""
    return place[:-1] if place[-1] == "pick" and place not in places.nodes else place


def _is_prose(place: Place) -> bool:
    in_list = isinstance(place[-1], int) and last_key(place) in LISTS
    return in_list or place[-1] in PROSE


def _cut_off(source: Source, node: Scalar, key: str) -> Iterator[Problem]:
    """Yield a `#` with one space before it: a comment has two, so it was part of a sentence."""
    line = source.line(node.last)
    at = -1 if node.style else _cut_at(line, node)
    if at < 0:
        return
    if node.text:
        sentence = (
            "What follows ` #` is read as a comment: this text ends here. A note of your own has "
            "two spaces before its `#`."
        )
    else:
        sentence = nothing_left(f"`{key}`")
    fix = on_own_line(line) if node.last == node.line else ""
    yield source.problem(node.last, at, sentence, fix)


def _cut_at(line: str, node: Scalar) -> int:
    """Return the position of the `#` right behind a text, in its last line; -1 if none is."""
    if node.text and node.last == node.line:
        end = node.column + len(node.text)
        return end + 1 if line.startswith(" #", end) else -1
    begin = node.column if node.last == node.line else 0
    cut = re.search(r"\S( #)", line[begin:]) if node.text else re.match(r"(\s*#)", line[begin:])
    return begin + cut.end() - 1 if cut else -1


def _no_bar(source: Source, node: Scalar) -> Iterator[Problem]:
    """Yield a letter that looks like the bar above a text, and is read as its first word."""
    line = source.line(node.line)
    if node.style or node.last == node.line or line[node.column :].strip() not in LIKE_A_BAR:
        return
    sentence = f"`{line[node.column]}` is no bar, and would be read aloud: write `|`."
    yield source.problem(node.line, node.column, sentence, f"{line[: node.column]}|")


def _list_below(source: Source, node: Scalar, place: Place) -> Iterator[Problem]:
    """Yield a list that is read as the end of the text in the line above it."""
    lines = lines_of(source, node)[1:] if isinstance(place[-1], str) else []
    begins = next((line for line in lines if line.text.startswith("- ")), None)
    if begins:
        yield source.problem(begins.line, begins.column, NO_KEY_ABOVE.format(key=place[-1]))


def _run_on(source: Source, node: Scalar) -> Iterator[Problem]:
    """Yield a quotation mark that found its partner only below other keys."""
    if node.style not in ("'", '"'):
        return
    for number in range(node.line + 1, node.last + 1):
        key = re.match(r"\s*(?:- )*([a-z_]+):(?:\s|$)", source.line(number))
        if key and key[1] in KEYS:
            sentence = (
                f"The text in quotation marks that begins here goes on to line {node.last + 1}, "
                "over other keys: close it, or put it on its own line after `|`."
            )
            yield source.problem(node.line, node.column, sentence)
            return


def _stray_name(places: Places, node: Scalar, text: str, index: AgendaIndex) -> Iterator[Problem]:
    """Yield braces that look like a name but are not, and one that stands beside a name."""
    for match in _LIKE_A_NAME.finditer(text) if "{" in text else ():
        if PLACEHOLDER.fullmatch(match[0]):
            continue
        hint = _name_meant(match[1] or match[2], index)
        sentence = f"`{shown(match[0], 40)}` is not a name: it would be shown as it is.{hint}"
        yield places.source.problem(*places.of_word(node, match[0]), sentence)
    for match in _HALF_A_NAME.finditer(text) if "{" in text or "}" in text else ():
        # What has a brace before it is told above.
        if match[2] and re.search(r"\{[\w .'’-]*$", text[: match.start()]):
            continue
        hint = suggestion(f"{{{match[1] or match[2]}}}")
        sentence = f"`{shown(match[0], 40)}` is not a name: it would be shown as it is.{hint}"
        yield places.source.problem(*places.of_word(node, match[0]), sentence)
    for match in _BRACE_TOO_MANY.finditer(text) if "{" in text else ():
        sentence = f"One brace is too many in `{shown(match[0], 40)}`, and would be shown."
        yield places.source.problem(*places.of_word(node, match[0]), sentence)


def _name_meant(name: str, index: AgendaIndex) -> str:
    """Return a suggestion of the name that words in braces mean, to end a sentence with."""
    bare = re.sub(r"^(?:answers|people)\.", "", name.casefold())
    role = index.role_called(name) or next(filter(ROLES.__contains__, re.split(r"\W", bare)), "")
    meant = role or index.labels.get(folded(name), "") or bare.replace(" ", "_")
    near = nearest(meant, [*NAMES, *index.answer_ids])
    return suggestion(f"{{{near}}}") if near else somebody(name)


def _split(source: Source, node: Items, place: Place) -> Iterator[Problem]:
    """Yield a list in brackets whose commas divide a sentence."""
    texts = [item.text for item in node.nodes if isinstance(item, Scalar) and not item.style]
    in_brackets = source.line(node.line)[node.column : node.column + 1] == "["
    if not in_brackets or len(texts) < len(node.nodes):
        return
    whole = rejoined(texts)
    given = {*texts}
    split = [text for text in whole if text not in given]
    if last_key(place) == "choices" or (last_key(place) == "items" and "checklist" not in place):
        # Choices are often single words in small letters, and rightly divided.
        sentences = (text for text in split if text.endswith(ENDS[:4]))
        ended = [text for text in sentences if len(text.split()) >= SENTENCE_WORDS]
        split = ended + [text for text in split if ", I" in text and text not in ended]
        if not split:
            whole = in_pairs(texts) or with_clauses(texts)
            split = [text for text in whole if text not in given]
    if not split:
        return
    sentence = (
        f"Commas divide this list, so “{shown(split[0], 60)}” is several items: "
        "write each item on its own line, after `- |`."
    )
    line = source.line(node.line)
    margin = " " * (len(line) - len(line.lstrip()) + 2)
    fix = [line[: node.column].rstrip(), *(f"{margin}- |\n{margin}  {text}" for text in whole)]
    # Within braces, no list can stand on lines of its own.
    apart = "" if "{" in line[: node.column] else "\n".join(fix)
    yield source.problem(node.line, node.column, sentence, apart)


def _joined(source: Source, node: Items) -> Iterator[Problem]:
    """Yield each item that is indented so deep that it goes on with the text of the one above."""
    for item in node.nodes:
        if not isinstance(item, Scalar) or item.style or item.last == item.line:
            continue
        dash = source.line(item.line).rfind("-", 0, item.column)
        for number in range(item.line + 1, item.last + 1):
            line = source.line(number)
            if dash >= 0 and line.lstrip().startswith("- "):
                fix = f"{' ' * dash}{line.lstrip()}"
                yield source.problem(number, len(line) - len(line.lstrip()), SUNK_DASH, fix)


def _without_dash(source: Source, node: Items) -> Iterator[Problem]:
    """Yield each choice that goes on with the one above it, where nobody would break a line."""
    for item in node.nodes:
        for above, below in pairwise(lines_of(source, item)):
            ends = len(source.line(above.line).rstrip())
            if ends + 1 + len(below.text.split()[0]) <= NEED_NO_BREAK and below.text[0] != "-":
                fix = as_item(source, below, item)
                yield source.problem(below.line, below.column, NO_DASH, fix)
