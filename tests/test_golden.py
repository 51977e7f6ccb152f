"""Golden sessions: what an earlier mentorwalk wrote is read for ever, and written the same."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.commands import ran_in
from support.small_house import text_of

from mentorwalk.documents.signoff import body_of
from mentorwalk.domain.events import Event
from mentorwalk.domain.exercises import run_of
from mentorwalk.domain.values import ByItem
from mentorwalk.storage.codec import EVENTS, decoded, encoded
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.portable

GOLDEN = Path(__file__).parent / "golden" / "format-1"
DRAFTED = GOLDEN.with_name("format-1-drafted")
FORMAT_2 = GOLDEN.with_name("format-2")
ITEMS = GOLDEN.with_name("format-2-items")
JOURNALS = sorted(GOLDEN.parent.rglob("session.jsonl"))
FIRST, SECOND = "2026-11-28-golden-first", "2026-11-28-golden-second"
PREP = GOLDEN / "prep" / "golden-first-mentee"
ANSWERS = {
    "strengths.mentor": "listening",
    "strengths.mentee": "asking",
    "topics": ["talks", "writing"],
    "frequency": "every week",
    "length": 90,
    "video": True,
    "quiet": "everything",
    "next_day": "2027-01-15",
    "next_time": "15:00",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home as an earlier mentorwalk left it."""
    shutil.copytree(GOLDEN, tmp_path / "home")
    return tmp_path / "home"


def lines_of(journal: Path) -> list[str]:
    return journal.read_text(encoding="utf-8").splitlines()


def private_of(journal: Path) -> dict[int, Any]:
    private = journal.with_name("private.jsonl")
    entries = map(json.loads, lines_of(private)) if private.exists() else ()
    return {entry["seq"]: entry["value"] for entry in entries}


def written(event: Event) -> str:
    return json.dumps(encoded(event), ensure_ascii=False, separators=(",", ":"))


def export_session(home: Path, session: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(ran_in(home, "export", session).out)
    return data


# --- The journal's names are a format


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.parent.name)
def test_a_golden_journal_is_written_again_byte_for_byte(journal: Path) -> None:
    private = private_of(journal)

    again = [written(decoded(json.loads(line), private)) for line in lines_of(journal)]

    assert again == lines_of(journal)


def test_every_event_is_in_a_golden_journal() -> None:
    names = {json.loads(line)["event"] for journal in JOURNALS for line in lines_of(journal)}

    assert names == {*EVENTS}


def test_every_event_has_a_name() -> None:
    assert {record.kind for record in EVENTS.values()} == {*Event.__subclasses__()}


# --- A whole session goes on


def test_golden_sessions_are_listed(home: Path) -> None:
    join_words = ran_in(home, "sessions", "--names").out

    assert join_words == (
        "  1  2026-11-28 17:36  golden-first  Ada and Grace H.  finished\n"
        "  2  2026-11-28 17:36  golden-second  Ada and Grace H.  finished\n"
    )


def test_a_golden_session_is_exported_with_every_answer_that_is_not_private(home: Path) -> None:
    data = export_session(home, FIRST)

    assert {key: answer["value"] for key, answer in data["answers"].items()} == ANSWERS
    assert data["people"] == {"mentor": "Ada", "mentee": "Grace H."}
    assert [each["by"] for each in data["agreement"]["accepted"]] == ["mentor", "mentee"]
    assert data["parked"] == ["What could wait?"]


@pytest.mark.parametrize("session", [FIRST, SECOND])
def test_a_golden_agreement_is_verified_as_accepted_by_both(session: str, home: Path) -> None:
    ran = ran_in(home, "verify", str(home / "documents" / session / "contract.md"))

    assert (ran.code, ran.out.partition(",")[0]) == (0, "According to this file")


@pytest.mark.parametrize("session", [FIRST, SECOND])
def test_a_golden_session_is_rendered_again_with_what_was_accepted(
    session: str, home: Path
) -> None:
    agreement = home / "documents" / session / "contract.md"
    before = text_of(agreement)

    ran = ran_in(home, "render", session)

    assert ran.code == 0
    # Older files had no line for pens, no zone, and no line with all digits of the fingerprint.
    now = text_of(agreement).rpartition("\n<!-- mentorwalk: ")[0]
    now = re.sub(r"On paper, if you like:\n\n(.* _+\n\n)+", "", now)
    assert now.replace(" (Warsaw time). Mark", ". Mark") == before


@pytest.mark.parametrize("cut", range(2, 40, 5))
def test_a_golden_session_that_was_left_anywhere_is_resumed(cut: int, home: Path) -> None:
    journal = home / "sessions" / FIRST / "session.jsonl"
    journal.write_text("\n".join([*lines_of(journal)[:cut], ""]), encoding="utf-8")
    before = journal.read_bytes()

    ran_in(home, "resume", FIRST, "--plain", typed="/stop\n")

    after = journal.read_bytes()
    assert after.startswith(before)
    assert b'"event":"ticked"' in after[len(before) :] or after == before


def test_a_golden_session_offers_what_was_half_typed_in_it(tmp_path: Path) -> None:
    shutil.copytree(DRAFTED, tmp_path / "home")

    folder = tmp_path / "home" / "sessions" / "2026-11-28-golden-drafted"

    assert {k: draft.text for k, draft in load_session(folder).drafts.items()} == {
        "topics": "talks\nfinding my wo"
    }


def test_what_was_agreed_in_a_golden_session_goes_on_to_the_next(home: Path) -> None:
    data = export_session(home, SECOND)

    assert [(each["heading"], each["state"]) for each in data["clauses"]] == [
        ("How we meet", "settled"),
        ("What stays between us", "settled"),
    ]
    assert data["agreement"]["accepted_by_both"]


def test_a_golden_session_holds_no_byte_of_what_was_struck() -> None:
    files = [path for path in (GOLDEN / "sessions").rglob("*") if path.is_file()]

    assert [path.name for path in files if b"STRUCK" in path.read_bytes()] == []


def test_a_golden_preparation_is_read_back_whole(home: Path) -> None:
    agenda = home / "agendas" / "golden-first" / "golden-first.yaml"
    agenda.parent.mkdir(parents=True)
    shutil.copy(PREP / "agenda.yaml", agenda)

    ran = ran_in(home, "prep", "golden-first", "--role", "mentee", "--show")

    assert ran.out == (
        "Preparing: A first meeting\n\nYou\n"
        "- What do you hope for? a clear head (shared)\n"
        "- What would rather stay with you? PRIVATE-WORRY\n\n"
        "What would suit you\n- How often: every week (shared)\n"
    )


def test_a_golden_preparation_file_is_taken_to_a_session(home: Path) -> None:
    agenda = home / "sessions" / FIRST / "agenda.yaml"
    answers = home / "answers.yaml"
    answers.write_text("purpose: to learn\n", encoding="utf-8")
    prep = home / "prep-grace.yaml"

    ran = ran_in(
        *(home, "start", agenda, "--mentor", "Ada", "--mentee", "Grace", "--minutes", 30),
        *("--prep", prep, "--answers", answers),
    )

    assert export_session(home, Path(ran.out.strip()).name)["prepared"]["mentee"] == {
        "hope": {
            "label": "What do you hope for?",
            "value": "a clear head",
            "words": "a clear head",
        }
    }


# --- Format 2: a mentorship of three, with a meeting between that has no agreement


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A home with the three sessions."""
    shutil.copytree(FORMAT_2, tmp_path / "home")
    return tmp_path / "home"


def test_a_golden_agreement_stands_after_a_meeting_without_one(three: Path) -> None:
    agreements = [
        three / "documents" / f"2026-11-28-golden-{name}" / "contract.md"
        for name in ("first", "third")
    ]
    before = [body_of(text_of(path)) for path in agreements]
    ran = [ran_in(three, "render", path.parent.name) for path in agreements]
    assert [each.code for each in ran] == [0, 0]
    assert [body_of(text_of(path)) for path in agreements] == before
    assert before[0] == before[1]


def test_a_golden_mentorship_goes_on(three: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("news: more\n", encoding="utf-8")
    agenda = three / "sessions" / "2026-11-28-golden-third" / "agenda.yaml"
    ran = ran_in(three, "next", "--agenda", agenda, "--answers", answers)
    contract = three / "documents" / Path(ran.out.strip()).name / "contract.md"
    assert ran_in(three, "verify", contract).code == 0
    opened = json.loads(lines_of(Path(ran.out.strip()) / "session.jsonl")[0])
    assert (opened["mentorship"], len(opened["before"])) == ("ejlrnjgbgiut", 3)


def test_a_golden_session_of_format_1_is_followed_by_one_of_format_2(
    home: Path, tmp_path: Path
) -> None:
    """Its accepted text was not kept; it is rendered anew, and its mark fits."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("news: more\n", encoding="utf-8")
    agenda = FORMAT_2 / "sessions" / "2026-11-28-golden-between" / "agenda.yaml"
    for each in (agenda, home / "sessions" / SECOND / "agenda.yaml"):
        text = "topic: x\n" if each == agenda else "news: more\n"
        answers.write_text(text, encoding="utf-8")
        ran = ran_in(home, "next", "--agenda", each, "--answers", answers)
        assert ran.code == 0, ran
    opened = json.loads(lines_of(Path(ran.out.strip()) / "session.jsonl")[0])
    assert (opened["mentorwalk"], opened["mentorship"]) == (2, FIRST)
    contract = home / "documents" / Path(ran.out.strip()).name / "contract.md"
    assert ran_in(home, "verify", contract).code == 0


# --- An exercise that joined a session


def test_a_golden_session_that_an_exercise_joined_says_what_was_said_in_it() -> None:
    folder = FORMAT_2.with_name("format-2-joined") / "sessions" / "2026-11-28-golden-meeting"
    session = load_session(folder)
    (joined,) = session.exercises
    assert joined.renamed == {"area": "wheel.area"}
    assert session.answer("area").value == ("In Warsaw",)
    assert run_of(session, joined).answer("now").typed == "Skills: 7"
    assert session.opened.carried.earlier["now"].day == date(2026, 11, 28)


# --- Answers about items


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    """A home with an exercise: numbers, an order, a map, and what each area means."""
    shutil.copytree(ITEMS, tmp_path / "home")
    return tmp_path / "home"


def test_golden_answers_about_items_are_exported_as_they_were_given(rated: Path) -> None:
    answers = export_session(rated, "2026-11-22-golden-items")["answers"]

    assert {key: (answer["value"], answer["words"]) for key, answer in answers.items()} == {
        "areas": (["Skills", "Workload", "People"], "Skills, Workload and People"),
        "own": (["Sleep"], "Sleep"),
        "now": (
            {"Skills": 7, "People": 0, "Sleep": 3},
            "Skills 7 of 10, Workload left out, People 0 of 10, Sleep 3 of 10",
        ),
        "meaning": (
            {"Skills": "to do it well", "People": "to be liked"},
            "Skills: to do it well; People: to be liked",
        ),
        "order": (["People", "Sleep", "Skills"], "People, then Sleep, then Skills"),
        "map": (
            [["Work", [["Say no", [["Monday", []]]]]], ["Home", []]],
            "Work: Say no (Monday); Home",
        ),
        "first": ("Sleep", "Sleep"),
    }


def test_golden_private_answers_about_items_are_read_back(rated: Path) -> None:
    session = load_session(rated / "sessions" / "2026-11-22-golden-items")

    assert {**session.effective_answer("worry").by_item}.keys() == {"Skills", "People"}
    assert session.effective_answer("worry", "People").value == "PRIVATE-OTHER"
    assert session.effective_answer("hope").value == ByItem((("Skills", 9),))


def test_what_was_struck_of_an_item_is_in_no_golden_file(rated: Path) -> None:
    files = [path for path in (rated / "sessions").rglob("*") if path.is_file()]

    assert [path.name for path in files if b"STRUCK" in path.read_bytes()] == []
    session = load_session(rated / "sessions" / "2026-11-22-golden-items")
    assert session.effective_answer("meaning", "Workload").empty
