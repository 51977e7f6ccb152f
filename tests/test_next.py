"""The next session of two people, from the folder of their last one to a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.building import ADA_AND_GRACE
from support.commands import Ran, ran_in
from support.small_house import SECRET, Pair, text_of
from support.small_walks import CHANGE, STRIKE, SURE
from support.terminals import FakeClock

from mentorwalk.authoring.loading import LoadedAgenda, load_agenda
from mentorwalk.documents.signoff import read_signoff
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.events import Entered, Struck
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.roles import ROLES
from mentorwalk.engine.frontend import Action, Command, EditLine, Interrupted, Said
from mentorwalk.engine.style import Ending
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.storage.library import BUNDLED_AGENDAS, Library
from mentorwalk.storage.reading import read_events
from mentorwalk.workflows.followup import accept_later
from mentorwalk.workflows.next_agenda import next_agenda
from mentorwalk.workflows.runner import RunResult, SessionRunner
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.engine.frontend import ClockView, Reply, Talked

FIRST = yaml_text("first")
SECOND = yaml_text("second")


LENGTH = """\
          - id: long
            label: Long
            type: number
            default: 45
          - id: day
            label: Day
            type: date
"""
MEETS = "meeting:\n  date: day\n  minutes: long\n"


@dataclass
class Place:
    """A home, agendas of a facilitator elsewhere, and a runner."""

    home: Path
    ours: Path
    """The folder of the agendas."""
    clock: FakeClock = field(default_factory=FakeClock)

    @property
    def runner(self) -> SessionRunner:
        """The runner of this home."""
        return SessionRunner(Library(self.home, self.home / "documents"), self.clock)

    def write(self, name: str, text: str) -> Path:
        """Write a file beside the agendas."""
        path = self.ours / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def walk(self, script: LoadedAgenda, guide: Pair, people: People = ADA_AND_GRACE) -> RunResult:
        """Walk a session."""
        chosen = plan(script.agenda, script.agenda.minutes)
        return self.runner.begin(script, people, chosen, guide)

    def first(self, guide: Pair | None = None) -> RunResult:
        """Walk the first session."""
        path = self.write("first.yaml", FIRST)
        return self.walk(
            load_agenda(self.runner.library, str(path), None), guide or Pair(decides="both")
        )

    def next(
        self, last: RunResult, guide: Pair | None = None, wanted: str | None = None
    ) -> RunResult:
        """Walk the session that follows."""
        script = self.next_script(last, wanted)
        return self.walk(script, guide or Pair(decides="both"), last.session.people)

    def next_script(self, last: RunResult, wanted: str | None = None) -> LoadedAgenda:
        """The agenda that follows."""
        found = self.runner.store.finished(last.folder)
        return next_agenda(self.runner, found, wanted, None)

    def contract(self, sat: RunResult) -> str:
        """The agreement of a session as it was written."""
        return text_of(self.runner.library.documents_of(sat.folder) / "contract.md")

    def holding(self, text: str, sat: RunResult) -> list[str]:
        """The files of a session that hold these bytes."""
        documents = self.runner.library.documents_of(sat.folder)
        paths = [path for folder in (sat.folder, documents) for path in folder.iterdir()]
        return sorted(path.name for path in paths if text.encode() in path.read_bytes())

    def run(self, *args: object, typed: str = "") -> Ran:
        """Run a command."""
        return ran_in(self.home, *args, typed=typed)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "home", tmp_path / "ours")
    made.write("second.yaml", SECOND)
    return made


def cards(sat: RunResult) -> list[str]:
    return list(sat.session.cards)


# --- Which agenda follows


def test_the_agenda_that_is_named_is_found_beside_the_last_one(place: Place) -> None:
    second = place.next(place.first())
    assert (second.session.agenda.title, second.ending) == ("The second", Ending.CLOSED)


def test_the_agenda_that_is_named_is_found_by_its_name(place: Place) -> None:
    first = place.first()
    (place.ours / "second.yaml").unlink()
    place.runner.library.agendas.mkdir()
    own = SECOND.replace("The second", "My own second")
    (place.runner.library.agendas / "second.yaml").write_text(own, encoding="utf-8")
    assert place.next(first).session.agenda.title == "My own second"


def test_after_a_bundled_agenda_a_persons_own_wins_over_another_bundled_one(place: Place) -> None:
    """As it does wherever an agenda is called by its name."""
    path = place.write("first.yaml", FIRST.replace("next: second", "next: first-session"))
    script = load_agenda(place.runner.library, str(path), None)
    bundled = load_agenda(place.runner.library, "first-session", None)
    last = place.walk(LoadedAgenda(script.agenda, script.source, bundled.templates), Pair())
    place.runner.library.agendas.mkdir()
    own = SECOND.replace("The second", "My own")
    (place.runner.library.agendas / "first-session.yaml").write_text(own, encoding="utf-8")
    assert bundled.templates == (str(BUNDLED_AGENDAS),)
    assert place.next_script(last, None).agenda.title == "My own"


@pytest.mark.parametrize("by", ["path", "name"])
def test_another_agenda_can_be_walked(by: str, place: Place) -> None:
    first = place.first()
    path = place.write("check-in.yaml", SECOND.replace("The second", "A check-in"))
    if by == "name":
        place.runner.library.agendas.mkdir()
        path = path.rename(place.runner.library.agendas / "check-in.yaml")
    wanted = str(path) if by == "path" else "check-in"
    assert place.next(first, wanted=wanted).session.agenda.title == "A check-in"


def refused(place: Place, last: RunResult, wanted: str | None = None) -> str:
    """What is said instead of walking on."""
    with pytest.raises(InputError) as told:
        place.next_script(last, wanted)
    return str(told.value)


def test_an_unfinished_session_is_gone_on_with_first(place: Place) -> None:
    last = place.first(Pair(talks={"What rhythm?": [Command(Action.STOP)]}))
    name = last.folder.name
    resumes = place.runner.library.command("resume", name)
    told = f"{name} is not finished: `{resumes}` goes on with it."
    assert refused(place, last) == told


def test_where_the_last_agenda_names_none_it_says_how_to_name_one(place: Place) -> None:
    path = str(place.ours / "second.yaml")
    alone = place.walk(load_agenda(place.runner.library, path, None), Pair())
    assert refused(place, alone) == (
        "The second names no session to follow it. "
        f"`mentorwalk next --agenda NAME --home {place.runner.library.home}` walks any; "
        f"`mentorwalk agenda list --home {place.runner.library.home}` shows them."
    )


def test_an_agenda_that_is_not_there_is_told(place: Place) -> None:
    first = place.first()
    (place.ours / "second.yaml").unlink()
    told = refused(place, first)
    assert told.startswith("There is no agenda called `second`.")
    home = place.runner.library.home
    assert told.endswith(
        f" {place.ours}/second.yaml is gone: "
        f"`mentorwalk next --agenda FILE --home {home}` takes it from another place."
    )
    assert refused(place, first, "thrid").startswith("There is no agenda called `thrid`.")


@pytest.mark.parametrize("name", ["x" * 300, "a\x1b[2Jb", "\0", "no/such/file"])
def test_a_next_agenda_of_any_name_is_told_in_a_line(name: str, place: Place) -> None:
    text = FIRST.replace("next: second", f"next: {json.dumps(name)}")
    path = place.write("odd.yaml", text)
    last = place.walk(load_agenda(place.runner.library, str(path), None), Pair())
    assert refused(place, last).isprintable()


def test_an_agenda_that_would_be_too_large_to_be_read_again_is_not_begun(place: Place) -> None:
    tip = "        tip: |\n" + f"          {'Take your time. ' * 6}\n" * 1500
    asked = "          What rhythm?\n"
    first = place.write("first.yaml", FIRST.replace(asked, asked + tip))
    last = place.walk(load_agenda(place.runner.library, str(first), None), Pair())
    asked = "          How did it go?\n"
    place.write("second.yaml", SECOND.replace(asked, asked + tip))
    before = place.runner.library.session_folders()
    assert refused(place, last) == (
        f"The second, with what comes along from {last.folder.name}, would be larger than 256 KB. "
        f"`mentorwalk next --agenda NAME --home {place.runner.library.home}` walks a shorter one."
    )
    assert place.runner.library.session_folders() == before


# --- The agreement


def test_an_accepted_agreement_stays_accepted_when_everything_is_kept(place: Place) -> None:
    first = place.first()
    place.clock.advance(7 * 24 * 60 * 60)
    guide = Pair(decides="both")
    second = place.next(first, guide)
    before, now = read_signoff(place.contract(first)), read_signoff(place.contract(second))
    assert now == before
    assert (now.verdict, guide.proposals[0].accepted_by) == ("accepted", ("mentor", "mentee"))


def test_an_agreement_can_be_made_a_draft_again(place: Place) -> None:
    second = place.next(place.first(), Pair(decides="draft"))
    assert read_signoff(place.contract(second)).verdict == "draft"


def test_a_changed_term_reopens_acceptance_and_the_old_agreement_stays(place: Place) -> None:
    first = place.first()
    before = place.contract(first)
    said: dict[str, list[Reply]] = {
        "frequency": [Said("every week")],
        "choice": [CHANGE],
    }
    guide = Pair(said, [EditLine(0)], decides="both")
    second = place.next(first, guide)
    assert [each.accepted_by for each in guide.proposals] == [("mentor", "mentee"), ()]
    assert "We meet every week." in place.contract(second)
    assert place.contract(first) == before


def test_open_clauses_are_walked_before_it_is_accepted(place: Place) -> None:
    first = place.first(Pair(talks={"What rhythm?": [Command(Action.SKIP)]}, decides="both"))
    guide = Pair(decides="both")
    second = place.next(first, guide)
    assert cards(second) == ["look-back", "rhythm", "confirm"]
    assert guide.proposals[0].accepted_by == ()
    assert "We meet every month." in guide.proposals[0].text


def test_who_accepts_the_last_agreement_while_the_next_session_is_left_has_accepted_there(
    place: Place,
) -> None:
    first = place.first(Pair(decides="mentor"))
    place.clock.advance(60)
    stopped = Pair(talks={"How did it go?": [Command(Action.STOP)]})
    second = place.next(first, stopped)
    place.clock.advance(60)
    accept_later(place.runner, first.folder, "mentee", "by e-mail")
    guide = Pair(decides="both")
    place.runner.resume(place.runner.store.load(second.folder), guide)
    assert [each.accepted_by for each in guide.proposals] == [("mentor", "mentee")]
    assert "- Grace confirmed by e-mail, 22 November 2026, 15:02." in place.contract(second)


def test_who_accepts_an_agreement_that_changed_since_is_told_of_the_newer_wording(
    place: Place,
) -> None:
    first = place.first(Pair())
    place.clock.advance(60)
    said: dict[str, list[Reply]] = {"frequency": [Said("every week")], "choice": [CHANGE]}
    second = place.next(first, Pair(said, [EditLine(0)], decides="draft"))
    told = accept_later(place.runner, first.folder, "mentee", "by e-mail").sentence
    by = f"--by mentee --how 'by e-mail' --home {place.runner.library.home}"
    assert told == (
        "Grace has accepted the agreement. Ada has not yet, so it is still a draft. "
        "There is a newer wording, of Sunday 22 November 2026. "
        f"To say yes to that, type `mentorwalk contract accept {second.folder.name} {by}`."
    )
    assert "newer" not in accept_later(place.runner, second.folder, "mentee", "by e-mail").sentence


def test_who_accepts_the_last_agreement_while_the_next_session_is_open_has_accepted_there(
    place: Place,
) -> None:
    first = place.first(Pair(decides="mentor"))
    place.clock.advance(60)

    class Meanwhile(Pair):
        """Closes early; in another window, one of them says yes meanwhile."""

        def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
            if card.ask == "How did it go?":
                place.clock.advance(60)
                accept_later(place.runner, first.folder, "mentee", "by e-mail")
                place.clock.advance(60)
            return super().talk(card, watch)

    second = place.next(first, Meanwhile(talks={"How did it go?": [Interrupted()]}))
    assert "- Grace confirmed by e-mail, 22 November 2026, 15:02." in place.contract(second)
    assert load_session(second.folder) == second.session


def test_what_was_struck_does_not_come_back_with_a_yes_to_the_last_agreement(place: Place) -> None:
    said: dict[str, list[Reply]] = {"frequency": [Said(SECRET)], "choice": [CHANGE]}
    first = place.first(Pair(said, [EditLine(0)], decides="draft"))
    place.clock.advance(60)
    strikes: dict[str, list[Reply]] = {"choice": [STRIKE], "strike": [SURE]}
    leaves: list[Reply] = [Command(Action.REVIEW), Command(Action.STOP)]
    second = place.next(first, Pair(strikes, [EditLine(0)], {"How did it go?": leaves}))
    place.clock.advance(60)
    for role in ROLES:
        accept_later(place.runner, first.folder, role, "by e-mail")
    place.runner.resume(place.runner.store.load(second.folder), Pair(decides="draft"))
    assert place.holding(SECRET, second) == []


def test_own_templates_of_the_last_session_are_still_used(place: Place) -> None:
    place.write("contract.md.j2", "We promise: {{ clauses[0].text }}\n")
    first = place.first()
    elsewhere = place.write("elsewhere/second.yaml", SECOND)
    second = place.next(first, wanted=str(elsewhere))
    assert place.contract(second) == place.contract(first)


def test_own_templates_of_the_next_session_come_first_once_a_term_changes(place: Place) -> None:
    place.write("contract.md.j2", "We promise: {{ clauses[0].text }}\n")
    first = place.first()
    elsewhere = place.write("elsewhere/second.yaml", SECOND)
    place.write("elsewhere/contract.md.j2", "We still promise.\n")
    second = place.next(first, wanted=str(elsewhere))
    said: dict[str, list[Reply]] = {"frequency": [Said("every week")], "choice": [CHANGE]}
    third = place.next(second, Pair(said, [EditLine(0)], decides="both"), str(elsewhere))
    assert place.contract(second) == place.contract(first)
    assert place.contract(third).startswith("We still promise.\n")


def test_a_third_session_still_has_what_the_first_one_settled(place: Place) -> None:
    place.write("second.yaml", SECOND.replace("minutes: 20", "minutes: 20\nnext: second"))
    first = place.first()
    third = place.next(place.next(first))
    assert read_signoff(place.contract(third)) == read_signoff(place.contract(first))


# --- Whose words come along


def test_what_is_private_and_what_was_struck_stays_behind(place: Place) -> None:
    said: dict[str, list[Reply]] = {
        "purpose": [Said(f"{SECRET} purpose")],
        "mood": [Said(f"{SECRET} mood")],
        "note": [Said(f"{SECRET} note")],
        "choice": [STRIKE],
        "strike": [SURE],
    }
    guide = Pair(said, [EditLine(0)], {"What rhythm?": [Command(Action.NOTE)]}, decides="both")
    first = place.first(guide)
    place.runner.ask_in_private(first.folder, guide)
    assert place.holding(SECRET, first) == ["private.jsonl"]
    second = place.next(first)
    assert place.holding(SECRET, second) == []


def test_what_is_struck_in_the_next_session_is_in_none_of_its_files(place: Place) -> None:
    said: dict[str, list[Reply]] = {
        "frequency": [Said(f"{SECRET} rhythm")],
        "choice": [CHANGE],
    }
    first = place.first(Pair(said, [EditLine(0)], decides="both"))
    kept = place.next(first)
    assert place.holding(SECRET, kept) == [
        *("contract.html", "contract.md", "mentorship.html", "mentorship.md"),
        *("session.jsonl", "summary.html", "summary.md"),
    ]
    guide = Pair({"choice": [STRIKE], "strike": [SURE]}, [EditLine(0)], decides="both")
    second = place.next(first, guide)
    assert place.holding(SECRET, second) == []
    assert guide.asked["strike"].label == (
        f"Strike it? It is erased: “{SECRET} rhythm”. "
        "It also stands in the papers of your earlier meetings."
    )
    assert "Until we have, " not in place.contract(first)
    assert "Until we have, " in place.contract(second)


def test_the_two_go_by_the_names_they_had_at_the_end(place: Place) -> None:
    names: list[Reply] = [Said("Adah"), Said("Grace")]
    first = place.first(Pair({"name": names}, talks={"What rhythm?": [Command(Action.NAMES)]}))
    assert place.next(first).session.people == People("Adah", "Grace", "mentor")


# --- Its own folder


def test_the_agenda_beside_its_journal_is_the_one_that_was_walked(place: Place) -> None:
    second = place.next(place.first(Pair(talks={"What rhythm?": [Command(Action.PARK)]})))
    again = load_session(second.folder)
    assert again.agenda == second.session.agenda
    assert "rhythm" in again.agenda.prompts


def test_an_agenda_that_nothing_is_added_to_is_kept_as_it_was_written(place: Place) -> None:
    alone = SECOND.replace("        accept: yes\n", "").replace("    accept: yes\n", "")
    path = place.write("alone.yaml", f"# Ours\n{alone}")
    second = place.next(place.first(), wanted=str(path))
    assert text_of(second.folder / "agenda.yaml") == f"# Ours\n{alone}"


def test_a_session_that_follows_another_is_gone_on_with_by_replay(place: Place) -> None:
    stop = Pair(talks={"What rhythm?": [Command(Action.STOP)]}, decides="both")
    second = place.next(place.first(Pair(talks={"What rhythm?": [Command(Action.SKIP)]})), stop)
    assert (second.ending, second.session.current) == (Ending.STOPPED, "rhythm")
    assert load_session(second.folder) == second.session
    guide = Pair(decides="both")
    ended = place.runner.resume(place.runner.store.load(second.folder), guide)
    assert (ended.ending, load_session(ended.folder)) == (Ending.CLOSED, ended.session)
    assert guide.told[1].startswith("What rhythm?")
    assert read_signoff(place.contract(ended)).verdict == "accepted"


def test_a_followed_session_is_struck_and_read_again(place: Place) -> None:
    second = place.next(place.first())
    with FolderJournal(second.folder) as journal:
        seq, now = second.session.last.seq + 1, place.clock.now()
        event = Struck(seq=seq, at=now, elapsed=0, field="frequency")
        journal.redact(event)
    assert load_session(second.folder) == second.session.apply(event)


def test_a_journal_that_carries_nothing_is_read_as_before(place: Place) -> None:
    first = place.first()
    head, _, _ = (first.folder / "session.jsonl").read_text(encoding="utf-8").partition("\n")
    assert "carried" not in json.loads(head)
    assert load_session(first.folder).opened.carried == CarryOver()


def test_cards_that_come_along_share_the_time(place: Place) -> None:
    first = place.first(Pair(talks={"What rhythm?": [Command(Action.SKIP)]}))
    second = place.next(first)
    assert sum(second.session.opened.plan.seconds.values()) == 20 * 60
    events = read_events(second.folder)
    assert [e.prompt for e in events if isinstance(e, Entered)] == cards(second)


# --- The command


def test_the_newest_finished_session_is_followed_by_default(place: Place) -> None:
    place.first()
    place.clock.advance(60)
    place.first(Pair(talks={"What rhythm?": [Command(Action.STOP)]}))
    answers = place.write("answers.yaml", "news: much\n")
    ran = place.run("next", "--answers", answers)
    folder = place.runner.library.session_folders()[-1]
    assert ran == Ran(0, f"{folder}\n", "")
    assert load_session(folder).opened.carried.session == "2026-11-22-first"


@pytest.mark.parametrize("harm", ["agenda", "journal", "end of the journal"])
def test_where_the_newest_session_cannot_be_read_it_stops_and_says_how_to_go_on(
    place: Place, harm: str
) -> None:
    first = place.first()
    place.clock.advance(60)
    newest = place.next(first).folder
    if harm == "agenda":
        (newest / "agenda.yaml").write_text("{", encoding="utf-8")
    else:
        journal = newest / "session.jsonl"
        lines = journal.read_text(encoding="utf-8").splitlines()
        lines[4 if harm == "journal" else -1] = "{bad"
        journal.write_text("\n".join([*lines, ""]), encoding="utf-8")
    goes_on = place.runner.library.command("next", first.folder.name)
    why = place.runner.library.command("show", newest.name)
    told = (
        "Sunday 22 November 2026 is your newest meeting, and cannot be read: put back a copy "
        f"of {newest}. `{why}` says why. `{goes_on}` goes on without it.\n"
    )
    assert place.run("next") == Ran(1, "", told)
    answers = place.write("answers.yaml", "news: much\n")
    ran = place.run("next", first.folder.name, "--answers", answers)
    missing = "Sunday 22 November 2026 cannot be read; what was said only there is missing.\n"
    assert (ran.code, ran.err) == (0, missing)


def test_where_the_newest_session_has_no_first_line_any_more_it_stops_as_well(place: Place) -> None:
    first = place.first()
    place.clock.advance(24 * 60 * 60)
    newest = place.next(first).folder
    journal = newest / "session.jsonl"
    _opened, *lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join(["garbage\n", *lines]), encoding="utf-8")
    ran = place.run("next")
    told = "Monday 23 November 2026 may be your newest meeting, and cannot be read: put back"
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(told)
    # As a crash leaves a session that it kept from being begun.
    journal.write_text("", encoding="utf-8")
    (newest / "rendered.json").unlink()
    answers = place.write("answers.yaml", "news: much\n")
    assert place.run("next", "--answers", answers).code == 0


def test_from_answers_it_is_told_that_they_met_again_after_the_session_that_is_named(
    place: Place,
) -> None:
    first = place.first()
    place.clock.advance(10 * 24 * 60 * 60)
    second = place.next(first)
    answers = place.write("answers.yaml", "news: much\n")
    ran = place.run("next", "1", "--agenda", place.ours / "second.yaml", "--answers", answers)
    assert (ran.code, ran.err) == (0, "You met again on 2 December. Both meetings stay.\n")
    third = load_session(Path(ran.out.strip()))
    assert third.opened.before == (first.folder.name, second.folder.name)


def test_answers_from_a_file_can_change_what_comes_along(place: Place) -> None:
    place.first(Pair(talks={"What rhythm?": [Command(Action.SKIP)]}, decides="both"))
    answers = place.write("answers.yaml", "frequency: every week\naccept: yes\n")
    ran = place.run("next", "1", "--answers", answers)
    session = load_session(place.runner.library.session_folders()[-1])
    assert (ran.code, session.people, session.answers) == (
        0,
        ADA_AND_GRACE,
        {"frequency": "every week"},
    )
    assert list(session.accepted) == ["mentor", "mentee"]


def test_unless_told_otherwise_it_takes_as_long_as_they_agreed_on(place: Place) -> None:
    rhythm = "            default: every month\n"
    place.write("meets.yaml", f"{FIRST.replace(rhythm, rhythm + LENGTH)}{MEETS}")
    place.write("second.yaml", SECOND.replace("minutes: 20", "minutes: 20\nlongest: 50"))
    answers = place.write("answers.yaml", "news: much\n")
    place.walk(load_agenda(place.runner.library, str(place.ours / "meets.yaml"), None), Pair())
    place.run("next", "1", "--answers", answers)
    place.run("next", "1", "--answers", answers, "--minutes", 25)
    lasted = [load_session(each) for each in place.runner.library.session_folders()[1:]]
    assert [session.opened.plan.minutes for session in lasted] == [45, 25]


def test_without_a_finished_session_there_is_none_to_follow(place: Place) -> None:
    begins = place.runner.library.command("start")
    told = f"There is no finished session yet: `{begins}` begins one.\n"
    assert place.run("next") == Ran(1, "", told)


def test_a_length_that_cannot_be_planned_is_told(place: Place) -> None:
    place.first()
    answers = place.write("answers.yaml", "news: much\n")
    told = "The second takes 20 minutes; 25 is too long.\n"
    assert place.run("next", "--minutes", 25, "--answers", answers) == Ran(1, "", told)


def test_a_session_is_forgotten_without_the_one_that_followed(place: Place) -> None:
    first = place.first()
    second = place.next(first)
    before = place.contract(second)
    assert ran_in(place.home, "forget", "1", typed="y\n").code == 0
    assert place.run("render").code == 0
    assert (place.contract(second), first.folder.exists()) == (before, False)


# --- What is forgotten


def test_before_a_session_is_forgotten_it_is_told_which_ones_took_something_along(
    place: Place,
) -> None:
    first, alone = place.first(), place.first()
    aside = place.write("aside.yaml", SECOND.replace("news", "hint").replace("News", "A hint?"))
    second = place.next(first, Pair({"hint": [Said("much")]}), str(aside))
    third = place.next(second, wanted=str(place.ours / "second.yaml"))
    ran = place.run("forget", first.folder.name, typed="n\n")
    names = f"{second.folder.name} and {third.folder.name}"
    assert ran.out.splitlines()[:3] == [
        "What was said only there is known to no later session any more.",
        f"2 later sessions keep what they took along, until you forget them, too: {names}.",
        str(first.folder),
    ]
    ran = place.run("forget", second.folder.name, typed="n\n")
    name = third.folder.name
    assert ran.out.splitlines()[:2] == [
        "What was said only there is known to no later session any more: A hint.",
        f"One later session keeps what it took along, until you forget it, too: {name}.",
    ]
    for sat in (alone, third):
        ran = place.run("forget", sat.folder.name, typed="n\n")
        assert ran.out.splitlines()[0] == str(sat.folder)


def test_a_session_in_the_middle_is_forgotten_and_the_others_stay_together(place: Place) -> None:
    first = place.first()
    second = place.next(first, Pair({"news": [Said("much")]}, decides="both"))
    third = place.next(second, wanted=str(place.ours / "second.yaml"))
    before = place.contract(third)
    assert place.run("forget", second.folder.name, typed="y\n").code == 0
    fourth = place.next(third, wanted=str(place.ours / "second.yaml"))
    assert read_signoff(place.contract(fourth)) == read_signoff(before)
    names = [each.folder.name for each in (first, second, third)]
    assert fourth.session.opened.before == tuple(names)
    told = place.run("forget", first.folder.name, typed="n\n").out
    assert [name in told for name in (third.folder.name, fourth.folder.name)] == [True, True]


def test_a_whole_mentorship_is_forgotten_each_session_named_first(place: Place) -> None:
    first, alone = place.first(), place.first()
    second = place.next(first)
    refused = place.run("forget", first.folder.name, "--all", typed="n\n")
    documents = place.runner.library.documents_of
    assert refused.out.splitlines()[:-1] == [
        *map(str, (second.folder, documents(second.folder))),
        *map(str, (first.folder, documents(first.folder))),
    ]
    assert place.run("forget", second.folder.name, "--all", typed="y\n").code == 0
    gone = [each.folder.exists() for each in (first, second, alone)]
    assert gone == [False, False, True]
    assert documents(first.folder).exists() is False


# --- Which mentorship it belongs to


def test_a_session_that_follows_says_whose_mentorship_it_is_and_what_came_before(
    place: Place,
) -> None:
    first = place.first()
    second = place.next(first)
    third = place.next(second, wanted=str(place.ours / "second.yaml"))
    letters = first.session.opened.mentorship
    assert (len(letters), letters.isalpha()) == (12, True)
    assert third.session.opened.mentorship == second.session.opened.mentorship == letters
    assert third.session.opened.before == (first.folder.name, second.folder.name)
