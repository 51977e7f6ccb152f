"""What came of the open steps, asked on each frontend and read from a file."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import ON, REVIEW, SKIP, Step, chosen, row
from support.building import TODAY, agenda_of, our_agreement
from support.chains import Chain
from support.terminals import FakeClock, fed

from mentorwalk.authoring import Source
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend

CAME_OF = Field(
    "came_of",
    "{item}",
    "select",
    choices=(Choice("Done"), Choice("Half done")),
    each_of="open-steps",
    closes=("Done",),
)
MEETING = agenda_of(
    Prompt("tried", "What came of it?", settle=(CAME_OF,)),
    Prompt("steps", "What next?", record=(Field("his", "His", "list", by="mentor", step=True),)),
)
BEFORE = Chain().walked(MEETING, {"his": ("calls", "writes")})


def walked(frontend: Frontend) -> Session:
    """Walk the next meeting to its end."""
    session = BEFORE.opened(MEETING)
    walk = Walk(session, MemoryJournal(), frontend, FakeClock(), our_agreement)
    assert walk.run() is Ending.CLOSED
    return walk.session


def live(*steps: Step) -> Session:
    with fed(*(step.keys for step in steps)):
        return walked(LiveFrontend())


def plain(*steps: Step) -> Session:
    lines = io.StringIO("".join(step.lines for step in steps))
    return walked(PlainFrontend(lines, io.StringIO()))


ON_EACH = pytest.mark.parametrize("take", [live, plain])


@ON_EACH
def test_enter_leaves_all_of_them_open_at_one_stop(take: Callable[..., Session]) -> None:
    session = take(ON, ON, SKIP, ON)
    assert (session.answers, len(BEFORE.with_session(session).mentorship.steps)) == ({}, 2)


@ON_EACH
def test_a_line_says_what_came_of_a_step(take: Callable[..., Session]) -> None:
    session = take(ON, row(2), chosen(1), ON, SKIP, ON)
    steps = BEFORE.with_session(session).mentorship.steps
    assert (session.answers, [each.words for each in steps]) == ({"came_of.2": "Done"}, ["calls"])


def test_on_the_screen_two_enters_leave_a_step_open() -> None:
    assert live(ON, row(2), ON, ON, SKIP, ON).answers == {}


@ON_EACH
def test_the_review_strikes_a_step_with_its_words(take: Callable[..., Session]) -> None:
    session = take(ON, REVIEW, row(1), chosen(3), chosen(2), ON, SKIP, SKIP, ON)
    steps = BEFORE.with_session(session).mentorship.steps
    assert ([each.words for each in steps], "calls" in str(session.opened)) == (["writes"], False)


def test_the_review_says_where_a_step_stands_of_which_nobody_spoke() -> None:
    told = "What stays open is on the page of your mentorship."
    one, both = io.StringIO(), io.StringIO()
    walked(PlainFrontend(io.StringIO("\n2\n1\n\n/skip\n\n"), one))
    walked(PlainFrontend(io.StringIO("\n2\n1\n1\n1\n\n/skip\n\n"), both))
    assert (told in one.getvalue(), told in both.getvalue()) == (True, False)


# --- From a file


def read(text: str) -> tuple[dict[str, Value | None], list[str]]:
    """What a file says of the open steps, and what is wrong with it."""
    session, source = BEFORE.opened(MEETING), Source("a.yaml", text)
    steps = session.opened.carried.steps
    given, problems = answers_from(source, MEETING, TODAY, session.names, steps)
    return dict(given.values), [f"{each.line}:{each.column} {each.sentence}" for each in problems]


def test_a_file_says_what_came_of_each_step_by_its_words() -> None:
    said, problems = read("came_of:\n  Calls: Done\n  writes: Half done\n")
    assert problems == []
    session = walked(ScriptedFrontend(said))
    assert session.answers == {"came_of.1": "Done", "came_of.2": "Half done"}


def test_a_file_cannot_answer_about_a_step_where_it_is_not_asked_for() -> None:
    meeting = agenda_of(Prompt("tried", "?", settle=(replace(CAME_OF, by="mentee"),)))
    steps, source = (
        BEFORE.opened(MEETING).opened.carried.steps,
        Source("a.yaml", "came_of: {calls: Done}"),
    )
    _given, problems = answers_from(source, meeting, TODAY, {}, steps)
    assert [each.sentence for each in problems] == ["No open step has these words: `calls`."]


def test_each_line_that_does_not_fit_is_told_in_its_place() -> None:
    assert read("came_of:\n  sings: Done\n  calls: Dne\n")[1] == [
        "2:3 No open step has these words: `sings`.",
        "3:10 “Dne” is not among the choices: Done, Half done.",
    ]
    assert read("came_of: Done\n")[1] == [
        "1:10 `came_of` needs the words of each step, and what came of it."
    ]
