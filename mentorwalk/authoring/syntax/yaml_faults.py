"""The faults of a text that is not YAML, in sentences for the person who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from mentorwalk.authoring.syntax.rewriting import OWN_LINE
from mentorwalk.domain.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from mentorwalk.authoring.syntax.source import Source

DEPTH_LIMIT = 32
"""Levels of nesting; the format itself has nine."""
TOO_DEEP = f"This is nested more than {DEPTH_LIMIT} levels deep."
COLON_MISSING = "A colon is missing: after a key, or somewhere just above."
KEYS_LINE_UP = "This line does not line up with the keys above it: fix its indentation."
STRAY_LIST = (
    "A list begins here that belongs to no key: is one missing above it, such as `prompts:`?"
)
LIST_LINES_UP = "This line does not line up with the list above it: fix its indentation."
TAB = "This line is indented with a tab: use spaces."
TEXT_BELOW = "Nothing but a line break may follow `|` or `>`: the text begins on the next line."
OPEN_QUOTE = f"A quotation mark opens here, but the text does not end with one. {OWN_LINE}"
BACKSLASH = f"A backslash means something within quotation marks. {OWN_LINE}"
SECOND_AGENDA = (
    "A second agenda begins here, and one file holds one: put it into a file of its own, or take "
    "it out."
)
NOT_YAML = "This cannot be read as YAML"
_MISREAD = re.compile(r"\s*(?:- )*(?:[a-z_]+:\s+|- )([{\[\"'*&!%@`])")
"""A text after a key or in a list, whose first character means something to YAML."""

_CLOSED = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\[\]]*\]|\{[^{}]*:[^{}]*\})\s*(?:#.*)?"""
)
"""A text, a list or keys that end in the line in which they begin: the fault is another."""


class Fault(NamedTuple):
    """The place where reading stopped, and why; line and column are counted from 0."""

    line: int
    column: int
    sentence: str

    @property
    def own_line(self) -> bool:
        """Whether the text would be read as it is on a line of its own."""
        return OWN_LINE in self.sentence

    @property
    def unquoted(self) -> Fault:
        """The same without what PyYAML says of it, which may quote a word of the text."""
        return self._replace(sentence=f"{NOT_YAML}.") if NOT_YAML in self.sentence else self


def place_of(event: yaml.Event) -> tuple[int, int]:
    """Return the line and the column at which an event begins."""
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def misread(sign: str) -> str:
    """Return the message about a text that begins with a sign that YAML gives a meaning."""
    return f"A text that begins with `{sign}` is misread here. {OWN_LINE}"


def syntax_fault(source: Source, raised: Exception) -> Fault:
    """Return the first syntax error of a text, for which libyaml has raised an error.

    The text is read once more by PyYAML's own parser, which words its errors more evenly than
    libyaml does. The two do not accept quite the same texts (yaml/pyyaml#753).
    """
    quoted: yaml.ScalarEvent | None = None
    tagged: yaml.Event | None = None
    depth = 0
    try:
        for event in yaml.parse(source.text, Loader=yaml.SafeLoader):
            tagged = tagged or (event if getattr(event, "tag", None) else None)
            quoted = event if isinstance(event, yaml.ScalarEvent) and event.style else None
            # From PyYAML 6.0.4 on, libyaml gives up on deep nesting before its first event
            # (yaml/libyaml#287). This parser does not, and takes minutes for 100 KB of brackets.
            if depth >= DEPTH_LIMIT and isinstance(event, yaml.CollectionStartEvent):
                return Fault(*place_of(event), TOO_DEEP)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
    except yaml.reader.ReaderError as error:
        before = source.text[: error.position]
        line, column = before.count("\n"), error.position - before.rfind("\n") - 1
        return Fault(line, column, "This character cannot be part of a text: take it out.")
    except yaml.MarkedYAMLError as error:
        return _unpaired_quote(quoted, error) or _marked_fault(source, error)
    except (ValueError, OverflowError):  # An escape beyond Unicode (yaml/pyyaml#634).
        pass
    if tagged:  # libyaml takes fewer signs in a tag than this parser, as no comma.
        return Fault(*place_of(tagged), misread("!"))
    if isinstance(raised, yaml.MarkedYAMLError):  # Nor does it take `{often:[weekly]}`.
        return _marked_fault(source, raised)
    wrong = re.search(r"\\[xuU]", source.text)
    line = source.text.count("\n", 0, wrong.start()) if wrong else 0
    return Fault(line, 0, "An escape such as `\\U` on this line is not a character.")


def _unpaired_quote(quoted: yaml.ScalarEvent | None, error: yaml.MarkedYAMLError) -> Fault | None:
    """Return the quotation mark that found its partner only on another line, if one did.

    PyYAML sees nothing wrong before the text behind that partner.
    """
    if quoted is None or quoted.style not in ("'", '"') or not error.problem_mark:
        return None
    begin, end = quoted.start_mark, quoted.end_mark
    if begin and end and begin.line < end.line == error.problem_mark.line:
        return Fault(begin.line, begin.column, OPEN_QUOTE)
    return None


def _marked_fault(source: Source, error: yaml.MarkedYAMLError) -> Fault:
    """Return what PyYAML found, in words of agendas."""
    said = f"{error.context or ''} {error.problem or ''}"
    if error.problem_mark and "escape" in said:
        at = error.problem_mark
        column = source.line(at.line).rfind("\\", 0, at.column + 1)
        return Fault(at.line, max(0, column), BACKSLASH)
    if braces := _within_braces(source, error):
        return braces
    line, column = _shown_place(said, error)
    if "mapping values" in said and _item_below_value(source, line):
        return Fault(line, source.line(line).index("-"), STRAY_LIST)
    if "mapping values" in said and source.line(line)[:column].strip().isidentifier():
        return _misaligned(source, line, column)
    begins = _MISREAD.match(source.line(line))
    unclosed = begins and not _CLOSED.fullmatch(begins.string, begins.start(1))
    if begins and (
        PLACEHOLDER.match(begins.string, begins.start(1))
        or (unclosed and "quoted scalar" not in said)
    ):
        return Fault(line, begins.start(1), misread(begins[1]))
    sentence = next((words for part, words in _IN_WORDS if part in said), "")
    if sentence in (KEYS_LINE_UP, LIST_LINES_UP):
        return _misaligned(source, line, column)
    unknown = f"{NOT_YAML}: {(error.problem or '').strip()}."
    return Fault(line, column, sentence or unknown)


def _within_braces(source: Source, error: yaml.MarkedYAMLError) -> Fault | None:
    """Return the sign that is misread in a text within `{key: ...}`, or `{` if nothing ends it."""
    begin, end = error.context_mark, error.problem_mark
    if not (begin and end) or "flow mapping" not in (error.context or ""):
        return None
    if begin.line < end.line and "}" not in source.line(begin.line)[begin.column :]:
        return Fault(begin.line, begin.column, misread("{"))
    sign = source.line(end.line)[end.column : end.column + 1]
    keys = re.match(r"\{\s*[a-z_]+:\s", source.line(begin.line)[begin.column :])
    if not keys or sign not in "{[?" or begin.line != end.line:
        return None
    sentence = f"`{sign}` is misread within `{{...}}`: write each of these keys on its own line."
    return Fault(end.line, end.column, sentence)


def _shown_place(said: str, error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Return the place to show: where a text or list without an end begins, else where it stops."""
    from_context = any(part in said for part in ("quoted scalar", "simple key", "flow sequence"))
    mark = error.context_mark if from_context else error.problem_mark
    mark = mark or error.context_mark or error.problem_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _misaligned(source: Source, line: int, column: int) -> Fault:
    """Return the fault of a line that lines up with nothing above it."""
    if not source.line(line).lstrip().startswith("- "):
        return Fault(line, column, KEYS_LINE_UP)
    return Fault(line, column, STRAY_LIST if _beside_keys(source, line) else LIST_LINES_UP)


def _item_below_value(source: Source, line: int) -> bool:
    """Return whether an item with keys begins just below a key that already has its value."""
    above = source.lines[line - 1] if line else ""
    begins = re.match(r"\s*- [a-z_]+:(?:\s|$)", source.line(line))
    return begins is not None and re.match(r"\s*(?:- )*[a-z_]+:\s+[^\s#]", above) is not None


def _beside_keys(source: Source, line: int) -> bool:
    """Return whether a line begins just below a key with its value, at the same column."""
    here = source.line(line)
    own = len(here) - len(here.lstrip())
    lines = (text for text in reversed(source.lines[:line]) if text.strip())
    above = next((text for text in lines if len(text) - len(text.lstrip()) <= own), "")
    key = re.match(r"(\s*(?:- )*)[a-z_]+:\s+\S", above)
    return key is not None and len(key[1]) == own


_IN_WORDS = (
    ("mapping values are not allowed", f"This sentence contains a colon. {OWN_LINE}"),
    ("quoted scalar", OPEN_QUOTE),
    ("sequence entries are not allowed", misread("- ")),
    ("mapping keys are not allowed", misread("? ")),
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
"""Parts of PyYAML's messages, the most telling first, with the sentences for them."""
