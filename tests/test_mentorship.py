"""The mentorship: what stands between two people after all their sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import agenda_in_phases, agenda_of, examples
from support.chains import Chain, accepted_by_both, then
from support.sample_sessions import BUNDLED

from mentorwalk.documents import Renderer
from mentorwalk.domain.agenda import Agenda, Clause, Phase, Prompt
from mentorwalk.domain.agreement_text import fingerprint_of
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.events import Accepted, Answered, Closed, Done, Renamed, Skipped, Struck
from mentorwalk.domain.fields import Condition, Field
from mentorwalk.domain.meeting import NextMeeting
from mentorwalk.domain.outcomes import Document, Meeting
from mentorwalk.domain.people import People
from mentorwalk.domain.topics import TOPIC_LIMIT

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from mentorwalk.domain.course import Mark
    from mentorwalk.domain.events import Event

pytestmark = pytest.mark.portable

ACCEPTING = Prompt("agree", "Accept it?", accept=True)
HELLO = Prompt("hello", "What happened?", record=(Field("news", "News"),))
PURPOSE = Prompt("purpose", "Why are you here?", record=(Field("purpose", "Purpose"),))
AGAIN = Prompt("still", "Still so?", again=("purpose",))


def part(name: str) -> Prompt:
    """A card with a part of the agreement."""
    says = Clause("What we promise", f"Of {name} we say {{{name}}}.")
    return Prompt(f"on-{name}", f"What of {name}?", settle=(Field(name, name),), clause=says)


PARTS = [part(name) for name in "abc"]


def with_agreement(*prompts: Prompt, phase: str = "only") -> Agenda:
    """An agenda whose agreement can be accepted."""
    agenda = agenda_in_phases(Phase(phase, "All of it", "All", (*prompts, ACCEPTING)))
    return replace(agenda, documents=(Document("contract.md.j2", "contract.md", accept=True),))


SETTLED = Chain().walked(
    with_agreement(*PARTS, PURPOSE),
    {"a": "one", "b": "two", "c": "three", "purpose": "to lead"},
    both=True,
)
MARK = fingerprint_of(BUNDLED.agreement(SETTLED.last).text)
FOREIGN = st.sampled_from(
    [
        agenda_of(HELLO),
        agenda_of(AGAIN, HELLO),
        agenda_of(PURPOSE),
        agenda_of(part("a"), HELLO),
        agenda_of(Prompt("asks", "A?", record=(Field("b", "Another b"),))),
        with_agreement(HELLO),
        with_agreement(PARTS[1], HELLO),
        with_agreement(HELLO, phase="on-a"),
        with_agreement(
            Prompt(
                "own",
                "Own?",
                record=(
                    Field("wish", "A wish?", "confirm"),
                    Field("c", "The same c", when=(Condition("wish", ("yes",)),)),
                ),
            )
        ),
        with_agreement(
            Prompt("own", "Own?", record=(Field("b", "Other", "number"), Field("d", "D")))
        ),
        with_agreement(
            Prompt("own", "Own?", record=(Field("a", "Other", "number"), Field("d", "D"))),
            phase="on-a",
        ),
        with_agreement(Prompt("own", "Own?", record=(Field("c", "The same c"), Field("d", "D")))),
        with_agreement(replace(PARTS[0], clause=Clause("New", "New words: {a}."))),
        with_agreement(Prompt("on-a", "A phase?"), Prompt("a-2", "Two?")),
        with_agreement(part("new")),
    ]
)
"""What may lie between: tools, ordinary meetings, and agreements of any shape."""
MARKS: list[Mark | None] = ["done", "talked", "skipped", "parked", "dropped", None]
A_FEW = settings(deadline=None, max_examples=examples(0.6))


@pytest.mark.slow
@A_FEW
@given(st.data())
def test_nothing_is_lost_by_silence(data: st.DataObject) -> None:
    """Through any sessions in which nobody says anything new, however they end their cards."""
    chain = SETTLED
    for _ in range(data.draw(st.integers(1, 3))):
        before, session = chain.mentorship, chain.opened(agenda := data.draw(FOREIGN))
        if session.agenda.accept_document:
            agreement = BUNDLED.agreement(session)
            assert (agreement.fingerprint, agreement.state) == (MARK, "accepted")
        marks = {card: data.draw(st.sampled_from(MARKS)) for card in session.cards}
        chain = chain.walked(agenda, marks=marks)
        now = chain.mentorship
        assert {key: now.said[key] for key in before.said} == before.said
        settled = [each for each in before.clauses if each.state == "settled"]
        still = [each for each in now.clauses if each.state == "settled"]
        assert [(each.text, each.since) for each in still][: len(settled)] == [
            (each.text, each.since) for each in settled
        ]
        assert now.worded == before.worded
        assert now.accepted == before.accepted
        talked = {
            session.agenda.prompts[k].ask for k, m in marks.items() if m in ("done", "talked")
        }
        assert {topic.ask for topic in now.topics} >= {
            topic.ask for topic in before.topics
        } - talked


def text_of(chain: Chain, agenda: Agenda) -> str:
    """The agreement as it stands when the next session opens."""
    return BUNDLED.agreement(chain.opened(agenda)).text


# --- The agreement


def test_an_answer_of_a_clause_given_where_nothing_is_accepted_leaves_the_agreement_alone() -> None:
    """It moves the answer: whoever accepts next sees the sentence that changed."""
    chain = SETTLED.walked(agenda_of(part("a"), HELLO), {"a": "four"})
    after = chain.mentorship
    assert (after.worded, after.clauses[0].text) == (SETTLED.mentorship.worded, "Of a we say one.")
    assert [word.words for word in after.said["a"]] == ["one", "four"]
    agreement = BUNDLED.agreement(chain.opened(with_agreement()))
    assert ("Of a we say four." in agreement.text, agreement.state) == (True, "draft")


@pytest.mark.parametrize(
    ("heading", "title", "stays"),
    [
        (
            "What we promise",
            "What we said about our agreement",
            " The agreement itself stays as it is.",
        ),
        ("Our notes", "What we agreed", ""),
    ],
)
def test_a_summary_calls_nothing_agreed_that_leaves_the_agreement_alone(
    heading: str, title: str, stays: str
) -> None:
    summary = Document("summary.md.j2", "summary.md")
    card = replace(part("a"), clause=Clause(heading, "Of a we say {a}."))
    agenda = replace(agenda_of(card), documents=(summary,))
    session = SETTLED.walked(agenda, {"a": "four"}).last
    renderer = replace(BUNDLED, earlier=SETTLED.mentorship.sessions)
    said = f"## {title}\n\nOf a we say four.{stays}\n"
    assert said in renderer.text(session, summary, renderer.agreement(session))


def test_a_clause_of_a_session_in_which_nothing_can_be_accepted_is_no_part_of_it() -> None:
    """Such as what the two say at their closing about their notes."""
    chain = SETTLED.walked(agenda_of(part("new")), {"new": "more"})
    assert fingerprint_of(text_of(chain, with_agreement())) == MARK


def test_a_new_clause_that_nobody_settled_does_not_touch_an_accepted_text() -> None:
    chain = SETTLED.walked(with_agreement(part("new")), marks={"on-new": "skipped"})
    assert fingerprint_of(text_of(chain, with_agreement())) == MARK
    settled = SETTLED.walked(with_agreement(part("new")), {"new": "more"})
    assert "Of new we say more." in text_of(settled, with_agreement())


def test_an_accepted_text_stands_whatever_a_template_makes_of_it_now(tmp_path: Path) -> None:
    (tmp_path / "contract.md.j2").write_text("Other words.", encoding="utf-8")
    session, other = SETTLED.opened(with_agreement(HELLO)), Renderer((tmp_path,))
    assert other.agreement(session).fingerprint == MARK
    changed = then(session, Answered, field="a", value="four")
    assert other.agreement(changed).text == "Other words.\n"


NAMES_PURPOSE = (
    "Here for: {{ answers.get('purpose') }}.{% for c in clauses %} {{ c.text }}{% endfor %}"
)


def naming_purpose(folder: Path) -> tuple[Renderer, Chain]:
    """Return a renderer whose agreement names an answer outside of clauses, and who accepted it."""
    (folder / "contract.md.j2").write_text(NAMES_PURPOSE, encoding="utf-8")
    own = Renderer((folder,))
    draft = Chain().walked(with_agreement(part("a"), PURPOSE), {"a": "one", "purpose": "to lead"})
    return own, Chain((accepted_by_both(draft.last, own),))


@pytest.mark.parametrize(
    ("said", "text", "state"),
    [
        ({}, "Here for: to lead. Of a we say one.\n", "accepted"),
        ({"purpose": "to lead"}, "Here for: to lead. Of a we say one.\n", "accepted"),
        ({"purpose": "to rest"}, "Here for: to rest. Of a we say one.\n", "draft"),
        ({"purpose": None}, "Here for: . Of a we say one.\n", "draft"),
        ({"a": "two"}, "Here for: to lead. Of a we say two.\n", "draft"),
    ],
)
def test_an_answer_that_the_template_names_opens_the_agreement_when_it_changes(
    said: dict[str, str | None], text: str, state: str, tmp_path: Path
) -> None:
    own, chain = naming_purpose(tmp_path)
    session = chain.opened(with_agreement(part("a"), AGAIN, PURPOSE))
    for key, value in said.items():
        session = then(session, Answered, field=key, value=value)
    agreement = own.agreement(session)
    assert (agreement.text, agreement.state) == (text, state)


def test_an_answer_that_the_template_names_may_change_where_nothing_is_accepted(
    tmp_path: Path,
) -> None:
    own, chain = naming_purpose(tmp_path)
    still = chain.walked(agenda_of(PURPOSE), {"purpose": "to lead"})
    other = chain.walked(agenda_of(PURPOSE), {"purpose": "to rest"})
    states = [own.agreement(each.opened(with_agreement(HELLO))).state for each in (still, other)]
    assert states == ["accepted", "draft"]


def test_a_clause_whose_field_was_renamed_once_is_the_same_one_ever_after() -> None:
    """Though the card has another id, another field and other words then."""
    own = Prompt("own", "Own?", record=(Field("a", "Number", "number"), Field("d", "D")))
    agenda = with_agreement(own, phase="on-a")
    chain = SETTLED.walked(agenda, {"a": 3, "d": "x"}).walked(agenda, {"a": 4, "d": "y"})
    assert [clause.text for clause in chain.mentorship.clauses] == [
        "Of a we say one.",
        "Of b we say two.",
        "Of c we say three.",
    ]
    for following in (agenda, with_agreement(), with_agreement(*PARTS)):
        assert fingerprint_of(text_of(chain, following)) == MARK


A, B = PARTS[0], PARTS[1]
OTHER = replace(A, settle=(Field("d", "D"),), clause=Clause("Also", "Also {d}."))


@pytest.mark.parametrize(
    "cards",
    [
        [replace(A, id="on-b")],
        [replace(A, id="on-b"), replace(B, id="on-a")],
        [replace(A, id="on-b", clause=Clause("New", "New words: {a}."))],
        [OTHER, Prompt("asks", "A?", record=(Field("a", "a"), Field("e", "E")))],
    ],
    ids=["its words", "each other's words", "its fields", "neither"],
)
def test_a_card_with_the_id_of_one_clause_may_be_another(cards: list[Prompt]) -> None:
    """The page of the mentorship tells them apart as the agreement does."""
    chain = SETTLED.walked(with_agreement(*cards), {"a": "four"}, both=True)
    kept = [(each.heading, each.text) for each in chain.mentorship.clauses]
    assert kept == [(each.heading, each.text) for each in clauses_of(chain.last)]
    earlier = [[before.text for before in each.earlier] for each in chain.mentorship.clauses]
    assert earlier[:3] == [["Of a we say one."], [], []]


def test_a_corrected_name_opens_the_agreement_again() -> None:
    people = People("Ada", "Gräce", "mentor")
    renamed = then(SETTLED.opened(agenda_of(HELLO)), Renamed, people=people)
    agreement = BUNDLED.agreement(SETTLED.with_session(renamed).opened(with_agreement(), people))
    assert (agreement.state, agreement.accepted, "Gräce" in agreement.text) == ("draft", {}, True)


def test_who_took_it_back_in_a_later_session_has_not_accepted() -> None:
    session = SETTLED.opened(with_agreement())
    session = then(session, Accepted, role="mentee", how="took it back", fingerprint="")
    assert list(SETTLED.with_session(session).mentorship.accepted) == ["mentor"]


def test_who_accepts_an_earlier_session_later_has_accepted_for_the_mentorship() -> None:
    draft = Chain().walked(with_agreement(*PARTS), {"a": "one", "b": "two", "c": "three"})
    both = draft.walked(agenda_of(HELLO)).walked(with_agreement(HELLO))
    first, *rest = both.sessions
    late = Chain((accepted_by_both(first), *rest))
    assert BUNDLED.agreement(both.opened(with_agreement())).state == "draft"
    assert BUNDLED.agreement(late.opened(with_agreement())).state == "accepted"


def test_a_late_yes_to_an_earlier_text_does_not_displace_the_one_that_both_accepted_since() -> None:
    first = Chain().walked(with_agreement(*PARTS), {"a": "one", "b": "two", "c": "three"})
    newer = first.walked(with_agreement(*PARTS), {"a": "four"}, both=True)
    slow = replace(first.last, last=replace(first.last.last, at=newer.last.last.at))
    late = Chain((accepted_by_both(slow), newer.last)).mentorship
    assert (late.accepted, late.worded) == (newer.mentorship.accepted, newer.mentorship.worded)
    assert late.wordings == newer.mentorship.wordings


def test_a_newer_text_that_not_both_accepted_does_not_keep_a_late_yes_from_counting() -> None:
    first = Chain().walked(with_agreement(*PARTS), {"a": "one", "b": "two", "c": "three"})
    newer = first.walked(with_agreement(*PARTS), {"a": "four"})
    slow = replace(first.last, last=replace(first.last.last, at=newer.last.last.at))
    late = Chain((accepted_by_both(slow), newer.last)).mentorship
    assert late.accepted == late.sessions["talk-0"].accepted


def test_what_a_chain_lost_before_there_were_mentorships_comes_back() -> None:
    """A session that followed only the last one kept one clause of three."""
    between = SETTLED.walked(agenda_of(HELLO))
    alone = Chain().walked(with_agreement(PARTS[0]), {"a": "one"}).last
    chain = Chain((*between.sessions, replace(alone, opened=between.last.opened)))
    assert clauses_of(chain.opened(with_agreement())) == clauses_of(SETTLED.last)


# --- What was said


def test_what_was_said_is_known_with_the_day_since_when_and_what_it_was_before() -> None:
    chain = SETTLED.walked(agenda_of(AGAIN, PURPOSE), {"purpose": "to hand over"})
    chain = chain.walked(agenda_of(AGAIN, PURPOSE), {"purpose": "to hand over"})
    assert [(word.words, word.day) for word in chain.mentorship.said["purpose"]] == [
        ("to lead", date(2026, 11, 24)),
        ("to hand over", date(2026, 12, 1)),
    ]


def test_what_was_taken_back_is_empty_and_still_history() -> None:
    chain = SETTLED.walked(agenda_of(AGAIN, PURPOSE), {"purpose": None})
    assert chain.mentorship.word("purpose") is None
    assert [word.words for word in chain.mentorship.said["purpose"]] == ["to lead", ""]


def test_what_was_struck_later_was_never_said() -> None:
    """Not even where a session that followed had a copy of it."""
    copied = SETTLED.walked(agenda_of(AGAIN, PURPOSE))
    struck = then(copied.opened(agenda_of(AGAIN, PURPOSE)), Struck, field="purpose")
    after = copied.with_session(struck).mentorship
    assert "purpose" not in after.said
    assert after.worded == SETTLED.mentorship.worded


def test_an_item_that_was_struck_later_was_never_said_and_the_others_were() -> None:
    own = agenda_of(Prompt("own", "Own?", record=(Field("goals", "Goals", "list"),)))
    chain = Chain().walked(own, {"goals": ("Run", "Rest")})
    chain = chain.walked(own, {"goals": ("Run", "Rest", "Read")})
    said = then(chain.opened(own), Answered, field="goals", value=("Run", "Rest", "Read"))
    words = frozenset(["run"])
    struck = then(said, Struck, field="goals", place="0/3", words=words)
    after = chain.with_session(struck).mentorship
    assert [(word.words, word.day) for word in after.said["goals"]] == [
        ("Rest", date(2026, 11, 24)),
        ("Rest and Read", date(2026, 12, 1)),
    ]


def test_of_a_list_that_came_along_the_other_lines_stand_when_one_is_struck() -> None:
    says = Clause("What we keep to", "We keep to {rules}.")
    card = Prompt("keep", "What?", settle=(Field("rules", "Rules", "list"),), clause=says)
    chain = Chain().walked(with_agreement(card), {"rules": ("time", "turns", "trust")}, both=True)
    opened = chain.opened(with_agreement())
    struck = then(opened, Struck, field="rules", place="1/3", words=frozenset(["turns"]))
    assert "We keep to time and trust." in BUNDLED.agreement(struck).text
    (clause,) = chain.with_session(struck).mentorship.clauses
    assert clause.text == "We keep to time and trust."


def test_a_struck_item_that_is_new_leaves_what_was_said_before_as_it_was() -> None:
    own = agenda_of(Prompt("own", "Own?", record=(Field("goals", "Goals", "list"),)))
    chain = Chain().walked(own, {"goals": ("Run",)})
    said = then(chain.opened(own), Answered, field="goals", value=("Run", "Rest"))
    struck = then(said, Struck, field="goals", place="1/2", words=frozenset(["rest"]))
    after = chain.with_session(struck).mentorship
    assert [(word.words, word.day) for word in after.said["goals"]] == [("Run", date(2026, 11, 24))]


def test_a_strike_takes_a_text_along_that_holds_the_answer() -> None:
    session = then(SETTLED.opened(with_agreement()), Struck, field="a")
    assert session.worded
    assert session.worded.text == ""
    after = SETTLED.with_session(session)
    assert after.mentorship.worded is None
    assert "one" not in text_of(after, with_agreement())


def test_a_strike_takes_the_contact_along_where_another_card_names_them() -> None:
    who = Prompt("who", "Whom do you turn to?", record=(Field("person", "Who"),))
    says = Clause("Who helps", "If we get stuck, we ask {contact}.")
    stuck = Prompt("stuck", "And if you get stuck?", clause=says)
    agenda = replace(with_agreement(who, stuck), contact=Contact("our team", named_by="person"))
    before = Chain().walked(agenda, {"person": "Zed"}, both=True)
    assert before.mentorship.clauses[0].text == "If we get stuck, we ask Zed."
    after = before.with_session(then(before.opened(agenda), Struck, field="person"))
    (clause,) = after.mentorship.clauses
    assert (clause.text, clause.earlier) == ("If we get stuck, we ask our team.", ())


def test_a_text_of_before_a_strike_is_known_no_more_though_it_is_accepted_later() -> None:
    first = Chain().walked(with_agreement(*PARTS), {"a": "one", "b": "two", "c": "three"})
    struck = then(first.opened(with_agreement()), Struck, field="a")
    late = replace(first.last, last=struck.last)
    after = Chain((accepted_by_both(late), then(struck, Closed)))
    assert after.mentorship.worded is None
    assert after.mentorship.wordings == ()


def test_a_strike_reaches_what_had_another_id_before() -> None:
    other = Prompt("own", "Own?", record=(Field("a", "Number", "number"), Field("d", "D")))
    session = SETTLED.opened(with_agreement(other))
    assert session.opened.carried.renamed == {"a_2": "a"}
    struck = then(session, Struck, field="a_2")
    assert struck.worded
    assert struck.worded.text == ""
    after = SETTLED.with_session(struck)
    assert (after.mentorship.word("a"), after.mentorship.worded) == (None, None)
    assert "one" not in text_of(after, with_agreement())


def test_of_two_sessions_the_one_in_which_it_was_written_later_has_the_last_word() -> None:
    """Though it was opened first: it was closed last."""
    early, late = SETTLED.opened(agenda_of(PURPOSE)), SETTLED.walked(agenda_of(HELLO))
    later = late.walked(agenda_of(PURPOSE), {"purpose": "to hand over"})
    slow = replace(early, last=replace(early.last, at=later.last.last.at))
    slow = then(slow, Answered, field="purpose", value="to listen")
    chain = Chain((SETTLED.last, slow, *later.sessions[1:]))
    assert [word.words for word in chain.mentorship.said["purpose"]] == [
        "to lead",
        "to hand over",
        "to listen",
    ]


def with_two_at_once(kind: type[Event], **payload: Any) -> Chain:
    """A chain in which two sessions went on at once: the second one keeps what the first changes.

    The second one changes something else, and both accept it.
    """
    agenda = with_agreement(*PARTS, HELLO)
    first = then(SETTLED.opened(agenda), kind, **payload)
    first = reduce(lambda session, card: then(session, Done, prompt=card), first.cards, first)
    kept = {"news": "none", "b": "four", "a": "one", "c": "three"}
    second = SETTLED.walked(agenda, kept, both=True).last
    return Chain((SETTLED.last, then(first, Closed), second))


def test_what_a_session_only_kept_stays_struck_in_another() -> None:
    now = with_two_at_once(Struck, field="a").mentorship
    assert now.word("a") is None
    assert [each.text for each in now.clauses if each.state == "settled"] == [
        "",
        "Of b we say four.",
        "Of c we say three.",
    ]
    assert now.worded is None


def test_what_a_session_only_kept_is_no_change_of_what_another_said() -> None:
    now = with_two_at_once(Answered, field="a", value="five").mentorship
    assert [word.words for word in now.said["a"]] == ["one", "five"]
    assert [each.text for each in now.clauses] == [
        "Of a we say five.",
        "Of b we say four.",
        "Of c we say three.",
    ]


def test_what_a_follower_took_along_stays_when_the_session_before_is_gone() -> None:
    chain = SETTLED.walked(with_agreement(AGAIN, PURPOSE))
    alone = Chain(chain.sessions[1:])
    word = alone.mentorship.word("purpose")
    assert word
    assert (word.words, word.day, word.until) == ("to lead", date(2026, 12, 1), True)
    assert text_of(alone, with_agreement()) == BUNDLED.agreement(SETTLED.last).text


# --- Topics and meetings


def test_a_topic_is_kept_until_it_is_talked_about_or_pulled_in_and_left_out() -> None:
    chain = SETTLED.walked(agenda_of(HELLO), marks={"hello": "parked"}).walked(agenda_of(PURPOSE))
    assert [(topic.ask, topic.day) for topic in chain.mentorship.topics] == [
        ("What happened?", date(2026, 12, 1))
    ]
    pulled = chain.opened(agenda_of(PURPOSE))
    assert pulled.extras() == ("hello",)
    for end in (Done, Skipped):
        over = chain.with_session(then(replace(pulled, cards=("hello",)), end, prompt="hello"))
        assert over.mentorship.topics == ()


def test_no_more_topics_are_kept_than_twenty_the_newest() -> None:
    chain = SETTLED
    for number in range(3):
        cards = [Prompt(f"t{number}-{card}", f"What of {number}, {card}?") for card in range(9)]
        chain = chain.walked(agenda_of(*cards), marks={card.id: "parked" for card in cards})
    topics = chain.mentorship.topics
    assert (len(topics), topics[0].ask, topics[-1].ask) == (
        TOPIC_LIMIT,
        "What of 2, 0?",
        "What of 0, 1?",
    )
    assert len(chain.mentorship.topics_let_go) == 7


def test_a_mentorship_knows_its_meetings() -> None:
    chain = SETTLED.walked(agenda_of(HELLO))
    assert [(each.folder, each.day, each.title) for each in chain.mentorship.meetings] == [
        ("talk-0", date(2026, 11, 24), "A talk"),
        ("talk-1", date(2026, 12, 1), "A talk"),
    ]


def test_a_meeting_that_is_noted_later_stands_on_its_day_and_moves_no_other() -> None:
    meets = agenda_of(Prompt("next", "When?", record=(Field("day", "Day", "date"),)))
    meets = replace(meets, meeting=Meeting(date="day"))
    agreed = SETTLED.walked(meets, {"day": "2026-12-10"}).noted(meets, date(2026, 10, 1))
    days = [each.day for each in agreed.mentorship.meetings]
    assert days == [date(2026, 10, 1), date(2026, 11, 24), date(2026, 12, 1)]
    assert agreed.mentorship.ahead == NextMeeting(date(2026, 12, 10))
    assert agreed.noted(meets, date(2026, 12, 10)).mentorship.ahead is None


def test_a_session_carries_only_what_its_agenda_can_use() -> None:
    along = SETTLED.opened(agenda_of(AGAIN, PURPOSE)).opened.carried
    assert (dict(along.answers), [*along.shown]) == ({"purpose": "to lead"}, ["purpose"])
    along = SETTLED.opened(agenda_of(HELLO)).opened.carried
    assert (along.answers, along.shown) == ({}, {})
