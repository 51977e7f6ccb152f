"""Half-typed text: how long the journal has it, and what ends it."""

from __future__ import annotations

import resource
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import (
    agenda_of,
    answered,
    at,
    closed,
    done,
    entered,
    examples,
    our_agreement,
    session_of,
    skipped,
)
from support.small_walks import BACK, HINT, KEPT, SKIP, TALKED
from support.terminals import FakeClock

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.events import Answered, Drafted, OffTheRecord, Parked, Struck
from mentorwalk.domain.fields import Field
from mentorwalk.engine.frontend import Action, Command, Said, keep_no_draft
from mentorwalk.engine.private import ask_in_private
from mentorwalk.engine.walk import Walk
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.storage.reading import read_events, replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import (
        AcceptSheet,
        ClockView,
        EditLine,
        KeepDraft,
        Proposal,
        Talked,
    )

pytestmark = pytest.mark.portable

MOOD = Field("mood", "Mood", private=True)
TALK = agenda_of(
    Prompt("direction", "What for?", record=(Field("purpose", "Purpose"), MOOD)),
    Prompt("look-back", "Is it right?", again=("purpose",)),
)
HALF = "SECRET HALF"
R = TypeVar("R")


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
    "a strike": (Struck(**at(0), field="purpose"),),
    "a skip of its card": (skipped("direction"),),
    "its card parked": (Parked(**at(0), prompt="direction"),),
    "going off the record": (off(off=True),),
    "off the record and back": (off(off=True), off(off=False)),
    "the end": (closed(),),
}


def test_a_strike_ends_what_is_half_typed_about_the_items_too() -> None:
    about_one = Drafted(**at(0), field="purpose", item="two words", text="to le", private=False)
    assert folded(about_one, Struck(**at(0), field="purpose")) == {}


@pytest.mark.parametrize("events", ENDS.values(), ids=ENDS)
def test_a_draft_ends_with(events: tuple[Event, ...]) -> None:
    assert folded(drafted("to le"), *events) == {}


OUTLIVED: dict[str, tuple[Event, ...]] = {
    "another answer": (answered("mood", "low"),),
    "a strike of another answer": (Struck(**at(0), field="mood"),),
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
    "a strike": Struck(**at(0), field="purpose"),
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


def test_an_answer_that_finds_no_room_leaves_what_was_half_typed(tmp_path: Path) -> None:
    low = Answered(**at(0), field="mood", value="low", private=True)
    folder = folder_of(tmp_path, PRIVATE)
    before = read_events(folder)

    room = (folder / "session.jsonl").stat().st_size
    full = pytest.raises(StorageError, match="File too large")
    with FolderJournal(folder) as journal, no_file_above(room), full:
        journal.redact(numbered(PRIVATE, low)[-1])

    assert read_events(folder) == before


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


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


# --- Whatever is typed, and whenever the process ends

JUMP, OFF, PARK = Command(Action.JUMP), Command(Action.OFF), Command(Action.PARK)
PUBLIC_WORDS, PRIVATE_WORDS = "abc ", "ѪѮѰ"
"""Letters in which people type what goes into the journal, and what never does."""


class Killed(BaseException):
    """The process was killed: nothing of it goes on."""


@dataclass
class Typist:
    """Somebody who types, rests and leaves as a draw has it, and keeps an own account of it."""

    data: st.DataObject
    expected: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """What is half typed, and on which card, by answer id."""
    life: int = 0
    """Things that are done until the process is killed."""
    session: Callable[[], Session] = field(init=False)

    def talk(self, _card: Card, _watch: ClockView | None) -> Talked | Command:
        """Talk, or do something else."""
        replies: tuple[Talked | Command, ...] = (TALKED, TALKED, TALKED, BACK, SKIP, PARK, OFF)
        return self._done(self._drawn(*replies))

    def ask(
        self,
        _card: Card,
        question: Question,
        _watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command:
        """Type and rest a few times, then answer or leave."""
        if question.apart:
            return Said(self._drawn(*(option.pick for option in question.options)))
        key, private = question.id, question.field.private
        assert question.draft == self.expected.get(key, (None, None))[0]
        letters = st.text(PRIVATE_WORDS if private else PUBLIC_WORDS, max_size=3)
        for text in self.data.draw(st.lists(letters, min_size=1, max_size=2)):
            keep_draft(text)
            self.expected[key] = (text, self.session().current)
            if text == question.answer.typed:
                del self.expected[key]
            self._live_on()
        said, same = Said(self.data.draw(letters) or None), Said(question.value)
        replies: tuple[Said | Command, ...] = (said, same, BACK, HINT, JUMP, SKIP, PARK, OFF)
        reply = self._drawn(*replies)
        if isinstance(reply, Said):
            self.expected.pop(key, None)
            return reply
        return reply if private else self._done(reply)

    def settle(
        self, _card: Card, _sheet: list[Question], _watch: ClockView | None
    ) -> AcceptSheet | EditLine:
        """Keep every line."""
        return KEPT

    def decide(self, _card: Card, _proposal: Proposal, _watch: ClockView | None) -> Said:
        """Never asked for here."""
        raise AssertionError

    def pause(self, _card: Card) -> None:
        """Never asked for here."""

    def interrupted(self, _card: Card) -> Literal["stop"]:
        """Never asked for here."""
        return "stop"

    def ended(self) -> None:
        """Count what the end of the talk, or going off the record, takes back."""
        self.expected = {key: each for key, each in self.expected.items() if key == "mood"}

    def _drawn(self, *replies: R) -> R:
        self._live_on()
        return self.data.draw(st.sampled_from(replies))

    def _live_on(self) -> None:
        assert texts(self.session()) == {key: text for key, (text, _) in self.expected.items()}
        self.life -= 1
        if self.life < 0:
            raise Killed

    def _done(self, reply: R) -> R:
        session = self.session()
        if reply in (SKIP, PARK):
            here = session.current
            self.expected = {k: each for k, each in self.expected.items() if each[1] != here}
        if reply == OFF and not session.off_record:
            self.ended()
        return reply


def read_back(folder: Path) -> Session:
    """The session, as the journal tells it."""
    return replayed(TALK, read_events(folder), session_of(TALK).ends)


def lived(folder: Path, typist: Typist, clock: FakeClock) -> None:
    """Walk a session on until its end, or until the process is killed."""
    with suppress(Killed), FolderJournal(folder) as journal:
        walk = Walk(read_back(folder), journal, typist, clock, our_agreement)
        typist.session = lambda: walk.session
        if not walk.session.closed:
            walk.resume()
            typist.ended()
        ask_in_private(walk.presenter)


@settings(deadline=None, max_examples=examples(0.5))
@given(st.data())
def test_whenever_the_process_ends_what_was_half_typed_last_or_its_answer_is_there(
    data: st.DataObject,
) -> None:
    typist, clock = Typist(data), FakeClock()
    with TemporaryDirectory() as name:
        folder = folder_of(Path(name))
        for typist.life in data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=3)):
            lived(folder, typist, clock)

            session = read_back(folder)
            assert texts(session) == {key: text for key, (text, _) in typist.expected.items()}
            written = (folder / "session.jsonl").read_text(encoding="utf-8")
            assert [letter for letter in PRIVATE_WORDS if letter in written] == []
            if session.closed:
                drafted = [event for event in read_events(folder) if isinstance(event, Drafted)]
                assert [event for event in drafted if event.text and not event.private] == []
