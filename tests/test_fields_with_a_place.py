"""Fields whose ids bundled templates give a place of their own: in any shape, none is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_written, session_of
from support.sample_sessions import BUNDLED

from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.imagined_answers import all_answered
from mentorwalk.domain.roles import ROLES
from mentorwalk.workflows.template_check import FOR_ANY

if TYPE_CHECKING:
    from mentorwalk.domain.session import Session

IDS = {
    "summary.md.j2": (
        "purpose offer not_for mentor_gain mentor_promise mentee_promise mentee_step mentee_when "
        "mentee_by mentee_thought mentor_step mentor_by goals topic topic_by clearer takes kind "
        "next_day next_time contact_person aim"
    ),
    "closing.md.j2": "purpose goals came learned learned_too thanks takes",
}
AGENDA = """\
mentorwalk: 1
id: talk
title: A talk
minutes: 30
phases:
  - id: talk
    title: Talk
    short: Talk
    prompts:
      - id: all-of-it
        ask: What is it?
        minutes: 30
        keep: yes
        record:
"""
SHAPES = (
    "type: text",
    "type: text, by: each",
    "type: list",
    "type: list, by: each",
    "type: outline",
    "type: select, choices: [One, Two]",
    "type: checkbox, choices: [One, Two]",
    "type: ranking, choices: [One, Two]",
    "type: ratings, items: [One, Two]",
    "type: scale, low: never, high: always",
    "type: confirm",
    "type: date",
    "type: time",
    *(f"type: {kind}, by: {who}" for kind in ("text", "list", "outline") for who in ROLES),
    *(f"type: ratings, items: [One, Two], by: {who}" for who in ROLES),
)


def answered(template: str, *fields: str) -> Session:
    """Return a session of an agenda with these fields, all of which were answered."""
    lines = "".join(f"          - {{{each}}}\n" for each in fields)
    documents = f"documents:\n  - {{template: {template}, file: talk.md}}\n"
    session = session_of(agenda_written(f"{AGENDA}{lines}{documents}"))
    return all_answered(replace(session, marks=dict.fromkeys(session.cards, "done")))


def document_of(session: Session) -> str:
    """Return the text of its only document."""
    return BUNDLED.text(session, session.agenda.documents[0], Agreement("", ()))


def agreed(says: str) -> str:
    """Return the summary of a session in which the two agreed on a clause."""
    card = AGENDA.removesuffix("        record:\n")
    session = session_of(
        agenda_written(f"""\
{card}        read: {says!r}
        clause: {{heading: How we talk, says: {says!r}}}
      - {{id: look, ask: Does each line belong there?, review: yes}}
      - {{id: agree, ask: Do you both say yes?, accept: yes}}
documents:
  - {{template: summary.md.j2, file: talk.md}}
  - {{template: contract.md.j2, file: contract.md, accept: yes}}
""")
    )
    session = replace(session, marks=dict.fromkeys(session.cards, "done"))
    return BUNDLED.text(session, session.agenda.documents[0], BUNDLED.agreement(session))


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("template", IDS)
def test_a_field_stands_in_a_document_whatever_its_shape(template: str, shape: str) -> None:
    lost = [
        each
        for each in IDS[template].split()
        if "Nothing was written down."
        in document_of(answered(template, f"id: {each}, label: About it, {shape}"))
    ]
    assert lost == []


def test_the_templates_that_nobody_tries_are_those_that_go_with_fields_of_any_shape() -> None:
    # What a contract says is its clauses, whatever the fields are called.
    assert {*IDS, "contract.md.j2"} == FOR_ANY


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("Skills:", "Skills: What was said about skills."),
        ("Which skills?", "Which skills? What was said about skills."),
    ],
)
def test_a_label_keeps_its_own_sign_before_an_answer(label: str, line: str) -> None:
    assert f"\n{line}\n" in document_of(answered("summary.md.j2", f'id: skills, label: "{label}"'))


@pytest.mark.parametrize("template", IDS)
def test_goals_in_one_text_are_one_line(template: str) -> None:
    told = document_of(answered(template, "id: goals, label: Goals, by: mentee"))
    assert "\n- What was said about goals\n" in told


def test_several_topics_are_quoted_one_by_one() -> None:
    told = document_of(answered("summary.md.j2", "id: topic, label: Topics, type: list"))
    assert "\n## What we talked about\n\n- “" in told


def test_a_step_that_is_chosen_is_a_step_with_its_moment() -> None:
    step = "id: mentee_step, label: Step, type: select, choices: [Ask Tom], by: mentee"
    moment = "id: mentee_when, label: When, type: select, choices: [At noon], by: mentee"
    told = document_of(answered("summary.md.j2", step, moment))
    assert "**Grace**, at noon: Ask Tom." in told


@pytest.mark.parametrize(
    ("says", "first"),
    [
        (
            "Each may say “pass” at any time. We are on time.",
            "Each may say “pass” at any time. All",
        ),
        ("{mentor} says: “I am on time.” So we begin.", "What we settled"),
        ("{mentee} has one aim: “A portfolio.” So be it.", "Grace has one aim: “A portfolio.” All"),
    ],
    ids=["a word in quotation marks", "what somebody says", "what is said of somebody"],
)
def test_a_summary_has_the_first_sentence_of_a_clause_but_for_what_somebody_says(
    says: str, first: str
) -> None:
    assert f"## What we agreed\n\n{first}" in agreed(says)


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("id: takes, label: A line", "A line: What was said about takes."),
        ("id: kind, label: What I want", "What I want: What was said about kind."),
        ("id: next_time, label: At what time, type: time", "At what time: 15:00."),
        ("id: goals, label: Our goals", "Our goals: What was said about goals."),
        ("id: topic, label: How near, type: scale, min: 1, max: 1", "How near: 1."),
        ("id: clearer, label: Clearer, type: confirm, by: mentee", "Clearer: yes."),
        ("id: topic, label: Which hat, type: select, choices: [Red]", "Which hat: Red."),
        ("id: offer, label: Room, type: select, choices: [Attic], by: mentor", "Room: Attic."),
        ("id: mentee_step, label: Size, type: number, min: 2, max: 2, by: mentee", "Size: 2."),
        ("id: offer, label: My offer, by: mentee", "My offer: What was said about offer."),
        (
            "id: purpose, label: Why, by: each",
            "Ada, why: What was said about purpose.",
        ),
    ],
)
def test_an_id_alone_gives_a_field_no_meaning_of_another(field: str, line: str) -> None:
    told = document_of(answered("summary.md.j2", field))
    assert f"## Also written down\n\n{line}\n" in told
    assert "next time" not in told.lower()
    assert "We meet again" not in told
