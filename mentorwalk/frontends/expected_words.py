"""What would do as an answer, in a sentence, by the type of what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.question import Question


def expected(question: Question) -> str:
    """Return what would do as an answer, in a few words; empty if that is plain."""
    field = question.field
    match field.type:
        case "list":
            return _("one a line")
        case "number" if field.min is not None and field.max is not None:
            sentence = _("{least} to {most} {unit}")
            return sentence.format(least=field.min, most=field.max, unit=field.unit).rstrip()
        case "number":
            return field.unit
        case "scale" | "ratings":
            return _ends(field)
        case "date":
            # Translators: only English words and 2026-12-15 are read.
            return _("such as 15 Dec, Tuesday, in 3 weeks")
        case "time":
            return _("such as 15:00")
        case "confirm":
            return _("yes or no")
        case _:
            return ""


def _ends(field: Field) -> str:
    """Return the two ends of a scale, with what they mean if that is said."""
    low, high = field.ends
    least, most = str(low), f"{high:+}" if low < 0 < high else str(high)
    if field.low and field.high:
        both = _("{least}: {low}, {most}: {high}")
        return both.format(least=least, low=field.low, most=most, high=field.high)
    ends = _("{least} to {most}").format(least=least, most=most)
    words = field.low or field.high
    if not words:
        return ends
    one = _("{ends}, {number}: {words}")
    return one.format(ends=ends, number=least if field.low else most, words=words)
