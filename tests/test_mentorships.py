"""Which sessions of a home belong to one mentorship."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE, agenda_written
from support.homes import as_format_1
from support.small_house import TEXT, Guide
from support.terminals import FakeClock

from mentorwalk.authoring import Source
from mentorwalk.authoring.loading import LoadedAgenda
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.planning import plan
from mentorwalk.storage.library import Library
from mentorwalk.workflows.forget import mentorship_remains
from mentorwalk.workflows.mentorships import Members, sessions_before, sessions_of_mentorship
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class House:
    """A home whose sessions are opened by hand, each a minute after the one before."""

    home: Path
    clock: FakeClock = field(default_factory=FakeClock)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = count(1)
        library = Library(self.home, self.home / "documents")
        self.runner = SessionRunner(
            library, self.clock, self.told.append, letters=lambda: f"letters-{next(numbers)}"
        )

    def walk(
        self, mentorship: str = "", *, after: Path | None = None, before: tuple[str, ...] = ()
    ) -> Path:
        """Walk a session, and return its folder."""
        self.clock.advance(60)
        agenda = agenda_written(TEXT)
        along = CarryOver(session=after.name) if after else None
        script = LoadedAgenda(
            agenda, Source("talk.yaml", TEXT), carried=along, mentorship=mentorship, before=before
        )
        guide = Guide()
        return self.runner.begin(script, ADA_AND_GRACE, plan(agenda, 12), guide).folder

    def names(self, folder: Path) -> list[str]:
        """The names of the sessions that belong together with one."""
        found = sessions_of_mentorship(self.runner.store, folder)
        return [each.folder.name for each in found]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_session_that_follows_none_begins_a_mentorship_of_its_own(house: House) -> None:
    one, other = house.walk(), house.walk()
    assert (house.names(one), house.names(other)) == ([one.name], [other.name])


def test_a_new_session_has_letters_of_its_own_in_format_2(house: House) -> None:
    opened = json.loads((house.walk() / "session.jsonl").read_text().splitlines()[0])
    assert (opened["mentorwalk"], opened["mentorship"]) == (2, "letters-1")


def test_sessions_of_one_mentorship_belong_together_the_oldest_first(house: House) -> None:
    """Also two that followed the same one."""
    first = house.walk()
    second = house.walk("letters-1", after=first, before=(first.name,))
    house.walk()
    sibling = house.walk("letters-1", after=first, before=(first.name,))
    together = [first.name, second.name, sibling.name]
    assert [house.names(each) for each in (first, second, sibling)] == [together] * 3


def test_older_sessions_belong_together_by_what_each_took_along(house: House) -> None:
    first = house.walk()
    second = house.walk(after=first)
    for folder in (first, second):
        as_format_1(folder)
    third = house.walk(first.name, after=second, before=(first.name, second.name))
    together = [first.name, second.name, third.name]
    assert [house.names(each) for each in (first, second, third)] == [together] * 3
    assert Members.of(house.runner.library, second).mentorship == first.name


def test_before_a_session_came_those_that_it_knows(house: House) -> None:
    """An older one knows none: there it counts when they began."""
    first = house.walk()
    second = house.walk(after=first)
    for folder in (first, second):
        as_format_1(folder)
    third = house.walk(first.name, after=second, before=(first.name, "gone", second.name))
    earlier = [[*sessions_before(house.runner, each)] for each in (first, second, third)]
    assert earlier == [[], [first.name], [first.name, second.name]]


def test_an_unfinished_session_is_not_among_them(house: House) -> None:
    first = house.walk()
    second = house.walk("letters-1", after=first)
    journal = second / "session.jsonl"
    journal.write_text("".join(journal.read_text().splitlines(keepends=True)[:2]))
    assert house.names(first) == [first.name]


def test_a_session_that_cannot_be_read_is_passed_by_and_told(house: House) -> None:
    first = house.walk()
    second = house.walk("letters-1", after=first)
    (second / "agenda.yaml").write_text("{")
    assert house.names(first) == [first.name]
    assert house.told == [
        "Sunday 22 November 2026 cannot be read; what was said only there is missing."
    ]


@pytest.mark.parametrize("text", ["garbage\n", "", None], ids=["damaged", "empty", "missing"])
def test_one_whose_first_line_cannot_be_read_is_told_where_another_one_names_it(
    house: House, text: str | None
) -> None:
    first = house.walk()
    second = house.walk("letters-1", after=first, before=(first.name,))
    third = house.walk("letters-1", after=second, before=(first.name, second.name))
    journal = second / "session.jsonl"
    journal.write_text(text) if text is not None else journal.unlink()
    assert house.names(third) == [first.name, third.name]
    assert house.told == [
        "Sunday 22 November 2026 cannot be read; what was said only there is missing."
    ]
    assert [*sessions_before(house.runner, third)] == [first.name]
    assert len(house.told) == 2
    remains = mentorship_remains(house.runner.library, third)
    assert sorted(each.folder for each in remains) == [first, second, third]


def test_one_that_was_forgotten_is_not_told(house: House) -> None:
    first = house.walk()
    second = house.walk("letters-1", after=first, before=(first.name,))
    shutil.rmtree(first)
    assert (house.names(second), house.told) == ([second.name], [])
