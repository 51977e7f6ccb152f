"""No English is left where an agenda speaks another language: whole sessions, seen word by word."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from support.foreign import AGENDA, COMMANDS, LANGUAGE, Foreign, english_in, marked
from support.homes import Home
from support.terminals import CTRL_C
from typer.testing import CliRunner

from mentorwalk.cli.app import app
from mentorwalk.documents.prep_page import form_page
from mentorwalk.documents.signoff import parted, read_signoff
from mentorwalk.domain.catalogues import ENGLISH, add_catalogue
from mentorwalk.domain.errors import MentorwalkError, Stopped
from mentorwalk.domain.i18n import in_english, using_language
from mentorwalk.domain.roles import ROLES
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.workflows.documents import render_again
from mentorwalk.workflows.export import export_session
from mentorwalk.workflows.host import host_session
from mentorwalk.workflows.lobby import StartOptions
from mentorwalk.workflows.next_agenda import next_agenda
from mentorwalk.workflows.prepare import PrepRunner
from mentorwalk.workflows.rehearsal import rehearse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.domain.roles import Role
    from mentorwalk.workflows.runner import RunResult

pytestmark = pytest.mark.slow

MARKER = "<!-- mentorwalk: who agrees -->"

add_catalogue(LANGUAGE, Foreign())
PLACE = r"\(Warsaw "
"""From the name of a time zone."""
FILES = (r"[\w-]+\.(?:html|md|ics|yaml)\b",)


@pytest.fixture(autouse=True)
def _spoken() -> Iterator[None]:
    with using_language(LANGUAGE):
        yield


NOBODY = StartOptions()


@dataclass
class Typist(io.StringIO):
    """Types a line where its text was said since the last one; else presses Enter."""

    script: list[tuple[str, str]]
    told: io.StringIO = field(default_factory=io.StringIO)
    most: int = 200
    """Lines after which the input ends: nobody types for ever."""
    _read: int = 0

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override] # io.IOBase has bytes
        """Read what was said, and answer."""
        self.most -= 1
        said, self._read = self.told.getvalue()[self._read :], len(self.told.getvalue())
        if self.script and self.script[0][0] in said:
            if (line := self.script.pop(0)[1]) == CTRL_C:
                raise KeyboardInterrupt
            return f"{line}\n"
        return "\n" if self.most else ""

    def words(self, *allowed: str) -> list[str]:
        """The English that was said, when all was typed."""
        assert self.script == []
        return english_in(self.told.getvalue(), *allowed, *COMMANDS, *FILES)


@dataclass(frozen=True)
class House(Home):
    """A home, with an agenda in another language."""

    text: str = AGENDA

    def held(self, typist: Typist, given: StartOptions = NOBODY, *, save: bool = True) -> RunResult:
        """Hold a whole session."""
        lobby = self.lobby(PlainFrontend(typist, typist.told))
        return host_session(self.runner, self.script, given, lobby, save=save)

    def prepared(self, typist: Typist, role: Role = "mentee") -> Path | None:
        """Fill in a form."""
        preparing = PrepRunner(self.runner, self.script, role, None, "")
        return preparing.walk(None, PlainFrontend(typist, typist.told))

    @property
    def path(self) -> tuple[str, ...]:
        """What names this house: no word of ours."""
        return (re.escape(str(self.home)), r"\d{4}-\d\d-\d\d-talk")


def house_in(folder: Path) -> House:
    """A house with nothing in it but the agenda, which names itself as the next one."""
    (folder / "agendas").mkdir()
    (folder / "agendas" / "talk.yaml").write_text(AGENDA, encoding="utf-8")
    return House(folder)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house where nobody has met yet."""
    return house_in(tmp_path)


@dataclass(frozen=True)
class Held:
    """A whole session that was held, accepted and closed."""

    house: House
    typist: Typist
    sat: RunResult


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """One for all tests that only look at it."""
    house, typist = house_in(tmp_path_factory.mktemp("held")), Typist([*WHOLE])
    with using_language(LANGUAGE):
        return Held(house, typist, house.held(typist))


Run = Callable[..., str]
Line = tuple[str, str]
"""A text, and what is typed when it was said."""
CARD_DONE = marked("we have talked")
GREEN = [
    ("Δάσκαλος", ""),
    ("Δάσκαλος", "Άδα"),
    ("Μαθητής", "Άδα"),
    ("Μαθητής", "Γκρέις"),
    (marked("keyboard"), ""),
    (marked("When do you"), "άδηλον"),
    (marked("When do you"), "10"),
    (marked("When do you"), ""),
    (marked("Did"), "nowhere.yaml"),
    (marked("Did"), ""),
]
BESIDE = [
    ("Καλώς ήρθες", "/help"),
    (marked("what the clock says"), "/time"),
    (marked("ends about"), "/clock"),
    (marked("The clock is"), "/time"),
    (marked("ends"), "/clock"),
    *[(marked("The clock is"), f"/{word}") for word in ("clock", "nowhere")],
    (marked("There is no"), "/hint"),
    (marked("Try:"), "/note"),
    (marked("A private note"), "Μυστικό."),
    (CARD_DONE, "/off"),
    (marked("OFF THE RECORD"), "/note"),
    (marked("Off the record nothing"), ""),
    (marked("OFF THE RECORD"), "/off"),
    ("Καλώς", "/+5"),
    (CARD_DONE, "/shorten"),
    (marked("How many"), "x"),
    (marked("How many"), "26"),
    (marked("We end about"), ""),
    ("Καλώς", "/pause"),
    (marked("Paused"), "/go"),
    (CARD_DONE, "/contact"),
    ("112", ""),
    ("Καλώς", "/names"),
    ("Δάσκαλος", "Άδα"),
    ("Μαθητής", "Άδα"),
    (marked("both called"), "Γκρέις"),
    ("Καλώς", "/extra"),
    ("Και τι", "1"),
    ("Και τι", "/park"),
    ("Καλώς", "/extra"),
    (marked("no more cards"), ""),
    ("Καλώς", "/jump"),
    (marked("Where to?"), ""),
    (marked("To which card?"), ""),
]
ANSWERS = [
    ("Τι θα ήταν", ""),
    ("Σκοπός", "Να μάθω.\\"),
    ("", "Πολλά."),
    ("Τι δίνεις", "/review"),
    ("Σκοπός:", "x"),
    (marked("A number"), "1"),
    (marked("Strike it"), "2"),
    ("Σκοπός", "Να μάθω."),
    ("Σκοπός:", ""),
    ("", ""),
    ("Προσφορά", "Βιβλία"),
    ("Όχι για", "Κρύο"),
    *[("Έτοιμοι", "ίσως"), ("Έτοιμοι", marked("yes")), ("Έτοιμοι", "no")],
    *[("Βαθμός", "99"), ("Βαθμός", "7")],
    *[("Βοήθεια", "77"), ("Βοήθεια", "1,2")],
    *[("Θέματα", "α"), ("", "β"), ("", "γ"), ("", "δ"), ("", "")],
    *[("Θέματα", "α"), ("", "β"), ("", "")],
    ("Ποιος ρυθμός", ""),
    *[("Πόσο συχνά", "1"), ("Πόσο συχνά", "2")],
    *[("Πόση ώρα", "2"), ("Πόση ώρα", "5")],
    ("Πόση ώρα", "30"),
    (marked("keeps all"), "9"),
    (marked("A number"), ""),
    ("Γραφέας", "Άδα."),
    ("Τι παραλείπεται", "/skip"),
    ("Βήμα", ""),
    ("Βήμα", "Τρέχω."),
    ("Σκέψη", "Ναι."),
]
END = [
    ("Πότε ξανά", ""),
    *[("Μέρα", "1"), ("Μέρα", "ποτέ"), ("Μέρα", "Fri 15 Dec"), ("Μέρα", "2026-12-15")],
    *[("Ώρα", "2"), ("Ώρα", "ποτέ"), ("Ώρα", "15:00")],
    (marked("We sleep on it"), "9"),
    (marked("A number"), "2"),
    ("Παίρνω", "Χαρά."),
    ("Παίρνω", "Ησυχία."),
    (marked("After the call"), ""),
    ("Πώς ήταν", "Καλά."),
]


WHOLE = [*GREEN, *BESIDE, *ANSWERS, *END]
MET = StartOptions("Άδα", "Γκρέις")
FORM = [
    (marked("What is your name?"), ""),
    (marked("Your name"), "Γκρέις"),
    (marked("And the name of"), "Γκρέις"),
    (marked("both called"), ""),
    ("Τι ελπίζεις", "/help"),
    ("", "?"),
    ("Βοήθεια", "1,ἄλλο"),
    ("Νωρίς", marked("yes")),
    ("Θέματα", "α"),
    ("", ""),
    ("Μυστικό", "Δικό μου."),
    ("Συναντήσεις", "1"),
    ("Πόσο συχνά", marked("I don't know yet")),
    ("Πόση ώρα", ""),
    (marked("Tick what is ready"), "1"),
    (marked("For your eyes only"), ""),
    ("Βοήθεια", "1"),
    ("", ""),
    (marked("This is everything"), "6"),
    (marked("Strike it"), "1"),
    (marked("This is everything"), ""),
    (marked("This is exactly"), ""),
    (marked("Write your preparation file now?"), "2"),
    (marked("This is everything"), ""),
    (marked("This is exactly"), ""),
    (marked("Write your preparation file now?"), "1"),
    (marked("Send"), ""),
    (marked("Would you like to read"), "2"),
]


def written(sat: RunResult, name: str) -> str:
    """A document as it was written."""
    assert sat.written
    path = next(path for path in sat.written.files if path.name == name)
    return path.read_text(encoding="utf-8")


def body(sat: RunResult, name: str) -> str:
    """A document as it was written, without who agrees."""
    return parted(written(sat, name))[0]


def test_a_whole_session_says_nothing_in_english(held: Held) -> None:
    assert held.typist.words(*held.house.path) == []


def test_a_session_that_is_not_saved_says_nothing_in_english(house: House) -> None:
    typist = Typist([(marked("When do you"), "40"), (marked("Write the documents"), "2")])
    sat = house.held(typist, MET, save=False)
    assert sat.written
    assert typist.words(*house.path) == []


def test_a_session_that_is_left_says_nothing_in_english(house: House) -> None:
    typist = Typist([(marked("When do you"), "40"), ("Καλώς", CTRL_C), (marked("What would"), "2")])
    assert house.held(typist, MET).written is None
    again = Typist([(marked("unfinished session"), "1"), ("Καλώς", CTRL_C), ("", "3")])
    assert house.held(again, MET).written
    assert typist.words(*house.path) + again.words(*house.path) == []


def test_a_rehearsal_says_nothing_in_english(house: House) -> None:
    typist = Typist([("Δάσκαλος", "Άδα"), ("Μαθητής", "Γκρέις")])
    frontend = PlainFrontend(typist, typist.told)
    documents = rehearse(house.runner, house.script, StartOptions(), frontend, 60).documents
    told = [parted(text)[0] for _, text in documents]
    assert typist.words(*house.path) + english_in(" ".join(told), *FILES, PLACE) == []


def test_a_preparation_says_nothing_in_english(house: House) -> None:
    typist = Typist([*FORM])
    path = house.prepared(typist)
    assert path
    assert typist.words(*house.path) == []
    comments = re.findall("#(.*)", path.read_text(encoding="utf-8"))
    assert english_in(" ".join(comments), *COMMANDS) == []


def test_a_preparation_that_is_left_says_nothing_in_english(house: House) -> None:
    name = (marked("What is your name?"), "Γκρέις")
    typist = Typist([name, ("Τι ελπίζεις", CTRL_C), (marked("What would you"), "2")])
    with pytest.raises(Stopped):
        house.prepared(typist)
    assert typist.words(*house.path) == []


def test_what_was_prepared_is_shown_without_english(house: House) -> None:
    mentee = house.prepared(Typist([*FORM]))
    name = (marked("What is your name?"), "Άδα")
    house.prepared(Typist([name, ("Ώρες", "3"), ("Πόση ώρα", "2"), ("", "45")]), "mentor")
    assert mentee
    typist = Typist([(marked("Did"), str(mentee)), (marked("Yes, use it"), "1")])
    sat = house.held(typist, MET)
    assert len(sat.session.opened.prepared) == 2
    assert typist.words(*house.path) == []


def test_the_documents_say_nothing_in_english(held: Held) -> None:
    assert english_in(body(held.sat, "summary.md"), *FILES, PLACE) == []
    assert english_in(body(held.sat, "contract.md")) == []


def test_the_documents_of_a_session_without_answers_say_nothing_in_english(house: House) -> None:
    stays = [(marked("Shall we write again?"), "2")] * 7
    sat = house.held(Typist([("Καλώς", "/off"), *stays, (marked("A number"), "1")]), MET)
    assert english_in(body(sat, "summary.md"), *FILES) == []
    assert english_in(body(sat, "contract.md")) == []


def test_a_page_says_in_which_language_it_is(held: Held) -> None:
    page = body(held.sat, "summary.html")
    assert f'<html lang="{LANGUAGE}">' in page
    words = re.sub(r"<style>.*</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert english_in(words, *FILES, PLACE) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_form_for_a_browser_says_nothing_in_english(house: House, role: Role) -> None:
    with using_language(ENGLISH):
        page = form_page(house.script.agenda, role)
    (words,) = re.findall(r'id="words">(.*?)</script>', page, re.DOTALL)
    told = re.sub(r"<(style|script).*?</\1>|<[^>]*>|&#?\w+;", " ", page, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|placeholder)="([^"]*)"', page)
    said = [str(each) for each in json.loads(words).values()]
    keys = (r"\{\w+\}", r"'(?:yes|no)':")
    assert english_in(" ".join((told, *labels, *said)), *keys) == []


def test_an_invitation_says_nothing_in_english(held: Held) -> None:
    meeting, topic = Calendar.from_ical(body(held.sat, "next-meeting.ics")).walk("VEVENT")
    told = [str(meeting[key]) for key in ("SUMMARY", "LOCATION", "DESCRIPTION")]
    told += [str(topic[key]) for key in ("SUMMARY", "DESCRIPTION")]
    assert english_in(" ".join(told), "`mentorwalk prep talk`") == []


# --- What stays the same in every language


def test_who_agrees_is_told_in_english_so_that_it_can_be_verified(held: Held) -> None:
    text = written(held.sat, "contract.md")
    assert read_signoff(text).verdict == "accepted"
    block = text.partition(MARKER)[2]
    assert not re.search("[\uff21-\uff5a]", block)


def test_the_journal_is_the_same_in_every_language(tmp_path: Path) -> None:
    journals = []
    for house, lines in in_both(tmp_path, WHOLE):
        with using_language(house.script.agenda.language):
            folder = house.held(Typist(lines)).folder
        journals.append((folder / "session.jsonl").read_text(encoding="utf-8"))
    differs = r'"(digest|mark|basis)":"[0-9a-f]+"|"(text|mentorship)":"(\\\\.|[^"])*"'
    kept = [re.sub(differs, "", journal) for journal in journals]
    assert kept[0] == kept[1]


def test_a_form_keeps_the_same_in_every_language(tmp_path: Path) -> None:
    script = [(marked("What is your"), "Γκρέις"), (marked("And the name"), "Άδα"), ("Τι", "α")]
    script += [("Βοήθεια", "1"), (marked("Share “Τι"), "2")]
    journals = []
    for house, lines in in_both(tmp_path, script):
        with using_language(house.script.agenda.language):
            house.prepared(Typist(lines))
        folder = house.runner.library.prep("talk", "mentee")
        journals.append((folder / "session.jsonl").read_text(encoding="utf-8"))
    kept = [re.sub(r'"digest": ?"[0-9a-f]+"', "", journal) for journal in journals]
    assert kept[0] == kept[1]
    assert "For {mentor} too" in kept[0]


def test_documents_are_written_again_in_their_own_language_and_stay_accepted(held: Held) -> None:
    before = written(held.sat, "contract.md")
    with using_language(ENGLISH):
        kept = render_again(held.house.runner, held.sat.folder).kept
    assert kept == ()
    assert written(held.sat, "contract.md") == before


def test_resuming_speaks_the_language_of_the_session(house: House) -> None:
    sat = house.held(Typist([("Καλώς", "/stop")]), MET)
    typist = Typist([("Τι θα ήταν", "/stop")])
    with using_language(ENGLISH):
        house.runner.resume(house.runner.store.load(sat.folder), PlainFrontend(typist, typist.told))
        assert not in_english()
    assert typist.words() == []


ENGLISH_AGAIN = {code + 0xFEE0: code for code in range(0x41, 0x7B)}
"""Letters as they are on an English keyboard, by those of the foreign language."""


def in_both(folder: Path, script: list[tuple[str, str]]) -> Iterator[tuple[House, list[Line]]]:
    """Two houses, one with the agenda in English, and what is typed there."""
    yield House(folder / "foreign"), [*script]
    english = AGENDA.replace(f"language: {LANGUAGE}", "language: en")
    again = [tuple(text.translate(ENGLISH_AGAIN) for text in line) for line in script]
    yield House(folder / "english", english), [(there, line) for there, line in again]


# --- From one session to the next, and from the command line


def test_what_comes_along_is_told_in_that_language(held: Held, tmp_path: Path) -> None:
    recalling = AGENDA.replace("recall: [hope,", "recall: [ready, next_day, hope,")
    (tmp_path / "later.yaml").write_text(recalling, encoding="utf-8")
    with using_language(ENGLISH):
        found = held.house.runner.store.finished(held.sat.folder)
        script = next_agenda(held.house.runner, found, str(tmp_path / "later.yaml"), None)
    assert script.carried
    told = {key: told.words for key, told in script.carried.shown.items()}
    assert told["ready.mentor"] == marked("yes")
    assert told["next_day"] == f"{marked('Tuesday')} 15 {marked('December')} 2026"


def test_an_export_tells_in_that_language_how_answers_read(held: Held) -> None:
    with using_language(ENGLISH):
        data = json.loads(export_session(held.house.runner, held.sat.folder))
    assert data["answers"]["ready.mentor"] == {
        "label": "Έτοιμοι",
        "value": True,
        "words": marked("yes"),
    }
    assert data["agreement"]["accepted_by_both"]


@pytest.fixture
def run(house: House) -> Run:
    """Runs a command from another language's beginning: English."""
    agenda = house.home / "talk.yaml"
    agenda.write_text(AGENDA, encoding="utf-8")

    def command(*words: str, typed: str = "") -> str:
        """What is said while a command runs."""
        with using_language(ENGLISH):
            home = ["--home", str(house.home), *words]
            ran = CliRunner().invoke(app, home, input=typed)
            problem = ran.exception if isinstance(ran.exception, MentorwalkError) else ""
        assert problem or ran.exit_code in (0, Stopped.exit_code), ran.output
        return f"{ran.output}{problem}".replace(str(house.home), "")

    return command


WORDS = (*COMMANDS, *FILES, r"\nmentorwalk .*", r"\d{4}-\d\d-\d\d-talk")


@pytest.mark.parametrize("rehearsal", [["--rehearse"], ["--no-save"], []])
def test_starting_and_going_on_say_nothing_in_english(run: Run, rehearsal: list[str]) -> None:
    start = ("start", "talk", "--plain", "--mentor", "Άδα", "--mentee", "Γκρέις")
    told = run(*start, *rehearsal, typed="\n40\n\n\n\n\n/stop\n")
    if not rehearsal:
        told += run("resume", "--plain", typed="/stop\n")
    assert english_in(told, *WORDS) == []


def test_preparing_says_nothing_in_english(run: Run) -> None:
    told = run("prep", "talk", "--plain", typed="\nΓκρέις\n\nα\n/stop\n")
    told += run("prep", "talk", "--show")
    assert english_in(told, *WORDS) == []


def test_an_agenda_at_a_glance_says_nothing_in_english(run: Run) -> None:
    assert english_in(run("agenda", "show", "talk", "--minutes", "20"), *WORDS) == []
