"""A picture as sentences, for plain screens and for whoever listens instead of looking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_in_words, day_of_month
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.pictures import Columns, Tree, tidied
from mentorwalk.domain.text import count, join_words, labelled, with_full_stop
from mentorwalk.domain.values import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.domain.pictures import AnyPicture, Column, Part, Picture
    from mentorwalk.domain.values import Node

_UNRATED = N_("Nothing rated yet")
_NOTHING = {
    "ranking": N_("Nothing chosen yet"),
    "columns": N_("Nothing written yet"),
    "tree": N_("Nothing written yet"),
}


def nothing_yet(picture: AnyPicture) -> str:
    """Return what stands in the place of a picture of nothing."""
    return _(_NOTHING.get(picture.kind, _UNRATED))


def day_before(picture: Picture) -> str:
    """Return the day of the earlier numbers: `3 October`; in full if it is of another year."""
    if picture.before_day is None:
        return ""
    near = picture.day is None or picture.day.year == picture.before_day.year
    return (day_of_month if near else day_in_words)(picture.before_day)


def as_words(picture: AnyPicture) -> list[str]:
    """Return a picture as sentences; the first that compares says with which day."""
    tidy = tidied(picture)
    if tidy.empty:
        return [with_full_stop(nothing_yet(tidy))]
    if isinstance(tidy, Tree):
        return list(_tree_sentences(tidy.roots))
    if isinstance(tidy, Columns):
        return list(map(_column_sentence, tidy.columns))
    return list(_numbers_sentences(tidy))


def _tree_sentences(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        below = join_words([child.label for child in node.children])
        yield with_full_stop(labelled(node.label, below) if below else node.label)
        yield from _tree_sentences([child for child in node.children if child.children])


def _column_sentence(column: Column) -> str:
    return with_full_stop(
        labelled(column.title, join_words(list(column.items)) or _("nothing yet"))
    )


def _numbers_sentences(picture: Picture) -> Iterator[str]:
    day = day_before(picture)
    for place, part in enumerate(picture.ordered, 1):
        sentence = part_in_words(picture, part, day)
        if picture.kind == "ranking":
            # Translators: a place in an order, and a sentence about what has it.
            sentence = _("{place}. {sentence}").format(place=place, sentence=sentence)
        yield sentence
        if part.second is not None:
            yield with_full_stop(
                labelled(picture.second or _("Beside it"), picture.written(part.second))
            )
        if part.moved:
            day = ""
    if chosen := [part.label for part in picture.parts if part.chosen]:
        yield with_full_stop(_("Chosen: {what}").format(what=join_words(chosen)))


def part_in_words(picture: Picture, part: Part, day: str) -> str:
    """Return what the number of a part is, and how it moved since a day if one is given."""
    if part.value is None:
        return _without_number(picture, part, day)
    if part.before is None:
        number = picture.written(part.value)
        return _("{label} {number}.").format(label=part.label, number=number)
    return _compared(part.value - part.before, day).format(
        label=part.label,
        number=picture.written(part.value),
        difference=count(abs(part.value - part.before)),
        day=day,
    )


def _without_number(picture: Picture, part: Part, day: str) -> str:
    if part.before is not None:
        that_day = _("{label} left out, {number} on {day}.")
        message = that_day if day else _("{label} left out, {number} before.")
        number = picture.written(part.before)
        return message.format(label=part.label, number=number, day=day)
    if picture.kind == "ranking":
        return with_full_stop(part.label)
    return _("{label} left out.").format(label=part.label)


def _compared(difference: int, day: str) -> str:
    """Return the message for a number that moved by so much since a day, unless that was said."""
    size = abs(difference)
    if not difference:
        return _("{label} {number}, as before.")
    if difference > 0 and day:
        return ngettext(
            "{label} {number}, {difference} more than on {day}.",
            "{label} {number}, {difference} more than on {day}.",
            size,
        )
    if difference > 0:
        return ngettext(
            "{label} {number}, {difference} more.", "{label} {number}, {difference} more.", size
        )
    if day:
        return ngettext(
            "{label} {number}, {difference} less than on {day}.",
            "{label} {number}, {difference} less than on {day}.",
            size,
        )
    return ngettext(
        "{label} {number}, {difference} less.", "{label} {number}, {difference} less.", size
    )
