"""The keys of a terminal: what reaches the page of all that is sent, and when."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import replace
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import application
from prompt_toolkit.key_binding import merge_key_bindings
from prompt_toolkit.key_binding.bindings.vi import load_vi_bindings, load_vi_search_bindings
from prompt_toolkit.key_binding.defaults import load_key_bindings
from prompt_toolkit.keys import Keys
from support.questions import CARD, RHYTHM, TEXT, put
from support.terminals import ENTER, fed

from mentorwalk.engine.frontend import Interrupted, Said, Talked
from mentorwalk.frontends.live.garbage import short_collections
from mentorwalk.frontends.live.keyboard import EnterGuard, QuietParser, keys_made_once
from mentorwalk.frontends.live.live import LiveFrontend

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindingsBase, KeyPress

    from mentorwalk.domain.fields import Field


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


def test_bytes_that_are_no_text_are_seen_as_a_sign_for_each() -> None:
    assert read("M\udcfcn", "\x1b[200~Gr\udcfc\udcdfe\x1b[201~") == ["M", "�", "n", "Gr��e"]


def test_keys_and_pastes_come_as_they_are() -> None:
    sent = "\x1b[A", "\x1b[1;5D", "\x1bOP", "\x1b[[A", "\x1b[200~one [O two\x1b[201~", "\x1b"
    came = ["up", "c-left", "f1", "f1", "one [O two", "escape"]
    assert read(*sent) == came
    assert read("".join(sent)) == came


# --- A burst of Enters


def guarded(*times: float) -> LiveFrontend:
    """A live screen, and what its clock shows each time that it is read; then the last of them."""
    clock = chain(times, repeat(times[-1]))
    return LiveFrontend(guard=EnterGuard(lambda: next(clock)))


def test_a_burst_of_enters_moves_on_once() -> None:
    live = guarded(0.0, 9.0)

    with fed(ENTER * 8):
        assert live.talk(CARD, None) == Talked()
        assert live.ask(CARD, put(TEXT), None) == Interrupted(for_good=True)


def test_an_enter_a_third_of_a_second_after_the_card_counts() -> None:
    with fed(ENTER):
        assert guarded(9.0, 9.0 + 1 / 3).talk(CARD, None) == Talked()


@pytest.mark.parametrize(
    ("field", "keys", "said"),
    [
        (TEXT, f"{ENTER}{ENTER}lead{ENTER}", "lead"),
        (TEXT, f"\x1b[200~a b\x1b[201~{ENTER}", "a b"),
        (RHYTHM, f"{ENTER}2{ENTER}", "Every month"),
    ],
)
def test_what_is_typed_at_once_is_sent(field: Field, keys: str, said: str) -> None:
    with fed(keys):
        assert guarded(0.0).ask(CARD, put(field), None) == Said(said)


def test_a_letter_that_begins_the_answer_at_the_talk_is_sent() -> None:
    live, writes = guarded(0.0), replace(CARD, types_through=True)

    with fed(f"a{ENTER}"):
        assert live.talk(writes, None) == Talked()
        assert live.ask(writes, put(TEXT), None) == Said("a")


# --- The keys of a box


def made(keys: KeyBindingsBase) -> Counter[object]:
    """What each key does, and how often it is bound."""
    return Counter((each.keys, each.handler.__qualname__) for each in keys.bindings)


@pytest.mark.portable
def test_a_box_has_all_keys_of_the_library_but_those_of_vi_and_they_are_made_once() -> None:
    names = vars(application)
    with keys_made_once():
        ours, again = names["load_key_bindings"](), names["load_key_bindings"]()
    of_vi = merge_key_bindings([load_vi_bindings(), load_vi_search_bindings()])
    assert ours is again
    assert made(ours) + made(of_vi) == made(load_key_bindings())
    assert names["load_key_bindings"] is load_key_bindings


# --- What would hold up a key


@pytest.mark.slow
def test_what_would_hold_up_a_key_waits_for_a_moment_without_keys() -> None:
    live = LiveFrontend()

    def hang_up() -> None:
        assert live.screen.hang_up.wake
        live.screen.hang_up.wake()

    live.screen.at_rest = hang_up
    with fed(("never shown", ENTER)):
        assert live.talk(CARD, None) == Interrupted(for_good=True)


def test_what_was_loaded_is_left_alone_by_the_garbage_collector_while_people_type() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with short_collections():
        assert gc.get_threshold()[0] < 10_000
        assert gc.get_freeze_count() > 10_000
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
