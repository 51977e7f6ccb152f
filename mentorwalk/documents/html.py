"""Make a page for any browser of a document's Markdown: one file that loads nothing."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from mentorwalk.documents.commonmark import PARSER
from mentorwalk.documents.pictures import as_markdown, as_svg
from mentorwalk.documents.signoff import MARKER, parted, without_digest
from mentorwalk.domain.catalogues import ENGLISH
from mentorwalk.domain.english_marking import APART, together
from mentorwalk.domain.i18n import direction, using_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from markdown_it.utils import EnvType, OptionsDict

    from mentorwalk.domain.pictures import AnyPicture

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with a page: show it, and nothing else."""
PAGE = """\
<!doctype html>
<html lang="{language}"{direction}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""
_STYLE = Path(__file__).with_name("page.css")


_OWN = re.compile(rf"{APART.pattern}(?:[\W\d]*{APART.pattern})?")
"""Words of ours, from the first of their letters to the last."""
_LETTER = re.compile(r"[^\W\d_]")


class _Renderer(RendererHTML):
    """Sets names apart: one that is read from right to left does not turn the words around it.

    Words of ours in a page of another language are marked as English.
    """

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the words of a token as HTML, with `<bdi>` around each of the `names`."""
        del options
        words = env["names"].split(tokens[idx].content)
        return "".join(
            f"<bdi>{escapeHtml(each)}</bdi>" if at % 2 else _with_english(escapeHtml(each))
            for at, each in enumerate(words)
        )


def _with_english(words: str) -> str:
    return _OWN.sub(lambda own: f'<span lang="{ENGLISH}">{own[0]}</span>', words)


def _mark_blocks(tokens: Sequence[Token], people: re.Pattern[str]) -> None:
    """Mark each block that has only words of ours and names as a whole, not the words in it."""
    for opening, inline in pairwise(tokens):
        if inline.type != "inline" or opening.hidden or not APART.search(inline.content):
            continue
        if not _LETTER.search(people.sub("", inline.content)):
            opening.attrSet("lang", ENGLISH)
            for token in inline.children or ():
                token.content = together(token.content)


_RENDERER = _Renderer()


def page(
    text: str,
    language: str,
    name: str,
    people: Collection[str] = (),
    pictures: Sequence[AnyPicture] = (),
) -> str:
    """Return the page of a document's Markdown.

    Args:
        text: The Markdown; the letters of our own words may be set apart in it, if they are
            English in a page of another language.
        language: The language that it is in.
        name: Its title, if it has no heading.
        people: The names that are set apart from the words around them, if any words here are
            read from right to left.
        pictures: What is drawn where the text is exactly one of them; nothing else becomes one.
    """
    body, block = parted(text)
    known = _pattern(people)
    names = known if any(map(_runs_leftward, text)) else _pattern(())
    english = f' lang="{ENGLISH}"' if language.partition("-")[0] != ENGLISH else ""
    signoff = []
    if block is not None:
        # It is English in every language.
        signoff = [f"{MARKER}\n", *_parts(_tokens(without_digest(block)), names, english)]
    with using_language(language):
        drawn = {str(as_markdown(picture)): picture for picture in pictures if not picture.empty}
        tokens = _tokens(body, drawn)
    _mark_blocks(tokens, known)
    parts = _parts(tokens, names)
    body = together("".join((*parts, *signoff)))
    return whole_page(body, language, together(_title(text)) or name)


def whole_page(body: str, language: str, title: str) -> str:
    """Return a page around a body that is HTML already; its title is a text."""
    return PAGE.format(
        language=escape(language),
        direction=' dir="rtl"' if direction(language) == "rtl" else "",
        policy=POLICY,
        title=escape(title),
        style=style(),
        body=body,
    )


@cache
def style() -> str:
    """Return the style sheet of every page."""
    return _STYLE.read_text(encoding="utf-8")


def _runs_leftward(letter: str) -> bool:
    return bidirectional(letter) in ("R", "AL")


def _pattern(people: Iterable[str]) -> re.Pattern[str]:
    """Return what finds names as whole words, of two that begin alike the longer one."""
    names = sorted(filter(None, people), key=len, reverse=True)
    found = "|".join(map(re.escape, names)) if names else r"(?!)"
    return re.compile(rf"(?<!\w)({found})(?!\w)")


def _tokens(text: str, pictures: Mapping[str, AnyPicture] | None = None) -> list[Token]:
    """Return the tokens of a text, with its pictures drawn."""
    tokens = PARSER.parse(text)
    return list(_with_pictures(tokens, text.split("\n"), pictures)) if pictures else tokens


def _parts(tokens: Sequence[Token], names: re.Pattern[str], marks: str = "") -> list[str]:
    """Return the parts of a page: what comes before its second headings, then one for each."""
    starts = [place for place, token in enumerate(tokens) if _begins_part(token)]
    ends = pairwise([0, *starts, len(tokens)])
    return [_part(tokens[start:end], names, marks) for start, end in ends if start != end]


def _with_pictures(
    tokens: Iterable[Token], lines: Sequence[str], pictures: Mapping[str, AnyPicture]
) -> Iterator[Token]:
    """Yield tokens, with a drawing in the place of each block whose whole text is a picture."""
    drawn = 0
    for block in _blocks(tokens):
        begin, end = block[0].map or (0, 0)
        picture = pictures.get(together("\n".join(lines[begin:end])).rstrip("\n"))
        if picture is None:
            yield from block
        else:
            drawn += 1
            yield Token("html_block", "", 0, content=as_svg(picture, drawn))


def _blocks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each block that is within no other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _begins_part(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2" and token.level == 0


def _part(tokens: Sequence[Token], names: re.Pattern[str], marks: str) -> str:
    tag = "section" if _begins_part(tokens[0]) else "header"
    drawn = _RENDERER.render(tokens, PARSER.options, {"names": names})
    return f"<{tag}{marks}>\n{drawn}</{tag}>\n"


def _title(text: str) -> str:
    tokens = PARSER.parse(text)
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return _RENDERER.renderInlineAsText(words.children, PARSER.options, {})
    return ""
