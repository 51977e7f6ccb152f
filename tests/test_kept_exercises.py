"""The text of an exercise that joined a session: kept beside its journal, and needed there."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE
from support.commands import ran_in
from support.exercises import TEXT
from support.small_house import SECRET, Guide, House
from support.small_walks import STOP

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.errors import StorageError
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Action, Command, Said
from mentorwalk.engine.style import Ending
from mentorwalk.workflows.arriving import arrive
from mentorwalk.workflows.forget import session_remains
from mentorwalk.workflows.lobby import Lobby, StartOptions

if TYPE_CHECKING:
    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import Reply
    from mentorwalk.workflows.runner import RunResult

HOST = """\
mentorwalk: 1
id: host
title: A meeting
minutes: 30
phases:
  - id: talk
    title: Talk
    short: Talk
    prompts:
      - id: begin
        ask: What is it today?
        minutes: 1
      - id: more
        ask: What else?
        minutes: 10
      - id: end
        ask: What is next?
        minutes: 1
        keep: yes
documents:
  - {file: summary.md, template: summary.md.j2}
"""
BEGIN, YES = "What is it today?", "Yes, begin after this card"
NUMBERS = "How content are you with each?"


def guide(*at_numbers: Reply, **answers: Value) -> Guide:
    """Return a frontend that chooses the exercise on the first card, and answers in it."""
    said: dict[str, list[Reply]] = {key: [Said(value)] for key, value in answers.items()}
    chosen: dict[str, list[Reply]] = {"choice": [Said("wheel")], "exercise": [Said(YES)]}
    talks: dict[str, list[Reply]] = {BEGIN: [Command(Action.EXERCISE)], NUMBERS: [*at_numbers]}
    return Guide(chosen | said, talks=talks)


@dataclass(frozen=True)
class Meeting(House):
    """A home that knows an exercise, and a meeting that it joins."""

    text: str = HOST

    def hold(self, guide: Guide, exercise: str = TEXT) -> RunResult:
        """Hold it where the exercise is known."""
        self.runner.library.install("wheel", {"wheel.yaml": exercise})
        script = self.script
        return self.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 30), guide)

    def killed(self) -> Path:
        """Return the folder of a session that was killed in the middle of the exercise."""
        return self.hold(guide(STOP, own=("Skills", "Rest"))).folder


@pytest.fixture
def meeting(tmp_path: Path) -> Meeting:
    """A home without sessions."""
    return Meeting(tmp_path)


def test_a_session_that_was_killed_in_an_exercise_goes_on_in_it(meeting: Meeting) -> None:
    folder = meeting.killed()
    # Nothing but the session itself is needed.
    shutil.rmtree(meeting.runner.library.agendas)
    later = Guide({"ready": [Said("Yes")], "area": [Said("Rest")]})
    result = meeting.runner.resume(meeting.runner.store.load(folder), later)
    assert result.ending is Ending.CLOSED
    assert result.session.answer("own").value == ("Skills", "Rest")
    assert result.session.marks.keys() >= {"wheel.areas", "wheel.choose", "end"}
    assert "Areas: Skills and Rest." in meeting.documents()


def test_its_text_is_a_file_of_the_session_that_only_its_owner_reads(meeting: Meeting) -> None:
    file = meeting.killed() / "exercise-1.yaml"
    assert (file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777) == (TEXT, 0o600)


@pytest.mark.parametrize("harm", ["missing", "changed", "linked"])
def test_without_its_text_a_session_is_damaged_and_says_so(meeting: Meeting, harm: str) -> None:
    file = meeting.killed() / "exercise-1.yaml"
    text = file.read_text(encoding="utf-8")
    if harm == "changed":
        file.write_text(text.replace("Which areas", "Which parts"), encoding="utf-8")
    else:
        file.unlink()
    if harm == "linked":
        (meeting.home / "elsewhere.yaml").write_text(text, encoding="utf-8")
        file.symlink_to(meeting.home / "elsewhere.yaml")
    with pytest.raises(StorageError, match=r"exercise-1\.yaml: The text of an exercise"):
        meeting.runner.store.load(file.parent)


def test_a_text_of_which_no_event_speaks_is_swept(meeting: Meeting) -> None:
    folder = meeting.killed()
    (folder / "exercise-2.yaml").write_text(TEXT, encoding="utf-8")
    meeting.runner.resume(meeting.runner.store.load(folder), Guide())
    assert [path.name for path in folder.glob("exercise-*")] == ["exercise-1.yaml"]


@pytest.mark.parametrize(
    ("key", "value"), [("after", "nowhere"), ("plan", [["wheel.nowhere", 1]]), ("dropped", ["no"])]
)
def test_an_event_that_does_not_fit_is_damage(meeting: Meeting, key: str, value: object) -> None:
    folder = meeting.killed()
    lines = (folder / "session.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    (joined,) = [event for event in events if event["event"] == "joined"]
    joined[key] = value
    text = "".join(f"{json.dumps(event)}\n" for event in events)
    (folder / "session.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match=r"session\.jsonl:3:1: This line of the journal"):
        meeting.runner.store.load(folder)


def test_what_is_private_in_it_is_asked_after_the_call_and_is_in_no_document(
    meeting: Meeting,
) -> None:
    text = TEXT.replace("type: scale\n            by: mentee", "by: mentor")
    frontend = guide(mood=SECRET)
    result = meeting.hold(frontend, text)
    meeting.runner.ask_in_private(result.folder, frontend)
    assert meeting.holding(SECRET) == ["private.jsonl"]
    # What the journal calls private stays private, whatever the text says by then.
    session = meeting.runner.store.load(result.folder).session
    assert session.agenda.fields["mood"].private


def test_forgetting_a_session_forgets_its_text(meeting: Meeting) -> None:
    folder = meeting.killed()
    remains = session_remains(meeting.runner.library, folder)
    assert folder / "exercise-1.yaml" in remains.files
    assert remains.foreign == []


def test_its_own_template_is_found_beside_it(meeting: Meeting) -> None:
    text = TEXT.replace("template: summary.md.j2", "template: wheel.md.j2")
    files = {"wheel.yaml": text, "wheel.md.j2": "{{ agenda.title }}: {{ answers.own | listed }}"}
    script = meeting.script
    meeting.runner.library.install("wheel", files)
    two, chosen = ADA_AND_GRACE, plan(script.agenda, 30)
    result = meeting.runner.begin(script, two, chosen, guide(own=("Skills", "Rest")))
    file = meeting.runner.library.documents_of(result.folder) / "wheel.md"
    assert file.read_text(encoding="utf-8") == "Wheel of areas: Skills and Rest\n"


# --- Together


def started(home: Path, agenda: str, mentee: str = "Grace") -> dict[str, object]:
    """Start an agenda from an empty file of answers, and return its first event."""
    answers = home / "answers.yaml"
    answers.write_text("{}\n", encoding="utf-8")
    people = ("--mentor", "Ada", "--mentee", mentee)
    ran = ran_in(home, "start", agenda, *people, "--answers", answers)
    assert ran.code == 0, ran
    first = (Path(ran.out.strip()) / "session.jsonl").read_text(encoding="utf-8").split("\n")[0]
    opened: dict[str, object] = json.loads(first)
    return opened


def test_started_with_the_names_of_a_known_pair_it_follows_their_newest_session(
    meeting: Meeting,
) -> None:
    meeting.runner.library.install("wheel", {"wheel.yaml": TEXT})
    meeting.runner.library.install("host", {"host.yaml": HOST})
    first, theirs = (started(meeting.home, name) for name in ("host", "wheel"))
    other = started(meeting.home, "wheel", mentee="Edith")
    assert theirs["mentorship"] == first["mentorship"] != other["mentorship"]
    assert len(theirs["before"]) == 1  # type: ignore[arg-type]  # it is a list
    # Another agenda begins anew, whoever it is.
    assert started(meeting.home, "host")["mentorship"] != first["mentorship"]


def arriving(meeting: Meeting, *said: Reply, agenda: str = "wheel") -> tuple[LoadedAgenda, Guide]:
    """Start an agenda together, and return it with what comes along, and who was asked."""
    asked = Guide({"choice": [*said]})
    script = load_agenda(meeting.runner.library, agenda, None)
    lobby = Lobby(asked, script.agenda, meeting.runner.clock)
    options = StartOptions("Ada", "Grace", script.agenda.minutes)
    return arrive(meeting.runner, script, lobby, options, save=True).script, asked


def test_two_of_the_same_names_say_that_they_are_others_and_nothing_comes_along(
    meeting: Meeting,
) -> None:
    meeting.runner.library.install("wheel", {"wheel.yaml": TEXT})
    meeting.runner.library.install("host", {"host.yaml": HOST})
    first = started(meeting.home, "host")
    theirs, guide = arriving(meeting)
    question, day = guide.asked["choice"], date.fromisoformat(str(first["at"])[:10])
    assert question.label == "Ada and Grace have met here before. Was that you?"
    assert [option.word for option in question.options] == [
        f"Yes, we go on from {day_of_month(day)}: A meeting",
        "No, we only have the same names: nothing of it comes along",
    ]
    assert theirs.mentorship == first["mentorship"]
    others, _guide = arriving(meeting, Said(""))
    assert (others.mentorship, others.before) == ("", ())


def test_an_agenda_that_looks_back_asks_two_who_have_met_whether_they_go_on(
    meeting: Meeting,
) -> None:
    meeting.runner.library.install("host", {"host.yaml": HOST})
    recalls = HOST.replace("id: host", "id: later").replace(
        "ask: What else?", "ask: What else?\n        recall: [open-steps]"
    )
    meeting.runner.library.install("later", {"later.yaml": recalls})
    first = started(meeting.home, "host")

    follows, guide = arriving(meeting, agenda="later")

    assert guide.asked["choice"].label == "Ada and Grace have met here before. Was that you?"
    assert follows.mentorship == first["mentorship"]
    # Where nobody is asked, it begins anew.
    assert started(meeting.home, "later")["mentorship"] != first["mentorship"]


def test_of_two_pairs_of_the_same_names_each_finds_its_own_meetings(meeting: Meeting) -> None:
    meeting.runner.library.install("wheel", {"wheel.yaml": TEXT})
    meeting.runner.library.install("host", {"host.yaml": HOST})
    one, other = (started(meeting.home, "host") for _ in range(2))
    newest, guide = arriving(meeting)
    assert newest.mentorship == other["mentorship"]
    _newest, older, _others = (option.pick for option in guide.asked["choice"].options)
    assert arriving(meeting, Said(older))[0].mentorship == one["mentorship"]
