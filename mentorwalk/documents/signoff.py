"""What an agreement's file says of itself: accepted by whom, and whether a word has changed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agreement import MARKER, fingerprint_of, parted

if TYPE_CHECKING:
    from collections.abc import Iterator

Verdict = Literal["accepted", "changed", "accepted by one", "draft", "damaged", "no agreement"]
TITLE = "## Who agrees"
NOT_YET = ": not yet"
UNCHANGING = "If one word above changes, the mark changes."
_WORD = r"[^\W\d_]+"
_DAY = rf"\d{{1,2}} {_WORD} \d{{4}}"
_FINGERPRINT = r"[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}"
_BLOCK = re.compile(
    rf"{TITLE} "
    rf"(?P<draft>\*\*Draft\.\*\* We confirm or change it (?:by {_WORD} {_DAY}|when we meet next)\. "
    r"Until then we keep to it as it stands\. )?"
    rf"(?P<people>- .+) --- As of {_WORD} {_DAY}\. "
    rf"Mark of this wording: (?P<fingerprint>{_FINGERPRINT})\. {re.escape(UNCHANGING)}"
)
_MOMENT = re.compile(rf", {_DAY}, \d\d:\d\d\.")


@dataclass(frozen=True)
class SignoffStatus:
    """What came of looking at a file."""

    verdict: Verdict
    fingerprint: str = ""
    """The first 12 characters of the fingerprint that the file states."""
    people: tuple[str, ...] = ()
    """The lines that say of each person how they stand."""


def read_signoff(text: str) -> SignoffStatus:
    """Look at the text of a file: what it says of itself, and whether that can be so."""
    body, block = parted(text)
    if block is None:
        torn = any(part in " ".join(text.split()) for part in (MARKER, TITLE, UNCHANGING))
        return SignoffStatus("damaged" if torn else "no agreement")
    told, people = _BLOCK.fullmatch(" ".join(block.split())), tuple(_items(block))
    agreed = [_agreed(line) for line in people]
    if not told or told["people"] != " ".join(f"- {line}" for line in people):
        return SignoffStatus("damaged")
    if len(agreed) != 2 or None in agreed or bool(told["draft"]) is all(agreed):
        return SignoffStatus("damaged")
    fingerprint = told["fingerprint"].replace(" ", "")
    changed = not fingerprint_of(body).startswith(fingerprint)
    return SignoffStatus(_verdict(agreed, changed=changed), fingerprint, people)


def _agreed(line: str) -> bool | None:
    """Whether one of the two has agreed, by the line about them; None where it says neither."""
    if line.endswith(NOT_YET):
        return False
    moments = list(_MOMENT.finditer(line))
    return True if len(moments) == 1 and moments[0].end() == len(line) else None


def _verdict(agreed: list[bool | None], *, changed: bool) -> Verdict:
    if changed:
        return "changed"
    if all(agreed):
        return "accepted"
    return "accepted by one" if any(agreed) else "draft"


def _items(block: str) -> Iterator[str]:
    """The items of the list in a block, each on one line however it was wrapped."""
    lines = "\n".join(line.rstrip() for line in block.split("\n"))
    for item in re.findall(r"^- .+(?:\n(?!- ).+)*", lines, re.MULTILINE):
        yield " ".join(item.removeprefix("- ").split())


def difference(before: str, now: str) -> tuple[str, ...]:
    """What changed between two wordings, sentence by sentence; how lines are wrapped is nothing.

    A line begins with `- ` where it is gone, with `+ ` where it is new, else with two spaces.
    """
    lines = difflib.unified_diff(_sentences(before), _sentences(now), n=1, lineterm="")
    told = islice(lines, 2, None)  # after the names of two files, which there are not
    return tuple("..." if line.startswith("@@") else f"{line[0]} {line[1:]}" for line in told)


def _sentences(text: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [
        sentence
        for paragraph in paragraphs
        for sentence in re.split(r"(?<=[.!?…])\s+|(?<=[.!?…][”’\"')])\s+", paragraph)
        if sentence
    ]
