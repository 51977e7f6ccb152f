"""Documents are written in one piece, for their owner only, and no edit is lost."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from support.sample_sessions import (
    BUNDLED,
    FIRST_SESSION,
    USUAL,
    Story,
    accept,
    rendered,
    walked,
    with_template,
)

from mentorwalk.documents import Renderer, Written, write_documents
from mentorwalk.documents.html import page
from mentorwalk.domain.errors import StorageError, TemplateProblem
from mentorwalk.domain.events import Answered
from mentorwalk.domain.outcomes import Document
from mentorwalk.storage.files import write_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda


@dataclass(frozen=True)
class Shelf:
    """A folder for documents, and the session's own folder."""

    documents: Path
    working: Path

    def write(self, story: Story, renderer: Renderer = BUNDLED) -> Written:
        """Write a session's documents."""
        return write_documents(story.session, renderer, self.documents, self.working)

    def texts(self) -> dict[str, str]:
        """Everything that lies in the documents' folder."""
        return {p.name: p.read_text(encoding="utf-8") for p in self.documents.iterdir()}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path / "documents", tmp_path / "session")
    made.documents.mkdir()
    made.working.mkdir()
    return made


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o177, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set each of the usual and unusual umasks."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def both(story: Story, renderer: Renderer = BUNDLED) -> dict[str, str]:
    """The documents of a session as they are rendered, each with its page."""
    texts = {d.file: rendered(story, d.file, renderer) for d in FIRST_SESSION.documents}
    return texts | {drawn(name): page_of(text) for name, text in texts.items()}


def drawn(name: str) -> str:
    """The name of a document's page."""
    return name.replace(".md", ".html")


def page_of(text: str) -> str:
    """A document's page; both documents here begin with a title, and a page names a page."""
    return page(text.replace("(contract.md)", "(contract.html)"), "en", "")


def later(story: Story) -> Story:
    """The same session after an answer that the agreement holds was changed."""
    story.happens(Answered, field="response", value="Within a week")
    return story


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- One file


@pytest.mark.usefixtures("umask")
def test_a_file_is_for_its_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    write_private(tmp_path / "summary.md", "words")

    assert mode(tmp_path / "summary.md") == 0o600


def test_a_file_that_others_could_read_is_for_its_owner_only_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("earlier", encoding="utf-8")
    path.chmod(0o644)

    write_private(path, "words")

    assert mode(path) == 0o600


def test_a_file_holds_what_was_written_and_nothing_else_lies_beside_it(tmp_path: Path) -> None:
    write_private(tmp_path / "summary.md", "Zażółć\n我想\n")

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "summary.md": "Zażółć\n我想\n".encode()
    }


def test_a_file_is_replaced_and_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("earlier", encoding="utf-8")
    (tmp_path / "another-name").hardlink_to(path)

    write_private(path, "words")

    assert (tmp_path / "another-name").read_text(encoding="utf-8") == "earlier"


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("earlier", encoding="utf-8")

    with pytest.raises(UnicodeEncodeError):
        write_private(path, "cannot be encoded: \ud800")

    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {
        "summary.md": "earlier"
    }


def test_a_file_below_another_file_cannot_be_written_and_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = tmp_path / "file" / "summary.md"

    with pytest.raises(StorageError) as told:
        write_private(path, "words")

    assert str(told.value) == f"{path}: This file cannot be written (Not a directory)."


def test_a_folder_in_the_place_of_a_file_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "summary.md").mkdir()

    with pytest.raises(StorageError, match=r"summary\.md: This file cannot be written"):
        write_private(tmp_path / "summary.md", "words")

    assert [path.name for path in tmp_path.iterdir()] == ["summary.md"]


# --- All documents of a session


def test_every_document_is_written_as_it_is_rendered(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))

    assert shelf.texts() == both(walked(USUAL))


def test_the_files_are_told_in_the_order_of_the_agenda(shelf: Shelf) -> None:
    names = ("summary.md", "summary.html", "contract.md", "contract.html")

    told = shelf.write(walked(USUAL))

    assert told == Written(tuple(shelf.documents / name for name in names), ())


@pytest.mark.usefixtures("umask")
def test_all_that_is_written_is_for_its_owner_only_whatever_the_umask(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))

    modes = {
        p.name: mode(p) for folder in (shelf.documents, shelf.working) for p in folder.iterdir()
    }
    assert modes == dict.fromkeys([*both(walked(USUAL)), "rendered.json"], 0o600)


def test_nothing_is_written_where_one_document_cannot_be_rendered(
    shelf: Shelf, tmp_path: Path
) -> None:
    renderer = with_template(tmp_path / "templates", "contract.md.j2", "{{ nobody }}")

    with pytest.raises(TemplateProblem):
        shelf.write(walked(USUAL), renderer)

    assert (shelf.texts(), list(shelf.working.iterdir())) == ({}, [])


def test_earlier_documents_stay_where_one_cannot_be_rendered(shelf: Shelf, tmp_path: Path) -> None:
    shelf.write(walked(USUAL))
    renderer = with_template(tmp_path / "templates", "contract.md.j2", "{{ nobody }}")

    with pytest.raises(TemplateProblem):
        shelf.write(later(walked(USUAL)), renderer)

    assert shelf.texts() == both(walked(USUAL))


def test_a_document_that_nobody_touched_is_replaced(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))

    shelf.write(later(walked(USUAL)))

    assert shelf.texts() == both(later(walked(USUAL)))


def test_rendering_the_same_again_keeps_nothing_aside(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))

    assert shelf.write(walked(USUAL)).kept == ()


def test_a_document_that_somebody_edited_is_kept_beside_the_new_one(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))
    (shelf.documents / "summary.md").write_text("in our own words", encoding="utf-8")

    shelf.write(walked(USUAL))

    assert shelf.texts() == {**both(walked(USUAL)), "summary.edited.md": "in our own words"}


def test_a_page_that_somebody_edited_is_kept_beside_the_new_one(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))
    (shelf.documents / "summary.html").write_text("<p>in our own words", encoding="utf-8")

    kept = shelf.write(walked(USUAL)).kept

    assert kept == (shelf.documents / "summary.edited.html",)
    assert shelf.texts() == {**both(walked(USUAL)), "summary.edited.html": "<p>in our own words"}


def test_a_document_that_was_kept_is_told(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))
    (shelf.documents / "summary.md").write_text("in our own words", encoding="utf-8")

    assert shelf.write(walked(USUAL)).kept == (shelf.documents / "summary.edited.md",)


def test_every_edited_copy_is_kept_under_its_own_name(shelf: Shelf) -> None:
    for words in ("first", "second", "third"):
        shelf.write(walked(USUAL))
        (shelf.documents / "summary.md").write_text(words, encoding="utf-8")
    shelf.write(walked(USUAL))

    assert shelf.texts() == {
        **both(walked(USUAL)),
        "summary.edited.md": "first",
        "summary.edited-2.md": "second",
        "summary.edited-3.md": "third",
    }


def test_a_file_that_was_there_before_the_first_document_is_kept(shelf: Shelf) -> None:
    (shelf.documents / "summary.md").write_text("somebody else's", encoding="utf-8")

    shelf.write(walked(USUAL))

    assert shelf.texts()["summary.edited.md"] == "somebody else's"


def test_an_edited_document_in_another_encoding_is_kept(shelf: Shelf) -> None:
    shelf.write(walked(USUAL))
    (shelf.documents / "summary.md").write_bytes(b"Gr\xe4ce")

    shelf.write(walked(USUAL))

    assert (shelf.documents / "summary.edited.md").read_bytes() == b"Gr\xe4ce"


@pytest.mark.parametrize(
    "note", ["not JSON", "[]", "[" * 100_000, '{"contract.md": [], "contract.html": 1}']
)
def test_without_a_note_of_what_was_written_an_earlier_document_is_kept(
    shelf: Shelf, note: str
) -> None:
    shelf.write(walked(USUAL))
    (shelf.working / "rendered.json").write_text(note, encoding="utf-8")

    kept = shelf.write(later(walked(USUAL))).kept

    assert [path.name for path in kept] == ["contract.edited.md", "contract.edited.html"]


def test_a_link_in_the_place_of_a_document_is_not_written_through(
    shelf: Shelf, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("not ours", encoding="utf-8")
    (shelf.documents / "summary.md").symlink_to(elsewhere)

    shelf.write(walked(USUAL))

    assert elsewhere.read_text(encoding="utf-8") == "not ours"


# --- What lies beside the documents


def test_an_earlier_copy_that_cannot_be_set_aside_is_told_and_stays(shelf: Shelf) -> None:
    agenda = named(f"{'x' * 246}.md")
    invite(shelf, agenda=agenda)
    path = shelf.documents / f"{'x' * 246}.md"
    path.write_text("by hand", encoding="utf-8")

    with pytest.raises(StorageError, match=r"This file cannot be written \(File name too long\)"):
        invite(shelf, agenda=agenda)

    assert path.read_text(encoding="utf-8") == "by hand"


def named(*files: str) -> Agenda:
    """The first session with summaries under other names."""
    documents = tuple(Document("summary.md.j2", file) for file in files)
    return replace(FIRST_SESSION, documents=documents)


def test_each_document_has_a_page_of_its_name(shelf: Shelf) -> None:
    shelf.write(walked(USUAL, named("notes.md", "a.b.md")))

    assert sorted(shelf.texts()) == ["a.b.html", "a.b.md", "notes.html", "notes.md"]


def test_a_summary_names_the_agreement_that_lies_beside_it_as_a_file_of_its_kind(
    shelf: Shelf,
) -> None:
    shelf.write(walked(USUAL))

    texts = shelf.texts()
    assert "is in our agreement (contract.md), still a draft" in texts["summary.md"]
    assert "is in our agreement (contract.html), still a draft" in texts["summary.html"]


INVITED = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def invite(shelf: Shelf, text: str = INVITED, agenda: Agenda = FIRST_SESSION) -> Written:
    """Write a session's documents, and an invitation beside them."""
    session = walked(USUAL, agenda).session
    return write_documents(session, BUNDLED, shelf.documents, shelf.working, text)


def test_an_invitation_lies_beside_the_documents_byte_for_byte(shelf: Shelf) -> None:
    told = invite(shelf)

    assert told.files[-1] == shelf.documents / "next-meeting.ics"
    assert told.files[-1].read_bytes() == INVITED.encode()


def test_an_invitation_that_nobody_touched_is_replaced(shelf: Shelf) -> None:
    invite(shelf, "earlier\r\n")

    assert invite(shelf).kept == ()


def test_an_invitation_that_somebody_edited_is_kept(shelf: Shelf) -> None:
    invite(shelf)
    (shelf.documents / "next-meeting.ics").write_bytes(b"ours\r\n")

    assert invite(shelf).kept == (shelf.documents / "next-meeting.edited.ics",)
    assert (shelf.documents / "next-meeting.edited.ics").read_bytes() == b"ours\r\n"


def test_an_invitation_to_a_meeting_that_is_off_is_taken_back(shelf: Shelf) -> None:
    invite(shelf)
    invite(shelf, "")
    invite(shelf, "")

    assert shelf.texts() == both(walked(USUAL))


def test_an_invitation_that_somebody_edited_is_not_taken_back(shelf: Shelf) -> None:
    invite(shelf)
    (shelf.documents / "next-meeting.ics").write_bytes(b"ours")
    invite(shelf, "")

    assert (shelf.documents / "next-meeting.ics").read_bytes() == b"ours"


# --- Accepted agreements


def test_an_accepted_agreement_is_kept_when_a_word_changes(shelf: Shelf) -> None:
    story = walked(USUAL, accepted=BUNDLED)
    accepted = rendered(story, "contract.md")
    shelf.write(story)

    shelf.write(later(story))

    assert shelf.texts() == {
        **both(story),
        "contract.accepted.md": accepted,
        "contract.accepted.html": page_of(accepted),
    }


def test_that_an_accepted_agreement_was_kept_is_told(shelf: Shelf) -> None:
    story = walked(USUAL, accepted=BUNDLED)
    shelf.write(story)

    kept = [path.name for path in shelf.write(later(story)).kept]

    assert kept == ["contract.accepted.md", "contract.accepted.html"]


def test_every_accepted_agreement_is_kept(shelf: Shelf) -> None:
    story = walked(USUAL, accepted=BUNDLED)
    first = rendered(story, "contract.md")
    shelf.write(story)
    accept(later(story), BUNDLED)
    second = rendered(story, "contract.md")
    shelf.write(story)
    story.happens(Answered, field="response", value="Within a day")

    shelf.write(story)

    assert shelf.texts() == {
        **both(story),
        "contract.accepted.md": first,
        "contract.accepted.html": page_of(first),
        "contract.accepted-2.md": second,
        "contract.accepted-2.html": page_of(second),
    }


def test_an_accepted_agreement_is_not_kept_twice_when_nothing_changes(shelf: Shelf) -> None:
    story = walked(USUAL, accepted=BUNDLED)
    shelf.write(story)
    shelf.write(story)

    assert shelf.texts() == both(story)


def test_a_draft_becomes_the_accepted_agreement_in_its_place(shelf: Shelf) -> None:
    story = walked(USUAL)
    shelf.write(story)
    accept(story, BUNDLED)

    shelf.write(story)

    assert shelf.texts() == both(story)


def test_an_accepted_agreement_that_somebody_edited_below_its_words_is_kept(shelf: Shelf) -> None:
    story = walked(USUAL, accepted=BUNDLED)
    shelf.write(story)
    edited = f"{rendered(story, 'contract.md')}\nGrace signed on paper as well.\n"
    (shelf.documents / "contract.md").write_text(edited, encoding="utf-8")

    shelf.write(story)

    assert edited in shelf.texts().values()
