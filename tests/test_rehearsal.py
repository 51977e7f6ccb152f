"""Rehearsals and the demo: the same walk, marked, and nothing is left behind."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from support.commands import ENTERS
from support.terminals import FakeClock
from typer.testing import CliRunner

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.cli.app import app
from mentorwalk.domain.card import Card
from mentorwalk.domain.fields import Field
from mentorwalk.domain.question import Question
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.playing import PlayingFrontend
from mentorwalk.frontends.transcript import TranscriptFrontend
from mentorwalk.storage.clocks import FastClock
from mentorwalk.storage.library import library
from mentorwalk.workflows.demo import AGENDA, WORDS, DemoClock, play
from mentorwalk.workflows.lobby import StartOptions
from mentorwalk.workflows.rehearsal import RehearsalResult, rehearse
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import Frontend


def rehearsed(home: Path, *lines: str) -> tuple[RehearsalResult, str]:
    """A rehearsal by somebody who types these lines, then only Enter; and what it said."""
    runner = SessionRunner(library(home), FakeClock())
    typed = "".join(f"{line}\n" for line in lines) + ENTERS
    target = io.StringIO()
    frontend = PlainFrontend(io.StringIO(typed), target)
    script = load_agenda(runner.library, "first-session", None)
    return rehearse(
        runner, script, StartOptions("Ada", "Grace", 45), frontend, 60
    ), target.getvalue()


def test_a_rehearsal_ends_with_marked_documents_and_leaves_nothing_behind(tmp_path: Path) -> None:
    came, _ = rehearsed(tmp_path / "home")
    marks = [(name, text.split("\n")[0]) for name, text in came.documents]
    said = "*This is from a rehearsal: nobody has agreed to anything.*"
    assert marks == [("summary.md", said), ("contract.md", said)]
    assert not (tmp_path / "home").exists()


def test_every_card_of_a_rehearsal_is_marked(tmp_path: Path) -> None:
    _, said = rehearsed(tmp_path)
    cards = said.split("\n\nRehearsal: nothing is kept.\n")
    assert len(cards) > 15
    assert "of 2\n" not in cards[0]
    assert said.count("This is from a rehearsal") == 1  # the agreement, where they decide


def test_a_rehearsal_that_is_left_has_no_documents(tmp_path: Path) -> None:
    came, _ = rehearsed(tmp_path, "", "", "", "", "/stop")
    assert (came.documents, came.session.closed) == ((), None)


def test_a_fast_clock_makes_a_minute_of_a_second() -> None:
    real = FakeClock()
    fast = FastClock(60, real)
    real.advance(2)
    assert fast.monotonic() - FakeClock().monotonic() == 120
    assert fast.now() - real.began == timedelta(minutes=2)


def test_the_command_rehearses_and_says_so(tmp_path: Path) -> None:
    arguments = ["--home", str(tmp_path / "home"), "start", "--rehearse", "--mentor", "Ada"]
    result = CliRunner().invoke(app, [*arguments, "--mentee", "Grace"], input=ENTERS)
    assert result.exit_code == 0
    assert "That was a rehearsal: nothing was kept." in result.output
    assert "# Our mentoring agreement" in result.output
    assert not (tmp_path / "home").exists()


def test_a_rehearsal_cannot_be_walked_from_answers(tmp_path: Path) -> None:
    arguments = ["start", "--rehearse", "--answers", str(tmp_path / "a.yaml")]
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_a_speed_that_is_no_number_is_told(tmp_path: Path) -> None:
    arguments = ["--home", str(tmp_path), "start", "--rehearse", "--speed", "nan"]
    assert CliRunner().invoke(app, arguments).exit_code == 2


# The demo


def pictures(drawn: str) -> list[list[str]]:
    """What stood on the screen, one picture after another, as lines without colours."""
    plain = re.sub(r"\x1b\[[0-9;]*[mKJ]", "", drawn)
    return [picture.split("\r\n") for picture in plain.split("\x1b[H")[1:]]


def played(
    home: Path, frontend: type[PlayingFrontend | TranscriptFrontend], **more: object
) -> RehearsalResult:
    """A demo, played as fast as it can be."""
    clock = DemoClock(FakeClock().now())
    runner = replace(SessionRunner(library(home), FakeClock()), clock=clock)

    def on(said: dict[str, Value]) -> Frontend:
        """The frontend, with what is said."""
        return frontend(said, advance=clock.advance, **more)  # type: ignore[arg-type]  # either's

    return play(runner, load_agenda(runner.library, AGENDA, None), clock, on)


@pytest.fixture(scope="module")
def transcript(tmp_path_factory: pytest.TempPathFactory) -> tuple[RehearsalResult, str, Path]:
    """A demo in a pipe: what came of it, what was said, and its home."""
    home, target = tmp_path_factory.mktemp("demo") / "home", io.StringIO()
    return played(home, TranscriptFrontend, target=target), target.getvalue(), home


def test_everything_that_is_said_in_the_demo_fits_its_agenda(
    transcript: tuple[RehearsalResult, str, Path],
) -> None:
    answers = transcript[0].session.answers
    assert {key for key in WORDS if key not in answers} == set()


def test_the_demo_shows_what_would_be_written_and_keeps_nothing(
    transcript: tuple[RehearsalResult, str, Path],
) -> None:
    came, _, home = transcript
    (_, summary), (_, contract) = came.documents
    assert summary.startswith("*This is from a demo: nobody has agreed to anything.*\n\n# Grace")
    assert WORDS["purpose"] in summary
    assert "We meet every two weeks" in contract
    assert f"Ada: “You can count on me to {WORDS['mentor_promise']}.”" in contract
    assert not home.exists()


def test_in_a_pipe_the_demo_is_a_transcript_with_what_is_typed(
    transcript: tuple[RehearsalResult, str, Path],
) -> None:
    _, said, _ = transcript
    assert "What Grace is here for\n" in said
    assert f"> {WORDS['purpose']}\n" in said


def test_the_agreement_in_a_demo_says_that_it_is_from_a_demo(
    transcript: tuple[RehearsalResult, str, Path],
) -> None:
    _, said, _ = transcript
    assert said.count("*This is from a demo: nobody has agreed to anything.*") == 1
    assert "rehearsal" not in said


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), [(60, 20), (100, 30)])
def test_on_a_screen_the_demo_is_over_in_less_than_a_minute_and_an_hour_of_its_own(
    columns: int, rows: int, tmp_path: Path
) -> None:
    waited: list[float] = []
    target = io.StringIO()
    size = lambda _target: (columns, rows)  # noqa: E731
    came = played(tmp_path, PlayingFrontend, target=target, wait=waited.append, size=size)
    shown = pictures(target.getvalue())
    lines = [line for picture in shown for line in picture]
    assert sum(waited) < 50
    assert came.session.closed is not None
    assert abs(came.session.closed.elapsed / 60 - 60) < 3
    assert all("Demo: it plays itself, and nothing is kept" in picture[0] for picture in shown)
    assert {len(picture) for picture in shown} == {rows}
    assert max(cell_len(line) for line in lines) <= columns
    assert any(f"› {WORDS['mentor_step'][:20]}▌" in line for line in lines)
    assert any("Try: " in line for line in lines)


def test_a_sheet_stands_whole_in_the_demo_where_there_is_room_without_its_question() -> None:
    target = io.StringIO()
    sheet = [
        Question(str(n), Field("line", f"Line {n}"), f"Line {n}", FakeClock().began.date())
        for n in range(9)
    ]
    card = Card(ask="Is every line all right?", title="A talk", speaks="Both speak")
    demo = PlayingFrontend({}, target=target, wait=lambda _: None, size=lambda _target: (60, 19))
    demo.settle(card, sheet, None)
    (shown,) = pictures(target.getvalue())
    assert [line.split()[:3] for line in shown[4:13]] == [
        [str(n + 1), "Line", str(n)] for n in range(9)
    ]


def test_the_command_plays_in_a_pipe_and_shows_the_documents() -> None:
    result = CliRunner().invoke(app, ["demo"])
    assert result.exit_code == 0
    assert "\n--- contract.md ---\n" in result.output
    assert "That was a demo. Begin your own with: mentorwalk start" in result.output
