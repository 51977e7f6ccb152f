"""A session becomes its documents: whole pages, what is open, what is private, and templates."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.agendas import yaml_text
from support.building import UNHURRIED, session_of
from support.covering import dealt
from support.foreign import LANGUAGE, Foreign
from support.sample_sessions import (
    AWKWARD,
    AWKWARD_PEOPLE,
    BUNDLED,
    FIRST_SESSION,
    HALF,
    OWN_AGENDA,
    USUAL,
    StoppedClock,
    Story,
    accept,
    opened,
    own_agenda,
    really_skipped,
    really_walked,
    rendered,
    walked,
    with_template,
)
from support.small_walks import agenda_of

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.documents import Renderer
from mentorwalk.documents.signoff import body_of
from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.catalogues import add_catalogue
from mentorwalk.domain.errors import TemplateProblem
from mentorwalk.domain.events import Answered
from mentorwalk.domain.fields import Field
from mentorwalk.domain.outcomes import Document
from mentorwalk.storage.library import BUNDLED_TEMPLATES, Library
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.trial import check_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

add_catalogue(LANGUAGE, Foreign())
MARKER = "<!-- mentorwalk: who agrees -->"

APPROVED = Path(__file__).parent / "approved"
WRITTEN: Mapping[str, Value] = {**USUAL, "access": "a break half-way"}
"""What is written down where the cards outside the plan are pulled in as well."""
OPEN = re.compile(r"Until we have, |is still open\.")
WHERE_THE_AGREEMENT_STANDS = ("What we agreed", "Kept for another day")
EVERY_CARD = opened().session.cards
AGREED = [prompt for prompt in FIRST_SESSION.prompts.values() if prompt.clause]


def approved(name: str) -> str:
    return (APPROVED / name).read_text(encoding="utf-8")


BY_WHEN = own_agenda(yaml_text("steps"))
"""A facilitator's agenda, which asks by when a step is done, or for something to think about."""


def headings(document: str) -> list[str]:
    return re.findall(r"^## (.*)$", document, re.MULTILINE)


def section(document: str, heading: str) -> str:
    """What stands below a heading."""
    return (
        document.partition(f"## {heading}\n\n")[2].partition("\n\n## ")[0].partition("\n\n---")[0]
    )


def written(
    card: Prompt, *, skipped: Collection[str] = (), unreached: Collection[str] = ()
) -> Story:
    """An hour in which all is written down; a card from outside the plan is pulled in."""
    pulled = [] if card.id in EVERY_CARD else [card.id]
    return walked(WRITTEN, skipped=skipped, unreached=unreached, pulled=pulled)


def heading_of(card: Prompt) -> str:
    return card.clause.heading if card.clause else ""


def agreed(document: str) -> set[str]:
    """The lines of an agreement that state something as settled."""
    return {line for line in body_of(document).split("\n") if not OPEN.search(line)}


def left_open(document: str, heading: str) -> str:
    """What an agreement says of what is open below a heading."""
    return next(line for line in section(document, heading).split("\n") if OPEN.search(line))


# --- Whole pages, of sessions walked by the program


HOURS: Mapping[str, Callable[[], Session]] = {
    "usual": lambda: really_walked(USUAL),
    "half": lambda: really_walked(HALF),
    "nothing": really_skipped,
    "awkward": lambda: really_walked(AWKWARD, AWKWARD_PEOPLE),
}
"""An hour with all that is usual, with half of it, skipped from end to end, with odd answers."""


def test_the_agreement_that_is_handed_on_is_not_made_again() -> None:
    session = walked(USUAL).session
    documents = {document.file: document for document in session.agenda.documents}
    handed_on = Agreement.of(session, "We promise.\n")
    text = BUNDLED.text(session, documents["contract.md"], handed_on)
    assert text.startswith("We promise.\n\n<!-- mentorwalk: who agrees -->\n")


@pytest.mark.parametrize("file", ["summary", "contract"])
@pytest.mark.parametrize("hour", HOURS)
def test_a_document_reads_as_it_was_approved(hour: str, file: str) -> None:
    session = HOURS[hour]()
    document = next(each for each in session.agenda.documents if each.file == f"{file}.md")

    assert BUNDLED.text(session, document, BUNDLED.agreement(session)) == approved(
        f"{file}-{hour}.md"
    )


# --- The summary


def test_sections_with_nothing_in_them_are_left_out() -> None:
    story = walked({"purpose": "To lead."}, skipped=("rhythm", "confidence"))

    assert headings(rendered(story, "summary.md")) == [
        "What Grace is here for",
        "What we agreed",
    ]


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ({"purpose": "To lead."}, "What Grace is here for"),
        ({"offer": "Two teams."}, "What Ada brings"),
        ({"not_for": "Pay."}, "What Ada brings"),
        ({"mentor_gain": "how it is to begin"}, "What Ada brings"),
        ({"mentee_step": "asks"}, "Small steps"),
        ({"mentor_step": "sends"}, "Small steps"),
        ({"takes.mentee": "hope"}, "What we take away"),
        ({"takes.mentor": "hope"}, "What we take away"),
    ],
)
def test_one_answer_alone_makes_its_section_and_no_other(
    answers: Mapping[str, Value], heading: str
) -> None:
    with_clauses = {prompt.id for prompt in AGREED} - {"last-session", "learning-too"}
    story = walked(answers, skipped=[*with_clauses, "next-meeting"])

    found = headings(rendered(story, "summary.md"))

    assert [one for one in found if one not in WHERE_THE_AGREEMENT_STANDS] == [heading]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, ", by video"),
        (
            {"next_time": "15:00"},
            ", from 15:00 to 16:00 (Warsaw time), by video",
        ),
        (
            {"next_time": "09:05", "length": 45, "format": "In person"},
            ", from 09:05 to 09:50 (Warsaw time), in person",
        ),
        (
            {"next_time": "23:30"},
            ", from 23:30 to 00:30 (Warsaw time), by video",
        ),
    ],
)
def test_the_next_meeting_is_told_as_far_as_it_is_known(
    answers: Mapping[str, Value], told: str
) -> None:
    line = f"**We meet again on Tuesday 15 December 2026{told}.**"
    assert line in rendered(walked(answers), "summary.md").split("\n")


def test_on_the_last_evening_of_the_calendar_a_meeting_has_no_end() -> None:
    answers = {"next_day": "9999-12-31", "next_time": "23:30"}

    line = "**We meet again on Friday 31 December 9999, at 23:30 (Warsaw time), by video.**"
    assert line in rendered(walked(answers), "summary.md").split("\n")


def test_where_two_people_meet_now_here_now_there_the_next_meeting_reads_like_any_other() -> None:
    answers = {"next_day": "2026-12-15", "next_time": None, "format": "It varies"}

    assert "**We meet again on Tuesday 15 December 2026, wherever suits us.**" in rendered(
        walked({**USUAL, **answers}), "summary.md"
    )


def test_a_time_zone_without_a_known_name_is_told_by_its_offset() -> None:
    document = rendered(walked({"next_time": "15:00"}, zone=""), "summary.md")

    assert "2026, from 15:00 to 16:00 (UTC+01:00), by video.**" in document


def test_a_meeting_in_the_hour_that_comes_twice_is_told_by_its_beginning() -> None:
    answers = {"next_day": "2026-10-25", "next_time": "02:30"}
    document = rendered(walked(answers, zone="Europe/Berlin"), "summary.md")

    assert "Sunday 25 October 2026, at 02:30 (Berlin time), by video.**" in document


def test_a_meeting_in_the_hour_that_clocks_leave_out_is_told_as_they_will_show_it() -> None:
    answers = {"next_day": "2027-03-28", "next_time": "02:30"}
    document = rendered(walked(answers, zone="Europe/Berlin"), "summary.md")

    assert "Sunday 28 March 2027, from 03:30 to 04:30 (Berlin time), by video.**" in document


def test_without_a_day_no_meeting_is_told() -> None:
    assert "We meet again" not in rendered(walked(skipped=["next-meeting"]), "summary.md")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"mentee_step": "ask two people"}, "**Grace**: I will ask two people."),
        ({"mentee_step": "I will ask two people."}, "**Grace**: I will ask two people."),
        (
            {"mentee_step": "ask two people.", "mentee_when": "On Friday."},
            "**Grace**, on Friday: I will ask two people.",
        ),
    ],
)
def test_a_small_step_reads_as_one_sentence(answers: Mapping[str, Value], told: str) -> None:
    assert section(rendered(walked(answers), "summary.md"), "Until then") == told


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("Before we meet again", "**Ada**, before we meet again: sends a link."),
        ("This week", "**Ada**, this week: sends a link."),
        ("By Friday, at noon.", "**Ada**, by Friday, at noon: sends a link."),
        (None, "**Ada**: sends a link."),
    ],
)
def test_a_small_step_says_by_when_if_an_agenda_asks(when: str | None, told: str) -> None:
    story = walked({"mentor_step": "sends a link", "mentor_by": when}, BY_WHEN)

    assert section(rendered(story, "summary.md"), "Small steps") == told


def test_something_to_think_about_is_told_as_a_question() -> None:
    story = walked({"mentee_thought": "What would I stop doing?"}, BY_WHEN)

    assert section(rendered(story, "summary.md"), "Small steps") == (
        "**Grace** thinks about this: “What would I stop doing?”"
    )


def test_cards_that_nobody_reached_are_kept_for_another_day() -> None:
    document = rendered(walked(unreached=["helped", "take-away"]), "summary.md")

    assert section(document, "Kept for another day") == (
        "- Think of someone who helped you when it counted. What exactly did they do?\n"
        "- What are you taking away from this hour?"
    )


def test_what_the_agreement_lists_as_open_is_not_kept_for_another_day_as_well() -> None:
    document = rendered(walked(USUAL, unreached=["rhythm", "ending", "agree"]), "summary.md")

    assert "Kept for another day" not in headings(document)


def test_of_many_cards_that_nobody_reached_a_few_are_told() -> None:
    cards = EVERY_CARD[:9]
    document = rendered(walked(USUAL, unreached=cards), "summary.md")

    assert section(document, "Kept for another day").split("\n")[-2:] == [
        "- When did you last lose track of time in a good way?",
        "- and 3 more questions that we did not come to",
    ]


def test_the_hour_at_a_glance_is_nothing_for_another_day() -> None:
    document = rendered(walked(USUAL, unreached=["hour"]), "summary.md")

    assert "Kept for another day" not in headings(document)


def test_a_session_that_settled_nothing_names_the_agreement_as_open() -> None:
    document = rendered(walked(skipped=EVERY_CARD), "summary.md")

    assert section(document, "Kept for another day") == (
        "- Our agreement: what is still open, and what holds until then, is in contract.md"
    )


def test_a_skipped_card_is_not_kept_for_another_day() -> None:
    assert headings(rendered(walked(skipped=["helped"]), "summary.md")) == ["What we agreed"]


def test_a_time_without_a_day_stands_in_a_document() -> None:
    story = walked({"next_time": "17:45"})
    story.happens(Answered, field="next_day", value=None)

    assert "17:45" in rendered(story, "summary.md") + rendered(story, "contract.md")


def test_an_answer_stands_in_a_document_though_its_sentence_lacks_another_one() -> None:
    story = walked({"frequency": "in Honolulu"})
    story.happens(Answered, field="length", value=None)

    assert "in Honolulu" in rendered(story, "summary.md") + rendered(story, "contract.md")


def test_what_a_facilitators_own_fields_record_is_also_written_down() -> None:
    story = walked({"news": "a new team", "worries": ("time", "sleep", "money")}, own_agenda())

    assert section(rendered(story, "summary.md"), "Also written down") == (
        "What is new: a new team.\n\nWorries: time, sleep and money."
    )


def test_what_stands_in_a_clause_is_not_also_written_down() -> None:
    assert "Also written down" not in headings(rendered(walked({}, own_agenda()), "summary.md"))


def test_what_each_of_the_two_says_is_told_with_their_names() -> None:
    agenda = own_agenda(
        OWN_AGENDA.replace("label: What is new", "label: Mood\n            by: each")
    )
    story = walked({"news.mentor": "fine", "news.mentee": "tired"}, agenda)

    told = section(rendered(story, "summary.md"), "Also written down").split("\n\n")

    assert [("Ada" in line, "Grace" in line) for line in told] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("confirm", True, "yes"),
        ("confirm", False, "no"),
        ("scale", 0, "0"),
        ("number", 2.5, "2.5"),
        ("number", 60, "60"),
        ("number", 1234567, "1234567"),
        ("date", "2026-12-15", "Tuesday 15 December 2026"),
        ("time", "15:00", "15:00"),
    ],
)
def test_every_type_of_answer_reads_in_words(kind: str, value: Value, told: str) -> None:
    agenda = own_agenda(
        OWN_AGENDA.replace("label: What is new", f"label: New\n            type: {kind}")
    )

    document = rendered(walked({"news": value}, agenda), "summary.md")

    assert section(document, "Also written down") == f"New: {told}."


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ answers.sure }}, {{ answers.likely }}", "9, 10 of 10"),
        ("{{ answers.sure > 8 and 10 >= answers.likely > 9 and answers.likely >= 10 }}", "True"),
        ("{{ answers.sure < 9 or answers.likely <= 9 or answers.likely == 9 }}", "False"),
        ("{{ answers.likely == 10 and answers.likely in [7, 10] }}", "True"),
        ("{{ answers.likely == '10 of 10' and answers.likely != 'ten' }}", "True"),
        ("{{ answers.likely != 10 or answers.sure != 9 or answers.sure != '9' }}", "False"),
        ("{{ answers.likely | int + 1 }}, {{ answers.sure | float }}", "11, 9.0"),
        ("{{ answers.later == 9 }}, {{ answers.later | int }}", "False, 0"),
    ],
)
def test_a_template_compares_a_number_whatever_it_reads_like(
    template: str, told: str, tmp_path: Path
) -> None:
    scales = (
        Field("sure", "Sure", "scale"),
        Field("likely", "Likely", "scale", low="never", high="surely"),
        Field("later", "Later", "number"),
    )
    document = Document("own.md.j2", "own.md")
    agenda = replace(agenda_of(Prompt("how", "How?", record=scales)), documents=(document,))
    story = walked({"sure": 9, "likely": 10}, agenda)
    renderer = with_template(tmp_path, "own.md.j2", template)
    assert rendered(story, "own.md", renderer) == f"{told}\n"


@pytest.mark.parametrize(("language", "no"), [("en", "no"), (LANGUAGE, "ｎｏ"), ("xx", "no")])
def test_a_template_asks_for_a_yes_in_english_whatever_is_spoken(
    language: str, no: str, tmp_path: Path
) -> None:
    field = Field("again", "Again", "confirm", by="each")
    document = Document("own.md.j2", "own.md")
    agenda = agenda_of(Prompt("how", "How?", record=(field,)))
    agenda = replace(agenda, documents=(document,), language=language)
    story = walked({"again.mentor": True, "again.mentee": False}, agenda)
    template = (
        "{% set a = answers.again %}{{ a.mentee }} {{ a.mentor == 'yes' }} {{ a.mentee != 'yes' }} "
        "{{ a.mentee == 'no' and a.mentee == a.mentee }} {{ a.mentor in ['no'] }}"
    )
    renderer = with_template(tmp_path, "own.md.j2", template)
    assert rendered(story, "own.md", renderer) == f"{no} True True True False\n"


def test_braces_that_somebody_typed_stay_as_they_are() -> None:
    story = walked({"offer": "{mentee} {{ 7 * 7 }} {% raw %} {# no #} {contact}"})

    assert section(rendered(story, "summary.md"), "What Ada brings") == (
        "{mentee} {{ 7 * 7 }} {% raw %} {# no #} {contact}."
    )


# --- What is private


@pytest.mark.parametrize("file", ["summary.md", "contract.md"])
def test_private_answers_are_in_no_document(file: str) -> None:
    story = walked({"news": "open", "mood": "SECRET"}, own_agenda())

    assert "SECRET" not in rendered(story, file)


def test_a_template_cannot_reach_private_answers(tmp_path: Path) -> None:
    text = "{{ answers.mood }}{{ phases | string }}{{ clauses | string }}{{ answers.get('mood') }}"
    renderer = with_template(tmp_path, "summary.md.j2", text)
    story = walked({"mood": "SECRET"}, own_agenda())

    assert "SECRET" not in rendered(story, "summary.md", renderer)


def test_the_question_of_a_private_answer_is_in_no_document() -> None:
    story = walked({"come_back.mentor": 3, "come_back.mentee": 2})

    assert "come back" not in rendered(story, "summary.md") + rendered(story, "contract.md")


# --- The agreement


def test_a_skipped_card_leaves_its_clause_open() -> None:
    documents = {
        card.id: rendered(written(card, skipped=[card.id]), "contract.md") for card in AGREED
    }

    still_open = {
        card: [each for each in headings(document) if OPEN.search(section(document, each))]
        for card, document in documents.items()
    }
    assert still_open == {card.id: [heading_of(card)] for card in AGREED}


def test_nothing_of_a_skipped_card_is_stated_as_agreed() -> None:
    for card in AGREED:
        with_it = agreed(rendered(written(card), "contract.md"))

        without_it = agreed(rendered(written(card, skipped=[card.id]), "contract.md"))

        assert without_it < with_it, card.id


def test_a_card_that_nobody_reached_leaves_its_clause_open() -> None:
    for card in AGREED:
        skipped = body_of(rendered(written(card, skipped=[card.id]), "contract.md"))

        unreached = body_of(rendered(written(card, unreached=[card.id]), "contract.md"))

        assert unreached == skipped, card.id


def test_a_clause_that_is_open_in_part_names_what_is_missing() -> None:
    document = rendered(walked(USUAL, skipped=["cases"], pulled=["cases"]), "contract.md")

    assert left_open(document, "What stays between us") == (
        "We have not decided yet: a partner or a friend, a manager, the programme and where notes "
        "are kept. Until we have, nobody hears anything, and notes stay with whoever writes them."
    )


def test_a_clause_that_is_open_whole_says_only_what_holds_meanwhile() -> None:
    document = rendered(walked(USUAL, skipped=["rhythm"]), "contract.md")

    assert section(document, "How we meet") == (
        "We have not decided this yet. Until we have, "
        "at the end of each meeting we find the date of the next."
    )


def test_of_two_open_cards_with_one_heading_both_say_what_holds_meanwhile() -> None:
    story = walked(USUAL, skipped=["rhythm", "between"], pulled=["between"])

    assert section(rendered(story, "contract.md"), "How we meet") == (
        "We have not decided this yet. Until we have, "
        "at the end of each meeting we find the date of the next; "
        "an answer comes when there is time."
    )


def test_where_only_a_line_is_open_the_clause_says_what_holds_meanwhile() -> None:
    story = walked({**USUAL, "frequency": "every other Tuesday"})
    story.happens(Answered, field="duration", value=None)

    assert left_open(rendered(story, "contract.md"), "How we meet") == (
        "We have not decided yet for how long in all. "
        "Until we have, at the end of each meeting we find the date of the next."
    )


def test_lines_that_are_open_are_told_in_one_sentence() -> None:
    lines = ["mentee_wish", "mentor_promise", "mentor_wish"]
    story = walked({**USUAL, **dict.fromkeys(lines)})

    assert section(rendered(story, "contract.md"), "What we can count on") == (
        "Grace: “You can count on me to bring a real question.”\n\n"
        "We have not decided yet what Grace wishes for, what Ada promises and what Ada wishes for. "
        "Until we have, each of us may say what helps, and what does not."
    )


def test_what_somebody_hopes_for_may_stay_open_and_nothing_holds_instead() -> None:
    document = rendered(walked({**USUAL, "mentor_gain": None}), "contract.md")

    assert section(document, "What it is for").split("\n\n")[1:] == [
        "What Ada hopes to learn is still open."
    ]


def test_the_summary_names_headings_that_are_open_whole_and_says_what_else_is_open() -> None:
    document = rendered(walked({**USUAL, "mentor_gain": None}, skipped=["count-on"]), "summary.md")

    assert section(document, "What we agreed").split("\n\n")[1:] == [
        "Still open: what we can count on. What Ada hopes to learn is still open."
    ]


def test_where_nothing_is_settled_the_agreement_says_so() -> None:
    document = rendered(walked(skipped=EVERY_CARD), "contract.md")

    begins = "We have agreed on nothing yet.\n\n## What it is for\n\nUntil we have, we talk about "
    assert begins in document


def test_where_nothing_is_settled_a_clause_says_what_is_open_in_its_own_words() -> None:
    purpose = Field("purpose", "Purpose", open="What {mentee} is here for is still open.")
    clause = Clause("What for", "Grace is here for {purpose}.", meanwhile="we talk about work")
    talk = agenda_of(Prompt("why", "Why?", record=(purpose,), clause=clause))
    text = BUNDLED.agreement(session_of(talk)).text
    assert text.partition("## What for\n\n")[2].strip() == (
        "What Grace is here for is still open. Until we have, we talk about work."
    )


def test_words_that_nobody_read_aloud_are_named_as_open() -> None:
    [*others, rules, steps, close] = FIRST_SESSION.phases
    both = [
        replace(each, clause=replace(each.clause, heading="What stays between us"))
        if each.id == "ending" and each.clause
        else each
        for each in rules.prompts
    ]
    phases = (*others, replace(rules, prompts=tuple(both)), steps, close)
    agenda = replace(FIRST_SESSION, phases=phases)
    document = rendered(walked(USUAL, agenda, skipped=["ending"]), "contract.md")

    assert "We have not decided yet: the lines to be read aloud. Until we have, " in document


def test_a_sentence_that_lacks_its_answer_is_left_out_and_named_as_open() -> None:
    story = walked(USUAL)
    story.happens(Answered, field="response", value=None)

    document = rendered(story, "contract.md")

    assert section(document, "How we meet") == (
        "We meet every three to four weeks, for 60 minutes, by video, for six months in all. "
        "In between, Grace may send short e-mails.\n\n"
        "We have not decided yet when an answer can be expected. Until we have, "
        "at the end of each meeting we find the date of the next."
    )


def test_a_sentence_that_was_struck_is_gone_and_nothing_is_open_about_it() -> None:
    kept = ("{mentee} arranges our dates, and sends a topic two days ahead",)
    story = walked({**USUAL, "mentee_does": kept, "mentor_does": None, "both_do": None})

    assert section(rendered(story, "contract.md"), "Who does what") == (
        "Grace arranges our dates, and sends a topic two days ahead."
    )


def test_a_clause_in_quotation_marks_stands_in_a_summary_without_an_agreement() -> None:
    clause = Clause("My goal", "{mentee} says: “{wish}.”")
    agenda = agenda_of(Prompt("wish", "Your wish?", settle=(Field("wish", "Wish"),), clause=clause))
    summary = Document("summary.md.j2", "summary.md")
    story = walked({"wish": "to write a book"}, replace(agenda, documents=(summary,)))

    told = section(rendered(story, "summary.md"), "What we agreed")

    assert told == "Grace says: “to write a book.”"


def test_whom_the_pair_may_turn_to_is_named_only_if_somebody_was() -> None:
    with_nobody = rendered(walked({**USUAL, "contact_person": None}), "contract.md")
    sentence = (
        "\n\nIf one of us worries about how this goes, we need not ask each other before we "
        "speak to our mentoring team (mentoring@example.org)."
    )

    assert body_of(rendered(walked(USUAL), "contract.md")).replace(sentence, "") == body_of(
        with_nobody
    )


def test_what_was_answered_before_a_card_was_skipped_is_not_agreed() -> None:
    story = walked(USUAL, skipped=["rhythm"])
    story.happens(Answered, field="frequency", value="in Honolulu")

    assert "in Honolulu" not in body_of(rendered(story, "contract.md"))


def test_what_was_answered_before_a_card_was_skipped_is_written_down_nevertheless() -> None:
    story = walked({"news": "a new team"}, own_agenda(), skipped=["hello", "rhythm"])
    story.happens(Answered, field="frequency", value="in Honolulu")

    told = section(rendered(story, "summary.md"), "Also written down")
    assert "in Honolulu" in told


def test_own_words_that_end_a_sentence_end_the_clauses_sentence_too() -> None:
    story = walked({**USUAL, "mentee_wish": "listen."})

    assert section(rendered(story, "contract.md"), "What we can count on").split("\n")[0] == (
        "Grace: “I would like to count on you to listen.”"
    )


def test_own_words_that_end_like_a_sentence_let_the_clause_go_on() -> None:
    story = walked({**USUAL, "frequency": "Every other Tuesday."})

    assert section(rendered(story, "contract.md"), "How we meet").startswith(
        "We meet every other Tuesday, for 60 minutes, by video, for six months in all."
    )


def test_quotation_marks_that_somebody_typed_are_not_doubled() -> None:
    story = walked({**USUAL, "mentor_promise": "“listen.”", "takes.mentor": '"patience"'})

    assert "Ada: “You can count on me to listen.”" in rendered(story, "contract.md")
    assert "Ada: “patience”" in rendered(story, "summary.md")


def test_what_the_mentor_is_the_wrong_person_for_goes_on_in_its_sentence() -> None:
    story = walked({**USUAL, "not_for": "Anything with tax"})

    sentence = "Ada cannot help with anything with tax."
    assert sentence in rendered(story, "summary.md")


# --- The agreement, whatever is left empty

USUAL_LINES = [field for prompt in AGREED if not prompt.extra for field in prompt.settle]
EMPTY = st.sets(st.sampled_from([field.id for field in USUAL_LINES]))
MARKS: Mapping[str, Value] = {
    field.id: (f"zz{number}zz",) if field.has_sentences else f"zz{number}zz"
    for number, field in enumerate(USUAL_LINES)
    if field.other or field.type == "text"
}
"""Answers that are told from each other wherever they stand."""


def settled_lines(empty: Collection[str], skipped: Collection[str]) -> list[str]:
    """What an agreement states as settled where some lines are left empty."""
    story = walked({**USUAL, **dict.fromkeys(empty)}, skipped=skipped)
    lines = agreed(rendered(story, "contract.md"))
    return sorted(line for line in lines if line and not line.startswith("#"))


@pytest.mark.slow
@UNHURRIED
@given(EMPTY, st.sets(st.sampled_from([prompt.id for prompt in AGREED])))
def test_every_sentence_of_the_agreement_is_whole(empty: set[str], skipped: set[str]) -> None:
    lines = [
        line for line in settled_lines(empty, skipped) if line != "Grace (mentee) and Ada (mentor)"
    ]

    assert [line for line in lines if not re.match("[A-Z].*[.”]$", line)] == []
    assert [line for line in lines if re.search(r"[{}]| [ ,.;]|,[.”]|\.\.|“”|: *$", line)] == []
    assert [line for line in lines if re.search(r"\bIf [^,.]*\.", line)] == []


@pytest.mark.slow
@UNHURRIED
@given(EMPTY)
def test_every_answer_that_was_given_is_stated_and_none_that_was_not(empty: set[str]) -> None:
    story = walked({**USUAL, **MARKS, **dict.fromkeys(empty)})

    lines = " ".join(agreed(rendered(story, "contract.md"))).lower()

    said = [mark for key, mark in MARKS.items() if story.session.answers.get(key) == mark]
    assert set(re.findall(r"zz\d+zz", lines)) == set(re.findall(r"zz\d+zz", str(said)))


# --- Draft and accepted


def test_an_agreement_that_nobody_accepted_is_a_draft() -> None:
    document = rendered(walked(USUAL), "contract.md")

    assert section(document, "Who agrees") == (
        "**Draft.** We confirm or change it by Tuesday 15 December 2026. "
        "Until then we keep to it as it stands.\n\n"
        "- Ada: not yet\n- Grace: not yet\n\n"
        "On paper, if you like:\n\nAda ______________________\n\n"
        "Grace ______________________\n\nDate ______________"
    )


def test_an_agreement_that_both_accepted_says_how_and_when() -> None:
    document = rendered(walked(USUAL, accepted=BUNDLED), "contract.md")

    assert section(document, "Who agrees") == (
        "- Ada typed yes at the keyboard, 24 November 2026, 15:58.\n"
        "- Grace typed yes at the keyboard, 24 November 2026, 15:58.\n\n"
        "On paper, if you like:\n\nAda ______________________\n\n"
        "Grace ______________________\n\nDate ______________"
    )


def test_an_agreement_that_one_of_the_two_accepted_is_still_a_draft() -> None:
    story = walked(USUAL)
    accept(story, BUNDLED, ["mentee"])

    assert section(rendered(story, "contract.md"), "Who agrees") == (
        "**Draft.** We confirm or change it by Tuesday 15 December 2026. "
        "Until then we keep to it as it stands.\n\n"
        "- Ada: not yet\n- Grace typed yes at the keyboard, 24 November 2026, 16:00.\n\n"
        "On paper, if you like:\n\nAda ______________________\n\n"
        "Grace ______________________\n\nDate ______________"
    )


def test_acceptance_leaves_the_words_of_the_agreement_as_they_were() -> None:
    draft = rendered(walked(USUAL), "contract.md")

    assert body_of(rendered(walked(USUAL, accepted=BUNDLED), "contract.md")) == body_of(draft)


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        (None, "still a draft: we confirm or change it on Tuesday 15 December 2026."),
        (BUNDLED, "accepted by both of us."),
    ],
)
def test_the_summary_says_how_the_agreement_stands(accepted: Renderer | None, told: str) -> None:
    document = rendered(walked(USUAL, accepted=accepted), "summary.md")

    assert section(document, "What we agreed").endswith(f"our agreement (contract.md), {told}")


def test_acceptance_ends_when_a_word_changes() -> None:
    story = walked(USUAL, accepted=BUNDLED)
    story.happens(Answered, field="response", value="Within a week")

    assert section(rendered(story, "contract.md"), "Who agrees").split("\n\n")[1] == (
        "- Ada: not yet\n- Grace: not yet"
    )


def test_acceptance_ends_when_the_template_changes(tmp_path: Path) -> None:
    story = walked(USUAL, accepted=BUNDLED)
    changed = (BUNDLED_TEMPLATES / "contract.md.j2").read_text(encoding="utf-8") + "\nAnd more.\n"
    renderer = with_template(tmp_path, "contract.md.j2", changed)

    assert section(rendered(story, "contract.md", renderer), "Who agrees").split("\n\n")[1] == (
        "- Ada: not yet\n- Grace: not yet"
    )


def test_acceptance_stands_when_the_old_word_comes_back() -> None:
    story = walked(USUAL, accepted=BUNDLED)
    before = rendered(story, "contract.md")
    story.happens(Answered, field="response", value="Within a week")
    story.happens(Answered, field="response", value="Within 3 working days")

    assert rendered(story, "contract.md") == before


def test_acceptance_stands_when_an_answer_changes_that_is_not_in_the_agreement() -> None:
    story = walked(USUAL, accepted=BUNDLED)
    before = rendered(story, "contract.md")
    story.happens(Answered, field="mentor_step", value="sends nothing")

    assert rendered(story, "contract.md") == before


def test_the_marker_line_in_an_answer_does_not_cut_the_agreement_short() -> None:
    story = walked({**USUAL, "purpose": MARKER})
    words = body_of(rendered(story, "contract.md"))

    assert "## Stopping, and looking again" in words


def test_an_agreement_with_the_marker_line_in_an_answer_can_be_accepted() -> None:
    story = walked({**USUAL, "purpose": MARKER}, accepted=BUNDLED)

    assert "Draft" not in rendered(story, "contract.md")


def test_the_agreement_may_not_depend_on_when_the_session_was(tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "contract.md.j2", "We met on\n{{ session.day }}.")

    with pytest.raises(TemplateProblem) as told:
        rendered(walked(USUAL), "contract.md", renderer)

    assert str(told.value) == (
        "contract.md.j2:2:4: A document that wants acceptance cannot use `session`: "
        "its words must stay. Its day, and lines to sign, are printed at its end."
    )


# --- Templates


NAMES = """\
{{ agenda.id }}, {{ agenda.title }}
{{ people.mentor }}, {{ people.mentee }}, {{ roles.mentor }}, {{ roles.mentee }}, {{ contact }}
{{ answers.frequency }}, {{ answers.length }}, {{ answers.takes.mentee }}
{{ "nothing" if not answers.mentor_step }}
{% for clause in clauses %}
{{ clause.heading }}, {{ clause.text | length > 0 }}, {{ clause.state }}
{% endfor %}
{{ clauses[0].text }}
{% for prompt in phases[0].prompts %}
{{ phases[0].title }}, {{ prompt.id }}, {{ prompt.state }}, {{ prompt.planned }}, {{ prompt.spent }}
{% endfor %}
{{ phases[0].prompts[2].ask }}
{% for field in phases[2].prompts[1].fields %}
{{ field.label }}: {{ field.answer }}
{% endfor %}
{{ session.day }}, {{ session.start }}, {{ session.end }}
{{ session.planned }}, {{ session.spent }}
{{ parked | length }}, {{ not_reached }}, {{ prepared | length }}
{{ meeting.day }}, {{ meeting.start }}, {{ meeting.end }}
{{ meeting.minutes }}, {{ meeting.where }}, {{ meeting.zone }}
"""
SEEN = """\
first-session, First mentoring session
Ada, Grace, Mentor, Mentee, Hedy in HR
every three to four weeks, 60, hope
nothing
What it is for, True, open
What we can count on, False, open
How we meet, True, open
Who does what, False, open
What stays between us, True, settled
Stopping, and looking again, True, settled
Grace says: “To lead.”
Hello, hour, done, 45, 45
Hello, welcome, done, 90, 90
Hello, comfortable, skipped, 60, 0
Hello, record, not reached, 75, 0
What would make this hour comfortable for you: place, sound, light, a break half-way?
What Grace is here for: To lead.
Tuesday 24 November 2026, 15:00, 15:52
60, 52
0, Think of someone who helped you when it counted. What exactly did they do?, 0
Tuesday 15 December 2026, 15:00, 16:00
60, by video, Warsaw time
"""


def test_a_template_sees_every_name_that_is_promised(tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", NAMES)
    story = walked(
        {
            "next_time": "15:00",
            "takes.mentee": "hope",
            "purpose": "To lead.",
            "contact_person": "Hedy in HR",
        },
        skipped=["comfortable", "usual"],
        unreached=["record", "helped"],
    )
    story.happens(Answered, field="duration", value=None)

    assert rendered(story, "summary.md", renderer) == SEEN


NO_LIST = (
    '`answers` is no list: name each answer, as in `answers.get("ID")`, '
    "or go through `phases`, their `prompts` and their `fields`."
)
NO_TEXT = "This is no text: name what is in it, or list what it gives with `| list | listed`."


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (
            "Fine.\n{{ mentee }}",
            "summary.md.j2:2:4: Nothing is called `mentee` here: write `people.mentee`.",
        ),
        (
            "{{ people.metor }}",
            "summary.md.j2:1:4: There is no `people.metor`. Did you mean `mentor`?",
        ),
        ("\n\n{{ answers.purpse }}", "summary.md.j2:3:4: There is no `answers.purpse`. Did"),
        ("\n{% if answers.purpse %}{% endif %}", "summary.md.j2:2:7: "),
        ("\n{{ people.mentor | shout }}", "summary.md.j2:2:20: There is no filter `shout`."),
        ("Fine.\n\n{% if %}", "summary.md.j2:3:1: "),
        ("{% for x in phases %}", "summary.md.j2:1:1: "),
        ("\n{{ people.mentor + 1 }}", "summary.md.j2:2:1: "),
        ("\n{{ 1 / 0 }}", "summary.md.j2:2:1: "),
        ("\n{{ '{:d}'.format('x') }}", "summary.md.j2:2:1: "),
        ("\n{{ cycler().next() }}", "summary.md.j2:2:1: "),
        ("\n{{ '{a}'.format() }}", "summary.md.j2:2:6: There is no `a` in it."),
        ("\n{{ phases | map('upper') }}", f"summary.md.j2:2:1: {NO_TEXT}"),
        ("\n{{ answers }}", f"summary.md.j2:2:1: {NO_TEXT}"),
        ("\n{% for each in answers %}{{ each }}{% endfor %}", f"summary.md.j2:2:16: {NO_LIST}"),
        ("\n{% include 'summary.md.j2' %}", "summary.md.j2:2:1: "),
        ("\n{{ range(999999999) | list }}", "summary.md.j2:2:1: "),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_file_and_line(
    template: str, told: str, tmp_path: Path
) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", template)

    with pytest.raises(TemplateProblem, match=re.escape(told)):
        rendered(walked(USUAL), "summary.md", renderer)


@pytest.mark.parametrize("template", ["{% if people %}", "{% frobnicate %}", "{{ ''.__class__ }}"])
def test_a_mistake_is_told_in_a_sentence_with_one_full_stop(template: str, tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", template)

    with pytest.raises(TemplateProblem, match=r"[^.]\.$"):
        rendered(walked(USUAL), "summary.md", renderer)


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{% if people %}One.{% endif %}\n\nTwo.", "One.\n\nTwo.\n"),
        ("One.{# soon #}\nTwo.{% raw %}{{{% endraw %}\nThree.", "One.\nTwo.{{\nThree.\n"),
        ("{{ people.mentee }}{% if people %}{% endif %}\nand so on", "Grace\nand so on\n"),
        ("{% if people %}\nOne.\n{% endif %}\n{# soon #}\nTwo.", "One.\nTwo.\n"),
        ("- a\n{% if people %} {% endif %}\n  {% if people %}{% endif %}\n- b", "- a\n - b\n"),
        ("One {% if people\n%}\nand two{% endif %}\n", "One \nand two\n"),
        ("{% if people\n%}\nOne{% endif -%}\n\n, two", "One, two\n"),
        ("{% if people %}One.{% endif +%}\n\nTwo.", "One.\n\nTwo.\n"),
    ],
)
def test_only_a_line_of_nothing_but_tags_goes_with_its_break(
    template: str, shown: str, tmp_path: Path
) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", template)

    assert rendered(walked(USUAL), "summary.md", renderer) == shown


def test_a_template_can_ask_whether_there_is_a_field(tmp_path: Path) -> None:
    template = "{{ 'purpose' in answers }} {{ 'shoe_size' in answers }}"
    renderer = with_template(tmp_path, "summary.md.j2", template)

    assert rendered(walked(USUAL), "summary.md", renderer) == "True False\n"


def test_a_misspelt_answer_is_told_without_the_programs_own_names(tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", "{{ answers.purpse }}")

    with pytest.raises(TemplateProblem, match=r"^(?!.*mentorwalk\.).*purpse"):
        rendered(walked(USUAL), "summary.md", renderer)


def test_a_mistake_in_an_included_template_is_told_with_that_templates_name(tmp_path: Path) -> None:
    with_template(tmp_path, "part.md.j2", "\n\n{% if %}")
    renderer = with_template(tmp_path, "summary.md.j2", "{% include 'part.md.j2' %}")

    with pytest.raises(TemplateProblem, match=r"^part\.md\.j2:3:1: "):
        rendered(walked(USUAL), "summary.md", renderer)


def test_an_included_template_that_is_missing_is_told_by_its_name(tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", "{% include 'part.md.j2' %}")

    with pytest.raises(TemplateProblem, match=r"part\.md\.j2"):
        rendered(walked(USUAL), "summary.md", renderer)


def test_a_template_can_include_another_beside_it(tmp_path: Path) -> None:
    with_template(tmp_path, "part.md.j2", "Hello, {{ people.mentee }}.")
    renderer = with_template(tmp_path, "summary.md.j2", "{% include 'part.md.j2' %}")

    assert rendered(walked(USUAL), "summary.md", renderer) == "Hello, Grace.\n"


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ people.__class__ }}",
        "{{ answers._values }}",
        "{{ answers.get.__globals__ }}",
        "{{ answers.get.__func__ }}",
        "{{ ''['__class__'] }}",
        "{{ ('' | attr('__class__')) }}",
        "{{ '{0.__class__}'.format('') }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
    ],
)
def test_a_template_cannot_reach_python(template: str, tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", template)

    with pytest.raises(TemplateProblem):
        rendered(walked(USUAL), "summary.md", renderer)


OUTSIDE = ("/etc/passwd", "../secret.md.j2", "./../secret.md.j2", "a/../../secret.md.j2", "..", "")


@pytest.mark.parametrize(
    ("name", "statement"), dealt(OUTSIDE, ("include", "import", "extends", "include"))
)
def test_a_template_cannot_reach_a_file(statement: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.md.j2").write_text("SECRET", encoding="utf-8")
    tail = " as x" if statement == "import" else ""
    text = f"{{% {statement} '{name}'{tail} %}}"
    renderer = with_template(tmp_path / "templates", "summary.md.j2", text)

    with pytest.raises(TemplateProblem):
        rendered(walked(USUAL), "summary.md", renderer)


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "summary.md.j2").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(TemplateProblem, match=r"^summary\.md\.j2:1:1: "):
        rendered(walked(USUAL), "summary.md", Renderer((tmp_path, BUNDLED_TEMPLATES)))


# --- Where templates are looked up


def runner(home: Path) -> SessionRunner:
    return SessionRunner(Library(home, home / "documents"), StoppedClock())


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """Folders that have each their own summary template, and an agenda in one of them."""
    folders = {name: tmp_path / name for name in ("given", "beside", "home")}
    folders["home"] = folders["home"] / "templates"
    for name, folder in folders.items():
        folder.mkdir(parents=True)
        (folder / "summary.md.j2").write_text(f"From {name}.", encoding="utf-8")
    (folders["beside"] / "own.yaml").write_text(OWN_AGENDA, encoding="utf-8")
    return folders


@pytest.mark.parametrize(
    ("missing", "found"),
    [
        ((), "From given.\n"),
        (("given",), "From beside.\n"),
        (("given", "beside"), "From home.\n"),
    ],
)
def test_the_first_folder_that_has_a_template_is_taken(
    missing: tuple[str, ...], found: str, places: dict[str, Path]
) -> None:
    for name in missing:
        (places[name] / "summary.md.j2").unlink()
    at = runner(places["home"].parent)
    script = load_agenda(at.library, str(places["beside"] / "own.yaml"), places["given"])

    story = walked({}, script.agenda)

    assert rendered(story, "summary.md", at.renderer(script.templates)) == found


def test_the_bundled_template_is_taken_where_no_folder_has_one(places: dict[str, Path]) -> None:
    for folder in places.values():
        (folder / "summary.md.j2").unlink()
    at = runner(places["home"].parent)
    script = load_agenda(at.library, str(places["beside"] / "own.yaml"), places["given"])

    story = walked({}, script.agenda)

    assert rendered(story, "summary.md", at.renderer(script.templates)) == rendered(
        story, "summary.md"
    )


def test_a_missing_template_is_told_before_a_session_opens(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN_AGENDA.replace("summary.md.j2", "page.md.j2"), encoding="utf-8")

    house = runner(tmp_path / "home")
    script = load_agenda(house.library, str(path), None)

    with pytest.raises(TemplateProblem, match=r"^The template page\.md\.j2 is in none of the"):
        check_documents(house, script)

    assert not (tmp_path / "home").exists()


def test_a_template_that_cannot_be_parsed_is_told_before_a_session_opens(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN_AGENDA, encoding="utf-8")
    (tmp_path / "contract.md.j2").write_text("\n{% endif %}", encoding="utf-8")

    house = runner(tmp_path / "home")
    script = load_agenda(house.library, str(path), None)

    with pytest.raises(TemplateProblem, match=r"^contract\.md\.j2:2:1: "):
        check_documents(house, script)


def test_a_template_of_any_bare_name_is_found(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN_AGENDA.replace("summary.md.j2", "page.j2"), encoding="utf-8")
    (tmp_path / "page.j2").write_text("Hello.", encoding="utf-8")
    at = runner(tmp_path / "home")

    script = load_agenda(at.library, str(path), None)

    story = walked({}, script.agenda)
    assert rendered(story, "summary.md", at.renderer(script.templates)) == "Hello.\n"
