"""The agreement: its clauses, the mark of its wording, and who accepted it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import (
    UNHURRIED,
    accepted,
    agenda_of,
    answered,
    done,
    first_session,
    our_agreement,
    session_answered,
    session_of,
    skipped,
)

from mentorwalk.documents.headings import headings_of
from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.agreement_text import Agreement, fingerprint_in_words, fingerprint_of
from mentorwalk.domain.clauses import AgreementClause, clauses_of
from mentorwalk.domain.events import Renamed
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.people import People

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

OFTEN = Field("often", "How often")
LENGTH = Field("length", "How long", "number")
WORDS = Field("length", "How long")


def meeting(says: str, *fields: Field) -> Prompt:
    return Prompt("rhythm", "How?", settle=fields, clause=Clause("How we meet", says))


def clause(says: str, answers: dict[str, Value | None], *fields: Field) -> AgreementClause:
    """The one clause of a session whose cards are all done."""
    [only] = clauses_of(session_answered(agenda_of(meeting(says, *fields)), answers))
    return only


def test_a_changed_name_opens_an_acceptance_again() -> None:
    text = "We promise."
    said_yes = (accepted("mentor", fingerprint_of(text)), accepted("mentee", fingerprint_of(text)))
    session = session_of(agenda_of(meeting("We meet."))).apply_all(said_yes)
    assert Agreement.of(session, text).state == "accepted"

    mallory = People("Ada", "Mallory", "mentor")
    renamed = session.apply(Renamed(seq=9, at=session.last.at, elapsed=0.0, people=mallory))

    assert Agreement.of(renamed, text).accepted == {}
    again = renamed.apply(replace(said_yes[1], seq=10))
    assert list(Agreement.of(again, text).accepted) == ["mentee"]


def test_who_types_changes_no_acceptance() -> None:
    text = "We promise."
    session = session_of(agenda_of(meeting("We meet."))).apply(
        accepted("mentor", fingerprint_of(text))
    )
    types = replace(session.people, types="mentee")
    other = session.apply(Renamed(seq=9, at=session.last.at, elapsed=0.0, people=types))

    assert list(Agreement.of(other, text).accepted) == ["mentor"]


def test_a_clause_of_a_finished_card_is_settled_and_reads_with_its_answers() -> None:
    says = "We meet {often}, for {length} minutes."

    told = clause(says, {"often": "weekly", "length": 60}, OFTEN, LENGTH)

    assert told == AgreementClause("How we meet", "We meet weekly, for 60 minutes.", "settled")


@pytest.mark.parametrize("events", [[], [skipped("rhythm")]], ids=["not reached", "skipped"])
def test_a_clause_of_a_card_that_was_not_done_is_open_whatever_was_answered(
    events: list[Event],
) -> None:
    agenda = agenda_of(meeting("We meet {often}.", OFTEN, LENGTH))
    session = session_of(agenda).apply(answered("often", "weekly")).apply_all(events)

    assert clauses_of(session) == (
        AgreementClause("How we meet", "", "open", ("How often", "How long")),
    )


def test_the_usual_answer_of_a_card_that_was_not_done_is_not_stated() -> None:
    usual = Field("often", "How often", default="weekly")

    assert clauses_of(session_of(agenda_of(meeting("We meet {often}.", usual)))) == (
        AgreementClause("How we meet", "", "open", ("How often",)),
    )


def test_words_that_were_read_aloud_are_settled_without_any_field() -> None:
    assert clause("Either of us may stop.", {}) == AgreementClause(
        "How we meet", "Either of us may stop.", "settled"
    )


def test_a_sentence_without_its_answer_is_left_out_and_its_label_listed() -> None:
    told = clause(
        "We meet {often}. Each time has {length} minutes.", {"often": "weekly"}, OFTEN, LENGTH
    )

    assert told == AgreementClause("How we meet", "We meet weekly.", "settled", ("How long",))


@pytest.mark.parametrize(
    "says",
    [
        "If a call breaks off, {often}.",
        "We tell each other what helps, and what does not, {often}.",
        "{mentor} and {mentee} meet, {often}.",
    ],
)
def test_a_sentence_that_lost_all_its_answers_is_left_out(says: str) -> None:
    assert clause(f"We meet. {says}", {}, OFTEN).text == "We meet."


def test_a_sentence_goes_on_without_the_parts_that_lack_an_answer() -> None:
    says = "We meet {often}, for {length} minutes, and gladly."

    assert clause(says, {"often": "weekly"}, OFTEN, LENGTH).text == "We meet weekly, and gladly."


@pytest.mark.parametrize("says", ["We meet for {length} minutes.", "We meet for {length}."])
def test_a_number_reads_with_its_unit_whether_or_not_the_clause_has_it_too(says: str) -> None:
    minutes = replace(LENGTH, unit="minutes")
    read = [clause(says, {"length": length}, minutes).text for length in (60, 1)]
    assert read == ["We meet for 60 minutes.", "We meet for 1 minute."]


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ("We meet for {length} quiet minutes.", "We meet for 60 quiet minutes."),
        ("We have {length}-minute calls.", "We have 60-minute calls."),
        ("We talk for {length} of 90 minutes.", "We talk for 60 of 90 minutes."),
        ("We meet for {length} to {most} minutes.", "We meet for 60 to 90 minutes."),
        (
            "We meet for {length}, with 5 minutes for the end.",
            ("We meet for 60 minutes, with 5 minutes for the end."),
        ),
        ("{length} are enough.", "60 minutes are enough."),
    ],
)
def test_a_unit_that_follows_anyway_is_said_once(says: str, text: str) -> None:
    minutes = replace(LENGTH, unit="minutes")
    most = replace(minutes, id="most")
    assert clause(says, {"length": 60, "most": 90}, minutes, most).text.startswith(text)


def test_an_answer_whose_sentence_lacks_another_one_is_told_after_its_label() -> None:
    field = Field("often", "How often", "select", choices=(Choice("3-4", "every few weeks"),))
    minutes = replace(LENGTH, unit="minutes")
    says = "We {why}, {often}, for {length} minutes. We are glad."

    told = clause(says, {"often": "3-4", "length": 60}, field, minutes, Field("why", "Why"))

    assert told == AgreementClause(
        "How we meet",
        "We are glad.\n\nHow often: 3-4. How long: 60 minutes.",
        "settled",
        ("Why",),
    )


def test_a_clause_with_nothing_but_labels_is_settled_as_far_as_they_go() -> None:
    told = clause("We meet {often}, for {length} minutes.", {"length": 60}, OFTEN, LENGTH)

    assert (told.text, told.state, told.first) == ("How long: 60.", "settled", "How long: 60.")


def test_own_words_fit_into_their_sentence() -> None:
    expected: dict[tuple[str, str], str] = {
        ("We meet {often}.", "Every other day"): "We meet every other day.",
        ("We meet, {often}.", "In the park"): "We meet, in the park.",
        ("We meet {often}.", "Tuesdays"): "We meet Tuesdays.",
        ("{often} we meet.", "Every day"): "Every day we meet.",
        ("We meet. {often}.", "Every day"): "We meet. Every day.",
        ("It is: {often}.", "Every day"): "It is: Every day.",
        ("We say “{often}.”", "We meet"): "We say “We meet.”",
        ("We say “{often}.”", "“We meet”"): "We say “We meet.”",
        ("We say “{often}.”", '"We meet."'): "We say “We meet.”",
        ("We say “{often}.”", "“No” is a “yes”"): "We say ““No” is a “yes”.”",
        ("{often} we meet.", "every day"): "Every day we meet.",
        ("We meet {often}.", "We meet every day"): "We meet every day.",
        ("Best by {often}.", "by phone"): "Best by phone.",
        ("{mentee} {often}.", "Grace may call"): "Grace may call.",
        ("If we cannot, {often}.", "If we cannot, we phone"): "If we cannot, we phone.",
        ("We meet. {often}.", "We meet. Or not"): "We meet. We meet. Or not.",
        ("We agree {often}.", "agree"): "We agree agree.",
        ("We meet. {often}.", "half and half"): "We meet. Half and half.",
        ("We meet.\n\n{often}.", "half and half"): "We meet.\n\nHalf and half.",
        ("It is: {often}.", "half and half"): "It is: half and half.",
    }
    assert {
        (says, answer): clause(says, {"often": answer}, OFTEN).text for says, answer in expected
    } == expected


def test_a_name_keeps_its_capital_within_a_sentence() -> None:
    agenda = agenda_of(meeting("We are {mentor}, and {mentee}."))
    session = session_of(agenda, people=People("An", "Thea", "mentor")).apply(done("rhythm"))

    assert clauses_of(session)[0].text == "We are An, and Thea."


def test_a_name_that_begins_small_does_so_at_the_start_of_a_sentence() -> None:
    books = Field("books", "B", "select", choices=(Choice("mentee", "{mentee} books the dates"),))
    agenda = agenda_of(meeting("{books}.", books))
    session = session_of(agenda, people=People("Ada", "danah", "mentor"))

    [told] = clauses_of(session.apply(answered("books", "mentee")).apply(done("rhythm")))

    assert told.text == "danah books the dates."


def test_the_first_sentence_of_a_clause_is_its_own_though_an_answer_holds_several() -> None:
    told = clause("We meet {often}, gladly. Truly.", {"often": "weekly! Or more"}, OFTEN)

    assert told.first == "We meet weekly! Or more, gladly."


def test_an_answer_taken_back_is_missing() -> None:
    told = clause("We meet. We meet {often}.", {"often": None}, OFTEN)

    assert told == AgreementClause("How we meet", "We meet.", "settled", ("How often",))


def test_a_clause_that_lost_all_its_sentences_is_open() -> None:
    assert clause("We meet {often}.", {}, OFTEN) == AgreementClause(
        "How we meet", "", "open", ("How often",)
    )


def test_a_missing_answer_that_another_card_asks_for_is_listed_too() -> None:
    before = Prompt("before", "Before.", record=(OFTEN,))
    agenda = agenda_of(before, meeting("We meet. We meet {often}."))

    assert clauses_of(session_answered(agenda, {})) == (
        AgreementClause("How we meet", "We meet.", "settled", ("How often",)),
    )


def test_an_answer_from_another_card_is_put_in() -> None:
    before = Prompt("before", "Before.", record=(OFTEN,))
    agenda = agenda_of(before, meeting("We meet {often}."))

    assert clauses_of(session_answered(agenda, {"often": "weekly"})) == (
        AgreementClause("How we meet", "We meet weekly.", "settled"),
    )


def test_a_field_that_is_not_asked_is_neither_told_nor_missing() -> None:
    why = Field("why", "Why", when=(Condition("often", ("as needed",)),))

    told = clause(
        "We meet {often}. The reason is {why}.", {"often": "weekly", "why": "old"}, OFTEN, why
    )

    assert told == AgreementClause("How we meet", "We meet weekly.", "settled")


@pytest.mark.parametrize(("value", "words"), [(0, "0"), (False, "no"), (7.5, "7.5")])
def test_nought_and_no_are_answers(value: Value, words: str) -> None:
    assert clause("It is {often}.", {"often": value}, OFTEN).text == f"It is {words}."


@pytest.mark.parametrize("value", ["", ()])
def test_an_empty_answer_is_none(value: Value) -> None:
    assert clause("It is {often}.", {"often": value}, OFTEN).state == "open"


def test_an_answer_that_ends_a_sentence_gets_no_second_full_stop() -> None:
    expected: dict[str, str] = {
        "lead a team": "I promise to lead a team. Truly.",
        "lead a team.": "I promise to lead a team. Truly.",
        "lead a team!": "I promise to lead a team! Truly.",
        "lead?": "I promise to lead? Truly.",
        "lead…": "I promise to lead… Truly.",
    }
    assert {
        answer: clause("I promise to {often}. Truly.", {"often": answer}, OFTEN).text
        for answer in expected
    } == expected


def test_an_answer_that_ends_in_quotation_marks_gets_no_second_full_stop() -> None:
    expected: dict[str, str] = {
        "hear “no.”": "Count on me to “hear “no.””",
        "hear “no”": "Count on me to “hear “no”.”",
        "ask “why?”": "Count on me to “ask “why?””",
        "say “wait…”": "Count on me to “say “wait…””",
        'say "stop!"': 'Count on me to “say "stop!"”',
        "say ‘he said “no.”’": "Count on me to “say ‘he said “no.”’”",
        "meet (weekly.)": "Count on me to “meet (weekly.)”",
    }
    assert {
        answer: clause("Count on me to “{often}.”", {"often": answer}, OFTEN).text
        for answer in expected
    } == expected


def test_an_answer_after_its_label_gets_no_second_full_stop() -> None:
    told = clause("We meet {often}, {length} long.", {"length": "to hear “no.”"}, OFTEN, WORDS)
    assert told.text == "How long: to hear “no.”"


def test_an_answer_inside_a_sentence_keeps_its_own_full_stop() -> None:
    told = clause("“{often}” may change.", {"often": "Lead a team."}, OFTEN)

    assert told.text == "“Lead a team.” may change."


def test_an_answer_inside_a_sentence_keeps_its_three_dots() -> None:
    assert clause("{often} suits us.", {"often": "Well..."}, OFTEN).text == "Well... suits us."


def test_the_full_stop_within_quotation_marks_is_not_doubled() -> None:
    told = clause("Count on me to “{often}.” Truly.", {"often": "listen."}, OFTEN)

    assert told.text == "Count on me to “listen.” Truly."


def test_a_choice_reads_as_it_does_in_a_sentence() -> None:
    field = Field("often", "O", "select", choices=(Choice("3-4", "every {mentee} weeks"),))

    assert clause("We meet {often}.", {"often": "3-4"}, field).text == "We meet every Grace weeks."


def test_what_each_said_stands_under_its_own_name() -> None:
    takes = Field("takes", "Takes", by="each")

    told = clause(
        "{mentor} takes {takes.mentor}. {mentee} takes {takes.mentee}.",
        {"takes.mentor": "hope"},
        takes,
    )

    assert told == AgreementClause("How we meet", "Ada takes hope.", "settled", ("Takes",))


def test_what_each_said_follows_the_name_where_its_sentence_lacks_the_other_one() -> None:
    takes = Field("takes", "What you take", by="each")

    told = clause("{takes.mentor} and {takes.mentee}.", {"takes.mentor": "hope"}, takes)

    assert told.text == "Ada, what you take: hope."


def test_what_stands_in_no_sentence_follows_a_question_without_a_colon() -> None:
    takes = Field("takes", "What do you take?", by="each")

    told = clause("{takes.mentor} and {takes.mentee}.", {"takes.mentor": "hope"}, takes)

    assert told.text == "Ada, what do you take? hope."


def test_an_answer_is_not_filled_in_again() -> None:
    told = clause(
        "We {often}.", {"often": "ask {mentor} and {length}", "length": 60}, OFTEN, LENGTH
    )

    assert told.text == "We ask {mentor} and {length}."


def test_a_name_that_looks_like_a_placeholder_stays_text() -> None:
    people = People("{mentee}", "{often}", "mentor")
    agenda = agenda_of(meeting("{mentor} and {mentee} meet {often}.", OFTEN))
    session = session_of(agenda, people=people).apply_all(
        [answered("often", "weekly"), done("rhythm")]
    )

    assert clauses_of(session)[0].text == "{mentee} and {often} meet weekly."


def test_the_lines_of_an_answer_stay_lines_of_one_paragraph() -> None:
    told = clause("We {often}. Truly.", {"often": "meet\n\n  weekly "}, OFTEN)

    assert told.text == "We meet\nweekly. Truly."


def test_a_heading_has_the_names_in_it() -> None:
    prompt = Prompt("a", "A.", clause=Clause("What {mentee} owns", "Topics."))

    assert clauses_of(session_answered(agenda_of(prompt), {}))[0].heading == "What Grace owns"


def test_an_answer_cannot_steer_a_terminal() -> None:
    assert clause("We {often}.", {"often": "\x1b[31mmeet"}, OFTEN).text == "We meet."


def test_paragraphs_stay_paragraphs_and_an_empty_one_goes() -> None:
    told = clause("One.\n\nNo {often}.\n\nThree.", {}, OFTEN)

    assert told.text == "One.\n\nThree."


def test_a_list_in_a_clause_keeps_its_lines() -> None:
    assert clause("We promise:\n- to listen\n- to ask", {}).text == (
        "We promise:\n- to listen\n- to ask"
    )


def test_an_open_clause_says_what_holds_meanwhile_with_the_names_in_it() -> None:
    wording = Clause("How we meet", "We meet {often}.", "{mentee} asks {mentor}.")
    prompt = Prompt("rhythm", "How?", settle=(OFTEN,), clause=wording)

    told = clauses_of(session_of(agenda_of(prompt)))

    assert told == (AgreementClause("How we meet", "", "open", ("How often",), "Grace asks Ada."),)


def test_what_is_open_is_said_in_the_sentence_of_its_field() -> None:
    where = Field("where", "Where", open="{mentee} has not said yet where we meet")
    told = clause("We meet {often}, {where}, {length}.", {"often": "weekly"}, OFTEN, where, WORDS)

    assert (told.text, told.missing) == ("We meet weekly.", ("How long",))
    assert told.open == ("Grace has not said yet where we meet.",)


def test_a_sentence_goes_on_without_an_answer_that_says_by_itself_that_it_is_open() -> None:
    often = replace(OFTEN, open="We have not decided how often we meet.")
    told = clause("We meet {often}, for {length} minutes, gladly.", {"length": 60}, often, LENGTH)

    assert told.text == "We meet for 60 minutes, gladly."
    assert clause("We meet {often}, gladly.", {}, often).text == ""


def test_what_an_and_was_joined_to_takes_the_and_with_it() -> None:
    says = "In between, we write {often}, and Ada answers {length}."
    told = clause(says, {"length": 1}, OFTEN, LENGTH)

    assert told.text == "In between, Ada answers 1."


def parts(*clauses: AgreementClause) -> tuple[list[str], str]:
    """What is open below one heading, and what holds until then."""
    [heading] = headings_of(clauses)
    return heading["open"], heading["until"]


def test_below_what_is_settled_stands_what_is_open_and_what_holds_until_then() -> None:
    half = AgreementClause(
        "How", "We meet.", "settled", ("How often", "Where"), "We ask.", ("We do not know when.",)
    )
    assert parts(half) == (
        ["We do not know when.", "We have not decided yet: how often and where."],
        "Until we have, we ask.",
    )


def test_a_heading_that_is_open_whole_lists_none_of_its_lines() -> None:
    whole = AgreementClause("How", "", "open", ("How often",), "we ask")
    assert parts(whole, whole) == (["We have not decided this yet."], "Until we have, we ask.")


def test_one_sentence_is_enough_for_a_heading_that_is_open_whole() -> None:
    whole = AgreementClause("How", "", "open", meanwhile="we ask", open=("We do not know when.",))
    assert parts(whole)[0] == ["We do not know when."]


def test_where_an_agenda_says_nothing_of_the_meantime_they_ask_each_other() -> None:
    assert parts(AgreementClause("How", "", "open"))[1] == "Until we have, we ask each other first."


def test_a_sentence_about_what_is_open_is_enough_where_nothing_need_hold_meanwhile() -> None:
    half = AgreementClause("Why", "To lead.", "settled", open=("What Ada hopes for is open.",))
    assert parts(half) == (["What Ada hopes for is open."], "")


def test_what_has_not_been_decided_yet_is_told_in_one_sentence() -> None:
    often, where = "We have not decided yet how often.", "We have not decided yet where."
    half = AgreementClause("How", "We meet.", "settled", open=(often, "Ada will ask.", where))
    assert parts(half)[0] == ["We have not decided yet how often and where.", "Ada will ask."]


def test_what_a_card_records_beside_its_clause_is_no_open_part_of_it() -> None:
    prompt = Prompt("talk", "Whom?", record=(Field("whom", "Whom"),), clause=Clause("Us", "Yes."))
    [told] = clauses_of(session_of(agenda_of(prompt)))
    assert (told.state, told.missing) == ("open", ())


def test_nothing_is_open_about_what_is_settled() -> None:
    assert parts(AgreementClause("How", "We meet.", "settled")) == ([], "")


def test_clauses_come_in_the_order_of_the_cards_and_only_from_planned_ones() -> None:
    agenda = agenda_of(
        Prompt("b", "B.", clause=Clause("Second letter", "B.")),
        Prompt("none", "No clause."),
        Prompt("a", "A.", clause=Clause("First letter", "A.")),
        Prompt("x", "X.", extra=True, clause=Clause("Extra", "X.")),
    )

    headings = [told.heading for told in clauses_of(session_answered(agenda, {}))]

    assert headings == ["Second letter", "First letter"]


def test_a_private_field_is_not_listed_as_missing() -> None:
    secret = Field("secret", "Secret", private=True)
    session = session_of(agenda_of(meeting("We meet {often}.", OFTEN, secret)))

    assert clauses_of(session)[0].missing == ("How often",)


def test_the_first_session_has_every_clause_open_before_it_was_walked() -> None:
    states = {told.state for told in clauses_of(session_of(first_session()))}

    assert states == {"open"}


# The mark


@pytest.mark.parametrize(
    "wrapped", ["We meet\nweekly.", "  We   meet weekly.\n\n", "We\tmeet\r\nweekly."]
)
def test_wrapping_does_not_change_the_mark(wrapped: str) -> None:
    assert fingerprint_of(wrapped) == fingerprint_of("We meet weekly.")


@pytest.mark.parametrize(
    "changed", ["We meet weekly", "We meet Weekly.", "We do not meet weekly.", "Wemeet weekly."]
)
def test_any_changed_word_changes_the_mark(changed: str) -> None:
    assert fingerprint_of(changed) != fingerprint_of("We meet weekly.")


@UNHURRIED
@given(st.lists(st.text("ab.", min_size=1)), st.lists(st.sampled_from([" ", "\n", "\t \n"])))
def test_only_the_words_make_the_mark(words: list[str], gaps: list[str]) -> None:
    padded = [*gaps, *[" "] * len(words)]
    spread = "".join(word + gap for word, gap in zip(words, padded, strict=False))

    assert fingerprint_of(spread) == fingerprint_of(" ".join(words))


def test_a_mark_is_the_sha_256_of_the_text() -> None:
    assert fingerprint_of("We meet weekly.") == (
        "840909e22e9e44144c15949b2f3f360a878e786ff45143690dbb4202d8082eee"
    )


def test_a_mark_is_shown_as_twelve_characters_in_groups() -> None:
    assert fingerprint_in_words("0123456789abcdef") == "0123 4567 89ab"


# Acceptance


OURS = "da755cfee42ea4fd9bafa920d4a524b66e3dd2d2246a654b80b76832173b0c94"
"""The fingerprint of "Our agreement"."""


def after(*events: Event) -> Session:
    return session_of(agenda_of(meeting("We meet."))).apply_all(events)


@pytest.mark.parametrize(
    ("events", "by", "state"),
    [
        ([], [], "draft"),
        ([accepted("mentor", OURS)], ["mentor"], "draft"),
        ([accepted("mentee", OURS)], ["mentee"], "draft"),
        ([accepted("mentee", OURS), accepted("mentor", OURS)], ["mentor", "mentee"], "accepted"),
        ([accepted("mentor", OURS), accepted("mentee", "old")], ["mentor"], "draft"),
        ([accepted("mentor", "old"), accepted("mentee", "old")], [], "draft"),
        (
            [accepted("mentor", "old"), accepted("mentee", OURS), accepted("mentor", OURS)],
            ["mentor", "mentee"],
            "accepted",
        ),
        ([accepted("mentor", OURS), accepted("mentor", "")], [], "draft"),
    ],
    ids=["nobody", "one", "the other", "both", "one older", "both older", "one again", "back"],
)
def test_only_who_accepted_the_current_text_has_accepted_the_agreement(
    events: list[Event], by: list[Role], state: str
) -> None:
    agreement = our_agreement(after(*events))
    assert (list(agreement.accepted), agreement.state) == (by, state)


def test_where_there_is_no_agreement_it_has_no_fingerprint() -> None:
    assert (Agreement("").fingerprint, Agreement("").state) == ("", "draft")
