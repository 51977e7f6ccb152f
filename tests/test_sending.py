"""What is sent after the call: a mail with the pages attached, and where the files are."""

from __future__ import annotations

import email
import io
import json
import os
import sys
from dataclasses import dataclass, field, replace
from datetime import date
from email import policy
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE
from support.commands import Ran, ran_in
from support.sample_sessions import walked
from support.small_house import Guide, House
from support.small_walks import STOP
from support.terminals import ENTER, fed

from mentorwalk.documents.mail import mail_draft, worth_sending
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Said
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.opening import opened_by, opener
from mentorwalk.workflows.documents import render_again, write_unsaved
from mentorwalk.workflows.sending import send_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage
    from pathlib import Path

    from mentorwalk.engine.frontend import Frontend, Reply
    from mentorwalk.workflows.runner import RunResult

FILES = {"summary.html": b"<p>We met.</p>", "next-meeting.ics": b"BEGIN:VCALENDAR\r\n"}
WRITE, FOLDER = Said("Write a mail to Grace, with the pages attached"), Said("Open the folder")


# --- The mail


def read(text: str) -> EmailMessage:
    """Read a mail as a mail program does."""
    return email.message_from_bytes(text.encode(), policy=policy.default)


def drafted(files: Mapping[str, bytes] = FILES, people: People | None = None) -> EmailMessage:
    """Draft a mail about a session of the sample, and read it."""
    session = walked({}).session
    return read(mail_draft(replace(session, people=people or session.people), files))


def words(mail: EmailMessage) -> str:
    """Return what a mail says, above what is attached."""
    body = mail.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_mail_is_a_draft_without_an_address_or_a_date() -> None:
    mail = drafted()
    heads = {key: str(value) for key, value in mail.items() if key != "Content-Type"}
    assert heads == {
        "X-Unsent": "1",
        "To": "",
        "Subject": "First mentoring session, Tuesday 24 November 2026",
        "MIME-Version": "1.0",
    }
    assert words(mail) == (
        "Hello Grace,\n\n"
        "Thank you for our talk. Here is what we wrote down together. The pages open in any "
        "browser. The invitation to our next meeting goes into your calendar.\n\n"
        "If a line does not read right to you, tell me, and we will change it.\n\n"
        "Ada\n"
    )


def test_the_subject_has_the_day_of_the_meeting_whenever_it_was_noted() -> None:
    session = walked({}).session
    noted = replace(session, opened=replace(session.opened, held=date(2026, 10, 1)))
    assert read(mail_draft(noted, FILES))["Subject"] == (
        "First mentoring session, Thursday 1 October 2026"
    )


def test_what_is_attached_is_what_the_files_hold() -> None:
    parts = [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in drafted().iter_attachments()
    ]
    assert parts == [
        ("summary.html", "text/html", FILES["summary.html"]),
        ("next-meeting.ics", "text/calendar", FILES["next-meeting.ics"]),
    ]


def test_the_same_mail_is_the_same_file() -> None:
    session = walked({}).session
    assert mail_draft(session, FILES) == mail_draft(session, FILES)
    assert mail_draft(session, FILES) != mail_draft(session, {**FILES, "summary.html": b""})


def test_without_an_invitation_none_is_spoken_of() -> None:
    assert "invitation" not in words(drafted({"summary.html": b""}))


def test_names_in_any_script_are_read_as_they_are_written() -> None:
    said = words(drafted(people=People("Bjørn-Åke", "李 Ayşe 🌱", "mentee")))
    assert (said.split("\n")[0], said.split("\n")[-2]) == ("Hello Bjørn-Åke,", "李 Ayşe 🌱")


@pytest.mark.parametrize(
    "typed",
    [
        "=?utf-8?q?G=0ABcc:x=40y.z?=",
        "=?UTF-8?Q?G=0D=0ABcc:x=40y.z?=",
        "=?utf-8?b?RwpCY2M6eEB5Lno=?=",
        "=?us-ascii?B?Rw0KQmNjOnhAeS56?=",
        "G =?utf-8?q?=0A?= =?utf-8?q?Bcc:x=40y.z?=",
    ],
)
def test_text_that_reads_like_an_encoded_word_stays_text(typed: str) -> None:
    session = walked({}).session
    in_a_title = {"agenda": replace(session.agenda, title=f"A talk {typed}")}
    in_a_name = {
        "agenda": replace(session.agenda, title="A talk {mentee}"),
        "people": People("Ada", typed, "mentor"),
    }
    for changes in (in_a_title, in_a_name):
        mail = read(mail_draft(replace(session, **changes), FILES))
        heads = ["Subject", "X-Unsent", "To", "MIME-Version", "Content-Type"]
        assert (mail.keys(), mail.defects) == (heads, [])
        assert mail["Subject"] == f"A talk {typed}, Tuesday 24 November 2026"


def test_pages_are_sent_rather_than_their_text() -> None:
    names = ["summary.html", "summary.md", "notes.md", "next-meeting.ics"]
    assert worth_sending(names) == ("summary.html", "notes.md", "next-meeting.ics")


# --- The question after the call


@dataclass
class Desk:
    """A house in which a session was held, and the folders that were opened."""

    house: House
    sat: RunResult
    takes: bool = True
    """Whether the system opens folders."""
    opened: list[Path] = field(default_factory=list)

    def send(self, frontend: Frontend) -> None:
        """Ask what becomes of the files."""
        runner = replace(self.house.runner, opens=self._opens)
        send_files(runner, self.sat, frontend)

    def _opens(self, folder: Path) -> bool:
        self.opened.append(folder)
        return self.takes

    @property
    def folder(self) -> Path:
        """The folder of the documents."""
        return self.house.home / "documents" / self.sat.folder.name

    @property
    def mail(self) -> Path:
        """The file of the mail."""
        return self.folder / "mail.eml"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk after a session."""
    house = House(tmp_path)
    return Desk(house, house.sit(Guide()))


@pytest.mark.parametrize("reply", [None, STOP])
def test_who_wants_nothing_more_is_done(desk: Desk, reply: Reply | None) -> None:
    desk.send(Guide({"send": [reply]} if reply else {}))
    assert (desk.opened, desk.mail.exists()) == ([], False)


def test_a_mail_is_written_beside_the_documents_with_the_pages(desk: Desk) -> None:
    guide = Guide({"send": [WRITE]})
    desk.send(guide)
    mail = read(desk.mail.read_bytes().decode())
    assert [part.get_filename() for part in mail.iter_attachments()] == [
        "summary.html",
        "contract.html",
    ]
    assert guide.told == [f"The mail is written, with 2 files attached.\n{desk.mail}"]
    assert desk.mail.stat().st_mode & 0o777 == 0o600


def test_the_folder_is_opened_by_the_system(desk: Desk) -> None:
    guide = Guide({"send": [FOLDER, WRITE]})
    desk.send(guide)
    assert (desk.opened, len(guide.told), desk.mail.exists()) == ([desk.folder], 1, True)


def test_where_no_folder_can_be_opened_its_place_is_told(desk: Desk) -> None:
    guide = Guide({"send": [FOLDER]})
    replace(desk, takes=False).send(guide)
    assert guide.told == [f"The folder cannot be opened from here.\n{desk.folder}"]


def test_where_the_mail_cannot_be_written_it_says_so_and_goes_on(desk: Desk) -> None:
    (desk.folder / "summary.html").unlink()
    guide = Guide({"send": [WRITE]})
    desk.send(guide)
    assert guide.told[0].startswith("The mail could not be written.\n")
    assert "summary.html: This file cannot be read" in guide.told[0]


def test_it_is_asked_on_both_frontends_and_where_nobody_answers_it_ends(desk: Desk) -> None:
    told = io.StringIO()
    for lines in ("1\n\n\n", "\n", ""):
        desk.send(PlainFrontend(io.StringIO(lines), told))
    assert told.getvalue().count("1. Write a mail to Grace, with the pages attached\n") == 4
    assert "Enter keeps: That is all for today\n" in told.getvalue()
    assert f"As plain text: summary.md, contract.md\n{desk.folder}\n" in told.getvalue()
    desk.mail.unlink()
    with fed(("Send Grace the files", f"1{ENTER}"), ENTER, ENTER) as terminal:
        desk.send(LiveFrontend())
    assert terminal.awaited == []
    assert desk.mail.exists()


# --- What becomes of the file


def test_a_mail_that_somebody_completed_is_set_aside(desk: Desk) -> None:
    desk.send(Guide({"send": [WRITE]}))
    desk.mail.write_bytes(desk.mail.read_bytes().replace(b"To:", b"To: grace@example.org"))
    desk.send(Guide({"send": [WRITE]}))
    assert read(desk.mail.read_bytes().decode())["To"] == ""
    assert b"grace@example.org" in (desk.folder / "mail.edited.eml").read_bytes()


def test_when_the_documents_are_written_again_an_old_mail_is_gone(desk: Desk) -> None:
    desk.send(Guide({"send": [WRITE]}))
    render_again(desk.house.runner, desk.sat.folder)
    assert not desk.mail.exists()
    assert "mail.eml" not in json.loads((desk.sat.folder / "rendered.json").read_text("utf-8"))


def test_the_command_writes_it_later(desk: Desk) -> None:
    names = ["summary.md", "summary.html", "contract.md", "contract.html", "mail.eml"]
    paths = "".join(f"{desk.folder / name}\n" for name in names)
    assert ran_in(desk.house.home, "render", "--mail") == Ran(0, paths, "")


def test_it_is_forgotten_with_its_session_and_not_exported(desk: Desk) -> None:
    desk.send(Guide({"send": [WRITE]}))
    (desk.folder / "mail.edited.eml").write_bytes(b"")
    exported = json.loads(ran_in(desk.house.home, "export", "1").out)
    assert list(exported["documents"]) == ["summary.md", "contract.md"]
    ran_in(desk.house.home, "forget", "1", typed="y\n")
    assert not desk.folder.exists()


def test_a_session_that_is_not_saved_has_a_mail_all_the_same(tmp_path: Path) -> None:
    house = House(tmp_path)
    script = house.script
    sat = house.runner.begin_unsaved(script, ADA_AND_GRACE, plan(script.agenda, 12), Guide())
    desk = Desk(house, write_unsaved(house.runner, sat))
    desk.send(Guide({"send": [WRITE]}))
    assert desk.mail.exists()
    assert not (house.home / "sessions").exists()


# --- The system


@pytest.mark.parametrize(
    ("platform", "environment", "command"),
    [
        ("darwin", {}, "open"),
        ("linux", {"DISPLAY": ":0"}, "xdg-open"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "xdg-open"),
        ("linux", {}, ""),
    ],
)
def test_each_system_has_its_command(
    platform: str, environment: dict[str, str], command: str
) -> None:
    assert opener(platform, environment) == command


def test_a_command_that_fails_or_is_not_there_opened_nothing(tmp_path: Path) -> None:
    fails = tmp_path / "fails.py"
    fails.write_text("raise SystemExit(3)", encoding="utf-8")
    works = tmp_path / "works.py"
    works.write_text("", encoding="utf-8")
    assert [opened_by(sys.executable, each) for each in (works, fails)] == [True, False]
    assert not opened_by(os.fspath(tmp_path / "none"), tmp_path)
