"""The sign-off block of an agreement: written below its text, and read back from any file.

It is English whatever language the agenda speaks, so that every computer can verify it.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING, Literal

from mentorwalk.documents.commonmark import hidden_words
from mentorwalk.documents.markdown import escaped
from mentorwalk.domain.agreement_text import (
    CONFIRMED,
    HOW_LIMIT,
    SAID_AND_WROTE,
    SAID_YES,
    TYPED_YES,
    YES_IN_FILE,
    fingerprint_in_words,
    fingerprint_of,
)
from mentorwalk.domain.catalogues import ENGLISH
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import shown
from mentorwalk.domain.i18n import using_language
from mentorwalk.domain.meeting import next_meeting, zone_in_words
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.timing import local

if TYPE_CHECKING:
    from datetime import datetime

    from mentorwalk.domain.agreement_text import Agreement
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

MARKER = "<!-- mentorwalk: who agrees -->"
"""The line between the agreement's text, which its fingerprint covers, and the block."""
TITLE = "## Who agrees"
DRAFT = "**Draft.** We confirm or change it {until}. Until then we keep to it as it stands."
BY_DAY, NEXT_TIME = "by {day}", "when we meet next"
NOT_YET = ": not yet"
SIGNED = (
    "On paper, if you like:",
    "{one} ______________________",
    "{two} ______________________",
    "Date ______________",
)
"""Lines for pens, each a paragraph of its own; files of older versions have none."""
STATED = "As of {day}{zone}. Mark of this wording: {fingerprint}."
UNCHANGING = "If one word above changes, the mark changes."
WHOLE = "<!-- mentorwalk: {fingerprint} {names} -->"
"""All 64 digits, where no page shows them: two texts with the same first 12 can be made.

Then the fingerprint of the two names as they are written in the block.
"""
LINE_LIMIT = 500
"""Characters of the line about one of the two: more than any name and way of accepting have."""

# --- Writing it


def signoff_block(session: Session, agreement: Agreement) -> str:
    """Return the block that goes below the text of an agreement."""
    names = [escaped(session.people.name(role)) for role in ROLES]
    # Whatever the agenda's language is: `verify` has to read it.
    with using_language(ENGLISH):
        draft = "" if agreement.state == "accepted" else f"{_draft(session)}\n\n"
        people = "\n".join(_person(session, agreement, role) for role in ROLES)
        stated = STATED.format(
            day=day_in_words(_there(session, _as_of(session, agreement)).date()),
            zone=_zone(session, agreement),
            fingerprint=fingerprint_in_words(agreement.fingerprint),
        )
    signed = "\n\n".join(SIGNED).format(one=names[0], two=names[1])
    whole = WHOLE.format(fingerprint=agreement.fingerprint, names=_names_mark(names))
    parts = (MARKER, TITLE, f"{draft}{people}", signed, "---", f"{stated} {UNCHANGING}", whole)
    return "\n" + "\n\n".join(parts) + "\n"


def _names_mark(names: list[str]) -> str:
    return fingerprint_of("\n".join(names))[:16]


def _draft(session: Session) -> str:
    meeting = next_meeting(session)
    by_day = meeting and BY_DAY.format(day=escaped(day_in_words(meeting.day)))
    return DRAFT.format(until=by_day or NEXT_TIME)


def _person(session: Session, agreement: Agreement, role: Role) -> str:
    name, accepted = escaped(session.people.name(role)), agreement.accepted.get(role)
    if accepted is None:
        return f"- {name}{NOT_YET}"
    at = _there(session, accepted.at)
    return f"- {name} {escaped(accepted.how)}, {at.day} {at:%B %Y, %H:%M}."


def _as_of(session: Session, agreement: Agreement) -> datetime:
    """Return the moment of the last acceptance, or that of the session."""
    return max([session.opened.at, *(each.at for each in agreement.accepted.values())])


def _zone(session: Session, agreement: Agreement) -> str:
    """Return the zone of all days and hours in the block; empty if there is no hour."""
    at = _there(session, _as_of(session, agreement))
    offset = at.utcoffset() or timedelta()
    words = zone_in_words(session.opened.zone, offset) or zone_in_words("", offset)
    return f" ({words})" if agreement.accepted else ""


def _there(session: Session, moment: datetime) -> datetime:
    """Return a moment as the clocks show it where the session began.

    After a journey west, the day of an acceptance could lie before that of the session.
    """
    return local(moment, session.opened.zone, session.opened.at.tzinfo)


# --- Reading it

Verdict = Literal[
    "accepted", "changed", "accepted by one", "draft", "hidden words", "damaged", "no agreement"
]
_MARKER_LINE = re.compile(r"\n" + r"\s+".join(MARKER.split()) + r"[^\S\n]*(?=\n|\Z)")
_WORD = r"[^\W\d_]+"
_DAY = rf"\d{{1,2}} {_WORD} \d{{4}}"
_WEEKDAY = rf"{_WORD} {_DAY}"
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_ZONE = r"(?: \((?P<zone>UTC[+-]\d\d:\d\d(?::\d\d)?|[A-Z][\w-]*(?: [\w-]+){0,3})\))?"


def _pattern(text: str, **gaps: str) -> str:
    """Return the pattern of a text of ours, with the pattern of what fills each of its gaps."""
    pattern = re.escape(text)
    for name, gap in gaps.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), gap)
    return pattern


_UNTIL = f"(?:{_pattern(BY_DAY, day=f'(?P<until>{_WEEKDAY})')}|{_pattern(NEXT_TIME)})"
_FINGERPRINT = "(?P<fingerprint>[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4})"
_STATED = _pattern(
    f"{STATED} {UNCHANGING}", day=f"(?P<stated>{_WEEKDAY})", zone=_ZONE, fingerprint=_FINGERPRINT
)
_SIGNED = f"(?P<signed>{_pattern(' '.join(SIGNED), one='.+', two='.+')} )?"
_BLOCK = re.compile(
    f"{_pattern(TITLE)} (?P<draft>{_pattern(DRAFT, until=_UNTIL)} )?"
    f"(?P<people>- .+?) {_SIGNED}--- {_STATED}"
)

_WHOLE = re.compile(
    r"\s*"
    + _pattern(
        WHOLE, fingerprint="(?P<digits>[0-9a-f]{64})", names="(?P<names>[0-9a-f]{16})"
    ).replace(r"\ ", r"\s+")
    + r"\s*\Z"
)
# Escaped for Markdown, a sign may take as much as an entity does.
_WAYS = "|".join(
    (
        _pattern(SAID_YES, other="(?P<other>.+)"),
        *map(_pattern, (SAID_AND_WROTE, TYPED_YES, YES_IN_FILE)),
        _pattern(CONFIRMED, how=f".{{1,{6 * HOW_LIMIT}}}"),
    )
)
_PERSON = re.compile(rf"(?P<name>.+?)(?:{NOT_YET}| (?:{_WAYS}), (?P<day>{_DAY}), {_HOUR}\.)")


@dataclass(frozen=True)
class SignoffStatus:
    """What the text of a file says of itself as an agreement."""

    verdict: Verdict
    fingerprint: str = ""
    """The fingerprint that the file states; its first 12 digits in a file of an older program."""
    people: tuple[str, ...] = ()
    """The line about each of the two."""
    accepted_on: tuple[date, ...] = field(default=(), compare=False)
    """The days on which somebody accepted."""
    as_of: date | None = field(default=None, compare=False)
    """The day of the last acceptance; None in a file of an older program, which has another."""

    def has_odd_days(self, today: date) -> bool:
        """Return whether somebody accepted later than can be; far in the east it is tomorrow."""
        latest = min(self.as_of or date.max, today + timedelta(days=1))
        return any(day > latest for day in self.accepted_on)


@dataclass(frozen=True)
class VerifyReport:
    """What became known by verifying a file, and what changed in it."""

    status: SignoffStatus
    difference: tuple[str, ...] | None
    """None if the text that was accepted is not on this computer."""
    today: date

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
        if 0 < len(self.status.fingerprint) < 64:
            sentence += _SHORT.format(renders=renders)
        if self.status.has_odd_days(self.today):
            sentence += _ODD_DAYS
        people = () if self.status.verdict == "changed" else self.status.people
        return "\n".join((sentence, *(shown(_plain(line), LINE_LIMIT) for line in people)))


_SENTENCES: dict[Verdict, str] = {
    "accepted": "According to this file, both of you have accepted the words above “Who agrees”, "
    "and none of them has changed since.",
    "changed": "The words above “Who agrees” have changed since their mark was made: nobody has "
    "accepted them like this.",
    "accepted by one": "According to this file, one of you has accepted the words above “Who "
    "agrees”, the other has not yet.",
    "draft": "This is a draft: according to this file, nobody has accepted it yet.",
    "hidden words": "A page made of this file would not show all of its words, so it proves "
    "nothing. `{renders}` writes it again.",
    "damaged": "The part that says who agrees is missing or damaged, so this file proves nothing. "
    "`{renders}` writes it again.",
    "no agreement": "This is not an agreement as mentorwalk writes it: nothing says who agrees.",
}


_SHORT = (
    " Only 12 of the 64 digits of its mark stand here: `{renders}` writes a file with all of them."
)


_ODD_DAYS = (
    " But somebody is said to have accepted on a day that is still to come, or later than this "
    "file: no mark covers the days, and anybody can change them."
)


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


def without_digest(block: str) -> str:
    """Return a sign-off block as a page shows it."""
    return _WHOLE.sub("\n", block)


def read_signoff(document: str) -> SignoffStatus:
    """Return what a file says of itself, if that can be true."""
    body, block = parted(document)
    if block is None:
        words = " ".join(document.split())
        torn = any(part in words for part in (MARKER, TITLE, UNCHANGING))
        return SignoffStatus("damaged" if torn else "no agreement")
    stated, people = _BLOCK.fullmatch(" ".join(without_digest(block).split())), _items(block)
    whole = _WHOLE.search(block)
    signed = [_PERSON.fullmatch(line) for line in people]
    if not stated or stated["people"] != " ".join(f"- {line}" for line in people):
        return SignoffStatus("damaged")
    fingerprint = stated["fingerprint"].replace(" ", "")
    agreed = [bool(line and line["day"]) for line in signed]
    if (
        not _are_the_two(signed, body, whole["names"] if whole else "")
        or stated["signed"] not in (None, _signed(signed))
        or bool(stated["draft"]) is all(agreed)
        or not all(map(_is_day, filter(None, (stated["until"], stated["stated"]))))
        or (whole and not whole["digits"].startswith(fingerprint))
    ):
        return SignoffStatus("damaged")
    fingerprint = whole["digits"] if whole else fingerprint
    changed = not fingerprint_of(body).startswith(fingerprint)
    if not changed and hidden_words(body):
        return SignoffStatus("hidden words")
    days = tuple(_day_of(line["day"]) for line in signed if line and line["day"])
    # Without a zone, it is the day of the session in a file of an older program.
    as_of = _day_of(stated["stated"]) if stated["zone"] else None
    return SignoffStatus(_verdict(agreed, changed=changed), fingerprint, people, days, as_of)


def _signed(lines: list[re.Match[str] | None]) -> str:
    """Return the lines for pens with the names that stand above them."""
    one, two = (line["name"] if line else "" for line in lines)
    return f"{' '.join(SIGNED).format(one=one, two=two)} "


def _are_the_two(signed: list[re.Match[str] | None], body: str, names_mark: str) -> bool:
    """Return whether the lines are about the two people of the agreement, on days that were."""
    lines = [line for line in signed if line]
    names = [line["name"] for line in lines]
    if len(signed) != 2 or len(lines) != 2 or names[0] == names[1]:
        return False
    days, others = ([line[key] for line in lines if line[key]] for key in ("day", "other"))
    if not all(map(_is_day, days)) or not {*map(_plain, others)} <= {*map(_plain, names)}:
        return False
    if names_mark:
        return _names_mark(names) == names_mark
    # Older files have no mark of the names; a template of one's own may name nobody.
    words = " ".join(body.split())
    named = [re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in names]
    return all(named) or not any(named)


def _plain(text: str) -> str:
    """Return a name as it was typed: what is escaped depends on what it follows."""
    return unescape(re.sub(r"\\([\W_])", r"\1", text))


def _is_day(text: str) -> bool:
    """Return whether a calendar has that day, and on the weekday that is named with it."""
    weekday = text.split()[:-3]
    try:
        found = _day_of(text)
    except ValueError:
        return False
    return weekday in ([], [day_name[found.weekday()]])


def _day_of(text: str) -> date:
    *_weekday, day, month, year = text.split()
    return date(int(year), [*month_name].index(month), int(day))


def _verdict(agreed: list[bool], *, changed: bool) -> Verdict:
    if changed:
        return "changed"
    if all(agreed):
        return "accepted"
    return "accepted by one" if any(agreed) else "draft"


def _items(block: str) -> tuple[str, ...]:
    """Return the items of the list in a block, each on one line however it was wrapped."""
    lines = "\n".join(line.rstrip() for line in block.split("\n"))
    items = re.findall(r"^- .+(?:\n(?!- ).+)*", lines, re.MULTILINE)
    return tuple(" ".join(item.removeprefix("- ").split()) for item in items)
