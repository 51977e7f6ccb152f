"""The pace: the clock against the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import (
    THREE_O_CLOCK,
    UNHURRIED,
    agenda_in_phases,
    agenda_of,
    at,
    done,
    entered,
    paused,
    resumed,
    session_of,
    skipped,
)

from mentorwalk.domain.agenda import Phase, Prompt
from mentorwalk.domain.events import Extended, Shortened
from mentorwalk.domain.fields import Field
from mentorwalk.domain.timing import Reading, Stopwatch, droppable, planned, reading, shares

if TYPE_CHECKING:
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

AGENDA = agenda_in_phases(
    Phase("one", "One", "One", (Prompt("a", "A.", minutes=2), Prompt("b", "B.", minutes=3))),
    Phase("two", "Two", "Two", (Prompt("c", "C.", minutes=5), Prompt("x", "X.", extra=True))),
    minutes=10,
)


def walked(*events: Event) -> Session:
    return session_of(AGENDA).apply_all(events)


def after(seconds: float, session: Session) -> Reading:
    """A look at the clock that many seconds into a session without pauses."""
    return reading(session, seconds, THREE_O_CLOCK + timedelta(seconds=seconds))


def test_an_end_after_a_change_of_the_clocks_reads_as_they_show_it_then() -> None:
    session = replace(session_of(AGENDA), zone="Europe/Berlin")
    begun = datetime(2027, 3, 28, 1, 55, tzinfo=timezone(timedelta(hours=1)))

    ends = reading(replace(session, ends=begun + timedelta(minutes=10)), 0, begun).ends

    assert ends.isoformat() == "2027-03-28T03:05:00+02:00"


# The stopwatch


def test_a_stopwatch_stands_still_until_it_is_started() -> None:
    assert Stopwatch(40).elapsed(1000) == 40


def test_a_stopwatch_counts_from_its_start() -> None:
    assert Stopwatch(40).started(1000).elapsed(1005) == 45


def test_a_pause_is_not_counted() -> None:
    watch = Stopwatch(0).started(100).stopped(160).started(500)

    assert watch.elapsed(510) == 70


def test_starting_a_running_stopwatch_loses_no_time() -> None:
    assert Stopwatch(0).started(100).started(150) == Stopwatch(0, 100)


def test_stopping_twice_is_stopping_once() -> None:
    assert Stopwatch(0).started(100).stopped(160).stopped(900) == Stopwatch(60)


# A reading


def test_before_the_first_card_everything_is_left() -> None:
    assert after(0, session_of(AGENDA)) == Reading(
        card_spent=0,
        card_planned=0,
        phase_spent=0,
        phase_planned=0,
        spent=0,
        planned=600,
        ends=THREE_O_CLOCK + timedelta(minutes=10),
        late=0,
        behind=0,
    )


def test_on_time_the_session_ends_when_it_was_planned_to() -> None:
    session = walked(entered("a"), done("a", 120), entered("b", 120))

    assert after(180, session) == Reading(
        card_spent=60,
        card_planned=180,
        phase_spent=180,
        phase_planned=300,
        spent=180,
        planned=600,
        ends=THREE_O_CLOCK + timedelta(minutes=10),
        late=0,
        behind=0,
    )


def test_what_is_left_for_a_card_is_what_it_was_given_less_what_it_took() -> None:
    assert after(45, walked(entered("a"))).card_left == 75


def test_a_card_past_its_time_says_by_how_much() -> None:
    assert after(150, walked(entered("a"))).card_left == -30


def test_a_card_past_its_time_takes_from_the_cards_to_come_and_not_from_the_end() -> None:
    look = after(150, walked(entered("a")))

    assert (look.ends, look.behind) == (THREE_O_CLOCK + timedelta(minutes=10), 30)


def test_a_card_finished_early_leaves_time_to_spare() -> None:
    session = walked(entered("a"), done("a", 30), entered("b", 30))

    assert after(30, session).behind == -90


def test_a_skipped_card_leaves_its_time_to_spare() -> None:
    session = walked(entered("a"), skipped("a"), entered("b"), skipped("b"), entered("c"))

    assert after(0, session).behind == -300


def test_a_card_already_done_further_on_takes_no_more_time() -> None:
    session = walked(entered("c"), done("c", 300), entered("a", 300))

    assert after(300, session).ends == THREE_O_CLOCK + timedelta(seconds=600)


def test_a_card_left_half_way_needs_only_the_rest_of_its_time() -> None:
    session = walked(entered("a"), done("a", 120), entered("b", 120), entered("a", 270))

    assert after(270, session).behind == 0


def test_a_card_that_was_not_planned_moves_the_end_by_all_it_takes() -> None:
    session = walked(entered("a"), done("a", 120), entered("b", 120), done("b", 300))
    session = session.apply_all([entered("c", 300), done("c", 600), entered("x", 600)])

    assert after(640, session) == Reading(
        card_spent=40,
        card_planned=0,
        phase_spent=340,
        phase_planned=300,
        spent=640,
        planned=600,
        ends=THREE_O_CLOCK + timedelta(seconds=640),
        late=40,
        behind=40,
    )


def test_a_phase_adds_up_its_cards() -> None:
    session = walked(entered("a"), done("a", 100), entered("b", 100))

    assert (after(130, session).phase_spent, after(130, session).phase_planned) == (130, 300)


def test_a_pause_moves_the_end_by_its_length() -> None:
    session = walked(entered("a"), paused(60))
    five_minutes_later = THREE_O_CLOCK + timedelta(minutes=6)

    look = reading(session, 60, five_minutes_later)

    assert (look.spent, look.card_left, look.behind) == (60, 60, 300)


def test_after_a_pause_behind_is_counted_from_the_end_that_was_agreed_then() -> None:
    ends = THREE_O_CLOCK + timedelta(minutes=15)
    session = walked(entered("a"), paused(60), resumed(ends, 60))

    assert reading(session, 60, THREE_O_CLOCK + timedelta(minutes=6)).behind == 0


@UNHURRIED
@given(
    st.lists(st.tuples(st.sampled_from("abcx"), st.integers(0, 900), st.booleans())),
    st.integers(0, 900),
)
def test_the_end_is_never_in_the_past(walk: list[tuple[str, int, bool]], more: int) -> None:
    session, elapsed = session_of(AGENDA), 0
    for card, seconds, finished in walk:
        session = session.apply(entered(card, elapsed))
        elapsed += seconds
        session = session.apply(done(card, elapsed)) if finished else session
    now = THREE_O_CLOCK + timedelta(seconds=elapsed + more)

    assert reading(session, elapsed + more, now).ends >= now


@UNHURRIED
@given(st.integers(0, 120), st.integers(0, 180), st.integers(0, 300))
def test_being_early_on_every_card_is_being_early_by_their_sum(a: int, b: int, c: int) -> None:
    session = walked(entered("a"), done("a", a), entered("b", a), done("b", a + b))
    session = session.apply_all([entered("c", a + b)])

    assert after(a + b + c, session).behind == (a - 120) + (b - 180)


# The time of day set back


def test_a_time_of_day_that_was_set_back_moves_neither_the_pace_nor_how_late_it_is() -> None:
    session = walked(entered("a"), done("a", 120), entered("b", 120))
    hour = timedelta(hours=1)

    right = after(180, session)
    look = reading(session, 180, THREE_O_CLOCK + timedelta(seconds=180) - hour, hour)

    assert (look.behind, look.late, look.ends) == (right.behind, right.late, right.ends - hour)


# More time for a card


def test_more_time_for_a_card_is_taken_from_the_cards_to_come() -> None:
    look = after(60, walked(entered("a"), Extended(**at(60), prompt="a", seconds=120)))

    assert (look.card_planned, look.card_left, look.behind, look.late) == (240, 180, 120, 0)


# Sharing what is left: a takes 2 minutes, k 4 and is kept, b and c 3 each

KEPT = agenda_of(
    Prompt("a", "A.", minutes=2),
    Prompt("k", "K.", minutes=4, keep=True),
    Prompt("b", "B.", minutes=3),
    Prompt("c", "C.", minutes=3, record=(Field("said", "Said"),)),
    minutes=12,
)


def on_a() -> Session:
    return session_of(KEPT).apply(entered("a"))


def test_where_there_is_enough_time_each_card_has_what_was_planned() -> None:
    assert shares(on_a(), 900) == {"k": 240, "b": 180, "c": 180}


def test_where_there_is_too_little_the_others_share_what_kept_cards_leave() -> None:
    assert shares(on_a(), 480) == {"k": 240, "b": 120, "c": 120}


def test_where_not_even_kept_cards_fit_the_others_have_nothing_and_the_end_moves() -> None:
    session = on_a()
    look = reading(session, 120, session.ends - timedelta(seconds=100))

    assert shares(session, 100) == {"k": 240, "b": 0, "c": 0}
    assert look.late == 140


def test_what_writes_nothing_down_is_dropped_before_what_does_and_kept_cards_never() -> None:
    expected: dict[float, tuple[str, ...]] = {
        600: (),
        457: (),
        455: ("b",),
        349: ("b",),
        300: ("b", "c"),
        0: ("b", "c"),
    }
    assert {left: droppable(on_a(), left) for left in expected} == expected


def test_of_cards_alike_the_last_is_dropped_first() -> None:
    agenda = agenda_of(*(Prompt(card, f"{card}.", minutes=2) for card in "abcd"), minutes=8)

    assert droppable(session_of(agenda).apply(entered("a")), 150) == ("d",)


def test_nothing_is_dropped_where_what_is_left_is_just_enough() -> None:
    agenda = agenda_of(*(Prompt(card, f"{card}.", minutes=2) for card in "abcd"), minutes=8)

    assert droppable(session_of(agenda).apply(entered("a")), 3 * 120 * 0.6) == ()


CARDS = st.tuples(st.integers(1, 8), st.booleans(), st.booleans())
SECONDS = st.integers(0, 5400)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Sessions on some card, of cards that are kept, or write something down, or neither."""
    drawn = draw(st.lists(CARDS, min_size=1, max_size=8))
    prompts = [
        Prompt(
            f"c{number}",
            "?",
            minutes=minutes,
            keep=keep,
            record=(Field(f"f{number}", "F"),) if writes else (),
        )
        for number, (minutes, keep, writes) in enumerate(drawn)
    ]
    agenda = agenda_of(*prompts, minutes=sum(minutes for minutes, *_ in drawn))
    walk = draw(st.lists(st.tuples(st.sampled_from(prompts), st.integers(0, 300), st.booleans())))
    session, elapsed = session_of(agenda).apply(entered("c0")), 0
    for prompt, seconds, finished in walk:
        session = session.apply(entered(prompt.id, elapsed))
        elapsed += seconds
        session = session.apply(done(prompt.id, elapsed)) if finished else session
    return session


def kept_ones(session: Session) -> set[str]:
    return {card for card in session.remaining() if session.agenda.prompts[card].keep}


def still(session: Session, card: str) -> float:
    return max(0.0, planned(session, card) - session.spent.get(card, 0.0))


@UNHURRIED
@given(sessions(), SECONDS)
def test_kept_cards_never_have_less_than_was_planned(session: Session, left: int) -> None:
    shared = shares(session, left)
    kept = kept_ones(session)

    assert {card: shared[card] for card in kept} == {card: still(session, card) for card in kept}


@UNHURRIED
@given(sessions(), SECONDS)
def test_no_card_has_more_than_was_planned_or_less_than_nothing(
    session: Session, left: int
) -> None:
    assert all(0 <= s <= still(session, card) for card, s in shares(session, left).items())


@UNHURRIED
@given(sessions(), SECONDS)
def test_shares_are_for_the_cards_to_come_and_sum_to_what_is_left_of_their_plan(
    session: Session, left: int
) -> None:
    shared = shares(session, left)
    full = sum(still(session, card) for card in session.remaining())
    least = sum(still(session, card) for card in kept_ones(session))

    assert tuple(shared) == session.remaining()
    assert sum(shared.values()) == pytest.approx(min(full, max(least, left)))


@UNHURRIED
@given(sessions(), SECONDS)
def test_what_is_dropped_is_to_come_and_never_kept(session: Session, left: int) -> None:
    dropped = droppable(session, left)

    assert set(dropped) <= set(session.remaining()) - kept_ones(session)


@UNHURRIED
@given(sessions(), SECONDS)
def test_what_is_dropped_leaves_each_other_card_enough_time(session: Session, left: int) -> None:
    dropped = droppable(session, left)
    stay = [card for card in session.remaining() if card not in dropped]
    need = sum(planned(session, c) * (1 if c in kept_ones(session) else 0.6) for c in stay)
    free = [card for card in stay if card not in kept_ones(session)]

    assert need <= left + 1e-6 or not free


@UNHURRIED
@given(sessions(), SECONDS)
def test_nothing_is_dropped_where_all_have_enough_time(session: Session, left: int) -> None:
    need = sum(planned(session, card) for card in session.remaining())

    assert need > left or droppable(session, left) == ()


@UNHURRIED
@given(sessions(), SECONDS)
def test_once_shortened_it_ends_as_was_agreed_unless_kept_cards_do_not_fit(
    session: Session, left: int
) -> None:
    now, elapsed = session.last.at, session.elapsed
    here = max(0.0, reading(session, elapsed, now).card_left)
    ends = now + timedelta(seconds=left)
    dropped = droppable(session, left - min(here, left))
    event = Shortened(**at(elapsed), ends=ends, dropped=dropped)
    look = reading(session.apply(event), elapsed, now)
    kept = sum(still(session, card) for card in kept_ones(session))

    assert look.late <= max(0.0, here + kept - left) + 1e-3


@UNHURRIED
@given(sessions(), SECONDS)
def test_the_end_is_what_is_left_for_this_card_and_the_shares_of_those_to_come(
    session: Session, left: int
) -> None:
    now = session.ends - timedelta(seconds=left)
    look = reading(session, session.elapsed, now)
    here = max(0.0, look.card_left)
    coming = sum(shares(session, left - here).values())

    assert (look.ends - now).total_seconds() == pytest.approx(here + coming, abs=1e-3)
    assert look.late == pytest.approx(here + coming - left, abs=1e-3)
