"""The check of usual answers: those that a field cannot have."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.authoring.format.other_words import our_word
from mentorwalk.authoring.syntax.rewriting import NO_QUOTES, without_quotes
from mentorwalk.domain.answer_parsing import default_of
from mentorwalk.domain.errors import MentorwalkError, what_is_there

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
    if isinstance(field.default, str) and (several := _several_usual(field, field.default)):
        yield Finding((*place, "default"), several)
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


def _several_usual(field: Field, given: str) -> str:
    """Return that several usual answers have a line each, if a text stands for them; or nothing."""
    picks = [choice.pick for choice in field.choices]
    rest = "" if given in picks else given
    # A choice may be a sentence with commas of its own.
    for pick in sorted(picks, key=len, reverse=True):
        rest = rest.replace(pick, "")
    many = given not in ("", *picks) and (given.casefold() in ALL or not rest.strip(" ,;\n"))
    told = f"{EACH_USUAL}{what_is_there(picks) * (given.casefold() in ALL)}"
    return told if many and field.type in ("checkbox", "ranking") else ""


def _quoted(index: AgendaIndex, place: Place, field: Field, pick: str) -> Finding:
    """Return that a choice has quotation marks; those in the line with it lose theirs, too."""
    line = index.places.source.line(index.places.at(place).line)
    picks = [choice.pick for choice in field.choices]
    every = ", ".join(picks)
    bare = ", ".join(without_quotes(each) or each for each in picks)
    both = (every, bare) if every in line else (pick, without_quotes(pick))
    return Finding(place, NO_QUOTES.format(mark=pick[0]), *both)
