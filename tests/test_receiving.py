"""Receiving preparation files: no file stops a call, and nobody else's words are shown."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.building import TODAY
from support.preparing_samples import TALK, prep, talk
from support.terminals import ENTER, FakeClock, fed, pasted

from mentorwalk.authoring import Source, agenda_from, read_source
from mentorwalk.authoring.loading import LoadedAgenda
from mentorwalk.authoring.prep_file import prep_text
from mentorwalk.domain.errors import InputError, Stopped
from mentorwalk.domain.people import People, Prep
from mentorwalk.engine.dialog import Dialog
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.library import BUNDLED_AGENDAS, Library
from mentorwalk.workflows.host import host_session, take_preps
from mentorwalk.workflows.lobby import Lobby, StartOptions
from mentorwalk.workflows.prep_intake import PrepIntake, ReceivedPreps, path_of
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import RunResult

ADA, GRACE = prep("mentor", hours=2), prep("mentee", hope="a plan")
TWO = People("Ada", "Grace", "mentor")
ASKED = "Did Grace send you a preparation file?"
HERE = "Grace's preparation is here."


@dataclass(frozen=True)
class Table:
    """A folder with files, and a dialog that asks for them."""

    folder: Path

    def file(self, one: Prep | str, name: str = "prep.yaml") -> str:
        """Put a file there."""
        path = self.folder / name
        text = one if isinstance(one, str) else prep_text(one, dict.fromkeys(one.answers, "?"))
        path.write_text(text, encoding="utf-8")
        return str(path)

    def settled(
        self, *lines: str, given: tuple[str, ...] = (), own: Prep | None = None
    ) -> tuple[tuple[Prep, ...], str]:
        """Return the preparations after lines were typed, and everything that was shown."""
        told = io.StringIO()
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        received = ReceivedPreps(talk(), TODAY)
        received.take_all(map(Path, given))
        dialog = Dialog.outside(PlainFrontend(typed, told), FakeClock(), "Before", "Left.")
        preps = PrepIntake(dialog, received, own).settle(TWO)
        assert typed.read() == "", told.getvalue()
        return preps, told.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Return an empty table."""
    return Table(tmp_path)


# --- The other one's file


def test_enter_alone_goes_on_without_a_file(table: Table) -> None:
    preps, told = table.settled("")
    assert preps == ()
    assert told.splitlines()[2:] == [
        ASKED,
        "Drag it into this window, or type its path. No file? Press Enter.",
    ]


def test_a_file_that_is_dropped_is_taken(table: Table) -> None:
    assert table.settled(table.file(GRACE))[0] == (GRACE,)


def test_files_from_the_command_line_are_not_asked_for(table: Table) -> None:
    given = (table.file(GRACE), table.file(ADA, "ada.yaml"))
    assert table.settled(given=given) == ((ADA, GRACE), "")


def test_ones_own_file_is_taken_and_the_other_file_is_asked_for_again(table: Table) -> None:
    own, theirs = table.file(ADA, "ada.yaml"), table.file(GRACE)
    preps, told = table.settled(own, theirs)
    assert preps == (ADA, GRACE)
    assert "That is your own, and it is used too." in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "This file is empty."),
        ("talk", "This is not a preparation file."),
        ("mentorwalk-prep: 1\nagenda: talk\nrole: mentee\nname: 'a\nb'\n: [", "prep.yaml:"),
        ("mentorwalk-prep: 9\nagenda: talk\nrole: mentee\nname: G\n", "prep.yaml:1:18: This is"),
        ('mentorwalk-prep: 1\nagenda: talk\nrole: mentee\nname: "\\e]0;x"\n', "prep.yaml:4:7:"),
        ("mentorwalk-prep: 1\n" + "#" * 300_000, "This file is too large"),
        ("mentorwalk-prep: &a [*a, *a]\n", "prep.yaml:1:18: A text that begins with `&`"),
    ],
    ids=["empty", "other", "broken", "newer", "escapes", "huge", "bomb"],
)
def test_a_bad_file_is_reported_and_the_call_goes_on_without_it(
    table: Table, text: str, told: str
) -> None:
    bad = table.file(text)
    for preps, said in (table.settled(bad, ""), table.settled("", given=(bad,))):
        assert preps == ()
        assert told in said
        assert "Press Enter to go on without it." in said
        assert "\x1b" not in said


def test_after_a_bad_file_a_good_one_is_taken(table: Table) -> None:
    preps, _ = table.settled("/none.yaml", table.file("x"), table.file(GRACE, "good.yaml"))
    assert preps == (GRACE,)


def test_a_screen_shows_the_first_problems_of_many(table: Table) -> None:
    bad = table.file("mentorwalk-prep: 1\nagenda: talk\nrole: mentee\nname: G\n" + "x: y\n" * 9)
    _, told = table.settled(bad, "")
    assert told.count("prep.yaml:") == 3
    assert "... and 6 more." in told


def test_what_does_not_fit_is_reported_and_the_rest_is_used(table: Table) -> None:
    old = prep_text(GRACE, {"hope": "?"}).replace("agenda: talk", "agenda: coffee")
    preps, told = table.settled(table.file(f"{old}  wish: x\n"), "")
    assert preps[0].answers == {"hope": "a plan"}
    assert "This was written for `coffee`: what fits talk is used." in told
    assert "talk asks the mentee nothing of this name beforehand." in told
    assert "All the rest is used." in told


def test_two_files_from_one_person_are_one_too_many(table: Table) -> None:
    given = (table.file(GRACE), table.file(prep("mentee", hope="another"), "b.yaml"))
    preps, told = table.settled("", given=given)
    assert preps == (GRACE,)
    assert "b.yaml: There is one from the mentee already, by Grace." in told


# --- Whose it is


BOB = Prep("talk", "mentee", "Bob", {"hope": "BOBSECRET"})


def test_somebody_elses_file_is_not_used_unless_somebody_says_so(table: Table) -> None:
    bob = table.file(BOB)
    preps, told = table.settled(bob, "", "", given=())
    assert preps == ()
    assert "This preparation is from Bob. Is that Grace?" in told
    assert "BOBSECRET" not in told
    assert table.settled("2", given=(bob,))[0] == (BOB,)
    assert table.settled("1", "", given=(bob,))[0] == ()


@pytest.mark.parametrize("last", ["bob", "grace"])
def test_of_two_files_from_one_role_that_of_who_was_named_is_used(table: Table, last: str) -> None:
    files = {"grace": table.file(GRACE), "bob": table.file(BOB, "bob.yaml")}
    received = ReceivedPreps(talk(), TODAY, people={"mentee": "Grace"})
    received.take_all([Path(path) for _, path in sorted(files.items(), key=lambda f: f[0] == last)])
    assert received.in_order == (GRACE,)
    assert (
        received.refused
        == {
            "bob": ["bob.yaml: There is one from the mentee already, by Grace."],
            "grace": ["The preparation by Bob is left out: the mentee is Grace."],
        }[last]
    )


def test_what_does_not_fit_in_somebody_elses_file_is_not_shown(table: Table) -> None:
    strange = table.file(replace(BOB, answers={"keeper": "BOBSECRET"}))
    preps, told = table.settled(strange, "", "")
    assert (preps, "BOBSECRET" in told) == ((), False)


def test_a_longer_name_is_the_same_persons(table: Table) -> None:
    longer = Prep("talk", "mentee", "grace hopper", {})
    assert table.settled(given=(table.file(longer),))[0] == (longer,)


def test_ones_own_preparation_from_this_computer_is_offered(table: Table) -> None:
    preps, told = table.settled("", "1", own=ADA)
    assert preps == (ADA,)
    assert "You have prepared here yourself. Use what you chose to share?" in told
    assert table.settled("", "2", own=ADA)[0] == ()


def test_ones_own_file_comes_before_what_this_computer_keeps(table: Table) -> None:
    given = (table.file(prep("mentor", hours=9)),)
    assert table.settled("", given=given, own=ADA)[0] == (prep("mentor", hours=9),)


# --- How a path is written


@pytest.mark.parametrize(
    "typed",
    [
        "{path}",
        "  {path} ",
        "'{path}'",
        '"{path}"',
        "& '{path}'",
        "{escaped}",
        "file://{url}",
        "FILE://localhost{url}",
        "{path}\nsomething else",
    ],
)
def test_a_path_is_understood_as_windows_write_it(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "prep Gräce (1).yaml"
    path.write_text("x", encoding="utf-8")
    escaped = str(path).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")
    url = str(path).replace(" ", "%20").replace("ä", "%C3%A4")
    assert path_of(typed.format(path=path, escaped=escaped, url=url)) == path


def test_a_path_may_begin_at_home() -> None:
    assert path_of("~/prep.yaml") == Path.home() / "prep.yaml"
    assert path_of("~nobody-like-that/prep.yaml") == Path("~nobody-like-that/prep.yaml")


def test_a_quote_within_a_quoted_path_is_one_quote() -> None:
    assert path_of("'/tmp/Grace'\\''s.yaml'") == Path("/tmp/Grace's.yaml")


def test_a_drive_of_windows_has_no_slash_before_it() -> None:
    assert path_of("file:///C:/Users/grace/prep.yaml") == Path("C:/Users/grace/prep.yaml")


@pytest.mark.parametrize(
    "typed", ["\x00", "a" * 9000, "file://[", "''"], ids=["null", "long", "bracket", "empty"]
)
def test_an_impossible_path_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        ReceivedPreps(talk(), TODAY).take(path_of(typed))


# --- In the lobby, and without one


def runner(home: Path) -> SessionRunner:
    """Return a runner for a home."""
    return SessionRunner(Library(home, home / "documents"), FakeClock())


def script() -> LoadedAgenda:
    """Return the agenda to walk."""
    source = Source("talk.yaml", TALK)
    return LoadedAgenda(agenda_from(source), source)


NAMED = StartOptions("Ada", "Grace", 30)


def hosted(
    folder: Path,
    frontend: Frontend,
    given: StartOptions = NAMED,
    agenda: LoadedAgenda | None = None,
) -> RunResult:
    """Host a session in a home."""
    loaded, at = agenda or script(), runner(folder)
    return host_session(at, loaded, given, Lobby(frontend, loaded.agenda, at.clock))


def test_names_come_from_the_files_where_nothing_else_was_said(table: Table) -> None:
    given = StartOptions(preps=(Path(table.file(GRACE)), Path(table.file(ADA, "ada.yaml"))))
    prepared, people, left_out = take_preps(runner(table.folder), script(), given)
    assert (prepared.prepared, people, left_out) == ((ADA, GRACE), TWO, ())


def test_two_who_are_called_the_same_are_asked_for_their_names(table: Table) -> None:
    received = ReceivedPreps(talk(), TODAY)
    received.take_all([Path(table.file(prep("mentor"), "a.yaml"))])
    received.take_all([Path(table.file(Prep("talk", "mentee", "ADA", {}), "b.yaml"))])
    assert StartOptions().with_names_of(received) == StartOptions()


def test_where_nobody_is_asked_a_bad_file_is_reported_with_its_whole_path(table: Table) -> None:
    bad = table.file("mentorwalk-prep: 1\n")
    with pytest.raises(InputError) as refused:
        take_preps(runner(table.folder), script(), StartOptions(preps=(Path(bad),)))
    assert str(refused.value).startswith(f"{bad}:1:1: `agenda` is missing here.")


def test_where_nobody_is_asked_somebody_elses_file_is_refused(table: Table) -> None:
    given = StartOptions(mentee="Grace", preps=(Path(table.file(BOB)),))
    with pytest.raises(InputError, match="A preparation is from Bob, and the mentee is Grace"):
        take_preps(runner(table.folder), script(), given)


def test_where_nobody_is_asked_one_file_too_many_is_refused_whose_ever_it_is(
    table: Table,
) -> None:
    preps = (Path(table.file(BOB, "bob.yaml")), Path(table.file(GRACE)))
    with pytest.raises(InputError, match="by Bob is left out: the mentee is Grace"):
        take_preps(runner(table.folder), script(), StartOptions(mentee="Grace", preps=preps))


def test_a_file_can_be_dropped_in_the_lobby(table: Table) -> None:
    path = table.file(GRACE, "prep Grace.yaml")
    keys = [
        ("Who sits at this keyboard?", ENTER),
        (ASKED, f"{pasted(path.replace(' ', chr(92) + ' '))}{ENTER}"),
        (HERE, ENTER),
        ("Share this window now.", ENTER),
        ("Grace wrote beforehand: “a plan”", "\x03"),
        ("Stop and save", f"2{ENTER}"),
    ]
    with fed(*keys, columns=80, rows=24) as terminal:
        result = hosted(table.folder, LiveFrontend())
        assert terminal.awaited == []
    assert result.session.opened.prepared == (GRACE,)


@pytest.mark.parametrize(
    ("preps", "told"),
    [
        ([GRACE], "What Grace prepared shows on the cards."),
        ([GRACE, ADA], "What Ada and Grace prepared shows on the cards."),
    ],
)
def test_before_the_screen_is_shared_it_says_whose_preparation_is_used(
    table: Table, preps: list[Prep], told: str
) -> None:
    files = tuple(Path(table.file(one, f"{one.role}.yaml")) for one in preps)
    lines = io.StringIO()
    given = StartOptions("Ada", "Grace", 30, preps=files)
    with pytest.raises(Stopped):
        hosted(table.folder, PlainFrontend(io.StringIO("\n\n"), lines), given)
    assert lines.getvalue().splitlines()[-4:-1] == [
        "Share this window now. Press Enter when Grace can see it.",
        told,
        "The clock starts then.",
    ]


def test_an_exercise_asks_for_the_file_of_who_may_have_done_it_alone(tmp_path: Path) -> None:
    source = read_source(BUNDLED_AGENDAS / "wheel-of-life.yaml")
    told, script = io.StringIO(), LoadedAgenda(agenda_from(source), source)
    with pytest.raises(Stopped):
        hosted(tmp_path, PlainFrontend(io.StringIO("\n"), told), agenda=script)
    assert ASKED in told.getvalue()


def test_an_agenda_that_asks_nothing_beforehand_asks_for_no_file(tmp_path: Path) -> None:
    bare = TALK[: TALK.index("prepare:\n  minutes")].replace("prepare: both", "help: none")
    bare = bare.replace("prepare: mentor", "help: none").replace("recall: [hope", "tip: [hope")
    bare = bare.replace("[hope, help, hours, said]", "none")
    source, told = Source("talk.yaml", bare), io.StringIO()
    script = LoadedAgenda(agenda_from(source), source)
    with pytest.raises(Stopped):
        hosted(tmp_path, PlainFrontend(io.StringIO("\n"), told), agenda=script)
    assert ASKED not in told.getvalue()
