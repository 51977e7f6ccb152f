"""A folder of facts files: what counts, and what each file that does not is told."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from support.hostile_texts import HOSTILE
from support.made_up_facts import write_facts

from mentorwalk.domain.errors import InputError
from mentorwalk.domain.fact_rows import FactRow, WrongFacts, row_of
from mentorwalk.storage.facts_folder import FactsFolder, Refused, read_facts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.portable

TODAY = date(2026, 12, 20)
ONE = {"mentorwalk-facts": 1, "pair": "k7m2q9", "meeting": 1}


def folder_of(folder: Path) -> FactsFolder:
    return read_facts(folder, TODAY, lambda _number, _of: None)


def told(folder: Path) -> dict[str, str]:
    """Why each file does not count, by its name."""
    return {each.path.name: each.sentence for each in folder_of(folder).refused}


def test_a_file_with_every_fact_is_a_row() -> None:
    data = {
        **ONE,
        "programme": "river-2026",
        "agenda": "meeting",
        "agenda_version": "2",
        "held_on": "2026-12-15",
        "minutes": 60,
        "format": "video",
        "agreement": "accepted",
        "agreement_on": "2026-11-28",
        "next_meeting": "set",
        "steps": 2,
        "goals": 1,
        "exercises": ["wheel-of-life"],
        "contact_us": False,
        "edition": 2,
    }

    assert row_of(data) == FactRow(
        "k7m2q9",
        "river-2026",
        1,
        "meeting",
        "2",
        "2026-12-15",
        60,
        "video",
        "accepted",
        "2026-11-28",
        "set",
        2,
        1,
        ("wheel-of-life",),
        False,
        2,
    )


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("mentorwalk-facts", 2, "This was written by a newer mentorwalk."),
        ("mentorwalk-facts", True, "`mentorwalk-facts` needs the number 1."),
        ("mentorwalk-facts", "1", "`mentorwalk-facts` needs the number 1."),
        ("mentorwalk-facts", 0, "`mentorwalk-facts` needs the number 1."),
        ("name", "Ada", "`name` is no fact."),
        ("meting", 1, "`meting` is no fact. Did you mean `meeting`?"),
        ("pair", "Ada and Grace", "`pair` needs a code of small letters and digits."),
        ("pair", None, "`pair` needs a code of small letters and digits."),
        ("meeting", True, "`meeting` needs a whole number from 0 to 1000."),
        ("meeting", 1.0, "`meeting` needs a whole number from 0 to 1000."),
        ("meeting", 10**30, "`meeting` needs a whole number from 0 to 1000."),
        ("held_on", "2026-02-30", "`held_on` needs a day such as 2026-12-15."),
        ("held_on", "2026-12-15T18:00", "`held_on` needs a day such as 2026-12-15."),
        ("minutes", 61, "`minutes` needs minutes in steps of five."),
        ("agreement", "perhaps", "`agreement` needs `accepted`, `draft` or `none`."),
        ("edition", 0, "`edition` needs a whole number from 1 to 1000."),
        ("exercises", [["a"]], "`exercises` needs a list of 20 short names at most."),
        ("exercises", ["a"] * 21, "`exercises` needs a list of 20 short names at most."),
        ("contact_us", 1, "`contact_us` needs `true` or `false`."),
    ],
)
def test_what_cannot_be_a_fact_is_told(key: str, value: Any, sentence: str) -> None:
    with pytest.raises(WrongFacts) as wrong:
        row_of({**ONE, key: value})

    assert str(wrong.value) == sentence


@pytest.mark.parametrize("data", [None, [], "facts", 3, {}, {"pair": "k7m2q9"}])
def test_what_is_no_facts_file_is_told(data: object) -> None:
    with pytest.raises(WrongFacts, match="This is no facts file"):
        row_of(data)


def test_no_hostile_text_gets_into_a_row_but_as_a_version() -> None:
    keys = ("programme", "pair", "agenda", "held_on", "format", "agreement", "next_meeting")

    for text in HOSTILE:
        for key in keys:
            try:
                row = row_of({**ONE, key: text})
            except WrongFacts:
                continue
            assert set(str(getattr(row, key))) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


def test_each_file_that_does_not_count_is_told_and_the_rest_counted(tmp_path: Path) -> None:
    write_facts(tmp_path, ONE)
    twice = '{"mentorwalk-facts": 1, "pair": "k7m2q9", "pair": "abcdef"}'
    texts = {
        "deep.json": "[" * 9_000,
        "large.json": " " * 16_400,
        "text.json": "Ada and Grace met.",
        "twice.json": twice,
        "infinite.json": '{"mentorwalk-facts": 1, "pair": "k7m2q9", "meeting": Infinity}',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00{")
    (tmp_path / "link.json").symlink_to(tmp_path / "facts-1.json")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "notes.txt").write_text("not looked at", encoding="utf-8")
    (tmp_path / "facts.zip").write_bytes(b"PK")
    (tmp_path / "other").symlink_to(tmp_path)
    (tmp_path / ".hidden").write_text("passed by", encoding="utf-8")

    assert folder_of(tmp_path).rows == (FactRow("k7m2q9", meeting=1),)
    assert told(tmp_path) == {
        "bytes.json": "This is not JSON, or too deep.",
        "deep.json": "This is not JSON, or too deep.",
        "facts.zip": "This was not looked into: unpack it first.",
        "infinite.json": "This is not JSON.",
        "large.json": "This is too large for facts: 16 KB at most.",
        "link.json": "This is a link, or no ordinary file.",
        "notes.txt": "This was not looked at: its name does not end in `.json`.",
        "other": "This is a link, and none is followed.",
        "pipe.json": "This is a link, or no ordinary file.",
        "text.json": "This is not JSON, or too deep.",
        "twice.json": "A key appears twice.",
    }


def test_of_two_files_about_one_session_the_newest_counts(tmp_path: Path) -> None:
    old, new = write_facts(tmp_path, {**ONE, "goals": 1}, {**ONE, "goals": 2})
    os.utime(old, (2_000_000, 2_000_000))
    os.utime(new, (1_000_000, 1_000_000))

    assert [row.goals for row in folder_of(tmp_path).rows] == [1]
    assert told(tmp_path) == {
        "facts-2.json": f"{old} is newer, and about the same session: that one counts."
    }


def test_of_two_files_as_new_as_each_other_the_last_by_name_counts(tmp_path: Path) -> None:
    for each in write_facts(tmp_path, {**ONE, "goals": 1}, {**ONE, "goals": 2}):
        os.utime(each, (1_000_000, 1_000_000))
    last = tmp_path / "facts-2.json"

    assert [row.goals for row in folder_of(tmp_path).rows] == [2]
    assert told(tmp_path) == {
        "facts-1.json": f"{last} is as new, and about the same session: that one counts."
    }


def test_the_number_of_a_file_says_which_is_the_newest_whatever_its_disk_says(
    tmp_path: Path,
) -> None:
    first = {**ONE, "goals": 1}
    second, third = ({**ONE, "goals": n, "edition": n} for n in (2, 3))
    paths = write_facts(tmp_path, third, first, second)
    for at, path in enumerate(paths):
        os.utime(path, (1_000_000 + at, 1_000_000 + at))

    assert [row.goals for row in folder_of(tmp_path).rows] == [3]
    newest = f"{paths[0]} is newer, and about the same session: that one counts."
    assert told(tmp_path) == {"facts-2.json": newest, "facts-3.json": newest}


@pytest.mark.parametrize("fewer", [{"meeting": 1}, {"held_on": "2026-12-01"}, {"agenda": "talk"}])
def test_a_file_from_which_more_was_left_out_is_about_the_same_session(
    fewer: dict[str, Any], tmp_path: Path
) -> None:
    head = {"mentorwalk-facts": 1, "pair": "k7m2q9"}
    whole = {"meeting": 1, "agenda": "talk", "held_on": "2026-12-01"}
    write_facts(tmp_path, {**head, **whole}, {**head, **fewer, "edition": 2})

    rows = folder_of(tmp_path).rows

    # An agenda is walked more than once.
    assert len(rows) == (2 if fewer == {"agenda": "talk"} else 1)
    assert FactRow("k7m2q9", edition=2, **fewer) in rows


def test_a_meeting_and_an_exercise_on_its_day_are_two_sessions(tmp_path: Path) -> None:
    day = {**ONE, "held_on": "2026-12-01"}
    write_facts(tmp_path, {**day, "agenda": "talk"}, {**day, "agenda": "grow"})

    assert len(folder_of(tmp_path).rows) == 2


def test_files_that_say_neither_meeting_nor_day_all_count_but_for_copies(tmp_path: Path) -> None:
    head = {"mentorwalk-facts": 1, "pair": "k7m2q9", "agenda": "talk"}
    write_facts(tmp_path, *({**head, "minutes": 30 + 5 * n} for n in range(4)), head, head)

    assert len(folder_of(tmp_path).rows) == 5
    assert len(told(tmp_path)) == 1


@pytest.mark.parametrize("key", ["held_on", "agreement_on"])
def test_a_day_to_come_is_told(key: str, tmp_path: Path) -> None:
    days = ("2026-12-21", "2026-12-22", "2027-11-20")
    write_facts(tmp_path, *({**ONE, "meeting": n, key: day} for n, day in enumerate(days)))

    # Somewhere it is tomorrow already.
    assert [getattr(row, key) for row in folder_of(tmp_path).rows] == ["2026-12-21"]
    assert told(tmp_path) == {
        "facts-2.json": f"`{key}` is a day to come: 2026-12-22.",
        "facts-3.json": f"`{key}` is a day to come: 2027-11-20.",
    }


def test_a_folder_that_cannot_be_read_is_told_by_its_own_name(tmp_path: Path) -> None:
    write_facts(tmp_path, ONE)
    closed = tmp_path / "closed"
    write_facts(closed, {**ONE, "pair": "other"})
    closed.chmod(0)
    readable = os.access(closed, os.R_OK)

    found = folder_of(tmp_path)
    closed.chmod(0o700)

    if not readable:  # whoever is root can read it
        assert [row.pair for row in found.rows] == ["k7m2q9"]
        assert found.refused == (
            Refused(closed, "This folder cannot be read (Permission denied)."),
        )


def test_folders_that_are_too_deep_are_told(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"123456789")
    write_facts(deep, ONE)

    assert folder_of(tmp_path).rows == ()
    assert told(tmp_path) == {"9": "This folder is too deep: 8 within each other are looked into."}


def test_a_copy_counts_once_and_is_called_no_newer(tmp_path: Path) -> None:
    first, copy = write_facts(tmp_path, ONE, ONE)
    os.utime(first, (1_000_000, 1_000_000))

    assert folder_of(tmp_path).rows == (FactRow("k7m2q9", meeting=1),)
    assert told(tmp_path) == {
        "facts-1.json": f"{copy} says the same, so this one is not counted again."
    }


def test_no_name_of_a_file_steers_the_terminal(tmp_path: Path) -> None:
    (one,) = write_facts(tmp_path, ONE)
    one.rename(tmp_path / "z\x1b[31m\a\n.json")
    (other,) = write_facts(tmp_path, ONE)
    os.utime(other, (1_000_000, 1_000_000))

    named = f"{tmp_path}/z\ufffd[31m\ufffd\ufffd.json"
    assert told(tmp_path) == {
        "facts-1.json": f"{named} says the same, so this one is not counted again."
    }


def test_the_end_of_a_name_can_have_capitals(tmp_path: Path) -> None:
    (one,) = write_facts(tmp_path, ONE)
    one.rename(tmp_path / "FACTS.JSON")

    assert folder_of(tmp_path).rows == (FactRow("k7m2q9", meeting=1),)


def test_a_thousand_files_of_one_pair_do_not_count(tmp_path: Path) -> None:
    write_facts(tmp_path, *({**ONE, "meeting": n} for n in range(1000)), {**ONE, "pair": "other"})

    assert [row.pair for row in folder_of(tmp_path).rows] == ["other"]
    assert set(told(tmp_path).values()) == {
        "There are more than 200 sessions of this pair, so none of them counts."
    }
    assert len(told(tmp_path)) == 1000


def test_folders_within_are_looked_into_and_no_link_is_followed(tmp_path: Path) -> None:
    write_facts(tmp_path / "all" / "spring", ONE)
    write_facts(tmp_path / "elsewhere", {**ONE, "pair": "other"})
    (tmp_path / "all" / "link").symlink_to(tmp_path / "elsewhere")

    assert [row.pair for row in folder_of(tmp_path / "all").rows] == ["k7m2q9"]


def test_it_is_told_how_far_the_reading_is(tmp_path: Path) -> None:
    write_facts(tmp_path, ONE, ONE, ONE)
    steps: list[tuple[int, int]] = []

    read_facts(tmp_path, TODAY, lambda number, of: steps.append((number, of)))

    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as wrong:
        folder_of(tmp_path / "none")

    assert str(wrong.value) == f"{tmp_path / 'none'}: There is no such folder."


@pytest.mark.parametrize("name", ["facts", "facts.parquet"])
def test_a_pipe_in_the_place_of_a_folder_is_told(tmp_path: Path, name: str) -> None:
    pipe = tmp_path / name
    os.mkfifo(pipe)
    with pytest.raises(InputError) as wrong:
        folder_of(pipe)
    assert str(wrong.value) == f"{pipe}: This is neither a folder nor an ordinary file."


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (one,) = write_facts(tmp_path, ONE)

    with pytest.raises(InputError) as wrong:
        folder_of(one)

    assert str(wrong.value) == f"{one}: This is a file; name the folder that it is in."


def test_an_archive_in_the_place_of_a_folder_is_told_to_be_unpacked(tmp_path: Path) -> None:
    packed = tmp_path / "facts.ZIP"
    packed.write_bytes(b"PK")

    with pytest.raises(InputError) as wrong:
        folder_of(packed)

    assert str(wrong.value) == f"{packed}: This is an archive: unpack it first."


def test_what_facts_writes_can_be_counted() -> None:
    written = json.dumps({**ONE, "exercises": [], "format": "choice-2", "agenda_version": "3.1"})

    assert row_of(json.loads(written)).agenda_version == "3.1"
