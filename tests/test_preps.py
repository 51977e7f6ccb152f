"""Preparation files: all of a stranger's file is checked, and what does not fit is left out."""

from __future__ import annotations

import os
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from support.building import TODAY, UNHURRIED, first_session
from support.preparing_samples import prep, read

from mentorwalk.authoring import Source, read_source
from mentorwalk.authoring.prep_file import is_prep, prep_from, prep_text
from mentorwalk.authoring.syntax.source import MADE_BY
from mentorwalk.documents.prep_page import write_form_page
from mentorwalk.domain.answer_parsing import parse_answer, unsure
from mentorwalk.domain.errors import InputError, ProblemsFound
from mentorwalk.domain.people import Prep, read_name
from mentorwalk.domain.prep_wishes import prep_fields, sharing
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role

pytestmark = pytest.mark.portable

HEAD = "mentorwalk-prep: 1\nagenda: talk\nrole: mentee\nname: Grace\n"
WHOLE = f"""{HEAD}answers:
  hope: |
    to lead: my way # and "well"

    - in my own time
  help:
    - A push
    - tea
  length: 45 minutes
  said.mentee: hello
unknown:
  - frequency
"""


def problems(text: str) -> list[str]:
    """Return what is wrong with a file."""
    with pytest.raises(ProblemsFound) as found:
        read(text)
    return [f"{p.line}:{p.column}: {p.sentence}" for p in found.value.problems]


def left_out(lines: str) -> list[str]:
    """Return what is left out of some answers."""
    given = read(f"{HEAD}{lines}")
    return [f"{p.line}:{p.column}: {p.sentence}" for p in given.left_out]


def test_a_file_says_what_was_shared() -> None:
    assert read(WHOLE).left_out == ()
    assert read(WHOLE).prep == prep(
        "mentee",
        "frequency",
        hope='to lead: my way # and "well"\n\n- in my own time',
        help=("A push", "tea"),
        length=45,
        said="hello",
    )


@pytest.mark.parametrize(
    "rest", ["", "answers:\n", "answers:\nunknown:\n", "answers: {}\nunknown: []\n"]
)
def test_somebody_may_share_nothing_but_a_name(rest: str) -> None:
    assert read(f"{HEAD}{rest}").prep == prep("mentee")


@pytest.mark.parametrize(
    ("line", "known"),
    [
        (r'hope: "a\n\n- b # c: \"d\""', prep("mentee", hope='a\n\n- b # c: "d"')),
        (r'topics: "one\n two \n"', prep("mentee", topics=("one", "two"))),
        ('help: ["a push","tea, or coffee"]', prep("mentee", help=("A push", "tea, or coffee"))),
        ('length: "45"', prep("mentee", length=45)),
        ('frequency: "every  MONTH"', prep("mentee", frequency="Every month")),
        ('keeper: "grace"', prep("mentee", keeper="{mentee}")),
        ('hope: ""', prep("mentee")),
        ('hope: "?"', prep("mentee", "hope")),
        ('hope: "I don’t know yet."', prep("mentee", "hope")),
        ('help: ["?"]', prep("mentee", "help")),
    ],
)
def test_what_was_typed_into_a_browser_is_read_by_the_type_of_its_field(
    line: str, known: Prep
) -> None:
    given = read(f"{HEAD}answers:\n  {line}\n")
    assert (given.prep, given.left_out) == (known, ())


# --- What refuses a file


@pytest.mark.parametrize(
    "text",
    [
        *("talk\n", "- a\n", "id: talk\ntitle: A talk\n", "hope: a plan\n"),
        *('{"seq":1}\n{"seq":2}\n', "# Our agreement\n\nGrace says: “so: this”\n"),
    ],
)
def test_another_kind_of_file_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert str(refused.value) == (
        "prep.yaml: This is not a preparation file. `mentorwalk prep` writes one."
    )


def test_every_problem_is_reported_at_once_with_its_place() -> None:
    text = (
        "mentorwalk-prep: 3\nagenda:\nrole: mente\nname: [a]\nanswer:\n  hope: x\n"
        "answers: none\nunknown: hope\n"
    )
    assert problems(text) == [
        "1:18: This is format 3; this program reads formats 1 and 2.",
        "2:8: `agenda` needs a word here.",
        "3:7: `role` can be mentor or mentee. Did you mean `mentee`?",
        "4:7: `name` needs a word here.",
        "5:1: There is no such key here. Did you mean `answers`?",
        "7:10: Fields with their answers are needed here: `id: answer`.",
        "8:10: A list of fields is needed here, one per line.",
    ]


def test_what_is_missing_is_reported() -> None:
    assert problems("mentorwalk-prep: 1\n") == [
        "1:1: `agenda` is missing here.",
        "1:1: `role` is missing here.",
        "1:1: `name` is missing here.",
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("name: Eve\n", "5:1: `name` appears here twice: keep one."),
        ("answers:\n  hope: a\n  hope: b\n", "7:3: `hope` appears here twice: keep one."),
        ("answers:\n  [a]: b\n", "6:3: A key is needed here: one word."),
        ("unknown:\n  - {a: b}\n", "6:5: The id of a field is needed here."),
    ],
)
def test_what_appears_twice_or_is_misplaced_is_reported(lines: str, told: str) -> None:
    assert problems(f"{HEAD}{lines}") == [told]


@pytest.mark.parametrize(
    "lines",
    [
        'answers:\n  hope: "\\e[2J"\n',
        'answers:\n  hope: "\\u202egnirts"\n',
        'answers:\n  help: ["a", "\\x07"]\n',
        'answers:\n  "ho\\u2066pe": a\n',
        'unknown: ["\\x1b"]\n',
    ],
)
def test_control_characters_and_overrides_of_direction_refuse_a_file(lines: str) -> None:
    (told,) = problems(f"{HEAD}{lines}")
    assert told.endswith("This text contains characters that cannot be shown: take them out.")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ('"Gra\\u202ece"', "This text contains characters that cannot be shown: take them out."),
        ("G" * 61, "The name has 61 characters: please keep it to 60 or fewer."),
    ],
)
def test_a_name_is_checked_as_a_typed_one_is(name: str, told: str) -> None:
    text = HEAD.replace("Grace", name)
    assert told in problems(text)[0]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("answers: &a\n  hope: *a\n", "A text that begins with `&`"),
        ("answers:\n  hope: !!python/object:os.system x\n", "A text that begins with `!`"),
        (f"answers: {'[' * 40}{']' * 40}\n", "This is nested more than 32 levels deep."),
        ("---\na: b\n", "A second document begins here"),
        ("answers:\n  hope: to lead: well\n", "This sentence contains a colon."),
    ],
)
def test_bombs_tags_and_broken_yaml_are_reported(lines: str, told: str) -> None:
    assert told in problems(f"{HEAD}{lines}")[0]


def test_a_huge_file_a_folder_and_a_pipe_are_refused_unread(tmp_path: Path) -> None:
    huge, pipe = tmp_path / "huge.yaml", tmp_path / "pipe.yaml"
    huge.write_text(HEAD + "#" * 300_000, encoding="utf-8")
    os.mkfifo(pipe)
    told = []
    for path in (huge, tmp_path, pipe, tmp_path / "none.yaml"):
        with pytest.raises(InputError) as refused:
            read_source(path)
        told.append(str(refused.value).removeprefix(f"{path}: "))
    assert told == [
        "This file is too large: 256 KB at most.",
        "This is a folder; a YAML file is needed.",
        "This is not an ordinary file.",
        "There is no such file.",
    ]


def test_nothing_is_read_from_a_pipe_to_find_out_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    says = f"{HEAD}{MADE_BY}".encode().ljust(5000)
    with os.fdopen(os.open(pipe, os.O_RDWR), "wb", buffering=0) as writer:
        # Full, so that whoever reads from it is found out, and does not wait for ever.
        writer.write(says * 2)
        with pytest.raises(InputError, match="This is not an ordinary file"):
            write_form_page(pipe, first_session(), "mentee")
        assert not is_prep(pipe)


def test_ten_thousand_strange_answers_are_left_out_at_once() -> None:
    given = read(f"{HEAD}answers:\n" + "".join(f"  x{n}: y\n" for n in range(10_000)))
    assert (given.prep, len(given.left_out)) == (prep("mentee"), 10_000)


# --- What only does not fit is left out


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            "  hop: x\n",
            "6:3: talk asks the mentee nothing of this name beforehand. Did you mean `hope`?",
        ),
        ("  purpose: x\n", "6:3: talk asks the mentee no `purpose` beforehand."),
        ("  hours: 3\n", "6:3: talk asks the mentee no `hours` beforehand."),
        ("  mood: low\n", "6:3: talk asks the mentee no `mood` beforehand."),
        ("  said.mentor: hi\n", "6:3: talk asks the mentee no `said.mentor` beforehand."),
        ("  never_told: my boss\n", "6:3: `never_told` is never shared: it is not shown."),
        ("  length: long\n", "6:11: `length` cannot be used. A number from 15 to 90 would do."),
        ("  length: [1, 2]\n", "6:11: `length` cannot be used. One answer is needed here"),
        (
            "  keeper: Eve\n",
            "6:11: `keeper` cannot be used. One of these would do: {mentor}, Grace.",
        ),
        ("  hope: {a: b}\n", "6:9: `hope` cannot be used. `hope` needs one answer"),
        ("  help: [[a]]\n", "6:9: `help` cannot be used. `help` needs plain items"),
        (f"  hope: {'x' * 16_001}\n", "6:9: `hope` cannot be used. It is longer than 16000"),
    ],
)
def test_an_answer_that_does_not_fit_is_left_out_with_its_place(lines: str, told: str) -> None:
    (left,) = left_out(f"answers:\n{lines}")
    assert left.startswith(told)
    assert read(f"{HEAD}answers:\n{lines}  topics: [a]\n").prep == prep("mentee", topics=("a",))


@pytest.mark.parametrize("line", ["never_told: my boss", "mood: my boss", "note: my boss"])
def test_what_nobody_asked_to_see_is_in_no_message(line: str) -> None:
    (left,) = left_out(f"answers:\n  {line}\n")
    assert "my boss" not in left


def test_what_is_not_known_of_another_agenda_is_left_out_too() -> None:
    told = ["5:17: talk asks the mentee nothing of this name beforehand."]
    assert left_out("unknown: [hope, shoes]\n") == told


def test_an_answer_is_more_than_not_knowing() -> None:
    text = f"{HEAD}answers:\n  hope: a\nunknown: [hope, topics, topics]\n"
    assert read(text).prep == prep("mentee", "topics", hope="a")


def test_a_file_for_another_agenda_is_used_as_far_as_it_fits() -> None:
    text = WHOLE.replace("agenda: talk", "agenda: coffee").replace("  hope:", "  wish:")
    given = read(text)
    assert (given.prep.agenda, set(given.prep.answers)) == (
        "coffee",
        {"help", "length", "said.mentee"},
    )
    assert [problem.sentence for problem in given.left_out] == [
        "This was written for `coffee`: what fits talk is used.",
        "talk asks the mentee nothing of this name beforehand.",
    ]


# --- What is written can be read, and reads well

TEXT = st.text(max_size=60)


def readable(field: Field, typed: str) -> Value | None:
    """Return what a field makes of a text; None if it cannot read it, or if it says `?`."""
    try:
        return None if unsure(typed) else parse_answer(field, typed, TODAY)
    except InputError:
        return None


@UNHURRIED
@given(st.sampled_from(ROLES), st.lists(TEXT, min_size=1, max_size=8), st.booleans())
def test_what_is_written_is_read_back_as_it_was(role: Role, texts: list[str], both: bool) -> None:
    agenda = first_session()
    fields = prep_fields(agenda, role).items()
    asked = {key: field for key, field in fields if sharing(field) != "never"}
    said = {key: readable(field, text) for (key, field), text in zip(asked.items(), cycle(texts))}
    answers = {key: value for key, value in said.items() if value is not None}
    unknown = tuple(key for key in asked if key not in answers) if both else ()
    written = Prep(agenda.id, role, "Grace", answers, unknown)
    text = prep_text(written, dict.fromkeys(asked, "?"))
    again = prep_from(Source("prep.yaml", text), agenda, TODAY)
    assert (again.prep, again.left_out) == (written, ())


@UNHURRIED
@given(TEXT, TEXT.filter(lambda text: text.strip()))
def test_any_name_and_any_text_of_the_agenda_fits_into_a_file(typed: str, text: str) -> None:
    try:
        name = read_name(typed, "Your name")
    except InputError:
        reject()
    written = Prep("talk", "mentee", name, {"hope": "a: b"})
    again = read(prep_text(written, {"hope": text}))
    assert (again.prep.name, again.prep.answers) == (name, {"hope": "a: b"})


def test_a_file_reads_well() -> None:
    written = prep(
        "mentee", "topics", hope="to lead: well\n\nand soon", help=("An ear", "tea: now")
    )
    labels = {"hope": "What do you hope for?", "help": "Help that is welcome", "topics": "Topics"}
    assert (
        prep_text(written, labels)
        == """\
# Made by `mentorwalk prep`. Drop it into the window of `mentorwalk start`.
mentorwalk-prep: 1
agenda: talk
role: mentee
name: Grace
answers:
  # What do you hope for?
  hope: |
    to lead: well

    and soon
  # Help that is welcome
  help:
    - An ear
    - |
      tea: now
unknown:
  # Topics
  - topics
"""
    )


def test_only_a_preparation_file_looks_like_one(tmp_path: Path) -> None:
    there, other = tmp_path / "prep.yaml", tmp_path / "notes.txt"
    there.write_text(prep_text(prep("mentee"), {}), encoding="utf-8")
    other.write_text("what about mentorwalk-prep: 1?", encoding="utf-8")
    assert [is_prep(path) for path in (there, other, tmp_path, tmp_path / "none")] == [
        *(True, False, False, False),
    ]
