"""Notes in prose become an agenda that checks clean, says where it guessed, and gives them back."""

from __future__ import annotations

import os
import re
import string
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.building import UNHURRIED
from support.commands import Ran, ran

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.importing import agenda_of
from mentorwalk.authoring.prose import Notes, Point, Section, read_notes
from mentorwalk.authoring.validation import examine
from mentorwalk.documents.leaflet import leaflet_page
from mentorwalk.domain.overview import overview_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTES = """\
# First week

For somebody new.

## Hello (10 min)

- How was your **first** morning? (4 min)
- Who have you met, e.g. at lunch?

## The work

What this is for.

1. Think of one week. What do you want to learn? What first? (5 min)
2. [ ] Tell a story
   from your first year.

   Take your time.

## Until next time
"""


# --- Reading


def test_lines_in_bold_are_headings_where_there_are_no_others() -> None:
    bold = "**First week**\n\n**Hello** – 10 min\n- Who are you?\n\n__The work:__\n- Why?\n"
    assert read_notes(bold) == Notes(
        "First week",
        "",
        (
            Section("Hello", 2, 10, points=(Point("Who are you?"),)),
            Section("The work", 2, points=(Point("Why?"),)),
        ),
    )
    assert [each.title for each in read_notes(f"# Talk\n\n{bold}").sections] == ["Talk"]


def test_headings_are_phases_and_bullets_what_is_asked() -> None:
    assert read_notes(NOTES) == Notes(
        "First week",
        "For somebody new.",
        (
            Section(
                *("Hello", 2, 10),
                points=(
                    Point("How was your first morning?", 4),
                    Point("Who have you met, e.g. at lunch?"),
                ),
            ),
            Section(
                *("The work", 2, None, "What this is for."),
                points=(
                    Point("What do you want to learn?", 2.5, "Think of one week.", 2),
                    Point("What first?", 2.5, "", 2),
                    Point("Tell a story from your first year.", None, "Take your time."),
                ),
            ),
            Section("Until next time", 2),
        ),
    )


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("", Notes("", "", ())),
        ("no heading\n- a?", Notes("", "no heading", ())),
        ("# One\n- a?", Notes("", "", (Section("One", 1, points=(Point("a?"),)),))),
        ("# One\n# Two", Notes("", "", (Section("One", 1), Section("Two", 1)))),
        (
            "# One\n## A\n### B\n- b?",
            Notes("One", "", (Section("A: B", 3, points=(Point("b?"),)),)),
        ),
        ("One\n===\n\nA\n---\nWhy?", Notes("One", "", (Section("A", 2, points=(Point("Why?"),)),))),
        ("---\nby: me\n---\n# A ##\n<!-- not\nthis -->- *a*?", None),
        ("# A\n- see [this](https://a.org) ?\n- b", None),
    ],
)
def test_notes_are_read_as_people_write_them(text: str, notes: Notes | None) -> None:
    found = read_notes(text)
    assert found == notes or (notes is None and found.sections[0].title == "A")


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("Why? (5 min)", 5),
        ("Why? (about 5 minutes)", 5),
        ("Why (2.5 min.)?", 2.5),
        ("Why? (2,5 Min.)", 2.5),
        ("Why? (5')", 5),
        ("Why? (5-10 min)", 10),
        ("(7 minut) Why?", 7),
        ("Why? [5 min]", 5),
        ("Why? – 5 minutes", 5),
        ("Why? - 5 min", 5),
        ("Why? (half an hour)", 30),
        ("Why? (1.5 h)", 90),
        ("Why? (30s)", 0.5),
        ("Why? (0 min)", None),
        ("Why? (5 people)", None),
    ],
)
def test_minutes_stand_in_brackets(said: str, minutes: float | None) -> None:
    ((point,),) = (section.points for section in read_notes(f"# A\n- {said}").sections)
    assert (point.ask.removesuffix(" (5 people)"), point.minutes) == ("Why?", minutes)


def test_only_names_that_every_agenda_has_stay_in_braces() -> None:
    notes = read_notes("# {mentee} and {us}\n- What does {mentor} {bring? (see {contact})\n- }{?")
    ((title, asked),) = ((each.title, each.points) for each in notes.sections)
    assert (title, [point.ask for point in asked]) == (
        "{mentee} and (us)",
        ["What does {mentor} (bring?", ")(?"],
    )


def test_lines_above_a_question_belong_to_it_in_their_paragraph() -> None:
    notes = read_notes(
        "# Review\nSet goals that are specific\n"
        "Think about benchmarks to measure success. What do you hope to achieve?\n"
        "Create an Action Plan.\nWhat steps will you take? (5 min)\nAssign homework\n"
        "Write it down\n"
    )
    (section,) = notes.sections
    assert section.points == (
        Point(
            "What do you hope to achieve?",
            more="Set goals that are specific. Think about benchmarks to measure success.",
        ),
        Point(
            "What steps will you take?",
            5,
            "Create an Action Plan. Assign homework. Write it down",
        ),
    )


def test_a_paragraph_whose_lines_are_full_is_read_as_one() -> None:
    notes = read_notes(
        "# Hello\nReview your partner's resume, and visit their\n"
        "page. Before that, look at what they say of themselves and the\n"
        "LinkedIn profile. Who are you? Take your time over that, and say what\n"
        "matters to you.\n"
    )
    (section,) = notes.sections
    lead = "Review your partner's resume, and visit their page. Before that, look at what they say "
    assert section.points == (
        Point(
            "Who are you?",
            more=f"{lead}of themselves and the LinkedIn profile. Take your time over that, and say "
            "what matters to you.",
        ),
    )


def test_numbers_and_letters_begin_points_too() -> None:
    (section,) = read_notes("# A\n1) Why?\na. Which?\nb) Who?").sections
    assert [point.ask for point in section.points] == ["Why?", "Which?", "Who?"]


# --- Writing


def imported(text: str) -> str:
    """The agenda that is made of notes."""
    return agenda_of(read_notes(text), "notes").text


def test_where_something_was_guessed_the_agenda_says_so() -> None:
    guesses = re.findall(r"# guessed: (.*)", imported(NOTES))
    assert guesses == [
        "the language of your words, such as en or pl",
        "offered one at a time when the talk stalls",
        "the notes have no minutes here",
        "what is true once this part has gone well",
        "the minutes of one line, for 2 questions",
        "the minutes of one line, for 2 questions",
        "no question mark was there; is this what you ask?",
        "the notes have no minutes here",
        "no question was below this heading; is this what you ask?",
        "the notes have no minutes here",
    ]


def test_the_longer_of_two_lengths_is_a_guess() -> None:
    text = imported("# A\n- Why? - 10-15 min\n- Who? Where? (5–8 min)\n")
    assert re.findall(r"        minutes: (\S+) +# guessed: (.*)", text) == [
        ("15", "the notes have 10-15 min"),
        ("4", "the notes have 5-8 min, for 2 questions"),
        ("4", "the notes have 5-8 min, for 2 questions"),
    ]


def test_a_heading_whose_minutes_do_not_add_up_says_so() -> None:
    text = imported("# A (10 min)\n- Why? (3 min)")
    assert "# guessed: the notes have 10 min for this part, and 3 min for what is in it" in text


def test_what_is_not_taken_over_of_the_notes_is_told() -> None:
    text = imported("Duration: 45 min\n# 2. A talk\n- {Mentee}, what does {name} do? (1:30)")
    assert re.findall(r"# guessed: (.*)", text)[1:] == [
        "the notes have 45 min for all of it",
        "`{name}` stands in round brackets: an agenda knows no such name",
        "offered one at a time when the talk stalls",
        "how long the notes say was not understood",
    ]
    assert "{mentee}, what does (name) do?" in text
    assert "short: A talk" in text


def test_an_imported_agenda_needs_no_mending(tmp_path: Path) -> None:
    (tmp_path / "week.md").write_text(NOTES, encoding="utf-8")
    ended = ran("agenda", "import", tmp_path / "week.md")
    assert (ended.code, ended.lines) == (
        0,
        [
            str(tmp_path / "week.yaml"),
            "3 phases, 6 cards, 21 minutes. 10 guesses are marked with `# guessed:`.",
            f"mentorwalk agenda check {tmp_path / 'week.yaml'}",
            f"mentorwalk agenda show {tmp_path / 'week.yaml'}",
            f"mentorwalk start --rehearse {tmp_path / 'week.yaml'}",
        ],
    )
    checked = ran("agenda", "check", "--strict", tmp_path / "week.yaml")
    assert checked == Ran(0, "1 agenda: no problems found.\n", "")


@UNHURRIED
@given(st.text() | st.text(alphabet="#-*1.) \n?!:{}()5min'\"|>[]<&~`_=aÄ日"))
@example("{a}")
def test_whatever_notes_say_their_agenda_has_no_errors(text: str) -> None:
    notes = read_notes(f"# A heading\n{text}")
    found = examine(Source("notes.yaml", agenda_of(notes, "notes").text))
    assert found.problems == ()


# --- And back


class Line(NamedTuple):
    """A line of simple notes."""

    words: str
    minutes: int | None = None

    def __str__(self) -> str:
        return f"{self.words} ({self.minutes} min)" if self.minutes else self.words


WORD = st.text(string.ascii_lowercase + "äßłżñé日語", min_size=1, max_size=9)
WORDS = st.lists(WORD, min_size=1, max_size=8).map(" ".join).map(lambda said: f"A{said}")
QUESTIONS = st.builds(
    Line, WORDS.map(lambda said: f"{said}?"), st.none() | st.integers(min_value=1, max_value=40)
)
SIMPLE = st.lists(
    st.tuples(WORDS.map(Line), st.lists(QUESTIONS, min_size=1, max_size=5)), min_size=1, max_size=5
)


def expected(sections: list[tuple[Line, list[Line]]]) -> Iterator[str]:
    """The headings, questions and minutes of notes, in order."""
    for heading, questions in sections:
        yield f"### {heading.words} ("
        for question in questions:
            yield f"- {question.words} ("
            if question.minutes:
                yield f"{question.minutes} min)\n"


@UNHURRIED
@given(WORDS, SIMPLE)
def test_the_leaflet_gives_headings_questions_and_minutes_back(
    title: str, sections: list[tuple[Line, list[Line]]]
) -> None:
    lines = [f"# {title}"]
    for heading, questions in sections:
        lines += [f"## {heading}", "", *(f"- {question}" for question in questions), ""]
    agenda = agenda_from(Source("notes.yaml", imported("\n".join(lines))))
    leaflet = leaflet_page(overview_of(agenda, agenda.minutes))
    assert leaflet.startswith(f"# {title}\n")
    at = leaflet.index("## What to ask")
    for told in expected(sections):
        at = leaflet.index(told, at) + len(told)


# --- The command


def test_an_agenda_that_is_there_is_replaced_only_after_asking(tmp_path: Path) -> None:
    (tmp_path / "week.md").write_text(NOTES, encoding="utf-8")
    mine = tmp_path / "week.yaml"
    text = "mentorwalk: 1\nid: week\ntitle: mine\n"
    mine.write_text(text, encoding="utf-8")
    for typed, code in (("", 130), ("n\n", 1)):
        ended = ran("agenda", "import", tmp_path / "week.md", typed=typed)
        assert (ended.code, ended.err) == (code, "Nothing was written.\n")
        assert mine.read_text(encoding="utf-8") == text
    ended = ran("agenda", "import", tmp_path / "week.md", typed="y\n")
    assert (ended.code, ended.out.startswith(f"{mine} is there already. Replace it?")) == (0, True)
    assert "title: |\n  First week\n" in mine.read_text(encoding="utf-8")
    mine.write_text(text, encoding="utf-8")
    assert ran("agenda", "import", tmp_path / "week.md", "--yes").code == 0
    assert "First week" in mine.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["Dear diary\n", "mentorwalk: 1\nid: lunch\n", "id: plan\n"], ids=["no", "id", "key"]
)
def test_what_is_no_agenda_of_the_same_id_is_left_alone_also_with_yes(
    text: str, tmp_path: Path
) -> None:
    notes, there = tmp_path / "week.md", tmp_path / "plan.yaml"
    notes.write_text(NOTES, encoding="utf-8")
    there.write_text(text, encoding="utf-8")
    ended = ran("agenda", "import", notes, "--yes", "--out", there)
    told = "There is a file already, and it is not an agenda with `id: plan`: it is left alone."
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"{there}: {told} A free name is plan-2.yaml.\n"
    assert there.read_text(encoding="utf-8") == text


def test_a_link_or_a_pipe_in_the_place_of_an_agenda_is_not_replaced(tmp_path: Path) -> None:
    notes, link, pipe = (tmp_path / name for name in ("week.md", "link.yaml", "pipe.yaml"))
    notes.write_text(NOTES, encoding="utf-8")
    link.symlink_to(notes)
    os.mkfifo(pipe)
    for path in (link, pipe):
        ended = ran("agenda", "import", notes, "--yes", "--out", path)
        assert (ended.code, "it is left alone" in ended.err) == (1, True)
    assert notes.read_text(encoding="utf-8") == NOTES


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 ...", "This is a PDF. Copy its text into a plain text file, with a `#`"),
        (b"PK\x03\x04\x00", "This is a Word file, or another one that is packed like it. Copy"),
        (b"\xd0\xcf\x11\xe0\x00", "This is an old Word file. Copy"),
        (b"{\\rtf1 Hello}", "This is a file of a word processor (RTF). Copy"),
        (b"<!DOCTYPE html><p>", "This is a web page. Copy"),
        (b" \n", "This file is empty."),
        (b"Hello\n\n- Why?\n", "There is no heading in these notes. Each part of the talk needs"),
        (b"mentorwalk: 1\n", "This is an agenda already: `mentorwalk agenda check` reads it."),
        (b"# A\n" + b"- Why?\n" * 101, "These are 101 questions, and nobody comes to more than"),
        (b"# A\n" * 3_000_000, "This file is too large: 256 KB at most."),
        (b"# A\n- \xff", "2:3: This character is not UTF-8: save the file as UTF-8."),
    ],
    ids=[
        *("pdf", "docx", "doc", "rtf", "html", "empty", "no heading", "agenda", "too many"),
        *("10 MB", "latin-1"),
    ],
)
def test_what_is_no_notes_is_told_in_a_sentence(content: bytes, told: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_bytes(content)
    ended = ran("agenda", "import", notes)
    assert (ended.code, ended.out, (tmp_path / "notes.yaml").exists()) == (1, "", False)
    assert told in ended.err
    assert ended.err.startswith(f"{notes}:")


def test_notes_are_never_written_over(tmp_path: Path) -> None:
    notes = tmp_path / "notes.yaml"
    notes.write_text(NOTES, encoding="utf-8")
    ended = ran("agenda", "import", notes, "--yes")
    assert (ended.code, notes.read_text(encoding="utf-8")) == (1, NOTES)
