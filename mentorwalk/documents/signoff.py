"""The sign-off block of an agreement: written below its text, and read back from any file.

It is English whatever language the agenda speaks, so that every computer can verify it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from mentorwalk.documents.context import meeting_of
from mentorwalk.documents.markdown import escaped
from mentorwalk.domain.agenda import ROLES
from mentorwalk.domain.agreement import fingerprint_in_words, fingerprint_of
from mentorwalk.domain.dates import day_in_words
from mentorwalk.domain.errors import shown
from mentorwalk.domain.i18n import ENGLISH, using_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.agenda import Role
    from mentorwalk.domain.agreement import Agreement
    from mentorwalk.domain.session import Session

MARKER = "<!-- mentorwalk: who agrees -->"
"""The line between the agreement's text, which its fingerprint covers, and the block."""
TITLE = "## Who agrees"
DRAFT = "**Draft.** We confirm or change it {until}. Until then we keep to it as it stands."
BY_DAY, NEXT_TIME = "by {day}", "when we meet next"
NOT_YET = ": not yet"
STATED = "As of {day}. Mark of this wording: {fingerprint}."
UNCHANGING = "If one word above changes, the mark changes."
LINE_LIMIT = 500
"""Characters of the line about one of the two: more than any name and way of accepting have."""

# --- Writing it


def signoff_block(session: Session, agreement: Agreement) -> str:
    """Return the block that goes below the text of an agreement."""
    with using_language(ENGLISH):
        draft = "" if agreement.state == "accepted" else f"{_draft(session)}\n\n"
        people = "\n".join(_person(session, agreement, role) for role in ROLES)
        stated = STATED.format(
            day=day_in_words(session.opened.at.date()),
            fingerprint=fingerprint_in_words(agreement.fingerprint),
        )
    return f"\n{MARKER}\n\n{TITLE}\n\n{draft}{people}\n\n---\n\n{stated} {UNCHANGING}\n"


def _draft(session: Session) -> str:
    day = meeting_of(session).get("day")
    return DRAFT.format(until=BY_DAY.format(day=escaped(day)) if day else NEXT_TIME)


def _person(session: Session, agreement: Agreement, role: Role) -> str:
    name, accepted = escaped(session.people.name(role)), agreement.accepted.get(role)
    if accepted is None:
        return f"- {name}{NOT_YET}"
    return f"- {name} {escaped(accepted.how)}, {accepted.at.day} {accepted.at:%B %Y, %H:%M}."


# --- Reading it

Verdict = Literal["accepted", "changed", "accepted by one", "draft", "damaged", "no agreement"]
_MARKER_LINE = re.compile(r"\n" + r"\s+".join(MARKER.split()) + r"[^\S\n]*(?=\n|\Z)")
_WORD = r"[^\W\d_]+"
_DAY = rf"\d{{1,2}} {_WORD} \d{{4}}"
_WEEKDAY = rf"{_WORD} {_DAY}"
_MOMENT = re.compile(rf", {_DAY}, \d\d:\d\d\.")


def _pattern(text: str, **gaps: str) -> str:
    """Return the pattern of a text of ours, with the pattern of what fills each of its gaps."""
    pattern = re.escape(text)
    for name, gap in gaps.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), gap)
    return pattern


_UNTIL = f"(?:{_pattern(BY_DAY, day=_WEEKDAY)}|{_pattern(NEXT_TIME)})"
_FINGERPRINT = "(?P<fingerprint>[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4})"
_STATED = _pattern(f"{STATED} {UNCHANGING}", day=_WEEKDAY, fingerprint=_FINGERPRINT)
_BLOCK = re.compile(
    f"{_pattern(TITLE)} (?P<draft>{_pattern(DRAFT, until=_UNTIL)} )?(?P<people>- .+) --- {_STATED}"
)


@dataclass(frozen=True)
class SignoffStatus:
    """What the text of a file says of itself as an agreement."""

    verdict: Verdict
    fingerprint: str = ""
    """The first 12 characters of the fingerprint that the file states."""
    people: tuple[str, ...] = ()
    """The line about each of the two."""


@dataclass(frozen=True)
class VerifyReport:
    """What became known by verifying a file, and what changed in it."""

    status: SignoffStatus
    difference: tuple[str, ...] | None
    """None if the text that was accepted is not on this computer."""

    def in_words(self, renders: str) -> str:
        """Return the verdict as a sentence, and the line about each of the two.

        Args:
            renders: The command that writes the file again.
        """
        sentence = _SENTENCES[self.status.verdict].format(renders=renders)
        if self.difference is None:
            sentence += (
                " The wording from before is not on this computer, so what changed is not told."
            )
        people = () if self.status.verdict == "changed" else self.status.people
        return "\n".join((sentence, *(shown(line, LINE_LIMIT) for line in people)))


_SENTENCES: dict[Verdict, str] = {
    "accepted": "According to this file, both of you have accepted this wording, and no word of it "
    "has changed since.",
    "changed": "The wording has changed since its mark was made: nobody has accepted it like this.",
    "accepted by one": "According to this file, one of you has accepted this wording, the other "
    "has not yet.",
    "draft": "This is a draft: according to this file, nobody has accepted it yet.",
    "damaged": "The part that says who agrees is missing or damaged, so this file proves nothing. "
    "`{renders}` writes it again.",
    "no agreement": "This is not an agreement as mentorwalk writes it: nothing says who agrees.",
}


def parted(document: str) -> tuple[str, str | None]:
    """Return an agreement's text, and its sign-off block: None without a marker line.

    A byte order mark, other line ends and trailing blanks, which editors leave, do not count.
    """
    text = document.removeprefix("\ufeff").replace("\r\n", "\n")
    # The last one is ours: the text of an agreement may quote another agreement.
    *_, last = (None, *_MARKER_LINE.finditer(text))
    return (text[: last.start()], text[last.end() :]) if last else (text, None)


def body_of(document: str) -> str:
    """Return an agreement's text without its sign-off block."""
    return parted(document)[0]


def read_signoff(document: str) -> SignoffStatus:
    """Return what a file says of itself, if that can be true."""
    body, block = parted(document)
    if block is None:
        words = " ".join(document.split())
        torn = any(part in words for part in (MARKER, TITLE, UNCHANGING))
        return SignoffStatus("damaged" if torn else "no agreement")
    stated, people = _BLOCK.fullmatch(" ".join(block.split())), tuple(_items(block))
    agreed = [_agreed(line) for line in people]
    if not stated or stated["people"] != " ".join(f"- {line}" for line in people):
        return SignoffStatus("damaged")
    if len(agreed) != 2 or None in agreed or bool(stated["draft"]) is all(agreed):
        return SignoffStatus("damaged")
    fingerprint = stated["fingerprint"].replace(" ", "")
    changed = not fingerprint_of(body).startswith(fingerprint)
    return SignoffStatus(_verdict(agreed, changed=changed), fingerprint, people)


def _agreed(line: str) -> bool | None:
    """Return whether one of the two agreed, by the line about them; None if it does not say."""
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
    """Yield the items of the list in a block, each on one line however it was wrapped."""
    lines = "\n".join(line.rstrip() for line in block.split("\n"))
    for item in re.findall(r"^- .+(?:\n(?!- ).+)*", lines, re.MULTILINE):
        yield " ".join(item.removeprefix("- ").split())


def difference(before: str, now: str) -> tuple[str, ...]:
    """Return what changed between two texts, sentence by sentence, however lines are wrapped.

    A line begins with `- ` if it is gone, with `+ ` if it is new, else with two spaces.
    """
    lines = difflib.unified_diff(_sentences(before), _sentences(now), n=1, lineterm="")
    # The first two lines name two files, and there are none.
    changes = islice(lines, 2, None)
    return tuple("..." if line.startswith("@@") else f"{line[0]} {line[1:]}" for line in changes)


def _sentences(text: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [
        sentence
        for paragraph in paragraphs
        for sentence in re.split(r"(?<=[.!?…])\s+|(?<=[.!?…][”’\"')])\s+", paragraph)
        if sentence
    ]
