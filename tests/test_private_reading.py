"""Reading private answers and notes again, after a window was closed too early."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.commands import Ran, ran_in
from support.small_house import Guide, House
from support.small_walks import GONE

from mentorwalk.domain.errors import InputError, Stopped
from mentorwalk.engine.frontend import Action, Command, Said
from mentorwalk.workflows.private_reading import private_text, read_in_private

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.workflows.sessions import StoredSession

ALONE = "Make sure that nobody else is looking at this screen."


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A new house for each test."""
    return House(tmp_path)


def closed_window(house: House, *, note: bool = False) -> StoredSession:
    """Hold a session with a note, after which the window is closed before anything private."""
    guide = Guide({"purpose": [Said("to lead")], "note": [Said("quiet doubts")]})
    if note:
        guide.talks["What rhythm?"] = [Command(Action.NOTE)]
    result = house.sit(guide)
    return house.runner.store.load(result.folder)


def test_what_was_not_asked_is_asked_and_all_of_it_shown(house: House) -> None:
    guide = Guide({"mood": [Said("rather low")]})
    read_in_private(house.runner, closed_window(house, note=True), guide)
    shown = "Private, for your eyes only\nYour mood: rather low\n\nquiet doubts"
    assert guide.told == [f"{ALONE}\n", shown]


def test_what_was_answered_is_not_asked_again(house: House) -> None:
    found = closed_window(house)
    house.runner.ask_in_private(found.folder, Guide({"mood": [Said("fine")]}))
    again = Guide({"mood": [Said("never asked")]})
    read_in_private(house.runner, house.runner.store.load(found.folder), again)
    assert again.told[-1] == "Private, for your eyes only\nYour mood: fine"


def test_who_leaves_the_first_page_sees_nothing(house: House) -> None:
    guide = Guide(talks={ALONE: [GONE]})
    with pytest.raises(Stopped, match="nothing private was shown"):
        read_in_private(house.runner, closed_window(house, note=True), guide)
    assert guide.told == [f"{ALONE}\n"]


def test_where_nothing_is_private_a_sentence_says_so(house: House) -> None:
    with pytest.raises(InputError, match=r"^Nothing private was written down in .*-small\.$"):
        private_text(closed_window(house))


def test_in_a_pipe_the_command_prints_it_after_a_warning(house: House) -> None:
    closed_window(house, note=True)
    warning = "This is for your eyes only: nobody else should be looking.\n"
    assert ran_in(house.home, "show", "--private") == Ran(0, "quiet doubts\n", warning)


def test_a_document_cannot_be_named_with_it(house: House) -> None:
    assert ran_in(house.home, "show", "1", "summary", "--private").code == 2
