"""`agenda check --fix`: what is sure is written into an agenda, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.commands import Ran, ran
from support.mistyping import SLIPS, slipped
from support.terminals import FakeClock

from mentorwalk.storage.library import BUNDLED_AGENDAS, library
from mentorwalk.workflows.agenda_check import AgendaChecker
from mentorwalk.workflows.agenda_fix import TRIES, mend_agenda
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from mentorwalk.authoring import Source
    from mentorwalk.domain.errors import Problem

SOUND = Path(__file__).parent / "broken_agendas" / "lists" / "keys_of_a_clause_as_a_list.yaml"
SOUND_TEXT = (
    SOUND.read_text(encoding="utf-8")
    .replace("          - heading: How we meet\n", "          heading: How we meet\n")
    .replace("          - says: |\n              We", "          says: |\n            We")
)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The file of an agenda without any mistake."""
    path = tmp_path / "ours.yaml"
    path.write_text(SOUND_TEXT, encoding="utf-8")
    return path


def mistyped(path: Path, *slips: tuple[str, str]) -> str:
    """Make mistakes in a file, and return what it says then."""
    text = path.read_text(encoding="utf-8")
    for right, wrong in slips:
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")
    return text


def fixed(path: Path, *others: str | Path) -> Ran:
    """Let a file be fixed, with options and further files."""
    return ran("agenda", "check", "--fix", path, *others)


MISTAKES = (
    ("title: A first talk", "title: Hello: a first talk"),
    ("        ask: |", "        aks: |"),
    ("type: select", "type: dropdown"),
    ("      - id: end", "      – id: end"),
)


def test_an_agenda_with_many_mistakes_is_mended_at_once(ours: Path) -> None:
    mistyped(ours, *MISTAKES)
    ended = fixed(ours)
    assert ours.read_text(encoding="utf-8") == SOUND_TEXT.replace(
        "title: A first talk", "title: |\n  Hello: a first talk"
    )
    assert (ended.code, ended.lines[-2:]) == (
        0,
        [
            f"4 corrections written. What was there before is in {ours}.bak.",
            "1 agenda: no problems found.",
        ],
    )


def test_each_line_that_was_written_is_told_beside_what_it_was(ours: Path) -> None:
    mistyped(ours, ("type: select", "type: dropdown"))
    told = fixed(ours).lines
    assert told[0].endswith("not `dropdown`. Did you mean `select`?")
    assert ": mended: " in told[0]
    assert told[1:5] == [
        "                type: dropdown",
        "                      ^",
        "  Now it reads:",
        "                type: select",
    ]


def test_what_the_file_held_is_kept_byte_for_byte_and_never_overwritten(ours: Path) -> None:
    first = mistyped(ours, MISTAKES[0])
    fixed(ours)
    second = mistyped(ours, MISTAKES[1])
    fixed(ours)
    kept = sorted(path for path in ours.parent.iterdir() if path.suffix == ".bak")
    assert [path.read_text(encoding="utf-8") for path in kept] == [second, first]


def test_a_copy_is_no_agenda_of_the_folder(ours: Path) -> None:
    mistyped(ours, MISTAKES[0])
    fixed(ours)
    assert ran("agenda", "check", ours.parent).lines == ["1 agenda: no problems found."]


def test_a_file_without_mistakes_is_not_touched(ours: Path) -> None:
    before = ours.stat().st_mtime_ns
    assert fixed(ours).lines == ["1 agenda: no problems found."]
    assert (ours.stat().st_mtime_ns, [*ours.parent.iterdir()]) == (before, [ours])


def test_what_only_its_author_can_decide_is_told_and_left(ours: Path) -> None:
    text = mistyped(ours, ("  who: the programme", "  who: {team}"))
    ended = fixed(ours)
    assert (ended.code, ours.read_text(encoding="utf-8")) == (1, text)
    assert any(": error: " in line for line in ended.lines)
    assert not any(": mended: " in line for line in ended.lines)


@pytest.mark.parametrize(
    "slip",
    [
        ("default: every week", "default: every year"),
        ("default: every week", "default: every week\n            no_other: yes"),
        ("title: A first talk", "Titel der Stunde: A first talk"),
        ("minutes: 30", "minutes: 30\n// short\nabout:\n  - One.\n  # and\n  - Two."),
        ("        minutes: 5\n", "      minutes: 5\n"),
        ("        minutes: 5\n", "        minutes, 5\n"),
        ("        record:\n", "        record;\n"),
        ("      - id: hello", "      - id: hello# see above"),
        ("type: select", "type: free text, one line each"),
    ],
    ids=[
        *("another answer", "what is denied", "another key", "a comment"),
        *("a moved key", "a key without its colon", "a list without its colon"),
        *("a comment behind an id", "a whole clause"),
    ],
)
def test_what_may_be_meant_otherwise_is_told_and_left(slip: tuple[str, str], ours: Path) -> None:
    text = mistyped(ours, slip)
    ended = fixed(ours)
    left = {line for line in text.split("\n") if line.strip()}
    assert ended.code == 1
    assert left <= {*ours.read_text(encoding="utf-8").split("\n"), "// short"}


def test_a_correction_below_one_that_does_harm_is_written_all_the_same(ours: Path) -> None:
    mistyped(ours, ("  who: the programme", "  who: {team}"), ("type: select", "type: dropdown"))
    fixed(ours)
    text = ours.read_text(encoding="utf-8")
    assert ("who: {team}" in text, "type: select" in text) == (True, True)


def test_what_comes_to_light_behind_a_mistake_is_mended_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(SOUND_TEXT, encoding="utf-8")
    mistyped(path, ("minutes: 30", "minutes: 30 minutes"), ("\n        ask: |", "\n\t    aks: |"))
    assert fixed(path).lines[-1] == "1 agenda: 1 error."
    assert fixed(path).lines[-1] == "1 agenda: no problems found."


@pytest.mark.parametrize(
    ("options", "title"),
    [((), "“A first talk”"), (("--strict",), "A first talk")],
    ids=["as a rule", "strictly"],
)
def test_warnings_are_mended_only_where_they_count(
    options: tuple[str, ...], title: str, ours: Path
) -> None:
    mistyped(ours, ("title: A first talk", "title: “A first talk”"))
    fixed(ours, *options)
    assert f"\ntitle: {title}\n" in ours.read_text(encoding="utf-8")


def test_lines_keep_their_ends(ours: Path) -> None:
    text = mistyped(ours, ("type: select", "type: dropdown"))
    ours.write_bytes(text.replace("\n", "\r\n").encode())
    fixed(ours)
    assert ours.read_bytes() == SOUND_TEXT.replace("\n", "\r\n").encode()


def test_lines_that_nothing_corrects_stay_to_the_last_sign(ours: Path) -> None:
    text = mistyped(ours, ("type: select", "type: dropdown"))
    lines = "\ufeff# A talk\u2028here\r" + text.replace("\n", "\r\n", 3)
    ours.write_bytes(lines.encode())
    fixed(ours)
    assert ours.read_bytes() == lines.replace("dropdown", "select").encode()


def test_a_file_stays_as_visible_as_it_was_and_where_a_link_leads(ours: Path) -> None:
    mistyped(ours, ("type: select", "type: dropdown"))
    ours.chmod(0o640)
    link = ours.with_name("link.yaml")
    link.symlink_to(ours)
    fixed(link)
    assert (link.is_symlink(), ours.stat().st_mode & 0o777) == (True, 0o640)
    assert ours.read_text(encoding="utf-8") == SOUND_TEXT


def test_behind_a_file_that_cannot_be_written_the_next_one_is_mended(ours: Path) -> None:
    mistyped(ours, ("type: select", "type: dropdown"))
    # Not even the superuser can write a copy whose name is too long.
    long = ours.with_name(f"{'a' * 250}.yaml")
    long.write_text(ours.read_text(encoding="utf-8"), encoding="utf-8")
    ended = fixed(long, ours)
    assert (ended.code, ours.read_text(encoding="utf-8")) == (1, SOUND_TEXT)
    assert "2 agendas: 1 error." in ended.lines


def test_where_all_cards_lack_an_id_a_minute_is_not_spent(ours: Path) -> None:
    cards = "".join(f"      - ask: What is in month {n}?\n        minutes: 1\n" for n in range(60))
    mistyped(ours, ("    prompts:\n", f"    prompts:\n{cards}"))
    checks = 0

    class Counted(AgendaChecker):
        """Counts how often a file is checked."""

        def check(self, path: Path, draft: Source | None = None) -> list[Problem]:
            nonlocal checks
            checks += 1
            return super().check(path, draft)

    mend_agenda(Counted(SessionRunner(library(ours.parent / "no-home"), FakeClock())), ours)
    assert checks <= TRIES + 1


def test_an_agenda_that_is_extended_stays_as_it_is(ours: Path) -> None:
    parent = mistyped(ours, ("type: select", "type: dropdown"))
    child = ours.with_name("child.yaml")
    text = "mentorwalk: 1\nid: child\nextends: ours\ntitle: Ours\n"
    child.write_text(text, encoding="utf-8")
    assert fixed(child).code == 1
    assert (child.read_text(encoding="utf-8"), ours.read_text(encoding="utf-8")) == (text, parent)


def test_what_cannot_be_read_is_told_and_not_written(tmp_path: Path) -> None:
    ended = fixed(tmp_path / "gone.yaml")
    assert (ended.code, [*tmp_path.iterdir()]) == (1, [])
    assert ended.lines[0].endswith("There is no such file.")


def test_the_check_says_that_it_can_write(ours: Path) -> None:
    mistyped(ours, MISTAKES[1])
    assert ran("agenda", "check", ours).lines[-3:] == [
        "`agenda check --fix` writes what is sure of this for you, and keeps a copy.",
        "More may follow once these are mended: some mistakes can only be seen then.",
        "1 agenda: 1 error.",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one-goal"])
def test_no_line_changes_but_by_a_correction_that_was_shown(name: str, tmp_path: Path) -> None:
    clean = (BUNDLED_AGENDAS / f"{name}.yaml").read_text(encoding="utf-8")
    checker = AgendaChecker(SessionRunner(library(tmp_path / "no-home"), FakeClock()))
    path = tmp_path / f"{name}.yaml"
    for slip in SLIPS.values():
        for text in slipped(clean, slip, 1):
            path.write_text(text, encoding="utf-8")
            before = checker.check(path)
            mended = mend_agenda(checker, path)
            written = (
                {line for each in mended.problems for line in each.fix.split("\n")}
                if mended
                else set()
            )
            after = path.read_text(encoding="utf-8")
            assert {*after.split("\n")} <= {*text.split("\n"), *written}
            assert len(checker.check(path)) <= len(before)
