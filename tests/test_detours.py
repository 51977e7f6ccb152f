"""Detours: what people can do beside the card they are on, and that they come back to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import our_agreement
from support.small_walks import (
    AGREE,
    BACK,
    CHANGE,
    DIRECTION,
    GONE,
    KEPT,
    LEAVE,
    RHYTHM,
    SKIP,
    STOP,
    STRIKE,
    SURE,
    TALKED,
    WELCOME,
    HalfTyped,
    Player,
    Wait,
    Walked,
    agenda_of,
    opened_by,
    walked,
)

from mentorwalk.domain.agenda import Agenda, Clause, Phase, Prompt
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.events import (
    Answered,
    Drafted,
    Entered,
    Extended,
    Pulled,
    Renamed,
    Shortened,
    Struck,
)
from mentorwalk.domain.fields import Field
from mentorwalk.domain.outcomes import Meeting
from mentorwalk.domain.people import People
from mentorwalk.domain.session import Session
from mentorwalk.engine.frontend import (
    Action,
    Command,
    EditLine,
    Interrupted,
    Reply,
    Said,
    keep_no_draft,
)
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.storage.journal import FolderJournal

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.course import Mark
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import ClockView, KeepDraft

JUMP, EXTRA, NOTE = Command(Action.JUMP), Command(Action.EXTRA), Command(Action.NOTE)
OFF, SHORTEN, NAMES = Command(Action.OFF), Command(Action.SHORTEN), Command(Action.NAMES)
CONTACT, REVIEW = Command(Action.CONTACT), Command(Action.REVIEW)
BESIDE = Prompt("beside", "What was left out?", minutes=3, extra=True)
CLOSING = Prompt("closing", "What stays?", minutes=2, keep=True)
TWO = replace(
    agenda_of(WELCOME),
    phases=(
        Phase("one", "The first", "One", (WELCOME, DIRECTION, BESIDE)),
        Phase("two", "The second", "Two", (RHYTHM, CLOSING)),
    ),
)
LONG = agenda_of(
    Prompt("a", "About {mentor}?", minutes=3),
    Prompt("b", "B?", minutes=3),
    Prompt("c", "C?", minutes=3, record=(Field("said", "Said"),)),
    Prompt("k", "K?", minutes=3, keep=True),
)


@dataclass
class OnDisk:
    """A walk whose journal lies in a folder."""

    walk: Walk
    player: Player
    folder: Path

    def file(self, name: str) -> str:
        """What a file of the folder says."""
        return (self.folder / name).read_text(encoding="utf-8")

    @property
    def private(self) -> list[str]:
        """The private values, in order."""
        return [json.loads(line)["value"] for line in self.file("private.jsonl").splitlines()]


class SetBack(Player):
    """Sets the clock back by twenty minutes whenever something is asked."""

    def ask(
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command | Interrupted:
        """Set it back, then take the next reply."""
        self.clock.began -= timedelta(minutes=20)
        return super().ask(card, question, watch, keep_draft)


def on_disk(folder: Path, agenda: Agenda, *replies: Reply | Wait | HalfTyped) -> OnDisk:
    """Walk an agenda with a journal in a folder."""
    player = Player(list(replies))
    opened = opened_by(player.clock, agenda)
    session = Session.open(agenda, opened, opened.at + timedelta(minutes=12))
    with FolderJournal(folder) as journal:
        journal.append(opened)
        walk = Walk(session, journal, player, player.clock, our_agreement)
        walk.run()
    return OnDisk(walk, player, folder)


def shown_choices(told: Walked, number: int) -> list[tuple[str, str]]:
    """The choices of a stop, and how they were shown."""
    return [(option.pick, option.shown) for option in told.player.question(number).options]


# --- Jump


@pytest.mark.parametrize(
    ("phase", "card"),
    [("one", "welcome"), ("one", "direction"), ("two", "rhythm"), ("two", "closing")],
)
def test_a_jump_leads_to_any_card_of_any_phase(phase: str, card: str) -> None:
    told = walked(TWO, TALKED, JUMP, Said(phase), Said(card))
    assert told.walk.session.current == card
    assert told.player.shown[-1] == f"talk {TWO.prompts[card].ask}"


def test_a_jump_offers_the_phases_then_the_cards_of_one_and_how_they_ended() -> None:
    told = walked(TWO, TALKED, SKIP, JUMP, Said("one"))
    assert shown_choices(told, 3) == [("one", "The first"), ("two", "The second")]
    assert shown_choices(told, 4) == [
        ("welcome", "done · How do you arrive?"),
        ("direction", "skipped · What are you here for?"),
    ]


def test_after_a_jump_the_next_card_that_is_not_done_follows_and_nothing_is_lost() -> None:
    told = walked(
        TWO,
        *(TALKED, TALKED, Said("lead"), JUMP, Said("two"), Said("closing"), JUMP),
        *(Said("one"), Said("welcome"), TALKED),
    )
    assert told.player.shown[-1] == "talk What are you here for?"
    assert told.answers == {"purpose": "lead"}
    assert told.walk.session.marks == {"welcome": "done"}


def test_a_jump_keeps_what_was_half_typed() -> None:
    told = walked(
        TWO,
        *(TALKED, TALKED, HalfTyped("half", Command(Action.JUMP)), Said("one"), Said("welcome")),
        *(TALKED, TALKED),
    )
    assert told.player.question().draft == "half"


def test_a_jump_to_the_card_that_is_shown_stays_there() -> None:
    told = walked(TWO, TALKED, TALKED, JUMP, Said("one"), Said("direction"))
    assert told.player.shown[-1] == "ask purpose"


@pytest.mark.parametrize("replies", [(BACK,), (Said("two"), BACK), (Command(Action.HINT),)])
def test_who_leaves_a_jump_is_back_at_the_card(replies: tuple[Reply, ...]) -> None:
    told = walked(TWO, TALKED, JUMP, *replies)
    assert told.player.shown[-1] == "talk What are you here for?"


def test_who_chooses_no_phase_is_back_at_the_card_and_offered_no_list_of_nothing() -> None:
    told = walked(TWO, TALKED, JUMP, Said(None))
    assert told.player.shown == [
        "talk How do you arrive?",
        "talk What are you here for?",
        "ask choice",
        "talk What are you here for?",
    ]


def test_stopping_in_a_jump_stops() -> None:
    told = walked(TWO, TALKED, JUMP, STOP)
    assert (told.ending, told.player.shown[-1]) == (Ending.STOPPED, "ask choice")


# --- Extra


def test_an_extra_card_comes_before_the_one_that_is_on_and_then_that_one_again() -> None:
    told = walked(TWO, TALKED, EXTRA, Said("beside"), TALKED)
    assert told.player.shown == [
        "talk How do you arrive?",
        "talk What are you here for?",
        "ask choice",
        "talk What was left out?",
        "talk What are you here for?",
    ]
    assert told.walk.session.cards == ("welcome", "beside", "direction", "rhythm", "closing")
    assert told.walk.session.marks == {"welcome": "done", "beside": "done"}


def test_an_extra_card_has_its_own_minutes() -> None:
    told = walked(TWO, EXTRA, Said("beside"))
    assert told.walk.recorder.reading().card_planned == 180
    assert [(e.prompt, e.seconds) for e in told.events(Entered) if isinstance(e, Entered)][1:] == [
        ("beside", None)
    ]


def test_the_extra_cards_are_offered_with_their_minutes() -> None:
    told = walked(TWO, EXTRA)
    assert shown_choices(told, 1) == [("beside", "3 min · What was left out?")]


def test_where_nothing_is_left_beside_the_plan_they_are_told_so() -> None:
    told = walked(TWO, EXTRA, Said("beside"), EXTRA, TALKED)
    assert told.player.shown[2:] == [
        "talk What was left out?",
        "talk There are no more cards outside the plan.",
        "talk What was left out?",
    ]


def test_choosing_no_extra_card_pulls_none_in() -> None:
    told = walked(TWO, EXTRA, Said(None))
    assert (told.events(Pulled), told.player.shown[-1]) == ([], "talk How do you arrive?")


# --- Note


def test_a_note_is_typed_unseen_and_lies_in_the_private_file_only(tmp_path: Path) -> None:
    told = on_disk(tmp_path, TWO, NOTE, Said("she sounded tired"), TALKED, STOP)
    assert told.player.question(1).unseen
    assert told.private == ["she sounded tired"]
    others = [path for path in tmp_path.iterdir() if path.name != "private.jsonl"]
    assert [p.name for p in others if b"she sounded tired" in p.read_bytes()] == []
    assert told.walk.session.notes == ("she sounded tired",)


def test_a_note_leads_back_to_the_question() -> None:
    told = walked(TWO, TALKED, TALKED, HalfTyped("half", Command(Action.NOTE)), Said("hm"))
    assert (told.player.shown[-1], told.player.question().draft) == ("ask purpose", "half")


def test_while_off_the_record_no_note_is_taken() -> None:
    told = walked(TWO, OFF, NOTE)
    assert "ask note" not in told.player.shown


# --- Off the record

AGREED = agenda_of(
    Prompt(
        "limits",
        "What is off limits?",
        settle=(Field("limit", "Limit", default="None"),),
        clause=Clause("Limits", "Our limit: {limit}."),
    ),
    DIRECTION,
)


ROUND = agenda_of(Prompt("one", "One?"), Prompt("two", "Two?"), Prompt("three", "Three?"))


def resumed(told: Walked, *replies: Reply | Wait | HalfTyped) -> Walked:
    """Go on with a walk from its journal, as after a crash."""
    player = Player(list(replies), clock=told.player.clock)
    ends = told.opened.at + timedelta(minutes=12)
    session = Session.open(told.walk.session.agenda, told.opened, ends)
    session = session.apply_all(told.journal.events)
    walk = Walk(session, told.journal, player, player.clock, our_agreement)
    return Walked(walk, player, told.journal, told.opened, walk.resume())


def test_off_the_record_no_field_is_asked_and_the_card_was_talked_over() -> None:
    told = walked(AGREED, OFF, TALKED)
    assert told.player.shown == [*["talk What is off limits?"] * 2, "ask record"]
    assert [stop.card.opens for stop in told.player.stops[:2]] == [True, False]
    assert (told.answers, told.walk.session.marks) == ({}, {"limits": "talked"})


def test_the_card_after_it_first_asks_whether_to_write_again_and_shows_nothing_before() -> None:
    told = walked(AGREED, OFF, TALKED)
    asked = told.player.stops[-1].card
    assert (asked.ask, asked.read, asked.off_record) == ("", "", False)
    assert told.player.question().label == (
        "The last card was off the record. Shall we write again?"
    )


def test_usually_they_write_again_with_the_next_card() -> None:
    told = walked(AGREED, OFF, TALKED, Said("Yes, we write again"), TALKED, Said("lead"), STOP)
    assert told.player.shown[2:5] == ["ask record", "talk What are you here for?", "ask purpose"]
    assert told.answers == {"purpose": "lead"}


def test_they_may_stay_off_the_record_for_one_more_card() -> None:
    stay = Said("Stay off the record for this card, too")
    told = walked(ROUND, OFF, TALKED, stay, TALKED, Said("Yes, we write again"), STOP)
    assert told.player.shown[2:] == ["ask record", "talk Two?", "ask record", "talk Three?"]
    assert told.walk.session.marks == {"one": "talked", "two": "talked"}


def test_back_on_the_card_that_was_off_the_record_it_is_so_still() -> None:
    told = walked(ROUND, OFF, TALKED, BACK)
    assert told.player.shown[-2:] == ["ask record", "talk One?"]
    assert told.player.stops[-1].card.off_record


def test_who_jumps_from_a_card_off_the_record_is_asked_on_the_one_they_come_to() -> None:
    told = walked(ROUND, OFF, JUMP, Said("all"), Said("three"))
    assert (told.walk.session.current, told.player.shown[-1]) == ("three", "ask record")


def test_a_command_is_followed_before_they_have_said_whether_to_write_again() -> None:
    told = walked(ROUND, OFF, TALKED, SKIP, STOP)
    assert told.walk.session.marks == {"one": "talked", "two": "skipped"}
    assert told.player.shown[-2:] == ["ask record"] * 2


@pytest.mark.parametrize(
    ("prompt", "cost"),
    [
        (
            replace(RHYTHM, clause=Clause("How", "We meet {frequency}.")),
            "this part stays open in our agreement",
        ),
        (
            Prompt("day", "When?", record=(Field("on", "On", type="date"),)),
            "our next meeting has no date yet",
        ),
        (AGREE, "our agreement stays a draft"),
        (RHYTHM, "nothing of this card is written down"),
    ],
)
def test_where_something_would_pass_by_the_choice_says_what_it_costs(
    prompt: Prompt, cost: str
) -> None:
    agenda = replace(agenda_of(WELCOME, prompt), meeting=Meeting("on"))
    told = walked(agenda, OFF, TALKED)
    assert [shown for _pick, shown in shown_choices(told, -1)] == [
        "Yes, we write again",
        f"Only talk: {cost}",
    ]


def test_a_walk_that_crashed_goes_on_off_the_record_on_that_card_alone() -> None:
    again = resumed(walked(ROUND, OFF), TALKED)
    assert again.player.shown == ["talk One?", "ask record"]
    assert [stop.card.off_record for stop in again.player.stops] == [True, False]


def test_a_session_that_went_on_off_the_record_in_an_earlier_version_is_asked_now() -> None:
    assert resumed(walked(ROUND, OFF, TALKED)).player.shown == ["ask record"]


def test_a_clause_that_was_talked_over_off_the_record_is_not_settled() -> None:
    on, off = walked(AGREED, TALKED, KEPT, STOP), walked(AGREED, OFF, TALKED, STOP)
    states = [[c.state for c in clauses_of(told.walk.session)] for told in (on, off)]
    assert states == [["settled"], ["open"]]


def test_a_clause_that_was_settled_stays_so_when_they_come_back_off_the_record() -> None:
    told = walked(AGREED, TALKED, KEPT, BACK, OFF, TALKED, STOP)
    assert [clause.state for clause in clauses_of(told.walk.session)] == ["settled"]


def test_off_the_record_in_a_question_leads_to_the_talk() -> None:
    told = walked(AGREED, TALKED, KEPT, TALKED, OFF)
    assert told.player.shown[-2:] == ["ask purpose", "talk What are you here for?"]
    assert told.player.stops[-1].card.off_record


def test_off_the_record_in_a_row_of_a_sheet_leads_to_the_talk() -> None:
    told = walked(AGREED, TALKED, EditLine(0), OFF)
    assert told.player.shown[-2:] == ["ask limit", "talk What is off limits?"]


def test_back_on_the_record_the_fields_are_asked_again() -> None:
    told = walked(agenda_of(DIRECTION), OFF, OFF, TALKED)
    assert told.player.shown[-1] == "ask purpose"


def test_what_was_half_typed_when_they_went_off_the_record_is_not_written_down() -> None:
    told = walked(agenda_of(DIRECTION), TALKED, HalfTyped("my boss is", Command(Action.OFF)), STOP)
    assert (told.answers, told.drafts) == ({}, {})
    drafted = [e.text for e in told.journal.events if isinstance(e, Drafted)]
    assert drafted == [None]


def test_off_the_record_a_line_can_be_struck_and_none_is_asked_anew() -> None:
    begun = (TALKED, Said("lead"), OFF, REVIEW, EditLine(0))
    redacted = walked(agenda_of(DIRECTION), *begun, STRIKE, SURE, STOP)
    assert redacted.answers == {"purpose": None}
    offered = [pick for pick, _ in shown_choices(walked(agenda_of(DIRECTION), *begun, STOP), -1)]
    assert offered == ["Leave it", "Strike it: it is erased"]


def test_what_was_written_before_stays() -> None:
    told = walked(AGREED, TALKED, KEPT, OFF, TALKED)
    assert (told.answers, told.ending) == ({"limit": "None"}, Ending.CLOSED)


# --- More time, less time


def test_more_time_is_given_to_the_card_that_is_on() -> None:
    told = walked(LONG, Wait(60), Command(Action.MORE_TIME, minutes=5))
    given = [(e.prompt, e.seconds) for e in told.events(Extended) if isinstance(e, Extended)]
    assert given == [("a", 300)]
    assert told.walk.recorder.reading().card_left == 420


def test_a_jump_offers_a_card_of_the_chosen_phase_that_is_not_done() -> None:
    told = walked(TWO, JUMP, Said("two"), BACK)
    offered = told.player.stops[2].questions[0]
    assert offered.value in [option.pick for option in offered.options]
    assert offered.current == "What rhythm could you keep?"


def test_shortening_says_what_is_dropped_and_when_it_ends() -> None:
    told = walked(LONG, Wait(170), SHORTEN, Said(5), TALKED)
    page = told.player.stops[2].card
    assert (page.ask, page.read) == (
        "We end about 15:07.",
        "These are left for another day:\n- B?",
    )
    assert told.walk.session.marks == {"b": "dropped"}
    assert told.player.shown[-1] == "talk About Ada?"


def test_shortening_to_what_is_left_drops_nothing() -> None:
    told = walked(LONG, SHORTEN, Said(12), TALKED)
    assert (told.walk.session.marks, told.player.stops[2].card.read) == ({}, "")


def test_shortening_keeps_the_kept_cards_with_all_their_time() -> None:
    told = walked(LONG, Wait(175), SHORTEN, Said(3), TALKED, TALKED)
    assert told.walk.session.marks == {"a": "done", "b": "dropped", "c": "dropped"}
    assert (told.walk.session.current, told.walk.session.allotted["k"]) == ("k", 180)


def test_shortening_below_this_card_gives_it_less_time_too() -> None:
    told = walked(LONG, SHORTEN, Said(5), TALKED)
    seen = told.walk.recorder.reading()
    assert (seen.card_planned, seen.late) == (120, 0)


def test_shortening_takes_half_of_this_card_at_most() -> None:
    told = walked(LONG, SHORTEN, Said(4), TALKED)
    seen = told.walk.recorder.reading()
    assert (seen.card_planned, seen.late) == (90, 30)


def test_after_shortening_it_ends_when_it_was_agreed() -> None:
    told = walked(LONG, Wait(60), SHORTEN, Said(8), TALKED)
    assert told.walk.session.ends == told.player.clock.now() + timedelta(minutes=8)
    assert told.walk.recorder.reading().ends == told.walk.session.ends


def test_a_card_that_was_dropped_can_be_jumped_to() -> None:
    told = walked(LONG, Wait(170), SHORTEN, Said(5), TALKED, JUMP, Said("all"), Said("b"), TALKED)
    assert ("b", "another day · B?") in shown_choices(told, 5)
    assert told.walk.session.marks == {"b": "done"}


@pytest.mark.parametrize("reply", [Said(None), BACK])
def test_who_names_no_minutes_shortens_nothing(reply: Reply) -> None:
    told = walked(LONG, SHORTEN, reply)
    assert (told.events(Shortened), told.player.shown[-1]) == ([], "talk About Ada?")


def test_shortening_after_the_clock_was_set_back_means_the_minutes_that_were_said() -> None:
    told = walked(LONG, SHORTEN, Said(9), TALKED, player=SetBack([]))
    assert told.walk.recorder.left() == 540


# --- Names and contact


def test_names_are_corrected_everywhere_at_once() -> None:
    told = walked(LONG, NAMES, Said("Adah"), Said("Grace H."))
    assert told.events(Renamed) == [
        Renamed(
            seq=2,
            at=told.player.clock.now(),
            elapsed=0,
            people=People("Adah", "Grace H.", "mentor"),
        )
    ]
    card = told.player.stops[-1].card
    assert (card.ask, card.people) == ("About Adah?", "Adah (mentor) · Grace H. (mentee)")


def test_names_stand_there_to_be_corrected() -> None:
    told = walked(LONG, NAMES, Said("Ada"), Said("Grace"))
    assert [told.player.question(n).value for n in (1, 2)] == ["Ada", "Grace"]
    assert told.events(Renamed) == []


def test_an_empty_name_is_asked_for_again() -> None:
    told = walked(LONG, NAMES, Said(None), Said("Adah"), Said("Grace"))
    assert told.player.question(2).complaint == (
        "Mentor's name is empty: please give a name, any name you go by."
    )
    assert told.walk.session.people.mentor == "Adah"


def test_a_name_that_cannot_be_is_offered_for_correction() -> None:
    told = walked(LONG, NAMES, Said("Adah"), Said("adah"), Said("Grace"))
    assert told.player.question(3).draft == "adah"
    assert told.walk.session.people == People("Adah", "Grace", "mentor")


def test_who_insists_on_a_name_that_cannot_be_is_back_at_the_card_with_the_old_names() -> None:
    told = walked(LONG, NAMES, Said("Grace"), Said("Grace"), Said("Grace"))
    assert told.walk.session.people == People("Ada", "Grace", "mentor")
    assert told.player.shown[:4] == [told.player.shown[0], *["ask name"] * 3]


def test_the_two_cannot_have_the_same_name_and_are_told_so() -> None:
    told = walked(LONG, NAMES, Said("Grace"), Said("grace"))
    assert told.walk.session.people == People("Ada", "Grace", "mentor")
    said = [q.complaint for stop in told.player.stops for q in stop.questions]
    assert "You are both called grace: please add an initial to one of you." in said


def test_the_contact_is_shown_with_what_to_do_when_it_is_urgent() -> None:
    contact = Contact("the programme of {mentee}", "help@example.org", "Call 112.")
    told = walked(replace(LONG, contact=contact), CONTACT, TALKED)
    page = told.player.stops[1].card
    assert (page.ask, page.read) == (
        "You can turn to the programme of Grace (help@example.org).",
        "Call 112.",
    )
    assert told.player.shown[-1] == "talk About Ada?"


def test_an_agenda_without_a_contact_says_so() -> None:
    told = walked(LONG, CONTACT, TALKED)
    assert told.player.shown[1] == "talk Nobody outside the two of you has been named."


# --- Coming back

DETOURS: dict[Action, tuple[Reply, ...]] = {
    Action.HINT: (),
    Action.PAUSE: (),
    Action.JUMP: (BACK,),
    Action.EXTRA: (Said(None),),
    Action.NOTE: (Said("n"),),
    Action.MORE_TIME: (),
    Action.SHORTEN: (Said(9), TALKED),
    Action.REVIEW: (KEPT,),
    Action.CONTACT: (TALKED,),
}


@pytest.mark.parametrize("action", DETOURS)
def test_every_detour_leads_back_to_the_question_with_what_was_half_typed(action: Action) -> None:
    begun = (TALKED, TALKED, Said("lead"))
    told = walked(TWO, *begun, HalfTyped("two te", Command(action, 5)), *DETOURS[action])
    assert (told.player.shown[-1], told.player.question().draft) == ("ask offer", "two te")
    assert (told.answers, told.drafts) == ({"purpose": "lead"}, {"offer": "two te"})


@pytest.mark.parametrize("action", [a for a, replies in DETOURS.items() if replies])
def test_the_end_of_input_in_a_detour_stops_and_saves(action: Action) -> None:
    told = walked(TWO, TALKED, TALKED, Said("lead"), HalfTyped("two te", Command(action)), GONE)
    assert (told.ending, told.drafts) == (Ending.STOPPED, {"offer": "two te"})


# --- Review


@pytest.mark.parametrize(
    "before",
    [
        (JUMP,),
        (REVIEW,),
        (SHORTEN, Said(5)),
        (TALKED, TALKED, Said("lead"), REVIEW),
        (TALKED, TALKED, Said("lead"), REVIEW, EditLine(0)),
    ],
    ids=["in a list", "on a page", "on the page of another", "in a review", "at a line of it"],
)
def test_what_is_asked_for_on_a_detour_is_done_too(before: tuple[Reply, ...]) -> None:
    told = walked(TWO, *before, CONTACT)
    assert told.player.shown[len(before) + 1] == (
        "talk Nobody outside the two of you has been named."
    )


@pytest.mark.parametrize(("action", "mark"), [(Action.SKIP, "skipped"), (Action.PARK, "parked")])
def test_a_card_is_put_aside_from_a_page_beside_it(action: Action, mark: Mark) -> None:
    told = walked(TWO, CONTACT, Command(action))
    first = told.opened.plan.slots[0].prompt
    assert told.walk.session.marks == {first: mark}


def test_a_review_of_nothing_says_so_and_leads_back() -> None:
    told = walked(TWO, REVIEW)
    assert "talk Nothing is written down yet." in told.player.shown


def test_a_review_shows_what_was_written_so_far_and_leads_back() -> None:
    told = walked(TWO, TALKED, TALKED, Said("lead"), REVIEW, KEPT)
    assert told.player.shown[-3:] == ["ask offer", "settle purpose", "ask offer"]


def test_a_line_of_the_review_is_changed() -> None:
    told = walked(
        TWO,
        TALKED,
        TALKED,
        Said("lead"),
        REVIEW,
        EditLine(0),
        CHANGE,
        Said("rest"),
        KEPT,
    )
    assert told.answers == {"purpose": "rest"}
    assert told.player.stops[-2].questions[0].value == "rest"


def test_a_line_of_the_review_is_struck() -> None:
    told = walked(TWO, TALKED, TALKED, Said("lead"), REVIEW, EditLine(0), STRIKE, SURE)
    assert told.answers == {"purpose": None}
    assert [e.value for e in told.events(Answered) if isinstance(e, Answered)] == [None]
    assert len(told.events(Struck)) == 1


@pytest.mark.parametrize("replies", [(LEAVE,), (BACK,), (Said(None),)])
def test_a_line_of_the_review_is_left_as_it_stands(replies: tuple[Reply, ...]) -> None:
    told = walked(TWO, TALKED, TALKED, Said("lead"), REVIEW, EditLine(0), *replies, STOP)
    assert (told.answers, told.player.shown[-1]) == ({"purpose": "lead"}, "settle purpose")


def test_what_was_struck_does_not_stand_half_typed_in_its_question() -> None:
    told = walked(
        TWO,
        *(
            TALKED,
            TALKED,
            Said("lead"),
            BACK,
            HalfTyped("lead", Command(Action.REVIEW)),
            EditLine(0),
        ),
        STRIKE,
        SURE,
    )
    question = told.player.question()
    assert (question.id, question.value, question.draft) == ("purpose", None, None)


@pytest.mark.parametrize("reply", [STOP, Interrupted()])
def test_stopping_at_a_line_that_is_being_changed_stops(reply: Reply) -> None:
    player = Player([], choices=["stop"])
    told = walked(
        TWO,
        *(TALKED, TALKED, Said("lead"), REVIEW, EditLine(0), CHANGE, reply),
        player=player,
    )
    assert (told.ending, told.player.shown[-1]) == (Ending.STOPPED, "ask purpose")
