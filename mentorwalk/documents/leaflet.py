"""An agenda as a leaflet: what somebody who holds the talk reads in two minutes before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.documents.markdown import escaped, paragraphs
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.text import as_topic, in_one_line, join_words, minutes_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mentorwalk.domain.overview import Overview, PhaseLine

MOST_NAMED = 3
"""The most lines that are named of those that are written down: a leaflet is no form."""


def leaflet_page(overview: Overview) -> str:
    """Return the leaflet as a Markdown document.

    It says what the talk is for, how to hold it and what not to do, what to ask, what helps when
    the talk stalls, and what is written down.
    """
    return "\n\n".join(filter(None, _blocks(overview))) + "\n"


def _blocks(overview: Overview) -> Iterator[str]:
    yield f"# {escaped(overview.title)}"
    yield f"**{_length(overview)}.** {escaped(overview.when_to_use)}".strip()
    yield from map(escaped, paragraphs(overview.about))
    yield from _listed(_("How to hold it, and what not to do"), paragraphs(overview.how_to_hold))
    yield "## " + _("What to ask")
    yield from map(_phase, overview.phases)
    yield from _listed(_("If the talk stalls"), overview.stuck)
    yield "## " + _("What is written down")
    yield " ".join(_written(overview))


def _written(overview: Overview) -> Iterator[str]:
    """Yield what is written down, where it goes, and that nothing leaves by itself."""
    if overview.written:
        yield f"{_named(overview.written)}."
    else:
        yield _("Only the day, and how long it took.")
    files = escaped(join_words(list(overview.files)))
    if files:
        kept = _("Kept in {files}, with whoever types; nothing is sent.")
    else:
        kept = _("Kept with whoever types, in no document; nothing is sent.")
    yield kept.format(files=files)
    if overview.alone:
        yield _("Whoever does it alone chooses what to share.")


def _named(labels: Sequence[str]) -> str:
    """Return the first of what is written down, and how many lines there are beside them."""
    # A question mark would make it one more question that is asked.
    some = "; ".join(as_topic(_in_one_line(label)) for label in labels[:MOST_NAMED])
    others = len(labels) - MOST_NAMED
    # Translators: some things, with semicolons between them, and how many others there are.
    more = ngettext("{some}; and {number} more line", "{some}; and {number} more lines", others)
    return more.format(some=some, number=others) if others > 0 else some


def _length(overview: Overview) -> str:
    low, high = overview.lengths
    if low == high:
        return minutes_words(60 * high)
    return ngettext(
        "{low} to {number} minute, {usual} as a rule",
        "{low} to {number} minutes, {usual} as a rule",
        high,
    ).format(low=low, number=high, usual=overview.minutes)


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading and a list; nothing where the list is empty."""
    items = [f"- {_in_one_line(line)}" for line in lines if line]
    if items:
        yield f"## {heading}"
        yield "\n".join(items)


def _phase(phase: PhaseLine) -> str:
    asked = (f"- {_timed(card.ask, card.seconds)}" for card in phase.cards)
    return "\n".join((f"### {_timed(phase.title, phase.seconds)}", "", *asked))


def _timed(text: str, seconds: int) -> str:
    """Return a text with its minutes behind it, as `agenda import` reads them; none without any."""
    # Translators: a question, and how long it takes, such as How are you? (5 min).
    timed = _("{text} ({minutes})")
    line = _in_one_line(text)
    return timed.format(text=line, minutes=minutes_words(seconds)) if seconds else line


def _in_one_line(text: str) -> str:
    return escaped(in_one_line(text))
