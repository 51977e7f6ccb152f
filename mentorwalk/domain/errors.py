"""What can go wrong: each error is a sentence for the person, with its exit code on the class."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING, ClassVar

from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PATH_LIMIT = 4096
"""The most characters of a path in a message: no path on Linux is longer (PATH_MAX)."""
SENTENCE_LIMIT = 2000
"""The most characters of the sentence about a problem."""
PROBLEM_LIMIT = 100
"""The most problems reported at once: anybody with more begins with these."""
KNOWN_LIMIT = 300
"""The most words searched for the nearest one: the search takes time for each."""
LISTED = 8
"""The most words that an error lists."""
SIMILAR = 0.6
"""The similarity, of 1, from which on one word may be meant by another."""
SHORT = 3
"""The letters of words of which one may be mistyped, but not the first: `asc` for `ask`."""
NEAR = 0.7
"""The similarity from which on it is worth a suggestion: `notes` is no `minutes`."""
MISSPELT = 0.83
"""The similarity, of 1, from which on one word is taken for a misspelling, such as `lenght`."""
LIKELY = 0.75
"""The similarity from which on the nearest word counts, also where another one begins alike."""
BEGUN = 0.75
"""The part of the shorter of two words from which on they begin alike: `thanks`, `thank_you`."""


def shown(text: str, limit: int = 160) -> str:
    """Return a line that is safe to print: no control characters, and not endless.

    Bytes of a path that are no text stay as they are.
    """
    printable = for_terminal(text.replace("\t", " "), _printable)
    return printable if len(printable) <= limit else f"{printable[:limit]} ..."


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def shown_path(path: Path) -> str:
    """Return a path that is safe to print."""
    return shown(str(path), PATH_LIMIT)


def looks_misspelt(word: str, known: Iterable[str]) -> bool:
    """Return whether a word looks like a misspelling of a known one."""
    return bool(_nearest(word, known, MISSPELT))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion of the nearest known word, to end a sentence with; or nothing."""
    return suggestion(nearest(word, known))


def suggestion(word: str) -> str:
    """Return a word as what may be meant, to end a sentence with; nothing if there is no word."""
    return _(" Did you mean `{word}`?").format(word=word) if word else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that somebody may have meant; empty if none is near."""
    near = _nearest(word, known, SIMILAR)
    if not near and word != word.lower():
        near = _nearest(word.lower(), known, SIMILAR)
    return near[0] if near else ""


def what_is_there(known: Iterable[str]) -> str:
    """Return the words that would do, a few of them, to end a sentence with; or nothing."""
    words = [f"`{shown(word, 40)}`" for word in islice(known, LISTED)]
    return f" These would do: {', '.join(words)}." if words else ""


def _nearest(word: str, known: Iterable[str], similarity: float) -> list[str]:
    # Loaded here: most runs have no error, and the first question would wait for it.
    from difflib import get_close_matches  # noqa: PLC0415

    close = get_close_matches(word[:60], list(known)[:KNOWN_LIMIT], 3, similarity)
    near = [each for each in close if similarity > SIMILAR or _is_near(word, each)]
    if similarity > SIMILAR or _nearest(word, near[:1], LIKELY):
        return near
    return sorted(near, key=lambda each: not _begin_alike(word, each))


def _is_near(word: str, other: str) -> bool:
    """Return whether somebody who wrote one word can have meant the other: `aks`, `freq`."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - as above

    begun = min(len(word), len(other)) > 2 and (other.startswith(word) or word.startswith(other))
    alike = SequenceMatcher(None, word, other).ratio() >= NEAR
    first = word.split()[:1] == other.split()[:1]
    slip = len(word) == len(other) == SHORT and word[:1] == other[:1]
    same = begun or first or slip or sorted(word) == sorted(other)
    return alike or same or _begin_alike(word, other)


def _begin_alike(word: str, other: str) -> bool:
    """Return whether two words have most of the shorter one in common, from the first letter on."""
    begin = max(SHORT + 1, ceil(BEGUN * min(len(word), len(other))))
    return word[:begin] == other[:begin]


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file, with its place and, if known, its fix."""

    file: str
    line: int
    """The line, counted from 1."""
    column: int
    """The column in characters, counted from 1."""
    sentence: str
    excerpt: str = ""
    """The line as it is in the file."""
    fix: str = ""
    """The line, or lines, to write instead; empty if unknown."""
    replaced: tuple[int, int] | None = None
    """The first and the last line that the fix takes the place of; None if there is no fix."""
    warning: bool = False
    """Whether the file can be used all the same, though its author should look at this."""
    name: str = ""
    """What a warning is called in the comment that accepts it; empty if none can."""

    def __lt__(self, other: Problem) -> bool:
        """Order the problems of one file by their places."""
        return (self.line, self.column) < (other.line, other.column)

    @property
    def unseen(self) -> Problem:
        """The same without a line of the file: nobody else should see what stands there."""
        return replace(self, excerpt="", fix="", replaced=None)

    def __str__(self) -> str:
        """Return `file:line:column: sentence`, with the line and its fix indented below."""
        first = f"{self.file}:{self.line}:{self.column}: {shown(self.sentence, SENTENCE_LIMIT)}"
        return "\n".join(filter(None, [first, _indented(shown(self.excerpt)), self._fixed()]))

    @property
    def pointed(self) -> str:
        """The same as `file:line:column: error: sentence`, with a caret below the line."""
        return self._pointed("warning" if self.warning else "error", self._fixed())

    @property
    def mended(self) -> str:
        """The same for somebody in whose file the fix is written now."""
        return self._pointed("mended", "\n".join(["  Now it reads:", *self._fix_lines]))

    def _pointed(self, kind: str, end: str) -> str:
        sentence = shown(self.sentence, SENTENCE_LIMIT)
        name = f" [{self.name}]" if self.warning and self.name else ""
        first = f"{self.file}:{self.line}:{self.column}: {kind}: {sentence}{name}"
        excerpt, before = _around(self.excerpt, self.column - 1)
        caret = f"{' ' * _columns(before)}^" if excerpt.strip() else ""
        return "\n".join(filter(None, [first, _indented(excerpt), _indented(caret), end]))

    def _fixed(self) -> str:
        lead = f"  Write {self._where} like this:"
        return "\n".join([lead, *self._fix_lines]) if self.fix else ""

    @property
    def _fix_lines(self) -> list[str]:
        return [f"    {shown(line, 2000)}" for line in self.fix.split("\n")]

    @property
    def taken(self) -> tuple[int, int]:
        """The first and the last line that a fix takes the place of: its own, if none are known."""
        return self.replaced or (self.line, self.line)

    @property
    def _where(self) -> str:
        """The lines that a fix takes the place of, in words."""
        first, last = self.taken
        if (first, last) == (self.line, self.line):
            return "it"
        return f"lines {first} {'and' if last == first + 1 else 'to'} {last}"


def _indented(line: str) -> str:
    return f"    {line}" if line.strip() else ""


def _around(line: str, at: int) -> tuple[str, str]:
    """Return a line, or the part of it around a place, and what of that precedes the place."""
    begin = at - 60 if at > 120 else 0
    before = f"{'... ' if begin else ''}{shown(line[begin:at])}"
    return before + shown(line[at:], 160 - len(before)), before


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


class MentorwalkError(Exception):
    """An error that stops the program on purpose; its text is a sentence for the person."""

    exit_code: ClassVar[int] = 1


class InputError(MentorwalkError):
    """A file, an option or an answer cannot be used."""


class ProblemsFound(InputError):  # noqa: N818 - what was found, not one error
    """A file has problems; all of them are reported at once."""

    def __init__(self, problems: Iterable[Problem], after: str = "") -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:PROBLEM_LIMIT]]
        more = len(self.problems) - len(lines)
        lines += [f"... and {more} more."] if more else []
        super().__init__("\n".join([*lines, *filter(None, [after])]))


class Unreadable(InputError):  # noqa: N818 - reads as what is wrong
    """A typed answer does not fit its field's type."""

    def __init__(self, sentence: str, unquoted: str = "") -> None:
        super().__init__(sentence)
        self.unquoted = unquoted or sentence
        """The sentence without any of the words that were typed."""


class StorageError(MentorwalkError):
    """A folder or file cannot be read or written."""


class SessionBusy(MentorwalkError):  # noqa: N818 - a state, not a fault
    """Another process has the session open."""


class TemplateProblem(MentorwalkError):  # noqa: N818 - named like Problem
    """A template cannot be found or rendered."""


class Stopped(MentorwalkError):  # noqa: N818 - an ordinary way to end
    """The person, or the end of the input, stopped the walk; everything is saved."""

    exit_code: ClassVar[int] = 130
