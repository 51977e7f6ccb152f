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


def answered_and_torn(house: House, missing: int) -> Path:
    """Answer what is private, take bytes off the end of the journal, and return its folder."""
    found = closed_window(house)
    house.runner.ask_in_private(found.folder, Guide({"mood": [Said("rather low")]}))
    journal = found.folder / "session.jsonl"
    whole = journal.read_bytes()
    lines = whole.splitlines(keepends=True)
    journal.write_bytes(whole[: -missing or -len(lines[-1])])
    return found.folder


def test_private_words_whose_line_is_torn_are_damage_and_not_nothing(house: House) -> None:
    folder = answered_and_torn(house, 9)
    told = ran_in(house.home, "show", "1", "--private")
    assert (told.code, told.out) == (1, "")
    assert told.err.endswith(
        f"{folder / 'private.jsonl'}: Private words are in here whose line in session.jsonl is "
        "torn or lost, so they are not shown. Put back a copy of the folder from before, if you "
        "have one.\n"
    )


@pytest.mark.parametrize("command", [("show", "1"), ("export", "1"), ("status", "1")])
@pytest.mark.parametrize("missing", [1, 9])
def test_each_command_that_reads_a_session_tells_that_its_last_line_is_torn(
    house: House, command: tuple[str, ...], missing: int
) -> None:
    folder = answered_and_torn(house, missing)
    told = ran_in(house.home, *command)
    torn = "The last line is torn, as a crash leaves it, and is not read.\n"
    assert told.code == 0
    assert f"{folder / 'session.jsonl'}: {torn}" in told.err
    assert f"{folder / 'private.jsonl'}: Private words are in here" in told.err


def test_private_words_whose_whole_line_is_gone_are_told_as_well(house: House) -> None:
    answered_and_torn(house, 0)
    told = ran_in(house.home, "show", "1").err
    assert "is torn or lost, so they are not shown." in told
    assert "The last line is torn" not in told
