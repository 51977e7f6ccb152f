"""The agenda's own sentences in an agreement: reworded, struck and taken back before the yes."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import (
    BACK,
    ON,
    READ,
    REVIEW,
    SKIP,
    Step,
    at_once,
    chosen,
    corrected,
    row,
)
from support.building import TODAY, agenda_of
from support.chains import Chain
from support.small_walks import AGREE, opened_by
from support.terminals import CTRL_U, FakeClock, fed

from mentorwalk.authoring import Source
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.events import Struck
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.plain_sentences import with_plain_sentences
from mentorwalk.domain.session import Session
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.journal import MemoryJournal
from mentorwalk.storage.reading import check_events

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.engine.frontend import Frontend

STOPPING, KIND = "Either of us may stop.", "{mentor} is kind."
RHYTHM = Prompt(
    "rhythm",
    "How often?",
    settle=(Field("frequency", "How often", default="monthly"),),
    clause=Clause("How we meet", f"We meet {{frequency}}.\n\n{STOPPING} {KIND}"),
)
USUAL = Field(
    "usual",
    "Both of us",
    "checkbox",
    as_="sentences",
    choices=(Choice("We laugh"), Choice("We listen")),
    other=True,
    default=("We laugh", "We listen"),
)
AGENDA = replace(
    agenda_of(RHYTHM, AGREE, minutes=12),
    documents=(Document("contract.md.j2", "contract.md", accept=True),),
)


def agreed(session: Session) -> Agreement:
    """The agreement: what its clauses say."""
    return Agreement.of(session, "\n\n".join(clause.text for clause in clauses_of(session)))


def walked(frontend: Frontend, agenda: Agenda = AGENDA) -> tuple[Session, MemoryJournal]:
    """Walk to the end."""
    clock, journal = FakeClock(), MemoryJournal()
    opened = opened_by(clock, agenda)
    session = Session.open(agenda, opened, opened.at + timedelta(minutes=12))
    walk = Walk(session, journal, frontend, clock, agreed)
    assert walk.run() is Ending.CLOSED
    return walk.session, journal


def live(*steps: Step, agenda: Agenda = AGENDA) -> tuple[Session, MemoryJournal]:
    with fed(*(step.keys for step in steps)):
        return walked(LiveFrontend(), agenda)


def plain(*steps: Step, agenda: Agenda = AGENDA) -> tuple[Session, MemoryJournal]:
    source = io.StringIO("".join(step.lines for step in steps))
    return walked(PlainFrontend(source, io.StringIO()), agenda)


Walked = Callable[..., tuple[Session, MemoryJournal]]
on_each = pytest.mark.parametrize("walk", [live, plain])

TO_REVIEW = (ON, ON, ON, READ, at_once(5))
"""The sheet is kept, the agreement read, and there is a sentence that they want to change."""
YES = (at_once(2),)
"""Both say yes to it as it reads now, which is all that they are asked after a change."""
ALL_KEPT = (ON, *YES)
"""Nothing is changed after all."""
AGAIN = at_once(5)
"""There is another sentence that they want to change."""
EMPTIED = Step(f"{CTRL_U}\r", "-\n")
STRUCK = (row(2), chosen(3))


def text(session: Session) -> str:
    return agreed(session).text


# --- In a walk


@on_each
def test_a_sentence_is_reworded_in_its_place_before_the_yes(walk: Walked) -> None:
    session, _journal = walk(*TO_REVIEW, row(2), ON, corrected("each may {frequency}"), *YES)
    assert text(session) == "We meet monthly.\n\nEach may {frequency}. Ada is kind."
    assert len(agreed(session).accepted) == 2


def test_who_changes_a_sentence_while_they_read_reads_all_of_it_then() -> None:
    read_on = (READ, at_once(2))
    change = (Step("c", ""), row(2), ON, corrected("each may stop"))
    session, _journal = live(ON, ON, ON, *change, *read_on)
    assert text(session) == "We meet monthly.\n\nEach may stop. Ada is kind."
    assert len(agreed(session).accepted) == 2


@on_each
def test_a_sentence_is_struck_and_can_be_taken_back(walk: Walked) -> None:
    assert text(walk(*TO_REVIEW, *STRUCK, *YES)[0]) == "We meet monthly.\n\nAda is kind."
    back = walk(*TO_REVIEW, *STRUCK, AGAIN, row(2), chosen(2), *YES)[0]
    assert text(back) == "We meet monthly.\n\nEither of us may stop. Ada is kind."


@on_each
def test_a_sentence_of_which_nothing_is_left_is_struck(walk: Walked) -> None:
    session, _journal = walk(*TO_REVIEW, row(2), ON, EMPTIED, AGAIN, row(3), chosen(3), *YES)
    assert text(session) == "We meet monthly."


@on_each
def test_a_sentence_that_is_kept_as_it_is_stays_the_agendas(walk: Walked) -> None:
    session, _journal = walk(*TO_REVIEW, row(3), ON, ON, *ALL_KEPT)
    assert session.effective_answer(KIND).empty


@on_each
def test_own_words_that_are_struck_are_erased_and_the_sentence_with_them(walk: Walked) -> None:
    own = (row(2), ON, corrected("nobody knows"), AGAIN, row(2), chosen(3), chosen(2))
    session, journal = walk(*TO_REVIEW, *own, *YES)
    assert text(session) == "We meet monthly.\n\nAda is kind."
    assert "nobody knows" not in str(journal.events)
    assert [each.field for each in journal.events if isinstance(each, Struck)] == [STOPPING]


@on_each
def test_after_a_yes_the_old_sentence_can_be_put_back(walk: Walked) -> None:
    agreed_once = (ON, ON, ON, READ, at_once(2))
    change = (BACK, REVIEW, row(2), ON, corrected("nobody may stop"), ON)
    session, _journal = walk(*agreed_once, *change, at_once(2), ON)
    assert text(session) == "We meet monthly.\n\nEither of us may stop. Ada is kind."
    assert len(agreed(session).accepted) == 2


@on_each
def test_a_review_away_from_the_yes_shows_what_was_changed_and_nothing_else(walk: Walked) -> None:
    session, _journal = walk(*TO_REVIEW, *STRUCK, *YES)
    ordinary = with_plain_sentences(session, [], whole=False)
    assert [each.current for each in ordinary] == ["struck: Either of us may stop."]
    whole = with_plain_sentences(session, [], whole=True)
    assert [each.current for each in whole] == ["struck: Either of us may stop.", "Ada is kind."]


@on_each
def test_sentences_to_keep_or_strike_are_changed_in_a_review_as_on_their_card(walk: Walked) -> None:
    card = Prompt("usual", "Who?", settle=(USUAL,), clause=Clause("Who", "{usual}."))
    agenda = replace(AGENDA, phases=agenda_of(card, AGREE).phases)
    review = (ON, ON, READ, at_once(5), row(1), ON)
    session, _journal = walk(*review, row(1), corrected("We sing"), ON, *YES, agenda=agenda)
    assert text(session) == "We listen. We sing."


@on_each
def test_of_many_lines_a_part_of_the_agreement_is_chosen_first(walk: Walked) -> None:
    said = " ".join(f"We keep promise {word}." for word in "abcdefghi")
    promises = Prompt(
        "promises", "What for?", read=said, minutes=1, clause=Clause("What we promise", said)
    )
    agenda = replace(AGENDA, phases=agenda_of(RHYTHM, promises, AGREE).phases)
    to_review = (ON, ON, ON, ON, READ, at_once(5))
    change = (chosen(2), row(3), ON, corrected("we sing"), AGAIN)
    again = (chosen(1), row(2), chosen(3), *YES)
    session, _journal = walk(*to_review, *change, *again, agenda=agenda)
    kept = said.replace("We keep promise c.", "We sing.")
    assert text(session) == f"We meet monthly.\n\nAda is kind.\n\n{kept}"


@on_each
def test_a_part_that_is_still_open_leads_to_its_card_and_from_there_to_the_yes(
    walk: Walked,
) -> None:
    still_open = (SKIP, ON, READ, at_once(5), chosen(1))
    session, _journal = walk(*still_open, ON, ON, ON, READ, at_once(2), ON)
    assert text(session) == "We meet monthly.\n\nEither of us may stop. Ada is kind."
    assert len(agreed(session).accepted) == 2


@on_each
def test_a_part_that_was_walked_and_left_empty_is_still_open(walk: Walked) -> None:
    wish = Field("wish", "A wish", open="We have not decided yet what we wish for.")
    hopes = Prompt("hopes", "What?", settle=(wish,), clause=Clause("What for", "We wish {wish}."))
    agenda = replace(AGENDA, phases=agenda_of(hopes, AGREE).phases)
    left_open = (ON, ON, ON, ON, READ, at_once(5))
    written = (chosen(1), ON, corrected("well"))
    session, _journal = walk(*left_open, *written, ON, READ, *YES, ON, agenda=agenda)
    assert text(session) == "We wish well."


@on_each
def test_what_else_was_written_down_is_a_part_of_its_own(walk: Walked) -> None:
    said = " ".join(f"We keep promise {word}." for word in "abcdefghi")
    promises = Prompt(
        "promises", "What for?", read=said, minutes=1, clause=Clause("What we promise", said)
    )
    step = Prompt("steps", "What next?", record=(Field("step", "A step"),))
    agenda = replace(AGENDA, phases=agenda_of(RHYTHM, promises, step, AGREE).phases)
    to_review = (ON, ON, ON, ON, corrected("call Tom"), ON, READ, at_once(5))
    change = (chosen(3), row(1), ON, corrected("call Ann"), *YES)
    session, _journal = walk(*to_review, *change, agenda=agenda)
    assert session.answers["step"] == "call Ann"


def shown(*steps: Step) -> str:
    """What is on the paper of a plain walk after the agreement was read."""
    paper = io.StringIO()
    walked(PlainFrontend(io.StringIO("".join(step.lines for step in steps)), paper))
    return paper.getvalue().partition(". There is a sentence")[2]


def test_after_a_change_the_sentences_that_changed_are_shown_and_no_others() -> None:
    after = shown(*TO_REVIEW, row(2), ON, corrected("each may {frequency}"), *YES)
    assert "You have changed one sentence since you read it." in after
    assert "before: Either of us may stop.\nnow: Each may {frequency}." in after
    assert "We meet monthly." not in after


def test_all_that_changed_since_the_agreement_was_read_is_shown() -> None:
    once = (row(2), ON, corrected("each may {frequency}"), AGAIN)
    after = shown(*TO_REVIEW, *once, row(1), ON, corrected("weekly"), *YES)
    told = after.rpartition("You have changed ")[2].partition("\n1.")[0]
    assert told.startswith("two sentences since you read it.")
    changed = (told.partition("before:")[2]).replace("\n", " ").split("now:")
    assert [part.strip() for part in changed] == [
        "We meet monthly. Either of us may stop.",
        "We meet weekly. Each may {frequency}.",
    ]


def test_after_no_change_the_agreement_is_not_shown_again() -> None:
    after = shown(*TO_REVIEW, *ALL_KEPT)
    assert "We both say yes, aloud, now" in after
    assert "We meet monthly." not in after


# --- Beside it


def test_a_clause_that_nobody_has_settled_shows_no_sentence_to_change() -> None:
    session, _journal = plain(SKIP, SKIP)
    assert with_plain_sentences(session, [], whole=True) == []


def test_without_an_agreement_to_accept_no_sentence_is_changed() -> None:
    session, _journal = plain(*TO_REVIEW, *STRUCK, *YES)
    session = replace(session, agenda=replace(session.agenda, documents=()))
    assert with_plain_sentences(session, [], whole=True) == []


def test_a_sentence_about_a_contact_whom_nobody_named_is_no_line() -> None:
    asked = replace(RHYTHM, clause=Clause("How we meet", "We may ask {contact}. We laugh."))
    agenda = replace(AGENDA, phases=agenda_of(asked, AGREE).phases, contact=Contact())
    session, _journal = plain(*TO_REVIEW, *ALL_KEPT, agenda=agenda)
    lines = with_plain_sentences(session, [], whole=True)
    assert [each.current for each in lines] == ["We laugh."]


def test_the_next_session_goes_on_with_the_own_words() -> None:
    said = {"frequency": "weekly", STOPPING: "we part as friends", KIND: "-"}
    session = Chain().walked(AGENDA, said, both=True).opened(AGENDA)
    assert text(session) == "We meet weekly.\n\nWe part as friends."


def test_a_journal_may_hold_an_answer_to_a_sentence_of_its_agenda_and_to_no_other(
    tmp_path: Path,
) -> None:
    session, journal = plain(*TO_REVIEW, *STRUCK, *YES)
    events = [session.opened, *journal.events]
    check_events(tmp_path, AGENDA, events)
    other = replace(RHYTHM, clause=Clause("How we meet", "We meet {frequency}."))
    with pytest.raises(StorageError):
        check_events(tmp_path, agenda_of(other, AGREE), events)


def test_a_file_of_answers_answers_what_is_asked_and_no_sentence() -> None:
    source = Source("a.yaml", f'"{STOPPING}": never\n')
    _given, problems = answers_from(source, AGENDA, TODAY, {})
    assert [each.sentence for each in problems] == [
        "There is no field `Either of us may stop.` in talk."
    ]
