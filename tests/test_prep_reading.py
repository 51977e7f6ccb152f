"""Reading a preparation file that somebody sent: what they shared, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.commands import Ran, ran_in
from support.preparing_samples import TALK
from support.terminals import FakeClock

from mentorwalk.domain.errors import InputError
from mentorwalk.storage.library import Library
from mentorwalk.workflows.prep_reading import received_text
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.portable

SENT = r"""# Made by `mentorwalk prep`. Drop it into the window of `mentorwalk start`.
mentorwalk-prep: 1
agenda: talk
role: mentee
name: "Grace"
answers:
  hope: "a plan\nand calm"
  topics: "one\ntwo"
  frequency: "?"
  length: "45"
  keeper: "{mentor}"
"""


@pytest.fixture
def runner(tmp_path: Path) -> SessionRunner:
    """A library that knows the agenda of the talk."""
    library = Library(tmp_path / "home", tmp_path / "documents")
    library.install("talk", {"talk.yaml": TALK})
    return SessionRunner(library, FakeClock())


def sent(folder: Path, text: str = SENT) -> Path:
    """Put a file there that came by e-mail."""
    path = folder / "prep-Grace.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_as_its_questions_with_their_answers(
    runner: SessionRunner, tmp_path: Path
) -> None:
    text, left_out = received_text(runner, sent(tmp_path))
    assert left_out == ()
    assert text == (
        "Grace, A talk\n\n"
        "What do you hope for?\na plan\nand calm\n\n"
        "Topics\n- one\n- two\n\n"
        "How we meet\n"
        "How often: I don't know yet\n"
        "How long: 45 minutes\n"
        "Who keeps notes: Your mentor\n\n"
        "What Grace did not share is not in this file."
    )


def test_what_does_not_fit_is_reported_with_its_place(
    runner: SessionRunner, tmp_path: Path
) -> None:
    path = sent(tmp_path, SENT.replace('"45"', '"long"') + '  never_told: "SECRETBOSS"\n')
    text, left_out = received_text(runner, path)
    assert ("How long" in text, "SECRETBOSS" in text) == (False, False)
    assert [f"{problem.line}: {problem.sentence}" for problem in left_out] == [
        "10: `length` cannot be used. A number from 15 to 90 would do.",
        "12: `never_told` is never shared: it is not shown.",
    ]


def test_a_file_for_an_agenda_that_is_not_here_says_how_to_get_it_read(
    runner: SessionRunner, tmp_path: Path
) -> None:
    path = sent(tmp_path, SENT.replace("agenda: talk", "agenda: coffee"))
    with pytest.raises(InputError) as refused:
        received_text(runner, path)
    assert str(refused.value) == (
        f"{path}: This was written for `coffee`, which is not one of your agendas. "
        "`mentorwalk agenda add FILE --name coffee` keeps it."
    )


def test_an_agenda_that_is_kept_under_another_name_is_found_by_its_id(
    runner: SessionRunner, tmp_path: Path
) -> None:
    other = Library(tmp_path / "other", tmp_path / "documents")
    other.install("coffee", {"coffee.yaml": TALK})

    read = received_text(SessionRunner(other, FakeClock()), sent(tmp_path))

    assert read == received_text(runner, sent(tmp_path))


def test_another_kind_of_file_is_refused(runner: SessionRunner, tmp_path: Path) -> None:
    path = sent(tmp_path, "hope: a plan\n")
    with pytest.raises(InputError, match="This is not a preparation file"):
        received_text(runner, path)


def test_reading_a_file_keeps_nothing_of_it(runner: SessionRunner, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    received_text(runner, sent(tmp_path))
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "prep-Grace.yaml"])


def test_the_command_shows_a_file_and_reports_what_does_not_fit(
    runner: SessionRunner, tmp_path: Path
) -> None:
    path = sent(tmp_path, SENT.partition("  topics")[0] + "  hop: x\n")
    assert ran_in(runner.library.home, "prep", "--show", path) == Ran(
        0,
        "Grace, A talk\n\nWhat do you hope for?\na plan\nand calm\n\n"
        "What Grace did not share is not in this file.\n",
        f"{path}:8:3: talk asks the mentee nothing of this name beforehand. Did you mean `hope`?\n",
    )


@pytest.mark.parametrize("name", ["for you.txt", "prep", "A.YAML", "it.yml"])
@pytest.mark.parametrize("made", [b"%s", b"\xef\xbb\xbf%s"], ids=["plain", "with a mark"])
def test_a_file_may_come_under_any_name_with_the_ends_of_lines_of_any_system(
    runner: SessionRunner, tmp_path: Path, name: str, made: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(made % SENT.replace("\n", "\r\n").encode())
    shown = ran_in(runner.library.home, "prep", "--show", path)
    assert shown.out == f"{received_text(runner, sent(tmp_path))[0]}\n"


def test_a_file_that_is_something_else_is_told_so(runner: SessionRunner, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hope: a plan\n", encoding="utf-8")
    told = f"{path}: This is not a preparation file. `mentorwalk prep` writes one.\n"
    assert ran_in(runner.library.home, "prep", "--show", path) == Ran(1, "", told)


def test_without_a_file_the_command_reads_back_ones_own_preparation(
    runner: SessionRunner,
) -> None:
    shown = ran_in(runner.library.home, "prep", "talk", "--show")
    assert (shown.code, shown.out) == (1, "")
    assert shown.err.startswith("Nobody has prepared as mentee for A talk yet")
