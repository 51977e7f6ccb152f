"""The contact: named by the agenda or by the pair, and what gives way where there is nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.building import agenda_of, answered, session_answered, session_of

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.format.dump import agenda_text
from mentorwalk.documents.context import context_of
from mentorwalk.documents.prep_page import form_page
from mentorwalk.domain.agenda import Clause, Prepare, Prompt
from mentorwalk.domain.carryover import carried, join_agendas
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.fields import Field
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.people import People
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.showing import card_of

WHOM = Field("whom", "Somebody we can both turn to")
SAYS = "What we say stays between us.\n\nWe may speak to {contact}. We make no recordings."
TALK = Prompt(
    "talk", "Whom?", read=SAYS, tip="Ask {contact}.", settle=(WHOM,), clause=Clause("Us", SAYS)
)
AGENDA = replace(agenda_of(TALK), contact=Contact(named_by="whom", urgent="Call 112."))
PAPER = replace(AGENDA, documents=(Document("contract.md.j2", "contract.md", accept=True),))


def test_a_sentence_gives_way_with_its_paragraph_if_it_names_nobody() -> None:
    words = {"mentor": "Ada", "contact": ""}
    assert fill_in("One. Ask {contact}.\n\nAsk {contact}.\n\n{mentor}. End.", words) == (
        "One.\n\nAda. End."
    )
    assert fill_in("Ask  {contact}. End.", {"mentor": "Ada"}) == "Ask  {contact}. End."


def test_whom_the_pair_names_is_the_contact_everywhere() -> None:
    session = session_answered(AGENDA, {"whom": "Hedy in HR"})
    whole = SAYS.replace("{contact}", "Hedy in HR")
    card = card_of(session, TALK)
    assert (card.read, card.tip) == (whole, "Ask Hedy in HR.")
    [clause] = clauses_of(session)
    assert clause.text == whole
    assert context_of(session, (clause,))["contact"] == "Hedy in HR"


def test_where_the_pair_names_nobody_the_sentences_give_way() -> None:
    session = session_answered(AGENDA, {})
    rest = "What we say stays between us.\n\nWe make no recordings."
    card = card_of(session, TALK)
    assert (card.read, card.tip) == (rest, "")
    [clause] = clauses_of(session)
    assert (clause.text, clause.state, clause.missing) == (rest, "settled", ())


def test_until_they_name_somebody_the_agendas_contact_stands_in() -> None:
    agenda = replace(AGENDA, contact=Contact("the programme", "help@example.org", named_by="whom"))
    session = session_of(agenda)
    assert session.names["contact"] == "the programme (help@example.org)"
    assert session.apply(answered("whom", "Hedy")).names["contact"] == "Hedy"


def test_a_clause_that_only_names_nobody_is_no_open_one() -> None:
    card = replace(TALK, clause=Clause("Us", "We may speak to {contact}."))
    [clause] = clauses_of(session_answered(replace(AGENDA, phases=agenda_of(card).phases), {}))
    assert (clause.text, clause.state) == ("", "settled")


def test_whom_they_named_comes_along_with_the_agreement() -> None:
    mentorship = Mentorship({"last": session_answered(PAPER, {"whom": "Hedy"})})
    into = join_agendas(PAPER, mentorship)
    along = carried(into, mentorship).answers
    assert (into.agenda.contact, along) == (PAPER.contact, {"whom": "Hedy"})


@pytest.mark.parametrize(("answers", "who"), [({"whom": "Hedy"}, "Hedy"), ({}, "")])
def test_where_nobody_asks_for_the_contact_any_more_the_name_stays(
    answers: dict[str, str], who: str
) -> None:
    other = agenda_of(Prompt("hello", "How are you?", tip="Ask {contact}."))
    mentorship = Mentorship({"last": session_answered(AGENDA, {**answers})})
    joined = join_agendas(other, mentorship).agenda
    assert joined.contact == Contact(who, urgent="Call 112.")
    assert agenda_from(Source("a.yaml", agenda_text(joined))) == joined


def test_where_that_line_asks_for_something_else_the_name_does_not_get_into_the_agenda() -> None:
    other = agenda_of(Prompt("whom", "Whom now?", record=(replace(WHOM, type="list"),)))
    mentorship = Mentorship({"last": session_answered(AGENDA, {"whom": "Hedy"})})
    joined = join_agendas(other, mentorship).agenda
    assert joined.contact == Contact(urgent="Call 112.")


def test_a_form_leaves_out_a_sentence_that_names_nobody() -> None:
    intro = "It stays between you. You may also speak to {contact}."
    page = form_page(replace(AGENDA, prepare=Prepare(intro=intro, mentee=(WHOM,))), "mentee")
    assert ("It stays between you." in page, "You may also" in page) == (True, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{mentor} asks.", "Your mentor asks."),
        ("Wait. {mentor} asks {mentee}.", "Wait. Your mentor asks bell."),
        ("Say it.\n\n“{mentor} knows.”", "Say it.\n\n“Your mentor knows.”"),
        (
            "Ask what\n{mentor} would: {mentor} does.",
            "Ask what\nyour mentor would: your mentor does.",
        ),
        ("{mentee} asks {mentor}.", "bell asks your mentor."),
    ],
)
def test_a_word_for_somebody_without_a_name_begins_a_sentence_with_a_capital(
    text: str, told: str
) -> None:
    names = agenda_of(Prompt("hello", "?")).names_of(People("your mentor", "bell", "mentee"))
    assert fill_in(text, names) == told
