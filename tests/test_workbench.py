"""The facilitator's workbench: what it finds in agendas and in their templates."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import UNHURRIED, examples, first_session_text, mutilated
from support.commands import ran
from support.faults import sentences
from support.terminals import FakeClock

from mentorwalk.authoring import Source
from mentorwalk.authoring.lint import Documents, warnings_of
from mentorwalk.authoring.validation import examine
from mentorwalk.domain.errors import InputError, Problem
from mentorwalk.storage.library import BUNDLED_AGENDAS, library
from mentorwalk.workflows.agenda_check import AgendaChecker
from mentorwalk.workflows.runner import SessionRunner

BROKEN = Path(__file__).parent / "broken_agendas"
BROKEN_AGENDAS = sorted(BROKEN.rglob("*.yaml"))


def checked(path: Path) -> list[Problem]:
    """What the workbench finds in a file, in a home that has nothing of its own."""
    return AgendaChecker(SessionRunner(library(path.parent / "no-home"), FakeClock())).check(path)


def told(path: Path) -> str:
    """What is told of a file, named without its folder."""
    problems = "\n".join(problem.pointed for problem in checked(path))
    return problems.replace(f"{path.parent}{os.sep}", "") + "\n" if problems else ""


@pytest.mark.parametrize("topic", sorted({path.parent.name for path in BROKEN_AGENDAS}))
def test_broken_agendas_have_exactly_these_problems(topic: str) -> None:
    paths = sorted((BROKEN / topic).glob("*.yaml"))
    expected = {path.stem: path.with_suffix(".txt").read_text(encoding="utf-8") for path in paths}
    assert {path.stem: told(path) for path in paths} == expected


def assert_told_in_its_place(text: str) -> None:
    """Whatever is found stands on a line that is there, and no line is told twice the same."""
    try:
        examined = examine(Source("agenda.yaml", text))
    except InputError:
        return
    problems = [*examined.problems, *warnings_of(examined, Documents())]
    lines = text.split("\n")
    assert all(0 < problem.line <= len(lines) for problem in problems)
    assert all(0 < problem.column <= len(lines[problem.line - 1]) + 1 for problem in problems)
    assert all(problem.pointed.startswith("agenda.yaml:") for problem in problems)


@pytest.mark.slow
@settings(UNHURRIED, max_examples=examples(0.3))
@given(mutilated(first_session_text()))
def test_no_mutilation_of_the_bundled_agenda_is_told_out_of_place(text: str) -> None:
    assert_told_in_its_place(text)


@pytest.mark.slow
@settings(UNHURRIED, max_examples=examples(2))
@given(
    st.sampled_from(BROKEN_AGENDAS)
    .map(lambda path: path.read_text(encoding="utf-8"))
    .flatmap(mutilated)
)
def test_no_mutilation_of_a_broken_agenda_is_told_out_of_place(text: str) -> None:
    assert_told_in_its_place(text)


SOUND = (BROKEN / "signs" / "comment_behind_two_spaces_is_fine.yaml").read_text(encoding="utf-8")

ACCEPTED = f"{SOUND}    accept: yes  # fine: no-yes\n"


def written(folder: Path, **files: str) -> Path:
    """Files in a folder; `__` in a name stands for a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def test_the_first_session_is_no_rush_at_any_length() -> None:
    assert checked(BUNDLED_AGENDAS / "first-session.yaml") == []


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(BUNDLED_AGENDAS.glob("*.yaml")) if path.stem != "first-session"],
    ids=lambda path: path.stem,
)
def test_a_bundled_agenda_needs_no_mending(path: Path) -> None:
    assert checked(path) == []


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ answers.get('mod') }}{{ phases | length }}", None),
        (
            "{{ phases | length }}\n{{ answers.mod }}",
            (
                *("summary.md.j2", 2, 4),
                (
                    "`talk` has no field `mod`. Did you mean `mood`? "
                    'Where it may be missing, write `answers.get("mod")`.'
                ),
            ),
        ),
        (
            "{{ phases | length }} {{ peple.mentor }}",
            ("summary.md.j2", 1, 26, "Nothing is called `peple` here. Did you mean `people`?"),
        ),
        (
            "{{ phases | length }}\n{% if %}{% endif %}",
            (
                *("summary.md.j2", 2, 1),
                "Something is missing at the end of `{% if %}`.",
            ),
        ),
        (
            "{{ phases | length }} {{ people.mentr }}",
            ("summary.md.j2", 1, 26, "There is no `people.mentr`. Did you mean `mentor`?"),
        ),
        ("{% for phase in phases %}{% set own = 1 %}{{ own }}{{ loop.index }}{% endfor %}", None),
    ],
)
def test_a_template_is_looked_through_with_its_agenda(
    template: str, problem: tuple[str, int, int, str] | None, tmp_path: Path
) -> None:
    written(tmp_path, talk__yaml=SOUND, summary__md__j2=template)
    assert sentences(checked(tmp_path / "talk.yaml")) == ([problem] if problem else [])


RATED = SOUND.replace("        recall: [mood]\n", "").replace(
    "            label: Your mood\n",
    "            label: Your mood\n            type: ratings\n            items: [Work, Rest]\n",
)
QUOTED = "A name within `picture(...)` stands in quotation marks: "


@pytest.mark.parametrize(
    ("template", "problems"),
    [
        (
            "{{ picture(bars, mood) }}",
            [(1, 12, f'{QUOTED}`"bars"`.'), (1, 18, f'{QUOTED}`"mood"`.')],
        ),
        (
            "{{ answer.mood }}",
            [(1, 4, "Nothing is called `answer` here. Did you mean `answers`?")],
        ),
        (
            "Well: { answers.mood }}",
            [(1, 7, "This is printed as it stands: write `{{ answers.mood }}`.")],
        ),
        (
            "Well: {answers.mood}",
            [(1, 7, "This is printed as it stands: write `{{ answers.mood }}`.")],
        ),
        (
            "{{ answers.mood }} {{ Mentor }}",
            [(1, 23, "Nothing is called `Mentor` here: write `people.mentor`.")],
        ),
        (
            "{{ answers.mood | uper }}\n{{ answers.mood | foo }}",
            [
                (1, 19, "There is no filter `uper`. Did you mean `upper`?"),
                (2, 19, "There is no filter `foo`."),
            ],
        ),
        (
            '{{ picture("pie", "mood") }}',
            [
                (
                    *(1, 13),
                    (
                        "No kind of picture is called `pie`. There are bars, wheel, ranking, line, "
                        "columns, tree."
                    ),
                )
            ],
        ),
    ],
)
def test_one_mistake_in_a_template_is_told_once(
    template: str, problems: list[tuple[int, int, str]], tmp_path: Path
) -> None:
    written(tmp_path, talk__yaml=RATED, summary__md__j2=template)
    told = [("summary.md.j2", *problem) for problem in problems]
    assert sentences(checked(tmp_path / "talk.yaml")) == told


def test_what_is_of_one_session_only_is_told_in_an_agreement(tmp_path: Path) -> None:
    files = {
        "summary__md__j2": "{{ phases | length }}{{ parked }}",
        "contract__md__j2": "Of\n{{ parked }}",
    }
    told = sentences(checked(written(tmp_path, talk__yaml=ACCEPTED, **files) / "talk.yaml"))
    passing = (
        "`parked` is of one session, and an accepted agreement stands for many: soon it would say "
        "what is not so any more."
    )
    assert told == [("contract.md.j2", 2, 4, passing)]


UNREAD = (
    "No clause and no document uses this answer, so nobody will read it again. Name it in a clause "
    "or a template, or `recall` it on a later card; else do not ask for it."
)


def test_a_template_that_goes_through_nothing_leaves_answers_unread(tmp_path: Path) -> None:
    text = SOUND.replace("        recall: [mood]\n", "")
    written(tmp_path, talk__yaml=text, summary__md__j2="We met.")
    assert sentences(checked(tmp_path / "talk.yaml")) == [("talk.yaml", 20, 17, UNREAD)]


def test_a_template_that_names_a_card_by_get_leaves_its_answer_unread(tmp_path: Path) -> None:
    text = SOUND.replace("        recall: [mood]\n", "")
    written(tmp_path, talk__yaml=text, summary__md__j2='{{ answers.get("hello") }}')
    assert sentences(checked(tmp_path / "talk.yaml")) == [("talk.yaml", 20, 17, UNREAD)]


def test_a_picture_in_a_text_that_both_accept_is_warned_of(tmp_path: Path) -> None:
    drawn = "{{ phases | length }}\n{{ pictures | length }}"
    written(tmp_path, talk__yaml=ACCEPTED, summary__md__j2=drawn, contract__md__j2=drawn)
    told = (
        "Both accept this text, and a picture in it stays text in its page. "
        "Put it into another document."
    )
    assert sentences(checked(tmp_path / "talk.yaml")) == [("contract.md.j2", 2, 4, told)]


def test_an_answer_that_a_picture_shows_is_read(tmp_path: Path) -> None:
    text = SOUND.replace("        recall: [mood]\n", "")
    drawn = '{{ picture("columns", "mood") }}'
    written(tmp_path, talk__yaml=text, summary__md__j2=drawn)
    told = "`columns` draws `list`, `checkbox` or `ranking`, but `mood` is `text`."
    assert sentences(checked(tmp_path / "talk.yaml")) == [("summary.md.j2", 1, 13, told)]


def test_what_a_template_includes_is_looked_through_too(tmp_path: Path) -> None:
    written(
        tmp_path,
        talk__yaml=SOUND.replace("        recall: [mood]\n", ""),
        summary__md__j2='{% include "part.md.j2" %}',
        part__md__j2="It is {{ answers.mood }}\n{{ answers.day }}",
    )
    assert [told[:3] for told in sentences(checked(tmp_path / "talk.yaml"))] == [
        ("part.md.j2", 2, 4)
    ]


def test_a_name_that_stands_in_a_long_line_is_shown_with_what_is_around_it(tmp_path: Path) -> None:
    long = f"        ask: {'a word and ' * 20}{{mentr}} {'and so on ' * 20}\n"
    text = SOUND.replace("        ask: |\n          How are you, {mentee}?\n", long)
    (problem, *_) = checked(written(tmp_path, talk__yaml=text) / "talk.yaml")
    _, excerpt, caret, *_fix = problem.pointed.split("\n")
    assert (problem.column, excerpt[caret.index("^") :].split()[0]) == (234, "{mentr}")


def test_a_caret_stands_below_its_column_behind_wide_letters() -> None:
    problem = Problem("a.yaml", 1, 6, "So.", "你好，世界 x")
    assert problem.pointed.split("\n")[-1] == " " * 14 + "^"


# The command


def test_every_agenda_in_a_folder_is_checked_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "more" / ".hidden").mkdir(parents=True)
    written(tmp_path, b__yml=SOUND, answers__yaml="mood: fine\n", notes__txt=SOUND)
    (tmp_path / "._b.yml").write_text("phases: \0", encoding="utf-8")
    written(tmp_path / "more", a__yaml=SOUND)
    written(tmp_path / "more" / ".hidden", c__yaml="mentorwalk: 2\n")
    ended = ran("agenda", "check", tmp_path, tmp_path / "b.yml")
    assert (ended.code, ended.lines) == (0, ["2 agendas: no problems found."])


def test_a_file_that_is_named_is_checked_whatever_it_says(tmp_path: Path) -> None:
    written(tmp_path, answers__yaml="mood: fine\n")
    ended = ran("agenda", "check", tmp_path / "answers.yaml")
    assert (ended.code, ended.lines[-1]) == (1, "1 agenda: 6 errors.")


def test_a_template_that_another_one_includes_is_missed_too(tmp_path: Path) -> None:
    text = SOUND.replace("template: summary.md.j2", "template: own.md.j2")
    folder = written(tmp_path, agenda__yaml=text, own__md__j2='{% include "gone.md.j2" %}')
    ((_, line, column, told),) = sentences(checked(folder / "agenda.yaml"))
    assert (line, column) == (45, 3)
    assert told.startswith("There is no template `gone.md.j2`, which another one includes, beside")


def test_a_missing_file_is_a_problem_among_others(tmp_path: Path) -> None:
    written(tmp_path, b__yaml=SOUND)
    ended = ran("agenda", "check", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert (ended.code, ended.lines) == (
        1,
        [f"{tmp_path / 'a.yaml'}:1:1: error: There is no such file.", "2 agendas: 1 error."],
    )


def test_an_agenda_saved_as_utf_16_is_not_overlooked(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(SOUND.encode("utf-16"))
    assert ran("agenda", "check", tmp_path).code == 1


@pytest.mark.parametrize(
    ("options", "code"), [((), 0), (("--strict",), 1)], ids=["as a rule", "strictly"]
)
def test_warnings_count_only_where_they_shall(
    options: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    written(tmp_path, a__yaml=SOUND.replace("        keep: yes\n", ""))
    ended = ran("agenda", "check", *options, tmp_path)
    assert (ended.code, ended.lines[-1]) == (code, "1 agenda: 1 warning.")


def test_templates_may_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    written(tmp_path, a__yaml=SOUND.replace("summary.md.j2", "own.md.j2"))
    written(tmp_path / "ours", own__md__j2="{{ answers.mood }}")
    alone = ran("agenda", "check", tmp_path).lines
    both = ran("agenda", "check", tmp_path, "--templates", tmp_path / "ours").lines
    assert (alone[-1], both[-1]) == ("1 agenda: 1 warning.", "1 agenda: no problems found.")


def test_the_check_tells_how_a_warning_that_is_meant_can_stay(tmp_path: Path) -> None:
    text = SOUND.replace("        keep: yes\n", "")
    accepted = text.replace("      - id: end", "      # fine: last-card\n      - id: end")
    written(tmp_path, a__yaml=text, b__yaml=accepted)
    told = ran("agenda", "check", "--strict", tmp_path / "a.yaml")
    after = ran("agenda", "check", "--strict", tmp_path / "b.yaml")
    assert told.lines[-2:] == [
        "A warning that is meant can stay: write `# fine: last-card` above its line.",
        "1 agenda: 1 warning.",
    ]
    assert (after.code, after.lines) == (0, ["1 agenda: no problems found."])


def test_mistakes_behind_others_that_are_mended_in_one_way_are_told_with_them(
    tmp_path: Path,
) -> None:
    text = SOUND.replace("title: A first talk", "title: A first talk: ours")
    text = text.replace("        minutes: 20", "\tminutes: twenty\n        to: Mentee")
    written(tmp_path, a__yaml=text)
    told = ran("agenda", "check", tmp_path / "a.yaml")
    assert [line.split(":")[1] for line in told.lines if ": error: " in line] == ["3", "25", "26"]
    assert told.lines[-2:] == [
        "More may follow once these are mended: some mistakes can only be seen then.",
        "1 agenda: 3 errors.",
    ]


def test_a_translation_is_checked_by_itself_as_well(tmp_path: Path) -> None:
    words = tmp_path / "pl.po"
    words.write_text('msgid "Who speaks"\nmsgstr "Kto: {name}"\n', encoding="utf-8")
    assert ran("agenda", "check", words).lines == [
        f"{words}:1:1: warning: `{{name}}` is not in the English words, so this stays English.",
        '    msgid "Who speaks"',
        "    ^",
        "1 file: 1 warning.",
    ]


def test_a_template_is_checked_with_its_agenda(tmp_path: Path) -> None:
    template = tmp_path / "ours.md.j2"
    template.write_text("{{ people.mentor }}\n", encoding="utf-8")
    assert ran("agenda", "check", template).lines == [
        (
            f"{template}:1:1: error: This is a template: it is checked with its agenda. Name the "
            "agenda that has it in `documents`."
        ),
        "1 file: 1 error.",
    ]


def test_a_line_that_only_yaml_takes_for_two_counts_as_one(tmp_path: Path) -> None:
    text = SOUND.replace("How are you", "How are\u2028you").replace("minutes: 20", "minute: 20")
    written(tmp_path, a__yaml=text)
    (problem,) = checked(tmp_path / "a.yaml")
    assert (problem.line, problem.excerpt) == (25, "        minute: 20")
