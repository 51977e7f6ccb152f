"""What editors make of the schema by yaml-language-server, which most of them use."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.commands import ran
from support.editors import editor_in

from mentorwalk.storage.library import BUNDLED_AGENDAS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.editors import Editor

pytestmark = pytest.mark.slow
FIRST = "# yaml-language-server: $schema=agenda.schema.json\n"
TOP = f"{FIRST}mentorwalk: 1\nid: talk\ntitle: A talk\nminutes: 30\n"
CARD = f"""\
{TOP}phases:
  - id: hello
    title: Hello
    short: Hello
    prompts:
      - id: welcome
        ask: How are you?
"""
FIELD = f"{CARD}        record:\n          - id: mood\n            label: Mood\n"
DOCUMENT = "documents:\n  - template: summary.md.j2\n    file: summary.md\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor in a folder with the schema."""
    folder = tmp_path_factory.mktemp("agendas")
    shutil.copy(SCHEMA, folder)
    with editor_in(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "word", "inserted"),
    [
        (FIRST, "mentorwalk", "mentorwalk: 1"),
        (FIRST, "minutes", "minutes: ${1:60}"),
        (TOP, "shortest", "shortest: ${1:45}"),
        (TOP, "stuck", "stuck:\n  - "),
        (f"{TOP}documents:\n  - template: ", "contract.md.j2", "contract.md.j2"),
        (f"{CARD}        ", "at_least", "at_least: ${1:30}"),
    ],
)
def test_what_an_editor_completes_is_valid(
    text: str, word: str, inserted: str, editor: Editor
) -> None:
    assert editor.completions(text)[word] == inserted


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (f"{CARD}        keep: ", ["no", "yes"]),
        (f"{CARD}        to: ", ["both", "mentee", "mentor"]),
        (f"{TOP}language: ", ["de", "en", "es", "fr", "pl"]),
        (f"{TOP}title: ", []),
        (f"{TOP}stuck: ", []),
    ],
)
def test_an_editor_offers_what_people_write(text: str, offered: list[str], editor: Editor) -> None:
    assert sorted(editor.completions(text).values()) == offered


@pytest.mark.parametrize("word", ["mentorwalk", "title", "minutes", "stuck", "keep", "record"])
def test_an_editor_explains_a_key_once(word: str, editor: Editor) -> None:
    told = editor.hover(f"{FIELD}        keep: yes\n        stuck: [Wait.]\n", f"{word}:")
    assert "||" not in told


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("mentorwalk: 1", "mentorwalk: 2"),
        ("id: talk", "id: First coffee"),
        ("id: mood", "id: how-often"),
        ("short: Hello", "short: abcdefghijklmnopqrstuvwxyz"),
        ("ask: How are you?", "ask:"),
        ("minutes: 30", "minutes: 0"),
        ("minutes: 30", "minutes: -5"),
        ("label: Mood", "lable: Mood"),
        ("template: summary.md.j2", "template: summary.txt"),
        ("file: summary.md", "file: summary.html"),
    ],
)
def test_an_editor_marks_the_line_that_the_check_tells(
    right: str, wrong: str, editor: Editor
) -> None:
    text = (FIELD + DOCUMENT).replace(right, wrong, 1)
    path = editor.folder / "checked.yaml"
    path.write_text(text, encoding="utf-8")
    told = [line for line in ran("agenda", "check", path).lines if ": error: " in line]
    marked = {line for line, _ in editor.problems(text)}
    assert {int(line.split(":")[1]) for line in told} & marked


def test_an_editor_has_nothing_against_bundled_agendas(editor: Editor) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in BUNDLED_AGENDAS.glob("*.yaml")}
    marked = {name: editor.problems(text) for name, text in texts.items()}
    assert marked == {key: [] for key in texts}
