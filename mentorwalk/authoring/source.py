"""A YAML file as text, and as a tree of nodes that know their line and column.

Every scalar stays text. Anchors, aliases and tags are refused, as are size and depth beyond
bounds: they are how small files make big trouble.
"""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import yaml

from mentorwalk.errors import InputError, Problem, ProblemsFound, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SIZE_LIMIT = 256 * 1024
"""Bytes: about 4,000 lines, thirty times the longest bundled agenda."""
DEPTH_LIMIT = 32
PATH_LIMIT = 4096
OWN_LINE = "Put it on its own line after `|`."
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Source:
    """A file's name, as people know it, and its text."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    def line(self, number: int) -> str:
        """A line, counted from 0; empty where there is none."""
        return self.lines[number] if number < len(self.lines) else ""

    def problem(self, line: int, column: int, sentence: str) -> Problem:
        """Place a problem; line and column are counted from 0, as YAML counts them."""
        mend = _mend(self.line(line)) if OWN_LINE in sentence else ""
        return Problem(self.name, line + 1, column + 1, sentence, shown(self.line(line)) + mend)


@dataclass(frozen=True)
class Node:
    """A piece of the file; line and column are counted from 0."""

    line: int
    column: int


@dataclass(frozen=True)
class Scalar(Node):
    """A text."""

    text: str
    plain: bool


@dataclass(frozen=True)
class Items(Node):
    """A list."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Pairs(Node):
    """Keys with their values, in order."""

    pairs: tuple[tuple[Node, Node], ...]
    braces: bool
    """Written as `{...}`, which is how a sentence that begins with a brace is misread."""


def read_source(path: Path) -> Source:
    """Read a YAML file.

    Raises:
        InputError: It is missing, unreadable, no ordinary file, empty, too large or no text.
    """
    name = shown(str(path), PATH_LIMIT)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{name}: This is a folder; a YAML file is wanted.")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{name}: This is no ordinary file.")
        if status.st_size > SIZE_LIMIT:
            raise InputError(f"{name}: This file is too large: {SIZE_LIMIT // 1024} KB at most.")
        return Source(name, _decoded(name, path.read_bytes()))
    except FileNotFoundError:
        raise InputError(f"{name}: There is no such file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{name}: This file cannot be read: {reason}.") from None


def _decoded(name: str, data: bytes) -> str:
    if b"\0" in data:
        raise InputError(
            f"{name}: This is no text in UTF-8: a YAML file is wanted, saved as UTF-8."
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").split("\n")
        line, column = len(before) - 1, len(before[-1])
        sentence = "This character is not UTF-8: save the file with the encoding UTF-8."
        raise ProblemsFound([Source(name, "").problem(line, column, sentence)]) from None
    if not text.strip():
        raise InputError(f"{name}: This file is empty.")
    return text


def compose(source: Source) -> Node:
    """Parse a file into nodes.

    Raises:
        ProblemsFound: It is no YAML, or uses what is refused here.
    """
    try:
        events = list(_sober(source, yaml.parse(source.text, Loader=_PARSER)))
    except (yaml.YAMLError, ValueError, OverflowError):
        raise ProblemsFound([_syntax_problem(source)]) from None
    except RecursionError:
        raise ProblemsFound([source.problem(0, 0, "This file is nested too deeply.")]) from None
    if not events:
        raise InputError(f"{source.name}: This file holds nothing but comments.")
    return _node(iter(events))


def _sober(source: Source, events: Iterable[yaml.Event]) -> Iterator[yaml.Event]:
    """Let through what makes nodes; collect what is refused, and stop at the depth limit."""
    problems: list[Problem] = []
    depth = documents = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        sentence = _refusal(event, depth, documents)
        if sentence:
            problems.append(source.problem(*_position(event), sentence))
        if depth > DEPTH_LIMIT or documents > 1:
            break
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent) and not problems:
            yield event
    if problems:
        raise ProblemsFound(problems)


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _refusal(event: yaml.Event, depth: int, documents: int) -> str:
    if depth > DEPTH_LIMIT:
        return f"This is nested more than {DEPTH_LIMIT} deep."
    if documents > 1:
        return "A second document begins here: one file holds one. Take out the line `---`."
    if isinstance(event, yaml.AliasEvent):
        return f"A text that begins with `*` is misread here. {OWN_LINE}"
    if getattr(event, "anchor", None):
        return f"A text that begins with `&` is misread here. {OWN_LINE}"
    if getattr(event, "tag", None):
        return f"A text that begins with `!` is misread here. {OWN_LINE}"
    return ""


def _node(events: Iterator[yaml.Event]) -> Node:
    return _built(next(events), events)


def _built(event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
    line, column = _position(event)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, column, event.value, plain=not event.style)
    inner = []
    while not isinstance(following := next(events), yaml.CollectionEndEvent):
        inner.append(_built(following, events))
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(line, column, tuple(inner))
    pairs = tuple(zip(inner[::2], inner[1::2], strict=True))
    return Pairs(line, column, pairs, braces=bool(getattr(event, "flow_style", False)))


def _syntax_problem(source: Source) -> Problem:
    """Say a syntax error in people's words: PyYAML's own parser words them evenly."""
    try:
        for _ in yaml.parse(source.text, Loader=yaml.SafeLoader):
            pass
    except yaml.reader.ReaderError as error:
        before = source.text[: error.position]
        line, column = before.count("\n"), error.position - before.rfind("\n") - 1
        return source.problem(line, column, "This character cannot be part of a text: take it out.")
    except yaml.MarkedYAMLError as error:
        return _marked_problem(source, error)
    except (ValueError, OverflowError):
        pass
    wrong = re.search(r"\\[xuU]", source.text)
    line = source.text.count("\n", 0, wrong.start()) if wrong else 0
    return source.problem(line, 0, "An escape here, such as `\\U`, stands for no character.")


def _marked_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.context_mark if "quoted scalar" in said else error.problem_mark
    mark = mark or error.context_mark or error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    begins = _MISREAD.match(source.line(line))
    if "mapping values" in said and source.line(line)[:column].strip().isidentifier():
        sentence = "This line does not line up with the keys above it: mend its indentation."
    elif begins and "quoted scalar" not in said:
        column = begins.start(1)
        sentence = f"A text that begins with `{begins[1]}` is misread here. {OWN_LINE}"
    else:
        sentence = next((words for part, words in _IN_WORDS if part in said), "")
    sentence = sentence or f"This cannot be read as YAML: {(error.problem or '').strip()}."
    return source.problem(line, column, sentence)


_MISREAD = re.compile(r"\s*(?:- )*(?:[a-z_]+:\s+|- )([{\[\"'*&!%@`])")
"""A text after a key or in a list, whose first character means something to YAML."""


def _mend(line: str) -> str:
    """The line as it can be written instead, with the text on a line of its own."""
    match = re.fullmatch(r"(\s*(?:- )*)(?:([a-z_]+):\s+)?(?:[|>]\s*)?(.+?)\s*", line)
    if not match or not (match[2] or match[1].strip()):
        return ""
    first = f"{match[1]}{match[2]}: |" if match[2] else f"{match[1]}|"
    indent = " " * (len(match[1]) + (2 if match[2] else 0))
    return f"\n  Write it so:\n    {shown(first)}\n    {indent}{shown(match[3], 2000)}"


_IN_WORDS = (
    ("mapping values are not allowed", f"This sentence contains a colon. {OWN_LINE}"),
    (
        "quoted scalar",
        "A quotation mark opens here and the text does not end with it. " + OWN_LINE,
    ),
    ("found character '\\t'", "This line is indented with a tab: use spaces."),
    ("that cannot start any token", f"A text cannot begin with this character. {OWN_LINE}"),
    ("could not find expected ':'", "A colon is missing: after a key, or somewhere just above."),
    ("flow mapping", f"A text that begins with `{{` is misread. {OWN_LINE}"),
    ("flow sequence", f"A text that begins with `[` is misread. {OWN_LINE}"),
    ("block mapping", "This line does not line up with the keys above it: mend its indentation."),
    (
        "block collection",
        "This line does not line up with the list above it: mend its indentation.",
    ),
    ("block sequence", "This line does not line up with the list above it: mend its indentation."),
    ("block scalar", "Nothing but a line break may follow `|`: the text begins on the next line."),
)
