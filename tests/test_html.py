"""A page: one file for any browser, with nothing from outside, and every word in its place."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.colours import contrast, mixed
from support.markdown_texts import HOSTILE, ORDINARY, TYPED
from support.sample_sessions import BUNDLED, FIRST_SESSION, USUAL, rendered, walked

from mentorwalk.documents.html import page
from mentorwalk.documents.markdown import escaped
from mentorwalk.documents.signoff import body_of
from mentorwalk.domain.text import clean

pytestmark = pytest.mark.portable

MARKER = "<!-- mentorwalk: who agrees -->"

AGREEMENT = rendered(walked(USUAL), "contract.md")
DRAWS_WORDS = {
    *("main", "header", "section", "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr"),
    *("strong", "em", "s", "a", "blockquote", "ul", "ol", "li", "code", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
"""What a document can be made of."""


class Drawn(HTMLParser):
    """A page as a browser takes it apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.words: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a part that begins."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See that parts end in their turn."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep words for every part that they stand in."""
        for tag in set(self._open):
            self.words[tag] = self.words.get(tag, "") + data

    def handle_comment(self, data: str) -> None:
        """Keep what is not shown."""
        self.comments.append(data)

    @property
    def body(self) -> list[tuple[str, dict[str, str | None]]]:
        """What stands in the page's body."""
        begin = next(i for i, (tag, _) in enumerate(self.tags) if tag == "main")
        return self.tags[begin:]


def main(text: str) -> str:
    """What a page has between its outermost tags."""
    drawn = page(text, "en", "page")
    return drawn.partition("<main>\n")[2].partition("</main>")[0]


# --- What it is made of


def test_a_page_begins_like_this() -> None:
    assert (
        page("# Hello\n", "en", "hello").partition("<style>")[0]
        == """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Hello</title>
"""
    )


def test_each_second_heading_begins_a_part_that_can_be_kept_together() -> None:
    assert (
        main("# A\n\nb\n\n## C\n\n- d\n- e\n\n### F\n\n## G\n\n> h\n")
        == """\
<header>
<h1>A</h1>
<p>b</p>
</header>
<section>
<h2>C</h2>
<ul>
<li>d</li>
<li>e</li>
</ul>
<h3>F</h3>
</section>
<section>
<h2>G</h2>
<blockquote>
<p>h</p>
</blockquote>
</section>
"""
    )


def test_a_heading_in_a_quotation_begins_no_part() -> None:
    assert main("a\n\n> ## B\n").count("<section>") == 0


def test_an_empty_document_is_an_empty_page() -> None:
    assert main("") == ""


def test_the_title_is_the_first_heading_or_the_name_of_the_document() -> None:
    expected: dict[str, str] = {
        "# Our *mentoring* agreement\n": "Our mentoring agreement",
        "words\n\n# Later\n": "Later",
        "# \\<b> & “so”\n": "<b> & “so”",
        "## No first heading\n": "summary",
        "": "summary",
    }
    assert {
        text: Drawn(page(text, "en", "summary")).words["title"] for text in expected
    } == expected


def test_the_language_is_the_agendas_and_stays_in_its_place() -> None:
    tags = Drawn(page("# A\n", '"><script>', "a")).tags

    assert tags[0] == ("html", {"lang": '"><script>'})
    assert "script" not in dict(tags)


# --- Nothing from outside


@pytest.mark.parametrize("name", [document.file for document in FIRST_SESSION.documents])
def test_a_page_of_ours_needs_nothing_but_itself(name: str) -> None:
    drawn = page(rendered(walked(USUAL), name), "en", name)

    assert re.findall(r"url\(|@import|@font-face", STYLE) == []
    assert re.findall(r"https?:|src=|href=|<script|<link", drawn.replace(STYLE, "")) == []


@given(st.lists(st.sampled_from([*HOSTILE, *ORDINARY, "\n\n", "\n"]), max_size=8).map("\n".join))
def test_whatever_a_template_says_a_page_only_draws_words(text: str) -> None:
    drawn = Drawn(page(text, "en", "page"))

    assert {tag for tag, _ in drawn.body} <= DRAWS_WORDS
    assert {key for _, attributes in drawn.body for key in attributes} <= {
        *("href", "title", "style", "start", "class")
    }


@pytest.mark.parametrize("scheme", ["javascript", "vbscript", "file", "data"])
def test_a_link_that_would_do_something_is_no_link(scheme: str) -> None:
    assert main(f"[a]({scheme}:b)") == f"<header>\n<p>[a]({scheme}:b)</p>\n</header>\n"


def test_raw_html_stays_text() -> None:
    assert main("a <b>c</b>\n\n<div>\n") == (
        "<header>\n<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>&lt;div&gt;</p>\n</header>\n"
    )


@given(TYPED)
def test_what_somebody_typed_stands_there_word_for_word(text: str) -> None:
    drawn = Drawn(page(escaped(text), "en", "page"))

    assert {tag for tag, _ in drawn.body} <= {"main", "header", "p", "br"}
    assert drawn.words["main"].split() == clean(text).split()


def test_names_are_set_apart_from_the_words_around_them() -> None:
    text = "# אדה's *Ann Lee* & Ann\n\nAnnual: אדהx `Ann` amp\n"
    drawn = page(text, "en", "page", ["אדה", "Ann", "Ann Lee", "amp", ""])

    assert drawn.partition("<main>\n")[2].partition("</main>")[0] == (
        "<header>\n<h1><bdi>אדה</bdi>'s <em><bdi>Ann Lee</bdi></em> &amp; <bdi>Ann</bdi></h1>\n"
        "<p>Annual: אדהx <code>Ann</code> <bdi>amp</bdi></p>\n</header>\n"
    )


def test_where_all_is_read_from_the_left_no_name_is_set_apart() -> None:
    assert page("Ann and Bob", "en", "page", ["Ann", "Bob"]) == page("Ann and Bob", "en", "page")


# --- The agreement


def test_the_line_above_who_agrees_is_not_seen() -> None:
    drawn = Drawn(page(AGREEMENT, "en", "contract"))

    assert "mentorwalk" not in drawn.words["main"]
    assert drawn.comments == [MARKER.removeprefix("<!--").removesuffix("-->")]


def test_who_agrees_is_a_part_of_its_own() -> None:
    last = main(AGREEMENT).rpartition("<section>\n")[2]
    mark = AGREEMENT.partition("Mark of this wording: ")[2][:14]

    assert (
        last
        == f"""\
<h2>Who agrees</h2>
<p><strong>Draft.</strong> We confirm or change it by Tuesday 15 December 2026. \
Until then we keep to it as it stands.</p>
<ul>
<li>Ada: not yet</li>
<li>Grace: not yet</li>
</ul>
<p>On paper, if you like:</p>
<p>Ada ______________________</p>
<p>Grace ______________________</p>
<p>Date ______________</p>
<hr>
<p>As of Tuesday 24 November 2026. Mark of this wording: {mark}. \
If one word above changes, the mark changes.</p>
</section>
"""
    )


def test_the_body_of_a_page_ends_where_the_agreement_ends() -> None:
    accepted = rendered(walked(USUAL, accepted=BUNDLED), "contract.md")

    assert body_of(page(accepted, "en", "a")) == body_of(page(AGREEMENT, "en", "a"))


def test_a_marker_that_somebody_typed_is_read_as_words() -> None:
    drawn = Drawn(page(f"a\n\n{escaped(MARKER)}\n", "en", "page"))

    assert (drawn.comments, MARKER in drawn.words["main"]) == ([], True)


# --- Its looks

STYLE = page("", "en", "").partition("<style>")[2].partition("</style>")[0]


SCHEMES = [
    dict(re.findall(r"--(\w+): (#\w+);", root)) for root in re.findall(r":root {[^}]+}", STYLE)
]


def test_there_are_colours_for_light_for_dark_and_for_paper() -> None:
    assert [scheme["ink"] for scheme in SCHEMES] == ["#2d2721", "#ebe3d8", "#000"]


@pytest.mark.parametrize("words", ["ink", "soft", "accent"])
@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark", "paper"])
def test_words_stand_out_from_the_sheet(words: str, scheme: dict[str, str]) -> None:
    assert contrast(scheme[words], scheme["sheet"]) >= 4.5


def test_every_colour_but_those_of_a_scheme_is_named_by_its_use() -> None:
    assert re.findall(r"#[0-9a-f]{3,6}", re.sub(r":root {[^}]+}", "", STYLE)) == []


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark", "paper"])
def test_numbers_stand_out_from_the_shapes_of_a_picture(scheme: dict[str, str]) -> None:
    screen, paper = STYLE.split("@media print")
    fills = re.findall(
        r"\.fill\S* {[^}]*fill-opacity: (\.\d+)", paper if scheme == SCHEMES[2] else screen
    )

    assert len(fills) == 2
    for share in map(float, fills):
        assert contrast(scheme["ink"], mixed(scheme["accent"], scheme["sheet"], share)) >= 4.5
