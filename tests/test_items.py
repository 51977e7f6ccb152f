"""Answers about items: what is asked, what stands when their source changes, and how it reads."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import TODAY, agenda_of, answered, at, session_of
from support.items import AREAS, BEGUN, FIRST, MAP, MEANING, NOW, ORDER, OWN
from support.terminals import FakeClock

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.answers import Answer, Value
from mentorwalk.domain.asking import asked_of, review_of
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.events import Answered, Done, Struck
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.people import Prep
from mentorwalk.domain.values import ByItem, Node, Outline
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

ITEMS = ("Skills", "Workload", "People", "Rest", "Rest and play", "Größe")
RATED = Field("now", "Now", type="ratings", items=ITEMS)
WORDS = st.sampled_from([*ITEMS, "Skills: a lot", "7", "e\u0301te\u0301"])


def after(*said: tuple[str, Value | None], begun: Session = BEGUN) -> Session:
    """A session in which this was answered, one after the other."""
    return begun.apply_all(answered(key, value) for key, value in said)


def now(session: Session) -> Value | None:
    return session.effective_answer("now").value


def test_of_more_items_than_are_asked_about_it_is_said_how_many_there_are() -> None:
    many = tuple(f"Area {number}" for number in range(1, 15))
    session = after(("areas", None), ("own", many))
    assert len(session.field("now").items) == 12
    assert session.field("now").help == "These are the first 12 of 14."


def test_a_scale_may_be_longer_than_one_counts() -> None:
    coins = Field("coins", "Coins", type="ratings", items=("Rent",), min=0, max=20_000)
    assert parse_answer(coins, "Rent: 12000", TODAY) == ByItem((("Rent", 12_000),))


# --- What stands


def test_items_are_those_of_all_sources_in_their_order_each_once() -> None:
    session = after(("areas", ("Skills", "People")), ("own", ("Sleep", "people", "People")))

    assert session.field("now").items == ("Skills", "People", "Sleep")
    assert [choice.pick for choice in session.field("order").choices] == [
        "Skills",
        "People",
        "Sleep",
    ]


def test_an_item_that_comes_back_has_its_number_again() -> None:
    rated = after(("areas", ("Skills", "People")), ("now", ByItem((("Skills", 7), ("People", 3)))))
    gone = after(("areas", ("Skills", "Workload")), begun=rated)
    back = after(("areas", ("Skills", "People")), begun=gone)

    assert now(gone) == ByItem((("Skills", 7),))
    assert now(back) == now(rated)


ONE_OR_TWO = st.lists(st.sampled_from(["Skills", "Workload", "People"]), max_size=2, unique=True)


@settings(max_examples=50)
@given(st.lists(ONE_OR_TWO.map(tuple), min_size=1, max_size=5))
def test_what_stands_follows_the_source_whatever_it_was_before(
    chosen: list[tuple[str, ...]],
) -> None:
    numbers = ByItem((("People", 1), ("Skills", 2), ("Workload", 3)))
    rated = after(("now", numbers), *(("areas", each or None) for each in chosen))

    assert [*(now(rated) or {})] == [*chosen[-1]]  # type: ignore[misc]  # a mapping here


def test_a_choice_that_is_gone_is_no_answer() -> None:
    chosen = (("areas", ("Skills", "People")), ("order", ("People", "Skills")), ("first", "People"))
    session = after(*chosen, ("areas", ("Skills",)))

    assert session.effective_answer("order").value == ("Skills",)
    assert session.effective_answer("first").empty


def test_what_was_chosen_means_where_it_is_chosen_again_what_it_meant() -> None:
    words = Field("words", "Words", type="checkbox", choices=(Choice("Calm", means="quiet"),))
    five = Field("five", "Five", type="ranking", choices_from="words")
    begun = session_of(agenda_of(Prompt("sort", "Which?", record=(words, five))))

    assert after(("words", ("Calm",)), begun=begun).field("five").choices == words.choices


def test_what_was_chosen_alone_can_be_chosen_though_its_source_was_kept_private() -> None:
    words = Field("words", "Words", type="list")
    five = Field("five", "Five", type="ranking", choices_from="words", prepare="mentee")
    now = Field("now", "Now", type="ratings", items_from="words", prepare="mentee")
    begun = session_of(agenda_of(Prompt("sort", "Which?", record=(words, five, now))))
    shared: dict[str, Value] = {"five": ("Calm", "Fun"), "now": ByItem((("Rest", 4),))}
    prep = Prep("", "mentee", "Grace", shared)
    begun = replace(begun, opened=replace(begun.opened, prepared=(prep,)))

    session = after(("words", ("Craft",)), begun=begun)

    assert [each.pick for each in session.field("five").choices] == ["Craft", "Calm", "Fun"]
    assert session.field("now").items == ("Craft", "Rest")


def test_of_an_outline_the_first_lines_are_chosen_from() -> None:
    session = after(("map", Outline((Node("Work", (Node("Say no"),)), Node("Home")))))

    assert [choice.pick for choice in session.field("branch").choices] == ["Work", "Home"]


def test_each_person_is_asked_about_what_they_said_themselves() -> None:
    areas = Field("areas", "Areas", type="list", by="each")
    own = Field("now", "Now", type="ratings", items_from="areas", by="each")
    ours = Field("ours", "Ours", type="ratings", items_from="areas")
    begun = session_of(agenda_of(Prompt("rate", "How much?", record=(areas, own, ours))))
    session = after(("areas.mentor", ("Sleep",)), ("areas.mentee", ("Work", "Sleep")), begun=begun)

    assert {key: session.field(key).items for key in ("now.mentor", "now.mentee", "ours")} == {
        "now.mentor": ("Sleep",),
        "now.mentee": ("Work", "Sleep"),
        "ours": ("Sleep", "Work"),
    }


def test_what_only_an_earlier_session_asked_is_asked_about_too() -> None:
    again = Field("now", "Now", type="ratings", items_from=("areas", "goals"))
    begun = session_of(agenda_of(Prompt("rate", "How much?", record=(AREAS, again))))
    carried = CarryOver(session="before", sources={"goals": ("to lead", "to rest")})
    session = replace(begun, opened=replace(begun.opened, carried=carried))

    items = after(("areas", ("People",)), begun=session).field("now").items

    assert items == ("People", "to lead", "to rest")


@pytest.mark.parametrize(
    ("field", "many", "left"), [(NOW, 14, 12), (MEANING, 14, 12), (ORDER, 70, 60)]
)
def test_there_are_only_so_many_items_and_choices(field: Field, many: int, left: int) -> None:
    named = replace(field, items_from="own", each_of=field.each_of and "own", choices_from="own")
    named = replace(named, items_from="own" if field.type == "ratings" else "")
    named = replace(named, choices_from="own" if field.type == "ranking" else "")
    begun = session_of(agenda_of(Prompt("ask", "Which?", record=(replace(OWN, max=None), named))))
    asked = after(("own", tuple(map(str, range(many)))), begun=begun).field(field.id)

    assert max(len(asked.items), len(asked.choices)) == left


# --- What is asked


def test_where_there_is_nothing_to_rate_or_choose_nothing_is_asked() -> None:
    asked = asked_of(BEGUN, BEGUN.agenda.prompts["rate"])

    assert [question.id for question in asked] == ["set"]


def test_a_field_about_each_item_is_a_question_for_each() -> None:
    session = after(("areas", ("Skills", "People")))
    session = session.apply(Answered(**at(1), field="meaning", item="People", value="to be liked"))
    asked = asked_of(session, session.agenda.prompts["rate"])

    assert [(q.key, q.label, q.value) for q in asked if q.id == "meaning"] == [
        ("meaning\nSkills", "What Skills means", None),
        ("meaning\nPeople", "What People means", "to be liked"),
    ]


def test_a_review_has_a_line_for_each_item_about_which_something_was_said() -> None:
    session = after(("areas", ("Skills", "People")))
    session = session.apply(Answered(**at(1), field="meaning", item="People", value="to be liked"))
    lines = review_of(session.apply_all(Done(**at(2), prompt=card) for card in session.cards))

    assert [(line.label, line.current) for line in lines] == [
        ("Areas", "Skills, People"),
        ("What People means", "to be liked"),
    ]


@pytest.mark.parametrize(
    ("condition", "asked"),
    [
        (Condition("now", ("..3",)), True),
        (Condition("now", ("8..",)), False),
        (Condition("areas", ("People", "Rest")), True),
        (Condition("order", ("Skills",)), False),
        (Condition("meaning", ("to be liked",)), True),
        (Condition("map", ("yes",)), True),
        (Condition("own", ()), False),
    ],
)
def test_a_condition_holds_if_it_does_for_any_item(condition: Condition, *, asked: bool) -> None:
    waits = Field("why", "Why", when=(condition,))
    agenda = agenda_of(*BEGUN.agenda.prompts.values(), Prompt("why", "Why?", record=(waits,)))
    session = after(
        ("areas", ("Skills", "People")),
        ("now", ByItem((("Skills", 7), ("People", 3)))),
        ("meaning", ByItem((("People", "to be liked"),))),
        ("order", ("People",)),
        ("map", Outline((Node("Work"),))),
        begun=session_of(agenda),
    )

    assert session.asks(waits) is asked


# --- Events about one item


SAID = st.lists(
    st.tuples(st.sampled_from(["Skills", "People"]), st.sampled_from(["a", "b", None, "struck"])),
    max_size=6,
)


@given(SAID)
def test_what_was_said_about_items_is_what_was_said_last_of_each(
    said: list[tuple[str, str | None]],
) -> None:
    session, last = after(("areas", ("Skills", "People"))), dict[str, str | None]()
    for item, words in said:
        if words == "struck":
            session = session.apply(Struck(**at(1), field="meaning", item=item))
        else:
            session = session.apply(Answered(**at(1), field="meaning", item=item, value=words))
        last[item] = None if words == "struck" else words

    stands = session.effective_answer("meaning").by_item
    assert {item: answer.value for item, answer in stands.items()} == {
        item: words for item, words in last.items() if words
    }


def test_striking_one_item_leaves_the_others() -> None:
    session = after(("areas", ("Skills", "People")), ("meaning", ByItem((("Skills", "a"),))))
    session = session.apply(Answered(**at(1), field="meaning", item="People", value="b"))
    session = session.apply(Struck(**at(2), field="meaning", item="People"))

    assert session.answers["meaning"] == ByItem((("Skills", "a"),))


@pytest.mark.parametrize(
    ("event", "data"),
    [
        (
            Answered(**at(0), field="meaning", item="Calm", value="quiet"),
            {"event": "answered", "field": "meaning", "item": "Calm", "value": "quiet"},
        ),
        (
            Answered(**at(0), field="now", value=ByItem((("Calm", 7),))),
            {"event": "answered", "field": "now", "value": {"Calm": 7}},
        ),
        (
            Answered(**at(0), field="map", value=Outline((Node("Work", (Node("No"),)),))),
            {"event": "answered", "field": "map", "value": [["Work", [["No", []]]]]},
        ),
        (
            Struck(**at(0), field="meaning", item="Calm"),
            {"event": "struck", "field": "meaning", "item": "Calm"},
        ),
    ],
)
def test_an_event_about_items_is_written_and_read(
    event: Answered | Struck, data: dict[str, object]
) -> None:
    written = json.loads(json.dumps(encoded(event)))

    assert {key: written[key] for key in data} == data
    assert decoded(written) == event


def test_numbers_for_no_item_are_no_answer() -> None:
    session = after(("areas", ("Skills",)))
    (rating, *_others) = asked_of(session, session.agenda.prompts["rate"])
    journal = MemoryJournal()

    SessionRecorder(session, journal, FakeClock()).answer(rating, ByItem())

    assert journal.events == []
    assert parse_answer(RATED, "Skills: -\nPeople:", TODAY) is None


# --- As it is typed


@given(st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 10), min_size=1))
def test_numbers_read_back_as_they_are_typed(numbers: dict[str, int]) -> None:
    value = ByItem(tuple(numbers.items())).among(ITEMS)

    assert parse_answer(RATED, Answer(RATED, value).typed, TODAY) == value


@given(st.permutations(ITEMS))
def test_an_order_reads_back_as_it_is_typed(order: list[str]) -> None:
    ranked = Field("order", "Order", type="ranking", choices=tuple(map(Choice, ITEMS)))

    assert parse_answer(ranked, Answer(ranked, tuple(order)).typed, TODAY) == tuple(order)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (RATED, "Skills: 11", "A whole number from 0 to 10 would do."),
        (
            RATED,
            "Skils: 7",
            "“Skils: 7” is none of these: Skills, Workload, People, Rest, Rest and play, Größe.",
        ),
        (
            replace(ORDER, choices=AREAS.choices, max=2),
            "People\nSkills\nWorkload",
            "Two at most: let one go first.",
        ),
        (AREAS, "Skills, Workload, People", "Two at most: let one go first."),
        (MAP, "a\n b\n  c\n   d", "Three levels at most: “d” is deeper."),
        (MAP, "\n".join("a" * 51), "At most 50 lines; here are 51."),
        (MAP, "a" * 201, "A line has 200 characters at most."),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(
    field: Field, typed: str, sentence: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_answer(field, typed, TODAY)
    assert str(caught.value) == sentence


def test_lines_are_below_those_that_are_further_out_with_tabs_too() -> None:
    typed = "Work\n\tSay no\n\t  Monday\n  Rest\nHome"

    assert parse_answer(MAP, typed, TODAY) == Outline(
        (Node("Work", (Node("Say no", (Node("Monday"),)), Node("Rest"))), Node("Home"))
    )


# --- How it reads


MOOD = Field("mood", "Mood", type="ratings", items=("Start", "Berlin", "Thesis"), min=-3, max=3)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            Answer(replace(NOW, items=("Craft", "Review")), ByItem((("Craft", 7),))),
            "Craft 7 of 10, Review left out",
        ),
        (
            Answer(MOOD, ByItem((("Start", 0), ("Berlin", 2), ("Thesis", -2)))),
            "Start 0, Berlin +2, Thesis -2",
        ),
        (Answer(ORDER, ("Craft", "Calm", "Rest")), "Craft, then Calm, then Rest"),
        (
            Answer(MEANING, ByItem((("Calm", "quiet;"), ("Courage", "to speak")))),
            "Calm: quiet; Courage: to speak",
        ),
        (
            Answer(MAP, Outline((Node("Work", (Node("Say no", (Node("Mon"),)),)), Node("Home")))),
            "Work: Say no (Mon); Home",
        ),
        (Answer(FIRST, "Craft"), "Craft"),
    ],
)
def test_it_reads_in_a_sentence(answer: Answer, sentence: str) -> None:
    assert answer.sentence == sentence


def test_what_was_said_about_one_item_is_an_answer_with_the_item_in_its_label() -> None:
    meaning = Answer(MEANING, ByItem((("Calm", "quiet"),)))

    assert (meaning.about("Calm").label, meaning.about("Calm").sentence) == (
        "What Calm means",
        "quiet",
    )
    assert meaning.about("Courage").empty
    assert meaning.label == "What … means"


@given(st.lists(WORDS, unique=True, max_size=4))
def test_an_answer_about_no_item_is_empty(items: list[str]) -> None:
    said = ByItem(tuple((item, 1) for item in items))

    assert Answer(RATED, said).empty is not bool(items)
