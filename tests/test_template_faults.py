"""Mistakes in templates are told before a session opens, in words that a facilitator knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.faults import sentences
from support.terminals import FakeClock

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.documents.said import SaidByEach
from mentorwalk.domain.errors import TemplateProblem, nearest
from mentorwalk.storage.library import library
from mentorwalk.workflows.agenda_check import AgendaChecker
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.trial import check_documents

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.errors import Problem

LUNCH = """\
mentorwalk: 1
id: lunch
title: Lunch
minutes: 30
phases:
  - id: lunch
    title: Lunch
    short: Lunch
    prompts:
      - id: where
        ask: Where do we eat?
        keep: yes
        minutes: 20
        settle:
          - {id: place, label: Place}
          - {id: goals, label: Goals, type: list}
          - {id: mood, label: Mood, type: scale, by: each}
          - {id: likely, label: How likely, type: scale, low: never, high: surely}
          - {id: again, label: Again, type: confirm}
          - {id: sure, label: Sure, type: confirm, by: each}
          - {id: lunch_day, label: Day, type: date, when: {again: no}}
          - {id: lunch_time, label: Time, type: time}
        clause:
          heading: Lunch
          says: We eat at {place}, and speak about {goals}.
      - id: agree
        ask: Is it a yes?
        keep: yes
        accept: yes
        minutes: 10
meeting: {date: lunch_day, time: lunch_time}
documents:
  - {template: our.md.j2, file: our.md}
  - {template: contract.md.j2, file: contract.md, accept: yes}
"""
CUT = "An empty line ends a table, and"
AROUND = "on a line above it, and `{% endif %}` on one below."
MISSING = "Is something missing before it, such as `|`, `~`, a comma or a quotation mark?"


OF_EACH = (
    "`answers.mood` was asked of each: write `answers.mood.mentor`, `answers.mood.mentee`, or a "
    "line for each, with an empty line between."
)


def runner_in(folder: Path, template: str) -> SessionRunner:
    """Write the agenda and its template, in a home that has nothing of its own."""
    (folder / "lunch.yaml").write_text(LUNCH, encoding="utf-8")
    (folder / "our.md.j2").write_text(f"{{{{ phases | length }}}}\n{template}", encoding="utf-8")
    return SessionRunner(library(folder / "no-home"), FakeClock())


def problems_of(folder: Path, template: str) -> list[Problem]:
    """What is wrong with a template that begins in the second line of its file."""
    problems = AgendaChecker(runner_in(folder, template)).check(folder / "lunch.yaml")
    return [problem for problem in problems if problem.file.endswith("our.md.j2")]


def told_of(folder: Path, template: str) -> list[tuple[int, int, str]]:
    """What is told of such a template, with line and column."""
    return [told[1:] for told in sentences(problems_of(folder, template))]


@pytest.mark.parametrize(
    "template",
    [
        "{% if meeting.day %}{{ meeting.day }}{% else %}No day yet.{% endif %}",
        "{{ meeting.day or 'No day yet' }}, {{ replaces.day | default('none', true) }}",
        "{% if meeting %}{{ meeting.start }}{% endif %}",
        "{% if answers.goals %}{{ answers.goals[0] }}, {{ answers.goals | first }}{% endif %}",
        "{% for goal in answers.goals %}{{ goal }}{% endfor %}{{ answers.goals }}",
        "{{ 'About: ' ~ answers.goals }}{{ [answers.place, answers.lunch_time] }}",
        "{% for of_each in answers.mood.values() %}{{ of_each }}{% endfor %}",
        "{% if answers.mood.mentor and answers.mood.mentor < 7 %}Low{% endif %}",
        "| Place | Time |\n|---|:-:|\n| {{ answers.place }} | {{ answers.lunch_time }} |",
        "| Goal |\n| --- |\n{% for goal in answers.goals %}\n| {{ goal }} |\n{% endfor %}",
        "| one\n\n| alone\n{{ answers.likely }} (10 is best), {{ answers.place }} of 10",
        "{{ answers.mood.mentor | int + 1 }}{{ answers.mood.mentor == 7 }}",
        "{# {mentor} #}{% raw %}{mentor}{% endraw %}{{ '{mentor}' }} {something} {Mentor}",
    ],
)
def test_what_works_with_every_answer_and_with_none_is_fine(template: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, template) == []


@pytest.mark.parametrize(
    ("template", "column", "sentence"),
    [
        (
            "{% if meeting %}{{ meeting.date }}{% endif %}",
            20,
            (
                "There is no `meeting.date`. There are `day`, `start`, `end`, `minutes`, `where` "
                "and `zone`."
            ),
        ),
        (
            "{% if answers.place %}{{ answers.place + 1 }}{% endif %}",
            1,
            (
                "This cannot be calculated: an answer is text. `~` puts texts one after another, "
                "and `| int` makes a number of one."
            ),
        ),
        (
            "{% for clause in clauses if clause.open %}{{ clause.opened }}{% endfor %}",
            46,
            (
                "There is no `clause.opened`. There are `heading`, `text`, `first`, `state`, "
                "`open`, `meanwhile` and `until`."
            ),
        ),
        (
            "{% for c in clauses if c.state == 'settled' %}{{ c.stat }}{% endfor %}",
            50,
            "There is no `c.stat`. Did you mean `state`?",
        ),
        (
            "{% if answers.place and not meeting %}{{ answers.place.name }}{% endif %}",
            42,
            "There is no `answers.place.name`: `answers.place` is a text, without parts.",
        ),
        (
            "{% if answers.lunch_day %}{{ meetin.day }}{% endif %}",
            30,
            "Nothing is called `meetin` here. Did you mean `meeting`?",
        ),
    ],
    ids=["a meeting", "an answer", "open", "settled", "no meeting", "a later answer"],
)
def test_each_kind_of_session_is_tried(
    template: str, column: int, sentence: str, tmp_path: Path
) -> None:
    assert told_of(tmp_path, template) == [(2, column, sentence)]


@pytest.mark.parametrize(
    ("template", "column", "sentence"),
    [
        (
            "{{ meeting.day }}",
            4,
            (
                "There is no `meeting.day` while no day was found for the next meeting. Put "
                f"`{{% if meeting %}}` {AROUND}"
            ),
        ),
        (
            "| {{ answers.place }} | {{ meeting.day | capital }} |",
            28,
            (
                "There is no `meeting.day` while no day was found for the next meeting. Write "
                "`{% if meeting %}{{ meeting.day | capital }}{% endif %}` there."
            ),
        ),
        (
            "| {{ meeting.day }} |",
            6,
            (
                "There is no `meeting.day` while no day was found for the next meeting. Write "
                "`{% if meeting %}{{ meeting.day }}{% endif %}` there."
            ),
        ),
        (
            "{{ answers.place }}, on {{ meeting.day }}",
            28,
            (
                "There is no `meeting.day` while no day was found for the next meeting. Write "
                "`{% if meeting %}{{ meeting.day }}{% endif %}` there."
            ),
        ),
        (
            "On {{ meeting.day }} at {{ meeting.start }}",
            7,
            (
                "There is no `meeting.day` while no day was found for the next meeting. Put "
                f"`{{% if meeting %}}` {AROUND}"
            ),
        ),
        (
            "{{ replaces.day }}",
            4,
            (
                "There is no `replaces.day` while this agreement takes the place of none. Put "
                f"`{{% if replaces %}}` {AROUND}"
            ),
        ),
        (
            "{{ answers.goals[0] }}",
            4,
            f"There may be no `answers.goals[0]`. Put `{{% if answers.goals %}}` {AROUND}",
        ),
        (
            "{{ answers.goals.0 }}",
            4,
            f"There may be no `answers.goals[0]`. Put `{{% if answers.goals %}}` {AROUND}",
        ),
        (
            "{{ clauses[9].heading }}",
            4,
            f"There may be no `clauses[9]`. Put `{{% if clauses | length > 9 %}}` {AROUND}",
        ),
        (
            "{{ answers.goals | first }}",
            1,
            (
                "An empty list has no first and no last item. Put `{% if %}` with the list in it "
                "before this, and `{% endif %}` behind it."
            ),
        ),
        (
            "{{ session.date }}",
            4,
            "There is no `session.date`. There are `day`, `start`, `end`, `planned` and `spent`.",
        ),
        (
            "We, {{ people.manager }}",
            8,
            "There is no `people.manager`. There are `mentor` and `mentee`.",
        ),
        ("{{ people['mento'] }}", 4, 'There is no `people["mento"]`. Did you mean `mentor`?'),
        ("{{ contact.who }}", 4, "There is no `contact.who`: `contact` is a text, without parts."),
        (
            "{{ clauses.heading }}",
            4,
            (
                "There is no `clauses.heading`: `clauses` is a list. Go through it, as in "
                "`{% for each in clauses %}`."
            ),
        ),
        (
            "{{ answers['plase'] }}",
            4,
            (
                "`lunch` has no field `plase`. Did you mean `place`? Where it may be missing, "
                'write `answers.get("plase")`.'
            ),
        ),
        (
            "{{ answers.mood }}",
            4,
            OF_EACH,
        ),
        (
            "{{ 'Mood: ' ~ answers.mood }}",
            15,
            OF_EACH,
        ),
        (
            "{{ people }}",
            1,
            (
                "This is no text but holds `mentor` and `mentee`: put a dot behind it, and the one "
                "that you want."
            ),
        ),
        (
            "{{ clauses }}",
            1,
            (
                "This is a list of things that have parts: go through it, as in "
                "`{% for each in clauses %}`, and name what you want of each."
            ),
        ),
        (
            "{{ answers.place }}: place, {{ place }}",
            32,
            "Nothing is called `place` here: write `answers.place`.",
        ),
        (
            "{{ answers.place }}, answers, {{ answers['plase'] }}",
            34,
            (
                "`lunch` has no field `plase`. Did you mean `place`? Where it may be missing, "
                'write `answers.get("plase")`.'
            ),
        ),
        (
            "{{ answers.place() }}",
            4,
            "`answers.place` is no function: take the brackets behind it away.",
        ),
        (
            "{{ answers.place > 30 }}",
            1,
            "These cannot be compared: one is a text, and one is not.",
        ),
        ("{{ session.spent / 0 }}", 1, "Something is divided by zero here."),
        ("{{ '%d' % 'x' }}", 1, "This cannot be worked out: its parts do not go together."),
        ("{{ answers.place | upcase }}", 20, "There is no filter `upcase`."),
        ("{{ answers.place is known }}", 21, "There is no test `known`."),
        ("{{ {}.x.y }}", 7, "There is no `x`."),
        ("{{ ''.__class__ }}", 7, "`__class__` is closed to templates."),
        (
            "We are {mentor} and {{ people.mentee }}.",
            8,
            (
                "`{mentor}` is the way of agendas, and is printed here as it stands: write "
                "`{{ people.mentor }}`."
            ),
        ),
        (
            "At {place}",
            4,
            (
                "`{place}` is the way of agendas, and is printed here as it stands: write "
                "`{{ answers.place }}`."
            ),
        ),
        (
            "On {{ answers.lunch_day }} at {{ answers.lunch-time }}",
            34,
            "An id in a template has no dash: write `answers.lunch_time`.",
        ),
        (
            "{{ answers.lunch-time | quote }}",
            4,
            "An id in a template has no dash: write `answers.lunch_time`.",
        ),
        (
            "{{ answers.led(lunch_time) }}",
            16,
            'A name in brackets stands in quotation marks: write `"lunch_time"`.',
        ),
        (
            "{{ mentor.name }}",
            4,
            "Nothing is called `mentor` here: write `people.mentor` for `mentor.name`.",
        ),
        (
            "{{ answers.mentee }}",
            4,
            "What the mentee is called is no answer: write `people.mentee`.",
        ),
        (
            "{{ answers.lunch_time - lunch_day }}",
            25,
            "Nothing is called `lunch_day` here: write `answers.lunch_day`.",
        ),
        (
            '{{ answers["lunch-time"] }}',
            4,
            "An id in a template has no dash: write `answers.lunch_time`.",
        ),
        (
            "{{ answers.lunch-day-of }}",
            4,
            "`lunch` has no field `lunch-day-of`. Did you mean `lunch_day`?",
        ),
        (
            "{{ answers.where }}",
            4,
            (
                "`lunch` has no field `where`. It is a card, which asks for `place`, `goals`, "
                "`mood`, `likely`, `again`, `sure`, `lunch_day`, `lunch_time`."
            ),
        ),
        (
            "{{ answers.place.title }}",
            4,
            "There is no `answers.place.title`: `answers.place` is a text, without parts.",
        ),
        (
            "{{ answers.place.title | capital }}",
            4,
            "There is no `answers.place.title`: `answers.place` is a text, without parts.",
        ),
        (
            '{{ clauses["lunch"] }}',
            4,
            (
                'There is no `clauses["lunch"]`: `clauses` is a list. Write `{% for each in '
                'clauses if each.heading == "Lunch" %}{{ each.text }}{% endfor %}`.'
            ),
        ),
        (
            "{{ day }}",
            4,
            "Nothing is called `day` here: write `session.day` for that of this session.",
        ),
        (
            "{{ where }}",
            4,
            (
                "Nothing is called `where` here. It is a card, which asks for `place`, `goals`, "
                "`mood`, `likely`, `again`, `sure`, `lunch_day`, `lunch_time`."
            ),
        ),
        (
            "| {{ answers.place | capital }} | Time\n| a | b |",
            1,
            "A table needs a line below the names of its columns: write `|---|---|` there.",
        ),
        (
            "| Goal |\n{% for goal in answers.goals %}\n| {{ goal }} |\n{% endfor %}",
            1,
            "A table needs a line below the names of its columns: write `|---|` there.",
        ),
        (
            "{{ answers.likely }} of 10",
            22,
            "`answers.likely` reads “7 of 10” by itself: take ` of 10` away.",
        ),
        (
            "{% if answers.mood.mentor < 7 %}Low{% endif %}",
            7,
            (
                "`answers.mood.mentor` may be empty, and cannot be compared then: write "
                "`answers.mood.mentor and` before it."
            ),
        ),
        (
            "{{ answers.likely }}{% if answers.likely > 7 %}Yes{% endif %}",
            27,
            (
                "`answers.likely` may be empty, and cannot be compared then: write "
                "`answers.likely and` before it."
            ),
        ),
        (
            "{% if answers.likely and answers.likely > 7 or answers.likely < 3 %}Yes{% endif %}",
            48,
            (
                "`answers.likely` may be empty, and cannot be compared then: write "
                "`answers.likely and` before it."
            ),
        ),
        (
            "{{ answers.mood.mentor }}, {{ answers.mood }}",
            31,
            OF_EACH,
        ),
        (
            "{% if answers.place %}{{ answers.place() }}{% endif %}",
            26,
            "`answers.place` is no function: take the brackets behind it away.",
        ),
        (
            '{{ answers.get("mood") }} {{ mood }}',
            30,
            "Nothing is called `mood` here: write `answers.mood`.",
        ),
        (
            "{contact}",
            1,
            (
                "`{contact}` is the way of agendas, and is printed here as it stands: write "
                "`{{ contact }}`."
            ),
        ),
    ],
)
def test_a_mistake_is_told_by_its_name_with_what_is_there_instead(
    template: str, column: int, sentence: str, tmp_path: Path
) -> None:
    assert told_of(tmp_path, template) == [(2, column, sentence)]


@pytest.mark.parametrize(
    ("template", "line", "column", "sentence"),
    [
        (
            "{% if answers.place %}\n{{ answers.place }}\n",
            2,
            1,
            (
                "`{% if answers.place %}` is opened here and never closed: write `{% endif %}` "
                "where it ends."
            ),
        ),
        (
            "{% for c in clauses %}\n{% if c.text %}\n{% endfor %}",
            3,
            1,
            (
                "`{% if c.text %}` is opened here and not closed before `{% endfor %}`: write "
                "`{% endif %}` where it ends."
            ),
        ),
        ("Yes\n{% endif %}", 3, 1, "`{% endif %}` has nothing to close: no `{% if %}` is open."),
        (
            "{{ people.mentor\n\n{{ people.mentee }}",
            2,
            1,
            "`{{` is opened here and never closed: write `}}` where it ends.",
        ),
        ("{{ people.mentor }", 2, 1, "What begins with `{{` ends with `}}`."),
        ("Hi\n{% if contact }}!", 3, 1, "What begins with `{%` ends with `%}`."),
        ("{# soon", 2, 1, "`{#` is opened here and never closed: write `#}` where it ends."),
        (
            "{% raw %}{{ people.mentor }}",
            2,
            1,
            "`{% raw %}` is opened here and never closed: write `{% endraw %}` where it ends.",
        ),
        (
            "Goals: {{ answers.get(“goals”) }}",
            2,
            23,
            'In a tag quotation marks are straight: write `"` instead of `“`.',
        ),
        (
            "{{ answers.get('goals) }}",
            2,
            16,
            "This quotation mark is opened here and never closed.",
        ),
        ("{{ answers.get('goals' }}", 2, 24, "`)` is missing before `}`."),
        ("{{ people.mentor) }}", 2, 17, "`)` has nothing to close."),
        ("{{ $name }}", 2, 4, "`$` means nothing in a tag."),
        (
            "{% people.mentor %}",
            2,
            1,
            "There is no tag `people`: what is to stand there goes between `{{` and `}}`.",
        ),
        ("{% endfi %}", 2, 1, "There is no tag `endfi`. Did you mean `endif`?"),
        (
            "{% if meeting %}{% for c in clauses %}\n{{ c.text }}{% end %}{% end %}",
            3,
            13,
            "Write `{% endfor %}`, which closes `{% for c in clauses %}`.",
        ),
        (
            "{% if meeting %}{% for c in clauses %}{% endfor %}{% end if %}",
            2,
            51,
            "Write `{% endif %}`, which closes `{% if meeting %}`.",
        ),
        ("Yes\n{% end %}", 3, 1, "`{% end %}` has nothing to close."),
        (
            "{% if contact %}a{% elseif meeting %}b{% endif %}",
            2,
            18,
            "Write `elif` instead of `elseif`.",
        ),
        ("{% else %}", 2, 1, "`{% else %}` stands in no `{% if %}`."),
        (
            "{% if contact %}{% else %}{% else %}{% endif %}",
            2,
            27,
            "`{% else %}` cannot stand here.",
        ),
        (
            "{% if contact %}a{% else if meeting %}b{% endif %}",
            2,
            26,
            "Write `elif` instead of `else if`.",
        ),
        (
            "{% if answers.place = 'x' %}a{% endif %}",
            2,
            21,
            "Write `==` where two things are compared.",
        ),
        (
            "{% if contact && meeting %}a{% endif %}",
            2,
            15,
            "Write `and` instead of `&`.",
        ),
        (
            "{% for clause of clauses %}{% endfor %}",
            2,
            1,
            "A loop says what it goes through: `{% for each in phases %}`.",
        ),
        ("{{ }}", 2, 1, "Something is missing at the end of `{{ }}`."),
        (
            "{{ people.mentor }}{% if people %}{% endif %}\n{{ people & roles }}",
            3,
            11,
            "Write `and` instead of `&`.",
        ),
        (
            "{{ people..mentor }}",
            2,
            1,
            "A name is missing after a dot in `{{ people..mentor }}`.",
        ),
        (
            "{{ people.mentor name }}",
            2,
            18,
            f"`name` cannot stand here in `{{{{ people.mentor name }}}}`. {MISSING}",
        ),
        ("{% set 1 = 2 %}", 2, 1, "`{% set 1 = 2 %}` cannot be read."),
    ],
)
def test_what_cannot_be_read_is_told_where_it_begins(
    template: str, line: int, column: int, sentence: str, tmp_path: Path
) -> None:
    assert told_of(tmp_path, template) == [(line, column, sentence)]


@pytest.mark.parametrize(
    ("template", "line", "sentence"),
    [
        (
            "| Goal |\n|---|\n\n| {{ answers.place }} |",
            5,
            f"{CUT} this row is shown as text: take line 4 out, which is empty.",
        ),
        (
            "| Goal |\n|---|\n{% for goal in answers.goals %}\n\n| {{ goal }} |\n{% endfor %}",
            6,
            f"{CUT} this row is shown as text: take line 5 out, which is empty.",
        ),
        (
            "| Goal |\n|---|\n{% for goal in answers.goals %}\n| {{ goal }} |\n\n{% endfor %}",
            5,
            (
                f"{CUT} from its second time on this row is shown as text: take line 6 out, which "
                "is empty."
            ),
        ),
    ],
)
def test_rows_that_an_empty_line_cuts_off_from_their_table_are_told(
    template: str, line: int, sentence: str, tmp_path: Path
) -> None:
    assert told_of(tmp_path, template) == [(line, 1, sentence)]


@pytest.mark.parametrize(
    "template",
    [
        "| Goal |\n|---|\n{% for goal in answers.goals %}\n| {{ goal }} |\n{% endfor %}\n",
        "| Goal |\n|---|\n| a |\n\n| Place |\n|---|\n| {{ answers.place }} |",
        "{% for goal in answers.goals %}\n| Goal |\n|---|\n| {{ goal }} |\n\n{% endfor %}",
        "| Goal |\n|---|\n{% for goal in answers.goals -%}\n\n| {{ goal }} |\n{% endfor %}",
        "| Goal |\n|---|\n{# nothing\n\nof this #}\n| {{ answers.place }} |",
        "| Goal |\n|---|\n| a |\n\nSo much of goals.\n\n| {{ answers.place }} |",
    ],
)
def test_tables_that_are_whole_are_fine(template: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, template) == []


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("", "", "If that is `lunch_day`, write `meeting: {date: lunch_day, time: lunch_time}`"),
        (
            "type: time}",
            "type: text}",
            "If that is `lunch_day`, write `meeting: {date: lunch_day}`",
        ),
        ("type: time}", "type: date}", "Write `meeting: {date: ID}`"),
    ],
)
def test_a_meeting_that_no_agenda_plans_is_told_once(
    old: str, new: str, written: str, tmp_path: Path
) -> None:
    runner = runner_in(tmp_path, "{% if meeting %}{{ meeting.day }}{% endif %}{{ answers.place }}")
    agenda = tmp_path / "lunch.yaml"
    text = LUNCH.replace("meeting: {date: lunch_day, time: lunch_time}\n", "").replace(old, new)
    agenda.write_text(text, encoding="utf-8")
    told = sentences(p for p in AgendaChecker(runner).check(agenda) if p.file.endswith(".j2"))
    empty = "`meeting` is always empty: the agenda does not say which field is its day."
    there = " there, with the id of the field." if "ID" in written else " there."
    assert [each[1:] for each in told] == [(2, 7, f"{empty} {written}{there}")]


@pytest.mark.parametrize(
    ("template", "column", "answer"),
    [
        ("{% if answers.again %}Once more.{% endif %}", 7, "answers.again"),
        ("{% if answers.get('again') %}Once more.{% endif %}", 7, 'answers.get("again")'),
        ('{% if answers["again"] %}A{% else %}B{% endif %}', 7, 'answers["again"]'),
        ("{{ answers.place }}{{ 'Again' if answers.again }}", 34, "answers.again"),
        ("{% if answers.place and answers.again %}A{% endif %}", 25, "answers.again"),
        ("{% if answers.sure.mentor %}Sure{% endif %}", 7, "answers.sure.mentor"),
        ("{% if not people %}{% elif answers.again %}A{% endif %}", 28, "answers.again"),
    ],
)
def test_a_condition_that_holds_after_a_no_too_is_told(
    template: str, column: int, answer: str, tmp_path: Path
) -> None:
    sentence = f'`{answer}` holds after a no, too: write `{answer} == "yes"`.'
    assert told_of(tmp_path, template) == [(2, column, sentence)]


@pytest.mark.parametrize(
    "template",
    [
        '{% if answers.again == "yes" %}Once more.{% endif %}{{ answers.again }}',
        "{% if answers.again %}Again: {{ answers.again }}{% endif %}",
        "{% if answers.again %}{% if answers.again == 'no' %}Never.{% endif %}{% endif %}",
        "{% if answers.again == 'yes' %}A{% elif answers.again %}B{% endif %}",
        "{% if not (answers.place or answers.again) %}Nothing was said.{% endif %}",
        "{% if answers.place or answers.sure %}Something was said.{% endif %}",
        "{{ answers.again or 'Nobody said.' }}",
    ],
)
def test_a_condition_that_knows_of_a_no_is_fine(template: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, template) == []


@pytest.mark.parametrize(
    ("template", "near"),
    [
        ("{{ answers.likeliness }}", " Did you mean `likely`?"),
        ("{{ answers.lunch_day }}{{ answers.lunch }}", " Did you mean `lunch_time`?"),
        ("{{ answers.lunch_day }}{{ answers.lunch_dy }}", " Did you mean `lunch_day`?"),
        ("{{ answers.lunch_day }}{{ answers.lunch_time }}{{ answers.lunch }}", " Did you mean"),
        ("{{ answers.supper }}", " Where it may"),
    ],
)
def test_a_field_that_begins_alike_and_is_not_used_yet_is_offered(
    template: str, near: str, tmp_path: Path
) -> None:
    assert f"`.{near}" in told_of(tmp_path, template)[0][2]


def test_a_word_that_begins_alike_is_nearer_than_one_that_hardly_is() -> None:
    assert nearest("thanks", ["takes", "thank_you"]) == "thank_you"
    assert nearest("thakns", ["takes", "thank_you", "thanks"]) == "thanks"
    assert nearest("mentor_step", ["mentee_step", "mentor_by"]) == "mentee_step"


def one_paragraph(numbers: str) -> str:
    """What is said of lines that become one paragraph."""
    space = "empty lines" if "," in numbers else "an empty line"
    return f"Lines {numbers} become one paragraph: put {space} between them."


@pytest.mark.parametrize(
    ("template", "line", "sentence"),
    [
        (
            "How likely: {{ answers.likely }}\n{{ people.mentee }}: {{ answers.place }}",
            2,
            one_paragraph("2 and 3"),
        ),
        (
            "**Place**: {{ answers.place }}\n**Who pays:** us\n- no\nA: b\nC (d): e\nE: f",
            2,
            one_paragraph("2 and 3"),
        ),
        ("A: b\nC (d): e\nWhat helps: f\n\nG: h", 2, one_paragraph("2, 3 and 4")),
        ("{{ answers.place }}\n{{ answers.likely }}", 2, one_paragraph("2 and 3")),
        ("> {{ people.mentor }}\n> {{ people.mentee }}", 2, one_paragraph("2 and 3")),
        (
            "{{ answers.place | capital }}\n{{ answers.likely }}\n{{ answers.lunch_time }}",
            2,
            one_paragraph("2, 3 and 4"),
        ),
        (
            (
                "{% if answers.place %}\nPlace: {{ answers.place }}\n{% endif %}\n"
                "{% if answers.likely %}\nLikely: {{ answers.likely }}\n{% endif %}\nAnd so on: on"
            ),
            3,
            one_paragraph("3, 6 and 8"),
        ),
        (
            "{% if answers.place %}Place: {{ answers.place }}{% endif %}\nWorry: {{ contact }}",
            2,
            one_paragraph("2 and 3"),
        ),
        (
            "{% for p in prepared %}\n{{ p.name }}: {{ p.day }}\n{% endfor %}\n\nA: b",
            3,
            (
                "From its second time on this becomes one paragraph with the line before it: put "
                "an empty line there."
            ),
        ),
        (
            (
                "{% if people\n %}\n{{ answers.place | labelled('Place') }}\n{# more\n #}\nA: b"
                "{% endif %}"
            ),
            4,
            one_paragraph("4 and 7"),
        ),
    ],
)
def test_lines_with_labels_that_become_one_paragraph_are_told(
    template: str, line: int, sentence: str, tmp_path: Path
) -> None:
    assert (line, 1, sentence) in told_of(tmp_path, template)


@pytest.mark.parametrize(
    "template",
    [
        "A: b\n\nC: d\n",
        "- A: b\n- C: d\n",
        "{{ people.mentor }}\n{{ people.mentee }}",
        "{{ answers.place }}\nis where we eat",
        "A: b  \nC: d\\\nE: f",
        "We begin at 12:30, and say this:\nthen we eat.\nSo it goes on: for long.\n",
        "Who is it for: us.\nWhat each of us would like to eat there: soup.",
        "{% if answers.place %}\nA: b\n{% else %}\nC: d\n{% endif %}",
        "{% if answers.place %}\nA: b\n{% endif %}\n{% if not answers.place %}\nC: d\n{% endif %}",
        "{% for p in prepared %}\n{{ p.name }}: {{ p.day }}\n\n{% endfor %}",
        "{% for p in prepared %}\n\n{{ p.name }}: {{ p.day }}\n{% endfor %}",
        "{% for p in prepared %}{{ p.name }}: {{ p.day }}{% endfor %}",
        "```\nA: b\nC: d\n```\n",
        "A: b\n{%- if people %}\nC: d\n{% endif %}",
        "A: http://one\nC://two\nhow: so\nand: so",
        "> A: b\n> C: d",
    ],
)
def test_lines_that_are_one_paragraph_or_none_are_fine(template: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, template) == []


QUOTED = "put an empty line before it, or begin it with `>`."


@pytest.mark.parametrize(
    ("template", "line", "sentence"),
    [
        (
            "{{ people.mentor | quote }}\nand more",
            3,
            f"This is read as part of the quotation in line 2: {QUOTED}",
        ),
        (
            (
                "{% if answers.place %}\n> {{ answers.place }}\n{% endif %}\n{% if people %}\n"
                "**{{ people.mentor }}** eats\n{% endif %}"
            ),
            6,
            f"This is read as part of the quotation in line 3: {QUOTED}",
        ),
        (
            "{% for goal in answers.goals %}\nThis:\n\n{{ goal | capital | quote }}\n{% endfor %}",
            3,
            (f"From its second time on this is read as part of the quotation in line 5: {QUOTED}"),
        ),
    ],
)
def test_what_a_quotation_takes_in_is_told(
    template: str, line: int, sentence: str, tmp_path: Path
) -> None:
    assert told_of(tmp_path, template) == [(line, 1, sentence)]


@pytest.mark.parametrize(
    "template",
    [
        "{{ people.mentor | quote }}\n\nand more",
        "{{ people.mentor | quote }}\n{{ people.mentee | quote }}\n> and more",
        "{{ people.mentor | quote }}\n# More\n> this\n- that\n> so\n1. one\n> two\n---\n",
        "{% if answers.place %}\n{{ answers.place | quote }}\n{% else %}\nNowhere\n{% endif %}",
        "{% for goal in answers.goals %}\n## This\n\n{{ goal | quote }}\n{% endfor %}",
        "{{ people.mentor | quote | length }}\nand more",
    ],
)
def test_what_a_quotation_leaves_out_is_fine(template: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, template) == []


@pytest.mark.parametrize(
    ("template", "line", "item"),
    [
        ("{% for goal in answers.goals %}\n- {{ goal }}\n{% endfor %}\nand no more", 5, 3),
        ("{% for goal in answers.goals %}\n1. {{ goal }}\n{% endfor %}\n{{ contact }}", 5, 3),
        ("- One\n{% if answers.place %}\n**Place:** {{ answers.place }}\n{% endif %}", 4, 2),
        ("{% if answers.place %}- {{ answers.place }}{% endif %}\nThen we go.", 3, 2),
        ("- One\n{# more #}\nThen we go.", 4, 2),
    ],
)
def test_what_a_list_takes_in_is_told(template: str, line: int, item: int, tmp_path: Path) -> None:
    sentence = f"This is read as part of the list item in line {item}: put an empty line before it."
    assert told_of(tmp_path, template) == [(line, 1, sentence)]


def test_what_a_list_takes_in_when_its_loop_begins_anew_is_told(tmp_path: Path) -> None:
    template = "{% for goal in answers.goals %}\nThis:\n- {{ goal }}\n{% endfor %}"
    again = "From its second time on this is read as part of the list item in line 4: put an"
    assert told_of(tmp_path, template) == [(3, 1, f"{again} empty line before it.")]


@pytest.mark.parametrize(
    "template",
    [
        "{% for goal in answers.goals %}\n- {{ goal }}\n{% endfor %}\n\nand no more",
        "{% for goal in answers.goals %}\n- {{ goal }}\n{% endfor %}\n- and no more",
        "{% for goal in answers.goals %}\n- {{ goal }}\n{% endfor %}\n## More",
        "- One that is long\nand goes on here.\nAnd Here.",
        "- One that is long\n{% if answers.place %}\nand goes on\n{% endif %}\n",
        "- One\n{% if answers.place %}\n  At {{ answers.place }}\n{% endif %}\n",
        "{% if answers.place %}\n- {{ answers.place }}\n{% else %}\nNowhere\n{% endif %}",
    ],
)
def test_what_a_list_leaves_out_is_fine(template: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, template) == []


MEAL = """\
          - {id: spare, label: Spare, type: number, unit: minutes}
          - {id: length, label: How long, type: number, unit: minutes, default: 60}
          - {id: often, label: How often, type: select, choices: [Zoom, Weekly], default: Weekly}
"""


def told_of_meals(folder: Path, template: str) -> list[tuple[int, int, str]]:
    """What is told of a template of an agenda that asks for more."""
    runner, agenda = runner_in(folder, template), folder / "lunch.yaml"
    text = LUNCH.replace("        clause:", f"{MEAL}        clause:")
    agenda.write_text(text, encoding="utf-8")
    problems = AgendaChecker(runner).check(agenda)
    return [each[1:] for each in sentences(p for p in problems if p.file.endswith("our.md.j2"))]


@pytest.mark.parametrize(
    ("template", "line", "column"),
    [
        ("We eat for {{ answers.length }}.", 2, 12),
        ("We eat for {{ answers.length }} each time.", 2, 12),
        ("We give it {{ answers.length }} a month.", 2, 12),
        ("| How often | How long |\n|---|---|\n| So | {{ answers.length }} |", 4, 8),
        ("We eat for {{ answers.length }}.\n\nThe minutes count.", 2, 12),
    ],
)
def test_a_number_without_its_unit_is_told(
    template: str, line: int, column: int, tmp_path: Path
) -> None:
    said = "`answers.length` is a number alone: write `{{ answers.length }} minutes`."
    assert told_of_meals(tmp_path, template) == [(line, column, said)]


@pytest.mark.parametrize(
    "template",
    [
        "We eat for {{ answers.length }} minutes.",
        "We eat for {{ answers.length }} min.",
        "Minutes: {{ answers.length }}",
        "We eat for {{ answers.length }}\nminutes.",
        "We eat for {{ answers.length }}{{ ' minutes' }}",
        "We eat {{ answers.length }} bites.",
        "We eat {{ answers.length }} % of it.",
        "| How often | Minutes |\n|---|---|\n| So | {{ answers.length }} |",
        "{{ answers.length | int }}{{ answers.length or 'No end' }}",
    ],
)
def test_a_number_with_its_unit_is_fine(template: str, tmp_path: Path) -> None:
    assert told_of_meals(tmp_path, template) == []


@pytest.mark.parametrize(
    ("template", "column", "written"),
    [
        ("We eat {{ answers.often }}, and well.", 8, "{{ answers.often | within }}"),
        ("We eat {{ answers.often | sentence }}", 8, "{{ answers.often | within | sentence }}"),
    ],
)
def test_a_choice_with_a_capital_within_a_sentence_is_told(
    template: str, column: int, written: str, tmp_path: Path
) -> None:
    said = f"“Weekly” keeps its capital in the middle of this sentence: write `{written}`."
    assert told_of_meals(tmp_path, template) == [(2, column, said)]


@pytest.mark.parametrize(
    "template",
    [
        "We eat {{ answers.often | within }}.",
        "We eat: {{ answers.often }}",
        "{{ answers.often }}, we eat.",
        "We said “{{ answers.often }}”.",
        "{{ people.mentor }} {{ answers.often }}",
    ],
)
def test_a_choice_with_a_capital_elsewhere_is_fine(template: str, tmp_path: Path) -> None:
    assert told_of_meals(tmp_path, template) == []


@pytest.mark.parametrize(
    ("template", "column", "rest", "part"),
    [
        ("Place: {{ answers.place }}", 8, "“Place:”", "Place: {{ answers.place }}"),
        (
            "- **Place**: {{ answers.place | sentence }}",
            14,
            "“Place:”",
            "- **Place**: {{ answers.place | sentence }}",
        ),
        (
            "{{ people.mentor }}: {{ answers.place }}.",
            22,
            "this label",
            "{{ people.mentor }}: {{ answers.place }}.",
        ),
        (
            "- {{ answers.length }} minutes\n- {{ answers.often }} – at {{ answers.place }}",
            28,
            "“– at”",
            " – at {{ answers.place }}",
        ),
        (
            "{% if answers.often %}Place: {{ answers.place }}{% endif %}",
            30,
            "“Place:”",
            "Place: {{ answers.place }}",
        ),
        (
            "{{ answers.place | quote }}",
            1,
            "the mark of a quotation",
            "{{ answers.place | quote }}",
        ),
        ("> {{ answers.place }}", 3, "the mark of a quotation", "> {{ answers.place }}"),
        ("{{ answers.place | sentence }}", 1, "a full stop", "{{ answers.place | sentence }}"),
        ("Spare: {{ answers.spare }}", 8, "“Spare:”", "Spare: {{ answers.spare }}"),
        ("- Place: „{{ answers.place }}“.", 11, "“Place:”", "- Place: „{{ answers.place }}“."),
    ],
)
def test_a_label_that_may_stand_alone_is_told(
    template: str, column: int, rest: str, part: str, tmp_path: Path
) -> None:
    name = "answers.spare" if "spare" in part else "answers.place"
    written = f"`{{% if {name} %}}{part}{{% endif %}}`"
    said = f"`{name}` may be empty, and then {rest} stands alone: write {written}."
    mended = "\n".join((template[: template.index(part)], written.strip("`")))
    assert [each[1:] for each in told_of_meals(tmp_path, template)] == [(column, said)]
    assert "may be empty" not in f"{told_of_meals(tmp_path, mended)}"


@pytest.mark.parametrize("between", [", ", " and ", " / "])
def test_a_label_that_may_have_nothing_but_what_joins_its_answers_is_told(
    between: str, tmp_path: Path
) -> None:
    template = f"Meal: {{{{ answers.place }}}}{between}{{{{ answers.goals }}}}."
    said = (
        "`answers.place` may be empty, and so may what stands behind it: write "
        "`{% if answers.place %}Meal: {{ answers.place }}{% endif %}`, and the same for each of "
        "the others, with an empty line between."
    )
    assert told_of_meals(tmp_path, template) == [(2, 7, said)]


@pytest.mark.parametrize(
    "template",
    [
        "Place: {{ answers.place }}, at {{ answers.often | within }} o'clock",
        "We eat at {{ answers.place }}",
        "Place: {{ answers.place or 'anywhere' }}",
        "Place: {{ answers.place }}, and that is it",
        "Goals: {{ answers.goals | length }}",
        "How often: {{ answers.often }}",
        "{% if answers.place %}\nPlace: {{ answers.place }}\n{% endif %}",
        "{% for goal in answers.goals %}\n- {{ goal }}: {{ answers.goals }}\n{% endfor %}",
        "{% set place = answers.place %}{% if place %}Place: {{ answers.place }}{% endif %}",
        "| Place | {{ answers.place }} |",
        "What we would say of where it is best: {{ answers.place }}",
    ],
)
def test_a_label_that_never_stands_alone_is_fine(template: str, tmp_path: Path) -> None:
    assert told_of_meals(tmp_path, template) == []


def told_as_unprinted(folder: Path, ours: str) -> list[str]:
    """What is told of clauses that no document has, where ours is the only agreement."""
    runner, agenda = runner_in(folder, ""), folder / "lunch.yaml"
    (folder / "our.md.j2").write_text(ours, encoding="utf-8")
    text = LUNCH.replace("  - {template: our.md.j2, file: our.md}\n", "")
    agenda.write_text(text.replace("contract.md.j2", "our.md.j2"), encoding="utf-8")
    problems = AgendaChecker(runner).check(agenda)
    return [each.sentence for each in problems if each.name == "cut-short"]


def test_a_clause_that_an_agreement_of_ones_own_leaves_out_is_told(tmp_path: Path) -> None:
    (told,) = told_as_unprinted(
        tmp_path, "{% for clause in clauses %}{{ clause.heading }} {% endfor %}"
    )
    assert told.startswith("What is agreed under “Lunch” stands in no document as it was read")
    assert "such as “We eat at " in told
    assert told.endswith("an empty line, and `{% endfor %}`.")


@pytest.mark.parametrize(
    "ours",
    [
        "{% for clause in clauses %}- **{{ clause.text }}**\n{% endfor %}",
        "{% if answers.place %}Lunch is at {{ answers.place }}.{% endif %} {{ answers.goals }}",
    ],
    ids=["as it was read", "in other words"],
)
def test_a_clause_that_an_agreement_of_ones_own_has_is_fine(ours: str, tmp_path: Path) -> None:
    assert told_as_unprinted(tmp_path, ours) == []


def test_nothing_is_told_of_clauses_where_the_bundled_agreement_has_them(tmp_path: Path) -> None:
    runner = runner_in(tmp_path, "{{ answers.place }}")
    problems = AgendaChecker(runner).check(tmp_path / "lunch.yaml")
    assert not [each for each in problems if each.name == "cut-short"]


def test_mistakes_in_several_places_are_told_together(tmp_path: Path) -> None:
    template = "{% if meeting %}\n{{ meeting.date }}\n{% else %}\n{{ session.date }}\n{% endif %}"
    assert [place[:2] for place in told_of(tmp_path, template)] == [(3, 4), (5, 4)]


def test_a_field_that_nobody_asks_is_wrong_where_no_document_could_be_made(tmp_path: Path) -> None:
    hedged = "{% if 'plase' in answers %}{{ answers.plase }}{% endif %}"
    warned = [
        [problem.warning for problem in problems_of(tmp_path, template)]
        for template in ("{{ answers.plase }}", hedged)
    ]
    assert warned == [[False], [True]]


def test_a_template_that_is_no_utf_8_is_told_at_its_first_wrong_character(tmp_path: Path) -> None:
    runner = runner_in(tmp_path, "")
    (tmp_path / "our.md.j2").write_bytes("# Lunch\nGrüße {{ answers.place }}\n".encode("latin-1"))
    problems = AgendaChecker(runner).check(tmp_path / "lunch.yaml")
    wrong = [(p.line, p.column, p.sentence) for p in problems if p.file.endswith("our.md.j2")]
    assert wrong == [(2, 3, "This is not text in UTF-8: save it as that.")]


def test_a_session_does_not_open_where_a_later_answer_would_break_a_document(
    tmp_path: Path,
) -> None:
    runner = runner_in(tmp_path, "{% if meeting %}{{ meeting.date }}{% endif %}")
    agenda = load_agenda(runner.library, str(tmp_path / "lunch.yaml"), None)
    with pytest.raises(TemplateProblem, match=r"^our\.md\.j2:2:20: There is no `meeting\.date`"):
        check_documents(runner, agenda)


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{# soon", "`{#` is opened here and never closed: write `#}` where it ends."),
        (
            "{% raw %}{{ people.mentor }}",
            "`{% raw %}` is opened here and never closed: write `{% endraw %}` where it ends.",
        ),
    ],
)
def test_a_session_does_not_open_with_what_is_never_closed(
    template: str, sentence: str, tmp_path: Path
) -> None:
    runner = runner_in(tmp_path, template)
    agenda = load_agenda(runner.library, str(tmp_path / "lunch.yaml"), None)
    with pytest.raises(TemplateProblem) as caught:
        check_documents(runner, agenda)
    assert str(caught.value) == f"our.md.j2:2:1: {sentence}"


@pytest.mark.parametrize(
    "template",
    ["We meet.\n\n~~~ but never in May\nAt noon.\n~~~\n", "We meet.\n\n[but]: never-in-May\n"],
)
def test_a_session_does_not_open_with_an_agreement_whose_page_would_hide_words(
    template: str, tmp_path: Path
) -> None:
    runner = runner_in(tmp_path, "")
    (tmp_path / "ours.md.j2").write_text(template, encoding="utf-8")
    path = tmp_path / "accepted.yaml"
    path.write_text(yaml_text("small").replace("contract.md.j2", "ours.md.j2"), encoding="utf-8")
    agenda = load_agenda(runner.library, str(path), None)
    with pytest.raises(TemplateProblem, match=r"^ours\.md\.j2:1:1: No page would show all words"):
        check_documents(runner, agenda)


@pytest.mark.parametrize(
    ("name", "document"),
    [("notes.md.j2", "the document that it is for"), ("pact.md.j2", "`pact.md`")],
)
def test_a_template_that_no_document_names_is_told(
    name: str, document: str, tmp_path: Path
) -> None:
    runner = runner_in(tmp_path, "Hello")
    agenda = tmp_path / "lunch.yaml"
    agenda.write_text(LUNCH.replace("file: contract.md", "file: pact.md"), encoding="utf-8")
    (tmp_path / name).write_text("{{ answers.nothing }}", encoding="utf-8")
    told = [each.sentence for each in AgendaChecker(runner).check(agenda)]
    sentence = f"`{name}` lies beside this agenda, and no document uses it: to use it, write that"
    assert f"{sentence} name behind the `template` of {document}." in told


# --- One person's part


def test_the_part_of_one_person_leads_to_the_field_of_that_person(tmp_path: Path) -> None:
    text = LUNCH.replace(
        "{id: goals, label", "{id: wish_mentee, label: Wish}\n          - {id: goals, label"
    )
    (tmp_path / "lunch.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "our.md.j2").write_text("{{ answers.wish.mentee }}", encoding="utf-8")
    runner = SessionRunner(library(tmp_path / "no-home"), FakeClock())
    told = [each.sentence for each in AgendaChecker(runner).check(tmp_path / "lunch.yaml")]
    assert (
        "`lunch` has no field `wish`: for `answers.wish.mentee`, write `answers.wish_mentee`."
    ) in told


@pytest.mark.parametrize("label", ["Mood:", ">"])
def test_a_label_before_an_answer_of_each_is_told_as_that_alone(label: str, tmp_path: Path) -> None:
    ((_, _, sentence),) = told_of(tmp_path, f"{label} {{{{ answers.mood }}}}")
    assert sentence == OF_EACH


@pytest.mark.parametrize(("mentor", "said"), [("", False), ("tired", True)])
def test_an_answer_of_each_is_there_if_one_of_the_two_gave_it(mentor: str, said: bool) -> None:
    assert bool(SaidByEach({"mentor": mentor, "mentee": ""}, "answers.mood")) is said
