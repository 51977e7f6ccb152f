"""Read notes in prose: headings, the questions below them, and minutes in brackets.

What is read is a small part of Markdown, as people type it in mails and notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from mentorwalk.authoring.syntax.rewriting import NEED_NO_BREAK
from mentorwalk.domain.planning import largest_remainder
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_BULLET = re.compile(r"\s*(?:[-*+•‣▪–—]|\d{1,3}[.)]|[a-z][.)])[ \t]+(?:\[[ xX]?\][ \t]*)?(.*)")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_UNITS = {"min": 1, "'": 1, "’": 1, "′": 1, "h": 60, "std": 60, "godz": 60, "s": 1 / 60}
"""By how the names of units begin, their minutes."""
_TIME = (
    r"(?:about|ca\.?|~)?\s*(?:(?P<least>\d{1,3})\s*[-–]\s*)?"
    r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?|half an|an)"
    r"\s*(?P<unit>min\w*\.?|['’′]|h|hrs?|hours?|std\w*\.?|godz\w*\.?|s|secs?|seconds?)"
)
"""A length; of “5-10 min” the longer one."""
_LENGTHS = (
    re.compile(rf"\s*[(\[]\s*{_TIME}\s*[)\]]", re.IGNORECASE),
    re.compile(rf"\s*(?:\s[-–—]|[,:])\s+{_TIME}\s*$", re.IGNORECASE),
)
"""A length in brackets, and one behind a dash at the end of a line."""
_BOLD = re.compile(
    r" {0,3}(\*\*|__)(?=\S)(?P<title>[^*_]+?)\1[ \t:–—-]{0,5}"
    rf"(?P<time>[(\[]?{_TIME}[)\]]?)?",
    re.IGNORECASE,
)
"""A line in bold, perhaps with its length: a heading where there is no other."""
_UNREAD = re.compile(r"\b\d{1,3}:\d\d\b|\d\s*(?:min|hour|std|sec)", re.IGNORECASE)
"""What may be a length, too."""
_WHOLE = re.compile(rf"(?im)^\W*(?:duration|length|time|dauer|czas)\W*{_TIME}\s*$")
"""A line that says how long all of it takes."""
_SENTENCE_END = re.compile(r"[.!?…؟？]['\"”’»)]*\s+")
_ASKS = re.compile(r"[?؟？]['\"”’»).]*$")


@dataclass(frozen=True)
class Point:
    """One thing to talk about."""

    ask: str
    minutes: float | None = None
    """Its time, if the notes have one."""
    more: str = ""
    """What the notes say around it."""
    shared: int = 1
    """How many questions of the same line share the minutes of that line."""
    span: str = ""
    """The two lengths of which the longer one was taken, such as `5-10`."""

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return bool(_ASKS.search(self.ask))

    @property
    def may_be_timed(self) -> bool:
        """Whether the notes may say how long it takes, in a way that is not read."""
        return self.minutes is None and bool(_UNREAD.search(f"{self.ask} {self.more}"))


@dataclass(frozen=True)
class Section:
    """A heading, and what is below it."""

    title: str
    level: int = 0
    """The number of signs before the heading; 0 for what comes before the first one."""
    minutes: float | None = None
    aim: str = ""
    """What the notes say before the first point."""
    points: tuple[Point, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is below the heading."""
        return not (self.aim or self.points)


@dataclass(frozen=True)
class Notes:
    """What somebody wrote down about a talk."""

    title: str
    """The heading above all others; empty if there is none."""
    about: str
    sections: tuple[Section, ...]
    minutes: float | None = None
    """How long all of it takes, if they say so."""
    braces: tuple[str, ...] = ()
    """What they have in braces, which mean something in an agenda."""


def read_notes(text: str) -> Notes:
    """Return what notes say; without a section, if there is no heading in them."""
    notes, length = _notes(text), _WHOLE.search(text)
    braces = (each for each in re.findall(r"\{[ ]?(\w+)[ ]?\}", text) if each.lower() not in ROLES)
    minutes = _in_minutes(length) if length else None
    return replace(notes, minutes=minutes, braces=tuple(dict.fromkeys(braces)))


def _notes(text: str) -> Notes:
    lines = _without_comments(clean(text)).split("\n")
    before, *sections = _sections(lines)
    if not sections:
        before, *sections = _sections([*_bold_as_headings(lines)])
    if not sections:
        return Notes("", before.aim, ())
    first, *others = sections
    title, about = "", before.aim
    if others and all(each.level > first.level for each in others):
        title = first.title
        if not first.points:
            about = " ".join(filter(None, (about, first.aim)))
            sections = others
    if before.points:
        sections = [replace(before, title=title or first.title, aim=""), *sections]
    return Notes(title, about, tuple(_joined(sections)))


def _joined(sections: list[Section]) -> Iterator[Section]:
    """Yield the sections; a heading with nothing but deeper ones below it goes to the first."""
    above = ""
    for each, following in zip(sections, [*sections[1:], None], strict=True):
        title = f"{above}: {each.title}" if above else each.title
        above = title if each.empty and following and following.level > each.level else ""
        if not above:
            yield replace(each, title=title)


def _without_comments(text: str) -> str:
    """Return a text without the comments of HTML, and the block of keys that may come first."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


@dataclass
class _Reader:
    """Collects sections, line by line."""

    done: list[Section] = field(default_factory=list)
    now: Section = field(default_factory=lambda: Section(""))
    lines: list[str] = field(default_factory=list)
    """The lines of the paragraph or the point that is being read."""
    in_point: bool = False

    def heading(self, level: int, text: str) -> None:
        """Begin a section."""
        self.end_paragraph()
        self.done.append(self.now)
        words, minutes, _span = _timed(_plain(text))
        self.now = Section(words, level, minutes)

    def bullet(self, text: str) -> None:
        """Begin a point."""
        self.end_paragraph()
        self.lines, self.in_point = [text], True

    def end_paragraph(self) -> None:
        """Put what was read last into the section."""
        texts = [" ".join(self.lines)] if self.in_point else _broken(self.lines)
        texts, self.lines = [text for each in texts if (text := _plain(each))], []
        asked = [0] if self.in_point else [at for at, each in enumerate(texts) if _asks(each)]
        begin = 0
        # What stands above a question in its paragraph belongs to it.
        for at in asked if texts else ():
            points = _points(_one_text(texts[begin : at + 1]))
            self.now, begin = replace(self.now, points=(*self.now.points, *points)), at + 1
        self._say_more(_one_text(texts[begin:]))
        self.in_point = False

    def _say_more(self, text: str) -> None:
        """Put a text that asks nothing behind the last question, or else above the first."""
        if text and self.now.points:
            *others, last = self.now.points
            last = replace(last, more=" ".join(filter(None, (last.more, text))))
            self.now = replace(self.now, points=(*others, last))
        elif text:
            self.now = replace(self.now, aim=" ".join(filter(None, (self.now.aim, text))))


def _broken(lines: list[str]) -> list[str]:
    """Return what a paragraph says, apart where a line ends that asks, or had room for more."""
    texts: list[str] = []
    for above, line in zip(["", *lines], lines, strict=False):
        room = len(above) + 1 + len(line.split(" ", 1)[0]) <= NEED_NO_BREAK
        if texts and (line[:1].islower() or not (room or _ASKS.search(above))):
            texts[-1] = f"{texts[-1]} {line}"
        else:
            texts.append(line)
    return texts


def _one_text(texts: list[str]) -> str:
    """Return several texts as one; where one before the last has no end, it is a full stop."""
    ended = (each if re.search(r"\W$", each) else f"{each}." for each in texts[:-1])
    return " ".join([*ended, *texts[-1:]])


def _sections(lines: list[str]) -> list[Section]:
    """Return what is before the first heading, then what each heading has."""
    reader = _Reader()
    for line in lines:
        if match := _HEADING.fullmatch(line):
            reader.heading(len(match[1]), match[2])
        elif (match := _UNDERLINE.fullmatch(line)) and reader.lines and not reader.in_point:
            text, reader.lines = " ".join(reader.lines), []
            reader.heading(1 if match[1][0] == "=" else 2, text)
        elif not line.strip() or _RULE.fullmatch(line):
            reader.end_paragraph()
        elif match := _BULLET.fullmatch(line):
            reader.bullet(match[1])
        else:
            reader.lines.append(line.strip().lstrip("> "))
    reader.end_paragraph()
    return [*reader.done, reader.now]


def _bold_as_headings(lines: list[str]) -> Iterator[str]:
    """Yield the lines of notes, those in bold as headings: above all, the first above another."""
    found = ((number, _BOLD.fullmatch(line.rstrip())) for number, line in enumerate(lines))
    bold = {number: match for number, match in found if match}
    written = (number for number, line in enumerate(lines) if line.strip())
    first, second = [*islice(written, 2), -1, -1][:2]
    for number, line in enumerate(lines):
        if match := bold.get(number):
            signs = "#" if number == first and second in bold else "##"
            length = f" ({match['time'].strip('([])')})" if match["time"] else ""
            yield f"{signs} {match['title'].rstrip(' :')}{length}"
        else:
            yield line


def _plain(text: str) -> str:
    """Return a text without the marks of Markdown; the address of a link stands behind it.

    Braces become brackets: in an agenda they would name something. Only `{mentor}` and `{mentee}`,
    which every agenda has, stay.
    """
    text = _LINK.sub(lambda link: f"{link[1]} ({link[2]})" if link[2] else link[1], text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", _EMPHASIS.sub(r"\2", text))
    text = re.sub(r"(?i)\{ ?(mentor|mentee) ?\}", lambda name: f"{{{name[1].lower()}}}", text)
    text = re.sub(r"\{(?!(?:mentor|mentee)\})", "(", text)
    text = re.sub(r"(?<!\{mentor)(?<!\{mentee)\}", ")", text)
    return " ".join(text.split())


def _timed(text: str) -> tuple[str, float | None, str]:
    """Return a text without its minutes, these, and the two lengths if it has two."""
    match = next(filter(None, (pattern.search(text) for pattern in _LENGTHS)), None)
    if match is None:
        return text, None, ""
    rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
    span = f"{match['least']}-{match['number']} {match['unit']}" if match["least"] else ""
    return re.sub(r" (?=[.,:;!?])", "", rest), _in_minutes(match) or None, span


def _in_minutes(length: re.Match[str]) -> float:
    """Return a length in minutes; what is shorter than a minute in halves of one."""
    number, unit = length["number"].lower(), length["unit"].lower()
    count = {"half an": 0.5, "an": 1.0}.get(number) or float(number.replace(",", "."))
    each = next(minutes for begins, minutes in _UNITS.items() if unit.startswith(begins))
    return count if each == 1 else max(round(2 * count * each), count > 0) / 2


def _asks(text: str) -> bool:
    return any(_ASKS.search(each) for each in _parted(_timed(text)[0]))


def _points(text: str) -> list[Point]:
    """Return the questions of a line, each with the sentences that follow it.

    Without a question the first sentence is what is talked about.
    """
    words, minutes, span = _timed(text)
    parts = _parted(words)
    asked = [at for at, part in enumerate(parts) if _ASKS.search(part)] or [0]
    ends = [*asked[1:], len(parts)]
    lead = " ".join(parts[: asked[0]])
    said = [" ".join(parts[at + 1 : end]) for at, end in zip(asked, ends, strict=True)]
    said[0] = " ".join(filter(None, (lead, said[0])))
    points = zip(asked, _shares(minutes, len(asked)), said, strict=True)
    return [
        Point(parts[at], each, more, len(asked), span) for at, each, more in points if parts[at]
    ]


def _shares(minutes: float | None, number: int) -> list[float] | list[None]:
    """Return the share of each question of a line: in half minutes, if there are so many."""
    if minutes is None:
        return [None] * number
    halves = round(2 * minutes)
    if halves < number or halves != 2 * minutes:
        return [minutes / number] * number
    return [half / 2 for half in largest_remainder([1] * number, halves)]


def _parted(text: str) -> list[str]:
    """Return the sentences of a text; none ends before a small letter, as in “e.g. a friend”."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    ends = [end for end in ends if not text[end : end + 1].islower()]
    begins = [0, *ends]
    return [text[a:b].strip() for a, b in zip(begins, [*ends, len(text)], strict=True)]
