"""What can go wrong, told in sentences; the exit code is on the class."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable


PROBLEM_LIMIT = 100
"""Problems that are told at once: whoever has more begins with these."""
KNOWN_LIMIT = 300
"""Words among which the nearest is looked for: the search takes time for each."""
LIKE = 0.6
"""How alike two words are, of 1, where one may be meant by the other."""
MISSPELT = 0.83
"""How alike two words are, of 1, where one is taken for the other misspelt: `lenght`."""


def shown(text: str, limit: int = 160) -> str:
    """Make a line safe to print: no control characters, and not endless."""
    text = text.replace("\t", " ")
    printable = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return printable if len(printable) <= limit else f"{printable[:limit]} ..."


def looks_misspelt(word: str, known: Iterable[str]) -> bool:
    """Whether a word is so like a known one that it is that one misspelt."""
    return bool(_nearest(word, known, MISSPELT))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, as the end of a sentence; or nothing."""
    near = _nearest(word, known, LIKE)
    if not near and word != word.lower():
        near = _nearest(word.lower(), known, LIKE)
    return _(" Did you mean `{word}`?").format(word=near[0]) if near else ""


def _nearest(word: str, known: Iterable[str], may_be_same_person: float) -> list[str]:
    # Loaded here: nothing is wrong as a rule, and the first question waits for it.
    from difflib import get_close_matches  # noqa: PLC0415

    return get_close_matches(word[:60], list(known)[:KNOWN_LIMIT], 1, may_be_same_person)


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file, placed so that its author can mend it."""

    file: str
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    sentence: str
    excerpt: str = ""
    """The offending line as it stands in the file."""
    fix: str = ""
    """The line as it can be written instead, where that is known."""
    warning: bool = False
    """It can be walked as it stands; a facilitator may want to look at it all the same."""

    def __str__(self) -> str:
        """Tell it as `file:line:column: sentence`, the offending line indented below."""
        told = f"{self.file}:{self.line}:{self.column}: {self.sentence}"
        return "\n".join(filter(None, [told, self._shown(shown(self.excerpt)), self._fixed()]))

    @property
    def pointed(self) -> str:
        """The same as `file:line:column: error: sentence`, with a caret below the line."""
        kind = "warning" if self.warning else "error"
        told = f"{self.file}:{self.line}:{self.column}: {kind}: {self.sentence}"
        excerpt, before = _around(self.excerpt, self.column - 1)
        caret = f"{' ' * _columns(before)}^" if excerpt.strip() else ""
        rest = [self._shown(excerpt), self._shown(caret), self._fixed()]
        return "\n".join(filter(None, [told, *rest]))

    def _shown(self, line: str) -> str:
        return f"    {line}" if line.strip() else ""

    def _fixed(self) -> str:
        lines = (f"    {shown(line, 2000)}" for line in self.fix.split("\n"))
        return "\n".join(["  Write it like this:", *lines]) if self.fix else ""


def _around(line: str, at: int) -> tuple[str, str]:
    """What is shown of a line: all of it, or the part around a place; and what precedes that."""
    begin = at - 60 if at > 120 else 0
    before = f"{'... ' if begin else ''}{shown(line[begin:at])}"
    return before + shown(line[at:], 160 - len(before)), before


def _columns(text: str) -> int:
    """The columns of a terminal that a text takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


class MentorwalkError(Exception):
    """Whatever stops the program on purpose: its text is a sentence for the person."""

    exit_code: ClassVar[int] = 1


class InputError(MentorwalkError):
    """Something that was given cannot be used."""


class ProblemsFound(InputError):  # noqa: N818 - what was found, not one error
    """A file has problems; all of them are told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        told = [str(problem) for problem in self.problems[:PROBLEM_LIMIT]]
        more = len(self.problems) - len(told)
        super().__init__("\n".join(told + ([f"... and {more} more."] if more else [])))


class Unreadable(InputError):  # noqa: N818 - reads as the sentence it tells
    """A typed answer does not fit its field's type."""


class StorageError(MentorwalkError):
    """A folder or file cannot be read or written."""


class SessionBusy(MentorwalkError):  # noqa: N818 - a state, not a fault
    """Another process holds the session."""


class TemplateProblem(MentorwalkError):  # noqa: N818 - beside Problem
    """A template cannot be found or rendered."""


class Stopped(MentorwalkError):  # noqa: N818 - an ordinary way to end
    """The person, or the end of input, stopped the walk; everything is saved."""

    exit_code: ClassVar[int] = 130
