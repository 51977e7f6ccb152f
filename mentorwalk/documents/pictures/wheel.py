"""A wheel as shapes: a sector for each part, whose radius is its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.measures import LETTER
from mentorwalk.documents.pictures.shapes import (
    BADGE,
    WIDTH,
    Drawing,
    arc,
    around,
    badge,
    group,
    path_through,
    sector,
    shape,
    words,
)
from mentorwalk.documents.pictures.words import day_before, part_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.pictures import Part, Picture

RADIUS = 140
BADGES = RADIUS + 19
"""How far the numbers of the parts stand from the centre."""
CENTRE = (WIDTH / 2, BADGES + BADGE + 2)
RINGS = 10
"""The most rings; a wheel of larger numbers has five."""
INSET = 4
"""How far the outline of a second number stays away from its neighbours."""
ROOM = 42
"""How far from the centre a sector of ten is broad enough for its number."""
CLEAR = 10
"""How far a number stays away from an arc."""


def wheel(picture: Picture) -> Drawing:
    """Draw a wheel, clockwise from the top."""
    sectors = (_sector(picture, at, part) for at, part in enumerate(picture.parts))
    numbers = (_numbers(picture, at, part) for at, part in enumerate(picture.parts))
    shapes = (
        *_rings(picture),
        *_spokes(picture),
        *sectors,
        *(each for part in numbers for each in part),
    )
    return Drawing(shapes, 2 * CENTRE[1])


def _rings(picture: Picture) -> Iterator[str]:
    steps = picture.high - min(picture.low, 0)
    rings = steps if steps <= RINGS else 5
    for ring in range(1, rings):
        yield shape("circle", "ring", cx=CENTRE[0], cy=CENTRE[1], r=RADIUS * ring / rings)


def _spokes(picture: Picture) -> Iterator[str]:
    parts = len(picture.parts)
    for end in (around(CENTRE, RADIUS, at / parts) for at in range(parts if parts > 1 else 0)):
        yield shape("path", "ring", d=path_through([CENTRE, end]))


def _sector(picture: Picture, at: int, part: Part) -> str:
    begin, end = at / len(picture.parts), (at + 1) / len(picture.parts)
    title = part_in_words(picture, part, day_before(picture))
    return group(title, _arcs(picture, part, begin, end))


def _arcs(picture: Picture, part: Part, begin: float, end: float) -> Iterator[str]:
    yield shape("path", "room", d=sector(CENTRE, RADIUS, begin, end))
    if part.value is not None and (reach := _reach(picture, part.value)):
        css = "fill chosen" if part.chosen else "fill"
        yield shape("path", css, d=sector(CENTRE, reach, begin, end))
    rim = "rim out" if part.value is None else "rim"
    yield shape("path", rim, d=arc(CENTRE, RADIUS, begin, end))
    if part.second is not None and (reach := _reach(picture, part.second) - INSET) > 0:
        moved = around(CENTRE, INSET, (begin + end) / 2) if end - begin < 1 else CENTRE
        yield shape("path", "second", d=sector(moved, reach, begin, end))
    if part.before is not None:
        yield shape("path", "before", d=arc(CENTRE, _reach(picture, part.before), begin, end))


def _reach(picture: Picture, number: int) -> float:
    return RADIUS * picture.share(number)


def _numbers(picture: Picture, at: int, part: Part) -> Iterator[str]:
    """Yield the place of a part on the rim, and its number near the end of its sector."""
    middle = (at + 0.5) / len(picture.parts)
    yield from badge(at + 1, *around(CENTRE, BADGES, middle), chosen=part.chosen)
    if part.value is not None:
        x, y = around(CENTRE, _clear(picture, part, part.value), middle)
        yield words(picture.written(part.value), x, y + LETTER * 0.36, "score", "middle")


def _clear(picture: Picture, part: Part, value: int) -> float:
    """Return how far from the centre a number stands: inside its sector if it can, off the arcs."""
    end = round(_reach(picture, value))
    numbers = (value, part.before, part.second)
    reaches = [_reach(picture, number) for number in numbers if number is not None]
    inside = [*range(end - 21, ROOM, -7), *([ROOM] if end - CLEAR > ROOM else [])]
    outside = range(max(ROOM + 7, end + 21), RADIUS - CLEAR, 7)

    def distance(place: float) -> float:
        """Return how far a place is from the nearest arc."""
        return min(abs(place - reach) for reach in reaches)

    places: list[int] = [*inside, *outside]
    return next((place for place in places if distance(place) >= CLEAR), max(places, key=distance))
