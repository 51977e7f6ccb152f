"""The shapes of a drawing: SVG elements with places, numbers and classes of the page's style.

Words of people are text in them, never part of a name, a class or an attribute.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import cos, pi, sin
from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.measures import LETTER, begins_at_the_right

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 360
"""The width of every drawing, in its own units."""
LINE = 19
"""From one line of words to the next."""
BADGE = 11
"""The radius of the circle round the number of a part."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """The shapes of a drawing, and how high it is."""

    shapes: tuple[str, ...]
    height: float


def decimals(value: float) -> str:
    """Return a number for a drawing, with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0", value == 0)


def shape(tag: str, css: str = "", content: str = "", **places: float | str) -> str:
    """Return an element with its class and its places; `content` is markup already."""
    named = {"class": css, **{name.replace("_", "-"): each for name, each in places.items()}}
    attributes = "".join(
        f' {name}="{each if isinstance(each, str) else decimals(each)}"'
        for name, each in named.items()
        if each != ""
    )
    return f"<{tag}{attributes}>{content}</{tag}>" if content else f"<{tag}{attributes}/>"


def group(title: str, shapes: Iterable[str]) -> str:
    """Return shapes as one, with words that tell what it is."""
    return shape("g", "", f"<title>{escape(title)}</title>{''.join(shapes)}")


def words(text: str, x: float, y: float, css: str = "", at: str = "start") -> str:
    """Return one line of words, which begins, ends or has its middle at a place."""
    if begins_at_the_right(text):
        turned = {"start": "end", "end": "start"}.get(at, at)
        places: dict[str, float | str] = {"x": x, "y": y, "text_anchor": turned, "direction": "rtl"}
    else:
        places = {"x": x, "y": y, "text_anchor": "" if at == "start" else at}
    return shape("text", css, escape(text), **places)


def lines_of(lines: Sequence[str], x: float, y: float, css: str = "") -> list[str]:
    """Return lines of words below each other; the first stands on `y`."""
    return [words(line, x, y + LINE * at, css) for at, line in enumerate(lines)]


def badge(place: int, x: float, y: float, *, chosen: bool) -> list[str]:
    """Return the number of a part in a circle, which is full if the part was chosen."""
    css = "badge chosen" if chosen else "badge"
    circle = shape("circle", css, cx=x, cy=y, r=BADGE)
    return [circle, words(str(place), x, y + LETTER * 0.36, css, "middle")]


def around(centre: Place, radius: float, turn: float) -> Place:
    """Return the place at a distance from a centre, after a part of a turn from the top."""
    angle = 2 * pi * turn - pi / 2
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def arc(centre: Place, radius: float, begin: float, end: float) -> str:
    """Return the path of an arc, in two halves, as a whole turn cannot be drawn in one."""
    middle = (begin + end) / 2
    start, *rest = (_pair(around(centre, radius, turn)) for turn in (begin, middle, end))
    size = decimals(radius)
    return f"M{start}" + "".join(f"A{size} {size} 0 0 1 {place}" for place in rest)


def sector(centre: Place, radius: float, begin: float, end: float) -> str:
    """Return the path of a sector."""
    return f"{arc(centre, radius, begin, end)}L{_pair(centre)}Z"


def path_through(places: Sequence[Place]) -> str:
    """Return the path along places, in straight lines."""
    return "M" + "L".join(map(_pair, places))


def _pair(place: Place) -> str:
    return f"{decimals(place[0])} {decimals(place[1])}"
