"""Beginning an agenda of one's own, and keeping it under a name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import UNHURRIED, first_session_text
from support.commands import ran
from support.faults import sentences
from support.terminals import FakeClock

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.lint import Documents, warnings_of
from mentorwalk.authoring.loading import load_agenda
from mentorwalk.authoring.starter import StarterOptions, copied, id_from, starter
from mentorwalk.authoring.validation import examine
from mentorwalk.domain.errors import InputError, ProblemsFound, Stopped
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.storage.library import SCHEMA, library
from mentorwalk.workflows.agenda_check import AgendaChecker
from mentorwalk.workflows.agenda_new import ask_for_agenda
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.trial import check_documents

if TYPE_CHECKING:
    from pathlib import Path


def found_in(text: str) -> list[tuple[str, int, int, str]]:
    """What the workbench has against a text."""
    examined = examine(Source("new.yaml", text))
    return sentences([*examined.problems, *warnings_of(examined, Documents())])


@pytest.mark.slow
@UNHURRIED
@given(
    st.builds(
        StarterOptions,
        title=st.sampled_from(["A talk", "Ready: # 1, set & go?", "“Ja”", "- [x", "Привет"]),
        minutes=st.integers(20, 180),
        language=st.sampled_from(["en", "no", "pt-BR"]),
        kind=st.sampled_from(["classic", "reverse"]),
    )
)
def test_a_new_agenda_checks_clean_whatever_was_wanted(wanted: StarterOptions) -> None:
    agenda = agenda_from(Source("new.yaml", starter(wanted)))
    assert (agenda.title, agenda.minutes) == (wanted.title, wanted.minutes)
    assert found_in(starter(wanted)) == []


def test_a_new_agenda_of_the_junior_mentor_names_the_senior() -> None:
    agenda = agenda_from(Source("new.yaml", starter(StarterOptions("Up", kind="reverse"))))
    assert (agenda.roles.mentor, agenda.roles.mentee) == ("Mentor", "Senior")


def test_a_title_gives_an_id() -> None:
    expected: dict[str, str] = {
        "Our First Talk": "our-first-talk",
        "Über uns!": "uber-uns",
        "Größe 1": "grosse-1",
        "Łódź": "lodz",
        "Smørrebrød": "smorrebrod",
        "3 steps": "our-3-steps",
        "Привет": "our-session",
    }
    assert {text: id_from(text) for text in expected} == expected


def test_a_copy_differs_in_nothing_but_its_id() -> None:
    text = first_session_text()
    assert copied(text, "ours").replace("id: ours\n", "id: first-session\n") == text


def asked(typed: str) -> StarterOptions:
    """What becomes of what was typed line by line."""
    return ask_for_agenda(PlainFrontend(io.StringIO(typed), io.StringIO()), FakeClock())


def test_a_few_answers_make_an_agenda() -> None:
    assert asked("Coffee\n45\npl\n2\n") == StarterOptions("Coffee", 45, "pl", "reverse")


def test_nothing_but_a_title_is_needed() -> None:
    assert asked("\nCoffee\n\n\n\n") == StarterOptions("Coffee")


def test_no_language_stands_there_to_type_behind() -> None:
    screen = io.StringIO()
    ask_for_agenda(PlainFrontend(io.StringIO("Coffee\n\n\n\n"), screen), FakeClock())
    asked_for_language = screen.getvalue().split("In which language")[1].split("Who is")[0]
    assert asked_for_language.endswith("Such as en, pl, de. Leave it empty for English.\n")


def test_no_answer_can_be_taken_back_where_one_is_needed() -> None:
    screen = io.StringIO()
    ask_for_agenda(PlainFrontend(io.StringIO("Coffee\n\n\n\n"), screen), FakeClock())
    assert "takes it back" not in screen.getvalue()
    assert "Enter keeps: 60 minutes\n" in screen.getvalue()


@pytest.mark.parametrize("minutes", [20, 37, 60, 180])
def test_the_cards_of_a_new_agenda_add_up_to_its_length(minutes: int) -> None:
    agenda = agenda_from(Source("new.yaml", starter(StarterOptions("A talk", minutes))))
    assert sum(prompt.minutes for prompt in agenda.prompts.values()) == minutes


def test_what_is_no_language_is_asked_once_more() -> None:
    assert asked("Coffee\n\nPolish\npl\n\n") == StarterOptions("Coffee", 60, "pl")


def test_whoever_leaves_leaves_nothing_behind() -> None:
    with pytest.raises(Stopped):
        asked("Coffee\n")


# The commands


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text("mine", encoding="utf-8")
    ended = ran("agenda", "new", file, "--from", "first-session")
    assert (ended.code, "already exists" in ended.err) == (1, True)
    assert file.read_text(encoding="utf-8") == "mine"


def test_nothing_is_asked_for_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ended = ran("agenda", "new", tmp_path / "nowhere" / "ours.yaml")
    assert (ended.code, "There is no such folder" in ended.err) == (1, True)


def test_a_copy_of_a_bundled_agenda_can_be_begun(tmp_path: Path) -> None:
    file = tmp_path / "Our Talk.yaml"
    assert ran("agenda", "new", file, "--from", "first-session").code == 0
    assert file.read_text(encoding="utf-8") == copied(first_session_text(), "our-talk")


def test_the_schema_lies_beside_a_new_agenda_for_editors(tmp_path: Path) -> None:
    assert ran("agenda", "new", tmp_path / "ours.yaml", "--from", "check-in").code == 0
    schema = tmp_path / "agenda.schema.json"
    assert schema.read_text(encoding="utf-8") == SCHEMA.read_text(encoding="utf-8")


def test_a_schema_that_lies_there_is_left_as_it_is(tmp_path: Path) -> None:
    schema = tmp_path / "agenda.schema.json"
    schema.write_text("mine", encoding="utf-8")
    assert ran("agenda", "new", tmp_path / "ours.yaml", "--from", "check-in").code == 0
    assert schema.read_text(encoding="utf-8") == "mine"


OWN = starter(StarterOptions("Acme")).replace("summary.md.j2", "acme.md.j2")


def bench(folder: Path) -> AgendaChecker:
    """A workbench with a home in a folder."""
    return AgendaChecker(SessionRunner(library(folder / "home"), FakeClock()))


def programme(folder: Path, agenda: str = OWN) -> Path:
    """A programme's folder with its agenda and its templates."""
    (folder / "acme.yaml").write_text(agenda, encoding="utf-8")
    (folder / "acme.md.j2").write_text(
        '{% include "part.j2" %}{{ phases | length }}', encoding="utf-8"
    )
    (folder / "part.j2").write_text("Part", encoding="utf-8")
    return folder / "acme.yaml"


def test_an_added_agenda_is_walked_by_its_name_with_its_own_templates(tmp_path: Path) -> None:
    added = bench(tmp_path).add(programme(tmp_path), "acme")
    home = tmp_path / "home" / "agendas" / "acme"
    assert added == [home / "acme.yaml", home / "acme.md.j2", home / "part.j2"]
    runner = bench(tmp_path).runner
    script = load_agenda(runner.library, "acme", None)
    check_documents(runner, script)
    assert (script.agenda.id, script.templates) == ("acme", (str(home),))


def test_an_agenda_can_be_added_again_when_it_has_changed(tmp_path: Path) -> None:
    bench(tmp_path).add(programme(tmp_path), "acme")
    changed = OWN.replace("acme.md.j2", "summary.md.j2").replace("Acme", "Anew")
    added = bench(tmp_path).add(programme(tmp_path, changed), "acme")
    assert [path.name for path in added[0].parent.iterdir()] == ["acme.yaml"]
    assert load_agenda(bench(tmp_path).runner.library, "acme", None).agenda.title == "Anew"


def test_files_of_somebody_else_beside_a_kept_agenda_stay(tmp_path: Path) -> None:
    folder = bench(tmp_path).add(programme(tmp_path), "acme")[0].parent
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "slides").mkdir()
    (folder / "slides" / "1.txt").write_text("mine", encoding="utf-8")
    changed = OWN.replace("acme.md.j2", "summary.md.j2")
    bench(tmp_path).add(programme(tmp_path, changed), "acme")
    assert sorted(path.name for path in folder.rglob("*")) == [
        "1.txt",
        "acme.yaml",
        "notes.txt",
        "slides",
    ]


def test_an_agenda_is_not_kept_in_a_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "home" / "agendas").mkdir(parents=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "home" / "agendas" / "acme").symlink_to(tmp_path / "mine")
    with pytest.raises(InputError, match="This is a link, so it is left alone"):
        bench(tmp_path).add(programme(tmp_path), "acme")
    assert list((tmp_path / "mine").iterdir()) == []


def test_an_agenda_with_errors_is_not_added(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound):
        bench(tmp_path).add(programme(tmp_path, OWN.replace("title: |", "titel: |")), "acme")
    assert not (tmp_path / "home").exists()


def test_an_agenda_whose_template_is_nowhere_is_not_added(tmp_path: Path) -> None:
    file = programme(tmp_path)
    (tmp_path / "part.j2").unlink()
    with pytest.raises(InputError, match=r"There is no template `part\.j2`"):
        bench(tmp_path).add(file, "acme")


@pytest.mark.parametrize("name", ["first-session", "../x", "Acme", "", "a b", ".a", "nul"])
def test_a_name_must_be_plain_and_its_own(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be its name"):
        bench(tmp_path).add(programme(tmp_path), name)
