"""An agenda at a glance: what is counted, and how it looks in a pipe and on a terminal."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from support.building import agenda_of, agenda_written, first_session
from support.commands import Ran, ran
from support.terminals import Pty, folded

from mentorwalk.documents.leaflet import leaflet_page
from mentorwalk.documents.overview import overview_page
from mentorwalk.domain.agenda import Drawn, Prompt
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.overview import overview_of
from mentorwalk.domain.planning import plan
from mentorwalk.domain.text import in_one_line, minutes_words

if TYPE_CHECKING:
    from pathlib import Path

TALK = """\
mentorwalk: 1
id: talk
title: A talk with {mentee}
minutes: 10
longest: 20
about: |
  Short.

  And good.
roles:
  mentor: Guide
  mentee: Guest
aside:
  mentor: Listen.
phases:
  - id: one
    title: The beginning
    short: Begin
    aim: To know {mentee} a little.
    prompts:
      - id: hello
        ask: How are you, {mentee}?
        to: mentee
        minutes: 4
        record:
          - id: mood
            label: Mood | weather
            by: each
          - id: secret
            label: For you
            private: yes
      - id: more
        ask: What else?
        at_least: 15
        minutes: 4
  - id: two
    title: The end
    short: End
    prompts:
      - id: bye
        ask: Until when?
        first: mentor
        minutes: 6
        keep: yes
        read: Read this.
        settle:
          - id: day
            label: Day
            type: date
            prepare: mentee
      - id: wish
        ask: A wish?
        to: mentor
        extra: yes
documents:
  - template: summary.md.j2
    file: ours.md
"""
PAGE = """\
# A talk with Guest

10 minutes (from 10 to 20 can be planned), 2 cards. Who speaks: Guide 30 %, Guest 70 %.

Short.

And good.

| begins | phase |  | lasts |
|--:|---|---|--:|
| 0:00 | Begin | ██████████░░░░░░░░░░░░░░ | 4 min |
| 4:00 | End | ░░░░░░░░░░██████████████ | 6 min |

## The beginning, 4 min

To know Guest a little.

- 4 min: How are you, Guest? ⏎
  Guest alone ⏎
  writes down: Mood \\| weather (each), For you (in private)

## The end, 6 min

- 6 min: Until when? ⏎
  both, Guide first; words to be read aloud; kept when time runs out ⏎
  writes down: Day

## Left out in 10 minutes, to be pulled in

- What else? ⏎
  both; from 15 minutes on

## Not in the plan, to be pulled in

- A wish? ⏎
  Guide alone

Beforehand: Guest 1 question.

Written at the end: ours.md.

## For Guide's eyes only

Listen.
""".replace(" ⏎", "  ")
"""The page, where `⏎` stands for the two spaces that break a line."""
LEAFLET = """\
# A talk with Guest

**10 to 20 minutes, 10 as a rule.**

Short.

And good.

## How to hold it, and what not to do

- Listen.

## What to ask

### The beginning (4 min)

- How are you, Guest? (4 min)

### The end (6 min)

- Until when? (6 min)

## What is written down

Mood \\| weather; Day. Kept in ours.md, with whoever types; nothing is sent.
"""
"""The leaflet for whoever holds the talk."""


def test_a_leaflet_names_a_few_lines_and_says_who_else_sees_them() -> None:
    fields = "\n".join(f"          - {{id: a{n}, label: 'Line {n}?'}}" for n in range(5))
    text = TALK.partition("        record:")[0] + f"        record:\n{fields}\n"
    alone = agenda_written(text.replace("mentorwalk: 1\n", "mentorwalk: 1\nkind: exercise\n"))
    last = leaflet_page(overview_of(alone, 10)).rstrip("\n").rpartition("\n\n")[2]
    assert last == (
        "Line 0; Line 1; Line 2; and 2 more lines. Kept with whoever types, in no document; "
        "nothing is sent. Whoever does it alone chooses what to share."
    )


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (
            "What have you learned:\n- about  your work\n- about yourself?",
            "What have you learned: about your work; about yourself?",
        ),
        ("- First.\n- Then?\n\nAnd now?", "First. Then? And now?"),
        ("How are\nyou - well?", "How are you - well?"),
        ("", ""),
    ],
)
def test_a_list_within_a_question_keeps_its_items_apart(ask: str, told: str) -> None:
    assert in_one_line(ask) == told


def test_it_is_a_page_of_markdown() -> None:
    assert overview_page(overview_of(agenda_written(TALK), 10)) == PAGE


def test_it_tells_what_a_card_waits_for_and_what_it_shows() -> None:
    areas = Field("areas", "Areas of {mentee}", type="checkbox", choices=(Choice("Rest"),), max=3)
    now = Field("now", "Now", type="ratings", items_from="areas")
    means = Field("means", "What {item} means", each_of="areas")
    waits = (Condition("now", ("..3", "5")), Condition("means", ()))
    cards = (
        Prompt("areas", "Which?", record=(areas, now, means)),
        Prompt("look", "And?", when=waits, picture=Drawn("wheel", "now")),
        Prompt("end", "Well?", when=(Condition("areas", ("Rest",)),)),
    )
    overview = overview_of(replace(agenda_of(*cards), when_to_use="When {mentee} asks."), 60)
    assert overview.when_to_use == "When Mentee asks."
    assert [(card.written, card.marks) for card in overview.phases[0].cards] == [
        (("Areas of Mentee", "Now", "What … means (for each of “Areas of Mentee”)"), ()),
        (
            (),
            (
                "only if “Now” has one of these answers: “3 or less”, “5”",
                "only if “What … means” has an answer",
                "shows a wheel",
            ),
        ),
        ((), ("only if “Areas of Mentee” has the answer “Rest”",)),
    ]


def test_a_longer_session_leaves_less_out() -> None:
    overview = overview_of(agenda_written(TALK), 15)
    assert ([card.ask for card in overview.left_out], overview.cards) == ([], 3)


@pytest.mark.parametrize("minutes", [45, 60, 75, 90])
def test_its_times_are_those_of_the_plan(minutes: int) -> None:
    agenda = first_session()
    overview = overview_of(agenda, minutes)
    seconds = {card.id: card.seconds for phase in overview.phases for card in phase.cards}
    assert seconds == plan(agenda, minutes).seconds
    assert overview.phases[-1].begins + overview.phases[-1].seconds == minutes * 60
    assert sum(share for _, share in overview.shares) == 100


def test_a_length_is_told_in_half_minutes_while_it_is_short() -> None:
    expected: dict[int, str] = {
        12: "0.5 min",
        124: "2 min",
        160: "2.5 min",
        373: "6 min",
        599: "10 min",
    }
    assert {seconds: minutes_words(seconds) for seconds in expected} == expected


def test_a_length_that_cannot_be_planned_is_refused() -> None:
    with pytest.raises(InputError):
        overview_of(first_session(), 10)


def test_texts_mean_nothing_else_in_its_markdown() -> None:
    page = MarkdownIt().enable("table").render(PAGE)
    assert "writes down: Mood | weather (each), For you (in private)</li>" in page
    assert page.count("<tr>") == 3


@pytest.mark.parametrize(
    ("options", "page"), [((), PAGE), (("--markdown",), LEAFLET)], ids=["page", "leaflet"]
)
def test_the_command_prints_the_page_into_a_pipe(
    tmp_path: Path, options: tuple[str, ...], page: str
) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(TALK, encoding="utf-8")
    assert ran("agenda", "show", path, *options) == Ran(0, page, "")


def test_the_command_shows_an_agenda_for_a_length() -> None:
    lasts = "\n\n45 minutes (from 45 to 90 can be planned), "
    assert ran("agenda", "show", "--minutes", "45").out.count(lasts) == 1


@pytest.mark.parametrize("columns", [60, 80])
def test_on_a_terminal_it_is_drawn_whole_and_fits(tmp_path: Path, columns: int) -> None:
    lines = drawn(tmp_path, columns, "UTF-8")
    assert max(map(cell_len, lines)) <= columns
    assert "  18:30  Purpose  ░░░░░░░███████░░░░░░░░░░   17 min" in lines
    assert " • 3 min: Read our agreement quietly, and each pick a" in folded(" ".join(lines))


def test_on_a_terminal_without_unicode_it_is_the_page_in_plain_letters(tmp_path: Path) -> None:
    lines = drawn(tmp_path, 80, "ascii")
    assert "| 18:30 | Purpose | .......#######.......... | 17 min |" in lines
    assert [line for line in lines if not line.isascii()] == []


def drawn(folder: Path, columns: int, encoding: str) -> list[str]:
    """Return the lines that `agenda show` draws on a terminal, without colours."""
    inherited = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    environment = {**inherited, "TERM": "xterm", "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "mentorwalk", "agenda", "show"]
    with Pty(command, environment, folder, columns) as terminal:
        assert terminal.ended() == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", terminal.raw.decode())
    return [line.rstrip() for line in text.splitlines()]
