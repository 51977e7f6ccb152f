"""What is never shared: no message about a preparation file has a word of it, whatever is wrong."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import ADA_AND_GRACE, TODAY, agenda_written, examples
from support.commands import ran_in
from support.preparing_samples import TALK, talk
from support.terminals import FakeClock

from mentorwalk.authoring import Source
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.authoring.prep_file import prep_from
from mentorwalk.domain.errors import InputError, ProblemsFound
from mentorwalk.engine.dialog import Dialog
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.library import Library
from mentorwalk.workflows.prep_intake import PrepIntake, ReceivedPreps

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

pytestmark = [pytest.mark.slow, pytest.mark.portable]

HEAD = "mentorwalk-prep: 2\nagenda: talk\nrole: mentee\nname: Grace\nday: 2026-10-02\n"
SECRETS = ("HUSHHUSH", "hushhush", "hush_hush", "Hushhush, or so", "4711hush")
UNSHARED = ("never_told", "mood.mentee", "mood", "guesses")
"""Never shared by anybody, private in the session, and never shared by the other one."""
ABOVE = (
    *("", "  hope: x\n", "  hope: |\n    a plan\n", '  hope: "a plan\n', "  hope: 'a plan\n"),
    *("  length:\n", "  keeper: Eve\n", "  help:\n    - An ear\n"),
    *("  topics: [a,\n", "  hope: >\n"),
)
FAULTS = (
    *("  KEY: SECRET", "  KEY: SECRET: yes", "  KEY: a\n  KEY: SECRET", '  KEY: "SECRET\\e[31m"'),
    *('  KEY: "SECRET', "  KEY: 'SECRET", "  KEY: 'SECRET' b: c", '  KEY: "SECRET" b'),
    *("\tKEY: SECRET", "  KEY:\tSECRET: b", "  KEY: \t SECRET\n\t b", "  KEY: &SECRET"),
    *("  KEY: *SECRET", "  KEY: !!binary SECRET", "  KEY: !SECRET b", "  KEY: !<SECRET b"),
    *("  KEY: @SECRET", "  KEY: %SECRET", "  KEY: `SECRET`", "  KEY: [SECRET"),
    *("  KEY: {SECRET: a", "  KEY: - SECRET", "   KEY: SECRET", "      KEY: SECRET"),
    *(" KEY: SECRET", "KEY: SECRET", "  KEY: ? SECRET", "  KEY: |\n      SECRET a\n    SECRET b"),
    *("  KEY: |\n      a\n SECRET", "  KEY: |SECRET", "  KEY: a\nSECRET", "  KEY: a\nSECRET: b"),
    *("  KEY: a\n  SECRET: b", "  KEY:\n  SECRET: b", "  KEY:\n    SECRET: b"),
    *("  KEY:\n    - SECRET\n    b: c", '  KEY: "\\xSECRET"', "  KEY: >SECRET"),
    *('  KEY: "SECRET \\U99999999"', "  KEY: a\n%SECRET", "  KEY: a\n--- SECRET"),
    *("  KEY: a\x07SECRET", "unknown:\n  KEY: SECRET"),
)
BELOW = (
    *("", "  frequency: Every week\n", '  topics: "one"\n', "  keeper: 'Eve'\n"),
    *('"\n', "  b: ]\n"),
)
BEGUN = ("answers:\n", "answers: {}\n", "", "unknown:\n", "answers:\n  hours: many\n")


TWO = ("--mentor", "Ada", "--mentee", "Grace")


@st.composite
def files(draw: st.DrawFn) -> str:
    """Draw a preparation file in which something is never shared, and something is wrong."""
    fault = draw(st.sampled_from(FAULTS)).replace("KEY", draw(st.sampled_from(UNSHARED)))
    lines = fault.replace("SECRET", draw(st.sampled_from(SECRETS)))
    begun, above = draw(st.sampled_from(BEGUN)), draw(st.sampled_from(ABOVE))
    return f"{HEAD}{begun}{above}{lines}\n{draw(st.sampled_from(BELOW))}"


FILES: SearchStrategy[str] = files()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library that knows the agenda of the talk, and two who walked it before."""
    folder = tmp_path_factory.mktemp("never")
    library = Library(folder / "home", folder / "documents")
    library.install("talk", {"talk.yaml": TALK})
    nothing = folder / "nothing.yaml"
    nothing.write_text("accept: no\n", encoding="utf-8")
    assert ran_in(library.home, "start", "talk", *TWO, "--answers", nothing).code == 0
    return library


def told_in_the_window(path: Path) -> str:
    """Return all that a window says when a file is dropped on it."""
    told, typed = io.StringIO(), io.StringIO(f"{path}\n\n\n\n\n")
    dialog = Dialog.outside(PlainFrontend(typed, told), FakeClock(), "Before", "Left.")
    PrepIntake(dialog, ReceivedPreps(talk(), TODAY), None).settle(ADA_AND_GRACE)
    return told.getvalue()


def told(library: Library, text: str) -> str:
    """Return all that is said of a file: read, dropped on a window, and used in a session."""
    path = library.home / "sent.yaml"
    path.write_text(text, encoding="utf-8")
    given = ("--prep", path, "--answers", library.home.parent / "nothing.yaml")
    runs = (
        ran_in(library.home, "prep", "--show", path),
        ran_in(library.home, "start", "talk", *TWO, *given),
        ran_in(library.home, "next", "--agenda", "talk", *given),
    )
    return told_in_the_window(path) + "".join(line for run in runs for line in run.lines)


@settings(deadline=None, max_examples=examples(1))
@given(text=FILES)
def test_no_word_of_what_is_never_shared_is_told(library: Library, text: str) -> None:
    assert "hush" not in told(library, text).casefold()


@settings(deadline=None, max_examples=examples(4))
@given(text=FILES)
def test_no_problem_of_a_preparation_file_brings_a_line_of_it(text: str) -> None:
    try:
        problems = prep_from(Source("sent.yaml", text), talk(), TODAY).left_out
    except ProblemsFound as found:
        problems = found.problems
    assert [(each.excerpt, each.fix) for each in problems] == [("", "")] * len(problems)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("  never_told: a: b\n", "7:16: This sentence contains a colon. Put it on its own line"),
        (
            "  never_told my boss\n",
            "7:3: Fields with their answers are needed here: `id: answer`.",
        ),
        ("never_told: my boss\n", "7:1: `never_told` belongs below `answers:`, further in"),
        ("  hope: a\n  my boss: b\n", "8:3: talk asks the mentee nothing of this name"),
        ("  never_told: a\n  never_told: b\n", "8:3: `never_told` appears here twice: keep one."),
        (
            "  keeper: my boss\n",
            "7:11: `keeper` cannot be used. One of these would do: {mentor}, Grace.",
        ),
        (
            "  hope: |\n    a\n    never_told: b\n",
            "7:9: `hope` cannot be used. It runs on over a line",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_would_do(lines: str, told: str) -> None:
    try:
        problems = prep_from(Source("p", f"{HEAD}answers:\n{lines}"), talk(), TODAY).left_out
    except ProblemsFound as found:
        problems = found.problems
    said = [f"{each.line}:{each.column}: {each.sentence}" for each in problems]
    assert said[0].startswith(told)


def test_a_text_that_begins_in_the_frame_runs_over_nothing_that_is_never_shared() -> None:
    open_quote = HEAD.replace("Grace", '"Grace') + 'answers:\n  never_told: my boss\n  hope: x"\n'
    with pytest.raises(ProblemsFound) as found:
        prep_from(Source("p", open_quote), talk(), TODAY)
    told = [each.sentence for each in found.value.problems]
    assert told == ["It runs on over a line whose answer is never shared."]


def test_a_text_may_name_what_is_never_shared() -> None:
    text = (
        f"{HEAD}answers:\n  hope: |\n    guesses\n    guesses. And more: a plan\n    Mood: good\n"
    )
    given = prep_from(Source("p", text), talk(), TODAY)
    assert given.prep.answers == {"hope": "guesses\nguesses. And more: a plan\nMood: good"}


def test_a_wrong_choice_of_several_is_told_at_its_own_line() -> None:
    agenda = agenda_written(TALK.replace("[An ear, A push]\n      other: yes", "[An ear, A push]"))
    lines = "answers:\n  help:\n    - An ear\n    - A shove\n"
    (left,) = prep_from(Source("p", HEAD + lines), agenda, TODAY).left_out
    assert (left.line, left.column) == (9, 7)
    assert left.sentence == "`help` cannot be used. One of these would do: An ear, A push."


# --- A file of answers, in which one writes what is private, too


@settings(deadline=None, max_examples=examples(4))
@given(
    fault=st.sampled_from([each for each in FAULTS if each.startswith("  KEY")]),
    secret=st.sampled_from(SECRETS),
    above=st.sampled_from(ABOVE),
)
def test_no_line_of_a_private_answer_is_in_a_message(fault: str, secret: str, above: str) -> None:
    private = fault.replace("KEY", "mood").replace("SECRET", secret)
    text = f"{above}{private}\n".replace("\n  ", "\n").removeprefix("  ")
    names = {"mentor": "Ada", "mentee": "Grace"}
    try:
        _answers, problems = answers_from(Source("a.yaml", text), talk(), TODAY, names)
    except ProblemsFound as found:
        problems = [*found.problems]
    except InputError as error:
        assert "hush" not in str(error).casefold()  # noqa: PT017 - another error is as well
        return
    lines = "".join(each.excerpt + each.fix for each in problems)
    assert "hush" not in lines.casefold()


def test_a_private_answer_that_the_walk_does_not_take_is_told_without_a_word_of_it() -> None:
    source = Source("a.yaml", "mood: HUSHHUSH\nlength: 45\n")
    answers, _problems = answers_from(source, talk(), TODAY, {})
    refused = {"mood": ("“HUSHHUSH” is none of these: low, high.", "HUSHHUSH")}
    (told,) = answers.refused(source, refused)
    assert str(told) == "a.yaml:1:7: `mood` does not fit its question."


def test_of_an_answer_that_can_be_seen_the_line_is_shown() -> None:
    text = "mood: a\nlength: long\n"
    _answers, (problem,) = answers_from(Source("a.yaml", text), talk(), TODAY, {})
    assert problem.excerpt == "length: long"
