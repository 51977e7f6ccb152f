"""Which corrections can be written without asking: they change a slip, and lose no word.

A correction that is shown may be a guess, since its author reads it before it is written. One that
is written at once may not: `unhappy` is near to `happy`, and means something else.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args, get_origin

from mentorwalk.authoring.format.keys import KEYS, PARTS
from mentorwalk.authoring.format.shapes import keys_of
from mentorwalk.authoring.syntax.rewriting import words_of
from mentorwalk.domain.errors import SIMILAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mentorwalk.domain.errors import Problem

_KEY = re.compile(r"\s*(?:- )*\{?([\w.-]+):(?:\s|$)")
_KINDS = [(key, kind) for part in PARTS for key, kind in keys_of(part).items()]
COUNTED = frozenset(
    key for key, kind in _KINDS if {*(get_args(kind) or (kind,))} & {bool, int, float}
)
"""Keys of numbers, and of yes or no: of `20 minutes`, the word may go."""
NAMED = frozenset(key for key, kind in _KINDS if get_origin(kind) is Literal) | {"language"}
"""Keys of one of a few words, for which there are others: `rating` for `scale`."""


def is_sure(lines: Sequence[str], problem: Problem) -> bool:
    """Return whether a correction can be written without asking.

    Args:
        lines: All lines of the file.
        problem: The problem with its correction.
    """
    first, last = problem.taken
    old, new = lines[first - 1 : last], problem.fix.split("\n")
    return not (
        _moves_only(old, new)
        or _loses_a_comment(old, new)
        or _doubles_a_line(lines[last:], old, new)
        or _makes_text_of_a_key(new)
        or any(not _is_sure_change(*change) for change in _changes(old, new))
        or not {*_twice(new)} <= {*_twice(old)}
    )


def _moves_only(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether lines are only moved: how deep a line stands may be meant in several ways."""
    same = [each.strip() for each in old] == [each.strip() for each in new]
    return same and not any("\t" in each for each in old)


def _loses_a_comment(old: Sequence[str], new: Sequence[str]) -> bool:
    said = "\n".join(new)
    whole = (each.strip() for each in old if each.lstrip().startswith("#"))
    return "".join(old).count("#") > said.count("#") or any(each not in said for each in whole)


def _doubles_a_line(below: Iterable[str], old: Iterable[str], new: Iterable[str]) -> bool:
    """Return whether what stands right below, or its key, is said by the correction as well."""
    following = next(filter(words_of, below), "")
    for said in (words_of, _place_of_key):
        times = [sum(said(each) == said(following) for each in lines) for lines in (old, new)]
        if said(following) and times[1] > times[0]:
            return True
    return False


def _makes_text_of_a_key(new: Sequence[str]) -> bool:
    """Return whether something like a key becomes part of a text, so that two people read it."""
    texts = [line for above, line in pairwise(new) if re.search(r"[:-] \|$", above)]
    texts += [words for line in new for words in _ESCAPED.findall(line)]
    like = {key for text in texts for key in re.findall(r"([\w.-]+):(?:\s|$)", text)}
    return any(is_slip(key, each) for key in like for each in KEYS)


_ESCAPED = re.compile(r'"[^"]*\\".*"')
"""A text in quotation marks that has some of its own, which a correction has put around it."""


def _place_of_key(line: str) -> tuple[str, int] | None:
    """Return the key that a line has, and how deep it stands; None if it has none."""
    key = _key_of(line)
    return (key, line.index(key)) if key else None


def _key_of(line: str) -> str:
    key = _KEY.match(line)
    return key[1] if key else ""


class _Word(NamedTuple):
    """A word of a line."""

    said: str
    key: str
    """The key of its line, or of the last line above that has one."""
    names: bool
    """Whether it is that key itself, or a part of it."""


def _words(lines: Iterable[str]) -> Iterator[_Word]:
    key = ""
    for line in lines:
        own = _key_of(line)
        key, names = own or key, len(re.findall(r"\w+", own))
        for number, word in enumerate(words_of(line)):
            yield _Word(word, key, number < names)


def _changes(
    old: Iterable[str], new: Iterable[str]
) -> Iterator[tuple[Sequence[_Word], Sequence[_Word]]]:
    """Yield the words of lines that are others in a correction, or not there, with the others."""
    before, after = [*_words(old)], [*_words(new)]
    one, other = ([word.said.casefold() for word in words] for words in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind in ("replace", "delete"):
            yield before[a:b], after[c:d]


def _is_sure_change(old: Sequence[_Word], new: Sequence[_Word]) -> bool:
    """Return whether words can only mean the others, or none."""
    keys = {word.key for word in old if not word.names}
    if not new:
        return keys <= COUNTED and not any(word.names for word in old)
    one, other = ("".join(word.said for word in each).casefold() for each in (old, new))
    named = all(word.names for word in old) and len(old) == 1
    # What is far from the word has been looked up: `question` is `ask`, and `rating` is `scale`.
    # `multiple choice` is a type; whoever says more means more, and `mentor, mentee` two things.
    few = keys <= COUNTED | NAMED and len(old) <= (1 if keys & {"to", "by"} else 2)
    known = named or (few and not any(word.names for word in old))
    return is_slip(one, other) or (known and SequenceMatcher(None, one, other).ratio() < SIMILAR)


def is_slip(word: str, other: str) -> bool:
    """Return whether one letter too many, too few, wrong, or in the wrong place, is all."""
    one, two = (re.sub(r"[\W_]", "", each.casefold()) for each in (word, other))
    if re.findall(r"\d", one) != re.findall(r"\d", two):
        return False
    begin = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    if begin is None:
        return abs(len(one) - len(two)) <= 1
    one, two = one[begin:], two[begin:]
    swapped = one[:2] == two[:2][::-1] and one[2:] == two[2:]
    return swapped or one[1:] in (two, two[1:]) or one == two[1:]


def _twice(lines: Iterable[str]) -> Iterator[str]:
    """Yield each word that follows itself."""
    words = [word.said.casefold() for word in _words(lines)]
    yield from (one for one, other in pairwise(words) if one == other)
