"""A file of ours where another one is needed: one sentence says what it is, and what to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.commands import Ran, ran_in

if TYPE_CHECKING:
    from pathlib import Path

AN_AGENDA = "An agenda is needed here: `mentorwalk agenda new` begins one."
ANSWERS = "A file of answers is needed here: `id: answer`, one per line."
A_PREP = "A preparation file is needed here: `mentorwalk prep` writes one."
AN_AGREEMENT = "An agreement in Markdown is needed here."
KINDS = {
    "contract.html": "This is a page for a browser.",
    "summary.html": "This is a page for a browser.",
    "next-meeting.ics": "This is an invitation for a calendar.",
    "mail.eml": "This is a mail.",
    "us.json": "This is an export of a session.",
    "facts.json": "This is a file of facts for a programme.",
    "session.jsonl": "This is the journal of a session.",
}
DOCUMENTS = ("contract.md", "summary.md")
A_FORM = (
    "This is the form itself. Open it in a browser: `Save ...` at its end makes the file to send."
)
SENT = "This is a preparation file, which `mentorwalk start --prep` takes."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one of each file that a session leaves, and its home."""
    folder = tmp_path_factory.mktemp("files")
    home = folder / "home"
    (folder / "talk.yaml").write_text(yaml_text("small-talk"), encoding="utf-8")
    (folder / "answers.yaml").write_text("next_day: 2027-12-15\naccept: yes\n", encoding="utf-8")
    started(folder, "answers.yaml")
    made = (*home.glob("documents/*/*.*"), *home.glob("sessions/*/session.jsonl"))
    for path in made:
        (folder / path.name).write_bytes(path.read_bytes())
    ran_in(home, "export", "1", "--out", folder / "us.json")
    ran_in(home, "prep", "--html", folder / "form.html")
    ran_in(
        home, "prep", "--name", "Grace", "--answers", nothing(folder), "--out", folder / "p.yaml"
    )
    (folder / "mail.eml").write_bytes(b"X-Unsent: 1\r\nTo: \r\nSubject: Ours: a talk\r\n\r\n")
    (folder / "facts.json").write_text('{\n  "mentorwalk-facts": 1,\n  "pair": "x"\n}\n')
    return folder


def nothing(folder: Path) -> Path:
    """Return a file of answers with none in it."""
    path = folder / "none.yaml"
    path.write_text("why_now:\n", encoding="utf-8")
    return path


def started(folder: Path, answers: str) -> Ran:
    """Walk a talk that a file of answers fills in."""
    people = ("--mentor", "Ada", "--mentee", "Grace")
    given = ("--answers", folder / answers)
    return ran_in(folder / "home", "start", folder / "talk.yaml", *people, *given)


@pytest.mark.parametrize("name", [*KINDS, *DOCUMENTS])
def test_a_file_that_is_no_yaml_is_told_as_what_it_is(folder: Path, name: str) -> None:
    path, what = folder / name, KINDS.get(name, "This is a document in Markdown.")
    assert path.is_file()
    assert started(folder, name) == Ran(1, "", f"{path}: {what} {ANSWERS}\n")
    checked = ran_in(folder / "home", "agenda", "check", path)
    assert checked.lines[0] == f"{path}:1:1: error: {what} {AN_AGENDA}"
    read = ran_in(folder / "home", "prep", "--show", path)
    assert read == Ran(1, "", f"{path}: {what} {A_PREP}\n")


@pytest.mark.parametrize("name", [*KINDS, "form.html", "p.yaml", "talk.yaml"])
def test_what_can_be_no_agreement_is_told_as_what_it_is(folder: Path, name: str) -> None:
    more = {
        "form.html": "This is a form for preparing.",
        "p.yaml": SENT,
        "talk.yaml": "This is an agenda.",
    }
    verified = ran_in(folder / "home", "verify", folder / name)
    told = f"{folder / name}: {(KINDS | more)[name]} {AN_AGREEMENT}\n"
    if name == "contract.html":
        told = (
            f"A page is for reading. The mark is that of the Markdown: {folder / 'contract.md'}\n"
        )
    assert verified == Ran(1, "", told)


def test_a_page_that_lies_alone_names_no_file_that_is_not_there(folder: Path) -> None:
    alone = folder / "sent" / "contract.html"
    alone.parent.mkdir()
    alone.write_bytes((folder / "contract.html").read_bytes())
    told = f"{alone}: This is a page for a browser. {AN_AGREEMENT}\n"
    assert ran_in(folder / "home", "verify", alone) == Ran(1, "", told)


@pytest.mark.parametrize(("name", "what"), [("p.yaml", SENT), ("talk.yaml", "This is an agenda.")])
def test_another_yaml_file_of_ours_is_no_file_of_answers(
    folder: Path, name: str, what: str
) -> None:
    told = Ran(1, "", f"{folder / name}: {what} {ANSWERS}\n")
    assert started(folder, name) == told
    assert ran_in(folder / "home", "prep", "--answers", folder / name) == told


def test_a_form_is_told_to_be_one(folder: Path) -> None:
    assert started(folder, "form.html") == Ran(1, "", f"{folder / 'form.html'}: {A_FORM}\n")


@pytest.mark.parametrize(
    "text", ["# Our talk\n\nid: talk\n", "# Our talk\n## Two\nid: a: b\n", "# Why\n# not\n- a\n"]
)
def test_comments_at_the_top_make_no_document_of_a_file(folder: Path, text: str) -> None:
    path = folder / "commented.yaml"
    path.write_text(text, encoding="utf-8")
    assert "Markdown" not in ran_in(folder / "home", "agenda", "check", path).out
