"""Reading a file that may be anything."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from mentorwalk.domain.errors import InputError, Problem, StorageError
from mentorwalk.storage.files import NotOrdinary, first_bytes, ordinary_bytes, read_text_file
from mentorwalk.storage.reading import read_events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.portable


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_text_file(path, 1024, "an agreement")
    return str(caught.value).replace(str(path), "FILE")


def test_a_text_is_read_with_plain_line_ends_and_without_its_byte_order_mark(
    tmp_path: Path,
) -> None:
    path = tmp_path / "agreement.md"
    path.write_bytes("\ufeffone\r\ntwo\rthree\n".encode())

    assert read_text_file(path, 1024, "an agreement") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lambda _: None, "FILE: There is no such file.", id="missing"),
        pytest.param(
            lambda path: path.mkdir(),
            "FILE: This is a folder; an agreement is needed.",
            id="a folder",
        ),
        pytest.param(os.mkfifo, "FILE: This is not an ordinary file.", id="a pipe"),
        pytest.param(
            lambda path: path.symlink_to(os.devnull),
            "FILE: This is not an ordinary file.",
            id="a link to a device",
        ),
        pytest.param(
            lambda path: path.write_bytes(bytes(1025)),
            "FILE: This file is too large: 1 KB at most.",
            id="too large",
        ),
        pytest.param(
            lambda path: path.write_bytes(b"PK\x03\x04\0"),
            "FILE: This is not text in UTF-8: an agreement is needed, saved as UTF-8.",
            id="binary",
        ),
        pytest.param(
            lambda path: path.write_bytes(b"one\r\ncaf\xe9"),
            "FILE:2:4: This character is not UTF-8: save the file as UTF-8.",
            id="Latin-1",
        ),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="there are no pipes in folders")
def test_what_is_no_text_of_ours_is_refused_with_a_sentence(
    make: Callable[[Path], object], sentence: str, tmp_path: Path
) -> None:
    make(tmp_path / "file")

    assert refusal(tmp_path / "file") == sentence


def test_a_link_is_read_unless_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "file")

    assert read_text_file(link, 1024, "a template") == "words"
    with pytest.raises(NotOrdinary):
        ordinary_bytes(link, follow_links=False)


def test_the_beginning_of_what_cannot_be_read_is_empty(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 5000)

    assert first_bytes(tmp_path / "file") == b"x" * 4096
    assert [first_bytes(tmp_path / name) for name in (".", "none", "\0")] == [b"", b"", b""]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_a_journal_that_is_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "session.jsonl")

    with pytest.raises(StorageError) as caught:
        read_events(tmp_path)

    assert str(caught.value) == (
        f"{tmp_path / 'session.jsonl'}: This is not an ordinary file. Nothing was changed."
    )


def test_problems_are_put_in_the_order_of_their_places() -> None:
    problems = [Problem("a.yaml", line, column, "So.") for line in (1, 2, 10) for column in (1, 9)]
    shuffled = random.Random(1).sample(problems, len(problems))

    assert sorted(shuffled) == problems
