"""The check of usual answers: those that a field cannot have."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.authoring.decoding.answers import as_item
from mentorwalk.authoring.format.other_words import our_word
from mentorwalk.authoring.syntax.repair import behind_dash
from mentorwalk.authoring.syntax.rewriting import NO_QUOTES, unwrapped, without_quotes
from mentorwalk.domain.answer_parsing import default_of
from mentorwalk.domain.errors import MentorwalkError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex, Located
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.fields import Field

ALL = ("all", "everything", "all of them", "alle", "alles", "wszystkie", "tous", "todos")
"""Words that stand for every choice."""
EACH_USUAL = "Each usual answer stands on a line of its own below `default:`, after `- `."
"""The message about several that stand on one line."""


def unfit_default(index: AgendaIndex, located: Located[Field]) -> Iterator[Finding]:
    """Yield that a usual answer is none that its field can have."""
    place, field = located
    if several := _several_usual(field):
        yield Finding((*place, "default"), EACH_USUAL, *_below_each_other(index, located, several))
        return
    try:
        # Any day does: `in 3 weeks` is read from every day alike.
        default_of(field, date(2000, 1, 1))
    except MentorwalkError as error:
        given = field.default
        if isinstance(given, str) and (bare := without_quotes(given)):
            yield Finding((*place, "default"), NO_QUOTES.format(mark=given[0]), given, bare)
            return
        quoted = [
            n for n, choice in enumerate(field.choices) if without_quotes(choice.pick) == given
        ]
        for number in quoted[:1]:
            yield _quoted(index, (*place, "choices", number), field, field.choices[number].pick)
            return
        said = str(given) if field.type == "confirm" else ""
        meant = our_word(said, "yes", ("yes", "no"))
        sentence = f"The default does not fit the field. {error}"
        yield Finding((*place, "default"), sentence, said, meant)


def _several_usual(field: Field) -> list[str]:
    """Return the usual answers that one text stands for; empty if it is no more than one."""
    picks, given = [choice.pick for choice in field.choices], field.default
    if not isinstance(given, str) or given in ("", *picks):
        return []
    if field.type not in ("checkbox", "ranking"):
        return []
    if given.casefold() in ALL:
        return picks
    rest, several = given, set[str]()
    # A choice may be a sentence with commas of its own.
    for pick in sorted(filter(None, picks), key=len, reverse=True):
        several |= {pick} & {pick if pick in rest else ""}
        rest = rest.replace(pick, "")
    return [] if rest.strip(" ,;\n") else [pick for pick in picks if pick in several]


def _below_each_other(
    index: AgendaIndex, located: Located[Field], several: list[str]
) -> tuple[str, str]:
    """Return a text that stands for several usual answers, and the lines to write for it."""
    place, field = located
    node = index.places.at((*place, "default"))
    line = index.places.source.line(node.line)
    before, given = line[: node.column], line[node.column :].rstrip()
    alone = re.fullmatch(r"[ -]*default: +", before) and unwrapped(given) == field.default
    too_many = field.max is not None and len(several) > field.max
    if not alone or too_many or any("\n" in pick for pick in several):
        return "", ""
    indent = " " * (behind_dash(line) + 2)
    return given, "".join(f"\n{indent}- {as_item(pick)}" for pick in several)


def _quoted(index: AgendaIndex, place: Place, field: Field, pick: str) -> Finding:
    """Return that a choice has quotation marks; those in the line with it lose theirs, too."""
    line = index.places.source.line(index.places.at(place).line)
    picks = [choice.pick for choice in field.choices]
    every = ", ".join(picks)
    bare = ", ".join(without_quotes(each) or each for each in picks)
    both = (every, bare) if every in line else (pick, without_quotes(pick))
    return Finding(place, NO_QUOTES.format(mark=pick[0]), *both)
