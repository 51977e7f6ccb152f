"""Preparing: one person at a keyboard, from the promise to the file that can be sent."""

from __future__ import annotations

import io
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE
from support.commands import Ran, ran_in
from support.preparing_samples import (
    BEGIN,
    END,
    HOW,
    READY,
    SHARE,
    TALK,
    WHOLE,
    WISHES,
    YOU,
    House,
    prep,
    typed,
)
from support.terminals import CTRL_C, CTRL_U, DOWN, ENTER, TAB, fed

from mentorwalk.authoring.prep_file import prep_text
from mentorwalk.domain.errors import InputError, ProblemsFound, SessionBusy, Stopped, StorageError
from mentorwalk.domain.people import People
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.storage.reading import read_events
from mentorwalk.workflows.prep_files import file_name
from mentorwalk.workflows.prep_store import own_preparation

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.card import Card
    from mentorwalk.engine.frontend import ClockView, Command, Interrupted, Talked
SHARED = prep("mentee", hope="a plan", help=("An ear",), frequency="Every week", length=60)
SHARED = replace(SHARED, answers={**SHARED.answers, "keeper": "{mentee}"})


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Return a house where nobody has prepared yet."""
    (tmp_path / "home").mkdir()
    return House(tmp_path / "home")


# --- From the promise to the file


def test_the_promise_is_read_before_anything_is_asked_or_kept(house: House) -> None:
    assert house.told() == [
        "",
        "Your preparation",
        "Before you begin",
        "It stays between us, but for the office.",
        HOW,
        "Enter: go on. /help for more.",
    ]
    assert list(house.home.iterdir()) == []


def test_what_was_chosen_to_be_shared_is_in_the_file_and_nothing_else(house: House) -> None:
    path = house.walk(*WHOLE)
    assert path == house.home / "documents" / "prep-Grace.yaml"
    assert house.prep(path) == SHARED


def test_the_whole_file_is_seen_before_it_is_written(house: House) -> None:
    told = house.told(*WHOLE[:-4])
    seen = told[told.index("This is exactly what Ada will see.") :]
    assert [line for line in seen if line] == [
        "This is exactly what Ada will see.",
        "Grace, A talk",
        "What do you hope for?",
        "a plan",
        "Help that is welcome: An ear",
        "How we meet",
        "How often: Every week",
        "How long: 60 minutes",
        "Who keeps notes: Grace",
        "All the rest stays on this computer, and is for you alone.",
        "Enter: go on. /help for more.",
    ]
    assert not (house.home / "documents").exists()


def test_what_is_private_is_in_the_owners_folder_only(house: House) -> None:
    house.walk(*WHOLE)
    for words in ("SECRETBOSS", "two", "Water"):
        assert {place.split("/")[0] for place in house.holding(words)} <= {"talk-mentee"}
    assert house.holding("SECRETBOSS") == {"talk-mentee/session.jsonl"}


def test_everything_is_for_its_owner_only(house: House) -> None:
    house.walk(*WHOLE)
    modes = {stat.S_IMODE(path.stat().st_mode): path.is_dir() for path in house.home.rglob("*")}
    assert modes == {0o700: True, 0o600: False}


def test_no_file_is_written_unless_somebody_says_so(house: House) -> None:
    assert house.walk(*WHOLE[:-3], "3") is None
    assert not (house.home / "documents").exists()


def test_something_can_be_changed_after_all_was_seen(house: House) -> None:
    last = ["2", *("1", "2", "my own plan"), *END]
    assert house.prep(house.walk(*WHOLE[:-3], *last)).answers["hope"] == "my own plan"


def test_what_is_struck_is_erased(house: House) -> None:
    (house.home / "documents").mkdir()
    (house.home / "documents" / ".mentorwalk-left.part").write_text("SECRETBOSS", encoding="utf-8")
    house.walk(*WHOLE[:-3], "2", "4", "3", "2", *END)
    assert house.holding("SECRETBOSS") == set()


def test_who_takes_something_back_is_warned_of_the_earlier_file(house: House) -> None:
    path = house.walk(*WHOLE)
    told = io.StringIO()
    again = house.preparing()
    assert again.walk(None, PlainFrontend(typed(("1", "3", "2", "", "", "3", "")), told)) is None
    assert f"It says what you shared then.\n{path}\n" in told.getvalue()
    told = io.StringIO()
    house.walk("", "", "1", "", "1")
    again.walk(None, PlainFrontend(typed(("", "", "3")), told))
    assert "what you shared then" not in told.getvalue()
    assert house.holding("a plan") == set()


def test_nothing_need_be_answered(house: House) -> None:
    empty = ["", "", "", "", "/skip", "/skip", "", "", "", *END]
    assert house.prep(house.walk(*BEGIN, *empty)) == prep("mentee")


def test_the_other_person_need_not_have_a_name(house: House) -> None:
    told = house.told("", "Grace", "", *YOU, *WISHES, *READY)
    assert "What may your mentor see?" in told


def test_two_people_are_not_called_the_same(house: House) -> None:
    told = house.told("", "Grace", "grace")
    assert "You are both called grace: please add an initial to one of you." in told


def test_an_answer_too_long_to_read_back_is_reported_before_there_is_a_file(
    house: House, tmp_path: Path
) -> None:
    long = "x" * 16_001
    told = "What do you hope for? It is longer than 16000 characters."
    assert told in house.told(*BEGIN, long, *WHOLE[4:-4])
    assert not (house.home / "documents").exists()
    assert house.prep(house.walk("", "", "1", "1", "2", "short", *END)).answers["hope"] == "short"
    answers = tmp_path / "answers.yaml"
    answers.write_text(f"help: [A push]\nwhy_hope: {long}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"^Why that\? It is longer than 16000 characters\.$"):
        house.preparing().from_answers(None, answers)


# --- What is not known yet


def test_not_to_know_yet_is_an_answer_to_every_question(house: House) -> None:
    unsure = ["?", "3", "I don't know yet", "", "?", "1", "?", "2", "?", "", "", ""]
    path = house.walk(*BEGIN, *unsure, "", *("2", "2", "", *END))
    assert house.prep(path) == prep(
        "mentee", "hope", "help", "topics", "frequency", "length", keeper="{mentee}"
    )


def test_not_to_know_yet_is_said_in_words_where_it_is_changed(house: House) -> None:
    told = house.told(*BEGIN, "?", *WHOLE[4:-5], "1")
    assert "What do you hope for? I don't know yet" in told
    assert "What do you hope for? ?" not in told


def test_what_is_left_falls_with_every_question(house: House) -> None:
    told = house.told(*WHOLE[:-4])
    minutes = [line.partition(", ")[2] for line in told if line.endswith(" left")]
    assert minutes == [
        *(f"about {number} minutes left" for number in (11, 10, 9, 8, 4, 4, 3, 2, 2)),
        "about 1 minute left",
        "less than a minute left",
    ]


# --- Another day


def test_who_comes_back_goes_on_where_they_left(house: House) -> None:
    house.told(*BEGIN, "a plan", "1", "/stop")
    told = house.told()
    assert told[:3] == ["", "You, about 9 minutes left", "Topics (one a line)"]
    assert house.prep(house.walk(*YOU[2:], *WISHES, *READY, *SHARE, *END)) == SHARED


def test_what_was_finished_is_looked_at_again_from_its_end(house: House) -> None:
    house.walk(*WHOLE)
    told = house.told()
    assert told[2] == "This is everything you wrote. Is every line right?"
    again = house.prep(house.walk("1", "2", "another", *END))
    assert again.answers["hope"] == "another"


def test_a_name_can_be_given_anew(house: House) -> None:
    house.walk(*WHOLE)
    path = house.walk(*END, name="Gracie")
    assert path == house.home / "documents" / "prep-Gracie.yaml"
    assert house.prep(path).name == "Gracie"


def test_who_stops_learns_how_to_go_on(house: House) -> None:
    with pytest.raises(Stopped, match=r"^Saved\. Go on with:\nmentorwalk prep x$"):
        house.walk(*BEGIN, "a plan")
    with pytest.raises(Stopped, match=r"^Saved\. Go on with:\nmentorwalk prep x$"):
        house.walk(*WHOLE[4:-3])


def test_leaving_after_the_file_was_written_is_no_stop(
    house: House,
) -> None:
    assert house.prep(house.walk(*WHOLE[:-2])) == SHARED


def test_who_stops_before_there_is_anything_learns_so(house: House) -> None:
    with pytest.raises(Stopped, match=r"^Stopped before anything was written down\.$"):
        house.walk("", "Grace")


def test_one_window_at_a_time_holds_a_preparation(house: House) -> None:
    house.told(*BEGIN)
    with FolderJournal(house.preparing().store.folder), pytest.raises(SessionBusy):
        house.walk()


def test_what_another_window_began_while_the_names_were_asked_for_is_gone_on_with(
    house: House,
) -> None:
    class Slow(PlainFrontend):
        """Somebody who reads so slowly that the form is filled in elsewhere meanwhile."""

        def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
            """Wait for the other window."""
            if not house.preparing().store.begun:
                house.walk(*WHOLE)
            return super().talk(card, watch)

    with pytest.raises(Stopped):
        house.preparing().walk(None, Slow(typed(tuple(BEGIN)), io.StringIO()))
    assert house.preparing().store.load().form.answers["hope"] == "a plan"


def test_after_the_agenda_has_changed_what_still_fits_is_kept(house: House) -> None:
    house.walk(*WHOLE)
    changed = TALK.replace("id: topics", "id: themes").replace("max: 90", "max: 45")
    later = House(house.home, changed.replace("default: 60", "default: 30"))
    form = later.preparing().store.load().form
    assert {"hope": "a plan", "frequency": "Every week"}.items() <= form.answers.items()
    assert {"topics", "themes", "length"} & form.answers.keys() == set()
    told = later.told("")
    assert told[2].startswith("The questions have changed since you wrote.")
    assert "Before, about 12 minutes left" in told
    assert later.told()[:2] == ["", "Before, about 12 minutes left"]
    store = later.preparing().store
    assert read_events(store.folder)[0] == store.load().form.opened


def test_what_has_no_question_any_more_is_kept_and_read_back(house: House) -> None:
    house.walk(*WHOLE)
    other = TALK.replace("id: topics", "id: themes").replace("max: 90", "max: 45")
    other = other.replace("default: 60", "default: 30").replace("id: never_told", "id: unsaid")
    later = House(house.home, other)
    for _time in range(2):
        whole = later.preparing().store.load().whole().splitlines()
        kept = whole[whole.index("Kept, though it is not asked any more") + 1 :]
        assert kept == [
            "- Topics: one; two",
            "- What not yet? SECRETBOSS",
            "- How long: 60 minutes",
        ]
        later.told("")
    assert house.preparing().store.load().form.answers["topics"] == ("one", "two")


def test_what_was_kept_comes_back_with_its_question_and_as_private_as_it_was(
    house: House,
) -> None:
    house.walk(*WHOLE)
    before = house.preparing().store.load()
    House(house.home, TALK.replace("id: topics", "id: themes")).told("")
    again = house.preparing().store.load()
    assert again.form.answers["topics"] == ("one", "two")
    assert "Kept, though" not in again.whole()
    open_ones = TALK.replace("label: Topics", "label: Topics\n      share: yes")
    shared = House(house.home, open_ones).preparing().store.load().prep.answers
    assert ("topics" in before.prep.answers, "topics" in shared) == (False, False)


def test_two_answers_to_a_question_that_is_gone_are_both_kept(house: House) -> None:
    gone = House(house.home, TALK.replace("id: hope", "id: wish"))
    for house_then, hope in ((house, "a plan"), (house, "another plan")):
        lines = BEGIN if hope == "a plan" else ["", "2", "", ""]
        house_then.told(*lines, hope)
        gone.told("")
        if hope == "a plan":
            number = TALK.replace("label: What do you hope for?", "label: Hope\n      type: number")
            House(house.home, number).told("", "", "5")
    kept = gone.preparing().store.load().form.opened.carried.answers
    assert [kept[key] for key in kept if key.endswith(".hope")] == ["a plan", 5]


def half_typed(house: House) -> dict[str, str]:
    """What is half typed in the form, by answer id."""
    form = house.preparing().store.load().form
    return {key: draft.text for key, draft in form.drafts.items()}


def test_after_the_agenda_has_changed_what_is_half_typed_is_kept_where_it_is_still_asked(
    house: House,
) -> None:
    house.told(*BEGIN, "a plan", "1", "one", "/stop")
    assert half_typed(house) == {"topics": "one"}
    changed = House(house.home, TALK.replace("max: 90", "max: 75"))
    assert half_typed(changed) == {"topics": "one"}
    changed.told("/stop")
    assert half_typed(changed) == {"topics": "one"}
    without = House(house.home, TALK.replace("id: topics", "id: themes"))
    assert half_typed(without) == {}


def test_what_is_half_typed_is_never_shared(house: House) -> None:
    house.told(*BEGIN, "a plan", "1", "HALF", "/stop")
    path = answers(house, "hope: a plan\n", None)
    assert half_typed(house) == {"topics": "HALF"}
    assert "HALF" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("copy", "shared"),
    [(TALK, {"help", "frequency", "length", "keeper"}), ("no agenda", set())],
    ids=["readable", "damaged"],
)
def test_what_was_not_shared_is_not_shared_by_a_newer_agenda_unasked(
    house: House, copy: str, shared: set[str]
) -> None:
    house.walk(*BEGIN, *YOU, *WISHES, *READY, "", "", "", *END)
    (house.preparing().store.folder / "agenda.yaml").write_text(copy, encoding="utf-8")
    newer = TALK.replace("share: never", "share: yes").replace("for?\n", "for?\n      share: yes\n")
    later = House(house.home, newer)
    assert later.prep(answers(later, "topics: [one]\n", None)).answers.keys() == shared


def test_a_damaged_journal_is_reported_in_a_sentence(house: House) -> None:
    house.walk(*WHOLE)
    (house.preparing().store.folder / "session.jsonl").write_text("{\n{}\n", encoding="utf-8")
    with pytest.raises(StorageError, match="This line of the journal is damaged"):
        house.walk()


@pytest.mark.parametrize(
    ("was", "odd"), [('"you.hope"', '"nowhere"'), ('"a plan"', "7"), ('"hope"', '"nothing"')]
)
def test_an_impossible_journal_is_reported_with_its_line(house: House, was: str, odd: str) -> None:
    house.told(*BEGIN, "a plan")
    path = house.preparing().store.folder / "session.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace(was, odd), encoding="utf-8")
    with pytest.raises(StorageError, match=r"jsonl:\d:1: This line of the journal is damaged"):
        house.walk("")


# --- The places of files


def test_a_name_is_made_fit_for_a_file() -> None:
    expected: dict[str, str] = {
        "Grace": "prep-Grace.yaml",
        "Grace Hopper": "prep-Grace-Hopper.yaml",
        "Żaneta": "prep-Żaneta.yaml",
        "प्रिया": "prep-प्रिया.yaml",
        "Grace \u2764\ufe0f": "prep-Grace.yaml",
        "../../etc/passwd": "prep-etc-passwd.yaml",
        "a\\b:c*d?": "prep-a-b-c-d.yaml",
        ".": "prep-mine.yaml",
        "😀": "prep-mine.yaml",
        "an_vti_ou": "prep-an-vti-ou.yaml",
        "x" * 60: f"prep-{'x' * 60}.yaml",
    }
    assert {name: file_name(name) for name in expected} == expected


def test_the_file_goes_where_it_is_wanted(house: House, tmp_path: Path) -> None:
    wanted = tmp_path / "for-ada.yaml"
    assert house.walk(*WHOLE, out=wanted) == wanted
    assert house.walk(*END, out=tmp_path) == tmp_path / "prep-Grace.yaml"
    assert house.prep(wanted) == house.prep(tmp_path / "prep-Grace.yaml")
    assert not (house.home / "documents").exists()


def test_a_file_of_another_kind_is_not_overwritten(house: House, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="There is a file already, and it is not a preparation"):
        house.walk(*WHOLE, out=other)
    with pytest.raises(InputError, match="There is no such folder"):
        house.walk(*WHOLE, out=tmp_path / "none" / "prep.yaml")
    assert (other.read_text(encoding="utf-8"), list(house.home.iterdir())) == ("mine", [])


def test_an_earlier_preparation_file_is_replaced(house: House) -> None:
    first = house.walk(*WHOLE)
    again = house.walk("1", "2", "another", *END)
    assert (first, house.prep(again).answers["hope"]) == (again, "another")


def test_a_file_of_another_preparation_is_not_replaced_and_the_next_name_is_taken(
    house: House,
) -> None:
    documents = house.home / "documents"
    documents.mkdir()
    (documents / "prep-Grace.yaml").write_text(
        prep_text(prep("mentor", hours=2), {"hours": "Hours"}), encoding="utf-8"
    )
    (documents / "prep-Grace-2.yaml").write_text("my notes", encoding="utf-8")
    written = [house.walk(*WHOLE), house.walk("1", "2", "another", *END)]
    assert written == [documents / "prep-Grace-3.yaml"] * 2
    assert (documents / "prep-Grace-2.yaml").read_text(encoding="utf-8") == "my notes"
    assert house.preparing().files.remains().sent == (documents / "prep-Grace-3.yaml",)
    for other in ("prep-Grace.yaml", "prep-Grace-2.yaml"):
        with pytest.raises(InputError, match=r"left alone\. A free name is prep-Grace-"):
            house.walk(*END, out=documents / other)


def test_an_agenda_that_asks_nothing_beforehand_is_refused(house: House) -> None:
    bare = TALK[: TALK.index("prepare:\n  minutes")].replace("prepare: both", "help: none")
    with pytest.raises(InputError, match="A talk asks the mentee nothing beforehand"):
        House(house.home, bare).preparing()


# --- Without asking


def answers(house: House, text: str, name: str | None = "Grace") -> Path:
    """Prepare from a file of answers."""
    path = house.home.parent / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    return house.preparing().from_answers(name, path)


def test_answers_from_a_file_are_shared_only_where_nobody_need_be_asked(house: House) -> None:
    path = answers(house, "hope: a plan\nnever_told: SECRETBOSS\nlength: 30 minutes\nkeeper: '?'\n")
    assert house.prep(path) == prep("mentee", "keeper", length=30)
    assert house.holding("SECRETBOSS") == {"talk-mentee/session.jsonl"}
    assert house.preparing().store.load().form.answers["hope"] == "a plan"


def test_nothing_is_a_wish_that_the_file_does_not_name(house: House) -> None:
    assert house.prep(answers(house, "hope: a plan\n")) == prep("mentee")


def test_without_a_name_the_role_stands_in(house: House) -> None:
    assert house.prep(answers(house, "length: 30\n", None)).name == "Mentee"


def test_all_problems_of_answers_are_reported_and_nothing_is_written(house: House) -> None:
    with pytest.raises(ProblemsFound) as found:
        answers(house, "hop: a\nlength: long\nshare.hope: yes\npurpose: x\n")
    assert [problem.line for problem in found.value.problems] == [1, 2, 3, 4]
    assert list(house.home.iterdir()) == []


def test_what_the_form_requires_must_be_in_the_file(house: House) -> None:
    required = TALK.replace("    - id: hope\n", "    - id: hope\n      required: yes\n")
    strict = House(house.home, required)
    with pytest.raises(ProblemsFound, match="`hope` is required"):
        answers(strict, "length: 30\n")


def test_answers_from_a_file_join_what_was_typed(house: House) -> None:
    house.walk(*WHOLE)
    path = answers(house, "length: 30\n", None)
    told = {key: value for key, value in SHARED.answers.items() if key != "hope"}
    assert house.prep(path) == replace(SHARED, answers={**told, "length": 30})


def test_what_somebody_kept_to_themselves_stays_so_when_answers_come_from_a_file(
    house: House,
) -> None:
    house.walk(*BEGIN, *YOU, *WISHES, *READY, "2", "", "1", "1", "2", "1", "", *END)
    path = answers(house, "help: [A push]\nlength: 30\nwhy_hope: a reason\n", None)
    assert house.prep(path) == prep("mentee", why_hope="a reason")


# --- The live screen


def test_the_form_begins_on_the_live_screen(house: House) -> None:
    keys = [
        ("Before you begin", ENTER),
        ("What is your name?", f"Grace{ENTER}"),
        ("And the name of your mentor?", f"Ada{ENTER}"),
        ("What do you hope for?", f"a plan{ENTER}"),
        ("Help that is welcome", f" {ENTER}"),
        ("Topics", f"?{ENTER}{ENTER}"),
    ]
    with fed(*keys, columns=80, rows=30) as terminal, pytest.raises(Stopped):
        house.preparing().walk(None, LiveFrontend(clock="off"))
    assert terminal.awaited == []
    assert terminal.seen("about 10 minutes left")
    assert not terminal.seen("ends about")
    told = {"hope": "a plan", "help": ("An ear",), "topics": "?"}
    assert house.preparing().store.load().form.answers == told


def test_a_wish_is_not_known_yet_on_the_live_screen(house: House) -> None:
    house.told(*BEGIN, *YOU)
    keys = [
        ("How we meet", f"2{ENTER}"),
        ("How long (15 to 90 minutes)", f"{CTRL_U}?{ENTER}"),
        ("I don't know yet 3 Who", ENTER),
    ]
    with fed(*keys, columns=80, rows=30) as terminal, pytest.raises(Stopped):
        house.preparing().walk(None, LiveFrontend(clock="off"))
    assert terminal.awaited == []
    assert house.preparing().store.load().form.answers["length"] == "?"


def test_the_form_ends_on_the_live_screen(house: House) -> None:
    house.told(*BEGIN, *YOU, *WISHES, *READY)
    keys = [
        ("You wrote: “a plan”", f"{DOWN}{ENTER}"),
        ("You wrote: “one; two”", ENTER),
        ("Share “What would suit you”", ENTER),
        ("This is everything you wrote.", ENTER),
        ("This is exactly what Ada will see.", ENTER),
        ("Write your preparation file now?", ENTER),
    ]
    with fed(*keys, columns=80, rows=30) as terminal:
        path = house.preparing().walk(None, LiveFrontend(clock="off"))
        assert terminal.awaited == []
    assert house.prep(path) == SHARED


def test_the_cards_can_be_read_beforehand(house: House) -> None:
    told = io.StringIO()
    lines = typed((*WHOLE[:-1], "2", "", ""))
    house.preparing().walk(None, PlainFrontend(lines, told))
    cards = told.getvalue().splitlines()[-6:]
    assert "- What rhythm could you keep?" in cards
    assert lines.read() == ""


def test_the_options_are_those_that_make_sense_alone(house: House) -> None:
    house.told(*BEGIN)
    keys = [("What do you hope for?", f"half{TAB}"), ("x) Stop and save", "x")]
    with fed(*keys, columns=80, rows=24) as terminal, pytest.raises(Stopped):
        house.preparing().walk(None, LiveFrontend(clock="off"))
    options = next(p for p in terminal.pictures if any("x) Stop" in row for row in p))
    assert [row.strip(" ›")[:1] for row in options if ") " in row[:12]] == list("bsjrawx")
    form = house.preparing().store.load().form
    assert ({key: draft.text for key, draft in form.drafts.items()}, form.answers) == (
        {"hope": "half"},
        {},
    )


def test_ctrl_c_asks_whether_to_go_on_or_to_come_back_another_day(house: House) -> None:
    house.told(*BEGIN)
    keys = [
        ("What do you hope for?", CTRL_C),
        ("Stop and save; come back any time", ENTER),
        ("What do you hope for?", CTRL_C),
        ("Stop and save; come back any time", f"{DOWN}{ENTER}"),
    ]
    with fed(*keys, columns=80, rows=24) as terminal, pytest.raises(Stopped):
        house.preparing().walk(None, LiveFrontend(clock="off"))
    assert terminal.awaited == []


@pytest.mark.parametrize("word", ["/park", "/off", "/shorten", "/+5", "/note", "/pause", "/nope"])
def test_commands_that_make_no_sense_alone_are_refused(house: House, word: str) -> None:
    known = "/back, /skip, /jump, /review, /names, /contact, /stop"
    assert f"There is no {word}. There are {known}. To write it down, begin with a space." in (
        house.told(*BEGIN, word)
    )


def test_a_preparation_that_cannot_be_kept_names_the_command_that_goes_on(
    house: House,
) -> None:
    (house.preparing().store.folder / "agenda.yaml").mkdir(parents=True)
    with pytest.raises(StorageError, match="Once that is fixed: mentorwalk prep x"):
        house.walk(*BEGIN)


# --- Forgetting it


def forgetting(house: House, typed: str, *args: object) -> Ran:
    """Run the command that forgets, and answer it."""
    (house.home.parent / "talk.yaml").write_text(TALK, encoding="utf-8")
    where = house.home.parent / "talk.yaml"
    return ran_in(house.home, "prep", where, "--forget", *args, typed=typed)


def test_what_was_prepared_is_forgotten_on_a_yes_with_the_file_to_be_sent(house: House) -> None:
    sent = house.walk(*WHOLE)
    folder = house.preparing().store.folder
    (folder / ".mentorwalk-left.part").write_text("SECRETBOSS", encoding="utf-8")
    left = house.home / "documents" / ".mentorwalk-left.part"
    left.write_text("a plan", encoding="utf-8")
    ran = forgetting(house, "y\n")
    question = "Delete this for good, with all that is in it? [y/N] "
    leftover = folder / ".mentorwalk-left.part"
    deleted = [sent, left, folder / "session.jsonl", leftover, folder / "agenda.yaml"]
    told = "".join(f"deleted {path}\n" for path in deleted)
    assert ran == Ran(0, f"{folder}\n{sent}\n{left}\n{question}{told}", "")
    assert [path for path in house.home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("answer", "code"), [("n\n", 1), ("\n", 1), ("", 130)])
def test_without_a_yes_what_was_prepared_stays(house: House, answer: str, code: int) -> None:
    house.walk(*WHOLE)
    ran = forgetting(house, answer)
    assert (ran.code, ran.err) == (code, "Nothing was deleted.\n")
    assert house.preparing().store.load().prep == SHARED


def test_only_ones_own_file_is_forgotten_with_it(house: House) -> None:
    sent = house.walk(*WHOLE)
    assert sent
    sent.write_text(prep_text(prep("mentor", hours=2), {"hours": "Hours"}), encoding="utf-8")
    assert house.preparing().files.remains().sent == ()


def test_a_file_under_an_earlier_name_is_forgotten_too(house: House) -> None:
    sent = [house.walk(*WHOLE), house.walk(*END, name="Gracie")]
    assert house.preparing().files.remains().sent == tuple(sent)


def test_a_preparation_that_is_damaged_can_be_forgotten(house: House) -> None:
    house.told(*BEGIN)
    (house.preparing().store.folder / "session.jsonl").write_text("{}\n", encoding="utf-8")
    assert forgetting(house, "y\n").code == 0
    assert list(house.home.glob("prep/*")) == []


def test_what_stands_in_the_place_of_a_preparation_is_told(house: House) -> None:
    journal = house.preparing().store.folder / "session.jsonl"
    journal.parent.mkdir(parents=True)
    os.mkfifo(journal)
    (talk := house.home.parent / "talk.yaml").write_text(TALK, encoding="utf-8")
    shown = ran_in(house.home, "prep", talk, "--show")
    told = f"{journal}: This is not an ordinary file. Nothing was changed.\n"
    assert shown == Ran(1, "", told)


def test_where_nobody_has_prepared_there_is_nothing_to_forget(house: House) -> None:
    ran = forgetting(house, "y\n", "--role", "mentor")
    told = "Nobody has prepared as mentor for A talk yet: `mentorwalk prep "
    assert (ran.code, ran.err.startswith(told)) == (1, True)
    assert ran.err.endswith(f" --role mentor --home {house.home}` begins.\n")


# --- One's own, in a session


def test_ones_own_preparation_is_found_for_the_same_two(house: House) -> None:
    house.walk(*WHOLE)
    found = own_preparation(house.runner, house.script, People("Ada", "Grace Hopper", "mentee"))
    assert found is not None
    kept = "Topics\n- one\n- two\n\nWhat not yet?\nSECRETBOSS"
    assert (found.prep, found.kept()) == (SHARED, kept)


@pytest.mark.parametrize(
    "people",
    [
        People("Ada", "Bob", "mentee"),
        People("Eve", "Grace", "mentee"),
        People("Ada", "Grace", "mentor"),
    ],
)
def test_what_was_prepared_for_somebody_else_is_not_offered(house: House, people: People) -> None:
    house.walk(*WHOLE)
    assert own_preparation(house.runner, house.script, people) is None


def test_what_was_not_finished_is_not_offered(house: House) -> None:
    house.told(*BEGIN, *YOU)
    grace_types = replace(ADA_AND_GRACE, types="mentee")
    assert own_preparation(house.runner, house.script, grace_types) is None
