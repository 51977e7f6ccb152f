"""From YAML text to nodes. What is no YAML is told in people's words.

A known mistake is then mended in memory and reading goes on, so that all are told at once.
Every scalar stays text. Anchors, aliases and tags are refused, as is depth beyond bounds:
they are how small files make big trouble.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import yaml

from mentorwalk.authoring.repairs import (
    COLON_MISSING,
    KEYS,
    KEYS_LINE_UP,
    LIST_LINES_UP,
    PROSE,
    STRAY_LIST,
    TAB,
    TEXT_BELOW,
    Fault,
    Repair,
    repairs_for,
)
from mentorwalk.authoring.source import OWN_LINE, Items, Node, Pairs, Scalar, Source
from mentorwalk.domain.agenda import PLACEHOLDER
from mentorwalk.domain.errors import InputError, Problem, ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEPTH_LIMIT = 32
TOO_DEEP = f"This is nested more than {DEPTH_LIMIT} levels deep."
ROUNDS = 40
"""Mistakes of syntax that are told at once."""
EFFORT = 2_000_000
"""Characters that are read again in all, to find out what mends them: a few seconds."""
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MISREAD = re.compile(r"\s*(?:- )*(?:[a-z_]+:\s+|- )([{\[\"'*&!%@`])")
"""A text after a key or in a list, whose first character means something to YAML."""


@dataclass(frozen=True)
class Draft(Source):
    """A text mended in memory; its problems are told by the lines of the file."""

    file: Source
    origins: tuple[int, ...]
    """For each line, the line of the file that it stands for."""

    def problem(self, line: int, column: int, sentence: str, fix: str = "") -> Problem:
        """Place a problem in the file."""
        return self.file.problem(self.origin(line), column, sentence, fix)

    def origin(self, line: int) -> int:
        """The line of the file that a line stands for."""
        return self.origins[min(line, len(self.origins) - 1)]

    def with_lines(self, changed: Mapping[int, tuple[str, ...]]) -> Draft:
        """The draft with some of its lines written otherwise."""
        told = [
            (line, self.origins[number])
            for number, old in enumerate(self.lines)
            for line in changed.get(number, (old,))
        ]
        text = "\n".join(line for line, _ in told)
        return Draft(self.name, text, self.file, tuple(origin for _, origin in told))


class Reading(NamedTuple):
    """What could be read of a file."""

    source: Source
    """The text that the nodes were read from: mended, where that was needed."""
    node: Node | None
    """Everything; None where the rest would be guessed."""
    problems: tuple[Problem, ...] = ()
    fixed: frozenset[int] = frozenset()
    """The lines that were mended, counted from 0: whatever else seems wrong there is not told."""


def compose(source: Source) -> Node:
    """Parse a file into nodes.

    Raises:
        ProblemsFound: It is no YAML, or uses what is refused here.
    """
    reading = read_on(source)
    if reading.problems or reading.node is None:
        raise ProblemsFound(reading.problems)
    return reading.node


def read_on(source: Source) -> Reading:
    """Parse a file into nodes, past every mistake that can be mended without a guess.

    Raises:
        InputError: It holds nothing.
    """
    parsed = _parsed(Draft(source.name, source.text, source, tuple(range(len(source.lines)))))
    problems: list[Problem] = []
    fixed: frozenset[int] = frozenset()
    sure = True
    attempts = iter(range(1 + EFFORT // (1 + len(source.text))))
    while parsed.fault and len(problems) < ROUNDS:
        way, beyond = _beyond(parsed, parsed.fault, fixed, attempts)
        problems.append(_told(parsed.draft, way))
        sure = sure and way.sure
        if beyond is None:
            break
        fixed |= {parsed.draft.origin(line) for line in way.changed}
        parsed = beyond
    if not problems and parsed.node is None:
        raise InputError(f"{source.name}: This file contains nothing but comments.")
    node = parsed.node if sure and not parsed.fault else None
    return Reading(parsed.draft, node, tuple(problems), fixed)


class _Parsed(NamedTuple):
    """How far a draft can be parsed."""

    draft: Draft
    node: Node | None
    fault: Fault | None


def _parsed(draft: Draft) -> _Parsed:
    """Parse a draft up to its first fault."""
    nodes: list[Node] = []
    around: list[tuple[yaml.Event, list[Node]]] = []
    fault = None
    documents = 0
    try:
        for event in yaml.parse(draft.text, Loader=_PARSER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if sentence := _refusal(event, len(around), documents):
                fault = Fault(*_position(event), sentence)
                break
            if isinstance(event, yaml.ScalarEvent):
                nodes.append(_scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                around.append((event, nodes))
                nodes = []
            elif isinstance(event, yaml.CollectionEndEvent):
                begun, inner = around[-1][0], nodes
                nodes = around.pop()[1]
                nodes.append(_collection(begun, inner))
    except (yaml.YAMLError, ValueError, OverflowError):
        fault = _syntax_fault(draft)
    except RecursionError:
        fault = Fault(0, 0, TOO_DEEP)
    return _Parsed(draft, nodes[0] if nodes and not around else None, fault)


def _beyond(
    parsed: _Parsed, fault: Fault, fixed: frozenset[int], attempts: Iterator[int]
) -> tuple[Repair, _Parsed | None]:
    """The first way of mending a fault that leads beyond it, and how far."""
    draft = parsed.draft
    if fault.sentence == TOO_DEEP:  # Each attempt would read on to that depth again.
        return Repair({}, fault), None
    for way, _ in zip(repairs_for(draft.lines, fault), attempts, strict=False):
        tried = _parsed(draft.with_lines(way.changed))
        touched = fixed | {draft.origin(line) for line in way.changed}
        if _leads_on(way, tried, draft.origin(fault.line), touched):
            return way, tried
    return Repair({}, fault), None


def _leads_on(way: Repair, tried: _Parsed, line: int, touched: frozenset[int]) -> bool:
    """Whether a way of mending a line leads beyond it, and what comes next is no fault of it."""
    if tried.fault is None:
        return True
    at = tried.draft.origin(tried.fault.line)
    of_its_own = OWN_LINE in tried.fault.sentence or tried.fault.sentence == COLON_MISSING
    independent = not way.moves or of_its_own
    return at > line and at not in touched and independent


def _told(draft: Draft, way: Repair) -> Problem:
    fault = way.fault
    key = re.match(r"\s*(?:- )*([a-z_]+):\s", draft.line(fault.line))
    if OWN_LINE in fault.sentence and key and key[1] in KEYS - PROSE:
        sign = draft.line(fault.line)[fault.column : fault.column + 1]
        sentence = f"`{sign}` has a special meaning in YAML: it cannot be used in `{key[1]}`."
        return draft.problem(fault.line, fault.column, sentence)
    return draft.problem(fault.line, fault.column, fault.sentence, way.fix)


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _refusal(event: yaml.Event, around: int, documents: int) -> str:
    if around >= DEPTH_LIMIT and isinstance(event, yaml.CollectionStartEvent):
        return TOO_DEEP
    if documents > 1:
        return "A second document begins here: one file holds one. Take out the line `---`."
    if not isinstance(event, yaml.NodeEvent):
        return ""
    if isinstance(event, yaml.AliasEvent):
        return _misread("*")
    if event.anchor:
        return _misread("&")
    return _misread("!") if getattr(event, "tag", None) else ""


def _misread(sign: str) -> str:
    return f"A text that begins with `{sign}` is misread here. {OWN_LINE}"


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    line, column = _position(event)
    last = event.end_mark.line if event.end_mark else line
    return Scalar(line, column, event.value, event.style or "", last)


def _collection(begun: yaml.Event, nodes: list[Node]) -> Node:
    line, column = _position(begun)
    if isinstance(begun, yaml.SequenceStartEvent):
        return Items(line, column, tuple(nodes))
    pairs = tuple(zip(nodes[::2], nodes[1::2], strict=True))
    return Pairs(line, column, pairs, braces=bool(getattr(begun, "flow_style", False)))


def _syntax_fault(draft: Draft) -> Fault:
    """Say a syntax error in people's words: PyYAML's own parser words them evenly."""
    quoted: yaml.ScalarEvent | None = None
    depth = 0
    try:
        for event in yaml.parse(draft.text, Loader=yaml.SafeLoader):
            quoted = event if isinstance(event, yaml.ScalarEvent) and event.style else None
            # From 6.0.4 on, the C scanner gives up on deep nesting before its first event. This
            # parser does not, and takes minutes for 100 KB of brackets: it must stop here.
            if depth >= DEPTH_LIMIT and isinstance(event, yaml.CollectionStartEvent):
                return Fault(*_position(event), TOO_DEEP)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
    except yaml.reader.ReaderError as error:
        before = draft.text[: error.position]
        line, column = before.count("\n"), error.position - before.rfind("\n") - 1
        return Fault(line, column, "This character cannot be part of a text: take it out.")
    except yaml.MarkedYAMLError as error:
        return _unpaired(quoted, error) or _marked_fault(draft, error)
    except (ValueError, OverflowError):
        pass
    wrong = re.search(r"\\[xuU]", draft.text)
    line = draft.text.count("\n", 0, wrong.start()) if wrong else 0
    return Fault(line, 0, "An escape such as `\\U` on this line is not a character.")


def _unpaired(quoted: yaml.ScalarEvent | None, error: yaml.MarkedYAMLError) -> Fault | None:
    """Where a quotation mark found its partner only on another line, the first one is wrong."""
    if (
        quoted is None
        or quoted.style not in ("'", '"')
        or not quoted.start_mark
        or not quoted.end_mark
        or not error.problem_mark
    ):
        return None
    begins, ends = quoted.start_mark, quoted.end_mark
    if begins.line < ends.line == error.problem_mark.line:
        return Fault(begins.line, begins.column, OPEN_QUOTE)
    return None


def _marked_fault(draft: Draft, error: yaml.MarkedYAMLError) -> Fault:
    said = f"{error.context or ''} {error.problem or ''}"
    from_context = "quoted scalar" in said or "simple key" in said or "flow sequence" in said
    mark = error.context_mark if from_context else error.problem_mark
    mark = mark or error.context_mark or error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    begins = _MISREAD.match(draft.line(line))
    if "mapping values" in said and _card_below_value(draft, line):
        column = draft.line(line).index("-")
        sentence = STRAY_LIST
    elif "mapping values" in said and draft.line(line)[:column].strip().isidentifier():
        sentence = KEYS_LINE_UP
    elif begins and (
        "quoted scalar" not in said or PLACEHOLDER.match(begins.string, begins.start(1))
    ):
        column = begins.start(1)
        sentence = _misread(begins[1])
    else:
        sentence = next((words for part, words in _IN_WORDS if part in said), "")
    if sentence == KEYS_LINE_UP and draft.line(line).lstrip().startswith("- "):
        sentence = STRAY_LIST if _beside_keys(draft, line) else LIST_LINES_UP
    sentence = sentence or f"This cannot be read as YAML: {(error.problem or '').strip()}."
    return Fault(line, column, sentence)


def _card_below_value(draft: Draft, line: int) -> bool:
    """Whether an item with keys begins just below a key that has its value already."""
    above = draft.lines[line - 1] if line else ""
    begins = re.match(r"\s*- [a-z_]+:(?:\s|$)", draft.line(line))
    return begins is not None and re.match(r"\s*(?:- )*[a-z_]+:\s+[^\s#]", above) is not None


def _beside_keys(draft: Draft, line: int) -> bool:
    """Whether a line begins just below a key with its value, at the same column."""
    here = draft.line(line)
    own = len(here) - len(here.lstrip())
    lines = (text for text in reversed(draft.lines[:line]) if text.strip())
    above = next((text for text in lines if len(text) - len(text.lstrip()) <= own), "")
    key = re.match(r"(\s*(?:- )*)[a-z_]+:\s+\S", above)
    return key is not None and len(key[1]) == own


OPEN_QUOTE = f"A quotation mark opens here, but the text does not end with one. {OWN_LINE}"
_IN_WORDS = (
    ("mapping values are not allowed", f"This sentence contains a colon. {OWN_LINE}"),
    ("quoted scalar", OPEN_QUOTE),
    ("sequence entries are not allowed", _misread("- ")),
    ("mapping keys are not allowed", _misread("? ")),
    ("found character '\\t'", TAB),
    ("that cannot start any token", f"A text cannot begin with this character. {OWN_LINE}"),
    ("could not find expected ':'", COLON_MISSING),
    ("flow mapping", f"A text that begins with `{{` is misread. {OWN_LINE}"),
    ("flow sequence", f"A text that begins with `[` is misread. {OWN_LINE}"),
    ("block mapping", KEYS_LINE_UP),
    ("block collection", LIST_LINES_UP),
    ("block sequence", LIST_LINES_UP),
    ("block scalar", TEXT_BELOW),
)
