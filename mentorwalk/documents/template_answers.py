"""Answers that a template prints as they are, each with what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.documents.template_paragraphs import PUT_IN, label_of
from mentorwalk.documents.template_tags import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.documents.template_tags import Tag

_GONE = "\0"
"""Stands for each sign of a tag that a document has not got."""
_ANSWER = re.compile(
    r"\{\{[-+]?\s*(?P<spelled>answers(?:\.(?P<id>\w+)|\[[\"'](?P<item>\w+)[\"']\])"
    r"(?:\.(?:mentor|mentee))?)(?P<filters>(?:\s*\|\s*\w+)*)\s*[-+]?\}\}"
)
"""An answer that is put in by its name, with nothing but filters behind it."""
_NAME = re.compile(r"[^\W\d]\w*")
_STRING = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_MARKER = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?")
"""What an item of a list begins with."""
_BEHIND_ANOTHER = re.compile(rf"{PUT_IN}[*_]*( *(?:[–—(]|--?(?= )) *(?:[^\W\d_]+ +){{0,3}})$")
"""A dash or a bracket, and a few words, between two answers."""
_OF_WORDS = frozenset(
    ("quote", "sentence", "capital", "within", "unstopped", "unquoted", "listed", "trim")
)
"""The filters that leave an empty answer empty, but for a mark."""
_LONGEST = 2000
"""The longest line that is looked at: each of its answers takes a look at all of it."""
_OPENING = "“„«‘\"'( "
_CLOSING = re.compile(r"[.)*_”“»’\"']*")
"""Signs around an answer that say nothing without it."""
_OTHERS = re.compile(rf"(?:[ ,;/&–—-]+(?:[^\W\d_]+ )?[*_]*{PUT_IN})+[.)*_]*")
"""Further answers, each behind a comma or a word such as “and”."""


class Printed(NamedTuple):
    """An answer that is printed by its name."""

    line: int
    column: int
    field: str
    spelled: str
    """How the template names it: `answers.takes.mentor`."""
    filters: tuple[str, ...]
    asked: bool
    """Whether something around it, or what sets a name, asks for it."""
    text: str
    """Its line, as it stands in the template."""
    tag: str
    lead: str
    """What stands before it on its line in the template, from the first sign that is shown on."""
    before: str
    """What is shown before it on its line, with a sign for what is put in."""
    after: str
    """What is shown behind it on its line."""
    nearby: str
    """What is said on its line and those next to it; in a row, on it and as its columns' names."""

    @property
    def behind(self) -> str:
        """The dash or bracket, and the words, that part it from an answer before it; or nothing."""
        found = _BEHIND_ANOTHER.search(self.before)
        first = _begun(self.before[: found.start()]).strip("*_ ") if found else ""
        own = not first or label_of(f"{first} ").strip() == first
        return found[1] if found and own else ""

    @property
    def label(self) -> str:
        """The label that is all that its line has before it; empty if it has none, or more."""
        said = _begun(self.before)
        label = label_of(said)
        return label.strip() if label.strip() == said.strip().rstrip(_OPENING) else ""

    @property
    def only_words(self) -> bool:
        """Whether nothing is made of the answer that has words where it is empty."""
        return _OF_WORDS.issuperset(self.filters)

    @property
    def ends_line(self) -> bool:
        """Whether nothing but marks such as a full stop stands behind it."""
        return _CLOSING.fullmatch(self.after.strip()) is not None

    @property
    def has_others(self) -> bool:
        """Whether nothing but further answers stands behind it."""
        return _OTHERS.fullmatch(self.after.rstrip()) is not None

    @property
    def stranded(self) -> str:
        """What its line has without it, if it is empty: `>` of a quotation, or a full stop."""
        before = self.before.strip()
        if self.after.strip() or before not in ("", ">"):
            return ""
        return ">" if before or "quote" in self.filters else "." * ("sentence" in self.filters)


def printed_answers(text: str) -> Iterator[Printed]:
    """Yield each answer that a template prints as it is."""
    tags = tags_of(text)
    flat, lines = _flat(text, tags).split("\n"), text.split("\n")
    shown = [words.replace(_GONE, "") for words in flat]
    columns = [*_names_of_columns(lines, shown)]
    number, at = 1, 0
    for tag, asked in _with_names_around(tags):
        number, at = number + text.count("\n", at, tag.at), tag.at
        found = _ANSWER.fullmatch(tag.text)
        if found and "\n" not in tag.text and len(lines[number - 1]) < _LONGEST:
            line = _Line(number, lines[number - 1], flat[number - 1])
            near = columns[number - 1] or " ".join(shown[max(0, number - 2) : number + 1])
            yield line.printed(found, at - text.rfind("\n", 0, at) - 1, asked, near)


class _Line(NamedTuple):
    """A line of a template, and the same one as a document has it."""

    number: int
    text: str
    flat: str

    def printed(self, found: re.Match[str], at: int, asked: frozenset[str], near: str) -> Printed:
        """Return an answer that stands at a place of the line, counted from 0."""
        before, after = self.flat[:at], self.flat[at + len(found[0]) :]
        first = len(before) - len(before.lstrip(f"{_GONE} "))
        field = found["id"] or found["item"]
        return Printed(
            self.number,
            at + 1,
            field,
            found["spelled"],
            tuple(_NAME.findall(found["filters"])),
            field in asked,
            self.text,
            found[0],
            self.text[first:at],
            before.replace(_GONE, ""),
            after.replace(_GONE, ""),
            f"{near} {' '.join(map(''.join, _STRING.findall(self.text)))}",
        )


def _begun(before: str) -> str:
    """Return what stands before an answer, without the sign of an item."""
    return _MARKER.sub("", before, count=1)


def _flat(text: str, tags: Iterable[Tag]) -> str:
    """Return a template's text with one sign for what is put in, and others for other tags."""
    parts, at = [], 0
    for tag in tags:
        gone = re.sub(r"[^\n]", _GONE, tag.text)
        shown = tag.puts_in or tag.word == "raw"
        parts += [text[at : tag.at], PUT_IN + gone[1:] if shown else gone]
        at = tag.at + len(tag.text)
    return "".join((*parts, text[at:]))


def _names_of_columns(lines: Iterable[str], shown: Iterable[str]) -> Iterator[str]:
    """Yield for each line that is a row of a table its words and the names of the columns."""
    names = ""
    for line, words in zip(lines, shown, strict=True):
        row = words.lstrip().startswith("|")
        # A line of nothing but tags is none in the document, and ends no table.
        names = (names or words) if row else "" if words.strip() or not line.strip() else names
        yield f"{names} {words}" if row else ""


def _with_names_around(tags: Iterable[Tag]) -> Iterator[tuple[Tag, frozenset[str]]]:
    """Yield each tag that puts something in, with the names in conditions and loops around it.

    What a tag sets is asked for by another name.
    """
    tags = [*tags]
    around = [_names(" ".join(tag.text for tag in tags if tag.word == "set"))]
    for tag in tags:
        if tag.puts_in:
            yield tag, around[-1]
        elif tag.opens:
            around.append(around[-1] | _names(tag.text))
        elif tag.word == "elif" and len(around) > 1:
            around[-1] |= _names(tag.text)
        elif tag.word.startswith("end") and len(around) > 1:
            around.pop()


def _names(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text))
