"""The agreement as documents have it: heading by heading, what is settled and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.text import join_words, mid_sentence, with_full_stop, without_full_stop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mentorwalk.domain.clauses import AgreementClause

ASK_FIRST = N_("we ask each other first")
"""What applies meanwhile if the agenda does not say."""


def headings_of(clauses: Iterable[AgreementClause]) -> list[dict[str, Any]]:
    """Return the clauses of each heading as one."""
    headings: dict[str, list[AgreementClause]] = {}
    for clause in clauses:
        headings.setdefault(clause.heading, []).append(clause)
    return [_under_heading(heading, group) for heading, group in headings.items()]


def _under_heading(heading: str, clauses: list[AgreementClause]) -> dict[str, Any]:
    """Return clauses as one: the settled texts in order, then what is open, in whole sentences."""
    text = "\n\n".join(clause.text for clause in clauses if clause.text)
    unsettled = [each for each in clauses if each.state == "open" or each.missing or each.open]
    meanwhile = _meanwhile(unsettled)
    until = _("Until we have, {meanwhile}.").format(meanwhile=meanwhile) if meanwhile else ""
    return {
        "heading": heading,
        "text": text,
        "first": next((clause.first for clause in clauses if clause.first), ""),
        "state": "open" if unsettled else "settled",
        "open": _open_sentences(unsettled, whole=not text),
        "meanwhile": meanwhile,
        "until": until,
    }


def _meanwhile(unsettled: list[AgreementClause]) -> str:
    """Return what applies until then; empty if the sentences of what is open say enough."""
    words = dict.fromkeys(each.meanwhile for each in unsettled if each.meanwhile)
    if not words and any(map(_missing, unsettled)):
        return _(ASK_FIRST)
    return "; ".join(mid_sentence(without_full_stop(each)) for each in words)


def _open_sentences(unsettled: list[AgreementClause], *, whole: bool) -> list[str]:
    """Return what is open as sentences, each of which “Until we have” can follow."""
    said = list(dict.fromkeys(sentence for each in unsettled for sentence in each.open))
    labels = [label for each in unsettled for label in _missing(each)]
    if whole and unsettled and (labels or len(said) > 1):
        return [_("We have not decided this yet.")]
    listed = _("We have not decided yet: {what}").format(what=_listed(labels))
    return [*_joined(said), *([with_full_stop(listed)] if labels else [])]


def _joined(sentences: list[str]) -> list[str]:
    """Return sentences, those that begin with “We have not decided yet” as one."""
    start, end = _("We have not decided yet {what}.").split("{what}")
    alike = [each for each in sentences if each.startswith(start)]
    what = _listed(each.removeprefix(start).removesuffix(end) for each in alike)
    others = [each for each in sentences if each not in alike]
    return [f"{start}{what}{end}", *others] if alike else others


def _missing(clause: AgreementClause) -> tuple[str, ...]:
    """Return the labels of what is open about a clause; a card without fields has lines to read."""
    return clause.missing or (() if clause.open else (_("the lines to be read aloud"),))


def _listed(labels: Iterable[str]) -> str:
    words = [mid_sentence(label) for label in dict.fromkeys(labels)]
    return "; ".join(words) if any("," in each for each in words) else join_words(words)
