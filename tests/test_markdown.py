"""What people typed stays text in Markdown, and ordinary prose stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support.building import examples
from support.markdown_texts import HOSTILE, ORDINARY, TYPED

from mentorwalk.documents.markdown import Markdown, escaped, finalized, quote
from mentorwalk.domain.text import clean, with_full_stop, without_full_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.token import Token

pytestmark = pytest.mark.portable

PARSERS: Mapping[str, MarkdownIt] = {
    "commonmark": MarkdownIt("commonmark"),
    "gfm-like": MarkdownIt("gfm-like", {"linkify": False}).disable("linkify"),
}
PLACES: Mapping[str, str] = {
    "a paragraph": "Before.\n\n{}\n\nAfter.\n",
    "a paragraph that goes on": "{}\nAfter.\n",
    "a whole document": "{}",
    "after bold words": "**Ada** {}\n\nAfter.\n",
    "after words and a colon": "Ada: {}\n\nAfter.\n",
    "within quotation marks": "Grace: “{}”\n\nAfter.\n",
    "a list item": "- {}\n- After.\n",
    "a block quote": "Before.\n\n> {}\n\nAfter.\n",
}
HEADING = "# {}\n\nAfter.\n"


def read_back(parser: str, document: str) -> tuple[list[str], str]:
    """What a document is made of, and its words with white space folded."""
    tokens = PARSERS[parser].parse(document)
    made_of = [part for token in tokens for part in _made_of(token)]
    return made_of, " ".join(" ".join(_words(token) for token in tokens).split())


def _made_of(token: Token) -> Iterator[str]:
    yield f"{token.type} {token.tag}"
    before = ""
    for child in token.children or []:
        if not child.type == before == "text":
            yield f"  {child.type} {child.tag}"
        before = child.type


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(
        " " if c.type in ("hardbreak", "softbreak") else c.content for c in token.children
    )


def condition_words(typed: str) -> str:
    """Harmless words, in as many lines as were typed."""
    lines = [line for line in clean(typed).split("\n") if line.strip()]
    return "  \n".join("word" for _ in lines)


def words_of(typed: str) -> str:
    return " ".join(clean(typed).split())


def placed(place: str, text: str) -> str:
    """A text that is Markdown already, in a place of a template."""
    if place == "a block quote":
        text = text.replace("\n", "\n> ")
    return PLACES[place].format(text)


def expected(parser: str, place: str, typed: str) -> tuple[list[str], str]:
    """What plain words in the place of those typed are made of, and the words typed."""
    made_of, _ = read_back(parser, placed(place, condition_words(typed)))
    _, around = read_back(parser, placed(place, "@"))
    return made_of, around.replace("@", words_of(typed))


def test_ordinary_prose_stays_as_it_is() -> None:
    assert [escaped(typed) for typed in ORDINARY] == list(ORDINARY)


@pytest.mark.slow
def test_what_is_typed_reads_as_plain_words_wherever_a_template_puts_it() -> None:
    everywhere = [
        (parser, place, typed)
        for parser in PARSERS
        for place in PLACES
        for typed in (*ORDINARY, *HOSTILE)
    ]

    read = {at: read_back(at[0], placed(at[1], escaped(at[2]))) for at in everywhere}

    assert read == {at: expected(*at) for at in everywhere}


def test_one_line_in_a_heading_reads_as_plain_words() -> None:
    lines = [typed for typed in (*ORDINARY, *HOSTILE) if "\n" not in typed]
    headings = [(parser, typed) for parser in PARSERS for typed in lines]

    read = {
        (parser, typed): read_back(parser, HEADING.format(escaped(typed)))
        for parser, typed in headings
    }

    made_of = {parser: read_back(parser, HEADING.format("word"))[0] for parser in PARSERS}
    assert read == {
        (parser, typed): (made_of[parser], f"{words_of(typed)} After.")
        for parser, typed in headings
    }


@pytest.mark.slow
@given(typed=TYPED, place=st.sampled_from(list(PLACES)), parser=st.sampled_from(list(PARSERS)))
@settings(max_examples=examples(8), deadline=None)
def test_whatever_is_typed_reads_as_plain_words(typed: str, place: str, parser: str) -> None:
    document = placed(place, escaped(typed))

    assert read_back(parser, document) == expected(parser, place, typed)


@given(first=TYPED, second=TYPED, parser=st.sampled_from(list(PARSERS)))
@example(first="[name", second="]: /a", parser="commonmark")
@example(first="a | b", second="-:", parser="gfm-like")
@settings(max_examples=examples(3), deadline=None)
def test_two_texts_on_neighbouring_lines_make_nothing_together(
    first: str, second: str, parser: str
) -> None:
    made_of, _ = read_back(parser, f"{condition_words(first)}\n{condition_words(second)}")

    document = f"{escaped(first)}\n{escaped(second)}"

    assert read_back(parser, document) == (made_of, f"{words_of(first)} {words_of(second)}")


@pytest.mark.parametrize("name", ["Grace\\", "*Grace*", "_Grace_", "Gra**ce", "[Grace]", "`Grace`"])
def test_a_name_between_stars_is_bold_and_nothing_else(name: str) -> None:
    read = {parser: read_back(parser, f"**{escaped(name)}** asks.") for parser in PARSERS}

    made_of, _ = read_back("commonmark", "**Grace** asks.")
    assert read == dict.fromkeys(PARSERS, (made_of, f"{name} asks."))


@given(typed=st.text().filter(clean))
@settings(max_examples=examples(2), deadline=None)
def test_any_text_at_all_can_be_escaped_and_read_back(typed: str) -> None:
    document = escaped(typed)

    assert read_back("gfm-like", document) == expected("gfm-like", "a whole document", typed)


def test_lines_stay_lines() -> None:
    assert escaped("one\ntwo") == "one  \ntwo"


def test_empty_lines_and_spaces_around_lines_are_dropped() -> None:
    assert escaped("  one  \n\n\n   two\n") == "one  \ntwo"


def test_control_characters_and_overrides_of_direction_are_taken_out() -> None:
    assert escaped("a\x1b[31mb\x00c\u202ed\x7fe") == "abcde"


def test_markdown_that_a_template_made_is_not_escaped_again() -> None:
    assert finalized(Markdown("**bold**")) == "**bold**"


def test_several_answers_read_as_a_sentence_does_and_are_escaped() -> None:
    assert finalized(("one", "*two*", "three")) == "one, \\*two\\* and three"


def test_a_number_goes_into_a_document_as_it_is() -> None:
    assert finalized(60) == "60"


def test_a_quote_has_a_mark_before_each_line() -> None:
    expected: dict[str, str] = {
        "one": "> one",
        "one\ntwo": "> one  \n> two",
        "> one": "> \\> one",
        "# one\n- two": "> \\# one  \n> \\- two",
        "one\n\ntwo": "> one  \n> two",
    }
    assert {typed: quote(typed) for typed in expected} == expected


def test_a_quote_is_one_block_quote_and_nothing_else() -> None:
    quotes = [(parser, typed) for parser in PARSERS for typed in HOSTILE]

    read = {(parser, typed): read_back(parser, quote(typed)) for parser, typed in quotes}

    plain = {typed: condition_words(typed).replace("\n", "\n> ") for typed in HOSTILE}
    made_of = {typed: read_back("commonmark", f"> {plain[typed]}")[0] for typed in HOSTILE}
    assert read == {(parser, typed): (made_of[typed], words_of(typed)) for parser, typed in quotes}


def test_a_sentence_ends_like_one_and_only_once() -> None:
    expected: dict[str, str] = {
        "ask two people": "ask two people.",
        "ask two people.": "ask two people.",
        "really?": "really?",
        "yes!": "yes!",
        "well…": "well…",
        "ask two people \n": "ask two people.",
        "“ask two people.”": "“ask two people.”",
        "(ask two people.)": "(ask two people.)",
        "to hear “no.”": "to hear “no.”",
        "to hear “no”": "to hear “no”.",
        "to ask “why?”": "to ask “why?”",
        "say ‘she said “no!”’": "say ‘she said “no!”’",
        "say “he said ‘no’”": "say “he said ‘no’”.",
        'say "well…"': 'say "well…"',
        "say 'no.'": "say 'no.'",
        "sag „nein.“": "sag „nein.“",
        "dis « non. »": "dis « non. »",
        "dis «non.»": "dis «non.»",
        "one, two...": "one, two...",
        "": ".",
    }
    assert {typed: with_full_stop(typed) for typed in expected} == expected


def test_an_unstopped_text_can_go_on() -> None:
    expected: dict[str, str] = {
        "ask two people": "ask two people",
        "ask two people.": "ask two people",
        "ask two people. ": "ask two people",
        "1.5 hours": "1.5 hours",
        "asks: why?": "asks: why?",
    }
    assert {typed: without_full_stop(typed) for typed in expected} == expected
