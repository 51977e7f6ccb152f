"""Sessions that begin with what two people prepared: sheets, journal, documents, commands."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE, TODAY, first_session, session_of
from support.commands import ENTERS, ran
from support.preparing_samples import TALK, prep, prepared, talk
from support.terminals import BACKSPACE, DOWN, ENTER, FakeClock, fed

from mentorwalk.authoring import Source
from mentorwalk.authoring.loading import LoadedAgenda
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.asking import asked_of, sheet_of
from mentorwalk.domain.card import Card, PhaseState
from mentorwalk.domain.events import Answered, Struck
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.people import People, Prep
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_wishes import prep_fields, struck_beforehand
from mentorwalk.domain.question import Question
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.session import Session
from mentorwalk.domain.showing import card_of
from mentorwalk.engine.dialog import Dialog
from mentorwalk.engine.frontend import AcceptSheet, EditLine, Said
from mentorwalk.engine.presenter import Presenter
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.review import Review
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.storage.library import library
from mentorwalk.storage.reading import read_events, replayed
from mentorwalk.workflows.export import export_session
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import ClockView, Frontend

RHYTHM = talk().prompts["rhythm"]
DIFFER = (
    prep("mentor", frequency="Every week", length=30, keeper="{mentee}"),
    prep("mentee", frequency="Once a year", length=60, keeper="{mentee}"),
)


def walk(frontend: Frontend, *preps: Prep) -> Session:
    """Walk the sample agenda."""
    walked = Walk(prepared(*preps), MemoryJournal(), frontend, FakeClock(), lambda _: Agreement(""))
    walked.run()
    return walked.session


def plainly(*lines: str, preps: tuple[Prep, ...] = DIFFER) -> tuple[Session, list[str]]:
    """Walk it line by line; the lines, and what was told."""
    told = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in ["", "", "/skip", *lines]))
    return walk(PlainFrontend(typed, told, "off"), *preps), told.getvalue().splitlines()


# --- The rules: one Enter, or one by one


def test_one_enter_keeps_a_sheet_on_which_both_agree() -> None:
    same: dict[str, Value] = {"frequency": "Once a year", "length": 45, "keeper": "{mentor}"}
    preps = prep("mentor", **same), prep("mentee", **same)
    session, told = plainly("", "", "/stop", preps=preps)
    assert session.answers == same
    assert told[told.index("1. How often: Once a year (you both said)") + 1 :][:2] == [
        "2. How long: 45 minutes (you both said)",
        "3. Who keeps notes: Ada (you both said)",
    ]


FREQUENCIES = "The first two are your wishes: say whose is whose, if you like."
LENGTHS = "Your two wishes: 30 minutes / 60 minutes. Say whose is whose, if you like."


def test_two_wishes_are_asked_one_by_one_before_a_sheet_is_kept() -> None:
    session, told = plainly("", "", "2", "45", "", "/stop")
    assert session.answers == {"frequency": "Once a year", "length": 45, "keeper": "{mentee}"}
    assert session.marks["rhythm"] == "done"
    assert told.count("1. How often: Every week / Once a year (two wishes)") == 1
    assert FREQUENCIES in told
    assert LENGTHS in told
    assert told.count("1. How often: Once a year") == 1


def test_two_wishes_may_stay_open() -> None:
    session, told = plainly("", "", "", "", "", "/stop")
    assert session.answers == {"keeper": "{mentee}"}
    assert session.marks["rhythm"] == "done"
    assert told.count("1. How often: Every week / Once a year (two wishes)") == 2
    assert [line for line in told if line.startswith("Enter ") and "a number" in line] == [
        "Enter opens line 1, a number changes any.",
        "Enter keeps all, a number changes one.",
    ]


def test_whoever_goes_back_from_a_wish_is_at_the_sheet_and_asked_again() -> None:
    session, told = plainly("", "", "/back", "", "1", "/back", "", "45", "", "/stop")
    assert session.answers == {"frequency": "Every week", "length": 45, "keeper": "{mentee}"}
    assert told.count(LENGTHS) == 2


def test_a_line_that_was_changed_is_not_asked_about_again() -> None:
    session, told = plainly("", "1", "3", "2", "50", "", "/stop")
    assert session.answers == {"frequency": "Every month", "length": 50, "keeper": "{mentee}"}
    assert session.marks["rhythm"] == "done"
    assert "whose is whose" not in told[-1]


def test_a_card_can_be_skipped_from_a_wish() -> None:
    session, _ = plainly("", "", "/skip", "/stop")
    assert (session.answers, session.marks["rhythm"]) == ({}, "skipped")


def test_nobody_is_asked_twice_who_came_back_to_the_card() -> None:
    session, told = plainly("", "", "", "", "", "/back", "", "", "/stop")
    assert session.marks["rhythm"] == "done"
    assert told.count(FREQUENCIES) == 1


@pytest.mark.parametrize(
    ("preps", "given", "frequency"),
    [
        (DIFFER, {}, "Every month"),
        (DIFFER, {"frequency": "Every week"}, "Every week"),
        ((DIFFER[0],), {}, "Every month"),
        ((DIFFER[0], prep("mentee", frequency="Every week")), {}, "Every week"),
        ((), {}, "Every month"),
    ],
    ids=["two wishes", "the file first", "one wish", "both said", "nothing said"],
)
def test_a_walk_from_a_file_takes_the_file_then_what_both_said_then_what_is_usual(
    preps: tuple[Prep, ...], given: dict[str, str], frequency: str
) -> None:
    assert walk(ScriptedFrontend(given), *preps).answers["frequency"] == frequency


def test_where_both_wish_the_same_a_session_has_no_more_stops_than_without_wishes() -> None:
    agenda, stops = first_session(), []
    planned = set(plan(agenda, agenda.minutes))
    fields = {key: f for key, f in prep_fields(agenda, "mentee").items() if f.choices}
    other = {
        key: field.choices[-1].pick
        for key, field in fields.items()
        if key in agenda.fields and agenda.prompt_of[key].id in planned
    }
    wishes = tuple(Prep(agenda.id, role, role, other) for role in ROLES)
    for preps in ((), wishes):
        opened = replace(session_of(agenda).opened, prepared=preps)
        scripted = ScriptedFrontend({})
        walked = Walk(
            Session.open(agenda, opened, opened.at),
            MemoryJournal(),
            scripted,
            FakeClock(),
            lambda _: Agreement(""),
        )
        walked.run()
        stops.append(scripted.stops)
    asked = {key: pick for key, pick in other.items() if walked.session.asks(fields[key])}
    assert asked.items() <= walked.session.answers.items()
    assert stops[0] == stops[1]


# --- The journal


def test_what_was_prepared_is_in_the_first_event_and_comes_back(tmp_path: Path) -> None:
    session = prepared(prep("mentee", "topics", help=("An ear", "tea"), hope="żółw", length=45))
    with FolderJournal(tmp_path) as journal:
        journal.append(session.opened)
    assert read_events(tmp_path) == [session.opened]


def test_a_journal_from_before_there_was_preparation_still_loads() -> None:
    record = json.loads(json.dumps(encoded(prepared().opened)))
    del record["prepared"]
    assert decoded(record, {}) == prepared().opened


def test_striking_erases_the_same_bytes_from_what_was_prepared(tmp_path: Path) -> None:
    session = prepared(prep("mentor", gives="STRUCKWORDS", hours=2), prep("mentee", hope="kept"))
    redacted = Struck(seq=1, at=session.opened.at, elapsed=0.0, field="gives")
    with FolderJournal(tmp_path) as journal:
        journal.append(session.opened)
        journal.redact(redacted)
    assert b"STRUCKWORDS" not in (tmp_path / "session.jsonl").read_bytes()
    events = read_events(tmp_path)
    assert replayed(talk(), events, session.ends) == session.apply(redacted)
    memory = MemoryJournal()
    memory.append(session.opened)
    memory.redact(redacted)
    assert memory.events == events


def test_striking_a_line_strikes_what_was_copied_from_a_preparation(tmp_path: Path) -> None:
    beforehand = prep("mentee", hope="Lead a  STRUCKWORDS.", topics=("trust",), help=("An ear",))
    session = prepared(beforehand, prep("mentor", gives="time"))
    with FolderJournal(tmp_path) as journal:
        journal.append(session.opened)
        recorder = SessionRecorder(session, journal, FakeClock())
        said = "I said it: lead a struckwords, with an ear"
        recorder.record(Answered, field="purpose", value=said)
        presenter = Presenter(Reviewing(), recorder)
        Review(presenter, Dialog.within(presenter)).run()
    assert b"struckwords" not in (tmp_path / "session.jsonl").read_bytes().lower()
    again = replayed(talk(), read_events(tmp_path), session.ends)
    kept = prep("mentee", topics=("trust",), help=("An ear",))
    assert again == recorder.session
    assert again.opened.prepared == (kept, prep("mentor", gives="time"))


class Reviewing(ScriptedFrontend):
    """Strikes the first line of a review, and is content with the rest."""

    def __init__(self) -> None:
        super().__init__({"choice": "Strike it: it is erased", "strike": "Yes, strike it"})

    def settle(
        self, _card: Card, _sheet: list[Question], _watch: ClockView | None
    ) -> AcceptSheet | EditLine:
        """Change the first line while there is one."""
        return EditLine(0)


@pytest.mark.parametrize(
    ("answer", "copied"),
    [
        ("A plan", ("mentee hope 0/1",)),
        ("a plan!", ("mentee hope 0/1",)),
        ("to make (“a\nPLAN”) soon", ("mentee hope 0/1",)),
        (("one", "a plan"), ("mentee hope 0/1",)),
        ("Trust.", ("mentee topics 1/2",)),
        ("计划", ("mentee said.mentee 0/1",)),
        ("计划在心里", ()),
        ("in time we trust", ()),
        ("a planet", ()),
        ("extra plan", ()),
        ("a", ()),
        ("...", ()),
        ("An ear", ()),
        (2.0, ()),
        (None, ()),
    ],
    ids=str,
)
def test_what_was_copied_is_found_by_its_words(
    answer: Value | None, copied: tuple[str, ...]
) -> None:
    beforehand = prep(
        "mentee", hope="A plan.", topics=("time", "trust"), said="计划", help=("An ear",)
    )
    assert tuple(struck_beforehand(prepared(beforehand), "purpose", answer)) == copied


def test_of_a_list_only_the_items_that_are_repeated_are_struck_and_that_once() -> None:
    whole = prep("mentee", hope="A plan.", topics=("time", "trust", "work"))
    places = ("mentee topics 0/3", "mentee topics 2/3", "mentor hope 0/1")
    left = prep("mentee", hope="A plan.", topics=("trust",))
    assert (whole.without(places), left.without(places)) == (left, left)


def test_an_answer_struck_by_an_earlier_version_is_struck_whole() -> None:
    whole = prep("mentee", hope="A plan.", topics=("time", "trust"))
    assert whole.without(("topics",)) == prep("mentee", hope="A plan.")


def test_an_export_tells_what_both_shared_and_not_whose_wish_is_whose(tmp_path: Path) -> None:
    mentor = prep("mentor", frequency="Every week", length=30, hours=2, gives="STRUCK")
    mentee = prep("mentee", "topics", "length", frequency="Once a year", hope="a plan")
    runner = SessionRunner(library(tmp_path), FakeClock())
    script = LoadedAgenda(talk(), Source("talk.yaml", TALK), prepared=(mentor, mentee))
    stops = PlainFrontend(io.StringIO("/stop\n"), io.StringIO(), "off")
    folder = runner.begin(script, ADA_AND_GRACE, plan(talk(), 30), stops).folder
    with FolderJournal(folder) as journal:
        journal.redact(Struck(seq=99, at=runner.clock.now(), elapsed=0.0, field="gives"))
    frequency = "How often"
    assert json.loads(export_session(runner, folder))["prepared"] == {
        "mentor": {"hours": {"label": "Hours in a bad month", "value": 2, "words": "2 hours"}},
        "mentee": {
            "hope": {"label": "What do you hope for?", "value": "a plan", "words": "a plan"},
            "topics": {"label": "Topics", "value": None, "words": "I don't know yet"},
        },
        "both": {
            "frequency": [
                {"label": frequency, "value": "Every week", "words": "Every week"},
                {"label": frequency, "value": "Once a year", "words": "Once a year"},
            ],
            "length": [
                {"label": "How long", "value": 30, "words": "30 minutes"},
                {"label": "How long", "value": None, "words": "I don't know yet"},
            ],
        },
    }


# --- What the frontends show

ALONE = Card(
    ask="What rhythm?",
    title="Preparing",
    steps=(PhaseState("You", "now"),),
    alone=True,
    place="a while",
)
DAYS = tuple(map(Choice, ("Every week", "Every month")))
FIELDS = [
    Field("text", "Text"),
    Field("list", "List", type="list"),
    Field("select", "Select", type="select", choices=DAYS),
    Field("own", "Own", type="select", choices=DAYS, other=True),
    Field("checkbox", "Checkbox", type="checkbox", choices=DAYS, other=True),
    Field("confirm", "Confirm", type="confirm"),
    Field("number", "Number", type="number", min=1, max=9),
    Field("scale", "Scale", type="scale"),
    Field("date", "Date", type="date"),
    Field("time", "Time", type="time"),
]
EVERY_FIELD = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
UNSURE_KEYS = {
    "list": f"?{ENTER}{ENTER}",
    "select": f"3{ENTER}",
    "own": f"3{ENTER}",
    "checkbox": f"{DOWN}{DOWN} {ENTER}",
    "confirm": f"3{ENTER}",
}


def put(field: Field, value: Value | None = None) -> Question:
    """A question that may be answered with not knowing yet."""
    return Question(field.id, field, field.label, TODAY, value=value, unsure=True)


@EVERY_FIELD
def test_not_to_know_yet_can_be_said_on_the_live_screen(field: Field) -> None:
    with fed(UNSURE_KEYS.get(field.id, f"?{ENTER}")):
        assert LiveFrontend().ask(ALONE, put(field), None) == Said("?")


@EVERY_FIELD
def test_enter_keeps_not_to_know_yet(field: Field) -> None:
    keys = f"{ENTER}{ENTER}" if field.type == "list" else ENTER
    with fed(keys):
        assert LiveFrontend().ask(ALONE, put(field, "?"), None) == Said("?")
    assert put(field, "?").current == "I don't know yet"


def test_not_to_know_yet_can_be_typed_line_by_line() -> None:
    ways = ("?", "i don't know yet", "I don’t know yet.")
    came = {
        (field.id, typed): PlainFrontend(io.StringIO(f"{typed}\n\n"), io.StringIO()).ask(
            ALONE, put(field), None
        )
        for field in FIELDS
        for typed in ways
    }
    assert came == dict.fromkeys(came, Said("?"))


def test_among_choices_it_has_a_number_line_by_line() -> None:
    for field in FIELDS:
        if field.choices:
            told = io.StringIO()
            said = PlainFrontend(io.StringIO("3\n"), told).ask(ALONE, put(field), None)
            assert (said, "3. I don't know yet" in told.getvalue()) == (Said("?"), True)


def test_where_two_sit_a_question_mark_is_a_text() -> None:
    question = replace(put(FIELDS[0]), unsure=False)
    with fed(f"?{ENTER}"):
        assert LiveFrontend().ask(ALONE, question, None) == Said("?")
    assert PlainFrontend(io.StringIO("?\n"), io.StringIO()).ask(ALONE, question, None) == Said("?")


def test_a_yes_can_be_chosen_beside_not_knowing() -> None:
    confirm = next(field for field in FIELDS if field.type == "confirm")
    for keys, said in ((f"1{ENTER}", True), (f"2{ENTER}", False), (BACKSPACE, None)):
        with fed(keys):
            assert LiveFrontend().ask(ALONE, put(confirm), None) == Said(said)


@pytest.mark.parametrize(("columns", "rows"), [(100, 30), (80, 24), (60, 20)])
def test_a_sheet_shows_what_both_said_and_where_they_differ(columns: int, rows: int) -> None:
    sheet = sheet_of(prepared(*DIFFER), RHYTHM)
    with fed(("Who keeps notes", ENTER), columns=columns, rows=rows) as terminal:
        assert LiveFrontend().settle(Card(ask="What rhythm?"), sheet, None) == AcceptSheet()
    assert "Every week / Once a year (two wishes)" in terminal.words
    assert "Enter: open line 1" in terminal.words


@pytest.mark.parametrize(("columns", "rows"), [(100, 30), (80, 24), (60, 20), (40, 20)])
def test_a_list_shows_both_wishes_and_its_pointer_starts_on_one(columns: int, rows: int) -> None:
    card = card_of(prepared(*DIFFER), RHYTHM)
    asked = sheet_of(prepared(*DIFFER), RHYTHM)[0]
    with fed(("› 1) Every week", ENTER), columns=columns, rows=rows) as terminal:
        assert LiveFrontend().ask(card, asked, None) == Said("Every week")
    assert [words for words in (FREQUENCIES, "2) Once a year") if not terminal.seen(words)] == []


def test_a_line_offers_the_first_of_two_wishes() -> None:
    length = sheet_of(prepared(*DIFFER), RHYTHM)[1]
    for keys, said in ((ENTER, 30), (f"45{ENTER}", 45)):
        with fed(("› 30", keys)):
            assert LiveFrontend().ask(Card(ask="What rhythm?"), length, None) == Said(said)


def test_what_was_written_beforehand_is_seen_while_something_is_written_down() -> None:
    card = card_of(prepared(prep("mentee", hope="a plan")), talk().prompts["dream"])
    question = replace(put(FIELDS[0]), unsure=False)
    with fed(("Grace wrote beforehand: “a plan”", ENTER), columns=80, rows=24) as terminal:
        LiveFrontend().ask(card, question, None)
        assert terminal.awaited == []


def test_a_line_that_somebody_wrote_beforehand_can_be_taken_over() -> None:
    session, dream = prepared(prep("mentee", hope="a plan")), talk().prompts["dream"]
    (question,) = asked_of(session, dream)
    keys = (("Up, Down: words from before", f"{DOWN} of mine{ENTER}"),)
    with fed(*keys):
        assert LiveFrontend().ask(card_of(session, dream), question, None) == Said("a plan of mine")


@pytest.mark.parametrize(
    "written",
    [prep("mentee", hope="a plan\nand more"), prep("mentee", topics=("one",)), prep("mentor")],
    ids=["several lines", "a list", "nothing"],
)
def test_only_a_single_line_of_the_person_who_is_asked_can_be_taken_over(written: Prep) -> None:
    (question,) = asked_of(prepared(written), talk().prompts["dream"])
    assert question.at_hand == ()


def test_words_on_the_screen_are_data() -> None:
    card = card_of(prepared(prep("mentee", hope="[bold]x[/] {mentor}")), talk().prompts["dream"])
    with fed(("“[bold]x[/] {mentor}”", ENTER), columns=80, rows=24) as terminal:
        LiveFrontend().talk(card, None)
        assert terminal.awaited == []


# --- From two forms to one session

GRACE = """\
said_name: Grace, rhymes with face
why_now: PRIVATE_WHY
get_better: [PRIVATE_ONE, PRIVATE_TWO]
challenge: PRIVATE_CHALLENGE
not_yet: PRIVATE_NOT_YET
worries: PRIVATE_WORRY
help_wanted: [Know-how, SHARED_NOTHING]
frequency: Every 2 weeks
"""
ADA = """\
mentor_why: PRIVATE_REASON
offer: PRIVATE_OFFER
not_for: SHARED_NOT_FOR
assumptions: PRIVATE_GUESS
opening_questions: [PRIVATE_OPENING]
turn_to: PRIVATE_OFFICE
hours: 2
frequency: Every 2 weeks
"""


@dataclass(frozen=True)
class Pair:
    """Two homes, and the files that went from one to the other."""

    folder: Path

    def prepare(self, role: str, name: str, answers: str) -> Path:
        """Prepare in a home of one's own; the file, as it arrives."""
        given = self.folder / f"{role}.yaml"
        given.write_text(answers, encoding="utf-8")
        arrives = self.folder / f"from-{role}.yaml"
        own = ["--home", self.folder / role, "--out", arrives]
        ended = ran("prep", "--role", role, "--name", name, "--answers", given, *own)
        assert (ended.code, ended.out, ended.err) == (0, f"{arrives}\n", "")
        return arrives

    def holding(self, words: str) -> set[str]:
        """The top folders and files that hold some words."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        found = [path for path in files if words.encode() in path.read_bytes()]
        return {path.relative_to(self.folder).parts[0] for path in found}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Two people who have prepared."""
    made = Pair(tmp_path_factory.mktemp("pair"))
    made.prepare("mentee", "Grace", GRACE.replace(", SHARED_NOTHING", ""))
    made.prepare("mentor", "Ada", ADA)
    for role in ("mentee", "mentor"):
        (made.folder / f"{role}.yaml").unlink()
    return made


def test_two_files_flow_into_one_session_with_one_enter_a_sheet(pair: Pair) -> None:
    home = pair.folder / "home"
    preps = ["--prep", pair.folder / "from-mentor.yaml", "--prep", pair.folder / "from-mentee.yaml"]
    told = ran("start", "--plain", *preps, "--minutes", 60, "--home", home, typed=ENTERS)
    assert told.code == 0, told.err
    (folder,) = (home / "sessions").iterdir()
    session = load_session(folder)
    assert session.closed
    assert session.people == People("Ada", "Grace", "mentor")
    assert session.answers["frequency"] == "Every 2 weeks"
    assert session.answers["not_for"] == "SHARED_NOT_FOR"
    for words in ("Grace wrote beforehand: Grace, rhymes with face", "(you both said)"):
        assert words in told.out
    for words in re.findall(r"PRIVATE_\w+", GRACE + ADA):
        owner = "mentee" if words in GRACE else "mentor"
        assert words not in told.out + told.err
        assert pair.holding(words) == {owner}
    assert "home" in pair.holding("SHARED_NOT_FOR")


def test_nine_files_are_one_too_many(pair: Pair) -> None:
    file = pair.folder / "from-mentee.yaml"
    ended = ran("start", *["--prep", file] * 9, "--home", pair.folder / "none")
    assert (ended.code, "8 at most" in ended.err) == (2, True)


def test_what_does_not_fit_is_told_on_standard_error_where_nobody_is_asked(pair: Pair) -> None:
    old = pair.folder / "old.yaml"
    text = (pair.folder / "from-mentee.yaml").read_text(encoding="utf-8")
    old.write_text(text.replace("frequency:", "how_often:"), encoding="utf-8")
    answers = pair.folder / "answers.yaml"
    answers.write_text("purpose: x\n", encoding="utf-8")
    ended = ran("start", "--prep", old, "--answers", answers, "--home", pair.folder / "scripted")
    line = text[: text.index("  frequency:")].count("\n") + 1
    told = f"{old}:{line}:3: first-session asks the mentee nothing of this name"
    assert (ended.code, ended.err.splitlines()[0].startswith(told)) == (0, True)


def test_whoever_stops_preparing_is_told_the_line_that_goes_on(tmp_path: Path) -> None:
    home = tmp_path / "a home"
    ended = ran("prep", "--plain", "--home", home, typed="\nGrace\nAda\nGracie\n")
    line = f"mentorwalk prep first-session --role mentee --home '{home}'"
    assert (ended.code, ended.err) == (130, f"Saved. Go on with:\n{line}\n")
    shown = ran("prep", "--show", "--home", home)
    assert (shown.code, "- What shall Ada call you? Gracie (shared)\n" in shown.out) == (0, True)
    none = ran("prep", "--show", "--role", "mentor", "--home", home)
    assert (none.code, none.err.count("\n")) == (1, 1)
