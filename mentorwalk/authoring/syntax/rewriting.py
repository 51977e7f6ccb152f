"""Lines of YAML written differently, as their authors meant them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import NAMING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OWN_LINE = "Put it on its own line after `|`."
"""The end of each message about a text that `on_own_line` can fix."""
NO_QUOTES = "`{mark}` is no quotation mark here, but a part of the word: none is needed."
"""The message about typographic quotation marks around a value."""
CONTINUED = "This line continues the text above: indent it two spaces deeper than its key."
NEW_ITEM = "A new item seems to begin here: a `- ` is missing before its first key."
ID_LINE = "A new item seems to begin here: its first line, `- id:` with a name, is missing."
TEMPLATE_LINE = "A new item seems to begin here: its first line, `- template:`, is missing."
TOO_MANY = "This belongs to the item above: take its `- ` away."
ONE_DASH = "One dash begins an item: take the other one away."
NO_BOX = "Boxes are drawn where people choose: take this one out."
NO_DASH = "This is read as part of the item above: a `- ` is missing before it."
SUNK_DASH = "This is read as the end of the item above: write its dash below the other one."
NO_SPACE = "A space is missing after the `-` of an item."
INDENTED_LIST = "Indent this list deeper than `{key}:`, to which it belongs."
ENDS = (".", "?", "!", "…", ":", "”", '"')
"""The ends of sentences."""
NEED_NO_BREAK = 60
"""The columns up to which nobody breaks a line for want of room."""
_OPENS = re.compile(r"(?<!\w)[\"'](?=\w)")
_APOSTROPHE = re.compile(
    r"(?<=\w)'(?=\w)|^'(?=(?:s|tis|twas|til|em|cause|\d\ds?)\b)", re.IGNORECASE
)


def nothing_left(what: str) -> str:
    """Return the message about a text of which everything is a comment."""
    return f"What follows `#` is read as a comment: nothing is left of {what}."


def on_own_line(line: str) -> str:
    """Return the two lines that put a line's text after `|`; empty if there is nothing to move."""
    match = re.fullmatch(r"(\s*(?:- )*)(?:([a-z_]+) ?:\s+)?(?:[|>]\s*)?(.+)", line.rstrip())
    if not match or not (match[2] or match[1].strip()) or match[3] in ("|", ">"):
        return ""
    first = f"{match[1]}{match[2]}: |" if match[2] else f"{match[1]}|"
    indent = " " * (len(match[1]) + (2 if match[2] else 0))
    bare = without_quotes(match[3]) if match[2] in NAMING else ""
    return f"{first}\n{indent}{bare or unwrapped(match[3])}"


def item_on_own_line(line: str) -> str:
    """Return the two lines that put all of an item after `|`, also what reads like a key."""
    match = re.fullmatch(r"(\s*(?:- )+)(.+)", line.rstrip())
    return f"{match[1]}|\n{' ' * len(match[1])}{unwrapped(match[2])}" if match else ""


_MARK = (
    r"-(?=[^\s-])|(?:--|\d+[.)]|o|>)(?=\s+[a-z_]+:(?:\s|$))|o(?=\s+\|\s*$)"
    r"|[–—•·▪]|[*+](?=\s)"
)
BOX = r"\[[ xX]?\]|\( ?\)|[☐☑☒□○◯●]"
"""A box or a circle to tick, as paper and Markdown have it."""
_MARK_IN_LIST = rf"{_MARK}|--(?=\s*\w)|[o>](?=\s+[A-Z])|(?:\d+[.)]|[A-Za-z]\)|{BOX})(?=\s)"
"""What begins an item elsewhere; two dashes or a number begin words as well."""


def with_dash(line: str, *, in_list: bool = False) -> tuple[str, str] | None:
    """Return what is wrong with the sign that begins an item, and the line with `- ` instead."""
    mark = _MARK_IN_LIST if in_list else _MARK
    match = re.match(rf"( *)({mark})\s*(?=\S)", line)
    if not match:
        return None
    other = f"An item of a list begins with `- `, not with `{match[2]}`."
    return NO_SPACE if match[2] == "-" else other, f"{match[1]}- {line[match.end() :]}"


_ANSWERS = ("Yes", "No", "Maybe", "Perhaps", "Sure", "Well", "OK", "Sorry")
"""Answers of one word; where each goes on with `I`, they are the beginnings of sentences."""
_ME = re.compile(r"I\b.* ")


def rejoined(texts: Iterable[str]) -> list[str]:
    """Return items with those that go on in small letters put back to the item before them."""
    texts, whole = [*texts], list[str]()
    answers = [at for at, text in enumerate(texts) if text in _ANSWERS]
    go_on = len(answers) > 1 and all(_ME.match("".join(texts[at + 1 : at + 2])) for at in answers)
    for text in texts:
        # A sentence begins with a capital, and goes on until something ends it.
        begun = bool(whole) and whole[-1][:1].isupper() and whole[-1][-1:] not in ENDS
        if begun and (text[:1].islower() or (go_on and whole[-1] in _ANSWERS)):
            whole[-1] = f"{whole[-1]}, {text}"
        else:
            whole.append(text)
    return whole


_ALWAYS_GO_ON = (
    *("and", "because", "but", "than", "that", "whether", "which", "who", "whom", "whose"),
    *("dass", "ob", "weil", "czy", "że", "który", "która", "które", "que", "qui"),
)
_GO_ON = (*_ALWAYS_GO_ON, "if", "the", "unless", "when", "where", "while")
"""Words with which a sentence goes on behind a comma, rather than another choice begins."""


def with_clauses(texts: Iterable[str]) -> list[str]:
    """Return choices with those that go on with a word such as `who` put back to the one before.

    Where the first choice has a small letter, one of them may begin with `if`.
    """
    whole: list[str] = []
    for text in texts:
        first, _, rest = text.partition(" ")
        words = _GO_ON if whole and whole[0][:1].isupper() else _ALWAYS_GO_ON
        if whole and rest and first in words:
            whole[-1] = f"{whole[-1]}, {text}"
        else:
            whole.append(text)
    return whole


def in_pairs(texts: Sequence[str]) -> list[str]:
    """Return choices of which each has a comma, where capitals and small letters take turns.

    The list is empty where they do not, or where what goes on is one word.
    """
    begin, go_on = texts[::2], texts[1::2]
    turns = len(begin) == len(go_on) > 1 and all(each[:1].isupper() for each in begin)
    goes_on = all(each[:1].islower() and " " in each for each in go_on)
    pairs = zip(begin, go_on, strict=True) if turns and goes_on else ()
    return [f"{one}, {other}" for one, other in pairs]


def without_quotes(text: str) -> str:
    """Return what stands in typographic quotation marks, if they are around all of it.

    The one at its end may be a straight one, which does not begin a text in YAML.
    """
    whole = re.fullmatch("[“”„‟«»‘’‚‹›「『](.+)[“”«»‘’‹›」』\"']", text)
    # “Yes” or “no” is not in quotation marks as a whole.
    return whole[1].strip() if whole and text[0] not in whole[1] else ""


def unwrapped(text: str) -> str:
    """Return a text without the quotation marks around it; marks within it stay."""
    mark = text[:1]
    if mark not in ("'", '"'):
        return text
    body = text.rstrip()
    closed = len(body) > 1 and body.endswith(mark) and not body.endswith(f"\\{mark}")
    marks = [at for at in _marks(body, mark) if not closed or at < len(body) - 1]
    if marks[:1] != [0]:
        return text
    inner = marks[1:]
    # Where marks come in pairs, and the second one closes, none of them is around everything.
    in_pairs = bool(inner) and len(inner) % 2 != closed
    if in_pairs and not _OPENS.match(body, inner[0]):
        return text
    return _as_meant(body[1:-1] if closed else _without_twin(body[1:], mark), mark) or text


def _as_meant(text: str, mark: str) -> str:
    """Return what stands between single quotation marks, where an apostrophe is written twice."""
    return text.replace("''", "'") if mark == "'" else text


def _without_twin(text: str, mark: str) -> str:
    """Return a text without another mark at its end that closes what a straight one opens.

    One that belongs to a quotation within the text stays.
    """
    opening, closing = ("“„‟", "”“") if mark == '"' else ('‘‚‛“„‟"', '’‘”“"')
    paired = any(sign in text[:-1] for sign in opening)
    return text if paired or text[-1:] not in closing else text[:-1]


def _marks(text: str, mark: str) -> list[int]:
    """Return the positions of a quotation mark where it is not an apostrophe."""
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(text)}
    return [at for at, char in enumerate(text) if char == mark and at not in apostrophes]


def lines_replaced(lines: Sequence[str], line: int, fix: str) -> tuple[int, int]:
    """Return the first and the last of the lines that a correction takes the place of.

    A correction repeats what it keeps, in its order: so these are its own line, those below it
    with whose words it ends, and the one above it, if it has several lines and begins with that.

    Args:
        lines: All lines of the file.
        line: The line that has the problem, counted from 0.
        fix: The correction.

    Returns:
        Both counted from 1.
    """
    written = [word for each in fix.split("\n") for word in words_of(each)]
    own = words_of(lines[line]) if line < len(lines) else []
    first, last = line, line
    below: list[str] = []
    for number in range(line + 1, len(lines)):
        words = [] if _is_comment(lines[number]) else words_of(lines[number])
        below += words
        # Half of its own line at least comes before them.
        if len(below) + len(own) // 2 > len(written):
            break
        if words and words[-1] == written[-1] and _stand_in(written, below):
            last = number
    above = words_of(lines[line - 1]) if line else []
    rest = len(above) + len(own) // 2
    if "\n" in fix and above and above == written[: len(above)] and rest <= len(written):
        first -= own[: len(above)] != above
    return first + 1, last + 1


def words_of(line: str) -> list[str]:
    """Return the words of a line, without the sign of an item before them."""
    return re.findall(r"\w+", re.sub(rf"^\s*(?:{_SIGN_OF_ITEM})", "", line))


_SIGN_OF_ITEM = rf"(?:(?:{_MARK_IN_LIST}|-(?=\s))\s*)+"


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _stand_in(written: Iterable[str], words: Iterable[str]) -> bool:
    """Return whether words stand among others in their order."""
    others = iter(written)
    return all(word in others for word in words)
