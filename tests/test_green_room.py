"""The green room: a way back to what was asked, and what only one person reads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import ON, Step, chosen, corrected, typed
from support.building import ADA_AND_GRACE, first_session
from support.preparing_samples import TALK, House, prep
from support.preparing_samples import typed as typed_lines
from support.terminals import ENTER, ESCAPE, SHIFT_TAB, FakeClock, Terminal, fed, folded

from mentorwalk.authoring.prep_file import prep_text
from mentorwalk.domain.events import Answered
from mentorwalk.domain.people import People
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.workflows.arriving import arrive
from mentorwalk.workflows.lobby import Lobby, StartOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mentorwalk.domain.people import Prep
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.arriving import Arrived

BACK = Step(SHIFT_TAB, "/back\n")
ESCAPED = Step(ESCAPE, "/back\n")
NAMES = [typed("Ada"), typed("Grace")]


def introduced(frontend: Frontend) -> tuple[People | None, int | None]:
    """Return the two people and the minutes that they come to in a lobby."""
    lobby = Lobby(frontend, first_session(), FakeClock())
    options = lobby.asker.retrace(lambda: lobby.introduced(StartOptions(), anew=True))
    return options.known, options.minutes


def plainly(*steps: Step) -> tuple[People | None, int | None]:
    """Take these steps line by line."""
    lines = io.StringIO("".join(step.lines for step in steps))
    return introduced(PlainFrontend(lines, io.StringIO()))


def live(*steps: Step) -> tuple[People | None, int | None]:
    """Take these steps on the live screen."""
    with fed("".join(step.keys for step in steps)):
        return introduced(LiveFrontend())


# --- The way back


@pytest.mark.parametrize("take", [plainly, live])
@pytest.mark.parametrize(
    ("steps", "people", "minutes"),
    [
        ([typed("Ida"), BACK, corrected("Ada"), typed("Grace"), ON, ON], ADA_AND_GRACE, 60),
        ([*NAMES, chosen(2), BACK, chosen(1), typed("50")], ADA_AND_GRACE, 50),
        ([*NAMES, ON, BACK, BACK, BACK, ON, ON, ON, ON], ADA_AND_GRACE, 60),
        ([*NAMES, chosen(2), BACK, ON, ON], People("Ada", "Grace", "mentee"), 60),
        ([BACK, *NAMES, ON, ON], ADA_AND_GRACE, 60),
        ([ON, *NAMES, BACK, BACK, ON, ON, ON, ON], ADA_AND_GRACE, 60),
        ([typed("Ada"), typed("Ada"), BACK, ON, typed("Grace"), ON, ON], ADA_AND_GRACE, 60),
        ([*NAMES, ON, typed("a while"), BACK, ON, ON], ADA_AND_GRACE, 60),
    ],
    ids=["one", "choice", "to the first", "kept", "nowhere", "refused", "from refused", "length"],
)
def test_a_question_can_be_gone_back_to_and_offers_its_answer(
    take: Callable[..., object], steps: list[Step], people: People, minutes: int
) -> None:
    assert take(*steps) == (people, minutes)


def test_escape_leads_back_too() -> None:
    # A terminal sends Escape at the start of other keys: what follows comes once it was seen.
    with fed(
        ("Mentor's name", f"Ida{ENTER}"),
        ("Mentee's name", ESCAPE),
        ("Mentor's name", f"{corrected('Ada').keys}"),
        ("Mentee's name", f"Grace{ENTER}{ENTER}{ENTER}"),
    ):
        assert introduced(LiveFrontend()) == (ADA_AND_GRACE, 60)


def test_the_keys_say_so_where_there_is_something_to_go_back_to() -> None:
    with fed(*(step.keys for step in (*NAMES, ON, ON))) as terminal:
        introduced(LiveFrontend())
    first = [each for each in terminal.pictures if "Mentor's name" in " ".join(each)]
    later = [each for each in terminal.pictures if "Mentee's name" in " ".join(each)]
    assert "Shift+Tab" not in " ".join(first[-1])
    assert "Shift+Tab: back" in " ".join(later[-1])


def test_in_plain_mode_the_word_for_it_is_said_once() -> None:
    told = io.StringIO()
    introduced(PlainFrontend(typed_lines(("Ada", "Grace", "", "")), told))
    assert told.getvalue().count("/back: go back to the question before") == 1


# --- What only one person reads

GUESS = "She codes."
ASKED = "Did Grace send you a preparation file?"
MINE = "You wrote this for yourself."
PREPARED = ("", "Ada", "Grace", "12", GUESS, *[""] * 7, "3")
"""The mentor's form to its end: hours, what she assumes, all else as usual, and no file."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Return a home in which Ada has prepared."""
    at = House(tmp_path, TALK)
    form = PlainFrontend(typed_lines(PREPARED), io.StringIO())
    assert at.preparing("mentor").walk(None, form) is None
    return at


def file(folder: Path, one: Prep) -> Path:
    """Write a preparation file."""
    path = folder / "theirs.yaml"
    path.write_text(prep_text(one, dict.fromkeys(one.answers, "?")), encoding="utf-8")
    return path


def greeted(at: House, frontend: Frontend, *preps: Path) -> Arrived:
    """Settle what a session of Ada and Grace needs."""
    options = StartOptions("Ada", "Grace", 30, preps=preps)
    return arrive(at.runner, at.script, at.lobby(frontend), options, save=False)


def on_screen(at: House, *script: tuple[str, str]) -> Terminal:
    """Return the live screen after the window was shared."""
    with fed(*script, ("Share this window now.", ENTER)) as terminal:
        greeted(at, LiveFrontend())
    assert terminal.awaited == []
    return terminal


def in_lines(at: House, *lines: str, preps: tuple[Path, ...] = ()) -> str:
    """Return what was said line by line until the window was shared."""
    told, said = io.StringIO(), typed_lines((*lines, ""))
    greeted(at, PlainFrontend(said, told), *preps)
    assert said.read() == ""
    return told.getvalue()


TYPES = ("Who sits at this keyboard?", ENTER)
NO_FILE, USE = (ASKED, ENTER), ("You have prepared here yourself.", ENTER)
READ, READ_MINE = ("For your eyes only", ENTER), (MINE, ENTER)


def test_what_somebody_wrote_for_themselves_is_read_before_the_window_is_shared(
    house: House,
) -> None:
    terminal = on_screen(house, TYPES, NO_FILE, USE, READ, READ_MINE)
    assert terminal.seen(f"{MINE} What do you assume? {GUESS} It is on no card.")
    assert terminal.seen("For your eyes only Share this window only when it asks you to.")
    assert not terminal.seen("Hours in a bad month")
    assert GUESS not in terminal.words


def test_there_is_no_way_back_to_it_from_the_page_that_asks_to_share(house: House) -> None:
    sharing = ("Share this window now.", SHIFT_TAB)
    terminal = on_screen(house, TYPES, NO_FILE, USE, READ, READ_MINE, sharing)
    pages = [folded(" ".join(each)) for each in terminal.pictures]
    shared = next(at for at, page in enumerate(pages) if "Share this window now." in page)
    assert "Shift+Tab" not in pages[shared]
    assert not any(GUESS in page for page in pages[shared:])


def test_it_is_not_written_into_a_window_where_lines_stay(house: House) -> None:
    told = in_lines(house, "", "", "", "", "")
    assert GUESS not in told
    assert (
        f"{MINE}\n"
        "It is not shown here: lines stay in this window, which you are about to share.\n"
        "It is on no card. `mentorwalk prep talk --role mentor --show --home"
    ) in told


def test_it_is_not_for_the_other_person_at_the_keyboard(house: House) -> None:
    assert MINE not in in_lines(house, "2", "", "")


def test_it_stays_away_where_ones_own_preparation_is_left_out(house: House) -> None:
    assert MINE not in in_lines(house, "", "", "2")


def test_who_shares_nothing_is_not_asked_to_use_it(house: House) -> None:
    store = house.preparing("mentor").store
    with store.journal() as journal:
        recorder = SessionRecorder(store.load().form, journal, FakeClock())
        recorder.record(Answered, field="share.hours", value="Only for me")
        recorder.record(Answered, field="share.wishes", value="Only for me")
    terminal = on_screen(house, TYPES, NO_FILE, READ, READ_MINE)
    assert terminal.seen(f"Hours in a bad month: 12 hours What do you assume? {GUESS}")
    assert not terminal.seen("prepared shows on the cards")


def test_what_is_good_to_know_at_first_is_read_with_the_file(house: House, tmp_path: Path) -> None:
    shared = prep("mentee", hope="a plan", help=("An ear",), topics=("pay",))
    told = in_lines(house, "2", "", "", preps=(file(tmp_path, prep("mentor", hours=9)),))
    assert "Ada's preparation is here.\nHours in a bad month: 9 hours\n" in told
    told = in_lines(house, "", "2", "", preps=(file(tmp_path, shared),))
    assert (
        "Grace's preparation is here.\n"
        "What do you hope for? a plan\n"
        "Help that is welcome: An ear\n"
        "It shows on the cards. `mentorwalk prep --show FILE` reads all of it.\n"
    ) in told
