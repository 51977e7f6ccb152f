"""The sessions of a home: how they are found, and read back once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.small_house import House, Pair
from support.terminals import FakeClock

from mentorwalk.domain.errors import InputError
from mentorwalk.domain.events import Ticked
from mentorwalk.engine.frontend import Action, Command
from mentorwalk.storage.files import AGENDA
from mentorwalk.storage.journal import FolderJournal

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.workflows.runner import RunResult


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "home")


def left(house: House) -> RunResult:
    """A session that was left before its end."""
    return house.sit(Pair(talks={"What rhythm?": [Command(Action.STOP)]}))


def test_a_session_that_nobody_wrote_into_is_not_read_again(house: House) -> None:
    found = house.runner.store.load(house.sit(Pair()).folder)
    assert found.current() is found.session


def test_a_session_that_another_window_wrote_into_is_read_again(house: House) -> None:
    found = house.runner.store.load(left(house).folder)
    event = Ticked(seq=found.session.last.seq + 1, at=FakeClock().now(), elapsed=60.0)
    with FolderJournal(found.folder) as journal:
        journal.append(event)
    assert found.current().last == event


def test_a_session_whose_files_were_replaced_by_files_of_the_same_size_is_read_again(
    house: House,
) -> None:
    found = house.runner.store.load(left(house).folder)
    agenda = found.folder / AGENDA
    text = agenda.read_text(encoding="utf-8")
    other = agenda.with_name("other")
    other.write_text(text.replace("What rhythm?", "Which pace?!"), encoding="utf-8")
    other.replace(agenda)
    asks = {prompt.ask for prompt in found.current().agenda.prompts.values()}
    assert "Which pace?!" in asks


def test_the_newest_session_that_was_left_is_found_behind_a_finished_one(house: House) -> None:
    first = left(house)
    house.sit(Pair())
    assert house.runner.store.newest_unfinished().session == first.session


def test_the_newest_finished_session_is_found_behind_one_that_was_left(house: House) -> None:
    first = house.sit(Pair())
    left(house)
    assert house.runner.store.newest_finished().session == first.session


def test_a_session_that_was_left_is_not_a_finished_one(house: House) -> None:
    folder = left(house).folder
    with pytest.raises(InputError, match=f"^{folder.name} is not finished: `mentorwalk resume "):
        house.runner.store.finished(folder)


def test_the_lines_number_the_sessions_from_the_oldest(house: House) -> None:
    house.sit(Pair())
    left(house)
    assert [line.split() for line in house.runner.store.lines(names=True)] == [
        ["1", "2026-11-22", "15:00", "small", "Ada", "and", "Grace", "finished"],
        ["2", "2026-11-22", "15:00", "small", "Ada", "and", "Grace", "unfinished"],
    ]
