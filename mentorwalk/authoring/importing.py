"""Make an agenda of notes in prose, with a comment wherever something was guessed."""

from __future__ import annotations

import json
import math
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentorwalk.authoring.prose import Point, read_notes
from mentorwalk.authoring.starter import FOR_EDITORS, id_from
from mentorwalk.domain.errors import InputError, shown_path
from mentorwalk.domain.planning import largest_remainder
from mentorwalk.domain.text import digits, minutes_in_full
from mentorwalk.storage.files import first_bytes, read_text_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.authoring.prose import Notes, Section

SIZE_LIMIT = 256 * 1024
"""The most bytes of notes: hours of reading."""
POINTS_LIMIT = 100
"""The most questions: twice as many as an hour and a half have."""
GUESSED_MINUTES = 3
"""Minutes of a question of which the notes do not say how long it takes."""
_WIDTH = 90
_SHORT_LIMIT = 12
_ID_WORDS = 4
"""The words of a question that make its id."""
SAVE_AS_TEXT = "Copy its text into a plain text file, with a `#` before each heading."
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word file, or another one that is packed like it"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a file of a word processor (RTF)"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
"""How files begin that are no notes."""


@dataclass(frozen=True)
class Imported:
    """An agenda that was made of notes."""

    text: str
    phases: int
    """The number of its phases."""
    cards: int
    """The number of its cards."""
    minutes: int
    """The length of the session."""
    guesses: int
    """The number of comments that say that something was guessed."""


def read_notes_file(path: Path) -> Notes:
    """Read notes, and return what they say.

    Raises:
        InputError: The file cannot be read, is no text, has no heading, or far too many questions.
    """
    name = shown_path(path)
    begins = first_bytes(path).lstrip().lower()
    for signature, kind in _SIGNATURES:
        if begins.startswith(signature.lower()):
            raise InputError(f"{name}: This is {kind}. {SAVE_AS_TEXT}")
    text = read_text_file(path, SIZE_LIMIT, "a text file")
    if not text.strip():
        raise InputError(f"{name}: This file is empty.")
    if re.search(r"^mentorwalk[ \t]*:", text, re.MULTILINE):
        raise InputError(f"{name}: This is an agenda already: `mentorwalk agenda check` reads it.")
    notes = read_notes(text)
    if not notes.sections:
        raise InputError(
            f"{name}: There is no heading in these notes. Each part of the talk needs one: a line "
            "that begins with `# `, such as `# Hello`, with the questions below it."
        )
    points = sum(len(section.points) for section in notes.sections)
    if points > POINTS_LIMIT:
        raise InputError(
            f"{name}: These are {points} questions, and nobody comes to more than {POINTS_LIMIT} "
            "in one talk. Divide the notes into several files."
        )
    return notes


def agenda_of(notes: Notes, file: str) -> Imported:
    """Return the agenda of some notes.

    Args:
        notes: The notes, with a section at least.
        file: The name of their file, without its ending.
    """
    title = notes.title or notes.sections[0].title or file
    writer = _Writer({})
    lines = [line for each in notes.sections for line in writer.phase(each)]
    writer.minutes = math.ceil(writer.total)
    text = "\n".join([*writer.top(title, notes, file), *lines[:-1], *_LAST, *_ENDING]) + "\n"
    guesses = text.count(_GUESSED)
    return Imported(text, len(notes.sections), writer.cards, writer.minutes, guesses)


def notes_summary(made: Imported) -> str:
    """Return the sentence that says what was made of notes."""
    phases = "1 phase" if made.phases == 1 else f"{made.phases} phases"
    cards = "1 card" if made.cards == 1 else f"{made.cards} cards"
    guesses = "1 guess is" if made.guesses == 1 else f"{made.guesses} guesses are"
    counts = f"{phases}, {cards}, {minutes_in_full(made.minutes)}"
    return f"{counts}. {guesses} marked with `{_GUESSED.strip()}`."


_GUESSED = "# guessed: "
_LAST = ("        keep: yes         # the last card is never dropped when time runs out",)
_ENDING = (
    "",
    "# Nothing is written down yet. Below `minutes` of a card, this would ask for an answer:",
    "#",
    "#        record:",
    "#          - id: purpose",
    "#            label: What {mentee} is here for",
    "#            by: mentee",
    "#",
    "# and this, at the end of the file, would make a page of all answers:",
    "#",
    "# documents:",
    "#   - template: summary.md.j2",
    "#     file: summary.md",
)


@dataclass
class _Writer:
    """Writes the parts of an agenda, and keeps count."""

    taken: dict[str, int] = field(default_factory=dict)
    total: float = 0
    minutes: int = 0
    cards: int = 0
    phases: int = 0

    def top(self, title: str, notes: Notes, file: str) -> Iterator[str]:
        """Yield the lines above the phases."""
        yield from FOR_EDITORS.splitlines()
        yield f"# Made of your notes. Where a line says `{_GUESSED.strip()}`, look whether it fits."
        yield "# See what is wrong:  mentorwalk agenda check FILE"
        yield "# Try it quickly:     mentorwalk start ./FILE --rehearse"
        yield "mentorwalk: 1             # the version of this format"
        yield f"id: {id_from(file)}"
        yield from _block("title", title, 0)
        yield f"language: en              {_GUESSED}the language of your words, such as en or pl"
        yield f"minutes: {self.minutes:<16} # all cards together"
        if notes.minutes and notes.minutes != self.minutes:
            yield f"{_GUESSED}the notes have {digits(notes.minutes)} min for all of it"
        for name in notes.braces:
            yield f"{_GUESSED}`{{{name}}}` stands in round brackets: an agenda knows no such name"
        if notes.about:
            yield from _block("about", notes.about, 0)
        yield f"stuck:                    {_GUESSED}offered one at a time when the talk stalls"
        yield from ("  - |", "    A pause is thinking. Ten slow breaths are fine.")
        yield from ("  - |", "    Leave it for another day. Not every card is for every pair.")
        yield from ("", "phases:")

    def phase(self, section: Section) -> Iterator[str]:
        """Yield the lines of a phase."""
        self.phases += 1
        title = section.title or f"Part {self.phases}"
        points = section.points or (Point(title),)
        shares = _minutes(section, points)
        yield f"  - id: {self._id(title, f'phase-{self.phases}')}"
        if section.minutes and sum(shares) != section.minutes:
            told = f"the notes have {digits(section.minutes)} min for this part"
            yield f"    {_GUESSED}{told}, and {digits(sum(shares))} min for what is in it"
        yield from _block("title", title, 4)
        yield f"    short: {_inline(_short(title))}"
        if section.aim:
            yield f"    {_GUESSED}what is true once this part has gone well"
            yield from _block("aim", section.aim, 4)
        yield "    prompts:"
        for point, minutes in zip(points, shares, strict=True):
            yield from self._card(point, minutes, alone=not section.points)
        yield ""

    def _card(self, point: Point, minutes: float, *, alone: bool) -> Iterator[str]:
        self.cards += 1
        self.total += minutes
        name = " ".join(point.ask.split()[:_ID_WORDS])
        yield f"      - id: {self._id(name, f'card-{self.cards}')}"
        if not point.asks:
            why = "no question was below this heading" if alone else "no question mark was there"
            yield f"        {_GUESSED}{why}; is this what you ask?"
        yield from _block("ask", point.ask, 8)
        time = f"        minutes: {digits(minutes)}"
        if point.minutes is None:
            why = "the notes have no minutes here"
            why = "how long the notes say was not understood" if point.may_be_timed else why
            yield f"{time:<26}{_GUESSED}{why}"
        elif point.span:
            shared = f", for {point.shared} questions" if point.shared > 1 else ""
            yield f"{time:<26}{_GUESSED}the notes have {point.span}{shared}"
        elif point.shared > 1:
            yield f"{time:<26}{_GUESSED}the minutes of one line, for {point.shared} questions"
        else:
            yield time
        if point.more:
            yield from _block("tip", point.more, 8)

    def _id(self, text: str, otherwise: str) -> str:
        """Return an id that no other part has; phases and cards share one set of ids."""
        made = id_from(text)
        wanted = otherwise if made == id_from("") else made
        number = self.taken[wanted] = self.taken.get(wanted, 0) + 1
        return wanted if number == 1 else self._id(f"{wanted[:36]}-{number}", otherwise)


def _minutes(section: Section, points: tuple[Point, ...]) -> list[float]:
    """Return the minutes of each point; what a heading has left is shared among those without.

    A share is a minute at least, and whole: then the session has whole minutes, too, and each
    point gets what the notes say.
    """
    without = sum(point.minutes is None for point in points)
    left = int((section.minutes or 0) - sum(point.minutes or 0 for point in points))
    usual = left if section.minutes else GUESSED_MINUTES * without
    shares = iter(largest_remainder([1] * without, max(usual, without)))
    return [point.minutes or next(shares) for point in points]


def _short(title: str) -> str:
    """Return a title of 12 characters at most, without its number."""
    title = re.sub(r"^(?:\d{1,3}|[a-zA-Z])[.)]\s+(?=\S)", "", title)
    words = title.split()
    first = words[0].rstrip(",;:.") if words else ""
    return title if len(title) <= _SHORT_LIMIT else (first or title)[:_SHORT_LIMIT]


def _block(key: str, text: str, indent: int) -> Iterator[str]:
    """Yield a key with its text below it, in which no sign means anything."""
    yield f"{' ' * indent}{key}: |"
    for line in textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False):
        yield f"{' ' * (indent + 2)}{line}"


def _inline(text: str) -> str:
    """Return a text as the value of a key on the same line."""
    plain = re.fullmatch(r"[^\W\d_](?:[\w ]*\w)?", text)
    return text if plain else json.dumps(text, ensure_ascii=False)
