"""Going on: what the next session of two people takes along, and what it leaves behind."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from support.any_agenda import YAML_LIKE, agendas, as_read, sessions
from support.building import (
    THREE_O_CLOCK,
    accepted,
    agenda_in_phases,
    agenda_of,
    agenda_written,
    answered,
    at,
    closed,
    done,
    examples,
    session_of,
    skipped,
)
from support.chains import Chain
from support.sample_sessions import BUNDLED

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.format.dump import agenda_text
from mentorwalk.domain.agenda import (
    Agenda,
    Clause,
    Drawn,
    Following,
    Phase,
    Prepare,
    Prompt,
    Roles,
)
from mentorwalk.domain.agreement_text import wording_of
from mentorwalk.domain.asking import asked_of, review_of, sheet_of, topics_of
from mentorwalk.domain.card import Recalled
from mentorwalk.domain.carryover import carried, join_agendas
from mentorwalk.domain.clauses import clauses_of, is_settled
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.earlier import CarryOver, ShownAnswer
from mentorwalk.domain.events import (
    Event,
    LetGo,
    OffTheRecord,
    Opened,
    Parked,
    Pulled,
    Renamed,
    Struck,
    Worded,
)
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.outcomes import Document, Meeting
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.domain.showing import card_of
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.storage.reading import replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mentorwalk.domain.answers import Value

pytestmark = pytest.mark.portable

A_FEW = settings(
    deadline=None,
    max_examples=examples(0.12),
    phases=[Stage.explicit, Stage.generate],
    suppress_health_check=list(HealthCheck),
)
"""Whole agendas take long to draw, and longer to shrink."""
SMALL = settings(deadline=None, max_examples=examples(0.6))
LAST = "2026-11-24-talk"


def read_again(agenda: Agenda) -> Agenda:
    """The agenda, written to a file and read back."""
    return agenda_written(agenda_text(agenda))


def joined_after(agenda: Agenda, last: Session) -> Agenda:
    """An agenda with what comes along into it from a session."""
    return join_agendas(agenda, Mentorship({LAST: last})).agenda


def followed(agenda: Agenda, *sessions: Session) -> Session:
    """A session of an agenda that follows others, and has just been opened."""
    mentorship = Mentorship({f"{LAST}-{number}": each for number, each in enumerate(sessions)})
    last = sessions[-1]
    into = join_agendas(agenda, mentorship)
    agenda = into.agenda
    opened = Opened(
        **at(0),
        agenda=agenda.id,
        digest="",
        people=last.people,
        plan=plan(agenda, agenda.minutes),
        carried=carried(into, mentorship),
    )
    return Session.open(agenda, opened, THREE_O_CLOCK)


# --- An agenda as text


@A_FEW
@given(agendas())
def test_an_agenda_that_is_written_and_read_is_the_same(agenda: Agenda) -> None:
    assert read_again(agenda) == agenda


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(BUNDLED_AGENDAS.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_bundled_agenda_that_is_written_and_read_is_the_same(path: Path) -> None:
    agenda = agenda_from(read_source(path))
    assert read_again(agenda) == agenda


def test_a_text_that_means_something_to_yaml_stays_a_text() -> None:
    texts = [*YAML_LIKE, "a\x85b", "a\u2028b", "a\u2029b", "a\u00a0b", "\x00a"]
    for text in texts:
        assert read_again(saying(text)) == saying(as_read(text)), repr(text)


def saying(text: str) -> Agenda:
    """An agenda that says the same everywhere."""
    field = Field("yes", text, type="select", choices=(Choice(text, text), Choice("b")), default="")
    asked = Field("why", text, help=text, default=text, when=(Condition("yes", (text, "b")),))
    card = Prompt("no", text, stuck=(text, text), record=(field, asked), clause=Clause(text, text))
    return replace(agenda_of(card), title=text, about=text, contact=Contact(text, text))


def test_an_agenda_is_written_without_what_goes_without_saying() -> None:
    agenda = agenda_of(Prompt("hello", "How are you?\n- Truly.", keep=True))
    assert agenda_text(agenda) == (
        "mentorwalk: 1\nid: talk\ntitle: A talk\nminutes: 60\nphases:\n- id: only\n"
        "  title: The only one\n  short: Only\n  prompts:\n  - id: hello\n    ask: |-\n"
        "      How are you?\n      - Truly.\n    keep: 'yes'\n"
    )


# --- Any agenda after any session


@A_FEW
@given(st.data())
def test_whatever_is_joined_loads_again_as_the_same_agenda(data: st.DataObject) -> None:
    """So every id in it is unique, and every name has something to stand for."""
    last = data.draw(sessions(data.draw(agendas())))
    agenda = joined_after(data.draw(agendas()), last)
    assert read_again(agenda) == agenda


@A_FEW
@given(st.data())
def test_an_agenda_keeps_its_own_cards(data: st.DataObject) -> None:
    """In its order; with an agreement, what they read and write down may be as it was agreed."""
    last, agenda = data.draw(sessions(data.draw(agendas()))), data.draw(agendas())
    ours = joined_after(agenda, last)
    own = [prompt for prompt in ours.prompts.values() if prompt.id in agenda.prompts]
    theirs = list(agenda.prompts.values())
    if agenda.accept_document:
        own, theirs = ([_asked_only(prompt) for prompt in each] for each in (own, theirs))
    assert own == theirs
    assert [phase.id for phase in ours.phases] == [phase.id for phase in agenda.phases]
    assert (ours.roles, ours.contact) == (last.agenda.roles, last.agenda.contact or agenda.contact)


def _asked_only(prompt: Prompt) -> Prompt:
    return replace(prompt, read="", record=(), settle=(), clause=None)


@A_FEW
@given(st.data())
def test_nothing_private_and_nothing_struck_comes_along(data: st.DataObject) -> None:
    before, agenda = data.draw(agendas()), data.draw(agendas())
    last = data.draw(sessions(before))
    along = followed(agenda, last).opened.carried
    private = {key for key, field in before.answerable.items() if field.private}
    ours = joined_after(agenda, last).answerable
    kept_apart = {key for key, field in ours.items() if field.private}
    redacted = {key for key, value in last.answers.items() if value is None}
    assert {*along.answers, *along.shown} & (private | redacted) == set()
    assert along.answers.keys() & kept_apart == set()


@A_FEW
@given(st.data())
def test_what_comes_along_is_in_the_journal_whole(data: st.DataObject) -> None:
    last = data.draw(sessions(data.draw(agendas())))
    last = last.apply_all([accepted("mentor", "m"), accepted("mentee", "m")])
    opened = followed(data.draw(agendas()), last).opened
    assert decoded(json.loads(json.dumps(encoded(opened))), {}) == opened


@A_FEW
@given(st.data())
def test_an_open_clause_is_walked_before_the_agreement_is_accepted(data: st.DataObject) -> None:
    last, agenda = data.draw(sessions(data.draw(agendas()))), data.draw(agendas())
    session = followed(agenda, last)
    open_ = [
        card
        for card, prompt in last.agenda.prompts.items()
        if prompt.clause
        and not prompt.accept
        and card in last.cards
        and not is_settled(last, prompt)
        if card in session.agenda.prompts and card not in agenda.prompts
    ]
    accepting = [card for card, prompt in session.agenda.prompts.items() if prompt.accept]
    walked = list(session.cards)
    assert not open_ or agenda.accept_document
    for card in open_:
        assert card in walked
        assert all(
            walked.index(card) < walked.index(accept) for accept in accepting if accept in walked
        )


# --- The agreement


DOCUMENTS = (Document("contract.md.j2", "contract.md", accept=True),)
ACCEPTING = Prompt("agree", "Accept it?", accept=True)
HELLO = Prompt("hello", "What happened since?", record=(Field("news", "News"),))


def with_agreement(*prompts: Prompt) -> Agenda:
    """An agenda whose agreement can be accepted, in one phase."""
    return replace(agenda_of(*prompts), documents=DOCUMENTS)


def part(name: str, heading: str = "How we meet") -> Prompt:
    """A card with a part of the agreement, and the answer that it names."""
    says = Clause(heading, f"Of {name} we say {{{name}}}.")
    return Prompt(f"on-{name}", f"What of {name}?", settle=(Field(name, name),), clause=says)


RHYTHM, LIMITS, NOTES = part("rhythm"), part("limits", "What stays"), part("notes", "What stays")


def ended(
    agenda: Agenda, answers: Mapping[str, Value] | None = None, *events: Event, both: bool = False
) -> Session:
    """A finished session in which every card is done, but for those that the events tell of."""
    session = session_of(agenda).apply_all(
        answered(key, value) for key, value in (answers or {}).items()
    )
    session = session.apply_all(done(card) for card in session.cards).apply_all(events)
    return accepted_as_it_is(session).apply(closed()) if both else session.apply(closed())


def accepted_as_it_is(session: Session) -> Session:
    """Both accept the agreement as it stands."""
    agreement = BUNDLED.agreement(session)
    worded, mark = Worded(**at(0), **wording_of(session, agreement)), agreement.fingerprint
    return session.apply_all([worded, accepted("mentor", mark), accepted("mentee", mark)])


def is_accepted(session: Session) -> bool:
    return BUNDLED.agreement(session).state == "accepted"


SAID = {"rhythm": "weekly", "limits": "none", "notes": "Grace keeps them"}
WHOLE = with_agreement(RHYTHM, LIMITS, NOTES, ACCEPTING)


@st.composite
def clause_sets(draw: st.DrawFn) -> list[Prompt]:
    """A few cards of an agreement under few headings."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True))
    return [part(name, draw(st.sampled_from(["One", "Two", "For {mentee}"]))) for name in names]


@SMALL
@given(st.data())
def test_an_agreement_stands_in_the_same_words_until_something_changes(data: st.DataObject) -> None:
    """Wherever the next agendas have some of its cards, or none, and what of it is still open."""
    parts = data.draw(clause_sets())
    put_off = data.draw(st.lists(st.sampled_from(parts), unique=True))
    agenda = with_agreement(*parts, ACCEPTING)
    answers = {field.id: "x" for prompt in parts for field in prompt.fields}
    last = ended(agenda, answers, *(skipped(prompt.id) for prompt in put_off), both=True)
    session = last
    for _ in range(2):
        own = data.draw(st.permutations(parts))[: data.draw(st.integers(0, len(parts)))]
        place = data.draw(st.integers(0, len(own)))
        following = with_agreement(HELLO, *own[:place], ACCEPTING, *own[place:])
        session = followed(following, session)
        assert BUNDLED.agreement(session).text == BUNDLED.agreement(last).text
        assert is_accepted(session)


@SMALL
@given(st.data())
def test_whoever_walks_it_again_and_keeps_everything_changes_nothing(data: st.DataObject) -> None:
    parts = data.draw(clause_sets())
    answers = {field.id: "x" for prompt in parts for field in prompt.fields}
    last = ended(with_agreement(*parts, ACCEPTING), answers, both=True)
    own = data.draw(st.permutations(parts))[: data.draw(st.integers(0, len(parts)))]
    session = followed(with_agreement(HELLO, *own, ACCEPTING), last)
    for prompt in session.agenda.prompts.values():
        sheet = sheet_of(session, prompt)
        session = session.apply_all(answered(q.id, q.value) for q in sheet if q.value is not None)
        session = session.apply(done(prompt.id))
    assert BUNDLED.agreement(session).text == BUNDLED.agreement(last).text
    assert is_accepted(session)


def test_an_accepted_agreement_says_after_the_next_session_how_it_was_accepted() -> None:
    last = ended(WHOLE, SAID, both=True)
    session = followed(with_agreement(HELLO, ACCEPTING), last)
    text = BUNDLED.text(session, DOCUMENTS[0], BUNDLED.agreement(session))
    when = "24 November 2026, 15:00"
    assert f"- Ada said aloud, {when}.\n- Grace said aloud, {when}.\n" in text


def test_a_changed_term_reopens_acceptance() -> None:
    session = followed(with_agreement(HELLO, ACCEPTING), ended(WHOLE, SAID, both=True))
    session = session.apply_all([answered("rhythm", "monthly"), done("on-rhythm")])
    assert "we say monthly." in BUNDLED.agreement(session).text
    assert not is_accepted(session)


def test_a_corrected_name_reopens_acceptance() -> None:
    session = followed(with_agreement(HELLO, ACCEPTING), ended(WHOLE, SAID, both=True))
    assert not is_accepted(session.apply(Renamed(**at(0), people=People("Ada", "Bo", "mentor"))))


def test_a_card_that_the_next_agenda_words_otherwise_keeps_the_words_that_were_agreed() -> None:
    other = replace(RHYTHM, clause=Clause("How we meet", "We now meet {rhythm}."))
    last = ended(WHOLE, SAID, both=True)
    session = followed(with_agreement(other, ACCEPTING), last)
    assert BUNDLED.agreement(session).text == BUNDLED.agreement(last).text


@pytest.mark.parametrize(
    ("says", "read"), [("We tell nobody.", "New."), ("We tell all.", "We tell nobody.")]
)
def test_the_words_that_are_read_aloud_are_those_of_the_agreement(says: str, read: str) -> None:
    limits = Prompt("limits", "L?", read="We tell nobody.", clause=Clause("L", "We tell nobody."))
    last = ended(with_agreement(limits, ACCEPTING), {}, both=True)
    other = replace(limits, read="New.", clause=Clause("L", says))
    session = followed(with_agreement(other, ACCEPTING), last)
    assert session.agenda.prompts["limits"].read == read


def test_another_card_of_that_answer_is_open_until_it_is_walked() -> None:
    clause = Clause("How we meet", "We now meet {rhythm}, {place}.")
    fields = (Field("rhythm", "Rhythm"), Field("place", "Place"))
    other = Prompt("other", "How?", settle=fields, clause=clause)
    session = followed(with_agreement(other, ACCEPTING), ended(WHOLE, SAID, both=True))
    states = [(clause.heading, clause.state) for clause in clauses_of(session)]
    assert states == [
        ("How we meet", "settled"),
        ("How we meet", "open"),
        ("What stays", "settled"),
        ("What stays", "settled"),
    ]
    assert [question.value for question in sheet_of(session, other)] == ["weekly", None]
    assert is_accepted(session)
    walked = session.apply_all([answered("place", "by video"), done("other")])
    assert clauses_of(walked)[1].text == "We now meet weekly, by video."
    assert not is_accepted(walked)


@pytest.mark.parametrize(
    "needs",
    [
        Prompt("needs", "N?", clause=Clause("More", "And {more}.")),
        Prompt("needs", "N?", again=("more",)),
        Prompt("needs", "N?", settle=(Field("n", "N", when=(Condition("more", ("x",)),)),)),
    ],
    ids=["a clause", "again", "a condition"],
)
def test_a_card_keeps_its_own_words_where_something_else_needs_them(needs: Prompt) -> None:
    """Or the agenda beside the journal could not be read again."""
    more = replace(RHYTHM, settle=(*RHYTHM.settle, Field("more", "More")))
    agenda = with_agreement(more, needs, ACCEPTING)
    ours = joined_after(agenda, ended(WHOLE, SAID))
    assert (ours.prompts["on-rhythm"], read_again(ours)) == (more, ours)


def test_a_card_keeps_the_fields_that_make_the_next_meeting() -> None:
    more = replace(RHYTHM, settle=(*RHYTHM.settle, Field("day", "Day", "date")))
    agenda = replace(with_agreement(more, ACCEPTING), meeting=Meeting("day"))
    ours = joined_after(agenda, ended(WHOLE, SAID))
    assert (ours.prompts["on-rhythm"], read_again(ours)) == (more, ours)


def test_what_was_open_is_settled_once_it_was_walked() -> None:
    last = ended(WHOLE, SAID, skipped("on-limits"))
    session = followed(with_agreement(HELLO, ACCEPTING), last)
    assert list(session.cards) == ["hello", "on-limits", "agree"]
    session = session.apply_all([answered("limits", "none"), done("on-limits")])
    assert [clause.text for clause in clauses_of(session)] == [
        "Of rhythm we say weekly.",
        "Of limits we say none.",
        "Of notes we say Grace keeps them.",
    ]


def test_what_stands_open_says_again_what_holds_meanwhile() -> None:
    clause = Clause("What stays", "Of limits we say {limits}.", "Nothing is told to {contact}.")
    agenda = replace(
        with_agreement(replace(LIMITS, clause=clause), ACCEPTING), contact=Contact("the office")
    )
    session = followed(with_agreement(HELLO, ACCEPTING), ended(agenda, {}, skipped("on-limits")))
    assert [told.meanwhile for told in clauses_of(session)] == ["Nothing is told to the office."]


def test_settled_clauses_can_be_pulled_in_and_changed() -> None:
    session = followed(with_agreement(HELLO, ACCEPTING), ended(WHOLE, SAID))
    assert set(session.extras()) == {"on-rhythm", "on-limits", "on-notes"}
    session = session.apply(Pulled(**at(0), prompt="on-rhythm"))
    assert [question.value for question in sheet_of(session, RHYTHM)] == ["weekly"]


def test_a_clause_that_was_pulled_in_and_left_open_is_walked_next_time() -> None:
    agenda = with_agreement(HELLO, replace(LIMITS, extra=True, at_least=90), ACCEPTING)
    last = ended(agenda, {}, Pulled(**at(0), prompt="on-limits"), skipped("on-limits"))
    session = followed(with_agreement(HELLO, ACCEPTING), last)
    assert list(session.cards) == ["hello", "on-limits", "agree"]


def test_a_clause_that_nobody_saw_is_neither_settled_nor_open_next_time() -> None:
    last = ended(with_agreement(HELLO, replace(LIMITS, extra=True), ACCEPTING))
    session = followed(with_agreement(ACCEPTING), last)
    assert (clauses_of(session), session.extras()) == ((), ("hello", "on-limits")[1:])


def test_where_nothing_is_accepted_no_agreement_comes_along() -> None:
    last = ended(WHOLE, SAID, skipped("on-limits"))
    session = followed(agenda_of(HELLO), last)
    assert (session.cards, session.extras(), clauses_of(session)) == (("hello",), (), ())


def test_new_clauses_stand_behind_those_of_their_heading_or_at_the_end() -> None:
    more, new = part("more"), part("new", "New")
    last = ended(WHOLE, SAID)
    session = followed(with_agreement(new, more, ACCEPTING), last)
    session = session.apply_all([done("on-new"), done("on-more")])
    assert [prompt.missing or prompt.text for prompt in clauses_of(session)] == [
        "Of rhythm we say weekly.",
        ("more",),
        "Of limits we say none.",
        "Of notes we say Grace keeps them.",
        ("new",),
    ]


def test_what_was_talked_over_off_the_record_is_still_open() -> None:
    hushed = (OffTheRecord(**at(0), off=True), skipped("on-limits"), done("on-limits"))
    last = ended(WHOLE, SAID, *hushed)
    assert "on-limits" in followed(with_agreement(HELLO, ACCEPTING), last).cards


def test_a_review_shows_what_comes_along_into_the_agreement() -> None:
    session = followed(with_agreement(HELLO, ACCEPTING), ended(WHOLE, SAID, skipped("on-limits")))
    assert [(question.id, question.value) for question in review_of(session)] == [
        ("rhythm", "weekly"),
        ("notes", "Grace keeps them"),
    ]


def test_a_line_that_is_struck_from_it_is_open_again_and_nowhere_in_the_journal() -> None:
    session = followed(with_agreement(HELLO, ACCEPTING), ended(WHOLE, SAID, both=True))
    journal = MemoryJournal()
    journal.append(session.opened)
    journal.redact(Struck(**at(0), field="rhythm"))
    again = replayed(session.agenda, journal.events, THREE_O_CLOCK)
    told = json.dumps([encoded(event) for event in journal.events])
    assert again == session.apply(Struck(**at(0), field="rhythm"))
    assert ("weekly" in told, "none" in told) == (False, True)
    assert clauses_of(again)[0].state == "open"
    assert not is_accepted(again)


# --- Conditions


OFTEN = Field("often", "How often", "select", choices=(Choice("weekly"), Choice("as needed")))
ASKS = Field("asks", "Who asks", when=(Condition("often", ("as needed",)),))
WHO = Prompt(
    "who", "Who?", settle=(OFTEN, ASKS), clause=Clause("Rhythm", "We meet {often}. {asks} asks.")
)


def test_a_field_is_asked_by_an_answer_that_came_along() -> None:
    last = ended(with_agreement(WHO, ACCEPTING), {"often": "as needed", "asks": "Grace"})
    session = followed(with_agreement(WHO, ACCEPTING), last)
    assert [question.id for question in sheet_of(session, WHO)] == ["often", "asks"]
    session = session.apply_all([answered("often", "weekly"), done("who")])
    assert [question.id for question in sheet_of(session, WHO)] == ["often"]
    assert clauses_of(session)[0].text == "We meet weekly."


def test_an_answer_on_which_a_sentence_depends_comes_along_for_ever() -> None:
    """Even where no sentence of the agreement names it."""
    clause = Clause("Rhythm", "We meet. {asks} asks.")
    agenda = with_agreement(replace(WHO, clause=clause), ACCEPTING)
    session = ended(agenda, {"often": "as needed", "asks": "Grace"}, both=True)
    for _ in range(3):
        session = followed(with_agreement(HELLO, ACCEPTING), session)
        assert (clauses_of(session)[0].text, is_accepted(session)) == (
            "We meet. Grace asks.",
            True,
        )


def test_an_earlier_answer_that_nobody_gave_again_asks_nothing() -> None:
    went = Field("went", "Did it go well?", "confirm")
    why = Field("why", "What was in the way?", when=(Condition("went", ("no",)),))
    agenda = agenda_of(Prompt("step", "How did it go?", record=(went, why)))
    last = ended(agenda, {"went": False, "why": "time"})
    session = followed(agenda, last)
    prompt = agenda.prompts["step"]
    assert [question.id for question in asked_of(session, prompt)] == ["went"]
    session = session.apply(answered("went", value=False))
    assert [question.id for question in asked_of(session, prompt)] == ["went", "why"]


# --- Ids that are taken, and names that nothing stands for


def test_a_card_whose_id_is_taken_comes_along_under_another() -> None:
    rules = Phase("on-limits", "Rules", "Rules", (ACCEPTING,))
    agenda = replace(agenda_in_phases(rules), documents=DOCUMENTS)
    last = ended(WHOLE, SAID, both=True)
    session = followed(agenda, last)
    assert list(session.agenda.prompts) == ["on-rhythm", "on-limits-2", "on-notes", "agree"]
    assert clauses_of(session) == clauses_of(last)
    assert is_accepted(session)


@pytest.mark.parametrize("asks", [Field("news", "News"), *LIMITS.fields], ids=["other", "same"])
def test_a_card_without_a_clause_is_no_part_of_the_agreement(asks: Field) -> None:
    """It asks what it asks, and the agreed card of its id comes along under another."""
    own = Prompt("on-limits", "How was it?", record=(asks,))
    last = ended(WHOLE, SAID, both=True)
    session = followed(with_agreement(own, ACCEPTING), last)
    assert session.agenda.prompts["on-limits"] == own
    assert session.agenda.prompts["on-limits-2"].clause == LIMITS.clause
    assert (clauses_of(session), is_accepted(session)) == (clauses_of(last), True)


def test_a_clause_that_was_renamed_once_is_the_same_one_ever_after() -> None:
    rules = replace(
        agenda_in_phases(Phase("on-limits", "Rules", "Rules", (ACCEPTING,))), documents=DOCUMENTS
    )
    first = ended(WHOLE, SAID, both=True)
    second = followed(rules, first).apply(closed())
    third = followed(WHOLE, first, second)
    assert list(third.agenda.prompts) == ["on-rhythm", "on-limits", "on-notes", "agree"]
    assert (clauses_of(third), is_accepted(third)) == (clauses_of(first), True)


LIMITED = "Of limits we say none."


def test_a_field_that_is_asked_already_is_not_asked_twice() -> None:
    own = Prompt("own", "Own?", record=(Field("limits", "Limits"), Field("more", "More")))
    session = followed(with_agreement(own, ACCEPTING), ended(WHOLE, SAID))
    assert session.agenda.prompts["on-limits"].fields == ()
    assert LIMITED in [clause.text for clause in clauses_of(session)]
    changed = session.apply(answered("limits", "some"))
    assert "Of limits we say some." in [clause.text for clause in clauses_of(changed)]


@pytest.mark.parametrize("where", ["another type", "private", "step", "prepare"])
def test_a_field_whose_id_means_something_else_is_renamed(where: str) -> None:
    field = Field("limits", "Limits", "number" if where == "another type" else "text")
    field = replace(field, private=where == "private", step=where == "step")
    own = Prompt("own", "Own?", record=() if where == "prepare" else (field, Field("o", "O")))
    agenda = with_agreement(own, ACCEPTING)
    if where == "prepare":
        agenda = replace(agenda, prepare=Prepare(mentee=(field,)))
    session = followed(agenda, ended(WHOLE, SAID))
    card = session.agenda.prompts["on-limits"]
    assert [question.id for question in sheet_of(session, card)] == ["limits_2"]
    assert LIMITED in [clause.text for clause in clauses_of(session)]
    assert read_again(session.agenda) == session.agenda
    later = followed(with_agreement(HELLO, ACCEPTING), session.apply(closed()))
    assert LIMITED in [clause.text for clause in clauses_of(later)]


def test_a_list_of_whole_sentences_is_another_field_than_a_list() -> None:
    whole = Field("ways", "Ways", "checkbox", choices=(Choice("We ask"),), as_="sentences")
    ways = Prompt("ways", "Which?", settle=(whole,), clause=Clause("Ways", "{ways}"))
    own = Prompt("own", "Own?", record=(replace(whole, as_=None), Field("o", "O")))
    last = ended(with_agreement(ways, ACCEPTING), {"ways": ("We ask",)})
    session = followed(with_agreement(own, ACCEPTING), last)
    card = session.agenda.prompts["ways"]
    assert [question.id for question in sheet_of(session, card)] == ["ways_2"]


def test_a_card_leaves_behind_the_question_what_comes_next() -> None:
    """The next agenda asks that itself, if it can be asked there."""
    kind = Field("kind", "What kind", "select", choices_from="what-follows")
    when = Prompt("when", "When?", record=(Field("day", "Day"), kind))
    agenda = replace(agenda_of(when), next=(Following("talk"),))
    joined = joined_after(agenda_of(HELLO), ended(agenda, {}, Parked(**at(0), prompt="when")))
    assert [field.id for field in joined.prompts["when"].fields] == ["day"]
    assert read_again(joined) == joined


def test_a_card_brings_the_field_of_another_card_that_it_names() -> None:
    names = Prompt("names", "N?", clause=Clause("How we meet", "We meet within {limits}."))
    asks = Prompt("asks", "A?", record=(Field("limits", "Limits"),))
    last = ended(with_agreement(asks, names, ACCEPTING), {"limits": "none"}, both=True)
    session = followed(with_agreement(HELLO, ACCEPTING), last)
    assert clauses_of(session) == clauses_of(last)
    card = session.agenda.prompts["names"]
    assert [question.value for question in sheet_of(session, card)] == ["none"]


def test_what_is_chosen_from_an_answer_that_comes_too_late_brings_a_question_of_its_own() -> None:
    ways = Prompt("ways", "W?", record=(Field("ways", "Ways", "list"),))
    way = Field("way", "Way", "select", choices_from="ways")
    chosen = Prompt("chosen", "C?", settle=(way,), clause=Clause("Our way", "We go by {way}."))
    said: dict[str, Value] = {"ways": ("bus", "bike"), "way": "bus"}
    last = ended(with_agreement(ways, chosen, ACCEPTING), said)
    session = followed(with_agreement(HELLO, ACCEPTING, ways), last)
    asked = [field.id for field in session.agenda.prompts["chosen"].fields]
    assert asked == ["ways_2", "way"]
    assert read_again(session.agenda) == session.agenda


def test_a_picture_stays_behind_where_its_name_means_something_that_it_cannot_show() -> None:
    outline = Prompt("map", "M?", record=(Field("map", "Map", "outline"),))
    look = Prompt("look", "L?", picture=Drawn("tree", "map"))
    last = ended(agenda_of(outline, look), {}, Parked(**at(0), prompt="look"))
    other = Prompt("road", "R?", record=(Field("map", "Which map"),))
    pictures = [
        joined_after(agenda_of(own), last).prompts["look"].picture for own in (outline, other)
    ]
    assert pictures == [look.picture, None]


def test_an_agreed_answer_stands_where_its_id_is_private_from_now_on() -> None:
    fields = (Field("limits", "Limits", private=True), Field("more", "More"))
    own = Prompt("own", "Own?", record=fields)
    names = Prompt("names", "N?", clause=Clause("How we meet", "Within {limits}."))
    last = ended(with_agreement(LIMITS, names, ACCEPTING), {"limits": "none"}, both=True)
    session = followed(with_agreement(own, ACCEPTING), last)
    assert session.agenda.answerable["limits"].private
    assert session.opened.carried.answers == {"limits_2": "none"}
    assert (clauses_of(session), is_accepted(session)) == (clauses_of(last), True)
    assert read_again(session.agenda) == session.agenda


def test_a_card_that_waits_for_an_answer_that_is_never_given_brings_its_own_question() -> None:
    often = replace(OFTEN, choices=(Choice("weekly"), Choice("monthly")))
    waits = Prompt("waits", "W?", settle=(ASKS,), clause=Clause("Who asks", "{asks} asks."))
    last = ended(
        with_agreement(Prompt("o", "O?", record=(OFTEN,)), waits, ACCEPTING),
        {"often": "as needed", "asks": "Grace"},
    )
    session = followed(with_agreement(Prompt("own", "O?", record=(often,)), ACCEPTING), last)
    assert [field.id for field in session.agenda.prompts["waits"].settle] == ["often_2", "asks"]
    assert [clause.text for clause in clauses_of(session)] == ["Grace asks."]
    assert read_again(session.agenda) == session.agenda


def test_an_answer_that_the_next_agenda_cannot_read_is_only_told() -> None:
    own = Prompt("own", "Own?", recall=("rhythm",), settle=(Field("rhythm", "Times", "number"),))
    along = followed(agenda_of(own), ended(WHOLE, SAID)).opened.carried
    assert (along.answers, along.shown) == ({}, {"rhythm": ShownAnswer("rhythm", "weekly")})


# --- Whose it is


def test_the_two_keep_their_roles_and_whom_to_turn_to() -> None:
    before = replace(agenda_of(HELLO), roles=Roles("Guide", "Learner"), contact=Contact("Office"))
    ours = joined_after(replace(agenda_of(HELLO), contact=Contact("Somebody else")), ended(before))
    assert (ours.roles, ours.contact) == (Roles("Guide", "Learner"), Contact("Office"))
    theirs = replace(agenda_of(HELLO), contact=Contact("Somebody else"))
    assert joined_after(theirs, ended(agenda_of(HELLO))).contact == Contact("Somebody else")


def test_where_nothing_comes_along_the_agenda_is_as_it_was() -> None:
    agenda = with_agreement(HELLO, ACCEPTING)
    assert joined_after(agenda, ended(agenda_of(HELLO))) == agenda


# --- What was kept for another day, and what is shown again


def topics(*events: Event) -> Session:
    """A session of six cards with some of them parked, or not reached."""
    cards = [Prompt(f"t{n}", f"What of {n}, {{mentee}}?") for n in range(6)]
    read = Prompt("read", "Read.", read="Lines.")
    agenda = agenda_of(*cards, read, ACCEPTING)
    return session_of(agenda).apply_all(events).apply(closed())


LOOK_BACK = Prompt("back", "What is left?", recall=("parked",))


def test_parked_and_unreached_cards_come_along_as_extras_and_are_named() -> None:
    last = topics(done("t0"), Parked(**at(0), prompt="t3"), done("t1"), skipped("t2"), done("t4"))
    session = followed(agenda_of(LOOK_BACK), last)
    assert (session.cards, session.extras()) == (("back",), ("t3", "t5"))
    assert card_of(session, LOOK_BACK).recalled == (
        Recalled("Kept for another day", "What of 3, Grace?"),
        Recalled("Kept for another day", "What of 5, Grace?"),
    )


@pytest.mark.parametrize("over", [skipped, done])
def test_a_topic_that_was_pulled_in_is_not_said_to_be_kept_any_more(
    over: Callable[[str], Event],
) -> None:
    last = topics(done("t0"), Parked(**at(0), prompt="t3"), done("t1"), skipped("t2"), done("t4"))
    session = followed(agenda_of(LOOK_BACK), last).apply(Pulled(**at(0), prompt="t3"))
    recalled = card_of(session.apply(over("t3")), LOOK_BACK).recalled
    assert recalled == (Recalled("Kept for another day", "What of 5, Grace?"),)


def test_what_was_kept_for_another_day_is_still_known_after_a_name_was_corrected() -> None:
    second = followed(agenda_of(HELLO), topics(*(done(f"t{number}") for number in range(5))))
    people = replace(second.people, mentee="Gräce")
    corrected = second.apply_all([Renamed(**at(0), people=people), done("hello"), closed()])
    third = followed(agenda_of(LOOK_BACK), corrected)
    assert third.opened.carried.topics == ("What of 5, Gräce?",)


def test_a_topic_that_was_let_go_at_the_last_look_comes_along_no_more() -> None:
    last = topics(Parked(**at(0), prompt="t3"), *(done(f"t{n}") for n in (0, 1, 2, 4)))
    second = followed(agenda_of(HELLO), last)
    asked = [(line.value, line.topic) for line in topics_of(second)]
    assert asked == [("What of 3, Grace?", "t3"), ("What of 5, Grace?", "t5")]
    left = second.apply(LetGo(**at(0), prompt="t3"))
    assert [line.topic for line in topics_of(left)] == ["t5"]
    third = followed(agenda_of(HELLO), left.apply_all([done("hello"), closed()]))
    assert third.opened.carried.topics == ("What of 5, Grace?",)


def test_no_more_topics_are_shown_than_a_card_can_hold() -> None:
    session = followed(agenda_of(LOOK_BACK), topics())
    assert (len(card_of(session, LOOK_BACK).recalled), len(session.extras())) == (4, 6)


def test_a_card_comes_along_to_the_phase_it_was_in_or_to_the_first() -> None:
    one, two = Prompt("one", "One?"), Prompt("two", "Two?")
    before = agenda_in_phases(Phase("a", "A", "A", (one,)), Phase("b", "B", "B", (two,)))
    last = session_of(before).apply(closed())
    own, other = Prompt("own", "Own?"), Prompt("other", "Other?")
    after = agenda_in_phases(Phase("c", "C", "C", (own,)), Phase("b", "B", "B", (other,)))
    ours = joined_after(after, last)
    assert [[prompt.id for prompt in phase.prompts] for phase in ours.phases] == [
        ["own", "one"],
        ["other", "two"],
    ]


def test_only_what_is_agreed_on_moves_before_the_agreement() -> None:
    before = agenda_in_phases(Phase("b", "B", "B", (Prompt("two", "Two?"),)))
    close, own = Phase("c", "C", "C", (ACCEPTING,)), Phase("b", "B", "B", (HELLO,))
    after = replace(agenda_in_phases(close, own), documents=DOCUMENTS)
    ours = joined_after(after, session_of(before).apply(closed()))
    assert [[prompt.id for prompt in phase.prompts] for phase in ours.phases] == [
        ["agree"],
        ["hello", "two"],
    ]


STEP = Field("step", "{mentee}'s step")
RECALLS = Prompt("look", "How did it go?", recall=("step", "mood"))


def test_what_was_said_last_time_is_recalled_by_its_id() -> None:
    last = ended(agenda_of(Prompt("s", "Step?", record=(STEP,))), {"step": "ask two people"})
    session = followed(agenda_of(RECALLS), last)
    assert card_of(session, RECALLS).recalled == (Recalled("Grace's step", "ask two people"),)


def test_what_each_said_last_time_is_recalled_with_a_name() -> None:
    takes = Prompt("t", "Takes?", record=(Field("step", "Step", by="each"),))
    last = ended(agenda_of(takes), {"step.mentor": "a", "step.mentee": "b"})
    session = followed(agenda_of(RECALLS), last)
    assert card_of(session, RECALLS).recalled == (
        Recalled("Ada, Step", "a"),
        Recalled("Grace, Step", "b"),
    )


def test_what_is_asked_no_more_is_not_recalled() -> None:
    """It stands in no document either."""
    asks = replace(STEP, id="step", when=(Condition("kind", ("a step",)),))
    step = Prompt("s", "Step?", record=(Field("kind", "Kind"), asks))
    last = ended(agenda_of(step, RECALLS), {"kind": "a step", "step": "old"})
    last = last.apply(answered("kind", "a thought"))
    assert card_of(last, RECALLS).recalled == ()
    assert card_of(followed(agenda_of(RECALLS), last), RECALLS).recalled == ()


def test_what_was_said_last_time_is_recalled_until_it_is_said_anew() -> None:
    again = Prompt("s", "Step?", record=(STEP,))
    late = replace(RECALLS, id="late")
    agenda = agenda_of(RECALLS, again, late)
    last = ended(agenda_of(again), {"step": "old"})
    session = followed(agenda, last).apply(answered("step", "new"))
    texts = [card_of(session, prompt).recalled[0].text for prompt in (RECALLS, late)]
    assert texts == ["old", "new"]
    assert [question.value for question in asked_of(followed(agenda, last), again)] == [None]


def test_what_the_session_before_the_last_said_is_recalled_where_the_last_did_not_ask() -> None:
    first = ended(agenda_of(Prompt("s", "Step?", record=(STEP,))), {"step": "ask two people"})
    second = followed(agenda_of(HELLO), first).apply(closed())
    third = followed(agenda_of(RECALLS), first, second)
    assert card_of(third, RECALLS).recalled == (Recalled("Grace's step", "ask two people"),)


def test_what_was_asked_today_and_left_empty_is_not_recalled_from_the_last_session() -> None:
    again = Prompt("s", "Step?", record=(STEP,))
    last = ended(agenda_of(again), {"step": "old"})
    session = followed(agenda_of(again, RECALLS), last)
    left_empty = session.marked("done", "s")
    assert [card_of(each, RECALLS).recalled for each in (session, left_empty)] == [
        (Recalled("Grace's step", "old"),),
        (),
    ]


def test_what_an_answer_of_today_rules_out_is_not_recalled_from_the_last_session() -> None:
    """It may have been about another wish."""
    kind = Prompt("k", "Which?", record=(Field("kind", "Kind"),))
    again = Prompt("s", "Step?", record=(STEP,), when=(Condition("kind", ("a step",)),))
    agenda = agenda_of(kind, again, RECALLS)
    last = ended(agenda, {"kind": "a step", "step": "old"})
    session = followed(agenda, last)
    decided = session.apply(answered("kind", "a thought"))
    assert [card_of(each, RECALLS).recalled for each in (session, decided)] == [
        (Recalled("Grace's step", "old"),),
        (),
    ]


def test_what_is_older_than_the_last_meeting_is_recalled_with_its_day() -> None:
    asks, recalls = agenda_of(Prompt("s", "Step?", record=(STEP,))), agenda_of(RECALLS)
    said = Chain().walked(asks, {"step": "ask two people"})
    right_after, later = (chain.opened(recalls) for chain in (said, said.walked(agenda_of(HELLO))))
    assert [card_of(session, RECALLS).recalled for session in (right_after, later)] == [
        (Recalled("Grace's step", "ask two people"),),
        (Recalled("Grace's step, on 24 November", "ask two people"),),
    ]


def test_who_passes_over_a_question_takes_back_nothing() -> None:
    asks = agenda_of(Prompt("s", "Step?", record=(STEP,)))
    first = ended(asks, {"step": "ask two people"})
    second = followed(asks, first).apply(closed())
    third = followed(agenda_of(RECALLS), first, second)
    assert card_of(third, RECALLS).recalled == (Recalled("Grace's step", "ask two people"),)


def test_what_was_taken_back_is_recalled_no_more() -> None:
    asks = agenda_of(Prompt("s", "Step?", record=(STEP,)))
    first = ended(asks, {"step": "ask two people"})
    second = followed(asks, first).apply_all([answered("step", None), closed()])
    assert card_of(followed(agenda_of(RECALLS), first, second), RECALLS).recalled == ()


def test_what_was_written_on_a_card_that_stays_open_comes_along_again() -> None:
    agenda = with_agreement(HELLO, ACCEPTING)
    last = ended(with_agreement(WHO, ACCEPTING), {"often": "weekly"}, skipped("who"))
    second = followed(agenda, last)
    third = followed(agenda, second.apply(closed()))
    along = [dict(session.opened.carried.answers) for session in (second, third)]
    assert along == [{"often": "weekly"}] * 2


def test_a_card_that_comes_along_may_be_dropped_when_time_runs_out() -> None:
    kept = Prompt("t", "What of it?", keep=True)
    session = followed(agenda_of(HELLO), ended(agenda_of(kept), None, Parked(**at(0), prompt="t")))
    assert not session.agenda.prompts["t"].keep


def test_a_card_that_comes_along_recalls_what_was_said_before() -> None:
    asks = Prompt("s", "Step?", record=(STEP,))
    last = ended(
        agenda_of(asks, RECALLS), {"step": "ask two people"}, Parked(**at(0), prompt="look")
    )
    session = followed(agenda_of(HELLO), last)
    assert session.extras() == ("look",)
    card = card_of(session, session.agenda.prompts["look"])
    assert card.recalled == (Recalled("Grace's step", "ask two people"),)
    assert read_again(session.agenda) == session.agenda


def test_a_card_that_comes_along_recalls_nothing_that_looks_misspelt() -> None:
    asks = Prompt("s", "Step?", record=(STEP,))
    last = ended(agenda_of(asks, RECALLS), {"step": "x"}, Parked(**at(0), prompt="look"))
    own = Prompt("own", "Own?", record=(Field("steps", "Steps"),))
    ours = joined_after(agenda_of(own), last)
    assert (ours.prompts["look"].recall, read_again(ours)) == (("mood",), ours)


def test_an_answer_is_opened_again_where_the_next_agenda_says_so() -> None:
    asks = Prompt("s", "Step?", record=(STEP,))
    again = Prompt("again", "Still right?", again=("step",))
    session = followed(agenda_of(again, asks), ended(agenda_of(asks), {"step": "ask two people"}))
    assert [(q.id, q.value) for q in asked_of(session, again)] == [("step", "ask two people")]


# --- Journals


def test_a_session_that_follows_none_has_nothing_of_it_in_its_journal() -> None:
    assert "carried" not in encoded(session_of(agenda_of(HELLO)).opened)


def test_a_journal_from_before_there_was_anything_to_carry_is_read() -> None:
    record = encoded(session_of(agenda_of(HELLO)).opened)
    opened = decoded(json.loads(json.dumps(record)), {})
    assert isinstance(opened, Opened)
    assert opened.carried == CarryOver()
