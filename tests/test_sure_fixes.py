"""What counts as a slip, which a correction may write over without asking."""

from __future__ import annotations

import pytest

from mentorwalk.authoring.sure_fixes import is_slip


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
