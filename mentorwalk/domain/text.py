"""Plain text: cleaned, compared, fitted into a sentence, listed, counted."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from mentorwalk.domain.i18n import NP_, _, in_english, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
"""Characters that cannot be shown, or that turn the direction of reading."""
SEPARATOR = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""What breaks a line somewhere: word processors write VT or U+2028 for Shift+Enter."""
ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[\[[A-E]|\x1b[NO][!-~]"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"
)
"""What steers a terminal (ECMA-48): colours, titles, and keys, as F1 of xterm and of Linux.

Its letters go with it.
"""
UNDECODED = re.compile("([\udc80-\udcff]+)")
"""Bytes that are no text, as Python holds those of paths (PEP 383, `surrogateescape`)."""
NO_TEXT_SIGN = "\ufffd"
"""What Unicode has to be shown for such a byte."""
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Characters that Unicode calls letters or symbols, though nobody sees them."""


def clean(text: str) -> str:
    """Return a text without control characters and direction overrides; line breaks stay."""
    return without_controls(text).strip()


def without_controls(text: str) -> str:
    """Return a text without control characters and direction overrides, white space kept."""
    if text.isprintable():
        return text
    text = SEPARATOR.sub("\n", ESCAPE_SEQUENCE.sub("", text)).replace("\t", " ")
    return INVISIBLE.sub("", text)


def without_escapes(line: str) -> str:
    """Return a typed line without keys that are no letters, and without replies of a terminal."""
    return ESCAPE_SEQUENCE.sub("", line)


def undecoded(text: str) -> bool:
    """Return whether a text holds bytes that are no text."""
    return bool(UNDECODED.search(text))


def for_terminal(text: str, cleaned: Callable[[str], str] = without_controls) -> str:
    """Return a text, `cleaned` of control characters; bytes of a path that are no text stay."""
    # The escapes of YAML can spell a control character byte by byte.
    parts = UNDECODED.split(UNDECODED.sub(_decoded, text))
    return "".join(part if at % 2 else cleaned(part) for at, part in enumerate(parts))


def _decoded(run: re.Match[str]) -> str:
    return run[0].encode("ascii", "surrogateescape").decode("utf-8", "surrogateescape")


def folded(text: str) -> str:
    """Return a text without what differs in case, white space or composition only, to compare it.

    An `é` can be one character, or an `e` with an accent after it.
    """
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def unshowable(text: str) -> bool:
    """Return whether a text has control characters or direction overrides."""
    return bool(INVISIBLE.search(text))


def digits(value: float) -> str:
    """Return a number in digits, without needless decimals."""
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")


def minutes_and_seconds(seconds: float) -> str:
    """Return a length of time as a clock shows it: `4:05`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def minutes_words(seconds: float) -> str:
    """Return a length in whole minutes, below ten in half ones: `13 min`, `2.5 min`."""
    minutes = round(seconds / 60) if seconds >= 600 else max(1, round(seconds / 30)) / 2
    return _("{number} min").format(number=f"{minutes:g}")


def minutes_in_full(minutes: float) -> str:
    """Return a number of minutes, with its unit in full: `1 minute`, `45.5 minutes`."""
    words = ngettext("{number} minute", "{number} minutes", math.ceil(minutes))
    return words.format(number=digits(minutes))


def with_unit(number: float, unit: str) -> str:
    """Return a number with its unit, which for one length of time is the singular: `1 week`."""
    if unit == _("minutes"):
        return minutes_in_full(number)
    one = number == 1 and unit in _TIMES and in_english()
    return f"{digits(number)} {unit.removesuffix('s') if one else unit}".rstrip()


_TIMES = ("minutes", "hours", "days", "weeks", "months", "years")


def labelled(label: str, words: str) -> str:
    """Return words after their label, with a colon unless the label is a question."""
    return f"{label} {words}" if label.endswith(("?", ":", "...")) else f"{label}: {words}"


_SMALL_WORDS = re.compile(
    "(A|After|All|Always|An|Another|Any|Anything|As|At|Because|Before|Between|Both|By|Daily|During|Each"
    "|Either|Every|Everything|For|From|Half|How|If|In|It|Later|Less|Monthly|More|Mostly|Never|Next"
    "|No|Not|Nothing|Now|Often|On|Once|One|Only|Or|Our|Some|Something|Sometimes|Soon|That|The|Then"
    "|These|They|This|Three|To|Today|Tomorrow|Twice|Two|Until|We|Weekly|What|Whatever|When|Whenever"
    r"|Where|Whether|Which|While|Who|Why|With|Within|Without|You|Your)\b"
)
"""English words that have a capital at the start of a sentence only."""
_VERB = re.compile(r"[A-Z][a-z]+\b(?!')")
"""What a verb looks like at the start of a sentence."""
_VERB_FOLLOWS = re.compile(
    r"\b(?:(?:you|me|us|like|likes|want|wants|need|needs|try|tries) to|(?:I|we|you) will)$"
)


_FIRST_PERSON = re.compile(r"(?<!\w)(?:I|(?i:me|my|mine|myself))(?!\w)")


def mid_sentence(text: str, before: str = "") -> str:
    """Return words as they read within a sentence: “Every other day” loses its capital, “Zoom” not.

    This needs a list of words, which only English has. After “I count on you to” there is a verb,
    whatever it is; after “from Monday to” there is none.
    """
    known = _VERB if _VERB_FOLLOWS.search(before) else _SMALL_WORDS
    small = in_english() and known.match(text)
    return text[0].lower() + text[1:] if small else text


def says_i(text: str) -> bool:
    """Return whether somebody speaks of themselves in a text, in words that only English has."""
    return in_english() and _FIRST_PERSON.search(text) is not None


def capital(text: str) -> str:
    """Return a text that begins like a sentence."""
    return str(text)[:1].upper() + str(text)[1:]


def begun(words: str, names: Iterable[str]) -> str:
    """Return words that begin a sentence; a name stays as its owner writes it."""
    named = words.startswith(tuple(filter(None, names)))
    return words if named else capital(words)


CLOSING_MARKS = "”“’»«\"')"
"""Marks that may follow the end of a sentence: quotation marks of several languages, a bracket."""


_SENTENCE_END = re.compile(rf"(?<=[.!?…])([{re.escape(CLOSING_MARKS)}]*)\s+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; closing quotation marks go with the one they end."""
    return _SENTENCE_END.sub(r"\1\n", text).split("\n")


def each_sentence(text: str, change: Callable[[str], str]) -> str:
    """Return a text with each sentence changed; a line or paragraph of which none is left goes."""

    def of_line(line: str) -> str:
        """Return a line with each of its sentences changed."""
        return " ".join(filter(None, map(change, sentences(line))))

    paragraphs = (
        "\n".join(filter(None, map(of_line, paragraph.split("\n"))))
        for paragraph in text.split("\n\n")
    )
    return "\n\n".join(filter(None, paragraphs))


def with_full_stop(text: str) -> str:
    """Return a text that ends like a sentence: with a full stop, or a mark that ends it too.

    The end may be within quotation marks: `Say “no.”` is a whole sentence.
    """
    stripped = str(text).rstrip()
    # French sets its quotation marks apart by a space, often a narrow one.
    ended = stripped.rstrip(f"{CLOSING_MARKS} \u00a0\u202f").endswith((".", "!", "?", "…"))
    return stripped if ended else f"{stripped}."


def without_full_stop(text: str) -> str:
    """Return a text without its full stop, so that a sentence can go on."""
    return str(text).rstrip().rstrip(".")


def as_topic(label: str) -> str:
    """Return what is asked as what it is about, to be listed: without its mark at the end."""
    return without_full_stop(label).rstrip("?")


_IN_QUOTATION_MARKS = re.compile(r'(?:“([^“”]+)”|"([^"]+)"|„([^„“”]+)[“”]|«([^«»]+)»)\.?')


def unquoted(text: str) -> str:
    """Return a text without quotation marks around all of it, to be put between ours."""
    wrapped = _IN_QUOTATION_MARKS.fullmatch(text.strip())
    return next(filter(None, wrapped.groups())) if wrapped else text


def without_repeat(before: str, text: str) -> str:
    """Return words without those that precede them: after “best by”, “by phone” is “phone”."""
    preceding, words = before.casefold().split(), text.casefold().split()
    most = min(len(preceding), len(words) - 1)
    twice = (n for n in range(most, 0, -1) if preceding[-n:] == words[:n])
    return text.split(maxsplit=number)[number] if (number := next(twice, 0)) else text


_OF_ONESELF = re.compile(r"(?:i|we)\b")
"""How a sentence begins that people say of themselves: “I'll ask”, “We meet”."""


def after_lead(lead: str, words: str, names: Iterable[str] = ()) -> str:
    """Return words after the lead that they finish: “I will”, “ask two people”.

    Who answers with a sentence of their own, such as “I ask two people”, needs no lead.
    """
    if not (lead and words):
        return words
    subjects = [text.split(maxsplit=1)[0].casefold() for text in (lead, words)]
    if subjects[0] == subjects[1] or all(map(_OF_ONESELF.match, subjects)):
        return begun(words, names)
    rest = without_repeat(lead, words)
    named = rest.startswith(tuple(filter(None, names)))
    return f"{lead} {rest if named else mid_sentence(rest, lead)}"


def listed(words: list[str]) -> str:
    """Return words one after another: `a, b, c`, or `a, then b; c` where one has a comma itself."""
    comma = _(", ")
    return ("; " if any(comma in each for each in words) else comma).join(words)


def join_words(words: list[str]) -> str:
    """Return words joined as in a sentence: `a, b and c`, or `a, then b; c`."""
    if len(words) < 2 or any(_(", ") in each for each in words):
        return listed(words)
    # Translators: the end of a list; {some} may be several, with ", " between them.
    return _("{some} and {last}").format(some=_(", ").join(words[:-1]), last=words[-1])


# Translators: numbers up to twelve stand before a noun; digits will do where they would bend.
_COUNTED = (
    *(NP_("number", "no"), NP_("number", "one"), NP_("number", "two")),
    *(NP_("number", "three"), NP_("number", "four"), NP_("number", "five")),
    *(NP_("number", "six"), NP_("number", "seven"), NP_("number", "eight")),
    *(NP_("number", "nine"), NP_("number", "ten"), NP_("number", "eleven")),
    NP_("number", "twelve"),
)


def in_one_line(text: str) -> str:
    """Return a text on one line: the items of a list follow one another, after semicolons."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    told = ""
    for before, line in zip(["", *lines], lines, strict=False):
        item, another = line.startswith("- "), before.startswith("- ")
        between = "; " if item and another and told[-1].isalnum() else " "
        told += f"{between if told else ''}{line.removeprefix('- ')}"
    return told


def count(number: int) -> str:
    """Return a whole number in words up to twelve, in digits beyond."""
    return pgettext("number", _COUNTED[number]) if 0 <= number < len(_COUNTED) else str(number)
