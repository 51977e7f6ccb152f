"""Make a page for any browser of a document's Markdown: one file that loads nothing."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

from mentorwalk.documents.commonmark import PARSER
from mentorwalk.documents.signoff import MARKER, parted, without_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

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


def page(text: str, language: str, name: str, people: Iterable[str] = ()) -> str:
    """Return the page of a document's Markdown.

    Args:
        text: The Markdown.
        language: The language that it is in.
        name: Its title, if it has no heading.
        people: The names that are set apart from the words around them.
    """
    body, block = parted(text)
    names = _pattern(people)
    signoff = [] if block is None else [f"{MARKER}\n", *_parts(without_digest(block), names)]
    return PAGE.format(
        language=escape(language),
        policy=POLICY,
        title=escape(_title(text) or name),
        style=style(),
        body="".join((*_parts(body, names), *signoff)),
    )


@cache
def style() -> str:
    """Return the style sheet of every page."""
    return _STYLE.read_text(encoding="utf-8")


def _pattern(people: Iterable[str]) -> re.Pattern[str]:
    """Return what finds names as whole words, of two that begin alike the longer one."""
    names = sorted(filter(None, people), key=len, reverse=True)
    found = "|".join(map(re.escape, names)) if names else r"(?!)"
    return re.compile(rf"(?<!\w)({found})(?!\w)")


def _parts(text: str, names: re.Pattern[str]) -> list[str]:
    """Return the parts of a page: what comes before its second headings, then one for each."""
    tokens = PARSER.parse(text)
    starts = [place for place, token in enumerate(tokens) if _begins_part(token)]
    ends = pairwise([0, *starts, len(tokens)])
    return [_part(tokens[start:end], names) for start, end in ends if start != end]


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
