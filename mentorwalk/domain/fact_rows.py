"""The facts of one file as a row to count: what may stand in it, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.errors import did_you_mean, shown
from mentorwalk.domain.programme import SHORT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT_KEY = "mentorwalk-facts"
FORMAT = 1
"""The version of the format that this program reads."""
PAIR = r"[a-z0-9]{4,32}"
"""What the code of a pair looks like."""
COUNTED = r"[a-z0-9-]{1,40}"
"""What the name of a choice looks like."""
MOST_EXERCISES = 20
"""The most exercises of one session."""
MOST_EDITIONS = 1000
"""The most files about one session."""
_NAME = r"[a-z][a-z0-9_-]{0,99}"
_VERSION = r"[^\x00-\x1f\x7f]{1,40}"


class WrongFacts(ValueError):  # noqa: N818 - says what is wrong
    """Something stands in a facts file that cannot be there."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """The facts of one session; None for each that was left out."""

    pair: str
    programme: str | None = None
    meeting: int | None = None
    agenda: str | None = None
    agenda_version: str | None = None
    held_on: str | None = None
    minutes: int | None = None
    format: str | None = None
    agreement: str | None = None
    agreement_on: str | None = None
    next_meeting: str | None = None
    steps: int | None = None
    goals: int | None = None
    exercises: tuple[str, ...] | None = None
    contact_us: bool | None = None
    edition: int | None = None
    """How many files there were about this session, with this one; None for the first."""

    @property
    def session(self) -> dict[str, str | int]:
        """What it says of which session it is about, without what was left out."""
        said = {"meeting": self.meeting, "agenda": self.agenda, "held_on": self.held_on}
        return {key: value for key, value in said.items() if value is not None}


class _Rule(NamedTuple):
    """What may stand behind a key."""

    allows: Callable[[object], bool]
    words: str
    """What is needed there, for the message."""


def row_of(data: object) -> FactRow:
    """Return the facts that stand in a file.

    Raises:
        WrongFacts: It is no facts file, or something in it cannot be there; the sentence says what.
    """
    if not isinstance(data, dict) or FORMAT_KEY not in data:
        raise WrongFacts("This is no facts file.")
    _check_format(data[FORMAT_KEY])
    said = {key: value for key, value in data.items() if key != FORMAT_KEY}
    for key, value in said.items():
        if key not in _RULES:
            named = shown(key, 40)
            raise WrongFacts(f"`{named}` is no fact.{did_you_mean(key[:40], _RULES)}")
        if not _RULES[key].allows(value):
            raise WrongFacts(f"`{key}` needs {_RULES[key].words}.")
    if "pair" not in said:
        raise WrongFacts("`pair` is missing, so nobody knows to whom this belongs.")
    exercises = {"exercises": tuple(said["exercises"])} if "exercises" in said else {}
    return FactRow(**{**said, **exercises})


def _check_format(number: object) -> None:
    # A yes is a number for Python.
    if type(number) is not int or number < FORMAT:
        raise WrongFacts(f"`{FORMAT_KEY}` needs the number {FORMAT}.")
    if number > FORMAT:
        raise WrongFacts("This was written by a newer mentorwalk.")


def _text(form: str, words: str) -> _Rule:
    pattern = re.compile(form)
    return _Rule(lambda said: isinstance(said, str) and bool(pattern.fullmatch(said)), words)


def _number(least: int, most: int) -> _Rule:
    return _Rule(
        lambda said: type(said) is int and least <= said <= most,
        f"a whole number from {least} to {most}",
    )


def _minutes(said: object) -> bool:
    return type(said) is int and 5 <= said <= 1440 and said % 5 == 0


def _day(said: object) -> bool:
    if not isinstance(said, str) or not re.fullmatch(r"20\d\d-\d\d-\d\d", said):
        return False
    try:
        return bool(date.fromisoformat(said))
    except ValueError:
        return False


def _names(said: object) -> bool:
    return (
        isinstance(said, list)
        and len(said) <= MOST_EXERCISES
        and all(isinstance(each, str) and re.fullmatch(_NAME, each) for each in said)
    )


_SHORT = "a short name of small letters, digits, `-` and `_`"
_RULES: Mapping[str, _Rule] = {
    "programme": _text(SHORT_NAME, _SHORT),
    "pair": _text(PAIR, "a code of small letters and digits"),
    "meeting": _number(0, 1000),
    "agenda": _text(_NAME, _SHORT),
    "agenda_version": _text(_VERSION, "a line of 40 characters at most"),
    "held_on": _Rule(_day, "a day such as 2026-12-15"),
    "minutes": _Rule(_minutes, "minutes in steps of five"),
    "format": _text(COUNTED, _SHORT),
    "agreement": _text("accepted|draft|none", "`accepted`, `draft` or `none`"),
    "agreement_on": _Rule(_day, "a day such as 2026-12-15"),
    "next_meeting": _text("set|open", "`set` or `open`"),
    "steps": _number(0, 1000),
    "goals": _number(0, 1000),
    "exercises": _Rule(_names, f"a list of {MOST_EXERCISES} short names at most"),
    "edition": _number(1, MOST_EDITIONS),
    "contact_us": _Rule(lambda said: isinstance(said, bool), "`true` or `false`"),
}
