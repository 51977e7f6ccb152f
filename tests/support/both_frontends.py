"""One thing that people do, as keys on the live screen and as lines in the plain one."""

from __future__ import annotations

from dataclasses import dataclass

from support.terminals import CTRL_U, ENTER, TAB


@dataclass(frozen=True)
class Step:
    """One thing that people do, as keys on the live screen and as lines in the plain one."""

    keys: str
    lines: str


def typed(text: str) -> Step:
    """Write an answer."""
    return Step(f"{text}{ENTER}", f"{text}\n")


def corrected(text: str) -> Step:
    """Write an answer over another one."""
    return Step(f"{CTRL_U}{text}{ENTER}", f"{text}\n")


def chosen(number: int) -> Step:
    """Choose from a list."""
    return Step(f"{number}{ENTER}", f"{number}\n")


def at_once(number: int) -> Step:
    """Choose where a digit chooses at once."""
    return Step(f"{number}", f"{number}\n")


def own_words(number: int, text: str) -> Step:
    """Choose one's own words, the last of a list."""
    return Step(f"{number}{ENTER}{text}{ENTER}", f"{text}\n")


def row(number: int) -> Step:
    """Change a row of a sheet."""
    return typed(str(number))


def option(letter: str, word: str) -> Step:
    """Choose from the options, or type an action."""
    return Step(f"{TAB}{letter}", f"/{word}\n")


def in_words(step: Step) -> Step:
    """Type on the live screen what is typed in the plain one."""
    return Step(step.lines.replace("\n", ENTER), step.lines)


ON = Step(ENTER, "\n")
"""They have talked, nothing is written down, the sheet is kept, or the pause is over."""
BACK, SKIP, PARK = option("b", "back"), option("s", "skip"), option("p", "park")
HINT, PAUSE = option("h", "hint"), option("z", "pause")
JUMP, EXTRA = option("mj", "jump"), option("me", "extra")
EXERCISE = option("mt", "exercise")
NOTE, OFF = option("mn", "note"), option("mo", "off")
MORE_TIME, SHORTEN = option("m5", "+5"), option("ml", "shorten")
REVIEW, CLOCK = option("mr", "review"), option("mc", "clock")
NAMES, CONTACT = option("ma", "names"), option("mw", "contact")
STOP = option("mx", "stop")
READ = Step(ENTER, "")
"""The agreement is read on a screen of its own, which only the live frontend has."""
ACCEPT = Step(f"{READ.keys}{at_once(2).keys}", at_once(2).lines)
