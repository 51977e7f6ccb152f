"""The journal: what was appended is read back whole, whatever happens in between."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.building import ADA_AND_GRACE, agenda_of, examples
from support.sample_sessions import FIRST_SESSION, START, USUAL, walked

from mentorwalk.domain.earlier import CarryOver, EarlierAnswer, ShownAnswer
from mentorwalk.domain.errors import SessionBusy, StorageError
from mentorwalk.domain.events import (
    Accepted,
    Answered,
    Closed,
    Done,
    Drafted,
    Entered,
    Event,
    ExerciseJoined,
    Extended,
    LetGo,
    Offered,
    OffTheRecord,
    Opened,
    PairCoded,
    Parked,
    Paused,
    Pulled,
    Renamed,
    Resumed,
    Shortened,
    Skipped,
    Struck,
    Ticked,
    Worded,
)
from mentorwalk.domain.people import People, Prep
from mentorwalk.domain.planning import Plan, Slot
from mentorwalk.domain.values import ByItem
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.storage.reading import (
    SessionHeader,
    check_events,
    is_closed,
    read_events,
    read_header,
    replayed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = pytest.mark.portable

OPENED = Opened(
    seq=0,
    at=START,
    elapsed=0.0,
    agenda="first-session",
    digest="ab" * 32,
    people=ADA_AND_GRACE,
    plan=Plan(60, (Slot("welcome", 1200), Slot("helped", 2400))),
    templates=("/there", "/beside"),
    zone="Europe/Warsaw",
)
SEOUL = timezone(timedelta(hours=9))
EVERY_KIND: Sequence[Event] = (
    OPENED,
    Entered(seq=1, at=START, elapsed=0.25, prompt="welcome"),
    Answered(seq=2, at=START, elapsed=1.5, field="purpose", value="Zażółć\n“我想” 🎉"),
    Answered(seq=3, at=START, elapsed=1.5, field="length", value=60),
    Answered(seq=4, at=START, elapsed=1.5, field="hours", value=1.5),
    Answered(seq=5, at=START, elapsed=1.5, field="agreed", value=True),
    Answered(seq=6, at=START, elapsed=1.5, field="refused", value=False),
    Answered(seq=7, at=START, elapsed=1.5, field="worries", value=("time", "sleep")),
    Answered(seq=8, at=START, elapsed=1.5, field="worries", value=None),
    Answered(seq=9, at=START, elapsed=1.5, field="mood", value="low", private=True),
    Answered(seq=10, at=START, elapsed=1.5, field="feelings", value=("a", "b"), private=True),
    Answered(seq=11, at=START, elapsed=1.5, field="mood", value=None, private=True),
    Done(seq=12, at=START, elapsed=60.001, prompt="welcome"),
    Skipped(seq=13, at=START, elapsed=61.0, prompt="helped"),
    Paused(seq=14, at=START, elapsed=62.0),
    Resumed(seq=15, at=START.astimezone(SEOUL), elapsed=62.0, ends=START + timedelta(hours=1)),
    Ticked(seq=16, at=datetime(2026, 11, 24, 14, 5, 6, 789012, UTC), elapsed=77.0),
    Accepted(seq=17, at=START, elapsed=80.0, role="mentee", how="typed yes", fingerprint="cd" * 32),
    Parked(seq=18, at=START, elapsed=81.0, prompt="helped"),
    Pulled(seq=19, at=START, elapsed=82.0, prompt="more"),
    Shortened(seq=20, at=START, elapsed=83.0, ends=START, dropped=("helped", "more")),
    Extended(seq=21, at=START, elapsed=84.0, prompt="more", seconds=300.0),
    Struck(seq=22, at=START, elapsed=85.0, field="never", beforehand=("hope",)),
    Renamed(seq=23, at=START, elapsed=86.0, people=People("Ada L.", "Gräce", "mentee")),
    OffTheRecord(seq=24, at=START, elapsed=87.0, off=True),
    Closed(seq=25, at=START, elapsed=90.0),
    Drafted(seq=26, at=START, elapsed=91.0, field="purpose", text="Zażó\n“\u2028"),
    Drafted(seq=27, at=START, elapsed=92.0, field="purpose", text=None),
    Drafted(seq=28, at=START, elapsed=93.0, field="mood", text="lo", private=True),
    Drafted(seq=29, at=START, elapsed=94.0, field="mood", text=None, private=True),
    Offered(seq=30, at=START, elapsed=95.0, minutes=6),
    Worded(seq=31, at=START, elapsed=96.0, text="We meet.\n", basis="ef" * 32, answers=("rhythm",)),
    Worded(
        seq=32,
        at=START,
        elapsed=97.0,
        text="To lead.\n",
        basis="ef" * 32,
        answers=("purpose",),
        uses={"purpose": "to lead"},
    ),
    Struck(seq=33, at=START, elapsed=98.0, field="own", place="1/3", along=("now", "area")),
    ExerciseJoined(
        seq=34,
        at=START,
        elapsed=99.0,
        agenda="wheel",
        digest="ab" * 32,
        file="exercise-1.yaml",
        after="helped",
        plan=(Slot("wheel.areas", 300), Slot("wheel.choose", 0)),
        dropped=("more",),
        renamed={"topic": "wheel.topic"},
        carried=CarryOver(
            sources={"values": ("Calm", "Craft")},
            earlier={"now": EarlierAnswer(date(2026, 10, 3), ByItem((("Skills", 7),)))},
        ),
        templates=("/beside",),
    ),
    LetGo(seq=35, at=START, elapsed=100.0, prompt="helped"),
    PairCoded(seq=36, at=START, elapsed=100.0, pair="k7m2q9ab"),
)
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each try waits for the disk, so a failure is told as it was found."""
LINES = "\u2028\u2029\x85\x0b\x0c\x1c"
"""What `str.splitlines` takes for ends of lines, and a journal must not."""


def kept(folder: Path, events: Sequence[Event] = EVERY_KIND) -> Path:
    """Append events to the journal of a folder."""
    with FolderJournal(folder) as journal:
        for event in events:
            journal.append(event)
    return folder


def text(folder: Path, name: str = "session.jsonl") -> str:
    return (folder / name).read_text(encoding="utf-8")


# --- Reading back


def test_that_is_every_kind_there_is() -> None:
    assert {type(event) for event in EVERY_KIND} == {*Event.__subclasses__()}


def test_events_of_every_kind_are_read_back_one_by_one(tmp_path: Path) -> None:
    with FolderJournal(tmp_path) as journal:
        for count, event in enumerate(EVERY_KIND, 1):
            journal.append(event)

            assert read_events(tmp_path) == list(EVERY_KIND[:count])


def test_a_value_is_read_back_with_its_type(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND)

    assert repr(read_events(tmp_path)) == repr(list(EVERY_KIND))


def test_a_journal_can_be_opened_again_and_goes_on(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:5])
    kept(tmp_path, EVERY_KIND[5:])

    assert read_events(tmp_path) == list(EVERY_KIND)


def test_a_session_is_replayed_as_it_was(tmp_path: Path) -> None:
    story = walked(USUAL)
    kept(tmp_path, story.events)

    assert replayed(FIRST_SESSION, read_events(tmp_path), START) == story.session


def test_unusual_ends_of_lines_in_an_answer_are_read_back(tmp_path: Path) -> None:
    events = [
        OPENED,
        *(
            Answered(seq=seq, at=START, elapsed=0.0, field="purpose", value=f"one{char}two")
            for seq, char in enumerate(LINES, 1)
        ),
    ]
    kept(tmp_path, events)

    assert read_events(tmp_path) == events


@pytest.mark.parametrize("value", [2.0005, 0.0001, 1234.56789])
def test_a_number_is_kept_as_it_was_typed(value: float, tmp_path: Path) -> None:
    event = Answered(seq=1, at=START, elapsed=0.0, field="hours", value=value)
    kept(tmp_path, [OPENED, event])

    assert read_events(tmp_path) == [OPENED, event]


def test_a_folder_whose_name_is_no_text_can_be_kept(tmp_path: Path) -> None:
    opened = Opened(
        seq=0,
        at=START,
        elapsed=0.0,
        agenda="first-session",
        digest="",
        people=ADA_AND_GRACE,
        plan=OPENED.plan,
        templates=("/somewhere/\udcff",),
    )
    kept(tmp_path, [opened])

    assert read_events(tmp_path) == [opened]
    assert f'"at":"{START.isoformat()}"' in (tmp_path / "session.jsonl").read_text("utf-8")


def test_from_outside_a_session_shows_the_last_names_and_whether_it_is_over(
    tmp_path: Path,
) -> None:
    names = [People(name, "Grace", "mentor") for name in ("Bob", "Eve")]
    kept(tmp_path, [OPENED])
    kept(tmp_path, [Renamed(seq=n, at=START, elapsed=1.0, people=names[n - 1]) for n in (1, 2)])
    assert (read_header(tmp_path).people, read_header(tmp_path).closed) == (names[1], False)
    kept(tmp_path, [Closed(seq=3, at=START, elapsed=2.0)])
    assert read_header(tmp_path) == SessionHeader(
        OPENED.at, OPENED.held, OPENED.agenda, names[1], closed=True
    )


@pytest.mark.parametrize("line", [1, 2, 14, 15])
@pytest.mark.parametrize("damage", ["", "{", "}", '["seq"]', '{"seq":1}x'])
def test_from_outside_a_line_that_is_no_object_is_told_with_its_number(
    tmp_path: Path, line: int, damage: str
) -> None:
    ticks = [Ticked(seq=n, at=START, elapsed=0.0) for n in range(1, 15)]
    lines = text(kept(tmp_path, [OPENED, *ticks])).splitlines()
    lines[line - 1] = damage
    (tmp_path / "session.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    with pytest.raises(StorageError, match=rf"session\.jsonl:{line}:1: "):
        read_header(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mentorwalk", 3),
        ("event", "entered"),
        ("event", None),
        ("at", "2026-11-22T15:00:00"),
        ("at", 5),
        ("agenda", 5),
        ("people", {"mentor": "Ada"}),
        ("people", {"mentor": "Ada", "mentee": "Grace", "types": "both"}),
        ("held", 5),
        ("unknown", 5),
    ],
)
def test_from_outside_a_first_line_is_refused_as_it_is_when_all_of_it_is_read(
    tmp_path: Path, key: str, value: object
) -> None:
    first = encoded(OPENED) | {key: value}
    (tmp_path / "session.jsonl").write_text(json.dumps(first) + "\n", encoding="utf-8")
    with pytest.raises(StorageError) as whole:
        read_events(tmp_path)
    with pytest.raises(StorageError) as outside:
        read_header(tmp_path)
    assert str(outside.value) == str(whole.value)


def test_a_session_is_over_once_the_line_that_says_so_is_whole(tmp_path: Path) -> None:
    kept(tmp_path, [OPENED])
    open_at_first = is_closed(tmp_path)
    kept(tmp_path, [Closed(seq=1, at=START, elapsed=2.0)])
    whole = (tmp_path / "session.jsonl").read_bytes()
    (tmp_path / "session.jsonl").write_bytes(whole[:-1])
    torn = is_closed(tmp_path)
    (tmp_path / "session.jsonl").write_bytes(whole)
    assert (open_at_first, torn, is_closed(tmp_path)) == (False, False, True)


def test_a_memory_journal_keeps_events_and_writes_nothing(tmp_path: Path) -> None:
    journal = MemoryJournal()
    for event in EVERY_KIND:
        journal.append(event)

    assert (journal.events, list(tmp_path.iterdir())) == (list(EVERY_KIND), [])


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants bounds without a zone
seconds = st.integers(0, 10**9).map(lambda thousandths: thousandths / 1000)
values = st.one_of(
    st.none(),
    words,
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.lists(words, max_size=4).map(tuple),
)
openings = st.builds(
    Opened,
    seq=st.just(0),
    at=moments,
    elapsed=seconds,
    agenda=words,
    digest=words,
    people=st.builds(People, words, words, st.sampled_from(["mentor", "mentee"])),
    plan=st.builds(
        Plan, st.integers(0, 90), st.lists(st.builds(Slot, words, st.integers(0, 5400))).map(tuple)
    ),
    templates=st.lists(words, max_size=2).map(tuple),
    zone=words,
)
ROLES = st.sampled_from(["mentor", "mentee"])


def happenings(seq: int) -> st.SearchStrategy[Event]:
    """Anything that can happen in a session but for its opening."""
    common = {"seq": st.just(seq), "at": moments, "elapsed": seconds}
    return st.one_of(
        st.builds(Entered, prompt=words, **common),
        st.builds(Done, prompt=words, **common),
        st.builds(Skipped, prompt=words, **common),
        st.builds(Answered, field=words, value=values, private=st.booleans(), **common),
        st.builds(Paused, **common),
        st.builds(Resumed, ends=moments, **common),
        st.builds(Ticked, **common),
        st.builds(Accepted, role=ROLES, how=words, fingerprint=words, **common),
        st.builds(Closed, **common),
    )


histories = st.tuples(openings, st.integers(0, 6)).flatmap(
    lambda begun: st.tuples(st.just(begun[0]), *(happenings(n + 1) for n in range(begun[1])))
)


@given(events=histories)
@settings(max_examples=examples(0.4), deadline=None, phases=WITHOUT_SHRINKING)
def test_any_events_are_read_back_as_they_were(events: tuple[Event, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept(Path(folder), events)

        assert read_events(Path(folder)) == list(events)


# --- What lies on disk


def test_the_first_line_says_what_the_session_is(tmp_path: Path) -> None:
    kept(tmp_path)

    assert json.loads(text(tmp_path).split("\n")[0]) == {
        "mentorwalk": 1,
        "seq": 0,
        "event": "opened",
        "at": "2026-11-24T15:00:00+01:00",
        "elapsed": 0.0,
        "agenda": "first-session",
        "digest": "ab" * 32,
        "people": {"mentor": "Ada", "mentee": "Grace", "types": "mentor"},
        "minutes": 60,
        "plan": [["welcome", 1200], ["helped", 2400]],
        "templates": ["/there", "/beside"],
        "prepared": [],
        "zone": "Europe/Warsaw",
    }


def test_the_format_is_the_first_thing_in_the_file(tmp_path: Path) -> None:
    kept(tmp_path)

    assert text(tmp_path).startswith('{"mentorwalk":1,"seq":0,"event":"opened",')


def test_an_event_is_one_line_that_begins_with_its_number_and_kind(tmp_path: Path) -> None:
    kept(tmp_path, [OPENED, OffTheRecord(seq=1, at=START, elapsed=0.0, off=True)])

    assert text(tmp_path).split("\n")[1].startswith('{"seq":1,"event":"hushed","at":"2026-')


def test_a_journal_from_before_zones_were_kept_can_be_read(tmp_path: Path) -> None:
    kept(tmp_path, [OPENED])
    older = text(tmp_path).replace(',"zone":"Europe/Warsaw"', "")
    (tmp_path / "session.jsonl").write_text(older, encoding="utf-8")

    assert read_events(tmp_path) == [replace(OPENED, zone="")]


def test_words_are_written_as_people_read_them(tmp_path: Path) -> None:
    kept(tmp_path)

    assert '"value":"Zażółć\\n“我想” 🎉"' in text(tmp_path)


def test_a_private_value_lies_only_in_its_own_file(tmp_path: Path) -> None:
    event = Answered(seq=1, at=START, elapsed=0.0, field="mood", value="SECRET", private=True)
    kept(tmp_path, [OPENED, event])

    found = sorted(path.name for path in tmp_path.iterdir() if b"SECRET" in path.read_bytes())
    assert found == ["private.jsonl"]


def test_a_private_answer_stands_in_the_journal_without_its_value(tmp_path: Path) -> None:
    event = Answered(seq=1, at=START, elapsed=0.0, field="mood", value="SECRET", private=True)
    kept(tmp_path, [OPENED, event])

    assert json.loads(text(tmp_path).split("\n")[1]) == {
        "seq": 1,
        "event": "answered",
        "at": "2026-11-24T15:00:00+01:00",
        "elapsed": 0.0,
        "field": "mood",
        "private": True,
    }


def test_a_private_value_is_kept_by_the_number_of_its_event(tmp_path: Path) -> None:
    kept(tmp_path)

    assert text(tmp_path, "private.jsonl") == (
        '{"seq":9,"value":"low"}\n{"seq":10,"value":["a","b"]}\n{"seq":11,"value":null}\n'
        '{"seq":28,"value":"lo"}\n{"seq":29,"value":null}\n'
    )


def test_without_private_answers_there_is_no_private_file(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:3])

    assert not (tmp_path / "private.jsonl").exists()


def test_a_private_value_whose_event_was_lost_is_no_answer(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:9])
    (tmp_path / "private.jsonl").write_text('{"seq":9,"value":"low"}\n', encoding="utf-8")

    assert read_events(tmp_path) == list(EVERY_KIND[:9])


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    kept(tmp_path)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.jsonl")}
    assert modes == {"session.jsonl": 0o600, "private.jsonl": 0o600}


def test_the_lock_is_for_its_owner_only(tmp_path: Path) -> None:
    with FolderJournal(tmp_path):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}

    assert modes == {".lock": 0o600}


# --- Damage


def torn(folder: Path, name: str = "session.jsonl") -> list[bytes]:
    """Everything that a crash in the last line can leave of a file."""
    whole = (folder / name).read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    return [whole[:end] for end in range(last, len(whole))]


def test_a_line_torn_at_any_byte_costs_no_more_than_itself(tmp_path: Path) -> None:
    events = [OPENED, *EVERY_KIND[1:3]]
    kept(tmp_path, events)

    read = []
    for data in torn(tmp_path):
        (tmp_path / "session.jsonl").write_bytes(data)
        read.append(read_events(tmp_path))

    assert read == [events[:-1]] * len(read)


def test_after_a_line_torn_at_any_byte_the_journal_goes_on(tmp_path: Path) -> None:
    events = [OPENED, *EVERY_KIND[1:3]]
    kept(tmp_path, events)

    read = []
    for data in torn(tmp_path):
        (tmp_path / "session.jsonl").write_bytes(data)
        kept(tmp_path, events[-1:])
        read.append(read_events(tmp_path))

    assert read == [events] * len(read)


def test_a_private_line_torn_at_any_byte_costs_no_more_than_itself(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:11])
    (tmp_path / "session.jsonl").write_bytes(torn(tmp_path)[0])

    read = []
    for data in torn(tmp_path, "private.jsonl"):
        (tmp_path / "private.jsonl").write_bytes(data)
        kept(tmp_path, [EVERY_KIND[10]])
        read.append(read_events(tmp_path))
        (tmp_path / "session.jsonl").write_bytes(torn(tmp_path)[0])

    assert read == [list(EVERY_KIND[:11])] * len(read)


def test_a_torn_line_is_left_alone_by_who_only_reads(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:3])
    data = torn(tmp_path)[20]
    (tmp_path / "session.jsonl").write_bytes(data)

    read_events(tmp_path)

    assert (tmp_path / "session.jsonl").read_bytes() == data


DAMAGE = (
    b"not JSON",
    b"[]",
    b"42",
    b"{}",
    b"",
    b"\xff\xfe",
    b'{"seq":2}',
    b'{"seq":2,"event":"invented","at":"2026-11-24T15:00:00+01:00","elapsed":0}',
    b'{"seq":2,"event":["done"],"at":"2026-11-24T15:00:00+01:00","elapsed":0}',
    b'{"seq":2,"event":"done","at":"yesterday","elapsed":0,"prompt":"welcome"}',
    b'{"seq":2,"event":"done","at":5,"elapsed":0,"prompt":"welcome"}',
    b'{"seq":2,"event":"done","at":"2026-11-24T15:00:00+01:00","elapsed":0}',
    b'{"seq":2,"event":"done","at":"2026-11-24T15:00:00+01:00","elapsed":0,"prompt":"a","b":1}',
    b'{"seq":2,"event":"done","at":"2026-11-24T15:00:00+01:00","elapsed":"soon","prompt":"a"}',
    b'{"seq":2,"event":"done","at":"2026-11-24T15:00:00+01:00","elapsed":NaN,"prompt":"a"}',
    b'{"seq":2,"event":"opened","at":"2026-11-24T15:00:00+01:00","elapsed":0}',
    b'{"seq":2,"event":"do',
)


def test_a_damaged_line_in_the_middle_is_told_with_its_place(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:4])
    path = tmp_path / "session.jsonl"
    lines = path.read_bytes().split(b"\n")
    sentence = (
        f"{path}:3:1: This line of the journal is damaged. Nothing was changed. "
        "Put back a copy of the folder from before; without one, take this line out to go on "
        "with the rest."
    )
    for line in DAMAGE:
        path.write_bytes(b"\n".join([*lines[:2], line, *lines[3:]]))

        with pytest.raises(StorageError) as told:
            read_events(tmp_path)

        assert (line, str(told.value)) == (line, sentence)


NO_PRIVATE_LINE = (
    *(b"not JSON", b"[]", b"{}", b'{"seq":9}', b'{"value":9}'),
    *(b'{"seq":[],"value":9}', b'{"seq":9,"value":{}}', b'{"seq":9,"value":[1]}'),
)


def test_a_damaged_private_line_is_told_with_its_place(tmp_path: Path) -> None:
    kept(tmp_path)
    path = tmp_path / "private.jsonl"
    whole = path.read_bytes()
    for line in NO_PRIVATE_LINE:
        path.write_bytes(line + b"\n" + whole)

        with pytest.raises(
            StorageError, match=r"private\.jsonl:1:1: This line of the journal is damaged"
        ):
            read_events(tmp_path)


def test_a_note_in_an_earlier_journal_is_no_damage(tmp_path: Path) -> None:
    note = Answered(seq=1, at=START, elapsed=0.0, field="note", value="slow down", private=True)
    check_events(tmp_path, agenda_of(), [note])

    with pytest.raises(StorageError, match="line of the journal is damaged"):
        check_events(tmp_path, agenda_of(), [replace(note, private=False)])


ODD: tuple[object, ...] = (None, True, -1, 1.5, "x", [], [1], [[]], {}, {"a": 1})
WHOLE = replace(
    OPENED,
    carried=CarryOver(
        session="before",
        answers={"purpose": "lead", "topics": ("one", "two")},
        shown={"purpose": ShownAnswer("Purpose", "lead")},
        clauses=("rhythm",),
        settled=("rhythm",),
        headings=("How we meet",),
        topics=("Why?",),
        accepted=(
            Accepted(seq=9, at=START, elapsed=0.0, role="mentor", how="so", fingerprint="ab"),
        ),
    ),
    prepared=(Prep("first-session", "mentee", "Grace", {"hope": "a plan"}, ("topics",)),),
)


def changed(record: Any) -> Iterator[Any]:
    """The same with one part of it, however deep, left out or of another kind."""
    yield from ODD
    if not isinstance(record, dict | list):
        return
    for key in record if isinstance(record, dict) else range(len(record)):
        less = record.copy()
        del less[key]
        yield less
        for odd in changed(record[key]):
            whole = record.copy()
            whole[key] = odd
            yield whole


def test_what_opened_a_session_is_read_whole_or_refused() -> None:
    record = json.loads(json.dumps(encoded(WHOLE)))
    assert decoded(record, {}) == WHOLE
    read = []
    for odd in changed(record):
        with suppress(KeyError, TypeError, ValueError):
            read.append(decoded(odd, {}))
    for event in read:
        assert isinstance(event, Opened)
        came, told = event.carried, event.carried.shown.values()
        texts = [*event.templates, *came.clauses, *came.settled, *came.headings, *came.topics]
        texts += [came.session, *(words for each in told for words in (each.label, each.words))]
        texts += [words for prep in event.prepared for words in (prep.name, *prep.unknown)]
        assert {type(text) for text in texts} <= {str}
        assert {type(slot.seconds) for slot in event.plan.slots} <= {int}
        assert {event.people.types, *(prep.role for prep in event.prepared)} <= {"mentor", "mentee"}


def test_a_damaged_journal_is_left_as_it_is(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:4])
    path = tmp_path / "session.jsonl"
    damaged = path.read_bytes().replace(b'"seq":2', b"seq:2")
    path.write_bytes(damaged)

    with FolderJournal(tmp_path), pytest.raises(StorageError):
        read_events(tmp_path)

    assert path.read_bytes() == damaged


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    kept(tmp_path)
    newer = text(tmp_path).replace('"mentorwalk":1', '"mentorwalk":3')
    (tmp_path / "session.jsonl").write_text(newer, encoding="utf-8")

    with pytest.raises(StorageError) as told:
        read_events(tmp_path)

    assert str(told.value) == f"{tmp_path.name} was written by a newer mentorwalk: use that one."


@pytest.mark.parametrize("data", [b"", b"\n", b'{"mentorwalk":1'])
def test_a_folder_without_a_beginning_holds_no_session(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "session.jsonl").write_bytes(data)

    with pytest.raises(StorageError):
        read_events(tmp_path)


def test_a_folder_without_a_journal_holds_no_session(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as told:
        read_events(tmp_path)

    assert str(told.value) == f"{tmp_path}: This folder holds no session."


def test_a_journal_that_does_not_begin_with_its_opening_holds_no_session(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:3])
    path = tmp_path / "session.jsonl"
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    with pytest.raises(StorageError) as told:
        read_events(tmp_path)
    assert str(told.value) == (
        f"{path}: The first line, which says whose session it is, is missing. "
        "Nothing was changed. Put back a copy of the folder from before."
    )


def test_nobody_is_advised_to_take_the_first_line_out(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:3])
    path = tmp_path / "session.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"people"', b'"poeple"', 1))
    with pytest.raises(StorageError) as told:
        read_events(tmp_path)
    assert str(told.value) == (
        f"{path}:1:1: This line of the journal is damaged. Nothing was changed. Put back a copy "
        "of the folder from before: without this line, nothing of it can be read."
    )


# --- Private words that are gone


@pytest.mark.parametrize("harm", ["gone", "torn", "other numbers"])
def test_private_words_that_are_missing_are_damage(tmp_path: Path, harm: str) -> None:
    said = Answered(seq=1, at=START, elapsed=1.0, field="mood", value="low", private=True)
    kept(tmp_path, [OPENED, said])
    path = tmp_path / "private.jsonl"
    whole = path.read_bytes()
    left = {"gone": None, "torn": whole[:-1], "other numbers": whole.replace(b":1,", b":4,")}[harm]
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    with pytest.raises(StorageError) as told:
        read_events(tmp_path)
    assert str(told.value) == (
        f"{tmp_path / 'session.jsonl'}:2:1: The private words that belong to this line are missing "
        "in private.jsonl. Nothing was changed. Put back a copy of the folder from before; "
        "without one, take this line out to go on without those words."
    )


# --- Nothing is changed before it is known to be ours

FOREIGN = {
    "other lines": b"one\nprecious",
    "other JSON": b'{"a":1}\n{"b"',
    "newer": b'{"mentorwalk":7,"seq":0,"event":"opened"}\n{"seq":1',
    "not one line": b'{"mentorwalk":1,"seq":0,"event":"opened"',
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_folder_that_is_not_a_session_of_ours_is_left_alone(tmp_path: Path, kind: str) -> None:
    (tmp_path / "session.jsonl").write_bytes(FOREIGN[kind])
    (tmp_path / "private.jsonl").write_bytes(b"no line break")
    (tmp_path / ".mentorwalk-mine.part").write_bytes(b"mine")
    with pytest.raises(StorageError), FolderJournal(tmp_path):
        pass
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == {
        "session.jsonl": FOREIGN[kind],
        "private.jsonl": b"no line break",
        ".mentorwalk-mine.part": b"mine",
    }


@pytest.mark.parametrize("name", ["session.jsonl", "private.jsonl"])
def test_no_link_is_followed_to_a_file_that_is_changed(tmp_path: Path, name: str) -> None:
    session = tmp_path / "session"
    session.mkdir()
    kept(session, EVERY_KIND[:4])
    target = tmp_path / "profile"
    target.write_bytes((session / "session.jsonl").read_bytes() + b"export A=1")
    before = target.read_bytes()
    (session / name).unlink(missing_ok=True)
    (session / name).symlink_to(target)
    with pytest.raises(StorageError, match="This is not an ordinary file"), FolderJournal(session):
        pass
    assert target.read_bytes() == before


def test_a_private_file_that_is_a_link_to_nowhere_is_not_made(tmp_path: Path) -> None:
    kept(tmp_path, [OPENED])
    said = Answered(seq=1, at=START, elapsed=1.0, field="mood", value="low", private=True)
    with FolderJournal(tmp_path) as journal:
        (tmp_path / "private.jsonl").symlink_to(tmp_path / "nowhere")
        with pytest.raises(StorageError):
            journal.append(said)
    assert not (tmp_path / "nowhere").exists()


def test_a_piece_that_is_cut_off_is_kept_beside_until_something_is_struck(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:4])
    path = tmp_path / "session.jsonl"
    whole = path.read_bytes()
    for piece in (b'{"seq":4,"ev', b'{"seq":4,"ev', b'{"seq":4,"el'):
        path.write_bytes(whole + piece)
        with FolderJournal(tmp_path):
            pass
    pieces = {each.name: each.read_bytes() for each in tmp_path.glob("*.cut*")}
    assert (path.read_bytes(), pieces) == (
        whole,
        {"session.jsonl.cut": b'{"seq":4,"ev', "session.jsonl.cut-2": b'{"seq":4,"el'},
    )
    with FolderJournal(tmp_path) as journal:
        journal.redact(Struck(seq=9, at=START, elapsed=9.0, field="purpose"))
    assert list(tmp_path.glob("*.cut*")) == []


@pytest.mark.parametrize("size", [1 << 38, 100 << 20])
def test_a_journal_that_never_ends_is_refused_soon(tmp_path: Path, size: int) -> None:
    path = tmp_path / "session.jsonl"
    path.touch()
    os.truncate(path, size)
    with pytest.raises(StorageError) as told:
        read_events(tmp_path)
    assert str(told.value) == (
        f"{path}: This is too large for a journal, which has 64 MB at most. Nothing was changed."
    )


# --- One process at a time

HOLD = """
import sys
from pathlib import Path
from mentorwalk.storage.journal import FolderJournal
with FolderJournal(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_session_that_another_process_holds_is_busy(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"

        with pytest.raises(SessionBusy) as told, FolderJournal(tmp_path):
            pass

        other.communicate("")
    assert str(told.value) == (
        f"The session {tmp_path.name} is open in another window: go on there, or close it first."
    )


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EACCES])
def test_a_disk_that_locks_no_file_is_told_and_nothing_is_left_there(
    number: int, tmp_path: Path
) -> None:
    folder = tmp_path / "session"
    folder.mkdir()

    def refuses(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.MonkeyPatch.context() as only:
        only.setattr(fcntl, "flock", refuses)
        with pytest.raises(StorageError) as told, FolderJournal(folder):
            pass
    assert str(told.value) == (
        f"{folder}: No file can be locked here ({os.strerror(number)}), so two windows could write "
        "at once. Nothing was written. Choose another place with --home or MENTORWALK_HOME."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_may_not_be_opened_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".lock").mkdir()

    with pytest.raises(StorageError) as told, FolderJournal(tmp_path):
        pass

    assert str(told.value) == (
        f"{tmp_path / '.lock'}: This lock may not be opened (Is a directory). Nothing is in it: "
        "if no other window has the session open, delete it, then try again."
    )


def test_a_session_is_free_when_the_process_that_held_it_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        other.stdout.readline()
        other.kill()

    assert read_events(kept(tmp_path)) == list(EVERY_KIND)


def test_a_session_is_free_again_when_its_journal_was_closed(tmp_path: Path) -> None:
    kept(tmp_path, EVERY_KIND[:2])

    assert read_events(kept(tmp_path, EVERY_KIND[2:])) == list(EVERY_KIND)


def test_a_folder_that_does_not_exist_cannot_be_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with (
        pytest.raises(StorageError, match="This folder cannot be used"),
        FolderJournal(tmp_path / "file" / "session"),
    ):
        pass


# --- A disk that is full

FILL = """
import resource, sys
from datetime import datetime
from pathlib import Path
from mentorwalk.domain.errors import StorageError
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.domain.events import Answered
folder, private, room = Path(sys.argv[1]), sys.argv[2] == "private", int(sys.argv[3])
event = Answered(
    seq=1,
    at=datetime.fromisoformat("2026-11-24T15:00:00+01:00"),
    elapsed=0.0,
    field="purpose",
    value="x" * 5000,
    private=private,
)
with FolderJournal(folder) as journal:
    size = (folder / "session.jsonl").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))
    try:
        journal.append(event)
    except StorageError as error:
        print(error)
"""


def fill(folder: Path, kind: str, room: int) -> str:
    """Append one long answer where there is only so much room, and tell what was said."""
    return subprocess.run(
        [sys.executable, "-c", FILL, str(folder), kind, str(room)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("room", [0, 1, 100, 4096])
def test_a_write_that_fails_is_told_and_leaves_earlier_lines_whole(
    room: int, tmp_path: Path
) -> None:
    kept(tmp_path, EVERY_KIND[:3])
    before = text(tmp_path)

    told = fill(tmp_path, "public", room)

    full = f"{tmp_path}: This folder cannot be used (File too large)."
    assert (told, text(tmp_path)) == (f"{full} Everything said before is safe.\n", before)


def test_a_private_answer_that_cannot_be_written_leaves_no_line_in_the_journal(
    tmp_path: Path,
) -> None:
    kept(tmp_path, EVERY_KIND[:3])
    before = text(tmp_path)

    fill(tmp_path, "private", 100)

    assert (text(tmp_path), text(tmp_path, "private.jsonl")) == (before, "")
