"""Bars, a ranking and a line as shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.measures import LETTER, bold_units, units, wrapped
from mentorwalk.documents.pictures.shapes import (
    BADGE,
    LINE,
    WIDTH,
    Drawing,
    badge,
    group,
    lines_of,
    path_through,
    shape,
    words,
)
from mentorwalk.documents.pictures.words import day_before, part_in_words
from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.documents.pictures.shapes import Place
    from mentorwalk.domain.pictures import Part, Picture

BAR, THICK = WIDTH - 34, 12
"""The length of a whole bar, beside which its number stands, and its thickness."""
EDGE = 1
"""The room for the edge of an outline."""
LEAST_LABEL = 140
"""What a label needs beside its notes; where there is less, they stand below it."""
PLACE = 30
"""The room for the places of a ranking."""
PLOT_TOP, PLOT_HEIGHT, PLOT_LEFT = 28, 180, 36


def bars(picture: Picture) -> Drawing:
    """Draw bars below their labels: the largest first, or those of a ranking by place."""
    shapes: list[str] = []
    top = 4.0
    for place, part in enumerate(picture.ordered, 1):
        row = _row(picture, part, place, top)
        shapes.append(group(part_in_words(picture, part, day_before(picture)), row.shapes))
        top += row.height
    return Drawing(tuple(shapes), top)


def _row(picture: Picture, part: Part, place: int, top: float) -> Drawing:
    """Draw one part: its label, what is noted beside it, and below them its bar."""
    ranked = picture.kind == "ranking"
    left = PLACE if ranked else EDGE
    notes = "  ".join(_notes(picture, part))
    beside = BAR - left - units(notes) - LETTER
    room = beside if beside >= LEAST_LABEL else WIDTH - left
    label = wrapped(part.label, room, bold_units)
    noted = LINE * (len(label) if room > beside else 0)
    shapes = lines_of(label, left, top + LETTER, "strong")
    shapes += [words(notes, BAR, top + LETTER + noted, "note", "end")] if notes else []
    below = top + LINE * len(label) + (LINE if noted else 0)
    if ranked:
        shapes.append(words(str(place), 0, top + LETTER + 1, "place"))
    if ranked and not picture.rated:
        # A place alone is no number: the line below it only grows shorter from place to place.
        length = (WIDTH - left) * (1 - (place - 1) / len(picture.parts))
        shapes.append(shape("rect", "fill", x=left, y=below + 2, width=length, height=5))
        return Drawing(tuple(shapes), below - top + 22)
    shapes += _bar(picture, part, left, below + 1)
    return Drawing(tuple(shapes), below - top + THICK + 17)


def _notes(picture: Picture, part: Part) -> Iterator[str]:
    if part.value is None and picture.kind != "ranking":
        yield _("left out")
    if part.chosen:
        chosen = _("chosen")
        yield f"← {chosen}"


def _bar(picture: Picture, part: Part, left: float, top: float) -> Iterator[str]:
    """Yield a bar from zero, with an outline for the second number and a mark for the earlier."""
    whole = BAR - left
    zero = left + whole * picture.share(0)

    def bar(css: str, number: int) -> str:
        """Return the bar of a number."""
        end = left + whole * picture.share(number)
        x, width = min(zero, end), abs(end - zero)
        return shape("rect", css, x=x, y=top, width=width, height=THICK, rx=2)

    out = " out" if part.value is None else ""
    yield shape("rect", f"room{out}", x=left, y=top, width=whole, height=THICK, rx=2)
    if part.value is not None:
        yield bar("fill chosen" if part.chosen else "fill", part.value)
        yield words(picture.written(part.value), WIDTH, top + THICK - 1, "score", "end")
    if part.second is not None:
        yield bar("second", part.second)
    if part.before is not None:
        x = left + whole * picture.share(part.before)
        yield shape("line", "before", x1=x, y1=top - 4, x2=x, y2=top + THICK + 4)
    if picture.signed:
        yield shape("line", "axis", x1=zero, y1=top - 4, x2=zero, y2=top + THICK + 4)


def line(picture: Picture) -> Drawing:
    """Draw numbers as points in their order, joined where none between them was left out."""
    bottom = PLOT_TOP + PLOT_HEIGHT + 44
    points = (_point(picture, at, part) for at, part in enumerate(picture.parts))
    badges = (
        each
        for at, part in enumerate(picture.parts)
        for each in badge(at + 1, _across(picture, at), bottom, chosen=part.chosen)
    )
    shapes = (*_axes(picture), *_joined(picture), *points, *badges)
    return Drawing(shapes, bottom + BADGE + 2)


def _across(picture: Picture, at: int) -> float:
    return PLOT_LEFT + (WIDTH - PLOT_LEFT) * (at + 0.5) / len(picture.parts)


def _place(picture: Picture, at: int, number: int) -> Place:
    return _across(picture, at), PLOT_TOP + PLOT_HEIGHT * (1 - picture.share(number))


def _axes(picture: Picture) -> Iterator[str]:
    """Yield a line for the greatest number, for the least and for zero, each with its number."""
    for number in sorted({picture.high, min(picture.low, 0), 0}):
        y = _place(picture, 0, number)[1]
        css = "axis" if number == 0 else "ring"
        yield shape("line", css, x1=PLOT_LEFT, y1=y, x2=WIDTH, y2=y)
        yield words(picture.written(number), PLOT_LEFT - 6, y + LETTER * 0.36, "note", "end")


def _joined(picture: Picture) -> Iterator[str]:
    run: list[Place] = []
    for at, part in enumerate([*picture.parts, None]):
        if part is not None and part.value is not None:
            run.append(_place(picture, at, part.value))
            continue
        if len(run) > 1:
            yield shape("path", "joined", d=path_through(run))
        run = []


def _point(picture: Picture, at: int, part: Part) -> str:
    shapes: list[str] = []
    if part.before is not None:
        x, y = _place(picture, at, part.before)
        shapes.append(shape("line", "before", x1=x - 8, y1=y, x2=x + 8, y2=y))
    if part.second is not None:
        x, y = _place(picture, at, part.second)
        shapes.append(shape("circle", "second", cx=x, cy=y, r=8))
    if part.value is not None:
        x, y = _place(picture, at, part.value)
        shapes.append(shape("circle", "point chosen" if part.chosen else "point", cx=x, cy=y, r=5))
        y += 21 if _low(picture, at, part.value) else -11
        shapes.append(words(picture.written(part.value), x, y, "score", "middle"))
    return group(part_in_words(picture, part, day_before(picture)), shapes)


def _low(picture: Picture, at: int, value: int) -> bool:
    """Return whether the line runs above a point, so that its number stands below."""
    around = picture.parts[max(0, at - 1) : at + 2]
    numbers = [part.value for part in around if part.value is not None]
    return value < sum(numbers) / len(numbers)
