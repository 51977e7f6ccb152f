"""A picture of each kind, as somebody might have made it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.domain.pictures import Column, Columns, Part, Picture, Tree
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.pictures import AnyPicture, NumbersKind

BEFORE, DAY = date(2026, 10, 3), date(2026, 12, 1)
AREAS = (
    Part("Skills", 7, 5),
    Part("Workload", 3, 6, chosen=True),
    Part("Say in things", 9, 8),
    Part("Recognition", None, 6),
    Part("People", 10),
    Part("Purpose", 6, 6),
    Part("Learning", 5),
    Part("Prospects", 8, 9),
)


def numbers(kind: NumbersKind, *parts: Part, second: str = "") -> Picture:
    """Return numbers from 0 to 10 of a day in December, compared with one in October."""
    return Picture(kind, parts, day=DAY, before_day=BEFORE, second=second)


WHEEL = numbers("wheel", *AREAS)
BARS = numbers(
    "bars",
    Part("Learning", 9, 8, 9),
    Part("Close people", 8, None, 8),
    Part("Health", 2, 4, 7),
    Part("Rest and play", 3, 2, 6, chosen=True),
    Part("Friends"),
    second="Where it would be fine",
)
RANKING = numbers(
    "ranking", *map(Part, ("Craft", "Calm", "Fairness", "Curiosity", "Time with my own"))
)
LINE = Picture(
    "line",
    (
        Part("First job", 1),
        Part("Berlin", 4),
        Part("The year of the thesis", -3),
        Part("The team that I built", 5, chosen=True),
        Part("Laid off", -5),
        Part("Here", 2),
    ),
    low=-5,
    high=5,
    day=DAY,
)
COLUMNS = Columns(
    (
        Column("In my hands", ("the handover", "my calendar")),
        Column("I can influence", ("who reviews", "when we meet as a team")),
        Column("Not mine", ("the budget",)),
    )
)
TREE = Tree(
    (
        Node(
            "the new team",
            (
                Node("meetings", (Node("Monday, too long"), Node("who has to be there?"))),
                Node("people who wait for me", (Node("Ola"), Node("the reviewers"))),
                Node("what I can leave"),
            ),
        ),
    )
)
EACH_KIND: Mapping[str, AnyPicture] = {
    each.kind: each for each in (WHEEL, BARS, RANKING, LINE, COLUMNS, TREE)
}
