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
from mentorwalk.domain.i18n import using_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.utils import EnvType, OptionsDict

    from mentorwalk.domain.pictures import AnyPicture

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with a page: show it, and nothing else."""
PAGE = """\
<!doctype html>
<html lang="{language}">
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


class _Renderer(RendererHTML):
    """Sets names apart: one that is read from right to left does not turn the words around it."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the words of a token as HTML, with `<bdi>` around each of the `names`."""
        del options
        words = env["names"].split(tokens[idx].content)
        return "".join(
            f"<bdi>{escapeHtml(each)}</bdi>" if at % 2 else escapeHtml(each)
            for at, each in enumerate(words)
        )


_RENDERER = _Renderer()


def page(
    text: str,
    language: str,
    name: str,
    people: Iterable[str] = (),
    pictures: Sequence[AnyPicture] = (),
) -> str:
    """Return the page of a document's Markdown.

    Args:
        text: The Markdown.
        language: The language that it is in.
        name: Its title, if it has no heading.
    <<<<<<< HEAD
    <<<<<<< HEAD
        people: The names that are set apart from the words around them.
        pictures: What is drawn where the text is exactly one of them; nothing else becomes one.
    =======
        people: The names that are set apart from the words around them, if any words here are
            read from right to left.
    >>>>>>> 85983f3 (Leave names alone on a page where all is read from left to right)
    =======
        people: The names that are set apart from the words around them, if any words here are
            read from right to left.
    >>>>>>> 7028d0d (Leave names alone on a page where all is read from left to right)
    """
    body, block = parted(text)
    names = _pattern(people if any(map(_runs_leftward, text)) else ())
    signoff = [] if block is None else [f"{MARKER}\n", *_parts(without_digest(block), names)]
    with using_language(language):
        drawn = {str(as_markdown(picture)): picture for picture in pictures if not picture.empty}
        parts = _parts(body, names, drawn)
    return PAGE.format(
        language=escape(language),
        policy=POLICY,
        title=escape(_title(text) or name),
        style=style(),
        body="".join((*parts, *signoff)),
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


def _parts(
    text: str, names: re.Pattern[str], pictures: Mapping[str, AnyPicture] | None = None
) -> list[str]:
    """Return the parts of a page: what comes before its second headings, then one for each."""
    tokens = PARSER.parse(text)
    if pictures:
        tokens = list(_with_pictures(tokens, text.split("\n"), pictures))
    starts = [place for place, token in enumerate(tokens) if _begins_part(token)]
    ends = pairwise([0, *starts, len(tokens)])
    return [_part(tokens[start:end], names) for start, end in ends if start != end]


def _with_pictures(
    tokens: Iterable[Token], lines: Sequence[str], pictures: Mapping[str, AnyPicture]
) -> Iterator[Token]:
    """Yield tokens, with a drawing in the place of each block whose whole text is a picture."""
    drawn = 0
    for block in _blocks(tokens):
        begin, end = block[0].map or (0, 0)
        picture = pictures.get("\n".join(lines[begin:end]).rstrip("\n"))
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


def _part(tokens: Sequence[Token], names: re.Pattern[str]) -> str:
    tag = "section" if _begins_part(tokens[0]) else "header"
    drawn = _RENDERER.render(tokens, PARSER.options, {"names": names})
    return f"<{tag}>\n{drawn}</{tag}>\n"


def _title(text: str) -> str:
    tokens = PARSER.parse(text)
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return _RENDERER.renderInlineAsText(words.children, PARSER.options, {})
    return ""
