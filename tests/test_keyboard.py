"""The keys of a terminal: what reaches the page of all that the terminal sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.keys import Keys

from mentorwalk.frontends.live.keyboard import QuietParser

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPress


def read(*pieces: str) -> list[str]:
    """The letters and keys in what came piece by piece, and then nothing more."""
    came: list[KeyPress] = []
    parser = QuietParser(came.append)
    for piece in pieces:
        parser.feed(piece)
    parser.flush()
    return [
        press.data if press.key in (press.data, Keys.BracketedPaste) else press.key
        for press in came
    ]


@pytest.mark.parametrize(
    "report",
    [
        "\x1b[I",
        "\x1b[O",
        "\x1b[97;5u",
        "\x1b[27;6;65~",
        "\x1b[12;40R",
        "\x1b[?64;1;2c",
        "\x1b[<0;33;7M",
        "\x1b[M !!",
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
        "\x1b]10;rgb:ffff/ffff/ffff\x07",
        "\x1bP1+r544e\x1b\\",
    ],
)
def test_what_the_terminal_reports_is_not_typed(report: str) -> None:
    assert read(f"a{report}b") == ["a", "b"]
    assert read("a", *report, "b") == ["a", "b"]


def test_keys_and_pastes_come_as_they_are() -> None:
    sent = "\x1b[A", "\x1b[1;5D", "\x1bOP", "\x1b[[A", "\x1b[200~one [O two\x1b[201~", "\x1b"
    came = ["up", "c-left", "f1", "f1", "one [O two", "escape"]
    assert read(*sent) == came
    assert read("".join(sent)) == came
