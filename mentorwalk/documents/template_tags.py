"""The tags of a template's text, and what is wrong with them where Jinja cannot read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, TemplateSyntaxError

from mentorwalk.documents.context import NAMES
from mentorwalk.domain.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Fault(NamedTuple):
    """A place in a template, and in a sentence what is wrong there; both are counted from 1."""

    line: int
    column: int
    sentence: str = ""


class Tag(NamedTuple):
    """A tag in a template's text."""

    at: int
    """Its place in the text, counted from 0."""
    text: str

    @property
    def word(self) -> str:
        """The word that says what it does; empty if it only puts something in."""
        said = _WORD.match(self.text)
        return said[1] if said else ""

    @property
    def opens(self) -> bool:
        """Whether it goes on until another tag closes it."""
        whole = (self.word == "set" and "=" in self.text) or "endraw" in self.text
        return self.word in _BLOCKS and not whole

    @property
    def puts_in(self) -> bool:
        """Whether it puts something in."""
        return self.text.startswith("{{")

    @property
    def shown(self) -> str:
        """The tag on one line, shortened if it is long."""
        text = " ".join(self.text.split())
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ..."


_SHOWN = 60
"""The most characters of a tag in a sentence."""
_WORD = re.compile(r"\{%[-+]?\s*(\w+)")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BLOCKS = ("if", "for", "set", "macro", "call", "filter", "block", "with", "raw")
_WITHIN = ("elif", "else")
_ALONE = ("include", "import", "from", "extends")
_TAG = re.compile(
    r"""
      \{\# (?: .*? \#\} | (?P<remark>.*+) )
    | \{%[-+]?\s*raw\s*[-+]?%\} (?: .*? \{%[-+]?\s*endraw\s*[-+]?%\} | (?P<raw>.*+) )
    | \{\{ (?: "[^"\n]*" | '[^'\n]*' | (?!\{\{|\{%|\}\}|%\}). )* \}\}
    | \{%  (?: "[^"\n]*" | '[^'\n]*' | (?!\{\{|\{%|\}\}|%\}). )* %\}
    """,
    re.VERBOSE | re.DOTALL,
)
"""A tag; a remark or `raw` that never ends reaches to the end, which is looked for once only."""
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(
        "“”„‟«»", 'In a tag quotation marks are straight: write `"` instead of `{char}`.'
    ),
    **dict.fromkeys(
        "‘’‚‛", "In a tag quotation marks are straight: write `'` instead of `{char}`."
    ),
    **dict.fromkeys("\"'", "This quotation mark is opened here and never closed."),
    "&": "Write `and` instead of `&`.",
    "!": "Write `not` instead of `!`, and `!=` where two things differ.",
    "\N{NO-BREAK SPACE}": "There is a space here that no line breaks at: type it anew.",
}
"""What to write instead of a sign that means nothing in a tag."""
_KINDS = {"string": "the text in quotation marks", "integer": "the number", "float": "the number"}


def tags_of(text: str) -> list[Tag]:
    """Return the tags of a template that are whole, in their order."""
    found = (match for match in _TAG.finditer(text) if match["remark"] is None)
    return [Tag(match.start(), match[0].removesuffix(match["raw"] or "")) for match in found]


def without_tags(text: str) -> str:
    """Return a template's text with blanks for its tags, so that all else stands where it was."""
    return _TAG.sub(_blanked, text)


def _blanked(tag: re.Match[str]) -> str:
    """Return blanks for a tag; a remark that never ends stays as it is."""
    return re.sub(r"[^\n]", " ", tag[0]) if tag["remark"] is None else tag[0]


def with_breaks_kept(text: str) -> str:
    """Return a template's text in which a tag at the end of a line with words keeps its break.

    Jinja takes the line break behind every tag away (`trim_blocks`), and two paragraphs became one.
    A `+` within the tag prevents that. It stands at the end of its line, so that all else stays in
    its line and column.
    """
    kept = [tag.at + len(tag.text) - 2 for tag in _behind_words(text)]
    parts = zip([0, *kept], [*kept, None], strict=True)
    return "+".join(text[begin:end] for begin, end in parts)


def _behind_words(text: str) -> Iterator[Tag]:
    """Yield each tag that ends a line on which something stands that is shown."""
    words, at = False, 0
    for tag in tags_of(text):
        between, end = text[at : tag.at], tag.at + len(tag.text)
        words = bool(between.split("\n")[-1].strip()) or (words and "\n" not in between)
        words = words or tag.puts_in
        ends_line = text[end : end + 1] == "\n" and tag.text[-3] not in "-+"
        if words and ends_line and not tag.puts_in:
            yield tag
        at = end


def only_tags(text: str) -> str:
    """Return a template's text with blanks for all but its tags, which stand where they were."""
    words = without_tags(text)
    return "".join(
        char if char == "\n" or char != word else " "
        for char, word in zip(text, words, strict=True)
    )


def syntax_fault(text: str, error: TemplateSyntaxError) -> Fault:
    """Return what is wrong with a template that Jinja cannot read, and where.

    Jinja tells of many such mistakes where it gave up, at the end of the file, and in words of
    its own grammar. So the text is looked through once more.
    """
    message = str(error.message)
    sign = re.match(r"unexpected char (.+) at (\d+)", message, re.DOTALL)
    if sign:
        return _unexpected_sign(with_breaks_kept(text), int(sign[2]))
    found = _left_open(text) or _unbalanced(tags_of(text)) or _unread(text, message, error.lineno)
    return place_in(text, *found)


def place_in(text: str, at: int, sentence: str = "") -> Fault:
    """Return a place in a text, which is counted from 0 there, by its line and column."""
    before = text[:at]
    return Fault(before.count("\n") + 1, at - before.rfind("\n"), sentence)


def line_of(text: str, line: int) -> str:
    """Return a line of a text, counted from 1; empty where there is none."""
    return next(iter(text.split("\n")[line - 1 : line]), "")


def _unexpected_sign(text: str, place: int) -> Fault:
    char = text[place : place + 1]
    sentence = _SIGNS.get(char, "`{char}` means nothing in a tag.")
    return place_in(text, place, sentence.replace("{char}", char))


Found = tuple[int, str]
"""A place in a text, counted from 0, and what is wrong there."""


def _left_open(text: str) -> Found | None:
    """Return the first tag that begins and does not end."""
    rest = without_tags(text)
    for match in re.finditer(r"\{[{%#]", rest):
        opening, closing = match[0], _CLOSING[match[0]]
        wrong = re.match(r"[^{}\n]*?([%#]?\}+)", rest[match.end() :])
        if wrong:
            return match.start(), f"What begins with `{opening}` ends with `{closing}`."
        sentence = f"`{opening}` is opened here and never closed: write `{closing}` where it ends."
        return match.start(), sentence
    return None


def _unbalanced(tags: Iterable[Tag]) -> Found | None:
    """Return the first tag that has no other one to close it, to be closed by, or to stand in."""
    still_open: list[Tag] = []
    for tag in tags:
        word = tag.word
        if tag.opens:
            still_open.append(tag)
        elif word.startswith("end") and word[3:] in _BLOCKS:
            if not still_open:
                return (
                    tag.at,
                    f"`{tag.shown}` has nothing to close: no `{{% {word[3:]} %}}` is open.",
                )
            opened = still_open.pop()
            if opened.word != word[3:]:
                return _unclosed(opened, f"not closed before `{tag.shown}`")
        elif word in _WITHIN and not still_open:
            return tag.at, f"`{tag.shown}` stands in no `{{% if %}}`."
        elif word and word not in (*_WITHIN, *_BLOCKS, *_ALONE):
            return tag.at, _bare_end(tag, still_open) if word == "end" else _no_tag(word)
    return _unclosed(still_open[-1], "never closed") if still_open else None


def _unclosed(tag: Tag, how: str) -> Found:
    sentence = f"`{tag.shown}` is opened here and {how}: write `{{% end{tag.word} %}}`"
    return tag.at, f"{sentence} where it ends."


def _bare_end(tag: Tag, still_open: list[Tag]) -> str:
    """Return what to write for an end that does not say of what: what was opened last."""
    if not still_open:
        return f"`{tag.shown}` has nothing to close."
    opened = still_open[-1]
    return f"Write `{{% end{opened.word} %}}`, which closes `{opened.shown}`."


def _no_tag(word: str) -> str:
    if word in NAMES:
        return f"There is no tag `{word}`: what is to stand there goes between `{{{{` and `}}}}`."
    if word in ("elseif", "elsif"):
        return f"Write `elif` instead of `{word}`."
    ends = (f"end{each}" for each in _BLOCKS)
    return f"There is no tag `{word}`.{did_you_mean(word, (*_BLOCKS, *ends, *_WITHIN, *_ALONE))}"


def _unread(text: str, message: str, line: int) -> Found:
    """Return what Jinja did not expect, in its place."""
    tags = [tag for tag in tags_of(text) if _reaches(text, tag, line)] or [Tag(0, "")]
    tag = next(filter(_is_unreadable, tags), tags[-1])
    named = re.match(r"No (filter|test) named '(\w+)'", message)
    if named:
        tag = next((tag for tag in tags if named[2] in tag.text), tag)
        return _place_in(tag, named[2]), f"There is no {named[1]} `{named[2]}`."
    got = re.search(r"(?:got|unexpected) '(.+?)'(?:, expected '(.)')?$", message.rstrip("."))
    if "token 'in'" in message:
        return tag.at, "A loop says what it goes through: `{% for each in phases %}`."
    if got:
        return _place_in(tag, got[1]), _unexpected(tag, got[1], got[2])
    unknown = re.match(r"Encountered unknown tag '(\w+)'", message)
    if unknown:
        tag = next((tag for tag in reversed(tags) if tag.word == unknown[1]), tag)
        return tag.at, f"`{tag.shown}` cannot stand here."
    if message == "expected name or number":
        return tag.at, f"A name is missing after a dot in `{tag.shown}`."
    return tag.at, f"`{tag.shown}` cannot be read."


def _unexpected(tag: Tag, word: str, bracket: str | None) -> str:
    if bracket:
        return f"`{bracket}` is missing before `{word}`."
    if word in (")", "]", "}"):
        return f"`{word}` has nothing to close."
    if word.startswith("end of "):
        return f"Something is missing at the end of `{tag.shown}`."
    if re.match(r"\{%[-+]?\s*else\s+if\b", tag.text):
        return "Write `elif` instead of `else if`."
    if word == "=":
        return "Write `==` where two things are compared."
    told = _KINDS.get(word, f"`{word}`")
    return (
        f"{told[0].upper()}{told[1:]} cannot stand here in `{tag.shown}`. Is something missing "
        "before it, such as `|`, `~`, a comma or a quotation mark?"
    )


def _reaches(text: str, tag: Tag, line: int) -> bool:
    first = text.count("\n", 0, tag.at) + 1
    return first <= line <= first + tag.text.count("\n") and not tag.text.startswith("{#")


def _is_unreadable(tag: Tag) -> bool:
    """Return whether Jinja cannot read a tag by itself, once it is closed."""
    closed = f"{tag.text}{{% end{tag.word} %}}" if tag.opens else tag.text
    if tag.word in _WITHIN:
        closed = f"{{% if x %}}{closed}{{% endif %}}"
    try:
        Environment(autoescape=True).parse(closed)
    except TemplateSyntaxError:
        return not tag.word.startswith("end")
    return False


def _place_in(tag: Tag, word: str) -> int:
    return tag.at + max(0, tag.text.find(word))
