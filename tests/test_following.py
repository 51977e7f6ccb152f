"""What follows a session: decided by its answers and by what came before."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.agendas import yaml_text
from support.both_frontends import ON, Step, chosen
from support.building import (
    TODAY,
    agenda_written,
    answered,
    closed,
    our_agreement,
    session_answered,
    session_of,
)
from support.terminals import FakeClock, fed

from mentorwalk.domain.agenda import Following
from mentorwalk.domain.earlier import Facts
from mentorwalk.domain.events import Closed, Struck
from mentorwalk.domain.following import (
    after_break,
    decided_by,
    facts_of,
    identity_of,
    usual_title,
    what_follows,
)
from mentorwalk.domain.session import Session
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import Frontend

pytestmark = pytest.mark.portable

MEETING = agenda_written(yaml_text("meeting"))
PLAIN = replace(MEETING, id="first", next="meeting")
SILENT = replace(MEETING, id="wheel", next="")
HALF_A_YEAR_AGO = TODAY - timedelta(days=182)
OVER_IN = {days: TODAY + timedelta(days=days) for days in (10, 60, 200, 400)}
NONE: Mapping[str, Value | None] = {}
PACED = MEETING.with_fields(
    lambda f: replace(f, id="pace", type="text", choices=()) if f.id == "go_on" else f
)
TITLES = {"closing": "The last one", "half-way": "Check-in", "meeting": "An ordinary meeting"}


def after(
    facts: Facts, answers: Mapping[str, Value | None] = NONE, agenda: Agenda = MEETING
) -> Session:
    """A session of today that knows some facts, with these answers."""
    session = session_of(agenda)
    opened = replace(session.opened, facts=facts)
    session = Session.open(agenda, opened, session.ends)
    return session.apply_all(answered(key, value) for key, value in answers.items())


def since(days_left: int) -> Facts:
    """What is known where the two began half a year ago, and have so many days left."""
    return Facts(began=HALF_A_YEAR_AGO, until=OVER_IN[days_left])


# --- The first entry that fits


@pytest.mark.parametrize(
    ("facts", "answers", "follows"),
    [
        (Facts(), {}, "meeting"),
        (Facts(), {"go_on": "We begin to close"}, "closing"),
        (since(400), {}, "meeting"),
        (since(200), {}, "half-way"),
        (replace(since(200), agendas=("first", "half-way")), {}, "meeting"),
        (since(10), {}, "half-way"),
        (replace(since(10), answers={"pace": "steady"}), {}, "closing"),
        (replace(since(10), answers={"pace": "quick"}), {}, "half-way"),
    ],
)
def test_the_first_entry_that_fits_comes_next(
    facts: Facts, answers: dict[str, Value], follows: str
) -> None:
    assert what_follows(after(facts, answers)) == follows


def test_an_answer_of_last_month_decides_nothing_where_it_is_asked_again() -> None:
    facts = Facts(answers={"go_on": "We begin to close"})
    assert what_follows(after(facts)) == "meeting"


def test_the_day_of_the_next_meeting_counts() -> None:
    """Half of the time is over by then, even if today it is not."""
    facts = Facts(began=TODAY - timedelta(days=30), until=TODAY + timedelta(days=70))
    assert what_follows(after(facts)) == "meeting"
    assert what_follows(after(facts, {"day": "2026-12-15"})) == "half-way"


def test_where_nothing_fits_nothing_comes_next() -> None:
    never = replace(MEETING, next=(Following("closing", MEETING.listed[0].when),))
    assert what_follows(after(Facts(decided="meeting"), agenda=never)) == ""


def test_without_next_what_was_decided_last_stands() -> None:
    assert what_follows(after(Facts(decided="half-way"), agenda=SILENT)) == "half-way"
    assert what_follows(after(Facts(), agenda=SILENT)) == ""
    assert what_follows(after(Facts(decided="half-way"), agenda=PLAIN)) == "meeting"


@given(
    st.builds(
        Facts,
        began=st.none() | st.dates(),
        meetings=st.integers(0, 9),
        agendas=st.lists(st.sampled_from(["first", "half-way"])).map(tuple),
        answers=st.dictionaries(st.sampled_from(["pace", "go_on"]), st.text()),
        until=st.none() | st.dates(),
    ),
    st.dictionaries(st.sampled_from(["go_on", "lasting"]), st.none() | st.text()),
)
def test_whatever_is_known_one_of_the_entries_comes_next(
    facts: Facts, answers: dict[str, Value | None]
) -> None:
    assert what_follows(after(facts, answers)) in {each.agenda for each in MEETING.listed}


# --- The agreed time


@pytest.mark.parametrize(
    ("said", "follows"),
    [
        ("6 months", "half-way"),
        ("for half a year", "half-way"),
        ("about six months in all", "half-way"),
        ("26 weeks", "half-way"),
        ("Pół roku", "half-way"),
        ("until 1 January", "half-way"),
        ("a year", "meeting"),
        ("2 years", "meeting"),
        ("until 1 May 2027", "meeting"),
        ("as long as it helps", "meeting"),
        (None, "meeting"),
    ],
)
def test_the_agreed_time_is_read_as_people_say_it(said: str | None, follows: str) -> None:
    """The two have met for a hundred days; the pair's own word of today counts."""
    facts = Facts(began=TODAY - timedelta(days=100), until=None)
    assert what_follows(after(facts, {"lasting": said})) == follows


def test_the_first_meeting_counts_from_today() -> None:
    assert what_follows(after(Facts(), {"lasting": "6 months", "day": "2027-03-15"})) == "half-way"


# --- What the two choose


def test_what_the_two_choose_wins_over_every_condition() -> None:
    facts = replace(since(200), titles=TITLES)
    assert usual_title(after(facts)) == "Check-in"
    assert what_follows(after(facts, {"kind": "The last one"})) == "closing"
    assert what_follows(after(facts, {"kind": None})) == "half-way"


def test_the_usual_choice_is_one_that_is_there() -> None:
    facts = replace(since(200), titles={"meeting": "An ordinary meeting"})
    assert usual_title(after(facts)) == "An ordinary meeting"


def test_where_nothing_can_be_chosen_nobody_is_asked() -> None:
    fields = after(Facts()).agenda.fields
    assert not after(Facts()).asks(fields["kind"])


KINDS = [
    ("Enter alone", ON, {}, ("Check-in", "half-way")),
    ("another", chosen(1), {"kind": "The last one"}, ("The last one", "closing")),
]


def closed_by(frontend: Frontend) -> tuple[Value | None, str]:
    """What was chosen and decided in a walk of the meeting."""
    clock, journal = FakeClock(), MemoryJournal()
    session = after(replace(since(200), titles=TITLES))
    Walk(session, journal, frontend, clock, our_agreement).run()
    end = session.apply_all(journal.events)
    assert isinstance(end.last, Closed)
    return end.answers["kind"], end.last.next


@pytest.mark.parametrize(
    ("step", "said", "decided"), [each[1:] for each in KINDS], ids=[each[0] for each in KINDS]
)
def test_on_every_frontend_the_titles_are_chosen_from(
    step: Step, said: dict[str, Value], decided: tuple[str, str]
) -> None:
    steps = (*[ON] * 6, step, ON)
    with fed(*(each.keys for each in steps)):
        live = closed_by(LiveFrontend())
    plain = closed_by(PlainFrontend(io.StringIO("".join(s.lines for s in steps)), io.StringIO()))
    assert (live, plain, closed_by(ScriptedFrontend(said))) == (decided, decided, decided)


# --- After a break


def test_an_entry_about_the_days_since_they_met_counts_only_when_they_meet_again() -> None:
    session = after(Facts(meetings=1))
    assert what_follows(session) == "meeting"
    assert after_break(session, TODAY, TODAY + timedelta(days=90)) == "fresh-start"
    assert after_break(session, TODAY, TODAY + timedelta(days=89)) == ""
    assert after_break(after(Facts()), TODAY, TODAY + timedelta(days=90)) == ""


# --- What a session knows of those before


def finished(agenda: Agenda, follows: str = "", **answers: Value | None) -> Session:
    """A session that was walked to its end."""
    return session_answered(agenda, answers).apply(replace(closed(), next=follows))


def on(session: Session, day: date) -> Session:
    """The session, held on another day."""
    return replace(session, opened=replace(session.opened, held=day))


def test_what_came_before_is_counted_and_the_newest_words_stand() -> None:
    before = {
        "2026-05-26-first": on(finished(PACED, pace="slow", lasting="6 months"), HALF_A_YEAR_AGO),
        "2026-07-01-wheel": on(finished(SILENT, "half-way"), date(2026, 7, 1)),
        "2026-08-01-first": on(finished(PACED, "meeting", pace="steady"), date(2026, 8, 1)),
    }
    root = before["2026-05-26-first"].opened
    assert facts_of(before, MEETING) == Facts(
        root=identity_of("2026-05-26-first", root),
        began=HALF_A_YEAR_AGO,
        meetings=3,
        events=3,
        agendas=("meeting", "wheel", "meeting"),
        answers={"pace": "steady"},
        lasts="lasting",
        until=date(2026, 11, 26),
        decided="meeting",
    )


def test_a_first_session_knows_of_none() -> None:
    assert facts_of({}, MEETING) == Facts()


def test_where_the_beginning_was_forgotten_the_next_session_knows_of_it() -> None:
    known = Facts(
        root="r00t",
        began=HALF_A_YEAR_AGO,
        meetings=4,
        events=900,
        agendas=("first",),
        answers={"pace": "slow"},
        lasts="lasting",
        until=TODAY,
    )
    left = after(known).apply(replace(closed(), next="half-way"))
    facts = facts_of({"left": left}, MEETING)
    assert facts == replace(
        known, meetings=5, events=901, agendas=("first", "meeting"), decided="half-way"
    )


def test_where_a_session_between_was_forgotten_the_one_after_it_knows_of_it() -> None:
    first, second = finished(PACED, pace="slow"), finished(PACED, pace="steady")
    known = facts_of({"a": first, "b": second, "c": finished(PACED)}, MEETING)
    last = after(known).apply(closed())
    facts = facts_of({"a": first, "d": last}, MEETING)
    assert facts == facts_of({"a": first, "b": second, "c": finished(PACED), "d": last}, MEETING)


def test_what_was_taken_back_is_no_word_any_more() -> None:
    before = {"a": finished(PACED, pace="slow"), "b": finished(PACED, pace=None)}
    assert facts_of(before, MEETING).answers == {}


def test_what_is_struck_is_known_no_longer() -> None:
    facts = Facts(answers={"pace": "slow"}, lasts="lasting", until=TODAY)
    opened = after(facts).opened
    struck = [Struck(seq=1, at=opened.at, elapsed=0, field=key) for key in ("pace", "lasting")]
    assert opened.without(struck[0]).facts == Facts(lasts="lasting", until=TODAY)
    assert opened.without(struck[1]).facts == Facts(answers={"pace": "slow"}, lasts="lasting")


def test_a_session_from_before_decisions_were_kept_goes_by_the_name_in_its_agenda() -> None:
    assert decided_by(finished(PLAIN)) == "meeting"
    assert decided_by(finished(MEETING)) == ""
    assert decided_by(finished(SILENT)) == ""
    assert decided_by(finished(MEETING, "half-way")) == "half-way"
