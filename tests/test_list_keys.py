"""The keys that move in a list: to its ends, a page on or back, to the next entry with a letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.questions import CARD, put
from support.terminals import END, ENTER, HOME, PAGE_DOWN, PAGE_UP, Step, fed

from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.values import ByItem
from mentorwalk.engine.frontend import Said
from mentorwalk.frontends.live.live import LiveFrontend

pytestmark = pytest.mark.portable

TOWNS = [f"{name} {number}" for name in ("Berlin", "Aachen", "Ærø") for number in range(9)]
TOWN = Field("town", "Which town", "select", choices=tuple(map(Choice, TOWNS)))
SHORT = replace(TOWN, choices=TOWN.choices[::9])
RATED = Field("now", "Now", "ratings", items=("Craft", "Rest", "Calm"))
ORDER = Field("order", "The order", "ranking", choices=(Choice("Craft"), Choice("Rest")), max=1)


def said(field: Field, *script: Step) -> object:
    """What is answered with some keys, on a small screen."""
    with fed(*script, columns=60, rows=18) as screen:
        offered = field.choices[0].pick if field.type == "select" else None
        reply = LiveFrontend().ask(CARD, put(field, offered), None)
    assert (type(reply), screen.awaited) == (Said, [])
    return reply.value if isinstance(reply, Said) else None


MOVES = {
    END: "Ærø 8",
    END + HOME: "Berlin 0",
    "a": "Aachen 0",
    "aA": "Aachen 1",
    "æ": "Ærø 0",
    END + "b": "Berlin 0",
    "x": "Berlin 0",
    "aac": "Aachen 0",
    f"ax{END}b": "Berlin 0",
}


@pytest.mark.parametrize(("keys", "town"), MOVES.items(), ids=map(repr, MOVES))
def test_the_ends_and_the_next_entry_with_a_letter_are_one_key_away(keys: str, town: str) -> None:
    assert said(TOWN, keys + ENTER) == town
    assert said(replace(TOWN, type="checkbox"), f"{keys} {ENTER}") == (town,)


def test_what_is_typed_leads_to_the_entry_that_it_begins_or_nowhere() -> None:
    assert said(TOWN, f"berlin 3{ENTER}") == "Berlin 3"
    assert said(TOWN, f"Aachen is far, {ENTER}") == "Berlin 0"
    assert said(replace(TOWN, type="checkbox"), f"{END}What a town {ENTER}") is None


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        (replace(SHORT, other=True), "Aachen, or what lies beside it"),
        (replace(SHORT, type="checkbox", other=True), ("Which one, if any",)),
    ],
)
def test_a_sentence_typed_at_a_list_begins_own_words(field: Field, kept: object) -> None:
    (words,) = kept if isinstance(kept, tuple) else (kept,)
    assert said(field, f"{words}{ENTER}") == kept


def test_a_list_that_is_cut_turns_its_pages() -> None:
    turned = ("19 more below", PAGE_DOWN), ("more above", PAGE_DOWN * 9 + PAGE_UP)
    assert said(TOWN, *turned, ("more below", ENTER)) == "Ærø 0"


def test_in_a_list_that_stands_whole_no_page_is_turned() -> None:
    assert said(SHORT, PAGE_DOWN + ENTER) == "Berlin 0"


def test_a_letter_leads_to_an_item_to_be_rated_or_put_in_order() -> None:
    assert said(RATED, f"r5cc7{END}{ENTER}") == ByItem((("Craft", 7), ("Rest", 5)))
    assert said(ORDER, f"r {ENTER}") == ("Rest",)
