"""The command as people run it: in a terminal of its own, killed, resumed, piped, resized."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import termios
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from support.commands import ENTERS
from support.made_up_facts import made_up, write_facts
from support.small_talk import MENTORWALK, surroundings
from support.terminals import (
    BACKSPACE,
    CTRL_C,
    DOWN,
    ENTER,
    LEFT,
    PAGE_DOWN,
    PATIENCE,
    TAB,
    Pty,
    folded,
)

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.events import Closed, Resumed
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.planning import plan
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.storage.reading import read_events
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Field

INTERRUPTED = "What would you like to do?"

pytestmark = pytest.mark.slow

AGENDA = agenda_from(read_source(BUNDLED_AGENDAS / "first-session.yaml"))
NAMES = {
    "mentor": "Ada",
    "mentee": "Grace",
    "contact": AGENDA.contact.words if AGENDA.contact else "",
}
NAMED = ["start", "--mentor", "Ada", "--mentee", "Grace", "--minutes", "45"]
KEEP_ALL = "Enter: keep all"
PRESS = tuple[str, str]
"""A text to wait for, and the keys to press then."""
LOBBY: list[PRESS] = [
    ("Who sits at this keyboard?", ENTER),
    ("Did Grace send you a preparation file?", ENTER),
    ("For your eyes only", ENTER),
    ("Share this window now.", ENTER),
]
NO_OTHERS: Mapping[str, list[PRESS]] = {}
AFTERWARDS: list[PRESS] = [
    ("Say goodbye, and stop sharing your window.", ENTER),
    ("Would you like to come back for another hour?", f"8{ENTER}"),
    ("Send Grace the files, and you are done.", ENTER),
]


@dataclass(frozen=True)
class House:
    """A computer where the command is installed and nothing was done yet."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What the command finds around it."""
        return surroundings(self.folder)

    @property
    def session(self) -> Path:
        """The folder of the only session."""
        (folder,) = (self.folder / "home" / "sessions").iterdir()
        return folder

    @property
    def documents(self) -> dict[str, str]:
        """The documents that were written, by file name."""
        there = self.folder / "home" / "documents" / self.session.name
        return {path.name: path.read_text(encoding="utf-8") for path in there.iterdir()}

    def terminal(self, *arguments: str, term: str = "", columns: int = 80, rows: int = 24) -> Pty:
        """Run the command in a terminal."""
        environment = self.environment | ({"TERM": term} if term else {})
        command = [*MENTORWALK, *arguments, "--home", "home"]
        return Pty(command, environment, self.folder, columns, rows)

    def piped(self, *arguments: str, typed: str) -> subprocess.CompletedProcess[str]:
        """Run the command without a terminal."""
        return subprocess.run(
            [*MENTORWALK, *arguments, "--home", "home"],
            input=typed,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A new house for each test."""
    return House(tmp_path)


def said(text: str) -> str:
    """A text of the agenda as it stands on the screen."""
    return folded(fill_in(text, NAMES))


def presses(prompt: Prompt) -> Iterator[PRESS]:
    """What walks a card: every text is answered with its field's id, every sheet kept."""
    if prompt.review:
        yield said(prompt.ask), PAGE_DOWN * 6
        yield KEEP_ALL, ENTER
        return
    # Sentences are kept while they talk.
    talks = bool(prompt.record) or not all(field.has_sentences for field in prompt.settle)
    yield said(prompt.ask), ENTER if talks or not prompt.settle else ""
    for key in prompt.again:
        yield f"› the {key}", ENTER
    for field in prompt.record:
        if not field.private:
            yield from written(field)
    shown = False
    for field, after in zip_longest(prompt.settle, prompt.settle[1:]):
        if not field.default:
            yield from written(field)
        elif field.type == "date" and after and after.type == "time":
            yield said(field.label), ENTER
        else:
            shown = True
    # A sheet of which each line was asked about is not shown.
    if shown:
        yield KEEP_ALL, ENTER
    if prompt.accept:
        yield from decided("1", "It is a draft, and that is a good place to be.")


def decided(digit: str, moment: str) -> Iterator[PRESS]:
    """What reads the agreement to its end, decides, and ends the moment after it."""
    yield "page 1 of 3", ENTER
    yield "page 2 of 3", ENTER
    yield "Enter: go on", ENTER
    yield "There is a sentence that we want to change", digit
    yield moment, ENTER


def written(field: Field) -> Iterator[PRESS]:
    """What answers a field: its first choice, an hour, or its id."""
    for key in field.answer_ids:
        role = key.removeprefix(field.id).lstrip(".")
        label = f"{NAMES[role]}: {field.label}" if role else field.label
        words = {"select": "1", "time": "15:00"}.get(field.type, f"the {key}")
        yield said(label), f"{words}{ENTER}"


def cards(minutes: int = 45) -> list[Prompt]:
    """The cards of a session."""
    return [AGENDA.prompts[card] for card in plan(AGENDA, minutes)]


def session_presses(
    minutes: int, until: str = "", others: Mapping[str, list[PRESS]] = NO_OTHERS
) -> Iterator[PRESS]:
    """What walks a session up to a card, and carries on where saved minutes are offered.

    Nobody talks here, so all of a card's time is saved. Some cards may be walked otherwise.
    """
    saved, offered, last = 0, [0], -2
    phases = list(AGENDA.phases)
    slots = plan(AGENDA, minutes).slots
    for slot, after in zip(slots, [*slots[1:], None], strict=True):
        if slot.prompt == until:
            return
        yield from others.get(slot.prompt) or presses(AGENDA.prompts[slot.prompt])
        saved += slot.seconds
        phase = phases.index(AGENDA.phase_of[slot.prompt])
        ends = after and AGENDA.phase_of[after.prompt] != phases[phase] and phase > last + 1
        if ends and len(offered) < 3 and saved >= 60 * (offered[-1] + 3):
            offered.append(round(saved / 60))
            last = phase
            yield "How would you like to use them?", ENTER


def walk(terminal: Pty, steps: list[PRESS]) -> None:
    """Press keys as the texts come."""
    for text, keys in steps:
        terminal.press(text, keys)


def walk_to(terminal: Pty, card: str) -> None:
    """Walk from the green room to a card, and wait until it is shown."""
    walk(terminal, [*LOBBY, *session_presses(45, card)])
    terminal.wait_for(said(AGENDA.prompts[card].ask))


# --- A whole hour

GLANCE = (
    "5 min Hello 14 min Get to know each other 17 min Purpose of mentoring 13 min Rules of "
    "cooperation 5 min First concrete steps 6 min Close We stop at"
)
TOGETHER: dict[str, list[PRESS]] = {
    "hour": [(GLANCE, ENTER)],
    "usual": [
        (f"9 Add a sentence of your own › {'─' * 78}", f"2{ENTER}"),
        ("2 struck: Ada comes prepared, and asks before giving advice.", f"9{ENTER}"),
        ("A sentence of your own", f"We laugh{ENTER}"),
        ("9 We laugh. 10 Add a sentence of your own", ""),
        ("Enter: keep it so", ENTER),
    ],
    "lines": [
        ("8 Ada's small step the mentor_step", f"8{ENTER}"),
        ("Ada's small step: the mentor_step", f"3{ENTER}"),
        ("Strike it? It is erased: “the mentor_step”", f"2{ENTER}"),
        ("8 Next meeting", ""),
        (KEEP_ALL, ENTER),
    ],
    "agree": [
        (said(AGENDA.prompts["agree"].ask), ENTER),
        *decided("2", "You both said yes. This is yours now."),
    ],
}
"""What two do who strike a sentence, add one, strike a line, and say yes."""


def test_a_whole_session_from_the_green_room_to_the_page_after_the_call(house: House) -> None:
    with house.terminal("start") as terminal:
        walk(
            terminal,
            [
                ("Mentor's name", f"Ada{ENTER}"),
                ("Mentee's name", f"Grace{ENTER}"),
                ("Who sits at this keyboard?", ENTER),
                ("When do you have to stop?", ENTER),
                *LOBBY[1:],
                *session_presses(60, others=TOGETHER),
                *AFTERWARDS,
            ],
        )
        assert terminal.ended() == 0
        assert not terminal.on_second_page
        assert terminal.modes == terminal.before
        assert "Ada (mentor)" not in terminal.words
        assert "contract.md" in "".join(terminal.lines)
    session, documents = load_session(house.session), house.documents
    assert isinstance(session.closed, Closed)
    assert (len(session.offered), {*session.accepted}) == (2, {"mentor", "mentee"})
    assert session.answers["come_back.mentor"] == 8
    assert {"summary.md", "contract.md"} <= set(documents)
    assert "the purpose" in documents["summary.md"]
    assert "We laugh." in documents["contract.md"]
    assert "comes prepared" not in documents["contract.md"]
    assert "the mentor_step" not in documents["summary.md"]


def test_the_screen_is_taken_for_the_session_and_given_back(house: House) -> None:
    with house.terminal(*NAMED) as terminal:
        terminal.press("Who sits at this keyboard?", ENTER)
        terminal.wait_for("Did Grace send you")
        assert terminal.on_second_page
        terminal.press("Did Grace send you", CTRL_C)
        assert terminal.ended() == 130
        assert not terminal.on_second_page
        assert terminal.modes == terminal.before
        assert folded(" ".join(terminal.lines)) == (
            "Stopped before the session began: there was nothing to save."
        )
    assert not (house.folder / "home" / "sessions").exists()


# --- A crash

HALF_WAY: dict[str, tuple[str, list[PRESS]]] = {
    "before anything was answered": ("welcome", []),
    "half-way through what is written down": (
        "offer",
        [
            (said(AGENDA.prompts["offer"].ask), ENTER),
            ("What Ada brings", f"two teams{ENTER}"),
            ("What Ada cannot help with", "sala"),
        ],
    ),
    "with a row changed on a sheet": (
        "rhythm",
        [
            (said(AGENDA.prompts["rhythm"].ask), ENTER),
            (KEEP_ALL, f"1{ENTER}"),
            ("1) Every week", f"1{ENTER}"),
        ],
    ),
    "with a line of wishes and promises that is not there yet": (
        "count-on",
        [
            (said(AGENDA.prompts["count-on"].ask), ENTER),
            ("Grace's wish", f"be honest{ENTER}"),
            ("Ada's promise", "answer on Sun"),
        ],
    ),
}
STANDS = {
    "welcome": said(AGENDA.prompts["welcome"].ask),
    "offer": "› sala",
    "rhythm": "Every week",
    "count-on": "› answer on Sun",
}


@pytest.mark.parametrize("when", HALF_WAY)
def test_a_crash_loses_no_answer_no_card_and_no_time(house: House, when: str) -> None:
    card, steps = HALF_WAY[when]
    with house.terminal(*NAMED) as terminal:
        walk_to(terminal, card)
        walk(terminal, steps)
        terminal.wait_for(STANDS[card])
        if card == "rhythm":
            terminal.wait_for(KEEP_ALL)
        terminal.kill()
    before, last = load_session(house.session), read_events(house.session)[-1]
    assert before.current == card
    with house.terminal("resume") as terminal:
        terminal.press("Who sits at this keyboard?", ENTER)
        terminal.press("Share your window again", ENTER)
        terminal.wait_for(said(AGENDA.prompts[card].ask))
        terminal.wait_for("Tab: options")
        if card == "offer":
            terminal.press(said(AGENDA.prompts["offer"].ask), ENTER)
            terminal.wait_for("› two teams")
    after = load_session(house.session)
    resumed = next(e for e in read_events(house.session)[last.seq :] if isinstance(e, Resumed))
    assert (after.current, after.answers, after.marks) == (card, before.answers, before.marks)
    away = (resumed.at - last.at).total_seconds()
    assert 0 <= resumed.elapsed - last.elapsed < away / 2


# --- Stopping, and going on


def test_ctrl_c_then_stop_keeps_all_and_tells_the_line_that_goes_on_to_close_now(
    house: House,
) -> None:
    ask = said(AGENDA.prompts["last-session"].ask)
    with house.terminal(*NAMED) as terminal:
        walk_to(terminal, "last-session")
        terminal.send("lead a te")
        terminal.press("› lead a te", CTRL_C)
        terminal.press(INTERRUPTED, f"{DOWN}{ENTER}")
        assert terminal.ended() == 130
        assert (terminal.on_second_page, terminal.modes) == (False, terminal.before)
        told, *rows = filter(None, terminal.lines)
    line = "".join(rows)
    assert told == "Saved. Go on with:"
    assert line == f"mentorwalk resume {house.session.name} --home {house.folder}/home"
    assert load_session(house.session).drafts["purpose"].text == "lead a te"
    with Pty([*MENTORWALK, *shlex.split(line)[1:]], house.environment, house.folder) as terminal:
        terminal.press("Who sits at this keyboard?", ENTER)
        terminal.press("Share your window again", ENTER)
        terminal.press(ask, CTRL_C)
        terminal.press(INTERRUPTED, f"{DOWN}{DOWN}{ENTER}")
        walk(terminal, [(KEEP_ALL, ENTER), AFTERWARDS[0], AFTERWARDS[-1]])
        assert terminal.ended() == 0
    assert {"summary.md", "contract.md"} <= set(house.documents)


def test_start_offers_to_go_on_with_an_unfinished_session_or_begins_anew(house: House) -> None:
    with house.terminal(*NAMED) as terminal:
        walk_to(terminal, "record")
        terminal.kill()
    with house.terminal(*NAMED) as terminal:
        terminal.press("Who sits at this keyboard?", ENTER)
        terminal.press("Ada and Grace have an unfinished session", ENTER)
        terminal.press("Share your window again", ENTER)
        terminal.wait_for(said(AGENDA.prompts["record"].ask))
        terminal.kill()
    assert load_session(house.session).current == "record"
    with house.terminal(*NAMED) as terminal:
        terminal.press("Who sits at this keyboard?", ENTER)
        terminal.press("Ada and Grace have an unfinished session", f"2{ENTER}")
        walk(terminal, LOBBY[1:])
        terminal.wait_for(said(cards()[0].ask))
    assert len(list((house.folder / "home" / "sessions").iterdir())) == 2


def test_a_session_is_held_by_one_process_at_a_time(house: House) -> None:
    with house.terminal(*NAMED) as terminal:
        walk_to(terminal, cards()[0].id)
        second = house.piped("resume", typed="")
        name = house.session.name
        assert (second.returncode, second.stdout, second.stderr) == (
            1,
            "",
            f"The session {name} is open in another window: go on there, or close it first.\n",
        )
        terminal.press(said(cards()[0].ask), ENTER)
        terminal.wait_for(said(cards()[1].ask))


# --- Without a screen of its own


def test_lines_in_and_lines_out_walk_to_the_end_in_a_pipe(house: House) -> None:
    done = house.piped(*NAMED, "--plain", typed=ENTERS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert {"summary.md", "contract.md"} <= set(house.documents)
    assert load_session(house.session).not_reached() == ()


def test_a_pipe_that_ends_early_stops_and_tells_how_to_go_on(house: House) -> None:
    done = house.piped(*NAMED, typed="\n\n\n\n")
    assert done.returncode == 130
    line = f"mentorwalk resume {house.session.name} --home {house.folder}/home"
    assert done.stderr == f"Saved. Go on with:\n{line}\n"


CLOSED, FULL = (">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")
"""Outputs that take nothing, and what the system calls each."""


@pytest.mark.parametrize(
    ("command", "taken"),
    [
        ("--version", CLOSED),
        ("--version", FULL),
        ("sessions --home home", CLOSED),
        ("agenda show first-session --home home", FULL),
        ("start --home home", CLOSED),
        # These are printed at once, and would be written only as the program ends.
        ("programme report facts", FULL),
        ("programme report facts", CLOSED),
    ],
)
def test_an_output_that_takes_nothing_ends_a_command_with_a_sentence(
    house: House, command: str, taken: tuple[str, str]
) -> None:
    write_facts(house.folder / "facts", *made_up(6))
    output, reason = taken
    line = f"{shlex.join(MENTORWALK)} {command} {output}"
    done = subprocess.run(
        ["sh", "-c", line],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=house.environment,
        cwd=house.folder,
        encoding="utf-8",
        check=False,
    )
    sentence = f"The output could not be written ({reason}).\n"
    assert (done.returncode, done.stderr) == (1, sentence)


def test_a_window_is_as_wide_as_it_is_whatever_the_environment_says(house: House) -> None:
    around = house.environment | {"COLUMNS": "30", "LINES": "10"}
    with Pty([*MENTORWALK, "demo"], around, house.folder, columns=70) as terminal:
        terminal.wait_until(lambda: f" {'─' * 68}" in terminal.lines, "a line across the window")


def test_arrow_keys_edit_a_line_of_a_terminal(house: House) -> None:
    with house.terminal("start", "--plain") as terminal:
        terminal.wait_until(lambda: not terminal.modes[3] & termios.ICANON, "an editor of lines")
        terminal.send(f"Gdele{LEFT}{LEFT}{LEFT}{LEFT}{BACKSPACE}A{ENTER}")
        terminal.wait_for("Adele")
        assert b"^[[D" not in terminal.raw


@pytest.mark.parametrize("arguments", [[*NAMED, "--plain"], NAMED])
def test_a_dumb_terminal_or_the_option_is_asked_line_by_line(
    house: House, arguments: list[str]
) -> None:
    term = "xterm-256color" if "--plain" in arguments else "dumb"
    with house.terminal(*arguments, term=term) as terminal:
        walk_to(terminal, cards()[1].id)
        terminal.send("/stop\r")
        assert terminal.ended() == 130
        assert b"\x1b" not in terminal.raw


def test_ctrl_c_in_a_plain_terminal_asks_what_it_was_meant_to_do(house: House) -> None:
    with house.terminal(*NAMED, "--plain") as terminal:
        walk_to(terminal, "welcome")
        terminal.wait_for("Enter: we have talked. /help for more.")
        # A Ctrl-C in the moment before the line is awaited would wait for the next key with it.
        terminal.wait_until(lambda: not terminal.modes[3] & termios.ICANON, "an editor of lines")
        terminal.read(0.3)
        terminal.send(CTRL_C)
        terminal.press("3. Close now", "2\r")
        assert terminal.ended() == 130


# --- The window


def whole_at(terminal: Pty, columns: int) -> bool:
    """Whether the welcome is drawn for a width, with each of its parts once."""
    wanted = [said(AGENDA.prompts["welcome"].ask), "Ada (mentor) · Grace (mentee)", "2 of 3"]
    wanted += ["ends about", "Both speak, Ada first", "Enter: next card · Tab: options"]
    rule = [row for row in terminal.lines if set(row) == {" ", "─"}]
    drawn = {len(row) for row in rule} == {min(columns - 1, 92)}
    return drawn and [terminal.words.count(text) for text in wanted] == [1] * len(wanted)


def test_a_card_is_whole_after_the_window_was_resized_and_no_stop_empties_it(house: House) -> None:
    with house.terminal(*NAMED) as terminal:
        walk_to(terminal, "welcome")
        for columns, rows in ((60, 20), (120, 40)):
            terminal.resize(columns, rows)
            terminal.wait_until(partial(whole_at, terminal, columns), f"a card of {columns}")
            assert terminal.lines[-1].strip() == (
                "Enter: next card · Tab: options · Shift+Tab: back"
            )
        before = len(terminal.raw)
        terminal.send(TAB)
        terminal.wait_for("Options")
        assert b"\x1b[2J" not in terminal.raw[before:]
        assert b"\x1b[?1049" not in terminal.raw[before:]


def clock_moved(terminal: Pty, before: list[str]) -> bool:
    """Whether an exact clock shows another time than before."""
    return re.findall(r"card (\d+:\d\d) of", terminal.words) not in ([], before)


def test_in_a_window_of_any_size_the_clock_moves_while_half_typed_text_stays(house: House) -> None:
    wanted = ["What Grace is here for", "2 of 4", "Grace speaks, Ada listens"]
    wanted += ["Enter: write it down", "Tab: options", "ends "]
    with house.terminal(*NAMED, "--clock", "exact") as terminal:
        walk_to(terminal, "last-session")
        text = ""
        for columns, rows in ((100, 30), (80, 24), (60, 20), (40, 20)):
            terminal.resize(columns, rows)
            terminal.send("more ")
            text += "more "
            terminal.wait_for(f"› {text.strip()} ")
            before = re.findall(r"card (\d+:\d\d) of", terminal.words)
            terminal.wait_until(partial(clock_moved, terminal, before), "a clock that moves")
            parts = [*wanted, f"› {text.strip()}"]
            assert [part for part in parts if part not in terminal.words] == []
            assert max(len(row) for row in terminal.lines) <= columns


BETWEEN_STOPS = """
import sys, termios
from mentorwalk.frontends.live.terminal import whole_screen
with whole_screen():
    told = "echoes" if termios.tcgetattr(sys.stdin)[3] & termios.ECHO else "is silent"
    print("it", told)
"""


def test_the_terminal_echoes_nothing_between_two_stops(house: House) -> None:
    command = [sys.executable, "-c", BETWEEN_STOPS]
    with Pty(command, house.environment, house.folder) as terminal:
        assert terminal.ended() == 0
        assert b"it is silent" in terminal.raw
        assert terminal.modes == terminal.before
