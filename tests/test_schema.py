"""The JSON Schema that editors use: current, with words for every key, strict but not too much."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from agenda_schema import schema_text
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.building import UNHURRIED, agenda_written, examples
from typer.testing import CliRunner

from mentorwalk.cli.app import app
from mentorwalk.domain.errors import InputError
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.storage.library import SCHEMA as PATH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = json.loads(PATH.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
EVERYTHING = """\
mentorwalk: 1
id: all
title: All of it
language: en
minutes: 30
shortest: 20
longest: 40
about: About
roles:
  mentor: Guide
contact:
  who: somebody
  how: there
  urgent: now
aside:
  mentor: First.
stuck:
  - Wait.
phases:
  - id: one
    title: One
    short: One
    aim: Aim
    stuck: [Wait longer.]
    prompts:
      - id: card
        ask: How?
        read: Read
        to: both
        first: mentee
        minutes: 1.5
        tip: Tip
        recall: [mood]
        again: [often]
        at_least: 30
        keep: yes
        record:
          - id: mood
            label: Mood
            type: text
            help: Help
            required: no
            private: false
            by: each
            share: yes
        settle:
          - id: often
            label: Often
            type: select
            choices:
              - 30
              - pick: Never
                says: not at all
                days: 9
            other: true
            default: Never
            prepare: both
          - id: many
            label: Many
            type: number
            min: 1
            max: 9
            unit: times
            when: {often: [30, Never]}
          - id: day
            label: Day
            type: date
          - id: kind
            label: Kind
            type: select
            choices_from: what-follows
        clause:
          heading: Heading
          says: We meet {often}.
          meanwhile: Not at all.
      - id: more
        ask: What else?
        extra: yes
      - id: plain
        ask: Well?
prepare:
  minutes: 15
  intro: Intro
  mentee:
    - id: before
      label: Before
  checklist:
    - group: Room
      items: [Door]
meeting:
  date: day
  lasts: many
next:
  - agenda: all
    when: {time-gone: 85.., mood.mentor: [Fine, Tired]}
    unless: {agendas-walked: all}
  - agenda: none
documents:
  - template: a.j2
    file: a.md
    accept: no
"""
SCALARS = (
    *("30", "-1", "007", "08", "0x1F", "1_000", "1e3", "1.5", ".5", "5.", "٣", "1:30", "12:30"),
    *("yes", "No", "TRUE", "on", "off", "y", "'60'", '"2.5"', "' yes '", "''", '""'),
    *("2026-12-01", "2026-12-01 10:00:00", ".inf", ".nan", "text", "'text '", "both", "|-"),
    *("[]", "[30, no]", "{}", "{mood: 1}", "- a", "!!str a", "# nothing", "in 3 weeks"),
)
"""Values that people write; where something is needed, `null` is nothing for an editor."""


class _AsJson(yaml.SafeLoader):
    """Reads YAML as editors do: with numbers and booleans, but no dates."""


_AsJson.yaml_constructors = {
    **yaml.SafeLoader.yaml_constructors,
    "tag:yaml.org,2002:timestamp": yaml.SafeLoader.construct_yaml_str,
}


def readings(text: str) -> Iterator[Any]:
    """A file as an older and as a newer YAML has it, and as mere text."""
    yield json.loads(json.dumps(yaml.load(text, _AsJson)))
    yield yaml.load(text, yaml.BaseLoader)


def refused(text: str) -> list[str]:
    """What the schema has against a file, however it is read."""
    return [error.message for read in readings(text) for error in VALIDATOR.iter_errors(read)]


def loads(text: str) -> bool:
    """Whether the loader accepts a file."""
    try:
        agenda_written(text)
    except InputError:
        return False
    return True


def test_the_shipped_schema_is_what_the_dataclasses_say() -> None:
    assert PATH.read_text(encoding="utf-8") == schema_text()


def test_it_is_a_schema_of_its_dialect() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_explained() -> None:
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    parts += [either for part in parts for either in part.get("anyOf", ())]
    keys = [(name, key) for part in parts for name, key in part.get("properties", {}).items()]
    assert [name for name, key in keys if not key["description"].endswith(".")] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(BUNDLED_AGENDAS.glob("*.yaml")), ids=lambda p: p.stem)
def test_it_accepts_a_bundled_agenda(path: Path) -> None:
    assert refused(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(BUNDLED_AGENDAS.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_bundled_agenda_names_it_for_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema={PATH.name}"


@pytest.mark.parametrize("path", sorted(BUNDLED_AGENDAS.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_bundled_agenda_says_yes_and_no_as_people_do(path: Path) -> None:
    said = re.findall(r"^[ -]*\w+: (?:true|false)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert said == []


def test_it_accepts_every_key() -> None:
    assert (loads(EVERYTHING), refused(EVERYTHING)) == (True, [])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("title: All", "titel: All"),
        ("    short: One\n", ""),
        ("keep: yes", "keep: perhaps"),
        ("minutes: 1.5", "minutes: long"),
        ("to: both", "to: all"),
        ("type: number", "type: nummer"),
        ("stuck:\n  - Wait.", "stuck: Wait."),
        ("ask: Well?", "ask: [Well, well]"),
        ("mentorwalk: 1", "mentorwalk: 2"),
        ("id: all", "id: All of it"),
        ("id: all", f"id: {'a' * 101}"),
        ("id: plain", "id: Plain"),
        ("id: mood", "id: how-often"),
        ("id: mood", "id: größe"),
        ("id: mood", "id: mentor"),
        ("short: One", "short: abcdefghijklm"),
        ("minutes: 30", "minutes: 0"),
        ("minutes: 30", "minutes: -5"),
        ("minutes: 1.5", "minutes: 0.0"),
        ("minutes: 1.5", "minutes: '0'"),
        ("shortest: 20", "shortest: -20"),
        ("template: a.j2", "template: a.txt"),
        ("template: a.j2", "template: ../a.j2"),
        ("file: a.md", "file: a.html"),
        ("file: a.md", f"file: {'a' * 98}.md"),
        ("ask: Well?", "ask:"),
        ("ask: Well?", "ask: ' '"),
        ("heading: Heading", "heading:"),
        (EVERYTHING[EVERYTHING.index("phases:") : EVERYTHING.index("prepare:\n")], "phases: []\n"),
    ],
)
def test_an_editor_marks_what_the_loader_refuses(right: str, wrong: str) -> None:
    text = EVERYTHING.replace(right, wrong, 1)
    assert (loads(text), bool(refused(text))) == (False, True)


CHILD = """\
mentorwalk: 1
id: ours
extends: first-session
leave_out: [comfortable, field.offer]
change:
  rhythm: {minutes: 4, clause: }
  prepare: {minutes: 5}
  roles: {mentor: Guide}
add:
  - after: turning-point
    to: mentee
    id: why
    ask: Why here?
  - to: rhythm
    id: place
    label: Where
"""


def test_it_accepts_an_agenda_that_extends_another() -> None:
    assert refused(CHILD) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("extends: first-session\n", ""),
        ("id: ours\n", ""),
        ("leave_out: [comfortable, field.offer]", "leave_out: {a: b}"),
        ("minutes: 4", "minuts: 4"),
        ("    id: why\n", ""),
        ("label: Where", "labels: Where"),
    ],
)
def test_it_tells_an_editor_what_is_wrong_with_one(right: str, wrong: str) -> None:
    assert refused(CHILD.replace(right, wrong)) != []


VALUES = [n for n, line in enumerate(EVERYTHING.split("\n")) if ": " in line or "- " in line]


@pytest.mark.slow
@settings(UNHURRIED, max_examples=examples(3))
@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(SCALARS)), max_size=3))
@example([])
def test_it_refuses_nothing_that_the_loader_accepts(edits: list[tuple[int, str]]) -> None:
    lines = EVERYTHING.split("\n")
    for number, scalar in edits:
        key, _, _ = lines[number].rpartition(": " if ": " in lines[number] else "- ")
        lines[number] = f"{key}{': ' if ': ' in lines[number] else '- '}{scalar}"
    text = "\n".join(lines)
    assert not loads(text) or refused(text) == []


def test_the_command_prints_it() -> None:
    result = CliRunner().invoke(app, ["agenda", "schema"])
    assert (result.exit_code, json.loads(result.output)) == (0, SCHEMA)
