"""An agreement that takes the place of an accepted one says so, and what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import answered, at, done, session_of
from support.chains import Chain
from support.small_walks import AGREE, agenda_of

from mentorwalk.documents import Renderer
from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.agreement_text import fingerprint_of, wording_of
from mentorwalk.domain.carryover import carried, join_agendas
from mentorwalk.domain.earlier import Replaced
from mentorwalk.domain.events import Accepted, Closed, Struck, Worded
from mentorwalk.domain.fields import Field
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.replacing import replaced_by
from mentorwalk.domain.session import Session
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role

RENDERER = Renderer((BUNDLED_TEMPLATES,))
RHYTHM = Prompt(
    "rhythm",
    "How often?",
    settle=(Field("often", "How often"),),
    clause=Clause("How we meet", "We meet {often}."),
)
TOPIC = Prompt(
    "topic",
    "What about?",
    settle=(Field("topic", "The topic"),),
    clause=Clause("What we talk about", "We talk about {topic}."),
)
SMALL = agenda_of(RHYTHM, TOPIC, AGREE)
BOTH: tuple[Role, ...] = ("mentor", "mentee")
SAID: dict[str, Value] = {"often": "every week", "topic": "work"}
WEEK = 7 * 86400


def held(session: Session, answers: dict[str, Value], by: tuple[Role, ...] = BOTH) -> Session:
    """Return a session in which something was answered, and then accepted by some."""
    later = session.opened.elapsed
    events = [answered(key, value, later) for key, value in answers.items()]
    cards = [card for card in ("rhythm", "topic", "agree") if card in session.cards]
    session = session.apply_all([*events, *(done(card, later) for card in cards)])
    text = RENDERER.agreement(session).fingerprint
    accepted = (Accepted(**at(later), role=role, how="yes", fingerprint=text) for role in by)
    taken = () if by else (Accepted(**at(later), role=r, how="no", fingerprint="") for r in BOTH)
    return session.apply_all([*accepted, *taken, Closed(**at(later))])


def following(last: Session) -> Session:
    """Return the session a week after another one, in which nothing was said yet."""
    mentorship = Mentorship({"last": last})
    into = join_agendas(agenda_of(AGREE), mentorship)
    opened = session_of(into.agenda).opened
    elapsed = last.opened.elapsed + WEEK
    opened = replace(opened, carried=carried(into, mentorship), **at(elapsed))
    return Session.open(into.agenda, opened, opened.at + timedelta(hours=1))


def text_of(session: Session) -> str:
    """Return the agreement, with its lines as one."""
    return " ".join(RENDERER.agreement(session).text.split())


FIRST = held(session_of(SMALL), SAID)
SENTENCE = "This takes the place of our agreement of Tuesday 24 November 2026."
CHANGED = f"{SENTENCE} What changed: how we meet. ## How we meet We meet every month."


def test_an_agreement_that_changed_names_the_one_before_and_what_changed() -> None:
    second = held(following(FIRST), {"often": "every month"})
    assert CHANGED in text_of(second)


def test_it_stands_below_the_first_paragraph() -> None:
    second = held(following(FIRST), {"often": "every month"})
    paragraphs = RENDERER.agreement(second).text.split("\n\n")
    assert paragraphs[3] == f"{SENTENCE} What changed: how we meet."


def test_an_agreement_that_did_not_change_stays_accepted_word_for_word() -> None:
    second = following(FIRST)
    assert text_of(second) == text_of(FIRST)
    assert set(RENDERER.agreement(second).accepted) == {*BOTH}


def test_an_agreement_that_replaced_another_stays_accepted_in_the_session_after() -> None:
    third = following(held(following(FIRST), {"often": "every month"}))
    assert CHANGED in text_of(third)
    assert set(RENDERER.agreement(third).accepted) == {*BOTH}


def test_the_newest_accepted_agreement_is_the_one_that_is_replaced() -> None:
    second = held(following(FIRST), {"often": "every month"})
    third = held(following(second), {"topic": "life"})
    replaced = "our agreement of Tuesday 1 December 2026. What changed: what we talk about."
    assert replaced in text_of(third)


def test_a_draft_in_between_is_not_the_one_that_is_replaced() -> None:
    second = held(following(FIRST), {"often": "every month"}, by=())
    third = held(following(second), {"topic": "life"})
    assert f"{SENTENCE} What changed: how we meet; what we talk about." in text_of(third)


def test_one_that_reads_again_as_it_was_accepted_replaces_none() -> None:
    second = held(following(FIRST), {"often": "every month"}, by=())
    back = held(following(second), {"often": "every week"})
    assert "takes the place" not in text_of(back)


def test_what_reads_again_as_it_was_accepted_is_not_what_changed() -> None:
    second = held(following(FIRST), {"often": "every month"}, by=())
    third = held(following(second), {"often": "every week", "topic": "life"})
    assert f"{SENTENCE} What changed: what we talk about." in text_of(third)


def test_a_draft_that_reads_again_as_it_was_accepted_leaves_the_accepted_one_to_replace() -> None:
    second = held(following(FIRST), {"often": "every month"}, by=())
    back = held(following(second), {"often": "every week"}, by=())
    fourth = held(following(back), {"topic": "life"})
    assert f"{SENTENCE} What changed: what we talk about." in text_of(fourth)


def test_what_changed_after_the_yes_of_a_session_is_named_in_the_next_one() -> None:
    changed = FIRST.apply(answered("topic", "life", FIRST.elapsed))
    assert "takes the place" not in text_of(changed)
    second = held(following(changed), {"often": "every month"})
    assert f"{SENTENCE} What changed: what we talk about; how we meet." in text_of(second)
    back = held(following(changed), {"topic": "work"})
    assert "takes the place" not in text_of(back)


def test_what_was_struck_from_the_accepted_text_is_a_change_and_its_words_are_not_told() -> None:
    first = replace(FIRST, worded=Worded(**at(0), **wording_of(FIRST, RENDERER.agreement(FIRST))))
    second = following(first)
    struck = second.apply(Struck(**at(second.elapsed), field="topic"))
    assert f"{SENTENCE} What changed: what we talk about." in text_of(held(struck, {}))
    third = held(following(held(struck, {}, by=())), {"often": "every month"})
    assert f"{SENTENCE} What changed: what we talk about; how we meet." in text_of(third)


@pytest.mark.parametrize("by", [(), ("mentee",)], ids=["nobody", "one"])
def test_an_agreement_that_not_both_accepted_is_not_replaced(by: tuple[Role, ...]) -> None:
    first = held(session_of(SMALL), SAID, by=by)
    second = held(following(first), {"often": "every month"})
    assert "takes the place" not in text_of(second)


def test_a_session_in_which_nothing_can_be_accepted_replaces_nothing() -> None:
    second = held(following(FIRST), {"often": "every month"})
    closing = replace(second, agenda=replace(second.agenda, documents=()))
    assert (replaced_by(second) is None, replaced_by(closing)) == (False, None)


TALK = replace(SMALL, documents=())
AGREED = Chain().walked(SMALL, SAID, both=True)
DRAFT = AGREED.walked(SMALL, {"topic": "life"})


@pytest.mark.parametrize(
    ("chain", "changed"),
    [(AGREED, "how we meet"), (DRAFT, "what we talk about; how we meet")],
    ids=["accepted", "a draft since"],
)
def test_what_was_said_differently_where_nothing_is_accepted_is_a_change(
    chain: Chain, changed: str
) -> None:
    """In the next session in which something can be, however many lie between."""
    said = chain.walked(TALK, {"often": "every month"})
    for later in (said, said.walked(TALK)):
        assert f"{SENTENCE} What changed: {changed}." in text_of(later.opened(agenda_of(AGREE)))
    back = said.walked(TALK, {"often": "every week", "topic": "work"})
    assert "takes the place" not in text_of(back.opened(agenda_of(AGREE)))


def test_a_new_name_changes_nothing_that_was_agreed_on() -> None:
    second = following(FIRST)
    renamed = replace(second, people=replace(second.people, mentor="Adah"))
    assert "takes the place" not in text_of(renamed)


def test_a_journal_keeps_which_agreement_was_replaced() -> None:
    third = following(held(following(FIRST), {"often": "every month"}))
    before = {"How we meet": fingerprint_of("We meet every week.")}
    assert third.opened.carried.replaced == Replaced(date(2026, 11, 24), ("How we meet",), before)
    assert decoded(encoded(third.opened)) == third.opened


def test_a_journal_that_does_not_know_how_it_read_before_goes_on_naming_what_changed() -> None:
    third = following(held(following(FIRST), {"often": "every month"}, by=()))
    said = Replaced(date(2026, 11, 24), ("How we meet",))
    opened = replace(third.opened, carried=replace(third.opened.carried, replaced=said))
    back = held(Session.open(third.agenda, opened, third.ends), {"often": "every week"})
    assert f"{SENTENCE} What changed: how we meet." in text_of(back)


def test_a_journal_says_nothing_of_an_agreement_that_replaced_none() -> None:
    assert "replaced" not in encoded(following(FIRST).opened)["carried"]
