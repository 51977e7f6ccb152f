"""An agenda at a glance: what is counted, and how it looks in a pipe, on a page, on a screen."""

from __future__ import annotations

import io

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from support.building import agenda_written, first_session
from typer.testing import CliRunner

from mentorwalk.cli.app import app
from mentorwalk.domain.agenda import plan
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.overview import overview_of
from mentorwalk.frontends.overview_rich import show
from mentorwalk.frontends.overview_text import markdown, minutes_words, plain_lines

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
PLAIN = """\
A talk with Guest, 10 minutes (from 10 to 20 can be planned), 2 cards
Short.
And good.

0:00 The beginning, 4 min
  4 min: How are you, Guest?
       Guest alone; writes down: Mood | weather (each), For you (in private)

4:00 The end, 6 min
  6 min: Until when?
       both, Guide first; writes down: Day; words to be read aloud; kept when time runs out

Left out in 10 minutes
  What else?
       both; from 15 minutes on

Beside the plan, to be pulled in
  A wish?
       Guide alone

Who speaks: Guide 30 %, Guest 70 %
Beforehand: Guest 1 question
Written at the end: ours.md

For Guide's eyes only:
  Listen.
"""


def test_in_a_pipe_it_is_lines() -> None:
    told = "\n".join(plain_lines(overview_of(agenda_written(TALK), 10)))
    assert f"{told}\n" == PLAIN


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


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(12, "0.5 min"), (124, "2 min"), (160, "2.5 min"), (373, "6 min"), (599, "10 min")],
)
def test_a_length_is_told_in_half_minutes_while_it_is_short(seconds: int, words: str) -> None:
    assert minutes_words(seconds) == words


def test_a_length_that_cannot_be_planned_is_refused() -> None:
    with pytest.raises(InputError):
        overview_of(first_session(), 10)


def test_as_a_page_it_is_markdown_in_which_texts_mean_nothing_else() -> None:
    page = MarkdownIt().enable("table").render(markdown(overview_of(agenda_written(TALK), 10)))
    assert "<td>Mood | weather (each), For you (in private)</td>" in page
    assert page.count("<tr>") == 4
    assert "<td>4 min</td>" in page


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_on_a_screen_no_line_is_longer_than_the_screen(columns: int) -> None:
    drawn = io.StringIO()
    show(overview_of(first_session(), 60), drawn, columns)
    assert max(cell_len(line) for line in drawn.getvalue().split("\n")) <= columns
    assert "1.5 min" in drawn.getvalue()
    assert "Read our agreement together." in " ".join(drawn.getvalue().split())


def test_the_command_shows_an_agenda_for_a_length() -> None:
    result = CliRunner().invoke(app, ["agenda", "show", "--minutes", "45"])
    assert result.exit_code == 0
    assert result.output.startswith(
        "First mentoring session, 45 minutes (from 45 to 90 can be planned)"
    )
