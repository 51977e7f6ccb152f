"""From YAML to agendas and answers, or to every problem with its place and its mend."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import (
    TODAY,
    UNHURRIED,
    agenda_of,
    agenda_written,
    examples,
    first_session,
    first_session_text,
    mutilated,
)

from mentorwalk.authoring import Source, agenda_from, read_source
from mentorwalk.authoring.answers_file import ParsedAnswers, answers_from
from mentorwalk.authoring.lint import Documents, warnings_of
from mentorwalk.authoring.syntax.rewriting import unwrapped
from mentorwalk.authoring.validation import examine
from mentorwalk.domain.agenda import Agenda, Clause, Phase, Prompt
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.errors import InputError, MentorwalkError, Problem, ProblemsFound
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.planning import plan

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value

pytestmark = pytest.mark.portable

BARE_NAME_WANTED = (
    "A bare file name is needed: letters from a to z, digits, `.`, `-` and `_`, and no folder."
)

SOUND = """\
mentorwalk: 1
id: talk
title: A talk
minutes: 30
contact:
  who: the programme
phases:
  - id: start
    title: Start
    short: Start
    prompts:
      - id: hello
        ask: How are you, {mentee}?
        minutes: 5
        record:
          - id: mood
            label: Your mood
            help: One word.
      - id: rhythm
        ask: How often?
        minutes: 25
        recall: [mood]
        settle:
          - id: often
            label: How often
            type: select
            choices:
              - Every week
              - 30
            default: Every week
        clause:
          heading: How we meet
          says: We meet {often}.
documents:
  - template: contract.md.j2
    file: contract.md
    accept: yes
"""
Edits = dict[str, str]
"""What stands once in the sound agenda, and what is put in its place."""
ShownAnswer = tuple[int, int, str]
"""A problem: line, column, sentence."""


def edited(edits: Edits) -> str:
    text = SOUND
    for old, new in edits.items():
        assert text.count(old) == 1, f"{old!r} must stand once in the agenda"
        text = text.replace(old, new)
    return text


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as caught:
        agenda_written(text)
    return caught.value.problems


def told(text: str) -> list[ShownAnswer]:
    return [(problem.line, problem.column, problem.sentence) for problem in problems_of(text)]


def sentences(text: str) -> list[str]:
    return [problem.sentence for problem in problems_of(text)]


def field_written(*lines: str) -> Field:
    """The field `mood`, with lines in the place of its help."""
    text = edited({"            help: One word.\n": "".join(f"            {x}\n" for x in lines)})
    return agenda_written(text).fields["mood"]


# A sound agenda


def test_an_agenda_becomes_what_it_says() -> None:
    assert agenda_written(SOUND) == Agenda(
        mentorwalk=1,
        id="talk",
        title="A talk",
        minutes=30,
        contact=Contact("the programme"),
        phases=(
            Phase(
                "start",
                "Start",
                "Start",
                (
                    Prompt(
                        "hello",
                        "How are you, {mentee}?",
                        minutes=5,
                        record=(Field("mood", "Your mood", help="One word."),),
                    ),
                    Prompt(
                        "rhythm",
                        "How often?",
                        minutes=25,
                        recall=("mood",),
                        settle=(
                            Field(
                                "often",
                                "How often",
                                "select",
                                choices=(Choice("Every week"), Choice("30")),
                                default="Every week",
                            ),
                        ),
                        clause=Clause("How we meet", "We meet {often}."),
                    ),
                ),
            ),
        ),
        documents=(Document("contract.md.j2", "contract.md", accept=True),),
    )


def test_the_bundled_agenda_has_no_problem() -> None:
    assert agenda_written(first_session_text()) == first_session()


def test_a_wrapped_sentence_becomes_one_line_and_paragraphs_and_lists_stay() -> None:
    block = "|\n          One\n          line.\n\n          Two:\n          - a\n          - b\n"

    agenda = agenda_written(edited({"How often?\n": block}))

    assert agenda.prompts["rhythm"].ask == "One line.\n\nTwo:\n- a\n- b"


@pytest.mark.parametrize(
    "word",
    [
        *("no", "on", "yes", "null", "~", "30", "007", "1_000", "0x10", "1e3", "3.10"),
        *("12:30", "2026-12-15", "=", "<<", ".inf"),
    ],
)
def test_every_scalar_is_text(word: str) -> None:
    field = field_written("type: select", f"choices: [{word}, other]", f"default: {word}")

    assert (field.choices, field.default) == ((Choice(word), Choice("other")), word)


def test_a_choice_may_read_differently_in_a_sentence() -> None:
    field = field_written("type: select", "choices:", "  - pick: 30", "    says: thirty", "  - 45")

    assert field.choices == (Choice("30", "thirty"), Choice("45"))


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("when: {often: 30}", (Condition("often", ("30",)),)),
        ("when: {often: [30, Every week]}", (Condition("often", ("30", "Every week")),)),
    ],
)
def test_a_condition_names_a_field_and_its_answers(line: str, when: tuple[Condition, ...]) -> None:
    assert field_written(line).when == when


def test_several_conditions_are_all_kept() -> None:
    more = (
        "            default: Every week\n"
        "          - id: more\n"
        "            label: More\n"
        "            when: {often: 30, mood: good}\n"
    )
    agenda = agenda_written(edited({"            default: Every week\n": more}))

    both = (Condition("often", ("30",)), Condition("mood", ("good",)))
    assert agenda.fields["more"].when == both


@pytest.mark.parametrize("word", ["yes", "true", "Yes", "TRUE"])
def test_yes_is_read_where_yes_or_no_is_asked(word: str) -> None:
    assert field_written(f"private: {word}", "type: scale").private is True


def test_a_default_may_be_a_list() -> None:
    assert field_written("type: list", "default: [a, b]").default == ("a", "b")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())

    assert agenda_from(read_source(path)) == agenda_written(SOUND)


# One mistake, one problem


MISTAKES: dict[str, tuple[Edits, list[ShownAnswer]]] = {
    "a mistyped key": (
        {"help: One": "hepl: One"},
        [(18, 13, "There is no key `hepl` here. Did you mean `help`?")],
    ),
    "an unknown key": (
        {"help: One": "colour: One"},
        [
            (
                18,
                13,
                (
                    "There is no key `colour` here. Usual keys here are `label`, `type`, "
                    "`choices` and `by`."
                ),
            )
        ],
    ),
    "a mistyped key that is required": (
        {"title: A talk": "titel: A talk"},
        [(3, 1, "There is no key `titel` here. Did you mean `title`?")],
    ),
    "mistyped prompts": (
        {"    prompts:": "    promts:"},
        [(11, 5, "There is no key `promts` here. Did you mean `prompts`?")],
    ),
    "no title": ({"title: A talk\n": ""}, [(1, 1, "`title` is missing here.")]),
    "no ask": ({"ask: How often?\n        ": ""}, [(19, 9, "`ask` is missing here.")]),
    "no heading": (
        {"heading: How we meet\n          ": ""},
        [(32, 11, "`heading` is missing here.")],
    ),
    "a key twice": (
        {"id: talk": "id: talk\nid: other"},
        [(3, 1, "`id` appears here twice: keep one.")],
    ),
    "a list as a key": (
        {"help: One word.": "? [a, b]\n            : c"},
        [(18, 15, "A key is needed here: one word before the colon.")],
    ),
    "a word for a number": (
        {"minutes: 5": "minutes: five"},
        [(14, 18, "`minutes` must be a number, such as 5 or 1.5.")],
    ),
    "a fraction for a whole number": (
        {"minutes: 30": "minutes: 7.5"},
        [(4, 10, "`minutes` must be a whole number, such as 60.")],
    ),
    "more digits than any number of minutes has": (
        {"minutes: 30": f"minutes: {'3' * 26}"},
        [(4, 10, "`minutes` is far too large a number.")],
    ),
    "a version with a fraction": (
        {"mentorwalk: 1": "mentorwalk: 1.0"},
        [(1, 13, "`mentorwalk` is the version of this format: write `mentorwalk: 1`.")],
    ),
    "maybe for yes or no": (
        {"accept: yes": "accept: maybe"},
        [(37, 13, "`accept` must be yes or no.")],
    ),
    "a word for a list": (
        {"recall: [mood]": "recall: mood"},
        [(22, 17, "`recall` must be a list: each item on its own line, after `- `.")],
    ),
    "a list for a text": (
        {"ask: How often?": "ask: [How, often]"},
        [(20, 14, "`ask` must be one text, not a list.")],
    ),
    "keys for a text": (
        {"ask: How often?": "ask:\n          how: often"},
        [(21, 11, "`ask` must be one text, not keys and values.")],
    ),
    "braces alone for a text": (
        {"ask: How often?": "ask: {mentee}"},
        [
            (
                *(20, 14),
                ("A text that begins with `{` is misread here. Put it on its own line after `|`."),
            )
        ],
    ),
    "a text for keys": (
        {"\n  who: the programme": " the programme"},
        [(5, 10, "Keys are needed here (`who`, `how`, `urgent`, `named_by`), not a text.")],
    ),
    "a mistyped type": (
        {"type: select": "type: selct"},
        [
            (
                *(26, 19),
                (
                    "`type` can be text, list, select, checkbox, confirm, number, scale, date, "
                    "time, ratings, ranking, outline; not `selct`. Did you mean `select`?"
                ),
            )
        ],
    ),
    "nobody of that name speaks": (
        {"minutes: 25": "minutes: 25\n        to: everyone"},
        [(22, 13, "`to` can be mentor, mentee, both; not `everyone`. Did you mean `both`?")],
    ),
    "nobody of that name writes": (
        {"help: One word.": "by: mentors"},
        [
            (
                *(18, 17),
                "`by` can be mentor, mentee, both, each; not `mentors`. Did you mean `mentor`?",
            )
        ],
    ),
    "a long short title": (
        {"short: Start": "short: Getting to know"},
        [(10, 12, "`short` has 15 characters; 12 at most.")],
    ),
    "a later format": (
        {"mentorwalk: 1": "mentorwalk: 2"},
        [(1, 13, "This is format 2; this program reads format 1.")],
    ),
    "format nought": (
        {"mentorwalk: 1": "mentorwalk: 0"},
        [(1, 13, "This is format 0; this program reads format 1.")],
    ),
    "a card without time": (
        {"minutes: 5": "minutes: 0"},
        [(14, 18, "`minutes` must be more than 0.")],
    ),
    "a session without time": (
        {"minutes: 30": "minutes: 0"},
        [(4, 10, "`minutes` must be 1 or more.")],
    ),
    "shortest is longer": (
        {"minutes: 30": "minutes: 30\nshortest: 40"},
        [(5, 11, "`shortest` (40) is more than `minutes` (30).")],
    ),
    "longest is shorter": (
        {"minutes: 30": "minutes: 30\nlongest: 20"},
        [(5, 10, "`longest` (20) is less than `minutes` (30).")],
    ),
    "no card is planned": (
        {"minutes: 5": "extra: yes", "minutes: 25": "at_least: 31"},
        [(8, 3, "No card is left in the shortest session: keep at least one.")],
    ),
    "two cards of one id": (
        {"id: hello": "id: rhythm"},
        [
            (
                19,
                13,
                "The id `rhythm` is taken already, on line 12: phases and cards share their ids.",
            )
        ],
    ),
    "a card with the id of its phase": (
        {"id: hello": "id: start"},
        [
            (
                12,
                13,
                "The id `start` is taken already, on line 8: phases and cards share their ids.",
            )
        ],
    ),
    "two fields of one id": (
        {"help: One word.": "help: One word.\n          - id: often\n            label: Again"},
        [(26, 17, "The id `often` is taken already, on line 19: each field has one of its own.")],
    ),
    "a prep field with the id of another field": (
        {"documents:": "prepare:\n  mentee:\n    - id: mood\n      label: M\ndocuments:"},
        [(36, 11, "The id `mood` is taken already, on line 16: each field has one of its own.")],
    ),
    "an agenda id with a space": (
        {"id: talk": "id: A talk!"},
        [
            (
                2,
                5,
                (
                    "An id has small letters from a to z, "
                    "digits and `_` or `-`, and begins with a letter."
                ),
            )
        ],
    ),
    "a field id with a dash": (
        {"id: often": "id: how-often", "We meet {often}.": "We meet."},
        [
            (
                24,
                17,
                "An id has small letters from a to z, digits and `_`, and begins with a letter.",
            )
        ],
    ),
    "a field id that means acceptance": (
        {"id: often": "id: accept", "We meet {often}.": "We meet."},
        [(24, 17, "`accept` has a special meaning: choose another id.")],
    ),
    "a field id that is a name": (
        {"id: often": "id: mentee", "We meet {often}.": "We meet."},
        [(24, 17, "`mentee` has a special meaning: choose another id.")],
    ),
    "recall of nothing": (
        {"recall: [mood]": "recall: [mod]"},
        [(22, 18, "There is no field `mod`. Did you mean `mood`?")],
    ),
    "again nothing": (
        {"recall: [mood]": "again: [mod]"},
        [(22, 17, "There is no field `mod`. Did you mean `mood`?")],
    ),
    "when nothing": (
        {"help: One word.": "when: {oftn: 30}"},
        [(18, 26, "There is no field `oftn`. Did you mean `often`?")],
    ),
    "when an answer that cannot be": (
        {"help: One word.": "when: {often: Every wek}"},
        [(18, 27, "`often` is never answered `Every wek`. Did you mean `Every week`?")],
    ),
    "when one of several cannot be": (
        {"help: One word.": "when: {often: [30, 31]}"},
        [(18, 32, "`often` is never answered `31`. These would do: `Every week`, `30`.")],
    ),
    "when without an answer": (
        {"help: One word.": "when: often"},
        [
            (
                *(18, 19),
                (
                    "`often` needs its answer, such as `when: {often: 30}`. "
                    "Where any will do, it is `[]`."
                ),
            )
        ],
    ),
    "a meeting on no day": (
        {"documents:": "meeting:\n  date: oft\ndocuments:"},
        [(35, 9, "There is no field `oft`. Did you mean `often`?")],
    ),
    "a meeting on a day that is no date": (
        {"documents:": "meeting:\n  date: often\n  time: mood\n  minutes: mood\ndocuments:"},
        [
            (35, 9, "`often` is of type `select`; a `date` is needed here."),
            (36, 9, "`mood` is of type `text`; a `time` is needed here."),
            (37, 12, "`mood` is of type `text`; a `number` is needed here."),
        ],
    ),
    "a meeting without its day": (
        {"documents:": "meeting:\n  where: often\ndocuments:"},
        [(35, 3, "`date` is missing here.")],
    ),
    "a mistyped name": (
        {"{mentee}": "{mentees}"},
        [(13, 27, "Nothing is called `{mentees}` here. Did you mean `{mentee}`?")],
    ),
    "a field in a question": (
        {"you, {mentee}": "{often}"},
        [
            (
                13,
                22,
                (
                    "`often` is an answer, which only a clause can name. "
                    "A card shows it with `recall: [often]`."
                ),
            )
        ],
    ),
    "a mistyped field in a clause": (
        {"We meet {often}.": "We meet {oftn}."},
        [(33, 25, "Nothing is called `{oftn}` here. Did you mean `{often}`?")],
    ),
    "a contact that is not there": (
        {"contact:\n  who: the programme\n": "", "{mentee}": "{contact}"},
        [(11, 27, "`{contact}` is used, but the agenda has no `contact`.")],
    ),
    "a private field in a clause": (
        {"One word.": "One word.\n            private: yes", "{often}": "{mood}"},
        [(34, 25, "`mood` is private: it cannot appear in the agreement.")],
    ),
    "a field that is only prepared in a clause": (
        {
            "documents:": "prepare:\n  mentee:\n    - {id: wish, label: Wish}\ndocuments:",
            "We meet {often}.": "We meet {wish}.",
        },
        [(33, 25, "Nothing is called `{wish}` here. It is only asked beforehand.")],
    ),
    "a default that is no choice": (
        {"default: Every week": "default: Every wek"},
        [
            (
                *(30, 22),
                (
                    "The default does not fit the field. "
                    "“Every wek” is not among the choices: Every week, 30."
                ),
            )
        ],
    ),
    "several defaults for one answer": (
        {"default: Every week": "default: [Every week]"},
        [
            (
                *(30, 22),
                "The default does not fit the field. One answer is needed here, not several.",
            )
        ],
    ),
    "a default that is no day": (
        {"help: One word.": "type: date\n            default: soon"},
        [
            (
                *(19, 22),
                (
                    "The default does not fit the field. "
                    "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."
                ),
            )
        ],
    ),
    "a default beyond its bound": (
        {"help: One word.": "type: number\n            max: 5\n            default: 6"},
        [
            (
                *(20, 22),
                "The default does not fit the field. A number up to 5 would do.",
            )
        ],
    ),
    "no choices": (
        {"            choices:\n              - Every week\n              - 30\n": ""},
        [(24, 13, "A field of type `select` needs `choices`.")],
    ),
    "choices for a text": (
        {"type: select": "type: text"},
        [
            (
                *(28, 15),
                (
                    "A field of type `text` has no choices: give it `type: select`, or `type: "
                    "checkbox` where several can be chosen, or take them out."
                ),
            )
        ],
    ),
    "a choice twice": (
        {"- 30": "- Every week"},
        [(29, 17, "The choice `Every week` appears here twice: keep one.")],
    ),
    "a choice that looks the same": (
        {"- 30": '- "every  WEEK"'},
        [(29, 17, "The choice `every  WEEK` appears here twice: keep one.")],
    ),
    "a mistyped key of a choice": (
        {"- 30": "- pick: 30\n                say: thirty"},
        [(30, 17, "There is no key `say` here. Did you mean `says`?")],
    ),
    "a choice without its pick": (
        {"- 30": "- says: thirty"},
        [(29, 17, "`pick` is missing here.")],
    ),
    "min is more than max": (
        {"help: One word.": "type: number\n            min: 5\n            max: 3"},
        [(19, 18, "`min` is more than `max`.")],
    ),
    "two documents to accept": (
        {"accept: yes": "accept: yes\n  - template: a.j2\n    file: a.md\n    accept: yes"},
        [(40, 13, "At most one document can be accepted.")],
    ),
    "two cards for acceptance": (
        {"minutes: 5\n": "accept: yes\n", "minutes: 25": "accept: yes"},
        [(21, 17, "At most one card can have `accept: yes`.")],
    ),
    "acceptance of nothing": (
        {"    accept: yes\n": "", "minutes: 25": "accept: yes"},
        [(21, 17, "No document has `accept: yes`, so none can be accepted.")],
    ),
    "a file in another folder": (
        {"file: contract.md": "file: ../contract.md"},
        [(36, 11, BARE_NAME_WANTED)],
    ),
    "a template anywhere": (
        {"template: contract.md.j2": "template: /etc/passwd"},
        [(35, 15, BARE_NAME_WANTED)],
    ),
    "a template in a Windows folder": (
        {"template: contract.md.j2": r"template: a\b"},
        [(35, 15, BARE_NAME_WANTED)],
    ),
    "any file as a template": (
        {"template: contract.md.j2": "template: passwords.csv"},
        [(35, 15, "A template's name ends in `.j2`.")],
    ),
    "a page of one's own": (
        {"file: contract.md": "file: contract.html"},
        [
            (
                *(36, 11),
                "A document's name ends in `.md`. The page for browsers is written beside it.",
            )
        ],
    ),
    "a name that Windows keeps for a device": (
        {"file: contract.md": "file: Con.md"},
        [(36, 11, "Windows cannot hold a file called `Con.md`: choose another name.")],
    ),
    "a name that OneDrive refuses": (
        {"file: contract.md": "file: our_VTI_deal.md"},
        [
            (
                *(36, 11),
                "OneDrive takes no file or folder with `_vti_` in its name: choose another name.",
            )
        ],
    ),
}


def test_one_mistake_is_one_problem_with_its_place() -> None:
    found = {name: told(edited(edits)) for name, (edits, _) in MISTAKES.items()}
    assert found == {name: problems for name, (_, problems) in MISTAKES.items()}


def test_an_agenda_whose_folder_onedrive_would_refuse_is_told() -> None:
    ((_line, _column, sentence),) = told(edited({"id: talk": "id: our_vti_talk"}))
    assert sentence.startswith("OneDrive takes no file or folder with `_vti_` in its name")


def test_two_documents_of_one_name_are_both_named() -> None:
    text = edited({"accept: yes": "accept: yes\n  - template: a.j2\n    file: contract.md"})

    assert told(text) == [
        (36, 11, "Two documents are called `contract.md`."),
        (39, 11, "Two documents are called `contract.md`."),
    ]


@pytest.mark.parametrize(
    ("phases", "problems"),
    [
        ("", [(1, 1, "`phases` is missing here.")]),
        ("phases:\n", [(5, 8, "At least one phase is needed.")]),
        (
            "phases:\n  - id: a\n    title: A\n    short: A\n",
            [(6, 5, "`prompts` is missing here.")],
        ),
    ],
    ids=["missing", "empty", "a phase without cards"],
)
def test_an_agenda_without_cards_is_one_problem(phases: str, problems: list[ShownAnswer]) -> None:
    assert told("mentorwalk: 1\nid: talk\ntitle: A talk\nminutes: 30\n" + phases) == problems


@pytest.mark.parametrize(
    "line",
    ["id: talk", "title: A talk", "id: hello", "ask: How often?", "id: mood", "title: Start"],
)
def test_a_key_that_is_required_may_not_be_left_empty(line: str) -> None:
    key = line.partition(":")[0]

    assert problems_of(edited({f"{line}\n": f"{key}:\n"}))


@pytest.mark.parametrize(
    "edits",
    [
        {
            "One word.": "One word.\n            by: each",
            "recall: [mood]": "keep: yes",
            "{often}": "{mood}",
        },
    ],
    ids=["in a clause"],
)
def test_what_each_is_asked_cannot_be_named_as_one_answer(edits: Edits) -> None:
    assert len(problems_of(edited(edits))) == 1


def test_what_each_is_asked_is_named_with_the_person() -> None:
    edits = {"One word.": "One word.\n            by: each", "[mood]": "[mood.mentor]"}

    assert agenda_written(edited(edits)).prompts["rhythm"].recall == ("mood.mentor",)


def test_a_scale_that_begins_above_its_end_can_have_no_answer() -> None:
    text = edited({"help: One word.": "type: scale\n            min: 20"})

    assert len(problems_of(text)) == 1


def test_a_problem_is_told_with_its_file_its_place_and_its_line() -> None:
    [problem] = problems_of(edited({"recall: [mood]": "recall: [mod]"}))

    assert str(problem) == (
        "agenda.yaml:22:18: There is no field `mod`. Did you mean `mood`?\n"
        "            recall: [mod]"
    )


def test_a_column_counts_characters() -> None:
    assert told(edited({"recall: [mood]": "recall: [été, mood, '👩🏽‍🏫', mod]"}))[-1] == (
        22,
        37,
        "There is no field `mod`. Did you mean `mood`?",
    )


TWENTY_MISTAKES = """\
mentorwalk: 1
id: My Talk                 # 1
title: A talk
titel: A talk               # 2
minutes: 30
shortest: soon              # 3
longest: 90
roles:
  mentors: Sponsor          # 4
phases:
  - id: start
    title: Start
    short: A very long one  # 5
    aim: [a, b]             # 6
    prompts:
      - id: hello
        ask: Hi {mentr}!    # 7
        to: all             # 8
        first: you          # 9
        minutes: none       # 10
        recall: mood        # 11
        keep: perhaps       # 12
        record:
          - id: mood
            label: Mood
            lable: Mood     # 13
            type: txt       # 14
          - id: next-day    # 15
            label: Next
            type: date
            default: soon   # 16
      - id: hello           # 17
        ask: And?
        settle:
          - id: length
            label: How long
            type: number
            min: 9          # 18
            max: 3
meeting:
  date: day                 # 19
documents:
  - template: a/b.j2        # 20
    file: b.md
"""


def test_twenty_mistakes_are_twenty_problems_in_the_order_of_the_file() -> None:
    marked = [number for number, line in enumerate(TWENTY_MISTAKES.split("\n"), 1) if "#" in line]
    fields = (
        "text, list, select, checkbox, confirm, number, scale, date, time, ratings, ranking, "
        "outline"
    )

    problems = [(problem.line, problem.sentence) for problem in problems_of(TWENTY_MISTAKES)]

    assert problems == list(
        zip(
            marked,
            [
                (
                    "An id has small letters from a to z, "
                    "digits and `_` or `-`, and begins with a letter."
                ),
                "There is no key `titel` here. Did you mean `title`?",
                "`shortest` must be a whole number, such as 60.",
                "There is no key `mentors` here. Did you mean `mentor`?",
                "`short` has 15 characters; 12 at most.",
                "`aim` must be one text, not a list.",
                "Nothing is called `{mentr}` here. Did you mean `{mentor}`?",
                "`to` can be mentor, mentee, both; not `all`. Did you mean `both`?",
                "`first` can be mentor, mentee; not `you`.",
                "`minutes` must be a number, such as 5 or 1.5.",
                "`recall` must be a list: each item on its own line, after `- `.",
                "`keep` must be yes or no.",
                "There is no key `lable` here. Did you mean `label`?",
                f"`type` can be {fields}; not `txt`. Did you mean `text`?",
                "An id has small letters from a to z, digits and `_`, and begins with a letter.",
                (
                    "The default does not fit the field. "
                    "A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”."
                ),
                ("The id `hello` is taken already, on line 16: phases and cards share their ids."),
                "`min` is more than `max`.",
                "There is no field `day`.",
                BARE_NAME_WANTED,
            ],
            strict=True,
        )
    )


# What is no YAML, or too much of it

OWN_LINE = "Put it on its own line after `|`."
OPEN_QUOTE = f"A quotation mark opens here, but the text does not end with one. {OWN_LINE}"
MISREAD_DOUBLE = f'A text that begins with `"` is misread here. {OWN_LINE}'
MISREAD_SINGLE = f"A text that begins with `'` is misread here. {OWN_LINE}"
MISREAD_BRACE = f"A text that begins with `{{` is misread here. {OWN_LINE}"
MISREAD_BRACKET = f"A text that begins with `[` is misread here. {OWN_LINE}"
NOT_IN_LINE = "This line does not line up with the keys above it: fix its indentation."


def test_what_yaml_misreads_is_told_in_plain_words() -> None:
    expected: dict[str, ShownAnswer] = {
        "ask: How often: weekly?": (20, 23, f"This sentence contains a colon. {OWN_LINE}"),
        'ask: "How often?': (20, 14, OPEN_QUOTE),
        "ask: 'How often?": (20, 14, OPEN_QUOTE),
        'ask: "Often" or not?': (20, 14, MISREAD_DOUBLE),
        "ask: 'Often' or not?": (20, 14, MISREAD_SINGLE),
        "ask: {mentee}, how often?": (20, 14, MISREAD_BRACE),
        "ask: {mentee} asks {mentor}": (20, 14, MISREAD_BRACE),
        "ask: [Often] or not?": (20, 14, MISREAD_BRACKET),
        "ask: &how often?": (20, 14, f"A text that begins with `&` is misread here. {OWN_LINE}"),
        "ask: *how*": (20, 14, "Stars make nothing bold or slanted here: take them out."),
        "ask: *how often?*": (20, 14, "Stars make nothing bold or slanted here: take them out."),
        "ask: !how often?": (20, 14, f"A text that begins with `!` is misread here. {OWN_LINE}"),
        "ask: !!python/name:os.system": (
            20,
            14,
            f"A text that begins with `!` is misread here. {OWN_LINE}",
        ),
        "ask: @how": (20, 14, f"A text that begins with `@` is misread here. {OWN_LINE}"),
        "ask: `how`": (20, 14, f"A text that begins with ``` is misread here. {OWN_LINE}"),
        "ask: %how": (20, 14, f"A text that begins with `%` is misread here. {OWN_LINE}"),
        "ask: | How often?": (
            20,
            16,
            "Nothing but a line break may follow `|` or `>`: the text begins on the next line.",
        ),
        "ask How often?": (20, 12, "A colon is missing after `ask`."),
        "asks How often?": (20, 9, "A colon is missing: after a key, or somewhere just above."),
        "\task: How often?": (20, 9, "This line is indented with a tab: use spaces."),
        "ask: How\x07 often?": (20, 17, "This character cannot be part of a text: take it out."),
    }
    found = {line: told(edited({"ask: How often?": line})) for line in expected}
    assert found == {key: [problem] for key, problem in expected.items()}


@pytest.mark.parametrize("indent", ["       ", "     ", "         "])
def test_a_line_that_does_not_line_up_is_told_as_that(indent: str) -> None:
    [problem] = problems_of(edited({"        ask: How often?": f"{indent}ask: How often?"}))

    assert (problem.line, problem.sentence) == (20, NOT_IN_LINE)


@pytest.mark.parametrize(
    ("edits", "place"),
    [
        ({"recall: [mood]": "stuck:\n          - Take this: a pause"}, (23, 13)),
        ({"- 30": "- Often: every day"}, (29, 17)),
    ],
    ids=["a hint", "a choice"],
)
def test_a_colon_in_a_list_item_is_told_as_a_colon(edits: Edits, place: tuple[int, int]) -> None:
    [(line, column, sentence)] = told(edited(edits))

    assert ((line, column), "colon" in sentence) == (place, True)


def test_a_misread_sentence_is_shown_mended() -> None:
    [problem] = problems_of(edited({"ask: How often?": "ask: How often: weekly?"}))

    assert str(problem) == (
        "agenda.yaml:20:23: This sentence contains a colon. Put it on its own line after `|`.\n"
        "            ask: How often: weekly?\n"
        "  Write it like this:\n"
        "            ask: |\n"
        "              How often: weekly?"
    )


def test_a_long_misread_sentence_is_mended_whole() -> None:
    sentence = "Think of this: " + "a word and " * 30 + "the end?"
    [problem] = problems_of(edited({"How often?": sentence}))

    assert str(problem).split("\n")[-1].strip() == sentence


def test_an_escape_that_is_no_character_is_a_problem() -> None:
    [problem] = problems_of(edited({"How often?": r'"\UFFFFFFFF"'}))

    assert problem.line == 20


def test_every_anchor_alias_and_tag_is_told_at_once() -> None:
    text = edited({"A talk": "&a talk", "Your mood": "*a", "How we meet": "!!str How we meet"})

    assert told(text) == [
        (3, 8, f"A text that begins with `&` is misread here. {OWN_LINE}"),
        (17, 20, f"A text that begins with `*` is misread here. {OWN_LINE}"),
        (32, 20, f"A text that begins with `!` is misread here. {OWN_LINE}"),
    ]


def test_a_second_document_is_refused() -> None:
    sentence = (
        "A second document begins here: one file holds one. Keep one of the two; if they are one, "
        "take out the line `---`."
    )
    assert told(edited({"documents:": "---\ndocuments:"})) == [(34, 1, sentence)]


def test_a_line_of_dashes_at_the_top_is_fine() -> None:
    assert agenda_written(f"---\n{SOUND}") == agenda_written(SOUND)


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? "])
def test_a_hundred_thousand_levels_are_refused_at_the_thirty_third(opening: str) -> None:
    assert told(opening * 100_000) == [
        (1, 32 * len(opening) + 1, "This is nested more than 32 levels deep.")
    ]


def steps_of(text: str) -> int:
    """How many calls it takes to look a text through: the same on every machine."""
    steps = 0

    def count(_frame: object, event: str, _what: object) -> None:
        """Count what begins."""
        nonlocal steps
        steps += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        warnings_of(examine(Source("agenda.yaml", text)), Documents())
    finally:
        sys.setprofile(before)
    return steps


@pytest.mark.slow
def test_ten_times_the_mistakes_take_no_more_than_ten_times_the_work() -> None:
    few, many = (SOUND + "aside:\n" + "  colour: red\n" * number for number in (500, 5000))
    steps_of(f"{few}# loads what is loaded once\n")
    assert problems_of(many)[0].line == 39
    assert steps_of(many) <= 10 * steps_of(few)


def test_ten_times_the_cards_take_no_more_than_ten_times_the_work() -> None:
    few, many = (
        edited(
            {
                "documents:\n": "".join(f"      - {{id: c{n}, ask: b}}\n" for n in range(number))
                + "documents:\n"
            }
        )
        for number in (100, 1000)
    )
    steps_of(f"{few}# loads what is loaded once\n")
    assert steps_of(many) <= 10 * steps_of(few)


def test_what_was_meant_is_looked_for_a_hundred_times_and_no_more() -> None:
    often = ", ".join(["oftn"] * 102)
    assert sentences(edited({"recall: [mood]": f"again: [{often}]"})) == [
        *["There is no field `oftn`. Did you mean `often`?"] * 100,
        *["There is no field `oftn`."] * 2,
    ]


@pytest.mark.parametrize("text", ["just words", "- a\n- b", "~"])
def test_what_is_no_mapping_is_one_problem(text: str) -> None:
    [problem] = problems_of(text)

    assert (problem.line, problem.column) == (1, 1)
    assert problem.sentence.startswith("Keys are needed here (`mentorwalk`, `id`, `title`, ")


# Files


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        agenda_from(read_source(path))
    return str(caught.value).replace(str(path), "FILE")


def test_a_file_is_read_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_text(SOUND, encoding="utf-8")

    assert read_source(path) == Source(str(path), SOUND)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml") == "FILE: There is no such file."


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "FILE: This is a folder; a YAML file is needed."


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_bytes(content)

    assert refusal(path) == "FILE: This file is empty."


def test_a_file_of_comments_is_told(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_text("# an agenda\n# to be\n", encoding="utf-8")

    assert refusal(path) == "FILE: This file contains nothing but comments."


def test_a_binary_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    assert (
        refusal(path) == "FILE: This is not text in UTF-8: a YAML file is needed, saved as UTF-8."
    )


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"mentorwalk: 1\ntitle: caf\xe9\n", "2:11"),
        (b"\xff", "1:1"),
        ("title: élan, ".encode() + b"caf\xe9\n", "1:17"),
        (b"\xef\xbb\xbfmentorwalk: 1\n\xe9", "2:1"),
    ],
    ids=["Latin-1", "the first byte", "after a character of two bytes", "after a byte order mark"],
)
def test_a_character_that_is_not_utf_8_is_told_with_its_place(
    tmp_path: Path, content: bytes, place: str
) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_bytes(content)

    assert refusal(path) == (f"FILE:{place}: This character is not UTF-8: save the file as UTF-8.")


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.touch()
    os.truncate(path, 50 * 1024 * 1024)

    assert refusal(path) == "FILE: This file is too large: 256 KB at most."


def test_a_file_may_have_256_kilobytes(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_text(SOUND.ljust(256 * 1024, "#"), encoding="utf-8")

    assert agenda_from(read_source(path)) == agenda_written(SOUND)


def test_a_file_may_not_have_a_byte_more(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_text(SOUND.ljust(256 * 1024 + 1, "#"), encoding="utf-8")

    assert refusal(path) == "FILE: This file is too large: 256 KB at most."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    os.mkfifo(path)

    assert refusal(path) == "FILE: This is not an ordinary file."


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    assert ": This file cannot be read: " in refusal(tmp_path / ("x" * 300))


def test_a_file_name_cannot_steer_a_terminal(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_source(tmp_path / "\x1b[31mred.yaml")

    assert str(caught.value).endswith("\ufffd[31mred.yaml: There is no such file.")


# Answers files

ASKING = agenda_of(
    Prompt(
        "one",
        "One?",
        record=(
            Field("purpose", "Purpose"),
            Field("items", "Items", "list", max=2),
            Field("length", "Length", "number", min=15),
            Field("keeper", "Keeper", "select", choices=(Choice("{mentee}"), Choice("30"))),
            Field("quiet", "Quiet", "checkbox", choices=(Choice("Evenings"), Choice("Leave"))),
            Field("sure", "Sure", "confirm"),
            Field("takes", "Takes", by="each"),
        ),
    )
)


def answers(text: str) -> tuple[ParsedAnswers, list[ShownAnswer]]:
    source = Source("answers.yaml", text)
    given_answers, problems = answers_from(source, ASKING, TODAY, {"mentee": "Grace"})
    return given_answers, [(p.line, p.column, p.sentence) for p in problems]


def test_an_answer_is_read_by_the_type_of_its_field() -> None:
    expected: dict[str, dict[str, Value | None]] = {
        "purpose: lead a team": {"purpose": "lead a team"},
        "purpose: |\n  lead\n  a team\n": {"purpose": "lead\na team"},
        "purpose: no": {"purpose": "no"},
        "purpose:": {"purpose": None},
        "items: one": {"items": ("one",)},
        "items:\n  - one\n  - two, three\n": {"items": ("one", "two, three")},
        "items: []": {"items": None},
        "length: 60": {"length": 60},
        "keeper: grace": {"keeper": "{mentee}"},
        "keeper: '{mentee}'": {"keeper": "{mentee}"},
        "keeper: 30": {"keeper": "30"},
        "quiet: leave, evenings": {"quiet": ("Evenings", "Leave")},
        "quiet: [leave]": {"quiet": ("Leave",)},
        "sure: no": {"sure": False},
        "takes.mentor: hope\ntakes.mentee: rest": {"takes.mentor": "hope", "takes.mentee": "rest"},
        "{}": {},
    }
    found = {text: answers(text) for text in expected}
    assert found == {key: (ParsedAnswers(values), []) for key, values in expected.items()}


def test_acceptance_can_be_given_in_an_answers_file() -> None:
    expected: dict[str, bool] = {
        "yes": True,
        "Yes": True,
        "true": True,
        "no": False,
        "false": False,
        "": False,
    }
    found = {word: answers(f"accept: {word}") for word in expected}
    assert found == {key: (ParsedAnswers({}, accepts), []) for key, accepts in expected.items()}


def test_an_answer_that_cannot_be_read_is_told_with_its_place() -> None:
    expected: dict[str, ShownAnswer] = {
        "purpos: lead": (1, 1, "There is no field `purpos` in talk. Did you mean `purpose`?"),
        "accpt: yes": (1, 1, "There is no field `accpt` in talk. Did you mean `accept`?"),
        "takes: hope": (1, 1, "`takes` is asked of each: write `takes.mentor`, `takes.mentee`."),
        "length: sixty": (1, 9, "A number of 15 or more would do."),
        "length: 5": (1, 9, "A number of 15 or more would do."),
        "keeper: Ada": (1, 9, "“Ada” is not among the choices: Grace, 30."),
        "purpose: one\npurpose: two": (2, 1, "`purpose` appears here twice: keep one."),
        "purpose: [one]": (1, 10, "One answer is needed here, not several."),
        "purpose: {a: b}": (1, 10, "`purpose` needs one answer, not keys and values."),
        "items: [[one]]": (1, 8, "`items` needs plain items, one per line."),
        "items: [a, b, c]": (1, 8, "At most two, one a line; here are three."),
        "accept: maybe": (1, 9, "`accept` must be yes or no."),
    }
    found = {text: answers(text)[1] for text in expected}
    assert found == {key: [problem] for key, problem in expected.items()}


def test_all_problems_of_an_answers_file_are_told_at_once_and_the_rest_is_read() -> None:
    text = "purpos: lead\nlength: sixty\nsure: yes\nkeeper: Ada\nsure: no\n"

    assert answers(text) == (
        ParsedAnswers({"sure": True}, unread=frozenset({"length", "keeper"})),
        [
            (1, 1, "There is no field `purpos` in talk. Did you mean `purpose`?"),
            (2, 9, "A number of 15 or more would do."),
            (4, 9, "“Ada” is not among the choices: Grace, 30."),
            (5, 1, "`sure` appears here twice: keep one."),
        ],
    )


@pytest.mark.parametrize("text", ["just words", "- purpose", "---"])
def test_an_answers_file_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        answers(text)

    assert (
        str(caught.value) == "answers.yaml: Answers must be written as `id: value`, one per line."
    )


def test_an_answers_file_that_is_no_yaml_is_refused_with_its_place() -> None:
    with pytest.raises(ProblemsFound) as caught:
        answers("purpose: this: that")

    assert str(caught.value).startswith("answers.yaml:1:14: This sentence contains a colon. ")


# Whatever the text


def survives(text: str) -> None:
    """Load a text and plan what it says; nothing may be raised but what is told in sentences."""
    complaint, missed = "", [0]
    try:
        agenda = agenda_written(text)
        plans = [plan(agenda, minutes) for minutes in agenda.lengths]
        missed = [made.minutes * 60 - sum(made.seconds.values()) for made in plans]
    except MentorwalkError as error:
        complaint = str(error)
    assert complaint or missed == [0, 0]


@pytest.mark.slow
@settings(UNHURRIED, max_examples=examples(0.3))
@given(mutilated(first_session_text()))
def test_no_mutilation_of_the_bundled_agenda_raises_anything_untold(text: str) -> None:
    survives(text)


@pytest.mark.slow
@settings(UNHURRIED, max_examples=examples(2))
@given(mutilated(SOUND))
def test_no_mutilation_of_a_small_agenda_raises_anything_untold(text: str) -> None:
    survives(text)


@settings(UNHURRIED, max_examples=examples(6))
@given(st.text() | st.text(":{}[]&*!|>'\"%@`#-?\\\n\t 0a"))
def test_no_text_at_all_raises_anything_untold(text: str) -> None:
    survives(text)


@pytest.mark.parametrize("text", ["\n\n a\n - b: c: d\n", "\n - a\n b\n", "\n \n x\n|"])
def test_a_text_below_blank_lines_is_read_to_its_end(text: str) -> None:
    survives(text)


def test_quotation_marks_are_left_out_where_they_are_around_everything() -> None:
    expected: dict[str, str] = {
        "'What's your take-away?'": "What's your take-away?",
        "'What's your take-away?": "What's your take-away?",
        '"How are you?': "How are you?",
        '"What is "deep" for you?"': 'What is "deep" for you?',
        '"What is "deep" for you?': 'What is "deep" for you?',
        "'What is the mentees' wish?'": "What is the mentees' wish?",
        'What\'s your "why"?': 'What\'s your "why"?',
        '"Grow" is a big word: why?': '"Grow" is a big word: why?',
        'What is it: "grow" or "rest"': 'What is it: "grow" or "rest"',
        '"Grow" or "rest"': '"Grow" or "rest"',
        "'Tis the season: how are you?": "'Tis the season: how are you?",
        "'s ist gut: warum?": "'s ist gut: warum?",
        '"How are you?”': "How are you?",
        "'Hello’": "Hello",
        '"What is a “deep” talk, a “good one”': "What is a “deep” talk, a “good one”",
        '"Co to jest „rozmowa”': "Co to jest „rozmowa”",
        "'it''s fine?": "it's fine?",
        '"': '"',
    }
    assert {written: unwrapped(written) for written in expected} == expected


TWO_CARDS_IN_ONE = edited({"      - id: rhythm": "        id: rhythm"})


def test_what_begins_without_its_dash_is_told_once_and_read_as_an_item() -> None:
    sentence = "A new item seems to begin here: a `- ` is missing before its first key."
    assert told(TWO_CARDS_IN_ONE) == [(19, 9, sentence)]
    misspelt = TWO_CARDS_IN_ONE.replace("recall: [mood]", "recall: [moood]")
    assert sentences(misspelt) == [sentence, "There is no field `moood`. Did you mean `mood`?"]


def test_the_mended_line_of_a_missing_dash_mends_the_file() -> None:
    (problem,) = problems_of(TWO_CARDS_IN_ONE)
    assert TWO_CARDS_IN_ONE.replace(problem.excerpt, problem.fix) == SOUND
