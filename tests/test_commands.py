"""The commands as people and scripts run them: what they say, write and exit with."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from support.agendas import yaml_text
from support.commands import ENTERS, Ran, ran, ran_alone
from typer.main import get_command

from mentorwalk.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


ANSWERS = """\
purpose: To lead without burning out.
mentee_step: ask two people
next_day: 2031-12-16
next_time: 15:00
come_back.mentor: 9
"""
ENOUGH = "mood: fine\nhours: 2\n"
"""What the agenda below wants answered."""
OWN = yaml_text("own")


@dataclass(frozen=True)
class Walked:
    """A home, and how the command that made it ended."""

    home: Path
    ended: Ran


def file(folder: Path, name: str, text: str) -> Path:
    """Write a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def start(home: Path, answers: str = ANSWERS, *args: object) -> Ran:
    """Walk a session from answers."""
    given = file(home.parent, "answers.yaml", answers)
    return ran("start", *args, "--answers", given, "--home", home)


def start_own(home: Path, answers: str = ENOUGH, *args: object) -> Ran:
    """Walk a session of the short agenda above from answers."""
    return start(home, answers, file(home.parent, "own.yaml", OWN), *args)


def document(home: Path, name: str = "summary.md") -> str:
    """The only document of that name."""
    (path,) = home.glob(f"documents/*/{name}")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return file(tmp_path, "own.yaml", OWN)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two sessions of one day, for tests that only read."""
    home = tmp_path_factory.mktemp("finished") / "home"
    start_own(home, ENOUGH, "--mentor", "Ada", "--mentee", "Grace")
    start_own(home, f"{ENOUGH}accept: yes\n", "--mentor", "Barbara", "--mentee", "Margaret")
    return home


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """A session that was walked from answers under the laxest umask, for tests that only read."""
    home = tmp_path_factory.mktemp("walked") / "home"
    given = file(home.parent, "answers.yaml", ANSWERS)
    people = ("--mentor", "Ada", "--mentee", "Grace")
    return Walked(home, ran_alone("start", "--answers", given, "--home", home, *people, umask=0))


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """A session whose input ended half-way, for tests that only read."""
    home = tmp_path_factory.mktemp("stopped") / "home"
    return Walked(home, stop_half_way(home))


def folders(home: Path) -> list[str]:
    return sorted(path.name for path in home.glob("sessions/*"))


# --- Walking from answers


WRITTEN = ["summary.md", "summary.html", "contract.md", "contract.html", "next-meeting.ics"]
"""What a first session leaves its two people, in the order it is told."""


def test_a_session_from_answers_ends_well_and_names_its_folder_last(walked: Walked) -> None:
    (folder,) = (walked.home / "sessions").iterdir()

    assert walked.ended == Ran(0, f"{folder}\n", "")


def test_a_session_from_answers_writes_its_documents(walked: Walked) -> None:
    (session,) = (walked.home / "documents").iterdir()

    assert sorted(path.name for path in session.iterdir()) == sorted(WRITTEN)


def test_a_walk_from_answers_that_is_not_saved_leaves_nothing(home: Path) -> None:
    ended = start_own(home, ENOUGH, "--no-save")

    assert (ended, home.exists()) == (Ran(0, "", "Nothing was saved, as you wished.\n"), False)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("later", ["DESCRIPTION:Later\\, 30 minutes\\n\\nAll of it\\, 30 minutes"]), ("gone", [])],
)
def test_the_invitation_tells_the_agenda_that_is_walked_next_if_it_is_there(
    home: Path, wanted: str, told: list[str]
) -> None:
    file(home.parent, "later.yaml", OWN.replace("title: Our own session", "title: Later"))
    meeting = f"meeting:\n  date: day\n  time: hour\nnext: {wanted}\ndocuments:"
    fields = OWN.replace(
        "          - id: mood\n",
        "          - id: day\n            label: Day\n            type: date\n"
        "          - id: hour\n            label: Hour\n            type: time\n"
        "          - id: mood\n",
    )
    agenda = file(home.parent, "own.yaml", fields.replace("documents:", meeting))
    answers = file(home.parent, "answers.yaml", f"{ENOUGH}day: 2031-07-01\nhour: 15:00\n")

    zone = {"TZ": "Europe/Warsaw"}
    ran_alone("start", agenda, "--answers", answers, "--home", home, env=zone)

    lines = document(home, "next-meeting.ics").split("\n")
    assert "DTSTART;TZID=Europe/Warsaw:20310701T150000" in lines
    assert [line for line in lines if line.startswith("DESCRIPTION:")][:-1] == told


def test_documents_lie_under_the_name_of_their_session(walked: Walked) -> None:
    assert [p.name for p in (walked.home / "documents").iterdir()] == folders(walked.home)


def test_everything_is_for_its_owner_only_whatever_the_umask(walked: Walked) -> None:
    paths = (walked.home, *walked.home.rglob("*"))

    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in paths}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_names_that_are_given_stand_in_the_documents(walked: Walked) -> None:
    assert document(walked.home).split("\n")[0] == "# Grace and Ada: First mentoring session"


def test_where_nothing_is_given_the_usual_answers_are_kept(walked: Walked) -> None:
    assert "for 60 minutes, by video, for six months in all." in document(
        walked.home, "contract.md"
    )


def test_an_agreement_stays_a_draft_unless_it_is_accepted(walked: Walked) -> None:
    assert "- Ada: not yet\n- Grace: not yet\n" in document(walked.home, "contract.md")


def test_a_session_keeps_the_agenda_as_it_was_walked(finished: Path) -> None:
    agendas = [path.read_text(encoding="utf-8") for path in finished.glob("sessions/*/agenda.yaml")]

    assert agendas == [OWN, OWN]


def test_private_answers_are_kept_apart(walked: Walked) -> None:
    (private,) = walked.home.glob("sessions/*/private.jsonl")

    told = re.sub(r'"seq":\d+', '"seq":N', private.read_text(encoding="utf-8"))
    assert told == '{"seq":N,"value":9}\n'


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (
            "frequency: every other Tuesday\nlength: 45\nformat: In person\nresponse:",
            (
                "We meet every other Tuesday, for 45 minutes, in person, for six months in all. "
                "In between, Mentee may send short e-mails.\n\n"
                "We have not decided yet when an answer can be expected. Until we have, "
            ),
        ),
        (
            "frequency: Every week",
            "We meet every week, for 60 minutes, by video, for six months in all.",
        ),
    ],
)
def test_answers_even_empty_ones_come_before_what_is_usual(
    answers: str, told: str, home: Path
) -> None:
    start(home, answers)

    assert told in document(home, "contract.md")


def test_without_names_the_roles_stand_in(home: Path) -> None:
    start_own(home)

    assert document(home).split("\n")[0] == "# Mentee and Mentor: Our own session"


def test_accept_yes_accepts_for_both(finished: Path) -> None:
    path = finished / "documents" / folders(finished)[1] / "contract.md"

    told = re.search(r"## Who agrees\n\n(.*?)\n\n---", path.read_text(encoding="utf-8"), re.DOTALL)
    assert told
    assert re.sub(r"\d+ \w+ \d{4}, \d\d:\d\d", "NOW", told[1]) == (
        "- Barbara said yes in the answers file, NOW.\n"
        "- Margaret said yes in the answers file, NOW.\n\n"
        "On paper, if you like:\n\nBarbara ______________________\n\n"
        "Margaret ______________________\n\nDate ______________"
    )


def test_what_is_not_asked_is_not_wanted_and_is_ignored(home: Path) -> None:
    code = start_own(home, f"{ENOUGH}why: hidden\nunplanned: 2031-12-16\npulled: 7\n").code

    (journal,) = home.glob("sessions/*/session.jsonl")
    kept = re.findall(r'"field":"(\w+)"', journal.read_text(encoding="utf-8"))
    assert (code, kept) == (0, ["mood", "hours"])


def test_what_is_not_asked_is_checked_all_the_same(home: Path) -> None:
    ended = start_own(home, f"{ENOUGH}unplanned: soon\npulled: 11\n")

    name = home.parent / "answers.yaml"
    assert ended == Ran(
        1,
        "",
        f"{name}:3:12: A day would do, such as “15 Dec”, “Tuesday” or “in 3 weeks”.\n"
        "    unplanned: soon\n"
        f"{name}:4:9: A whole number from 0 to 10 would do.\n    pulled: 11\n",
    )


def test_every_problem_of_the_answers_is_told_once_and_all_together(home: Path) -> None:
    answers = (
        "mod: fine\namount: many\nhours: [1, 2]\neach_one: ours\n"
        "each_one.mentor: mine\namount: 2\naccept: perhaps\n"
    )

    ended = start_own(home, answers)

    name = home.parent / "answers.yaml"
    assert (
        ended.code,
        ended.out,
        ended.err.replace(f"{name}", "FILE").rstrip("\n").split("\n"),
    ) == (
        1,
        "",
        [
            "FILE:1:1: There is no field `mod` in own. Did you mean `mood`?",
            "    mod: fine",
            "FILE:1:1: `mood` is required, is asked, and has no answer here.",
            "FILE:2:9: A number from 1 to 9 would do.",
            "    amount: many",
            "FILE:3:8: One answer is needed here, not several.",
            "    hours: [1, 2]",
            "FILE:4:1: `each_one` is asked of each: write `each_one.mentor`, `each_one.mentee`.",
            "    each_one: ours",
            "FILE:6:1: `amount` appears here twice: keep one.",
            "    amount: 2",
            "FILE:7:9: `accept` must be yes or no.",
            "    accept: perhaps",
        ],
    )


def test_what_is_required_where_it_is_asked_must_be_answered(home: Path) -> None:
    ended = start_own(home, "mood: fine\namount: 1\n")

    missing = re.findall(r"`(\w+)` is required, is asked, and has no answer here\.", ended.err)
    assert (ended.code, missing) == (1, ["hours", "why"])


def test_answers_that_set_the_next_meeting_in_the_past_are_not_taken(home: Path) -> None:
    ended = start(home, "purpose: To lead\nnext_day: 2025-12-15\n")

    assert ended.err.split("\n")[0].endswith(
        "answers.yaml:2:11: That is over already: Monday 15 December 2025. "
        "A day from today on would do, such as “in 3 weeks”."
    )
    assert (ended.code, home.exists()) == (1, False)


def test_nothing_is_written_where_the_answers_have_a_problem(home: Path) -> None:
    start_own(home, "mood: fine\nhours: many\nnonsense: 1\n")

    assert not home.exists()


def test_what_was_cut_off_a_journal_is_named_by_each_command(home: Path) -> None:
    start(home)
    (folder,) = (home / "sessions").iterdir()
    with (folder / "session.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"seq":')
    ran("render", "--home", home)

    told = {name: ran(name, "--home", home).err for name in ("render", "show", "sessions", "next")}

    piece = folder / "session.jsonl.cut"
    sentence = f"A half-written line was cut off the journal; {piece} keeps it.\n"
    assert [name for name, said in told.items() if sentence not in said] == []


# --- Two sessions on one day


def test_a_second_session_of_a_day_stands_beside_the_first(finished: Path) -> None:
    first, second = folders(finished)

    assert second == f"{first}-2"


def test_the_newest_session_is_the_last_one_whatever_its_agenda(tmp_path: Path, home: Path) -> None:
    for name in ("zebra", "ant"):
        text = OWN.replace("id: own", f"id: {name}").replace("Our own session", f"The {name}")
        start(home, ENOUGH, file(tmp_path, f"{name}.yaml", text))

    assert ran("show", "--home", home).out.split("\n")[0] == "# Mentee and Mentor: The ant"


# --- What cannot be used


AGENDAS: Mapping[str, tuple[bytes | None, str]] = {
    "missing": (None, "There is no such file."),
    "empty": (b"", "This file is empty."),
    "binary": (
        b"\x89PNG\x00\x01",
        "This is not text in UTF-8: a YAML file is needed, saved as UTF-8.",
    ),
    "50 MB": (b"#" * 50_000_000, "This file is too large: 256 KB at most."),
}


@pytest.mark.parametrize("kind", AGENDAS)
def test_an_agenda_that_cannot_be_read_is_told_in_one_sentence(
    kind: str, tmp_path: Path, home: Path
) -> None:
    data, sentence = AGENDAS[kind]
    path = tmp_path / "agenda.yaml"
    if data is not None:
        path.write_bytes(data)

    ended = ran("start", path, "--home", home)

    assert (ended, home.exists()) == (Ran(1, "", f"{path}: {sentence}\n"), False)


def test_an_agenda_that_is_a_folder_is_told(tmp_path: Path, home: Path) -> None:
    ended = ran("start", f"{tmp_path}/", "--home", home)

    assert ended == Ran(1, "", f"{tmp_path}: This is a folder; a YAML file is needed.\n")


def test_an_agenda_in_another_encoding_is_told_with_its_place(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_bytes("mentorwalk: 1\ntitle: Jaźń\n".encode("iso-8859-2"))

    ended = ran("start", path, "--home", home)

    sentence = "This character is not UTF-8: save the file as UTF-8."
    assert ended == Ran(1, "", f"{path}:2:10: {sentence}\n")


def test_twenty_mistakes_are_told_in_twenty_places(tmp_path: Path, home: Path) -> None:
    fields = "".join(
        f"          - id: field_{n}\n            label: A\n            tpye: text\n"
        for n in range(20)
    )
    text = OWN.replace("          - id: mood\n", f"{fields}          - id: mood\n")
    path = file(tmp_path, "agenda.yaml", text)

    ended = ran("start", path, "--home", home)

    places = re.findall(
        rf"^{re.escape(str(path))}:(\d+):13: There is no key `tpye` here\. Did you mean `type`\?$",
        ended.err,
        re.MULTILINE,
    )
    first = OWN[: OWN.index("          - id: mood")].count("\n") + 3
    assert (ended.code, ended.out, places) == (1, "", [str(first + 3 * n) for n in range(20)])


ANSWERS_FILES: Mapping[str, tuple[bytes | None, str]] = {
    "missing": (None, "There is no such file."),
    "a list": (b"- a\n- b\n", "Answers must be written as `id: value`, one per line."),
}


@pytest.mark.parametrize("kind", ANSWERS_FILES)
def test_answers_that_cannot_be_read_are_told_in_one_sentence(
    kind: str, tmp_path: Path, home: Path
) -> None:
    data, sentence = ANSWERS_FILES[kind]
    path = tmp_path / "answers.yaml"
    if data is not None:
        path.write_bytes(data)

    ended = ran("start", "--answers", path, "--home", home)

    assert (ended, home.exists()) == (Ran(1, "", f"{path}: {sentence}\n"), False)


CANNOT_BE_SHOWN = (
    "The mentor's name holds characters that cannot be shown: please write it without them."
)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "The mentor's name is empty: please give a name, any name you go by."),
        ("A" * 300, "The mentor's name has 300 characters: please keep it to 60 or fewer."),
        ("Ada\x1b[31m", CANNOT_BE_SHOWN),
        ("Ada\u202eadA", CANNOT_BE_SHOWN),
    ],
)
def test_a_name_that_cannot_be_used_is_told_in_one_sentence(
    name: str, sentence: str, home: Path
) -> None:
    ended = start(home, ANSWERS, "--mentor", name)

    assert (ended, home.exists()) == (Ran(1, "", f"{sentence}\n"), False)


@pytest.mark.parametrize(
    ("mentor", "mentee", "written"),
    [
        ("Zoë 👩🏽‍💻", "أبجد", "أبجد and Zoë 👩🏽‍💻"),
        ("../../x", "[red]x[/]", "[red]x[/] and ../../x"),
        ("{mentee}", "*Grace*", "\\*Grace\\* and {mentee}"),
    ],
)
def test_an_unusual_name_is_written_as_it_is(
    mentor: str, mentee: str, written: str, home: Path
) -> None:
    start_own(home, ENOUGH, "--mentor", mentor, "--mentee", mentee)

    assert document(home).split("\n")[0] == f"# {written}: Our own session"


def test_no_path_holds_a_name(finished: Path) -> None:
    paths = [str(path.relative_to(finished.parent)) for path in finished.parent.rglob("*")]

    assert [path for path in paths if "Ada" in path or "Margaret" in path] == []


def test_control_characters_in_an_answer_reach_no_document(home: Path) -> None:
    start_own(home, 'hours: 2\nmood: "red \\e[31m \\x9b2J \\0 end"\n')

    assert "Mood: red    end.\n" in document(home)


@pytest.mark.parametrize(("minutes", "wrong"), [(500, "long"), (0, "short"), (-5, "short")])
def test_a_length_that_cannot_be_planned_is_told(minutes: int, wrong: str, home: Path) -> None:
    ended = start(home, ANSWERS, "--minutes", minutes)

    sentence = f"First mentoring session takes 45 to 90 minutes; {minutes} is too {wrong}.\n"
    assert (ended, home.exists()) == (Ran(1, "", sentence), False)


def test_a_folder_for_templates_that_is_not_there_is_told(tmp_path: Path, home: Path) -> None:
    missing = tmp_path / "nowhere"

    ended = start(home, ANSWERS, "--templates", missing)

    sentence = f"{missing}: There is no such folder for templates.\n"
    assert (ended, home.exists()) == (Ran(1, "", sentence), False)


def test_a_missing_template_is_told_before_anything_is_written(tmp_path: Path, home: Path) -> None:
    path = file(tmp_path, "own.yaml", OWN.replace("summary.md.j2", "page.md.j2"))

    ended = start(home, ENOUGH, path)

    sentence = (
        "The template page.md.j2 is in none of the folders for templates. "
        "Put it beside the agenda, or name its folder with --templates.\n"
    )
    assert (ended, home.exists()) == (Ran(1, "", sentence), False)


def test_a_mistake_in_a_template_is_told_before_anything_is_written(
    tmp_path: Path, home: Path
) -> None:
    file(tmp_path, "summary.md.j2", "Hello,\n{{ mentee }}")

    ended = start(home, ANSWERS, "--templates", tmp_path)

    sentence = "summary.md.j2:2:4: Nothing is called `mentee` here: write `people.mentee`.\n"
    assert (ended, home.exists()) == (Ran(1, "", sentence), False)


LATE_MISTAKE = "{% if answers.mood == 'fine' %}\n{{ mentee }}\n{% endif %}\n"
"""A mistake that shows only where one thing was said, which no trial says."""


def test_a_mistake_in_a_template_that_shows_late_is_told_with_the_way_on(
    tmp_path: Path, home: Path
) -> None:
    file(tmp_path, "summary.md.j2", LATE_MISTAKE)

    ended = start_own(home, ENOUGH, "--templates", tmp_path)

    (name,) = folders(home)
    sentences = (
        "summary.md.j2:2:4: Nothing is called `mentee` here: write `people.mentee`.\n"
        f"Everything that was said is safe. Once that is fixed: "
        f"mentorwalk render {name} --home {home}\n"
    )
    assert ended == Ran(1, "", sentences)


def test_a_session_survives_a_mistake_in_a_template(tmp_path: Path, home: Path) -> None:
    template = file(tmp_path, "summary.md.j2", LATE_MISTAKE)
    start_own(home, ENOUGH, "--templates", tmp_path)
    template.write_text("Hello, {{ people.mentee }}.", encoding="utf-8")

    ran("render", "--home", home)

    assert document(home) == "Hello, Mentee.\n"


LONG = "x" * 300
"""A name that no file system takes."""


@pytest.mark.parametrize(
    "command",
    [
        ("agenda", "new", LONG),
        ("agenda", "check", LONG),
        ("start", "--templates", LONG),
        ("prep", "--out", LONG),
        ("start", "--home", f"{LONG}/home", "--answers", LONG),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_what_the_system_refuses_to_look_at_is_told_in_a_sentence(command: Sequence[str]) -> None:
    ended = ran(*command)
    # A newer Python finds nothing there, where an older one asks the system and is refused.
    assert (ended.code, ended.out, ended.err.count("\n"), ended.err[-2:]) == (1, "", 1, ".\n")


def test_a_home_below_a_file_is_told(tmp_path: Path) -> None:
    home = file(tmp_path, "file", "") / "home"

    ended = ran("start", "--answers", file(tmp_path, "a.yaml", ANSWERS), "--home", home)

    sentence = (
        f"{home}/sessions: This folder cannot be written to (Not a directory). "
        "Choose another place with --home or MENTORWALK_HOME.\n"
    )
    assert ended == Ran(1, "", sentence)


def test_documents_that_cannot_be_written_name_the_way_back_to_this_home(home: Path) -> None:
    start_own(home)
    (session,) = (home / "sessions").iterdir()
    noted = session / "rendered.json"
    noted.unlink()
    noted.mkdir()

    sentence = (
        f"{noted}: This file cannot be written (Is a directory). Everything said before is safe. "
        f"Once that is fixed: mentorwalk render {session.name} --home {home}\n"
    )
    assert ran("render", "--home", home) == Ran(1, "", sentence)


def test_documents_that_cannot_be_written_cost_no_session(home: Path) -> None:
    home.mkdir()
    file(home, "documents", "")

    code = start_own(home).code
    (home / "documents").unlink()

    assert (code, ran("render", "--home", home).code) == (1, 0)


def test_a_home_of_a_person_who_is_not_there_is_told() -> None:
    ended = ran("sessions", "--home", "~nobody-of-that-name/here")

    assert (ended.code, ended.out, len(ended.err.split("\n"))) == (1, "", 2)


def test_an_agenda_in_a_folder_whose_name_is_no_text_can_be_walked(
    tmp_path: Path, home: Path
) -> None:
    folder = tmp_path / "bad-\udcff"
    folder.mkdir()

    ended = start(home, ENOUGH, file(folder, "own.yaml", OWN))

    assert ended.code == 0


def test_the_bytes_of_a_path_are_printed_as_they_are(tmp_path: Path) -> None:
    home = tmp_path / "h\udce9"
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "mentorwalk",
            "agenda",
            "new",
            home / "a.yaml",
            "--from",
            "check-in",
        ],
        capture_output=True,
        check=False,
    )
    home.mkdir()
    made = subprocess.run(told.args, capture_output=True, check=False)

    assert told.stderr.startswith(os.fsencode(home) + b": There is no such folder.")
    assert made.stdout == os.fsencode(home / "a.yaml") + b"\n"


def test_control_characters_of_a_path_are_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\x9b\udcc2\udc9b.yaml"

    ended = ran("agenda", "new", path, "--from", "check-in")

    assert ended.out == f"{tmp_path}/a\ufffd[2J\ufffd\ufffd.yaml\n"
    assert not {"\x1b", "\x9b"} & {*ended.err}


NO_SUCH_AGENDA = (
    "There is no agenda called `frist-session`. Did you mean `first-session`? "
    "`mentorwalk agenda list --home HOME` shows all; a path needs a `/` or `.yaml`."
)
NO_SUCH_SESSION = "There is no session `{}`. `mentorwalk sessions --home HOME` lists them."
NONE_UNFINISHED = "There is no unfinished session. `mentorwalk sessions --home HOME` lists all."


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["start", "frist-session"], NO_SUCH_AGENDA),
        (["show", "9"], NO_SUCH_SESSION.format(9)),
        (["show", "1", "cv"], "There is no document `cv` here; there is summary, contract."),
        (["render", "nope"], NO_SUCH_SESSION.format("nope")),
        (["resume"], NONE_UNFINISHED),
    ],
)
def test_what_is_not_there_is_told_in_one_line(
    args: list[str], sentence: str, finished: Path
) -> None:
    told = sentence.replace("HOME", str(finished))
    assert ran(*args, "--home", finished) == Ran(1, "", f"{told}\n")


def test_where_there_is_no_session_yet_the_way_to_begin_is_told(home: Path) -> None:
    ended = ran("show", "--home", home)

    sentence = f"There is no session yet: `mentorwalk start --home {home}` begins one.\n"
    assert (ended, home.exists()) == (Ran(1, "", sentence), False)


@pytest.mark.parametrize(
    "args",
    [
        ["nope"],
        ["start", "--nope"],
        ["start", "--minutes", "many"],
        ["sessions", "more"],
    ],
)
def test_wrong_usage_exits_with_2(args: list[str]) -> None:
    assert ran(*args).code == 2


# --- Stopped half-way


def stop_half_way(home: Path) -> Ran:
    """Start a session on lines that end before it does."""
    people = ("--mentor", "Ada", "--mentee", "Grace", "--minutes", 45)
    return ran("start", *people, "--home", home, typed="\n" * 7)


def test_the_end_of_input_before_the_session_leaves_nothing(home: Path) -> None:
    ended = ran("start", "--mentor", "Ada", "--mentee", "Grace", "--home", home)

    sentence = "Stopped before the session began: there was nothing to save.\n"
    assert (ended.code, ended.err, home.exists()) == (130, sentence, False)


def test_the_end_of_input_in_a_session_says_how_to_go_on(stopped: Walked) -> None:
    (name,) = folders(stopped.home)

    assert (stopped.ended.code, stopped.ended.err) == (
        130,
        f"Saved. Go on with:\nmentorwalk resume {name} --home {stopped.home}\n",
    )


def test_a_stopped_session_is_listed_as_unfinished(stopped: Walked) -> None:
    assert ran("sessions", "--home", stopped.home).out.endswith("  first-session  unfinished\n")


def test_a_stopped_session_has_no_documents_yet_and_says_so(stopped: Walked) -> None:
    (name,) = folders(stopped.home)

    resumes = f"mentorwalk resume {name} --home {stopped.home}"
    sentence = f"{name} has no documents yet. `{resumes}` goes on with it.\n"
    assert ran("show", "--home", stopped.home) == Ran(1, "", sentence)


def test_the_line_that_is_printed_resumes_the_session(home: Path) -> None:
    line = stop_half_way(home).err.strip().split("\n")[-1].removeprefix("mentorwalk ")

    ended = ran(*shlex.split(line), typed=ENTERS)

    (session,) = (home / "documents").iterdir()
    assert (ended.code, ended.err, ended.out.strip().split("\n")[-len(WRITTEN) :]) == (
        0,
        "",
        [f"{session}/{name}" for name in WRITTEN],
    )


def test_a_session_whose_documents_were_moved_away_is_still_finished(home: Path) -> None:
    start_own(home)
    (home / "documents").rename(home.parent / "moved")

    ended = ran("resume", "--home", home)

    assert ended == Ran(1, "", f"{NONE_UNFINISHED}\n".replace("HOME", str(home)))


def test_what_was_typed_before_the_end_of_input_is_kept(home: Path) -> None:
    people = (file(home.parent, "own.yaml", OWN), "--mentor", "Ada", "--mentee", "Grace")
    ran("start", *people, "--home", home, typed="\n\n\nrather tired")
    ran("resume", "--home", home, typed=ENTERS)

    assert "Mood: rather tired.\n" in document(home)


# --- Reading what there is


def test_sessions_are_listed_without_names(finished: Path) -> None:
    ended = ran("sessions", "--home", finished)

    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", ended.out) == (
        "  1  WHEN  own  finished\n  2  WHEN  own  finished\n"
    )


def test_sessions_are_listed_with_names_where_that_is_wanted(finished: Path) -> None:
    ended = ran("sessions", "--names", "--home", finished)

    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", ended.out) == (
        "  1  WHEN  own  Ada and Grace  finished\n  2  WHEN  own  Barbara and Margaret  finished\n"
    )


def test_where_there_are_no_sessions_the_list_says_so(home: Path) -> None:
    told = f"No session yet: `mentorwalk start --home {home}` begins one.\n"
    assert ran("sessions", "--home", home) == Ran(0, told, "")


def test_a_damaged_session_is_listed_and_hides_no_other(home: Path) -> None:
    start_own(home)
    start_own(home)
    first, second = folders(home)
    (home / "sessions" / first / "session.jsonl").write_text("{}\n", encoding="utf-8")

    lines = ran("sessions", "--home", home).out.split("\n")

    # Nobody knows when on that day it began: it may be the newest.
    assert (lines[0].endswith("finished"), second in lines[0], lines[1]) == (
        True,
        False,
        f"  2  {first}  cannot be read",
    )


@pytest.mark.parametrize(
    ("args", "session", "name"),
    [
        ([], 1, "summary.md"),
        (["contract"], 1, "contract.md"),
        (["1"], 0, "summary.md"),
        (["1", "contract"], 0, "contract.md"),
        (["1", "contract.md"], 0, "contract.md"),
    ],
)
def test_show_reads_the_document_that_is_meant(
    args: list[str], session: int, name: str, finished: Path
) -> None:
    path = finished / "documents" / folders(finished)[session] / name

    ended = ran("show", *args, "--home", finished)

    assert ended == Ran(0, path.read_text(encoding="utf-8"), "")


@pytest.mark.parametrize(
    ("holds", "told"),
    [
        (
            b"\0" * 9_000,
            ": This is not text in UTF-8: a document in Markdown is needed, saved as UTF-8.",
        ),
        (b"# A\n" * 5_000_000, ": This file is too large: 16384 KB at most."),
        (b"Caf\xe9\n", ":1:4: This character is not UTF-8: save the file as UTF-8."),
    ],
    ids=["zeros", "huge", "Latin-1"],
)
def test_what_is_no_document_any_more_is_told_soon(home: Path, holds: bytes, told: str) -> None:
    start_own(home)
    (path,) = home.glob("documents/*/summary.md")
    path.write_bytes(holds)
    assert ran("show", "--home", home) == Ran(1, "", f"{path}{told}\n")


def test_show_takes_the_path_of_a_session(finished: Path) -> None:
    folder = finished / "sessions" / folders(finished)[0]

    ended = ran("show", folder, "--home", finished)

    assert ended.out.split("\n")[0] == "# Grace and Ada: Our own session"


def test_render_writes_the_same_documents_and_names_them(home: Path) -> None:
    start_own(home)
    before = document(home)

    ended = ran("render", "--home", home)

    (folder,) = (home / "documents").iterdir()
    assert (ended, document(home)) == (
        Ran(0, "".join(f"{folder}/{name}\n" for name in WRITTEN[:-1]), ""),
        before,
    )


def test_what_nobody_has_looked_through_is_not_rendered(stopped: Walked) -> None:
    (name,) = folders(stopped.home)
    resumes = f"mentorwalk resume {name} --home {stopped.home}"
    sentence = f"{name} is not finished: `{resumes}` goes on with it.\n"
    assert ran("render", "--home", stopped.home) == Ran(1, "", sentence)
    assert not list(stopped.home.glob("documents/*/*"))


def test_a_document_is_shown_whatever_became_of_a_later_session(home: Path) -> None:
    start_own(home)
    start_own(home)
    first, second = folders(home)
    shown = ran("show", first, "--home", home)
    journal = home / "sessions" / second / "session.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    assert shown.code == 0
    assert ran("show", "1", "--home", home) == shown


def test_render_follows_a_template_that_changed(home: Path) -> None:
    start_own(home)
    (home / "templates").mkdir()
    file(home / "templates", "summary.md.j2", "Hello, {{ people.mentee }}.")

    ran_alone("render", "1", "--home", home)

    assert document(home) == "Hello, Mentee.\n"


def test_render_keeps_an_edited_document_and_says_so(home: Path) -> None:
    start_own(home)
    (path,) = home.glob("documents/*/summary.md")
    path.write_text("in our own words", encoding="utf-8")

    ended = ran("render", "--home", home)

    aside = path.with_name("summary.edited.md")
    assert (aside.read_text(encoding="utf-8"), ended.err) == (
        "in our own words",
        f"An earlier copy was kept as {aside}.\n",
    )


def test_the_agendas_are_listed_by_name_with_what_they_are(home: Path) -> None:
    ended = ran("agenda", "list", "--home", home)

    assert (ended.code, [line for line in ended.out.split("\n") if not line.startswith(" ")]) == (
        0,
        [
            "Sessions",
            "",
            "check-in  Half-way check-in, 30 to 45 minutes, bundled, en",
            "closing-session  Closing session, 30 to 60 minutes, bundled, en",
            "early-ending  A good early end, 20 to 30 minutes, bundled, en",
            "first-session  First mentoring session, 45 to 90 minutes, bundled, en",
            "held  A meeting, noted afterwards, 10 to 240 minutes, bundled, en",
            "meeting  Mentoring meeting, 30 to 90 minutes, bundled, en",
            "reverse-mentoring  Reverse mentoring, 45 to 75 minutes, bundled, en",
            "second-session  Second mentoring session, 45 to 90 minutes, bundled, en",
            "",
            "Scenarios",
            "",
            "after-a-break  After a break, 30 to 45 minutes, bundled, en",
            "crossroads-session  A meeting for a decision, 45 to 75 minutes, bundled, en",
            "feedback-practice  A meeting for feedback, 30 to 60 minutes, bundled, en",
            "goal-session  A meeting for one goal, 45 to 75 minutes, bundled, en",
            "hard-talk  A hard talk ahead, 45 to 75 minutes, bundled, en",
            "practice-run  A practice run, 30 to 60 minutes, bundled, en",
            "shadowing  Shadowing, the talk before, 20 to 30 minutes, bundled, en",
            "shadowing-after  Shadowing, the talk after, 30 to 60 minutes, bundled, en",
            "still-strange  When the talk doesn't flow yet, 20 to 45 minutes, bundled, en",
            "",
            "Exercises",
            "",
            "career-line  Career line, 25 to 45 minutes, bundled, en",
            "circles  In my hands, 15 to 30 minutes, bundled, en",
            "crossroads  Crossroads, 30 to 60 minutes, bundled, en",
            "feedback  Feedback, both ways, 20 to 45 minutes, bundled, en",
            "force-field  Forces for and against, 20 to 40 minutes, bundled, en",
            "future-letter  Letter from the future, 20 to 45 minutes, bundled, en",
            "grow  GROW in four steps, 25 to 45 minutes, bundled, en",
            "mind-map  Mind map, 15 to 30 minutes, bundled, en",
            "mirror  A mirror of words, 20 to 40 minutes, bundled, en",
            "one-goal  One goal, 20 to 45 minutes, bundled, en",
            "people-map  A map of people, 25 to 45 minutes, bundled, en",
            "priorities  What comes first, 15 to 30 minutes, bundled, en",
            "rehearse-listening  Listening, rehearsed, 13 to 20 minutes, bundled, en",
            "strengths  Strengths, 20 to 45 minutes, bundled, en",
            "swot  Strengths, gaps, openings, risks, 20 to 45 minutes, bundled, en",
            "values  Values, 30 to 75 minutes, bundled, en",
            "wheel-of-life  Wheel of life, 15 to 40 minutes, bundled, en",
            "",
        ],
    )


def test_agendas_of_ones_own_are_listed_too(home: Path) -> None:
    (home / "agendas").mkdir(parents=True)
    file(home / "agendas", "own.yaml", OWN)
    broken = file(home / "agendas", "broken.yaml", "mentorwalk: 1\n")

    lines = ran("agenda", "list", "--home", home).out.split("\n")

    told = [line for line in lines if line.startswith(("own", "broken", "With"))]
    assert [line.partition(", added ")[0] for line in told] == [
        "own  Our own session, 30 minutes, your own, en",
        "With problems",
        f"broken  has problems: {broken}",
    ]


def test_an_exercise_is_listed_with_when_to_use_it(home: Path) -> None:
    listed = ran("agenda", "list", "--home", home).out.split("Exercises\n")[1]

    assert "    When one big thing is really many small ones.\n" in listed
    assert "whatever belongs to it around it" not in listed


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("she cannot decide between two offers", "crossroads"),
        ("we have run out of things to say", "still-strange"),
        ("he must tell his boss something hard", "hard-talk"),
        ("I can’t decide between two offers", "crossroads"),
        ("interviews", "practice-run"),
        ("burnout", "circles"),
        ("shy", "still-strange"),
        ("quarrel", "hard-talk"),
        ("overwhelmed", "circles"),
        ("conflict with boss", "hard-talk"),
        ("imposter", "strengths"),
        ("feedback", "feedback"),
        ("promotion", "career-line"),
        ("salary", "hard-talk"),
        ("presentation", "practice-run"),
        ("she does not know what she is good at", "strengths"),
        ("he can't say no", "hard-talk"),
        ("no time for anything", "priorities"),
        ("she got an offer in another city", "crossroads"),
        ("we have not met for three months", "after-a-break"),
        ("I give too much advice", "rehearse-listening"),
    ],
)
def test_an_agenda_is_found_by_what_somebody_says(home: Path, typed: str, first: str) -> None:
    ended = ran("agenda", "list", *typed.split(), "--home", home)

    assert ended.out.startswith(first)


def test_small_words_and_words_that_only_begin_alike_find_nothing(home: Path) -> None:
    found = ran("agenda", "list", "overwhelmed", "--home", home)
    nothing = ran("agenda", "list", "he", "is", "to", "do", "it", "--home", home)
    assert (found.out.count("bundled"), found.out.startswith("circles")) == (1, True)
    assert nothing.code == 1


def test_where_no_agenda_speaks_of_a_word_the_list_says_so_kindly(home: Path) -> None:
    told = "Nothing here is made for “xylophone”. Other words for it may find something, and"
    shows = f"`mentorwalk agenda list --home {home}` shows all. Any meeting has room for it, too."
    assert ran("agenda", "list", "xylophone", "--home", home) == Ran(1, "", f"{told} {shows}\n")


def test_what_is_for_two_who_have_met_goes_on_from_their_last_session(home: Path) -> None:
    given = file(home.parent, "none.yaml", "{}\n")
    two = ("--answers", given, "--home", home, "--mentor", "Ada", "--mentee", "Grace")
    walks = [
        ran("start", agenda, *two)
        for agenda in ("shadowing", "hard-talk", "mind-map", "first-session")
    ]
    first, talk, *_ = (walk.out.strip().rpartition("/")[2] for walk in walks)
    told = [re.findall(r"It goes on from (.*)\.\n", walk.err) for walk in walks]
    assert ([walk.code for walk in walks], told) == ([0] * 4, [[], [first], [talk], []])


def test_in_the_list_of_agendas_roles_stand_for_names(home: Path) -> None:
    (home / "agendas").mkdir(parents=True)
    file(home / "agendas", "own.yaml", OWN.replace("Our own session", "A talk with your {mentor}"))
    lines = ran("agenda", "list", "--home", home).out.split("\n")
    told = [line.partition(", added ")[0] for line in lines]
    assert "own  A talk with your Mentor, 30 minutes, your own, en" in told


def test_the_version_is_told() -> None:
    ended = ran("--version")

    assert (ended.code, re.sub(r"\d+\.\d+\.\d+\S*", "N", ended.out), ended.err) == (
        0,
        "mentorwalk N\n",
        "",
    )


# --- Help


def commands(parent: Any, *above: str) -> list[tuple[str, ...]]:
    """Every command of an application, groups opened."""
    inner: dict[str, Any] = getattr(parent, "commands", {})
    opened = [commands(command, *above, name) for name, command in inner.items()]
    return [path for paths in opened for path in paths] if inner else [above]


def test_the_help_of_every_command_has_an_example() -> None:
    missing = []
    for command in commands(get_command(app)):
        ended = ran(*command, "--help")
        example = " ".join(ended.out.split()).partition("Example")[2]
        if ended.code or f"mentorwalk {' '.join(command)}" not in example:
            missing.append(command)
    assert missing == []


@pytest.mark.parametrize("group", [(), ("agenda",), ("contract",)], ids=" ".join)
def test_no_line_about_a_command_is_cut_at_80_columns(group: tuple[str, ...]) -> None:
    listed = ran(*group, "--help").out.partition("Commands:\n")[2].partition("\n\n")[0]
    lines = listed.splitlines()
    assert [line for line in lines if len(line) > 80 or not line.endswith(".")] == []
    assert [line for line in lines if line.endswith("...")] == []


def test_the_help_of_the_program_says_how_to_begin() -> None:
    ended = ran("--help")

    assert (ended.code, ended.out.rstrip().endswith("Begin with: mentorwalk start")) == (0, True)


# --- Where everything lies


def test_a_home_can_be_named_in_the_environment(finished: Path) -> None:
    ended = ran("sessions", env={"MENTORWALK_HOME": str(finished)})

    assert ended.out.count("own") == 2


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_home_that_is_named_wins_over_the_environment(
    before: bool, finished: Path, home: Path
) -> None:
    named = ["--home", str(finished)]
    args = [*named, "sessions"] if before else ["sessions", *named]

    ended = ran(*args, env={"MENTORWALK_HOME": str(home)})

    assert ended.out.count("own") == 2


def test_with_a_home_nothing_lies_elsewhere(tmp_path: Path, home: Path) -> None:
    person = tmp_path / "person"
    person.mkdir()
    env = {"HOME": str(person), "XDG_DATA_HOME": str(person / "data"), "MENTORWALK_HOME": str(home)}

    agenda, answers = file(tmp_path, "own.yaml", OWN), file(tmp_path, "answers.yaml", ENOUGH)
    ran_alone("start", agenda, "--answers", answers, env=env)

    assert (list(person.rglob("*")), sorted(path.name for path in home.iterdir())) == (
        [],
        ["documents", "sessions"],
    )


def test_without_any_input_at_all_a_command_does_its_work(finished: Path) -> None:
    program = [sys.executable, "-m", "mentorwalk", "sessions", "--home", str(finished)]

    done = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" <&-', *program], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.count("own"), done.stderr) == (0, 2, "")


def test_of_a_page_it_is_told_where_the_words_are_that_can_be_verified(home: Path) -> None:
    start_own(home)
    (page,) = home.glob("documents/*/contract.html")

    assert ran("verify", page, "--home", home) == Ran(
        1,
        "",
        f"A page is for reading. The mark is that of the Markdown: {page.parent}/contract.md\n",
    )


# --- The computer's clock

ZONE = "from mentorwalk.storage.clocks import SystemClock; print(SystemClock().zone())"


@pytest.mark.skipif(sys.platform == "win32", reason="there TZ is not how a zone is set")
@pytest.mark.parametrize(
    ("setting", "zone"),
    [
        ("Europe/Warsaw", "Europe/Warsaw"),
        (":Asia/Kolkata", "Asia/Kolkata"),
        ("XYZ-3:07", ""),
    ],
)
def test_the_time_zone_is_told_only_where_it_fits_the_time_of_day(setting: str, zone: str) -> None:
    environment = {**os.environ, "TZ": setting}
    done = subprocess.run(
        [sys.executable, "-c", ZONE], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == (f"{zone}\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there TZ is not how a zone is set")
def test_where_no_zone_can_be_like_the_one_that_is_set_it_is_that_of_utc() -> None:
    said = ZONE.replace("zone()", "now().tzname()")
    environment = {**os.environ, "TZ": "XYZ-24"}
    done = subprocess.run(
        [sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("UTC\n", "")


@pytest.mark.parametrize("home", [None, "kept"])
def test_a_folder_that_is_gone_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ended = ran("sessions", env={"MENTORWALK_HOME": home or ""})
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert ended.err.startswith("The folder that you are in does not exist any more")


# --- A file that is something else


def test_a_received_preparation_is_no_agenda_and_says_what_reads_it(home: Path) -> None:
    prep = file(home.parent, "prep-Grace.yaml", "mentorwalk-prep: 1\nagenda: x\n")
    ended = ran("start", prep, "--home", home)
    use = f"`mentorwalk start --prep {prep} --home {home}` uses it"
    read = f"`mentorwalk prep --show {prep} --home {home}` reads it"
    told = f"{prep}: This is a preparation file, not an agenda. {use}, {read}.\n"
    assert ended == Ran(1, "", told)
    checked = ran("agenda", "check", prep, "--home", home)
    assert checked.out.startswith(told.replace(": This", ":1:1: error: This"))


def test_our_own_form_is_told_from_a_file_made_with_it(home: Path) -> None:
    form = home.parent / "form.html"
    ran("prep", "--html", form, "--name", "Grace", "--home", home)
    ended = ran("start", "--prep", form, "--answers", form, "--home", home)
    told = "This is the form itself. Open it in a browser: `Save ...` at its end makes the file"
    assert (ended.code, ended.err) == (1, f"{form}: {told} to send.\n")
