"""A session is the fold of its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import (
    ADA_AND_GRACE,
    THREE_O_CLOCK,
    UNHURRIED,
    accepted,
    agenda_in_phases,
    agenda_of,
    answered,
    at,
    closed,
    done,
    entered,
    paused,
    resumed,
    session_of,
    skipped,
    ticked,
)

from mentorwalk.domain.agenda import Phase, Prompt
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.events import (
    Answered,
    Entered,
    Event,
    Extended,
    OffTheRecord,
    Parked,
    Pulled,
    Renamed,
    Shortened,
    Struck,
)
from mentorwalk.domain.fields import Condition, Field
from mentorwalk.domain.people import People
from mentorwalk.domain.session import Session

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value

pytestmark = pytest.mark.portable

FOUR = agenda_of(*(Prompt(card, f"Talk about {card}.") for card in "abcd"))
WITH_EXTRA = agenda_of(Prompt("a", "A."), Prompt("b", "B."), Prompt("more", "M.", extra=True))


def walked(*events: Event) -> Session:
    return session_of(FOUR).apply_all(events)


# Where we are


def test_a_session_begins_before_its_first_card() -> None:
    session = session_of(FOUR)

    assert (session.current, session.following(), session.before()) == (None, "a", None)


def test_the_card_entered_last_is_the_current_one() -> None:
    assert walked(entered("a"), entered("c")).current == "c"


def test_finishing_a_card_leaves_it_on_the_screen() -> None:
    assert walked(entered("a"), done("a")).current == "a"


def test_the_next_card_follows_a_finished_one() -> None:
    assert walked(entered("a"), done("a")).following() == "b"


def test_after_a_jump_the_next_undone_card_follows() -> None:
    session = walked(entered("a"), done("a"), entered("c"), done("c"), entered("b"), done("b"))

    assert session.following() == "d"


def test_a_skipped_card_does_not_follow() -> None:
    assert walked(entered("b"), skipped("b"), entered("a")).following() == "c"


def test_nothing_follows_the_last_card() -> None:
    assert walked(entered("d")).following() is None


def test_the_first_undone_card_follows_one_that_was_not_planned() -> None:
    session = session_of(WITH_EXTRA).apply_all([done("a"), entered("more"), done("more")])

    assert session.following() == "b"


@pytest.mark.parametrize(("card", "before"), [("a", None), ("b", "a"), ("d", "c")])
def test_back_leads_to_the_card_before_done_or_not(card: str, before: str | None) -> None:
    assert walked(done("c"), entered(card)).before() == before


def test_what_remains_is_undone_and_after_the_current_card() -> None:
    assert walked(entered("b"), done("d")).remaining() == ("c",)


def test_every_card_remains_before_the_first() -> None:
    assert session_of(FOUR).remaining() == ("a", "b", "c", "d")


def test_a_card_neither_done_nor_skipped_was_not_reached() -> None:
    assert walked(done("a"), skipped("b"), entered("c")).not_reached() == ("c", "d")


def test_a_later_mark_replaces_the_earlier() -> None:
    assert walked(skipped("a"), done("a"), done("b"), skipped("b")).marks == {
        "a": "done",
        "b": "skipped",
    }


def test_the_cards_are_those_of_the_plan() -> None:
    assert session_of(WITH_EXTRA).cards == ("a", "b")


def test_applying_an_event_leaves_the_earlier_session_as_it_was() -> None:
    before = session_of(FOUR)
    before.apply_all([entered("a"), answered("x", "y"), done("a", 60)])

    assert before == session_of(FOUR)


# Answers


def test_an_answer_is_kept_under_its_id() -> None:
    assert walked(answered("purpose", "lead a team")).answers == {"purpose": "lead a team"}


def test_a_later_answer_replaces_the_earlier() -> None:
    session = walked(answered("purpose", "one"), answered("offer", "x"), answered("purpose", "two"))

    assert session.answers == {"purpose": "two", "offer": "x"}


def test_an_answer_can_be_taken_back() -> None:
    session = walked(answered("purpose", "one"), answered("purpose", None))

    assert session.answers == {"purpose": None}


def test_going_back_and_skipping_delete_no_answer() -> None:
    session = walked(entered("a"), answered("x", "y"), done("a"), entered("a"), skipped("a"))

    assert session.answers == {"x": "y"}


# People


def test_the_names_stand_for_their_roles() -> None:
    assert session_of(FOUR).names == {"mentor": "Ada", "mentee": "Grace"}


def test_the_contact_has_names_and_its_address_in_it() -> None:
    agenda = agenda_of(Prompt("a", "A."))
    contact = Contact("whoever matched {mentor} and {mentee}", "help@example.org")
    session = session_of(replace(agenda, contact=contact))

    assert session.names["contact"] == "whoever matched Ada and Grace (help@example.org)"


def test_each_is_the_other_to_the_other() -> None:
    assert [ADA_AND_GRACE.name("mentor"), ADA_AND_GRACE.other("mentor")] == ["Ada", "Grace"]
    assert [ADA_AND_GRACE.name("mentee"), ADA_AND_GRACE.other("mentee")] == ["Grace", "Ada"]


# Time


def test_time_goes_to_the_card_on_the_screen() -> None:
    session = walked(entered("a", 5), done("a", 65), entered("b", 66), ticked(96))

    assert session.spent == {"a": 61, "b": 30}


def test_time_on_a_revisited_card_adds_up() -> None:
    session = walked(entered("a"), entered("b", 60), entered("a", 90), done("a", 100))

    assert session.spent == {"a": 70, "b": 30}


def test_time_before_the_first_card_belongs_to_none() -> None:
    session = walked(ticked(30))

    assert (session.spent, session.elapsed) == ({}, 30)


def test_time_stands_still_after_the_close() -> None:
    session = walked(entered("a"), closed(60), ticked(90))

    assert session.spent == {"a": 60}


def test_the_time_since_the_last_event_counts_for_the_current_card() -> None:
    session = walked(entered("a"), entered("b", 60))

    assert session.spent_until(75) == {"a": 60, "b": 15}


def test_a_clock_that_went_back_takes_no_time_away() -> None:
    assert walked(entered("a"), ticked(60)).spent_until(50) == {"a": 60}


def test_a_pause_changes_nothing_but_the_last_event() -> None:
    session = walked(entered("a"), paused(60))

    assert (session.current, session.spent, session.last) == ("a", {"a": 60}, paused(60))


def test_after_a_pause_the_session_ends_when_the_two_say_so() -> None:
    later = THREE_O_CLOCK + timedelta(minutes=75)

    assert session_of(FOUR).ends == THREE_O_CLOCK + timedelta(minutes=60)
    assert walked(entered("a"), paused(60), resumed(later, 60)).ends == later


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What may happen in a session, in seconds that never go back."""
    elapsed = 0
    events: list[Event] = [entered(draw(st.sampled_from("abcd")))]
    for _ in range(draw(st.integers(0, 25))):
        elapsed += draw(st.integers(0, 500))
        card = draw(st.sampled_from("abcd"))
        events.append(
            draw(
                st.sampled_from(
                    [
                        *(entered(card, elapsed), done(card, elapsed), skipped(card, elapsed)),
                        *(answered("x", card, elapsed), ticked(elapsed), paused(elapsed)),
                        resumed(THREE_O_CLOCK, elapsed),
                    ]
                )
            )
        )
    return events


@UNHURRIED
@given(histories())
def test_the_time_on_all_cards_is_all_the_time(events: list[Event]) -> None:
    session = walked(*events)

    assert sum(session.spent.values()) == session.elapsed


@UNHURRIED
@given(histories())
def test_a_session_closed_has_spent_what_it_had(events: list[Event]) -> None:
    session = walked(*events, closed(events[-1].elapsed + 10), ticked(events[-1].elapsed + 99))

    assert sum(session.spent.values()) == events[-1].elapsed + 10


@UNHURRIED
@given(histories(), st.integers(0, 40))
def test_replaying_in_two_parts_is_replaying_at_once(events: list[Event], cut: int) -> None:
    assert walked(*events[:cut]).apply_all(events[cut:]) == walked(*events)


@UNHURRIED
@given(histories())
def test_replaying_is_living_through_it_event_by_event(events: list[Event]) -> None:
    assert reduce(Session.apply, events, session_of(FOUR)) == walked(*events)


@UNHURRIED
@given(histories())
def test_every_card_is_done_skipped_or_not_reached(events: list[Event]) -> None:
    session = walked(*events)

    assert {*session.marks} | {*session.not_reached()} == set("abcd")
    assert {*session.marks} & {*session.not_reached()} == set()


@UNHURRIED
@given(histories())
def test_what_follows_is_the_first_of_what_remains(events: list[Event]) -> None:
    session = walked(*events)

    assert session.following() == next(iter(session.remaining()), None)


# The end


def test_a_session_is_closed_by_its_close() -> None:
    assert (walked(entered("a")).closed, walked(closed(60)).closed) == (None, closed(60))


def test_the_later_acceptance_of_one_person_stands() -> None:
    first, second, other = (
        accepted("mentor", "m1"),
        accepted("mentor", "m2"),
        accepted("mentee", "m"),
    )

    assert walked(first, other, second).accepted == {"mentor": second, "mentee": other}


# What is asked


def on(field: str, *any_of: str) -> Condition:
    return Condition(field, any_of)


@pytest.mark.parametrize(
    ("given_answer", "asked"),
    [
        ("As needed", True),
        ("Every week", False),
        (None, False),
    ],
)
def test_a_field_is_asked_only_for_its_answer(given_answer: Value | None, asked: bool) -> None:
    field = Field("why", "Why", when=(on("frequency", "As needed"),))

    assert walked(answered("frequency", given_answer)).asks(field) is asked


def test_a_field_without_conditions_is_always_asked() -> None:
    assert session_of(FOUR).asks(Field("why", "Why"))


def test_a_field_waits_for_the_answer_it_depends_on() -> None:
    assert not session_of(FOUR).asks(Field("why", "Why", when=(on("frequency", "As needed"),)))


@pytest.mark.parametrize(("answer", "asked"), [("one", True), ("two", True), ("three", False)])
def test_a_list_in_a_condition_means_any_of_them(answer: str, asked: bool) -> None:
    field = Field("why", "Why", when=(on("a", "one", "two"),))

    assert walked(answered("a", answer)).asks(field) is asked


@pytest.mark.parametrize(("second", "asked"), [("yes", True), ("no", False)])
def test_several_conditions_mean_all_of_them(second: str, asked: bool) -> None:
    field = Field("why", "Why", when=(on("a", "yes"), on("b", "yes")))

    assert walked(answered("a", "yes"), answered("b", second)).asks(field) is asked


@pytest.mark.parametrize(("wanted", "asked"), [("two", True), ("three", False)])
def test_one_of_several_picks_is_enough_for_a_condition(wanted: str, asked: bool) -> None:
    field = Field("why", "Why", when=(on("a", wanted),))

    assert walked(answered("a", ("one", "two"))).asks(field) is asked


# Detours


def test_a_card_that_is_entered_has_the_seconds_it_is_given_then() -> None:
    planned = session_of(FOUR).allotted
    session = walked(Entered(**at(0), prompt="b", seconds=42), entered("c"))

    assert session.allotted == {**planned, "b": 42}


def test_more_time_is_added_to_what_a_card_has() -> None:
    session = walked(entered("a"), Extended(**at(0), prompt="a", seconds=120))

    assert session.allotted == {"a": 1020, "b": 900, "c": 900, "d": 900}


def test_a_parked_card_is_kept_for_another_day_and_was_reached() -> None:
    session = walked(entered("a"), Parked(**at(0), prompt="a"))

    assert (session.marks, session.parked()) == ({"a": "parked"}, ("a",))
    assert session.not_reached() == ("b", "c", "d")


def test_an_extra_card_stands_before_the_one_that_is_shown_which_then_follows() -> None:
    session = session_of(WITH_EXTRA).apply_all([entered("b"), Pulled(**at(0), prompt="more")])
    on_it = session.apply(entered("more"))

    assert (session.cards, session.allotted["more"]) == (("a", "more", "b"), 120)
    assert (on_it.following(), on_it.before(), on_it.extras()) == ("b", "a", ())


def test_the_extra_cards_of_this_phase_come_first() -> None:
    first = Phase("one", "One", "One", (Prompt("a", "A."), Prompt("x", "X.", extra=True)))
    second = Phase("two", "Two", "Two", (Prompt("b", "B."), Prompt("y", "Y.", extra=True)))
    session = session_of(agenda_in_phases(first, second))

    assert session.apply(entered("a")).extras() == ("x", "y")
    assert session.apply(entered("b")).extras() == ("y", "x")


def test_a_card_for_which_the_session_is_too_short_can_be_pulled_in() -> None:
    agenda = agenda_of(Prompt("a", "A."), Prompt("b", "B.", at_least=90, minutes=3))
    session = session_of(agenda)
    pulled = session.apply(Pulled(**at(0), prompt="b"))

    assert session.extras() == ("b",)
    assert (pulled.extras(), pulled.allotted["b"]) == ((), 180)


def test_a_shortened_session_ends_earlier_and_was_not_reached_where_it_dropped_cards() -> None:
    ends = THREE_O_CLOCK + timedelta(minutes=15)
    session = walked(entered("a"), Shortened(**at(60), ends=ends, dropped=("b", "d")))

    assert (session.ends, session.marks) == (ends, {"b": "dropped", "d": "dropped"})
    assert (session.remaining(), session.not_reached()) == (("c",), ("a", "b", "c", "d"))


def test_a_card_that_was_dropped_can_be_walked_after_all() -> None:
    session = walked(Shortened(**at(0), ends=THREE_O_CLOCK, dropped=("b",)))

    assert session.apply_all([entered("b"), done("b")]).marks == {"b": "done"}


def test_an_answer_that_was_struck_is_nothing_any_more() -> None:
    session = walked(answered("x", "secret"), Struck(**at(0), field="x"))

    assert session.answers == {"x": None}


def test_a_corrected_name_stands_for_its_role() -> None:
    people = People("Adah", "Grace", "mentor")
    session = walked(Renamed(**at(0), people=people))

    assert (session.people, session.names) == (people, {"mentor": "Adah", "mentee": "Grace"})


def test_a_note_is_no_answer() -> None:
    note = Answered(**at(0), field="private note", value="slow down", private=True)

    assert walked(note, note).notes == ("slow down", "slow down")
    assert walked(note).answers == {}


def test_a_field_called_note_is_an_answer_like_any_other() -> None:
    session = walked(Answered(**at(0), field="note", value="slow down"))

    assert (session.answers, session.notes) == ({"note": "slow down"}, ())


def test_a_note_in_an_earlier_journal_stays_a_note() -> None:
    session = walked(Answered(**at(0), field="note", value="slow down", private=True))

    assert (session.answers, session.notes) == ({}, ("slow down",))


def test_an_answer_that_is_private_and_called_note_is_no_note() -> None:
    agenda = agenda_of(Prompt("only", "Only?", record=(Field("note", "A note", private=True),)))
    note = Answered(**at(0), field="note", value="slow down", private=True)

    assert session_of(agenda).apply(note).answers == {"note": "slow down"}


def test_a_card_that_ends_off_the_record_was_talked_over() -> None:
    off, on_again = OffTheRecord(**at(0), off=True), OffTheRecord(**at(0), off=False)
    session = walked(entered("a"), off, done("a"), entered("b"), on_again, done("b"))

    assert (session.marks, session.off_record) == ({"a": "talked", "b": "done"}, False)


def test_a_card_that_was_done_stays_done_when_it_is_looked_at_off_the_record() -> None:
    session = walked(
        entered("a"), done("a"), entered("a"), OffTheRecord(**at(0), off=True), done("a")
    )

    assert session.marks == {"a": "done"}
