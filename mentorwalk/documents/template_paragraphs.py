"""Lines of a template that a page joins with the ones above them, as nobody means it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.documents.template_tags import Fault, Tag, tags_of
from mentorwalk.domain.text import join_words

if TYPE_CHECKING:
    from collections.abc import Iterator

PUT_IN = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what a template puts into a line."""
_ANSWER = re.compile(r"\{\{[-+]?\s*answers\b")
_LABEL = re.compile(
    rf" {{0,3}}([*_]{{0,3}}[\w{PUT_IN}][\w{PUT_IN}'’&/*() -]{{0,50}}):[*_]{{0,3}}(?:\s|$)"
)
_MOST_WORDS = 5
"""The most words of a label: a sentence may have a colon, too."""
_BLOCK = re.compile(r" {0,3}(?:>|#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|```|~~~|\||(?:[-*_] *){3,}$)")
"""What begins something of its own, and is no part of a paragraph above it."""
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])\s+\S")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_NO_NAMES = frozenset(
    ("if", "elif", "else", "for", "in", "and", "or", "not", "is", "yes", "no", "answers.get")
)
"""What says nothing of what a condition asks."""
_JOINED = "Lines {numbers} become one paragraph: put {space} between them."
_IN_LOOP = (
    "From its second time on this becomes one paragraph with the line before it: put an empty line "
    "there."
)
_QUOTED = (
    "This is read as part of the quotation in line {number}: put an empty line before it, or "
    "begin it with `>`."
)
_LISTED = "This is read as part of the list item in line {number}: put an empty line before it."


class _Branch(NamedTuple):
    """What a line stands in: a condition or a loop."""

    opened: int
    """The place of the tag that opens it."""
    begun: int
    """The place of the tag that this part of it begins with, such as `else`."""
    names: frozenset[str]
    """What it asks for."""


def label_of(words: str) -> str:
    """Return the label that words begin with, and its colon; empty if they begin with none."""
    label = _LABEL.match(words)
    said = label[1].strip("*_ ") if label else ""
    capital = said[:1].isupper() or said.startswith(PUT_IN)
    return label[0] if label and capital and len(said.split()) <= _MOST_WORDS else ""


@dataclass
class _Line:
    """A line of a template."""

    number: int
    words: str = ""
    """What is shown of it, with a sign for what is put in."""
    before: list[Tag] = field(default_factory=list)
    """The tags before its first word."""
    behind: list[Tag] = field(default_factory=list)
    """The tags behind it."""
    first: str = ""
    """The tag that puts something in at its beginning; empty if none does."""
    apart: bool = False
    """Whether it is code, or a tag takes the breaks around it away: nothing is known of it."""
    within: tuple[_Branch, ...] = ()

    @property
    def tags(self) -> list[Tag]:
        """Its tags."""
        return [*self.before, *self.behind]

    @property
    def blank(self) -> bool:
        """Whether nothing is shown of it."""
        return not self.words.strip()

    @property
    def labelled(self) -> bool:
        """Whether it begins with a label and a colon."""
        if re.search(r"\|\s*labelled\(", self.first):
            return True
        return bool(label_of(self.words))

    @property
    def only_answer(self) -> bool:
        """Whether it is one answer, and nothing else."""
        return self.words.strip() == PUT_IN and bool(_ANSWER.match(self.first))

    @property
    def only_quoted(self) -> bool:
        """Whether it is a quotation of what is put in, and nothing else."""
        return bool(re.fullmatch(rf" {{0,3}}> *{PUT_IN}\s*", self.words))

    @property
    def begins_anew(self) -> bool:
        """Whether it begins like a sentence or a label."""
        return self.words.lstrip("*_“‘\"'(")[:1].isupper()

    @property
    def quotes(self) -> bool:
        """Whether it is a quotation."""
        return self.words.startswith(">") or bool(re.search(r"\|\s*quote\s*\}\}$", self.first))

    @property
    def goes_on(self) -> bool:
        """Whether it would be part of a paragraph that ends above it."""
        own = self.quotes or re.search(r"\bpicture\b|outline", self.first)
        return not (own or _BLOCK.match(self.words))

    def take(self, tag: Tag) -> None:
        """Add a tag to the line."""
        self.apart = self.apart or tag.text[2:3] == "-" or tag.text[-3:-2] == "-"
        if tag.puts_in or tag.word == "raw":
            self.first = self.first or (tag.text if self.blank else "")
            self.words += PUT_IN
        else:
            (self.before if self.blank else self.behind).append(tag)


class _Pair(NamedTuple):
    """Two lines of which nothing parts the second from the first."""

    above: _Line
    below: _Line
    again: bool = False
    """Whether the second one follows when a loop begins anew."""

    @property
    def both_shown(self) -> bool:
        """Whether nothing keeps the two from being shown together."""
        mine = {branch.opened: branch for branch in self.above.within}
        theirs = {branch.opened: branch for branch in self.below.within}
        if any(mine[each].begun != theirs[each].begun for each in mine.keys() & theirs):
            return False
        # Two conditions that ask for the same may exclude each other.
        alone = frozenset().union(*(mine[each].names for each in mine.keys() - theirs))
        return not any(alone & theirs[each].names for each in theirs.keys() - mine)

    @property
    def alike(self) -> bool:
        """Whether each of them is a label with its answer, or an answer without, quoted or not."""
        labels = self.above.labelled and self.below.labelled
        answers = self.above.only_answer and self.below.only_answer
        quoted = self.above.only_quoted and self.below.only_quoted
        return labels or quoted or (answers and self.below.goes_on)

    @property
    def apart(self) -> bool:
        """Whether the second line is hardly meant as the rest of the first one, which wraps."""
        if self.below.words.startswith("  "):
            return False
        within = {branch.opened for branch in self.below.within}
        ended = any(branch.opened not in within for branch in self.above.within)
        tags = self.below.before or self.below.number > self.above.number + 1
        return self.again or ended or bool(tags and self.below.begins_anew)


def joined_lines(text: str) -> Iterator[Fault]:
    """Yield the place of lines that become one paragraph though each says something of its own.

    Each begins with a label, or is an answer and nothing else.
    """
    runs: list[list[_Line]] = []
    for pair in _pairs(text):
        if not (pair.alike and pair.both_shown):
            continue
        if pair.again:
            yield Fault(pair.below.number, 1, _IN_LOOP)
        elif runs and runs[-1][-1] is pair.above:
            runs[-1].append(pair.below)
        else:
            runs.append([pair.above, pair.below])
    for run in runs:
        numbers = join_words([str(line.number) for line in run])
        space = "an empty line" if len(run) == 2 else "empty lines"
        yield Fault(run[0].number, 1, _JOINED.format(numbers=numbers, space=space))


def swallowed_lines(text: str) -> Iterator[Fault]:
    """Yield the place of each line that a page reads as part of what stands above it.

    That is a quotation, or the last item of a list.
    """
    for pair in _pairs(text):
        if not (pair.below.goes_on and pair.both_shown):
            continue
        if pair.above.quotes:
            yield _read_as_part(pair, _QUOTED)
        elif _ITEM.match(pair.above.words) and pair.apart:
            yield _read_as_part(pair, _LISTED)


def _read_as_part(pair: _Pair, sentence: str) -> Fault:
    again = "From its second time on this" if pair.again else "This"
    sentence = sentence.format(number=pair.above.number).replace("This", again, 1)
    return Fault(pair.below.number, 1, sentence)


@dataclass
class _Loop:
    """A loop that is being read."""

    begun: int
    """The number of its line."""
    first: _Line | None = None
    """Its first line that is shown."""
    cut: bool = False
    """Whether an empty line comes before that, or its tags are no lines of their own."""


@dataclass
class _Flow:
    """The lines of a document as they follow each other."""

    above: _Line | None = None
    """The line that a next one would follow in the same paragraph."""
    loops: list[_Loop] = field(default_factory=list)

    def pairs_with(self, line: _Line) -> Iterator[_Pair]:
        """Go on with a line, and yield it with each one that it follows or is followed by."""
        if line.apart or (line.blank and not line.before):
            self._part()
        elif not line.blank:
            if self.above:
                yield _Pair(self.above, line)
            # Two spaces or a backslash at its end part a line from the next.
            self.above = None if line.words.endswith(("  ", "\\")) else line
            for loop in self.loops:
                loop.first = loop.first or line
        for tag in line.tags:
            if tag.word == "for":
                self.loops.append(_Loop(line.number, cut=not line.blank))
            elif tag.word == "endfor" and self.loops:
                yield from self._around(self.loops.pop(), line)

    def _part(self) -> None:
        """Let nothing follow what stands above."""
        self.above = None
        for loop in self.loops:
            loop.cut = loop.cut or loop.first is None

    def _around(self, loop: _Loop, end: _Line) -> Iterator[_Pair]:
        """Yield the last line of a loop with its first one, which follows when it begins anew."""
        whole = end.blank and not loop.cut
        if whole and loop.first and self.above and self.above.number > loop.begun:
            yield _Pair(self.above, loop.first, again=True)


def _pairs(text: str) -> Iterator[_Pair]:
    """Yield each two lines of which nothing parts the second from the first."""
    flow = _Flow()
    for line in _placed(text):
        yield from flow.pairs_with(line)


def _placed(text: str) -> Iterator[_Line]:
    """Yield the lines of a template with what each stands in."""
    stack: list[_Branch] = []
    fenced = False
    for line in _lines(text):
        _enter(stack, line.before)
        line.within = tuple(stack)
        _enter(stack, line.behind)
        fence = bool(_FENCE.match(line.words))
        line.apart = line.apart or fence or fenced
        yield line
        fenced = fenced != fence


def _enter(stack: list[_Branch], tags: list[Tag]) -> None:
    """Note what tags open, go on with and close."""
    for tag in tags:
        names = frozenset(re.findall(r"[^\W\d][\w.]*", tag.text)) - _NO_NAMES
        if tag.opens:
            stack.append(_Branch(tag.at, tag.at, names))
        elif tag.word in ("elif", "else") and stack:
            stack[-1] = _Branch(stack[-1].opened, tag.at, names)
        elif tag.word.startswith("end") and stack:
            stack.pop()


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of a template; a tag that goes on below is part of its first line."""
    line, number, at = _Line(1), 1, 0
    for tag in (*tags_of(text), Tag(len(text), "")):
        first, *others = text[at : tag.at].split("\n")
        line.words += first
        for words in others:
            yield line
            number += 1
            line = _Line(number, words)
        if tag.text:
            line.take(tag)
        number += tag.text.count("\n")
        at = tag.at + len(tag.text)
    yield line
