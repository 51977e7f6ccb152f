"""What an agreement's file says of itself: accepted by whom, and whether a word has changed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.agreement import MARKER, body_of, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

Verdict = Literal["accepted", "changed", "accepted by one", "draft", "damaged", "no agreement"]
TITLE = "## Who agrees"
DRAFT = "**Draft.**"
NOT_YET = ": not yet"
UNCHANGING = "If one word above changes, the mark changes."
MARK_IN_WORDS = r"[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}"
_DAY = r"\d{1,2} [^\W\d]+ \d{4}"
_BLOCK = re.compile(
    rf"{TITLE} (?P<draft>\*\*Draft\.\*\* We confirm or change it .+? as it stands\. )?"
    rf"(?P<people>- .+) --- As of .+ {_DAY}\. Mark of this wording: (?P<mark>{MARK_IN_WORDS})\. "
    rf"{re.escape(UNCHANGING)}"
)
_ACCEPTED = re.compile(rf", {_DAY}, \d\d:\d\d\.$")


@dataclass(frozen=True)
class Verified:
    """What came of looking at a file."""

    verdict: Verdict
    mark: str = ""
    """The first 12 characters of the mark that the file states."""
    people: tuple[str, ...] = ()
    """The lines that say of each person how they stand."""


def verified(text: str) -> Verified:
    """Look at the text of a file: what it says of itself, and whether that can be so."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if f"\n{MARKER}\n" not in text:
        torn = TITLE in text or UNCHANGING in " ".join(text.split())
        return Verified("damaged" if torn else "no agreement")
    body = body_of(text)
    block = text[len(body) :].removeprefix(f"\n{MARKER}\n")
    told, people = _BLOCK.fullmatch(" ".join(block.split())), tuple(_items(block))
    agreed = [bool(_ACCEPTED.search(line)) for line in people]
    whole = len(people) == 2 and all(
        yes or line.endswith(NOT_YET) for yes, line in zip(agreed, people, strict=True)
    )
    if not told or not whole or bool(told["draft"]) is all(agreed):
        return Verified("damaged")
    mark = told["mark"].replace(" ", "")
    return Verified(_verdict(agreed, changed=not fingerprint(body).startswith(mark)), mark, people)


def _verdict(agreed: list[bool], *, changed: bool) -> Verdict:
    if changed:
        return "changed"
    if all(agreed):
        return "accepted"
    return "accepted by one" if any(agreed) else "draft"


def _items(block: str) -> Iterator[str]:
    """The items of the list in a block, each on one line however it was wrapped."""
    for item in re.findall(r"^- .+(?:\n(?!- |\n).+)*", block, re.MULTILINE):
        yield " ".join(item.removeprefix("- ").split())


def difference(before: str, now: str) -> tuple[str, ...]:
    """What changed between two wordings, sentence by sentence; how lines are wrapped is nothing.

    A line begins with `- ` where it is gone, with `+ ` where it is new, else with two spaces.
    """
    lines = difflib.unified_diff(_sentences(before), _sentences(now), n=1, lineterm="")
    told = (line for line in lines if not line.startswith(("---", "+++")))
    return tuple("..." if line.startswith("@@") else f"{line[0]} {line[1:]}" for line in told)


def _sentences(text: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [
        sentence
        for paragraph in paragraphs
        for sentence in re.split(r"(?<=[.!?…])\s+|(?<=[.!?…][”’\"')])\s+", paragraph)
        if sentence
    ]
