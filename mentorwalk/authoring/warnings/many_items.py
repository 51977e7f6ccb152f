"""Warnings about fields that may be about more items than two people can talk about."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.domain.fields import MOST_ITEMS, each_text
from mentorwalk.domain.item_counts import most_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex

PARTS = 10
"""The most parts that one can tell apart in a picture, and talk about."""


def many_items(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the fields that may ask about more items than a talk or a picture holds."""
    for place, field in index.fields:
        most = most_items(index.agenda, field)
        if field.asks_items and most > MOST_ITEMS:
            many = f"`{field.id}` may ask about {_number(most)} items, one by one: a form, no talk."
            yield Finding((*place, "each_of"), f"{many} {_fix(each_text(field.each_of))}")
        elif field.type == "ratings" and most > PARTS:
            many = (
                f"`{field.id}` may rate {_number(most)} items; more than {PARTS} are hard to talk "
                "about, and to tell apart in a picture."
            )
            key = "items_from" if field.items_from else "items"
            yield Finding((*place, key), f"{many} {_fix(each_text(field.items_from))}")


def _number(most: float) -> str:
    return f"{most:g}" if most < math.inf else "any number of"


def _fix(sources: tuple[str, ...]) -> str:
    """Return how there are fewer: the limits of what is rated or asked about, if it is known."""
    if not sources:
        return "Leave some out."
    return f"Give {' or '.join(f'`{name}`' for name in sources)} a `max`."
