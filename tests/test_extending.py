"""An agenda that extends another: what it is, what is told of it, and what is kept of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import UNHURRIED, examples, first_session, first_session_text, mutilated
from support.commands import ran, ran_in
from support.faults import sentences
from support.terminals import FakeClock

from mentorwalk.authoring import Source, read_source
from mentorwalk.authoring.format.dump import agenda_text
from mentorwalk.authoring.loading import load_agenda
from mentorwalk.authoring.reading import agenda_from, read_agenda
from mentorwalk.domain.agenda import Agenda, Prompt
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.fields import Field
from mentorwalk.storage.library import BUNDLED_AGENDAS, library
from mentorwalk.workflows.agenda_check import AgendaChecker
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

BASE = (Path(__file__).parent / "broken_agendas" / "extending" / "base.yaml").read_text("utf-8")
HEAD = "mentorwalk: 1\nid: ours\ntitle: Ours\n"
RIVER = """\
mentorwalk: 1
id: river-first
extends: first-session
title: First session at River
leave_out: [comfortable, helped, help_wanted]
change:
  rhythm: {minutes: 4}
  frequency: {default: Every 2 weeks}
add:
  - after: turning-point
    id: why-river
    ask: |
      What made you choose River?
    at_least: 60
    record:
      - id: why_river
        label: Why River
  - to: know
    id: at-work
    ask: |
      Where could we watch each other at work?
    at_least: 60
  - before: take-away
    id: thanks
    ask: |
      What was good about this talk?
    at_least: 60
"""
"""Three cards more, in under thirty lines."""
CHANGES = """\
leave_out: [about_me, card.hello]
change:
  rhythm:
    minutes: 6
    clause:
      heading: How we meet
      says: |
        We meet {often}.
  often: {default: every week}
  prepare: {minutes: 5}
add:
  - after: step
    id: why
    ask: |
      Why here?
    to: mentee
  - to: why
    id: why_here
    label: Why here
"""


def written(folder: Path, **files: str) -> Path:
    """Files of agendas in a folder; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def merged(folder: Path, child: str, **others: str) -> Agenda:
    """The agenda that a text and what it extends make, in a home with nothing of its own."""
    path = written(folder, child=child, **others) / "child.yaml"
    return load_agenda(library(folder / "home"), str(path), None).agenda


def told(folder: Path, name: str = "child") -> list[tuple[str, int, int, str]]:
    """What the check says of a file."""
    checker = AgendaChecker(SessionRunner(library(folder / "home"), FakeClock()))
    return sentences(checker.check(folder / f"{name}.yaml"))


def cards(agenda: Agenda) -> list[str]:
    """The ids of the cards, in order."""
    return [*agenda.prompts]


# --- What it is


def test_the_example_is_the_first_session_with_what_it_says(tmp_path: Path) -> None:
    agenda, first = merged(tmp_path, RIVER), first_session()

    expected = [card for card in cards(first) if card not in ("comfortable", "helped")]
    expected.insert(expected.index("turning-point") + 1, "why-river")
    expected.insert(expected.index("your-question") + 1, "at-work")
    expected.insert(expected.index("take-away"), "thanks")
    rhythm = agenda.prompts["rhythm"]
    frequency = replace(first.fields["frequency"], default="Every 2 weeks")
    others = first.prompts["rhythm"].settle[1:]
    assert (agenda.id, agenda.title, cards(agenda)) == (
        "river-first",
        "First session at River",
        expected,
    )
    assert rhythm == replace(first.prompts["rhythm"], minutes=4, settle=(frequency, *others))
    assert agenda.prompts["why-river"] == Prompt(
        "why-river",
        "What made you choose River?",
        at_least=60,
        record=(Field("why_river", "Why River"),),
    )


def test_the_example_is_short_and_needs_no_mending(tmp_path: Path) -> None:
    path = written(tmp_path, river=RIVER) / "river.yaml"

    assert len(RIVER.splitlines()) < 30
    assert ran_in(tmp_path / "home", "agenda", "check", "--strict", path).code == 0


@pytest.mark.parametrize("name", ["first-session", "meeting", "shadowing", "swot", "wheel-of-life"])
def test_an_agenda_that_changes_nothing_is_the_other_one(name: str, tmp_path: Path) -> None:
    other = agenda_from(read_source(BUNDLED_AGENDAS / f"{name}.yaml"))

    child = merged(tmp_path, f"{HEAD}extends: {name}\n")

    assert child == replace(other, id="ours", title="Ours")


def test_keys_at_the_top_take_the_place_of_the_others_whole(tmp_path: Path) -> None:
    text = f"{HEAD}extends: first-session\ncontact: {{who: the office}}\nstuck: [Wait.]\nnext:\n"

    child, first = merged(tmp_path, text), first_session()

    assert (child.contact and child.contact.named_by, child.stuck, child.next) == (
        "",
        ("Wait.",),
        "",
    )
    assert (child.language, child.phases) == (first.language, first.phases)


def test_maps_at_the_top_are_changed_key_by_key(tmp_path: Path) -> None:
    changed = "change:\n  prepare: {minutes: 5}\n  roles: {mentor: Guide}\n"
    text = f"{HEAD}extends: first-session\n{changed}"

    child, first = merged(tmp_path, text), first_session()

    assert child.prepare == replace(first.prepare, minutes=5)
    assert child.roles == replace(first.roles, mentor="Guide")


def test_an_empty_value_takes_a_key_away(tmp_path: Path) -> None:
    text = f"{HEAD}extends: base\nchange:\n  often: {{default: }}\n  rhythm: {{clause: }}\n"

    child = merged(tmp_path, text, base=BASE)

    assert (child.fields["often"].default, child.prompts["rhythm"].clause) == ("", None)


def test_what_is_added_goes_where_it_says(tmp_path: Path) -> None:
    add = """\
add:
  - to: start
    id: last
    ask: The last one?
  - before: last
    to: mentor
    id: last-but-one
    ask: The last but one?
  - to: last
    id: noted
    label: Noted
  - to: rhythm
    id: place
    label: Where
  - before: weekday
    id: hour
    label: At which hour
  - to: prepare.mentor
    id: wish
    label: Your wish
"""

    child = merged(tmp_path, f"{HEAD}extends: base\n{add}", base=BASE)

    assert cards(child)[:4] == ["hello", "hopes", "last-but-one", "last"]
    assert child.prompts["last-but-one"].to == "mentor"
    assert child.prompts["last"].record == (Field("noted", "Noted"),)
    assert [f.id for f in child.prompts["rhythm"].settle] == ["often", "hour", "weekday", "place"]
    assert child.prepare.mentor == (Field("wish", "Your wish"),)


def test_one_id_for_two_things_is_told_apart_by_its_kind(tmp_path: Path) -> None:
    changed = "change:\n  phase.purpose: {short: For}\n  field.purpose: {by: both}\n"
    text = f"{HEAD}extends: first-session\n{changed}"

    child = merged(tmp_path, text)

    assert (child.phases[2].short, child.fields["purpose"].by) == ("For", "both")


def test_what_a_card_recalls_of_what_is_left_out_goes_by_itself(tmp_path: Path) -> None:
    without = "leave_out: [mood]\nchange:\n  dearest: {choices_from: , type: text}\n"
    text = f"{HEAD}extends: base\n{without}"

    child = merged(tmp_path, text, base=BASE)

    assert child.prompts["hopes"].recall == ()


def test_agendas_extend_one_another_four_deep(tmp_path: Path) -> None:
    chain = {f"a{n}": f"mentorwalk: 1\nid: a{n}\nextends: a{n + 1}\n" for n in range(5)}
    written(tmp_path, **chain, a5=f"{HEAD}extends: first-session\n".replace("ours", "a5"))
    deep = "Agendas extend one another 4 deep at most."

    assert (
        load_agenda(library(tmp_path / "home"), str(tmp_path / "a3.yaml"), None).agenda.id == "a3"
    )
    assert [each[-1] for each in told(tmp_path, "a0")] == [deep]


def test_what_is_called_as_a_bundled_one_can_extend_that(tmp_path: Path) -> None:
    text = first_session_text().split("title:")[0] + "title: Ours\nextends: first-session\n"
    path = written(tmp_path, **{"first-session": text}) / "first-session.yaml"
    other = written(
        tmp_path,
        other=f"{HEAD}extends: first-session\ntitle: Theirs\n".replace("title: Ours\n", ""),
    )
    home = library(tmp_path / "home")

    own = load_agenda(home, str(path), None).agenda
    theirs = load_agenda(home, str(other / "other.yaml"), None).agenda

    assert (own.title, own.phases) == ("Ours", first_session().phases)
    assert (theirs.title, theirs.phases) == ("Theirs", own.phases)


def test_what_it_names_is_looked_for_beside_it_then_beside_the_other(tmp_path: Path) -> None:
    beside_other = written(tmp_path / "home" / "agendas" / "base", base=BASE)
    beside_it = written(tmp_path / "ours", child=f"{HEAD}extends: base\n")

    found = load_agenda(library(tmp_path / "home"), str(beside_it / "child.yaml"), None)

    assert found.templates == (str(beside_it), str(beside_other))


# --- Laws


CARDS = list(first_session().prompts)


@pytest.mark.slow
@settings(UNHURRIED, max_examples=examples(0.6))
@given(st.text(), st.integers(1, 9), st.sets(st.sampled_from(["about_me", "dearest", "mood"])))
def test_what_is_printed_of_a_merged_agenda_loads_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, ask: str, minutes: int, out: set[str]
) -> None:
    card = f"{{ask: {json.dumps(ask)}, minutes: {minutes}}}"
    changed = f"leave_out: [{', '.join(sorted(out))}]\nchange:\n  hello: {card}\n"
    text = f"{HEAD}extends: base\n{changed}"

    agenda = tried(lambda: merged(tmp_path_factory.mktemp("law"), text, base=BASE))

    if agenda:
        assert agenda_from(Source("printed.yaml", agenda_text(agenda))) == agenda


def without_card(text: str, card: str) -> str:
    """The text of an agenda without the lines of a card."""
    return re.sub(
        rf"^      - id: {card}\n(?:        .*\n|\n(?=        ))*", "", text, flags=re.MULTILINE
    )


def forgetting(agenda: Agenda, gone: Collection[str]) -> Agenda:
    """An agenda whose cards recall nothing of some fields."""
    recalls = {
        card.id: tuple(key for key in card.recall if key not in gone)
        for card in agenda.prompts.values()
    }
    phases = tuple(
        replace(
            phase, prompts=tuple(replace(card, recall=recalls[card.id]) for card in phase.prompts)
        )
        for phase in agenda.phases
    )
    return replace(agenda, phases=phases)


def tried(load: Callable[[], Agenda]) -> Agenda | None:
    """An agenda; None if it has problems."""
    try:
        return load()
    except InputError:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("card", CARDS[::9])
def test_leaving_out_a_card_is_the_text_without_it(card: str, tmp_path: Path) -> None:
    text = first_session_text().replace("id: first-session", "id: ours", 1)
    cut = without_card(text.replace("title: First mentoring session", "title: Ours", 1), card)
    gone = {field.id for field in first_session().prompts[card].fields}
    child = f"{HEAD}extends: first-session\nleave_out: [card.{card}]\n"

    expected = tried(lambda: forgetting(agenda_from(Source("cut.yaml", cut)), gone))

    assert tried(lambda: merged(tmp_path, child)) == expected


# --- What is told, and where


def test_a_template_that_needs_what_is_left_out_is_told_where_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "programme").mkdir()
    written(tmp_path / "home" / "agendas" / "base", base=BASE)
    template = tmp_path / "home" / "agendas" / "base" / "summary.md.j2"
    template.write_text(
        "{% for each in phases %}{{ each.title }}{% endfor %}{{ answers.hopes }}", encoding="utf-8"
    )
    leave = "leave_out: [field.hopes]\nchange:\n  step: {again: }\n"
    written(tmp_path, child=f"{HEAD}extends: base\n{leave}")

    needs = (
        "`hopes` is left out; the template `summary.md.j2` needs it. "
        "Put a template of your own beside this agenda."
    )
    assert told(tmp_path) == [("child.yaml", 5, 13, needs)]


def test_the_warnings_of_the_other_agenda_are_not_told_again(tmp_path: Path) -> None:
    base = BASE.replace("How often shall we meet?", "How often? Where? When?")
    written(tmp_path, base=base, child=f"{HEAD}extends: base\n")

    assert ([each[0] for each in told(tmp_path, "base")], told(tmp_path)) == (["base.yaml"], [])


def test_mistakes_in_yaml_are_told_with_the_others(tmp_path: Path) -> None:
    text = f"{HEAD}extends: base\nleave_out: [helo]\nabout: @us\n"
    written(tmp_path, base=BASE, child=text)

    # What needs the one that was meant is told beside it.
    assert [each[1] for each in told(tmp_path)] == [5, 5, 6]


def test_an_agenda_that_is_too_large_with_the_other_is_told(tmp_path: Path) -> None:
    about = "about: |\n" + "".join(f"  {'word ' * 30}\n" for _ in range(1000))
    aside = about.replace("about: |", "aside:\n  mentor: |").replace("\n  word", "\n    word")
    written(tmp_path, base=BASE + about, child=f"{HEAD}extends: base\n{aside}")

    large = "With what it extends, this agenda is larger than 256 KB."
    assert told(tmp_path) == [("child.yaml", 4, 10, large)]


@settings(UNHURRIED, max_examples=examples(0.5))
@given(mutilated(f"{HEAD}extends: base\n{CHANGES}"))
def test_whatever_is_wrong_is_told_in_a_line_of_its_own_file(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = written(tmp_path_factory.mktemp("mutilated"), base=BASE, child=text)

    # A carriage return alone ends a line of a file, too.
    last = len(re.split("\r\n|\r|\n", text))
    places = [each[:2] for each in told(folder)]
    assert [
        (file, line) for file, line in places if file != "child.yaml" or not 0 < line <= last
    ] == []


# --- What is kept


ANSWERS = "why_river: The people\npurpose: To lead\nnext_day: 2031-12-16\nnext_time: 15:00\n"


def test_it_is_walked_from_answers_to_documents(tmp_path: Path) -> None:
    folder = written(tmp_path, river=RIVER, answers=ANSWERS)
    people = ("--mentor", "Ada", "--mentee", "Grace")

    given = ("--answers", folder / "answers.yaml", *people)
    done = ran_in(tmp_path / "home", "start", folder / "river.yaml", *given)

    assert (done.code, done.err.count("Error")) == (0, 0)
    (documents,) = (tmp_path / "home" / "documents").iterdir()
    assert "The people" in (documents / "summary.md").read_text("utf-8")
    assert "every two weeks" in (documents / "contract.md").read_text("utf-8")


def test_a_session_stays_as_it_was_walked_when_the_other_agenda_changes(tmp_path: Path) -> None:
    written(tmp_path, base=BASE, river=FOLLOWS)
    answers = written(tmp_path, answers="mood: [well]\nday: 2031-12-16\n") / "answers.yaml"
    done = ran_in(tmp_path / "home", "start", tmp_path / "river.yaml", "--answers", answers)
    (session,) = (tmp_path / "home" / "sessions").iterdir()
    kept = (session / "agenda.yaml").read_text("utf-8")

    (tmp_path / "base.yaml").unlink()

    assert (done.code, "extends" in kept) == (0, False)
    assert ran_in(tmp_path / "home", "render", session.name).code == 0
    assert (session / "agenda.yaml").read_text("utf-8") == kept


def test_it_follows_what_changes_in_the_other_agenda(tmp_path: Path) -> None:
    before = merged(tmp_path, FOLLOWS, base=BASE)
    after = merged(tmp_path, FOLLOWS, base=BASE.replace("What do you hope for?", "What for?"))

    asked = [agenda.prompts["hopes"].ask for agenda in (before, after)]
    assert asked == ["What do you hope for?", "What for?"]
    assert replace(after, phases=()) == replace(before, phases=())
    assert (
        ran_in(tmp_path / "home", "agenda", "check", "--strict", tmp_path / "child.yaml").code == 0
    )


def test_what_is_added_keeps_the_files_that_it_extends(tmp_path: Path) -> None:
    folder = written(tmp_path / "programme", base=BASE, river=f"{HEAD}extends: base\n")
    (folder / "summary.md.j2").write_text(
        "{% for each in phases %}{{ each.title }}{% endfor %}Ours", encoding="utf-8"
    )
    home = tmp_path / "home"

    done = ran_in(home, "agenda", "add", folder / "river.yaml")
    for file in folder.iterdir():
        file.unlink()

    kept = sorted(path.name for path in (home / "agendas" / "river").glob("[!.]*"))
    assert (done.code, kept) == (0, ["base.yaml", "river.yaml", "summary.md.j2"])
    assert load_agenda(library(home), "river", None).agenda.title == "Ours"
    assert ran_in(home, "agenda", "list").out.count("base") == 0


def test_what_is_extended_by_its_name_is_not_kept_with_it(tmp_path: Path) -> None:
    folder = written(tmp_path / "programme", river=f"{HEAD}extends: circles\n")

    ran_in(tmp_path / "home", "agenda", "add", folder / "river.yaml")

    kept = [path.name for path in (tmp_path / "home" / "agendas" / "river").glob("[!.]*")]
    assert kept == ["river.yaml"]


def test_it_cannot_be_kept_under_the_name_of_what_it_extends(tmp_path: Path) -> None:
    folder = written(tmp_path / "programme", base=BASE, river=f"{HEAD}extends: base\n")

    done = ran_in(tmp_path / "home", "agenda", "add", folder / "river.yaml", "--name", "base")

    assert done.code == 1
    assert "`base` is what this agenda extends: choose another name for it with --name." in done.err


def test_it_is_printed_whole(tmp_path: Path) -> None:
    path = written(tmp_path, river=RIVER) / "river.yaml"

    printed = ran("agenda", "show", path, "--yaml", "--home", tmp_path / "home").out

    assert agenda_from(Source("printed.yaml", printed)) == agenda_from(
        read_agenda(library(tmp_path / "home"), path)
    )


def test_what_extends_an_exercise_is_one_as_well(tmp_path: Path) -> None:
    name = next(
        p.stem
        for p in sorted(BUNDLED_AGENDAS.glob("*.yaml"))
        if "kind: exercise" in p.read_text("utf-8")
    )
    folder = written(tmp_path / "programme", river=f"{HEAD}extends: {name}\n")
    ran_in(tmp_path / "home", "agenda", "add", folder / "river.yaml")

    listed = ran_in(tmp_path / "home", "agenda", "list").out.split("Exercises")[1]

    assert "river  Ours" in listed


# --- What changed in the other one

FOLLOWS = f"""\
{HEAD}extends: base
change:
  hello: {{minutes: 4}}
  often: {{default: every week}}
"""
"""Changes a card and a field of the other agenda."""


def test_what_changed_in_the_other_agenda_is_told_until_it_was_seen(tmp_path: Path) -> None:
    home, path = tmp_path / "home", written(tmp_path, base=BASE, river=FOLLOWS) / "river.yaml"
    ran_in(home, "agenda", "check", "--seen", path)
    marked = path.read_text("utf-8")

    unchanged = told(tmp_path, "river")
    written(tmp_path, base=BASE.replace("minutes: 5", "minutes: 6", 1))
    changed = told(tmp_path, "river")
    seen = ran_in(home, "agenda", "check", "--strict", "--seen", path)

    assert (marked.startswith(FOLLOWS), unchanged) == (True, [])
    assert [each[:3] for each in changed] == [("river.yaml", 6, 3)]
    assert "There it is now `minutes: 6`" in changed[0][3]
    assert (seen.code, told(tmp_path, "river")) == (0, [])
    assert path.read_text("utf-8").splitlines()[:-2] == marked.splitlines()[:-2]


def test_what_does_not_touch_what_is_changed_here_is_not_told(tmp_path: Path) -> None:
    path = written(tmp_path, base=BASE, river=FOLLOWS) / "river.yaml"
    ran_in(tmp_path / "home", "agenda", "check", "--seen", path)

    written(tmp_path, base=BASE.replace("What do you hope for?", "What do you wish for?"))

    assert told(tmp_path, "river") == []


def test_marks_take_the_place_of_others_and_keep_the_rest(tmp_path: Path) -> None:
    child = (
        f"{HEAD}extends: base\r\nas_of: {{step: 0}}  # old\r\nchange:\n  hello: {{minutes: 4}}\n"
    )
    (written(tmp_path, base=BASE) / "child.yaml").write_bytes(child.encode())

    ran_in(tmp_path / "home", "agenda", "check", "--seen", tmp_path / "child.yaml")

    text = (tmp_path / "child.yaml").read_bytes().decode()
    shown = re.sub(r"[0-9a-f]{6}", "......", text)
    assert shown.split("\r\n")[3:] == [
        "extends: base",
        "as_of:  # what these were when you last looked; `agenda check --seen` writes it",
        "  hello: ......",
        "change:",
        "  hello: {minutes: 4}",
        "",
    ]


def test_an_agenda_with_a_mistake_is_not_rewritten(tmp_path: Path) -> None:
    text = f"{HEAD}extends: base\nleave_out: [helo, step]\n"
    path = written(tmp_path, base=BASE, child=text) / "child.yaml"

    done = ran_in(tmp_path / "home", "agenda", "check", "--seen", path)

    assert (done.code, path.read_text("utf-8")) == (1, text)


# --- How one is begun


@pytest.mark.parametrize("uncommented", [False, True])
def test_one_that_is_begun_needs_no_mending(uncommented: bool, tmp_path: Path) -> None:
    path, home = tmp_path / "river.yaml", tmp_path / "home"

    done = ran_in(home, "agenda", "new", path, "--extends", "first-session")
    text = path.read_text("utf-8")
    if uncommented:
        top, examples = text.split("# leave_out", 1)
        shown = re.sub("^# ?", "", f"# leave_out{examples}", flags=re.MULTILINE)
        path.write_text(top + shown, encoding="utf-8")

    assert (done.code, len(text.splitlines()) < 40) == (0, True)
    assert ran_in(home, "agenda", "check", "--strict", path).code == 0
    assert len(load_agenda(library(home), str(path), None).agenda.prompts) == len(CARDS)


def test_one_that_is_begun_lies_beside_the_file_that_it_extends(tmp_path: Path) -> None:
    elsewhere = written(tmp_path / "elsewhere", base=BASE) / "base.yaml"
    beside = written(tmp_path, base=BASE) / "base.yaml"

    done = ran_in(tmp_path / "home", "agenda", "new", tmp_path / "a.yaml", "--extends", elsewhere)
    ran_in(tmp_path / "home", "agenda", "new", tmp_path / "b.yaml", "--extends", beside)

    assert (done.code, "put the two side by side." in done.err) == (1, True)
    assert "\nextends: base.yaml\n" in (tmp_path / "b.yaml").read_text("utf-8")
    assert told(tmp_path, "b") == []


def test_an_agenda_is_copied_or_followed_not_both(tmp_path: Path) -> None:
    both = ("--from", "first-session", "--extends", "first-session")

    done = ran_in(tmp_path / "home", "agenda", "new", tmp_path / "a.yaml", *both)

    assert (done.code, (tmp_path / "a.yaml").exists()) == (1, False)
    assert "--from copies an agenda, --extends follows one: choose one of them." in done.err


GUIDE = (Path(__file__).parent.parent / "docs" / "extending.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_guide_needs_no_mending(example: str, tmp_path: Path) -> None:
    top = "" if example.startswith("mentorwalk") else f"{HEAD}extends: first-session\n"
    written(tmp_path, child=top + example)

    assert [each for each in told(tmp_path) if "stops" not in each[-1]] == []
