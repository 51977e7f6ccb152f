"""An exercise that is done again: it begins with what lasts, and compares what is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_of, session_answered
from support.chains import Chain, then
from support.sample_sessions import BUNDLED

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.agenda import Drawn, Prompt
from mentorwalk.domain.asking import asked_of, sheet_of
from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.events import Answered
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.pictures import Picture
from mentorwalk.domain.picturing import picture_again
from mentorwalk.domain.showing import card_of
from mentorwalk.domain.text import capital
from mentorwalk.domain.values import ByItem, outline_of
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.runs import Run
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

WHEEL, VALUES, FORCES = (
    agenda_from(read_source(BUNDLED_AGENDAS / f"{name}.yaml"))
    for name in ("wheel-of-life", "values", "force-field")
)
WORK: Mapping[str, Value] = {
    "wheel": "Work",
    "areas_work": ("Skills", "Workload", "People", "Learning"),
    "own": ("Commuting",),
    "now": ByItem((("Skills", 7), ("Learning", 5), ("Commuting", 2))),
}


def begun(session: Session, card: str) -> Mapping[str, Value | None]:
    """What the questions of a card begin with, by their ids."""
    return {each.id: each.value for each in asked_of(session, session.agenda.prompts[card])}


def begun_on_a_sheet(session: Session, card: str) -> Mapping[str, Value | None]:
    """What the lines of a card's sheet begin with, by their ids."""
    return {each.id: each.value for each in sheet_of(session, session.agenda.prompts[card])}


def again(answers: Mapping[str, Value | None]) -> Session:
    """A second wheel, with some answers, after the one of `WORK`."""
    session = Chain().walked(WHEEL, WORK).opened(WHEEL)
    for key, value in answers.items():
        session = then(session, Answered, field=key, value=value)
    return session


def test_what_was_taken_out_stays_out_and_own_words_are_there() -> None:
    assert begun(again({"wheel": "Work"}), "spokes") == {
        "wheel": "Work",
        "areas_work": ("Skills", "Workload", "People", "Learning"),
        "own": ("Commuting",),
    }


def test_another_wheel_begins_as_usual_and_what_is_said_today_counts_first() -> None:
    life = begun(again({"wheel": "Life", "own": ("Garden",)}), "spokes")
    assert (life["wheel"], life["own"]) == ("Life", ("Garden",))
    assert life["areas_life"] == WHEEL.fields["areas_life"].default


def test_the_wheel_of_the_last_time_is_the_usual_one() -> None:
    life: Mapping[str, Value] = {"wheel": "Life", "areas_life": ("Health", "Home")}
    session = Chain().walked(WHEEL, life).opened(WHEEL)
    assert begun(session, "spokes") == {"wheel": "Life"}
    session = then(session, Answered, field="wheel", value="Life")
    assert begun(session, "spokes") == {**life, "own": None}


def test_what_begins_as_it_was_says_since_when_until_it_is_said_today() -> None:
    session = again({})
    told = f"as on {day_of_month(session.opened.carried.earlier['wheel'].day)}"
    said = then(session, Answered, field="wheel", value="Work")
    asked = [asked_of(now, now.agenda.prompts["spokes"]) for now in (session, said)]
    assert [{each.id: each.note for each in questions} for questions in asked] == [
        {"wheel": told},
        {"wheel": "", "areas_work": told, "own": told},
    ]
    assert asked[1][2].help == f"Two more at most. May stay empty. {capital(told)}."


def test_numbers_and_a_list_that_stands_by_itself_begin_empty() -> None:
    said: Mapping[str, Value] = {"drives": ("my boss",), "holds": ("habit",)}
    session = Chain().walked(FORCES, said).opened(FORCES)
    assert begun(session, "drives") == {"drives": None}
    same = {key: WORK[key] for key in ("wheel", "areas_work")}
    assert begun(again(same), "numbers") == {"now": None}


def test_words_and_their_order_begin_as_they_were_as_far_as_they_are_chosen_today() -> None:
    twelve = tuple(choice.pick for choice in VALUES.fields["values_one"].choices)
    three = ("Creativity", "Curiosity", "Fun")
    before = {"values_one": twelve, "values_two": three, "ten": twelve, "five": ("Calm", "Care")}
    session = Chain().walked(VALUES, before).opened(VALUES)
    today = {"values_one": twelve[1:], "values_two": three}
    for key, value in today.items():
        session = then(session, Answered, field=key, value=value)
    assert begun(session, "ten") == {"ten": twelve[1:]}
    session = then(session, Answered, field="ten", value=("Calm", "Fun"))
    assert begun(session, "five") == {"five": ("Calm",)}


# --- No more than may be kept

PICKED = Field("all", "All", "checkbox", choices=tuple(map(Choice, "abcd")))
KEPT = Field("few", "Few", "checkbox", choices_from="all", max=3)


@pytest.mark.parametrize(
    ("picked", "kept"), [(("a", "c"), ("a", "c")), (("a", "b", "c", "d"), None), ((), None)]
)
def test_where_there_is_no_more_than_may_be_kept_all_of_it_is_ticked(
    picked: tuple[str, ...], kept: tuple[str, ...] | None
) -> None:
    agenda = agenda_of(Prompt("first", "?", record=(PICKED,)), Prompt("few", "?", record=(KEPT,)))
    session = session_answered(replace(agenda, kind="exercise"), {"all": picked})
    assert [*begun(session, "few").values()] == ([kept] if picked else [])
    assert [*begun(session_answered(agenda, {"all": picked}), "few").values()] == [None] * bool(
        picked
    )


# --- What is compared


def numbers(session: Session) -> Picture:
    """The picture that somebody is asked to look at."""
    picture = card_of(session, session.agenda.prompts["notice"]).picture
    assert isinstance(picture, Picture)
    return picture


def test_the_same_wheel_is_compared_however_much_was_left_out_then() -> None:
    areas = ("Skills", "Workload", "People", "Purpose")
    rated = ByItem((("Skills", 8),))
    session = again({"wheel": "Work", "areas_work": areas, "own": None, "now": rated})
    (question,) = asked_of(session, WHEEL.prompts["numbers"])
    assert question.earlier == ByItem((("Skills", 7),))
    assert numbers(session).before_day == question.earlier_day


def test_another_wheel_is_not_compared_where_a_name_is_the_same() -> None:
    life = ("Work", "Money", "Health", "Learning")
    rated = ByItem((("Learning", 4),))
    session = again({"wheel": "Life", "areas_life": life, "own": None, "now": rated})
    (question,) = asked_of(session, WHEEL.prompts["numbers"])
    picture = numbers(session)
    assert (question.earlier, question.earlier_day) == (None, None)
    assert (picture.before_day, {part.before for part in picture.parts}) == (None, {None})
    recalls = replace(WHEEL.prompts["notice"], recall=("now@before",), picture=None)
    assert card_of(session, recalls).recalled == ()


def test_another_wheel_is_not_compared_on_the_page_of_the_mentorship_either() -> None:
    life: Mapping[str, Value | None] = {
        "wheel": "Life",
        "areas_life": ("Work", "Money", "Learning"),
        "own": None,
        "now": ByItem((("Learning", 4),)),
    }
    first, second = Chain().walked(WHEEL, WORK).walked(WHEEL, life).mentorship.runs
    assert compared(first, second) == [None, None, None]
    assert compared(first, first) == [7, None, None, 5, 2]


def compared(before: Run, now: Run) -> list[int | None]:
    """The numbers of a run that stand on the picture of a later one."""
    picture = picture_again(Drawn("wheel", ("now",)), now, before)
    assert isinstance(picture, Picture)
    return [part.before for part in picture.parts]


# --- What was said the last time, told beside the same question

GOAL, MAP = (
    agenda_from(read_source(BUNDLED_AGENDAS / f"{name}.yaml")) for name in ("one-goal", "mind-map")
)
FIRST_GOAL: Mapping[str, Value] = {
    "wish": "Write more",
    "ready": "A goal",
    "seen": "A page on Fridays",
    "start": 4,
}
THESIS = outline_of(((0, "Data"), (1, "Survey"), (0, "Writing")))
FIRST_MAP: Mapping[str, Value] = {"centre": "Thesis", "map": THESIS}


def second(agenda: Agenda, before: Mapping[str, Value], today: Mapping[str, Value]) -> Session:
    """An exercise that is done for the second time, with what was said so far."""
    session = Chain().walked(agenda, before).opened(agenda)
    for key, value in today.items():
        session = then(session, Answered, field=key, value=value)
    return session


def told(session: Session, card: str) -> Mapping[str, str]:
    """What stands below the questions of a card, without their own help, by their ids."""
    asked = asked_of(session, session.agenda.prompts[card])
    return {
        each.item or each.id: each.help.removeprefix(each.field.help.strip()).strip()
        for each in asked
    }


def test_a_wish_and_all_that_is_about_it_say_what_was_said_the_last_time() -> None:
    session = second(GOAL, FIRST_GOAL, {"wish": "write  MORE", "ready": "A goal"})
    day = day_of_month(session.opened.carried.earlier["wish"].day)
    assert told(Chain().walked(GOAL, FIRST_GOAL).opened(GOAL), "wish") == {
        "wish": f"On {day}: “Write more”."
    }
    assert told(session, "seen") == {"seen": f"On {day}: “A page on Fridays”."}
    assert told(session, "start") == {"start": f"On {day}: 4 of 10."}


def test_another_wish_is_not_told_what_was_said_about_the_last_one() -> None:
    session = second(GOAL, FIRST_GOAL, {"wish": "Sleep more", "ready": "A goal"})
    assert (told(session, "seen"), told(session, "start")) == ({"seen": ""}, {"start": ""})


def test_what_is_said_today_stands_without_the_last_time() -> None:
    said: dict[str, Value] = {"wish": "Write more", "ready": "A goal", "start": 6}
    assert told(second(GOAL, FIRST_GOAL, said), "start") == {"start": ""}


def test_words_of_the_last_time_can_be_taken_over() -> None:
    session = second(GOAL, FIRST_GOAL, {})
    assert asked_of(session, GOAL.prompts["wish"])[0].at_hand == ("Write more",)


def test_a_small_step_is_another_one_each_time() -> None:
    session = second(GOAL, {**FIRST_GOAL, "mentee_step": "open the file"}, {"wish": "Write more"})
    assert told(session, "sentence")["mentee_step"] == ""


def test_a_word_that_stays_says_what_it_meant_the_last_time() -> None:
    five: Mapping[str, Value] = {"values_one": ("Calm", "Care"), "ten": ("Calm", "Care")}
    before = {**five, "five": ("Calm", "Care"), "meaning": ByItem((("Calm", "time to think"),))}
    session = second(VALUES, before, {**five, "five": ("Care", "Calm")})
    day = day_of_month(session.opened.carried.earlier["five"].day)
    assert told(session, "meaning") == {
        "Care": "",
        "Calm": f"On {day}: “time to think”.",
    }


def test_a_map_of_the_same_thing_goes_on_where_it_was_left() -> None:
    session = second(MAP, FIRST_MAP, {"centre": "thesis"})
    assert begun(session, "branches") == {"map": THESIS}
    day = day_of_month(session.opened.carried.earlier["map"].day)
    assert asked_of(session, MAP.prompts["branches"])[0].help == f"As on {day}."


def test_a_map_of_something_else_begins_empty() -> None:
    assert begun(second(MAP, FIRST_MAP, {"centre": "Moving house"}), "branches") == {"map": None}


def test_a_day_that_is_still_to_come_stays_the_day_of_the_same_wish() -> None:
    before = {**FIRST_GOAL, "by_day": "2027-06-10", "look_day": "2026-11-25"}
    session = second(GOAL, before, {"wish": "Write more", "ready": "A goal"})
    assert begun_on_a_sheet(session, "when") == {"by_day": "2027-06-10", "look_day": None}
    other = second(GOAL, before, {"wish": "Sleep more", "ready": "A goal"})
    assert begun_on_a_sheet(other, "when")["by_day"] != "2027-06-10"


def test_what_is_only_asked_later_makes_no_wish_another_one() -> None:
    session = second(GOAL, {**FIRST_GOAL, "goals": ("Write a page a week",)}, {})
    day = day_of_month(session.opened.carried.earlier["wish"].day)
    assert told(session, "wish") == {"wish": f"On {day}: “Write more”."}


# --- Its page


def page(session: Session) -> str:
    """The first page that comes of a session."""
    return BUNDLED.text(session, session.agenda.documents[0], BUNDLED.agreement(session))


def test_the_page_of_a_goal_is_about_the_newest_and_names_the_others_as_such() -> None:
    today: Mapping[str, Value] = {
        "wish": "Cook for friends",
        "ready": "A goal",
        "start": 1,
        "goals": ("Write a page a week", "Cook one dinner for three"),
    }
    first = {**FIRST_GOAL, "goals": ("Write a page a week",)}
    text = page(second(GOAL, first, today))
    assert text.startswith("# Cook one dinner for three\n")
    assert "It began as a wish: “Cook for friends”" in text
    assert text.endswith("## Grace's other goals\n\n- Write a page a week\n")
    rests = {**today, "ready": "Not now", "goals": ("Write a page a week",)}
    again = page(second(GOAL, first, {**rests, "again_day": "2027-06-10"}))
    assert again.startswith("# Cook for friends\n")
    assert again.endswith("## Grace's other goals\n\n- Write a page a week\n")


def test_the_page_of_the_same_goal_says_where_it_stood() -> None:
    text = page(second(GOAL, FIRST_GOAL, {**FIRST_GOAL, "start": 6}))
    assert "Today it stands at 6 of 10 (on Tuesday 24 November 2026 it was 4 of 10)." in text


def test_the_page_of_the_same_map_says_what_is_new_and_what_is_gone() -> None:
    grown = outline_of(((0, "Data"), (0, "Writing"), (1, "Intro")))
    text = page(second(MAP, FIRST_MAP, {"centre": "Thesis", "map": grown}))
    assert "## Since Tuesday 24 November 2026\n\n- New: Intro\n- Gone: Survey\n" in text
    other = page(second(MAP, FIRST_MAP, {"centre": "Moving house", "map": grown}))
    assert "Since" not in other


def test_the_page_of_values_names_the_words_that_are_gone() -> None:
    five: Mapping[str, Value] = {"values_one": ("Calm", "Care"), "ten": ("Calm", "Care")}
    before = {**five, "five": ("Calm", "Care")}
    text = page(second(VALUES, before, {**five, "five": ("Calm",)}))
    assert "On Tuesday 24 November 2026 there was also Care." in text
