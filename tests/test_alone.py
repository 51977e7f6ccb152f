"""An exercise that somebody does alone: its own cards, its runs, and what of it leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.agendas import yaml_text
from support.building import TODAY, UNHURRIED, agenda_written
from support.commands import ran_in
from support.preparing_samples import House
from support.terminals import FakeClock

from mentorwalk.authoring import Source, agenda_from, read_source
from mentorwalk.authoring.prep_file import prep_from, prep_text
from mentorwalk.domain.alone import with_sources
from mentorwalk.domain.answer_parsing import unsure
from mentorwalk.domain.earlier import EarlierAnswer
from mentorwalk.domain.events import Answered, Opened
from mentorwalk.domain.fields import MOST_ITEMS, Condition
from mentorwalk.domain.people import People, Prep
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_form import Preparation, asked_part, form_of, prep_of
from mentorwalk.domain.prep_wishes import SHARE, prep_fields
from mentorwalk.domain.question import Question
from mentorwalk.domain.session import Session
from mentorwalk.domain.text import clean, folded
from mentorwalk.domain.values import ByItem, Node, Outline, outline_of
from mentorwalk.storage.library import BUNDLED_AGENDAS, Library
from mentorwalk.workflows.forget import delete
from mentorwalk.workflows.prep_reading import whole_text
from mentorwalk.workflows.prepare import PrepRunner
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda, Phase
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role

WHEEL = agenda_written(yaml_text("alone"))
GOAL = yaml_text("alone-in-words")
ONE_GOAL, WHEEL_OF_LIFE, VALUES = (
    agenda_from(read_source(BUNDLED_AGENDAS / f"{name}.yaml"))
    for name in ("one-goal", "wheel-of-life", "values")
)
ANSWERS: dict[str, Value] = {
    "own": ("Sleep",),
    "areas": ("Skills", "People"),
    "now": ByItem((("Skills", 7), ("Sleep", 3))),
    "means": ByItem((("Skills", "to do: well"), ("People", "no"))),
    "order": ("People", "Skills"),
    "area": "Sleep",
    "map": Outline((Node("Work", (Node("Say no"),)), Node("Home"))),
    "step.mentee": "call Ada",
    "secret": "SECRET",
}
FILE = """\
# Made by `mentorwalk prep`. Drop it into the window of `mentorwalk start`.
mentorwalk-prep: 2
agenda: wheel
role: mentee
name: Grace
day: 2026-10-03
answers:
  # Now
  now:
    Skills: 7
    Sleep: 3
  # What does … mean?
  means:
    Skills: |
      to do: well
    People: no
  # In order
  order:
    - People
    - Skills
  # Which one?
  area: Sleep
  # The map
  map: |
    Work
      Say no
    Home
"""
SHARED = ("now", "means", "order", "area", "map")


def filled_in(*shared: str, role: Role = "mentee") -> Session:
    """Return the form with all of the answers, some of them shared."""
    form, people = form_of(WHEEL, role), People("Ada", "Grace", role)
    at = FakeClock().now().replace(year=2026, month=10, day=3)
    chosen = plan(form, form.minutes)
    opened = Opened(
        seq=0, at=at, elapsed=0.0, agenda="wheel", digest="0" * 64, people=people, plan=chosen
    )
    given = ANSWERS | {f"{SHARE}{key}": "For {mentor} too" for key in shared}
    known = {key: value for key, value in given.items() if key in form.answerable}
    return Session.open(form, opened, at).apply_all(
        Answered(seq=0, at=at, elapsed=0.0, field=key, value=value) for key, value in known.items()
    )


def test_an_exercise_alone_asks_one_person_all_that_is_theirs() -> None:
    assert [*prep_fields(WHEEL, "mentee")] == [*ANSWERS]
    asked = [p.id for phase in asked_part(form_of(WHEEL, "mentee")).phases for p in phase.prompts]
    assert asked == ["share", "rate"]
    assert "heard" in prep_fields(WHEEL, "mentor")
    assert "own" not in prep_fields(WHEEL, "mentor")


def test_nobody_who_is_alone_is_told_what_the_other_person_does_in_the_talk() -> None:
    hints = ("What does {mentor} see?", "What else?")
    tip = "{mentor} asks, and interprets nothing. No number needs an excuse."

    def talked(phase: Phase) -> Phase:
        """Return a phase whose cards have a tip and hints for a talk."""
        return replace(
            phase, prompts=tuple(replace(p, tip=tip, stuck=hints) for p in phase.prompts)
        )

    form = form_of(replace(WHEEL, phases=tuple(map(talked, WHEEL.phases))), "mentee")
    cards = [form.prompts[card] for card in ("share", "rate")]
    assert [(card.tip, card.stuck) for card in cards] == [
        ("No number needs an excuse.", ("What else?",))
    ] * 2


def test_a_usual_day_is_only_an_idea_for_somebody_alone_and_is_asked_by_itself() -> None:
    form = form_of(ONE_GOAL, "mentee")
    days = [(each.id, each.default, each.ideas) for each in form.prompts["when"].record]
    assert days == [("by_day", "", ("in 6 weeks",)), ("look_day", "", ())]
    assert (form.prompts["when"].settle, form.fields["ready"].default) == ((), "A goal")


def test_a_usual_day_that_is_an_idea_is_told_and_can_be_taken_over() -> None:
    day = Question("by_day", form_of(ONE_GOAL, "mentee").fields["by_day"], "By when", TODAY)
    assert (day.help, day.at_hand, day.value) == ("Perhaps in 6 weeks.", ("in 6 weeks",), None)


def test_nothing_of_it_is_shared_unless_they_say_so_line_by_line() -> None:
    form = filled_in()
    assert prep_of(WHEEL, form).empty
    assert prep_of(WHEEL, form, decided=False).empty
    assert prep_of(WHEEL, filled_in("area")).answers == {"area": "Sleep"}
    assert f"{SHARE}secret" not in form.agenda.answerable


def test_its_file_holds_what_is_shared_and_says_its_day() -> None:
    form = filled_in(*SHARED)
    prep = prep_of(WHEEL, form)
    assert prep_text(prep, Preparation(WHEEL, form).asked) == FILE
    read = prep_from(Source("prep.yaml", FILE), WHEEL, TODAY)
    assert (read.prep, read.left_out) == (prep, ())


def test_what_the_other_person_will_see_reads_item_by_item_and_line_by_line() -> None:
    preparation = Preparation(WHEEL, filled_in("own", *SHARED))
    assert preparation.seen(preparation.prep).splitlines() == [
        "Grace, Wheel",
        "",
        "Areas of your own",
        "- Sleep",
        "",
        "Now: Skills 7 of 10, Sleep 3 of 10",
        "What does … mean?",
        "- Skills: to do: well",
        "- People: no",
        "In order: People, then Skills",
        "Which one? Sleep",
        "The map",
        "- Work",
        "  - Say no",
        "- Home",
    ]


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "[a]"])
def test_a_day_that_is_none_refuses_a_file(day: str) -> None:
    with pytest.raises(Exception, match="`day` needs a"):
        prep_from(Source("prep.yaml", FILE.replace("2026-10-03", day)), WHEEL, TODAY)


def test_a_file_of_a_first_session_stays_one_that_every_version_reads() -> None:
    prep = Prep("talk", "mentee", "Grace", {"hope": "a plan"})
    assert prep_text(prep, {"hope": "Hope"}).splitlines()[1] == "mentorwalk-prep: 1"


TEXTS = st.text(max_size=40).map(clean).filter(bool)
ITEMS = TEXTS.filter(lambda text: "\n" not in text and not unsure(text))


def by_item(values: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[dict[str, Any]]:
    """Values by item; items that are equal but for case are one, and no person can name both."""
    pairs = st.tuples(ITEMS, values)
    alike = st.lists(pairs, min_size=1, max_size=most, unique_by=lambda pair: folded(pair[0]))
    return alike.map(dict)


NUMBERS = by_item(st.integers(0, 10), MOST_ITEMS)
SAID = by_item(TEXTS.filter(lambda text: not unsure(text)), 5)
LINES = st.lists(st.tuples(st.integers(0, 2), ITEMS), min_size=1, max_size=12)


@UNHURRIED
@given(NUMBERS, SAID, LINES)
def test_whatever_was_said_by_item_and_below_lines_is_read_back(
    numbers: dict[str, int], said: dict[str, str], lines: list[tuple[int, str]]
) -> None:
    answers: dict[str, Value] = {
        "now": ByItem(tuple(numbers.items())),
        "means": ByItem(tuple(said.items())),
        "map": outline_of(lines),
    }
    written = Prep("wheel", "mentee", "Grace", answers, (), TODAY)
    text = prep_text(written, dict.fromkeys(answers, "?"))
    again = prep_from(Source("prep.yaml", text), WHEEL, TODAY)
    assert (again.prep, again.left_out) == (written, ())


def test_a_very_long_item_is_read_back_too() -> None:
    answers: dict[str, Value] = {"now": ByItem((("long " * 300 + "end", 3), ("short", 4)))}
    written = Prep("wheel", "mentee", "Grace", answers, (), TODAY)
    again = prep_from(Source("prep.yaml", prep_text(written, {"now": "?"})), WHEEL, TODAY)
    assert (again.prep, again.left_out) == (written, ())


def test_what_a_card_waits_for_its_questions_wait_for_alone_too() -> None:
    waits = yaml_text("alone").replace(
        "- id: rate\n", "- id: rate\n        when: {areas: Skills}\n"
    )
    agenda = agenda_written(waits + "      - {id: clear, ask: What is clear now?}\n")
    assert prep_fields(agenda, "mentee")["map"].when == (Condition("areas", ("Skills",)),)


# --- Its runs


@dataclass(frozen=True)
class Alone(House):
    """A home in which somebody does an exercise alone, some days after the first time."""

    text: str = GOAL
    days: int = 0
    partner: str = ""

    @property
    def runner(self) -> SessionRunner:
        """The runner of this home on that day."""
        clock = FakeClock()
        clock.advance(self.days * 86400)
        return SessionRunner(Library(self.home, self.home / "documents"), clock)

    def preparing(self, role: Role = "mentee", out: Path | None = None) -> PrepRunner:
        """Return the runner of the exercise."""
        return PrepRunner(self.runner, self.script, role, out, "mentorwalk prep x", self.partner)

    @property
    def kept(self) -> list[str]:
        """The files that are kept, by their paths."""
        prep = self.home / "prep"
        paths = (path for path in prep.rglob("*") if path.is_file() and path.suffix != ".lock")
        return sorted(str(path.relative_to(prep)) for path in paths if path.name != ".lock")

    def later(self, days: int) -> Alone:
        """Return the same home some days later."""
        return replace(self, days=days)


BEGIN = ["", "Grace", "Ada"]
GOAL_1, GOAL_2 = ["", "run a meeting", "book a room", ""], ["", "write a paper", ""]
KEPT_ALL = ["", "", "", ""]
"""Nothing is shared, the review, and it stays so."""


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    """Return a home in which Grace has done the exercise."""
    house = Alone(tmp_path / "home")
    assert house.walk(*BEGIN, *GOAL_1, *KEPT_ALL) is None
    return house


def test_what_is_not_shared_makes_no_file(alone: Alone) -> None:
    assert alone.kept == ["goal-mentee/agenda.yaml", "goal-mentee/session.jsonl"]
    assert not list((alone.home / "documents").glob("*.yaml"))


def test_what_a_card_gives_to_read_is_read_before_it_asks(tmp_path: Path) -> None:
    told = Alone(tmp_path / "home").told(*BEGIN)
    assert "Take your time." in told
    assert "The goal" not in told


LOOKED_AT = """\
      - id: look
        ask: Which one first?
        to: mentee
        recall: [goal]
        picture: {kind: columns, of: [steps]}
        record:
          - {id: first, label: The first one}
"""


def test_what_a_card_draws_and_recalls_is_seen_before_it_asks(tmp_path: Path) -> None:
    told = Alone(tmp_path / "home", GOAL + LOOKED_AT).told(*BEGIN, *GOAL_1)
    assert told[told.index("Which one first?") :][:4] == [
        "Which one first?",
        "Steps: book a room.",
        "The goal: run a meeting",
        "Enter: go on. /help for more.",
    ]


def test_begun_anew_the_old_run_is_kept_under_its_day(alone: Alone) -> None:
    later = alone.later(30)
    later.walk("", *GOAL_2, *KEPT_ALL)
    assert later.kept == [
        "goal-mentee/2026-11-22/agenda.yaml",
        "goal-mentee/2026-11-22/session.jsonl",
        "goal-mentee/agenda.yaml",
        "goal-mentee/session.jsonl",
    ]
    newest, _, before = whole_text(later.preparing().store).partition("22 November 2026")
    assert "write a paper" in newest
    assert "run a meeting" not in newest
    assert "run a meeting" in before


def test_its_pictures_are_seen_at_the_end_and_can_be_read_again(tmp_path: Path) -> None:
    (place := tmp_path / "x.yaml").write_text(GOAL + LOOKED_AT, encoding="utf-8")
    typed = "\n".join([*BEGIN, *GOAL_1, "", "start", *KEPT_ALL, "", ""])
    done = ran_in(tmp_path, "prep", place, "--role", "mentee", "--plain", typed=typed)
    again = f"mentorwalk prep {place} --role mentee --home {tmp_path} --show"
    assert (done.code, done.err) == (
        0,
        f"Steps: book a room.\n\n`{again}` shows all of it again.\n",
    )
    shown = ran_in(tmp_path, "prep", place, "--role", "mentee", "--show").out
    assert shown.endswith("- The first one: start\n\nSteps\nbook a room\n")


def test_what_was_said_last_time_comes_along_with_its_day(alone: Alone) -> None:
    later = alone.later(30)
    later.walk("", *GOAL_2, *KEPT_ALL)
    carried = later.preparing().store.load().form.opened.carried
    assert carried.earlier == {
        "goal": EarlierAnswer(date(2026, 11, 22), "run a meeting"),
        "steps": EarlierAnswer(date(2026, 11, 22), ("book a room",)),
    }
    assert "22 November" not in later.preparing().store.load().whole()


def test_it_can_be_gone_on_with_instead(alone: Alone) -> None:
    later = alone.later(30)
    later.walk("2", "", "")
    assert later.kept == ["goal-mentee/agenda.yaml", "goal-mentee/session.jsonl"]


def test_on_the_same_day_it_is_asked_and_enter_goes_on_with_today_s(alone: Alone) -> None:
    told = alone.told("")
    assert "You filled this in today. What now?" in told
    assert alone.kept == ["goal-mentee/agenda.yaml", "goal-mentee/session.jsonl"]


def test_two_times_on_one_day_are_both_kept(alone: Alone, tmp_path: Path) -> None:
    alone.walk("2", *GOAL_2, *KEPT_ALL)
    answers = tmp_path / "answers.yaml"
    answers.write_text("goal: rest\n", encoding="utf-8")
    replace(alone.preparing(), anew=True).from_answers(None, answers)
    store = alone.preparing().store
    assert [run.folder.name for run in store.earlier] == ["2026-11-22-2", "2026-11-22"]
    assert "run a meeting" in store.loaded(store.earlier[1]).whole()
    assert "rest" in store.load().whole()


@pytest.mark.parametrize("days", [0, 1])
def test_what_is_half_done_is_gone_on_with(tmp_path: Path, days: int) -> None:
    house = Alone(tmp_path / "home")
    house.told(*BEGIN, "", "run a meeting")
    assert house.later(days).preparing().store.done_on is None


def test_two_runs_of_one_day_are_never_over_one_another(alone: Alone) -> None:
    for days in (1, 2):
        alone.later(days).walk("", *GOAL_2, *KEPT_ALL)
    folder = alone.home / "prep" / "goal-mentee"
    (folder / "2026-11-24").mkdir()
    (folder / "2026-11-24" / "session.jsonl").write_text("other\n", encoding="utf-8")
    alone.later(3).walk("", *GOAL_2, *KEPT_ALL)
    runs = [path.name for path in sorted(folder.iterdir()) if path.is_dir()]
    assert runs == ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-24-2"]


def test_a_run_that_a_crash_kept_from_moving_moves_to_the_place_that_was_made_for_it(
    alone: Alone,
) -> None:
    place = alone.home / "prep" / "goal-mentee" / "2026-11-22"
    place.mkdir()
    (place / "agenda.yaml").write_text("half", encoding="utf-8")
    alone.later(30).walk("", *GOAL_2, *KEPT_ALL)
    (run,) = alone.later(30).preparing().store.earlier
    assert run.folder == place
    assert "run a meeting" in alone.preparing().store.loaded(run).whole()


def test_answers_from_a_file_begin_anew_on_another_day(alone: Alone, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("goal: write a paper\n", encoding="utf-8")
    later = alone.later(30)
    later.preparing().from_answers(None, answers)
    assert [run.day for run in later.preparing().store.earlier] == [date(2026, 11, 22)]
    assert "book a room" not in later.preparing().store.load().whole()


def test_all_runs_are_forgotten_together(alone: Alone) -> None:
    later = alone.later(30)
    later.walk("", *GOAL_2, *KEPT_ALL)
    remains = later.preparing().files.remains()
    assert remains.foreign == []
    delete(remains)
    assert list((alone.home / "prep").iterdir()) == []


def test_a_mentor_of_two_keeps_them_apart(tmp_path: Path) -> None:
    grace = Alone(tmp_path / "home", partner="Grace Hopper")
    zoe = replace(grace, partner="Zoë")
    for house, goal in ((grace, "one"), (zoe, "two")):
        house.walk("", "Ada", "", goal, "", *KEPT_ALL)
    folders = sorted(path.name for path in (grace.home / "prep").iterdir())
    assert folders == ["goal-mentee-Grace-Hopper", "goal-mentee-Zoë"]
    assert replace(grace, partner="grace hopper").preparing().store.begun
    assert grace.preparing().store.load().form.people == People("Grace Hopper", "Ada", "mentee")


def test_where_nothing_is_shared_and_nobody_else_is_named_no_other_name_is_asked_for(
    tmp_path: Path,
) -> None:
    never = GOAL.replace("label: The goal}", "label: The goal, share: never}")
    never = never.replace("type: list}", "type: list, share: never}")
    assert "share: never" in never
    told = Alone(tmp_path / "home", never).told("", "Grace")
    assert "And the name of your mentor?" not in told
    named = never.replace("ask: ", "ask: With {mentor}, ", 1)
    assert "And the name of your mentor?" in Alone(tmp_path / "other", named).told("", "Grace")


# --- What is shared brings along what it is about


@pytest.mark.parametrize(
    ("agenda", "shared", "brought"),
    [
        (
            WHEEL_OF_LIFE,
            {"now": ByItem((("Health", 4), ("Garden", 7), ("Home", 2)))},
            {"wheel": "Life", "areas_life": ("Health", "Home"), "own": ("Garden",)},
        ),
        (
            WHEEL_OF_LIFE,
            {"wheel": "Open source", "now": ByItem((("Recognition", 4), ("Garden", 7)))},
            {"areas_open": ("Recognition",), "own": ("Garden",)},
        ),
        (WHEEL_OF_LIFE, {"own": ("Garden",), "now": ByItem((("Garden", 7),))}, {}),
        (WHEEL_OF_LIFE, {"area": "Home"}, {}),
        (VALUES, {"lived": ByItem((("Calm", 4), ("Care", 7)))}, {"five": ("Calm", "Care")}),
    ],
)
def test_numbers_bring_along_the_lists_that_they_name_things_from(
    agenda: Agenda, shared: dict[str, Value], brought: dict[str, Value]
) -> None:
    given = Prep(agenda.id, "mentee", "Grace", shared)
    assert with_sources(given, agenda).answers == {**shared, **brought}
