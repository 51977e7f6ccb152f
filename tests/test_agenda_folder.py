"""A programme's folder: all its agendas are added or none, told what changes, and taken away."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from support.commands import Ran, ran_in

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.comparing import differences
from mentorwalk.authoring.starter import StarterOptions, starter

if TYPE_CHECKING:
    from pathlib import Path

OWN = starter(StarterOptions("Acme")).replace("summary.md.j2", "acme.md.j2")
COFFEE = starter(StarterOptions("Coffee")).replace("phases:", "next: acme\n\nphases:", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme's folder: two agendas, a template, and what is neither."""
    (tmp_path / "ours" / "more").mkdir(parents=True)
    (tmp_path / "ours" / "acme.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "ours" / "acme.md.j2").write_text("{{ phases | length }}", encoding="utf-8")
    (tmp_path / "ours" / "answers.yaml").write_text("purpose: to learn\n", encoding="utf-8")
    (tmp_path / "ours" / "more" / "coffee.yml").write_text(COFFEE, encoding="utf-8")
    (tmp_path / "ours" / "more" / "logo.png").write_bytes(b"\x89PNG")
    return tmp_path / "ours"


def kept(home: Path) -> list[str]:
    """The files of one's own agendas in a home."""
    files = (path for path in (home / "agendas").rglob("[!.]*") if path.is_file())
    return sorted(str(path.relative_to(home / "agendas")) for path in files)


# --- Adding


def test_all_agendas_of_a_folder_are_added_with_their_templates(folder: Path) -> None:
    home = folder.parent / "home"
    ended = ran_in(home, "agenda", "add", folder)
    assert (ended.code, kept(home)) == (
        0,
        ["acme/acme.md.j2", "acme/acme.yaml", "coffee/coffee.yaml"],
    )
    assert ended.err.splitlines() == [
        "acme: new.",
        "coffee: new.",
        "Passed over, as no part of an agenda: answers.yaml, more/logo.png.",
        f"Walk it with: mentorwalk start acme --home {home}",
        f"Walk it with: mentorwalk start coffee --home {home}",
    ]


def test_where_one_agenda_is_broken_all_its_problems_are_told_and_none_is_added(
    folder: Path,
) -> None:
    broken = COFFEE.replace("title: |", "titel: |", 1)
    (folder / "more" / "coffee.yml").write_text(broken, encoding="utf-8")
    (folder / "First talk.yaml").write_text(COFFEE, encoding="utf-8")
    home = folder.parent / "home"
    ended = ran_in(home, "agenda", "add", folder)
    told = [line for line in ended.err.splitlines() if line.startswith(str(folder))]
    assert (ended.code, ended.out, home.exists()) == (1, "", False)
    assert [line.removeprefix(f"{folder}/") for line in told] == [
        (
            "First talk.yaml:1:1: `First talk` cannot be its name: rename the file to one of "
            "small letters, digits, `-` and `_`, that neither a bundled agenda nor a device of "
            "Windows has."
        ),
        "more/coffee.yml:10:1: There is no key `titel` here. Did you mean `title`?",
    ]
    assert ended.err.splitlines()[-1] == "Nothing was added."


def test_an_agenda_beside_is_no_bundled_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "first-session.yaml").write_text(COFFEE, encoding="utf-8")
    peer = "mentorwalk: 1\nid: peer\nextends: first-session\nleave_out: [farewell]\n"
    (tmp_path / "peer.yaml").write_text(peer, encoding="utf-8")
    ended = ran_in(tmp_path / "home", "agenda", "check", tmp_path / "peer.yaml")
    told = "4:13: error: `first-session.yaml` has nothing called `farewell`."
    assert ended.out.splitlines()[0] == f"{tmp_path / 'peer.yaml'}:{told}"


@pytest.mark.parametrize(("other", "told"), [("coffee", True), ("tea", False)])
def test_an_earlier_copy_of_an_agenda_is_no_other_one(
    tmp_path: Path, other: str, told: bool
) -> None:
    agenda = COFFEE.replace("recall: [purpose]", "recall: [purpose, hopes_before]")
    earlier = COFFEE.replace(
        "id: purpose\n            label", "id: hopes_before\n            label"
    )
    earlier = earlier.replace("id: coffee", f"id: {other}")
    (tmp_path / "coffee.yaml").write_text(agenda, encoding="utf-8")
    (tmp_path / "coffee-2025.yaml").write_text(earlier, encoding="utf-8")
    ended = ran_in(tmp_path / "home", "agenda", "check", tmp_path / "coffee.yaml")
    sentence = "warning: No agenda that is known here writes down `hopes_before`"
    assert (sentence in ended.out) is told


def test_agendas_with_the_same_id_are_told(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "ours" / name).write_text(COFFEE, encoding="utf-8")
    told = (
        "`a` and `b` have the same `id: coffee`, and are taken for one agenda where it is looked "
        "for: give each its own."
    )
    ended = ran_in(tmp_path / "home", "agenda", "add", tmp_path / "ours")
    assert (ended.code, told in ended.err.splitlines()) == (0, True)


def test_two_agendas_of_one_name_are_not_added(folder: Path) -> None:
    (folder / "more" / "acme.yaml").write_text(OWN, encoding="utf-8")
    home = folder.parent / "home"
    assert ran_in(home, "agenda", "add", folder) == Ran(
        1,
        "",
        f"{folder / 'acme.yaml'} and {folder / 'more' / 'acme.yaml'} would both be called "
        "`acme`: rename one of them. Nothing was added.\n",
    )


def test_a_folder_without_an_agenda_is_told(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("purpose: x\n", encoding="utf-8")
    ended = ran_in(tmp_path / "home", "agenda", "add", tmp_path)
    assert (ended.code, ended.err) == (
        1,
        (
            f"{tmp_path}: There is no agenda in this folder. An agenda is a file that ends in "
            ".yaml or .yml and says `mentorwalk:` at the beginning of a line.\n"
        ),
    )


def test_a_name_is_for_one_agenda(folder: Path) -> None:
    assert ran_in(folder.parent / "home", "agenda", "add", folder, "--name", "x").code == 2


# --- Adding again


@pytest.mark.parametrize(
    ("changed", "template", "told"),
    [
        (OWN, "{{ phases | length }}", "kept already, nothing changes"),
        (f"# Ours.\n{OWN}", "{{ phases | length }}", "changes only comments and spaces"),
        (OWN, "{{ phases | length }}.", "changes `acme.md.j2`"),
        (
            OWN.replace("title: |\n  Acme", "title: |\n  Anew"),
            "{{ phases | length }}",
            "changes `title`",
        ),
    ],
    ids=["nothing", "a comment", "a template", "the title"],
)
def test_an_agenda_that_is_added_again_says_what_changes(
    folder: Path, changed: str, template: str, told: str
) -> None:
    home, file = folder.parent / "home", folder / "acme.yaml"
    ran_in(home, "agenda", "add", file)
    file.write_text(changed, encoding="utf-8")
    (folder / "acme.md.j2").write_text(template, encoding="utf-8")
    assert ran_in(home, "agenda", "add", file).err.splitlines()[0] == f"acme: {told}."


def test_another_agenda_does_not_take_the_place_of_one_that_is_kept(folder: Path) -> None:
    home, coffee = folder.parent / "home", folder / "more" / "coffee.yml"
    ran_in(home, "agenda", "add", folder / "acme.yaml")
    refused = ran_in(home, "agenda", "add", coffee, "--name", "acme")
    removes = f"mentorwalk agenda remove acme --home {home}"
    assert refused == Ran(
        1,
        "",
        "`acme` is kept already, and is another agenda (`id: acme`, not `coffee`): it stays. "
        f"`{removes}` takes it away, or choose another name with --name.\n",
    )
    assert (home / "agendas" / "acme" / "acme.yaml").read_text(encoding="utf-8") == OWN


def test_another_agenda_stays_also_if_it_cannot_be_used_any_more(folder: Path) -> None:
    home = folder.parent / "home"
    ran_in(home, "agenda", "add", folder / "acme.yaml")
    kept_file = home / "agendas" / "acme" / "acme.yaml"
    kept_file.write_text("mentorwalk: 1\nid: acme\nphases: none\n", encoding="utf-8")
    refused = ran_in(home, "agenda", "add", folder / "more" / "coffee.yml", "--name", "acme")
    assert (refused.code, "another agenda (`id: acme`, not `coffee`)" in refused.err) == (1, True)


def test_in_a_folder_another_agenda_is_told_with_its_file_and_none_is_added(folder: Path) -> None:
    home = folder.parent / "home"
    ran_in(home, "agenda", "add", folder / "acme.yaml", "--name", "coffee")
    refused = ran_in(home, "agenda", "add", folder)
    assert (refused.code, refused.out) == (1, "")
    assert f"{folder / 'more' / 'coffee.yml'}:1:1: `coffee` is kept already" in refused.err
    assert "takes it away, or rename the file." in refused.err


def test_what_was_changed_by_hand_in_a_kept_agenda_is_kept_when_it_is_added_again(
    folder: Path,
) -> None:
    home, file = folder.parent / "home", folder / "acme.yaml"
    place = home / "agendas" / "acme"
    ran_in(home, "agenda", "add", file)
    by_hand = {"acme.yaml": f"{OWN}# Ask for tea.\n", "acme.md.j2": "By hand {{ phases | length }}"}
    for name, text in by_hand.items():
        (place / name).write_text(text, encoding="utf-8")
    added = ran_in(home, "agenda", "add", file)
    asides = [place / "acme.edited.yaml", place / "acme.md.edited.j2"]
    assert added.code == 0
    for aside, text in zip(asides, by_hand.values(), strict=True):
        assert f"What was changed by hand is kept as {aside}.\n" in added.err
        assert aside.read_text(encoding="utf-8") == text
    assert (place / "acme.yaml").read_text(encoding="utf-8") == OWN


def test_an_update_of_what_nobody_changed_by_hand_keeps_no_copy(folder: Path) -> None:
    home, file = folder.parent / "home", folder / "acme.yaml"
    ran_in(home, "agenda", "add", file)
    for text in (f"{OWN}# Newer.\n", f"{OWN}# Newest.\n"):
        file.write_text(text, encoding="utf-8")
        assert "by hand" not in ran_in(home, "agenda", "add", file).err
    assert kept(home) == ["acme/acme.md.j2", "acme/acme.yaml"]


def test_changes_are_told_by_minutes_cards_fields_and_keys() -> None:
    before = agenda_from(Source("a.yaml", OWN))
    first, *others = before.phases
    welcome, story = first.prompts
    cards = (replace(story, ask="Which?"), replace(welcome, id="hello-again"))
    now = replace(before, minutes=45, about="", phases=(replace(first, prompts=cards), *others))
    assert differences(before, now) == (
        "45 minutes instead of 60",
        "card new: hello-again",
        "card changed: story",
        "card gone: welcome",
        "changes `about`",
    )
    assert differences(before, before) == ()
    assert differences(before, replace(before, about=""), ["`a.md.j2`"]) == (
        "changes `about`, `a.md.j2`",
    )
    turned = replace(before, phases=(replace(first, prompts=(story, welcome)), *others))
    assert differences(before, turned) == ("another order of the cards",)


def test_of_many_changes_the_first_few_are_named() -> None:
    before = agenda_from(Source("a.yaml", OWN))
    now = replace(before, phases=before.phases[:1])
    assert differences(before, now)[0] == (
        "cards gone: direction, rhythm, step, lines, agree, and 1 more"
    )


# --- The list


def test_the_list_says_whose_an_agenda_is_its_language_and_since_when(folder: Path) -> None:
    home = folder.parent / "home"
    text = OWN.replace("language: en", "language: pl\nversion: 3")
    (folder / "acme.yaml").write_text(text, encoding="utf-8")
    ran_in(home, "agenda", "add", folder / "acme.yaml")
    noon = datetime(2026, 11, 24, 12).timestamp()  # noqa: DTZ001 - the day as it is here
    os.utime(home / "agendas" / "acme" / "acme.yaml", (noon, noon))
    lines = ran_in(home, "agenda", "list").out.splitlines()
    assert [line for line in lines if line.startswith(("acme ", "check-in "))] == [
        "acme  Acme, 45 to 90 minutes, your own, pl, version 3, added 24 November 2026",
        "check-in  Half-way check-in, 30 to 45 minutes, bundled, en",
    ]


# --- Removing


def test_an_agenda_is_removed_after_asking(folder: Path) -> None:
    home = folder.parent / "home"
    ran_in(home, "agenda", "add", folder)
    for typed, code in (("", 130), ("n\n", 1)):
        ended = ran_in(home, "agenda", "remove", "acme", typed=typed)
        assert (ended.code, ended.err) == (code, "Nothing was removed.\n")
    ended = ran_in(home, "agenda", "remove", "acme", typed="y\n")
    assert (ended.code, kept(home)) == (0, ["coffee/coffee.yaml"])
    assert ended.out.splitlines() == [
        str(home / "agendas" / "acme" / "acme.yaml"),
        str(home / "agendas" / "acme" / "acme.md.j2"),
        "coffee leads to it, and would find nothing there any more.",
        "Documents stay as they are; without its templates they cannot be written anew.",
        "Remove this? Sessions that were begun with it can go on. [y/N] removed acme",
    ]
    assert not (home / "agendas" / "acme").exists()


def test_what_somebody_else_put_beside_a_removed_agenda_stays(folder: Path) -> None:
    home = folder.parent / "home"
    ran_in(home, "agenda", "add", folder)
    (home / "agendas" / "coffee" / "mine.txt").write_text("mine", encoding="utf-8")
    assert ran_in(home, "agenda", "remove", "coffee", "--yes").code == 0
    assert kept(home) == ["acme/acme.md.j2", "acme/acme.yaml", "coffee/mine.txt"]


def test_an_agenda_with_problems_can_be_removed(tmp_path: Path) -> None:
    (tmp_path / "agendas").mkdir()
    (tmp_path / "agendas" / "old.yaml").write_text("mentorwalk: 1\n", encoding="utf-8")
    assert ran_in(tmp_path, "agenda", "remove", "old", "--yes").code == 0
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("check-in", "`check-in` is bundled: it comes with mentorwalk, and stays with it.\n"),
        ("./check-in.yaml", "check-in.yaml was not added: name one that"),
        ("chek-in", "There is no agenda called `chek-in`. Did you mean `check-in`?"),
    ],
)
def test_only_what_was_added_can_be_removed(name: str, told: str, tmp_path: Path) -> None:
    ended = ran_in(tmp_path, "agenda", "remove", name, "--yes")
    assert (ended.code, ended.err.startswith(told)) == (1, True)
