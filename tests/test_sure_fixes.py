"""What counts as a slip, which a correction may write over without asking."""

from __future__ import annotations

import pytest

from mentorwalk.authoring.sure_fixes import is_slip, is_sure
from mentorwalk.domain.errors import Problem


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("aks", "ask"),
        ("lable", "label"),
        ("minuts", "minutes"),
        ("titel", "title"),
        ("Every week", "every week"),
        ("how-often", "how_often"),
        ("rythm", "rhythm"),
        ("labell", "label"),
        ("tip", "tip"),
    ],
)
def test_one_letter_more_less_wrong_or_out_of_place_is_a_slip(word: str, other: str) -> None:
    assert (is_slip(word, other), is_slip(other, word)) == (True, True)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("unhappy", "happy"),
        ("3 weeks", "4 weeks"),
        ("every day", "every week"),
        ("mentor", "mentee"),
        ("when_not", "when"),
        ("pick", ""),
        ("ab", "ba c"),
    ],
)
def test_what_may_be_meant_is_none(word: str, other: str) -> None:
    assert (is_slip(word, other), is_slip(other, word)) == (False, False)


@pytest.mark.parametrize(
    ("lines", "fix", "sure"),
    [
        (["- id] mood", "  label: Mood"], "- id: mood", True),
        (["- id] mood", "  label: Mood"], "- id: mood\n  label: id] mood", False),
        (["aks: Why?"], "ask: Why?", True),
        (["asking: Why?"], "ask: Why?", False),
        (["minutes: 5 minutes"], "minutes: 5", True),
        (["title: Five minutes"], "title: Five", False),
        (['- {pick: A means: "b"}'], '- {pick: "A means: \\"b\\""}', False),
        (["  tip: Wait."], "    tip: Wait.", False),
        (["\ttip: Wait."], "    tip: Wait.", True),
    ],
)
def test_a_correction_is_sure_where_no_word_place_or_key_may_be_meant_otherwise(
    lines: list[str], fix: str, sure: bool
) -> None:
    assert is_sure(lines, Problem("ours.yaml", 1, 1, "", lines[0], fix)) is sure
