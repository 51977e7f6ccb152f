"""Half-typed text: how long the journal has it, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import (
    agenda_of,
    answered,
    at,
    closed,
    done,
    entered,
    session_of,
    skipped,
)

from mentorwalk.domain.agenda import Field, Prompt
from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.events import Answered, Drafted, OffTheRecord, Parked, Redacted
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.storage.reading import read_events

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.events import Event
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

MOOD = Field("mood", "Mood", private=True)
TALK = agenda_of(
    Prompt("direction", "What for?", record=(Field("purpose", "Purpose"), MOOD)),
    Prompt("look-back", "Is it right?", again=("purpose",)),
)
HALF = "SECRET HALF"


def drafted(text: str | None, field: str = "purpose", *, private: bool = False) -> Drafted:
    """Something was half typed."""
    return Drafted(**at(0), field=field, text=text, private=private)


def off(*, off: bool) -> OffTheRecord:
    """They went off the record, or back on it."""
    return OffTheRecord(**at(0), off=off)


PRIVATE = drafted(HALF, "mood", private=True)


def texts(session: Session) -> dict[str, str]:
    """What is half typed, by answer id."""
    return {key: draft.text for key, draft in session.drafts.items()}


def folded(*events: Event) -> dict[str, str]:
    """What is half typed after some events on the first card."""
    return texts(session_of(TALK).apply_all([entered("direction"), *events]))


# --- The fold


def test_what_was_half_typed_last_is_the_draft() -> None:
    assert folded(drafted("to le"), drafted("to lead")) == {"purpose": "to lead"}


def test_an_empty_box_is_a_draft_where_an_answer_was() -> None:
    assert folded(answered("purpose", "to lead"), drafted("")) == {"purpose": ""}


ENDS: dict[str, tuple[Event, ...]] = {
    "an answer": (answered("purpose", "to lead"),),
    "an answer taken back": (answered("purpose", None),),
    "the text as it was before": (drafted(None),),
    "a strike": (Redacted(**at(0), field="purpose"),),
    "a skip of its card": (skipped("direction"),),
    "its card parked": (Parked(**at(0), prompt="direction"),),
    "going off the record": (off(off=True),),
    "off the record and back": (off(off=True), off(off=False)),
    "the end": (closed(),),
}


@pytest.mark.parametrize("events", ENDS.values(), ids=ENDS)
def test_a_draft_ends_with(events: tuple[Event, ...]) -> None:
    assert folded(drafted("to le"), *events) == {}


OUTLIVED: dict[str, tuple[Event, ...]] = {
    "another answer": (answered("mood", "low"),),
    "a strike of another answer": (Redacted(**at(0), field="mood"),),
    "its card done": (done("direction"),),
    "a skip of another card": (entered("look-back"), skipped("look-back")),
    "a skip before it": (),
}


@pytest.mark.parametrize("events", OUTLIVED.values(), ids=OUTLIVED)
def test_a_draft_outlives(events: tuple[Event, ...]) -> None:
    assert folded(skipped("direction"), drafted("to le"), *events) == {"purpose": "to le"}


def test_what_is_half_corrected_on_a_later_card_ends_when_that_one_is_skipped() -> None:
    events = (answered("purpose", "to lead"), entered("look-back"), drafted("to"))

    assert folded(*events, skipped("direction")) == {"purpose": "to"}
    assert folded(*events, skipped("look-back")) == {}


def test_a_private_draft_outlives_the_talk_but_not_its_answer() -> None:
    assert folded(PRIVATE, off(off=True), closed()) == {"mood": HALF}
    assert folded(PRIVATE, answered("mood", "low")) == {}


# --- On disk


def numbered(*events: Event) -> list[Event]:
    """The events of a session, each with its number."""
    opened = session_of(TALK).opened
    return [replace(event, seq=seq) for seq, event in enumerate((opened, *events))]


def folder_of(folder: Path, *events: Event) -> Path:
    """A session's folder in which these events were kept."""
    with FolderJournal(folder) as journal:
        for event in numbered(*events):
            journal.append(event)
    return folder


def redacted_by(folder: Path, *events: Event) -> Path:
    """A session's folder in which the last of these events took back what it takes back."""
    folder_of(folder, *events[:-1])
    with FolderJournal(folder) as journal:
        journal.redact(numbered(*events)[-1])
    return folder


def holding(folder: Path, text: str = HALF) -> set[str]:
    """The names of the files that hold a text."""
    files = [path for path in folder.iterdir() if path.is_file()]
    return {path.name for path in files if text.encode() in path.read_bytes()}


def test_a_draft_is_read_back_as_it_was(tmp_path: Path) -> None:
    events = [drafted("to le\nad “"), drafted(None), PRIVATE, drafted(None, "mood", private=True)]

    assert read_events(folder_of(tmp_path, *events))[1:] == numbered(*events)[1:]


def test_a_private_draft_is_in_the_private_file_alone(tmp_path: Path) -> None:
    assert holding(folder_of(tmp_path, PRIVATE)) == {"private.jsonl"}


def test_a_private_draft_that_is_no_text_is_damage(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, PRIVATE)
    (folder / "private.jsonl").write_text('{"seq":1,"value":["a"]}\n', encoding="utf-8")

    with pytest.raises(StorageError, match=r"session\.jsonl:2:1: .* damaged"):
        read_events(folder)


ERASES: dict[str, Event] = {
    "a strike": Redacted(**at(0), field="purpose"),
    "going off the record": off(off=True),
    "the end": closed(),
}


@pytest.mark.parametrize("event", ERASES.values(), ids=ERASES)
def test_no_file_holds_a_draft_any_more_after(event: Event, tmp_path: Path) -> None:
    given = (drafted(HALF), drafted(f"{HALF} and more"), answered("purpose", "lead"), event)

    folder = redacted_by(tmp_path, *given)

    assert holding(folder) == set()
    assert [e.seq for e in read_events(folder)] == [0, 1, 2, 3, 4]


def test_a_private_draft_is_erased_when_its_answer_is_given(tmp_path: Path) -> None:
    low = Answered(**at(0), field="mood", value="low", private=True)

    folder = redacted_by(tmp_path, PRIVATE, low)

    assert holding(folder) == set()
    assert read_events(folder)[-1] == numbered(PRIVATE, low)[-1]


def test_what_takes_nothing_back_is_only_appended(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, answered("purpose", "lead"))
    before = (folder / "session.jsonl").stat().st_ino

    with FolderJournal(folder) as journal:
        journal.redact(numbered(answered("purpose", "lead"), closed())[-1])

    assert (folder / "session.jsonl").stat().st_ino == before


@pytest.mark.parametrize("event", ERASES.values(), ids=ERASES)
def test_a_journal_in_memory_takes_back_the_same(event: Event, tmp_path: Path) -> None:
    given = numbered(drafted(HALF), PRIVATE, answered("purpose", "lead"), event)
    in_memory = MemoryJournal()
    for each in given[:-1]:
        in_memory.append(each)

    in_memory.redact(given[-1])

    assert in_memory.events == read_events(redacted_by(tmp_path, *given[1:]))
