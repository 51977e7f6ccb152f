"""What a text from a person may do: nothing. Whatever it means elsewhere, here it is only read."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support.building import UNHURRIED, agenda_of, session_of
from support.hostile_texts import HOSTILE
from support.sample_sessions import BUNDLED, FIRST_SESSION, rendered, walked
from support.terminals import ENTER, fed, pasted

from mentorwalk.authoring import Source, agenda_from, read_source
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.documents.calendar import invitation
from mentorwalk.documents.html import page
from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.asking import sheet_of
from mentorwalk.domain.card import Card
from mentorwalk.domain.errors import InputError, ProblemsFound
from mentorwalk.domain.fields import Field
from mentorwalk.domain.mentorship import PAGE
from mentorwalk.domain.people import People, distinct_name, read_name
from mentorwalk.domain.question import Question
from mentorwalk.domain.showing import card_of
from mentorwalk.domain.text import clean
from mentorwalk.engine.frontend import Said
from mentorwalk.frontends.drawing import Drawing
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.library import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from support.figures import Figure

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.portable]

STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What would steer a terminal, or turn the direction in which a line is read."""
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PARSER = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify")
TYPED = tuple(filter(None, map(clean, HOSTILE)))
"""The texts as they are kept, once they were typed."""


def steers(text: str) -> list[str]:
    """What in a text would steer a terminal."""
    return STEERS.findall(text)


def batched(texts: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """So many texts at a time."""
    rest = iter(texts)
    while some := tuple(islice(rest, size)):
        yield some


def bare(text: str) -> str:
    """A text without its white space, however it was wrapped."""
    return re.sub(r"\s+", "", text)


def test_there_are_many_of_them(figure: Figure) -> None:
    figure("hostile texts", len(HOSTILE))
    assert len(HOSTILE) >= 500


# --- On the screen


def test_whatever_is_typed_steers_no_terminal() -> None:
    typed = [str(parse_answer(PURPOSE, text, TODAY) or "") for text in HOSTILE]
    assert [text for text in typed if steers(text)] == []
    assert all(steers(escape) for escape in ("\x1b[2J", "\x9b2J", "\u202ea", "\x07"))


PURPOSE, TODAY = FIRST_SESSION.fields["purpose"], session_of(FIRST_SESSION).opened.at.date()


@pytest.mark.parametrize(("width", "step"), [(100, 2), (40, 7)])
def test_on_a_card_every_text_can_be_read_and_does_nothing(width: int, step: int) -> None:
    drawing = Drawing(width)
    for text in TYPED[::step]:
        card = Card(ask=text, read=text, tip=text, hints=(text,), title=text, people=text)
        drawn = COLOUR.sub("", drawing.header(card) + drawing.body(card))
        assert steers(drawn) == []
        assert bare(drawn).count(bare(text)) >= 4


def test_on_a_sheet_every_text_can_be_read_and_does_nothing() -> None:
    asked = Question("a", PURPOSE, "label", TODAY)
    for text in TYPED[::3]:
        sheet = [replace(asked, value=text), replace(asked, label=text)]
        drawn = COLOUR.sub("", Drawing(100).sheet(Card(ask="All right?"), sheet, ""))
        assert steers(drawn) == []
        assert bare(text) in bare(drawn)


def test_line_by_line_every_text_can_be_read_and_does_nothing() -> None:
    for text in TYPED:
        said = io.StringIO()
        plain = PlainFrontend(io.StringIO("\n"), said)
        plain.ask(Card(ask=text), Question("a", PURPOSE, text, TODAY, value=text), None)
        assert steers(said.getvalue()) == []
        assert bare(said.getvalue()).count(bare(text)) >= 3


def test_pasted_on_the_live_screen_every_text_is_kept_as_it_reads() -> None:
    asked = Question("a", PURPOSE, "Say it", TODAY)
    for text in TYPED[::40]:
        if not text.startswith("/"):
            with fed(pasted(text), ENTER):
                assert LiveFrontend().ask(Card(ask="Say it"), asked, None) == Said(text)


# --- Names


def test_a_name_is_taken_as_it_reads_or_refused_with_a_sentence(figure: Figure) -> None:
    taken = 0
    for text in HOSTILE:
        try:
            name = read_name(text, "Mentor's name")
        except InputError as error:
            name = str(error)
        else:
            taken += 1
        assert (steers(name), "\n" in name) == ([], False)
    figure("hostile texts that were taken as names", taken)


@pytest.mark.parametrize("name", ["\u3164", "\u2800\u2800", "\u200b", "\u115f\u1160"])
def test_a_name_that_nobody_can_see_is_none(name: str) -> None:
    with pytest.raises(InputError, match="is empty"):
        read_name(name, "Mentor's name")


@pytest.mark.parametrize("other", ["Ada\u200b", "A\u00adda", "ada\u2060", "Ad\u3164a"])
def test_two_names_that_look_the_same_are_the_same(other: str) -> None:
    with pytest.raises(InputError, match="both called"):
        distinct_name(other, "Ada")


# --- In the documents


def made_of(markdown: str) -> list[Any]:
    """What a document is made of: its parts, without the words in them."""
    return [
        (token.type, token.tag, token.level, [child.type for child in token.children or ()])
        for token in PARSER.parse(markdown)
    ]


def condition_words(text: str) -> str:
    """As many lines of words that mean nothing to anybody."""
    return "\n".join("words" for line in clean(text).split("\n") if line.strip())


@cache
def agenda_for(number: int, *, clauses: bool) -> Agenda:
    """An agenda that asks for so many texts, and puts each into a clause, or not."""
    cards = tuple(
        Prompt(
            f"p{n}",
            ask=f"Text {n}?",
            record=(Field(f"f{n}", f"Text {n}"),),
            clause=Clause(f"Clause {n}", f"We say {{f{n}}}.") if clauses else None,
        )
        for n in range(number)
    )
    return replace(agenda_of(*cards), documents=FIRST_SESSION.documents)


def documents_of(texts: Iterable[str], people: People, *, clauses: bool) -> tuple[str, str]:
    """The summary and the agreement of a session where these were the answers."""
    said = {f"f{number}": text for number, text in enumerate(texts)}
    story = walked(said, agenda_for(len(said), clauses=clauses), people=people)
    return rendered(story, "summary.md"), rendered(story, "contract.md")


ADA = People("Ada", "Grace", "mentor")


def test_in_documents_every_answer_reads_as_plain_words_do() -> None:
    for texts in batched(TYPED, 100):
        summary, _ = documents_of(texts, ADA, clauses=False)
        _, contract = documents_of(texts, ADA, clauses=True)
        plain = [*map(condition_words, texts)]
        assert made_of(summary) == made_of(documents_of(plain, ADA, clauses=False)[0])
        assert made_of(contract) == made_of(documents_of(plain, ADA, clauses=True)[1])
        assert steers(summary + contract) == []


def names() -> Iterator[str]:
    """The texts that can be names."""
    for text in HOSTILE:
        try:
            yield read_name(text, "Name")
        except InputError:
            continue


def test_in_documents_every_name_reads_as_a_plain_one_does() -> None:
    plain = [made_of(text) for text in documents_of(["words"], ADA, clauses=True)]
    called = [*names()]
    for mentor, mentee in zip(called[::2], called[1::2], strict=False):
        documents = documents_of(["words"], People(mentor, mentee, "mentor"), clauses=True)
        assert [made_of(text) for text in documents] == plain


WHY = Prompt(
    "why",
    ask="Why?",
    record=(Field("purpose", "Purpose"), Field("goals", "Goals", "list"), Field("c", "Rhythm")),
    clause=Clause("How we meet", "We meet {c}."),
)


def mentorship_of(texts: Iterable[str]) -> str:
    """The page and the status of a mentorship in which each was said once, everywhere."""
    agenda = replace(agenda_of(WHY), documents=FIRST_SESSION.documents)
    said: list[dict[str, Value]] = [
        {"purpose": each, "goals": (" ".join(each.split()),), "c": each} for each in texts
    ]
    *earlier, last = (walked(each, agenda, people=ADA).session for each in said)
    renderer = replace(BUNDLED, earlier={str(n): each for n, each in enumerate(earlier)})
    page_text = renderer.text(last, PAGE, renderer.agreement(last))
    return f"{page_text}\n\n{renderer.status(last, last.people)}"


def test_on_the_page_of_a_mentorship_every_answer_reads_as_plain_words_do() -> None:
    differing = {" ".join(text.split()): text for text in TYPED}.values()
    for texts in batched(differing, 100):
        plain = [
            "\n".join(f"words{n}" if line.strip() else "" for line in text.split("\n"))
            for n, text in enumerate(texts)
        ]
        shown = mentorship_of(texts)
        assert made_of(shown) == made_of(mentorship_of(plain))
        assert steers(shown) == []


class Tags(HTMLParser):
    """The tags of a page, with what they say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, tuple(attrs)))


def test_on_pages_every_answer_and_name_is_escaped() -> None:
    someone = People("<script>alert(1)</script>", "\" onclick='a'", "mentor")
    for texts in batched(TYPED, 100):
        _, hostile = documents_of(texts, someone, clauses=True)
        _, plain = documents_of(map(condition_words, texts), ADA, clauses=True)
        assert Tags(page(hostile, "en", "page")).tags == Tags(page(plain, "en", "page")).tags


def test_in_an_invitation_every_name_and_place_is_escaped() -> None:
    for where, mentor in zip(TYPED[::3], [*names()][::3], strict=False):
        said = {"next_day": "2026-12-15", "format": where}
        session = walked(said, people=People(mentor, "Grace", "mentor")).session
        text = invitation(session, "2026-11-24-first-session", None).replace("\r\n ", "")
        parts = [line for line in text.split("\r\n") if line.startswith(("BEGIN", "END"))]
        assert parts == [
            *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM"),
            *("END:VALARM", "END:VEVENT", "END:VCALENDAR"),
        ]
        told = dict(line.split(":", 1) for line in text.split("\r\n") if line)
        assert unescaped(told["SUMMARY"]) == clean(f"Mentoring: Grace and {mentor}")
        assert unescaped(told["LOCATION"]) == where


def unescaped(text: str) -> str:
    """A text of a calendar as it reads (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda code: "\n" if code[1] in "nN" else code[1], text)


# --- In agendas, answers and file names

AGENDA = """\
mentorwalk: 1
id: hostile
title: {0}
minutes: 30
about: {0}
roles:
  mentor: {0}
contact:
  who: {0}
  how: {0}
aside:
  mentor: {0}
stuck:
  - {0}
phases:
  - id: a
    title: {0}
    short: A
    aim: {0}
    prompts:
      - id: b
        ask: {0}
        read: {0}
        tip: {0}
        stuck:
          - {0}
        settle:
          - id: c
            label: {0}
            help: {0}
            type: select
            unit: {0}
            choices:
              - {0}
              - pick: two
                says: {0}
            default: {0}
        clause:
          heading: {0}
          says: {0}
documents:
  - template: summary.md.j2
    file: summary.md
  - template: contract.md.j2
    file: contract.md
    accept: yes
"""
"""An agenda that says one text wherever it says any."""


def in_quotes(text: str) -> str:
    """A text as YAML reads it back: between quotes, with escapes."""
    return json.dumps(text)


def loaded(written: str) -> Agenda | str:
    """An agenda that says a text everywhere; or what was told about it."""
    try:
        return agenda_from(Source("hostile.yaml", AGENDA.replace("{0}", written)))
    except ProblemsFound as found:
        return str(found)


def everything_said(session: Session) -> str:
    """All that people see of a session of one card."""
    prompt = session.agenda.prompts["b"]
    card, sheet = card_of(session, prompt, 9), sheet_of(session, prompt)
    drawing = Drawing(80)
    drawn = drawing.header(card) + drawing.body(card) + drawing.sheet(card, sheet, "")
    return COLOUR.sub("", drawn) + "\n".join(o.shown for q in sheet for o in q.options)


def test_an_agenda_that_says_it_everywhere_loads_or_is_told_in_a_sentence(figure: Figure) -> None:
    good = 0
    for text in HOSTILE:
        agenda = loaded(in_quotes(text))
        if isinstance(agenda, str):
            assert agenda.startswith("hostile.yaml:")
            assert steers(agenda) == []
        else:
            good += 1
            if good % 5 == 0:
                assert steers(everything_said(session_of(agenda))) == []
    figure("agendas of a hostile text that loaded", good)
    assert good > len(HOSTILE) / 2


@pytest.mark.parametrize("form", ["{}", "|\n  {}", "- {}", "'{}'"])
def test_an_agenda_with_it_written_by_hand_is_told_in_a_sentence(form: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    for text in HOSTILE:
        written = f"mentorwalk: 1\nid: a\ntitle: {form.format(text)}\nminutes: 30\n"
        path.write_bytes(written.encode(errors="surrogatepass"))
        with pytest.raises(InputError) as told:
            agenda_from(read_source(path))
        assert steers(str(told.value)) == []


def said_of(path: Path, answers: str) -> str:
    """All that comes of a file of answers: what was read, and what was told."""
    path.write_bytes(answers.encode(errors="surrogatepass"))
    try:
        said, problems = answers_from(read_source(path), FIRST_SESSION, TODAY, {})
    except InputError as error:
        return str(error)
    return "\n".join(map(str, (*said.values.values(), *problems)))


def test_answers_with_it_are_read_or_told_in_a_sentence(tmp_path: Path) -> None:
    for text in HOSTILE:
        for written in (f"purpose: {in_quotes(text)}", f"{in_quotes(text)}: a", f"purpose: {text}"):
            assert steers(said_of(tmp_path / "answers.yaml", written)) == []


def test_whoever_is_called_so_is_found_or_told_in_a_sentence(tmp_path: Path) -> None:
    home = library(tmp_path)
    for text in HOSTILE:
        for look in (home.agenda, home.session):
            told = ""
            try:
                look(text)
            except InputError as error:
                told = str(error)
            assert steers(told) == []


# --- Whatever else somebody may think of


words = st.text(min_size=1).map(clean).filter(bool)


@given(words, words)
@settings(UNHURRIED, max_examples=40)
def test_any_two_texts_read_as_plain_words_in_the_agreement(one: str, other: str) -> None:
    _, hostile = documents_of([one, other], ADA, clauses=True)
    _, plain = documents_of(map(condition_words, [one, other]), ADA, clauses=True)
    assert made_of(hostile) == made_of(plain)
