"""What may help next: suggested by what was said, by the agendas themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_of, session_answered

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.suggesting import suggested
from mentorwalk.storage.library import BUNDLED_AGENDAS, Library
from mentorwalk.workflows.suggestions import suggestions, suggestions_in_words

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value

WISHES = (Choice("Deciding something"), Choice("Feedback"))
TALK = agenda_of(
    Prompt(
        "topic",
        "What about?",
        record=(
            Field("topic", "Topic"),
            Field("wish", "Wish", type="select", choices=WISHES),
            Field("worry", "Worry", private=True),
        ),
    )
)
MEETING = agenda_from(read_source(BUNDLED_AGENDAS / "meeting.yaml"))


def helping(name: str, **by: str | tuple[str, ...]) -> Agenda:
    """An agenda that is suggested by some answers."""
    conditions = (
        Condition(key.replace("_", "-") if key == "days_since" else key, words)
        for key, any_of in by.items()
        for words in [(any_of,) if isinstance(any_of, str) else any_of]
    )
    return replace(TALK, id=name, suggested_by=tuple(conditions))


def named(answers: dict[str, Value | None], *agendas: Agenda, days: int = 0) -> list[str]:
    """The ids of what is suggested after a talk."""
    session = session_answered(TALK, answers)
    today = session.day + timedelta(days=days)
    return [agenda.id for agenda in suggested(session, agendas, today)]


def test_any_answer_of_those_that_an_agenda_names_suggests_it() -> None:
    decide = helping("decide", wish="Deciding something", topic=("offer", "stay or go"))
    assert named({"wish": "Deciding something"}, decide) == ["decide"]
    assert named({"topic": "Shall I STAY  or go?"}, decide) == ["decide"]
    assert named({"wish": "Feedback", "topic": "what officers do"}, decide) == []


def test_what_suits_most_comes_first_and_three_are_enough() -> None:
    one, two, three, four = (helping(name, topic="offer") for name in ("a", "b", "c", "d"))
    best = replace(four, suggested_by=(*four.suggested_by, Condition("wish", ("Feedback",))))
    said: dict[str, Value | None] = {"topic": "an offer", "wish": "Feedback"}
    assert named(said, one, two, three, best) == ["d", "a", "b"]


def test_what_is_private_suggests_nothing() -> None:
    assert named({"worry": "an offer"}, helping("decide", worry="offer")) == []


def test_nothing_said_suggests_nothing() -> None:
    assert named({}, helping("decide", topic="offer"), helping("other", topic=())) == []


def test_what_was_just_walked_is_not_suggested() -> None:
    again = replace(helping("x", topic="offer"), id=TALK.id)
    assert named({"topic": "an offer"}, again) == []


@pytest.mark.parametrize(("days", "expected"), [(41, []), (42, ["again"])])
def test_a_long_silence_suggests_what_says_so(days: int, expected: list[str]) -> None:
    assert named({}, helping("again", days_since="42.."), days=days) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"topic": "which of two offers to take"}, ["crossroads-session"]),
        ({"topic": "the interview on Friday"}, ["practice-run"]),
        ({"topic": "the handover in my team"}, []),
    ],
)
def test_the_bundled_agendas_suit_what_two_people_say(
    tmp_path: Path, answers: dict[str, Value | None], expected: list[str]
) -> None:
    library, session = Library(tmp_path, tmp_path), session_answered(MEETING, answers)
    found = [each.id for each in suggestions(library, session, session.day)]
    assert [name for name in found if name in {"crossroads-session", "practice-run"}] == expected


def test_at_the_end_one_sentence_tells_of_them(tmp_path: Path) -> None:
    library = Library(tmp_path, tmp_path / "documents")
    session = session_answered(MEETING, {"topic": "my pitch"})
    assert suggestions_in_words(library, session, session.day) == (
        "What may help, if you like: “A practice run”. "
        f"`mentorwalk status --home {tmp_path}` tells more."
    )
    quiet = session_answered(MEETING, {})
    assert suggestions_in_words(library, quiet, quiet.day) == ""
