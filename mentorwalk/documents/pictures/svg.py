"""A picture for a page: a drawing, and beside it the same in a table or a list."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mentorwalk.documents.pictures.branches import columns, tree
from mentorwalk.documents.pictures.charts import bars, line
from mentorwalk.documents.pictures.shapes import WIDTH, decimals
from mentorwalk.documents.pictures.wheel import wheel
from mentorwalk.documents.pictures.words import day_before, nothing_yet
from mentorwalk.domain.date_words import day_in_short, day_of_month
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.pictures import Columns, Picture, Tree, tidied
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorwalk.documents.pictures.shapes import Drawing
    from mentorwalk.domain.pictures import AnyPicture, Part

_TITLES = {
    "bars": N_("Bars"),
    "wheel": N_("Wheel"),
    "ranking": N_("Ranking"),
    "line": N_("Line"),
    "columns": N_("Columns"),
    "tree": N_("Tree"),
}
_DRAWN = {"bars": bars, "ranking": bars, "wheel": wheel, "line": line}
_NUMBERED = ("wheel", "line")
"""Kinds whose parts have only their number in the drawing, and their name in the table."""


def as_svg(picture: AnyPicture, number: int) -> str:
    """Return a picture as a figure for a page, of which it is the first, the second or a later."""
    tidy = tidied(picture)
    if tidy.empty:
        return f"<p>{escape(nothing_yet(tidy))}</p>\n"
    described = _("The same stands in words beside it.")
    parts = [_svg(_drawing(tidy), number, _(_TITLES[tidy.kind]), described)]
    if isinstance(tidy, Picture):
        parts += [_table(tidy), _key(tidy)]
    else:
        parts.append(_unseen(_list(_nodes(tidy))))
    return f'<figure class="picture {tidy.kind}">\n{"".join(parts)}</figure>\n'


def _drawing(picture: AnyPicture) -> Drawing:
    if isinstance(picture, Tree):
        return tree(picture)
    return columns(picture) if isinstance(picture, Columns) else _DRAWN[picture.kind](picture)


def _svg(drawing: Drawing, count: int, title: str, described: str) -> str:
    pic = f"pic{count}"
    return (
        f'<svg viewBox="0 0 {WIDTH} {decimals(drawing.height)}" role="img" '
        f'aria-labelledby="{pic}-t {pic}-d">\n<title id="{pic}-t">{escape(title)}</title>\n'
        f'<desc id="{pic}-d">{escape(described)}</desc>\n'
        + "".join(f"{shape}\n" for shape in drawing.shapes)
        + "</svg>\n"
    )


def _table(picture: Picture) -> str:
    """Return names and numbers; unseen where the drawing has the names itself."""
    figures = _figures(picture)
    places = [f"<td>{place}</td>" for place in range(1, len(picture.parts) + 1)]
    names = [f'<th scope="row">{_name(part)}</th>' for part in picture.ordered]
    first = [names] if picture.kind == "bars" else [places, names]
    rows = zip(*first, *(cells for _heading, cells in figures), strict=True)
    body = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    headings = "".join(f'<th scope="col">{heading}</th>' for heading, _cells in figures)
    head = f"<thead>\n<tr>{'<td></td>' * len(first)}{headings}</tr>\n</thead>"
    table = f"<table>\n{head}\n<tbody>\n{body}</tbody>\n</table>\n"
    return table if picture.kind in _NUMBERED else _unseen(table)


def _figures(picture: Picture) -> list[tuple[str, list[str]]]:
    """Return the columns of numbers, each with its heading: now, the last time, the second ones."""
    parts, found = picture.ordered, []
    if picture.rated:
        now = day_of_month(picture.day) if picture.day else _("Now")
        otherwise = "" if picture.kind == "ranking" else _("left out")
        found.append((escape(now), [_cell(picture, part.value, otherwise) for part in parts]))
    if any(part.before is not None for part in parts):
        before = escape(_short_day(picture) or _("Earlier"))
        found.append((before, [_cell(picture, part.before) for part in parts]))
    if any(part.second is not None for part in parts):
        second = _isolated(_second(picture))
        found.append((second, [_cell(picture, part.second) for part in parts]))
    return found


def _short_day(picture: Picture) -> str:
    """Return the day of the earlier numbers for a narrow column; empty if it is not known."""
    day, before = picture.day, picture.before_day
    if day is None or before is None or day.year == before.year:
        return day_before(picture)
    return day_in_short(before, day)


def _cell(picture: Picture, figure: int | None, otherwise: str = "") -> str:
    words = otherwise if figure is None else picture.written(figure)
    return f"<td>{escape(words)}</td>"


def _unseen(markup: str) -> str:
    """Return markup that only screen readers meet, as the drawing has all of it."""
    return f'<div class="unseen">\n{markup}</div>\n'


def _name(part: Part) -> str:
    chosen = escape(_("chosen"))
    return _isolated(part.label) + (f" <em>← {chosen}</em>" if part.chosen else "")


def _key(picture: Picture) -> str:
    """Return what the marks mean; empty if there are none."""
    lines = []
    if any(part.before is not None for part in picture.parts):
        day = day_before(picture)
        shows = _("The mark shows where it was on {day}.")
        lines.append(shows.format(day=day) if day else _("The mark shows where it was before."))
    if any(part.second is not None for part in picture.parts):
        outline = escape(_("The outline shows: {what}"))
        lines.append(outline.format(what=_isolated(_second(picture))))
    return f"<figcaption>{'<br/>'.join(lines)}</figcaption>\n" if lines else ""


def _second(picture: Picture) -> str:
    return picture.second or _("Beside it")


def _isolated(text: str) -> str:
    """Return words that keep the direction of their letters to themselves."""
    return f"<bdi>{escape(text)}</bdi>"


def _nodes(picture: Tree | Columns) -> tuple[Node, ...]:
    if isinstance(picture, Tree):
        return picture.roots
    return tuple(Node(column.title, tuple(map(Node, column.items))) for column in picture.columns)


def _list(nodes: Sequence[Node]) -> str:
    items = (
        f"<li>{_isolated(node.label)}{_list(node.children) if node.children else ''}</li>\n"
        for node in nodes
    )
    return f"<ul>\n{''.join(items)}</ul>\n"
