"""Steps that stay open: from the day they are said first until an answer closes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import agenda_of, examples
from support.chains import Chain, then
from support.sample_sessions import BUNDLED

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.asking import review_of, sheet_of
from mentorwalk.domain.events import Answered, Closed, Done, Struck
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.open_steps import STEP_LINES
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.planning import plan, without_steps
from mentorwalk.domain.showing import card_of
from mentorwalk.storage.codec import decoded, encoded

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.course import Mark
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

CAME_OF = Field(
    "came_of",
    "{item}",
    "select",
    choices=(Choice("Done", says="done"), Choice("Half done", says="half done"), Choice("Drop it")),
    each_of="open-steps",
    closes=("Done", "Drop it"),
)
TRIED = Prompt("tried", "What came of it?", settle=(CAME_OF,))
STEPS = Prompt(
    "steps",
    "What next?",
    record=(
        Field("hers", "Hers", by="mentee", step=True),
        Field("his", "His", "list", by="mentor", step=True),
        Field("ours", "Ours", by="each", step=True),
    ),
)
MEETING = agenda_of(TRIED, STEPS)
FIRST_DAY = date(2026, 11, 24)
WEEK = timedelta(weeks=1)
ASKED = Chain().walked(MEETING, {"hers": "ask two people"})


def tried_in(session: Session) -> Prompt:
    """The card about open steps, with a line for each."""
    return session.agenda.prompts["tried"]


def still(chain: Chain) -> list[tuple[str, date, str]]:
    """The steps that are open, since when, and what was said of each last."""
    return [(each.words, each.since, each.last) for each in chain.mentorship.steps]


# --- What stays open


def test_each_item_of_a_list_is_a_step_of_whoever_says_it() -> None:
    chain = Chain().walked(
        MEETING, {"his": ("calls", "writes"), "ours.mentor": "reads", "ours.mentee": "reads"}
    )
    assert [(each.owner, each.words) for each in chain.mentorship.steps] == [
        ("mentor", "calls"),
        ("mentor", "writes"),
        ("mentor", "reads"),
        ("mentee", "reads"),
    ]


def test_a_field_of_one_person_is_asked_for_their_steps_and_the_mentee_s_for_shared_ones() -> None:
    hers, his = (replace(CAME_OF, id=f"of_{role}", by=role) for role in ("mentee", "mentor"))
    ours = Field("ours", "Ours", step=True)
    agenda = agenda_of(Prompt("tried", "?", settle=(hers, his)), replace(STEPS, settle=(ours,)))
    said: dict[str, Value | None] = {"hers": "asks", "his": ("calls",), "ours": "meet"}
    session = Chain().walked(agenda, said).opened(agenda)
    lines = {each.id: each.label for each in sheet_of(session, session.agenda.prompts["tried"])}
    assert lines == {
        "of_mentee.1": "Grace, since 24 November: asks",
        "of_mentee.3": "Grace and Ada, since 24 November: meet",
        "of_mentor.2": "Ada, since 24 November: calls",
    }


def test_the_same_words_are_the_same_step_since_the_first_day() -> None:
    chain = ASKED.walked(MEETING, {"hers": "Ask  two people"})
    assert still(chain) == [("ask two people", FIRST_DAY, "")]


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("Done", []),
        ("Drop it", []),
        ("Half done", [("ask two people", FIRST_DAY, "half done")]),
        (None, [("ask two people", FIRST_DAY, "")]),
    ],
)
def test_only_an_answer_that_closes_it_ends_a_step(
    answer: str | None, left: list[tuple[str, date, str]]
) -> None:
    assert still(ASKED.walked(MEETING, {"came_of.1": answer})) == left


def test_an_answer_leaves_a_step_in_its_place() -> None:
    before = Chain().walked(MEETING, {"his": ("calls", "writes")})
    chain = before.walked(MEETING, {"came_of.1": "Half done"})
    assert [each.words for each in chain.mentorship.steps] == ["calls", "writes"]


def test_a_step_that_is_done_and_said_again_is_a_new_one() -> None:
    chain = ASKED.walked(MEETING, {"hers": "ask two people", "came_of.1": "Done"})
    assert still(chain) == [("ask two people", FIRST_DAY + WEEK, "")]


def test_a_step_that_is_struck_where_it_was_said_is_gone() -> None:
    session = then(ASKED.last, Struck, field="hers")
    assert still(Chain((session,))) == []


def test_a_step_that_is_struck_later_is_gone_with_its_words() -> None:
    before = Chain().walked(MEETING, {"his": ("calls", "writes")})
    session = then(before.opened(MEETING), Struck, field="came_of.1")
    assert "calls" not in str(encoded(session.opened))
    assert [line.id for line in sheet_of(session, tried_in(session))] == ["came_of.2"]
    after = before.with_session(session)
    assert still(after) == [("writes", FIRST_DAY, "")]
    assert after.mentorship.said["his"][-1].words == "writes"


def test_a_step_whose_session_is_forgotten_is_known_from_the_next_one() -> None:
    chain = ASKED.walked(MEETING)
    folders = chain.mentorship.sessions
    later = Mentorship({name: each for name, each in folders.items() if name != "talk-0"})
    assert [(each.words, each.since) for each in later.steps] == [("ask two people", FIRST_DAY)]


ELSEWHERE = st.sampled_from(
    [MEETING, agenda_of(TRIED), agenda_of(STEPS), agenda_of(Prompt("a", "?"))]
)
SAID = st.sampled_from(["ask two people", "ASKS TWO PEOPLE", "writes", "calls", "sleeps", None])
ENDS: list[Mark | None] = ["done", "talked", "skipped", "parked", None]


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(0.6))
@given(st.data())
def test_no_open_step_is_lost_by_silence(data: st.DataObject) -> None:
    """Whatever else is said, and however cards end: only an answer that closes it does."""
    chain = Chain().walked(MEETING, {"his": ("calls", "writes")})
    for _ in range(data.draw(st.integers(1, 4))):
        agenda, before = data.draw(ELSEWHERE), chain.mentorship.steps
        session = chain.opened(agenda)
        answers = {"hers": data.draw(SAID)} if "steps" in session.agenda.prompts else {}
        closed = set()
        for line in sheet_of(session, tried_in(session)) if "tried" in session.cards else ():
            step = session.item_of(line.field)
            answers[line.id] = data.draw(st.sampled_from([None, "Half done", "Done"]))
            if answers[line.id] == "Done" and step:
                closed.add(step.identity)
        chain = chain.walked(
            agenda, answers, {card: data.draw(st.sampled_from(ENDS)) for card in session.cards}
        )
        now = {each.identity: each.since for each in chain.mentorship.steps}
        kept = {each.identity: each.since for each in before if each.identity not in closed}
        assert {key: now.get(key) for key in kept} == kept


# --- On a card of the next session


def test_a_sheet_has_a_line_for_each_open_step_with_whose_it_is_and_since_when() -> None:
    lines = sheet_of(session := ASKED.opened(MEETING), tried_in(session))
    assert [(line.label, line.current, line.empty) for line in lines] == [
        ("Grace, since 24 November: ask two people", "stays open", False)
    ]


def test_words_in_braces_stay_words() -> None:
    lines = sheet_of(
        session := Chain().walked(MEETING, {"hers": "asks {mentor}"}).opened(MEETING),
        tried_in(session),
    )
    assert [line.label for line in lines] == ["Grace, since 24 November: asks {mentor}"]


def test_where_nothing_is_open_the_card_has_no_sheet() -> None:
    session = Chain().walked(MEETING).opened(MEETING)
    assert (sheet_of(session, tried_in(session)), card_of(session, tried_in(session)).opens) == (
        [],
        False,
    )


def test_a_card_that_only_asks_about_steps_is_left_out_where_none_is_open() -> None:
    news = Prompt("news", "What is new?", record=(Field("news", "News"),), settle=(CAME_OF,))
    meeting = agenda_of(TRIED, news, STEPS)
    assert Chain().opened(meeting).walked == ("news", "steps")
    later = ASKED.opened(meeting)
    assert later.walked == ("tried", "news", "steps")
    struck = then(later, Struck, field="came_of.1")
    assert struck.walked == ("news", "steps")


def test_what_is_said_today_is_not_among_them() -> None:
    session = then(ASKED.opened(MEETING), Answered, field="hers", value="writes")
    assert len(sheet_of(session, tried_in(session))) == 1


def test_the_oldest_come_first_and_the_card_says_how_many_more_there_are() -> None:
    words = tuple(f"step {number}" for number in range(STEP_LINES + 3))
    session = ASKED.walked(MEETING, {"his": words}).opened(MEETING)
    lines, card = sheet_of(session, tried_in(session)), card_of(session, tried_in(session))
    assert (lines[0].label, len(lines)) == (
        "Grace, since 24 November: ask two people",
        STEP_LINES,
    )
    assert card.tip == "4 more are in `mentorwalk status`."


def test_those_that_there_is_no_line_for_outlive_the_session_in_which_they_were_said() -> None:
    words = tuple(f"step {number}" for number in range(STEP_LINES + 3))
    chain = ASKED.walked(MEETING, {"his": words}).walked(MEETING)
    open_ = [step.words for step in chain.mentorship.steps]
    forgotten = Mentorship({"talk-2": chain.last})
    assert open_ == [step.words for step in forgotten.steps]
    assert len(open_) == STEP_LINES + 4


def test_a_card_recalls_what_is_open() -> None:
    session = ASKED.opened(agenda_of(Prompt("look", "What is open?", recall=("open-steps",))))
    recalled = card_of(session, session.agenda.prompts["look"]).recalled
    assert [each.text for each in recalled] == ["Grace, since 24 November: ask two people"]


def test_a_card_recalls_a_step_until_it_is_closed() -> None:
    look = agenda_of(Prompt("look", "What is open?", recall=("hers",)))
    closed = ASKED.walked(MEETING, {"came_of.1": "Done"})
    left = ASKED.walked(MEETING, {"came_of.1": "Half done"})
    recalled = [
        [each.text for each in card_of(session, session.agenda.prompts["look"]).recalled]
        for session in (ASKED.opened(look), left.opened(look), closed.opened(look))
    ]
    assert recalled == [["ask two people"], ["ask two people"], []]


def test_an_agenda_that_has_no_use_for_steps_takes_none_along() -> None:
    assert ASKED.opened(agenda_of(STEPS)).opened.carried.steps == ()


def test_the_last_look_shows_each_open_step() -> None:
    session = then(ASKED.opened(MEETING), Answered, field="came_of.1", value="Half done")
    assert [(line.label, line.current) for line in review_of(session)] == [
        ("Grace, since 24 November: ask two people", "Half done")
    ]


def test_the_last_look_has_the_steps_at_its_end_of_which_nobody_spoke() -> None:
    session = then(ASKED.opened(MEETING), Answered, field="his", value=("writes",))
    assert [(line.label, line.current) for line in review_of(session)] == [
        ("His", "writes"),
        ("Grace, since 24 November: ask two people", "stays open"),
    ]


# --- In files and documents


def test_open_steps_survive_on_disk() -> None:
    opened = ASKED.walked(MEETING, {"came_of.1": "Half done"}).opened(MEETING).opened
    assert (decoded(encoded(opened)), len(opened.carried.steps)) == (opened, 1)


def test_a_session_without_steps_is_written_as_before() -> None:
    carried = encoded(Chain().walked(MEETING).opened(MEETING).opened)["carried"]
    assert {"steps", "more_steps"} & carried.keys() == set()


def test_a_summary_tells_what_became_of_each() -> None:
    session = then(ASKED.opened(MEETING), Answered, field="came_of.1", value="Half done")
    session = then(then(session, Done, prompt="tried"), Closed)
    summary = Document("summary.md.j2", "summary.md")
    text = BUNDLED.text(session, summary, BUNDLED.agreement(session))
    assert "- Grace, since 24 November: ask two people (half done)\n" in text


def test_a_summary_has_each_step_that_is_still_open_and_since_when() -> None:
    chain = ASKED.walked(MEETING, {"his": ("writes", "calls")})
    session = then(chain.opened(MEETING), Answered, field="came_of.2", value="Half done")
    session = then(session, Answered, field="hers", value="rests")
    renderer = replace(BUNDLED, earlier=chain.mentorship.sessions)
    summary = Document("summary.md.j2", "summary.md")
    text = renderer.text(session, summary, renderer.agreement(session))
    (told,) = (part for part in text.split("\n## ") if part.startswith("Still open"))
    # What was said today, and what they spoke about, stands in parts of its own.
    assert told.splitlines()[2:4] == [
        "- Grace: ask two people (since Tuesday 24 November 2026)",
        "- Ada: calls (since Tuesday 1 December 2026)",
    ]
    assert BUNDLED.text(ASKED.last, summary, BUNDLED.agreement(ASKED.last)).count("Still") == 0


def test_the_time_of_a_card_that_is_left_out_goes_to_the_others() -> None:
    look = Prompt("look", "What is open?", minutes=3)
    agenda = agenda_of(replace(TRIED, minutes=3), replace(STEPS, minutes=6), look, minutes=12)
    shared = without_steps(agenda, plan(agenda, 12))
    assert shared.seconds == {"tried": 0, "steps": 480, "look": 240}
    alone = agenda_of(TRIED, minutes=12)
    assert without_steps(alone, plan(alone, 12)) == plan(alone, 12)
