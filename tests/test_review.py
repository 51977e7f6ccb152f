"""The review before documents are written, and what is on disk afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE, at
from support.small_house import SECRET, TEXT, Guide, House, striking
from support.small_walks import (
    BACK,
    CHANGE,
    DIRECTION,
    GONE,
    KEPT,
    STOP,
    STRIKE,
    SURE,
    TALKED,
    WELCOME,
    HalfTyped,
    Player,
    agenda_of,
    opened_by,
    walked,
)
from support.terminals import FakeClock

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.loading import LoadedAgenda
from mentorwalk.domain.agenda import Clause
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.card import Card
from mentorwalk.domain.changes import Change
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.errors import Stopped
from mentorwalk.domain.events import Answered, Closed, Entered, Parked, Struck
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.engine.frontend import (
    Action,
    Command,
    EditLine,
    Interrupted,
    Said,
)
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.messages import interrupted_choices
from mentorwalk.frontends.plain_lines import help_lines
from mentorwalk.storage.journal import FolderJournal, MemoryJournal
from mentorwalk.workflows.documents import render_again
from mentorwalk.workflows.host import after_call, host_session
from mentorwalk.workflows.lobby import StartOptions

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.engine.frontend import Reply
    from mentorwalk.workflows.runner import RunResult

NAMED = StartOptions("Ada", "Grace", 12)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A new house for each test."""
    return House(tmp_path)


# --- Closing before the last card

PARTING = """\
      - id: parting
        ask: |
          One word to part?
documents:
"""


def closed_early(house: House, *review: EditLine) -> tuple[RunResult, Guide]:
    """Close at a card after the agreement, which both had accepted; change lines on the way."""
    source = Source("small.yaml", TEXT.replace("documents:\n", PARTING))
    script = LoadedAgenda(agenda_from(source), source)
    guide = Guide(
        {"choice": [CHANGE], "frequency": [Said("every week")]},
        list(review),
        {"One word to part?": [Interrupted()]},
    )
    return house.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 12), guide), guide


def test_who_closes_early_ends_after_one_review(house: House) -> None:
    result, guide = closed_early(house)
    assert (result.ending, len(guide.looks)) == (Ending.CLOSED, 1)


def test_a_change_while_closing_early_is_asked_about_and_then_ends(house: House) -> None:
    result, guide = closed_early(house, EditLine(0))
    changed = Change(("We meet every month.",), ("We meet every week.",))
    asked = [proposal.rewording and proposal.rewording.changes for proposal in guide.proposals]
    assert asked == [None, (changed,)]
    assert guide.told[-1] == "One word to part?\n"
    assert (result.ending, "We meet every week." in house.documents()) == (Ending.CLOSED, True)
    assert set(result.session.accepted) == {"mentor", "mentee"}


# --- One look before anything is written


def test_before_the_close_every_line_is_shown_and_keeping_all_closes() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead"), Said("teams"), KEPT)
    assert told.player.shown[-1] == "settle purpose offer"
    assert [question.current for question in told.player.stops[-1].questions] == ["lead", "teams"]
    assert (told.ending, type(told.journal.events[-1])) == (Ending.CLOSED, Closed)


def test_where_nothing_was_written_there_is_nothing_to_review() -> None:
    told = walked(agenda_of(WELCOME), TALKED)
    assert (told.player.shown, told.ending) == (["talk How do you arrive?"], Ending.CLOSED)


def test_closing_early_is_reviewed_as_well() -> None:
    player = Player([], choices=["close"])
    told = walked(
        agenda_of(DIRECTION, WELCOME), TALKED, Said("lead"), Command(Action.STOP), player=player
    )
    assert (told.ending, player.final_review) == (Ending.STOPPED, ())
    player = Player([], choices=["close"])
    ctrl_c = type(GONE)()
    told = walked(agenda_of(DIRECTION, WELCOME), TALKED, Said("lead"), ctrl_c, player=player)
    assert (told.ending, [q.id for q in player.final_review]) == (Ending.CLOSED, ["purpose"])


@pytest.mark.parametrize("reply", [STOP, GONE])
def test_whoever_stops_in_the_review_of_an_early_close_stops(reply: Command | Interrupted) -> None:
    player = Player([], choices=["close"])
    told = walked(
        agenda_of(DIRECTION, WELCOME),
        TALKED,
        HalfTyped("lead", Interrupted()),
        reply,
        player=player,
    )
    assert (told.ending, told.player.shown[-1]) == (Ending.STOPPED, "settle purpose")


def test_back_from_the_review_leads_to_the_last_card() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead"), Said(None), BACK)
    assert told.player.shown[-2:] == ["settle purpose", "talk What are you here for?"]


def test_a_stop_in_the_review_saves_and_going_on_comes_back_to_it() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead"), Said(None), STOP)
    assert (told.ending, told.walk.session.closed) == (Ending.STOPPED, None)


def test_a_jump_from_the_review_leads_to_any_card() -> None:
    jump = (Command(Action.JUMP), Said("all"), Said("welcome"))
    told = walked(agenda_of(WELCOME, DIRECTION), TALKED, TALKED, Said("lead"), Said(None), *jump)
    assert told.player.shown[-1] == "talk How do you arrive?"


def test_a_jump_from_the_review_leads_to_the_card_that_was_last() -> None:
    jump = (Command(Action.JUMP), Said("all"), Said("direction"))
    told = walked(agenda_of(WELCOME, DIRECTION), TALKED, TALKED, Said("lead"), Said(None), *jump)
    assert told.player.shown[-1] == "talk What are you here for?"


def test_a_jump_from_a_line_of_the_last_review_leads_to_any_card() -> None:
    jump = (EditLine(0), Command(Action.JUMP), Said("all"), Said("welcome"))
    told = walked(agenda_of(WELCOME, DIRECTION), TALKED, TALKED, Said("lead"), Said(None), *jump)
    assert told.player.shown[-1] == "talk How do you arrive?"


def test_lines_are_struck_one_after_another_until_all_is_right() -> None:
    told = walked(
        agenda_of(DIRECTION),
        *(TALKED, Said("lead"), Said("teams"), EditLine(1), STRIKE, SURE),
        *(EditLine(0), CHANGE, Said("rest"), KEPT),
    )
    assert told.answers == {"purpose": "rest", "offer": None}
    assert told.ending is Ending.CLOSED


def test_before_a_line_is_struck_it_asks_and_enter_leaves_it() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, Said("lead"), Said(None), EditLine(0), STRIKE)
    question = told.player.question()
    assert question.label == "Strike it? It is erased: “lead”"
    assert (question.current, told.answers) == ("No, leave it", {"purpose": "lead"})


def test_what_is_kept_for_another_day_is_seen_and_can_be_let_go() -> None:
    park, let_go = Command(Action.PARK), Said("Strike it: it is not kept for another day")
    told = walked(agenda_of(DIRECTION, WELCOME), TALKED, Said("lead"), Said(None), park, KEPT)
    lines = [(line.label, line.current) for line in told.player.stops[-1].questions]
    assert lines[1:] == [("For another day", "How do you arrive?")]
    assert told.walk.session.parked() == ("welcome",)
    told = walked(
        agenda_of(DIRECTION, WELCOME),
        *(TALKED, Said("lead"), Said(None), park, EditLine(1), let_go, KEPT),
    )
    assert told.player.shown[-1] == "settle purpose"
    assert (told.walk.session.parked(), told.ending) == ((), Ending.CLOSED)


def test_a_card_that_was_let_go_and_is_parked_again_is_kept() -> None:
    park, let_go = Command(Action.PARK), Said("Strike it: it is not kept for another day")
    told = walked(agenda_of(WELCOME), park, EditLine(0), let_go, KEPT)
    again = told.walk.session.apply(Parked(**at(0), prompt="welcome"))
    assert (again.parked(), again.let_go) == (("welcome",), frozenset())


def test_what_was_struck_at_the_last_look_is_not_kept_from_a_half_typed_line() -> None:
    jump = (HalfTyped("lead alone", Command(Action.JUMP)), Said("all"), Said("welcome"), TALKED)
    told = walked(
        agenda_of(DIRECTION, WELCOME),
        *(TALKED, Said("lead"), Said("teams"), BACK, TALKED, *jump),
        *(EditLine(0), STRIKE, SURE, STOP),
    )
    assert told.answers == {"purpose": None, "offer": "teams"}


def test_what_was_struck_before_an_early_close_is_not_kept_when_they_stop_after_all() -> None:
    player = Player([], choices=["close", "stop"])
    told = walked(
        agenda_of(DIRECTION, WELCOME),
        *(
            TALKED,
            Said("lead"),
            HalfTyped("teams", Interrupted()),
            EditLine(1),
            STRIKE,
            SURE,
            BACK,
        ),
        *(TALKED, Said("lead"), Interrupted()),
        player=player,
    )
    assert (player.question().draft, told.answers) == (None, {"purpose": "lead", "offer": None})


def test_what_came_along_and_was_struck_does_not_stand_half_typed_in_its_question() -> None:
    agenda = agenda_of(replace(DIRECTION, clause=Clause("Why", "We want {purpose}.")))
    player = Player(
        [
            TALKED,
            HalfTyped("lead alone", Command(Action.REVIEW)),
            EditLine(0),
            STRIKE,
            SURE,
        ]
    )
    carried = CarryOver(session="last", answers={"purpose": "lead"}, settled=("direction",))
    opened = replace(opened_by(player.clock, agenda), carried=carried)
    session = Session.open(agenda, opened, opened.at)
    Walk(session, MemoryJournal(), player, player.clock, lambda _: Agreement("")).run()
    assert player.shown[:3] == ["talk What are you here for?", "ask purpose", "settle purpose"]
    assert (player.question().draft, player.question().value) == (None, None)


# --- Every line, and no other


def test_the_review_shows_every_answer_that_stands_in_a_document(house: House) -> None:
    guide = Guide({"purpose": [Said("lead a team")], "topics": [Said(("time", "trust"))]})
    house.sit(guide)
    assert guide.looks == [
        ["purpose: lead a team", "topics: time, trust", "frequency: every month"],
    ]
    shown = [line.partition(": ")[2] for line in guide.looks[0]]
    words = [word for line in shown for word in line.split(", ")]
    assert [word for word in words if word not in house.documents()] == []


def test_what_a_skipped_card_wrote_down_is_shown_as_it_stands_in_a_document(house: House) -> None:
    said: dict[str, list[Reply]] = {
        "purpose": [Said(SECRET)],
        "topics": [Command(Action.SKIP)],
    }
    guide = Guide(said)
    house.sit(guide)
    assert (f"purpose: {SECRET}" in guide.looks[0]) is (SECRET in house.documents())


# --- What is struck is gone


PURPOSE, TOPIC = f"to leave {SECRET}", f"{SECRET} one"


@pytest.mark.parametrize(("line", "redacted", "other"), [(0, PURPOSE, TOPIC), (1, TOPIC, PURPOSE)])
def test_the_bytes_of_a_struck_line_are_in_no_file_once_all_is_written(
    house: House, line: int, redacted: str, other: str
) -> None:
    sat = house.sit(striking(line))
    assert sat.written is not None
    assert house.holding(redacted) == []
    assert sorted(house.holding(other)) == ["session.jsonl", "summary.html", "summary.md"]


def test_all_that_was_ever_said_to_a_struck_question_is_gone(house: House) -> None:
    guide = striking()
    first, second = f"{SECRET}-first", f"{SECRET}-second"
    guide.answers |= {
        "purpose": [Said(first), Said(second), Said("clean")],
        "topics": [BACK, BACK, Said(None)],
    }
    house.sit(guide)
    assert guide.looks[0][0] == "purpose: clean"
    assert house.holding(SECRET) == []


def test_what_was_struck_and_said_otherwise_leaves_only_the_new_words(house: House) -> None:
    guide = striking()
    guide.answers |= {
        "purpose": [Said(SECRET), Said("lead")],
        "topics": [Said(None)],
        "choice": [STRIKE, Said("all"), Said("direction")],
        "strike": [SURE],
    }
    guide.review = [EditLine(0), Command(Action.JUMP)]
    sat = house.sit(guide)
    assert sat.session.answers["purpose"] == "lead"
    assert house.holding(SECRET) == []


def test_a_clause_whose_answer_was_struck_says_it_no_more(house: House) -> None:
    guide = Guide(
        {
            "choice": [CHANGE, STRIKE],
            "strike": [SURE],
            "frequency": [Said(SECRET)],
        },
        [EditLine(0), EditLine(0)],
    )
    sat = house.sit(guide)
    assert sat.session.answers["frequency"] is None
    assert house.holding(SECRET) == []


def accepted(sat: RunResult, house: House) -> list[bool]:
    """Whether what each of the two accepted is the agreement as it stands."""
    agreement = house.runner.agreement(sat.session)
    return [event in agreement.accepted.values() for event in sat.session.accepted.values()]


def test_after_a_line_was_struck_the_whole_agreement_is_read_again_once(house: House) -> None:
    guide = Guide({"choice": [STRIKE], "strike": [SURE]}, [EditLine(0)])
    assert accepted(house.sit(guide), house) == [True, True]
    assert [proposal.rewording for proposal in guide.proposals] == [None, None]
    assert "Our agreement reads differently since you said yes." in guide.told[-2]


def test_an_acceptance_does_not_outlive_what_was_struck_from_it(house: House) -> None:
    guide = Guide(
        {"choice": [STRIKE], "strike": [SURE]},
        [EditLine(0)],
        decisions=[Said("both"), Said("draft")],
    )
    assert accepted(house.sit(guide), house) == []
    assert len(guide.proposals) == 2


def test_what_was_not_changed_after_it_was_accepted_is_not_put_to_them_again(house: House) -> None:
    guide = Guide()
    assert accepted(house.sit(guide), house) == [True, True]
    assert len(guide.proposals) == 1


def test_after_a_name_changed_the_whole_agreement_is_read_again(house: House) -> None:
    names: list[Reply] = [Said("Adah"), Said("Gracia")]
    guide = Guide({"name": names}, [Command(Action.NAMES)])
    assert accepted(house.sit(guide), house) == [True, True]
    assert [proposal.rewording for proposal in guide.proposals] == [None, None]
    assert "Our agreement reads differently since you said yes." in guide.told[-2]


def test_a_private_answer_that_is_struck_is_gone_with_all_it_ever_was(house: House) -> None:
    said: dict[str, list[Reply]] = {"mood": [Said(SECRET)]}
    sat = house.sit(Guide())
    house.runner.ask_in_private(sat.folder, Guide(said))
    assert house.holding(SECRET) == ["private.jsonl"]
    with FolderJournal(sat.folder) as journal:
        journal.append(_answer(90, "mood", f"{SECRET}, again"))
        journal.append(_answer(91, "private note", "a note that stays"))
        journal.redact(Struck(seq=92, at=FakeClock().now(), elapsed=0, field="mood"))
    render_again(house.runner, sat.folder)
    assert house.holding(SECRET) == []
    assert house.holding("a note that stays") == ["private.jsonl"]


def _answer(seq: int, key: str, value: str) -> Answered:
    at = FakeClock().now()
    return Answered(seq=seq, at=at, elapsed=0, field=key, value=value, private=True)


def test_old_documents_obey_when_a_session_is_written_again_after_a_strike(house: House) -> None:
    guide = Guide({"purpose": [Said(SECRET)]})
    sat = house.sit(guide)
    assert "summary.md" in house.holding(SECRET)
    with FolderJournal(sat.folder) as journal:
        seq, at = sat.session.last.seq + 1, FakeClock().now()
        journal.redact(Struck(seq=seq, at=at, elapsed=0, field="purpose"))
    render_again(house.runner, sat.folder)
    assert house.holding(SECRET) == []


def test_a_corrected_name_is_the_only_one_in_the_documents(house: House) -> None:
    names: list[Reply] = [Said("Adah"), Said("Gracia")]
    guide = Guide({"name": names}, talks={"What rhythm?": [Command(Action.NAMES)]})
    house.sit(guide)
    documents = house.documents()
    assert ("Adah" in documents, "Gracia" in documents, "Grace" in documents) == (
        True,
        True,
        False,
    )


# --- Private notes


def test_a_note_is_in_the_private_file_only_and_shown_after_the_call(house: House) -> None:
    guide = Guide(
        {"note": [Said(SECRET)], "purpose": [Said("lead")]},
        talks={"What rhythm?": [Command(Action.NOTE)]},
    )
    runner = house.runner
    after_call(runner, house.sit(guide), guide)
    assert house.holding(SECRET) == ["private.jsonl"]
    pages = [page for page in guide.told if SECRET in page]
    assert pages == [f"Your private notes\n{SECRET}"]
    order = [page.partition("\n")[0] for page in guide.told]
    assert order.index("Say goodbye, and stop sharing your window.") < order.index(
        "Your private notes"
    )


def test_the_last_question_says_what_each_file_is_good_for_and_where_it_lies(house: House) -> None:
    guide, runner = Guide(), house.runner
    sat = house.sit(guide)
    assert sat.written
    here = house.home / "documents" / sat.folder.name
    more = (*sat.written.files, here / "next-meeting.ics", here / "notes.txt")
    after_call(runner, replace(sat, written=replace(sat.written, files=more)), guide)
    assert guide.asked["send"].label == "Send Grace the files, and you are done."
    assert guide.asked["send"].help == (
        "For any browser, or paper: summary.html, contract.html\n"
        "For a calendar: next-meeting.ics\n"
        "As plain text: summary.md, contract.md\n"
        "And: notes.txt\n"
        f"{here}\n"
        f"`mentorwalk show --home {house.home}` and `mentorwalk show contract --home {house.home}` "
        "read them here. "
        "They belong to the two of you, and to nobody else."
    )


# --- Who types


def test_who_types_is_asked_with_both_names_given_and_the_agreement_says_it(house: House) -> None:
    guide = Guide({"types": [Said("Grace")]})
    session = host_session(house.runner, house.script, NAMED, house.lobby(guide)).session
    assert session.people == People("Ada", "Grace", "mentee")
    assert {role: each.how for role, each in session.accepted.items()} == {
        "mentor": "said yes aloud on the call; Grace wrote it down",
        "mentee": "said yes aloud on the call, and wrote it down",
    }


def test_who_types_when_an_unfinished_session_goes_on_is_asked_anew(house: House) -> None:
    stops = Guide(talks={"What rhythm?": [STOP]})
    host_session(house.runner, house.script, NAMED, house.lobby(stops))
    guide = Guide({"types": [Said("Grace")]})
    session = host_session(house.runner, house.script, NAMED, house.lobby(guide)).session
    assert session.people.types == "mentee"
    assert session.accepted["mentee"].how == "said yes aloud on the call, and wrote it down"


def test_who_typed_last_time_is_offered_in_the_next_session(house: House) -> None:
    options = replace(NAMED, types="mentee")
    session = host_session(house.runner, house.script, options, house.lobby(Guide())).session
    assert session.people.types == "mentee"


# --- A session that is not saved


def held(house: House, choice: str) -> tuple[RunResult, Guide]:
    """Hold a session that is not saved, and choose what becomes of its documents."""
    guide = Guide(
        {"purpose": [Said(SECRET)], "note": [Said("a note")], "write": [Said(choice)]},
        talks={"What rhythm?": [Command(Action.NOTE)]},
    )
    return host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False), guide


def test_a_session_that_is_not_saved_leaves_nothing_where_documents_are_refused(
    house: House,
) -> None:
    sat, _ = held(house, "Keep nothing")
    assert (sat.ending, sat.written, sat.saved) == (Ending.CLOSED, None, False)
    assert list(house.home.iterdir()) == []


def test_a_session_that_is_not_saved_leaves_its_documents_only_where_they_are_wanted(
    house: House,
) -> None:
    _, guide = held(house, "Write the documents, and nothing else")
    here = house.home / "documents" / "2026-11-22-small"
    assert guide.asked["send"].help.split("\n")[-2:] == [
        str(here),
        "They belong to the two of you, and to nobody else.",
    ]
    there = "documents/2026-11-22-small"
    names = ["contract.html", "contract.md", "summary.html", "summary.md"]
    assert house.files() == [f"{there}/{name}" for name in names]
    assert sorted(house.holding(SECRET)) == ["summary.html", "summary.md"]
    assert house.holding("a note") == []


def test_who_leaves_before_documents_are_written_is_told_that_nothing_was_kept(
    house: House,
) -> None:
    guide = Guide({"write": [STOP]})
    with pytest.raises(Stopped) as told:
        host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False)
    assert str(told.value) == "Stopped before the documents were written: nothing was kept."


def stopped(house: House, *choices: str, review: tuple[Command, ...] = ()) -> RunResult:
    """Stop a session that is not saved on its second card, and choose what is written."""
    guide = Guide(
        {"purpose": [Said(SECRET)], "write": [Said(choice) for choice in choices]},
        list(review),
        {"What rhythm?": [STOP]},
    )
    return host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False)


def test_a_session_that_is_not_saved_asks_where_it_is_stopped_and_can_keep_nothing(
    house: House,
) -> None:
    result = stopped(house, "Keep nothing")
    assert (result.ending, list(house.home.iterdir())) == (Ending.STOPPED, [])


def test_where_it_is_stopped_its_documents_are_written_after_the_review(house: House) -> None:
    result = stopped(house, "Write the documents, and nothing else")
    assert (result.ending, result.session.current) == (Ending.CLOSED, "rhythm")
    assert sorted(house.holding(SECRET)) == ["summary.html", "summary.md"]


def test_who_stops_in_that_review_is_asked_again(house: House) -> None:
    write = "Write the documents, and nothing else"
    result = stopped(house, write, "Keep nothing", review=(STOP,))
    assert (result.ending, list(house.home.iterdir())) == (Ending.STOPPED, [])


@pytest.mark.parametrize(
    ("choice", "stops"),
    [("Keep nothing", []), ("Write the documents, and nothing else", []), ("Keep nothing", [STOP])],
    ids=["kept nothing", "documents", "stopped"],
)
def test_a_note_that_nothing_keeps_is_shown_once_nobody_else_sees_it(
    house: House, choice: str, stops: list[Reply]
) -> None:
    guide = Guide(
        {"note": [Said("ask about the move")], "write": [Said(choice)]},
        talks={"What rhythm?": [Command(Action.NOTE), *stops]},
    )
    host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False)
    told = guide.told.index("Your private notes\nask about the move")
    assert guide.told[told - 1].startswith("Say goodbye, and stop sharing your window.")
    assert house.holding("ask about the move") == []


def test_a_note_is_not_shown_in_a_window_that_is_closed(house: House) -> None:
    guide = Guide(
        {"note": [Said("ask about the move")], "write": [Said("Keep nothing")]},
        talks={"What rhythm?": [Command(Action.NOTE)]},
    )
    guide.talks["Say goodbye, and stop sharing your window."] = [Interrupted(for_good=True)]
    host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False)
    assert "ask about the move" not in "".join(guide.told)


def test_where_there_is_no_note_the_end_asks_nothing_more(house: House) -> None:
    guide = Guide({"write": [Said("Keep nothing")]})
    host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False)
    assert not any("stop sharing" in told for told in guide.told)


def test_enter_alone_keeps_nothing(house: House) -> None:
    guide = Guide()
    result = host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False)
    assert (result.ending, list(house.home.iterdir())) == (Ending.CLOSED, [])


def test_nothing_on_the_way_says_that_something_is_saved() -> None:
    unsaved = Card(ask="", unsaved=True)
    words = [*help_lines(unsaved), *interrupted_choices(unsaved).values()]
    assert [line for line in words if "save" in line or "written;" in line] == []
    assert "/stop: Stop" in words


def test_a_session_that_is_not_saved_is_reviewed_and_what_is_struck_is_not_written(
    house: House,
) -> None:
    guide = striking()
    guide.answers["write"] = [Said("Write the documents, and nothing else")]
    host_session(house.runner, house.script, NAMED, house.lobby(guide), save=False)
    assert len(guide.looks) == 2
    assert house.holding("to leave ") == []
    assert sorted(house.holding(f"{SECRET} one")) == ["summary.html", "summary.md"]


def test_a_session_that_is_not_saved_enters_the_same_cards(house: House) -> None:
    saved, unsaved = house.sit(Guide()), held(house, "Keep nothing")[0]
    assert (unsaved.session.marks, unsaved.session.cards) == (
        saved.session.marks,
        saved.session.cards,
    )
    assert isinstance(saved.session.last, Closed | Entered)
