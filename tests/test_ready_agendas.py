"""An agenda that was added is ready to load: decoded beforehand, while its texts are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.commands import ran_in

from mentorwalk.authoring.reading import agenda_from, read_agenda
from mentorwalk.authoring.ready import ready_agenda, ready_whole
from mentorwalk.authoring.starter import StarterOptions, starter
from mentorwalk.authoring.syntax.source import digest_of
from mentorwalk.storage.library import Library

if TYPE_CHECKING:
    from pathlib import Path

RIVER = starter(StarterOptions("River"))
EXTENDING = "mentorwalk: 1\nid: ours\nextends: {}\ntitle: Ours\n"
TEXTS = {
    "one that stands alone": RIVER.replace("id: river", "id: ours"),
    "one that extends a bundled one": EXTENDING.format("first-session"),
    "one that extends another beside it": EXTENDING.format("river"),
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library in which nothing is kept yet."""
    (tmp_path / "river.yaml").write_text(RIVER, encoding="utf-8")
    return Library(tmp_path / "home", tmp_path / "home" / "documents")


def added(library: Library, text: str) -> Path:
    """The file of an agenda after it was added."""
    path = library.home.parent / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    assert ran_in(library.home, "agenda", "add", path).code == 0
    return library.agendas / "ours" / "ours.yaml"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_was_added_is_ready_as_its_text_is_read(library: Library, text: str) -> None:
    path = added(library, text)
    found, read = ready_agenda(library, path), read_agenda(library, path)
    agenda = agenda_from(read)
    assert found is not None
    assert repr(found.agenda) == repr(agenda)
    assert (found.source.text, [*found.source.parents]) == (read.text, [*read.parents])
    assert found.source.whole_text(agenda) == read.whole_text(agenda)


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_session_that_was_begun_with_it_finds_it_by_its_whole_text(
    library: Library, text: str
) -> None:
    source = read_agenda(library, added(library, text))
    agenda = agenda_from(source)
    whole = digest_of(source.whole_text(agenda))
    assert repr(ready_whole(library, whole)) == repr(agenda)
    assert ready_whole(library, "0" * 64) is None


def test_a_text_that_was_changed_is_read(library: Library) -> None:
    path = added(library, TEXTS["one that stands alone"])
    path.write_text(path.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    assert ready_agenda(library, path) is None


def test_what_extends_a_text_that_was_changed_is_read(library: Library) -> None:
    path = added(library, TEXTS["one that extends another beside it"])
    (path.parent / "river.yaml").write_text(RIVER + "# ours\n", encoding="utf-8")
    assert ready_agenda(library, path) is None


def test_what_extends_a_name_that_means_another_agenda_by_now_is_read(library: Library) -> None:
    path = added(library, TEXTS["one that extends a bundled one"])
    (path.parent / "first-session.yaml").write_text(RIVER, encoding="utf-8")
    assert ready_agenda(library, path) is None


def test_what_extends_a_text_that_is_gone_is_read(library: Library) -> None:
    path = added(library, TEXTS["one that extends another beside it"])
    (path.parent / "river.yaml").unlink()
    assert ready_agenda(library, path) is None


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b"0\n[]"])
def test_what_is_not_as_it_was_written_is_no_agenda(library: Library, damage: bytes) -> None:
    path = added(library, TEXTS["one that stands alone"])
    (library.cache / "ours.json").write_bytes(damage)
    assert ready_agenda(library, path) is None


def test_one_letter_that_was_changed_is_found(library: Library) -> None:
    path = added(library, TEXTS["one that stands alone"])
    kept = library.cache / "ours.json"
    kept.write_bytes(kept.read_bytes().replace(b"River", b"Riven", 1))
    assert ready_agenda(library, path) is None


def test_an_agenda_from_elsewhere_is_always_read(library: Library) -> None:
    path = added(library, TEXTS["one that stands alone"])
    elsewhere = library.home.parent / "ours.yaml"
    assert elsewhere.read_bytes() == path.read_bytes()
    assert ready_agenda(library, elsewhere) is None


def test_it_is_gone_with_the_agenda(library: Library) -> None:
    added(library, TEXTS["one that stands alone"])
    assert ran_in(library.home, "agenda", "remove", "ours", "--yes").code == 0
    assert [path for path in library.home.rglob("*") if path.is_file()] == []


def test_where_it_cannot_be_kept_the_agenda_is_added_all_the_same(library: Library) -> None:
    library.home.mkdir(mode=0o700)
    library.cache.write_text("a file in the place of the folder", encoding="utf-8")
    path = added(library, TEXTS["one that stands alone"])
    assert (path.is_file(), ready_agenda(library, path)) == (True, None)
