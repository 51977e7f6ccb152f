"""Answers: what somebody typed, as a value, and a value in words."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.building import TODAY, UNHURRIED

from mentorwalk.domain.answer_parsing import default_of, parse_answer, parse_items
from mentorwalk.domain.answers import Answer, Value, typed_texts
from mentorwalk.domain.date_words import day_in_words, day_offered
from mentorwalk.domain.errors import InputError, Unreadable
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.people import read_name
from mentorwalk.domain.text import clean, count, join_words, mid_sentence, unquoted
from mentorwalk.domain.values import Node, Outline

pytestmark = pytest.mark.portable

NAMES = {"mentor": "Ada", "mentee": "Grace"}
TEXT = Field("words", "Words")
ITEMS = Field("items", "Items", "list")
NUMBER = Field("number", "Number", "number")
SCALE = Field("scale", "Scale", "scale")
CONFIRM = Field("sure", "Sure", "confirm")
DAY = Field("day", "Day", "date")
TIME = Field("time", "Time", "time")
SELECT = Field(
    "often",
    "How often",
    "select",
    choices=(
        Choice("Every week"),
        Choice("Every 3-4 weeks", "every three to four weeks"),
        Choice("30"),
    ),
)
OWN_SELECT = replace(SELECT, other=True)
KEEPER = Field(
    "keeper",
    "Who",
    "select",
    choices=(Choice("{mentee}", "{mentee} keeps notes"), Choice("Nobody")),
)
CHECKBOX = Field(
    "quiet",
    "Quiet",
    "checkbox",
    choices=(Choice("Evenings"), Choice("Weekends, holidays", "at weekends"), Choice("Leave")),
)
OWN_CHECKBOX = replace(CHECKBOX, other=True)


def refusal(field: Field, typed: str) -> str:
    with pytest.raises(Unreadable) as caught:
        parse_answer(field, typed, TODAY)
    return str(caught.value)


# Cleaning


def test_cleaning_keeps_words_and_drops_what_steers_a_terminal() -> None:
    expected: dict[str, str] = {
        "  lead a team \n": "lead a team",
        "one\r\ntwo\rthree": "one\ntwo\nthree",
        "one\ttwo": "one two",
        "\x1b[31mred\x1b[0m": "red",
        "a\x00b\x07c\x7fd\x9be": "abcd",
        "\u202eevil\u202c \u2066x\u2069": "evil x",
        "a\u2028b\u2029c\ufeff": "a\nb\nc",
        "team\x0bwithout\x0cburning\x85out": "team\nwithout\nburning\nout",
        "Ad\x1b[Da\x1b[3~": "Ada",
        "\x1b]0;title\x07Ada \x1b(B\x1bM": "Ada",
        "\x1b]0;no end\nand more": "]0;no end\nand more",
        "\ud800": "",
        "[red]x[/] {mentee} ../..": "[red]x[/] {mentee} ../..",
        "👩🏽‍🏫 שלום é": "👩🏽‍🏫 שלום é",
        " \n\t\x1b ": "",
    }
    assert {typed: clean(typed) for typed in expected} == expected


@UNHURRIED
@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@UNHURRIED
@given(st.text(st.characters(max_codepoint=0xFF)))
def test_cleaning_leaves_no_control_character_but_the_line_break(text: str) -> None:
    assert {char for char in clean(text) if unicodedata.category(char) == "Cc"} <= {"\n"}


# Names


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "x" * 60,
        "👩🏽‍🏫",
        "שרה",
        "../../x",
        "[red]x[/]",
        "{mentee}",
        "-rf",
        "O'Neil, “Grace” <b>",
    ],
)
def test_a_name_is_taken_as_it_is(name: str) -> None:
    assert read_name(name, "The mentor's name") == name


def test_a_name_loses_the_space_around_it() -> None:
    assert read_name("  Ada Lovelace \n", "The mentor's name") == "Ada Lovelace"


def test_a_name_is_composed_so_that_equal_names_are_equal() -> None:
    assert read_name("Ame\u0301lie", "The mentor's name") == "Am\u00e9lie"


@pytest.mark.parametrize("name", ["", "   ", "\n", "\u200b", "\u2060\u200b"])
def test_a_name_that_shows_as_nothing_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_name(name, "The mentor's name")

    assert str(caught.value) == (
        "The mentor's name is empty: please give a name, any name you go by."
    )


@pytest.mark.parametrize("length", [61, 300])
def test_a_name_that_is_too_long_is_refused_with_its_length(length: int) -> None:
    with pytest.raises(InputError) as caught:
        read_name("x" * length, "The mentee's name")

    assert str(caught.value) == (
        f"The mentee's name has {length} characters: please keep it to 60 or fewer."
    )


@pytest.mark.parametrize(
    "name",
    ["\x1b[31mAda", "A\tda", "A\rda", "\u202eadA", "Ada\x07", "A\u2028da", "A\ud800"],
)
def test_a_name_that_could_steer_a_terminal_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_name(name, "The mentor's name")

    assert str(caught.value) == (
        "The mentor's name holds characters that cannot be shown: please write it without them."
    )


def test_a_name_on_several_lines_is_asked_for_on_one() -> None:
    with pytest.raises(InputError) as caught:
        read_name("Ada\nLovelace", "The mentor's name")

    assert str(caught.value) == "The mentor's name has several lines: please write it on one."


# Reading


@pytest.mark.parametrize(
    "field", [TEXT, ITEMS, NUMBER, SCALE, CONFIRM, DAY, TIME, SELECT, OWN_SELECT, CHECKBOX]
)
def test_nothing_typed_is_no_answer(field: Field) -> None:
    assert [parse_answer(field, typed, TODAY) for typed in ("", "  \n ", "\x1b")] == [None] * 3


def test_only_commas_are_no_answer_to_a_checkbox() -> None:
    assert parse_answer(CHECKBOX, " , ,", TODAY) is None


def test_a_text_keeps_its_lines_and_its_braces() -> None:
    assert parse_answer(TEXT, " Lead a team,\nwithout {mentor}. ", TODAY) == (
        "Lead a team,\nwithout {mentor}."
    )


def test_a_list_has_one_item_a_line() -> None:
    assert parse_answer(ITEMS, "one\n\n  two, and more \n", TODAY) == ("one", "two, and more")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("one", "At least two would do, one a line."),
        ("1\n2\n3\n4", "At most three, one a line; here are four."),
    ],
)
def test_a_list_wants_as_many_items_as_it_says(typed: str, sentence: str) -> None:
    assert refusal(Field("items", "Items", "list", min=2, max=3), typed) == sentence


def test_a_choice_is_known_by_its_words_or_by_how_it_reads() -> None:
    expected: dict[str, str] = {
        "Every week": "Every week",
        "  every   WEEK ": "Every week",
        "every three to four weeks": "Every 3-4 weeks",
        "30": "30",
    }
    assert {typed: parse_answer(SELECT, typed, TODAY) for typed in expected} == expected


@pytest.mark.parametrize("typed", ["{mentee}", "Grace", "grace", "Grace keeps notes"])
def test_a_choice_is_known_with_names_in_it(typed: str) -> None:
    assert parse_answer(KEEPER, typed, TODAY, NAMES) == "{mentee}"


@pytest.mark.parametrize("typed", ["two", "Two hours", "2"])
def test_a_number_can_be_written_in_words(typed: str) -> None:
    hours = Field("hours", "Time", "number", min=1, max=40, unit="hours")

    assert parse_answer(hours, typed, TODAY) == 2


def test_a_choice_is_known_by_its_name_before_another_one_by_how_it_reads() -> None:
    field = Field("ok", "Fine", "select", choices=(Choice("no", "yes"), Choice("yes", "gladly")))

    said = [parse_answer(field, typed, TODAY) for typed in ("yes", "no", "gladly")]

    assert said == ["yes", "no", "yes"]


def test_a_choice_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Unreadable) as caught:
        parse_answer(KEEPER, "Ada", TODAY, NAMES)

    assert str(caught.value) == "“Ada” is not among the choices: Grace, Nobody."


def test_a_choice_with_two_spaces_in_it_can_be_picked() -> None:
    field = Field("often", "How often", "select", choices=(Choice("Every  week"),))

    assert parse_answer(field, "Every  week", TODAY) == "Every  week"


def test_own_words_are_kept_where_they_are_allowed() -> None:
    assert (
        parse_answer(OWN_SELECT, "Whenever {mentor} can", TODAY, NAMES) == "Whenever {mentor} can"
    )


def test_a_choice_is_still_a_choice_where_own_words_are_allowed() -> None:
    assert parse_answer(OWN_SELECT, "every week", TODAY) == "Every week"


def test_several_choices_are_read_in_the_order_of_the_agenda() -> None:
    expected: dict[str, tuple[str, ...]] = {
        "Leave, evenings": ("Evenings", "Leave"),
        "leave\nLeave": ("Leave",),
        "weekends, holidays": ("Weekends, holidays",),
        "Weekends, holidays\nLeave": ("Weekends, holidays", "Leave"),
        "at weekends": ("Weekends, holidays",),
    }
    assert {typed: parse_answer(CHECKBOX, typed, TODAY) for typed in expected} == expected


def test_a_wrong_one_among_several_choices_is_named() -> None:
    assert refusal(CHECKBOX, "Leave, mornings") == (
        "“mornings” is not among the choices: Evenings, Weekends, holidays, Leave."
    )


def test_own_words_come_after_the_choices_of_a_checkbox() -> None:
    assert parse_answer(OWN_CHECKBOX, "school runs, leave", TODAY) == ("Leave", "school runs")


@pytest.mark.parametrize(
    ("typed", "value"),
    [*[(word, True) for word in ("yes", "Y", "TRUE")], *[(w, False) for w in ("no", "N", "false")]],
)
def test_yes_and_no_are_read_however_they_are_written(typed: str, value: bool) -> None:
    assert parse_answer(CONFIRM, typed, TODAY) is value


def test_anything_else_than_yes_or_no_is_refused() -> None:
    assert refusal(CONFIRM, "maybe") == "Yes or no would do."


def test_a_number_is_read_with_or_without_its_unit() -> None:
    expected: dict[str, float] = {
        "60": 60,
        "60 minutes": 60,
        "60minutes": 60,
        "45 min": 45,
        "1h": 60,
        "an hour": 60,
        "7.5": 7.5,
        "7,5": 7.5,
        "-3": -3,
        "0": 0,
    }
    assert {
        typed: parse_answer(Field("n", "N", "number", unit="minutes"), typed, TODAY)
        for typed in expected
    } == expected


def test_one_of_a_length_of_time_is_told_and_read_in_the_singular() -> None:
    expected: dict[tuple[str, float], str] = {
        ("minutes", 1): "1 minute",
        ("minutes", 1.5): "1.5 minutes",
        ("weeks", 1): "1 week",
        ("weeks", 2): "2 weeks",
        ("hours", 0.5): "0.5 hours",
        ("points", 1): "1 points",
    }
    fields = {unit: Field("n", "N", "number", unit=unit) for unit, _ in expected}
    told = {(u, n): Answer(fields[u], n, NAMES).after_label for u, n in expected}
    assert told == expected
    read = {(u, n): parse_answer(fields[u], text, TODAY) for (u, n), text in told.items()}
    assert read == {key: key[1] for key in expected}


def test_a_whole_number_stays_a_whole_number() -> None:
    assert isinstance(parse_answer(NUMBER, "60", TODAY), int)


@pytest.mark.parametrize("typed", ["sixty", "1e3", "1 000", "12345678901", "nan", "1.2.3", "--1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refusal(NUMBER, typed) == "A number would do."


def test_a_number_outside_its_bounds_is_refused_with_them() -> None:
    expected: dict[tuple[int | None, int | None, str], str] = {
        (15, 180, "14"): "A number from 15 to 180 would do.",
        (15, 180, "180.5"): "A number from 15 to 180 would do.",
        (15, None, "14.9"): "A number of 15 or more would do.",
        (None, 180, "181"): "A number up to 180 would do.",
        (None, 0, "1"): "A number up to 0 would do.",
        (15, 180, "many"): "A number from 15 to 180 would do.",
    }
    assert {
        (least, most, typed): refusal(Field("n", "N", "number", min=least, max=most), typed)
        for least, most, typed in expected
    } == expected


@pytest.mark.parametrize("typed", ["15", "180"])
def test_a_number_may_be_either_of_its_bounds(typed: str) -> None:
    assert parse_answer(Field("n", "N", "number", min=15, max=180), typed, TODAY) == int(typed)


@pytest.mark.parametrize(("typed", "value"), [("0", 0), ("7", 7), ("10", 10)])
def test_a_scale_goes_from_0_to_10(typed: str, value: int) -> None:
    assert parse_answer(SCALE, typed, TODAY) == value


@pytest.mark.parametrize("typed", ["11", "-1", "7.5", "ten"])
def test_what_is_not_on_the_scale_is_refused(typed: str) -> None:
    assert refusal(SCALE, typed) == "A whole number from 0 to 10 would do."


def test_a_scale_may_have_ends_of_its_own() -> None:
    field = Field("scale", "Scale", "scale", min=-2, max=0)

    assert (field.ends, parse_answer(field, "-2", TODAY)) == ((-2, 0), -2)
    assert refusal(field, "1") == "A whole number from -2 to 0 would do."


def test_a_day_is_read_as_people_say_it() -> None:
    expected: dict[str, str] = {
        "2026-12-15": "2026-12-15",
        "2026-2-5": "2026-02-05",
        "15.12.2026": "2026-12-15",
        "15 Dec": "2026-12-15",
        "15 december": "2026-12-15",
        "15th Dec": "2026-12-15",
        "15. Dec": "2026-12-15",
        "Tue 15 Dec": "2026-12-15",
        "Tuesday, 15 December 2026": "2026-12-15",
        "Dec 15": "2026-12-15",
        "December 15th, 2026": "2026-12-15",
        "15 Dec 2027": "2027-12-15",
        "24 Nov": "2026-11-24",
        "23 Nov": "2027-11-23",
        "5 Jan": "2027-01-05",
        "in 3 weeks": "2026-12-15",
        "in 1 week": "2026-12-01",
        "in 10 days": "2026-12-04",
        "in 2 months": "2027-01-24",
        "today": "2026-11-24",
        "Tomorrow": "2026-11-25",
        "Wednesday": "2026-11-25",
        "next Mon": "2026-11-30",
        "on friday": "2026-11-27",
        "Tuesday": "2026-12-01",
    }
    assert {typed: parse_answer(DAY, typed, TODAY) for typed in expected} == expected


def test_a_month_on_from_a_long_month_ends_with_the_short_one() -> None:
    assert parse_answer(DAY, "in 1 month", date(2027, 1, 31)) == "2027-02-28"


def test_the_leap_day_of_next_year_can_be_named_without_its_year() -> None:
    assert parse_answer(DAY, "29 Feb", date(2027, 11, 24)) == "2028-02-29"


@pytest.mark.parametrize(
    "typed",
    [
        *("31 Feb", "2026-13-01", "soon", "15", "99.99.2026", "in 3 years", "0 Dec", "in -3 weeks"),
        *("maybe 15", "monkey"),
    ],
)
def test_what_is_no_day_is_refused_with_examples(typed: str) -> None:
    assert refusal(DAY, typed) == ("A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”.")


def test_a_day_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(Unreadable):
        parse_answer(DAY, "in 999 weeks", date(9990, 1, 1))


def test_a_time_is_read_as_people_say_it() -> None:
    expected: dict[str, str] = {
        "15:00": "15:00",
        "9:05": "09:05",
        "15.30": "15:30",
        "15h30": "15:30",
        "15": "15:00",
        "0:00": "00:00",
        "23:59": "23:59",
        "3 pm": "15:00",
        "3:30PM": "15:30",
        "12 am": "00:00",
        "12 pm": "12:00",
        "11:59 am": "11:59",
    }
    assert {typed: parse_answer(TIME, typed, TODAY) for typed in expected} == expected


@pytest.mark.parametrize("typed", ["24:00", "12:60", "9:5", "late", "14 am", "15:00:00"])
def test_what_is_no_time_is_refused_with_examples(typed: str) -> None:
    assert refusal(TIME, typed) == "A time of day would do, such as “15:00” or “3 pm”."


@pytest.mark.parametrize(("typed", "later"), [("1", "13"), ("3", "15"), ("06", "18")])
def test_a_small_hour_alone_is_not_taken_for_the_night(typed: str, later: str) -> None:
    told = f"{int(typed)} am or {int(typed)} pm? “{int(typed)} pm” or “{later}:00” would do."
    assert refusal(TIME, typed) == told


@pytest.mark.parametrize("field", [TEXT, ITEMS, CHECKBOX, SELECT, NUMBER, DAY, TIME])
def test_an_answer_that_no_document_could_hold_is_refused(field: Field) -> None:
    sentence = "That is too long: an answer of 100000 characters or fewer would do."
    assert refusal(field, "x" * 100_001) == sentence
    assert parse_answer(TEXT, "x" * 100_000, TODAY) == "x" * 100_000


def test_items_that_no_document_could_hold_are_refused_together() -> None:
    with pytest.raises(Unreadable, match="too long: an answer of 100000 characters or fewer"):
        parse_items(ITEMS, ("x" * 60_000, "y" * 60_000))


# Several items


def test_items_given_as_items_are_cleaned_and_kept_whole() -> None:
    assert parse_items(ITEMS, (" one, two ", "\x1b", "three")) == ("one, two", "three")


def test_items_of_a_checkbox_are_its_choices() -> None:
    assert parse_items(CHECKBOX, ("leave", "Weekends, holidays")) == (
        "Weekends, holidays",
        "Leave",
    )


def test_no_items_are_no_answer() -> None:
    assert parse_items(ITEMS, ("", " ")) is None


@pytest.mark.parametrize("field", [TEXT, SELECT, NUMBER, DAY, TIME, CONFIRM, SCALE])
def test_several_items_are_refused_where_one_answer_is_wanted(field: Field) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_items(field, ("one",))

    assert str(caught.value) == "One answer is needed here, not several."


def test_too_few_items_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        parse_items(Field("items", "Items", "list", min=2), ("one",))

    assert str(caught.value) == "At least two would do, one a line."


# The usual answer


def test_the_usual_answer_is_read_as_if_it_were_typed() -> None:
    expected: dict[Field, Value | None] = {
        Field("a", "A", default="lead a team"): "lead a team",
        Field("a", "A"): None,
        Field("a", "A", "date", default="in 3 weeks"): "2026-12-15",
        Field("a", "A", "number", default="60"): 60,
        Field("a", "A", "confirm", default="no"): False,
        Field("a", "A", "list", default=("one", "two")): ("one", "two"),
        Field("a", "A", "list", default="one"): ("one",),
        Field("a", "A", "checkbox", choices=CHECKBOX.choices, default=("Leave",)): ("Leave",),
        Field("a", "A", "select", choices=KEEPER.choices, default="{mentee}"): "{mentee}",
    }
    assert {field: default_of(field, TODAY) for field in expected} == expected


# In words


def test_a_value_reads_in_a_sentence() -> None:
    expected: dict[tuple[Field, Value], str] = {
        (TEXT, "lead a {mentor}"): "lead a {mentor}",
        (ITEMS, ("one", "two", "three")): "one, two and three",
        (ITEMS, ("A talk", "A job hunt", "Zoom")): "A talk, a job hunt and Zoom",
        (SELECT, "Every 3-4 weeks"): "every three to four weeks",
        (SELECT, "Every week"): "Every week",
        (OWN_SELECT, "if {mentor} can"): "if {mentor} can",
        (KEEPER, "{mentee}"): "Grace keeps notes",
        (CHECKBOX, ("Weekends, holidays", "Leave")): "at weekends and Leave",
        (CONFIRM, True): "yes",
        (CONFIRM, False): "no",
        (NUMBER, 60): "60",
        (NUMBER, 60.0): "60",
        (NUMBER, 7.5): "7.5",
        (NUMBER, 1_500_000): "1500000",
        (SCALE, 0): "0",
        (DAY, "2026-12-15"): "Tuesday 15 December 2026",
        (TIME, "15:00"): "15:00",
    }
    assert {
        (field, value): Answer(field, value, NAMES).sentence for field, value in expected
    } == expected


@pytest.mark.parametrize(
    ("lead", "words", "reads"),
    [
        ("{mentor} hopes to learn", "what I miss.", "“what I miss”"),
        ("{mentor} hopes to learn", "how people start out", "how people start out"),
        (
            "{mentor} hopes to learn",
            "what an IT team or a mind map is",
            "what an IT team or a mind map is",
        ),
        ("You can count on me to", "say what I miss", "say what I miss"),
    ],
)
def test_an_i_in_a_sentence_about_somebody_stands_in_quotation_marks(
    lead: str, words: str, reads: str
) -> None:
    assert Answer(replace(TEXT, lead=lead), words, NAMES).sentence == reads


def test_a_value_stands_briefly_on_a_sheet() -> None:
    expected: dict[tuple[Field, Value], str] = {
        (TEXT, "lead a {mentor}"): "lead a {mentor}",
        (ITEMS, ("one", "two")): "one, two",
        (SELECT, "Every 3-4 weeks"): "Every 3-4 weeks",
        (OWN_SELECT, "if {mentor} can"): "if {mentor} can",
        (KEEPER, "{mentee}"): "Grace",
        (CONFIRM, False): "no",
        (Field("n", "N", "number", unit="minutes"), 60): "60 minutes",
        (NUMBER, 7.5): "7.5",
        (SCALE, 0): "0",
        (DAY, "2026-12-15"): "Tue 15 Dec, in three weeks",
        (TIME, "15:00"): "15:00",
    }
    assert {
        (field, value): Answer(field, value, NAMES).short(TODAY) for field, value in expected
    } == expected


def test_a_value_is_written_as_it_would_be_typed() -> None:
    expected: list[tuple[Value | None, str]] = [
        (None, ""),
        ("lead a team", "lead a team"),
        (("one", "two"), "one\ntwo"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (60.0, "60"),
        (7.5, "7.5"),
    ]
    assert [(value, Answer(TEXT, value).typed) for value, _ in expected] == expected


def test_a_condition_names_a_value_by_plain_words() -> None:
    expected: list[tuple[Value | None, tuple[str, ...]]] = [
        (None, ()),
        ("As needed", ("As needed",)),
        (True, ("yes",)),
        (False, ("no",)),
        (0, ("0",)),
        (7.5, ("7.5",)),
        (1_500_000, ("1500000",)),
        (("one", "two"), ("one", "two")),
    ]
    assert [(value, typed_texts(value)) for value, _ in expected] == expected


@pytest.mark.parametrize("value", [None, "", ()])
def test_an_answer_is_empty_if_nothing_is_written_down(value: Value | None) -> None:
    assert Answer(TEXT, value).empty


@pytest.mark.parametrize("value", [0, 0.0, False, "0", " ", ("",)])
def test_an_answer_of_no_or_nought_is_not_empty(value: Value) -> None:
    assert not Answer(TEXT, value).empty


def test_documents_leave_out_what_is_empty_or_private() -> None:
    private = replace(TEXT, private=True)
    assert [Answer(TEXT, None).hidden, Answer(private, "a").hidden, Answer(TEXT, "a").hidden] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("field", [TEXT, DAY, replace(NUMBER, unit="minutes")])
def test_an_empty_answer_reads_as_nothing(field: Field) -> None:
    nothing = Answer(field, None)
    ways = [nothing.sentence, nothing.after_label, nothing.short(TODAY), nothing.typed]
    assert [*ways, nothing.offered(TODAY)] == [""] * 5


def test_one_persons_answer_is_labelled_with_their_name() -> None:
    field = Field("takes", "What {mentor} and you take along", by="each")
    answer = Answer(field, "a plan", NAMES, "mentee")
    assert answer.label == "Grace: What Ada and you take along"
    assert answer.inline_label == "Grace, what Ada and you take along"


def test_an_answer_of_both_is_labelled_without_a_name() -> None:
    field = Field("purpose", "What {mentor} can bring")
    answer = Answer(field, "a plan", NAMES)
    assert (answer.label, answer.inline_label) == ("What Ada can bring", "What Ada can bring")


def test_what_was_given_beforehand_reads_as_its_owner_wrote_it() -> None:
    expected: dict[tuple[Field, Value | None], str] = {
        (TEXT, "a plan"): "a plan",
        (TEXT, "ask me;"): "ask me;",
        (TEXT, None): "I don't know yet",
        (TEXT, "?"): "I don't know yet",
        (ITEMS, ("I see. I learn;", "I go")): "I see. I learn; I go",
        (CHECKBOX, ("Evenings", "Leave")): "Evenings, Leave",
        (KEEPER, "{mentee}"): "Grace",
        (DAY, "2026-12-15"): "Tuesday 15 December 2026",
    }
    assert {
        (field, value): Answer(field, value, NAMES).given for field, value in expected
    } == expected


def test_each_item_of_an_answer_reads_by_itself() -> None:
    field = replace(CHECKBOX, choices=(*CHECKBOX.choices, *KEEPER.choices))
    items = Answer(field, ("Weekends, holidays", "{mentee}", "A walk"), NAMES).items
    assert [item.sentence for item in items] == ["at weekends", "Grace keeps notes", "A walk"]
    assert [item.after_label for item in items] == ["Weekends, holidays", "Grace", "A walk"]


def test_any_other_answer_is_its_only_item() -> None:
    assert Answer(DAY, "2026-12-15").items == (Answer(DAY, "2026-12-15"),)


def test_a_day_is_offered_for_correction_as_people_type_it() -> None:
    assert Answer(DAY, "2026-12-15").offered(TODAY) == "Tue 15 Dec"
    assert Answer(NUMBER, 60).offered(TODAY) == "60"


def test_a_default_that_was_read_once_is_kept() -> None:
    field = replace(ITEMS, default=("one", "two"))
    assert default_of(field, TODAY) is default_of(replace(field), TODAY)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["one"], "one"),
        (["one", "two"], "one and two"),
        (["one", "two", "three"], "one, two and three"),
    ],
)
def test_words_are_listed_as_a_sentence_lists_them(words: list[str], sentence: str) -> None:
    assert join_words(words) == sentence


def test_a_day_is_offered_with_its_distance() -> None:
    expected: dict[int, str] = {
        0: "Tue 24 Nov, today",
        1: "Wed 25 Nov, tomorrow",
        2: "Thu 26 Nov, in two days",
        7: "Tue 1 Dec, in a week",
        10: "Fri 4 Dec, in ten days",
        13: "Mon 7 Dec, in 13 days",
        14: "Tue 8 Dec, in two weeks",
        21: "Tue 15 Dec, in three weeks",
        91: "Tue 23 Feb 2027, in 13 weeks",
        -1: "Mon 23 Nov, already past",
        -7: "Tue 17 Nov, already past",
    }
    assert {days: day_offered(TODAY + timedelta(days=days), TODAY) for days in expected} == expected


def test_a_day_in_full_has_its_weekday_and_its_year() -> None:
    assert day_in_words(date(2027, 2, 3)) == "Wednesday 3 February 2027"


def test_small_numbers_are_words() -> None:
    expected: dict[int, str] = {
        0: "no",
        1: "one",
        12: "twelve",
        13: "13",
        -1: "-1",
    }
    assert {number: count(number) for number in expected} == expected


# Laws: what was read can be corrected, so it must be readable again


def read_back(field: Field, typed: str) -> None:
    """Read what was typed; written as it would be typed, it must be read as the same."""
    value = parse_answer(field, typed, TODAY)
    assert parse_answer(field, Answer(field, value).typed, TODAY) == value


@UNHURRIED
@given(st.text())
def test_a_text_reads_back_as_itself(typed: str) -> None:
    read_back(TEXT, typed)


@UNHURRIED
@given(st.lists(st.text()).map("\n".join))
def test_a_list_reads_back_as_itself(typed: str) -> None:
    read_back(ITEMS, typed)


@UNHURRIED
@given(st.integers(-999_999_999, 999_999_999))
def test_a_whole_number_reads_back_as_itself(number: int) -> None:
    read_back(NUMBER, str(number))


@UNHURRIED
@given(st.decimals(-1000, 1000, places=6))
def test_a_number_with_decimals_reads_back_as_itself(number: object) -> None:
    read_back(NUMBER, f"{number:f}")


@UNHURRIED
@given(st.integers(0, 10))
def test_a_scale_reads_back_as_itself(number: int) -> None:
    read_back(SCALE, str(number))


@UNHURRIED
@given(st.dates())
def test_a_day_reads_back_as_itself(day: date) -> None:
    read_back(DAY, day.isoformat())


@UNHURRIED
@given(st.times())
def test_a_time_reads_back_as_itself(time: object) -> None:
    read_back(TIME, f"{time:%H:%M}")


@pytest.mark.parametrize("typed", ["yes", "no"])
def test_a_confirmation_reads_back_as_itself(typed: str) -> None:
    read_back(CONFIRM, typed)


def test_a_value_after_its_label_reads_as_it_was_chosen() -> None:
    expected: dict[tuple[Field, Value], str] = {
        (TEXT, "a b"): "a b",
        (replace(NUMBER, unit="minutes"), 60): "60 minutes",
        (NUMBER, 2.5): "2.5",
        (CONFIRM, False): "no",
        (DAY, "2026-12-15"): "Tuesday 15 December 2026",
        (SELECT, "Every 3-4 weeks"): "Every 3-4 weeks",
        (KEEPER, "{mentee}"): "Grace",
        (OWN_SELECT, "{mentee}"): "{mentee}",
        (ITEMS, ("a", "b", "c")): "a, b and c",
    }
    assert {
        (field, value): Answer(field, value, NAMES).after_label for field, value in expected
    } == expected


def test_only_a_small_word_loses_its_capital_within_a_sentence() -> None:
    expected: dict[str, str] = {
        "Every other day": "every other day",
        "When it rains": "when it rains",
        "By": "by",
        "Tomorrow at noon": "tomorrow at noon",
        "Anything about tax": "anything about tax",
        "This Friday": "this Friday",
        "May": "May",
        "every day": "every day",
        "Zoom": "Zoom",
        "I phone": "I phone",
        "Inge phones": "Inge phones",
        "Tuesdays": "Tuesdays",
        "EVERY day": "EVERY day",
        "": "",
    }
    assert {typed: mid_sentence(typed) for typed in expected} == expected


def test_only_quotation_marks_around_all_of_it_are_taken_off() -> None:
    expected: dict[str, str] = {
        "“why do I stay?”": "why do I stay?",
        '"a plan"': "a plan",
        "„ein Plan“": "ein Plan",
        "« un plan »": " un plan ",
        "“a plan”.": "a plan",
        " “two\nlines” ": "two\nlines",
        "a plan": "a plan",
        "“No” is a “yes”": "“No” is a “yes”",
        "say “no”": "say “no”",
        "“”": "“”",
        "'tis a plan'": "'tis a plan'",
    }
    assert {typed: unquoted(typed) for typed in expected} == expected


PICKS = st.lists(
    st.text("ab ,{}", min_size=1).map(str.strip).filter(len),
    min_size=1,
    unique_by=lambda pick: " ".join(pick.split()),
)


@UNHURRIED
@given(PICKS, st.data())
def test_a_choice_reads_back_as_itself(picks: list[str], data: st.DataObject) -> None:
    field = Field("a", "A", "select", choices=tuple(map(Choice, picks)))

    picked = data.draw(st.sampled_from(picks))

    assert parse_answer(field, Answer(field, picked).typed, TODAY) == picked


@UNHURRIED
@given(PICKS, st.data())
def test_several_choices_read_back_as_themselves(picks: list[str], data: st.DataObject) -> None:
    assume(not any(set(pick) <= {",", " "} for pick in picks))
    field = Field("a", "A", "checkbox", choices=tuple(map(Choice, picks)))

    picked = parse_items(field, tuple(data.draw(st.lists(st.sampled_from(picks), unique=True))))

    assert parse_answer(field, Answer(field, picked).typed, TODAY) == picked


@UNHURRIED
@given(st.text())
def test_own_words_read_back_as_themselves(typed: str) -> None:
    read_back(OWN_SELECT, typed)


@UNHURRIED
@given(st.text())
def test_own_words_in_a_checkbox_read_back_as_themselves(typed: str) -> None:
    read_back(OWN_CHECKBOX, typed)


def test_an_outline_reads_whole_and_in_short_only_where_a_card_recalls_it() -> None:
    work = Node("Work", (Node("Say no", (Node("Monday"), Node("Friday"))), Node("Rest")))
    answer = Answer(Field("map", "The map", "outline"), Outline((work, Node("Home"))))
    whole = "Work: Say no (Monday, Friday), Rest; Home"
    assert [answer.sentence, answer.after_label, answer.given, answer.short(TODAY)] == [whole] * 4
    assert answer.gist == "Work: Say no, Rest; Home"
    assert Answer(Field("news", "News"), "much").gist == "much"
