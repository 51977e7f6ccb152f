"""Answers that a template prints so that a document reads otherwise than it is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import Problem, shown, shown_path
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import mid_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mentorwalk.documents.template_answers import Printed
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.fields import Field

ALONE = "`{name}` is a number alone: write `{tag} {unit}`."
CAPITAL = "“{choice}” keeps its capital in the middle of this sentence: write `{tag}`."
EMPTY = "`{name}` may be empty, and then {rest} stands alone: write `{written}`."
EMPTY_TOGETHER = (
    "`{name}` may be empty, and so may what stands behind it: write `{written}`, and the same for "
    "each of the others, with an empty line between."
)
_RESTS = {">": "the mark of a quotation", ".": "a full stop"}
_LAST_IN_ITS_PHRASE = re.compile(
    r"\s*(?:$|[.,;:!?)|*_]|(?:a|an|per|and|or|each|every|at|on|in|with|without)\b)"
)
"""What follows a number that nothing says of what it is; any other word may be what it counts."""
_SIGNS = re.compile(r"[%‰°$€£¥]")
"""What says of what a number is without a word."""
_KEEP_WITHIN = {"sentence", "unstopped"}
"""The filters that leave the beginning of an answer as it is."""


def misread_answers(agenda: Agenda, printed: Iterable[tuple[Path, Printed]]) -> Iterator[Problem]:
    """Yield a warning of each answer that a template prints so that it is misread.

    Args:
        agenda: The agenda whose answers these are.
        printed: The answers, each with the file of its template.
    """
    checks = (_left_empty, _without_unit, _with_capital)
    for path, each in printed:
        field = agenda.fields.get(each.field)
        told = (check(agenda, field, each) for check in checks) if field else ()
        # Each is written anew in its place, so the others wait.
        if sentence := next(filter(None, told), ""):
            place = (shown_path(path), each.line, each.column)
            yield Problem(*place, sentence, each.text, warning=True)


def _without_unit(_agenda: Agenda, field: Field, printed: Printed) -> str:
    """Return the sentence that a number stands without its unit; empty if it does not."""
    counted = field.type == "number" and field.unit and not printed.filters
    if not counted or not _LAST_IN_ITS_PHRASE.match(printed.after):
        return ""
    if _SIGNS.search(printed.nearby) or _says(printed.nearby, field.unit):
        return ""
    return ALONE.format(name=printed.spelled, tag=printed.tag, unit=field.unit)


def _says(words: str, unit: str) -> bool:
    """Return whether words name a unit, perhaps in short: `min.` for minutes, `h` for hours."""
    said, units = (
        [each.casefold() for each in re.findall(r"[^\W\d_]+", text)] for text in (words, unit)
    )
    if not units:
        return unit in words
    initials = {each[0] for each in units} - {"a", "i"}
    begun = {each.removesuffix("s")[:4] for each in said if len(each) > 2} | (initials & {*said})
    return any(each.startswith(word) for each in units for word in begun if word)


def _with_capital(agenda: Agenda, field: Field, printed: Printed) -> str:
    """Return the sentence that a choice has a capital in mid-sentence; empty if it has none."""
    english = agenda.language[:2].lower() == "en"
    if field.type != "select" or not english or {*printed.filters} - _KEEP_WITHIN:
        return ""
    word = re.search(r"(?:^|[\s(])([^\W\d_]+) $", printed.before)
    capitals = (each.words for each in field.choices if mid_sentence(each.words) != each.words)
    choice = next(capitals, "")
    if not (word and word[1].islower() and choice):
        return ""
    tag = " | ".join((f"{{{{ {printed.spelled}", "within", *printed.filters))
    return CAPITAL.format(choice=shown(choice, 40), tag=f"{tag} }}}}")


def _left_empty(_agenda: Agenda, field: Field, printed: Printed) -> str:
    """Return the sentence that a line has nothing but a label, if nothing was answered."""
    known = field.required or field.default or field.days_from or printed.asked
    # That an answer of each has two parts is told as an error.
    whole = field.by == "each" and not printed.spelled.endswith(ROLES)
    if known or whole or not printed.only_words:
        return ""
    marks, sentence = printed.after.strip(), EMPTY
    if printed.stranded:
        written, rest = f"{printed.lead}{printed.tag}", _RESTS[printed.stranded]
    elif printed.ends_line and printed.behind:
        written, rest = f"{printed.behind}{printed.tag}{marks}", f"“{printed.behind.strip()}”"
    elif printed.ends_line and printed.label:
        written, rest = f"{printed.lead}{printed.tag}{marks}", _label(printed)
    elif printed.has_others and printed.label:
        written, rest, sentence = f"{printed.lead}{printed.tag}", "", EMPTY_TOGETHER
    else:
        return ""
    written = f"{{% if {printed.spelled} %}}{written}{{% endif %}}"
    return sentence.format(name=printed.spelled, rest=rest, written=written)


def _label(printed: Printed) -> str:
    """Return the label before an answer, in quotation marks, unless it is put in itself."""
    label = printed.label.replace("*", "")
    return f"“{label}”" if re.fullmatch(r"[\w\s'’&/():-]+", label) else "this label"
