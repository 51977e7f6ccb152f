"""Sentences that two people keep or strike: on the sheet, in the clause, beforehand."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import BACK, ON, SKIP, Step, typed
from support.building import our_agreement, session_of
from support.small_walks import KEPT, TALKED, WELCOME, agenda_of, opened_by, walked
from support.terminals import BACKSPACE, CTRL_U, ENTER, FakeClock, fed

from mentorwalk.authoring import agenda_from
from mentorwalk.authoring.format.dump import agenda_text
from mentorwalk.authoring.syntax.source import Source
from mentorwalk.documents.context import context_of
from mentorwalk.documents.prep_page import form_page
from mentorwalk.domain.agenda import Clause, Prepare, Prompt
from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.answers import Answer
from mentorwalk.domain.asking import sheet_of
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.session import Session
from mentorwalk.domain.sheet import lines_of, sentence_opened, typed_at
from mentorwalk.engine.frontend import EditLine, Said
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from mentorwalk.engine.frontend import Frontend

NAMES = {"mentor": "Ada", "mentee": "Grace"}
ARRANGES, NOTICE = "{mentee} arranges our dates", "We say so a day ahead"
USUAL = Field(
    "usual",
    "Both of us",
    "checkbox",
    as_="sentences",
    choices=(Choice("Topic", "{mentee} sends a topic."), Choice(ARRANGES), Choice(NOTICE)),
    other=True,
    default=("Topic", ARRANGES),
)
CARD = Prompt("usual", "Who does what?", settle=(USUAL,), clause=Clause("Who", "{usual}."))
AGENDA = agenda_of(CARD, replace(WELCOME, keep=True))


def held(frontend: Frontend) -> Session:
    """The session in which this frontend is asked."""
    clock = FakeClock()
    opened = opened_by(clock, AGENDA)
    session = Session.open(AGENDA, opened, opened.at + timedelta(minutes=12))
    walk = Walk(session, MemoryJournal(), frontend, clock, our_agreement)
    walk.run()
    return walk.session


def live(*steps: Step) -> Session:
    with fed(*(step.keys for step in steps)):
        return held(LiveFrontend())


def plain(*steps: Step) -> Session:
    return held(PlainFrontend(io.StringIO("".join(step.lines for step in steps)), io.StringIO()))


def agreed(session: Session) -> str:
    [clause] = clauses_of(session)
    return clause.text


Walked = Callable[..., Session]
each_frontend = pytest.mark.parametrize("walk", [live, plain])


def test_sentences_follow_each_other_and_each_ends_once() -> None:
    said = Answer(USUAL, ("Topic", ARRANGES, "we laugh!", "ada's cat may stay"), NAMES)
    words = "Grace sends a topic. Grace arranges our dates. We laugh! Ada's cat may stay."
    assert (said.sentence, said.after_label, said.given) == (words, words, words)


@pytest.mark.parametrize("written", ["Topic", "Grace sends a topic", "grace sends a topic."])
def test_a_sentence_is_named_by_its_pick_or_by_its_words(written: str) -> None:
    assert parse_answer(USUAL, written, FakeClock().now().date(), NAMES) == ("Topic",)


def test_commas_divide_no_sentence() -> None:
    told = parse_answer(USUAL, "We call, and never write\nTopic", FakeClock().now().date())
    assert told == ("We call, and never write", "Topic")


def test_a_sheet_has_a_line_for_each_sentence_and_one_to_add_another() -> None:
    opened = opened_by(FakeClock(), AGENDA)
    session = Session.open(AGENDA, opened, opened.at)
    lines = [(each.words, each.kept) for each in lines_of(sheet_of(session, CARD))[:-1]]
    assert lines == [
        ("Grace sends a topic.", True),
        ("Grace arranges our dates.", True),
        ("We say so a day ahead.", False),
    ]
    assert lines_of(sheet_of(session, CARD))[-1].adds


def test_a_card_that_settles_nothing_but_sentences_is_one_stop() -> None:
    told = walked(AGENDA, KEPT)
    assert told.player.shown == ["settle usual", "talk How do you arrive?"]


def test_a_card_that_also_records_talks_first() -> None:
    told = walked(agenda_of(replace(CARD, record=(Field("mood", "Mood"),))))
    assert told.player.shown == ["talk Who does what?"]


@each_frontend
def test_enter_keeps_the_sentences_that_were_seen(walk: Walked) -> None:
    assert agreed(walk(ON)) == "Grace sends a topic. Grace arranges our dates."


@each_frontend
def test_a_number_strikes_a_sentence_or_takes_it_back(walk: Walked) -> None:
    session = walk(typed("1"), typed("3"), typed("2"), typed("2"), ON)
    assert agreed(session) == "Grace arranges our dates. We say so a day ahead."


@each_frontend
def test_sentences_of_their_own_are_added_and_can_be_struck(walk: Walked) -> None:
    own = (typed("4"), typed("we call, and never write"), typed("5"), typed("We laugh."))
    added = "Grace sends a topic. Grace arranges our dates. We call, and never write. We laugh."
    assert agreed(walk(*own, ON)) == added
    assert agreed(walk(*own, typed("4"), ON)) == added.replace(" We call, and never write.", "")


def test_what_enter_does_with_a_sentence_is_told_while_it_is_typed() -> None:
    with fed("We sing", ("Enter: add it", f"{CTRL_U}{ENTER}")) as screen:
        held(LiveFrontend())
    assert screen.awaited == []


@each_frontend
def test_a_sentence_that_is_typed_at_once_is_added_too(walk: Walked) -> None:
    session = walk(typed("we call, and never write"), typed("10"), typed("1"), ON)
    assert agreed(session) == "Grace arranges our dates. We call, and never write."


@each_frontend
@pytest.mark.parametrize("said", ["2: we call first", "2. we call first", "2 We call first"])
def test_a_number_with_words_behind_it_says_its_sentence_otherwise(walk: Walked, said: str) -> None:
    session = walk(typed(said), ON)
    assert agreed(session) == "Grace sends a topic. We call first."


@each_frontend
def test_a_sentence_said_otherwise_stays_in_its_place(walk: Walked) -> None:
    session = walk(typed("1: we call first"), typed("3"), ON)
    assert agreed(session) == "We call first. Grace arranges our dates. We say so a day ahead."
    session = walk(typed("1"), typed("1: we call first"), typed("1"), typed("1"), ON)
    assert agreed(session) == "Grace sends a topic. Grace arranges our dates."


@each_frontend
def test_the_sentence_that_another_one_stands_for_can_be_taken_back(walk: Walked) -> None:
    session = walk(typed("1: we call first"), typed("4"), ON)
    assert agreed(session) == "We call first. Grace sends a topic. Grace arranges our dates."


def test_a_sentence_is_opened_to_be_put_otherwise_by_its_number_and_a_colon() -> None:
    session = session_of(AGENDA)
    sheet = sheet_of(session, CARD)
    opened = [sentence_opened(sheet, text) for text in ("2:", " 1 : ", "4:", "5:", "0:", "2")]
    assert opened == ["2: Grace arranges our dates.", "1: Grace sends a topic.", "", "", "", ""]


def test_whoever_erases_an_opened_sentence_writes_the_same_line() -> None:
    keys = (f"2:{ENTER}", ("Enter: say it so", f"{CTRL_U}we laugh{ENTER}"), ("We laugh.", ENTER))
    with fed(*keys) as screen:
        session = held(LiveFrontend())
    assert screen.awaited == []
    assert agreed(session) == "Grace sends a topic. We laugh."


def test_an_opened_sentence_stands_in_the_line_and_is_changed_there() -> None:
    keys = (
        f"2:{ENTER}",
        ("Enter: say it so", f"{BACKSPACE} on Mondays{ENTER}"),
        ("on Mondays.", ENTER),
    )
    with fed(*keys) as screen:
        session = held(LiveFrontend())
    assert screen.awaited == []
    assert agreed(session) == "Grace sends a topic. Grace arranges our dates on Mondays."


@each_frontend
def test_no_number_moves_where_sentences_of_their_own_are_added(walk: Walked) -> None:
    session = walk(typed("1: we call first"), typed("we laugh"), typed("3"), typed("1"), ON)
    assert agreed(session) == "Grace arranges our dates. We laugh. We say so a day ahead."


@pytest.mark.parametrize(
    ("typed_words", "taken"),
    [("2: 45", (1, "45")), ("1. every three weeks", (0, "every three weeks"))]
    + [(words, None) for words in ("2 45", "3: 45", "every three weeks", "2:", "0: 5")],
)
def test_a_number_with_an_answer_behind_it_answers_a_line_of_any_sheet(
    typed_words: str, taken: tuple[int, str] | None
) -> None:
    fields = (
        Field("often", "How often", "select", choices=(Choice("Weekly"),), other=True),
        Field("long", "How long", "number"),
    )
    session = session_of(agenda_of(Prompt("rhythm", "?", settle=fields)))
    sheet = sheet_of(session, session.agenda.prompts["rhythm"])
    assert typed_at(sheet, typed_words) == taken


def test_an_answer_behind_a_number_that_does_not_fit_is_told() -> None:
    fields = (Field("long", "How long", "number", max=90),)
    session = session_of(agenda_of(Prompt("rhythm", "?", settle=fields)))
    sheet = sheet_of(session, session.agenda.prompts["rhythm"])
    with pytest.raises(Unreadable, match="90"):
        typed_at(sheet, "1: 95")


@each_frontend
def test_a_sentence_that_begins_with_a_number_is_added(walk: Walked) -> None:
    session = walk(typed("2 days ahead we call"), ON)
    assert agreed(session) == "Grace sends a topic. Grace arranges our dates. 2 days ahead we call."


@each_frontend
def test_words_behind_a_number_that_no_line_has_are_a_sentence(walk: Walked) -> None:
    session = walk(typed("9: We call first"), typed("1"), ON)
    assert agreed(session) == "Grace arranges our dates. 9: We call first."


def test_what_enter_does_with_a_sentence_said_otherwise_is_told_while_it_is_typed() -> None:
    with fed("2: We sing", ("Enter: say it so", f"{CTRL_U}{ENTER}")) as screen:
        held(LiveFrontend())
    assert screen.awaited == []


def test_a_sentence_that_is_added_is_in_sight_then() -> None:
    many = replace(USUAL, choices=tuple(Choice(f"We laugh {n}") for n in range(30)), default=())
    agenda = agenda_of(replace(CARD, settle=(many,)))
    opened = opened_by(FakeClock(), agenda)
    session = Session.open(agenda, opened, opened.at)
    added: tuple[str, ...] = (f"31{ENTER}", f"we sing{ENTER}")
    with fed(*added, ("We sing.", ENTER)) as screen:
        Walk(session, MemoryJournal(), LiveFrontend(), FakeClock(), our_agreement).run()
    assert screen.awaited == []


@each_frontend
def test_who_adds_nothing_is_back_at_the_sentences(walk: Walked) -> None:
    assert agreed(walk(typed("4"), ON, typed("1"), ON)) == "Grace arranges our dates."
    assert agreed(walk(typed("4"), BACK, typed("1"), ON)) == "Grace arranges our dates."


@each_frontend
def test_sentences_that_nobody_kept_are_not_in_the_agreement(walk: Walked) -> None:
    [clause] = clauses_of(walk(typed("3"), SKIP))
    assert (clause.text, clause.state) == ("", "open")


def test_where_all_sentences_are_struck_nothing_is_open() -> None:
    [clause] = clauses_of(plain(typed("1"), typed("2"), ON))
    assert (clause.text, clause.state, clause.missing) == ("", "settled", ())


def test_what_is_struck_is_told_in_words_and_not_by_colour_alone() -> None:
    said = io.StringIO()
    held(PlainFrontend(io.StringIO("1\n"), said))
    assert "1. struck: Grace sends a topic.\n2. Grace arranges our dates.\n" in said.getvalue()
    with fed(("Grace sends", f"1{ENTER}"), ("struck: Grace sends", ENTER)):
        held(LiveFrontend())


def test_the_question_and_the_tip_are_on_the_screen_with_the_sentences() -> None:
    agenda = agenda_of(replace(CARD, tip="Strike what does not suit you."))
    opened = opened_by(FakeClock(), agenda)
    session = Session.open(agenda, opened, opened.at)
    with fed(("Strike what does not suit you.", ENTER)):
        Walk(session, MemoryJournal(), LiveFrontend(), FakeClock(), our_agreement).run()


def test_a_file_of_answers_names_the_sentences_that_stand() -> None:
    session = held(ScriptedFrontend({"usual": (ARRANGES, "We laugh")}))
    assert agreed(session) == "Grace arranges our dates. We laugh."


def test_a_sheet_with_other_answers_too_is_asked_after_the_talk() -> None:
    length = Field("length", "How long", "number", default="60")
    card = replace(CARD, settle=(length, USUAL))
    told = walked(agenda_of(card), TALKED, EditLine(1), EditLine(0), Said(45), KEPT)
    assert told.player.shown[:3] == ["talk Who does what?", *["settle length usual"] * 2]
    assert told.answers == {"length": 45, "usual": (ARRANGES,)}


def test_a_template_gets_sentences_as_one_paragraph() -> None:
    session = plain(ON)
    answers = context_of(session, clauses_of(session))["answers"]
    assert answers["usual"] == "Grace sends a topic. Grace arranges our dates."


def test_a_form_shows_the_sentences_that_its_choices_become() -> None:
    page = form_page(replace(AGENDA, prepare=Prepare(mentee=(USUAL,))), "mentee")
    assert 'value="Topic"><span><span data-says="{mentee} sends a topic.">' in page


def test_the_key_is_called_as_in_a_file() -> None:
    text = agenda_text(AGENDA)
    assert "as: sentences" in text
    assert agenda_from(Source("a.yaml", text)) == AGENDA
